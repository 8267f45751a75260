//! The monitor's judgement in a few words, for a search that keeps millions of histories at once.

use super::{Property, Status};
use crate::raft::{LogPosition, NodeId, NodeSet, Role, Term};

/// A set of properties, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Properties(u8);

impl Properties {
    /// No property.
    pub const NONE: Self = Self(0);

    /// Every property.
    pub const ALL: Self = Self((1 << Property::ALL.len()) - 1);

    /// This one only.
    #[must_use]
    pub const fn only(property: Property) -> Self {
        Self(1 << property as u8)
    }

    /// Adds a property.
    pub const fn insert(&mut self, property: Property) {
        self.0 |= Self::only(property).0;
    }

    /// The set as bits.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Those that are in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether the property is in.
    #[must_use]
    pub const fn contains(self, property: Property) -> bool {
        self.0 & Self::only(property).0 != 0
    }

    /// Whether none is in.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The members, the most important first.
    pub fn iter(self) -> impl Iterator<Item = Property> {
        Property::ALL
            .into_iter()
            .filter(move |&property| self.contains(property))
    }
}

impl FromIterator<Property> for Properties {
    fn from_iter<I: IntoIterator<Item = Property>>(properties: I) -> Self {
        let mut set = Self::NONE;
        for property in properties {
            set.insert(property);
        }
        set
    }
}

/// Who led which term first, and whom each server voted for first in it: sixteen bytes that are part of a checker's state.
///
/// A field for each term holds the number of its leader, and one for each voter and term the number of the candidate; 0 is
/// nobody. The [`Judge`] knows how wide they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ledger(u128);

impl Ledger {
    /// Whether nothing is known.
    #[must_use]
    pub const fn is_blank(self) -> bool {
        self.0 == 0
    }

    /// The whole ledger as two words, for hashing.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the two halves")]
    pub const fn words(self) -> [u64; 2] {
        [self.0 as u64, (self.0 >> 64) as u64]
    }
}

/// Judges steps as the [`Monitor`](super::Monitor) does, for a cluster whose logs stay as they are and whose terms are few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judge {
    size: u8,
    terms: u8,
    /// Bits of a field.
    width: u8,
    /// Servers that lack what a majority holds.
    behind: NodeSet,
}

impl Judge {
    /// A judge of a cluster whose servers' logs end at these positions, from term 0 up to this one. `None` if a ledger can't
    /// hold that much: the last term is at most 15 with three servers, 6 with five, 2 with nine.
    #[must_use]
    pub fn new(logs: &[LogPosition], terms: u8) -> Option<Self> {
        let size = u8::try_from(logs.len()).ok()?;
        let width = u8::try_from((size + 1).next_power_of_two().trailing_zeros()).ok()?;
        let bits = u32::from(width) * (u32::from(terms) + 1) * (u32::from(size) + 1);
        let fits = bits <= u128::BITS;
        fits.then(|| Self {
            size,
            terms,
            width,
            behind: behind(logs),
        })
    }

    /// Judges what a step made of a server, and remembers what has to be remembered. A restart is a step, too.
    #[must_use]
    pub fn observe(&self, ledger: &mut Ledger, server: NodeId, before: Status, now: Status) -> Properties {
        let mut broken = Properties::NONE;
        if before == now {
            return broken;
        }
        if now.term < before.term {
            broken.insert(Property::MonotonicTerms);
        }
        if !self.vote(ledger, server, now) {
            broken.insert(Property::OneVotePerTerm);
        }
        if now.role == Role::Leader {
            self.leads(ledger, server, before, now, &mut broken);
        }
        broken
    }

    /// Whether the vote is the first that this server gave in the term, or the same again.
    fn vote(&self, ledger: &mut Ledger, server: NodeId, now: Status) -> bool {
        let Some(candidate) = now.voted_for else { return true };
        match self.vote_of(*ledger, server, now.term) {
            Some(earlier) => earlier == candidate,
            None => {
                self.set(ledger, self.vote_field(server, now.term), Some(candidate));
                true
            }
        }
    }

    fn leads(&self, ledger: &mut Ledger, server: NodeId, before: Status, now: Status, broken: &mut Properties) {
        let term = now.term;
        if self.behind.contains(server) && (before.role, before.term) != (now.role, term) {
            broken.insert(Property::LeaderCompleteness);
        }
        let first = self.leader_of(*ledger, term);
        if first == Some(server) {
            return;
        }
        let votes = self
            .votes_of(*ledger, term)
            .filter(|&(_, candidate)| candidate == server);
        if votes.count() * 2 <= usize::from(self.size) {
            broken.insert(Property::LeaderHadMajority);
        }
        match first {
            None => self.set(ledger, self.leader_field(term), Some(server)),
            Some(_) => broken.insert(Property::ElectionSafety),
        }
    }

