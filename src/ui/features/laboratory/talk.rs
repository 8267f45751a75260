//! How the page and the worker speak of trials: an experiment is asked for as its file, and its outcomes come as numbers, part by part.

use crate::{lab::TrialOutcome, sim::Micros};

/// What the worker says once it hears.
pub const READY: &str = "ready";

/// Numbers of an outcome.
pub const WORDS: usize = 5;

/// In place of the time of a trial that ended without a leader; no limit is as long.
const NEVER: u32 = u32::MAX;

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
    ]);
}

/// The outcomes of a part that begins with this trial.
pub fn read(words: &[u32], first: u32) -> impl Iterator<Item = TrialOutcome> {
    let outcomes = words.as_chunks::<WORDS>().0.iter();
    (first..).zip(outcomes).map(
        |(trial, &[time, terms, elections, split_votes, messages])| TrialOutcome {
            trial,
            without_leader: (time != NEVER).then_some(Micros(time.into())),
            terms,
            elections,
            split_votes,
            messages,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{Experiment, PaperHalf, PaperLine};

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
            assert_eq!(read(&words, 7).collect::<Vec<_>>(), outcomes);
        }
    }
}
