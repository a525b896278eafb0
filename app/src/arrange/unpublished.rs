//! What was asked for and is not published in this way, and the nearest that is.

use model::table::TableDefinition;
use model::{Dim, Period};

use super::settle::has;
use super::{Arrangement, Asked, By, Request, Unpublished};

impl Arrangement {
    /// What of `request` gave way in this arrangement, each with the nearest that is published.
    #[must_use]
    pub fn unpublished(
        &self,
        definition: &TableDefinition,
        periods: &[Period],
        request: &Request,
    ) -> Vec<Unpublished> {
        let mut out = Vec::new();
        if let Some(by) = request.by.clone().filter(|by| *by != self.by) {
            out.push(unlike(Asked::Rows(by)));
        }
        if let Some(across) = request.across.clone().filter(|a| self.across.as_ref() != Some(a)) {
            out.push(unlike(Asked::Columns(across)));
        }
        for dim in Dim::ALL {
            let asked = request.slice.member(dim).filter(|code| *code != self.member(dim));
            if let Some(code) = asked.filter(|_| !self.spreads(dim)) {
                out.push(Unpublished {
                    asked: Asked::Member(dim, code.to_owned()),
                    elsewhere: definition.crossings.iter().any(|c| has(c, dim, code)),
                    nearest: nearest(definition, periods, request, dim, code),
                });
            }
        }
        let period = request.slice.period.filter(|p| !self.is_series() && *p != self.period);
        out.extend(
            period.map(|p| Unpublished {
                elsewhere: periods.contains(&p),
                ..unlike(Asked::Period(p))
            }),
        );
        let measure = request.measure.filter(|m| *m != self.measure);
        out.extend(measure.map(|m| Unpublished {
            elsewhere: m.items().iter().all(|i| definition.items.contains(i)),
            ..unlike(Asked::Measure(m))
        }));
        out
    }
}

/// Not published in this way, and nothing is nearer than what is shown instead.
const fn unlike(asked: Asked) -> Unpublished {
    Unpublished { asked, elsewhere: false, nearest: None }
}

/// The arrangement with `code` along `dim` that keeps most of `request`: its rows, or its other
/// filters over time, or the same for what `code` belongs to.
fn nearest(
    definition: &TableDefinition,
    periods: &[Period],
    request: &Request,
    dim: Dim,
    code: &str,
) -> Option<Request> {
    // The total is near to nothing, unless it is what was asked for.
    let up = |code: &String| {
        dim.members().get(code).and_then(|m| m.parent.clone()).filter(|p| p != dim.total())
    };
    std::iter::successors(Some(code.to_owned()), up).find_map(|code| {
        let slice = request.slice.clone().with(dim, Some(&code));
        [request.by.clone(), None, Some(By::Period)].into_iter().find_map(|by| {
            let asked = Request {
                by,
                across: None,
                measure: request.measure,
                slice: slice.clone(),
                ..Request::default()
            };
            let settled = Arrangement::settled(definition, periods, &asked, Some(dim))?;
            (settled.member(dim) == code).then(|| settled.request())
        })
    })
}
