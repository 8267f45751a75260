//! What is said about branches and what-if.

use crate::{
    raft::NodeSet,
    scenario::Run,
    sim::{BranchInfo, Entry, Micros, Parting, Turning},
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
    go: "Compare both branches", "Comparar os dois ramos";
    selected: "Selected event", "Evento selecionado";
    lose: "What if this message had been lost?", "E se esta mensagem tivesse se perdido?";
    undo: "What if this had not happened?", "E se isto não tivesse acontecido?";

    side_by_side: "Two branches", "Dois ramos";
    stop: "Stop comparing", "Parar de comparar";
    act_here: "Control this one", "Controlar este";
    compare_left: "Compare with its parent", "Comparar com o ramo de origem";
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
    time_went_back(at: Micros, then: &str): "Time went back to {at} and stands still. {then}", "O tempo voltou a {at} e está parado. {then}";
    they_diverge(at: Micros, how: &str): "They diverge at {at}: {how}", "Divergem aos {at}: {how}";
    decisions_part(at: Micros, how: &str): "First different decision, at {at}: {how}",
        "Primeira decisão diferente, aos {at}: {how}";
    in_both(one: &str, what: &str, other: &str, else_what: &str): "{what} in {one}; {else_what} in {other}.",
        "{what} em {one}; {else_what} em {other}.";
    only_in(one: &str, what: &str, other: &str): "{what} in {one}, not in {other}.", "{what} em {one}, não em {other}.";
    /// Name of the button that visits an instant.
    go_to(at: Micros): "Go to {at}", "Ir a {at}";
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

    /// Where two branches diverge; their names in the order of the events.
    #[must_use]
    pub fn parting(self, parting: Parting, names: [&str; 2]) -> String {
        self.they_diverge(parting.at, &self.either(parting, names))
    }

    /// The first decision that differs.
    #[must_use]
    pub fn first_decision(self, parting: Parting, names: [&str; 2]) -> String {
        self.decisions_part(parting.at, &self.either(parting, names))
    }

    fn either(self, parting: Parting, [one, other]: [&str; 2]) -> String {
        match parting.events.map(|event| event.map(|event| self.happening(&event))) {
            [Some(there), Some(here)] => self.in_both(other, &here, one, &there),
            [None, here] => self.only_in(other, &here.unwrap_or_default(), one),
            [Some(there), None] => self.only_in(one, &there, other),
        }
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
        raft::{Decision, NodeId, Role, Term},
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
        let voted = Some(decided(Decision::VoteGranted {
            to: S2,
            term: Term(2),
            timer_reset: true,
        }));
        let waited = Some(decided(Decision::ElectionTimedOut));
        let said = |lang: Lang, there, here| {
            let parting = Parting {
                at: AT,
                events: [there, here],
            };
            lang.parting(parting, ["Branch 1", "Branch 2"])
        };
        assert_eq!(
            said(Lang::En, waited, voted),
            "They diverge at 1.204 s: S3 votes for S2 in term 2 in Branch 2; S3 times out without a leader in Branch 1."
        );
        assert_eq!(
            said(Lang::En, None, voted),
            "They diverge at 1.204 s: S3 votes for S2 in term 2 in Branch 2, not in Branch 1."
        );
        assert_eq!(
            said(Lang::Pt, voted, None),
            "Divergem aos 1,204 s: S3 vota em S2 no term 2 em Branch 1, não em Branch 2."
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
