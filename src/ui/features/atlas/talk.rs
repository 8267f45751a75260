//! How the page and the worker speak of runs: one of each network is asked for at a time, by its rules and its seed, and what they
//! came to comes as numbers, part by part, in the order of the pictures.

use crate::lab::atlas::Stability;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtlasQuestion {
    /// Which set of rules.
    pub set: usize,
    /// The seed.
    pub seed: u64,
}

/// Tells it from the file of an experiment.
const WORD: &str = "atlas";

impl AtlasQuestion {
    /// As a text.
    pub fn encode(self) -> String {
        format!("{WORD} {} {}", self.set, self.seed)
    }

    /// What a text asks, if it is about the atlas.
    pub fn decode(text: &str) -> Option<Self> {
        let (set, seed) = text.strip_prefix(WORD)?.trim_start().split_once(' ')?;
        Some(Self {
            set: set.parse().ok()?,
            seed: seed.parse().ok()?,
        })
    }
}

/// What a run came to, as a number.
pub const fn write(stability: Stability) -> u32 {
    stability as u32
}

/// What the runs of a part came to.
pub fn read(part: &[u32]) -> impl Iterator<Item = Stability> {
    part.iter()
        .filter_map(|number| Stability::ALL.get(*number as usize).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_and_answers_arrive_as_they_were_sent() {
        let question = AtlasQuestion { set: 5, seed: 17 };
        assert_eq!(AtlasQuestion::decode(&question.encode()), Some(question));
        assert_eq!(AtlasQuestion::decode("raft-lab 1\nservers 5\n"), None);
        let sent = Stability::ALL.map(write);
        assert_eq!(read(&sent).collect::<Vec<_>>(), Stability::ALL);
    }
}
