//! What is shown where.

use yew::prelude::*;

use super::{App, notices::Notice, panels};
use crate::{
    raft::{NodeId, NodeSet},
    scenario::{ScenarioId, link::encode_plain},
    sim::Process,
    ui::{
        explain::why,
        features::{
            header::Header,
            help::Help,
            ring::{self, MAIN, Ring, legend::Legend, menu::Menu},
            rules,
            share::{Banner, DROP_HINT, LessonLink, ShareDialog, full_link},
            status::{Status, watch},
            timeline::{self, InWords, Pins, Timeline, Tools},
            toolbar::Toolbar,
            transport::{SeedField, Transport},
        },
        intent::{Intent, LessonAsked},
        kit::dom::focus,
        run::{player::Player, view::ServerView},
        svg::{ring::geometry::Geometry, stops::Stop},
        text::with_units,
    },
};

/// How many letters of what is going on fit its room in the usual size.
const LONG: usize = 120;
/// Of so many, which take three lines of small letters.
const LONGER: usize = 190;

impl App {
    /// The whole page.
    pub(super) fn layout(&self) -> Html {
        let lang = self.prefs.lang;
        let player = self.stage.player();
        let history = player.history();
        let seed = player.scenario().seed;
        // The steps of a lesson lead back and on, and keep to their branch unless the reader compares what would have been.
        let goes_by_steps = self.classroom.is_some() && !self.stage.companion.is_shown();
        html! {
            <>
                <a class="skip" href="#ring" onclick={|event: MouseEvent| skip(&event)}>{ lang.text().skip }</a>
                if !self.shell.framed {
                    // Drawn anew where nothing came of a choice: its lists would go on showing it.
                    <Header key={self.in_vain} scenario={self.scenario(&player)} title={self.title(&player)} size={self.stage.view.servers.len()} {lang} theme={self.prefs.theme} says={self.view_says(&player)} emit={&self.emit} />
                }
                { self.later.view(|views| (views.banner)(self)) }
                { self.later.view(|views| (views.practice_watch)(self)) }
                <main class={classes!("main", self.stage.companion.is_shown().then_some("comparing"))}>
                    { self.view_ring(&player) }
                    if !self.shell.panels().is_empty() {
                        { self.view_panels() }
                    }
                </main>
                // A lesson, or what is decided for a server, is told from the lanes by ear, too.
                <section class="time" aria-label={self.name_of_time()}>
                    if self.shell.compact && !self.shell.framed {
                        // Who leads, the sentence and the kill row are above; of the lanes there is little to miss meanwhile.
                        { self.view_notice() }
                    }
                    if let Some(classroom) = &self.classroom {
                        // What is taught takes the place of the lanes.
                        { classroom.view(&player, lang, &self.emit) }
                    } else {
                        if !self.shell.compact && !self.shell.framed {
                            { self.view_tools_or_room() }
                        }
                        { self.view_lanes(&player) }
                    }
                    <Transport
                        playing={player.playing()}
                        pace={player.pace()}
                        tempo={player.tempo()}
                        speed={player.speed()}
                        seed={(!self.shell.compact && !self.shell.framed).then_some(seed)}
                        in_the_past={player.in_the_past() && !goes_by_steps}
                        branch={history.current()}
                        branches={history.branches().filter(|_| !goes_by_steps).map(|branch| (branch.id, lang.branch_name(branch))).collect::<Vec<_>>()}
                        {lang}
                        clock={self.timeline.nodes().clock}
                        emit={&self.emit}
                    />
                </section>
                if !self.shell.framed {
                    { self.later.view(|views| (views.dialogs)(self)) }
                }
                if self.session.dragged {
                    <div id={DROP_HINT} class="drop-hint"><p>{ lang.share_text().drop_here }</p></div>
                }
            </>
        }
    }

    /// What the part of the page is called in which time is told, and what is taught meanwhile.
    fn name_of_time(&self) -> String {
        let (lang, time) = (self.prefs.lang, self.prefs.lang.text().time);
        self.classroom.as_ref().map_or_else(
            || time.to_owned(),
            |classroom| format!("{}, {time}", classroom.title(lang)),
        )
    }

    /// What there is to say about opening and keeping.
    pub(super) fn view_banner(&self) -> Html {
        html! {
            <Banner messages={self.session.messages.clone()} lang={self.prefs.lang} emit={&self.to_share} />
        }
    }

