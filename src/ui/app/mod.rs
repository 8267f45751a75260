//! The page as a whole: holds the run, hears every message, and lets frames pass.

mod keys;
pub mod message;
pub mod report;
use std::{cell::RefCell, rc::Rc};

use gloo::{
    events::{EventListener, EventListenerOptions},
    render::{AnimationFrame, request_animation_frame},
    timers::callback::Timeout,
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, MediaQueryList, ScrollIntoViewOptions, ScrollLogicalPosition, SvgElement};
use yew::prelude::*;

use crate::ui::{
    app::{
        keys::{Shortcut, shortcut},
        message::{ClockMsg, Msg, ShellMsg},
    },
    explain::{
        highlight::Highlight,
        narration::{Moment, spoken_ms},
        taken::Fate,
        why,
    },
    features::{
        adversary::{Adversary, Heard},
        branches::{BranchesPanel, companion::Companion},
        diagram::DiagramPanel,
        header::Header,
        help::Help,
        log::{LogPanel, Wanted, terminals::TerminalsPanel},
        network::NetworkPanel,
        prefs::{Prefs, address::UrlOptions},
        ring::{MAIN, Ring, geometry::Geometry, legend::Legend, menu::Menu, painter::Painter, stops::Stop},
        rules::RulesPanel,
        safety::SafetyPanel,
        servers::ServersPanel,
        share::{Banner, DROP_HINT, FullLink, Session, ShareDialog, ShareMsg},
        status::{Status, watch},
        timeline::{
            Timeline,
            painter::LanesPainter,
            zoom::{Move, Zoom},
        },
        transport::{TimeSlider, Transport},
        why::WhyPanel,
    },
    intent::{Beginning, Intent, Preference, Subject},
    kit::{emit::maybe, panel::Panel},
    run::{
        handle::PlayerRef,
        player::{BranchChange, Playback, Player},
        view::{ClusterView, ServerView},
    },
};
use crate::{
    raft::NodeId,
    scenario::{Finding, Scenario, ScenarioId, link},
    sim::{Acted, Action, BranchId, EventId, InFlight, MessageId, Micros},
};

/// What lets the next frame come.
#[expect(dead_code, reason = "dropping one cancels it")]
enum Wake {
    Frame(AnimationFrame),
    Timer(Timeout),
}

/// The page.
pub struct App {
    player: PlayerRef,
    view: Rc<ClusterView>,
    /// What is going on in it, in a sentence.
    narration: AttrValue,
    painter: Painter,
    companion: Companion,
    lanes: LanesPainter,
    /// What the timeline shows, and the instant that it was last brought in sight for.
    zoom: Zoom,
    followed: Micros,
    prefs: Prefs,
    panel: Panel,
    /// The panel whose tab was brought into view last.
    tab_shown: Option<Panel>,
    /// Whether the panels are to be brought into sight: a button elsewhere asked for one.
    panel_called: bool,
    /// The panels that there are, in the order of their tabs.
    panels: Vec<Panel>,
    /// Whether the page is in a frame of another one.
    framed: bool,
    /// What is opened, kept and shared.
    session: Session,
    wanted: Wanted,
    menu: Option<NodeId>,
    /// Looks for what breaks.
    adversary: Adversary,
    /// The event that is selected everywhere.
    selected: Option<EventId>,
    /// The event that is asked about, and all that led to it.
    asked: Option<(EventId, Rc<Highlight>)>,
    /// The message that the reader has taken hold of, as it was then.
    taken: Option<InFlight>,
    /// What takes the focus once it is there.
    focus_next: Option<String>,
    /// Whether time stands still because a timer is dragged.
    held: bool,
    help: bool,
    notice: Option<(String, Timeout)>,
    /// The branch that was just left by acting in its past, offered for comparison beside the notice.
    offer: Option<BranchId>,
    emit: Callback<Intent>,
    share: Callback<ShareMsg>,
    zoomed: Callback<Move>,
    to_shell: Callback<ShellMsg>,
    wake: Option<Wake>,
    last_frame: Option<f64>,
    /// The revision that log and terminals show, and since how many ms.
    read: (u64, f64),
    /// What lets them follow once the play head rests.
    reading: Option<Timeout>,
    /// What is going on, as it was last said to a screen reader, and when, in ms.
    spoken: (AttrValue, f64),
    narrow: MediaQueryList,
    still: MediaQueryList,
    compact: bool,
    _listeners: Vec<EventListener>,
}

