//! Who leads and what is going on, in sentences.

use crate::{
    raft::{NodeId, NodeSet, Term},
    safety::Violation,
    sim::{Claim, Contact, Micros},
    ui::{
        explain::{
            chance::LostChance,
            headline::{Belief, Headline, Lack},
            narration::{Apart, Moment, Next},
        },
        run::view::ClusterView,
        text::{Lang, catalogue, list},
    },
};

catalogue! {
    /// Who leads, and what is going on.
    NarrationText, narration_text;

    no_leader: "No leader", "Nenhum leader";
    /// There is one, but no majority can follow it.
    no_leader_followed: "No leader with a majority", "Sem leader com maioria";
    is_paused(leader: NodeId): "{leader} is paused.", "{leader} está pausado.";
    reaches_few(leader: NodeId, reaches: &str): "{leader} {reaches}.", "{leader} {reaches}.";
    /// A majority counts the server itself; beside nobody else that would mislead.
    reaches_none: "can talk with no other server", "não conversa com nenhum outro servidor";
    reaches_only(reaches: usize, size: usize): "reaches only {reaches} of {size} servers, itself included",
        "só alcança {reaches} de {size} servidores, incluindo ele próprio";
    hears_only(hears: usize, size: usize, heard: usize):
        "hears only {hears} of {size} servers, itself included, though {heard} {heard:other hears|others hear} it",
        "só ouve {hears} de {size} servidores, incluindo ele próprio, embora {heard} {heard:outro o ouça|outros o ouçam}";
    heard_only(heard: usize, size: usize, hears: usize):
        "is heard by only {heard} of {size} servers, itself included, though it hears {hears} {hears:other|others}",
        "só é ouvido por {heard} de {size} servidores, incluindo ele próprio, embora ouça {hears} {hears:outro|outros}";
    majority_newer(newer: NodeSet): "A majority ({newer}) is in a newer term.", "Uma maioria ({newer}) está em um term mais novo.";

    all_down: "All servers are down.", "Todos os servidores estão fora do ar.";
    few_run(running: usize, size: usize): "No majority is possible: {running} of {size} servers {running:is|are} running.",
        "Não há maioria possível: {running} de {size} servidores {running:está|estão} em execução.";
    none_reaches: "No server reaches a majority.", "Nenhum servidor alcança uma maioria.";
    election_running: "An election is under way.", "Há uma eleição em andamento.";
    none_can_win: "No server that seeks votes can get enough.", "Nenhum servidor que busca votos pode obter o suficiente.";
    waiting_for_timeout: "Waiting for an election timeout.", "Aguardando um election timeout.";
    none_runs(paused: NodeSet): "No server is running: {paused} {paused:is|are} paused.",
        "Nenhum servidor está em execução: {paused} {paused:está pausado|estão pausados}.";

    stands_alone(candidate: NodeId, term: Term, quorum: u8):
        "{candidate} stands for election in term {term}: it votes for itself and asks the others; it needs {quorum} {quorum:vote|votes}.",
        "{candidate} se candidata no term {term}: vota em si e pede o voto dos outros; precisa de {quorum} {quorum:voto|votos}.";
    stands_with_votes(candidate: NodeId, term: Term, have: usize, quorum: u8, others: NodeSet):
        "{candidate} stands for election in term {term} and has {have} of the {quorum} votes it needs: its own and {others:that|those} of {others}.",
        "{candidate} se candidata no term {term} e tem {have} dos {quorum} votos de que precisa: o seu e {others:o|os} de {others}.";
    stands_refused(candidate: NodeId, term: Term, have: usize, quorum: u8, refused: NodeSet):
        "{candidate} stands for election in term {term} and has {have} of the {quorum} votes it needs; {refused} refused it.",
        "{candidate} se candidata no term {term} e tem {have} dos {quorum} votos de que precisa; {refused} lhe {refused:negou|negaram} o voto.";
    /// Of votes that are no majority.
    few_are_enough(votes: usize): "These rules take {votes} as enough, though it is no majority.",
        "Estas regras aceitam {votes} como suficiente, embora não seja maioria.";
    stands_lost(candidate: NodeId, term: Term, why: &str): "{candidate} stands for election in term {term} and can't win: {why}.",
        "{candidate} se candidata no term {term} e não pode vencer: {why}.";
    lost_behind(ahead: NodeSet): "the {ahead:log|logs} of {ahead} {ahead:is|are} more up-to-date than its own",
        "{ahead:o log|os logs} de {ahead} {ahead:está mais atualizado|estão mais atualizados} que o seu";
    lost_refused(refused: NodeSet, have: usize, quorum: usize): "{refused} refused it, and it has {have} of the {quorum} votes it needs",
        "tem {have} dos {quorum} votos de que precisa, e {refused} lhe {refused:negou|negaram} o voto";
    lost_unheard(have: usize, quorum: usize): "it has {have} of the {quorum} votes it needs, and what was lost is not sent again in this term",
        "tem {have} dos {quorum} votos de que precisa, e o que se perdeu não é reenviado neste term";
    /// Requests were on their way over links that were cut.
    lost_restored: "requests sent before the links were restored are lost; it sends no more in this term",
        "os pedidos enviados antes de restauradas as conexões se perderam; neste term não envia outros";
    lost_few_left(have: usize, quorum: usize): "it has {have} of the {quorum} votes it needs, and too few can still vote for it",
        "tem {have} dos {quorum} votos de que precisa, e não restam votos suficientes para ele";
    asks_who_would_vote(asking: NodeId, term: Term, votes: usize, quorum: u8):
        "{asking} asks who would vote for it and stays in term {term} meanwhile: it has {votes} of the {quorum} pre-votes it needs.",
        "{asking} pergunta quem votaria nele e enquanto isso fica no term {term}: tem {votes} dos {quorum} pre-votes de que precisa.";
    rivals_stand(candidates: NodeSet, term: Term):
        "{candidates} stand for election in term {term} and compete for votes.",
        "{candidates} se candidatam no term {term} e disputam os votos.";
    votes_are_split(candidates: NodeSet, term: Term):
        "The votes of term {term} are split between {candidates}: nobody can win it. It takes a newer term.",
        "Os votos do term {term} se dividiram entre {candidates}: ninguém pode vencê-lo. É preciso um term mais novo.";
    votes_are_split_without(candidates: NodeSet, term: Term, missing: NodeSet):
        "The votes of term {term} are split between {candidates}: only {missing:that|those} of {missing} could decide it, else it takes a newer term.",
        "Os votos do term {term} se dividiram entre {candidates}: só {missing:o|os} de {missing} {missing:poderia|poderiam} decidi-lo; senão, é preciso um term mais novo.";
    votes_are_short(candidates: NodeSet, term: Term):
        "{candidates} stand for election in term {term}, and too few votes are left for {candidates:any|either|any} of them. It takes a newer term.",
        "{candidates} se candidatam no term {term}, e não restam votos suficientes para nenhum {candidates:deles|dos dois|deles}. É preciso um term mais novo.";
    votes_are_short_without(candidates: NodeSet, term: Term, missing: NodeSet):
        "{candidates} stand for election in term {term}: only the {missing:vote|votes} of {missing} could decide it, else it takes a newer term.",
        "{candidates} se candidatam no term {term}: só {missing:o voto|os votos} de {missing} {missing:poderia|poderiam} decidi-lo; senão, é preciso um term mais novo.";
    stands_in_vain(candidate: NodeId, term: Term, why: &str): "{candidate} stands for election in term {term} in vain: {why}.",
        "{candidate} se candidata em vão no term {term}: {why}.";
    asks_in_vain(candidate: NodeId, term: Term, why: &str):
        "{candidate}, in term {term}, asks in vain who would vote for it: {why}.",
        "{candidate}, no term {term}, pergunta em vão quem votaria nele: {why}.";
    stands_heard(candidate: NodeId, term: Term, quorum: usize, reaches: usize):
        "{candidate} stands for election in term {term} and can get {reaches} of the {quorum} votes needed. But others hear it: each newer term deposes their leader.",
        "{candidate} se candidata no term {term} e só pode ter {reaches} dos {quorum} votos. Mas outros o ouvem: cada term mais novo depõe o leader deles.";
    out_of_reach(quorum: usize, reaches: usize, size: usize): "it needs {quorum} of {size} votes and can get {reaches} at most",
        "precisa de {quorum} de {size} votos e pode obter no máximo {reaches}";
    left_behind: "too many servers are in a newer term", "servidores demais estão em um term mais novo";

    deposed_unaware(leader: NodeId, term: Term, new: NodeId, newer: Term):
        "{new} leads term {newer}; {leader} has not noticed and still believes that it leads term {term}.",
        "{new} lidera o term {newer}; {leader} não percebeu e ainda acredita liderar o term {term}.";
    deposed_cut_off(leader: NodeId, term: Term, new: NodeId, newer: Term, reaches: &str):
        "{new} leads term {newer}; {leader} {reaches}, and still believes that it leads term {term}.",
        "{new} lidera o term {newer}; {leader} {reaches}, e ainda acredita liderar o term {term}.";
    reaches_minority(leader: NodeId, term: Term, reaches: &str):
        "{leader} still believes that it leads term {term}, but it {reaches}.",
        "{leader} ainda acredita liderar o term {term}, mas {reaches}.";
    /// Nobody is in a newer term.
    leads_minority(leader: NodeId, term: Term, reaches: &str):
        "{leader} is still the leader of term {term}, but {reaches}, and can commit nothing.",
        "{leader} ainda é o leader do term {term}, mas {reaches}, e não consegue dar commit em nada.";
    keeps_others: "Its heartbeats keep the others from starting an election.",
        "Seus heartbeats impedem que os outros iniciem uma eleição.";
    does_not_reach(leader: NodeId, away: NodeSet): "{leader} does not reach {away}.", "{leader} não alcança {away}.";
    left_in_old_term(leader: NodeId, term: Term, newer: NodeSet):
        "{leader} still believes that it leads term {term}, but {newer} {newer:is|are} in a newer term.",
        "{leader} ainda acredita liderar o term {term}, mas {newer} {newer:está|estão} em um term mais novo.";
    two_believe(leaders: NodeSet, term: Term):
        "{leaders} {leaders:believes|both believe|all believe} that they lead term {term}: {leaders:none|neither|none} steps down.",
        "{leaders} {leaders:acredita|acreditam ambos|acreditam todos} liderar o term {term}: nenhum {leaders:|dos dois |}renuncia.";
    announces(leader: NodeId, term: Term, unaware: NodeSet):
        "{leader} won term {term} and is announcing it; {unaware} {unaware:has|have} not heard yet.",
        "{leader} venceu o term {term} e está avisando os outros; {unaware} ainda não {unaware:sabe|sabem}.";
    leads_unheard(leader: NodeId, term: Term, unaware: NodeSet):
        "{leader} leads term {term}; {unaware} {unaware:has|have} not heard from it yet.",
        "{leader} lidera o term {term}; {unaware} ainda não o {unaware:ouviu|ouviram}.";
    leads_steadily(leader: NodeId, term: Term):
        "{leader} leads term {term}; its heartbeats keep the others from starting an election.",
        "{leader} lidera o term {term}; seus heartbeats impedem que os outros iniciem uma eleição.";
    leads_all(leader: NodeId, term: Term): "{leader} leads term {term}, and all others follow it.",
        "{leader} lidera o term {term}, e todos os outros o seguem.";
    leads_some(leader: NodeId, term: Term): "{leader} leads term {term}.", "{leader} lidera o term {term}.";
    are_down(servers: NodeSet): "{servers} {servers:is|are} not running.", "{servers} não {servers:está|estão} em execução.";
    are_paused(servers: NodeSet): "{servers} {servers:is|are} paused.", "{servers} {servers:está pausado|estão pausados}.";
    are_cut_off(servers: NodeSet, leader: NodeId): "{servers:has|have} no link with {leader}",
        "não {servers:tem|têm} conexão com {leader}";
    are_deaf(servers: NodeSet, leader: NodeId): "{servers:cannot|cannot} hear {leader}", "não {servers:ouve|ouvem} {leader}";
    are_deposing(servers: NodeSet, leader: NodeId):
        "{servers} cannot hear {leader} and {servers:seeks|seek} votes in a newer term: {leader} steps down as soon as it hears of it.",
        "{servers} não {servers:ouve|ouvem} {leader} e {servers:busca|buscam} votos em um term mais novo: {leader} renunciará ao saber dele.";
    are_mute(servers: NodeSet, leader: NodeId): "{servers} {servers:hears|hear} {leader} and cannot answer.",
        "{servers} {servers:ouve|ouvem} {leader} e não {servers:consegue|conseguem} responder.";
    are_newer(servers: NodeSet): "{servers} {servers:is|are} in a newer term.",
        "{servers} {servers:está em um term mais novo|estão em terms mais novos}.";
    are_newer_for(servers: NodeSet, leader: NodeId):
        "{servers} {servers:is|are} in a newer term: {leader} steps down as soon as it hears of it.",
        "{servers} {servers:está em um term mais novo|estão em terms mais novos}: {leader} renunciará ao saber disso.";
    are_former(servers: NodeSet, leader: NodeId): "{servers} followed {leader} before, but {servers:does|do} not now.",
        "{servers} {servers:seguia|seguiam} {leader} antes, mas agora não.";
    are_restarted(servers: NodeSet, leader: NodeId): "{servers} restarted and {servers:has|have} not heard from {leader} yet.",
        "{servers} {servers:reiniciou|reiniciaram} e ainda não {servers:ouviu|ouviram} {leader}.";
    /// What servers do: after their names, or after where they are.
    seek_in_vain(servers: NodeSet): "{servers:seeks|seek} votes in vain", "{servers:busca|buscam} votos em vão";
    ask_in_vain(servers: NodeSet): "{servers:asks|ask} in vain who would vote for {servers:it|them}",
        "{servers:pergunta em vão quem votaria nele|perguntam em vão quem votaria neles}";
    beside(servers: NodeSet, what: &str): "{servers} {what}.", "{servers} {what}.";
    joined(one: &str, other: &str): "{one} and {other}", "{one} e {other}";
    are_asking(servers: NodeSet): "{servers} {servers:asks|ask} who would vote for {servers:it|them}.",
        "{servers} {servers:pergunta quem votaria nele|perguntam quem votaria neles}.";

    nobody_leads: "Nobody leads.", "Ninguém lidera.";
    few_can_elect: "Nobody leads, and too few servers are running to elect a leader.",
        "Ninguém lidera: faltam servidores em execução para eleger um leader.";
    none_can_reach: "Nobody leads, and no server reaches a majority.",
        "Ninguém lidera, e nenhum servidor alcança uma maioria.";
    paused_leads(leaders: NodeSet): "Nobody leads: {leaders} {leaders:is|are} paused.",
        "Ninguém lidera: {leaders} {leaders:está pausado|estão pausados}.";
    timer_next(server: NodeId, at: Micros): "{server}'s election timer is set to expire next, at {at}.",
        "O próximo election timer a se esgotar é o de {server}, aos {at}.";
    timers_next(servers: NodeSet, at: Micros): "The election timers of {servers} are set to expire together, at {at}.",
        "Os election timers de {servers} estão previstos para se esgotar juntos, aos {at}.";
    heartbeats_next(senders: NodeSet, receivers: NodeSet): "Heartbeats that {senders} sent before are on their way to {receivers}.",
        "Heartbeats que {senders} {senders:enviou|enviaram} antes estão a caminho de {receivers}.";
    planned_next(at: Micros): "The next planned action is at {at}.", "A próxima ação planejada é aos {at}.";
}

