//! How many trials had split votes, beside what a short calculation says. What was measured opens such a trial.
//!
//! On a narrow screen what the calculation leaves out stands below a line's numbers.

use yew::prelude::*;

use super::{
    desk::{LabDesk, LabHandle},
    line::{PlotLine, Series, SplitVotes},
    table::view_name,
};
use crate::{lab::PredictionGap, ui::text::Lang};

/// The table, once a line has run.
pub fn view_splits(desk: &LabDesk, handle: &LabHandle, lang: Lang, compact: bool) -> Html {
    let text = lang.lab_text();
    let all = desk.lines.iter().enumerate();
    let each = all.flat_map(|(place, line)| {
        let series = line.series.iter().enumerate();
        series.map(move |(index, series)| (place, line, index, series))
    });
    let rows: Vec<_> = each
        .filter_map(|(place, line, index, series)| {
            let splits = series.splits.as_ref()?;
            Some(view_row(
                desk,
                handle,
                (place, line),
                (index, series),
                splits,
                (lang, compact),
            ))
        })
        .collect();
    if rows.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <p class="fine">{ text.splits_about }</p>
            <div class="lab-table" role="region" tabindex="0" aria-label={text.splits}>
                <table>
                    <caption class="unseen">{ text.splits }</caption>
                    <thead><tr>
                        <th scope="col">{ text.line }</th>
                        <th scope="col">{ text.measured }</th><th scope="col">{ text.calculated }</th>
                        if !compact {
                            <th scope="col" class="lab-gaps">{ text.left_out }</th>
                        }
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </>
    }
}

fn view_row(
    desk: &LabDesk,
    handle: &LabHandle,
    line: (usize, &PlotLine),
    series: (usize, &Series),
    splits: &SplitVotes,
    (lang, compact): (Lang, bool),
) -> Html {
    let ((place, line), (index, series)) = (line, series);
    let measured = lang.share_of_million(splits.per_million);
    let measured = match splits.first {
        Some(trial) => {
            let handle = handle.clone();
            let onclick = move |_: MouseEvent| handle.open_trial(place, index, trial, lang);
            html! { <button type="button" class="lab-number" aria-label={lang.lab_cell(&measured, trial)} {onclick}>{ measured.clone() }</button> }
        }
        None => html! { measured },
    };
    let predicted = splits.predicted.as_ref();
    let calculated = predicted.map(|predicted| lang.share_of_million(predicted.per_million));
    let gaps = predicted.map(|predicted| lang.prediction_gaps(&predicted.gaps));
    html! {
        <>
            <tr>
                <th scope="row">{ view_name(desk, (place, line), series, lang) }</th>
                <td>{ measured }</td>
                <td>{ calculated.unwrap_or_else(|| "–".to_owned()) }</td>
                if !compact {
                    <td class="lab-gaps">{ gaps.clone() }</td>
                }
            </tr>
            if let Some(gaps) = gaps.filter(|_| compact) {
                <tr class="lab-below"><td colspan="3" class="lab-gaps">{ lang.lab_text().left_out }{ ": " }{ gaps }</td></tr>
            }
        </>
    }
}

impl Lang {
    /// What the calculation leaves out of what there is.
    fn prediction_gaps(self, gaps: &[PredictionGap]) -> String {
        if gaps.is_empty() {
            return self.lab_text().nothing.to_owned();
        }
        let gaps: Vec<_> = gaps.iter().map(|gap| self.prediction_gap(*gap)).collect();
        gaps.join(", ")
    }

    /// A share of a million, with a second decimal where it says something.
    fn share_of_million(self, per_million: u32) -> String {
        let hundredths = (per_million + 50) / 100;
        match per_million {
            0 | 1_000_000 => format!("{} %", per_million / 10_000),
            1..50 => self.decimal("< 0.01 %"),
            50..100_000 => self.decimal(&format!("{}.{:02} %", hundredths / 100, hundredths % 100)),
            _ => {
                // Not all is not 100 %.
                let tenths = ((per_million + 500) / 1000).min(999);
                self.decimal(&format!("{}.{} %", tenths / 10, tenths % 10))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{PaperHalf, PaperLine};

    #[test]
    fn shares_have_the_decimals_that_say_something() {
        let said = [0, 49, 50, 6600, 88_900, 100_000, 354_900, 999_949, 1_000_000]
            .map(|share| Lang::En.share_of_million(share));
        let expected = [
            "0 %", "< 0.01 %", "0.01 %", "0.66 %", "8.89 %", "10.0 %", "35.5 %", "99.9 %", "100 %",
        ];
        assert_eq!(said, expected);
        assert_eq!(Lang::Pt.share_of_million(6600), "0,66 %");
    }

    #[test]
    fn the_first_trial_with_split_votes_is_opened() {
        let experiment = PaperHalf::Randomness.lines()[2].experiment(PaperLine::DELAY);
        let outcomes: Vec<_> = (0..50).map(|trial| experiment.trial(trial)).collect();
        let splits = SplitVotes::of(&experiment, &outcomes);
        let first = splits.first.expect("some votes are split") as usize;
        assert!(outcomes[first].split_votes > 0);
        assert!(outcomes[..first].iter().all(|outcome| outcome.split_votes == 0));
        let count = outcomes.iter().filter(|outcome| outcome.split_votes > 0).count();
        assert_eq!(splits.per_million as usize, count * 20_000);
        assert_eq!(SplitVotes::of(&experiment, &[]).per_million, 0);
    }
}
