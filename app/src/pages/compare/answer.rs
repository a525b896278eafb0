//! The answer of a comparison in words: what the peers have in common, and who stands outside what
//! chance allows.

use leptos::prelude::*;
use model::Locale;
use model::compare::{FEWEST, FEWEST_PEERS, Standing};
use model::format::{integer, percent};

use super::{Named, noun, outcome, peers_name};
use crate::components::{capital, commune_dates, period_name, period_with_dates};
use crate::data::compare::{Chosen, Comparison, Direction, Measure, Outcome};
use crate::text::text;

/// More names than this stand behind a line that opens.
const MOST_NAMES: usize = 12;

/// The outcomes whose members are named, in the order of the list.
const NAMED: [Outcome; 9] = [
    Outcome::Compared(Standing::FarHigher),
    Outcome::Compared(Standing::Higher),
    Outcome::Compared(Standing::Lower),
    Outcome::Compared(Standing::FarLower),
    Outcome::TooFew,
    Outcome::Withheld,
    Outcome::None,
    Outcome::Gone,
    Outcome::Alone,
];

/// The section of the answer.
pub(super) fn section(
    measure: &Measure,
    chosen: &Chosen,
    named: &[Named<'_>],
    locale: Locale,
) -> AnyView {
    let comparison = &chosen.comparison;
    let peers = peers_name(measure, &chosen.peers, locale);
    let share = comparison.common.and_then(|(n, of)| percent(n, of, locale));
    let title = match share {
        Some(share) => text!(locale, compare.answer, peers = peers, share = share),
        None => text!(locale, compare.no_answer, peers = peers),
    };
    let list = NAMED.iter().filter_map(|&which| {
        let all: Vec<&str> =
            named.iter().filter(|n| n.row.outcome == which).map(|n| n.name.as_str()).collect();
        group(&outcome(which, locale), &all)
    });
    let silent: Vec<&str> =
        named.iter().filter(|n| n.row.unreported).map(|n| n.name.as_str()).collect();
    let wanted = match measure.better {
        Direction::Higher => text!(locale, compare.higher_wanted),
        Direction::Lower => text!(locale, compare.lower_wanted),
        Direction::Neither => text!(locale, compare.neither_wanted),
    };
    let list: Vec<AnyView> =
        list.chain(group(&text!(locale, compare.unreported_all), &silent)).collect();
    let list = (!list.is_empty()).then(|| view! { <ul class="notes">{list}</ul> });
    view! {
        <section class="answer" aria-labelledby="answer">
            <h2 id="answer">{title}</h2>
            <p>
                {period(measure, chosen, locale)}
                ". "
                {lead(measure, comparison, locale)}
            </p>
            {list}
            <p class="small">{wanted}</p>
        </section>
    }
    .into_any()
}

/// The period with its days; those of commune committees are the ones since they came to be.
fn period(measure: &Measure, chosen: &Chosen, locale: Locale) -> String {
    let members = measure.dim.members();
    // All of a setting came to be together.
    let one = || members.get(&chosen.comparison.rows.first()?.member);
    if members.get(&chosen.peers).or_else(one).is_none_or(|p| p.since.is_none()) {
        return period_with_dates(chosen.period, locale);
    }
    let name = capital(&period_name(chosen.period, locale));
    format!("{name} ({})", commune_dates(chosen.period, locale))
}

/// What a comparison says, in sentences.
fn lead(measure: &Measure, comparison: &Comparison, locale: Locale) -> String {
    let noun = || noun(measure.dim, locale);
    let standings: Vec<Standing> = comparison.compared().map(|(_, _, standing)| standing).collect();
    let count = |which: [Standing; 2]| standings.iter().filter(|s| which.contains(s)).count();
    let Some((n, of)) = comparison.common else {
        let large = |r: &&crate::data::compare::Compared| r.outcome == Outcome::Alone;
        let large = comparison.rows.iter().filter(large).count();
        return text!(
            locale,
            compare.lead_alone,
            count = large,
            noun = noun(),
            fewest = FEWEST,
            peers = FEWEST_PEERS
        );
    };
    let mut words = text!(
        locale,
        compare.lead,
        count = standings.len(),
        noun = noun(),
        n = integer(n, locale),
        of = integer(of, locale),
        unit = measure.denominator.unit().name(locale),
        share = percent(n, of, locale).unwrap_or_default()
    );
    let higher = count([Standing::Higher, Standing::FarHigher]);
    let lower = count([Standing::Lower, Standing::FarLower]);
    let outside = match higher + lower {
        0 => text!(locale, compare.lead_within, noun = noun()),
        _ => text!(locale, compare.lead_outside, higher = higher, lower = lower, noun = noun()),
    };
    let missing = comparison.rows.len() - standings.len();
    let missing =
        (missing > 0).then(|| text!(locale, compare.lead_missing, count = missing, noun = noun()));
    for more in std::iter::once(outside).chain(missing) {
        words.push(' ');
        words.push_str(&more);
    }
    words
}

/// `Thấp hơn … (2): A, B`; nothing of nobody.
fn group(words: &str, names: &[&str]) -> Option<AnyView> {
    let head = format!("{} ({})", capital(words), names.len());
    let all = names.join(", ");
    match names.len() {
        0 => None,
        1..=MOST_NAMES => Some(view! { <li><b>{head}</b> ": " {all}</li> }.into_any()),
        _ => Some(
            view! {
                <li>
                    <details>
                        <summary>
                            <b>{head}</b>
                        </summary>
                        {all}
                    </details>
                </li>
            }
            .into_any(),
        ),
    }
}
