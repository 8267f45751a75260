//! How long a file, a link and their texts may be: up to the limit, and not a byte longer.

use crate::runs::ms;
use raft_playground::{
    raft::NodeId,
    scenario::{
        Run, Scenario,
        file::{self, Expected},
        link::{self, LinkError},
    },
    sim::{Action, BranchId, Config, Micros, Network},
};

const HEADER: &str = "raft-playground 1\n";

fn refused(text: &str) -> Option<Expected> {
    file::read(text).err().map(|error| error.expected)
}

#[test]
fn a_file_is_read_up_to_its_longest() {
    let text = |length: usize| format!("{HEADER}#{}", "-".repeat(length - HEADER.len() - 1));
    for (length, expected) in [
        (file::LONGEST, None),
        (file::LONGEST + 1, Some(Expected::Shorter)),
        (file::LONGEST + 2, Some(Expected::Shorter)),
    ] {
        assert_eq!(refused(&text(length)), expected, "{length} bytes");
    }
}

#[test]
fn a_text_has_two_thousand_bytes_at_most() {
    for keyword in ["title", "watch", "section", "title[pt-BR]"] {
        for (length, expected) in [
            (2000, None),
            (2001, Some(Expected::ShortText)),
            (2002, Some(Expected::ShortText)),
        ] {
            let text = format!("{HEADER}{keyword} {}\n", "a".repeat(length));
            assert_eq!(refused(&text), expected, "{length} bytes of {keyword}");
        }
    }
}

#[test]
fn the_first_line_is_a_word_and_a_version_from_1_on() {
    for header in ["raft-playground 0", "raft-playground 1 1", "raft-playground one"] {
        assert_eq!(
            refused(&format!("{header}\nseed 1\n")),
            Some(Expected::Header),
            "{header}"
        );
    }
}

/// A script counts for each branch, whichever stands first.
#[test]
fn a_script_below_its_branches_counts_for_each_of_them() {
    let text = |branches: usize| {
        let branches: String = (1..=branches)
            .map(|number| format!("branch {number} until 1 s\n"))
            .collect();
        format!("{HEADER}{branches}{}", "at 1 s heal-all\n".repeat(400))
    };
    assert_eq!(refused(&text(999)), None);
    assert_eq!(refused(&text(1000)), Some(Expected::FewerActions));
}

#[test]
fn a_link_is_looked_at_up_to_its_longest() {
    assert_eq!(link::decode(&"A".repeat(link::LONGEST)), Err(LinkError::Mangled));
    assert_eq!(link::decode(&"A".repeat(link::LONGEST + 1)), Err(LinkError::TooLong));
}

/// A link writes what is set as what differs from what was set before.
#[test]
fn a_dial_that_is_set_as_it_was_costs_a_link_little() {
    let length = |millis: [u64; 2]| {
        let scenario = Scenario::free(5, 1);
        let mut run = Run::of(&scenario, &scenario.start());
        let dials = millis.map(|millis| Network {
            delay: raft_playground::sim::Range::millis(millis, 10 * millis),
            ..Config::paper(5).network
        });
        run.recording.script = (1..).map(ms).zip(dials.map(Action::set_network)).collect();
        assert_eq!(link::decode(&link::encode(&run)).as_ref(), Ok(&run));
        link::encode(&run).len()
    };
    let (same, other) = (length([70, 70]), length([70, 71]));
    assert!(same + 4 < other, "{same} and {other} characters");
}

/// A reader who opens it and has done nothing sees the scenario alone.
#[test]
fn only_what_the_reader_did_is_written_as_branches() {
    let scenario = Scenario::free(5, 1);
    let mut history = scenario.start();
    let has_branches = |history: &raft_playground::sim::History| {
        let text = file::write(&Run::of(&scenario, history));
        text.contains("\nbranch 1 ") && text.contains("\nvisit 1 ")
    };
    assert!(!has_branches(&history));
    history.rename(BranchId(0), "mine");
    assert!(has_branches(&history));
    history.rename(BranchId(0), "");
    history.seek(Micros(1));
    assert!(has_branches(&history));
}

