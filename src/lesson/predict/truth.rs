//! Whether what is marked as right happens, what is marked as wrong does not, and what is said to be wrong about it is so: over
//! random runs, by predicates that are written apart from the questions, over the plain list of all that happened.
//!
//! `cargo test` judges a thousand runs; `SEEDS=2000 cargo test --lib every_marked_answer` judges twice as many.

use super::{
    Guess, LossAnswer, NoVote, PredictedOutcome, Prediction, PredictionKind, QuizMistake, QuizTopic, TimerRestart,
    Unaskable, VoteAnswer,
    moments::{kinds, next_moment},
};
use crate::{
    raft::{Decision, DeniedVote, LogPosition, Message, NodeId, NodeSet, Term, Timer},
    sim::{Action, Config, Event, EventId, EventKind, History, Micros, Process, ServerAction},
    splitmix::{GOLDEN_GAMMA, mix},
};

// --- Random runs ---

struct RunDice(u64);

impl RunDice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(GOLDEN_GAMMA);
        usize::try_from(mix(self.0) >> 33).unwrap_or(0) % sides
    }

    fn action(&mut self, history: &History) -> Action {
        let size = history.world().servers().len();
        let one = NodeId::new(self.roll(size));
        let leader = history.world().leader().unwrap_or(one);
        let log = LogPosition {
            last_term: Term(0),
            last_index: u32::try_from(self.roll(3)).unwrap_or(0),
        };
        let group: NodeSet = NodeId::all(size).filter(|_| self.roll(2) == 0).collect();
        match self.roll(14) {
            0..=3 => Action::kill(leader),
            4 | 5 => Action::isolate(leader),
            6 => Action::start(one),
            7 => Action::kill(one),
            8 => Action::pause(one),
            9 => Action::set_log(one, log),
            10 => Action::partition(group),
            11 => Action::heal_all(),
            12 => Action::align_timers(),
            _ => Action::force_timeout(one),
        }
    }
}

/// A run to an instant, after what a reader may have done.
fn run(seed: u64) -> History {
    let mut dice = RunDice(seed);
    let sizes = [3, 4, 5, 5, 5, 7];
    let config = Config::paper(sizes[dice.roll(sizes.len())]);
    let mut history = History::new(config, seed, &[]).expect("a valid configuration");
    for _ in 0..dice.roll(4) {
        let wait = Micros::from_millis(dice.roll(400) as u64);
        history.seek(history.now() + wait);
        // What can't be done then is not done.
        let _ = history.act(dice.action(&history));
    }
    history.seek(history.now() + Micros::from_millis(dice.roll(400) as u64));
    history
}

// --- What happened ---

/// All that happened in the run, and the instant of the question in it.
struct ToldRun {
    events: Vec<Event>,
    asked: EventId,
    question: Prediction,
    /// The run at that instant.
    then: History,
    /// The event of the sending of the message that was asked about.
    sent: Option<EventId>,
}

impl ToldRun {
    /// Lets it happen, and a second more.
    fn of(then: &History, question: Prediction) -> Self {
        let mut after = then.clone();
        let asked = after.world().next_event();
        if let Some(given) = question.given {
            after.act(given).expect("what is given can be done");
        }
        after.seek(question.settled_at + Micros::from_secs(1));
        let sent = match question.kind {
            PredictionKind::Vote(id) | PredictionKind::Loss(id) => then.world().message(id).map(|flight| flight.sent),
            _ => None,
        };
        Self {
            events: after.happened().copied().collect(),
            asked,
            question,
            then: then.clone(),
            sent,
        }
    }

    fn since(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(|event| event.id >= self.asked)
    }

    fn decisions(&self) -> impl Iterator<Item = (&Event, NodeId, Decision)> {
        self.events.iter().filter_map(|event| match event.kind {
            EventKind::Decided(decision) => Some((event, event.server?, decision)),
            _ => None,
        })
    }

    fn first_timeout(&self) -> &Event {
        self.since()
            .find(|event| event.kind == EventKind::TimerFired(Timer::Election))
            .expect("a timeout")
    }

