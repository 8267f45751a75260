//! How the page and its workers speak of trials: a share of an experiment is asked for with its file, and its outcomes come as numbers,
//! part by part.

use crate::{
    lab::{Experiment, TrialOutcome, file},
    sim::Micros,
};

/// What the worker says once it hears.
pub const READY: &str = "ready";

/// Numbers of an outcome.
pub const WORDS: usize = 6;

/// In place of the time of a trial that ended without a leader; no limit is as long.
const NEVER: u32 = u32::MAX;

/// The trials of an experiment that one of several workers runs: the first of them, and then each so many further on, so that all work
/// as long wherever the slow ones are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The first trial.
    pub first: u32,
    /// How many workers share the trials: 1 or more.
    pub of: u32,
}

impl Share {
    /// The trials of the share, if there are so many in all.
    pub fn trials(self, all: u32) -> impl ExactSizeIterator<Item = u32> {
        (self.first..all).step_by(self.of as usize)
    }

    /// Asks a worker for this share of an experiment.
    pub fn ask(self, experiment: &Experiment) -> String {
        format!("{} {}\n{}", self.first, self.of, file::write(experiment))
    }

    /// What a worker was asked for; `None` if it is something else.
    pub fn asked(text: &str) -> Option<(Self, Experiment)> {
        let (share, experiment) = text.split_once('\n')?;
        let (first, of) = share.split_once(' ')?;
        let share = Self {
            first: first.parse().ok()?,
            of: of.parse().ok().filter(|of| *of > 0)?,
        };
        Some((share, file::read(experiment).ok()?))
    }
}

/// Appends an outcome. Its trial is told by its place.
pub fn write(outcome: &TrialOutcome, words: &mut Vec<u32>) {
    let time = outcome
        .without_leader
        .map(|time| u32::try_from(time.0).unwrap_or(NEVER));
    words.extend([
        time.unwrap_or(NEVER),
        outcome.terms,
        outcome.elections,
        outcome.split_votes,
        outcome.messages,
        outcome.elected,
    ]);
}

/// The outcomes of these trials.
pub fn read(words: &[u32], trials: impl Iterator<Item = u32>) -> impl Iterator<Item = TrialOutcome> {
    let outcomes = words.as_chunks::<WORDS>().0.iter();
    trials.zip(outcomes).map(
        |(trial, &[time, terms, elections, split_votes, messages, elected])| TrialOutcome {
            trial,
            without_leader: (time != NEVER).then_some(Micros(time.into())),
            terms,
            elections,
            split_votes,
            messages,
            elected,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lab::{PaperHalf, PaperLine, TrialEnding},
        scenario::{Run, Scenario, ScenarioId},
    };

    #[test]
    fn outcomes_arrive_as_they_were_sent() {
        let settles = PaperHalf::Timeout.lines()[0].experiment(PaperLine::DELAY);
        let never = Experiment {
            limit: Micros::from_millis(500),
            ..PaperHalf::Randomness.lines()[0].experiment(PaperLine::DELAY)
        };
        for experiment in [settles, never] {
            let outcomes: Vec<_> = (7..20).map(|trial| experiment.trial(trial)).collect();
            let mut words = Vec::new();
            for outcome in &outcomes {
                write(outcome, &mut words);
            }
            assert_eq!(read(&words, 7..20).collect::<Vec<_>>(), outcomes);
        }
    }

    #[test]
    fn a_share_is_asked_for_as_it_was_meant() {
        let experiment = PaperHalf::Timeout.lines()[0].experiment(PaperLine::DELAY);
        let share = Share { first: 2, of: 4 };
        assert_eq!(Share::asked(&share.ask(&experiment)), Some((share, experiment.clone())));
        // With settings of single servers and links as well.
        for id in [ScenarioId::ThreeRegions, ScenarioId::RollingUpgrade] {
            let scenario = Scenario::new(id);
            let begun = Experiment::paper().after(&Run::of(&scenario, &scenario.start()));
            assert_eq!(Share::asked(&share.ask(&begun)), Some((share, begun)), "{id:?}");
        }
        let whole = Experiment {
            ending: TrialEnding::AtLimit,
            ..experiment.clone()
        };
        assert_eq!(Share::asked(&share.ask(&whole)), Some((share, whole)));
        let other = format!("2 0\n{}", file::write(&experiment));
        for text in [&file::write(&experiment), &other, "2 4", "atlas"] {
            assert_eq!(Share::asked(text), None, "{text}");
        }
    }
}
