//! Links: each direction by itself is up or cut. What is on a link as it is cut is lost, and so is what is sent over it then.

use std::collections::BTreeSet;

use crate::runs::{
    S1, S2, S3, S4, S5, ms, random,
    recorded::{Recorded, delivered, fixed_delay, lost, quiet_config},
};
use raft_playground::{
    raft::{Message, NodeId, NodeSet, Role, Term},
    sim::{
        Action, ClusterAction, ConfigError, EventKind, LinkAction, Links, LostWhere, MessageAction, Network, Refused,
        ServerAction, World,
    },
};

const S6: NodeId = NodeId::new(5);

fn set(servers: impl IntoIterator<Item = NodeId>) -> NodeSet {
    servers.into_iter().collect()
}

/// The links of five servers that are cut.
fn cut(world: &Recorded) -> Vec<(NodeId, NodeId)> {
    world.config().links.cut().collect()
}

fn both_ways(pairs: &[(NodeId, NodeId)]) -> Vec<(NodeId, NodeId)> {
    let mut links: Vec<_> = pairs.iter().flat_map(|&(a, b)| [(a, b), (b, a)]).collect();
    links.sort();
    links
}

// --- One link ---

#[test]
fn a_cut_link_carries_nothing_and_the_way_back_carries_all() {
    let mut world = Recorded::quiet();
    world.act(Action::cut(S1, S2));
    assert_eq!(cut(&world), [(S1, S2)]);
    world.act(Action::force_timeout(S1));
    let there = world.run_and_watch(S2, ms(100));
    assert_eq!(
        lost(&there),
        [LostWhere::CutLink; 2],
        "the request and the first heartbeat"
    );
    assert_eq!((delivered(&there), world.server(S2).node().term()), (vec![], Term(0)));
    world.act(Action::force_timeout(S2));
    world.act(Action::force_timeout(S2));
    let there = world.run_and_watch(S1, ms(200));
    assert_eq!(delivered(&there)[0].0, S2);
    assert_eq!(world.server(S1).node().voted_for(), Some(S2));
}

#[test]
fn what_is_on_a_link_as_it_is_cut_is_lost_at_once() {
    let mut world = Recorded::quiet();
    world.act(Action::force_timeout(S1));
    world.run_to(ms(4));
    let before = world.events_so_far();
    let action = world.act(Action::cut(S1, S2));
    assert_eq!(lost(&world.happened(S2, before)), [LostWhere::CutLink]);
    let event = *world.record.events.last().expect("the loss");
    assert_eq!((event.at, event.server), (ms(4), Some(S2)));
    assert!(event.id > action);
    assert!(world.in_flight().all(|flight| flight.to() != S2));
    assert_eq!(world.in_flight().count(), 3, "the other links keep theirs");
    world.run_to(ms(100));
    assert_eq!(world.leader(), Some(S1));
    assert_eq!(world.server(S2).node().term(), Term(0), "it has heard of nothing");
}

/// Also what the network would have lost a little later.
#[test]
fn a_cut_takes_all_that_is_on_its_link() {
    let mut world = Recorded::quiet();
    world.act(Action::set_network(Network {
        loss_permille: 1000,
        ..fixed_delay(10)
    }));
    world.act(Action::force_timeout(S1));
    let before = world.events_so_far();
    world.act(Action::isolate(S1));
    let kinds: Vec<_> = world.record.events[before..].iter().map(|event| event.kind).collect();
    assert_eq!(lost(&kinds), [LostWhere::CutLink; 4]);
}

/// What a cut takes makes room: else the link would be full after a few cuts, for ever.
#[test]
fn a_link_that_was_cut_often_carries_as_much_as_before() {
    let mut world = Recorded::led_by_s1();
    for _ in 0..=World::LINK_CAPACITY {
        world.act(Action::send_heartbeats(S1));
        world.act(Action::cut(S1, S2));
        world.act(Action::heal(S1, S2));
    }
    let before = world.events_so_far();
    world.act(Action::send_heartbeats(S1));
    let happened = world.run_and_watch(S2, ms(1500));
    assert_eq!(delivered(&happened).len(), 1);
    assert_eq!(lost(&world.happened(S2, before)), []);
}

#[test]
fn what_was_sent_over_a_cut_link_stays_lost_when_it_is_mended() {
    let mut world = Recorded::quiet();
    world.act(Action::cut(S1, S2));
    world.act(Action::force_timeout(S1));
    world.act(Action::heal(S1, S2));
    assert_eq!(cut(&world), []);
    let there = world.run_and_watch(S2, ms(10));
    assert_eq!((lost(&there), delivered(&there)), (vec![LostWhere::CutLink], vec![]));
    let there = world.run_and_watch(S2, ms(30));
    assert_eq!(delivered(&there), [(S1, Message::AppendEntries { term: Term(1) })]);
}

