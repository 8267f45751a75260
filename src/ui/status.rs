//! Who leads, in a sentence.

use std::rc::Rc;

use yew::prelude::*;

use super::{
    icons,
    message::Msg,
    text::Lang,
    view::{ClusterView, ServerView},
};
use crate::{safety::Violation, sim::Process};

/// What the line needs.
#[derive(Clone, PartialEq, Properties)]
pub struct StatusProps {
    /// The cluster now.
    pub view: Rc<ClusterView>,
    /// The first property that was broken, if any.
    pub violation: Option<Violation>,
    /// The language.
    pub lang: Lang,
    /// Where questions go.
    pub emit: Callback<Msg>,
}

/// The line above the ring. It is a live region, so only its own words are in it.
#[component]
pub fn Status(props: &StatusProps) -> Html {
    let StatusProps {
        view,
        violation,
        lang,
        emit,
    } = props;
    let text = lang.text();
    let (class, headline, rest) = match view.leader() {
        Some(leader) => ("led", lang.leads(leader.id, leader.term), lang.with_votes(leader.votes)),
        None => (
            "leaderless",
            text.no_leader.to_owned(),
            why_none(view, *lang).to_owned(),
        ),
    };
    html! {
        <div class="status-row">
            <p class={classes!("status", class)} role="status">
                <span class="dot" aria-hidden="true" />
                <strong>{ headline }</strong>{ " " }<span class="status-rest">{ rest }</span>
            </p>
            <div class="badges">
                <button type="button" class="small why-status" onclick={emit.reform(|_| Msg::WhyStatus)}>{ lang.why_text().title }</button>
                if view.modified {
                    <span class="badge modified" title={text.modified_hint}>{ text.modified }</span>
                }
                { safety(*violation, *lang) }
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

fn safety(violation: Option<Violation>, lang: Lang) -> Html {
    match violation {
        None => {
            html! { <span class="badge safe">{ icons::icon(icons::CHECK) }{ lang.text().one_leader_per_term }</span> }
        }
        Some(violation) => html! {
            <strong class="badge broken" role="alert" title={lang.text().safety_broken}>{ lang.violation(violation) }</strong>
        },
    }
}
