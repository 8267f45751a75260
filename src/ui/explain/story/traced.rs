//! What a story has to remember of the cluster from one event to the next.

use crate::{
    raft::{Decision, MAX_SERVERS, NodeId, NodeSet, Role, Term},
    sim::{Action, CarryingLinks, Effect, Event, EventKind, History, Leadership, Standing},
};

/// Who runs, who believes that it leads, and who can reach whom; told by events alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TracedLeadership {
    leadership: Leadership,
    links: CarryingLinks,
    /// Whom each server follows, by its index, as far as it has accepted a heartbeat in the events that were read.
    follows: [Option<NodeId>; MAX_SERVERS],
}

impl TracedLeadership {
    /// That of a history just before the first event in memory.
    pub fn before(history: &History) -> Self {
        let config = history.started_with();
        let links = CarryingLinks::new(config);
        let leadership = Leadership {
            size: usize::from(config.size),
            links: links.links(),
            quorum: usize::from(config.rules.quorum.votes(config.size)),
            running: NodeSet::EMPTY,
            believers: NodeSet::EMPTY,
            terms: [Term::ZERO; MAX_SERVERS],
        };
        let mut cluster = Self {
            leadership,
            links,
            follows: [None; MAX_SERVERS],
        };
        let first = history.trace().get(history.trace().first());
        let Some(first) = first.filter(|first| first.id.0 > 0) else {
            return cluster;
        };
        for (_, action) in history.actions().take_while(|(at, _)| *at < first.at) {
            cluster.set(action);
        }
        for server in NodeId::all(cluster.leadership.size) {
            let lane = history.roles().lane(server);
            let then = lane.take_while(|stretch| stretch.from < first.at).last();
            match then.map_or(Standing::Down, |stretch| stretch.standing) {
                Standing::Down | Standing::Paused => {}
                Standing::Runs(role) => {
                    cluster.leadership.running.insert(server);
                    cluster.take_role(server, role);
                }
                Standing::Stale | Standing::Unsafe => {
                    cluster.leadership.running.insert(server);
                    cluster.take_role(server, Role::Leader);
                }
            }
        }
        cluster
    }

    /// Who leads, and who could.
    pub const fn leadership(&self) -> &Leadership {
        &self.leadership
    }

    /// Whether an action after which things stand so was about links and found them all so before: cut already, or whole.
    pub fn found_so(&self, before: &Self, action: Action) -> bool {
        matches!(action.effect(), Effect::Cut | Effect::Mend) && self.links == before.links
    }

    /// Whether a majority follows a server: itself, and those that it reaches whose last news of a leader was its heartbeat.
    pub fn is_followed(&self, leader: NodeId) -> bool {
        let cluster = &self.leadership;
        let term = |server: NodeId| cluster.terms[server.index()];
        let follows = |server: &NodeId| {
            *server == leader || self.follows[server.index()] == Some(leader) && term(*server) == term(leader)
        };
        cluster.reach(leader).iter().filter(follows).count() >= cluster.majority()
    }

    /// Takes in what happened. Says whether another may lead now.
    pub fn take(&mut self, event: &Event) -> bool {
        let before = *self;
        match (event.kind, event.server) {
            (EventKind::Action(action), server) => {
                self.set(action);
                if let Some(server) = server {
                    self.set_process(server, action.effect());
                }
            }
            (EventKind::Sent { .. }, Some(server)) => self.leadership.terms[server.index()] = event.term,
            (EventKind::Decided(decision), Some(server)) => {
                self.leadership.terms[server.index()] = event.term;
                self.take_follower(server, decision);
                match decision {
                    Decision::Started => {
                        self.leadership.running.insert(server);
                        self.take_role(server, Role::Follower);
                    }
                    Decision::ElectionWon { .. } => self.take_role(server, Role::Leader),
                    Decision::ElectionStarted { .. } | Decision::SteppedDown(_) => {
                        self.take_role(server, Role::Follower);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        *self != before
    }

    /// Whom a server follows after a decision.
    const fn take_follower(&mut self, server: NodeId, decision: Decision) {
        let follows = &mut self.follows[server.index()];
        match decision {
            Decision::HeartbeatAccepted { from, .. } => *follows = Some(from),
            Decision::TermAdvanced { .. } | Decision::PreVoteStarted { .. } | Decision::ElectionStarted { .. } => {
                *follows = None;
            }
            _ => {}
        }
    }

    fn take_role(&mut self, server: NodeId, role: Role) {
        if role == Role::Leader {
            self.leadership.believers.insert(server);
        } else {
            self.leadership.believers.remove(server);
        }
    }

    fn set_process(&mut self, server: NodeId, effect: Effect) {
        match effect {
            Effect::Crash | Effect::Wipe => {
                self.leadership.running.remove(server);
                self.leadership.believers.remove(server);
                self.follows[server.index()] = None;
            }
            Effect::Pause => {
                self.leadership.running.remove(server);
            }
            Effect::Start | Effect::Resume => {
                self.leadership.running.insert(server);
            }
            Effect::Cut | Effect::Mend | Effect::Other => {}
        }
    }

    fn set(&mut self, action: Action) {
        if let Some(rules) = action.rules() {
            let size = u8::try_from(self.leadership.size).unwrap_or(u8::MAX);
            self.leadership.quorum = usize::from(rules.quorum.votes(size));
        }
        self.links.act(action);
        self.leadership.links = self.links.links();
    }
}
