//! A monitor whose memory is sixteen bytes, for a search that keeps millions of histories at once.

use super::{
    Properties, Status,
    judgement::{Change, Record, judge},
    logs::{held_by_majority, order},
};
use crate::raft::{LogPosition, NodeId, NodeSet, Term};

/// Who led which term first, and whom each server voted for first in it: sixteen bytes that are part of a checker's state.
///
/// A field for each term holds the number of its leader, and one for each voter and term the number of the candidate; 0 is
/// nobody. The [`PackedMonitor`] knows how wide they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PackedElections(u128);

impl PackedElections {
    /// Whether nothing is known of any.
    #[must_use]
    pub const fn is_blank(self) -> bool {
        self.0 == 0
    }

    /// All of them as two words, for hashing.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the two halves")]
    pub const fn words(self) -> [u64; 2] {
        [self.0 as u64, (self.0 >> 64) as u64]
    }

    /// Sixty-four bits from this one on. Put together from words, because WebAssembly shifts 128 bits by a call.
    const fn bits_from(self, at: u32) -> u64 {
        let [low, high] = self.words();
        if at < 64 {
            low >> at | high << 1 << (63 - at)
        } else {
            high >> (at - 64)
        }
    }
}

/// Judges steps as the [`Monitor`](super::Monitor) does, for a cluster whose logs stay as they are and whose terms are few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackedMonitor {
    size: u8,
    terms: u8,
    /// Bits of a field.
    width: u8,
    /// Servers that lack what a majority holds, and one that holds it.
    behind: Option<(NodeSet, NodeId)>,
}

impl PackedMonitor {
    /// A monitor of a cluster whose servers' logs end at these positions, from term 0 up to this one. `None` if sixteen bytes can't
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

    /// Judges what a step made of a server, and writes down what is needed to judge those that follow.
    #[must_use]
    pub fn observe(&self, elections: &mut PackedElections, server: NodeId, before: Status, now: Status) -> Properties {
        let mut broken = Properties::EMPTY;
        let mut record = Unpacked {
            monitor: self,
            elections,
        };
        judge(&mut record, Change { server, before, now }, |violation| {
            broken.insert(violation.property);
        });
        broken
    }

    /// Who was the first to lead this term, as far as it is known.
    #[must_use]
    pub fn leader_of(&self, elections: PackedElections, term: Term) -> Option<NodeId> {
        server_numbered(self.row(elections, term) & low(self.width))
    }

    /// Whom this server voted for first in this term, as far as it is known.
    #[must_use]
    pub fn vote_of(&self, elections: PackedElections, voter: NodeId, term: Term) -> Option<NodeId> {
        let place = usize::from(self.width) * voter.number();
        server_numbered(self.row(elections, term) >> place & low(self.width))
    }

    /// Forgets who led this term. Changes no later judgement if nobody can begin to lead it any more.
    pub fn forget_leader(&self, elections: &mut PackedElections, term: Term) {
        self.set(elections, self.leader_field(term), None);
    }

    /// Forgets a vote. Changes no later judgement if the voter can't vote for another in this term any more, and the one who
    /// had the vote can't begin to lead it.
    pub fn forget_vote(&self, elections: &mut PackedElections, voter: NodeId, term: Term) {
        self.set(elections, self.vote_field(voter, term), None);
    }

    /// The votes of this term that are known: who voted, and for whom.
    pub fn votes_of(&self, elections: PackedElections, term: Term) -> impl Iterator<Item = (NodeId, NodeId)> + use<> {
        let Self { size, width, .. } = *self;
        let mut row = self.row(elections, term);
        let all = NodeId::all(size.into()).map(move |voter| {
            row >>= width;
            (voter, server_numbered(row & low(width)))
        });
        all.filter_map(|(voter, candidate)| Some((voter, candidate?)))
    }

    /// Whether neither a leader nor a vote of this term is known.
    #[must_use]
    pub fn is_blank_in(&self, elections: PackedElections, term: Term) -> bool {
        self.row(elections, term) == 0
    }

