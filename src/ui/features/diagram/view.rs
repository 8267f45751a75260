//! How the diagram looks around its drawing: its buttons, what is selected in words, and the drawing in its frame.

use yew::prelude::*;

use super::{DiagramMsg, DiagramPanel, DiagramProps};
use crate::{
    sim::Micros,
    ui::{
        intent::{Intent, Subject},
        run::player::Playback,
        svg::{diagram::axis::Axis, number::fixed},
    },
};

impl DiagramPanel {
    pub(super) fn view_toolbar(&self, ctx: &Context<Self>) -> Html {
        let (lang, link) = (ctx.props().lang, ctx.link());
        let text = lang.diagram_text();
        let toggle = |label, hint, on: bool, message: fn() -> DiagramMsg| {
            html! {
                <button type="button" class={classes!("small", on.then_some("on"))} aria-pressed={on.to_string()} title={hint} onclick={link.callback(move |_| message())}>
                    { label }
                </button>
            }
        };
        let zoom = |sign: &'static str, name, nearer| {
            html! {
                <button type="button" class="small diagram-zoom" aria-label={name} title={name} onclick={link.callback(move |_| DiagramMsg::Zoom(nearer, None))}>{ sign }</button>
            }
        };
        let save = |label, all| {
            html! {
                <button type="button" class="small" title={text.svg_hint} onclick={link.callback(move |_| DiagramMsg::Download(all))}>{ label }</button>
            }
        };
        html! {
            <div class="diagram-toolbar">
                { zoom("\u{2212}", text.zoom_out, false) }
                { zoom("+", text.zoom_in, true) }
                { toggle(text.even, text.even_hint, self.even, || DiagramMsg::Spacing) }
                { toggle(text.elections, text.elections_hint, self.index.elections_only(), || DiagramMsg::Heartbeats) }
                <span class="diagram-save">
                    { save(text.svg_part, false) }
                    { save(text.svg_all, true) }
                </span>
            </div>
        }
    }

    /// What is selected, in words.
    pub(super) fn view_selected(&self, ctx: &Context<Self>) -> Html {
        let DiagramProps {
            lang, emit, selected, ..
        } = ctx.props();
        let text = lang.diagram_text();
        let player = ctx.props().run.player();
        let event = selected.and_then(|selected| player.history().trace().get(selected));
        let words = event.map(|event| self.words(&player, event, *lang));
        html! {
            <div class="diagram-said">
                <p role="status" class={words.is_none().then_some("muted")}>{ words.unwrap_or_else(|| text.hint.to_owned()) }</p>
                if let Some(event) = event {
                    <button type="button" class="small" onclick={emit.reform({ let id = event.id; move |_| Intent::Why(Subject::Event(id)) })}>{ text.why }</button>
                    <button type="button" class="small" onclick={emit.reform({ let at = event.at; move |_| Intent::Play(Playback::Seek(at)) })}>{ text.go_there }</button>
                }
            </div>
        }
    }

    pub(super) fn view_drawing(&self, ctx: &Context<Self>) -> Html {
        let (props, link) = (ctx.props(), ctx.link());
        let text = props.lang.diagram_text();
        let player = props.run.player();
        let (history, axis, columns) = (player.history(), self.axis(&player), self.columns(&player));
        let size = columns.size;
        let earlier = history.trace().first().0 > 0;
        let summary = props.lang.diagram_summary(size, axis.at(0.0), history.now());
        html! {
            <div class="diagram-view">
                <div
                    ref={&self.list} class="diagram-list" role="group" aria-label={summary} tabindex="0"
                    onscroll={link.callback(|_| DiagramMsg::Scrolled)} onkeydown={link.callback(DiagramMsg::Key)}
                >
                    <svg class="diagram-head" width={fixed(self.width)} height="28" aria-hidden="true">
                        { for columns.names(19.0).map(|piece| piece.html()) }
                    </svg>
                    <div
                        class="diagram-space" aria-hidden="true"
                        onclick={link.callback(|event| DiagramMsg::Clicked(event, false))}
                        ondblclick={link.callback(|event| DiagramMsg::Clicked(event, true))}
                        onmousemove={link.callback(|event| DiagramMsg::Pointed(Some(event)))} onmouseleave={link.callback(|_| DiagramMsg::Pointed(None))}
                    >
                        <div class="diagram-frame">{ self.view_scene(&axis, history.now()) }</div>
                    </div>
                </div>
                <p ref={&self.tip} class="diagram-tip" aria-hidden="true" hidden=true></p>
                if earlier || self.scene.thinned {
                    <p class="diagram-note">
                        if earlier { { text.earlier }{ " " } }
                        if self.scene.thinned { { text.thinned } }
                    </p>
                }
                if self.index.rows().is_empty() {
                    <p class="empty diagram-empty">{ text.nothing }</p>
                }
                if !self.follows {
                    <button type="button" class="log-new" onclick={link.callback(|_| DiagramMsg::Follow)}>{ text.follow }</button>
                }
            </div>
        }
    }

    fn view_scene(&self, axis: &Axis<'_>, now: Micros) -> Html {
        let (top, bottom) = self.drawn(axis, now);
        let (width, height) = (fixed(self.width), fixed(bottom - top));
        html! {
            <svg class="diagram-drawing" width={width.clone()} height={height.clone()} viewBox={format!("0 {} {width} {height}", fixed(top))}>
                { for self.scene.groups.iter().map(|group| html! {
                    <g key={group.key.to_string()}>{ for group.pieces.iter().map(|piece| piece.html()) }</g>
                }) }
            </svg>
        }
    }
}
