//! Whom a server reaches, over all symmetric networks of five, against a plain count; and what its belief that it leads is worth.

use crate::runs::{
    S1, S2, S3, S4, S5, ms,
    recorded::{Recorded, quiet_config},
};
use raft_playground::{
    raft::{NodeId, NodeSet, Term},
    sim::{Action, Claim, Contact, Leadership, World},
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

/// Of S1, the leader of term 1, after this was done: what its claim is worth, and whether it is overtaken.
fn claim_after(actions: impl IntoIterator<Item = Action>) -> (Option<Claim>, bool) {
    let mut world = Recorded::led_by_s1();
    for action in actions {
        world.act(action);
    }
    let leadership = Leadership::of(&world);
    (leadership.claim(S1), leadership.is_overtaken(S1))
}

#[test]
fn a_leader_leads_while_it_runs_and_reaches_a_majority_that_is_in_no_newer_term() {
    let two_away = [Action::kill(S4), Action::kill(S5)];
    assert_eq!(claim_after([]), (Some(Claim::Leads), false));
    assert_eq!(claim_after(two_away), (Some(Claim::Leads), false));
    assert_eq!(claim_after([Action::pause(S1)]), (Some(Claim::Paused), false));
    assert_eq!(
        claim_after([Action::isolate(S1)]),
        (Some(Claim::Reaches(Contact::Nobody)), false)
    );
    let three_away = two_away.into_iter().chain([Action::cut(S3, S1)]);
    assert_eq!(
        claim_after(three_away),
        (Some(Claim::Reaches(Contact::HearsFew(2, 2))), false)
    );
    let cut_from = |server| [S2, S3, S4, S5].map(|other| Action::cut(server, other));
    let cut_to = |server| [S2, S3, S4, S5].map(|other| Action::cut(other, server));
    let one_way = |reached| (Some(Claim::Reaches(reached)), false);
    assert_eq!(claim_after(cut_to(S1)), one_way(Contact::HearsNobody));
    assert_eq!(claim_after(cut_from(S1)), one_way(Contact::Unheard));
    // Only answers are cut, or only heartbeats.
    assert_eq!(
        claim_after(cut_to(S1).into_iter().skip(1)),
        one_way(Contact::HearsFew(2, 4))
    );
    assert_eq!(
        claim_after(cut_from(S1).into_iter().skip(1)),
        one_way(Contact::HeardByFew(2, 4))
    );
    assert_eq!(
        claim_after([Action::isolate(S1), Action::heal(S1, S2), Action::heal(S2, S1)]),
        one_way(Contact::Servers(2))
    );
    // It is heard by S2, and hears the others.
    let crossed = [&cut_to(S1)[..1], &cut_from(S1)[1..]].concat();
    assert_eq!(claim_after(crossed), one_way(Contact::Servers(1)));
    // Who is down hears nobody.
    let heard_by_none_that_runs = [
        Action::kill(S2),
        Action::kill(S3),
        Action::isolate(S1),
        Action::heal(S1, S2),
    ];
    assert_eq!(claim_after(heard_by_none_that_runs), one_way(Contact::Nobody));
    // A server that stands for election is in a newer term from then on.
    let outdated = two_away.into_iter().chain([Action::force_timeout(S2)]);
    assert_eq!(claim_after(outdated), (Some(Claim::Outdated), true));
    let cut_off = [Action::isolate(S1), Action::force_timeout(S2)];
    assert_eq!(claim_after(cut_off), (Some(Claim::Reaches(Contact::Nobody)), true));
    let paused = [Action::pause(S1), Action::force_timeout(S2)];
    assert_eq!(claim_after(paused), (Some(Claim::Paused), true));
    // One of five in a newer term keeps nobody from following S1.
    let alone = [Action::isolate(S5), Action::force_timeout(S5)];
    assert_eq!(claim_after(alone), (Some(Claim::Leads), false));
    assert_eq!(claim_after([Action::kill(S1)]), (None, false));
}

/// What no server remembers after a crash.
#[test]
fn whom_a_server_followed_and_what_it_won_is_known_after_its_crash() {
    let mut world = Recorded::quiet();
    assert_eq!((world.server(S1).followed(), world.server(S1).elected()), (None, None));
    world.act(Action::force_timeout(S1));
    world.run_to(ms(1000));
    world.act(Action::kill(S1));
    world.act(Action::kill(S2));
    assert_eq!(world.server(S1).followed(), Some(Term(1)));
    assert_eq!(world.server(S1).elected(), Some((Term(1), ms(20))));
    assert_eq!(
        (world.server(S2).followed(), world.server(S2).elected()),
        (Some(Term(1)), None)
    );
    // Of its later victories, the last; while it leads on, that stays.
    world.act(Action::start(S1));
    world.act(Action::force_timeout(S1));
    world.run_to(ms(9000));
    assert_eq!(world.server(S1).followed(), Some(Term(2)));
    assert_eq!(world.server(S1).elected(), Some((Term(2), ms(1020))));
}
