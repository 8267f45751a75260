//! The row on top: what is being run, and what the reader likes.

use yew::prelude::*;

use crate::{
    raft::MAX_SERVERS,
    scenario::{ScenarioGroup, ScenarioId},
    ui::{
        intent::{Beginning, Intent, LessonAsked, Preference},
        kit::{
            emit::{maybe, value},
            icons,
            theme::Theme,
        },
        text::Lang,
    },
};

/// Not a scenario: the list of lessons.
const LESSONS: &str = "lessons";

/// What the header needs.
#[derive(Clone, PartialEq, Properties)]
pub struct HeaderProps {
    /// What is being run.
    pub scenario: ScenarioId,
    /// What it is called.
    pub title: AttrValue,
    /// Servers in the cluster.
    pub size: usize,
    /// The language.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
    /// Receives the reader's choices.
    pub emit: Callback<Intent>,
    /// What is said about the run: what to watch, and what is told for a few seconds.
    pub says: Html,
}

/// The header.
#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let lang = props.lang;
    let text = lang.text();
    html! {
        <header class="header">
            <h1>{ text.title }</h1>
            <div class="pickers">
                { scenario_picker(props, lang) }
                if props.scenario == ScenarioId::Free {
                    { size_picker(props, lang) }
                }
            </div>
            { props.says.clone() }
            <div class="tools">
                { share_button(props, lang) }
                { language_picker(props, lang) }
                <button type="button" class="icon-button" aria-label={theme_name(props.theme, lang)} title={theme_name(props.theme, lang)} onclick={props.emit.reform(|_| Intent::Prefer(Preference::NextTheme))}>
                    { icons::icon(icons::THEME) }
                </button>
                <button type="button" class="icon-button" aria-label={text.help} title={text.help} onclick={props.emit.reform(|_| Intent::Help(true))}>
                    { icons::icon(icons::HELP) }
                </button>
            </div>
        </header>
    }
}

fn share_button(props: &HeaderProps, lang: Lang) -> Html {
    let text = lang.share_text();
    let onclick = props.emit.reform(|_| Intent::Share);
    html! {
        <button type="button" class="icon-button share-button" aria-label={text.title} title={text.hint} {onclick}>
            { icons::icon(icons::SHARE) }<span class="share-word">{ text.title }</span>
        </button>
    }
}

const fn theme_name(theme: Theme, lang: Lang) -> &'static str {
    let text = lang.text();
    match theme {
        Theme::System => text.theme_system,
        Theme::Light => text.theme_light,
        Theme::Dark => text.theme_dark,
    }
}

fn scenario_picker(props: &HeaderProps, lang: Lang) -> Html {
    let onchange = maybe(&props.emit, |event: Event| {
        let chosen = value(&event);
        if chosen == LESSONS {
            return Some(Intent::Lesson(LessonAsked::List));
        }
        ScenarioId::from_slug(&chosen).map(|id| Intent::Begin(Beginning::Scenario(id)))
    });
    let title = match props.scenario {
        ScenarioId::Own => props.title.clone(),
        id => lang.scenario(id).into(),
    };
    html! {
        // A narrow box cuts the title off.
        <select class="select scenario" aria-label={lang.text().scenario} {title} {onchange}>
            // Not to be chosen: it is what came with a link or a file.
            if props.scenario == ScenarioId::Own {
                <option value={ScenarioId::Own.slug()} selected=true dir="auto">{ &props.title }</option>
            }
            { options(ScenarioGroup::Own, props.scenario, lang) }
            <option value={LESSONS}>{ lang.text().lessons }</option>
            { for ScenarioGroup::NAMED.iter().map(|group| html! {
                <optgroup label={lang.scenario_group(*group)}>{ options(*group, props.scenario, lang) }</optgroup>
            }) }
        </select>
    }
}

fn options(group: ScenarioGroup, chosen: ScenarioId, lang: Lang) -> Html {
    let ids = ScenarioId::ALL.iter().filter(|id| id.group() == group);
    html! {
        { for ids.map(|id| html! {
            <option value={id.slug()} selected={*id == chosen}>{ lang.scenario(*id) }</option>
        }) }
    }
}

fn size_picker(props: &HeaderProps, lang: Lang) -> Html {
    let onchange = maybe(&props.emit, |event: Event| {
        value(&event)
            .parse()
            .ok()
            .map(|size| Intent::Begin(Beginning::Size(size)))
    });
    html! {
        <label class="size-field">
            <span class="field-name">{ lang.text().cluster_size }</span>
            <select class="select" aria-label={lang.text().cluster_size} {onchange}>
                { for (1..=MAX_SERVERS).map(|size| html! {
                    <option value={size.to_string()} selected={size == props.size}>{ size }</option>
                }) }
            </select>
        </label>
    }
}

fn language_picker(props: &HeaderProps, lang: Lang) -> Html {
    let onchange = props
        .emit
        .reform(|event: Event| Intent::Prefer(Preference::Lang(Lang::from_tag(&value(&event)))));
    html! {
        <select class="select language" aria-label={lang.text().language} {onchange}>
            { for Lang::ALL.iter().map(|each| html! {
                <option value={each.tag()} lang={each.tag()} selected={*each == lang}>{ each.short_name() }</option>
            }) }
        </select>
    }
}