const NARROW: &str = "(max-width: 700px)";
const STILL: &str = "(prefers-reduced-motion: reduce)";
const NOTICE_MS: u32 = 7000;
/// A frame's share of a second.
const FRAME_MS: f64 = 1000.0 / 60.0;
/// How often log and terminals are drawn at most.
const READ_MS: u32 = 120;
/// How often arcs, the clock and the slider are drawn.
const CREEP_MS: f64 = 50.0;

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let options = UrlOptions::of_this_page();
        let framed = options.embed.is_some();
        report::install(framed);
        let prefs = Prefs::load().as_wished(&options);
        prefs.apply();
        options.apply();
        let [narrow, still] = [NARROW, STILL].map(media);
        let emit = ctx.link().callback(Msg::Intent);
        let share = ctx.link().callback(Msg::Share);
        let player = PlayerRef(Rc::new(RefCell::new(Player::default())));
        let session = Session::arrive(player.clone(), framed, share.clone());
        let panels = options.embed.unwrap_or_else(|| Panel::ALL.to_vec());
        let panel = panels.first().copied().unwrap_or(Panel::Log);
        let listeners = listeners(ctx, [&narrow, &still]);
        let view = Rc::new(ClusterView::of(&player.0.borrow()));
        let mut app = Self {
            narration: prefs.lang.narrate(&Moment::of(&view)).into(),
            view,
            player,
            painter: Painter::of(MAIN),
            companion: Companion::default(),
            lanes: LanesPainter::default(),
            zoom: Zoom::default(),
            followed: Micros::ZERO,
            prefs,
            panel,
            // Scrolling to the first tab would scroll a phone's page down to it.
            tab_shown: Some(panel),
            panel_called: false,
            panels,
            framed,
            session,
            wanted: Wanted::default(),
            menu: None,
            adversary: Adversary::new(ctx.link().callback(Msg::Adversary), emit.clone()),
            selected: None,
            asked: None,
            taken: None,
            focus_next: None,
            held: false,
            help: false,
            notice: None,
            offer: None,
            emit,
            share,
            zoomed: ctx.link().callback(Msg::Timeline),
            to_shell: ctx.link().callback(Msg::Shell),
            wake: None,
            last_frame: None,
            read: (0, 0.0),
            reading: None,
            spoken: (AttrValue::default(), 0.0),
            compact: narrow.matches(),
            narrow,
            still,
            _listeners: listeners,
        };
        app.media_changed();
        app.remember();
        app.keep_going(ctx);
        if report::is_asked_for() {
            ctx.link().send_message(Msg::Stop);
        }
        app
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        let epoch = self.player.0.borrow().epoch();
        let is_seek = matches!(message, Msg::Intent(Intent::Play(Playback::Seek(_))));
        let is_kept = matches!(message, Msg::Share(ShareMsg::Keep));
        match message {
            // Frames and reports come many times a second, and say themselves what they have changed.
            Msg::Clock(ClockMsg::Frame(now)) => return self.frame(ctx, now),
            Msg::Adversary(message) => return self.hear_of_adversary(message),
            // All that was put off is done after every message.
            Msg::Clock(ClockMsg::Read) => self.reading = None,
            Msg::Intent(intent) => self.fulfil(ctx, intent),
            Msg::Key(shortcut) => self.press(ctx, shortcut),
            Msg::Shell(message) => self.hear_of_shell(message),
            Msg::Share(message) => self.share(message),
            Msg::Timeline(how) => {
                let player = self.player.0.borrow();
                self.zoom = self.zoom.moved(how, player.window(), player.history().now());
            }
            Msg::NoticeOver => self.notice = None,
            Msg::Stop => {
                let _in_the_middle_of_a_change = self.player.0.borrow_mut();
                panic!("stopped on purpose, as the address asks");
            }
        }
        self.keep_selection(epoch);
        let rules = self.player.0.borrow().rules();
        self.adversary.rules_are(rules);
        self.follow();
        if !is_kept {
            self.session.touched();
        }
        self.look();
        if is_seek {
            self.read_soon(ctx);
        } else {
            self.read = (self.player.0.borrow().revision(), now_ms());
            self.remember();
        }
        self.speak(now_ms());
        self.keep_going(ctx);
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let lang = self.prefs.lang;
        let player = self.player.0.borrow();
        let history = player.history();
        let seed = Some(player.scenario().seed);
        html! {
            <>
                <a class="skip" href="#ring" onclick={|event: MouseEvent| skip(&event)}>{ lang.text().skip }</a>
                if !self.framed {
                    <Header scenario={player.scenario().id} seed={seed.filter(|_| self.compact)} size={self.view.servers.len()} prefs={self.prefs} emit={&self.emit} />
                }
                <Banner messages={self.session.messages.clone()} {lang} emit={&self.share} />
                <main class={classes!("main", (self.panel == Panel::Terminals).then_some("wide-panels"), self.companion.is_shown().then_some("comparing"))}>
                    { self.view_ring(&player) }
                    if !self.panels.is_empty() {
                        { self.view_panels(&player) }
                    }
                </main>
                <section class="time" aria-label={lang.text().time}>
                    if !self.compact && !self.framed {
                        { self.view_timeline(&player) }
                    }
                    <TimeSlider {lang} emit={&self.emit} />
                    <Transport
                        playing={player.playing()}
                        speed={player.speed()}
                        seed={seed.filter(|_| !self.compact && !self.framed)}
                        in_the_past={player.in_the_past()}
                        branch={history.current()}
                        branches={history.branches().map(|branch| (branch.id, lang.branch_name(branch))).collect::<Vec<_>>()}
                        {lang}
                        emit={&self.emit}
                    />
                </section>
                if !self.framed {
                    { self.view_dialogs() }
                }
                if self.session.dragged {
                    <div id={DROP_HINT} class="drop-hint"><p>{ lang.share_text().drop_here }</p></div>
                }
            </>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        let geometry = Geometry::new(self.view.servers.len(), self.ring_is_compact());
        self.painter.collect(&self.view, geometry, self.prefs.lang);
        {
            let player = self.player.0.borrow();
            self.painter.paint(&player);
            self.companion.rendered(&player, self.prefs.lang);
            self.lanes.collect();
            self.lanes.paint(&player);
        }
        self.show_tab();
        if std::mem::take(&mut self.panel_called) {
            self.bring_into_sight("panels");
        }
        if let Some(id) = self.focus_next.take() {
            focus(&id);
        }
    }
}

