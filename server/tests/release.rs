//! Releases, from extract files to signed bundles, the published database and its pages, on real
//! Postgres.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

#[path = "release/annual.rs"]
mod annual;
#[path = "release/askable.rs"]
mod askable;
#[path = "release/attacks.rs"]
mod attacks;
#[path = "release/calendar.rs"]
mod calendar;
#[path = "release/claims.rs"]
mod claims;
#[path = "release/corrected.rs"]
mod corrected;
#[path = "release/corrections.rs"]
mod corrections;
#[path = "release/damage.rs"]
mod damage;
#[path = "release/demonstration.rs"]
mod demonstration;
#[path = "release/embargo.rs"]
mod embargo;
#[path = "release/extract.rs"]
mod extract;
#[path = "release/figures.rs"]
mod figures;
#[path = "release/flow.rs"]
mod flow;
#[path = "release/forced.rs"]
mod forced;
#[path = "release/gaming.rs"]
mod gaming;
#[path = "release/keys.rs"]
mod keys;
#[path = "release/killed.rs"]
mod killed;
#[path = "geometry/made_up.rs"]
mod made_up;
#[path = "release/maps.rs"]
mod maps;
#[path = "release/noninterference.rs"]
mod noninterference;
#[path = "release/pictures.rs"]
mod pictures;
#[path = "release/reader.rs"]
mod reader;
#[path = "release/refusal.rs"]
mod refusal;
#[path = "release/replies.rs"]
mod replies;
#[path = "release/report.rs"]
mod report;
#[path = "release/restore.rs"]
mod restore;
#[path = "release/site.rs"]
mod site;
#[path = "release/states.rs"]
mod states;
#[path = "release/story.rs"]
mod story;
#[path = "release/tools.rs"]
mod tools;
#[path = "release/web.rs"]
mod web;
#[path = "release/workshop.rs"]
mod workshop;
