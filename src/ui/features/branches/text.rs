//! What is said about branches and what-if.

use crate::ui::text::catalogue;
use crate::ui::text::{Lang, list};
use crate::{
    scenario::Run,
    sim::{BranchInfo, Entry, Micros, Parting, Turning},
};

catalogue! {
    /// The sentences about branches and what-if.
    BranchesText, branches_text;

    title: "Branches", "Ramos";
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
        let left = match self {
            Self::En => format!("left {parent} at {}", self.seconds(forked_at)),
            Self::Pt => format!("saiu de {parent} em {}", self.seconds(forked_at)),
        };
        match turning {
            Some(turning) => format!("{left}: {}", self.turning(turning)),
            None => left,
        }
    }

    /// What is done otherwise in the other of two branches.
    fn turning(self, turning: Turning) -> String {
        let did = |entry: Option<Entry>| entry.map(|entry| self.action(entry.action));
        match (did(turning.one), did(turning.other)) {
            (Some(one), Some(other)) => {
                format!("{other} {} \u{201c}{one}\u{201d}", self.pick("instead of", "em vez de"))
            }
            (Some(one), None) => format!("{} \u{201c}{one}\u{201d}", self.pick("without", "sem")),
            (None, other) => other.unwrap_or_default(),
        }
    }

    /// How long a branch is, and how much the reader did in it.
    #[must_use]
    pub fn extent(self, end: Micros, actions: usize) -> String {
        let (to, end) = (self.pick("to", "até"), self.seconds(end));
        match actions {
            1 => format!("{to} {end}, 1 {}", self.pick("action", "ação")),
            _ => format!("{to} {end}, {actions} {}", self.pick("actions", "ações")),
        }
    }

    /// How many branches are not listed.
    #[must_use]
    pub fn more_branches(self, count: usize) -> String {
        match self {
            Self::En => format!("{count} more"),
            Self::Pt => format!("mais {count}"),
        }
    }

    /// A run that was left.
    #[must_use]
    pub fn earlier_run(self, run: &Run) -> String {
        let title = self.run_title(run.id, &run.title);
        let branches = run.recording.branches.len();
        let seed = format!("{title} · {} {}", self.text().seed, run.recording.seed);
        match (self, branches) {
            (_, 1) => seed,
            (Self::En, _) => format!("{seed} · {branches} branches"),
            (Self::Pt, _) => format!("{seed} · {branches} ramos"),
        }
    }

    /// Two branches are now shown beside each other.
    #[must_use]
    pub fn comparing(self, one: &str, other: &str) -> String {
        match self {
            Self::En => format!("Two futures under the same luck: {one} and {other}."),
            Self::Pt => format!("Dois futuros sob o mesmo acaso: {one} e {other}."),
        }
    }

    /// Where two futures part, the other one's event first.
    #[must_use]
    pub fn parting(self, parting: Parting) -> String {
        let at = self.instant(parting.at);
        let part = match self {
            Self::En => format!("The futures part at {at} s"),
            Self::Pt => format!("Os futuros se separam em {at} s"),
        };
        format!("{part}: {}", self.either(parting))
    }

    /// The first decision that differs, the other future's first.
    #[must_use]
    pub fn first_decision(self, parting: Parting) -> String {
        let at = self.instant(parting.at);
        let first = match self {
            Self::En => format!("The first decision that differs, at {at} s"),
            Self::Pt => format!("A primeira decisão diferente, em {at} s"),
        };
        format!("{first}: {}", self.either(parting))
    }

    fn either(self, parting: Parting) -> String {
        let [there, here] = parting.events.map(|event| event.map(|event| self.happening(&event)));
        match (self, here, there) {
            (Self::En, Some(here), Some(there)) => format!("here {here}; there {there}."),
            (Self::Pt, Some(here), Some(there)) => format!("aqui {here}; lá {there}."),
            (Self::En, Some(here), None) => format!("here {here}; there not."),
            (Self::Pt, Some(here), None) => format!("aqui {here}; lá não."),
            (Self::En, None, there) => format!("there {}; here not.", there.unwrap_or_default()),
            (Self::Pt, None, there) => format!("lá {}; aqui não.", there.unwrap_or_default()),
        }
    }

    /// Name of the button that visits an instant.
    #[must_use]
    pub fn go_to(self, at: Micros) -> String {
        format!("{} {}", self.pick("Go to", "Ir a"), self.seconds(at))
    }

    /// Two futures will part.
    #[must_use]
    pub fn will_part(self, at: Micros) -> String {
        let at = self.instant(at);
        match self {
            Self::En => format!("Up to here both are the same. They part at {at} s."),
            Self::Pt => format!("Até aqui os dois são iguais. Eles se separam em {at} s."),
        }
    }

    /// Which servers are not the same in two futures.
    #[must_use]
    pub fn differing(self, servers: crate::raft::NodeSet) -> String {
        if servers.is_empty() {
            return self.branches_text().servers_same.to_owned();
        }
        let names = list(servers, ", ");
        match self {
            Self::En => format!("Not the same in both now: {names}."),
            Self::Pt => format!("Diferentes nos dois agora: {names}."),
        }
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
        let (kill, pause) = (entry(Action::Kill(S2)), entry(Action::Pause(S3)));
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
