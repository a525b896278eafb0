//! The pages of single figures, what proves them, and what becomes of them in a later release.

use std::fs;
use std::path::Path;

use app::published::Published;
use axum::http::StatusCode;
use model::{Cell, Locale, Status};
use proof::evidence::Fact;
use proof::{FigureFile, FigureId, History, figure_id};
use server::release::bundle::Bundle;
use server::verify::{Request, VerifyError, verify};
use store::testing::TestCluster;

use super::site::Site;
use super::workshop::Workshop;
use super::{forced, story};

/// The page and the files of `cell` in `table`.
fn name(table: &str, cell: &Cell) -> String {
    figure_id(table, &cell.address).to_string()
}

/// The figures of `bundle` with `status` but zeros, each with its table.
fn figures(bundle: &Bundle, status: Status) -> impl Iterator<Item = (&str, &Cell)> {
    let figures = bundle.release.tables.iter().flat_map(|t| {
        let id = t.definition.id.as_str();
        t.cells.iter().map(move |cell| (id, cell))
    });
    figures.filter(move |(_, cell)| cell.status == status && cell.value != Some(0))
}

/// `portal verify FILE --key KEY`.
fn checked(path: &Path, key: Option<&str>) -> (Vec<String>, Result<(), VerifyError>) {
    verify(&Request { path, key, against: None })
}

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_is_found_and_proved_in_the_order_of_its_release() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::publish(&workshop).await;
    let site = Site::over(&workshop).await;
    let published = Published::over(site.pool.clone());
    let mut leaf = 0;
    for bundle in workshop.archive().bundles() {
        leaf = 0;
        for table in &bundle.release.tables {
            for cell in &table.cells {
                // Each tenth: a proof takes a few reads.
                if leaf % 10 == 0 {
                    let id = figure_id(&table.definition.id, &cell.address);
                    let found = site.pool.figure(id.bytes()).await.unwrap();
                    assert_eq!(found.len(), 1, "{id}");
                    assert_eq!((&found[0].cell, found[0].leaf), (cell, leaf), "{id}");
                    let proved = published.prove(id, &found[0]).await.unwrap();
                    assert_eq!(proved.file.figure, id);
                }
                leaf += 1;
            }
        }
        assert_eq!(leaf, bundle.parsed.figures);
    }
    assert!(leaf > 100, "{leaf}");
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figures_page_says_what_it_is_and_its_files_prove_it() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::publish(&workshop).await;
    let site = Site::over(&workshop).await;
    let archive = workshop.archive();
    let bundle = archive.bundles().last().unwrap();
    let release = bundle.release.id;
    let (table, cell) = figures(bundle, Status::Shown).nth(3).unwrap();
    let value = cell.value.unwrap();
    let id = name(table, cell);

    let page = site.get(&format!("/vi/so-lieu/{id}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let shown = format!(">{}</b>", model::format::integer(value, Locale::Vi));
    assert!(page.text.contains(&shown), "{}", page.text);
    for needed in ["Số hiện hành", "Trích dẫn", "Kiểm chứng", &format!("{id}@{release}.proof.json")]
    {
        assert!(page.text.contains(needed), "{needed}: {}", page.text);
    }
    // The version of this release has an address of its own; of another release there is none.
    let pinned = site.get(&format!("/en/figures/{id}@{release}")).await;
    assert_eq!(pinned.status, StatusCode::OK, "{}", pinned.text);
    for nowhere in
        [format!("{id}@2031-Q1.1"), format!("{id}@"), "abcdefghijklmnop".into(), "x".into()]
    {
        for address in [format!("/vi/so-lieu/{nowhere}"), format!("/api/v1/figures/{nowhere}.json")]
        {
            assert_eq!(site.get(&address).await.status, StatusCode::NOT_FOUND, "{address}");
        }
    }
    assert_eq!(site.get(&format!("/api/v1/figures/{id}.pdf")).await.status, StatusCode::NOT_FOUND);

    let short = site.get_with(&format!("/f/{id}@{release}"), &[("accept-language", "en")]).await;
    assert_eq!(short.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(short.header("location"), format!("/en/figures/{id}@{release}"));
    let mistyped = site.get("/f/x").await;
    assert_eq!(mistyped.header("location"), "/vi/so-lieu/-");
    assert_eq!(site.get("/vi/so-lieu/-").await.status, StatusCode::NOT_FOUND);

    let host = [("host", "example.org")];
    let json = site.get_with(&format!("/api/v1/figures/{id}.json?lang=en"), &host).await.text;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["value"], &json["holds"]["state"]), (&value.into(), &"current".into()));
    let address = format!("http://example.org/en/figures/{id}@{release}");
    assert_eq!(json["page"], address.as_str());
    let citation = json["citation"].as_str().unwrap();
    let written = model::format::integer(value, Locale::En);
    for part in [written.as_str(), &address, &release.to_string(), "(simulated data)"] {
        assert!(citation.contains(part), "{part}: {citation}");
    }
    let csl = site.get_with(&format!("/api/v1/figures/{id}.csl.json?lang=en"), &host).await.text;
    let csl: serde_json::Value = serde_json::from_str(&csl).unwrap();
    assert_eq!((&csl[0]["URL"], &csl[0]["type"]), (&address.as_str().into(), &"dataset".into()));
    let bib = site.get_with(&format!("/api/v1/figures/{id}.bib?lang=en"), &host).await.text;
    assert!(bib.starts_with("@dataset{") && bib.contains(&address), "{bib}");

    // The proof is checked without the portal, against its public key.
    let file = workshop.dir.path().join("proof.json");
    let proof = site.get(&format!("/api/v1/figures/{id}.proof.json")).await.text;
    fs::write(&file, &proof).unwrap();
    let key = workshop.keys.log.verifier();
    let (lines, outcome) = checked(&file, Some(key));
    outcome.unwrap();
    let proved = format!("proved: figure {id}");
    assert!(lines.iter().any(|line| line.starts_with(&proved)), "{lines:?}");
    refusals(&file, &proof, key);
    cluster.stop().await.unwrap();
}

