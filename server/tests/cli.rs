//! The program as a statistician starts it: what it says, how it ends, what it leaves behind.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs `portal` on the embedded database in `data`, without what the environment may name.
fn portal(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portal"));
    for name in ["PORTAL_PUBLIC_URL", "PORTAL_PUBLISHER_URL", "PORTAL_REGISTER_URL", "DATABASE_URL"]
    {
        command.env_remove(name);
    }
    command.env("PORTAL_DATA_DIR", data).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_file_that_is_no_proof_ends_with_2_and_needs_no_database() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let file = dir.path().join("figure.proof.json");
    fs::write(&file, "{}").unwrap();
    let refused = portal(&data, &["verify", file.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stderr));
    assert!(text(&refused.stderr).contains("it is no proof of a figure"), "{refused:?}");
    assert!(!data.exists());
}

#[test]
fn time_limits_that_can_not_be_read_end_with_2_and_name_what_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/law/data");
    for file in law::FILES {
        fs::copy(Path::new(own).join(file), dir.path().join(file)).unwrap();
    }
    let law = dir.path().to_str().unwrap();
    let asked = ["--law", law, "release", "checklist", "2026-Q3.1"];
    assert!(portal(&dir.path().join("data"), &asked).status.success());
    let holidays = dir.path().join("holidays.csv");
    let days = fs::read_to_string(&holidays).unwrap();
    fs::write(&holidays, days.replacen("2023-01-02", "02/01/2023", 1)).unwrap();
    let refused = portal(&dir.path().join("data"), &asked);
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stderr));
    let said = text(&refused.stderr);
    assert!(said.contains("holidays.csv, row 18, column date: `02/01/2023` is no day"), "{said}");
}

#[test]
fn a_report_that_can_not_be_made_ends_with_2_before_a_database_is_started() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let file = dir.path().join("report.xlsx");
    let unknown = ["report", "--area", "D999", "--xlsx", file.to_str().unwrap()];
    let refused = portal(&data, &unknown);
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stderr));
    assert!(text(&refused.stderr).contains("--area: `D999` is unknown"), "{refused:?}");
    // No browser anywhere.
    let printed = dir.path().join("report.pdf");
    let refused = Command::new(env!("CARGO_BIN_EXE_portal"))
        .env("PORTAL_DATA_DIR", &data)
        .env("PATH", dir.path())
        .env_remove("CHROMIUM")
        .args(["report", "--origin", "https://example.org", "--body", "SXD", "--pdf"])
        .arg(&printed)
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stderr));
    let said = text(&refused.stderr);
    assert!(said.contains("no Chromium to print with; install it"), "{said}");
    assert!(said.contains("/vi/giam-sat/bao-cao?body=SXD"), "{said}");
    assert!(!data.exists() && !file.exists() && !printed.exists());
}

#[test]
fn a_remark_that_may_not_be_published_ends_with_2_and_needs_no_database() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let figure = ["--figure", "4ohqcgyexqcmkdzn"];
    let refused = |arguments: &[&str], why: &str| {
        let refused = portal(&data, arguments);
        assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stderr));
        assert!(text(&refused.stderr).contains(why), "{why}: {}", text(&refused.stderr));
        assert!(!data.exists());
    };
    let reply = |text| [&["reply", "--body", "SNNMT", "--text-vi", text], &figure[..]].concat();
    refused(&reply(" "), "--text-vi: it is empty; write what readers should know");
    refused(&reply("Gọi 0912 345 678"), "--text-vi: it seems to hold a phone number; leave out");
    let open = ["challenge", "open", "--text-vi", "Sai.", "--received", "2999-01-01"];
    refused(&[&open[..], &figure].concat(), "--received: 2999-01-01 is in the future");
    let answer = ["challenge", "answer", "1", "--text-vi", "Đúng.", "--on", "2026-01-01"];
    let outcome = ["--outcome", "upheld", "--release", "2025-Q4.2"];
    refused(
        &[&answer[..], &outcome].concat(),
        "--release: only a figure that was corrected has one",
    );
}

const HEADER: &str = "record_id,extract_date,case_id,body_code,held_on,presided_by,people\n";

