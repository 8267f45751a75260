//! The pictures: those with a name, with what there is to say of them, then all others, among which the arrow keys move, and at the
//! end those with links in one direction.

use web_sys::Element;
use yew::prelude::*;

use super::{
    desk::{AtlasDesk, AtlasHandle},
    mark::{look, mark},
    networks::{AtlasEntry, SeenStability},
    picture::picture,
    text,
};
use crate::{
    lab::atlas::KnownNetwork,
    ui::{kit::dom::focus, text::Lang},
};

/// All pictures that are shown.
pub fn view_grid(desk: &AtlasDesk, atlas: &AtlasHandle, lang: Lang) -> Html {
    let said = lang.atlas_text();
    let (known, others): (Vec<_>, Vec<_>) = desk.shown().partition(|(_, entry)| entry.known.is_some());
    let (one_way, known): (Vec<_>, Vec<_>) = known.into_iter().partition(|(_, entry)| entry.is_one_way());
    let section =
        |id: &'static str, title: &'static str, fine: Option<&'static str>, named: &[(usize, &AtlasEntry)]| {
            html! {
                <section class="atlas-section" aria-labelledby={id}>
                    <h2 {id}>{ title }</h2>
                    if let Some(fine) = fine {
                        <p class="fine">{ fine }</p>
                    }
                    <ul class="atlas-known" onkeydown={by_arrows(named.iter().map(|(place, _)| *place), |_| {})}>
                        { for named.iter().filter_map(|(place, entry)| {
                            let known = entry.known?;
                            Some(view_known(known, *place, entry, desk, atlas, lang))
                        }) }
                    </ul>
                </section>
            }
        };
    let runs = seen_over(desk);
    let all: Vec<_> = others
        .into_iter()
        .map(|(place, entry)| (place, *entry, desk.seen().of(place)))
        .collect();
    html! {
        <>
            if known.is_empty() && all.is_empty() && one_way.is_empty() {
                <p class="empty">{ said.none }</p>
            }
            if !known.is_empty() {
                { section("atlas-known", said.known, None, &known) }
            }
            if !all.is_empty() {
                <Others {all} {runs} atlas={atlas.clone()} {lang} />
            }
            if !one_way.is_empty() {
                { section("atlas-one-way", said.one_way, Some(said.one_way_about), &one_way) }
            }
        </>
    }
}

/// How many runs there are of each network, once they have ended: a name that changes all the time is read out all the time.
fn seen_over(desk: &AtlasDesk) -> Option<u64> {
    (!desk.runs()).then_some(desk.seen().seeds)
}

