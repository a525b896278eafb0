//! One figure as files: its description and citations for programs, the proof for whoever checks it;
//! and the short address that stands on paper.

use app::cite;
use app::data::figure::{FigureName, FigurePage, State};
use app::data::releases::Account;
use app::data::remarks::Remarks;
use app::error::PortalError;
use app::published::Published;
use app::routes::Page;
use app::wire::site::origin;
use axum::Json;
use axum::extract::{Path, Query, State as Of};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use model::{Dim, Locale, Reason};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Challenge, Explained, Explanation, PublishedPool, Words};

use super::home;

/// What the address of a file may say.
#[derive(Debug, Deserialize)]
pub(super) struct Wish {
    lang: Option<String>,
}

/// `/api/v1/figures/ID.json`, `ID.proof.json`, `ID.csl.json`, `ID.bib`; the name may end in
/// `@RELEASE` for the version of that release. `?lang=` chooses the language of the words.
///
/// # Errors
///
/// 404 if there is no such figure or file, 503 when the database does not answer or the figure is
/// not proved; both as JSON that says so.
pub(super) async fn file(
    Of(pool): Of<PublishedPool>,
    Path(file): Path<String>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let locale = wish.lang.and_then(|l| l.parse().ok()).unwrap_or(Locale::Vi);
    let (name, kind) = split(&file).ok_or(Refusal(PortalError::NotFound))?;
    let data = FigurePage::read(&Published::over(pool), name.parse()?, locale).await?;
    let origin = origin(&headers);
    let origin = origin.as_deref();
    Ok(match kind {
        Kind::Proof => Json(&data.proved.file).into_response(),
        Kind::Description => Json(description(&data, origin, locale)).into_response(),
        Kind::Csl => {
            let head = [(CONTENT_TYPE, "application/vnd.citationstyles.csl+json")];
            (head, cite::csl_json(&data, origin, locale).to_string()).into_response()
        }
        Kind::Bibtex => {
            let head = [(CONTENT_TYPE, "application/x-bibtex; charset=utf-8")];
            (head, cite::bibtex(&data, origin, locale)).into_response()
        }
    })
}

/// `/f/ID`, `/f/ID@RELEASE`: the figure's page in the language that the browser asks for. What is no
/// name leads to a page that says, in that language, that there is nothing.
pub(super) async fn short(Path(name): Path<String>, headers: HeaderMap) -> impl IntoResponse {
    let wish = headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let name: Result<FigureName, _> = name.parse();
    let name = name.map_or_else(|_| "-".to_owned(), |name| name.to_string());
    let target = Page::Figure.path_of(home::preferred(wish), &name);
    ([(VARY, "accept-language")], Redirect::temporary(&target))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Proof,
    Csl,
    Description,
    Bibtex,
}

/// The figure's name in the name of a file, and the kind of file.
fn split(file: &str) -> Option<(&str, Kind)> {
    [
        (".proof.json", Kind::Proof),
        (".csl.json", Kind::Csl),
        (".json", Kind::Description),
        (".bib", Kind::Bibtex),
    ]
    .into_iter()
    .find_map(|(ending, kind)| Some((file.strip_suffix(ending)?, kind)))
}

