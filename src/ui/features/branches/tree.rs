//! The branches of the run as a tree.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    sim::{BranchId, BranchInfo, History},
    ui::{
        features::branches::{BranchesProps, button, next_focus},
        intent::Intent,
        kit::dom::{focus, focus_later},
        run::player::{BranchChange, Player},
    },
};

/// Branches listed at most.
const LISTED: usize = 200;
/// How far a branch of a branch is set to the right at most, in steps.
const DEEPEST: usize = 6;

/// What the reader is doing to a branch.
#[derive(Clone, PartialEq)]
enum Doing {
    Nothing,
    Renaming(BranchId, String),
    Deleting(BranchId),
}

/// The tree. It is a list in the order of a tree: each branch says whose it is, so it reads without its lines, too.
#[component]
pub fn Tree(props: &BranchesProps) -> Html {
    let (lang, text) = (props.lang, props.lang.branches_text());
    let doing = use_state(|| Doing::Nothing);
    // What opens takes the focus.
    use_effect_with((*doing).clone(), |doing| match doing {
        Doing::Renaming(_, name) => {
            // The render does not set the field's value: the next render would undo what is typed.
            if let Some(field) = field() {
                field.set_value(name);
                let _ = field.focus();
                field.select();
            }
        }
        Doing::Deleting(_) => focus("branch-keep"),
        Doing::Nothing => {}
    });
    let player = props.run.player();
    let history = player.history();
    let rows = rows(history);
    let more = rows.len().saturating_sub(LISTED);
    html! {
        <section aria-labelledby="branch-tree">
            <h2 id="branch-tree" tabindex="-1">{ text.tree }</h2>
            <p class="intro">{ text.intro }</p>
            <ul>
                { for rows.iter().take(LISTED).map(|(depth, about)| {
                    let level = format!("depth-{}", (*depth).min(DEEPEST));
                    html! {
                        <li key={about.id.0} class={classes!("branch", level, (about.id == history.current()).then_some("current"))}
                            aria-current={(about.id == history.current()).then_some("true")}>
                            { describe(props, history, about) }
                            { controls(props, &player, about, &doing) }
                        </li>
                    }
                }) }
            </ul>
            if more > 0 {
                <p class="intro">{ lang.more_branches(more) }</p>
            }
        </section>
    }
}

fn describe(props: &BranchesProps, history: &History, about: &BranchInfo) -> Html {
    let lang = props.lang;
    let journal = history.journal(about.id);
    let actions = journal.iter().filter(|entry| !entry.scripted).count();
    let parent = about.parent.and_then(|parent| history.branch_info(parent));
    let left = parent.map(|parent| {
        let turning = history.turning(parent.id, about.id);
        lang.left(&lang.branch_name(parent), about.forked_at, turning)
    });
    html! {
        <div class="branch-about">
            <strong class="branch-name">{ lang.branch_name(about) }</strong>
            if about.id == history.current() {
                <span class="branch-current">{ lang.branches_text().current }</span>
            }
            <span class="branch-left">{ left.unwrap_or_else(|| lang.branches_text().from_start.to_owned()) }</span>
            <span class="branch-extent">{ lang.extent(about.end, actions) }</span>
            { without_effect(props, history, about) }
        </div>
    }
}

/// That something of a branch had no effect, and why.
fn without_effect(props: &BranchesProps, history: &History, about: &BranchInfo) -> Html {
    let lang = props.lang;
    let journal = history.journal(about.id).iter().enumerate();
    let refused = journal.filter_map(|(place, entry)| Some((place, entry, history.refusal(about.id, place)?)));
    let said: Vec<_> = refused
        .map(|(place, entry, why)| {
            let action = history.meant_as_one(about.id, place);
            let (at, what) = (lang.seconds(entry.at), lang.done_by(entry.scripted, &[action]));
            format!("{at} “{what}” {}", lang.had_no_effect(action, why))
        })
        .collect();
    let Some(first) = said.first() else {
        return html! {};
    };
    html! {
        <span class="branch-no-effect">
            { first }
            if said.len() > 1 {
                { format!(" ({})", lang.more_branches(said.len() - 1)) }
            }
        </span>
    }
}

fn controls(props: &BranchesProps, player: &Player, about: &BranchInfo, doing: &UseStateHandle<Doing>) -> Html {
    let (lang, text) = (props.lang, props.lang.branches_text());
    let name = lang.branch_name(about);
    let id = about.id;
    match &**doing {
        Doing::Renaming(which, _) if *which == id => renaming(props, id, doing),
        Doing::Deleting(which) if *which == id => deleting(props, id, &name, doing),
        _ => {
            let is_current = id == player.history().current();
            let is_compared = player.comparison().is_some_and(|other| other.there() == id);
            let begin = |label: &'static str, button_id: String, next: Doing| {
                let doing = doing.clone();
                let onclick = Callback::from(move |_: MouseEvent| doing.set(next.clone()));
                html! { <button type="button" id={button_id} class="small" aria-label={format!("{label}: {name}")} {onclick}>{ label }</button> }
            };
            html! {
                <div class="branch-controls">
                    if !is_current {
                        { button(props, text.visit, &name, BranchChange::Visit(id, None)) }
                        if !is_compared {
                            { button(props, text.compare, &name, BranchChange::Compare(id)) }
                        }
                    }
                    { begin(text.rename, rename_button(id), Doing::Renaming(id, about.name.clone())) }
                    if !is_current {
                        { begin(text.delete, delete_button(id), Doing::Deleting(id)) }
                    }
                </div>
            }
        }
    }
}

