//! Messages: the mark of each, and where on its way one is.

use crate::{
    raft::Message,
    sim::{InFlight, LostWhere, Micros},
};

/// What a part of a mark stands for. Each place that draws marks has its own colours for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// A question for a vote.
    Request,
    /// A question for a pre-vote.
    PreRequest,
    /// A vote.
    Granted,
    /// The promise of a vote.
    PreGranted,
    /// The check mark on a vote.
    Check,
    /// The check mark on the promise of one.
    PreCheck,
    /// A refusal.
    Refused,
    /// The cross on a refusal.
    RefusedCross,
    /// What a leader sends.
    Leader,
    /// What its followers reply.
    Reply,
}

/// The form of a part, around the place of its message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// A circle with a radius.
    Circle(f64),
    /// A path that stays upright.
    Path(&'static str),
    /// A path that heads to the right, and is turned to where the message heads.
    Arrow(&'static str),
}

/// A part of a mark.
pub type Part = (Ink, Form);

/// The mark of a message in the order of drawing.
#[must_use]
pub const fn parts(message: Message) -> &'static [Part] {
    const DIAMOND: Form = Form::Path("M-8 0L0 -8L8 0L0 8Z");
    const DISC: Form = Form::Circle(8.0);
    const CHECK: Form = Form::Path("M-3.6 0.2L-1 2.9L3.8 -2.8");
    match message {
        Message::RequestVote { .. } => &[(Ink::Request, DIAMOND)],
        Message::PreVote { .. } => &[(Ink::PreRequest, DIAMOND)],
        Message::RequestVoteReply { vote_granted: true, .. } => &[(Ink::Granted, DISC), (Ink::Check, CHECK)],
        Message::PreVoteReply { vote_granted: true, .. } => &[(Ink::PreGranted, DISC), (Ink::PreCheck, CHECK)],
        Message::RequestVoteReply {
            vote_granted: false, ..
        }
        | Message::PreVoteReply {
            vote_granted: false, ..
        } => &[
            (
                Ink::Refused,
                Form::Path("M-5 -7H5A2 2 0 0 1 7 -5V5A2 2 0 0 1 5 7H-5A2 2 0 0 1 -7 5V-5A2 2 0 0 1 -5 -7Z"),
            ),
            (Ink::RefusedCross, Form::Path("M-3 -3L3 3M3 -3L-3 3")),
        ],
        Message::AppendEntries { .. } => &[(Ink::Leader, Form::Arrow("M-9 -5.5H3.5L10 0L3.5 5.5H-9Z"))],
        Message::AppendEntriesReply { .. } => &[(Ink::Reply, Form::Arrow("M-6 -4.5H2L7 0L2 4.5H-6Z"))],
        // Two heads: hurry.
        Message::TimeoutNow { .. } => &[(Ink::Leader, Form::Arrow("M-10 -6L-2 0L-10 6ZM1 -6L9 0L1 6Z"))],
    }
}

/// How far along its way a message is at an instant, as a share of it.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a share of a drawing")]
pub fn progress(flight: &InFlight, now: Micros) -> f64 {
    let (passed, whole) = (now - flight.leaves_at, flight.due_at - flight.leaves_at);
    let share = (passed.0 as f64 / whole.0.max(1) as f64).clamp(0.0, 1.0);
    share * flight.lost.map_or(1.0, lost_at)
}

/// How far along its way a message got that was lost, as a share of it.
#[must_use]
pub const fn lost_at(place: LostWhere) -> f64 {
    match place {
        LostWhere::Network | LostWhere::CutLink | LostWhere::Dropped => 0.5,
        // It did not leave. Not quite at its sender, where it would be covered.
        LostWhere::FullLink | LostWhere::Sender => 0.2,
        LostWhere::ServerDown | LostWhere::Buffer => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::{NodeId, Term},
        sim::{EventId, MessageId},
    };

    #[test]
    fn a_message_goes_all_the_way_and_one_that_will_be_lost_half_of_it() {
        let mut flight = InFlight {
            id: MessageId {
                from: NodeId::new(0),
                to: NodeId::new(1),
                number: 0,
                copy: 0,
            },
            sent: EventId(0),
            sent_at: Micros(100),
            leaves_at: Micros(100),
            due_at: Micros(200),
            lost: None,
            message: Message::AppendEntries { term: Term::ZERO },
        };
        let shares = |flight: &InFlight| [0, 100, 150, 200, 900].map(|at| progress(flight, Micros(at)));
        assert_eq!(shares(&flight), [0.0, 0.0, 0.5, 1.0, 1.0]);
        flight.lost = Some(LostWhere::Network);
        assert_eq!(shares(&flight), [0.0, 0.0, 0.25, 0.5, 0.5]);
        flight.due_at = flight.leaves_at;
        assert_eq!(progress(&flight, Micros(100)), 0.0, "sent and due at once");
        // One that waits for the disk stays at its sender until it leaves.
        (flight.sent_at, flight.due_at, flight.lost) = (Micros(40), Micros(200), None);
        assert_eq!(
            [40, 99, 100, 150].map(|at| progress(&flight, Micros(at))),
            [0.0, 0.0, 0.0, 0.5]
        );
    }
}
