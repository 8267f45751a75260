//! A file is read as people write it, and written in one spelling.

use raft_playground::scenario::{
    Run,
    file::{self, Expected},
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
