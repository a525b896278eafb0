use std::sync::LazyLock;

use model::figure::{Address, Cell};
use model::{Check, Item, Period};
use proptest::prelude::*;

use super::*;
use crate::log::{Log, LogKey};
use crate::tree::Tree;
use crate::{FileEntry, SignOff, canonical_line, manifest};

const ORIGIN: &str = "example.org/complaints";

/// A log of four releases, each with its own figures.
struct World {
    key: LogKey,
    /// The key that takes over after the second release, which announces it.
    successor: Option<LogKey>,
    lines: Vec<Vec<String>>,
    manifests: Vec<String>,
}

impl World {
    fn new() -> Self {
        let key = LogKey::generate(ORIGIN, &mut rand_core::OsRng);
        let quarters = ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"];
        let lines: Vec<Vec<String>> = quarters.map(|quarter| lines(quarter, 7)).into();
        let manifests = (0_u64..)
            .zip(quarters)
            .map(|(entry, quarter)| {
                manifest(quarter, entry, &lines[usize::try_from(entry).unwrap()])
            })
            .collect();
        Self { key, successor: None, lines, manifests }
    }

    fn handed_over() -> Self {
        let mut world = Self::new();
        let successor = LogKey::generate(ORIGIN, &mut rand_core::OsRng);
        for (entry, text) in world.manifests.iter_mut().enumerate() {
            let mut manifest: Manifest = serde_json::from_str(text).unwrap();
            manifest.key = [&world.key, &successor][usize::from(entry > 1)].verifier().to_owned();
            manifest.next_key = (entry == 1).then(|| successor.verifier().to_owned());
            *text = serde_json::to_string_pretty(&manifest).unwrap();
        }
        world.successor = Some(successor);
        world
    }

    /// The key that signs the log of `size` releases.
    fn signer(&self, size: usize) -> &LogKey {
        self.successor.as_ref().filter(|_| size > 2).unwrap_or(&self.key)
    }

    fn handovers(&self, size: usize) -> Vec<Handover> {
        let checkpoint = |n: usize| self.signer(n).checkpoint(&self.log(n)).unwrap();
        let checkpoints: Vec<String> = (1..=size).map(checkpoint).collect();
        let entry =
            |n: usize| (&*self.manifests[n], &*checkpoints[n], self.signer(n + 1).verifier());
        Handover::all(&self.log(size), &(0..size).map(entry).collect::<Vec<_>>()).unwrap()
    }

    /// The log of the first `size` releases.
    fn log(&self, size: usize) -> Log {
        let mut log = Log::new(ORIGIN);
        self.manifests[..size].iter().for_each(|m| log.push(m.as_bytes()).unwrap());
        log
    }

    fn trusted(&self) -> TrustedLog<'_> {
        TrustedLog { origin: ORIGIN, key: self.key.verifier() }
    }

    /// What proves figure `leaf` of release `entry` once `size` releases are out.
    fn evidence(&self, entry: usize, leaf: usize, size: usize) -> Evidence {
        let log = self.log(size);
        let lines = &self.lines[entry];
        let tree = Tree::of(lines.iter().map(String::as_bytes)).unwrap();
        let number = |n: usize| u64::try_from(n).unwrap();
        Evidence {
            line: lines[leaf].clone(),
            leaf: number(leaf),
            path: tree.prove(number(leaf)).unwrap().iter().map(hex).collect(),
            manifest: self.manifests[entry].clone(),
            log_path: log.prove(number(entry)).unwrap().iter().map(hex).collect(),
            checkpoint: self.signer(size).checkpoint(&log).unwrap(),
            handovers: self.handovers(size),
        }
    }

    fn history(&self, before: usize, now: usize) -> History {
        let state = self.log(before).state().unwrap();
        let path = self.log(now).prove_history(state.size).unwrap().iter().map(hex).collect();
        History { seen: state, path }
    }

    fn refusal(&self, evidence: &Evidence, history: Option<&History>) -> Refusal {
        check(evidence, self.trusted(), history).unwrap_err().1
    }
}

fn lines(quarter: &str, count: i64) -> Vec<String> {
    let period: Period = quarter.parse().unwrap();
    let release = format!("{quarter}.1").parse().unwrap();
    let cell = |n: i64| {
        let item = [Item::Settled, Item::Entered][usize::from(n % 2 == 0)];
        Cell::shown(Address::total(period, item), 100 + n)
    };
    (0..count).map(|n| canonical_line(release, "case-flow", &cell(n))).collect()
}

