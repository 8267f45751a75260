//! The runs in which the reader is a server, to be chosen from.

use yew::prelude::*;

use crate::{
    lesson::duty::BuiltinDuty,
    ui::{
        intent::{DutyAsked, Intent, LessonAsked},
        text::Lang,
    },
};

/// The list of those that are not under way. The last one is another run each time.
pub(super) fn view_duties(chance: u64, under_way: Option<BuiltinDuty>, lang: Lang, emit: &Callback<Intent>) -> Html {
    let text = lang.practice_text();
    let all = BuiltinDuty::ALL.into_iter().chain([BuiltinDuty::Chance(chance)]);
    let others = all.filter(|duty| Some(*duty) != under_way);
    html! {
        <section aria-labelledby="duties-heading">
            <h2 id="duties-heading">{ text.duties }</h2>
            <p class="intro">{ text.duties_intro }</p>
            <ul>{ for others.map(|duty| view_row(duty, false, lang, emit)) }</ul>
        </section>
    }
}

/// The one that is under way. Its card says the rest.
pub(super) fn view_current(duty: BuiltinDuty, lang: Lang, emit: &Callback<Intent>) -> Html {
    view_row(duty, true, lang, emit)
}

fn view_row(duty: BuiltinDuty, is_current: bool, lang: Lang, emit: &Callback<Intent>) -> Html {
    let (title, text) = (lang.duty_title(duty), lang.challenge_text());
    let play = if is_current {
        text.again
    } else {
        lang.practice_text().play
    };
    let onclick = emit.reform(move |_: MouseEvent| Intent::Lesson(LessonAsked::Duty(DutyAsked::Begin(duty))));
    html! {
        <li key={duty.slug()} class={classes!("challenge", is_current.then_some("current"))}>
            <div class="challenge-head">
                <h3>{ title }</h3>
                if is_current {
                    <span class="challenge-state">{ text.on_screen }</span>
                }
                <button type="button" class="small" aria-label={format!("{play}: {title}")} {onclick}>{ play }</button>
            </div>
            <p>{ lang.duty_about(duty) }</p>
        </li>
    }
}
