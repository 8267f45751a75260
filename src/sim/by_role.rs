//! What is done to whoever has a role.

use super::{
    Action, ClusterAction, EventId, Leadership, Meaning, Observer, Process, Refused, RoleAction, ServerAction, Whom,
    World, world::Ways,
};
use crate::raft::{NodeId, NodeSet, Role};

static BY_ROLE: Ways = Ways { concerned, allow, act };

impl Action {
    /// What is done to [`Self::EXAMPLE`], done to those who have a role instead; `None` if that can't be said.
    #[must_use]
    #[inline(never)]
    pub fn by_role(self, role: Whom) -> Option<Self> {
        let done = match self {
            Self::Server(_, ServerAction::TransferLeadership(_)) => return None,
            Self::Server(Self::EXAMPLE, done) => RoleAction::Server(done),
            Self::Cluster(ClusterAction::Partition(group)) if group == NodeSet::all(1) => RoleAction::Partition,
            _ => return None,
        };
        Some(Self::Role(role, done, Meaning(&BY_ROLE)))
    }
}

impl World {
    /// Who has a role now:
    /// - the leader is who leads, as [`Leadership`] has it: nobody, one server, or several where election safety is broken;
    /// - candidates, pre-candidates among them, and followers are those that are not down and have that role; the paused as well;
    /// - the majority is the leader, those that run, and all others, each by number, until they are more than half of all.
    #[must_use]
    pub fn having(&self, role: Whom) -> NodeSet {
        let leadership = Leadership::of(self);
        let mut having = NodeSet::EMPTY;
        if let Whom::Leader | Whom::Majority = role {
            having = leadership.leaders();
        }
        // Those that run come first.
        for server in leadership.running.iter().chain(NodeId::all(leadership.size)) {
            let (process, role_now) = (self.server(server).process(), self.server(server).node().role());
            let is_one = match role {
                Whom::Leader => false,
                Whom::Majority => having.len() < leadership.majority(),
                Whom::Followers => process != Process::Down && role_now == Role::Follower,
                Whom::Candidates => {
                    process != Process::Down && matches!(role_now, Role::Candidate | Role::PreCandidate)
                }
            };
            if is_one {
                having.insert(server);
            }
        }
        having
    }
}

/// Those of the role to which it can be done; if there are none, the first to which it can't.
fn concerned(world: &World, action: Action) -> NodeSet {
    let Action::Role(role, done, _) = action else {
        return NodeSet::EMPTY;
    };
    let all = world.having(role);
    let RoleAction::Server(done) = done else { return all };
    let (mut able, mut unable) = (NodeSet::EMPTY, NodeSet::EMPTY);
    for server in all.iter() {
        if world.allow(Action::Server(server, done)).is_ok() {
            able.insert(server);
        } else if unable.is_empty() {
            unable.insert(server);
        }
    }
    if able.is_empty() { unable } else { able }
}

fn allow(world: &World, action: Action) -> Result<(), Refused> {
    match (action.upon(concerned(world, action), 0), action) {
        (Some(named), _) => world.allow(named),
        (None, Action::Role(role, ..)) => Err(Refused::Nobody(role)),
        (None, _) => Ok(()),
    }
}

/// As if those whom it concerns had been named. What is done to one of them changes nothing about what can be done to the others.
fn act(world: &mut World, action: Action, observer: &mut dyn Observer) -> Result<EventId, Refused> {
    allow(world, action)?;
    let (concerned, first) = (concerned(world, action), world.next_event());
    let mut nth = 0;
    while let Some(named) = action.upon(concerned, nth) {
        world.act(named, observer)?;
        nth += 1;
    }
    Ok(first)
}
