//! What is shown of the atlas, and the runs that go on.

use js_sys::Uint32Array;
use wasm_bindgen::{JsCast, JsValue};
use yew::prelude::*;

use super::{
    networks::{self, AtlasEntry, EXTENSIONS, MOST_SEEDS, SeenNetworks, SeenStability, entries},
    talk::{self, AtlasQuestion},
};
use crate::{
    lab::atlas::{self, Stability},
    raft::{Rule, Rules},
    scenario::link,
    ui::{
        intent::{Beginning, Intent, LabAsked, LabSource},
        kit::{
            desk::{DeskHandle, PanelDesk},
            worker::RunningWorker,
        },
        text::Lang,
    },
};

/// What happens in the atlas.
pub enum AtlasMsg {
    /// The reader looks at it, or no longer does.
    Shown(bool),
    /// The rules have this extension, or not.
    Extend(Rule, bool),
    /// The rules have these extensions, as an address says.
    Choose(String),
    /// Only networks that came to this are shown, or all.
    Filter(Option<SeenStability>),
    /// The numbers are shown instead of the pictures, or not.
    Numbers(bool),
    /// The runs go on.
    GoOn,
    /// They stop.
    Cancel,
    /// The worker says something.
    Said(JsValue),
    /// The worker has stopped.
    Failed,
}

/// Why no runs go on, where they could.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtlasHalt {
    /// The reader has stopped them.
    Cancelled,
    /// They could not run.
    Failed,
}

/// What is shown of the atlas, and the runs that go on.
#[derive(Default)]
pub struct AtlasDesk {
    sets: [SeenNetworks; 8],
    /// The set of rules that is shown.
    chosen: usize,
    /// What the networks came to that are shown, if not all are.
    pub filter: Option<SeenStability>,
    /// Whether the numbers are shown instead of the pictures.
    pub numbers: bool,
    /// Why no runs go on.
    pub halt: Option<AtlasHalt>,
    is_shown: bool,
    worker: Option<RunningWorker>,
    /// What the worker is asked.
    asked: Option<AtlasQuestion>,
    emit: Callback<Intent>,
}

impl AtlasDesk {
    /// What was seen by the rules that are shown.
    pub fn seen(&self) -> &SeenNetworks {
        &self.sets[self.chosen]
    }

    /// The rules that are shown.
    pub fn rules(&self) -> Rules {
        networks::rules(self.chosen)
    }

    /// Whether runs go on.
    pub const fn runs(&self) -> bool {
        self.worker.is_some()
    }

    /// Whether all runs have been tried.
    pub fn is_done(&self) -> bool {
        self.seen().seeds >= MOST_SEEDS
    }

    /// The networks that are shown, by their places.
    pub fn shown(&self) -> impl Iterator<Item = (usize, &'static AtlasEntry)> {
        let all = entries().iter().enumerate();
        all.filter(|(index, _)| self.filter.is_none() || self.seen().of(*index) == self.filter)
    }

    /// A link to what is shown: a part of the address from `?` on.
    pub fn link(&self) -> String {
        let chosen = EXTENSIONS.iter().filter(|rule| self.rules().get(**rule));
        let chosen: Vec<_> = chosen.map(|rule| rule.slug()).collect();
        match &chosen[..] {
            [] => format!("?{}", super::ADDRESS),
            chosen => format!("?{}={}", super::ADDRESS, chosen.join(",")),
        }
    }

    /// Lets the runs go on if something is left to be seen.
    fn look(&mut self, handle: &AtlasHandle) {
        let wants = self.is_shown && self.halt.is_none() && !self.is_done();
        if !wants || self.worker.is_some() {
            return;
        }
        match handle.start_worker("laboratory", AtlasMsg::Said, || AtlasMsg::Failed) {
            Ok(worker) => self.worker = Some(worker),
            Err(_) => self.halt = Some(AtlasHalt::Failed),
        }
    }

    /// Ends the worker. What it had begun is forgotten.
    fn rest(&mut self) {
        self.worker = None;
        if let Some(asked) = self.asked.take() {
            self.sets[asked.set].begin();
        }
    }

