//! The panel in which notes are written, changed and deleted: the note of the instant on screen above, and all others below, each one
//! press away.

use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::{
    scenario::{MOST_NOTES, Note},
    ui::{
        intent::{Intent, NoteStep},
        kit::dom::focus,
        run::player::{Playback, Player},
        text::Lang,
    },
};

/// The field, in the document.
const FIELD: &str = "note-field";

/// The panel. A note can be written unless what is on screen is a lesson's.
pub fn view_panel(player: &Player, can_write: bool, lang: Lang, emit: &Callback<Intent>) -> Html {
    let (text, notes) = (lang.notes_text(), player.notes());
    let elsewhere = player.all_notes().len() - notes.len();
    let now = player.history().now();
    let here = notes.iter().find(|(_, note)| note.at == now);
    let hint = if !can_write {
        text.in_lesson.to_owned()
    } else if player.all_notes().len() < MOST_NOTES || here.is_some() {
        String::new()
    } else {
        lang.full(MOST_NOTES)
    };
    html! {
        <div class="notes-panel" role="group" tabindex="0" aria-label={text.title}>
            <p class="intro">{ text.about }</p>
            if hint.is_empty() {
                { view_form(player, here.copied(), lang, emit) }
            } else {
                <p class="intro">{ hint }</p>
            }
            <ol class="note-list" aria-label={text.list}>
                { for notes.iter().map(|(_, note)| view_note(note, lang, emit)) }
            </ol>
            if elsewhere > 0 {
                <p class="intro">{ lang.elsewhere(elsewhere) }</p>
            }
        </div>
    }
}

/// Where the note of this instant is written. Time stands once the reader begins.
fn view_form(player: &Player, here: Option<(usize, &Note)>, lang: Lang, emit: &Callback<Intent>) -> Html {
    let (text, place) = (lang.notes_text(), here.map(|(place, _)| place));
    let written = here.map(|(_, note)| note.text.clone()).unwrap_or_default();
    let begin = emit.reform(|_: InputEvent| Intent::Note(NoteStep::Begin));
    let oninput = player.playing().then_some(begin);
    let keep = emit.clone();
    let onsubmit = move |event: SubmitEvent| {
        event.prevent_default();
        let field = gloo::utils::document().get_element_by_id(FIELD);
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok()) {
            keep.emit(Intent::Note(NoteStep::Keep(place, field.value())));
        }
    };
    let ondelete = |place| {
        emit.reform(move |_: MouseEvent| {
            // The button goes away with the note.
            focus(FIELD);
            Intent::Note(NoteStep::Delete(place))
        })
    };
    html! {
        <form class="note-form" {onsubmit}>
            <label for={FIELD}>{ lang.note_at(player.history().now()) }</label>
            // What was begun stays while time goes elsewhere, unless there is a note.
            <textarea key={format!("{place:?}{written}")} id={FIELD} rows="3" maxlength={Note::LONGEST.to_string()} required=true aria-describedby="note-longest" defaultvalue={written.clone()} {oninput} />
            <p id="note-longest" class="intro">{ lang.longest(Note::LONGEST) }</p>
            <div class="note-controls">
                <button type="submit" class="small">{ if place.is_some() { text.change } else { text.add } }</button>
                { for place.map(|place| html! { <button type="button" class="small" onclick={ondelete(place)}>{ text.delete }</button> }) }
            </div>
        </form>
    }
}

fn view_note(note: &Note, lang: Lang, emit: &Callback<Intent>) -> Html {
    let at = note.at;
    let onclick = emit.reform(move |_| Intent::Play(Playback::Seek(at)));
    html! {
        <li class="note-item">
            <button type="button" class="story-button" aria-label={lang.go_to_note(at)} {onclick}>{ lang.seconds(at) }</button>
            <p dir="auto">{ &note.text }</p>
        </li>
    }
}