// What happens.
impl App {
    fn press(&mut self, ctx: &Context<Self>, shortcut: Shortcut) {
        match shortcut {
            Shortcut::Play(playback) => self.play(playback),
            Shortcut::Power(server) => {
                let action = self.view.servers.get(server.index()).map(ServerView::power);
                self.act(ctx, action);
            }
            Shortcut::NextPanel => self.panel = self.neighbour(self.panel, 1),
            Shortcut::Help => self.help = true,
        }
    }

    fn hear_of_shell(&mut self, message: ShellMsg) {
        match message {
            ShellMsg::Panel(panel) => self.panel = panel,
            ShellMsg::FocusPanel(panel) => self.focus_panel(panel),
            ShellMsg::Visibility => {
                self.wake = None;
                self.last_frame = None;
            }
            ShellMsg::Media => self.media_changed(),
        }
    }

    /// Does what a feature asks for.
    fn fulfil(&mut self, ctx: &Context<Self>, intent: Intent) {
        match intent {
            Intent::Act(actions) => self.act(ctx, actions),
            Intent::Play(playback) => self.play(playback),
            Intent::Begin(beginning) => self.begin(ctx, beginning),
            Intent::Branches(change) => self.change_branches(ctx, &change),
            Intent::Select(event) => self.ask(event),
            Intent::GoTo(event, at) => {
                self.selected = Some(event);
                self.player.0.borrow_mut().seek(at);
            }
            Intent::Why(subject) => self.why(subject),
            Intent::TakeMessage(id) => self.take(id),
            Intent::HoldTime(held) => self.held = held,
            Intent::EditTimer(server) => {
                self.close_menu();
                self.panel = Panel::Network;
                self.focus_next = Some(format!("timer-{}", server.number()));
            }
            Intent::OpenMenu(server) => self.menu = Some(server),
            Intent::CloseMenu => self.close_menu(),
            Intent::ShowRules => self.focus_panel(Panel::Rules),
            Intent::Share => self.share(ShareMsg::Dialog(true)),
            Intent::Help(open) => self.help = open,
            Intent::Prefer(preference) => self.prefer(preference),
            Intent::Notice(text) => self.tell(ctx, text),
        }
    }

    fn play(&mut self, playback: Playback) {
        self.player.0.borrow_mut().control(playback);
        self.menu = None;
    }

