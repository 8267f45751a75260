//! The thesis' extensions in a cluster with time and a network: what each is good for.

use raft_playground::{
    raft::{Decision, NodeId, Role, Rule, Timer},
    sim::{Action, Config, EventId, EventKind, History, Micros, Refused},
};

const fn ms(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

/// Five servers with a leader, half a second after their start.
fn led(rules: &[Rule]) -> (History, NodeId) {
    let mut config = Config::paper(5);
    rules.iter().for_each(|rule| config.rules.set(*rule, true));
    let mut history = History::new(config, 6, &[]).expect("a valid cluster");
    history.seek(ms(500));
    let leader = history.world().leader().expect("somebody has won");
    (history, leader)
}

fn other(leader: NodeId) -> NodeId {
    NodeId::all(5).find(|server| *server != leader).expect("there are five")
}

/// Cuts a follower off for a second and lets it come back. Answers who leads half a second later.
fn after_a_visit(rules: &[Rule]) -> (NodeId, Option<NodeId>, u32) {
    let (mut history, leader) = led(rules);
    let before = history.world().server(leader).node().term();
    history.act(Action::isolate(other(leader))).expect("possible");
    history.seek(ms(1500));
    history.act(Action::heal_all()).expect("possible");
    history.seek(ms(2000));
    let now = history.world().leader();
    let term = now.map_or(0, |leader| history.world().server(leader).node().term().0);
    (leader, now, term - before.0)
}

#[test]
fn a_server_that_was_cut_off_deposes_the_leader_unless_it_asks_first() {
    let (_, _, terms) = after_a_visit(&[]);
    assert!(terms > 0, "it brings its newer term along");
    let (leader, now, terms) = after_a_visit(&[Rule::PreVote]);
    assert_eq!((now, terms), (Some(leader), 0));
}

/// With stickiness alone nobody votes for it, but its newer term comes back with the replies to the leader's heartbeats.
#[test]
fn stickiness_alone_does_not_keep_a_newer_term_out() {
    let (_, _, terms) = after_a_visit(&[Rule::LeaderStickiness]);
    assert!(terms > 0);
}

#[test]
fn a_leader_in_a_minority_gives_up_under_check_quorum_only() {
    for (rules, role) in [(&[][..], Role::Leader), (&[Rule::CheckQuorum], Role::Follower)] {
        let (mut history, leader) = led(rules);
        history.act(Action::isolate(leader)).expect("possible");
        history.seek(ms(820));
        let role_now = history.world().server(leader).node().role();
        assert!(
            role_now == role || (role == Role::Follower && role_now == Role::Candidate),
            "{role_now:?} under {rules:?}"
        );
    }
}

#[test]
fn a_leader_hands_over_within_a_few_messages() {
    for rules in [&[][..], &[Rule::PreVote, Rule::LeaderStickiness, Rule::CheckQuorum]] {
        let (mut history, leader) = led(rules);
        let (to, term) = (other(leader), history.world().server(leader).node().term());
        history.act(Action::transfer_leadership(leader, to)).expect("possible");
        history.seek(ms(550));
        assert_eq!(history.world().leader(), Some(to));
        assert_eq!(history.world().server(to).node().term(), term.next());
        assert_eq!(history.world().server(leader).node().role(), Role::Follower);
    }
}

#[test]
fn who_can_hand_over_and_beat_is_said() {
    let (mut history, leader) = led(&[]);
    let follower = other(leader);
    let act = |history: &mut History, action| history.act(action).map(|_| ());
    for (action, refused) in [
        (Action::transfer_leadership(follower, leader), Refused::NotLeader),
        (Action::transfer_leadership(leader, leader), Refused::LeadsAlready),
        (
            Action::transfer_leadership(leader, NodeId::new(7)),
            Refused::NoSuchServer,
        ),
        (Action::send_heartbeats(follower), Refused::NotLeader),
    ] {
        assert_eq!(act(&mut history, action), Err(refused), "{action:?}");
    }
    history.act(Action::pause(leader)).expect("possible");
    assert_eq!(act(&mut history, Action::send_heartbeats(leader)), Err(Refused::Paused));
    history.act(Action::kill(leader)).expect("possible");
    assert_eq!(act(&mut history, Action::send_heartbeats(leader)), Err(Refused::Down));
}

#[test]
fn heartbeats_go_out_when_they_are_told_to() {
    let (mut history, leader) = led(&[]);
    let before = history.world().next_event();
    history.act(Action::send_heartbeats(leader)).expect("possible");
    let events = history.trace().range(before, history.world().next_event());
    let kinds: Vec<_> = events.map(|event| event.kind).collect();
    assert_eq!(kinds[1], EventKind::TimerFired(Timer::Heartbeat));
    let sent = kinds.iter().filter(|kind| matches!(kind, EventKind::Sent { .. }));
    assert_eq!(sent.count(), 4);
}

#[test]
fn a_timer_of_an_extension_runs_out_when_it_is_told_to() {
    let (mut history, leader) = led(&[Rule::LeaderStickiness, Rule::CheckQuorum]);
    let follower = other(leader);
    for (action, timer) in [
        (Action::expire_leader(follower), Timer::RecentLeader),
        (Action::check_quorum(leader), Timer::CheckQuorum),
    ] {
        let before = history.world().next_event();
        history.act(action).expect("possible");
        let fired = history.trace().get(EventId(before.0 + 1)).map(|event| event.kind);
        assert_eq!(fired, Some(EventKind::TimerFired(timer)));
    }
    let act = |history: &mut History, action| history.act(action).map(|_| ());
    for (action, refused) in [
        (Action::expire_leader(follower), Refused::NoSuchTimer),
        (Action::expire_leader(leader), Refused::NoSuchTimer),
        (Action::check_quorum(follower), Refused::NoSuchTimer),
    ] {
        assert_eq!(act(&mut history, action), Err(refused), "{action:?}");
    }
    history.act(Action::pause(leader)).expect("possible");
    assert_eq!(act(&mut history, Action::check_quorum(leader)), Err(Refused::Paused));
    history.act(Action::kill(leader)).expect("possible");
    assert_eq!(act(&mut history, Action::check_quorum(leader)), Err(Refused::Down));
}

/// The thesis: a voter "within the minimum election timeout of hearing from a current leader". Here exactly that long, by the
/// clock: the timer of the leader fires before an election timer that runs out at the same instant.
#[test]
fn a_leader_is_recent_for_the_shortest_election_timeout() {
    let (mut history, _) = led(&[Rule::LeaderStickiness]);
    history.seek(ms(3000));
    let config = *history.world().config();
    let events = history
        .trace()
        .range(history.trace().first(), history.world().next_event());
    let mut heard = [None; 5];
    let mut timers = 0;
    for event in events {
        let server = event.server.map_or(0, NodeId::index);
        match event.kind {
            EventKind::Decided(Decision::HeartbeatAccepted { .. }) => heard[server] = Some(event.at),
            EventKind::TimerSet {
                timer: Timer::RecentLeader,
                fires_at,
            } => {
                timers += 1;
                assert_eq!(fires_at, event.at + config.timing.election_timeout.min);
            }
            _ => {}
        }
    }
    assert!(timers > 50);
    assert!(heard.iter().flatten().count() >= 4);
}
