//! Counties in which a complaint could be seen by nobody: it accuses the convener, and nobody stands above the convener.

use super::File;
use crate::text::toml_file::Report;

pub(super) fn tell(file: &File<'_>, report: &mut Report<'_>) {
    // Only what is sensitive is hidden from whom it names.
    if !file.rules.rules.iter().any(|rule| rule.sensitive) {
        return;
    }
    let alone = file
        .rules
        .counties()
        .filter(|county| county.oversight.is_none());
    for county in alone {
        let told = report.warning_at(
            file.counties.place(county.id.as_str()),
            format!(
                "a complaint that accuses `{}` would be seen by nobody in `{}`",
                county.convener, county.id
            ),
        );
        report.tell(
            told.help(
                "say who has such complaints: oversight = \"…\", an organisation of the county",
            ),
        );
    }
}
