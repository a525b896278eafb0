//! Other data in the place of those that the program brings along. A process has one law, so this stands in
//! a file of its own.

use jiff::civil::date;
use law::{Circumstances, Course, FILES, Law, Matter, Step};
use model::Kind;

#[test]
fn what_is_installed_first_is_the_law_from_then_on() {
    let own = FILES.map(|file| {
        let path = format!("{}/data/{file}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).unwrap()
    });
    let [rules, holidays, remote] = &own;
    // Without National Day's neighbour, a complaint of 21 August is to be accepted a day earlier.
    let other: String = holidays
        .lines()
        .filter(|row| !row.starts_with("2026-09-01"))
        .fold(String::new(), |text, row| text + row + "\n");
    assert!(Law::parse([rules, &other, remote]).unwrap().install());
    let matter = Matter {
        step: Step::Acceptance,
        kind: Kind::Complaint,
        second: false,
        referrer: None,
        circumstances: Circumstances::ORDINARY,
    };
    let due = || {
        let start = date(2026, 8, 21);
        Law::standard().decide(&matter, &Course::from(start), start).unwrap().due
    };
    assert_eq!(due(), Some(date(2026, 9, 1)));
    assert!(
        !Law::parse([rules, holidays, remote]).unwrap().install(),
        "nothing is changed any more"
    );
    assert_eq!(due(), Some(date(2026, 9, 1)));
}
