//! Two futures in two rings.

use yew::prelude::*;

use crate::{
    raft::NodeSet,
    sim::{BranchId, History, Micros, Turning},
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
    let said = |view: &ClusterView, turning: Option<Turning>, of: BranchId| {
        let turning = turning.map(|turning| lang.turning_at(turning, done_after_all(history, turning, of)));
        html! {
            <>
                <p>{ lang.who_leads(view) }</p>
                <p class="future-turning" title={turning.clone()}>{ turning }</p>
            </>
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
                { said(here, turning, history.current()) }
            </div>
            <div class="ring-box">{ ring }</div>
        </section>
    };
    let there = html! {
        <section key="there" class="future there" aria-label={other_name.clone()}>
            <div class="future-head">
                <h2>{ other_name }</h2>
                <button type="button" class="small" onclick={act_here}>{ text.act_here }</button>
                { said(there, swapped, branch) }
            </div>
            // Only for looking: actions are done in the branch that the reader is in.
            <div class="ring-box" inert=true>{ other }</div>
        </section>
    };
    let sign = if differing.is_empty() {
        icons::SAME
    } else {
        icons::DIFFERS
    };
    let rings = if branch < history.current() {
        [there, here]
    } else {
        [here, there]
    };
    Some(html! {
        <>
            <div class="differing-now">
                <p>{ icons::icon(sign) }{ lang.differing(differing) }</p>
                <button type="button" class="small" onclick={stop}>{ text.stop }</button>
            </div>
            <div class="futures">{ for rings }</div>
        </>
    })
}

/// When something that a branch lacks where it turns off was done in it after all, up to now.
fn done_after_all(history: &History, turning: Turning, branch: BranchId) -> Option<Micros> {
    let lacks = turning.one.filter(|_| turning.other.is_none() && turning.more == 0)?;
    let journal = history.journal(branch).iter().enumerate();
    let done = journal.take_while(|(_, entry)| entry.at <= history.now());
    let mut later = done.filter(|(place, entry)| {
        let is_same = entry.at > turning.at && entry.action == lacks.action;
        is_same && history.refusal(branch, *place).is_none()
    });
    Some(later.next()?.1.at)
}
