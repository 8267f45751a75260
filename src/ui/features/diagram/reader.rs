//! What the reader does in the diagram: keys, clicks, pointing at things, and saving it.

use web_sys::{Element, MouseEvent};
use yew::prelude::*;

use super::{
    DiagramMsg, DiagramPanel,
    walk::{self, Direction},
};
use crate::{
    sim::{Event, Micros},
    ui::{
        intent::{Intent, Subject},
        kit::files,
        run::player::{Playback, Player},
        svg::{
            caption::caption,
            diagram::{part, scene::Columns},
            point::{Point, point},
        },
        text::Lang,
    },
};

impl DiagramPanel {
    pub(super) fn key(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
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
        // The page has shortcuts on these keys, which work only where no control needs the keys.
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

    pub(super) fn clicked(&mut self, ctx: &Context<Self>, event: &MouseEvent, twice: bool) -> bool {
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
    pub(super) fn point_at(&mut self, ctx: &Context<Self>, event: Option<&MouseEvent>) {
        let place = event.and_then(|event| self.place_of(event));
        let pointed = place.and_then(|place| self.scene.nearest(place));
        if std::mem::replace(&mut self.pointed, pointed) != pointed {
            self.show_tip(ctx);
        }
    }

    /// What is selected is said already.
    pub(super) fn show_tip(&self, ctx: &Context<Self>) {
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
    pub(super) fn words(&self, player: &Player, event: &Event, lang: Lang) -> String {
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

    pub(super) fn download(&self, ctx: &Context<Self>, all: bool) {
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
