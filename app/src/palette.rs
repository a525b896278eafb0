//! The style sheet as the design system's page and its tests read it: the values of its custom
//! properties, and how well a colour stands out from its ground. Taken from the sheet itself, so
//! that what the page says of it can't be out of date.

use std::collections::HashMap;

use crate::style::FILES;

/// What holds only where the reader's system is set to dark.
pub(crate) const DARK: &str = "@media screen and (prefers-color-scheme: dark)";

/// A rule set: where it holds, its selectors, its declarations.
#[derive(Debug, Default, PartialEq, Eq)]
struct Rule {
    /// The at-rule around it; empty if it holds everywhere.
    within: String,
    selectors: Vec<String>,
    declarations: HashMap<String, String>,
}

/// A style sheet.
#[derive(Debug)]
pub(crate) struct Sheet(Vec<Rule>);

impl Sheet {
    /// The portal's own.
    pub(crate) fn portal() -> Self {
        Self(rules(&FILES.map(|(_, text)| text).concat()))
    }

    /// The last value that `property` gets for `selector` in `within`.
    pub(crate) fn value(&self, within: &str, selector: &str, property: &str) -> Option<&str> {
        self.0
            .iter()
            .rev()
            .filter(|rule| rule.within == within && rule.selectors.iter().any(|s| s == selector))
            .find_map(|rule| rule.declarations.get(property))
            .map(String::as_str)
    }

    /// The colour `name` as the conditions `within` leave it: the last of them that sets it wins.
    pub(crate) fn colour(&self, within: &[&str], name: &str) -> Option<Colour> {
        let property = format!("--{name}");
        let set = |condition: &&str| self.value(condition, ":root", &property);
        let value = within.iter().rev().find_map(set).or_else(|| set(&""))?;
        Colour::parse(value)
    }
}

/// Reads the rule sets of `sheet`; one level of at-rules around them, and no nesting, is all that
/// the portal's has.
fn rules(sheet: &str) -> Vec<Rule> {
    let mut text = String::new();
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        text.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let mut out = Vec::new();
    read(&text, "", &mut out);
    out
}

fn read(mut text: &str, within: &str, out: &mut Vec<Rule>) {
    while let Some((head, rest)) = text.split_once('{') {
        let head = head.trim();
        let end = closing(rest);
        let body = &rest[..end];
        text = rest.get(end + 1..).unwrap_or("");
        if body.contains('{') {
            let head = head.split_whitespace().collect::<Vec<_>>().join(" ");
            read(body, &head, out);
            continue;
        }
        let declarations = body
            .split(';')
            .filter_map(|d| d.split_once(':'))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect();
        let selectors = head.split(',').map(|s| s.trim().to_owned()).collect();
        out.push(Rule { within: within.to_owned(), selectors, declarations });
    }
}

/// Where the block ends whose opening brace stands before `text`.
fn closing(text: &str) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return at,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// A colour in sRGB, without transparency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colour([u8; 3]);

impl Colour {
    /// Reads `#rrggbb` or `#rgb`.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        let digits = value.strip_prefix('#')?;
        let digits = match digits.len() {
            3 => digits.chars().flat_map(|d| [d, d]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// `#rrggbb`.
    pub(crate) fn code(self) -> String {
        let [r, g, b] = self.0;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// Contrast with `ground` in hundredths, 100 to 2100, cut off and not rounded, so that what is
    /// said to be enough is. Source: WCAG 2.2, "contrast ratio" and "relative luminance".
    pub(crate) fn contrast(self, ground: Self) -> u32 {
        let (a, b) = (self.luminance(), ground.luminance());
        let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 100 to 2100"
        )]
        let hundredths = (ratio * 100.0) as u32;
        hundredths
    }

    fn luminance(self) -> f64 {
        let linear = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}

#[cfg(test)]
mod tests;
