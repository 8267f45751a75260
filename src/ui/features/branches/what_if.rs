//! One thing done otherwise.

use yew::prelude::*;

use crate::{
    raft::NodeId,
    sim::{Action, CausalStep, EventId, History},
    ui::{
        features::branches::{
            BranchesProps, button, next_focus,
            setting::{ChosenSetting, InForce, view_setting},
        },
        intent::Intent,
        kit::{
            dom::{focus, focus_later},
            emit::{maybe, value},
        },
        run::player::{BranchChange, action_of, message_behind, one_partition},
    },
};

/// Entries of the journal that are shown before and after now.
const BEFORE: usize = 8;
const AFTER: usize = 4;

/// What can be done instead, by server.
const CHOICES: [fn(NodeId) -> Action; 8] = [
    Action::kill,
    Action::start,
    Action::pause,
    Action::resume,
    Action::force_timeout,
    Action::wipe_disk,
    Action::isolate,
    Action::rejoin,
];

/// What is to be replaced.
#[derive(Clone, Copy, PartialEq)]
enum Choosing {
    Nothing,
    /// An action of the journal.
    Entry(usize),
    /// Nothing: something is to be done now.
    Now,
}

/// What is to be done.
#[derive(Clone, Copy, PartialEq)]
enum DoneInstead {
    /// The action with this number, of all servers.
    Deed(usize),
    /// Something is set, and more has to be said.
    Setting(ChosenSetting),
}

/// [`DoneInstead::Setting`], in the list.
const SETTING: &str = "setting";

impl DoneInstead {
    /// The one with this name in the list.
    fn named(name: &str) -> Option<Self> {
        if name == SETTING {
            return Some(Self::Setting(ChosenSetting::FIRST));
        }
        name.parse().ok().map(Self::Deed)
    }
}

/// The ways to do one thing otherwise.
#[component]
pub fn WhatIf(props: &BranchesProps) -> Html {
    let text = props.lang.branches_text();
    let choosing = use_state(|| Choosing::Nothing);
    let chosen = use_state(|| DoneInstead::Deed(0));
    {
        // Entries have other numbers in another branch.
        let choosing = choosing.clone();
        use_effect_with(props.run.epoch(), move |_| choosing.set(Choosing::Nothing));
    }
    // What opens takes the focus.
    use_effect_with(*choosing, |choosing| {
        if *choosing != Choosing::Nothing {
            focus("what-if-choice");
        }
    });
    let player = props.run.player();
    let history = player.history();
    let choose_now = {
        let choosing = choosing.clone();
        Callback::from(move |_: MouseEvent| choosing.set(Choosing::Now))
    };
    html! {
        <section aria-labelledby="what-if">
            <h2 id="what-if">{ text.what_if }</h2>
            <p class="intro">{ text.what_if_intro }</p>
            { for props.selected.map(|event| selected(props, history, event)) }
            { journal(props, history, &choosing, &chosen) }
            if *choosing == Choosing::Now {
                { picker(props, history, Choosing::Now, &chosen) }
            } else {
                <button type="button" class="small" onclick={choose_now}>{ text.do_now }</button>
            }
        </section>
    }
}

/// What could be otherwise about the event that is selected.
fn selected(props: &BranchesProps, history: &History, event: EventId) -> Html {
    let (lang, text) = (props.lang, props.lang.branches_text());
    let trace = history.trace();
    let Some(step) = trace.get(event).map(|event| CausalStep::of(trace, event)) else {
        return html! {};
    };
    let what = lang.explain(&step);
    let name = what.trim_end_matches('.');
    let change = match action_of(history, event) {
        Some(_) => Some((text.undo, BranchChange::Undo(vec![event]))),
        None => message_behind(history, event).map(|_| (text.lose, BranchChange::Lose(event))),
    };
    let Some((label, change)) = change else {
        return html! {};
    };
    html! {
        <p class="what-if-selected">
            { format!("{}: {what}", { text.selected }) }{ " " }
            { button(props, label, name, change) }
        </p>
    }
}

