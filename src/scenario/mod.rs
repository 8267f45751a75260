//! Named set-ups with scripts, and the lab's log format.
//!
//! The playground goes back to a university lab on leader election in Raft without log replication: five servers, each a
//! small program that printed a log. Its vocabulary is the log of the page ([`lablog`]), and its five figures are
//! [`Scenario`]s beside the free cluster and stories of what the paper is about: split votes, logs that are behind, leaders
//! without a majority, networks that fail in part.
//!
//! The built-in scenarios are files as a reader can write them ([`mod@file`]), in the folder `builtin`; a run with all that was
//! done to it is such a file, or a link ([`mod@link`]).
//!
//! What the layer promises: a scenario is a configuration, a seed and a script, so it runs the same on every machine; and
//! what the servers of a figure print is what they printed in the lab.

mod builtin;
pub mod counterexample;
pub mod file;
mod finding;
pub mod json;
pub mod lablog;
pub mod link;
mod notes;
mod run;
pub mod shiviz;
pub mod transcripts;

pub use builtin::{ScenarioGroup, ScenarioId};
pub use finding::Finding;
pub use notes::{MOST_NOTES, Note};
pub use run::Run;
use run::{HIGHEST_BRANCH, MOST_ACTIONS, MOST_BRANCHES, one_line};

use crate::{
    raft::{Conformity, Rules},
    sim::{Action, ClusterAction, Config, History, Micros},
};

/// The pace of the free cluster: 25 times slower than real time.
const PACE: Micros = Micros::from_millis(40);

/// A set-up and what will be done to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Which one.
    pub id: ScenarioId,
    /// Its name, as its author wrote it; empty for a built-in one.
    pub title: String,
    /// What to watch, as its author wrote it; empty for a built-in one.
    pub watch: String,
    /// The cluster before it starts.
    pub config: Config,
    /// Its luck.
    pub seed: u64,
    /// What is done to it and when, in order of time. What happens after the last action is up to luck.
    pub script: Vec<(Micros, Action)>,
    /// How much virtual time passes in one second of the reader's, at the speed at which it is best watched.
    pub pace: Micros,
}

impl Scenario {
    /// A scenario as it is first shown.
    ///
    /// # Panics
    /// Never: a test reads the files of all.
    #[must_use]
    pub fn new(id: ScenarioId) -> Self {
        let run = file::read(id.file()).expect("the built-in files are right");
        Self { id, ..run.scenario() }
    }

    /// A cluster of 1 to 9 servers by the paper's rules and times, with nothing planned.
    #[must_use]
    pub const fn free(size: u8, seed: u64) -> Self {
        Self {
            id: ScenarioId::Free,
            title: String::new(),
            watch: String::new(),
            config: Config::paper(size),
            seed,
            script: Vec::new(),
            pace: PACE,
        }
    }

    /// The free cluster as its file describes it, for whoever has not read a file yet.
    #[must_use]
    pub fn first() -> Self {
        Self {
            pace: Micros::from_millis(40),
            ..Self::free(5, 6)
        }
    }

    /// The same by other rules from its start on.
    #[must_use]
    pub const fn with_rules(mut self, rules: Rules) -> Self {
        self.config.rules = rules;
        self
    }

    /// The run at time 0.
    ///
    /// # Panics
    /// If the configuration is not valid; those of [`Self::new`], and of [`Self::free`] with 1 to 9 servers, are.
    #[must_use]
    pub fn start(&self) -> History {
        History::new(self.config, self.seed, &self.script).expect("a valid configuration")
    }
}

/// How far a run has been from the paper's rules at any time up to the instant that is visited: then all that is made of it says
/// so.
#[must_use]
pub fn conformity(history: &History) -> Conformity {
    let first = history.started_with().rules.conformity();
    let set = history.done().filter_map(|(_, action)| match action.rules() {
        Some(rules) => Some(rules.conformity()),
        None => action.own_rule().map(|(rule, on)| rule.conformity(on)),
    });
    set.fold(first, Ord::max)
}

/// What an export says about the rules of a run, in the language of scenario files; nothing if they are the paper's.
#[must_use]
pub fn about_rules(history: &History) -> Option<&'static str> {
    match conformity(history) {
        Conformity::Paper => None,
        Conformity::Extended => Some("The rules are those of the paper with extensions of the thesis."),
        Conformity::Modified => Some("The rules are not those of the paper."),
    }
}

