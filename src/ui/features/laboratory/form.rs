//! The reader's own experiment: the settings of the cluster on the ring, how a trial begins, and what it is compared with.

use yew::prelude::*;

use super::{
    LabProps,
    desk::{DeskMsg, LabDesk, LabHandle},
};
use crate::{
    lab::{InitialLogs, LabPlan, Opening, TrialEnding, Variable, Variation},
    raft::{MAX_SERVERS, Rule, RuleGroup},
    sim::{Config, Micros},
    ui::{
        kit::{
            emit::{maybe, value},
            millis::Millis,
        },
        text::Lang,
    },
};

const TRIALS: [u32; 4] = [100, 1000, 10_000, 100_000];
const LIMITS: [Micros; 4] = [
    Micros::from_secs(1),
    Micros::from_secs(10),
    Micros::from_secs(60),
    Micros::from_secs(600),
];
const LOSSES: [u16; 8] = [0, 10, 20, 50, 100, 200, 300, 500];

/// Offers to change the plan.
struct PlanForm<'a> {
    plan: &'a LabPlan,
    handle: &'a LabHandle,
    lang: Lang,
}

/// The form.
pub fn view_form(desk: &LabDesk, handle: &LabHandle, props: &LabProps) -> Html {
    let (lang, text) = (props.lang, props.lang.lab_text());
    let form = PlanForm {
        plan: &desk.plan,
        handle,
        lang,
    };
    let ring = props.ring.clone();
    let rules = desk.plan.experiment.config.rules;
    html! {
        <div class="lab-form">
            <div class="lab-fields">
                { form.cluster() }
                { form.network() }
                { form.trials() }
                { form.lines() }
            </div>
            { form.script() }
            if !desk.begins_with_script() && desk.differs_from(&ring) {
                <button type="button" class="small" onclick={handle.on(move |_: MouseEvent| DeskMsg::Take(ring.clone()))}>{ text.take }</button>
            }
            if rules.modified() {
                <p class="fine">{ lang.rules_in_force(rules, 3) }</p>
            }
        </div>
    }
}

