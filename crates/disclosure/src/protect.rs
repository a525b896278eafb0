//! Protection as a whole: primary rule; local repair and linear audit in turns until nothing
//! sensitive is determined; certificates, with protection flows where they are missing; clean-up.
//!
//! A mask is a function of problem and policy alone: no clock, no floating point, and the same for
//! any number of threads.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::attack::Attack;
use crate::certify::Certifier;
use crate::decoy::decoys;
use crate::error::Refusal;
use crate::hash::siphash;
use crate::linear::Elimination;
use crate::model::{Visibility, Zeros};
use crate::primary::{Sensitive, sensitive_variables};
use crate::problem::{Problem, RelationId, Role, VarId};
use crate::repair::{State, blame};
use crate::walk::{self, Walk};

/// How much room a sensitive cell needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Width {
    /// As many possible values as its threshold; at least its own value where contributors are few.
    #[default]
    Threshold,
    /// The same but never more than this, in values less one. For comparison with other programs.
    AtMost(u32),
}

/// What protection may and must do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Whether zeros may be withheld.
    pub zeros: Zeros,
    /// How much room a sensitive cell needs.
    pub width: Width,
    /// Whether every sensitive cell has to be certified in integers; otherwise protection ends with
    /// the linear audit, and the mask has no certificates.
    pub certify: bool,
    /// Key of the ties: secret, and the same for all releases, so that equal choices stay equal.
    pub seed_key: [u8; 16],
    /// One in about this many of the smaller cells near sensitive ones is withheld for no reason, so
    /// that a mask tells nothing of why; 0 for none. Of use only with a secret key.
    pub decoys: u32,
    /// Audit rounds before giving up.
    pub max_rounds: u32,
    /// Work units (entries of relations touched) before giving up.
    pub max_work: u64,
    /// Threads to search with, 0 for as many as the machine has; the mask is the same for any.
    pub threads: usize,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            zeros: Zeros::Complement,
            width: Width::Threshold,
            certify: true,
            seed_key: [0; 16],
            decoys: 0,
            max_rounds: 200,
            max_work: 50_000_000_000,
            threads: 0,
        }
    }
}

/// One in so many cells is a decoy, as a rule.
const DECOYS: u32 = 16;

impl Policy {
    /// The usual policy under a secret key: with decoys, which are of no use without one.
    #[must_use]
    pub fn under(key: [u8; 16]) -> Self {
        Self { seed_key: key, decoys: DECOYS, ..Self::default() }
    }
}

/// What becomes of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Status {
    /// Shown exactly. Structural zeros count as shown: everyone knows them.
    Shown,
    /// Withheld because it is sensitive.
    Primary,
    /// Withheld to protect another.
    Secondary,
    /// Shown nowhere.
    NeverShown,
}

/// Why a variable was withheld as a complement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A single relation left too little room.
    Relation(RelationId),
    /// A linear combination gave a sensitive variable away.
    Attack(Attack),
    /// A sensitive variable, or a decoy, kept too few possible values without it.
    Flow(VarId),
    /// None: it hides which cells there is a reason for.
    Decoy,
}

/// What protection is about to do, for those who measure it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Local repair.
    Repair,
    /// Exact linear audit.
    Linear,
    /// Search for certificates among the hidden cells.
    Certify,
    /// Protection flows.
    Flow,
    /// Showing again what isn't needed.
    CleanUp,
    /// Done.
    End,
}

/// What is shown and what is withheld. The split of primary and secondary, and the reasons, are
/// restricted: publish only whether a cell is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    /// By cell of the population, in input order.
    pub statuses: Vec<Status>,
    /// Each complement with the reason for it, in the order of hiding.
    pub reasons: Vec<(VarId, Reason)>,
    /// Certificates, by position of the cell; restricted. The gate checks every one.
    pub certificates: Vec<Walk>,
    /// Audit rounds it took.
    pub rounds: u32,
    /// Work units spent: the same on every machine.
    pub work: u64,
}

