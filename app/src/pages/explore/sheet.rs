//! The table of an explored slice: rows and columns of counts, rates and differences, in the order
//! that the reader chose.

use std::cmp::Ordering;

use model::format::{change, integer, percent};
use model::{Dim, Item, Locale, Rate};

use crate::arrange::{Against, Arrangement, By, Measure, Sort};
use crate::components::figure::FEWEST_FOR_PERCENT;
use crate::components::{capital, period_name};
use crate::data::table::{Head, TablePage};
use crate::data::{Figure, Figures, Value};
use crate::text::text;

/// The code of the column of names.
pub(super) const NAME: &str = "name";

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Quantity {
    /// A count.
    Count(Item, Figure),
    /// A rate: numerator and denominator.
    Rate(Value, Value),
    /// What was added or taken away, in words.
    Change(Option<(i64, String)>),
}

impl Quantity {
    fn of(measure: Measure, figures: &Figures) -> Self {
        match measure {
            Measure::Item(item) => Self::Count(item, figures.figure(item)),
            Measure::Rate(rate) => Self::rate(rate, figures),
        }
    }

    fn rate(rate: Rate, figures: &Figures) -> Self {
        Self::Rate(figures.get(rate.numerator()), figures.get(rate.denominator()))
    }

    /// What the row is ordered by: the count, or the rate as a fraction. Nothing if it is not shown.
    fn rank(&self) -> Option<(i64, i64)> {
        match self {
            Self::Count(_, figure) => figure.value.shown().map(|n| (n, 1)),
            Self::Rate(n, of) => Some((n.shown()?, of.shown().filter(|&d| d > 0)?)),
            Self::Change(change) => change.as_ref().map(|(n, _)| (*n, 1)),
        }
    }
}

/// The share in tenths of a percent, if both counts are shown.
pub(super) fn share(numerator: Value, denominator: Value) -> Option<i64> {
    model::format::per_mille(numerator.shown()?, denominator.shown()?)
}

/// A column.
pub(super) struct Column {
    /// Its code in the address.
    pub(super) code: String,
    /// Its name.
    pub(super) name: String,
    /// Unit of count, where columns have different ones.
    pub(super) unit: Option<String>,
}

/// A row.
pub(super) struct Row {
    /// What it is about.
    pub(super) head: Head,
    /// True for the whole, which stands above its parts.
    pub(super) whole: bool,
    /// A cell a column.
    pub(super) cells: Vec<Quantity>,
}

/// Rows and columns.
pub(super) struct Sheet {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
}

impl Sheet {
    /// The sheet that `data` shows, in the order asked for.
    pub(super) fn of(data: &TablePage, locale: Locale) -> Self {
        let a = &data.arrangement;
        let mut sheet = match (&data.pivot, &a.against) {
            (Some(pivot), _) => Self {
                columns: pivot.columns.iter().map(|h| column_of(h, a, locale)).collect(),
                rows: pivot
                    .rows
                    .iter()
                    .map(|r| {
                        let cells = r.cells.iter().map(|c| Quantity::of(a.measure, c)).collect();
                        row(r.head.clone(), a, cells)
                    })
                    .collect(),
            },
            (None, Some(against)) => compared(data, against, locale),
            (None, None) => plain(data, locale),
        };
        if a.by == By::Period {
            // The newest on top: that is what most readers look for.
            sheet.rows.reverse();
        } else if let Some(sort) = &a.sort {
            sheet.sort(sort, a.by.dim(), locale);
        }
        sheet
    }

    /// Every value, for the legend of marks.
    pub(super) fn values(&self) -> Vec<Value> {
        let of = |q: &Quantity| match q {
            Quantity::Count(_, figure) => vec![figure.value],
            Quantity::Rate(n, of) => vec![*n, *of],
            Quantity::Change(_) => vec![],
        };
        self.rows.iter().flat_map(|r| &r.cells).flat_map(of).collect()
    }

    /// Orders the rows. The whole stays on top; what is not shown stands last, in the order of the
    /// members, so that its place tells nothing about it.
    fn sort(&mut self, sort: &Sort, dim: Option<Dim>, locale: Locale) {
        let turn = |order: Ordering| if sort.descending { order.reverse() } else { order };
        if sort.column == NAME {
            let name = |row: &Row| row_name(&row.head, dim, locale).to_lowercase();
            self.rows
                .sort_by(|a, b| b.whole.cmp(&a.whole).then_with(|| turn(name(a).cmp(&name(b)))));
            return;
        }
        let Some(column) = self.columns.iter().position(|c| c.code == sort.column) else { return };
        let rank = |row: &Row| row.cells.get(column).and_then(Quantity::rank);
        self.rows.sort_by(|a, b| {
            let by_value = match (rank(a), rank(b)) {
                (Some(a), Some(b)) => turn(by_fraction(a, b)),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => Ordering::Equal,
            };
            b.whole.cmp(&a.whole).then(by_value)
        });
    }
}

