//! What the command line prints. The only place that writes to standard output and error.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the command line's output module")]

use std::fmt::Display;

use indicatif::{ProgressBar, ProgressStyle};

/// A line of the answer, on standard output.
pub fn line(text: impl Display) {
    println!("{text}");
}

/// A problem, on standard error: the message and its causes.
pub fn problem(error: &dyn std::error::Error) {
    eprintln!("portal: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  because: {error}");
        cause = error.source();
    }
}

/// A progress bar on standard error; nothing where that is no terminal.
pub fn progress(total: u64, what: &str) -> ProgressBar {
    let bar = ProgressBar::new(total).with_message(what.to_owned());
    if let Ok(style) = ProgressStyle::with_template("{msg:32} {wide_bar} {percent:>3}%") {
        bar.set_style(style);
    }
    bar
}