impl Lang {
    /// Who leads, in a few words: `S2 leads term 4`, or `No leader`; and what is to be said of it.
    #[must_use]
    pub fn headline(self, headline: &Headline) -> (String, String) {
        let text = self.narration_text();
        match headline {
            Headline::Led { leaders, term } => {
                let who = leaders.iter().map(|(leader, _)| *leader).collect();
                (self.lead(who, *term), self.elected_by(leaders))
            }
            Headline::Stale(beliefs) => {
                let why: Vec<_> = beliefs.iter().map(|belief| self.why_stale(*belief)).collect();
                (text.no_leader_followed.to_owned(), why.join(" "))
            }
            Headline::Leaderless(lack) => (text.no_leader.to_owned(), self.lack(*lack)),
        }
    }

    /// Who leads, in a few words.
    #[must_use]
    pub fn who_leads(self, view: &ClusterView) -> String {
        self.headline(&Headline::of(view)).0
    }

    /// With whose votes they lead, those that have any in this term.
    fn elected_by(self, leaders: &[(NodeId, NodeSet)]) -> String {
        match leaders {
            _ if leaders.iter().all(|(_, votes)| votes.is_empty()) => String::new(),
            [(_, votes)] => self.with_votes_of(&list(*votes, ", ")),
            _ => {
                let have = leaders.iter().filter(|(_, votes)| !votes.is_empty());
                let each: Vec<_> = have
                    .map(|(leader, votes)| format!("{leader}: {}", self.votes(*votes)))
                    .collect();
                format!("({})", each.join("; "))
            }
        }
    }