    /// Another run takes the place of the one on screen.
    fn begin(&mut self, ctx: &Context<Self>, beginning: Beginning) {
        self.make_room(ctx);
        self.menu = None;
        let mut player = self.player.0.borrow_mut();
        match beginning {
            Beginning::Scenario(id) => player.open(Scenario::new(id)),
            Beginning::Size(size) => player.set_size(size),
            Beginning::Seed(seed) => player.set_seed(seed),
            Beginning::NewSeed => player.set_seed(chance()),
            Beginning::Rules(rules) => player.restart_with(rules),
            Beginning::Found { link, property, steps } => {
                drop(player);
                self.play_found(ctx, &link, Finding { property, steps });
            }
        }
    }

    /// The one way by which anything is done to the run.
    fn act(&mut self, ctx: &Context<Self>, actions: impl IntoIterator<Item = Action>) {
        self.close_menu();
        let lang = self.prefs.lang;
        for action in actions {
            let done = self.player.0.borrow_mut().act(action);
            match done {
                Ok(Acted {
                    forked_from: Some(left),
                    ..
                }) => {
                    let branches = self.player.0.borrow().history().branches().len();
                    self.tell(ctx, lang.forked(branches));
                    self.offer = Some(left);
                }
                Ok(_) => {}
                Err(refused) => self.tell(ctx, lang.refused(refused).to_owned()),
            }
        }
    }

    fn change_branches(&mut self, ctx: &Context<Self>, change: &BranchChange) {
        if matches!(change, BranchChange::Reopen(_)) {
            self.make_room(ctx);
        }
        let done = self.player.0.borrow_mut().change_branches(change);
        let lang = self.prefs.lang;
        let told = match done {
            Ok(()) if change.may_begin_to_compare() => self
                .player
                .0
                .borrow()
                .compared_branches()
                .map(|[there, here]| lang.comparing(&lang.branch_name(there), &lang.branch_name(here))),
            Ok(()) => None,
            Err(refused) => Some(lang.refused(refused).to_owned()),
        };
        if let Some(told) = told {
            self.tell(ctx, told);
        }
        self.menu = None;
    }

    /// Takes hold of a message: time stops for it. Not where there is no panel to show it in.
    fn take(&mut self, id: Option<MessageId>) {
        if !self.panels.contains(&Panel::Network) {
            return;
        }
        let mut player = self.player.0.borrow_mut();
        self.taken = id.and_then(|id| player.history().world().message(id).copied());
        if let Some(taken) = self.taken {
            player.set_playing(false);
            self.selected = Some(taken.sent);
            self.panel = Panel::Network;
        }
    }

    /// What is lit; nothing if nothing is asked about.
    fn lit(&self) -> Rc<Highlight> {
        self.asked.as_ref().map(|(_, lit)| lit.clone()).unwrap_or_default()
    }

    /// Selects an event, and lights what led to it.
    fn ask(&mut self, event: Option<EventId>) {
        self.selected = event;
        let player = self.player.0.borrow();
        self.asked = event.map(|event| (event, Rc::new(Highlight::of(player.history(), event))));
    }

    fn why(&mut self, subject: Subject) {
        let event = match subject {
            Subject::Event(event) => Some(event),
            Subject::Server(server) => {
                self.close_menu();
                why::of_server(self.player.0.borrow().history(), server)
            }
            Subject::Status => why::of_status(self.player.0.borrow().history()),
        };
        self.ask(event);
        if self.panels.contains(&Panel::Why) {
            self.call_panel(Panel::Why);
        }
    }

    fn focus_panel(&mut self, panel: Panel) {
        self.call_panel(panel);
        focus(&format!("tab-{}", panel.slug()));
    }

    /// Shows a panel, wherever the page is scrolled to.
    fn call_panel(&mut self, panel: Panel) {
        self.panel = panel;
        self.panel_called = true;
    }

    /// What is selected does not outlive its branch.
    fn keep_selection(&mut self, epoch: u64) {
        let gone = |(asked, lit): &(EventId, Rc<Highlight>)| {
            let player = self.player.0.borrow();
            let now = Highlight::of(player.history(), *asked);
            // Out of memory is not out of the branch.
            !now.chain.steps.is_empty() && now.chain.steps.first() != lit.chain.steps.first()
        };
        if self.player.0.borrow().epoch() != epoch && self.asked.as_ref().is_some_and(gone) {
            self.ask(None);
        }
    }

    fn share(&mut self, message: ShareMsg) {
        if self.session.handle(message) {
            self.menu = None;
            self.ask(None);
        }
    }

