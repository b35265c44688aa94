//! The style sheet and the scripts: part of the program, under names that say which version they are, so that a browser keeps them.

use crate::pages::Asset;

const CSS: &str = concat!(
    include_str!("console.css"),
    include_str!("access.css"),
    include_str!("../intake/intake.css"),
    include_str!("../figures/figures.css"),
    include_str!("../figures/report/report.css"),
    include_str!("../../reports/chart/chart.css"),
    include_str!("../import/import.css"),
);
const KEYS: &str = include_str!("keys.js");
/// htmx 4.0.1 from npm, as it is; its licence stands beside it.
const HTMX: &str = include_str!("htmx.min.js");
const ICON: &str = include_str!("icon.svg");

/// All of them.
#[derive(Clone, Debug)]
pub(in crate::console) struct Assets {
    css: Asset,
    keys: Asset,
    htmx: Asset,
    icon: Asset,
}

impl Assets {
    /// Names each by what is in it.
    pub(in crate::console) fn new() -> Self {
        Self {
            css: Asset::new("console", "css", "text/css; charset=utf-8", CSS),
            keys: Asset::new("keys", "js", "text/javascript; charset=utf-8", KEYS),
            htmx: Asset::new("htmx", "js", "text/javascript; charset=utf-8", HTMX),
            icon: Asset::new("icon", "svg", "image/svg+xml", ICON),
        }
    }

    /// The asset of that name.
    pub(in crate::console) fn named(&self, name: &str) -> Option<&Asset> {
        let all = [&self.css, &self.keys, &self.htmx, &self.icon];
        all.into_iter().find(|asset| asset.name == name)
    }

    /// The address of the style sheet.
    pub(in crate::console) fn css(&self) -> String {
        address(&self.css)
    }

    /// The address of the script that makes lists usable by keys.
    pub(in crate::console) fn keys(&self) -> String {
        address(&self.keys)
    }

    /// The address of htmx, for pages with something that changes while one types.
    pub(in crate::console) fn htmx(&self) -> String {
        address(&self.htmx)
    }

    /// The address of the icon.
    pub(in crate::console) fn icon(&self) -> String {
        address(&self.icon)
    }
}

fn address(asset: &Asset) -> String {
    format!("/console/assets/{}", asset.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_found_by_the_name_that_pages_have() {
        let assets = Assets::new();
        for address in [assets.css(), assets.keys(), assets.htmx(), assets.icon()] {
            let name = address.strip_prefix("/console/assets/").unwrap();
            assert_eq!(super::address(assets.named(name).unwrap()), address);
        }
        assert!(assets.named("console.css").is_none(), "without its version");
    }

    #[test]
    fn no_asset_names_another_host() {
        for (name, body) in [("css", CSS), ("keys", KEYS), ("icon", ICON)] {
            let hosts = body.replace("http://www.w3.org/2000/svg", "");
            assert!(
                !hosts.contains("://") && !hosts.contains("@import"),
                "{name}"
            );
        }
    }
}
