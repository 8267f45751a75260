//! The run that is on screen and how it is played. Knows no browser.

mod branches;

pub use branches::{BranchChange, action_of, message_behind};

use self::branches::Earlier;
use crate::ui::run::comparison::Comparison;
use crate::{
    raft::Rules,
    safety::Property,
    scenario::{Finding, Run, Scenario, ScenarioId},
    sim::{Acted, Action, History, Micros, Refused, ReplayError},
};

/// How fast virtual time passes, on a logarithmic scale of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speed(i32);

impl Speed {
    const STEPS_PER_DECADE: i32 = 20;
    /// 10^(step / 20). A table, because a power function would add more to the page than it saves here.
    const WITHIN_DECADE: [f64; 20] = [
        1.0, 1.122_018, 1.258_925, 1.412_538, 1.584_893, 1.778_279, 1.995_262, 2.238_721, 2.511_886, 2.818_383,
        3.162_278, 3.548_134, 3.981_072, 4.466_836, 5.011_872, 5.623_413, 6.309_573, 7.079_458, 7.943_282, 8.912_509,
    ];
    /// 10^(1 / 40).
    const HALF_A_STEP: f64 = 1.059_254;
    /// A thousandth of real time.
    pub const SLOWEST: Self = Self(-3 * Self::STEPS_PER_DECADE);
    /// Ten times real time.
    pub const FASTEST: Self = Self(Self::STEPS_PER_DECADE);

    /// How far one press of a key goes: to about double or half the speed.
    pub const KEY_STEPS: i32 = 6;

    /// The step with this number, kept within the scale.
    #[must_use]
    pub fn new(step: i32) -> Self {
        Self(step.clamp(Self::SLOWEST.0, Self::FASTEST.0))
    }

    /// The step nearest to a pace, given as the virtual time that passes in one second of the reader.
    #[must_use]
    pub fn from_pace(pace: Micros) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a pace is far below 2^52")]
        let factor = pace.0 as f64 / 1e6;
        let slower =
            (Self::SLOWEST.0..Self::FASTEST.0).take_while(|step| Self(*step).factor() * Self::HALF_A_STEP < factor);
        slower.last().map_or(Self::SLOWEST, |step| Self(step + 1))
    }

    /// Its number, for a slider.
    #[must_use]
    pub const fn step(self) -> i32 {
        self.0
    }

    /// Virtual time per real time.
    #[must_use]
    pub fn factor(self) -> f64 {
        let (decade, step) = (
            self.0.div_euclid(Self::STEPS_PER_DECADE),
            self.0.rem_euclid(Self::STEPS_PER_DECADE),
        );
        let power = [0.001, 0.01, 0.1, 1.0, 10.0];
        let (decade, step) = (usize::try_from(decade + 3), usize::try_from(step));
        power[decade.unwrap_or(0)] * Self::WITHIN_DECADE[step.unwrap_or(0)]
    }

    /// As people say it: `1/25×`, `1×`, `2.5×`.
    #[must_use]
    pub fn label(self) -> String {
        let factor = self.factor();
        if factor >= 1.0 {
            return format!("{}×", tenths(factor));
        }
        let inverse = 1.0 / factor;
        if inverse < 9.5 {
            format!("1/{}×", tenths(inverse))
        } else {
            format!("1/{}×", two_digits(inverse))
        }
    }
}

/// With one decimal, if it isn't 0.
#[expect(clippy::cast_possible_truncation, reason = "at most 10")]
fn tenths(value: f64) -> String {
    let tenths = (value * 10.0 + 0.5) as i32;
    if tenths % 10 == 0 {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

/// Two digits say enough: 178 is 180.
#[expect(clippy::cast_possible_truncation, reason = "at most 1000")]
fn two_digits(value: f64) -> i32 {
    let unit = if value >= 100.0 { 10 } else { 1 };
    (value / f64::from(unit) + 0.5) as i32 * unit
}

/// What is done to the time that is on screen. Nothing of it changes what happens in the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Playback {
    /// Play or pause.
    Toggle,
    /// To the next event.
    Step,
    /// To the instant before this one at which something happened.
    StepBack,
    /// From the start.
    Reset,
    /// To an instant.
    Seek(Micros),
    /// To the end of what has run.
    ToEnd,
    /// Another speed.
    Speed(Speed),
    /// So many steps faster, or slower.
    Faster(i32),
}

/// Why nothing moves although it should play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// It moves.
    No,
    /// No server runs and nothing is under way.
    NothingDue,
}

