//! Every line of all servers, in the lab's words. Only the lines in sight are in the document.

use std::rc::Rc;

use gloo::{
    render::{AnimationFrame, request_animation_frame},
    timers::callback::Timeout,
};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::{
    raft::NodeId,
    scenario::lablog::{self, Kind, Tag},
    sim::EventId,
    ui::{
        explain::highlight::Highlight,
        features::log::{
            Wanted,
            index::{Filter, LogIndex, Row, resolve},
            transcripts::Transcripts,
        },
        intent::{Intent, Subject},
        kit::{
            emit::{maybe, value},
            files, icons,
        },
        run::handle::RunHandle,
        text::{Lang, tag_class},
    },
};

/// What the lines need.
#[derive(Clone, PartialEq, Properties)]
pub struct LinesProps {
    /// The run, at reading speed.
    pub run: RunHandle,
    /// The event that is selected everywhere.
    pub selected: Option<EventId>,
    /// What is highlighted.
    pub lit: Option<Rc<Highlight>>,
    /// The language.
    pub lang: Lang,
    /// Whether the screen is narrow.
    pub compact: bool,
    /// What the reader wanted before, and where it is kept.
    pub wanted: Wanted,
    /// Whether the scenario replays a figure of the lab.
    pub is_figure: bool,
    /// The server that a lesson tells of.
    pub told: Option<NodeId>,
    /// What stands first in the toolbar.
    pub children: Html,
    /// Receives messages for the reader.
    pub emit: Callback<Intent>,
}

/// What happens to the lines.
pub enum LogMsg {
    /// The reader scrolled, or its size changed.
    Scrolled,
    /// Everything around the list has got its size.
    Settled,
    /// Shows or hides a server's lines.
    Server(NodeId),
    /// Shows or hides lines with a tag.
    Tag(usize),
    /// Shows or hides lines of a kind.
    Kind(Kind),
    /// Shows only lines with a text.
    Search(String),
    /// Shows all lines.
    ShowAll,
    /// Shows or hides the filters.
    Filters,
    /// Goes to another line, and selects it.
    Step(LineStep),
    /// Goes to the newest line.
    ToEnd,
    /// Copies the lines to the clipboard.
    Copy,
    /// Whether the clipboard took them.
    Copied(bool),
    /// The button says "Copy" again.
    CopyReady,
    /// Saves the lines as a file.
    Download,
}

/// To which line the keyboard goes.
#[derive(Clone, Copy)]
pub enum LineStep {
    /// So many lines after or before the one that it is at.
    By(isize),
    /// The first line.
    First,
    /// The newest.
    Last,
}

/// Every line.
pub struct EveryLine {
    index: LogIndex,
    list: NodeRef,
    first: usize,
    fits: usize,
    follows: bool,
    /// How far it was scrolled when last heard of, in pixels.
    top: usize,
    /// How high all lines were when it last went to the end of them, in pixels.
    ended: usize,
    /// Lines there were when the reader scrolled up.
    seen: usize,
    filters_open: bool,
    copied: Option<Timeout>,
    /// Until everything around the list has got its size.
    settles: Option<AnimationFrame>,
    /// The line that the keyboard is at, while its event is selected.
    cursor: Option<Row>,
}

impl EveryLine {
    const ROW: usize = 22;
    const COMPACT_ROW: usize = 38;
    /// Lines kept in the document beyond those in sight, on either side.
    const MARGIN: usize = 6;

    fn row_height(ctx: &Context<Self>) -> usize {
        if ctx.props().compact {
            Self::COMPACT_ROW
        } else {
            Self::ROW
        }
    }

    fn sync(&mut self, ctx: &Context<Self>) {
        let player = ctx.props().run.player();
        self.index.sync(player.history(), ctx.props().run.trace_epoch());
        self.seen = self.seen.min(self.index.rows().len());
    }

    fn refilter(&mut self, ctx: &Context<Self>, change: impl FnOnce(&mut Filter)) -> bool {
        let mut filter = self.index.filter().clone();
        change(&mut filter);
        ctx.props().wanted.change(|wanted| wanted.filter.clone_from(&filter));
        self.index = LogIndex::new(filter);
        (self.follows, self.ended, self.top) = (true, 0, 0);
        self.sync(ctx);
        true
    }