impl PlanForm<'_> {
    /// What a change of the plan makes of it.
    fn on<T: 'static>(&self, change: impl Fn(&mut LabPlan, T) + 'static) -> Callback<T> {
        let plan = self.plan.clone();
        self.handle.on(move |value| {
            let mut plan = plan.clone();
            change(&mut plan, value);
            DeskMsg::Plan(plan)
        })
    }

    fn millis(&self, label: &'static str, now: Micros, change: fn(&mut LabPlan, Micros)) -> Html {
        let onchange = self.on(move |plan, micros| change(plan, Micros(micros)));
        html! { <Millis {label} value={Some(now.0)} lang={self.lang} {onchange} /> }
    }

    /// A row of choices. What is in force is one of them.
    fn select<T: Copy + PartialEq + 'static>(
        &self,
        label: &'static str,
        choices: Vec<T>,
        now: T,
        name: impl Fn(T) -> String,
        change: fn(&mut LabPlan, T),
    ) -> Html {
        view_select(label, choices, now, name, &self.on(change))
    }

    fn cluster(&self) -> Html {
        let text = self.lang.lab_text();
        let config = &self.plan.experiment.config;
        let timeout = config.timing.election_timeout;
        let sizes = if self.plan.experiment.opening == Opening::Script {
            // Its actions name servers.
            vec![config.size]
        } else {
            (1..=u8::try_from(MAX_SERVERS).unwrap_or(9)).collect()
        };
        html! {
            <>
                { self.select(text.servers, sizes, config.size, |size| size.to_string(), |plan, size| plan.experiment.resize(size)) }
                <fieldset class="named-field">
                    <legend>{ text.timeout }</legend>
                    { self.millis(text.timeout_from, timeout.min, |plan, min| {
                        let range = &mut plan.experiment.config.timing.election_timeout;
                        if min > range.max {
                            // Not the same as the shortest: then the timeouts would not be random any more.
                            range.max = Micros(min.0.saturating_mul(2).min(Config::LONGEST.0));
                        }
                        range.min = min;
                    }) }
                    <span>{ text.to }</span>
                    { self.millis(text.timeout_to, timeout.max, |plan, max| {
                        let range = &mut plan.experiment.config.timing.election_timeout;
                        (range.min, range.max) = (range.min.min(max), max);
                    }) }
                </fieldset>
                <fieldset class="named-field">
                    <legend>{ text.heartbeat }</legend>
                    { self.millis(text.heartbeat, config.timing.heartbeat_interval, |plan, interval| plan.experiment.config.timing.heartbeat_interval = interval) }
                </fieldset>
            </>
        }
    }

    fn network(&self) -> Html {
        let text = self.lang.lab_text();
        let network = self.plan.experiment.config.network;
        html! {
            <>
                <fieldset class="named-field">
                    <legend>{ text.delay }</legend>
                    { self.millis(text.delay_from, network.delay.min, |plan, min| {
                        let range = &mut plan.experiment.config.network.delay;
                        (range.min, range.max) = (min, range.max.max(min));
                    }) }
                    <span>{ text.to }</span>
                    { self.millis(text.delay_to, network.delay.max, |plan, max| {
                        let range = &mut plan.experiment.config.network.delay;
                        (range.min, range.max) = (range.min.min(max), max);
                    }) }
                </fieldset>
                { self.select(text.loss, LOSSES.to_vec(), network.loss_permille, |loss| self.lang.per_cent(loss), |plan, loss| plan.experiment.config.network.loss_permille = loss) }
            </>
        }
    }

    fn trials(&self) -> Html {
        let (lang, text) = (self.lang, self.lang.lab_text());
        let experiment = &self.plan.experiment;
        let seed = maybe(&self.on(|plan, seed| plan.experiment.seed = seed), |event: Event| {
            value(&event).trim().parse::<u64>().ok()
        });
        html! {
            <>
                { self.opening() }
                { self.select(text.logs, vec![InitialLogs::AsGiven, InitialLogs::Different], experiment.logs, |logs| lang.lab_logs(logs).to_owned(), |plan, logs| plan.experiment.logs = logs) }
                { self.select(text.ending, TrialEnding::ALL.to_vec(), experiment.ending, |ending| lang.lab_ending(ending).to_owned(), |plan, ending| plan.experiment.ending = ending) }
                { self.select(text.limit, LIMITS.to_vec(), experiment.limit, |limit| lang.lab_tick(limit.0), |plan, limit| plan.experiment.limit = limit) }
                { self.select(text.trials, TRIALS.to_vec(), experiment.trials, |trials| lang.grouped(trials as usize), |plan, trials| plan.experiment.trials = trials) }
                <label class="named-field">
                    <span>{ text.seed }</span>
                    <input class="lab-seed" type="text" inputmode="numeric" autocomplete="off" value={experiment.seed.to_string()} onchange={seed} />
                </label>
            </>
        }
    }

    /// How a trial begins. The run on the ring is taken as it is when it is chosen.
    fn opening(&self) -> Html {
        let (lang, handle) = (self.lang, self.handle.clone());
        let put = self.on(|plan, opening| {
            plan.experiment.begin(opening);
        });
        let choose = Callback::from(move |opening| match opening {
            Opening::Script => handle.begin_as_ring(),
            Opening::LeaderCrash | Opening::LeaderCutOff | Opening::ColdStart => put.emit(opening),
        });
        let now = self.plan.experiment.opening;
        let name = |opening| lang.lab_opening(opening).to_owned();
        view_select(lang.lab_text().begin, Opening::ALL.to_vec(), now, name, &choose)
    }

    /// What each trial begins with, if it begins as a run, or with settings of single servers and links.
    fn script(&self) -> Html {
        let (lang, text) = (self.lang, self.lang.lab_text());
        let experiment = &self.plan.experiment;
        if experiment.opening != Opening::Script {
            let own = experiment.script.len();
            return if own == 0 {
                Html::default()
            } else {
                html! { <p class="fine">{ lang.lab_own(own) }</p> }
            };
        }
        let handle = self.handle.clone();
        let again = move |_: MouseEvent| handle.begin_as_ring();
        let told = experiment.script.last().map(|(at, action)| {
            let done = lang.action(*action);
            let leads = experiment.leads_by_script();
            let told = lang.lab_script(experiment.script.len() - usize::from(leads.is_some()), *at, &done);
            let leads = leads.map(|leader| lang.lab_script_leader(leader));
            format!("{} {told}", leads.unwrap_or_default())
        });
        let about = if told.is_some() {
            text.script_about
        } else {
            text.script_none
        };
        html! {
            <>
                <p class="fine">{ told }{ " " }{ about }</p>
                <button type="button" class="small" onclick={again}>{ text.script_again }</button>
            </>
        }
    }

    /// What the experiment is compared with, and what is varied in it.
    fn lines(&self) -> Html {
        let (lang, text) = (self.lang, self.lang.lab_text());
        let rules = Rule::ALL
            .iter()
            .copied()
            .filter(|rule| rule.group() == RuleGroup::Extensions);
        let compared = [None].into_iter().chain(rules.map(Some)).collect();
        let name = |rule: Option<Rule>| {
            rule.map_or(text.compare_none.to_owned(), |rule| {
                lang.lab_compare_rule(lang.rule(rule))
            })
        };
        let variables = [None].into_iter().chain(Variable::ALL.map(Some)).collect();
        let varied = self.plan.vary.map(|vary| vary.variable);
        html! {
            <>
                { self.select(text.compare, compared, self.plan.compare, name, |plan, rule| plan.compare = rule) }
                { self.select(text.vary, variables, varied, |variable| variable.map_or(text.vary_none, |variable| lang.lab_variable(variable)).to_owned(), vary) }
                if let Some(vary) = self.plan.vary {
                    { self.view_ends(vary) }
                }
            </>
        }
    }

    /// The least and the greatest value of what is varied.
    fn view_ends(&self, vary: Variation) -> Html {
        let text = self.lang.lab_text();
        if vary.variable == Variable::Loss {
            let loss = |value: u64| u16::try_from(value).unwrap_or(u16::MAX);
            return self.select(
                text.vary_to,
                LOSSES[1..].to_vec(),
                loss(vary.to),
                |loss| self.lang.per_cent(loss),
                |plan, to| {
                    if let Some(vary) = &mut plan.vary {
                        (vary.from, vary.to) = (0, to.into());
                    }
                },
            );
        }
        html! {
            <fieldset class="named-field">
                <legend>{ self.lang.lab_variable(vary.variable) }</legend>
                { self.millis(text.vary_from, Micros(vary.from), |plan, from| {
                    if let Some(vary) = &mut plan.vary {
                        (vary.from, vary.to) = (from.0, vary.to.max(from.0));
                    }
                }) }
                <span>{ text.to }</span>
                { self.millis(text.vary_to, Micros(vary.to), |plan, to| {
                    if let Some(vary) = &mut plan.vary {
                        (vary.from, vary.to) = (vary.from.min(to.0), to.0);
                    }
                }) }
            </fieldset>
        }
    }
}

