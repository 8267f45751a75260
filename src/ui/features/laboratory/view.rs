//! The panel.

use yew::prelude::*;

use super::{
    LabProps, Laboratory,
    chart::Chart,
    desk::{DeskMsg, LabDesk, LabHandle, LabSubject, RUN, TrialProgress},
    form::view_form,
    hints::view_hints,
    plot::PlotForm,
    save::Save,
    splits::view_splits,
    table::{view_difference, view_table},
};
use crate::{
    lab::Quantity,
    raft::Rule,
    ui::{
        intent::LabAsked,
        kit::{dom::focus, emit::value},
        text::Lang,
    },
};

/// What the panel needs.
#[derive(Clone, PartialEq, Properties)]
pub struct PanelProps {
    /// What is tried, and what has come of it.
    pub desk: LabHandle,
    /// What the page says.
    pub props: LabProps,
}

/// The panel. It is drawn anew when something happens on the desk.
pub struct LabPanel;

impl Component for LabPanel {
    type Message = ();
    type Properties = PanelProps;

    fn create(ctx: &Context<Self>) -> Self {
        ctx.props().desk.drawn_by(ctx.link().callback(|()| ()));
        Self
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        ctx.props().desk.drawn_by(Callback::noop());
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let PanelProps { desk: handle, props } = ctx.props();
        let (desk, lang) = (handle.desk(), props.lang);
        let text = lang.lab_text();
        let about = match desk.subject {
            LabSubject::Figure(half) => lang.paper_half_about(half),
            LabSubject::Own => text.own_about,
        };
        html! {
            <div class="lab-panel" role="group" tabindex="0" aria-label={lang.lab_title().title}>
                { view_subjects(&desk, handle, props) }
                <p class="fine">{ about }</p>
                if desk.subject == LabSubject::Own && !desk.plan.experiment.title.is_empty() {
                    // Whoever wrote it may write in another direction than the page.
                    <p><strong><bdi>{ desk.plan.experiment.title.clone() }</bdi></strong></p>
                }
                if desk.subject == LabSubject::Own {
                    { view_form(&desk, handle, props) }
                }
                { view_run(&desk, handle, lang) }
                if !desk.lines.is_empty() {
                    { view_shown(&desk, handle, lang) }
                }
                { view_difference(&desk, lang) }
                <Chart desk={handle.clone()} revision={desk.revision} {lang} compact={props.compact} />
                { view_table(&desk, handle, lang, props.compact) }
                { view_hints(&desk, handle, lang) }
                { view_splits(&desk, handle, lang, props.compact) }
                <Save desk={handle.clone()} revision={desk.revision} {lang} />
                if matches!(desk.subject, LabSubject::Figure(_)) {
                    <p class="fine">{ text.network }</p>
                }
            </div>
        }
    }
}

fn view_subjects(desk: &LabDesk, handle: &LabHandle, props: &LabProps) -> Html {
    let text = props.lang.lab_text();
    let view = |subject: LabSubject| {
        let name = match subject {
            LabSubject::Figure(half) => props.lang.paper_half(half),
            LabSubject::Own => text.own,
        };
        let ring = props.ring.clone();
        let onclick = handle.on(move |_: MouseEvent| DeskMsg::Subject(subject, ring.clone()));
        let on = subject == desk.subject;
        html! { <button type="button" class="lab-choice" aria-pressed={on.to_string()} {onclick}>{ name }</button> }
    };
    html! { <div class="lab-choices" role="group" aria-label={text.what}>{ for LabSubject::ALL.map(view) }</div> }
}