    fn why_stale(self, belief: Belief) -> String {
        match belief.claim {
            Claim::Paused => self.is_paused(belief.leader),
            Claim::Reaches(reaches) => self.reaches_few(belief.leader, &self.reaches(reaches, belief.size)),
            Claim::Outdated | Claim::Leads if belief.newer.len() * 2 > belief.size => self.majority_newer(belief.newer),
            Claim::Outdated | Claim::Leads => self.are_newer(belief.newer) + &self.others_are_away(belief),
        }
    }

    /// Whom else a leader lacks that those in a newer term alone did not take its majority.
    fn others_are_away(self, belief: Belief) -> String {
        if belief.away.is_empty() || belief.newer.len() * 2 > belief.size {
            return String::new();
        }
        " ".to_owned() + &self.does_not_reach(belief.leader, belief.away)
    }

    /// Whom a server reaches that reaches too few.
    fn reaches(self, contact: Contact, size: usize) -> String {
        match contact {
            Contact::Servers(reaches) => return self.reaches_only(reaches, size),
            Contact::HearsFew(hears, heard) => return self.hears_only(hears, size, heard),
            Contact::HeardByFew(heard, hears) => return self.heard_only(heard, size, hears),
            Contact::Nobody => self.narration_text().reaches_none,
            Contact::HearsNobody => self.server_text().hears_nobody,
            Contact::Unheard => self.server_text().is_unheard,
        }
        .to_owned()
    }

