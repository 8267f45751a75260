//! The card: what a step says, what it wants, and one button to go on.

use yew::prelude::*;

use super::{
    ANSWERS, GO_ON, HEADING, LessonEntry, TASK_BEGINS_AFTER,
    keys::{AnswerKeys, answers_by_key},
    sight::InSight,
};
use crate::{
    lesson::{
        Answered, Control, LessonChoice, LessonStep, LessonWalk, Offer, StepKind, StepState, TaskWord, file::LessonFlaw,
    },
    sim::{EventKind, Micros},
    ui::{
        intent::{Intent, LessonAsked, Subject},
        kit::{icons, root_mark::RootMark},
        run::player::{BranchChange, Playback, Player},
        text::Lang,
    },
};

/// What the desk knows of the step that stands, beside the walk.
#[derive(Clone, Copy)]
pub(super) struct StepOutlook {
    /// Whether what the step waits for will come, if nobody does anything.
    pub(super) comes: bool,
    /// What is to be said of what the reader did in a task.
    pub(super) word: Option<TaskWord>,
    /// The step at which the reader left the lesson, as long as it is offered to go on there.
    pub(super) left_at: Option<usize>,
    /// Whether the lesson is none of the page's: none comes after it.
    pub(super) is_own: bool,
}

impl Default for StepOutlook {
    fn default() -> Self {
        Self {
            comes: true,
            word: None,
            left_at: None,
            is_own: false,
        }
    }
}

/// Answers of so many letters stand beside each other.
const SHORT: usize = 8;

/// All lessons, to be chosen from.
pub(super) fn list(
    entries: &[LessonEntry],
    next: Option<usize>,
    unknown: Option<&str>,
    lang: Lang,
    emit: &Callback<Intent>,
) -> Html {
    let text = lang.lessons_text();
    // Whoever comes to the end of one has the way to the next.
    let view_next = |entry: &LessonEntry| {
        let slug = entry.slug;
        let onclick = emit.reform(move |_| Intent::Lesson(LessonAsked::Open(slug.to_owned())));
        html! { <button type="button" id={GO_ON} class="small primary" {onclick}>{ lang.next_lesson(entry.title.get(lang.tag())) }</button> }
    };
    let entry = |entry: &LessonEntry| {
        let (slug, done) = (entry.slug, entry.done);
        let onclick = emit.reform(move |_| Intent::Lesson(LessonAsked::Open(slug.to_owned())));
        html! {
            <li>
                <button type="button" class="lesson-entry" {onclick}>
                    <b>{ entry.title.get(lang.tag()) }</b>
                    <span>{ entry.about.get(lang.tag()) }</span>
                    if done > 0 {
                        <i>{ lang.steps_done(done, entry.steps) }</i>
                    }
                </button>
            </li>
        }
    };
    let has_begun = entries.iter().any(|entry| entry.done > 0);
    let erase = has_begun.then(|| button(text.erase, "", emit, Intent::Lesson(LessonAsked::Erase)));
    html! {
        <section class="lesson lessons card" aria-labelledby={HEADING}>
            <RootMark name="data-lesson" value="list" />
            { head(text.title, None, erase, lang, emit) }
            if let Some(name) = unknown {
                <p role="status">{ lang.no_lesson(name) }</p>
            }
            <div class="lesson-row">
                <p>{ text.about }{ " " }{ text.own }</p>
                { for next.and_then(|next| entries.get(next)).map(view_next) }
            </div>
            <ul class="lesson-list">{ for entries.iter().map(entry) }</ul>
            // On a phone the lessons themselves have the room above it.
            <div class="lesson-row">{ button(text.open_own, "", emit, Intent::Share) }</div>
        </section>
    }
}

