//! What is said about safety: what must always hold, whether it does, and what is only measured.

use crate::ui::text::Lang;
use crate::ui::text::catalogue;
use crate::{
    safety::{Property, Violation},
    sim::{Incident, Measures, Micros},
    ui::explain::blame::Tally,
};

catalogue! {
    /// The sentences about safety and the measures beside it.
    SafetyText, safety_text;

    title: "Safety", "Segurança";
    properties: "What must always hold", "O que deve sempre valer";
    judged: "Judged from outside, by a monitor that shares no code with the servers: after every step, from each server's role, term, vote and the end of its log, in all terms that are remembered.",
        "Julgado de fora, por um monitor que não compartilha código com os servidores: após cada passo, pelo papel, term, voto e fim do log de cada servidor, em todos os terms lembrados.";
    holds: "holds", "vale";
    go_there: "Go there", "Ir até lá";
    measures: "Not safety: how well it goes", "Não é segurança: quão bem vai";
    measures_intro: "A run without a leader breaks nothing. These say what it costs.",
        "Uma execução sem leader não viola nada. Isto diz o que ela custa.";
    without_leader: "Time without a leader", "Tempo sem leader";
    longest_gap: "Longest time at a stretch without one", "Maior tempo seguido sem leader";
    first_leader: "First leader after", "Primeiro leader após";
    none_yet: "none yet", "ainda nenhum";
    started: "Elections started", "Eleições iniciadas";
    won: "Elections won", "Eleições vencidas";
    split: "Split votes", "Votações divididas";
    changes: "Leader changes", "Mudanças de leader";
    highest_term: "Highest term", "Maior term";
    why_broken: "Why? Press to see what led to it.", "Por quê? Pressione para ver o que levou a isso.";
}

