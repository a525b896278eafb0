//! The style sheet's files, for what reads them: the design system's page, drawings in files, tests.

/// Fonts, colours, distances.
pub(crate) const TOKENS: &str = include_str!("../../style/tokens.css");
/// How the marks of drawings look.
pub(crate) const MARKS: &str = include_str!("../../style/marks.css");

/// All files with their names, in the order in which `style/portal.css` imports them.
pub(crate) const FILES: [(&str, &str); 15] = [
    ("tokens.css", TOKENS),
    ("base.css", include_str!("../../style/base.css")),
    ("frame.css", include_str!("../../style/frame.css")),
    ("words.css", include_str!("../../style/words.css")),
    ("layout.css", include_str!("../../style/layout.css")),
    ("filters.css", include_str!("../../style/filters.css")),
    ("tables.css", include_str!("../../style/tables.css")),
    ("marks.css", MARKS),
    ("drawings.css", include_str!("../../style/drawings.css")),
    ("narrow.css", include_str!("../../style/narrow.css")),
    ("understand.css", include_str!("../../style/understand.css")),
    ("figure.css", include_str!("../../style/figure.css")),
    ("device.css", include_str!("../../style/device.css")),
    ("preferences.css", include_str!("../../style/preferences.css")),
    ("print.css", include_str!("../../style/print.css")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_load_all_files_in_this_order() {
        let imports: Vec<&str> = include_str!("../../style/portal.css")
            .lines()
            .filter_map(|line| line.strip_prefix("@import \"")?.strip_suffix("\";"))
            .collect();
        assert_eq!(imports, FILES.map(|(name, _)| name));
    }
}
