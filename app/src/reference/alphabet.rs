//! Names in the order of each language's dictionaries, and the letters that head an index.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use model::Locale;
use unicode_normalization::UnicodeNormalization as _;

/// Sorts `list` by the names of its members: in Vietnamese ă, â, đ, ê, ô, ơ, ư are letters of their
/// own, and tones count last (Unicode collation, CLDR's Vietnamese rules).
pub(crate) fn sort<T>(list: &mut [T], locale: Locale, name: impl Fn(&T) -> &str) {
    let collator = collator(locale);
    list.sort_by(|a, b| compare(collator.as_ref(), name(a), name(b)));
}

fn collator(locale: Locale) -> Option<CollatorBorrowed<'static>> {
    let language = match locale {
        Locale::Vi => locale!("vi"),
        Locale::En => locale!("en"),
    };
    // Its data are compiled in.
    Collator::try_new(language.into(), CollatorOptions::default()).ok()
}

fn compare(collator: Option<&CollatorBorrowed<'_>>, a: &str, b: &str) -> Ordering {
    collator.map_or_else(|| a.to_lowercase().cmp(&b.to_lowercase()), |c| c.compare(a, b))
}

/// The letter under which `name` stands: `ủy quyền` under U, `đơn` under Đ.
pub(super) fn letter(name: &str) -> String {
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let first = name.chars().find(|c| c.is_alphabetic());
    let plain = first.into_iter().nfd().filter(|c| !TONES.contains(c)).nfc();
    plain.flat_map(char::to_uppercase).collect()
}

/// An address for `letter` in ASCII: doubled or followed by w, as it is typed (Telex).
pub(super) fn letter_slug(letter: &str) -> String {
    match letter {
        "Ă" => "aw".into(),
        "Â" => "aa".into(),
        "Đ" => "dd".into(),
        "Ê" => "ee".into(),
        "Ô" => "oo".into(),
        "Ơ" => "ow".into(),
        "Ư" => "uw".into(),
        other => other.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_names_stand_as_in_a_vietnamese_dictionary() {
        let mut names =
            ["đơn", "dữ liệu", "đối thoại", "ủy quyền", "tư pháp", "tù", "tạm", "tâm", "tăng"];
        sort(&mut names, Locale::Vi, |n| n);
        let sorted =
            ["dữ liệu", "đối thoại", "đơn", "tạm", "tăng", "tâm", "tù", "tư pháp", "ủy quyền"];
        assert_eq!(names, sorted);
    }

    #[test]
    fn a_tone_makes_no_letter_but_a_hook_or_a_bar_does() {
        let letters = ["ủy quyền", "Ủy ban", "đơn", "Ước", "ân", "kỳ", "(x)"].map(letter);
        assert_eq!(letters, ["U", "U", "Đ", "Ư", "Â", "K", "X"]);
        assert_eq!(["Đ", "D", "Ư"].map(letter_slug), ["dd", "d", "uw"]);
    }
}
