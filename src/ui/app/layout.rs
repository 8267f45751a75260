//! What is shown where.

use yew::prelude::*;

use super::{App, message::ShellMsg, notices::Notice, panels, shell::tab};
use crate::scenario::ScenarioId;
use crate::ui::{
    app::focus,
    explain::why,
    features::{
        header::Header,
        help::Help,
        network,
        ring::{MAIN, Ring, legend::Legend, menu::Menu, stops::Stop},
        rules,
        share::{Banner, DROP_HINT, FullLink, ShareDialog},
        status::{Status, watch},
        timeline::Timeline,
        transport::{TimeSlider, Transport},
    },
    intent::Intent,
    kit::{emit::maybe, panel::Panel},
    run::player::{BranchChange, Player},
};

impl App {
    /// The whole page.
    pub(super) fn layout(&self) -> Html {
        let lang = self.prefs.lang;
        let player = self.stage.player.0.borrow();
        let history = player.history();
        let seed = Some(player.scenario().seed);
        html! {
            <>
                <a class="skip" href="#ring" onclick={|event: MouseEvent| skip(&event)}>{ lang.text().skip }</a>
                if !self.shell.framed {
                    <Header scenario={player.scenario().id} seed={seed.filter(|_| self.shell.compact)} size={self.stage.view.servers.len()} prefs={self.prefs} emit={&self.emit} />
                }
                <Banner messages={self.session.messages.clone()} {lang} emit={&self.to_share} />
                <main class={classes!("main", self.shell.panel().is_wide.then_some("wide-panels"), self.stage.companion.is_shown().then_some("comparing"))}>
                    { self.view_ring(&player) }
                    if !self.shell.panels().is_empty() {
                        { self.view_panels() }
                    }
                </main>
                <section class="time" aria-label={lang.text().time}>
                    if !self.shell.compact && !self.shell.framed {
                        { self.view_timeline(&player) }
                    }
                    <TimeSlider {lang} emit={&self.emit} />
                    <Transport
                        playing={player.playing()}
                        speed={player.speed()}
                        seed={seed.filter(|_| !self.shell.compact && !self.shell.framed)}
                        in_the_past={player.in_the_past()}
                        branch={history.current()}
                        branches={history.branches().map(|branch| (branch.id, lang.branch_name(branch))).collect::<Vec<_>>()}
                        {lang}
                        emit={&self.emit}
                    />
                </section>
                if !self.shell.framed {
                    { self.view_dialogs() }
                }
                if self.session.dragged {
                    <div id={DROP_HINT} class="drop-hint"><p>{ lang.share_text().drop_here }</p></div>
                }
            </>
        }
    }

    /// Beside the terminals, or another ring, there is as little room for the ring as on a phone.
    pub(super) fn ring_is_compact(&self) -> bool {
        self.shell.compact || self.stage.companion.is_shown() || self.shell.panel().is_wide
    }

    fn view_ring(&self, player: &Player) -> Html {
        let lang = self.prefs.lang;
        let text = lang.text();
        let violation = why::worst(player.history()).map(|incident| incident.violation);
        let lit = self.selection.lit();
        let ring = html! {
            <Ring
                view={self.stage.view.clone()} differing={self.stage.companion.differing(player)} taken={self.selection.taken().map(|taken| taken.id)}
                lit_events={lit.events.clone()} lit_servers={lit.servers} lit_links={lit.links.clone()}
                {lang} compact={self.ring_is_compact()} emit={&self.emit}
            />
        };
        html! {
            <section id="ring-panel" class="card ring-panel" aria-label={text.ring} tabindex="-1">
                if self.shell.framed {
                    <h1 class="unseen">{ lang.text().title }</h1>
                }
                <Status view={self.stage.view.clone()} {violation} has_rules={self.shell.has(rules::PANEL)} {lang} emit={&self.emit} />
                // Its words change with every event; a screen reader hears them at its own pace.
                <p class="narration" aria-hidden="true">{ &self.stage.narration }</p>
                <p class="unseen" role="status">{ self.clock.speaking.said() }</p>
                <div class="notice" role="status">
                    if let Some(notice) = self.notices.now() {
                        <p>{ notice.text.clone() }{ self.view_offer(notice) }</p>
                    }
                </div>
                if self.shell.framed {
                    <FullLink player={self.stage.player.clone()} {lang} />
                } else if self.notices.now().is_none() && !self.stage.companion.is_shown() && !(self.shell.compact && player.scenario().id == ScenarioId::Free) {
                    { watch::view(lang, player.scenario()) }
                }
                if let Some(futures) = self.stage.companion.view(player, &self.stage.view, ring.clone(), lang, &self.emit) {
                    { futures }
                } else {
                    <div class="ring-box">{ ring }</div>
                }
                if !self.shell.framed {
                    <Legend extras={self.stage.view.extras} stops={self.stops()} links={self.stage.view.links} size={self.stage.view.servers.len()} {lang} />
                }
                if self.shell.compact && !self.shell.framed {
                    { self.view_timeline(player) }
                }
                if let Some(server) = self.shell.menu {
                    <Menu
                        server={self.stage.view.servers[server.index()].clone()}
                        isolated={self.stage.view.links.is_isolated(server, self.stage.view.servers.len())}
                        size={self.stage.view.servers.len()}
                        timers_shown={self.shell.has(network::PANEL)}
                        {lang} emit={&self.emit} />
                }
            </section>
        }
    }

