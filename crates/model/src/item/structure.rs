//! How items split up: into parts within a period, and into quarters over time.

use super::Item;
use super::Item as I;

/// How a figure of a longer period follows from its quarters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeRule {
    /// Counts events: the longer period is the sum of its quarters.
    Flow,
    /// Counts what is there at the start of the period.
    Opening,
    /// Counts what is there on the last day of the period.
    Closing,
    /// Counts the state, on the last day, of what came in during the period.
    Cohort,
    /// The sum of other items, each by its own rule.
    Sum,
}

impl Item {
    /// How a longer period follows from its quarters.
    #[must_use]
    pub const fn time_rule(self) -> TimeRule {
        match self {
            I::Opening | I::ImplementationCarried => TimeRule::Opening,
            I::Closing
            | I::OpenWithin
            | I::OpenBeforeDue
            | I::OpenNoDue
            | I::OpenOverdue
            | I::Overdue30
            | I::Overdue90
            | I::OverdueMore
            | I::OpenSuspended
            | I::NotSuspended
            | I::OpenExtended
            | I::NotExtended
            | I::Prolonged
            | I::NotProlonged
            | I::ImplementationPending => TimeRule::Closing,
            I::Workload
            | I::BodyWorkload
            | I::SettledOrOverdue
            | I::LateOrOverdue
            | I::ImplementationDue => TimeRule::Sum,
            I::Acknowledged
            | I::Unacknowledged
            | I::ReferralAccepted
            | I::NotAccepted
            | I::ReferredNotAccepted
            | I::AcknowledgedNotSettled
            | I::ReferredNotSettled
            | I::ReferralDeclined
            | I::ReferralUndecided
            | I::ReferralSettled
            | I::ReferralOpen
            | I::Notified
            | I::NotNotified
            | I::AnswerRequired
            | I::AnsweredInTime
            | I::AnswerNotInTime
            | I::AnsweredLate
            | I::AnswerOverdue
            | I::AnswerNotDue
            | I::ReferralRefused
            | I::ReferralPassedOn
            | I::Petitioned
            | I::NotPetitioned
            | I::SuperiorAnswered
            | I::SuperiorInTime
            | I::SuperiorLate
            | I::SuperiorUnanswered
            | I::MoneyRecoveredDone
            | I::MoneyRecoveredLeft
            | I::LandRecoveredDone
            | I::LandRecoveredLeft
            | I::MoneyReturnedDone
            | I::MoneyReturnedLeft
            | I::LandReturnedDone
            | I::LandReturnedLeft
            | I::OfficialsDisciplinedDone
            | I::OfficialsDisciplinedLeft => TimeRule::Cohort,
            _ => TimeRule::Flow,
        }
    }