/// What follows each action in a file: which it is, by branch, whether the script plans it, and its place there.
fn remarked(run: &Run) -> Vec<String> {
    let text = file::write_with(run, |branch, scripted, nth| {
        (nth != 2).then(|| format!("{} {scripted} {nth}", branch.0))
    });
    assert_eq!(file::read(&text).as_ref(), Ok(run), "{text}");
    let actions = text
        .lines()
        .filter(|line| line.trim().starts_with("at ") || line.starts_with("  do "));
    actions
        .map(|line| line.split_once(" # ").map_or("", |(_, remark)| remark).to_owned())
        .collect()
}

#[test]
fn an_action_is_remarked_on_by_its_branch_and_its_place_there() {
    let server = NodeId::new(0);
    let mut scenario = Scenario::free(5, 1);
    scenario.script = [
        Action::kill(server),
        Action::start(server),
        Action::pause(server),
        Action::resume(server),
    ]
    .into_iter()
    .zip(1..)
    .map(|(action, place)| (ms(10 * place), action))
    .collect();
    let mut history = scenario.start();
    history.seek(ms(50));
    history.act(Action::heal_all()).expect("possible");
    assert_eq!(
        remarked(&Run::of(&scenario, &history)),
        ["0 true 0", "0 true 1", "", "0 true 3", "0 false 0"]
    );
    // Another branch, without the second of them.
    history.fork_without(1);
    let of_both = remarked(&Run::of(&scenario, &history));
    assert_eq!(
        of_both[..5],
        ["branch 2: 1 true 0", "", "branch 2: 1 true 1", "", "0 false 0"]
    );
}

#[test]
fn remarks_that_would_make_a_file_too_long_are_left_out() {
    let mut scenario = Scenario::free(5, 1);
    scenario.script = vec![(ms(1), Action::heal_all())];
    let run = Run::of(&scenario, &scenario.start());
    let bare = file::write(&run);
    let room = file::LONGEST - bare.len() - " # ".len();
    for (length, written) in [(room, file::LONGEST), (room + 1, bare.len()), (room + 2, bare.len())] {
        let text = file::write_with(&run, |_, _, _| Some("-".repeat(length)));
        assert_eq!(text.len(), written, "a remark of {length} bytes");
    }
}

/// What a branch has in common with another is a few characters of a link, and counts all the same.
#[test]
fn actions_that_a_branch_takes_over_count_as_well() {
    let with = |branches: usize| {
        let scenario = Scenario::free(5, 1);
        let mut run = Run::of(&scenario, &scenario.start());
        let first = &mut run.recording.branches[0];
        first.about.end = ms(5000);
        first.actions = (0..4000).map(|at| (ms(at), Action::heal_all())).collect();
        for id in 1..branches {
            let mut branch = run.recording.branches[0].clone();
            (branch.about.id, branch.about.parent) = (BranchId(id), Some(BranchId(id - 1)));
            run.recording.branches.push(branch);
        }
        run
    };
    let allowed = with(100);
    assert_eq!(link::decode(&link::encode(&allowed)).as_ref(), Ok(&allowed));
    assert_eq!(link::decode(&link::encode(&with(101))), Err(LinkError::Impossible));
}

#[test]
fn a_link_names_servers_of_its_cluster_alone() {
    let scenario = Scenario::free(3, 1);
    let mut run = Run::of(&scenario, &scenario.start());
    for (server, is_one) in [(2, true), (3, false), (4, false)] {
        run.recording.script = vec![(ms(1), Action::kill(NodeId::new(server)))];
        assert_eq!(link::decode(&link::encode(&run)).is_ok(), is_one, "S{}", server + 1);
    }
}

#[test]
fn a_link_can_say_that_every_link_of_nine_servers_is_cut() {
    let mut scenario = Scenario::free(9, 1);
    for (from, to) in NodeId::all(9).flat_map(|from| NodeId::all(9).map(move |to| (from, to))) {
        if from != to {
            scenario.config.links.set(from, to, false);
        }
    }
    let run = Run::of(&scenario, &scenario.start());
    assert_eq!(run.recording.config.links.cut().count(), 72);
    assert_eq!(link::decode(&link::encode(&run)), Ok(run));
}
