//! Practice: the page asks what will happen, lets the reader be a server, and sets challenges.

mod challenge_text;
mod challenges;
mod duties;
mod quiz;
mod text;

use yew::prelude::*;

pub use self::quiz::Quiz;
use self::{challenges::ChallengeList, duties::view_duties, quiz::view_quiz};
use crate::{
    splitmix::mix,
    ui::{
        intent::Intent,
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

/// What the panel shows of the run that plays.
pub fn view(quiz: &Quiz, run: RunHandle, keeps: bool, lang: Lang, emit: &Callback<Intent>) -> Html {
    let text = lang.practice_text();
    let card = view_quiz(quiz, &run.player(), lang, emit);
    // Another run has another: whoever comes back from one finds a new one.
    let chance = mix(run.player().scenario().seed.wrapping_add(run.epoch()));
    html! {
        <div class="practice-panel" role="group" tabindex="0" aria-label={text.title}>
            { card }
            { view_duties(chance, lang, emit) }
            <ChallengeList {run} {keeps} {lang} {emit} />
        </div>
    }
}

/// Whether the run on screen began as a challenge.
#[must_use]
pub fn is_challenge(player: &Player) -> bool {
    crate::lesson::challenge::Challenge::of(player.history()).is_some()
}
