//! What a figure counts. Units of count never mix: a reception visit (lượt), a person (người), a
//! petition (đơn), a case (vụ việc), a delegation (đoàn), a reception day (kỳ tiếp), money, land.

mod structure;
mod units;

use crate::classification::{Kind, code_list};
use crate::locale::Locale;

pub use structure::TimeRule;

code_list! {
    /// Unit of count or measure.
    Unit {
        /// Vụ việc.
        Case = "case", "vụ việc", "cases";
        /// Đơn.
        Petition = "petition", "đơn", "petitions";
        /// Lượt tiếp.
        Visit = "visit", "lượt", "visits";
        /// Người.
        Person = "person", "người", "people";
        /// Đoàn.
        Delegation = "delegation", "đoàn", "delegations";
        /// Kỳ tiếp (one scheduled reception day of a head).
        Day = "day", "kỳ tiếp", "reception days";
        /// Triệu đồng.
        MillionVnd = "million_vnd", "triệu đồng", "million VND";
        /// m².
        SquareMetre = "square_metre", "m²", "m²";
    }
}

code_list! {
    /// The records that a figure counts; figures of one population are protected jointly.
    Population {
        /// Cases.
        Cases = "cases", "Vụ việc", "Cases";
        /// Petitions.
        Petitions = "petitions", "Đơn", "Petitions";
        /// What citizens brought to reception days.
        Receptions = "receptions", "Tiếp công dân", "Citizen receptions";
        /// The reception days themselves: about officials, exact.
        Schedule = "schedule", "Lịch tiếp công dân", "Reception schedule";
        /// Matters transferred by the Front, deputies and press.
        Referrals = "referrals", "Vụ việc được chuyển đến", "Referred matters";
        /// Money, land and people that settlements concerned.
        Remedies = "remedies", "Khôi phục quyền lợi và xử lý", "Remedies";
    }
}

