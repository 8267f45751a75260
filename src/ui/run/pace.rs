//! How fast the run is shown: in slow motion while votes fly, faster through what is quiet, or as the reader sets it.

use crate::{
    raft::{Message, NodeId, Role, Timer},
    scenario::counterexample,
    sim::{History, InFlight, Micros, Network, Process, Server, World},
    ui::run::speed::Speed,
};

/// Who says how fast time passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// The run itself: the same instant of the same run is always shown at the same speed.
    Auto,
    /// The reader.
    Set(Speed),
}

/// A stretch of time that is shown faster or slower than the run alone would have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PacedStretch {
    /// Its begin.
    pub from: Micros,
    /// Its end.
    pub until: Micros,
    /// How fast it is shown.
    pub bound: Bound,
}

/// A bound of how fast time passes, where the run sets the pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The stretch takes no longer than so many ms of the reader's.
    Within(u64),
    /// No more virtual time than this passes in a second of the reader's.
    Slow(Micros),
}

/// Why time passes as fast as it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Slow motion: requests and votes are in flight, a new leader is announcing itself, or a lesson shows something that is fast.
    Ballots,
    /// Heartbeats, or a wait for the next timer.
    Quiet,
    /// Nothing but heartbeats for a while.
    FastForward,
    /// Each step of a run that was found is seen for a second.
    Steps,
    /// The reader wants it so.
    Set,
}

/// How fast time passes at an instant, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tempo {
    /// Why.
    pub mood: Mood,
    /// The virtual time that passes in one second of the reader's, at least 1 ms.
    pub per_second: Micros,
}

impl Tempo {
    /// An average election timeout takes this many tenths of a second of the reader's where it is quiet: long enough to see the
    /// timers run, short enough to wait for.
    const TENTHS_FOR_A_TIMEOUT: u64 = 20;

    /// That of a run that was found, up to its last step: one step a second.
    pub const OF_STEPS: Self = Self {
        mood: Mood::Steps,
        per_second: counterexample::PACE,
    };

    /// The tempo of a run where it stands now. Where somebody `is_reading` what is noted there, time does not fly.
    #[must_use]
    pub fn of(history: &History, is_reading: bool) -> Self {
        let world = history.world();
        let (slow, quiet) = (Self::slow(world), Self::quiet(world));
        // What is held up is in no hurry: nothing is to be seen of it until it is about to arrive.
        let soon = world.now() + world.extremes().1.delay.max;
        let is_seen = |message: &InFlight| message.due_at <= soon && matters(world, message);
        if slow < quiet && world.in_flight().any(is_seen) {
            return Self {
                mood: Mood::Ballots,
                per_second: slow,
            };
        }
        // The wait for what comes next is halved while it is long, so that it ends at the quiet pace.
        let wait = next_news(history).map_or(0, |at| (at - history.now()).0 / quiet.0);
        let (mood, times) = match wait {
            _ if is_reading => (Mood::Quiet, 1),
            0..=2 => (Mood::Quiet, 1),
            3..=5 => (Mood::FastForward, 2),
            _ => (Mood::FastForward, 4),
        };
        Self {
            mood,
            per_second: Micros(quiet.0 * times),
        }
    }

    /// As fast, or as slow, as a stretch of time is to be shown, in it.
    #[must_use]
    pub fn bounded(self, stretch: PacedStretch, now: Micros) -> Self {
        if now < stretch.from || stretch.until <= now {
            return self;
        }
        let (mood, per_second) = match stretch.bound {
            Bound::Within(ms) => {
                let fast = Micros((stretch.until - stretch.from).0 * 1000 / ms.max(1));
                (Mood::FastForward, fast.max(self.per_second))
            }
            Bound::Slow(slow) => (Mood::Ballots, slow.min(self.per_second)),
        };
        if per_second == self.per_second {
            return self;
        }
        Self { mood, per_second }
    }

    /// As the reader sets it.
    #[must_use]
    pub fn set(speed: Speed) -> Self {
        Self {
            mood: Mood::Set,
            per_second: speed.pace(),
        }
    }

    /// The speed nearest to it.
    #[must_use]
    pub fn speed(self) -> Speed {
        Speed::from_pace(self.per_second)
    }

    /// A message takes about a second of the reader's.
    #[must_use]
    pub fn slow(world: &World) -> Micros {
        let (_, Network { delay, .. }) = world.extremes();
        round(delay.min.0.midpoint(delay.max.0))
    }

