//! The page as a whole: holds the run, hears every message, and lets frames pass.

use std::{cell::RefCell, rc::Rc};

use gloo::{
    events::{EventListener, EventListenerOptions},
    render::{AnimationFrame, request_animation_frame},
    timers::callback::Timeout,
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, MediaQueryList, SvgElement};
use yew::prelude::*;

use super::{
    compare::Companion,
    emit::maybe,
    header::Header,
    help::Help,
    keys::shortcut,
    legend::Legend,
    message::{Msg, Panel},
    panels::{
        PlayerRef,
        branches::BranchesPanel,
        diagram::DiagramPanel,
        log::{LogPanel, Wanted},
        network::NetworkPanel,
        rules::RulesPanel,
        servers::ServersPanel,
        terminals::TerminalsPanel,
        why::WhyPanel,
    },
    player::{BranchChange, Player, Speed},
    prefs::Prefs,
    report,
    ring::{MAIN, Ring, geometry::Geometry, menu::Menu, painter::Painter},
    status::Status,
    timeline::Timeline,
    transport::{TimeSlider, Transport},
    view::ClusterView,
};
use crate::{
    raft::NodeId,
    scenario::Scenario,
    sim::{Action, BranchId, EventId},
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
    painter: Painter,
    companion: Companion,
    prefs: Prefs,
    panel: Panel,
    wanted: Wanted,
    menu: Option<NodeId>,
    /// The event that is selected everywhere.
    selected: Option<EventId>,
    help: bool,
    notice: Option<(String, Timeout)>,
    /// The branch that was just left by acting in its past, offered for comparison beside the notice.
    offer: Option<BranchId>,
    emit: Callback<Msg>,
    wake: Option<Wake>,
    last_frame: Option<f64>,
    /// The revision that log and terminals show, and since how many ms.
    read: (u64, f64),
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
const READ_MS: f64 = 120.0;
/// How often arcs, the clock and the slider are drawn.
const CREEP_MS: f64 = 50.0;

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        report::install();
        let prefs = Prefs::load();
        prefs.apply();
        let player = Player::default();
        let [narrow, still] = [NARROW, STILL].map(media);
        let emit = ctx.link().callback(|message| message);
        let listeners = listeners(&emit, [&narrow, &still]);
        let mut app = Self {
            view: Rc::new(ClusterView::of(&player)),
            player: PlayerRef(Rc::new(RefCell::new(player))),
            painter: Painter::of(MAIN),
            companion: Companion::default(),
            prefs,
            panel: Panel::Log,
            wanted: Wanted::default(),
            menu: None,
            selected: None,
            help: false,
            notice: None,
            offer: None,
            emit,
            wake: None,
            last_frame: None,
            read: (0, 0.0),
            compact: narrow.matches(),
            narrow,
            still,
            _listeners: listeners,
        };
        app.media_changed();
        app.remember();
        app.keep_going(ctx);
        assert!(!report::is_asked_for(), "stopped on purpose, as the address asks");
        app
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        if let Msg::Frame(now) = message {
            return self.frame(ctx, now);
        }
        self.handle(ctx, message);
        self.look();
        self.read.0 = self.player.0.borrow().revision();
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
                <a class="skip" href="#ring-panel">{ lang.text().skip }</a>
                <Header scenario={player.scenario().id} seed={seed.filter(|_| self.compact)} size={self.view.servers.len()} prefs={self.prefs} emit={&self.emit} />
                <main class={classes!("main", (self.panel == Panel::Terminals).then_some("wide-panels"), self.companion.is_shown().then_some("comparing"))}>
                    { self.view_ring(&player) }
                    { self.view_panels(&player) }
                </main>
                <section class="time" aria-label={lang.text().time}>
                    if !self.compact {
                        { self.view_timeline(&player) }
                    }
                    <TimeSlider {lang} emit={&self.emit} />
                    <Transport
                        playing={player.playing()}
                        speed={player.speed()}
                        seed={seed.filter(|_| !self.compact)}
                        in_the_past={player.in_the_past()}
                        branch={history.current()}
                        branches={history.branches().map(|branch| branch.id).collect::<Vec<_>>()}
                        {lang}
                        emit={&self.emit}
                    />
                </section>
                <Help open={self.help} prefs={self.prefs} emit={&self.emit} />
            </>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        let geometry = Geometry::new(self.view.servers.len(), self.ring_is_compact());
        self.painter.collect(&self.view, geometry);
        let player = self.player.0.borrow();
        self.painter.paint(&player);
        self.companion.rendered(&player);
    }
}

