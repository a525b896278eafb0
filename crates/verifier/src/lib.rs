//! The check of a figure's proof, as a WebAssembly of its own: the browser fetches it when a reader
//! asks for the check (`public/verify.js`), so that nobody else has to. It is the check of
//! [`proof::evidence`], the same that `portal verify` makes.

use proof::evidence::Fact;
use proof::{FigureFile, History, State};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

/// What came of the check, for the script that asked.
#[derive(Debug, Serialize)]
struct Report {
    /// The steps that held, in order.
    facts: Vec<Fact>,
    /// Code of the step that did not hold.
    refusal: Option<&'static str>,
    /// What is wrong with it, in English.
    said: Option<String>,
    /// The key that signed the log; only if everything held.
    key: Option<String>,
    /// The state of the log, to be remembered; only if everything held.
    state: Option<State>,
}

/// Checks `proof`, the text of a proof file, with the public key `key`. `history` is the JSON of what
/// leads from a state of the log that the browser remembers to that of the proof. Answers with JSON:
/// `facts` (the steps that held), `refusal` and `said` (the one that did not), `key` (which signed the log,
/// handed over from the one that is trusted) and `state` (to remember).
#[wasm_bindgen]
#[must_use]
pub fn check(proof: &str, key: &str, history: Option<String>) -> String {
    let report = report(proof, key, history.as_deref());
    serde_json::to_string(&report).unwrap_or_default()
}

fn report(proof: &str, key: &str, history: Option<&str>) -> Report {
    let unread = |error: serde_json::Error| Report {
        facts: Vec::new(),
        refusal: Some("format"),
        said: Some(error.to_string()),
        key: None,
        state: None,
    };
    let file: FigureFile = match serde_json::from_str(proof) {
        Ok(file) => file,
        Err(error) => return unread(error),
    };
    let history: Option<History> = match history.map(serde_json::from_str).transpose() {
        Ok(history) => history,
        Err(error) => return unread(error),
    };
    match file.check(key, history.as_ref()) {
        Ok(facts) => {
            let state = facts.iter().find_map(|fact| match fact {
                Fact::Signed(state) => Some(state.clone()),
                _ => None,
            });
            let handed = facts.iter().rev().find_map(|fact| match fact {
                Fact::HandedOver { key, .. } => Some(key.clone()),
                _ => None,
            });
            let key = handed.unwrap_or_else(|| key.to_owned());
            Report { facts, refusal: None, said: None, key: Some(key), state }
        }
        Err((facts, refusal)) => Report {
            facts,
            refusal: Some(refusal.code()),
            said: Some(refusal.to_string()),
            key: None,
            state: None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_proof_is_refused_with_what_is_wrong() {
        for (proof, history) in [("", None), ("{}", None), ("null", Some("x"))] {
            let report = report(proof, "a+b+c", history);
            assert_eq!(report.refusal, Some("format"));
            assert!(report.facts.is_empty() && report.state.is_none());
        }
        let json = check("{}", "a+b+c", None);
        assert!(json.contains(r#""refusal":"format""#) && json.contains("missing field"), "{json}");
    }
}
