//! The numbers that a text claims: how large, how exactly, of what. Numbers of articles, dates and
//! periods are none.

use model::Unit;

use super::token::Token;

/// How exactly a number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Saying {
    /// To the unit.
    Exactly,
    /// Rounded: `khoảng 3.200`, `3,2 nghìn`.
    About,
    /// Rounded down: `hơn 3.200`.
    MoreThan,
    /// Rounded up: `gần 3.300`.
    LessThan,
}

/// A number that is claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// As it is written.
    pub(super) text: String,
    /// Where it stands among the words.
    pub(super) at: usize,
    /// How large.
    pub(super) value: i64,
    /// The value of its last digit that is not zero, or of the last one written before `nghìn`.
    pub(super) step: i64,
    /// How exactly.
    pub(super) saying: Saying,
    /// What it counts, if that stands directly after it.
    pub(super) unit: Option<Unit>,
}

impl Number {
    /// True if `value` is what is said, to the unit.
    pub(super) fn is(&self, value: i64) -> bool {
        self.saying == Saying::Exactly && self.value == value
    }

    /// True if it is an honest rounding of `value`.
    pub(super) fn rounds(&self, value: i64) -> bool {
        let (low, high) =
            (self.value.saturating_sub(self.step), self.value.saturating_add(self.step));
        match self.saying {
            Saying::Exactly => false,
            Saying::About => (value - self.value).saturating_abs().saturating_mul(2) <= self.step,
            Saying::MoreThan => self.value < value && value < high,
            Saying::LessThan => low < value && value < self.value,
        }
    }

    /// The smallest and the largest value for which it can stand.
    pub(super) fn range(&self) -> (i64, i64) {
        match self.saying {
            Saying::Exactly => (self.value, self.value),
            _ => (self.value.saturating_sub(self.step), self.value.saturating_add(self.step)),
        }
    }
}

/// The numbers in `tokens` but for those `used` for something else, from left to right.
pub(super) fn numbers(tokens: &[Token], used: &[bool]) -> Vec<Number> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let read = if used[at] {
            None
        } else {
            in_digits(tokens, at).or_else(|| in_words(tokens, used, at))
        };
        let Some(Read { value, step, exact, next }) = read else {
            at += 1;
            continue;
        };
        if is_count(tokens, at, next) {
            let (saying, from) = saying(tokens, at);
            let saying = if saying == Saying::Exactly && !exact { Saying::About } else { saying };
            let text =
                tokens[from..next].iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join(" ");
            out.push(Number { text, at, value, step, saying, unit: unit(&tokens[next..]) });
        }
        at = next;
    }
    out
}

/// A number as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Read {
    value: i64,
    step: i64,
    /// False if it was written with `nghìn` after decimals: such a number is rounded.
    exact: bool,
    /// The token after it.
    next: usize,
}

/// `1.234`, `1,234`, `1 234`, `10,8 nghìn`.
fn in_digits(tokens: &[Token], at: usize) -> Option<Read> {
    let first = tokens.get(at).filter(|t| t.is_number())?;
    let (mut whole, decimals) = digits(&first.text)?;
    let mut next = at + 1;
    let plain = |t: &Token| t.text.bytes().all(|b| b.is_ascii_digit());
    // Groups with spaces between them.
    if plain(first) && first.text.len() <= 3 {
        while tokens.get(next).is_some_and(|t| plain(t) && t.text.len() == 3)
            && tokens[next].before.is_none()
            && tokens[next - 1].after.is_none()
        {
            whole.push_str(&tokens[next].text);
            next += 1;
        }
    }
    // "triệu đồng" is a unit of count.
    let counted = unit(&tokens[next..]).is_some();
    let scale = tokens.get(next).filter(|_| !counted).and_then(|t| scale(&t.text));
    next += usize::from(scale.is_some());
    let unit = scale.unwrap_or(1) / 10i64.checked_pow(u32::try_from(decimals.len()).ok()?)?;
    if unit == 0 || whole.len() + decimals.len() > 15 {
        return None;
    }
    let written: i64 = format!("{whole}{decimals}").parse().ok()?;
    let value = written.checked_mul(unit)?;
    let step = if scale.is_some() { unit } else { last_digit(value) };
    Some(Read { value, step, exact: scale.is_none(), next })
}

