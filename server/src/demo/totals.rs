//! Control totals: what each body reports of its cases for a quarter, counted while the cases are
//! written. See "How a record counts" in `docs/EXTRACT.md`.

use super::DemoError;
use super::calendar::{Calendar, Quarter};
use super::case::Case;
use super::columns::Table;
use super::geography::Geography;
use super::output::Files;

/// The totals of one body for one quarter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Total {
    opening: i32,
    entered: i32,
    transferred_in: i32,
    ended: i32,
    transferred_out: i32,
    closing: i32,
}

/// The totals of every quarter and body, over all shards.
#[derive(Debug)]
pub(super) struct Totals(Vec<Vec<Total>>);

impl Totals {
    pub(super) fn new(quarters: usize, offices: usize) -> Self {
        Self(vec![vec![Total::default(); offices]; quarters])
    }

    /// Counts `case` for `quarter`; `before` is the quarter before.
    pub(super) fn count(
        &mut self,
        case: &Case,
        geography: &Geography,
        before: Option<&Quarter>,
        quarter: &Quarter,
    ) {
        let totals = &mut self.0[quarter.index];
        let entered = case.entry == quarter.index;
        let open = case.open_at_start(quarter);
        if !entered && !open {
            return;
        }
        let now = case.office_at(geography, quarter);
        if entered {
            totals[now].entered += 1;
        } else {
            let then = before.map_or(now, |before| case.office_at(geography, before));
            totals[then].opening += 1;
            if then != now {
                totals[then].transferred_out += 1;
                totals[now].transferred_in += 1;
            }
        }
        if case.ended_by(quarter) {
            totals[now].ended += 1;
        } else {
            totals[now].closing += 1;
        }
    }

    /// Writes one row for each body that had a case.
    pub(super) fn write(
        &self,
        calendar: &Calendar,
        geography: &Geography,
        files: &mut Files,
    ) -> Result<(), DemoError> {
        for quarter in calendar.quarters() {
            let sheet = files.sheet(quarter, Table::ControlTotals)?;
            for (office, total) in geography.offices.iter().zip(&self.0[quarter.index]) {
                if *total == Total::default() {
                    continue;
                }
                let period = quarter.period.to_string();
                sheet.text(&format!("{}/{period}", office.code))?;
                sheet.date(calendar, Some(quarter.extract))?;
                sheet.text(&office.code)?;
                sheet.text(&period)?;
                sheet.number(total.opening)?;
                sheet.number(total.entered)?;
                sheet.number(total.transferred_in)?;
                sheet.number(total.ended)?;
                sheet.number(total.transferred_out)?;
                sheet.number(total.closing)?;
                sheet.end_row()?;
            }
        }
        Ok(())
    }
}
