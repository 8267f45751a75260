//! A run is a link and a file: what was written is read as the same run, and nothing else is ever read as one.

use crate::runs::{Digest, ms, random::Dice};
use proptest::prelude::*;
use raft_playground::{
    raft::{LogPosition, NodeId, Quorum, Rule, Rules, Term},
    scenario::{
        MOST_NOTES, Note, Run, Scenario, ScenarioId, file,
        link::{self, LinkError},
    },
    sim::{Action, BranchId, Config, ConfigError, EventId, History, Memory, Micros, OwnSetting, Whom},
};

/// A session as a reader might have it: acting, going back, acting there, naming branches.
pub fn session(seed: u64, moves: u64) -> Run {
    let mut dice = Dice::new(seed);
    let mut config = dice.config();
    // Servers that the cluster does not have, have no log.
    config.logs[usize::from(config.size)..].fill(LogPosition::default());
    let script: Vec<_> = (0..dice.roll(5))
        .map(|index| {
            let action = match dice.roll(4) {
                3 => dice.own_rule(config.size),
                0 => by_role(&mut dice),
                1 => dice.own(config.size),
                _ => Action::kill(dice.server(config.size)),
            };
            (ms(300 * index), action)
        })
        .collect();
    let mut scenario = Scenario::free(config.size, seed);
    (scenario.id, scenario.config, scenario.script) = (ScenarioId::Own, config, script);
    (scenario.title, scenario.watch) = ("Eleição <b>1</b>".to_owned(), "# not a comment".to_owned());
    let mut history = scenario.start();
    for _ in 0..moves {
        do_something(&mut history, &mut dice);
    }
    let mut run = Run::of(&scenario, &history);
    if dice.one_in(2) {
        run.notes = notes(&history, &mut dice);
    }
    run
}

/// Notes at a few moments of the branches, some of them still to come.
fn notes(history: &History, dice: &mut Dice) -> Vec<Note> {
    let mut notes = Vec::new();
    for about in history.branches() {
        let mut at = Micros::ZERO;
        for _ in 0..dice.roll(3) {
            at = at + Micros(dice.roll(2) * dice.roll(about.end.0 + 1_000_000));
            let text = Note::text_of(NOTES[usize::try_from(dice.roll(5)).unwrap()]).expect("a note");
            let branch = about.id;
            notes.push(Note { branch, at, text });
        }
    }
    notes.truncate(MOST_NOTES);
    notes
}

/// Notes as somebody might type them.
const NOTES: [&str; 5] = [
    "S2 still believes that it leads.",
    " # no comment:\ta tab,\u{a0}<b>no</b>\u{2028}line \u{0}",
    "until 3 s named kill S1",
    "\u{1f5f3} Quem vota em quem? \u{202e}",
    "x",
];

/// Names as somebody might type them.
const NAMES: [&str; 5] = [
    "What if? \u{1f5f3}",
    "  two  spaces ",
    "a\ttab, a\u{a0}no-break space\u{2028}and a line",
    "# no comment",
    "sixty characters, of which the last before the cut is a blank, are",
];

fn do_something(history: &mut History, dice: &mut Dice) {
    match dice.roll(20) {
        0 => history.seek(Micros(dice.roll(history.end().0 + 1))),
        1 => history.rename(history.current(), NAMES[usize::try_from(dice.roll(5)).unwrap()]),
        2 => history.restart(),
        3 => {
            let done = history.journal(history.current()).len() as u64;
            let index = usize::try_from(dice.roll(done.max(1))).unwrap();
            if dice.roll(2) == 0 && done > 0 {
                history.fork_without(index);
            } else if done > 0 {
                let _ = history.fork_with_instead(index, dice.action(history.world()));
            }
        }
        _ => history.seek(history.now() + Micros(dice.roll(150_000))),
    }
    let action = an_action(history, dice);
    let _ = history.act(action);
}

fn an_action(history: &History, dice: &mut Dice) -> Action {
    let message = history.world().in_flight().next().map(|flight| flight.id);
    match (message, dice.roll(8)) {
        (Some(id), 0) => Action::drop_message(id),
        (Some(id), 1) => Action::delay_message(id, Micros(dice.roll(20_000))),
        (_, 2) => by_role(dice),
        (_, 3) => dice.own(history.world().config().size),
        (_, 4) => dice.own_rule(history.world().config().size),
        _ => dice.action(history.world()),
    }
}

