//! Rates: one published item as a share of another that contains it. A rate is not published
//! itself: it is formed from two figures that are both shown, and stands beside its denominator.

use crate::classification::code_list;
use crate::item::{Item, Unit};

code_list! {
    /// A share that readers ask for.
    Rate {
        /// Settled, of what was to be settled.
        Settled = "settled_of_workload", "Tỷ lệ đã giải quyết trên số phải giải quyết", "Share settled of cases to be settled";
        /// Ended, of what was to be settled.
        Ended = "ended_of_workload", "Tỷ lệ đã kết thúc trên số phải giải quyết", "Share ended of cases to be settled";
        /// Settled by the due date, of settled or overdue: what is left open past its due date is among it.
        OnTime = "on_time_of_settled_or_overdue", "Tỷ lệ đúng hạn trong số đã giải quyết hoặc quá hạn", "Share on time of cases settled or overdue";
        /// Settled by the due date, of settled: as official reports have it.
        OnTimeOfSettled = "on_time_of_settled", "Tỷ lệ đúng hạn trong số đã giải quyết", "Share of settled cases settled on time";
        /// Settled by the due date, of what was to be settled: neither leaving a case open nor withdrawing
        /// it makes the share better.
        OnTimeOfWorkload = "on_time_of_workload", "Tỷ lệ giải quyết đúng hạn trên số phải giải quyết", "Share settled on time of cases to be settled";
        /// The same of a body, to which others transfer cases.
        OnTimeOfBody = "on_time_of_body_workload", "Tỷ lệ giải quyết đúng hạn trên số cơ quan phải giải quyết", "Share settled on time of cases that the body had to settle";
        /// Ended, of what a body had to settle.
        EndedOfBody = "ended_of_body_workload", "Tỷ lệ đã kết thúc trên số cơ quan phải giải quyết", "Share ended of cases that the body had to settle";
        /// Past the due date, of what is still open.
        Overdue = "overdue_of_closing", "Tỷ lệ quá hạn trong số còn đang giải quyết", "Share of open cases that are overdue";
        /// Settled within 30 days, of settled.
        Within30Days = "days_30_of_settled", "Tỷ lệ giải quyết trong 30 ngày", "Share of settled cases settled within 30 days";
        /// Not ended within 180 days, of what entered two quarters before.
        FollowedOpen = "open_of_followed", "Tỷ lệ chưa kết thúc sau 180 ngày", "Share not ended within 180 days";
        /// Found right, of settled.
        FoundRight = "found_right_of_settled", "Tỷ lệ kết luận đúng trong số đã giải quyết", "Share of settled cases found well-founded";
        /// Found partly right, of settled.
        FoundPartly = "found_partly_of_settled", "Tỷ lệ kết luận đúng một phần trong số đã giải quyết", "Share of settled cases found partly well-founded";
        /// Found wrong, of settled.
        FoundWrong = "found_wrong_of_settled", "Tỷ lệ kết luận sai trong số đã giải quyết", "Share of settled cases found unfounded";
        /// First decision annulled or amended, of second settlements.
        Overturned = "overturned_of_settled_second", "Tỷ lệ hủy, sửa quyết định lần đầu trong số giải quyết lần hai", "Share of second settlements that annulled or amended the first decision";
        /// After a dialogue, of second settlements.
        DialogueHeld = "dialogue_of_settled_second", "Tỷ lệ có đối thoại trong số giải quyết lần hai", "Share of second settlements with a dialogue";
        /// Brought by five people or more together, of received.
        Mass = "mass_of_entered", "Tỷ lệ vụ việc đông người", "Share of mass cases";
        /// Sent above the competent level, of received.
        OverLevel = "over_level_of_entered", "Tỷ lệ vụ việc vượt cấp", "Share of cases lodged above the competent level";
        /// On the body's list of backlogged cases, of what is still open.
        Prolonged = "prolonged_of_closing", "Tỷ lệ kéo dài trong số còn đang giải quyết", "Share of open cases that are prolonged";
        /// Carried out, of decisions to carry out.
        Implemented = "done_of_implementation_due", "Tỷ lệ quyết định đã thi hành xong", "Share of decisions carried out";
        /// Processed, of petitions received.
        PetitionsProcessed = "processed_of_petitions", "Tỷ lệ đơn đã xử lý", "Share of petitions processed";
        /// Eligible, of petitions processed.
        PetitionsEligible = "eligible_of_processed", "Tỷ lệ đơn đủ điều kiện xử lý", "Share of processed petitions that are eligible";
        /// Brought before, of matters brought to receptions.
        MattersRepeat = "repeat_of_matters", "Tỷ lệ vụ việc tiếp nhiều lần", "Share of matters brought before";
        /// Held by the head, of reception days required.
        DaysHead = "head_of_days_required", "Tỷ lệ kỳ tiếp do người đứng đầu trực tiếp", "Share of reception days held by the head";
        /// Missed, of reception days required.
        DaysMissed = "missed_of_days_required", "Tỷ lệ kỳ tiếp không thực hiện", "Share of reception days missed";
        /// Not reported, of reception days required.
        DaysUnreported = "unreported_of_days_required", "Tỷ lệ kỳ tiếp không báo cáo", "Share of reception days not reported";
        /// Acknowledged, of referred.
        Acknowledged = "acknowledged_of_referred", "Tỷ lệ đã phúc đáp", "Share of referred matters replied to";
        /// Accepted for settlement, of referred.
        ReferralAccepted = "accepted_of_referred", "Tỷ lệ đã thụ lý trong số được chuyển đến", "Share of referred matters accepted";
        /// Settled, of referred.
        ReferralSettled = "settled_of_referred", "Tỷ lệ đã giải quyết trong số được chuyển đến", "Share of referred matters settled";
        /// The referrer was told the result, of settled.
        Notified = "notified_of_settled", "Tỷ lệ đã báo kết quả cho nơi chuyển", "Share of settled matters whose referrer was notified";
        /// Answered by the superior, of what the Front petitioned.
        SuperiorAnswered = "answered_of_petitioned", "Tỷ lệ cấp trên đã trả lời Mặt trận", "Share of the Front’s petitions that the superior answered";
        /// Answered in time by the superior, of what the Front petitioned.
        SuperiorInTime = "in_time_of_petitioned", "Tỷ lệ cấp trên đã trả lời đúng hạn trong số Mặt trận kiến nghị (gồm cả chưa quyết định)", "Share of the Front’s petitions that the superior has answered in time (those not decided included)";
        /// Answered in time, of what the law wants answered; what is overdue is among it.
        AnsweredInTime = "in_time_of_answers_required", "Tỷ lệ trả lời nơi chuyển đúng hạn", "Share of answers to referrers given in time";
        /// Not answered past the law's day, of what it wants answered.
        AnswerOverdue = "overdue_of_answers_required", "Tỷ lệ quá hạn chưa trả lời nơi chuyển", "Share of answers to referrers overdue";
        /// Recovered, of the money to be recovered.
        MoneyRecovered = "done_of_money_recovered", "Tỷ lệ tiền đã thu hồi cho Nhà nước", "Share of the money recovered for the State";
        /// Recovered, of the land to be recovered.
        LandRecovered = "done_of_land_recovered", "Tỷ lệ đất đã thu hồi cho Nhà nước", "Share of the land recovered for the State";
        /// Returned, of the money to be returned.
        MoneyReturned = "done_of_money_returned", "Tỷ lệ tiền đã trả lại cho tổ chức, cá nhân", "Share of the money returned to people and organisations";
        /// Returned, of the land to be returned.
        LandReturned = "done_of_land_returned", "Tỷ lệ đất đã trả lại cho tổ chức, cá nhân", "Share of the land returned to people and organisations";
        /// Handled, of those recommended for administrative handling.
        OfficialsDisciplined = "done_of_officials_disciplined", "Tỷ lệ người bị kiến nghị đã bị xử lý hành chính", "Share of people recommended for administrative handling who were handled";
    }
}

