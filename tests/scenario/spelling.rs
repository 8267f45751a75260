//! A file is read as people write it, and written in one spelling.

use raft_playground::{
    raft::NodeId,
    scenario::{
        Run,
        file::{self, Expected},
        link,
    },
    sim::Micros,
};

fn read(lines: &str) -> Run {
    file::read(&format!("raft-playground 1\n{lines}\n")).unwrap_or_else(|error| panic!("{error}\n{lines}"))
}

/// What was expected in the only line.
fn refused(line: &str) -> Expected {
    let error = file::read(&format!("raft-playground 1\n{line}\n")).expect_err(line);
    assert_eq!(error.line, 2, "{line}");
    error.expected
}

/// Both are the same run, and what is written of it has the lines of the second.
#[track_caller]
fn is_spelled(typed: &str, spelled: &str) {
    let run = read(typed);
    assert_eq!(run, read(spelled), "{typed}");
    let written = file::write(&run);
    for line in spelled.lines() {
        assert!(
            written.lines().any(|other| other.trim() == line.trim()),
            "{line} is not in\n{written}"
        );
    }
    assert_eq!(file::read(&written), Ok(run), "{typed}");
}

/// What the page calls crash, restart, cut off and restore.
#[test]
fn the_words_of_the_page_are_understood() {
    for (typed, spelled) in [
        ("at 1 s crash S1", "at 1 s kill S1"),
        ("at 1 s crash leader", "at 1 s kill leader"),
        ("at 1 s kill S1\nat 2 s restart S1", "at 1 s kill S1\nat 2 s start S1"),
        ("at 1 s cut-off S1", "at 1 s isolate S1"),
        ("at 1 s restore S1", "at 1 s rejoin S1"),
        ("at 1 s restore S1>S2", "at 1 s heal S1>S2"),
        ("at 1 s restore-all", "at 1 s heal-all"),
        (
            "branch 1 until 2 s\n  do 1 s crash S1",
            "branch 1 until 2 s\ndo 1 s kill S1",
        ),
    ] {
        is_spelled(typed, spelled);
    }
    assert_eq!(refused("at 1 s crash"), Expected::ServerOrRole);
}

#[test]
fn a_unit_may_follow_its_number_without_a_space() {
    for (typed, spelled) in [
        ("pace 40ms", "pace 40 ms"),
        ("heartbeat-interval 0.5ms", "heartbeat-interval 0.5 ms"),
        ("heartbeat-interval 70us", "heartbeat-interval 0.07 ms"),
        ("heartbeat-interval 70µs # a comment", "heartbeat-interval 0.07 ms"),
        ("loss 2.5%", "loss 2.5 %"),
        ("loss 100% # a comment", "loss 100 %"),
        ("at 400ms kill S1", "at 0.4 s kill S1"),
        ("at 1.204s timer S1 120ms", "at 1.204 s timer S1 120 ms"),
        ("at 1s hold S3>S4#12 for 5ms", "at 1 s hold S3>S4#12 for 5 ms"),
        (
            "branch 1 until 2s\nvisit 1 at 1.5s",
            "branch 1 until 2 s\nvisit 1 at 1.5 s",
        ),
        ("note at 1s Look.", "note at 1 s Look."),
        (
            "at 1 s network delay 5ms to 10ms loss 2%",
            "at 1 s network delay 5 ms to 10 ms loss 2 % duplication 0 % reordering 0 %",
        ),
    ] {
        is_spelled(typed, spelled);
    }
    // A comment follows a space.
    assert_eq!(refused("loss 100%# a comment"), Expected::Percent);
}

#[test]
fn a_range_may_have_a_dash_and_its_unit_once() {
    let spelled = "election-timeout 150 ms to 300 ms";
    for typed in [
        "150ms to 300ms",
        "150 to 300 ms",
        "150-300 ms",
        "150-300ms",
        "150–300 ms",
        "150 - 300 ms",
        "150 ms-300 ms",
        "150ms-300ms",
        "0.15-0.3 s",
        "150 ms to 0.3 s",
    ] {
        is_spelled(&format!("election-timeout {typed}"), spelled);
    }
    is_spelled(
        "at 1 s timing election-timeout 150-300ms heartbeat-interval 75ms",
        "at 1 s timing election-timeout 150 ms to 300 ms heartbeat-interval 75 ms",
    );
    for (line, expected) in [
        ("delay 5-10", Expected::Time),
        ("delay 5 ms to", Expected::Time),
        ("delay 5 ms-", Expected::Time),
        ("delay -5 ms", Expected::Time),
        ("delay 5-10-20 ms", Expected::Time),
        ("delay 5 minutes", Expected::Time),
        ("delay 5 to 10.0001 ms", Expected::WholeMicros),
        ("pace 5-10 ms", Expected::Time),
    ] {
        assert_eq!(refused(line), expected, "{line}");
    }
}