/// The run on screen.
#[derive(Clone, Debug)]
pub struct Player {
    scenario: Scenario,
    history: History,
    playing: bool,
    speed: Speed,
    /// Virtual time that has passed but is less than a microsecond.
    remainder: f64,
    /// Virtual time that has passed but is not shown yet, where time moves by events.
    pending: f64,
    revision: u64,
    epoch: u64,
    by_events: bool,
    /// The other future beside this one, if two are compared.
    comparison: Option<Box<Comparison>>,
    earlier: Earlier,
    /// The property whose violation this run was opened for: it plays on to that, whatever breaks on the way.
    sought: Option<Property>,
}

impl Player {
    /// The longest real time that one frame may stand for, in ms: after a pause of the browser, time goes on where it was.
    const LONGEST_FRAME_MS: f64 = 100.0;
    /// The most events that one frame or step may run through: time lags behind in a storm of them, the page does not.
    const MOST_EVENTS: u64 = 200_000;

    /// A run of a scenario, playing.
    #[must_use]
    pub fn new(scenario: Scenario) -> Self {
        Self {
            history: scenario.start(),
            playing: true,
            speed: Speed::from_pace(scenario.pace),
            scenario,
            remainder: 0.0,
            pending: 0.0,
            revision: 0,
            epoch: 0,
            by_events: false,
            comparison: None,
            earlier: Earlier::default(),
            sought: None,
        }
    }

    /// What is being run.
    #[must_use]
    pub const fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The run.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// Whether time passes.
    #[must_use]
    pub const fn playing(&self) -> bool {
        self.playing
    }

    /// How fast.
    #[must_use]
    pub const fn speed(&self) -> Speed {
        self.speed
    }

    /// Grows whenever something changed that is drawn anew, not moved.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Grows whenever events that were shown may have become others.
    #[must_use]
    pub const fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Whether the instant shown lies before the end of what has run.
    #[must_use]
    pub fn in_the_past(&self) -> bool {
        self.history.now() < self.history.end()
    }

    /// Whether nothing can happen any more by itself.
    #[must_use]
    pub fn stopped(&self) -> Stopped {
        if self.next_instant().is_none() {
            Stopped::NothingDue
        } else {
            Stopped::No
        }
    }

