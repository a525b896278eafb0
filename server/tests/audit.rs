//! `portal audit` over files: the worked attacks, masks of other tools, masks of `portal protect`,
//! and files that are wrong.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use server::protect::audit::{Audited, run};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/disclosure/tests/data");

const CUBE: &str = r#"
measure = "n"
threshold = 3
[[dimension]]
name = "district"
levels = ["province", "district"]
[[dimension]]
name = "kind"
levels = ["kind"]
[[dimension]]
name = "field2"
levels = ["field1", "field2"]
"#;

/// A folder to write into.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

fn portal(arguments: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_portal")).args(arguments).output().unwrap()
}

fn audit(spec: &Path, data: &Path, mask: &Path) -> (i32, String, String) {
    let output = portal(&[Path::new("audit"), spec, data, mask]);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The rows of a report, each by column.
fn rows(report: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(report);
    let header = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| {
        header.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// Codes of one grouping with the inner cells of each; what is in none is in `rest`.
type Grouping<'a> = &'a [(&'a str, &'a [&'a str])];

/// How a worked attack is written as a table: groupings of the inner cells, and the table's code
/// for the labels of the attack that aren't inner cells.
fn written(name: &str) -> (Vec<Grouping<'static>>, &'static [(&'static str, &'static str)]) {
    match &name[..3] {
        "A07" => (
            vec![
                &[("county-1", &["A", "B", "I", "J"]), ("county-2", &["K", "L", "M", "N"])],
                &[("BIG", &["L", "M"]), ("small", &["A", "B", "I", "J", "K", "N"])],
            ],
            &[],
        ),
        "A08" => (
            vec![&[("r1", &["old", "other"])], &[("x", &["old", "late"])]],
            &[("r1:x", "old"), ("r1:Total", "r1"), ("r2:x", "x"), ("r2:Total", "Total")],
        ),
        "A09" if name.contains("half") => (vec![&[("H1", &["q1", "q2"])]], &[("Y", "Total")]),
        "A09" => (vec![], &[("Y", "Total")]),
        "A10" => (
            vec![
                &[("old:D1", &["D1a"]), ("old:D2", &["D1b", "D2"])],
                &[("new:D1", &["D1a", "D1b"]), ("new:D2", &["D2"])],
            ],
            &[("moved commune", "D1b")],
        ),
        "A11" => (
            vec![
                &[("P1", &["x1", "x2", "s1"])],
                &[("P2", &["x2", "x3", "s2"])],
                &[("P3", &["x1", "x3", "s3"])],
                &[("X", &["x1", "x2", "x3"])],
            ],
            &[],
        ),
        "A13" => (
            vec![&[("P", &["only"]), ("Q", &["x", "y"])]],
            &[("D", "only"), ("P (only child D)", "P")],
        ),
        _ => (vec![], &[]),
    }
}

/// Specification, data and mask of a worked attack, and the codes of each label, joined by `|`.
fn files(case: &Value) -> (String, String, String, BTreeMap<String, String>) {
    let name = case["name"].as_str().unwrap();
    let inner = case["inner"].as_array().unwrap();
    let cells = case["cells"].as_array().unwrap();
    let zeros = if case["lower_bound_of_suppressed"] == 0 { "complement" } else { "shown" };
    let mut spec = format!("measure = \"n\"\nthreshold = 5\nzeros = \"{zeros}\"\n");
    let (groupings, names) = written(name);
    let code = |label: &str| {
        let named = names.iter().find(|(from, _)| *from == label);
        named.map_or(label, |(_, code)| code).to_owned()
    };
    let two = name.starts_with("A06");
    if two {
        spec += "[[dimension]]\nname = \"a\"\nlevels = [\"a\"]\n";
        spec += "[[dimension]]\nname = \"b\"\nlevels = [\"b\"]\n";
    } else if groupings.is_empty() {
        spec += "[[dimension]]\nname = \"a\"\nlevels = [\"a\"]\n";
    } else {
        let chains = (0..groupings.len()).map(|number| format!("[\"g{number}\", \"a\"]"));
        let chains: Vec<String> = chains.collect();
        spec += &format!("[[dimension]]\nname = \"a\"\ngroupings = [{}]\n", chains.join(", "));
    }
    let group = |number: usize, inner: &str| {
        let found = groupings[number].iter().find(|(_, parts)| parts.contains(&inner));
        found.map_or_else(|| format!("rest{number}"), |(code, _)| (*code).to_owned())
    };
    let columns: String = (0..groupings.len()).map(|number| format!("g{number},")).collect();
    let mut data = format!("{columns}{},n\n", if two { "a,b" } else { "a" });
    let mut all: Vec<String> = cells.iter().map(|c| code(c["label"].as_str().unwrap())).collect();
    all.push(if two { "Total|Total" } else { "Total" }.to_owned());
    for pair in inner {
        let leaf = pair[0].as_str().unwrap();
        let groups: Vec<String> = (0..groupings.len()).map(|number| group(number, leaf)).collect();
        let columns: String = groups.iter().map(|group| format!("{group},")).collect();
        data += &format!("{columns}{},{}\n", leaf.replace('|', ","), pair[1]);
        all.push(leaf.to_owned());
        all.extend(groups);
    }
    all.sort();
    all.dedup();
    // What the attack doesn't mention is withheld.
    let shown = |at: &str| {
        cells.iter().any(|c| code(c["label"].as_str().unwrap()) == at && c["shown"] == true)
    };
    let mut mask = format!("{},status\n", if two { "a,b" } else { "a" });
    for at in all {
        let status = if shown(&at) { "shown" } else { "withheld" };
        mask += &format!("{},{status}\n", at.replace('|', ","));
    }
    let labels = cells.iter().map(|c| c["label"].as_str().unwrap());
    (spec, data, mask, labels.map(|label| (label.to_owned(), code(label))).collect())
}

/// `3/2` or `1.5` in halves and so on.
fn number(text: &str) -> f64 {
    match text.split_once('/') {
        Some((n, d)) => n.parse::<f64>().unwrap() / d.parse::<f64>().unwrap(),
        None => text.parse().unwrap(),
    }
}

#[test]
fn every_worked_attack_is_found_with_its_bounds_and_nothing_else() {
    let text = fs::read_to_string(format!("{DATA}/attacks/cases.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut checked = 0;
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        let desk = Desk::new();
        let (spec, data, mask, codes) = files(case);
        let report = run(
            &desk.file("spec.toml", &spec),
            &desk.file("data.csv", &data),
            &desk.file("mask.csv", &mask),
        )
        .unwrap_or_else(|error| panic!("{name}: {error}"));
        let rows = rows(&report.report);
        let mut bounds =
            csv::Reader::from_path(format!("{DATA}/attacks/expected_bounds.csv")).unwrap();
        for bound in bounds.records().map(|row| row.unwrap()).filter(|row| &row[0] == name) {
            let cell = format!("{name} {}", &bound[1]);
            let of = |row: &&BTreeMap<String, String>| {
                let code = row.get("b").map_or(row["a"].clone(), |b| format!("{}|{b}", row["a"]));
                code == codes[&bound[1]]
            };
            let row = rows.iter().find(of).unwrap_or_else(|| panic!("{cell} is not reported"));
            assert_eq!(row["value"], bound[2], "{cell}");
            for (column, expected) in
                ["low", "high", "integer_low", "integer_high"].iter().zip(bound.iter().skip(3))
            {
                assert_eq!(number(&row[*column]), number(expected), "{cell} {column}");
            }
            let exact = &bound[7] == "EXACT";
            assert_eq!(row["verdict"], if exact { "exact" } else { "several" }, "{cell}");
            assert_eq!(exact, !row["how"].is_empty(), "{cell}: {}", row["how"]);
            assert_eq!(row["exposed"] == "yes", exact && row["sensitive"] == "yes", "{cell}");
            checked += 1;
        }
    }
    assert_eq!((cases.len(), checked), (17, 52));
}

#[test]
fn the_peers_linear_masks_are_exposed_and_the_formula_is_given() {
    let desk = Desk::new();
    let spec = desk.file("spec.toml", CUBE);
    for (cube, counts) in [
        ("s", Audited { cells: 1972, withheld: 630, sensitive: 342, exposed: 297 }),
        ("m", Audited { cells: 6968, withheld: 2242, sensitive: 1344, exposed: 1017 }),
    ] {
        let file = |name: &str| PathBuf::from(format!("{DATA}/cubes/cube_{cube}{name}.csv"));
        let (code, report, said) = audit(&spec, &file(""), &file(".gauss_linear.expected"));
        assert_eq!(code, 1, "{said}");
        assert_eq!(said.trim(), format!("portal: {counts}: the mask is not safe"));
        let rows = rows(report.as_bytes());
        assert_eq!(rows.len(), counts.withheld);
        let exposed = rows.iter().filter(|row| row["exposed"] == "yes");
        assert_eq!(exposed.clone().count(), counts.exposed);
        assert!(exposed.clone().all(|row| row["how"].contains('[')), "every one says how");
    }
}

#[test]
fn the_masks_of_portal_protect_are_safe() {
    let desk = Desk::new();
    for (cube, spec) in [
        ("s", CUBE.to_owned()),
        ("s", CUBE.replace("= 3", "= 3\nzeros = \"complement\"\nwidth = 2")),
        ("m", CUBE.to_owned()),
    ] {
        let spec = desk.file("spec.toml", &spec);
        let data = PathBuf::from(format!("{DATA}/cubes/cube_{cube}.csv"));
        let out = desk.0.path().join("out");
        let done = portal(&[Path::new("protect"), &spec, &data, Path::new("--out"), &out]);
        assert!(done.status.success(), "{done:?}");
        let report = desk.0.path().join("audit.csv");
        let mask = out.join("mask.csv");
        let done = portal(&[Path::new("audit"), &spec, &data, &mask, Path::new("--out"), &report]);
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(0), "{said}");
        assert!(said.contains(" sensitive, 0 exposed: the mask is safe"), "{said}");
        assert!(done.stdout.is_empty());
        let rows = rows(&fs::read(&report).unwrap());
        assert!(rows.iter().all(|row| row["verdict"] == "several" || row["sensitive"] == "no"));
        fs::remove_dir_all(&out).unwrap();
    }
}

const SMALL: &str = "a,b,n\nx,p,2\nx,q,9\ny,p,8\ny,q,7\n";
const TWO: &str = r#"
measure = "n"
threshold = 3
[[dimension]]
name = "a"
levels = ["a"]
[[dimension]]
name = "b"
levels = ["b"]
"#;
const MASK: &str = "\
a,b,value,status
Total,Total,26,shown
Total,p,10,shown
Total,q,16,shown
x,Total,11,shown
y,Total,15,shown
x,p,,primary
x,q,,secondary
y,p,,secondary
y,q,,secondary
";

#[test]
fn a_sensitive_cell_that_is_shown_or_too_narrow_for_the_width_is_exposed() {
    let desk = Desk::new();
    let data = desk.file("data.csv", SMALL);
    let ask = |spec: &str, mask: &str| {
        audit(&desk.file("spec.toml", spec), &data, &desk.file("mask.csv", mask))
    };
    let (code, _, said) = ask(TWO, MASK);
    assert_eq!(
        (code, said.trim()),
        (0, "9 cells: 4 withheld, 1 sensitive, 0 exposed: the mask is safe")
    );

    let (code, report, _) = ask(TWO, &MASK.replace("x,p,,primary", "x,p,2,shown"));
    let shown = rows(report.as_bytes()).into_iter().find(|row| row["verdict"] == "shown").unwrap();
    assert_eq!((code, shown["exposed"].as_str()), (1, "yes"));

    // x/p is 1 to 9: nine values, enough for a width of 8 and not for 9.
    let wide = |width: u32| TWO.replace("= 3", &format!("= 3\nwidth = {width}"));
    let wide = |width: u32| wide(width).replace("threshold = 3", "threshold = 12");
    let (_, report, _) = ask(&wide(8), MASK);
    let verdict = |report: &str| {
        let rows = rows(report.as_bytes());
        let row = rows.into_iter().find(|row| row["a"] == "x" && row["b"] == "p").unwrap();
        (row["verdict"].clone(), row["how"].clone())
    };
    assert_eq!(verdict(&report).0, "several");
    let (code, report, _) = ask(&wide(9), MASK);
    assert_eq!(code, 1);
    let (verdict, how) = verdict(&report);
    assert_eq!(verdict, "too few values for the width");
    assert!(how.starts_with("at least 1") && how.contains("possible values: 9"), "{how}");
}

#[test]
fn what_an_earlier_release_showed_is_known() {
    let desk = Desk::new();
    let old = desk.file("old.csv", &MASK.replace("x,q,,secondary", "x,q,9,shown"));
    let spec = desk.file("spec.toml", &format!("previous = [\"{}\"]\n{TWO}", old.display()));
    let data = desk.file("data.csv", SMALL);
    let (code, report, _) = audit(&spec, &data, &desk.file("mask.csv", MASK));
    assert_eq!(code, 1);
    let rows = rows(report.as_bytes());
    let row = rows.iter().find(|row| row["a"] == "x" && row["b"] == "p").unwrap();
    assert_eq!(row["how"], "a=x b=p = [a=x b=Total] - [a=x b=q]");
    let row = rows.iter().find(|row| row["a"] == "x" && row["b"] == "q").unwrap();
    assert_eq!(row["how"], "an earlier release showed it");
}

#[test]
fn a_mask_that_is_wrong_ends_with_2_and_names_row_and_column() {
    let desk = Desk::new();
    let spec = desk.file("spec.toml", TWO);
    let data = desk.file("data.csv", SMALL);
    for (mask, message) in [
        (
            MASK.replace("y,q,,secondary\n", ""),
            "there is no row for a=y b=q, one of 1 missing: a mask has every cell",
        ),
        (
            format!("{MASK}x,q,,secondary\n"),
            "row 11, column a, value `x` has its cell a second time, after row 8: keep one",
        ),
        (MASK.replace("y,q,,", "y,r,,"), "row 10, column b, value `r` is no code of b: check"),
        (
            MASK.replace("Total,p,10,", "Total,p,11,"),
            "row 3, column value, value `11` is shown where the data give 10: audit the data",
        ),
        (MASK.replace("Total,p,10,", "Total,p,,"), "row 3, column value, value `` is shown where"),
        (
            MASK.replace("primary", "perhaps"),
            "row 7, column status, value `perhaps` is not shown, primary, secondary or withheld",
        ),
        (MASK.replace("status", "state"), "no column says what is shown: name one of status"),
        (MASK.replace("a,b,value", "a,c,value"), "there is no column b"),
    ] {
        let (code, report, said) = audit(&spec, &data, &desk.file("mask.csv", &mask));
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("mask.csv: ") && said.contains(message), "{said}");
        assert!(report.is_empty());
    }
    let (code, _, said) = audit(&spec, &data, &desk.0.path().join("absent.csv"));
    assert!(code == 2 && said.contains("absent.csv"), "{said}");
}
