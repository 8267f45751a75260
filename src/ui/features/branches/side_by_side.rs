//! Two futures in two rings.

use yew::prelude::*;

use crate::{
    raft::NodeSet,
    sim::{History, Turning},
    ui::{
        intent::Intent,
        kit::{dom::focus, icons},
        run::{
            player::{BranchChange, Player},
            view::ClusterView,
        },
        text::Lang,
    },
};

/// The future that can be acted on and the other one, each with its ring, the older branch first; `None` while nothing is
/// compared.
#[must_use]
pub fn side_by_side(
    player: &Player,
    futures: [(&ClusterView, Html); 2],
    differing: NodeSet,
    lang: Lang,
    emit: &Callback<Intent>,
) -> Option<Html> {
    let comparison = player.comparison()?;
    let [(here, ring), (there, other)] = futures;
    let history = player.history();
    let text = lang.branches_text();
    let name = |history: &History| {
        let about = history.branch_info(history.current());
        about.map(|about| lang.branch_name(about)).unwrap_or_default()
    };
    let branch = comparison.there();
    // As it is called in the history, not in the twin, which may be older than its name.
    let other_name = history.branch_info(branch).map(|about| lang.branch_name(about));
    let act_here = emit.reform(move |_| {
        // The button goes away.
        focus("ring-panel");
        Intent::Branches(BranchChange::Visit(branch, None))
    });
    // What is done otherwise in each: without it they would be two numbers.
    let turning = history.turning(branch, history.current());
    let swapped = turning.map(|turning| Turning {
        at: turning.at,
        one: turning.other,
        other: turning.one,
        more: turning.more,
    });
    let said = |view: &ClusterView, turning: Option<Turning>| {
        html! {
            <p>
                <span>{ lang.who_leads(view) }</span>{ " " }
                if let Some(turning) = turning.map(|turning| lang.turning(turning)) {
                    <span class="future-turning" title={turning.clone()}>{ turning }</span>
                }
            </p>
        }
    };
    let stop = emit.reform(|_| {
        // The button goes away.
        focus("ring-panel");
        Intent::Branches(BranchChange::StopComparing)
    });
    let here = html! {
        <section key="here" class="future here" aria-label={name(history)}>
            <div class="future-head">
                <h2>{ name(history) }</h2><span class="future-tag">{ text.current }</span>
                { said(here, turning) }
            </div>
            <div class="ring-box">{ ring }</div>
        </section>
    };
    let there = html! {
        <section key="there" class="future there" aria-label={other_name.clone()}>
            <div class="future-head">
                <h2>{ other_name }</h2>
                <button type="button" class="small" onclick={act_here}>{ text.act_here }</button>
                { said(there, swapped) }
            </div>
            // Only for looking: actions are done in the branch that the reader is in.
            <div class="ring-box" inert=true>{ other }</div>
        </section>
    };
    let rings = if branch < history.current() {
        [there, here]
    } else {
        [here, there]
    };
    Some(html! {
        <>
            <div class="differing-now">
                <p>{ icons::icon(icons::DIFFERS) }{ lang.differing(differing) }</p>
                <button type="button" class="small" onclick={stop}>{ text.stop }</button>
            </div>
            <div class="futures">{ for rings }</div>
        </>
    })
}