/// The manifest of a release with `lines`, in which the key is anything.
pub(crate) fn manifest(quarter: &str, entry: u64, lines: &[String]) -> String {
    let release: ReleaseId = format!("{quarter}.1").parse().unwrap();
    let tree = Tree::of(lines.iter().map(String::as_bytes)).unwrap();
    let manifest = Manifest {
        format: manifest::FORMAT.to_owned(),
        release,
        period: release.period,
        period_start: release.period.start().to_string(),
        period_end: release.period.end().to_string(),
        visible_from: "2026-01-01T00:00:00Z".into(),
        simulated: true,
        sign_off: SignOff::new("Statistics", "Inspectorate", &[Check::Words]).unwrap(),
        reason: None,
        notes: None,
        key: "example.org/complaints+00000000+AQ==".to_owned(),
        next_key: None,
        figures: tree.size(),
        root: tree.root_hex().unwrap(),
        log_index: entry,
        tables: vec!["case-flow".into()],
        files: vec![FileEntry::of("tables.json", b"[]")],
    };
    serde_json::to_string_pretty(&manifest).unwrap()
}

#[test]
fn a_figure_of_any_release_is_proved_by_the_newest_state_of_the_log() {
    let world = World::new();
    for entry in 0..4 {
        for size in entry + 1..=4 {
            let evidence = world.evidence(entry, 3, size);
            let facts = check(&evidence, world.trusted(), None).unwrap();
            assert_eq!(facts[0], Fact::Signed(world.log(size).state().unwrap()));
            let figure = Line::parse(&evidence.line).unwrap().figure();
            assert_eq!(facts.last(), Some(&Fact::Held { figure, leaf: 3, figures: 7 }));
        }
    }
}

#[test]
fn a_log_that_grew_continues_what_was_seen() {
    let world = World::new();
    for before in 1..=4 {
        let history = world.history(before, 4);
        let facts = check(&world.evidence(1, 0, 4), world.trusted(), Some(&history)).unwrap();
        let from = u64::try_from(before).unwrap();
        assert!(facts.contains(&Fact::Continues { from, to: 4 }));
    }
}

#[test]
fn a_changed_value_and_a_figure_in_anothers_place_are_refused() {
    let world = World::new();
    let evidence = world.evidence(2, 3, 4);
    let release = "2026-Q2.1".parse().unwrap();

    let mut changed = evidence.clone();
    changed.line = changed.line.replace("|103", "|104");
    assert_ne!(changed, evidence);
    assert_eq!(world.refusal(&changed, None), Refusal::NotHeld { release, leaf: 3 });

    let mut swapped = evidence.clone();
    swapped.line = world.evidence(2, 4, 4).line;
    assert_eq!(world.refusal(&swapped, None), Refusal::NotHeld { release, leaf: 3 });

    let mut moved = evidence;
    moved.leaf = 5;
    assert_eq!(world.refusal(&moved, None), Refusal::NotHeld { release, leaf: 5 });
}

#[test]
fn a_figure_under_another_releases_manifest_is_refused() {
    let world = World::new();
    let mut replayed = world.evidence(3, 3, 4);
    let older = world.evidence(1, 3, 4);
    (replayed.manifest, replayed.log_path) = (older.manifest, older.log_path);
    let release = "2026-Q1.1".parse().unwrap();
    assert_eq!(world.refusal(&replayed, None), Refusal::OtherRelease(release));
}

#[test]
fn what_is_no_canonical_line_is_refused_even_if_it_were_a_leaf() {
    let world = World::new();
    let mut evidence = world.evidence(2, 3, 4);
    evidence.line = "812".into();
    assert_eq!(world.refusal(&evidence, None), Refusal::Line("812".into()));
}

#[test]
fn a_log_is_named_after_its_key() {
    let world = World::new();
    let log = TrustedLog::of(world.key.verifier());
    assert_eq!(log.origin, ORIGIN);
    assert!(check(&world.evidence(1, 3, 4), log, None).is_ok());
}

#[test]
fn a_manifest_that_is_not_in_the_log_is_refused() {
    let world = World::new();
    let mut evidence = world.evidence(2, 3, 4);
    evidence.manifest = evidence.manifest.replace("\"simulated\": true", "\"simulated\": false");
    let release = "2026-Q2.1".parse().unwrap();
    assert_eq!(world.refusal(&evidence, None), Refusal::NotLogged(release));
}

