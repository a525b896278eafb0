//! Holds what somebody says against the published figures: a number, a sentence, the address of a
//! figure.
//!
//! 1. `token` makes words and numbers of the text, `words` reads what they are about, `number` which
//!    numbers are claimed.
//! 2. The figures described are those at every place that the words leave open, in every table.
//! 3. Each number is held against them: [`Verdict`] says how it ended.

mod number;
mod token;
mod words;

use std::collections::{BTreeMap, HashMap};

use model::figure::Address;
use model::table::TableDefinition;
use model::{Dim, Item, Period, Status};
use proof::{FigureId, figure_id};
use store::FigureVersion;

use crate::data::check::{Answer, Match, Verdict};
use crate::error::PortalError;
use crate::published::{Published, unavailable};
use number::Number;
use words::Words;

/// No claim is longer, in characters.
pub(crate) const LONGEST: usize = 500;

/// No more numbers of one claim are looked at.
const NUMBERS: usize = 8;

/// No more places are looked at for one number: who names more means no single figure.
const PLACES: usize = 5_000;

/// No more figures are looked at for their value.
const MOST: i64 = 300;

/// No more figures are named for one number.
const NAMED: usize = 5;

/// What `published` says to each number in `text`.
///
/// # Errors
///
/// [`PortalError::Unavailable`] when the database does not answer.
pub async fn check(published: &Published, text: &str) -> Result<Vec<Answer>, PortalError> {
    let tokens = token::tokens(text);
    let (words, used) = words::read(&tokens);
    let numbers = number::numbers(&tokens, &used);
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let tables = published.definitions().await?;
    let periods = all_periods(published, &tables).await?;
    let mut answers = Vec::new();
    for number in numbers.iter().take(NUMBERS) {
        let items = items(&words, number, numbers.len() == 1);
        let Some(described) = described(&words, &items, &tables, &periods) else {
            let said = number.text.clone();
            answers.push(Answer { said, verdict: Verdict::Unclear, matches: Vec::new() });
            continue;
        };
        let histories = histories(published, &described).await?;
        answers.push(answer(published, &words, number, histories).await?);
    }
    Ok(answers)
}

/// Every period that any table has figures for, the newest first.
async fn all_periods(
    published: &Published,
    tables: &[TableDefinition],
) -> Result<Vec<Period>, PortalError> {
    let mut all = Vec::new();
    for table in tables {
        all.extend(published.periods(&table.id).await?);
    }
    all.sort_unstable();
    all.dedup();
    all.reverse();
    Ok(all)
}

/// The names of all figures that the words may mean; none if they don't say what is counted, and
/// `None` if they are too many.
fn described(
    words: &Words,
    items: &[Item],
    tables: &[TableDefinition],
    periods: &[Period],
) -> Option<Vec<[u8; 10]>> {
    let periods = if words.periods.is_empty() { periods } else { &words.periods };
    let mut out = Vec::new();
    for table in tables {
        let dimensions = table.dimensions();
        // A table without areas is about the whole province.
        let beyond = |(dim, codes): (&Dim, &Vec<String>)| {
            !dimensions.contains(dim) && !codes.iter().any(|code| code == dim.total())
        };
        if words.members.iter().any(beyond) {
            continue;
        }
        for &item in items.iter().filter(|item| table.items.contains(item)) {
            for &period in periods {
                let mut addresses = vec![Address::total(period, item)];
                for &dim in &dimensions {
                    let members = members(words, dim);
                    let with = |a: &Address| -> Vec<Address> {
                        members.iter().map(|code| a.clone().with(dim, code)).collect()
                    };
                    if addresses.len() * members.len() > PLACES {
                        return None;
                    }
                    addresses = addresses.iter().flat_map(with).collect();
                }
                out.extend(addresses.iter().map(|a| figure_id(&table.id, a).bytes()));
                if out.len() > PLACES {
                    return None;
                }
            }
        }
    }
    Some(out)
}

/// What the number may count, in its unit: what the phrases say, or of several numbers the phrase
/// nearest to this one.
fn items(words: &Words, number: &Number, alone: bool) -> Vec<Item> {
    let nearest = words.items.iter().map(|(at, _)| at.abs_diff(number.at)).min();
    let told =
        words.items.iter().filter(|(at, _)| alone || Some(at.abs_diff(number.at)) == nearest);
    let mut all: Vec<Item> = told.flat_map(|(_, items)| items.clone()).collect();
    let unit = number.unit.or(words.unit);
    let fits = |item: &Item| unit.is_none_or(|unit| item.unit() == unit);
    if all.iter().any(fits) {
        all.retain(fits);
    }
    all
}

/// The members along `dim` that the words leave open. Nobody says "complaints, recommendations and
/// feedback" each time: without a kind it may be any total of kinds.
fn members(words: &Words, dim: Dim) -> Vec<String> {
    match (words.members.get(&dim), dim) {
        (Some(members), _) => members.clone(),
        (None, Dim::Kind) => vec!["civil".to_owned(), "all".to_owned()],
        (None, _) => vec![dim.total().to_owned()],
    }
}