/// Something that is done to whoever has a role then.
pub fn by_role(dice: &mut Dice) -> Action {
    let example = Action::EXAMPLE;
    let done = match dice.roll(13) {
        11 => Action::set_server(example, OwnSetting::priority(dice.roll(10))),
        10 => Action::set_server(example, OwnSetting::disk_write(Micros(dice.roll(1_000_001)))),
        9 => Action::set_server(example, OwnSetting::rule(Rule::CheckQuorum, true)),
        0 => Action::start(example),
        1 => Action::pause(example),
        2 => Action::resume(example),
        3 => Action::force_timeout(example),
        4 => Action::isolate(example),
        5 => Action::set_log(example, dice.log()),
        6 => Action::set_election_timer(example, Micros(dice.roll(150_000))),
        7 => Action::partition([example].into_iter().collect()),
        8 => Action::set_server(example, OwnSetting::clock(1500)),
        _ => Action::kill(example),
    };
    let (role, _) = Whom::WORDS[usize::try_from(dice.roll(4)).expect("four")];
    done.by_role(role).expect("it can be said")
}

/// The fingerprint of all events up to the instant that is visited.
fn digest(history: &History) -> u64 {
    let mut digest = Digest::default();
    for event in history.trace().range(EventId(0), history.world().next_event()) {
        digest.add(event);
    }
    digest.value()
}

#[test]
fn a_run_is_the_same_after_a_link_and_after_a_file() {
    for seed in 0..200 {
        let run = session(seed, 40);
        assert_eq!(link::decode(&link::encode(&run)).as_ref(), Ok(&run), "seed {seed}");
        let text = file::write(&run);
        assert_eq!(file::read(&text).as_ref(), Ok(&run), "seed {seed}\n{text}");
    }
}

#[test]
fn a_linked_run_has_the_same_trace_bit_for_bit_in_every_branch() {
    for seed in 0..20 {
        let run = session(seed, 60);
        let (mut here, mut there) = (
            run.open().unwrap(),
            link::decode(&link::encode(&run)).unwrap().open().unwrap(),
        );
        assert_eq!((here.now(), here.current()), (run.recording.now, run.recording.current));
        for branch in run.recording.branches.iter().map(|branch| branch.about.id) {
            here.switch_to(branch);
            there.switch_to(branch);
            assert_eq!(digest(&here), digest(&there), "seed {seed}, {branch:?}");
        }
    }
}

#[test]
fn a_link_says_what_is_wrong_with_it() {
    let mega = "A".repeat(1_000_000);
    for (fragment, error) in [
        ("", LinkError::NotARun),
        ("ring", LinkError::NotARun),
        ("<script>alert(1)</script>", LinkError::NotARun),
        (mega.as_str(), LinkError::TooLong),
    ] {
        assert_eq!(
            link::decode(fragment),
            Err(error),
            "{}",
            &fragment[..fragment.len().min(40)]
        );
    }
}

