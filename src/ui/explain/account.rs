//! A chain of causes as it is told: the sending of a message, its arrival and what the receiver learned from it are one step, and
//! so are a timer's end and what led to it: its start, or the action that forced it.

use crate::{
    raft::{Decision, Message, NodeId, Term},
    sim::{CausalStep, Chain, Event, EventKind, Micros},
    ui::text::{Lang, catalogue},
};

catalogue! {
    /// The steps of an explanation that tell of more than one event.
    AccountText, account_text;

    arrived(message: &str, server: NodeId, at: Micros, then: &str):
        "{message} arrived at {server}, sent at {at}{then}.", "{message} saiu aos {at} e chegou a {server}{then}.";
    /// What a vote that arrived brought its candidate to.
    that_made(count: u8): "; that made {count}", "; o total passou a {count}";
    /// What a message of a newer term did.
    left_term(server: NodeId, old: Term, new: Term):
        "; {server} left term {old} for term {new}", "; {server} passou do term {old} ao term {new}";
    /// Since when a timer ran that has expired.
    had_run_since(at: Micros): " It had been running since {at}.", " Corria desde {at}.";
    show_earlier_steps(count: usize): "Show {count} earlier {count:step|steps}",
        "Mostrar {count} {count:passo anterior|passos anteriores}";

    whose_request(from: NodeId, term: Term, log: &str):
        "{from}'s vote request for term {term}{log}", "O pedido de voto de {from} para o term {term}{log}";
    whose_pre_vote(from: NodeId, term: Term, log: &str):
        "{from}'s PreVote request for term {term}{log}", "O pedido PreVote de {from} para o term {term}{log}";
    whose_promise(from: NodeId, term: Term): "{from}'s pre-vote for term {term}", "O pre-vote de {from} para o term {term}";
    whose_no_promise(from: NodeId, term: Term): "{from}'s refusal of a pre-vote in term {term}",
        "A recusa de pre-vote de {from} no term {term}";
    whose_timeout_now(from: NodeId, term: Term): "{from}'s request to stand for election at once, in term {term}",
        "O pedido de {from} para se candidatar já, no term {term}";
    whose_vote(from: NodeId, term: Term): "{from}'s vote for term {term}",
        "O voto de {from} para o term {term}";
    whose_refusal(from: NodeId, term: Term): "{from}'s refusal to vote in term {term}",
        "A recusa de voto de {from} no term {term}";
    whose_heartbeat(from: NodeId, term: Term): "{from}'s heartbeat of term {term}",
        "O heartbeat de {from} do term {term}";
    whose_answer(from: NodeId, term: Term): "{from}'s reply to a heartbeat of term {term}",
        "A resposta de {from} a um heartbeat do term {term}";
    whose_refused_heartbeat(from: NodeId, term: Term): "{from}'s refusal of a heartbeat in term {term}",
        "A recusa de {from} a um heartbeat no term {term}";
}

/// A step of an explanation: one event, or several that are told in one sentence, the latest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountStep<'a>(&'a [CausalStep]);

/// The steps of an explanation, the latest first.
#[must_use]
pub fn account(chain: &Chain) -> Vec<AccountStep<'_>> {
    let together = chain
        .steps
        .chunk_by(|later, earlier| is_one(&later.event, &earlier.event));
    together.map(AccountStep).collect()
}

/// Whether an event and what caused it are told as one.
const fn is_one(event: &Event, cause: &Event) -> bool {
    match (event.kind, cause.kind) {
        (EventKind::Decided(decision), EventKind::Delivered { .. }) => is_said_with_its_message(decision),
        (
            EventKind::Delivered { .. }
            | EventKind::Held { .. }
            | EventKind::Lost { .. }
            | EventKind::Duplicated { .. },
            EventKind::Sent { .. } | EventKind::Duplicated { .. },
        )
        | (EventKind::Decided(Decision::ElectionTimedOut), EventKind::TimerFired(_))
        | (EventKind::TimerFired(_), EventKind::TimerSet { .. } | EventKind::Action(_)) => true,
        _ => false,
    }
}

/// Whether a decision says no more than what the message did that led to it.
const fn is_said_with_its_message(decision: Decision) -> bool {
    matches!(
        decision,
        Decision::TermAdvanced { .. }
            | Decision::VoteReceived { .. }
            | Decision::VoteRefused { .. }
            | Decision::PreVoteReceived { .. }
            | Decision::PreVoteRefused { .. }
    )
}

