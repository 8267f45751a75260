//! The question who would vote (thesis §9.6), as a card: it becomes the card of the election if enough would.

use super::{
    Answer, Campaign, CardKind, End, Ending, LostRound, PreVote, Story, Thread, Told, deeds::DeedsInWords,
    trigger::trigger,
};
use crate::{
    raft::{Message, NodeId, NodeSet, SteppedDown, Term},
    sim::{Event, History, Process},
    ui::{
        run::view::{ClusterView, ServerView},
        text::{Lang, catalogue},
    },
};

catalogue! {
    /// What the card of a question who would vote says.
    PreVoteText, pre_vote_text;

    pre_vote_title(server: NodeId): "{server} asks who would vote for it", "{server} pergunta quem votaria nele";
    pre_vote_was(server: NodeId): "{server} asked who would vote for it", "{server} perguntou quem votaria nele";
    pre_vote_rounds(rounds: u32): "{rounds} {rounds:round|rounds}", "{rounds} {rounds:rodada|rodadas}";
    asks_before(server: NodeId, term: Term):
        "Before {server} starts term {term}, it asks who would vote for it (pre-vote). Meanwhile no term changes, so no leader has to step down.",
        "Antes de iniciar o term {term}, {server} pergunta quem votaria nele (pre-vote). Enquanto isso, nenhum term muda, e nenhum leader precisa renunciar.";
    asked_each_time(server: NodeId, rounds: u32):
        "Not enough would, and {server} asked again each time its timer expired. Round {rounds}:",
        "Não bastavam, e {server} perguntou de novo a cada vez que seu timer se esgotou. Rodada {rounds}:";
    would_vote(voters: NodeSet, server: NodeId): "{voters} would vote for {server}.",
        "{voters} {voters:votaria|votariam} em {server}.";
    would_count(server: NodeId, votes: usize, quorum: usize):
        "{server} has {votes} of the {quorum} pre-votes that it needs, its own included.",
        "{server} tem {votes} dos {quorum} pre-votes de que precisa, contando o seu.";
    /// While a round goes on that is lost.
    round_is_lost(server: NodeId, quorum: usize, why: &str): "{server} can't get the {quorum} pre-votes that it needs: {why}.",
        "{server} não pode obter os {quorum} pre-votes de que precisa: {why}.";
    these_refused(refused: NodeSet): "{refused} refused", "{refused} {refused:recusou|recusaram}";
    refused_and_silent(refused: NodeSet, silent: NodeSet): "{refused} refused, and no answer can come from {silent}",
        "{refused} {refused:recusou|recusaram}, e nenhuma resposta pode vir de {silent}";
    few_answer: "too few servers can answer it", "faltam servidores que possam lhe responder";
    stood_then(server: NodeId): "Enough would, and {server} stood for election.",
        "Bastavam, e {server} se candidatou.";
    follows_again(server: NodeId, leader: NodeId): "{server} stopped asking: it heard from {leader}, which leads this term.",
        "{server} parou de perguntar: ouviu {leader}, que lidera este term.";
    /// What stands beside a tally.
    pre_vote_tally(votes: usize, quorum: usize): "{votes} {votes:pre-vote|pre-votes}, needs {quorum}",
        "{votes} {votes:pre-vote|pre-votes}, precisa de {quorum}";
    stopped_by_term(server: NodeId, term: Term): "{server} stopped asking: it learned of term {term}.",
        "{server} parou de perguntar: soube do term {term}.";
}

impl Story {
    /// A server asks who would vote for it: for the first time, or once more after a round in which not enough would.
    pub(super) fn asks(&mut self, history: &History, event: &Event, server: NodeId, term: Term, before: Thread) {
        let trigger = trigger(history.trace(), event);
        let round = Campaign::new(server, event, trigger);
        if let Some(number) = before.asks[server.index()]
            && let Some(CardKind::PreVote(asked)) = self.edit(number, event)
        {
            asked.rounds += 1;
            asked.term = term;
            asked.round = round;
            return;
        }
        let leadership = before.cluster.leadership();
        let asked = PreVote {
            term,
            size: leadership.size,
            quorum: leadership.quorum,
            rounds: 1,
            trigger,
            began: event.at,
            round,
            lost: None,
        };
        let number = self.open(event, CardKind::PreVote(asked), before);
        if let Some(thread) = &mut self.thread {
            thread.asks[server.index()] = Some(number);
        }
    }

