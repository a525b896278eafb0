//! A time limit of the law, asked of a day: what is due when, and why.

use jiff::civil::Date;
use law::{Circumstances, Course, Decision, Law, Matter, Step, Suspension};
use model::classification::Complexity;
use model::{Kind, Referrer, day};

use crate::error::PortalError;
use crate::published::{Published, unavailable};

/// Names of the parameters that ask.
pub mod parameter {
    /// What has to be done.
    pub const STEP: &str = "step";
    /// The kind of matter.
    pub const KIND: &str = "kind";
    /// `second` for a second settlement or a continued denunciation.
    pub const INSTANCE: &str = "instance";
    /// How complicated it is.
    pub const COMPLEXITY: &str = "complexity";
    /// Who referred it.
    pub const REFERRER: &str = "referrer";
    /// How often the term was extended.
    pub const EXTENSIONS: &str = "extensions";
    /// Set in a remote area.
    pub const REMOTE: &str = "remote";
    /// Set if several places have to be looked into.
    pub const PLACES: &str = "places";
    /// The day that starts the limit.
    pub const START: &str = "start";
    /// The day of the decision to suspend.
    pub const SUSPENDED: &str = "suspended";
    /// The day of the decision to go on.
    pub const RESUMED: &str = "resumed";
    /// The day on which it was done.
    pub const DONE: &str = "done";
    /// The day of which the state is asked.
    pub const ON: &str = "on";
}

/// The parameters with days, in the order of the form.
pub const DAYS: [&str; 5] =
    [parameter::START, parameter::SUSPENDED, parameter::RESUMED, parameter::DONE, parameter::ON];

/// What is asked, as far as it can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Of what.
    pub matter: Matter,
    /// The days, as they were written.
    pub written: [String; DAYS.len()],
}

/// What is wrong with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// What stands at this parameter is no day.
    NoDay(&'static str),
    /// This day is before the other.
    Before(&'static str, &'static str),
}

/// What is to be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing was asked.
    None,
    /// It can't be read.
    Wrong(Wrong),
    /// The law sets no limit.
    NoLimit,
    /// It does.
    Decided {
        /// What the law says.
        decision: Decision<'static>,
        /// The day of which its state is told, if one was asked or it was done.
        on: Option<Date>,
    },
}

/// The page of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadlinesPage {
    /// True if the newest release is of simulated figures.
    pub simulated: bool,
    /// The question.
    pub question: Question,
    /// Its answer.
    pub answer: Answer,
}

impl Question {
    /// The question of an address whose parameters `get` reads; what is unknown counts as not said.
    pub fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        let code = |name: &str| get(name).unwrap_or_default();
        let set = |name: &str| !code(name).is_empty();
        let matter = Matter {
            step: Step::from_code(&code(parameter::STEP)).unwrap_or(Step::Acceptance),
            kind: Kind::from_code(&code(parameter::KIND)).unwrap_or(Kind::Complaint),
            second: code(parameter::INSTANCE) == "second",
            referrer: Referrer::from_code(&code(parameter::REFERRER)),
            circumstances: Circumstances {
                complexity: Complexity::from_code(&code(parameter::COMPLEXITY))
                    .unwrap_or(Complexity::Ordinary),
                extensions: code(parameter::EXTENSIONS).parse().map_or(0, |n: u8| n.min(2)),
                remote: set(parameter::REMOTE),
                several_places: set(parameter::PLACES),
            },
        };
        // A field for days shows them in one form alone.
        let short = |name: &str| {
            let text: String = code(name).trim().chars().take(10).collect();
            read_day(&text).map_or(text, day::iso)
        };
        Self { matter, written: DAYS.map(short) }
    }

    /// What the law says to it.
    #[must_use]
    pub fn answer(&self) -> Answer {
        let mut days = [None; DAYS.len()];
        for ((slot, text), name) in days.iter_mut().zip(&self.written).zip(DAYS) {
            if !text.is_empty() {
                *slot = read_day(text);
                if slot.is_none() {
                    return Answer::Wrong(Wrong::NoDay(name));
                }
            }
        }
        let [start, suspended, resumed, done, on] = days;
        let Some(start) = start else {
            let asked = days.iter().any(Option::is_some);
            let missing = Answer::Wrong(Wrong::NoDay(parameter::START));
            return if asked { missing } else { Answer::None };
        };
        let orders = [
            (suspended, Some(start), parameter::SUSPENDED, parameter::START),
            (done, Some(start), parameter::DONE, parameter::START),
            (on, Some(start), parameter::ON, parameter::START),
            (resumed, suspended, parameter::RESUMED, parameter::SUSPENDED),
        ];
        if resumed.is_some() && suspended.is_none() {
            return Answer::Wrong(Wrong::NoDay(parameter::SUSPENDED));
        }
        for (later, earlier, late, early) in orders {
            if later.zip(earlier).is_some_and(|(later, earlier)| later < earlier) {
                return Answer::Wrong(Wrong::Before(late, early));
            }
        }
        let suspension = suspended.map(|from| Suspension { from, until: resumed });
        let course = Course { start, suspensions: suspension.into_iter().collect(), done };
        let on = on.or(done);
        match Law::standard().decide(&self.matter, &course, on.unwrap_or(start)) {
            Some(decision) => Answer::Decided { decision, on },
            None => Answer::NoLimit,
        }
    }
}

