//! Composes a report from the published tables. It follows from their definitions, so a new table
//! appears by itself.

use model::figure::Address;
use model::table::TableDefinition;
use model::{Dim, Item, Period, Rate};

use super::elsewhere::{FIELD_LEVELS, elsewhere};
use super::{Part, Question, Report, Row, Section, Share, Subject, Table, Topic};
use crate::data::{Figure, Figures, ReleaseInfo, Value};
use crate::error::PortalError;
use crate::published::{Published, Want};

impl Report {
    /// The report that `question` asks for.
    ///
    /// # Errors
    ///
    /// [`PortalError::NothingPublished`] before the first release, [`PortalError::Unavailable`] when
    /// the database does not answer.
    pub async fn read(published: &Published, question: &Question) -> Result<Self, PortalError> {
        let release = published.newest().await?;
        let subject = question.subject.clone();
        let mut definitions = Vec::new();
        for definition in published.definitions().await? {
            let periods = published.periods(&definition.id).await?;
            definitions.push((definition, periods));
        }
        let periods = newest_first(definitions.iter().flat_map(|(_, p)| p).copied().collect());
        let period = settled(question.period, &periods).ok_or(PortalError::NothingPublished)?;
        let mut tables = Vec::new();
        for (definition, periods) in &definitions {
            let to_date = definition.crossings.iter().any(|c| c.to_date);
            let own = if to_date { period.to_date() } else { period };
            if periods.contains(&own) {
                let table = table(published, definition, &subject, own).await?;
                let to_date = (own != period).then_some(own);
                let table = table.map(|table| Table { to_date, ..table });
                tables.extend(table.map(|table| (Topic::of(definition), table)));
            }
        }
        let sections = sections(tables, |topic, own| {
            let has = |definition: &TableDefinition| own.iter().any(|t| t.id == definition.id);
            let others = definitions.iter().filter(|(d, _)| Topic::of(d) == topic && !has(d));
            elsewhere(others, &subject, period)
        });
        Ok(Self { release, subject, period, periods, sections })
    }
}

/// `periods`, each once.
fn newest_first(mut periods: Vec<Period>) -> Vec<Period> {
    periods.sort_unstable_by(|a, b| b.cmp(a));
    periods.dedup();
    periods
}

/// The period asked for if it is one of `periods`, or the newest quarter.
fn settled(asked: Option<Period>, periods: &[Period]) -> Option<Period> {
    let asked = asked.filter(|p| periods.contains(p));
    asked.or_else(|| periods.iter().copied().find(|p| p.is_quarter()))
}

/// A section a topic; their tables are numbered through. `elsewhere` tells where the figures of a topic's other
/// tables are: of one that has tables, only what is nearer than the whole.
fn sections(
    mut tables: Vec<(Topic, Table)>,
    elsewhere: impl Fn(Topic, &[Table]) -> Vec<super::Elsewhere>,
) -> Vec<Section> {
    tables.sort_by_key(|(topic, _)| Topic::ALL.iter().position(|t| t == topic));
    for ((_, table), number) in tables.iter_mut().zip(1..) {
        table.number = number;
    }
    let section = |topic| {
        let of_topic = tables.iter().filter(|(t, _)| *t == topic);
        let tables: Vec<Table> = of_topic.map(|(_, table)| table.clone()).collect();
        let mut elsewhere = elsewhere(topic, &tables);
        elsewhere.retain(|place| tables.is_empty() || place.subject != Subject::default());
        Section { topic, tables, elsewhere }
    };
    Topic::ALL.map(section).to_vec()
}