    /// Asks the worker for the next run of each network.
    fn ask(&mut self) {
        if self.is_done() {
            return self.rest();
        }
        let question = AtlasQuestion {
            set: self.chosen,
            seed: self.seen().seeds + 1,
        };
        self.sets[question.set].begin();
        self.asked = Some(question);
        if let Some(worker) = &self.worker {
            worker.tell(&question.encode());
        }
    }

    fn hear(&mut self, said: JsValue) {
        let Ok(part) = said.dyn_into::<Uint32Array>() else {
            // It is ready.
            return self.ask();
        };
        let Some(asked) = self.asked else { return };
        if self.sets[asked.set].note(talk::read(&part.to_vec())) {
            self.asked = None;
            self.ask();
        }
    }

    fn choose(&mut self, has: impl Fn(Rule) -> bool) {
        self.chosen = networks::set_of(has);
        self.filter = None;
        if self.halt == Some(AtlasHalt::Failed) {
            self.halt = None;
        }
    }
}

impl PanelDesk for AtlasDesk {
    type Message = AtlasMsg;

    fn handle(&mut self, message: AtlasMsg, handle: &AtlasHandle) {
        match message {
            AtlasMsg::Shown(is_shown) => {
                self.is_shown = is_shown;
                if !is_shown {
                    self.rest();
                }
            }
            AtlasMsg::Extend(rule, on) => {
                let rules = self.rules();
                self.choose(|other| if other == rule { on } else { rules.get(other) });
            }
            AtlasMsg::Choose(named) => self.choose(|rule| named.contains(rule.slug())),
            AtlasMsg::Filter(filter) => self.filter = filter,
            AtlasMsg::Numbers(numbers) => self.numbers = numbers,
            AtlasMsg::GoOn => self.halt = None,
            AtlasMsg::Cancel => {
                self.halt = Some(AtlasHalt::Cancelled);
                self.rest();
            }
            AtlasMsg::Said(said) => self.hear(said),
            AtlasMsg::Failed => {
                self.halt = Some(AtlasHalt::Failed);
                self.rest();
            }
        }
        self.look(handle);
    }
}

/// The desk, for all that look at it.
pub type AtlasHandle = DeskHandle<AtlasDesk>;

impl AtlasHandle {
    /// One in which nothing has been seen yet. It asks the page by `emit`.
    #[must_use]
    pub fn empty(emit: Callback<Intent>) -> Self {
        Self::new(AtlasDesk {
            emit,
            ..AtlasDesk::default()
        })
    }

    /// Shows what an address names: extensions of the rules, as `=pre-vote,check-quorum`. Says so if it names anything else.
    pub fn open(&self, named: &str, lang: Lang) {
        let decoded = named.trim_start_matches('=').replace("%2C", ",").replace("%2c", ",");
        let is_known = |name: &str| name.is_empty() || EXTENSIONS.iter().any(|rule| rule.slug() == name);
        if !decoded.split(',').all(is_known) {
            let why = lang.atlas_text().no_rule.to_owned();
            self.desk()
                .emit
                .emit(Intent::Lab(LabAsked::by(LabSource::Refused, why)));
        }
        self.hear(AtlasMsg::Choose(decoded));
    }

    /// Opens the first run of a network on the ring.
    pub(super) fn open_run(&self, place: usize, entry: &AtlasEntry, lang: Lang) {
        let (rules, seen) = (self.desk().rules(), self.desk().seen().first(place));
        let name = lang.atlas_name(entry);
        let title = lang.atlas_run_title(&name, &lang.atlas_rules(rules));
        let told = match seen {
            Some(Stability::NoMajority) => lang.atlas_told_proved(&title),
            Some(seen) => lang.atlas_told(&title, lang.atlas_stability(seen)),
            None => lang.atlas_told_untried(&title),
        };
        let link = link::encode(&atlas::run(title, entry.shape, rules, FIRST_SEED, seen));
        let beginning = Beginning::Trial { link, told };
        let emit = self.desk().emit.clone();
        emit.emit(Intent::Begin(beginning));
    }
}

/// The seed of the run that a picture opens.
const FIRST_SEED: u64 = 1;
