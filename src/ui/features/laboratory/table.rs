//! The same numbers as a table, which is the plot's legend as well. Each number opens the trial that it comes from.
//!
//! On a narrow screen the name of a line stands above its numbers: beside them there is no room for all of them.

use std::cmp::Ordering;

use yew::prelude::*;

use super::{
    desk::{LabDesk, LabHandle, LabSubject},
    line::{LineName, PlotLine, Series},
    picture,
};
use crate::{
    lab::{Opening, Quantity},
    raft::Rule,
    ui::text::Lang,
};

/// The quantiles that are shown before the average and after it, in thousandths.
const BEFORE: [usize; 2] = [50, 500];
const AFTER: [usize; 2] = [950, 1000];

/// The table.
pub fn view_table(desk: &LabDesk, handle: &LabHandle, lang: Lang, compact: bool) -> Html {
    let text = lang.lab_text();
    let is_figure = matches!(desk.subject, LabSubject::Figure(_)) && desk.quantity == Quantity::WithoutLeader;
    let worst = if desk.quantity == Quantity::WithoutLeader {
        text.worst
    } else {
        text.greatest
    };
    if desk.lines.is_empty() {
        return Html::default();
    }
    html! {
        <div class={classes!("lab-table", compact.then_some("lab-narrow"))} role="region" tabindex="0" aria-label={text.table}>
            <table>
                <caption class="unseen">{ text.table }{ ": " }{ lang.quantity(desk.quantity) }</caption>
                <thead><tr>
                    if !compact {
                        <th scope="col">{ text.line }</th>
                    }
                    <th scope="col">{ text.low }</th><th scope="col">{ text.median }</th><th scope="col">{ text.mean }</th>
                    <th scope="col">{ text.high }</th><th scope="col">{ worst }</th>
                </tr></thead>
                <tbody>
                    { for desk.lines.iter().enumerate().map(|line| html! {
                        <>
                            { for line.1.series.iter().enumerate().map(|series| view_row(desk, handle, line, series, (lang, compact))) }
                            if is_figure {
                                { view_published(line.1, lang, compact) }
                            }
                        </>
                    }) }
                </tbody>
            </table>
        </div>
    }
}

/// What the rule changes that the two lines differ in.
pub fn view_difference(desk: &LabDesk, lang: Lang) -> Html {
    let [one, other] = &desk.lines[..] else {
        return Html::default();
    };
    let is_told = desk.quantity == Quantity::WithoutLeader && desk.varied.is_none();
    let (LineName::Rule(rule, first_is_on), true) = (one.name, is_told) else {
        return Html::default();
    };
    let (with, without) = if first_is_on { (one, other) } else { (other, one) };
    let Some((with, without)) = with.series.first().zip(without.series.first()) else {
        return Html::default();
    };
    let medians = with.distribution.median().zip(without.distribution.median());
    let endless = (with.endless(), without.endless());
    html! {
        <p>
            { medians.map(|(with, without)| lang.lab_difference(rule, with, without)) }
            // Half of the trials may be as fast as those of the other line, and the rest never end.
            if endless != (0, 0) {
                { " " }{ lang.lab_endless(endless.0, endless.1, &lang.lab_tick(with.experiment.limit.0)) }
            }
            if rule == Rule::PreVote && with.experiment.opening == Opening::LeaderCrash {
                { " " }{ lang.lab_text().pre_vote_helps }
            }
        </p>
    }
}

fn view_row(
    desk: &LabDesk,
    handle: &LabHandle,
    line: (usize, &PlotLine),
    series: (usize, &Series),
    (lang, compact): (Lang, bool),
) -> Html {
    let ((place, line), (index, series)) = (line, series);
    let quantity = desk.quantity;
    let cell = |permille: usize| {
        let Some((trial, value)) = series.quantile(permille) else {
            return html! { <td /> };
        };
        let shown = lang.lab_value_or_more(quantity, value, series.experiment.limit);
        let handle = handle.clone();
        let onclick = move |_: MouseEvent| handle.open_trial(place, index, trial, lang);
        html! { <td><button type="button" class="lab-number" aria-label={lang.lab_cell(&shown, trial)} {onclick}>{ shown.clone() }</button></td> }
    };
    let mean = series
        .distribution
        .mean()
        .map(|mean| lang.lab_mean(quantity, series, mean));
    let name = view_name(desk, (place, line), series, lang);
    let numbers = html! {
        <>
            { for BEFORE.map(cell) }
            <td>{ mean.unwrap_or_else(|| "–".to_owned()) }</td>
            { for AFTER.map(cell) }
        </>
    };
    if compact {
        html! { <><tr><th colspan="5">{ name }</th></tr><tr class="lab-below">{ numbers }</tr></> }
    } else {
        html! { <tr><th scope="row">{ name }</th>{ numbers }</tr> }
    }
}

/// How a line is drawn, its name, and the value of what is varied.
pub fn view_name(desk: &LabDesk, (place, line): (usize, &PlotLine), series: &Series, lang: Lang) -> Html {
    html! {
        <>
            { Html::from_html_unchecked(picture::key_on_page(place).into()) }
            <span>{ lang.lab_line(line.name) }</span>
            if let Some(vary) = desk.varied {
                { ", " }<span class="lab-setting">{ lang.lab_setting(vary.variable, series.value) }</span>
            }
        </>
    }
}

/// What the paper says of a line. It has a row of its own: the panel has no room for one more column.
fn view_published(line: &PlotLine, lang: Lang, compact: bool) -> Html {
    if line.published.is_empty() {
        return Html::default();
    }
    let said: Vec<_> = line.published.iter().map(|said| lang.lab_published(*said)).collect();
    html! {
        <tr class="lab-of-paper lab-below"><td colspan={if compact { "5" } else { "6" }}>{ lang.lab_text().paper }{ ": " }{ said.join(", ") }</td></tr>
    }
}

impl Lang {
    /// How a median with a rule differs from the one without it.
    fn lab_difference(self, rule: Rule, with: u64, without: u64) -> String {
        let (rule, time) = (self.rule(rule), self.lab_time(with.abs_diff(without)));
        match with.cmp(&without) {
            Ordering::Greater => self.lab_longer_with(rule, &time),
            Ordering::Less => self.lab_shorter_with(rule, &time),
            Ordering::Equal => self.lab_same_with(rule),
        }
    }

    /// An average: of what is counted, to a hundredth.
    fn lab_mean(self, quantity: Quantity, series: &Series, rounded: u64) -> String {
        if quantity == Quantity::WithoutLeader {
            return self.lab_value(quantity, rounded);
        }
        let values = series.distribution.values();
        let sum: u64 = values.iter().map(|(value, _)| value).sum();
        let count = values.len().max(1) as u64;
        let hundredths = (sum * 100 + count / 2) / count;
        self.decimal(&format!("{}.{:02}", hundredths / 100, hundredths % 100))
    }
}
