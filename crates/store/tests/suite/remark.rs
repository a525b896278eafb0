//! Remarks are seen as the release that they stand on, and are never changed.

use jiff::civil::date;
use model::figure::Address;
use model::item::Item;
use sqlx::{AssertSqlSafe, ConnectOptions as _};
use store::testing::TestCluster;
use store::{Answer, Outcome, PublishedPool, PublisherError, PublisherPool};

use crate::sample::{challenge, explanation, from_now, period, release, total, words};

#[tokio::test]
async fn what_is_said_of_a_release_is_seen_from_its_minute_on() {
    let cluster = TestCluster::start().await.unwrap();
    let urls = cluster.urls();
    let publisher = PublisherPool::connect(urls.publisher.clone()).await.unwrap();
    let reader = PublishedPool::connect(urls.reader.clone()).await.unwrap();
    publisher.insert_release(&release("2026-Q3.1", 0, vec![total("2026-Q3", 7)])).await.unwrap();
    let mut covered = release("2026-Q3.2", 1, vec![total("2026-Q3", 8)]);
    covered.visible_from = from_now(60);
    publisher.insert_release(&covered).await.unwrap();
    let day = date(2026, 11, 2);
    let answer = |outcome| Answer { outcome, answered: day, words: words() };

    // No command records what stands on a release that can't be seen; the database hides it as well.
    for id in ["2026-Q3.1", "2026-Q3.2"] {
        publisher.insert_explanation(&explanation(id)).await.unwrap();
        publisher.insert_challenge(&challenge(id)).await.unwrap();
    }
    publisher.insert_answer(1, &answer(Outcome::Corrected(covered.id))).await.unwrap();
    publisher.insert_answer(2, &answer(Outcome::Upheld)).await.unwrap();
    let address = Address::total(period("2026-Q3"), Item::Received);
    let explained = reader.explanations_of([0; 10], "case-flow", &address).await.unwrap();
    assert_eq!(explained, [explanation("2026-Q3.1")]);
    let seen = reader.challenges().await.unwrap();
    assert_eq!(seen.len(), 1);
    assert_eq!(
        (seen[0].number, &seen[0].received, &seen[0].answer),
        (1, &challenge("2026-Q3.1"), &None)
    );
    assert_eq!(seen[0].days(day), 1);
    let mut connection = urls.reader.connect().await.unwrap();
    let count = "select (select count(*) from challenge_answers)";
    let answers: i64 = sqlx::query_scalar(count).fetch_one(&mut connection).await.unwrap();
    assert_eq!(answers, 0);

    // Its minute comes: nothing is written but what the clock does.
    let mut owner = urls.owner_published.connect().await.unwrap();
    let come = "update releases set visible_from = now()";
    sqlx::query(come).execute(&mut owner).await.unwrap();
    assert_eq!(reader.challenges_to([0; 10]).await.unwrap().len(), 2);
    let first = reader.challenges().await.unwrap().into_iter().find(|c| c.number == 1).unwrap();
    assert_eq!(first.answer, Some(answer(Outcome::Corrected(covered.id))));
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn remarks_are_only_ever_added() {
    let cluster = TestCluster::start().await.unwrap();
    let urls = cluster.urls();
    let publisher = PublisherPool::connect(urls.publisher.clone()).await.unwrap();
    publisher.insert_release(&release("2026-Q3.1", 0, vec![total("2026-Q3", 7)])).await.unwrap();
    publisher.insert_explanation(&explanation("2026-Q3.1")).await.unwrap();
    let number = publisher.insert_challenge(&challenge("2026-Q3.1")).await.unwrap();
    let answer = Answer { outcome: Outcome::Upheld, answered: date(2026, 11, 2), words: words() };
    publisher.insert_answer(number, &answer).await.unwrap();
    let again = publisher.insert_answer(number, &answer).await;
    assert!(matches!(again, Err(PublisherError::Answered(n)) if n == number), "{again:?}");
    assert!(publisher.insert_answer(99, &answer).await.is_err());

    for (role, options) in [("publisher", &urls.publisher), ("reader", &urls.reader)] {
        let mut connection = options.connect().await.unwrap();
        // A role may change its own defaults; what counts is what it was granted.
        let writing = "set default_transaction_read_only = off";
        sqlx::query(writing).execute(&mut connection).await.unwrap();
        let tables = ["explanations", "challenges", "challenge_answers"];
        for table in tables {
            let mut refused = vec![
                format!("update {table} set text_vi = 'x'"),
                format!("delete from {table}"),
                format!("truncate {table}"),
            ];
            if role == "reader" {
                refused.push(format!("insert into {table} (text_vi) values ('x')"));
            }
            for sql in refused {
                let said = sqlx::query(AssertSqlSafe(sql.clone())).execute(&mut connection).await;
                let said = said.map_err(|error| error.to_string());
                let denied = said.as_ref().is_err_and(|e| e.contains("permission denied"));
                assert!(denied, "{role}: {sql}: {said:?}");
            }
        }
    }
    cluster.stop().await.unwrap();
}
