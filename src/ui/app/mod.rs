//! The page as a whole: it owns what the features share, hears every message, and passes each to whom it concerns.
//!
//! | file | what is in it |
//! |---|---|
//! | `message`, `keys` | what can happen to the page |
//! | `address` | what its address asks for |
//! | `fulfil` | what is done when a feature asks for something |
//! | `stage`, `clock`, `shell`, `notices` | what the page owns: the run on screen, time, what surrounds the run, what is said |
//! | `panels`, `tabs`, `more` | the panels, a row each, and how one is chosen |
//! | `speech` | when what is going on is spoken |
//! | `companion` | the second ring, while two futures are compared |
//! | `layout` | what is shown where |
//! | `lazy` | what is loaded only when it is wanted |
//! | `laboratory`, `rooms` | the way to the laboratory, and what is there |
//! | `notes` | what is noted in the run, in the story and on the time axis |
//! | `present` | what is done while the run is presented |
//! | `report` | what the page says when the program has a bug and stops |

mod address;
mod clock;
mod companion;
mod fulfil;
mod keys;
mod laboratory;
mod layout;
mod lazy;
mod message;
mod more;
mod notes;
mod notices;
mod panels;
mod present;
mod report;
mod rooms;
mod shell;
mod speech;
mod stage;
mod tabs;

use gloo::events::EventListener;
use yew::prelude::*;

pub use self::lazy::{
    AppProps, LabViews, LazyViews, LessonViews, Loading, SoonViews, at_once, lab_views, lazy_views, lesson_views,
    soon_views, start,
};
use self::{
    clock::{Clock, now_ms},
    laboratory::LabRoom,
    lazy::{Lazy, LazyPart},
    message::{ClockMsg, Msg, ShellMsg},
    notices::Notices,
    shell::Shell,
    speech::SpeakingPace,
    stage::Stage,
};
use crate::ui::{
    app::address::UrlOptions,
    explain::selection::Selection,
    features::{
        adversary::{Adversary, AdversaryMsg},
        lessons::Classroom,
        log::Wanted,
        practice::{self, Quiz},
        prefs::Prefs,
        present::Presenter,
        ring::newcomer::Newcomer,
        rules,
        share::{Session, ShareMsg, experiment_of, has_link, lesson_of},
        sound::Sound,
        timeline::{state::TimelineState, zoom::ZoomMove},
    },
    intent::{Beginning, Intent, LabAsked, LabSource, LessonAsked, PresentStep, UnderWay},
    kit::focus::FocusKeeper,
    run::{handle::RunHandle, player::Playback},
};

/// The page.
pub struct App {
    stage: Stage,
    selection: Selection,
    shell: Shell,
    clock: Clock,
    speech: SpeakingPace,
    /// Timers and votes as sounds, while somebody wants them.
    sound: Option<Box<dyn Sound>>,
    notices: Notices,
    timeline: TimelineState,
    /// What is opened, kept and shared.
    session: Session,
    /// Looks for what breaks.
    adversary: Adversary,
    /// What was asked of whoever practises.
    quiz: Quiz,
    /// What whoever practises has begun.
    under_way: Option<UnderWay>,
    prefs: Prefs,
    /// What comes behind the ring.
    soon: Lazy<SoonViews>,
    /// What is loaded when it is wanted.
    later: Lazy<LazyViews>,
    /// The lessons.
    lessons: Lazy<LessonViews>,
    /// The laboratory.
    laboratory: LabRoom,
    /// What waits until that is here.
    waiting: Vec<Msg>,
    /// How often it waited in vain.
    in_vain: u32,
    /// Whether the reader has ever crashed a server.
    newcomer: Newcomer,
    /// What the reader wants of the log.
    wanted: Wanted,
    /// The lesson that is open.
    classroom: Option<Box<dyn Classroom>>,
    /// What surrounds the run while it is presented.
    presentation: Option<Box<dyn Presenter>>,
    focus: FocusKeeper,
    /// Where features ask for something.
    emit: Callback<Intent>,
    to_share: Callback<ShareMsg>,
    to_shell: Callback<ShellMsg>,
    to_timeline: Callback<ZoomMove>,
    _listeners: Vec<EventListener>,
}