    fn victories(&self) -> impl Iterator<Item = (&Event, NodeId)> {
        let all = self.decisions();
        all.filter(|(_, _, decision)| matches!(decision, Decision::ElectionWon { .. }))
            .map(|(event, server, _)| (event, server))
    }

    fn next_victory(&self) -> (&Event, NodeId) {
        self.victories()
            .find(|(event, _)| event.id >= self.asked)
            .expect("a victory")
    }

    /// The arrival of the request that was asked about.
    fn arrival(&self) -> &Event {
        let arrives = |event: &&Event| event.cause == self.sent && matches!(event.kind, EventKind::Delivered { .. });
        self.since().find(arrives).expect("the request arrives")
    }

    /// The first decision about a vote after that.
    fn judgement(&self) -> Result<(), DeniedVote> {
        let arrival = self.arrival();
        let later = self
            .decisions()
            .filter(|(event, server, _)| event.id > arrival.id && Some(*server) == arrival.server);
        for (_, _, decision) in later {
            match decision {
                Decision::VoteGranted { .. } => return Ok(()),
                Decision::VoteDenied { why, .. } => return Err(why),
                _ => {}
            }
        }
        panic!("nothing was decided");
    }

    /// Who gave this candidate a vote of this term before an event, itself included.
    fn votes(&self, candidate: NodeId, term: Term) -> NodeSet {
        let votes = self.decisions().filter_map(|(_, server, decision)| {
            let to = match decision {
                Decision::VoteGranted { to, term: of, .. } if of == term => to,
                Decision::ElectionStarted { term: of } if of == term => server,
                _ => return None,
            };
            (to == candidate).then_some(server)
        });
        votes.collect()
    }

    /// Whom a server voted for in which terms, and in which events.
    fn votes_of(&self, voter: NodeId) -> Vec<(EventId, NodeId, Term)> {
        let votes = self.decisions().filter(|(_, server, _)| *server == voter);
        let votes = votes.filter_map(|(event, server, decision)| match decision {
            Decision::VoteGranted { to, term, .. } => Some((event.id, to, term)),
            Decision::ElectionStarted { term } => Some((event.id, server, term)),
            _ => None,
        });
        votes.collect()
    }

    fn stood(&self, server: NodeId, term: Term) -> bool {
        self.decisions()
            .any(|(_, who, decision)| who == server && decision == Decision::ElectionStarted { term })
    }

    /// Whether it stands between the question and its settlement.
    fn stands_meanwhile(&self, server: NodeId) -> bool {
        self.decisions().any(|(event, who, decision)| {
            let meanwhile = event.id >= self.asked && event.id < self.question.settled_by;
            meanwhile && who == server && matches!(decision, Decision::ElectionStarted { .. })
        })
    }

    fn won(&self, server: NodeId, term: Term) -> bool {
        self.victories().any(|(event, who)| who == server && event.term == term)
    }

    fn process(&self, server: NodeId) -> Process {
        self.then.world().server(server).process()
    }

    fn log(&self, server: NodeId) -> LogPosition {
        self.then.world().server(server).disk().last_log
    }

    fn size(&self) -> usize {
        self.then.world().servers().len()
    }

    /// Whom it has links to in both directions and who runs, itself included.
    fn reach(&self, server: NodeId) -> NodeSet {
        let links = self.then.world().config().links;
        let linked = |other: &NodeId| {
            let both = links.is_up(server, *other) && links.is_up(*other, server);
            *other == server || both && self.process(*other) == Process::Running
        };
        NodeId::all(self.size()).filter(linked).collect()
    }

    fn fires_at(&self, server: NodeId) -> Option<Micros> {
        let timer = self.then.world().server(server).timer(Timer::Election);
        timer.map(|timer| timer.fires_at)
    }

    /// The election that the lost message is about.
    fn election(&self) -> Option<(NodeId, Term)> {
        let sent = self.events.iter().find(|event| Some(event.id) == self.sent)?;
        match sent.kind {
            EventKind::Sent {
                message: Message::RequestVote { term, .. },
                ..
            } => Some((sent.server?, term)),
            EventKind::Sent {
                to,
                message: Message::RequestVoteReply { term, .. },
                ..
            } => Some((to, term)),
            _ => None,
        }
    }

