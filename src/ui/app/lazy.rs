//! What the page loads only when it is wanted.
//!
//! The build can cut the program in parts (`xtask/split`): the ring with what is said about it and done to it, what comes at
//! once behind it ([`SOON_VIEWS`]), and what somebody has to want first ([`LAZY_VIEWS`]), the lessons ([`LESSON_VIEWS`]), and the laboratory
//! ([`LAB_VIEWS`]). So nothing else may name what stands
//! in these tables. Where the program is one file, all is there at once.
//!
//! What the reader wants before the code for it is here waits for that code. Whoever comes with a link, or comes back to a run of
//! their own, sees the page once it can open it.

use std::{
    future::{self, Future},
    mem,
    pin::Pin,
    rc::Rc,
};

use web_sys::Element;
use yew::{platform::spawn_local, prelude::*};

use super::{App, Msg, ShellMsg, address::UrlOptions, panels, report};
use crate::{
    raft::NodeId,
    scenario::{Run, link},
    sim::{History, Micros},
    ui::{
        explain::story::{DEED_WORDS, DeedWords, DeedsInWords},
        features::{
            adversary::AdversaryMsg,
            laboratory::Laboratory,
            log::{self, AddCards, ViewCardLines},
            notes,
            ring::{
                RingProps,
                signs::{self, Signs},
            },
            share::{self, ShareMsg},
            sound::{self, Sound},
            status::{self, ViewBadge, watch},
            timeline::ViewPins,
        },
        intent::{Intent, LessonAsked},
        kit::{later::WhenHere, panel::Panel},
        run::{player::Player, view::ClusterView},
        svg::ring::geometry::Geometry,
        text::{Lang, catalogue},
    },
};

/// The views that come at once behind the ring: whoever is here sees the ring first.
pub struct SoonViews {
    /// The log as a story.
    pub(super) story: fn(&App) -> Html,
    /// The lanes of the servers over time, and the tools above them.
    pub(super) lanes: fn(&App, &Player) -> Html,
    pub(super) lane_tools: fn(&App) -> Html,
}

