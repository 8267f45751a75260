//! What a short calculation says of split votes, to stand beside what is measured.
//!
//! The calculation knows how many servers there are, how many votes make a leader, from which range timeouts are drawn and how long
//! a message takes. It looks at the first round only, and goes like this.
//!
//! `m` servers wait for a leader, and each draws its timeout evenly from a range of the width `W`. The first whose timeout runs out
//! stands for election; another stands too if its own runs out before the request has reached it, within a delay `D`. That fewer than
//! `k` of the others do has the same probability as that fewer than `k` of `m` trials succeed that each do so with probability
//! `p = D / W`: the distance of the first of `m` evenly drawn values and the `k`-th after it is distributed like that. All delays are drawn
//! alike, so what counts of `D` is its average.
//!
//! Each candidate has its own vote; the others, if there are `k` candidates besides the first, are `m - 1 - k`. If they and the
//! first's own vote are too few, the votes are split whatever they do. Else each votes for the candidate whose request it gets first. That
//! is the first candidate, unless delays differ by more than the second stands later: if they are drawn from a range of the width
//! `w` and it stands `d` later, the second's request is there before the first's with probability `(1 - d / w)² / 2`. Of the
//! candidates after the second the calculation supposes that they get no vote but their own.
//!
//! What it leaves out is said by [`PredictionGap`].

use super::{Experiment, InitialLogs, Opening, TrialEnding};
use crate::{
    raft::{Conformity, Rule},
    sim::Links,
};

/// One, as the calculation counts shares: it has no fractions.
const ONE: u64 = 1_000_000_000;

/// Steps in which the calculation goes through how much later a candidate stands than the first.
const STEPS: u64 = 64;

/// What an experiment has that the calculation leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PredictionGap {
    /// Logs differ, so some servers refuse their vote to some others.
    Logs,
    /// Messages are lost or held back.
    Loss,
    /// Links are cut.
    Links,
    /// A timeout may run out before votes are counted and the winner is heard of.
    SlowLinks,
    /// Heartbeats come more rarely than timeouts run out.
    RareHeartbeats,
    /// Timeouts begin where the last heartbeat arrives, and that differs by more than a tenth of the range they are drawn from.
    Arrival,
    /// A rule of the paper is switched off.
    Rules,
    /// Servers or links have settings of their own.
    OwnSettings,
    /// Pre-votes come and go before votes are asked for, and their delays differ.
    PreVote,
    /// Trials go on after an election, and more of them may follow.
    LaterElections,
}

/// What the calculation says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitPrediction {
    /// Of a million first rounds, those whose votes are split.
    pub per_million: u32,
    /// What it leaves out, of what there is.
    pub gaps: Vec<PredictionGap>,
}

/// All that the calculation knows.
struct FirstRound {
    /// Servers that wait for a leader.
    waiting: u32,
    /// Votes that make a leader.
    quorum: u32,
    /// Width of the range of timeouts, in microseconds.
    spread: u64,
    /// Range of the delay, in microseconds.
    delay: (u64, u64),
}

impl FirstRound {
    /// The probability of split votes.
    fn split(&self) -> u64 {
        let others = self.waiting - 1;
        let p = ((self.delay.0 + self.delay.1) * ONE / 2 / (self.spread + 1)).min(ONE);
        let at_least: Vec<u64> = (0..=others).map(|k| at_least(k, self.waiting, p)).collect();
        let exactly = |k: u32| at_least[k as usize] - at_least.get(k as usize + 1).unwrap_or(&0);
        (1..=others).map(|k| exactly(k) * self.split_among(k) / ONE).sum()
    }

    /// The same if so many candidates stand besides the first.
    fn split_among(&self, besides: u32) -> u64 {
        let voters = self.waiting - 1 - besides;
        if 1 + voters < self.quorum {
            return ONE;
        }
        // The first needs some of them; if the second gets too many of the rest as well as its own, it wins.
        let is_split = |second: u32| 1 + second < self.quorum && 1 + voters - second < self.quorum;
        let (from, to) = self.delay;
        let width = to - from;
        let mut split = 0;
        for step in 0..STEPS {
            let (begin, end) = (step * width / STEPS, (step + 1) * width / STEPS);
            // How probable it is that the earliest of those besides the first stands so much later.
            let share = power(self.later(begin), besides) - power(self.later(end), besides);
            let closeness = ONE - (2 * step + 1) * ONE / (2 * STEPS);
            let overtakes = closeness * closeness / ONE / 2;
            let lost: u64 = (0..=voters)
                .filter(|second| is_split(*second))
                .map(|second| binomial(second, voters, overtakes))
                .sum();
            split += share * lost / ONE;
        }
        split
    }

