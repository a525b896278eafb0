//! Boundaries: the newest are drawn, older ones stay.

use jiff::Timestamp;
use model::boundary::Level;
use model::locale::Text;
use store::testing::TestCluster;
use store::{NewGeometry, PublishedPool, PublisherPool};

use crate::sample::geometry;

const FIRST: &str = "0123456789abcdef";
const SECOND: &str = "fedcba9876543210";

#[tokio::test]
async fn the_newest_boundaries_of_a_level_are_drawn_and_older_ones_are_kept() {
    let cluster = TestCluster::start().await.unwrap();
    let urls = cluster.urls();
    let publisher = PublisherPool::connect(urls.publisher).await.unwrap();
    let reader = PublishedPool::connect(urls.reader).await.unwrap();
    assert_eq!(reader.geometry(Level::Commune).await.unwrap(), None);

    let before = Timestamp::now();
    publisher.insert_geometry(&geometry(FIRST)).await.unwrap();
    let renamed = Text::new("Nguồn: Sở B", "Source: Department B");
    let second = NewGeometry { source: renamed.clone(), ..geometry(SECOND) };
    publisher.insert_geometry(&second).await.unwrap();

    let drawn = reader.geometry(Level::Commune).await.unwrap().unwrap();
    assert_eq!((drawn.level, drawn.hash.as_str()), (Level::Commune, SECOND));
    assert_eq!((drawn.width, drawn.height, &drawn.source), (40, 30, &renamed));
    assert!(drawn.imported_at.as_second() >= before.as_second() - 60);
    assert_eq!(reader.geometry(Level::District).await.unwrap(), None);

    // A page that was loaded before the second import still finds its drawing.
    let svg = reader.drawing(Level::Commune, FIRST).await.unwrap();
    assert_eq!(svg, Some(geometry(FIRST).svg));
    assert_eq!(reader.drawing(Level::District, FIRST).await.unwrap(), None);
    assert_eq!(reader.drawing(Level::Commune, "00").await.unwrap(), None);

    // Importing the first again brings it back.
    publisher.insert_geometry(&geometry(FIRST)).await.unwrap();
    assert_eq!(reader.geometry(Level::Commune).await.unwrap().unwrap().hash, FIRST);
    let all = publisher.geometries().await.unwrap();
    let hashes: Vec<&str> = all.iter().map(|g| g.hash.as_str()).collect();
    assert_eq!(hashes, [FIRST, SECOND, FIRST]);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn boundaries_without_a_source_or_size_are_refused() {
    let cluster = TestCluster::start().await.unwrap();
    let publisher = PublisherPool::connect(cluster.urls().publisher).await.unwrap();
    for wrong in [
        NewGeometry { source: Text::new(" ", "Source"), ..geometry(FIRST) },
        NewGeometry { source: Text::new("Nguồn", ""), ..geometry(FIRST) },
        NewGeometry { width: 0, ..geometry(FIRST) },
        geometry("../../etc"),
    ] {
        let refused = publisher.insert_geometry(&wrong).await.unwrap_err();
        let why = std::error::Error::source(&refused).unwrap().to_string();
        assert!(why.contains("check constraint"), "{why}");
    }
    assert!(publisher.geometries().await.unwrap().is_empty());
    cluster.stop().await.unwrap();
}
