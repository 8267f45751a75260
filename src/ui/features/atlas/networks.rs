//! The networks of the atlas, and what was seen in each.

use std::{cmp::Reverse, sync::LazyLock};

use crate::{
    lab::atlas::{KnownNetwork, NetworkShape, Stabilities, Stability, rule_sets},
    raft::{NodeId, Rule, Rules},
};

/// Servers of the networks, but for those with a name that have fewer.
const SERVERS: u8 = 5;

/// So many runs of each network are tried at most: as many as in `docs/atlas.md`.
pub const MOST_SEEDS: u64 = 100;

/// What the paper's rules can be extended by, in the order of [`rule_sets`].
pub const EXTENSIONS: [Rule; 3] = [Rule::PreVote, Rule::LeaderStickiness, Rule::CheckQuorum];

/// What all runs of a network came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeenStability {
    /// All to the same.
    Always(Stability),
    /// It depends on luck.
    Luck,
}

impl SeenStability {
    /// Whether it was proved, and not only seen.
    pub fn is_proved(self) -> bool {
        self == Self::Always(Stability::NoMajority)
    }

    /// All that there are.
    pub const ALL: [Self; 5] = [
        Self::Always(Stability::Settles),
        Self::Always(Stability::NeverSettles),
        Self::Always(Stability::Stuck),
        Self::Always(Stability::NoMajority),
        Self::Luck,
    ];
}

/// A picture of the atlas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtlasEntry {
    /// Its network.
    pub shape: NetworkShape,
    /// How many networks it stands for; none if it is not counted, as it has not five servers or links in one direction only.
    pub networks: u32,
    /// Its name.
    pub known: Option<KnownNetwork>,
}

impl AtlasEntry {
    /// Whether some of its links are up in one direction only.
    pub fn is_one_way(&self) -> bool {
        self.shape.is_one_way()
    }

    /// How many links there could be, and how many are cut.
    pub fn cut(&self) -> (usize, usize) {
        let size = usize::from(self.shape.size());
        let all = size * (size - 1) / 2;
        (all, all - self.shape.linked().count())
    }
}

static ENTRIES: LazyLock<Vec<AtlasEntry>> = LazyLock::new(|| {
    let known = KnownNetwork::ALL.map(|known| (known.shape(), known));
    let mut entries: Vec<_> = NetworkShape::two_way(SERVERS)
        .into_iter()
        .map(|count| AtlasEntry {
            shape: count.shape,
            networks: count.networks,
            known: known
                .iter()
                .find(|(shape, _)| *shape == count.shape)
                .map(|(_, known)| *known),
        })
        .collect();
    let is_counted = |shape: &NetworkShape| shape.size() == SERVERS && !shape.is_one_way();
    let uncounted = known.into_iter().filter(|(shape, _)| !is_counted(shape));
    entries.extend(uncounted.map(|(shape, known)| AtlasEntry {
        shape,
        networks: 0,
        known: Some(known),
    }));
    entries.sort_by_key(|entry| {
        let place = KnownNetwork::ALL.iter().position(|known| Some(*known) == entry.known);
        let of_leader = entry.shape.linked().filter(|(one, _)| *one == NodeId::new(0)).count();
        let place = place.unwrap_or(usize::MAX);
        (entry.is_one_way(), place, entry.cut().1, Reverse(of_leader))
    });
    entries
});

/// All pictures: first those with a name, then the fewer links are cut the earlier, and the more the leader has left the earlier; at the
/// end those with links in one direction only.
pub fn entries() -> &'static [AtlasEntry] {
    &ENTRIES
}

/// What was seen by a set of rules.
#[derive(Clone, Debug, Default)]
pub struct SeenNetworks {
    seen: Vec<Stabilities>,
    /// What the runs of the first seed came to.
    first: Vec<Stability>,
    /// What the runs of the next seed came to so far.
    part: Vec<Stability>,
    /// So many runs of each have been tried.
    pub seeds: u64,
}

impl SeenNetworks {
    /// What a network came to, if it is known.
    pub fn of(&self, entry: usize) -> Option<SeenStability> {
        match self.seen.get(entry) {
            Some(seen) => Some(seen.always().map_or(SeenStability::Luck, SeenStability::Always)),
            None => self.part.get(entry).copied().map(SeenStability::Always),
        }
    }

