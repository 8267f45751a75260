//! What is going on at this moment, as one thing to say.

use crate::{
    raft::{NodeId, NodeSet, Role, Term},
    safety::Violation,
    sim::{Micros, Process},
    ui::{
        explain::groups::groups,
        run::{
            incident::Tally,
            view::{ClusterView, ServerView},
        },
    },
};

/// What is going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A property was broken just now; if that is a majority, the votes that were counted.
    Broken(Violation, Option<Tally>),
    /// No server runs.
    AllDown,
    /// One server runs for a term.
    Candidacy {
        /// Who.
        candidate: NodeId,
        /// For which term.
        term: Term,
        /// Who has voted for it, as far as it knows.
        votes: NodeSet,
        /// The votes it needs.
        quorum: u8,
    },
    /// Somebody asks who would vote for it, and nobody runs.
    Asks {
        /// Who; the first of several.
        asking: NodeId,
        /// In which term it stays meanwhile.
        term: Term,
        /// Who would vote for it, as far as it knows.
        votes: NodeSet,
        /// How many it needs.
        quorum: u8,
    },
    /// Several run for the same term.
    Rivals {
        /// Who.
        candidates: NodeSet,
        /// For which term.
        term: Term,
        /// Whether all votes are given and none has enough.
        split: bool,
    },
    /// A leader is the only one to believe that it leads, or reaches too few to be followed by a majority.
    CutOff {
        /// Who.
        leader: NodeId,
        /// Of which term.
        term: Term,
        /// Whom it reaches.
        reaches: NodeSet,
        /// Who leads a newer term, if anyone does.
        newer: Option<(NodeId, Term)>,
    },
    /// Several lead one term.
    TwoLead {
        /// Who.
        leaders: NodeSet,
        /// Which.
        term: Term,
    },
    /// A leader was elected, and some have not heard of it.
    Announces {
        /// Who.
        leader: NodeId,
        /// Of which term.
        term: Term,
        /// Those that run and don't know.
        unaware: NodeSet,
    },
    /// A leader leads, and all that run follow.
    Leads {
        /// Who.
        leader: NodeId,
        /// Of which term.
        term: Term,
        /// Those that are down or paused.
        away: NodeSet,
    },
    /// Nobody leads or runs for leader.
    Waits {
        /// What ends the wait, if anything does.
        next: Option<Next>,
        /// Whether too few servers run for a majority.
        too_few: bool,
    },
}

/// What ends a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// This server's election timer runs out, and when.
    Timer(NodeId, Micros),
    /// Something is done to the cluster before, and when; it may set off any timer.
    Planned(Micros),
}

impl Moment {
    /// What is going on in a cluster.
    #[must_use]
    pub fn of(view: &ClusterView) -> Self {
        if let Some(violation) = view.broken {
            return Self::Broken(violation, view.tally.clone());
        }
        let running = || view.servers.iter().filter(|server| server.process == Process::Running);
        if running().next().is_none() {
            return Self::AllDown;
        }
        let newest = running().map(|server| server.term).max().unwrap_or_default();
        let candidates = running().filter(|server| server.role == Role::Candidate && server.term == newest);
        match candidates.clone().count() {
            0 => {}
            1 => return candidacy(candidates.clone().next()),
            _ => return rivals(view, newest, candidates.map(|server| server.id).collect()),
        }
        match view.leader().filter(|leader| leader.process == Process::Running) {
            Some(leader) => led(view, leader),
            None => running()
                .find(|server| server.role == Role::PreCandidate)
                .map_or_else(|| waits(view), asks),
        }
    }
}

fn asks(server: &ServerView) -> Moment {
    Moment::Asks {
        asking: server.id,
        term: server.term,
        votes: server.votes,
        quorum: server.quorum,
    }
}

fn candidacy(candidate: Option<&ServerView>) -> Moment {
    let candidate = candidate.expect("there is one");
    Moment::Candidacy {
        candidate: candidate.id,
        term: candidate.term,
        votes: candidate.votes,
        quorum: candidate.quorum,
    }
}

fn rivals(view: &ClusterView, term: Term, candidates: NodeSet) -> Moment {
    let up: Vec<_> = view
        .servers
        .iter()
        .filter(|server| server.process == Process::Running)
        .collect();
    let all_voted = up
        .iter()
        .all(|server| server.term == term && server.voted_for.is_some());
    let votes = |candidate| up.iter().filter(|server| server.voted_for == Some(candidate)).count();
    let quorum = view.servers.first().map_or(1, |server| usize::from(server.quorum));
    Moment::Rivals {
        candidates,
        term,
        split: all_voted && candidates.iter().all(|candidate| votes(candidate) < quorum),
    }
}

