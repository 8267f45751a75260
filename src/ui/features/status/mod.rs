//! Who leads, in a sentence.

pub mod watch;
use std::rc::Rc;

use yew::prelude::*;

use crate::raft::Conformity;
use crate::safety::Violation;
use crate::ui::{
    explain::headline::Headline,
    intent::{Intent, Subject},
    kit::{icons, later::WhenHere},
    run::view::{ClusterView, RulesMark},
    text::Lang,
};

/// What the line needs.
#[derive(Clone, PartialEq, Properties)]
pub struct StatusProps {
    /// The cluster now.
    pub view: Rc<ClusterView>,
    /// The most important property that was broken so far, if any.
    pub violation: Option<Violation>,
    /// Whether there is a panel that shows the rules.
    pub has_rules: bool,
    /// What draws the badge of the rules.
    pub rules_badge: RulesBadge,
    /// The language.
    pub lang: Lang,
    /// Receives the reader's questions.
    pub emit: Callback<Intent>,
}

/// Draws the badge that says which rules differ from the paper's; a button if there is a Rules panel.
pub type ViewBadge = fn(RulesMark, bool, Lang, &Callback<Intent>) -> Html;

/// What draws that badge. The page begins without it, by the paper's rules.
pub type RulesBadge = WhenHere<ViewBadge>;

/// The line above the ring: who leads, for whoever looks. What is narrated below it is spoken and says the same, and once is
/// enough.
#[component]
pub fn Status(props: &StatusProps) -> Html {
    let StatusProps {
        view,
        violation,
        has_rules,
        rules_badge,
        lang,
        emit,
    } = props;
    let headline = Headline::of(view);
    let class = match headline {
        _ if view.is_unsafe() => "broken",
        Headline::Led { .. } => "led",
        Headline::Stale(_) | Headline::Leaderless(_) => "leaderless",
    };
    let (who, rest) = lang.headline(&headline);
    let leaders = view.leaders().map(|leader| leader.id).collect();
    let question = lang.why_status(leaders, violation.is_some());
    html! {
        <div class="status-row">
            <p class={classes!("status", class, (view.leaders().count() > 2).then_some("several"))} role="status" aria-live="off">
                <span class="dot" aria-hidden="true" />
                <strong>{ who }</strong>{ " " }<span class="unseen">{ rest }</span>
            </p>
            <div class={classes!("badges", violation.is_some().then_some("with-broken"))}>
                <button type="button" class="small" aria-label={question} aria-keyshortcuts="W" onclick={emit.reform(|_| Intent::Why(Subject::Status))}>{ lang.why_text().title }</button>
                // An empty place before it is here, not none: else the button would be made anew, and lose the focus.
                { rules_badge.0.map(|view_badge| view_badge(view.rules, *has_rules, *lang, emit)).unwrap_or_default() }
                { safety(*violation, view.is_unsafe(), *lang, emit) }
            </div>
        </div>
    }
}

/// See [`ViewBadge`].
pub fn view_rules(mark: RulesMark, has_panel: bool, lang: Lang, emit: &Callback<Intent>) -> Html {
    let Some(badge) = lang.rules_badge(mark) else {
        return html! {};
    };
    let hint = format!("{} {}", lang.rules_hint(mark, usize::MAX), lang.mark_means(mark.run));
    let is_over = mark.furthest == Conformity::Paper;
    let badge = if is_over {
        lang.badge_earlier(badge)
    } else {
        badge.to_owned()
    };
    if !has_panel {
        return html! { <span class="badge modified" title={hint}>{ badge }</span> };
    }
    let title = format!("{hint} {}", { lang.rules_text().open_rules });
    html! {
        <button type="button" class="badge modified" {title} onclick={emit.reform(|_| Intent::ShowRules)}>{ badge }</button>
    }
}

/// The badge that says that safety holds, or what is broken and why. Where the headline says it in words, it is a mark.
fn safety(violation: Option<Violation>, is_said: bool, lang: Lang, emit: &Callback<Intent>) -> Html {
    match violation {
        None => {
            html! { <span class="badge safe" title={lang.text().no_rival_leaders_hint}>{ icons::icon(icons::CHECK) }{ lang.text().no_rival_leaders }</span> }
        }
        Some(violation) => {
            let what = lang.violation(violation);
            let onclick = emit.reform(|_| Intent::Why(Subject::Status));
            // Beside it stands Why?, as ever.
            let name = if is_said {
                format!("{what} {}", { lang.why_text().title })
            } else {
                what.clone()
            };
            html! {
                <button type="button" class="badge broken" aria-label={name} title={lang.safety_text().why_broken} {onclick}>
                    if is_said {
                        { icons::icon(icons::WARNING) }
                    } else {
                        <strong>{ what }</strong>
                    }
                </button>
            }
        }
    }
}
