//! Time limits of the law: a form that asks when something is due, the answer with every day that counts
//! and every day that does not, and the rules.

mod rules;

use jiff::civil::Date;
use law::{Counted, Day, Decision, Law, Skip, State, Step};
use leptos::prelude::*;
use model::classification::Complexity;
use model::format::integer;
use model::{Kind, Locale, Referrer};

use crate::components::ask::select;
use crate::components::day;
use crate::components::ledger::{Ledger, Row};
use crate::data::deadlines::{Answer, DAYS, DeadlinesPage as Data, Question, Wrong, parameter};
use crate::pages::head::document_head;
use crate::routes::Page;
use crate::text::text;

pub(super) use rules::settlement;

/// The page.
pub(super) fn page(data: &Data, locale: Locale) -> AnyView {
    let title = text!(locale, deadlines.title);
    let lead = text!(locale, deadlines.lead);
    view! {
        {document_head(&title, &lead, data.simulated, locale)}
        <p class="crumb">
            <a href=Page::Methods.path(locale)>{text!(locale, nav.methods)}</a>
        </p>
        <h1>{title.clone()}</h1>
        <p class="lead">{lead.clone()}</p>
        {form(&data.question, locale)}
        {answer(&data.answer, locale)}
        <section aria-labelledby="rules">
            <h2 id="rules">{text!(locale, deadlines.rules)}</h2>
            <p class="lead">{text!(locale, deadlines.rules_lead)}</p>
            {rules::rules(locale)}
        </section>
        <section aria-labelledby="receptions">
            <h2 id="receptions">{text!(locale, deadlines.receptions)}</h2>
            <p class="lead">{text!(locale, deadlines.receptions_lead)}</p>
            {rules::receptions(locale)}
        </section>
        <section aria-labelledby="off">
            <h2 id="off">{text!(locale, deadlines.off)}</h2>
            <p class="lead">{text!(locale, deadlines.off_lead)}</p>
            {rules::days_off(locale)}
        </section>
        <section aria-labelledby="counting">
            <h2 id="counting">{text!(locale, deadlines.counting)}</h2>
            <ul class="notes">
                <li>{text!(locale, deadlines.first_day)}</li>
                <li>{text!(locale, deadlines.last_day)}</li>
                <li>{text!(locale, deadlines.change)}</li>
                <li>{text!(locale, deadlines.standing_still)}</li>
                <li>{text!(locale, deadlines.remote_list)}</li>
                <li>{text!(locale, deadlines.no_advice)}</li>
            </ul>
        </section>
    }
    .into_any()
}

fn form(question: &Question, locale: Locale) -> AnyView {
    let matter = &question.matter;
    let c = &matter.circumstances;
    let steps = Step::ALL.iter().map(|s| (s.code(), s.name(locale).to_owned()));
    let kinds = Kind::ALL.iter().map(|k| (k.code(), k.name(locale).to_owned()));
    let complexities = Complexity::ALL.iter().map(|c| (c.code(), c.name(locale).to_owned()));
    let instances =
        [("first", text!(locale, deadlines.first)), ("second", text!(locale, deadlines.second))];
    let nobody = ("", text!(locale, deadlines.nobody));
    let referrers = Referrer::ALL.iter().map(|r| (r.code(), r.name(locale).to_owned()));
    let day_fields = DAYS.iter().zip(&question.written).map(|(name, written)| {
        let id = format!("ask-{name}");
        let value = written.clone();
        view! {
            <div class="choice">
                <label for=id.clone()>{day_name(name, locale)}</label>
                <input id=id type="date" name=*name value=value required=*name == parameter::START />
            </div>
        }
    });
    view! {
        <form class="ask" method="get" action=Page::Deadlines.path(locale)>
            <fieldset>
                <legend>{text!(locale, deadlines.matter)}</legend>
                {select(parameter::STEP, text!(locale, deadlines.step), matter.step.code(), steps)}
                {select(parameter::KIND, text!(locale, deadlines.kind), matter.kind.code(), kinds)}
                {select(
                    parameter::INSTANCE,
                    text!(locale, deadlines.instance),
                    if matter.second { "second" } else { "first" },
                    instances.into_iter(),
                )}
                {select(
                    parameter::COMPLEXITY,
                    text!(locale, deadlines.complexity),
                    c.complexity.code(),
                    complexities,
                )}
                {select(
                    parameter::REFERRER,
                    text!(locale, deadlines.referrer),
                    matter.referrer.map_or("", Referrer::code),
                    std::iter::once(nobody).chain(referrers),
                )}
            </fieldset>
            <fieldset>
                <legend>{text!(locale, deadlines.circumstances)}</legend>
                {tick(parameter::REMOTE, text!(locale, deadlines.remote), c.remote)}
                {select(
                    parameter::EXTENSIONS,
                    text!(locale, deadlines.extensions),
                    &c.extensions.to_string(),
                    [("0", "0".to_owned()), ("1", "1".to_owned()), ("2", "2".to_owned())]
                        .into_iter(),
                )}
                {tick(parameter::PLACES, text!(locale, deadlines.places), c.several_places)}
            </fieldset>
            <fieldset>
                <legend>{text!(locale, deadlines.days)}</legend>
                {day_fields.collect_view()}
                <button type="submit">{text!(locale, deadlines.submit)}</button>
            </fieldset>
        </form>
    }
    .into_any()
}

fn tick(name: &'static str, label: String, set: bool) -> AnyView {
    let id = format!("ask-{name}");
    view! {
        <div class="choice tick">
            <input id=id.clone() type="checkbox" name=name value="1" checked=set />
            <label for=id>{label}</label>
        </div>
    }
    .into_any()
}

