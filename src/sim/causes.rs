//! Why something happened: the chain of causes, and what else a decision rested on.

use super::{Action, Effect, Event, EventId, EventKind, LostWhere, MessageAction, Trace};
use crate::raft::{Decision, DeniedHeartbeat, DeniedVote, IgnoredReply, Message, NodeId, Term, Timer};

/// One event on the way from what is asked about back to where it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CausalStep {
    /// The event.
    pub event: Event,
    /// Earlier events that the decision rested on besides its cause, the oldest first: the vote that had been given, the votes
    /// that were counted, the cut that a message ran into.
    pub evidence: Vec<Event>,
}

impl CausalStep {
    /// An event with what its decision rested on, as far as that is in memory.
    #[must_use]
    pub fn of(trace: &Trace, event: &Event) -> Self {
        Self {
            event: *event,
            evidence: evidence(trace, event),
        }
    }
}

/// The chain of causes of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// From the event back to a timer's start, an action or a start.
    pub steps: Vec<CausalStep>,
    /// Whether the chain goes on with events that are no longer in memory.
    pub cut_off: bool,
}

/// Events that are looked through for a piece of evidence. What lies further back is not found.
const SOUGHT: usize = 100_000;
/// Steps of a chain at most. A chain ends at the start of a timer, nearly always long before.
const LONGEST: usize = 200;

impl Chain {
    /// The chain of an event. Empty if the event is not in memory.
    #[must_use]
    pub fn of(trace: &Trace, event: EventId) -> Self {
        let mut chain = Self::default();
        let mut next = Some(event);
        while let Some(id) = next.filter(|_| chain.steps.len() < LONGEST) {
            let Some(&event) = trace.get(id) else {
                chain.cut_off = !chain.steps.is_empty();
                break;
            };
            let evidence = evidence(trace, &event);
            next = match evidence.first() {
                // Heartbeats come all the time; that its sender's term is over is what matters, and so how that was learned.
                Some(arrival) if is_outdated(&event) => Some(arrival.id),
                _ => event.cause.filter(|cause| !ends(trace, &event, *cause)),
            };
            chain.steps.push(CausalStep { event, evidence });
        }
        chain
    }

    /// All events of it, evidence included.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.steps
            .iter()
            .flat_map(|step| std::iter::once(&step.event).chain(&step.evidence))
    }
}

/// Whether a chain ends here: a timer's start explains its firing; why it was started is another question, but for a timer that
/// an action set.
fn ends(trace: &Trace, event: &Event, cause: EventId) -> bool {
    matches!(event.kind, EventKind::TimerSet { .. }) && !is_action(trace, cause)
}

/// Whether a heartbeat was refused because its sender's term is over.
const fn is_outdated(event: &Event) -> bool {
    matches!(
        event.kind,
        EventKind::Decided(Decision::HeartbeatDenied {
            why: DeniedHeartbeat::StaleTerm,
            ..
        })
    )
}

fn is_action(trace: &Trace, event: EventId) -> bool {
    let event = trace.get(event);
    event.is_some_and(|event| matches!(event.kind, EventKind::Action(_)))
}

/// Earlier events that a decision rested on besides its cause.
fn evidence(trace: &Trace, event: &Event) -> Vec<Event> {
    let Some(server) = event.server else { return Vec::new() };
    let past = Past { trace, event, server };
    let one = |found: Option<&Event>| found.copied().into_iter().collect();
    match event.kind {
        EventKind::Decided(Decision::ElectionWon { .. }) => past.votes(),
        EventKind::Decided(Decision::VoteGranted { to, term, .. }) => past.vote_before(to, term),
        EventKind::Decided(decision) => one(past.of_decision(decision)),
        EventKind::Lost { from, place, .. } => one(past.of_loss(from, place)),
        // A timer that an action forced to expire would have expired whatever was heard.
        EventKind::TimerFired(Timer::Election) if event.cause.is_some_and(|cause| is_action(trace, cause)) => {
            Vec::new()
        }
        EventKind::TimerFired(Timer::Election) => past.silence(),
        EventKind::Held { .. } => one(past.action(|action| action == Action::pause(server))),
        _ => Vec::new(),
    }
}

/// What happened before an event.
struct Past<'a> {
    trace: &'a Trace,
    event: &'a Event,
    server: NodeId,
}

