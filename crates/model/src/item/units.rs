//! Which records items count, and in which unit.

use super::Item as I;
use super::{Item, Population, Unit};

impl Item {
    /// The records that it counts.
    #[must_use]
    pub const fn population(self) -> Population {
        match self {
            I::PetitionsReceived
            | I::PetitionsPending
            | I::PetitionsProcessed
            | I::PetitionsIneligible
            | I::PetitionsEligible
            | I::PetitionsWithin
            | I::PetitionsOutside
            | I::PetitionsGuided
            | I::PetitionsTransferred
            | I::PetitionsUrged => Population::Petitions,
            I::Visits
            | I::VisitsRegular
            | I::VisitsPeriodic
            | I::VisitsAdHoc
            | I::People
            | I::Matters
            | I::MattersFirst
            | I::MattersRepeat
            | I::Delegations
            | I::DelegationPeople
            | I::Accompanying
            | I::OtherPeople => Population::Receptions,
            I::DaysRequired
            | I::DaysDue
            | I::DaysHead
            | I::DaysDelegate
            | I::DaysMissed
            | I::DaysUnreported => Population::Schedule,
            I::Referred
            | I::Acknowledged
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
            | I::SuperiorUnanswered => Population::Referrals,
            I::MoneyRecovered
            | I::LandRecovered
            | I::MoneyReturned
            | I::LandReturned
            | I::PersonsRestored
            | I::OfficialsDisciplined
            | I::MoneyRecoveredDone
            | I::MoneyRecoveredLeft
            | I::LandRecoveredDone
            | I::LandRecoveredLeft
            | I::MoneyReturnedDone
            | I::MoneyReturnedLeft
            | I::LandReturnedDone
            | I::LandReturnedLeft
            | I::OfficialsDisciplinedDone
            | I::OfficialsDisciplinedLeft => Population::Remedies,
            _ => Population::Cases,
        }
    }

    /// The unit of count.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            I::Visits | I::VisitsRegular | I::VisitsPeriodic | I::VisitsAdHoc => Unit::Visit,
            I::People
            | I::DelegationPeople
            | I::Accompanying
            | I::OtherPeople
            | I::PersonsRestored
            | I::OfficialsDisciplined
            | I::OfficialsDisciplinedDone
            | I::OfficialsDisciplinedLeft => Unit::Person,
            I::Delegations => Unit::Delegation,
            I::MoneyRecovered
            | I::MoneyRecoveredDone
            | I::MoneyRecoveredLeft
            | I::MoneyReturned
            | I::MoneyReturnedDone
            | I::MoneyReturnedLeft => Unit::MillionVnd,
            I::LandRecovered
            | I::LandRecoveredDone
            | I::LandRecoveredLeft
            | I::LandReturned
            | I::LandReturnedDone
            | I::LandReturnedLeft => Unit::SquareMetre,
            _ => match self.population() {
                Population::Petitions => Unit::Petition,
                Population::Schedule => Unit::Day,
                _ => Unit::Case,
            },
        }
    }
}
