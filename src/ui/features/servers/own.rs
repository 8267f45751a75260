//! What one server has of its own, to be set: folded, as few clusters need it.

use std::rc::Rc;

use yew::prelude::*;

use crate::{
    raft::{NodeId, Rule, RuleGroup},
    sim::{Action, Micros, OwnKind, OwnSetting, Range, Timing},
    ui::{
        intent::Intent,
        kit::{
            emit::{checked, maybe, value},
            millis::{Millis, MillisRange},
        },
        run::view::ClusterView,
        text::{ANY_SPAN, Lang},
    },
};

/// What the fields need.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct OwnServerProps {
    /// The cluster now.
    pub(super) view: Rc<ClusterView>,
    /// How long timers run in it.
    pub(super) timing: Timing,
    /// The language.
    pub(super) lang: Lang,
    /// Receives the reader's changes.
    pub(super) emit: Callback<Intent>,
}

/// A choice of a server, and fields for its timers, its clock, its disk and its rules.
#[component]
pub(super) fn OwnServerField(props: &OwnServerProps) -> Html {
    let (lang, text) = (props.lang, props.lang.servers_text());
    let (chosen, rule) = (use_state_eq(|| 0_usize), use_state_eq(|| Rule::PreVote));
    let index = (*chosen).min(props.view.servers.len() - 1);
    let server = props.view.servers[index].id;
    let choose = maybe(&Callback::from(move |index| chosen.set(index)), |event: Event| {
        value(&event).parse().ok()
    });
    let own = lang.own_settings(props.view.own.server(server));
    html! {
        <details class="own">
            <summary>{ text.one_server }</summary>
            <p class="intro">{ text.one_server_intro }</p>
            <label class="field">
                <span class="field-label">{ lang.text().column_server }</span>
                <select class="select" onchange={choose}>
                    { for props.view.servers.iter().map(|one| html! {
                        <option value={one.id.index().to_string()} selected={one.id == server}>{ one.id.to_string() }</option>
                    }) }
                </select>
            </label>
            { view_times(props, server) }
            { view_rule(props, server, *rule, &Callback::from(move |chosen| rule.set(chosen))) }
            <div class="own-field">
                <button type="button" class="small" aria-disabled={own.is_none().then_some("true")} onclick={give(props, server, own.as_ref().map(|_| OwnSetting::as_cluster()))}>
                    { text.as_all }
                </button>
                if let Some(own) = own {
                    <span>{ lang.its_own(&own) }</span>
                }
            </div>
        </details>
    }
}

/// Gives a server something of its own, if there is something to give.
fn give(props: &OwnServerProps, server: NodeId, setting: Option<OwnSetting>) -> Callback<MouseEvent> {
    let change = setting.map(|setting| Action::set_server(server, setting));
    props.emit.reform(move |_| Intent::Act(change.into_iter().collect()))
}

fn view_times(props: &OwnServerProps, server: NodeId) -> Html {
    let (lang, text) = (props.lang, props.lang.text());
    let own = |kind| props.view.own.server(server).find(|own| own.kind == kind);
    let range = own(OwnKind::ElectionTimeout).map_or(props.timing.election_timeout, |own| own.value);
    let interval = own(OwnKind::HeartbeatInterval).map_or(props.timing.heartbeat_interval, |own| own.value.min);
    let rate = own(OwnKind::Clock).map_or(1000, OwnSetting::permille);
    let write = own(OwnKind::DiskWrite).map_or(Micros::ZERO, |own| own.value.min);
    let priority = own(OwnKind::Priority).map_or(0, |own| own.value.min.0);
    let set = move |setting| Intent::act(Action::set_server(server, setting));
    let on_timeout = props
        .emit
        .reform(move |ends| set(OwnSetting::election_timeout(Range::of_micros(ends))));
    let on_interval = props
        .emit
        .reform(move |interval| set(OwnSetting::heartbeat_interval(Micros(interval))));
    let on_clock = maybe(&props.emit, move |event: Event| {
        Some(set(OwnSetting::clock(value(&event).parse().ok()?)))
    });
    let on_write = props
        .emit
        .reform(move |takes| set(OwnSetting::disk_write(Micros(takes))));
    let on_priority = maybe(&props.emit, move |event: Event| {
        Some(set(OwnSetting::priority(value(&event).parse().ok()?)))
    });
    let beyond = Some(rate).filter(|rate| !OwnSetting::CLOCKS.contains(rate));
    html! {
        <>
            <MillisRange label={text.election_timeout} range={range.in_micros()} {lang} onchange={on_timeout} />
            { view_span(text.heartbeat_interval, interval, ANY_SPAN, lang, on_interval) }
            <label class="field">
                <span class="field-label">{ lang.servers_text().clock }</span>
                <select class="select" onchange={on_clock}>
                    { for OwnSetting::CLOCKS.into_iter().chain(beyond).map(|one| html! {
                        <option value={one.to_string()} selected={one == rate}>{ lang.clock_rate(&lang.thousandths(one)) }</option>
                    }) }
                </select>
            </label>
            { view_span(lang.servers_text().disk_write, write, &OwnSetting::DISK_WRITES, lang, on_write) }
            <label class="field" title={lang.servers_text().priority_hint}>
                <span class="field-label">{ lang.servers_text().priority }</span>
                <select class="select" onchange={on_priority}>
                    { for (0..=OwnSetting::HIGHEST_PRIORITY).map(|one| html! {
                        <option value={one.to_string()} selected={one == priority}>{ one }</option>
                    }) }
                </select>
            </label>
        </>
    }
}

fn view_span(label: &'static str, span: Micros, allowed: &'static Range, lang: Lang, onchange: Callback<u64>) -> Html {
    html! {
        <div class="field" role="group" aria-label={label}>
            <span class="field-label">{ label }</span>
            <Millis {label} value={span.0} {allowed} {lang} {onchange} />
        </div>
    }
}

fn view_rule(props: &OwnServerProps, server: NodeId, rule: Rule, choose: &Callback<Rule>) -> Html {
    let lang = props.lang;
    let choose = maybe(choose, |event: Event| Rule::from_slug(&value(&event)));
    let onchange = props.emit.reform(move |event: Event| {
        let own = OwnSetting::rule(rule, checked(&event));
        Intent::act(Action::set_server(server, own))
    });
    let rules = RuleGroup::ALL.iter().flat_map(|group| group.rules());
    let name = lang.rule_of(server, lang.rule(rule));
    let is_own = props.view.own.server(server).any(|own| own.about_rule() == Some(rule));
    let text = lang.servers_text();
    html! {
        <div class="field" role="group" aria-label={text.rule}>
            <span class="field-label" aria-hidden="true">{ text.rule }</span>
            <select class="select" aria-label={text.rule} onchange={choose}>
                { for rules.map(|one| html! {
                    <option value={one.slug()} selected={*one == rule}>{ lang.rule(*one) }</option>
                }) }
            </select>
            <label class="switch">
                <input type="checkbox" role="switch" checked={props.view.servers[server.index()].rules.get(rule)} {onchange} />
                <span>{ name.clone() }</span>
            </label>
            if is_own {
                <button type="button" class="small" aria-label={format!("{name} {}", text.rule_as_all)} onclick={give(props, server, Some(OwnSetting::rule_as_cluster(rule)))}>
                    { text.rule_as_all }
                </button>
            }
        </div>
    }
}