impl Mask {
    /// Number of cells with a status.
    pub fn count(&self, status: Status) -> usize {
        self.statuses.iter().filter(|other| **other == status).count()
    }

    /// The least number of possible values of a sensitive cell that the certificates show, the true
    /// one included; `None` where no cell is sensitive. Without certificates it is 1: the truth.
    pub fn fewest_values(&self, problem: &Problem, policy: &Policy) -> Option<usize> {
        let sensitive = sensitive_variables(problem, policy);
        let distances = walk::distances(&self.certificates);
        let cells = (0u32..).zip(problem.variables_of_cells());
        let cells = cells.filter(|(_, id)| sensitive[**id as usize].is_some());
        cells.map(|(cell, _)| 1 + distances.get(&cell).map_or(0, BTreeSet::len)).min()
    }
}

/// Withholds cells until every sensitive one keeps as many possible values as it needs.
///
/// # Errors
///
/// Refuses when a figure that has to be shown is sensitive or discloses a sensitive one, with the
/// formula, when a sensitive cell can't be certified, and when the budget is used up.
pub fn protect(problem: &Problem, policy: &Policy) -> Result<Mask, Refusal> {
    protect_observed(problem, policy, |_| {})
}

/// The same, telling when each stage begins; a stage may come more than once.
///
/// # Errors
///
/// As [`protect`].
pub fn protect_observed(
    problem: &Problem,
    policy: &Policy,
    mut observe: impl FnMut(Stage),
) -> Result<Mask, Refusal> {
    let sensitive = sensitive_variables(problem, policy);
    check_shown(problem, &sensitive)?;
    let mut state = State::new(problem, policy, &sensitive);
    let decoys = decoys(problem, policy, &sensitive, &state);
    decoys.iter().for_each(|id| state.withhold(*id));
    let mut reasons: Vec<_> = decoys.iter().map(|id| (*id, Reason::Decoy)).collect();
    let linear = protect_linearly(problem, policy, &sensitive, &mut state, &mut observe)?;
    reasons.extend(linear.reasons);

    if !policy.certify {
        observe(Stage::End);
        return Ok(Mask {
            statuses: statuses(problem, &sensitive, &state),
            reasons,
            certificates: Vec::new(),
            rounds: linear.rounds,
            work: state.work + linear.audit_work,
        });
    }
    observe(Stage::Certify);
    let needed = sensitive.iter().map(|s| s.map_or(0, |s| s.width)).collect();
    let mut certifier = Certifier::new(problem, policy, needed, decoys, linear.rounds);
    certifier.search(state.hidden())?;
    observe(Stage::Flow);
    let flows = certifier.repair(&mut state)?;
    reasons.extend(flows.into_iter().map(|(id, served)| (id, Reason::Flow(served))));
    observe(Stage::CleanUp);
    certifier.clean_up(&mut state);
    reasons.retain(|(id, _)| state.hidden()[*id as usize]);
    observe(Stage::End);
    Ok(Mask {
        statuses: statuses(problem, &sensitive, &state),
        reasons,
        rounds: linear.rounds,
        work: state.work + linear.audit_work + certifier.work,
        certificates: certifier.into_walks(),
    })
}

/// What the linear stage leaves behind beside the state.
struct Linear {
    reasons: Vec<(VarId, Reason)>,
    rounds: u32,
    audit_work: u64,
}

/// Rounds of the linear audit before certificates are looked for, which find what is left.
const LINEAR_ROUNDS: u32 = 12;

