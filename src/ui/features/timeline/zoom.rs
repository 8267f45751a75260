//! Which part of the run the lanes show.

use crate::{
    sim::Micros,
    ui::svg::timeline::window::{Place, Window},
};

/// What the reader does to the zoom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoomMove {
    /// The window becomes so many thousandths of what it was. What is at the place stays there; without one, the play head
    /// does if it is in sight, else the middle.
    Scale(u32, Option<Place>),
    /// The window moves by so much of its own width, to later instants if positive.
    Along(Place),
    /// The whole run is in sight.
    All,
    /// These two instants come to these two places: two fingers hold them.
    Pinch([Micros; 2], [Place; 2]),
    /// A pointer takes hold of the play head, or lets go of it: meanwhile nothing but the head moves.
    Hold(bool),
}

impl ZoomMove {
    /// What a button does.
    pub const CLOSER: Self = Self::Scale(500, None);
    /// What the other button does.
    pub const WIDER: Self = Self::Scale(2000, None);
    /// What a button to the right does.
    pub const LATER: Self = Self::Along(Window::WIDTH / 2);
    /// What a button to the left does.
    pub const EARLIER: Self = Self::Along(-Window::WIDTH / 2);
}

/// The part of the run in sight: all of it as long as nobody has zoomed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Zoom(Option<Window>);

impl Zoom {
    /// The closest look, in microseconds: closer, nothing happens between two events any more.
    const SHORTEST: Micros = Micros(1000);

    /// Whether only a part is in sight.
    #[must_use]
    pub const fn is_close(self) -> bool {
        self.0.is_some()
    }

    /// What is in sight of a run of this length.
    #[must_use]
    pub fn window(self, whole: Micros) -> Window {
        // A run that was reset is shorter than what was looked at.
        self.0
            .filter(|window| window.span < whole)
            .map_or(Window::whole(whole), |window| Window {
                from: window.from.min(whole - window.span),
                ..window
            })
    }

    /// The zoom after this change, in a run of this length whose play head is here.
    #[must_use]
    pub fn moved(self, how: ZoomMove, whole: Micros, head: Micros) -> Self {
        let window = self.window(whole);
        match how {
            ZoomMove::Hold(_) => self,
            ZoomMove::All => Self(None),
            ZoomMove::Along(place) if place < 0 => self.starting(window.from - window.share(-place), whole),
            ZoomMove::Along(place) => self.starting(window.from + window.share(place), whole),
            ZoomMove::Scale(thousandths, place) => {
                let span = Micros(window.span.0.saturating_mul(u64::from(thousandths)) / 1000);
                let middle = Window::WIDTH / 2;
                let place = place.unwrap_or_else(|| {
                    if window.contains(head) {
                        window.place(head)
                    } else {
                        middle
                    }
                });
                Self::with(span, window.at(place), place, whole)
            }
            ZoomMove::Pinch(instants, places) => {
                let [first, last] = if places[0] <= places[1] { [0, 1] } else { [1, 0] };
                let apart = u64::from(places[last].abs_diff(places[first])).max(1);
                let between = instants[last] - instants[first];
                let span = Micros(between.0.saturating_mul(u64::from(Window::WIDTH.unsigned_abs())) / apart);
                Self::with(span, instants[first], places[first], whole)
            }
        }
    }

    /// So much is in sight, with an instant at a place; the whole run if it is no longer than that.
    fn with(span: Micros, at: Micros, place: Place, whole: Micros) -> Self {
        let span = span.max(Self::SHORTEST);
        if span >= whole {
            return Self(None);
        }
        let from = at - Window { from: at, span }.share(place);
        Self(Some(Window { from, span })).kept_within(whole)
    }

    /// Keeps the play head in sight. While time passes the window moves along with it and leaves room to come; a head that was
    /// put out of sight is brought into the middle.
    #[must_use]
    pub fn following(self, head: Micros, whole: Micros, plays: bool) -> Self {
        const FARTHEST: Place = Window::WIDTH / 5 * 4;
        let window = self.window(whole);
        if !self.is_close() {
            return self;
        }
        let place = window.place(head);
        if plays && (FARTHEST..Window::WIDTH + FARTHEST / 2).contains(&place) {
            return self.starting(head - window.share(FARTHEST), whole);
        }
        if window.contains(head) {
            return self;
        }
        self.starting(head - Micros(window.span.0 / 2), whole)
    }