    /// Who was the first to lead this term, as far as it is known.
    #[must_use]
    pub fn leader_of(&self, ledger: Ledger, term: Term) -> Option<NodeId> {
        server_numbered(self.row(ledger, term) & low(self.width))
    }

    /// Whom this server voted for first in this term, as far as it is known.
    #[must_use]
    pub fn vote_of(&self, ledger: Ledger, voter: NodeId, term: Term) -> Option<NodeId> {
        let place = usize::from(self.width) * voter.number();
        server_numbered(self.row(ledger, term) >> place & low(self.width))
    }

    /// Forgets who led this term. Changes no later judgement if nobody can begin to lead it any more.
    pub fn forget_leader(&self, ledger: &mut Ledger, term: Term) {
        self.set(ledger, self.leader_field(term), None);
    }

    /// Forgets a vote. Changes no later judgement if the voter can't vote for another in this term any more, and the one who
    /// had the vote can't begin to lead it.
    pub fn forget_vote(&self, ledger: &mut Ledger, voter: NodeId, term: Term) {
        self.set(ledger, self.vote_field(voter, term), None);
    }

    /// The votes of this term that are known: who voted, and for whom.
    pub fn votes_of(&self, ledger: Ledger, term: Term) -> impl Iterator<Item = (NodeId, NodeId)> + use<> {
        let Self { size, width, .. } = *self;
        let mut row = self.row(ledger, term);
        let all = NodeId::all(size.into()).map(move |voter| {
            row >>= width;
            (voter, server_numbered(row & low(width)))
        });
        all.filter_map(|(voter, candidate)| Some((voter, candidate?)))
    }

    /// Whether neither a leader nor a vote of this term is known.
    #[must_use]
    pub fn is_blank_in(&self, ledger: Ledger, term: Term) -> bool {
        self.row(ledger, term) == 0
    }

    /// The ledger of the same history with other names: `names` gives the new name of each server.
    #[must_use]
    pub fn renamed(&self, ledger: Ledger, names: &[NodeId]) -> Ledger {
        let number = |server: Option<NodeId>| server.map_or(0, |server| names[server.index()].number() as u64);
        let mut renamed = Ledger::default();
        for term in (0..=self.terms).map(|term| Term(term.into())) {
            if self.is_blank_in(ledger, term) {
                continue;
            }
            let mut row = number(self.leader_of(ledger, term));
            for (voter, candidate) in self.votes_of(ledger, term) {
                row |= number(Some(candidate)) << (names[voter.index()].number() * usize::from(self.width));
            }
            renamed.0 |= u128::from(row) << self.leader_field(term);
        }
        renamed
    }

    /// All fields of a term, that of the leader first: ten of four bits at most.
    #[expect(clippy::cast_possible_truncation, reason = "only the low bits are wanted")]
    fn row(&self, ledger: Ledger, term: Term) -> u64 {
        (ledger.0 >> self.leader_field(term)) as u64 & low((self.size + 1) * self.width)
    }

    /// Where the field of a term's leader begins.
    fn leader_field(&self, term: Term) -> u32 {
        debug_assert!(term.0 <= u32::from(self.terms), "{term} lies beyond the bounds");
        term.0 * (u32::from(self.size) + 1) * u32::from(self.width)
    }

    fn vote_field(&self, voter: NodeId, term: Term) -> u32 {
        let number = u32::try_from(voter.number()).unwrap_or_default();
        self.leader_field(term) + number * u32::from(self.width)
    }

    fn set(&self, ledger: &mut Ledger, field: u32, server: Option<NodeId>) {
        let number = server.map_or(0, NodeId::number) as u128;
        ledger.0 &= !(((1 << self.width) - 1) << field);
        ledger.0 |= number << field;
    }
}

/// The server in a field.
fn server_numbered(number: u64) -> Option<NodeId> {
    NodeId::from_number(usize::try_from(number).unwrap_or_default())
}

/// So many ones.
const fn low(width: u8) -> u64 {
    (1 << width) - 1
}

/// The servers whose logs are less up-to-date than what a majority holds (§5.4.1). Logs don't move here, so all of a
/// majority's had ended there before any term began.
fn behind(logs: &[LogPosition]) -> NodeSet {
    let order = |log: &LogPosition| (log.last_term, log.last_index);
    let mut best_first: Vec<_> = logs.iter().map(order).collect();
    best_first.sort_by_key(|&log| std::cmp::Reverse(log));
    let Some(&held) = best_first.get(logs.len() / 2) else {
        return NodeSet::EMPTY;
    };
    let lacks = |server: &NodeId| order(&logs[server.index()]) < held;
    NodeId::all(logs.len()).filter(lacks).collect()
}
