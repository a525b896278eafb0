//! Claims about figures, as readers make them: how each is to be judged stands in
//! `server/tests/claims`. `reviewer.toml` was written by somebody else, before there was a program.

use app::claim::check;
use app::data::check::Verdict;
use app::published::Published;
use serde::Deserialize;
use store::testing::TestCluster;

use super::story;
use super::web::Site;
use super::workshop::Workshop;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    claim: Vec<Claim>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    text: String,
    class: String,
    /// Table, period, members that are no totals, item.
    figure: Option<String>,
    /// The current value of the figure.
    value: Option<i64>,
}

/// The story, and a second revision of its last release with other figures.
async fn published(workshop: &Workshop) {
    story::publish(workshop).await;
    let archive = workshop.archive();
    let last = archive.bundles().last().unwrap();
    workshop
        .revise(last, |table, cells| {
            for cell in cells {
                let a = &cell.address;
                let province = a.area == "38" && a.body == "all" && a.field == "all";
                if !province || a.kind != "civil" {
                    continue;
                }
                let period = a.period.to_string();
                let corrected = match (table, period.as_str(), a.item.code()) {
                    (_, "2025-Q4", "settled") => 10,
                    ("petitions", "2025-Q4", "petitions_received") => 3245,
                    ("petitions", "2025", "petitions_received") => 10_847,
                    ("petitions", "2025", "petitions_processed") => 10_212,
                    _ => continue,
                };
                cell.value = Some(corrected);
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_claims_are_judged_as_their_table_says() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    published(&workshop).await;
    let site = Site::over(&workshop).await;
    let published = Published::over(site.pool.clone());
    let files = [include_str!("../claims/reviewer.toml"), include_str!("../claims/author.toml")];
    let mut wrong = Vec::new();
    let mut count = 0;
    for claim in files.iter().flat_map(|text| toml::from_str::<Claims>(text).unwrap().claim) {
        count += 1;
        let answers = check(&published, &claim.text).await.unwrap();
        let [answer] = answers.as_slice() else {
            wrong.push(format!("{}: {} numbers", claim.text, answers.len()));
            continue;
        };
        let found = match answer.verdict {
            Verdict::Current => "current",
            Verdict::Rounded => "rounded",
            Verdict::Superseded => "superseded",
            Verdict::Contradicted => "contradicted",
            Verdict::Withheld | Verdict::Unpublished => "unpublished",
        };
        let named = answer.matches.iter().any(|m| {
            let mut words = vec![m.table.clone(), m.address.period.to_string()];
            let members = model::Dim::ALL.map(|d| (d, m.address.member(d)));
            let told = members.iter().filter(|(dim, code)| *code != dim.total());
            words.extend(told.map(|(_, code)| (*code).to_owned()));
            words.push(m.address.item.code().to_owned());
            claim.figure.as_ref().is_none_or(|f| *f == words.join(" "))
                && claim.value.is_none_or(|value| m.newest.value == Some(value))
        });
        if found != claim.class || (claim.figure.is_some() && !named) {
            let matches: Vec<String> = answer
                .matches
                .iter()
                .map(|m| format!("{} {:?} {:?}", m.table, m.address, m.newest.value))
                .collect();
            wrong
                .push(format!("{}\n  is {}, found {found}: {matches:#?}", claim.text, claim.class));
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 50, "{count}");
    cluster.stop().await.unwrap();
}
