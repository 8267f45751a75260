//! Around the servers that are not the same in another future.

use yew::prelude::*;

use crate::{
    raft::NodeSet,
    ui::svg::{number::fixed, ring::geometry::Geometry},
};

/// A dashed outline and a sign around each server that is not the same in the other future.
pub(super) fn outlines(servers: NodeSet, geometry: &Geometry) -> Html {
    let radius = geometry.server_radius() + 9.0;
    html! {
        <g class="differing" aria-hidden="true">
            { for servers.iter().map(|server| {
                let place = geometry.server(server);
                // Off what is said of the server, off the badge of its group, and where few lines lead.
                let is_below = geometry.label(server).lines[0] < -radius;
                let across = if is_below && place.x > geometry.size().0 / 2.0 { 0.8 } else { -0.8 };
                let down = if is_below { 0.8 } else { -0.8 };
                let (x, y) = (place.x + radius * across, place.y + radius * down);
                html! {
                    <g key={server.index()}>
                        <circle class="differs-outline" cx={fixed(place.x)} cy={fixed(place.y)} r={fixed(radius)} />
                        <g transform={format!("translate({} {})", fixed(x), fixed(y))}>
                            <circle class="differs-disc" r="9" />
                            <path class="differs-sign" d="M-5 -2H5M-5 2H5M3 -5L-3 5" />
                        </g>
                    </g>
                }
            }) }
        </g>
    }
}
