//! A switch for each rule, which unfolds its sentence of the paper, and the choice of the quorum.

use yew::prelude::*;

use super::SOUGHT;
use crate::{
    raft::{Quorum, Rule, RuleGroup, Rules},
    sim::Action,
    ui::{
        intent::Intent,
        kit::{
            emit::{checked, maybe, value},
            icons,
        },
        text::Lang,
    },
};

/// The identifier of a group's heading.
const fn heading_id(group: RuleGroup) -> &'static str {
    match group {
        RuleGroup::Votes => "rules-votes",
        RuleGroup::Terms => "rules-terms",
        RuleGroup::Timers => "rules-timers",
        RuleGroup::Logs => "rules-logs",
        RuleGroup::Lab => "rules-lab",
        RuleGroup::Extensions => "rules-extensions",
        RuleGroup::PreVotes => "rules-pre-votes",
    }
}

/// A group's rules, each as a switch.
pub fn view_group(group: RuleGroup, rules: Rules, sought: Option<Rule>, lang: Lang, emit: &Callback<Intent>) -> Html {
    let text = lang.rules_text();
    html! {
        <section key={heading_id(group)} class="rules-section" aria-labelledby={heading_id(group)}>
            <h2 id={heading_id(group)}>{ lang.rule_group(group) }</h2>
            if group == RuleGroup::Extensions {
                <p class="intro">{ text.extensions_intro }</p>
            }
            <ul>{ for group.rules().iter().map(|rule| view_rule(*rule, rules, sought == Some(*rule), lang, emit)) }</ul>
            if group == RuleGroup::Extensions {
                <p class="intro">{ text.transfer_note }</p>
            }
        </section>
    }
}

fn view_rule(rule: Rule, rules: Rules, is_sought: bool, lang: Lang, emit: &Callback<Intent>) -> Html {
    let onchange = emit.reform(move |event: Event| {
        let mut rules = rules;
        rules.set(rule, checked(&event));
        Intent::act(Action::set_rules(rules))
    });
    let text = lang.rules_text();
    let about = format!("about-{rule:?}");
    let changed = rules.get(rule) != Rules::PAPER.get(rule);
    html! {
        <li key={about.clone()} class={classes!("rule", changed.then_some("changed"), is_sought.then_some("sought"))}>
            <label class="switch">
                <input id={is_sought.then_some(SOUGHT)} type="checkbox" role="switch" checked={rules.get(rule)} aria-describedby={about.clone()} {onchange} />
                <span class="rule-name">{ lang.rule(rule) }</span>
            </label>
            if changed {
                <span class="rule-changed">{ text.changed }</span>
            }
            if is_sought {
                <span class="rule-sought">{ text.sought }</span>
            }
            <details>
                <summary aria-label={format!("{}: {}", { text.about }, lang.rule(rule))} title={text.about}>{ icons::icon(icons::UNFOLD) }</summary>
                <div id={about} class="rule-about">
                    { view_quote(lang.rule_quote(rule), lang.rule_place(rule)) }
                    <p class="rule-reason">{ lang.rule_reason(rule) }</p>
                </div>
            </details>
        </li>
    }
}

/// A sentence of the paper as it stands there, in every language of the page; or what else the rule is from.
fn view_quote(quote: &'static str, place: String) -> Html {
    if place.is_empty() {
        return html! {};
    }
    html! {
        <p class="rule-quote">
            if !quote.is_empty() {
                <span lang="en">{ format!("“{quote}”") }</span>{ " " }
            }
            <cite class="rule-place">{ place }</cite>
        </p>
    }
}

/// What the choice needs.
#[derive(Clone, PartialEq, Properties)]
pub struct QuorumProps {
    /// The rules now.
    pub rules: Rules,
    /// How many servers there are.
    pub size: u8,
    /// The language.
    pub lang: Lang,
    /// Receives the reader's changes.
    pub emit: Callback<Intent>,
}