/// What lets the trials run, how far they are, and what stops them.
fn view_run(desk: &LabDesk, handle: &LabHandle, lang: Lang) -> Html {
    let text = lang.lab_text();
    let trials = desk.trials();
    let (runs, all) = (desk.runs(), trials.unwrap_or(0));
    let label = lang.lab_run(&grouped(lang, all));
    let is_idle = !runs && trials.is_some();
    let run = handle.on(|_: MouseEvent| DeskMsg::Run);
    html! {
        <div class="lab-run">
            <button type="button" id={RUN} class="small primary" aria-disabled={(!is_idle).then_some("true")} onclick={run}>{ label }</button>
            if desk.subject == LabSubject::Own {
                <button
                    type="button" class="small" title={text.with_without_hint} aria-disabled={(!is_idle).then_some("true")}
                    onclick={handle.on(|_: MouseEvent| DeskMsg::WithAndWithout(Rule::PreVote))}
                >{ text.with_without }</button>
            }
            if runs {
                <button type="button" class="small" onclick={handle.on(|_: MouseEvent| {
                    // The button goes away.
                    focus(RUN);
                    DeskMsg::Cancel
                })}>{ text.cancel }</button>
            }
            { view_progress(desk, all, lang) }
        </div>
    }
}

fn view_progress(desk: &LabDesk, all: u64, lang: Lang) -> Html {
    let text = lang.lab_text();
    let said = match desk.progress {
        TrialProgress::Runs(done) => {
            let name = desk
                .running_line()
                .map(|line| lang.lab_line(line.name))
                .unwrap_or_default();
            let words = lang.lab_progress(&grouped(lang, done.into()), &grouped(lang, all), &name);
            return html! {
                <>
                    <progress aria-label={text.progress} max={all.to_string()} value={done.to_string()} />
                    <p class="fine" aria-live="off">{ words }</p>
                </>
            };
        }
        TrialProgress::Idle => match desk.plan.experiments() {
            Err(why) if desk.subject == LabSubject::Own => lang.lab_not_possible(lang.lab_impossible(why)),
            Ok(_) if desk.trials().is_none() => text.too_many.to_owned(),
            _ => String::new(),
        },
        TrialProgress::Cancelled => text.cancelled.to_owned(),
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a time to be read"
        )]
        TrialProgress::Done(ms) => lang.lab_done(&grouped(lang, all), &lang.lab_time(ms as u64 * 1000)),
        TrialProgress::Failed => text.failed.to_owned(),
    };
    html! { <p class="fine" role="status">{ said }</p> }
}

fn grouped(lang: Lang, number: u64) -> String {
    lang.grouped(usize::try_from(number).unwrap_or(usize::MAX))
}

/// What is measured, and how it is shown.
fn view_shown(desk: &LabDesk, handle: &LabHandle, lang: Lang) -> Html {
    let text = lang.lab_text();
    let onchange = handle.on(|event: Event| {
        let chosen = value(&event);
        let quantity = Quantity::ALL.into_iter().find(|quantity| quantity.slug() == chosen);
        DeskMsg::Measure(quantity.unwrap_or(Quantity::WithoutLeader))
    });
    let form = |form: PlotForm, name: &'static str| {
        let onclick = handle.on(move |_: MouseEvent| DeskMsg::Form(form));
        let on = desk.form == form;
        html! { <button type="button" class="lab-choice" aria-pressed={on.to_string()} {onclick}>{ name }</button> }
    };
    html! {
        <div class="lab-shown">
            <label class="named-field">
                <span>{ text.measure }</span>
                <select {onchange}>
                    { for Quantity::ALL.map(|quantity| html! {
                        <option value={quantity.slug()} selected={quantity == desk.quantity}>{ lang.quantity(quantity) }</option>
                    }) }
                </select>
            </label>
            if desk.varied.is_none() {
                <div class="lab-choices" role="group" aria-label={text.shown_as}>
                    { form(PlotForm::Cumulative, text.cumulative) }
                    { form(PlotForm::Histogram, text.histogram) }
                </div>
            }
        </div>
    }
}

impl Laboratory for LabHandle {
    fn ask(&self, asked: LabAsked, lang: Lang) {
        Self::ask(self, asked, lang);
    }

    fn view(&self, props: LabProps) -> Html {
        html! { <LabPanel desk={self.clone()} {props} /> }
    }
}