#[test]
fn a_server_may_be_named_with_a_small_letter() {
    is_spelled(
        "down s5\ncut s1>s2\nlog s3 term 0 index 7\nat 1 s kill s1\nat 2 s transfer s1>S2\nat 3 s drop s3>s4#12",
        "down S5\ncut S1>S2\nlog S3 term 0 index 7\nat 1 s kill S1\nat 2 s transfer S1>S2\nat 3 s drop S3>S4#12",
    );
    for line in ["at 1 s kill s6", "at 1 s kill s", "at 1 s kill ss1", "at 1 s kill s1a"] {
        assert_eq!(refused(line), Expected::Server, "{line}");
    }
}

#[test]
fn what_is_done_to_one_server_may_be_done_to_several_in_one_line() {
    is_spelled("at 2 s kill S2 s1 # both", "at 2 s kill S2\nat 2 s kill S1");
    for word in [
        "start",
        "pause",
        "resume",
        "wipe",
        "time-out",
        "heartbeat",
        "doubt-leader",
        "check-quorum",
        "isolate",
        "rejoin",
    ] {
        is_spelled(
            &format!("at 1 s {word} S3 S1 S3"),
            &format!("at 1 s {word} S3\nat 1 s {word} S1"),
        );
    }
    is_spelled(
        "at 1 s log S1 S2 term 2 index 7\nat 1 s timer S4 S5 120ms",
        "at 1 s log S1 term 2 index 7\nat 1 s log S2 term 2 index 7\nat 1 s timer S4 120 ms\nat 1 s timer S5 120 ms",
    );
    is_spelled(
        "branch 1 until 3 s\n  do 1 s kill S1 S2",
        "branch 1 until 3 s\n  do 1 s kill S1\n  do 1 s kill S2",
    );
    // These servers are one group, as ever.
    is_spelled("at 1 s partition S1 S2", "at 1 s partition S1 S2");
}

/// What is left out is told by lines.
#[test]
fn a_line_of_several_actions_is_left_out_whole() {
    let script = "at 1 s kill S1 S2\nat 2 s heal-all\nat 3 s start S1 S2 S3\n";
    let run = read(&format!("{script}branch 1 until 4 s\n  without 1 3"));
    assert_eq!(run.recording.branches[0].left_out, [0, 1, 3, 4, 5]);
    let run = read(&format!("{script}branch 1 until 4 s\n  without 2\n  without 3"));
    assert_eq!(run.recording.branches[0].left_out, [2, 3, 4, 5]);
    for (places, expected) in [
        ("4", Expected::Place),
        ("2 2", Expected::LaterPlace),
        ("1 1", Expected::LaterPlace),
    ] {
        let text = format!("raft-playground 1\n{script}branch 1 until 4 s\n  without {places}\n");
        let error = file::read(&text).expect_err(places);
        assert_eq!((error.line, error.expected), (6, expected), "{places}");
    }
}

#[test]
fn one_setting_is_changed_and_the_others_stay_as_they_are_then() {
    is_spelled(
        "at 1 s loss 5%\nat 2 s delay 10-20 ms\nat 3 s duplication 1%\nat 4 s reordering 2%\nloss 1 %",
        "loss 1 %\n\
         at 1 s network delay 5 ms to 10 ms loss 5 % duplication 0 % reordering 0 %\n\
         at 2 s network delay 10 ms to 20 ms loss 5 % duplication 0 % reordering 0 %\n\
         at 3 s network delay 10 ms to 20 ms loss 5 % duplication 1 % reordering 0 %\n\
         at 4 s network delay 10 ms to 20 ms loss 5 % duplication 1 % reordering 2 %",
    );
    is_spelled(
        "at 1 s timeout 300-600 ms\nat 2 s heartbeat-interval 100ms\nat 3 s election-timeout 200 ms",
        "at 1 s timing election-timeout 300 ms to 600 ms heartbeat-interval 75 ms\n\
         at 2 s timing election-timeout 300 ms to 600 ms heartbeat-interval 100 ms\n\
         at 3 s timing election-timeout 200 ms to 200 ms heartbeat-interval 100 ms",
    );
    is_spelled(
        "at 1 s rule pre-vote on\nat 2 s quorum 2\nat 3 s rule pre-vote off\nat 4 s quorum majority\n\
         at 5 s rule persist-vote on",
        "at 1 s rules pre-vote on\nat 2 s rules pre-vote on quorum 2\nat 3 s rules quorum 2\nat 4 s rules paper\n\
         at 5 s rules paper",
    );
}

