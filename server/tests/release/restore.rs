//! The public side, rebuilt from bundles alone.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read as _};

use axum::http::{HeaderMap, StatusCode};
use server::release::BuildError;
use server::release::publish::restore;
use store::testing::TestCluster;

use super::site::Site;
use super::story;
use super::workshop::{Workshop, files};

/// Answers of a kind that are compared: addresses, and every which of them.
async fn addresses(site: &Site, workshop: &Workshop) -> Vec<String> {
    let mut all = BTreeSet::new();
    let list = site.get("/api/v1/pages.json").await.text;
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    all.extend(list["pages"].as_array().unwrap().iter().map(|p| p["example"].to_string()));
    let mut all: BTreeSet<String> =
        all.iter().map(|quoted| quoted.trim_matches('"').to_owned()).collect();
    for fixed in ["/api/v1/pages.json", "/api/v1/log/checkpoint", "/.well-known/complaints-log-key"]
    {
        all.insert(fixed.to_owned());
    }
    all.insert("/api/v1/log/history.json?from=2&to=5".to_owned());
    for bundle in workshop.archive().bundles() {
        let id = bundle.release.id;
        all.extend(["vi/ky-cong-bo", "en/releases"].map(|page| format!("/{page}/{id}")));
        all.insert(format!("/api/v1/releases/{id}.zip"));
        all.extend(bundle.files.keys().step_by(9).map(|f| format!("/api/v1/releases/{id}/{f}")));
        for table in &bundle.release.tables {
            let table_id = &table.definition.id;
            all.insert(format!("/vi/bang/{table_id}?period={}", id.period));
            all.insert(format!("/api/v1/tables/{table_id}.csv?period={}", id.period));
            for cell in table.cells.iter().step_by(97) {
                let name = proof::figure_id(table_id, &cell.address);
                all.insert(format!("/en/figures/{name}@{id}"));
                all.insert(format!("/api/v1/figures/{name}@{id}.proof.json"));
            }
        }
    }
    all.into_iter().collect()
}