impl<'a> AccountStep<'a> {
    /// The event that it comes to.
    #[must_use]
    pub const fn event(&self) -> &'a Event {
        &self.0[0].event
    }

    /// All events that it tells of.
    pub fn events(&self) -> impl Iterator<Item = &'a Event> {
        self.0.iter().map(|step| &step.event)
    }

    /// Earlier events that it rested on and that the chain itself does not tell.
    pub fn evidence(&self, chain: &'a Chain) -> impl Iterator<Item = &'a Event> {
        let evidence = self.0.iter().flat_map(|step| &step.evidence);
        evidence.filter(|event| chain.steps.iter().all(|step| step.event.id != event.id))
    }

    /// The action that it tells of, if one led to it.
    #[must_use]
    pub fn action(&self) -> Option<&'a Event> {
        self.events().find(|event| matches!(event.kind, EventKind::Action(_)))
    }

    /// When the message was sent that it tells of, and how long it then waited for the disk of its sender.
    fn sending(&self) -> Option<(Micros, Micros)> {
        let sent = self.0[1..].last()?.event;
        match sent.kind {
            EventKind::Sent { waits, .. } | EventKind::Duplicated { waits, .. } => Some((sent.at, waits)),
            _ => None,
        }
    }
}

/// Whether what an expired timer rests on begins with what had started it.
fn tells_since(evidence: &[Event]) -> bool {
    let heard = evidence.first().map(|heard| heard.kind);
    heard.is_some_and(|heard| !matches!(heard, EventKind::Decided(Decision::ElectionWon { .. })))
}

impl Lang {
    /// A step of an explanation in a sentence, with the values that decided it.
    #[must_use]
    pub fn account_step(self, step: AccountStep<'_>) -> String {
        for told in step.0 {
            match (told.event.kind, told.event.server, step.sending()) {
                (EventKind::Delivered { from, message }, Some(server), Some((sent_at, waits))) => {
                    let then = self.what_it_did(server, step.event());
                    let arrived = self.arrived(&self.whose(from, message), server, sent_at + waits, &then);
                    return arrived + &self.waited(from, waits);
                }
                (EventKind::Action(_), ..) => return self.explain(told),
                (EventKind::TimerFired(_), ..) if step.action().is_none() => {
                    let set = step
                        .0
                        .last()
                        .filter(|set| !tells_since(&told.evidence) && set.event.id != told.event.id);
                    let since = set.map(|set| self.had_run_since(set.event.at));
                    return self.explain(told) + &since.unwrap_or_default();
                }
                _ => {}
            }
        }
        self.explain(&step.0[0])
    }

    /// What a message that arrived did at once.
    fn what_it_did(self, server: NodeId, event: &Event) -> String {
        match event.kind {
            EventKind::Decided(Decision::TermAdvanced { old, new, .. }) => self.left_term(server, old, new),
            EventKind::Decided(Decision::VoteReceived { count, .. } | Decision::PreVoteReceived { count, .. }) => {
                self.that_made(count)
            }
            _ => String::new(),
        }
    }

    /// A message by who sent it.
    fn whose(self, from: NodeId, message: Message) -> String {
        let term = message.term();
        match message {
            Message::RequestVote { last_log, .. } => self.whose_request(from, term, &self.log_of(last_log)),
            Message::PreVote { last_log, .. } => self.whose_pre_vote(from, term, &self.log_of(last_log)),
            Message::PreVoteReply { vote_granted: true, .. } => self.whose_promise(from, term),
            Message::PreVoteReply { .. } => self.whose_no_promise(from, term),
            Message::TimeoutNow { .. } => self.whose_timeout_now(from, term),
            Message::RequestVoteReply { vote_granted: true, .. } => self.whose_vote(from, term),
            Message::RequestVoteReply { .. } => self.whose_refusal(from, term),
            Message::AppendEntries { .. } => self.whose_heartbeat(from, term),
            Message::AppendEntriesReply { success: true, .. } => self.whose_answer(from, term),
            Message::AppendEntriesReply { .. } => self.whose_refused_heartbeat(from, term),
        }
    }
}

#[cfg(test)]
mod tests;
