//! Why an election was lost: how each candidacy ended, on the answers that it had, and why it began.

use super::{Answer, Ballot, Campaign, Contest, VoteFate};
use crate::{
    raft::{Decision, IgnoredReply, MAX_SERVERS, Message, NodeSet, Term},
    sim::{Chain, Event, EventId, EventKind, History},
    ui::run::answer::{AnswerLead, AnswerSide},
};

/// Events that are looked through for what became of a vote.
const SOUGHT: usize = 100_000;

impl Contest {
    /// What explains an election that nobody has won: what became of each candidacy, as far as it is over, and then why each
    /// began; both in the order of the servers.
    #[must_use]
    pub fn sides(&self, history: &History) -> Vec<AnswerSide> {
        let stood = crate::short_sort::sorted_by_key(&self.campaigns, |campaign| campaign.candidate);
        let is_open = |campaign: &&&Campaign| campaign.end.is_none();
        let ends = stood.iter().filter(|_| self.is_lost());
        let ends = ends.map(|campaign| self.end(history, campaign));
        // Why one stood that can't win any more is told with the answers that it had.
        let begins = stood.iter().filter(|campaign| !(self.is_lost() && is_open(campaign)));
        let begins = begins.map(|campaign| AnswerSide::from(Chain::of(history.trace(), campaign.event)));
        ends.chain(begins).filter(|side| !side.chain.steps.is_empty()).collect()
    }

    /// Whether its votes are split, so that nobody can win it any more. A majority that was given and not counted is no split.
    #[must_use]
    pub fn votes_are_split(&self) -> bool {
        self.taken.is_none() && self.won().is_none() && self.is_lost() && self.is_contested()
    }

    /// Whether nobody has won or can win any more.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        !self.is_running() || self.is_hopeless()
    }

    /// Which answers a candidate had, and what ended its candidacy, or why it stood if nothing has yet.
    fn end(&self, history: &History, campaign: &Campaign) -> AnswerSide {
        let told = campaign.end.map_or(campaign.event, |end| end.event);
        AnswerSide {
            chain: Chain::of(history.trace(), told),
            lead: Some(AnswerLead::Answers {
                candidate: campaign.candidate,
                votes: 1 + campaign.who(Answer::Counted).count(),
                quorum: self.quorum,
                coming: campaign.coming(),
                events: answers(history, campaign, self.term),
                is_over: campaign.end.is_some(),
            }),
        }
    }
}

impl Campaign {
    /// Whose votes are on their way to it and will arrive as things are, while it stands.
    fn coming(&self) -> NodeSet {
        let is_coming = |ballot: &&Ballot| {
            let is_open = self.end.is_none() && !ballot.arrived;
            is_open && (ballot.answer, ballot.fate) == (Answer::Given, VoteFate::Arrives)
        };
        self.ballots
            .iter()
            .filter(is_coming)
            .map(|ballot| ballot.voter)
            .collect()
    }
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
