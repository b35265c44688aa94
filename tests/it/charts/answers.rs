//! Tables with figures as they come in a month.

use jibu::reports::{
    Answer, Days, Dimension, Figure, Key, LeftOut, Measure, Period, Question, Spread, Stage,
    Statistic, Value,
};

/// A table that is filled row by row. `-` is what is not given; a figure of [`HIDDEN`] is hidden.
pub(super) struct Table {
    by: Vec<Dimension>,
    measure: Measure,
    columns: Vec<Key>,
    rows: Vec<(Key, Vec<Figure>)>,
}

pub(super) const HIDDEN: u64 = u64::MAX;

fn key(name: &str) -> Key {
    (name != "-").then(|| name.into())
}

fn count(count: u64) -> Figure {
    match count {
        HIDDEN => Figure {
            rests_on: 3,
            value: Value::Hidden,
        },
        count => Figure {
            rests_on: count,
            value: Value::Count(count),
        },
    }
}

impl Table {
    pub(super) fn new(by: &[Dimension]) -> Self {
        Self {
            by: by.to_vec(),
            measure: Measure::Complaints,
            columns: Vec::new(),
            rows: Vec::new(),
        }
    }

    pub(super) fn columns(mut self, columns: &[&str]) -> Self {
        self.columns = columns.iter().map(|name| key(name)).collect();
        self
    }

    pub(super) fn measuring(mut self, measure: Measure) -> Self {
        self.measure = measure;
        self
    }

    pub(super) fn row(self, name: &str, counts: &[u64]) -> Self {
        self.row_of(name, counts.iter().map(|one| count(*one)).collect())
    }

    pub(super) fn row_of(mut self, name: &str, figures: Vec<Figure>) -> Self {
        self.rows.push((key(name), figures));
        self
    }

    pub(super) fn answer(self) -> Answer {
        let total = count(sum(self.rows.iter().flat_map(|(_, figures)| figures)));
        self.answer_of(total)
    }

    pub(super) fn answer_of(self, total: Figure) -> Answer {
        let period = Period::from_word("2026").unwrap();
        let is_of_two = self.by.len() == 2;
        let row_total = |figures: &Vec<Figure>| match figures.as_slice() {
            [one] if !is_of_two => *one,
            all => count(sum(all.iter())),
        };
        let column = |at: usize| count(sum(self.rows.iter().map(|(_, figures)| &figures[at])));
        Answer {
            question: Question::new(&self.by, self.measure, period).unwrap(),
            row_totals: self
                .rows
                .iter()
                .map(|(_, figures)| row_total(figures))
                .collect(),
            column_totals: (0..self.columns.len()).map(column).collect(),
            rows: self.rows.iter().map(|(key, _)| key.clone()).collect(),
            cells: self
                .rows
                .into_iter()
                .map(|(_, figures)| if is_of_two { figures } else { Vec::new() })
                .collect(),
            columns: self.columns,
            total,
            left_out: LeftOut::default(),
        }
    }
}

fn sum<'a>(figures: impl Iterator<Item = &'a Figure>) -> u64 {
    figures.map(|figure| figure.rests_on).sum()
}

pub(super) fn by_sector() -> Answer {
    Table::new(&[Dimension::Sector])
        .row("water", &[412])
        .row("health", &[187])
        .row("food-aid-and-cash-transfers", &[96])
        .row("roads", &[41])
        .row("education", &[9])
        .row("land", &[HIDDEN])
        .row("-", &[64])
        .answer()
}

pub(super) fn by_place() -> Answer {
    Table::new(&[Dimension::SubCounty])
        .row("wajir-south", &[206])
        .row("wajir-east", &[88])
        .row("wajir-north", &[51])
        .row("wajir-west", &[34])
        .row("tarbaj", &[12])
        .row("eldas", &[HIDDEN])
        .row("-", &[23])
        .answer()
}

pub(super) fn days_by_place() -> Answer {
    let days = |rests_on, days| {
        vec![Figure {
            rests_on,
            value: Value::Days(days),
        }]
    };
    Table::new(&[Dimension::Organisation])
        .measuring(Measure::Time(
            Statistic::Median,
            Days::Working,
            Stage::Resolve,
        ))
        .row_of("wajir-water-and-sewerage-company", days(120, 14.5))
        .row_of("county-health", days(80, 6.0))
        .row_of("red-cross", days(33, 3.5))
        .row_of(
            "roads-authority",
            vec![Figure {
                rests_on: 0,
                value: Value::Nothing,
            }],
        )
        .answer_of(Figure {
            rests_on: 233,
            value: Value::Days(8.0),
        })
}

const MONTHS: [&str; 12] = [
    "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08",
    "2026-09", "2026-10", "2026-11", "2026-12",
];

