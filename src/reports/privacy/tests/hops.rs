//! Who has what is told of complaints, and how long who had it of their hops: whoever has both tries to compute how many were passed on.

use proptest::prelude::*;

use super::super::super::{
    Answer, Codes, Count, Days, Dimension, Fact, Figure, Key, Measure, Period, Question, Statistic,
    Value,
};
use super::super::axis::Axis;
use super::super::outside::protected_answer;
use super::super::{Month, Protection};
use super::attack::{Sum, between, bounds};
use super::told::{answer, one, question};
use super::town::{self, MONTHS, Town};

const HOLDERS: [&str; 3] = ["wajir-water", "wajir-health", "wajir-roads"];

/// Who had a complaint, one after the other, by their numbers; the last one has it.
type Chain = &'static [usize];
const CHAINS: [(Chain, u32); 6] = [
    (&[0], 8),
    (&[1], 5),
    (&[2], 3),
    (&[0, 1], 2),
    (&[1, 0], 1),
    (&[0, 2], 1),
];

/// Two months' complaints.
fn county() -> impl Strategy<Value = Vec<Vec<Chain>>> {
    let chains = CHAINS.map(|(chain, often)| (often, Just(chain)));
    let chain = prop::strategy::Union::new_weighted(chains.to_vec());
    prop::collection::vec(prop::collection::vec(chain, 0..60), MONTHS.len())
}

/// An organisation in a month, by its number.
fn place(month: usize, holder: usize) -> usize {
    month * HOLDERS.len() + holder
}

/// What is told of complaints, or of their hops: which months and organisations each figure is of, and what it says.
fn told(months: &[Vec<Chain>], measure: Measure) -> Vec<(Vec<usize>, Option<u64>)> {
    let town = Town::new();
    let mut codes = Codes::default();
    let mut facts = Vec::new();
    let all = months.iter().enumerate();
    let all = all.flat_map(|(month, all)| all.iter().map(move |chain| (month, *chain)));
    for (id, (month, chain)) in (1..).zip(all) {
        let lodged = town::fact(&[0; town::MATTERS], town::lodged(month), &mut codes);
        let of_hops = measure.is_of_hops();
        let holders = if of_hops {
            chain
        } else {
            &chain[chain.len() - 1..]
        };
        facts.extend(holders.iter().map(|holder| Fact {
            id,
            holder: codes.code(HOLDERS[*holder]),
            held: of_hops.then_some((lodged.opened_at, lodged.opened_at + 86_400_000)),
            ..lodged
        }));
    }
    let period = |word: &str| Period::from_word(word).unwrap();
    let both = Period::of_months(2026, 10, 2).unwrap();
    let shown: Vec<Protection> = MONTHS
        .iter()
        .map(|word| {
            let all = Question::new(&[], Measure::Complaints, period(word)).unwrap();
            let axes = vec![Axis::Of(Dimension::Organisation)];
            let mut month = Month::new(all, axes, town.ground(), &mut codes);
            facts.iter().for_each(|fact| month.add(fact, &mut codes));
            month.protect(&codes)
        })
        .collect();
    let (by, over) = (Dimension::Organisation, Dimension::Month);
    let mut told = Vec::new();
    for by in [&[][..], &[by], &[over], &[over, by]] {
        for period in [both, period(MONTHS[0]), period(MONTHS[1])] {
            let question = Question::new(by, measure, period).unwrap();
            let mut count = Count::new(question, town.ground(), true, &mut codes);
            facts.iter().for_each(|fact| count.add(fact, &mut codes));
            let about = |month: &&Protection| month.is_within(&period);
            let own: Vec<&Protection> = shown.iter().filter(about).collect();
            told.extend(figures(&protected_answer(&count.answer(&codes), &own)));
        }
    }
    told
}

