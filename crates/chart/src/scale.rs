//! Round ticks for axes of counts. Axes start at zero, so that lengths compare as counts do.

/// Ticks of an axis from zero: every multiple of `step` up to `top`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticks {
    /// Distance between ticks: 1, 2 or 5 times a power of ten, or 25 times one.
    pub step: i64,
    /// The last tick, not below the largest value.
    pub top: i64,
}

impl Ticks {
    /// The tick values, zero first.
    pub fn values(self) -> impl DoubleEndedIterator<Item = i64> {
        (0..=self.top / self.step).map(move |i| i * self.step)
    }
}

/// The finest ticks that cover `0..=max` in at most `intervals` steps. Below one, `max` counts as
/// one and so do `intervals`.
///
/// # Example
///
/// ```
/// let ticks = chart::scale::ticks(812, 4);
/// assert_eq!(ticks.values().collect::<Vec<_>>(), [0, 250, 500, 750, 1000]);
/// ```
#[must_use]
pub fn ticks(max: i64, intervals: u32) -> Ticks {
    let max = max.max(1);
    let intervals = i64::from(intervals.max(1));
    let mut power = 1_i64;
    loop {
        // 25 x power, not 2.5 x: counts have no halves.
        let steps = [
            Some(power),
            power.checked_mul(2),
            (power >= 10).then(|| power / 10 * 25),
            power.checked_mul(5),
        ];
        for step in steps.into_iter().flatten() {
            let count = (max - 1) / step + 1;
            if count <= intervals {
                return Ticks { step, top: step.saturating_mul(count) };
            }
        }
        match power.checked_mul(10) {
            Some(next) => power = next,
            None => return Ticks { step: max, top: max },
        }
    }
}

/// The same for shares of `whole`. Once one of them is above half of it the axis goes up to the
/// whole, so that high shares look alike on every chart.
///
/// # Example
///
/// ```
/// assert_eq!(chart::scale::ticks_of_shares(61, 100, 4).top, 100);
/// assert_eq!(chart::scale::ticks_of_shares(18, 100, 4).top, 20);
/// ```
#[must_use]
pub fn ticks_of_shares(highest: i64, whole: i64, intervals: u32) -> Ticks {
    ticks(if highest > whole / 2 { whole } else { highest }, intervals)
}

/// Lower bounds of at most `classes` classes of nearly equal size for the positive values of
/// `shown`, rounded down to two digits so that the legend reads well. Empty if nothing is positive.
#[must_use]
pub fn classes(shown: &[i64], classes: usize) -> Vec<i64> {
    let mut sorted: Vec<i64> = shown.iter().copied().filter(|&v| v > 0).collect();
    sorted.sort_unstable();
    let mut bounds: Vec<i64> = (0..classes)
        .filter_map(|i| sorted.get(i * sorted.len() / classes.max(1)))
        .map(|&v| round_down(v))
        .collect();
    bounds.dedup();
    bounds
}

/// The class of `value` among [`classes`]' bounds; 0 also for what lies below the first.
#[must_use]
pub fn class_of(value: i64, bounds: &[i64]) -> usize {
    bounds.iter().filter(|&&b| b <= value).count().saturating_sub(1)
}

fn round_down(value: i64) -> i64 {
    let grain = match value {
        ..20 => 1,
        20..100 => 5,
        100..1000 => 10,
        _ => 100,
    };
    value / grain * grain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_axis_of_nothing_still_has_a_length() {
        assert_eq!(ticks(0, 4), Ticks { step: 1, top: 1 });
    }

    #[test]
    fn class_bounds_are_round_and_split_the_values_evenly() {
        let values: Vec<i64> = (1..=100).collect();
        assert_eq!(classes(&values, 5), [1, 20, 40, 60, 80]);
        assert_eq!(class_of(59, &[1, 20, 40, 60, 80]), 2);
        assert!(classes(&[0, 0], 5).is_empty());
    }

    proptest! {
        #[test]
        fn ticks_cover_the_values_without_waste(max in 1_i64..i64::MAX / 100, intervals in 1_u32..12) {
            let t = ticks(max, intervals);
            prop_assert!(t.top >= max);
            prop_assert_eq!(t.top % t.step, 0);
            prop_assert!(t.top / t.step <= i64::from(intervals));
            prop_assert!(t.top - t.step < max);
        }

        #[test]
        fn every_positive_value_has_its_class(values in prop::collection::vec(1_i64..5000, 1..60)) {
            let bounds = classes(&values, 5);
            prop_assert!(bounds.windows(2).all(|w| w[0] < w[1]));
            for v in values {
                let class = class_of(v, &bounds);
                prop_assert!(bounds[class] <= v);
                prop_assert!(bounds.get(class + 1).is_none_or(|&next| v < next));
            }
        }
    }
}
