//! The command as an operator gives it.

use std::path::Path;
use std::process::{Command, Output};

use model::boundary::Level;

use crate::made_up::{collection, features, geojson};

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
fn boundaries_are_imported_listed_and_a_refused_file_changes_nothing() {
    let dir = store::testing::temporary_folder().unwrap();
    let data = dir.path().join("data");
    let file = |name: &str, content: &serde_json::Value| {
        let path = dir.path().join(name);
        std::fs::write(&path, content.to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let communes = file("communes.json", &geojson(Level::Commune));
    let districts = file("districts.json", &geojson(Level::District));
    let few = file("few.json", &collection(&features(Level::Commune)[1..]));
    let import = |file: &str, more: &[&str]| {
        portal(&data, &[&["import", "geometry", file][..], more].concat())
    };
    let listed = || {
        let list = portal(&data, &["import", "geometry", "--list"]);
        assert!(list.status.success(), "{}", text(&list.stderr));
        text(&list.stdout)
    };

    // Refused before a database is made.
    for (arguments, says) in [
        (vec![&*few, "--source", "Sở A"], "missing: 14758 Phường Hàm Rồng. Remedy: "),
        (vec![&*communes, "--source", " "], "--source is empty. Remedy: "),
        (vec![&*communes], "--source <TEXT>"),
        (vec![&*communes, "--source", "Sở A", "--level", "ward"], "`commune` or `district`"),
    ] {
        let refused = import(arguments[0], &arguments[1..]);
        assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stderr));
        assert!(text(&refused.stderr).contains(says), "{says}: {}", text(&refused.stderr));
        assert!(!data.exists(), "{says}");
    }

    let imported = import(&communes, &["--source", "Sở A", "--source-en", "Department A"]);
    assert!(imported.status.success(), "{}", text(&imported.stderr));
    let said = text(&imported.stdout);
    for part in [
        "communes.json: 166 features, 166 places of level commune by `ma`",
        "830 points in the file",
        " compressed: /geo/commune.",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let before = listed();
    assert!(before.starts_with("commune\t") && before.trim_end().ends_with("\tSở A"), "{before}");
    assert_eq!(before.lines().count(), 1);

    let refused = import(&few, &["--source", "Sở B"]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(listed(), before);

    let second = import(&districts, &["--source", "Sở B", "--level", "district", "--code", "ma"]);
    assert!(second.status.success(), "{}", text(&second.stderr));
    let after = listed();
    assert!(after.starts_with("district\t") && after.ends_with(&before), "{after}");
    assert!(!data.join("postgres/postmaster.pid").exists());
}
