//! Who leads, in a sentence.

pub mod watch;
use std::rc::Rc;

use yew::prelude::*;

use crate::ui::{
    intent::{Intent, Subject},
    kit::icons,
    run::view::{ClusterView, RulesMark, ServerView},
    text::Lang,
};
use crate::{safety::Violation, sim::Process};

/// What the line needs.
#[derive(Clone, PartialEq, Properties)]
pub struct StatusProps {
    /// The cluster now.
    pub view: Rc<ClusterView>,
    /// The most important property that was broken so far, if any.
    pub violation: Option<Violation>,
    /// Whether there is a panel that shows the rules.
    pub has_rules: bool,
    /// The language.
    pub lang: Lang,
    /// Where questions go.
    pub emit: Callback<Intent>,
}

/// The line above the ring. It is a live region, so only its own words are in it. A violation is no part of it: what is narrated
/// says so, and once is enough.
#[component]
pub fn Status(props: &StatusProps) -> Html {
    let StatusProps {
        view,
        violation,
        has_rules,
        lang,
        emit,
    } = props;
    let (class, rest) = if view.leader().is_some() {
        ("led", lang.elected_by(view.leaders()))
    } else {
        ("leaderless", why_none(view, *lang).to_owned())
    };
    html! {
        <div class="status-row">
            <p class={classes!("status", class)} role="status">
                <span class="dot" aria-hidden="true" />
                <strong>{ lang.who_leads(view) }</strong>{ " " }<span class="status-rest">{ rest }</span>
            </p>
            <div class="badges">
                <button type="button" class="small" onclick={emit.reform(|_| Intent::Why(Subject::Status))}>{ lang.why_text().title }</button>
                { rules(view.rules, *has_rules, *lang, emit) }
                { safety(*violation, *lang, emit) }
            </div>
        </div>
    }
}

fn why_none(view: &ClusterView, lang: Lang) -> &'static str {
    let text = lang.text();
    let running = view
        .servers
        .iter()
        .filter(|server| server.process == Process::Running)
        .count();
    let quorum = view.servers.first().map_or(1, |server| usize::from(server.quorum));
    if running == 0 {
        text.all_down
    } else if running < quorum {
        text.no_majority
    } else if view.servers.iter().any(ServerView::runs_for_leader) {
        text.election_running
    } else {
        text.waiting_for_timeout
    }
}

/// That the rules are not the paper's, and which; the way to them, where there is one.
fn rules(mark: RulesMark, has_panel: bool, lang: Lang, emit: &Callback<Intent>) -> Html {
    let Some(badge) = lang.rules_badge(mark) else {
        return html! {};
    };
    let hint = lang.rules_hint(mark, usize::MAX);
    if !has_panel {
        return html! { <span class="badge modified" title={hint}>{ badge }</span> };
    }
    let title = format!("{hint} {}", lang.rules_text().open_rules);
    html! {
        <button type="button" class="badge modified" {title} onclick={emit.reform(|_| Intent::ShowRules)}>{ badge }</button>
    }
}

/// That all holds, or what is broken, with the way to why.
fn safety(violation: Option<Violation>, lang: Lang, emit: &Callback<Intent>) -> Html {
    match violation {
        None => {
            html! { <span class="badge safe">{ icons::icon(icons::CHECK) }{ lang.text().one_leader_per_term }</span> }
        }
        Some(violation) => html! {
            <button type="button" class="badge broken" title={lang.safety_text().why_broken} onclick={emit.reform(|_| Intent::Why(Subject::Status))}>
                <strong>{ lang.violation(violation) }</strong>
            </button>
        },
    }
}
