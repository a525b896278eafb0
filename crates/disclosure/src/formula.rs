//! How a withheld cell can be worked out, in words an operator can check by hand.

use std::fmt;

/// `hidden + hidden = (c1 [shown] + c2 [shown]) / divisor`.
///
/// With one hidden label it is a linear disclosure: the value follows. With several it is a sum
/// that leaves too few values for one of them. Labels only, never values: a formula may be logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// Labels of the withheld cells on the left, each with coefficient 1; never empty.
    pub hidden: Vec<String>,
    /// Coefficient and label of each shown cell on the right.
    pub terms: Vec<(i64, String)>,
    /// Common denominator of the right side, at least 1.
    pub divisor: i64,
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = ", self.hidden.join(" + "))?;
        if self.terms.is_empty() {
            return f.write_str("0");
        }
        if self.divisor != 1 {
            f.write_str("(")?;
        }
        for (position, (coefficient, label)) in self.terms.iter().enumerate() {
            let sign = if *coefficient < 0 { "-" } else { "+" };
            match (position, sign) {
                (0, "+") => {}
                (0, _) => f.write_str("-")?,
                _ => write!(f, " {sign} ")?,
            }
            match coefficient.unsigned_abs() {
                1 => write!(f, "[{label}]")?,
                size => write!(f, "{size} [{label}]")?,
            }
        }
        if self.divisor != 1 {
            write!(f, ") / {}", self.divisor)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Formula;

    #[test]
    fn a_formula_prints_as_a_sum_over_shown_cells() {
        let formula = Formula {
            hidden: vec!["area=384".into()],
            terms: vec![(1, "area=38".into()), (-2, "area=385".into())],
            divisor: 1,
        };
        assert_eq!(formula.to_string(), "area=384 = [area=38] - 2 [area=385]");
        let halved = Formula { divisor: 2, ..formula };
        assert_eq!(halved.to_string(), "area=384 = ([area=38] - 2 [area=385]) / 2");
    }
}
