//! Everything that each server knows, as a table.

mod own;
mod text;

use std::rc::Rc;

use yew::prelude::*;

use self::own::OwnServerField;
use crate::{
    raft::{HardState, NodeId, Role},
    sim::{Action, Armed, Micros, Process, Refused, Timing},
    ui::{
        intent::Intent,
        kit::{icons, panel::Panel},
        run::view::{ClusterView, ServerView},
        svg::stops::{self, Stop},
        text::Lang,
    },
};

/// The panel's entry in the list of panels.
pub const PANEL: Panel = Panel {
    slug: "servers",
    title: |lang| lang.servers_text().title,
    about: |lang| lang.servers_text().about,
};

/// What the table needs.
#[derive(Clone, PartialEq, Properties)]
pub struct ServersProps {
    /// The cluster now.
    pub view: Rc<ClusterView>,
    /// How long timers run in it.
    pub timing: Timing,
    /// The language.
    pub lang: Lang,
    /// Receives what the reader clicks.
    pub emit: Callback<Intent>,
}

/// The panel.
#[component]
pub fn ServersPanel(props: &ServersProps) -> Html {
    let text = props.lang.text();
    let columns = [
        text.column_server,
        text.column_actions,
        text.column_role,
        text.column_term,
        text.column_vote,
        text.column_votes,
        text.column_follows,
        text.column_timer,
        text.column_disk,
    ];
    html! {
        <div class="table-scroll" tabindex="0" role="region" aria-label={(PANEL.title)(props.lang)}>
            <table class="servers">
                <thead>
                    <tr>{ for columns.iter().map(|column| html! { <th scope="col">{ *column }</th> }) }</tr>
                </thead>
                <tbody>
                    { for props.view.servers.iter().map(|server| html! {
                        <ServerRow key={server.id.index()} server={server.clone()} own={props.lang.own_settings(props.view.own.server(server.id))} lang={props.lang} emit={&props.emit} />
                    }) }
                </tbody>
            </table>
            <OwnServerField view={props.view.clone()} timing={props.timing} lang={props.lang} emit={&props.emit} />
            { stops::explained(props.lang) }
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct RowProps {
    server: ServerView,
    own: Option<String>,
    lang: Lang,
    emit: Callback<Intent>,
}

#[component]
fn ServerRow(props: &RowProps) -> Html {
    let RowProps {
        server,
        own,
        lang,
        emit,
    } = props;
    html! {
        <tr class={classes!(row_class(server))}>
            <th scope="row">{ server.id.to_string() }</th>
            <td class="actions">{ power(server, *lang, emit) }{ pause(server, *lang, emit) }</td>
            <td class="role">
                { standing(server, *lang) }
            </td>
            <td>{ server.term.to_string() }</td>
            <td>{ name(server.voted_for) }</td>
            <td>{ votes(server, *lang) }</td>
            <td>{ name(server.leader.filter(|_| server.is_up())) }</td>
            <td>
                { timers(server, *lang) }
                if let Some(own) = own {
                    <span class="servers-own">{ lang.its_own(own) }</span>
                }
            </td>
            <td>{ disk(server.disk, *lang) }</td>
        </tr>
    }
}

/// What it is, and below that how it stands still. "Crashed" says both.
fn standing(server: &ServerView, lang: Lang) -> Html {
    let stop = Stop::of(server);
    let mark = |stop: Stop| html! { <svg class="legend-mark" viewBox="-11 -10 22 20" aria-hidden="true">{ stop.mark() }</svg> };
    html! {
        <>
            <span class="cell-line stop">
                { lang.standing(server) }
                if stop == Some(Stop::Crash) {
                    { mark(Stop::Crash) }
                }
            </span>
            if let Some(stop) = stop.filter(|stop| *stop != Stop::Crash) {
                <span class="cell-line stop">{ stop.word(lang) }{ mark(stop) }</span>
            }
            if let Some(why) = lang.stale_because(server) {
                <span class="cell-line">{ why }</span>
            }
        </>
    }
}

/// Its votes against what it needs; what a pre-candidate is promised are no votes yet.
fn votes(server: &ServerView, lang: Lang) -> Html {
    if server.votes.is_empty() {
        return html! { "–" };
    }
    html! {
        <>
            <span class="cell-line">{ format!("{} / {}", server.votes.len(), server.quorum) }</span>
            if server.role == Role::PreCandidate {
                <span class="cell-line">{ lang.text().pre_votes }</span>
            }
        </>
    }
}

fn row_class(server: &ServerView) -> &'static str {
    match server.process {
        Process::Down => "tag-down",
        _ if server.is_unsafe => "tag-unsafe",
        _ if server.is_stale() => "tag-stale",
        _ => match server.role {
            Role::Follower => "tag-follower",
            Role::PreCandidate | Role::Candidate => "tag-candidate",
            Role::Leader => "tag-leader",
        },
    }
}

fn name(server: Option<NodeId>) -> String {
    server.map_or_else(|| "–".to_owned(), |server| server.to_string())
}

fn timers(server: &ServerView, lang: Lang) -> Html {
    let milliseconds = lang.text().milliseconds;
    let timer = |what: &'static str, timer: Armed| {
        let span = (timer.fires_at - timer.set_at).as_millis();
        html! {
            <>
                <span class="cell-line">{ format!("{what} {span} {milliseconds}") }</span>
                <span class="cell-line">{ expires(server, lang, timer.fires_at) }</span>
            </>
        }
    };
    match (server.election, server.heartbeat) {
        (Some(election), _) => timer("election", election),
        (_, Some(heartbeat)) => timer("heartbeat", heartbeat),
        _ => html! { lang.text().timer_none },
    }
}