    /// A run is about to take the place of the one on screen.
    fn make_room(&mut self, ctx: &Context<Self>) {
        if self.session.make_room() {
            self.tell(ctx, self.prefs.lang.share_text().set_aside.to_owned());
        }
    }

    /// The panel so many tabs further, round the end.
    fn neighbour(&self, panel: Panel, offset: usize) -> Panel {
        let at = self.panels.iter().position(|each| *each == panel).unwrap_or(0);
        let next = self.panels.iter().cycle().nth(at + offset);
        next.copied().unwrap_or(panel)
    }

    /// The adversary reports ten times a second; that touches no run. Says whether there is something to see.
    fn hear_of_adversary(&mut self, message: Heard) -> bool {
        let rules = self.player.0.borrow().rules();
        self.adversary.handle(message, rules);
        self.panel == Panel::Rules
    }

    /// Plays what the adversary has found, under a title that says what it is in every language.
    fn play_found(&mut self, ctx: &Context<Self>, found: &str, finding: Finding) {
        let opened = link::decode(found).map(|mut run| {
            run.title = finding.to_string();
            self.player.0.borrow_mut().open_found(&run, finding.property)
        });
        // What a program wrote a moment ago it can read.
        if !matches!(opened, Ok(Ok(()))) {
            self.tell(ctx, self.prefs.lang.adversary_text().failed.to_owned());
        }
        self.ask(None);
        self.bring_into_sight("ring-panel");
    }

    /// On a phone ring and panels are one above the other, and never both in sight.
    fn bring_into_sight(&self, id: &str) {
        let element = gloo::utils::document().get_element_by_id(id);
        if let Some(element) = element.filter(|_| self.compact) {
            element.scroll_into_view();
        }
    }

    fn tell(&mut self, ctx: &Context<Self>, text: String) {
        let link = ctx.link().clone();
        let timeout = Timeout::new(NOTICE_MS, move || link.send_message(Msg::NoticeOver));
        self.notice = Some((text, timeout));
        self.offer = None;
    }

    fn close_menu(&mut self) {
        if let Some(server) = self.menu.take() {
            focus(&format!("server-{}", server.number()));
        }
    }

    fn prefer(&mut self, preference: Preference) {
        match preference {
            Preference::Lang(lang) => self.prefs.lang = lang,
            Preference::NextTheme => self.prefs.theme = self.prefs.theme.next(),
            Preference::Shortcuts(on) => self.prefs.shortcuts = on,
        }
        self.prefs.apply();
        if !self.framed {
            self.prefs.save();
        }
    }

    fn media_changed(&mut self) {
        self.compact = self.narrow.matches();
        self.player.0.borrow_mut().set_by_events(self.still.matches());
    }

    /// What a report would need, kept where a panic can read it.
    fn remember(&self) {
        report::remember(self.player.0.borrow().run());
    }
}

// Frames.
impl App {
    /// Asks for the next frame as long as time passes, and for none while it stands.
    fn keep_going(&mut self, ctx: &Context<Self>) {
        let idle = {
            let player = self.player.0.borrow();
            !player.playing() && !player.is_behind()
        };
        if idle {
            self.wake = None;
            self.last_frame = None;
        } else if self.wake.is_none() && !gloo::utils::document().hidden() {
            self.wake = Some(self.next_wake(ctx));
        }
    }

