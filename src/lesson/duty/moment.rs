//! When S3 has something to decide, and what the rules make it do.

use super::{DutyChoice, DutyMoment, DutyReason, DutyTrigger, PLAYED};
use crate::{
    raft::{Decision, DeniedVote, IgnoredReply, Message, Node, Role, Timer},
    sim::{Event, EventKind, History, InFlight, Micros, Observer, Process, World},
};

/// Keeps what happens to S3.
#[derive(Default)]
pub(super) struct Deeds(Vec<EventKind>);

impl Observer for Deeds {
    fn event(&mut self, event: &Event) {
        if event.server == Some(PLAYED) {
            self.0.push(event.kind);
        }
    }
}

impl Deeds {
    /// The first decision that fits.
    fn decision<T>(&self, fits: impl Fn(Decision) -> Option<T>) -> Option<T> {
        self.0.iter().find_map(|kind| match *kind {
            EventKind::Decided(decision) => fits(decision),
            _ => None,
        })
    }

    fn decided(&self, is: impl Fn(Decision) -> bool) -> bool {
        self.decision(|decision| is(decision).then_some(())).is_some()
    }

    /// Whether it has sent such an answer.
    fn answered(&self, is: impl Fn(Message) -> bool) -> bool {
        let sent = |kind: &EventKind| matches!(*kind, EventKind::Sent { message, .. } if is(message));
        self.0.iter().any(sent)
    }
}

/// The decision that is due at the next instant of a run, if one is. Nothing else of S3 may be due at it: one thing at a time.
pub(super) fn next(history: &History, at: Micros) -> Option<DutyMoment> {
    let world = history.world();
    let server = world.server(PLAYED);
    if server.process() != Process::Running {
        return None;
    }
    let timer = server.timer(Timer::Election).map(|armed| armed.fires_at);
    let arrives = |flight: &&InFlight| flight.due_at == at && flight.to() == PLAYED && flight.lost.is_none();
    let message = world.in_flight().find(arrives).map(|flight| DutyTrigger::Message {
        id: flight.id,
        message: flight.message,
    });
    let expires = (timer == Some(at)).then_some(DutyTrigger::Timeout);
    let is_one = world.in_flight().filter(arrives).count() + usize::from(expires.is_some()) == 1;
    let trigger = message.or(expires).filter(|_| is_one)?;
    let mut deeds = Deeds::default();
    world.clone().run_until(at, &mut deeds);
    let node = server.node();
    let right = choice(trigger, node, &deeds)?;
    let reason = reason(trigger, node, &deeds)?;
    let moment = DutyMoment {
        at,
        node: node.clone(),
        timer,
        trigger,
        options: options(trigger, node)?,
        right,
        reason,
    };
    (moment.offers(right) && is_worth_asking(&moment)).then_some(moment)
}

/// A follower's usual heartbeats are none: whom it follows is decided once a term.
fn is_worth_asking(moment: &DutyMoment) -> bool {
    let (DutyTrigger::Message { id, .. }, DutyChoice::Follow) = (moment.trigger, moment.right) else {
        return true;
    };
    moment.node.leader() != Some(id.from)
}

/// What S3 may do about something; `None` where it has nothing to decide.
fn options(trigger: DutyTrigger, node: &Node) -> Option<&'static [DutyChoice]> {
    use DutyChoice::{Count, Follow, GoOn, Grant, Ignore, Lead, Refuse, Run, RunAgain, StepDown, Wait};
    let follows = node.role() == Role::Follower;
    Some(match trigger {
        DutyTrigger::Timeout => &[Run, RunAgain, Wait],
        DutyTrigger::Message { message, .. } => match message {
            Message::RequestVote { .. } => &[Grant, Refuse, Ignore],
            Message::AppendEntries { .. } if follows => &[Follow, Refuse, Ignore],
            // It refuses it: somebody leads an older term, or its own, which comes of a wrong decision only.
            Message::AppendEntries { term } if node.role() == Role::Leader && term <= node.term() => return None,
            Message::AppendEntries { .. } => &[StepDown, Refuse, Ignore],
            Message::RequestVoteReply { .. } | Message::AppendEntriesReply { .. } if follows => return None,
            reply if reply.term() > node.term() => &[StepDown, GoOn, Ignore],
            Message::RequestVoteReply { vote_granted: true, .. } if node.role() == Role::Candidate => {
                &[Count, Lead, Ignore]
            }
            _ => return None,
        },
    })
}

