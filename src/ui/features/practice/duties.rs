//! The runs in which the reader is a server, to be chosen from.

use yew::prelude::*;

use super::text::PracticeText;
use crate::{
    lesson::duty::BuiltinDuty,
    ui::{
        intent::{DutyAsked, Intent, LessonAsked},
        text::Lang,
    },
};

/// The list. The last one is another run each time.
pub(super) fn view_duties(chance: u64, lang: Lang, emit: &Callback<Intent>) -> Html {
    let text = lang.practice_text();
    let all = BuiltinDuty::ALL.into_iter().chain([BuiltinDuty::Chance(chance)]);
    html! {
        <section aria-labelledby="duties-heading">
            <h2 id="duties-heading">{ text.duties }</h2>
            <p class="intro">{ text.duties_intro }</p>
            <ul>{ for all.map(|duty| view_row(duty, &text, lang, emit)) }</ul>
        </section>
    }
}

fn view_row(duty: BuiltinDuty, text: &PracticeText, lang: Lang, emit: &Callback<Intent>) -> Html {
    let (title, play) = (lang.duty_title(duty), text.play);
    let onclick = emit.reform(move |_: MouseEvent| Intent::Lesson(LessonAsked::Duty(DutyAsked::Begin(duty))));
    html! {
        <li key={duty.slug()} class="challenge">
            <div class="challenge-head">
                <h3>{ title }</h3>
                <button type="button" class="small" aria-label={format!("{play}: {title}")} {onclick}>{ play }</button>
            </div>
            <p>{ lang.duty_about(duty) }</p>
        </li>
    }
}