/// The figures of `subject` in one table, if there are any: of each kind, of all fields together and
/// of land beside the others.
async fn table(
    published: &Published,
    definition: &TableDefinition,
    subject: &Subject,
    period: Period,
) -> Result<Option<Table>, PortalError> {
    let before = period.same_last_year();
    let kinds = Dim::Kind.members().all().iter().map(|m| m.code.clone()).collect();
    let levels = &Dim::Field.levels()[..FIELD_LEVELS];
    let fields = levels.iter().flat_map(|level| Dim::Field.members().at_level(level));
    let want = Want::totals()
        .members(Dim::Kind, kinds)
        .members(Dim::Field, fields.map(|m| m.code.clone()).collect())
        .member(subject.dim(), subject.code());
    let figures = published.addressed(&definition.id, &[period, before], &want).await?;
    let parts = parts(&definition.items, figures, period);
    if parts.is_empty() {
        return Ok(None);
    }
    let compared = parts.iter().flat_map(|p| &p.rows).any(|r| r.before.value != Value::Absent);
    let before = if compared { holding(published, &definition.id, before).await? } else { None };
    Ok(Some(Table {
        number: 0,
        id: definition.id.clone(),
        title: definition.title.clone(),
        to_date: None,
        population: definition.population,
        release: published.holding(&definition.id, period).await?,
        before,
        parts,
    }))
}

