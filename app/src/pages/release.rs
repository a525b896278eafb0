//! One release: its tables, what was withheld, and the checkpoint that fixes it.

use leptos::prelude::*;
use model::format::{integer, percent};
use model::{Check, Dim, Locale, ReleaseId};

use super::table::rows_name;
use super::table::words::place_words;
use crate::components::ledger::{Cell, Ledger, Row};
use crate::components::{day, frequency, period_name, period_with_dates};
use crate::data::releases::{Account, Change, Changes, Coverage, Rarer, ReleasePage as Data};
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: &Data, locale: Locale) -> AnyView {
    let id = data.release.id;
    let title = text!(locale, release.title, id = id);
    let period = period_with_dates(id.period, locale);
    let day = day(data.release.published_on, locale);
    let next_key = data.signed.next_key.as_ref();
    let next_key = next_key.map(|next| key(text!(locale, release.next_key).into(), next));
    let description = text!(locale, release.lead, period = period, day = day);
    let superseded = data.superseded_by.map(|newer| {
        let newer = newer.to_string();
        view! {
            <p class="callout">
                {text!(locale, release.superseded)}
                " "
                <a href=Page::Release.path_of(locale, &newer)>{newer.clone()}</a>
            </p>
        }
    });
    let caption = text!(locale, release.tables);
    view! {
        {document_head(&title, &description, data.release.simulated, locale)}
        <p class="crumb">
            <a href=Page::Releases.path(locale)>{text!(locale, nav.releases)}</a>
        </p>
        <h1>{title.clone()}</h1>
        <p class="lead">{description.clone()}</p>
        {superseded}
        {account(data, locale)}
        {changes(data, locale)}
        <section aria-labelledby="tables">
            <h2 id="tables">{caption.clone()}</h2>
            <p class="lead">{text!(locale, release.tables_lead)}</p>
            {coverage(&caption, &data.tables, locale)}
        </section>
        {rarer(data, locale)}
        <section aria-labelledby="checkpoint">
            <h2 id="checkpoint">{text!(locale, release.checkpoint)}</h2>
            <p class="lead">
                {text!(
                    locale,
                    release.checkpoint_lead,
                    n = integer(data.log_index + 1, locale),
                    whole = integer(data.log_size, locale),
                )}
            </p>
            <pre tabindex="0" role="group" aria-labelledby="checkpoint">{data.checkpoint.clone()}</pre>
            {key(text!(locale, release.key).into(), &data.signed.key)}
            {next_key}
        </section>
        {files(id, &data.signed.key, locale)}
    }
    .into_any()
}

/// A public key of the log, with what is said of it.
fn key(words: Oco<'static, str>, key: &str) -> AnyView {
    view! {
        <p class="small">
            {words} " " <code class="hash">{key.to_owned()}</code>
        </p>
    }
    .into_any()
}

/// Why figures were revised: the class of reason, and what was wrong or changed.
pub(crate) fn explanation(account: &Account, locale: Locale) -> Option<AnyView> {
    account.reason.map(|reason| {
        let note = account.notes.as_ref().map(|notes| notes.get(locale).to_owned());
        view! {
            <b>{reason.name(locale)}</b>
            ": "
            {note}
        }
        .into_any()
    })
}

/// What readers should know of the release, and who answers for it.
fn account(data: &Data, locale: Locale) -> AnyView {
    let Account { reason, notes, prepared_by, approved_by } = &data.account;
    let item = |check: &Check| view! { <li>{check.name(locale)}</li> };
    let notes = notes.as_ref().map(|notes| {
        let note = notes.get(locale).to_owned();
        match reason {
            Some(_) => view! { <p>{explanation(&data.account, locale)}</p> }.into_any(),
            None => view! { <p>{note}</p> }.into_any(),
        }
    });
    view! {
        {notes}
        <p class="small">
            {text!(
                locale,
                release.sign_off,
                prepared_by = prepared_by.clone(),
                approved_by = approved_by.clone(),
            )}
        </p>
        <details class="small">
            <summary>{text!(locale, release.checklist)}</summary>
            <ul class="notes">{data.signed.checklist.iter().map(item).collect_view()}</ul>
        </details>
    }
    .into_any()
}

/// Which published figures the release changes, from what to what.
fn changes(data: &Data, locale: Locale) -> Option<AnyView> {
    let id = data.release.id;
    let count: usize = data.changes.iter().map(|table| table.count).sum();
    let number = |n: usize| integer(i64::try_from(n).unwrap_or(i64::MAX), locale);
    let table = |changes: &Changes| {
        let row = |change: &Change| {
            let address = &change.address;
            let name = format!("{}@{}", change.figure, change.revises);
            let place = place_words(&changes.table, address, locale);
            let words = format!("{place}, {}", period_name(address.period, locale));
            let new = match change.new {
                Some(value) => Cell::of(address.item, value, locale),
                None => text!(locale, release.withdrawn).into(),
            };
            Row {
                head: view! {
                    <a href=Page::Figure.path_of(locale, &name)>{address.item.name(locale)}</a>
                    " "
                    <small>{words}</small>
                }
                .into_any(),
                whole: false,
                cells: vec![Cell::of(address.item, change.old, locale), new],
            }
        };
        let title = changes.table.title.get(locale).to_owned();
        let ledger = Ledger {
            caption: title.clone(),
            corner: text!(locale, release.figure).into(),
            headings: vec![text!(locale, release.old).into(), text!(locale, release.new).into()],
            rows: changes.first.iter().map(row).collect(),
            words: false,
        };
        let more = changes.count - changes.first.len();
        let more = (more > 0).then(|| {
            view! { <p class="small">{text!(locale, release.more_changes, n = number(more))}</p> }
        });
        let summary = format!("{title} ({})", number(changes.count));
        view! {
            <details>
                <summary>{summary}</summary>
                {ledger.view(locale)}
                {more}
            </details>
        }
    };
    (count > 0).then(|| {
        view! {
            <section aria-labelledby="changes">
                <h2 id="changes">{text!(locale, release.changes)}</h2>
                <p class="lead">{text!(locale, release.changes_lead, n = number(count))}</p>
                {data.changes.iter().map(table).collect_view()}
                <p class="small downloads">
                    {text!(locale, files.download)}
                    " "
                    <a href=format!("/api/v1/releases/{id}/revisions.csv") download>
                        "revisions.csv"
                    </a>
                </p>
            </section>
        }
        .into_any()
    })
}