    /// Who is to hear the lost heartbeat, and who sent it.
    fn heartbeat(&self) -> (NodeId, NodeId) {
        let sent = self.events.iter().find(|event| Some(event.id) == self.sent);
        let sent = sent.expect("the message was sent");
        let EventKind::Sent { to, .. } = sent.kind else {
            panic!("a sending")
        };
        (to, sent.server.expect("a sender"))
    }

    /// Whether its next heartbeat comes before its next timeout.
    fn hears_in_time(&self, follower: NodeId) -> bool {
        let next = self.since().find(|event| {
            let hears = matches!(event.kind, EventKind::Decided(Decision::HeartbeatAccepted { .. }));
            event.server == Some(follower) && (hears || event.kind == EventKind::TimerFired(Timer::Election))
        });
        matches!(next.expect("one of them").kind, EventKind::Decided(_))
    }
}

// --- Whether an answer is what happens ---

fn happens(told: &ToldRun, answer: Guess) -> bool {
    match (told.question.kind, answer) {
        (PredictionKind::NextTimeout, Guess::Server(server)) => told.first_timeout().server == Some(server),
        (PredictionKind::Vote(_), Guess::Vote(answer)) => match told.judgement() {
            Ok(()) => answer == VoteAnswer::Grants,
            Err(DeniedVote::StaleTerm) => answer == VoteAnswer::TermIsStale,
            Err(DeniedVote::AlreadyVotedFor(_)) => answer == VoteAnswer::HasVoted,
            Err(DeniedVote::LogBehind { .. }) => answer == VoteAnswer::LogBehind,
            Err(DeniedVote::HasLeader(_) | DeniedVote::LowerPriority) => panic!("not by the paper's rules"),
        },
        (PredictionKind::VoteCount(candidate), Guess::Votes(votes)) => {
            let term = told.then.world().server(candidate).node().term();
            told.votes(candidate, term).len() == votes
        }
        (PredictionKind::NextLeader, Guess::Server(server)) => told.next_victory().1 == server,
        (PredictionKind::NextTerm, Guess::Term(term)) => told.next_victory().0.term == term,
        (PredictionKind::Loss(_), Guess::Loss(answer)) => loss_happens(told, answer),
        _ => panic!("no answer to this question"),
    }
}

fn loss_happens(told: &ToldRun, answer: LossAnswer) -> bool {
    if let Some((candidate, term)) = told.election() {
        let winner = told
            .victories()
            .find(|(event, _)| event.term == term)
            .map(|(_, server)| server);
        return match answer {
            LossAnswer::StillWins => winner == Some(candidate),
            LossAnswer::NobodyWins => winner.is_none(),
            LossAnswer::OtherWins => winner.is_some() && winner != Some(candidate),
            _ => panic!("an answer about a heartbeat"),
        };
    }
    let (follower, leader) = told.heartbeat();
    match answer {
        LossAnswer::StillFollows => told.hears_in_time(follower),
        LossAnswer::StandsForElection => !told.hears_in_time(follower),
        LossAnswer::LeaderStepsDown => told.decisions().any(|(event, server, decision)| {
            let before = event.id >= told.asked && event.id <= told.question.settled_by;
            before && server == leader && matches!(decision, Decision::SteppedDown(_))
        }),
        _ => panic!("an answer about an election"),
    }
}

// --- Whether what is said to be wrong about an answer is so ---

