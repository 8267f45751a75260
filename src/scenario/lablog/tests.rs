//! Each row of the lab's vocabulary, by the event that prints it; the times; the file.

use super::*;
use crate::{
    raft::{
        DeniedHeartbeat, DeniedVote, IgnoredReply, LogPosition, MAX_SERVERS, Message, NodeSet, Rules, SteppedDown,
        Timer,
    },
    sim::{EventId, LostWhere},
};

const S1: NodeId = NodeId::new(0);
const S2: NodeId = NodeId::new(1);
const S3: NodeId = NodeId::new(2);

/// An event at S1, in the second in which the lab's first server started.
fn event(role: Role, kind: EventKind) -> Event {
    Event {
        id: EventId(0),
        at: Micros::ZERO,
        cause: None,
        server: Some(S1),
        role,
        term: Term(1),
        kind,
    }
}

fn decided(role: Role, decision: Decision) -> Event {
    event(role, EventKind::Decided(decision))
}

fn said(event: &Event) -> Vec<String> {
    lines(event).iter().map(|line| line.to_string()).collect()
}

#[test]
fn the_server_starts() {
    let listening = [
        "[SERVER] Listening on 'localhost:3001'",
        "[FOLLOWER] Run Logic.",
        "[SERVER] Accepting connections.",
    ];
    assert_eq!(said(&decided(Role::Follower, Decision::Started)), listening);
}

#[test]
fn lines_are_counted() {
    let started = lines(&decided(Role::Follower, Decision::Started));
    assert_eq!((started.len(), started.is_empty()), (3, false));
    let silent = lines(&event(Role::Follower, EventKind::TimerCancelled(Timer::Election)));
    assert_eq!((silent.len(), silent.is_empty()), (0, true));
}

/// Servers that have printed nothing have no part in it; what was typed has no time.
#[test]
fn a_file_has_a_part_for_each_server_that_printed_something() {
    let mut history = History::new(crate::sim::Config::paper(3), 1, &[]).expect("a valid configuration");
    history.seek(Micros::from_millis(50));
    history.act(Action::kill(S3)).expect("it runs");
    history.seek(Micros::from_secs(2));
    history.act(Action::start(S3)).expect("it is down");
    let events = || history.trace().range(EventId(0), history.world().next_event());
    let of_two = printed(events()).filter(|(_, server, _)| *server != S1);
    let of_two = of_two.filter(|(_, _, line)| line.kind == Kind::Process);
    let started = |second: u32, number: u32| {
        let time = format!("2019/10/07 10:07:{second}");
        format!("{time} [SERVER] Listening on 'localhost:300{number}'\n{time} [SERVER] Accepting connections.\n")
    };
    let expected = format!(
        "==> server2.log <==\n{}\n==> server3.log <==\n{}^C\n{}",
        started(45, 2),
        started(45, 3),
        started(47, 3)
    );
    assert_eq!(file(&history, Micros::from_secs(5), of_two), expected);
    assert_eq!(file(&history, Micros::ZERO, []), "");
}

#[test]
fn every_server_has_its_port() {
    let ports: Vec<String> = NodeId::all(MAX_SERVERS)
        .map(|server| Address(server).to_string())
        .collect();
    assert_eq!(ports[0], "localhost:3001");
    assert_eq!(ports[8], "localhost:3009");
}

#[test]
fn the_election_timer_fires() {
    let fired = Decision::ElectionTimedOut;
    assert_eq!(said(&decided(Role::Follower, fired)), ["[FOLLOWER] Election timeout."]);
    assert_eq!(
        said(&decided(Role::Candidate, fired)),
        ["[CANDIDATE] Election timeout."]
    );
}

#[test]
fn it_enters_the_candidates_role_and_starts_an_election() {
    let started = Decision::ElectionStarted { term: Term(1) };
    let running = ["[CANDIDATE] Run Logic.", "[CANDIDATE] Running for term '1'."];
    assert_eq!(said(&decided(Role::Candidate, started)), running);
}

#[test]
fn a_vote_arrives() {
    let received = Decision::VoteReceived { from: S2, count: 2 };
    let granted = [
        "[CANDIDATE] Vote granted by 'localhost:3002'.",
        "[CANDIDATE] VoteCount: 2",
    ];
    assert_eq!(said(&decided(Role::Candidate, received)), granted);
}

#[test]
fn a_refusal_arrives() {
    let refused = Decision::VoteRefused { from: S2 };
    let denied = ["[CANDIDATE] Vote denied by 'localhost:3002'."];
    assert_eq!(said(&decided(Role::Candidate, refused)), denied);
}

#[test]
fn it_wins_and_enters_the_leaders_role() {
    let won = Decision::ElectionWon { votes: NodeSet::all(3) };
    let leads = ["[CANDIDATE] Becoming leader.", "[LEADER] Run Logic."];
    assert_eq!(said(&decided(Role::Candidate, won)), leads);
}

