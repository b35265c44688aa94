//! The texts of figures and reports.

use crate::pages::section;

section! {
    /// Figures: what is counted, by what, and what stands around it.
    Report {
        lodged, show, beside(span), before(figure), ask, back, outside, as_of(day), unpublished, unpublished_what, none, none_what, changes, scoreboard, few(least), as_table, to_print,
        figure, rows, columns, together, only, from, to, twice, no_inhabitants(what),
        apart_none[n], apart_merged[n], apart_sensitive[n], more[n], shades_own(figure), shades_equal(figure), shades_as_many(figure), refused, refused_what,
        files, file_xlsx, file_svg, sheet_table, sheet_about, rests_on,
        caption(figure, span), caption_by(figure, what, span), caption_by_two(figure, what, other, span),
        gender, age_group, sector, kind, county, sub_county, ward, channel, organisation, status, outcome, language, day, week, month, quarter,
        complaints, open, overdue, returned, reopened, confirmed, unconfirmed, not_solved, per_inhabitants, womens_share, women_living, women_by_gender,
        in_time(stage), time(figure, stage, days), held(figure, days),
        median, p90, mean, referred, accepted, acted_on, resolved, confirmed_solved, calendar_days, working_days,
        all, not_given, still_open, hidden, nothing, days_value(days), percent(percent),
        quarter_of(quarter, year), day_of(day, month, year), week_of(day), first_to_last(from, to),
    }
}

section! {
    /// How many took how long.
    Lengths { until(stage, days), held(days), times_held, half(time), title(what, half), to(from, to), to_less_than(from, to), or_longer(from) }
}

section! {
    /// The report of a month, to print.
    Monthly {
        title, title_of(county, month), back, month, print, for_outside, of_holder(organisation), of_all, counted(at), so_far(month), not_yet(month), not_yet_what, sentences,
        lodged[n](month, before, figure), beside, trend, what, place, who, way, how_long, until, column(figure, days), in_time, standing, method,
        by_lodging, tells_more, left_out, not_required, days, spread, deadlines, outcomes, few(least), inside, not_accusing(organisation),
    }
}

section! {
    /// A county beside others.
    Compare {
        title, lead(least), ask_about, behind(sector, own, middle), alone, few_others(what, own, least), too_few(what),
        another, middle, named(name, figure), confirmed, returned, rate,
        best(what, best, own), days_best(best, own), is_best(what, own), beside(what, own, middle),
    }
}

section! {
    /// What a table of figures says: a subject, what became of it, and what stands out among its rows.
    Finding {
        complaints, open, overdue, returned, reopened, confirmed, unconfirmed, not_solved, complaints_of(what), with(subject, what),
        rose(subject, by), fell(subject, by), rose_times[n](subject), higher(subject, by), lower(subject, by), higher_times[n](subject),
        higher_points[n](subject), lower_points[n](subject), nearly_none(subject), same(subject),
        by_nearly_all, by_three_quarters, by_two_thirds, by_half, by_third, by_quarter, by_fifth, by_tenth, by_percent(percent),
        all, nearly_all, three_quarters, two_thirds, half, third, quarter, fifth, tenth, percent(percent),
        alone(subject, what), both(change, what), to(change, value), at(change, value), either(one, other), quoted(name),
        place(part, name), place_still(part, name), topic(part, name), topic_still(part, name), holder(part, name), holder_still(part, name),
        of_kind(part, name), person(part, name), women, men, others, as_many(one, other), aged(part, name), came(part, name),
        by_sms, by_web, by_desk, by_paper, by_file, written(part, name), stand(part, name),
        no_gender(part), no_age(part), no_place(part), no_topic(part), not_closed(part), not_given(what, part),
        even, no_place_more, no_sector_more, no_holder_more, no_time_more,
        longest(name, value, all), highest(name, value, all), lowest(name, value, all), peak(name, value), peak_of(name, value), few[n](subject), nothing(subject), hidden(subject),
    }
}