#[test]
fn a_log_of_another_key_or_name_is_refused() {
    let (world, other) = (World::new(), World::new());
    let mut evidence = world.evidence(2, 3, 4);
    evidence.checkpoint = other.evidence(2, 3, 4).checkpoint;
    assert!(matches!(world.refusal(&evidence, None), Refusal::Checkpoint(_)));

    let evidence = world.evidence(2, 3, 4);
    let elsewhere = TrustedLog { origin: "example.org/other", key: world.key.verifier() };
    let (facts, refusal) = check(&evidence, elsewhere, None).unwrap_err();
    assert!(facts.is_empty() && matches!(refusal, Refusal::Checkpoint(_)), "{refusal}");
}

#[test]
fn a_log_that_was_cut_or_rewritten_is_refused() {
    let world = World::new();
    let cut = world.evidence(1, 3, 2);
    let mut history = world.history(4, 4);
    assert_eq!(world.refusal(&cut, Some(&history)), Refusal::Shorter { before: 4, now: 2 });

    // Signed by the same key, with one earlier release replaced.
    let mut fork = World::new();
    fork.key = world.key.clone();
    fork.manifests.clone_from(&world.manifests);
    fork.manifests[0] = fork.manifests[0].replace("true", "false");
    let evidence = fork.evidence(2, 3, 4);
    assert!(check(&evidence, world.trusted(), None).is_ok(), "without memory it passes");
    history = fork.history(3, 4);
    history.seen = world.log(3).state().unwrap();
    assert_eq!(world.refusal(&evidence, Some(&history)), Refusal::Changed { before: 3 });
}

#[test]
fn every_log_continues_an_empty_one() {
    let world = World::new();
    let history = History { seen: world.log(0).state().unwrap(), path: Vec::new() };
    let facts = check(&world.evidence(1, 0, 4), world.trusted(), Some(&history)).unwrap();
    assert!(facts.contains(&Fact::Continues { from: 0, to: 4 }));
}

#[test]
fn a_manifest_of_another_format_and_what_is_no_hash_are_refused() {
    let world = World::new();
    let mut evidence = world.evidence(1, 0, 4);
    evidence.manifest = evidence.manifest.replace(manifest::FORMAT, "another");
    assert!(matches!(world.refusal(&evidence, None), Refusal::Manifest(_)));
    let mut evidence = world.evidence(1, 0, 4);
    evidence.path[0].pop();
    assert_eq!(world.refusal(&evidence, None), Refusal::Hash(evidence.path[0].clone()));
}

#[test]
fn whoever_trusts_the_first_key_or_the_last_can_check_what_either_signed() {
    let world = World::handed_over();
    let (first, last) = (world.key.verifier(), world.successor.as_ref().unwrap().verifier());
    let handed = |facts: &[Fact]| {
        let release = "2026-Q1.1".parse().unwrap();
        facts.contains(&Fact::HandedOver { release, key: last.to_owned() })
    };
    for entry in 0..4 {
        for size in entry + 1..=4 {
            let evidence = world.evidence(entry, 3, size);
            assert_eq!(evidence.handovers.len(), usize::from(size > 2));
            let facts = check(&evidence, TrustedLog::of(first), None).unwrap();
            assert_eq!(handed(&facts), size > 2);
            assert!(facts.contains(&Fact::Signed(world.log(size).state().unwrap())));
            let by_last = check(&evidence, TrustedLog::of(last), None);
            assert_eq!(by_last.is_ok_and(|facts| !handed(&facts)), size > 2);
        }
    }
    // What was seen under the first key is continued under the last.
    let history = world.history(1, 4);
    check(&world.evidence(1, 0, 4), TrustedLog::of(first), Some(&history)).unwrap();
}

