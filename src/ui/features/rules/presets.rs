//! Rules that are worth a try: the bugs that students make, and what helps.

use crate::{
    raft::{Message, NodeId, Quorum, Role, Rule, Rules},
    scenario::ScenarioId,
    sim::{Action, InFlight, MessageId},
    ui::run::view::{ClusterView, ServerView},
};

/// Whom and what the hints can be followed with now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Targets {
    /// Who leads, if anybody does.
    pub leader: Option<NodeId>,
    /// A server that has voted for another one that still stands.
    pub voter: Option<NodeId>,
    /// A vote that is on its way.
    pub vote: Option<MessageId>,
}

impl Targets {
    /// Those of a cluster.
    #[must_use]
    pub fn of(view: &ClusterView) -> Self {
        let stands = |candidate: NodeId, voter: &ServerView| {
            let candidate = &view.servers[candidate.index()];
            candidate.id != voter.id && candidate.role == Role::Candidate && candidate.term == voter.term
        };
        let has_voted = |server: &&ServerView| server.runs() && server.voted_for.is_some_and(|to| stands(to, server));
        let is_vote = |flight: &&InFlight| {
            let is_granted = matches!(flight.message, Message::RequestVoteReply { vote_granted: true, .. });
            is_granted && flight.lost.is_none()
        };
        Self {
            leader: view.leader().map(|leader| leader.id),
            voter: view.servers.iter().find(has_voted).map(|server| server.id),
            vote: view.flights.iter().find(is_vote).map(|flight| flight.id),
        }
    }
}

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
            Self::CountsStaleReplies => Some(ScenarioId::TightTimeout),
            _ => None,
        }
    }

    /// What its hint tells the reader to do, in a cluster with these; nothing, if it can't be done now.
    #[must_use]
    pub fn actions(self, targets: Targets) -> Vec<Action> {
        match self {
            Self::VotesTwice | Self::HalfIsEnough | Self::LabQuirk => vec![Action::align_timers()],
            Self::AllAlike => targets.leader.map(Action::kill).into_iter().collect(),
            Self::ForgetsVote => {
                let voter = targets.voter.into_iter();
                voter
                    .flat_map(|voter| [Action::kill(voter), Action::start(voter)])
                    .collect()
            }
            Self::CountsTwice => targets.vote.map(Action::duplicate_message).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// Whether its hint has to wait for a vote.
    #[must_use]
    pub const fn needs_vote(self) -> bool {
        matches!(self, Self::ForgetsVote | Self::CountsTwice)
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

    /// A hint is followed by what does what it says: an action, or a scenario.
    #[test]
    fn every_hint_can_be_followed_with_a_press() {
        let mut history = Scenario::free(5, 7).start();
        history.seek(Micros::from_millis(1000));
        let mut targets = Targets::of(&ClusterView::new(&history, Micros::ZERO));
        assert!(targets.leader.is_some() && targets.voter.is_none(), "{targets:?}");
        history.seek(Micros::ZERO);
        while targets.vote.is_none() && history.step() {
            let now = Targets::of(&ClusterView::new(&history, Micros::ZERO));
            (targets.voter, targets.vote) = (now.voter, now.vote);
        }
        for preset in Preset::all() {
            let acts = !preset.actions(targets).is_empty();
            assert!(acts || preset.scenario().is_some(), "{preset:?}");
            let waits = preset.actions(Targets::default()).is_empty();
            assert!(!preset.needs_vote() || waits, "{preset:?}");
        }
        for action in [Preset::ForgetsVote, Preset::CountsTwice]
            .map(|preset| preset.actions(targets))
            .concat()
        {
            history.act(action).unwrap();
        }
    }

    /// Where the page offers a scenario for a preset, its effect shows there.
    #[test]
    fn who_counts_stale_replies_leads_without_a_majority_in_its_scenario() {
        let id = Preset::CountsStaleReplies.scenario().unwrap();
        let breaks = |rules: Rules| {
            let mut history = Scenario::new(id).with_rules(rules).start();
            history.seek(Micros::from_millis(2000));
            !history.incidents().is_empty()
        };
        assert!(breaks(Preset::CountsStaleReplies.rules(5)) && !breaks(Rules::PAPER));
    }
}
