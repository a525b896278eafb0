//! A time limit: for what, how long, from when on, by which article, and when that was in force.

use jiff::civil::Date;
use model::classification::Complexity;
use model::{Kind, Referrer, Text, code_list, day};
use serde::Deserialize;

use crate::error::LawError;
use crate::reception::{self, ReceptionRule};

code_list! {
    /// What has to be done in time.
    Step {
        /// To lodge a complaint.
        Lodging = "lodging", "Gửi khiếu nại", "Lodging a complaint";
        /// To accept the matter, or to say why not.
        Acceptance = "acceptance", "Thụ lý", "Acceptance";
        /// To look again into a denunciation that is continued.
        Review = "review", "Xem xét tố cáo tiếp", "Review of a continued denunciation";
        /// To hand it to the competent body.
        Transfer = "transfer", "Chuyển cơ quan có thẩm quyền", "Transfer to the competent body";
        /// To settle it.
        Settlement = "settlement", "Giải quyết", "Settlement";
        /// After which the decision takes effect.
        Effect = "effect", "Quyết định có hiệu lực", "Decision takes effect";
        /// To send the conclusion.
        Conclusion = "conclusion", "Gửi kết luận", "Sending the conclusion";
        /// To act on the conclusion.
        Handling = "handling", "Xử lý theo kết luận", "Acting on the conclusion";
        /// To send the decision to those concerned.
        Sending = "sending", "Gửi quyết định", "Sending the decision";
        /// To make the decision or conclusion public.
        Publication = "publication", "Công khai kết quả", "Publication";
        /// To answer who was received.
        Reply = "reply", "Trả lời người được tiếp", "Reply to the person received";
        /// To tell the referrer.
        ReferrerResult = "referrer_result", "Báo kết quả cho nơi chuyển", "Result to the referrer";
        /// For the superior to answer the Front's petition.
        SuperiorAnswer = "superior_answer", "Cấp trên trả lời kiến nghị của Mặt trận", "Superior's answer to the Front";
        /// For the referrer to tell the citizen.
        CitizenInformed = "citizen_informed", "Nơi chuyển báo cho công dân", "Referrer informs the citizen";
    }
}

code_list! {
    /// Which days count.
    Unit {
        /// Every day.
        Calendar = "calendar", "ngày", "days";
        /// Days on which offices work.
        Working = "working", "ngày làm việc", "working days";
    }
}

code_list! {
    /// What starts a limit; its day is not counted.
    Start {
        /// To learn of what is complained about.
        Knowledge = "knowledge", "ngày biết được quyết định, hành vi", "learning of the decision or act";
        /// The first decision, or the end of its term without one.
        FirstDecision = "first_decision", "ngày nhận quyết định lần đầu hoặc hết hạn mà chưa giải quyết", "the first decision, or the end of its term";
        /// The petition, or the referral, arrives.
        Receipt = "receipt", "ngày nhận", "receipt";
        /// The matter is accepted.
        Acceptance = "acceptance", "ngày thụ lý", "acceptance";
        /// The decision or conclusion is signed.
        Decision = "decision", "ngày ra quyết định, kết luận", "the decision or conclusion";
        /// The superior has decided.
        SuperiorDecision = "superior_decision", "ngày cấp trên ra quyết định", "the superior's decision";
        /// The answer arrives.
        Answer = "answer", "ngày nhận trả lời", "receipt of the answer";
    }
}

/// How long, by what the law distinguishes. Days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    /// Where nothing is special.
    pub ordinary: u16,
    /// A complicated matter.
    pub complicated: Option<u16>,
    /// An especially complicated one.
    pub especially_complicated: Option<u16>,
    /// In a remote area.
    pub remote: Option<u16>,
    /// A complicated one in a remote area.
    pub remote_complicated: Option<u16>,
    /// To be looked into at several places.
    pub several_places: Option<u16>,
}

/// What is special about a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circumstances {
    /// How complicated it is.
    pub complexity: Complexity,
    /// How often its term was extended in writing.
    pub extensions: u8,
    /// True in a remote area.
    pub remote: bool,
    /// True if it has to be looked into at several places.
    pub several_places: bool,
}

