//! Whom a server reaches, over all symmetric networks of five, against a plain count.

use crate::runs::recorded::quiet_config;
use raft_playground::{
    raft::{NodeId, NodeSet},
    sim::{Action, Leadership, World},
};

#[test]
fn reach_is_direct_in_all_symmetric_networks_of_five() {
    let pairs: Vec<(usize, usize)> = (0..5).flat_map(|a| (a + 1..5).map(move |b| (a, b))).collect();
    for network in 0..1_usize << pairs.len() {
        let mut config = quiet_config();
        let mut linked = [[true; 5]; 5];
        for (_, &(a, b)) in pairs.iter().enumerate().filter(|(bit, _)| network >> bit & 1 == 1) {
            for (from, to) in [(a, b), (b, a)] {
                linked[from][to] = false;
                config.links.set(NodeId::new(from), NodeId::new(to), false);
            }
        }
        let mut world = World::new(config, 1, &mut ()).expect("a valid configuration");
        // Nobody, one that is crashed, or one that is paused.
        let still = NodeId::new(network % 5);
        match network % 3 {
            0 => {}
            1 => drop(world.act(Action::kill(still), &mut ())),
            _ => drop(world.act(Action::pause(still), &mut ())),
        }
        let runs = |server: usize| network % 3 == 0 || server != still.index();
        let leadership = Leadership::of(&world);
        for (server, row) in linked.iter().enumerate() {
            let reached = (0..5).filter(|other| *other == server || row[*other] && runs(*other));
            let expected: NodeSet = reached.map(NodeId::new).collect();
            assert_eq!(
                leadership.reach(NodeId::new(server)),
                expected,
                "S{} in {network:b}",
                server + 1
            );
        }
    }
}
