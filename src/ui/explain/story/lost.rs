//! Why an election was lost: how each candidacy ended, on the answers that it had, and why it began.

use super::{Campaign, Contest};
use crate::{
    raft::{Decision, IgnoredReply, MAX_SERVERS, Message, Term},
    sim::{Chain, Event, EventId, EventKind, History},
};

/// Events that are looked through for what became of a vote.
const SOUGHT: usize = 100_000;

impl Contest {
    /// What explains an election that nobody has won: how each candidacy ended, as far as it has, and then why each began.
    #[must_use]
    pub fn chains(&self, history: &History) -> Vec<Chain> {
        let ends = self.campaigns.iter().filter(|_| !self.is_running());
        let ends = ends.filter_map(|campaign| end(history, campaign, self.term));
        let begins = self
            .campaigns
            .iter()
            .map(|campaign| Chain::of(history.trace(), campaign.event));
        ends.chain(begins).filter(|chain| !chain.steps.is_empty()).collect()
    }
}

/// How a candidacy ended, with what had become of each other server's vote.
fn end(history: &History, campaign: &Campaign, term: Term) -> Option<Chain> {
    let mut chain = Chain::of(history.trace(), campaign.end?.event);
    let last = chain.steps.first_mut()?;
    last.evidence.extend(answers(history, campaign, term));
    Some(chain)
}

/// The most telling event about each other server's vote, in order: that it was counted or ignored, else that it was lost on its
/// way, else how it was given or refused, else that the request was lost.
fn answers(history: &History, campaign: &Campaign, term: Term) -> Vec<Event> {
    let mut best: [Option<(u8, Event)>; MAX_SERVERS] = [None; MAX_SERVERS];
    let happened = history.trace().range(campaign.event, history.world().next_event());
    for event in happened.take(SOUGHT) {
        let ended = campaign.end.is_some_and(|end| event.id > end.event);
        let Some((voter, weight)) = answer(history, campaign, term, event, ended) else {
            continue;
        };
        let known = &mut best[voter];
        if known.is_none_or(|(before, _)| weight > before) {
            *known = Some((weight, *event));
        }
    }
    let mut events: Vec<Event> = best.into_iter().flatten().map(|(_, event)| event).collect();
    events = crate::short_sort::sorted_by_key(events, |event| event.id);
    events
}

/// Whose vote an event tells of, and how much it tells.
fn answer(history: &History, campaign: &Campaign, term: Term, event: &Event, ended: bool) -> Option<(usize, u8)> {
    let (server, candidate) = (event.server?, campaign.candidate);
    let about = |message: Message| message.term() == term;
    let (voter, weight) =
        match event.kind {
            EventKind::Decided(Decision::VoteReceived { from, .. }) if server == candidate && !ended => (from, 5),
            EventKind::Decided(Decision::ReplyIgnored {
                from,
                why: IgnoredReply::StaleTerm | IgnoredReply::NotCandidate,
            }) if server == candidate && is_vote(history, event.cause, term) => (from, 4),
            EventKind::Lost { from, message, .. } if server == candidate && is_granted(message) && about(message) => {
                (from, 3)
            }
            EventKind::Decided(
                Decision::VoteGranted { to, term: of, .. } | Decision::VoteDenied { to, term: of, .. },
            ) if (to, of) == (candidate, term) => (server, 2),
            EventKind::Lost { from, message, .. }
                if from == candidate && matches!(message, Message::RequestVote { .. }) && about(message) =>
            {
                (server, 1)
            }
            _ => return None,
        };
    Some((voter.index(), weight))
}

/// Whether an event is the arrival of a vote for a term.
fn is_vote(history: &History, event: Option<EventId>, term: Term) -> bool {
    let event = event.and_then(|event| history.trace().get(event));
    event.is_some_and(|event| match event.kind {
        EventKind::Delivered { message, .. } => is_granted(message) && message.term() == term,
        _ => false,
    })
}

const fn is_granted(message: Message) -> bool {
    matches!(message, Message::RequestVoteReply { vote_granted: true, .. })
}