/// A file says in which line what was expected.
#[test]
fn a_file_says_what_is_wrong_with_it() {
    use file::Expected;
    let expected = |text: &str| file::read(text).map_err(|error| (error.line, error.expected));
    for (text, line, what) in [
        ("", 1, Expected::Header),
        ("GIF89a", 1, Expected::Header),
        ("raft-playground 2\n", 1, Expected::OlderVersion),
        ("# mine\n\nraft-playground 1\nservers 10\n", 4, Expected::Size),
        ("raft-playground 1\nservants 5\n", 2, Expected::Keyword),
        ("raft-playground 1\nserver 5\n", 2, Expected::Server),
        ("raft-playground 1\nserver all clock 2\n", 2, Expected::Server),
        ("raft-playground 1\nserver leader clock 2\n", 2, Expected::Server),
        (
            "raft-playground 1\nat 1 s server all clock 2\n",
            2,
            Expected::ServerOrRole,
        ),
        ("raft-playground 1\nseed 1\nseed 2\n", 3, Expected::Once),
        ("raft-playground 1\nseed -1\n", 2, Expected::Number),
        ("raft-playground 1\nservers 3\ndown S4\n", 3, Expected::Server),
        ("raft-playground 1\ndelay 5\n", 2, Expected::Time),
        ("raft-playground 1\ndelay 5 ms to 1\n", 2, Expected::Time),
        ("raft-playground 1\nloss 2.55 %\n", 2, Expected::Percent),
        ("raft-playground 1\nloss x.5 %\n", 2, Expected::Percent),
        ("raft-playground 1\nloss 2.x %\n", 2, Expected::Percent),
        ("raft-playground 1\nat x.5 s kill S1\n", 2, Expected::Time),
        ("raft-playground 1\nat 1.x s kill S1\n", 2, Expected::Time),
        ("raft-playground 1\nat .5 s kill S1\n", 2, Expected::Time),
        ("raft-playground 1\nat 1 s kill\n", 2, Expected::ServerOrRole),
        ("raft-playground 1\nat 1 s explode S1\n", 2, Expected::Action),
        ("raft-playground 1\nat 1 s kill S1 and S2\n", 2, Expected::End),
        ("raft-playground 1\nat 1 s kill S1 S6\n", 2, Expected::Server),
        ("raft-playground 1\nat 1 s transfer S1>S2 S3\n", 2, Expected::End),
        (
            "raft-playground 1\nat 1 s partition S1 | S2 S1\n",
            2,
            Expected::OneGroup,
        ),
        ("raft-playground 1\nat 1 s partition S1 |\n", 2, Expected::Server),
        ("raft-playground 1\nat 1 s kill nobody\n", 2, Expected::ServerOrRole),
        ("raft-playground 1\nat 1 s partition leader S1\n", 2, Expected::End),
        ("raft-playground 1\nat 1 s partition leader | S1\n", 2, Expected::End),
        ("raft-playground 1\nat 1 s partition S1 | leader\n", 2, Expected::Server),
        ("raft-playground 1\nat 1 s partition S1 leader\n", 2, Expected::Server),
        ("raft-playground 1\nat 1 s transfer leader\n", 2, Expected::Link),
        ("raft-playground 1\nat 1 s cut leader\n", 2, Expected::Link),
        ("raft-playground 1\nat 1 s heal-all leader\n", 2, Expected::End),
        ("raft-playground 1\ndown leader\n", 2, Expected::Server),
        ("raft-playground 1\nlog leader term 0 index 1\n", 2, Expected::Server),
        ("raft-playground 1\nat 1 s partition | S1\n", 2, Expected::ServerOrRole),
        ("raft-playground 1\nat 1 s partition S1 || S2\n", 2, Expected::Server),
        ("raft-playground 1\nat 1 s kill S1 | S2\n", 2, Expected::End),
        ("raft-playground 1\ndown S1 | S2\n", 2, Expected::End),
        ("raft-playground 1\nat 1 s loss\n", 2, Expected::Percent),
        ("raft-playground 1\nat 1 s delay 5-\n", 2, Expected::Time),
        ("raft-playground 1\nat 1 s rule pre-vote\n", 2, Expected::OnOff),
        ("raft-playground 1\nat 1 s rule no-vote on\n", 2, Expected::Rule),
        ("raft-playground 1\nat 1 s pace 5 ms\n", 2, Expected::Action),
        ("raft-playground 1\ntimeout 5 ms\n", 2, Expected::Keyword),
        (
            "raft-playground 1\nat 2 s kill S1\nat 1 s start S1\n",
            3,
            Expected::Later,
        ),
        ("raft-playground 1\nat 1 s cut S1>S1\n", 2, Expected::Link),
        ("raft-playground 1\nat 1 s drop S1>S2\n", 2, Expected::Message),
        ("raft-playground 1\nat 1.0000001 s kill S1\n", 2, Expected::WholeMicros),
        ("raft-playground 1\nserver S6 clock 1\n", 2, Expected::Server),
        ("raft-playground 1\nserver S1\n", 2, Expected::ServerSetting),
        ("raft-playground 1\nserver S1 delay 5 ms\n", 2, Expected::ServerSetting),
        (
            "raft-playground 1\nserver S1 disk-write 1.000001 s\n",
            2,
            Expected::Valid(ConfigError::DiskWrite),
        ),
        ("raft-playground 1\nserver S1 disk-write soon\n", 2, Expected::Time),
        (
            "raft-playground 1\nlink S1>S2 disk-write 1 ms\n",
            2,
            Expected::LinkSetting,
        ),
        (
            "raft-playground 1\nserver S1 priority 10\n",
            2,
            Expected::Valid(ConfigError::Priority),
        ),
        (
            "raft-playground 1\nserver S1 priority high\n",
            2,
            Expected::Valid(ConfigError::Priority),
        ),
        ("raft-playground 1\nserver S1 rule no-such on\n", 2, Expected::Rule),
        ("raft-playground 1\nserver S1 rule pre-vote\n", 2, Expected::OwnRule),
        (
            "raft-playground 1\nat 1 s rule pre-vote as-cluster\n",
            2,
            Expected::OnOff,
        ),
        ("raft-playground 1\nserver S1 rule quorum 2\n", 2, Expected::Rule),
        (
            "raft-playground 1\nserver S1 clock 2 loss 1 %\n",
            2,
            Expected::ServerSetting,
        ),
        ("raft-playground 1\nserver leader clock 2\n", 2, Expected::Server),
        ("raft-playground 1\nserver S1 heartbeat-interval 5\n", 2, Expected::Time),
        (
            "raft-playground 1\nserver S1 election-timeout 2-1 ms\n",
            2,
            Expected::Valid(ConfigError::Range),
        ),
        (
            "raft-playground 1\nserver S1 clock 2.1\n",
            2,
            Expected::Valid(ConfigError::Clock),
        ),
        (
            "raft-playground 1\nserver S1 clock fast\n",
            2,
            Expected::Valid(ConfigError::Clock),
        ),
        (
            "raft-playground 1\nserver S1 clock 0.5001\n",
            2,
            Expected::Valid(ConfigError::Clock),
        ),
        ("raft-playground 1\nlink\n", 2, Expected::Ways),
        ("raft-playground 1\nlink S1 delay 5 ms\n", 2, Expected::Ways),
        ("raft-playground 1\nlink S1 S1 delay 5 ms\n", 2, Expected::Ways),
        ("raft-playground 1\nlink S1>S2 S3 delay 5 ms\n", 2, Expected::Ways),
        ("raft-playground 1\nlink S1 S2>S3 delay 5 ms\n", 2, Expected::Ways),
        ("raft-playground 1\nlink S1>S6 delay 5 ms\n", 2, Expected::Ways),
        ("raft-playground 1\nlink leader S2 delay 5 ms\n", 2, Expected::Ways),
        ("raft-playground 1\nlink S1 S2\n", 2, Expected::LinkSetting),
        ("raft-playground 1\nlink S1 S2 clock 1\n", 2, Expected::LinkSetting),
        ("raft-playground 1\nlink S1>S2 loss 5\n", 2, Expected::Percent),
        (
            "raft-playground 1\nlink S1>S2 as-cluster now\n",
            2,
            Expected::LinkSetting,
        ),
        (
            "raft-playground 1\nat 1 s kill S1\nlink S1>S2 loss 5 %\n",
            3,
            Expected::FromStart,
        ),
        (
            "raft-playground 1\nbranch 1 until 0 s\nserver S1 clock 2\n",
            3,
            Expected::FromStart,
        ),
        (
            "raft-playground 1\nserver S1 clock 2\nservers 5\n",
            3,
            Expected::SizeFirst,
        ),
        ("raft-playground 1\nrule no-such on\n", 2, Expected::Rule),
        ("raft-playground 1\nrule persist-vote maybe\n", 2, Expected::OnOff),
        ("raft-playground 1\ndo 1 s kill S1\n", 2, Expected::Branch),
        (
            "raft-playground 1\nbranch 2 until 1 s\nbranch 2 until 1 s\n",
            3,
            Expected::HigherBranch,
        ),
        (
            "raft-playground 1\nbranch 1 from 7 until 1 s\n",
            2,
            Expected::KnownBranch,
        ),
        ("raft-playground 1\nbranch 1 at 1 s\n", 2, Expected::Word("until")),
    ] {
        assert_eq!(expected(text), Err((line, what)), "{text}");
        assert!(what.to_string().len() > 5);
    }
}