pub(super) fn rename_button(id: BranchId) -> String {
    format!("rename-{}", id.0)
}

fn delete_button(id: BranchId) -> String {
    format!("delete-{}", id.0)
}

/// A field for the name. Enter takes it, Escape leaves it as it was.
fn renaming(props: &BranchesProps, id: BranchId, doing: &UseStateHandle<Doing>) -> Html {
    let text = props.lang.branches_text();
    let close = {
        let doing = doing.clone();
        Callback::from(move |()| {
            doing.set(Doing::Nothing);
            focus_later(rename_button(id));
        })
    };
    let onsubmit = {
        let (emit, close) = (props.emit.clone(), close.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(input) = field() {
                emit.emit(Intent::Branches(BranchChange::Rename(id, input.value())));
            }
            close.emit(());
        })
    };
    let onkeydown = {
        let close = close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                close.emit(());
            }
        })
    };
    html! {
        <form class="branch-controls" {onsubmit}>
            <input id="branch-name" class="search" type="text" maxlength={BranchInfo::LONGEST_NAME.to_string()} autocomplete="off" aria-label={text.name} {onkeydown} />
            <button type="submit" class="small">{ text.save }</button>
            <button type="button" class="small" onclick={close.reform(|_| ())}>{ text.cancel }</button>
        </form>
    }
}

fn field() -> Option<HtmlInputElement> {
    let input = gloo::utils::document().get_element_by_id("branch-name")?;
    input.dyn_into().ok()
}

fn deleting(props: &BranchesProps, id: BranchId, name: &str, doing: &UseStateHandle<Doing>) -> Html {
    let text = props.lang.branches_text();
    let answer = |deletes: bool| {
        let (emit, doing) = (props.emit.clone(), doing.clone());
        Callback::from(move |_: MouseEvent| {
            doing.set(Doing::Nothing);
            if deletes {
                let change = BranchChange::Delete(id);
                focus_later(next_focus(&change));
                emit.emit(Intent::Branches(change));
            } else {
                focus_later(delete_button(id));
            }
        })
    };
    html! {
        <div class="branch-controls" role="group" aria-label={format!("{}: {name}", { text.delete })}>
            <span>{ text.delete_sure }</span>
            <button type="button" class="small" onclick={answer(true)}>{ text.delete }</button>
            <button type="button" id="branch-keep" class="small" onclick={answer(false)}>{ text.keep }</button>
        </div>
    }
}

/// All branches in the order of a tree, each with its depth.
fn rows(history: &History) -> Vec<(usize, &BranchInfo)> {
    let all: Vec<_> = history.branches().collect();
    let index_of = |id: BranchId| all.binary_search_by_key(&id, |about| about.id).ok();
    let mut children = vec![Vec::new(); all.len()];
    let mut roots = Vec::new();
    for (index, about) in all.iter().enumerate() {
        match about.parent.and_then(index_of) {
            Some(parent) => children[parent].push(index),
            None => roots.push(index),
        }
    }
    // The last one pushed is the next one listed.
    let mut to_list: Vec<_> = roots.into_iter().rev().map(|index| (0, index)).collect();
    let mut rows = Vec::with_capacity(all.len());
    while let Some((depth, index)) = to_list.pop() {
        rows.push((depth, all[index]));
        to_list.extend(children[index].iter().rev().map(|child| (depth + 1, *child)));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::NodeId,
        scenario::Scenario,
        sim::{Action, Micros},
    };

    #[test]
    fn a_branch_stands_below_the_one_that_it_left() {
        let mut history = Scenario::free(5, 7).start();
        let mut fork = |from: usize, at: u64| {
            history.visit(BranchId(from), Micros::from_millis(at));
            let acted = history.act_in_fork(Action::kill(NodeId::new(0)));
            acted.expect("it runs");
        };
        fork(0, 0);
        fork(0, 0);
        let listed = || {
            let rows = rows(&history).into_iter();
            rows.map(|(depth, about)| (depth, about.id.0)).collect::<Vec<_>>()
        };
        assert_eq!(listed(), [(0, 0), (1, 1), (1, 2)]);
        history.visit(BranchId(1), Micros::ZERO);
        history.act_in_fork(Action::kill(NodeId::new(1))).expect("it runs");
        history.restart();
        history.act_in_fork(Action::kill(NodeId::new(1))).expect("it runs");
        let rows = rows(&history).into_iter();
        let listed: Vec<_> = rows.map(|(depth, about)| (depth, about.id.0)).collect();
        assert_eq!(listed, [(0, 0), (1, 1), (2, 3), (1, 2), (1, 4)]);
    }
}
