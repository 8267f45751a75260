//! A lesson beside the ring: one card with what is said, asked or set, in the place of the lanes. So is a run in which the reader is
//! a server ([`mod@duty`]); while it is played, there is only the card.
//!
//! The lesson itself is data ([`crate::lesson`]); here it meets the run on screen. What of it is there before a lesson is wanted
//! is the trait [`Classroom`] alone: so the page begins without it.

mod desk;
mod duty;
mod keys;
#[cfg(test)]
mod length;
mod progress;
mod sheet;
mod sheet_text;
mod sight;
mod text;
mod view;

use yew::prelude::*;

use crate::{
    lesson::{LessonText, SoughtDial, duty::BuiltinDuty},
    raft::{NodeId, Rule},
    sim::Micros,
    ui::{
        intent::{Intent, LessonAsked},
        run::player::Player,
        text::Lang,
    },
};

/// The heading of the card, in the document.
pub const HEADING: &str = "lesson-heading";

/// The button that goes on.
pub const GO_ON: &str = "lesson-go-on";

/// The answers to choose from.
const ANSWERS: &str = "lesson-answers";

/// That of its worksheet.
pub const SHEET_HEADING: &str = "worksheet-heading";

/// What the reader does in a task is so much later than what came before it, so that this can be visited without it.
const TASK_BEGINS_AFTER: Micros = Micros(1);

/// Opens the list, a lesson with its run, or a run in which the reader is a server.
#[must_use]
pub fn open(asked: &LessonAsked, player: &mut Player, lang: Lang) -> Box<dyn Classroom> {
    match asked {
        LessonAsked::Duty(asked) => Box::new(duty::DutyDesk::open(*asked, player, lang)),
        asked => Box::new(desk::open(asked, player)),
    }
}

/// A lesson to be chosen.
struct LessonEntry {
    slug: &'static str,
    title: LessonText,
    about: LessonText,
    steps: usize,
    done: usize,
}

/// What of a lesson the rest of the page has to know.
pub trait Classroom {
    /// What is shown in place of the name of the scenario.
    fn title(&self, lang: Lang) -> String;
    /// Its address: `None` if there is no lesson yet, `Some(None)` if it is too long for one.
    fn address(&self) -> Option<Option<String>>;
    /// Why something is not to be done now.
    fn refusal(&self, intent: &Intent, lang: Lang) -> Option<&'static str>;
    /// What a press on a server answers, if one is asked for.
    fn answer_of(&self, server: NodeId) -> Option<LessonAsked>;
    /// What a clicker does: on to the next step once this one is done, else what this one waits for: time passes, the question is
    /// answered, the task is solved; or back.
    fn turn(&self, later: bool, player: &Player) -> Option<Intent>;
    /// Looks at what has become of the run. Says whether the lesson goes on: not if another run is on screen.
    fn follow(&mut self, player: &mut Player) -> bool;
    /// What is said when it closes for that, if anything.
    fn closed(&self, lang: Lang) -> Option<&'static str> {
        Some(lang.lessons_text().closed)
    }
    /// Where the reader acts next, in the document.
    fn place_to_act(&self) -> &'static str {
        HEADING
    }
    /// The rule that the reader is to switch next.
    fn sought_rule(&self, _player: &Player) -> Option<Rule> {
        None
    }
    /// What the reader is to set next that is no rule.
    fn sought_dial(&self, _player: &Player) -> Option<SoughtDial> {
        None
    }
    /// The server that is told of.
    fn server_told(&self) -> Option<NodeId> {
        None
    }
    /// The run in which the reader is a server, if it is one.
    fn duty(&self) -> Option<BuiltinDuty> {
        None
    }
    /// Does what the reader wants of it.
    fn hear(&mut self, asked: LessonAsked, player: &mut Player);
    /// Whether the run is behind a curtain.
    fn hides_run(&self) -> bool {
        false
    }
    /// The card.
    fn view(&self, player: &Player, lang: Lang, emit: &Callback<Intent>) -> Html;
    /// Its worksheet, in place of the page, while that is shown.
    fn view_sheet(&self, lang: Lang, emit: &Callback<Intent>) -> Option<Html>;
}
