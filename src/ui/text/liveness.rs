//! Faults with which elections make no progress, as they are called in the search, in its steps and above the ring.

use crate::{
    lab::{
        Fault,
        liveness::{FoundLiveness, LivenessGoal},
    },
    raft::NodeId,
    ui::text::{Lang, catalogue, words},
};

catalogue! {
    /// What was found of elections that make no progress.
    LivenessFoundText, liveness_found_text;

    /// A fault as a sentence.
    fault_one_way(from: NodeId, to: NodeId): "The link from {from} to {to} is cut.", "A conexão de {from} para {to} é cortada.";
    fault_both_ways(one: NodeId, other: NodeId): "The link between {one} and {other} is cut in both directions.",
        "A conexão entre {one} e {other} é cortada nos dois sentidos.";
    fault_crash(server: NodeId): "{server} crashes and does not come back.", "{server} cai e não volta.";
    fault_pause(server: NodeId): "{server} is paused and does not go on.", "{server} é pausado e não prossegue.";
    fault_slow(min: &str, max: &str): "Each message takes {min} to {max}, longer than any election timeout.",
        "Cada mensagem leva de {min} a {max}, mais do que qualquer election timeout.";

    found_by_faults(what: &str, faults: u8): "Counterexample: {what}, with {faults} {faults:fault|faults}.",
        "Contraexemplo: {what}, com {faults} {faults:falha|falhas}.";
    found_without_fault(what: &str): "Counterexample: {what}, without any fault.", "Contraexemplo: {what}, sem nenhuma falha.";
    none_without(seeds: u32): "Without the fault it did not happen in {seeds} {seeds:run|runs}.",
        "Sem a falha isso não aconteceu em {seeds} {seeds:execução|execuções}.";
    no_smaller_seen(smaller: usize, seeds: u32): "{smaller} {smaller:set|sets} of fewer faults {smaller:was|were} tried in vain, {seeds} {seeds:run|runs} each.",
        "{smaller} {smaller:conjunto|conjuntos} de menos falhas {smaller:foi testado|foram testados} em vão, {seeds} {seeds:execução|execuções} cada.";
    no_smaller_certain(smaller: usize): "With any of the {smaller} {smaller:set|sets} of fewer faults, a server still does.",
        "Com qualquer dos {smaller} conjuntos de menos falhas, algum servidor ainda os alcança.";
}

words! {
    /// What is sought, and is found.
    liveness_goal: LivenessGoal;
    NeverSettles: "elections that never settle", "eleições que nunca estabilizam";
    Stuck: "a stuck cluster: no leader has a majority", "um cluster travado: nenhum leader tem maioria";
    NobodyCanWin: "a cluster in which nobody can win", "um cluster em que ninguém pode vencer";
}

words! {
    /// What there is to watch where it was found.
    liveness_watch: LivenessGoal;
    NeverSettles: "Watch the terms from 0.5 s on: at 60 s they still grow, or the leader changes.",
        "Observe os terms a partir de 0,5 s: aos 60 s ainda crescem, ou o leader muda.";
    Stuck: "Watch from 0.5 s on: nothing changes, although a server reaches a majority.",
        "Observe a partir de 0,5 s: nada muda, embora um servidor alcance uma maioria.";
    NobodyCanWin: "Watch from 0.5 s on: no server reaches enough others.",
        "Observe a partir de 0,5 s: nenhum servidor alcança outros suficientes.";
}

impl Lang {
    /// A fault as a sentence.
    #[must_use]
    pub fn fault(self, fault: Fault) -> String {
        match fault {
            Fault::CutOneWay(from, to) => self.fault_one_way(from, to),
            Fault::CutBothWays(one, other) => self.fault_both_ways(one, other),
            Fault::Crash(server) => self.fault_crash(server),
            Fault::Pause(server) => self.fault_pause(server),
            Fault::SlowMessages => {
                let delay = Fault::slow().delay;
                self.fault_slow(&self.millis(delay.min), &self.millis(delay.max))
            }
        }
    }

    /// What was found, as a sentence.
    #[must_use]
    pub fn found_liveness(self, goal: LivenessGoal, faults: u8) -> String {
        let what = self.liveness_goal(goal);
        match faults {
            0 => self.found_without_fault(what),
            faults => self.found_by_faults(what, faults),
        }
    }

    /// What to watch in a run that was found.
    #[must_use]
    pub fn found_liveness_watch(self, found: FoundLiveness) -> String {
        let FoundLiveness {
            goal,
            faults,
            smaller,
            seeds,
            ..
        } = found;
        let smaller = usize::try_from(smaller).unwrap_or(usize::MAX);
        let none_smaller = match goal {
            _ if faults == 0 => String::new(),
            LivenessGoal::NobodyCanWin => self.no_smaller_certain(smaller),
            LivenessGoal::NeverSettles | LivenessGoal::Stuck if faults == 1 => self.none_without(seeds),
            LivenessGoal::NeverSettles | LivenessGoal::Stuck => self.no_smaller_seen(smaller, seeds),
        };
        format!(
            "{} {} {none_smaller}",
            self.found_liveness(goal, faults),
            self.liveness_watch(goal)
        )
    }
}
