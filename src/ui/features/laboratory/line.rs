//! An experiment in the plot, with its outcomes.

use super::talk::{self, Share};
use crate::{
    lab::{Distribution, Experiment, Published, Quantity, SplitPrediction, TrialOutcome},
    raft::Rule,
    sim::Micros,
    ui::text::Lang,
};

/// What tells a line from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineName {
    /// The range of election timeouts, in milliseconds.
    Timeouts(u64, u64),
    /// There is but this one.
    Alone,
    /// This rule is on, or off.
    Rule(Rule, bool),
}

/// An experiment in the plot.
pub struct PlotLine {
    /// What tells it from the others.
    pub name: LineName,
    /// What the paper says of it.
    pub published: &'static [Published],
    /// What is tried: one experiment, or one at each value of what is varied.
    pub series: Vec<Series>,
}

/// One experiment of a line.
pub struct Series {
    /// What is tried.
    pub experiment: Experiment,
    /// The value of what is varied, if anything is.
    pub value: u64,
    /// What has come of it, trial by trial, once all have run.
    pub outcomes: Vec<TrialOutcome>,
    /// What has come of each share of the trials, until all have run.
    shares: Vec<Vec<TrialOutcome>>,
    /// What is measured in it, once all trials have run.
    pub distribution: Distribution,
    /// What there is to say of split votes, once all trials have run.
    pub splits: Option<SplitVotes>,
}

/// What there is to say of the split votes of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitVotes {
    /// Of a million trials, those with split votes.
    pub per_million: u32,
    /// The first of them.
    pub first: Option<u32>,
    /// What the calculation says.
    pub predicted: Option<SplitPrediction>,
}

impl SplitVotes {
    /// Those of all trials of an experiment.
    pub fn of(experiment: &Experiment, outcomes: &[TrialOutcome]) -> Self {
        let split = || outcomes.iter().filter(|outcome| outcome.split_votes > 0);
        let (count, all) = (split().count() as u64, outcomes.len().max(1) as u64);
        Self {
            per_million: u32::try_from((count * 1_000_000 + all / 2) / all).unwrap_or(0),
            first: split().next().map(|outcome| outcome.trial),
            predicted: experiment.predicted_split(),
        }
    }
}

impl Series {
    /// Trials that had no leader within the limit, once all have run.
    pub fn endless(&self) -> usize {
        let has_none = |outcome: &&TrialOutcome| outcome.without_leader.is_none();
        self.outcomes.iter().filter(has_none).count()
    }

    /// Nothing has come of it yet.
    pub fn new(experiment: Experiment, value: u64) -> Self {
        Self {
            experiment,
            value,
            outcomes: Vec::new(),
            shares: Vec::new(),
            distribution: Distribution::default(),
            splits: None,
        }
    }

    /// Whether all trials have run.
    pub fn is_done(&self) -> bool {
        self.outcomes.len() >= self.experiment.trials as usize
    }

    /// Notes what has come of further trials of a share. Returns how many there were, and whether these were the last of the share.
    pub fn note(&mut self, share: Share, words: &[u32]) -> (usize, bool) {
        self.shares.resize_with(share.of as usize, Vec::new);
        let trials = share.trials(self.experiment.trials);
        let (all, noted) = (trials.len(), &mut self.shares[share.first as usize]);
        let before = noted.len();
        noted.extend(talk::read(words, trials.skip(before)));
        let so_far = noted.len();
        self.join();
        (so_far - before, so_far >= all)
    }

    /// Puts the trials of all shares in order, once they are all here.
    fn join(&mut self) {
        let (all, shares) = (self.experiment.trials as usize, &self.shares);
        if shares.iter().map(Vec::len).sum::<usize>() < all {
            return;
        }
        self.outcomes = (0..all)
            .map(|trial| shares[trial % shares.len()][trial / shares.len()])
            .collect();
        self.shares.clear();
    }