    /// An average election timeout is long enough to see the timers run.
    pub(super) fn quiet(world: &World) -> Micros {
        let (timing, _) = world.extremes();
        let timeout = timing.election_timeout;
        round(timeout.min.0.midpoint(timeout.max.0) * 10 / Self::TENTHS_FOR_A_TIMEOUT)
    }

    /// Virtual time per real time.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most an hour")]
    pub fn factor(self) -> f64 {
        self.per_second.0 as f64 / 1e6
    }
}

/// To one or two digits of a millisecond, as it is said.
fn round(span: u64) -> Micros {
    let millis = span.div_ceil(1000).max(1);
    let unit = match millis {
        0..=20 => 1,
        21..=200 => 5,
        _ => 50,
    };
    Micros::from_millis(millis.div_ceil(unit) * unit)
}

/// Whether a message takes part in an election and can still arrive.
fn matters(world: &World, flight: &InFlight) -> bool {
    let (from, to) = (flight.from(), world.server(flight.to()));
    let takes_part = match flight.message {
        Message::RequestVote { .. }
        | Message::RequestVoteReply { .. }
        | Message::PreVote { .. }
        | Message::PreVoteReply { .. }
        | Message::TimeoutNow { .. } => true,
        // A new leader's first heartbeat "establishes its authority" (§5.2).
        Message::AppendEntries { term } => to.node().term() <= term && to.node().leader() != Some(from),
        Message::AppendEntriesReply { .. } => false,
    };
    takes_part && to.process() == Process::Running && world.config().links.is_up(from, flight.to())
}

/// When something else than heartbeats is due: a planned action, or a timer that no leader will restart.
fn next_news(history: &History) -> Option<Micros> {
    let world = history.world();
    let timers = world
        .servers()
        .filter(|(id, server)| server.process() == Process::Running && !is_led(world, *id, server))
        .filter_map(|(_, server)| server.timer(Timer::Election).map(|armed| armed.fires_at));
    timers.chain(history.next_planned()).min()
}

