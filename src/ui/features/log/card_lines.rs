//! The lines that servers printed about what a card of the story tells. The story begins without the code for them.

use yew::prelude::*;

use super::story::LINES_ID;
use crate::{
    scenario::lablog::{self, Kind, Line},
    sim::{Event, History},
    ui::{
        explain::story::{Card, CardKind},
        text::{Lang, tag_class},
    },
};

/// Lines of one card that are shown.
const LINES: usize = 40;

/// What the servers printed about what a card tells.
pub fn view_lines(history: &History, card: &Card, lang: Lang) -> Html {
    let lines: Vec<_> = lines_of(history, card).collect();
    let text = lang.log_text();
    html! {
        <div class="story-lines" id={LINES_ID}>
            if lines.is_empty() {
                <p>{ text.no_lines }</p>
            }
            { for lines.iter().take(LINES).map(|(event, line)| html! {
                <p class={classes!("story-line", tag_class(line.tag))}>
                    <span class="log-time">{ lang.instant(event.at) }</span>{ " " }
                    <span class="log-server">{ event.server.map(|server| server.to_string()) }</span>{ " " }
                    { line.to_string() }
                </p>
            }) }
            if lines.len() > LINES {
                <p>{ lang.more_lines(lines.len() - LINES) }</p>
            }
        </div>
    }
}

fn lines_of<'a>(history: &'a History, card: &'a Card) -> impl Iterator<Item = (&'a Event, Line)> {
    let happened = history.trace().range(card.first, history.world().next_event());
    let own = happened.take_while(|event| event.id <= card.last || event.at == card.at);
    let lines = own.flat_map(|event| {
        lablog::lines(event)
            .iter()
            .map(move |line| (event, line))
            .collect::<Vec<_>>()
    });
    lines.filter(|(_, line)| match card.kind {
        CardKind::Start { .. } | CardKind::Acts(_) => line.kind == Kind::Process,
        CardKind::Election(_) | CardKind::PreVote(_) => matches!(line.kind, Kind::Election | Kind::Vote | Kind::Term),
        CardKind::Loss(_) | CardKind::Regained(_) | CardKind::SteppedDown(_) | CardKind::Broken(_) => {
            !matches!(line.kind, Kind::Heartbeat | Kind::Loop)
        }
    })
}
