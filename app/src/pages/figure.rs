//! The permanent page of one figure: what it is and counts, whether it still holds, how to cite it,
//! and what proves it.

mod proof;
mod remarks;

use leptos::prelude::*;
use model::format::{integer, percent};
use model::slice::Slice;
use model::{Dim, Locale};
use qrcodegen::{QrCode, QrCodeEcc};

use super::release::explanation;
use super::source;
use super::table::words::place_words;
use crate::arrange::{By, Measure, Request};
use crate::cite;
use crate::components::figure::{figure, linked};
use crate::components::grid::is_overdue;
use crate::components::ledger::{Cell, Ledger, Row};
use crate::components::meaning;
use crate::components::{area_dates, capital, day, period_name};
use crate::data::Value;
use crate::data::figure::{FigurePage as Data, Part, State};
use crate::embed;
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;
use crate::wire::site::origin_asked_for;

/// The page.
pub(super) fn page(data: &Data, locale: Locale) -> AnyView {
    let item = data.address.item;
    let what = cite::what(data, locale);
    let place = place_words(&data.table, &data.address, locale);
    let dates = area_dates(data.address.period, data.address.member(Dim::Area), locale);
    let period = period_name(data.address.period, locale);
    let description = format!("{what}: {}.", cite::value(data, locale));
    let late = is_overdue(item) && data.value.shown().is_some_and(|n| n > 0);
    let table = Page::Table.path_of(locale, &data.table.id);
    view! {
        {document_head(&what, &description, data.release.simulated, locale)}
        <p class="crumb">
            <a href=table>{data.table.title.get(locale).to_owned()}</a>
            " · "
            {source(&data.release, locale)}
        </p>
        <h1>{item.name(locale).to_owned()}</h1>
        <p class="lead">{format!("{place}, {period} ({dates})")}</p>
        <p class="value" data-item=item.code()>
            {match crate::components::figure::mark(data.value, locale) {
                None => {
                    view! {
                        <b class:bad=late>{figure(data.value, locale)}</b>
                        " "
                        <span>{item.unit().name(locale)}</span>
                    }
                        .into_any()
                }
                Some((sign, words)) => {
                    view! {
                        <b aria-hidden="true">{sign}</b>
                        " "
                        <span>{capital(&words)}</span>
                    }
                        .into_any()
                }
            }}
        </p>
        {state(data, locale)}
        {withheld(data, locale)}
        {counts(data, locale)}
        {shares(data, locale)}
        {versions(data, locale)}
        {remarks::section(data, locale)}
        {citations(data, locale)}
        {proof::section(data, locale)}
    }
    .into_any()
}

/// Whether the version shown is what holds today, and if not, what does.
fn state(data: &Data, locale: Locale) -> AnyView {
    let newest = Page::Figure.path_of(locale, &data.id.to_string());
    let release = |id: model::ReleaseId| {
        let id = id.to_string();
        view! { <a class="unbroken" href=Page::Release.path_of(locale, &id)>{id.clone()}</a> }
    };
    match &data.state {
        State::Current => {
            let words = text!(locale, figure.current);
            let shown = data.value != Value::Withheld;
            shown.then(|| view! { <p class="small state">{words}</p> }).into_any()
        }
        State::Confirmed(later) => view! {
            <p class="small state">
                {if data.value == Value::Withheld {
                    text!(locale, figure.still_withheld)
                } else {
                    text!(locale, figure.confirmed)
                }}
                " "
                {release(later.id)}
                "."
            </p>
        }
        .into_any(),
        State::Superseded { now, since } => view! {
            <p class="callout state">
                <b>{text!(locale, figure.superseded)}</b>
                " "
                {text!(locale, figure.superseded_by)}
                " "
                {release(now.release.id)}
                ": "
                <a href=newest data-item=data.address.item.code()>
                    {figure(now.value, locale)}
                </a>
                ". "
                {since.account.as_ref().and_then(|a| explanation(a, locale))}
            </p>
        }
        .into_any(),
        State::Withdrawn(since, account) => view! {
            <p class="callout state">
                <b>{text!(locale, figure.withdrawn)}</b>
                " "
                {text!(locale, figure.withdrawn_since)}
                " "
                {release(since.id)}
                ". "
                {explanation(account, locale)}
            </p>
        }
        .into_any(),
    }
}

/// Why a withheld figure is withheld.
fn withheld(data: &Data, locale: Locale) -> Option<AnyView> {
    (data.value == Value::Withheld).then(|| {
        let methods = format!("{}#withheld", Page::Methods.path(locale));
        view! {
            <p>
                {text!(locale, figure.withheld)}
                " "
                <a href=methods>{text!(locale, marks.why)}</a>
            </p>
        }
        .into_any()
    })
}

