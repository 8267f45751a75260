//! What page and worker say to each other of a search for faults.

use crate::{
    lab::{
        Fault, FaultKinds, FaultSet,
        liveness::{FoundLiveness, LivenessGoal, LivenessQuestion, LivenessSearch, LivenessVerdict, TriedSets},
    },
    raft::{NodeId, Quorum, Rule, Rules},
    scenario::link,
};

/// With which faults elections make no progress, and how long to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LivenessAsked {
    /// What is sought.
    pub question: LivenessQuestion,
    /// The search ends after so long.
    pub most_seconds: u32,
}

impl LivenessAsked {
    /// The word of such questions, goal, kinds, numbers and rules.
    pub fn encode(&self) -> String {
        let LivenessQuestion {
            goal,
            servers,
            rules,
            kinds,
            most_faults,
            seeds,
        } = self.question;
        let (word, goal, kinds) = (LivenessReport::WORD, goal.slug(), kinds.slug());
        let quorum = match rules.quorum {
            Quorum::Majority => 0,
            Quorum::Votes(votes) => votes,
        };
        let changed: String = rules.changed().map(|rule| format!(" {}", rule.slug())).collect();
        let seconds = self.most_seconds;
        format!("{word} {goal} {kinds} {servers} {most_faults} {seeds} {seconds} {quorum}{changed}")
    }

    /// What was encoded; `None` if this is no such question.
    pub fn decode(text: &str) -> Option<Self> {
        let mut words = text.strip_prefix(LivenessReport::WORD)?.trim_start().split(' ');
        let goal = LivenessGoal::from_slug(words.next()?)?;
        let kinds = FaultKinds::from_slug(words.next()?)?;
        let servers = words.next()?.parse().ok()?;
        let most_faults = words.next()?.parse().ok()?;
        let seeds = words.next()?.parse().ok()?;
        let most_seconds = words.next()?.parse().ok()?;
        let mut rules = Rules::PAPER;
        match words.next()?.parse().ok()? {
            0 => {}
            votes => rules.quorum = Quorum::Votes(votes),
        }
        for word in words {
            let rule = Rule::from_slug(word)?;
            rules.set(rule, !rules.get(rule));
        }
        Some(Self {
            question: LivenessQuestion {
                goal,
                servers,
                rules,
                kinds,
                most_faults,
                seeds,
            },
            most_seconds,
        })
    }

    /// The run that shows what was found, as a link.
    pub fn link(&self, tried: &LivenessTried, faults: &[Fault]) -> Option<String> {
        let LivenessQuestion {
            goal,
            servers,
            rules,
            kinds,
            seeds,
            ..
        } = self.question;
        let none = FaultSet::none(servers);
        let set = faults.iter().try_fold(none, |set, fault| set.with(*fault))?;
        let found = FoundLiveness {
            goal,
            kinds,
            faults: tried.faults,
            smaller: tried.smaller.all(),
            seeds,
        };
        Some(link::encode(&found.run(String::new(), set, rules)))
    }
}

/// How the fault is written that concerns no server.
const SLOW: &str = "slow";

/// `cut:1:2`, the servers by number.
fn encode_fault(fault: Fault) -> String {
    let (word, one, other) = match fault {
        Fault::CutOneWay(from, to) => ("cut", from, to),
        Fault::CutBothWays(one, other) => ("both", one, other),
        Fault::Crash(server) => ("crash", server, server),
        Fault::Pause(server) => ("pause", server, server),
        Fault::SlowMessages => return SLOW.to_owned(),
    };
    format!("{word}:{}:{}", one.index() + 1, other.index() + 1)
}

fn decode_fault(text: &str) -> Option<Fault> {
    if text == SLOW {
        return Some(Fault::SlowMessages);
    }
    let mut words = text.split(':');
    let word = words.next()?;
    let mut server = || NodeId::from_number(words.next()?.parse().ok()?);
    let (one, other) = (server()?, server()?);
    Some(match word {
        "cut" => Fault::CutOneWay(one, other),
        "both" => Fault::CutBothWays(one, other),
        "crash" => Fault::Crash(one),
        "pause" => Fault::Pause(one),
        _ => return None,
    })
}

