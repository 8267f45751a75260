//! What a server is told while the reader is it: what it knows, what comes, what may be done, why, and what came of it.

use crate::{
    lesson::duty::{DutyChoice, DutyMoment, DutyNotes, DutyOutcome, DutyParting, DutyReason, DutyTrigger, PLAYED},
    raft::{Message, NodeId, NodeSet, Role, Term},
    sim::Micros,
    ui::text::{Lang, catalogue},
};

catalogue! {
    /// The sentences of a duty.
    DutyText, duty_text;

    you_are: "You are S3", "Você é S3";
    close: "Leave", "Sair";
    closed: "The curtain is closed: you see what S3 knows. Decide, or leave.",
        "A cortina está fechada: você vê o que S3 sabe. Decida, ou saia.";
    knows: "What S3 knows", "O que S3 sabe";
    decisions: "Decisions", "Decisões";
    keys: "The number keys decide, Escape leaves.", "As teclas de número decidem, Escape sai.";
    role: "Role", "Papel";
    term: "Term", "Term";
    voted: "Voted for", "Votou em";
    votes: "Votes", "Votos";
    timer: "Election timer", "Election timer";
    log: "Log", "Log";
    leader: "Leader", "Leader";
    nobody: "nobody", "ninguém";
    unknown: "not known", "desconhecido";
    itself: "itself", "si mesmo";
    expired: "expired", "esgotado";
    no_timer: "none while it leads", "nenhum enquanto lidera";

    restarted: "You crashed and started again: your term and your vote were on disk.",
        "Você caiu e iniciou de novo: seu term e seu voto estavam no disco.";
    expires: "Your election timer expires.", "Seu election timer se esgota.";
    expires_again: "Your election timer expires, and you have no majority.", "Seu election timer se esgota, e você não tem maioria.";

    grant: "Grant the vote", "Conceder o voto";
    grant_after: "Step down and grant the vote", "Renunciar e conceder o voto";
    refuse_vote: "Refuse the vote", "Recusar o voto";
    ignore: "Ignore it", "Ignorar";
    refuse_heartbeat: "Refuse the heartbeat", "Recusar o heartbeat";
    refuse_and_stand: "Refuse it and stay candidate", "Recusar e continuar candidate";
    refuse_and_lead: "Refuse it and go on leading", "Recusar e continuar liderando";
    step_down: "Step down", "Renunciar";
    stay_candidate: "Take the new term and stay candidate", "Adotar o novo term e continuar candidate";
    stay_leader: "Take the new term and go on leading", "Adotar o novo term e continuar liderando";
    count: "Count it and wait for more", "Contá-lo e esperar por mais";
    lead: "Count it and lead", "Contá-lo e liderar";
    wait: "Start the timer again and wait", "Reiniciar o timer e esperar";

    right: "Right.", "Certo.";
    wrong: "The rules say otherwise.", "As regras dizem outra coisa.";
    let_stood: "You let it stand.", "Você deixou assim.";
    decide_again: "Decide again", "Decidir de novo";
    let_stand: "Let it stand", "Deixar assim";
    asked_to_stand: "If you let it stand, S3 does it, and you see the result when the curtain opens.",
        "Se deixar assim, S3 fará isso, e você verá o resultado quando a cortina se abrir.";

    old_steps_down: "Whoever sees a newer term steps down (§5.1).", "Quem vê um term mais novo renuncia (§5.1).";
    terms_first: "The last terms of two logs are compared before their lengths.",
        "Os últimos terms de dois logs são comparados antes dos comprimentos.";
    expired_because: "Since the timer started, you heard from no leader and granted no vote.",
        "Desde que o timer começou a correr, você não recebeu nada de nenhum leader nem concedeu voto.";

    waiting_is_safe: "To wait on endangers nothing, but as long as nobody stands, nobody is elected.",
        "Continuar esperando não põe nada em perigo, mas enquanto ninguém se candidata, ninguém é eleito.";
    nothing_to_wait_for: "There is nothing to wait for.", "Não há o que esperar.";

    opened: "The curtain is open", "A cortina se abriu";
    all_by_rules: "S3 kept to the rules, and this is the run.", "S3 seguiu as regras, e esta é a execução.";
    broke_nothing: "What you let stand broke nothing in this run, and elections went as by the rules. Another run may be less lucky.",
        "O que você deixou assim não violou nada nesta execução, e as eleições foram como pelas regras. Outra execução pode ter menos sorte.";
    safe: "No safety property broke.", "Nenhuma propriedade de segurança foi violada.";
    show: "Show", "Mostrar";
    why: "Why?", "Por quê?";
    again: "Play again", "Jogar de novo";
    so_far: "What S3 did so far", "O que S3 fez até agora";
    finish: "Close the list", "Fechar a lista";

    duty_votes(votes: NodeSet, count: usize, quorum: u8): "{votes}: {count} of {quorum}", "{votes}: {count} de {quorum}";
    duty_timer(rest: &str): "expires in {rest}", "se esgota em {rest}";
    duty_number(number: usize): "Decision {number}", "Decisão {number}";

    duty_voted(to: NodeId, term: Term): "You voted for {to} in term {term}.", "Você votou em {to} no term {term}.";
    duty_voted_self(term: Term): "You stood in term {term} and voted for yourself.", "Você se candidatou no term {term} e votou em si.";
    duty_won(term: Term): "You won term {term}.", "Você venceu o term {term}.";
    duty_followed(heartbeats: u32, leader: NodeId): "You accepted {heartbeats} {heartbeats:heartbeat, from|heartbeats, the last from} {leader}.",
        "Você aceitou {heartbeats} {heartbeats:heartbeat, de|heartbeats, o último de} {leader}.";
    duty_rounds(rounds: u32): "You sent heartbeats {rounds} {rounds:time|times}.", "Você enviou heartbeats {rounds} {rounds:vez|vezes}.";
    duty_refused(by: NodeSet): "{by} refused you the vote.", "{by} {by:recusou|recusaram} o voto a você.";
    duty_late(from: NodeSet): "Votes of {from} came when you no longer needed them.",
        "Votos de {from} chegaram quando você já não precisava deles.";

    duty_ask(candidate: NodeId, term: Term): "{candidate} asks for your vote in term {term}.", "{candidate} pede seu voto no term {term}.";
    duty_ask_log(candidate: NodeId, term: Term, end: &str): "{candidate} asks for your vote in term {term}; its log {end}.",
        "{candidate} pede seu voto no term {term}; o log dele {end}.";
    duty_heartbeat(from: NodeId, term: Term): "A heartbeat comes from {from}, of term {term}.", "Chega um heartbeat de {from}, do term {term}.";
    duty_vote(from: NodeId, term: Term): "{from} grants you its vote, in a reply of term {term}.",
        "{from} concede o voto a você, em uma resposta do term {term}.";
    duty_no_vote(from: NodeId, term: Term): "{from} refuses you its vote, in a reply of term {term}.",
        "{from} recusa o voto a você, em uma resposta do term {term}.";
    duty_no_success(from: NodeId, term: Term): "{from} refuses your heartbeat, in a reply of term {term}.",
        "{from} recusa seu heartbeat, em uma resposta do term {term}.";
    duty_success(from: NodeId, term: Term): "{from} accepts your heartbeat, in a reply of term {term}.",
        "{from} aceita seu heartbeat, em uma resposta do term {term}.";

    duty_follow(leader: NodeId): "Follow {leader}", "Seguir {leader}";
    duty_step_down_for(leader: NodeId): "Step down and follow {leader}", "Renunciar e seguir {leader}";
    duty_run_in(term: Term): "Stand for election in term {term}", "Candidatar-se no term {term}";

    duty_free_newer(candidate: NodeId, term: Term, own: Term):
        "Term {term} is newer than your term {own}, so you take it. In it your vote is free, and {candidate}'s log is not behind yours (§5.2, §5.4.1).",
        "O term {term} é mais novo que seu term {own}, então você o adota. Nele seu voto está livre, e o log de {candidate} não está atrás do seu (§5.2, §5.4.1).";
    duty_free(candidate: NodeId, term: Term): "In term {term} your vote is free, and {candidate}'s log is not behind yours (§5.2, §5.4.1).",
        "No term {term} seu voto está livre, e o log de {candidate} não está atrás do seu (§5.2, §5.4.1).";
    duty_free_again(candidate: NodeId, term: Term): "In term {term} your vote is {candidate}'s already; asked again, you say so again (Figure 2 of the Raft paper).",
        "No term {term} seu voto já é de {candidate}; perguntado de novo, você repete a resposta (Figura 2 do artigo do Raft).";
    duty_has_voted(to: NodeId, term: Term): "In term {term} you have voted for {to}, and a server votes for one candidate per term (§5.2).",
        "No term {term} você votou em {to}, e um servidor vota em um só candidate por term (§5.2).";
    duty_has_voted_self(term: Term): "In term {term} you have voted for yourself, and a server votes for one candidate per term (§5.2).",
        "No term {term} você votou em si, e um servidor vota em um só candidate por term (§5.2).";
    duty_behind(candidate: NodeId, mine: &str, theirs: &str): "{candidate}'s log {theirs}, yours {mine}: it is behind, so it gets no vote (§5.4.1).",
        "O log de {candidate} {theirs}, o seu {mine}: está atrás, então não recebe voto (§5.4.1).";
    duty_takes_term(term: Term): "Term {term} is newer than yours: you take it all the same.", "O term {term} é mais novo que o seu: você o adota mesmo assim.";
    duty_old(theirs: Term, own: Term, from: NodeId): "Term {theirs} is over for you: you are in term {own}. You refuse, and {from} learns your term from the reply (§5.1).",
        "O term {theirs} acabou para você: você está no term {own}. Você recusa, e {from} fica sabendo do seu term pela resposta (§5.1).";
    duty_leads(leader: NodeId, term: Term): "{leader} leads term {term}, your own: you follow it, and your election timer starts again (§5.2).",
        "{leader} lidera o term {term}, o seu: você o segue, e seu election timer reinicia (§5.2).";
    duty_leads_newer(leader: NodeId, term: Term, own: Term): "{leader} leads term {term}, which is newer than your term {own}: you take the term and follow (§5.1, §5.2).",
        "{leader} lidera o term {term}, mais novo que seu term {own}: você adota o term e o segue (§5.1, §5.2).";
    duty_lost_to(leader: NodeId, term: Term): "{leader} has won term {term}, in which you stand: a candidate that hears from the leader of its term gives up (§5.2).",
        "{leader} venceu o term {term}, em que você se candidatou: um candidate que recebe um heartbeat do leader do seu term desiste (§5.2).";
    duty_newer(theirs: Term, own: Term): "Term {theirs} is newer than your term {own}: whoever sees a newer term steps down at once (§5.1).",
        "O term {theirs} é mais novo que seu term {own}: quem vê um term mais novo renuncia na hora (§5.1).";
    duty_too_few(votes: u8, quorum: u8): "With it you have {votes} {votes:vote|votes}, and it takes {quorum}: a majority of the whole cluster (§5.2).",
        "Com ele você tem {votes} {votes:voto|votos}, e são precisos {quorum}: a maioria do cluster inteiro (§5.2).";
    duty_majority(votes: u8, term: Term): "With it you have {votes} votes, a majority: you lead term {term}, and heartbeats say so (§5.2).",
        "Com ele você tem {votes} votos, a maioria: você lidera o term {term}, e heartbeats o anunciam (§5.2).";
    duty_old_vote(theirs: Term, own: Term): "It is a vote of term {theirs}, and you stand in term {own}: a vote counts in its own term only (§5.2).",
        "É um voto do term {theirs}, e você se candidatou no term {own}: um voto só vale em seu próprio term (§5.2).";
    duty_counted(voter: NodeId): "{voter}'s vote is counted already: a majority is one of servers, not of messages (§5.2).",
        "O voto de {voter} já foi contado: maioria é de servidores, não de mensagens (§5.2).";
    duty_expired(term: Term): "You stand in the next term, {term}: you vote for yourself and ask the others (§5.2).",
        "Você se candidata no próximo term, {term}: vota em si e pede o voto dos outros (§5.2).";
    duty_expired_again(term: Term): "The election of your term came to nothing, and a new one takes a new term, {term} (§5.2).",
        "A eleição do seu term não deu em nada, e uma nova exige um novo term, {term} (§5.2).";

    duty_lost(from: NodeId): "To {from}, a message that you ignore looks lost.", "Para {from}, uma mensagem que você ignora é como uma que se perdeu.";
    duty_same_term(own: Term): "Whoever has voted in term {own} votes for no other in it: each election takes a new term.",
        "Quem votou no term {own} não vota em outro nele: cada eleição exige um novo term.";
    duty_two_leaders(term: Term): "Somebody else may lead term {term}.", "Outro servidor pode liderar o term {term}.";
    duty_others_are_enough(quorum: u8): "Another candidate may get {quorum} votes as well.", "Outro candidate também pode conseguir {quorum} votos.";

    duty_score(right: usize, all: usize): "{right} of {all} decisions right at once.", "{right} de {all} {all:decisão certa|decisões certas} de primeira.";
    duty_stood(count: usize): "You let {count} wrong {count:decision|decisions} stand.", "Você deixou {count} {count:decisão errada|decisões erradas} assim.";
    duty_first(choice: &str): "(first: {choice})", "(primeiro: {choice})";
    duty_by(number: usize): "decision {number}", "decisão {number}";
    duty_both(a: NodeId, t: Term, x: Micros, b: NodeId, u: Term, y: Micros): "By the rules {a} wins term {t} at {x}; in your run {b} won term {u} at {y}.",
        "Pelas regras, {a} vence o term {t} em {x}; na sua execução, {b} venceu o term {u} em {y}.";
    duty_only_rules(a: NodeId, t: Term, x: Micros): "By the rules {a} wins term {t} at {x}; in your run nobody else won an election up to the end.",
        "Pelas regras, {a} vence o term {t} em {x}; na sua execução, ninguém mais venceu uma eleição até o fim.";
    duty_only_played(b: NodeId, u: Term, y: Micros): "In your run {b} won term {u} at {y}; by the rules there is no further election up to the end.",
        "Na sua execução, {b} venceu o term {u} em {y}; pelas regras não há outra eleição até o fim.";
    duty_leaderless(played: Micros, rules: Micros): "Nobody led for {played} in all; by the rules it is {rules}.",
        "Ninguém liderou por {played} no total; pelas regras são {rules}.";
}

