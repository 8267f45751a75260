//! What is tried in the laboratory, what is shown of it, and what has come of it so far.

use js_sys::{Date, Uint32Array};
use wasm_bindgen::{JsCast, JsValue};
use yew::prelude::*;

use super::{
    RingSettings,
    line::{LineName, PlotLine, Series},
    plot::PlotForm,
    talk::Share,
};
use crate::{
    lab::{
        Experiment, InitialLogs, LabPlan, Opening, PaperHalf, PaperLine, Quantity, TrialEnding, Variation, file, link,
    },
    raft::Rule,
    scenario::{
        file as run_file,
        link::{self as run_link, LinkError},
    },
    sim::Action,
    ui::{
        intent::{Beginning, Intent, LabAsked, LabSource},
        kit::{
            desk::{DeskHandle, PanelDesk},
            worker::RunningWorker,
        },
        text::Lang,
    },
};

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabSubject {
    /// A half of Figure 16.
    Figure(PaperHalf),
    /// The reader's own cluster.
    Own,
}

impl LabSubject {
    /// All of them.
    pub const ALL: [Self; 3] = [
        Self::Figure(PaperHalf::Randomness),
        Self::Figure(PaperHalf::Timeout),
        Self::Own,
    ];

    /// What the page's address calls a half of Figure 16.
    pub const fn slug(self) -> Option<&'static str> {
        match self {
            Self::Figure(PaperHalf::Randomness) => Some("figure-16-randomness"),
            Self::Figure(PaperHalf::Timeout) => Some("figure-16-timeouts"),
            Self::Own => None,
        }
    }
}

/// What happens in the laboratory.
pub enum DeskMsg {
    /// Something else is to be tried; the cluster on screen is this one.
    Subject(LabSubject, RingSettings),
    /// The reader's own experiment is this one.
    Plan(LabPlan),
    /// It is that of the cluster on screen again.
    Take(RingSettings),
    /// Its trials begin as the run of this file.
    Begin(String),
    /// Something else is measured.
    Measure(Quantity),
    /// It is shown otherwise.
    Form(PlotForm),
    /// The trials run.
    Run,
    /// They run with pre-vote and without.
    WithAndWithout(Rule),
    /// They run, and go on to their limit whoever leads meanwhile.
    GoOn,
    /// They stop.
    Cancel,
    /// One of the workers says something.
    Said(usize, JsValue),
    /// A worker has stopped.
    Failed,
}

/// How far the trials are.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum TrialProgress {
    /// They have not begun.
    #[default]
    Idle,
    /// So many have run.
    Runs(u32),
    /// The reader has stopped them.
    Cancelled,
    /// All have run, in so many ms.
    Done(f64),
    /// They could not run.
    Failed,
}

/// What is tried in the laboratory, what is shown of it, and what has come of it so far.
pub struct LabDesk {
    /// What is tried.
    pub subject: LabSubject,
    /// The reader's own experiment.
    pub plan: LabPlan,
    /// Whether it is more than the settings of a cluster that was on screen.
    is_own: bool,
    /// What is measured.
    pub quantity: Quantity,
    /// How it is shown.
    pub form: PlotForm,
    /// What was varied in the lines.
    pub varied: Option<Variation>,
    /// The lines.
    pub lines: Vec<PlotLine>,
    /// How far the trials are.
    pub progress: TrialProgress,
    /// Counts what has changed in the plot.
    pub revision: u64,
    workers: Vec<TrialWorker>,
    began: f64,
    emit: Callback<Intent>,
}

/// The button that lets the trials run, in the document. While they run, it keeps the focus.
pub const RUN: &str = "lab-run";

/// Trials at most, in all lines: some dozens of megabytes.
const MOST_TRIALS: u64 = 2_000_000;

/// Workers at most, however many cores there are: each loads its own copy of the program.
const MOST_WORKERS: u8 = 8;

/// A worker, and how far it is.
struct TrialWorker {
    worker: RunningWorker,
    /// Of the series of all lines, the one whose share it runs.
    series: usize,
}

