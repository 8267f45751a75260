//! What is heard of a run, as values.

use crate::{
    raft::{Decision, NodeId, Timer},
    sim::{Event, EventKind},
};

/// What a server did that is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// Its election timer ran out.
    TimedOut,
    /// It gave a vote.
    Voted,
    /// It refused one.
    Refused,
    /// It won an election.
    Won,
    /// It crashed, or a leader or candidate stepped down.
    Fell,
}

/// One thing that is heard, and of whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tone {
    pub(super) server: NodeId,
    pub(super) heard: Heard,
}

/// How a wave swings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wave {
    Soft,
    Hollow,
    Rough,
}

/// A note: how high (in Hz) it begins and ends, how it swings, how long (in seconds) and how loud it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Note {
    pub(super) from: f32,
    pub(super) to: f32,
    pub(super) wave: Wave,
    pub(super) seconds: f64,
    pub(super) loudness: f32,
}

/// The pitches of nine servers, in Hz: any two of this scale go together.
const PITCHES: [f32; crate::raft::MAX_SERVERS] = [261.6, 293.7, 329.6, 392.0, 440.0, 523.3, 587.3, 659.3, 784.0];

impl Tone {
    /// What is heard of an event; most events are silent.
    pub(super) fn of(event: &Event) -> Option<Self> {
        let heard = match event.kind {
            EventKind::TimerFired(Timer::Election) => Heard::TimedOut,
            EventKind::Decided(Decision::VoteGranted { .. } | Decision::PreVoteGranted { .. }) => Heard::Voted,
            EventKind::Decided(Decision::VoteDenied { .. } | Decision::PreVoteDenied { .. }) => Heard::Refused,
            EventKind::Decided(Decision::ElectionWon { .. }) => Heard::Won,
            EventKind::Decided(Decision::SteppedDown(_)) => Heard::Fell,
            EventKind::Action(action) if action.effect().is_crash() => Heard::Fell,
            _ => return None,
        };
        let server = event.server?;
        Some(Self { server, heard })
    }

    /// The notes that sound together.
    pub(super) fn notes(self) -> Vec<Note> {
        let pitch = PITCHES[self.server.index()];
        let note = |from, to, wave, seconds, loudness| Note {
            from,
            to,
            wave,
            seconds,
            loudness,
        };
        match self.heard {
            Heard::TimedOut => vec![note(pitch / 2.0, pitch / 2.0, Wave::Hollow, 0.09, 0.5)],
            Heard::Voted => vec![note(pitch, pitch, Wave::Soft, 0.16, 0.4)],
            Heard::Refused => vec![note(pitch / 2.0, pitch / 2.2, Wave::Rough, 0.12, 0.12)],
            Heard::Won => [1.0, 1.25, 1.5]
                .map(|times| note(pitch * times, pitch * times, Wave::Soft, 0.5, 0.25))
                .to_vec(),
            Heard::Fell => vec![note(pitch, pitch / 2.0, Wave::Hollow, 0.3, 0.4)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::NodeSet,
        sim::{Action, EventId, Micros},
        ui::run::player::Player,
    };

    fn heard(player: &Player) -> Vec<Heard> {
        let history = player.history();
        let events = history.trace().range(EventId(0), history.world().next_event());
        events.filter_map(Tone::of).map(|tone| tone.heard).collect()
    }

    /// S2 is elected first in the free cluster; then it crashes.
    #[test]
    fn an_election_is_heard_in_its_order_and_heartbeats_are_not() {
        use Heard::{Fell, TimedOut, Voted, Won};
        let mut player = Player::default();
        player.seek(Micros::from_millis(400));
        let election = heard(&player);
        assert_eq!(election[0], TimedOut);
        assert_eq!(election.iter().filter(|heard| **heard == Voted).count(), 4);
        assert_eq!(election.iter().filter(|heard| **heard == Won).count(), 1);
        assert_eq!(election.len(), 6);
        player.act(Action::kill(NodeId::new(1))).unwrap();
        assert_eq!(heard(&player).last(), Some(&Fell));
    }

    #[test]
    fn each_server_has_a_pitch_of_its_own_and_a_victory_is_a_chord() {
        let voted = |server| {
            let tone = Tone {
                server,
                heard: Heard::Voted,
            };
            tone.notes()[0].from
        };
        let pitches: Vec<f32> = NodeSet::all(9).iter().map(voted).collect();
        assert!(pitches.windows(2).all(|pair| pair[0] < pair[1]), "{pitches:?}");
        let won = Tone {
            server: NodeId::new(0),
            heard: Heard::Won,
        };
        assert_eq!(won.notes().len(), 3);
    }
}