// What happens.
impl App {
    fn handle(&mut self, ctx: &Context<Self>, message: Msg) {
        match message {
            Msg::Power(server) => {
                if server.index() < self.view.servers.len() {
                    let action = self.player.0.borrow().power_action(server);
                    self.act(ctx, action);
                }
            }
            Msg::NextPanel => self.panel = self.panel.neighbour(1),
            Msg::Act(action) => self.act(ctx, action),
            Msg::Choose(action) => {
                self.close_menu();
                self.act(ctx, action);
            }
            Msg::OpenMenu(server) => self.menu = Some(server),
            Msg::CloseMenu => self.close_menu(),
            Msg::Panel(panel) => self.panel = panel,
            Msg::FocusPanel(panel) => {
                self.panel = panel;
                focus(&format!("tab-{}", panel.slug()));
            }
            Msg::Select(event) => self.selected = event,
            Msg::Why(event) => {
                self.selected = Some(event);
                self.panel = Panel::Why;
            }
            Msg::Help(open) => self.help = open,
            Msg::Notice(text) => self.tell(ctx, text),
            Msg::NoticeOver => self.notice = None,
            Msg::Lang(lang) => self.prefer(|prefs| prefs.lang = lang),
            Msg::NextTheme => self.prefer(|prefs| prefs.theme = prefs.theme.next()),
            Msg::Shortcuts(on) => self.prefer(|prefs| prefs.shortcuts = on),
            Msg::Visibility => {
                self.wake = None;
                self.last_frame = None;
            }
            Msg::Media => self.media_changed(),
            Msg::Seed(typed) => self.seed(ctx, &typed),
            Msg::Branches(change) => self.change_branches(ctx, &change),
            message => self.play(&message),
        }
    }

    /// What happens to the run.
    fn play(&mut self, message: &Msg) {
        let mut player = self.player.0.borrow_mut();
        match *message {
            Msg::TogglePlay => {
                let playing = player.playing();
                player.set_playing(!playing);
            }
            Msg::Step => player.step(),
            Msg::Seek(at) => player.seek(at),
            Msg::ToEnd => {
                let end = player.history().end();
                player.seek(end);
            }
            Msg::Speed(speed) => player.set_speed(speed),
            Msg::Faster(steps) => {
                let speed = Speed::new(player.speed().step() + steps);
                player.set_speed(speed);
            }
            Msg::StepBack => player.step_back(),
            Msg::Branch(branch) => player.switch_to(branch),
            Msg::Reset => player.reset(),
            Msg::NewSeed => player.set_seed(chance()),
            Msg::Scenario(id) => player.open(Scenario::new(id)),
            Msg::Size(size) => player.set_size(size),
            Msg::Quirk(on) => player.set_quirk(on),
            _ => unreachable!("handled before"),
        }
        drop(player);
        self.menu = None;
        self.remember();
    }

    fn act(&mut self, ctx: &Context<Self>, action: Action) {
        let done = self.player.0.borrow_mut().act(action);
        let lang = self.prefs.lang;
        match done {
            Ok(acted) => {
                if acted.forked_from.is_some() {
                    let branches = self.player.0.borrow().history().branches().len();
                    self.tell(ctx, lang.forked(branches));
                    self.offer = acted.forked_from;
                }
                self.remember();
            }
            Err(refused) => self.tell(ctx, lang.refused(refused).to_owned()),
        }
    }