/// The release that holds a table and period, if one does.
async fn holding(
    published: &Published,
    table: &str,
    period: Period,
) -> Result<Option<ReleaseInfo>, PortalError> {
    match published.holding(table, period).await {
        Ok(release) => Ok(Some(release)),
        Err(PortalError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The figures of `period` by kind and field, each with that of another period beside it.
fn parts(items: &[Item], figures: Vec<(Address, Figure)>, period: Period) -> Vec<Part> {
    struct Place {
        kind: String,
        field: String,
        now: Figures,
        before: Figures,
    }
    let mut places: Vec<Place> = Vec::new();
    for (address, figure) in figures {
        let Address { kind, field, item, .. } = address;
        let at = places.iter().position(|p| p.kind == kind && p.field == field);
        let at = at.unwrap_or_else(|| {
            let (now, before) = (Figures::default(), Figures::default());
            places.push(Place { kind, field, now, before });
            places.len() - 1
        });
        let Place { now, before, .. } = &mut places[at];
        if address.period == period { now } else { before }.put(item, figure);
    }
    places.retain(|p| !p.now.is_empty());
    let position = |dim: Dim, code: &str| dim.members().position(code);
    places.sort_by_key(|p| (position(Dim::Kind, &p.kind), position(Dim::Field, &p.field)));
    let part = |place: Place| {
        let Place { kind, field, now, before } = place;
        let published = |item: &Item| now.iter().any(|(i, _)| i == *item);
        let row = |item| Row { item, figure: now.figure(item), before: before.figure(item) };
        let rows = items.iter().copied().filter(published).map(row).collect();
        Part { kind, field, rows, shares: shares(&now, &before) }
    };
    places.into_iter().map(part).collect()
}

/// The shares of `now`, apart from those of nothing.
fn shares(now: &Figures, before: &Figures) -> Vec<Share> {
    let items: Vec<Item> = now.iter().map(|(item, _)| item).collect();
    let share = |rate: Rate| {
        let (n, of) = (rate.numerator(), rate.denominator());
        let beside = rate.beside().map(|item| (item, now.figure(item)));
        Share {
            rate,
            now: now.rate(n, of),
            before: before.rate(n, of),
            beside: beside.filter(|(_, figure)| figure.value != Value::Absent),
        }
    };
    let of_something = |rate: &Rate| now.shown(rate.denominator()) != Some(0);
    Rate::among(&items).filter(of_something).map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::report::Elsewhere;

    fn period(code: &str) -> Period {
        code.parse().unwrap()
    }

    fn one_table(id: &str) -> Table {
        let published_on = jiff::civil::date(2026, 9, 30);
        let id_of_release = "2026-Q3.1".parse().unwrap();
        Table {
            number: 0,
            id: id.to_owned(),
            title: model::Text::new(id, id),
            to_date: None,
            population: model::item::Population::Cases,
            release: ReleaseInfo { id: id_of_release, published_on, simulated: true },
            before: None,
            parts: Vec::new(),
        }
    }

    #[test]
    fn sections_stand_in_the_order_of_supervision_and_tables_are_numbered_through() {
        let tables = [(Topic::Outcomes, "a"), (Topic::Flow, "b"), (Topic::Referrals, "c")];
        let more = [(Topic::Flow, "d")];
        let tables = tables.into_iter().chain(more).map(|(topic, id)| (topic, one_table(id)));
        let way_out = |topic, _: &[Table]| {
            let titles = vec![model::Text::new(format!("{topic:?}"), "")];
            let period = period("2025");
            let place = |subject| Elsewhere { subject, period, titles: titles.clone() };
            let group = Subject::new(Dim::Referrer, "fronts").unwrap();
            vec![place(Subject::default()), place(group)]
        };
        let sections = sections(tables.collect(), way_out);
        assert_eq!(sections.iter().map(|s| s.topic).collect::<Vec<_>>(), Topic::ALL);
        let tables = sections.iter().flat_map(|s| &s.tables);
        let numbered: Vec<_> = tables.map(|t| (t.number, t.id.as_str())).collect();
        assert_eq!(numbered, [(1, "b"), (2, "d"), (3, "c"), (4, "a")]);
        // Only what has no table leads to the whole.
        for section in &sections {
            let places = if section.tables.is_empty() { 2 } else { 1 };
            assert_eq!(section.elsewhere.len(), places);
        }
    }

    #[test]
    fn a_period_without_figures_gives_way_to_the_newest_quarter() {
        let periods = newest_first(["2025", "2026-Q2", "2026-6M", "2026-Q2"].map(period).to_vec());
        assert_eq!(periods, ["2026-6M", "2026-Q2", "2025"].map(period));
        assert_eq!(settled(Some(period("2025")), &periods), Some(period("2025")));
        assert_eq!(settled(Some(period("2030")), &periods), Some(period("2026-Q2")));
        assert_eq!(settled(None, &[]), None);
    }

    #[test]
    fn figures_stand_by_kind_and_field_each_beside_that_of_a_year_before() {
        let (now, then) = (period("2026-Q3"), period("2025-Q3"));
        let items = [Item::Entered, Item::Closing];
        let figure = |period, kind: &str, field: &str, item, value| {
            let address = Address::total(period, item);
            let address = address.with(Dim::Kind, kind).with(Dim::Field, field);
            (address, Figure::from(Value::Shown(value)))
        };
        let figures = vec![
            figure(now, "denunciation", "all", Item::Entered, 4),
            figure(now, "civil", "land", Item::Entered, 3),
            figure(now, "civil", "all", Item::Closing, 2),
            figure(now, "civil", "all", Item::Entered, 9),
            figure(then, "civil", "all", Item::Entered, 8),
            figure(then, "complaint", "all", Item::Entered, 1),
        ];
        let parts = parts(&items, figures, now);
        let places: Vec<_> = parts.iter().map(|p| (p.kind.as_str(), p.field.as_str())).collect();
        assert_eq!(places, [("civil", "all"), ("civil", "land"), ("denunciation", "all")]);
        let rows = parts[0].rows.iter().map(|r| (r.item, r.figure.value, r.before.value));
        let (nine, eight, two) = (Value::Shown(9), Value::Shown(8), Value::Shown(2));
        assert_eq!(
            rows.collect::<Vec<_>>(),
            [(Item::Entered, nine, eight), (Item::Closing, two, Value::Absent)]
        );
    }

    #[test]
    fn a_share_of_a_withheld_figure_is_not_formed_and_one_of_nothing_not_told() {
        let mut now = Figures::default();
        now.put(Item::Settled, Value::Shown(20));
        now.put(Item::SettledOnTime, Value::Withheld);
        now.put(Item::OpenOverdue, Value::Shown(12));
        now.put(Item::Closing, Value::Shown(0));
        let shares = shares(&now, &Figures::default());
        let [share] = shares.as_slice() else { panic!("{shares:?}") };
        assert_eq!((share.rate, share.now, share.before), (Rate::OnTimeOfSettled, None, None));
        assert_eq!(share.beside.unwrap().0, Item::OpenOverdue);
    }
}