impl LabDesk {
    /// An empty one. It asks the page by `emit`.
    pub fn new(emit: Callback<Intent>) -> Self {
        let experiment = Experiment {
            logs: InitialLogs::AsGiven,
            ..Experiment::paper()
        };
        Self {
            subject: LabSubject::Figure(PaperHalf::Randomness),
            plan: experiment.into(),
            is_own: false,
            quantity: Quantity::WithoutLeader,
            form: PlotForm::Cumulative,
            varied: None,
            lines: Vec::new(),
            progress: TrialProgress::Idle,
            revision: 0,
            workers: Vec::new(),
            began: 0.0,
            emit,
        }
    }

    /// All trials that are to run, or `None` if that can't be.
    pub fn trials(&self) -> Option<u64> {
        let all = match self.subject {
            LabSubject::Figure(half) => half.lines().iter().map(|line| u64::from(line.trials)).sum(),
            LabSubject::Own => {
                let experiments = self.plan.experiments().ok()?;
                experiments.iter().map(|experiment| u64::from(experiment.trials)).sum()
            }
        };
        (all <= MOST_TRIALS).then_some(all)
    }

    /// Whether the reader's own experiment has other settings than the cluster on screen.
    pub fn differs_from(&self, ring: &RingSettings) -> bool {
        let experiment = &self.plan.experiment;
        experiment.config != ring.cluster
            || !experiment
                .script
                .iter()
                .map(|(_, action)| *action)
                .eq(Action::giving(&ring.own))
    }

    /// Whether each trial begins as a run.
    pub fn begins_with_script(&self) -> bool {
        self.plan.experiment.opening == Opening::Script
    }

    /// Whether the trials run.
    pub const fn runs(&self) -> bool {
        matches!(self.progress, TrialProgress::Runs(_))
    }

    /// The line whose trials run.
    pub fn running_line(&self) -> Option<&PlotLine> {
        self.lines.iter().find(|line| !line.series.iter().all(Series::is_done))
    }

    /// A link to what is tried: a part of the address from `?` or `#` on.
    pub fn link(&self) -> String {
        match self.subject.slug() {
            Some(slug) => format!("?lab={slug}"),
            None => format!("#{}", link::encode(&self.plan)),
        }
    }

    fn take(&mut self, ring: &RingSettings) {
        let experiment = &mut self.plan.experiment;
        experiment.config = ring.cluster;
        experiment.own(&ring.own);
        if experiment.opening == Opening::Script {
            experiment.opening = Opening::LeaderCrash;
        }
        self.plan.experiment.logs = InitialLogs::AsGiven;
        self.is_own = false;
        self.forget();
    }

    fn begin_as(&mut self, run: &str) {
        // The page has written it.
        if let Ok(run) = run_file::read(run) {
            self.plan.experiment = self.plan.experiment.clone().after(&run);
            (self.subject, self.is_own) = (LabSubject::Own, true);
            self.forget();
        }
    }

    /// What has come of something else is no longer shown.
    fn forget(&mut self) {
        self.workers.clear();
        self.lines.clear();
        self.progress = TrialProgress::Idle;
        self.revision += 1;
    }

    fn choose(&mut self, subject: LabSubject, ring: &RingSettings) {
        self.subject = subject;
        self.forget();
        if subject == LabSubject::Own && !self.is_own {
            self.take(ring);
        }
    }

    fn open(&mut self, plan: LabPlan) {
        self.subject = LabSubject::Own;
        self.is_own = true;
        self.plan = plan;
    }

    fn begin(&mut self, desk: &LabHandle) {
        self.forget();
        if self.trials().is_none() {
            return;
        }
        self.varied = self.plan.vary.filter(|_| self.subject == LabSubject::Own);
        self.lines = match self.subject {
            LabSubject::Figure(half) => half.lines().iter().map(of_paper).collect(),
            LabSubject::Own => of_plan(&self.plan),
        };
        self.began = Date::now();
        // Their shares depend on how many have started.
        let start = |index| desk.start_worker("laboratory", move |said| DeskMsg::Said(index, said), || DeskMsg::Failed);
        let started = (0..worker_count()).map_while(|index| start(index.into()).ok());
        self.workers = started.map(|worker| TrialWorker { worker, series: 0 }).collect();
        self.progress = if self.workers.is_empty() {
            TrialProgress::Failed
        } else {
            TrialProgress::Runs(0)
        };
    }

