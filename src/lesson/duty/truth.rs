//! Whether what is said to be right is what the rules do, what is said of it is so, and what is said to be broken is broken: over
//! the built-in duties and random ones, by predicates that are written apart from them.
//!
//! `cargo test` plays three hundred random duties; `SEEDS=1000 cargo test --lib lesson::duty` plays a thousand.

use super::{BuiltinDuty, Duty, DutyChoice, DutyMoment, DutyNotes, DutyReason, DutyTrigger, DutyWalk, DutyWin, PLAYED};
use crate::{
    raft::{Decision, Message, NodeId, NodeSet, Quorum, Role, Term},
    safety::Property,
    scenario::{file, link},
    sim::{EventKind, History, Micros},
    splitmix::{GOLDEN_GAMMA, mix},
};

fn seeds() -> u64 {
    std::env::var("SEEDS")
        .ok()
        .and_then(|seeds| seeds.parse().ok())
        .unwrap_or(300)
}

/// Those that are offered, and random ones.
fn all() -> impl Iterator<Item = BuiltinDuty> {
    BuiltinDuty::ALL
        .into_iter()
        .chain((0..seeds()).map(BuiltinDuty::Chance))
}

/// Plays a duty: what is to be done is asked for at each moment. A wrong decision stands.
fn play(duty: Duty, mut decide: impl FnMut(&DutyWalk, &DutyMoment) -> DutyChoice) -> DutyWalk {
    let mut walk = DutyWalk::new(duty);
    while let Some(moment) = walk.moment().cloned() {
        let choice = decide(&walk, &moment);
        if !walk.decide(choice).expect("it is offered") {
            assert_eq!(walk.slip(), Some(choice));
            assert!(walk.let_stand(), "{choice:?} of {moment:?}");
        }
    }
    walk
}

fn by_rules(duty: Duty) -> DutyWalk {
    play(duty, |_, moment| moment.right)
}

/// Some of them wrong.
fn at_random(duty: Duty, seed: u64) -> DutyWalk {
    let mut word = seed;
    play(duty, move |_, moment| {
        word = word.wrapping_add(GOLDEN_GAMMA);
        let dice = usize::try_from(mix(word) >> 33).unwrap_or(0);
        if dice.is_multiple_of(3) {
            moment.options[dice / 3 % moment.options.len()]
        } else {
            moment.right
        }
    })
}

// --- The rules, written apart: Figure 2 as a table ---

/// What S3 has to do about something, by what it knows alone.
fn figure_2(moment: &DutyMoment) -> DutyChoice {
    let node = &moment.node;
    let (own, role, mine) = (node.term(), node.role(), node.hard_state().last_log);
    let DutyTrigger::Message { id, message } = moment.trigger else {
        return DutyChoice::Run;
    };
    let term = message.term();
    match message {
        Message::RequestVote { last_log, .. } => {
            let is_free = term > own || node.voted_for().is_none_or(|voted| voted == id.from);
            let is_behind = (last_log.last_term, last_log.last_index) < (mine.last_term, mine.last_index);
            if term >= own && is_free && !is_behind {
                DutyChoice::Grant
            } else {
                DutyChoice::Refuse
            }
        }
        Message::AppendEntries { .. } if term < own => DutyChoice::Refuse,
        Message::AppendEntries { .. } if role == Role::Follower => DutyChoice::Follow,
        Message::AppendEntries { .. } => DutyChoice::StepDown,
        _ if term > own => DutyChoice::StepDown,
        Message::RequestVoteReply { .. } if term < own || node.votes().contains(id.from) => DutyChoice::Ignore,
        _ if node.votes().len() + 1 > 5 / 2 => DutyChoice::Lead,
        _ => DutyChoice::Count,
    }
}

