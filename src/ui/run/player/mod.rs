//! The run that is on screen and how it is played. Knows no browser.

mod branches;
mod found;
mod notes;
mod undo;

pub use branches::{BranchChange, action_of, message_behind, one_partition};

use std::{cell::Cell, rc::Rc};

use self::branches::Earlier;
use crate::ui::run::{
    comparison::Comparison,
    pace::{Pace, PacedStretch, Tempo},
    speed::{Speed, whole},
};
use crate::{
    lab,
    raft::Rules,
    safety::Property,
    scenario::{
        Finding, Note, Run, Scenario,
        counterexample::{self, PlayedStep},
    },
    sim::{Acted, Action, EventId, History, Micros, Refused, ReplayError},
};

/// How the reader moves through time. None of it changes what happens in the run.
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
    /// As fast as the reader says, or as the run asks for.
    Pace(Pace),
    /// So many steps faster, or slower.
    Faster(i32),
}

/// Says of a run that plays whether it has come to where it is to stop: there, and nowhere else.
#[derive(Clone)]
pub struct Watch(pub Rc<dyn Fn(&History) -> bool>);

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watch")
    }
}

/// The run on screen.
#[derive(Clone, Debug)]
pub struct Player {
    scenario: Scenario,
    history: History,
    playing: bool,
    pace: Pace,
    /// Virtual time that has passed but is less than a microsecond.
    remainder: f64,
    /// Virtual time that has passed but is not shown yet, where time moves by events.
    pending: f64,
    revision: u64,
    epoch: u64,
    /// How often events from before those in memory came into it.
    reached_back: u64,
    by_events: bool,
    /// The other future beside this one, if two are compared.
    comparison: Option<Box<Comparison>>,
    earlier: Earlier,
    /// The steps of a run that was found, none of any other.
    found: Rc<[PlayedStep]>,
    /// Where time stops once it is played so far.
    halt: Option<Micros>,
    /// Where time passes faster than the run would have it.
    stretch: Option<PacedStretch>,
    /// What the reader did with one press, where that was more than one action.
    deeds: Vec<undo::Deed>,
    /// What was taken back, newest last.
    undone: Vec<undo::Undone>,
    /// Where it is to stop, instead of where something breaks. Another run has none.
    watch: Option<Watch>,
    /// What is noted in it, by branch and moment.
    notes: Vec<Note>,
    /// The one that was deleted last.
    deleted_note: Option<Note>,
    /// Grows whenever that changes.
    notes_revision: u64,
    /// Whether a note is being read. The page begins without the code that can say so: then there is none.
    is_reading: fn(&Self) -> bool,
}

impl Player {
    /// The longest real time that one frame may stand for, in ms: after a pause of the browser, time goes on where it was.
    const LONGEST_FRAME_MS: f64 = 100.0;
    /// How long a loss is shown where the reader sets the speed, in ms of theirs.
    const LOSS_SHOWN_MS: f64 = 700.0;
    /// The most events between which a frame looks whether the pace changes.
    const MOST_CHANGES_OF_PACE: usize = 1000;
    /// The most events that one frame or step may run through: time lags behind in a storm of them, the page does not.
    const MOST_EVENTS: u64 = 200_000;

