//! The questions of a lesson on paper: each student's copy has its own run.
//!
//! What a lesson asks in its own words is about that lesson's run, so it is the same for all; only the order of its answers is each
//! copy's own. What it asks of the run (`ask predict`) is asked of another run on each copy: a cluster of the same size with the copy's seed,
//! at the first good moment. Where a lesson asks little of its run, more is asked, so that neighbours have something to work out by themselves.
//!
//! What is promised: a copy is a function of the lesson and its seed; and each of its questions about a run is one of
//! [`super::predict`], so the answer that is marked is what happens in that run.

use super::{
    Lesson, LessonChoice, LessonText, RunQuestion, StepKind,
    predict::{Prediction, QuizTopic, is_election_near},
};
use crate::{
    raft::{Message, Timer},
    scenario::{Run, Scenario},
    sim::{Micros, Range, World},
    splitmix::{GOLDEN_GAMMA, mix},
};

/// A copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worksheet {
    /// The seed that makes it.
    pub seed: u64,
    /// What the lesson asks in its own words.
    pub written: Vec<WrittenQuestion>,
    /// What is asked of the copy's own run, in the order of time.
    pub predicted: Vec<SheetPrediction>,
}

/// A question in the lesson's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenQuestion {
    /// What was said before it in the same scene, which it may refer to; may be empty.
    pub before: LessonText,
    /// The question.
    pub text: LessonText,
    /// Its answers, in this copy's order.
    pub choices: Vec<LessonChoice>,
}

/// A question about the copy's own run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetPrediction {
    /// The question.
    pub question: RunQuestion,
    /// The run at that instant: what there is to work it out from, and for whoever wants to see what happens.
    pub run: Run,
}

/// Questions about the run that a copy has at least, if the run has as many.
const LEAST: usize = 3;

/// How far into a run is looked, in virtual time.
const WITHIN: Micros = Micros::from_secs(2);

/// Election timeouts of the copies' runs.
pub const TIMEOUTS: Range = Range {
    min: Micros::from_millis(150),
    max: Micros::from_millis(200),
};

/// What is asked where a lesson asks too little of its run.
const MORE: [QuizTopic; 4] = [
    QuizTopic::NextTimeout,
    QuizTopic::VoteCount,
    QuizTopic::NextLeader,
    QuizTopic::Vote,
];

impl Worksheet {
    /// The copy with this seed.
    #[must_use]
    pub fn of(lesson: &Lesson, seed: u64) -> Self {
        let scenario = scenario(lesson, seed);
        let asked = topics(lesson);
        let mut predicted: Vec<_> = asked.iter().filter_map(|topic| ask_of_run(&scenario, *topic)).collect();
        let more = MORE.into_iter().filter(|topic| !asked.contains(topic));
        let wanted = LEAST.saturating_sub(predicted.len());
        predicted.extend(more.filter_map(|topic| ask_of_run(&scenario, topic)).take(wanted));
        predicted.sort_by_key(|asked| asked.question.prediction.at);
        Self {
            seed,
            written: written(lesson, seed),
            predicted,
        }
    }

    /// Whether there is nothing to ask.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.written.is_empty() && self.predicted.is_empty()
    }
}

/// The questions in the lesson's own words.
fn written(lesson: &Lesson, seed: u64) -> Vec<WrittenQuestion> {
    let mut questions = Vec::new();
    for scene in &lesson.scenes {
        let mut before = LessonText::default();
        for step in &scene.steps {
            if let StepKind::Ask(choices) = &step.kind {
                let number = questions.len() as u64;
                questions.push(WrittenQuestion {
                    before: before.clone(),
                    text: step.text.clone(),
                    choices: shuffled(choices, mix(seed.wrapping_add((number + 1).wrapping_mul(GOLDEN_GAMMA)))),
                });
            }
            before = match &step.kind {
                StepKind::Say => step.text.clone(),
                _ => step.then.clone(),
            };
        }
    }
    questions
}

/// In an order that a number stands for.
fn shuffled(choices: &[LessonChoice], mut number: u64) -> Vec<LessonChoice> {
    let mut rest = choices.to_vec();
    let mut order = Vec::new();
    while !rest.is_empty() {
        let count = rest.len() as u64;
        let place = usize::try_from(number % count).unwrap_or(0);
        number = mix(number.wrapping_add(GOLDEN_GAMMA));
        order.push(rest.remove(place));
    }
    order
}

/// What the lesson asks of its run.
fn topics(lesson: &Lesson) -> Vec<QuizTopic> {
    let asked = lesson.steps().filter_map(|(_, step)| match step.kind {
        StepKind::Predict(wish) => Some(wish.topic),
        _ => None,
    });
    let mut topics = Vec::new();
    for topic in asked {
        if !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    topics
}

/// As many servers as in the lesson's first scene, by the paper, with nothing planned. Their timeouts are closer together than in the
/// paper, so that elections are contested and there is something to work out.
fn scenario(lesson: &Lesson, seed: u64) -> Scenario {
    let mut sizes = lesson.scenes.iter().map(|scene| scene.run.recording.config.size);
    let size = sizes.find(|size| *size > 2).unwrap_or(5);
    let mut scenario = Scenario::free(size, seed);
    scenario.config.timing.election_timeout = TIMEOUTS;
    scenario
}

/// A question about a run at the first moment at which it is worth asking; else at the first at which it can be asked at all.
fn ask_of_run(scenario: &Scenario, topic: QuizTopic) -> Option<SheetPrediction> {
    let mut history = scenario.start();
    let mut first = None;
    loop {
        let is_near = is_election_near(history.world()) && !has_tie(history.world());
        let question = is_near.then(|| RunQuestion::of(&history, &topic.into())).flatten();
        let is_good = question
            .as_ref()
            .is_some_and(|asked| asked.prediction.is_worth_asking());
        let question = question.filter(|asked| is_good || first.is_none() && can_be_told(&asked.prediction));
        if let Some(question) = question {
            first = Some(SheetPrediction {
                question,
                run: Run::of(scenario, &history),
            });
        }
        match history.next_instant().filter(|at| *at <= WITHIN && !is_good) {
            Some(at) => history.seek(at),
            None => return first,
        }
    }
}

/// Whether two requests for votes reach a server in the same millisecond, or one as its timer expires: which comes first can't be
/// read off the paper.
fn has_tie(world: &World) -> bool {
    let requests = world
        .in_flight()
        .filter(|flight| matches!(flight.message, Message::RequestVote { .. }));
    let arrivals = requests.map(|flight| (flight.to(), flight.due_at.as_millis()));
    let expiries = world.servers().filter_map(|(id, server)| {
        let timer = server.timer(Timer::Election)?;
        Some((id, timer.fires_at.as_millis()))
    });
    let due: Vec<_> = arrivals.chain(expiries).collect();
    due.iter().enumerate().any(|(place, one)| due[..place].contains(one))
}

/// Whether there is something to choose from.
fn can_be_told(prediction: &Prediction) -> bool {
    prediction.answers.len() > 1 && prediction.settled_at > prediction.at
}