#[test]
fn a_handover_that_the_log_does_not_hold_is_refused() {
    let world = World::handed_over();
    let refusal = |change: fn(&mut Handover, &World)| {
        let mut evidence = world.evidence(2, 3, 4);
        change(&mut evidence.handovers[0], &world);
        world.refusal(&evidence, None)
    };
    // Any other entry announces nothing, and a changed manifest is no entry.
    let said = refusal(|handover, world| {
        handover.manifest.clone_from(&world.manifests[0]);
        handover.log_path = world.log(2).prove(0).unwrap().iter().map(hex).collect();
    });
    assert!(said.to_string().contains("2025-Q4.1 does not end the state"), "{said}");
    let said = refusal(|handover, world| {
        handover.manifest.clone_from(&world.manifests[0]);
        handover.log_path.clear();
        handover.checkpoint = world.key.checkpoint(&world.log(1)).unwrap();
    });
    assert_eq!(said, Refusal::Handover("release 2025-Q4.1 announces no key of this log".into()));
    let changed = refusal(|handover, _| {
        handover.manifest =
            handover.manifest.replace("\"simulated\": true", "\"simulated\": false");
    });
    assert!(changed.to_string().contains("2026-Q1.1 is not in the log"), "{changed}");
    let unread = refusal(|handover, _| handover.manifest.clear());
    assert!(matches!(unread, Refusal::Handover(_)), "{unread}");
    let path = refusal(|handover, _| handover.history[0].replace_range(..1, "z"));
    assert!(matches!(path, Refusal::Hash(_)), "{path}");
    // A log that does not go on from the state that was handed over.
    let elsewhere = refusal(|handover, _| handover.history.clear());
    assert_eq!(elsewhere, Refusal::Handover("the log does not continue that state".to_owned()));
    // Without it, the new key is a stranger's.
    let mut bare = world.evidence(2, 3, 4);
    bare.handovers.clear();
    assert!(matches!(world.refusal(&bare, None), Refusal::Checkpoint(_)));
    // Who holds the new key alone can't make the old one announce it.
    let mut forged = world.evidence(2, 3, 4);
    forged.handovers[0].checkpoint =
        world.successor.as_ref().unwrap().checkpoint(&world.log(2)).unwrap();
    assert!(matches!(world.refusal(&forged, None), Refusal::Checkpoint(_)));
}

#[test]
fn a_key_that_was_in_force_before_does_not_come_back() {
    // The log went from one key to another and on to a third; the second is in a stranger's hands.
    let mut world = World::handed_over();
    let second = world.successor.clone().unwrap();
    let third = LogKey::generate(ORIGIN, &mut rand_core::OsRng);
    let mut manifest: Manifest = serde_json::from_str(&world.manifests[2]).unwrap();
    manifest.next_key = Some(third.verifier().to_owned());
    world.manifests[2] = serde_json::to_string_pretty(&manifest).unwrap();
    let mut last: Manifest = serde_json::from_str(&world.manifests[3]).unwrap();
    last.key = third.verifier().to_owned();
    world.manifests[3] = serde_json::to_string_pretty(&last).unwrap();
    let by_third = third.checkpoint(&world.log(4)).unwrap();

    // The genuine announcement of the second key, in the genuine state that the third signed.
    let path = |hashes: Vec<Hash>| hashes.iter().map(hex).collect::<Vec<_>>();
    let mut forged = World {
        successor: None,
        key: second.clone(),
        lines: world.lines.clone(),
        manifests: world.manifests.clone(),
    };
    forged.manifests.push(
        world.manifests[3]
            .replace("2026-Q3", "2026-Q4")
            .replace("\"log_index\": 3", "\"log_index\": 4"),
    );
    let log = forged.log(5);
    let mut evidence = world.evidence(3, 3, 4);
    evidence.handovers = vec![Handover {
        manifest: world.manifests[1].clone(),
        log_path: path(world.log(4).prove(1).unwrap()),
        checkpoint: by_third,
        history: path(log.prove_history(4).unwrap()),
    }];
    evidence.log_path = path(log.prove(3).unwrap());
    evidence.checkpoint = second.checkpoint(&log).unwrap();
    let (_, refusal) = check(&evidence, TrustedLog::of(third.verifier()), None).unwrap_err();
    assert!(
        matches!(&refusal, Refusal::Handover(why) if why.contains("does not end")),
        "{refusal}"
    );
}

static WORLD: LazyLock<World> = LazyLock::new(World::handed_over);

proptest! {
    #[test]
    fn no_evidence_with_one_changed_bit_is_accepted(bit in any::<prop::sample::Index>()) {
        let world = &*WORLD;
        let mut bytes = serde_json::to_vec(&world.evidence(2, 3, 4)).unwrap();
        let at = bit.index(bytes.len() * 8);
        bytes[at / 8] ^= 1 << (at % 8);
        let read: Option<Evidence> = serde_json::from_slice(&bytes).ok();
        let accepted = read.is_some_and(|e| check(&e, world.trusted(), None).is_ok());
        prop_assert!(!accepted, "byte {}", at / 8);
    }
}