/// The digits before and after the decimal sign.
fn digits(text: &str) -> Option<(String, String)> {
    let parts: Vec<&str> = text.split(['.', ',']).collect();
    if parts.iter().any(|p| p.is_empty() || !p.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let signs: Vec<char> = text.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let group = |p: &&str| p.len() == 3;
    Some(match (parts.as_slice(), signs.as_slice()) {
        ([whole], _) => ((*whole).to_owned(), String::new()),
        // Groups of three: counts have no three decimals.
        ([first, rest @ ..], signs)
            if first.len() <= 3
                && rest.iter().all(group)
                && signs.windows(2).all(|w| w[0] == w[1]) =>
        {
            (parts.concat(), String::new())
        }
        ([whole @ .., decimals], [groups @ .., last])
            if groups.iter().all(|sign| sign != last) && whole.iter().skip(1).all(group) =>
        {
            (whole.concat(), (*decimals).to_owned())
        }
        _ => return None,
    })
}

fn scale(word: &str) -> Option<i64> {
    match word {
        "nghìn" | "ngàn" | "nghin" | "ngan" | "thousand" => Some(1_000),
        "triệu" | "trieu" | "million" => Some(1_000_000),
        _ => None,
    }
}

/// The value of the last digit that is not zero; 1 for zero.
fn last_digit(value: i64) -> i64 {
    let mut step = 1;
    while value != 0 && value % (step * 10) == 0 {
        step *= 10;
    }
    step
}

/// A word of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    /// 1 to 9.
    Digit(i64),
    /// 10 to 19, or an English ten: it stands where digits do.
    Teen(i64),
    /// `mươi` after a digit.
    Tens,
    /// `trăm`, `hundred`.
    Hundred,
    /// `nghìn`, `triệu`.
    Scale(i64),
    /// `linh`, `lẻ`, `and`.
    Filler,
}

fn word(text: &str) -> Option<Word> {
    const ONES: [&[&str]; 9] = [
        &["một", "mốt", "one"],
        &["hai", "two"],
        &["ba", "three"],
        &["bốn", "tư", "four"],
        &["năm", "lăm", "five"],
        &["sáu", "six"],
        &["bảy", "bẩy", "seven"],
        &["tám", "eight"],
        &["chín", "nine"],
    ];
    const TEENS: [&str; 10] = [
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] =
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let numbered = |at: usize| i64::try_from(at).unwrap_or(0);
    if let Some(at) = ONES.iter().position(|names| names.contains(&text)) {
        return Some(Word::Digit(numbered(at) + 1));
    }
    if let Some(at) = TEENS.iter().position(|name| *name == text) {
        return Some(Word::Teen(numbered(at) + 10));
    }
    if let Some(at) = TENS.iter().position(|name| *name == text) {
        return Some(Word::Teen((numbered(at) + 2) * 10));
    }
    match text {
        "mười" => Some(Word::Teen(10)),
        "mươi" => Some(Word::Tens),
        "trăm" | "hundred" => Some(Word::Hundred),
        "linh" | "lẻ" | "and" => Some(Word::Filler),
        other => scale(other).map(Word::Scale),
    }
}

