//! The moments of a run that are worth stopping at: all that its timeline marks, as an election, a new leader, a split vote, a crash;
//! and those at which something is noted.

use crate::{
    sim::{History, Micros},
    ui::run::player::Player,
};

/// How far ahead is looked, in virtual time: in a quiet cluster nothing more may ever happen.
const AHEAD: Micros = Micros::from_secs(10);
/// Events that may pass on the way there.
const MOST_EVENTS: u64 = 20_000;

/// The next one: it has happened already in this branch, or will if nobody does anything; after the last, where the run was left.
/// `None` if there is none for long.
#[must_use]
pub fn next(player: &Player) -> Option<Micros> {
    let now = player.history().now();
    let notes = player.notes();
    let mut noted = notes.iter().map(|(_, note)| note.at);
    let noted = noted.find(|at| *at > now);
    let end = Some(player.history().end()).filter(|end| *end > now);
    [noted, next_mark(player.history())].into_iter().flatten().min().or(end)
}

fn next_mark(history: &History) -> Option<Micros> {
    let now = history.now();
    let after = |history: &History| {
        let marks = history.roles().marks_since(now);
        marks.map(|mark| mark.seen_at).filter(|at| *at > now).min()
    };
    after(history).or_else(|| {
        let mut ahead = history.clone();
        ahead.advance_while(history.end() + AHEAD, MOST_EVENTS, |ahead| after(ahead).is_none());
        after(&ahead)
    })
}

/// The one before; the start of the run before the first. `None` at the start.
#[must_use]
pub fn previous(player: &Player) -> Option<Micros> {
    let now = player.history().now();
    let notes = player.notes();
    let noted = notes.iter().map(|(_, note)| note.at);
    let marks = player.history().roles().marks().map(|mark| mark.seen_at);
    let before = noted.chain(marks).filter(|at| *at < now).max();
    before.or((now > Micros::ZERO).then_some(Micros::ZERO))
}

/// Whether one that the timeline marks lies behind, and after this instant, by the milliseconds that the page shows.
#[must_use]
pub fn is_passed_since(player: &Player, at: Micros) -> bool {
    let now = player.history().now();
    let mut marks = player.history().roles().marks_since(at);
    marks.any(|mark| at.0 / 1000 < mark.seen_at.0 / 1000 && mark.seen_at <= now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::{NodeId, Role},
        scenario::{Scenario, ScenarioId},
        sim::{Action, Landmark},
        ui::run::player::Player,
    };

    #[test]
    fn they_are_found_before_they_have_happened_and_again_on_the_way_back() {
        let mut player = Player::default();
        player.set_playing(false);
        let mut there = Vec::new();
        while let Some(at) = next(&player) {
            player.seek(at);
            there.push(at);
        }
        let millis: Vec<_> = there.iter().map(|at| at.0 / 1000).collect();
        assert_eq!(millis, [151, 165], "S2 stands for election, and wins");
        player.act(Action::kill(NodeId::new(1))).unwrap();
        player.seek(player.history().now() + Micros(1));
        let back: Vec<_> = std::iter::from_fn(|| {
            let at = previous(&player)?;
            player.seek(at);
            Some(at)
        })
        .collect();
        assert_eq!(back, [there[1], there[0], Micros::ZERO]);
    }

    #[test]
    fn after_the_last_one_comes_where_the_run_was_left() {
        let mut player = Player::default();
        player.set_playing(false);
        let [middle, end] = [300, 700].map(Micros::from_millis);
        player.seek(end);
        assert_eq!(next(&player), None);
        player.seek(middle);
        assert_eq!(next(&player), Some(end));
    }

    /// The timeout that ends a split vote makes a new candidate: by then its votes are gone.
    #[test]
    fn a_split_vote_is_gone_to_while_its_votes_are_there() {
        let mut history = Scenario::new(ScenarioId::SplitVote).start();
        history.seek(Micros::from_secs(2));
        let split = history
            .roles()
            .next(Landmark::SplitVote, Micros::ZERO)
            .copied()
            .unwrap();
        let before = history.roles().previous(Landmark::SplitVote, split.at);
        assert_eq!(before, Some(&split), "it is behind whoever stands where it ends");
        history.seek(split.seen_at);
        let stand = |history: &History| {
            let servers = history.world().servers();
            servers
                .filter(|(_, server)| server.node().role() == Role::Candidate)
                .count()
        };
        assert_eq!(stand(&history), 2);
        let mut player = Player::new(Scenario::new(ScenarioId::SplitVote));
        player.seek(Micros::from_secs(2));
        player.seek(split.seen_at);
        assert_eq!(previous(&player).map(|at| at < split.seen_at), Some(true));
        assert_eq!(next(&player), Some(split.at), "who stands then");
        player.seek(Micros(split.seen_at.0 - 1));
        assert_eq!(next(&player), Some(split.seen_at));
    }

    #[test]
    fn what_a_script_does_is_one_and_where_nothing_happens_there_is_none() {
        let mut player = Player::default();
        player.seek(Micros::from_millis(400));
        assert_eq!(next(&player), None, "heartbeats are none");
        player.act(Action::kill(NodeId::new(1))).unwrap();
        assert!(next(&player).is_some(), "the next election");
    }

    #[test]
    fn one_is_passed_once_it_is_there() {
        let mut player = Player::default();
        player.seek(Micros::from_millis(400));
        let passed = |player: &Player, millis| is_passed_since(player, Micros::from_millis(millis));
        assert!(!passed(&player, 200), "heartbeats are none");
        player.act(Action::kill(NodeId::new(1))).unwrap();
        player.seek(Micros::from_secs(1));
        assert!(passed(&player, 200));
        player.seek(Micros::from_millis(390));
        assert!(!passed(&player, 200), "it lies ahead");
        assert!(passed(&player, 155), "S2 won at 165 ms");
        assert!(!passed(&player, 165), "that is the moment itself, as it is shown");
        assert!(!passed(&player, 166));
    }

    #[test]
    fn what_is_noted_is_one_on_the_way_there_and_back() {
        let mut player = Player::default();
        for millis in [155, 400] {
            player.seek(Micros::from_millis(millis));
            assert!(player.note("Look."));
        }
        player.seek(Micros::ZERO);
        let mut there = Vec::new();
        while let Some(at) = next(&player) {
            player.seek(at);
            there.push(at.0 / 1000);
        }
        assert_eq!(there, [151, 155, 165, 400]);
        player.seek(Micros::from_millis(500));
        let back: Vec<_> = std::iter::from_fn(|| {
            let at = previous(&player)?;
            player.seek(at);
            Some(at.0 / 1000)
        })
        .collect();
        assert_eq!(back, [400, 165, 155, 151, 0]);
    }
}