    /// Measures something else in it.
    pub fn measure(&mut self, quantity: Quantity) {
        if self.is_done() {
            self.distribution = Distribution::of(quantity, &self.outcomes);
            let splits = || SplitVotes::of(&self.experiment, &self.outcomes);
            self.splits.get_or_insert_with(splits);
        }
    }

    /// The trial that so many of a thousand do not exceed, with its value: `None` for one that ended at the limit.
    pub fn quantile(&self, permille: usize) -> Option<(u32, Option<u64>)> {
        let count = self.distribution.count();
        if count == 0 {
            return None;
        }
        let rank = (count * permille).div_ceil(1000).max(1) - 1;
        match self.distribution.values().get(rank) {
            Some(&(value, trial)) => Some((trial, Some(value))),
            None => self.unfinished().map(|trial| (trial, None)),
        }
    }

    /// The first trial that ended at the limit.
    pub fn unfinished(&self) -> Option<u32> {
        let found = self.outcomes.iter().find(|outcome| outcome.without_leader.is_none());
        found.map(|outcome| outcome.trial)
    }
}

impl Lang {
    /// What a line is called.
    #[must_use]
    pub fn lab_line(self, name: LineName) -> String {
        match name {
            LineName::Timeouts(min, max) => format!("{min}–{max} ms"),
            LineName::Alone => self.lab_text().own.to_owned(),
            LineName::Rule(rule, true) => self.lab_rule_on(self.rule(rule)),
            LineName::Rule(rule, false) => self.lab_rule_off(self.rule(rule)),
        }
    }

    /// What was measured.
    #[must_use]
    pub fn lab_value(self, quantity: Quantity, value: u64) -> String {
        match quantity {
            Quantity::WithoutLeader => self.lab_time(value),
            _ => self.grouped(usize::try_from(value).unwrap_or(usize::MAX)),
        }
    }

    /// The same where it is more than the limit let a trial find out.
    #[must_use]
    pub fn lab_value_or_more(self, quantity: Quantity, value: Option<u64>, limit: Micros) -> String {
        match (value, quantity) {
            (Some(value), _) => self.lab_value(quantity, value),
            (None, Quantity::WithoutLeader) => format!("> {}", self.lab_time(limit.0)),
            (None, _) => "–".to_owned(),
        }
    }

    /// A span in ms up to ten seconds, then in seconds.
    #[must_use]
    pub fn lab_time(self, micros: u64) -> String {
        if micros < 10_000_000 {
            // What is shown is near what it is: "within 1354 ms" would be said of 1354.6 ms too.
            let step = if micros < 100_000 { 100 } else { 1000 };
            return self.millis(Micros((micros + step / 2) / step * step));
        }
        let tenths = (micros + 50_000) / 100_000;
        match tenths % 10 {
            0 => format!("{} s", tenths / 10),
            rest => self.decimal(&format!("{}.{rest} s", tenths / 10)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{PaperHalf, PaperLine};

    #[test]
    fn shares_are_put_in_order_whoever_is_first() {
        let experiment = Experiment {
            trials: 11,
            ..PaperHalf::Timeout.lines()[0].experiment(PaperLine::DELAY)
        };
        let mut series = Series::new(experiment.clone(), 0);
        for first in [3, 0, 2, 1] {
            assert!(!series.is_done());
            let share = Share { first, of: 4 };
            let trials: Vec<u32> = share.trials(11).collect();
            let (begins, ends) = trials.split_at(1);
            for (part, is_last) in [(begins, false), (ends, true)] {
                let mut words = Vec::new();
                for trial in part {
                    talk::write(&experiment.trial(*trial), &mut words);
                }
                assert_eq!(series.note(share, &words), (part.len(), is_last));
            }
        }
        let all: Vec<_> = (0..11).map(|trial| experiment.trial(trial)).collect();
        assert_eq!(series.outcomes, all);
        assert!(series.is_done());
    }
}