    /// A server asks no longer. If it stands for election, the number of the card that is free to tell of that.
    pub(super) fn question_ends(&mut self, server: NodeId, event: &Event, how: End) -> Option<usize> {
        let number = self.thread.as_mut()?.asks[server.index()].take()?;
        let CardKind::PreVote(asked) = self.edit(number, event)? else {
            return None;
        };
        asked.round.ends(event, how);
        (how == End::Won && asked.rounds == 1).then_some(number)
    }
}

/// Why the round of a server that asks who would vote for it can't bring enough any more, if it can't. Who is paused may have a
/// request or answers in its inbox.
pub(super) fn lost_round(view: &ClusterView, round: &Campaign) -> Option<LostRound> {
    let server = view
        .servers
        .get(round.candidate.index())
        .filter(|server| server.runs())?;
    let quorum = usize::from(server.quorum);
    let refused = round
        .ballots
        .iter()
        .filter(|ballot| matches!(ballot.answer, Answer::Refused(_)));
    let refused: NodeSet = refused.map(|ballot| ballot.voter).collect();
    let may_answer = |other: &ServerView| other.process == Process::Paused || is_answering(view, server.id, other);
    let mut able = view
        .those(|other| other.id != server.id && may_answer(other))
        .without(refused);
    able.extend(server.votes);
    if able.len() >= quorum {
        return None;
    }
    let silent = view.those(|_| true).without(able).without(refused);
    let is_enough = |kept_out: NodeSet| view.servers.len() - kept_out.len() < quorum;
    Some(if is_enough(refused) {
        LostRound::Refused(refused)
    } else if is_enough(silent) {
        LostRound::FewAnswer
    } else {
        LostRound::RefusedAndSilent { refused, silent }
    })
}

/// Whether a request for a pre-vote is on its way to a server that runs, or its promise is on its way back.
fn is_answering(view: &ClusterView, asking: NodeId, other: &ServerView) -> bool {
    let mut flights = view.flights.iter().filter(|flight| flight.lost.is_none());
    flights.any(|flight| match flight.message {
        Message::PreVote { .. } => (flight.from(), flight.to()) == (asking, other.id) && other.runs(),
        Message::PreVoteReply { vote_granted, .. } => {
            (flight.from(), flight.to()) == (other.id, asking) && vote_granted
        }
        _ => false,
    })
}

impl Lang {
    pub(super) fn tell_pre_vote(self, asked: &PreVote, deeds: DeedsInWords) -> Told {
        let round = &asked.round;
        let server = round.candidate;
        let mut told = Told {
            title: if asked.is_open() {
                self.pre_vote_title(server)
            } else {
                self.pre_vote_was(server)
            },
            ..Told::default()
        };
        if asked.rounds > 1 {
            told.status = self.pre_vote_rounds(asked.rounds);
        } else if asked.is_open() {
            self.story_text().running.clone_into(&mut told.status);
        }
        let began = self.tell_trigger(server, asked.trigger, asked.began, NodeSet::only(server), deeds);
        told.say(asked.began, began + " " + &self.asks_before(server, asked.term));
        if asked.rounds > 1 {
            told.say(round.at, self.asked_each_time(server, asked.rounds));
        }
        let would: NodeSet = round.who(Answer::Counted).collect();
        if let Some((since, at)) = Self::span_of(round, |ballot| ballot.answer == Answer::Counted) {
            told.say_of(since, at, self.would_vote(would, server));
        }
        self.tell_refusals(round, &mut told);
        match round.end {
            Some(end) => told.say(end.at, self.tell_end_of_question(asked, end)),
            None => told.say_now(match asked.lost {
                Some(lost) => self.round_is_lost(server, asked.quorum, &self.lost_round(lost)),
                None => self.would_count(server, round.counted().count(), asked.quorum),
            }),
        }
        told
    }

    fn lost_round(self, lost: LostRound) -> String {
        match lost {
            LostRound::Refused(refused) => self.these_refused(refused),
            LostRound::RefusedAndSilent { refused, silent } => self.refused_and_silent(refused, silent),
            LostRound::FewAnswer => self.pre_vote_text().few_answer.to_owned(),
        }
    }

    fn tell_end_of_question(self, asked: &PreVote, end: Ending) -> String {
        let server = asked.round.candidate;
        match end.how {
            End::Won if asked.round.counted().count() < asked.quorum => self.stood(server),
            End::Won => self.stood_then(server),
            End::SteppedDown(SteppedDown::LeaderOfTerm(leader), _) => self.follows_again(server, leader),
            End::SteppedDown(_, term) => self.stopped_by_term(server, term),
            End::StoodAgain | End::TimedOut | End::Crashed => self.candidate_crashed(server),
        }
    }
}
