//! What stands around every page: whose pages they are, who looks at them, where one can go.

use super::Assets;
use crate::console::words::Language;
use crate::store::MOST_COUNTED;

/// What the layout shows around a page.
#[derive(Clone, Debug)]
pub(in crate::console) struct Frame<'a> {
    /// The page's language.
    pub(in crate::console) language: &'a Language,
    /// The page's name, first in the window's title.
    pub(in crate::console) title: String,
    /// Whose pages they are: the organisation's or the county's name. Empty: nobody is logged in.
    pub(in crate::console) scope: String,
    /// Who is logged in.
    pub(in crate::console) person: Option<Who>,
    /// Where that person can go.
    pub(in crate::console) nav: Vec<Link>,
    /// The session's token for forms.
    pub(in crate::console) csrf: String,
    /// Where the style sheet and the scripts are.
    pub(in crate::console) assets: &'a Assets,
}

/// Who is logged in, as the header shows them.
#[derive(Clone, Debug)]
pub(in crate::console) struct Who {
    /// Their name.
    pub(in crate::console) name: String,
    /// What they are, in the page's language.
    pub(in crate::console) role: String,
}

/// A place to go.
#[derive(Clone, Debug)]
pub(in crate::console) struct Link {
    /// Its address.
    pub(in crate::console) href: &'static str,
    /// What it is called.
    pub(in crate::console) label: String,
    /// How many things are there, where that is worth knowing.
    pub(in crate::console) count: Option<u32>,
    /// Whether it is the page that is shown.
    pub(in crate::console) is_here: bool,
}

impl Link {
    /// How many are there, as far as was counted: `7`, `999+`.
    pub(in crate::console) fn counted(&self) -> Option<String> {
        self.count.map(counted)
    }
}

/// How many there are, as far as was counted: `7`, `999+`.
pub(in crate::console) fn counted(count: u32) -> String {
    match count {
        MOST_COUNTED.. => format!("{}+", MOST_COUNTED - 1),
        count => count.to_string(),
    }
}

impl<'a> Frame<'a> {
    /// The frame of a page for somebody who is not logged in.
    pub(in crate::console) fn outside(
        language: &'a Language,
        assets: &'a Assets,
        title: String,
    ) -> Self {
        Self {
            language,
            title,
            scope: String::new(),
            person: None,
            nav: Vec::new(),
            csrf: String::new(),
            assets,
        }
    }
}

#[cfg(test)]
mod tests {
    use askama::Template;

    use super::*;
    use crate::console::words::Languages;

    #[derive(Template)]
    #[template(path = "look/layout.html", config = "src/console/look/askama.toml")]
    struct Bare<'a> {
        frame: Frame<'a>,
    }

    #[test]
    fn a_name_with_markup_in_it_is_only_a_name() {
        let languages = Languages::load().unwrap();
        let assets = Assets::new();
        let mut frame = Frame::outside(
            languages.choose(None, "").unwrap(),
            &assets,
            "<b>".to_owned(),
        );
        frame.person = Some(Who {
            name: "<script>alert(1)</script>".to_owned(),
            role: "\" onclick=\"x".to_owned(),
        });
        let page = Bare { frame }.render().unwrap();
        assert!(
            !page.contains("<script>alert") && !page.contains("<b>"),
            "{page}"
        );
        assert!(page.contains("&#60;script&#62;alert(1)"), "{page}");
        assert!(
            !page.contains(" style=") && page.contains("lang=\"en\" dir=\"ltr\""),
            "{page}"
        );
    }
}