fn led(view: &ClusterView, leader: &ServerView) -> Moment {
    let running = |server: &&ServerView| server.process == Process::Running;
    let rivals: NodeSet = view.leaders().filter(running).map(|server| server.id).collect();
    if rivals.len() > 1 {
        return Moment::TwoLead {
            leaders: rivals,
            term: leader.term,
        };
    }
    let groups = groups(&view.links, view.servers.len());
    let reach = |server: NodeId| {
        groups
            .iter()
            .copied()
            .find(|group| group.contains(server))
            .unwrap_or_default()
    };
    let quorum = usize::from(leader.quorum);
    // The oldest that still believes to lead has the most to learn.
    let believers = view
        .servers
        .iter()
        .filter(|server| server.leads() && server.process == Process::Running);
    let deposed = believers
        .filter(|server| server.term < leader.term)
        .min_by_key(|server| server.term);
    let newer = Some((leader.id, leader.term));
    match deposed {
        Some(old) => cut_off(old, reach(old.id), newer),
        None if reach(leader.id).len() < quorum => cut_off(leader, reach(leader.id), None),
        None => followed(view, leader),
    }
}

const fn cut_off(leader: &ServerView, reaches: NodeSet, newer: Option<(NodeId, Term)>) -> Moment {
    Moment::CutOff {
        leader: leader.id,
        term: leader.term,
        reaches,
        newer,
    }
}

fn followed(view: &ClusterView, leader: &ServerView) -> Moment {
    let (id, term) = (leader.id, leader.term);
    let select = |wanted: fn(&ServerView, NodeId) -> bool| -> NodeSet {
        view.servers
            .iter()
            .filter(|server| wanted(server, id))
            .map(|server| server.id)
            .collect()
    };
    let unaware = select(|server, leader| server.process == Process::Running && server.leader != Some(leader));
    if !unaware.is_empty() {
        return Moment::Announces {
            leader: id,
            term,
            unaware,
        };
    }
    Moment::Leads {
        leader: id,
        term,
        away: select(|server, _| server.process != Process::Running),
    }
}

fn waits(view: &ClusterView) -> Moment {
    let running = || view.servers.iter().filter(|server| server.process == Process::Running);
    let timers = running().filter_map(|server| server.election.map(|timer| (server.id, timer.fires_at)));
    let quorum = view.servers.first().map_or(1, |server| usize::from(server.quorum));
    Moment::Waits {
        next: next(timers.min_by_key(|(_, fires_at)| *fires_at), view.planned),
        too_few: running().count() < quorum,
    }
}

/// A timer that runs out after something else is done may never do so: that is no news.
fn next(timer: Option<(NodeId, Micros)>, planned: Option<Micros>) -> Option<Next> {
    let (server, fires_at) = timer?;
    Some(match planned {
        Some(planned) if planned < fires_at => Next::Planned(planned),
        _ => Next::Timer(server, fires_at),
    })
}

