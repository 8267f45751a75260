//! What surrounds the run: which panel is shown, what is open above the page, where the focus goes, and how much room there is.

use web_sys::{Element, MediaQueryList, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::{
    raft::NodeId,
    ui::{
        app::panels,
        explain::why::Asked,
        features::why::HEADING,
        kit::{
            dom::{focus, focus_on},
            panel::Panel,
        },
    },
};

/// As in the style sheets.
const NARROW: &str = "(max-width: 43.75em), (max-height: 34.9375em)";
/// Where a ring has no room across for its wide shape, and where one that stands alone hasn't.
const SMALL_RING: [&str; 2] = ["(max-width: 43.75em)", "(max-width: 30em)"];
/// Where a ring beside a lesson hasn't.
const BESIDE: &str = "(max-width: 43.75em) and (max-height: 34.9375em)";
/// Where there is too little room down for a ring of many servers.
const LOW: &str = "(max-height: 53.9375em)";
const STILL: &str = "(prefers-reduced-motion: reduce)";

/// Which panel is shown, what is open above the page, where the focus goes, and how much room there is.
pub struct Shell {
    /// Whether the page is in a frame of another one.
    pub framed: bool,
    /// Whether the screen is narrow or low.
    pub compact: bool,
    /// Whether the ring takes its narrow shape.
    pub small_ring: bool,
    /// Whether it does beside a lesson, which stands there where the screen is low.
    pub small_beside: bool,
    /// Whether the screen is low.
    pub low: bool,
    /// Whether the help sheet is open.
    pub help: bool,
    /// The server whose menu is open.
    pub menu: Option<NodeId>,
    /// Whether the menu *More* is open.
    pub more: bool,
    /// The panels that there are, in the order of their tabs.
    panels: Vec<Panel>,
    panel: Panel,
    /// The panel whose tab was brought into view last.
    tab_shown: Panel,
    /// The panel that a task is about, and the one that was there before.
    lent: Option<(Panel, Panel)>,
    /// What is to be brought into sight: the panels, as a button elsewhere asked for one, or the ring of a lesson that opens.
    called: Option<&'static str>,
    /// What was asked, while the drawer with the answer is open; and what had the focus before.
    why: Option<(Asked, Option<Element>)>,
    /// Whether time passed until the drawer opened, and goes on once it is closed.
    pub goes_on: bool,
    /// Whether the drawer was closed, and time is to go on.
    resumes: bool,
    /// What had the focus before the drawer, once that is closed.
    focus_back: Option<Element>,
    /// What takes the focus once it is there.
    focus_next: Option<String>,
    narrow: MediaQueryList,
    across: MediaQueryList,
    beside: MediaQueryList,
    lower: MediaQueryList,
    still: MediaQueryList,
}

impl Shell {
    /// With all panels, or in a frame of another page with those that it asks for.
    pub fn new(embedded: Option<Vec<Panel>>) -> Self {
        let framed = embedded.is_some();
        let panels = embedded.unwrap_or_else(|| panels::ALL.to_vec());
        let panel = panels.first().copied().unwrap_or(panels::ALL[0]);
        let is_alone = framed && panels.is_empty();
        let across = SMALL_RING[usize::from(is_alone)];
        let [narrow, across, beside, lower, still] = [NARROW, across, BESIDE, LOW, STILL].map(media);
        Self {
            framed,
            compact: narrow.matches(),
            small_ring: across.matches(),
            small_beside: beside.matches(),
            low: lower.matches(),
            help: false,
            menu: None,
            more: false,
            panels,
            panel,
            // Scrolling to the first tab would scroll a phone's page down to it.
            tab_shown: panel,
            lent: None,
            called: None,
            why: None,
            goes_on: false,
            resumes: false,
            focus_back: None,
            focus_next: None,
            narrow,
            across,
            beside,
            lower,
            still,
        }
    }

    /// What says when the screen becomes narrow or wide, low or high, or motion unwanted.
    pub const fn media(&self) -> [&MediaQueryList; 5] {
        [&self.narrow, &self.across, &self.beside, &self.lower, &self.still]
    }

    /// The screen may have become narrow or wide. Says whether motion is unwanted.
    pub fn media_changed(&mut self) -> bool {
        self.compact = self.narrow.matches();
        self.small_ring = self.across.matches();
        self.small_beside = self.beside.matches();
        self.low = self.lower.matches();
        self.still.matches()
    }

    /// The panels that there are, in the order of their tabs.
    pub fn panels(&self) -> &[Panel] {
        &self.panels
    }

    /// The panel that is shown.
    pub const fn panel(&self) -> Panel {
        self.panel
    }

    /// Whether there is a panel: in a frame of another page, not all need be.
    pub fn has(&self, panel: Panel) -> bool {
        self.panels.contains(&panel)
    }

    /// Shows a panel.
    pub const fn show(&mut self, panel: Panel) {
        self.panel = panel;
    }

    /// Shows a panel beside the ring, where something plays now. If the focus is in the panel that goes, a heading in the
    /// other has it.
    pub fn show_beside_ring(&mut self, panel: Panel, heading: &str) {
        if !self.has(panel) {
            return;
        }
        self.show(panel);
        if self.compact {
            // Ring and tab are never both in sight.
            self.tab_shown = panel;
        }
        let focused = gloo::utils::document().query_selector("#panel :focus").ok().flatten();
        if focused.is_some() {
            // On a phone the panel is not in sight together with the ring.
            self.focus_later(if self.compact { "ring-panel" } else { heading }.to_owned());
        }
        self.bring_into_sight("ring-panel");
    }

    /// Shows a panel for as long as a task is about it. On a phone the page stays at the ring, from where a button leads there.
    pub fn lend(&mut self, panel: Panel) {
        if panel != self.panel {
            if self.compact {
                self.tab_shown = panel;
            }
            self.lent = Some((panel, std::mem::replace(&mut self.panel, panel)));
        }
    }

    /// Shows the panel that was there before the task again, if the reader has not chosen another one; on a phone, the ring, from
    /// which the task has led away.
    pub fn take_back(&mut self) {
        if let Some((_, before)) = self.lent.take().filter(|(lent, _)| *lent == self.panel) {
            self.panel = before;
            self.tab_shown = before;
            self.call_ring();
        }
    }

    /// Shows a panel, wherever the page is scrolled to.
    pub const fn call(&mut self, panel: Panel) {
        self.panel = panel;
        self.called = Some("panels");
    }

    /// Shows a panel, and gives its tab the focus: one of the menu *More* has a tab only while it is shown.
    pub fn go_to_tab(&mut self, panel: Panel) {
        self.call(panel);
        self.focus_later(tab(panel));
    }

    /// Shows the panel after this one, round the end.
    pub fn show_next(&mut self) {
        let at = self.panels.iter().position(|each| *each == self.panel).unwrap_or(0);
        self.panel = self.panels[(at + 1) % self.panels.len()];
    }

    /// The panels that have a tab now: those that always have one, the one that is shown, and one that is kept.
    pub fn tabs(&self, kept: Option<Panel>) -> impl Iterator<Item = Panel> {
        let (tabs, menu) = self.panels.split_at(self.tab_count());
        let shown = menu
            .iter()
            .filter(move |panel| **panel == self.panel || Some(**panel) == kept);
        tabs.iter().chain(shown).copied()
    }

    /// The panels in the menu *More*.
    pub fn in_menu(&self) -> &[Panel] {
        &self.panels[self.tab_count()..]
    }

    /// In a frame of another page, all that were asked for have a tab.
    fn tab_count(&self) -> usize {
        if self.framed {
            self.panels.len()
        } else {
            panels::TABS.min(self.panels.len())
        }
    }

    /// Closes the menu; its server has the focus again.
    pub fn close_menu(&mut self) {
        if let Some(server) = self.menu.take() {
            focus(&format!("server-{}", server.number()));
        }
    }

    /// What was asked, while the drawer with the answer is open.
    pub fn question(&self) -> Option<Asked> {
        self.why.as_ref().map(|(question, _)| *question)
    }

    /// Opens the drawer with the answer to a question; its heading takes the focus.
    pub fn open_why(&mut self, question: Asked) {
        let before = match self.why.take() {
            Some((_, before)) => before,
            None => gloo::utils::document().active_element(),
        };
        self.why = Some((question, before));
        self.focus_later(HEADING.to_owned());
    }

    /// Closes what lies above the page: sheet, menu, drawer.
    pub fn close_all(&mut self) {
        self.help = false;
        self.more = false;
        self.close_menu();
        self.close_why();
        self.focus_next = None;
    }

    /// Closes the drawer; what had the focus before has it again, if the reader has not moved on to something else.
    pub fn close_why(&mut self) {
        if let Some((_, before)) = self.why.take() {
            self.resumes = std::mem::take(&mut self.goes_on);
            let focused = gloo::utils::document().active_element();
            let is_lost = |element: &Element| element.matches("body, .why-drawer *").unwrap_or(true);
            if focused.is_none_or(|element| is_lost(&element)) {
                self.focus_back = before;
            }
        }
    }

    /// Whether time goes on, now that the drawer is closed; that is said once.
    pub fn resumes(&mut self) -> bool {
        std::mem::take(&mut self.resumes)
    }

    /// Gives the focus to something that the next render will have put into the document.
    pub fn focus_later(&mut self, id: String) {
        self.focus_next = Some(id);
    }

    /// Whether something has the focus.
    pub fn has_focus(&self, id: &str) -> bool {
        let focused = gloo::utils::document().active_element();
        focused.is_some_and(|element| element.id() == id)
    }

    /// On a phone ring and panels are one above the other, and never both in sight.
    pub fn bring_into_sight(&self, id: &str) {
        let element = gloo::utils::document().get_element_by_id(id);
        if let Some(element) = element.filter(|_| self.compact) {
            element.scroll_into_view();
        }
    }

    /// Brings the ring into sight, once what is beside it is there.
    pub const fn call_ring(&mut self) {
        self.called = Some("ring-panel");
    }

    /// Does what waited for a render. `complete` if all that is open is on screen, and not yet to be loaded. Says whether nothing
    /// waits for the focus any more.
    pub fn rendered(&mut self, complete: bool) -> bool {
        if std::mem::replace(&mut self.tab_shown, self.panel) != self.panel {
            scroll_to_tab(self.panel);
        }
        if let Some(id) = self.called.take() {
            self.bring_into_sight(id);
        }
        if let Some(element) = self.focus_back.take() {
            // What was asked about may be gone.
            if element.is_connected() {
                focus_on(element);
            } else {
                focus(&tab(self.panel));
            }
        }
        if let Some(id) = self.focus_next.take_if(|id| complete || exists(id)) {
            focus(&id);
        }
        self.focus_next.is_none()
    }
}

fn exists(id: &str) -> bool {
    gloo::utils::document().get_element_by_id(id).is_some()
}

/// The name of a panel's tab in the document.
pub fn tab(panel: Panel) -> String {
    format!("tab-{}", panel.slug)
}

/// There may be more tabs than fit beside each other.
fn scroll_to_tab(panel: Panel) {
    if let Some(tab) = gloo::utils::document().get_element_by_id(&tab(panel)) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        options.set_inline(ScrollLogicalPosition::Nearest);
        tab.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn media(query: &str) -> MediaQueryList {
    let list = gloo::utils::window().match_media(query).ok().flatten();
    list.expect("browsers that run this know media queries")
}
