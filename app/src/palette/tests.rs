//! That the colours of the style sheet can be told from their grounds, in every setting of a
//! reader's system.

use super::*;
use crate::data::design::colours;
use crate::style::TOKENS;

const MORE: &str = "@media screen and (prefers-contrast: more)";
const MORE_DARK: &str =
    "@media screen and (prefers-contrast: more) and (prefers-color-scheme: dark)";

/// Settings of a reader's system: what holds in them.
const SETTINGS: [(&str, &[&str]); 4] =
    [("light", &[]), ("dark", &[DARK]), ("more", &[MORE]), ("more dark", &[DARK, MORE, MORE_DARK])];

/// The grounds on which running text stands.
const GROUNDS: [&str; 3] = ["paper", "wash", "notice"];

fn contrast(sheet: &Sheet, within: &[&str], colour: &str, ground: &str) -> u32 {
    let get = |name: &str| sheet.colour(within, name).unwrap_or_else(|| panic!("--{name}"));
    get(colour).contrast(get(ground))
}

#[test]
fn text_has_the_contrast_of_wcag_aa_on_every_ground_and_of_aaa_where_more_is_asked_for() {
    let sheet = Sheet::portal();
    for (setting, within) in SETTINGS {
        let least = if setting.starts_with("more") { 700 } else { 450 };
        for text in ["ink", "soft", "done", "in", "late", "context"] {
            for ground in GROUNDS {
                let found = contrast(&sheet, within, text, ground);
                assert!(found >= least, "{setting}: {text} on {ground} has {found}");
            }
        }
        // Buttons.
        let found = contrast(&sheet, within, "paper", "done");
        assert!(found >= least, "{setting}: buttons have {found}");
    }
}

#[test]
fn marks_of_drawings_and_edges_of_controls_stand_out_from_their_ground() {
    let sheet = Sheet::portal();
    for (setting, within) in SETTINGS {
        let drawn = ["done", "in", "late", "context", "neutral", "control", "step-4", "step-5"];
        let on_paper = drawn.map(|name| (name, "paper"));
        for (name, ground) in on_paper.into_iter().chain([("hatch", "hatch-ground")]) {
            let found = contrast(&sheet, within, name, ground);
            assert!(found >= 300, "{setting}: {name} on {ground} has {found}");
        }
    }
}

#[test]
fn classes_of_the_map_grow_from_the_ground_on_and_each_differs_from_the_next() {
    let sheet = Sheet::portal();
    for (setting, within) in SETTINGS {
        let steps = ["paper", "step-1", "step-2", "step-3", "step-4", "step-5"];
        for pair in steps.windows(2) {
            let from_paper = |name: &str| contrast(&sheet, within, name, "paper");
            assert!(from_paper(pair[0]) < from_paper(pair[1]), "{setting}: {pair:?}");
            let apart = contrast(&sheet, within, pair[0], pair[1]);
            assert!(apart >= 120, "{setting}: {pair:?} differ by {apart}");
        }
    }
}

#[test]
fn every_colour_of_the_sheet_is_on_the_page_of_the_design_system() {
    let root = rules(TOKENS).into_iter().find(|r| r.selectors == [":root"]).unwrap();
    let documented = colours();
    for (name, value) in &root.declarations {
        let name = name.trim_start_matches("--");
        if Colour::parse(value).is_some() {
            assert!(documented.iter().any(|c| c.name == name), "--{name} is not documented");
        }
    }
}

#[test]
fn contrast_is_that_of_wcag() {
    let of = |a: &str, b: &str| Colour::parse(a).unwrap().contrast(Colour::parse(b).unwrap());
    assert_eq!(of("#000", "#fff"), 2100);
    assert_eq!(of("#fff", "#ffffff"), 100);
    // A value that every checker gives: grey on white.
    assert_eq!(of("#767676", "#ffffff"), 454);
    assert_eq!(of("#777777", "#ffffff"), 447);
    for junk in ["red", "#12", "#gggggg", "rgb(0 0 0)", "#ééé"] {
        assert_eq!(Colour::parse(junk), None, "{junk}");
    }
}

#[test]
fn a_sheet_is_read_with_its_conditions_and_without_its_comments() {
    let sheet = Sheet(rules(
        "/* a { b: c } */ a, b { color: #123456; } \
         @media print { a { color: #fff; } } a { color: #000 /* last */; }",
    ));
    assert_eq!(sheet.value("", "a", "color"), Some("#000"));
    assert_eq!(sheet.value("", "b", "color"), Some("#123456"));
    assert_eq!(sheet.value("@media print", "a", "color"), Some("#fff"));
    assert_eq!(sheet.value("", "c", "color"), None);
}
