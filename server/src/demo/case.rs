//! A simulated case: its whole life, and what a register knows of it at the end of a quarter.

use model::Kind;
use model::classification::Complexity;
use model::classification::{Ending, Field, Finding};

use super::DemoError;
use super::calendar::{Calendar, Day, Quarter};
use super::columns::{COMPLEXITY, ENDING, FIELD, FINDING, KIND};
use super::draw::{Number, Series};
use super::geography::Geography;
use super::output::Sheet;

/// Days after reception from which bodies in the demonstration call an open case prolonged. They go
/// by its age: the due date, which extensions and suspensions move, is another matter.
const PROLONGED: Day = 150;

/// How a case ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    pub(super) ending: Ending,
    pub(super) day: Day,
    pub(super) finding: Option<Finding>,
    /// Position of the first quarter whose extract says so.
    pub(super) known: usize,
}

/// What changed the due date after acceptance.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shift {
    None,
    /// Put off on `on`, by `by` days.
    Extended {
        on: Day,
        by: i32,
    },
    /// The clock stood still from `from` to `to`.
    Suspended {
        from: Day,
        to: Day,
    },
}

/// What a settlement returns, recovers or recommends; 0 for nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Remedies {
    /// Million VND.
    pub(super) money_recovered: i32,
    /// Square metres.
    pub(super) land_recovered: i32,
    /// Million VND.
    pub(super) money_returned: i32,
    /// Square metres.
    pub(super) land_returned: i32,
    pub(super) persons_restored: i32,
    pub(super) officials_disciplined: i32,
}

/// A case with everything that will happen to it.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) number: Number,
    pub(super) kind: Kind,
    pub(super) field: Field,
    /// Position of the commune, read on `received`.
    pub(super) spot: usize,
    /// Body first competent; see [`Geography::competent`].
    pub(super) office: usize,
    pub(super) received: Day,
    /// Position of the quarter whose extract first holds it.
    pub(super) entry: usize,
    pub(super) second_instance: bool,
    pub(super) accepted: Option<Day>,
    /// Due date as set at acceptance.
    pub(super) due: Day,
    pub(super) complexity: Complexity,
    pub(super) shift: Shift,
    pub(super) end: End,
    pub(super) mass: bool,
    pub(super) over_level: bool,
    /// The body puts it on its list of backlogged, prolonged cases if it stays open for long.
    pub(super) listed_if_long: bool,
    pub(super) people: i32,
    pub(super) person: u128,
    pub(super) remedies: Remedies,
    pub(super) implement: bool,
    pub(super) implemented: Option<Day>,
    pub(super) dialogue: Option<Day>,
}

impl Case {
    /// True if the case entered before `quarter` and did not end before it.
    pub(super) fn open_at_start(&self, quarter: &Quarter) -> bool {
        self.entry < quarter.index && self.end.known >= quarter.index
    }

    /// True if the extract of `quarter` says that it ended.
    pub(super) fn ended_by(&self, quarter: &Quarter) -> bool {
        self.end.known <= quarter.index
    }

    /// The body competent at the end of `quarter`.
    pub(super) fn office_at(&self, geography: &Geography, quarter: &Quarter) -> usize {
        geography.competent(self.office, geography.spot(self.spot), quarter.end)
    }

    /// Position of the quarter whose extract first says that the decision was carried out.
    fn implementation_known(&self, calendar: &Calendar) -> Option<usize> {
        self.implemented.map(|day| calendar.quarter_of(day).max(self.end.known))
    }

    /// True if the decision still has to be carried out after `quarter`.
    fn implementation_pending(&self, calendar: &Calendar, quarter: &Quarter) -> bool {
        self.ended_by(quarter)
            && self.implement
            && self.implementation_known(calendar).is_none_or(|known| known > quarter.index)
    }

    /// True if nothing will change after `quarter`.
    pub(super) fn finished(&self, calendar: &Calendar, quarter: &Quarter) -> bool {
        self.ended_by(quarter) && !self.implementation_pending(calendar, quarter)
    }

    /// True if the extract of `quarter` holds a version of it: it entered, was open when the quarter
    /// began, or something changed after it had ended. `before` is the quarter before.
    pub(super) fn listed(
        &self,
        calendar: &Calendar,
        geography: &Geography,
        before: Option<&Quarter>,
        quarter: &Quarter,
    ) -> bool {
        if self.entry == quarter.index || self.open_at_start(quarter) {
            return true;
        }
        let Some(before) = before.filter(|b| self.implementation_pending(calendar, b)) else {
            return false;
        };
        self.implementation_known(calendar) == Some(quarter.index)
            || self.office_at(geography, before) != self.office_at(geography, quarter)
    }

