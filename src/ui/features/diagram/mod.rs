//! The space-time diagram: a line for each server, time downward, an arrow for each message. Only what is in sight is in the
//! document.

mod text;
mod walk;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent, WheelEvent};
use yew::prelude::*;

use self::walk::Direction;
use crate::{
    sim::{EventId, Micros},
    ui::{
        intent::{Intent, Subject},
        kit::{files, panel::Panel},
        run::{
            handle::RunHandle,
            player::{Playback, Player},
        },
        svg::{
            caption::caption,
            diagram::{
                axis::{Axis, Scale},
                index::Index,
                part,
                scene::{Columns, Plan, Scene},
            },
            number::fixed,
            point::{Point, point},
        },
        text::Lang,
    },
};

/// This panel, for whoever lists panels or opens one.
pub const PANEL: Panel = Panel {
    slug: "diagram",
    title: |lang| lang.diagram_text().title,
    about: |lang| lang.diagram_text().about,
};

/// What the panel needs.
#[derive(Clone, PartialEq, Properties)]
pub struct DiagramProps {
    /// The run, at reading speed.
    pub run: RunHandle,
    /// The event that is selected everywhere.
    pub selected: Option<EventId>,
    /// Events to light up, in order: what led to the selected one.
    #[prop_or_default]
    pub lit: Vec<EventId>,
    /// The language.
    pub lang: Lang,
    /// Whether the screen is narrow.
    pub compact: bool,
    /// Where choices go.
    pub emit: Callback<Intent>,
}

/// What happens to the diagram.
pub enum DiagramMsg {
    /// The reader scrolled, or its size changed.
    Scrolled,
    /// Nearer, or further away; around this many pixels below the top of what is in sight.
    Zoom(bool, Option<f64>),
    /// Even rows, or time to scale.
    Spacing,
    /// Heartbeats are wanted or not.
    Heartbeats,
    /// A key was pressed.
    Key(KeyboardEvent),
    /// The drawing was clicked; twice if so said.
    Clicked(MouseEvent, bool),
    /// The pointer moves over the drawing, or leaves it.
    Pointed(Option<MouseEvent>),
    /// Now is to be in sight again.
    Follow,
    /// As a file: all of it, or what is in sight.
    Download(bool),
}

/// The panel.
pub struct DiagramPanel {
    index: Index,
    /// To scale, and evenly; the second is in use if `even`.
    scales: [Scale; 2],
    even: bool,
    scene: Scene,
    list: NodeRef,
    tip: NodeRef,
    /// What is in sight, in pixels.
    top: f64,
    visible: f64,
    width: f64,
    follows: bool,
    /// The origin of the axis that the scroll position goes by.
    origin: u64,
    /// The instant at the top of what is in sight.
    top_at: Micros,
    /// An instant that is to be so far below the top of what is in sight.
    anchor: Option<(Micros, f64)>,
    pointed: Option<EventId>,
    _listeners: Vec<EventListener>,
}

impl Component for DiagramPanel {
    type Message = DiagramMsg;
    type Properties = DiagramProps;