    /// The probability that a candidate besides the first stands later than this, after it.
    fn later(&self, than: u64) -> u64 {
        let (from, to) = self.delay;
        let sum = from + to;
        // It has a request to wait for, whose delay is drawn: what is left of it beyond `than`, on average, of all there is of it.
        let left = if than <= from {
            sum - 2 * than
        } else {
            (to - than) * (to - than) / (to - from)
        };
        left * ONE / sum.max(1)
    }
}

fn power(base: u64, exponent: u32) -> u64 {
    (0..exponent).fold(ONE, |power, _| power * base / ONE)
}

fn choose(of: u32, some: u32) -> u64 {
    (0..some).fold(1, |ways, place| ways * u64::from(of - place) / u64::from(place + 1))
}

/// The probability that exactly so many succeed.
fn binomial(successes: u32, of: u32, p: u64) -> u64 {
    choose(of, successes) * (power(p, successes) * power(ONE - p, of - successes) / ONE)
}

/// The probability that so many succeed, or more.
fn at_least(successes: u32, of: u32, p: u64) -> u64 {
    (successes..=of)
        .map(|successes| binomial(successes, of, p))
        .sum::<u64>()
        .min(ONE)
}

impl Experiment {
    /// What a short calculation says of how often the votes of the first round are split, which can stand beside how many trials had
    /// split votes: a round that does not split elects a leader. `None` where nobody can be elected, only one can stand, or a script
    /// begins it.
    #[must_use]
    pub fn predicted_split(&self) -> Option<SplitPrediction> {
        if self.opening == Opening::Script {
            // Who waits, and since when, is up to the script.
            return None;
        }
        let config = &self.config;
        let running = config.running.len();
        let waiting = running - usize::from(self.opening != Opening::ColdStart);
        let quorum = usize::from(config.rules.quorum.votes(config.size));
        if waiting < quorum.max(2) {
            return None;
        }
        let timeout = config.timing.election_timeout;
        let delay = config.network.delay;
        let round = FirstRound {
            waiting: u32::try_from(waiting).ok()?,
            quorum: u32::try_from(quorum).ok()?,
            spread: (timeout.max - timeout.min).0,
            delay: (delay.min.0, delay.max.0),
        };
        let per_million = u32::try_from(round.split() * 1_000_000 / ONE).ok()?;
        Some(SplitPrediction {
            per_million,
            gaps: self.prediction_gaps(),
        })
    }

    fn prediction_gaps(&self) -> Vec<PredictionGap> {
        let (timing, network) = (self.config.timing, self.config.network);
        let (timeout, delay) = (timing.election_timeout, network.delay);
        let leads = self.opening != Opening::ColdStart;
        let logs = self.config.logs[..self.config.size.into()].windows(2);
        let are_alike = self.logs == InitialLogs::AsGiven && logs.clone().all(|pair| pair[0] == pair[1]);
        let arrival = (delay.max - delay.min).0 * 10 > (timeout.max - timeout.min).0;
        let gaps = [
            (PredictionGap::Logs, !are_alike),
            (
                PredictionGap::Loss,
                network.loss_permille > 0 || network.reordering_permille > 0,
            ),
            (PredictionGap::Links, self.config.links != Links::ALL_UP),
            (PredictionGap::SlowLinks, timeout.min.0 < 3 * delay.max.0),
            (PredictionGap::RareHeartbeats, leads && self.has_late_heartbeats()),
            (PredictionGap::Arrival, leads && arrival),
            (
                PredictionGap::PreVote,
                self.config.rules.get(Rule::PreVote) && delay.min < delay.max,
            ),
            (PredictionGap::OwnSettings, !self.script.is_empty()),
            (PredictionGap::LaterElections, self.ending == TrialEnding::AtLimit),
            (
                PredictionGap::Rules,
                self.config.rules.conformity() == Conformity::Modified,
            ),
        ];
        gaps.into_iter()
            .filter(|(_, is_there)| *is_there)
            .map(|(gap, _)| gap)
            .collect()
    }
}