/// How long it takes to speak a sentence, in ms, with a pause after it.
#[must_use]
pub fn spoken_ms(sentence: &str) -> f64 {
    const SHORTEST: u32 = 4000;
    /// Some fifteen characters a second.
    const A_CHARACTER: u32 = 65;
    let characters = u32::try_from(sentence.chars().count()).unwrap_or(u32::MAX);
    f64::from(characters.saturating_mul(A_CHARACTER).max(SHORTEST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::Quorum,
        scenario::{Scenario, ScenarioId},
        sim::Action,
        ui::{
            run::player::Player,
            text::{Lang, has_decimal_point, pseudo},
        },
    };

    /// What is said over a scenario, each once, from event to event.
    fn told(id: ScenarioId, until: u64) -> Vec<Moment> {
        let mut player = Player::new(Scenario::new(id));
        let mut told = vec![Moment::of(&ClusterView::of(&player))];
        while player.history().now() < Micros::from_millis(until) {
            player.step();
            told.push(Moment::of(&ClusterView::of(&player)));
        }
        told.dedup();
        told
    }

    #[test]
    fn an_election_is_told_from_the_wait_to_the_leader() {
        let told = told(ScenarioId::Free, 300);
        let kinds: Vec<_> = told.iter().map(std::mem::discriminant).collect();
        assert!(matches!(
            told[0],
            Moment::Waits {
                next: Some(Next::Timer(..)),
                too_few: false
            }
        ));
        assert!(matches!(told[1], Moment::Candidacy { .. }));
        assert!(matches!(told.last(), Some(Moment::Leads { .. })), "{told:?}");
        assert!(told.iter().any(|moment| matches!(moment, Moment::Announces { .. })));
        assert!(kinds.len() < 12, "{told:?}");
    }

    #[test]
    fn a_split_vote_and_a_leader_in_a_minority_are_told() {
        assert!(
            told(ScenarioId::SplitVote, 900)
                .iter()
                .any(|moment| matches!(moment, Moment::Rivals { split: true, .. }))
        );
        let minority = told(ScenarioId::MinorityLeader, 1000);
        assert!(
            minority
                .iter()
                .any(|moment| matches!(moment, Moment::CutOff { newer: None, .. }))
        );
        assert!(
            minority
                .iter()
                .any(|moment| matches!(moment, Moment::CutOff { newer: Some(_), .. })),
            "{minority:?}"
        );
    }

    const S1: NodeId = NodeId::new(0);
    const S2: NodeId = NodeId::new(1);

    /// Five servers in which a candidate's own vote is enough, and these run at once.
    fn alone_is_enough(candidates: &[NodeId]) -> Player {
        let mut player = Player::default();
        let mut rules = player.rules();
        rules.quorum = Quorum::Votes(1);
        player.act(Action::set_rules(rules)).unwrap();
        for server in candidates {
            player.act(Action::force_timeout(*server)).unwrap();
        }
        player
    }

    #[test]
    fn two_leaders_of_one_term_are_told_when_it_happens_and_as_long_as_it_lasts() {
        let mut player = alone_is_enough(&[S1, S2]);
        let moment = Moment::of(&ClusterView::of(&player));
        assert!(matches!(moment, Moment::Broken(..)), "{moment:?}");
        player.seek(Micros::from_millis(1));
        let view = ClusterView::of(&player);
        let leaders = NodeSet::from_iter([S1, S2]);
        assert_eq!(Moment::of(&view), Moment::TwoLead { leaders, term: Term(1) });
        assert_eq!(Lang::En.who_leads(&view), "S1 and S2 both lead term 1");
        assert_eq!(Lang::Pt.who_leads(&view), "S1 e S2 lideram ambos o term 1");
        let one = ClusterView::of(&alone_is_enough(&[S2]));
        assert_eq!(Lang::En.who_leads(&one), "S2 leads term 1");
    }

    /// Of an old leader and a new one the new one leads: that is no violation.
    #[test]
    fn leaders_of_different_terms_do_not_both_lead() {
        let mut player = Player::new(Scenario::new(ScenarioId::MinorityLeader));
        player.seek(Micros::from_millis(1000));
        let view = ClusterView::of(&player);
        assert!(view.servers.iter().filter(|server| server.leads()).count() > 1);
        assert_eq!(view.leaders().count(), 1);
        assert!(Lang::En.who_leads(&view).contains(" leads term "));
    }

    #[test]
    fn a_leader_without_a_majority_is_told_with_the_votes_that_it_counted() {
        let moment = Moment::of(&ClusterView::of(&alone_is_enough(&[S2])));
        assert_eq!(
            Lang::En.narrate(&moment),
            "A safety property is broken: S2 leads term 1 without a majority of votes. It counted the votes of S2: 1 of 5, where 3 are a majority."
        );
    }

    /// In a run that was found, the path sets off the timers, long before they run out by themselves.
    #[test]
    fn a_timer_that_a_plan_may_overrule_is_not_announced() {
        let mut scenario = Scenario::new(ScenarioId::Free);
        scenario.script = vec![(Micros::from_millis(40), Action::force_timeout(S1))];
        let moment = Moment::of(&ClusterView::of(&Player::new(scenario)));
        let next = Some(Next::Planned(Micros::from_millis(40)));
        assert_eq!(moment, Moment::Waits { next, too_few: false });
        for lang in Lang::ALL {
            let said = lang.narrate(&moment);
            assert!(
                !said.contains("S1") && (said.contains("0.040 s") ^ said.contains("0,040 s")),
                "{said}"
            );
        }
    }

    #[test]
    fn every_moment_is_one_sentence_or_two_in_every_language() {
        for id in ScenarioId::ALL {
            for moment in told(id, 1500) {
                for lang in Lang::ALL {
                    let said = lang.narrate(&moment);
                    assert!(
                        said.ends_with('.') && said.len() < 200 && !said.contains("  "),
                        "{said}"
                    );
                    assert!(spoken_ms(&said) >= 4000.0);
                    assert!(lang == Lang::En || !has_decimal_point(&said), "{said}");
                }
                let said = Lang::Pseudo.narrate(&moment);
                assert_eq!(pseudo::english(&said), [""; 0], "not from the catalogue: {said}");
            }
        }
    }
}
