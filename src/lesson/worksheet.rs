//! The questions of a lesson on paper: each student's copy has its own run.
//!
//! What a lesson asks in its own words is about that lesson's run, so it is the same for all; only the order of its answers is each
//! copy's own. It comes with how the servers stand. Where a later question shows what the answer to an earlier one is, because
//! it is about the same run, it is in a later part, to be handed out once the one before is answered.
//!
//! What it asks of the run (`ask predict`) is asked of another run on each copy, and for each question of another one, so that none answers
//! another: a cluster of the same size, whose seed comes from the copy's, at the first good moment. Where a built-in lesson asks little of its run, more is asked, so that neighbours have something to work out by themselves.
//!
//! What is promised: a copy is a function of the lesson and its seed; and each of its questions about a run is one of
//! [`super::predict`], so the answer that is marked is what happens in that run.

use super::{
    LANGUAGES, Lesson, LessonChoice, LessonText, LessonWalk, RunQuestion, StepKind,
    predict::{Prediction, QuizTopic, is_election_near},
};
use crate::{
    raft::{Decision, Message, NodeId, NodeSet, Role, Term, Timer},
    scenario::{Run, Scenario},
    short_sort::sorted_by_key,
    sim::{Action, Config, EventKind, History, Micros, Process, Range, Server, World},
    splitmix::{GOLDEN_GAMMA, mix},
};

/// A copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worksheet {
    /// The seed that makes it.
    pub seed: u64,
    /// What the lesson asks in its own words.
    pub written: Vec<WrittenQuestion>,
    /// What is asked of the copy's own runs.
    pub predicted: Vec<SheetPrediction>,
}

/// A question in the lesson's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenQuestion {
    /// In which part of the sheet it is, counted from 0: what is asked in an earlier part is answered by what is said in it.
    pub part: usize,
    /// Whose run it is about: which scene of the lesson, counted from 0.
    pub run: usize,
    /// What was said before it in the same scene, which it may refer to; may be empty.
    pub before: LessonText,
    /// How the servers stand; unknown if the lesson can't be played up to it.
    pub scene: Option<SheetScene>,
    /// The question.
    pub text: LessonText,
    /// Its answers, in this copy's order.
    pub choices: Vec<LessonChoice>,
}

/// How the servers of a lesson's run stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetScene {
    /// When.
    pub at: Micros,
    /// Those that stand alike, together.
    pub servers: Vec<(NodeSet, SheetServer)>,
    /// What was done to them, and when.
    pub deeds: Vec<(Micros, Action)>,
    /// By which rules they run, with which timers and network.
    pub config: Config,
}

/// How a server stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetServer {
    /// Its role; none if it does not run.
    pub role: Option<Role>,
    /// Its term.
    pub term: Term,
    /// Whom a follower voted for in this term.
    pub voted_for: Option<NodeId>,
}

/// A question about a run of the copy's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetPrediction {
    /// The question.
    pub question: RunQuestion,
    /// The run at that instant: what there is to work it out from, and for whoever wants to see what happens.
    pub run: Run,
}

/// Questions about runs that a copy of a built-in lesson has at least, if its runs have as many.
pub const LEAST: usize = 3;

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

/// So far apart are the seeds of a copy's runs: further than those of any copies that are printed together.
const BETWEEN_SEEDS: u64 = 1000;

/// So far apart are the seeds of two lessons' runs, and in so many places they may begin.
const BETWEEN_LESSONS: (u64, u64) = (100 * BETWEEN_SEEDS, 1000);

impl Worksheet {
    /// The copy of a built-in lesson with this seed.
    #[must_use]
    pub fn of(lesson: &Lesson, seed: u64) -> Self {
        Self::made(lesson, &written(lesson), LEAST, seed)
    }

    /// Copies with these seeds, and at least so many questions about runs of their own: with 0, only those that the lesson asks.
    #[must_use]
    pub fn copies(lesson: &Lesson, least: usize, seeds: impl Iterator<Item = u64>) -> Vec<Self> {
        let written = written(lesson);
        seeds.map(|seed| Self::made(lesson, &written, least, seed)).collect()
    }

    fn made(lesson: &Lesson, written: &[WrittenQuestion], least: usize, seed: u64) -> Self {
        let asked = topics(lesson);
        let first = first_seed(lesson).wrapping_add(seed);
        let more = MORE.into_iter().filter(|topic| !asked.contains(topic));
        let mut predicted = Vec::new();
        for (place, topic) in asked.iter().copied().chain(more).enumerate() {
            if place >= asked.len() && predicted.len() >= least {
                break;
            }
            let seed = first.wrapping_add(BETWEEN_SEEDS * predicted.len() as u64);
            predicted.extend(ask_of_run(&scenario(lesson, seed), topic));
        }
        let shuffled = (1..).zip(written).map(|(number, question)| WrittenQuestion {
            choices: shuffled(
                &question.choices,
                mix(seed.wrapping_add(GOLDEN_GAMMA.wrapping_mul(number))),
            ),
            ..question.clone()
        });
        Self {
            seed,
            written: shuffled.collect(),
            predicted,
        }
    }

