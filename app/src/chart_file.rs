//! The drawing of a table's slice as a file for print and press: what it counts, of which days,
//! what its marks mean and where it comes from go with it.

use model::Locale;

use crate::charts::bars::bars_sheet;
use crate::charts::completion::completion_sheet;
use crate::charts::dots::{Share, dots_sheet};
use crate::charts::map::{Outlines, commune_sheet, reading};
use crate::charts::sheet::{Paper, Sheet, Swatch, Words};
use crate::charts::trend::{has_gaps, trend_sheet};
use crate::components::capital;
use crate::components::event_notes::event_words;
use crate::components::figure::mark_words;
use crate::data::Value;
use crate::data::geometry::Boundaries;
use crate::data::table::TablePage;
use crate::pages::table::completion::Completion;
use crate::pages::table::picture::{Picture, members, title, tone};
use crate::pages::table::rate::Rates;
use crate::pages::table::why_absent;
use crate::pages::table::words::{citation, happened, period_words, slice_words};
use crate::routes::Page;
use crate::text::text;

pub use crate::charts::sheet::style;

/// Which of the drawings on a table's page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// That of the item chosen.
    #[default]
    Item,
    /// Shares with their intervals.
    Rate,
    /// What became of what entered.
    Completion,
}

impl Which {
    /// The drawing that an address calls `code`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "item" => Some(Self::Item),
            "rate" => Some(Self::Rate),
            "completion" => Some(Self::Completion),
            _ => None,
        }
    }
}

/// The boundaries that the file of `page` draws, if it is a map with boundaries.
#[must_use]
pub fn boundaries(page: &TablePage) -> Option<&Boundaries> {
    page.boundaries.as_ref().filter(|_| Picture::of(page) == Some(Picture::Map))
}

/// What goes into a file beside where it comes from.
struct Drawn {
    heading: String,
    sheet: Sheet,
    key: Vec<Swatch>,
    notes: Vec<String>,
}

/// The drawing of `page` as SVG; `origin` is the scheme and host of the portal, if known, and
/// `outlines` the drawing that [`boundaries`] name. `None` if the page draws nothing of the
/// kind.
#[must_use]
pub fn svg(
    page: &TablePage,
    which: Which,
    outlines: Option<&str>,
    locale: Locale,
    origin: Option<&str>,
) -> Option<String> {
    let outlines =
        boundaries(page).zip(outlines).map(|(boundaries, svg)| Outlines { boundaries, svg });
    let drawn = match which {
        Which::Item => item(page, Picture::of(page)?, outlines.as_ref(), locale),
        Which::Rate => rate(page, Rates::of(page, locale)?, locale),
        Which::Completion => completion(page, &Completion::of(page, locale)?, locale),
    };
    let table = page.definition.title.get(locale);
    let slice = format!("{}. {}", capital(&slice_words(page, locale)), period_words(page, locale));
    let mut paper = Paper::new();
    if page.release.simulated {
        paper.words(Words::Note, &text!(locale, notice.simulated));
    }
    paper.words(Words::Title, table);
    paper.space(2.0);
    paper.words(Words::Heading, &drawn.heading);
    paper.words(Words::Text, &slice);
    paper.space(14.0);
    paper.draw(drawn.sheet);
    paper.space(10.0);
    paper.key(drawn.key);
    for note in &drawn.notes {
        paper.words(Words::Note, note);
    }
    paper.space(6.0);
    let source = format!("{} {}", text!(locale, files.source), citation(page, locale));
    paper.words(Words::Note, &source);
    if let Some(origin) = origin {
        let path = Page::Table.path_of(locale, &page.definition.id);
        let asked = page.arrangement.request().to_query();
        paper.words(Words::Note, &format!("{origin}{path}{asked}"));
    }
    let title = format!("{table}. {}", drawn.heading);
    let description = format!("{slice}. {source}");
    Some(paper.file(&title, &description, locale.tag()))
}

fn item(
    page: &TablePage,
    picture: Picture,
    outlines: Option<&Outlines<'_>>,
    locale: Locale,
) -> Drawn {
    let item = page.arrangement.measure.item();
    let events = happened(page);
    let mut notes = Vec::new();
    let mut seen: Vec<Value> = page.rows.iter().map(|r| r.figures.get(item)).collect();
    let (sheet, key) = match picture {
        Picture::Trend => {
            let names = [(item, item.name(locale).to_owned())];
            if has_gaps(&page.moments, &names) {
                notes.push(text!(locale, chart.gaps));
            }
            seen = page.moments.last().map(|m| m.figures.get(item)).into_iter().collect();
            (trend_sheet(&page.moments, &names, &events, locale), Vec::new())
        }
        Picture::Map => {
            let (sheet, key) = commune_sheet(&page.rows, item, outlines, locale);
            // Its key tells what its marks are.
            seen.retain(|v| *v == Value::Withheld);
            notes.extend(reading(outlines.map(|o| o.boundaries), locale));
            (sheet, key)
        }
        Picture::Bars(dim) => {
            (bars_sheet(members(page, dim, locale), tone(item), locale), Vec::new())
        }
    };
    notes.extend(marks(&seen, why_absent(&page.arrangement.by, locale), locale));
    notes.extend(event_words(&events, &page.periods(), locale));
    Drawn { heading: capital(&title(page, locale)), sheet, key, notes }
}

fn rate(page: &TablePage, rates: Rates, locale: Locale) -> Drawn {
    let (numerator, denominator) = (rates.rate.numerator(), rates.rate.denominator());
    let sheet = dots_sheet(&rates.shares, rates.whole.as_ref(), tone(numerator), locale);
    let seen: Vec<Value> = rates.shares.iter().filter_map(Share::missing).collect();
    let of = text!(
        locale,
        dots.formed,
        numerator = numerator.name(locale),
        denominator = denominator.name(locale),
        unit = denominator.unit().name(locale)
    );
    let mut notes = vec![of, text!(locale, dots.reading)];
    notes.extend(marks(&seen, why_absent(&page.arrangement.by, locale), locale));
    notes.extend(event_words(&happened(page), &page.periods(), locale));
    Drawn { heading: rates.rate.name(locale).to_owned(), sheet, key: Vec::new(), notes }
}

fn completion(page: &TablePage, completion: &Completion<'_>, locale: Locale) -> Drawn {
    let sheet = completion_sheet(&completion.curves, locale);
    let mut notes = completion.notes(locale);
    notes.extend(marks(&completion.ends(), why_absent(&page.arrangement.by, locale), locale));
    Drawn { heading: text!(locale, table.completion), sheet, key: Vec::new(), notes }
}

/// What the marks in `seen` mean.
fn marks(seen: &[Value], absent: String, locale: Locale) -> Vec<String> {
    let explained = mark_words(seen, absent, locale);
    let line = |(value, sign, words): (Value, &str, String)| match value {
        Value::Withheld => text!(locale, files.withheld, sign = sign, words = words),
        _ => format!("{sign}: {words}"),
    };
    explained.into_iter().filter(|m| m.0 != Value::Shown(0)).map(line).collect()
}

/// What is said where there is no such table.
#[must_use]
pub fn no_table(locale: Locale) -> String {
    text!(locale, files.no_table)
}

/// What is said where a slice has no drawing.
#[must_use]
pub fn no_drawing(locale: Locale) -> String {
    text!(locale, files.nothing)
}

/// What is said while too many pictures are being drawn.
#[must_use]
pub fn busy(locale: Locale) -> String {
    text!(locale, files.busy)
}

/// What is said when figures cannot be read.
#[must_use]
pub fn unavailable(locale: Locale) -> String {
    text!(locale, unavailable.body)
}