    /// What is being run; a lesson is none of the scenarios, whatever it runs, nor is what its author calls otherwise.
    fn scenario(&self, player: &Player) -> ScenarioId {
        match self.classroom {
            None if player.scenario().title.is_empty() => player.scenario().id,
            _ => ScenarioId::Own,
        }
    }

    /// What a run is called that came with a link or a file, or that was found.
    fn title(&self, player: &Player) -> String {
        if let Some(classroom) = &self.classroom {
            return classroom.title(self.prefs.lang);
        }
        let scenario = player.scenario();
        self.prefs.lang.run_title(scenario.id, &scenario.title)
    }

    /// Where things are in the ring. Beside another ring, there is as little room for it as on a phone; on a low screen there is too
    /// little for all that many servers have to say; and in front of a class, or above a lesson's card, there is less down than across. In
    /// a low window the card is beside the ring.
    pub(super) fn ring_geometry(&self) -> Geometry {
        let (shell, servers) = (&self.shell, self.stage.view.servers.len());
        let is_low = shell.low && servers > Geometry::MOST_ON_LOW;
        let is_taught = self.classroom.is_some();
        let is_small = shell.small_ring || shell.small_beside && is_taught;
        if !is_small && (self.stage.companion.is_shown() || is_low) {
            Geometry::low(servers)
        } else if !is_small && (is_taught && !shell.compact || self.presentation.is_some()) {
            Geometry::projected(servers)
        } else {
            Geometry::new(servers, is_small)
        }
    }

    /// The ring with all that is said about it, and what can be done to its servers.
    fn view_ring(&self, player: &Player) -> Html {
        let (lang, shell, view) = (self.prefs.lang, &self.shell, &self.stage.view);
        html! {
            <section id="ring-panel" class="card ring-panel" aria-label={lang.text().ring} tabindex="-1">
                if shell.framed {
                    <h1 class="unseen">{ lang.text().title }</h1>
                }
                { self.view_words(player) }
                { self.later.view(|views| (views.notes)(self, player)) }
                if shell.panels().is_empty() || self.presentation.is_some() {
                    { self.later.view(|views| (views.why)(self)) }
                }
                { self.view_rings(player) }
                if !shell.framed {
                    { self.view_toolbar(player) }
                    <Legend extras={view.extras} stops={self.stops()} ballots={view.servers.iter().any(ServerView::runs_for_leader) && view.links.all_up()} logs={view.logs_differ} links={view.links} size={view.servers.len()} {lang} />
                }
                if shell.compact && !shell.framed {
                    // There is no room above for what has to be in sight at once.
                    { self.view_watch(player) }
                    <SeedField seed={player.scenario().seed} {lang} emit={&self.emit} />
                    { self.view_tools_or_room() }
                }
                if let Some(server) = shell.menu {
                    { self.later.view(|views| (views.menu)(self, server)) }
                }
            </section>
        }
    }

    /// What can be done to a server.
    pub(super) fn view_menu(&self, server: NodeId) -> Html {
        let view = &self.stage.view;
        html! {
            <Menu
                server={view.servers[server.index()].clone()}
                links={view.links}
                running={view.servers.iter().filter(|server| server.process == Process::Running).map(|server| server.id).collect::<NodeSet>()}
                lang={self.prefs.lang}
                emit={&self.emit}
            />
        }
    }

    /// The kill row.
    fn view_toolbar(&self, player: &Player) -> Html {
        let history = player.history();
        html! {
            <Toolbar
                view={self.stage.view.clone()} normal={history.started_with().network} network={history.world().config().network}
                can_undo={player.can_undo()} can_redo={player.can_redo()} lang={self.prefs.lang} emit={&self.emit}
            />
        }
    }

