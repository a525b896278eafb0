//! Bundles that are not what was signed: neither built upon nor published.

use std::fs;
use std::path::Path;

use server::release::BuildError;
use server::release::archive::Archive;
use server::release::keys::Keys;
use server::release::publish::publish;
use store::testing::TestCluster;

use super::story;
use super::workshop::{Workshop, files};

/// The bundle is damaged now: the archive, or at the latest the next build, and publishing refuse
/// it and name `file`; the published database stays as it is.
async fn refused(workshop: &Workshop, dir: &Path, file: &str) {
    let before = workshop.published().await;
    let built = match Archive::open(&workshop.releases()) {
        Err(error) => error,
        Ok(_) => workshop.try_build("2025-Q1").await.expect_err(file),
    };
    let published = workshop.publish(dir).await.expect_err(file);
    for error in [built, published] {
        assert!(error.to_string().contains(file), "{file}: {error}");
    }
    assert_eq!(workshop.published().await, before, "{file}");
    assert!(!workshop.bundle_dir("2025-Q1").exists(), "{file}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_bundle_is_refused_by_the_name_of_the_file() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    for quarter in ["2024-Q4", "2025-Q1"] {
        story::import(&workshop, quarter).await;
    }
    workshop.build("2024-Q4").await;
    let dir = workshop.bundle_dir("2024-Q4");
    let names = files(&dir);
    assert!(names.len() >= 40, "{names:?}");

    for name in &names {
        let path = dir.join(name);
        let whole = fs::read(&path).unwrap();
        if name != "manifest.json" {
            // One bit of the byte in the middle, and of the last one.
            for at in [whole.len() / 2, whole.len() - 1] {
                let mut changed = whole.clone();
                changed[at] ^= 1;
                fs::write(&path, changed).unwrap();
                refused(&workshop, &dir, name).await;
            }
        }
        fs::remove_file(&path).unwrap();
        // An archive without a manifest is no archive of this bundle.
        refused(&workshop, &dir, name).await;
        fs::write(&path, whole).unwrap();
    }

    // What the manifest says of itself is only covered by the signature.
    let path = dir.join("manifest.json");
    let whole = fs::read_to_string(&path).unwrap();
    for (from, to) in [
        ("\"visible_from\": \"1970", "\"visible_from\": \"1971"),
        ("\"simulated\": true", "\"simulated\": false"),
        ("2024-09-15", "2024-09-16"),
        ("}\n", "}\n\n"),
    ] {
        let changed = whole.replacen(from, to, 1);
        assert_ne!(changed, whole, "{from}");
        fs::write(&path, changed).unwrap();
        refused(&workshop, &dir, "manifest.json").await;
    }
    fs::write(&path, whole).unwrap();

    for added in ["notes.txt", "tables/more.csv", ".hidden"] {
        fs::write(dir.join(added), "").unwrap();
        refused(&workshop, &dir, added).await;
        fs::remove_file(dir.join(added)).unwrap();
    }
    // Whole again, it is published and built upon.
    workshop.publish(&dir).await.unwrap();
    workshop.build("2025-Q1").await;
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn publishing_needs_the_right_key_the_right_order_and_happens_once() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    for quarter in ["2024-Q4", "2025-Q1"] {
        story::import(&workshop, quarter).await;
        workshop.build(quarter).await;
    }
    let [first, second] = ["2024-Q4", "2025-Q1"].map(|q| workshop.bundle_dir(q));
    let empty = workshop.published().await;
    assert!(empty.is_empty());

    let stranger = Keys::open(&workshop.dir.path().join("stranger"), true).unwrap();
    let error = publish(&workshop.publisher, &first, stranger.log.verifier()).await.unwrap_err();
    assert!(error.to_string().contains("no entry of the log is signed by"), "{error}");
    let error = publish(&workshop.publisher, &first, "no key").await.unwrap_err();
    assert!(error.to_string().contains("not a valid Ed25519 verifier key"), "{error}");
    let error = workshop.publish(&second).await.unwrap_err();
    assert!(error.to_string().contains("entry 1 of the log of releases, but entry 0"), "{error}");
    assert_eq!(workshop.published().await, empty);

    workshop.publish(&first).await.unwrap();
    let one = workshop.published().await;
    assert!(one.len() > 1000);
    let error = workshop.publish(&first).await.unwrap_err();
    assert!(matches!(error, BuildError::AlreadyPublished(_)), "{error}");

    // A second release that does not continue this log: the same quarter, built by other keys.
    let other = Workshop { keys: stranger, ..Workshop::new(&cluster).await };
    for quarter in ["2024-Q4", "2025-Q1"] {
        story::import(&other, quarter).await;
        other.build(quarter).await;
    }
    let error = workshop.publish(&other.bundle_dir("2025-Q1")).await.unwrap_err();
    assert!(matches!(error, BuildError::Bundle { .. }), "{error}");
    assert_eq!(workshop.published().await, one);

    workshop.publish(&second).await.unwrap();
    let both = workshop.published().await;
    assert_eq!(both.iter().filter(|row| row.starts_with("releases ")).count(), 2);
    assert!(one.iter().all(|row| both.contains(row)));
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_built_upon_releases_that_another_key_signed() {
    let cluster = TestCluster::start().await.unwrap();
    let mut workshop = Workshop::new(&cluster).await;
    for quarter in ["2024-Q4", "2025-Q1"] {
        story::import(&workshop, quarter).await;
    }
    workshop.build("2024-Q4").await;
    workshop.keys = Keys::open(&workshop.dir.path().join("stranger"), true).unwrap();
    let error = workshop.refused("2025-Q1").await;
    assert!(error.to_string().contains("2024-Q4.1"), "{error}");
    assert!(error.to_string().contains("no entry of the log is signed by"), "{error}");
    cluster.stop().await.unwrap();
}
