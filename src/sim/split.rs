//! Whether the votes of a term were split: one judgement for the measures, the marks, the sentence, the story and *Why?*.

use super::{Event, EventKind, Leadership, LostWhere};
use crate::raft::{Message, NodeId, NodeSet, Term};

/// What a candidate that could have won when it began to stand got of the votes of its term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VoteShare {
    /// Who voted for it, itself included, whether the votes arrived or not.
    pub voters: NodeSet,
    /// Whom its requests did not reach, of those that have not answered another.
    pub missed: Missed,
}

/// Whom a candidate's requests for votes did not reach, though they ran and were in no newer term: they might have voted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Missed {
    /// Their links were cut when it asked, or lose all messages: they are as good as down.
    pub away: NodeSet,
    /// The requests were lost on their way.
    pub lost: NodeSet,
}

impl VoteShare {
    /// Whether it has a majority, or would have one if no request had been lost on its way. `spent` are those that have voted.
    #[must_use]
    pub fn would_win(self, spent: NodeSet, quorum: usize) -> bool {
        self.has_with(self.missed.lost.without(spent), quorum)
    }

    const fn has_with(self, mut more: NodeSet, quorum: usize) -> bool {
        more.extend(self.voters);
        more.len() >= quorum
    }
}

impl Missed {
    /// Nobody.
    pub const NONE: Self = Self {
        away: NodeSet::EMPTY,
        lost: NodeSet::EMPTY,
    };

    /// All of them.
    #[must_use]
    pub const fn all(self) -> NodeSet {
        let mut all = self.away;
        all.extend(self.lost);
        all
    }

    /// Those of them that are not among these.
    #[must_use]
    pub const fn without(self, others: NodeSet) -> Self {
        Self {
            away: self.away.without(others),
            lost: self.lost.without(others),
        }
    }

    /// Takes in a request.
    pub fn take(&mut self, request: UnheardRequest) {
        if request.is_away {
            self.away.insert(request.by);
        } else if !self.away.contains(request.by) {
            self.lost.insert(request.by);
        }
    }
}

/// A request for a vote that does not reach its receiver, though that runs and is in no newer term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnheardRequest {
    /// Who asks.
    pub from: NodeId,
    /// Who does not hear it.
    pub by: NodeId,
    /// For which term.
    pub term: Term,
    /// Whether its link carried nothing when it was sent.
    pub is_away: bool,
}

impl UnheardRequest {
    /// That of an event: on a link that carries nothing it is known when the request is sent, on others when it is lost.
    #[must_use]
    pub fn of(event: &Event, cluster: &Leadership) -> Option<Self> {
        let server = event.server?;
        let (from, by, message, is_away) = match event.kind {
            EventKind::Sent { to, message, .. } if !cluster.links.is_up(server, to) => (server, to, message, true),
            EventKind::Lost { from, message, place } if place.is_on_link() => (from, server, message, false),
            _ => return None,
        };
        match message {
            Message::RequestVote { term, .. } if cluster.running.contains(by) && cluster.terms[by.index()] <= term => {
                Some(Self {
                    from,
                    by,
                    term,
                    is_away,
                })
            }
            _ => None,
        }
    }
}

impl LostWhere {
    /// Whether it is the link that loses a message, not a server at one of its ends.
    const fn is_on_link(self) -> bool {
        matches!(self, Self::Network | Self::CutLink | Self::Dropped | Self::FullLink)
    }
}

/// Whether candidates that contend for the votes of a term have kept each other from a majority (§5.2). Votes are not split if one
/// would win as it is ([`VoteShare::would_win`]). It takes two that would have won with the votes that others of them got from servers
/// that heard both. `spent` are those that have voted in the term, for whomever.
#[must_use]
pub fn votes_are_split(shares: impl Iterator<Item = VoteShare> + Clone, spent: NodeSet, quorum: usize) -> bool {
    let mut given = NodeSet::EMPTY;
    for share in shares.clone() {
        given.extend(share.voters);
    }
    let mut kept = 0;
    for share in shares {
        if share.would_win(spent, quorum) {
            return false;
        }
        kept += usize::from(share.has_with(given.without(share.missed.all()), quorum));
    }
    kept > 1
}
