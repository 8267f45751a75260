//! What each challenge starts from.

use super::{Challenge, S3, S5};
use crate::{
    raft::{LogPosition, NodeId, Rule, Rules, Term},
    safety::Property,
    scenario::{Scenario, ScenarioId},
    sim::{Action, Config, Micros, Network, Range, Timing},
};

pub(super) fn scenario(challenge: Challenge) -> Scenario {
    let titled = |scenario: Scenario| Scenario {
        id: ScenarioId::Own,
        title: title(challenge),
        ..scenario
    };
    match challenge {
        Challenge::ElectS5 => titled(Scenario::free(5, 101)),
        Challenge::SplitVote => titled(Scenario::free(5, 178)),
        Challenge::Leaderless => titled(Scenario::free(5, 103)),
        Challenge::TwoLeaders => titled(Scenario::free(5, 104)),
        Challenge::StepDown => titled(cut_off(Scenario::free(5, STALE_SEED))),
        Challenge::NeverS3 => titled(uneven(Scenario::free(5, 105))),
        Challenge::CalmOutage => titled(hub(Scenario::free(5, HUB_SEED))),
        Challenge::Break(rule) => titled(without(rule)),
    }
}

/// As a title; links carry it.
fn title(challenge: Challenge) -> String {
    format!("{}{}", TITLE, challenge.slug())
}

/// What the title of a challenge's run begins with.
pub(super) const TITLE: &str = "challenge: ";

/// S5 leads first: the seed of the scenario in which the old leader returns.
const STALE_SEED: u64 = 53;

/// S5 leads, is cut off, and the others elect another one.
fn cut_off(mut scenario: Scenario) -> Scenario {
    scenario.script = vec![(Micros::from_millis(300), Action::isolate(S5))];
    scenario
}

/// When the outage gets worse, and how long before it the rules can be switched.
const WORSE_AT: Micros = Micros::from_secs(2);
pub(super) const IN_TIME: Micros = Micros::from_millis(1500);

/// S1 leads first.
const HUB_SEED: u64 = 104;

/// A bad network that gets worse. S1 leads, and from 0.3 s on each server has links with S2 only, but S5 hears nobody: what it asks
/// for deposes whoever leads, unless it has to ask first. From 2 s on all links lead to S3 instead. S2, if it leads by then, has
/// lost its majority, but S3 still hears it.
fn hub(mut scenario: Scenario) -> Scenario {
    let (first, second) = (NodeId::new(1), NodeId::new(2));
    let links = |hub: NodeId| {
        let pairs = NodeId::all(5).flat_map(|from| NodeId::all(5).map(move |to| (from, to)));
        pairs.filter(move |(from, to)| from != to).map(move |(from, to)| {
            let is_up = (from == hub || to == hub) && to != S5;
            (from, to, is_up)
        })
    };
    let begins = Micros::from_millis(300);
    let cuts = links(first).filter(|(_, _, is_up)| !is_up);
    scenario.script = cuts.map(|(from, to, _)| (begins, Action::cut(from, to))).collect();
    for ((from, to, was_up), (_, _, is_up)) in links(first).zip(links(second)) {
        match (was_up, is_up) {
            (false, true) => scenario.script.push((WORSE_AT, Action::heal(from, to))),
            (true, false) => scenario.script.push((WORSE_AT, Action::cut(from, to))),
            _ => {}
        }
    }
    scenario
}

/// The logs of S1 and S2 are longer than those of the others, so S3 can have the votes of S4 and S5 only, besides its own.
fn uneven(mut scenario: Scenario) -> Scenario {
    for id in NodeId::all(5) {
        let longer = id.index() < S3.index();
        scenario.config.logs[id.index()] = position(if longer { 2 } else { 1 });
    }
    scenario
}

const fn position(last_index: u32) -> LogPosition {
    LogPosition {
        last_term: Term::ZERO,
        last_index,
    }
}

// --- Breaking safety ---

/// A cluster without a rule in which nothing happens by itself for two seconds, and messages take their time.
fn without(rule: Rule) -> Scenario {
    let delay = Micros::from_millis(20);
    let mut config = Config {
        timing: Timing {
            election_timeout: Range::millis(2000, 4000),
            heartbeat_interval: Micros::from_millis(1000),
        },
        network: Network::delaying(Range { min: delay, max: delay }),
        rules: Rules::switching(rule),
        ..Config::paper(servers(rule))
    };
    match rule {
        Rule::UpToDateCheck => config.logs[..2].fill(position(1)),
        Rule::LogTermBeforeIndex => {
            let of_term_1 = LogPosition {
                last_term: Term(1),
                last_index: 1,
            };
            config.logs[..2].fill(of_term_1);
            config.logs[2] = position(2);
        }
        _ => {}
    }
    Scenario {
        config,
        pace: delay,
        ..Scenario::free(servers(rule), 1)
    }
}

/// The smallest cluster in which the lack of a rule can show. Of three servers, a candidate and one more are a majority: a vote
/// that counts twice does not help it.
pub(super) const fn servers(rule: Rule) -> u8 {
    if matches!(rule, Rule::CountEachVoteOnce) { 5 } else { 3 }
}

/// What is to be broken.
pub(super) const fn property(rule: Rule) -> Property {
    match rule {
        Rule::UpToDateCheck | Rule::LogTermBeforeIndex => Property::LeaderCompleteness,
        Rule::KeepVoteInTerm => Property::OneVotePerTerm,
        _ => Property::ElectionSafety,
    }
}

/// The steps of the shortest way to break it, found by exhaustive search. The tests search again.
pub(super) const fn steps(rule: Rule) -> usize {
    match rule {
        Rule::UpToDateCheck | Rule::LogTermBeforeIndex => 3,
        Rule::OneVotePerTerm | Rule::NewElectionNewTerm | Rule::NewerTermStepsDown | Rule::KeepVoteInTerm => 6,
        Rule::ReplyTermMustMatch => 7,
        Rule::CountEachVoteOnce | Rule::PreVoteIsNoVote => 10,
        _ => 8,
    }
}
