//! Numbers that stand for trials, on this machine and in the browser.

use raft_playground::{
    lab::{Experiment, InitialLogs, Opening, PaperHalf, PaperLine, TrialEnding},
    raft::{NodeId, Rule},
    scenario::{Run, Scenario, ScenarioId},
    sim::{Action, Micros, OwnSetting, Range},
};

/// All lines of Figure 16. It is the same on every machine.
pub const DIGEST: u64 = 0x9975_bf1a_a2a3_5396;

/// Experiments of every other kind: they begin as a run, go on to their limit, and have settings of single servers and links.
pub const DIGEST_OF_OTHERS: u64 = 0x9db6_b37b_f74f_df9e;

/// What the trials of Figure 16 are measured to be: FNV-1a over the numbers of the first twenty of each line.
pub fn digest() -> u64 {
    let lines = PaperHalf::ALL.into_iter().flat_map(PaperHalf::lines);
    let experiments = lines.map(|line| line.experiment(PaperLine::DELAY));
    experiments.fold(OFFSET, |digest, experiment| {
        (0..20).fold(digest, |digest, trial| {
            let outcome = experiment.trial(trial);
            let time = outcome.without_leader.unwrap_or(Micros::NEVER).0;
            let counts = [outcome.terms, outcome.elections, outcome.split_votes, outcome.messages];
            counts.map(u64::from).into_iter().chain([time]).fold(digest, mixed)
        })
    })
}

/// The same of other experiments, with the leaders that were elected.
pub fn digest_of_others() -> u64 {
    others().iter().fold(OFFSET, |digest, experiment| {
        (0..10).fold(digest, |digest, trial| {
            let outcome = experiment.trial(trial);
            let time = outcome.without_leader.unwrap_or(Micros::NEVER).0;
            let counts = [
                outcome.terms,
                outcome.elections,
                outcome.split_votes,
                outcome.messages,
                outcome.elected,
            ];
            counts.map(u64::from).into_iter().chain([time]).fold(digest, mixed)
        })
    })
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

const fn mixed(digest: u64, value: u64) -> u64 {
    (digest ^ value).wrapping_mul(0x0100_0000_01b3)
}

fn others() -> Vec<Experiment> {
    let begun = |id| {
        let scenario = Scenario::new(id);
        Experiment::paper().after(&Run::of(&scenario, &scenario.start()))
    };
    let scripts = [
        ScenarioId::OneWayCut,
        ScenarioId::ThreeRegions,
        ScenarioId::RollingUpgrade,
    ];
    let mut uneven = Experiment {
        logs: InitialLogs::AsGiven,
        ..Experiment::paper()
    };
    uneven.config.rules.set(Rule::PreVote, true);
    let (s1, s2, s3) = (NodeId::new(0), NodeId::new(1), NodeId::new(2));
    let own = [
        Action::set_server(s1, OwnSetting::disk_write(Micros::from_millis(4))),
        Action::set_server(s2, OwnSetting::clock(1500)),
        Action::set_server(s3, OwnSetting::priority(2)),
        Action::set_link(s2, s3, OwnSetting::delay(Range::millis(20, 30))),
    ];
    uneven.script = own.map(|action| (Micros::ZERO, action)).to_vec();
    let cold = Experiment {
        opening: Opening::ColdStart,
        ..uneven.clone()
    };
    let all = scripts.map(begun).into_iter().chain([uneven, cold]);
    let whole = |experiment: Experiment| Experiment {
        ending: TrialEnding::AtLimit,
        ..experiment
    };
    all.flat_map(|experiment| [experiment.clone(), whole(experiment)])
        .collect()
}
