//! A lesson that is open: it opens the runs of its scenes, stops the run where a step is done, and locks what would lead astray.

use std::{cell::RefCell, mem, rc::Rc};

use yew::prelude::*;

use super::{
    ANSWERS, Classroom, GO_ON, HEADING, LessonEntry, TASK_BEGINS_AFTER,
    progress::LessonProgress,
    sheet::{self, MOST_COPIES, wanted},
    view::{self, StepOutlook},
};
use crate::{
    lesson::{
        BuiltinLesson, Control, LEAST, LessonWalk, SoughtDial, StepKind, WalkPlace, Worksheet, file,
        file::LessonFlaw,
        link,
        predict::{Guess, QuizTopic},
    },
    raft::{NodeId, Rule},
    sim::{Action, BranchId, ClusterAction, Entry, Micros},
    ui::{
        intent::{Intent, LessonAsked},
        kit::{
            address::{link_address, location, page_address},
            key_value::BrowserStorage,
        },
        run::{
            pace::{Bound, PacedStretch},
            player::{BranchChange, Playback, Player, Watch},
        },
        text::Lang,
    },
};

/// How long a stretch of time takes the reader for which a step waits, at most.
const STRETCH_MS: u64 = 2000;

/// How long it takes to be shown a task, at most.
const SHOWN_MS: u64 = 6000;

/// While nothing is done in a task, it is looked after so much virtual time whether it is too late.
const LOOKS_AFTER: Micros = Micros::from_millis(50);

/// What is on the card.
pub(super) enum Desk {
    /// All lessons, to be chosen from.
    List {
        entries: Vec<LessonEntry>,
        /// The one after that whose end was reached.
        next: Option<usize>,
        /// What the address asks for, and is none of them.
        unknown: Option<String>,
    },
    /// One of them. What stops the run shares it.
    Lesson(OpenLesson),
}

/// A lesson on the card.
pub(super) struct OpenLesson {
    /// Which of the built-in ones, if it is one.
    builtin: Option<BuiltinLesson>,
    walk: Rc<RefCell<LessonWalk>>,
    /// What does not come about in it as its author's file says.
    flaws: Vec<LessonFlaw>,
    /// Its questions as they are printed, while they are shown.
    sheet: Option<Vec<Worksheet>>,
    /// The branch that is visited, and how much was done in it, when it was last looked at.
    acted: (BranchId, usize),
    /// Whether the step was done then.
    done: bool,
    /// What is known of the step that stands.
    outlook: StepOutlook,
    /// When it was last looked at what the reader did in a task.
    looked: Micros,
}

/// Opens the list, or a lesson with its run.
pub(super) fn open(asked: &LessonAsked, player: &mut Player) -> Desk {
    let mut desk = Desk::List {
        entries: Vec::new(),
        next: None,
        unknown: None,
    };
    desk.open(asked, player);
    if let Desk::Lesson(lesson) = &mut desk {
        // The address of a worksheet is that of its lesson, and more.
        let search = location().search().unwrap_or_default();
        lesson.sheet = wanted(&search).map(|seed| lesson.copies(seed, 1));
    }
    desk
}

impl Classroom for Desk {
    fn title(&self, lang: Lang) -> String {
        match self {
            Self::List { .. } => lang.lessons_text().title.to_owned(),
            Self::Lesson(lesson) => lesson.walk.borrow().lesson().title.get(lang.tag()).to_owned(),
        }
    }

    fn address(&self) -> Option<Option<String>> {
        let Self::Lesson(lesson) = self else { return None };
        Some(match lesson.builtin {
            Some(id) => Some(format!("{}?lesson={}", page_address(), id.slug())),
            None => link::encode(lesson.walk.borrow().lesson()).map(|link| link_address(&link)),
        })
    }