fn is_so(told: &ToldRun, mistake: &QuizMistake) -> bool {
    match *mistake {
        QuizMistake::Down { server } => told.process(server) == Process::Down,
        QuizMistake::Paused { server } => told.process(server) == Process::Paused,
        QuizMistake::NoElectionTimer { leader } => told.fires_at(leader).is_none(),
        QuizMistake::NotTheShortestTimer {
            server,
            fires_at,
            first,
            first_at,
        } => {
            let event = told.first_timeout();
            (event.server, event.at) == (Some(first), first_at)
                && told.fires_at(server) == Some(fires_at)
                && fires_at > first_at
        }
        QuizMistake::TimerRestarts {
            server,
            fires_at,
            at,
            by,
        } => {
            let sets = told.since().any(|event| {
                let sets = matches!(
                    event.kind,
                    EventKind::TimerSet {
                        timer: Timer::Election,
                        ..
                    }
                );
                sets && event.server == Some(server) && event.at == at
            });
            sets && at < fires_at && told.fires_at(server) == Some(fires_at) && restarts(told, server, at, by)
        }
        QuizMistake::WinsFirst { server, term } => {
            told.won(server, term) && told.first_timeout().server != Some(server)
        }
        QuizMistake::HasVoted {
            voter,
            to,
            term,
            meanwhile,
        } => {
            let (asked, arrival) = (told.asked, told.arrival().id);
            let given = |(at, who, of): &(EventId, NodeId, Term)| (*who, *of) == (to, term) && *at < arrival;
            let vote = told.votes_of(voter).into_iter().find(given);
            vote.is_some_and(|(at, _, _)| (at >= asked) == meanwhile)
        }
        QuizMistake::VoteIsFree { voter, term, earlier } => {
            let arrival = told.arrival().id;
            let votes: Vec<_> = told
                .votes_of(voter)
                .into_iter()
                .filter(|(at, _, _)| *at < arrival)
                .collect();
            let candidate = told.sent.and_then(|_| told.election()).map(|(candidate, _)| candidate);
            let is_free = votes.iter().all(|(_, to, of)| *of != term || Some(*to) == candidate);
            is_free && earlier.is_none_or(|(to, of)| of < term && votes.iter().any(|vote| (vote.1, vote.2) == (to, of)))
        }
        QuizMistake::TermIsStale { voter, term, own } => own > term && terms(told, voter) == (term, own),
        QuizMistake::TermIsNotStale { voter, term, own } => own <= term && terms(told, voter) == (term, own),
        QuizMistake::LogBehind { voter, mine, theirs } => logs(told, voter) == (mine, theirs) && theirs < mine,
        QuizMistake::LogNotBehind { voter, mine, theirs } => logs(told, voter) == (mine, theirs) && theirs >= mine,
        QuizMistake::TooManyVotes { candidate, ref without } => {
            let term = told.then.world().server(candidate).node().term();
            let voters = told.votes(candidate, term);
            let others: Vec<NodeId> = NodeId::all(told.size()).filter(|id| !voters.contains(*id)).collect();
            without.iter().map(|(id, _)| *id).eq(others)
                && without
                    .iter()
                    .all(|(id, why)| votes_not(told, *id, *why, (candidate, term)))
        }
        QuizMistake::OwnVoteForgotten { candidate } | QuizMistake::TooFewVotes { candidate, .. } => {
            let term = told.then.world().server(candidate).node().term();
            let voters = told.votes(candidate, term);
            let said = if let QuizMistake::TooFewVotes { voters, .. } = *mistake {
                voters
            } else {
                voters
            };
            voters.contains(candidate) && voters == said
        }
        QuizMistake::StoppedAtMajority {
            candidate,
            quorum,
            voters,
        } => {
            let term = told.then.world().server(candidate).node().term();
            quorum == told.size() / 2 + 1 && told.votes(candidate, term) == voters && voters.len() > quorum
        }
        _ => is_so_of_leaders(told, mistake),
    }
}

