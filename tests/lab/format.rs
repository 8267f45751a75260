//! Experiments as files.

use raft_playground::{
    lab::{
        Experiment, ExperimentError, InitialLogs, Opening, PaperHalf, PaperLine, TrialOutcome,
        file::{self, LabExpected},
    },
    raft::{LogPosition, NodeId, Rule},
    scenario::file::Expected,
    sim::{Micros, Range},
};

const EXAMPLE: &str = "\
# Timeouts that hardly differ.
raft-lab 1

title 150–155 ms
begin leader-crash
logs different
limit 10 s
trials 1000
servers 5
election-timeout 150 ms to 155 ms
delay 2 ms to 4 ms
seed 1
";

fn wrong(text: &str) -> (usize, LabExpected) {
    let error = file::read(text).expect_err("a file that is wrong");
    (error.line, error.expected)
}

#[test]
fn a_file_says_what_the_built_in_line_is() {
    let line = PaperHalf::Randomness.lines()[2];
    assert_eq!(file::read(EXAMPLE), Ok(line.experiment(PaperLine::DELAY)));
}

#[test]
fn what_is_written_is_read_as_the_same() {
    let lines = PaperHalf::ALL.into_iter().flat_map(PaperHalf::lines);
    let mut experiments: Vec<_> = lines.map(|line| line.experiment(PaperLine::DELAY)).collect();
    let mut other = Experiment::paper().with_timeouts(Range::millis(40, 90));
    other.opening = Opening::LeaderCutOff;
    other.logs = InitialLogs::AsGiven;
    other.config.logs[2] = LogPosition {
        last_index: 7,
        ..LogPosition::default()
    };
    other.config.rules.set(Rule::PreVote, true);
    other.config.network.loss_permille = 25;
    other.config.links.set(NodeId::new(3), NodeId::new(4), false);
    other.config.timing.heartbeat_interval = Micros(12_345);
    (other.limit, other.trials, other.seed) = (Micros(2_500_001), 77, u64::MAX);
    experiments.push(other);
    for experiment in experiments {
        let text = file::write(&experiment);
        assert_eq!(file::read(&text), Ok(experiment), "{text}");
    }
}

#[test]
fn what_a_file_leaves_out_is_as_in_the_paper() {
    assert_eq!(
        file::read("raft-lab 1"),
        Ok(Experiment {
            seed: 0,
            ..Experiment::paper()
        })
    );
    let short = file::read("raft-lab 1\nelection-timeout 12 ms to 24 ms").expect("a file");
    assert_eq!(short.config.timing.heartbeat_interval, Micros::from_millis(6));
}

#[test]
fn a_file_that_is_wrong_is_refused_with_its_line() {
    assert_eq!(wrong(""), (1, LabExpected::Header));
    assert_eq!(wrong("raft-playground 1"), (1, LabExpected::Header));
    assert_eq!(wrong("raft-lab 2"), (1, LabExpected::OlderVersion));
    assert_eq!(wrong("raft-lab 1\n\nbegin soon"), (3, LabExpected::Opening));
    assert_eq!(wrong("raft-lab 1\nlogs long"), (2, LabExpected::Logs));
    assert_eq!(wrong("raft-lab 1\nat 1 s kill S1"), (2, LabExpected::Keyword));
    assert_eq!(wrong("raft-lab 1\ntrials 5\ntrials 6"), (3, LabExpected::Once));
    assert_eq!(
        wrong("raft-lab 1\ntrials 0"),
        (2, Expected::NumberBetween(1, 1_000_000).into())
    );
    assert_eq!(
        wrong("raft-lab 1\nlimit 0 s"),
        (2, LabExpected::Possible(ExperimentError::Limit))
    );
    assert_eq!(wrong("raft-lab 1\nlimit 2 h"), (2, Expected::Time.into()));
    assert_eq!(wrong("raft-lab 1\ntrials 5 6"), (2, Expected::End.into()));
    assert_eq!(wrong("raft-lab 1\nservers 12"), (2, Expected::Size.into()));
    assert_eq!(
        wrong("raft-lab 1\nseed 1\nbegin soon\nservers 12"),
        (3, LabExpected::Opening)
    );
    assert_eq!(wrong("raft-lab 1\nservers 12\nbegin soon"), (2, Expected::Size.into()));
    assert_eq!(
        wrong("raft-lab 1\nlog S2 term 0 index 3\n# end"),
        (3, LabExpected::NoLog)
    );
    assert_eq!(
        wrong("raft-lab 1\nelection-timeout 1 ms to 2 ms"),
        (2, LabExpected::Possible(ExperimentError::ShortTimeout))
    );
}

#[test]
fn an_error_says_what_was_expected_and_what_is_there() {
    let error = file::read("raft-lab 1\nbegin soon").expect_err("a file that is wrong");
    let said = "line 2: expected “leader-crash”, “leader-cut-off” or “cold-start”, found “begin soon”";
    assert_eq!(error.to_string(), said);
}

#[test]
fn the_trials_are_a_table() {
    let experiment = Experiment {
        trials: 2,
        ..Experiment::paper()
    };
    let outcomes: Vec<_> = (0..experiment.trials).map(|trial| experiment.trial(trial)).collect();
    let text = file::csv(&outcomes);
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row.len() == 6), "{text}");
    assert_eq!(rows[1][1], outcomes[0].without_leader.expect("a leader").0.to_string());
    let endless = TrialOutcome {
        without_leader: None,
        ..outcomes[0]
    };
    assert!(file::csv(&[endless]).lines().nth(1).expect("a row").starts_with("0,,"));
}
