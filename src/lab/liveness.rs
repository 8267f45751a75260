//! The search for the fewest faults with which elections make no progress.
//!
//! Safety is broken by an order of events, which the checker finds without time. Progress needs time: a cluster makes none if that
//! goes on for ever, which no run shows. So the search tries sets of faults, the smaller ones first, and judges each by several runs,
//! as the atlas does: what becomes of the leadership was seen, not proved. One goal needs no run: whether a server reaches a majority
//! follows from the faults alone.

use super::{
    Experiment, FaultKinds, FaultSet,
    atlas::{CUT_AT, ENDS_AT, OPENS_AT, Stabilities, Stability, watched},
    faults::Fault,
};
use crate::{
    raft::{Decision, NodeSet, Rules, Term},
    scenario::{Run, Scenario, ScenarioId},
    sim::{Action, Config, Event, EventKind, History, Leadership, Micros, World},
};

/// What is to become of the leadership.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LivenessGoal {
    /// Leaders or terms change to the end, although a majority can be reached.
    #[default]
    NeverSettles,
    /// Nothing changes any more and nobody leads with a majority, although one can be reached.
    Stuck,
    /// No server reaches enough others to be elected.
    NobodyCanWin,
}

impl LivenessGoal {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::NeverSettles, Self::Stuck, Self::NobodyCanWin];

    /// Its name in commands, links and files: it never changes.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        self.stability().slug()
    }

    /// The one of this name.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|goal| goal.slug() == slug)
    }

    /// What becomes of the leadership where it is reached.
    #[must_use]
    pub const fn stability(self) -> Stability {
        match self {
            Self::NeverSettles => Stability::NeverSettles,
            Self::Stuck => Stability::Stuck,
            Self::NobodyCanWin => Stability::NoMajority,
        }
    }
}

/// What is sought, and how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LivenessQuestion {
    /// What the faults are to do.
    pub goal: LivenessGoal,
    /// Servers of the cluster, with the paper's timing and logs of one length.
    pub servers: u8,
    /// Its rules.
    pub rules: Rules,
    /// Which faults are tried.
    pub kinds: FaultKinds,
    /// Faults at most.
    pub most_faults: u8,
    /// Runs of each set, with the seeds from 1 on.
    pub seeds: u32,
}

impl LivenessQuestion {
    /// How many servers somebody has to reach so that the cluster could make progress. To be elected a quorum is enough; to lead it
    /// takes a majority as well.
    fn needed(&self) -> usize {
        let quorum = self.rules.quorum.votes(self.servers);
        let majority = self.servers / 2 + 1;
        match self.goal {
            LivenessGoal::NobodyCanWin => quorum.into(),
            LivenessGoal::NeverSettles | LivenessGoal::Stuck => quorum.max(majority).into(),
        }
    }

    /// Whether the goal follows from the faults alone, so that nothing is run.
    #[must_use]
    pub fn needs_no_run(&self) -> bool {
        self.goal == LivenessGoal::NobodyCanWin
    }

    /// What becomes of the leadership with these faults, in all runs.
    ///
    /// # Panics
    /// If the rules make no valid cluster.
    #[must_use]
    pub fn judge(&self, set: FaultSet) -> Stabilities {
        let mut seen = Stabilities::default();
        let is_hopeless = set.most_reached() < self.needed();
        for seed in 1..=u64::from(self.seeds) {
            seen.note(match is_hopeless {
                true => Stability::NoMajority,
                // That a server could win is enough of an answer.
                false if self.needs_no_run() => Stability::Settles,
                false => watched(scenario(set, self.rules, seed)),
            });
        }
        seen
    }
}

/// What sets of faults came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TriedSets {
    /// In all runs of each, by [`Stability`].
    always: [u64; Stability::ALL.len()],
    /// Not the same in all runs.
    pub differ: u64,
    /// Of those, how many came to what is sought in some runs.
    pub sometimes: u64,
}

impl TriedSets {
    /// How many came to this in all runs.
    #[must_use]
    pub const fn always(&self, stability: Stability) -> u64 {
        self.always[stability as usize]
    }