    fn starting(self, from: Micros, whole: Micros) -> Self {
        Self(self.0.map(|window| Window { from, ..window })).kept_within(whole)
    }

    fn kept_within(self, whole: Micros) -> Self {
        Self(self.0.map(|_| self.window(whole)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Micros = Micros::from_secs(3600);

    fn close() -> Zoom {
        let head = Micros::from_secs(900);
        (0..8).fold(Zoom::default(), |zoom, _| zoom.moved(ZoomMove::CLOSER, WHOLE, head))
    }

    #[test]
    fn all_is_in_sight_at_first() {
        let window = Zoom::default().window(WHOLE);
        assert_eq!((window.from, window.end()), (Micros::ZERO, WHOLE));
        assert_eq!(window.place(Micros::from_secs(900)), 2500);
        assert_eq!(window.at(2500), Micros::from_secs(900));
    }

    #[test]
    fn what_is_pointed_at_stays_where_it_is() {
        let zoom = Zoom::default().moved(ZoomMove::Scale(800, Some(3000)), WHOLE, Micros::ZERO);
        let window = zoom.window(WHOLE);
        assert_eq!(window.span, Micros::from_secs(2880));
        assert_eq!(window.at(3000), Zoom::default().window(WHOLE).at(3000));
    }

    #[test]
    fn what_two_fingers_hold_stays_below_them() {
        let instants = [Micros::from_secs(900), Micros::from_secs(1000)];
        for places in [[3000, 8000], [2400, 2700]] {
            let zoom = Zoom::default().moved(ZoomMove::Pinch(instants, places), WHOLE, Micros::ZERO);
            let window = zoom.window(WHOLE);
            let found = instants.map(|at| window.place(at));
            assert!(
                found
                    .iter()
                    .zip(places)
                    .all(|(found, place)| found.abs_diff(place) <= 1),
                "{found:?}"
            );
        }
    }

    #[test]
    fn while_time_passes_the_window_moves_along_with_the_head() {
        let (mut zoom, mut head) = (close(), Micros::from_secs(900));
        let mut places = Vec::new();
        for _ in 0..200 {
            head = head + Micros::from_millis(100);
            zoom = zoom.following(head, WHOLE, true);
            places.push(zoom.window(WHOLE).place(head));
        }
        assert!(
            places.windows(2).all(|pair| pair[1] >= pair[0] - 1),
            "it never goes back: {places:?}"
        );
        assert!(places.iter().all(|place| *place <= 8001), "there is room to come");
    }

    #[test]
    fn closer_keeps_the_head_in_place_and_wider_gives_all_back() {
        let head = Micros::from_secs(900);
        let window = close().window(WHOLE);
        assert_eq!(window.span, Micros(WHOLE.0 / 256));
        assert!((window.place(head) - 2500).abs() <= 1, "{window:?}");
        let back = (0..8).fold(close(), |zoom, _| zoom.moved(ZoomMove::WIDER, WHOLE, head));
        assert_eq!(back, Zoom::default());
    }

    #[test]
    fn no_move_leaves_the_run() {
        let (mut left, mut right) = (close(), close());
        for _ in 0..1000 {
            left = left.moved(ZoomMove::EARLIER, WHOLE, Micros::ZERO);
            right = right.moved(ZoomMove::LATER, WHOLE, Micros::ZERO);
        }
        assert_eq!(left.window(WHOLE).from, Micros::ZERO);
        assert_eq!(right.window(WHOLE).end(), WHOLE);
        let closest = (0..99).fold(close(), |zoom, _| zoom.moved(ZoomMove::CLOSER, WHOLE, WHOLE));
        assert_eq!(closest.window(WHOLE).span, Zoom::SHORTEST);
        let reset = right.window(Micros::from_secs(20));
        assert!(reset.end() <= Micros::from_secs(20), "a run that was reset is shorter");
    }

    #[test]
    fn a_head_out_of_sight_is_brought_into_the_middle() {
        let at = Micros::from_secs(2000);
        let zoom = close().following(at, WHOLE, false);
        assert!((zoom.window(WHOLE).place(at) - 5000).abs() <= 1);
        assert_eq!(
            zoom.following(at + Micros(1000), WHOLE, false),
            zoom,
            "not while it is in sight"
        );
        assert_eq!(Zoom::default().following(at, WHOLE, false), Zoom::default());
    }
}
