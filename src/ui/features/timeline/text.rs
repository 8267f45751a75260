//! What is said about the timeline.

use crate::{
    raft::{NodeId, Term},
    sim::{History, Landmark, Mark, MarkKind, Micros},
    ui::{
        explain::story::DeedsInWords,
        text::{Lang, catalogue, words},
    },
};

catalogue! {
    /// The sentences about the timeline.
    TimelineText, timeline_text;

    title: "Timeline", "Linha do tempo";
    legend: "What the lanes show", "O que as faixas mostram";
    unsafe_leaders: "two leaders in one term", "dois leaders no mesmo term";
    jump_to: "Jump to", "Ir para";
    closer: "Zoom in", "Aproximar";
    closer_hint: "or Ctrl and the mouse wheel, or two fingers", "ou Ctrl e a roda do mouse, ou dois dedos";
    wider: "Zoom out", "Afastar";
    all: "Fit all", "Ver tudo";
    all_hint: "The whole run", "A execução inteira";
    earlier: "Move left", "Mover para a esquerda";
    later: "Move right", "Mover para a direita";
    move_hint: "or drag the lanes with Shift", "ou arraste as faixas com Shift";
    link_cut: "links cut", "conexões cortadas";
    link_restored: "links restored", "conexões restauradas";
    other_action: "other action", "outra ação";

    no_leader_then: "no leader", "sem leader";
    to_come: "not played yet", "ainda não reproduzido";

    /// What the play head says, and what is under the pointer.
    then(at: &str, what: &str): "{at}, {what}", "{at}, {what}";
    previous_one(name: &str): "Previous {name}", "Anterior: {name}";
    next_one(name: &str): "Next {name}", "Próxima: {name}";
    none_after(name: &str): "No {name} after this instant, as far as the run has been played.",
        "Não há {name} depois deste instante, até onde a execução foi reproduzida.";
    none_before(name: &str): "No {name} before this instant.", "Não há {name} antes deste instante.";

    ran(server: NodeId, term: Term): "{server} stands for election in term {term}", "{server} se candidata no term {term}";
    elected(server: NodeId, term: Term): "{server} was elected leader of term {term}",
        "{server} foi eleito leader do term {term}";
    steps_down: "leader steps down", "leader renuncia";
    deposed_then(server: NodeId, term: Term): "{server}, which had led term {term}, stepped down",
        "{server}, que liderava o term {term}, renunciou";
    votes_split(term: Term): "the votes of term {term} were split", "os votos do term {term} se dividiram";
    more_here(others: usize): " (and {others} more)", " (e mais {others})";
    /// A vote that a server gave.
    vote_given(voter: NodeId, candidate: NodeId, term: Term): "{voter} voted for {candidate} in term {term}",
        "{voter} votou em {candidate} no term {term}";
}

words! {
    /// What a reader jumps to.
    landmark: Landmark;
    Election: "election", "eleição";
    LeaderChange: "leader change", "mudança de leader";
    SplitVote: "split vote", "votos divididos";
    Fault: "fault", "falha";
    Violation: "violation", "violação";
}

impl Lang {
    /// Name of the button that jumps to the one before.
    #[must_use]
    pub fn previous(self, landmark: Landmark) -> String {
        self.previous_one(self.landmark(landmark))
    }

    /// Name of the button that jumps to the one after.
    #[must_use]
    pub fn next(self, landmark: Landmark) -> String {
        self.next_one(self.landmark(landmark))
    }

    /// What is said if there is none to jump to.
    #[must_use]
    pub fn no_landmark(self, landmark: Landmark, later: bool) -> String {
        let name = self.landmark(landmark);
        if later {
            self.none_after(name)
        } else {
            self.none_before(name)
        }
    }

    /// What there was at an instant: the time, and who led.
    #[must_use]
    pub fn led_at(self, history: &History, at: Micros) -> String {
        let text = self.timeline_text();
        let who = match history.roles().leaders_at(at) {
            _ if at > history.end() => text.to_come.to_owned(),
            Some((leaders, term)) => self.lead(leaders, term),
            None => text.no_leader_then.to_owned(),
        };
        self.then(&self.seconds(at), &who)
    }

    /// What a mark on the timeline is, and when; and how many others are too close to be seen.
    #[must_use]
    pub fn mark(self, mark: &Mark, others: usize, deeds: DeedsInWords) -> String {
        let what = match mark.kind {
            MarkKind::Acted(action) => deeds.action(self, action),
            MarkKind::Ran(server, term) => self.ran(server, term),
            MarkKind::Elected(server, term) => self.elected(server, term),
            MarkKind::Deposed(server, term) => self.deposed_then(server, term),
            MarkKind::Split(term) => self.votes_split(term),
            MarkKind::Broken(violation) => format!("{}: {}", { self.text().safety_broken }, self.violation(violation)),
        };
        let more = if others == 0 {
            String::new()
        } else {
            self.more_here(others)
        };
        format!("{}: {what}{more}", self.seconds(mark.seen_at))
    }
}
