//! What the timeline remembers between two renders.

use crate::{
    sim::Micros,
    ui::{
        features::timeline::{
            painter::{LaneNodes, LanesPainter},
            zoom::{Zoom, ZoomMove},
        },
        run::player::Player,
        svg::timeline::window::Window,
    },
};

/// Which part of the run is in sight, and what moves over it.
#[derive(Default)]
pub struct TimelineState {
    zoom: Zoom,
    /// The instant that was last brought in sight.
    followed: Micros,
    painter: LanesPainter,
}

impl TimelineState {
    /// Whether only a part of the run is in sight.
    #[must_use]
    pub const fn is_close(&self) -> bool {
        self.zoom.is_close()
    }

    /// What is in sight.
    #[must_use]
    pub fn window(&self, player: &Player) -> Window {
        self.zoom.window(player.window())
    }

    /// The reader looks closer, or elsewhere.
    pub fn update(&mut self, how: ZoomMove, player: &Player) {
        self.zoom = self.zoom.moved(how, player.window(), player.history().now());
    }

    /// Keeps the play head in sight.
    pub fn follow(&mut self, player: &Player) {
        let now = player.history().now();
        // Whoever has looked elsewhere since is left in peace.
        if std::mem::replace(&mut self.followed, now) != now {
            self.zoom = self.zoom.following(now, player.window());
        }
    }

    /// What its painter moves.
    #[must_use]
    pub fn nodes(&self) -> LaneNodes {
        self.painter.nodes()
    }

    /// Looks up what a render has drawn, and puts everything where it is now.
    pub fn rendered(&mut self, player: &Player) {
        self.painter.collect(self.window(player));
        self.painter.paint(player);
    }
}
