//! Events: days on which the law, the map or a body changed, so that figures before and after are
//! not of one kind. Charts draw them, and notes tell what they mean.
//!
//! Sources: Resolution 1686/NQ-UBTVQH15 (communes); Law on Citizen Reception 2013, article 15, and
//! Law 136/2025/QH15 (days of commune chairs); bodies as in `data/bodies.csv`.

use jiff::civil::{Date, date};

use crate::area::COMMUNES_SINCE;
use crate::body::bodies;
use crate::day;
use crate::dimension::Dim;
use crate::format;
use crate::item::Population;
use crate::locale::{Locale, Text};
use crate::period::Period;

/// The day from which commune chairs hold at least two reception days a month instead of at least
/// one a week (Law 136/2025/QH15).
pub const COMMUNE_DAYS_BY_MONTH_SINCE: Date = date(2026, 7, 1);

/// Member code of the commune committees together.
const COMMUNE_COMMITTEES: &str = "B-commune";

/// Member code of the district committees together.
const DISTRICT_COMMITTEES: &str = "B-district";

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The first day of the new state.
    pub day: Date,
    /// A few words for a drawing, which stand after the day.
    pub name: Text,
    /// More of them, for a second line; may be empty.
    pub detail: Text,
    /// What it means for the figures, in sentences; empty where the drawing says it all.
    pub note: Text,
}

impl Event {
    /// True if it falls into `period`, whose figures are then of both kinds.
    #[must_use]
    pub fn is_in(&self, period: Period) -> bool {
        (period.start()..=period.end()).contains(&self.day)
    }
}

/// The events to know when reading series of `population` for the body with the member code
/// `body`, in order.
#[must_use]
pub fn events(population: Population, body: &str) -> Vec<Event> {
    let mut all = vec![districts_end(population, body)];
    let reception = matches!(population, Population::Schedule | Population::Receptions);
    if reception && holds_commune_chairs(body) {
        all.push(commune_days());
    }
    all.extend(of_body(population, body));
    all.sort_by_key(|e| e.day);
    // What ended or began with the districts is told by their end.
    all.dedup_by_key(|e| e.day);
    all
}

/// With what it did to the last figures of district committees.
fn districts_end(population: Population, body: &str) -> Event {
    let note = match population {
        _ if !is_within(body, DISTRICT_COMMITTEES) => Text::default(),
        Population::Cases | Population::Referrals => Text::new(
            "UBND cấp huyện hoạt động đến ngày 30/06/2025. Vụ việc tính cho cơ quan có thẩm quyền \
             vào ngày cuối kỳ: vụ việc của quý III, của 9 tháng và của cả năm 2025 vì vậy tính cho \
             UBND cấp xã, ở đây bằng 0 (trừ số đầu kỳ và số chuyển giao).",
            "District committees existed until 30 June 2025. Cases count at the body competent on the \
             last day of the period: those of Q3, of the nine months and of the year 2025 count at \
             the commune committees and are zero here (but for the opening and what was handed over).",
        ),
        Population::Schedule | Population::Receptions => Text::new(
            "UBND cấp huyện hoạt động đến ngày 30/06/2025: quý III/2025 chỉ tính đến ngày ấy.",
            "District committees existed until 30 June 2025: Q3 2025 counts up to that day only.",
        ),
        _ => Text::default(),
    };
    Event {
        day: COMMUNES_SINCE,
        name: Text::new("bỏ cấp huyện", "districts end"),
        detail: Text::new("từ 547 còn 166 xã, phường", "from 547 communes to 166"),
        note,
    }
}

fn commune_days() -> Event {
    let day = |locale| format::date(COMMUNE_DAYS_BY_MONTH_SINCE, locale);
    Event {
        day: COMMUNE_DAYS_BY_MONTH_SINCE,
        name: Text::new("Luật số 136/2025/QH15", "Law 136/2025/QH15"),
        detail: Text::new(
            "cấp xã: 2 ngày/tháng thay 1 ngày/tuần",
            "communes: twice a month, not weekly",
        ),
        note: Text::new(
            format!(
                "Từ ngày {}, Chủ tịch UBND cấp xã tiếp công dân ít nhất 2 ngày mỗi tháng (Luật số \
                 136/2025/QH15); trước đó ít nhất 1 ngày mỗi tuần (Luật Tiếp công dân, Điều 15). Số \
                 kỳ phải thực hiện vì vậy ít đi.",
                day(Locale::Vi)
            ),
            format!(
                "Since {} commune chairs have to receive citizens on at least 2 days a month (Law \
                 136/2025/QH15); before, on at least 1 day a week (Law on Citizen Reception, article \
                 15). Hence fewer days are due.",
                day(Locale::En)
            ),
        ),
    }
}

/// True if commune chairs are among the heads of `body`.
fn holds_commune_chairs(body: &str) -> bool {
    body == Dim::Body.total() || is_within(body, COMMUNE_COMMITTEES)
}

/// True if `body` is `whole` or a part of it.
fn is_within(body: &str, whole: &str) -> bool {
    let members = Dim::Body.members();
    let up = |code: &&str| members.get(code).and_then(|m| m.parent.as_deref());
    std::iter::successors(Some(body), up).any(|code| code == whole)
}