    fn lack(self, lack: Lack) -> String {
        let text = self.narration_text();
        match lack {
            Lack::FewRun { running, size } => return self.few_run(running, size),
            Lack::AllDown => text.all_down,
            Lack::NoneReaches => text.none_reaches,
            Lack::Election => text.election_running,
            Lack::InVain => text.none_can_win,
            Lack::Waiting => text.waiting_for_timeout,
        }
        .to_owned()
    }

    /// What is going on, in a sentence.
    #[must_use]
    pub fn narrate(self, moment: &Moment) -> String {
        match *moment {
            Moment::Broken(violation) => self.broken(violation),
            Moment::NoneRuns { paused } if paused.is_empty() => self.narration_text().all_down.to_owned(),
            Moment::NoneRuns { paused } => self.none_runs(paused),
            Moment::Candidacy {
                candidate,
                term,
                votes,
                quorum,
                lost: Some(lost),
                ..
            } => self.stands_lost(
                candidate,
                term,
                &self.lost_chance(lost, votes.len(), usize::from(quorum)),
            ),
            Moment::Candidacy {
                candidate,
                term,
                votes,
                refused,
                quorum,
                lax,
                ..
            } => {
                let said = self.candidacy(candidate, term, votes, refused, quorum);
                if lax {
                    said + " " + &self.few_are_enough(usize::from(quorum))
                } else {
                    said
                }
            }
            Moment::Asks {
                asking,
                term,
                votes,
                quorum,
            } => self.asks_who_would_vote(asking, term, votes.len(), quorum),
            Moment::Rivals {
                candidates,
                term,
                split: None,
                ..
            } => self.rivals_stand(candidates, term),
            Moment::Rivals {
                candidates,
                term,
                split: Some(missing),
                contested,
            } => match (contested, missing.is_empty()) {
                (true, true) => self.votes_are_split(candidates, term),
                (true, false) => self.votes_are_split_without(candidates, term, missing),
                (false, true) => self.votes_are_short(candidates, term),
                (false, false) => self.votes_are_short_without(candidates, term, missing),
            },
            Moment::InVain { .. } => self.in_vain(moment),
            Moment::Deposed { old, new } => self.deposed(old, new),
            Moment::Stale {
                belief,
                vain,
                asking,
                asking_in_vain,
                keeps,
            } => {
                let mut said = self.stale_belief(belief);
                if keeps {
                    said = said + " " + self.narration_text().keeps_others;
                }
                let others = [
                    (vain, self.beside(vain, &self.seek_in_vain(vain))),
                    (asking, self.are_asking(asking)),
                    (
                        asking_in_vain,
                        self.beside(asking_in_vain, &self.ask_in_vain(asking_in_vain)),
                    ),
                ];
                let others = others.into_iter().filter(|(servers, _)| !servers.is_empty());
                others.fold(said, |said, (_, more)| said + " " + &more)
            }
            Moment::TwoLead { leaders, term } => self.two_believe(leaders, term),
            Moment::Announces {
                leader,
                term,
                unaware,
                is_new: true,
            } => self.announces(leader, term, unaware),
            Moment::Announces {
                leader, term, unaware, ..
            } => self.leads_unheard(leader, term, unaware),
            Moment::Leads {
                leader,
                term,
                is_steady,
                apart,
                yields,
            } => self.leads(leader, term, is_steady, apart, yields),
            Moment::Waits { next, lack, paused } => self.waits(next, lack, paused),
        }
    }

