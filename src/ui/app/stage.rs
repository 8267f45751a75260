//! The run on screen, and what there is to see of it.

use std::{
    cell::{Ref, RefCell, RefMut},
    rc::Rc,
};

use yew::AttrValue;

use crate::ui::{
    app::companion::Companion,
    explain::{narration::Moment, news::Gist},
    features::ring::{
        course::Passing,
        painter::{Moving, Painter},
    },
    kit::nodes::Nodes,
    run::{handle::PlayerRef, player::Player, view::ClusterView},
    svg::ring::geometry::Geometry,
    text::Lang,
};

/// The run on screen, what there is to see of it, and what moves its pictures between two renders.
pub struct Stage {
    player: PlayerRef,
    /// The cluster as it was when it was last looked at.
    pub view: Rc<ClusterView>,
    /// What is going on in it, in a sentence.
    pub narration: AttrValue,
    /// What matters of it.
    pub gist: Gist,
    /// The ring of the other future, while two are compared.
    pub companion: Companion,
    painter: Painter,
}

impl Stage {
    /// A run that plays from its start.
    pub fn new() -> Self {
        let player = Player::default();
        Self {
            view: Rc::new(ClusterView::of(&player)),
            player: PlayerRef(Rc::new(RefCell::new(player))),
            narration: AttrValue::default(),
            gist: Gist::default(),
            companion: Companion::default(),
            painter: Painter::default(),
        }
    }

    /// The run as it is now.
    pub fn player(&self) -> Ref<'_, Player> {
        self.player.0.borrow()
    }

    /// The run, to be changed.
    pub fn player_mut(&self) -> RefMut<'_, Player> {
        self.player.0.borrow_mut()
    }

    /// The run, for what keeps hold of it.
    pub fn shared(&self) -> PlayerRef {
        self.player.clone()
    }

    /// Looks at what the player shows now.
    pub fn look(&mut self, lang: Lang) {
        let player = self.player.0.borrow();
        self.view = Rc::new(ClusterView::of(&player));
        let moment = Moment::of(&self.view);
        self.narration = lang.narrate(&moment).into();
        self.gist = Gist::of(&self.view, &moment);
        self.companion.refresh(&player);
    }

    /// What its painter moves in the ring.
    pub fn nodes(&self) -> Nodes<Moving> {
        self.painter.nodes()
    }

    /// Whether the run has to be caught up with, frame by frame.
    pub fn is_behind(&self) -> bool {
        self.player.0.borrow().is_behind()
    }

    /// Whether no frame is needed: time stands, and nothing has to be caught up with.
    pub fn is_idle(&self) -> bool {
        let player = self.player.0.borrow();
        !player.playing() && !player.is_behind()
    }

    /// How time passes, where the instant that is shown was reached at so many ms since the page opened.
    fn passing(&self, at_ms: f64, held: bool) -> Passing {
        let player = self.player.0.borrow();
        Passing {
            now: player.history().now(),
            at_ms,
            rate: if held { 0.0 } else { player.rate() },
        }
    }

    /// Looks up what a render has left in the document, and puts everything where it is.
    pub fn rendered(&mut self, geometry: Geometry, at_ms: f64, held: bool) {
        let losses = self.player().losses_shown();
        self.painter.collect(&self.view, geometry, losses);
        self.companion.collect(geometry, losses);
        self.paint(at_ms, held);
    }

    /// The reader has dragged an arc.
    pub fn arcs_were_moved(&mut self) {
        self.painter.arcs_were_moved();
    }

    /// Puts everything where it is.
    pub fn paint(&mut self, at_ms: f64, held: bool) {
        let passing = self.passing(at_ms, held);
        self.painter.paint(passing);
        self.companion.paint(passing);
    }
}
