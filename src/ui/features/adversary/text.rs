//! What the adversary says.

use crate::ui::text::Lang;
use crate::ui::text::catalogue;
use crate::{
    checker::{Bounds, Envelope, Sight, Step},
    raft::{NodeId, Rules, Timer},
    safety::Property,
    scenario::{Finding, ScenarioId},
};

catalogue! {
    /// The sentences of the adversary.
    AdversaryText, adversary_text;

    title: "Find what breaks", "Encontrar o que quebra";
    intro: "An adversary tries every order of timeouts, handovers, deliveries, losses, duplicates and crashes, the shortest first, and plays what it finds.",
        "Um adversário tenta todas as ordens de timeouts, passagens de liderança, entregas, perdas, duplicatas e quedas, as mais curtas primeiro, e reproduz o que encontra.";
    look_for: "Look for", "Procurar";
    bounds_hint: "How far it looks: so many servers, elections one after the other, and crashes in all.",
        "Até onde ele procura: tantos servidores, eleições uma após a outra e quedas ao todo.";
    anything: "anything that must not be", "qualquer coisa que não pode ocorrer";
    cluster: "Cluster", "Cluster";
    elections: "Elections", "Eleições";
    crashes: "Crashes", "Quedas";
    find: "Find", "Encontrar";
    cancel: "Cancel", "Cancelar";
    progress: "States searched, of those that it may search", "Estados examinados, dos que pode examinar";
    play_again: "Play it again", "Reproduzir de novo";
    unplayable: "This way can't be played. Step by step:",
        "Este caminho não pode ser reproduzido. Passo a passo:";
    holds: "Within these bounds it can't be broken.", "Dentro destes limites não pode ser quebrado.";
    nothing_yet: "Nothing was found, but not everything was tried.", "Nada foi encontrado, mas nem tudo foi tentado.";
    about_progress: "The rule that is off is about progress, not safety. What it is worth shows in the measures of the Safety panel.",
        "A regra desligada é sobre progresso, não sobre segurança. O que ela vale aparece nas medidas do painel Segurança.";
    never: "What never happened in it:", "O que nunca aconteceu nela:";
    too_large: "That is too much for the search. Choose fewer servers or elections.",
        "Isso é demais para a busca. Escolha menos servidores ou eleições.";
    failed: "The search could not start, or has stopped: the connection may be gone, the browser too old or its memory used up. The page is fine. Reload it, or choose fewer servers or elections.",
        "A busca não pôde começar, ou parou: talvez não haja conexão, o navegador seja antigo ou falte memória. A página está bem. Recarregue-a, ou escolha menos servidores ou eleições.";
    may_need_more: "A rule that is off may need more servers, elections or crashes than these before its lack shows.",
        "Uma regra desligada pode precisar de mais servidores, eleições ou quedas do que estes para que sua falta apareça.";
}