/// The step that stands.
pub(super) fn lesson(
    walk: &LessonWalk,
    flaws: &[LessonFlaw],
    outlook: StepOutlook,
    player: &Player,
    lang: Lang,
    emit: &Callback<Intent>,
) -> Html {
    let (step, state) = (walk.step(), walk.state());
    let title = walk.lesson().title.get(lang.tag()).to_owned();
    let place = lang.step_of(walk.index() + 1, walk.len());
    // Whoever does a task needs the page more than the card.
    let is_tried = matches!(step.kind, StepKind::Task(_)) && !walk.is_done();
    // What is asked about, and waited for, is in the ring.
    let is_open = !is_tried && !walk.is_done();
    let mark = if is_asked(walk) { "asks" } else { "" };
    let locked: Vec<_> = walk.locked().map(Control::slug).collect();
    let locked = locked.join(" ");
    html! {
        <section class={classes!("lesson", "card", is_tried.then_some("tasks"), is_open.then_some("open"))} aria-label={lang.lesson_called(&title)}>
            <RootMark name="data-lesson" value={mark} />
            <AnswerKeys answers={answers_by_key(walk)} emit={emit.clone()} />
            <InSight step={walk.index()} told={state.answers.len() + usize::from(outlook.word.is_some())} done={state.done} {locked} why={lang.lessons_text().locked} />
            { head(&title, Some(place), None, lang, emit) }
            // A step is read out as a whole, and what is said of it once more is said.
            <div class="lesson-words" aria-live="polite">
                { for flaws.iter().map(|flaw| tell(false, lang.lessons_text().flaw, &lang.lesson_flaw(flaw))) }
                { strayed_before(walk, lang) }
                { words(walk, lang) }
                { said(walk, outlook.word.is_some(), lang) }
                { warnings(outlook, walk, lang) }
            </div>
            <div class="lesson-acts">
            { answers(step, state, lang, emit) }
            <div class="lesson-row">
                if walk.index() > 0 {
                    { button(lang.lessons_text().back, "", emit, Intent::Lesson(LessonAsked::Back)) }
                }
                { offers(walk, player, lang, emit) }
                { helps(outlook, walk, player, lang, emit) }
                if let Some(place) = outlook.left_at {
                    { primary(lang.go_on_at(place + 1), false, emit, Intent::Lesson(LessonAsked::Resume)) }
                }
                { go_on(outlook, walk, player, lang, emit) }
            </div>
            </div>
        </section>
    }
}

/// Whether a question waits for its answer.
fn is_asked(walk: &LessonWalk) -> bool {
    walk.asks().is_some() || matches!(walk.step().kind, StepKind::Ask(_)) && !walk.is_done()
}

/// Where the reader left the lesson, and what they did that leads elsewhere than the lesson tells.
fn warnings(outlook: StepOutlook, walk: &LessonWalk, lang: Lang) -> Html {
    let text = lang.lessons_text();
    let is_task = matches!(walk.step().kind, StepKind::Task(_));
    let strayed = (is_task && walk.is_done() && walk.goes_on_in_scene() && !walk.strayed().is_empty())
        .then(|| lang.strayed(walk.strayed(), true));
    let never = (!outlook.comes).then(|| text.never.to_owned());
    html! {
        <>
            { for outlook.word.map(|word| tell(!word.is_wrong(), "", &lang.task_word(&word))) }
            { for [never, strayed].into_iter().flatten().map(|words| tell(false, "", &words)) }
            if let Some(place) = outlook.left_at {
                <p>{ lang.was_at(place + 1) }</p>
            }
        </>
    }
}

/// What was done beside a task before this step: what is said here may not fit it.
fn strayed_before(walk: &LessonWalk, lang: Lang) -> Html {
    let is_task = matches!(walk.step().kind, StepKind::Task(_));
    let strayed = walk.strayed();
    html! {
        if !is_task && !strayed.is_empty() {
            { tell(false, "", &lang.strayed(strayed, false)) }
        }
    }
}

