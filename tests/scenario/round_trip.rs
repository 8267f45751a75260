//! A link and a file can say the same: what the one holds, the other holds as well.
//!
//! `ROUND_TRIPS=100000 cargo test --release --test scenario round_trip` tries that many.

use std::env;

use base64ct::{Base64UrlUnpadded as Base64, Encoding};

use crate::{
    codec::{by_role, session},
    runs::{ms, random::Dice},
};
use raft_playground::{
    raft::{NodeId, NodeSet},
    scenario::{Note, Run, Scenario, ScenarioId, file, link},
    sim::{Action, BranchId, Config, History, Memory, Micros, Network, OwnKind, OwnSetting},
};

/// One in so many cases is a session; the others are changes to what is written of it.
const CHANGES: u64 = 8;

fn cases() -> u64 {
    let wanted = env::var("ROUND_TRIPS")
        .ok()
        .map(|number| number.parse().expect("a number"));
    wanted.unwrap_or(3000)
}

/// Link -> run -> file -> run -> link. Says whether it is short enough for both.
#[track_caller]
fn goes_round(run: &Run) -> bool {
    let (fragment, text) = (link::encode(run), file::write(run));
    if fragment.len() > link::LONGEST || text.len() > file::LONGEST {
        return false;
    }
    let from_link = link::decode(&fragment);
    assert_eq!(from_link.as_ref(), Ok(run), "{text}");
    let from_file = file::read(&text);
    assert_eq!(from_file.as_ref(), Ok(run), "{text}");
    assert_eq!(from_file.map(|run| link::encode(&run)), Ok(fragment), "{text}");
    true
}

/// The same for what becomes of it when it is opened, all its branches visited.
fn goes_round_when_opened(run: &Run) {
    let memory = Memory {
        events: 1000,
        opening: 300,
        ..Memory::default()
    };
    let mut history = History::replay_with_memory(&run.recording, memory).expect("what was read can be opened");
    let branches: Vec<BranchId> = history.branches().take(5).map(|about| about.id).collect();
    for branch in branches {
        history.switch_to(branch);
    }
    let noted = |history: &History| Run {
        notes: run.notes.clone(),
        ..Run::of(&run.scenario(), history)
    };
    goes_round(&noted(&history));
    history.restart();
    goes_round(&noted(&history));
}

#[test]
fn whatever_is_read_is_written_and_read_as_the_same() {
    let mut dice = Dice::new(1);
    let (mut read, mut files) = (0, 0);
    let mut run = session(0, 12);
    for case in 0..cases() {
        if case % CHANGES == 0 {
            run = session(case, dice.roll(12));
            assert!(goes_round(&run), "a short session, {case}");
            goes_round_when_opened(&run);
            continue;
        }
        let changed = match dice.roll(4) {
            0 => link::decode(&changed_link(&run, &mut dice)).ok(),
            1 => link::decode(&link::encode(&changed_run(&run, &mut dice))).ok(),
            _ => {
                let changed = file::read(&changed_file(&run, &mut dice)).ok();
                files += u64::from(changed.is_some());
                changed
            }
        };
        read += u64::from(changed.is_some());
        if let Some(changed) = changed {
            goes_round(&changed);
            if dice.one_in(4) {
                goes_round_when_opened(&changed);
            }
        }
    }
    // Else this would test nothing but refusals.
    let links = read - files;
    assert!(
        links > cases() / 40 && files > cases() / 40,
        "{links} links and {files} files were read"
    );
}

/// A link with some other bits behind a right checksum.
fn changed_link(run: &Run, dice: &mut Dice) -> String {
    let mut bytes = Base64::decode_vec(&link::encode(run)).expect("it was encoded");
    bytes.truncate(bytes.len() - 4);
    for _ in 0..=dice.roll(3) {
        // What is changed near the end leaves more of it whole.
        let bits = bytes.len() as u64 * 8;
        let first = if dice.one_in(4) {
            8
        } else {
            bits.saturating_sub(30).max(8)
        };
        let bit = dice.between(first, bits - 1);
        bytes[usize::try_from(bit / 8).expect("a short link")] ^= 1 << (bit % 8);
    }
    let add = |sum: u32, byte: &u8| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    let sum = bytes.iter().fold(0x811c_9dc5, add);
    bytes.extend(sum.to_le_bytes());
    Base64::encode_string(&bytes)
}

