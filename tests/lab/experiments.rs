//! What an experiment is, how its trials differ, and what is made of them.

use crate::pinned;
use raft_playground::{
    lab::{Distribution, Experiment, ExperimentError, InitialLogs, Opening, Quantity, Sweep, TrialOutcome, Variable},
    raft::{NodeId, Role, Rule},
    sim::{Action, ConfigError, Micros, OwnSetting, OwnSettings, Process, Range},
};

fn paper() -> Experiment {
    Experiment::paper()
}

#[test]
fn the_trials_of_figure_16_are_pinned() {
    let digest = pinned::digest();
    assert_eq!(digest, pinned::DIGEST, "{digest:#x}");
    let digest = pinned::digest_of_others();
    assert_eq!(digest, pinned::DIGEST_OF_OTHERS, "{digest:#x}");
}

#[test]
fn a_trial_is_the_same_whenever_it_is_run() {
    let later: Vec<_> = (0..20).rev().map(|trial| paper().trial(trial)).collect();
    let first: Vec<_> = (0..20).map(|trial| paper().trial(trial)).collect();
    assert!(first.iter().eq(later.iter().rev()));
    let other = Experiment { seed: 2, ..paper() };
    assert_ne!(other.trial(0), first[0]);
}

/// "The leader was crashed uniformly randomly within its heartbeat interval."
#[test]
fn leaders_crash_evenly_over_the_heartbeat_interval() {
    let interval = paper().config.timing.heartbeat_interval.0;
    let mut tenths = [0; 10];
    for trial in 0..10_000 {
        let after = (paper().begins_at(trial) - Experiment::BROADCAST).0;
        assert!(after < interval);
        tenths[usize::try_from(after * 10 / interval).expect("a tenth")] += 1;
    }
    assert!(tenths.iter().all(|count| (900..1100).contains(count)), "{tenths:?}");
}

/// All logs differ, the leader's is the longest, and each other length is dealt to each other server equally often: so the two
/// longest of the four can win, and the two shortest can't.
#[test]
fn logs_of_different_lengths_are_dealt_evenly() {
    let mut dealt = [[0; 6]; 5];
    for trial in 0..4000 {
        let logs = paper().trial_config(trial).logs.map(|log| log.last_index);
        let mut lengths = logs[..5].to_vec();
        assert_eq!(lengths[0], 5);
        for (server, length) in lengths.iter().enumerate() {
            dealt[server][*length as usize] += 1;
        }
        lengths.sort_unstable();
        assert_eq!(lengths, [1, 2, 3, 4, 5]);
    }
    for counts in &dealt[1..] {
        assert!(
            counts[1..5].iter().all(|count| (900..1100).contains(count)),
            "{dealt:?}"
        );
    }
}

/// As the leader fails, all others follow it and have its broadcast on the way or behind them.
#[test]
fn a_trial_begins_with_a_leader_that_all_follow() {
    for opening in [Opening::LeaderCrash, Opening::LeaderCutOff] {
        let experiment = Experiment { opening, ..paper() };
        for trial in 0..50 {
            let mut history = experiment.scenario(trial).start();
            history.seek(Micros(experiment.begins_at(trial).0 - 1));
            for (id, server) in history.world().servers() {
                let leads = server.node().role() == Role::Leader;
                assert_eq!(leads, id == Experiment::LEADER, "trial {trial}");
                assert_eq!(server.node().leader(), Some(Experiment::LEADER), "trial {trial}");
            }
            history.seek(experiment.begins_at(trial));
            let process = history.world().server(Experiment::LEADER).process();
            assert_eq!(process == Process::Down, opening == Opening::LeaderCrash);
        }
    }
}

/// They hold from the broadcast on, with the network of the experiment: a slow disk does not keep S1 from its first election.
#[test]
fn what_servers_and_links_have_of_their_own_holds_from_the_broadcast() {
    let second = Micros::from_secs(1);
    let mut own = paper().with_disk_writes(second);
    for opening in [Opening::LeaderCrash, Opening::LeaderCutOff, Opening::ColdStart] {
        own.begin(opening);
        assert_eq!((own.validate(), own.script.len()), (Ok(()), 5));
        let mut history = own.scenario(3).start();
        history.seek(Experiment::BROADCAST);
        let disks = NodeId::all(5).map(|server| history.world().own().disk_write(server));
        assert!(disks.into_iter().all(|takes| takes == second));
        let leads = opening != Opening::ColdStart;
        assert_eq!(history.world().leader().is_some(), leads);
    }
    // Nobody is elected before a candidate and a voter have written, half of the shortest timeout after the crash and later (§9.3).
    own.begin(Opening::LeaderCrash);
    let patient = own.with_timeouts(Range::millis(3000, 6000));
    let earliest = Micros::from_millis(3450);
    assert!((0..20).all(|trial| patient.trial(trial).without_leader.is_none_or(|time| time > earliest)));
}