    /// Sixty frames a second while messages move. Else the next frame comes when the next event is due, or when the arcs have
    /// crept far enough to be seen.
    fn next_wake(&self, ctx: &Context<Self>) -> Wake {
        let link = ctx.link().clone();
        let rest = self.player.0.borrow().real_ms_to_next_event().min(CREEP_MS);
        let moving = !self.view.flights.is_empty()
            || self.painter.is_fading()
            || self.companion.is_moving()
            || self.player.0.borrow().is_behind();
        if moving || rest < FRAME_MS {
            return Wake::Frame(request_animation_frame(move |now| {
                link.send_message(Msg::Clock(ClockMsg::Frame(now)));
            }));
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few ms")]
        let rest = (rest - FRAME_MS / 2.0) as u32;
        Wake::Timer(Timeout::new(rest, move || {
            link.send_message(Msg::Clock(ClockMsg::Frame(now_ms())));
        }))
    }

    /// Lets the time of a frame pass. Says whether more changed than what the painter moves.
    fn frame(&mut self, ctx: &Context<Self>, now: f64) -> bool {
        self.wake = None;
        let passed = now - self.last_frame.replace(now).unwrap_or(now);
        if self.held {
            self.keep_going(ctx);
            return false;
        }
        let (changed, moved, stopped) = {
            let mut player = self.player.0.borrow_mut();
            let (revision, played) = (player.revision(), player.playing());
            let moved = player.frame(passed);
            (player.revision() != revision, moved, played && !player.playing())
        };
        if changed {
            self.look();
        } else if moved {
            let player = self.player.0.borrow();
            self.painter.paint_frame(&player, now);
            self.companion.paint_frame(&player, now);
        }
        if stopped {
            self.come_to_rest(now);
        }
        self.keep_going(ctx);
        let spoken = self.speak(now);
        self.let_read(now) || spoken || changed
    }

    /// A violation has stopped the run: no further frame would bring log and panels up to it.
    fn come_to_rest(&mut self, now: f64) {
        self.read = (self.player.0.borrow().revision(), now);
        self.session.touched();
        self.remember();
    }

    /// What is going on, said to a screen reader no faster than it can speak while time passes. Says whether it is now.
    fn speak(&mut self, now: f64) -> bool {
        let playing = self.player.0.borrow().playing();
        if playing && now - self.spoken.1 < spoken_ms(&self.spoken.0) {
            return false;
        }
        let news = self.narration != self.spoken.0;
        if news {
            self.spoken = (self.narration.clone(), now);
        }
        news
    }

    /// Keeps the play head in sight of a timeline that shows a part of the run. Says whether that moved what is in sight.
    fn follow(&mut self) -> bool {
        let player = self.player.0.borrow();
        let (now, before) = (player.history().now(), self.zoom);
        // Whoever has looked elsewhere since is left in peace.
        if std::mem::replace(&mut self.followed, now) != now {
            self.zoom = self.zoom.following(now, player.window());
        }
        self.zoom != before
    }

    fn look(&mut self) {
        let player = self.player.0.borrow();
        self.view = Rc::new(ClusterView::of(&player));
        self.narration = self.prefs.lang.narrate(&Moment::of(&self.view)).into();
        if let Some(taken) = &mut self.taken {
            *taken = player.history().world().message(taken.id).copied().unwrap_or(*taken);
        }
        self.companion.refresh(&player);
    }

    /// While the play head is dragged, log and terminals follow at reading speed, too, and once it rests.
    fn read_soon(&mut self, ctx: &Context<Self>) {
        if self.let_read(now_ms()) {
            self.reading = None;
        } else if self.reading.is_none() {
            let link = ctx.link().clone();
            self.reading = Some(Timeout::new(READ_MS, move || {
                link.send_message(Msg::Clock(ClockMsg::Read));
            }));
        }
    }

    /// Nobody reads faster than a few times a second: log and terminals follow at that pace. Says whether they do now.
    fn let_read(&mut self, now: f64) -> bool {
        let revision = self.player.0.borrow().revision();
        let due = self.read.0 != revision && now - self.read.1 >= f64::from(READ_MS);
        if due {
            self.read = (revision, now);
        }
        due
    }
}

// What is shown.
impl App {
    /// Beside the terminals, or another ring, there is as little room for the ring as on a phone.
    fn ring_is_compact(&self) -> bool {
        self.compact || self.companion.is_shown() || self.panel == Panel::Terminals
    }

