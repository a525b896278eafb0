//! Points at which tests stop the program, to kill it there: `fail_point!` of the crate `fail`. They are
//! compiled for tests alone (`scripts/check-failpoints`).

use crate::output;

/// Lets the program stop for good at the point that `PORTAL_STOP_AT` names, and say so on standard
/// error. Does nothing in a program without points.
pub fn arm() {
    if let (true, Ok(name)) = (fail::has_failpoints(), std::env::var("PORTAL_STOP_AT")) {
        let point = name.clone();
        let stop = move || {
            output::note(&point);
            loop {
                std::thread::park();
            }
        };
        if let Err(error) = fail::cfg_callback(name, stop) {
            output::note(error);
        }
    }
}
