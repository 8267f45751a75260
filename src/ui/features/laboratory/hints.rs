//! What makes the numbers of an experiment say less than they seem to.

use yew::prelude::*;

use super::{
    desk::{DeskMsg, LabDesk, LabHandle, LabSubject, RUN},
    line::PlotLine,
};
use crate::{
    lab::{Experiment, TrialEnding},
    sim::Micros,
    ui::{kit::dom::focus, text::Lang},
};

/// Something to know about an experiment before its numbers are believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LabHint {
    /// All election timeouts have one length.
    Alike,
    /// A heartbeat may come later than the shortest election timeout expires.
    Rare,
    /// Of a thousand trials of a line, so many had a leader as the time began.
    Led(u32),
    /// So few trials that the outermost numbers are those of single ones.
    Few,
}

impl LabHint {
    /// Of so many trials, five exceed what is shown as 95 %.
    const MANY: u32 = 100;

    /// What there is to know about the reader's experiment, of which these lines have been measured.
    fn of(experiment: &Experiment, lines: &[PlotLine]) -> Vec<Self> {
        let timeout = experiment.config.timing.election_timeout;
        let has_own = experiment
            .script
            .iter()
            .any(|(_, action)| action.own_setting().is_some());
        let are_alike = timeout.min == timeout.max && experiment.config.size > 2 && !has_own;
        let are_rare = experiment.has_late_heartbeats() && experiment.config.size > 1;
        let led = lines.iter().filter_map(led_at_once).max();
        let led = led.filter(|permille| *permille >= 500 && experiment.ending == TrialEnding::WithLeader);
        let hints = [
            are_alike.then_some(Self::Alike),
            are_rare.then_some(Self::Rare),
            led.map(Self::Led),
            (experiment.trials < Self::MANY).then_some(Self::Few),
        ];
        hints.into_iter().flatten().collect()
    }

    /// Whether a leader that was elected may not last.
    const fn is_about_lasting(self) -> bool {
        matches!(self, Self::Rare | Self::Led(_))
    }
}

/// Of a thousand trials of a line, those that had a leader as the time began; `None` until they have run.
fn led_at_once(line: &PlotLine) -> Option<u32> {
    let done = line.series.iter().filter(|series| series.is_done());
    let shares = done.map(|series| {
        let led = series
            .outcomes
            .iter()
            .filter(|outcome| outcome.without_leader == Some(Micros::ZERO));
        u32::try_from(led.count() * 1000 / series.outcomes.len().max(1)).unwrap_or(0)
    });
    shares.max()
}

/// The hints, and what helps.
pub fn view_hints(desk: &LabDesk, handle: &LabHandle, lang: Lang) -> Html {
    if desk.subject != LabSubject::Own {
        return Html::default();
    }
    let (text, experiment) = (lang.lab_text(), &desk.plan.experiment);
    let hints = LabHint::of(experiment, &desk.lines);
    let offers = experiment.ending == TrialEnding::WithLeader && hints.iter().any(|hint| hint.is_about_lasting());
    let go_on = handle.on(|_: MouseEvent| {
        // The button goes away.
        focus(RUN);
        DeskMsg::GoOn
    });
    html! {
        <>
            { for hints.iter().map(|hint| html! { <p class="fine">{ lang.lab_hint(*hint) }</p> }) }
            if offers && !desk.runs() {
                <p class="fine">{ text.not_seen }{ " " }<button type="button" class="small" onclick={go_on}>{ text.go_on }</button></p>
            }
        </>
    }
}

impl Lang {
    fn lab_hint(self, hint: LabHint) -> String {
        let text = self.lab_text();
        match hint {
            LabHint::Alike => text.alike.to_owned(),
            LabHint::Rare => text.rare.to_owned(),
            LabHint::Few => text.few.to_owned(),
            LabHint::Led(permille) => self.lab_led(&self.per_cent(u16::try_from(permille).unwrap_or(1000))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lab::Opening,
        raft::NodeId,
        sim::{Action, Range},
        ui::features::laboratory::line::{LineName, Series},
    };

    /// A line whose trials have run.
    fn measured(experiment: &Experiment) -> Vec<PlotLine> {
        let mut series = Series::new(experiment.clone(), 0);
        series.outcomes = (0..experiment.trials).map(|trial| experiment.trial(trial)).collect();
        vec![PlotLine {
            name: LineName::Alone,
            published: &[],
            series: vec![series],
        }]
    }

    fn some() -> Experiment {
        Experiment {
            trials: 100,
            ..Experiment::paper()
        }
    }

    #[test]
    fn nothing_is_said_of_the_papers_cluster() {
        assert_eq!(LabHint::of(&some(), &measured(&some())), []);
    }

    #[test]
    fn few_trials_are_told() {
        let few = Experiment { trials: 99, ..some() };
        assert_eq!(LabHint::of(&few, &[]), [LabHint::Few]);
    }

    #[test]
    fn timeouts_of_one_length_are_told() {
        let experiment = some().with_timeouts(Range::millis(150, 150));
        assert_eq!(LabHint::of(&experiment, &[]), [LabHint::Alike]);
    }

    #[test]
    fn heartbeats_that_may_come_too_late_are_told() {
        let mut experiment = some();
        experiment.config.timing.heartbeat_interval = Micros::from_millis(400);
        assert_eq!(LabHint::of(&experiment, &[]), [LabHint::Rare]);
        assert!(LabHint::Rare.is_about_lasting() && !LabHint::Alike.is_about_lasting());
    }

    #[test]
    fn a_leader_that_was_there_as_the_time_began_is_told_unless_all_time_counts() {
        let (s1, s2) = (NodeId::new(0), NodeId::new(1));
        let cut = |from, to| (Micros::from_secs(2), Action::cut(from, to));
        let mut experiment = Experiment {
            opening: Opening::Script,
            script: vec![cut(s1, s2), cut(s2, s1)],
            ..some()
        };
        assert_eq!(LabHint::of(&experiment, &[]), [], "nothing was measured");
        assert_eq!(LabHint::of(&experiment, &measured(&experiment)), [LabHint::Led(1000)]);
        experiment.ending = TrialEnding::AtLimit;
        assert_eq!(LabHint::of(&experiment, &measured(&experiment)), []);
    }
}
