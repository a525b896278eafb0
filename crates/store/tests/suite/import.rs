//! Imports count whole or not at all, and a withdrawn one gives way to what was there before.

use futures_util::TryStreamExt as _;
use jiff::civil::date;
use model::classification::Complexity;
use model::classification::{Ending, Field, Finding, Handling, Kind};
use store::register::RecordKind;
use store::testing::TestCluster;
use store::{RegisterError, RegisterPool};

use crate::sample::{import_petitions, new_batch, period, petition};

/// Handling in each version of each petition known by `cutoff`.
async fn handlings(pool: &RegisterPool, cutoff: jiff::civil::Date) -> Vec<(String, Vec<Handling>)> {
    let now = pool.now().await.unwrap();
    now.petition_histories(cutoff)
        .map_ok(|h| (h.record_id, h.versions.into_iter().map(|v| v.handling).collect()))
        .try_collect()
        .await
        .unwrap()
}

#[tokio::test]
async fn withdrawing_a_batch_restores_the_version_before_it() {
    let cluster = TestCluster::start().await.unwrap();
    let pool = RegisterPool::connect(cluster.urls().registrar).await.unwrap();
    let first = petition("D1", "2026-03-20", "pending") + &petition("D2", "2026-03-20", "pending");
    import_petitions(&pool, "a", &first).await;
    // D1 once more with the same extract date, and D2 in a later version.
    let second = petition("D1", "2026-03-20", "guided") + &petition("D2", "2026-06-20", "urged");
    let batch = import_petitions(&pool, "b", &second).await;
    let stored = pool.batch_by_sha256("b").await.unwrap().unwrap();
    assert_eq!((stored.id, stored.rows, stored.replaced), (batch, 2, 2));

    use Handling::{Guided, Pending, Urged};
    let d = |id: &str, versions: &[Handling]| (id.to_owned(), versions.to_vec());
    let late = date(2026, 6, 30);
    assert_eq!(handlings(&pool, late).await, [d("D1", &[Guided]), d("D2", &[Pending, Urged])]);
    // What was not known by the cut-off is not there.
    let early = date(2026, 3, 31);
    assert_eq!(handlings(&pool, early).await, [d("D1", &[Guided]), d("D2", &[Pending])]);

    let withdrawn = pool.withdraw(batch).await.unwrap();
    assert!(withdrawn.withdrawn_at.is_some());
    assert_eq!(handlings(&pool, late).await, [d("D1", &[Pending]), d("D2", &[Pending])]);
    assert_eq!(pool.counts().await.unwrap()[1].versions, 2);

    let again = pool.withdraw(batch).await.unwrap_err();
    assert!(matches!(again, RegisterError::AlreadyWithdrawn(b) if b == batch), "{again}");
    assert!(matches!(pool.withdraw(99).await.unwrap_err(), RegisterError::NoSuchBatch(99)));
    // The file may come again.
    import_petitions(&pool, "b", &second).await;
    assert_eq!(pool.batches().await.unwrap().len(), 3);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_bad_row_in_the_second_file_leaves_the_register_unchanged() {
    let cluster = TestCluster::start().await.unwrap();
    let pool = RegisterPool::connect(cluster.urls().registrar).await.unwrap();
    let mut import = pool.begin_import().await.unwrap();
    let mut batch = import.batch(new_batch(RecordKind::Petitions, "good")).await.unwrap();
    batch.send(petition("D1", "2026-03-20", "pending").as_bytes()).await.unwrap();
    assert_eq!(batch.finish().await.unwrap().rows, 1);

    let mut batch = import.batch(new_batch(RecordKind::Petitions, "bad")).await.unwrap();
    let rows = petition("D2", "2026-03-20", "pending") + &petition("D3", "2026-02-30", "pending");
    let error = match batch.send(rows.as_bytes()).await {
        Ok(()) => batch.finish().await.unwrap_err(),
        Err(error) => error,
    };
    assert!(matches!(error, RegisterError::RowRefused { row: 2, .. }), "{error:?}");
    drop(import);
    assert_eq!(pool.batches().await.unwrap(), []);
    assert!(pool.counts().await.unwrap().iter().all(|c| c.versions == 0));

    // One that was not committed leaves nothing either.
    let mut import = pool.begin_import().await.unwrap();
    let mut batch = import.batch(new_batch(RecordKind::Petitions, "good")).await.unwrap();
    batch.send(petition("D1", "2026-03-20", "pending").as_bytes()).await.unwrap();
    batch.finish().await.unwrap();
    drop(import);
    assert_eq!(pool.batches().await.unwrap(), []);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn the_same_file_is_imported_once() {
    let cluster = TestCluster::start().await.unwrap();
    let pool = RegisterPool::connect(cluster.urls().registrar).await.unwrap();
    let first = import_petitions(&pool, "a", &petition("D1", "2026-03-20", "pending")).await;
    let mut import = pool.begin_import().await.unwrap();
    let error = import.batch(new_batch(RecordKind::Cases, "a")).await.unwrap_err();
    assert!(
        matches!(error, RegisterError::AlreadyImported { batch_id } if batch_id == first),
        "{error}"
    );
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn rows_of_every_kind_read_back_as_they_were_sent() {
    let cluster = TestCluster::start().await.unwrap();
    let pool = RegisterPool::connect(cluster.urls().registrar).await.unwrap();
    let mut import = pool.begin_import().await.unwrap();
    for (kind, row) in [
        (
            RecordKind::Cases,
            "VV-1,2026-03-20,denunciation,corruption,14758,TTT,2025-12-20,false,2025-12-28,\
             2026-01-27,complicated,true,,,settled,2026-02-01,partly,true,false,false,6,abc,\
             100,,,250,2,1,80,,,250,1,true,\n",
        ),
        (RecordKind::Petitions, "D1,2026-03-20,complaint,14758,SNNMT,2026-01-10,post,pending,,k\n"),
        (
            RecordKind::Receptions,
            "T1,2026-03-20,UBND-14845,2026-01-05,periodic,head,true,3,4,2,1,0,0\n",
        ),
        (RecordKind::Dialogues, "G1,2026-03-20,VV-1,SNNMT,2026-01-20,head,3\n"),
        (
            RecordKind::Referrals,
            "C1,2026-03-20,press,complaint,14758,SNNMT,2026-01-02,2026-01-09,re_transferred,\
             2026-01-12,,,,,,,k\n",
        ),
        (RecordKind::ControlTotals, "SNNMT-2026-Q1,2026-03-20,SNNMT,2026-Q1,5,3,1,4,0,5\n"),
    ] {
        let mut batch = import.batch(new_batch(kind, kind.table())).await.unwrap();
        batch.send(row.as_bytes()).await.unwrap();
        assert_eq!(batch.finish().await.unwrap().rows, 1, "{kind}");
    }
    import.commit().await.unwrap();

    let cutoff = period("2026-Q1").cutoff();
    let now = pool.now().await.unwrap();
    let cases: Vec<_> = now.case_histories(cutoff).try_collect().await.unwrap();
    let case = &cases[0].versions[0];
    assert_eq!((case.kind, case.field), (Kind::Denunciation, Field::Corruption));
    assert_eq!((case.ending, case.finding), (Some(Ending::Settled), Some(Finding::PartlyFounded)));
    assert_eq!((case.received_on, case.ended_on), (date(2025, 12, 20), Some(date(2026, 2, 1))));
    assert_eq!((case.complexity, case.people), (Complexity::Complicated, 6));
    assert_eq!((case.money_recovered, case.land_returned), (Some(100), Some(250)));
    assert_eq!((case.money_recovered_done, case.officials_disciplined_done), (Some(80), Some(1)));
    assert_eq!((case.implement, case.implemented_on), (true, None));

    let days: Vec<_> = now.reception_histories(cutoff).try_collect().await.unwrap();
    let day = &days[0].versions[0];
    assert_eq!((day.held_on, day.visits), (date(2026, 1, 5), 3));
    let dialogues: Vec<_> = now.dialogue_histories(cutoff).try_collect().await.unwrap();
    let dialogue = &dialogues[0].versions[0];
    assert_eq!((dialogue.case_id.as_str(), dialogue.held_on), ("VV-1", date(2026, 1, 20)));
    // Who tells of a dialogue tells of its case.
    for (kind, told) in [(RecordKind::Dialogues, 1), (RecordKind::Referrals, 0)] {
        let batches = pool.batches().await.unwrap();
        let batch = batches.iter().find(|b| b.record_kind == kind).unwrap().id;
        let touched = now.touched_by(vec![batch]);
        let cases: Vec<_> = touched.case_histories(cutoff).try_collect().await.unwrap();
        assert_eq!(cases.len(), told, "{kind}");
        let dialogues: Vec<_> = touched.dialogue_histories(cutoff).try_collect().await.unwrap();
        assert_eq!(dialogues.len(), 1, "{kind}");
    }
    // Who says that a dialogue was about another case tells of the one before.
    let mut import = pool.begin_import().await.unwrap();
    let mut batch = import.batch(new_batch(RecordKind::Dialogues, "corrected")).await.unwrap();
    batch.send(b"G1,2026-03-20,VV-9,SNNMT,2026-01-20,head,3\n").await.unwrap();
    batch.finish().await.unwrap();
    import.commit().await.unwrap();
    let newest = pool.batches().await.unwrap().iter().map(|b| b.id).max().unwrap();
    let touched = pool.now().await.unwrap().touched_by(vec![newest]);
    let cases: Vec<_> = touched.case_histories(cutoff).try_collect().await.unwrap();
    assert_eq!(cases[0].record_id, "VV-1");
    let referrals: Vec<_> = now.referral_histories(cutoff).try_collect().await.unwrap();
    assert_eq!(referrals[0].versions[0].decided_on, Some(date(2026, 1, 12)));
    let totals: Vec<_> = now.control_totals(period("2026-Q1")).try_collect().await.unwrap();
    assert_eq!((totals[0].opening, totals[0].closing), (5, 5));
    let counts = pool.counts().await.unwrap();
    let dialogues = |kind: RecordKind| i64::from(kind == RecordKind::Dialogues);
    assert!(counts.iter().all(|c| (c.records, c.batches) == (1, 1 + dialogues(c.record_kind))));
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn an_unknown_code_is_reported_with_its_record() {
    let cluster = TestCluster::start().await.unwrap();
    let pool = RegisterPool::connect(cluster.urls().registrar).await.unwrap();
    import_petitions(&pool, "a", &petition("D7", "2026-03-20", "lost")).await;
    let now = pool.now().await.unwrap();
    let read: Result<Vec<_>, _> = now.petition_histories(date(2026, 3, 31)).try_collect().await;
    assert_eq!(read.unwrap_err().to_string(), "record D7: `lost` is no handling");
    cluster.stop().await.unwrap();
}