    /// The elections of the same history with other names: `names` gives the new name of each server.
    #[must_use]
    pub fn renamed(&self, elections: PackedElections, names: &[NodeId]) -> PackedElections {
        let number = |server: Option<NodeId>| server.map_or(0, |server| names[server.index()].number() as u64);
        let mut renamed = PackedElections::default();
        for term in (0..=self.terms).map(|term| Term(term.into())) {
            if self.is_blank_in(elections, term) {
                continue;
            }
            let mut row = number(self.leader_of(elections, term));
            for (voter, candidate) in self.votes_of(elections, term) {
                row |= number(Some(candidate)) << (names[voter.index()].number() * usize::from(self.width));
            }
            renamed.0 |= shifted(row, self.leader_field(term));
        }
        renamed
    }

    /// All fields of a term, that of the leader first: ten of four bits at most.
    fn row(&self, elections: PackedElections, term: Term) -> u64 {
        elections.bits_from(self.leader_field(term)) & low((self.size + 1) * self.width)
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

    fn set(&self, elections: &mut PackedElections, field: u32, server: Option<NodeId>) {
        let number = server.map_or(0, NodeId::number) as u64;
        elections.0 &= !shifted(low(self.width), field);
        elections.0 |= shifted(number, field);
    }
}

/// These bits at this place, put together from words as [`PackedElections::bits_from`] takes them apart.
const fn shifted(bits: u64, to: u32) -> u128 {
    let (low, high) = if to < 64 {
        (bits << to, bits >> 1 >> (63 - to))
    } else {
        (0, bits << (to - 64))
    };
    (high as u128) << 64 | low as u128
}

/// The server in a field.
fn server_numbered(number: u64) -> Option<NodeId> {
    NodeId::from_number(usize::try_from(number).unwrap_or_default())
}

/// A mask: so many low bits are one.
const fn low(width: u8) -> u64 {
    (1 << width) - 1
}

/// The servers whose logs are less up-to-date than what a majority holds (§5.4.1), and a server that holds it. Logs don't move
/// here, so all of a majority's had ended there before any term began.
fn behind(logs: &[LogPosition]) -> Option<(NodeSet, NodeId)> {
    let all = || NodeId::all(logs.len()).map(|server| (server, logs[server.index()]));
    let (holder, held) = held_by_majority(all(), logs.len())?;
    let lacks = all().filter(|(_, end)| order(*end) < order(held));
    Some((lacks.map(|(server, _)| server).collect(), holder))
}

/// The elections of a run with the monitor that knows how they are packed.
struct Unpacked<'a> {
    monitor: &'a PackedMonitor,
    elections: &'a mut PackedElections,
}

impl Record for Unpacked<'_> {
    fn size(&self) -> usize {
        self.monitor.size.into()
    }

    fn remembers(&self, _: Term) -> bool {
        true
    }

    fn vote_of(&self, voter: NodeId, term: Term) -> Option<NodeId> {
        self.monitor.vote_of(*self.elections, voter, term)
    }

    fn votes_for(&self, candidate: NodeId, term: Term) -> usize {
        let votes = self.monitor.votes_of(*self.elections, term);
        votes.filter(|&(_, voted_for)| voted_for == candidate).count()
    }

    fn leader_of(&self, term: Term) -> Option<NodeId> {
        self.monitor.leader_of(*self.elections, term)
    }

    fn holder_of_what_lacks(&self, leader: NodeId, _: Term) -> Option<NodeId> {
        let (behind, holder) = self.monitor.behind?;
        behind.contains(leader).then_some(holder)
    }

    fn set_vote(&mut self, voter: NodeId, term: Term, candidate: NodeId) {
        let field = self.monitor.vote_field(voter, term);
        self.monitor.set(self.elections, field, Some(candidate));
    }

    fn set_leader(&mut self, leader: NodeId, term: Term) {
        let field = self.monitor.leader_field(term);
        self.monitor.set(self.elections, field, Some(leader));
    }

    /// Logs stay as they are.
    fn set_log(&mut self, _: Change) {}
}
