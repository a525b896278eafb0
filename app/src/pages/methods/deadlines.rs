//! The time limits that the law sets, from the rules themselves: days, article, and since when.

use leptos::prelude::*;
use model::deadline::{Complexity, settlement};
use model::{Kind, Locale};

use crate::components::day;
use crate::components::ledger::{Ledger, Row};
use crate::text::text;

/// The time limits of settlement, from the rules themselves.
pub(super) fn deadlines(caption: &str, locale: Locale) -> AnyView {
    use Complexity::{Complicated, EspeciallyComplicated, Ordinary};

    let row = |name: String, kind: Kind, second: bool, remote: bool| {
        let limit = |c| settlement(kind, second, c, remote);
        let days =
            |c| limit(c).map_or_else(String::new, |l| text!(locale, methods.days, n = l.days));
        let article = limit(Ordinary).map_or_else(String::new, |l| article(l.article, locale));
        let since = limit(Ordinary).map_or_else(String::new, |l| day(l.valid_from, locale));
        Row {
            head: name.into_any(),
            whole: false,
            cells: vec![
                days(Ordinary).into(),
                days(Complicated).into(),
                article.into(),
                since.into(),
            ],
        }
    };
    let complaint = Kind::Complaint;
    let denunciation = Kind::Denunciation;
    let ledger = Ledger {
        caption: caption.to_owned(),
        corner: text!(locale, methods.matter).into(),
        headings: vec![
            text!(locale, methods.ordinary).into(),
            text!(locale, methods.complicated).into(),
            text!(locale, methods.article).into(),
            text!(locale, methods.in_force).into(),
        ],
        rows: vec![
            row(text!(locale, methods.complaint_first), complaint, false, false),
            row(text!(locale, methods.complaint_first_remote), complaint, false, true),
            row(text!(locale, methods.complaint_second), complaint, true, false),
            row(text!(locale, methods.complaint_second_remote), complaint, true, true),
            row(denunciation.name(locale).to_owned(), denunciation, false, false),
        ],
        words: true,
    };
    let especially = settlement(denunciation, false, EspeciallyComplicated, false);
    view! {
        {ledger.view(locale)}
        {especially
            .map(|l| {
                view! { <p>{text!(locale, methods.especially, days = l.days)}</p> }
            })}
    }
    .into_any()
}

/// An article as readers of each language cite it.
fn article(cited: &str, locale: Locale) -> String {
    match locale {
        Locale::Vi => cited.to_owned(),
        Locale::En => cited
            .replace("Luật Khiếu nại", "Law on Complaints")
            .replace("Luật Tố cáo", "Law on Denunciations")
            .replace("Điều", "Article"),
    }
}
