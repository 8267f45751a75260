//! What the timeline remembers between two renders.

use crate::{
    sim::Micros,
    ui::{
        features::timeline::{
            painter::{TimeNodes, TimePainter},
            zoom::{Zoom, ZoomMove},
        },
        run::player::Player,
        svg::timeline::window::Window,
        text::Lang,
    },
};

/// Which part of the run is in sight, and what moves over it.
#[derive(Default)]
pub struct TimelineState {
    zoom: Zoom,
    /// What is in sight while a pointer holds the play head.
    held: Option<Window>,
    /// The instant that was last brought in sight.
    followed: Micros,
    /// What the lanes were drawn for; between two renders the painter moves them.
    drawn: Window,
    painter: TimePainter,
}

impl TimelineState {
    /// Whether only a part of the run is in sight.
    #[must_use]
    pub const fn is_close(&self) -> bool {
        self.zoom.is_close()
    }

    /// What the lanes are to be drawn for, for a render.
    #[must_use]
    pub const fn drawn(&self) -> Window {
        self.drawn
    }

    /// Whether a pointer holds the play head.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// What is in sight.
    fn window(&self, player: &Player) -> Window {
        self.held.unwrap_or_else(|| self.zoom.window(player.in_sight()))
    }

    /// The reader zooms, moves the window or takes hold of the play head.
    pub fn update(&mut self, how: ZoomMove, player: &Player) {
        let window = self.window(player);
        self.held = (how == ZoomMove::Hold(true)).then_some(window);
        self.zoom = self.zoom.moved(how, player.in_sight(), player.history().now());
        self.drawn = self.window(player);
    }

    /// Keeps the play head in sight. Says whether the lanes have to be drawn anew for that.
    pub fn follow(&mut self, player: &Player) -> bool {
        let now = player.history().now();
        // Whoever has looked elsewhere since is left in peace.
        if std::mem::replace(&mut self.followed, now) != now && self.held.is_none() {
            self.zoom = self.zoom.following(now, player.in_sight(), player.playing());
        }
        let window = self.window(player);
        let is_far = window.is_far_from(self.drawn);
        if is_far {
            self.drawn = window;
        }
        is_far
    }

    /// What the painter moves.
    #[must_use]
    pub fn nodes(&self) -> TimeNodes {
        self.painter.nodes()
    }

    /// After a render puts everything where it is now.
    pub fn rendered(&mut self, player: &Player, lang: Lang, at_ms: f64) {
        self.painter.rendered(lang);
        self.paint(player, at_ms);
    }

    /// Puts everything where it is now, at so many ms since the page opened.
    pub fn paint(&mut self, player: &Player, at_ms: f64) {
        self.painter.paint(player, self.window(player), at_ms);
    }
}