/// What is changed in `proof` is refused with a message that says what is wrong.
fn refusals(file: &Path, proof: &str, key: &str) {
    let whole: FigureFile = serde_json::from_str(proof).unwrap();
    let refused = |change: &dyn Fn(&mut FigureFile), why: &str| {
        let mut changed = whole.clone();
        change(&mut changed);
        fs::write(file, serde_json::to_string(&changed).unwrap()).unwrap();
        let said = checked(file, Some(key)).1.unwrap_err().to_string();
        assert!(said.contains(why), "{why}: {said}");
        assert!(said.contains("proof.json"), "{said}");
    };
    refused(&|f| f.evidence.line.push('1'), "NOT PROVED: it is not proved that the line is figure");
    refused(&|f| f.evidence.leaf += 1, "NOT PROVED");
    refused(&|f| f.evidence.manifest.push(' '), "is not in the log");
    refused(&|f| f.evidence.checkpoint.push('x'), "is not a state of the log");
    refused(&|f| f.format.push('x'), "NOT PROVED: its format is");
    let other = format!("{}y", &whole.figure.to_string()[..15]).parse().unwrap();
    refused(&|f| f.figure = other, "it names the figure");

    fs::write(file, proof).unwrap();
    let stranger = proof::LogKey::generate("elsewhere", &mut rand_core::OsRng);
    let said = checked(file, Some(stranger.verifier())).1.unwrap_err().to_string();
    assert!(said.contains("is not signed by elsewhere"), "{said}");
    let (lines, outcome) = checked(file, None);
    outcome.unwrap();
    assert!(lines.last().unwrap().contains("--key"), "{lines:?}");
    fs::write(file, "{}").unwrap();
    let said = checked(file, None).1.unwrap_err().to_string();
    assert!(said.contains("it is no proof of a figure"), "{said}");
    fs::remove_file(file).unwrap();
    let said = checked(file, None).1.unwrap_err().to_string();
    assert!(said.contains("No such file"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_handed_out_with_the_path_from_any_earlier_state() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    let empty = Site::over(&workshop).await;
    for address in ["/api/v1/log/checkpoint", "/.well-known/complaints-log-key"] {
        assert_eq!(empty.get(address).await.status, StatusCode::SERVICE_UNAVAILABLE, "{address}");
    }
    story::publish(&workshop).await;
    let site = Site::over(&workshop).await;
    let archive = workshop.archive();
    let key = site.get("/.well-known/complaints-log-key").await.text;
    assert_eq!(key.trim_end(), workshop.keys.log.verifier());
    let checkpoint = site.get("/api/v1/log/checkpoint").await.text;
    assert_eq!(checkpoint, archive.bundles().last().unwrap().checkpoint);

    let bundle = archive.bundles().last().unwrap();
    let (table, cell) = figures(bundle, Status::Shown).next().unwrap();
    let address = format!("/api/v1/figures/{}.proof.json", name(table, cell));
    let file: FigureFile = serde_json::from_str(&site.get(&address).await.text).unwrap();
    for from in 1..=5 {
        let answer = site.get(&format!("/api/v1/log/history.json?from={from}&to=5")).await.text;
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        let path = serde_json::from_value(answer["path"].clone()).unwrap();
        let seen = archive.log(from).unwrap().state().unwrap();
        let facts = file.check(key.trim_end(), Some(&History { seen, path })).unwrap();
        let from = u64::try_from(from).unwrap();
        assert!(facts.contains(&Fact::Continues { from, to: 5 }), "{facts:?}");
    }
    for (query, status) in
        [("", 400), ("?from=1", 400), ("?from=x&to=5", 400), ("?from=1&to=6", 404)]
    {
        let answer = site.get(&format!("/api/v1/log/history.json{query}")).await;
        assert_eq!(answer.status.as_u16(), status, "{query}");
    }
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withheld_figure_has_a_page_that_says_why_and_a_proof_without_a_value() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    let bundle = forced::with_withheld(&workshop).await;
    for quarter in story::QUARTERS {
        workshop.publish(&workshop.bundle_dir(quarter)).await.unwrap();
    }
    let site = Site::over(&workshop).await;
    let (table, cell) = figures(&bundle, Status::Withheld).next().unwrap();
    let id = name(table, cell);
    let page = site.get(&format!("/vi/so-lieu/{id}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains("Không số nhỏ nào tính lại được"), "{}", page.text);
    let json = site.get(&format!("/api/v1/figures/{id}.json")).await.text;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["value"], &json["mark"]), (&serde_json::Value::Null, &"x".into()));
    let proof = site.get(&format!("/api/v1/figures/{id}.proof.json")).await.text;
    let proof: FigureFile = serde_json::from_str(&proof).unwrap();
    assert!(proof.evidence.line.ends_with("|x"), "{}", proof.evidence.line);
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_replaced_later_says_so_and_its_old_version_stays() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::publish(&workshop).await;
    let site = Site::over(&workshop).await;
    let archive = workshop.archive();
    let bundle = archive.bundles().last().unwrap();
    let (first, second) = (bundle.release.id, format!("{}.2", bundle.release.id.period));
    let (table, cell) = figures(bundle, Status::Shown).nth(3).unwrap();
    let (id, value) = (name(table, cell), cell.value.unwrap());
    let gone = figures(bundle, Status::Shown).nth(7).unwrap();
    let gone_id = name(gone.0, gone.1);
    let same = figures(bundle, Status::Shown).nth(11).unwrap();
    let same_id = name(same.0, same.1);
    workshop
        .revise(bundle, |_, cells| {
            cells.retain(|c| c.address != gone.1.address);
            let ours = cells.iter_mut().filter(|c| c.address == cell.address);
            ours.for_each(|c| c.value = Some(value + 1));
        })
        .await;

    let number = |n| model::format::integer(n, Locale::En);
    let old = site.get(&format!("/en/figures/{id}@{first}")).await.text;
    assert!(old.contains("This figure has been replaced."), "{old}");
    assert!(old.contains(&format!(">{}</b>", number(value))), "{old}");
    assert!(old.contains(&format!(">{}</a>", number(value + 1))), "{old}");
    let now = site.get(&format!("/en/figures/{id}")).await.text;
    assert!(now.contains("Current:") && now.contains(&second), "{now}");
    assert!(now.contains(&format!(">{}</b>", number(value + 1))), "{now}");
    let json = site.get(&format!("/api/v1/figures/{id}@{first}.json")).await.text;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let holds = &json["holds"];
    assert_eq!((&holds["state"], &holds["value"]), (&"superseded".into(), &(value + 1).into()));
    assert_eq!((&json["value"], &holds["release"]), (&value.into(), &second.as_str().into()));
    // The old version is still proved, in the log that has grown.
    let proof = site.get(&format!("/api/v1/figures/{id}@{first}.proof.json")).await.text;
    let file = workshop.dir.path().join("old.json");
    fs::write(&file, proof).unwrap();
    checked(&file, Some(workshop.keys.log.verifier())).1.unwrap();

    // What the revision left alone still holds, also where the page is that of the first release.
    let unchanged = site.get(&format!("/en/figures/{same_id}@{first}")).await.text;
    assert!(unchanged.contains("Current: unchanged in release"), "{unchanged}");
    let json = site.get(&format!("/api/v1/figures/{same_id}@{first}.json")).await.text;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let holds = &json["holds"];
    assert_eq!(
        (&holds["state"], &holds["unchanged_in"]),
        (&"current".into(), &second.as_str().into())
    );

    let withdrawn = site.get(&format!("/en/figures/{gone_id}")).await.text;
    assert!(withdrawn.contains("This figure is no longer published."), "{withdrawn}");
    let json = site.get(&format!("/api/v1/figures/{gone_id}.json")).await.text;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let holds = &json["holds"];
    assert_eq!((&holds["state"], &holds["since"]), (&"withdrawn".into(), &second.as_str().into()));
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_that_is_not_what_was_signed_is_not_served() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::publish(&workshop).await;
    let site = Site::over(&workshop).await;
    let archive = workshop.archive();
    let bundle = archive.bundles().last().unwrap();
    let (table, cell) = figures(bundle, Status::Shown).nth(3).unwrap();
    let id = figure_id(table, &cell.address);
    let page = format!("/vi/so-lieu/{id}");
    assert_eq!(site.get(&page).await.status, StatusCode::OK);
    // Whoever owns the database changes a value, a place, or the hashes.
    for (change, undo) in [
        ("set value = value + 1", "set value = value - 1"),
        ("set leaf = leaf + 1", "set leaf = leaf - 1"),
    ] {
        let run = async |what: &str| {
            let update = format!("update cells {what} where figure = $1");
            let update = sqlx::query(sqlx::AssertSqlSafe(update)).bind(id.bytes().to_vec());
            update.execute(&workshop.owner).await.unwrap();
        };
        run(change).await;
        for address in [&page, &format!("/api/v1/figures/{id}.proof.json")] {
            let answer = site.get(address).await;
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{change}: {address}");
        }
        run(undo).await;
        assert_eq!(site.get(&page).await.status, StatusCode::OK, "{change}");
    }
    // The release's own description is held against its manifest too.
    let simulated = |s: bool| sqlx::query("update releases set simulated = $1").bind(s);
    simulated(false).execute(&workshop.owner).await.unwrap();
    assert_eq!(site.get(&page).await.status, StatusCode::SERVICE_UNAVAILABLE);
    simulated(true).execute(&workshop.owner).await.unwrap();
    // Another figure under this one's name.
    let other = figures(bundle, Status::Shown).nth(5).unwrap();
    let other = figure_id(other.0, &other.1.address);
    let rename = "update cells set figure = $2 where figure = $1";
    for (from, to) in [(id, FigureId::from_bytes([7; 10])), (other, id)] {
        let rename = sqlx::query(rename).bind(from.bytes().to_vec()).bind(to.bytes().to_vec());
        rename.execute(&workshop.owner).await.unwrap();
    }
    assert_eq!(site.get(&page).await.status, StatusCode::SERVICE_UNAVAILABLE);
    for (from, to) in [(id, other), (FigureId::from_bytes([7; 10]), id)] {
        let rename = sqlx::query(rename).bind(from.bytes().to_vec()).bind(to.bytes().to_vec());
        rename.execute(&workshop.owner).await.unwrap();
    }
    assert_eq!(site.get(&page).await.status, StatusCode::OK);
    sqlx::query("update releases set tree = decode(repeat('00', length(tree)), 'hex')")
        .execute(&workshop.owner)
        .await
        .unwrap();
    assert_eq!(site.get(&page).await.status, StatusCode::SERVICE_UNAVAILABLE);
    cluster.stop().await.unwrap();
}
