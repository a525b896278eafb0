//! Personal data must not leave the register, not even in an error message: headers and values
//! that look like it refuse a file, and what is shown of a value is at most its shape.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words of a header, with what the column would hold. Compared without accents, case and
/// separators; words of up to four letters only as whole words.
const WORDS: &[(&str, &[&str])] = &[
    (
        "names",
        &[
            "name",
            "ten",
            "hoten",
            "hovaten",
            "fullname",
            "surname",
            "nguoigui",
            "nguoinop",
            "nguoikhieunai",
            "nguoitocao",
            "nguoikiennghi",
            "nguoibitocao",
            "nguoibikhieunai",
            "nguoidungdon",
            "congdan",
            "complainantname",
            "daidien",
        ],
    ),
    (
        "phone numbers",
        &[
            "phone",
            "tel",
            "mobile",
            "dienthoai",
            "sdt",
            "sodt",
            "dtdd",
            "didong",
            "zalo",
            "hotline",
        ],
    ),
    (
        "identity numbers",
        &[
            "cccd",
            "cmnd",
            "cmt",
            "cancuoc",
            "chungminh",
            "idnumber",
            "idcard",
            "idno",
            "identity",
            "nationalid",
            "citizenid",
            "personalid",
            "passport",
            "hochieu",
            "dinhdanh",
            "masothue",
            "bhxh",
            "taikhoan",
        ],
    ),
    (
        "addresses",
        &[
            "address",
            "diachi",
            "thuongtru",
            "tamtru",
            "quequan",
            "noio",
            "cutru",
            "street",
            "duong",
            "sonha",
            "thon",
            "location",
            "geo",
            "lat",
            "lon",
            "toado",
        ],
    ),
    (
        "free text",
        &[
            "description",
            "noidung",
            "ghichu",
            "note",
            "notes",
            "comment",
            "comments",
            "remark",
            "remarks",
            "summary",
            "tomtat",
            "mota",
            "diengiai",
            "trichyeu",
            "content",
            "subject",
            "tieude",
            "title",
            "text",
        ],
    ),
    ("e-mail addresses", &["email", "mail", "thudientu", "facebook"]),
    (
        "personal particulars",
        &[
            "ngaysinh",
            "namsinh",
            "birth",
            "birthday",
            "birthdate",
            "dob",
            "gioitinh",
            "gender",
            "sex",
            "dantoc",
            "tongiao",
            "nghenghiep",
            "tuoi",
            "age",
        ],
    ),
];

/// `text` in NFC, lower case, without blanks at the ends: how headers are compared.
pub(crate) fn folded(text: &str) -> String {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
        .nfc()
        .flat_map(char::to_lowercase)
        .collect()
}

/// `text` without accents; `đ` becomes `d`.
fn unaccented(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// What kind of personal data a column with this header would hold, if it looks like any.
pub(crate) fn header(text: &str) -> Option<&'static str> {
    let plain = unaccented(&split_camel_case(text));
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let joined = words.concat();
    let looks = |word: &str| {
        words.contains(&word)
            || (word.len() > 4 && joined.contains(word))
            || words.windows(2).any(|pair| pair.concat() == word)
    };
    WORDS.iter().find(|(_, list)| list.iter().any(|w| looks(w))).map(|(what, _)| *what)
}

fn split_camel_case(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut lower = false;
    for c in text.nfc() {
        if lower && c.is_uppercase() {
            out.push(' ');
        }
        lower = c.is_lowercase();
        out.push(c);
    }
    out
}

/// What kind of personal data a value looks like: an e-mail address, a phone number, an identity
/// number (9 to 12 digits that stand alone; in a hash, letters stand between or beside them).
pub(crate) fn value(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.contains('@') {
        return Some("an e-mail address");
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let only_grouped = text.chars().all(|c| c.is_ascii_digit() || " .-+()/".contains(c));
    let phone = (digits.starts_with('0') && (10..=11).contains(&digits.len()))
        || (digits.starts_with("84") && (11..=12).contains(&digits.len()));
    if only_grouped && phone {
        return Some("a phone number");
    }
    text.split(|c: char| !c.is_alphanumeric())
        .any(|part| (9..=12).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
        .then_some("a phone or identity number")
}

/// What kind of personal data running text seems to hold: what [`value`] sees in it, and phone and
/// identity numbers written in groups.
pub(crate) fn prose(text: &str) -> Option<&'static str> {
    let in_number = |c: char| c.is_ascii_digit() || " .-+()\u{a0}".contains(c);
    value(text).or_else(|| text.split(|c| !in_number(c)).find_map(grouped))
}

/// The same of digits in groups, any of which may be where the number begins.
fn grouped(run: &str) -> Option<&'static str> {
    let groups: Vec<&str> =
        run.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
    (0..groups.len()).find_map(|first| {
        let mut digits = String::new();
        groups[first..].iter().find_map(|group| {
            digits.push_str(group);
            let local = digits.strip_prefix("84").map(|rest| format!("0{rest}"));
            let number = local.as_deref().unwrap_or(&digits);
            let mobile = number.len() == 10 && number[1..].starts_with(['3', '5', '7', '8', '9']);
            let landline = number.len() == 11 && number.starts_with("02");
            match digits.len() {
                _ if number.starts_with('0') && (mobile || landline) => Some("a phone number"),
                12 if digits.starts_with('0') => Some("an identity number"),
                _ => None,
            }
        })
    })
}