impl Circumstances {
    /// Nothing is.
    pub const ORDINARY: Self = Self {
        complexity: Complexity::Ordinary,
        extensions: 0,
        remote: false,
        several_places: false,
    };
}

/// Of what a time limit is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matter {
    /// What has to be done.
    pub step: Step,
    /// The kind of matter.
    pub kind: Kind,
    /// True for a second settlement, or a continued denunciation.
    pub second: bool,
    /// Who referred it, where it is about them.
    pub referrer: Option<Referrer>,
    /// What is special about it.
    pub circumstances: Circumstances,
}

/// A time limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name in the file.
    pub id: String,
    /// What has to be done.
    pub step: Step,
    /// Of which kinds of matter; all if empty.
    pub kinds: Vec<Kind>,
    /// Of first or second settlements alone.
    pub second: Option<bool>,
    /// Of matters referred by these alone; by whomever, or nobody, if empty.
    pub referrers: Vec<Referrer>,
    /// What starts it.
    pub from: Start,
    /// Which days count.
    pub unit: Unit,
    /// How many.
    pub days: Days,
    /// True if more days than the ordinary ones take an extension in writing, the most of all two.
    pub by_extension: bool,
    /// From when on days of suspension are not counted.
    pub suspends_from: Option<Date>,
    /// The article.
    pub article: Text,
    /// First day in force.
    pub valid_from: Date,
    /// Last day in force.
    pub valid_to: Option<Date>,
    /// True if the law's text was read.
    pub verified: bool,
}

impl Rule {
    /// How many days it gives.
    #[must_use]
    pub fn limit(&self, circumstances: &Circumstances) -> u16 {
        let Circumstances { complexity, extensions, remote, several_places } = *circumstances;
        let days = &self.days;
        if several_places && let Some(limit) = days.several_places {
            return limit;
        }
        let complexity = match extensions {
            0 if self.by_extension => Complexity::Ordinary,
            1 if self.by_extension => complexity.min(Complexity::Complicated),
            _ => complexity,
        };
        let complicated = match complexity {
            Complexity::Ordinary => None,
            Complexity::Complicated => days.complicated,
            Complexity::EspeciallyComplicated => days.especially_complicated.or(days.complicated),
        };
        let both = days.remote_complicated.filter(|_| remote && complicated.is_some());
        let remote = days.remote.filter(|_| remote);
        both.or(complicated).or(remote).unwrap_or(days.ordinary)
    }

    /// True if it was in force on `day`.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        day >= self.valid_from && self.valid_to.is_none_or(|last| day <= last)
    }

    /// True if it is about `matter`.
    #[must_use]
    pub fn is_about(&self, matter: &Matter) -> bool {
        self.step == matter.step
            && (self.kinds.is_empty() || self.kinds.contains(&matter.kind))
            && self.second.is_none_or(|second| second == matter.second)
            && (self.referrers.is_empty()
                || matter.referrer.is_some_and(|referrer| self.referrers.contains(&referrer)))
    }

    /// True if some matter has both on some day.
    fn clashes(&self, other: &Self) -> bool {
        let common = |a: &[Kind], b: &[Kind]| {
            a.is_empty() || b.is_empty() || a.iter().any(|kind| b.contains(kind))
        };
        let referrers = self.referrers.is_empty()
            || other.referrers.is_empty()
            || self.referrers.iter().any(|referrer| other.referrers.contains(referrer));
        let overlap = |a: &Self, b: &Self| b.valid_to.is_none_or(|last| a.valid_from <= last);
        self.step == other.step
            && common(&self.kinds, &other.kinds)
            && self.second.zip(other.second).is_none_or(|(a, b)| a == b)
            && referrers
            && overlap(self, other)
            && overlap(other, self)
    }
}

pub(crate) const FILE: &str = "rules.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Written>,
    #[serde(default)]
    reception: Vec<reception::Written>,
}

/// A rule as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    step: Step,
    #[serde(default)]
    kinds: Vec<Kind>,
    second: Option<bool>,
    #[serde(default)]
    referrers: Vec<Referrer>,
    from: Start,
    unit: Unit,
    days: Days,
    #[serde(default)]
    by_extension: bool,
    suspends_from: Option<String>,
    article: Text,
    valid_from: String,
    valid_to: Option<String>,
    verified: Yes,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Yes {
    Yes,
    No,
}