/// `ba nghìn hai trăm bốn mươi lăm`, `twelve`. With diacritics, for without them they are other words;
/// a single word only before what it counts.
fn in_words(tokens: &[Token], used: &[bool], at: usize) -> Option<Read> {
    let (mut total, mut below, mut digit): (i64, i64, Option<i64>) = (0, 0, None);
    let mut next = at;
    let mut words = 0;
    while let Some(word) = tokens.get(next).filter(|_| !used[next]).and_then(|t| word(&t.text)) {
        match word {
            Word::Filler if words > 0 && digit.is_none() => {}
            // Two digits in a row are no number.
            Word::Digit(n) if digit.is_none() => digit = Some(n),
            Word::Teen(n) if digit.is_none() => below += n,
            Word::Tens => below += digit.take()? * 10,
            Word::Hundred => below += digit.take()? * 100,
            Word::Scale(scale) if below + digit.unwrap_or(0) > 0 => {
                total += (below + digit.take().unwrap_or(0)) * scale;
                below = 0;
            }
            _ => break,
        }
        words += 1;
        next += 1;
    }
    let value = total + below + digit.unwrap_or(0);
    let counts = unit(&tokens[next.min(tokens.len())..]).is_some();
    // "năm" alone is a year.
    let alone = words == 1 && counts && tokens[at].text != "năm";
    let whole = value > 0 && (words > 1 || alone);
    whole.then(|| Read { value, step: last_digit(value), exact: true, next })
}

/// True if the number at `at..next` counts something: it is no article, date, length of time, share or
/// number of places.
fn is_count(tokens: &[Token], at: usize, next: usize) -> bool {
    const NAMED: [&str; 24] = [
        "dieu",
        "khoan",
        "diem",
        "chuong",
        "quy",
        "thang",
        "ngay",
        "luat",
        "lenh",
        "phu",
        "muc",
        "so",
        "ky",
        "thu",
        "lan",
        "article",
        "clause",
        "law",
        "decree",
        "circular",
        "no",
        "section",
        "quarter",
        "paragraph",
    ];
    const PLACES: [&str; 11] = [
        "huyen",
        "xa",
        "phuong",
        "tinh",
        "so",
        "nganh",
        "co",
        "districts",
        "communes",
        "wards",
        "bodies",
    ];
    const TIMES: [&str; 12] = [
        "thang", "ngay", "nam", "gio", "tuan", "months", "month", "days", "day", "years", "year",
        "weeks",
    ];
    let glued = |c: Option<char>| c.is_some_and(|c| matches!(c, '/' | '-' | '–' | '%'));
    let (first, last) = (&tokens[at], &tokens[next - 1]);
    // What stands behind a comma or a full stop belongs to something else.
    let after = tokens.get(next).filter(|_| last.after.is_none());
    let after = after.map_or("", |t| t.folded.as_str());
    let share = after == "phan" && tokens.get(next + 1).is_some_and(|t| t.folded == "tram")
        || matches!(after, "percent" | "per");
    let unit = unit(&tokens[next..]);
    // "kỳ 12" is a number of something, "cuối kỳ 12 vụ" a count.
    let named = unit.is_none()
        && at.checked_sub(1).is_some_and(|before| NAMED.contains(&tokens[before].folded.as_str()));
    let days = unit == Some(Unit::Day);
    !(glued(first.before)
        || glued(last.after)
        || share
        || named
        || PLACES.contains(&after)
        || (TIMES.contains(&after) && !days))
}

/// How exactly the number at `at` is meant, and where that begins to be said.
fn saying(tokens: &[Token], at: usize) -> (Saying, usize) {
    let back = |n: usize| at.checked_sub(n).map_or("", |i| tokens[i].folded.as_str());
    let saying = match (back(2), back(1)) {
        ("more", "than") | ("nhieu", "hon") => return (Saying::MoreThan, at - 2),
        ("less", "than") | ("fewer", "than") => return (Saying::LessThan, at - 2),
        ("xap", "xi") => return (Saying::About, at - 2),
        (_, "hon" | "tren" | "over") => Saying::MoreThan,
        (_, "gan" | "nearly" | "almost" | "duoi" | "under") => Saying::LessThan,
        (_, "khoang" | "about" | "around" | "approximately" | "roughly" | "chung") => Saying::About,
        _ => return (Saying::Exactly, at),
    };
    (saying, at - 1)
}