pub(super) fn by_month() -> Answer {
    let counts = [34, 41, 38, 29, 22, 27, 48, 71, 96, 88, 62, 57];
    let table = Table::new(&[Dimension::Month]);
    let filled = MONTHS.iter().zip(counts);
    filled
        .fold(table, |table, (month, count)| table.row(month, &[count]))
        .answer()
}

pub(super) fn by_sector_over_time() -> Answer {
    let counts = [
        [20, 14, 9, 3, 6],
        [22, 15, 8, 4, 5],
        [25, 13, 12, HIDDEN, 8],
        [19, 16, 10, 6, 6],
        [17, 18, 9, 8, 7],
        [24, 19, 11, 7, 9],
        [41, 20, 13, 8, 9],
        [58, 18, 12, 6, 8],
        [73, 17, 14, 9, 10],
        [66, 19, 16, 11, 9],
        [44, 21, 15, 12, 8],
        [39, 22, 17, 12, 11],
    ];
    let table = Table::new(&[Dimension::Month, Dimension::Sector])
        .columns(&["water", "health", "food-aid", "roads", "-"]);
    let filled = MONTHS.iter().zip(counts);
    filled
        .fold(table, |table, (month, counts)| table.row(month, &counts))
        .answer()
}

pub(super) fn by_sector_and_gender() -> Answer {
    Table::new(&[Dimension::Sector, Dimension::Gender])
        .columns(&["woman", "man", "other", "-"])
        .row("water", &[190, 128, 0, 94])
        .row("health", &[96, 41, 0, 50])
        .row("food-aid", &[44, 22, 0, 30])
        .row("roads", &[9, 24, 0, 8])
        .row("-", &[12, 19, 0, 33])
        .answer()
}

pub(super) fn by_place_and_age() -> Answer {
    Table::new(&[Dimension::SubCounty, Dimension::AgeGroup])
        .columns(&["under-18", "18-to-34", "35-to-59", "60-and-over", "-"])
        .row("wajir-south", &[HIDDEN, 88, 61, 24, 30])
        .row("wajir-east", &[6, 30, 33, 9, 10])
        .row("wajir-north", &[HIDDEN, 19, 21, HIDDEN, 6])
        .row("tarbaj", &[0, 5, HIDDEN, HIDDEN, 0])
        .row("-", &[0, 8, 5, 0, 10])
        .answer()
}

pub(super) fn by_place_and_sector() -> Answer {
    Table::new(&[Dimension::SubCounty, Dimension::Sector])
        .columns(&[
            "water",
            "health",
            "food-aid",
            "roads",
            "education",
            "land",
            "-",
        ])
        .row("wajir-south", &[120, 31, 22, 9, 6, HIDDEN, 16])
        .row("wajir-east", &[31, 28, 9, 8, 0, 5, 7])
        .row("wajir-north", &[22, 11, 9, HIDDEN, HIDDEN, 0, 5])
        .row("wajir-west", &[17, 8, 5, 0, 0, 0, HIDDEN])
        .row("eldas", &[9, 6, 0, 0, 0, 0, 0])
        .row("-", &[8, 5, HIDDEN, 0, 0, 0, 10])
        .answer()
}

pub(super) fn by_ward() -> Answer {
    Table::new(&[Dimension::Ward])
        .row("habasswein", &[96])
        .row("township", &[41])
        .row("burder", &[33])
        .row("lagboghol-south", &[24])
        .row("khorof", &[18])
        .row("bute", &[14])
        .row("hadado", &[9])
        .row("lakoley-south", &[7])
        .row("gurar", &[HIDDEN])
        .row("diif", &[HIDDEN])
        .row("-", &[57])
        .answer()
}

/// By sub-county the figures for each 100,000 inhabitants, who are as many in each.
pub(super) fn rates(answer: &Answer) -> Option<Answer> {
    if answer.question.rows() != Some(Dimension::SubCounty) {
        return None;
    }
    let mut rates = answer.clone();
    rates.question.measure = Measure::PerInhabitants;
    for (figure, thousands) in rates.row_totals.iter_mut().zip([160, 119, 91, 103, 64, 80]) {
        if let Value::Count(count) = figure.value {
            figure.value = Value::Rate(
                f64::from(u32::try_from(count).unwrap()) * 100.0 / f64::from(thousands),
            );
        }
    }
    Some(rates)
}

pub(super) fn days_to_solve() -> Spread {
    Spread {
        days: Days::Working,
        width: 2,
        spans: [12, 28, 41, 37, 30, 22, 14, 9, 6, HIDDEN, 5]
            .map(count)
            .to_vec(),
        longer: count(11),
        median: 9.0,
    }
}
