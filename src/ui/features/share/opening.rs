//! Makes a run from what the page is given (a link, a file, the last visit), or says what is wrong with it.

use crate::{
    lab, lesson,
    scenario::{
        Note, Run,
        file::{self, FileError},
        link::{self, LinkError},
    },
    ui::{features::share::storage::Unkept, run::player::Player},
};

/// What could not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A link can't be opened.
    Link(LinkError),
    /// The lesson of a link can't be opened.
    LessonLink(LinkError),
    /// A line of a file can't be understood.
    Line {
        /// The file's name.
        name: String,
        /// Which line, and what was expected.
        error: FileError,
    },
    /// A lesson can't be understood.
    Lesson {
        /// The file's name.
        name: String,
        /// What is wrong with it.
        why: String,
    },
    /// An experiment can't be opened; this says why.
    Experiment(String),
    /// A file is no text.
    NotText {
        /// The file's name.
        name: String,
    },
    /// A file is longer than [`file::LONGEST`].
    TooBig {
        /// The file's name.
        name: String,
    },
    /// The browser could not read a file.
    Unread {
        /// The file's name.
        name: String,
    },
    /// What was read describes a run that is not possible.
    Impossible,
    /// The run of the last visit can't be read.
    Stored,
    /// The run on screen will not survive a reload.
    Unkept(Unkept),
}

/// The run of a link's fragment, without `#`.
///
/// # Errors
/// What is wrong with it.
pub fn from_link(fragment: &str) -> Result<Run, Trouble> {
    link::decode(without_context(fragment)).map_err(Trouble::Link)
}

/// A link without what stood behind it in a text: a full stop, a bracket, a quotation mark, a blank. Programs that find links in
/// texts often take these along.
#[must_use]
pub fn without_context(link: &str) -> &str {
    link.trim_end_matches(|mark: char| mark.is_whitespace() || ".,;:!?)]}>\"'*”’»…".contains(mark))
}

/// The text of a file, if it is meant as a lesson; what else is wrong with it is told of a run.
#[must_use]
pub fn lesson_of(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    lesson::file::is_lesson(text).then_some(text)
}

/// The text of a file, if it is meant as an experiment.
#[must_use]
pub fn experiment_of(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    lab::file::is_experiment(text).then_some(text)
}

/// The run of a file.
///
/// # Errors
/// What is wrong with it.
pub fn from_file(name: String, bytes: Vec<u8>) -> Result<Run, Trouble> {
    if bytes.len() > file::LONGEST {
        return Err(Trouble::TooBig { name });
    }
    let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
    let Some(text) = text else {
        return Err(Trouble::NotText { name });
    };
    // Some editors begin a text with a mark of its encoding.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    file::read(text).map_err(|error| Trouble::Line { name, error })
}

/// The run without what changes when it is only watched: two runs are the same work if these are equal.
#[must_use]
pub fn essence(mut run: Run) -> Run {
    let recording = &mut run.recording;
    recording.now = crate::sim::Micros::ZERO;
    recording.current = crate::sim::BranchId(0);
    for branch in &mut recording.branches {
        branch.about.end = crate::sim::Micros::ZERO;
    }
    run
}

/// The run with the branch that is visited and no other, and what that tells of what is noted.
#[must_use]
pub fn alone(mut run: Run, player: &Player) -> Run {
    let branch = run.recording.current;
    let told = player.notes().into_iter();
    run.notes = told.map(|(_, note)| Note { branch, ..note.clone() }).collect();
    let recording = &mut run.recording;
    recording.branches.retain(|branch| branch.about.id == recording.current);
    for branch in &mut recording.branches {
        branch.about.parent = None;
    }
    run
}

/// Whether the reader did anything in it, or somebody noted something.
#[must_use]
pub fn has_work(run: &Run) -> bool {
    !run.notes.is_empty() || run.recording.branches.iter().any(|branch| !branch.actions.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_opens_with_what_stood_behind_it_in_a_text() {
        let run = Player::new(Scenario::new(ScenarioId::Figure3)).run();
        let link = link::encode(&run);
        for behind in ["", ".", ").", ">", "”!", " \u{a0}]*"] {
            assert_eq!(from_link(&format!("{link}{behind}")), Ok(run.clone()), "{behind}");
        }
        assert!(from_link(&format!("{link}~")).is_err());
        assert!(from_link("...").is_err());
    }
    use crate::{
        raft::NodeId,
        scenario::{Scenario, ScenarioId},
        sim::{Action, Micros},
        ui::run::player::BranchChange,
    };

    fn bytes(text: &str) -> Vec<u8> {
        text.as_bytes().to_vec()
    }

    #[test]
    fn kinds_of_wrong_files_are_told_apart() {
        let name = || "it".to_owned();
        let huge = vec![b' '; file::LONGEST + 1];
        assert_eq!(from_file(name(), huge), Err(Trouble::TooBig { name: name() }));
        for binary in [vec![0xff, 0xd8, 0xff, 0xe0], bytes("raft\0"), vec![0xff, 0xfe, b'r', 0]] {
            assert_eq!(from_file(name(), binary), Err(Trouble::NotText { name: name() }));
        }
        for text in ["", "hello", "\u{feff}", "<b>"] {
            assert!(
                matches!(from_file(name(), bytes(text)), Err(Trouble::Line { .. })),
                "{text}"
            );
        }
    }

    /// A player in which S1 was crashed at 300 ms and, in another branch, at 100 ms.
    fn forked() -> Player {
        let mut player = Player::default();
        let crash = Action::kill(NodeId::from_number(1).unwrap());
        for millis in [300, 100] {
            player.seek(Micros::from_millis(millis));
            player.act(crash).unwrap();
        }
        player
    }

    #[test]
    fn watching_is_no_work_and_acting_is() {
        let mut player = forked();
        let before = essence(player.run());
        player.seek(Micros::from_millis(700));
        player.step_back();
        assert_eq!(essence(player.run()), before);
        player
            .change_branches(&BranchChange::ToEnd(crate::sim::BranchId(0)))
            .unwrap();
        assert_eq!(essence(player.run()), before);
        player.act(Action::heal_all()).unwrap();
        assert_ne!(essence(player.run()), before);
    }

    #[test]
    fn a_run_is_work_once_the_reader_does_something() {
        let mut player = Player::new(Scenario::new(ScenarioId::Figure3));
        player.seek(Micros::from_secs(30));
        player.reset();
        assert!(!has_work(&player.run()), "what a script does is not the reader's");
        assert!(has_work(&forked().run()));
    }

    #[test]
    fn a_branch_alone_opens_as_the_branch_that_it_was() {
        let mut player = forked();
        assert!(player.note("S1 was crashed here"));
        let run = alone(player.run(), &player);
        assert_eq!(run.recording.branches.len(), 1);
        assert_eq!(run.notes, player.all_notes());
        player
            .change_branches(&BranchChange::Visit(crate::sim::BranchId(0), None))
            .unwrap();
        assert_eq!(alone(player.run(), &player).notes, [], "not in this branch");
        player = forked();
        let opened = run.open().unwrap();
        assert_eq!(opened.now(), player.history().now());
        assert_eq!(
            opened.actions().collect::<Vec<_>>(),
            player.history().actions().collect::<Vec<_>>()
        );
        assert_eq!(opened.world(), player.history().world());
    }
}