/// The release as it was signed, for whoever checks it or keeps a copy.
fn files(id: ReleaseId, key: &str, locale: Locale) -> AnyView {
    let file = |name: &'static str| {
        let href = format!("/api/v1/releases/{id}/{name}");
        view! {
            " · "
            <a href=href download>
                {name}
            </a>
        }
    };
    view! {
        <section aria-labelledby="files">
            <h2 id="files">{text!(locale, release.files)}</h2>
            <p class="lead">{text!(locale, release.files_lead)}</p>
            <p class="small downloads">
                {text!(locale, files.download)} " "
                <a href=format!("/api/v1/releases/{id}.zip") download>
                    {text!(locale, release.bundle)}
                </a> {["manifest.json", "manifest.tlog-proof", "checkpoint"].map(file)}
            </p>
            <p class="lead">{text!(locale, release.check)}</p>
            <pre tabindex="0" role="group" aria-labelledby="files">
                {format!("portal verify {id} --key {key}")}
            </pre>
        </section>
    }
    .into_any()
}

/// How many figures of each table are shown and withheld. Above them all tables together in which
/// figures can be withheld: figures about officials, which never are, would make the share small.
pub(crate) fn coverage(caption: &str, tables: &[Coverage], locale: Locale) -> AnyView {
    let row = |head: AnyView, whole: bool, shown: i64, withheld: Option<i64>| {
        let share = withheld.and_then(|n| percent(n, shown + n, locale));
        let withheld = withheld.map(|n| integer(n, locale));
        let cells = [Some(integer(shown, locale)), withheld, share];
        let cells = cells.map(|words| words.unwrap_or_else(|| "–".to_owned()).into());
        Row { head, whole, cells: cells.into() }
    };
    let about_people = || tables.iter().filter(|t| !t.about_officials);
    let sum = |of: fn(&Coverage) -> i64| about_people().map(of).sum();
    let whole = text!(locale, release.protected).into_any();
    let about_officials = tables.iter().filter(|t| t.about_officials);
    let tables = about_people().chain(about_officials);
    let tables = tables.filter(|t| t.shown + t.withheld > 0).map(|t| {
        let href = Page::Table.path_of(locale, &t.id);
        let link = view! { <a href=href>{t.title.get(locale).to_owned()}</a> };
        let note = t.about_officials.then(|| text!(locale, release.about_officials));
        let head = view! { {link} {note.map(|n| view! { " " <small>{n}</small> })} };
        row(head.into_any(), false, t.shown, (!t.about_officials).then_some(t.withheld))
    });
    let ledger = Ledger {
        caption: caption.to_owned(),
        corner: text!(locale, release.table).into(),
        headings: vec![
            text!(locale, release.shown).into(),
            text!(locale, release.withheld).into(),
            text!(locale, release.withheld_share).into(),
        ],
        rows: std::iter::once(row(whole, true, sum(|t| t.shown), Some(sum(|t| t.withheld))))
            .chain(tables)
            .collect(),
        words: false,
    };
    view! {
        <p class="unit small">{text!(locale, release.unit)}</p>
        {ledger.view(locale)}
    }
    .into_any()
}

/// Which tables have no figures by quarter at which levels, and when these come out.
fn rarer(data: &Data, locale: Locale) -> Option<AnyView> {
    let level = |r: &Rarer| {
        let levels = r.rows.iter().map(|by| rows_name(by, locale).to_lowercase());
        let kinds = r.kinds.iter().map(|k| Dim::Kind.members().name(k, locale).to_lowercase());
        let levels = levels.collect::<Vec<_>>().join(" × ");
        let words: Vec<String> =
            Some(levels).filter(|words| !words.is_empty()).into_iter().chain(kinds).collect();
        format!("{} ({})", words.join(", "), frequency(r.frequency, locale))
    };
    let items = data
        .rarer
        .chunk_by(|a, b| a.id == b.id)
        .map(|levels| {
            let words: Vec<String> = levels.iter().map(level).collect();
            let table = levels.first().map(|r| {
                let href = Page::Table.path_of(locale, &r.id);
                view! { <a href=href>{r.title.get(locale).to_owned()}</a> }
            });
            view! { <li>{table} ": " {words.join("; ")}</li> }
        })
        .collect_view();
    (!data.rarer.is_empty()).then(|| {
        view! {
            <section aria-labelledby="rarer">
                <h2 id="rarer">{text!(locale, release.rarer)}</h2>
                <p class="lead">{text!(locale, release.rarer_lead)}</p>
                <ul class="notes">{items}</ul>
            </section>
        }
        .into_any()
    })
}