    /// The ways in which it splits up within the same period; each way's parts add up to it.
    ///
    /// What remains when some parts are shown must be an item of its own (`Ended` less `Settled` is
    /// `EndedOtherwise`), so that disclosure control protects the remainder too.
    #[must_use]
    pub const fn parts(self) -> &'static [&'static [Self]] {
        match self {
            I::Entered => &[
                &[I::Received, I::LateEntry],
                &[I::Mass, I::NotMass],
                &[I::OverLevel, I::NotOverLevel],
            ],
            I::Workload => &[&[I::Opening, I::Entered], &[I::Ended, I::Closing]],
            I::BodyWorkload => &[
                &[I::Opening, I::Entered, I::TransferredIn],
                &[I::Ended, I::TransferredOut, I::Closing],
            ],
            I::Ended => &[&[I::Settled, I::EndedOtherwise], &[I::SettledOnTime, I::EndedNotOnTime]],
            I::EndedNotOnTime => &[&[I::SettledLate, I::EndedOtherwise]],
            I::EndedOtherwise => &[&[I::Withdrawn, I::Terminated, I::TransferredAway]],
            I::Settled => &[
                &[I::SettledOnTime, I::SettledLate],
                &[I::Days30, I::Days60, I::Days90, I::DaysMore],
                &[I::FoundRight, I::FoundPartly, I::FoundWrong, I::SettledSecond, I::Answered],
            ],
            I::SettledOrOverdue => {
                &[&[I::Settled, I::OpenOverdue], &[I::SettledOnTime, I::LateOrOverdue]]
            }
            I::LateOrOverdue => &[&[I::SettledLate, I::OpenOverdue]],
            I::Followed => &[&[
                I::Followed30,
                I::Followed60,
                I::Followed90,
                I::Followed180,
                I::FollowedOtherwise,
                I::FollowedOpen,
            ]],
            I::SettledSecond => &[&[I::Upheld, I::Overturned], &[I::DialogueHeld, I::DialogueNone]],
            I::OpenWithin => &[&[I::OpenBeforeDue, I::OpenNoDue]],
            I::Closing => &[
                &[I::OpenWithin, I::OpenOverdue],
                &[I::OpenSuspended, I::NotSuspended],
                &[I::OpenExtended, I::NotExtended],
                &[I::Prolonged, I::NotProlonged],
            ],
            I::OpenOverdue => &[&[I::Overdue30, I::Overdue90, I::OverdueMore]],
            I::ImplementationDue => &[
                &[I::ImplementationCarried, I::ImplementationNew],
                &[I::ImplementationDone, I::ImplementationPending],
            ],
            I::PetitionsReceived => &[&[I::PetitionsPending, I::PetitionsProcessed]],
            I::PetitionsProcessed => &[&[I::PetitionsIneligible, I::PetitionsEligible]],
            I::PetitionsEligible => &[&[I::PetitionsWithin, I::PetitionsOutside]],
            I::PetitionsOutside => {
                &[&[I::PetitionsGuided, I::PetitionsTransferred, I::PetitionsUrged]]
            }
            I::Visits => &[&[I::VisitsRegular, I::VisitsPeriodic, I::VisitsAdHoc]],
            // One person at least for each visit.
            I::People => &[&[I::Visits, I::Accompanying], &[I::DelegationPeople, I::OtherPeople]],
            I::Matters => &[&[I::MattersFirst, I::MattersRepeat]],
            I::DaysRequired => &[
                &[I::DaysDue, I::DaysUnreported],
                &[I::DaysHead, I::DaysDelegate, I::DaysMissed, I::DaysUnreported],
            ],
            I::DaysDue => &[&[I::DaysHead, I::DaysDelegate, I::DaysMissed]],
            I::Referred => &[
                &[I::Acknowledged, I::Unacknowledged],
                &[I::ReferralAccepted, I::ReferredNotAccepted],
                &[I::ReferralSettled, I::ReferredNotSettled],
                &[I::AnswerRequired, I::AnswerNotDue],
            ],
            I::ReferredNotAccepted => &[&[I::Unacknowledged, I::NotAccepted]],
            I::ReferredNotSettled => &[
                &[I::Unacknowledged, I::AcknowledgedNotSettled],
                &[I::ReferredNotAccepted, I::ReferralOpen],
            ],
            I::AcknowledgedNotSettled => &[&[I::NotAccepted, I::ReferralOpen]],
            I::AnswerRequired => &[&[I::AnsweredInTime, I::AnswerNotInTime]],
            I::AnswerNotInTime => &[&[I::AnsweredLate, I::AnswerOverdue]],
            I::Acknowledged => &[
                &[I::ReferralAccepted, I::NotAccepted],
                &[I::ReferralSettled, I::AcknowledgedNotSettled],
            ],
            I::NotAccepted => &[&[I::ReferralDeclined, I::ReferralUndecided]],
            I::ReferralDeclined => &[&[I::ReferralRefused, I::ReferralPassedOn]],
            I::ReferralAccepted => &[&[I::ReferralSettled, I::ReferralOpen]],
            I::ReferralSettled => {
                &[&[I::Notified, I::NotNotified], &[I::Petitioned, I::NotPetitioned]]
            }
            I::Petitioned => &[&[I::SuperiorAnswered, I::SuperiorUnanswered]],
            I::SuperiorAnswered => &[&[I::SuperiorInTime, I::SuperiorLate]],
            I::MoneyRecovered => &[&[I::MoneyRecoveredDone, I::MoneyRecoveredLeft]],
            I::LandRecovered => &[&[I::LandRecoveredDone, I::LandRecoveredLeft]],
            I::MoneyReturned => &[&[I::MoneyReturnedDone, I::MoneyReturnedLeft]],
            I::LandReturned => &[&[I::LandReturnedDone, I::LandReturnedLeft]],
            I::OfficialsDisciplined => {
                &[&[I::OfficialsDisciplinedDone, I::OfficialsDisciplinedLeft]]
            }
            _ => &[],
        }
    }

    /// True for a state of referrals that is for good: what counts on one day counts on every later one, unless a
    /// later extract tells otherwise of that day. The other states are what these leave of each other.
    #[must_use]
    pub const fn stays(self) -> bool {
        matches!(
            self,
            I::Referred
                | I::Acknowledged
                | I::ReferralAccepted
                | I::ReferralDeclined
                | I::ReferralRefused
                | I::ReferralPassedOn
                | I::ReferralSettled
                | I::Notified
                | I::Petitioned
                | I::SuperiorAnswered
                | I::SuperiorInTime
                | I::SuperiorLate
                | I::AnswerRequired
                | I::AnsweredInTime
                | I::AnswerNotInTime
                | I::AnsweredLate
        )
    }

    /// By how many quarters what it counts entered before the period. A series says nothing of what entered
    /// before it began.
    #[must_use]
    pub const fn quarters_back(self) -> i32 {
        match self {
            Self::Followed
            | Self::Followed30
            | Self::Followed60
            | Self::Followed90
            | Self::Followed180
            | Self::FollowedOtherwise
            | Self::FollowedOpen => 2,
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How the one changes from day to day follows from the whole and the others.
    #[test]
    fn of_the_parts_of_what_stays_one_at_most_does_not() {
        assert!(I::Referred.stays() && !I::Referred.parts().is_empty());
        for &item in Item::ALL.iter().filter(|item| item.stays()) {
            for parts in item.parts() {
                let passing = parts.iter().filter(|part| !part.stays());
                assert!(passing.count() <= 1, "{}", item.code());
            }
        }
    }

    #[test]
    fn parts_count_in_the_unit_of_the_whole() {
        for &item in Item::ALL {
            for part in item.parts().iter().flat_map(|p| p.iter()) {
                let counts_people = item == I::People && *part == I::Visits;
                assert!(counts_people || part.unit() == item.unit(), "{}", part.code());
                assert_eq!(part.population(), item.population(), "{}", part.code());
            }
        }
    }
}