    /// Whether there is nothing to ask.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.written.is_empty() && self.predicted.is_empty()
    }

    /// The written questions of a part, counted from 0, each with its place among all.
    pub fn part(&self, part: usize) -> impl Iterator<Item = (usize, &WrittenQuestion)> {
        let all = self.written.iter().enumerate();
        all.filter(move |(_, question)| question.part == part)
    }

    /// How many parts there are.
    #[must_use]
    pub fn parts(&self) -> usize {
        let parts = self.written.iter().map(|question| question.part + 1);
        parts.max().unwrap_or(1)
    }
}

/// Where the seeds of a lesson's runs begin: whoever takes the same number for each lesson has other runs in each.
fn first_seed(lesson: &Lesson) -> u64 {
    let name = if lesson.name.is_empty() {
        lesson.title.get(LANGUAGES[0])
    } else {
        &lesson.name
    };
    let (apart, places) = BETWEEN_LESSONS;
    let hash = name.bytes().fold(0, |hash, byte| mix(hash ^ u64::from(byte)));
    hash % places * apart
}

/// The questions in the lesson's own words, by parts, with the answers as the lesson has them.
fn written(lesson: &Lesson) -> Vec<WrittenQuestion> {
    let mut walk = LessonWalk::new(lesson.clone());
    let mut questions: Vec<WrittenQuestion> = Vec::new();
    // Whose runs they are about.
    let mut seeds: Vec<u64> = Vec::new();
    let mut history = walk.open_run();
    let mut before = LessonText::default();
    loop {
        if let Some(history) = &history {
            walk.begin(history);
        }
        let step = walk.step();
        if let StepKind::Ask(choices) = &step.kind {
            let seed = walk.scene().run.recording.seed;
            questions.push(WrittenQuestion {
                part: seeds.iter().filter(|earlier| **earlier == seed).count(),
                run: walk.scene_index(),
                before: before.clone(),
                scene: history.as_ref().map(SheetScene::of),
                text: step.text.clone(),
                choices: choices.clone(),
            });
            seeds.push(seed);
        }
        before = match &step.kind {
            StepKind::Say => step.text.clone(),
            _ => step.then.clone(),
        };
        // From a step on that can't be brought about, nobody knows how the servers stand.
        history = history
            .take()
            .and_then(|mut history| walk.bring_about(&mut history).then_some(history));
        match walk.pass() {
            None => break,
            Some(true) => {
                history = walk.open_run();
                before = LessonText::default();
            }
            Some(false) => {}
        }
    }
    sorted_by_key(questions, |question| question.part)
}

impl SheetScene {
    fn of(history: &History) -> Self {
        let mut servers: Vec<(NodeSet, SheetServer)> = Vec::new();
        for (id, server) in history.world().servers() {
            let stands = SheetServer::of(server);
            match servers.iter_mut().find(|(_, other)| *other == stands) {
                Some((alike, _)) => {
                    alike.insert(id);
                }
                None => servers.push((NodeSet::only(id), stands)),
            }
        }
        let now = history.now();
        let deeds = history.journal(history.current()).iter();
        Self {
            at: now,
            servers,
            deeds: deeds
                .filter(|entry| entry.at <= now)
                .map(|entry| (entry.at, entry.action))
                .collect(),
            config: *history.world().config(),
        }
    }
}

impl SheetServer {
    fn of(server: &Server) -> Self {
        let node = server.node();
        let role = (server.process() != Process::Down).then(|| node.role());
        Self {
            role,
            term: node.term(),
            voted_for: node.voted_for().filter(|_| role == Some(Role::Follower)),
        }
    }
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
        let question = question
            .filter(|asked| is_good || first.is_none() && can_be_told(&asked.prediction))
            .filter(|asked| can_be_read(&history, &asked.prediction));
        let is_good = is_good && question.is_some();
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

/// Whether what is printed is enough to work the answer out: not if the requests of somebody who stands only later could come before
/// those that are printed, or before another timer expires.
fn can_be_read(history: &History, prediction: &Prediction) -> bool {
    let world = history.world();
    let is_asked = |message: &Message| matches!(message, Message::RequestVote { .. });
    if prediction.kind.topic() == QuizTopic::NextTimeout {
        return true;
    }
    if !world.in_flight().any(|flight| is_asked(&flight.message)) {
        return !has_close_race(world);
    }
    let mut later = history.clone();
    later.seek(prediction.settled_at);
    let mut events = later.trace().range(world.next_event(), later.trace().end());
    events.all(|event| !matches!(event.kind, EventKind::Decided(Decision::ElectionStarted { .. })))
}

/// Whether the second timer may expire before the requests of the first server have reached everybody.
fn has_close_race(world: &World) -> bool {
    let timers = world
        .servers()
        .filter_map(|(_, server)| Some(server.timer(Timer::Election)?.fires_at));
    let [mut first, mut second] = [Micros(u64::MAX); 2];
    for at in timers {
        second = second.min(at.max(first));
        first = first.min(at);
    }
    second - first <= world.config().network.delay.max
}

/// Whether there is something to choose from.
fn can_be_told(prediction: &Prediction) -> bool {
    prediction.answers.len() > 1 && prediction.settled_at > prediction.at
}
