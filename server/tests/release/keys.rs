//! The signing key is replaced by way of the log: whoever trusts the first key or the last one can check
//! everything, and no key comes unannounced.

use std::fs;
use std::path::Path;

use proof::{FigureFile, LogKey, figure_id};
use server::release::bundle;
use server::release::keys::{Keys, ORIGIN};
use server::release::publish::{publish, restore};
use server::release::{BuildError, archive::Archive};
use server::verify::{Request, verify};
use store::PublisherPool;
use store::testing::TestCluster;

use super::site::Site;
use super::story;
use super::tools::Tools;
use super::workshop::Workshop;

impl Workshop {
    fn keys_dir(&self) -> std::path::PathBuf {
        self.dir.path().join("keys")
    }

    /// Builds and publishes the next release with the keys that the file holds now.
    async fn next(&mut self, quarter: &str) {
        self.keys = Keys::read(&self.keys_dir()).unwrap();
        story::import(self, quarter).await;
        self.build(quarter).await;
        self.publish(&self.bundle_dir(quarter)).await.unwrap_or_else(|e| panic!("{e}"));
    }
}

fn said(path: &Path, key: &str, against: Option<&Path>) -> Result<String, String> {
    let (lines, outcome) = verify(&Request { path, key: Some(key), against });
    outcome.map(|()| lines.join("\n")).map_err(|error| error.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_hands_itself_over_to_another_key() {
    let cluster = TestCluster::start().await.unwrap();
    let mut workshop = Workshop::new(&cluster).await;
    let dir = workshop.keys_dir();
    workshop.next("2024-Q4").await;
    let first = workshop.signer().verifier().to_owned();
    assert!(Keys::retire(&dir, &workshop.succession()).unwrap().is_empty());

    let last = Keys::rotate(&dir, &workshop.succession()).unwrap();
    let again = Keys::rotate(&dir, &workshop.succession()).unwrap_err();
    assert!(matches!(&again, BuildError::KeyWaits(key) if *key == last), "{again}");
    workshop.next("2025-Q1").await;
    assert_eq!(workshop.signer().verifier(), last);
    // It has signed nothing yet: the other one is what readers know.
    assert!(Keys::retire(&dir, &workshop.succession()).unwrap().is_empty());
    let site = Site::over(&workshop).await;
    let key = async || {
        let answer = site.get("/.well-known/complaints-log-key").await;
        answer.text.trim_end().to_owned()
    };
    assert_eq!(key().await, first);
    workshop.next("2025-Q2").await;
    assert_eq!(key().await, last);
    assert_eq!(Keys::retire(&dir, &workshop.succession()).unwrap(), std::slice::from_ref(&first));
    workshop.next("2025-Q3").await;
    let keys = Keys::read(&dir).unwrap();
    assert_eq!(keys.log.verifiers().collect::<Vec<_>>(), [last.as_str()]);
    let stranger = LogKey::generate(ORIGIN, &mut rand_core::OsRng);

    // All bundles, with either key; one bundle with its own.
    let all = workshop.releases();
    for key in [&first, &last] {
        let words = said(&all, key, None).unwrap();
        assert!(
            words.contains(&format!("release 2025-Q1.1 hands the log over to {last}")),
            "{words}"
        );
        assert!(words.contains(&format!("is signed by {last}")), "{words}");
    }
    let refused = said(&all, stranger.verifier(), None).unwrap_err();
    assert!(refused.contains(&format!("no entry of the log is signed by {}", stranger.verifier())));
    let (old, new) = (workshop.bundle_dir("2025-Q1"), workshop.bundle_dir("2025-Q3"));
    assert!(said(&old, &first, None).is_ok() && said(&new, &last, None).is_ok());
    for (bundle, key) in [(&old, &last), (&new, &first)] {
        let refused = said(bundle, key, None).unwrap_err();
        assert!(refused.contains("not by the key given: give that one"), "{refused}");
    }
    // What was kept under the first key still counts under the last.
    let kept = old.join("checkpoint");
    let words = said(&all, &last, Some(&kept)).unwrap();
    assert!(words.contains("its first 2 releases are those of"), "{words}");

    // A figure of the first release and one of the last, in the browser's and the command's way.
    for quarter in ["2024-Q4", "2025-Q3"] {
        let bundle = bundle::read(&workshop.bundle_dir(quarter)).unwrap();
        let table = &bundle.release.tables[0];
        let figure = figure_id(&table.definition.id, &table.cells[0].address);
        let proof = site.get(&format!("/api/v1/figures/{figure}@{quarter}.1.proof.json")).await;
        let file: FigureFile = serde_json::from_str(&proof.text).unwrap();
        assert_eq!(file.key, last);
        let path = workshop.dir.path().join("proof.json");
        fs::write(&path, &proof.text).unwrap();
        let handed = format!("ok  release 2025-Q1.1 hands the log over to {last}");
        assert!(said(&path, &first, None).unwrap().contains(&handed));
        assert!(!said(&path, &last, None).unwrap().contains(&handed));
        assert!(said(&path, stranger.verifier(), None).is_err());
        let against = said(&path, &first, Some(&all)).unwrap();
        assert!(against.contains("its log of 4 releases is that of"), "{against}");
    }
    // A state that was kept under the last key, for a reader who trusts the first.
    let path = workshop.dir.path().join("proof.json");
    let words = said(&path, &first, Some(&new.join("checkpoint"))).unwrap();
    assert!(words.contains("its log of 4 releases is that of"), "{words}");

    // The page of the release tells of it.
    for (page, words) in [
        ("/vi/ky-cong-bo/2025-Q1.1", "từ kỳ sau, nhật ký được ký bằng khóa"),
        ("/en/releases/2025-Q1.1", "from the next release on, the log is signed with"),
    ] {
        let text = site.get(page).await.text;
        assert!(text.contains(words) && text.contains(&last) && text.contains(&first), "{text}");
        let other = site.get(&page.replace("Q1", "Q2")).await.text;
        assert!(!other.contains(words), "{other}");
    }

    // Go's library follows it too.
    let tools = Tools::build();
    for (key, accepted) in [(first.as_str(), true), (&last, true), (stranger.verifier(), false)] {
        let (ok, words) = tools.check_log(&all, key, &kept);
        assert_eq!(ok, accepted, "{words}");
    }

    // An announcement that no signature ends with is none, even beside a state that was kept.
    let forged = tempfile::tempdir().unwrap();
    for quarter in ["2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3"] {
        let to = forged.path().join(format!("{quarter}.1"));
        fs::create_dir_all(&to).unwrap();
        for file in ["manifest.json", "checkpoint"] {
            fs::copy(workshop.bundle_dir(quarter).join(file), to.join(file)).unwrap();
        }
    }
    let manifest = |quarter: &str| forged.path().join(format!("{quarter}.1/manifest.json"));
    let announces = fs::read_to_string(manifest("2025-Q2")).unwrap();
    let key_line = format!("\"key\": \"{last}\",");
    let announced = format!("{key_line}\n  \"next_key\": \"{}\",", stranger.verifier());
    assert!(announces.contains(&key_line));
    fs::write(manifest("2025-Q2"), announces.replace(&key_line, &announced)).unwrap();
    fs::remove_file(manifest("2025-Q2").with_file_name("checkpoint")).unwrap();
    let newest = fs::read_to_string(manifest("2025-Q3")).unwrap();
    fs::write(manifest("2025-Q3"), newest.replace(&last, stranger.verifier())).unwrap();
    let mut log = proof::Log::new(ORIGIN);
    for quarter in ["2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3"] {
        log.push(&fs::read(manifest(quarter)).unwrap()).unwrap();
    }
    let checkpoint = manifest("2025-Q3").with_file_name("checkpoint");
    fs::write(checkpoint, stranger.checkpoint(&log).unwrap()).unwrap();
    for key in [&first, &last] {
        let (accepted, words) = tools.check_log(forged.path(), key, &kept);
        assert!(!accepted && words.contains("none signs the first 3 manifests"), "{words}");
    }

    // Whoever has either key can restore everything.
    let published = workshop.published().await;
    for key in [&first, &last] {
        let urls = cluster.databases().await.unwrap();
        let publisher = PublisherPool::connect(urls.publisher.clone()).await.unwrap();
        let refused =
            restore(&publisher, std::slice::from_ref(&all), stranger.verifier()).await.unwrap_err();
        assert!(refused.to_string().contains("no entry of the log is signed by"), "{refused}");
        assert_eq!(restore(&publisher, std::slice::from_ref(&all), key).await.unwrap().len(), 4);
        assert_eq!(publisher.releases().await.unwrap().len(), 4);
        publisher.close().await;
    }
    assert_eq!(workshop.published().await, published);
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_retired_or_unknown_signs_nothing_more() {
    let cluster = TestCluster::start().await.unwrap();
    let mut workshop = Workshop::new(&cluster).await;
    let dir = workshop.keys_dir();
    workshop.next("2024-Q4").await;
    let old = fs::read(dir.join("release.json")).unwrap();
    Keys::rotate(&dir, &workshop.succession()).unwrap();
    workshop.next("2025-Q1").await;
    let new = fs::read(dir.join("release.json")).unwrap();

    // A key file from before the change can't sign, and is told what it lacks.
    fs::write(dir.join("release.json"), &old).unwrap();
    let current = std::mem::replace(&mut workshop.keys, Keys::read(&dir).unwrap());
    story::import(&workshop, "2025-Q2").await;
    let refused = workshop.refused("2025-Q2").await;
    assert!(matches!(refused, BuildError::NoSigner(_)), "{refused}");
    for refused in [
        Keys::rotate(&dir, &workshop.succession()).unwrap_err(),
        Keys::retire(&dir, &workshop.succession()).unwrap_err(),
    ] {
        assert!(matches!(refused, BuildError::NoSigner(_)), "{refused}");
    }
    assert_eq!(fs::read(dir.join("release.json")).unwrap(), old);
    fs::write(dir.join("release.json"), &new).unwrap();
    workshop.keys = current;

    // What the old key, or a stranger's, signs as the next entry is not published.
    workshop.build("2025-Q2").await;
    let bundle = workshop.bundle_dir("2025-Q2");
    let manifest = fs::read_to_string(bundle.join("manifest.json")).unwrap();
    let in_force = workshop.signer();
    let old_key = {
        let aside = workshop.dir.path().join("aside");
        fs::create_dir_all(&aside).unwrap();
        fs::write(aside.join("release.json"), &old).unwrap();
        let keys = Keys::read(&aside).unwrap();
        keys.log.signing(&proof::Succession::default()).unwrap().key.clone()
    };
    let stranger = LogKey::generate(ORIGIN, &mut rand_core::OsRng);
    let before = workshop.published().await;
    for key in [&old_key, &stranger] {
        let forged = manifest.replace(in_force.verifier(), key.verifier());
        assert_ne!(forged, manifest);
        fs::write(bundle.join("manifest.json"), &forged).unwrap();
        let mut log = Archive::open(&workshop.releases()).unwrap().log(2).unwrap();
        log.push(forged.as_bytes()).unwrap();
        bundle::seal(&bundle, &log, key).unwrap();
        for trusted in [&old_key, &in_force, key] {
            let refused = publish(&workshop.publisher, &bundle, trusted.verifier()).await;
            let refused = refused.unwrap_err().to_string();
            assert!(refused.contains("which no entry before it announced"), "{refused}");
        }
        assert_eq!(workshop.published().await, before);
    }
    fs::write(bundle.join("manifest.json"), &manifest).unwrap();
    let mut log = Archive::open(&workshop.releases()).unwrap().log(2).unwrap();
    log.push(manifest.as_bytes()).unwrap();
    bundle::seal(&bundle, &log, &in_force).unwrap();

    // What the database says of keys counts as far as it is signed.
    let forged = "update releases set manifest = replace(manifest::text, '\"log_index\": 1', \
                  '\"log_index\": 1 ')::json where release_id = '2025-Q1.1'";
    let taken_back = "update releases set manifest = replace(manifest::text, '\"log_index\": 1 ', \
                      '\"log_index\": 1')::json where release_id = '2025-Q1.1'";
    sqlx::query(forged).execute(&workshop.owner).await.unwrap();
    let refused = workshop.publish(&bundle).await.unwrap_err();
    assert!(matches!(refused, BuildError::Damaged { .. }), "{refused}");
    assert!(refused.to_string().starts_with("2025-Q1.1 is published otherwise"), "{refused}");
    sqlx::query(taken_back).execute(&workshop.owner).await.unwrap();
    workshop.publish(&bundle).await.unwrap();
    cluster.stop().await.unwrap();
}
