//! When a challenge can't be solved any more as it was meant, for whoever would try in vain.

use super::{Challenge, S5, deeds, setup};
use crate::{
    raft::{NodeId, Role, Term},
    sim::{Action, Effect, History, Leadership, Micros, Process, ServerAction},
};

/// Why a run of a challenge is at a dead end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadEnd {
    /// This server leads the term no longer from which it was to step down.
    LeadsNoLonger(NodeId, Term),
    /// The one crash is used up, and this server leads without a split vote.
    LedWithoutSplit(NodeId),
    /// Crash and cut are used up, and the cluster is not without a leader for long enough.
    LedTooSoon,
    /// The time for switching rules is over, and with those in force the cluster does not calm down.
    NotCalmed,
}

impl Challenge {
    /// How far ahead is looked.
    const AHEAD: Micros = Micros::from_secs(12);

    /// Why a run that is open can't be solved any more, as far as that is known: where nothing more may be done, what comes by
    /// itself has been looked at.
    #[must_use]
    pub fn dead_end(self, history: &History) -> Option<DeadEnd> {
        let done = |kind: fn(&Action) -> bool| deeds(history).iter().any(|(_, action)| kind(action));
        let is_crash = |action: &Action| matches!(action, Action::Server(_, ServerAction::Kill));
        let is_cut = |action: &Action| action.effect() == Effect::Cut;
        match self {
            Self::StepDown => leads_no_longer(history),
            Self::SplitVote if done(is_crash) => {
                let leader = Leadership::of(history.world()).leaders().iter().next()?;
                self.is_in_vain(history).then_some(DeadEnd::LedWithoutSplit(leader))
            }
            Self::Leaderless if done(is_crash) && done(is_cut) => {
                self.is_in_vain(history).then_some(DeadEnd::LedTooSoon)
            }
            Self::CalmOutage if history.now() > setup::IN_TIME => {
                self.is_in_vain(history).then_some(DeadEnd::NotCalmed)
            }
            _ => None,
        }
    }

    /// Whether it stays open if nobody does anything.
    fn is_in_vain(self, history: &History) -> bool {
        let mut ahead = history.clone();
        let until = history.now() + Self::AHEAD;
        while ahead.now() < until {
            ahead.seek((ahead.now() + Micros::from_millis(500)).min(until));
            if self.aim().reached(&ahead).is_some() {
                return false;
            }
        }
        true
    }
}

/// S5 led once, and believes so no longer: it crashed.
fn leads_no_longer(history: &History) -> Option<DeadEnd> {
    let led = history
        .roles()
        .lane(S5)
        .take_while(|stretch| stretch.from <= history.now());
    let term = led.filter(super::aim::believes).map(|stretch| stretch.term).last()?;
    let server = history.world().server(S5);
    let leads = server.process() != Process::Down && server.node().role() == Role::Leader;
    (!leads).then_some(DeadEnd::LeadsNoLonger(S5, term))
}