/// The figure for programs: codes with names beside them, and where the rest is.
fn description(data: &FigurePage, origin: Option<&str>, locale: Locale) -> Value {
    let address = &data.address;
    let item = address.item;
    let period = address.period;
    let members: serde_json::Map<String, Value> = data
        .table
        .dimensions()
        .into_iter()
        .map(|dim: Dim| {
            let code = address.member(dim);
            let member = json!({"code": code, "name": dim.members().name(code, locale)});
            (dim.code().to_owned(), member)
        })
        .collect();
    let reason = |account: &Account| account.reason.map(Reason::code);
    let note = |account: &Account| account.notes.as_ref().map(|n| n.get(locale).to_owned());
    let state = match &data.state {
        State::Current => json!({"state": "current"}),
        State::Confirmed(_) if data.value.shown().is_none() => json!({"state": "current"}),
        State::Confirmed(later) => json!({"state": "current", "unchanged_in": later.id}),
        State::Superseded { now, since } => json!({
            "state": "superseded",
            "release": now.release.id,
            "value": now.value.shown(),
            "mark": now.value.mark(),
            "since": since.release.id,
            "reason": since.account.as_ref().and_then(reason),
            "note": since.account.as_ref().and_then(note),
        }),
        State::Withdrawn(since, account) => json!({
            "state": "withdrawn",
            "since": since.id,
            "reason": reason(account),
            "note": note(account),
        }),
    };
    let file = |ending: &str| {
        format!("{}/api/v1/figures/{}.{ending}", origin.unwrap_or_default(), data.name())
    };
    json!({
        "figure": data.id,
        "release": data.release.id,
        "published_on": data.release.published_on.to_string(),
        "simulated": data.release.simulated,
        "table": {"id": data.table.id, "title": data.table.title.get(locale)},
        "period": {
            "code": period,
            "name": period.name(locale),
            "from": cite::first_day(data).to_string(),
            "to": period.end().to_string(),
        },
        "dimensions": members,
        "item": {"code": item.code(), "name": item.name(locale)},
        "unit": {"code": item.unit().code(), "name": item.unit().name(locale)},
        "value": data.value.shown(),
        "mark": data.value.mark(),
        "holds": state,
        "remarks": remarks(&data.remarks, locale),
        "citation": cite::plain(data, origin, locale),
        "page": cite::address(data, origin, locale),
        "proof": file("proof.json"),
    })
}

/// What was said of the figure since, in the languages in which it was.
fn remarks(remarks: &Remarks, locale: Locale) -> Value {
    let words = |words: &Words| json!({"vi": words.vi, "en": words.en});
    let explanation = |e: &Explanation| {
        let name = model::body::body(&e.body).map(|b| match locale {
            Locale::Vi => b.name_vi,
            Locale::En => b.name_en,
        });
        let of = match &e.of {
            Explained::Figure(_) => json!("figure"),
            Explained::Period(period, table) => json!({"period": period, "table": table}),
        };
        json!({
            "body": {"code": e.body, "name": name},
            "of": of,
            "release": e.release,
            "date": e.dated.to_string(),
            "text": words(&e.words),
        })
    };
    let challenge = |c: &Challenge| {
        let answer = c.answer.as_ref().map(|a| {
            json!({
                "date": a.answered.to_string(),
                "corrected_in": a.outcome.corrected_in(),
                "text": words(&a.words),
            })
        });
        json!({
            "number": c.number,
            "release": c.received.release,
            "received": c.received.received.to_string(),
            "status": c.answer.as_ref().map_or("open", |a| a.outcome.code()),
            "days": c.days(remarks.today),
            "text": words(&c.received.words),
            "answer": answer,
        })
    };
    json!({
        "explanations": remarks.explanations.iter().map(explanation).collect::<Vec<_>>(),
        "challenges": remarks.challenges.iter().map(challenge).collect::<Vec<_>>(),
    })
}

/// Why there is no file.
pub(super) struct Refusal(PortalError);

impl From<PortalError> for Refusal {
    fn from(error: PortalError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status());
        let status = status.unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
        (status, Json(json!({"error": self.0.to_string()}))).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_a_file_is_its_longest_known_ending() {
        let id = "4ohqcgyexqcmkdzn@2026-Q3.1";
        for (ending, kind) in [
            ("json", Some(Kind::Description)),
            ("proof.json", Some(Kind::Proof)),
            ("csl.json", Some(Kind::Csl)),
            ("bib", Some(Kind::Bibtex)),
            ("csv", None),
        ] {
            assert_eq!(split(&format!("{id}.{ending}")), kind.map(|kind| (id, kind)), "{ending}");
        }
        assert_eq!(split(id), None);
    }
}