/// A run that nobody can have made, as far as a link can be written of it.
fn changed_run(run: &Run, dice: &mut Dice) -> Run {
    let mut run = run.clone();
    let text = TEXTS[below(dice, TEXTS.len())].to_owned();
    let time = Micros([0, 1, 999_999, 3_600_000_001, 1_000_000_000_000_001][below(dice, 5)]);
    let recording = &mut run.recording;
    let earlier: Vec<_> = recording.branches.iter().map(|branch| branch.about.id).collect();
    let place = below(dice, recording.branches.len());
    let branch = &mut recording.branches[place];
    match dice.roll(13) {
        12 => run.notes.push(Note {
            branch: BranchId(below(dice, 3)),
            at: time,
            text,
        }),
        0 => run.title = text,
        1 => run.watch = text,
        2 => run.id = ScenarioId::ALL[below(dice, ScenarioId::ALL.len())],
        3 => run.pace = time,
        4 => branch.about.name = text,
        5 => branch.about.forked_at = time,
        6 => branch.about.end = time,
        7 => branch.about.parent = Some(earlier[below(dice, place + 1)]).filter(|parent| *parent < branch.about.id),
        8 => branch.left_out = (0..recording.script.len()).filter(|_| dice.one_in(2)).collect(),
        9 => recording.now = time,
        10 => recording.current = BranchId(below(dice, 5)),
        _ => branch.actions.push((branch.about.end, odd_action(time, dice))),
    }
    run
}

/// Something that hardly any world allows.
fn odd_action(time: Micros, dice: &mut Dice) -> Action {
    let (server, other) = (dice.server(9), dice.server(9));
    let network = Network {
        loss_permille: 1001,
        ..Config::paper(5).network
    };
    match dice.roll(12) {
        9 => dice.own_rule(9),
        10 => Action::set_server(server, OwnSetting::single(OwnKind::RuleOn, 99)),
        11 => Action::set_server(server, OwnSetting::disk_write(ms(1001))),
        6 => by_role(dice),
        7 => Action::set_server(server, OwnSetting::clock(2001)),
        8 => dice.own(9),
        0 => Action::partition(NodeId::all(9).filter(|_| dice.one_in(3)).collect()),
        1 => Action::set_election_timer(server, time),
        2 => Action::transfer_leadership(server, other),
        3 => Action::set_network(network),
        4 => Action::set_log(server, dice.log()),
        _ => Action::cut(server, other),
    }
}

/// What may stand in a title or a name.
const TEXTS: [&str; 6] = [
    "",
    " \u{a0}",
    "a  b\tc",
    "# two\nlines\r\n",
    "A split vote",
    "counterexample: election-safety broken in 8 steps",
];

/// What may stand in a line instead of something else.
const WORDS: [&str; 40] = [
    "0",
    "1",
    "2",
    "3",
    "3600",
    "3601",
    "1000000000",
    "18446744073709551615",
    "0.000001",
    "S1",
    "S2",
    "S9",
    "S1>S2",
    "S2>S1#0",
    "us",
    "s",
    "%",
    "named a \u{a0} b\t\u{2003}c",
    "# no",
    "named # yes",
    "kill",
    "until",
    "note",
    "note at 1 s Look.",
    "at",
    "s3",
    "150ms",
    "150-300 ms",
    "2.5%",
    "loss 5%",
    "delay 1-2 ms",
    "rule pre-vote on",
    "kill S1 S2",
    "|",
    "leader",
    "followers",
    "majority",
    "kill leader S2 candidates",
    "partition leader",
    "partition S1 | S2 | S3",
];

