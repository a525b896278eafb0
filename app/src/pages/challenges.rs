//! Challenges to figures (yêu cầu kiểm tra lại số liệu): status, answer and how long it took.

use leptos::prelude::*;
use model::{Locale, ReleaseId};
use store::{Challenge, Outcome, Words};

use super::table::words::place_words;
use crate::components::{day, period_name};
use crate::data::remarks::{ChallengeList, Listed, challenged};
use crate::frame::contact;
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

/// The page.
pub(super) fn page(data: &ChallengeList, locale: Locale) -> AnyView {
    let title = text!(locale, remarks.title);
    let lead = text!(locale, remarks.list_lead);
    let answered = data.challenges.iter().filter(|c| c.challenge.answer.is_some()).count();
    let state = if data.challenges.is_empty() {
        text!(locale, remarks.none)
    } else {
        let open = data.challenges.len() - answered;
        text!(locale, remarks.counted, open = open, answered = answered)
    };
    let one = |listed: &Listed| {
        let Listed { challenge, table, address } = listed;
        let href = Page::Figure.path_of(locale, &challenged(challenge).to_string());
        let number = challenge.number;
        let period = period_name(address.period, locale);
        view! {
            <section>
                <h2>{text!(locale, remarks.challenge, number = number)}</h2>
                <p>
                    <a href=href>{address.item.name(locale)}</a>
                    {format!(", {}, {period}", place_words(table, address, locale))}
                </p>
                {challenge_view(challenge, data.today, locale)}
            </section>
        }
    };
    view! {
        {document_head(&title, &lead, data.release.simulated, locale)}
        <p class="crumb">
            <a href=Page::Methods.path(locale)>{text!(locale, nav.methods)}</a>
        </p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()}</p>
        <p>{state}</p>
        {data.challenges.iter().map(one).collect_view()}
        {how(data, locale)}
    }
    .into_any()
}

/// How a challenge is raised, and with whom.
fn how(data: &ChallengeList, locale: Locale) -> AnyView {
    let with = match &data.publishing_body {
        _ if data.release.simulated => text!(locale, footer.demonstration).into_any(),
        None => text!(locale, footer.nobody).into_any(),
        Some(body) => {
            let reach = contact(body).unwrap_or_else(|| {
                format!(" {}", text!(locale, remarks.how_no_contact)).into_any()
            });
            view! { {format!("{}.", body.name.get(locale))} {reach} }.into_any()
        }
    };
    view! {
        <section aria-labelledby="how">
            <h2 id="how">{text!(locale, remarks.how)}</h2>
            <p>{text!(locale, remarks.how_body)}</p>
            <p>{with}</p>
        </section>
    }
    .into_any()
}

/// When a challenge was received, what is doubted, its status, and the answer.
pub(super) fn challenge_view(
    challenge: &Challenge,
    today: jiff::civil::Date,
    locale: Locale,
) -> AnyView {
    let received = day(challenge.received.received, locale);
    let took = match challenge.days(today) {
        1 => text!(locale, remarks.day),
        days => text!(locale, remarks.days, days = days),
    };
    let (status, answer) = match &challenge.answer {
        None => (text!(locale, remarks.waiting, days = took).into_any(), None),
        Some(answer) => {
            let day = day(answer.answered, locale);
            let when = if challenge.days(today) == 0 {
                text!(locale, remarks.answered_at_once, day = day)
            } else {
                text!(locale, remarks.answered, day = day, days = took)
            };
            let status = view! { <b>{outcome(answer.outcome, locale)}</b> " " {when} }.into_any();
            (status, Some(words(&answer.words, locale)))
        }
    };
    view! {
        <p class="small">
            {text!(locale, remarks.received, day = received)}
            " "
            {release(challenge.received.release, locale)}
            "."
        </p>
        {words(&challenge.received.words, locale)}
        <p class="small">{status}</p>
        {answer}
    }
    .into_any()
}

fn outcome(outcome: Outcome, locale: Locale) -> AnyView {
    match outcome {
        Outcome::Upheld => text!(locale, remarks.upheld).into_any(),
        Outcome::Rejected => text!(locale, remarks.rejected).into_any(),
        Outcome::Corrected(id) => view! {
            {text!(locale, remarks.corrected)}
            " "
            {release(id, locale)}
            "."
        }
        .into_any(),
    }
}

/// A release by its name, with a link to it.
pub(super) fn release(id: ReleaseId, locale: Locale) -> AnyView {
    let id = id.to_string();
    view! { <a class="unbroken" href=Page::Release.path_of(locale, &id)>{id.clone()}</a> }
        .into_any()
}

/// What somebody wrote, in the language that there is.
pub(super) fn words(words: &Words, locale: Locale) -> AnyView {
    match (&words.en, locale) {
        (Some(en), Locale::En) => view! { <p>{en.clone()}</p> }.into_any(),
        (None, Locale::En) => view! {
            <p class="small">{text!(locale, remarks.only_vi)}</p>
            <p lang="vi">{words.vi.clone()}</p>
        }
        .into_any(),
        (_, Locale::Vi) => view! { <p>{words.vi.clone()}</p> }.into_any(),
    }
}
