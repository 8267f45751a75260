//! Where a [`Difference`] excuses what is not the same, and how ours goes on from there.

use raft_playground::raft::{Input, Message, NodeId, Role, Term, Timer};

use super::{
    both::{Before, Both, Cause, Made},
    difference::Difference,
    letter::{Kind, Letter},
    ours::Effects,
    schedule::Setup,
};

/// After a message arrived: if both took it differently and that is excused, ours takes it as theirs did.
pub fn arrival(both: &mut Both, made: &mut Made) -> Option<Difference> {
    let Cause::Arrival(letter) = &made.cause else {
        return None;
    };
    let (before, effects) = (&made.before, &mut made.effects);
    match letter.ours {
        Message::RequestVote { term, .. } if term == before.view.term => vote_of_term(both, before, letter, effects),
        Message::RequestVoteReply { term, vote_granted } => {
            answer(both, before, letter, effects, (Role::Candidate, term, vote_granted))
        }
        Message::PreVoteReply { term, vote_granted } => {
            answer(both, before, letter, effects, (Role::PreCandidate, term, vote_granted))
        }
        Message::AppendEntriesReply { term, success: false } => stale_answer(both, before, letter, effects, term),
        Message::TimeoutNow { term } => timeout_now(both, before, effects, term),
        _ => None,
    }
}

/// Ours goes on as if the message had been lost.
fn forget(both: &mut Both, before: &Before, effects: &mut Effects) {
    both.ours = before.ours.clone();
    *effects = Effects::default();
}

/// Ours goes on as if it had been another message.
fn take_as(both: &mut Both, before: &Before, effects: &mut Effects, from: NodeId, message: Message) {
    both.ours = before.ours.clone();
    *effects = both.ours.step(Input::Receive { from, message });
}

/// [`Difference::HoldsToLeaderOfTerm`], [`Difference::RepeatsVoteInLease`]: a request for a vote in its term arrived.
fn vote_of_term(both: &mut Both, before: &Before, letter: &Letter, effects: &mut Effects) -> Option<Difference> {
    let view = before.view;
    let unchanged = both.theirs.view() == view;
    if unchanged && holds_to_leader_of_term(before) && both.ours.view().vote == Some(letter.from) {
        forget(both, before, effects);
        let message = Message::RequestVoteReply {
            term: view.term,
            vote_granted: false,
        };
        effects.sent.push((letter.from, message));
        return Some(Difference::HoldsToLeaderOfTerm);
    }
    if unchanged && effects.held_to_leader && view.vote == Some(letter.from) {
        both.ours = before.ours.clone();
        both.ours.step(Input::Timeout(Timer::RecentLeader));
        *effects = both.ours.step(Input::Receive {
            from: letter.from,
            message: letter.ours,
        });
        return Some(Difference::RepeatsVoteInLease);
    }
    None
}

fn holds_to_leader_of_term(before: &Before) -> bool {
    before.view.vote.is_none() && before.view.leader.is_some()
}

/// The answer to a (pre-)candidate arrived.
fn answer(
    both: &mut Both,
    before: &Before,
    letter: &Letter,
    effects: &mut Effects,
    (asks_as, term, granted): (Role, Term, bool),
) -> Option<Difference> {
    if before.view.role != asks_as {
        return None;
    }
    let (old, new) = (before.view, both.theirs.view());
    let theirs_counts = both.theirs.tally() != before.tally || new != old;
    let ours_counts = both.ours.volatile() != before.ours.volatile();
    if !granted {
        // With this one, more have refused than a quorum can spare.
        let size = usize::from(both.setup.size);
        let lost = before.tally.1 + 1 > size - (size / 2 + 1);
        if lost && term == old.term && (new.role, new.term) == (Role::Follower, old.term) {
            both.ours.give_up();
            return Some(Difference::GivesUpWhenRefused);
        }
    } else if ours_counts && !theirs_counts {
        let asked_for = if asks_as == Role::Candidate {
            old.term
        } else {
            old.term.next()
        };
        let is_first_vote = !before.ours.volatile().votes.contains(letter.from);
        if term == asked_for && is_first_vote && before.tally.1 > 0 {
            forget(both, before, effects);
            return Some(Difference::KeepsFirstAnswer);
        }
    } else if theirs_counts && !ours_counts && asks_as == Role::PreCandidate && term == old.term {
        let message = Message::PreVoteReply {
            term: term.next(),
            vote_granted: true,
        };
        take_as(both, before, effects, letter.from, message);
        return Some(Difference::CountsPromiseForOwnTerm);
    }
    None
}

/// [`Difference::CountsAnswerToStaleHeartbeat`].
fn stale_answer(
    both: &mut Both,
    before: &Before,
    letter: &Letter,
    effects: &mut Effects,
    term: Term,
) -> Option<Difference> {
    let new = before
        .ours
        .volatile()
        .heard
        .is_some_and(|heard| !heard.contains(letter.from));
    if !(new && before.view.role == Role::Leader && term == before.view.term) {
        return None;
    }
    let message = Message::AppendEntriesReply { term, success: true };
    take_as(both, before, effects, letter.from, message);
    Some(Difference::CountsAnswerToStaleHeartbeat)
}

