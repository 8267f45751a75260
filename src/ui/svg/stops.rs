//! The three ways in which a server can stand still, told apart by mark and word, each explained in a sentence.

use yew::prelude::*;

use crate::sim::Process;
use crate::ui::{run::view::ServerView, text::Lang};

/// A way in which a server stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Its process is gone; its disk stays.
    Crash,
    /// Its process is stopped in the middle; its memory stays.
    Pause,
    /// Its process is gone, and its disk was blanked.
    Wipe,
}

impl Stop {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Crash, Self::Pause, Self::Wipe];

    /// How a server stands still, if it does. One that has not started yet waits, which is none of these.
    #[must_use]
    pub const fn of(server: &ServerView) -> Option<Self> {
        match server.process {
            Process::Running => None,
            Process::Paused => Some(Self::Pause),
            Process::Down if server.wiped => Some(Self::Wipe),
            Process::Down if server.boots > 0 => Some(Self::Crash),
            Process::Down => None,
        }
    }

    /// Its mark as a path of lines around the origin: a cross, two bars, a disk that is struck out.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Crash => "M-5 -5L5 5M5 -5L-5 5",
            Self::Pause => "M-5 -6h3.5v12h-3.5zM1.5 -6h3.5v12h-3.5z",
            Self::Wipe => "M-7 -4a7 3 0 0 1 14 0v8a7 3 0 0 1-14 0zM-7 -4a7 3 0 0 0 14 0M-10 9L10 -9",
        }
    }

    /// In a word or two.
    #[must_use]
    pub const fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Crash => lang.text().crashed,
            Self::Pause => lang.text().paused,
            Self::Wipe => lang.text().disk_wiped,
        }
    }

    /// What it means.
    #[must_use]
    pub const fn sentence(self, lang: Lang) -> &'static str {
        let text = lang.faults_text();
        match self {
            Self::Crash => text.crash_means,
            Self::Pause => text.pause_means,
            Self::Wipe => text.wipe_means,
        }
    }

    /// Its mark, for legends and tables.
    pub fn mark(self) -> Html {
        html! { <path class={classes!("stop-mark", (self == Self::Pause).then_some("solid"))} d={self.path()} /> }
    }
}

/// All three with their marks and what they mean.
pub fn explained(lang: Lang) -> Html {
    html! {
        <ul class="stops">
            { for Stop::ALL.iter().map(|stop| html! {
                <li>
                    <svg class="legend-mark" viewBox="-11 -10 22 20" aria-hidden="true">{ stop.mark() }</svg>
                    <span><b>{ stop.word(lang) }</b>{ ": " }{ stop.sentence(lang) }</span>
                </li>
            }) }
        </ul>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::NodeId,
        sim::Action,
        ui::run::{player::Player, view::ClusterView},
    };

    #[test]
    fn a_crash_a_pause_and_a_wiped_disk_are_three_things() {
        let [s1, s2, s3, s4] = [0, 1, 2, 3].map(NodeId::new);
        let mut player = Player::default();
        for action in [Action::kill(s1), Action::pause(s2), Action::wipe_disk(s3)] {
            player.act(action).unwrap();
        }
        let view = ClusterView::of(&player);
        let stops = [s1, s2, s3, s4].map(|server| Stop::of(&view.servers[server.index()]));
        assert_eq!(stops, [Some(Stop::Crash), Some(Stop::Pause), Some(Stop::Wipe), None]);
        for lang in Lang::ALL {
            for (a, b) in [(0, 1), (1, 2), (0, 2)].map(|(a, b)| (Stop::ALL[a], Stop::ALL[b])) {
                assert_ne!(a.path(), b.path());
                assert_ne!(a.word(lang), b.word(lang));
                assert_ne!(a.sentence(lang), b.sentence(lang));
            }
        }
    }
}