    /// The due date as it stands on `day`.
    fn due_at(&self, day: Day) -> Day {
        match self.shift {
            Shift::Extended { on, by } if on <= day => self.due + by,
            Shift::Suspended { from, to } if to <= day => self.due + (to - from),
            _ => self.due,
        }
    }

    /// Writes the version that the extract of `quarter` holds.
    pub(super) fn write(
        &self,
        calendar: &Calendar,
        geography: &Geography,
        quarter: &Quarter,
        sheet: &mut Sheet,
    ) -> Result<(), DemoError> {
        let ended = self.ended_by(quarter);
        // Nothing of a case changes after it ended, except that its decision is carried out.
        let today = if ended { self.end.day } else { quarter.end };
        let accepted = self.accepted.filter(|day| *day <= quarter.end);
        let due = accepted.map(|_| self.due_at(today));
        let extended = matches!(self.shift, Shift::Extended { on, .. } if on <= today);
        let (suspended, resumed) = match self.shift {
            Shift::Suspended { from, to } if from <= today => {
                (Some(from), Some(to).filter(|to| *to <= today))
            }
            _ => (None, None),
        };
        let prolonged = !ended && self.listed_if_long && quarter.end - self.received > PROLONGED;
        let complexity = self.complexity.code();
        let remedies = if ended { self.remedies } else { Remedies::default() };
        let implemented = self
            .implemented
            .filter(|_| self.implementation_known(calendar).is_some_and(|k| k <= quarter.index));

        sheet.text(&self.number.text(Series::Case))?;
        sheet.date(calendar, Some(quarter.extract))?;
        sheet.code(KIND, Some(self.kind.code()))?;
        sheet.code(FIELD, Some(self.field.code()))?;
        sheet.text(geography.spot(self.spot).code)?;
        sheet.text(&geography.offices[self.office_at(geography, quarter)].code)?;
        sheet.date(calendar, Some(self.received))?;
        sheet.flag(self.second_instance)?;
        sheet.date(calendar, accepted)?;
        sheet.date(calendar, due)?;
        sheet.code(COMPLEXITY, accepted.map(|_| complexity))?;
        sheet.flag(extended)?;
        sheet.date(calendar, suspended)?;
        sheet.date(calendar, resumed)?;
        sheet.code(ENDING, Some(self.end.ending.code()).filter(|_| ended))?;
        sheet.date(calendar, Some(self.end.day).filter(|_| ended))?;
        sheet.code(FINDING, self.end.finding.map(Finding::code).filter(|_| ended))?;
        sheet.flag(self.mass)?;
        sheet.flag(self.over_level)?;
        sheet.flag(prolonged)?;
        sheet.number(self.people)?;
        sheet.key(self.person)?;
        sheet.amount(remedies.money_recovered)?;
        sheet.amount(remedies.land_recovered)?;
        sheet.amount(remedies.money_returned)?;
        sheet.amount(remedies.land_returned)?;
        sheet.amount(remedies.persons_restored)?;
        sheet.amount(remedies.officials_disciplined)?;
        let per_cent = self.carried_out(implemented.is_some());
        for ordered in [
            remedies.money_recovered,
            remedies.land_recovered,
            remedies.money_returned,
            remedies.land_returned,
            remedies.officials_disciplined,
        ] {
            sheet.amount(ordered * per_cent / 100)?;
        }
        sheet.flag(ended && self.implement)?;
        sheet.date(calendar, implemented)?;
        sheet.end_row()
    }

    /// How much of what was ordered has been carried out, per cent: little before the decision was
    /// implemented, most of it afterwards, or where nothing had to be.
    const fn carried_out(&self, implemented: bool) -> i32 {
        match (self.implement && !implemented, self.number.luck()) {
            (true, ..60) => 0,
            (true, _) => 40,
            (false, ..70) => 100,
            (false, _) => 80,
        }
    }

    /// Position of the quarter whose extract holds its dialogue, if there was one.
    pub(super) fn dialogue_quarter(&self, calendar: &Calendar) -> Option<usize> {
        self.dialogue.map(|day| calendar.quarter_of(day).max(self.entry))
    }
}