fn is_so_of_leaders(told: &ToldRun, mistake: &QuizMistake) -> bool {
    let needed = told.size() / 2 + 1;
    match *mistake {
        QuizMistake::ReachesTooFew { server, reach, quorum } => {
            reach == told.reach(server).len() && quorum == needed && reach < quorum
        }
        QuizMistake::LogBehindTooMany { server, ahead } => {
            let reach = told.reach(server);
            let is_ahead = |other: NodeId| told.log(other) > told.log(server);
            let is_right = reach.iter().all(|other| ahead.contains(other) == is_ahead(other));
            is_right && reach.len() - ahead.len() < needed
        }
        QuizMistake::TermIsOver { server, term, newest } => {
            let node = |id: NodeId| told.then.world().server(id).node().term();
            node(server) == term && NodeId::all(told.size()).map(node).max() == Some(newest) && newest > term
        }
        QuizMistake::Loses { server, term } => told.stood(server, term) && !told.won(server, term),
        QuizMistake::StillStands {
            server,
            term,
            winner,
            won,
        } => {
            let (event, who) = told.next_victory();
            (who, event.term) == (winner, won) && won != term && told.stood(server, term)
        }
        QuizMistake::NeverStands { server, winner, term } => {
            let (event, who) = told.next_victory();
            (who, event.term) == (winner, term) && !told.stands_meanwhile(server)
        }
        QuizMistake::TermHadLeader { term, leader } => told.won(leader, term),
        QuizMistake::NobodyWinsTerm { term, candidates } => {
            let nobody = !told
                .victories()
                .any(|(event, _)| event.term == term && event.id <= told.question.settled_by);
            nobody && !candidates.is_empty() && candidates.iter().all(|server| told.stood(server, term))
        }
        QuizMistake::NeedsNewTerm { term } => {
            let stands = told.decisions().any(|(event, _, decision)| {
                let meanwhile = event.id >= told.asked && event.id <= told.question.settled_by;
                meanwhile && decision == Decision::ElectionStarted { term }
            });
            !stands
        }
        QuizMistake::WonEarlier { winner, term } => {
            let (event, who) = told.next_victory();
            (who, event.term) == (winner, term)
        }
        QuizMistake::StillEnoughVotes {
            candidate,
            votes,
            quorum,
        } => votes >= quorum && quorum == needed && counts(told, candidate) == votes,
        QuizMistake::TooFewWithout {
            candidate,
            votes,
            quorum,
        } => votes < quorum && quorum == needed && counts(told, candidate) == votes,
        QuizMistake::NobodyElseWins { candidate, term } => {
            told.election() == Some((candidate, term)) && !loss_happens(told, LossAnswer::OtherWins)
        }
        QuizMistake::NextHeartbeatInTime {
            server,
            arrives_at,
            fires_at,
        } => told.fires_at(server) == Some(fires_at) && arrives_at < fires_at && told.hears_in_time(server),
        QuizMistake::TimerRunsOut { server, fires_at } => {
            told.fires_at(server) == Some(fires_at) && !told.hears_in_time(server)
        }
        QuizMistake::LeaderDoesNotKnow { leader } => told.heartbeat().1 == leader,
        _ => panic!("judged elsewhere"),
    }
}

fn restarts(told: &ToldRun, server: NodeId, at: Micros, by: TimerRestart) -> bool {
    told.decisions().any(|(event, who, decision)| {
        let fits = match by {
            TimerRestart::Heartbeat(leader) => {
                matches!(decision, Decision::HeartbeatAccepted { from, .. } if from == leader)
            }
            TimerRestart::Vote(candidate) => matches!(decision, Decision::VoteGranted { to, .. } if to == candidate),
        };
        fits && who == server && event.at == at
    })
}

/// The term of the request that arrives, and of the server where it arrives.
fn terms(told: &ToldRun, voter: NodeId) -> (Term, Term) {
    let arrival = told.arrival();
    assert_eq!(arrival.server, Some(voter));
    let EventKind::Delivered { message, .. } = arrival.kind else {
        panic!("an arrival")
    };
    (message.term(), arrival.term)
}

/// Where the logs of the voter and of the candidate end.
fn logs(told: &ToldRun, voter: NodeId) -> (LogPosition, LogPosition) {
    let EventKind::Delivered { message, .. } = told.arrival().kind else {
        panic!("an arrival")
    };
    let Message::RequestVote { last_log, .. } = message else {
        panic!("a request")
    };
    (told.log(voter), last_log)
}

