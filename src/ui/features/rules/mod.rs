//! The rules of an election: which are in force, the bugs that students make, and a switch for each.

mod presets;
mod switches;
mod text;

pub use self::presets::{Preset, Targets};

use web_sys::Element;
use yew::prelude::*;

use self::switches::{QuorumField, view_group};
use crate::{
    raft::{Conformity, MAX_SERVERS, NodeId, NodeSet, Rule, RuleGroup, Rules},
    scenario::Scenario,
    sim::{Action, OwnSetting, OwnSettings},
    ui::{
        intent::{Beginning, Intent},
        kit::{dom::focus, icons, panel::Panel},
        run::view::RulesMark,
        text::Lang,
    },
};

/// The panel's entry in the list of panels.
pub const PANEL: Panel = Panel {
    slug: "rules",
    title: |lang| lang.rules_text().title,
    about: |lang| lang.rules_text().about_panel,
};

/// The switch that a task wants to be pressed, in the document.
pub const SOUGHT: &str = "sought-rule";

/// What the panel needs.
#[derive(Clone, PartialEq, Properties)]
pub struct RulesProps {
    /// The rules now, and how far the run has been from the paper's.
    pub mark: RulesMark,
    /// Whether the same faults with these rules from the start on are another run.
    pub replays: bool,
    /// What servers have of their own.
    pub own: OwnSettings,
    /// How many servers there are.
    pub size: u8,
    /// Whom and what the hints can be followed with now.
    pub targets: Targets,
    /// The language.
    pub lang: Lang,
    /// Receives the reader's changes.
    pub emit: Callback<Intent>,
    /// The rule that a task wants to be switched.
    #[prop_or_default]
    pub sought: Option<Rule>,
    /// Searches for what the rules break.
    pub onfind: Callback<()>,
    /// What is shown below the line that says which rules are in force: what follows from them.
    #[prop_or_default]
    pub children: Html,
}

/// The panel.
#[component]
pub fn RulesPanel(props: &RulesProps) -> Html {
    let RulesProps {
        mark,
        replays,
        own,
        size,
        lang,
        emit,
        sought,
        children,
        ..
    } = props.clone();
    use_effect_with(sought, |sought| {
        if sought.is_some() {
            bring_into_sight();
        }
    });
    let groups = |of_paper: bool| {
        let groups = RuleGroup::ALL
            .iter()
            .filter(move |group| group.is_of_paper() == of_paper && says_something(**group, mark.now));
        groups.map(|group| view_group(*group, mark.now, sought, lang, &emit))
    };
    html! {
        <div class="rules-panel">
            { view_in_force(mark, replays, &own, lang, &emit) }
            { view_own(&own, lang) }
            { children }
            { view_presets(props) }
            <div class="rule-groups">
                { for groups(true) }
                <QuorumField key="quorum" rules={mark.now} {size} {lang} emit={emit.clone()} />
                { for groups(false) }
            </div>
        </div>
    }
}

/// Whether one of a group's rules can make a difference. What belongs to pre-votes can't while nobody asks for one.
fn says_something(group: RuleGroup, rules: Rules) -> bool {
    let mut of_group = group.rules().iter();
    of_group
        .any(|rule| rule.part_of().is_none_or(|whole| rules.get(whole)) || rules.changed().any(|other| other == *rule))
}

/// Scrolls the panel, and not the page, to the switch that is sought.
fn bring_into_sight() {
    let switch = gloo::utils::document().get_element_by_id(SOUGHT);
    let panel = switch
        .as_ref()
        .and_then(|switch| switch.closest(".rules-panel").ok().flatten());
    if let (Some(switch), Some(panel)) = (switch, panel) {
        let [seen, room] = [&switch, &panel].map(Element::get_bounding_client_rect);
        let above = seen.y() - room.y() - room.height() / 3.0;
        #[expect(clippy::cast_possible_truncation, reason = "a panel is some thousand pixels high")]
        panel.set_scroll_top(panel.scroll_top() + above as i32);
    }
}