    fn create(ctx: &Context<Self>) -> Self {
        let delay = ctx.props().run.player().history().world().config().network.delay;
        let mut panel = Self {
            index: Index::new(false),
            scales: [Scale::for_delay(delay), Scale::EVEN],
            even: false,
            scene: Scene::default(),
            list: NodeRef::default(),
            tip: NodeRef::default(),
            top: 0.0,
            visible: 600.0,
            width: 480.0,
            follows: ctx.props().selected.is_none(),
            origin: 0,
            top_at: Micros::ZERO,
            anchor: None,
            pointed: None,
            _listeners: Vec::new(),
        };
        panel.sync(ctx);
        panel.bring_into_sight(ctx);
        panel
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &DiagramProps) -> bool {
        self.sync(ctx);
        if ctx.props().selected != before.selected {
            self.bring_into_sight(ctx);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: DiagramMsg) -> bool {
        match message {
            DiagramMsg::Scrolled => return self.scrolled(ctx),
            DiagramMsg::Zoom(nearer, around) => self.zoom(ctx, nearer, around),
            DiagramMsg::Spacing => {
                self.anchor = Some(self.middle(ctx));
                self.even ^= true;
            }
            DiagramMsg::Heartbeats => {
                self.anchor = Some(self.middle(ctx));
                self.index = Index::new(!self.index.elections_only());
            }
            DiagramMsg::Key(event) => return self.key(ctx, &event),
            DiagramMsg::Clicked(event, twice) => return self.clicked(ctx, &event, twice),
            DiagramMsg::Pointed(event) => {
                self.point_at(ctx, event.as_ref());
                return false;
            }
            DiagramMsg::Follow => self.follows = true,
            DiagramMsg::Download(all) => {
                self.download(ctx, all);
                return false;
            }
        }
        self.sync(ctx);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! {
            <div class="diagram">
                { self.view_toolbar(ctx) }
                { self.view_selected(ctx) }
                { self.view_drawing(ctx) }
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        let Some(list) = self.list.cast::<HtmlElement>() else {
            return;
        };
        self.place(ctx, &list);
        self.scroll(ctx, &list);
        self.show_tip(ctx);
        if first_render {
            self._listeners = listeners(ctx, &list);
        }
        if first_render || (f64::from(list.client_width()) - self.width).abs() > 0.5 {
            ctx.link().send_message(DiagramMsg::Scrolled);
        }
    }
}

// Where things are.
impl DiagramPanel {
    /// Drawn beyond what is in sight, on either side, in pixels; scrolling within it draws nothing new.
    const MARGIN: f64 = 300.0;
    /// Height of the names above the drawing.
    const HEAD: f64 = 28.0;

    fn scale(&self) -> Scale {
        self.scales[usize::from(self.even)]
    }

    fn axis(&self, player: &Player) -> Axis<'_> {
        let history = player.history();
        let trace = history.trace();
        let from = trace.get(trace.first()).map(|event| event.at).unwrap_or_default();
        Axis::new(&self.index, self.scale(), from, history.now())
    }

    fn columns(&self, player: &Player) -> Columns {
        Columns {
            width: self.width,
            size: player.history().world().servers().len(),
        }
    }

    /// The heights to be drawn, in steps, so that scrolling a little changes nothing.
    fn drawn(&self, axis: &Axis<'_>, now: Micros) -> (f64, f64) {
        let end = axis.y(now) + Axis::PAD;
        let top = if self.follows {
            (end - self.visible).max(0.0)
        } else {
            self.top
        };
        let step = Self::MARGIN / 2.0;
        let from = ((top - Self::MARGIN) / step).floor() * step;
        // No clamp: its panic would bring the formatting of floats along.
        let bottom = from + self.visible + 2.5 * Self::MARGIN;
        (from.max(0.0).min(end), bottom.min(end))
    }

    /// Catches up with the run and draws it.
    fn sync(&mut self, ctx: &Context<Self>) {
        let props = ctx.props();
        let player = props.run.player();
        let history = player.history();
        self.index.sync(history, props.run.epoch());
        let origin = self.axis(&player).origin();
        if self.origin != origin && self.anchor.is_none() {
            // What was forgotten above moves up all that is below it; what the reader looks at stays.
            self.anchor = Some((self.top_at, 0.0));
        }
        self.origin = origin;
        if let Some((at, below)) = self.anchor.filter(|_| !self.follows) {
            // Where the scroll position will be, so that it is drawn in time.
            self.top = (self.axis(&player).y(at) - below).max(0.0);
        }
        let axis = self.axis(&player);
        let (top, bottom) = self.drawn(&axis, history.now());
        let plan = Plan {
            index: &self.index,
            history,
            axis,
            columns: self.columns(&player),
            selected: props.selected,
            lit: &props.lit,
            lang: props.lang,
        };
        let scene = Scene::draw(&plan, top, bottom);
        self.scene = scene;
    }

    /// The instant in the middle of what is in sight, and how far down that is.
    fn middle(&self, ctx: &Context<Self>) -> (Micros, f64) {
        let below = (self.visible / 2.0).floor();
        (self.instant_at(ctx, below), below)
    }

    fn instant_at(&self, ctx: &Context<Self>, below: f64) -> Micros {
        self.axis(&ctx.props().run.player()).at(self.top + below)
    }

    fn zoom(&mut self, ctx: &Context<Self>, nearer: bool, around: Option<f64>) {
        let below = around.unwrap_or((self.visible / 2.0).floor());
        self.anchor = Some((self.instant_at(ctx, below), below));
        let scale = &mut self.scales[usize::from(self.even)];
        *scale = scale.zoomed(nearer);
    }

    /// Scrolls to what is selected, unless it is in sight.
    fn bring_into_sight(&mut self, ctx: &Context<Self>) {
        const EDGE: f64 = 24.0;
        let player = ctx.props().run.player();
        let history = player.history();
        let selected = ctx.props().selected.and_then(|selected| history.trace().get(selected));
        let Some(event) = selected.filter(|event| event.at <= history.now()) else {
            return;
        };
        let y = self.axis(&player).y(event.at);
        let in_sight = y >= self.top + EDGE && y <= self.top + self.visible - EDGE;
        if !in_sight || self.list.get().is_none() {
            self.anchor = Some((event.at, (self.visible / 2.0).floor()));
            self.follows = false;
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "pixels")]
    fn scroll(&mut self, ctx: &Context<Self>, list: &HtmlElement) {
        if let Some((at, below)) = self.anchor.take().filter(|_| !self.follows) {
            let y = self.axis(&ctx.props().run.player()).y(at);
            list.set_scroll_top((y - below) as i32);
        }
        if self.follows {
            list.set_scroll_top(list.scroll_height());
        }
    }

    /// Puts the drawing where it belongs. Through the CSSOM: the page's policy forbids style attributes.
    fn place(&self, ctx: &Context<Self>, list: &HtmlElement) {
        let player = ctx.props().run.player();
        let axis = self.axis(&player);
        let now = player.history().now();
        let style = |selector: &str, property: &str, value: f64| {
            let element = list.query_selector(selector).ok().flatten();
            if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
                let _ = element.style().set_property(property, &format!("{}px", fixed(value)));
            }
        };
        style(".diagram-space", "height", axis.y(now) + Axis::PAD);
        style(".diagram-frame", "top", self.drawn(&axis, now).0);
    }