impl<'a> Past<'a> {
    fn events(&self) -> impl Iterator<Item = &'a Event> {
        self.trace.range(self.trace.first(), self.event.id).rev().take(SOUGHT)
    }

    /// The last decision of the same server that is wanted.
    fn decision(&self, wanted: impl Fn(Decision) -> bool) -> Option<&'a Event> {
        let server = Some(self.server);
        let mut events = self.events().filter(|event| event.server == server);
        events.find(|event| matches!(event.kind, EventKind::Decided(decision) if wanted(decision)))
    }

    /// The last action that is wanted, whatever it was done to.
    fn action(&self, wanted: impl Fn(Action) -> bool) -> Option<&'a Event> {
        self.events()
            .find(|event| matches!(event.kind, EventKind::Action(action) if wanted(action)))
    }

    fn of_decision(&self, decision: Decision) -> Option<&'a Event> {
        let term = self.event.term;
        match decision {
            Decision::VoteDenied { why, .. } | Decision::PreVoteDenied { why, .. } => match why {
                DeniedVote::AlreadyVotedFor(other) => self.vote(other, term),
                DeniedVote::StaleTerm => self.arrival(term),
                DeniedVote::LogBehind { mine, .. } => self.decision(|decision| decision == Decision::LogMoved(mine)),
                DeniedVote::HasLeader(leader) => self.word_of(leader),
                DeniedVote::LowerPriority => self.action(|action| action.is_about_priority()),
            },
            Decision::HeartbeatDenied { why, .. } => match why {
                DeniedHeartbeat::StaleTerm => self.arrival(term),
                DeniedHeartbeat::LeadsItself => self.decision(|decision| matches!(decision, Decision::ElectionWon { .. })),
                DeniedHeartbeat::KeepsRunning => self.decision(|decision| decision == Decision::ElectionStarted { term }),
            },
            Decision::ReplyIgnored { from, why } => match why {
                IgnoredReply::StaleTerm => self.arrival(term),
                IgnoredReply::NotCandidate => {
                    self.decision(|decision| matches!(decision, Decision::ElectionWon { .. } | Decision::SteppedDown(_) | Decision::Started))
                }
                IgnoredReply::Duplicate => self.decision(|decision| {
                    matches!(decision, Decision::VoteReceived { from: other, .. } | Decision::PreVoteReceived { from: other, .. }
                        if other == from)
                }),
            },
            Decision::TermAdvanced { new, from, .. } => self.opening(from, new),
            _ => None,
        }
    }

    /// What let the news of a term through that another server had been in: that their link was restored, or that the server
    /// was resumed. A message that arrives since then was sent after the link was restored, as a cut loses what is under way.
    fn opening(&self, from: NodeId, term: Term) -> Option<&'a Event> {
        let to = self.server;
        let there = self.events().find(|event| is_arrival(event, from, term))?;
        let effect = |event: &Event| match event.kind {
            EventKind::Action(action) => match action.effect() {
                effect @ (Effect::Cut | Effect::Mend) if action.is_about_link(from, to) => Some(effect),
                effect @ (Effect::Pause | Effect::Resume) if action.server() == Some(to) => Some(effect),
                _ => None,
            },
            _ => None,
        };
        let mut acted = self.events().filter(|event| effect(event).is_some());
        let last = acted.find(|event| event.id > there.id)?;
        let opens = match effect(last)? {
            Effect::Resume => true,
            // What was not cut is not opened by being restored.
            Effect::Mend => acted.any(|event| effect(event) == Some(Effect::Cut)),
            _ => false,
        };
        opens.then_some(last)
    }

    /// When the server gave its vote of a term: to another, or by running itself.
    fn vote(&self, to: NodeId, term: Term) -> Option<&'a Event> {
        let gave = |decision| matches!(decision, Decision::VoteGranted { to: other, term: of, .. } if (other, of) == (to, term));
        self.decision(|decision| {
            gave(decision) || (to == self.server && decision == Decision::ElectionStarted { term })
        })
    }

    /// When the server gave another its vote of the same term before: only where a rule is off, or a disk was wiped.
    fn other_vote(&self, to: NodeId, term: Term) -> Option<&'a Event> {
        let gave = |decision| matches!(decision, Decision::VoteGranted { to: other, term: of, .. } if other != to && of == term);
        self.decision(|decision| {
            gave(decision) || (to != self.server && decision == Decision::ElectionStarted { term })
        })
    }

    /// The vote that it had given before, and the crash in which it forgot it, if it did.
    fn vote_before(&self, to: NodeId, term: Term) -> Vec<Event> {
        let Some(vote) = self.other_vote(to, term) else {
            return Vec::new();
        };
        let server = self.server;
        let crash = self.action(|action| action.effect().is_crash() && action.server() == Some(server));
        let forgot = crash.filter(|crash| crash.id > vote.id);
        [vote].into_iter().chain(forgot).copied().collect()
    }

    /// When the server last heard from its leader, or was elected itself.
    fn word_of(&self, leader: NodeId) -> Option<&'a Event> {
        self.decision(|decision| match decision {
            Decision::HeartbeatAccepted { from, .. } => from == leader,
            Decision::ElectionWon { .. } => leader == self.server,
            _ => false,
        })
    }

    /// When the server came to a term.
    fn arrival(&self, term: Term) -> Option<&'a Event> {
        self.events().find(|event| is_arrival(event, self.server, term))
    }

    /// The votes that a leader was elected with: its candidacy, and each vote that came in.
    fn votes(&self) -> Vec<Event> {
        let mut votes = Vec::new();
        for event in self.events().filter(|event| event.server == Some(self.server)) {
            match event.kind {
                EventKind::Decided(Decision::VoteReceived { .. }) => votes.push(*event),
                EventKind::Decided(Decision::ElectionStarted { .. }) => {
                    votes.push(*event);
                    break;
                }
                _ => {}
            }
        }
        votes.reverse();
        votes
    }

    /// Why nothing started an election timer anew: the heartbeat, or the vote, that had started it, and what then kept the
    /// heartbeats of that server away, if that is known. Something that was done counts before what followed from it. Of a vote
    /// also that its candidate won: else there was no leader whose heartbeat could come.
    fn silence(&self) -> Vec<Event> {
        let heard = self.event.cause.and_then(|set| self.decision_after(set));
        let leader = heard.and_then(|heard| match heard.kind {
            EventKind::Decided(
                Decision::HeartbeatAccepted {
                    from: leader,
                    timer_reset: true,
                }
                | Decision::VoteGranted {
                    to: leader,
                    timer_reset: true,
                    ..
                },
            ) => Some(leader),
            _ => None,
        });
        let (Some(heard), Some(leader)) = (heard, leader) else {
            return self.unheard_leader();
        };
        let since = || self.events().take_while(|event| event.id != heard.id);
        let voted = matches!(heard.kind, EventKind::Decided(Decision::VoteGranted { .. }));
        let won = |event: &&Event| {
            let has_won = matches!(event.kind, EventKind::Decided(Decision::ElectionWon { .. }));
            has_won && (event.server, event.term) == (Some(leader), heard.term)
        };
        let won = since().find(won);
        if voted && won.is_none() {
            let unheard = self.unheard_leader();
            return if unheard.is_empty() { vec![*heard] } else { unheard };
        }
        // Its sender may have crashed while the heartbeat was on its way.
        let delivered = heard.cause.and_then(|delivered| self.trace.get(delivered));
        let sent = delivered.and_then(|delivered| delivered.cause).unwrap_or(heard.id);
        let mut since_sent = self.events().take_while(|event| event.id > sent);
        let done = since_sent.find(|event| self.silences(leader, event));
        let missed = done.map_or_else(|| self.missed(leader, heard.id, sent), |done| vec![*done]);
        let begins = [Some(heard), won.filter(|_| voted)];
        begins.into_iter().flatten().copied().chain(missed).collect()
    }

    /// What kept a leader's heartbeats away that nobody had a hand in: that it stepped down, or each heartbeat that was sent and lost
    /// since then, and since the one that was heard.
    fn missed(&self, leader: NodeId, heard: EventId, sent: EventId) -> Vec<Event> {
        let since = self.events().take_while(|event| event.id != heard);
        let mut missed: Vec<_> = since
            .filter(|event| self.is_missed(leader, sent, event))
            .copied()
            .collect();
        let losses = missed
            .iter()
            .take_while(|event| matches!(event.kind, EventKind::Lost { .. }));
        missed.truncate(losses.count().max(1));
        missed.reverse();
        missed
    }

    /// Of a timer that ran since the server stood, gave up or voted: the victory of a leader whose heartbeats would have started it
    /// anew, and the cut that kept them away, if there were both.
    fn unheard_leader(&self) -> Vec<Event> {
        let won = self.events().find(|event| {
            let has_won = matches!(event.kind, EventKind::Decided(Decision::ElectionWon { .. }));
            has_won && event.term >= self.event.term && event.server != Some(self.server)
        });
        let Some((won, leader)) = won.and_then(|won| Some((won, won.server?))) else {
            return Vec::new();
        };
        let ended = |event: &Event| match event.kind {
            EventKind::Decided(Decision::SteppedDown(_)) => event.server == Some(leader),
            EventKind::Action(action) => self.stops(leader, action),
            _ => false,
        };
        let was_set = self.event.cause.unwrap_or(self.event.id);
        if self.trace.range(won.id, was_set).any(ended) {
            return Vec::new();
        }
        let about = |action: Action| {
            matches!(action.effect(), Effect::Cut | Effect::Mend) && action.is_about_link(leader, self.server)
        };
        let is_cut = |event: &&Event| matches!(event.kind, EventKind::Action(action) if action.effect() == Effect::Cut);
        let cut = self.action(about).filter(is_cut);
        cut.map_or_else(Vec::new, |cut| vec![*won, *cut])
    }

    /// The decision with which a timer was started: the next one of the same server, at the same instant.
    fn decision_after(&self, set: EventId) -> Option<&'a Event> {
        let at = self.trace.get(set)?.at;
        let mut later = self.trace.range(set, self.event.id).take_while(|event| event.at == at);
        later.find(|event| event.server == Some(self.server) && matches!(event.kind, EventKind::Decided(_)))
    }

    /// Whether an event is something that was done which keeps a leader's heartbeats away.
    fn silences(&self, leader: NodeId, event: &Event) -> bool {
        let EventKind::Action(action) = event.kind else {
            return false;
        };
        self.stops(leader, action) || action.effect() == Effect::Cut && action.is_about_link(leader, self.server)
    }

    /// Whether an action stops a server from sending anything.
    fn stops(&self, server: NodeId, action: Action) -> bool {
        let stops = matches!(action.effect(), Effect::Crash | Effect::Wipe | Effect::Pause);
        stops && action.server() == Some(server)
    }

    /// Whether a heartbeat of a leader was lost on its way that it sent after another, or the leader stepped down. A copy that the
    /// network made is no heartbeat more.
    fn is_missed(&self, leader: NodeId, sent: EventId, event: &Event) -> bool {
        let is_new = || event.cause.is_some_and(|cause| cause > sent && !self.is_copy(cause));
        match event.kind {
            EventKind::Lost {
                from,
                message: Message::AppendEntries { .. },
                ..
            } => from == leader && event.server == Some(self.server) && is_new(),
            EventKind::Decided(Decision::SteppedDown(_)) => event.server == Some(leader),
            _ => false,
        }
    }

    fn is_copy(&self, sending: EventId) -> bool {
        let sending = self.trace.get(sending);
        sending.is_some_and(|sending| matches!(sending.kind, EventKind::Duplicated { .. }))
    }

    /// What a message from another server ran into.
    fn of_loss(&self, from: NodeId, place: LostWhere) -> Option<&'a Event> {
        let to = self.server;
        match place {
            LostWhere::Network | LostWhere::FullLink => None,
            LostWhere::CutLink => {
                self.action(|action| action.effect() == Effect::Cut && action.is_about_link(from, to))
            }
            LostWhere::Dropped => self.action(
                |action| matches!(action, Action::Message(id, MessageAction::Drop) if (id.from, id.to) == (from, to)),
            ),
            LostWhere::Sender => self.action(|action| action.effect().is_crash() && action.server() == Some(from)),
            LostWhere::ServerDown => self.action(|action| action.effect().is_crash() && action.server() == Some(to)),
            LostWhere::Buffer => self.action(|action| {
                let effect = action.effect();
                (effect.is_crash() || effect == Effect::Pause) && action.server() == Some(to)
            }),
        }
    }
}

