//! What of all that happens is news to somebody who hears only what matters.

use crate::{
    raft::{NodeSet, Term},
    ui::{
        explain::narration::Moment,
        run::view::{ClusterView, ServerView},
    },
};

/// What matters: who leads, a vote that was split, who stands still, a broken property. What is said is news if this changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gist {
    leaders: NodeSet,
    term: Option<Term>,
    split: Option<Term>,
    stopped: NodeSet,
    broken: bool,
}

impl Gist {
    /// That of a cluster, of which this is said.
    #[must_use]
    pub fn of(view: &ClusterView, moment: &Moment) -> Self {
        let all = |wanted: fn(&ServerView) -> bool| {
            let servers = view.servers.iter().filter(|server| wanted(server));
            servers.map(|server| server.id).collect()
        };
        Self {
            leaders: all(ServerView::leads),
            term: view.leader().map(|leader| leader.term),
            split: match *moment {
                Moment::Rivals {
                    split: Some(_), term, ..
                } => Some(term),
                _ => None,
            },
            stopped: all(|server| !server.runs()),
            broken: view.is_unsafe(),
        }
    }
}

/// How long it takes to speak a sentence, in ms, with a pause after it.
#[must_use]
pub fn spoken_ms(sentence: &str) -> f64 {
    const SHORTEST: u32 = 4000;
    /// Some fifteen characters a second.
    const A_CHARACTER: u32 = 65;
    let characters = u32::try_from(sentence.chars().count()).unwrap_or(u32::MAX);
    f64::from(characters.saturating_mul(A_CHARACTER).max(SHORTEST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::NodeId,
        sim::{Action, Micros},
        ui::run::player::Player,
    };

    fn gist(player: &Player) -> Gist {
        let view = ClusterView::of(player);
        Gist::of(&view, &Moment::of(&view))
    }

    /// What is news in the free cluster from one instant to another, at most once an event.
    fn news(player: &mut Player, until: u64) -> usize {
        let (mut last, mut count) = (gist(player), 0);
        while player.history().now() < Micros::from_millis(until) {
            player.step();
            count += usize::from(gist(player) != last);
            last = gist(player);
        }
        count
    }

    #[test]
    fn of_an_election_only_its_end_is_news_and_of_heartbeats_nothing() {
        let mut player = Player::default();
        assert_eq!(news(&mut player, 200), 1, "that somebody leads");
        assert_eq!(news(&mut player, 2000), 0);
    }

    #[test]
    fn a_crash_is_news_and_so_is_the_next_leader() {
        let mut player = Player::default();
        player.seek(Micros::from_millis(300));
        let before = gist(&player);
        let leader = player.history().world().leader().unwrap();
        player.act(Action::kill(leader)).unwrap();
        assert_ne!(gist(&player), before);
        assert_eq!(news(&mut player, 900), 1, "that another leads");
        let follower = NodeId::all(5).find(|id| *id != leader && player.history().world().leader() != Some(*id));
        let before = gist(&player);
        player.act(Action::pause(follower.unwrap())).unwrap();
        assert_ne!(gist(&player), before);
    }

    #[test]
    fn a_split_vote_is_news() {
        let mut player = Player::default();
        player.seek(Micros::from_millis(300));
        let leader = player.history().world().leader().unwrap();
        for action in [Action::kill(leader), Action::align_timers()] {
            player.act(action).unwrap();
        }
        let mut splits = 0;
        while player.history().now() < Micros::from_millis(800) {
            player.step();
            splits += usize::from(gist(&player).split.is_some());
        }
        assert!(splits > 0);
    }
}