impl Component for App {
    type Message = Msg;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let options = UrlOptions::of_this_page(&panels::ALL);
        let framed = options.embed.is_some();
        report::install(framed);
        let prefs = Prefs::load().as_wished(options.lang, options.theme);
        prefs.apply();
        options.apply();
        let shell = Shell::new(options.embed);
        let link = ctx.link();
        let emit = link.callback(Msg::Intent);
        let to_share = link.callback(Msg::Share);
        let stage = Stage::new();
        let focus = FocusKeeper::default();
        let mut app = Self {
            session: Session::new(stage.shared(), framed, to_share.clone()),
            adversary: Adversary::new(link.callback(Msg::Adversary), emit.clone()),
            quiz: Quiz::default(),
            under_way: None,
            notices: Notices::new(link.callback(|()| Msg::NoticeOver)),
            _listeners: keys::listeners(link, &shell)
                .into_iter()
                .chain(focus.listeners())
                .collect(),
            stage,
            selection: Selection::default(),
            shell,
            clock: Clock::default(),
            speech: SpeakingPace::default(),
            sound: None,
            timeline: TimelineState::default(),
            prefs,
            soon: Lazy::default(),
            later: ctx.props().here,
            lessons: Lazy::default(),
            laboratory: LabRoom::new(ctx.props().laboratory),
            waiting: Vec::new(),
            in_vain: 0,
            newcomer: Newcomer::load(framed),
            wanted: Wanted::default(),
            classroom: None,
            presentation: None,
            focus,
            emit,
            to_share,
            to_shell: link.callback(Msg::Shell),
            to_timeline: link.callback(Msg::Timeline),
        };
        app.begin_with_what_is_here();
        if let Some(slug) = options.lesson {
            link.send_message(Msg::Intent(Intent::Lesson(LessonAsked::Open(slug))));
        } else if let Some(name) = options.lab.filter(|_| !has_link()) {
            link.send_message(Msg::Intent(Intent::Lab(LabAsked::by(LabSource::Named, name))));
        } else if let Some(scenario) = options.scenario.filter(|_| !has_link()) {
            link.send_message(Msg::Intent(Intent::Begin(Beginning::Named(scenario))));
        }
        app.media_changed();
        app.look();
        // A run from a link stands still, so no frame would draw its lanes.
        app.timeline.follow(&app.stage.player());
        app.load(ctx, LazyPart::Soon);
        app.load_what_is_wanted(ctx);
        app.keep_going(ctx);
        if report::is_asked_for() {
            link.send_message(Msg::Stop);
        }
        app
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        let epoch = self.stage.player().epoch();
        let is_seek = matches!(message, Msg::Intent(Intent::Play(Playback::Seek(_))));
        match message {
            // Frames and reports come many times a second, and say themselves what they have changed.
            Msg::Clock(ClockMsg::Frame(now)) => return self.frame(ctx, now),
            Msg::Adversary(message) => {
                return self.later.here().is_some_and(|views| (views.adversary)(self, message));
            }
            message => self.hear(ctx, message),
        }
        self.keep_up(epoch);
        if self.shell.resumes() {
            self.stage.player_mut().set_playing(true);
        }
        self.load_what_is_wanted(ctx);
        let now = now_ms();
        if is_seek {
            self.read_soon(ctx, now);
        } else {
            self.read_at_once(now);
        }
        self.speak(now);
        self.clock.reconsider();
        self.keep_going(ctx);
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        self.layout()
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        let (geometry, reached, held) = (self.ring_geometry(), self.clock.reached(), self.clock.held);
        self.stage.rendered(geometry, reached, held);
        self.timeline.rendered(&self.stage.player(), self.prefs.lang, reached);
        if self.shell.rendered(self.later.is_here()) {
            self.focus.look();
        }
    }
}

impl App {
    /// Does what a message is about, or lets it wait until the code for it is here.
    fn hear(&mut self, ctx: &Context<Self>, message: Msg) {
        match message {
            // All that was put off is done after every message.
            Msg::Clock(_) => self.clock.reading.rested(),
            Msg::Intent(intent) => self.fulfil(ctx, intent),
            Msg::Key(shortcut) => self.press(ctx, shortcut),
            Msg::LoadedSoon(views) => self.loaded_soon(views),
            Msg::Loaded(views) => self.loaded(ctx, views),
            Msg::LoadedLessons(files) => {
                // They are only loaded once that is here.
                if let Some(views) = self.later.here() {
                    (views.lessons)(self, files);
                }
            }
            Msg::Shell(ShellMsg::Load(part)) => self.load(ctx, part),
            Msg::Shell(message) => self.hear_of_shell(message),
            Msg::Share(message) => self.hear_of_session(ctx, message),
            Msg::Timeline(how) => self.timeline.update(how, &self.stage.player()),
            Msg::NoticeOver => self.notices.clear(),
            Msg::Adversary(_) => {}
            Msg::Stop => {
                let _in_the_middle_of_a_change = self.stage.player_mut();
                panic!("stopped on purpose, as the address asks");
            }
        }
    }

    /// Lets all that looks at the run see what a message has changed, since the player was in this epoch.
    fn keep_up(&mut self, epoch: u64) {
        self.follow_lesson();
        {
            let player = self.stage.player();
            // What is selected does not outlive its branch.
            if player.epoch() != epoch {
                self.selection.keep_to_branch(player.history());
                // Nothing is asked any more: the next selection is no answer to the old question.
                if self.selection.asked().is_none() {
                    self.shell.close_why();
                }
            }
            self.adversary.rules_are(player.rules());
            self.timeline.follow(&player);
        }
        self.look();
        report::look();
    }