    /// Who leads, and what is going on.
    fn view_words(&self, player: &Player) -> Html {
        let (lang, shell) = (self.prefs.lang, &self.shell);
        let violation = why::worst(player.history()).map(|incident| incident.violation);
        let (speech, letters) = (&self.speech, self.stage.narration.chars().count());
        let long = [(LONG, "long"), (LONGER, "longer")].map(|(most, class)| (letters > most).then_some(class));
        html! {
            <>
                <Status view={self.stage.view.clone()} {violation} has_rules={shell.has(rules::PANEL)} rules_badge={self.later.when_here(|views| views.rules_badge)} {lang} emit={&self.emit} />
                // Its words change with every event; a screen reader hears them at its own pace.
                <p class={classes!("narration", long[0], long[1])} role="status" aria-live={if speech.is_live { "polite" } else { "off" }}>
                    <span key={speech.count}>{ with_units(&self.stage.narration) }</span>
                </p>
                if shell.framed {
                    { self.view_notice() }
                    { full_link(self.stage.shared(), self.later.here().map_or(encode_plain, |views| views.encode), lang) }
                }
            </>
        }
    }

    /// What to watch, and what is told for a few seconds. It lies over what to watch, so that nothing moves for it; on a phone it
    /// lies over the lanes.
    fn view_says(&self, player: &Player) -> Html {
        let tells = self.notices.now().is_some_and(|notice| !notice.unseen);
        html! {
            <div class={classes!("says", tells.then_some("telling"))}>
                if !self.shell.compact && self.classroom.is_none() {
                    { self.view_watch(player) }
                }
                if !self.shell.compact {
                    { self.view_notice() }
                }
            </div>
        }
    }

    /// What to watch, or what whoever has opened no lesson yet is promised. Before more is loaded there is only the free cluster.
    fn view_watch(&self, player: &Player) -> Html {
        let lang = self.prefs.lang;
        let is_free = player.scenario().id == ScenarioId::Free && self.stage.view.servers.len() == 5;
        if self.newcomer.is_new_to_lessons() && is_free && self.classroom.is_none() {
            return html! { <p class="watch"><span>{ lang.text().promise }</span>{ " " }{ self.view_first_lesson() }</p> };
        }
        self.later
            .view_or(|| watch::view_free(lang), |views| (views.watch)(lang, player))
    }

    /// Whoever has opened no lesson yet is offered the first.
    fn view_first_lesson(&self) -> Html {
        let onclick = self
            .emit
            .reform(|_| Intent::Lesson(LessonAsked::Open("one-leader".to_owned())));
        html! { <button type="button" class="story-button" {onclick}>{ self.prefs.lang.text().first_lesson }</button> }
    }

    pub(super) fn view_notice(&self) -> Html {
        html! {
            <div class="notice" role="status">
                if let Some(notice) = self.notices.now() {
                    // Its number tells it from one with the same words, which its key alone does not.
                    <p key={notice.count} data-notice={notice.count.to_string()} class={notice.unseen.then_some("unseen")}>{ notice.text.clone() }{ self.view_offer(notice) }</p>
                }
            </div>
        }
    }

    /// The ring, or two of them while two futures are compared.
    fn view_rings(&self, player: &Player) -> Html {
        let (lang, stage) = (self.prefs.lang, &self.stage);
        let lit = self.selection.lit();
        let ring = html! {
            <Ring
                view={stage.view.clone()} nodes={stage.nodes()} differing={stage.companion.differing(player)}
                taken={self.selection.taken().map(|taken| taken.id)}
                lit_events={lit.events.clone()} lit_servers={lit.servers} lit_links={lit.links.clone()}
                is_new={self.newcomer.is_new() && self.classroom.is_none()}
                signs={self.later.when_here(|views| views.signs)}
                {lang} geometry={self.ring_geometry()} emit={&self.emit}
            />
        };
        // What begins to compare brings this with it.
        let later = self.later.here().filter(|_| stage.companion.is_shown());
        let futures = later.and_then(|views| (views.futures)(self, player, ring.clone()));
        let more = || ring::more::view(&stage.view, lang, &self.emit);
        futures.unwrap_or_else(|| html! { <div class="ring-box">{ ring }{ more() }</div> })
    }

    /// Both rings, the given one and that of the other future.
    pub(super) fn view_futures(&self, player: &Player, ring: Html) -> Option<Html> {
        let (stage, lang) = (&self.stage, self.prefs.lang);
        stage
            .companion
            .view(player, &stage.view, (ring, self.ring_geometry()), lang, &self.emit)
    }