fn figures(answer: &Answer) -> Vec<(Vec<usize>, Option<u64>)> {
    let heads = |keys: &[Key]| -> Vec<Option<Key>> {
        keys.iter().cloned().map(Some).chain([None]).collect()
    };
    let mut figures = Vec::new();
    for row in heads(&answer.rows) {
        for column in heads(&answer.columns) {
            let figure = answer.figure(row.as_ref(), column.as_ref());
            let is_named = |word: &str| {
                let mut words = [&row, &column].into_iter().flatten();
                words.any(|key| key.as_deref() == Some(word))
            };
            let some = |words: &[&str]| words.iter().any(|word| is_named(word));
            let of_month = |month: usize| {
                let period = Period::from_word(MONTHS[month]).unwrap();
                let is_asked = answer.question.period.from <= period.from
                    && period.until <= answer.question.period.until;
                is_asked && (is_named(MONTHS[month]) || !some(&MONTHS))
            };
            let months = (0..MONTHS.len()).filter(|month| of_month(*month));
            let holders =
                (0..HOLDERS.len()).filter(|holder| is_named(HOLDERS[*holder]) || !some(&HOLDERS));
            let holders: Vec<usize> = holders.collect();
            let of = months.flat_map(|month| holders.iter().map(move |one| place(month, *one)));
            let is_told = figure.value != Value::Hidden;
            figures.push((of.collect(), is_told.then_some(figure.rests_on)));
        }
    }
    figures
}

/// Who is known to have passed on 1 to 4 of a month's complaints.
fn known(months: &[Vec<Chain>]) -> Vec<String> {
    let unknown = MONTHS.len() * HOLDERS.len();
    let (mut had, mut has) = (vec![0; unknown], vec![0; unknown]);
    for (month, all) in months.iter().enumerate() {
        for chain in all {
            chain.iter().for_each(|one| had[place(month, *one)] += 1);
            has[place(month, chain[chain.len() - 1])] += 1;
        }
    }
    let has_them = told(months, Measure::Complaints);
    let exact = |told: &Option<u64>| told.map(|told| i64::try_from(told).unwrap());
    let sums = has_them.iter();
    let sums = sums.filter_map(|(of, told)| Some((&**of, exact(told).map(|told| (told, told))?)));
    let sums: Vec<Sum<'_>> = sums.collect();
    let holding = bounds(unknown, &sums);
    let held = told(months, Measure::Held(Statistic::Mean, Days::Calendar));
    let passed_on = held.iter().filter_map(|(of, told)| {
        let at_least = exact(told)?;
        // Fives are told of as many and four more; of none, that there are none.
        let is_rounded = at_least > 0 && at_least % 5 == 0;
        let at_most = at_least + if is_rounded { 4 } else { 0 };
        let has = sums.iter().find(|(same, _)| same == of);
        let (low, high) = has.map_or_else(|| between(of, &holding), |(_, sum)| *sum);
        Some((&**of, ((at_least - high).max(0), at_most - low)))
    });
    let passed_on = bounds(unknown, &passed_on.collect::<Vec<_>>());
    let mut known = Vec::new();
    for (place, (low, high)) in passed_on.into_iter().enumerate() {
        let truth = had[place] - has[place];
        assert!(
            (low..=high).contains(&truth),
            "{place}: {truth} of {low} to {high}"
        );
        if low == high && (1..5).contains(&truth) {
            known.push(format!("{place} passed on {truth}"));
        }
    }
    known
}

proptest! {
    #![proptest_config(super::attack::how_many(200))]

    #[test]
    fn how_many_were_passed_on_cannot_be_computed(months in county()) {
        prop_assert_eq!(known(&months), Vec::<String>::new());
    }
}

#[test]
fn what_all_had_together_does_not_tell_what_one_passed_on() {
    // Who has nine and had ten at least, beside one who has fourteen: were it told that all together had twenty to twenty-four, the one
    // had ten and the other fourteen. So it passed on one.
    let held = Measure::Held(Statistic::Mean, Days::Calendar);
    let asked = question(&[Dimension::Organisation], held, "2026-10");
    for (months, told) in [(1, true), (2, false)] {
        let asked = asked.in_period(Period::of_months(2026, 10, months).unwrap());
        let answer = answer(asked, |codes| {
            let hop = one(0, codes);
            let mut of = |holder: &str, id: i64| Fact {
                id,
                holder: codes.code(holder),
                held: Some((hop.opened_at, hop.opened_at + 86_400_000)),
                ..hop
            };
            let mut hops: Vec<Fact> = (10..20).map(|id| of("wajir-water", id)).collect();
            hops.extend((19..33).map(|id| of("wajir-health", id)));
            hops
        });
        let is_told = |figure: &Figure| figure.value != Value::Hidden;
        assert!(!is_told(&answer.total), "{months}");
        assert_eq!(answer.row_totals.iter().all(is_told), told, "{months}");
    }
}
