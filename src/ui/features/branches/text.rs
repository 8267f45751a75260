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
    about: "All futures that you opened, and what if: change one thing, and both futures run side by side.",
        "Todos os futuros que você abriu, e e-se: mude uma coisa, e os dois futuros correm lado a lado.";
    intro: "Acting in the past opens a branch. None is lost, also when you reset.",
        "Agir no passado abre um ramo. Nenhum se perde, nem ao reiniciar.";
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
    what_if_intro: "Change one thing and keep the luck: both futures run side by side.",
        "Mude uma coisa e mantenha o acaso: os dois futuros correm lado a lado.";
    near: "Done around now", "Feito por volta de agora";
    nothing_done: "Nothing was done around now.", "Nada foi feito por volta de agora.";
    by_script: "by the scenario", "pelo cenário";
    by_you: "by you", "por você";
    leave_out: "Leave out", "Omitir";
    instead: "Instead\u{2026}", "Em vez disso\u{2026}";
    do_now: "Something new now\u{2026}", "Algo novo agora\u{2026}";
    choose: "What is done", "O que é feito";
    go: "Show both futures", "Mostrar os dois futuros";
    selected: "The event that you selected", "O evento que você selecionou";
    lose: "What if this message had been lost?", "E se esta mensagem tivesse se perdido?";
    undo: "What if this had not been done?", "E se isto não tivesse sido feito?";

    side_by_side: "Two futures", "Dois futuros";
    here: "here", "aqui";
    there: "there", "lá";
    stop: "Stop comparing", "Parar de comparar";
    act_here: "Act here", "Agir aqui";
    compare_left: "Compare with the branch it left", "Comparar com o ramo de que saiu";
    lines: "Lines that only one of them has", "Linhas que só um deles tem";
    no_lines: "No line differs yet.", "Nenhuma linha difere ainda.";
    differs: "not in the other future", "não no outro futuro";
    servers_same: "All servers are the same in both now.", "Todos os servidores são iguais em ambos agora.";

    earlier: "Earlier runs", "Execuções anteriores";
    earlier_intro: "What you did before you chose another seed, size or scenario, or opened a link. The last one is kept when the page is closed.",
        "O que você fez antes de escolher outra semente, tamanho ou cenário, ou de abrir um link. A última é mantida quando a página é fechada.";
    open: "Open", "Abrir";

    left_at(parent: &str, at: Micros): "left {parent} at {at}", "saiu de {parent} em {at}";
    done_instead(other: &str, one: &str): "{other} instead of “{one}”", "{other} em vez de “{one}”";
    left_out(one: &str): "without “{one}”", "sem “{one}”";
    /// How long a branch is, and how much the reader did in it.
    extent(end: Micros, actions: usize): "to {end}, {actions} {actions:action|actions}",
        "até {end}, {actions} {actions:ação|ações}";
    /// How many branches are not listed.
    more_branches(count: usize): "{count} more", "mais {count}";
    seeded(title: &str, seed: u64): "{title} · Seed {seed}", "{title} · Semente {seed}";
    branches_of(run: &str, count: usize): "{run} · {count} {count:branch|branches}", "{run} · {count} {count:ramo|ramos}";

    /// Two branches are now shown beside each other.
    comparing(one: &str, other: &str): "Two futures under the same luck: {one} and {other}.",
        "Dois futuros sob o mesmo acaso: {one} e {other}.";
    futures_part(at: Micros, how: &str): "The futures part at {at}: {how}", "Os futuros se separam em {at}: {how}";
    decisions_part(at: Micros, how: &str): "The first decision that differs, at {at}: {how}",
        "A primeira decisão diferente, em {at}: {how}";
    here_and_there(here: &str, there: &str): "here {here}; there {there}.", "aqui {here}; lá {there}.";
    only_here(here: &str): "here {here}; there not.", "aqui {here}; lá não.";
    only_there(there: &str): "there {there}; here not.", "lá {there}; aqui não.";
    /// Name of the button that visits an instant.
    go_to(at: Micros): "Go to {at}", "Ir a {at}";
    /// Two futures will part.
    will_part(at: Micros): "Up to here both are the same. They part at {at}.",
        "Até aqui os dois são iguais. Eles se separam em {at}.";
    servers_differ(servers: &str): "Not the same in both now: {servers}.", "Diferentes nos dois agora: {servers}.";
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
    fn turning(self, turning: Turning) -> String {
        let did = |entry: Option<Entry>| entry.map(|entry| self.action(entry.action));
        match (did(turning.one), did(turning.other)) {
            (Some(one), Some(other)) => self.done_instead(&other, &one),
            (Some(one), None) => self.left_out(&one),
            (None, other) => other.unwrap_or_default(),
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

    /// Where two futures part, the other one's event first.
    #[must_use]
    pub fn parting(self, parting: Parting) -> String {
        self.futures_part(parting.at, &self.either(parting))
    }

    /// The first decision that differs, the other future's first.
    #[must_use]
    pub fn first_decision(self, parting: Parting) -> String {
        self.decisions_part(parting.at, &self.either(parting))
    }

    fn either(self, parting: Parting) -> String {
        let [there, here] = parting.events.map(|event| event.map(|event| self.happening(&event)));
        match (here, there) {
            (Some(here), Some(there)) => self.here_and_there(&here, &there),
            (Some(here), None) => self.only_here(&here),
            (None, there) => self.only_there(&there.unwrap_or_default()),
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
    fn a_parting_says_what_happens_here_and_there() {
        let voted = Some(decided(Decision::VoteGranted {
            to: S2,
            term: Term(2),
            timer_reset: true,
        }));
        let waited = Some(decided(Decision::ElectionTimedOut));
        let said = |lang: Lang, there, here| {
            lang.parting(Parting {
                at: AT,
                events: [there, here],
            })
        };
        assert_eq!(
            said(Lang::En, waited, voted),
            "The futures part at 1.204 s: here S3 votes for S2 in term 2; there S3 election timeout."
        );
        assert_eq!(
            said(Lang::En, None, voted),
            "The futures part at 1.204 s: here S3 votes for S2 in term 2; there not."
        );
        assert_eq!(
            said(Lang::Pt, voted, None),
            "Os futuros se separam em 1,204 s: lá S3 vota em S2 no term 2; aqui não."
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
        let said = |one, other| Lang::En.left("Branch 1", AT, Some(Turning { at: AT, one, other }));
        let (kill, pause) = (entry(Action::kill(S2)), entry(Action::pause(S3)));
        assert_eq!(said(None, kill), "left Branch 1 at 1.204 s: S2 was crashed");
        assert_eq!(
            said(kill, None),
            "left Branch 1 at 1.204 s: without \u{201c}S2 was crashed\u{201d}"
        );
        assert_eq!(
            said(kill, pause),
            "left Branch 1 at 1.204 s: S3 was paused instead of \u{201c}S2 was crashed\u{201d}"
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