/// The unit that the next words name.
pub(super) fn unit(tokens: &[Token]) -> Option<Unit> {
    let next = |n: usize| tokens.get(n).map_or("", |t| t.folded.as_str());
    match (next(0), next(1)) {
        ("vu" | "viec" | "case" | "cases", _) => Some(Unit::Case),
        ("don" | "petition" | "petitions", _) | ("la", "don") => Some(Unit::Petition),
        ("luot" | "visit" | "visits", _) => Some(Unit::Visit),
        ("nguoi" | "people" | "person" | "persons", _) => Some(Unit::Person),
        ("doan" | "delegation" | "delegations", _) => Some(Unit::Delegation),
        ("ky" | "ngay" | "buoi", "tiep") | ("reception", "days" | "day") => Some(Unit::Day),
        ("trieu", "dong") | ("million", "vnd" | "dong") => Some(Unit::MillionVnd),
        ("m2" | "m²", _) | ("square", "metres" | "meters") => Some(Unit::SquareMetre),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn found(text: &str) -> Vec<(i64, i64, Saying)> {
        let tokens = tokens(text);
        let used = vec![false; tokens.len()];
        numbers(&tokens, &used).into_iter().map(|n| (n.value, n.step, n.saying)).collect()
    }

    #[test]
    fn counts_are_read_in_every_way_of_writing() {
        use Saying::{About, Exactly, LessThan, MoreThan};
        for (text, value, step, saying) in [
            ("3245", 3245, 1, Exactly),
            ("3.245", 3245, 1, Exactly),
            ("3,245", 3245, 1, Exactly),
            ("3 245 đơn", 3245, 1, Exactly),
            ("1.234.567", 1_234_567, 1, Exactly),
            ("hơn 3.200 đơn", 3200, 100, MoreThan),
            ("gần 11 nghìn", 11_000, 1_000, LessThan),
            ("10,8 nghìn đơn", 10_800, 100, About),
            ("10.8 thousand", 10_800, 100, About),
            ("about 3,200 petitions", 3200, 100, About),
            ("more than 3,200", 3200, 100, MoreThan),
            ("xấp xỉ 3.250", 3250, 10, About),
            ("ba nghìn hai trăm bốn mươi lăm đơn", 3245, 1, Exactly),
            ("hai mươi mốt vụ", 21, 1, Exactly),
            ("mười vụ việc", 10, 10, Exactly),
            ("một trăm linh năm lượt", 105, 1, Exactly),
            ("twelve cases", 12, 1, Exactly),
            ("two hundred and ten", 210, 10, Exactly),
            ("0 vụ", 0, 1, Exactly),
            ("573 triệu đồng", 573, 1, Exactly),
            ("1.200 m²", 1200, 100, Exactly),
            ("tiếp nhận 812. Năm", 812, 1, Exactly),
            ("tổng 812, có", 812, 1, Exactly),
        ] {
            assert_eq!(found(text), [(value, step, saying)], "{text}");
        }
    }

    #[test]
    fn what_counts_nothing_is_no_claim() {
        for text in [
            "Điều 27 khoản 1",
            "02/2011/QH13",
            "ngày 15/12/2025",
            "trong 30 ngày",
            "6 tháng",
            "86,5%",
            "86,5 phần trăm",
            "trong năm đơn tiếp nhận",
            "2,5",
            "hai năm",
            "một phần",
            "11 huyện miền núi",
            "166 xã, phường",
            "12.34.5",
            "99999999999999999999",
            "",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a_rounding_is_honest_within_its_last_digit() {
        let number = |text: &str| {
            let tokens = tokens(text);
            numbers(&tokens, &vec![false; tokens.len()]).remove(0)
        };
        for (text, fits, other) in [
            ("hơn 3.200", 3245, 3200),
            ("hơn 3.200", 3299, 3300),
            ("gần 3.300", 3245, 3300),
            ("khoảng 3.200", 3245, 3251),
            ("khoảng 3.200", 3150, 3149),
            ("10,8 nghìn", 10_847, 10_851),
        ] {
            assert!(number(text).rounds(fits), "{text} {fits}");
            assert!(!number(text).rounds(other), "{text} {other}");
        }
        assert!(!number("3200").rounds(3245) && number("3200").is(3200));
    }
}
