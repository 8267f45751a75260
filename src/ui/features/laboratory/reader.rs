//! The plot, its lines by name, and the point of it that the reader looks at: by pointer, by arrow keys, by touch.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::{
    desk::{LabDesk, LabHandle},
    picture,
    plot::{Plot, PlotFrame, PlotSpot, SpotKind},
};
use crate::{
    lab::{Quantity, TrialEnding},
    ui::{
        kit::dom::bring_near,
        svg::{
            number::fixed,
            point::{Point, point},
        },
        text::Lang,
    },
};

/// What it needs.
#[derive(Clone, PartialEq, Properties)]
pub struct PlotViewProps {
    /// What is shown.
    pub desk: LabHandle,
    /// Which state of it.
    pub revision: u64,
    /// The language.
    pub lang: Lang,
    /// The room for it.
    pub frame: PlotFrame,
    /// Hears that a trial was opened.
    #[prop_or_default]
    pub opened: Callback<()>,
    /// What stands below it, once there is a plot.
    #[prop_or_default]
    pub children: Html,
}

/// A line, and a point of it.
type Cursor = (usize, usize);

/// The plot with the names of its lines above it and what its point says below.
#[component]
pub fn PlotView(props: &PlotViewProps) -> Html {
    let lang = props.lang;
    let (chosen, under, chart) = (use_state_eq(|| None), use_state_eq(|| None), use_node_ref());
    let drawn = use_memo((props.revision, lang, props.frame), |(_, lang, frame)| {
        let desk = props.desk.desk();
        let plot = Plot::of(&desk.lines, desk.form, desk.quantity, desk.varied, *frame)?;
        let svg = AttrValue::from(picture::on_page(&plot, *lang));
        Some((Rc::new(plot), svg))
    });
    let node = use_node_ref();
    {
        // A reader who comes back to the panel finds it scrolled as it was.
        let (node, had_plot) = (node.clone(), use_mut_ref(|| drawn.is_some()));
        use_effect_with(drawn.is_some(), move |has_plot| {
            let had_plot = std::mem::replace(&mut *had_plot.borrow_mut(), *has_plot);
            if let Some(plot) = node.cast::<Element>().filter(|_| *has_plot && !had_plot) {
                bring_near(&plot);
            }
        });
    }
    let Some((plot, svg)) = &*drawn else {
        return html! { <div class="lab-plot lab-empty"><p class="fine">{ lang.lab_text().plot_empty }</p></div> };
    };
    let reader = PlotReader {
        desk: props.desk.clone(),
        plot: plot.clone(),
        chosen,
        under,
        chart,
        lang,
        opened: props.opened.clone(),
    };
    html! {
        <div ref={node} class="lab-plot">
            { view_names(&props.desk.desk(), plot, lang) }
            { reader.view(svg) }
            { props.children.clone() }
        </div>
    }
}

/// What each line is called.
fn view_names(desk: &LabDesk, plot: &Plot, lang: Lang) -> Html {
    let has_published = plot.curves.iter().any(|curve| !curve.published.is_empty());
    html! {
        <ul class="lab-names" aria-label={lang.lab_text().line}>
            { for desk.lines.iter().enumerate().map(|(place, line)| html! {
                <li>{ Html::from_html_unchecked(picture::key_on_page(place).into()) }{ lang.lab_line(line.name) }</li>
            }) }
            if has_published {
                <li>{ Html::from_html_unchecked(picture::published_on_page().into()) }{ lang.lab_text().of_paper }</li>
            }
        </ul>
    }
}

/// What the keys do, in the document.
pub const KEYS: &str = "lab-keys";

/// Who reads the plot, point by point.
#[derive(Clone)]
struct PlotReader {
    desk: LabHandle,
    plot: Rc<Plot>,
    /// Where the reader went by a key, a finger or a click.
    chosen: UseStateHandle<Option<Cursor>>,
    /// What is under the mouse. What was chosen is still there when the mouse leaves, on its way to a button.
    under: UseStateHandle<Option<Cursor>>,
    chart: NodeRef,
    lang: Lang,
    opened: Callback<()>,
}

impl PlotReader {
    /// The point that the reader has gone to, if the plot has it.
    fn at(&self) -> Option<Cursor> {
        let at = self.under.or(*self.chosen);
        at.filter(|cursor| spot(&self.plot, *cursor).is_some())
    }