impl Lang {
    /// What is broken where a property is, in a few words.
    #[must_use]
    pub const fn sought(self, property: Property) -> &'static str {
        match property {
            Property::ElectionSafety => self.pick("two leaders in one term", "dois leaders em um term"),
            Property::OneVotePerTerm => self.pick(
                "two votes of one server in one term",
                "dois votos de um servidor em um term",
            ),
            Property::MonotonicTerms => self.pick("a term that goes back", "um term que retrocede"),
            Property::LeaderHadMajority => self.pick("a leader without a majority", "um leader sem maioria"),
            Property::LeaderCompleteness => self.pick(
                "a leader whose log lacks an entry",
                "um leader a cujo log falta uma entrada",
            ),
        }
    }

    /// What was found, as a sentence.
    #[must_use]
    pub fn found(self, property: Property, steps: usize) -> String {
        let what = self.sought(property);
        match self {
            Self::En => format!("Found: {what}, in {steps} steps."),
            Self::Pt => format!("Encontrado: {what}, em {steps} passos."),
        }
    }

    /// What to watch in a run that was found under these rules.
    #[must_use]
    pub fn found_watch(self, finding: Finding, rules: Rules) -> String {
        let found = self.found(finding.property, finding.steps);
        let changes = self.rules_changes(rules, 3);
        let rules = if changes.is_empty() {
            String::new()
        } else {
            format!(" {}: {changes}.", self.pick("Rules", "Regras"))
        };
        match self {
            Self::En => format!(
                "{found}{rules} There is no shorter way. Step through it, ask why, and switch the rule on again in the past to see what it prevents."
            ),
            Self::Pt => format!(
                "{found}{rules} Não há caminho mais curto. Percorra-o, pergunte por quê e religue a regra no passado para ver o que ela impede."
            ),
        }
    }

    /// A step of a path, in words.
    #[must_use]
    pub fn step(self, step: Step) -> String {
        match step {
            Step::Timeout(server, timer) => self.timer_goes_off(server, timer),
            Step::Deliver(envelope) => self.arrives(envelope),
            Step::Lose(Envelope { from, to, message }) => {
                let message = self.message_in_full(message);
                match self {
                    Self::En => format!("The network loses what {from} sent {to}: {message}."),
                    Self::Pt => format!("A rede perde o que {from} enviou a {to}: {message}."),
                }
            }
            Step::Duplicate(Envelope { from, to, message }) => {
                let message = self.message_in_full(message);
                match self {
                    Self::En => format!("The network doubles what {from} sent {to}: {message}."),
                    Self::Pt => format!("A rede duplica o que {from} enviou a {to}: {message}."),
                }
            }
            Step::Crash(server) => format!("{server} {}", self.pick("crashes.", "cai.")),
            Step::Restart(server) => {
                let restarts = self.pick("restarts from its disk.", "reinicia a partir de seu disco.");
                format!("{server} {restarts}")
            }
            Step::TransferLeadership(leader, to) => match self {
                Self::En => format!("{leader} is asked to hand over to {to}."),
                Self::Pt => format!("Pede-se a {leader} que passe a liderança a {to}."),
            },
        }
    }

    fn arrives(self, Envelope { from, to, message }: Envelope) -> String {
        let message = self.message_in_full(message);
        match self {
            Self::En => format!("{to} receives {message} from {from}."),
            Self::Pt => format!("{to} recebe de {from} {message}."),
        }
    }

    fn timer_goes_off(self, server: NodeId, timer: Timer) -> String {
        match (self, timer) {
            (Self::En, Timer::Election) => format!("{server}'s election timer runs out."),
            (Self::Pt, Timer::Election) => format!("O election timer de {server} se esgota."),
            (Self::En, Timer::Heartbeat) => format!("{server}'s heartbeat timer runs out."),
            (Self::Pt, Timer::Heartbeat) => format!("O heartbeat timer de {server} se esgota."),
            (Self::En, Timer::RecentLeader) => format!("{server} has not heard from its leader for a while."),
            (Self::Pt, Timer::RecentLeader) => format!("{server} não ouve seu leader há algum tempo."),
            (Self::En, Timer::CheckQuorum) => format!("{server} checks whether a majority answers."),
            (Self::Pt, Timer::CheckQuorum) => format!("{server} verifica se uma maioria responde."),
        }
    }

    /// A run's title: that of its scenario, of what was found, or as its author wrote it.
    #[must_use]
    pub fn run_title(self, id: ScenarioId, title: &str) -> String {
        match Finding::of_title(title) {
            Some(Finding { property, steps }) => self.found(property, steps),
            None if title.is_empty() => self.scenario(id).to_owned(),
            None => title.to_owned(),
        }
    }

    /// How far a search is, after so many ms.
    #[must_use]
    pub fn search_progress(self, states: u64, depth: u32, ms: f64) -> String {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a rate to be read"
        )]
        let rate = self.grouped((states as f64 / ms.max(1.0)) as usize * 1000);
        let states = self.grouped(usize::try_from(states).unwrap_or(usize::MAX));
        match self {
            Self::En => format!("{states} states, {depth} steps deep, {rate} states a second"),
            Self::Pt => format!("{states} estados, {depth} passos de profundidade, {rate} estados por segundo"),
        }
    }

    /// What was searched to the end.
    #[must_use]
    pub fn exhausted(self, bounds: Bounds, states: u64, depth: u32) -> String {
        let states = self.grouped(usize::try_from(states).unwrap_or(usize::MAX));
        let Bounds {
            servers,
            elections,
            crashes,
            ..
        } = bounds;
        match self {
            Self::En => format!(
                "All there is was tried: {states} different states, up to {depth} steps deep, with {servers} servers, terms up to {elections}, crashes: at most {crashes}, and any losses, duplicates, delays and heartbeats. Of more servers, terms or crashes this says nothing."
            ),
            Self::Pt => format!(
                "Tudo o que existe foi tentado: {states} estados diferentes, até {depth} passos, com {servers} servidores, terms até {elections}, quedas: no máximo {crashes}, e quaisquer perdas, duplicatas, atrasos e heartbeats. De mais servidores, terms ou quedas isto nada diz."
            ),
        }
    }

    /// Where a search was cut off.
    #[must_use]
    pub fn truncated(self, states: u64, depth: u32) -> String {
        let states = self.grouped(usize::try_from(states).unwrap_or(usize::MAX));
        match self {
            Self::En => format!(
                "The search ended at its limit, after {states} different states, {depth} steps deep. Choose less, or run the checker from the command line."
            ),
            Self::Pt => format!(
                "A busca terminou em seu limite, após {states} estados diferentes, com {depth} passos. Escolha menos, ou rode o verificador na linha de comando."
            ),
        }
    }

    /// What should happen somewhere in a search.
    #[must_use]
    pub const fn sight(self, sight: Sight) -> &'static str {
        match sight {
            Sight::SomebodyLeads => self.pick("somebody leads", "alguém lidera"),
            Sight::HeartbeatAccepted => self.pick("a heartbeat is accepted", "um heartbeat é aceito"),
            Sight::VoteRefused => self.pick("a vote is refused", "um voto é negado"),
            Sight::LeaderStepsDown => self.pick("a leader steps down", "um leader renuncia"),
            Sight::VoteSplits => self.pick("votes are split", "os votos se dividem"),
            Sight::ServerReturns => self.pick("a crashed server comes back", "um servidor que caiu volta"),
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
        let [en, pt] = Lang::ALL.map(|lang| lang.found_watch(FINDING, rules));
        assert!(
            en.starts_with("Found: two leaders in one term, in 8 steps. Rules: the vote is not persisted. "),
            "{en}"
        );
        assert!(
            pt.starts_with("Encontrado: dois leaders em um term, em 8 passos. Regras: o voto não é persistido. "),
            "{pt}"
        );
        let title = |lang: Lang, title: &str| lang.run_title(ScenarioId::Own, title);
        assert_eq!(
            title(Lang::Pt, &FINDING.to_string()),
            "Encontrado: dois leaders em um term, em 8 passos."
        );
        assert_eq!(
            title(Lang::Pt, "Found: two leaders"),
            "Found: two leaders",
            "as its author wrote it"
        );
        assert_eq!(title(Lang::Pt, ""), "Sua execução");
    }
}
