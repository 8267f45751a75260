//! Where a server's menu stands: beside its server, where it covers as little of the ring as can be.

use web_sys::{DomRect, Element, HtmlElement};

/// A part of the screen, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Area {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Area {
    const fn middle(self) -> (f64, f64) {
        (self.left + self.width / 2.0, self.top + self.height / 2.0)
    }

    /// How many pixels two have in common.
    fn overlap(self, other: Self) -> f64 {
        let common = |start: f64, length: f64, other_start: f64, other_length: f64| {
            ((start + length).min(other_start + other_length) - start.max(other_start)).max(0.0)
        };
        common(self.left, self.width, other.left, other.width) * common(self.top, self.height, other.top, other.height)
    }

    fn distance(self, other: Self) -> f64 {
        let ((x, y), (other_x, other_y)) = (self.middle(), other.middle());
        ((x - other_x).powi(2) + (y - other_y).powi(2)).sqrt()
    }

    fn of(element: &Element) -> Self {
        Self::from(element.get_bounding_client_rect())
    }
}

impl From<DomRect> for Area {
    fn from(rect: DomRect) -> Self {
        Self {
            left: rect.left(),
            top: rect.top(),
            width: rect.width(),
            height: rect.height(),
        }
    }
}

/// What a menu stands beside, and in what.
struct Surroundings {
    /// Its server.
    server: Area,
    /// All servers, with their words.
    servers: Vec<Area>,
    /// All of the ring.
    ring: Area,
    /// The size of the window.
    window: (f64, f64),
}

impl Surroundings {
    const GAP: f64 = 8.0;
    /// From the edge of the window.
    const MARGIN: f64 = 8.0;

    /// The best of all places around the server that cover no part of it: it covers the least of other servers, and is away from
    /// the middle of the ring, where the messages are. Where there is no room for all of the menu, it is lower, and scrolls.
    fn best(&self, width: f64, height: f64) -> Area {
        /// A corner of one server more is worse than all of another.
        const A_SERVER: f64 = 8_000.0;
        /// So much covered is as bad as one pixel nearer to the middle.
        const COVERED_FOR_A_PIXEL: f64 = 20.0;
        let bad = |area: &Area| {
            let overlaps = self.servers.iter().map(|server| area.overlap(*server));
            let covered: f64 = overlaps
                .filter(|overlap| *overlap > 1.0)
                .map(|overlap| A_SERVER + overlap)
                .sum();
            covered - area.distance(self.ring) * COVERED_FOR_A_PIXEL
        };
        let places = self.places(width, height);
        let clear = places.filter(|area| area.overlap(self.server) < 1.0);
        clear
            .min_by(|a, b| bad(a).total_cmp(&bad(b)))
            .unwrap_or_else(|| self.with_more_room(width, height))
    }

    /// Above or below the server, wherever there is more room, and no higher than that.
    fn with_more_room(&self, width: f64, height: f64) -> Area {
        let below = self.server.top + self.server.height + Self::GAP;
        let room_above = self.server.top - Self::GAP - Self::MARGIN;
        let room_below = self.window.1 - Self::MARGIN - below;
        let height = height.min(room_above.max(room_below));
        let left = self.server.middle().0 - width / 2.0;
        Area {
            left: within(left, width, self.window.0),
            top: if room_below >= room_above {
                below
            } else {
                self.server.top - Self::GAP - height
            },
            width,
            height,
        }
    }

    /// Beside the server, above and below, and at its corners; all within the window.
    fn places(&self, width: f64, height: f64) -> impl Iterator<Item = Area> {
        let (server, (x, y)) = (self.server, self.server.middle());
        let gap = Self::GAP;
        let lefts = [
            server.left - width - gap,
            x - width / 2.0,
            server.left + server.width + gap,
        ];
        let tops = [
            server.top - height - gap,
            y - height / 2.0,
            server.top + server.height + gap,
        ];
        let around = (0..9)
            .filter(|index| *index != 4)
            .map(move |index| (lefts[index % 3], tops[index / 3]));
        around.map(move |(left, top)| Area {
            left: within(left, width, self.window.0),
            top: within(top, height, self.window.1),
            width,
            height,
        })
    }
}

