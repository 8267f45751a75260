//! Rules that are worth a try: the bugs that students make, and what helps.

use crate::{
    raft::{NodeId, Quorum, Rule, Rules},
    scenario::ScenarioId,
    sim::Action,
};

/// Rules with a name and something to watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The vote is not persisted.
    ForgetsVote,
    /// Several votes per term.
    VotesTwice,
    /// A newer term does not make a server step down.
    StaysInOffice,
    /// A reply to an older request counts.
    CountsStaleReplies,
    /// A vote that arrives twice counts twice.
    CountsTwice,
    /// Refusing a vote starts the timer anew as well.
    ResetsOnEveryRequest,
    /// No randomness in election timeouts.
    AllAlike,
    /// Half of the servers make a leader, rounded down.
    HalfIsEnough,
    /// A candidate that refuses its vote runs again at once.
    LabQuirk,
    /// The extensions that end Cloudflare's outage.
    PreVoteAndCheckQuorum,
}

impl Preset {
    /// The bugs.
    pub const BUGS: [Self; 9] = [
        Self::ForgetsVote,
        Self::VotesTwice,
        Self::StaysInOffice,
        Self::CountsStaleReplies,
        Self::CountsTwice,
        Self::ResetsOnEveryRequest,
        Self::AllAlike,
        Self::HalfIsEnough,
        Self::LabQuirk,
    ];
    /// What helps.
    pub const CURES: [Self; 1] = [Self::PreVoteAndCheckQuorum];

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::BUGS.into_iter().chain(Self::CURES)
    }

    /// The scenario in which its effect shows, if it shows in none that the reader plays with.
    #[must_use]
    pub const fn scenario(self) -> Option<ScenarioId> {
        match self {
            Self::StaysInOffice => Some(ScenarioId::LeaderReturns),
            Self::ResetsOnEveryRequest => Some(ScenarioId::StaleLog),
            Self::PreVoteAndCheckQuorum => Some(ScenarioId::PartialPartition),
            _ => None,
        }
    }

    /// What its hint tells the reader to do, in a cluster with this leader.
    #[must_use]
    pub fn action(self, leader: Option<NodeId>) -> Option<Action> {
        match self {
            Self::VotesTwice | Self::HalfIsEnough | Self::LabQuirk => Some(Action::align_timers()),
            Self::AllAlike => leader.map(Action::kill),
            _ => None,
        }
    }

    /// Whether a search finds what it breaks: two leaders in one term.
    #[must_use]
    pub const fn can_be_found(self) -> bool {
        matches!(
            self,
            Self::ForgetsVote
                | Self::VotesTwice
                | Self::StaysInOffice
                | Self::CountsStaleReplies
                | Self::CountsTwice
                | Self::HalfIsEnough
        )
    }

    /// Its rules in a cluster of `size`.
    #[must_use]
    pub fn rules(self, size: u8) -> Rules {
        let switched: &[Rule] = match self {
            Self::ForgetsVote => &[Rule::PersistVote],
            Self::VotesTwice => &[Rule::OneVotePerTerm],
            Self::StaysInOffice => &[Rule::NewerTermStepsDown],
            Self::CountsStaleReplies => &[Rule::ReplyTermMustMatch],
            Self::CountsTwice => &[Rule::CountEachVoteOnce],
            Self::ResetsOnEveryRequest => &[Rule::RefusedVoteKeepsTimer],
            Self::AllAlike => &[Rule::RandomisedTimeouts],
            Self::HalfIsEnough => &[],
            Self::LabQuirk => &[Rule::RerunAfterRefusal],
            Self::PreVoteAndCheckQuorum => &[Rule::PreVote, Rule::CheckQuorum],
        };
        let mut rules = Rules::PAPER;
        for rule in switched {
            rules.set(*rule, !Rules::PAPER.get(*rule));
        }
        if self == Self::HalfIsEnough {
            rules.quorum = Quorum::Votes((size / 2).max(1));
        }
        rules
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::Conformity,
        scenario::Scenario,
        sim::{Measures, Micros},
    };

    fn measured(scenario: &Scenario, until: u64, crash_at: Option<u64>) -> Measures {
        let mut history = scenario.start();
        if let Some(at) = crash_at {
            history.seek(Micros::from_millis(at));
            if let Some(leader) = history.world().leader() {
                history.act(Action::kill(leader)).unwrap();
            }
        }
        history.seek(Micros::from_millis(until));
        history.measures()
    }

    #[test]
    fn bugs_modify_the_paper_and_cures_extend_it() {
        for preset in Preset::BUGS {
            assert_eq!(preset.rules(5).conformity(), Conformity::Modified, "{preset:?}");
        }
        for preset in Preset::CURES {
            assert_eq!(preset.rules(5).conformity(), Conformity::Extended, "{preset:?}");
        }
    }

    #[test]
    fn pre_vote_and_check_quorum_end_the_outage() {
        let outage = Scenario::new(ScenarioId::PartialPartition);
        let paper = measured(&outage, 20_000, None);
        let cured = measured(&outage.with_rules(Preset::PreVoteAndCheckQuorum.rules(5)), 20_000, None);
        assert!(paper.leader_changes > 10, "{paper:?}");
        assert!(cured.leader_changes < 3, "{cured:?}");
    }

    #[test]
    fn timeouts_all_alike_split_votes() {
        let splits = |rules: Rules| -> u64 {
            let runs = (0..20).map(|seed| measured(&Scenario::free(5, seed).with_rules(rules), 3000, Some(1000)));
            runs.map(|measures| measures.split_votes).sum()
        };
        let (paper, alike) = (splits(Rules::PAPER), splits(Preset::AllAlike.rules(5)));
        assert!(alike > 5 * paper.max(1), "{alike} against {paper}");
    }

    #[test]
    fn resetting_on_every_request_leaves_a_cluster_without_a_leader_for_longer() {
        let stale = |rules: Rules| -> u64 {
            let runs = (0..40).map(|seed| {
                let mut scenario = Scenario::new(ScenarioId::StaleLog).with_rules(rules);
                scenario.seed = seed;
                measured(&scenario, 3000, None)
            });
            runs.map(|measures| measures.without_leader.0).sum()
        };
        let (paper, reset) = (stale(Rules::PAPER), stale(Preset::ResetsOnEveryRequest.rules(5)));
        assert!(reset > paper, "{reset} against {paper}");
    }

    #[test]
    fn terms_climb_with_the_labs_quirk_when_timers_are_aligned() {
        let term = |rules: Rules| {
            let mut history = Scenario::free(5, 7).with_rules(rules).start();
            history.act(Action::align_timers()).unwrap();
            history.seek(Micros::from_millis(1000));
            history.measures().highest_term.0
        };
        assert!(term(Preset::LabQuirk.rules(5)) > 3 * term(Rules::PAPER));
    }

    #[test]
    fn with_aligned_timers_two_lead_one_term_where_half_is_enough_or_votes_are_given_twice() {
        for preset in [Preset::HalfIsEnough, Preset::VotesTwice] {
            let broken = (0..20).any(|seed| {
                let mut history = Scenario::free(5, seed).with_rules(preset.rules(5)).start();
                history.act(Action::align_timers()).unwrap();
                history.seek(Micros::from_millis(1000));
                let mut broken = history.incidents().iter().map(|incident| incident.violation.property);
                broken.any(|property| property == crate::safety::Property::ElectionSafety)
            });
            assert!(broken, "{preset:?}");
        }
    }

    /// Where the page offers a scenario for a preset, its effect shows there.
    #[test]
    fn who_stays_in_office_leads_a_term_together_with_another_in_its_scenario() {
        let id = Preset::StaysInOffice.scenario().unwrap();
        let breaks = |rules: Rules| {
            let mut history = Scenario::new(id).with_rules(rules).start();
            history.seek(Micros::from_millis(5000));
            let mut broken = history.incidents().iter().map(|incident| incident.violation.property);
            broken.any(|property| property == crate::safety::Property::ElectionSafety)
        };
        assert!(breaks(Preset::StaysInOffice.rules(5)));
        assert!(!breaks(Rules::PAPER));
    }

    /// A hint is followed by what does what it says: an action, a scenario, or a search.
    #[test]
    fn every_hint_can_be_followed_with_a_press() {
        for preset in Preset::all() {
            let acts = preset.action(Some(NodeId::new(0))).is_some();
            assert!(
                acts || preset.scenario().is_some() || preset.can_be_found(),
                "{preset:?}"
            );
        }
    }
}
