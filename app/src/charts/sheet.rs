//! Drawings as files of their own. A sheet has the look of the page: its style is taken from the
//! style sheet's rules for marks, in light colours, so that no colour is written down twice.

use std::collections::HashMap;
use std::sync::OnceLock;

use chart::words::wrap;
use chart::{text_width, unit};
use leptos::prelude::*;

use crate::style::{MARKS, TOKENS};

/// Width of what is drawn on a sheet.
pub(crate) const SHEET_WIDTH: f64 = 552.0;
/// Around it.
const MARGIN: f64 = 24.0;
/// Width of a sheet.
const WIDTH: f64 = SHEET_WIDTH + 2.0 * MARGIN;

/// A drawing, [`SHEET_WIDTH`] wide.
pub(crate) struct Sheet {
    /// Its height.
    pub(crate) height: f64,
    /// What is drawn.
    pub(crate) content: AnyView,
}

/// A sample of a colour with its meaning.
pub(crate) struct Swatch {
    /// Class of the colour.
    pub(crate) class: &'static str,
    /// Its fill, where that is a pattern.
    pub(crate) fill: Option<&'static str>,
    /// What it means.
    pub(crate) words: String,
}

/// How words on a sheet look: class and size of type, as the style sheet has them, and the distance
/// of lines.
#[derive(Clone, Copy)]
pub(crate) enum Words {
    Title,
    Heading,
    Text,
    Note,
}

impl Words {
    const fn look(self) -> (&'static str, f64, f64) {
        match self {
            Self::Title => ("sheet-title", 19.0, 25.0),
            Self::Heading => ("sheet-heading", 14.0, 20.0),
            Self::Text => ("sheet-text", 13.0, 18.0),
            Self::Note => ("sheet-note", 11.0, 15.0),
        }
    }
}

/// A file in the making: its parts stand under one another.
pub(crate) struct Paper {
    y: f64,
    parts: Vec<AnyView>,
}

impl Paper {
    pub(crate) const fn new() -> Self {
        Self { y: MARGIN, parts: Vec::new() }
    }

    /// Leaves room.
    pub(crate) fn space(&mut self, height: f64) {
        self.y += height;
    }

    /// Adds `text`, in as many lines as it needs.
    pub(crate) fn words(&mut self, words: Words, text: &str) {
        let (class, size, line) = words.look();
        for text in wrap(text, size, SHEET_WIDTH) {
            let y = self.y + size;
            let part = view! {
                <text class=class x=unit(MARGIN) y=unit(y)>
                    {text}
                </text>
            };
            self.parts.push(part.into_any());
            self.y += line;
        }
    }

    /// Adds a drawing.
    pub(crate) fn draw(&mut self, sheet: Sheet) {
        let place = format!("translate({},{})", unit(MARGIN), unit(self.y));
        self.parts.push(view! { <g transform=place>{sheet.content}</g> }.into_any());
        self.y += sheet.height;
    }

    /// Adds a key, several samples to a line.
    pub(crate) fn key(&mut self, swatches: Vec<Swatch>) {
        let (class, size, line) = Words::Note.look();
        let mut x = MARGIN;
        let any = !swatches.is_empty();
        for swatch in swatches {
            let width = 17.0 + text_width(&swatch.words, size);
            if x > MARGIN && x + width > MARGIN + SHEET_WIDTH {
                x = MARGIN;
                self.y += line + 2.0;
            }
            let y = self.y;
            let part = view! {
                <rect
                    class=swatch.class
                    fill=swatch.fill
                    x=unit(x)
                    y=unit(y)
                    width="12"
                    height="12"
                />
                <text class=class x=unit(x + 17.0) y=unit(y + size - 1.0)>
                    {swatch.words}
                </text>
            };
            self.parts.push(part.into_any());
            x += width + 16.0;
        }
        if any {
            self.y += line + 4.0;
        }
    }

    /// The file, with a title and a description for who does not see it.
    pub(crate) fn file(self, title: &str, description: &str, language: &'static str) -> String {
        // Whole, so that no row of pixels is half paper.
        let height = unit((self.y + MARGIN).ceil());
        let width = unit(WIDTH);
        let named = view! {
            <title id="title">{title.to_owned()}</title>
            <desc id="description">{description.to_owned()}</desc>
        };
        let (named, drawn) = (xml(named.into_any()), xml(self.parts.collect_view().into_any()));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title description\" \
             xml:lang=\"{language}\">\n{named}\n<style>{style}</style>\n\
             <rect class=\"sheet\" width=\"{width}\" height=\"{height}\"/>\n{drawn}\n</svg>\n",
            style = style(),
        )
    }
}

