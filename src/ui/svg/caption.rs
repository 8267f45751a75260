//! What is said about a picture: what it shows, and what makes it again.

use crate::{
    sim::BranchInfo,
    ui::{
        run::{player::Player, view::RulesMark},
        text::Lang,
    },
};

/// What is said about a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caption {
    /// Its title: the scenario.
    pub title: String,
    /// What makes it again: seed, branch, instant.
    pub about: String,
    /// What is to be seen in it, for whoever cannot look at it.
    pub seen: String,
    /// How the rules stand to the paper's.
    pub rules: RulesMark,
    /// Its language.
    pub lang: Lang,
}

/// What is said about a picture of a run, but for what is to be seen in it.
#[must_use]
pub fn caption(player: &Player, lang: Lang) -> Caption {
    let (scenario, history) = (player.scenario(), player.history());
    let current = history.branches().find(|branch| branch.id == history.current());
    let branch = current.map(|branch| branch_name(branch, lang)).unwrap_or_default();
    Caption {
        title: lang.run_title(scenario.id, &scenario.title),
        about: format!(
            "{} {} · {branch} · {} {}",
            { lang.text().seed },
            scenario.seed,
            { lang.text().now },
            lang.seconds(history.now())
        ),
        seen: String::new(),
        rules: RulesMark::of(history),
        lang,
    }
}

fn branch_name(branch: &BranchInfo, lang: Lang) -> String {
    let number = lang.branch(branch.id.0 + 1);
    if branch.name.is_empty() {
        number
    } else {
        format!("{number} ({})", branch.name)
    }
}