    #[expect(clippy::cast_sign_loss, reason = "lengths are not negative")]
    fn scrolled(&mut self, ctx: &Context<Self>) -> bool {
        let Some(list) = self.list.cast::<HtmlElement>() else {
            return false;
        };
        let height = Self::row_height(ctx);
        let top = list.scroll_top().max(0) as usize;
        let visible = list.client_height().max(0) as usize;
        let (first, fits) = (top / height, visible / height + 1);
        let at_end = top + visible + height >= list.scroll_height().max(0) as usize;
        // Lines that have come meanwhile move the end away; only the reader moves up.
        let follows = at_end || (self.follows && top >= self.top);
        let changed = (first, fits, follows) != (self.first, self.fits, self.follows);
        if self.follows && !follows {
            self.seen = self.index.rows().len();
        }
        (self.first, self.fits, self.follows, self.top) = (first, fits, follows, top);
        changed
    }

    /// Where the keyboard is: at its line, or at the first one of the event that was selected elsewhere.
    fn place(&self, ctx: &Context<Self>) -> Option<usize> {
        let (rows, event) = (self.index.rows(), ctx.props().selected?);
        let at = |row: Row| {
            let at = rows.partition_point(|each| (each.event, each.line) < (row.event, row.line));
            rows.get(at).filter(|each| each.event == event).map(|_| at)
        };
        let cursor = self.cursor.filter(|row| row.event == event);
        cursor.and_then(at).or_else(|| at(Row { event, line: 0 }))
    }

    /// Goes to a line, and selects its event. With none selected, one begins at the newest.
    fn step(&mut self, ctx: &Context<Self>, step: LineStep) -> bool {
        let rows = self.index.rows();
        let last = rows.len().saturating_sub(1);
        let next = match (step, self.place(ctx)) {
            (LineStep::First, _) => 0,
            (LineStep::Last, _) | (LineStep::By(_), None) => last,
            (LineStep::By(by), Some(at)) => at.saturating_add_signed(by).min(last),
        };
        if let Some(row) = rows.get(next).copied() {
            self.cursor = Some(row);
            ctx.props().emit.emit(Intent::Select(Some(row.event)));
            self.show(ctx, next);
        }
        true
    }

    /// Scrolls so far that a line is in sight.
    fn show(&mut self, ctx: &Context<Self>, row: usize) {
        let Some(list) = self.list.cast::<HtmlElement>() else {
            return;
        };
        let pixels = |rows: usize| i32::try_from(rows * Self::row_height(ctx)).unwrap_or(i32::MAX);
        let (top, bottom) = (pixels(row), pixels(row + 2));
        if top < list.scroll_top() {
            self.follows = false;
            list.set_scroll_top(top);
        } else if bottom > list.scroll_top() + list.client_height() {
            list.set_scroll_top(bottom - list.client_height());
        }
    }

    #[expect(clippy::cast_sign_loss, reason = "lengths are not negative")]
    fn go_to_end(&mut self) {
        if let Some(list) = self.list.cast::<HtmlElement>() {
            list.set_scroll_top(list.scroll_height());
            self.top = list.scroll_top().max(0) as usize;
        }
    }

    /// Whether the reader has scrolled up, and the browser has not said so yet: it does with the next frame.
    #[expect(clippy::cast_sign_loss, reason = "lengths are not negative")]
    fn has_left_the_end(&self) -> bool {
        let list = self.list.cast::<HtmlElement>();
        list.is_some_and(|list| (list.scroll_top().max(0) as usize) < self.top)
    }

    /// The lines to be in the document: those in sight and a few more.
    fn window(&self) -> std::ops::Range<usize> {
        let count = self.index.rows().len();
        let first = if self.follows {
            count.saturating_sub(self.fits)
        } else {
            self.first
        };
        first.saturating_sub(Self::MARGIN).min(count)..(first + self.fits + Self::MARGIN).min(count)
    }