/// A smaller cluster has nothing of servers that are gone.
#[test]
fn another_size_keeps_what_those_have_that_stay() {
    let [s1, s4] = [0, 3].map(NodeId::new);
    let mut experiment = paper();
    let mut own = OwnSettings::default();
    own.set(s1, s1, OwnSetting::clock(900));
    own.set(s4, s4, OwnSetting::clock(1100));
    own.set(s1, s4, OwnSetting::loss(50));
    experiment.own(&own);
    assert_eq!((experiment.validate(), experiment.script.len()), (Ok(()), 3));
    experiment.resize(3);
    let left = [(Micros::ZERO, Action::set_server(s1, OwnSetting::clock(900)))];
    assert_eq!((experiment.validate(), &experiment.script[..]), (Ok(()), &left[..]));
}

#[test]
fn only_a_script_does_more_at_the_beginning() {
    let mut experiment = paper();
    experiment.script.push((Micros::ZERO, Action::kill(NodeId::new(1))));
    assert_eq!(experiment.validate(), Err(ExperimentError::Script));
    experiment.script[0] = (
        Micros(1),
        Action::set_server(NodeId::new(1), OwnSetting::disk_write(Micros(1))),
    );
    assert_eq!(experiment.validate(), Err(ExperimentError::Script));
    experiment.begin(Opening::ColdStart);
    assert_eq!((experiment.validate(), experiment.script.len()), (Ok(()), 0));
}

#[test]
fn a_cold_start_is_measured_from_the_start() {
    let cold = Experiment {
        opening: Opening::ColdStart,
        logs: InitialLogs::AsGiven,
        ..paper()
    };
    assert_eq!(cold.validate(), Ok(()));
    for trial in 0..50 {
        let outcome = cold.trial(trial);
        let at = outcome.without_leader.expect("a leader");
        assert!(at >= Micros::from_millis(160), "a timeout and two messages: {at}");
        assert!(outcome.terms >= 1 && outcome.elections >= outcome.terms);
    }
}

/// The cut-off leader still believes that it leads; the trial goes on until somebody leads whom a majority can follow.
#[test]
fn a_cut_off_leader_is_no_leader() {
    let cut_off = Experiment {
        opening: Opening::LeaderCutOff,
        ..paper()
    };
    for trial in 0..50 {
        let time = cut_off.trial(trial).without_leader.expect("a leader");
        assert!(time > Micros::from_millis(80));
    }
}

/// A leader whose heartbeats come too rarely is deposed, and may be before it crashes: then nobody misses it.
#[test]
fn a_leader_that_was_replaced_before_it_fails_leaves_no_gap() {
    let mut rare = paper();
    rare.config.timing.heartbeat_interval = Micros::from_secs(2);
    let outcomes: Vec<_> = (0..100).map(|trial| rare.trial(trial)).collect();
    let unmissed = outcomes
        .iter()
        .filter(|outcome| outcome.without_leader == Some(Micros::ZERO));
    // The next leader is deposed as well, so some trials begin between two leaders.
    assert!((10..90).contains(&unmissed.count()));
}

#[test]
fn a_cluster_of_one_leads_itself_after_its_timeout() {
    let mut alone = Experiment {
        opening: Opening::ColdStart,
        logs: InitialLogs::AsGiven,
        ..paper()
    };
    alone.config = raft_playground::sim::Config::paper(1);
    assert_eq!(alone.validate(), Ok(()));
    let time = alone.trial(0).without_leader.expect("a leader");
    assert!(
        (Micros::from_millis(150)..=Micros::from_millis(300)).contains(&time),
        "{time}"
    );
}

#[test]
fn what_cannot_be_tried_is_refused() {
    let mut none = paper();
    none.trials = 0;
    assert_eq!(none.validate(), Err(ExperimentError::Trials));
    let mut endless = paper();
    endless.limit = Micros::ZERO;
    assert_eq!(endless.validate(), Err(ExperimentError::Limit));
    let short = paper().with_timeouts(Range::millis(1, 2));
    assert_eq!(short.validate(), Err(ExperimentError::ShortTimeout));
    let mut invalid = paper();
    invalid.config.size = 0;
    assert_eq!(invalid.validate(), Err(ExperimentError::Config(ConfigError::Size)));
    let mut cut = paper();
    for other in 1..5 {
        cut.config.links.set(NodeId::new(0), NodeId::new(other), false);
    }
    assert_eq!(cut.validate(), Err(ExperimentError::NoLeader));
}