/// Less than this more without a leader is not worth a word.
const SOME_TIME: Micros = Micros::from_millis(20);

impl Lang {
    /// What S3 knows, each with its name.
    pub(super) fn duty_knowledge(self, moment: &DutyMoment, has_logs: bool) -> Vec<(&'static str, String)> {
        let (text, node) = (self.duty_text(), &moment.node);
        let voted = match node.voted_for() {
            None => text.nobody.to_owned(),
            Some(PLAYED) => text.itself.to_owned(),
            Some(other) => other.to_string(),
        };
        let leader =
            |leader: Option<NodeId>| leader.map_or_else(|| text.unknown.to_owned(), |leader| leader.to_string());
        let timer = match moment.timer {
            None => text.no_timer.to_owned(),
            Some(at) if at <= moment.at => text.expired.to_owned(),
            Some(at) => self.duty_timer(&self.millis(Micros::from_millis((at - moment.at).as_millis()))),
        };
        let mut rows = vec![
            (text.role, self.role(node.role()).to_owned()),
            (text.term, node.term().to_string()),
            (text.voted, voted),
        ];
        rows.push(match node.role() {
            Role::Follower => (text.leader, leader(node.leader())),
            _ => (
                text.votes,
                self.duty_votes(node.votes(), node.votes().len(), node.quorum()),
            ),
        });
        rows.push((text.timer, timer));
        if has_logs {
            rows.push((text.log, self.log_end(node.hard_state().last_log)));
        }
        rows
    }

