//! What the page loads only when it is wanted.
//!
//! The build can cut the program in two (`xtask/split`): what is on screen at first, and what only [`LAZY_VIEWS`] leads to.
//! So nothing else may name what stands in that table. Where the program is one file, all is there at once.

use std::{
    future::{self, Future},
    pin::Pin,
};

use yew::prelude::*;

use super::{App, panels};
use crate::{
    raft::NodeId,
    ui::{kit::panel::Panel, text::catalogue},
};

/// The views that are not on screen at first.
pub struct LazyViews {
    /// A panel other than the first.
    pub(super) panel: fn(&App, Panel) -> Html,
    /// The answer to what was asked.
    pub(super) why: fn(&App) -> Html,
    /// The menu of a server.
    pub(super) menu: fn(&App, NodeId) -> Html,
    /// The help sheet and the share dialogue.
    pub(super) dialogs: fn(&App) -> Html,
}

static LAZY_VIEWS: LazyViews = LazyViews {
    panel: panels::view_other,
    why: App::view_why,
    menu: App::view_menu,
    dialogs: App::view_dialogs,
};

/// The views on their way; `None` if they did not arrive.
pub type Loading = Pin<Box<dyn Future<Output = Option<&'static LazyViews>>>>;

/// How the page gets the views that are not on screen at first.
#[derive(Clone, Properties)]
pub struct AppProps {
    /// Called when one is wanted; once more when the reader wants it again after it did not arrive.
    pub load: fn() -> Loading,
}

impl PartialEq for AppProps {
    /// It never changes while the page is there.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// For a program that is one file.
#[must_use]
pub fn at_once() -> Loading {
    Box::pin(future::ready(Some(lazy_views())))
}

/// For a program in two files: what the second one holds.
#[must_use]
pub fn lazy_views() -> &'static LazyViews {
    &LAZY_VIEWS
}

catalogue! {
    /// What is said while something is loaded.
    LazyText, lazy_text;

    loading: "Loading…", "Carregando…";
    missing: "This part of the page did not load. Check your connection.",
        "Esta parte da página não foi carregada. Verifique sua conexão.";
    try_again: "Try again", "Tentar de novo";
}

/// Where the views are that are not on screen at first.
#[derive(Clone, Copy, Default)]
pub enum Lazy {
    /// Nobody has wanted one yet.
    #[default]
    Unwanted,
    /// On their way.
    Coming,
    /// Here.
    Here(&'static LazyViews),
    /// They did not arrive.
    Missing,
}

impl App {
    /// Loads what is not here yet if something on screen needs it.
    pub(super) fn load_what_is_wanted(&mut self, ctx: &Context<Self>) {
        let wanted = match self.lazy {
            Lazy::Unwanted => self.opens_something() || self.shell.panel() != panels::FIRST,
            // A panel says itself that it is missing.
            Lazy::Missing => self.opens_something(),
            Lazy::Coming | Lazy::Here(_) => false,
        };
        if wanted {
            self.load(ctx);
        }
    }

    /// Loads what is not on screen at first, if that was not done before.
    pub(super) fn load(&mut self, ctx: &Context<Self>) {
        if matches!(self.lazy, Lazy::Unwanted | Lazy::Missing) {
            self.lazy = Lazy::Coming;
            let load = ctx.props().load;
            ctx.link().send_future(load());
        }
    }

    /// What was wanted is here, or did not arrive.
    pub(super) fn loaded(&mut self, views: Option<&'static LazyViews>) {
        self.lazy = views.map_or(Lazy::Missing, Lazy::Here);
        if views.is_none() && self.opens_something() {
            self.shell.close_all();
            self.session.dialog = false;
            self.notices.tell(self.prefs.lang.lazy_text().missing.to_owned());
        }
    }

    /// Whether a drawer, a menu or a sheet is open.
    fn opens_something(&self) -> bool {
        self.shell.help || self.shell.menu.is_some() || self.shell.question().is_some() || self.session.dialog
    }

    /// What one of the views shows; nothing before it is here.
    pub(super) fn lazily(&self, view: impl FnOnce(&LazyViews) -> Html) -> Html {
        match self.lazy {
            Lazy::Here(views) => view(views),
            _ => html! {},
        }
    }

    /// A panel other than the first, or why it is not here.
    pub(super) fn view_lazy_panel(&self, panel: Panel) -> Html {
        let text = self.prefs.lang.lazy_text();
        match self.lazy {
            Lazy::Here(views) => (views.panel)(self, panel),
            Lazy::Unwanted | Lazy::Coming => html! { <p class="empty" role="status">{ text.loading }</p> },
            Lazy::Missing => html! {
                <div class="empty" role="alert">
                    <p>{ text.missing }</p>
                    <button type="button" onclick={self.to_shell.reform(|_| super::ShellMsg::Load)}>{ text.try_again }</button>
                </div>
            },
        }
    }
}
