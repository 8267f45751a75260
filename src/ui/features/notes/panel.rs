//! The panel in which notes are written, changed and deleted: the note of the instant on screen above, and all others below, each one
//! press away.

use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::{
    scenario::{MOST_NOTES, Note},
    ui::{
        intent::{Intent, NoteStep},
        kit::dom::focus_later,
        run::player::{Playback, Player},
        text::Lang,
    },
};

/// The field, in the document.
const FIELD: &str = "note-field";

/// How long a note may be, in the document.
const LONGEST: &str = "note-longest";

/// The panel. A note can be written unless what is on screen is a lesson's.
pub fn view_panel(player: &Player, can_write: bool, lang: Lang, emit: &Callback<Intent>) -> Html {
    let (text, notes) = (lang.notes_text(), player.notes());
    let elsewhere = player.all_notes().len() - notes.len();
    let now = player.history().now();
    let here: Vec<(usize, &Note)> = notes.iter().filter(|(_, note)| note.at == now).copied().collect();
    let hint = if !can_write {
        text.in_lesson.to_owned()
    } else if player.all_notes().len() < MOST_NOTES || !here.is_empty() {
        String::new()
    } else {
        lang.full(MOST_NOTES)
    };
    html! {
        <div class="notes-panel" role="group" tabindex="0" aria-label={text.title}>
            <p class="intro">{ text.about }</p>
            if hint.is_empty() {
                { view_forms(player, &here, lang, emit) }
            } else {
                <p class="intro">{ hint }</p>
            }
            if let Some(deleted) = player.deleted_note().filter(|_| can_write) {
                { view_deleted(deleted, lang, emit) }
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

/// Where the notes of this instant are written, each by itself; with none, where the first is.
fn view_forms(player: &Player, here: &[(usize, &Note)], lang: Lang, emit: &Callback<Intent>) -> Html {
    let count = here.len();
    let forms = (1..).zip(here).map(|(number, (place, note))| Written {
        place: *place,
        text: &note.text,
        number: (count > 1).then_some((number, count)),
    });
    let mut forms: Vec<_> = forms.map(Some).collect();
    if forms.is_empty() {
        forms.push(None);
    }
    html! {
        <>
            { for forms.into_iter().map(|written| view_form(player, written, lang, emit)) }
            <p id={LONGEST} class="intro">{ lang.longest(Note::LONGEST) }</p>
        </>
    }
}

/// A note that is there already.
struct Written<'a> {
    /// Its place among all of them.
    place: usize,
    text: &'a str,
    /// Which of how many of this instant, where there are several.
    number: Option<(usize, usize)>,
}

/// Where a note is written. Time stands once the reader begins.
fn view_form(player: &Player, written: Option<Written<'_>>, lang: Lang, emit: &Callback<Intent>) -> Html {
    let (text, now) = (lang.notes_text(), player.history().now());
    let place = written.as_ref().map(|written| written.place);
    let number = written.as_ref().and_then(|written| written.number);
    let before = written.map(|written| written.text.to_owned()).unwrap_or_default();
    let id = match number {
        None | Some((1, _)) => AttrValue::from(FIELD),
        Some((number, _)) => AttrValue::from(format!("{FIELD}-{number}")),
    };
    let begin = emit.reform(|_: InputEvent| Intent::Note(NoteStep::Begin));
    let oninput = player.playing().then_some(begin);
    let (keep, own) = (emit.clone(), id.clone());
    let onsubmit = move |event: SubmitEvent| {
        event.prevent_default();
        let field = gloo::utils::document().get_element_by_id(&own);
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok()) {
            keep.emit(Intent::Note(NoteStep::Keep(place, field.value())));
        }
    };
    let ondelete = |place| {
        emit.reform(move |_: MouseEvent| {
            // The button goes away with the note.
            focus_later(FIELD.to_owned());
            Intent::Note(NoteStep::Delete(place))
        })
    };
    let label = number.map_or_else(|| lang.note_at(now), |(number, count)| lang.note_of(now, number, count));
    let names = number.map(|(number, _)| (lang.change_of(number), lang.delete_of(number)));
    let (change, delete) = names.unwrap_or_else(|| (text.change.to_owned(), text.delete.to_owned()));
    html! {
        <form class="note-form" {onsubmit}>
            <label for={id.clone()}>{ label }</label>
            // What was begun stays while time goes elsewhere, unless there is a note.
            <textarea key={format!("{place:?}{before}")} {id} rows="3" maxlength={Note::LONGEST.to_string()} required=true aria-describedby={LONGEST} defaultvalue={before.clone()} {oninput} />
            <div class="note-controls">
                <button key="keep" type="submit" class="small">{ if place.is_some() { change } else { text.add.to_owned() } }</button>
                { for place.map(|place| html! { <button key="delete" type="button" class="small" onclick={ondelete(place)}>{ delete }</button> }) }
            </div>
        </form>
    }
}

/// What was deleted last, and the way back.
fn view_deleted(note: &Note, lang: Lang, emit: &Callback<Intent>) -> Html {
    let onclick = emit.reform(|_: MouseEvent| {
        // The button goes away.
        focus_later(FIELD.to_owned());
        Intent::Note(NoteStep::PutBack)
    });
    html! {
        <p class="note-controls">
            <span>{ lang.deleted(note.at) }</span>
            <button type="button" class="small" {onclick}>{ lang.notes_text().put_back }</button>
        </p>
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