    /// What S3 did by itself since the decision before.
    pub(super) fn duty_meanwhile(self, notes: DutyNotes) -> String {
        let voted = notes.voted.map(|(to, term)| self.duty_voted(to, term));
        let stood = notes.stood.map(|term| self.duty_voted_self(term));
        let won = notes.won.map(|term| self.duty_won(term));
        let followed = notes.leader.map(|leader| self.duty_followed(notes.heartbeats, leader));
        let rounds = (notes.rounds > 0).then(|| self.duty_rounds(notes.rounds));
        let some = |servers: NodeSet| (!servers.is_empty()).then_some(servers);
        let refused = some(notes.refused).map(|by| self.duty_refused(by));
        let late = some(notes.late).map(|from| self.duty_late(from));
        let restarted = notes.restarted.then(|| self.duty_text().restarted.to_owned());
        let told = [voted, stood, refused, won, late, followed, rounds, restarted];
        told.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// What comes.
    pub(super) fn duty_event(self, moment: &DutyMoment, has_logs: bool) -> String {
        let text = self.duty_text();
        let DutyTrigger::Message { id, message } = moment.trigger else {
            let is_again = moment.node.role() == Role::Candidate;
            return if is_again { text.expires_again } else { text.expires }.to_owned();
        };
        let (from, term) = (id.from, message.term());
        match message {
            Message::RequestVote { last_log, .. } if has_logs => self.duty_ask_log(from, term, &self.log_end(last_log)),
            Message::RequestVote { .. } => self.duty_ask(from, term),
            Message::RequestVoteReply { vote_granted: true, .. } => self.duty_vote(from, term),
            Message::RequestVoteReply { .. } => self.duty_no_vote(from, term),
            Message::AppendEntriesReply { success: false, .. } => self.duty_no_success(from, term),
            Message::AppendEntriesReply { .. } => self.duty_success(from, term),
            _ => self.duty_heartbeat(from, term),
        }
    }

    /// What may be done.
    pub(super) fn duty_option(self, choice: DutyChoice, moment: &DutyMoment) -> String {
        let (text, node) = (self.duty_text(), &moment.node);
        let (from, term, is_heartbeat) = match moment.trigger {
            DutyTrigger::Message { id, message } => (
                id.from,
                message.term(),
                matches!(message, Message::AppendEntries { .. }),
            ),
            DutyTrigger::Timeout => (PLAYED, node.term(), false),
        };
        let leads = node.role() == Role::Leader;
        match choice {
            DutyChoice::Grant if term > node.term() && node.role() != Role::Follower => text.grant_after,
            DutyChoice::Grant => text.grant,
            DutyChoice::Refuse if !is_heartbeat => text.refuse_vote,
            DutyChoice::Refuse if node.role() == Role::Follower => text.refuse_heartbeat,
            DutyChoice::Refuse if leads => text.refuse_and_lead,
            DutyChoice::Refuse => text.refuse_and_stand,
            DutyChoice::Ignore => text.ignore,
            DutyChoice::Follow => return self.duty_follow(from),
            DutyChoice::StepDown if is_heartbeat => return self.duty_step_down_for(from),
            DutyChoice::StepDown => text.step_down,
            DutyChoice::GoOn if leads => text.stay_leader,
            DutyChoice::GoOn => text.stay_candidate,
            DutyChoice::Count => text.count,
            DutyChoice::Lead => text.lead,
            DutyChoice::Run => return self.duty_run_in(node.term().next()),
            DutyChoice::RunAgain => return self.duty_run_in(node.term()),
            DutyChoice::Wait => text.wait,
        }
        .to_owned()
    }

    /// Why the rules do what they do.
    pub(super) fn duty_reason(self, moment: &DutyMoment) -> String {
        let (text, was) = (self.duty_text(), moment.node.role());
        let sender = match moment.trigger {
            DutyTrigger::Message { id, .. } => id.from,
            DutyTrigger::Timeout => PLAYED,
        };
        match moment.reason {
            DutyReason::VoteIsFree {
                candidate,
                term,
                own,
                again,
            } => match (again, term > own) {
                (true, _) => self.duty_free_again(candidate, term),
                (_, false) => self.duty_free(candidate, term),
                (_, true) if was == Role::Follower => self.duty_free_newer(candidate, term, own),
                (_, true) => format!(
                    "{} {}",
                    { text.old_steps_down },
                    self.duty_free_newer(candidate, term, own)
                ),
            },
            DutyReason::HasVoted { to: PLAYED, term } => self.duty_has_voted_self(term),
            DutyReason::HasVoted { to, term } => self.duty_has_voted(to, term),
            DutyReason::LogBehind {
                candidate,
                mine,
                theirs,
                newer,
            } => {
                let behind = self.duty_behind(candidate, &self.log_end(mine), &self.log_end(theirs));
                let terms = (theirs.last_index > mine.last_index).then(|| text.terms_first.to_owned());
                let takes = newer.map(|term| self.duty_takes_term(term));
                [Some(behind), terms, takes]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" ")
            }
            DutyReason::TermIsOld { own, theirs } => self.duty_old(theirs, own, sender),
            DutyReason::HasLeader { leader, term, own, was } => match (was, term > own) {
                (Role::Follower, true) => self.duty_leads_newer(leader, term, own),
                (Role::Follower, false) => self.duty_leads(leader, term),
                (_, true) => format!(
                    "{} {}",
                    { text.old_steps_down },
                    self.duty_leads_newer(leader, term, own)
                ),
                (_, false) => self.duty_lost_to(leader, term),
            },
            DutyReason::TermIsNewer { own, theirs, .. } => self.duty_newer(theirs, own),
            DutyReason::TooFewVotes { votes, quorum } => self.duty_too_few(votes, quorum),
            DutyReason::Majority { votes, term, .. } => self.duty_majority(votes, term),
            DutyReason::VoteIsOld { own, theirs } => self.duty_old_vote(theirs, own),
            DutyReason::VoteIsCounted { voter } => self.duty_counted(voter),
            DutyReason::TimerExpired {
                term,
                was: Role::Follower,
                ..
            } => {
                format!("{} {}", { text.expired_because }, self.duty_expired(term))
            }
            DutyReason::TimerExpired { term, .. } => self.duty_expired_again(term),
        }
    }

