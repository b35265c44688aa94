//! Numbers as somebody says them who reads aloud: a part as "more than half", a large number as about what it is.

use super::labels::{Labels, whole};
use crate::public::words::Radio;

/// Up to so many each is told; from there on tens, and from a thousand on hundreds.
const TENS_FROM: u64 = 100;
const HUNDREDS_FROM: u64 = 1_000;

/// A number of complaints.
pub(super) fn count(count: u64, labels: &Labels<'_>) -> String {
    let w = &labels.language.radio;
    let step = match count {
        0..TENS_FROM => 1,
        TENS_FROM..HUNDREDS_FROM => 10,
        _ => 100,
    };
    let near = (count + step / 2) / step * step;
    let told = labels.count(near);
    if near == count { told } else { w.about(told) }
}

/// A part of all, more than none. A listener hears it once, so it is one that can be seen before one.
pub(super) fn part(of_all: f64, w: &Radio) -> String {
    match whole(of_all * 1_000.0) {
        1_000.. => w.all(),
        930.. => w.nearly_all(),
        770.. => w.more_three_quarters(),
        735.. => w.three_quarters(),
        700.. => w.nearly_three_quarters(),
        620.. => w.two_thirds(),
        525.. => w.more_half(),
        475.. => w.half(),
        385.. => w.nearly_half(),
        290.. => w.third(),
        210.. => w.quarter(),
        _ => w.less_quarter(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::configuration::Configuration;
    use crate::public::words::Languages;

    #[test]
    fn parts_are_told_as_people_say_them() {
        let languages = Languages::load().unwrap();
        let w = &languages.choose(None, "en", None).unwrap().radio;
        for (of_all, said) in [
            (1.0, "all of them"),
            (0.96, "nearly all"),
            (0.8, "more than three out of four"),
            (0.75, "three out of four"),
            (0.72, "nearly three out of four"),
            (0.66, "about two out of three"),
            (0.55, "more than half"),
            (0.5, "half"),
            (0.45, "nearly half"),
            (0.33, "about one out of three"),
            (0.25, "about one out of four"),
            (0.04, "fewer than one out of four"),
        ] {
            assert_eq!(part(of_all, w), said, "{of_all}");
        }
    }

    #[test]
    fn large_numbers_are_told_as_about_what_they_are() {
        let configuration = Configuration::sample(std::path::Path::new("."), &[]).unwrap();
        let languages = Languages::load().unwrap();
        let labels = Labels {
            configuration: &configuration,
            language: languages.choose(None, "en", None).unwrap(),
        };
        let said = [7, 99, 100, 104, 996, 1_049, 12_460].map(|number| count(number, &labels));
        assert_eq!(
            said,
            [
                "7",
                "99",
                "100",
                "about 100",
                "about 1,000",
                "about 1,000",
                "about 12,500"
            ]
        );
    }
}