/// Both what the script does by then and what was done in the branch, in whatever order the lines stand.
#[test]
fn a_setting_of_a_branch_follows_from_all_that_is_done_in_it_by_then() {
    let network = |delay: &str, loss| format!("network delay {delay} loss {loss} % duplication 0 % reordering 0 %");
    let (fast, slow) = ("5 ms to 10 ms", "50 ms to 60 ms");
    is_spelled(
        "at 1 s loss 5 %\n\
         branch 1 until 4 s\n\
         do 0.5 s loss 1 %\n\
         do 1 s delay 50-60 ms\n\
         do 3 s loss 0 %\n\
         branch 2 until 4 s\n\
         do 1 s delay 50-60 ms\n\
         without 1\n\
         at 2 s delay 5-10 ms",
        &format!(
            "at 1 s {}\nat 2 s {}\n\
             branch 1 until 4 s\ndo 0.5 s {}\ndo 1 s {}\ndo 3 s {}\n\
             branch 2 until 4 s\nwithout 1\ndo 1 s {}",
            network(fast, 5),
            network(fast, 5),
            network(fast, 1),
            network(slow, 5),
            network(fast, 0),
            network(slow, 0),
        ),
    );
}

#[test]
fn a_partition_may_have_several_groups() {
    for (typed, spelled) in [
        (
            "at 1 s partition S1 S2 | S3 | S4 S5",
            "at 1 s partition S1 S2\nat 1 s partition S3",
        ),
        // Those that are not named are one more group.
        ("at 1 s partition s4|s3", "at 1 s partition S4\nat 1 s partition S3"),
        ("at 1 s partition S1 S2 | S3 S4 S5", "at 1 s partition S1 S2"),
        ("at 1 s partition S5 | S1 S2 S3 S4", "at 1 s partition S5"),
        ("at 1 s partition S1 S2 S3 S4 S5", "at 1 s partition S1 S2 S3 S4 S5"),
    ] {
        is_spelled(typed, spelled);
    }
}

/// All divisions of five servers into groups, in either order, each named or all but the last, against the links that are cut then.
#[test]
fn a_partition_cuts_between_its_groups_and_nowhere_else() {
    let servers = || NodeId::all(5);
    let mut divisions = 0;
    for code in 0..5_usize.pow(5) {
        let group = |server: NodeId| code / 5_usize.pow(u32::try_from(server.index()).expect("five")) % 5;
        let mut known = 0;
        let in_order = servers().all(|server| {
            let is_next = group(server) <= known;
            known = known.max(group(server) + 1);
            is_next
        });
        if !in_order || known == 1 {
            continue;
        }
        let names = |wanted: usize| {
            let members = servers().filter(|server| group(*server) == wanted);
            members.map(|server| server.to_string()).collect::<Vec<_>>().join(" ")
        };
        let forward: Vec<_> = (0..known).map(names).collect();
        let backward: Vec<_> = forward.iter().rev().cloned().collect();
        for groups in [&forward[..], &forward[..known - 1], &backward, &backward[..known - 1]] {
            let run = read(&format!("at 1 s partition {}\nbranch 1 until 2 s", groups.join(" | ")));
            assert_eq!(link::decode(&link::encode(&run)).as_ref(), Ok(&run));
            let mut history = run.open().expect("it can be");
            history.seek(Micros::from_secs(1));
            let links = history.world().config().links;
            for (from, to) in servers().flat_map(|from| servers().map(move |to| (from, to))) {
                let open = group(from) == group(to);
                assert_eq!(links.is_up(from, to), open, "{from}>{to} of {groups:?}");
            }
            divisions += 1;
        }
    }
    assert_eq!(divisions, 4 * 51);
}

