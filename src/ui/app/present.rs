//! What is done while the run is presented to a class.

use yew::prelude::*;

use super::App;
use crate::{
    scenario::link,
    ui::{
        features::{lessons::Classroom, present},
        intent::PresentStep,
        kit::address::link_address,
    },
};

impl App {
    /// Does what whoever presents wants.
    pub(super) fn present(&mut self, step: PresentStep) {
        if self.shell.framed {
            return;
        }
        match step {
            PresentStep::Begin => {
                self.shell.close_all();
                self.session.dialog = false;
                // What was said to whoever prepared it is nothing for a class.
                self.notices.clear();
                self.presentation = Some(present::begin(&self.emit));
                self.shell.focus_later("ring-panel".to_owned());
            }
            PresentStep::End => self.end_presentation(),
            PresentStep::Escape => {
                let Some(shown) = &mut self.presentation else { return };
                let is_uncovered = shown.uncover(&mut self.stage.player_mut());
                if !is_uncovered && !self.close_answer() {
                    self.end_presentation();
                }
            }
            PresentStep::Go(later) => {
                // Where it stands next is what the key says.
                self.shell.goes_on = false;
                self.close_answer();
                self.turn(later);
            }
            PresentStep::Blank => {
                if let Some(shown) = &mut self.presentation {
                    shown.blank(&mut self.stage.player_mut());
                }
            }
            PresentStep::Pointer => {
                if let Some(shown) = &mut self.presentation {
                    shown.switch_spot();
                }
            }
            PresentStep::Code => self.show_code(),
        }
    }

    /// Says what is for whoever sits before the page, and nothing for a class.
    pub(super) fn tell_alone(&mut self, told: String) {
        if self.presentation.is_none() {
            self.notices.tell(told);
        }
    }

    /// Takes away the answer to what was asked. Says whether there was one.
    fn close_answer(&mut self) -> bool {
        let is_open = self.shell.question().is_some();
        if is_open {
            self.ask(None);
        }
        is_open
    }

    fn end_presentation(&mut self) {
        // The browser says that the whole screen is gone once more after that.
        if self.presentation.take().is_some() {
            self.shell.focus_later("ring-panel".to_owned());
        }
    }

    /// To the next key moment of the run, or of the lesson that is open; or to the one before.
    fn turn(&mut self, later: bool) {
        let Some(shown) = &mut self.presentation else { return };
        let mut player = self.stage.player_mut();
        if let Some(classroom) = &self.classroom {
            shown.turned();
            match classroom.turn(later, &player) {
                Some(turned) => self.emit.emit(turned),
                // Where lessons are chosen from, no card asks for anything.
                None if later && !player.playing() && classroom.address().is_some() => {
                    self.notices.tell(self.prefs.lang.lessons_text().yours_to_do.to_owned());
                }
                None => {}
            }
        } else {
            shown.go(later, &mut player, self.prefs.lang);
        }
    }

    fn show_code(&mut self) {
        let lesson = self.classroom.as_deref().and_then(Classroom::address).flatten();
        let Some(shown) = &mut self.presentation else { return };
        let mut player = self.stage.player_mut();
        let is_lesson = lesson.is_some();
        let address = lesson.unwrap_or_else(|| link_address(&link::encode(&player.run())));
        shown.show_code(address, is_lesson, &mut player);
    }

    /// What is added to the page while the run is presented.
    pub(super) fn view_presentation(&self) -> Html {
        let shown = self.presentation.as_ref();
        shown.map_or_else(Html::default, |shown| {
            let now = self.stage.player().history().now();
            let in_lesson = self.classroom.is_some();
            shown.view(now, self.view_notice(), in_lesson, self.prefs.lang, &self.emit)
        })
    }
}