/// `view` as XML: without the marks that the server leaves between texts for the browser's code.
/// Text holds no `<` of its own, which is escaped.
fn xml(view: AnyView) -> String {
    view.to_html().replace("<!>", "").replace("<!---->", "")
}

/// The typeface of a sheet, with those that stand in where it is missing.
const TYPE: &str = "text{font-family:\"Be Vietnam Pro\",\"Segoe UI\",Roboto,\"Helvetica Neue\",\
                    Arial,sans-serif}";

/// The style of every sheet: the rules for marks, without those under a pointer.
#[must_use]
pub fn style() -> &'static str {
    static STYLE: OnceLock<String> = OnceLock::new();
    STYLE.get_or_init(|| {
        let values = light_values();
        let mut out = String::from(TYPE);
        for rule in without_comments(MARKS).split_inclusive('}') {
            // What happens under a pointer does not happen in a file.
            if rule.contains(":hover") {
                continue;
            }
            let words: Vec<&str> = rule.split_whitespace().collect();
            out.push_str(&with_values(&words.join(" "), &values));
        }
        out
    })
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(from)?;
    rest.split_once(to).map(|(inner, _)| inner)
}

fn without_comments(css: &str) -> String {
    let mut out = String::new();
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// The style sheet's variables in light colours: those of its first rule for the root.
fn light_values() -> HashMap<&'static str, &'static str> {
    let root = between(TOKENS, "\n:root {", "\n}").unwrap_or_default();
    root.split(';')
        .filter_map(|line| line.trim().split_once(':'))
        .filter(|(name, _)| name.starts_with("--"))
        .map(|(name, value)| (name, value.trim()))
        .collect()
}

/// `css` with each `var(--name)` replaced by its value.
fn with_values(css: &str, values: &HashMap<&str, &str>) -> String {
    let mut out = String::new();
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("var(") {
        out.push_str(before);
        let Some((name, after)) = after.split_once(')') else { break };
        out.push_str(values.get(name).copied().unwrap_or("none"));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_of_a_file_is_the_pages_in_light_colours() {
        let values = light_values();
        for name in ["--done", "--in", "--late", "--ink", "--hatch", "--step-5", "--paper"] {
            let value = values.get(name).unwrap_or_else(|| panic!("{name} is gone"));
            assert!(value.starts_with('#'), "{name}: {value}");
        }
        let style = style();
        assert!(!style.contains("var(") && !style.contains("/*"), "{style}");
        assert!(
            !style.contains(":none") && !style.contains('<') && !style.contains('&'),
            "{style}"
        );
        let done = format!(".line-done {{ stroke: {}; }}", values["--done"]);
        assert!(style.contains(&done), "{style}");
    }

    #[test]
    fn every_class_that_a_file_may_carry_has_its_rule() {
        for class in [
            "sheet",
            "sheet-title",
            "sheet-heading",
            "sheet-text",
            "sheet-note",
            "row",
            "whisker",
            "step-0",
            "step-1",
            "step-2",
            "step-3",
            "step-4",
            "step-5",
            "absent",
            "withheld",
            "hatch-ground",
            "hatch-line",
            "line-done",
            "line-year",
            "line-before",
            "done",
            "in",
            "late",
            "grid",
            "tick",
            "axis",
            "end",
            "event",
            "n",
        ] {
            let named = |after: char| style().contains(&format!(".{class}{after}"));
            assert!(named(' ') || named(',') || named('.'), "{class}");
        }
    }

    #[test]
    fn sizes_of_type_are_those_of_the_style_sheet() {
        for words in [Words::Title, Words::Heading, Words::Text, Words::Note] {
            let (class, size, line) = words.look();
            let rule = format!(".{class} {{ font-size: {size}px;");
            assert!(style().contains(&rule), "{rule} in {}", style());
            assert!(line > size);
        }
    }

    #[test]
    fn words_that_look_like_markup_stay_words() {
        let mut paper = Paper::new();
        paper.words(Words::Text, "5 < 6 & “7”");
        let file = paper.file("a < b", "\"c\" & d", "vi");
        assert!(file.contains("5 &lt; 6 &amp; “7”") && file.contains("a &lt; b"), "{file}");
        assert!(!file.contains("<!"), "{file}");
    }
}