    /// How many there are.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.always.iter().sum::<u64>() + self.differ
    }

    /// The numbers, in the order of [`Stability::ALL`] and then of the fields.
    #[must_use]
    pub const fn numbers(&self) -> [u64; 6] {
        let [settles, never, stuck, none] = self.always;
        [settles, never, stuck, none, self.differ, self.sometimes]
    }

    /// Those with these numbers.
    #[must_use]
    pub const fn of_numbers([settles, never, stuck, none, differ, sometimes]: [u64; 6]) -> Self {
        Self {
            always: [settles, never, stuck, none],
            differ,
            sometimes,
        }
    }

    fn note(&mut self, seen: &Stabilities, goal: Stability) {
        match seen.always() {
            Some(stability) => self.always[stability as usize] += 1,
            None => {
                self.differ += 1;
                self.sometimes += u64::from(seen.count(goal) > 0);
            }
        }
    }
}

/// How a search has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LivenessVerdict {
    /// These faults do it in all runs, and no set of fewer does. It is the first of those of its size.
    Found(FaultSet),
    /// No set of so many faults does it in all runs.
    Nothing,
}

/// A search that can be stopped after each set.
#[derive(Clone, Debug)]
pub struct LivenessSearch {
    question: LivenessQuestion,
    /// So many faults have the sets that are tried now.
    faults: u8,
    sets: Vec<FaultSet>,
    /// So many of them have been tried.
    done: usize,
    smaller: TriedSets,
    of_size: TriedSets,
    found: Option<FaultSet>,
    verdict: Option<LivenessVerdict>,
}

impl LivenessSearch {
    /// One that has tried nothing yet.
    #[must_use]
    pub fn new(question: LivenessQuestion) -> Self {
        Self {
            question,
            faults: 0,
            sets: vec![FaultSet::none(question.servers)],
            done: 0,
            smaller: TriedSets::default(),
            of_size: TriedSets::default(),
            found: None,
            verdict: None,
        }
    }

    /// What is sought.
    #[must_use]
    pub const fn question(&self) -> &LivenessQuestion {
        &self.question
    }

    /// How it has ended, if it has.
    #[must_use]
    pub const fn verdict(&self) -> Option<LivenessVerdict> {
        self.verdict
    }

    /// The first faults that do it, as soon as they are known: the search goes on to the end of their size.
    #[must_use]
    pub const fn found(&self) -> Option<FaultSet> {
        self.found
    }

    /// How many faults the sets have that are tried now.
    #[must_use]
    pub const fn faults(&self) -> u8 {
        self.faults
    }

    /// How many sets there are of that size, and how many of them have been tried.
    #[must_use]
    pub const fn of_size(&self) -> (usize, usize) {
        (self.sets.len(), self.done)
    }

    /// What all sets of fewer faults came to: all that have been tried, once nothing was found.
    #[must_use]
    pub const fn smaller(&self) -> &TriedSets {
        &self.smaller
    }

    /// What the sets came to that were tried of the size of those that were found.
    #[must_use]
    pub const fn alike(&self) -> &TriedSets {
        &self.of_size
    }

    /// Tries the next sets, `most` of one size at most.
    pub fn step(&mut self, most: usize) {
        let question = self.question;
        self.step_with(most, |sets| sets.iter().map(|set| question.judge(*set)).collect());
    }

    /// The same with something else that judges the sets, each by [`LivenessQuestion::judge`]: on several cores.
    pub fn step_with(&mut self, most: usize, judge: impl FnOnce(&[FaultSet]) -> Vec<Stabilities>) {
        if self.verdict.is_some() {
            return;
        }
        let until = self.sets.len().min(self.done.saturating_add(most.max(1)));
        let next = &self.sets[self.done..until];
        let goal = self.question.goal.stability();
        for (set, seen) in next.iter().zip(judge(next)) {
            self.of_size.note(&seen, goal);
            if seen.always() == Some(goal) {
                self.found.get_or_insert(*set);
            }
        }
        self.done = until;
        if self.done == self.sets.len() {
            self.end_size();
        }
    }