/// The views that are loaded when one of them is wanted, and what is done seldom.
pub struct LazyViews {
    /// A panel other than the first.
    pub(super) panel: fn(&App, Panel) -> Html,
    /// The log as every line.
    pub(super) lines: fn(&App) -> Html,
    /// Sees what the reader practises, on every panel.
    pub(super) practice_watch: fn(&App) -> Html,
    /// How that stands, at the tab of its panel.
    pub(super) tab_mark: fn(&App, Panel) -> Html,
    /// The answer to what was asked.
    pub(super) why: fn(&App) -> Html,
    /// The menu of a server.
    pub(super) menu: fn(&App, NodeId) -> Html,
    /// The menu *More*.
    pub(super) more: fn(&App) -> Html,
    /// The help sheet and the share dialogue.
    pub(super) dialogs: fn(&App) -> Html,
    /// What the reader did at an instant, confirmed.
    pub(super) confirm: fn(Lang, &History, Micros, &ClusterView) -> Option<String>,
    /// A link of a run, also of one in which something is noted.
    pub(super) encode: fn(&Run) -> String,
    /// What was broken at an instant, with the votes that do not count.
    pub(super) broken: fn(Lang, &History) -> Option<String>,
    /// Lets a screen reader say how everything stands.
    pub(super) overview: fn(&mut App),
    /// What the lanes show, in words.
    pub(super) lanes_in_words: fn(&App, &Player) -> Html,
    /// Two futures beside each other, one of them in this ring.
    pub(super) futures: fn(&App, &Player, Html) -> Option<Html>,
    /// What to watch, in any scenario but the free cluster.
    pub(super) watch: fn(Lang, &Player) -> Html,
    /// What there is to say about opening and keeping.
    pub(super) banner: fn(&App) -> Html,
    /// What is noted at this moment of the run.
    pub(super) notes: fn(&App, &Player) -> Html,
    /// What is noted in the run, on the time axis and in the story.
    pub(super) pins: ViewPins,
    pub(super) note_cards: AddCards,
    /// What servers printed about what a card of the story tells.
    pub(super) card_lines: ViewCardLines,
    /// What the ring shows only at times.
    pub(super) signs: fn(&RingProps, &Geometry) -> Signs,
    /// Which rules differ from the paper's.
    pub(super) rules_badge: ViewBadge,
    /// What was done, in words.
    deeds: &'static DeedWords,
    /// Lets runs be opened and kept, and opens what was left if the page begins with it.
    settle: fn(&mut App, bool),
    /// Does what a feature asks for, beyond what is done at once.
    pub(super) fulfil: fn(&mut App, Intent),
    /// Opens, keeps or shares a run.
    pub(super) share: fn(&mut App, ShareMsg),
    /// Lets timers and votes be heard.
    pub(super) sound: fn(&History) -> Option<Box<dyn Sound>>,
    /// Lets the adversary go on. Says whether there is something to see.
    pub(super) adversary: fn(&mut App, AdversaryMsg) -> bool,
    /// The lessons are here, or did not arrive.
    pub(super) lessons: fn(&mut App, Option<&'static LessonViews>),
}

/// Lessons, loaded when one is wanted.
pub struct LessonViews {
    /// Does something with a lesson.
    pub(super) hear: fn(&mut App, LessonAsked),
}

/// The laboratory, loaded when it is wanted.
pub struct LabViews {
    /// Opens an empty one.
    pub(super) open: fn(Callback<Intent>) -> Rc<dyn Laboratory>,
    /// It is loaded from there, so all that both need is here when it comes: the split need not cut out the pieces that the
    /// laboratory uses, each of which would be a file that is loaded with any panel.
    #[expect(dead_code, reason = "it tells the split what is here before")]
    after: &'static LazyViews,
}

static LAB_VIEWS: LabViews = LabViews {
    open: super::rooms::open,
    after: &LAZY_VIEWS,
};

static LESSON_VIEWS: LessonViews = LessonViews {
    hear: App::hear_of_lesson,
};

static SOON_VIEWS: SoonViews = SoonViews {
    story: panels::view_story,
    lanes: App::view_timeline,
    lane_tools: App::view_lane_tools,
};

static LAZY_VIEWS: LazyViews = LazyViews {
    panel: panels::view_other,
    lines: panels::view_lines,
    practice_watch: App::view_practice_watch,
    tab_mark: App::view_tab_mark,
    why: App::view_why,
    menu: App::view_menu,
    more: App::view_more_menu,
    dialogs: App::view_dialogs,
    confirm: Lang::confirmed,
    broken: Lang::broken_in_full,
    encode: link::encode,
    overview: App::tell_overview,
    lanes_in_words: App::view_lanes_in_words,
    futures: App::view_futures,
    watch: watch::view,
    banner: App::view_banner,
    notes: App::view_notes_now,
    pins: notes::view_pins,
    note_cards: notes::add_cards,
    card_lines: log::view_card_lines,
    signs: signs::view,
    rules_badge: status::view_rules,
    deeds: &DEED_WORDS,
    settle: App::settle,
    fulfil: App::fulfil_later,
    share: App::share,
    sound: sound::switch_on,
    adversary: App::hear_of_adversary,
    lessons: App::loaded_lessons,
};

/// Views on their way; `None` if they did not arrive.
pub type Loading<T> = Pin<Box<dyn Future<Output = Option<&'static T>>>>;

/// How the page gets what is not on screen at first. Each is called again when the reader wants it again after it did not
/// arrive.
#[derive(Clone, Properties)]
pub struct AppProps {
    /// Gets what comes behind the ring.
    soon: fn() -> Loading<SoonViews>,
    /// Gets what is loaded when it is wanted.
    later: fn() -> Loading<LazyViews>,
    /// Gets the lessons.
    lessons: fn() -> Loading<LessonViews>,
    /// Gets the laboratory.
    pub(super) laboratory: fn() -> Loading<LabViews>,
    /// What of this is here when the page begins.
    pub(super) here: Lazy<LazyViews>,
}

impl PartialEq for AppProps {
    /// It never changes while the page is there.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl AppProps {
    /// For a program in several files, which these get.
    #[must_use]
    pub fn in_parts(
        soon: fn() -> Loading<SoonViews>,
        later: fn() -> Loading<LazyViews>,
        lessons: fn() -> Loading<LessonViews>,
        laboratory: fn() -> Loading<LabViews>,
    ) -> Self {
        let here = Lazy::Unwanted;
        Self {
            soon,
            later,
            lessons,
            laboratory,
            here,
        }
    }
}

/// For a program that is one file.
#[must_use]
pub fn at_once() -> AppProps {
    AppProps {
        soon: || Box::pin(future::ready(Some(soon_views()))),
        later: || Box::pin(future::ready(Some(lazy_views()))),
        lessons: || Box::pin(future::ready(Some(lesson_views()))),
        laboratory: || Box::pin(future::ready(Some(lab_views()))),
        here: Lazy::Here(&LAZY_VIEWS),
    }
}

/// The style sheet of what is loaded when it is wanted.
const LATER_STYLES: &str = "later-styles";

/// Lets the browser load the look of what is loaded when it is wanted: a sheet that is switched off is not loaded. It is much
/// smaller than the code, so it is here before that, and nothing waits for it.
fn load_styles() {
    if let Some(sheet) = gloo::utils::document().get_element_by_id(LATER_STYLES) {
        let _ = sheet.remove_attribute("disabled");
    }
}

/// Begins the page, once it can show what it is to begin with.
pub fn start(root: Element, mut parts: AppProps) {
    if parts.here.is_here() {
        load_styles();
    }
    let options = UrlOptions::of_this_page(&panels::ALL);
    let is_asked_for = options.lesson.is_some() || options.scenario.is_some() || options.lab.is_some();
    if parts.here.is_here() || !is_asked_for && !is_expected(options.embed.is_some()) {
        yew::Renderer::<App>::with_root_and_props(root, parts).render();
        return;
    }
    spawn_local(async move {
        load_styles();
        parts.here = Lazy::of((parts.later)().await);
        yew::Renderer::<App>::with_root_and_props(root, parts).render();
    });
}

/// Whether the page begins with more than the free cluster.
fn is_expected(framed: bool) -> bool {
    share::is_expected(framed) || report::is_asked_for()
}

/// For a program in several files: what the second one holds.
#[must_use]
pub fn soon_views() -> &'static SoonViews {
    &SOON_VIEWS
}