/// With every extension on, S1 leads at the start as well.
#[test]
fn the_extensions_can_be_tried() {
    for rule in [Rule::PreVote, Rule::LeaderStickiness, Rule::CheckQuorum] {
        let mut extended = paper();
        extended.config.rules.set(rule, true);
        assert_eq!(extended.validate(), Ok(()), "{rule:?}");
        assert!(extended.trial(0).without_leader.is_some());
    }
}

// --- What is made of the trials ---

fn outcomes(times: &[Option<u64>]) -> Vec<TrialOutcome> {
    let outcome = |(trial, time): (u32, &Option<u64>)| TrialOutcome {
        trial,
        without_leader: time.map(Micros),
        terms: 1,
        elections: 2,
        split_votes: 0,
        messages: 9,
        elected: 1,
    };
    (0..).zip(times).map(outcome).collect()
}

#[test]
fn quantiles_are_values_of_the_nearest_rank() {
    let times: Vec<_> = (1..=100).rev().map(Some).collect();
    let times = Distribution::of(Quantity::WithoutLeader, &outcomes(&times));
    assert_eq!(times.quantile(0), Some(1));
    assert_eq!(times.quantile(50), Some(5));
    assert_eq!(times.median(), Some(50));
    assert_eq!(times.quantile(950), Some(95));
    assert_eq!(times.greatest(), Some(100));
    assert_eq!(times.mean(), Some(51));
    assert_eq!(times.values()[0], (1, 99), "the last trial had the least");
    assert_eq!((times.up_to(0), times.up_to(7), times.up_to(1000)), (0, 7, 100));
}

#[test]
fn trials_without_a_leader_count_as_longer_than_all_others() {
    let times = Distribution::of(Quantity::WithoutLeader, &outcomes(&[Some(5), None, Some(3), None]));
    assert_eq!((times.count(), times.beyond()), (4, 2));
    assert_eq!((times.least(), times.median()), (Some(3), Some(5)));
    assert_eq!(
        (times.quantile(750), times.greatest(), times.mean()),
        (None, None, None)
    );
    let messages = Distribution::of(Quantity::Messages, &outcomes(&[Some(5), None]));
    assert_eq!((messages.median(), messages.greatest()), (Some(9), None));
}

#[test]
fn of_no_trials_nothing_is_known() {
    let none = Distribution::of(Quantity::Terms, &[]);
    assert_eq!((none.count(), none.median(), none.mean()), (0, None, None));
    assert!(none.histogram(10).is_empty());
}

#[test]
fn the_bars_of_a_histogram_hold_every_value_once() {
    let times: Vec<_> = [10, 11, 12, 19, 20, 35, 39].map(Some).to_vec();
    let times = Distribution::of(Quantity::WithoutLeader, &outcomes(&times));
    let bars = times.histogram(3);
    let seen: Vec<_> = bars.iter().map(|bar| (bar.from, bar.below, bar.count)).collect();
    assert_eq!(seen, [(10, 20, 4), (20, 30, 1), (30, 40, 2)]);
    assert_eq!(times.histogram(1).len(), 1);
    assert_eq!(times.histogram(1000).iter().map(|bar| bar.count).sum::<usize>(), 7);
}

#[test]
fn a_sweep_varies_one_setting() {
    let sweep = Sweep {
        experiment: Experiment { trials: 100, ..paper() },
        variable: Variable::Delay,
        values: vec![1000, 5000, 20_000],
    };
    let experiments = sweep.experiments().expect("valid experiments");
    let points: Vec<_> = sweep
        .values
        .iter()
        .zip(&experiments)
        .map(|(value, experiment)| {
            let outcomes: Vec<_> = (0..experiment.trials).map(|trial| experiment.trial(trial)).collect();
            Sweep::point(*value, Quantity::WithoutLeader, &outcomes)
        })
        .collect();
    assert!(
        points.is_sorted_by_key(|point| point.median),
        "longer delays, longer elections: {points:?}"
    );
    for point in points {
        assert!(point.low <= point.median && point.median <= point.high);
    }
    let spread = Variable::Spread.set(&paper(), 5000).expect("a valid experiment");
    assert_eq!(spread.config.timing.election_timeout, Range::millis(150, 155));
    let timeout = Variable::Timeout.set(&paper(), 12_000).expect("a valid experiment");
    assert_eq!(timeout.config.timing.election_timeout, Range::millis(12, 24));
    assert_eq!(timeout.config.timing.heartbeat_interval, Micros::from_millis(6));
    assert_eq!(
        Variable::Loss.set(&paper(), 1001),
        Err(ExperimentError::Config(ConfigError::Share))
    );
}
