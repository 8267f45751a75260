//! A network as SVG: its servers stand as on the ring, and S1, which led, wears the crown.

use std::fmt::Write;

use crate::{
    lab::atlas::NetworkShape,
    raft::NodeId,
    ui::svg::{
        drawing::CROWN,
        number::fixed,
        point::{Point, point},
    },
};

/// Where the servers of a cluster stand, clockwise from the top.
fn place(size: u8, server: NodeId) -> Point {
    const MIDDLE: Point = point(40.0, 46.0);
    const RADIUS: f64 = 27.0;
    let turn = std::f64::consts::TAU * server_number(server) / f64::from(size);
    point(MIDDLE.x + RADIUS * turn.sin(), MIDDLE.y - RADIUS * turn.cos())
}

fn server_number(server: NodeId) -> f64 {
    f64::from(u32::try_from(server.index()).unwrap_or_default())
}

/// The picture. What is to be read of it is said by the control that it is in.
pub fn picture(shape: NetworkShape) -> String {
    let mut svg = r#"<svg class="atlas-picture" viewBox="0 0 80 84" aria-hidden="true" focusable="false"><path class="atlas-links" d=""#.to_owned();
    for (one, other) in shape.linked() {
        let (from, to) = (place(shape.size(), one), place(shape.size(), other));
        let _ = write!(
            svg,
            "M{} {}L{} {}",
            fixed(from.x),
            fixed(from.y),
            fixed(to.x),
            fixed(to.y)
        );
    }
    for (sender, receiver) in shape.arrows() {
        push_arrow(&mut svg, place(shape.size(), sender), place(shape.size(), receiver));
    }
    svg.push_str("\"/>");
    for server in NodeId::all(shape.size().into()) {
        let Point { x, y } = place(shape.size(), server);
        let led = server.index() == 0;
        let class = if led {
            r#"class="atlas-led""#
        } else {
            r#"class="atlas-server""#
        };
        let _ = write!(
            svg,
            r#"<circle {class} cx="{}" cy="{}" r="8"/><text x="{}" y="{}">{}</text>"#,
            fixed(x),
            fixed(y),
            fixed(x),
            fixed(y + 3.5),
            server.index() + 1,
        );
        if led {
            let _ = write!(
                svg,
                r#"<path class="atlas-crown" transform="translate({} {}) scale(0.6)" d="{CROWN}"/>"#,
                fixed(x),
                fixed(y - 13.5),
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

/// A line from one server to another, with its head where the other one begins.
fn push_arrow(svg: &mut String, from: Point, to: Point) {
    const EDGE: f64 = 9.0;
    const LONG: f64 = 6.0;
    const WIDE: f64 = 3.0;
    let (across, down) = (to.x - from.x, to.y - from.y);
    let length = across.hypot(down);
    let (x, y) = (across / length, down / length);
    let tip = point(to.x - x * EDGE, to.y - y * EDGE);
    let side = |wide: f64| point(tip.x - x * LONG - y * wide, tip.y - y * LONG + x * wide);
    for (command, at) in [
        ('M', from),
        ('L', tip),
        ('M', side(WIDE)),
        ('L', tip),
        ('L', side(-WIDE)),
    ] {
        let _ = write!(svg, "{command}{} {}", fixed(at.x), fixed(at.y));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::atlas::KnownNetwork;

    #[test]
    fn a_picture_has_every_link_and_one_crown() {
        let drawn = picture(KnownNetwork::Cloudflare.shape());
        let links = drawn.split("d=\"").nth(1).and_then(|rest| rest.split('"').next());
        assert_eq!(links.map(|links| links.matches('M').count()), Some(5));
        assert_eq!(drawn.matches("<circle").count(), 5);
        assert_eq!(drawn.matches("atlas-crown").count(), 1);
    }

    #[test]
    fn an_arrow_points_at_the_receiver() {
        let mut drawn = String::new();
        push_arrow(&mut drawn, point(0.0, 0.0), point(20.0, 0.0));
        let numbers = [[0.0, 0.0], [11.0, 0.0], [5.0, 3.0], [11.0, 0.0], [5.0, -3.0]];
        let [from, tip, left, again, right] = numbers.map(|at| format!("{} {}", fixed(at[0]), fixed(at[1])));
        assert_eq!(drawn, format!("M{from}L{tip}M{left}L{again}L{right}"));
        let ring = picture(KnownNetwork::Ring.shape());
        let links = ring.split("d=\"").nth(1).and_then(|rest| rest.split('"').next());
        assert_eq!(links.map(|links| links.matches('M').count()), Some(2 * 5));
    }
}
