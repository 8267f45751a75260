//! The words of predictions: what is asked, what may be answered, what happens, and what was wrong.

use crate::{
    lesson::predict::{
        Guess, LossAnswer, NoVote, PredictedOutcome, Prediction, PredictionKind, QuizMistake, TimerRestart, VoteAnswer,
    },
    raft::{DeniedVote, Message, NodeId, NodeSet, Term},
    sim::{MessageId, Micros},
    ui::text::{Lang, catalogue},
};

catalogue! {
    /// The words around a question.
    QuizText, quiz_text;

    heading: "Predict, then run", "Preveja, depois execute";
    intro: "The page stops at a good moment of this run, asks what happens next, and then plays it.",
        "A página para em um bom momento desta execução, pergunta o que vem a seguir e depois mostra.";
    quiz_me: "Quiz me", "Pergunte-me";
    next: "Next question", "Próxima pergunta";
    nothing: "Nothing comes next that is worth a question. Do something to the cluster, and ask again.",
        "Nada do que vem a seguir vale uma pergunta. Faça algo com o cluster e peça de novo.";
    over: "The run has gone on or changed, so that question is over.",
        "A execução avançou ou mudou, então aquela pergunta acabou.";
    answers: "Answers", "Respostas";
    press_server: "Press a server on the ring, or choose here.", "Pressione um servidor no anel, ou escolha aqui.";
    now_watch: "Now watch what happens.", "Agora veja o que acontece.";
    right: "Right.", "Certo.";
    wrong: "Not so.", "Não é assim.";
    ask_timeout: "Whose election timer expires next?", "Qual é o próximo election timer a se esgotar?";
    ask_leader: "Which server becomes leader next?", "Qual servidor será o próximo leader?";
    ask_term: "Which term is the next to be won?", "Qual é o próximo term a ser vencido?";
    grants: "It grants its vote.", "Concede o voto.";
    has_voted: "It refuses: it voted for another server in this term.", "Recusa: votou em outro servidor neste term.";
    is_stale: "It refuses: the request is of an older term.", "Recusa: o pedido é de um term mais antigo.";
    is_behind: "It refuses: the candidate's log is behind its own.", "Recusa: o log do candidate está atrás do seu.";
    loss_none: "Nothing: the next heartbeat is in time.", "Nada: o próximo heartbeat chega a tempo.";
    was_down: "it was down", "estava fora do ar";
    was_paused: "it was paused", "estava pausado";
    not_reached: "the request did not reach it", "o pedido não chegou até ele";
    log_ahead: "its log is ahead", "seu log está à frente";

    crash_and_ask(leader: NodeId): "Crash {leader} and ask", "Derrubar {leader} e perguntar";
    quiz_score(right: usize, answered: usize): "{right} of {answered} right", "{right} de {answered} {answered:certa|certas}";
    ask_vote(candidate: NodeId, voter: NodeId, term: Term): "{candidate} asks {voter} for its vote in term {term}. What does {voter} do?",
        "{candidate} pede o voto de {voter} no term {term}. O que {voter} faz?";
    ask_votes(candidate: NodeId): "How many servers vote for {candidate} in this election, {candidate} included?",
        "Quantos servidores votam em {candidate} nesta eleição, contando {candidate}?";
    ask_loss_of_request(from: NodeId, to: NodeId): "{from} asks {to} for its vote. What if this request is lost?",
        "{from} pede o voto de {to}. E se este pedido se perder?";
    ask_loss_of_vote(from: NodeId, to: NodeId): "{from} has voted for {to}. What if this vote is lost?",
        "{from} votou em {to}. E se este voto se perder?";
    ask_loss_of_heartbeat(from: NodeId, to: NodeId): "{from} sends {to} a heartbeat. What if it is lost?",
        "{from} envia um heartbeat a {to}. E se ele se perder?";
    votes_answer(votes: usize): "{votes}", "{votes}";
    term_answer(term: Term): "term {term}", "term {term}";
    still_wins(candidate: NodeId, term: Term): "{candidate} wins term {term} all the same.", "{candidate} vence o term {term} mesmo assim.";
    nobody_wins(term: Term): "Nobody wins term {term}.", "Ninguém vence o term {term}.";
    other_wins(term: Term): "Another server wins term {term}.", "Outro servidor vence o term {term}.";
    will_stand(server: NodeId): "{server} stands for election.", "{server} se candidata.";
    will_step_down(leader: NodeId): "{leader} steps down.", "{leader} renuncia.";

    times_out(server: NodeId): "{server}'s election timer was the next to expire.", "O próximo election timer a se esgotar foi o de {server}.";
    granted(voter: NodeId, candidate: NodeId, term: Term): "{voter} voted for {candidate} in term {term}.",
        "{voter} votou em {candidate} no term {term}.";
    refused_voted(voter: NodeId, candidate: NodeId, other: NodeId): "{voter} refused {candidate}: its vote of this term is {other}'s.",
        "{voter} recusou {candidate}: seu voto neste term é de {other}.";
    refused_itself(voter: NodeId, candidate: NodeId): "{voter} refused {candidate}: it stands itself and voted for itself.",
        "{voter} recusou {candidate}: ele próprio se candidatou e votou em si.";
    refused_stale(voter: NodeId, candidate: NodeId): "{voter} refused {candidate}, whose request is of an older term.",
        "{voter} recusou {candidate}, cujo pedido é de um term mais antigo.";
    refused_behind(voter: NodeId, candidate: NodeId): "{voter} refused {candidate}, whose log is behind.",
        "{voter} recusou {candidate}, cujo log está atrás.";
    got_votes(candidate: NodeId, votes: usize, voters: NodeSet, quorum: usize): "{candidate} got {votes} {votes:vote|votes}, from {voters}. It needed {quorum}.",
        "{candidate} teve {votes} {votes:voto|votos}, de {voters}. Precisava de {quorum}.";
    won_next(server: NodeId, term: Term): "{server} won term {term}.", "{server} venceu o term {term}.";
    counted_without(candidate: NodeId, votes: usize, quorum: usize): "Without the lost message {candidate} counted {votes} of the {quorum} votes that it needs.",
        "Sem a mensagem perdida, {candidate} contou {votes} dos {quorum} votos de que precisa.";
    next_in_time(server: NodeId, arrives: Micros, fires: Micros): "{server} got the next heartbeat at {arrives}, before its timer would have expired at {fires}.",
        "{server} recebeu o próximo heartbeat em {arrives}, antes que seu timer se esgotasse em {fires}.";

    down_there(server: NodeId): "{server} is down: it has no timer and cannot stand.", "{server} está fora do ar: não tem timer e não pode se candidatar.";
    paused_there(server: NodeId): "{server} is paused: nothing happens there.", "{server} está pausado: nada acontece nele.";
    leader_waits_for_nothing(leader: NodeId): "{leader} leads: a leader has no election timer.", "{leader} lidera: um leader não tem election timer.";
    later_timer(server: NodeId, fires: Micros, first: NodeId, first_at: Micros): "{server}'s timer runs until {fires}, {first}'s only until {first_at}.",
        "O timer de {server} vai até {fires}, o de {first} só até {first_at}.";
    restarted_by_heartbeat(server: NodeId, at: Micros, leader: NodeId): "A heartbeat from {leader} restarted {server}'s timer at {at}.",
        "Um heartbeat de {leader} reiniciou o timer de {server} em {at}.";
    restarted_by_vote(server: NodeId, at: Micros, candidate: NodeId): "{server} voted for {candidate} at {at}, and that restarted its timer.",
        "{server} votou em {candidate} em {at}, e isso reiniciou seu timer.";
    wins_first(server: NodeId, term: Term): "{server} won term {term} first, and a leader has no election timer.",
        "{server} venceu antes o term {term}, e um leader não tem election timer.";
    had_voted(voter: NodeId, to: NodeId, term: Term): "{voter} gave its vote of term {term} to {to}, and there is one vote per term.",
        "{voter} deu a {to} seu voto no term {term}, e há um voto por term.";
    had_voted_for_itself(voter: NodeId, term: Term): "{voter} voted for itself in term {term}, and there is one vote per term.",
        "{voter} votou em si mesmo no term {term}, e há um voto por term.";
    had_voted_for_itself_meanwhile(voter: NodeId, term: Term): "While the request was on its way, {voter} voted for itself in term {term}.",
        "Enquanto o pedido estava a caminho, {voter} votou em si mesmo no term {term}.";
    had_voted_meanwhile(voter: NodeId, to: NodeId, term: Term): "While the request was on its way, {voter} gave its vote of term {term} to {to}.",
        "Enquanto o pedido estava a caminho, {voter} deu a {to} seu voto no term {term}.";
    vote_is_free(voter: NodeId, term: Term): "{voter} had voted for nobody else in term {term}.", "{voter} não tinha votado em mais ninguém no term {term}.";
    vote_is_old(voter: NodeId, to: NodeId, earlier: Term, term: Term): "{voter}'s vote for {to} was in term {earlier}. In term {term} it had a new one.",
        "O voto de {voter} em {to} foi no term {earlier}. No term {term} tinha um novo.";
    term_is_stale(voter: NodeId, own: Term, term: Term): "{voter} is in term {own} already, and the request is of term {term}.",
        "{voter} já está no term {own}, e o pedido é do term {term}.";
    term_is_not_stale(voter: NodeId, own: Term, term: Term): "The request is of term {term}, and {voter} was in term {own}: not a newer one.",
        "O pedido é do term {term}, e {voter} estava no term {own}, que não é mais novo.";
    log_behind(voter: NodeId, mine: &str, theirs: &str): "{voter}'s log {mine}, the candidate's {theirs}: it is behind.",
        "O log de {voter} {mine}, o do candidate {theirs}: está atrás.";
    log_not_behind(voter: NodeId, mine: &str, theirs: &str): "{voter}'s log {mine}, the candidate's {theirs}: it is not behind.",
        "O log de {voter} {mine}, o do candidate {theirs}: não está atrás.";
    no_vote_from(reasons: &str): "No vote came from {reasons}.", "Não votaram: {reasons}.";
    because(server: NodeId, why: &str): "{server} ({why})", "{server} ({why})";
    own_vote(candidate: NodeId): "A candidate votes for itself: {candidate}'s own vote counts.", "Um candidate vota em si: o voto do próprio {candidate} conta.";
    beyond_majority(quorum: usize): "{quorum} is enough to win, but the others answer as well.", "{quorum} bastam para vencer, mas os outros também respondem.";
    too_few(voters: NodeSet): "{voters:This server votes|These vote} for it: {voters}.", "{voters:Este vota|Estes votam} nele: {voters}.";
    reaches_too_few(server: NodeId, reach: usize, quorum: usize): "{server} reaches {reach} {reach:server|servers}, itself included, and needs {quorum} votes.",
        "{server} alcança {reach} {reach:servidor|servidores}, contando a si, e precisa de {quorum} votos.";
    too_many_ahead(server: NodeId, ahead: NodeSet): "{server} cannot win: the {ahead:log|logs} of {ahead} {ahead:is|are} ahead of its own.",
        "{server} não pode vencer: {ahead:o log|os logs} de {ahead} {ahead:está|estão} à frente do seu.";
    term_is_over(server: NodeId, term: Term, newest: Term): "{server} stands in term {term}, but term {newest} has begun.",
        "{server} se candidata no term {term}, mas o term {newest} já começou.";
    lost_election(server: NodeId, term: Term): "{server} stood in term {term} and did not win.", "{server} se candidatou no term {term} e não venceu.";
    still_stood(server: NodeId, term: Term, winner: NodeId, won: Term): "{server} stood in term {term}, and {winner} won term {won} before that was over.",
        "{server} se candidatou no term {term}, e {winner} venceu o term {won} antes que isso terminasse.";
    never_stood(server: NodeId, winner: NodeId, term: Term): "{server} did not stand: {winner} won term {term} before its timer expired.",
        "{server} não se candidatou: {winner} venceu o term {term} antes que seu timer se esgotasse.";
    had_leader(term: Term, leader: NodeId): "Term {term} has had its leader, {leader}. A term has at most one.",
        "O term {term} já teve seu leader, {leader}. Um term tem no máximo um.";
    term_unwon(term: Term, candidates: NodeSet): "In term {term} {candidates} stood, and nobody got enough votes.",
        "No term {term}, {candidates} {candidates:se candidatou|se candidataram}, e ninguém teve votos suficientes.";
    needs_new_term(term: Term): "Nobody stood in term {term} any more: each election takes a new term.",
        "Ninguém mais se candidatou no term {term}: cada eleição usa um novo term.";
    won_earlier(winner: NodeId, term: Term): "Terms are won in their order, and {winner} won term {term} before that one.", "Os terms são vencidos em ordem, e {winner} venceu o term {term} antes desse.";
    enough_left(candidate: NodeId, votes: usize): "{candidate} counted {votes} votes without it, and that is enough.",
        "{candidate} contou {votes} votos sem ela, e isso basta.";
    not_enough_left(candidate: NodeId, votes: usize, quorum: usize): "{candidate} counted {votes} of {quorum} votes, and asks once per election.",
        "{candidate} contou {votes} de {quorum} votos, e pede uma só vez por eleição.";
    nobody_else(candidate: NodeId, term: Term): "No server but {candidate} could win term {term}.", "Nenhum servidor além de {candidate} podia vencer o term {term}.";
    timer_ran_out(server: NodeId, fires: Micros): "{server}'s timer expired at {fires}, before the next heartbeat.",
        "O timer de {server} se esgotou em {fires}, antes do próximo heartbeat.";
    leader_unaware(leader: NodeId): "{leader} does not know that a heartbeat was lost. A leader steps down when it hears of a newer term.",
        "{leader} não sabe que um heartbeat se perdeu. Um leader renuncia quando ouve de um term mais novo.";
    gave_vote_to(other: NodeId): "it voted for {other}", "votou em {other}";
    in_newer_term(term: Term): "it was in term {term}", "estava no term {term}";
}