/// Whether a leader's heartbeats reach a server.
fn is_led(world: &World, id: NodeId, server: &Server) -> bool {
    server.node().leader().is_some_and(|leader| {
        let sender = world.server(leader);
        sender.process() == Process::Running
            && sender.node().role() == Role::Leader
            && sender.node().term() == server.node().term()
            && world.config().links.is_up(leader, id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        scenario::{Scenario, ScenarioId},
        sim::Action,
        ui::run::player::Player,
    };

    /// Plays until something holds, in frames of so many ms. Says after how many seconds of the reader's it does, at most 60.
    fn seconds_until(player: &mut Player, frame_ms: f64, holds: impl Fn(&Player) -> bool) -> f64 {
        let mut passed = 0.0;
        while passed < 60_000.0 && !holds(player) {
            player.frame(frame_ms);
            passed += frame_ms;
        }
        passed / 1000.0
    }

    fn leads(player: &Player) -> bool {
        player.history().world().leader().is_some()
    }

    fn votes_fly(player: &Player) -> bool {
        player.tempo().mood == Mood::Ballots
    }

    #[test]
    fn the_first_minute_shows_two_elections_long_enough_to_be_seen() {
        let mut player = Player::default();
        let mut elections = Vec::new();
        for _ in 0..2 {
            seconds_until(&mut player, 16.0, votes_fly);
            elections.push(seconds_until(&mut player, 16.0, |player| !votes_fly(player)));
            assert!(leads(&player));
            let leader = player.history().world().leader().unwrap();
            player.act(Action::kill(leader)).unwrap();
        }
        assert!(
            elections.iter().all(|seconds| (2.0..5.0).contains(seconds)),
            "{elections:?}"
        );
    }

    #[test]
    fn a_leader_is_there_within_five_seconds() {
        let seconds = seconds_until(&mut Player::default(), 16.0, leads);
        assert!(seconds < 5.0, "{seconds}");
    }

    #[test]
    fn figure_5_reaches_its_point_within_half_a_minute() {
        let mut player = Player::new(Scenario::new(ScenarioId::Figure5));
        let third_crash = Micros::from_millis(15_925);
        let asks_in_vain = |player: &Player| player.history().now() > third_crash && votes_fly(player);
        let seconds = seconds_until(&mut player, 16.0, asks_in_vain);
        assert!(seconds < 30.0, "{seconds}");
    }

    #[test]
    fn in_slow_motion_a_message_takes_about_a_second() {
        let mut player = Player::default();
        seconds_until(&mut player, 16.0, votes_fly);
        let per_second = player.tempo().per_second.0;
        let delay = player.history().world().config().network.delay;
        assert!(
            delay.min.0 * 2 >= per_second && delay.max.0 <= per_second * 2,
            "{per_second}"
        );
    }

    /// A slower machine draws fewer frames; what is shown when stays the same.
    #[test]
    fn the_pace_does_not_depend_on_the_frames() {
        let at = |frame_ms| {
            let mut player = Player::new(Scenario::new(ScenarioId::SplitVote));
            let term_3 = |player: &Player| player.history().now() >= Micros::from_millis(660);
            seconds_until(&mut player, frame_ms, term_3)
        };
        let (smooth, jerky) = (at(4.0), at(90.0));
        assert!((smooth - jerky).abs() < 0.2, "{smooth} {jerky}");
    }

    #[test]
    fn a_server_that_nobody_can_hear_slows_nothing() {
        let mut player = Player::default();
        player.seek(Micros::from_millis(500));
        let leader = player.history().world().leader().unwrap();
        let other = NodeId::all(5).find(|server| *server != leader).unwrap();
        player.act(Action::isolate(other)).unwrap();
        player.set_playing(true);
        let seconds = seconds_until(&mut player, 16.0, votes_fly);
        assert!(seconds >= 60.0, "{seconds}");
    }

    #[test]
    fn a_stretch_of_time_takes_no_longer_than_is_wanted_unless_the_reader_sets_the_speed() {
        let mut player = Player::default();
        let (from, until) = (Micros::from_millis(1000), Micros::from_millis(4000));
        player.seek(Micros::from_millis(900));
        player.show_stretch(Some(PacedStretch {
            from,
            until,
            bound: Bound::Within(2000),
        }));
        let before = player.tempo();
        player.set_playing(true);
        seconds_until(&mut player, 16.0, |player| player.history().now() >= from);
        assert_eq!(player.tempo().per_second, Micros::from_millis(1500));
        let seconds = seconds_until(&mut player, 16.0, |player| player.history().now() >= until);
        assert!((1.8..2.1).contains(&seconds), "{seconds}");
        assert!(before.per_second < Micros::from_millis(1500) && player.tempo().per_second < Micros::from_millis(1500));
        player.seek(from);
        player.set_pace(Pace::Set(Speed::from_pace(Micros::from_millis(500))));
        assert_eq!(player.tempo().mood, Mood::Set);
    }

    #[test]
    fn a_stretch_of_time_is_shown_in_slow_motion_where_that_is_wanted() {
        let mut player = Player::default();
        let (from, until) = (Micros::from_millis(1000), Micros::from_millis(1100));
        let slow = Micros::from_millis(25);
        player.seek(from);
        let before = player.tempo();
        let show = |player: &mut Player, slow| {
            let bound = Bound::Slow(slow);
            player.show_stretch(Some(PacedStretch { from, until, bound }));
        };
        show(&mut player, Micros(before.per_second.0 * 2));
        assert_eq!(player.tempo(), before, "it is no slower already");
        show(&mut player, slow);
        assert_eq!((player.tempo().mood, player.tempo().per_second), (Mood::Ballots, slow));
        player.set_playing(true);
        let seconds = seconds_until(&mut player, 16.0, |player| player.history().now() >= until);
        assert!((3.9..4.1).contains(&seconds), "{seconds}");
        assert!(player.tempo().per_second > slow);
    }

    /// While it is held up there is nothing to be seen of it.
    #[test]
    fn a_vote_that_is_held_up_slows_nothing_until_it_is_about_to_arrive() {
        let mut player = Player::default();
        seconds_until(&mut player, 16.0, votes_fly);
        let held = player.history().world().in_flight().next().unwrap().id;
        player
            .act(Action::delay_message(held, Micros::from_millis(400)))
            .unwrap();
        let due = player.history().world().message(held).unwrap().due_at;
        player.seek(due - Micros::from_millis(100));
        assert_ne!(player.tempo().mood, Mood::Ballots);
    }

    #[test]
    fn the_reader_may_set_the_speed() {
        let mut player = Player::default();
        player.set_pace(Pace::Set(Speed::from_pace(Micros::from_millis(500))));
        player.frame(100.0);
        assert_eq!(player.history().now().as_millis(), 50);
        assert_eq!(player.tempo().mood, Mood::Set);
    }
}