fn head(title: &str, place: Option<String>, beside: Option<Html>, lang: Lang, emit: &Callback<Intent>) -> Html {
    let (text, sheet) = (lang.lessons_text(), lang.sheet_text());
    let close = text.close;
    html! {
        <div class="lesson-head">
            <h2 id={HEADING} tabindex="-1">{ title.to_owned() }</h2>
            if let Some(place) = place {
                { place }
                <button type="button" class="icon-button" aria-label={sheet.worksheet} title={sheet.worksheet_hint} onclick={emit.reform(|_| Intent::Lesson(LessonAsked::Sheet { seed: 1, copies: 1 }))}>
                    { icons::icon(icons::PRINT) }
                </button>
                <button type="button" class="icon-button" aria-label={text.share} title={text.share} onclick={emit.reform(|_| Intent::Share)}>
                    { icons::icon(icons::SHARE) }
                </button>
            }
            { for beside }
            <button type="button" class="icon-button" aria-label={close} title={close} onclick={emit.reform(|_| Intent::Lesson(LessonAsked::Close))}>
                { icons::icon(icons::CLOSE) }
            </button>
        </div>
    }
}

#[inline(never)]
fn button(name: &'static str, hint: &'static str, emit: &Callback<Intent>, asked: Intent) -> Html {
    let onclick = emit.reform(move |_| asked.clone());
    let title = (!hint.is_empty()).then_some(hint);
    html! { <button type="button" class="small" {title} {onclick}>{ name }</button> }
}

/// What the step says, and what it asks about the run.
fn words(walk: &LessonWalk, lang: Lang) -> Html {
    let (step, text) = (walk.step(), lang.lessons_text());
    let question = walk.state().question.as_ref();
    let asked = question.map(|question| lang.question_text(&question.prediction, question.message));
    let is_prediction = matches!(step.kind, StepKind::Predict(_));
    let is_empty = is_prediction && asked.is_none();
    // What leads to a question about the run is out of date once the run has answered it.
    let is_over = asked.is_some() && walk.is_done();
    let text_of_step = step.text.get(lang.tag());
    let (lead, question) = match step.kind {
        StepKind::Ask(_) => question_apart(text_of_step),
        _ => (text_of_step, ""),
    };
    html! {
        <>
            if !step.text.is_empty() && !is_over {
                <p key={walk.index()}>{ lead }if !question.is_empty() { <b>{ question }</b> }</p>
            }
            if let Some(asked) = asked {
                <p><b>{ asked }</b></p>
            }
            if is_empty {
                <p>{ text.nothing_to_ask }</p>
            }
        </>
    }
}

/// What leads to a question, and the question: the last sentence if it ends as one, else all of it.
fn question_apart(text: &str) -> (&str, &str) {
    let starts = |two: &[u8]| matches!(two, [b'.' | b'!' | b'?' | b':', b' ']);
    let before = text.as_bytes().windows(2).rposition(starts);
    match before {
        Some(before) if text.ends_with('?') => text.split_at(before + 2),
        _ => ("", text),
    }
}

/// What is said with a mark: of an answer, or of what is done. Inlined, it would be there wherever it is called.
#[inline(never)]
fn tell(right: bool, mark: &'static str, words: &str) -> Html {
    let (class, icon) = if right {
        ("lesson-right", icons::CHECK)
    } else {
        ("lesson-wrong", icons::CLOSE)
    };
    html! { <p {class} key={words}>{ icons::icon(icon) }<b>{ mark }</b>{ " " }{ words.to_owned() }</p> }
}

/// What is said once a step is done, and of an answer; and that it is the reader's turn, unless they are told what they did.
fn said(walk: &LessonWalk, is_told: bool, lang: Lang) -> Html {
    let (step, state) = (walk.step(), walk.state());
    let text = lang.lessons_text();
    let answered = state.answers.last().map(|answer| verdict(step, state, *answer, lang));
    let given_up = walk
        .right_answer()
        .filter(|_| state.done && state.answers.last().is_some_and(|answer| !answer.right))
        .and_then(|right| right_answer(step, right, lang));
    let is_task = matches!(step.kind, StepKind::Task(_));
    let then = (state.done && !step.then.is_empty()).then(|| tell(true, "", step.then.get(lang.tag())));
    let turn = (is_task && !state.done && !is_told).then(|| html! { <p><b>{ text.your_turn }</b></p> });
    let done = (is_task && state.done && step.then.is_empty()).then(|| tell(true, text.done, ""));
    html! { <>{ answered }{ for given_up }{ then }{ turn }{ done }</> }
}

