//! What the short calculation says of split votes, held against what is measured.

use raft_playground::{
    lab::{Experiment, InitialLogs, Opening, PredictionGap, SplitPrediction},
    raft::{NodeId, Quorum, Rule},
    sim::{Config, Micros, Range},
};

/// Trials of each experiment: an error of chance of two thirds of a percentage point at most.
const TRIALS: u32 = 5000;

fn experiment(size: u8, timeouts: Range, delay: Range) -> Experiment {
    let mut experiment = Experiment {
        logs: InitialLogs::AsGiven,
        config: Config::paper(size),
        trials: TRIALS,
        ..Experiment::paper()
    }
    .with_timeouts(timeouts);
    experiment.config.network.delay = delay;
    experiment
}

fn predicted(experiment: &Experiment) -> SplitPrediction {
    experiment.predicted_split().expect("somebody can be elected")
}

/// Of a million trials, those with split votes.
fn measured(experiment: &Experiment) -> u32 {
    let split = (0..experiment.trials).filter(|trial| experiment.trial(*trial).split_votes > 0);
    u32::try_from(split.count()).expect("not so many") * (1_000_000 / experiment.trials)
}

/// How far the two may part where nothing is left out: three times the error of chance, and a tenth of what is predicted.
fn margin(predicted: u32) -> u32 {
    let share = f64::from(predicted) / 1e6;
    let chance = 3e6 * (share * (1.0 - share) / f64::from(TRIALS)).sqrt();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below a million")]
    let chance = chance as u32;
    chance + predicted / 10 + 300
}

/// Three to nine servers, delays that are all the same and delays that differ, a wide range of timeouts and a narrow one.
#[test]
fn measured_and_predicted_agree_where_nothing_is_left_out() {
    let wide = Range::millis(300, 600);
    let mut experiments = Vec::new();
    for size in [3, 4, 5, 7, 9] {
        for delay in [Range::millis(30, 30), Range::millis(60, 60), Range::millis(10, 20)] {
            experiments.push(experiment(size, wide, delay));
        }
    }
    experiments.push(experiment(5, Range::millis(150, 155), Range::millis(3, 3)));
    experiments.push(experiment(5, Range::millis(1000, 2000), Range::millis(80, 80)));
    for opening in [Opening::ColdStart, Opening::LeaderCutOff] {
        experiments.push(Experiment {
            opening,
            ..experiment(5, wide, Range::millis(60, 60))
        });
    }
    for rule in [Rule::PreVote, Rule::LeaderStickiness, Rule::CheckQuorum] {
        let mut extended = experiment(5, wide, Range::millis(60, 60));
        extended.config.rules.set(rule, true);
        experiments.push(extended);
    }
    for experiment in experiments {
        let SplitPrediction { per_million, gaps } = predicted(&experiment);
        assert_eq!(gaps, [], "{experiment:?}");
        let measured = measured(&experiment);
        assert!(
            measured.abs_diff(per_million) <= margin(per_million),
            "{measured} measured, {per_million} predicted: {experiment:?}"
        );
    }
}

/// With one delay, the distance of evenly drawn values is all there is: 1 - (1 - p)^2 for three servers, and for five, whose first
/// candidate needs two of the other three, 1 - (1 - p)^4 - 4 p (1 - p)^3.
#[test]
fn with_one_delay_it_is_the_known_formula() {
    let p = 30.0 / 300.001_f64;
    let three = predicted(&experiment(3, Range::millis(300, 600), Range::millis(30, 30)));
    let five = predicted(&experiment(5, Range::millis(300, 600), Range::millis(30, 30)));
    let is = |said: u32, share: f64| assert!((f64::from(said) / 1e6 - share).abs() < 1e-5, "{said} is not {share}");
    is(three.per_million, 1.0 - (1.0 - p).powi(2));
    is(five.per_million, 1.0 - (1.0 - p).powi(4) - 4.0 * p * (1.0 - p).powi(3));
}

#[test]
fn it_is_between_never_and_always() {
    let never = experiment(
        5,
        Range::millis(150, 300),
        Range {
            min: Micros(1),
            max: Micros(1),
        },
    );
    assert_eq!(predicted(&never).per_million, 0);
    let always = experiment(5, Range::millis(150, 150), Range::millis(3, 3));
    assert_eq!(predicted(&always).per_million, 1_000_000);
    for size in 3..=9 {
        for delay in [1, 10, 100, 1000, 3_600_000] {
            let wide = experiment(size, Range::millis(2, 200), Range::millis(1, delay));
            assert!(predicted(&wide).per_million <= 1_000_000);
        }
    }
}

#[test]
fn where_nobody_can_be_elected_nothing_is_predicted() {
    let two = experiment(2, Range::millis(150, 300), Range::millis(5, 10));
    assert_eq!(two.predicted_split(), None);
    let alone = Experiment {
        opening: Opening::ColdStart,
        ..experiment(1, Range::millis(150, 300), Range::millis(5, 10))
    };
    assert_eq!(alone.predicted_split(), None);
}

#[test]
fn it_says_what_it_leaves_out() {
    let plain = experiment(5, Range::millis(150, 300), Range::millis(5, 10));
    let with = |change: fn(&mut Experiment)| {
        let mut changed = plain.clone();
        change(&mut changed);
        predicted(&changed).gaps
    };
    assert_eq!(with(|_| {}), []);
    assert_eq!(with(|lab| lab.logs = InitialLogs::Different), [PredictionGap::Logs]);
    assert_eq!(with(|lab| lab.config.network.loss_permille = 1), [PredictionGap::Loss]);
    assert_eq!(
        with(|lab| _ = lab.config.links.set(NodeId::new(3), NodeId::new(4), false)),
        [PredictionGap::Links]
    );
    assert_eq!(
        with(|lab| lab.config.network.delay = Range::millis(60, 60)),
        [PredictionGap::SlowLinks]
    );
    assert_eq!(
        with(|lab| lab.config.timing.heartbeat_interval = Micros::from_millis(145)),
        [PredictionGap::RareHeartbeats]
    );
    assert_eq!(
        with(|lab| lab.config.timing.election_timeout = Range::millis(150, 160)),
        [PredictionGap::Arrival]
    );
    assert_eq!(
        with(|lab| lab.config.rules.set(Rule::PreVote, true)),
        [PredictionGap::PreVote]
    );
    assert_eq!(
        with(|lab| *lab = lab.clone().with_disk_writes(Micros::from_millis(1))),
        [PredictionGap::OwnSettings]
    );
    assert_eq!(
        with(|lab| lab.config.rules.quorum = Quorum::Votes(4)),
        [PredictionGap::Rules]
    );
}