/// Reads `2026-07-01`, as a browser sends it, or `01/07/2026`, as people write it.
fn read_day(text: &str) -> Option<Date> {
    let mut parts = text.split('/');
    let written = match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(d), Some(m), Some(y), None) => format!("{y}-{m:0>2}-{d:0>2}"),
        _ => text.to_owned(),
    };
    day::parse(&written).filter(|day| (2012..=2100).contains(&day.year()))
}

/// The page of `question`.
///
/// # Errors
///
/// [`PortalError::Unavailable`] when the database does not answer.
pub async fn deadlines(question: Question) -> Result<DeadlinesPage, PortalError> {
    crate::published::answer(async move {
        let newest = Published::from_context()?.pool().latest().await.map_err(unavailable)?;
        let answer = question.answer();
        Ok(DeadlinesPage { simulated: newest.is_some_and(|r| r.simulated), question, answer })
    })
    .await
}

#[cfg(test)]
mod tests {
    use law::State;

    use super::*;

    fn ask(query: &str) -> Answer {
        let get = |name: &str| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
        };
        Question::from_query(get).answer()
    }

    fn decided(query: &str) -> (String, State) {
        match ask(query) {
            Answer::Decided { decision, .. } => {
                (decision.due.map_or_else(String::new, day::iso), decision.state)
            }
            other => panic!("{query}: {other:?}"),
        }
    }

    #[test]
    fn a_question_is_answered_in_either_way_of_writing_days() {
        for query in ["start=2026-07-01&on=2026-07-09", "start=1/7/2026&on=09%2F07%2F2026"] {
            assert_eq!(decided(query), ("2026-07-10".to_owned(), State::Open { left: 1 }));
        }
        let second = "step=settlement&instance=second&complexity=complicated&remote=1";
        assert_eq!(decided(&format!("{second}&start=2024-01-31")).0, "2024-04-10");
        // Whoever referred it: the limit to settle it is the same.
        assert_eq!(decided("step=settlement&referrer=front&start=2026-07-01").0, "2026-07-31");
        // Asked of a day before it was done.
        let early = "step=settlement&start=2026-07-01&done=2026-08-20&on=2026-07-05";
        assert_eq!(decided(early).1, State::Open { left: 26 });
        let suspended = "step=settlement&start=2026-07-06&suspended=2026-07-16";
        assert_eq!(decided(&format!("{suspended}&on=2026-08-01")).1, State::Suspended);
        let resumed = format!("{suspended}&resumed=2026-08-05&done=2026-08-26");
        assert_eq!(decided(&resumed), ("2026-08-25".to_owned(), State::Late { by: 1 }));
    }

    #[test]
    fn what_can_not_be_read_is_said_and_what_the_law_leaves_open() {
        assert_eq!(ask(""), Answer::None);
        assert_eq!(ask("step=settlement&kind=recommendation&start=2026-07-01"), Answer::NoLimit);
        for (query, wrong) in [
            ("start=soon", Wrong::NoDay("start")),
            ("start=2026-02-30", Wrong::NoDay("start")),
            ("start=0001-01-01", Wrong::NoDay("start")),
            ("done=2026-07-01", Wrong::NoDay("start")),
            ("start=2026-07-01&on=x", Wrong::NoDay("on")),
            ("start=2026-07-01&on=2026-06-30", Wrong::Before("on", "start")),
            ("start=2026-07-01&done=2026-06-30", Wrong::Before("done", "start")),
            ("start=2026-07-01&suspended=2026-06-30", Wrong::Before("suspended", "start")),
            ("start=2026-07-01&resumed=2026-08-30", Wrong::NoDay("suspended")),
            (
                "start=2026-07-01&suspended=2026-08-30&resumed=2026-08-29",
                Wrong::Before("resumed", "suspended"),
            ),
        ] {
            assert_eq!(ask(query), Answer::Wrong(wrong), "{query}");
        }
    }
}
