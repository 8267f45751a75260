//! What page and worker say to each other: short texts, as a message between them carries them best.

use super::liveness::{LivenessAsked, LivenessReport};
use crate::{
    checker::{Bounds, Limit, Milestone, Progress, Setup, Verdict},
    raft::Rules,
    safety::{Properties, Property},
    scenario::{Run, Scenario, counterexample, link},
    ui::text::Lang,
};

/// What the page wants to know: one of two kinds of search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchAsked {
    /// Whether something can be broken.
    Safety(Question),
    /// With which faults elections make no progress.
    Liveness(LivenessAsked),
}

impl SearchAsked {
    /// The rules that it is about.
    pub const fn rules(&self) -> Rules {
        match self {
            Self::Safety(question) => question.setup.rules,
            Self::Liveness(asked) => asked.question.rules,
        }
    }

    /// So long the search goes on at most.
    pub const fn most_seconds(&self) -> u32 {
        match self {
            Self::Safety(question) => question.most_seconds,
            Self::Liveness(asked) => asked.most_seconds,
        }
    }

    /// As a text.
    pub fn encode(&self) -> String {
        match self {
            Self::Safety(question) => question.encode(),
            Self::Liveness(asked) => asked.encode(),
        }
    }
}

/// Whether something can be broken, and how far to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Whether it can be broken, and how far to look.
    pub setup: Setup,
    /// The search ends after so many states.
    pub most_states: u64,
    /// And after so long.
    pub most_seconds: u32,
}

impl Question {
    /// `bounds, states, properties` in numbers, and a link that holds size, rules and logs.
    #[must_use]
    pub fn encode(&self) -> String {
        let Bounds {
            servers,
            elections,
            crashes,
            duplications,
            heartbeats,
            transfers,
        } = self.setup.bounds;
        let mut scenario = Scenario::free(servers, 0);
        (scenario.config.rules, scenario.config.logs) = (self.setup.rules, self.setup.logs);
        let link = link::encode(&Run::of(&scenario, &scenario.start()));
        let watched = numbers(
            self.setup
                .watched
                .iter()
                .map(|property| place(&Property::ALL, property)),
        );
        let (states, seconds) = (self.most_states, self.most_seconds);
        format!(
            "{elections} {crashes} {duplications} {heartbeats} {} {states} {seconds} {watched} {link}",
            u8::from(transfers)
        )
    }

    /// What was encoded; `None` if this is no question.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let mut bound = || words.next()?.parse().ok();
        let [elections, crashes, duplications, heartbeats, transfers] =
            [bound()?, bound()?, bound()?, bound()?, bound()?];
        let most_states = words.next()?.parse().ok()?;
        let most_seconds = words.next()?.parse().ok()?;
        let watched = properties(words.next()?)?;
        let config = link::decode(words.next()?).ok()?.recording.config;
        let bounds = Bounds {
            servers: config.size,
            elections,
            crashes,
            duplications,
            heartbeats,
            transfers: transfers > 0,
        };
        let setup = Setup {
            rules: config.rules,
            logs: config.logs,
            watched,
            ..Setup::paper(bounds)
        };
        Some(Self {
            setup,
            most_states,
            most_seconds,
        })
    }
}

/// A sentence in each of [`Lang::ALL`].
pub type Translations = [String; Lang::ALL.len()];

/// What the worker says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// It can be asked.
    Ready,
    /// It is that far.
    Progress(Reached),
    /// Everything holds in all that there is within the bounds. Also what never happened although it should.
    Exhausted(Reached, Vec<Milestone>),
    /// Everything holds as far as it got: to the most states, or as far as there was time.
    Truncated(Reached, SearchLimit),
    /// Something can be broken.
    Violated {
        /// How far it got.
        reached: Reached,
        /// What is broken.
        property: Property,
        /// In how many steps.
        steps: usize,
        /// The run in which it is, as a link; or, where it can't be played, its steps in words: each in all languages, as the
        /// reader may choose another one while they are shown.
        path: Result<String, Vec<Translations>>,
    },
    /// The bounds are too wide.
    TooLarge,
    /// About a search for faults.
    Liveness(LivenessReport),
}

/// What ended a search that had not tried everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchLimit {
    /// Its time.
    Time,
    /// The states that it may hold.
    States,
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// Different states that were met.
    pub states: u64,
    /// Steps from the beginning.
    pub depth: u32,
}

impl From<Progress> for Reached {
    fn from(progress: Progress) -> Self {
        Self {
            states: progress.unique,
            depth: progress.depth,
        }
    }
}

