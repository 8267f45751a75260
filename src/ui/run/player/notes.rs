//! What somebody has noted at moments of the run on screen.
//!
//! A note is no action: it changes nothing of the run, and is not undone with what was done. The branch on screen tells those that
//! are about what has been done in it ([`Note::is_told_in`]).

use crate::{
    scenario::{MOST_NOTES, Note, Run},
    short_sort::sorted_by_key,
    sim::{BranchId, Micros},
    ui::run::{
        pace::{Pace, Tempo},
        player::Player,
    },
};

impl Player {
    /// The run with all that the reader did and noted, for links and files.
    #[must_use]
    pub fn run(&self) -> Run {
        let mut run = Run::of(&self.scenario, &self.history);
        run.notes = self.notes.clone();
        run
    }

    /// All notes of the run, by branch and moment.
    #[must_use]
    pub fn all_notes(&self) -> &[Note] {
        &self.notes
    }

    /// The notes that the branch on screen tells, by moment, each with its place among all of them.
    #[must_use]
    pub fn notes(&self) -> Vec<(usize, &Note)> {
        let here = self.history.current();
        let told = (0..)
            .zip(&self.notes)
            .filter(|(_, note)| note.is_told_in(&self.history, here));
        sorted_by_key(told, |(_, note)| note.at)
    }

    /// The notes of the moment at which time stands, or which it has just passed: they are shown for as long as it takes to read
    /// them.
    #[must_use]
    pub fn notes_now(&self) -> Vec<&Note> {
        let now = self.history.now();
        let here = self.history.current();
        // Asked in each frame: so which are told is only asked of those that may be the last.
        let mut told: Vec<&Note> = Vec::new();
        for note in self.notes.iter().filter(|note| note.at <= now) {
            let last = told.first().map(|note| note.at);
            if last.is_none_or(|last| last <= note.at) && note.is_told_in(&self.history, here) {
                if last != Some(note.at) {
                    told.clear();
                }
                told.push(note);
            }
        }
        let letters = told.iter().map(|note| note.text.chars().count()).sum();
        if told
            .first()
            .is_some_and(|last| now.since(last.at) > self.passes_while_read(letters))
        {
            told.clear();
        }
        told
    }

    /// How much virtual time passes while a text of so many letters is read, where nothing flies.
    fn passes_while_read(&self, letters: usize) -> Micros {
        /// For finding it, and for each letter, in ms.
        const FOUND_MS: u64 = 3000;
        const LETTER_MS: u64 = 70;
        let per_second = match self.pace {
            Pace::Auto => Tempo::quiet(self.history.world()),
            Pace::Set(speed) => speed.pace(),
        };
        Micros(per_second.0 * (FOUND_MS + LETTER_MS * letters as u64) / 1000)
    }

    /// These are the notes now, of another run, or after a branch is gone: what was deleted before can't be put back.
    pub(super) fn take_notes(&mut self, notes: Vec<Note>) {
        self.deleted_note = None;
        self.keep_notes(notes);
    }

    /// These are the notes now. Time does not fly past them.
    fn keep_notes(&mut self, notes: Vec<Note>) {
        self.is_reading = |player| !player.notes_now().is_empty();
        self.notes = Note::in_order(notes);
        self.were_changed();
    }

    const fn were_changed(&mut self) {
        self.revision += 1;
        self.notes_revision += 1;
    }

    /// Notes something at the instant on screen. Says whether it could.
    pub fn note(&mut self, written: &str) -> bool {
        let text = Note::text_of(written).filter(|_| self.notes.len() < MOST_NOTES);
        let Some(text) = text else { return false };
        let mut notes = std::mem::take(&mut self.notes);
        notes.push(Note {
            branch: self.history.current(),
            at: self.history.now(),
            text,
        });
        self.keep_notes(notes);
        true
    }

    /// Lets the note at this place say something else. Says whether it could.
    pub fn change_note(&mut self, place: usize, written: &str) -> bool {
        let (note, text) = (self.notes.get_mut(place), Note::text_of(written));
        let (Some(note), Some(text)) = (note, text) else {
            return false;
        };
        note.text = text;
        self.were_changed();
        true
    }