    fn view_ring(&self, player: &Player) -> Html {
        let lang = self.prefs.lang;
        let text = lang.text();
        let violation = why::worst(player.history()).map(|incident| incident.violation);
        let lit = self.lit();
        let ring = html! {
            <Ring
                view={self.view.clone()} differing={self.companion.differing(player)} taken={self.taken.map(|taken| taken.id)}
                lit_events={lit.events.clone()} lit_servers={lit.servers} lit_links={lit.links.clone()}
                {lang} compact={self.ring_is_compact()} emit={&self.emit}
            />
        };
        html! {
            <section id="ring-panel" class="card ring-panel" aria-label={text.ring} tabindex="-1">
                if self.framed {
                    <h1 class="unseen">{ lang.text().title }</h1>
                }
                <Status view={self.view.clone()} {violation} has_rules={self.panels.contains(&Panel::Rules)} {lang} emit={&self.emit} />
                // Its words change with every event; a screen reader hears them at its own pace.
                <p class="narration" aria-hidden="true">{ &self.narration }</p>
                <p class="unseen" role="status">{ &self.spoken.0 }</p>
                <div class="notice" role="status">
                    if let Some((notice, _)) = &self.notice {
                        <p>{ notice.clone() }{ self.view_offer() }</p>
                    }
                </div>
                if self.framed {
                    <FullLink player={self.player.clone()} {lang} />
                } else if self.notice.is_none() && !self.companion.is_shown() && !(self.compact && player.scenario().id == ScenarioId::Free) {
                    { watch::view(lang, player.scenario()) }
                }
                if let Some(futures) = self.companion.view(player, &self.view, ring.clone(), lang, &self.emit) {
                    { futures }
                } else {
                    <div class="ring-box">{ ring }</div>
                }
                if !self.framed {
                    <Legend extras={self.view.extras} stops={self.stops()} links={self.view.links} size={self.view.servers.len()} {lang} />
                }
                if self.compact && !self.framed {
                    { self.view_timeline(player) }
                }
                if let Some(server) = self.menu {
                    <Menu
                        server={self.view.servers[server.index()].clone()}
                        isolated={self.view.links.is_isolated(server, self.view.servers.len())}
                        size={self.view.servers.len()}
                        timers_shown={self.panels.contains(&Panel::Network)}
                        {lang} emit={&self.emit} />
                }
            </section>
        }
    }

    /// After acting in the past: both futures beside each other.
    fn view_offer(&self) -> Option<Html> {
        let branch = self.offer?;
        let onclick = self.emit.reform(move |_| {
            // The button goes away with the notice.
            focus("ring-panel");
            Intent::Branches(BranchChange::Compare(branch))
        });
        Some(html! {
            <>{ " " }<button type="button" class="small" {onclick}>{ self.prefs.lang.branches_text().compare_left }</button></>
        })
    }

    /// The ways in which servers stand still now.
    fn stops(&self) -> Vec<Stop> {
        let now = |stop: &Stop| self.view.servers.iter().any(|server| Stop::of(server) == Some(*stop));
        Stop::ALL.into_iter().filter(now).collect()
    }

    fn view_dialogs(&self) -> Html {
        html! {
            <>
                <Help open={self.help} prefs={self.prefs} emit={&self.emit} />
                <ShareDialog
                    open={self.session.dialog}
                    player={self.player.clone()}
                    prefs={self.prefs}
                    emit={&self.share}
                />
            </>
        }
    }

    fn view_timeline(&self, player: &Player) -> Html {
        let close = self.zoom.is_close();
        // Single messages are only seen close up.
        let happened = if close { self.read.0 } else { 0 };
        let version = (player.epoch(), player.history().roles().changes(), happened);
        let window = self.zoom.window(player.window());
        html! {
            <Timeline
                player={self.player.clone()}
                {version}
                {window}
                {close}
                size={self.view.servers.len()}
                selected={self.selected}
                lit={self.lit().times.clone()}
                lang={self.prefs.lang}
                compact={self.compact}
                emit={&self.emit}
                zoom={&self.zoomed}
            />
        }
    }

    fn view_panels(&self, player: &Player) -> Html {
        let lang = self.prefs.lang;
        html! {
            <section id="panels" class="card panels" aria-label={lang.text().panels}>
                <div class="tabs" role="tablist" aria-label={lang.text().panels}>
                    { for self.panels.iter().map(|panel| self.view_tab(*panel)) }
                </div>
                <div id="panel" class="panel" role="tabpanel" aria-labelledby={format!("tab-{}", self.panel.slug())}>
                    { self.view_panel(player) }
                </div>
            </section>
        }
    }

    /// There may be more tabs than fit beside each other.
    fn show_tab(&mut self) {
        if self.tab_shown.replace(self.panel) == Some(self.panel) {
            return;
        }
        let id = format!("tab-{}", self.panel.slug());
        if let Some(tab) = gloo::utils::document().get_element_by_id(&id) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            options.set_inline(ScrollLogicalPosition::Nearest);
            tab.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    fn view_tab(&self, panel: Panel) -> Html {
        let selected = panel == self.panel;
        let last = self.panels.len() - 1;
        let [previous, next] = [last, 1].map(|offset| self.neighbour(panel, offset));
        let ends = [self.panels[0], self.panels[last]];
        let onkeydown = maybe(&self.to_shell, move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowRight" => next,
                "ArrowLeft" => previous,
                "Home" => ends[0],
                "End" => ends[1],
                _ => return None,
            };
            event.prevent_default();
            event.stop_propagation();
            Some(ShellMsg::FocusPanel(to))
        });
        html! {
            <button
                type="button" id={format!("tab-{}", panel.slug())} class="tab" role="tab"
                aria-selected={selected.to_string()} aria-controls="panel" tabindex={if selected { "0" } else { "-1" }}
                onclick={self.to_shell.reform(move |_| ShellMsg::Panel(panel))} {onkeydown}
            >
                { panel.name(self.prefs.lang) }
            </button>
        }
    }

