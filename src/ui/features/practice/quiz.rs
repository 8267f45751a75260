//! *Quiz me*: a question about the run, an answer, and what then happens.

use yew::prelude::*;

use crate::{
    lesson::predict::{Guess, Prediction, PredictionKind, QuizTopic, next_moment},
    raft::Message,
    sim::{Action, History, Leadership, Micros},
    ui::{
        intent::{Intent, PracticeStep, Subject},
        kit::icons,
        run::player::Player,
        text::Lang,
    },
};

/// What has been asked.
#[derive(Default)]
pub struct Quiz {
    state: QuizState,
    /// What was asked about lately, the latest first.
    lately: Vec<QuizTopic>,
    answered: usize,
    right: usize,
}

#[derive(Default)]
enum QuizState {
    /// Nothing has been asked for.
    #[default]
    Idle,
    /// There was nothing worth asking about the run as it was.
    Nothing,
    /// A question is there.
    Asked(Box<AskedQuestion>),
}

/// A question that was asked.
struct AskedQuestion {
    prediction: Prediction,
    /// What the message says that it is about.
    message: Option<Message>,
    given: Option<Guess>,
    epoch: u64,
    deeds: usize,
}

impl AskedQuestion {
    /// Whether the run has become another one, or has gone on without an answer.
    fn is_void(&self, player: &Player) -> bool {
        let history = player.history();
        let is_other = player.epoch() != self.epoch || deeds(history) != self.deeds;
        is_other || self.given.is_none() && history.now() >= self.prediction.settled_at
    }

    fn is_settled(&self, history: &History) -> bool {
        self.given.is_some() && history.now() >= self.prediction.settled_at
    }
}

/// How much is done in the branch.
fn deeds(history: &History) -> usize {
    history.journal(history.current()).len()
}

impl Quiz {
    /// How far ahead is looked for something worth asking.
    const AHEAD: Micros = Micros::from_secs(1);
    /// So many topics are left alone after they were asked about.
    const SPARED: usize = 3;

    /// Asks about the run, at the next good moment of it.
    pub fn ask(&mut self, player: &mut Player) {
        let history = player.history();
        let moment = next_moment(history.world(), history.next_planned(), &self.lately, Self::AHEAD);
        let Some(moment) = moment else {
            self.state = QuizState::Nothing;
            return;
        };
        let prediction = moment.question;
        let message = prediction.message(&moment.world);
        player.seek(prediction.at);
        self.lately.insert(0, prediction.kind.topic());
        self.lately.truncate(Self::SPARED);
        self.state = QuizState::Asked(Box::new(AskedQuestion {
            prediction,
            message,
            given: None,
            epoch: player.epoch(),
            deeds: deeds(player.history()),
        }));
    }

    /// The question that waits for an answer.
    fn open(&mut self, player: &Player) -> Option<&mut AskedQuestion> {
        match &mut self.state {
            QuizState::Asked(asked) if asked.given.is_none() && !asked.is_void(player) => Some(asked),
            _ => None,
        }
    }

    /// Whether a server may be the answer, as far as can be told without the run.
    #[must_use]
    pub fn may_want_server(&self) -> bool {
        matches!(&self.state, QuizState::Asked(asked) if asked.given.is_none())
    }

    /// Takes an answer, and lets what happens happen. Answers what has to be done first, as the question says; `None` if the
    /// answer is none to what is asked.
    pub fn answer(&mut self, guess: Guess, player: &Player) -> Option<Option<Action>> {
        let asked = self.open(player)?;
        let is_right = asked.prediction.judge(guess)?.is_none();
        asked.given = Some(guess);
        let given = asked.prediction.given;
        self.answered += 1;
        self.right += usize::from(is_right);
        Some(given)
    }

    /// What was to be done first is done: it plays until the question is settled.
    pub fn plays(&mut self, player: &mut Player) {
        if let QuizState::Asked(asked) = &mut self.state {
            (asked.epoch, asked.deeds) = (player.epoch(), deeds(player.history()));
            player.play_until(asked.prediction.settled_at);
        }
    }
}