/// An answer without the nonce of its content security policy, which is another each time.
pub(super) fn without_nonce(mut body: Vec<u8>, policy: &str) -> Vec<u8> {
    let Some(nonce) = policy.split("'nonce-").nth(1).and_then(|n| n.split('\'').next()) else {
        return body;
    };
    let text = String::from_utf8(body).unwrap();
    body = text.replace(nonce, "NONCE").into_bytes();
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_restored_answers_byte_by_byte_as_what_was_published() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::publish(&workshop).await;
    let fresh = Workshop::new(&cluster).await;
    let key = workshop.keys.log.verifier();
    // The order in which they are named doesn't matter.
    let mut dirs: Vec<_> = story::QUARTERS.iter().map(|q| workshop.bundle_dir(q)).collect();
    dirs.reverse();
    let restored = restore(&fresh.publisher, &dirs, key).await.unwrap();
    assert_eq!(restored.len(), 5);

    let (original, copy) = (Site::over(&workshop).await, Site::over(&fresh).await);
    let all = addresses(&original, &workshop).await;
    let step = (all.len() / 200).max(1);
    let sample: Vec<&String> = all.iter().step_by(step).collect();
    assert!(sample.len() >= 200, "{} of {}", sample.len(), all.len());
    for address in sample {
        let (status, headers, body) = original.bytes(address).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        let (copied_status, copied_headers, copied) = copy.bytes(address).await;
        assert_eq!(copied_status, status, "{address}");
        let policy = |h: &HeaderMap| h["content-security-policy"].to_str().unwrap().to_owned();
        assert!(
            without_nonce(body, &policy(&headers))
                == without_nonce(copied, &policy(&copied_headers)),
            "{address} differs"
        );
        for name in ["content-type", "cache-control", "content-disposition"] {
            assert_eq!(headers.get(name), copied_headers.get(name), "{address}: {name}");
        }
    }
    // When it was loaded is all that is not the same.
    let rows = |rows: Vec<String>| -> Vec<String> {
        rows.into_iter().filter(|row| !row.starts_with("releases ")).collect()
    };
    assert_eq!(rows(fresh.published().await), rows(workshop.published().await));
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_portal_hands_out_the_bundle_that_was_signed() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::publish(&workshop).await;
    let site = Site::over(&workshop).await;
    let dir = workshop.bundle_dir("2025-Q4");
    let (status, headers, packed) = site.bytes("/api/v1/releases/2025-Q4.1.zip").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["cache-control"], "public, max-age=31536000, immutable");
    let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
    let names = files(&dir);
    assert_eq!(archive.len(), names.len());
    for name in &names {
        let signed = fs::read(dir.join(name)).unwrap();
        let (status, headers, alone) =
            site.bytes(&format!("/api/v1/releases/2025-Q4.1/{name}")).await;
        assert_eq!((status, &alone), (StatusCode::OK, &signed), "{name}");
        assert_ne!(headers["content-type"], "application/octet-stream", "{name}");
        let mut packed = Vec::new();
        let mut entry = archive.by_name(&format!("2025-Q4.1/{name}")).unwrap();
        entry.read_to_end(&mut packed).unwrap();
        assert_eq!(packed, signed, "{name}");
    }
    let page = site.get("/vi/ky-cong-bo/2025-Q4.1").await.text;
    assert!(page.contains("/api/v1/releases/2025-Q4.1.zip"), "{page}");
    for nowhere in
        ["2025-Q4.2.zip", "2025-Q4.1.tar", "x.zip", "2025-Q4.1/x", "2025-Q4.2/checkpoint"]
    {
        let answer = site.get(&format!("/api/v1/releases/{nowhere}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nowhere}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{nowhere}");
    }
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_whole_log_is_restored_and_only_into_an_empty_database() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    for quarter in ["2024-Q4", "2025-Q1", "2025-Q2"] {
        story::import(&workshop, quarter).await;
        workshop.build(quarter).await;
    }
    let key = workshop.keys.log.verifier();
    let [first, second, third] = ["2024-Q4", "2025-Q1", "2025-Q2"].map(|q| workshop.bundle_dir(q));
    let empty = tempfile::tempdir().unwrap();
    let nothing = workshop.published().await;
    for (dirs, why) in [
        (vec![second.clone()], "entry 0 of the log of releases is missing"),
        (vec![first.clone(), third.clone()], "entry 1 of the log of releases is missing"),
        (vec![first.clone(), workshop.releases()], "entry 0 of the log of releases is there twice"),
        (vec![empty.path().to_owned()], "no bundle in"),
        (vec![empty.path().join("x")], "No such file"),
    ] {
        let error = restore(&workshop.publisher, &dirs, key).await.unwrap_err();
        assert!(error.to_string().contains(why), "{why}: {error}");
    }
    let stranger = proof::LogKey::generate(server::release::keys::ORIGIN, &mut rand_core::OsRng);
    let whole = [workshop.releases()];
    let error = restore(&workshop.publisher, &whole, stranger.verifier()).await.unwrap_err();
    assert!(error.to_string().contains("no entry of the log is signed by"), "{error}");
    // The last bundle is damaged: nothing of the others is loaded either.
    let table = third.join("tables/case-flow.csv");
    let content = fs::read_to_string(&table).unwrap();
    fs::write(&table, content.replacen('7', "8", 1)).unwrap();
    let error = restore(&workshop.publisher, &whole, key).await.unwrap_err();
    assert!(error.to_string().contains("tables/case-flow.csv is not the file"), "{error}");
    assert_eq!(workshop.published().await, nothing);
    fs::write(&table, content).unwrap();

    restore(&workshop.publisher, &whole, key).await.unwrap();
    let three = workshop.published().await;
    let error = restore(&workshop.publisher, &whole, key).await.unwrap_err();
    assert!(matches!(error, BuildError::NotEmpty(3)), "{error}");
    assert_eq!(workshop.published().await, three);
    cluster.stop().await.unwrap();
}