/// A term and what stands beside it.
fn entry(term: String, content: AnyView) -> AnyView {
    view! {
        <div>
            <dt>{term}</dt>
            <dd>{content}</dd>
        </div>
    }
    .into_any()
}

/// What the figure counts, where and over which days.
fn counts(data: &Data, locale: Locale) -> AnyView {
    let address = &data.address;
    let item = address.item;
    let members = data.table.dimensions().into_iter().map(|dim| {
        let code = address.member(dim);
        let name = dim.members().name(code, locale).to_owned();
        let content = match Page::of_member(dim) {
            Some(page) if code != dim.total() => {
                view! { <a href=page.path_of(locale, code)>{name}</a> }.into_any()
            }
            _ => name.into_any(),
        };
        entry(dim.name(locale).to_owned(), content)
    });
    let dates = area_dates(address.period, address.member(Dim::Area), locale);
    let period = format!("{} ({dates})", capital(&period_name(address.period, locale)));
    let regime = data.regime.map(|act| {
        let methods = format!("{}#periods", Page::Methods.path(locale));
        let act = view! { <a href=methods class="unbroken">{act}</a> };
        entry(text!(locale, figure.regime), act.into_any())
    });
    let unit = item.unit().name(locale).to_owned().into_any();
    let dictionary = format!("{}#{}", Page::Dictionary.path(locale), item.code());
    let notes =
        data.table.notes.iter().map(|note| view! { <li>{note.get(locale).to_owned()}</li> });
    let notes = (!data.table.notes.is_empty()).then(|| {
        let list = view! { <ul class="notes">{notes.collect_view()}</ul> };
        entry(text!(locale, table.notes), list.into_any())
    });
    let series =
        format!("{}{}", Page::Table.path_of(locale, &data.table.id), series(data).to_query());
    view! {
        <section aria-labelledby="counts">
            <h2 id="counts">{text!(locale, figure.counts)}</h2>
            <dl class="terms">
                {data
                    .meaning
                    .as_ref()
                    .map(|m| {
                        let name = view! { <a href=dictionary>{item.name(locale)}</a> };
                        view! {
                            <div>
                                <dt>{name}</dt>
                                <dd class="hinted">{meaning::body(m, locale)}</dd>
                            </div>
                        }
                    })}
                {entry(text!(locale, figure.unit), unit)}
                {members.collect_view()}
                {entry(text!(locale, filters.period), period.into_any())}
                {regime}
                {notes}
            </dl>
            <p class="small onscreen">
                <a href=series>{text!(locale, figure.series)}</a>
            </p>
        </section>
    }
    .into_any()
}

/// The table with this place as its series.
fn series(data: &Data) -> Request {
    let place = |slice: Slice, dim: Dim| {
        let code = data.address.member(dim);
        slice.with(dim, (code != dim.total()).then_some(code))
    };
    Request {
        by: Some(By::Period),
        measure: Some(Measure::Item(data.address.item)),
        slice: Dim::ALL.into_iter().fold(Slice::default(), place),
        ..Request::default()
    }
}

/// The shares that the figure is a part of, each with numerator and denominator.
fn shares(data: &Data, locale: Locale) -> Option<AnyView> {
    let row = |part: &Part| {
        let rate = part.rate;
        let (n, of) = (part.numerator.value.shown(), part.denominator.value.shown());
        let share = n.zip(of).and_then(|(n, of)| percent(n, of, locale));
        let share = share.unwrap_or_else(|| text!(locale, figure.no_share));
        let side = |item: model::Item, figure| {
            view! { {item.name(locale)} ": " <span data-item=item.code()>{linked(figure, locale)}</span> }
        };
        let parts = view! {
            <b>{share}</b>
            <p class="small">
                {side(rate.numerator(), part.numerator)}
                " · "
                {side(rate.denominator(), part.denominator)}
            </p>
        };
        entry(rate.name(locale).to_owned(), parts.into_any())
    };
    let formed = |part: &Part| {
        let sides = [part.numerator, part.denominator];
        sides.iter().all(|side| side.value.shown().is_some())
    };
    let lead = data.shares.iter().any(formed);
    let lead = lead.then(|| view! { <p class="lead">{text!(locale, figure.shares_lead)}</p> });
    (!data.shares.is_empty()).then(|| {
        view! {
            <section aria-labelledby="shares">
                <h2 id="shares">{text!(locale, figure.shares)}</h2>
                {lead}
                <dl class="terms">{data.shares.iter().map(row).collect_view()}</dl>
            </section>
        }
        .into_any()
    })
}