#[test]
fn cutting_or_mending_twice_is_cutting_or_mending_once() {
    let mut world = Recorded::quiet();
    for (action, links) in [
        (Action::heal(S1, S2), vec![]),
        (Action::cut(S1, S2), vec![(S1, S2)]),
        (Action::cut(S1, S2), vec![(S1, S2)]),
        (Action::heal(S1, S2), vec![]),
    ] {
        let before = world.events_so_far();
        world.act(action);
        assert_eq!(world.events_so_far(), before + 1, "the action and nothing else");
        assert_eq!(cut(&world), links);
    }
}

#[test]
fn a_configuration_may_begin_with_cut_links() {
    let mut config = quiet_config();
    config.links.set(S1, S2, false);
    let mut world = Recorded::new(config, 1);
    world.act(Action::force_timeout(S1));
    let there = world.run_and_watch(S2, ms(10));
    assert_eq!(lost(&there), [LostWhere::CutLink]);
}

/// They could never be mended.
#[test]
fn a_configuration_can_not_cut_links_that_are_not_there() {
    for (from, to) in [(S1, S1), (S1, S6), (S6, S1)] {
        let mut config = quiet_config();
        config.links.set(from, to, false);
        assert_eq!(config.validate(), Err(ConfigError::Links), "{from} to {to}");
    }
}

// --- Many links ---

#[test]
fn an_isolated_server_reaches_nobody_and_nobody_reaches_it() {
    let mut world = Recorded::led_by_s1();
    world.act(Action::isolate(S1));
    assert_eq!(cut(&world), both_ways(&[(S1, S2), (S1, S3), (S1, S4), (S1, S5)]));
    let isolated: Vec<_> = NodeId::all(5)
        .filter(|id| world.config().links.is_isolated(*id, 5))
        .collect();
    assert_eq!(isolated, [S1]);
    world.act(Action::force_timeout(S2));
    world.run_to(ms(1500));
    assert_eq!(world.server(S2).node().role(), Role::Leader);
    assert_eq!(world.server(S1).node().role(), Role::Leader, "it doesn't know");
    assert_eq!(world.leader(), Some(S2), "the newer term counts");
    world.act(Action::rejoin(S1));
    assert!(world.config().links.all_up());
    world.run_to(ms(5000));
    assert_eq!(
        (world.server(S1).node().role(), world.server(S1).node().leader()),
        (Role::Follower, Some(S2))
    );
}

#[test]
fn a_partition_cuts_between_its_sides_and_leaves_both_whole() {
    let mut world = Recorded::quiet();
    world.act(Action::partition(set([S1, S2])));
    let between = both_ways(&[(S1, S3), (S1, S4), (S1, S5), (S2, S3), (S2, S4), (S2, S5)]);
    assert_eq!(cut(&world), between);
    world.act(Action::force_timeout(S1));
    world.act(Action::force_timeout(S3));
    world.run_to(ms(100));
    assert_eq!(world.server(S1).node().votes(), set([S1, S2]), "a minority");
    assert_eq!(world.leader(), Some(S3));
}

#[test]
fn the_other_side_is_the_same_partition() {
    let mut one = Recorded::quiet();
    let mut other = Recorded::quiet();
    one.act(Action::partition(set([S1, S2])));
    other.act(Action::partition(set([S3, S4, S5])));
    assert_eq!(one.config().links, other.config().links);
}

/// A second partition is cut through what the first has left; groups are not made whole again.
#[test]
fn partitions_add_up_until_all_is_mended() {
    let mut world = Recorded::quiet();
    world.act(Action::partition(set([S1, S2])));
    world.act(Action::partition(set([S1])));
    assert!(world.config().links.is_isolated(S1, 5));
    assert!(world.config().links.is_isolated(S2, 5));
    world.act(Action::heal_all());
    assert_eq!(world.config().links, Links::ALL_UP);
}

#[test]
fn who_is_only_not_heard_is_not_isolated() {
    let mut links = Recorded::quiet().config().links;
    for other in [S1, S3, S4, S5] {
        links.set(S2, other, false);
    }
    assert!(!links.is_isolated(S2, 5));
    for other in [S1, S3, S4, S5] {
        links.set(other, S2, false);
    }
    assert!(links.is_isolated(S2, 5));
}

