//! The log: the story of the run, or every line that its servers print.

mod card_lines;
pub mod index;
mod lines;
mod listed;
mod story;
pub mod terminals;
mod text;
mod transcripts;

use std::{cell::RefCell, rc::Rc};

use yew::prelude::*;

pub use self::{
    card_lines::view_lines as view_card_lines,
    story::{AddCards, NoteCards, ViewCardLines},
};
use self::{index::Filter, lines::EveryLine, story::StoryView};
use crate::{
    raft::NodeId,
    scenario::{Scenario, ScenarioGroup},
    sim::EventId,
    ui::{
        explain::{highlight::Highlight, story::DeedsInWords},
        intent::{Intent, Preference},
        kit::{later::WhenHere, panel::Panel},
        run::handle::RunHandle,
        text::Lang,
    },
};

/// The panel's entry in the list of panels.
pub const PANEL: Panel = Panel {
    slug: "log",
    title: |lang| lang.log_text().title,
    about: |lang| lang.log_text().about,
};

/// What the reader wants of the log, kept while another panel is shown.
#[derive(Clone, Default)]
pub struct Wanted(Rc<RefCell<Wishes>>);

/// What the reader wants of the log.
#[derive(Clone, Default)]
struct Wishes {
    filter: Filter,
    filters_open: bool,
    /// Whether a figure of the lab is shown as a story; without a wish, it is every line, as in the lab.
    figure_as_story: bool,
}

impl Wanted {
    fn get(&self) -> Wishes {
        self.0.borrow().clone()
    }

    /// Figures of the lab are shown as every line, or as a story.
    pub fn show_figures_as(&self, every_line: bool) {
        self.change(|wanted| wanted.figure_as_story = !every_line);
    }

    fn change(&self, change: impl FnOnce(&mut Wishes)) {
        change(&mut self.0.borrow_mut());
    }
}

impl PartialEq for Wanted {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Whether a scenario replays a figure of the lab.
#[must_use]
pub fn is_figure(scenario: &Scenario) -> bool {
    scenario.id.group() == ScenarioGroup::Figures
}

/// Whether the log shows every line, where a reader `prefers` that, or the story.
#[must_use]
pub fn shows_every_line(scenario: &Scenario, wanted: &Wanted, prefers: bool) -> bool {
    if is_figure(scenario) {
        !wanted.get().figure_as_story
    } else {
        prefers
    }
}

/// What the log needs.
#[derive(Clone, PartialEq, Properties)]
pub struct LogProps {
    /// The run, at reading speed.
    pub run: RunHandle,
    /// Whether a pointer holds the play head.
    pub held: bool,
    /// The event that is selected everywhere.
    pub selected: Option<EventId>,
    /// Whether the reader is told why something is so.
    pub asked: bool,
    /// What is highlighted.
    pub lit: Option<Rc<Highlight>>,
    /// The language.
    pub lang: Lang,
    /// Whether the screen is narrow.
    pub compact: bool,
    /// What the reader wanted before, and where it is kept.
    pub wanted: Wanted,
    /// What tells what is noted in the run.
    pub notes: NoteCards,
    /// What draws the lines of a card.
    pub card_lines: WhenHere<ViewCardLines>,
    /// The words for what was done.
    pub deeds: DeedsInWords,
    /// Receives messages for the reader.
    pub emit: Callback<Intent>,
}

/// The log as a story.
#[component]
pub fn StoryPanel(props: &LogProps) -> Html {
    let LogProps {
        run,
        held,
        selected,
        asked,
        lang,
        notes,
        card_lines: lines,
        deeds,
        emit,
        ..
    } = props.clone();
    html! { <StoryView {run} {held} {selected} {asked} {lang} {notes} {lines} {deeds} {emit}>{ switch(props, false) }</StoryView> }
}

/// What every line needs.
#[derive(Clone, PartialEq, Properties)]
pub struct LinesPanelProps {
    /// What the log needs.
    pub log: LogProps,
    /// The server that a lesson tells of: its transcript is in front.
    pub told: Option<NodeId>,
}

/// The log as every line.
#[component]
pub fn LinesPanel(props: &LinesPanelProps) -> Html {
    let LinesPanelProps { log: props, told } = props;
    let (told, is_figure) = (*told, is_figure(props.run.player().scenario()));
    let LogProps {
        run,
        selected,
        lit,
        lang,
        compact,
        wanted,
        emit,
        ..
    } = props.clone();
    html! { <EveryLine {run} {selected} {lit} {lang} {compact} {wanted} {is_figure} {told} {emit}>{ switch(props, true) }</EveryLine> }
}

/// The button that shows every line, or the one that shows the story, in the document.
#[must_use]
pub const fn choice(every_line: bool) -> &'static str {
    if every_line { "log-lines" } else { "log-story" }
}

/// Between story and every line.
fn switch(props: &LogProps, every_line: bool) -> Html {
    let text = props.lang.log_text();
    let view_choice = |label: &'static str, value: bool| {
        let on = value == every_line;
        let onclick = props.emit.reform(move |_| Intent::Prefer(Preference::EveryLine(value)));
        html! {
            <button type="button" id={choice(value)} class="log-choice" aria-pressed={on.to_string()} {onclick}>{ label }</button>
        }
    };
    html! {
        <>
            <div class="log-switch" role="group" aria-label={text.shown_as}>
                { view_choice(text.story, false) }
                { view_choice(text.every_line, true) }
            </div>
            { without_effect(props) }
        </>
    }
}

/// Of the actions that had no effect, the last ones are shown.
const MOST_WITHOUT_EFFECT: usize = 3;

/// What was planned up to now and had no effect. It left no event, so neither story nor lines tell of it.
fn without_effect(props: &LogProps) -> Html {
    let lang = props.lang;
    let player = props.run.player();
    let refusals: Vec<_> = player.history().refusals().collect();
    if refusals.is_empty() {
        return html! {};
    }
    html! {
        <ul class="log-no-effect" aria-label={lang.log_text().without_effect}>
            { for refusals[refusals.len().saturating_sub(MOST_WITHOUT_EFFECT)..].iter().map(|(entry, why)| html! {
                <li>
                    <span class="log-no-effect-time">{ lang.seconds(entry.at) }</span>{ " " }
                    { format!("“{}”", props.deeds.action(lang, entry.action)) }{ " " }
                    <strong>{ props.deeds.had_no_effect(lang, entry.action, *why) }</strong>
                </li>
            }) }
        </ul>
    }
}