/// The candidate and the term that a lost message of an election is about.
fn election(id: MessageId, message: Message) -> (NodeId, Term) {
    let candidate = if matches!(message, Message::RequestVote { .. }) {
        id.from
    } else {
        id.to
    };
    (candidate, message.term())
}

impl Lang {
    /// What is asked.
    #[must_use]
    pub fn question_text(self, prediction: &Prediction, message: Option<Message>) -> String {
        let text = self.quiz_text();
        match (prediction.kind, message) {
            (PredictionKind::NextTimeout, _) => text.ask_timeout.to_owned(),
            (PredictionKind::NextLeader, _) => text.ask_leader.to_owned(),
            (PredictionKind::NextTerm, _) => text.ask_term.to_owned(),
            (PredictionKind::VoteCount(candidate), _) => self.ask_votes(candidate),
            (PredictionKind::Vote(id), Some(message)) => self.ask_vote(id.from, id.to, message.term()),
            (PredictionKind::Loss(id), Some(Message::RequestVote { .. })) => self.ask_loss_of_request(id.from, id.to),
            (PredictionKind::Loss(id), Some(Message::RequestVoteReply { .. })) => self.ask_loss_of_vote(id.from, id.to),
            (PredictionKind::Loss(id), _) => self.ask_loss_of_heartbeat(id.from, id.to),
            // A message that is asked about is under way.
            (PredictionKind::Vote(_), None) => String::new(),
        }
    }

