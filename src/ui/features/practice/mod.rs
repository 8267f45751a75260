//! Practice: the page asks what will happen, lets the reader be a server, and sets challenges.

mod challenge_text;
mod challenges;
mod duties;
mod quiz;
mod text;
mod watch;

use yew::prelude::*;

pub use self::{
    challenges::keep,
    quiz::Quiz,
    watch::{PracticeWatch, view_mark},
};
use self::{
    challenges::{ChallengeList, CurrentChallenge},
    duties::view_duties,
    quiz::view_quiz,
};
use crate::{
    splitmix::mix,
    ui::{
        intent::{Intent, UnderWay},
        kit::panel::Panel,
        run::{handle::RunHandle, player::Player},
        text::Lang,
    },
};

/// The panel's entry in the list of panels.
pub const PANEL: Panel = Panel {
    slug: "practice",
    title: |lang| lang.practice_text().title,
    about: |lang| lang.practice_text().about,
};

/// The heading of what is under way, in the document.
pub const UNDER_WAY: &str = "under-way-heading";

/// What the panel shows of the run that plays; what is under way comes first.
pub fn view(
    quiz: &Quiz,
    under_way: Option<UnderWay>,
    run: &RunHandle,
    keeps: bool,
    lang: Lang,
    emit: &Callback<Intent>,
) -> Html {
    let text = lang.practice_text();
    let card = view_quiz(quiz, &run.player(), lang, emit);
    // Another run has another: whoever comes back from one finds a new one.
    let chance = mix(run.player().scenario().seed.wrapping_add(run.epoch()));
    let duty = match under_way {
        Some(UnderWay::Duty(duty)) => Some(duty),
        _ => None,
    };
    html! {
        <div class="practice-panel" role="group" tabindex="0" aria-label={text.title}>
            { for under_way.map(|now| view_under_way(now, keeps, lang, emit)) }
            { card }
            { view_duties(chance, duty, lang, emit) }
            <ChallengeList {under_way} {keeps} {lang} {emit} />
        </div>
    }
}

fn view_under_way(now: UnderWay, keeps: bool, lang: Lang, emit: &Callback<Intent>) -> Html {
    let row = match now {
        UnderWay::Challenge(challenge, state) => {
            html! { <CurrentChallenge {challenge} {state} {keeps} {lang} {emit} /> }
        }
        UnderWay::Duty(duty) => duties::view_current(duty, lang, emit),
    };
    html! {
        <section aria-labelledby={UNDER_WAY}>
            <h2 id={UNDER_WAY} tabindex="-1">{ lang.challenge_text().under_way }</h2>
            <ul>{ row }</ul>
        </section>
    }
}

/// Whether the run on screen began as a challenge.
#[must_use]
pub fn is_challenge(player: &Player) -> bool {
    crate::lesson::challenge::Challenge::of(player.history()).is_some()
}
