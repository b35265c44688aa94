//! What a segment costs.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// Parts of a currency's unit that prices are counted in: gateways give four digits behind the point.
const PARTS: u64 = 1_000_000;
/// Beyond it a price is a slip in any currency, and a day's cost could not be counted.
const MOST: f64 = 100_000.0;

/// What a segment costs, in millionths of the currency's unit; 0 where that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price(u64);

impl Price {
    /// What so many segments cost, to the hundredth: `52.45`. `None` where the price is not known.
    pub fn of(self, segments: u64) -> Option<String> {
        let hundredth = PARTS / 100;
        let cost = self.0.saturating_mul(segments);
        let hundredths = cost.saturating_add(hundredth / 2) / hundredth;
        (self.0 > 0).then(|| format!("{}.{:02}", hundredths / 100, hundredths % 100))
    }
}

impl<'de> Deserialize<'de> for Price {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let price = f64::deserialize(from)?;
        if !(0.0..=MOST).contains(&price) {
            return Err(D::Error::custom("must be 0 to 100000"));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "in that range the millionths are whole numbers that both hold"
        )]
        let parts = (price * 1e6).round() as u64;
        if parts == 0 && price > 0.0 {
            return Err(D::Error::custom("must be 0.000001 or more, or 0"));
        }
        Ok(Self(parts))
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::path::Path;

    use super::*;
    use crate::configuration::settings::Settings;

    fn price(number: f64) -> Option<Price> {
        toml::Value::Float(number).try_into().ok()
    }

    #[test]
    fn a_cost_is_right_to_the_hundredth_however_many_segments_it_is_for() {
        let of = |number, segments| price(number).unwrap().of(segments);
        assert_eq!(of(0.0425, 1_234).as_deref(), Some("52.45"), "52.445");
        assert_eq!(of(0.1, 3).as_deref(), Some("0.30"));
        assert_eq!(of(0.8, 20_000).as_deref(), Some("16000.00"));
        assert_eq!(of(0.0425, 0).as_deref(), Some("0.00"));
        assert_eq!(
            of(100_000.0, u64::MAX).map(|cost| cost.len()),
            Some(17),
            "it does not wrap"
        );
    }

    #[test]
    fn no_price_is_no_cost_and_an_odd_one_is_refused() {
        assert_eq!(price(0.0).unwrap().of(7), None);
        for odd in [-0.01, 100_000.5, 0.000_000_1, f64::NAN, f64::INFINITY] {
            assert_eq!(price(odd), None, "{odd}");
        }
    }

    /// What a hundred segments cost, or what is wrong, with a line of `[gateway]` and a variable.
    fn loaded(line: &str, variable: Option<&str>) -> Result<Option<String>, String> {
        let source = format!("[gateway]\n{line}\n");
        let environment = variable.map(|price| {
            let name = OsString::from("JIBU_GATEWAY__SEGMENT_PRICE");
            (name, OsString::from(price))
        });
        let settings = Settings::load(Path::new("/etc/jibu"), Some(&source), environment, &[]);
        settings
            .map(|settings| settings.gateway.segment_price.of(100))
            .map_err(|found| found.into_iter().map(|one| one.message).collect())
    }

    #[test]
    fn the_file_and_the_environment_give_it_as_a_number_with_or_without_a_fraction() {
        let cost = |line, variable| loaded(line, variable).unwrap();
        assert_eq!(cost("", None), None);
        assert_eq!(
            cost("segment_price = 0.0425", None).as_deref(),
            Some("4.25")
        );
        assert_eq!(cost("segment_price = 2", None).as_deref(), Some("200.00"));
        assert_eq!(
            cost("segment_price = 2", Some("0.8")).as_deref(),
            Some("80.00")
        );
    }

    #[test]
    fn what_is_no_price_or_no_currency_is_told() {
        for (line, variable, told) in [
            (
                "segment_price = \"0.1\"",
                None,
                "`gateway.segment_price` must be a number, not",
            ),
            (
                "segment_price = -1",
                None,
                "`gateway.segment_price` must be 0 to 100000",
            ),
            (
                "segment_price = nan",
                None,
                "`gateway.segment_price` must be 0 to 100000",
            ),
            (
                "segment_price = 99999999999",
                None,
                "`gateway.segment_price` must be",
            ),
            (
                "currency = \"Ksh\"",
                None,
                "`gateway.currency` must be a currency of ISO 4217",
            ),
            (
                "",
                Some("dear"),
                "`JIBU_GATEWAY__SEGMENT_PRICE` must be a number",
            ),
            (
                "",
                Some("inf"),
                "`JIBU_GATEWAY__SEGMENT_PRICE` must be 0 to 100000",
            ),
        ] {
            let found = loaded(line, variable).unwrap_err();
            assert!(found.contains(told), "{line}: {found}");
        }
    }
}
