//! The trace as a log with vector clocks, for [ShiViz](https://bestchai.bitbucket.io/shiviz/). Its parser is told
//! [`PARSER`].

use std::fmt::Write;

use super::{about_rules, file, lablog};
use crate::{
    raft::{Decision, MAX_SERVERS, Message, NodeId},
    sim::{Event, EventId, EventKind, History},
};

/// The regular expression that splits the log into events: a line of words, then the server and its clock.
pub const PARSER: &str = r"(?<event>.*)\n(?<host>\S*) (?<clock>{.*})";

type VectorClock = [u64; MAX_SERVERS];

/// The events of the current branch up to the instant that is visited, as far as they are in memory. Timers and disks are left
/// out: they are no communication.
#[must_use]
pub fn log(history: &History) -> String {
    let mut clocks = [VectorClock::default(); MAX_SERVERS];
    // In order of the events.
    let mut sent: Vec<(EventId, VectorClock)> = Vec::new();
    let mut log = String::new();
    for event in history.happened() {
        let Some(server) = event.server else { continue };
        let clock = &mut clocks[server.index()];
        if let (EventKind::Delivered { .. }, Some(cause)) = (event.kind, event.cause) {
            let found = sent.binary_search_by_key(&cause, |(id, _)| *id);
            merge(clock, found.ok().map(|place| &sent[place].1));
        }
        let Some(words) = words(event) else { continue };
        clock[server.index()] += 1;
        if matches!(event.kind, EventKind::Sent { .. } | EventKind::Duplicated { .. }) {
            sent.push((event.id, *clock));
        }
        let _ = writeln!(log, "{} s {words}", event.at);
        let _ = writeln!(log, "{server} {}", show(clock));
    }
    if let Some(about) = about_rules(history) {
        log.insert_str(0, &format!("{about}\nnote {{\"note\":1}}\n"));
    }
    log
}

/// What the receiver knows from now on.
fn merge(clock: &mut VectorClock, other: Option<&VectorClock>) {
    for (mine, theirs) in clock.iter_mut().zip(other.into_iter().flatten()) {
        *mine = (*mine).max(*theirs);
    }
}

fn show(clock: &VectorClock) -> String {
    let known = NodeId::all(MAX_SERVERS).zip(clock).filter(|(_, ticks)| **ticks > 0);
    let entries: Vec<String> = known.map(|(server, ticks)| format!("\"{server}\":{ticks}")).collect();
    format!("{{{}}}", entries.join(","))
}

fn words(event: &Event) -> Option<String> {
    match event.kind {
        EventKind::Action(action) => Some(file::words(action)),
        EventKind::Sent { to, message, .. } => Some(format!("sends {} to {to}", message_words(message))),
        EventKind::Duplicated { to, message, .. } => Some(format!("is doubled: {} to {to}", message_words(message))),
        EventKind::Delivered { from, message } => Some(format!("receives {} from {from}", message_words(message))),
        // The lab prints nothing about these two.
        EventKind::Decided(Decision::ReplyIgnored { .. }) => Some("reply ignored".to_owned()),
        EventKind::Decided(Decision::LogMoved(_)) => Some("log moved".to_owned()),
        EventKind::Decided(_) => lablog::lines(event).iter().last().map(|line| line.to_string()),
        _ => None,
    }
}

fn message_words(message: Message) -> String {
    let name = match message {
        Message::RequestVote { .. } => "RequestVote",
        Message::RequestVoteReply { vote_granted: true, .. } => "vote",
        Message::RequestVoteReply { .. } => "refusal",
        Message::AppendEntries { .. } => "AppendEntries",
        Message::AppendEntriesReply { .. } => "AppendEntries reply",
        Message::PreVote { .. } => "PreVote",
        Message::PreVoteReply { vote_granted: true, .. } => "promise of a vote",
        Message::PreVoteReply { .. } => "refusal of a promise",
        Message::TimeoutNow { .. } => "TimeoutNow",
    };
    format!("{name} (term {})", message.term())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Scenario, ScenarioId};
    use crate::sim::Micros;

    fn run() -> History {
        let mut history = Scenario::new(ScenarioId::SplitVote).start();
        history.seek(Micros::from_millis(900));
        history
    }

    #[test]
    fn the_log_is_pairs_of_lines_with_growing_clocks() {
        let history = run();
        let log = log(&history);
        let lines: Vec<_> = log.lines().collect();
        assert!(lines.len() > 200 && lines.len() % 2 == 0);
        let mut own = [0; MAX_SERVERS];
        for pair in lines.chunks(2) {
            let (server, clock) = pair[1].split_once(' ').unwrap();
            let server = NodeId::from_number(server[1..].parse().unwrap()).unwrap();
            own[server.index()] += 1;
            assert!(
                clock.contains(&format!("\"{server}\":{}", own[server.index()])),
                "{pair:?}"
            );
        }
    }

    #[test]
    fn who_receives_knows_what_the_sender_knew() {
        let history = run();
        let log = log(&history);
        let received = log.split("receives vote (term 1) from ").nth(1).unwrap();
        let (sender, clock) = received.split_once('\n').unwrap();
        assert!(
            clock.lines().next().unwrap().contains(&format!("\"{sender}\":")),
            "{received}"
        );
    }

    #[test]
    fn who_has_received_nothing_knows_itself_alone() {
        let log = log(&run());
        let clock = log.lines().nth(1).expect("an event");
        assert!(clock.starts_with("S1 {\"S1\":1"), "{clock}");
        assert!(!clock.contains(','), "{clock}");
    }

    #[test]
    fn it_tells_what_was_done_what_was_said_and_what_was_decided() {
        let (one, two) = (NodeId::new(0), NodeId::new(1));
        let mut config = crate::sim::Config::paper(5);
        config.network.duplication_permille = 1000;
        let mut history = History::new(config, 1, &[]).expect("a valid configuration");
        history.act(crate::sim::Action::force_timeout(one)).expect("possible");
        history.seek(Micros::from_millis(600));
        history
            .act(crate::sim::Action::set_log(
                two,
                crate::raft::LogPosition {
                    last_index: 1,
                    ..Default::default()
                },
            ))
            .expect("possible");
        let log = log(&history);
        for words in [
            " s time-out S1\nS1 {",
            " s sends RequestVote (term 1) to S2\nS1 {",
            " s is doubled: RequestVote (term 1) to S2\nS1 {",
            " s reply ignored\nS1 {",
            " s log moved\nS2 {",
            "VoteCount: 2",
        ] {
            assert!(log.contains(words), "{words} in {log}");
        }
    }

    #[test]
    fn a_run_about_rules_says_so() {
        let mut history = Scenario::new(ScenarioId::Figure1).start();
        history.seek(Micros::from_secs(5));
        assert!(log(&history).starts_with("The rules are not those of the paper.\n"));
        assert!(!log(&run()).contains("The rules"));
    }
}