    fn answer_of(&self, server: NodeId) -> Option<LessonAsked> {
        let Self::Lesson(lesson) = self else { return None };
        let walk = lesson.walk.borrow();
        let mut answers = walk.asks()?.prediction.answers.iter();
        let place = answers.position(|(answer, _)| *answer == Guess::Server(server));
        place.map(LessonAsked::Answer)
    }

    fn sought_rule(&self, player: &Player) -> Option<Rule> {
        let Self::Lesson(lesson) = self else { return None };
        lesson.walk.borrow().sought_rule(player.history())
    }

    fn sought_dial(&self, player: &Player) -> Option<SoughtDial> {
        let Self::Lesson(lesson) = self else { return None };
        lesson.walk.borrow().sought_dial(player.history())
    }

    fn server_told(&self) -> Option<NodeId> {
        let Self::Lesson(lesson) = self else { return None };
        lesson.walk.borrow().server_told()
    }

    fn place_to_act(&self) -> &'static str {
        let lesson = match self {
            Self::Lesson(lesson) => lesson,
            Self::List { next: Some(_), .. } => return GO_ON,
            Self::List { .. } => return HEADING,
        };
        let walk = lesson.walk.borrow();
        match walk.step().kind {
            _ if !lesson.outlook.comes => HEADING,
            _ if walk.is_done() || walk.waits() => GO_ON,
            StepKind::Ask(_) | StepKind::Predict(_) => ANSWERS,
            // It is done in the ring.
            StepKind::Say | StepKind::Wait(_) | StepKind::Task(_) => HEADING,
        }
    }

    fn turn(&self, later: bool, player: &Player) -> Option<Intent> {
        let lesson = match self {
            Self::Lesson(lesson) => lesson,
            Self::List { entries, next, .. } => {
                let next = entries.get((*next).filter(|_| later)?)?;
                return Some(Intent::Lesson(LessonAsked::Open(next.slug.to_owned())));
            }
        };
        let walk = lesson.walk.borrow();
        let is_over = walk.is_done() || walk.can_give_up() || !lesson.outlook.comes;
        let asked = match later {
            false => LessonAsked::Back,
            true if is_over => LessonAsked::Next,
            // What was begun is watched.
            true if player.playing() => return None,
            true if walk.waits() => return Some(Intent::Play(Playback::Toggle)),
            true if walk.can_be_shown() => LessonAsked::Show,
            true => return None,
        };
        Some(Intent::Lesson(asked))
    }

    fn refusal(&self, intent: &Intent, lang: Lang) -> Option<&'static str> {
        let Self::Lesson(lesson) = self else { return None };
        let is_play =
            matches!(intent, Intent::Play(playback) if !matches!(playback, Playback::Pace(_) | Playback::Faster(_)));
        if is_play && lesson.would_answer(intent) {
            return Some(lang.lessons_text().answer_first);
        }
        if matches!(intent, Intent::Play(Playback::Reset)) {
            return Some(lang.lessons_text().no_reset);
        }
        let wanted = |control| lesson.walk.borrow().locked().any(|locked| locked == control);
        let is_locked = match intent {
            Intent::Act(actions) | Intent::ActAndTell(actions, _) => {
                actions.iter().any(|action| wanted(control_of(action)))
            }
            Intent::Undo | Intent::UndoEvents(_) | Intent::Redo => wanted(Control::Actions),
            Intent::Play(
                Playback::Seek(_) | Playback::ToEnd | Playback::Reset | Playback::Step | Playback::StepBack,
            ) => wanted(Control::Time),
            _ => false,
        };
        is_locked.then_some(lang.lessons_text().locked)
    }

    fn follow(&mut self, player: &mut Player) -> bool {
        if !player.is_watched() {
            return false;
        }
        if let Self::Lesson(lesson) = self {
            lesson.follow(player);
        }
        true
    }

    fn closed(&self, lang: Lang) -> Option<&'static str> {
        matches!(self, Self::Lesson(_)).then_some(lang.lessons_text().closed)
    }

    fn hear(&mut self, asked: LessonAsked, player: &mut Player) {
        match (asked, self) {
            (LessonAsked::Erase, desk) => {
                LessonProgress(BrowserStorage).erase();
                desk.list(None, player);
            }
            (LessonAsked::Next, desk @ Self::Lesson(_)) if desk.is_at_the_end() && !desk.is_own() => {
                let next = desk.after();
                desk.list(next, player);
            }
            (LessonAsked::Next, Self::Lesson(lesson)) => lesson.next(player),
            (LessonAsked::Back, Self::Lesson(lesson)) => lesson.back(player),
            (LessonAsked::Resume, Self::Lesson(lesson)) => lesson.resume(player),
            // Where it is shown is the page's.
            (LessonAsked::FindRule, Self::Lesson(_)) => {}
            (LessonAsked::Answer(choice), Self::Lesson(lesson)) => lesson.answer(choice, player),
            (LessonAsked::Sheet { seed, copies }, Self::Lesson(lesson)) => {
                player.set_playing(false);
                lesson.sheet = Some(lesson.copies(seed, copies));
            }
            (LessonAsked::SheetAway, Self::Lesson(lesson)) => lesson.sheet = None,
            (LessonAsked::Show, Self::Lesson(lesson)) => lesson.show(player),
            (LessonAsked::Again, Self::Lesson(lesson)) => lesson.again(player),
            (asked, desk) => desk.open(&asked, player),
        }
    }

    fn view(&self, player: &Player, lang: Lang, emit: &Callback<Intent>) -> Html {
        match self {
            Self::List { entries, next, unknown } => view::list(entries, *next, unknown.as_deref(), lang, emit),
            Self::Lesson(lesson) => {
                let walk = lesson.walk.borrow();
                // They are the author's concern, who begins at the beginning.
                let flaws = if walk.index() == 0 { &lesson.flaws[..] } else { &[] };
                view::lesson(&walk, flaws, lesson.outlook, player, lang, emit)
            }
        }
    }

    fn view_sheet(&self, lang: Lang, emit: &Callback<Intent>) -> Option<Html> {
        let Self::Lesson(lesson) = self else { return None };
        let copies = lesson.sheet.as_ref()?;
        Some(sheet::view(&lesson.walk.borrow(), lesson.builtin, copies, lang, emit))
    }
}