#[test]
fn a_wrong_file_ends_with_2_and_leaves_the_register_as_it_was() {
    let dir = store::testing::temporary_folder().unwrap();
    let data = dir.path().join("data");
    let file = |name: &str, row: &str| {
        let path = dir.path().join(name);
        fs::write(&path, format!("{HEADER}{row}\n")).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let good = file("good.csv", "DT-1,2025-09-20,VV-1,UBND-14758,2025-08-01,head,5");
    let bad = file("bad.csv", "DT-2,2025-09-20,VV-1,UBND-14758,2025-13-01,head,5");

    let refused = portal(&data, &["import", &good, &bad]);
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stderr));
    let said = text(&refused.stderr);
    assert!(said.contains("bad.csv: row 2, column held_on (ngay_tiep)"), "{said}");
    assert!(said.contains("Nothing was imported."), "{said}");
    let list = portal(&data, &["import", "--list"]);
    assert!(list.status.success() && !text(&list.stdout).contains("good.csv"), "{list:?}");

    let imported = portal(&data, &["import", &good]);
    assert!(imported.status.success(), "{}", text(&imported.stderr));
    let list = text(&portal(&data, &["import", "--list"]).stdout);
    assert!(list.contains("good.csv"), "{list}");

    // Withdrawing what there is not, or what is no number, is the caller's mistake too.
    let none = portal(&data, &["import", "--withdraw", "99"]);
    assert_eq!(none.status.code(), Some(2), "{}", text(&none.stderr));
    assert!(text(&none.stderr).contains("99"), "{}", text(&none.stderr));
    // Nothing is released before both have filled in the checklist.
    let checklist = data.with_file_name("checklist.toml");
    let template = text(&portal(&data, &["release", "checklist", "2025-Q3.1"]).stdout);
    fs::write(&checklist, &template).unwrap();
    let who = ["--prepared-by", "Phòng Thống kê", "--approved-by", "Chánh Thanh tra tỉnh"];
    let by = [&who[..], &["--checklist", checklist.to_str().unwrap()]].concat();
    let release = portal(&data, &[&["release", "build", "--period", "2025-Q3"], &by[..]].concat());
    assert_eq!(release.status.code(), Some(2), "{}", text(&release.stderr));
    let said = text(&release.stderr);
    assert!(said.contains("not confirmed: [prepared] completeness"), "{said}");
    fs::write(&checklist, template.replace("= false", "= true")).unwrap();
    let build =
        |arguments: &[&str]| portal(&data, &[&["release", "build"], arguments, &by[..]].concat());
    let another = build(&["--period", "2025-Q4"]);
    assert_eq!(another.status.code(), Some(2), "{}", text(&another.stderr));
    assert!(text(&another.stderr).contains("is that of 2025-Q3.1, and 2025-Q4.1 is to be"));
    let release = build(&["--period", "2025-9M"]);
    assert_eq!(release.status.code(), Some(2), "{}", text(&release.stderr));
    assert!(text(&release.stderr).contains("2025-9M"), "{}", text(&release.stderr));
    let fraction = ["--period", "2025-Q3", "--visible-from", "2025-09-16T01:00:00.5Z"];
    let release = build(&fraction);
    assert_eq!(release.status.code(), Some(2), "{}", text(&release.stderr));
    assert!(text(&release.stderr).contains("a fraction of a second"), "{}", text(&release.stderr));

    let mut one = by.clone();
    one[3] = "phòng thống kê";
    let first = [&["release", "build", "--period", "2025-Q3"], &one[..]].concat();
    let revision = [&["release", "revise", "--reason", "correction"], &one[..]].concat();
    for arguments in [first, revision] {
        let release = portal(&data, &arguments);
        assert_eq!(release.status.code(), Some(2), "{}", text(&release.stderr));
        assert!(text(&release.stderr).contains("two different ones"), "{}", text(&release.stderr));
    }
    let release = portal(&data, &[&["release", "revise", "--reason", "whim"], &by[..]].concat());
    assert_eq!(release.status.code(), Some(2), "{}", text(&release.stderr));
    assert!(text(&release.stderr).contains("late_report, correction"), "{}", text(&release.stderr));

    // Every command stopped the database that it started.
    assert!(!data.join("postgres/postmaster.pid").exists());
    let leftovers = fs::read_dir(&data).unwrap().count();
    assert!(leftovers > 0, "the data directory is where the commands worked");
}
