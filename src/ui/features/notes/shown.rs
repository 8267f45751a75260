//! How notes are shown outside of their panel: as pins on the time axis, as cards of the story, and under the sentence about the ring.

use yew::prelude::*;

use crate::{
    scenario::Note,
    sim::Micros,
    ui::{
        intent::Intent,
        run::player::{Playback, Player},
        svg::timeline::window::{Window, percent},
        text::Lang,
    },
};

/// A pin, its point at the bottom of the axis.
const PIN: &str =
    "M0 17L-4.600 8.500A5.200 5.200 0 1 1 4.600 8.500ZM0 3.900A2.100 2.100 0 1 0 0 8.100 2.100 2.100 0 1 0 0 3.900Z";

/// The pins in a part of the run, each with its name; of a moment only one, which says all that is noted then. The layer is moved as
/// the window moves.
pub fn view_pins(player: &Player, window: Window, layer: &NodeRef, lang: Lang, emit: &Callback<Intent>) -> Html {
    let mut pins: Vec<(Micros, String)> = Vec::new();
    for (_, note) in player.notes() {
        match pins.last_mut() {
            Some((at, said)) if *at == note.at => *said = format!("{said} {}", { &note.text }),
            _ => pins.push((note.at, lang.pin(note.at, &note.text))),
        }
    }
    pins.retain(|(at, _)| (0..=Window::WIDTH).contains(&window.place(*at)));
    html! {
        <div class="lanes-clip upon">
            <svg ref={layer} class="lane-pins" height="17">
                { for pins.into_iter().map(|(at, name)| view_pin(at, name, window, emit)) }
            </svg>
        </div>
    }
}

fn view_pin(at: Micros, name: String, window: Window, emit: &Callback<Intent>) -> Html {
    let go = emit.reform(move |()| Intent::Play(Playback::Seek(at)));
    let onclick = go.reform(|_: MouseEvent| ());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            event.stop_propagation();
            go.emit(());
        }
    });
    // The lanes would take hold of the play head.
    let onpointerdown = |event: PointerEvent| event.stop_propagation();
    let name = AttrValue::from(name);
    html! {
        <svg key={at.0.to_string()} x={percent(window.place(at))} y="0" overflow="visible">
            <g class="lane-pin" role="button" tabindex="0" aria-label={name.clone()} {onclick} {onkeydown} {onpointerdown}>
                <title>{ name }</title>
                <rect class="mark-hit" x="-12" y="-4" width="24" height="24" rx="4" />
                <path d={PIN} fill-rule="evenodd" />
            </g>
        </svg>
    }
}

/// Puts a card for each note among those of the story, which stand with their times, the newest first. What was noted after a card had
/// begun stands above it; what lies ahead is not told yet, and what lies before the last card only if there are no earlier ones.
pub fn add_cards(player: &Player, cards: &mut Vec<(Micros, Html)>, are_all: bool, lang: Lang) {
    let now = player.history().now();
    let first = cards.last().map_or(Micros::ZERO, |(at, _)| *at);
    for (place, note) in player.notes() {
        if note.at <= now && (are_all || note.at >= first) {
            let above = cards.partition_point(|(at, _)| *at > note.at);
            cards.insert(above, (note.at, view_card(place, note, lang)));
        }
    }
}

/// A card of the story.
fn view_card(place: usize, note: &Note, lang: Lang) -> Html {
    let id = AttrValue::from(format!("story-note-{place}"));
    html! {
        <li key={id.to_string()}>
            <article class="story-card note-card" aria-labelledby={id.clone()}>
                <h2 {id}>{ lang.notes_text().note }</h2>
                <ol class="story-sentences">
                    <li><span class="story-time">{ lang.instant(note.at) }</span><span dir="auto">{ &note.text }</span></li>
                </ol>
            </article>
        </li>
    }
}

/// More letters than this do not fit beside the topmost server.
const BESIDE: usize = 60;

/// How much there is to read in notes of one moment: each takes a line at least.
fn letters<'a>(notes: impl Iterator<Item = &'a Note>) -> usize {
    const LINE: usize = 20;
    notes.map(|note| note.text.chars().count().max(LINE)).sum()
}

/// Whether the branch on screen has notes that stand between the sentence and the ring: then there is room for them all the time.
fn has_long(player: &Player) -> bool {
    let notes = player.notes();
    let of_moment = |at| letters(notes.iter().map(|(_, note)| *note).filter(|note| note.at == at));
    notes.iter().any(|(_, note)| of_moment(note.at) > BESIDE)
}

/// The notes of the moment, over the ring, so that nothing moves for them. A screen reader hears them if it `speaks`.
pub fn view_now(player: &Player, notes: &[&Note], speaks: bool, lang: Lang) -> Html {
    /// More letters than this are set smaller.
    const MANY: usize = 130;
    let letters = letters(notes.iter().copied());
    let (is_long, is_longer) = (letters > BESIDE, letters > MANY);
    let class = classes!("note-now", is_long.then_some("long"), is_longer.then_some("longer"));
    html! {
        <div class={classes!("note-room", has_long(player).then_some("has-long"))} aria-live={if speaks { "polite" } else { "off" }}>
            if let Some(first) = notes.first() {
                <div key={first.at.0.to_string()} {class} tabindex={(letters > Note::LONGEST).then_some("0")} role="note" aria-label={lang.note_at(first.at)}>
                    <svg viewBox="-6 -3 12 20" aria-hidden="true"><path d={PIN} fill-rule="evenodd" /></svg>
                    <div>{ for notes.iter().map(|note| html! { <p dir="auto">{ &note.text }</p> }) }</div>
                </div>
            }
        </div>
    }
}