/// Compares fractions with positive denominators.
fn by_fraction((an, ad): (i64, i64), (bn, bd): (i64, i64)) -> Ordering {
    (i128::from(an) * i128::from(bd)).cmp(&(i128::from(bn) * i128::from(ad)))
}

/// What a row or column is called.
pub(super) fn row_name(head: &Head, dim: Option<Dim>, locale: Locale) -> String {
    match (head, dim) {
        (Head::Period(period), _) => capital(&period_name(*period, locale)),
        (Head::Member(code), Some(dim)) => dim.members().name(code, locale).to_owned(),
        (Head::Member(code), None) => code.clone(),
    }
}

fn row(head: Head, a: &Arrangement, cells: Vec<Quantity>) -> Row {
    let total = a.by.dim().map(Dim::total);
    let whole = matches!(&head, Head::Member(code) if Some(code.as_str()) == total);
    Row { head, whole, cells }
}

fn column_of(head: &Head, a: &Arrangement, locale: Locale) -> Column {
    let dim = a.across.as_ref().and_then(By::dim);
    Column { code: head.code(), name: row_name(head, dim, locale), unit: None }
}

fn column(item: Item, mixed: bool, locale: Locale) -> Column {
    Column {
        code: item.code().to_owned(),
        name: item.name(locale).to_owned(),
        unit: mixed.then(|| item.unit().name(locale).to_owned()),
    }
}

/// The rows of a page whose columns are items.
fn heads(data: &TablePage) -> Vec<(Head, &Figures)> {
    let members = data.rows.iter().map(|r| (Head::Member(r.member.clone()), &r.figures));
    members.chain(data.moments.iter().map(|m| (Head::Period(m.period), &m.figures))).collect()
}

/// All items, or numerator, denominator and rate.
fn plain(data: &TablePage, locale: Locale) -> Sheet {
    let rate = data.arrangement.measure.rate();
    let items = match data.arrangement.measure {
        Measure::Item(_) => data.columns.clone(),
        rate @ Measure::Rate(_) => rate.items(),
    };
    let mixed = items.windows(2).any(|w| w[0].unit() != w[1].unit());
    let of_rate = rate.map(|rate| Column {
        code: rate.code().to_owned(),
        name: rate.name(locale).to_owned(),
        unit: None,
    });
    let beside = rate.and_then(Rate::beside).filter(|item| data.columns.contains(item));
    let beside_column = beside.map(|item| column(item, mixed, locale));
    let counts = items.iter().map(|&i| column(i, mixed, locale));
    let columns = counts.chain(of_rate).chain(beside_column).collect();
    let rows = heads(data)
        .into_iter()
        .map(|(head, figures)| {
            let counts = items.iter().map(|&i| Quantity::Count(i, figures.figure(i)));
            let rate = rate.map(|rate| Quantity::rate(rate, figures));
            let beside = beside.map(|item| Quantity::Count(item, figures.figure(item)));
            let cells = counts.chain(rate).chain(beside).collect();
            row(head, &data.arrangement, cells)
        })
        .collect();
    Sheet { columns, rows }
}

/// The measure, what it is held against, and the difference.
fn compared(data: &TablePage, against: &Against, locale: Locale) -> Sheet {
    let a = &data.arrangement;
    let (this, other) = sides(data, against, locale);
    let named = |code: &str, name: String| Column { code: code.to_owned(), name, unit: None };
    let mut columns = vec![named("this", this), named("other", other)];
    columns.push(named("difference", text!(locale, explore.difference)));
    let relative_changes: Vec<Quantity> = heads(data)
        .into_iter()
        .zip(&data.against)
        .map(|((_, now), then)| relative(a.measure, now, then, locale))
        .collect();
    // A column of nothing but dashes says nothing.
    let changes = relative_changes.iter().any(|q| q.rank().is_some());
    if changes {
        columns.push(named("change", text!(locale, explore.change)));
    }
    let rows = heads(data)
        .into_iter()
        .zip(&data.against)
        .zip(relative_changes)
        .map(|(((head, now), then), relative)| {
            let (now, then) = (Quantity::of(a.measure, now), Quantity::of(a.measure, then));
            let mut cells = vec![now.clone(), then.clone(), difference(&now, &then, locale)];
            if changes {
                cells.push(relative);
            }
            row(head, a, cells)
        })
        .collect();
    Sheet { columns, rows }
}

/// What the figures and their counterparts are called.
pub(super) fn sides(data: &TablePage, against: &Against, locale: Locale) -> (String, String) {
    let a = &data.arrangement;
    match against {
        Against::YearBefore if a.is_series() => {
            (text!(locale, explore.this_year), text!(locale, explore.year_before))
        }
        Against::YearBefore => (
            capital(&period_name(a.period, locale)),
            capital(&period_name(a.period.same_last_year(), locale)),
        ),
        Against::Member(dim, code) => {
            let name = |code: &str| dim.members().name(code, locale).to_owned();
            (name(a.member(*dim)), name(code))
        }
    }
}

