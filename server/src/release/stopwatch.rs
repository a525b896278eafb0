//! Seconds by stage of protection, for the log.

use std::fmt;
use std::time::{Duration, Instant};

use disclosure::Stage;

/// Times the stages of one protection.
#[derive(Debug, Default)]
pub struct Stopwatch {
    current: Option<(Stage, Instant)>,
    done: Vec<(Stage, Duration)>,
}

impl Stopwatch {
    /// Ends the current stage and begins another; a stage that comes again goes on.
    pub fn begin(&mut self, stage: Stage) {
        if let Some((stage, start)) = self.current.replace((stage, Instant::now())) {
            match self.done.iter_mut().find(|(done, _)| *done == stage) {
                Some((_, time)) => *time += start.elapsed(),
                None => self.done.push((stage, start.elapsed())),
            }
        }
    }
}

impl fmt::Display for Stopwatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (stage, time)) in self.done.iter().enumerate() {
            let comma = if number == 0 { "" } else { ", " };
            write!(f, "{comma}{stage:?} {:.2}", time.as_secs_f64())?;
        }
        Ok(())
    }
}
