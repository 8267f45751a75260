//! What is heard of a run, as values.

use crate::{
    raft::{Decision, NodeId, Timer},
    sim::{Event, EventKind},
};

/// What a server did that is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChimeKind {
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
pub(super) struct Chime {
    pub(super) server: NodeId,
    pub(super) kind: ChimeKind,
}

/// How a wave swings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wave {
    Soft,
    Hollow,
    Rough,
}

/// A beep: how high (in Hz) it begins and ends, how it swings, how long (in seconds) and how loud it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Beep {
    pub(super) from: f32,
    pub(super) to: f32,
    pub(super) wave: Wave,
    pub(super) seconds: f64,
    pub(super) loudness: f32,
}

/// The pitches of nine servers, in Hz: any two of this scale go together.
const PITCHES: [f32; crate::raft::MAX_SERVERS] = [261.6, 293.7, 329.6, 392.0, 440.0, 523.3, 587.3, 659.3, 784.0];

impl Chime {
    /// What is heard of an event; most events are silent.
    pub(super) fn of(event: &Event) -> Option<Self> {
        let kind = match event.kind {
            EventKind::TimerFired(Timer::Election) => ChimeKind::TimedOut,
            EventKind::Decided(Decision::VoteGranted { .. } | Decision::PreVoteGranted { .. }) => ChimeKind::Voted,
            EventKind::Decided(Decision::VoteDenied { .. } | Decision::PreVoteDenied { .. }) => ChimeKind::Refused,
            EventKind::Decided(Decision::ElectionWon { .. }) => ChimeKind::Won,
            EventKind::Decided(Decision::SteppedDown(_)) => ChimeKind::Fell,
            EventKind::Action(action) if action.effect().is_crash() => ChimeKind::Fell,
            _ => return None,
        };
        let server = event.server?;
        Some(Self { server, kind })
    }

    /// The beeps that sound together.
    pub(super) fn beeps(self) -> Vec<Beep> {
        let pitch = PITCHES[self.server.index()];
        let beep = |from, to, wave, seconds, loudness| Beep {
            from,
            to,
            wave,
            seconds,
            loudness,
        };
        match self.kind {
            ChimeKind::TimedOut => vec![beep(pitch / 2.0, pitch / 2.0, Wave::Hollow, 0.09, 0.5)],
            ChimeKind::Voted => vec![beep(pitch, pitch, Wave::Soft, 0.16, 0.4)],
            ChimeKind::Refused => vec![beep(pitch / 2.0, pitch / 2.2, Wave::Rough, 0.12, 0.12)],
            ChimeKind::Won => [1.0, 1.25, 1.5]
                .map(|times| beep(pitch * times, pitch * times, Wave::Soft, 0.5, 0.25))
                .to_vec(),
            ChimeKind::Fell => vec![beep(pitch, pitch / 2.0, Wave::Hollow, 0.3, 0.4)],
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

    fn heard(player: &Player) -> Vec<ChimeKind> {
        let history = player.history();
        let events = history.trace().range(EventId(0), history.world().next_event());
        events.filter_map(Chime::of).map(|chime| chime.kind).collect()
    }

    /// S2 is elected first in the free cluster; then it crashes.
    #[test]
    fn an_election_is_heard_in_its_order_and_heartbeats_are_not() {
        use ChimeKind::{Fell, TimedOut, Voted, Won};
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
            let chime = Chime {
                server,
                kind: ChimeKind::Voted,
            };
            chime.beeps()[0].from
        };
        let pitches: Vec<f32> = NodeSet::all(9).iter().map(voted).collect();
        assert!(pitches.windows(2).all(|pair| pair[0] < pair[1]), "{pitches:?}");
        let won = Chime {
            server: NodeId::new(0),
            kind: ChimeKind::Won,
        };
        assert_eq!(won.beeps().len(), 3);
    }
}