    /// All lines that the filter lets through, in the lab's own format, server by server. What is hidden unasked is in it.
    fn file(&self, ctx: &Context<Self>) -> String {
        let player = ctx.props().run.player();
        let mut filter = self.index.filter().clone();
        filter.hides_loop = false;
        let mut index = LogIndex::new(filter);
        index.sync(player.history(), ctx.props().run.trace_epoch());
        index.file(player.history(), player.scenario().id.began())
    }
}

impl Component for EveryLine {
    type Message = LogMsg;
    type Properties = LinesProps;

    fn create(ctx: &Context<Self>) -> Self {
        let wanted = ctx.props().wanted.get();
        let (mut filter, filters_open) = (wanted.filter, wanted.filters_open);
        filter.hides_loop = filter.hides_loop && !ctx.props().is_figure;
        let mut panel = Self {
            index: LogIndex::new(filter),
            list: NodeRef::default(),
            first: 0,
            fits: 40,
            follows: true,
            top: 0,
            ended: 0,
            seen: 0,
            filters_open,
            copied: None,
            settles: None,
            cursor: None,
        };
        panel.sync(ctx);
        panel
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &LinesProps) -> bool {
        let is_figure = ctx.props().is_figure;
        if is_figure != old.is_figure {
            return self.refilter(ctx, |filter| filter.hides_loop = !is_figure);
        }
        self.sync(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: LogMsg) -> bool {
        match message {
            LogMsg::Scrolled => return self.scrolled(ctx),
            LogMsg::Settled => {
                // Transcripts that came after the list have made it lower.
                if self.follows {
                    self.go_to_end();
                }
                return self.scrolled(ctx);
            }
            LogMsg::Server(server) => {
                return self.refilter(ctx, |filter| {
                    if !filter.servers.remove(server) {
                        filter.servers.insert(server);
                    }
                });
            }
            LogMsg::Tag(index) => return self.refilter(ctx, |filter| filter.tags[index] ^= true),
            LogMsg::Kind(kind) => return self.refilter(ctx, |filter| filter.toggle(kind)),
            LogMsg::Search(text) => return self.refilter(ctx, |filter| filter.text = text),
            LogMsg::ShowAll => return self.refilter(ctx, |filter| *filter = Filter::all()),
            LogMsg::Filters => {
                self.filters_open ^= true;
                let open = self.filters_open;
                ctx.props().wanted.change(|wanted| wanted.filters_open = open);
            }
            LogMsg::Step(step) => return self.step(ctx, step),
            LogMsg::ToEnd => {
                (self.follows, self.ended) = (true, 0);
            }
            LogMsg::Copy => {
                files::copy(&self.file(ctx), ctx.link().callback(LogMsg::Copied));
            }
            LogMsg::Copied(true) => {
                let link = ctx.link().clone();
                self.copied = Some(Timeout::new(2000, move || link.send_message(LogMsg::CopyReady)));
            }
            LogMsg::Copied(false) => {
                let text = ctx.props().lang.text().copy_failed.to_owned();
                ctx.props().emit.emit(Intent::Notice(text));
            }
            LogMsg::CopyReady => self.copied = None,
            LogMsg::Download => {
                files::download("raft-election.log", "text/plain", &self.file(ctx));
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        html! {
            <div class="log-panel">
                { self.view_toolbar(ctx) }
                if self.filters_open {
                    { self.view_filters(ctx) }
                }
                <div class="log-body">
                    { self.view_lines(ctx) }
                    if props.is_figure {
                        <Transcripts run={props.run.clone()} selected={props.selected} told={props.told} lang={props.lang} compact={props.compact} />
                    }
                </div>
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        // Through the CSSOM: the page's policy forbids style attributes.
        let height = Self::row_height(ctx);
        if let Some(list) = self.list.cast::<HtmlElement>() {
            let space = list.query_selector(".log-space").ok().flatten();
            if let Some(space) = space.and_then(|space| space.dyn_into::<HtmlElement>().ok()) {
                let total = self.index.rows().len() * height;
                let _ = space.style().set_property("height", &format!("{total}px"));
                if let Some(rows) = space
                    .first_element_child()
                    .and_then(|rows| rows.dyn_into::<HtmlElement>().ok())
                {
                    let top = self.window().start * height;
                    let _ = rows.style().set_property("transform", &format!("translateY({top}px)"));
                }
            }
        }
        // To ask how high it is has the browser lay out the page at once, so it is asked only when lines have come.
        let total = self.index.rows().len() * height;
        if self.follows && std::mem::replace(&mut self.ended, total) != total && !self.has_left_the_end() {
            self.go_to_end();
        }
        if first_render {
            ctx.link().send_message(LogMsg::Scrolled);
            let link = ctx.link().clone();
            self.settles = Some(request_animation_frame(move |_| link.send_message(LogMsg::Settled)));
        }
    }
}

impl EveryLine {
    fn view_toolbar(&self, ctx: &Context<Self>) -> Html {
        let text = ctx.props().lang.text();
        let link = ctx.link();
        let filtered = !self.index.filter().shows_all();
        let oninput = link.callback(|event: InputEvent| LogMsg::Search(value(&event)));
        html! {
            <div class="log-toolbar">
                { ctx.props().children.clone() }
                <button type="button" class={classes!("small", filtered.then_some("on"))} aria-expanded={self.filters_open.to_string()} onclick={link.callback(|_| LogMsg::Filters)}>
                    { text.filters }
                </button>
                <input type="search" class="search" placeholder={text.search} aria-label={text.search} value={self.index.filter().text.clone()} {oninput} />
                <span class="log-count">{ ctx.props().lang.lines(self.index.rows().len()) }</span>
                <button type="button" class="small" onclick={link.callback(|_| LogMsg::Copy)}>
                    { if self.copied.is_some() { text.copied } else { text.copy } }
                </button>
                <button type="button" class="small" title={text.download_hint} onclick={link.callback(|_| LogMsg::Download)}>{ text.download }</button>
            </div>
        }
    }

    fn view_filters(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().lang;
        let text = lang.text();
        let filter = self.index.filter();
        let size = ctx.props().run.player().history().world().servers().len();
        let chip = |label: String, on: bool, onclick: Callback<MouseEvent>| {
            html! {
                <button type="button" class="chip" aria-pressed={on.to_string()} {onclick}>{ label }</button>
            }
        };
        html! {
            <div class="log-filters">
                <div class="chips" role="group" aria-label={text.filter_servers}>
                    { for NodeId::all(size).map(|id| chip(id.to_string(), filter.servers.contains(id), ctx.link().callback(move |_| LogMsg::Server(id)))) }
                </div>
                <div class="chips" role="group" aria-label={text.filter_roles}>
                    { for Tag::ALL.iter().enumerate().map(|(index, tag)| chip(tag.name().to_owned(), filter.tags[index], ctx.link().callback(move |_| LogMsg::Tag(index)))) }
                </div>
                <div class="chips" role="group" aria-label={text.filter_kinds}>
                    { for Kind::ALL.iter().map(|kind| chip(lang.kind(*kind).to_owned(), filter.shows(*kind), ctx.link().callback(move |_| LogMsg::Kind(*kind)))) }
                </div>
                if !filter.shows_all() {
                    <button type="button" class="small" onclick={ctx.link().callback(|_| LogMsg::ShowAll)}>{ text.clear_filters }</button>
                }
            </div>
        }
    }

    /// Arrows, Page Up and Page Down, Home and End select a line, Enter asks why.
    fn keys(ctx: &Context<Self>) -> Callback<KeyboardEvent> {
        let selected = ctx.props().selected;
        const PAGE: isize = 10;
        let emit = ctx.props().emit.clone();
        maybe(&ctx.link().callback(|message| message), move |event: KeyboardEvent| {
            let message = match event.key().as_str() {
                "ArrowDown" => Some(LogMsg::Step(LineStep::By(1))),
                "ArrowUp" => Some(LogMsg::Step(LineStep::By(-1))),
                "PageDown" => Some(LogMsg::Step(LineStep::By(PAGE))),
                "PageUp" => Some(LogMsg::Step(LineStep::By(-PAGE))),
                "Home" => Some(LogMsg::Step(LineStep::First)),
                "End" => Some(LogMsg::Step(LineStep::Last)),
                "Enter" => {
                    emit.emit(Intent::Why(Subject::Event(selected?)));
                    None
                }
                _ => return None,
            };
            event.prevent_default();
            message
        })
    }

    fn view_lines(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().lang;
        let text = lang.text();
        let player = ctx.props().run.player();
        let history = player.history();
        let (rows, window, at) = (self.index.rows(), self.window(), self.place(ctx));
        let new = if self.follows {
            0
        } else {
            rows.len().saturating_sub(self.seen)
        };
        html! {
            <div class="log-view">
                // Many lines a second: a screen reader hears the status line instead.
                <div ref={&self.list} class="log-list" role="log" aria-live="off" aria-label={text.event_log} tabindex="-1" onkeydown={Self::keys(ctx)} onscroll={ctx.link().callback(|_| LogMsg::Scrolled)}>
                    if history.trace().first().0 > 0 {
                        <p class="log-note">{ text.log_dropped }</p>
                    }
                    // A list box: screen readers leave its keys to it, and say each line with its place among all.
                    <div class="log-space" role="listbox" tabindex="0" aria-label={text.event_log} aria-description={lang.log_text().keys} aria-activedescendant={at.filter(|at| window.contains(at)).map(|at| row_id(rows[at]))}>
                        <div class="log-rows" role="presentation">
                            { for window.clone().zip(rows.range(window)).filter_map(|(place, row)| {
                                view_row(ctx.props(), history, *row, [place, rows.len()], at == Some(place), player.differs(row.event))
                            }) }
                        </div>
                    </div>
                </div>
                if rows.is_empty() {
                    <p class="empty">{ if self.index.filter().shows_all() { text.log_empty } else { text.log_no_match } }</p>
                }
                if new > 0 {
                    <button type="button" class="log-new" onclick={ctx.link().callback(|_| LogMsg::ToEnd)}>{ lang.new_lines(new) }</button>
                }
            </div>
        }
    }
}

/// A line in the document.
fn row_id(row: Row) -> String {
    format!("line-{}-{}", row.event.0, row.line)
}

/// A line, with its place among so many; whether the keyboard is at it. With a sign if it is not in the other branch.
fn view_row(
    props: &LinesProps,
    history: &crate::sim::History,
    row: Row,
    [place, count]: [usize; 2],
    is_at: bool,
    differs: bool,
) -> Option<Html> {
    let (event, server, line) = resolve(history, row)?;
    let tag = line.tag.name();
    let key = format!("{}.{}", row.event.0, row.line);
    let id = row.event;
    let differs_text = props.lang.branches_text().differs;
    let classes = classes!(
        "log-row",
        tag_class(line.tag),
        (line.text == lablog::Text::BecomingLeader).then_some("won"),
        props.lit.as_ref().is_some_and(|lit| lit.contains(id)).then_some("lit"),
        (props.selected == Some(id)).then_some("selected"),
        is_at.then_some("at"),
        differs.then_some("differs"),
    );
    Some(html! {
        <div {key} id={row_id(row)} class={classes} role="option" aria-selected={(props.selected == Some(id)).to_string()} aria-posinset={(place + 1).to_string()} aria-setsize={count.to_string()} title={props.lang.why_text().title} onclick={props.emit.reform(move |_| Intent::Why(Subject::Event(id)))}>
            if differs {
                <span class="log-differs" role="img" aria-label={differs_text} title={differs_text}>{ icons::icon(icons::DIFFERS) }</span>
            }
            <span class="log-time">{ props.lang.instant(event.at) }</span>{ " " }
            <span class="log-server">{ server.to_string() }</span>{ " " }
            <span class="log-tag">{ format!("[{tag}]") }</span>{ " " }
            <span class="log-text">{ line.text.to_string() }</span>
        </div>
    })
}