/// The reason given is the reason: a number that is too large is a number, and a right line at a wrong place is right.
#[test]
fn a_file_says_what_is_wrong_with_a_note() {
    let reads = |lines: &str| file::read(&format!("raft-playground 1\n{lines}\n"));
    let too_long = "é".repeat(Note::LONGEST + 1);
    let too_many = "note at 1 s x\n".repeat(MOST_NOTES + 1);
    for (lines, line, expected) in [
        ("note 1 s Look.", 2, "“at”"),
        ("note at soon Look.", 2, "a time, as “150 ms” or “1.204 s”"),
        ("note at 1 Look.", 2, "a time, as “150 ms” or “1.204 s”"),
        ("note at 1000000001 s Look.", 2, "a time of at most 1000000000 s"),
        (
            "seed 1\nnote at 1 s",
            3,
            "the text of a note, of at most 200 characters",
        ),
        ("note at 1 s \u{7}", 2, "the text of a note, of at most 200 characters"),
        (
            &format!("note at 1 s {too_long}"),
            2,
            "the text of a note, of at most 200 characters",
        ),
        (&too_many, 102, "at most 100 notes"),
        (
            "note[pt-BR] at 1 s Veja.",
            2,
            "a setting, “at”, “note”, “branch”, “without”, “do” or “visit”",
        ),
    ] {
        let error = reads(lines).expect_err(lines);
        assert_eq!(
            (error.line, error.expected.to_string().as_str()),
            (line, expected),
            "{lines}"
        );
    }
    assert_eq!(
        reads(&"note at 1 s x\n".repeat(MOST_NOTES)).map(|run| run.notes.len()),
        Ok(MOST_NOTES)
    );
}