use Item as I;

impl Rate {
    /// What the share consists of.
    #[must_use]
    pub const fn numerator(self) -> Item {
        self.parts().0
    }

    /// What it is a share of; it contains the numerator.
    #[must_use]
    pub const fn denominator(self) -> Item {
        self.parts().1
    }

    const fn parts(self) -> (Item, Item) {
        match self {
            Self::Settled => (I::Settled, I::Workload),
            Self::Ended => (I::Ended, I::Workload),
            Self::OnTime => (I::SettledOnTime, I::SettledOrOverdue),
            Self::OnTimeOfSettled => (I::SettledOnTime, I::Settled),
            Self::OnTimeOfWorkload => (I::SettledOnTime, I::Workload),
            Self::OnTimeOfBody => (I::SettledOnTime, I::BodyWorkload),
            Self::EndedOfBody => (I::Ended, I::BodyWorkload),
            Self::Overdue => (I::OpenOverdue, I::Closing),
            Self::Within30Days => (I::Days30, I::Settled),
            Self::FollowedOpen => (I::FollowedOpen, I::Followed),
            Self::FoundRight => (I::FoundRight, I::Settled),
            Self::FoundPartly => (I::FoundPartly, I::Settled),
            Self::FoundWrong => (I::FoundWrong, I::Settled),
            Self::Overturned => (I::Overturned, I::SettledSecond),
            Self::DialogueHeld => (I::DialogueHeld, I::SettledSecond),
            Self::Mass => (I::Mass, I::Entered),
            Self::OverLevel => (I::OverLevel, I::Entered),
            Self::Prolonged => (I::Prolonged, I::Closing),
            Self::Implemented => (I::ImplementationDone, I::ImplementationDue),
            Self::PetitionsProcessed => (I::PetitionsProcessed, I::PetitionsReceived),
            Self::PetitionsEligible => (I::PetitionsEligible, I::PetitionsProcessed),
            Self::MattersRepeat => (I::MattersRepeat, I::Matters),
            Self::DaysHead => (I::DaysHead, I::DaysRequired),
            Self::DaysMissed => (I::DaysMissed, I::DaysRequired),
            Self::DaysUnreported => (I::DaysUnreported, I::DaysRequired),
            Self::Acknowledged => (I::Acknowledged, I::Referred),
            Self::ReferralAccepted => (I::ReferralAccepted, I::Referred),
            Self::ReferralSettled => (I::ReferralSettled, I::Referred),
            Self::Notified => (I::Notified, I::ReferralSettled),
            Self::AnsweredInTime => (I::AnsweredInTime, I::AnswerRequired),
            Self::AnswerOverdue => (I::AnswerOverdue, I::AnswerRequired),
            Self::SuperiorAnswered => (I::SuperiorAnswered, I::Petitioned),
            Self::SuperiorInTime => (I::SuperiorInTime, I::Petitioned),
            Self::MoneyRecovered => (I::MoneyRecoveredDone, I::MoneyRecovered),
            Self::LandRecovered => (I::LandRecoveredDone, I::LandRecovered),
            Self::MoneyReturned => (I::MoneyReturnedDone, I::MoneyReturned),
            Self::LandReturned => (I::LandReturnedDone, I::LandReturned),
            Self::OfficialsDisciplined => (I::OfficialsDisciplinedDone, I::OfficialsDisciplined),
        }
    }