/// What an answer is worth, as soon as that is known.
fn verdict(step: &LessonStep, state: &StepState, answer: Answered, lang: Lang) -> Html {
    let text = lang.lessons_text();
    // Whoever had it shown has not been right.
    let is_shown = answer.right && state.shown;
    let mark = match answer.right {
        true if is_shown => text.answer,
        true => text.right,
        false => text.wrong,
    };
    match (&step.kind, &state.question) {
        (StepKind::Ask(_), _) if is_shown => right_answer(step, answer.choice, lang).unwrap_or_default(),
        (StepKind::Ask(choices), _) => {
            let because = choices[answer.choice].because.get(lang.tag());
            let again = if state.done { "" } else { text.answer_again };
            tell(answer.right, mark, format!("{because} {again}").trim_end())
        }
        (StepKind::Predict(_), Some(question)) if state.done => {
            let prediction = &question.prediction;
            let mistake = prediction
                .answers
                .get(answer.choice)
                .and_then(|(_, mistake)| mistake.as_ref());
            let outcome = lang.outcome_text(&prediction.outcome);
            let words = match mistake {
                Some(mistake) => format!("{outcome} {}", lang.mistake_text(mistake)),
                None => outcome,
            };
            tell(answer.right, mark, &words)
        }
        (StepKind::Predict(_), _) => html! { <p>{ lang.quiz_text().now_watch }</p> },
        _ => html! {},
    }
}

/// The right answer, and why it is right, once the reader has given the question up.
fn right_answer(step: &LessonStep, right: usize, lang: Lang) -> Option<Html> {
    let StepKind::Ask(choices) = &step.kind else {
        return None;
    };
    let [choice, because] = [&choices[right].text, &choices[right].because].map(|text| text.get(lang.tag()));
    let words = format!("“{}”. {because}", choice.trim_end_matches('.'));
    Some(tell(true, lang.lessons_text().answer, &words))
}

/// The answers that there are, each with whether it is right where that shows.
fn answers(step: &LessonStep, state: &StepState, lang: Lang, emit: &Callback<Intent>) -> Html {
    let answers: Vec<(String, Option<bool>)> = match (&step.kind, &state.question) {
        (StepKind::Ask(choices), _) => {
            let shown = |choice: &LessonChoice| (choice.text.get(lang.tag()).to_owned(), Some(choice.right));
            choices.iter().map(shown).collect()
        }
        (StepKind::Predict(_), Some(question)) => {
            let prediction = &question.prediction;
            let words = |guess| lang.answer_text(guess, prediction, question.message);
            let answers = prediction.answers.iter();
            answers
                .map(|(guess, mistake)| (words(*guess), state.done.then_some(mistake.is_none())))
                .collect()
        }
        _ => return html! {},
    };
    let is_closed = state.done || matches!(step.kind, StepKind::Predict(_)) && !state.answers.is_empty();
    // What the run has answered, or the reader has given up, shows whatever was chosen.
    let shows_right = state.done && (state.shown || matches!(step.kind, StepKind::Predict(_)));
    let is_short = answers.iter().all(|(words, _)| words.chars().count() <= SHORT);
    let has_number = !matches!(&state.question, Some(question) if question.prediction.answers.iter().any(|(guess, _)| guess.number().is_some()));
    let choice = |(place, (words, right)): (usize, (String, Option<bool>))| {
        let tried = state.answers.iter().any(|answer| answer.choice == place);
        let shown = right.filter(|right| tried || shows_right && *right);
        let class = shown.map(|right| if right { "lesson-right" } else { "lesson-wrong" });
        let onclick = emit.reform(move |_| Intent::Lesson(LessonAsked::Answer(place)));
        html! {
            <button type="button" class={classes!("small", class)} aria-pressed={tried.to_string()} aria-disabled={is_closed.then_some("true")} {onclick}>
                if let Some(right) = shown {
                    { icons::icon(if right { icons::CHECK } else { icons::CLOSE }) }
                }
                // Of what is a number by itself, that is the key.
                if has_number && !is_closed {
                    <kbd aria-hidden="true">{ place + 1 }</kbd>
                }
                { words }
            </button>
        }
    };
    html! {
        <div id={ANSWERS} tabindex="-1" class={classes!("lesson-answers", is_short.then_some("short"))} role="group" aria-label={lang.lessons_text().answers}>
            { for answers.into_iter().enumerate().map(choice) }
        </div>
    }
}