/// Each setting of each server and of each direction is a line of its own. What holds from the start has no time before it.
#[test]
fn what_several_have_of_their_own_may_stand_in_one_line() {
    for (typed, spelled) in [
        (
            "server s1 timeout 600-900ms",
            "server S1 election-timeout 600 ms to 900 ms",
        ),
        ("server S1 S2 clock 1.10", "server S1 clock 1.1\nserver S2 clock 1.1"),
        (
            "server S1 heartbeat-interval 0.2 s clock 0.5 # slow",
            "server S1 heartbeat-interval 200 ms\nserver S1 clock 0.5",
        ),
        (
            "server S1 S2 disk-write 0.004 s disk-write 0ms",
            concat!(
                "server S1 disk-write 4 ms\n",
                "server S2 disk-write 4 ms\n",
                "server S1 disk-write 0 ms\n",
                "server S2 disk-write 0 ms",
            ),
        ),
        ("server S2 s3 priority 1", "server S2 priority 1\nserver S3 priority 1"),
        (
            "at 2 s server followers disk-write 4ms clock 2",
            "at 2 s server followers disk-write 4 ms\nat 2 s server followers clock 2",
        ),
        ("link S1 S4 loss 5%", "link S1>S4 loss 5 %\nlink S4>S1 loss 5 %"),
        (
            "link s5 s1 s2 delay 80-90 ms loss 1 %",
            concat!(
                "link S5>S1 delay 80 ms to 90 ms\n",
                "link S1>S5 delay 80 ms to 90 ms\n",
                "link S5>S2 delay 80 ms to 90 ms\n",
                "link S2>S5 delay 80 ms to 90 ms\n",
                "link S5>S1 loss 1 %\n",
                "link S1>S5 loss 1 %\n",
                "link S5>S2 loss 1 %\n",
                "link S2>S5 loss 1 %",
            ),
        ),
        (
            "server S1 rule pre-vote on rule pre-vote as-cluster",
            "server S1 rule pre-vote on\nserver S1 rule pre-vote as-cluster",
        ),
        (
            "link S1>S2 S3>S1 as-cluster",
            "link S1>S2 as-cluster\nlink S3>S1 as-cluster",
        ),
        (
            "server S1 S2 rule pre-vote on clock 2 rule persist-vote off",
            concat!(
                "server S1 rule pre-vote on\n",
                "server S2 rule pre-vote on\n",
                "server S1 clock 2\n",
                "server S2 clock 2\n",
                "server S1 rule persist-vote off\n",
                "server S2 rule persist-vote off",
            ),
        ),
        (
            "at 2 s server leader S2 clock 2 heartbeat-interval 50 ms",
            concat!(
                "at 2 s server leader clock 2\n",
                "at 2 s server S2 clock 2\n",
                "at 2 s server leader heartbeat-interval 50 ms\n",
                "at 2 s server S2 heartbeat-interval 50 ms",
            ),
        ),
        (
            "at 0 s server S1 clock 2\nat 0 s kill S1\nat 0 s server S2 clock 2",
            "server S1 clock 2\nat 0 s kill S1\nat 0 s server S2 clock 2",
        ),
        (
            "branch 1 until 1 s\ndo 1 s link S1 S2 delay 5 ms",
            "branch 1 until 1 s\ndo 1 s link S1>S2 delay 5 ms to 5 ms\ndo 1 s link S2>S1 delay 5 ms to 5 ms",
        ),
    ] {
        is_spelled(typed, spelled);
    }
}

/// A setting of the cluster that a later line changes alone does not take up what is anyone's own.
#[test]
fn one_setting_of_the_cluster_is_worked_out_without_what_is_anyones_own() {
    is_spelled(
        "link S1>S2 delay 80 ms\nserver S1 heartbeat-interval 9 ms\nat 1 s loss 5 %\nat 1 s timeout 1 s",
        concat!(
            "link S1>S2 delay 80 ms to 80 ms\nserver S1 heartbeat-interval 9 ms\n",
            "at 1 s network delay 5 ms to 10 ms loss 5 % duplication 0 % reordering 0 %\n",
            "at 1 s timing election-timeout 1000 ms to 1000 ms heartbeat-interval 75 ms",
        ),
    );
}
