//! Experiments as files.

use raft_playground::{
    lab::{
        Experiment, ExperimentError, InitialLogs, LabPlan, Opening, PaperHalf, PaperLine, TrialEnding, TrialOutcome,
        Variable, Variation,
        file::{self, LabExpected},
        link,
    },
    raft::{LogPosition, NodeId, Quorum, Rule, Rules},
    scenario::{
        file::Expected,
        link::{LinkError, seal},
    },
    sim::{Action, ConfigError, Micros, Range},
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
    assert_eq!(wrong("raft-lab 5"), (1, LabExpected::OlderVersion));
    assert_eq!(wrong("raft-lab 1\n\nbegin soon"), (3, LabExpected::Opening));
    assert_eq!(wrong("raft-lab 1\nlogs long"), (2, LabExpected::Logs));
    assert_eq!(wrong("raft-lab 4\nend of it"), (2, LabExpected::Ending));
    assert_eq!(wrong("raft-lab 1\ndo 1 s kill S1"), (2, LabExpected::Keyword));
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

const SCRIPTED: &str = "\
raft-lab 2
title The leader leaves
servers 3
seed 4
election-timeout 150 ms to 300 ms
heartbeat-interval 75 ms
delay 5 ms to 10 ms
begin script
at 0 s timer S1 10 ms
at 1 s kill S1
logs as-given
limit 10 s
trials 50
";

#[test]
fn a_script_is_written_and_read() {
    let experiment = file::read(SCRIPTED).expect("a file");
    assert_eq!(experiment.opening, Opening::Script);
    assert_eq!(experiment.script.len(), 2);
    assert_eq!(experiment.begins_at(7), Micros::from_secs(1));
    assert_eq!(file::read(&file::write(&experiment)), Ok(experiment.clone()));
    // Its lines may stand anywhere, and what is left out is as in the run: no logs are dealt.
    let short = "raft-lab 2\nat 1 s kill S1\nbegin script";
    let read = file::read(short).expect("a file");
    assert_eq!((read.script.len(), read.logs), (1, InitialLogs::AsGiven));
    let plan = LabPlan {
        compare: Some(Rule::PreVote),
        ..LabPlan::from(experiment)
    };
    let link = link::encode(&plan);
    assert_eq!(link::decode(&link), Ok(plan));
    // Pinned: links of version 2 are opened for ever.
    assert_eq!(link, SCRIPTED_LINK);
}

const SCRIPTED_LINK: &str = "wukAAACpyoGAosSDnIbpXZpw2nOjizxjD7HPXpQ61dRefYOGSoDs9t1UaxXRVlt49ePdR8axUnLqbdC-dwI";

#[test]
fn when_trials_end_is_written_and_read() {
    let text = SCRIPTED
        .replace("raft-lab 2", "raft-lab 4")
        .replace("limit 10 s\n", "limit 60 s\nend at-limit\n");
    let experiment = file::read(&text).expect("a file");
    assert_eq!(experiment.ending, TrialEnding::AtLimit);
    assert_eq!(file::read(&file::write(&experiment)), Ok(experiment.clone()));
    // Where it is as ever, the file is as ever.
    let as_ever = SCRIPTED.replace("trials", "end with-leader\ntrials");
    assert_eq!(file::read(&as_ever), file::read(SCRIPTED));
    assert!(file::write(&file::read(&as_ever).expect("a file")).starts_with("raft-lab 2\n"));
    let plan = LabPlan::from(experiment);
    let link = link::encode(&plan);
    assert_eq!(link::decode(&link), Ok(plan));
    // Pinned: links of version 4 are opened for ever.
    assert_eq!(link, ENDING_LINK);
}

const ENDING_LINK: &str = "xOUAAACpycBiYBVdEBawNzW3Ay3js5W-18ZpHEfjYZWWCfNr1_d9HNCJMu_sJCpZ2G3mrPvBqqMwLJMreP_ir2H7YY4";

const UNEVEN: &str = "\
raft-lab 3
title Slow disks
servers 3
election-timeout 150 ms to 300 ms
heartbeat-interval 75 ms
delay 5 ms to 10 ms
seed 4
begin leader-crash
server S1 disk-write 4 ms
server S2 clock 0.9
link S1>S3 delay 20 ms to 30 ms
logs as-given
limit 10 s
trials 50
";

#[test]
fn what_servers_and_links_have_of_their_own_stands_beside_any_beginning() {
    let experiment = file::read(UNEVEN).expect("a file");
    assert_eq!((experiment.opening, experiment.script.len()), (Opening::LeaderCrash, 3));
    assert_eq!(file::write(&experiment), UNEVEN);
    // Several servers may stand in one line, anywhere.
    let short = "raft-lab 3\nserver S1 S2 disk-write 4 ms\nbegin cold-start";
    let read = file::read(short).expect("a file");
    assert_eq!((read.script.len(), read.opening), (2, Opening::ColdStart));
    let plan = LabPlan::from(experiment);
    let link = link::encode(&plan);
    assert_eq!(link::decode(&link), Ok(plan));
    // Pinned: links of version 3 are opened for ever.
    assert_eq!(link, UNEVEN_LINK);
    // In a script they are no news.
    let scripted = SCRIPTED.replace("at 0 s", "server S1 disk-write 4 ms\nat 0 s");
    let scripted = file::read(&scripted).expect("a file");
    assert!(file::write(&scripted).starts_with("raft-lab 2\n"));
    assert_eq!(
        wrong("raft-lab 3\nserver S1 disk-write 2 s"),
        (2, Expected::Valid(ConfigError::DiskWrite).into())
    );
    let too_many = "server S1 S2 S3 S4 S5 clock 2\n".repeat(41);
    assert_eq!(
        wrong(&format!("raft-lab 3\n{too_many}")).1,
        LabExpected::Possible(ExperimentError::Script)
    );
}

const UNEVEN_LINK: &str =
    "wwABAACpyf5m5IjNuPW7Np0k0RXoA6Z9IxRZMw32nx2Zp-Lq8BQG2YsNKwhmkQJRV4NSYGs24tMijegMEzf0fB08XX1N4g";

#[test]
fn a_script_that_is_wrong_is_refused_with_its_line() {
    assert_eq!(
        wrong("raft-lab 1\nservers 5\nat 1 s kill S1\ntrials 5"),
        (3, LabExpected::BeginScript)
    );
    assert_eq!(
        wrong("raft-lab 2\nbegin script"),
        (2, LabExpected::Possible(ExperimentError::Script))
    );
    assert_eq!(
        wrong("raft-lab 2\nbegin script\nat 2 s kill S1\nat 1 s start S1"),
        (4, Expected::Later.into())
    );
    assert_eq!(
        wrong("raft-lab 2\nservers 3\nbegin script\nat 2 s kill S5").0,
        4,
        "a server that it does not have"
    );
    assert_eq!(
        wrong("raft-lab 2\nbegin script\nat 2 h kill S1"),
        (3, Expected::Time.into())
    );
    assert_eq!(
        wrong("raft-lab 2\nbegin script\nat 3601 s kill S1"),
        (3, LabExpected::Possible(ExperimentError::Script))
    );
}

/// As many of the longest actions as there may be.
#[test]
fn the_longest_script_is_a_link() {
    let mut rules = Rules::PAPER;
    for rule in Rule::ALL {
        rules.set(*rule, !rules.get(*rule));
    }
    rules.quorum = Quorum::Votes(2);
    let mut experiment = Experiment::paper();
    (experiment.opening, experiment.logs) = (Opening::Script, InitialLogs::AsGiven);
    experiment.script = (0..Experiment::MOST_ACTIONS as u64)
        .map(|place| (Micros(1_234_567 * place), Action::set_rules(rules)))
        .collect();
    let plan = LabPlan::from(experiment.clone());
    assert!(
        link::decode(&link::encode(&plan)) == Ok(plan),
        "it is opened as the same"
    );
    experiment
        .script
        .push((Micros::from_secs(3000), Action::set_rules(rules)));
    assert_eq!(experiment.validate(), Err(ExperimentError::Script));
}

#[test]
fn an_error_says_what_was_expected_and_what_is_there() {
    let error = file::read("raft-lab 1\nbegin soon").expect_err("a file that is wrong");
    let said = "line 2: expected “leader-crash”, “leader-cut-off”, “cold-start” or “script”, found “begin soon”";
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
    assert!(rows.iter().all(|row| row.len() == 7), "{text}");
    assert_eq!(rows[1][1], outcomes[0].without_leader.expect("a leader").0.to_string());
    let endless = TrialOutcome {
        without_leader: None,
        ..outcomes[0]
    };
    assert!(file::csv(&[endless]).lines().nth(1).expect("a row").starts_with("0,,"));
}

/// An experiment with all that a link can hold.
fn plan() -> LabPlan {
    let mut experiment = Experiment::paper().with_timeouts(Range::millis(1000, 2000));
    experiment.title = "Ligação de 80 ms".to_owned();
    experiment.logs = InitialLogs::AsGiven;
    LabPlan {
        experiment,
        compare: Some(Rule::PreVote),
        vary: Some(Variation {
            variable: Variable::Delay,
            from: 1000,
            to: 80_000,
        }),
    }
}

#[test]
fn what_is_compared_and_varied_is_written_and_read() {
    for vary in [
        plan().vary,
        None,
        Some(Variation {
            variable: Variable::Loss,
            from: 0,
            to: 25,
        }),
    ] {
        let plan = LabPlan { vary, ..plan() };
        let text = file::write_plan(&plan);
        assert_eq!(file::read_plan(&text), Ok(plan), "{text}");
    }
    for (line, expected) in [
        ("compare everything", LabExpected::RuleName),
        ("vary luck 1 ms to 2 ms", LabExpected::Variable),
        ("vary delay 1 ms", Expected::Word("to").into()),
        ("vary delay 2 ms to 1 ms", Expected::Valid(ConfigError::Range).into()),
    ] {
        assert_eq!(
            wrong(&format!("raft-lab 1\n{line}\ntrials 10")),
            (2, expected),
            "{line}"
        );
    }
}

#[test]
fn a_link_opens_as_what_it_was_made_of() {
    let link = link::encode(&plan());
    assert!(link.len() < 200, "{} characters", link.len());
    assert!(link::is_experiment(&link));
    assert!(!raft_playground::lesson::link::is_lesson(&link));
    assert_eq!(link::decode(&link), Ok(plan()));
    // Pinned: links of version 1 are opened for ever.
    assert_eq!(link, LINK);
}

const LINK: &str = "wekAAACp9mYxqgera98skQMsoZTaNwkv0wRxhviCezOnhgJS9yo1IdVR";

#[test]
fn a_link_that_is_cut_changed_or_newer_is_refused() {
    let link = link::encode(&plan());
    for end in 0..link.len() {
        assert!(link::decode(&link[..end]).is_err(), "{end}");
    }
    assert_eq!(
        link::decode(&link.replacen(&link[20..21], if &link[20..21] == "x" { "y" } else { "x" }, 1)),
        Err(LinkError::Mangled)
    );
    let newer = seal(vec![link::VERSION + 1]);
    assert_eq!(link::decode(&newer), Err(LinkError::NewerVersion(link::VERSION + 1)));
    assert!(link::is_experiment(&newer));
    let run = seal(vec![1]);
    assert_eq!(link::decode(&run), Err(LinkError::NotARun));
    assert!(!link::is_experiment(&run));
}

#[test]
fn several_experiments_stand_in_one_table() {
    let outcome = Experiment::paper().trial(0);
    let table = file::csv_of_all([("one, two", &[outcome][..]), ("“three”", &[outcome])]);
    let lines: Vec<_> = table.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("experiment,trial,without-leader-us,"));
    assert!(lines[1].starts_with("\"one, two\",0,") && lines[2].starts_with("\"“three”\",0,"));
}
