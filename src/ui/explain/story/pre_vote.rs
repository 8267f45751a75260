//! The question who would vote (thesis §9.6), as a card: it becomes the card of the election if enough would.

use super::{
    Answer, Campaign, CardKind, End, Ending, PreVote, Story, Thread, Told, deeds::DeedsInWords, trigger::trigger,
};
use crate::{
    raft::{NodeId, NodeSet, SteppedDown, Term},
    sim::{Event, History},
    ui::text::{Lang, catalogue},
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
            None => told.say_now(self.would_count(server, round.counted().count(), asked.quorum)),
        }
        told
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
