//! The style sheet and the scripts: part of the program, under names that say which version they are, so that a browser keeps them.

use sha2::{Digest, Sha256};

use crate::text::hex::hex;

const CSS: &str = concat!(
    include_str!("console.css"),
    include_str!("access.css"),
    include_str!("../intake/intake.css")
);
const KEYS: &str = include_str!("keys.js");
/// htmx 4.0.1 from npm, as it is; its licence stands beside it.
const HTMX: &str = include_str!("htmx.min.js");
const ICON: &str = include_str!("icon.svg");

/// A file that pages name.
#[derive(Clone, Debug)]
pub(in crate::console) struct Asset {
    /// The last part of its address: `console.0123456789ab.css`.
    pub(in crate::console) name: String,
    /// Its MIME type.
    pub(in crate::console) content_type: &'static str,
    /// The file.
    pub(in crate::console) body: &'static str,
}

/// All of them.
#[derive(Clone, Debug)]
pub(in crate::console) struct Assets {
    css: Asset,
    keys: Asset,
    htmx: Asset,
    icon: Asset,
}

/// What an asset is answered with: its name changes with it, so that nobody has to ask again for a year.
pub(in crate::console) const KEPT: &str = "public, max-age=31536000, immutable";

impl Assets {
    /// Names each by what is in it.
    pub(in crate::console) fn new() -> Self {
        Self {
            css: asset("console", "css", "text/css; charset=utf-8", CSS),
            keys: asset("keys", "js", "text/javascript; charset=utf-8", KEYS),
            htmx: asset("htmx", "js", "text/javascript; charset=utf-8", HTMX),
            icon: asset("icon", "svg", "image/svg+xml", ICON),
        }
    }

    /// The asset of that name.
    pub(in crate::console) fn named(&self, name: &str) -> Option<&Asset> {
        let all = [&self.css, &self.keys, &self.htmx, &self.icon];
        all.into_iter().find(|asset| asset.name == name)
    }

    /// The address of the style sheet.
    pub(in crate::console) fn css(&self) -> String {
        self.css.address()
    }

    /// The address of the script that makes lists usable by keys.
    pub(in crate::console) fn keys(&self) -> String {
        self.keys.address()
    }

    /// The address of htmx, for pages with something that changes while one types.
    pub(in crate::console) fn htmx(&self) -> String {
        self.htmx.address()
    }

    /// The address of the icon.
    pub(in crate::console) fn icon(&self) -> String {
        self.icon.address()
    }
}

impl Asset {
    fn address(&self) -> String {
        format!("/console/assets/{}", self.name)
    }
}

fn asset(stem: &str, kind: &str, content_type: &'static str, body: &'static str) -> Asset {
    let digest = hex(&Sha256::digest(body.as_bytes()));
    let version: String = digest.chars().take(12).collect();
    Asset {
        name: format!("{stem}.{version}.{kind}"),
        content_type,
        body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_found_by_the_name_that_pages_have() {
        let assets = Assets::new();
        for address in [assets.css(), assets.keys(), assets.htmx(), assets.icon()] {
            let name = address.strip_prefix("/console/assets/").unwrap();
            assert_eq!(assets.named(name).unwrap().address(), address);
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
