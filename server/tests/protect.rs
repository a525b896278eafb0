//! `portal protect` over files: the cubes of the disclosure crate, and files that are wrong.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use server::protect::{ProtectError, Summary, audit, run};

const CUBES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/disclosure/tests/data/cubes");

const SPEC: &str = r#"
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

/// A folder to write specifications and data into.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        fs::write(self.path(name), text).unwrap();
        self.path(name)
    }

    fn protect(&self, spec: &str, data: &Path, out: &str) -> Result<Summary, ProtectError> {
        run(&self.file("spec.toml", spec), data, &self.path(out))
    }

    /// The mask in `out`: dimension members to value and status.
    fn mask(&self, out: &str) -> BTreeMap<Vec<String>, (String, String)> {
        read(&self.path(out).join("mask.csv"), 2)
            .into_iter()
            .map(|(key, rest)| (key, (rest[0].clone(), rest[1].clone())))
            .collect()
    }
}

/// Rows by all columns but the last `rest`.
fn read(path: &Path, rest: usize) -> BTreeMap<Vec<String>, Vec<String>> {
    let rows = csv::Reader::from_path(path).unwrap().into_records();
    rows.map(|row| {
        let row: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
        let (key, rest) = row.split_at(row.len() - rest);
        (key.to_vec(), rest.to_vec())
    })
    .collect()
}

#[test]
fn a_cube_has_the_peers_small_cells_and_costs_no_more() {
    let desk = Desk::new();
    let data = PathBuf::from(CUBES).join("cube_s.csv");
    let summary = desk.protect(SPEC, &data, "out").unwrap();
    let peer = read(&PathBuf::from(CUBES).join("cube_s.gauss_default.expected.csv"), 3);
    assert_eq!((summary.cells, summary.primary), (peer.len(), 342));
    assert!(summary.secondary <= 438, "{summary}");

    let mask = desk.mask("out");
    assert_eq!(mask.len(), peer.len());
    for (key, (value, status)) in &mask {
        let [count, primary, _] = peer[key].as_slice() else { panic!("{key:?}") };
        assert_eq!(status == "primary", primary == "TRUE", "{key:?}");
        assert_eq!(value, if status == "shown" { count } else { "" }, "{key:?}");
    }
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(desk.path("out/report.json")).unwrap()).unwrap();
    assert_eq!(report["cells"], 1972);
    assert_eq!(report["policy"]["zeros"], "shown");
    // A width of 1 asks for two values; the certificates show no fewer.
    assert!(report["fewest_values"].as_u64() >= Some(2), "{report}");
    let reasons = fs::read_to_string(desk.path("out/reasons.csv")).unwrap();
    assert_eq!(reasons.lines().count(), summary.secondary + 1);
    assert!(desk.path("out/timings.json").is_file());

    // Zeros that may be withheld make it cheaper; a second run over the same directory is refused.
    let cheaper = desk.protect(&SPEC.replace("= 3", "= 3\nzeros = \"complement\""), &data, "zeros");
    assert!(cheaper.unwrap().secondary < summary.secondary);
    let again = desk.protect(SPEC, &data, "out").unwrap_err().to_string();
    assert!(again.contains("exists already"), "{again}");
}

#[test]
fn a_secret_key_draws_decoys_and_is_written_nowhere() {
    let desk = Desk::new();
    let data = PathBuf::from(CUBES).join("cube_s.csv");
    let key = "00112233445566778899aabbccddeeff";
    let spec = |key: &str| SPEC.replace("= 3", &format!("= 3\nkey = \"{key}\""));
    desk.protect(&spec(key), &data, "one").unwrap();
    desk.protect(&spec(&key.replace("00", "01")), &data, "other").unwrap();
    let decoys = |out: &str| -> Vec<String> {
        let reasons = read(&desk.path(out).join("reasons.csv"), 2);
        reasons
            .into_iter()
            .filter(|(_, r)| r[0] == "decoy")
            .map(|(cell, _)| cell.join(","))
            .collect()
    };
    assert!(decoys("one").len() > 5, "{:?}", decoys("one"));
    assert_ne!(decoys("one"), decoys("other"));
    for file in ["mask.csv", "report.json", "reasons.csv", "timings.json"] {
        let text = fs::read_to_string(desk.path("one").join(file)).unwrap();
        assert!(!text.contains(key), "{file}");
    }
    let error = desk.protect(&spec("secret"), &data, "none").unwrap_err().to_string();
    assert!(error.contains("32 hexadecimal digits"), "{error}");
    assert!(!desk.path("none").exists());
}