    fn scrolled(&mut self, ctx: &Context<Self>) -> bool {
        let Some(list) = self.list.cast::<HtmlElement>() else {
            return false;
        };
        let before = {
            let player = ctx.props().run.player();
            (
                self.drawn(&self.axis(&player), player.history().now()),
                self.width,
                self.follows,
            )
        };
        let top = f64::from(list.scroll_top().max(0));
        let visible = (f64::from(list.client_height()) - Self::HEAD).max(0.0);
        let at_end = top + visible + Self::HEAD + 8.0 >= f64::from(list.scroll_height());
        // What has come meanwhile, or another size, moves the end away; only the reader moves up.
        let resized = (visible - self.visible).abs() > 0.5;
        self.follows = at_end || (self.follows && (resized || top >= self.top));
        (self.top, self.visible, self.width) = (top, visible, f64::from(list.client_width()));
        self.top_at = self.instant_at(ctx, 0.0);
        let after = {
            let player = ctx.props().run.player();
            (
                self.drawn(&self.axis(&player), player.history().now()),
                self.width,
                self.follows,
            )
        };
        if before != after {
            self.sync(ctx);
        }
        before != after
    }
}

// What the reader does.
impl DiagramPanel {
    fn key(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return false;
        }
        let key = event.key();
        let message = match (key.as_str(), ctx.props().selected) {
            ("+" | "=", _) => {
                ctx.link().send_message(DiagramMsg::Zoom(true, None));
                None
            }
            ("-", _) => {
                ctx.link().send_message(DiagramMsg::Zoom(false, None));
                None
            }
            ("Enter", Some(selected)) => Some(Intent::Why(Subject::Event(selected))),
            ("Escape", Some(_)) => Some(Intent::Select(None)),
            (key, selected) => {
                let Some(way) = Direction::of_key(key) else {
                    return false;
                };
                let player = ctx.props().run.player();
                let to = walk::step(&self.index, player.history(), selected, way);
                to.map(|to| Intent::Select(Some(to)))
            }
        };
        // The page's own shortcuts for these keys are for when nothing else needs them.
        event.prevent_default();
        event.stop_propagation();
        if let Some(message) = message {
            ctx.props().emit.emit(message);
        }
        false
    }

    /// Where in the drawing the pointer is.
    fn place_of(&self, event: &MouseEvent) -> Option<Point> {
        let list = self.list.cast::<Element>()?;
        let space = list.query_selector(".diagram-space").ok()??;
        let corner = space.get_bounding_client_rect();
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        Some(point(x - corner.left(), y - corner.top()))
    }

    fn clicked(&mut self, ctx: &Context<Self>, event: &MouseEvent, twice: bool) -> bool {
        let Some(place) = self.place_of(event) else {
            return false;
        };
        let emit = &ctx.props().emit;
        match self.scene.nearest(place) {
            Some(event) if twice => emit.emit(Intent::Why(Subject::Event(event))),
            Some(event) => emit.emit(Intent::Select(Some(event))),
            None if twice => {}
            None if place.x < Columns::AXIS => {
                let at = self.axis(&ctx.props().run.player()).at(place.y);
                self.follows = true;
                emit.emit(Intent::Play(Playback::Seek(at)));
            }
            None if ctx.props().selected.is_some() => emit.emit(Intent::Select(None)),
            None => {}
        }
        false
    }

    /// Says what is under the pointer, without a render.
    fn point_at(&mut self, ctx: &Context<Self>, event: Option<&MouseEvent>) {
        let place = event.and_then(|event| self.place_of(event));
        let pointed = place.and_then(|place| self.scene.nearest(place));
        if std::mem::replace(&mut self.pointed, pointed) != pointed {
            self.show_tip(ctx);
        }
    }

    /// What is selected is said already.
    fn show_tip(&self, ctx: &Context<Self>) {
        let Some(tip) = self.tip.cast::<Element>() else { return };
        let player = ctx.props().run.player();
        let pointed = self.pointed.filter(|event| ctx.props().selected != Some(*event));
        let event = pointed.and_then(|event| player.history().trace().get(event));
        tip.set_text_content(
            event
                .map(|event| self.words(&player, event, ctx.props().lang))
                .as_deref(),
        );
        let _ = tip.toggle_attribute_with_force("hidden", event.is_none());
    }

    /// An event in words; a message's end with what it took.
    fn words(&self, player: &Player, event: &crate::sim::Event, lang: Lang) -> String {
        let mut words = lang.event(event);
        if let Some(journey) = self.index.journey_of(event) {
            match journey.end.filter(|_| journey.lost.is_none()) {
                Some(end) if end.event == event.id => words += &lang.sent_at(journey.sent_at),
                None if journey.lost.is_none() && player.history().world().next_event() > event.id => {
                    words += ", ";
                    words += lang.diagram_text().not_delivered;
                }
                _ => {}
            }
        }
        words
    }

    fn download(&self, ctx: &Context<Self>, all: bool) {
        let player = ctx.props().run.player();
        let history = player.history();
        let range = if all {
            (Micros::ZERO, history.now())
        } else {
            let axis = self.axis(&player);
            (axis.at(self.top), axis.at(self.top + self.visible))
        };
        let caption = caption(&player, ctx.props().lang);
        let svg = part(&self.index, history, self.scale(), range, &caption);
        files::download("raft-space-time.svg", "image/svg+xml", &svg);
    }
}