    /// Opens the trial of a point.
    fn open(&self, (line, index): Cursor) {
        if let Some(&PlotSpot {
            series,
            trial: Some(trial),
            ..
        }) = spot(&self.plot, (line, index))
        {
            self.desk.open_trial(line, series, trial, self.lang);
            self.opened.emit(());
        }
    }

    /// Goes along a line, to another one, or opens the trial of a point.
    fn key(&self, event: &KeyboardEvent) {
        let Some(now) = self.at().or_else(|| first(&self.plot)) else {
            return;
        };
        let next = match event.key().as_str() {
            "Enter" | " " => {
                self.open(now);
                Some(now)
            }
            key => moved(&self.plot, now, key),
        };
        if next.is_some() {
            event.prevent_default();
            event.stop_propagation();
            self.under.set(None);
            self.chosen.set(next);
        }
    }

    /// Goes to the point under the pointer. A click opens its trial. A fingertip covers many points: what it has found is opened by
    /// the button.
    fn pointer(&self, event: &PointerEvent, is_up: bool) {
        let found = self.nearest(event);
        if event.pointer_type() != "mouse" {
            self.chosen.set(found);
            return;
        }
        self.under.set(found);
        if let Some(found) = found.filter(|_| is_up && event.button() == 0) {
            self.chosen.set(Some(found));
            self.open(found);
        }
    }

    /// The point that is nearest to the pointer. The drawing lies in the middle of its element, as large as it fits. Yew hears events at
    /// the root, so an event's own element is that of the whole page.
    fn nearest(&self, event: &PointerEvent) -> Option<Cursor> {
        let room = self.chart.cast::<Element>()?.get_bounding_client_rect();
        let PlotFrame { width, height, .. } = self.plot.frame;
        let scale = (room.width() / width).min(room.height() / height);
        let along = |pointer: i32, from: f64, room: f64, length: f64| {
            (f64::from(pointer) - from - (room - length * scale) / 2.0) / scale
        };
        let x = along(event.client_x(), room.left(), room.width(), width);
        let y = along(event.client_y(), room.top(), room.height(), height);
        self.plot.nearest(point(x, y))
    }

    /// Hears an event.
    fn on<E: 'static>(&self, hear: impl Fn(&Self, E) + 'static) -> Callback<E> {
        let reader = self.clone();
        Callback::from(move |event| hear(&reader, event))
    }

    fn view(&self, svg: &AttrValue) -> Html {
        let (plot, lang) = (&self.plot, self.lang);
        let now = self.at().or_else(|| first(plot));
        let said = now
            .map(|now| words(&self.desk.desk(), plot, now, lang))
            .unwrap_or_default();
        let trial = now.and_then(|now| spot(plot, now)).and_then(|spot| spot.trial);
        let (line, place) = now.unwrap_or_default();
        let last = plot
            .curves
            .get(line)
            .map_or(0, |curve| curve.spots.len().saturating_sub(1));
        html! {
            <>
                <div
                    ref={&self.chart} class="lab-chart" role="slider" tabindex="0" aria-label={lang.lab_text().point} aria-describedby={KEYS}
                    aria-valuemin="0" aria-valuemax={last.to_string()} aria-valuenow={place.to_string()} aria-valuetext={said.clone()}
                    onkeydown={self.on(|reader, event: KeyboardEvent| reader.key(&event))}
                    onpointermove={self.on(|reader, event: PointerEvent| reader.pointer(&event, false))}
                    onpointerup={self.on(|reader, event: PointerEvent| reader.pointer(&event, true))}
                    onpointerleave={self.on(|reader, _: PointerEvent| reader.under.set(None))}
                >
                    { Html::from_html_unchecked(svg.clone()) }
                    { for self.at().and_then(|at| spot(plot, at)).map(|spot| crosshair(plot, spot.at)) }
                </div>
                <div class="lab-readout">
                    <p aria-hidden="true">{ said }</p>
                    if let Some((trial, now)) = trial.zip(now) {
                        <button type="button" class="small" onclick={self.on(move |reader, _: MouseEvent| reader.open(now))}>{ lang.lab_open(trial) }</button>
                    }
                </div>
            </>
        }
    }
}

fn spot(plot: &Plot, (line, index): Cursor) -> Option<&PlotSpot> {
    plot.curves.get(line)?.spots.get(index)
}