/// `+12`, or `+1,4 điểm %` between rates.
fn difference(now: &Quantity, then: &Quantity, locale: Locale) -> Quantity {
    let signed = |n: i64, words: String| if n > 0 { format!("+{words}") } else { words };
    let change = match (now, then) {
        (Quantity::Count(_, now), Quantity::Count(_, then)) => now
            .value
            .shown()
            .zip(then.value.shown())
            .map(|(now, then)| now - then)
            .map(|n| (n, signed(n, integer(n, locale)))),
        (Quantity::Rate(n, of), Quantity::Rate(m, off)) => share(*n, *of)
            .zip(share(*m, *off))
            .map(|(now, then)| now - then)
            .and_then(|n| Some((n, signed(n, points(n, locale)?)))),
        _ => None,
    };
    Quantity::Change(change)
}

/// Tenths of a percent as percentage points.
fn points(tenths: i64, locale: Locale) -> Option<String> {
    let number = percent(tenths, 1000, locale)?;
    Some(text!(locale, explore.points, number = number.trim_end_matches('%')))
}

/// The relative change of a count that is not small.
fn relative(measure: Measure, now: &Figures, then: &Figures, locale: Locale) -> Quantity {
    let Measure::Item(item) = measure else { return Quantity::Change(None) };
    let change = now.shown(item).zip(then.shown(item)).and_then(|(now, then)| {
        if then < FEWEST_FOR_PERCENT {
            return None;
        }
        let tenths = model::format::per_mille(now - then, then)?;
        Some((tenths, change(now, then, locale)?))
    });
    Quantity::Change(change)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(values: &[(&str, Value)]) -> Sheet {
        let row = |(code, value): &(&str, Value)| Row {
            head: Head::Member((*code).to_owned()),
            whole: *code == "38",
            cells: vec![Quantity::Count(Item::Entered, (*value).into())],
        };
        let column = Column { code: "entered".into(), name: String::new(), unit: None };
        Sheet { columns: vec![column], rows: values.iter().map(row).collect() }
    }

    fn order(sheet: &Sheet) -> Vec<String> {
        sheet.rows.iter().map(|r| r.head.code()).collect()
    }

    #[test]
    fn withheld_figures_stand_last_in_their_own_order_whichever_way_the_rest_is_sorted() {
        let values = [
            ("38", Value::Shown(40)),
            ("D384", Value::Withheld),
            ("D390", Value::Shown(7)),
            ("D391", Value::Absent),
            ("D392", Value::Shown(12)),
        ];
        for (descending, expected) in [
            (true, ["38", "D392", "D390", "D384", "D391"]),
            (false, ["38", "D390", "D392", "D384", "D391"]),
        ] {
            let mut sheet = sheet(&values);
            let sort = Sort { column: "entered".into(), descending };
            sheet.sort(&sort, Some(Dim::Area), Locale::Vi);
            assert_eq!(order(&sheet), expected);
        }
    }

    #[test]
    fn an_unknown_column_leaves_the_order_as_it_is() {
        let mut sheet = sheet(&[("D390", Value::Shown(7)), ("D384", Value::Shown(1))]);
        let sort = Sort { column: "x".into(), descending: true };
        sheet.sort(&sort, Some(Dim::Area), Locale::Vi);
        assert_eq!(order(&sheet), ["D390", "D384"]);
    }

    #[test]
    fn a_difference_with_a_withheld_side_is_not_formed() {
        let count = |value: Value| Quantity::Count(Item::Entered, value.into());
        let withheld = count(Value::Withheld);
        let shown = count(Value::Shown(10));
        assert_eq!(difference(&shown, &withheld, Locale::Vi), Quantity::Change(None));
        let more = difference(&count(Value::Shown(1500)), &shown, Locale::Vi);
        assert_eq!(more, Quantity::Change(Some((1490, "+1.490".into()))));
        let rates = difference(
            &Quantity::Rate(Value::Shown(3), Value::Shown(4)),
            &Quantity::Rate(Value::Shown(1), Value::Shown(2)),
            Locale::Vi,
        );
        assert_eq!(rates, Quantity::Change(Some((250, "+25,0 điểm %".into()))));
    }

    #[test]
    fn a_small_count_has_no_relative_change() {
        let figures = |value: Value| {
            let mut figures = Figures::default();
            figures.put(Item::Entered, value);
            figures
        };
        let of = |now, then| {
            let measure = Measure::Item(Item::Entered);
            relative(measure, &figures(now), &figures(then), Locale::Vi)
        };
        let none = Quantity::Change(None);
        assert_eq!(of(Value::Shown(200), Value::Withheld), none);
        assert_eq!(of(Value::Shown(200), Value::Shown(99)), none);
        let doubled = Quantity::Change(Some((1000, "+100,0%".into())));
        assert_eq!(of(Value::Shown(200), Value::Shown(100)), doubled);
    }

    #[test]
    fn rates_are_ordered_as_fractions_not_as_rounded_text() {
        assert_eq!(by_fraction((1, 3), (333, 1000)), Ordering::Greater);
        assert_eq!(by_fraction((2, 4), (1, 2)), Ordering::Equal);
    }
}