fn votes_not(told: &ToldRun, voter: NodeId, why: NoVote, (candidate, term): (NodeId, Term)) -> bool {
    match why {
        NoVote::Down => told.process(voter) == Process::Down,
        NoVote::Paused => told.process(voter) == Process::Paused,
        NoVote::VotedFor(other) => told.votes_of(voter).iter().any(|vote| (vote.1, vote.2) == (other, term)),
        NoVote::LogAhead => told.log(voter) > told.log(candidate),
        NoVote::NewerTerm(own) => own > term && told.events.iter().any(|event| {
            event.server == Some(voter) && event.term == own
        }),
        NoVote::NotReached => !told.events.iter().any(|event| {
            let asks = matches!(event.kind, EventKind::Delivered { from, message: Message::RequestVote { term: of, .. } }
                if (from, of) == (candidate, term));
            asks && event.server == Some(voter)
        }),
    }
}

/// The votes that a candidate has counted when the question is settled.
fn counts(told: &ToldRun, candidate: NodeId) -> usize {
    let Some((_, term)) = told.election() else { return 0 };
    let counted = told.decisions().filter(|(event, server, decision)| {
        let counts = matches!(decision, Decision::VoteReceived { .. });
        counts && *server == candidate && event.term == term && event.id <= told.question.settled_by
    });
    1 + counted.count()
}

fn outcome_is_so(told: &ToldRun) -> bool {
    let settled = told.events.iter().find(|event| event.id == told.question.settled_by);
    let settled = settled.expect("it has happened");
    assert_eq!(settled.at, told.question.settled_at);
    match told.question.outcome {
        PredictedOutcome::TimesOut { server } => {
            settled.kind == EventKind::TimerFired(Timer::Election) && settled.server == Some(server)
        }
        PredictedOutcome::Grants { voter, term, .. } => {
            settled.server == Some(voter) && told.judgement() == Ok(()) && terms(told, voter).0 == term
        }
        PredictedOutcome::Refuses { voter, why, .. } => settled.server == Some(voter) && told.judgement() == Err(why),
        PredictedOutcome::Votes {
            candidate,
            voters,
            quorum,
            ..
        } => {
            let term = told.then.world().server(candidate).node().term();
            voters == told.votes(candidate, term) && quorum == told.size() / 2 + 1
        }
        PredictedOutcome::Wins { server, term } => {
            let (event, who) = told.next_victory();
            (event.id, who, event.term) == (settled.id, server, term)
        }
        PredictedOutcome::VotesWithout {
            candidate, term, votes, ..
        } => told.election() == Some((candidate, term)) && votes == counts(told, candidate),
        PredictedOutcome::NextHeartbeat { server, arrives_at, .. } => {
            (settled.server, settled.at) == (Some(server), arrives_at) && told.hears_in_time(server)
        }
    }
}

// --- The tests ---

/// How often something was asked, by topic; and the mistakes that were named.
#[derive(Default)]
struct Judged {
    asked: [usize; QuizTopic::ALL.len()],
    answers: Vec<(QuizTopic, Guess)>,
    mistakes: Vec<String>,
}

fn judge(then: &History, question: Prediction, tally: &mut Judged) {
    let topic = question.kind.topic();
    let told = ToldRun::of(then, question);
    let right: Vec<_> = told
        .question
        .answers
        .iter()
        .filter(|(_, mistake)| mistake.is_none())
        .collect();
    assert_eq!(right.len(), 1, "{:?}", told.question);
    assert!(outcome_is_so(&told), "{:?}", told.question);
    for (answer, mistake) in &told.question.answers {
        assert_eq!(
            happens(&told, *answer),
            mistake.is_none(),
            "{answer:?} of {:?}",
            told.question
        );
        if let Some(mistake) = mistake {
            assert!(is_so(&told, mistake), "{mistake:?} of {:?}", told.question);
            let name = format!("{mistake:?}");
            let name = name.split(' ').next().unwrap_or_default().to_owned();
            if !tally.mistakes.contains(&name) {
                tally.mistakes.push(name);
            }
        }
    }
    let place = QuizTopic::ALL
        .iter()
        .position(|other| *other == topic)
        .expect("a topic");
    tally.asked[place] += 1;
    if let Some(right) = told
        .question
        .right()
        .filter(|right| !tally.answers.contains(&(topic, *right)))
    {
        tally.answers.push((topic, right));
    }
}