/// What is done around now, and what could be done to it.
fn journal(
    props: &BranchesProps,
    history: &History,
    choosing: &UseStateHandle<Choosing>,
    chosen: &UseStateHandle<DoneInstead>,
) -> Html {
    let (lang, text) = (props.lang, props.lang.branches_text());
    let journal = history.journal(history.current());
    let now = past(history);
    let near = now.saturating_sub(BEFORE)..(now + AFTER).min(journal.len());
    if near.is_empty() {
        return html! { <p class="empty">{ text.nothing_done }</p> };
    }
    // No partition is cut in two.
    let near = one_partition(journal, near.start).start..near.end;
    html! {
        <ul class="journal" aria-label={text.near}>
            { for near.filter(|index| one_partition(journal, *index).start == *index).map(|index| {
                let entry = &journal[index];
                let branch = history.current();
                let whole = one_partition(journal, index);
                let meant: Vec<Action> = whole.clone().flat_map(|place| history.meant(branch, place)).collect();
                let did = lang.done_by(entry.scripted, &meant);
                let no_effect = whole.into_iter().find_map(|place| {
                    let why = history.refusal(branch, place)?;
                    Some(lang.had_no_effect(history.meant_as_one(branch, place), why))
                });
                let choosing = choosing.clone();
                let is_chosen = *choosing == Choosing::Entry(index);
                let onclick = Callback::from(move |_: MouseEvent| choosing.set(Choosing::Entry(index)));
                html! {
                    <li key={index} class={classes!((index >= now).then_some("to-come"))}>
                        <span class="journal-time">{ lang.seconds(entry.at) }</span>
                        <span class="journal-did">
                            { did.clone() }
                            { for no_effect.map(|why| html! { <>{ " " }<strong class="journal-no-effect">{ why }</strong></> }) }
                        </span>
                        { button(props, text.leave_out, &did, BranchChange::LeaveOut(index)) }
                        <button type="button" class="small" aria-label={format!("{}: {did}", { text.instead })} aria-expanded={is_chosen.to_string()} {onclick}>{ text.instead }</button>
                        if is_chosen {
                            { picker(props, history, Choosing::Entry(index), chosen) }
                        }
                    </li>
                }
            }) }
        </ul>
    }
}

/// How many actions of the journal are behind now.
fn past(history: &History) -> usize {
    let journal = history.journal(history.current());
    journal.partition_point(|entry| entry.at <= history.now())
}

/// What can be done: to any server, or a setting that is given.
fn picker(props: &BranchesProps, history: &History, choosing: Choosing, chosen: &UseStateHandle<DoneInstead>) -> Html {
    let (lang, text) = (props.lang, props.lang.branches_text());
    let size = history.world().servers().len();
    let choose = {
        let chosen = chosen.clone();
        Callback::from(move |choice: DoneInstead| chosen.set(choice))
    };
    let onchange = maybe(&choose, |event: Event| DoneInstead::named(&value(&event)));
    let place = match choosing {
        Choosing::Entry(index) => index,
        Choosing::Now | Choosing::Nothing => past(history),
    };
    let go = props.emit.reform(move |action| {
        let change = match choosing {
            Choosing::Entry(index) => BranchChange::Instead(index, action),
            Choosing::Now | Choosing::Nothing => BranchChange::Do(action),
        };
        focus_later(next_focus(&change));
        Intent::Branches(change)
    });
    html! {
        <div class="picker" role="group" aria-label={text.choose}>
            <select id="what-if-choice" class="select" aria-label={text.choose} {onchange}>
                { for NodeId::all(size).map(|server| html! {
                    <optgroup label={server.to_string()}>
                        { for CHOICES.iter().enumerate().map(|(kind, make)| {
                            let (number, action) = (server.index() * CHOICES.len() + kind, make(server));
                            // Whether the action was possible then is found out when it is done there.
                            let impossible = choosing == Choosing::Now && history.world().allow(action).is_err();
                            html! { <option value={number.to_string()} selected={DoneInstead::Deed(number) == **chosen} disabled={impossible}>{ lang.action(action) }</option> }
                        }) }
                    </optgroup>
                }) }
                <option value={SETTING} selected={matches!(**chosen, DoneInstead::Setting(_))}>{ text.setting_instead }</option>
            </select>
            { match **chosen {
                DoneInstead::Deed(number) => {
                    let action = action(number, size);
                    html! { <button type="button" class="small on" onclick={go.reform(move |_: MouseEvent| action)}>{ text.go }</button> }
                }
                DoneInstead::Setting(setting) => view_setting(setting, &InForce::before(history, place), lang, &choose.reform(DoneInstead::Setting), &go),
            } }
        </div>
    }
}

/// The action with a number; servers that the cluster does not have count as the last one.
fn action(number: usize, size: usize) -> Action {
    let server = NodeId::new((number / CHOICES.len()).min(size.saturating_sub(1)));
    CHOICES[number % CHOICES.len()](server)
}
