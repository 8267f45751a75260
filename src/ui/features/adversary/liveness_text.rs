//! What the adversary says of faults with which elections make no progress.

use super::liveness::LivenessTried;
use crate::{
    lab::{FaultKinds, atlas::Stability, liveness::LivenessQuestion},
    raft::{NodeSet, Term},
    ui::text::{Lang, catalogue, words},
};

catalogue! {
    /// The sentences about such searches.
    LivenessText, liveness_text;

    intro: "The search tries every set of faults, the smaller ones first, and plays what it finds. S1 leads; at 0.5 s all faults of a set happen at once, for good.",
        "A busca testa todos os conjuntos de falhas, os menores primeiro, e reproduz o que encontra. S1 lidera; aos 0,5 s todas as falhas de um conjunto acontecem de uma vez, para sempre.";
    safety: "What must never happen", "O que nunca pode acontecer";
    progress: "No progress", "Sem progresso";
    faults: "Faults, at most", "Falhas, no máximo";
    kinds: "Which faults", "Quais falhas";
    bounds_hint: "The bounds of the search: servers in the cluster, faults together, kinds of faults.",
        "Os limites da busca: servidores no cluster, falhas juntas, tipos de falhas.";
    seen: "Seen, not proved: runs of 60 s with election timeouts of 150 to 300 ms. Sets that leave no server a majority don't count.",
        "Visto, não provado: execuções de 60 s com election timeouts de 150 a 300 ms. Conjuntos que não deixam maioria a nenhum servidor não contam.";
    certain: "This follows from the faults alone, so nothing had to run: nobody gets enough votes, whatever the timing and luck.",
        "Isto decorre só das falhas, então nada precisou ser executado: ninguém obtém votos suficientes, sejam quais forem os tempos e a sorte.";
    trivial: "It is the plain kind of no progress: where a server still reaches a majority, look for the other two.",
        "É o tipo simples de falta de progresso: onde um servidor ainda alcança uma maioria, procure os outros dois.";
    bound_faults(count: u8): "{count} {count:fault|faults}", "{count} {count:falha|falhas}";

    tried_so_far(faults: u8, done: usize, sets: usize): "{faults} {faults:fault|faults}: {done} of {sets} {sets:set|sets} tried",
        "{faults} {faults:falha|falhas}: {done} de {sets} {sets:conjunto testado|conjuntos testados}";
    nothing_by_faults(faults: u8): "Nothing found with up to {faults} {faults:fault|faults}.",
        "Nada encontrado com até {faults} {faults:falha|falhas}.";
    stopped_at(done: usize, sets: usize, faults: u8): "The search stopped after {done} of {sets} sets of {faults} {faults:fault|faults}.",
        "A busca parou após {done} de {sets} conjuntos de {faults} {faults:falha|falhas}.";
    /// Sets that differ in the names of S2 and so on are one set.
    of_fewer(sets: usize, parts: &str): "{sets} {sets:set|sets} of fewer faults {sets:was|were} tried, those that differ only in the names of S2, S3… once: {parts}.",
        "{sets} {sets:conjunto|conjuntos} de menos falhas {sets:foi testado|foram testados}, os que só diferem nos nomes de S2, S3… uma vez: {parts}.";
    of_tried(sets: usize, parts: &str): "{sets} {sets:set|sets} of faults {sets:was|were} tried, those that differ only in the names of S2, S3… once: {parts}.",
        "{sets} {sets:conjunto|conjuntos} de falhas {sets:foi testado|foram testados}, os que só diferem nos nomes de S2, S3… uma vez: {parts}.";
    /// Of the sets that have as many faults as what was found.
    alike(doing: usize, sets: usize, faults: u8): "Of {sets} sets of {faults} {faults:fault|faults}, {doing} {doing:does|do} it; the first is shown.",
        "De {sets} conjuntos de {faults} {faults:falha|falhas}, {doing} o {doing:faz|fazem}; o primeiro é mostrado.";
    settle(sets: usize, seeds: u32): "{sets} {sets:settles|settle} in all of {seeds} runs", "{sets} {sets:estabiliza|estabilizam} em todas as {seeds} execuções";
    still_reach(sets: usize): "in {sets} a server reaches enough others to win", "em {sets} um servidor alcança outros suficientes para vencer";
    never_settle(sets: usize): "{sets} never {sets:settles|settle}", "{sets} nunca {sets:estabiliza|estabilizam}";
    are_stuck(sets: usize): "{sets} {sets:is|are} stuck", "{sets} {sets:trava|travam}";
    leave_none(sets: usize): "{sets} {sets:leaves|leave} no server a majority", "{sets} não {sets:deixa|deixam} maioria a nenhum servidor";
    differ(sets: usize): "{sets} {sets:depends|depend} on luck", "{sets} {sets:depende|dependem} da sorte";
    in_some_runs(sets: usize): "{sets} of those did it in some runs.", "{sets} destes o {sets:fez|fizeram} em algumas execuções.";

    /// How a run that was found stands at 60 s.
    nobody_leads_at_end(term: Term): "At 60 s nobody leads; the newest term is {term}.", "Aos 60 s ninguém lidera; o term mais novo é {term}.";
    at_end(leaders: NodeSet, term: Term): "At 60 s {leaders} {leaders:believes that it leads|believe that they lead}; the newest term is {term}.",
        "Aos 60 s {leaders} {leaders:acredita|acreditam} liderar; o term mais novo é {term}.";
}