/// Local repair and linear audit in turns until nothing sensitive is determined, or little enough
/// for the certificates.
fn protect_linearly(
    problem: &Problem,
    policy: &Policy,
    sensitive: &[Option<Sensitive>],
    state: &mut State<'_>,
    observe: &mut impl FnMut(Stage),
) -> Result<Linear, Refusal> {
    let mut reasons = Vec::new();
    let mut audit_work = 0;
    let rounds =
        if policy.certify { policy.max_rounds.min(LINEAR_ROUNDS) } else { policy.max_rounds };
    for round in 1..=rounds {
        observe(Stage::Repair);
        let repaired = state.repair(sensitive, round)?;
        reasons.extend(repaired.into_iter().map(|(id, by)| (id, Reason::Relation(by))));
        observe(Stage::Linear);
        let hidden = state.hidden().to_vec();
        let elimination = Elimination::new(problem, &hidden);
        audit_work += elimination.work();
        if state.work + audit_work > policy.max_work {
            return Err(Refusal::Budget { rounds: round, work: state.work + audit_work });
        }
        let determined = elimination.determined(siphash(&policy.seed_key, &round.to_le_bytes()));
        let is_sensitive = |id: &VarId| sensitive[*id as usize].is_some();
        let exposed: Vec<VarId> = determined.iter().copied().filter(is_sensitive).collect();
        if exposed.is_empty() {
            let tight = state.tight(&determined, sensitive, |id| elimination.attack(id))?;
            if tight.is_empty() {
                return Ok(Linear { reasons, rounds: round, audit_work });
            }
            for (choice, by) in tight {
                state.hide(choice);
                reasons.push((choice, Reason::Relation(by)));
            }
        }
        for id in exposed {
            let candidates = break_attack(problem, &elimination, state, id)?;
            let Some((attack, mut candidates)) = candidates else { continue };
            candidates.sort_unstable();
            let several = if round < 4 { 1 } else { 2 + usize::from(round >= 7) };
            for (_, _, choice) in candidates.into_iter().take(several) {
                state.hide(choice);
                reasons.push((choice, Reason::Attack(attack.clone())));
            }
        }
    }
    if policy.certify {
        return Ok(Linear { reasons, rounds, audit_work });
    }
    Err(Refusal::Budget { rounds, work: state.work + audit_work })
}

/// A candidate: cost, tie, variable.
type Candidate = (i64, u64, VarId);

/// The attack on an exposed variable and the cells that would break it; `None` if a cell hidden
/// since the audit breaks it already.
fn break_attack(
    problem: &Problem,
    elimination: &Elimination<'_>,
    state: &State<'_>,
    id: VarId,
) -> Result<Option<(Attack, Vec<Candidate>)>, Refusal> {
    let Some(attack) = elimination.attack(id) else {
        return Err(Refusal::Unprintable { cell: problem.label(id).to_owned() });
    };
    let shown = || attack.terms.iter().map(|(member, _)| *member);
    if shown().any(|member| state.hidden()[member as usize]) {
        return Ok(None);
    }
    let candidates: Vec<Candidate> = shown()
        .filter(|member| state.may_hide(*member))
        .map(|member| {
            let (cost, tie) = state.cost(member, None);
            (cost, tie, member)
        })
        .collect();
    if candidates.is_empty() {
        return Err(blame(problem, shown(), attack.formula(problem)));
    }
    Ok(Some((attack, candidates)))
}

fn check_shown(problem: &Problem, sensitive: &[Option<Sensitive>]) -> Result<(), Refusal> {
    for (id, variable) in (0u32..).zip(problem.variables()) {
        if sensitive[id as usize].is_none() {
            continue;
        }
        let cell = || problem.label(id).to_owned();
        match variable.role {
            Role::Forced | Role::Exact => return Err(Refusal::ForcedSensitive { cell: cell() }),
            Role::Published => return Err(Refusal::PublishedSensitive { cell: cell() }),
            Role::Structural | Role::Open | Role::Withheld | Role::Never => {}
        }
    }
    Ok(())
}

fn statuses(problem: &Problem, sensitive: &[Option<Sensitive>], state: &State<'_>) -> Vec<Status> {
    let status = |(id, visibility): (&VarId, &Visibility)| {
        let at = *id as usize;
        match visibility {
            Visibility::Never => Status::NeverShown,
            _ if !state.hidden()[at] => Status::Shown,
            _ if sensitive[at].is_some() => Status::Primary,
            _ => Status::Secondary,
        }
    };
    problem.variables_of_cells().iter().zip(problem.visibilities()).map(status).collect()
}