    /// What has to stand beside the rate, because it says nothing of it: a share of the settled
    /// cases leaves out those that are open past their due date.
    #[must_use]
    pub const fn beside(self) -> Option<Item> {
        match self {
            Self::OnTime | Self::OnTimeOfSettled => Some(I::OpenOverdue),
            _ => None,
        }
    }

    /// True if it is a share of things that each are counted or not, of which chance alone makes some more
    /// and some fewer; false of a share of an amount.
    #[must_use]
    pub const fn is_of_counts(self) -> bool {
        !matches!(self.denominator().unit(), Unit::MillionVnd | Unit::SquareMetre)
    }

    /// The rates that can be formed from `items`, in the order of the list.
    pub fn among(items: &[Item]) -> impl Iterator<Item = Self> {
        let has = |item: Item| items.contains(&item);
        Self::ALL.iter().copied().filter(move |r| has(r.numerator()) && has(r.denominator()))
    }

    /// The rate that has `item` as its numerator; of several, the first of the list.
    #[must_use]
    pub fn of(item: Item) -> Option<Self> {
        Self::ALL.iter().copied().find(|r| r.numerator() == item)
    }
}

/// Bounds of a share, each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// The quantile of the standard normal distribution for a two-sided interval of 95 %.
pub(crate) const Z: f64 = 1.959_963_984_540_054;

