//! What is done to whoever has a role when its time comes: it is what it would be if they had been named.

use crate::runs::{S1, S2, S3, S4, S5, ms, random::Dice, recorded::Recorded};
use raft_playground::{
    raft::{NodeId, NodeSet, Role},
    sim::{Action, Config, Event, EventId, EventKind, History, Leadership, Micros, Process, Refused, Whom, World},
};

fn set(servers: impl IntoIterator<Item = NodeId>) -> NodeSet {
    servers.into_iter().collect()
}

/// The action, done to those who have a role instead of to S1.
fn to(role: Whom, action: Action) -> Action {
    action.by_role(role).expect("it can be said")
}

/// The actions that have happened.
fn done(world: &Recorded, since: usize) -> Vec<Action> {
    let events = &world.record.events[since..];
    let actions = events.iter().filter_map(|event| match event.kind {
        EventKind::Action(action) => Some(action),
        _ => None,
    });
    actions.collect()
}

/// Who has each role, against a plain look at each server, in thousands of worlds.
#[test]
fn who_has_a_role_is_who_has_it() {
    let mut seen = [0; 4];
    for seed in 0..300 {
        let mut dice = Dice::new(seed);
        let mut world = World::new(dice.config(), seed, &mut ()).expect("a valid configuration");
        for _ in 0..30 {
            let now = world.now();
            world.run_until(now + Micros(dice.roll(200_000)), &mut ());
            let action = dice.fault(&world);
            let _ = world.act(action, &mut ());
            let up = |roles: &[Role]| {
                let up = world.servers().filter(|(_, server)| server.process() != Process::Down);
                set(up
                    .filter(|(_, server)| roles.contains(&server.node().role()))
                    .map(|(id, _)| id))
            };
            let leaders = world.having(Whom::Leader);
            assert_eq!(leaders, Leadership::of(&world).leaders());
            assert_eq!(
                world.having(Whom::Candidates),
                up(&[Role::Candidate, Role::PreCandidate])
            );
            assert_eq!(world.having(Whom::Followers), up(&[Role::Follower]));
            let (majority, size) = (world.having(Whom::Majority), world.servers().len());
            assert_eq!(majority.len(), size / 2 + 1);
            assert!(leaders.without(majority).is_empty(), "the leader is in it");
            let runs = |id: &NodeId| world.server(*id).process() == Process::Running;
            let left_out = NodeId::all(size).find(|id| runs(id) && !majority.contains(*id));
            // Of those that run, none stands back for one with a higher number or for one that does not run.
            let behind = majority
                .iter()
                .filter(|id| !leaders.contains(*id) && left_out.is_some_and(|left| *id > left || !runs(id)));
            assert_eq!(behind.count(), 0);
            for (count, role) in seen
                .iter_mut()
                .zip([leaders, up(&[Role::Candidate]), up(&[Role::Follower]), majority])
            {
                *count += usize::from(!role.is_empty());
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 500), "{seen:?}");
}

#[test]
fn the_leader_is_who_leads_and_nobody_else() {
    let mut world = Recorded::led_by_s1();
    let before = world.events_so_far();
    world.act(to(Whom::Leader, Action::isolate(S1)));
    assert_eq!(done(&world, before), [Action::isolate(S1)]);
    // It still believes that it leads.
    assert_eq!(world.server(S1).node().role(), Role::Leader);
    for action in [Action::kill(S1), Action::rejoin(S1), Action::partition(set([S1]))] {
        world.assert_refuses(to(Whom::Leader, action), Refused::Nobody(Whom::Leader));
    }
    world.assert_refuses(
        to(Whom::Candidates, Action::kill(S1)),
        Refused::Nobody(Whom::Candidates),
    );
    world.act(Action::force_timeout(S3));
    let before = world.events_so_far();
    world.act(to(Whom::Candidates, Action::set_election_timer(S1, ms(500))));
    assert_eq!(done(&world, before), [Action::set_election_timer(S3, ms(500))]);
    world.run_to(world.now() + ms(100));
    let before = world.events_so_far();
    world.act(to(Whom::Leader, Action::pause(S1)));
    assert_eq!(done(&world, before), [Action::pause(S3)]);
    world.assert_refuses(to(Whom::Leader, Action::resume(S1)), Refused::Nobody(Whom::Leader));
}

/// Each by itself; what can't be done to some is done to the others.
#[test]
fn followers_are_paused_and_go_on() {
    let mut world = Recorded::led_by_s1();
    world.act(Action::kill(S2));
    world.act(Action::pause(S4));
    let (pause, resume) = (
        to(Whom::Followers, Action::pause(S1)),
        to(Whom::Followers, Action::resume(S1)),
    );
    let before = world.events_so_far();
    world.act(pause);
    assert_eq!(done(&world, before), [Action::pause(S3), Action::pause(S5)]);
    // All are paused: that of the first is told.
    assert_eq!(world.concerned(pause), set([S3]));
    world.assert_refuses(pause, Refused::Paused);
    let before = world.events_so_far();
    world.act(resume);
    assert_eq!(
        done(&world, before),
        [Action::resume(S3), Action::resume(S4), Action::resume(S5)]
    );
    world.assert_refuses(to(Whom::Followers, Action::start(S1)), Refused::Running);
    for server in [S3, S4, S5] {
        world.act(Action::kill(server));
    }
    world.assert_refuses(pause, Refused::Nobody(Whom::Followers));
}

#[test]
fn a_majority_has_the_leader_and_those_that_run() {
    let mut world = Recorded::quiet();
    assert_eq!(world.having(Whom::Majority), set([S1, S2, S3]));
    world.act(Action::force_timeout(S5));
    world.run_to(ms(100));
    world.act(Action::kill(S1));
    assert_eq!(world.having(Whom::Majority), set([S2, S3, S5]));
    let before = world.events_so_far();
    world.act(to(Whom::Majority, Action::partition(set([S1]))));
    assert_eq!(done(&world, before), [Action::partition(set([S2, S3, S5]))]);
    world.act(to(Whom::Majority, Action::kill(S1)));
    // Where fewer run, the others fill it up.
    assert_eq!(world.having(Whom::Majority), set([S1, S2, S4]));
    // All that are up follow: there is no other side.
    let mut alone = Recorded::quiet();
    alone.assert_refuses(to(Whom::Followers, Action::partition(set([S1]))), Refused::NoPartition);
}

#[test]
fn what_names_two_servers_or_none_can_not_be_said_by_role() {
    for action in [
        Action::transfer_leadership(S1, S2),
        Action::kill(S2),
        Action::partition(set([S2])),
        Action::partition(set([S1, S2])),
        Action::cut(S1, S2),
        Action::heal_all(),
    ] {
        assert_eq!(action.by_role(Whom::Leader), None, "{action:?}");
    }
}

fn events(history: &History) -> Vec<Event> {
    let trace = history.trace();
    trace.range(EventId(0), history.world().next_event()).copied().collect()
}

/// A script by role has the same events as one that names whom it concerned; what it planned stays as it was planned.
#[test]
fn a_run_by_role_is_the_run_with_the_servers_named() {
    let (mut by_role, mut several, mut refused) = (0, 0, 0);
    for seed in 0..300 {
        let mut dice = Dice::new(seed);
        let script: Vec<_> = (0..dice.roll(12))
            .map(|_| {
                let example = Action::EXAMPLE;
                let done = [
                    Action::kill(example),
                    Action::start(example),
                    Action::pause(example),
                    Action::resume(example),
                    Action::isolate(example),
                    Action::force_timeout(example),
                    Action::partition(set([example])),
                ];
                let action = done[usize::try_from(dice.roll(7)).expect("few")];
                let (role, _) = Whom::WORDS[usize::try_from(dice.roll(4)).expect("four")];
                let other = [Action::heal_all(), Action::start(dice.server(5))][usize::from(dice.one_in(2))];
                (
                    ms(dice.roll(4000)),
                    if dice.one_in(3) { other } else { to(role, action) },
                )
            })
            .collect();
        let mut planned = History::new(Config::paper(5), seed, &script).expect("a valid configuration");
        planned.seek(ms(5000));
        let named: Vec<_> = planned.actions().collect();
        assert!(named.iter().all(|(_, action)| !matches!(action, Action::Role(..))));
        let mut again = History::new(Config::paper(5), seed, &named).expect("a valid configuration");
        again.seek(ms(5000));
        assert_eq!(events(&planned), events(&again), "seed {seed}");
        assert_eq!(planned.world(), again.world());
        assert_eq!(again.refusals().count(), 0);
        let mut sorted = script.clone();
        sorted.sort_by_key(|(at, _)| *at);
        assert_eq!(planned.recording().script, sorted);
        // Its past is what it was, wherever it is visited.
        let at = Micros(dice.roll(5_000_000));
        planned.seek(at);
        again.seek(at);
        assert_eq!(planned.world(), again.world());
        assert!(planned.actions().eq(again.actions()));
        let branch = planned.current();
        for (place, entry) in planned.journal(branch).iter().enumerate() {
            if matches!(entry.action, Action::Role(..)) {
                by_role += 1;
                several += usize::from(planned.meant(branch, place).len() > 1);
                refused += usize::from(planned.refusal(branch, place).is_some());
            }
        }
    }
    assert!(
        by_role > 800 && several > 150 && refused > 150,
        "{by_role}, {several}, {refused}"
    );
}

/// Left out, nothing is done to anybody; in another branch another server may be meant.
#[test]
fn another_branch_means_another_server() {
    let script = [(ms(1000), to(Whom::Leader, Action::kill(S1)))];
    let mut history = History::new(Config::paper(5), 6, &script).expect("a valid configuration");
    history.seek(ms(2000));
    let main = history.current();
    let meant = history.meant(main, 0);
    let [Action::Server(killed, _)] = meant[..] else {
        panic!("{meant:?}")
    };
    assert!(history.was(main, 0, ms(1000), Action::kill(killed)));
    assert!(!history.was(main, 0, ms(1001), Action::kill(killed)));
    // The same leader is isolated before: another one leads by then, or nobody does.
    history.seek(ms(500));
    history.act(Action::kill(killed)).expect("it runs");
    history.seek(ms(2000));
    let branch = history.current();
    let meant = history.meant(branch, 1);
    assert!(meant.len() == 1 && meant != [Action::kill(killed)], "{meant:?}");
    assert_eq!(history.journal(branch)[1], history.journal(main)[0]);
    history.fork_without(1);
    assert_eq!(history.actions().count(), 1);
}