/// When a timer expires. None does at a server that is paused; what is due by then expires as soon as it goes on.
fn expires(server: &ServerView, lang: Lang, at: Micros) -> String {
    match server.process {
        Process::Paused => lang.expires_resumed(at),
        _ => format!("{} {}", { lang.text().expires_at }, lang.seconds(at)),
    }
}

fn disk(state: HardState, lang: Lang) -> Html {
    let vote = name(state.voted_for);
    html! {
        <>
            <span class="cell-line">{ format!("term {}, {vote}", state.current_term) }</span>
            <span class="cell-line">{ lang.log_in_short(state.last_log) }</span>
        </>
    }
}

/// The button that crashes or starts a server.
pub fn power(server: &ServerView, lang: Lang, emit: &Callback<Intent>) -> Html {
    let power = server.power();
    let icon = if server.is_up() { icons::POWER } else { icons::START };
    let name = lang.power_button(server);
    html! {
        <button type="button" class="icon-button" title={name.clone()} aria-label={name} onclick={emit.reform(move |_| Intent::act(power))}>
            { icons::icon(icon) }
        </button>
    }
}

fn pause(server: &ServerView, lang: Lang, emit: &Callback<Intent>) -> Html {
    let id = server.id;
    let paused = server.process == Process::Paused;
    let action = if paused { Action::resume(id) } else { Action::pause(id) };
    let icon = if paused { icons::PLAY } else { icons::PAUSE };
    let name = lang.pause_button(server);
    // Whoever presses it although the server is down is told so, as by every action that can't be done.
    let idle = !server.is_up();
    let title = if idle {
        lang.refused(Refused::Down).into()
    } else {
        name.clone()
    };
    html! {
        <button type="button" class="icon-button" aria-disabled={idle.then_some("true")} {title} aria-label={name} onclick={emit.reform(move |_| Intent::act(action))}>
            { icons::icon(icon) }
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::run::player::Player;

    /// Its leader is paused, and another wins the next term meanwhile.
    #[test]
    fn a_paused_leader_is_stale_and_its_timers_wait_for_it() {
        let mut player = Player::default();
        player.seek(Micros::from_millis(300));
        let leader = player.history().world().leader().unwrap();
        player.act(Action::pause(leader)).unwrap();
        player.seek(Micros::from_millis(700));
        let view = ClusterView::of(&player);
        let paused = &view.servers[leader.index()];
        let due = paused.heartbeat.expect("it leads").fires_at;
        assert!(due < player.history().now());
        let at = format!("{:.3}", due.0 as f64 / 1_000_000.0);
        let said = [Lang::En, Lang::Pt].map(|lang| expires(paused, lang, due));
        assert_eq!(said[0], format!("expires once resumed, not before {at} s"));
        let at = at.replace('.', ",");
        assert_eq!(said[1], format!("só se esgota após retomar, não antes de {at} s"));
        assert_eq!(Lang::En.standing(paused), "stale leader");
        assert_eq!(
            Lang::En.server_name(paused),
            format!("{leader}, stale leader, term 1, paused")
        );
        let newer = view.leader().expect("another leads");
        assert_eq!(expires(newer, Lang::En, Micros::from_millis(315)), "expires at 0.315 s");
    }
}
