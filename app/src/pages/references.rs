//! Figures that authorities and the press published, as their sources state them, with the figure of
//! this portal beside that counts the same thing in the same year. The two never share a drawing, and
//! simulated figures stand beside no real one.

use leptos::prelude::*;
use model::Locale;
use model::format::{integer, percent};

use super::source;
use crate::components::figure::figure;
use crate::components::ledger::{Cell, Ledger, Row};
use crate::components::{capital, day, period_name, period_with_dates};
use crate::data::Value;
use crate::data::references::{Cited, CitedValue, OurValue, References, Scope, Source};
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: &References, locale: Locale) -> AnyView {
    let title = text!(locale, explain.references);
    let lead = text!(locale, explain.references_lead);
    let simulated = data.release.simulated;
    let not_comparable = simulated.then(|| {
        view! { <p class="callout">{text!(locale, explain.simulated)}</p> }
    });
    let scope = |id: &'static str, name: String, scope: Scope| {
        let sources = data.sources.iter().filter(|s| s.scope == scope);
        let sources = sources.map(|s| one(s, simulated, locale)).collect_view();
        view! {
            <section aria-labelledby=id>
                <h2 id=id>{name}</h2>
                {sources}
            </section>
        }
    };
    view! {
        {document_head(&title, &lead, simulated, locale)}
        <p class="crumb">
            <a href=Page::Methods.path(locale)>{text!(locale, nav.methods)}</a>
            " · "
            {source(&data.release, locale)}
        </p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()}</p>
        <div class="prose">
            <p>{text!(locale, explain.apart)}</p>
            {not_comparable}
        </div>
        {scope("thanh-hoa", text!(locale, explain.thanh_hoa), Scope::ThanhHoa)}
        {scope("country", text!(locale, explain.country), Scope::Country)}
    }
    .into_any()
}

fn one(source: &Source, simulated: bool, locale: Locale) -> AnyView {
    let mut headings = vec![text!(locale, explain.as_published).into()];
    let period = source.period.filter(|_| !simulated);
    if let Some(period) = period {
        headings.push(text!(locale, explain.ours, period = period_name(period, locale)).into());
    }
    let with_ours = period.is_some();
    let rows = source.figures.iter().map(|f| row(f, with_ours, locale)).collect();
    let ledger = Ledger {
        caption: source.about.clone(),
        corner: text!(locale, explain.figure).into(),
        headings,
        rows,
        words: false,
    };
    view! {
        <h3 id=source.id.clone()>{source.about.clone()}</h3>
        <p class="small">
            {text!(locale, explain.source)}
            " "
            <a href=source.url.clone() rel="external">
                {source.publisher.clone()}
            </a>
            ", "
            {published(source, locale)}
            "."
        </p>
        {ledger.view(locale)}
        <p class="small">{source.note.clone()}</p>
        {period.map(|p| view! { <p class="small">{capital(&period_with_dates(p, locale))} "."</p> })}
    }
    .into_any()
}

/// The day of publication, its year where no more is known, or that it is not known.
fn published(source: &Source, locale: Locale) -> String {
    match &source.published {
        Some(known) => {
            let day = known.parse().map_or_else(|_| known.clone(), |date| day(date, locale));
            text!(locale, explain.published, day = day)
        }
        None => text!(locale, explain.no_day),
    }
}

fn row(cited: &Cited, with_ours: bool, locale: Locale) -> Row {
    let mut cells: Vec<Cell> = vec![value(&cited.value, locale).into()];
    if with_ours {
        let content = match &cited.ours {
            Some((table, ours)) => our_value(table, ours, locale),
            None => "–".into_any(),
        };
        cells.push(content.into());
    }
    let name = capital(&cited.name);
    let head = if cited.part {
        view! { <span class="part">{name}</span> }.into_any()
    } else {
        name.into_any()
    };
    Row { head, whole: false, cells }
}

/// A value as its source has it.
fn value(value: &CitedValue, locale: Locale) -> String {
    match value {
        CitedValue::Count(n) => integer(*n, locale),
        CitedValue::Share(tenths) => tenths_of_percent(*tenths, locale),
        CitedValue::Change(tenths) if *tenths > 0 => {
            format!("+{}", tenths_of_percent(*tenths, locale))
        }
        CitedValue::Change(tenths) => tenths_of_percent(*tenths, locale),
        CitedValue::Words(words) => words.clone(),
    }
}

fn tenths_of_percent(tenths: i64, locale: Locale) -> String {
    percent(tenths, 1000, locale).unwrap_or_default()
}

/// A value of ours, leading to its table.
fn our_value(table: &str, value: &OurValue, locale: Locale) -> AnyView {
    let content = match value {
        OurValue::Figure(value) => figure(*value, locale),
        OurValue::Share(Some((part, whole))) => {
            percent(*part, *whole, locale).unwrap_or_default().into_any()
        }
        OurValue::Share(None) => figure(Value::Withheld, locale),
    };
    view! { <a href=Page::Table.path_of(locale, table)>{content}</a> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cited_value_is_written_as_each_language_writes_it_and_words_stay() {
        assert_eq!(value(&CitedValue::Share(821), Locale::Vi), "82,1%");
        assert_eq!(value(&CitedValue::Change(-280), Locale::En), "−28.0%");
        assert_eq!(value(&CitedValue::Change(15), Locale::Vi), "+1,5%");
        assert_eq!(value(&CitedValue::Count(261_566), Locale::Vi), "261.566");
        assert_eq!(value(&CitedValue::Words("hơn 6.000".into()), Locale::Vi), "hơn 6.000");
    }
}
