//! Time as the page keeps it: when the next frame comes, and how fast what is read follows.

use gloo::{
    render::{AnimationFrame, request_animation_frame},
    timers::callback::Timeout,
};
use yew::prelude::*;

use crate::ui::app::{
    App,
    message::{ClockMsg, Msg},
};

/// A frame's share of a second.
const FRAME_MS: f64 = 1000.0 / 60.0;
/// How often arcs, the clock and the play head are drawn. The player lets no more than 100 ms pass in a frame.
const CREEP_MS: f64 = 92.0;
/// How far apart events are drawn at least. What is sent meanwhile is soon where it should be: the browser moves the marks.
const EVENTS_MS: f64 = 40.0;

/// When the next frame comes, and how fast what is read follows.
#[derive(Default)]
pub struct Clock {
    /// Whether time stands still because a timer is dragged.
    pub held: bool,
    pub reading: ReadingPace,
    wake: Option<Wake>,
    last_frame: Option<f64>,
}

/// What lets the next frame come.
#[expect(dead_code, reason = "dropping one cancels it")]
enum Wake {
    Frame(AnimationFrame),
    Timer(Timeout),
}

/// Panels that are read follow the run only a few times a second, as fast as anyone can read.
#[derive(Default)]
pub struct ReadingPace {
    /// The revision that they show.
    revision: u64,
    /// Since when, in ms.
    since: f64,
    /// What lets them follow once the play head rests.
    due: Option<Timeout>,
}

impl ReadingPace {
    /// How often they are drawn at most, in ms.
    const MS: u32 = 120;
    /// The same while the play head is moved: each time, most of what they show is other than before.
    const SEEKING_MS: u32 = 240;

    /// The revision that they show.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// They show this revision at once.
    pub const fn catch_up(&mut self, revision: u64, now: f64) {
        (self.revision, self.since) = (revision, now);
    }

    /// They follow if it is time. Says whether they do.
    pub fn follow(&mut self, revision: u64, now: f64) -> bool {
        self.follow_after(Self::MS, revision, now)
    }

    fn follow_after(&mut self, ms: u32, revision: u64, now: f64) -> bool {
        let follows = self.revision != revision && now - self.since >= f64::from(ms);
        if follows {
            self.catch_up(revision, now);
        }
        follows
    }

    /// They follow if it is time, else a little later.
    fn follow_soon(&mut self, revision: u64, now: f64, later: impl FnOnce() + 'static) {
        if self.follow_after(Self::SEEKING_MS, revision, now) {
            self.due = None;
        } else if self.due.is_none() {
            self.due = Some(Timeout::new(Self::SEEKING_MS, later));
        }
    }

    /// The play head rests.
    pub fn rested(&mut self) {
        self.due = None;
    }
}

impl Clock {
    /// No frame is waited for any more.
    pub fn stop(&mut self) {
        self.wake = None;
        self.last_frame = None;
    }

    /// When the instant on screen was reached, in ms since the page opened.
    pub fn reached(&self) -> f64 {
        self.last_frame.unwrap_or_else(now_ms)
    }

    /// What is due next may have changed.
    pub fn reconsider(&mut self) {
        self.wake = None;
    }

    /// A frame is here. Says how many ms have passed since the one before.
    fn tick(&mut self, now: f64) -> f64 {
        self.wake = None;
        now - self.last_frame.replace(now).unwrap_or(now)
    }
}

impl App {
    /// Asks for the next frame as long as time passes, and for none while it stands.
    pub(super) fn keep_going(&mut self, ctx: &Context<Self>) {
        if self.stage.is_idle() {
            self.clock.stop();
        } else if self.clock.wake.is_none() && !gloo::utils::document().hidden() {
            self.clock.last_frame.get_or_insert_with(now_ms);
            self.clock.wake = Some(self.next_wake(ctx));
        }
    }

