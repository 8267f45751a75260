//! A setting, to be given to one server, to one link or to the cluster when the reader does one thing otherwise.

use yew::prelude::*;

use crate::{
    raft::{NodeId, Rule, RuleGroup},
    scenario::set_in_force,
    sim::{Action, Config, Entry, History, Links, Network, OwnKind, OwnSetting, OwnSettings, Range, Timing},
    ui::{
        kit::{
            emit::{maybe, value},
            millis::{Millis, MillisRange},
            permille::Permille,
        },
        text::{ANY_SPAN, Lang},
    },
};

/// Whose setting it is: a server's, as both ends, a link's, or that of the cluster.
type Whose = Option<(NodeId, NodeId)>;

/// All who have settings in a cluster of this size.
fn all_whose(size: usize) -> Vec<Whose> {
    let servers = NodeId::all(size).map(|server| (server, server));
    let named = servers.chain(Links::pairs(size));
    [None].into_iter().chain(named.map(Some)).collect()
}

/// What can be set there.
fn kinds(whose: Whose) -> Vec<OwnKind> {
    let suits = move |kind: &OwnKind| match whose {
        Some((from, to)) => kind.suits(from != to),
        None => kind.suits_cluster(),
    };
    OwnKind::ALL.into_iter().filter(suits).collect()
}

/// The settings that are in force before something is done.
#[derive(Clone, Debug)]
pub(super) struct InForce {
    config: Config,
    own: OwnSettings,
}

impl InForce {
    /// Before the action at this place of the journal.
    pub(super) fn before(history: &History, place: usize) -> Self {
        let mut in_force = Self {
            config: *history.started_with(),
            own: OwnSettings::default(),
        };
        for Entry { action, .. } in &history.journal(history.current())[..place] {
            set_in_force(&mut in_force.config, *action);
            action.note_own(&mut in_force.own);
        }
        in_force
    }

    /// The value of a setting.
    fn value(&self, whose: Whose, kind: OwnKind) -> Range {
        let own = whose.and_then(|whose| {
            let mut all = self.own.all();
            all.find(|given| (given.0, given.1) == whose && given.2.kind == kind)
        });
        let Config { timing, network, .. } = self.config;
        let single = |value| OwnSetting::single(kind, value).value;
        match (own, kind) {
            (Some((.., own)), _) => own.value,
            (None, OwnKind::ElectionTimeout) => timing.election_timeout,
            (None, OwnKind::HeartbeatInterval) => single(timing.heartbeat_interval.0),
            (None, OwnKind::Delay) => network.delay,
            (None, OwnKind::Loss) => single(network.loss_permille.into()),
            (None, OwnKind::Duplication) => single(network.duplication_permille.into()),
            (None, OwnKind::Reordering) => single(network.reordering_permille.into()),
            (None, OwnKind::Clock) => single(1000),
            (None, OwnKind::RuleOn | OwnKind::RuleOff | OwnKind::RuleAsCluster) => single(Rule::PreVote.bit().into()),
            (None, OwnKind::DiskWrite | OwnKind::Priority | OwnKind::AsCluster) => single(0),
        }
    }

    /// What gives the setting; the others stay as they are.
    fn giving(&self, whose: Whose, setting: OwnSetting) -> Action {
        let Config {
            mut timing,
            mut network,
            mut rules,
            ..
        } = self.config;
        match (whose, setting.kind) {
            (Some((from, to)), _) if from == to => Action::set_server(from, setting),
            (Some((from, to)), _) => Action::set_link(from, to, setting),
            (None, OwnKind::ElectionTimeout | OwnKind::HeartbeatInterval) => {
                set_timing(&mut timing, setting);
                Action::set_timing(timing)
            }
            (None, _) => match setting.of_rule() {
                Some((rule, on)) => {
                    rules.set(rule, on);
                    Action::set_rules(rules)
                }
                None => {
                    set_network(&mut network, setting);
                    Action::set_network(network)
                }
            },
        }
    }
}

fn set_timing(timing: &mut Timing, setting: OwnSetting) {
    match setting.kind {
        OwnKind::ElectionTimeout => timing.election_timeout = setting.value,
        _ => timing.heartbeat_interval = setting.value.min,
    }
}

fn set_network(network: &mut Network, setting: OwnSetting) {
    match setting.kind {
        OwnKind::Delay => network.delay = setting.value,
        OwnKind::Loss => network.loss_permille = setting.permille(),
        OwnKind::Duplication => network.duplication_permille = setting.permille(),
        _ => network.reordering_permille = setting.permille(),
    }
}