/// Reads the time limits, of which no two may be about the same matter on the same day, and the rules of
/// reception days.
pub(crate) fn parse(text: &str) -> Result<(Vec<Rule>, Vec<ReceptionRule>), LawError> {
    let file: File = toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let line = text.get(..start).unwrap_or(text).matches('\n').count() + 1;
        LawError::value(FILE, format!("row {line}"), error.message().to_owned())
    })?;
    let mut rules: Vec<Rule> = Vec::new();
    for written in file.rule {
        let rule = read(written)?;
        if let Some(other) = rules.iter().find(|other| other.id == rule.id || rule.clashes(other)) {
            let why = format!("it is about the same matters and days as {}", other.id);
            return Err(LawError::value(FILE, format!("rule {}", rule.id), why));
        }
        rules.push(rule);
    }
    Ok((rules, reception::read(file.reception)?))
}

/// The first and the last day in force, as they are written. `wrong` makes the error of a field.
pub(crate) fn validity(
    from: &str,
    to: Option<&str>,
    wrong: impl Fn(&str, String) -> LawError,
) -> Result<(Date, Option<Date>), LawError> {
    let day = |field: &str, text: &str| written_day(text).map_err(|why| wrong(field, why));
    let from = day("valid_from", from)?;
    let to = to.map(|text| day("valid_to", text)).transpose()?;
    if to.is_some_and(|last| last < from) {
        return Err(wrong("valid_to", "it is before valid_from".to_owned()));
    }
    Ok((from, to))
}

fn written_day(text: &str) -> Result<Date, String> {
    day::parse(text).ok_or_else(|| format!("`{text}` is no day; write \"2026-07-01\""))
}

fn read(written: Written) -> Result<Rule, LawError> {
    let id = written.id;
    let wrong =
        |field: &str, why: String| LawError::value(FILE, format!("rule {id}, {field}"), why);
    let (valid_from, valid_to) = validity(&written.valid_from, written.valid_to.as_deref(), wrong)?;
    let suspends_from = written
        .suspends_from
        .map(|text| written_day(&text).map_err(|why| wrong("suspends_from", why)))
        .transpose()?;
    if written.days.ordinary == 0 {
        return Err(wrong("days", "0 days are no time limit".to_owned()));
    }
    Ok(Rule {
        step: written.step,
        kinds: written.kinds,
        second: written.second,
        referrers: written.referrers,
        from: written.from,
        unit: written.unit,
        days: written.days,
        by_extension: written.by_extension,
        suspends_from,
        article: written.article,
        valid_from,
        valid_to,
        verified: written.verified == Yes::Yes,
        id,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = r#"
[[rule]]
id = "a"
step = "acceptance"
kinds = ["complaint"]
from = "receipt"
unit = "working"
days = { ordinary = 7 }
article = { vi = "x", en = "y" }
valid_from = "2026-07-01"
verified = "no"
"#;

    #[test]
    fn what_is_wrong_is_named_by_rule_and_field() {
        let parse = |text: &str| parse(text).map(|(rules, _)| rules);
        assert_eq!(parse(ONE).unwrap().len(), 1);
        for (text, said) in [
            (ONE.replace("\"working\"", "\"hours\""), "row 7: unknown variant `hours`"),
            (ONE.replace("2026-07-01", "1/7/2026"), "rule a, valid_from: `1/7/2026` is no day"),
            (ONE.replace("ordinary = 7", "ordinary = 0"), "rule a, days: 0 days"),
            (format!("{ONE}valid_to = \"2026-06-30\"\n"), "rule a, valid_to: it is before"),
            (format!("{ONE}colour = 1\n"), "unknown field `colour`"),
            (format!("{ONE}{}", ONE.replace("\"a\"", "\"b\"")), "rule b: it is about the same"),
        ] {
            let error = parse(&text).unwrap_err().to_string();
            assert!(error.starts_with("rules.toml, ") && error.contains(said), "{said}: {error}");
        }
        let before = ONE.replace("\"a\"", "\"b\"").replace("2026-07-01", "2020-01-01");
        let before = format!("{before}valid_to = \"2026-06-30\"\n");
        assert_eq!(parse(&format!("{ONE}{before}")).unwrap().len(), 2);
    }
}