    /// What may be answered.
    #[must_use]
    pub fn answer_text(self, answer: Guess, prediction: &Prediction, message: Option<Message>) -> String {
        match answer {
            Guess::Server(server) => server.to_string(),
            Guess::Votes(votes) => self.votes_answer(votes),
            Guess::Term(term) => self.term_answer(term),
            Guess::Vote(answer) => self.vote_answer(answer).to_owned(),
            Guess::Loss(answer) => match (prediction.kind, message) {
                (PredictionKind::Loss(id), Some(message)) => self.loss_answer(answer, id, message),
                _ => String::new(),
            },
        }
    }

    fn vote_answer(self, answer: VoteAnswer) -> &'static str {
        let text = self.quiz_text();
        match answer {
            VoteAnswer::Grants => text.grants,
            VoteAnswer::HasVoted => text.has_voted,
            VoteAnswer::TermIsStale => text.is_stale,
            VoteAnswer::LogBehind => text.is_behind,
        }
    }

    fn loss_answer(self, answer: LossAnswer, id: MessageId, message: Message) -> String {
        let (candidate, term) = election(id, message);
        match answer {
            LossAnswer::StillWins => self.still_wins(candidate, term),
            LossAnswer::NobodyWins => self.nobody_wins(term),
            LossAnswer::OtherWins => self.other_wins(term),
            LossAnswer::StillFollows => self.quiz_text().loss_none.to_owned(),
            LossAnswer::StandsForElection => self.will_stand(id.to),
            LossAnswer::LeaderStepsDown => self.will_step_down(id.from),
        }
    }

    /// What happened.
    #[must_use]
    pub fn outcome_text(self, outcome: &PredictedOutcome) -> String {
        match *outcome {
            PredictedOutcome::TimesOut { server } => self.times_out(server),
            PredictedOutcome::Grants { voter, candidate, term } => self.granted(voter, candidate, term),
            PredictedOutcome::Refuses { voter, candidate, why } => match why {
                DeniedVote::AlreadyVotedFor(other) if other == voter => self.refused_itself(voter, candidate),
                DeniedVote::AlreadyVotedFor(other) => self.refused_voted(voter, candidate, other),
                DeniedVote::LogBehind { .. } => self.refused_behind(voter, candidate),
                DeniedVote::StaleTerm | DeniedVote::HasLeader(_) | DeniedVote::LowerPriority => {
                    self.refused_stale(voter, candidate)
                }
            },
            PredictedOutcome::Votes {
                candidate,
                voters,
                quorum,
                ..
            } => self.got_votes(candidate, voters.len(), voters, quorum),
            PredictedOutcome::Wins { server, term } => self.won_next(server, term),
            PredictedOutcome::VotesWithout {
                candidate,
                votes,
                quorum,
                ..
            } => self.counted_without(candidate, votes, quorum),
            PredictedOutcome::NextHeartbeat {
                server,
                arrives_at,
                fires_at,
            } => self.next_in_time(server, arrives_at, fires_at),
        }
    }

    /// What was wrong about an answer.
    #[must_use]
    pub fn mistake_text(self, mistake: &QuizMistake) -> String {
        match *mistake {
            QuizMistake::Down { server } => self.down_there(server),
            QuizMistake::Paused { server } => self.paused_there(server),
            QuizMistake::NoElectionTimer { leader } => self.leader_waits_for_nothing(leader),
            QuizMistake::NotTheShortestTimer {
                server,
                fires_at,
                first,
                first_at,
            } => self.later_timer(server, fires_at, first, first_at),
            QuizMistake::TimerRestarts { server, at, by, .. } => match by {
                TimerRestart::Heartbeat(leader) => self.restarted_by_heartbeat(server, at, leader),
                TimerRestart::Vote(candidate) => self.restarted_by_vote(server, at, candidate),
            },
            QuizMistake::WinsFirst { server, term } => self.wins_first(server, term),
            QuizMistake::TooManyVotes { ref without, .. } => self.no_votes_text(without),
            QuizMistake::OwnVoteForgotten { candidate } => self.own_vote(candidate),
            QuizMistake::StoppedAtMajority { quorum, .. } => self.beyond_majority(quorum),
            QuizMistake::TooFewVotes { voters, .. } => self.too_few(voters),
            QuizMistake::StillEnoughVotes { candidate, votes, .. } => self.enough_left(candidate, votes),
            QuizMistake::TooFewWithout {
                candidate,
                votes,
                quorum,
            } => self.not_enough_left(candidate, votes, quorum),
            QuizMistake::NobodyElseWins { candidate, term } => self.nobody_else(candidate, term),
            QuizMistake::NextHeartbeatInTime {
                server,
                arrives_at,
                fires_at,
            } => self.next_in_time(server, arrives_at, fires_at),
            QuizMistake::TimerRunsOut { server, fires_at } => self.timer_ran_out(server, fires_at),
            QuizMistake::LeaderDoesNotKnow { leader } => self.leader_unaware(leader),
            _ => self.mistake_about_votes(mistake).unwrap_or_default(),
        }
    }

    /// The same of who may vote, and who may win.
    fn mistake_about_votes(self, mistake: &QuizMistake) -> Option<String> {
        Some(match *mistake {
            QuizMistake::HasVoted {
                voter,
                to,
                term,
                meanwhile,
            } => match (voter == to, meanwhile) {
                (true, false) => self.had_voted_for_itself(voter, term),
                (true, true) => self.had_voted_for_itself_meanwhile(voter, term),
                (false, false) => self.had_voted(voter, to, term),
                (false, true) => self.had_voted_meanwhile(voter, to, term),
            },
            QuizMistake::VoteIsFree {
                voter,
                term,
                earlier: None,
            } => self.vote_is_free(voter, term),
            QuizMistake::VoteIsFree {
                voter,
                term,
                earlier: Some((to, earlier)),
            } => self.vote_is_old(voter, to, earlier, term),
            QuizMistake::TermIsStale { voter, term, own } => self.term_is_stale(voter, own, term),
            QuizMistake::TermIsNotStale { voter, term, own } => self.term_is_not_stale(voter, own, term),
            QuizMistake::LogBehind { voter, mine, theirs } => {
                self.log_behind(voter, &self.log_end(mine), &self.log_end(theirs))
            }
            QuizMistake::LogNotBehind { voter, mine, theirs } => {
                self.log_not_behind(voter, &self.log_end(mine), &self.log_end(theirs))
            }
            QuizMistake::ReachesTooFew { server, reach, quorum } => self.reaches_too_few(server, reach, quorum),
            QuizMistake::LogBehindTooMany { server, ahead } => self.too_many_ahead(server, ahead),
            QuizMistake::TermIsOver { server, term, newest } => self.term_is_over(server, term, newest),
            QuizMistake::Loses { server, term } => self.lost_election(server, term),
            QuizMistake::StillStands {
                server,
                term,
                winner,
                won,
            } => self.still_stood(server, term, winner, won),
            QuizMistake::NeverStands { server, winner, term } => self.never_stood(server, winner, term),
            QuizMistake::TermHadLeader { term, leader } => self.had_leader(term, leader),
            QuizMistake::NobodyWinsTerm { term, candidates } => self.term_unwon(term, candidates),
            QuizMistake::NeedsNewTerm { term } => self.needs_new_term(term),
            QuizMistake::WonEarlier { winner, term } => self.won_earlier(winner, term),
            _ => return None,
        })
    }

    fn no_votes_text(self, without: &[(NodeId, NoVote)]) -> String {
        let text = self.quiz_text();
        let reasons = without.iter().map(|(server, why)| {
            let why = match *why {
                NoVote::Down => text.was_down.to_owned(),
                NoVote::Paused => text.was_paused.to_owned(),
                NoVote::NotReached => text.not_reached.to_owned(),
                NoVote::LogAhead => text.log_ahead.to_owned(),
                NoVote::VotedFor(other) => self.gave_vote_to(other),
                NoVote::NewerTerm(term) => self.in_newer_term(term),
            };
            self.because(*server, &why)
        });
        self.no_vote_from(&reasons.collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_not_told_to_have_voted_for_itself_as_for_another() {
        let (s1, s2) = (NodeId::new(0), NodeId::new(1));
        let said = |to, meanwhile, lang: Lang| {
            let mistake = QuizMistake::HasVoted {
                voter: s1,
                to,
                term: Term(2),
                meanwhile,
            };
            lang.mistake_about_votes(&mistake).unwrap_or_default()
        };
        for lang in Lang::ALL {
            for meanwhile in [false, true] {
                assert_eq!(said(s1, meanwhile, lang).matches("S1").count(), 1);
                assert_eq!(said(s2, meanwhile, lang).matches("S2").count(), 1);
            }
        }
    }
}