code_list! {
    /// What is counted.
    Item {
        /// Open at the start of the period: what the last release showed as closing.
        Opening = "opening", "Đang giải quyết đầu kỳ", "Open at start";
        /// Received in the period.
        Received = "received", "Tiếp nhận trong kỳ", "Received";
        /// Received earlier, first reported in this period.
        LateEntry = "late_entry", "Bổ sung từ kỳ trước", "Late entries";
        /// Received or late.
        Entered = "entered", "Tiếp nhận (gồm bổ sung)", "Received incl. late entries";
        /// Opening plus entered.
        Workload = "workload", "Phải giải quyết", "To be settled";
        /// Settled by decision, conclusion or answer.
        Settled = "settled", "Đã giải quyết", "Settled";
        /// Withdrawn.
        Withdrawn = "withdrawn", "Rút đơn", "Withdrawn";
        /// Terminated.
        Terminated = "terminated", "Đình chỉ", "Terminated";
        /// Sent out of the province.
        TransferredAway = "transferred_away", "Chuyển ra ngoài tỉnh", "Transferred out of the province";
        /// Withdrawn, terminated or sent out of the province.
        EndedOtherwise = "ended_otherwise", "Kết thúc cách khác", "Ended otherwise";
        /// Settled late, withdrawn, terminated or sent out of the province: ended, and not settled on time.
        EndedNotOnTime = "ended_not_on_time", "Kết thúc mà không phải giải quyết đúng hạn", "Ended, not settled on time";
        /// Settled, withdrawn, terminated or sent out of the province.
        Ended = "ended", "Đã kết thúc", "Ended";
        /// Open on the last day.
        Closing = "closing", "Còn đang giải quyết cuối kỳ", "Open at end";
        /// Taken over from another body of the province.
        TransferredIn = "transferred_in", "Nhận từ cơ quan khác", "Transferred in";
        /// Handed to another body of the province.
        TransferredOut = "transferred_out", "Chuyển cơ quan khác", "Transferred out";
        /// Opening plus entered plus transferred in.
        BodyWorkload = "body_workload", "Phải giải quyết (gồm nhận chuyển)", "To be settled incl. transferred in";

        /// Settled on or before the due date.
        SettledOnTime = "settled_on_time", "Giải quyết đúng hạn", "Settled on time";
        /// Settled after the due date.
        SettledLate = "settled_late", "Giải quyết quá hạn", "Settled late";
        /// Settled, or open on the last day with the due date passed: what had to be settled by then.
        SettledOrOverdue = "settled_or_overdue", "Đã giải quyết hoặc đã quá hạn", "Settled or overdue";
        /// Settled after the due date, or open on the last day with the due date passed.
        LateOrOverdue = "late_or_overdue", "Giải quyết quá hạn hoặc còn quá hạn", "Settled late, or overdue and open";
        /// Open on the last day, due date not passed or not running.
        OpenWithin = "open_within", "Đang giải quyết, trong hạn", "Open, within the limit";
        /// Of them, with a due date.
        OpenBeforeDue = "open_before_due", "Đang giải quyết, chưa đến hạn", "Open, due later";
        /// Of them, without a due date: the law sets none, and the body has written down none yet.
        OpenNoDue = "open_no_due", "Đang giải quyết, chưa có hạn", "Open, no due date";
        /// Open on the last day, due date passed.
        OpenOverdue = "open_overdue", "Đang giải quyết, quá hạn", "Open, overdue";
        /// Overdue by 1 to 30 days.
        Overdue30 = "overdue_1_30", "Quá hạn 1–30 ngày", "Overdue 1–30 days";
        /// Overdue by 31 to 90 days.
        Overdue90 = "overdue_31_90", "Quá hạn 31–90 ngày", "Overdue 31–90 days";
        /// Overdue by more than 90 days.
        OverdueMore = "overdue_91", "Quá hạn trên 90 ngày", "Overdue more than 90 days";
        /// Open on the last day, settlement suspended.
        OpenSuspended = "open_suspended", "Đang giải quyết, đang tạm đình chỉ", "Open, suspended";
        /// Open on the last day, not suspended.
        NotSuspended = "open_not_suspended", "Đang giải quyết, không tạm đình chỉ", "Open, not suspended";
        /// Open on the last day, due date extended.
        OpenExtended = "open_extended", "Đang giải quyết, đã gia hạn", "Open, limit extended";
        /// Open on the last day, due date not extended.
        NotExtended = "open_not_extended", "Đang giải quyết, không gia hạn", "Open, limit not extended";

        /// Entered two quarters before: each was followed for 180 days.
        Followed = "followed", "Vào sổ hai quý trước", "Entered two quarters before";
        /// Of them, settled within 30 days of reception.
        Followed30 = "followed_30", "Giải quyết trong 30 ngày từ ngày tiếp nhận", "Settled within 30 days of reception";
        /// Of them, settled on day 31 to 60.
        Followed60 = "followed_60", "Giải quyết từ ngày 31 đến 60", "Settled on day 31 to 60";
        /// Of them, settled on day 61 to 90.
        Followed90 = "followed_90", "Giải quyết từ ngày 61 đến 90", "Settled on day 61 to 90";
        /// Of them, settled on day 91 to 180.
        Followed180 = "followed_180", "Giải quyết từ ngày 91 đến 180", "Settled on day 91 to 180";
        /// Of them, ended otherwise within 180 days.
        FollowedOtherwise = "followed_otherwise", "Kết thúc cách khác trong 180 ngày", "Ended otherwise within 180 days";
        /// Of them, not ended within 180 days.
        FollowedOpen = "followed_open", "Chưa kết thúc sau 180 ngày", "Not ended within 180 days";

        /// Settled within 30 days of acceptance.
        Days30 = "days_30", "Trong 30 ngày", "Within 30 days";
        /// Settled on day 31 to 60.
        Days60 = "days_60", "31–60 ngày", "31–60 days";
        /// Settled on day 61 to 90.
        Days90 = "days_90", "61–90 ngày", "61–90 days";
        /// Settled after day 90.
        DaysMore = "days_91", "Trên 90 ngày", "More than 90 days";

        /// Settled, found right.
        FoundRight = "found_right", "Đúng", "Well-founded";
        /// Settled, found partly right.
        FoundPartly = "found_partly", "Đúng một phần", "Partly well-founded";
        /// Settled, found wrong.
        FoundWrong = "found_wrong", "Sai", "Unfounded";
        /// Settled a second time.
        SettledSecond = "settled_second", "Giải quyết lần hai", "Second settlement";
        /// Second settlement upheld the first.
        Upheld = "upheld", "Công nhận quyết định lần đầu", "First decision upheld";
        /// Second settlement annulled or amended the first.
        Overturned = "overturned", "Hủy, sửa quyết định lần đầu", "First decision annulled or amended";
        /// Settled a second time after a dialogue.
        DialogueHeld = "dialogue_held", "Có tổ chức đối thoại", "Dialogue held";
        /// Settled a second time without one.
        DialogueNone = "dialogue_none", "Không tổ chức đối thoại", "No dialogue held";
        /// Recommendation or feedback answered.
        Answered = "answered", "Đã trả lời kiến nghị, phản ánh", "Recommendation or feedback answered";

        /// Entered, brought by five people or more together.
        Mass = "mass", "Vụ việc đông người", "Mass cases";
        /// Entered, not a mass case.
        NotMass = "not_mass", "Không đông người", "Not mass";
        /// Entered, sent above the competent level.
        OverLevel = "over_level", "Vụ việc vượt cấp", "Lodged above the competent level";
        /// Entered, not sent above the competent level.
        NotOverLevel = "not_over_level", "Không vượt cấp", "Lodged at the competent level";
        /// Open on the last day, and on the body's own list of backlogged, prolonged cases (tồn đọng,
        /// kéo dài).
        Prolonged = "prolonged", "Kéo dài (danh mục của cơ quan)", "Prolonged (on the body’s list)";
        /// Open on the last day, not on that list.
        NotProlonged = "not_prolonged", "Không kéo dài", "Not prolonged";

        /// Decisions in force to be carried out in the period.
        ImplementationDue = "implementation_due", "Quyết định phải thi hành", "Decisions to carry out";
        /// Of them, already due when the period began.
        ImplementationCarried = "implementation_carried", "Chuyển từ kỳ trước", "Carried over";
        /// Of them, new in the period.
        ImplementationNew = "implementation_new", "Phát sinh trong kỳ", "New in the period";
        /// Of them, carried out in the period.
        ImplementationDone = "implementation_done", "Đã thi hành xong", "Carried out";
        /// Of them, not carried out on the last day.
        ImplementationPending = "implementation_pending", "Chưa thi hành xong", "Not carried out yet";

        /// Petitions received.
        PetitionsReceived = "petitions_received", "Đơn tiếp nhận", "Petitions received";
        /// Not processed on the last day.
        PetitionsPending = "petitions_pending", "Chưa xử lý", "Not processed yet";
        /// Processed.
        PetitionsProcessed = "petitions_processed", "Đã xử lý", "Processed";
        /// Processed, not eligible.
        PetitionsIneligible = "petitions_ineligible", "Không đủ điều kiện", "Not eligible";
        /// Processed, eligible.
        PetitionsEligible = "petitions_eligible", "Đủ điều kiện xử lý", "Eligible";
        /// Eligible, within competence.
        PetitionsWithin = "petitions_within", "Thuộc thẩm quyền", "Within competence";
        /// Eligible, outside competence.
        PetitionsOutside = "petitions_outside", "Không thuộc thẩm quyền", "Outside competence";
        /// Outside competence, petitioner guided.
        PetitionsGuided = "petitions_guided", "Hướng dẫn", "Guided";
        /// Outside competence, transferred.
        PetitionsTransferred = "petitions_transferred", "Chuyển đơn", "Transferred";
        /// Outside competence, settlement urged.
        PetitionsUrged = "petitions_urged", "Đôn đốc", "Settlement urged";

        /// Reception visits.
        Visits = "visits", "Lượt tiếp", "Visits";
        /// Visits at standing reception.
        VisitsRegular = "visits_regular", "Tiếp thường xuyên", "At standing reception";
        /// Visits on scheduled days of heads.
        VisitsPeriodic = "visits_periodic", "Tiếp định kỳ của người đứng đầu", "On scheduled days of heads";
        /// Visits at unscheduled receptions of heads.
        VisitsAdHoc = "visits_ad_hoc", "Tiếp đột xuất của người đứng đầu", "At unscheduled receptions of heads";
        /// People received.
        People = "people", "Người được tiếp", "People received";
        /// Matters brought to receptions.
        Matters = "matters", "Vụ việc tiếp", "Matters brought";
        /// Brought for the first time.
        MattersFirst = "matters_first", "Tiếp lần đầu", "First time";
        /// Brought before.
        MattersRepeat = "matters_repeat", "Tiếp nhiều lần", "Repeated";
        /// Mass delegations received.
        Delegations = "delegations", "Đoàn đông người", "Mass delegations";
        /// People in mass delegations.
        DelegationPeople = "delegation_people", "Người trong đoàn đông người", "People in mass delegations";
        /// People received beyond one a visit: there are never fewer people than visits.
        Accompanying = "people_accompanying", "Người đi cùng", "People accompanying";
        /// People received who came in no delegation.
        OtherPeople = "people_other", "Người không thuộc đoàn đông người", "People outside mass delegations";

        /// Reception days that the law requires at the least, or that the body recorded as due, if more.
        DaysRequired = "days_required", "Kỳ tiếp phải thực hiện", "Days required";
        /// Of them, recorded by the body as due by law or schedule.
        DaysDue = "days_due", "Kỳ tiếp có trong sổ", "Days on record";
        /// Of them held by the head.
        DaysHead = "days_head", "Người đứng đầu trực tiếp", "Held by the head";
        /// Of them held by a delegate.
        DaysDelegate = "days_delegate", "Ủy quyền", "Held by a delegate";
        /// Of them missed.
        DaysMissed = "days_missed", "Không tiếp", "Missed";
        /// Required by law, and the body recorded none.
        DaysUnreported = "days_unreported", "Không báo cáo", "Not reported";

        /// Referred in the period.
        Referred = "referred", "Được chuyển đến", "Referred";
        /// Of them acknowledged.
        Acknowledged = "acknowledged", "Đã phúc đáp", "Replied";
        /// Of them without acknowledgement.
        Unacknowledged = "unacknowledged", "Chưa phúc đáp", "Not replied to";
        /// Acknowledged and accepted for settlement.
        ReferralAccepted = "referral_accepted", "Đã thụ lý", "Accepted";
        /// Acknowledged, not accepted for settlement.
        NotAccepted = "referral_not_accepted", "Chưa thụ lý", "Not accepted";
        /// Acknowledged, declined or transferred on.
        ReferralDeclined = "referral_declined", "Từ chối hoặc chuyển tiếp", "Declined or transferred on";
        /// Declined.
        ReferralRefused = "referral_refused", "Từ chối", "Declined";
        /// Transferred on to another body.
        ReferralPassedOn = "referral_passed_on", "Chuyển tiếp", "Transferred on";
        /// Not accepted, acknowledged or not: what is left beside those accepted.
        ReferredNotAccepted = "referred_not_accepted", "Được chuyển đến, chưa thụ lý", "Referred, not accepted";
        /// Acknowledged and not settled: what is left beside those settled.
        AcknowledgedNotSettled = "acknowledged_not_settled", "Đã phúc đáp, chưa giải quyết", "Replied to, not settled";
        /// Not settled, at whatever step.
        ReferredNotSettled = "referred_not_settled", "Được chuyển đến, chưa giải quyết", "Referred, not settled";
        /// Acknowledged, not decided.
        ReferralUndecided = "referral_undecided", "Đang xem xét", "Under consideration";
        /// Accepted and settled.
        ReferralSettled = "referral_settled", "Đã giải quyết", "Settled";
        /// Accepted, not settled.
        ReferralOpen = "referral_open", "Đang giải quyết", "Being settled";
        /// Settled, and the referrer was told the result.
        Notified = "notified", "Đã báo kết quả", "Referrer notified";
        /// Settled, the referrer was not told.
        NotNotified = "not_notified", "Chưa báo kết quả", "Referrer not notified";
        /// Settled, and the Front petitioned the superior.
        Petitioned = "petitioned", "Mặt trận kiến nghị cấp trên", "The Front petitioned the superior";
        /// Settled, and nobody did.
        NotPetitioned = "not_petitioned", "Không có kiến nghị cấp trên", "The superior was not petitioned";
        /// Petitioned, and the superior answered.
        SuperiorAnswered = "superior_answered", "Cấp trên đã trả lời", "The superior answered";
        /// Answered within the limit of the law.
        SuperiorInTime = "superior_in_time", "Cấp trên trả lời đúng hạn", "The superior answered in time";
        /// Answered after it.
        SuperiorLate = "superior_late", "Cấp trên trả lời chậm", "The superior answered late";
        /// Petitioned, and not answered.
        SuperiorUnanswered = "superior_unanswered", "Cấp trên chưa trả lời", "The superior has not answered";
        /// Referred, and the law's day to answer the referrer has passed, or it was answered.
        AnswerRequired = "answer_required", "Phải trả lời nơi chuyển theo luật", "Answer required by law";
        /// Of them answered by that day.
        AnsweredInTime = "answered_in_time", "Trả lời đúng hạn", "Answered in time";
        /// Of them answered after it, or not answered.
        AnswerNotInTime = "answer_not_in_time", "Trả lời chậm hoặc quá hạn chưa trả lời", "Answered late, or overdue";
        /// Of them answered after it.
        AnsweredLate = "answered_late", "Trả lời chậm", "Answered late";
        /// Of them not answered.
        AnswerOverdue = "answer_overdue", "Quá hạn chưa trả lời", "Overdue, not answered";
        /// Referred, and that day has not come, or the law sets none.
        AnswerNotDue = "answer_not_due", "Luật không định hạn, hoặc chưa đến hạn", "No limit in law, or not due yet";

        /// Money to be recovered for the State.
        MoneyRecovered = "money_recovered", "Thu hồi cho Nhà nước: tiền", "Recovered for the State: money";
        /// Land to be recovered for the State.
        LandRecovered = "land_recovered", "Thu hồi cho Nhà nước: đất", "Recovered for the State: land";
        /// Money to be returned to people and organisations.
        MoneyReturned = "money_returned", "Trả lại cho tổ chức, cá nhân: tiền", "Returned to people and organisations: money";
        /// Land to be returned to people and organisations.
        LandReturned = "land_returned", "Trả lại cho tổ chức, cá nhân: đất", "Returned to people and organisations: land";
        /// People whose rights were restored.
        PersonsRestored = "persons_restored", "Người được trả lại quyền lợi", "People whose rights were restored";
        /// Officials recommended for discipline.
        OfficialsDisciplined = "officials_disciplined", "Người bị kiến nghị xử lý hành chính", "People recommended for administrative handling";

        /// Of the money to be recovered for the State, recovered.
        MoneyRecoveredDone = "money_recovered_done", "Đã thu hồi cho Nhà nước: tiền", "Recovered so far for the State: money";
        /// Not recovered.
        MoneyRecoveredLeft = "money_recovered_left", "Còn phải thu hồi cho Nhà nước: tiền", "Not recovered yet: money";
        /// Of the land to be recovered for the State, recovered.
        LandRecoveredDone = "land_recovered_done", "Đã thu hồi cho Nhà nước: đất", "Recovered so far for the State: land";
        /// Not recovered.
        LandRecoveredLeft = "land_recovered_left", "Còn phải thu hồi cho Nhà nước: đất", "Not recovered yet: land";
        /// Of the money to be returned, returned.
        MoneyReturnedDone = "money_returned_done", "Đã trả lại cho tổ chức, cá nhân: tiền", "Returned so far: money";
        /// Not returned.
        MoneyReturnedLeft = "money_returned_left", "Còn phải trả lại: tiền", "Not returned yet: money";
        /// Of the land to be returned, returned.
        LandReturnedDone = "land_returned_done", "Đã trả lại cho tổ chức, cá nhân: đất", "Returned so far: land";
        /// Not returned.
        LandReturnedLeft = "land_returned_left", "Còn phải trả lại: đất", "Not returned yet: land";
        /// Of those recommended for administrative handling, handled.
        OfficialsDisciplinedDone = "officials_disciplined_done", "Người đã bị xử lý hành chính", "People handled administratively so far";
        /// Not handled.
        OfficialsDisciplinedLeft = "officials_disciplined_left", "Người chưa bị xử lý hành chính", "People not handled yet";
    }
}