fn digit_runs(text: &str) -> impl Iterator<Item = usize> {
    text.split(|c: char| !c.is_ascii_digit()).map(str::len)
}

/// What may be shown of a value: a short code as it is, otherwise its shape, letters as `a` and
/// digits as `9`, cut after 20 characters.
pub(crate) fn redacted(text: &str) -> String {
    let code = (1..=20).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        && digit_runs(text).all(|n| n < 9);
    if code { text.to_owned() } else { shape(text) }
}

/// The shape of a value: letters as `a`, digits as `9`, cut after 20 characters.
pub(crate) fn shape(text: &str) -> String {
    let mut out: String = text
        .nfc()
        .take(20)
        .map(|c| match c {
            c if c.is_numeric() => '9',
            c if c.is_alphabetic() || is_combining_mark(c) => 'a',
            c if c.is_control() || c == '`' => '?',
            c => c,
        })
        .collect();
    if text.nfc().nth(20).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::extract::EXTRACTS;
    use super::*;

    #[test]
    fn headers_that_would_hold_personal_data_are_recognised() {
        for text in [
            "name",
            "Full Name",
            "họ tên",
            "Họ và tên",
            "ho_ten",
            "HOTEN",
            "ten_nguoi_gui",
            "Tên",
            "người gửi",
            "phone",
            "phoneNumber",
            "Điện thoại",
            "so_dien_thoai",
            "SĐT",
            "sdt",
            "CCCD",
            "số CMND",
            "ID number",
            "id_number",
            "identityNumber",
            "address",
            "Địa chỉ",
            "dia_chi",
            "description",
            "Nội dung",
            "noi_dung_don",
            "ghi chú",
            "GHI_CHU",
            "email",
            "E-mail",
            "Ngày sinh",
            "năm_sinh",
            "date of birth",
            "ho\u{323} te\u{302}n",
        ] {
            assert!(header(text).is_some(), "{text}");
        }
    }

    #[test]
    fn headers_of_the_extracts_are_not_mistaken_for_personal_data() {
        // They are known, so they are never asked; but a typing error in one of them should be
        // called an unknown column.
        let mistaken: Vec<_> = EXTRACTS
            .iter()
            .flat_map(|e| e.columns)
            .flat_map(|c| [c.name, c.vi])
            .filter(|name| header(name).is_some())
            .filter(|name| !["khoa_nguoi_gui", "so_nguoi_kien_nghi_xu_ly"].contains(name))
            .collect();
        assert_eq!(mistaken, [""; 0]);
    }

    #[test]
    fn values_that_look_like_people_are_recognised() {
        for text in
            ["an@example.vn", "0912345678", "0912.345.678", "+84 912 345 678", "038012345678"]
        {
            assert!(value(text).is_some(), "{text}");
        }
        assert!(value("TH-038012345678").is_some());
        for text in
            ["KN-2026-000123", "38-2026-Q3-00012345", "2026/0914/001", "VV-9f3123456789a", ""]
        {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn running_text_with_numbers_of_people_is_recognised() {
        for text in [
            "Gọi số 0912.345.678 nhé.",
            "Liên hệ: +84 912 345 678 (giờ hành chính)",
            "Điện thoại 0237 385 2246 hoặc fax",
            "CCCD 038 012 345 678",
            "CCCD 038012345678, Hà Trung",
            "hỏi an@example.vn",
        ] {
            assert!(prose(text).is_some(), "{text}");
        }
        for text in [
            "Quý III/2026 (15/06/2026 - 14/09/2026) có 1.234 vụ việc, tăng 12,5%.",
            "Công văn số 1234/UBND-TTr ngày 05/07/2025: 12 vụ việc, 3.456.789 m².",
            "Từ 01/01/2025 10 đơn, từ 2024 đến 2026 có 812 đơn.",
        ] {
            assert_eq!(prose(text), None, "{text}");
        }
    }

    #[test]
    fn only_the_shape_of_a_value_is_shown() {
        assert_eq!(redacted("complaintt"), "complaintt");
        assert_eq!(redacted("Nguyễn Văn A"), "aaaaaa aaa a");
        assert_eq!(redacted("038012345678"), "999999999999");
        assert_eq!(redacted("0912.345.678"), "9999.999.999");
        assert_eq!(redacted("số 5 đường Lê Lợi, Thanh Hóa"), "aa 9 aaaaa aa aaa, a…");
        assert_eq!(redacted("a`b\n"), "a?a?");
    }
}