fn day_name(parameter: &str, locale: Locale) -> String {
    match parameter {
        parameter::START => text!(locale, deadlines.start),
        parameter::SUSPENDED => text!(locale, deadlines.suspended),
        parameter::RESUMED => text!(locale, deadlines.resumed),
        parameter::DONE => text!(locale, deadlines.done),
        _ => text!(locale, deadlines.on),
    }
}

fn answer(answer: &Answer, locale: Locale) -> Option<AnyView> {
    let said = |words: String| view! { <p class="callout" role="status">{words}</p> }.into_any();
    match answer {
        Answer::None => None,
        Answer::NoLimit => Some(said(text!(locale, deadlines.no_limit))),
        Answer::Wrong(Wrong::NoDay(name)) => {
            let name = day_name(name, locale);
            Some(said(text!(locale, deadlines.no_day, name = name)))
        }
        Answer::Wrong(Wrong::Before(late, early)) => {
            let (late, early) = (day_name(late, locale), day_name(early, locale));
            Some(said(text!(locale, deadlines.before, late = late, early = early)))
        }
        Answer::Decided { decision, on } => Some(decided(decision, *on, locale)),
    }
}

fn decided(decision: &Decision<'_>, on: Option<Date>, locale: Locale) -> AnyView {
    let rule = decision.rule;
    let effect = rule.step == Step::Effect;
    let due = match decision.due {
        Some(due) if effect => text!(locale, deadlines.takes_effect, day = day(due, locale)),
        Some(due) => text!(locale, deadlines.due, day = day(due, locale)),
        None => text!(locale, deadlines.due_open),
    };
    let start = decision.days.first().map_or(String::new(), |d| day(d.day, locale));
    let limit = rules::limit(rule, decision.limit, locale);
    let why = text!(
        locale,
        deadlines.why,
        limit = limit,
        from = rule.from.name(locale),
        start = start,
        article = rule.article.get(locale),
    );
    let state = on.filter(|_| !effect).map(|on| {
        let words = state(decision.state, locale);
        view! { <p>{text!(locale, deadlines.state, day = day(on, locale))} " " <b>{words}</b></p> }
    });
    let calendar = Law::standard().calendar();
    let doubtful = |d: &Day| {
        matches!(d.counted, Counted::No(Skip::Off(_)))
            && calendar.off(d.day).is_some_and(|off| !off.verified)
    };
    let doubtful = (!rule.verified || decision.days.iter().any(doubtful))
        .then(|| view! { <p class="small">{text!(locale, deadlines.doubtful)}</p> });
    let unknown = decision.unknown_year.map(|year| {
        view! { <p class="small">{text!(locale, deadlines.unknown_year, year = year)}</p> }
    });
    view! {
        <section class="answer" aria-labelledby="due">
            <h2 id="due">{due}</h2>
            <p>{why}</p>
            {state}
            {unknown}
            {doubtful}
            {counted(decision, locale)}
        </section>
    }
    .into_any()
}

fn state(state: State, locale: Locale) -> String {
    let n = |by: i32| integer(i64::from(by), locale);
    match state {
        State::OnTime => text!(locale, deadlines.on_time),
        State::Late { by: 1 } => text!(locale, deadlines.late_one),
        State::Overdue { by: 1 } => text!(locale, deadlines.overdue_one),
        State::Open { left: 1 } => text!(locale, deadlines.open_one),
        State::Late { by } => text!(locale, deadlines.late, n = n(by)),
        State::Open { left: 0 } => text!(locale, deadlines.last),
        State::Open { left } => text!(locale, deadlines.open, n = n(left)),
        State::Overdue { by } => text!(locale, deadlines.overdue, n = n(by)),
        State::Suspended => text!(locale, deadlines.state_suspended),
    }
}

/// Spans of days that count for the same reason, or don't.
fn counted(decision: &Decision<'_>, locale: Locale) -> AnyView {
    let same = |a: &Day, b: &Day| match (&a.counted, &b.counted) {
        (Counted::Yes(_), Counted::Yes(_)) => true,
        (Counted::No(a), Counted::No(b)) => a == b,
        _ => false,
    };
    let rows = decision.days.chunk_by(same).filter_map(|span| {
        let (first, last) = (span.first()?, span.last()?);
        let days = if first == last {
            day(first.day, locale)
        } else {
            format!("{} – {}", day(first.day, locale), day(last.day, locale))
        };
        let counts = match (&first.counted, &last.counted) {
            (Counted::Yes(a), Counted::Yes(b)) if a == b => {
                text!(locale, deadlines.counts_one, n = integer(i64::from(*a), locale))
            }
            (Counted::Yes(a), Counted::Yes(b)) => {
                let (a, b) = (integer(i64::from(*a), locale), integer(i64::from(*b), locale));
                text!(locale, deadlines.counts, from = a, to = b)
            }
            (Counted::No(skip), _) => skipped(skip, locale),
            (Counted::Yes(_), Counted::No(_)) => String::new(),
        };
        Some(Row { head: days.into_any(), whole: false, cells: vec![counts.into()] })
    });
    Ledger {
        caption: text!(locale, deadlines.each_day),
        corner: text!(locale, deadlines.day).into(),
        headings: vec![text!(locale, deadlines.whether).into()],
        rows: rows.collect(),
        words: true,
    }
    .view(locale)
}

fn skipped(skip: &Skip, locale: Locale) -> String {
    match skip {
        Skip::Start => text!(locale, deadlines.skip_start),
        Skip::Weekend => text!(locale, deadlines.skip_weekend),
        Skip::Off(name) => text!(locale, deadlines.skip_off, name = name.get(locale)),
        Skip::Suspended => text!(locale, deadlines.skip_suspended),
    }
}
