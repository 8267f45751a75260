//! Which links can carry a message, told by what is done alone.

use super::{Action, ClusterAction, Config, Effect, LinkAction, Links, OwnKind};
use crate::raft::MAX_SERVERS;

/// Which links are up and do not lose every message, followed from action to action: what [`super::World::carrying`] is of a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CarryingLinks {
    size: usize,
    up: Links,
    /// Whether the cluster's network loses every message.
    is_silent: bool,
    /// By sender and receiver, whether a link with a loss of its own loses every message.
    own: [[Option<bool>; MAX_SERVERS]; MAX_SERVERS],
}

impl CarryingLinks {
    /// Those of a cluster in which nothing was done yet.
    #[must_use]
    pub const fn new(config: &Config) -> Self {
        Self {
            size: config.size as usize,
            up: config.links,
            is_silent: config.network.loss_permille >= 1000,
            own: [[None; MAX_SERVERS]; MAX_SERVERS],
        }
    }

    /// Takes in what is done.
    pub fn act(&mut self, action: Action) {
        match action {
            Action::Cluster(ClusterAction::SetNetwork(network)) => self.is_silent = network.loss_permille >= 1000,
            Action::Link(from, to, LinkAction::Set(setting)) => {
                let own = &mut self.own[from.index()][to.index()];
                match setting.kind {
                    OwnKind::Loss => *own = Some(setting.permille() >= 1000),
                    OwnKind::AsCluster => *own = None,
                    _ => {}
                }
            }
            _ => {}
        }
        let effect = action.effect();
        if matches!(effect, Effect::Cut | Effect::Mend) {
            for (from, to) in Links::pairs(self.size).filter(|(from, to)| action.is_about_link(*from, *to)) {
                self.up.set(from, to, effect == Effect::Mend);
            }
        }
    }

    /// Which links can carry a message.
    #[must_use]
    pub fn links(&self) -> Links {
        let mut links = self.up;
        for (from, to) in Links::pairs(self.size) {
            if self.own[from.index()][to.index()].unwrap_or(self.is_silent) {
                links.set(from, to, false);
            }
        }
        links
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::NodeId,
        sim::{Network, OwnSetting, World},
        splitmix::mix,
    };

    /// Whatever is done, in whatever order: told by actions it is what the world itself says.
    #[test]
    fn what_actions_leave_is_what_the_world_has() {
        let loss = |permille| Network {
            loss_permille: permille,
            ..Config::paper(3).network
        };
        let mut silent = 0;
        for seed in 0..200 {
            let config = Config::paper(3);
            let mut world = World::new(config, seed, &mut ()).unwrap();
            let mut told = CarryingLinks::new(&config);
            for round in 0..20 {
                let luck = mix(seed * 100 + round);
                let server = |shift: u64| NodeId::new(((luck >> shift) % 3) as usize);
                let (one, other) = (server(8), server(16));
                let action = match luck % 8 {
                    _ if one == other => Action::isolate(one),
                    0 => Action::cut(one, other),
                    1 => Action::heal(one, other),
                    2 => Action::heal_all(),
                    3 => Action::set_network(loss([0, 1000][(luck >> 24) as usize % 2])),
                    4 | 5 => Action::set_link(one, other, OwnSetting::loss([300, 1000][(luck >> 24) as usize % 2])),
                    6 => Action::set_link(one, other, OwnSetting::as_cluster()),
                    _ => Action::rejoin(one),
                };
                if world.act(action, &mut ()).is_ok() {
                    told.act(action);
                }
                assert_eq!(told.links(), world.carrying(), "seed {seed}, {action:?}");
                silent += u32::from(world.carrying() != world.config().links);
            }
        }
        assert!(silent > 500, "{silent}");
    }
}
