//! Judges members by a look. Whatever is compared is formed from shown figures alone; who lacks one is not
//! judged, and is part of no measure for others.

use std::collections::HashMap;

use model::compare::{
    FEWEST, FEWEST_PEERS, Room, Standing, common, ended_before_peers, most, standing,
};
use model::{Item, Period};

use super::{Look, Test, chance};
use crate::data::table::Series;
use crate::data::{Figure, Figures, Value};

/// A part and its whole.
type Share = (i64, i64);

/// What a look makes of a member.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Code of the member.
    pub member: String,
    /// What it is made of: the figures of each period, oldest first, in the order of the test's items.
    pub figures: Vec<(Period, Item, Figure)>,
    /// The verdict.
    pub verdict: Verdict,
}

/// A verdict.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The threshold is crossed.
    Flagged(Finding),
    /// It is not.
    Within,
    /// That can't be said.
    NotAssessable(Gap),
}

/// Why a member is flagged.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// Its share is above that of its peers.
    AbovePeers {
        /// Its share.
        own: Share,
        /// The share that the peers have in common.
        peers: Share,
        /// The upper limit, from 0 to 1.
        limit: f64,
    },
    /// So is its exact count.
    AboveExact {
        /// Its share.
        own: Share,
        /// The share that the peers have in common.
        peers: Share,
        /// The most that chance alone brings about, of as many.
        most: i64,
    },
    /// Nothing was reported of what is required.
    Silent {
        /// How much is.
        required: i64,
    },
    /// A count grew.
    More {
        /// From.
        from: i64,
        /// To.
        to: i64,
    },
    /// A share grew.
    HigherShare {
        /// From.
        from: Share,
        /// To.
        to: Share,
    },
}

/// Why there is no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// A figure is withheld.
    Withheld,
    /// There is none.
    Absent,
    /// The whole is too small to be compared.
    Few,
    /// Too few peers can be compared.
    Peers,
    /// It came to an end within the period while its peers went on.
    Gone,
}

/// Judges every member of the look's level that existed in the newest of `periods`, oldest first, by the
/// figures of those that `series` holds.
pub(super) fn judge(look: &Look, periods: &[Period], series: &[Series]) -> Vec<Judgement> {
    let Some(&newest) = periods.last() else { return Vec::new() };
    let level = look.dim.members().at_level(&look.level);
    let there: Vec<&model::dimension::Member> = level.filter(|m| m.exists_in(newest)).collect();
    let gone = |member: &model::dimension::Member| {
        let peers: Vec<_> = there.iter().copied().filter(|m| m.parent == member.parent).collect();
        let ended = ended_before_peers(&peers, newest);
        peers.iter().zip(ended).any(|(peer, ended)| peer.code == member.code && ended)
    };
    let members: Vec<Member<'_>> = there
        .iter()
        .map(|m| Member {
            gone: gone(m),
            code: &m.code,
            parent: m.parent.as_deref(),
            figures: figures(&m.code, periods, series),
        })
        .collect();
    let peers = Peers::of(&look.test, &members);
    members
        .iter()
        .map(|member| Judgement {
            member: member.code.to_owned(),
            figures: member.listed(periods, &look.test.items()),
            verdict: verdict(&look.test, member, &peers).unwrap_or_else(Verdict::NotAssessable),
        })
        .collect()
}

/// The figures of `member` in each of `periods`.
fn figures(member: &str, periods: &[Period], series: &[Series]) -> Vec<Figures> {
    let moments = series.iter().find(|s| s.member == member).map(|s| s.moments.as_slice());
    let at = |period: &Period| {
        let moment = moments.unwrap_or_default().iter().find(|m| m.period == *period);
        moment.map(|m| m.figures.clone()).unwrap_or_default()
    };
    periods.iter().map(at).collect()
}

struct Member<'a> {
    code: &'a str,
    /// True if it ended within the newest period while its peers went on.
    gone: bool,
    parent: Option<&'a str>,
    /// A period each, oldest first.
    figures: Vec<Figures>,
}

impl Member<'_> {
    fn listed(&self, periods: &[Period], items: &[Item]) -> Vec<(Period, Item, Figure)> {
        let each = periods.iter().zip(&self.figures);
        each.flat_map(|(&p, f)| items.iter().map(move |&i| (p, i, f.figure(i)))).collect()
    }

    /// `item` in every period.
    fn all(&self, item: Item) -> Result<Vec<i64>, Gap> {
        self.figures.iter().map(|figures| shown(figures, item)).collect()
    }

    /// `item` in the newest period.
    fn last(&self, item: Item) -> Result<i64, Gap> {
        self.figures.last().map_or(Err(Gap::Absent), |figures| shown(figures, item))
    }

    /// The share of `parts` in `whole` in every period.
    fn shares(&self, parts: &[Item], whole: Item) -> Result<Vec<Share>, Gap> {
        let part = |f: &Figures| parts.iter().map(|&i| shown(f, i)).sum::<Result<i64, Gap>>();
        self.figures.iter().map(|f| Ok((part(f)?, shown(f, whole)?))).collect()
    }

    /// How much was required of it, if it reported nothing of that.
    fn silent(&self, test: &Test) -> Option<i64> {
        let Test::Exact { whole, reported, .. } = *test else { return None };
        let required = self.last(whole).ok().filter(|required| *required > 0)?;
        (self.last(reported) == Ok(0)).then_some(required)
    }

    /// The share by which `test` compares peers.
    fn share(&self, test: &Test) -> Result<Share, Gap> {
        if self.gone {
            return Err(Gap::Gone);
        }
        let (parts, whole, rest) = match test {
            Test::Peers { part, rest, whole, .. } => (std::slice::from_ref(part), *whole, *rest),
            Test::Exact { part, whole, .. } => (part.as_slice(), *whole, false),
            Test::Growth { .. } | Test::Share { .. } | Test::Count { .. } => {
                return Err(Gap::Absent);
            }
        };
        let shares = self.shares(parts, whole)?;
        let (n, of) = shares.last().copied().ok_or(Gap::Absent)?;
        Ok(if rest { (of - n, of) } else { (n, of) })
    }
}

