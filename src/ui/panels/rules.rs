//! The rules of an election, each in a sentence.

use yew::prelude::*;

use crate::{
    raft::{Rule, Rules},
    ui::{emit::checked, icons, message::Msg, text::Lang},
};

/// What the list needs.
#[derive(Clone, PartialEq, Properties)]
pub struct RulesProps {
    /// The rules now.
    pub rules: Rules,
    /// The language.
    pub lang: Lang,
    /// Where changes go.
    pub emit: Callback<Msg>,
}

/// The panel.
#[component]
pub fn RulesPanel(props: &RulesProps) -> Html {
    let RulesProps { rules, lang, emit } = props;
    let text = lang.text();
    let on_quirk = emit.reform(|event: Event| Msg::Quirk(checked(&event)));
    let paper = Rule::ALL.iter().copied().filter(|rule| Rules::PAPER.get(*rule));
    html! {
        <div class="rules-panel">
            <label class="switch">
                <input type="checkbox" role="switch" checked={rules.rerun_after_refusal} onchange={on_quirk} />
                <span class="rule-text">
                    <span class="rule-name">{ text.quirk }</span>
                    <span class="rule-reason">{ text.quirk_text }</span>
                </span>
            </label>
            <p class="intro">{ text.rules_intro }</p>
            <ul class="rules">
                { for paper.map(|rule| html! {
                    <li class="rule">
                        <span class="rule-mark" title={text.in_force}>{ icons::icon(icons::CHECK) }</span>
                        <span class="rule-text">
                            <span class="rule-name">{ lang.rule(rule) }</span>
                            <span class="rule-reason">{ lang.rule_reason(rule) }</span>
                        </span>
                    </li>
                }) }
            </ul>
        </div>
    }
}