fn view_known(
    known: KnownNetwork,
    place: usize,
    entry: &AtlasEntry,
    desk: &AtlasDesk,
    atlas: &AtlasHandle,
    lang: Lang,
) -> Html {
    let (seen, runs) = (desk.seen().of(place), seen_over(desk));
    html! {
        <li key={place}>
            <Picture {place} entry={*entry} {seen} {runs} atlas={atlas.clone()} {lang} />
            <div>
                <h3>{ lang.known_network(known) }</h3>
                <p>
                    { lang.known_network_about(known) }
                    if let Some((source, address)) = text::source(known) {
                        { " " }<a href={address} target="_blank" rel="noopener" lang="en">{ source }</a>
                    }
                </p>
            </div>
        </li>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct OthersProps {
    all: Vec<(usize, AtlasEntry, Option<SeenStability>)>,
    runs: Option<u64>,
    atlas: AtlasHandle,
    lang: Lang,
}

/// The networks without a name: one of them is reached by the tab key, the others by the arrow keys.
#[component]
fn Others(props: &OthersProps) -> Html {
    let OthersProps { all, runs, atlas, lang } = props;
    let said = lang.atlas_text();
    let at = use_state_eq(|| 0_usize);
    let reached = all
        .iter()
        .position(|(place, ..)| place == &*at)
        .map_or(all[0].0, |index| all[index].0);
    let onkeydown = by_arrows(all.iter().map(|(place, ..)| *place), move |place| at.set(place));
    html! {
        <section class="atlas-section" aria-labelledby="atlas-others">
            <h2 id="atlas-others">{ said.others }</h2>
            <p class="fine" id="atlas-keys">{ said.keys }</p>
            <div class="atlas-grid" role="group" aria-labelledby="atlas-others" aria-describedby="atlas-keys" {onkeydown}>
                { for all.iter().map(|(place, entry, seen)| html! {
                    <Picture
                        key={*place} place={*place} entry={*entry} seen={*seen} runs={*runs} atlas={atlas.clone()} lang={*lang}
                        is_reached={*place == reached}
                    />
                }) }
            </div>
        </section>
    }
}

/// Moves the focus among these pictures by the arrow keys, and tells where it goes.
fn by_arrows(places: impl Iterator<Item = usize>, reach: impl Fn(usize) + 'static) -> impl Fn(KeyboardEvent) + 'static {
    let places: Vec<_> = places.collect();
    move |event| {
        let held = event.ctrl_key() || event.alt_key() || event.meta_key();
        let target = event.target_dyn_into::<Element>().filter(|_| !held);
        let grid = target.and_then(|target| target.closest(".atlas-grid, .atlas-known").ok().flatten());
        let Some(grid) = grid else { return };
        // One that was pressed has the focus as well.
        let focused = gloo::utils::document().active_element().map(|element| element.id());
        let is_focused = |place: &usize| focused.as_deref() == Some(&picture_id(*place));
        let now = places.iter().position(is_focused).unwrap_or(0);
        if let Some(next) = after(&event.key(), now, places.len(), columns(&grid)) {
            event.prevent_default();
            reach(places[next]);
            focus(&picture_id(places[next]));
        }
    }
}

/// How many pictures stand in the first row.
fn columns(grid: &Element) -> usize {
    let children = grid.children();
    let top = |index| children.item(index).map(|child| child.get_bounding_client_rect().top());
    (0..children.length())
        .take_while(|index| top(*index) == top(0))
        .count()
        .max(1)
}

/// The picture that a key leads to, from one of so many in rows of so many.
fn after(key: &str, now: usize, count: usize, columns: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match key {
        "ArrowLeft" => now.saturating_sub(1),
        "ArrowRight" => (now + 1).min(last),
        "ArrowUp" => now.checked_sub(columns).unwrap_or(now),
        "ArrowDown" if now + columns <= last => now + columns,
        "ArrowDown" => now,
        "Home" => 0,
        "End" => last,
        _ => return None,
    })
}

fn picture_id(place: usize) -> String {
    format!("atlas-{place}")
}

#[derive(Clone, PartialEq, Properties)]
struct PictureProps {
    place: usize,
    entry: AtlasEntry,
    seen: Option<SeenStability>,
    /// See [`seen_over`].
    runs: Option<u64>,
    atlas: AtlasHandle,
    lang: Lang,
    /// Whether the tab key reaches it.
    #[prop_or(true)]
    is_reached: bool,
}

/// A network, as a button that opens its first run.
#[component]
fn Picture(props: &PictureProps) -> Html {
    let PictureProps {
        place,
        entry,
        seen,
        runs,
        lang,
        ..
    } = *props;
    let (word, links) = (lang.atlas_word(seen), lang.atlas_links(entry.shape));
    let in_words = match entry.known {
        Some(known) => lang.atlas_known_picture(lang.known_network(known), &links),
        None => lang.atlas_picture(&links),
    };
    let atlas = props.atlas.clone();
    let onclick = move |_: MouseEvent| atlas.open_run(place, &entry, lang);
    let drawn = use_memo(entry.shape, |shape| picture(*shape));
    html! {
        <button
            type="button" id={picture_id(place)} class={classes!("atlas-tile", look(seen))}
            tabindex={if props.is_reached { "0" } else { "-1" }} {onclick}
        >
            { Html::from_html_unchecked((*drawn).clone().into()) }
            <span class="unseen">{ in_words }{ " " }{ lang.atlas_outcome(seen, runs) }</span>
            <span class="atlas-word" aria-hidden="true">
                { mark(seen) }<span>{ word }</span>
                if let Some(seen) = seen {
                    <span class="atlas-how">{ lang.atlas_how(seen) }</span>
                }
            </span>
            if entry.known.is_none() {
                if entry.networks > 1 {
                    <span class="atlas-times" aria-hidden="true">{ format!("×{}", entry.networks) }</span>
                }
                <span class="unseen">{ ". " }{ lang.atlas_networks(entry.networks as usize) }</span>
            }
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_along_rows_and_columns_and_stay_inside() {
        let from = |now| move |key| after(key, now, 10, 4);
        assert_eq!(
            ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].map(from(5)),
            [4, 6, 1, 9].map(Some)
        );
        assert_eq!(["ArrowLeft", "ArrowUp", "Home"].map(from(0)), [Some(0); 3]);
        assert_eq!(["ArrowRight", "ArrowDown", "End"].map(from(9)), [Some(9); 3]);
        assert_eq!(from(6)("ArrowDown"), Some(6));
        assert_eq!(from(5)("Enter"), None);
    }
}
