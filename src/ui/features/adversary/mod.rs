//! The adversary: searches, in a worker of its own, for the shortest way to break what must hold, or for the fewest faults with which
//! elections make no progress, and plays it.

mod aim;
mod liveness;
mod liveness_text;
mod liveness_view;
mod search;
mod steps;
mod talk;
mod text;
mod view;
mod worker;

use yew::prelude::*;

use self::{
    aim::Aim,
    liveness::LivenessReport,
    search::RunningSearch,
    talk::{Report, SearchAsked},
};
pub use self::{
    steps::{FOUND_HEADING, FoundSteps},
    worker::{answer_faults, serve},
};
use crate::{
    lab::{FaultKinds, liveness::LivenessGoal},
    raft::Rules,
    safety::Property,
    ui::intent::{Beginning, Intent},
};

/// What is sought if it is no single property, in the list.
const ANYTHING: &str = "any";

/// What the adversary does.
enum Activity {
    Idle,
    Searches(RunningSearch),
    Answered(SearchAsked, Report),
    /// The browser could not start the worker, or the worker stopped.
    Failed,
}

/// What happens to the adversary.
pub enum AdversaryMsg {
    /// The reader wants it to search, or not any more.
    Find,
    Cancel,
    /// The reader changes what is sought.
    Aim(AimField, String),
    /// The worker says something.
    Report(String),
    /// The worker stopped.
    Failed,
    /// What was found is to be played once more.
    PlayAgain,
    /// It searches with a lower bound.
    Lower(AimField, u8),
    /// It searches once more, for longer.
    Longer,
    /// It searches once more, for whatever must hold.
    Anything,
}

/// A field of what is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AimField {
    /// Which property is to be broken, or what is to become of elections.
    Property,
    /// Servers.
    Servers,
    /// Elections.
    Elections,
    /// Crashes.
    Crashes,
    /// Faults.
    Faults,
    /// Which faults.
    Kinds,
}

/// The adversary. It searches on while the reader looks at something else.
pub struct Adversary {
    aim: Aim,
    state: Activity,
    emit: Callback<AdversaryMsg>,
    ask: Callback<Intent>,
}

impl Adversary {
    /// One that does nothing yet. It hears of itself by `emit`, and asks the page by `ask`.
    #[must_use]
    pub fn new(emit: Callback<AdversaryMsg>, ask: Callback<Intent>) -> Self {
        Self {
            aim: Aim::default(),
            state: Activity::Idle,
            emit,
            ask,
        }
    }

    /// Handles what happens to it, under the rules that are in force.
    pub fn handle(&mut self, message: AdversaryMsg, rules: Rules) {
        match message {
            // The button says that it has no effect while it searches.
            AdversaryMsg::Find if matches!(self.state, Activity::Searches(_)) => {}
            AdversaryMsg::Find => self.find(rules),
            AdversaryMsg::Cancel => self.state = Activity::Idle,
            AdversaryMsg::Aim(field, value) => self.set(field, &value),
            AdversaryMsg::Report(text) => self.hear(&text),
            AdversaryMsg::Failed => self.state = Activity::Failed,
            AdversaryMsg::PlayAgain => self.play(),
            AdversaryMsg::Lower(field, bound) => {
                self.set(field, &bound.to_string());
                self.find(rules);
            }
            AdversaryMsg::Anything => {
                self.set(AimField::Property, ANYTHING);
                self.find(rules);
            }
            AdversaryMsg::Longer => {
                self.aim.long = true;
                self.find(rules);
            }
        }
    }

    /// Other rules are in force: an answer holds for those that were asked about.
    pub fn rules_are(&mut self, rules: Rules) {
        let about = match &self.state {
            Activity::Searches(search) => search.asked.rules(),
            Activity::Answered(asked, _) => asked.rules(),
            Activity::Idle | Activity::Failed => return,
        };
        if about != rules {
            self.state = Activity::Idle;
        }
    }

    fn find(&mut self, rules: Rules) {
        self.state = match RunningSearch::start(&self.emit, self.aim.asked(rules)) {
            Ok(search) => Activity::Searches(search),
            Err(_) => Activity::Failed,
        };
    }

    fn set(&mut self, field: AimField, value: &str) {
        let number = value.parse().unwrap_or(1);
        match field {
            AimField::Property => {
                self.aim.goal = LivenessGoal::from_slug(value);
                self.aim.property = value.parse().ok().and_then(|at: usize| Property::ALL.get(at).copied());
            }
            AimField::Servers => self.aim.servers = Some(number),
            AimField::Elections => self.aim.elections = Some(number),
            AimField::Crashes => self.aim.crashes = number,
            AimField::Faults => self.aim.faults = number,
            AimField::Kinds => self.aim.kinds = FaultKinds::from_slug(value).unwrap_or_default(),
        }
        self.aim.long = false;
        self.state = Activity::Idle;
    }

    fn hear(&mut self, text: &str) {
        let Activity::Searches(search) = &mut self.state else {
            return;
        };
        let Some(report) = Report::decode(text) else {
            self.state = Activity::Failed;
            return;
        };
        search.lasted = js_sys::Date::now() - search.began;
        match report {
            Report::Ready => search.ask(),
            Report::Progress(reached) => search.reached = reached,
            Report::Liveness(LivenessReport::Progress(tried)) => search.tried = tried,
            report => {
                self.state = Activity::Answered(search.asked, report);
                self.play();
            }
        }
    }

    /// Plays what was found, if anything was.
    fn play(&self) {
        let Activity::Answered(asked, report) = &self.state else {
            return;
        };
        let beginning = match (asked, report) {
            (
                SearchAsked::Safety(_),
                Report::Violated {
                    property,
                    steps,
                    path: Ok(link),
                    ..
                },
            ) => Beginning::Found {
                link: link.clone(),
                property: *property,
                steps: *steps,
            },
            (SearchAsked::Liveness(asked), Report::Liveness(LivenessReport::Found { tried, faults })) => {
                let Some(link) = asked.link(tried, faults) else { return };
                Beginning::FoundLiveness(link)
            }
            _ => return,
        };
        self.ask.emit(Intent::Begin(beginning));
    }
}

#[cfg(test)]
mod tests;