#[test]
fn it_sees_a_newer_term() {
    let advanced = Decision::TermAdvanced {
        old: Term(0),
        new: Term(1),
        from: S2,
    };
    for role in ["FOLLOWER", "CANDIDATE", "LEADER"] {
        let update = format!("[{role}] Update old term '0' to new term '1' from 'localhost:3002'.");
        assert_eq!(said(&decided(role_named(role), advanced)), [update]);
    }
}

fn role_named(name: &str) -> Role {
    let roles = [Role::Follower, Role::Candidate, Role::Leader];
    let named = |role: &Role| Tag::from(*role).name() == name;
    roles.into_iter().find(named).expect("a role")
}

#[test]
fn it_gives_its_vote_and_goes_round() {
    let granted = Decision::VoteGranted {
        to: S2,
        term: Term(1),
        timer_reset: true,
    };
    let accepted = [
        "[FOLLOWER] Resetting election timeout.",
        "[FOLLOWER] Vote accepted to 'localhost:3002' for term '1'.",
        "[FOLLOWER] Run Logic.",
    ];
    assert_eq!(said(&decided(Role::Follower, granted)), accepted);
}

/// A follower goes round then. A candidate does so only by running again, which is an event of its own; for a leader the
/// transcripts show nothing, and it stays as quiet as after a vote that comes too late.
#[test]
fn it_refuses_its_vote() {
    let denied = Decision::VoteDenied {
        to: S3,
        term: Term(1),
        why: DeniedVote::AlreadyVotedFor(S2),
    };
    let follower = [
        "[FOLLOWER] Vote denied to 'localhost:3003' for term '1'.",
        "[FOLLOWER] Run Logic.",
    ];
    assert_eq!(said(&decided(Role::Follower, denied)), follower);
    let candidate = ["[CANDIDATE] Vote denied to 'localhost:3003' for term '1'."];
    assert_eq!(said(&decided(Role::Candidate, denied)), candidate);
    let leader = ["[LEADER] Vote denied to 'localhost:3003' for term '1'."];
    assert_eq!(said(&decided(Role::Leader, denied)), leader);
}

#[test]
fn it_accepts_a_heartbeat_and_goes_round() {
    let accepted = Decision::HeartbeatAccepted {
        from: S2,
        timer_reset: true,
    };
    let accept = [
        "[FOLLOWER] Resetting election timeout.",
        "[FOLLOWER] Accept AppendEntry from 'localhost:3002'.",
        "[FOLLOWER] Run Logic.",
    ];
    assert_eq!(said(&decided(Role::Follower, accepted)), accept);
}

#[test]
fn it_refuses_a_stale_heartbeat() {
    let denied = Decision::HeartbeatDenied {
        from: S2,
        term: Term(0),
        why: DeniedHeartbeat::StaleTerm,
    };
    let follower = [
        "[FOLLOWER] Denied AppendEntry from 'localhost:3002'.",
        "[FOLLOWER] Run Logic.",
    ];
    assert_eq!(said(&decided(Role::Follower, denied)), follower);
    let candidate = ["[CANDIDATE] Denied AppendEntry from 'localhost:3002'."];
    assert_eq!(said(&decided(Role::Candidate, denied)), candidate);
    let leader = ["[LEADER] Denied AppendEntry from 'localhost:3002'."];
    assert_eq!(said(&decided(Role::Leader, denied)), leader);
}

#[test]
fn it_gives_up_a_role_and_enters_the_followers() {
    let newer = Decision::SteppedDown(SteppedDown::NewerTerm);
    let candidate = ["[CANDIDATE] Stepping down.", "[FOLLOWER] Run Logic."];
    assert_eq!(said(&decided(Role::Candidate, newer)), candidate);
    let leader = ["[LEADER] Stepping down.", "[FOLLOWER] Run Logic."];
    assert_eq!(said(&decided(Role::Leader, newer)), leader);
    let yields = Decision::SteppedDown(SteppedDown::LeaderOfTerm(S2));
    assert_eq!(said(&decided(Role::Candidate, yields)), candidate);
}

/// What is typed at a terminal stands there without a role.
#[test]
fn something_is_typed_at_its_terminal() {
    let typed = [
        (Action::kill(S1), "^C"),
        (Action::pause(S1), "^Z"),
        (Action::resume(S1), "fg"),
        (Action::wipe_disk(S1), "^C rm state"),
    ];
    for (action, text) in typed {
        assert_eq!(said(&event(Role::Leader, EventKind::Action(action))), [text]);
    }
}