    /// All sets of a size have been tried.
    fn end_size(&mut self) {
        if let Some(found) = self.found {
            self.verdict = Some(LivenessVerdict::Found(found));
            return;
        }
        let (smaller, of_size) = (self.smaller.numbers(), self.of_size.numbers());
        self.smaller = TriedSets::of_numbers(std::array::from_fn(|place| smaller[place] + of_size[place]));
        self.of_size = TriedSets::default();
        if self.faults >= self.question.most_faults {
            self.verdict = Some(LivenessVerdict::Nothing);
            return;
        }
        self.sets = FaultSet::larger(&self.sets, self.question.kinds);
        self.done = 0;
        if self.sets.is_empty() {
            self.verdict = Some(LivenessVerdict::Nothing);
        } else {
            self.faults += 1;
        }
    }

    /// Tries all.
    pub fn finish(&mut self) -> LivenessVerdict {
        loop {
            if let Some(verdict) = self.verdict {
                return verdict;
            }
            self.step(usize::MAX);
        }
    }
}

/// A cluster that S1 leads from the start, in which these faults happen at once after half a second.
#[must_use]
pub fn scenario(set: FaultSet, rules: Rules, seed: u64) -> Scenario {
    let config = Config {
        rules,
        ..Config::paper(set.size())
    };
    let mut script = Vec::from(Experiment::lead(&config));
    let faults = set.faults().into_iter().flat_map(Fault::actions);
    script.extend(faults.map(|action| (CUT_AT, action)));
    Scenario {
        id: ScenarioId::Own,
        config,
        script,
        ..Scenario::free(set.size(), seed)
    }
}

/// What a search has found, as what there is to watch in the run that shows it. It is in no language: the page says it in the
/// reader's own. Links and files need nothing new for that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundLiveness {
    /// What the faults do.
    pub goal: LivenessGoal,
    /// Which faults were tried.
    pub kinds: FaultKinds,
    /// How many it takes.
    pub faults: u8,
    /// How many sets of fewer were tried, none of which does it.
    pub smaller: u64,
    /// In how many runs each.
    pub seeds: u32,
}

/// What a found run says that there is to watch begins with this.
pub(super) const HEAD: &str = "find: ";

impl FoundLiveness {
    /// What a search has found, if it has.
    #[must_use]
    pub fn of(search: &LivenessSearch) -> Option<Self> {
        let LivenessQuestion { goal, kinds, seeds, .. } = search.question;
        search.found.is_some().then(|| Self {
            goal,
            kinds,
            faults: search.faults,
            smaller: search.smaller.all(),
            seeds,
        })
    }

    /// As what there is to watch. Links carry it: it never changes.
    #[must_use]
    pub fn watch(&self) -> String {
        let Self {
            goal,
            kinds,
            faults,
            smaller,
            seeds,
        } = self;
        let (goal, kinds) = (goal.slug(), kinds.slug());
        format!("{HEAD}{goal}, faults {faults} of {kinds}, smaller sets {smaller}, runs {seeds}")
    }

    /// What was found in a run that says this of itself; `None` if somebody wrote it.
    #[must_use]
    pub fn of_watch(watch: &str) -> Option<Self> {
        let mut words = watch.strip_prefix(HEAD)?.split(", ");
        let goal = LivenessGoal::from_slug(words.next()?)?;
        let (faults, kinds) = words.next()?.strip_prefix("faults ")?.split_once(" of ")?;
        let found = Self {
            goal,
            kinds: FaultKinds::from_slug(kinds)?,
            faults: faults.parse().ok()?,
            smaller: words.next()?.strip_prefix("smaller sets ")?.parse().ok()?,
            seeds: words.next()?.strip_prefix("runs ")?.parse().ok()?,
        };
        (found.watch() == watch).then_some(found)
    }

    /// The run that shows it, under this title: the one of the first seed, opened shortly before the faults.
    ///
    /// # Panics
    /// If the rules make no valid cluster.
    #[must_use]
    pub fn run(&self, title: String, set: FaultSet, rules: Rules) -> Run {
        let scenario = Scenario {
            title,
            watch: self.watch(),
            ..scenario(set, rules, 1)
        };
        let mut history = scenario.start();
        history.seek(OPENS_AT);
        Run::of(&scenario, &history)
    }
}

