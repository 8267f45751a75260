//! Every point opens a run that shows what the point says.

use raft_playground::{
    lab::{Experiment, InitialLogs, Opening, PaperHalf, PaperLine, TrialEnding, TrialOutcome},
    raft::{Decision, NodeId, Rule},
    scenario::{Run, Scenario, ScenarioId, file},
    sim::{Action, Event, EventId, EventKind, History, Leadership, Micros, OwnSetting, Range, Timing},
};

/// What the run of a trial shows, seen by other code: from its trace and its measures.
fn shown(experiment: &Experiment, run: &Run, trial: u32) -> TrialOutcome {
    let mut history = run.open().expect("a run that can be opened");
    let begins_at = history.now();
    assert_eq!(
        begins_at,
        experiment.begins_at(trial),
        "it opens where the leader fails"
    );
    let before = (history.measures(), sent(&history));
    let is_led = !Leadership::of(history.world()).leaders().is_empty();
    history.seek(history.end());
    let after = (history.measures(), sent(&history));
    let elected = events(&history).find(|event| {
        let won = matches!(event.kind, EventKind::Decided(Decision::ElectionWon { .. }));
        won && event.at >= begins_at && event.server.is_some_and(|winner| can_follow(&history, event, winner))
    });
    let grown = |before: u64, after: u64| u32::try_from(after - before).expect("not so many");
    TrialOutcome {
        trial,
        without_leader: if is_led {
            Some(Micros::ZERO)
        } else {
            elected.map(|event| event.at - begins_at)
        },
        terms: after.0.highest_term.0 - before.0.highest_term.0,
        elections: grown(before.0.elections_started, after.0.elections_started),
        split_votes: grown(before.0.split_votes, after.0.split_votes),
        messages: grown(before.1, after.1),
        elected: grown(before.0.elections_won, after.0.elections_won),
    }
}

fn events(history: &History) -> impl Iterator<Item = &Event> {
    assert_eq!(history.trace().first(), EventId(0), "the whole run is in memory");
    history.trace().range(EventId(0), history.world().next_event())
}

fn sent(history: &History) -> u64 {
    let sent = events(history).filter(|event| matches!(event.kind, EventKind::Sent { .. }));
    sent.count() as u64
}

/// Whether a majority can follow the winner at that instant.
fn can_follow(history: &History, event: &Event, winner: NodeId) -> bool {
    let mut then = history.clone();
    then.seek(event.at);
    Leadership::of(then.world()).leaders().contains(winner)
}

fn variations() -> Vec<Experiment> {
    let mut experiments: Vec<_> = PaperHalf::ALL
        .into_iter()
        .flat_map(PaperHalf::lines)
        .map(|line| line.experiment(PaperLine::DELAY))
        .collect();
    let mut lossy = line_with(150, 155);
    lossy.config.network.loss_permille = 100;
    lossy.config.network.duplication_permille = 50;
    let mut extended = line_with(150, 300);
    extended.config.rules.set(Rule::PreVote, true);
    extended.config.rules.set(Rule::LeaderStickiness, true);
    extended.config.rules.set(Rule::CheckQuorum, true);
    let cut_off = Experiment {
        opening: Opening::LeaderCutOff,
        ..extended.clone()
    };
    let mut rare = line_with(150, 300);
    rare.config.timing.heartbeat_interval = Micros::from_secs(1);
    let cold = Experiment {
        opening: Opening::ColdStart,
        logs: InitialLogs::AsGiven,
        ..line_with(150, 300)
    };
    experiments.extend([lossy, extended, cut_off, rare, cold]);
    experiments
}

fn line_with(min: u64, max: u64) -> Experiment {
    let range = Range::millis(min, max);
    Experiment {
        limit: Micros::from_secs(2),
        ..Experiment::paper().with_timeouts(range)
    }
}

