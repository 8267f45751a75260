//! The plot as large as the window, with the names of its lines: for whoever shows it to a class.

use yew::prelude::*;

use super::{
    desk::{LabDesk, LabHandle, LabSubject},
    plot::PlotFrame,
    reader::PlotView,
};
use crate::ui::{
    kit::{dom::set_modal, icons},
    text::Lang,
};

/// What it needs.
#[derive(Clone, PartialEq, Properties)]
pub struct LargeProps {
    /// What is shown.
    pub desk: LabHandle,
    /// Which state of it.
    pub revision: u64,
    /// The language.
    pub lang: Lang,
    /// Whether there is little room.
    pub compact: bool,
}

/// The button that opens it, and the modal sheet: the browser closes that on Escape.
#[component]
pub fn Large(props: &LargeProps) -> Html {
    let (node, open) = (use_node_ref(), use_state_eq(|| false));
    {
        let node = node.clone();
        use_effect_with(*open, move |open| {
            set_modal(&node, *open);
        });
    }
    let set = |to: bool| {
        let open = open.clone();
        move || open.set(to)
    };
    let (show, hide, closed) = (set(true), set(false), set(false));
    let text = props.lang.lab_text();
    html! {
        <>
            <button type="button" class="small" title={text.large_hint} onclick={move |_: MouseEvent| show()}>{ text.large }</button>
            <dialog ref={node} class="lab-large" aria-label={text.large} onclose={move |_: Event| closed()}>
                if *open {
                    { view_open(props, Callback::from(move |()| hide())) }
                }
            </dialog>
        </>
    }
}

fn view_open(props: &LargeProps, hide: Callback<()>) -> Html {
    let (lang, desk) = (props.lang, props.desk.desk());
    let close = lang.text().close;
    let frame = if props.compact {
        PlotFrame::NARROW
    } else {
        PlotFrame::LARGE
    };
    html! {
        <>
            <div class="lab-large-head">
                <h2>{ title(&desk, lang) }</h2>
                <button type="button" class="icon-button" aria-label={close} title={close} onclick={hide.reform(|_: MouseEvent| ())}>{ icons::icon(icons::CLOSE) }</button>
            </div>
            <PlotView desk={props.desk.clone()} revision={props.revision} {lang} {frame} opened={hide} />
        </>
    }
}

/// What was tried, and what of it is measured.
fn title(desk: &LabDesk, lang: Lang) -> String {
    let tried = match desk.subject {
        LabSubject::Figure(half) => lang.paper_half(half),
        LabSubject::Own => lang.lab_text().own,
    };
    format!("{tried}: {}", lang.quantity(desk.quantity))
}
