//! The matrix of attacks and methods in docs/VERIFY.md: every attack is carried out, every method is
//! asked, and each says what the matrix says.

use std::fs;
use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use proof::{FigureFile, Log, LogKey, Manifest, TrustedLog, figure_id};
use server::release::bundle;
use server::release::keys::ORIGIN;
use server::verify::{Request, verify};
use store::testing::TestCluster;

use super::site::Site;
use super::story;
use super::tools::{DOCS, Tools, commands, shell};
use super::workshop::{Workshop, files};

const NEWEST: &str = "2025-Q4.1";
const TABLE: &str = "tables/case-flow.csv";

/// What an attacker has in hands: a copy of all bundles, and the proof of a figure.
struct Loot {
    dir: tempfile::TempDir,
    /// The proof of a figure of the newest release.
    figure: FigureFile,
    /// The proof of another figure of it.
    other: FigureFile,
    /// The publisher's keys: an attack may come from the publisher.
    keys: LogKey,
}

impl Loot {
    fn path(&self, file: &str) -> PathBuf {
        self.dir.path().join("releases").join(file)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    fn write(&self, file: &str, content: &str) {
        fs::write(self.path(file), content).unwrap();
    }

    /// Changes a file of the newest bundle, and makes the manifest fit: its hashes, not its signature.
    fn change_table(&self, change: impl Fn(&mut Vec<String>)) {
        let file = format!("{NEWEST}/{TABLE}");
        let mut rows: Vec<String> = self.read(&file).lines().map(ToOwned::to_owned).collect();
        change(&mut rows);
        let content = format!("{}\n", rows.join("\n"));
        self.write(&file, &content);
        let manifest = format!("{NEWEST}/manifest.json");
        let mut parsed: Manifest = serde_json::from_str(&self.read(&manifest)).unwrap();
        let listed = parsed.files.iter_mut().find(|f| f.path == TABLE).unwrap();
        *listed = proof::FileEntry::of(TABLE, content.as_bytes());
        self.write(&manifest, &format!("{}\n", serde_json::to_string_pretty(&parsed).unwrap()));
    }

    /// Signs the log anew, entry by entry.
    fn sign(&self, key: &LogKey) {
        let mut log = Log::new(ORIGIN);
        for quarter in story::QUARTERS {
            let dir = self.path(&format!("{quarter}.1"));
            log.push(&fs::read(dir.join("manifest.json")).unwrap()).unwrap();
            bundle::seal(&dir, &log, key).unwrap();
        }
    }
}

/// What is done to the bundles and to the proof.
type Attack = fn(&mut Loot);

const ATTACKS: [(&str, Attack); 11] = [
    ("one bit of a file", |loot| {
        let path = loot.path(&format!("{NEWEST}/{TABLE}"));
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(path, bytes).unwrap();
        loot.figure.evidence.line = loot.figure.evidence.line.replace("|settled|", "|settlee|");
    }),
    ("one bit of the manifest", |loot| {
        let file = format!("{NEWEST}/manifest.json");
        let changed = |text: &str| text.replacen("T00:00:00Z", "T00:00:01Z", 1);
        loot.write(&file, &changed(&loot.read(&file)));
        loot.figure.evidence.manifest = changed(&loot.figure.evidence.manifest);
    }),
    ("one bit of the checkpoint", |loot| {
        let changed = |text: &str| text.replacen("\n5\n", "\n4\n", 1);
        for file in ["checkpoint", "manifest.tlog-proof"] {
            let file = format!("{NEWEST}/{file}");
            loot.write(&file, &changed(&loot.read(&file)));
        }
        loot.figure.evidence.checkpoint = changed(&loot.figure.evidence.checkpoint);
    }),
    ("two figures swapped", |loot| {
        loot.change_table(|rows| {
            // The values of two rows, which keep their places.
            let value =
                |row: &str| row.split(',').nth(row.split(',').count() - 2).unwrap().to_owned();
            let other = (2..rows.len()).find(|&at| value(&rows[at]) != value(&rows[1])).unwrap();
            let (one, two) = (value(&rows[1]), value(&rows[other]));
            let with = |row: &str, new: &str| {
                let mut fields: Vec<&str> = row.split(',').collect();
                let at = fields.len() - 2;
                fields[at] = new;
                fields.join(",")
            };
            rows[1] = with(&rows[1], &two);
            rows[other] = with(&rows[other], &one);
        });
        let value = loot.other.evidence.line.rsplit('|').next().unwrap().to_owned();
        let (head, _) = loot.figure.evidence.line.rsplit_once('|').unwrap();
        loot.figure.evidence.line = format!("{head}|{value}");
    }),
    ("a row dropped", |loot| {
        loot.change_table(|rows| drop(rows.remove(5)));
    }),
    ("an old manifest", |loot| {
        for file in ["manifest.json", "checkpoint", "manifest.tlog-proof"] {
            loot.write(&format!("{NEWEST}/{file}"), &loot.read(&format!("2025-Q3.1/{file}")));
        }
        loot.figure.evidence.manifest = loot.read("2025-Q3.1/manifest.json");
    }),
    ("an old release as the newest", |loot| {
        fs::remove_dir_all(loot.path(NEWEST)).unwrap();
        copy(&loot.path("2025-Q3.1"), &loot.path(NEWEST));
    }),
    ("the log cut off", |loot| {
        // What is handed out as the newest is the release before, in the log as it was then.
        fs::remove_dir_all(loot.path(NEWEST)).unwrap();
        loot.figure = prove_in(loot, "2025-Q3.1");
    }),
    ("the log forked", |loot| {
        // The publisher writes another history, and signs it.
        let file = "2025-Q1.1/manifest.json";
        loot.write(file, &loot.read(file).replacen("T00:00:00Z", "T00:00:01Z", 1));
        let keys = loot.keys.clone();
        loot.sign(&keys);
        loot.figure = prove_in(loot, NEWEST);
    }),
    ("signed with another key", |loot| {
        let stranger = LogKey::generate(ORIGIN, &mut rand_core::OsRng);
        loot.sign(&stranger);
        loot.figure = prove_in(loot, NEWEST);
    }),
    ("a key that nobody announced", |loot| {
        let file = format!("{NEWEST}/manifest.json");
        let stranger = LogKey::generate(ORIGIN, &mut rand_core::OsRng);
        loot.write(&file, &loot.read(&file).replace(loot.keys.verifier(), stranger.verifier()));
        let mut log = Log::new(ORIGIN);
        for quarter in story::QUARTERS {
            log.push(loot.read(&format!("{quarter}.1/manifest.json")).as_bytes()).unwrap();
        }
        bundle::seal(&loot.path(NEWEST), &log, &stranger).unwrap();
        loot.figure = prove_in(loot, NEWEST);
    }),
];

/// The proof of a figure of `release`, the last one of the log that stands in the loot.
fn prove_in(loot: &Loot, release: &str) -> FigureFile {
    let bundle = bundle::read(&loot.path(release)).unwrap();
    let table = &bundle.release.tables[0];
    let tree = bundle::tree(bundle.release.id, &bundle.release.tables).unwrap();
    let hexes = |hashes: Vec<_>| hashes.iter().map(proof::hex).collect();
    FigureFile {
        format: proof::evidence::FORMAT.to_owned(),
        figure: figure_id(&table.definition.id, &table.cells[0].address),
        key: loot.keys.verifier().to_owned(),
        evidence: proof::Evidence {
            line: proof::canonical_line(bundle.release.id, &table.definition.id, &table.cells[0]),
            leaf: 0,
            path: hexes(tree.prove(0).unwrap()),
            manifest: bundle.manifest,
            log_path: hexes(bundle.log_proof.path),
            checkpoint: bundle.checkpoint,
            handovers: Vec::new(),
        },
    }
}

fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(&file);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(from.join(file), target).unwrap();
    }
}

