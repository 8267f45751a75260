//! The kill row: below the ring, a button for each server, the faults that a class asks for, and the way back.

mod faults;
mod text;

use std::rc::Rc;

use yew::prelude::*;

use crate::{
    raft::{NodeSet, Role},
    sim::{Action, Network, ServerAction},
    ui::{
        intent::Intent,
        kit::{
            choice::{Choice, ChoiceOption},
            icons,
        },
        run::view::{ClusterView, ServerView},
        svg::{drawing::CROWN, ring::geometry::Geometry, stops::Stop},
        text::Lang,
    },
};

/// What the row needs.
#[derive(Clone, PartialEq, Properties)]
pub struct ToolbarProps {
    /// The cluster now.
    pub view: Rc<ClusterView>,
    /// The network as it was when the run started.
    pub normal: Network,
    /// The network now.
    pub network: Network,
    /// Whether there is anything to take back.
    pub can_undo: bool,
    /// Whether what was taken back can be done again.
    pub can_redo: bool,
    /// The language.
    pub lang: Lang,
    /// Receives what the reader clicks.
    pub emit: Callback<Intent>,
}

/// The row.
#[component]
pub fn Toolbar(props: &ToolbarProps) -> Html {
    let ToolbarProps { view, lang, emit, .. } = props;
    let text = lang.toolbar_text();
    let crash = faults::crash_leader(view);
    let crash_hint: AttrValue = match faults::lone_stale_leader(view) {
        Some(stale) => lang.crash_stale_hint(stale.id).into(),
        None => text.crash_leader_hint.into(),
    };
    let heal = faults::heal_all(view, props.network, props.normal);
    html! {
        <div class="toolbar" role="toolbar" aria-label={text.title}>
            <div class={classes!("toolbar-row", Geometry::crowd(view.servers.len()))}>
                <span class="field-name" aria-hidden="true">{ text.kill }</span>
                { for view.servers.iter().map(|server| view_power(server, *lang, emit)) }
                <div class="undo">{ view_undo(props) }{ view_redo(props) }</div>
            </div>
            <div class="toolbar-row">
                { view_fault(text.crash_leader, crash_hint, text.no_leader, crash, emit) }
                { view_split(props) }
                if view.servers.len() > 1 {
                    { view_cut_off(view, *lang, emit) }
                }
                { view_slow(props) }
                { view_fault(text.heal_all, text.heal_all_hint.into(), text.all_well, heal, emit) }
            </div>
        </div>
    }
}

/// A button that crashes a server or starts it again, and shows in small what it is.
fn view_power(server: &ServerView, lang: Lang, emit: &Callback<Intent>) -> Html {
    let (name, power) = (lang.power_button(server), server.power());
    html! {
        <button
            key={server.id.index()} type="button" class={classes!("small", "kill", (!server.is_up()).then_some("down"))}
            aria-label={name.clone()} title={name} onclick={emit.reform(move |_| Intent::act(power))}
        >
            if server.is_up() {
                <svg class="kill-mark" viewBox="-8 -8 16 16" aria-hidden="true">{ mark(server) }</svg>
            } else {
                { icons::icon(icons::START) }
            }
            { server.id.to_string() }
        </button>
    }
}

/// What a server is, in small: round, a hexagon for a candidate, a crown for the leader, hollow for a stale one, two bars for one that is paused.
fn mark(server: &ServerView) -> Html {
    const HEXAGON: &str = "M0 -7L6 -3.500V3.500L0 7L-6 3.500V-3.500Z";
    const ROUND: &str = "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z";
    if let Some(stop) = Stop::of(server) {
        return stop.mark();
    }
    if server.role == Role::Leader {
        let class = match server.leads() {
            _ if server.is_unsafe => "kill-unsafe",
            true => "kill-leader",
            false => "kill-stale",
        };
        return html! { <path {class} transform="scale(0.7)" d={CROWN} /> };
    }
    let (class, d) = match server.role {
        Role::Candidate | Role::PreCandidate => ("kill-candidate", HEXAGON),
        Role::Follower | Role::Leader => ("kill-follower", ROUND),
    };
    html! { <path {class} {d} /> }
}

