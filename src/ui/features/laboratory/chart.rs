//! The plot in the panel.

use yew::prelude::*;

use super::{
    desk::LabHandle,
    large::Large,
    plot::PlotFrame,
    reader::{KEYS, PlotView},
};
use crate::ui::text::Lang;

/// What the plot needs.
#[derive(Clone, PartialEq, Properties)]
pub struct ChartProps {
    /// What is shown.
    pub desk: LabHandle,
    /// Which state of it.
    pub revision: u64,
    /// The language.
    pub lang: Lang,
    /// Whether there is little room.
    pub compact: bool,
}

/// The plot, what makes it large, and how to read it.
#[component]
pub fn Chart(props: &ChartProps) -> Html {
    let ChartProps {
        revision,
        lang,
        compact,
        ..
    } = *props;
    let (text, desk) = (lang.lab_text(), &props.desk);
    let frame = if compact { PlotFrame::NARROW } else { PlotFrame::WIDE };
    html! {
        <PlotView desk={desk.clone()} {revision} {lang} {frame}>
            <Large desk={desk.clone()} {revision} {lang} {compact} />
            <p id={KEYS} class="fine">
                if desk.desk().varied.is_some() {
                    { text.band }{ ". " }
                }
                { text.plot_keys }
            </p>
        </PlotView>
    }
}
