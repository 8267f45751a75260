//! What the adversary shows of a search for faults.

use yew::prelude::*;

use super::{
    Adversary, AdversaryMsg, AimField,
    aim::Aim,
    liveness::{LivenessAsked, LivenessReport, LivenessTried},
};
use crate::{
    lab::{FaultKinds, liveness::LivenessGoal},
    raft::Rules,
    ui::text::Lang,
};

impl Adversary {
    /// What can be sought: what must never happen, and no progress. A group of each, by value and name.
    pub(super) fn view_goals(&self, properties: Vec<(String, String, bool)>, disabled: bool, lang: Lang) -> Html {
        let text = lang.liveness_text();
        let goals = LivenessGoal::ALL.map(|goal| {
            let name = lang.liveness_goal(goal).to_owned();
            (goal.slug().to_owned(), name, self.aim.goal == Some(goal))
        });
        let group = |label: &'static str, options: Vec<(String, String, bool)>| {
            html! {
                <optgroup {label}>
                    { for options.into_iter().map(|(value, name, selected)| html! { <option {value} {selected}>{ name }</option> }) }
                </optgroup>
            }
        };
        let onchange = self.on_aim(AimField::Property);
        html! {
            <label class="named-field">
                <span>{ lang.adversary_text().look_for }</span>
                <select {disabled} {onchange}>
                    { group(text.safety, properties) }
                    { group(text.progress, goals.to_vec()) }
                </select>
            </label>
        }
    }

    /// How far faults are sought.
    pub(super) fn view_fault_bounds(&self, rules: Rules, disabled: bool, lang: Lang) -> Html {
        let text = lang.liveness_text();
        let number = |each: u8, now: u8| (each.to_string(), each.to_string(), each == now);
        let servers = self.aim.servers(rules);
        let kinds = FaultKinds::ALL.map(|kinds| {
            (
                kinds.slug().to_owned(),
                lang.fault_kinds(kinds).to_owned(),
                self.aim.kinds == kinds,
            )
        });
        html! {
            <>
                { self.select(lang.adversary_text().cluster, AimField::Servers, disabled, (3..=5).map(|each| number(each, servers))) }
                { self.select(text.faults, AimField::Faults, disabled, (1..=Aim::MOST_FAULTS).map(|each| number(each, self.aim.faults))) }
                { self.select(text.kinds, AimField::Kinds, disabled, kinds.into_iter()) }
            </>
        }
    }

    pub(super) fn view_faults(&self, lang: Lang, asked: &LivenessAsked, report: &LivenessReport) -> Html {
        let (text, question) = (lang.liveness_text(), &asked.question);
        let again = self.emit.reform(|_: MouseEvent| AdversaryMsg::PlayAgain);
        let kind = match question.goal {
            LivenessGoal::NobodyCanWin => html! { <p class="fine">{ text.trivial }</p> },
            LivenessGoal::NeverSettles | LivenessGoal::Stuck => html! { <p class="fine">{ text.seen }</p> },
        };
        match report {
            LivenessReport::Found { tried, faults, .. } => html! {
                <>
                    <p><strong class="broken-text">{ lang.found_liveness(question.goal, tried.faults) }</strong></p>
                    <ol class="adversary-path">{ for faults.iter().map(|fault| html! { <li>{ lang.fault(*fault) }</li> }) }</ol>
                    <button type="button" class="small" onclick={again}>{ lang.adversary_text().play_again }</button>
                    if question.needs_no_run() && question.rules.count_each_vote_once {
                        <p>{ text.certain }</p>
                    }
                    <p>{ lang.as_many_faults(question, tried) }{ " " }{ lang.no_fewer_faults(question, tried) }</p>
                    { kind }
                </>
            },
            LivenessReport::Nothing(tried) => html! {
                <>
                    <p><strong>{ lang.nothing_by_faults(tried.faults) }</strong>{ " " }{ lang.tried_in_vain(question, tried, false) }</p>
                    { kind }
                </>
            },
            LivenessReport::Late(tried) => html! {
                <>
                    <p>
                        <strong>{ lang.adversary_text().inconclusive }</strong>{ " " }
                        { lang.stopped_at(tried.done, tried.sets, tried.faults) }{ " " }{ lang.tried_in_vain(question, tried, true) }
                    </p>
                    { self.view_lower(question.rules, !self.aim.long, lang) }
                </>
            },
            LivenessReport::Progress(_) => Html::default(),
        }
    }
}

impl LivenessTried {
    /// How much of the sets of this size has been tried, of 1.
    #[expect(clippy::cast_precision_loss, reason = "a share to be seen")]
    pub(super) fn share(&self) -> f64 {
        self.done as f64 / self.sets.max(1) as f64
    }
}
