//! The tables of a release: which figures they hold, shown or withheld.

use std::collections::HashSet;

use model::figure::Address;
use model::table::TableDefinition;
use model::{Cell, Dim, Period, Status};
use serde_json::{Value, json};

use super::bundle::Table;
use super::cube::Cube;
use super::error::Withheld;
use super::measure::within_series;
use super::policy::{self, structural_zero};

/// Every address that `definition` shows for `periods`, in order. Combinations that cannot exist are
/// left out, and what the series that begins with the quarter `first` does not hold.
pub fn addresses(
    definition: &TableDefinition,
    first: Period,
    periods: impl IntoIterator<Item = Period>,
) -> Vec<Address> {
    let mut out = Vec::new();
    let mut seen = HashSet::new();
    for period in periods {
        for crossing in definition.crossings.iter().filter(|c| c.covers(period)) {
            let mut combinations = vec![Address::total(period, definition.items[0])];
            for dim in Dim::ALL {
                let members = crossing.members(dim);
                combinations = combinations
                    .into_iter()
                    .flat_map(|a| members.iter().map(move |m| a.clone().with(dim, &m.code)))
                    .collect();
            }
            for address in combinations.into_iter().filter(|a| !structural_zero(a)) {
                let items = definition.items_of(crossing).iter();
                for &item in items.filter(|&&item| within_series(item, period, first)) {
                    let address = Address { item, ..address.clone() };
                    if seen.insert(address.clone()) {
                        out.push(address);
                    }
                }
            }
        }
    }
    out
}

/// The table of `definition` with its figures for `periods`, and how much of it is withheld.
pub fn table(
    definition: TableDefinition,
    cube: &Cube,
    mask: &disclosure::Mask,
    periods: impl IntoIterator<Item = Period>,
) -> (Table, Withheld) {
    let mut count = Withheld { table: definition.id.clone(), figures: 0, nonzero: 0, withheld: 0 };
    let mut cells = Vec::new();
    for address in addresses(&definition, cube.first(), periods) {
        let Some(position) = cube.find(&address) else { continue };
        let value = cube.value(position);
        let shown = mask.statuses[position] == disclosure::Status::Shown;
        count.figures += 1;
        count.nonzero += usize::from(value != 0);
        count.withheld += usize::from(value != 0 && !shown);
        cells.push(if shown {
            Cell::shown(address, value)
        } else {
            Cell::missing(address, Status::Withheld)
        });
    }
    (Table { definition, cells }, count)
}

/// `disclosure.json`: the rules, and how many figures of each table are withheld.
pub fn disclosure_report(tables: &[Table]) -> Value {
    let tables: Vec<Value> = tables
        .iter()
        .map(|t| {
            json!({
                "table": t.definition.id,
                "figures": t.cells.len(),
                "withheld": t.count(Status::Withheld),
            })
        })
        .collect();
    json!({"rules": policy::rules(), "tables": tables})
}
