//! What each button of the row does to a cluster, if it can do anything.

use crate::{
    raft::{NodeId, NodeSet},
    sim::{Action, Micros, Network, Process},
    ui::run::view::{ClusterView, ServerView},
};

/// Crashes who leads, or else the newest that believes so; nothing if nobody does.
pub(super) fn crash_leader(view: &ClusterView) -> Vec<Action> {
    match lone_stale_leader(view) {
        Some(stale) => vec![stale.power()],
        None => view.leaders().map(ServerView::power).collect(),
    }
}

/// Where nobody leads, who believes so.
pub(super) fn lone_stale_leader(view: &ClusterView) -> Option<&ServerView> {
    if view.leader().is_some() {
        return None;
    }
    view.newest_stale()
}

/// Lets all election timers run out at the same moment. What would start one of them anew before is taken away: those who
/// believe that they lead, and what they have sent.
pub(super) fn split_vote(view: &ClusterView) -> Vec<Action> {
    let leads = |server: &&ServerView| server.runs() && server.claim.is_some();
    let leaders: Vec<NodeId> = view.servers.iter().filter(leads).map(|server| server.id).collect();
    if an_election_runs(view) {
        return Vec::new();
    }
    let rivals = view.servers.iter().filter(|server| server.election.is_some()).count();
    if rivals < 2 {
        return Vec::new();
    }
    let sent = view.flights.iter().filter(|flight| leaders.contains(&flight.from()));
    let lost = sent.map(|flight| Action::drop_message(flight.id));
    let crashes = leaders.iter().map(|leader| Action::kill(*leader));
    crashes.chain(lost).chain([Action::align_timers()]).collect()
}

/// Whether a candidate may still win: then timers that run out together come too late to split its votes.
pub(super) fn an_election_runs(view: &ClusterView) -> bool {
    view.servers.iter().any(|server| {
        let refused: NodeSet = server.refusals.iter().map(|refusal| refusal.by).collect();
        server.runs_for_leader() && server.can_win && server.size - refused.len() >= usize::from(server.quorum)
    })
}

/// Cuts a server off, or restores its links if all of them are cut.
pub(super) fn cut_or_restore(view: &ClusterView, server: NodeId) -> Action {
    if view.links.is_isolated(server, view.servers.len()) {
        Action::rejoin(server)
    } else {
        Action::isolate(server)
    }
}

/// A network whose messages take so much longer that elections feel it.
pub(super) fn slowed(normal: Network) -> Network {
    const TIMES: u64 = 8;
    let slow = |delay: Micros| Micros(delay.0.saturating_mul(TIMES)).min(crate::sim::Config::LONGEST);
    let mut network = normal;
    (network.delay.min, network.delay.max) = (slow(normal.delay.min), slow(normal.delay.max));
    network
}

