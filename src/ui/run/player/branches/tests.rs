use super::*;
use crate::{
    raft::{Decision, NodeId},
    scenario::{Scenario, ScenarioId},
    sim::{MessageAction, MessageId},
};

const S1: NodeId = NodeId::new(0);
const S2: NodeId = NodeId::new(1);
const MAIN: BranchId = BranchId(0);

fn ms(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

fn player() -> Player {
    let mut player = Player::new(Scenario::free(5, 7));
    player.seek(ms(1000));
    player
}

/// In a branch that left the first one at half a second, beside it.
fn comparing() -> Player {
    let mut player = player();
    player.seek(ms(500));
    player.change_branches(&BranchChange::Do(Action::kill(S1))).unwrap();
    player
}

fn there(player: &Player) -> &History {
    player.comparison().expect("two are compared").history()
}

fn in_step(player: &Player) {
    let other = player.comparison().expect("two are compared");
    assert_eq!(other.history().now(), player.history().now());
    assert_eq!(other.here(), player.history().current());
}

#[test]
fn what_if_shows_both_futures_under_one_clock() {
    let mut player = comparing();
    assert_eq!(
        (there(&player).current(), player.history().current()),
        (MAIN, BranchId(1))
    );
    in_step(&player);
    player.set_playing(true);
    for _ in 0..20 {
        player.frame(16.0);
        in_step(&player);
    }
    player.seek(ms(3000));
    in_step(&player);
    player.seek(ms(700));
    in_step(&player);
    player.step();
    in_step(&player);
    player.step_back();
    in_step(&player);
    let mut straight = Scenario::free(5, 7).start();
    straight.seek(player.history().now());
    assert!(there(&player).world() == straight.world());
    assert_eq!(player.comparison().unwrap().parting().unwrap().at, ms(500));
}

#[test]
fn stepping_stops_where_something_happens_in_either_future() {
    let mut player = comparing();
    let mut stops = Vec::new();
    while player.history().now() < ms(600) {
        player.step();
        stops.push(player.history().now());
    }
    let mut both: Vec<_> = [player.history(), there(&player)]
        .into_iter()
        .flat_map(|history| history.trace().range(EventId(0), history.world().next_event()))
        .map(|event| event.at)
        .filter(|at| *at > ms(500))
        .collect();
    both.sort_unstable();
    both.dedup();
    assert_eq!(stops, both);
    stops.pop();
    while let Some(at) = stops.pop() {
        player.step_back();
        assert_eq!(player.history().now(), at);
    }
}

/// An hour later there is more to compare than a frame has time for; the frames that follow do it, also while paused.
#[test]
fn a_long_way_is_caught_up_with() {
    let mut player = comparing();
    player.seek(Micros::from_secs(200));
    in_step(&player);
    assert!(player.is_behind());
    let (now, revision) = (player.history().now(), player.revision());
    let mut frames = 0;
    while player.is_behind() {
        player.frame(16.0);
        frames += 1;
    }
    assert!(frames > 0 && player.revision() > revision);
    assert_eq!(player.history().now(), now);
}

#[test]
fn acting_on_goes_on_with_the_comparison() {
    let mut player = comparing();
    player.act(Action::kill(S2)).unwrap();
    in_step(&player);
    assert_eq!(there(&player).current(), MAIN);
    let killed = EventId(player.history().world().next_event().0 - 1);
    assert!(player.differs(killed));
    // In the past of the fork that is a fork of the fork, still beside the first one.
    player.seek(ms(800));
    player.seek(ms(600));
    player.act(Action::start(S1)).unwrap();
    assert_eq!(
        (there(&player).current(), player.history().current()),
        (MAIN, BranchId(2))
    );
    in_step(&player);
}

#[test]
fn visiting_the_other_future_swaps_them_and_deleting_it_ends_the_comparison() {
    let mut player = comparing();
    player.change_branches(&BranchChange::ToEnd(MAIN)).unwrap();
    assert_eq!(
        (there(&player).current(), player.history().current()),
        (BranchId(1), MAIN)
    );
    in_step(&player);
    player.change_branches(&BranchChange::Delete(BranchId(1))).unwrap();
    assert!(player.comparison().is_none());
    player.change_branches(&BranchChange::Compare(MAIN)).unwrap();
    assert!(player.comparison().is_none(), "nothing differs from itself");
}

#[test]
fn starting_again_and_other_runs_end_the_comparison_or_go_on_with_it() {
    let mut player = comparing();
    player.reset();
    assert_eq!(player.history().current(), MAIN, "nothing was done in it");
    assert_eq!(there(&player).current(), BranchId(1));
    player.set_seed(8);
    assert!(player.comparison().is_none());
}

#[test]
fn a_message_can_be_lost_from_the_decision_that_it_led_to() {
    let mut player = player();
    let (counted, at, server) = {
        let trace = player.history().trace();
        let mut events = trace.range(EventId(0), trace.end());
        let event = events
            .find(|event| matches!(event.kind, EventKind::Decided(Decision::VoteReceived { .. })))
            .unwrap();
        (event.id, event.at, event.server.unwrap())
    };
    player.change_branches(&BranchChange::Lose(counted)).unwrap();
    let dropped = player.history().actions().last().unwrap().1;
    assert!(matches!(dropped, Action::Message(MessageId { to, .. }, MessageAction::Drop) if to == server));
    player.seek(at);
    assert!(player.comparison().unwrap().differs_there(counted));
    assert_eq!(
        player.change_branches(&BranchChange::Lose(EventId(0))),
        Err(Refused::NoSuchMessage)
    );
    in_step(&player);
}

#[test]
fn what_a_script_does_can_be_left_out_and_what_is_not_there_cannot() {
    let mut player = Player::new(Scenario::new(ScenarioId::Figure2));
    player.seek(Micros::from_secs(30));
    let script = player.history().journal(MAIN).to_vec();
    player.change_branches(&BranchChange::LeaveOut(0)).unwrap();
    assert_eq!(player.history().journal(BranchId(1)), &script[1..]);
    assert_eq!(player.history().now(), script[0].at);
    let before = player.history().branches().len();
    player.change_branches(&BranchChange::LeaveOut(99)).unwrap();
    player
        .change_branches(&BranchChange::Instead(99, Action::heal_all()))
        .unwrap();
    assert_eq!(player.history().branches().len(), before);
    let action = Action::start(NodeId::new(8));
    assert_eq!(
        player.change_branches(&BranchChange::Instead(0, action)),
        Err(Refused::NoSuchServer)
    );
}

#[test]
fn lines_of_either_future_are_told_in_order_of_time() {
    let mut player = player();
    player.seek(ms(500));
    let leader = player.history().world().leader().unwrap();
    player.change_branches(&BranchChange::Do(Action::kill(leader))).unwrap();
    player.seek(ms(2000));
    let other = player.comparison().unwrap();
    let lines = other.lines(player.history(), 30);
    assert_eq!(lines.len(), 30);
    assert!(lines.is_sorted_by_key(|line| (line.at, line.here)));
    assert!(lines.iter().any(|line| line.here) && lines.iter().any(|line| !line.here));
    for line in &lines {
        let differs = if line.here {
            other.differs_here(line.event)
        } else {
            other.differs_there(line.event)
        };
        assert!(differs && line.at <= ms(2000));
    }
    let all = other.lines(player.history(), usize::MAX);
    assert_eq!(all.last(), lines.last());
    assert_eq!(all[0].at, ms(500), "what was done comes first");
}

#[test]
fn servers_differ_by_what_others_see_of_them() {
    let mut player = comparing();
    let differing = |player: &Player| player.comparison().unwrap().differing_servers(player.history());
    assert!(differing(&player).contains(S1));
    player.seek(ms(499));
    assert!(differing(&player).is_empty());
}

#[test]
fn earlier_runs_are_kept_if_anything_was_done_and_can_be_gone_back_to() {
    let mut player = player();
    player.set_seed(8);
    assert_eq!(player.earlier().len(), 0, "nothing was done");
    player.seek(ms(300));
    player.act(Action::kill(S1)).unwrap();
    player.seek(ms(900));
    let left = player.run();
    player.set_size(3);
    player.open(Scenario::new(ScenarioId::Figure1));
    assert_eq!(player.earlier().collect::<Vec<_>>(), [&left]);
    player.change_branches(&BranchChange::Reopen(0)).unwrap();
    assert_eq!((player.run(), player.earlier().len()), (left, 0));
    for seed in 0..20 {
        player.act(Action::pause(S2)).unwrap();
        player.set_seed(seed);
    }
    assert_eq!(player.earlier().len(), Earlier::MOST);
}

#[test]
fn a_run_of_an_earlier_visit_is_listed_once_and_not_while_it_is_on_screen() {
    let mut player = player();
    player.seek(ms(300));
    player.act(Action::kill(S1)).unwrap();
    let kept = player.run();
    let mut player = Player::default();
    player.list_earlier(kept.clone());
    player.list_earlier(kept.clone());
    assert_eq!(player.earlier().collect::<Vec<_>>(), [&kept]);
    player.open_run(&kept).unwrap();
    assert_eq!(player.earlier().len(), 0, "it is on screen");
    player.set_seed(8);
    assert_eq!(player.earlier().collect::<Vec<_>>(), [&kept], "and is left");
}

/// A line of a file that parts a cluster in three is two actions: without one of them, it would be a partition that nobody asked for.
#[test]
fn a_partition_in_groups_is_left_out_or_replaced_as_a_whole() {
    let part = |server| Action::partition([server].into_iter().collect());
    let script = vec![
        (ms(400), part(S1)),
        (ms(400), part(S2)),
        (ms(400), Action::kill(S2)),
        (ms(700), part(S1)),
    ];
    let scenario = Scenario {
        script,
        ..Scenario::free(5, 7)
    };
    let left = |change: BranchChange| {
        let mut player = Player::new(scenario.clone());
        player.seek(ms(900));
        player.change_branches(&change).unwrap();
        let journal = player.history().journal(player.history().current());
        journal.iter().map(|entry| entry.action).collect::<Vec<_>>()
    };
    let without = [Action::kill(S2), part(S1)];
    for place in [0, 1] {
        assert_eq!(left(BranchChange::LeaveOut(place)), without);
        assert_eq!(
            left(BranchChange::Instead(place, Action::pause(S1))),
            [Action::kill(S2), Action::pause(S1), part(S1)]
        );
    }
    let mut player = Player::new(scenario.clone());
    player.seek(ms(900));
    let mut parts = player
        .history()
        .happened()
        .filter(|event| event.kind == EventKind::Action(part(S2)));
    let event = parts.next().expect("it was done").id;
    assert_eq!(left(BranchChange::Undo(vec![event])), without);
    assert_eq!(left(BranchChange::LeaveOut(2)), [part(S1), part(S2), part(S1)]);
    assert_eq!(left(BranchChange::LeaveOut(3)), [part(S1), part(S2), Action::kill(S2)]);
}
