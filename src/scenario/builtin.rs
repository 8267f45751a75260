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

            const fn heading(self) -> Option<&'static Heading> {
                match self {
                    $(Self::$id => {
                        const FILE: &str = ScenarioId::$id.file();
                        const HEADING: &Heading = &Heading {
                            titles: [line!(FILE, "title "), line!(FILE, "title[pt-BR] ")],
                            group: line!(FILE, "group "),
                            sections: line!(FILE, "section "),
                        };
                        const _: () = assert!(HEADING.has_titles(), concat!($slug, ".raft lacks a title"));
                        Some(HEADING)
                    })*
                    Self::Own => None,
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

/// What is shown of a scenario where one is chosen. The compiler takes it out of the file: the page's first part has to list all
/// scenarios, but does not need their files.
struct Heading {
    /// One for each of [`ScenarioId::LANGUAGES`].
    titles: [&'static str; ScenarioId::LANGUAGES.len()],
    group: &'static str,
    sections: &'static str,
}

impl Heading {
    const fn has_titles(&self) -> bool {
        let mut titles = self.titles.as_slice();
        while let [first, others @ ..] = titles {
            if first.is_empty() {
                return false;
            }
            titles = others;
        }
        true
    }
}

/// The rest of the line that begins so, as a text of its own: what is only a piece of a file would bring the file with it.
macro_rules! line {
    ($file:ident, $start:literal) => {{
        const REST: &str = rest_of_line($file, $start);
        const COPY: [u8; REST.len()] = *REST.as_bytes().first_chunk().unwrap();
        match std::str::from_utf8(&COPY) {
            Ok(line) => line,
            Err(_) => panic!("a line is text"),
        }
    }};
}

/// What stands behind `start` in the first line that begins with it; nothing if there is none.
const fn rest_of_line(mut file: &'static str, start: &str) -> &'static str {
    while !file.is_empty() {
        let (line, others) = file.split_at(end_of_line(file));
        if begins_with(line, start) {
            return line.split_at(start.len()).1;
        }
        // Without the line's own end.
        file = others.split_at(1).1;
    }
    ""
}

const fn end_of_line(text: &str) -> usize {
    let mut end = 0;
    while text.as_bytes()[end] != b'\n' {
        end += 1;
    }
    end
}

const fn begins_with(text: &str, start: &str) -> bool {
    let mut same = 0;
    while same < start.len() && same < text.len() && text.as_bytes()[same] == start.as_bytes()[same] {
        same += 1;
    }
    same == start.len()
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
    ThreeRegions = "three-regions",
    RollingUpgrade = "rolling-upgrade",
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
    /// All in which a file has its title.
    const LANGUAGES: [&str; 2] = [Self::LANGUAGE, "pt-BR"];

    /// The scenario with this name.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|id| id.slug() == slug)
    }

    /// Its title in the language with this tag, if its file has one.
    #[must_use]
    pub fn title(self, language: &str) -> Option<&'static str> {
        Self::in_language(self.heading()?.titles, language)
    }

    /// What to watch, in the language with this tag, if its file says it.
    #[must_use]
    pub fn watch(self, language: &str) -> Option<&'static str> {
        self.says("watch", language)
    }

    /// What to watch in the free cluster, without its file: the page's first part shows no other scenario.
    #[must_use]
    pub fn watch_free(language: &str) -> Option<&'static str> {
        const FILE: &str = ScenarioId::Free.file();
        const LINES: [&str; ScenarioId::LANGUAGES.len()] = [line!(FILE, "watch "), line!(FILE, "watch[pt-BR] ")];
        Self::in_language(LINES, language)
    }

    fn in_language(lines: [&'static str; Self::LANGUAGES.len()], language: &str) -> Option<&'static str> {
        let mut lines = Self::LANGUAGES.into_iter().zip(lines);
        lines.find_map(|(tag, line)| (tag == language).then_some(line))
    }

    /// What it is about.
    #[must_use]
    pub fn group(self) -> ScenarioGroup {
        let name = self.heading().map(|heading| heading.group);
        let named = ScenarioGroup::NAMED
            .into_iter()
            .find(|group| Some(group.name()) == name);
        named.unwrap_or(ScenarioGroup::Own)
    }

    /// Where the paper (extended version) says what can be seen in it; empty for what is none of the built-in ones.
    #[must_use]
    pub fn sections(self) -> &'static str {
        self.heading().map_or("", |heading| heading.sections)
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