/// What the reader has chosen so far.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct ChosenSetting {
    /// The place in [`all_whose`].
    whose: u64,
    kind: OwnKind,
    /// As the reader entered it; else it is the one in force.
    value: Option<Range>,
}

impl ChosenSetting {
    /// Nothing chosen yet.
    pub(super) const FIRST: Self = Self {
        whose: 0,
        kind: OwnKind::ElectionTimeout,
        value: None,
    };

    const fn of(self, whose: u64) -> Self {
        Self {
            whose,
            value: None,
            ..self
        }
    }

    fn with_kind(self, kind: u64) -> Self {
        let kind = OwnKind::ALL.into_iter().find(|one| *one as u64 == kind);
        Self {
            kind: kind.unwrap_or(self.kind),
            value: None,
            ..self
        }
    }

    fn with_value(self, value: u64) -> Self {
        Self {
            value: Some(OwnSetting::single(self.kind, value).value),
            ..self
        }
    }

    fn with_range(self, ends: (u64, u64)) -> Self {
        Self {
            value: Some(Range::of_micros(ends)),
            ..self
        }
    }
}

/// How the fields stand, and where their changes go.
struct Fields<'a> {
    lang: Lang,
    setting: ChosenSetting,
    change: &'a Callback<ChosenSetting>,
}

/// Whose setting, which one, its value, and the button that gives it.
pub(super) fn view_setting(
    setting: ChosenSetting,
    in_force: &InForce,
    lang: Lang,
    change: &Callback<ChosenSetting>,
    give: &Callback<Action>,
) -> Html {
    let text = lang.branches_text();
    let all = all_whose(in_force.config.size.into());
    let whose = usize::try_from(setting.whose)
        .ok()
        .and_then(|place| all.get(place).copied());
    let whose = whose.unwrap_or(None);
    // Whoever else was chosen may not have what was chosen before.
    let kinds = kinds(whose);
    let kind = if kinds.contains(&setting.kind) {
        setting.kind
    } else {
        kinds[0]
    };
    let shown = setting.value.unwrap_or_else(|| in_force.value(whose, kind));
    let fields = Fields {
        lang,
        setting: ChosenSetting { kind, ..setting },
        change,
    };
    let action = in_force.giving(whose, OwnSetting::new(kind, shown));
    let names = all.iter().map(|whose| lang.whose_setting(*whose));
    let of_kind = kinds.iter().map(|kind| (*kind as u64, lang.own_kind(*kind).to_owned()));
    html! {
        <div class="picker-setting">
            { fields.view_choice(text.whose, setting.whose, (0..).zip(names).collect(), ChosenSetting::of) }
            { fields.view_choice(text.setting, kind as u64, of_kind.collect(), ChosenSetting::with_kind) }
            { fields.view_value(kind, shown) }
            <button type="button" class="small on" onclick={give.reform(move |_: MouseEvent| action)}>{ text.go }</button>
        </div>
    }
}

