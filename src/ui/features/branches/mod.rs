//! Branches and what-if: the branches of the run as a tree, one thing done otherwise, two futures compared, and the runs before.

mod futures;
mod setting;
mod side_by_side;
mod text;
mod tree;
mod what_if;

use yew::prelude::*;

pub use self::side_by_side::side_by_side;
use self::{futures::Futures, tree::Tree, what_if::WhatIf};
use crate::{
    sim::EventId,
    ui::{
        intent::Intent,
        kit::{dom::focus_later, panel::Panel},
        run::{handle::RunHandle, player::BranchChange},
        text::Lang,
    },
};

/// The panel's entry in the list of panels.
pub const PANEL: Panel = Panel {
    slug: "branches",
    title: |lang| lang.branches_text().title,
    about: |lang| lang.branches_text().about,
};

/// What the panel needs.
#[derive(Clone, PartialEq, Properties)]
pub struct BranchesProps {
    /// The run, at reading speed.
    pub run: RunHandle,
    /// The event that is selected everywhere.
    pub selected: Option<EventId>,
    /// The language.
    pub lang: Lang,
    /// Whether the screen is narrow.
    pub compact: bool,
    /// Receives the reader's choices.
    pub emit: Callback<Intent>,
}

/// The panel.
#[component]
pub fn BranchesPanel(props: &BranchesProps) -> Html {
    let comparing = props.run.player().comparison().is_some();
    html! {
        <div class="branches-panel">
            if comparing {
                <Futures ..props.clone() />
            }
            <Tree ..props.clone() />
            <WhatIf ..props.clone() />
            { earlier(props) }
        </div>
    }
}

/// The runs that were left.
fn earlier(props: &BranchesProps) -> Html {
    let (lang, text) = (props.lang, props.lang.branches_text());
    let player = props.run.player();
    if player.earlier().len() == 0 {
        return html! {};
    }
    html! {
        <section aria-labelledby="earlier-runs">
            <h2 id="earlier-runs">{ text.earlier }</h2>
            <p class="intro">{ text.earlier_intro }</p>
            <ul class="earlier-runs">
                { for player.earlier().enumerate().map(|(index, run)| {
                    let name = lang.earlier_run(run);
                    html! {
                        <li>
                            <span>{ name.clone() }</span>
                            { button(props, text.open, &name, BranchChange::Reopen(index)) }
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}

/// A button that does something with branches. What it is done to is in its name.
fn button(props: &BranchesProps, label: &'static str, what: &str, change: BranchChange) -> Html {
    let onclick = props.emit.reform(move |_| {
        focus_later(next_focus(&change));
        Intent::Branches(change.clone())
    });
    html! { <button type="button" class="small" aria-label={format!("{label}: {what}")} {onclick}>{ label }</button> }
}

/// Where the focus goes once something is done, if its button may be gone by then.
fn next_focus(change: &BranchChange) -> String {
    match change {
        BranchChange::Visit(branch, _) | BranchChange::Rename(branch, _) => tree::rename_button(*branch),
        change if change.may_begin_to_compare() => "two-futures".to_owned(),
        _ => "branch-tree".to_owned(),
    }
}
