//! Notes of the run on screen: what is done with them, and where they are shown.

use yew::prelude::*;

use super::App;
use crate::{
    scenario::Note,
    ui::{
        features::notes,
        intent::{NoteStep, Talk},
        run::{key_moments, player::Player},
    },
};

impl App {
    /// Does something with notes, and says so.
    pub(super) fn note(&mut self, step: NoteStep) {
        let (lang, mut player) = (self.prefs.lang, self.stage.player_mut());
        player.set_playing(false);
        let at = player.history().now();
        let told = match step {
            NoteStep::Begin => return,
            NoteStep::Keep(place, written) => {
                let is_kept = match place {
                    Some(place) => player.change_note(place, &written),
                    None => player.note(&written),
                };
                if is_kept {
                    lang.noted(at)
                } else {
                    lang.notes_text().empty.to_owned()
                }
            }
            NoteStep::Delete(place) => {
                player.delete_note(place);
                lang.deleted(at)
            }
            NoteStep::PutBack => match player.put_note_back() {
                Some(at) => lang.noted(at),
                None => return,
            },
        };
        drop(player);
        self.tell_alone(told);
    }

    /// The panel in which they are written.
    pub(super) fn view_notes_panel(&self) -> Html {
        let can_write = self.classroom.is_none();
        notes::view_panel(&self.stage.player(), can_write, self.prefs.lang, &self.emit)
    }

    /// Those of the moment, under the sentence. In front of a class each key moment has its own.
    pub(super) fn view_notes_now(&self, player: &Player) -> Html {
        let mut now = player.notes_now();
        let is_over = |note: &&Note| key_moments::is_passed_since(player, note.at);
        if self.presentation.is_some() && now.first().is_some_and(is_over) {
            now.clear();
        }
        notes::view_now(player, &now, self.prefs.talk != Talk::Off, self.prefs.lang)
    }
}