words! {
    /// Which faults are tried.
    fault_kinds: FaultKinds;
    All: "any", "quaisquer";
    AllAndSlowMessages: "any, or slow messages", "quaisquer, ou mensagens lentas";
    TwoWayLinksAndServers: "no one-way cuts", "sem cortes em um só sentido";
    Links: "links only", "só conexões";
    TwoWayLinks: "links only, both directions", "só conexões, nos dois sentidos";
}

impl Lang {
    /// How far a search is.
    #[must_use]
    pub fn faults_tried(self, tried: &LivenessTried) -> String {
        self.tried_so_far(tried.faults, tried.done, tried.sets)
    }

    /// What sets of faults came to that were tried in vain; of fewer faults than those that were found, if so said.
    #[must_use]
    pub fn tried_in_vain(self, question: &LivenessQuestion, tried: &LivenessTried, fewer: bool) -> String {
        let smaller = &tried.smaller;
        let count = |sets: u64| usize::try_from(sets).unwrap_or(usize::MAX);
        let of = |stability| count(smaller.always(stability));
        let settled = match of(Stability::Settles) {
            sets if question.needs_no_run() => (sets, self.still_reach(sets)),
            sets => (sets, self.settle(sets, question.seeds)),
        };
        let [never, stuck, none] = [Stability::NeverSettles, Stability::Stuck, Stability::NoMajority].map(of);
        let parts = [
            settled,
            (never, self.never_settle(never)),
            (stuck, self.are_stuck(stuck)),
            (none, self.leave_none(none)),
            (count(smaller.differ), self.differ(count(smaller.differ))),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(sets, _)| *sets > 0)
            .map(|(_, part)| part)
            .collect();
        let (all, parts) = (count(smaller.all()), parts.join("; "));
        let mut said = if fewer {
            self.of_fewer(all, &parts)
        } else {
            self.of_tried(all, &parts)
        };
        if smaller.sometimes > 0 {
            said = format!("{said} {}", self.in_some_runs(count(smaller.sometimes)));
        }
        said
    }

    /// Why there is no smaller set than what was found.
    #[must_use]
    pub fn no_fewer_faults(self, question: &LivenessQuestion, tried: &LivenessTried) -> String {
        match tried.faults {
            0 => String::new(),
            1 if !question.needs_no_run() => self.none_without(question.seeds),
            _ => self.tried_in_vain(question, tried, true),
        }
    }

    /// How many sets of faults do it that are as many as those that were found.
    #[must_use]
    pub fn as_many_faults(self, question: &LivenessQuestion, tried: &LivenessTried) -> String {
        let count = |sets: u64| usize::try_from(sets).unwrap_or(usize::MAX);
        let doing = tried.alike.always(question.goal.stability());
        self.alike(count(doing), count(tried.alike.all()), tried.faults)
    }

    /// How a run that was found stands at its end.
    #[must_use]
    pub fn liveness_end(self, leaders: NodeSet, term: Term) -> String {
        if leaders.is_empty() {
            self.nobody_leads_at_end(term)
        } else {
            self.at_end(leaders, term)
        }
    }
}
