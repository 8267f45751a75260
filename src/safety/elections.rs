//! Who voted for whom and who led, by term. Cheap to clone, bounded in size.

use std::rc::Rc;

use crate::raft::{MAX_SERVERS, NodeId, Term};

const TERMS_PER_CHUNK: u32 = 32;

/// Terms that are remembered at least, up to the newest. In older ones nothing is judged any more: only a server that
/// slept through all those elections, or whose disk was wiped, can still be there.
pub(super) const TERMS_REMEMBERED: u32 = 16_384;

const CHUNKS: u32 = TERMS_REMEMBERED / TERMS_PER_CHUNK + 1;

/// What is known of one term: ten bytes, because a long run has many terms and many checkpoints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Election {
    leader: u8,
    /// By voter: the number of the server that has its vote, 0 for none.
    votes: [u8; MAX_SERVERS],
}

impl Election {
    /// The first to lead the term.
    pub(super) const fn leader(self) -> Option<NodeId> {
        NodeId::from_number(self.leader as usize)
    }

    /// Whom this server voted for first.
    pub(super) const fn vote_of(self, voter: NodeId) -> Option<NodeId> {
        NodeId::from_number(self.votes[voter.index()] as usize)
    }

    pub(super) fn votes_for(self, candidate: NodeId) -> usize {
        self.votes.iter().filter(|vote| **vote == number(candidate)).count()
    }

    pub(super) const fn set_leader(&mut self, leader: NodeId) {
        self.leader = number(leader);
    }

    pub(super) const fn set_vote(&mut self, voter: NodeId, candidate: NodeId) {
        self.votes[voter.index()] = number(candidate);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "at most nine")]
const fn number(server: NodeId) -> u8 {
    server.number() as u8
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Chunk {
    number: u32,
    elections: [Election; TERMS_PER_CHUNK as usize],
}

/// Elections by term, in shared chunks: a clone copies pointers only, and a write copies one chunk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Elections {
    /// In order, without those in which nothing happened.
    chunks: Vec<Rc<Chunk>>,
    /// Chunks below this number are forgotten.
    first: u32,
}

impl Elections {
    /// What is known of a term, to be changed. `None` if the term is forgotten.
    pub(super) fn get_mut(&mut self, term: Term) -> Option<&mut Election> {
        let (number, offset) = split(term);
        if number < self.first {
            return None;
        }
        let position = self.position(number).unwrap_or_else(|gap| self.insert(gap, number));
        Some(&mut Rc::make_mut(&mut self.chunks[position]).elections[offset])
    }

    /// What is known of a term; nothing if it is forgotten.
    pub(super) fn get(&self, term: Term) -> Election {
        let (number, offset) = split(term);
        self.position(number).map_or_else(
            |_| Election::default(),
            |position| self.chunks[position].elections[offset],
        )
    }

    /// Whether nothing of this term was forgotten.
    pub(super) const fn remembers(&self, term: Term) -> bool {
        split(term).0 >= self.first
    }

    fn position(&self, number: u32) -> Result<usize, usize> {
        // Nearly always the newest chunk. Without this arm the search finds the same, only later.
        match self.chunks.last() {
            Some(last) if last.number == number => Ok(self.chunks.len() - 1),
            _ => self.chunks.binary_search_by_key(&number, |chunk| chunk.number),
        }
    }

    /// Makes room for a chunk that is not forgotten. Says where it is.
    fn insert(&mut self, gap: usize, number: u32) -> usize {
        let elections = [Election::default(); TERMS_PER_CHUNK as usize];
        self.chunks.insert(gap, Rc::new(Chunk { number, elections }));
        gap - self.forget()
    }

    /// Drops the chunks that lie too far behind the newest. Says how many.
    fn forget(&mut self) -> usize {
        let newest = self.chunks.last().map_or(0, |chunk| chunk.number);
        self.first = self.first.max((newest + 1).saturating_sub(CHUNKS));
        let forgotten = self.chunks.partition_point(|chunk| chunk.number < self.first);
        self.chunks.drain(..forgotten);
        forgotten
    }
}

const fn split(term: Term) -> (u32, usize) {
    (term.0 / TERMS_PER_CHUNK, (term.0 % TERMS_PER_CHUNK) as usize)
}

#[cfg(test)]
mod tests {
    use super::{CHUNKS, Elections, TERMS_REMEMBERED};
    use crate::raft::{NodeId, Term};

    const S1: NodeId = NodeId::new(0);

    fn leads(elections: &mut Elections, term: u32) {
        if let Some(election) = elections.get_mut(Term(term)) {
            election.set_leader(S1);
        }
    }

    #[test]
    fn the_newest_terms_are_remembered_and_memory_is_bounded() {
        let mut elections = Elections::default();
        for newest in (0..5 * TERMS_REMEMBERED).step_by(7) {
            leads(&mut elections, newest);
            // A server with a blank disk comes by, again and again.
            leads(&mut elections, 0);
            let oldest = newest.saturating_sub(TERMS_REMEMBERED).next_multiple_of(7);
            assert_eq!(elections.get(Term(oldest)).leader(), Some(S1), "{oldest} of {newest}");
            assert!(elections.chunks.len() <= CHUNKS as usize);
        }
    }

    #[test]
    fn a_term_far_ahead_leaves_only_what_is_near_it() {
        let mut elections = Elections::default();
        leads(&mut elections, 1);
        leads(&mut elections, u32::MAX);
        assert_eq!(elections.get(Term(u32::MAX)).leader(), Some(S1));
        assert_eq!(elections.get(Term(1)).leader(), None);
        assert!(
            elections.get_mut(Term(1)).is_none(),
            "nothing is judged in a forgotten term"
        );
        assert_eq!(elections.chunks.len(), 1);
    }
}
