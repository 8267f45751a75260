//! How two futures differ, in words and line by line.

use yew::prelude::*;

use crate::{
    sim::{CausalStep, Entry, Event, History, Micros, Parting},
    ui::{
        features::branches::{BranchesProps, next_focus},
        intent::Intent,
        kit::dom::focus_later,
        run::{
            comparison::{Comparison, DifferingLine},
            player::{BranchChange, Playback},
        },
        text::{Lang, tag_class, with_units},
    },
};

/// Lines shown at most.
const LINES: usize = 60;
/// Actions shown at most of each.
const DONE: usize = 20;

/// The two futures that are compared.
#[component]
pub fn Futures(props: &BranchesProps) -> Html {
    let (lang, text) = (props.lang, props.lang.branches_text());
    let player = props.run.player();
    let (Some(comparison), Some([there, here])) = (player.comparison(), player.compared_branches()) else {
        return html! {};
    };
    let history = player.history();
    // As the rings stand: the older branch on the left.
    let here_is_right = there.id < here.id;
    let names = [there, here].map(|about| lang.branch_name(about));
    let mut heads = names.each_ref().map(|name| html! { <span>{ name.clone() }</span> });
    if !here_is_right {
        heads.reverse();
    }
    let stop = props.emit.reform(|_| {
        focus_later(next_focus(&BranchChange::StopComparing));
        Intent::Branches(BranchChange::StopComparing)
    });
    html! {
        <section aria-labelledby="two-futures">
            <div class="section-head">
                <h2 id="two-futures" tabindex="-1">{ text.side_by_side }</h2>
                <button type="button" class="small" onclick={stop}>{ text.stop }</button>
            </div>
            { partings(props, history, comparison, here_is_right, &names) }
            { measures(history, comparison, here_is_right, &names, lang) }
            <div class="differing-lines" role="group" aria-label={text.lines}>
                <div class="differing-heads">{ for heads }</div>
                { lines(history, comparison, here_is_right, &names, lang) }
            </div>
        </section>
    }
}

/// Where the futures part, and what first follows from it, each with the way there.
fn partings(
    props: &BranchesProps,
    history: &History,
    comparison: &Comparison,
    here_is_right: bool,
    names: &[String; 2],
) -> Html {
    let lang = props.lang;
    let sentence = |text: String, at: Micros, happens: Vec<(String, String)>| {
        let onclick = props.emit.reform(move |_| Intent::Play(Playback::Seek(at)));
        html! {
            <div class="parting">
                <p>
                    { text }{ " " }
                    <button type="button" class="small" {onclick}>{ lang.go_to(at) }</button>
                </p>
                { for happens.into_iter().map(|(branch, what)| html! { <p><strong>{ branch }</strong>{ ": " }{ what }</p> }) }
            </div>
        }
    };
    let happens = |parting: Parting| {
        let [there, here] = parting.events;
        let step = |history: &History, event: Option<Event>| event.map(|event| CausalStep::of(history.trace(), &event));
        let mut steps = [step(comparison.history(), there), step(history, here)];
        let mut names = names.each_ref().map(String::as_str);
        if !here_is_right {
            steps.reverse();
            names.reverse();
        }
        lang.either(steps, names)
    };
    let Some(parting) = comparison.parting() else {
        let turning = history.turning(comparison.there(), comparison.here());
        return turning
            .map(|turning| sentence(lang.will_part(turning.at), turning.at, Vec::new()))
            .unwrap_or_default();
    };
    let decision = comparison.first_decision();
    html! {
        <>
            { sentence(lang.they_diverge(parting.at), parting.at, happens(parting)) }
            { for decision.map(|decision| sentence(lang.decisions_part(decision.at), decision.at, happens(decision))) }
        </>
    }
}

/// What each of them has cost so far, and all that was done in it alone.
fn measures(history: &History, comparison: &Comparison, here_is_right: bool, names: &[String; 2], lang: Lang) -> Html {
    let (text, words) = (lang.branches_text(), lang.safety_text());
    let (there, here) = (comparison.there(), comparison.here());
    let both = [(comparison.history(), there, here), (history, here, there)];
    let columns = both.map(|(future, branch, other)| {
        let measures = future.measures();
        let done: Vec<_> = history.only_in(branch, other, history.now()).copied().collect();
        [
            html! { with_units(&lang.seconds(future.now().since(measures.available))) },
            html! { measures.elections_started },
            html! { measures.highest_term.to_string() },
            view_done(&done, lang),
        ]
    });
    let heads = [text.without_leader, words.started, words.highest_term, text.done_only];
    let in_order = |mut cells: [Html; 2]| {
        if !here_is_right {
            cells.reverse();
        }
        cells
    };
    let names = names
        .each_ref()
        .map(|name| html! { <th scope="col">{ name.clone() }</th> });
    html! {
        <table class="future-measures">
            <caption class="unseen">{ text.measured }</caption>
            <thead><tr><td />{ for in_order(names) }</tr></thead>
            <tbody>
                { for heads.into_iter().enumerate().map(|(row, head)| {
                    let cells = columns.each_ref().map(|column| html! { <td>{ column[row].clone() }</td> });
                    html! { <tr><th scope="row">{ head }</th>{ for in_order(cells) }</tr> }
                }) }
            </tbody>
        </table>
    }
}

/// What was done, one thing a line; of very many, the last.
fn view_done(done: &[Entry], lang: Lang) -> Html {
    let earlier = done.len().saturating_sub(DONE);
    html! {
        <ul>
            if earlier > 0 {
                <li>{ lang.and_more(earlier) }</li>
            }
            { for done[earlier..].iter().map(|entry| {
                html! { <li>{ with_units(&lang.done_then(&lang.seconds(entry.at), &lang.action(entry.action))) }</li> }
            }) }
        </ul>
    }
}

/// The last lines that one of the futures has alone, each on its side.
fn lines(
    history: &History,
    comparison: &Comparison,
    here_is_right: bool,
    [there, here]: &[String; 2],
    lang: Lang,
) -> Html {
    let lines = comparison.lines(history, LINES);
    if lines.is_empty() {
        return html! { <p class="empty">{ lang.branches_text().no_lines }</p> };
    }
    html! {
        <ul class="differing-list" tabindex="0" aria-label={lang.branches_text().lines}>
            // The newest first: what happens now is in sight without scrolling.
            { for lines.iter().rev().map(|line| view_line(line, line.here == here_is_right, if line.here { here } else { there }, lang)) }
        </ul>
    }
}

fn view_line(line: &DifferingLine, is_right: bool, branch: &str, lang: Lang) -> Html {
    html! {
        <li class={classes!("differing-line", is_right.then_some("on-the-right"), tag_class(line.line.tag))}>
            // Only read out: on the screen, the side of the line shows which branch it is of.
            <span class="unseen">{ branch.to_owned() }</span>{ " " }
            <span class="log-time">{ lang.instant(line.at) }</span>{ " " }
            <span class="log-server">{ line.server.to_string() }</span>{ " " }
            <span class="log-tag">{ format!("[{}]", line.line.tag.name()) }</span>{ " " }
            <span class="differing-text">{ line.line.text.to_string() }</span>
        </li>
    }
}