/// What is locked where this is.
const fn control_of(action: &Action) -> Control {
    match action {
        Action::Cluster(ClusterAction::SetRules(_) | ClusterAction::SetTiming(_) | ClusterAction::SetNetwork(_)) => {
            Control::Rules
        }
        _ => Control::Actions,
    }
}

/// The stretch of time for which the step that stands is shown slower or faster than the run alone would be, from now on; `comes` is
/// when it will be done.
pub(super) fn stretch(walk: &LessonWalk, now: Micros, comes: Option<Micros>) -> Option<PacedStretch> {
    let slow = walk.step().pace.filter(|_| !walk.is_done());
    if let Some(slow) = slow {
        return Some(PacedStretch {
            from: now,
            until: comes.unwrap_or(Micros(u64::MAX)),
            bound: Bound::Slow(slow),
        });
    }
    let (lasts, done) = walk.lasts().zip(comes)?;
    Some(PacedStretch {
        from: Micros(done.0.saturating_sub(lasts.0)),
        until: done,
        bound: Bound::Within(STRETCH_MS),
    })
}

impl Desk {
    /// Opens a lesson that there is; else the list stays.
    fn open(&mut self, asked: &LessonAsked, player: &mut Player) {
        let mut flaws = Vec::new();
        let (builtin, lesson) = match asked {
            LessonAsked::Open(slug) => {
                let builtin = BuiltinLesson::from_slug(slug);
                (builtin, builtin.map(BuiltinLesson::lesson))
            }
            // A link is for those who learn, and the page's own lessons are held by tests: only of a file its author is told.
            LessonAsked::OpenFile { text, .. } => {
                let (lesson, found) = file::check(text).ok().unzip();
                flaws = found.unwrap_or_default();
                (None, lesson)
            }
            LessonAsked::OpenLink(link) => (None, link::decode(link).ok()),
            _ => (None, None),
        };
        let Some(lesson) = lesson else {
            self.list(None, player);
            if let (LessonAsked::Open(name), Self::List { unknown, .. }) = (asked, self) {
                *unknown = Some(name.clone());
            }
            return;
        };
        let mut lesson = OpenLesson {
            builtin,
            walk: Rc::new(RefCell::new(LessonWalk::new(lesson))),
            flaws,
            sheet: None,
            acted: acted(player),
            done: false,
            outlook: StepOutlook::default(),
            looked: Micros::ZERO,
        };
        lesson.open_scene(player);
        // A first step that has only to be read is done, and kept as done, as it begins.
        let left_at = lesson.place_kept();
        lesson.begin(player);
        lesson.outlook.left_at = left_at;
        lesson.outlook.is_own = builtin.is_none();
        *self = Self::Lesson(lesson);
    }