impl Lang {
    /// A property's name.
    #[must_use]
    pub const fn property(self, property: Property) -> &'static str {
        match property {
            Property::ElectionSafety => self.pick("Election safety", "Segurança da eleição"),
            Property::LeaderCompleteness => self.pick("Leader completeness", "Completude do leader"),
            Property::OneVotePerTerm => self.pick("One vote per term", "Um voto por term"),
            Property::MonotonicTerms => self.pick("Terms never go back", "Terms nunca voltam"),
            Property::LeaderHadMajority => self.pick("A leader had a majority", "Um leader teve maioria"),
        }
    }

    /// A property in a sentence.
    #[must_use]
    pub const fn property_in_words(self, property: Property) -> &'static str {
        match property {
            Property::ElectionSafety => self.pick(
                "No term ever has two leaders, not even one after the other.",
                "Nenhum term jamais tem dois leaders, nem mesmo um depois do outro.",
            ),
            Property::LeaderCompleteness => self.pick(
                "A new leader's log is at least as up-to-date as what a majority held before its term. Of a log only its end is known.",
                "O log de um novo leader é ao menos tão atualizado quanto o que uma maioria tinha antes de seu term. De um log só se conhece o fim.",
            ),
            Property::OneVotePerTerm => self.pick(
                "No server votes for two candidates in one term, not even across a crash.",
                "Nenhum servidor vota em dois candidates no mesmo term, nem mesmo através de uma queda.",
            ),
            Property::MonotonicTerms => self.pick(
                "No server returns to a term that it has left, not even across a crash.",
                "Nenhum servidor volta a um term que deixou, nem mesmo através de uma queda.",
            ),
            Property::LeaderHadMajority => self.pick(
                "Whoever leads a term had the votes of more than half of all servers in it.",
                "Quem lidera um term teve nele os votos de mais da metade de todos os servidores.",
            ),
        }
    }

    /// Where a property stands in the paper.
    #[must_use]
    pub fn property_place(self, property: Property) -> String {
        self.localised(match property {
            Property::ElectionSafety => "Figure 3, §5.2",
            Property::LeaderCompleteness => "Figure 3, §5.4.3",
            Property::OneVotePerTerm | Property::LeaderHadMajority => "§5.2",
            Property::MonotonicTerms => "Figure 2, §5.1",
        })
    }

    /// When and by whom a property was broken first.
    #[must_use]
    pub fn broken_by(self, incident: &Incident) -> String {
        let (at, Violation { server, term, .. }) = (self.instant(incident.at), incident.violation);
        match self {
            Self::En => format!("broken at {at} s by {server}, term {term}"),
            Self::Pt => format!("violada em {at} s por {server}, term {term}"),
        }
    }

    /// The instant up to which is judged and measured.
    #[must_use]
    pub fn up_to(self, now: Micros) -> String {
        format!("{} {}", self.pick("Up to", "Até"), self.seconds(now))
    }

    /// The time without a leader, and its share of all time.
    #[must_use]
    pub fn time_without_leader(self, measures: &Measures, now: Micros) -> String {
        let without = self.instant(measures.without_leader);
        match (measures.without_leader.0 * 100).checked_div(now.0) {
            None => format!("{without} s"),
            Some(share) => format!("{without} s, {share} %"),
        }
    }

    /// Why the votes that a leader counted are no majority.
    #[must_use]
    pub fn tally(self, tally: &Tally) -> String {
        let (valid, size, majority) = (tally.valid(), tally.size, tally.majority());
        let counted = self.and(tally.counted);
        let but = self.uncounted(tally);
        match (self, but.is_empty()) {
            (Self::En, true) => {
                format!("It counted the votes of {counted}: {valid} of {size}, where {majority} are a majority.")
            }
            (Self::Pt, true) => format!("Contou os votos de {counted}: {valid} de {size}, e a maioria são {majority}."),
            (Self::En, false) => format!(
                "It counted the votes of {counted}, but {but}: {valid} of {size} is left, where {majority} are a majority."
            ),
            (Self::Pt, false) => {
                format!("Contou os votos de {counted}, mas {but}: resta {valid} de {size}, e a maioria são {majority}.")
            }
        }
    }

    /// Which votes do not count, and why.
    fn uncounted(self, tally: &Tally) -> String {
        let spent = tally.spent.iter().map(|(voter, first)| match self {
            Self::En => format!("{voter} had given its vote of that term to {first} before"),
            Self::Pt => format!("{voter} já tinha dado seu voto desse term a {first}"),
        });
        let absent = tally.absent.iter().map(|voter| match self {
            Self::En => format!("{voter} gave it no vote in that term"),
            Self::Pt => format!("{voter} não lhe deu voto nesse term"),
        });
        spent
            .chain(absent)
            .collect::<Vec<_>>()
            .join(self.pick(", and ", ", e "))
    }

    /// A broken property, in a sentence.
    #[must_use]
    pub fn violation(self, violation: Violation) -> String {
        let Violation {
            property,
            server,
            term,
            other,
        } = violation;
        let other = other.map(|other| other.to_string()).unwrap_or_default();
        match (self, property) {
            (Self::En, Property::ElectionSafety) => format!("{server} and {other} both led term {term}."),
            (Self::Pt, Property::ElectionSafety) => format!("{server} e {other} lideraram ambos o term {term}."),
            (Self::En, Property::OneVotePerTerm) => format!("{server} voted twice in term {term}; first for {other}."),
            (Self::Pt, Property::OneVotePerTerm) => {
                format!("{server} votou duas vezes no term {term}; a primeira em {other}.")
            }
            (Self::En, Property::MonotonicTerms) => format!("{server} went back to term {term}."),
            (Self::Pt, Property::MonotonicTerms) => format!("{server} voltou ao term {term}."),
            (Self::En, Property::LeaderHadMajority) => {
                format!("{server} leads term {term} without a majority of votes.")
            }
            (Self::Pt, Property::LeaderHadMajority) => format!("{server} lidera o term {term} sem maioria dos votos."),
            (Self::En, Property::LeaderCompleteness) => {
                format!("{server} leads term {term} without what a majority had in its log, {other} among them.")
            }
            (Self::Pt, Property::LeaderCompleteness) => {
                format!("{server} lidera o term {term} sem o que uma maioria tinha no log, entre eles {other}.")
            }
        }
    }
}
