//! What a run is called: by its scenario, by what the adversary found, or by its author.

use crate::{
    raft::Rules,
    safety::Property,
    scenario::{Finding, ScenarioId},
    ui::text::{Lang, catalogue, words},
};

catalogue! {
    /// What was found.
    FindingText, finding_text;

    counterexample(what: &str): "Counterexample: {what}", "Contraexemplo: {what}";
    found_in_steps(what: &str, steps: usize): "Counterexample: {what}, in {steps} {steps:step|steps}.",
        "Contraexemplo: {what}, em {steps} {steps:passo|passos}.";
    rules_are(changes: &str): "Rules: {changes}.", "Regras: {changes}.";
    none_is_shorter: "There is no shorter one.", "Não há um mais curto.";
}

words! {
    /// What is broken where a property is, in a few words.
    sought: Property;
    ElectionSafety: "two leaders in one term", "dois leaders em um term";
    OneVotePerTerm: "two votes of one server in one term", "dois votos de um servidor em um term";
    MonotonicTerms: "a term that goes back", "um term que retrocede";
    LeaderHadMajority: "a leader without a majority", "um leader sem maioria";
    LeaderCompleteness: "a leader whose log lacks an entry", "um leader a cujo log falta uma entrada";
}

impl Lang {
    /// What was found, as a sentence.
    #[must_use]
    pub fn found(self, property: Property, steps: usize) -> String {
        self.found_in_steps(self.sought(property), steps)
    }

    /// What to watch in a run that was found under these rules.
    #[must_use]
    pub fn found_watch(self, finding: Finding, rules: Rules) -> String {
        let found = self.found(finding.property, finding.steps);
        let none_is_shorter = self.finding_text().none_is_shorter;
        let changes = self.rules_changes(rules, 3);
        if changes.is_empty() {
            format!("{found} {none_is_shorter}")
        } else {
            format!("{found} {} {none_is_shorter}", self.rules_are(&changes))
        }
    }

    /// A run's title: that of its scenario, of what was found, or as its author wrote it.
    #[must_use]
    pub fn run_title(self, id: ScenarioId, title: &str) -> String {
        match Finding::of_title(title) {
            Some(finding) => self.counterexample(self.sought(finding.property)),
            None if title.is_empty() => self.scenario(id).to_owned(),
            None => title.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::Rule;

    const FINDING: Finding = Finding {
        property: Property::ElectionSafety,
        steps: 8,
    };

    #[test]
    fn a_finding_is_told_in_the_readers_language_and_names_the_rules() {
        let mut rules = Rules::PAPER;
        rules.set(Rule::PersistVote, false);
        let [en, pt] = [Lang::En, Lang::Pt].map(|lang| lang.found_watch(FINDING, rules));
        assert!(
            en.starts_with("Counterexample: two leaders in one term, in 8 steps. Rules: the vote is not persisted. "),
            "{en}"
        );
        assert!(
            pt.starts_with("Contraexemplo: dois leaders em um term, em 8 passos. Regras: o voto não é persistido. "),
            "{pt}"
        );
        let title = |lang: Lang, title: &str| lang.run_title(ScenarioId::Own, title);
        assert_eq!(
            title(Lang::Pt, &FINDING.to_string()),
            "Contraexemplo: dois leaders em um term"
        );
        assert_eq!(
            title(Lang::Pt, "Found: two leaders"),
            "Found: two leaders",
            "as its author wrote it"
        );
        assert_eq!(title(Lang::Pt, ""), "Sua execução");
    }
}