/// For a program in several files: what that of the lessons holds.
#[must_use]
pub fn lesson_views() -> &'static LessonViews {
    &LESSON_VIEWS
}

/// For a program in several files: what that of the laboratory holds.
#[must_use]
pub fn lab_views() -> &'static LabViews {
    &LAB_VIEWS
}

/// For a program in several files: what the last one holds.
#[must_use]
pub fn lazy_views() -> &'static LazyViews {
    &LAZY_VIEWS
}

catalogue! {
    /// What is said while something is loaded.
    LazyText, lazy_text;

    loading: "Loading…", "Carregando…";
    missing: "This part of the page did not load. Check your connection.",
        "Esta parte da página não foi carregada. Verifique sua conexão.";
    try_again: "Try again", "Tentar de novo";
}

/// Where views are that are not on screen at first.
#[derive(Default)]
pub enum Lazy<T: 'static> {
    /// Nobody has wanted one yet.
    #[default]
    Unwanted,
    /// On their way.
    Coming,
    /// Here.
    Here(&'static T),
    /// They did not arrive.
    Missing,
}

impl<T> Clone for Lazy<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Lazy<T> {}

impl<T> Lazy<T> {
    /// What is here, or did not arrive.
    fn of(views: Option<&'static T>) -> Self {
        views.map_or(Self::Missing, Self::Here)
    }

    /// Those that are here.
    pub(super) const fn here(&self) -> Option<&'static T> {
        match self {
            Self::Here(views) => Some(views),
            _ => None,
        }
    }

    /// One of them as a property, once they are here.
    pub(super) fn when_here<V>(&self, which: impl FnOnce(&'static T) -> V) -> WhenHere<V> {
        WhenHere(self.here().map(which))
    }

    /// Whether they are here.
    pub(super) const fn is_here(&self) -> bool {
        matches!(self, Self::Here(_))
    }

    /// Whether they are on their way.
    pub(super) const fn is_coming(&self) -> bool {
        matches!(self, Self::Coming)
    }

    /// Says whether they are to be loaded now; from then on they are on their way.
    fn begins(&mut self) -> bool {
        let begins = matches!(self, Self::Unwanted | Self::Missing);
        if begins {
            *self = Self::Coming;
        }
        begins
    }

    /// What one of the views shows; nothing before it is here.
    pub(super) fn view(&self, view: impl FnOnce(&T) -> Html) -> Html {
        self.view_or(Html::default, view)
    }

    /// What one of the views shows, and what stands in its room before.
    pub(super) fn view_or(&self, before: impl FnOnce() -> Html, view: impl FnOnce(&T) -> Html) -> Html {
        match self {
            Self::Here(views) => view(views),
            _ => before(),
        }
    }
}

/// What is not in the program's first file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LazyPart {
    /// What comes behind the ring.
    Soon,
    /// What is loaded when it is wanted.
    Later,
    /// The lessons.
    Lessons,
}

impl App {
    /// Loads what is not here yet if something on screen needs it.
    pub(super) fn load_what_is_wanted(&mut self, ctx: &Context<Self>) {
        let wanted = match self.later {
            Lazy::Unwanted => self.opens_something() || self.shows_later_panel() || self.speech.deed.is_some(),
            // A panel says itself that it is missing.
            Lazy::Missing => self.opens_something(),
            Lazy::Coming | Lazy::Here(_) => false,
        };
        if wanted {
            self.load(ctx, LazyPart::Later);
        }
    }

    /// Loads what is not on screen at first, if that was not done before.
    pub(super) fn load(&mut self, ctx: &Context<Self>, part: LazyPart) {
        let AppProps {
            soon, later, lessons, ..
        } = ctx.props();
        match part {
            LazyPart::Soon if self.soon.begins() => ctx.link().send_future(soon()),
            LazyPart::Later if self.later.begins() => {
                load_styles();
                ctx.link().send_future(later());
            }
            LazyPart::Lessons if self.lessons.begins() => ctx.link().send_future(lessons()),
            LazyPart::Soon | LazyPart::Later | LazyPart::Lessons => {}
        }
    }

