//! The panels beside the ring, in the order of their tabs.
//!
//! A row here is all that the page needs of a panel: tabs, the help sheet, the list in the share dialogue and the addresses of
//! embedded frames follow from it. A new panel is a folder in `features` that defines its [`Panel`], and a row.

use yew::prelude::*;

use crate::ui::{
    app::App,
    explain::taken::Fate,
    features::{
        adversary::FoundSteps,
        branches::{self, BranchesPanel},
        diagram::{self, DiagramPanel},
        laboratory,
        lessons::Classroom,
        log::{
            self, LinesPanel, LogProps, NoteCards, StoryPanel,
            terminals::{self, TerminalsPanel},
        },
        network::{self, NetworkPanel},
        notes, practice,
        rules::{self, RulesPanel},
        safety::{self, SafetyPanel},
        servers::{self, ServersPanel},
    },
    kit::panel::Panel,
};

/// A panel, and what shows it.
struct PanelRow {
    panel: Panel,
    view: fn(&App) -> Html,
}

/// The panel that a visit begins with.
pub const FIRST: Panel = log::PANEL;

/// What a reader needs more often stands further up: the first [`TABS`] have a tab, the others are in the menu *More*.
const ROWS: &[PanelRow] = &[
    PanelRow {
        panel: FIRST,
        view: view_story,
    },
    PanelRow {
        panel: servers::PANEL,
        view: |app| {
            let timing = app.stage.player().history().world().config().timing;
            html! { <ServersPanel view={app.stage.view.clone()} {timing} lang={app.prefs.lang} emit={&app.emit} /> }
        },
    },
    PanelRow {
        panel: diagram::PANEL,
        view: |app| {
            html! {
                <>
                    <FoundSteps run={app.run()} lang={app.prefs.lang} emit={&app.emit} />
                    <DiagramPanel
                        run={app.run()} selected={app.selection.event()} lit={app.selection.lit().events.clone()}
                        lang={app.prefs.lang} compact={app.shell.compact} emit={&app.emit}
                    />
                </>
            }
        },
    },
    PanelRow {
        panel: network::PANEL,
        view: |app| {
            let player = app.stage.player();
            let config = player.history().world().config();
            let taken = app.selection.taken();
            html! {
                <NetworkPanel
                    timing={config.timing} network={config.network} replays={player.would_differ_under_these_settings()} view={app.stage.view.clone()}
                    taken={taken.map(|taken| (taken, Fate::of(player.history(), &taken)))}
                    lang={app.prefs.lang} emit={&app.emit}
                />
            }
        },
    },
    PanelRow {
        panel: rules::PANEL,
        view: |app| {
            let player = app.stage.player();
            let config = player.history().world().config();
            html! {
                <RulesPanel mark={app.stage.view.rules} replays={player.would_differ_under_these_settings()} own={app.stage.view.own.clone()} size={config.size} targets={rules::Targets::of(&app.stage.view)} onfind={app.adversary.find_now()} sought={app.classroom.as_deref().and_then(|lesson| lesson.sought_rule(&player))} lang={app.prefs.lang} emit={&app.emit}>
                    { app.adversary.view(config.rules, config.size, app.shell.compact, app.prefs.lang) }
                </RulesPanel>
            }
        },
    },
    PanelRow {
        panel: practice::PANEL,
        view: |app| {
            practice::view(
                &app.quiz,
                app.under_way,
                &app.run(),
                !app.shell.framed,
                app.prefs.lang,
                &app.emit,
            )
        },
    },
    PanelRow {
        panel: laboratory::PANEL,
        view: App::view_laboratory,
    },
    PanelRow {
        panel: safety::PANEL,
        view: |app| html! { <SafetyPanel run={app.run()} lang={app.prefs.lang} emit={&app.emit} /> },
    },
    PanelRow {
        panel: branches::PANEL,
        view: |app| {
            html! {
                <BranchesPanel
                    run={app.run()} selected={app.selection.event()}
                    lang={app.prefs.lang} compact={app.shell.compact} emit={&app.emit}
                />
            }
        },
    },
    PanelRow {
        panel: notes::PANEL,
        view: App::view_notes_panel,
    },
    PanelRow {
        panel: terminals::PANEL,
        view: |app| {
            html! {
                <TerminalsPanel run={app.run()} view={app.stage.view.clone()} lang={app.prefs.lang} emit={&app.emit} />
            }
        },
    },
];

/// So many panels have a tab of their own. More would not fit beside each other, in the longest language, on a laptop.
pub const TABS: usize = 5;

/// All panels that there are.
pub static ALL: [Panel; ROWS.len()] = {
    let mut all = [ROWS[0].panel; ROWS.len()];
    let mut index = 1;
    while index < ROWS.len() {
        all[index] = ROWS[index].panel;
        index += 1;
    }
    all
};

impl App {
    /// Whether the log shows every line instead of the story.
    pub(super) fn shows_every_line(&self) -> bool {
        log::shows_every_line(self.stage.player().scenario(), &self.wanted, self.prefs.every_line)
    }

    fn log(&self) -> LogProps {
        LogProps {
            run: self.run(),
            held: self.timeline.is_held(),
            selected: self.selection.event(),
            asked: self.shell.question().is_some(),
            lit: self.selection.asked().map(|(_, lit)| lit),
            wanted: self.wanted.clone(),
            lang: self.prefs.lang,
            compact: self.shell.compact,
            notes: NoteCards(self.later.here().map(|views| views.note_cards)),
            card_lines: self.later.when_here(|views| views.card_lines),
            deeds: self.deeds(),
            emit: self.emit.clone(),
        }
    }
}

/// The log as a story.
pub fn view_story(app: &App) -> Html {
    html! { <StoryPanel ..app.log() /> }
}

/// The log as every line.
pub fn view_lines(app: &App) -> Html {
    let told = app.classroom.as_deref().and_then(Classroom::server_told);
    html! { <LinesPanel log={app.log()} {told} /> }
}

/// What a panel other than the first shows now.
pub fn view_other(app: &App, panel: Panel) -> Html {
    let row = ROWS.iter().find(|row| row.panel == panel);
    row.map_or_else(Html::default, |row| (row.view)(app))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::Lang;

    #[test]
    fn no_two_panels_have_one_name() {
        for (index, panel) in ALL.iter().enumerate() {
            for other in &ALL[..index] {
                assert_ne!(panel, other, "{}", panel.slug);
                for lang in Lang::ALL {
                    assert_ne!((panel.title)(lang), (other.title)(lang));
                }
            }
        }
    }

    #[test]
    fn an_address_can_name_every_panel() {
        for panel in &ALL {
            assert!(
                panel.slug.bytes().all(|byte| byte.is_ascii_lowercase()),
                "{}",
                panel.slug
            );
        }
    }
}