/// Whether a server comes to a term by an event.
fn is_arrival(event: &Event, server: NodeId, term: Term) -> bool {
    event.server == Some(server)
        && match event.kind {
            EventKind::Decided(Decision::TermAdvanced { new, .. }) => new == term,
            EventKind::Decided(Decision::ElectionStarted { term: started }) => started == term,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{Config, History, Micros};

    fn busy() -> History {
        let mut config = Config::paper(5);
        config.network.loss_permille = 100;
        let mut history = History::new(config, 5, &[]).unwrap();
        for round in 0..60_u64 {
            history.seek(Micros::from_millis(250 * (round + 1)));
            let server = NodeId::new(usize::try_from(round * 7 % 5).unwrap());
            let action = match round % 6 {
                0 => Action::kill(server),
                1 => Action::isolate(server),
                2 => Action::start(NodeId::new(usize::try_from((round - 2) * 7 % 5).unwrap())),
                3 => Action::heal_all(),
                4 => Action::force_timeout(server),
                _ => Action::align_timers(),
            };
            let _ = history.act(action);
        }
        history
    }

    #[test]
    fn every_chain_goes_back_to_a_timer_an_action_or_a_start() {
        let history = busy();
        let trace = history.trace();
        for event in trace.range(EventId(0), history.world().next_event()) {
            let chain = Chain::of(trace, event.id);
            let last = chain.steps.last().unwrap().event;
            assert!(!chain.cut_off);
            assert!(
                matches!(last.kind, EventKind::TimerSet { .. } | EventKind::Action(_)),
                "{event:?} goes back to {last:?}"
            );
            let ids: Vec<_> = chain.steps.iter().map(|step| step.event.id).collect();
            assert!(ids.is_sorted_by(|later, earlier| later > earlier), "{ids:?}");
            assert!(chain.events().all(|other| other.at <= event.at));
        }
    }

    fn first(history: &History, wanted: impl Fn(&EventKind) -> bool) -> CausalStep {
        let found = history
            .trace()
            .range(EventId(0), history.world().next_event())
            .find(|event| wanted(&event.kind));
        Chain::of(history.trace(), found.expect("it happens").id).steps[0].clone()
    }

    #[test]
    fn a_refusal_rests_on_the_vote_that_was_given() {
        let step = first(&busy(), |kind| {
            matches!(
                kind,
                EventKind::Decided(Decision::VoteDenied {
                    why: DeniedVote::AlreadyVotedFor(_),
                    ..
                })
            )
        });
        let EventKind::Decided(Decision::VoteDenied {
            why: DeniedVote::AlreadyVotedFor(other),
            ..
        }) = step.event.kind
        else {
            unreachable!()
        };
        let vote = step.evidence[0];
        assert_eq!((vote.server, vote.term), (step.event.server, step.event.term));
        match vote.kind {
            EventKind::Decided(Decision::VoteGranted { to, .. }) => assert_eq!(to, other),
            EventKind::Decided(Decision::ElectionStarted { .. }) => assert_eq!(step.event.server, Some(other)),
            kind => panic!("{kind:?}"),
        }
    }

    /// A leader that was cut off learns of the newer term once its links are restored; where nothing was cut, nothing is named.
    #[test]
    fn news_of_a_term_rests_on_what_let_it_through() {
        let mut history = History::new(Config::paper(5), 6, &[]).unwrap();
        let s1 = NodeId::new(0);
        history.act(Action::force_timeout(s1)).unwrap();
        history.seek(Micros::from_millis(100));
        history.act(Action::isolate(s1)).unwrap();
        history.seek(Micros::from_secs(1));
        history.act(Action::heal_all()).unwrap();
        history.seek(Micros::from_secs(2));
        let is_news = |event: &Event| matches!(event.kind, EventKind::Decided(Decision::TermAdvanced { .. }));
        let all = || history.trace().range(EventId(0), history.world().next_event());
        for event in all().filter(|event| is_news(event)) {
            let rests_on = &Chain::of(history.trace(), event.id).steps[0].evidence;
            let restored = rests_on
                .iter()
                .filter(|on| on.kind == EventKind::Action(Action::heal_all()));
            assert_eq!(
                restored.count(),
                usize::from(event.server == Some(s1)),
                "{event:?}: {rests_on:?}"
            );
        }
        assert!(all().any(|event| is_news(event) && event.server == Some(s1)));
    }

    #[test]
    fn a_victory_rests_on_its_votes() {
        let step = first(&busy(), |kind| {
            matches!(kind, EventKind::Decided(Decision::ElectionWon { .. }))
        });
        let votes = step
            .evidence
            .iter()
            .filter(|event| matches!(event.kind, EventKind::Decided(Decision::VoteReceived { .. })));
        assert_eq!(votes.count(), 2);
        assert!(matches!(
            step.evidence[0].kind,
            EventKind::Decided(Decision::ElectionStarted { .. })
        ));
    }

    #[test]
    fn a_message_is_lost_to_the_cut_and_to_the_crash() {
        for (place, wanted) in [(LostWhere::CutLink, "Isolate"), (LostWhere::ServerDown, "Kill")] {
            let step = first(
                &busy(),
                |kind| matches!(kind, EventKind::Lost { place: where_, .. } if *where_ == place),
            );
            assert!(format!("{:?}", step.evidence[0].kind).contains(wanted), "{step:?}");
        }
    }
}