/// Lets an action change the settings that are in force, as links and files follow them.
pub(crate) const fn set_in_force(config: &mut Config, action: Action) {
    match action {
        Action::Cluster(action) => match action {
            ClusterAction::SetTiming(timing) => config.timing = timing,
            ClusterAction::SetNetwork(network) => config.network = network,
            ClusterAction::SetRules(rules) => config.rules = rules,
            ClusterAction::AlignTimers
            | ClusterAction::SpreadTimers
            | ClusterAction::Partition(_)
            | ClusterAction::HealAll => {}
        },
        Action::Server(..) | Action::Link(..) | Action::Message(..) | Action::Role(..) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{EventId, EventKind};

    #[test]
    fn a_scenario_is_found_by_its_slug() {
        for id in ScenarioId::ALL {
            assert_eq!(ScenarioId::from_slug(id.slug()), Some(id));
        }
        for unknown in ["", "Free", "figure-0", "figure-6", "figure-1 "] {
            assert_eq!(ScenarioId::from_slug(unknown), None, "{unknown:?}");
        }
    }

    #[test]
    fn what_is_seen_first_is_what_the_file_of_the_free_cluster_describes() {
        assert_eq!(Scenario::first(), Scenario::new(ScenarioId::Free));
    }

    /// Links carry them.
    #[test]
    fn slugs_never_change() {
        let known = [
            "free",
            "split-vote",
            "split-vote-thrice",
            "stale-log",
            "tight-timeout",
            "one-by-one",
            "minority-leader",
            "leader-returns",
            "one-way-cut",
            "partial-partition",
            "three-regions",
            "rolling-upgrade",
            "figure-1",
            "figure-2",
            "figure-3",
            "figure-4",
            "figure-5",
        ];
        for slug in known {
            assert!(ScenarioId::from_slug(slug).is_some(), "{slug}");
        }
    }

    #[test]
    fn every_scenario_is_what_it_says_and_can_start() {
        for id in ScenarioId::ALL {
            let scenario = Scenario::new(id);
            assert_eq!(scenario.id, id);
            // The page has its texts in the reader's language.
            assert_eq!((&*scenario.title, &*scenario.watch), ("", ""), "{id:?}");
            assert_eq!(scenario.config.validate(), Ok(()), "{id:?}");
            assert!(scenario.script.is_sorted_by_key(|&(at, _)| at), "{id:?}");
            assert_ne!(scenario.pace, Micros::ZERO, "{id:?}");
            let history = scenario.start();
            assert_eq!((history.now(), history.end()), (Micros::ZERO, Micros::ZERO), "{id:?}");
            assert_eq!(*history.world().config(), scenario.config, "{id:?}");
        }
    }

    #[test]
    fn the_figures_run_by_the_lab_and_all_else_by_the_paper() {
        for id in ScenarioId::ALL {
            let rules = if id.group() == ScenarioGroup::Figures {
                Rules::lab()
            } else {
                Rules::PAPER
            };
            assert_eq!(Scenario::new(id).config.rules, rules, "{id:?}");
        }
    }

    /// They are offered group by group, the free cluster above them.
    #[test]
    fn groups_keep_the_order_of_all() {
        let grouped = ScenarioGroup::NAMED
            .into_iter()
            .flat_map(|group| ScenarioId::ALL.into_iter().filter(move |id| id.group() == group));
        let offered: Vec<_> = [ScenarioId::Free].into_iter().chain(grouped).collect();
        assert_eq!(offered, ScenarioId::ALL);
    }

    #[test]
    fn every_scenario_has_its_place_in_the_paper() {
        for id in ScenarioId::ALL {
            assert!(id.sections().starts_with('§'), "{id:?}");
        }
    }

    #[test]
    fn the_figures_have_their_times_in_the_lab() {
        let began = |id: ScenarioId| lablog::timestamp(id.began());
        assert_eq!(began(ScenarioId::Figure1), "2019/10/07 10:07:40");
        assert_eq!(began(ScenarioId::Figure2), "2019/10/07 10:15:40");
        assert_eq!(began(ScenarioId::Figure3), "2019/10/07 10:23:31");
        assert_eq!(began(ScenarioId::Figure4), "2019/10/07 10:25:40");
        assert_eq!(began(ScenarioId::Figure5), "2019/10/07 10:28:41");
    }

    /// A script that asks for what can't be done would be passed over in silence.
    #[test]
    fn all_that_a_script_asks_for_is_done() {
        for id in ScenarioId::ALL {
            let scenario = Scenario::new(id);
            let mut history = scenario.start();
            history.seek(Micros::from_secs(60));
            let done = history.trace().range(EventId(0), history.world().next_event());
            let actions = done.filter_map(|event| match event.kind {
                EventKind::Action(action) => Some((event.at, action)),
                _ => None,
            });
            let started = scenario
                .config
                .running
                .iter()
                .map(|server| (Micros::ZERO, Action::start(server)));
            let asked: Vec<_> = started.chain(scenario.script).collect();
            assert_eq!(actions.collect::<Vec<_>>(), asked, "{id:?}");
        }
    }
}