    /// What comes behind the ring is here, or did not arrive.
    pub(super) fn loaded_soon(&mut self, views: Option<&'static SoonViews>) {
        self.soon = Lazy::of(views);
    }

    /// What was wanted is here, or did not arrive.
    pub(super) fn loaded(&mut self, ctx: &Context<Self>, views: Option<&'static LazyViews>) {
        self.later = Lazy::of(views);
        let waiting = mem::take(&mut self.waiting);
        if let Some(views) = views {
            (views.settle)(self, false);
            for message in waiting {
                self.hear(ctx, message);
            }
        } else if self.opens_something() || !waiting.is_empty() {
            self.in_vain += 1;
            self.shell.close_all();
            self.tell_missing();
        }
    }

    /// The lessons, if they are here; else they are loaded, and this waits for them.
    pub(super) fn lessons_for(&mut self, asked: &LessonAsked) -> Option<&'static LessonViews> {
        let here = self.lessons.here();
        if here.is_none() {
            self.waiting.push(Msg::Intent(Intent::Lesson(asked.clone())));
            self.to_shell.emit(ShellMsg::Load(LazyPart::Lessons));
        }
        here
    }

    /// The lessons are here, or did not arrive.
    fn loaded_lessons(&mut self, files: Option<&'static LessonViews>) {
        self.lessons = Lazy::of(files);
        for message in mem::take(&mut self.waiting) {
            match message {
                Msg::Intent(Intent::Lesson(asked)) if files.is_some() => self.lesson(asked),
                Msg::Intent(Intent::Lesson(_)) => {
                    self.in_vain += 1;
                    self.tell_missing();
                }
                message => self.waiting.push(message),
            }
        }
    }

    /// Says that something did not arrive.
    fn tell_missing(&mut self) {
        self.notices.tell(self.prefs.lang.lazy_text().missing.to_owned());
    }

    /// Opens what the page begins with, if there is something.
    pub(super) fn begin_with_what_is_here(&mut self) {
        match self.later {
            Lazy::Here(views) => (views.settle)(self, true),
            Lazy::Missing => self.tell_missing(),
            Lazy::Unwanted | Lazy::Coming => {}
        }
    }

    /// Lets runs be opened and kept.
    fn settle(&mut self, opens: bool) {
        self.session.settle(opens);
        self.open_linked_lesson();
        self.open_linked_experiment();
        self.show_challenge();
        report::watch(&self.stage.shared());
    }

    /// What was loaded is here for this message, or the message waits for it.
    pub(super) fn later_for(&mut self, ctx: &Context<Self>, message: Msg) -> Option<(&'static LazyViews, Msg)> {
        if let Some(views) = self.later.here() {
            return Some((views, message));
        }
        self.waiting.push(message);
        self.load(ctx, LazyPart::Later);
        None
    }

    /// Whether a drawer, a menu or a sheet is open.
    fn opens_something(&self) -> bool {
        self.shell.help || self.shell.more || self.shell.menu.is_some() || self.shell.question().is_some()
    }

    /// Whether the panel on screen is loaded only when it is wanted.
    fn shows_later_panel(&self) -> bool {
        !self.shell.panels().is_empty() && (self.shell.panel() != panels::FIRST || self.shows_every_line())
    }

    /// The words for what was done: whoever does something begins to load them.
    pub(super) fn deeds(&self) -> DeedsInWords {
        DeedsInWords(self.later.here().map(|views| views.deeds))
    }

    /// What a panel shows, or why it is not here.
    pub(super) fn view_panel(&self, panel: Panel) -> Html {
        if panel != panels::FIRST {
            self.view_part(&self.later, LazyPart::Later, |views| (views.panel)(self, panel))
        } else if self.shows_every_line() {
            self.view_part(&self.later, LazyPart::Later, |views| (views.lines)(self))
        } else {
            self.view_part(&self.soon, LazyPart::Soon, |views| (views.story)(self))
        }
    }

    fn view_part<T>(&self, lazy: &Lazy<T>, part: LazyPart, view: impl FnOnce(&T) -> Html) -> Html {
        let text = self.prefs.lang.lazy_text();
        match lazy {
            Lazy::Here(views) => view(views),
            Lazy::Unwanted | Lazy::Coming => html! { <p class="empty" role="status">{ text.loading }</p> },
            Lazy::Missing => {
                let onclick = self.to_shell.reform(move |_| ShellMsg::Load(part));
                html! {
                    <div class="empty" role="alert">
                        <p>{ text.missing }</p>
                        <button type="button" {onclick}>{ text.try_again }</button>
                    </div>
                }
            }
        }
    }
}