    /// The virtual time that passes in so many ms of the reader, at the current speed.
    #[must_use]
    pub fn virtual_span(&self, real_ms: f64) -> Micros {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "small and positive"
        )]
        Micros((real_ms * 1000.0 * self.speed.factor()) as u64)
    }

    /// How long the reader waits for the next event at the current speed, in ms; endless if there is none.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a span is far below 2^52")]
    pub fn real_ms_to_next_event(&self) -> f64 {
        let next = self.next_instant();
        next.map_or(f64::INFINITY, |next| {
            (next - self.history.now()).0 as f64 / self.speed.factor() / 1000.0
        })
    }

    /// Lets virtual time pass for a frame of so many real ms. Says whether anything moved.
    pub fn frame(&mut self, real_ms: f64) -> bool {
        if !self.playing {
            self.catch_up();
            return false;
        }
        let passed = real_ms.clamp(0.0, Self::LONGEST_FRAME_MS) * 1000.0 * self.speed.factor() + self.remainder;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "small and positive"
        )]
        let whole = Micros(passed as u64);
        self.remainder = passed.fract();
        if self.by_events {
            self.pass_by_events(whole)
        } else {
            self.pass(whole)
        }
    }

    fn pass(&mut self, span: Micros) -> bool {
        self.go_to(self.history.now() + span);
        true
    }

    /// How much virtual time is in sight: a round span that holds the run so far, and at first the reader's next twenty seconds.
    #[must_use]
    pub fn window(&self) -> Micros {
        const FIRST_SECONDS: u64 = 20;
        let wanted = self.history.end().max(Micros(self.scenario.pace.0 * FIRST_SECONDS));
        let mut unit = 100_000;
        loop {
            let round = [1, 2, 5]
                .into_iter()
                .map(|times| Micros(times * unit))
                .find(|span| *span >= wanted);
            match round {
                Some(span) => return span,
                None => unit *= 10,
            }
        }
    }

    /// Time stands until the next event is due, then jumps to it.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a span is far below 2^52"
    )]
    fn pass_by_events(&mut self, span: Micros) -> bool {
        self.pending += span.0 as f64;
        let reached = self.history.now() + Micros(self.pending as u64);
        let mut moved = false;
        while self.playing
            && let Some(next) = self.next_instant().filter(|next| *next <= reached)
        {
            self.pending -= (next - self.history.now()).0 as f64;
            self.go_to(next);
            moved = true;
        }
        moved
    }

    fn go_to(&mut self, at: Micros) {
        let (before, first) = (self.history.world().next_event(), self.history.trace().first());
        if at < self.history.now() {
            self.history.seek(at);
        } else if self.playing {
            self.play_to(at);
        } else {
            self.history.advance(at, Self::MOST_EVENTS);
        }
        if self.history.world().next_event() != before {
            self.revision += 1;
        }
        if self.history.trace().first() < first {
            self.epoch += 1;
        }
        self.keep_up();
    }

    /// Lets the run go on, but stops it where a property breaks that was not broken before: nobody shall miss that. It goes on
    /// when the reader plays it again.
    fn play_to(&mut self, at: Micros) {
        let sought = self.sought;
        let broken = |history: &History| match sought {
            Some(property) => usize::from(is_broken(history, property)),
            None => broken(history),
        };
        let before = broken(&self.history);
        self.history
            .advance_while(at, Self::MOST_EVENTS, |history| broken(history) == before);
        if broken(&self.history) > before {
            self.set_playing(false);
            self.remainder = 0.0;
            self.sought = None;
        }
    }

    /// Does what is asked for with the time on screen.
    pub fn control(&mut self, playback: Playback) {
        match playback {
            Playback::Toggle => self.set_playing(!self.playing),
            Playback::Step => self.step(),
            Playback::StepBack => self.step_back(),
            Playback::Reset => self.reset(),
            Playback::Seek(at) => self.seek(at),
            Playback::ToEnd => self.seek(self.history.end()),
            Playback::Speed(speed) => self.set_speed(speed),
            Playback::Faster(steps) => self.set_speed(Speed::new(self.speed.step() + steps)),
        }
    }

    /// Whether time shall move from event to event instead of smoothly.
    pub const fn set_by_events(&mut self, by_events: bool) {
        self.by_events = by_events;
        self.pending = 0.0;
    }

    /// Lets time pass or stand.
    pub fn set_playing(&mut self, playing: bool) {
        self.playing = playing;
        self.pending = 0.0;
        self.revision += 1;
    }

    /// Changes the speed.
    pub fn set_speed(&mut self, speed: Speed) {
        self.speed = speed;
        self.revision += 1;
    }

    /// Stops and goes to the next instant at which something happens.
    pub fn step(&mut self) {
        self.set_playing(false);
        if let Some(next) = self.next_instant() {
            self.go_to(next);
        }
    }

    /// Stops and goes back to the instant before this one at which something happened.
    pub fn step_back(&mut self) {
        self.set_playing(false);
        let first = self.history.trace().first();
        if let Some(at) = self.previous_instant() {
            self.go_to(at);
        }
        if self.history.trace().first() != first {
            self.epoch += 1;
        }
    }

    /// Stops and visits an instant.
    pub fn seek(&mut self, at: Micros) {
        self.set_playing(false);
        self.go_to(at);
    }

    /// Starts the scenario again, with the same seed and everything as it was at its start. What was done is kept in its branch.
    pub fn reset(&mut self) {
        self.history.restart();
        self.moved_elsewhere();
    }

    /// Starts another scenario at its own speed.
    pub fn open(&mut self, scenario: Scenario) {
        let speed = Speed::from_pace(scenario.pace);
        self.restart(scenario, speed);
        self.playing = true;
    }

    /// The run with all that the reader did, for links and files.
    #[must_use]
    pub fn run(&self) -> Run {
        Run::of(&self.scenario, &self.history)
    }

    /// Opens a run from a link or a file, at its instant, paused.
    ///
    /// # Errors
    /// If it can't be run; then what is on screen stays.
    pub fn open_run(&mut self, run: &Run) -> Result<(), ReplayError> {
        let history = run.open()?;
        self.open(run.scenario());
        self.earlier.forget(run);
        self.history = history;
        self.playing = false;
        Ok(())
    }

    /// Opens a run in which a property will be broken and plays it from its start.
    ///
    /// # Errors
    /// If it can't be run; then what is on screen stays.
    pub fn open_found(&mut self, run: &Run, property: Property) -> Result<(), ReplayError> {
        self.open_run(run)?;
        self.history.seek(Micros::ZERO);
        self.playing = true;
        self.sought = Some(property);
        Ok(())
    }

    /// Starts again with another seed.
    pub fn set_seed(&mut self, seed: u64) {
        let mut scenario = self.scenario.clone();
        scenario.seed = seed;
        self.restart(scenario, self.speed);
    }

    /// Starts a free cluster of another size.
    pub fn set_size(&mut self, size: u8) {
        let scenario = Scenario::free(size, self.scenario.seed);
        self.restart(scenario, self.speed);
        self.playing = true;
    }

    /// Starts again, by these rules from the start on.
    pub fn restart_with(&mut self, rules: Rules) {
        let mut scenario = self.scenario.clone().with_rules(rules);
        // What was found was found under the rules that it began with.
        if rules != self.scenario.config.rules && Finding::of_title(&scenario.title).is_some() {
            scenario.title.clear();
        }
        self.restart(scenario, self.speed);
    }

    fn restart(&mut self, scenario: Scenario, speed: Speed) {
        let (playing, by_events, revision, epoch) = (self.playing, self.by_events, self.revision, self.epoch);
        let earlier = self.kept();
        *self = Self {
            playing,
            speed,
            by_events,
            revision: revision + 1,
            epoch: epoch + 1,
            earlier,
            ..Self::new(scenario)
        };
    }

    /// Does an action now.
    ///
    /// # Errors
    /// Why it can't be done; then nothing has changed.
    pub fn act(&mut self, action: Action) -> Result<Acted, Refused> {
        let acted = self.history.act(action)?;
        self.revision += 1;
        if acted.forked_from.is_some() {
            self.epoch += 1;
        }
        self.compare_anew();
        Ok(acted)
    }

    /// The rules in force at the instant shown.
    #[must_use]
    pub const fn rules(&self) -> Rules {
        self.history.world().config().rules
    }
}

/// How many properties have been broken so far.
fn broken(history: &History) -> usize {
    let all = Property::ALL.iter();
    all.filter(|property| is_broken(history, **property)).count()
}

fn is_broken(history: &History, property: Property) -> bool {
    let mut incidents = history.incidents().iter();
    incidents.any(|incident| incident.violation.property == property)
}

impl Default for Player {
    fn default() -> Self {
        Self::new(Scenario::new(ScenarioId::Free))
    }
}

#[cfg(test)]
mod tests;
