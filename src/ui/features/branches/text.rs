//! What is said about branches and what-if.

use crate::{
    raft::{NodeId, NodeSet},
    scenario::Run,
    sim::{BranchInfo, CausalStep, Entry, Micros, OwnKind, Turning},
    ui::text::{Lang, catalogue, list},
};

catalogue! {
    /// The sentences about branches and what-if.
    BranchesText, branches_text;

    title: "Branches", "Ramos";
    about: "All branches of this run, and “What if…”: change one thing and compare both branches side by side.",
        "Todos os ramos desta execução, e “E se…”: mude uma coisa e compare os dois ramos lado a lado.";
    intro: "Acting in the past starts a new branch. Nothing is lost, even after a reset.",
        "Agir no passado inicia um novo ramo. Nada se perde, nem ao reiniciar.";
    tree: "Branches of this run", "Ramos desta execução";
    current: "you are here", "você está aqui";
    visit: "Visit", "Visitar";
    compare: "Compare", "Comparar";
    rename: "Rename", "Renomear";
    delete: "Delete", "Excluir";
    keep: "Keep", "Manter";
    save: "Save", "Salvar";
    cancel: "Cancel", "Cancelar";
    name: "Name of the branch", "Nome do ramo";
    delete_sure: "Delete it for good?", "Excluir de vez?";
    from_start: "from the start", "do início";

    what_if: "What if\u{2026}", "E se\u{2026}";
    what_if_intro: "Change one thing, with the same random choices: both branches run side by side.",
        "Mude uma coisa, com os mesmos sorteios: os dois ramos correm lado a lado.";
    near: "Actions around now", "Ações por volta de agora";
    nothing_done: "No action around now.", "Nenhuma ação por volta de agora.";
    leave_out: "Remove", "Remover";
    instead: "Replace\u{2026}", "Substituir\u{2026}";
    do_now: "Add an action now\u{2026}", "Adicionar uma ação agora\u{2026}";
    choose: "Action", "Ação";
    setting_instead: "A setting\u{2026}", "Um ajuste\u{2026}";
    whose: "Whose setting", "Ajuste de quem";
    setting: "Setting", "Ajuste";
    of_cluster: "The cluster", "O cluster";
    rule_on: "Rule on", "Regra ligada";
    rule_off: "Rule off", "Regra desligada";
    rule_given_back: "Rule as in the cluster", "Regra como no cluster";
    go: "Compare both branches", "Comparar os dois ramos";
    selected: "Selected event", "Evento selecionado";
    lose: "What if this message had been lost?", "E se esta mensagem tivesse se perdido?";
    undo: "What if this had not happened?", "E se isto não tivesse acontecido?";

    side_by_side: "Two branches", "Dois ramos";
    stop: "Stop comparing", "Parar de comparar";
    act_here: "Control this one", "Controlar este";
    compare_left: "Compare with its parent", "Comparar com o ramo de origem";
    measured: "What differs so far", "O que difere até aqui";
    without_leader: "Without a leader that a majority can follow", "Sem um leader que uma maioria possa seguir";
    done_only: "Done in this branch only", "Feito só neste ramo";
    lines: "Log lines that only one branch has", "Linhas do log que só um dos ramos tem";
    no_lines: "No line differs yet.", "Nenhuma linha difere ainda.";
    differs: "differs in the other branch", "diferente no outro ramo";
    servers_same: "Each server's state is the same in both right now.", "O estado de cada servidor é igual nos dois neste momento.";

    earlier: "Earlier runs", "Execuções anteriores";
    earlier_intro: "Your runs from before you chose another seed, size or scenario, or opened a link. The last one is kept when the page is closed.",
        "Suas execuções de antes de você escolher outra semente, outro tamanho ou cenário, ou de abrir um link. A última é guardada quando a página é fechada.";
    open: "Open", "Abrir";

    left_at(parent: &str, at: Micros): "branched from {parent} at {at}", "saiu de {parent} aos {at}";
    done_instead(other: &str, one: &str): "{other} instead of “{one}”", "{other} em vez de “{one}”";
    left_out(one: &str): "without “{one}”", "sem “{one}”";
    /// What is done otherwise in one of two rings, and when.
    turned_at(at: Micros, what: &str): "at {at}: {what}", "aos {at}: {what}";
    done_later(what: &str, at: Micros, not_at: Micros): "{what} at {at}, not at {not_at}", "{what} aos {at}, não aos {not_at}";
    /// How long a branch is, and how much the reader did in it.
    extent(end: Micros, actions: usize): "ends at {end}, {actions} {actions:action|actions} of yours",
        "termina em {end}, {actions} {actions:ação sua|ações suas}";
    /// How many branches are not listed.
    more_branches(count: usize): "{count} more", "mais {count}";
    seeded(title: &str, seed: u64): "{title} · Seed {seed}", "{title} · Semente {seed}";
    branches_of(run: &str, count: usize): "{run} · {count} {count:branch|branches}", "{run} · {count} {count:ramo|ramos}";

    /// Two branches are now shown beside each other.
    comparing(one: &str, other: &str): "Two branches with the same random choices: {one} and {other}.",
        "Dois ramos com os mesmos sorteios: {one} e {other}.";
    /// Time went back to where two branches part, and stands.
    time_went_back(at: Micros, then: &str): "Time went back to {at}. {then}", "O tempo voltou a {at}. {then}";
    they_diverge(at: Micros): "They diverge at {at}.", "Divergem aos {at}.";
    decisions_part(at: Micros): "The first different decision is at {at}.", "A primeira decisão diferente é aos {at}.";
    only_in(branch: &str): "Only in {branch}", "Só em {branch}";
    /// Name of the button that visits an instant.
    go_to(at: Micros): "Go to {at}", "Ir a {at}";
    /// Something that was done, with its instant.
    done_then(at: &str, what: &str): "{at} {what}", "{at} {what}";
    /// Two futures will part.
    will_part(at: Micros): "Up to here both are the same. They diverge at {at}.",
        "Até aqui os dois são iguais. Divergem aos {at}.";
    servers_differ(servers: &str): "Differs right now: {servers}", "Diferente neste momento: {servers}";
}