    /// Shows all lessons, with how far the reader has come.
    fn list(&mut self, next: Option<usize>, player: &mut Player) {
        // It never stops the run; it tells whether another one was chosen.
        player.watch(Some(Watch(Rc::new(|_| false))));
        let entry = |id: BuiltinLesson| {
            let lesson = id.lesson();
            let steps = lesson.steps().count();
            LessonEntry {
                slug: id.slug(),
                done: LessonProgress(BrowserStorage).done(id.slug(), steps),
                title: lesson.title,
                about: lesson.about,
                steps,
            }
        };
        *self = Self::List {
            entries: BuiltinLesson::ALL.into_iter().map(entry).collect(),
            next,
            unknown: None,
        };
    }

    /// The place of the lesson after this one, if it is one of the built-in ones.
    fn after(&self) -> Option<usize> {
        let Self::Lesson(lesson) = self else { return None };
        let place = BuiltinLesson::ALL.into_iter().position(|id| Some(id) == lesson.builtin);
        place
            .map(|place| place + 1)
            .filter(|next| *next < BuiltinLesson::ALL.len())
    }

    /// Whether it is a lesson that is none of the page's.
    const fn is_own(&self) -> bool {
        matches!(self, Self::Lesson(lesson) if lesson.builtin.is_none())
    }

    fn is_at_the_end(&self) -> bool {
        match self {
            Self::List { .. } => false,
            Self::Lesson(lesson) => lesson.walk.borrow().is_at_the_end() && lesson.walk.borrow().is_done(),
        }
    }
}

impl OpenLesson {
    /// Copies of its worksheet, from a seed on.
    fn copies(&self, seed: u64, copies: usize) -> Vec<Worksheet> {
        let (walk, last) = (
            self.walk.borrow(),
            seed.saturating_add(copies.clamp(1, MOST_COPIES) as u64 - 1),
        );
        // Whoever wrote a lesson knows what it shall ask.
        let least = if self.builtin.is_some() { LEAST } else { 0 };
        Worksheet::copies(walk.lesson(), least, seed..=last)
    }

    /// Puts the run of the scene on screen, at its instant. Time stands.
    fn open_scene(&mut self, player: &mut Player) {
        let mut walk = self.walk.borrow_mut();
        walk.reopened();
        let scene = walk.scene();
        // How fast time passes is the reader's choice, not the scene's.
        let pace = player.pace();
        // A file that was read has a run that can be run; else what is on screen stays.
        let _ = player.open_run(&scene.run);
        player.set_pace(pace);
        player.seek(scene.open);
        drop(walk);
        let walk = self.walk.clone();
        let is_done = move |history: &_| walk.borrow_mut().follow(history).is_some();
        player.watch(Some(Watch(Rc::new(is_done))));
    }