    fn candidacy(self, candidate: NodeId, term: Term, votes: NodeSet, refused: NodeSet, quorum: u8) -> String {
        let mut others = votes;
        others.remove(candidate);
        if !refused.is_empty() {
            self.stands_refused(candidate, term, votes.len(), quorum, refused)
        } else if others.is_empty() {
            self.stands_alone(candidate, term, quorum)
        } else {
            self.stands_with_votes(candidate, term, votes.len(), quorum, others)
        }
    }

    /// Why a candidate can't win, after its name.
    pub(super) fn lost_chance(self, lost: LostChance, have: usize, quorum: usize) -> String {
        match lost {
            LostChance::OutOfReach(reaches, size) => self.out_of_reach(quorum, reaches, size),
            LostChance::LeftBehind => self.narration_text().left_behind.to_owned(),
            LostChance::LogBehind(ahead) => self.lost_behind(ahead),
            LostChance::Refused(by) => self.lost_refused(by, have, quorum),
            LostChance::Unheard { restored: true } => self.narration_text().lost_restored.to_owned(),
            LostChance::Unheard { .. } => self.lost_unheard(have, quorum),
            LostChance::TooFewLeft => self.lost_few_left(have, quorum),
        }
    }

    fn in_vain(self, moment: &Moment) -> String {
        let Moment::InVain {
            candidate,
            term,
            stands,
            quorum,
            why,
            heard,
            others,
        } = *moment
        else {
            return String::new();
        };
        let quorum = usize::from(quorum);
        let said = match why {
            LostChance::OutOfReach(reaches, _) if heard => self.stands_heard(candidate, term, quorum, reaches),
            _ => {
                let why = self.lost_chance(why, 1, quorum);
                if stands {
                    self.stands_in_vain(candidate, term, &why)
                } else {
                    self.asks_in_vain(candidate, term, &why)
                }
            }
        };
        if others.is_empty() {
            said
        } else {
            said + " " + &self.beside(others, &self.seek_in_vain(others))
        }
    }

