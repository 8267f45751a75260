//! The space-time diagram: a line for each server, time downward, an arrow for each message. Only what is in sight is in the
//! document.

mod reader;
mod sight;
mod text;
mod view;
mod walk;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, MouseEvent, WheelEvent};
use yew::prelude::*;

use crate::{
    sim::{EventId, Micros, Network},
    ui::{
        intent::Intent,
        kit::panel::Panel,
        run::handle::RunHandle,
        svg::diagram::{axis::Scale, index::Index, scene::Scene},
        text::Lang,
    },
};

/// The panel's entry in the list of panels.
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
    /// Receives the reader's choices.
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
        let (_, Network { delay, .. }) = ctx.props().run.player().history().world().extremes();
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