    /// The next frame comes when the next event is due, or when the arcs have crept far enough to be seen. Marks move without one.
    fn next_wake(&self, ctx: &Context<Self>) -> Wake {
        let frame = ctx.link().callback(|now| Msg::Clock(ClockMsg::Frame(now)));
        let rest = rest(self.stage.player().real_ms_to_next_event());
        if self.stage.is_behind() {
            return Wake::Frame(request_animation_frame(move |now| frame.emit(now)));
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some ms")]
        let rest = (rest - FRAME_MS / 2.0) as u32;
        Wake::Timer(Timeout::new(rest, move || frame.emit(now_ms())))
    }

    /// Lets the time of a frame pass. Says whether more changed than what the painters move.
    pub(super) fn frame(&mut self, ctx: &Context<Self>, now: f64) -> bool {
        let passed = self.clock.tick(now);
        if self.clock.held {
            self.keep_going(ctx);
            return false;
        }
        let (changed, moved, stopped) = {
            let mut player = self.stage.player_mut();
            let (revision, played) = (player.revision(), player.playing());
            let moved = player.frame(passed);
            drop(player);
            self.follow_lesson();
            let player = self.stage.player();
            (player.revision() != revision, moved, played && !player.playing())
        };
        if let Some(sound) = &mut self.sound {
            let player = self.stage.player();
            sound.follow(player.history(), player.playing());
        }
        let redrawn = self.timeline.follow(&self.stage.player());
        let changed = changed || self.speech.has_confirmed(now);
        if changed {
            self.look();
        } else if moved {
            self.stage.paint(now, false);
        }
        // Also before a render: lanes that are drawn anew are drawn for now, and head and clock shall not be late.
        if changed || moved {
            self.timeline.paint(&self.stage.player(), now);
        }
        if stopped {
            self.come_to_rest(now);
        }
        self.keep_going(ctx);
        let spoken = self.speak(now);
        let revision = self.stage.player().revision();
        self.clock.reading.follow(revision, now) || spoken || changed || redrawn
    }

    /// A violation has stopped the run: no further frame would bring log and panels up to it.
    fn come_to_rest(&mut self, now: f64) {
        self.read_at_once(now);
        self.session.touched();
    }

    /// Log and panels show the run as it is.
    pub(super) fn read_at_once(&mut self, now: f64) {
        let revision = self.stage.player().revision();
        self.clock.reading.catch_up(revision, now);
    }

    /// While the play head is dragged, log and panels follow at reading speed, too, and once it rests.
    pub(super) fn read_soon(&mut self, ctx: &Context<Self>, now: f64) {
        let revision = self.stage.player().revision();
        let link = ctx.link().clone();
        let later = move || link.send_message(Msg::Clock(ClockMsg::Read));
        self.clock.reading.follow_soon(revision, now, later);
    }
}

/// How long to wait for the next frame, in ms, where the next event is due in so many. On the way to it, frames are as far apart as
/// they may be, so that it is drawn when it is due.
fn rest(event: f64) -> f64 {
    if event <= CREEP_MS {
        event.max(EVENTS_MS)
    } else {
        CREEP_MS.min(event / 2.0)
    }
}

/// Now, on the clock that times frames.
pub fn now_ms() -> f64 {
    let performance = gloo::utils::window().performance();
    performance.map_or(0.0, |performance| performance.now())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_follows_no_faster_than_anyone_reads() {
        let mut pace = ReadingPace::default();
        pace.catch_up(7, 1000.0);
        assert!(!pace.follow(7, 5000.0), "nothing has changed");
        assert!(!pace.follow(8, 1100.0));
        assert!(pace.follow(9, 1120.0));
        assert_eq!(pace.revision(), 9);
        assert!(!pace.follow(10, 1200.0));
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "they are passed on as they are")]
    fn an_event_is_drawn_when_it_is_due_unless_one_was_drawn_just_before() {
        let rests = [0.0, 7.0, 60.0, 120.0, 200.0, f64::INFINITY].map(rest);
        assert_eq!(rests, [EVENTS_MS, EVENTS_MS, 60.0, 60.0, CREEP_MS, CREEP_MS]);
    }
}