    /// Deletes the note at this place, which can be put back.
    pub fn delete_note(&mut self, place: usize) {
        if place < self.notes.len() {
            self.deleted_note = Some(self.notes.remove(place));
            self.were_changed();
        }
    }

    /// The note that was deleted last, as long as it can be put back.
    #[must_use]
    pub fn deleted_note(&self) -> Option<&Note> {
        self.deleted_note.as_ref().filter(|_| self.notes.len() < MOST_NOTES)
    }

    /// Puts back the note that was deleted last. Says of which moment it is.
    pub fn put_note_back(&mut self) -> Option<Micros> {
        let note = self.deleted_note().cloned()?;
        let at = note.at;
        let mut notes = std::mem::take(&mut self.notes);
        notes.push(note);
        self.take_notes(notes);
        Some(at)
    }

    /// A branch is about to be deleted: its notes stay with another one that tells them.
    pub(super) fn hand_notes_on(&mut self, branch: BranchId) {
        let history = &self.history;
        let heir = |note: &Note| {
            let mut others = history
                .branches()
                .map(|about| about.id)
                .filter(|other| *other != branch);
            others.find(|other| note.is_told_in(history, *other))
        };
        let mut kept = Vec::new();
        for mut note in std::mem::take(&mut self.notes) {
            if note.branch == branch {
                match heir(&note) {
                    Some(heir) => note.branch = heir,
                    None => continue,
                }
            }
            kept.push(note);
        }
        self.take_notes(kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::NodeId,
        scenario::{Scenario, ScenarioId},
        sim::Action,
        ui::run::player::BranchChange,
    };

    const S1: NodeId = NodeId::new(0);
    const S2: NodeId = NodeId::new(1);

    fn ms(millis: u64) -> Micros {
        Micros::from_millis(millis)
    }

    /// A player at an instant of the free cluster, in which S1 was crashed at 300 ms, with notes before, then and after.
    fn noted() -> Player {
        let mut player = Player::default();
        for (millis, text) in [(200, "before"), (300, "then"), (500, "after")] {
            player.seek(ms(millis));
            if millis == 300 {
                player.act(Action::kill(S1)).unwrap();
            }
            assert!(player.note(text));
        }
        player.seek(ms(700));
        player
    }

    fn told(player: &Player) -> Vec<&str> {
        player.notes().into_iter().map(|(_, note)| note.text.as_str()).collect()
    }

    #[test]
    fn a_note_is_no_action() {
        let mut player = noted();
        let mut plain = Player::default();
        plain.seek(ms(300));
        plain.act(Action::kill(S1)).unwrap();
        plain.seek(ms(700));
        assert_eq!(player.history().world(), plain.history().world());
        assert_eq!(player.history().recording(), plain.history().recording());
        // What is undone is the crash.
        assert_eq!(player.undo(), [Action::kill(S1)]);
        assert!(!player.can_undo());
    }

    #[test]
    fn undo_leaves_what_is_about_what_was_undone_in_its_branch_and_redo_finds_it() {
        let mut player = noted();
        assert_eq!(told(&player), ["before", "then", "after"]);
        player.undo();
        assert_eq!(told(&player), ["before"]);
        assert_eq!(player.all_notes().len(), 3, "none is lost");
        assert!(player.redo());
        assert_eq!(told(&player), ["before", "then", "after"]);
    }

    #[test]
    fn what_if_keeps_what_was_noted_before() {
        let mut player = noted();
        player.seek(ms(400));
        player.change_branches(&BranchChange::Do(Action::kill(S2))).unwrap();
        assert_eq!(told(&player), ["before", "then"]);
        player.seek(ms(450));
        assert!(player.note("without S2"));
        assert_eq!(told(&player), ["before", "then", "without S2"]);
        player.change_branches(&BranchChange::ToEnd(BranchId(0))).unwrap();
        assert_eq!(told(&player), ["before", "then", "after"]);
    }

    #[test]
    fn acting_at_the_moment_of_a_note_leaves_it_there() {
        let mut player = noted();
        player.seek(ms(500));
        let acted = player.act(Action::kill(S2)).unwrap();
        assert!(acted.forked_from.is_some());
        assert_eq!(told(&player), ["before", "then", "after"]);
        assert_eq!(player.notes_now()[0].text, "after");
    }

    #[test]
    fn starting_again_tells_what_is_so_again() {
        let mut player = noted();
        player.reset();
        assert_eq!(told(&player), ["before"]);
        let mut scripted = Player::new(Scenario::new(ScenarioId::SplitVote));
        scripted.seek(ms(900));
        assert!(scripted.note("as the script has it"));
        scripted.seek(ms(1000));
        scripted.act(Action::kill(S2)).unwrap();
        scripted.reset();
        assert!(scripted.history().branches().len() > 1);
        assert_eq!(
            told(&scripted),
            ["as the script has it"],
            "until the crash only the script did anything"
        );
    }

    #[test]
    fn another_run_has_other_notes_and_the_earlier_one_keeps_its_own() {
        let mut player = Player::default();
        player.seek(ms(100));
        assert!(player.note("kept, though nothing was done"));
        player.set_seed(7);
        assert_eq!(player.all_notes(), []);
        assert_eq!(player.earlier().len(), 1);
        player.change_branches(&BranchChange::Reopen(0)).unwrap();
        assert_eq!(told(&player), ["kept, though nothing was done"]);
        let run = player.run();
        let mut other = Player::default();
        other.open_run(&run).unwrap();
        assert_eq!(other.run(), run);
    }

    #[test]
    fn the_notes_of_a_branch_that_is_deleted_stay_where_they_are_told() {
        let mut player = noted();
        player.seek(ms(400));
        player.change_branches(&BranchChange::Do(Action::kill(S2))).unwrap();
        player.change_branches(&BranchChange::Delete(BranchId(0))).unwrap();
        assert_eq!(told(&player), ["before", "then"]);
        assert!(player.all_notes().iter().all(|note| note.branch == BranchId(1)));
    }

    #[test]
    fn a_note_is_shown_at_its_moment_and_for_as_long_as_it_takes_to_read_it() {
        let mut player = noted();
        let mut shown = |micros| {
            player.seek(Micros(micros));
            let now = player.notes_now();
            now.first().map(|note| note.text.clone())
        };
        assert_eq!(shown(199_999), None);
        assert_eq!(shown(200_000).as_deref(), Some("before"));
        assert_eq!(shown(299_999).as_deref(), Some("before"));
        assert_eq!(shown(300_000).as_deref(), Some("then"));
        assert_eq!(shown(600_000).as_deref(), Some("after"));
        assert_eq!(shown(2_000_000), None);
        player.seek(ms(300));
        assert!(player.note("at the same moment"));
        assert_eq!(player.notes_now().len(), 2);
    }

    #[test]
    fn time_does_not_fly_past_a_note() {
        let mut player = Player::new(Scenario {
            script: vec![(ms(20_000), Action::kill(S2))],
            ..Scenario::free(5, 6)
        });
        player.seek(ms(10_000));
        let fast = player.tempo().per_second;
        assert!(player.note("Nothing happens."));
        assert!(player.tempo().per_second < fast);
    }

    #[test]
    fn a_deleted_note_is_put_back_where_it_was_in_its_own_run_only() {
        let mut player = noted();
        player.delete_note(1);
        assert_eq!(told(&player), ["before", "after"]);
        assert!(player.note("written since"));
        assert_eq!(player.put_note_back(), Some(ms(300)));
        assert_eq!(told(&player), ["before", "then", "after", "written since"]);
        assert_eq!(player.put_note_back(), None, "once");
        player.delete_note(0);
        player.set_seed(7);
        assert_eq!(player.deleted_note(), None);
        assert_eq!(player.put_note_back(), None, "it is another run");
    }

    #[test]
    fn what_can_not_be_a_note_is_refused() {
        let mut player = Player::default();
        assert!(!player.note(" \n ") && !player.note(&"x".repeat(Note::LONGEST + 1)));
        for _ in 0..MOST_NOTES {
            assert!(player.note("x"));
        }
        assert!(!player.note("x"), "one too many");
        assert!(!player.change_note(0, "") && !player.change_note(MOST_NOTES, "y"));
        assert!(player.change_note(0, "y\ny"));
        assert_eq!(player.all_notes()[0].text, "y y");
        player.delete_note(0);
        player.delete_note(MOST_NOTES);
        assert_eq!(player.all_notes().len(), MOST_NOTES - 1);
    }
}