    /// One of the series of all lines.
    fn series(&mut self, index: usize) -> Option<&mut Series> {
        self.lines.iter_mut().flat_map(|line| &mut line.series).nth(index)
    }

    /// Which trials of each series a worker runs.
    fn share(&self, index: usize) -> Share {
        let number = |count| u32::try_from(count).unwrap_or(0);
        Share {
            first: number(index),
            of: number(self.workers.len()),
        }
    }

    fn hear(&mut self, index: usize, said: JsValue) {
        match said.dyn_into::<Uint32Array>() {
            Ok(part) => self.note(index, &part.to_vec()),
            Err(_) => self.ask(index),
        }
    }

    /// Asks a worker for its share of the next series in which there is one for it.
    fn ask(&mut self, index: usize) {
        let share = self.share(index);
        while let Some(at) = self.workers.get(index).map(|worker| worker.series) {
            let Some(series) = self.series(at) else { break };
            if share.trials(series.experiment.trials).len() > 0 {
                let text = share.ask(&series.experiment);
                self.workers[index].worker.tell(&text);
                return;
            }
            self.workers[index].series += 1;
        }
        if self.running_line().is_none() {
            self.workers.clear();
            self.progress = TrialProgress::Done(Date::now() - self.began);
        }
    }

    fn note(&mut self, index: usize, part: &[u32]) {
        let (quantity, share) = (self.quantity, self.share(index));
        let Some(at) = self.workers.get(index).map(|worker| worker.series) else {
            return;
        };
        let Some(series) = self.series(at) else { return };
        let (more, was_last) = series.note(share, part);
        let is_done = series.is_done();
        series.measure(quantity);
        if let TrialProgress::Runs(done) = &mut self.progress {
            *done += u32::try_from(more).unwrap_or(0);
        }
        if is_done {
            self.revision += 1;
        }
        if was_last {
            self.workers[index].series += 1;
            self.ask(index);
        }
    }

    fn cancel(&mut self) {
        self.workers.clear();
        self.progress = TrialProgress::Cancelled;
        self.lines.retain(|line| line.series.iter().all(Series::is_done));
        self.revision += 1;
    }

    fn measure(&mut self, quantity: Quantity) {
        self.quantity = quantity;
        for series in self.lines.iter_mut().flat_map(|line| &mut line.series) {
            series.measure(quantity);
        }
        self.revision += 1;
    }
}

impl PanelDesk for LabDesk {
    type Message = DeskMsg;

    fn handle(&mut self, message: DeskMsg, desk: &LabHandle) {
        match message {
            DeskMsg::Subject(subject, ring) => self.choose(subject, &ring),
            DeskMsg::Plan(plan) => {
                self.plan = plan;
                self.is_own = true;
                self.forget();
            }
            DeskMsg::Take(ring) => self.take(&ring),
            DeskMsg::Begin(run) => self.begin_as(&run),
            DeskMsg::Measure(quantity) => self.measure(quantity),
            DeskMsg::Form(form) => {
                self.form = form;
                self.revision += 1;
            }
            // The buttons say that they have no effect while they run.
            DeskMsg::Run | DeskMsg::WithAndWithout(_) | DeskMsg::GoOn if self.runs() => {}
            DeskMsg::Run => self.begin(desk),
            DeskMsg::WithAndWithout(rule) => {
                self.plan.compare = Some(rule);
                self.begin(desk);
            }
            DeskMsg::GoOn => {
                self.plan.experiment.ending = TrialEnding::AtLimit;
                self.is_own = true;
                self.begin(desk);
            }
            DeskMsg::Cancel => self.cancel(),
            DeskMsg::Said(index, said) => self.hear(index, said),
            DeskMsg::Failed => {
                self.workers.clear();
                self.progress = TrialProgress::Failed;
            }
        }
    }
}