/// A row of choices. What is in force is one of them.
fn view_select<T: Copy + PartialEq + 'static>(
    label: &'static str,
    mut choices: Vec<T>,
    now: T,
    name: impl Fn(T) -> String,
    chosen: &Callback<T>,
) -> Html {
    if !choices.contains(&now) {
        choices.push(now);
    }
    let options: Vec<_> = choices.iter().map(|choice| (name(*choice), *choice == now)).collect();
    let onchange = maybe(chosen, move |event: Event| {
        let at: usize = value(&event).parse().ok()?;
        choices.get(at).copied()
    });
    html! {
        <label class="named-field">
            <span>{ label }</span>
            <select {onchange}>
                { for options.into_iter().enumerate().map(|(at, (name, selected))| html! { <option value={at.to_string()} {selected}>{ name }</option> }) }
            </select>
        </label>
    }
}

/// Varies a setting from a tenth of what it is to ten times that, as far as that makes sense.
fn vary(plan: &mut LabPlan, variable: Option<Variable>) {
    let config = &plan.experiment.config;
    let (timing, delay) = (config.timing, config.network.delay);
    plan.vary = variable.map(|variable| {
        let around = |now: Micros| (now.0 / 10, now.0.saturating_mul(10));
        let (from, to) = match variable {
            Variable::Spread => (1000, timing.election_timeout.min.0),
            Variable::Timeout => around(timing.election_timeout.min),
            Variable::HeartbeatInterval => (timing.heartbeat_interval.0 / 10, timing.election_timeout.min.0),
            Variable::Delay => (delay.max.0 / 10, timing.election_timeout.min.0),
            Variable::Loss => (0, 200),
        };
        let floor = if variable == Variable::Loss { 0 } else { 1000 };
        let from = from.max(floor);
        let to = to.clamp(from, Config::LONGEST.0 / 4);
        Variation { variable, from, to }
    });
}