    /// A run of a scenario, playing.
    #[must_use]
    pub fn new(scenario: Scenario) -> Self {
        Self {
            history: scenario.start(),
            found: counterexample::steps(&scenario).unwrap_or_default().into(),
            playing: true,
            pace: Pace::Auto,
            scenario,
            remainder: 0.0,
            pending: 0.0,
            revision: 0,
            epoch: 0,
            reached_back: 0,
            by_events: false,
            comparison: None,
            earlier: Earlier::default(),
            halt: None,
            stretch: None,
            deeds: Vec::new(),
            undone: Vec::new(),
            watch: None,
            notes: Vec::new(),
            deleted_note: None,
            notes_revision: 0,
            is_reading: |_| false,
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

    /// Who says how fast time passes.
    #[must_use]
    pub const fn pace(&self) -> Pace {
        self.pace
    }

    /// How fast time passes now, and why.
    #[must_use]
    pub fn tempo(&self) -> Tempo {
        match self.pace {
            Pace::Auto if self.is_at_a_step() => Tempo::OF_STEPS,
            Pace::Auto => {
                let tempo = Tempo::of(&self.history, (self.is_reading)(self));
                self.stretch
                    .map_or(tempo, |stretch| tempo.bounded(stretch, self.history.now()))
            }
            Pace::Set(speed) => Tempo::set(speed),
        }
    }

    /// The speed that the reader has set, or where they would start from: that of the scenario.
    #[must_use]
    pub fn speed(&self) -> Speed {
        match self.pace {
            Pace::Auto => Speed::from_pace(self.scenario.pace),
            Pace::Set(speed) => speed,
        }
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

    /// Grows whenever the events in memory may have become others, or begin earlier than before: what has read them all begins
    /// anew.
    #[must_use]
    pub const fn trace_epoch(&self) -> u64 {
        self.epoch + self.reached_back
    }

    /// Grows whenever something else is noted in the run.
    #[must_use]
    pub const fn notes_revision(&self) -> u64 {
        self.notes_revision
    }

    /// Whether the instant shown lies before the end of what has run.
    #[must_use]
    pub fn in_the_past(&self) -> bool {
        self.history.now() < self.history.end()
    }

    /// For how long a loss is shown.
    #[must_use]
    pub fn losses_shown(&self) -> Micros {
        match self.pace {
            // The same in slow motion as after it, so that no loss comes back: a few flights long.
            Pace::Auto => Micros(Tempo::slow(self.history.world()).0 * 3),
            Pace::Set(speed) => whole(Self::LOSS_SHOWN_MS * 1000.0 * speed.factor()),
        }
    }

    /// How much virtual time passes per real time, where it passes smoothly; 0 where it stands or goes from event to event.
    #[must_use]
    pub fn rate(&self) -> f64 {
        if self.playing && !self.by_events {
            self.tempo().factor()
        } else {
            0.0
        }
    }

    /// How long the reader waits for the next event at the current speed, in ms; endless if there is none.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a span is far below 2^52")]
    pub fn real_ms_to_next_event(&self) -> f64 {
        let next = self.next_instant();
        next.map_or(f64::INFINITY, |next| {
            (next - self.history.now()).0 as f64 / self.tempo().factor() / 1000.0
        })
    }

    /// Lets virtual time pass for a frame of so many real ms. Says whether anything moved.
    pub fn frame(&mut self, real_ms: f64) -> bool {
        if !self.playing {
            self.catch_up();
            return false;
        }
        let left = real_ms.clamp(0.0, Self::LONGEST_FRAME_MS) * 1000.0;
        if self.by_events {
            let span = self.take_whole(left * self.tempo().factor());
            self.pass_by_events(span)
        } else {
            self.pass(left);
            true
        }
    }

    /// Lets time pass for so many real microseconds. Each event may change how fast, so a frame goes from one to the next.
    #[expect(clippy::cast_precision_loss, reason = "a span is far below 2^52")]
    fn pass(&mut self, mut left: f64) {
        for change in 0.. {
            let factor = self.tempo().factor();
            let may_change = self.pace == Pace::Auto && change < Self::MOST_CHANGES_OF_PACE;
            let next = self.next_instant().filter(|_| may_change).map(|next| {
                let until = (next - self.history.now()).0 as f64 - self.remainder;
                (next, until)
            });
            let Some((next, until)) = next.filter(|(_, until)| *until <= left * factor) else {
                let span = self.take_whole(left * factor);
                self.go_to(self.history.now() + span);
                return;
            };
            self.remainder = 0.0;
            left -= until / factor;
            self.go_to(next);
            // A violation has stopped the run, or it was to be played so far only.
            if !self.playing {
                return;
            }
        }
    }

    /// The whole microseconds of what has passed; the rest waits for the next frame.
    fn take_whole(&mut self, passed: f64) -> Micros {
        let passed = passed + self.remainder;
        self.remainder = passed.fract();
        whole(passed)
    }

    /// A round span that holds the run so far, and at first the reader's next twenty seconds.
    #[must_use]
    pub fn window(&self) -> Micros {
        round_up(self.history.end().max(self.first_seconds()))
    }

    /// How much virtual time is in sight: at first the reader's next twenty seconds; once the run fills them, the run with
    /// room to come. It grows with the run and never leaps.
    #[must_use]
    pub fn in_sight(&self) -> Micros {
        const ROOM: u64 = 8;
        let run = self.history.end();
        round_up(self.first_seconds()).max(run + Micros(run.0 / (ROOM - 1)))
    }

    const fn first_seconds(&self) -> Micros {
        const FIRST_SECONDS: u64 = 20;
        Micros(self.scenario.pace.0 * FIRST_SECONDS)
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
        let before = self.history.world().next_event();
        let first = self.history.trace().first();
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
        self.note_reach(first);
        self.keep_up();
    }

    /// The events in memory began with this one.
    fn note_reach(&mut self, first: EventId) {
        if self.history.trace().first() < first {
            self.reached_back += 1;
            self.revision += 1;
        }
    }

    /// Lets the run go on, but stops it where a property breaks that was not broken before: nobody shall miss that. It goes on
    /// when the reader plays it again. Who watches the run says instead where it stops.
    fn play_to(&mut self, at: Micros) {
        let sought = self.sought();
        let broken = |history: &History| match sought {
            Some(property) => usize::from(is_broken(history, property)),
            None => broken(history),
        };
        let before = broken(&self.history);
        let now = self.history.now();
        self.halt = self.halt.filter(|halt| *halt > now);
        let at = self.halt.map_or(at, |halt| at.min(halt));
        let (watch, stopped) = (self.watch.clone(), Cell::new(false));
        self.history.advance_while(at, Self::MOST_EVENTS, |history| {
            stopped.set(match &watch {
                Some(watch) => watch.0(history),
                None => broken(history) > before,
            });
            !stopped.get()
        });
        if stopped.get() || self.halt.take_if(|halt| *halt <= self.history.now()).is_some() {
            self.set_playing(false);
            self.remainder = 0.0;
        }
    }

    /// Lets it stop where this says so, as long as this run is on screen.
    pub fn watch(&mut self, watch: Option<Watch>) {
        self.watch = watch;
    }

    /// Whether something says where it stops: not any more once another run is on screen.
    #[must_use]
    pub const fn is_watched(&self) -> bool {
        self.watch.is_some()
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
            Playback::Pace(pace) => self.set_pace(pace),
            Playback::Faster(steps) => self.set_pace(Pace::Set(self.tempo().speed().faster(steps))),
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

    /// Lets time pass until an instant, and stand there.
    pub fn play_until(&mut self, at: Micros) {
        self.set_playing(true);
        self.halt = Some(at);
    }

    /// Shows a stretch of this run faster or slower than the run alone would have it.
    pub const fn show_stretch(&mut self, stretch: Option<PacedStretch>) {
        self.stretch = stretch;
    }

    /// Changes who says how fast time passes.
    pub const fn set_pace(&mut self, pace: Pace) {
        self.pace = pace;
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
        let previous = self.previous_instant();
        self.note_reach(first);
        if let Some(at) = previous {
            self.go_to(at);
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

    /// Starts another scenario, at the pace that it asks for itself.
    pub fn open(&mut self, scenario: Scenario) {
        self.restart(scenario, Pace::Auto);
        self.playing = true;
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
        self.take_notes(run.notes.clone());
        self.playing = false;
        Ok(())
    }

    /// Opens a run that a search has found and plays it from its start.
    ///
    /// # Errors
    /// If it can't be run; then what is on screen stays.
    pub fn open_found(&mut self, run: &Run) -> Result<(), ReplayError> {
        self.open_run(run)?;
        self.history.seek(Micros::ZERO);
        self.playing = true;
        Ok(())
    }

    /// Plays what was done once more from the start, with the settings of the cluster that are in force now.
    ///
    /// # Errors
    /// If it can't be run; then what is on screen stays.
    pub fn play_under_these_settings(&mut self) -> Result<(), ReplayError> {
        let mut run = self.run().again(self.history.world().config());
        self.forget_what_was_found(run.recording.config.rules, &mut run.title, &mut run.watch);
        self.open_found(&run)
    }

    /// Whether that is another run: there was a fault, and settings of the cluster were changed on the way.
    #[must_use]
    pub fn would_differ_under_these_settings(&self) -> bool {
        let is_fault = |(_, action): (Micros, Action)| !action.is_setting();
        let done = || self.history.done();
        done().any(|(_, action)| action.sets_cluster()) && done().any(is_fault)
    }

    /// What was found was found under the rules that it began with.
    fn forget_what_was_found(&self, rules: Rules, title: &mut String, watch: &mut String) {
        if rules == self.scenario.config.rules {
            return;
        }
        if lab::is_seen(watch) {
            (*title, *watch) = Default::default();
        } else if Finding::of_title(title).is_some() {
            title.clear();
        }
    }

    /// Plays a run that a search has found from its start, as it was found. What was done is kept in its branch.
    pub fn play_found_again(&mut self) {
        if !self.is_as_found() {
            self.history.restart();
            self.moved_elsewhere();
        }
        self.seek(Micros::ZERO);
        self.playing = true;
    }

    /// Starts again with another seed.
    pub fn set_seed(&mut self, seed: u64) {
        let mut scenario = self.scenario.clone();
        scenario.seed = seed;
        self.restart(scenario, self.pace);
    }

    /// Starts a free cluster of another size.
    pub fn set_size(&mut self, size: u8) {
        let scenario = Scenario::free(size, self.scenario.seed);
        self.restart(scenario, self.pace);
        self.playing = true;
    }

    /// Starts again, by these rules from the start on.
    pub fn restart_with(&mut self, rules: Rules) {
        let mut scenario = self.scenario.clone().with_rules(rules);
        self.forget_what_was_found(rules, &mut scenario.title, &mut scenario.watch);
        self.restart(scenario, self.pace);
    }

    fn restart(&mut self, scenario: Scenario, pace: Pace) {
        let (playing, by_events, revision) = (self.playing, self.by_events, self.revision);
        let (epoch, reached_back) = (self.epoch, self.reached_back);
        let earlier = self.kept();
        *self = Self {
            playing,
            pace,
            by_events,
            revision: revision + 1,
            epoch: epoch + 1,
            reached_back,
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

/// The next round span.
fn round_up(wanted: Micros) -> Micros {
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
        Self::new(Scenario::first())
    }
}

#[cfg(test)]
mod tests;
