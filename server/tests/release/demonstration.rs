//! The whole demonstration: fifteen releases of a simulated register with everything in it.

use std::collections::HashMap;
use std::fs;

use disclosure::gate::Failure;
use model::figure::Address;
use model::item::Population;
use model::{Cell, Item, Kind, Status};
use server::release::BuildError;
use server::release::archive::Archive;
use server::release::build::check;
use server::release::bundle::{Bundle, Release};
use store::testing::TestCluster;

use super::workshop::Workshop;

/// What a figure has to reach to be shown, if it isn't zero.
pub fn threshold(cell: &Cell) -> i64 {
    let item = cell.address.item;
    let transfer = matches!(item, Item::TransferredIn | Item::TransferredOut);
    if item.population() == Population::Schedule || transfer {
        0
    } else if cell.address.kind == Kind::Denunciation.code() {
        10
    } else if matches!(item.unit(), model::Unit::MillionVnd | model::Unit::SquareMetre) {
        // An amount is protected by how many cases it comes from, not by its size.
        0
    } else {
        5
    }
}

fn cells(release: &Release) -> impl Iterator<Item = &Cell> {
    release.tables.iter().flat_map(|t| &t.cells)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_gives_fifteen_releases_that_keep_every_promise() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    let out = workshop.dir.path().join("demo");
    let options = server::demo::Options { seed: 1, scale: 1, out: out.clone() };
    server::demo::write(&options, &mut |_| {}).unwrap();
    let mut quarters: Vec<String> = fs::read_dir(&out)
        .unwrap()
        .filter(|e| e.as_ref().unwrap().path().is_dir())
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    quarters.sort();
    assert_eq!(quarters.len(), 15);

    for quarter in &quarters {
        let mut files: Vec<_> =
            fs::read_dir(out.join(quarter)).unwrap().map(|e| e.unwrap().path()).collect();
        files.retain(|f| f.extension().is_some_and(|e| e == "csv"));
        files.sort();
        workshop.import(&files).await;
        let built = workshop.try_build(quarter).await.unwrap_or_else(|e| panic!("{quarter}: {e}"));
        for table in &built.tables {
            assert!(table.withheld * 3 <= table.nonzero, "{quarter}: {table}");
            let begins_later = ["cases-commune", "followed"].contains(&table.table.as_str());
            assert!(table.nonzero > 0 || begins_later, "{quarter}: {table}");
        }
    }
    let archive = workshop.archive();
    archive.verify(workshop.keys.log.verifier()).unwrap();
    assert_eq!(archive.bundles().len(), 15);
    no_small_number_is_shown(archive.bundles());
    // Complements that nothing depends on any more may follow, small figures never.
    let follow = super::reader::finds_no_small_figure(archive.bundles());
    assert!(follow > 100, "{follow}");
    nothing_changes_its_mind(archive.bundles());
    the_gate_has_passed(archive.bundles());

    // Once more from the files alone: over the newest release, which stands on all before it, and
    // over the last year's end; then with what it must not pass.
    let newest = &archive.bundles().last().unwrap().release;
    let gate = check(&workshop.register, &archive, &workshop.keys, newest).await.unwrap();
    assert_eq!(gate, newest.gate);
    let bundle = archive.bundles().iter().find(|b| b.release.id.to_string() == "2025-Q4.1");
    let release = &bundle.unwrap().release;
    let gate = check(&workshop.register, &archive, &workshop.keys, release).await.unwrap();
    assert_eq!(gate, release.gate);
    a_figure_shown_again_is_refused(&workshop, &archive, release).await;
    cluster.stop().await.unwrap();
}

fn no_small_number_is_shown(bundles: &[Bundle]) {
    for bundle in bundles {
        for cell in cells(&bundle.release) {
            let small = cell.value.is_some_and(|v| 0 < v && v < threshold(cell));
            assert!(!small, "{} {cell:?}", bundle.release.id);
            assert_eq!(cell.value.is_some(), cell.status == Status::Shown, "{cell:?}");
        }
    }
}

/// A figure that two tables or two releases hold is the same in both: once shown it stays shown.
fn nothing_changes_its_mind(bundles: &[Bundle]) {
    let mut seen: HashMap<&Address, Option<i64>> = HashMap::new();
    let mut twice = 0;
    for cell in bundles.iter().flat_map(|b| cells(&b.release)) {
        if let Some(before) = seen.insert(&cell.address, cell.value) {
            assert_eq!(before, cell.value, "{:?}", cell.address);
            twice += 1;
        }
    }
    assert!(twice > 100, "{twice}");

    // Opening is the last closing: where both are shown, the same number.
    let mut pairs = 0;
    for (address, value) in seen.iter().filter(|(a, _)| a.item == Item::Opening) {
        let index = address.period.last_quarter_index() - 1;
        let before = Address {
            period: model::Period::from_quarter_index(index),
            item: Item::Closing,
            ..(*address).clone()
        };
        if let (true, Some(value), Some(Some(closing))) =
            (address.period.is_quarter(), value, seen.get(&before))
        {
            assert_eq!(value, closing, "{address:?}");
            pairs += 1;
        }
    }
    assert!(pairs > 300, "{pairs}");
}

fn the_gate_has_passed(bundles: &[Bundle]) {
    for bundle in bundles {
        let gate = &bundle.release.gate;
        assert_eq!(gate["passed"], true);
        assert_eq!(gate["release"], bundle.release.id.to_string());
        for population in Population::ALL {
            let looked_at = &gate["populations"][population.code()];
            assert!(looked_at["cells"].as_u64().unwrap() > 0, "{gate}");
            assert!(looked_at["relations"].is_u64(), "{gate}");
        }
    }
}

/// Shows withheld figures again, one at a time, in one table after the other: the gate says that it
/// is a small count, or by which formula one would follow from it. (A complement that bears no load
/// any more, because another one came after it, is only refused for its value.)
async fn a_figure_shown_again_is_refused(
    workshop: &Workshop,
    archive: &Archive,
    release: &Release,
) {
    let (mut small, mut formulas) = (0, 0);
    let tables = release.tables.iter().enumerate();
    let tables = tables.filter(|(_, t)| t.count(Status::Withheld) > 0);
    for (at, table) in tables {
        if small > 0 && formulas > 0 {
            break;
        }
        let first = table.cells.iter().position(|c| c.status == Status::Withheld).unwrap();
        let mut shown = release.clone();
        let cell = &mut shown.tables[at].cells[first];
        // Whatever the value: that a reader knows it is what counts.
        *cell = Cell::shown(cell.address.clone(), 1);
        let error = check(&workshop.register, archive, &workshop.keys, &shown).await.unwrap_err();
        let BuildError::Gate(failures) = &error else { panic!("{error}") };
        small += failures.iter().filter(|f| matches!(f, Failure::Shown { .. })).count();
        let follows = |f: &&Failure| {
            matches!(f, Failure::Determined { .. } | Failure::TooLittleRoom { .. })
                && f.to_string().contains(" = ")
        };
        formulas += failures.iter().filter(follows).count();
    }
    assert!(small > 0 && formulas > 0, "{small} small counts, {formulas} formulas");
}