const SMALL: &str = "\
a,b,who,n
x,p,1,2
x,q,2,9
y,p,3,8
y,q,4,7
";

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

fn statuses(mask: &BTreeMap<Vec<String>, (String, String)>, status: &str) -> Vec<String> {
    let wanted = mask.iter().filter(|(_, (_, s))| s == status);
    wanted.map(|(key, _)| key.join("/")).collect()
}

#[test]
fn forced_and_earlier_cells_are_respected() {
    let desk = Desk::new();
    let data = desk.file("data.csv", SMALL);
    desk.protect(TWO, &data, "plain").unwrap();
    let plain = desk.mask("plain");
    assert_eq!(statuses(&plain, "primary"), ["x/p"]);

    desk.file("forced.csv", "a,b\nx,Total\ny,Total\nTotal,p\nTotal,q\nTotal,Total\n");
    let forced = format!("forced = \"{}\"\n{TWO}", desk.path("forced.csv").display());
    desk.protect(&forced, &data, "forced").unwrap();
    assert_eq!(statuses(&desk.mask("forced"), "secondary"), ["x/q", "y/p", "y/q"]);

    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(desk.path("forced/report.json")).unwrap()).unwrap();
    // 1 to 9 are possible for x/p, with zeros shown.
    let fewest = report["fewest_values"].as_u64().unwrap();
    assert!((2..=9).contains(&fewest), "{report}");
    let mask = desk.path("forced/mask.csv");
    let previous = format!("previous = [\"{}\"]\n{TWO}", mask.display());
    desk.protect(&previous, &data, "next").unwrap();
    assert_eq!(desk.mask("next"), desk.mask("forced"));
    // What was shown as 9 may not become 10.
    let changed = desk.file("changed.csv", &SMALL.replace("y,q,4,7", "y,q,4,8"));
    let error = desk.protect(&previous, &changed, "changed").unwrap_err().to_string();
    assert!(error.contains("was shown with another value"), "{error}");
    assert!(!desk.path("changed").exists());

    // Forcing all but one of a row gives the one away.
    desk.file("forced.csv", "a,b\nx,q\nx,Total\n");
    let error = desk.protect(&forced, &data, "refused").unwrap_err();
    assert!(matches!(error, ProtectError::Refused(_)), "{error}");
    assert!(error.to_string().contains("a=x b=p"), "{error}");
    assert!(!desk.path("refused").exists());
}

/// Four fields of two districts, all of them large.
const LARGE: &str = "\
a,b,who,n
x,p,1,21
x,q,2,33
y,p,3,48
y,q,4,57
";