/// Whether what is said of a decision is true of what S3 knows and of the message.
fn is_true(moment: &DutyMoment) -> bool {
    let node = &moment.node;
    let (own_term, was_role, mine_now) = (node.term(), node.role(), node.hard_state().last_log);
    let (from, message) = match moment.trigger {
        DutyTrigger::Message { id, message } => (id.from, Some(message)),
        DutyTrigger::Timeout => (PLAYED, None),
    };
    let carried = message.map(|message| message.term());
    let log = |message: Option<Message>| match message {
        Some(Message::RequestVote { last_log, .. }) => Some(last_log),
        _ => None,
    };
    match moment.reason {
        DutyReason::VoteIsFree {
            candidate,
            term,
            own,
            again,
        } => {
            let voted = if term == own { node.voted_for() } else { None };
            let is_free = voted == again.then_some(candidate);
            (candidate, Some(term), own) == (from, carried, own_term) && is_free && log(message) >= Some(mine_now)
        }
        DutyReason::HasVoted { to, term } => {
            node.voted_for() == Some(to) && to != from && term == own_term && carried == Some(term)
        }
        DutyReason::LogBehind {
            candidate,
            mine,
            theirs,
            newer,
        } => {
            let is_newer = carried > Some(own_term);
            (candidate, mine, Some(theirs)) == (from, mine_now, log(message))
                && theirs < mine
                && newer == carried.filter(|_| is_newer)
        }
        DutyReason::TermIsOld { own, theirs } | DutyReason::VoteIsOld { own, theirs } => {
            own == own_term && Some(theirs) == carried && theirs < own
        }
        DutyReason::HasLeader { leader, term, own, was } => {
            (leader, Some(term), own, was) == (from, carried, own_term, was_role) && term >= own
        }
        DutyReason::TermIsNewer { own, theirs, was } => {
            (own, Some(theirs), was) == (own_term, carried, was_role) && theirs > own && was != Role::Follower
        }
        DutyReason::TooFewVotes { votes, quorum } => {
            usize::from(votes) == node.votes().len() + 1 && quorum == Quorum::Majority.votes(5) && votes < quorum
        }
        DutyReason::Majority { votes, quorum, term } => {
            usize::from(votes) == node.votes().len() + 1 && votes >= quorum && term == own_term
        }
        DutyReason::VoteIsCounted { voter } => voter == from && node.votes().contains(from),
        DutyReason::TimerExpired { term, own, was } => {
            (term, own, was) == (own_term.next(), own_term, was_role) && moment.timer == Some(moment.at)
        }
    }
}

#[test]
fn what_is_right_is_what_figure_2_says_and_the_reason_is_so() {
    let mut moments = 0;
    for id in all() {
        for walk in [by_rules(id.duty()), at_random(id.duty(), 7)] {
            for record in walk.records() {
                let moment = &record.moment;
                assert_eq!(moment.right, figure_2(moment), "{id:?} at {}: {moment:?}", moment.at);
                assert!(is_true(moment), "{id:?} at {}: {:?}", moment.at, moment.reason);
                moments += 1;
            }
        }
    }
    assert!(moments > 1000, "{moments}");
}

/// A leader that goes on against the rules may have a timer that stands; what was let stand must have been done all the same.
#[test]
fn every_wrong_decision_can_stand_and_is_what_s3_then_does() {
    for id in all() {
        let mut walk = DutyWalk::new(id.duty());
        while let Some(moment) = walk.moment().cloned() {
            for wrong in moment.options.iter().copied().filter(|choice| *choice != moment.right) {
                let mut other = walk.clone();
                assert_eq!(other.decide(wrong), Some(false));
                assert!(other.let_stand(), "{id:?} at {}: {wrong:?} of {moment:?}", moment.at);
                let record = other.records().last().expect("one");
                assert_eq!((record.done, record.first), (wrong, wrong));
                did(&other.played(), &moment, wrong);
            }
            walk.decide(moment.right);
        }
    }
}

/// Holds a decision against the events of S3 at the moment before it was due.
fn did(history: &History, moment: &DutyMoment, choice: DutyChoice) {
    let window = Micros(moment.at.0 - 1)..=moment.at;
    let events: Vec<_> = history
        .happened()
        .filter(|event| event.server == Some(PLAYED) && window.contains(&event.at))
        .collect();
    let answers = events.iter().filter_map(|event| match event.kind {
        EventKind::Sent { message, .. } => Some(message),
        _ => None,
    });
    let says = |wanted: fn(&Message) -> bool| answers.clone().any(|message| wanted(&message));
    let arrived = events.iter().any(|event| match (event.kind, moment.trigger) {
        (EventKind::Delivered { from, message }, DutyTrigger::Message { id, message: sent }) => {
            (from, message) == (id.from, sent)
        }
        _ => false,
    });
    let role = events.last().map(|event| event.role);
    let so = match choice {
        DutyChoice::Grant => {
            arrived && says(|message| matches!(message, Message::RequestVoteReply { vote_granted: true, .. }))
        }
        DutyChoice::Refuse => {
            arrived
                && says(|message| {
                    matches!(
                        message,
                        Message::RequestVoteReply {
                            vote_granted: false,
                            ..
                        } | Message::AppendEntriesReply { success: false, .. }
                    )
                })
        }
        DutyChoice::Follow => {
            arrived && says(|message| matches!(message, Message::AppendEntriesReply { success: true, .. }))
        }
        DutyChoice::Ignore => !arrived,
        DutyChoice::StepDown => arrived && role == Some(Role::Follower),
        DutyChoice::GoOn => arrived && role == Some(moment.node.role()),
        DutyChoice::Count => arrived && role == Some(Role::Candidate),
        DutyChoice::Lead => arrived && says(|message| matches!(message, Message::AppendEntries { .. })),
        DutyChoice::Run | DutyChoice::RunAgain => {
            let asked = answers.clone().find_map(|message| match message {
                Message::RequestVote { term, .. } => Some(term),
                _ => None,
            });
            let own = moment.node.term();
            asked == Some(if choice == DutyChoice::Run { own.next() } else { own })
        }
        DutyChoice::Wait => !says(|message| matches!(message, Message::RequestVote { .. })),
    };
    assert!(so, "{choice:?} of {moment:?}: {events:#?}");
}