/// The middle of the first line.
fn first(plot: &Plot) -> Option<Cursor> {
    let line = plot.curves.iter().position(|curve| !curve.spots.is_empty())?;
    Some((line, plot.curves[line].spots.len() / 2))
}

/// Where a key leads: along the line, or to the next one that has points.
fn moved(plot: &Plot, (line, index): Cursor, key: &str) -> Option<Cursor> {
    const FAR: usize = 20;
    let spots = plot.curves[line].spots.len();
    let last = spots.saturating_sub(1);
    let along = |index: usize| Some((line, index.min(last)));
    let to_line = |line: usize| {
        let there = plot.curves[line].spots.len();
        // At the same share of the trials, or at the same place along the line.
        Some((line, (index * there / spots.max(1)).min(there.saturating_sub(1))))
    };
    let has_spots = |line: &usize| !plot.curves[*line].spots.is_empty();
    match key {
        "ArrowRight" => along(index + 1),
        "ArrowLeft" => along(index.saturating_sub(1)),
        "PageUp" => along(index + FAR),
        "PageDown" => along(index.saturating_sub(FAR)),
        "Home" => along(0),
        "End" => along(last),
        "ArrowUp" => to_line((0..line).rev().find(has_spots).unwrap_or(line)),
        "ArrowDown" => to_line((line + 1..plot.curves.len()).find(has_spots).unwrap_or(line)),
        _ => None,
    }
}

fn crosshair(plot: &Plot, at: Point) -> Html {
    let PlotFrame {
        width,
        height,
        origin,
        corner,
        ..
    } = plot.frame;
    let across = format!(
        "M{} {y}H{}M{x} {}V{}",
        fixed(origin.x),
        fixed(corner.x),
        fixed(origin.y),
        fixed(corner.y),
        x = fixed(at.x),
        y = fixed(at.y)
    );
    html! {
        <svg class="lab-cross" viewBox={format!("0 0 {} {}", fixed(width), fixed(height))} aria-hidden="true" focusable="false">
            <path d={across} /><circle cx={fixed(at.x)} cy={fixed(at.y)} r="6" />
        </svg>
    }
}

/// What a point says.
fn words(desk: &LabDesk, plot: &Plot, (line, index): Cursor, lang: Lang) -> String {
    let Some(spot) = spot(plot, (line, index)) else {
        return String::new();
    };
    let line = &desk.lines[line];
    let series = &line.series[spot.series];
    let (name, quantity, limit) = (lang.lab_line(line.name), plot.quantity, series.experiment.limit);
    match spot.kind {
        SpotKind::Share(share, value) => {
            let share = lang.share_in_words(share);
            match (value, quantity) {
                (Some(value), Quantity::WithoutLeader) if series.experiment.ending == TrialEnding::WithLeader => {
                    lang.lab_within(&name, &share, &lang.lab_time(value))
                }
                (Some(value), _) => {
                    lang.lab_at_most(&name, &share, &lang.lab_value(quantity, value), lang.quantity(quantity))
                }
                (None, _) => {
                    let distribution = &series.distribution;
                    let beyond = distribution.beyond() * 1000 / distribution.count().max(1);
                    let beyond = lang.share_in_words(u32::try_from(beyond).unwrap_or(0));
                    lang.lab_longer(&name, &beyond, &lang.lab_time(limit.0))
                }
            }
        }
        SpotKind::Bar(from, below, count) if below == from + 1 => lang.lab_bar_of_one(
            &name,
            count,
            &format!("{} {}", lang.lab_value(quantity, from), lang.quantity(quantity)),
        ),
        SpotKind::Bar(from, below, count) => lang.lab_bar(
            &name,
            count,
            &lang.lab_value(quantity, from),
            &lang.lab_value(quantity, below),
        ),
        SpotKind::Varied => {
            let setting = plot
                .vary
                .map(|vary| lang.lab_setting(vary.variable, series.value))
                .unwrap_or_default();
            let value = |permille| {
                lang.lab_value_or_more(quantity, series.quantile(permille).and_then(|(_, value)| value), limit)
            };
            lang.lab_band(&name, &setting, &value(500), &value(50), &value(950))
        }
    }
}

impl Lang {
    /// A share of a thousand, without a decimal that says nothing.
    fn share_in_words(self, permille: u32) -> String {
        match permille % 10 {
            0 => format!("{} %", permille / 10),
            tenth => self.decimal(&format!("{}.{tenth} %", permille / 10)),
        }
    }
}
