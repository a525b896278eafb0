//! What the command line prints. The only place that writes to standard output and error.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the command line's output module")]

use std::fmt::Display;
use std::io::Write as _;

use indicatif::{ProgressBar, ProgressStyle};

/// A line of the answer, on standard output.
pub fn line(text: impl Display) {
    println!("{text}");
}

/// An answer of several lines, on standard output. That nobody reads it to the end is no error.
///
/// # Errors
///
/// As the system.
pub fn text(text: &[u8]) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// A line beside the answer, on standard error.
pub fn note(text: impl Display) {
    eprintln!("{text}");
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
