//! A button that opens a row of further buttons, of which one is chosen.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node};
use yew::prelude::*;

use crate::ui::kit::dom::focus_node;

/// One of what can be chosen.
#[derive(Clone, PartialEq)]
pub struct ChoiceOption {
    /// What it is called in full.
    pub name: String,
    /// What it shows.
    pub label: String,
    /// Whether choosing it takes something back.
    pub is_on: bool,
    /// Hears that it is chosen.
    pub onclick: Callback<()>,
}

/// What a choice needs.
#[derive(Clone, PartialEq, Properties)]
pub struct ChoiceProps {
    /// What can be chosen.
    pub options: Vec<ChoiceOption>,
    /// What choosing does.
    pub hint: &'static str,
    /// What the button is called, if it shows an icon.
    #[prop_or_default]
    pub name: Option<&'static str>,
    /// What kind of choice it is, for the style sheets.
    #[prop_or_default]
    pub class: Option<&'static str>,
    /// What the button shows.
    pub children: Html,
}

/// The button and, while it is open, what can be chosen. Escape closes it, and so does whatever else takes the focus.
#[component]
pub fn Choice(props: &ChoiceProps) -> Html {
    let open = use_state_eq(|| false);
    let (around, button) = (use_node_ref(), use_node_ref());
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let onkeydown = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && *open {
                event.stop_propagation();
                open.set(false);
                focus_node(&button);
            }
        })
    };
    let onfocusout = {
        let (open, around) = (open.clone(), around.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
            let stays = around
                .cast::<Element>()
                .is_some_and(|around| around.contains(to.as_ref()));
            if to.is_some() && !stays {
                open.set(false);
            }
        })
    };
    let choose = |(index, option): (usize, &ChoiceOption)| {
        let (open, button, chosen) = (open.clone(), button.clone(), option.onclick.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            open.set(false);
            focus_node(&button);
            chosen.emit(());
        });
        html! {
            <button key={index} type="button" class={classes!("small", option.is_on.then_some("on"))} aria-label={option.name.clone()} title={option.name.clone()} {onclick}>
                { &option.label }
            </button>
        }
    };
    html! {
        <div ref={around} class={classes!("choice", props.class)} {onkeydown} {onfocusout}>
            <button ref={button.clone()} type="button" class="small" aria-label={props.name} aria-expanded={open.to_string()} title={props.hint} onclick={toggle}>{ props.children.clone() }</button>
            if *open {
                <div class="choice-list" role="group" aria-label={props.hint}>
                    { for props.options.iter().enumerate().map(choose) }
                </div>
            }
        </div>
    }
}