/// [`Difference::RunsOnDespiteTimeoutNow`].
fn timeout_now(both: &mut Both, before: &Before, effects: &mut Effects, term: Term) -> Option<Difference> {
    let asks = before.view.role == Role::PreCandidate;
    if !(asks && term == before.view.term && both.theirs.view() == before.view) {
        return None;
    }
    forget(both, before, effects);
    Some(Difference::RunsOnDespiteTimeoutNow)
}

/// [`Difference::RestartsTimerInNewerTerm`]: a message brought a newer term.
pub fn newer_term(both: &Both, made: &Made) -> bool {
    matches!(made.cause, Cause::Arrival(_)) && both.theirs.view().term > made.before.view.term
}

/// [`Difference::RepeatedVoteBeginsLease`]: the vote was given before, and is given once more.
pub fn repeated_vote(both: &Both, made: &Made) -> bool {
    let Cause::Arrival(letter) = &made.cause else {
        return false;
    };
    let again = made.before.view.vote == Some(letter.from) && both.theirs.view() == made.before.view;
    again && matches!(letter.ours, Message::RequestVote { term, .. } if term == made.before.view.term)
}

/// What excuses that ours sends this and theirs does not.
pub fn only_ours(both: &Both, made: &Made, message: Message) -> Option<Difference> {
    match (&made.cause, message) {
        (Cause::Transfer(to), Message::TimeoutNow { .. }) => {
            let waits = made.before.transfers_to == Some(*to) || both.theirs.lags(*to);
            waits.then_some(Difference::CatchesUpBeforeTransfer)
        }
        (Cause::Arrival(letter), _) => unanswered(both, made, letter, message),
        _ => None,
    }
}

/// [`Difference::LeavesStaleRequestUnanswered`], [`Difference::LeavesRequestInLeaseUnanswered`].
fn unanswered(both: &Both, made: &Made, letter: &Letter, answer: Message) -> Option<Difference> {
    let own = made.before.view.term;
    let Setup {
        pre_vote, check_quorum, ..
    } = both.setup;
    match (letter.ours, answer) {
        (
            Message::RequestVote { term, .. },
            Message::RequestVoteReply {
                vote_granted: false, ..
            },
        ) if term < own => Some(Difference::LeavesStaleRequestUnanswered),
        (Message::AppendEntries { term }, Message::AppendEntriesReply { success: false, .. })
            if term < own && !pre_vote && !check_quorum =>
        {
            Some(Difference::LeavesStaleRequestUnanswered)
        }
        (
            Message::RequestVote { term, .. },
            Message::RequestVoteReply {
                vote_granted: false, ..
            },
        )
        | (
            Message::PreVote { term, .. },
            Message::PreVoteReply {
                vote_granted: false, ..
            },
        ) if term > own && check_quorum && made.effects.held_to_leader => {
            Some(Difference::LeavesRequestInLeaseUnanswered)
        }
        _ => None,
    }
}

/// What excuses that theirs sends something of this kind and ours does not, and what ours would have to send it for.
pub fn only_theirs(made: &Made, to: NodeId, kind: Kind) -> Option<(Difference, Input)> {
    let replicates = match &made.cause {
        Cause::Propose | Cause::Transfer(_) => true,
        Cause::Arrival(letter) => matches!(letter.ours, Message::AppendEntriesReply { .. }),
        Cause::Start | Cause::Timeout(_) => false,
    };
    match (kind, &made.cause) {
        (Kind::AppendEntries, _) if replicates => Some((Difference::Replicates, Input::Timeout(Timer::Heartbeat))),
        (Kind::TimeoutNow, Cause::Arrival(letter)) if letter.from == to && made.before.transfers_to == Some(to) => {
            Some((Difference::CatchesUpBeforeTransfer, Input::TransferLeadership(to)))
        }
        _ => None,
    }
}

/// What excuses that both answer a PreVote differently, and the answer that theirs gives. It moves nothing but the answer.
pub fn other_answer(both: &Both, made: &Made, ours: Message) -> Option<(Difference, Message)> {
    let Cause::Arrival(letter) = &made.cause else {
        return None;
    };
    let (Message::PreVote { term, .. }, Message::PreVoteReply { vote_granted, .. }) = (letter.ours, ours) else {
        return None;
    };
    let own = made.before.view;
    let granted = Message::PreVoteReply {
        term,
        vote_granted: true,
    };
    let refused = Message::PreVoteReply {
        term: own.term,
        vote_granted: false,
    };
    if vote_granted {
        let holds = term == own.term && holds_to_leader_of_term(&made.before);
        return holds.then_some((Difference::HoldsToLeaderOfTerm, refused));
    }
    if !made.effects.held_to_leader {
        return None;
    }
    if term == own.term && own.vote == Some(letter.from) {
        return Some((Difference::RepeatsVoteInLease, granted));
    }
    (term > own.term && !both.setup.check_quorum).then_some((Difference::PromisesVoteDespiteLeader, granted))
}