/// Restores all links, starts crashed servers again, lets paused ones go on, and makes the network what it was as the run started.
/// A server that has never run is none that has to be healed.
pub(super) fn heal_all(view: &ClusterView, network: Network, normal: Network) -> Vec<Action> {
    let links = (!view.links.all_up()).then(Action::heal_all);
    let servers = view.servers.iter().filter_map(|server| match server.process {
        Process::Down if server.boots > 0 => Some(Action::start(server.id)),
        Process::Paused => Some(Action::resume(server.id)),
        Process::Down | Process::Running => None,
    });
    links
        .into_iter()
        .chain(servers)
        .chain((network != normal).then_some(Action::set_network(normal)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::Role,
        scenario::{Scenario, ScenarioId},
        ui::run::player::Player,
    };

    /// The free cluster while its first leader leads.
    fn led() -> (Player, ClusterView) {
        let mut player = Player::default();
        player.seek(Micros::from_millis(600));
        let view = ClusterView::of(&player);
        assert!(view.leader().is_some());
        (player, view)
    }

    fn act(player: &mut Player, actions: Vec<Action>) -> ClusterView {
        for action in actions {
            player.act(action).unwrap();
        }
        ClusterView::of(player)
    }

    #[test]
    fn a_split_vote_is_split_at_any_moment() {
        for millis in [0, 100, 200, 203, 207, 400, 555, 600] {
            let mut player = Player::default();
            player.seek(Micros::from_millis(millis));
            let view = ClusterView::of(&player);
            let mut view = act(&mut player, split_vote(&view));
            while !view
                .servers
                .iter()
                .any(|server| server.role == Role::Candidate && server.votes.len() == 1)
            {
                player.step();
                view = ClusterView::of(&player);
                assert!(view.leader().is_none(), "from {millis} ms on");
            }
            let candidates = view
                .servers
                .iter()
                .filter(|server| server.role == Role::Candidate)
                .count();
            assert!(candidates >= 4, "from {millis} ms on: {candidates}");
        }
    }

    #[test]
    fn votes_cannot_be_split_while_a_candidate_may_still_win() {
        let mut player = Player::default();
        let mut seen = Vec::new();
        while player.history().now() < Micros::from_millis(400) {
            let view = ClusterView::of(&player);
            let runs = view.servers.iter().any(ServerView::runs_for_leader);
            assert_eq!(an_election_runs(&view), runs, "one candidate, which wins");
            assert_eq!(split_vote(&view).is_empty(), runs);
            seen.push(runs);
            player.step();
        }
        assert!(seen.contains(&true) && seen.contains(&false));
        let view = ClusterView::of(&player);
        act(&mut player, split_vote(&view));
        let runs = |view: &ClusterView| view.servers.iter().any(ServerView::runs_for_leader);
        let split = loop {
            player.step();
            let view = ClusterView::of(&player);
            if runs(&view) && !an_election_runs(&view) {
                break view;
            }
        };
        let refused = |server: &ServerView| server.refusals.len() >= 3 || !server.runs_for_leader();
        assert!(split.servers.iter().all(refused), "nobody can win any more");
        assert!(!split_vote(&split).is_empty());
    }

    #[test]
    fn the_leader_crashes_and_nobody_else() {
        let (mut player, view) = led();
        let leader = view.leader().unwrap().id;
        let after = act(&mut player, crash_leader(&view));
        let down =
            |view: &ClusterView| -> Vec<_> { view.servers.iter().filter(|s| !s.is_up()).map(|s| s.id).collect() };
        assert_eq!(down(&after), [leader]);
        assert_eq!(crash_leader(&after), []);
    }

    #[test]
    fn a_leader_without_a_majority_crashes_unless_another_one_leads() {
        let (mut player, view) = led();
        let old = view.leader().unwrap().id;
        let cut = act(&mut player, vec![Action::isolate(old)]);
        assert!(cut.leader().is_none());
        assert_eq!(crash_leader(&cut), [Action::kill(old)]);
        player.seek(Micros::from_millis(1500));
        let view = ClusterView::of(&player);
        let new = view.leader().unwrap().id;
        assert_eq!(view.stale().next().map(|server| server.id), Some(old));
        assert_eq!(crash_leader(&view), [Action::kill(new)]);
    }

    #[test]
    fn healing_restores_links_crashed_and_paused_servers_and_the_network() {
        let (mut player, view) = led();
        let [a, b, c] = [0, 1, 2].map(NodeId::new);
        let normal = player.history().started_with().network;
        let slow = slowed(normal);
        let faults = [
            Action::pause(a),
            Action::kill(b),
            Action::isolate(c),
            Action::set_network(slow),
        ];
        let broken = act(&mut player, faults.to_vec());
        assert_eq!(cut_or_restore(&broken, c), Action::rejoin(c));
        assert_eq!(cut_or_restore(&view, c), Action::isolate(c));
        let healed = act(&mut player, heal_all(&broken, slow, normal));
        assert!(healed.links.all_up());
        let process = |server: NodeId| healed.servers[server.index()].process;
        assert_eq!([a, b].map(process), [Process::Running; 2]);
        assert_eq!(player.history().world().config().network, normal);
        assert_eq!(heal_all(&healed, normal, normal), []);
    }

    #[test]
    fn a_server_that_is_down_is_healed_unless_it_has_never_run() {
        let (mut player, view) = led();
        let normal = player.history().started_with().network;
        let broken = act(&mut player, crash_leader(&view));
        let leader = view.leader().unwrap().id;
        assert_eq!(heal_all(&broken, normal, normal), [Action::start(leader)]);
        let mut late = Player::default();
        late.open(Scenario::new(ScenarioId::OneByOne));
        let view = ClusterView::of(&late);
        assert!(view.servers.iter().any(|server| !server.is_up()));
        assert_eq!(heal_all(&view, normal, normal), []);
    }

    #[test]
    fn a_network_is_slowed_within_what_can_be_set() {
        let (player, _) = led();
        let normal = player.history().started_with().network;
        let slow = slowed(normal);
        assert_eq!(slow.delay.max.0, normal.delay.max.0 * 8);
        let slowest = slowed(slowed(slowed(slowed(slowed(slowed(slowed(slow)))))));
        assert_eq!(slowest.delay.max, crate::sim::Config::LONGEST);
    }
}