    fn view_panel(&self, player: &Player) -> Html {
        let lang = self.prefs.lang;
        let (revision, epoch) = (self.read.0, player.epoch());
        let config = player.history().world().config();
        match self.panel {
            Panel::Log => html! {
                <LogPanel player={self.player.clone()} {revision} {epoch} selected={self.selected} lit={self.asked.clone().map(|(_, lit)| lit)} {lang} compact={self.compact} wanted={self.wanted.clone()} emit={&self.emit} />
            },
            Panel::Servers => html! { <ServersPanel view={self.view.clone()} {lang} emit={&self.emit} /> },
            Panel::Terminals => html! {
                <TerminalsPanel player={self.player.clone()} {revision} {epoch} view={self.view.clone()} {lang} emit={&self.emit} />
            },
            Panel::Network => {
                let taken = self.taken.map(|taken| (taken, Fate::of(player.history(), &taken)));
                html! { <NetworkPanel timing={config.timing} network={config.network} view={self.view.clone()} {taken} {lang} emit={&self.emit} /> }
            }
            Panel::Rules => html! {
                <RulesPanel mark={self.view.rules} size={config.size} {lang} emit={&self.emit}>{ self.adversary.view(config.rules, self.compact, lang) }</RulesPanel>
            },
            Panel::Safety => html! {
                <SafetyPanel player={self.player.clone()} {revision} {epoch} {lang} emit={&self.emit} />
            },
            Panel::Why => html! {
                <WhyPanel asked={self.asked.clone()} selected={self.selected} has_rules={self.panels.contains(&Panel::Rules)} {lang} emit={&self.emit} />
            },
            Panel::Diagram => html! {
                <DiagramPanel player={self.player.clone()} {revision} {epoch} selected={self.selected} lit={self.lit().events.clone()} {lang} compact={self.compact} emit={&self.emit} />
            },
            Panel::Branches => html! {
                <BranchesPanel player={self.player.clone()} {revision} {epoch} selected={self.selected} {lang} compact={self.compact} emit={&self.emit} />
            },
        }
    }
}

/// To the ring without a change of the address, which may hold a run.
fn skip(event: &MouseEvent) {
    event.prevent_default();
    focus(MAIN);
}

fn media(query: &str) -> MediaQueryList {
    let list = gloo::utils::window().match_media(query).ok().flatten();
    list.expect("browsers that run this know media queries")
}

fn listeners(ctx: &Context<App>, queries: [&MediaQueryList; 2]) -> Vec<EventListener> {
    let document = gloo::utils::document();
    let on = |target: &web_sys::EventTarget, event: &'static str, message: fn() -> ShellMsg| {
        let link = ctx.link().clone();
        EventListener::new(target, event, move |_| link.send_message(Msg::Shell(message())))
    };
    let keys = {
        let link = ctx.link().clone();
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&document, "keydown", options, move |event| {
            let event: &KeyboardEvent = event.unchecked_ref();
            if let Some(shortcut) = shortcut(event) {
                event.prevent_default();
                link.send_message(Msg::Key(shortcut));
            }
        })
    };
    vec![
        keys,
        on(&document, "visibilitychange", || ShellMsg::Visibility),
        on(queries[0], "change", || ShellMsg::Media),
        on(queries[1], "change", || ShellMsg::Media),
    ]
}

/// Now, on the clock that times frames.
fn now_ms() -> f64 {
    let performance = gloo::utils::window().performance();
    performance.map_or(0.0, |performance| performance.now())
}

/// A seed that nobody chose.
fn chance() -> u64 {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).expect("browsers have a source of randomness");
    u64::from(u32::from_le_bytes(bytes))
}

/// Gives the focus to an element of the document.
pub(super) fn focus(id: &str) {
    let Some(element) = gloo::utils::document().get_element_by_id(id) else {
        return;
    };
    let _ = match element.dyn_ref::<HtmlElement>() {
        Some(element) => element.focus(),
        None => element.unchecked_into::<SvgElement>().focus(),
    };
}