#[test]
fn by_the_rules_nothing_breaks_and_the_run_is_the_script_alone() {
    for id in all() {
        let walk = by_rules(id.duty());
        let (outcome, played) = (walk.outcome(), walk.played());
        assert!(outcome.is_nothing() && played.incidents().is_empty(), "{id:?}");
        assert_eq!(outcome.right_at_once, walk.records().len(), "{id:?}");
        assert_eq!(outcome.leaderless[0], outcome.leaderless[1], "{id:?}");
        let mut alone = id.duty().scenario.start();
        alone.seek(played.now());
        assert!(played.happened().eq(alone.happened()), "{id:?}");
    }
}

/// What has been broken, from the plain events: leaders of a term, and votes as they were sent.
fn broken(history: &History) -> Vec<Property> {
    let mut leaders: Vec<(Term, NodeId)> = Vec::new();
    let mut votes: Vec<(NodeId, Term, NodeId)> = Vec::new();
    let mut broken = Vec::new();
    for event in history.happened() {
        let Some(server) = event.server else { continue };
        match event.kind {
            EventKind::Persisted(state) => {
                if let Some(voted) = state.voted_for {
                    votes.push((server, state.current_term, voted));
                }
            }
            EventKind::Sent {
                message: Message::AppendEntries { term },
                ..
            } => leaders.push((term, server)),
            _ => {}
        }
    }
    let two_leaders = leaders.iter().any(|(term, one)| {
        leaders
            .iter()
            .any(|(other_term, other)| term == other_term && one != other)
    });
    let two_votes = votes.iter().any(|(voter, term, one)| {
        votes
            .iter()
            .any(|(v, t, other)| (v, t) == (voter, term) && one != other)
    });
    if two_leaders {
        broken.push(Property::ElectionSafety);
    }
    if two_votes {
        broken.push(Property::OneVotePerTerm);
    }
    broken
}

#[test]
fn what_is_said_to_be_broken_is_broken_by_the_decision_that_is_named() {
    let mut seen = Vec::new();
    for (seed, id) in (0..).zip(all()) {
        let walk = at_random(id.duty(), seed);
        let (outcome, played) = (walk.outcome(), walk.played());
        for property in [Property::ElectionSafety, Property::OneVotePerTerm] {
            let said = outcome
                .damage
                .iter()
                .any(|damage| damage.incident.violation.property == property);
            assert_eq!(said, broken(&played).contains(&property), "{id:?} {property:?}");
        }
        for damage in &outcome.damage {
            let record = damage.record.expect("a decision is named");
            assert!(!walk.records()[record].is_right());
            assert!(walk.records()[record].done_at <= damage.incident.at, "{id:?}");
            seen.push(damage.incident.violation.property);
        }
        assert_eq!(
            outcome.let_stand == 0,
            walk.records().iter().all(super::DutyRecord::is_right)
        );
    }
    for property in [
        Property::ElectionSafety,
        Property::OneVotePerTerm,
        Property::LeaderHadMajority,
    ] {
        assert!(seen.contains(&property), "{property:?}");
    }
}

/// Who won, from the first heartbeats of each term.
fn winners(history: &History) -> Vec<DutyWin> {
    let mut wins: Vec<DutyWin> = Vec::new();
    for event in history.happened() {
        if let (
            EventKind::Sent {
                message: Message::AppendEntries { term },
                ..
            },
            Some(server),
        ) = (event.kind, event.server)
            && !wins.iter().any(|win| (win.server, win.term) == (server, term))
        {
            wins.push(DutyWin {
                at: event.at,
                server,
                term,
            });
        }
    }
    wins
}

#[test]
fn what_is_said_of_elections_is_so_in_both_runs() {
    let mut partings = 0;
    for (seed, id) in (0..).zip(all()) {
        let walk = at_random(id.duty(), seed);
        let (outcome, played) = (walk.outcome(), walk.played());
        let mut rules = id.duty().scenario.start();
        rules.seek(played.now());
        let Some(parting) = outcome.parting else { continue };
        partings += 1;
        for (win, history) in [(parting.by_rules, &rules), (parting.played, &played)] {
            if let Some(win) = win {
                assert!(winners(history).contains(&win), "{id:?}: {win:?}");
            }
        }
        assert_ne!(parting.by_rules, parting.played);
    }
    assert!(partings > 20, "{partings}");
}

