//! The panel.

use yew::prelude::*;

use super::{
    AtlasProps,
    desk::{AtlasDesk, AtlasHalt, AtlasHandle, AtlasMsg},
    grid::view_grid,
    mark::{look, mark},
    networks::{EXTENSIONS, MOST_SEEDS, SeenStability, networks},
    table::view_table,
};
use crate::{
    lab::atlas::Stability,
    raft::Rule,
    ui::{
        kit::{copy_link::CopyLink, dom::focus_later, emit::checked},
        text::Lang,
    },
};

/// The panel. It is drawn anew when something happens in the atlas; runs go on while it is there.
pub struct AtlasPanel;

impl Component for AtlasPanel {
    type Message = ();
    type Properties = AtlasProps;

    fn create(ctx: &Context<Self>) -> Self {
        let atlas = &ctx.props().atlas;
        atlas.hear(AtlasMsg::Shown(true));
        atlas.drawn_by(ctx.link().callback(|()| ()));
        Self
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        let atlas = &ctx.props().atlas;
        atlas.drawn_by(Callback::noop());
        atlas.hear(AtlasMsg::Shown(false));
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let AtlasProps { atlas, lang } = ctx.props();
        let (desk, lang) = (atlas.desk(), *lang);
        let text = lang.atlas_text();
        html! {
            <div class="atlas-panel" role="group" tabindex="0" aria-label={lang.atlas_title().title}>
                <p class="fine">{ text.about }</p>
                { view_rules(&desk, atlas, lang) }
                { view_totals(&desk, atlas, lang) }
                <div class="atlas-bar">
                    { view_forms(&desk, atlas, lang) }
                    { view_progress(&desk, atlas, lang) }
                </div>
                if desk.numbers {
                    { view_table(&desk, atlas, lang) }
                } else {
                    { view_grid(&desk, atlas, lang) }
                }
                <p class="fine">{ text.seen }</p>
                <div class="lab-save"><CopyLink link={desk.link()} label={text.link} {lang} /></div>
            </div>
        }
    }
}

/// A switch for each extension of the paper's rules.
fn view_rules(desk: &AtlasDesk, atlas: &AtlasHandle, lang: Lang) -> Html {
    let switch = |rule: Rule| {
        let onchange = atlas.on(move |event: Event| AtlasMsg::Extend(rule, checked(&event)));
        html! {
            <label class="switch" title={lang.rule_reason(rule)}>
                <input type="checkbox" role="switch" checked={desk.rules().get(rule)} {onchange} />
                <span>{ lang.rule(rule) }</span>
            </label>
        }
    };
    html! {
        <fieldset class="atlas-rules">
            <legend>{ lang.atlas_text().rules }</legend>
            { for EXTENSIONS.map(switch) }
            <p class="fine">{ lang.atlas_text().by_paper }</p>
        </fieldset>
    }
}

/// How many networks come to what. Each is a button that shows only those.
fn view_totals(desk: &AtlasDesk, atlas: &AtlasHandle, lang: Lang) -> Html {
    let text = lang.atlas_text();
    let all = lang.grouped(networks() as usize);
    let view = |filter: Option<SeenStability>| {
        let onclick = atlas.on(move |_: MouseEvent| AtlasMsg::Filter(filter));
        let (word, number) = match filter {
            Some(seen) => (
                lang.atlas_word(filter),
                lang.grouped(desk.seen().networks(seen) as usize),
            ),
            None => (text.all, all.clone()),
        };
        let about = match filter {
            Some(SeenStability::Always(stability)) => Some(lang.atlas_stability_about(stability)),
            _ => None,
        };
        let look = filter.is_some().then(|| look(filter));
        html! {
            <button
                type="button" class={classes!("atlas-total", look)} title={about}
                aria-pressed={(desk.filter == filter).to_string()} {onclick}
            >
                <span class="atlas-word">
                    if filter.is_some() {
                        { mark(filter) }
                    }
                    <span>{ word }</span>
                </span>
                <span class="unseen">{ ": " }</span>
                <strong>{ number }</strong>
                <span class="unseen">{ " " }{ lang.atlas_of_all(&all) }</span>
            </button>
        }
    };
    let each = SeenStability::ALL.map(Some);
    html! {
        <div class="atlas-totals" role="group" aria-label={text.what}>
            { view(None) }
            { for each.map(view) }
        </div>
    }
}

/// The button that stops the runs or lets them go on, in the document.
const TOGGLE: &str = "atlas-toggle";

/// How many runs have been tried, and what stops them or lets them go on.
fn view_progress(desk: &AtlasDesk, atlas: &AtlasHandle, lang: Lang) -> Html {
    let text = lang.atlas_text();
    let seeds = desk.seen().seeds;
    let (done, all) = (seeds.to_string(), MOST_SEEDS.to_string());
    let settle = desk.seen().networks(SeenStability::Always(Stability::Settles));
    let settle = (seeds > 0).then(|| {
        let [settle, all] = [settle, networks()].map(|networks| lang.grouped(networks as usize));
        lang.atlas_settle(&settle, &all, usize::try_from(seeds).unwrap_or_default())
    });
    let button = |name: &'static str, message: fn() -> AtlasMsg| {
        let onclick = atlas.on(move |_: MouseEvent| {
            // The other one takes its place.
            focus_later(TOGGLE.to_owned());
            message()
        });
        html! { <button type="button" class="small" id={TOGGLE} {onclick}>{ name }</button> }
    };
    html! {
        <div class="atlas-progress">
            <p class="fine" role="status">{ settle.filter(|_| !desk.runs()) }</p>
            if desk.halt == Some(AtlasHalt::Failed) {
                <p class="fine" role="alert">{ text.failed }</p>
            }
            if desk.runs() {
                <progress aria-label={text.progress} max={all.clone()} value={done.clone()} />
                <span class="fine" aria-live="off">{ lang.atlas_progress(&done, &all) }</span>
                { button(text.cancel, || AtlasMsg::Cancel) }
            } else if !desk.is_done() {
                { button(text.go_on, || AtlasMsg::GoOn) }
            }
        </div>
    }
}

/// Pictures or numbers.
fn view_forms(desk: &AtlasDesk, atlas: &AtlasHandle, lang: Lang) -> Html {
    let text = lang.atlas_text();
    let form = |numbers: bool, name: &'static str| {
        let onclick = atlas.on(move |_: MouseEvent| AtlasMsg::Numbers(numbers));
        let on = desk.numbers == numbers;
        html! { <button type="button" class="lab-choice" aria-pressed={on.to_string()} {onclick}>{ name }</button> }
    };
    html! {
        <div class="lab-choices" role="group" aria-label={text.shown_as}>
            { form(false, text.pictures) }
            { form(true, text.numbers) }
        </div>
    }
}
