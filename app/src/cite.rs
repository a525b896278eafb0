//! How to cite a figure: in words, as BibTeX and as CSL-JSON. A citation names one version; its
//! address leads to that version for ever.

use jiff::civil::Date;
use model::format::integer;
use model::{Dim, Locale};
use serde_json::json;

use crate::components::{area_dates, capital, covered_from, day};
use crate::data::ReleaseInfo;
use crate::data::figure::FigurePage;
use crate::pages::table::words::place_words;
use crate::routes::Page;
use crate::text::text;

/// `Đã giải quyết; toàn tỉnh, Khiếu nại và kiến nghị, phản ánh; quý III/2026 (từ ngày … đến ngày …)`.
#[must_use]
pub fn what(data: &FigurePage, locale: Locale) -> String {
    let address = &data.address;
    let place = place_words(&data.table, address, locale);
    let dates = area_dates(address.period, address.member(Dim::Area), locale);
    format!("{}; {place}; {} ({dates})", address.item.name(locale), address.period.name(locale))
}

/// The first day that the figure covers: of communes, not before there were any.
#[must_use]
pub fn first_day(data: &FigurePage) -> Date {
    covered_from(data.address.period.start(), data.address.member(Dim::Area))
}

/// The value with its unit; of one that is not shown, what it is instead.
#[must_use]
pub fn value(data: &FigurePage, locale: Locale) -> String {
    match data.value.shown() {
        Some(n) => format!("{} {}", integer(n, locale), data.address.item.unit().name(locale)),
        None => crate::components::figure::plain(data.value, locale),
    }
}

/// The address of the version, whole if the `origin` of the portal is known.
#[must_use]
pub fn address(data: &FigurePage, origin: Option<&str>, locale: Locale) -> String {
    let path = Page::Figure.path_of(locale, &data.name().to_string());
    format!("{}{path}", origin.unwrap_or_default())
}

/// The same in its short form, for paper; it leads to the language that the reader's browser asks
/// for.
#[must_use]
pub fn short_address(data: &FigurePage, origin: Option<&str>) -> String {
    format!("{}/f/{}", origin.unwrap_or_default(), data.name())
}

/// A citation in words.
#[must_use]
pub fn plain(data: &FigurePage, origin: Option<&str>, locale: Locale) -> String {
    let site = text!(locale, site.full_name);
    let table = data.table.title.get(locale);
    let what = what(data, locale);
    let value = value(data, locale);
    let release = capital(&text!(locale, release.source));
    let (id, day) = (data.release.id, day(data.release.published_on, locale));
    let published = text!(locale, release.published_on, day = day);
    let simulated = simulated(&data.release, locale);
    let address = address(data, origin, locale);
    format!("{site}, “{table}”. {what}: {value}. {release} {id}, {published}{simulated}. {address}")
}

/// ` (dữ liệu mô phỏng)`, of a release of such figures.
pub(crate) fn simulated(release: &ReleaseInfo, locale: Locale) -> String {
    let words = release.simulated.then(|| text!(locale, notice.simulated).to_lowercase());
    words.map(|words| format!(" ({words})")).unwrap_or_default()
}

/// Title of the figure in a list of references.
fn title(data: &FigurePage, locale: Locale) -> String {
    let simulated = simulated(&data.release, locale);
    format!("{}: {}{simulated}", what(data, locale), value(data, locale))
}

/// A BibTeX entry, for BibLaTeX and newer styles of BibTeX (`@dataset`).
#[must_use]
pub fn bibtex(data: &FigurePage, origin: Option<&str>, locale: Locale) -> String {
    let published = data.release.published_on;
    let key = format!("{}-{}", data.id, data.release.id).replace('.', "-");
    let fields = [
        ("title", title(data, locale)),
        ("author", format!("{{{}}}", escaped(&text!(locale, site.full_name)))),
        ("date", published.to_string()),
        ("year", published.year().to_string()),
        ("version", data.release.id.to_string()),
        ("note", data.table.title.get(locale).to_owned()),
        ("url", address(data, origin, locale)),
    ];
    let fields = fields.map(|(name, text)| {
        // Of an author in braces, and of an address, nothing is an instruction.
        let text = if matches!(name, "author" | "url") { text } else { escaped(&text) };
        format!("  {name} = {{{text}}},\n")
    });
    format!("@dataset{{{key},\n{}}}\n", fields.concat())
}

/// `text` with what BibTeX would take for an instruction written out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '%' | '&' | '#' | '_' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// CSL-JSON (citationstyles.org, schema 1.0): what Zotero, Mendeley and pandoc read.
#[must_use]
pub fn csl_json(data: &FigurePage, origin: Option<&str>, locale: Locale) -> serde_json::Value {
    let published = data.release.published_on;
    json!([{
        "id": data.name().to_string(),
        "type": "dataset",
        "title": title(data, locale),
        "container-title": data.table.title.get(locale),
        "author": [{"literal": text!(locale, site.full_name)}],
        "issued": {"date-parts": [[published.year(), published.month(), published.day()]]},
        "version": data.release.id.to_string(),
        "language": locale.tag(),
        "URL": address(data, origin, locale),
    }])
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_in_a_text_is_an_instruction_to_bibtex() {
        assert_eq!(
            escaped("a_b {50 %} \\x ~ ^"),
            "a\\_b \\{50 \\%\\} \\textbackslash{}x \\textasciitilde{} \\textasciicircum{}"
        );
        assert_eq!(escaped("Khiếu nại"), "Khiếu nại");
    }
}