#[test]
fn each_decision_is_right_somewhere_or_a_mistake_and_each_is_offered() {
    let (mut right, mut offered) = (Vec::new(), Vec::new());
    for id in BuiltinDuty::ALL {
        for record in by_rules(id.duty()).records() {
            right.push(record.moment.right);
            offered.extend(record.moment.options);
        }
    }
    let mistakes = [DutyChoice::GoOn, DutyChoice::RunAgain, DutyChoice::Wait];
    for choice in DutyChoice::ALL {
        assert!(offered.contains(&choice), "{choice:?}");
        assert_eq!(right.contains(&choice), !mistakes.contains(&choice), "{choice:?}");
    }
}

#[test]
fn a_built_in_duty_has_some_decisions_and_one_that_breaks_something() {
    for id in BuiltinDuty::ALL {
        let walk = by_rules(id.duty());
        assert!(
            (6..=Duty::MOST).contains(&walk.records().len()),
            "{id:?}: {}",
            walk.records().len()
        );
        let breaks = (0..walk.records().len()).any(|place| {
            let moment = &walk.records()[place].moment;
            moment.options.iter().any(|choice| {
                let one_wrong = play(id.duty(), |walk, moment| {
                    if walk.records().len() == place {
                        *choice
                    } else {
                        moment.right
                    }
                });
                let damage = one_wrong.outcome().damage;
                let worst = [
                    Property::ElectionSafety,
                    Property::LeaderCompleteness,
                    Property::LeaderHadMajority,
                ];
                damage
                    .iter()
                    .any(|damage| worst.contains(&damage.incident.violation.property) && damage.record == Some(place))
            })
        });
        assert!(breaks, "{id:?}");
    }
}

#[test]
fn a_wrong_decision_that_is_taken_back_leaves_no_trace_but_is_remembered() {
    let mut walk = DutyWalk::new(BuiltinDuty::Voter.duty());
    let moment = walk.moment().cloned().expect("a decision");
    assert_eq!(walk.decide(DutyChoice::Refuse), Some(false));
    assert_eq!(
        walk.decide(DutyChoice::Grant),
        None,
        "first the wrong one is taken back"
    );
    walk.take_back();
    assert_eq!(walk.decide(DutyChoice::Run), None, "it is not offered");
    assert_eq!(walk.decide(DutyChoice::Grant), Some(true));
    let record = walk.records()[0].clone();
    assert_eq!(
        (record.moment, record.first, record.done),
        (moment, DutyChoice::Refuse, DutyChoice::Grant)
    );
    assert!(!walk.let_stand(), "there is none");
    let rest = by_rules(BuiltinDuty::Voter.duty());
    assert_eq!(walk.moment(), rest.records().get(1).map(|record| &record.moment));
}

#[test]
fn what_s3_did_by_itself_is_told() {
    let walk = DutyWalk::new(BuiltinDuty::Candidate.duty());
    let s1_leads = (NodeId::new(0), Term(1));
    let notes = walk.notes();
    assert_eq!((notes.voted, notes.leader), (Some(s1_leads), Some(s1_leads.0)));
    let leader = DutyWalk::new(BuiltinDuty::Leader.duty()).notes();
    assert_eq!((leader.stood, leader.won), (Some(Term(1)), Some(Term(1))));
    let restarts = |walk: &DutyWalk| walk.notes().restarted;
    let mut walk = DutyWalk::new(BuiltinDuty::Leader.duty());
    while !restarts(&walk) {
        let right = walk.moment().expect("it restarts before the end").right;
        walk.decide(right);
    }
    assert_eq!(DutyNotes::default().refused, NodeSet::EMPTY);
}

/// What was played is a run like any other.
#[test]
fn the_run_is_kept_in_links_and_files() {
    for (seed, id) in (0..40).zip(all()) {
        let run = at_random(id.duty(), seed).run("S3".to_owned());
        assert_eq!(link::decode(&link::encode(&run)).as_ref(), Ok(&run), "{id:?}");
        let read = file::read(&file::write(&run)).expect("a file");
        assert_eq!(read.recording, run.recording, "{id:?}");
        let (one, other) = (run.open().expect("a run"), at_random(id.duty(), seed).played());
        assert!(one.happened().eq(other.happened()), "{id:?}");
    }
}

/// No entry of a log is of a term that its server has not come to, whatever is decided: logs move before the first decision.
#[test]
fn logs_are_those_that_raft_allows_whatever_is_decided() {
    for (seed, id) in (0..).zip(all()) {
        let played = at_random(id.duty(), seed).played();
        for event in played.happened() {
            if let (EventKind::Decided(Decision::LogMoved(log)), term) = (event.kind, event.term) {
                assert!(
                    log.last_term <= term && event.at <= id.duty().asks_from,
                    "{id:?} at {}",
                    event.at
                );
            }
        }
    }
}