/// The rules in a line, with the ways back to the paper's and to the start.
fn view_in_force(mark: RulesMark, replays: bool, own: &OwnSettings, lang: Lang, emit: &Callback<Intent>) -> Html {
    let text = lang.rules_text();
    let rules = mark.now;
    let changes = to_paper(rules, own);
    // Without effect it is dimmed but keeps the focus.
    let is_papers = changes.is_empty();
    let to_paper = emit.reform(move |_| Intent::Act(changes.clone()));
    let again = emit.reform(move |_| Intent::Begin(Beginning::Rules(rules)));
    let replay = emit.reform(|_: MouseEvent| {
        // The button goes away.
        focus("ring-panel");
        Intent::Begin(Beginning::Replay)
    });
    html! {
        <section class="rules-section" aria-labelledby="rules-now">
            <div class="rules-head">
                <h2 id="rules-now">{ text.in_force }</h2>
                <div class="rules-buttons">
                    <button type="button" class="small" aria-disabled={is_papers.then_some("true")} onclick={to_paper}>{ text.back_to_paper }</button>
                    <button type="button" class="small" title={text.start_again_hint} onclick={again}>{ text.start_again }</button>
                    if replays {
                        <button type="button" class="small" title={lang.text().replay_hint} onclick={replay}>{ text.replay }</button>
                    }
                </div>
            </div>
            <p class={classes!("rules-line", rules.modified().then_some("other"))} role="status">
                { lang.rules_in_force(rules, usize::MAX) }
                if !mark.other.is_empty() {
                    { " " }{ lang.have_own_rules(mark.other) }
                }
            </p>
            if mark.was_further() {
                <p class="intro">{ lang.rules_words().earlier }</p>
            }
            if mark.run != Conformity::Paper {
                <p class="intro">{ lang.mark_means(mark.run) }</p>
            }
        </section>
    }
}

/// What puts the paper's rules in force again, also where a server has others of its own.
fn to_paper(rules: Rules, own: &OwnSettings) -> Vec<Action> {
    let of_cluster = rules.modified().then(|| Action::set_rules(Rules::PAPER));
    let of_server = NodeId::all(MAX_SERVERS).flat_map(|server| {
        let own = own_rules(own, server);
        own.map(move |(rule, _)| Action::set_server(server, OwnSetting::rule_as_cluster(rule)))
    });
    of_cluster.into_iter().chain(of_server).collect()
}

/// The rules by which a server goes whatever the cluster does.
fn own_rules(own: &OwnSettings, server: NodeId) -> impl Iterator<Item = (Rule, bool)> {
    own.server(server).filter_map(OwnSetting::of_rule)
}

/// Which servers go by rules of their own, those with the same together.
fn view_own(own: &OwnSettings, lang: Lang) -> Html {
    let mut alike: Vec<(String, NodeSet)> = Vec::new();
    for server in NodeId::all(MAX_SERVERS) {
        let rules = own.server(server).filter(|setting| setting.of_rule().is_some());
        let Some(rules) = lang.own_settings(rules) else {
            continue;
        };
        match alike.iter_mut().find(|(said, _)| *said == rules) {
            Some((_, servers)) => servers.extend(NodeSet::only(server)),
            None => alike.push((rules, NodeSet::only(server))),
        }
    }
    if alike.is_empty() {
        return Html::default();
    }
    let text = lang.rules_text();
    html! {
        <section class="rules-section" aria-labelledby="rules-own">
            <h2 id="rules-own">{ text.own }</h2>
            <ul>{ for alike.iter().map(|(rules, servers)| html! { <li>{ lang.own_of(*servers, rules) }</li> }) }</ul>
            <p class="intro">{ text.own_intro }</p>
        </section>
    }
}

/// A row of presets, each with what to watch below it while it is in force.
fn view_presets(props: &RulesProps) -> Html {
    let text = props.lang.rules_text();
    let active = Preset::all().find(|preset| preset.rules(props.size) == props.mark.now);
    let view = |preset: &Preset| view_preset(*preset, active == Some(*preset), props);
    html! {
        <section class="rules-section" aria-labelledby="presets">
            <h2 id="presets">{ text.presets }</h2>
            <p class="intro">{ text.presets_intro }</p>
            <div class="presets">
                { for Preset::BUGS.iter().map(view) }
            </div>
            <div class="presets" role="group" aria-labelledby="cures">
                <h3 id="cures">{ text.cures }</h3>
                { for Preset::CURES.iter().map(view) }
            </div>
        </section>
    }
}