/// In whatever order they stand, and wherever above or below a branch.
#[test]
fn a_file_has_notes_of_its_branches() {
    let run = file::read(concat!(
        "raft-playground 1\n",
        "note at 2 s  Later,   # no comment. \n",
        "at 1 s kill S1\n",
        "note at 500 ms <i>First</i>\n",
        "branch 3 until 3 s\n",
        "  note at 2 s Also then.\n",
        "branch 5 from 3 at 1 s until 2 s\n",
        "  do 1 s kill S2\n",
        "  note at 1 us Early.\n",
    ));
    let run = run.expect("a file");
    let told: Vec<_> = run
        .notes
        .iter()
        .map(|note| (note.branch.0, note.at.0, &*note.text))
        .collect();
    assert_eq!(
        told,
        [
            (2, 500_000, "<i>First</i>"),
            (2, 2_000_000, "Later, # no comment."),
            (2, 2_000_000, "Also then."),
            (4, 1, "Early."),
        ]
    );
    assert_eq!(file::read(&file::write(&run)), Ok(run.clone()));
    assert_eq!(link::decode(&link::encode(&run)), Ok(run));
}

/// Nothing of a run depends on what is noted in it.
#[test]
fn a_note_changes_nothing_of_the_run() {
    for seed in 0..20 {
        let mut run = session(seed, 10);
        let noted = run.open().expect("it was recorded");
        run.notes.clear();
        let plain = run.open().expect("it was recorded");
        assert_eq!((noted.world(), digest(&noted)), (plain.world(), digest(&plain)));
        assert_eq!(noted.recording(), plain.recording());
    }
}

