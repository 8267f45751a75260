//! What is going on, in a sentence.

use crate::ui::text::{Lang, list};
use crate::{
    raft::{NodeId, NodeSet, Term},
    safety::Violation,
    ui::explain::{
        blame::Tally,
        narration::{Moment, Next},
    },
};

impl Lang {
    /// What is going on, in a sentence.
    #[must_use]
    pub fn narrate(self, moment: &Moment) -> String {
        match (self, moment) {
            (_, Moment::Broken(violation, tally)) => self.broken(*violation, tally.as_ref()),
            (_, Moment::AllDown) => self.text().all_down.to_owned(),
            (
                _,
                Moment::Candidacy {
                    candidate,
                    term,
                    votes,
                    quorum,
                },
            ) => self.candidacy(*candidate, *term, *votes, *quorum),
            (
                Self::En,
                Moment::Asks {
                    asking,
                    term,
                    votes,
                    quorum,
                },
            ) => format!(
                "{asking} asks who would vote for it and stays in term {term} meanwhile: {} of {quorum} would so far.",
                votes.len()
            ),
            (
                Self::Pt,
                Moment::Asks {
                    asking,
                    term,
                    votes,
                    quorum,
                },
            ) => format!(
                "{asking} pergunta quem votaria nele e enquanto isso fica no term {term}: até agora, {} de {quorum}.",
                votes.len()
            ),
            (
                Self::En,
                Moment::Rivals {
                    candidates,
                    term,
                    split: false,
                },
            ) => {
                format!(
                    "{} run for term {term} at the same time and divide the votes.",
                    self.and(*candidates)
                )
            }
            (
                Self::Pt,
                Moment::Rivals {
                    candidates,
                    term,
                    split: false,
                },
            ) => {
                format!(
                    "{} concorrem no term {term} ao mesmo tempo e dividem os votos.",
                    self.and(*candidates)
                )
            }
            (Self::En, Moment::Rivals { candidates, term, .. }) => format!(
                "The votes of term {term} are split between {}: nobody can win it, and the first timer to run out starts the next term.",
                self.and(*candidates)
            ),
            (Self::Pt, Moment::Rivals { candidates, term, .. }) => format!(
                "Os votos do term {term} se dividiram entre {}: ninguém pode vencê-lo, e o primeiro timer a se esgotar inicia o próximo term.",
                self.and(*candidates)
            ),
            (
                _,
                Moment::CutOff {
                    leader,
                    term,
                    reaches,
                    newer,
                },
            ) => self.cut_off(*leader, *term, *reaches, *newer),
            (Self::En, Moment::TwoLead { leaders, term }) => format!(
                "{}: neither gives way, and the others follow whichever they heard last.",
                self.lead(*leaders, *term)
            ),
            (Self::Pt, Moment::TwoLead { leaders, term }) => format!(
                "{}: nenhum cede, e os outros seguem aquele que ouviram por último.",
                self.lead(*leaders, *term)
            ),
            (Self::En, Moment::Announces { leader, term, unaware }) => {
                format!(
                    "{leader} has won term {term} and says so with heartbeats; {} yet to hear it.",
                    self.have(*unaware)
                )
            }
            (Self::Pt, Moment::Announces { leader, term, unaware }) => {
                format!(
                    "{leader} venceu o term {term} e o anuncia com heartbeats; falta ouvir: {}.",
                    self.and(*unaware)
                )
            }
            (Self::En, Moment::Leads { leader, term, away }) => {
                format!(
                    "{leader} leads term {term}; its heartbeats keep the others from running.{}",
                    self.away(*away)
                )
            }
            (Self::Pt, Moment::Leads { leader, term, away }) => format!(
                "{leader} lidera o term {term}; seus heartbeats impedem que os outros concorram.{}",
                self.away(*away)
            ),
            (_, Moment::Waits { next, too_few }) => self.waits(*next, *too_few),
        }
    }

