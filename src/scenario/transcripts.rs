//! What the servers of the lab printed: the transcripts that figures 1, 3 and 5 replay. The report has none of figures 2 and 4.

use super::ScenarioId;
use crate::raft::NodeId;

/// What a server of the lab printed, or the part of it that the report shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabTranscript {
    /// Whose it is; of those that the report does not name, a server that prints it here.
    pub server: NodeId,
    /// Whether the report names the server.
    pub is_named: bool,
    /// Lines that the server prints before it.
    first: usize,
    text: &'static str,
}

/// The transcripts that a scenario replays.
#[must_use]
pub fn transcripts(id: ScenarioId) -> &'static [LabTranscript] {
    match id {
        ScenarioId::Figure1 => &FIGURE_1,
        ScenarioId::Figure3 => &FIGURE_3,
        ScenarioId::Figure5 => &FIGURE_5,
        _ => &[],
    }
}

macro_rules! transcript {
    ($number:literal, $first:literal, $file:literal) => {
        transcript!($number, $first, $file, true)
    };
    ($number:literal, $first:literal, $file:literal, $named:literal) => {
        LabTranscript {
            server: NodeId::new($number - 1),
            is_named: $named,
            first: $first,
            text: include_str!(concat!("../../tests/fixtures/labraft/", $file, ".log")),
        }
    };
}

const FIGURE_1: [LabTranscript; 5] = [
    transcript!(1, 0, "figure1/server1"),
    transcript!(2, 0, "figure1/server2"),
    transcript!(3, 0, "figure1/server3"),
    transcript!(4, 0, "figure1/server4"),
    transcript!(5, 0, "figure1/server5"),
];

const FIGURE_3: [LabTranscript; 4] = [
    transcript!(1, 6, "figure3/server1"),
    transcript!(3, 89, "figure3/server3"),
    transcript!(2, 85, "figure3/follower-a", false),
    transcript!(4, 80, "figure3/follower-b", false),
];

const FIGURE_5: [LabTranscript; 5] = [
    transcript!(1, 4, "figure5/server1"),
    transcript!(2, 150, "figure5/server2"),
    transcript!(3, 97, "figure5/server3"),
    transcript!(4, 139, "figure5/server4"),
    transcript!(5, 13, "figure5/server5"),
];

impl LabTranscript {
    /// Its lines, with the second of the day at which each was printed in the lab; what was typed has none.
    pub fn lines(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        const DATE: usize = "2019/10/07 ".len();
        const TIME: usize = "10:07:42".len();
        self.text.lines().map(|line| match line.split_at_checked(DATE + TIME) {
            Some((time, text)) => (&time[DATE..], text.trim_start()),
            None => ("", line),
        })
    }

    /// How many of its lines a server has printed that printed these: from the first on, each at its place.
    pub fn reached(&self, printed: impl Iterator<Item = String>) -> usize {
        let same = printed.skip(self.first).zip(self.lines());
        same.take_while(|(printed, (_, text))| printed == text).count()
    }

    /// Lines that the server prints before it.
    #[must_use]
    pub const fn first(&self) -> usize {
        self.first
    }
}