/// 200 points and more, spread over all lines of Figure 16 and over other experiments.
#[test]
fn a_point_opens_the_run_that_it_stands_for() {
    let mut points = 0;
    for experiment in variations() {
        experiment.validate().expect("a valid experiment");
        let is_endless = experiment.config.timing.election_timeout.min == experiment.config.timing.election_timeout.max;
        let some = if is_endless { 1 } else { 15 };
        for place in 0..some {
            let trial = place * 67 % experiment.trials;
            let outcome = experiment.trial(trial);
            let run = experiment.run(trial);
            assert_eq!(
                shown(&experiment, &run, trial),
                outcome,
                "{} trial {trial}",
                experiment.title
            );
            points += 1;
        }
    }
    assert!(points >= 200, "{points}");
}

/// Trials that begin as each built-in scenario that something is done in.
fn scripted() -> Vec<Experiment> {
    let begun = |id: ScenarioId| {
        let scenario = Scenario::new(id);
        let run = Run::of(&scenario, &scenario.start());
        let experiment = Experiment {
            limit: Micros::from_secs(2),
            ..Experiment::paper().after(&run)
        };
        (!scenario.script.is_empty()).then_some(experiment)
    };
    ScenarioId::ALL.into_iter().filter_map(begun).collect()
}

/// The same for trials that begin as a run: 200 points drawn from all of them.
#[test]
fn a_point_of_trials_that_begin_as_a_run_opens_it() {
    let experiments = scripted();
    let mut unlike = 0;
    for point in 0..200_u32 {
        let experiment = &experiments[point as usize % experiments.len()];
        experiment.validate().expect("a valid experiment");
        let trial = point.wrapping_mul(2_654_435_761) % experiment.trials;
        let outcome = experiment.trial(trial);
        let run = experiment.run(trial);
        let last = experiment.script[experiment.script.len() - 1].0;
        assert_eq!((experiment.begins_at(trial), run.recording.now), (last, last));
        assert_eq!(run.recording.script, experiment.script);
        assert_eq!(
            shown(experiment, &run, trial),
            outcome,
            "{} trial {trial}",
            experiment.title
        );
        unlike += u32::from(
            outcome
                != TrialOutcome {
                    trial,
                    ..experiment.trial(0)
                },
        );
    }
    assert!(experiments.len() >= 5, "{}", experiments.len());
    assert!(unlike > 60, "trials have luck of their own: {unlike}");
}

/// Whoever led before the first action leads in each trial as well, so that what was done to it is done to a leader.
#[test]
fn the_leader_of_the_run_leads_in_each_trial() {
    let scenario = Scenario::first();
    let mut history = scenario.start();
    history.seek(Micros::from_millis(400));
    let leader = history.world().leader().expect("a leader");
    history.act(Action::kill(leader)).expect("it runs");
    history.seek(Micros::from_millis(500));
    let experiment = Experiment::paper().after(&Run::of(&scenario, &history));
    assert_eq!(
        (experiment.leads_by_script(), experiment.script.len()),
        (Some(leader), 2)
    );
    assert_eq!(experiment.begins_at(0), Micros::from_millis(400));
    for trial in 0..100 {
        let time = experiment.trial(trial).without_leader.expect("another leader");
        assert!(time > Micros::from_millis(50), "trial {trial}: {time}");
    }
}

/// Settings do not hide who led when the first fault came; those of the cluster from the start are the experiment's own.
#[test]
fn the_leader_of_the_run_leads_also_where_settings_came_first() {
    let scenario = Scenario::first();
    let mut history = scenario.start();
    let slow = Timing {
        election_timeout: Range::millis(200, 400),
        heartbeat_interval: Micros::from_millis(50),
    };
    let own = Action::set_server(NodeId::new(0), OwnSetting::clock(1500));
    for action in [Action::set_timing(slow), own] {
        history.act(action).expect("it can be done");
    }
    history.seek(Micros::from_millis(700));
    let leader = history.world().leader().expect("a leader");
    history.act(Action::kill(leader)).expect("it runs");
    let run = Run::of(&scenario, &history);
    let mut experiment = Experiment::paper().after(&run);
    assert_eq!(
        (experiment.leads_by_script(), experiment.config.timing),
        (Some(leader), slow)
    );
    assert_eq!(experiment.script.len(), 3);
    // Who begins in another way then keeps the settings.
    experiment.begin(Opening::LeaderCrash);
    assert_eq!((experiment.validate(), experiment.config.timing), (Ok(()), slow));
    assert_eq!(experiment.script, [(Micros::ZERO, own)]);
}