    fn candidacy(self, candidate: NodeId, term: Term, votes: NodeSet, quorum: u8) -> String {
        let mut others = votes;
        others.remove(candidate);
        let have = votes.len();
        match (self, others.is_empty()) {
            (Self::En, true) => format!(
                "{candidate} runs for term {term}: it votes for itself and asks the others; it needs {quorum} votes."
            ),
            (Self::Pt, true) => format!(
                "{candidate} concorre no term {term}: vota em si e pede o voto dos outros; precisa de {quorum} votos."
            ),
            (Self::En, false) => {
                format!(
                    "{candidate} runs for term {term} and has {have} of {quorum} votes: its own and that of {}.",
                    self.and(others)
                )
            }
            (Self::Pt, false) => {
                format!(
                    "{candidate} concorre no term {term} e tem {have} de {quorum} votos: o seu e o de {}.",
                    self.and(others)
                )
            }
        }
    }

    fn cut_off(self, leader: NodeId, term: Term, reaches: NodeSet, newer: Option<(NodeId, Term)>) -> String {
        let count = reaches.len();
        match (self, newer) {
            (Self::En, Some((new, newer))) => {
                format!(
                    "{new} leads term {newer}; {leader} does not know it and still believes that it leads term {term}."
                )
            }
            (Self::Pt, Some((new, newer))) => {
                format!("{new} lidera o term {newer}; {leader} não sabe disso e ainda acredita liderar o term {term}.")
            }
            (Self::En, None) => format!(
                "{leader} still believes that it leads term {term}, but it is cut off from the majority: its group has {count}."
            ),
            (Self::Pt, None) => format!(
                "{leader} ainda acredita liderar o term {term}, mas está separado da maioria: seu grupo tem {count}."
            ),
        }
    }

    /// That a property was broken, and why votes that were counted do not count.
    fn broken(self, violation: Violation, tally: Option<&Tally>) -> String {
        let broken = format!("{}: {}", self.text().safety_broken, self.violation(violation));
        match tally {
            Some(tally) => format!("{broken} {}", self.tally(tally)),
            None => broken,
        }
    }

    fn waits(self, next: Option<Next>, too_few: bool) -> String {
        let timer = match (self, next) {
            (Self::En, Some(Next::Timer(server, at))) => {
                format!(" {server}'s election timer runs out next, at {}.", self.seconds(at))
            }
            (Self::Pt, Some(Next::Timer(server, at))) => {
                format!(
                    " O próximo election timer a se esgotar é o de {server}, em {}.",
                    self.seconds(at)
                )
            }
            (Self::En, Some(Next::Planned(at))) => {
                format!(" At {} something is done, before any timer runs out.", self.seconds(at))
            }
            (Self::Pt, Some(Next::Planned(at))) => {
                format!(" Em {} algo é feito, antes que um timer se esgote.", self.seconds(at))
            }
            (_, None) => String::new(),
        };
        match (self, too_few) {
            (Self::En, false) => format!("Nobody leads.{timer}"),
            (Self::Pt, false) => format!("Ninguém lidera.{timer}"),
            (Self::En, true) => format!("Nobody leads, and too few servers run to elect anyone.{timer}"),
            (Self::Pt, true) => format!("Ninguém lidera, e há poucos servidores para eleger alguém.{timer}"),
        }
    }

    fn away(self, away: NodeSet) -> String {
        match (self, away.len()) {
            (_, 0) => String::new(),
            (Self::En, 1) => format!(" {} does not run.", list(away, "")),
            (Self::En, _) => format!(" {} do not run.", self.and(away)),
            (Self::Pt, 1) => format!(" {} não está rodando.", list(away, "")),
            (Self::Pt, _) => format!(" {} não estão rodando.", self.and(away)),
        }
    }

    fn have(self, servers: NodeSet) -> String {
        let verb = if servers.len() == 1 { "has" } else { "have" };
        format!("{} {verb}", self.and(servers))
    }
}
