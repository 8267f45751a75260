//! The keys 1 to 9 answer what a lesson asks.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::{
    lesson::{LessonWalk, StepKind},
    ui::intent::{Intent, LessonAsked},
};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct AnswerKeysProps {
    /// Which answer each key stands for, from 1 on. Empty where nothing is asked: then the keys are the page's.
    pub(super) answers: Vec<Option<usize>>,
    pub(super) emit: Callback<Intent>,
}

/// Hears keys before the page does, as long as something is asked.
#[component]
pub(super) fn AnswerKeys(props: &AnswerKeysProps) -> Html {
    use_effect_with(props.clone(), |AnswerKeysProps { answers, emit }| {
        let (answers, emit) = (answers.clone(), emit.clone());
        let listener = hear_before_the_page(move |event| {
            let number = number_of(event).filter(|_| !answers.is_empty());
            let Some(number) = number else { return false };
            let answer = number
                .checked_sub(1)
                .and_then(|place| answers.get(place).copied().flatten());
            if let Some(answer) = answer {
                emit.emit(Intent::Lesson(LessonAsked::Answer(answer)));
            }
            true
        });
        move || drop(listener)
    });
    html! {}
}

/// Hears each key before the page does. A key that `takes` says is taken does nothing else.
pub(super) fn hear_before_the_page(takes: impl Fn(&KeyboardEvent) -> bool + 'static) -> EventListener {
    let options = EventListenerOptions {
        passive: false,
        ..EventListenerOptions::run_in_capture_phase()
    };
    let document = gloo::utils::document();
    EventListener::new_with_options(&document, "keydown", options, move |event| {
        if takes(event.unchecked_ref()) {
            event.stop_propagation();
            event.prevent_default();
        }
    })
}

/// Whether something in the page fits a selector.
pub(super) fn is_there(selector: &str) -> bool {
    let found = gloo::utils::document().query_selector(selector);
    found.ok().flatten().is_some()
}

/// Whether a key was pressed by itself, and not while something is typed or chosen, or a sheet or menu is open.
pub(super) fn is_single(event: &KeyboardEvent) -> bool {
    let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
    let types = is_within(event, "input, select, textarea");
    !has_modifier && !types && !is_there("dialog[open], [role=menu]")
}

/// Whether the focus is in what fits a selector.
pub(super) fn is_within(event: &KeyboardEvent, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let found = target.and_then(|target| target.closest(selector).ok().flatten());
    found.is_some()
}

/// What switches single keys off, by the reader's wish.
pub(super) const KEYS_OFF: &str = "html[data-shortcuts=off]";

/// The digit of a key, where single keys are wanted.
fn number_of(event: &KeyboardEvent) -> Option<usize> {
    if !is_single(event) || is_there(KEYS_OFF) {
        return None;
    }
    event.key().parse().ok().filter(|number| (1..=9).contains(number))
}

/// Which answer each key stands for. A key is the number that an answer is, of a server, of votes, of a term; else it is the answer's place.
pub(super) fn answers_by_key(walk: &LessonWalk) -> Vec<Option<usize>> {
    match &walk.step().kind {
        StepKind::Ask(choices) if !walk.is_done() => (0..choices.len()).map(Some).collect(),
        StepKind::Predict(_) => {
            let answers = walk.asks().map_or(&[][..], |question| &question.prediction.answers);
            let numbers: Vec<_> = (0..)
                .zip(answers)
                .map(|(place, (guess, _))| guess.number().unwrap_or(place + 1))
                .collect();
            let most = if numbers.is_empty() { 0 } else { 9 };
            (1..=most)
                .map(|key| numbers.iter().position(|number| *number == key))
                .collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::file;

    fn keys(steps: &str) -> Vec<Option<usize>> {
        let lesson = file::read(&format!("raft-lesson 1\ntitle A\nscene\n  seed 6\n{steps}")).expect("a lesson");
        let mut walk = LessonWalk::new(lesson);
        let history = walk.scene().run.open().expect("a run");
        walk.begin(&history);
        answers_by_key(&walk)
    }

    #[test]
    fn a_key_is_the_number_that_an_answer_is_or_its_place() {
        let ask = "ask\n  text A\n  wrong B\n    because C\n  right D\n    because E\n";
        assert_eq!(keys(ask), [Some(0), Some(1)]);
        let servers = keys("ask predict next-timeout\n");
        assert_eq!(servers[..6], [Some(0), Some(1), Some(2), Some(3), Some(4), None]);
        assert_eq!(keys("say\n  text A\n"), []);
    }
}