    /// The step that stands begins here; time stands.
    fn begin(&mut self, player: &mut Player) {
        player.set_playing(false);
        if self.changes_the_run() && !self.walk.borrow().is_done() {
            player.seek(player.history().now() + TASK_BEGINS_AFTER);
        }
        self.walk.borrow_mut().begin(player.history());
        self.done = self.walk.borrow().is_done();
        self.outlook.left_at = None;
        self.look_ahead(player);
        self.keep();
    }

    /// Looks whether what the step wants will come about. A stretch of time in which nothing more is wanted than that it lasts is
    /// soon over.
    fn look_ahead(&mut self, player: &mut Player) {
        self.acted = acted(player);
        self.look_back(player);
        let walk = self.walk.borrow();
        let lasts = walk.lasts();
        let comes = (walk.waits() || lasts.is_some())
            .then(|| walk.comes(player.history()))
            .flatten();
        self.outlook.comes = !walk.waits() || comes.is_some();
        player.show_stretch(stretch(&walk, player.history().now(), comes));
    }

    /// Looks what is to be said of what the reader did in a task, or did not do in time.
    fn look_back(&mut self, player: &Player) {
        self.outlook.word = self.walk.borrow().word(player.history());
        self.looked = player.history().now();
    }

    /// Whether to play so would show what the step asks.
    fn would_answer(&self, intent: &Intent) -> bool {
        let walk = self.walk.borrow();
        let asks = matches!(walk.step().kind, StepKind::Ask(_)) && !walk.is_done();
        // What came before may be looked at.
        let asked_at = walk.state().ended.map(|asked| asked.at);
        let looks_back = match intent {
            Intent::Play(Playback::StepBack) => true,
            Intent::Play(Playback::Seek(at)) => asked_at.is_some_and(|asked_at| *at <= asked_at),
            _ => false,
        };
        walk.asks().is_some() || asks && !looks_back
    }

    /// Goes a step on: also past one that will never be done. Nobody leaves a question without its answer.
    fn next(&mut self, player: &mut Player) {
        if self.walk.borrow().can_give_up() {
            self.walk.borrow_mut().give_up();
            self.done = true;
            self.keep();
            return;
        }
        let moved = if self.outlook.comes {
            self.walk.borrow_mut().go_on()
        } else {
            self.walk.borrow_mut().pass()
        };
        match moved {
            None => {}
            Some(true) => {
                self.open_scene(player);
                self.begin(player);
            }
            Some(false) => self.arrive(player),
        }
    }

    /// Goes a step back. What was done in a task that is left without being done is taken back.
    fn back(&mut self, player: &mut Player) {
        if self.is_task() && !self.walk.borrow().is_done() {
            self.take_back(player);
        }
        let moved = self.walk.borrow_mut().back();
        match moved {
            None => {}
            Some(true) => {
                let place = self.walk.borrow().index();
                self.come_to(place, player);
            }
            Some(false) => self.arrive(player),
        }
    }

    /// Shows the run as it is at the step that stands.
    fn arrive(&mut self, player: &mut Player) {
        let (began, ended) = {
            let walk = self.walk.borrow();
            (walk.began(), walk.state().ended)
        };
        // A step that is done shows what it was done by.
        visit(player, ended.or(began));
        self.begin(player);
    }

    /// Goes on where the reader left the lesson at an earlier visit.
    fn resume(&mut self, player: &mut Player) {
        let Some(place) = self.outlook.left_at.take() else {
            return;
        };
        let kept = LessonProgress(BrowserStorage).kept(&self.walk.borrow().lesson().name);
        self.walk.borrow_mut().recall(&kept, place);
        self.come_to(place, player);
    }