impl Item {
    /// Whether a case of `kind` can count here: a finding belongs to the kinds that the law has it
    /// for (Law on Complaints, articles 31 and 40; Law on Denunciations, article 35). What can't be is
    /// known to every reader to be zero.
    #[must_use]
    pub const fn applies_to(self, kind: Kind) -> bool {
        match self {
            Self::FoundRight | Self::FoundPartly | Self::FoundWrong => {
                matches!(kind, Kind::Complaint | Kind::Denunciation)
            }
            Self::SettledSecond
            | Self::Upheld
            | Self::Overturned
            | Self::DialogueHeld
            | Self::DialogueNone => matches!(kind, Kind::Complaint),
            // The others are due by law.
            Self::OpenNoDue => matches!(kind, Kind::Recommendation),
            Self::Answered => matches!(kind, Kind::Recommendation),
            _ => true,
        }
    }

    /// True for figures about officials' conduct, which are shown exactly.
    #[must_use]
    pub const fn about_officials(self) -> bool {
        matches!(self.population(), Population::Schedule)
    }

    /// Name with unit, `Đã giải quyết (vụ việc)`.
    #[must_use]
    pub fn name_with_unit(self, locale: Locale) -> String {
        format!("{} ({})", self.name(locale), self.unit().name(locale))
    }
}

/// Every item of `population`, in the order of the list.
pub fn items_of(population: Population) -> impl Iterator<Item = Item> {
    Item::ALL.iter().copied().filter(move |i| i.population() == population)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_is_found_right_or_wrong_but_never_answered() {
        assert!(!Item::Answered.applies_to(Kind::Complaint));
        assert!(Item::Overturned.applies_to(Kind::Complaint));
        assert!(!Item::FoundRight.applies_to(Kind::Recommendation));
        assert!(!Item::Upheld.applies_to(Kind::Denunciation));
        assert!(Kind::ALL.iter().all(|kind| Item::Settled.applies_to(*kind)));
    }
}
