//! The plot as large as the window, with the names of its lines: for whoever shows it to a class.

use yew::prelude::*;

use super::{
    desk::{LabDesk, LabHandle, LabSubject},
    picture,
    plot::{Plot, PlotFrame},
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
                    { view_open(props, Callback::from(move |_: MouseEvent| hide())) }
                }
            </dialog>
        </>
    }
}

fn view_open(props: &LargeProps, hide: Callback<MouseEvent>) -> Html {
    let (lang, desk) = (props.lang, props.desk.desk());
    let close = lang.text().close;
    let frame = if props.compact {
        PlotFrame::NARROW
    } else {
        PlotFrame::LARGE
    };
    let plot = Plot::of(&desk.lines, desk.form, desk.quantity, desk.varied, frame);
    html! {
        <>
            <div class="lab-large-head">
                <h2>{ title(&desk, lang) }</h2>
                <button type="button" class="icon-button" aria-label={close} title={close} onclick={hide}>{ icons::icon(icons::CLOSE) }</button>
            </div>
            { for plot.map(|plot| view_plot(&plot, &desk, lang)) }
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

/// The plot, and what each of its lines is called.
fn view_plot(plot: &Plot, desk: &LabDesk, lang: Lang) -> Html {
    let has_published = plot.curves.iter().any(|curve| !curve.published.is_empty());
    html! {
        <>
            <div class="lab-large-plot">{ Html::from_html_unchecked(picture::on_page(plot, lang).into()) }</div>
            <ul class="lab-large-names" aria-label={lang.lab_text().line}>
                { for desk.lines.iter().enumerate().map(|(place, line)| html! {
                    <li>{ Html::from_html_unchecked(picture::key_on_page(place).into()) }{ lang.lab_line(line.name) }</li>
                }) }
                if has_published {
                    <li>{ Html::from_html_unchecked(picture::published_on_page().into()) }{ lang.lab_text().of_paper }</li>
                }
            </ul>
        </>
    }
}