#[test]
fn a_file_tells_what_is_too_large_and_what_is_too_late_from_what_is_no_number() {
    use file::Expected;
    let above = u64::from(u32::MAX) + 1;
    let u32s = Expected::NumberBetween(0, u64::from(u32::MAX));
    let span = Expected::Valid(ConfigError::Span);
    for (lines, expected) in [
        ("seed 18446744073709551616", Expected::NumberBetween(0, u64::MAX)),
        ("seed seven", Expected::Number),
        ("seed 1e3", Expected::Number),
        ("quorum 256", Expected::NumberBetween(0, 255)),
        (&format!("log S1 term {above} index 1"), u32s),
        (&format!("log S1 term 0 index {above}"), u32s),
        (&format!("at 1 s drop S1>S2#{above}"), u32s),
        ("at 1 s drop S1>S2#1+256", Expected::NumberBetween(0, 255)),
        ("at 1 s drop S1>S2#one", Expected::Message),
        ("branch 1000001 until 1 s", Expected::NumberBetween(1, 1_000_000)),
        ("branch 0 until 1 s", Expected::NumberBetween(1, 1_000_000)),
        ("branch one until 1 s", Expected::Number),
        ("loss 101 %", Expected::Valid(ConfigError::Share)),
        ("at 99999999999999999999 s kill S1", Expected::EarlyEnough),
        ("delay 99999999999999999999 s", span),
        ("at 1 s timer S1 3601 s", span),
        ("at 1 s hold S1>S2#1 for 3601 s", span),
        ("at 1 s kill S1\nbranch 1 until 1 s\nwithout 2", Expected::Place),
        ("at 1 s kill S1\nbranch 1 until 1 s\nwithout 1 1", Expected::LaterPlace),
        (
            "branch 1 until 1 s\nvisit 99999999999999999999 at 1 s",
            Expected::KnownBranch,
        ),
        ("servers 12", Expected::Size),
        ("log S3 term 0 index 7\nservers 7", Expected::SizeFirst),
        ("down S3\nservers 7", Expected::SizeFirst),
        ("at 1 s kill S1\nservers 7", Expected::SizeFirst),
    ] {
        let error = file::read(&format!("raft-playground 1\n{lines}\n")).expect_err(lines);
        assert_eq!(
            (error.line, error.expected),
            (1 + lines.lines().count(), expected),
            "{lines}"
        );
    }
}

/// In Raft no server has a log of a later term than its own, and servers start in term 0.
#[test]
fn a_log_of_a_later_term_than_the_start_has_to_be_meant() {
    let log = "raft-playground 1\nlog S3 term 9 index 7";
    let error = file::read(log).expect_err("it contradicts itself");
    assert_eq!((error.line, error.expected), (2, file::Expected::LogOfTerm));
    // What is wrong below is told first: here the order, not the number.
    let error = file::read(&format!("{log}\nservers 7\n")).expect_err("it names a server above");
    assert_eq!((error.line, error.expected), (3, file::Expected::SizeFirst));
    let run = file::read(&format!("{log} in term 0 # on purpose\n")).expect("it is meant");
    let end = LogPosition {
        last_term: Term(9),
        last_index: 7,
    };
    assert_eq!(run.recording.config.logs[2], end);
    assert_eq!(file::read(&file::write(&run)).as_ref(), Ok(&run));
    // Earlier pages wrote what Find found without these words.
    let found = log.replace(
        "\nlog",
        "\ntitle counterexample: leader-completeness broken in 3 steps\nlog",
    );
    assert_eq!(
        file::read(&found)
            .expect("a file as they wrote it")
            .recording
            .config
            .logs[2],
        end
    );
}

#[test]
fn a_file_may_have_comments_and_leave_out_what_is_as_in_the_paper() {
    let run =
        file::read("\u{feff}# mine\r\nraft-playground 1\r\n  # indented\r\nseed 7\r\nat 400 ms kill S2\r\n").unwrap();
    assert_eq!(run.recording.config, Config::paper(5));
    assert_eq!(run.recording.seed, 7);
    assert_eq!(run.recording.script, [(ms(400), Action::kill(NodeId::new(1)))]);
    assert_eq!(run.recording.current, BranchId(0));
}

/// In any order, and each alone.
#[test]
fn a_line_of_rules_may_change_the_quorum_and_rules_at_once() {
    let changed = |quorum, rules: &[Rule]| {
        let mut all = Rules::PAPER;
        all.quorum = quorum;
        for &rule in rules {
            all.set(rule, !all.get(rule));
        }
        all
    };
    let (vote, pre_vote) = (Rule::PersistVote, Rule::PreVote);
    for (words, rules) in [
        ("persist-vote off quorum 2", changed(Quorum::Votes(2), &[vote])),
        (
            "quorum 2 persist-vote off pre-vote on",
            changed(Quorum::Votes(2), &[vote, pre_vote]),
        ),
        (
            "pre-vote on quorum majority persist-vote off",
            changed(Quorum::Majority, &[vote, pre_vote]),
        ),
        ("quorum 2", changed(Quorum::Votes(2), &[])),
        ("paper", Rules::PAPER),
    ] {
        let run = file::read(&format!("raft-playground 1\nat 1 s rules {words}\n")).expect(words);
        assert_eq!(run.recording.script, [(ms(1000), Action::set_rules(rules))], "{words}");
        let text = file::write(&run);
        assert_eq!(file::read(&text).as_ref(), Ok(&run), "{text}");
        assert_eq!(link::decode(&link::encode(&run)), Ok(run), "{words}");
    }
}

