//! When is there something worth asking?

use super::{Guess, LossAnswer, Prediction, PredictionKind, QuizMistake, QuizTopic, VoteAnswer, timeout};
use crate::{
    raft::{Message, Role},
    sim::{Leadership, Micros, Process, World},
};

/// A moment at which something is worth asking: the question, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuizMoment {
    /// What to ask when it has come.
    pub question: Prediction,
    /// The world then.
    pub world: World,
}

/// What might be asked about a world, the more telling first.
pub(super) fn kinds(world: &World) -> impl Iterator<Item = PredictionKind> {
    let requests = world
        .in_flight()
        .filter(|flight| matches!(flight.message, Message::RequestVote { .. }));
    let votes = requests.map(|flight| PredictionKind::Vote(flight.id));
    let losses = world.in_flight().filter(|flight| {
        matches!(
            flight.message,
            Message::RequestVote { .. }
                | Message::RequestVoteReply { vote_granted: true, .. }
                | Message::AppendEntries { .. }
        )
    });
    let losses = losses.map(|flight| PredictionKind::Loss(flight.id));
    let candidates = world
        .servers()
        .filter(|(_, server)| server.process() == Process::Running && server.node().role() == Role::Candidate);
    let counts = candidates.map(|(id, _)| PredictionKind::VoteCount(id));
    let whole = [
        PredictionKind::NextLeader,
        PredictionKind::NextTimeout,
        PredictionKind::NextTerm,
    ];
    votes.chain(losses).chain(counts).chain(whole)
}

/// The first moment within so long at which something is worth asking, if nobody does anything until then: an election is near or
/// running. Topics that were asked lately, the latest first, are left alone, as many of them as leave something to ask.
#[must_use]
pub fn next_moment(world: &World, planned: Option<Micros>, lately: &[QuizTopic], within: Micros) -> Option<QuizMoment> {
    (0..=lately.len())
        .rev()
        .find_map(|spared| first_moment(world, planned, &lately[..spared], within))
}

fn first_moment(world: &World, planned: Option<Micros>, spared: &[QuizTopic], within: Micros) -> Option<QuizMoment> {
    let mut ahead = world.clone();
    let limit = world.now() + within;
    loop {
        if let Some(question) = worth_asking(&ahead, planned, spared) {
            return Some(QuizMoment { question, world: ahead });
        }
        let next = ahead.next_instant().filter(|next| *next <= limit)?;
        if planned.is_some_and(|planned| planned <= next) {
            return None;
        }
        ahead.run_until(next, &mut ());
    }
}

/// What is worth asking about a world at once.
fn worth_asking(world: &World, planned: Option<Micros>, spared: &[QuizTopic]) -> Option<Prediction> {
    if !is_election_near(world) {
        return None;
    }
    let fresh = kinds(world).filter(|kind| !spared.contains(&kind.topic()));
    let mut questions = fresh.filter_map(|kind| Prediction::ask(world, kind, planned).ok());
    questions.find(is_good)
}

/// Whether an election is near or running: nobody leads whom a majority can follow, and there is somebody to wait for.
#[must_use]
pub fn is_election_near(world: &World) -> bool {
    Leadership::of(world).leaders().is_empty() && timeout::waiting(world) > 1
}

/// Whether it is worth asking when it can be asked.
pub(super) fn is_good(question: &Prediction) -> bool {
    /// Less is over before anybody has looked.
    const SOON: Micros = Micros::from_millis(2);
    let choices = question.answers.len() > 1;
    let dull = match question.kind.topic() {
        // That the first request of a term is granted is asked when nothing better comes.
        QuizTopic::Vote => question.right() == Some(Guess::Vote(VoteAnswer::Grants)) && question.answers.len() < 4,
        QuizTopic::Loss => question.right() == Some(Guess::Loss(LossAnswer::StillFollows)),
        // The shortest timer is there for all to see: worth asking is where another thing decides.
        QuizTopic::NextTimeout => !question.answers.iter().any(|(_, mistake)| {
            matches!(
                mistake,
                Some(QuizMistake::TimerRestarts { .. } | QuizMistake::WinsFirst { .. })
            )
        }),
        QuizTopic::VoteCount | QuizTopic::NextLeader | QuizTopic::NextTerm => false,
    };
    choices && !dull && question.settled_at.since(question.at) >= SOON
}
