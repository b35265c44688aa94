//! The picture of an answer, for who has no page.

use std::sync::Arc;

use super::labels::Labels;
use super::shown;
use crate::configuration::Configuration;
use crate::console::names::Names;
use crate::console::words::Languages;
use crate::reports::{Answer, Ground};

/// The answer as an SVG file of its own, in English; `None`: it is one figure, or nothing, and a picture would say no more.
///
/// # Errors
/// What is wrong with the pages' texts: they are part of the program, and a test holds that nothing is.
pub fn picture(
    answer: &Answer,
    ground: &Ground<'_>,
    configuration: Arc<Configuration>,
) -> anyhow::Result<Option<String>> {
    let languages = Languages::load().map_err(anyhow::Error::msg)?;
    // The first of all is English.
    let names = languages.choose(None, "").map(|language| Names {
        configuration,
        language,
    });
    Ok(names.and_then(|names| shown::alone(answer, ground, &Labels { names: &names })))
}
