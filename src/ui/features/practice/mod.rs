//! Practice: the page asks what will happen, and sets challenges.

mod challenge_text;
mod challenges;
mod quiz;
mod text;

use yew::prelude::*;

pub use self::quiz::Quiz;
use self::{challenges::ChallengeList, quiz::view_quiz};
use crate::ui::{
    intent::Intent,
    kit::panel::Panel,
    run::{handle::RunHandle, player::Player},
    text::Lang,
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
    html! {
        <div class="practice-panel" role="group" tabindex="0" aria-label={text.title}>
            { card }
            <ChallengeList {run} {keeps} {lang} {emit} />
        </div>
    }
}

/// Whether the run on screen began as a challenge.
#[must_use]
pub fn is_challenge(player: &Player) -> bool {
    crate::lesson::challenge::Challenge::of(player.history()).is_some()
}
