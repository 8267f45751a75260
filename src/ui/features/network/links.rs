//! The links: a matrix of all directions, and cuts through many at once.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::{
    raft::{NodeId, NodeSet},
    sim::{Action, Links, OwnSettings},
    ui::{intent::Intent, text::Lang},
};

/// What the links need.
#[derive(Clone, PartialEq, Properties)]
pub struct LinksProps {
    /// Which are cut.
    pub links: Links,
    /// What links have of their own.
    pub own: OwnSettings,
    /// Servers in the cluster.
    pub size: usize,
    /// The language.
    pub lang: Lang,
    /// Receives the reader's changes.
    pub emit: Callback<Intent>,
}

/// The matrix, and the buttons below it.
#[component]
pub fn LinksField(props: &LinksProps) -> Html {
    let text = props.lang.faults_text();
    let chosen = use_state_eq(|| NodeSet::EMPTY);
    let members: NodeSet = chosen.iter().filter(|server| server.index() < props.size).collect();
    let chip = |server: NodeId| {
        let (chosen, on) = (chosen.clone(), members.contains(server));
        let onclick = Callback::from(move |_: MouseEvent| {
            let mut changed = *chosen;
            if !changed.remove(server) {
                changed.insert(server);
            }
            chosen.set(changed);
        });
        html! { <button type="button" class="chip" aria-pressed={on.to_string()} {onclick}>{ server.to_string() }</button> }
    };
    let each = |action: fn(NodeId) -> Action| members.iter().map(action).collect::<Vec<_>>();
    let splits = !members.is_empty() && members.len() < props.size;
    html! {
        <section class="fault-section" aria-label={text.links}>
            <h2>{ text.links }</h2>
            <p class="intro">{ text.links_intro }</p>
            { matrix(props) }
            <div class="field" role="group" aria-label={text.members}>
                <span class="field-label">{ text.members }</span>
                <div class="chips">{ for NodeId::all(props.size).map(chip) }</div>
            </div>
            <div class="fault-buttons">
                { button(props, text.partition, text.partition_hint, splits, vec![Action::partition(members)]) }
                { button(props, text.isolate, text.isolate_hint, !members.is_empty(), each(Action::isolate)) }
                { button(props, text.rejoin, text.rejoin_hint, !members.is_empty(), each(Action::rejoin)) }
                { button(props, text.restore_all, text.restore_all, !props.links.all_up(), vec![Action::heal_all()]) }
            </div>
        </section>
    }
}

fn button(props: &LinksProps, name: &'static str, hint: &'static str, enabled: bool, actions: Vec<Action>) -> Html {
    // Without effect it is dimmed but keeps the focus.
    let actions = if enabled { actions } else { Vec::new() };
    let onclick = props.emit.reform(move |_: MouseEvent| Intent::Act(actions.clone()));
    html! { <button type="button" class="small" title={hint} aria-disabled={(!enabled).then_some("true")} {onclick}>{ name }</button> }
}

fn matrix(props: &LinksProps) -> Html {
    let text = props.lang.faults_text();
    let all = || NodeId::all(props.size);
    html! {
        <table class="links" aria-label={text.links} onkeydown={Callback::from(|event: KeyboardEvent| move_focus(&event))}>
            <thead>
                <tr>
                    <td class="links-corner">{ text.from_to }</td>
                    { for all().map(|to| html! { <th scope="col">{ to.to_string() }</th> }) }
                </tr>
            </thead>
            <tbody>
                { for all().map(|from| html! {
                    <tr>
                        <th scope="row">{ from.to_string() }</th>
                        { for all().map(|to| html! { <td>{ cell(props, from, to) }</td> }) }
                    </tr>
                }) }
            </tbody>
        </table>
    }
}

/// One direction of one link. The first is in the Tab order, arrow keys go to the others.
fn cell(props: &LinksProps, from: NodeId, to: NodeId) -> Html {
    if from == to {
        return html! { <span class="link-self" aria-hidden="true" /> };
    }
    let up = props.links.is_up(from, to);
    let action = if up {
        Action::cut(from, to)
    } else {
        Action::heal(from, to)
    };
    let own = props.lang.own_settings(props.own.link(from, to));
    let name = [Some(props.lang.link_cell(from, to, up)), own]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    let first = (from.index(), to.index()) == (0, 1);
    html! {
        <button
            type="button" class={classes!("link-cell", (!up).then_some("cut"))} title={name.clone()} aria-label={name} aria-pressed={(!up).to_string()}
            data-cell={format!("{}-{}", from.index(), to.index())} tabindex={if first { "0" } else { "-1" }}
            onclick={props.emit.reform(move |_| Intent::act(action))}
        >
            <svg viewBox="0 0 16 16" aria-hidden="true">
                <path d={if up { "M2 8H13M9.5 4.5L13 8L9.5 11.500" } else { "M2 8H6M10 8H14M6.500 12L9.500 4" }} />
            </svg>
        </button>
    }
}

/// Arrow keys go from cell to cell, over the empty ones.
fn move_focus(event: &KeyboardEvent) {
    let (down, right) = match event.key().as_str() {
        "ArrowRight" => (0, 1),
        "ArrowLeft" => (0, -1),
        "ArrowDown" => (1, 0),
        "ArrowUp" => (-1, 0),
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    let cell = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let place = cell.and_then(|cell| cell.get_attribute("data-cell"));
    let Some((row, column)) = place.as_deref().and_then(|place| place.split_once('-')) else {
        return;
    };
    let (Ok(row), Ok(column)) = (row.parse::<i32>(), column.parse::<i32>()) else {
        return;
    };
    for steps in 1..=2 {
        let selector = format!("[data-cell='{}-{}']", row + steps * down, column + steps * right);
        let next = gloo::utils::document().query_selector(&selector).ok().flatten();
        if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
            let _ = next.focus();
            return;
        }
    }
}