    /// What the first run of a network came to, if it is known.
    pub fn first(&self, entry: usize) -> Option<Stability> {
        let first = if self.seeds == 0 { &self.part } else { &self.first };
        first.get(entry).copied()
    }

    /// How many runs of a network came to this.
    pub fn count(&self, entry: usize, stability: Stability) -> u32 {
        self.seen.get(entry).map_or(0, |seen| seen.count(stability))
    }

    /// The runs of the next seed are tried from the first network on.
    pub fn begin(&mut self) {
        self.part.clear();
    }

    /// What the next networks came to with the next seed. Says whether that was the last of them.
    pub fn note(&mut self, part: impl IntoIterator<Item = Stability>) -> bool {
        self.part.extend(part);
        let is_whole = self.part.len() >= entries().len();
        if is_whole {
            if self.seeds == 0 {
                self.first.clone_from(&self.part);
            }
            self.seen.resize(entries().len(), Stabilities::default());
            for (seen, stability) in self.seen.iter_mut().zip(self.part.drain(..)) {
                seen.note(stability);
            }
            self.seeds += 1;
        }
        is_whole
    }

    /// How many networks came to this, of all that have five servers.
    pub fn networks(&self, stability: SeenStability) -> u32 {
        let all = entries().iter().enumerate();
        all.filter(|(index, _)| self.of(*index) == Some(stability))
            .map(|(_, entry)| entry.networks)
            .sum()
    }
}

/// How many networks there are.
pub fn networks() -> u32 {
    entries().iter().map(|entry| entry.networks).sum()
}

/// The rules of a set.
pub fn rules(set: usize) -> Rules {
    rule_sets()[set % rule_sets().len()]
}

/// The set of these extensions.
pub fn set_of(has: impl Fn(Rule) -> bool) -> usize {
    let bits = EXTENSIONS.iter().enumerate();
    bits.map(|(index, rule)| usize::from(has(*rule)) << index).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::atlas;

    #[test]
    fn every_network_is_there_once_between_those_with_a_name() {
        assert_eq!((entries().len(), networks()), (101, 1024));
        let known = entries().iter().filter_map(|entry| entry.known);
        assert_eq!(known.collect::<Vec<_>>(), KnownNetwork::ALL);
        assert!(entries()[4..91].iter().all(|entry| entry.known.is_none()));
        assert!(
            entries()[91..]
                .iter()
                .all(|entry| entry.is_one_way() && entry.networks == 0)
        );
        assert_eq!(entries()[4].cut(), (10, 0));
        assert_eq!(entries()[90].cut(), (10, 10));
    }

    #[test]
    fn a_set_is_told_by_its_extensions() {
        for set in 0..8 {
            assert_eq!(set_of(|rule| rules(set).get(rule)), set);
        }
        assert_eq!(rules(0), Rules::PAPER);
    }

    #[test]
    fn a_first_seed_shows_at_once_and_later_ones_count_when_they_are_whole() {
        let set = set_of(|rule| rule == Rule::PreVote);
        let seen = |seed: u64| {
            entries()
                .iter()
                .map(move |entry| atlas::stability(entry.shape, rules(set), seed))
        };
        let mut networks = SeenNetworks::default();
        let (settles, stuck) = (SeenStability::ALL[0], SeenStability::ALL[2]);
        assert!(!networks.note(seen(1).take(1)));
        assert_eq!((networks.of(0), networks.of(1), networks.seeds), (Some(stuck), None, 0));
        assert!(networks.note(seen(1).skip(1)));
        assert_eq!((networks.networks(settles), networks.networks(stuck)), (886, 112));
        assert!(!networks.note([Stability::Settles]));
        assert_eq!((networks.of(0), networks.seeds), (Some(stuck), 1));
        networks.begin();
        assert!(networks.note(std::iter::once(Stability::Settles).chain(seen(2).skip(1))));
        assert_eq!((networks.of(0), networks.seeds), (Some(SeenStability::Luck), 2));
        assert_eq!(networks.first(0), Some(Stability::Stuck));
    }
}