    /// Opens the scene of a step and brings about all that comes before it; and the step as well, if it was done.
    fn come_to(&mut self, place: usize, player: &mut Player) {
        let before = self.walk.borrow_mut().start_scene_of(place);
        let was_done = before.get(place).is_some_and(|state| state.done);
        self.open_scene(player);
        loop {
            self.begin(player);
            let is_there = self.walk.borrow().index() == place;
            let deeds = before
                .get(self.walk.borrow().index())
                .map_or(&[][..], |state| &state.deeds);
            let is_done = (!is_there || was_done) && self.bring_about(deeds, player);
            if is_there || !is_done {
                break;
            }
            self.walk.borrow_mut().go_on();
        }
        self.walk.borrow_mut().remember(before);
        self.done = self.walk.borrow().is_done();
        self.look_ahead(player);
        self.keep();
    }

    /// Brings about what the step wants, as the reader did it, else by its solution. Says whether it is done.
    fn bring_about(&mut self, deeds: &[Entry], player: &mut Player) -> bool {
        let right = self.walk.borrow().right_answer();
        if let Some(right) = right {
            self.answer(right, player);
        }
        if self.is_task() && !self.do_again(deeds, player) {
            self.solve(player);
        }
        let comes = self.walk.borrow().comes(player.history());
        if let Some(at) = comes {
            player.seek(at);
        }
        self.walk.borrow_mut().follow(player.history());
        self.walk.borrow().is_done()
    }

    /// Takes an answer. Where the run gives the right one, it goes on.
    // Inlined, it would be there wherever it is called.
    #[inline(never)]
    fn answer(&mut self, choice: usize, player: &mut Player) {
        let answered = self.walk.borrow_mut().answer(choice);
        if answered.is_none() {
            return;
        }
        let (given, waits) = (self.walk.borrow().given(), self.walk.borrow().waits());
        if let Some(given) = given {
            // The question was answered in a fork in which it was done, so it can be.
            let _ = player.act(given);
        }
        if waits {
            player.set_playing(true);
        }
        self.done = self.walk.borrow().is_done();
        self.look_ahead(player);
        self.keep();
    }

    /// Looks at what has become of the run. What stops it may have seen already that the step is done.
    fn follow(&mut self, player: &mut Player) {
        self.walk.borrow_mut().follow(player.history());
        let done = self.walk.borrow().is_done();
        let (before, now) = (self.acted, acted(player));
        if now != before {
            self.look_ahead(player);
        }
        if done && !mem::replace(&mut self.done, done) {
            player.set_playing(false);
            self.stop_at_the_instant(player);
            self.outlook.word = None;
            self.keep();
        } else if !done
            && now == before
            && self.is_task()
            && self.outlook.word.is_none()
            && player.history().now() >= self.looked + LOOKS_AFTER
        {
            self.look_back(player);
        } else if now.1 > before.1 && !done && self.is_task() {
            // What the reader does is followed by what comes of it.
            player.set_playing(true);
        }
    }

    /// What was to last has lasted between two events or two frames: time stands where it had.
    fn stop_at_the_instant(&self, player: &mut Player) {
        let ended = self.walk.borrow().state().ended;
        if let Some(ended) = ended.filter(|ended| ended.at < player.history().now()) {
            player.seek(ended.at);
        }
    }

    /// Whether something is done to the run in the step: by the reader, or because the question says so.
    fn changes_the_run(&self) -> bool {
        let walk = self.walk.borrow();
        match walk.step().kind {
            StepKind::Task(_) => true,
            StepKind::Predict(wish) => wish.topic == QuizTopic::Loss,
            StepKind::Say | StepKind::Wait(_) | StepKind::Ask(_) => false,
        }
    }

    fn is_task(&self) -> bool {
        matches!(self.walk.borrow().step().kind, StepKind::Task(_))
    }

    /// Back to where the task began, without what the reader has done since: the task that stands, or the last before it; or to where
    /// what they said of the run was wrong.
    fn again(&mut self, player: &mut Player) {
        if self.walk.borrow().can_predict_again() {
            self.walk.borrow_mut().predict_again();
            let began = self.walk.borrow().began();
            visit(player, began);
            self.begin(player);
            return;
        }
        let task = self.walk.borrow().last_task();
        let Some(task) = task else { return };
        self.walk.borrow_mut().stand_at(task);
        self.take_back(player);
        self.walk.borrow_mut().stand_again(task);
        let began = self.walk.borrow().began();
        let branch = player.history().current();
        visit(player, began.map(|began| WalkPlace { branch, ..began }));
        self.begin(player);
    }

