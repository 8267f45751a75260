//! What of the diagram is in sight, and how it stays there while the run goes on.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::DiagramPanel;
use crate::{
    sim::Micros,
    ui::{
        run::player::Player,
        svg::{
            diagram::{
                axis::{Axis, Scale},
                scene::{Columns, Plan, Scene},
            },
            number::fixed,
        },
    },
};

impl DiagramPanel {
    /// Drawn beyond what is in sight, on either side, in pixels; scrolling within it draws nothing new.
    const MARGIN: f64 = 300.0;
    /// Height of the names above the drawing.
    pub(super) const HEAD: f64 = 28.0;

    pub(super) fn scale(&self) -> Scale {
        self.scales[usize::from(self.even)]
    }

    pub(super) fn axis(&self, player: &Player) -> Axis<'_> {
        let history = player.history();
        let trace = history.trace();
        let from = trace.get(trace.first()).map(|event| event.at).unwrap_or_default();
        Axis::new(&self.index, self.scale(), from, history.now())
    }

    pub(super) fn columns(&self, player: &Player) -> Columns {
        Columns {
            width: self.width,
            size: player.history().world().servers().len(),
        }
    }

    /// The heights to be drawn, in steps, so that scrolling a little changes nothing.
    pub(super) fn drawn(&self, axis: &Axis<'_>, now: Micros) -> (f64, f64) {
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
    pub(super) fn sync(&mut self, ctx: &Context<Self>) {
        let props = ctx.props();
        let player = props.run.player();
        let history = player.history();
        self.index.sync(history, props.run.trace_epoch());
        let origin = self.axis(&player).origin();
        if self.origin != origin && self.anchor.is_none() {
            // Rows that were dropped at the top move everything below them up; what the reader looks at shall stay in place.
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
    pub(super) fn middle(&self, ctx: &Context<Self>) -> (Micros, f64) {
        let below = (self.visible / 2.0).floor();
        (self.instant_at(ctx, below), below)
    }

    fn instant_at(&self, ctx: &Context<Self>, below: f64) -> Micros {
        self.axis(&ctx.props().run.player()).at(self.top + below)
    }

    pub(super) fn zoom(&mut self, ctx: &Context<Self>, nearer: bool, around: Option<f64>) {
        let below = around.unwrap_or((self.visible / 2.0).floor());
        self.anchor = Some((self.instant_at(ctx, below), below));
        let scale = &mut self.scales[usize::from(self.even)];
        *scale = scale.zoomed(nearer);
    }

    /// Scrolls to what is selected, unless it is in sight.
    pub(super) fn bring_into_sight(&mut self, ctx: &Context<Self>) {
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
    pub(super) fn scroll(&mut self, ctx: &Context<Self>, list: &HtmlElement) {
        if let Some((at, below)) = self.anchor.take().filter(|_| !self.follows) {
            let y = self.axis(&ctx.props().run.player()).y(at);
            list.set_scroll_top((y - below) as i32);
        }
        if self.follows {
            list.set_scroll_top(list.scroll_height());
        }
    }

    /// Puts the drawing where it belongs. Through the CSSOM: the page's policy forbids style attributes.
    pub(super) fn place(&self, ctx: &Context<Self>, list: &HtmlElement) {
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

    pub(super) fn scrolled(&mut self, ctx: &Context<Self>) -> bool {
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
        // New rows, or another size, move the end away; only the reader scrolls up.
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
