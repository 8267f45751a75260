//! The ring of the other future, while two are compared under one clock.

use std::rc::Rc;

use yew::prelude::*;

use crate::{
    raft::NodeSet,
    sim::Micros,
    ui::{
        features::{
            branches::side_by_side,
            ring::{Ring, course::Passing, painter::Painter, signs},
        },
        intent::Intent,
        kit::later::WhenHere,
        run::{comparison::Comparison, player::Player, view::ClusterView},
        svg::ring::geometry::Geometry,
        text::Lang,
    },
};

/// The ring of the other future, while two are compared.
#[derive(Default)]
pub struct Companion {
    view: Option<Rc<ClusterView>>,
    painter: Painter,
}

impl Companion {
    const RING: &'static str = "other-ring";

    /// Says whether there is one.
    #[must_use]
    pub const fn is_shown(&self) -> bool {
        self.view.is_some()
    }

    /// Looks at what the player shows.
    pub fn refresh(&mut self, player: &Player) {
        let other = player.comparison().map(Comparison::history);
        let losses = player.losses_shown();
        self.view = other.map(|other| Rc::new(ClusterView::new(other, losses)));
    }

    /// Looks up what a render has left in the document. A loss is shown for so long.
    pub fn collect(&mut self, geometry: Geometry, losses_shown: Micros) {
        if let Some(view) = &self.view {
            self.painter.collect(view, geometry, losses_shown);
        }
    }

    /// Puts everything where it is.
    pub fn paint(&mut self, passing: Passing) {
        if self.is_shown() {
            self.painter.paint(passing);
        }
    }

    /// The servers that are not the same in both futures now; none while nothing is compared.
    #[must_use]
    pub fn differing(&self, player: &Player) -> NodeSet {
        let comparison = player.comparison().filter(|_| self.is_shown());
        comparison.map_or(NodeSet::EMPTY, |comparison| {
            comparison.differing_servers(player.history())
        })
    }

    /// Both rings, the one that can be acted on as it was drawn, and where things are in either; `None` while nothing is compared.
    #[must_use]
    pub fn view(
        &self,
        player: &Player,
        here: &ClusterView,
        (ring, geometry): (Html, Geometry),
        lang: Lang,
        emit: &Callback<Intent>,
    ) -> Option<Html> {
        let there = self.view.as_ref()?;
        let differing = self.differing(player);
        let other = html! { <Ring id={Self::RING} nodes={self.painter.nodes()} view={there.clone()} {lang} {geometry} {differing} signs={WhenHere(Some(signs::view as _))} emit={emit} /> };
        side_by_side(player, [(here, ring), (there, other)], differing, lang, emit)
    }
}