    fn change_branches(&mut self, ctx: &Context<Self>, change: &BranchChange) {
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
        self.remember();
    }

    fn seed(&mut self, ctx: &Context<Self>, typed: &str) {
        match typed.trim().parse() {
            Ok(seed) => self.player.0.borrow_mut().set_seed(seed),
            Err(_) => self.tell(ctx, self.prefs.lang.text().seed_invalid.to_owned()),
        }
        self.remember();
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

    fn prefer(&mut self, change: impl FnOnce(&mut Prefs)) {
        change(&mut self.prefs);
        self.prefs.apply();
        self.prefs.save();
    }

    fn media_changed(&mut self) {
        self.compact = self.narrow.matches();
        self.player.0.borrow_mut().set_by_events(self.still.matches());
    }

    /// What a report would need, kept where a panic can read it.
    fn remember(&self) {
        report::remember(self.player.0.borrow().recipe());
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
            return Wake::Frame(request_animation_frame(move |now| link.send_message(Msg::Frame(now))));
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few ms")]
        let rest = (rest - FRAME_MS / 2.0) as u32;
        Wake::Timer(Timeout::new(rest, move || link.send_message(Msg::Frame(now_ms()))))
    }

    /// Lets the time of a frame pass. Says whether more changed than what the painter moves.
    fn frame(&mut self, ctx: &Context<Self>, now: f64) -> bool {
        self.wake = None;
        let passed = now - self.last_frame.replace(now).unwrap_or(now);
        let (changed, moved) = {
            let mut player = self.player.0.borrow_mut();
            let revision = player.revision();
            let moved = player.frame(passed);
            (player.revision() != revision, moved)
        };
        if changed {
            self.look();
        } else if moved {
            let player = self.player.0.borrow();
            self.painter.paint_frame(&player, now);
            self.companion.paint_frame(&player, now);
        }
        self.keep_going(ctx);
        self.let_read(now) || changed
    }

    fn look(&mut self) {
        let player = self.player.0.borrow();
        self.view = Rc::new(ClusterView::of(&player));
        self.companion.refresh(&player);
    }

    /// Nobody reads faster than a few times a second: log and terminals follow at that pace. Says whether they do now.
    fn let_read(&mut self, now: f64) -> bool {
        let revision = self.player.0.borrow().revision();
        let due = self.read.0 != revision && now - self.read.1 >= READ_MS;
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
        let violation = player.history().incidents().first().map(|incident| incident.violation);
        html! {
            <section id="ring-panel" class="card ring-panel" aria-label={text.ring} tabindex="-1">
                <Status view={self.view.clone()} {violation} {lang} />
                <div class="notice" role="status">
                    if let Some((notice, _)) = &self.notice {
                        <p>{ notice.clone() }{ self.view_offer() }</p>
                    }
                </div>
                if self.notice.is_none() && !self.companion.is_shown() {
                    <p class="watch">{ lang.watch(player.scenario().id) }</p>
                }
                if let Some(futures) = self.companion.view(player, &self.view, lang, &self.emit) {
                    { futures }
                } else {
                    <div class="ring-box">
                        <Ring view={self.view.clone()} {lang} compact={self.ring_is_compact()} emit={&self.emit} />
                    </div>
                }
                <Legend {lang} />
                if self.compact {
                    { self.view_timeline(player) }
                }
                if let Some(server) = self.menu {
                    <Menu server={self.view.servers[server.index()].clone()} {lang} emit={&self.emit} />
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
            Msg::Branches(BranchChange::Compare(branch))
        });
        Some(html! {
            <>{ " " }<button type="button" class="small" {onclick}>{ self.prefs.lang.branches_text().compare_left }</button></>
        })
    }

    fn view_timeline(&self, player: &Player) -> Html {
        let version = (player.epoch(), player.history().chronicle().changes());
        html! {
            <Timeline
                player={self.player.clone()}
                {version}
                window={player.window()}
                size={self.view.servers.len()}
                lang={self.prefs.lang}
                emit={&self.emit}
            />
        }
    }

    fn view_panels(&self, player: &Player) -> Html {
        let lang = self.prefs.lang;
        html! {
            <section class="card panels" aria-label={lang.text().panels}>
                <div class="tabs" role="tablist" aria-label={lang.text().panels}>
                    { for Panel::ALL.iter().map(|panel| self.view_tab(*panel)) }
                </div>
                <div id="panel" class="panel" role="tabpanel" aria-labelledby={format!("tab-{}", self.panel.slug())}>
                    { self.view_panel(player) }
                </div>
            </section>
        }
    }

    fn view_tab(&self, panel: Panel) -> Html {
        let selected = panel == self.panel;
        let last = Panel::ALL.len() - 1;
        let onkeydown = maybe(&self.emit, move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowRight" => panel.neighbour(1),
                "ArrowLeft" => panel.neighbour(last),
                "Home" => Panel::ALL[0],
                "End" => Panel::ALL[last],
                _ => return None,
            };
            event.prevent_default();
            event.stop_propagation();
            Some(Msg::FocusPanel(to))
        });
        html! {
            <button
                type="button" id={format!("tab-{}", panel.slug())} class="tab" role="tab"
                aria-selected={selected.to_string()} aria-controls="panel" tabindex={if selected { "0" } else { "-1" }}
                onclick={self.emit.reform(move |_| Msg::Panel(panel))} {onkeydown}
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
                <LogPanel player={self.player.clone()} {revision} {epoch} {lang} compact={self.compact} wanted={self.wanted.clone()} emit={&self.emit} />
            },
            Panel::Servers => html! { <ServersPanel view={self.view.clone()} {lang} emit={&self.emit} /> },
            Panel::Terminals => html! {
                <TerminalsPanel player={self.player.clone()} {revision} {epoch} view={self.view.clone()} {lang} emit={&self.emit} />
            },
            Panel::Network => {
                html! { <NetworkPanel timing={config.timing} network={config.network} {lang} emit={&self.emit} /> }
            }
            Panel::Rules => html! { <RulesPanel rules={config.rules} {lang} emit={&self.emit} /> },
            Panel::Why => html! {
                <WhyPanel player={self.player.clone()} {revision} {epoch} selected={self.selected} {lang} compact={self.compact} emit={&self.emit} />
            },
            Panel::Diagram => html! {
                <DiagramPanel player={self.player.clone()} {revision} {epoch} selected={self.selected} {lang} compact={self.compact} emit={&self.emit} />
            },
            Panel::Branches => html! {
                <BranchesPanel player={self.player.clone()} {revision} {epoch} selected={self.selected} {lang} compact={self.compact} emit={&self.emit} />
            },
        }
    }
}

fn media(query: &str) -> MediaQueryList {
    let list = gloo::utils::window().match_media(query).ok().flatten();
    list.expect("browsers that run this know media queries")
}

fn listeners(emit: &Callback<Msg>, queries: [&MediaQueryList; 2]) -> Vec<EventListener> {
    let document = gloo::utils::document();
    let on = |target: &web_sys::EventTarget, event: &'static str, message: fn() -> Msg| {
        let emit = emit.clone();
        EventListener::new(target, event, move |_| emit.emit(message()))
    };
    let keys = {
        let emit = emit.clone();
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&document, "keydown", options, move |event| {
            let event: &KeyboardEvent = event.unchecked_ref();
            if let Some(message) = shortcut(event) {
                event.prevent_default();
                emit.emit(message);
            }
        })
    };
    vec![
        keys,
        on(&document, "visibilitychange", || Msg::Visibility),
        on(queries[0], "change", || Msg::Media),
        on(queries[1], "change", || Msg::Media),
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