/// What may be asked of what has happened, once the step is done.
fn offers(walk: &LessonWalk, player: &Player, lang: Lang, emit: &Callback<Intent>) -> Html {
    let text = lang.lessons_text();
    let offers = walk.offers(player.history()).filter(|_| walk.is_done());
    let offers: Vec<_> = offers.collect();
    // What the run has answered can be asked about, also where the author has not thought of it.
    let has_why = offers.iter().any(|(offer, _)| matches!(offer, Offer::Why(_)));
    let settled = walk.state().question.as_ref().filter(|_| walk.is_done() && !has_why);
    let why = |event| button(text.why, "", emit, Intent::Why(Subject::Event(event)));
    let done = |event| match player.history().trace().get(event).map(|event| event.kind) {
        Some(EventKind::Action(action)) => lang.action(action),
        _ => String::new(),
    };
    html! {
        <>
            { for settled.map(|question| why(question.prediction.settled_by)) }
            { for offers.into_iter().map(|(offer, event)| match offer {
                Offer::Why(_) => why(event),
                Offer::WhatIf(_) => {
                    let undo = Intent::Branches(BranchChange::Undo(vec![event]));
                    primary(lang.what_if_not(&done(event)), false, emit, undo)
                }
            }) }
        </>
    }
}

/// What helps with a task, and what leads back where the run has gone elsewhere.
fn helps(outlook: StepOutlook, walk: &LessonWalk, player: &Player, lang: Lang, emit: &Callback<Intent>) -> Html {
    let text = lang.lessons_text();
    let has_strayed = !walk.strayed().is_empty() && (walk.goes_on_in_scene() || !walk.is_done());
    let again = |name: &str, is_first| primary(name.to_owned(), is_first, emit, Intent::Lesson(LessonAsked::Again));
    let StepKind::Task(task) = &walk.step().kind else {
        let can_return = walk.last_task().is_some() && (has_strayed || !outlook.comes);
        return html! {
            if can_return {
                { again(text.back_to_task, !outlook.comes) }
            } else if walk.can_predict_again() {
                { button(text.again, text.again_hint, emit, Intent::Lesson(LessonAsked::Again)) }
            }
        };
    };
    let is_wrong = outlook.word.is_some_and(|word| word.is_wrong()) || has_strayed && walk.is_done();
    // There is nothing to try again yet; on a phone the words have the room.
    let begins = walk.began().map_or(Micros::ZERO, |began| began.at + TASK_BEGINS_AFTER);
    let has_acted = player.history().actions().any(|(at, _)| at >= begins);
    let has_begun = has_acted || player.history().now() > begins;
    // Whoever has done the right thing has nothing to try again while time passes. Where the rest comes by itself there is nothing to be
    // shown either.
    let is_under_way = outlook.word.is_some() && player.playing();
    let comes = is_under_way && outlook.word == Some(TaskWord::Waits);
    html! {
        if !walk.is_done() {
            // Whoever went astray needs the room for what is said of that.
            if is_wrong {
                { again(text.start_again, true) }
            } else if walk.sought_rule(player.history()).is_some() {
                { find(text.find_rule, text.find_rule_hint, emit) }
            } else if walk.sought_dial(player.history()).is_some() {
                { find(text.find_dial, text.find_dial_hint, emit) }
            }
            if has_begun && !is_wrong && !is_under_way {
                { button(text.again, text.again_hint, emit, Intent::Lesson(LessonAsked::Again)) }
            }
            if !task.solution.is_empty() && !comes {
                { button(text.show_me, text.show_hint, emit, Intent::Lesson(LessonAsked::Show)) }
            }
        } else if is_wrong {
            { again(text.start_again, false) }
        } else {
            { button(text.again, text.again_hint, emit, Intent::Lesson(LessonAsked::Again)) }
        }
    }
}