    /// What is to be said of a wrong decision besides.
    pub(super) fn duty_slip(self, choice: DutyChoice, moment: &DutyMoment) -> Option<String> {
        let (text, node) = (self.duty_text(), &moment.node);
        Some(match (choice, moment.trigger) {
            (DutyChoice::Ignore, DutyTrigger::Message { id, .. }) => self.duty_lost(id.from),
            (DutyChoice::Wait, _) => text.waiting_is_safe.to_owned(),
            (DutyChoice::RunAgain, _) => self.duty_same_term(node.term()),
            (DutyChoice::GoOn, DutyTrigger::Message { message, .. }) => self.duty_two_leaders(message.term()),
            (DutyChoice::Lead, _) => self.duty_others_are_enough(node.quorum()),
            (DutyChoice::Count, _) if moment.right == DutyChoice::Lead => text.nothing_to_wait_for.to_owned(),
            _ => return None,
        })
    }

    /// How many were right.
    pub(super) fn duty_result(self, outcome: &DutyOutcome, all: usize) -> String {
        let score = self.duty_score(outcome.right_at_once, all);
        match outcome.let_stand {
            0 => score,
            count => format!("{score} {}", self.duty_stood(count)),
        }
    }

    /// What came of it, besides what was broken.
    pub(super) fn duty_consequences(self, outcome: &DutyOutcome) -> Vec<String> {
        let text = self.duty_text();
        if outcome.let_stand == 0 {
            return vec![text.all_by_rules.to_owned()];
        }
        if outcome.is_nothing() {
            return vec![text.broke_nothing.to_owned()];
        }
        let [rules, played] = outcome.leaderless;
        let is_longer = outcome.damage.is_empty() && played > rules + SOME_TIME;
        let longer = is_longer.then(|| self.duty_leaderless(played, rules));
        let safe = outcome.damage.is_empty().then(|| text.safe.to_owned());
        let parting = outcome.parting.and_then(|parting| self.duty_parting(parting));
        [safe, parting, longer].into_iter().flatten().collect()
    }

    fn duty_parting(self, parting: DutyParting) -> Option<String> {
        Some(match (parting.by_rules, parting.played) {
            (Some(a), Some(b)) => self.duty_both(a.server, a.term, a.at, b.server, b.term, b.at),
            (Some(a), None) => self.duty_only_rules(a.server, a.term, a.at),
            (None, Some(b)) => self.duty_only_played(b.server, b.term, b.at),
            (None, None) => return None,
        })
    }
}