/// A button that puts a preset's rules in force; the same again, the paper's.
fn view_preset(preset: Preset, active: bool, props: &RulesProps) -> Html {
    let lang = props.lang;
    let rules = if active { Rules::PAPER } else { preset.rules(props.size) };
    let onclick = props.emit.reform(move |_| Intent::act(Action::set_rules(rules)));
    html! {
        <>
            <button type="button" class="small preset" title={lang.preset_watch(preset)} aria-pressed={active.to_string()} {onclick}>
                if active {
                    { icons::icon(icons::CHECK) }
                }
                { lang.preset(preset) }
            </button>
            if active {
                { view_watch(preset, props) }
            }
        </>
    }
}

/// What to watch under a preset, and buttons that do what it says.
fn view_watch(preset: Preset, props: &RulesProps) -> Html {
    let (lang, text) = (props.lang, props.lang.rules_text());
    let button = |name: String, onclick: Callback<MouseEvent>| {
        html! { <button type="button" class="small" {onclick}>{ name }</button> }
    };
    let actions = preset.actions(props.targets);
    let act = (!actions.is_empty() || preset.needs_vote()).then(|| {
        let name = match (preset, props.targets.voter) {
            (Preset::ForgetsVote, Some(voter)) => lang.restart_voter(voter),
            (Preset::ForgetsVote, None) => text.restart_a_voter.to_owned(),
            (Preset::CountsTwice, _) => text.duplicate_vote.to_owned(),
            (Preset::AllAlike, _) => lang.toolbar_text().crash_leader.to_owned(),
            _ => lang.faults_text().align.to_owned(),
        };
        let waits = actions.is_empty();
        let act = props.emit.reform(move |_| Intent::Act(actions.clone()));
        html! {
            <button type="button" class="small" disabled={waits} title={waits.then_some(text.waits_for_vote)} onclick={act}>{ name }</button>
        }
    });
    let open = preset.scenario().map(|id| {
        let rules = preset.rules(Scenario::new(id).config.size);
        let open = props.emit.reform(move |_| Intent::Begin(Beginning::With(id, rules)));
        button(lang.open_with(lang.scenario(id)), open)
    });
    let find = preset
        .can_be_found()
        .then(|| button(text.find_it.to_owned(), props.onfind.reform(|_| ())));
    html! {
        <div class="preset-watch" role="status">
            <p>{ lang.preset_watch(preset) }</p>
            <div class="rules-buttons">
                { for [act, open, find].into_iter().flatten() }
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{Config, History};

    const S4: NodeId = NodeId::new(3);

    #[test]
    fn servers_that_differ_are_marked_as_long_as_they_do_and_the_way_back_takes_them_along() {
        let mut history = History::new(Config::paper(5), 6, &[]).expect("it starts");
        let own = |rule, on| Action::set_server(S4, OwnSetting::rule(rule, on));
        for action in [
            own(Rule::PreVote, true),
            own(Rule::PersistVote, false),
            own(Rule::PersistTerm, true),
        ] {
            history.act(action).expect("S4 is there");
        }
        let mark = RulesMark::of(&history);
        assert_eq!((mark.now, mark.other), (Rules::PAPER, NodeSet::only(S4)));
        assert_eq!((mark.furthest, mark.run), (Conformity::Modified, Conformity::Modified));
        assert!(!mark.was_further());
        let hint = Lang::En.rules_hint(mark, 2);
        assert_eq!(hint, "The paper's rules. S4 has rules of its own.");
        for action in to_paper(mark.now, history.world().own()) {
            history.act(action).expect("it can be done");
        }
        let mark = RulesMark::of(&history);
        assert_eq!((mark.other, mark.furthest), (NodeSet::EMPTY, Conformity::Paper));
        assert!(mark.was_further() && to_paper(mark.now, history.world().own()).is_empty());
    }
}