// What is shown.
impl DiagramPanel {
    fn view_toolbar(&self, ctx: &Context<Self>) -> Html {
        let (lang, link) = (ctx.props().lang, ctx.link());
        let text = lang.diagram_text();
        let toggle = |label, hint, on: bool, message: fn() -> DiagramMsg| {
            html! {
                <button type="button" class={classes!("small", on.then_some("on"))} aria-pressed={on.to_string()} title={hint} onclick={link.callback(move |_| message())}>
                    { label }
                </button>
            }
        };
        let zoom = |sign: &'static str, name, nearer| {
            html! {
                <button type="button" class="small diagram-zoom" aria-label={name} title={name} onclick={link.callback(move |_| DiagramMsg::Zoom(nearer, None))}>{ sign }</button>
            }
        };
        let save = |label, all| {
            html! {
                <button type="button" class="small" title={text.svg_hint} onclick={link.callback(move |_| DiagramMsg::Download(all))}>{ label }</button>
            }
        };
        html! {
            <div class="diagram-toolbar">
                { zoom("\u{2212}", text.zoom_out, false) }
                { zoom("+", text.zoom_in, true) }
                { toggle(text.even, text.even_hint, self.even, || DiagramMsg::Spacing) }
                { toggle(text.elections, text.elections_hint, self.index.elections_only(), || DiagramMsg::Heartbeats) }
                <span class="diagram-save">
                    { save(text.svg_part, false) }
                    { save(text.svg_all, true) }
                </span>
            </div>
        }
    }

    /// What is selected, in words.
    fn view_selected(&self, ctx: &Context<Self>) -> Html {
        let DiagramProps {
            lang, emit, selected, ..
        } = ctx.props();
        let text = lang.diagram_text();
        let player = ctx.props().run.player();
        let event = selected.and_then(|selected| player.history().trace().get(selected));
        let words = event.map(|event| self.words(&player, event, *lang));
        html! {
            <div class="diagram-said">
                <p role="status" class={words.is_none().then_some("muted")}>{ words.unwrap_or_else(|| text.hint.to_owned()) }</p>
                if let Some(event) = event {
                    <button type="button" class="small" onclick={emit.reform({ let id = event.id; move |_| Intent::Why(Subject::Event(id)) })}>{ text.why }</button>
                    <button type="button" class="small" onclick={emit.reform({ let at = event.at; move |_| Intent::Play(Playback::Seek(at)) })}>{ text.go_there }</button>
                }
            </div>
        }
    }

    fn view_drawing(&self, ctx: &Context<Self>) -> Html {
        let (props, link) = (ctx.props(), ctx.link());
        let text = props.lang.diagram_text();
        let player = props.run.player();
        let (history, axis, columns) = (player.history(), self.axis(&player), self.columns(&player));
        let size = columns.size;
        let earlier = history.trace().first().0 > 0;
        let summary = props.lang.diagram_summary(size, axis.at(0.0), history.now());
        html! {
            <div class="diagram-view">
                <div
                    ref={&self.list} class="diagram-list" role="group" aria-label={summary} tabindex="0"
                    onscroll={link.callback(|_| DiagramMsg::Scrolled)} onkeydown={link.callback(DiagramMsg::Key)}
                >
                    <svg class="diagram-head" width={fixed(self.width)} height="28" aria-hidden="true">
                        { for columns.names(19.0).map(|piece| piece.html()) }
                    </svg>
                    <div
                        class="diagram-space" aria-hidden="true"
                        onclick={link.callback(|event| DiagramMsg::Clicked(event, false))}
                        ondblclick={link.callback(|event| DiagramMsg::Clicked(event, true))}
                        onmousemove={link.callback(|event| DiagramMsg::Pointed(Some(event)))} onmouseleave={link.callback(|_| DiagramMsg::Pointed(None))}
                    >
                        <div class="diagram-frame">{ self.view_scene(&axis, history.now()) }</div>
                    </div>
                </div>
                <p ref={&self.tip} class="diagram-tip" aria-hidden="true" hidden=true></p>
                if earlier || self.scene.thinned {
                    <p class="diagram-note">
                        if earlier { { text.earlier }{ " " } }
                        if self.scene.thinned { { text.thinned } }
                    </p>
                }
                if self.index.rows().is_empty() {
                    <p class="empty diagram-empty">{ text.nothing }</p>
                }
                if !self.follows {
                    <button type="button" class="log-new" onclick={link.callback(|_| DiagramMsg::Follow)}>{ text.follow }</button>
                }
            </div>
        }
    }

    fn view_scene(&self, axis: &Axis<'_>, now: Micros) -> Html {
        let (top, bottom) = self.drawn(axis, now);
        let (width, height) = (fixed(self.width), fixed(bottom - top));
        html! {
            <svg class="diagram-drawing" width={width.clone()} height={height.clone()} viewBox={format!("0 {} {width} {height}", fixed(top))}>
                { for self.scene.groups.iter().map(|group| html! {
                    <g key={group.key.to_string()}>{ for group.pieces.iter().map(|piece| piece.html()) }</g>
                }) }
            </svg>
        }
    }
}

/// Zooming by wheel must keep the browser from zooming the page, so it is heard where it can be prevented.
fn listeners(ctx: &Context<DiagramPanel>, list: &HtmlElement) -> Vec<EventListener> {
    let link = ctx.link().clone();
    let options = EventListenerOptions::enable_prevent_default();
    let place = list.clone();
    let wheel = EventListener::new_with_options(list, "wheel", options, move |event| {
        let event: &WheelEvent = event.unchecked_ref();
        if event.ctrl_key() {
            event.prevent_default();
            let below = f64::from(event.client_y()) - place.get_bounding_client_rect().top() - DiagramPanel::HEAD;
            link.send_message(DiagramMsg::Zoom(event.delta_y() < 0.0, Some(below.max(0.0))));
        }
    });
    let link = ctx.link().clone();
    let window = gloo::utils::window();
    let resize = EventListener::new(&window, "resize", move |_| link.send_message(DiagramMsg::Scrolled));
    vec![wheel, resize]
}
