//! The help sheet.

mod text;

use yew::prelude::*;

use crate::ui::{
    intent::{Intent, LessonAsked, Preference, Talk},
    kit::{
        dom::set_modal,
        emit::{checked, value},
        icons,
        panel::Panel,
    },
    svg::stops,
    text::Lang,
};

/// What the sheet needs.
#[derive(Clone, PartialEq, Properties)]
pub struct HelpProps {
    /// The panels that it says something of.
    pub panels: &'static [Panel],
    /// Whether it is open.
    pub open: bool,
    /// The language.
    pub lang: Lang,
    /// Whether single keys do something.
    pub shortcuts: bool,
    /// How much a screen reader is told by itself.
    pub talk: Talk,
    /// Whether timers and votes are heard.
    pub sound: bool,
    /// Receives the reader's choices.
    pub emit: Callback<Intent>,
}

/// A modal sheet: the browser keeps the focus in it and closes it on Escape.
#[component]
pub fn Help(props: &HelpProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.open, move |open| {
            set_modal(&node, *open);
        });
    }
    let (lang, emit) = (props.lang, &props.emit);
    let (text, close) = (lang.help_text(), lang.text().close);
    let on_shortcuts = emit.reform(|event: Event| Intent::Prefer(Preference::Shortcuts(checked(&event))));
    let on_sound = emit.reform(|event: Event| Intent::Prefer(Preference::Sound(checked(&event))));
    html! {
        <dialog ref={node} class="help" aria-labelledby="help-title" onclose={emit.reform(|_| Intent::Help(false))}>
            <div class="help-head">
                <h2 id="help-title">{ text.title }</h2>
                <button type="button" class="icon-button" aria-label={close} title={close} onclick={emit.reform(|_| Intent::Help(false))}>
                    { icons::icon(icons::CLOSE) }
                </button>
            </div>
            <p>{ text.intro }</p>
            { lessons(lang, emit) }
            { guide(props.panels, lang) }
            <h3>{ text.keyboard }</h3>
            { keys(lang) }
            <label class="switch">
                <input type="checkbox" role="switch" checked={props.shortcuts} onchange={on_shortcuts} />
                <span>{ text.shortcuts_on }</span>
            </label>
            { talk(props) }
            <label class="switch">
                <input type="checkbox" role="switch" checked={props.sound} aria-describedby="sound-means" onchange={on_sound} />
                <span>{ text.sound }</span>
            </label>
            <p id="sound-means" class="fine">{ text.sound_means }</p>
            <p class="fine">{ text.paper }</p>
        </dialog>
    }
}

/// Where the lessons are.
fn lessons(lang: Lang, emit: &Callback<Intent>) -> Html {
    let ask = emit.clone();
    let onclick = move |_| {
        ask.emit(Intent::Help(false));
        ask.emit(Intent::Lesson(LessonAsked::List));
    };
    html! {
        <p class="help-lessons">
            <span>{ lang.help_text().lessons }</span>
            <button type="button" class="small" {onclick}>{ lang.text().lessons }</button>
        </p>
    }
}

/// How much a screen reader is told by itself.
fn talk(props: &HelpProps) -> Html {
    let lang = props.lang;
    let onchange = props
        .emit
        .reform(|event: Event| Intent::Prefer(Preference::Talk(Talk::from_name(&value(&event)))));
    html! {
        <label class="switch">
            <span>{ lang.help_text().talk }</span>
            <select class="select" {onchange}>
                { for Talk::ALL.iter().map(|talk| html! {
                    <option value={talk.name()} selected={*talk == props.talk}>{ lang.talk(*talk) }</option>
                }) }
            </select>
        </label>
    }
}

/// What can be done where.
fn guide(panels: &[Panel], lang: Lang) -> Html {
    let text = lang.help_text();
    html! {
        <>
            <h3>{ text.ring }</h3>
            <p>{ text.timer }</p>
            <p>{ text.press }{ " " }{ text.menu }</p>
            { stops::explained(lang) }
            <p>{ text.stale }</p>
            <p>{ text.links }</p>
            <h3>{ text.time }</h3>
            <p>{ text.time_intro }{ " " }{ text.zoom }</p>
            <p>{ text.past }</p>
            <h3>{ text.panels }</h3>
            <dl class="guide">
                { for panels.iter().map(|panel| html! {
                    <div><dt>{ (panel.title)(lang) }</dt><dd>{ (panel.about)(lang) }</dd></div>
                }) }
            </dl>
            <p>{ text.share }</p>
        </>
    }
}

fn keys(lang: Lang) -> Html {
    let text = lang.help_text();
    let keys = [
        (text.space_bar, text.key_play),
        ("←  →", text.key_step),
        ("R", text.key_reset),
        ("1 … 9", text.key_servers),
        ("−  +", text.key_speed),
        ("0", text.key_pace),
        ("P", text.key_panels),
        ("Ctrl+Z", text.key_undo),
        ("W", text.key_why),
        ("S", text.key_state),
        ("F", text.key_present),
        ("PgUp  PgDn", text.key_moments),
        ("B  L  Q", text.key_presenting),
        ("?", text.key_help),
        ("Enter", text.key_enter),
        ("Shift F10", text.key_menu),
        ("↑  ↓", text.key_lines),
        ("−  +", text.key_zoom),
        ("PgUp  PgDn", text.key_pages),
        ("Home  End", text.key_ends),
        ("Esc", text.key_escape),
    ];
    html! {
        <dl class="keys">
            { for keys.iter().map(|(key, what)| html! { <div><dt><kbd>{ *key }</kbd></dt><dd>{ *what }</dd></div> }) }
        </dl>
    }
}
