//! The built-in scenarios: which there are, and what their files say about them.

use super::lablog;
use crate::sim::Micros;

/// Makes [`ScenarioId`]. A line has the name in the code and the name in links and files, which never changes. The file of the
/// same name in the folder `builtin` has everything else.
macro_rules! scenarios {
    ($($(#[$default:meta])? $id:ident = $slug:literal,)*) => {
        /// Which scenario.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum ScenarioId {
            $(
                #[doc = concat!("That of `builtin/", $slug, ".raft`.")]
                $(#[$default])?
                $id,
            )*
            /// None of the built-in ones: from a link or a file.
            Own,
        }

        impl ScenarioId {
            /// All that are built in, in the order in which they are offered.
            pub const ALL: [Self; [$(Self::$id),*].len()] = [$(Self::$id),*];

            /// Its name in links and files. Never changes.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self {
                    $(Self::$id => $slug,)*
                    Self::Own => "own",
                }
            }

            /// The file that describes it. A run of none of the built-in scenarios begins as the free cluster.
            pub(super) const fn file(self) -> &'static str {
                match self {
                    $(Self::$id => include_str!(concat!("builtin/", $slug, ".raft")),)*
                    Self::Own => Self::Free.file(),
                }
            }
        }
    };
}

scenarios! {
    #[default]
    Free = "free",
    SplitVote = "split-vote",
    SplitVoteThrice = "split-vote-thrice",
    StaleLog = "stale-log",
    TightTimeout = "tight-timeout",
    OneByOne = "one-by-one",
    MinorityLeader = "minority-leader",
    LeaderReturns = "leader-returns",
    OneWayCut = "one-way-cut",
    PartialPartition = "partial-partition",
    Figure1 = "figure-1",
    Figure2 = "figure-2",
    Figure3 = "figure-3",
    Figure4 = "figure-4",
    Figure5 = "figure-5",
}

impl ScenarioId {
    /// The language of a file's `title` and `watch`, as a BCP 47 tag; another language has lines of its own, as
    /// `title[pt-BR]`.
    pub const LANGUAGE: &str = "en";

    /// The scenario with this name.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|id| id.slug() == slug)
    }

    /// Its title in the language with this tag, if its file has one.
    #[must_use]
    pub fn title(self, language: &str) -> Option<&'static str> {
        self.says("title", language)
    }

    /// What to watch, in the language with this tag, if its file says it.
    #[must_use]
    pub fn watch(self, language: &str) -> Option<&'static str> {
        self.says("watch", language)
    }

    /// What it is about.
    #[must_use]
    pub fn group(self) -> ScenarioGroup {
        let name = self.says("group", Self::LANGUAGE);
        let named = ScenarioGroup::NAMED
            .into_iter()
            .find(|group| Some(group.name()) == name);
        named.unwrap_or(ScenarioGroup::Own)
    }

    /// Where the paper (extended version) says what can be seen in it; empty for what is none of the built-in ones.
    #[must_use]
    pub fn sections(self) -> &'static str {
        self.says("section", Self::LANGUAGE).unwrap_or_default()
    }

    /// When its virtual time 0 was in the lab, counted as [`lablog::timestamp`] counts: with this added, its lines carry the
    /// times of the lab's transcripts.
    #[must_use]
    pub fn began(self) -> Micros {
        let time = self.says("lab-time", Self::LANGUAGE);
        time.and_then(lablog::since_start).unwrap_or_default()
    }

    /// The rest of the line of its file that begins with this word.
    fn says(self, word: &str, language: &str) -> Option<&'static str> {
        if self == Self::Own {
            return None;
        }
        let rest = |line: &'static str| {
            let rest = line.strip_prefix(word)?;
            if language == Self::LANGUAGE {
                rest.strip_prefix(' ')
            } else {
                rest.strip_prefix('[')?.strip_prefix(language)?.strip_prefix("] ")
            }
        };
        self.file().lines().find_map(rest).map(str::trim)
    }
}

/// What scenarios are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScenarioGroup {
    /// The free cluster: nothing is planned.
    Own,
    /// How elections go, without a fault of the network.
    Elections,
    /// What the network does to them.
    Partitions,
    /// The five figures of the lab.
    Figures,
}

impl ScenarioGroup {
    /// All that have a name, in the order in which they are offered.
    pub const NAMED: [Self; 3] = [Self::Elections, Self::Partitions, Self::Figures];

    /// Its name in files.
    const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Elections => "elections",
            Self::Partitions => "partitions",
            Self::Figures => "figures",
        }
    }
}
