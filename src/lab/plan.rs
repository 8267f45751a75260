//! What is tried together: an experiment, what it is compared with, and what is varied in it.

use super::{Experiment, ExperimentError, Sweep, Variable};
use crate::raft::Rule;

/// An experiment, what it is compared with, and what is varied in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabPlan {
    /// What is tried.
    pub experiment: Experiment,
    /// It is tried once more with this rule changed: switched on if it is off, and off if it is on.
    pub compare: Option<Rule>,
    /// A setting that has several values, one after the other.
    pub vary: Option<Variation>,
}

impl From<Experiment> for LabPlan {
    fn from(experiment: Experiment) -> Self {
        Self {
            experiment,
            compare: None,
            vary: None,
        }
    }
}

impl LabPlan {
    /// Experiments at most.
    pub const MOST: usize = 2 * Variation::VALUES;

    /// The experiment, and the one that it is compared with.
    ///
    /// # Errors
    /// Why one of them can't be tried.
    pub fn compared(&self) -> Result<Vec<Experiment>, ExperimentError> {
        let mut compared = vec![self.experiment.clone()];
        if let Some(rule) = self.compare {
            let mut other = self.experiment.clone();
            let rules = &mut other.config.rules;
            rules.set(rule, !rules.get(rule));
            compared.push(other);
        }
        for experiment in &compared {
            experiment.validate()?;
        }
        Ok(compared)
    }

    /// Each of them at each value of what is varied; if nothing is, as it is.
    ///
    /// # Errors
    /// Why one of them can't be tried.
    pub fn experiments(&self) -> Result<Vec<Experiment>, ExperimentError> {
        let compared = self.compared()?;
        let Some(vary) = self.vary else { return Ok(compared) };
        let varied = compared.iter().map(|experiment| vary.sweep(experiment).experiments());
        Ok(varied.collect::<Result<Vec<_>, _>>()?.concat())
    }
}

/// A setting that is varied between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variation {
    /// What is varied.
    pub variable: Variable,
    /// The least value.
    pub from: u64,
    /// The greatest.
    pub to: u64,
}

impl Variation {
    /// Values that it has at most.
    pub const VALUES: usize = 9;

    /// Whether each value is so many times the one before, and not so much more.
    #[must_use]
    pub const fn is_geometric(&self) -> bool {
        self.from > 0 && self.to / self.from >= 4
    }

    /// The values. Those between the ends have two digits where they can.
    #[must_use]
    pub fn values(&self) -> Vec<u64> {
        let last = Self::VALUES - 1;
        let mut values = [0; Self::VALUES];
        (values[0], values[last]) = (self.from, self.to.max(self.from));
        let mut apart = last;
        while apart > 1 {
            for low in (0..last).step_by(apart) {
                values[low + apart / 2] = self.middle(values[low], values[low + apart]);
            }
            apart /= 2;
        }
        for value in &mut values[1..last] {
            *value = rounded(*value).clamp(self.from, self.to.max(self.from));
        }
        let mut values = values.to_vec();
        values.dedup();
        values
    }

    fn middle(&self, low: u64, high: u64) -> u64 {
        if self.is_geometric() {
            let middle = (u128::from(low) * u128::from(high)).isqrt();
            u64::try_from(middle).unwrap_or(high)
        } else {
            low + (high - low) / 2
        }
    }

    /// An experiment at each of the values.
    #[must_use]
    pub fn sweep(&self, experiment: &Experiment) -> Sweep {
        Sweep {
            experiment: experiment.clone(),
            variable: self.variable,
            values: self.values(),
        }
    }
}

/// To two digits.
fn rounded(value: u64) -> u64 {
    let mut unit = 1;
    while value / unit >= 100 {
        unit *= 10;
    }
    (value + unit / 2) / unit * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(from: u64, to: u64) -> Vec<u64> {
        let variable = Variable::Delay;
        Variation { variable, from, to }.values()
    }

    #[test]
    fn values_are_spread_evenly_by_factor_or_by_difference() {
        let by_factor = [1000, 1800, 3200, 5600, 10_000, 18_000, 32_000, 56_000, 100_000];
        assert_eq!(values(1000, 100_000), by_factor);
        assert_eq!(values(0, 80), [0, 10, 20, 30, 40, 50, 60, 70, 80]);
        assert_eq!(values(5, 7), [5, 6, 7], "no value twice");
        assert_eq!(values(5, 5), [5]);
        assert_eq!(values(5, 3), [5], "an end before the start is no end");
        let longest = 3_600_000_000;
        assert!(values(1, longest).is_sorted());
    }

    #[test]
    fn the_other_line_has_one_rule_changed() {
        let mut plan = LabPlan::from(Experiment::paper());
        assert_eq!(plan.experiments(), Ok(vec![Experiment::paper()]));
        plan.compare = Some(Rule::PreVote);
        let [plain, changed] = &plan.experiments().unwrap()[..] else {
            panic!("two lines")
        };
        assert!(!plain.config.rules.get(Rule::PreVote) && changed.config.rules.get(Rule::PreVote));
        plan.vary = Some(Variation {
            variable: Variable::Loss,
            from: 0,
            to: 8,
        });
        assert_eq!(plan.experiments().unwrap().len(), 18);
    }
}