/// What S3 did, as one of its choices.
pub(super) fn choice(trigger: DutyTrigger, before: &Node, deeds: &Deeds) -> Option<DutyChoice> {
    let DutyTrigger::Message { message, .. } = trigger else {
        let started = deeds.decision(|decision| match decision {
            Decision::ElectionStarted { term } => Some(term),
            _ => None,
        });
        return Some(match started {
            Some(term) if term > before.term() => DutyChoice::Run,
            Some(_) => DutyChoice::RunAgain,
            None => DutyChoice::Wait,
        });
    };
    let granted = deeds.decided(|decision| matches!(decision, Decision::VoteGranted { .. }));
    let accepted = deeds.decided(|decision| matches!(decision, Decision::HeartbeatAccepted { .. }));
    let counted = deeds.decided(|decision| matches!(decision, Decision::VoteReceived { .. }));
    let won = deeds.decided(|decision| matches!(decision, Decision::ElectionWon { .. }));
    let stepped_down = deeds.decided(|decision| matches!(decision, Decision::SteppedDown(_)));
    let learned = deeds.decided(|decision| matches!(decision, Decision::TermAdvanced { .. }));
    let refused = deeds.answered(|answer| {
        matches!(
            answer,
            Message::RequestVoteReply {
                vote_granted: false,
                ..
            } | Message::AppendEntriesReply { success: false, .. }
        )
    });
    Some(match message {
        Message::RequestVote { .. } if granted => DutyChoice::Grant,
        Message::AppendEntries { .. } if accepted && before.role() == Role::Follower => DutyChoice::Follow,
        Message::AppendEntries { .. } if accepted => DutyChoice::StepDown,
        Message::RequestVote { .. } | Message::AppendEntries { .. } if refused => DutyChoice::Refuse,
        Message::RequestVoteReply { .. } | Message::AppendEntriesReply { .. } if stepped_down => DutyChoice::StepDown,
        Message::RequestVoteReply { .. } if won => DutyChoice::Lead,
        Message::RequestVoteReply { .. } if counted => DutyChoice::Count,
        Message::RequestVoteReply { .. } | Message::AppendEntriesReply { .. } if learned => DutyChoice::GoOn,
        _ => DutyChoice::Ignore,
    })
}

/// Plays something in a clone of a world, and says what S3 did about what was about to happen.
pub(super) fn played(
    world: &World,
    moment: &DutyMoment,
    play: impl FnOnce(&mut World, &mut Deeds) -> bool,
) -> Option<DutyChoice> {
    let mut deeds = Deeds::default();
    let mut world = world.clone();
    if play(&mut world, &mut deeds) {
        choice(moment.trigger, &moment.node, &deeds)
    } else {
        None
    }
}

/// Why the rules make S3 do what it does.
fn reason(trigger: DutyTrigger, before: &Node, deeds: &Deeds) -> Option<DutyReason> {
    let (own, was) = (before.term(), before.role());
    let DutyTrigger::Message { id, message } = trigger else {
        return deeds.decision(|decision| match decision {
            Decision::ElectionStarted { term } => Some(DutyReason::TimerExpired { term, own, was }),
            _ => None,
        });
    };
    let (from, theirs) = (id.from, message.term());
    let of = |decision: Decision| {
        Some(match decision {
            Decision::VoteGranted { to, term, .. } => DutyReason::VoteIsFree {
                candidate: to,
                term,
                own,
                again: term == own && before.voted_for() == Some(to),
            },
            Decision::VoteDenied { to, term, why } => match why {
                DeniedVote::StaleTerm => DutyReason::TermIsOld { own, theirs },
                DeniedVote::AlreadyVotedFor(to) => DutyReason::HasVoted { to, term },
                DeniedVote::LogBehind { mine, theirs } => DutyReason::LogBehind {
                    candidate: to,
                    mine,
                    theirs,
                    newer: (term > own).then_some(term),
                },
                DeniedVote::HasLeader(_) | DeniedVote::LowerPriority => return None,
            },
            Decision::HeartbeatAccepted { from: leader, .. } => DutyReason::HasLeader {
                leader,
                term: theirs,
                own,
                was,
            },
            Decision::HeartbeatDenied { .. } => DutyReason::TermIsOld { own, theirs },
            Decision::VoteReceived { count: votes, .. } => {
                let (quorum, term) = (before.quorum(), own);
                if votes < quorum {
                    DutyReason::TooFewVotes { votes, quorum }
                } else {
                    DutyReason::Majority { votes, quorum, term }
                }
            }
            Decision::ReplyIgnored { why, .. } => match why {
                IgnoredReply::StaleTerm => DutyReason::VoteIsOld { own, theirs },
                IgnoredReply::Duplicate => DutyReason::VoteIsCounted { voter: from },
                IgnoredReply::NotCandidate => return None,
            },
            _ => return None,
        })
    };
    let is_reply = matches!(
        message,
        Message::RequestVoteReply { .. } | Message::AppendEntriesReply { .. }
    );
    if is_reply && theirs > own {
        return Some(DutyReason::TermIsNewer { own, theirs, was });
    }
    deeds.decision(of)
}