impl Report {
    /// What came out of a search.
    #[must_use]
    pub fn of(setup: &Setup, verdict: &Verdict, progress: Progress) -> Self {
        let reached = Reached::from(progress);
        match verdict {
            Verdict::Exhausted => {
                Self::Exhausted(reached, setup.expected().without(progress.coverage).iter().collect())
            }
            Verdict::Truncated(Limit::States(_) | Limit::Depth(_)) => Self::Truncated(reached, SearchLimit::States),
            Verdict::Violated { broken, path } => Self::Violated {
                reached,
                property: broken.iter().next().unwrap_or(Property::ElectionSafety),
                steps: path.len(),
                path: counterexample::play(setup, path)
                    .map(|scenario| link::encode(&Run::of(&scenario, &scenario.start())))
                    .map_err(|_| path.iter().map(|step| Lang::ALL.map(|lang| lang.step(*step))).collect()),
            },
        }
    }

    /// As the worker says it.
    #[must_use]
    pub fn encode(&self) -> String {
        let at = |reached: &Reached| format!("{} {}", reached.states, reached.depth);
        match self {
            Self::Ready => "ready".to_owned(),
            Self::Progress(reached) => format!("progress {}", at(reached)),
            Self::Exhausted(reached, missing) => {
                let missing = numbers(missing.iter().map(|milestone| place(&Milestone::ALL, *milestone)));
                format!("exhausted {} {missing}", at(reached))
            }
            Self::Truncated(reached, SearchLimit::States) => format!("truncated {}", at(reached)),
            Self::Truncated(reached, SearchLimit::Time) => format!("late {}", at(reached)),
            Self::Violated {
                reached,
                property,
                steps,
                path,
            } => {
                let (word, path) = match path {
                    Ok(link) => ("run", link.clone()),
                    Err(steps) => (
                        "words",
                        steps
                            .iter()
                            .map(|words| words.join("\t"))
                            .collect::<Vec<_>>()
                            .join("\n"),
                    ),
                };
                let property = place(&Property::ALL, *property);
                format!("violated {} {property} {steps} {word} {path}", at(reached))
            }
            Self::TooLarge => "too-large".to_owned(),
            Self::Liveness(report) => report.say(),
        }
    }

    /// What was encoded; `None` if this is no report.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        let mut words = rest.splitn(6, ' ');
        let mut reached = || {
            Some(Reached {
                states: words.next()?.parse().ok()?,
                depth: words.next()?.parse().ok()?,
            })
        };
        Some(match word {
            "ready" => Self::Ready,
            "too-large" => Self::TooLarge,
            LivenessReport::WORD => Self::Liveness(LivenessReport::decode(rest)?),
            "progress" => Self::Progress(reached()?),
            "truncated" => Self::Truncated(reached()?, SearchLimit::States),
            "late" => Self::Truncated(reached()?, SearchLimit::Time),
            "exhausted" => {
                let reached = reached()?;
                Self::Exhausted(reached, chosen(words.next()?, &Milestone::ALL)?)
            }
            "violated" => Self::Violated {
                reached: reached()?,
                property: *Property::ALL.get(words.next()?.parse::<usize>().ok()?)?,
                steps: words.next()?.parse().ok()?,
                path: {
                    let is_run = words.next()? == "run";
                    let path = words.next()?;
                    if is_run {
                        Ok(path.to_owned())
                    } else {
                        Err(path.lines().map(spoken).collect::<Option<_>>()?)
                    }
                },
            },
            _ => return None,
        })
    }
}

/// A step in all languages.
fn spoken(line: &str) -> Option<Translations> {
    let words: Vec<String> = line.split('\t').map(str::to_owned).collect();
    words.try_into().ok()
}

fn properties(list: &str) -> Option<Properties> {
    Some(chosen(list, &Property::ALL)?.into_iter().collect())
}

/// Where something stands in a list of all.
fn place<T: Copy + PartialEq>(all: &[T], wanted: T) -> usize {
    all.iter().position(|each| *each == wanted).unwrap_or(0)
}

/// Numbers with commas between them; `-` for none.
fn numbers(numbers: impl Iterator<Item = usize>) -> String {
    let list: Vec<String> = numbers.map(|number| number.to_string()).collect();
    if list.is_empty() {
        "-".to_owned()
    } else {
        list.join(",")
    }
}

/// Those of a list that these numbers name.
fn chosen<T: Copy>(list: &str, all: &[T]) -> Option<Vec<T>> {
    if list == "-" {
        return Some(Vec::new());
    }
    let one = |number: &str| all.get(number.parse::<usize>().ok()?).copied();
    list.split(',').map(one).collect()
}