    /// Lets the lesson see what has become of the run. It closes where another run has taken its place.
    fn follow_lesson(&mut self) {
        let Some(classroom) = &mut self.classroom else { return };
        let place = classroom.place_to_act();
        if classroom.follow(&mut self.stage.player_mut()) {
            let now = classroom.place_to_act();
            // Whoever waited beside the heading has the way on, now that there is one.
            if now != place && self.shell.has_focus(place) {
                self.shell.focus_later(now.to_owned());
            }
        } else {
            if let Some(why) = classroom.closed(self.prefs.lang) {
                self.notices.tell(why.to_owned());
            }
            self.classroom = None;
            self.session.teaches = false;
        }
    }

    /// Looks at what the player shows.
    fn look(&mut self) {
        self.stage.look(self.prefs.lang);
        self.tell_what_is_broken();
        self.confirm();
        self.selection.follow(self.stage.player().history());
    }

    /// Tells in full what is broken at this instant.
    fn tell_what_is_broken(&mut self) {
        let Some(views) = self.later.here().filter(|_| self.stage.view.broken.is_some()) else {
            return;
        };
        let told = (views.broken)(self.prefs.lang, self.stage.player().history());
        if let Some(told) = told {
            self.stage.narration = told.into();
        }
    }

    /// The run for the panels that follow it no faster than anyone reads.
    fn run(&self) -> RunHandle {
        RunHandle::new(self.stage.shared(), self.clock.reading.revision())
    }

    fn hear_of_shell(&mut self, message: ShellMsg) {
        match message {
            ShellMsg::Panel(panel) => self.shell.show(panel),
            ShellMsg::FocusPanel(panel) => self.shell.go_to_tab(panel),
            ShellMsg::More(open) => self.shell.more = open,
            ShellMsg::Visibility => self.clock.stop(),
            ShellMsg::Media => self.media_changed(),
            ShellMsg::Load(_) => {}
        }
    }

    fn media_changed(&mut self) {
        let is_still = self.shell.media_changed();
        self.stage.player_mut().set_by_events(is_still);
    }

    /// The adversary reports ten times a second; that touches no run. Says whether there is something to see.
    fn hear_of_adversary(&mut self, message: AdversaryMsg) -> bool {
        let rules = self.stage.player().rules();
        self.adversary.handle(message, rules);
        self.shell.panel() == rules::PANEL
    }

    /// A run is to be opened, kept or shared.
    fn hear_of_session(&mut self, ctx: &Context<Self>, message: ShareMsg) {
        match message {
            // A file over the page will soon be dropped.
            ShareMsg::Dragged(dragged) => {
                self.session.dragged = dragged;
                self.load(ctx, LazyPart::Later);
            }
            ShareMsg::Keep if !self.later.is_here() && !self.session.keep_first() => {}
            message => {
                if let Some((views, Msg::Share(message))) = self.later_for(ctx, Msg::Share(message)) {
                    (views.share)(self, message);
                }
            }
        }
    }

    fn share(&mut self, message: ShareMsg) {
        // A file may hold a lesson instead of a run.
        if let ShareMsg::Read(name, _, Some(bytes)) = &message
            && let Some(text) = lesson_of(bytes)
        {
            let (name, text) = (name.clone(), text.to_owned());
            return self.emit.emit(Intent::Lesson(LessonAsked::OpenFile { name, text }));
        }
        // Or an experiment.
        if let ShareMsg::Read(name, _, Some(bytes)) = &message
            && let Some(text) = experiment_of(bytes)
        {
            let (name, text) = (name.clone(), text.to_owned());
            return self.emit.emit(Intent::Lab(LabAsked {
                name,
                ..LabAsked::by(LabSource::File, text)
            }));
        }
        if matches!(message, ShareMsg::Present) {
            return self.present(PresentStep::Begin);
        }
        if !matches!(message, ShareMsg::Keep) {
            self.session.touched();
        }
        if self.session.handle(message) {
            self.shell.goes_on = false;
            self.shell.menu = None;
            self.selection.ask(self.stage.player().history(), None);
            self.show_challenge();
        }
        self.open_linked_lesson();
        self.open_linked_experiment();
    }

    /// Opens the lesson that a link holds, once the code for it is here.
    fn open_linked_lesson(&mut self) {
        if let Some(link) = self.session.lesson.take() {
            self.emit.emit(Intent::Lesson(LessonAsked::OpenLink(link)));
        }
    }

    /// A run of a challenge that was opened shows how it is judged.
    fn show_challenge(&mut self) {
        if self.shell.has(practice::PANEL) && practice::is_challenge(&self.stage.player()) {
            self.shell.show(practice::PANEL);
        }
    }
}