/// Whoever writes a scenario file reads it.
const DOCUMENT: &str = include_str!("../../docs/scenario-files.md");

#[test]
fn the_document_lists_every_action() {
    for spelling in Action::SPELLINGS {
        let word = spelling.word;
        assert!(
            DOCUMENT.contains(&format!("`{word}")),
            "docs/scenario-files.md lacks {word}"
        );
    }
}

#[test]
fn the_document_lists_every_rule() {
    for rule in Rule::ALL {
        let name = rule.slug();
        assert!(
            DOCUMENT.contains(&format!("`{name}`")),
            "docs/scenario-files.md lacks {name}"
        );
    }
}

/// Addresses of scenarios, each in a row with its title.
#[test]
fn the_document_lists_every_scenario_by_its_address() {
    for id in ScenarioId::ALL {
        let title = id.title(ScenarioId::LANGUAGE).expect("a title");
        let row = format!("| `?scenario={}` | {title} |\n", id.slug());
        assert!(DOCUMENT.contains(&row), "docs/scenario-files.md lacks {row}");
    }
}

/// The document's example is one.
#[test]
fn the_example_of_the_document_is_a_file() {
    let example = DOCUMENT
        .split("```")
        .find_map(|block| {
            block
                .strip_prefix("text\n")
                .filter(|text| text.starts_with("raft-playground"))
        })
        .expect("an example");
    let run = file::read(example).unwrap();
    assert_eq!(file::read(&file::write(&run)).as_ref(), Ok(&run));
    assert_eq!(link::decode(&link::encode(&run)).as_ref(), Ok(&run));
    assert!(run.open().is_ok());
}

/// Nothing that a link or a file can say keeps the page busy for long: each event is counted, and in a flood of messages more.
#[test]
fn a_hostile_run_opens_as_far_as_it_goes() {
    let short = "election-timeout 1 us\nheartbeat-interval 1 us\ndelay 1 us\n";
    let end = "branch 1 until 1000000000 s\nvisit 1 at 1000000000 s\n";
    for (what, most) in [
        ("", 100_500),
        ("rule rerun-after-refusal on\n", 100_500),
        ("duplication 100 %\nreordering 100 %\n", 40_000),
    ] {
        let text = format!("raft-playground 1\nservers 9\n{short}{what}{end}");
        let run = file::read(&text).unwrap();
        assert_eq!(link::decode(&link::encode(&run)).as_ref(), Ok(&run));
        let memory = Memory {
            opening: 100_000,
            ..Memory::default()
        };
        let history = History::replay_with_memory(&run.recording, memory).unwrap();
        assert!(
            history.world().next_event() < EventId(most),
            "{:?}",
            history.world().next_event()
        );
        assert_eq!(history.end(), history.now());
    }
}

