//! Who voted for whom and who led, by term. Cheap to clone, bounded in size.

use std::rc::Rc;

use crate::raft::{MAX_SERVERS, NodeId, Term};

const TERMS_PER_CHUNK: usize = 32;

/// Terms that are remembered. An older one is forgotten; only a server whose disk was wiped could ever return to it.
pub(super) const TERMS_REMEMBERED: usize = 65_536;

/// What is known of one term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) leader: Option<NodeId>,
    /// Indexed by voter: for whom it voted.
    pub(super) votes: [Option<NodeId>; MAX_SERVERS],
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Chunk {
    number: u32,
    records: [Record; TERMS_PER_CHUNK],
}

/// Records by term, in shared chunks: a clone copies pointers only, and a write copies one chunk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct History {
    chunks: Vec<Rc<Chunk>>,
}

impl History {
    /// The record of a term, to be changed. A term that was forgotten starts blank again.
    pub(super) fn record(&mut self, term: Term) -> &mut Record {
        let (number, offset) = split(term);
        let position = self.position(number).unwrap_or_else(|gap| self.insert(gap, number));
        &mut Rc::make_mut(&mut self.chunks[position]).records[offset]
    }

    /// What is known of a term.
    pub(super) fn get(&self, term: Term) -> Record {
        let (number, offset) = split(term);
        self.position(number)
            .map_or_else(|_| Record::default(), |position| self.chunks[position].records[offset])
    }

    fn position(&self, number: u32) -> Result<usize, usize> {
        // Nearly always the newest chunk.
        match self.chunks.last() {
            Some(last) if last.number == number => Ok(self.chunks.len() - 1),
            _ => self.chunks.binary_search_by_key(&number, |chunk| chunk.number),
        }
    }

    fn insert(&mut self, gap: usize, number: u32) -> usize {
        let records = [Record::default(); TERMS_PER_CHUNK];
        self.chunks.insert(gap, Rc::new(Chunk { number, records }));
        if self.chunks.len() > TERMS_REMEMBERED / TERMS_PER_CHUNK && gap > 0 {
            self.chunks.remove(0);
            return gap - 1;
        }
        gap
    }
}

fn split(term: Term) -> (u32, usize) {
    #[expect(clippy::cast_possible_truncation, reason = "32 fits")]
    let per_chunk = TERMS_PER_CHUNK as u32;
    (term.0 / per_chunk, (term.0 % per_chunk) as usize)
}