/// How far a search for faults has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LivenessTried {
    /// How many faults have the sets that are tried now.
    pub faults: u8,
    /// How many sets there are of that size.
    pub sets: usize,
    /// How many of them have been tried.
    pub done: usize,
    /// What all smaller sets came to; once nothing was found, all that there are.
    pub smaller: TriedSets,
    /// What those of this size came to so far.
    pub alike: TriedSets,
}

impl LivenessTried {
    fn of(search: &LivenessSearch) -> Self {
        let (sets, done) = search.of_size();
        Self {
            faults: search.faults(),
            sets,
            done,
            smaller: *search.smaller(),
            alike: *search.alike(),
        }
    }

    fn encode(&self) -> String {
        let numbers =
            [self.smaller, self.alike].map(|tried| tried.numbers().map(|number| number.to_string()).join(" "));
        format!("{} {} {} {}", self.faults, self.sets, self.done, numbers.join(" "))
    }

    fn decode<'w>(words: &mut impl Iterator<Item = &'w str>) -> Option<Self> {
        let faults = words.next()?.parse().ok()?;
        let sets = words.next()?.parse().ok()?;
        let done = words.next()?.parse().ok()?;
        let mut tried = || {
            let mut numbers = [0; 6];
            for number in &mut numbers {
                *number = words.next()?.parse().ok()?;
            }
            Some(TriedSets::of_numbers(numbers))
        };
        Some(Self {
            faults,
            sets,
            done,
            smaller: tried()?,
            alike: tried()?,
        })
    }
}

/// What the worker says of a search for faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LivenessReport {
    /// It is that far.
    Progress(LivenessTried),
    /// There was no time for more.
    Late(LivenessTried),
    /// All has been tried.
    Nothing(LivenessTried),
    /// Some faults do it.
    Found {
        /// What was tried before.
        tried: LivenessTried,
        /// Which faults.
        faults: Vec<Fault>,
    },
}

impl LivenessReport {
    /// Tells it from what is said of other searches.
    pub const WORD: &str = "liveness";

    /// How a search stands that goes on, or has ended.
    pub fn of(search: &LivenessSearch) -> Self {
        match search.verdict() {
            Some(LivenessVerdict::Found(_)) => Self::at_end(search),
            Some(LivenessVerdict::Nothing) => Self::Nothing(LivenessTried::of(search)),
            None => Self::Progress(LivenessTried::of(search)),
        }
    }

    /// How a search stands that goes on no more: there is no time, or it has found something.
    pub fn at_end(search: &LivenessSearch) -> Self {
        let tried = LivenessTried::of(search);
        match search.found() {
            Some(set) => Self::Found {
                tried,
                faults: set.faults(),
            },
            None => Self::Late(tried),
        }
    }

    /// As the worker says it.
    pub fn say(&self) -> String {
        format!("{} {}", Self::WORD, self.encode())
    }

    fn encode(&self) -> String {
        match self {
            Self::Progress(tried) => format!("progress {}", tried.encode()),
            Self::Late(tried) => format!("late {}", tried.encode()),
            Self::Nothing(tried) => format!("nothing {}", tried.encode()),
            Self::Found { tried, faults } => {
                let faults: String = faults
                    .iter()
                    .map(|fault| format!(" {}", encode_fault(*fault)))
                    .collect();
                format!("found {}{faults}", tried.encode())
            }
        }
    }

    /// What was encoded; `None` if this is no report.
    pub fn decode(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let word = words.next()?;
        let tried = LivenessTried::decode(&mut words)?;
        Some(match word {
            "progress" => Self::Progress(tried),
            "late" => Self::Late(tried),
            "nothing" => Self::Nothing(tried),
            "found" => Self::Found {
                tried,
                faults: words.map(decode_fault).collect::<Option<_>>()?,
            },
            _ => return None,
        })
    }
}