/// The 95 % score interval of the share of `numerator` in `denominator` (E. B. Wilson, "Probable
/// inference, the law of succession, and statistical inference", Journal of the American
/// Statistical Association 22, 1927, pages 209–212), without correction for continuity. It says how
/// far a share of so few would vary by chance alone. `None` if the denominator is not positive or
/// the numerator is no part of it.
///
/// # Example
///
/// ```
/// let interval = model::rate::wilson(81, 263).unwrap();
/// assert_eq!(format!("{:.4} {:.4}", interval.low, interval.high), "0.2553 0.3662");
/// ```
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub fn wilson(numerator: i64, denominator: i64) -> Option<Interval> {
    if denominator <= 0 || !(0..=denominator).contains(&numerator) {
        return None;
    }
    let (n, share) = (denominator as f64, numerator as f64 / denominator as f64);
    let z2 = Z * Z;
    let centre = share + z2 / (2.0 * n);
    let spread = Z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z2 / n;
    // At the ends the bound is exactly 0 or 1; floating point may miss it by a hair.
    let low = if numerator == 0 { 0.0 } else { (centre - spread) / whole };
    let high = if numerator == denominator { 1.0 } else { (centre + spread) / whole };
    Some(Interval { low, high })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// True if `item` is `whole` or a part of it, over however many steps.
    fn is_within(item: Item, whole: Item) -> bool {
        item == whole || whole.parts().iter().flat_map(|p| p.iter()).any(|&p| is_within(item, p))
    }

    #[test]
    fn what_a_share_consists_of_is_part_of_what_it_is_a_share_of() {
        for &rate in Rate::ALL {
            let (numerator, denominator) = (rate.numerator(), rate.denominator());
            assert_ne!(numerator, denominator, "{}", rate.code());
            assert!(is_within(numerator, denominator), "{}", rate.code());
            assert_eq!(numerator.unit(), denominator.unit(), "{}", rate.code());
        }
    }

    #[test]
    fn no_two_rates_are_the_same_share() {
        for (i, a) in Rate::ALL.iter().enumerate() {
            for b in &Rate::ALL[i + 1..] {
                assert_ne!(a.parts(), b.parts());
                assert_ne!(a.code(), b.code());
            }
        }
    }

    #[test]
    fn a_table_without_the_denominator_has_no_rate() {
        let items = [Item::SettledOnTime, Item::SettledLate];
        assert_eq!(Rate::among(&items).count(), 0);
        let items = [Item::Settled, Item::SettledOnTime];
        assert_eq!(Rate::among(&items).collect::<Vec<_>>(), [Rate::OnTimeOfSettled]);
    }

    /// R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in
    /// Medicine 17, 1998, pages 857–872, table I, method 3.
    #[test]
    fn the_interval_is_that_of_published_examples() {
        let published = [
            (81, 263, "0.2553", "0.3662"),
            (15, 148, "0.0624", "0.1605"),
            (0, 20, "0.0000", "0.1611"),
            (1, 29, "0.0061", "0.1718"),
        ];
        for (numerator, denominator, low, high) in published {
            let interval = wilson(numerator, denominator).unwrap();
            let bounds = [interval.low, interval.high].map(|b| format!("{b:.4}"));
            assert_eq!(bounds, [low, high], "{numerator}/{denominator}");
        }
    }

    #[test]
    fn a_share_of_nothing_has_no_interval() {
        assert_eq!([(0, 0), (1, -3), (4, 3), (-1, 3)].map(|(n, of)| wilson(n, of)), [None; 4]);
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_share_and_stays_within_0_and_1(of in 1_i64..100_000, part in 0.0_f64..=1.0) {
            #[expect(clippy::cast_possible_truncation, reason = "within the denominator")]
            let numerator = (of as f64 * part) as i64;
            let Interval { low, high } = wilson(numerator, of).unwrap();
            let share = numerator as f64 / of as f64;
            prop_assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
        }

        #[test]
        fn more_cases_make_the_interval_narrower(numerator in 0_i64..500, more in 0_i64..500) {
            let of = (numerator + more).max(1);
            let width = |k: i64| wilson(numerator * k, of * k).map(|i| i.high - i.low).unwrap();
            prop_assert!(width(2) < width(1));
        }

        #[test]
        fn the_rest_has_the_mirrored_interval(numerator in 0_i64..500, more in 1_i64..500) {
            let of = numerator + more;
            let (one, other) = (wilson(numerator, of).unwrap(), wilson(more, of).unwrap());
            prop_assert!((one.low + other.high - 1.0).abs() < 1e-12);
        }
    }
}