fn shown(figures: &Figures, item: Item) -> Result<i64, Gap> {
    match figures.get(item) {
        Value::Shown(value) => Ok(value),
        Value::Withheld => Err(Gap::Withheld),
        Value::NotCollected | Value::NotApplicable | Value::Absent => Err(Gap::Absent),
    }
}

/// The share that the members of each parent have in common; `None` of too few.
struct Peers<'a>(HashMap<Option<&'a str>, Option<Share>>);

impl<'a> Peers<'a> {
    fn of(test: &Test, members: &[Member<'a>]) -> Self {
        let mut shares: HashMap<Option<&str>, Vec<Share>> = HashMap::new();
        for member in members {
            let shares = shares.entry(member.parent).or_default();
            // Who reported nothing is no measure for others.
            shares.extend(member.share(test).ok().filter(|_| member.silent(test).is_none()));
        }
        let exact = matches!(test, Test::Exact { .. });
        let pooled = |shares: &[Share]| if exact { together(shares) } else { common(shares) };
        Self(shares.into_iter().map(|(parent, shares)| (parent, pooled(&shares))).collect())
    }

    fn around(&self, member: &Member<'_>) -> Result<Share, Gap> {
        self.0.get(&member.parent).copied().flatten().ok_or(Gap::Peers)
    }
}

/// The same as [`common`] for exact counts, of which each may be of a few: all of them together have to be
/// of enough.
fn together(shares: &[Share]) -> Option<Share> {
    let compared = || shares.iter().filter(|(n, of)| *of > 0 && (0..=*of).contains(n));
    let (n, of) = compared().fold((0, 0), |(a, b), (n, of)| (a + n, b + of));
    (compared().count() >= FEWEST_PEERS && of >= FEWEST).then_some((n, of))
}

fn verdict(test: &Test, member: &Member<'_>, peers: &Peers<'_>) -> Result<Verdict, Gap> {
    Ok(match *test {
        Test::Peers { sure, .. } => {
            let own = member.share(test)?;
            if own.1 < FEWEST {
                return Err(Gap::Few);
            }
            above(own, peers.around(member)?, sure)?
        }
        Test::Exact { least, sure, .. } => {
            // A body does not leave the list by reporting nothing, whatever its peers did.
            if let Some(required) = member.silent(test) {
                return Ok(Verdict::Flagged(Finding::Silent { required }));
            }
            let own = member.share(test)?;
            if own.1 <= 0 {
                return Err(Gap::Few);
            }
            above_exact(own, peers.around(member)?, least, sure)
        }
        Test::Growth { item, percent, more, .. } => {
            let counts = member.all(item)?;
            let grew = counts.windows(2).all(|w| w[0] < w[1]);
            risen(&counts, percent, more).filter(|_| grew).map_or(Verdict::Within, Verdict::Flagged)
        }
        Test::Count { item, percent, more } => {
            let counts = member.all(item)?;
            risen(&counts, percent, more).map_or(Verdict::Within, Verdict::Flagged)
        }
        Test::Share { part, whole, sure } => {
            let shares = member.shares(&[part], whole)?;
            let (&[from, ..], &[.., to]) = (shares.as_slice(), shares.as_slice()) else {
                return Err(Gap::Absent);
            };
            if from.1.min(to.1) < FEWEST {
                return Err(Gap::Few);
            }
            match chance::rose(to, from, sure).ok_or(Gap::Few)? {
                true => Verdict::Flagged(Finding::HigherShare { from, to }),
                false => Verdict::Within,
            }
        }
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn proportion((n, of): Share) -> f64 {
    n as f64 / of as f64
}

fn above(own: Share, peers: Share, sure: Room) -> Result<Verdict, Gap> {
    let flagged = match (standing(own, peers), sure) {
        (Standing::TooFew, _) => return Err(Gap::Few),
        (Standing::FarHigher, _) | (Standing::Higher, Room::Usual) => true,
        _ => false,
    };
    let limit = proportion((most(proportion(peers), own.1, sure), own.1));
    Ok(match flagged {
        true => Verdict::Flagged(Finding::AbovePeers { own, peers, limit }),
        false => Verdict::Within,
    })
}

fn above_exact(own: Share, peers: Share, least: i64, sure: Room) -> Verdict {
    let most = most(proportion(peers), own.1, sure);
    match own.0 > most && own.0 >= least {
        true => Verdict::Flagged(Finding::AboveExact { own, peers, most }),
        false => Verdict::Within,
    }
}

/// What grew from the first of `counts` to the last by `percent` and by `more` at the least.
fn risen(counts: &[i64], percent: i64, more: i64) -> Option<Finding> {
    let (&from, &to) = (counts.first()?, counts.last()?);
    let growth = to - from;
    (growth >= more && growth * 100 >= from * percent).then_some(Finding::More { from, to })
}

#[cfg(test)]
mod tests;