/// A button for a fault, with what it does and why it can't be had now. Without effect it is dimmed but keeps the focus, and
/// whoever presses it is told why.
fn view_fault(
    name: &'static str,
    hint: AttrValue,
    why_not: &'static str,
    actions: Vec<Action>,
    emit: &Callback<Intent>,
) -> Html {
    let idle = actions.is_empty();
    let title = if idle { why_not.into() } else { hint };
    html! {
        <button type="button" class="small" aria-disabled={idle.then_some("true")} {title} onclick={emit.reform(move |_| if idle { Intent::Notice(why_not.to_owned()) } else { Intent::Act(actions.clone()) })}>{ name }</button>
    }
}

/// It crashes a leader, which nobody would expect of its name; so that is told as it happens.
fn view_split(props: &ToolbarProps) -> Html {
    let ToolbarProps { view, lang, emit, .. } = props;
    let text = lang.toolbar_text();
    let why_not = if faults::an_election_runs(view) {
        text.election_runs
    } else {
        text.no_split
    };
    let actions = faults::split_vote(view);
    let crashed = actions.iter().filter_map(|action| match action {
        Action::Server(server, ServerAction::Kill) => Some(*server),
        _ => None,
    });
    let crashed: NodeSet = crashed.collect();
    let told = (!crashed.is_empty()).then(|| lang.split_crashes(crashed));
    let emit = emit.reform(move |intent| match (intent, &told) {
        (Intent::Act(actions), Some(told)) => Intent::ActAndTell(actions, told.clone()),
        (intent, _) => intent,
    });
    view_fault(text.split_vote, text.split_vote_hint.into(), why_not, actions, &emit)
}

fn view_slow(props: &ToolbarProps) -> Html {
    let text = props.lang.toolbar_text();
    let (now, slowed) = (props.network, faults::slowed(props.normal));
    let is_slow = now.delay == slowed.delay;
    let mut network = now;
    network.delay = if is_slow { props.normal.delay } else { slowed.delay };
    html! {
        <button
            type="button" class={classes!("small", is_slow.then_some("on"))} aria-pressed={is_slow.to_string()} title={text.slow_network_hint}
            onclick={props.emit.reform(move |_| Intent::act(Action::set_network(network)))}
        >
            { text.slow_network }
        </button>
    }
}

fn view_undo(props: &ToolbarProps) -> Html {
    let text = props.lang.toolbar_text();
    let hint = if props.can_undo {
        text.undo_hint
    } else {
        text.nothing_to_undo
    };
    view_step(
        props,
        (text.undo, icons::UNDO),
        props.can_undo,
        hint,
        "Control+Z",
        || Intent::Undo,
    )
}

fn view_redo(props: &ToolbarProps) -> Html {
    let text = props.lang.toolbar_text();
    let hint = if props.can_redo {
        text.redo_hint
    } else {
        text.nothing_to_redo
    };
    view_step(
        props,
        (text.redo, icons::REDO),
        props.can_redo,
        hint,
        "Control+Y Control+Shift+Z",
        || Intent::Redo,
    )
}

/// On a phone there is room for its icon only.
fn view_step(
    props: &ToolbarProps,
    (name, icon): (&'static str, &'static str),
    can: bool,
    title: &'static str,
    keys: &'static str,
    asks: fn() -> Intent,
) -> Html {
    let onclick = props
        .emit
        .reform(move |_| if can { asks() } else { Intent::Notice(title.to_owned()) });
    html! {
        <button type="button" class="small" aria-disabled={(!can).then_some("true")} {title} aria-keyshortcuts={keys} {onclick}>
            { icons::icon(icon) }
            { name }
        </button>
    }
}

/// Which server is cut off from the others, or gets its links back: a choice that opens below its button.
fn view_cut_off(view: &ClusterView, lang: Lang, emit: &Callback<Intent>) -> Html {
    let text = lang.toolbar_text();
    let options = view.servers.iter().map(|server| {
        let action = faults::cut_or_restore(view, server.id);
        let is_cut = action != Action::isolate(server.id);
        let verb = if is_cut { text.restore_one } else { text.cut_off_one };
        ChoiceOption {
            name: lang.button(verb, server.id),
            label: server.id.to_string(),
            is_on: is_cut,
            onclick: emit.reform(move |_| Intent::act(action)),
        }
    });
    html! {
        <Choice options={options.collect::<Vec<_>>()} hint={text.cut_off_hint}>{ text.cut_off }</Choice>
    }
}