/// A button that leads to a panel. While the run is presented there is no panel, and styles leave it out.
#[inline(never)]
fn find(name: &'static str, hint: &'static str, emit: &Callback<Intent>) -> Html {
    let onclick = emit.reform(|_| Intent::Lesson(LessonAsked::FindRule));
    html! { <button type="button" class="small lesson-find" title={hint} {onclick}>{ name }</button> }
}

/// A button that may be what is to be done next.
#[inline(never)]
fn primary(name: String, is_first: bool, emit: &Callback<Intent>, asked: Intent) -> Html {
    let onclick = emit.reform(move |_| asked.clone());
    html! { <button type="button" class={classes!("small", is_first.then_some("primary"))} {onclick}>{ name }</button> }
}

/// The one button that goes on: it lets time pass where the step waits for that, and then leads to the next step.
fn go_on(outlook: StepOutlook, walk: &LessonWalk, player: &Player, lang: Lang, emit: &Callback<Intent>) -> Html {
    let text = lang.lessons_text();
    let next = || Intent::Lesson(LessonAsked::Next);
    let toggle = || Intent::Play(Playback::Toggle);
    let (name, asked): (_, fn() -> Intent) = match (walk.is_done(), walk.waits(), player.playing()) {
        (true, ..) if walk.is_at_the_end() && outlook.is_own => {
            (text.finish_own, || Intent::Lesson(LessonAsked::Close))
        }
        (true, ..) if walk.is_at_the_end() => (text.finish, next),
        (true, ..) => (text.next, next),
        _ if walk.can_give_up() => (text.show_answer, next),
        // What was begun as it should be goes on where it was stopped.
        (_, _, false) if matches!(outlook.word, Some(TaskWord::Waits)) => (text.watch, toggle),
        // It would never end.
        (_, true, _) if !outlook.comes && !walk.is_at_the_end() => (text.go_on_anyway, next),
        (_, true, false) => (text.watch, toggle),
        (_, true, true) => (text.pause, toggle),
        // An answer, or a task, is done elsewhere.
        _ => return html! {},
    };
    let onclick = emit.reform(move |_| asked());
    html! { <button type="button" key="go-on" id={GO_ON} class={classes!("small", (outlook.comes && !walk.can_give_up()).then_some("primary"))} {onclick}>{ name }</button> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{BuiltinLesson, file};

    #[test]
    fn the_question_is_told_from_what_leads_to_it() {
        assert_eq!(question_apart("Will S5 win?"), ("", "Will S5 win?"));
        assert_eq!(question_apart("S2 is down. Who wins?"), ("S2 is down. ", "Who wins?"));
        assert_eq!(question_apart("É 1,5 s. É o bastante?"), ("É 1,5 s. ", "É o bastante?"));
        assert_eq!(question_apart("Who leads? Choose one."), ("", "Who leads? Choose one."));
        for lesson in BuiltinLesson::ALL.map(BuiltinLesson::lesson) {
            for (_, step) in lesson.steps().filter(|(_, step)| matches!(step.kind, StepKind::Ask(_))) {
                for tag in ["en", "pt-BR"] {
                    let (lead, question) = question_apart(step.text.get(tag));
                    assert!(question.ends_with('?') && !lead.ends_with('?'), "{lead}{question}");
                }
            }
        }
    }

    #[test]
    fn a_question_is_open_until_it_is_answered() {
        let lesson = "raft-lesson 1\ntitle A\nscene\n  seed 6\nask\n  text A?\n  wrong B\n    because C\n  right D\n    because E\nask predict next-timeout\n";
        let mut walk = LessonWalk::new(file::read(lesson).expect("a lesson"));
        let history = walk.scene().run.open().expect("a run");
        walk.begin(&history);
        walk.answer(0);
        assert!(is_asked(&walk), "a wrong answer leaves it open");
        walk.answer(1);
        assert!(!is_asked(&walk));
        walk.go_on();
        walk.begin(&history);
        assert!(is_asked(&walk));
        walk.answer(0);
        assert!(!is_asked(&walk), "the run answers it now");
    }
}
