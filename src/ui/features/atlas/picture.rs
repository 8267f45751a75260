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
}