/// A cluster that elects leaders for ever and keeps none: only S3 and S4 can win, and a newer term comes from S5 or S2, whichever of
/// the two the leader does not reach.
fn deposed() -> Experiment {
    let mut experiment = Experiment {
        opening: Opening::ColdStart,
        logs: InitialLogs::AsGiven,
        ending: TrialEnding::AtLimit,
        ..line_with(150, 300)
    };
    let up = [(1, 2), (2, 3), (3, 4)];
    for (one, other) in (0..5).flat_map(|one| (0..one).map(move |other| (other, one))) {
        if !up.contains(&(one, other)) {
            experiment.config.links.set(NodeId::new(one), NodeId::new(other), false);
            experiment.config.links.set(NodeId::new(other), NodeId::new(one), false);
        }
    }
    experiment
}

/// The time without a leader that a majority can follow, from one event to the next.
fn without_leader(run: &Run) -> Micros {
    let mut history = run.open().expect("a run that can be opened");
    let begins_at = history.now();
    let ends_at = history.end();
    let mut whole = history.clone();
    whole.seek(ends_at);
    let mut times: Vec<_> = events(&whole)
        .map(|event| event.at)
        .filter(|at| *at > begins_at)
        .collect();
    times.dedup();
    times.push(ends_at);
    let mut without = Micros::ZERO;
    for until in times {
        let (since, is_led) = (history.now(), !Leadership::of(history.world()).leaders().is_empty());
        history.seek(until);
        without = without + if is_led { Micros::ZERO } else { until - since };
    }
    without
}

#[test]
fn a_trial_that_ends_at_its_limit_counts_all_its_time_without_a_leader() {
    let mut crashed = line_with(150, 300);
    crashed.ending = TrialEnding::AtLimit;
    for experiment in [deposed(), crashed] {
        experiment.validate().expect("a valid experiment");
        for trial in 0..15 {
            let (outcome, run) = (experiment.trial(trial), experiment.run(trial));
            let ends_at = run.open().expect("a run that can be opened").end();
            assert_eq!(ends_at, experiment.begins_at(trial) + experiment.limit);
            assert_eq!(outcome.without_leader, Some(without_leader(&run)), "trial {trial}");
            assert_eq!(
                TrialOutcome {
                    without_leader: outcome.without_leader,
                    ..shown(&experiment, &run, trial)
                },
                outcome
            );
        }
    }
}

/// Where a leader is elected soon, and deposed, and so on, the first election says nothing.
#[test]
fn a_cluster_that_keeps_no_leader_is_told_from_one_that_does() {
    let whole = deposed();
    let first = Experiment {
        ending: TrialEnding::WithLeader,
        ..whole.clone()
    };
    let average = |experiment: &Experiment| {
        let times = (0..50).filter_map(|trial| experiment.trial(trial).without_leader);
        times.map(|time| time.0).sum::<u64>() / 50
    };
    let (whole, first) = (average(&whole), average(&first));
    assert!(whole > 2 * first, "{whole} of 2 s, {first} until the first election");
}

/// A run of a trial is kept as any other.
#[test]
fn the_run_of_a_point_is_a_file() {
    let experiment = line_with(150, 155);
    for trial in 0..10 {
        let run = experiment.run(trial);
        assert_eq!(file::read(&file::write(&run)), Ok(run));
    }
}

/// All that the script of a trial asks for is done.
#[test]
fn nothing_that_begins_a_trial_is_refused() {
    for experiment in variations() {
        for trial in 0..10 {
            let history = experiment.run(trial).open().expect("a run that can be opened");
            assert_eq!(history.refusals().count(), 0, "{} trial {trial}", experiment.title);
        }
    }
}
