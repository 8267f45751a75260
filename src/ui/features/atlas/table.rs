//! The same as a table: how many runs of each network came to what.

use yew::prelude::*;

use super::{
    desk::{AtlasDesk, AtlasHandle},
    mark::mark,
    networks::AtlasEntry,
};
use crate::{lab::atlas::Stability, ui::text::Lang};

/// The table of the networks that are shown.
pub fn view_table(desk: &AtlasDesk, atlas: &AtlasHandle, lang: Lang) -> Html {
    let said = lang.atlas_text();
    let caption = lang.atlas_progress(&desk.seen().seeds.to_string(), &super::networks::MOST_SEEDS.to_string());
    html! {
        <div class="atlas-table" role="region" tabindex="0" aria-label={said.what}>
            <table>
                <caption class="unseen">{ said.what }{ ": " }{ lang.atlas_rules(desk.rules()) }{ ", " }{ caption }</caption>
                <thead><tr>
                    <th scope="col">{ said.network }</th>
                    <th scope="col">{ said.networks }</th>
                    { for Stability::ALL.map(|stability| html! { <th scope="col">{ lang.atlas_stability(stability) }</th> }) }
                    <th scope="col">{ said.comes_to }</th>
                </tr></thead>
                <tbody>{ for desk.shown().map(|(place, entry)| view_row(desk, place, entry, atlas, lang)) }</tbody>
            </table>
        </div>
    }
}

fn view_row(desk: &AtlasDesk, place: usize, entry: &'static AtlasEntry, atlas: &AtlasHandle, lang: Lang) -> Html {
    let (seen, links) = (desk.seen().of(place), lang.atlas_links(entry.shape));
    let atlas = atlas.clone();
    let onclick = move |_: MouseEvent| atlas.open_run(place, entry, lang);
    let networks = match entry.networks {
        0 if entry.is_one_way() => lang.atlas_text().of_one_way.to_owned(),
        0 => lang.atlas_text().of_three.to_owned(),
        networks => networks.to_string(),
    };
    html! {
        <tr key={place}>
            <th scope="row">
                <button type="button" class="atlas-link" {onclick}>
                    if let Some(known) = entry.known {
                        { lang.known_network(known) }{ ": " }
                    }
                    { links }
                </button>
            </th>
            <td>{ networks }</td>
            { for Stability::ALL.map(|stability| html! { <td>{ desk.seen().count(place, stability) }</td> }) }
            <td class="atlas-word">
                { mark(seen) }<span>{ lang.atlas_outcome(seen, Some(desk.seen().seeds)) }</span>
            </td>
        </tr>
    }
}