/// How many workers run the trials: one for each core that the browser lets the page use.
fn worker_count() -> u8 {
    let cores = gloo::utils::window().navigator().hardware_concurrency();
    (1..=MOST_WORKERS)
        .rfind(|count| f64::from(*count) <= cores)
        .unwrap_or(1)
}

fn of_paper(line: &PaperLine) -> PlotLine {
    let (min, max) = line.millis;
    PlotLine {
        name: LineName::Timeouts(min, max),
        published: line.published,
        series: vec![Series::new(line.experiment(PaperLine::DELAY), 0)],
    }
}

fn of_plan(plan: &LabPlan) -> Vec<PlotLine> {
    let compared = plan.compared().unwrap_or_default();
    let line = |experiment: Experiment| {
        let rules = experiment.config.rules;
        let series = match plan.vary {
            None => vec![Series::new(experiment, 0)],
            Some(vary) => {
                let experiments = vary.sweep(&experiment).experiments().unwrap_or_default();
                let each = experiments.into_iter().zip(vary.values());
                each.map(|(experiment, value)| Series::new(experiment, value)).collect()
            }
        };
        PlotLine {
            name: plan
                .compare
                .map_or(LineName::Alone, |rule| LineName::Rule(rule, rules.get(rule))),
            published: &[],
            series,
        }
    };
    compared.into_iter().map(line).collect()
}

/// The desk, for all that look at it.
pub type LabHandle = DeskHandle<LabDesk>;

impl LabHandle {
    /// Opens a trial on the ring.
    pub fn open_trial(&self, line: usize, series: usize, trial: u32, lang: Lang) {
        let beginning = {
            let desk = self.desk();
            let Some(line) = desk.lines.get(line) else { return };
            let Some(series) = line.series.get(series) else { return };
            let experiment = &series.experiment;
            let mut run = experiment.run(trial);
            run.title = lang.lab_run_title(&lang.lab_line(line.name), trial);
            let time = series
                .outcomes
                .get(trial as usize)
                .and_then(|outcome| outcome.without_leader);
            Beginning::Trial {
                link: run_link::encode(&run),
                told: lang.lab_told(experiment, trial, time),
            }
        };
        self.emit(Intent::Begin(beginning));
    }

    /// Lets trials begin as the run on screen.
    pub fn begin_as_ring(&self) {
        self.emit(Intent::Lab(LabAsked::by(LabSource::Ring, String::new())));
    }

    /// Asks the page for something, which may lead back to the desk.
    fn emit(&self, intent: Intent) {
        let emit = self.desk().emit.clone();
        emit.emit(intent);
    }

    /// Opens what a text holds, or says why it can't be opened.
    fn open(&self, read: Result<LabSubject, String>) {
        match read {
            Ok(subject) => {
                self.put(|desk| desk.subject = subject);
                self.hear(DeskMsg::Cancel);
                self.hear(DeskMsg::Run);
            }
            Err(why) => self.emit(Intent::Lab(LabAsked::by(LabSource::Refused, why))),
        }
    }

    /// Opens what was asked for, and lets its trials run; or says why it can't be opened.
    pub fn ask(&self, asked: LabAsked, lang: Lang) {
        let text = lang.lab_text();
        let read = match asked.source {
            LabSource::Named => {
                let is_named = |subject: &LabSubject| subject.slug() == Some(asked.text.as_str());
                let named = LabSubject::ALL.into_iter().find(is_named);
                named.ok_or_else(|| text.not_named.to_owned())
            }
            LabSource::File => file::read_plan(&asked.text)
                .map(|plan| self.take_up(plan))
                .map_err(|error| lang.lab_refused(&asked.name, &lang.lab_error(&error))),
            LabSource::Link => link::decode(&asked.text)
                .map(|plan| self.take_up(plan))
                .map_err(|error| match error {
                    LinkError::Impossible => text.link_impossible.to_owned(),
                    error => lang.link_error(error).to_owned(),
                }),
            LabSource::Ring => return self.hear(DeskMsg::Begin(asked.text)),
            LabSource::Refused => Err(asked.text),
        };
        self.open(read);
    }

    fn take_up(&self, plan: LabPlan) -> LabSubject {
        self.put(|desk| desk.open(plan));
        LabSubject::Own
    }
}