/// The verdict of each method on what is in the loot, in the order of the matrix but for the browser.
fn verdicts(loot: &Loot, key: &str, kept: &Path, tools: &Tools) -> Vec<(bool, String)> {
    let releases = loot.dir.path().join("releases");
    let figure = loot.dir.path().join("figure.proof.json");
    fs::write(&figure, serde_json::to_string(&loot.figure).unwrap()).unwrap();
    let newest = Some(releases.join(NEWEST)).filter(|p| p.exists());
    let newest = newest.unwrap_or_else(|| releases.join("2025-Q3.1"));
    let asked = |path: &Path, against: Option<&Path>| {
        let (lines, outcome) = verify(&Request { path, key: Some(key), against });
        match outcome {
            Ok(()) => (true, lines.join("\n")),
            Err(error) => (false, error.to_string()),
        }
    };
    vec![
        asked(&newest, None),
        asked(&releases, None),
        asked(&releases, Some(kept)),
        asked(&figure, None),
        shell(&commands("sha256sum --check"), &newest, &[]),
        tools.check_log(&releases, key, kept),
    ]
}

/// The rows of the matrix: the attack, and what each method says.
fn matrix() -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(format!("{DOCS}/VERIFY.md")).unwrap();
    let (_, table) = text.split_once("| attack |").unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let mut cells = row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned());
        (cells.next().unwrap(), cells.collect())
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_method_sees_of_every_attack_what_the_matrix_says() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::publish(&workshop).await;
    let site = Site::over(&workshop).await;
    let archive = workshop.archive();
    let table = &archive.bundles().last().unwrap().release.tables[0];
    let mut proofs = Vec::new();
    for cell in table.cells.iter().filter(|c| c.value.is_some_and(|v| v > 0)) {
        let id = figure_id(&table.definition.id, &cell.address);
        let answer = site.get(&format!("/api/v1/figures/{id}.proof.json")).await;
        assert_eq!(answer.status, StatusCode::OK);
        proofs.push(serde_json::from_str::<FigureFile>(&answer.text).unwrap());
    }
    let value = |proof: &FigureFile| proof.evidence.line.rsplit('|').next().unwrap().to_owned();
    let settled = proofs.iter().find(|p| p.evidence.line.contains("|settled|")).unwrap();
    let other = proofs.iter().find(|p| value(p) != value(settled)).unwrap();
    let key = workshop.keys.log.verifier();

    let tools = Tools::build();
    let kept = tools.dir.path().join("checkpoint.kept");
    fs::copy(workshop.bundle_dir("2025-Q4").join("checkpoint"), &kept).unwrap();

    let loot = || {
        let dir = tempfile::tempdir().unwrap();
        for quarter in story::QUARTERS {
            let name = format!("{quarter}.1");
            copy(&workshop.bundle_dir(quarter), &dir.path().join("releases").join(name));
        }
        let (figure, other) = (settled.clone(), other.clone());
        Loot { dir, figure, other, keys: workshop.signer() }
    };
    // What nobody touched, every method accepts.
    for (accepted, said) in verdicts(&loot(), key, &kept, &tools) {
        assert!(accepted, "{said}");
    }

    // Go's library is not content with manifests that nothing signs.
    let unsigned = "\"$CHECK_LOG\" \"$KEY\" 2024-Q4.1/checkpoint */manifest.json";
    let (accepted, said) = tools.go(unsigned, &workshop.releases(), key, &kept);
    assert!(!accepted && said.contains("no checkpoint signs those after the first 1"), "{said}");

    let rows = matrix();
    let names: Vec<&str> = rows.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ATTACKS.map(|(name, _)| name), "the attacks of the matrix");
    let browser = concat!(env!("CARGO_MANIFEST_DIR"), "/../end2end/tests/verify.spec.ts");
    let browser = fs::read_to_string(browser).unwrap();
    for ((name, said), (_, attack)) in rows.iter().zip(ATTACKS) {
        let mut loot = loot();
        attack(&mut loot);
        let mut expected = said.clone();
        // The browser's part is carried out there.
        let in_browser = expected.remove(4);
        assert_eq!(
            in_browser == "refused",
            browser.contains(&format!("attack(\"{name}\"")),
            "{name}"
        );
        let found = verdicts(&loot, key, &kept, &tools);
        assert_eq!(expected.len(), found.len(), "{name}");
        for (method, (expected, (accepted, said))) in expected.iter().zip(found).enumerate() {
            match expected.as_str() {
                "refused" => assert!(!accepted, "{name}, method {method}: {said}"),
                "not seen" => assert!(accepted, "{name}, method {method}: {said}"),
                "–" => {}
                other => panic!("{name}: {other}"),
            }
        }
    }
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_verified_against_is_named_when_it_does_not_fit() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    for quarter in ["2024-Q4", "2025-Q1", "2025-Q2"] {
        story::import(&workshop, quarter).await;
        workshop.build(quarter).await;
    }
    let all = workshop.releases();
    let [first, second, third] = ["2024-Q4", "2025-Q1", "2025-Q2"].map(|q| workshop.bundle_dir(q));
    let key = workshop.keys.log.verifier().to_owned();
    let ask = |path: &Path, against: Option<&Path>| {
        let (lines, outcome) = verify(&Request { path, key: Some(&key), against });
        outcome
            .map(|()| lines.join("\n"))
            .map_err(|error| (error.is_bad_input(), error.to_string()))
    };
    let said = ask(&second, Some(&all)).unwrap();
    assert!(
        said.contains("its log of 2 releases is that of") && said.contains("1 newer ones"),
        "{said}"
    );
    let said = ask(&all, Some(&second)).unwrap();
    assert!(said.contains("its first 2 releases are those of"), "{said}");
    let said = ask(&all, Some(&all)).unwrap();
    assert!(said.contains("proved: the log of 3 releases up to 2025-Q2.1"), "{said}");
    let said = ask(&third, None).unwrap();
    assert!(said.contains("--against") && said.contains("proved: release 2025-Q2.1"), "{said}");
    // A state of another size leads nowhere by itself.
    let (bad, said) = ask(&third, Some(&first.join("checkpoint"))).unwrap_err();
    assert!(bad && said.contains("can't be compared with the 1 of"), "{said}");

    // A single file is recognised, in one bundle or in all of them; any other is not.
    let file = workshop.dir.path().join("download.csv");
    fs::copy(second.join(TABLE), &file).unwrap();
    for folder in [&second, &all] {
        let said = ask(&file, Some(folder)).unwrap();
        assert_eq!(
            said,
            "proved: it is tables/case-flow.csv of release 2025-Q1.1, which has simulated data"
        );
    }
    let (bad, said) = ask(&file, Some(&third)).unwrap_err();
    assert!(!bad && said.contains("that of no file in 1 releases"), "{said}");
    for name in ["manifest.json", "checkpoint", "manifest.tlog-proof"] {
        let said = ask(&second.join(name), Some(&all)).unwrap();
        assert!(said.starts_with(&format!("proved: it is {name} of release 2025-Q1.1")), "{said}");
    }
    let (bad, said) = ask(&file, Some(&second.join("checkpoint"))).unwrap_err();
    assert!(bad && said.contains("it is no folder"), "{said}");
    let (bad, said) = ask(&file, None).unwrap_err();
    assert!(bad && said.contains("--against DIR"), "{said}");

    // Nothing can be checked with nothing, or without a key.
    let empty = tempfile::tempdir().unwrap();
    for (path, against) in [(empty.path(), None), (all.as_path(), Some(empty.path()))] {
        let (bad, said) = ask(path, against).unwrap_err();
        assert!(bad && said.contains("no bundle in"), "{said}");
    }
    let (bad, said) = ask(&all, Some(&file)).unwrap_err();
    assert!(bad && said.contains("it is no state of the log signed by the key"), "{said}");
    let (bad, said) = ask(&all, Some(&empty.path().join("x"))).unwrap_err();
    assert!(bad && said.contains("No such file"), "{said}");
    for path in [&all, &second] {
        let outcome = verify(&Request { path, key: None, against: None }).1.unwrap_err();
        assert!(
            outcome.is_bad_input() && outcome.to_string().contains("--key is missing"),
            "{outcome}"
        );
    }
    let outcome = verify(&Request { path: &file, key: None, against: Some(&all) }).1.unwrap_err();
    assert!(outcome.to_string().contains("--key is missing"), "{outcome}");

    // Signed as the last entry of a longer log, it is not what was published.
    let bundle = bundle::read(&second).unwrap();
    let mut log = workshop.archive().log(2).unwrap();
    log.push(b"one more").unwrap();
    let checkpoint = workshop.signer().checkpoint(&log).unwrap();
    let proof = proof::LogProof::of(&log, 1, &checkpoint).unwrap();
    proof.check(bundle.manifest.as_bytes(), TrustedLog::of(&key)).unwrap();
    fs::write(second.join("checkpoint"), &checkpoint).unwrap();
    fs::write(second.join("manifest.tlog-proof"), proof.to_string()).unwrap();
    let (_, said) = ask(&second, None).unwrap_err();
    assert!(said.contains("it is entry 1 of a log of 3 entries, not the last"), "{said}");
    cluster.stop().await.unwrap();
}