/// The versions of one figure, the one published last first.
type History = Vec<FigureVersion>;

async fn histories(published: &Published, ids: &[[u8; 10]]) -> Result<Vec<History>, PortalError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let versions = published.pool().figures(ids).await.map_err(unavailable)?;
    let mut order: Vec<FigureId> = Vec::new();
    let mut all: HashMap<FigureId, History> = HashMap::new();
    for version in versions {
        let id = figure_id(&version.table, &version.cell.address);
        let history = all.entry(id).or_insert_with(|| {
            order.push(id);
            History::new()
        });
        history.push(version);
    }
    let mut out: Vec<History> = order.iter().filter_map(|id| all.remove(id)).collect();
    // The newest period first; of equals, the order of the tables and of the kinds.
    let place = |h: &History| h.first().map(|v| (v.cell.address.period, std::cmp::Reverse(v.leaf)));
    out.sort_by_key(|h| std::cmp::Reverse(place(h)));
    Ok(out)
}

fn current(history: &History) -> Option<i64> {
    history.first().and_then(|v| v.cell.value)
}

fn earlier<'a>(history: &'a History, number: &Number) -> Option<&'a FigureVersion> {
    history.iter().skip(1).find(|v| v.cell.value.is_some_and(|value| number.is(value)))
}

/// Holds `number` against the figures described.
async fn answer(
    published: &Published,
    words: &Words,
    number: &Number,
    described: Vec<History>,
) -> Result<Answer, PortalError> {
    let said = number.text.clone();
    let any = !described.is_empty();
    let (verdict, matches) = judge(number, &described);
    if any {
        return Ok(Answer { said, verdict, matches });
    }
    // The words don't lead to a figure: which ones have the number?
    let (low, high) = number.range();
    let periods = Some(words.periods.as_slice()).filter(|p| !p.is_empty());
    let areas = words.members.get(&Dim::Area).map(Vec::as_slice);
    let pool = published.pool();
    let mut found =
        pool.figures_between(low, high, periods, areas, MOST).await.map_err(unavailable)?;
    if found.is_empty() {
        found = pool.figures_between(low, high, None, None, MOST).await.map_err(unavailable)?;
    }
    let mut ids: Vec<[u8; 10]> =
        found.iter().map(|v| figure_id(&v.table, &v.cell.address).bytes()).collect();
    ids.sort_unstable();
    ids.dedup();
    let fits = |h: &History| h.first().is_some_and(|v| words_fit(words, &v.cell.address));
    let (fitting, others): (Vec<History>, Vec<History>) =
        histories(published, &ids).await?.into_iter().partition(fits);
    // What is counted is not said: the number alone can be right, but never wrong.
    if words.items.is_empty() {
        let (verdict, matches) = judge(number, &fitting);
        if verdict.is_found() {
            return Ok(Answer { said, verdict, matches });
        }
    }
    let (_, matches) = judge(number, if fitting.is_empty() { &others } else { &fitting });
    Ok(Answer { said, verdict: Verdict::Unpublished, matches })
}

/// True if nothing that the words say speaks against the address.
fn words_fit(words: &Words, address: &Address) -> bool {
    let members: &BTreeMap<Dim, Vec<String>> = &words.members;
    (words.periods.is_empty() || words.periods.contains(&address.period))
        && members.iter().all(|(dim, codes)| codes.iter().any(|c| c == address.member(*dim)))
        && words.unit.is_none_or(|unit| address.item.unit() == unit)
}

/// How `number` stands to `histories`, and the figures that say so.
fn judge(number: &Number, histories: &[History]) -> (Verdict, Vec<Match>) {
    let named = |of: &dyn Fn(&History) -> bool, old: bool| -> Vec<Match> {
        let mut matches: Vec<Match> = Vec::new();
        for history in histories.iter().filter(|h| of(h)) {
            if matches.len() == NAMED {
                break;
            }
            let old = if old { earlier(history, number) } else { None };
            // A figure that stands in several tables is one.
            let found = Match::of(history, old);
            let known = |m: &Match| matches.iter().any(|other| other.address == m.address);
            matches.extend(found.filter(|m| !known(m)));
        }
        matches
    };
    let is = |h: &History| current(h).is_some_and(|value| number.is(value));
    let was = |h: &History| earlier(h, number).is_some();
    let rounds = |h: &History| current(h).is_some_and(|value| number.rounds(value));
    let shown = |h: &History| current(h).is_some();
    let hidden = |h: &History| h.first().is_some_and(|v| v.cell.status == Status::Withheld);
    if histories.iter().any(is) {
        (Verdict::Current, named(&is, false))
    } else if histories.iter().any(was) {
        (Verdict::Superseded, named(&was, true))
    } else if histories.iter().any(rounds) {
        (Verdict::Rounded, named(&rounds, false))
    } else if histories.iter().any(shown) {
        (Verdict::Contradicted, named(&shown, false))
    } else if histories.iter().any(hidden) {
        (Verdict::Withheld, named(&hidden, false))
    } else {
        (Verdict::Unpublished, named(&|_| true, false))
    }
}