    /// What may be done about what is said.
    fn view_offer(&self, notice: &Notice) -> Option<Html> {
        let (name, onclick) = notice.offer.clone()?;
        Some(html! {
            <>{ " " }<button type="button" class="small" {onclick}>{ name }</button></>
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

    /// The help sheet and the share dialogue.
    pub(super) fn view_dialogs(&self) -> Html {
        html! {
            <>
                { self.view_presentation() }
                { for self.classroom.as_ref().and_then(|lesson| lesson.view_sheet(self.prefs.lang, &self.emit)) }
                <Help panels={panels::ALL.as_slice()} open={self.shell.help} lang={self.prefs.lang} shortcuts={self.prefs.shortcuts} talk={self.prefs.talk} sound={self.sound.is_some()} emit={&self.emit} />
                <ShareDialog
                    open={self.session.dialog}
                    panels={panels::ALL.as_slice()}
                    player={self.stage.shared()}
                    lesson={self.shared_lesson()}
                    measures={self.laboratory.here().is_some()}
                    lang={self.prefs.lang}
                    theme={self.prefs.theme}
                    emit={&self.to_share}
                />
            </>
        }
    }

    /// The lesson that is open, while it can be shared.
    fn shared_lesson(&self) -> Option<LessonLink> {
        let classroom = self.classroom.as_ref().filter(|_| self.session.dialog)?;
        classroom.address().map(LessonLink)
    }

    /// What stands above the lanes; on a phone, where there is room.
    pub(super) fn view_lane_tools(&self) -> Html {
        let (close, lang) = (self.timeline.is_close(), self.prefs.lang);
        let pre_votes = self.stage.view.servers.iter().any(|server| server.rules.pre_vote);
        let version = {
            let player = self.stage.player();
            (player.epoch(), player.history().roles().changes())
        };
        html! { <Tools player={self.stage.shared()} {close} {pre_votes} {version} {lang} emit={&self.emit} zoom={&self.to_timeline} /> }
    }

    /// The tools above the lanes, or their room before they are here.
    fn view_tools_or_room(&self) -> Html {
        self.soon
            .view_or(timeline::room_for_tools, |views| (views.lane_tools)(self))
    }

    /// Whether there is room for the lanes alone.
    const fn lanes_are_slim(&self) -> bool {
        self.shell.compact || self.shell.framed
    }

    /// The lanes, or their room before they are here.
    fn view_lanes(&self, player: &Player) -> Html {
        let room = || {
            timeline::room(
                self.stage.view.servers.len(),
                self.lanes_are_slim(),
                self.soon.is_coming(),
            )
        };
        html! {
            <>
                { self.soon.view_or(room, |views| (views.lanes)(self, player)) }
                { self.later.view(|views| (views.lanes_in_words)(self, player)) }
            </>
        }
    }

    /// What the lanes show, in words.
    pub(super) fn view_lanes_in_words(&self, player: &Player) -> Html {
        let version = (player.epoch(), player.history().roles().changes());
        html! { <InWords player={self.stage.shared()} {version} lang={self.prefs.lang} /> }
    }

    pub(super) fn view_timeline(&self, player: &Player) -> Html {
        let close = self.timeline.is_close();
        // Single messages are only seen close up.
        let happened = if close { self.clock.reading.revision() } else { 0 };
        let other = player.comparison().map_or(0, |other| other.history().roles().changes());
        let changes = [player.history().roles().changes(), other];
        // Where an event that is selected lies is known as long as it is in memory.
        let epoch = self
            .selection
            .event()
            .map_or_else(|| player.epoch(), |_| player.trace_epoch());
        let version = (epoch, changes, happened);
        let window = self.timeline.drawn();
        let names = player.compared_branches();
        let compared =
            names.map(|[there, here]| [here, there].map(|branch| self.prefs.lang.branch_name(branch).into()));
        html! {
            <Timeline
                player={self.stage.shared()}
                {version}
                {window}
                {close}
                size={self.stage.view.servers.len()}
                {compared}
                pins={Pins { revision: player.notes_revision(), view: self.later.here().map(|views| views.pins) }}
                deeds={self.deeds()}
                selected={self.selection.event()}
                lit={self.selection.lit().times.clone()}
                lang={self.prefs.lang}
                slim={self.lanes_are_slim()}
                compact={self.shell.compact}
                nodes={self.timeline.nodes()}
                emit={&self.emit}
                zoom={&self.to_timeline}
            />
        }
    }
}

/// To the ring without a change of the address, which may hold a run.
fn skip(event: &MouseEvent) {
    event.prevent_default();
    focus(MAIN);
}