    /// Takes back what the reader has done since the task began. It is kept in a branch.
    fn take_back(&self, player: &mut Player) {
        let mut walk = self.walk.borrow_mut();
        player.undo_all(|entry| walk.was_done_since(entry));
        walk.move_to(player.history().current());
    }

    /// Answers the question, or does the task, for the reader, and lets time pass.
    fn show(&mut self, player: &mut Player) {
        let right = self.walk.borrow().right_answer();
        if let Some(right) = right {
            self.walk.borrow_mut().show_solution();
            self.answer(right, player);
            return;
        }
        self.again(player);
        self.walk.borrow_mut().show_solution();
        self.solve(player);
        self.follow(player);
        if !self.walk.borrow().is_done() {
            self.show_soon(player);
            player.set_playing(true);
        }
    }

    /// Whoever asked to be shown does not wait for long: neither for a stretch of time nor for what leads to the end of the task.
    fn show_soon(&self, player: &mut Player) {
        let comes = self.walk.borrow().comes(player.history());
        let from = player.history().now();
        if let Some(until) = comes {
            player.show_stretch(Some(PacedStretch {
                from,
                until,
                bound: Bound::Within(SHOWN_MS),
            }));
        }
    }

    /// Does again what the reader did in the task. Says whether that is how it is done: nothing is done else.
    fn do_again(&self, deeds: &[Entry], player: &mut Player) -> bool {
        if deeds.is_empty() {
            return false;
        }
        let mut fork = player.history().clone();
        let all_done = deeds.iter().all(|deed| {
            fork.seek(deed.at);
            fork.act(deed.action).is_ok()
        });
        if !all_done || self.walk.borrow().comes(&fork).is_none() {
            return false;
        }
        for deed in deeds {
            player.seek(deed.at);
            // It could be done in the fork.
            let _ = player.act(deed.action);
        }
        true
    }

    /// Does what the solution of the task says.
    fn solve(&self, player: &mut Player) {
        let deeds = self.walk.borrow().solution();
        let began = player.history().now();
        for deed in deeds {
            player.seek(began + deed.after);
            // A lesson of the reader's own may have a solution that is none.
            let _ = player.act(deed.action);
        }
    }

    /// The step at which the reader left the lesson at an earlier visit, if it has a name.
    fn place_kept(&self) -> Option<usize> {
        let walk = self.walk.borrow();
        let name = &walk.lesson().name;
        if name.is_empty() {
            return None;
        }
        LessonProgress(BrowserStorage).place(name, walk.len())
    }

    /// Keeps how far the reader has come, in a lesson that has a name.
    fn keep(&self) {
        let walk = self.walk.borrow();
        if !walk.lesson().name.is_empty() {
            LessonProgress(BrowserStorage).keep(&walk.lesson().name, &walk.kept());
        }
    }
}

/// The branch that is visited, and how much is done in it.
fn acted(player: &Player) -> (BranchId, usize) {
    let history = player.history();
    (history.current(), history.journal(history.current()).len())
}

/// Goes to where a step began or was done, if that branch is still there.
fn visit(player: &mut Player, place: Option<WalkPlace>) {
    let there = place.filter(|place| player.history().branch_info(place.branch).is_some());
    if let Some(place) = there {
        let to_one_ring = player.comparison().map(|_| BranchChange::StopComparing);
        for change in to_one_ring
            .into_iter()
            .chain([BranchChange::Visit(place.branch, Some(place.at))])
        {
            // Neither is ever refused.
            let _ = player.change_branches(&change);
        }
    }
}
