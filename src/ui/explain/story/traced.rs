//! What a story has to remember of the cluster from one event to the next.

use crate::{
    raft::{Decision, MAX_SERVERS, NodeId, NodeSet, Role, Term},
    sim::{Action, Effect, Event, EventKind, History, Leadership, Standing},
};

/// Who runs, who believes that it leads, and who can reach whom; told by events alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TracedLeadership(Leadership);

impl TracedLeadership {
    /// That of a history just before the first event in memory.
    pub fn before(history: &History) -> Self {
        let config = history.started_with();
        let mut cluster = Self(Leadership {
            size: usize::from(config.size),
            links: config.links,
            quorum: usize::from(config.rules.quorum.votes(config.size)),
            running: NodeSet::EMPTY,
            believers: NodeSet::EMPTY,
            terms: [Term::ZERO; MAX_SERVERS],
        });
        let first = history.trace().get(history.trace().first());
        let Some(first) = first.filter(|first| first.id.0 > 0) else {
            return cluster;
        };
        for (_, action) in history.actions().take_while(|(at, _)| *at < first.at) {
            cluster.set(action);
        }
        for server in NodeId::all(cluster.0.size) {
            let lane = history.roles().lane(server);
            let then = lane.take_while(|stretch| stretch.from < first.at).last();
            match then.map_or(Standing::Down, |stretch| stretch.standing) {
                Standing::Down | Standing::Paused => {}
                Standing::Runs(role) => {
                    cluster.0.running.insert(server);
                    cluster.take_role(server, role);
                }
                Standing::Stale | Standing::Unsafe => {
                    cluster.0.running.insert(server);
                    cluster.take_role(server, Role::Leader);
                }
            }
        }
        cluster
    }

    /// Who leads, and who could.
    pub const fn leadership(&self) -> &Leadership {
        &self.0
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
            (EventKind::Sent { .. }, Some(server)) => self.0.terms[server.index()] = event.term,
            (EventKind::Decided(decision), Some(server)) => {
                self.0.terms[server.index()] = event.term;
                match decision {
                    Decision::Started => {
                        self.0.running.insert(server);
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

    fn take_role(&mut self, server: NodeId, role: Role) {
        if role == Role::Leader {
            self.0.believers.insert(server);
        } else {
            self.0.believers.remove(server);
        }
    }

    fn set_process(&mut self, server: NodeId, effect: Effect) {
        match effect {
            Effect::Crash | Effect::Wipe => {
                self.0.running.remove(server);
                self.0.believers.remove(server);
            }
            Effect::Pause => {
                self.0.running.remove(server);
            }
            Effect::Start | Effect::Resume => {
                self.0.running.insert(server);
            }
            Effect::Cut | Effect::Mend | Effect::Other => {}
        }
    }

    fn set(&mut self, action: Action) {
        if let Some(rules) = action.rules() {
            let size = u8::try_from(self.0.size).unwrap_or(u8::MAX);
            self.0.quorum = usize::from(rules.quorum.votes(size));
        }
        let up = match action.effect() {
            Effect::Mend => true,
            Effect::Cut => false,
            _ => return,
        };
        for (from, to) in pairs(self.0.size).filter(|(from, to)| action.is_about_link(*from, *to)) {
            self.0.links.set(from, to, up);
        }
    }
}

/// All links of a cluster, by sender and receiver.
fn pairs(size: usize) -> impl Iterator<Item = (NodeId, NodeId)> {
    NodeId::all(size).flat_map(move |from| NodeId::all(size).map(move |to| (from, to)))
}