    /// After acting in the past: both futures beside each other.
    fn view_offer(&self, notice: &Notice) -> Option<Html> {
        let branch = notice.left?;
        let onclick = self.emit.reform(move |_| {
            // The button goes away with the notice.
            focus("ring-panel");
            Intent::Branches(BranchChange::Compare(branch))
        });
        Some(html! {
            <>{ " " }<button type="button" class="small" {onclick}>{ self.prefs.lang.branches_text().compare_left }</button></>
        })
    }

    /// The ways in which servers stand still now.
    fn stops(&self) -> Vec<Stop> {
        let now = |stop: &Stop| {
            self.stage
                .view
                .servers
                .iter()
                .any(|server| Stop::of(server) == Some(*stop))
        };
        Stop::ALL.into_iter().filter(now).collect()
    }

    fn view_dialogs(&self) -> Html {
        html! {
            <>
                <Help panels={panels::ALL.as_slice()} open={self.shell.help} prefs={self.prefs} emit={&self.emit} />
                <ShareDialog
                    open={self.session.dialog}
                    panels={panels::ALL.as_slice()}
                    player={self.stage.player.clone()}
                    prefs={self.prefs}
                    emit={&self.to_share}
                />
            </>
        }
    }

    fn view_timeline(&self, player: &Player) -> Html {
        let close = self.timeline.is_close();
        // Single messages are only seen close up.
        let happened = if close { self.clock.reading.revision() } else { 0 };
        let version = (player.epoch(), player.history().roles().changes(), happened);
        let window = self.timeline.window(player);
        html! {
            <Timeline
                player={self.stage.player.clone()}
                {version}
                {window}
                {close}
                size={self.stage.view.servers.len()}
                selected={self.selection.event()}
                lit={self.selection.lit().times.clone()}
                lang={self.prefs.lang}
                compact={self.shell.compact}
                emit={&self.emit}
                zoom={&self.to_timeline}
            />
        }
    }

    fn view_panels(&self) -> Html {
        let lang = self.prefs.lang;
        let panel = self.shell.panel();
        html! {
            <section id="panels" class="card panels" aria-label={lang.text().panels}>
                <div class="tabs" role="tablist" aria-label={lang.text().panels}>
                    { for self.shell.panels().iter().map(|panel| self.view_tab(*panel)) }
                </div>
                <div id="panel" class="panel" role="tabpanel" aria-labelledby={tab(panel)}>
                    { panels::view(self, panel) }
                </div>
            </section>
        }
    }

    fn view_tab(&self, panel: Panel) -> Html {
        let selected = panel == self.shell.panel();
        let panels = self.shell.panels();
        let last = panels.len() - 1;
        let [previous, next] = [last, 1].map(|offset| self.shell.neighbour(panel, offset));
        let ends = [panels[0], panels[last]];
        let onkeydown = maybe(&self.to_shell, move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowRight" => next,
                "ArrowLeft" => previous,
                "Home" => ends[0],
                "End" => ends[1],
                _ => return None,
            };
            event.prevent_default();
            event.stop_propagation();
            Some(ShellMsg::FocusPanel(to))
        });
        html! {
            <button
                type="button" id={tab(panel)} class="tab" role="tab"
                aria-selected={selected.to_string()} aria-controls="panel" tabindex={if selected { "0" } else { "-1" }}
                onclick={self.to_shell.reform(move |_| ShellMsg::Panel(panel))} {onkeydown}
            >
                { (panel.title)(self.prefs.lang) }
            </button>
        }
    }
}

/// To the ring without a change of the address, which may hold a run.
fn skip(event: &MouseEvent) {
    event.prevent_default();
    focus(MAIN);
}