impl Fields<'_> {
    /// Hears of another number.
    fn on(&self, with: fn(ChosenSetting, u64) -> ChosenSetting) -> Callback<u64> {
        let setting = self.setting;
        self.change.reform(move |number| with(setting, number))
    }

    /// The field for a value of this kind.
    fn view_value(&self, kind: OwnKind, shown: Range) -> Html {
        let (lang, label, value) = (self.lang, self.lang.own_kind(kind), shown.min.0);
        let choice = |options| self.view_choice(label, value, options, ChosenSetting::with_value);
        match kind {
            OwnKind::AsCluster => Html::default(),
            OwnKind::ElectionTimeout | OwnKind::Delay => {
                let setting = self.setting;
                let onchange = self.change.reform(move |ends| setting.with_range(ends));
                html! { <MillisRange {label} range={shown.in_micros()} {lang} {onchange} /> }
            }
            OwnKind::HeartbeatInterval | OwnKind::DiskWrite => {
                let allowed = if kind == OwnKind::DiskWrite {
                    &OwnSetting::DISK_WRITES
                } else {
                    ANY_SPAN
                };
                html! { <Millis {label} {value} {allowed} {lang} onchange={self.on(ChosenSetting::with_value)} /> }
            }
            OwnKind::Loss | OwnKind::Duplication | OwnKind::Reordering => {
                let share = OwnSetting::new(kind, shown).permille();
                let onchange = self.on(ChosenSetting::with_value).reform(u64::from);
                html! { <Permille {label} value={share} {lang} {onchange} /> }
            }
            OwnKind::Clock => {
                let now = OwnSetting::new(kind, shown).permille();
                let beyond = Some(now).filter(|rate| !OwnSetting::CLOCKS.contains(rate));
                let name = |rate: u16| (rate.into(), lang.clock_rate(&lang.thousandths(rate)));
                choice(OwnSetting::CLOCKS.into_iter().chain(beyond).map(name).collect())
            }
            OwnKind::Priority => choice(
                (0..=OwnSetting::HIGHEST_PRIORITY)
                    .map(|one| (one, one.to_string()))
                    .collect(),
            ),
            OwnKind::RuleOn | OwnKind::RuleOff | OwnKind::RuleAsCluster => {
                let rules = RuleGroup::ALL.iter().flat_map(|group| group.rules());
                choice(
                    rules
                        .map(|rule| (rule.bit().into(), lang.rule(*rule).to_owned()))
                        .collect(),
                )
            }
        }
    }

    fn view_choice(
        &self,
        label: &'static str,
        shown: u64,
        options: Vec<(u64, String)>,
        with: fn(ChosenSetting, u64) -> ChosenSetting,
    ) -> Html {
        let onchange = maybe(&self.on(with), |event: Event| value(&event).parse().ok());
        html! {
            <select class="select" aria-label={label} {onchange}>
                { for options.into_iter().map(|(number, name)| html! {
                    <option value={number.to_string()} selected={number == shown}>{ name }</option>
                }) }
            </select>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        scenario::Scenario,
        sim::{ClusterAction, Micros},
    };

    const S1: NodeId = NodeId::new(0);
    const S2: NodeId = NodeId::new(1);

    fn ms(millis: u64) -> Micros {
        Micros::from_millis(millis)
    }

    /// A run that has lost 5 % since 0.1 s, by a clock of S1 that is fast since 0.2 s.
    fn run() -> History {
        let mut scenario = Scenario::free(5, 7);
        let network = Network {
            loss_permille: 50,
            ..scenario.config.network
        };
        scenario.script = vec![
            (ms(100), Action::set_network(network)),
            (ms(200), Action::set_server(S1, OwnSetting::clock(1500))),
        ];
        let mut history = scenario.start();
        history.seek(ms(300));
        history
    }

    #[test]
    fn whatever_has_a_setting_can_be_given_it() {
        let history = run();
        let in_force = InForce::before(&history, 2);
        let all = all_whose(5);
        assert_eq!(all.len(), 1 + 5 + 20);
        let mut offered = Vec::new();
        for whose in all {
            for kind in kinds(whose) {
                let setting = OwnSetting::new(kind, in_force.value(whose, kind));
                let action = in_force.giving(whose, setting);
                assert_eq!(history.world().allow(action), Ok(()), "{whose:?}: {kind:?}");
                assert!(action.is_setting());
                offered.push(kind);
            }
        }
        for kind in OwnKind::ALL {
            assert!(offered.contains(&kind), "{kind:?} is not offered");
        }
    }

    #[test]
    fn the_others_stay_as_they_were_then() {
        let history = run();
        let delay = OwnSetting::delay(Range::millis(80, 90));
        let lost = |place: usize| match InForce::before(&history, place).giving(None, delay) {
            Action::Cluster(ClusterAction::SetNetwork(network)) => {
                assert_eq!(network.delay, Range::millis(80, 90));
                network.loss_permille
            }
            other => panic!("{other:?}"),
        };
        assert_eq!([0, 1, 2].map(lost), [0, 50, 50]);
        let clock = |place, server| {
            let in_force = InForce::before(&history, place);
            in_force.value(Some((server, server)), OwnKind::Clock).min.0
        };
        assert_eq!([clock(1, S1), clock(2, S1), clock(2, S2)], [1000, 1500, 1000]);
        let rules = InForce::before(&history, 2).giving(None, OwnSetting::rule(Rule::PreVote, true));
        let mut with = history.world().config().rules;
        with.set(Rule::PreVote, true);
        assert_eq!(rules, Action::set_rules(with));
    }

    #[test]
    fn another_choice_forgets_the_value_and_not_the_rest() {
        let chosen = ChosenSetting::FIRST
            .with_kind(OwnKind::Clock as u64)
            .of(3)
            .with_value(2000);
        assert_eq!(chosen.value, Some(OwnSetting::clock(2000).value));
        let other = chosen.of(2);
        assert_eq!((other.kind, other.whose, other.value), (OwnKind::Clock, 2, None));
        assert_eq!(chosen.with_kind(OwnKind::Priority as u64).value, None);
    }
}