/// The votes that make a leader, and what that means.
#[component]
pub fn QuorumField(props: &QuorumProps) -> Html {
    let QuorumProps {
        rules,
        size,
        lang,
        emit,
    } = props.clone();
    let text = lang.rules_text();
    let onchange = maybe(&emit, move |event: Event| {
        let mut rules = rules;
        rules.quorum = quorum_named(&value(&event))?;
        Some(Intent::act(Action::set_rules(rules)))
    });
    let changed = rules.quorum != Quorum::Majority;
    html! {
        <section class="rules-section" aria-labelledby="rules-quorum">
            <h2 id="rules-quorum">{ text.quorum_section }</h2>
            <div class={classes!("rule", changed.then_some("changed"))}>
                <label class="quorum-field">
                    <span class="rule-name">{ text.quorum }</span>
                    <select class="select" aria-describedby="about-quorum" {onchange}>
                        { for choices(rules.quorum, size).map(|quorum| html! {
                            <option value={name(quorum)} selected={quorum == rules.quorum}>{ lang.quorum_choice(quorum, size) }</option>
                        }) }
                    </select>
                </label>
                <div id="about-quorum" class="rule-about">
                    if changed {
                        <span class="rule-changed">{ text.changed }</span>{ " " }
                    }
                    { view_quote(text.quorum_quote, "§5.2".to_owned()) }
                    <p class="rule-reason">{ lang.quorum_means(rules.quorum, size) }</p>
                </div>
            </div>
        </section>
    }
}

/// What can be chosen, and what is in force, which a link may have brought from a larger cluster.
fn choices(now: Quorum, size: u8) -> impl Iterator<Item = Quorum> {
    let beyond = Some(now).filter(|quorum| matches!(quorum, Quorum::Votes(votes) if !(1..=size).contains(votes)));
    std::iter::once(Quorum::Majority)
        .chain((1..=size).map(Quorum::Votes))
        .chain(beyond)
}

fn name(quorum: Quorum) -> String {
    match quorum {
        Quorum::Majority => "majority".to_owned(),
        Quorum::Votes(votes) => votes.to_string(),
    }
}

fn quorum_named(name: &str) -> Option<Quorum> {
    match name {
        "majority" => Some(Quorum::Majority),
        votes => votes.parse().ok().map(Quorum::Votes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::Source;

    #[test]
    fn the_papers_rules_are_quoted_in_the_words_of_the_paper() {
        for rule in Rule::ALL {
            let quoted = !Lang::En.rule_quote(*rule).is_empty();
            let published = !matches!(rule.source(), Source::Lab | Source::System(_));
            assert_eq!(quoted, published, "{rule:?}");
            assert_eq!(Lang::En.rule_quote(*rule), Lang::Pt.rule_quote(*rule));
            assert_eq!(rule.source() != Source::Lab, !Lang::En.rule_place(*rule).is_empty());
        }
    }

    #[test]
    fn a_quorum_is_found_by_its_name() {
        for quorum in choices(Quorum::Votes(7), 5) {
            assert_eq!(quorum_named(&name(quorum)), Some(quorum));
        }
        assert_eq!(choices(Quorum::Votes(7), 5).count(), 7);
        assert_eq!(choices(Quorum::Votes(3), 5).count(), 6);
        assert_eq!(quorum_named("x"), None);
    }

    #[test]
    fn what_a_quorum_means_depends_on_the_cluster() {
        let said = |votes, size| Lang::En.quorum_means(Quorum::Votes(votes), size);
        assert!(said(1, 5).starts_with("A candidate's own vote is enough"));
        assert!(said(2, 5).starts_with("2 of 5: unsafe, because two groups can each elect"));
        assert!(said(3, 5).starts_with("Any two majorities"));
        assert!(said(4, 5).contains("with more than 1 down"));
        assert!(said(200, 5).starts_with("More votes than there are servers"));
    }
}
