//! What is added to the page while the run is presented.

use yew::prelude::*;

use super::{Cover, Presentation, ask};
use crate::{
    sim::{Action, Micros},
    ui::{
        intent::{Intent, PresentStep, Subject},
        kit::qr::CodePicture,
        text::Lang,
    },
};

pub(super) fn view(
    presentation: &Presentation,
    now: Micros,
    notice: Html,
    in_lesson: bool,
    lang: Lang,
    emit: &Callback<Intent>,
) -> Html {
    let text = lang.present_text();
    html! {
        <section class="present" aria-label={text.title}>
            // The page's own is in its header, which is not shown.
            <h1 class="unseen">{ lang.text().title }</h1>
            { notice }
            { view_told(presentation, now, lang, emit) }
            { buttons(presentation, in_lesson, lang, emit) }
            { presentation.spot.view() }
            // It has a place of its own, also while there is none: else it would be drawn in the spot's, and move with the mouse.
            if let Some(cover) = &presentation.cover {
                { view_cover(cover, lang, emit) }
            }
        </section>
    }
}

/// What is said where a clicker went nowhere. Where links are cut, the class can be shown what comes once they are restored.
fn view_told(presentation: &Presentation, now: Micros, lang: Lang, emit: &Callback<Intent>) -> Html {
    let told = presentation.told.as_ref().filter(|told| told.at == now);
    let emit = emit.clone();
    let heal = move |_: MouseEvent| {
        emit.emit(Intent::act(Action::heal_all()));
        emit.emit(Intent::Present(PresentStep::Go(true)));
    };
    html! {
        <div class="present-told">
            <p role="status">{ told.map(|told| told.words.clone()) }</p>
            if told.is_some_and(|told| told.is_cut) {
                <button type="button" class="small" onclick={heal}>{ lang.present_text().heal_all }</button>
            }
        </div>
    }
}

fn buttons(presentation: &Presentation, in_lesson: bool, lang: Lang, emit: &Callback<Intent>) -> Html {
    let text = lang.present_text();
    let labelled = |name: &'static str, key: &'static str, pressed: Option<bool>, onclick: Callback<MouseEvent>| {
        html! {
            <button type="button" class="small" aria-pressed={pressed.map(|pressed| pressed.to_string())} {onclick}>
                { name }{ " " }<kbd aria-hidden="true">{ key }</kbd>
            </button>
        }
    };
    let button = |name, key, step, pressed| labelled(name, key, pressed, ask(emit, step));
    let why = emit.reform(|_| Intent::Why(Subject::Status));
    let (previous, next) = if in_lesson {
        (text.previous_step, text.next_step)
    } else {
        (text.previous, text.next)
    };
    let is_on = presentation.spot.is_on();
    let is_code = matches!(presentation.cover, Some(Cover::Code { .. }));
    html! {
        <div class="present-buttons">
            { button(previous, "PgUp", PresentStep::Go(false), None) }
            { button(next, "PgDn", PresentStep::Go(true), None) }
            { labelled(lang.why_text().title, "W", None, why) }
            { button(text.blank, "B", PresentStep::Blank, None) }
            { button(if is_on { text.pointer_on } else { text.pointer_off }, "L", PresentStep::Pointer, None) }
            { button(text.code, "Q", PresentStep::Code, Some(is_code)) }
            { button(text.leave, "Esc", PresentStep::End, None) }
        </div>
    }
}

fn view_cover(cover: &Cover, lang: Lang, emit: &Callback<Intent>) -> Html {
    let text = lang.present_text();
    match cover {
        Cover::Blank => html! {
            <div class="present-cover blank" onclick={ask(emit, PresentStep::Blank)}>
                <svg aria-hidden="true"><rect width="100%" height="100%" fill="black" /></svg>
                <p class="unseen" role="status">{ text.is_blank }</p>
            </div>
        },
        Cover::Code {
            address,
            picture,
            is_lesson,
        } => {
            let name = if *is_lesson {
                text.code_of_lesson
            } else {
                text.code_of_run
            };
            html! {
                <div class="present-cover">
                    { code(picture.as_ref(), name, lang) }
                    <p class="present-address">{ address }</p>
                </div>
            }
        }
    }
}

fn code(picture: Option<&CodePicture>, name: &'static str, lang: Lang) -> Html {
    let text = lang.text();
    match picture {
        Some(picture) => html! {
            <>
                { picture.view(name) }
                if picture.is_dense() {
                    <p role="status">{ text.code_dense }</p>
                }
            </>
        },
        None => html! { <p role="status">{ text.code_impossible }</p> },
    }
}