/// Where something begins that shall lie within the window.
fn within(start: f64, length: f64, all: f64) -> f64 {
    start.min(all - length - Surroundings::MARGIN).max(Surroundings::MARGIN)
}

/// Puts the menu of a server beside it. Through the CSSOM, as the page's policy forbids style attributes.
pub(super) fn place(menu: &HtmlElement, number: usize) {
    let (Some(around), Some(panel)) = (look_around(number), menu.offset_parent()) else {
        return;
    };
    // It may have stood beside another server before.
    let style = menu.style();
    let _ = style.remove_property("max-height");
    let all = f64::from(menu.offset_height());
    let place = around.best(f64::from(menu.offset_width()), all);
    let panel = Area::of(&panel);
    #[expect(clippy::cast_possible_truncation, reason = "pixels")]
    let pixels = |length: f64| format!("{}px", length as i32);
    let _ = style.set_property("left", &pixels(place.left - panel.left));
    let _ = style.set_property("top", &pixels(place.top - panel.top));
    if place.height < all {
        let _ = style.set_property("max-height", &pixels(place.height));
    }
}

fn look_around(number: usize) -> Option<Surroundings> {
    let document = gloo::utils::document();
    let window = document.document_element()?;
    let server = document.get_element_by_id(&format!("server-{number}"))?;
    let ring = server.closest(".ring").ok()??;
    let servers = ring.query_selector_all(".server").ok()?;
    Some(Surroundings {
        server: Area::of(&server),
        servers: (0..servers.length())
            .filter_map(|index| servers.item(index))
            .map(|server| Area::of(wasm_bindgen::JsCast::unchecked_ref(&server)))
            .collect(),
        ring: Area::of(&ring),
        window: (f64::from(window.client_width()), f64::from(window.client_height())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn area(left: f64, top: f64, width: f64, height: f64) -> Area {
        Area {
            left,
            top,
            width,
            height,
        }
    }

    /// Five servers as they stand on a laptop.
    fn laptop(server: usize) -> Surroundings {
        let servers = [
            (320.0, 230.0),
            (520.0, 300.0),
            (440.0, 400.0),
            (200.0, 400.0),
            (120.0, 300.0),
        ];
        let servers = servers.map(|(x, y)| area(x - 36.0, y - 36.0, 72.0, 72.0));
        Surroundings {
            server: servers[server],
            servers: servers.to_vec(),
            ring: area(20.0, 180.0, 600.0, 300.0),
            window: (1366.0, 768.0),
        }
    }

    #[test]
    fn what_two_areas_have_in_common_is_theirs_alone() {
        let one = area(0.0, 0.0, 10.0, 10.0);
        assert!((one.overlap(area(5.0, 8.0, 10.0, 10.0)) - 10.0).abs() < 1e-9);
        assert!(one.overlap(area(10.0, 0.0, 5.0, 5.0)) < 1e-9);
    }

    #[test]
    fn a_menu_covers_neither_its_server_nor_the_middle_of_the_ring() {
        for server in 0..5 {
            let around = laptop(server);
            let menu = around.best(330.0, 220.0);
            assert!(menu.overlap(around.server) < 1.0, "S{}: {menu:?}", server + 1);
            let middle = area(280.0, 290.0, 80.0, 80.0);
            assert!(menu.overlap(middle) < 1.0, "S{}: {menu:?}", server + 1);
            let covered = around
                .servers
                .iter()
                .filter(|other| menu.overlap(**other) > 1.0)
                .count();
            assert!(covered <= 1, "S{} covers {covered}: {menu:?}", server + 1);
        }
    }

    #[test]
    fn a_menu_stays_within_the_window_however_small() {
        let mut around = laptop(3);
        around.window = (360.0, 300.0);
        let menu = around.best(330.0, 220.0);
        assert!(menu.left >= 8.0 && menu.left + menu.width <= 352.0, "{menu:?}");
        assert!(menu.top >= 8.0 && menu.top + menu.height <= 292.0, "{menu:?}");
    }
}