/// The card.
pub(super) fn view_quiz(quiz: &Quiz, player: &Player, lang: Lang, emit: &Callback<Intent>) -> Html {
    let text = lang.quiz_text();
    let ask = emit.reform(|_: MouseEvent| Intent::Practise(PracticeStep::Ask));
    let ask =
        |words: &'static str| html! { <button type="button" class="small primary" onclick={&ask}>{ words }</button> };
    let score = html! {
        if quiz.answered > 0 {
            <span class="fine">{ lang.quiz_score(quiz.right, quiz.answered) }</span>
        }
    };
    let body = match &quiz.state {
        QuizState::Idle => html! { <><p>{ text.intro }</p>{ ask(text.quiz_me) }</> },
        QuizState::Nothing => html! {
            <>
                <p role="status">{ text.nothing }</p>
                <div class="quiz-next">{ ask(text.quiz_me) }{ view_crash(player, lang, emit) }{ score }</div>
            </>
        },
        QuizState::Asked(asked) if asked.is_void(player) => {
            html! { <><p role="status">{ text.over }</p>{ ask(text.quiz_me) }</> }
        }
        QuizState::Asked(asked) => view_question(asked, player, lang, emit, ask(text.next), score),
    };
    html! {
        <section class="quiz" aria-labelledby="quiz-heading">
            <h2 id="quiz-heading">{ text.heading }</h2>
            { body }
        </section>
    }
}

/// Crashes who leads, which is always worth a question, and asks it.
fn view_crash(player: &Player, lang: Lang, emit: &Callback<Intent>) -> Html {
    let leaders = Leadership::of(player.history().world()).leaders();
    let Some(leader) = leaders.iter().next() else {
        return html! {};
    };
    let emit = emit.clone();
    let onclick = move |_: MouseEvent| {
        emit.emit(Intent::act(Action::kill(leader)));
        emit.emit(Intent::Practise(PracticeStep::Ask));
    };
    html! { <button type="button" class="small" {onclick}>{ lang.crash_and_ask(leader) }</button> }
}

fn view_question(
    asked: &AskedQuestion,
    player: &Player,
    lang: Lang,
    emit: &Callback<Intent>,
    next: Html,
    score: Html,
) -> Html {
    let text = lang.quiz_text();
    let prediction = &asked.prediction;
    let settled = asked.is_settled(player.history());
    let wants_server = matches!(
        prediction.kind,
        PredictionKind::NextTimeout | PredictionKind::NextLeader
    );
    let hint = wants_server && asked.given.is_none();
    html! {
        <>
            <p class={classes!("quiz-question", asked.given.is_none().then_some("unanswered"))}>{ lang.question_text(prediction, asked.message) }</p>
            <div class="quiz-answers" role="group" aria-label={text.answers}>
                { for prediction.answers.iter().map(|(answer, _)| view_answer(asked, *answer, settled, lang, emit)) }
            </div>
            if hint {
                <p class="fine">{ text.press_server }</p>
            }
            <div role="status">
                if settled {
                    { view_verdict(asked, lang) }
                } else if asked.given.is_some() {
                    <p>{ text.now_watch }</p>
                }
            </div>
            if settled {
                <div class="quiz-next">
                    { next }
                    <button type="button" class="small" onclick={why(prediction, emit)}>{ lang.why_text().title }</button>
                    { score }
                </div>
            }
        </>
    }
}

fn why(prediction: &Prediction, emit: &Callback<Intent>) -> Callback<MouseEvent> {
    let event = prediction.settled_by;
    emit.reform(move |_| Intent::Why(Subject::Event(event)))
}

fn view_answer(asked: &AskedQuestion, answer: Guess, settled: bool, lang: Lang, emit: &Callback<Intent>) -> Html {
    let is_given = asked.given == Some(answer);
    let is_right = settled && asked.prediction.right() == Some(answer);
    let marks = [is_given.then_some("given"), is_right.then_some("right")];
    let marks: Classes = marks.into_iter().flatten().collect();
    let onclick = emit.reform(move |_: MouseEvent| Intent::Practise(PracticeStep::Answer(answer)));
    let closed = asked.given.is_some();
    html! {
        <button type="button" class={classes!("small", "quiz-answer", marks)} aria-disabled={closed.then_some("true")}
            aria-pressed={is_given.then_some("true")} {onclick}>
            if is_right {
                { icons::icon(icons::CHECK) }
            }
            { lang.answer_text(answer, &asked.prediction, asked.message) }
        </button>
    }
}

fn view_verdict(asked: &AskedQuestion, lang: Lang) -> Html {
    let text = lang.quiz_text();
    let judged = asked.given.and_then(|given| asked.prediction.judge(given));
    let mistake = judged.flatten();
    html! {
        <>
            <p>
                <strong>{ if mistake.is_none() { text.right } else { text.wrong } }</strong>
                { " " }{ lang.outcome_text(&asked.prediction.outcome) }
            </p>
            if let Some(mistake) = mistake {
                <p>{ lang.mistake_text(mistake) }</p>
            }
        </>
    }
}
