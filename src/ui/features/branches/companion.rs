//! Two futures in two rings under one clock.

use std::rc::Rc;

use yew::prelude::*;

use crate::{
    raft::NodeSet,
    sim::History,
    ui::{
        features::ring::{Ring, painter::Painter},
        intent::Intent,
        kit::{dom::focus, icons},
        run::{
            comparison::Comparison,
            player::{BranchChange, Player},
            view::ClusterView,
        },
        svg::ring::geometry::Geometry,
        text::Lang,
    },
};

/// The ring of the other future, while two are compared.
pub struct Companion {
    view: Option<Rc<ClusterView>>,
    painter: Painter,
}

impl Companion {
    const RING: &'static str = "other-ring";

    /// Says whether there is one.
    #[must_use]
    pub const fn is_shown(&self) -> bool {
        self.view.is_some()
    }

    /// Whether anything in it moves.
    #[must_use]
    pub fn is_moving(&self) -> bool {
        self.painter.is_fading() || self.view.as_ref().is_some_and(|view| !view.flights.is_empty())
    }

    /// Looks at what the player shows.
    pub fn refresh(&mut self, player: &Player) {
        let other = player.comparison().map(Comparison::history);
        let losses = player.virtual_span(ClusterView::LOSS_SHOWN_MS);
        self.view = other.map(|other| Rc::new(ClusterView::new(other, losses)));
    }

    /// Looks up what a render has left in the document, and puts everything where it is now.
    pub fn rendered(&mut self, player: &Player, lang: Lang) {
        if let Some(view) = &self.view {
            let geometry = Geometry::new(view.servers.len(), true);
            self.painter.collect(view, geometry, lang);
            self.painter.paint(player);
        }
    }

    /// Paints a frame at this many ms.
    pub fn paint_frame(&mut self, player: &Player, now_ms: f64) {
        if self.is_shown() {
            self.painter.paint_frame(player, now_ms);
        }
    }

    /// The servers that are not the same in both futures now; none while nothing is compared.
    #[must_use]
    pub fn differing(&self, player: &Player) -> NodeSet {
        let comparison = player.comparison().filter(|_| self.is_shown());
        comparison.map_or(NodeSet::EMPTY, |comparison| {
            comparison.differing_servers(player.history())
        })
    }

    /// Both rings, the one that can be acted on as it was drawn, the older branch first; `None` while nothing is compared.
    #[must_use]
    pub fn view(
        &self,
        player: &Player,
        here: &ClusterView,
        ring: Html,
        lang: Lang,
        emit: &Callback<Intent>,
    ) -> Option<Html> {
        let (there, comparison) = (self.view.as_ref()?, player.comparison()?);
        let history = player.history();
        let differing = self.differing(player);
        let text = lang.branches_text();
        let name = |history: &History| {
            let about = history.branch_info(history.current());
            about.map(|about| lang.branch_name(about)).unwrap_or_default()
        };
        let branch = comparison.there();
        // As it is called in the history, not in the twin, which may be older than its name.
        let other_name = history.branch_info(branch).map(|about| lang.branch_name(about));
        let act_here = emit.reform(move |_| {
            // The button goes away.
            focus("ring-panel");
            Intent::Branches(BranchChange::Visit(branch, None))
        });
        let here = html! {
            <section key="here" class="future here" aria-label={text.here}>
                <div class="future-head">
                    <h2>{ name(history) }</h2><span class="future-tag">{ text.current }</span>
                    <p>{ lang.who_leads(here) }</p>
                </div>
                <div class="ring-box">{ ring }</div>
            </section>
        };
        let there = html! {
            <section key="there" class="future there" aria-label={text.there}>
                <div class="future-head">
                    <h2>{ other_name }</h2>
                    <button type="button" class="small" onclick={act_here}>{ text.act_here }</button>
                    <p>{ lang.who_leads(there) }</p>
                </div>
                // To look at only: one acts in the branch that one is in.
                <div class="ring-box" inert=true><Ring id={Self::RING} view={there.clone()} {lang} compact=true {differing} emit={emit} /></div>
            </section>
        };
        let rings = if branch < history.current() {
            [there, here]
        } else {
            [here, there]
        };
        Some(html! {
            <>
                <p class="differing-now">{ icons::icon(icons::DIFFERS) }{ lang.differing(differing) }</p>
                <div class="futures">{ for rings }</div>
            </>
        })
    }
}

impl Default for Companion {
    fn default() -> Self {
        Self {
            view: None,
            painter: Painter::of(Self::RING),
        }
    }
}