/// A script is held once for each branch: both can be long, but not both at a time.
#[test]
fn what_would_fill_the_memory_is_refused() {
    use file::Expected;
    let script = |lines: u32| {
        (0..lines)
            .map(|at| format!("at {at} us heal-all\n"))
            .collect::<String>()
    };
    let branches = |count: u32| {
        (1..=count)
            .map(|index| format!("branch {index} until 1 s\n"))
            .collect::<String>()
    };
    let text = |lines, count| format!("raft-playground 1\n{}{}", script(lines), branches(count));
    let refused = |text: &str| file::read(text).map_err(|error| (error.line, error.expected));
    let allowed = file::read(&text(20_000, 19)).unwrap();
    assert_eq!(link::decode(&link::encode(&allowed)).as_ref(), Ok(&allowed));
    assert_eq!(
        refused(&text(20_000, 20)),
        Err((1 + 20_000 + 20, Expected::FewerActions))
    );
    assert_eq!(refused(&text(0, 1001)), Err((1 + 1001, Expected::FewerBranches)));
    assert!(refused(&text(0, 1000)).is_ok());

    // A link says the same in a few characters, so it is counted there as well.
    let mut run = allowed;
    let last = run.recording.branches.last().unwrap().clone();
    for index in 19..400 {
        let mut branch = last.clone();
        branch.about.id = BranchId(index);
        run.recording.branches.push(branch);
    }
    let link = link::encode(&run);
    assert!(link.len() < 2000, "{}", link.len());
    assert_eq!(link::decode(&link), Err(LinkError::Impossible));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_makes_a_decoder_panic(text in "\\PC{0,200}", fragment in "[A-Za-z0-9_-]{0,300}") {
        let _ = link::decode(&text);
        let _ = link::decode(&fragment);
        let _ = file::read(&text);
        let _ = file::read(&format!("raft-playground 1\n{text}"));
    }

    /// Never another run in silence: the checksum finds every changed character alone, and nearly all else.
    #[test]
    fn a_damaged_link_is_refused(
        seed in 0..20_u64,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), "[A-Za-z0-9_-]"), 1..4),
        end in any::<prop::sample::Index>(),
    ) {
        let whole = link::encode(&session(seed, 10));
        prop_assert!(link::decode(&whole[..end.index(whole.len())]).is_err(), "cut off");
        let mut damaged = whole.clone();
        for (at, character) in changes {
            let at = at.index(damaged.len());
            damaged.replace_range(at..=at, &character);
        }
        if damaged != whole {
            prop_assert!(link::decode(&damaged).is_err(), "{damaged}");
        }
        let longer = whole.clone() + &whole[..end.index(whole.len()).max(1)];
        prop_assert!(link::decode(&longer).is_err(), "more than one");
    }

    /// Lines made of the words of real files reach further than noise.
    #[test]
    fn no_shuffled_file_makes_the_reader_panic(seed in 0..1000_u64, order in proptest::collection::vec(any::<u16>(), 1..60)) {
        let text = file::write(&session(seed % 20, 10));
        let words: Vec<_> = text.split(' ').collect();
        let shuffled: Vec<_> = order.iter().map(|index| words[usize::from(*index) % words.len()]).collect();
        if let Ok(run) = file::read(&format!("raft-playground 1\n{}", shuffled.join(" "))) {
            prop_assert_eq!(file::read(&file::write(&run)), Ok(run));
        }
    }
}

/// Files of built-in scenarios hold more than the page shows of a reader's own.
#[test]
fn texts_in_other_languages_are_passed_over() {
    use file::Expected;
    let text = "raft-playground 1\ntitle A leader\ntitle[pt-BR] Um leader\ntitle[tlh] DevwI'\nwatch[pt-BR] S1 # cai\n\
                group elections\nsection §5.2\nlab-time 10:23:31\n";
    let run = file::read(text).expect("nothing is wrong with it");
    assert_eq!((&*run.title, &*run.watch), ("A leader", ""));
    for (line, expected) in [
        ("title[] Nobody's", Expected::Keyword),
        ("title[pt BR] Um leader", Expected::Keyword),
        ("title[pt-BR] Outro", Expected::Once),
        ("group elections", Expected::Once),
    ] {
        let error = file::read(&format!("{text}{line}\n")).expect_err(line);
        assert_eq!((error.line, error.expected), (9, expected), "{line}");
    }
}

/// A copy of a built-in scenario's file is that scenario, in the reader's language; with another title it is its author's.
#[test]
fn a_copy_of_a_built_in_file_has_its_title_in_every_language() {
    let copy = include_str!("../../src/scenario/builtin/split-vote.raft");
    let run = file::read(copy).expect("a built-in file");
    assert_eq!((run.id, &*run.title, &*run.watch), (ScenarioId::SplitVote, "", ""));
    let renamed = file::read(&copy.replace("title A split vote", "title Two of four")).expect("as right as before");
    assert_eq!((&*renamed.title, &*renamed.watch), ("Two of four", ""));
}