/// Every version of the figure.
fn versions(data: &Data, locale: Locale) -> AnyView {
    let row = |version: &crate::data::figure::Version| {
        let name =
            crate::data::figure::FigureName { id: data.id, release: Some(version.release.id) };
        let href = Page::Figure.path_of(locale, &name.to_string());
        let release = version.release.id.to_string();
        let head = if version.release.id == data.release.id {
            view! { <b>{release}</b> " " <small>{text!(locale, figure.this_version)}</small> }
                .into_any()
        } else {
            view! { <a href=href>{release}</a> }.into_any()
        };
        let published = day(version.release.published_on, locale).into();
        let reason = version.account.as_ref().and_then(|a| explanation(a, locale));
        let reason = reason.map(|reason| view! { <small class="reason">{reason}</small> });
        Row {
            head: view! { {head} " " {reason} }.into_any(),
            whole: false,
            cells: vec![published, Cell::of(data.address.item, version.value, locale)],
        }
    };
    let ledger = Ledger {
        caption: text!(locale, figure.versions),
        corner: text!(locale, releases.name).into(),
        headings: vec![
            text!(locale, releases.published).into(),
            data.address.item.name(locale).to_owned().into(),
        ],
        rows: data.versions.iter().map(row).collect(),
        words: false,
    };
    view! {
        <section aria-labelledby="versions">
            <h2 id="versions">{text!(locale, figure.versions)}</h2>
            <p class="lead">{text!(locale, figure.versions_lead)}</p>
            {ledger.view(locale)}
        </section>
    }
    .into_any()
}

/// The figure to quote, in both languages, and for programs that keep references.
fn citations(data: &Data, locale: Locale) -> AnyView {
    let origin = origin_asked_for();
    let origin = origin.as_deref();
    let words = |l: Locale| {
        let name = match l {
            Locale::Vi => text!(locale, figure.in_vietnamese),
            Locale::En => text!(locale, figure.in_english),
        };
        let text = cite::plain(data, origin, l);
        entry(name, view! { <p lang=l.tag() class="cited">{text}</p> }.into_any())
    };
    let file = |ending: &str| format!("/api/v1/figures/{}.{ending}?lang={locale}", data.name());
    let short = cite::short_address(data, origin);
    view! {
        <section aria-labelledby="cite">
            <h2 id="cite">{text!(locale, figure.cite)}</h2>
            <p class="lead">{text!(locale, figure.cite_lead)}</p>
            <dl class="terms">
                {words(locale)}
                {words(locale.other())}
                {entry(
                    text!(locale, figure.short),
                    view! { <span class="address">{short.clone()}</span> }.into_any(),
                )}
            </dl>
            <p class="small downloads">
                {text!(locale, files.download)}
                " "
                <a href=file("bib") download>"BibTeX"</a>
                " · "
                <a href=file("csl.json") download>"CSL-JSON"</a>
                " · "
                <a href=file("json") download>{text!(locale, figure.json)}</a>
            </p>
            {embeds(data, origin, locale)}
            {qr(&short)}
        </section>
    }
    .into_any()
}

/// What to copy into another page to show the figure there.
fn embeds(data: &Data, origin: Option<&str>, locale: Locale) -> AnyView {
    let code = |live: bool| {
        let name = if live { text!(locale, embed.follow) } else { text!(locale, embed.stay) };
        let code = embed::code(data, live, origin, locale);
        entry(
            name.clone(),
            view! { <pre tabindex="0" role="group" aria-label=name>{code}</pre> }.into_any(),
        )
    };
    view! {
        <details class="onscreen">
            <summary>{text!(locale, embed.title)}</summary>
            <dl class="terms">{code(true)} {code(false)}</dl>
        </details>
    }
    .into_any()
}

/// `address` as a QR code, on paper.
fn qr(address: &str) -> Option<AnyView> {
    const QUIET: i32 = 4;
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        for x in (0..size).filter(|&x| code.get_module(x, y)) {
            path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
        }
    }
    let side = size + 2 * QUIET;
    Some(
        view! {
            <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=address.to_owned()>
                <rect class="quiet" width=side height=side />
                <path class="modules" d=path />
            </svg>
        }
        .into_any(),
    )
}

/// How many digits of `n` are grouped.
pub(super) fn number(n: u64, locale: Locale) -> String {
    integer(i64::try_from(n).unwrap_or(i64::MAX), locale)
}
