//! What is said about the timeline.

use crate::ui::text::Lang;
use crate::ui::text::catalogue;
use crate::{
    raft::{NodeId, Term},
    sim::{Landmark, Mark, MarkKind},
};

catalogue! {
    /// The sentences about the timeline.
    TimelineText, timeline_text;

    title: "Timeline", "Linha do tempo";
    jump_to: "Jump to", "Ir para";
    closer: "Zoom in", "Aproximar";
    closer_hint: "or turn the wheel over the lanes", "ou gire a roda sobre as faixas";
    wider: "Zoom out", "Afastar";
    all: "Fit all", "Ver tudo";
    all_hint: "The whole run", "A execução inteira";
    earlier: "Move left", "Mover à esquerda";
    later: "Move right", "Mover à direita";
    move_hint: "or drag the lanes with Shift", "ou arraste as faixas com Shift";
    election: "election", "eleição";
    leader_change: "leader change", "mudança de leader";
    split_vote: "split vote", "votação dividida";
    fault: "fault", "falha";
    violation: "violation", "violação";
    link_cut: "links cut", "conexões cortadas";
    link_mended: "links mended", "conexões reparadas";
}

impl Lang {
    /// What a reader jumps to.
    #[must_use]
    pub const fn landmark(self, landmark: Landmark) -> &'static str {
        let text = self.timeline_text();
        match landmark {
            Landmark::Election => text.election,
            Landmark::LeaderChange => text.leader_change,
            Landmark::SplitVote => text.split_vote,
            Landmark::Fault => text.fault,
            Landmark::Violation => text.violation,
        }
    }

    /// Name of the button that jumps to the one before.
    #[must_use]
    pub fn previous(self, landmark: Landmark) -> String {
        let name = self.landmark(landmark);
        match self {
            Self::En => format!("Previous {name}"),
            Self::Pt => format!("Anterior: {name}"),
        }
    }

    /// Name of the button that jumps to the one after.
    #[must_use]
    pub fn next(self, landmark: Landmark) -> String {
        let name = self.landmark(landmark);
        match self {
            Self::En => format!("Next {name}"),
            Self::Pt => format!("Próxima: {name}"),
        }
    }

    /// There is none to jump to.
    #[must_use]
    pub fn no_landmark(self, landmark: Landmark, later: bool) -> String {
        let name = self.landmark(landmark);
        match (self, later) {
            (Self::En, true) => format!("There is no {name} after this instant, as far as the run has gone."),
            (Self::En, false) => format!("There is no {name} before this instant."),
            (Self::Pt, true) => format!("Não há {name} depois deste instante, até onde a execução foi."),
            (Self::Pt, false) => format!("Não há {name} antes deste instante."),
        }
    }

    /// What a mark on the timeline is, and when; and how many others are too close to be seen.
    #[must_use]
    pub fn mark(self, mark: &Mark, others: usize) -> String {
        let what = match mark.kind {
            MarkKind::Acted(action) => self.action(action),
            MarkKind::Ran(server, term) => match self {
                Self::En => format!("{server} runs for term {term}"),
                Self::Pt => format!("{server} concorre no term {term}"),
            },
            MarkKind::Elected(server, term) => match self {
                Self::En => format!("{server} was elected leader of term {term}"),
                Self::Pt => format!("{server} foi eleito leader do term {term}"),
            },
            MarkKind::Split(term) => match self {
                Self::En => format!("the votes of term {term} were split"),
                Self::Pt => format!("os votos do term {term} se dividiram"),
            },
            MarkKind::Broken(violation) => format!("{}: {}", self.text().safety_broken, self.violation(violation)),
        };
        let more = match (others, self) {
            (0, _) => String::new(),
            (_, Self::En) => format!(" (and {others} more here)"),
            (_, Self::Pt) => format!(" (e mais {others} aqui)"),
        };
        format!("{}: {what}{more}", self.seconds(mark.at))
    }

    /// That a server gave its vote.
    #[must_use]
    pub fn vote_given(self, voter: NodeId, candidate: NodeId, term: Term) -> String {
        match self {
            Self::En => format!("{voter} voted for {candidate} in term {term}"),
            Self::Pt => format!("{voter} votou em {candidate} no term {term}"),
        }
    }
}