/// The founding, the end and the mergers of `body`.
fn of_body(population: Population, body: &str) -> Vec<Event> {
    let all = bodies();
    let named = |code: &str, locale| Dim::Body.members().name(code, locale).to_owned();
    let plain = |vi: &str, en: &str, day: Date, note: Text| Event {
        day,
        name: Text::new(vi, en),
        detail: Text::default(),
        note,
    };
    let written = |day: Date| [Locale::Vi, Locale::En].map(|l| format::date(day, l));
    let mut out = Vec::new();
    let own = all.iter().find(|b| b.code == body);
    if let Some(day) = own.and_then(|b| b.valid_from) {
        let [vi, en] = written(day);
        let (more_vi, more_en) = match population {
            Population::Cases => (
                " Vụ việc tính cho cơ quan có thẩm quyền vào ngày cuối kỳ, nên kỳ đầu tiên gồm cả \
                 vụ việc tiếp nhận trước đó trong kỳ.",
                " Cases count at the body competent on the last day, so its first period holds those \
                 received earlier in it as well.",
            ),
            Population::Schedule | Population::Receptions => (
                " Kỳ đầu tiên chỉ tính từ ngày ấy.",
                " Its first period counts from that day on only.",
            ),
            _ => ("", ""),
        };
        let note = Text::new(
            format!("Thành lập ngày {vi}.{more_vi}"),
            format!("Established on {en}.{more_en}"),
        );
        out.push(plain("thành lập", "established", day, note));
    }
    let taken_over = all.iter().filter(|b| b.successor.as_deref() == Some(body));
    for (before, last) in taken_over.filter_map(|b| Some((b, b.valid_to?))) {
        let day = day::after(last, 1);
        if out.iter().any(|e| e.day == day) {
            continue;
        }
        let [vi, en] = written(day);
        // Dong Son counts with the city of Thanh Hoa throughout.
        let counted_here = before.unit == body;
        let (name, note) = if counted_here {
            let note = Text::new(
                format!("{} nhập vào từ ngày {vi}; số trước đó đã gồm cả hai.", before.name_vi),
                format!("The {} joined it on {en}; earlier figures are of both.", before.name_en),
            );
            ("sáp nhập", note)
        } else {
            let note = Text::new(
                format!("Từ ngày {vi} nhận vụ việc đang giải quyết của {}.", before.name_vi),
                format!("Since {en} it has had the open cases of the {}.", before.name_en),
            );
            ("hợp nhất", note)
        };
        out.push(plain(name, "merger", day, note));
    }
    if let Some((last, b)) = own.and_then(|b| Some((b.valid_to?, b))) {
        let [vi, en] = written(last);
        let (mut vi, mut en) =
            (format!("Hoạt động đến ngày {vi}."), format!("It existed until {en}."));
        if let Some(to) = &b.successor {
            vi.push_str(&format!(" Vụ việc đang giải quyết chuyển cho {}.", named(to, Locale::Vi)));
            en.push_str(&format!(" Its open cases passed to the {}.", named(to, Locale::En)));
        }
        let day = day::after(last, 1);
        out.push(plain("kết thúc hoạt động", "ends", day, Text::new(vi, en)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(population: Population, body: &str) -> Vec<String> {
        events(population, body).iter().map(|e| e.day.to_string()).collect()
    }

    #[test]
    fn the_law_on_commune_chairs_concerns_their_days_and_no_other_figures() {
        let law = COMMUNE_DAYS_BY_MONTH_SINCE.to_string();
        for body in ["all", "B-commune", "B-commune-coast", "UBNDX-384", "UBND-14845"] {
            assert!(days(Population::Schedule, body).contains(&law), "{body}");
            assert!(!days(Population::Cases, body).contains(&law), "{body}");
        }
        for body in ["B-province", "SXD", "UBND-384"] {
            assert!(!days(Population::Schedule, body).contains(&law), "{body}");
        }
    }

    #[test]
    fn a_body_shows_when_it_began_ended_or_took_another_one_over() {
        assert_eq!(days(Population::Cases, "SNNMT"), ["2025-03-01", "2025-07-01"]);
        assert_eq!(days(Population::Cases, "STNMT"), ["2025-03-01", "2025-07-01"]);
        assert_eq!(days(Population::Cases, "SNV"), ["2025-03-01", "2025-07-01"]);
        assert_eq!(days(Population::Cases, "SXD"), ["2025-07-01"]);
        assert_eq!(days(Population::Schedule, "UBND-380"), ["2025-01-01", "2025-07-01"]);
        // District committees end, and commune committees begin, with the districts.
        assert_eq!(days(Population::Cases, "UBND-384"), ["2025-07-01"]);
        assert_eq!(days(Population::Cases, "UBND-14845"), ["2025-07-01"]);
        let merged = events(Population::Cases, "SNV");
        assert!(merged[0].note.get(Locale::Vi).contains("Sở Lao động"), "{merged:?}");
        for body in ["UBND-384", "B-district-coast"] {
            let ended = events(Population::Cases, body);
            let note = ended[0].note.get(Locale::En);
            assert!(note.contains("are zero here"), "{body}: {note}");
        }
        let others = events(Population::Cases, "SXD");
        assert!(others[0].note.get(Locale::En).is_empty(), "{others:?}");
        let ended = events(Population::Cases, "STNMT");
        assert!(ended[0].note.get(Locale::En).contains("28 February 2025"), "{ended:?}");
    }
}