/// A file with some other words, or with lines that are missing, twice there or at another place.
fn changed_file(run: &Run, dice: &mut Dice) -> String {
    let text = file::write(run);
    let mut lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(' ').collect()).collect();
    for _ in 0..=dice.roll(3) {
        let place = below(dice, lines.len());
        let other = below(dice, lines.len());
        match dice.roll(8) {
            0 => drop(lines.remove(place)),
            1 => lines.insert(place, lines[other].clone()),
            2 => lines.swap(place, other),
            3 => lines[place].push(WORDS[below(dice, WORDS.len())]),
            _ => {
                let word = below(dice, lines[place].len());
                lines[place][word] = WORDS[below(dice, WORDS.len())];
            }
        }
    }
    let lines: Vec<String> = lines.iter().map(|words| words.join(" ")).collect();
    lines.join("\n")
}

fn below(dice: &mut Dice, length: usize) -> usize {
    usize::try_from(dice.roll(length as u64)).expect("a few")
}

/// What a link could hold and a file could not, or the other way round, is refused by both.
#[test]
fn what_the_one_refuses_the_other_refuses() {
    let scenario = Scenario::free(5, 6);
    let mut history = scenario.start();
    history.seek(ms(1000));
    let run = Run::of(&scenario, &history);
    assert!(goes_round(&run));
    let refused = |change: fn(&mut Run), line: &str, expected| {
        let mut changed = run.clone();
        change(&mut changed);
        assert_eq!(
            link::decode(&link::encode(&changed)),
            Err(link::LinkError::Impossible),
            "{line}"
        );
        let error = file::read(&file::write(&changed)).expect_err(line);
        assert_eq!((error.found.as_str(), error.expected), (line, expected));
        assert!(changed.open().is_err() || changed.recording.script.len() == 1, "{line}");
    };
    refused(
        |run| run.recording.now = ms(1001),
        "visit 1 at 1.001 s",
        file::Expected::BeforeEnd,
    );
    refused(
        |run| {
            run.recording.script = vec![(ms(5), Action::partition(NodeSet::EMPTY))];
        },
        "at 0.005 s partition",
        file::Expected::ServerOrRole,
    );
}

/// A link can't say this at all.
#[test]
fn a_branch_that_ends_before_it_begins_is_refused() {
    let text = |until: &str| format!("raft-playground 1\nbranch 1 until 3 s\nbranch 2 from 1 at 1 s until {until}\n");
    let error = file::read(&text("0.5 s")).expect_err("it ends first");
    assert_eq!((error.line, error.expected), (3, file::Expected::LaterEnd));
    assert!(goes_round(&file::read(&text("1 s")).expect("it ends as it begins")));
    // Earlier pages wrote this of a branch that had started again.
    let again = file::read(&text("0 s")).expect("as they wrote it");
    assert_eq!(again.recording.branches[1].about.forked_at.0, 0);
    assert!(goes_round(&again));
}

/// Earlier pages put what was typed into links.
#[test]
fn a_name_has_single_spaces_and_no_others() {
    let scenario = Scenario::free(5, 6);
    let mut history = scenario.start();
    history.rename(history.current(), " a  b\tc\u{a0}d\u{2003}e ");
    let mut run = Run::of(&scenario, &history);
    assert_eq!(run.recording.branches[0].about.name, "a b c d e");
    assert!(goes_round(&run));
    run.recording.branches[0].about.name = "a  b\tc\u{a0}d e".to_owned();
    let opened = link::decode(&link::encode(&run)).expect("it was a link once");
    assert_eq!(opened.recording.branches[0].about.name, "a b c d e");
    let long = file::read(&format!(
        "raft-playground 1\nbranch 1 until 1 s named {}\n",
        "né ".repeat(40)
    ));
    assert!(goes_round(&long.expect("a name is cut")));
}