/// The lab's servers say nothing of messages on their way, of timers and disks, nor of replies that do not count.
#[test]
fn all_else_is_silent() {
    let message = Message::AppendEntries { term: Term(1) };
    let kinds = [
        EventKind::TimerSet {
            timer: Timer::Election,
            fires_at: Micros(1),
        },
        EventKind::TimerCancelled(Timer::Election),
        EventKind::TimerFired(Timer::Election),
        EventKind::Sent {
            to: S2,
            waits: Micros::ZERO,
            message,
        },
        EventKind::Delivered { from: S2, message },
        EventKind::Held { from: S2, message },
        EventKind::Lost {
            from: S2,
            message,
            place: LostWhere::Network,
        },
        EventKind::Decided(Decision::ReplyIgnored {
            from: S2,
            why: IgnoredReply::NotCandidate,
        }),
        EventKind::Decided(Decision::LogMoved(LogPosition::default())),
        EventKind::Action(Action::start(S1)),
        EventKind::Action(Action::force_timeout(S1)),
        EventKind::Action(Action::set_rules(Rules::PAPER)),
    ];
    for kind in kinds {
        let lines = lines(&event(Role::Leader, kind));
        assert!(lines.is_empty(), "{kind:?}");
        assert_eq!(lines.len(), 0, "{kind:?}");
    }
}

#[test]
fn lines_can_be_filtered_by_what_they_are_about() {
    let kinds = |decision| {
        lines(&decided(Role::Follower, decision))
            .iter()
            .map(|line| line.kind)
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds(Decision::Started), [Kind::Process, Kind::Loop, Kind::Process]);
    assert_eq!(kinds(Decision::ElectionTimedOut), [Kind::Election]);
    let granted = Decision::VoteGranted {
        to: S2,
        term: Term(1),
        timer_reset: true,
    };
    assert_eq!(kinds(granted), [Kind::Vote, Kind::Vote, Kind::Loop]);
    let accepted = Decision::HeartbeatAccepted {
        from: S2,
        timer_reset: true,
    };
    assert_eq!(kinds(accepted), [Kind::Heartbeat, Kind::Heartbeat, Kind::Loop]);
}

#[test]
fn a_transcript_is_one_servers_lines_with_their_times() {
    let at = |millis, event: Event| Event {
        at: Micros::from_millis(millis),
        ..event
    };
    let elsewhere = |event: Event| Event {
        server: Some(S2),
        ..event
    };
    let events = [
        at(2_000, decided(Role::Follower, Decision::Started)),
        at(2_100, elsewhere(decided(Role::Follower, Decision::Started))),
        at(2_999, decided(Role::Follower, Decision::ElectionTimedOut)),
        at(5_000, event(Role::Follower, EventKind::Action(Action::kill(S1)))),
    ];
    let expected = "\
2019/10/07 10:07:42 [SERVER] Listening on 'localhost:3001'
2019/10/07 10:07:42 [FOLLOWER] Run Logic.
2019/10/07 10:07:42 [SERVER] Accepting connections.
2019/10/07 10:07:42 [FOLLOWER] Election timeout.
^C
";
    assert_eq!(transcript(S1, Micros::ZERO, &events), expected);
    let later = transcript(S1, Micros::from_secs(60), &events);
    assert_eq!(later, expected.replace("10:07:42", "10:08:42"));
    assert_eq!(transcript(S3, Micros::ZERO, &events), "");
}

#[test]
fn times_count_from_the_start_of_the_labs_first_server() {
    let after = |seconds| timestamp(Micros::from_secs(seconds));
    assert_eq!(timestamp(Micros::ZERO), "2019/10/07 10:07:40");
    assert_eq!(timestamp(Micros(1_999_999)), "2019/10/07 10:07:41");
    assert_eq!(after(20), "2019/10/07 10:08:00");
    assert_eq!(after(13 * 3600 + 52 * 60 + 19), "2019/10/07 23:59:59");
    assert_eq!(after(13 * 3600 + 52 * 60 + 20), "2019/10/08 00:00:00");
}

#[test]
fn a_run_may_be_left_on_for_weeks_and_centuries() {
    const DAY: u64 = 86_400;
    let on_day = |days| timestamp(Micros::from_secs(days * DAY));
    assert_eq!(on_day(24), "2019/10/31 10:07:40");
    assert_eq!(on_day(25), "2019/11/01 10:07:40");
    assert_eq!(on_day(86), "2020/01/01 10:07:40");
    assert_eq!(on_day(145), "2020/02/29 10:07:40");
    assert_eq!(timestamp(Micros::NEVER), "586573/10/24 18:09:29");
}

/// Day by day for a thousand years, beside a calendar that is simply walked through.
#[test]
fn every_date_follows_the_one_before() {
    let (mut year, mut month, mut day) = (2019, 10, 7);
    for days_later in 0..366_000 {
        assert_eq!(date(days_later), (year, month, day));
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        day += 1;
        if day > days {
            (day, month) = (1, month + 1);
        }
        if month > 12 {
            (month, year) = (1, year + 1);
        }
    }
}

#[test]
fn a_time_of_the_lab_is_counted_from_its_first_figure() {
    assert_eq!(since_start("10:07:41"), Some(Micros::from_secs(1)));
    assert_eq!(
        since_start("23:59:59"),
        Some(Micros::from_secs(13 * 3600 + 52 * 60 + 19))
    );
    for none in [
        "24:00:00",
        "11:60:00",
        "11:00:60",
        "10:07:39",
        "11:00",
        "11:00:00:00",
        "noon",
    ] {
        assert_eq!(since_start(none), None, "{none}");
    }
}