fn seeds() -> u64 {
    let wanted = std::env::var("SEEDS").ok().and_then(|number| number.parse().ok());
    wanted.unwrap_or(1000)
}

#[test]
fn every_marked_answer_is_what_happens_and_the_others_are_not() {
    let mut tally = Judged::default();
    for seed in 0..seeds() {
        let mut history = run(seed);
        for _ in 0..6 {
            let all: Vec<_> = kinds(history.world()).collect();
            for kind in all {
                if let Ok(question) = Prediction::ask(history.world(), kind, None) {
                    judge(&history, question, &mut tally);
                }
            }
            if !history.step() {
                break;
            }
        }
    }
    println!("{:?}\n{:?}\n{:?}", tally.asked, tally.answers, tally.mistakes);
    assert!(
        tally.asked.iter().all(|times| *times > 0),
        "never asked: {:?}",
        tally.asked
    );
    assert!(tally.mistakes.len() > 15, "{:?}", tally.mistakes);
}

#[test]
fn a_good_moment_is_one_at_which_its_question_is_asked() {
    let mut topics: Vec<QuizTopic> = Vec::new();
    for seed in 0..seeds() / 4 {
        let mut history = run(seed);
        let lately: Vec<_> = topics.iter().rev().take(3).copied().collect();
        let within = Micros::from_secs(1);
        let Some(moment) = next_moment(history.world(), None, &lately, within) else {
            continue;
        };
        history.seek(moment.world.now());
        assert_eq!(*history.world(), moment.world, "nothing was done on the way");
        let again = Prediction::ask(history.world(), moment.question.kind, None);
        assert_eq!(again.as_ref(), Ok(&moment.question));
        topics.push(moment.question.kind.topic());
        judge(&history, moment.question, &mut Judged::default());
    }
    for topic in QuizTopic::ALL {
        assert!(topics.contains(&topic), "{topic:?} is never asked: {topics:?}");
    }
}

#[test]
fn while_a_leader_leads_there_is_nothing_worth_asking() {
    let mut history = History::new(Config::paper(5), 6, &[]).expect("a valid configuration");
    history.seek(Micros::from_secs(1));
    assert_eq!(next_moment(history.world(), None, &[], Micros::from_secs(1)), None);
    history
        .act(Action::Server(NodeId::new(1), ServerAction::Kill))
        .expect("S2 leads");
    assert!(next_moment(history.world(), None, &[], Micros::from_secs(1)).is_some());
}

#[test]
fn nothing_is_asked_that_a_script_settles() {
    let history = History::new(Config::paper(5), 6, &[]).expect("a valid configuration");
    let question = Prediction::ask(history.world(), PredictionKind::NextTimeout, None).expect("S2 is the first by far");
    let ask = |planned| Prediction::ask(history.world(), PredictionKind::NextTimeout, Some(planned));
    assert_eq!(ask(question.settled_at), Err(Unaskable::Planned));
    assert_eq!(ask(question.settled_at + Micros(1)), Ok(question));
}

#[test]
fn timers_that_run_out_together_are_not_asked_about() {
    let mut history = History::new(Config::paper(5), 6, &[]).expect("a valid configuration");
    history.act(Action::align_timers()).expect("all wait");
    let asked = Prediction::ask(history.world(), PredictionKind::NextTimeout, None);
    assert_eq!(asked, Err(Unaskable::TooClose));
}

#[test]
fn other_rules_and_networks_that_lose_are_not_asked_about() {
    let ask = |config| {
        let history = History::new(config, 6, &[]).expect("a valid configuration");
        Prediction::ask(history.world(), PredictionKind::NextTimeout, None).err()
    };
    let mut config = Config::paper(5);
    assert_eq!(ask(config), None);
    config.network.loss_permille = 1;
    assert_eq!(ask(config), Some(Unaskable::UnreliableNetwork));
    config = Config::paper(5);
    config.rules.pre_vote = true;
    assert_eq!(ask(config), Some(Unaskable::OtherRules));
}
