//! Releases are loaded whole, appear at their minute, and are read by the newest of each period.

use futures_util::TryStreamExt as _;
use model::figure::{Address, Cell, Status};
use model::item::Item;
use sqlx::ConnectOptions as _;
use store::testing::TestCluster;
use store::{CellQuery, PublishedPool, PublisherError, PublisherPool};

use crate::sample::{from_now, new_table, period, release, table, total, withheld};

#[tokio::test]
async fn an_embargoed_release_appears_at_its_minute() {
    let cluster = TestCluster::start().await.unwrap();
    let urls = cluster.urls();
    let publisher = PublisherPool::connect(urls.publisher).await.unwrap();
    let public = PublishedPool::connect(urls.reader).await.unwrap();
    publisher.insert_release(&release("2026-Q2.1", 0, vec![total("2026-Q2", 1)])).await.unwrap();
    let mut next = release("2026-Q3.1", 1, vec![total("2026-Q3", 2)]);
    next.visible_from = jiff::Timestamp::now() + jiff::Span::new().seconds(2);
    publisher.insert_release(&next).await.unwrap();

    // Loaded, and nothing of it to be seen.
    assert!(publisher.release_exists(next.id).await.unwrap());
    assert_eq!(public.releases().await.unwrap().len(), 1);
    assert_eq!(public.periods("case-flow").await.unwrap(), [period("2026-Q2")]);
    assert_eq!(public.cells(&CellQuery::table("case-flow")).await.unwrap().len(), 1);
    assert_eq!(public.manifest(next.id).await.unwrap(), None);
    assert_eq!(public.table_in(next.id, "case-flow").await.unwrap(), None);

    tokio::time::sleep(std::time::Duration::from_millis(2200)).await;
    assert_eq!(public.latest().await.unwrap().unwrap().id, next.id);
    let cells = public.cells(&CellQuery::table("case-flow")).await.unwrap();
    assert_eq!(cells.iter().map(|c| c.cell.value).collect::<Vec<_>>(), [Some(1), Some(2)]);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_release_is_loaded_whole_or_not_at_all() {
    let cluster = TestCluster::start().await.unwrap();
    let urls = cluster.urls();
    let publisher = PublisherPool::connect(urls.publisher).await.unwrap();

    let withheld_with_value = Cell {
        address: Address::total(period("2026-Q3"), Item::Settled),
        value: Some(3),
        status: Status::Withheld,
    };
    let bad = release("2026-Q3.1", 0, vec![total("2026-Q3", 1), withheld_with_value]);
    let error = publisher.insert_release(&bad).await.unwrap_err();
    assert!(matches!(error, PublisherError::Database(_)), "{error}");
    let twice = release("2026-Q3.1", 0, vec![total("2026-Q3", 1), total("2026-Q3", 2)]);
    publisher.insert_release(&twice).await.unwrap_err();

    assert!(!publisher.release_exists(bad.id).await.unwrap());
    assert_eq!(publisher.log_size().await.unwrap(), 0);
    let good = release("2026-Q3.1", 0, vec![total("2026-Q3", 1), withheld("2026-Q3")]);
    publisher.insert_release(&good).await.unwrap();
    assert_eq!(publisher.log_size().await.unwrap(), 1);

    let again = publisher.insert_release(&good).await.unwrap_err();
    assert!(matches!(again, PublisherError::Exists(id) if id == good.id), "{again}");
    let taken = publisher.insert_release(&release("2026-Q3.2", 0, Vec::new())).await.unwrap_err();
    assert!(matches!(taken, PublisherError::LogEntryTaken(0)), "{taken}");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn each_period_is_read_from_the_release_published_last() {
    let cluster = TestCluster::start().await.unwrap();
    let urls = cluster.urls();
    let publisher = PublisherPool::connect(urls.publisher).await.unwrap();
    let public = PublishedPool::connect(urls.reader).await.unwrap();
    let q2 = release("2026-Q2.1", 0, vec![total("2026-Q1", 10), total("2026-Q2", 20)]);
    let q3 = release("2026-Q3.1", 1, vec![total("2026-Q2", 21), total("2026-Q3", 30)]);
    let mut revised = release("2026-Q2.2", 2, vec![total("2026-Q2", 22), withheld("2026-Q2")]);
    revised.tables.push(new_table("remedies", Vec::new()));
    let mut embargoed = release("2026-Q4.1", 3, vec![total("2026-Q2", 99)]);
    embargoed.visible_from = from_now(60);
    for r in [&q2, &q3, &revised, &embargoed] {
        publisher.insert_release(r).await.unwrap();
    }

    let query = CellQuery::table("case-flow").item(Item::Received);
    let cells = public.cells(&query).await.unwrap();
    let seen: Vec<_> = cells.iter().map(|c| (c.release.to_string(), c.cell.value)).collect();
    let expected = [("2026-Q2.1", 10), ("2026-Q2.2", 22), ("2026-Q3.1", 30)];
    assert_eq!(seen, expected.map(|(r, v)| (r.to_owned(), Some(v))));

    let first = public.cells_in(q2.id, &query.clone().period(period("2026-Q2"))).await.unwrap();
    assert_eq!(first[0].cell, total("2026-Q2", 20));
    assert_eq!(public.cells(&query.area("R-coast")).await.unwrap(), []);

    for (of, held_by) in [("2026-Q1", Some(q2.id)), ("2026-Q2", Some(revised.id)), ("2026", None)] {
        let holding = public.holding("case-flow", period(of)).await.unwrap();
        assert_eq!(holding.map(|r| r.id), held_by, "{of}");
    }

    // A revision of an older quarter is the last one published, but not the latest on its subject.
    assert_eq!(public.latest().await.unwrap().unwrap().id, q3.id);
    assert_eq!(public.releases().await.unwrap()[0].id, revised.id);
    let tables = public.tables().await.unwrap();
    assert_eq!((tables.len(), &tables[0].definition), (1, &table("case-flow")));
    assert_eq!(public.table("remedies").await.unwrap().unwrap().release, revised.id);
    let counts = public.table_in(revised.id, "case-flow").await.unwrap().unwrap();
    assert_eq!((counts.shown, counts.withheld), (1, 1));

    // As of an earlier release, what came later is not there.
    let then = public.as_of(q3.id).await.unwrap().unwrap();
    let cells = then.cells(&CellQuery::table("case-flow").item(Item::Received)).await.unwrap();
    let seen: Vec<_> = cells.iter().map(|c| (c.release.to_string(), c.cell.value)).collect();
    let expected = [("2026-Q2.1", 10), ("2026-Q3.1", 21), ("2026-Q3.1", 30)];
    assert_eq!(seen, expected.map(|(r, v)| (r.to_owned(), Some(v))));
    assert_eq!(then.releases().await.unwrap().len(), 2);
    assert_eq!(then.table("remedies").await.unwrap(), None);
    let first = public.as_of(q2.id).await.unwrap().unwrap();
    assert_eq!(first.latest().await.unwrap().unwrap().id, q2.id);
    assert_eq!(first.tables().await.unwrap()[0].release, q2.id);
    assert_eq!(first.periods("case-flow").await.unwrap(), ["2026-Q1", "2026-Q2"].map(period));
    let holding = first.holding("case-flow", period("2026-Q2")).await.unwrap();
    assert_eq!(holding.map(|r| r.id), Some(q2.id));
    // A release that is not visible yet is none to look back to.
    assert!(public.as_of(embargoed.id).await.unwrap().is_none());

    // The next build sees all of them.
    let all: Vec<_> = publisher.all_cells().await.unwrap().try_collect().await.unwrap();
    assert_eq!(all.len(), 7);
    assert_eq!(all.last().unwrap().0, embargoed.id);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_figure_is_found_by_its_name_in_every_visible_release_that_has_it() {
    let cluster = TestCluster::start().await.unwrap();
    let urls = cluster.urls();
    let publisher = PublisherPool::connect(urls.publisher).await.unwrap();
    let public = PublishedPool::connect(urls.reader).await.unwrap();
    let first = release("2026-Q2.1", 0, vec![total("2026-Q2", 10), withheld("2026-Q2")]);
    let mut second = release("2026-Q3.1", 1, Vec::new());
    second.tables.push(new_table("remedies", vec![total("2026-Q3", 7), withheld("2026-Q3")]));
    second.tables[0] = new_table("case-flow", vec![total("2026-Q2", 11)]);
    let mut embargoed = release("2026-Q4.1", 2, vec![total("2026-Q2", 99)]);
    embargoed.visible_from = from_now(60);
    for r in [&first, &second, &embargoed] {
        publisher.insert_release(r).await.unwrap();
    }

    // Both tables of the second release begin with a figure of this name in this made-up naming.
    let found = public.figure([0; 10]).await.unwrap();
    let mut seen: Vec<_> =
        found.iter().map(|f| (f.release.log_index, f.leaf, f.cell.value)).collect();
    seen.sort_unstable();
    assert_eq!(seen, [(0, 0, Some(10)), (1, 0, Some(11)), (1, 1, Some(7))]);
    assert_eq!(found.last().unwrap().cell, total("2026-Q2", 10));
    let found = public.figure([1; 10]).await.unwrap();
    let seen: Vec<_> = found.iter().map(|f| (f.table.as_str(), f.leaf, f.cell.status)).collect();
    assert_eq!(seen, [("remedies", 2, Status::Withheld), ("case-flow", 1, Status::Withheld)]);
    assert_eq!(public.figure([9; 10]).await.unwrap(), []);
    let then = public.as_of(first.id).await.unwrap().unwrap();
    assert_eq!(then.figure([0; 10]).await.unwrap().len(), 1);

    // Hashes come in the order in which they were asked for; of nothing else.
    let hashes = public.tree_hashes(first.id, &[3, 0, 255, 3, 256]).await.unwrap();
    assert_eq!(hashes, [[3; 32], [0; 32], [255; 32], [3; 32]]);
    assert!(public.tree_hashes(embargoed.id, &[0]).await.unwrap().is_empty());

    let log = public.log().await.unwrap();
    assert_eq!(log.iter().map(|l| l.release.id).collect::<Vec<_>>(), [first.id, second.id]);
    assert_eq!((&log[0].manifest, &log[0].key), (&first.manifest, &first.log_key));
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_manifest_is_kept_as_it_was_signed() {
    let cluster = TestCluster::start().await.unwrap();
    let urls = cluster.urls();
    let publisher = PublisherPool::connect(urls.publisher).await.unwrap();
    let public = PublishedPool::connect(urls.reader).await.unwrap();
    let sent = release("2026-Q3.1", 0, vec![total("2026-Q3", 1)]);
    publisher.insert_release(&sent).await.unwrap();
    assert_eq!(public.manifest_text(sent.id).await.unwrap(), Some(sent.manifest));
    assert_eq!(public.manifest(sent.id).await.unwrap().unwrap()["a"], 2);
    assert!(public.disclosure(sent.id).await.unwrap().unwrap()["tables"].is_array());
    let info = public.latest().await.unwrap().unwrap();
    assert_eq!(info.visible_from.as_microsecond(), sent.visible_from.as_microsecond());
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn readers_are_not_held_up_while_a_release_is_loaded() {
    let cluster = TestCluster::start().await.unwrap();
    let urls = cluster.urls();
    let publisher = PublisherPool::connect(urls.publisher.clone()).await.unwrap();
    let public = PublishedPool::connect(urls.reader).await.unwrap();
    publisher.insert_release(&release("2026-Q2.1", 0, vec![total("2026-Q2", 1)])).await.unwrap();

    let mut loading = urls.publisher.connect().await.unwrap();
    sqlx::raw_sql(
        "begin; insert into releases values ('2026-Q3.1', '2026-Q3', 8106, 1, now(), now(), true, 1,
             '{}', '', '{}', '', '');
         select create_release_partition('2026-Q3.1')",
    )
    .execute(&mut loading)
    .await
    .unwrap();
    let query = CellQuery::table("case-flow");
    let read = tokio::time::timeout(std::time::Duration::from_secs(5), public.cells(&query));
    assert_eq!(read.await.expect("the reader waits for the loader").unwrap().len(), 1);
    drop(loading);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn what_an_older_version_loaded_is_refused_with_what_to_do() {
    let cluster = TestCluster::start().await.unwrap();
    let urls = cluster.urls();
    let publisher = PublisherPool::connect(urls.publisher).await.unwrap();
    let mut owner = urls.owner_published.connect().await.unwrap();
    let guards = [
        include_str!("../../migrations/published/0003_figures.sql"),
        include_str!("../../migrations/published/0004_files.sql"),
    ]
    .map(|migration| {
        let (guard, _) = migration.split_once("end $$;").unwrap();
        format!("{guard}end $$;")
    });
    let run = |guard: &String| sqlx::raw_sql(sqlx::AssertSqlSafe(guard.clone()));
    for guard in &guards {
        run(guard).execute(&mut owner).await.unwrap();
    }
    publisher.insert_release(&release("2026-Q2.1", 0, vec![total("2026-Q2", 1)])).await.unwrap();
    for guard in &guards {
        let error = run(guard).execute(&mut owner).await.unwrap_err();
        let sqlx::Error::Database(error) = error else { panic!("{error}") };
        assert!(error.message().contains("loaded by an older version"), "{error}");
        let error = error.downcast_ref::<sqlx::postgres::PgDatabaseError>();
        assert!(error.hint().unwrap().contains("into an empty database"), "{error}");
    }
    cluster.stop().await.unwrap();
}