/// Something that a run which was found shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LivenessStep {
    /// When.
    pub at: Micros,
    /// What.
    pub moment: LivenessMoment,
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LivenessMoment {
    /// Something fails.
    Fault(Fault),
    /// A server stands for election, wins one or steps down.
    Turn(Event),
    /// How it stands at the end.
    End {
        /// Servers that run and believe that they lead.
        leaders: NodeSet,
        /// The newest term.
        term: Term,
    },
}

/// A run that was found, as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldLiveness {
    /// What was found.
    pub found: FoundLiveness,
    /// The faults, the first that comes of them, and how it stands at the end.
    pub steps: Vec<LivenessStep>,
}

/// The faults of a scenario that [`scenario`] has made; `None` of any other.
#[must_use]
pub fn faults(scenario: &Scenario) -> Option<Vec<Fault>> {
    let lead = Experiment::lead(&scenario.config);
    let (before, after) = scenario.script.split_at_checked(lead.len())?;
    if before != lead || after.iter().any(|(at, _)| *at != CUT_AT) {
        return None;
    }
    let actions: Vec<Action> = after.iter().map(|(_, action)| *action).collect();
    Fault::of_actions(&actions)
}

/// Turns that are told.
const MOST_TURNS: usize = 8;
/// They are told up to here.
const TOLD_UNTIL: Micros = Micros::from_secs(5);

/// A run that was found, as it is told. `None` for any other run, whatever it says of itself.
#[must_use]
pub fn told(scenario: &Scenario) -> Option<ToldLiveness> {
    let found = FoundLiveness::of_watch(&scenario.watch)?;
    let faults = faults(scenario)?;
    if faults.len() != usize::from(found.faults) || !faults.iter().all(|fault| found.kinds.has(*fault)) {
        return None;
    }
    let mut steps: Vec<_> = faults
        .into_iter()
        .map(|fault| LivenessStep {
            at: CUT_AT,
            moment: LivenessMoment::Fault(fault),
        })
        .collect();
    steps.extend(turns(scenario.start()));
    steps.push(end(scenario)?);
    Some(ToldLiveness { found, steps })
}

impl ToldLiveness {
    /// Where it has been seen what there is to see: after the last turn that is told, or a while after the faults where there is
    /// none.
    #[must_use]
    pub fn seen_at(&self) -> Micros {
        const WHILE: Micros = Micros::from_secs(1);
        let turn = |step: &&LivenessStep| matches!(step.moment, LivenessMoment::Turn(_));
        let last = self.steps.iter().rfind(turn);
        last.map_or(CUT_AT + WHILE, |turn| turn.at)
    }
}

/// What comes of the faults at first.
fn turns(mut history: History) -> Vec<LivenessStep> {
    history.seek(TOLD_UNTIL);
    let later = history.happened().filter(|event| event.at >= CUT_AT);
    let turns = later.filter(|event| {
        matches!(
            event.kind,
            EventKind::Decided(
                Decision::ElectionStarted { .. } | Decision::ElectionWon { .. } | Decision::SteppedDown(_)
            )
        )
    });
    turns
        .take(MOST_TURNS)
        .map(|event| LivenessStep {
            at: event.at,
            moment: LivenessMoment::Turn(*event),
        })
        .collect()
}

fn end(scenario: &Scenario) -> Option<LivenessStep> {
    let mut world = World::new(scenario.config, scenario.seed, &mut ()).ok()?;
    for (at, action) in &scenario.script {
        world.run_until(*at, &mut ());
        let _ = world.act(*action, &mut ());
    }
    world.run_until(ENDS_AT, &mut ());
    let leadership = Leadership::of(&world);
    let leaders = leadership.believers.and(leadership.running);
    Some(LivenessStep {
        at: ENDS_AT,
        moment: LivenessMoment::End {
            leaders,
            term: leadership.terms.into_iter().max().unwrap_or_default(),
        },
    })
}