impl Lang {
    /// A branch as the reader calls it, or by its number.
    #[must_use]
    pub fn branch_name(self, branch: &BranchInfo) -> String {
        if branch.name.is_empty() {
            self.branch(branch.id.0 + 1)
        } else {
            branch.name.clone()
        }
    }

    /// Who has a setting: a server, as both ends, a link in one direction, or the cluster.
    pub(super) fn whose_setting(self, whose: Option<(NodeId, NodeId)>) -> String {
        match whose {
            None => self.branches_text().of_cluster.to_owned(),
            Some((from, to)) if from == to => from.to_string(),
            Some((from, to)) => format!("{from}\u{2192}{to}"),
        }
    }

    /// What a setting is called where one is chosen.
    pub(super) const fn own_kind(self, kind: OwnKind) -> &'static str {
        let (text, servers, faults) = (self.text(), self.servers_text(), self.faults_text());
        match kind {
            OwnKind::AsCluster => servers.as_all,
            OwnKind::ElectionTimeout => text.election_timeout,
            OwnKind::HeartbeatInterval => text.heartbeat_interval,
            OwnKind::Clock => servers.clock,
            OwnKind::Delay => text.delay,
            OwnKind::Loss => text.loss,
            OwnKind::Duplication => faults.duplication,
            OwnKind::Reordering => faults.reordering,
            OwnKind::RuleOn => self.branches_text().rule_on,
            OwnKind::RuleOff => self.branches_text().rule_off,
            OwnKind::RuleAsCluster => self.branches_text().rule_given_back,
            OwnKind::DiskWrite => servers.disk_write,
            OwnKind::Priority => servers.priority,
        }
    }

    /// Where a branch left its parent, and what was done otherwise there.
    #[must_use]
    pub fn left(self, parent: &str, forked_at: Micros, turning: Option<Turning>) -> String {
        let left = self.left_at(parent, forked_at);
        match turning {
            Some(turning) => format!("{left}: {}", self.turning(turning)),
            None => left,
        }
    }

    /// What is done otherwise in the other of two branches.
    pub(super) fn turning(self, turning: Turning) -> String {
        let did = |entry: Option<Entry>| entry.map(|entry| self.action(entry.action));
        let said = match (did(turning.one), did(turning.other)) {
            (Some(one), Some(other)) => self.done_instead(&other, &one),
            (Some(one), None) => self.left_out(&one),
            (None, other) => other.unwrap_or_default(),
        };
        match turning.more {
            0 => said,
            more => format!("{said} {}", self.and_more(more)),
        }
    }

    /// What is done otherwise in the other of two branches, and when: without its time, that of a crash left out would deny one that
    /// came later. This is when it was done in that branch after all, if it was.
    pub(super) fn turning_at(self, turning: Turning, after_all: Option<Micros>) -> String {
        match (turning.one, after_all) {
            (Some(one), Some(later)) => self.done_later(&self.action(one.action), later, turning.at),
            _ => self.turned_at(turning.at, &self.turning(turning)),
        }
    }

    /// A run that was left.
    #[must_use]
    pub fn earlier_run(self, run: &Run) -> String {
        let seeded = self.seeded(&self.run_title(run.id, &run.title), run.recording.seed);
        match run.recording.branches.len() {
            1 => seeded,
            count => self.branches_of(&seeded, count),
        }
    }

    /// What happens in each of two branches where the other has something else, or nothing: in which, and the sentence that *Why?* has
    /// for it.
    pub(super) fn either(self, steps: [Option<CausalStep>; 2], names: [&str; 2]) -> Vec<(String, String)> {
        let are_both = steps.iter().all(Option::is_some);
        let happens = steps.into_iter().zip(names).filter_map(|(step, name)| {
            let branch = if are_both { name.to_owned() } else { self.only_in(name) };
            Some((branch, self.explain(&step?)))
        });
        happens.collect()
    }

    /// Which servers are not the same in two futures.
    #[must_use]
    pub fn differing(self, servers: NodeSet) -> String {
        if servers.is_empty() {
            return self.branches_text().servers_same.to_owned();
        }
        self.servers_differ(&list(servers, ", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::{Decision, Message, NodeId, Role, Term},
        sim::{Action, BranchId, Event, EventId, EventKind},
    };

    const S2: NodeId = NodeId::new(1);
    const S3: NodeId = NodeId::new(2);
    const AT: Micros = Micros(1_204_000);

    fn decided(decision: Decision) -> Event {
        Event {
            id: EventId(7),
            at: AT,
            cause: None,
            server: Some(S3),
            role: Role::Follower,
            term: Term(2),
            kind: EventKind::Decided(decision),
        }
    }

    #[test]
    fn a_parting_says_what_happens_in_which_branch() {
        let arrived = |message| Event {
            kind: EventKind::Delivered { from: S2, message },
            ..decided(Decision::ElectionTimedOut)
        };
        let beat = Some(arrived(Message::AppendEntries { term: Term(2) }));
        let waited = Some(decided(Decision::ElectionTimedOut));
        let said = |lang: Lang, events: [Option<Event>; 2]| {
            let step = |event| CausalStep {
                event,
                evidence: Vec::new(),
            };
            let said = lang.either(events.map(|event| event.map(step)), ["Branch 1", "Branch 2"]);
            let said = said.iter().map(|(branch, what)| format!("{branch}: {what}"));
            said.collect::<Vec<_>>()
        };
        assert_eq!(
            said(Lang::En, [waited, beat]),
            [
                "Branch 1: S3 gave up waiting for a leader: its election timeout is over.",
                "Branch 2: S3 received a heartbeat of term 2 from S2."
            ]
        );
        assert_eq!(
            said(Lang::En, [None, beat]),
            ["Only in Branch 2: S3 received a heartbeat of term 2 from S2."]
        );
        assert_eq!(
            said(Lang::Pt, [beat, None]),
            ["Só em Branch 1: S3 recebeu de S2 um heartbeat do term 2."]
        );
    }

    #[test]
    fn a_branch_says_where_it_left_and_what_was_done_otherwise() {
        let entry = |action| {
            Some(Entry {
                at: AT,
                action,
                scripted: false,
            })
        };
        let said = |one, other| {
            Lang::En.left(
                "Branch 1",
                AT,
                Some(Turning {
                    at: AT,
                    one,
                    other,
                    more: 0,
                }),
            )
        };
        let (kill, pause) = (entry(Action::kill(S2)), entry(Action::pause(S3)));
        assert_eq!(said(None, kill), "branched from Branch 1 at 1.204 s: S2 crashed");
        assert_eq!(
            said(kill, None),
            "branched from Branch 1 at 1.204 s: without \u{201c}S2 crashed\u{201d}"
        );
        assert_eq!(
            said(kill, pause),
            "branched from Branch 1 at 1.204 s: S3 was paused instead of \u{201c}S2 crashed\u{201d}"
        );
    }

    /// Beside a ring in which S2 is crashed, "without S2 crashed" would be read as wrong.
    #[test]
    fn beside_a_ring_it_is_said_when_the_branches_part_and_whether_it_was_done_later() {
        let crash = Entry {
            at: AT,
            action: Action::kill(S2),
            scripted: false,
        };
        let without = Turning {
            at: AT,
            one: Some(crash),
            other: None,
            more: 0,
        };
        let with = Turning {
            one: None,
            other: Some(crash),
            ..without
        };
        let later = Some(Micros(1_500_000));
        assert_eq!(Lang::En.turning_at(with, None), "at 1.204 s: S2 crashed");
        assert_eq!(
            Lang::En.turning_at(without, None),
            "at 1.204 s: without \u{201c}S2 crashed\u{201d}"
        );
        assert_eq!(
            Lang::En.turning_at(without, later),
            "S2 crashed at 1.500 s, not at 1.204 s"
        );
        assert_eq!(
            Lang::Pt.turning_at(without, later),
            "S2 caiu aos 1,500 s, não aos 1,204 s"
        );
    }

    #[test]
    fn a_branch_has_a_number_until_it_has_a_name() {
        let mut about = BranchInfo {
            id: BranchId(1),
            parent: None,
            forked_at: Micros::ZERO,
            name: String::new(),
            end: Micros::ZERO,
        };
        assert_eq!(Lang::En.branch_name(&about), "Branch 2");
        "<i>mine</i>".clone_into(&mut about.name);
        assert_eq!(Lang::Pt.branch_name(&about), "<i>mine</i>");
    }
}
