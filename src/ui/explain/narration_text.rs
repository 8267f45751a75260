//! What is going on, in a sentence.

use crate::{
    raft::{NodeId, NodeSet, Term},
    safety::Violation,
    sim::Micros,
    ui::{
        explain::narration::{Moment, Next},
        run::incident::Tally,
        text::{Lang, catalogue},
    },
};

catalogue! {
    /// What is going on.
    NarrationText, narration_text;

    runs_alone(candidate: NodeId, term: Term, quorum: u8):
        "{candidate} runs for term {term}: it votes for itself and asks the others; it needs {quorum} votes.",
        "{candidate} concorre no term {term}: vota em si e pede o voto dos outros; precisa de {quorum} votos.";
    runs_with_votes(candidate: NodeId, term: Term, have: usize, quorum: u8, others: NodeSet):
        "{candidate} runs for term {term} and has {have} of {quorum} votes: its own and that of {others}.",
        "{candidate} concorre no term {term} e tem {have} de {quorum} votos: o seu e o de {others}.";
    asks_who_would_vote(asking: NodeId, term: Term, votes: usize, quorum: u8):
        "{asking} asks who would vote for it and stays in term {term} meanwhile: {votes} of {quorum} would so far.",
        "{asking} pergunta quem votaria nele e enquanto isso fica no term {term}: até agora, {votes} de {quorum}.";
    rivals_run(candidates: NodeSet, term: Term):
        "{candidates} run for term {term} at the same time and divide the votes.",
        "{candidates} concorrem no term {term} ao mesmo tempo e dividem os votos.";
    votes_are_split(candidates: NodeSet, term: Term):
        "The votes of term {term} are split between {candidates}: nobody can win it, and the first timer to run out starts the next term.",
        "Os votos do term {term} se dividiram entre {candidates}: ninguém pode vencê-lo, e o primeiro timer a se esgotar inicia o próximo term.";

    deposed_unaware(leader: NodeId, term: Term, new: NodeId, newer: Term):
        "{new} leads term {newer}; {leader} does not know it and still believes that it leads term {term}.",
        "{new} lidera o term {newer}; {leader} não sabe disso e ainda acredita liderar o term {term}.";
    leads_minority(leader: NodeId, term: Term, count: usize):
        "{leader} still believes that it leads term {term}, but it is cut off from the majority: its group has {count}.",
        "{leader} ainda acredita liderar o term {term}, mas está separado da maioria: seu grupo tem {count}.";
    neither_gives_way(lead: &str):
        "{lead}: neither gives way, and the others follow whichever they heard last.",
        "{lead}: nenhum cede, e os outros seguem aquele que ouviram por último.";
    announces(leader: NodeId, term: Term, unaware: NodeSet):
        "{leader} has won term {term} and says so with heartbeats; {unaware} {unaware:has|have} yet to hear it.",
        "{leader} venceu o term {term} e o anuncia com heartbeats; falta ouvir: {unaware}.";
    keeps_leading(leader: NodeId, term: Term):
        "{leader} leads term {term}; its heartbeats keep the others from running.",
        "{leader} lidera o term {term}; seus heartbeats impedem que os outros concorram.";
    not_running(away: NodeSet): "{away} {away:does|do} not run.", "{away} {away:não está|não estão} rodando.";

    nobody_leads: "Nobody leads.", "Ninguém lidera.";
    nobody_can_lead: "Nobody leads, and too few servers run to elect anyone.",
        "Ninguém lidera, e há poucos servidores para eleger alguém.";
    timer_next(server: NodeId, at: Micros): "{server}'s election timer runs out next, at {at}.",
        "O próximo election timer a se esgotar é o de {server}, em {at}.";
    planned_next(at: Micros): "At {at} something is done, before any timer runs out.",
        "Em {at} algo é feito, antes que um timer se esgote.";
}

impl Lang {
    /// What is going on, in a sentence.
    #[must_use]
    pub fn narrate(self, moment: &Moment) -> String {
        match *moment {
            Moment::Broken(violation, ref tally) => self.broken(violation, tally.as_ref()),
            Moment::AllDown => self.text().all_down.to_owned(),
            Moment::Candidacy {
                candidate,
                term,
                votes,
                quorum,
            } => self.candidacy(candidate, term, votes, quorum),
            Moment::Asks {
                asking,
                term,
                votes,
                quorum,
            } => self.asks_who_would_vote(asking, term, votes.len(), quorum),
            Moment::Rivals {
                candidates,
                term,
                split: false,
            } => self.rivals_run(candidates, term),
            Moment::Rivals { candidates, term, .. } => self.votes_are_split(candidates, term),
            Moment::CutOff {
                leader,
                term,
                newer: Some((new, newer)),
                ..
            } => self.deposed_unaware(leader, term, new, newer),
            Moment::CutOff {
                leader, term, reaches, ..
            } => self.leads_minority(leader, term, reaches.len()),
            Moment::TwoLead { leaders, term } => self.neither_gives_way(&self.lead(leaders, term)),
            Moment::Announces { leader, term, unaware } => self.announces(leader, term, unaware),
            Moment::Leads { leader, term, away } => self.leads(leader, term, away),
            Moment::Waits { next, too_few } => self.waits(next, too_few),
        }
    }

    fn candidacy(self, candidate: NodeId, term: Term, votes: NodeSet, quorum: u8) -> String {
        let mut others = votes;
        others.remove(candidate);
        if others.is_empty() {
            self.runs_alone(candidate, term, quorum)
        } else {
            self.runs_with_votes(candidate, term, votes.len(), quorum, others)
        }
    }

    fn leads(self, leader: NodeId, term: Term, away: NodeSet) -> String {
        let leads = self.keeps_leading(leader, term);
        if away.is_empty() {
            leads
        } else {
            format!("{leads} {}", self.not_running(away))
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
        let text = self.narration_text();
        let nobody = if too_few {
            text.nobody_can_lead
        } else {
            text.nobody_leads
        };
        match next {
            Some(Next::Timer(server, at)) => format!("{nobody} {}", self.timer_next(server, at)),
            Some(Next::Planned(at)) => format!("{nobody} {}", self.planned_next(at)),
            None => nobody.to_owned(),
        }
    }
}