#[test]
fn a_correction_by_one_record_waits_and_the_audit_knows_both_releases() {
    let desk = Desk::new();
    let old = desk.file("old.csv", LARGE);
    let first = desk.protect(TWO, &old, "first").unwrap();
    assert_eq!((first.primary, first.secondary), (0, 0));

    let mask = desk.path("first/mask.csv");
    let revises = |data: &Path| {
        format!("{TWO}[revises]\ndata = \"{}\"\nmask = \"{}\"\n", data.display(), mask.display())
    };
    let new = desk.file("new.csv", &LARGE.replace("x,p,1,21", "x,p,1,22"));
    desk.protect(&revises(&old), &new, "second").unwrap();
    let second = desk.mask("second");
    assert_eq!(second.len(), 9);
    let key = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
    for (a, b) in [("x", "p"), ("x", "Total"), ("Total", "p"), ("Total", "Total")] {
        assert_eq!(second[&key(a, b)].0, "", "{a} {b} was shown, and is greater by one");
    }
    assert_eq!(second[&key("y", "q")], ("57".to_owned(), "shown".to_owned()));

    // To show the new figures as if there had been no others tells of one person.
    let spec = desk.file("revision.toml", &revises(&old));
    let careless = desk.protect(TWO, &new, "careless").unwrap();
    assert_eq!((careless.primary, careless.secondary), (0, 0));
    let audited = audit::run(&spec, &new, &desk.path("careless/mask.csv")).unwrap();
    assert!(audited.counts.exposed > 0, "{:?}", audited.counts);
    let report = String::from_utf8(audited.report).unwrap();
    assert!(report.starts_with("a,b,version,value,"), "{report}");
    assert!(report.contains("x,p,change 4,1,yes,1,1,"), "{report}");
    let audited = audit::run(&spec, &new, &desk.path("second/mask.csv")).unwrap();
    assert_eq!(audited.counts.exposed, 0, "{}", String::from_utf8_lossy(&audited.report));

    // The mask has to be that of the earlier data.
    let error = desk.protect(&revises(&new), &new, "wrong").unwrap_err().to_string();
    assert!(error.contains("mask.csv: row 2") && error.contains("`159`"), "{error}");
    assert!(!desk.path("wrong").exists());
}

#[test]
fn a_large_count_by_few_contributors_is_withheld() {
    let desk = Desk::new();
    let many: String = (0..40).map(|n| format!("y,q,{n},1\n")).collect();
    let data = desk.file("data.csv", &format!("{SMALL}x,q,2,1\n{many}"));
    let spec = format!("contributors = \"who\"\n{TWO}");
    desk.protect(&spec, &data, "out").unwrap();
    // x/q counts ten records of one contributor, y/p eight of one; y/q has 41 contributors.
    let mask = desk.mask("out");
    let primary = statuses(&mask, "primary");
    assert!(primary.contains(&"x/q".to_owned()) && primary.contains(&"y/p".to_owned()));
    assert!(!primary.contains(&"y/q".to_owned()), "{primary:?}");
}

#[test]
fn wrong_files_are_named_with_row_and_column() {
    let desk = Desk::new();
    let refused = |spec: &str, data: &str| {
        let error = desk.protect(spec, &desk.file("data.csv", data), "out").unwrap_err();
        assert!(!desk.path("out").exists(), "{error}");
        error.to_string()
    };
    for (data, said) in [
        (SMALL.replace("x,q,2,9", "x,q,2,-9"), "row 3, column n, value `-9` is not a count"),
        (SMALL.replace("x,q,2,9", "x,q,2,many"), "row 3, column n, value `many` is not a count"),
        (SMALL.replace("y,p", "Total,p"), "row 4, column a, value `Total` is `Total`: leave rows"),
        (SMALL.replace("y,p", ",p"), "row 4, column a, value `` is empty"),
        (SMALL.replace("a,b,who,n", "a,c,who,n"), "there is no column b"),
        (SMALL.replace("a,b,who,n", "a,b,b,n"), "column b is there twice"),
        (SMALL.replace("x,q,2,9", "x,q,2"), "found record with 3 fields"),
        ("a,b,who,n\n".to_owned(), "a header but no rows"),
    ] {
        let error = refused(TWO, &data);
        assert!(error.contains(said), "{said}: {error}");
    }
    let levels = TWO.replace("levels = [\"b\"]", "levels = [\"a\", \"b\"]");
    let error = refused(&levels, SMALL);
    assert!(error.contains("value `y` is not x, where dimension b had p before"), "{error}");
    let error = refused("measure = 1", SMALL);
    assert!(error.contains("spec.toml"), "{error}");
    let error = run(&desk.path("absent.toml"), &desk.path("data.csv"), &desk.path("out"));
    assert!(error.unwrap_err().to_string().contains("absent.toml"));
}