    fn deposed(self, old: Belief, (new, newer): (NodeId, Term)) -> String {
        let Belief { leader, term, size, .. } = old;
        match old.claim {
            Claim::Reaches(reaches) => self.deposed_cut_off(leader, term, new, newer, &self.reaches(reaches, size)),
            _ => self.deposed_unaware(leader, term, new, newer),
        }
    }

    fn stale_belief(self, belief: Belief) -> String {
        let Belief {
            leader,
            term,
            claim,
            size,
            newer,
            ..
        } = belief;
        match claim {
            Claim::Reaches(reaches) if newer.is_empty() => {
                self.leads_minority(leader, term, &self.reaches(reaches, size))
            }
            Claim::Reaches(reaches) => self.reaches_minority(leader, term, &self.reaches(reaches, size)),
            Claim::Paused | Claim::Outdated | Claim::Leads => {
                self.left_in_old_term(leader, term, newer) + &self.others_are_away(belief)
            }
        }
    }

    fn leads(self, leader: NodeId, term: Term, is_steady: bool, apart: Apart, yields: bool) -> String {
        let all_follow = apart == Apart::default();
        let mut said = if is_steady && apart.all_hear() {
            self.leads_steadily(leader, term)
        } else if all_follow {
            self.leads_all(leader, term)
        } else {
            self.leads_some(leader, term)
        };
        let deaf = apart.deaf.without(apart.cut_off);
        let stands = apart.vain.without(apart.asking);
        let in_vain = [
            (
                stands.without(apart.deposing),
                &Self::seek_in_vain as &dyn Fn(_, _) -> _,
            ),
            (apart.asking, &Self::ask_in_vain),
        ];
        let places = [
            (apart.cut_off, &Self::are_cut_off as &dyn Fn(_, _, _) -> _),
            (deaf, &Self::are_deaf),
        ];
        let mut say = |servers: NodeSet, clause: &dyn Fn() -> String| {
            if !servers.is_empty() {
                said += " ";
                said += &clause();
            }
        };
        for (place, are) in places {
            let idle = place.without(apart.vain);
            say(idle, &|| self.beside(idle, &are(self, idle, leader)));
            for (doing, do_so) in in_vain {
                let both = place.and(doing);
                say(both, &|| {
                    self.beside(both, &self.joined(&are(self, both, leader), &do_so(self, both)))
                });
            }
        }
        say(apart.deposing, &|| self.are_deposing(apart.deposing, leader));
        say(apart.mute, &|| self.are_mute(apart.mute, leader));
        say(apart.newer, &|| {
            // What it does for one newer term it does for all.
            if yields && apart.deposing.is_empty() {
                self.are_newer_for(apart.newer, leader)
            } else {
                self.are_newer(apart.newer)
            }
        });
        say(apart.former, &|| self.are_former(apart.former, leader));
        say(apart.restarted, &|| self.are_restarted(apart.restarted, leader));
        say(apart.seeking, &|| self.are_asking(apart.seeking));
        for (doing, do_so) in in_vain {
            let near = doing.without(apart.deaf);
            say(near, &|| self.beside(near, &do_so(self, near)));
        }
        say(apart.down, &|| self.are_down(apart.down));
        say(apart.paused, &|| self.are_paused(apart.paused));
        said
    }

    /// That a property was broken.
    pub(super) fn broken(self, violation: Violation) -> String {
        format!("{}: {}", { self.text().safety_broken }, self.violation(violation))
    }

    fn waits(self, next: Option<Next>, lack: Lack, paused: NodeSet) -> String {
        let text = self.narration_text();
        let nobody = match lack {
            Lack::FewRun { .. } | Lack::AllDown => text.few_can_elect.to_owned(),
            Lack::NoneReaches => text.none_can_reach.to_owned(),
            _ if !paused.is_empty() => self.paused_leads(paused),
            Lack::Election | Lack::InVain | Lack::Waiting => text.nobody_leads.to_owned(),
        };
        match next {
            Some(Next::Timer(servers, at)) => {
                let next = match servers.iter().next() {
                    Some(server) if servers.len() == 1 => self.timer_next(server, at),
                    _ => self.timers_next(servers, at),
                };
                format!("{nobody} {next}")
            }
            Some(Next::Heartbeats(senders, receivers)) => {
                format!("{nobody} {}", self.heartbeats_next(senders, receivers))
            }
            Some(Next::Planned(at)) => format!("{nobody} {}", self.planned_next(at)),
            None => nobody,
        }
    }
}