#[test]
fn rejoining_mends_the_links_of_one_server_only() {
    let mut world = Recorded::quiet();
    world.act(Action::isolate(S1));
    world.act(Action::isolate(S2));
    world.act(Action::rejoin(S1));
    assert_eq!(cut(&world), both_ways(&[(S2, S3), (S2, S4), (S2, S5)]));
}

#[test]
fn an_action_on_links_says_so_once_and_has_its_losses_after_it() {
    let mut world = Recorded::quiet();
    world.act(Action::force_timeout(S1));
    world.run_to(ms(1));
    let before = world.events_so_far();
    world.act(Action::isolate(S1));
    let kinds: Vec<_> = world.record.events[before..].iter().map(|event| event.kind).collect();
    assert_eq!(kinds[0], EventKind::Action(Action::isolate(S1)));
    assert_eq!(kinds.len(), 5);
    assert_eq!(lost(&kinds), [LostWhere::CutLink; 4]);
}

#[test]
fn servers_that_are_down_have_links_too() {
    let mut world = Recorded::quiet();
    world.act(Action::kill(S1));
    world.act(Action::isolate(S1));
    world.act(Action::start(S1));
    world.act(Action::force_timeout(S1));
    world.run_to(ms(100));
    assert_eq!(world.server(S1).node().votes(), set([S1]));
    world.act(Action::rejoin(S1));
    assert!(world.config().links.all_up());
}

/// In any run, unless it is delivered by hand. (What waits at a paused server has arrived already.)
#[test]
fn nothing_ever_arrives_over_a_link_that_is_cut() {
    let (mut arrived, mut while_cut) = (0, 0);
    for seed in 0..300 {
        let mut run = random::faulty(seed);
        run.actions
            .retain(|(_, action)| !matches!(action, Action::Message(_, MessageAction::Deliver)));
        let size = usize::from(run.config.size);
        let mut links = run.config.links;
        let mut held = BTreeSet::new();
        for event in &run.make().1.events {
            let waited = held.contains(&event.cause);
            match event.kind {
                EventKind::Action(action) => change(&mut links, size, action),
                EventKind::Held { from, .. } | EventKind::Delivered { from, .. } if !waited => {
                    held.insert(event.cause);
                    let to = event.server.expect("a receiver");
                    assert!(links.is_up(from, to), "seed {seed}, {event:?}");
                    arrived += 1;
                    while_cut += usize::from(!links.all_up());
                }
                _ => {}
            }
        }
    }
    assert!(arrived > 10_000 && while_cut > 1000, "{arrived}, {while_cut}");
}

/// What an action does to the links, said once more.
fn change(links: &mut Links, size: usize, action: Action) {
    let pairs = NodeId::all(size).flat_map(|from| NodeId::all(size).map(move |to| (from, to)));
    for (from, to) in pairs {
        let ends = |server| from == server || to == server;
        let change = match action {
            Action::Link(a, b, LinkAction::Cut) if (a, b) == (from, to) => Some(false),
            Action::Link(a, b, LinkAction::Heal) if (a, b) == (from, to) => Some(true),
            Action::Server(server, ServerAction::Isolate) if ends(server) => Some(false),
            Action::Server(server, ServerAction::Rejoin) if ends(server) => Some(true),
            Action::Cluster(ClusterAction::Partition(group)) if group.contains(from) != group.contains(to) => {
                Some(false)
            }
            Action::Cluster(ClusterAction::HealAll) => Some(true),
            _ => None,
        };
        if let Some(up) = change.filter(|_| from != to) {
            links.set(from, to, up);
        }
    }
}

// --- Refusals ---

#[test]
fn links_that_are_not_there_are_refused() {
    let mut world = Recorded::quiet();
    for (action, why) in [
        (Action::cut(S1, S1), Refused::NoSuchLink),
        (Action::heal(S1, S1), Refused::NoSuchLink),
        (Action::cut(S1, S6), Refused::NoSuchServer),
        (Action::cut(S6, S1), Refused::NoSuchServer),
        (Action::heal(S6, S6), Refused::NoSuchServer),
        (Action::heal(S1, S6), Refused::NoSuchServer),
        (Action::isolate(S6), Refused::NoSuchServer),
        (Action::rejoin(S6), Refused::NoSuchServer),
        (Action::partition(set([])), Refused::NoPartition),
        (Action::partition(NodeSet::all(5)), Refused::NoPartition),
        (Action::partition(set([S1, S6])), Refused::NoSuchServer),
    ] {
        world.assert_refuses(action, why);
    }
}
