//! What is said about safety: what must always hold, whether it does, and what is only measured.

use crate::{
    raft::{NodeId, Term},
    safety::{Property, Violation},
    sim::{Incident, Micros},
    ui::text::{Lang, catalogue, words},
};

catalogue! {
    /// The sentences about safety and the measures beside it.
    SafetyText, safety_text;

    title: "Safety", "Segurança";
    about: "What must always hold, checked after every step. A violation stops the run and is the only thing shown in red. Also: availability.",
        "O que deve sempre valer, verificado após cada passo. Uma violação para a execução e é a única coisa em vermelho. Também: disponibilidade.";
    properties: "What must always hold", "O que deve sempre valer";
    judged: "A monitor that shares no code with the servers checks this after every step, from each server's role, term, vote and the end of its log, in all terms in memory.",
        "Um monitor que não compartilha código com os servidores verifica isto após cada passo, pelo papel, term, voto e fim do log de cada servidor, em todos os terms na memória.";
    holds: "holds", "vale";
    go_there: "Go there", "Ir até lá";
    measures: "Availability", "Disponibilidade";
    measures_intro: "Time without a leader breaks no safety property. These measures say what it costs.",
        "O tempo sem leader não viola nenhuma propriedade de segurança. Estas medidas dizem quanto ele custa.";
    believed: "A server that believes that it leads", "Um servidor que acredita liderar";
    available: "Availability: a leader that a majority can follow", "Disponibilidade: um leader que uma maioria pode seguir";
    longest_gap: "Longest gap without such a leader", "Maior intervalo sem um leader assim";
    first_leader: "First leader after", "Primeiro leader após";
    none_yet: "none yet", "ainda nenhum";
    started: "Elections started", "Eleições iniciadas";
    won: "Elections won", "Eleições vencidas";
    split: "Split votes", "Votos divididos";
    changes: "Leader changes", "Mudanças de leader";
    highest_term: "Highest term", "Maior term";
    why_broken: "Press to see what led to it.", "Pressione para ver o que levou a isso.";

    broken_at(at: Micros, server: NodeId, term: Term): "broken at {at} by {server}, term {term}",
        "violada aos {at} por {server}, term {term}";
    /// The instant up to which is judged and measured.
    up_to(now: Micros): "Up to {now}", "Até {now}";
}

words! {
    /// A property's name.
    property: Property;
    ElectionSafety: "Election safety", "Segurança da eleição";
    LeaderCompleteness: "Leader completeness", "Completude do leader";
    OneVotePerTerm: "One vote per term", "Um voto por term";
    MonotonicTerms: "Terms never go back", "Terms nunca voltam";
    LeaderHadMajority: "Leaders have a majority", "Leaders têm maioria";
}

words! {
    /// A property in a sentence.
    property_in_words: Property;
    ElectionSafety: "No term ever has two leaders, not even one after the other.",
        "Nenhum term jamais tem dois leaders, nem mesmo um depois do outro.";
    LeaderCompleteness: "A new leader's log is at least as up-to-date as what a majority held before its term. Only the last term and index of a log are modelled.",
        "O log de um novo leader é ao menos tão atualizado quanto o que uma maioria tinha antes de seu term. De um log só se modelam o último term e o último índice.";
    OneVotePerTerm: "No server votes for two candidates in one term, not even across a crash.",
        "Nenhum servidor vota em dois candidates no mesmo term, nem mesmo após uma queda.";
    MonotonicTerms: "No server returns to a term that it has left, not even across a crash.",
        "Nenhum servidor volta a um term que deixou, nem mesmo após uma queda.";
    LeaderHadMajority: "Whoever leads a term had the votes of more than half of all servers in it.",
        "Quem lidera um term teve nele os votos de mais da metade de todos os servidores.";
}

impl Lang {
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
        let Violation { server, term, .. } = incident.violation;
        self.broken_at(incident.at, server, term)
    }

    /// A part of the time that has passed, and its share of it, rounded down to a tenth of a per cent.
    #[must_use]
    pub fn time_and_share(self, part: Micros, now: Micros) -> String {
        let time = self.seconds(part);
        match (part.0 * 1000).checked_div(now.0) {
            None => time,
            Some(share) => format!("{time}, {}", self.per_cent(u16::try_from(share).unwrap_or(1000))),
        }
    }
}
