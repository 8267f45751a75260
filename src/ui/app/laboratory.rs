//! The way to the laboratory, whose [`rooms`](super::rooms) are loaded when it is wanted.

use std::{cell::RefCell, rc::Rc};

use yew::{platform::spawn_local, prelude::*};

use super::{
    App,
    lazy::{LabViews, Loading},
};
use crate::{
    scenario::file,
    ui::{
        features::laboratory::{self, LabProps, Laboratory, RingSettings},
        intent::{LabAsked, LabSource},
    },
};

/// Where the laboratory is once it is here. Two are equal if they are the same.
#[derive(Clone)]
pub struct LabRoom {
    load: fn() -> Loading<LabViews>,
    inside: Rc<RefCell<Inside>>,
}

#[derive(Default)]
struct Inside {
    here: Option<Rc<dyn Laboratory>>,
    /// What is to be opened in it.
    waiting: Option<LabAsked>,
    /// How often something was to be opened: the door looks when that is new.
    asked: usize,
}

impl PartialEq for LabRoom {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.inside, &other.inside)
    }
}

impl LabRoom {
    /// It is not here yet; this loads it.
    pub fn new(load: fn() -> Loading<LabViews>) -> Self {
        Self {
            load,
            inside: Rc::default(),
        }
    }

    pub(super) fn here(&self) -> Option<Rc<dyn Laboratory>> {
        self.inside.borrow().here.clone()
    }

    fn wait_with(&self, asked: LabAsked) {
        let mut inside = self.inside.borrow_mut();
        inside.waiting = Some(asked);
        inside.asked += 1;
    }

    /// Opens what waits for it.
    fn settle(&self, props: &LabProps) {
        let Some(laboratory) = self.here() else { return };
        let asked = self.inside.borrow_mut().waiting.take();
        if let Some(asked) = asked {
            laboratory.ask(asked, props.lang);
        }
    }
}

impl App {
    /// Opens something in the laboratory, or says why it can't be opened.
    pub(super) fn open_in_laboratory(&mut self, mut asked: LabAsked) {
        if asked.source == LabSource::Ring {
            asked.text = file::write(&self.stage.player().run());
        }
        if asked.source == LabSource::Refused {
            self.session.fail_experiment(asked.text);
        } else if self.shell.has(laboratory::PANEL) {
            // In a frame of another page, not all panels need be there.
            self.session.opened_experiment(asked.source == LabSource::File);
            self.laboratory.wait_with(asked);
            self.shell.call(laboratory::PANEL);
        }
    }

    /// Opens the experiment that a link holds.
    pub(super) fn open_linked_experiment(&mut self) {
        if let Some(link) = self.session.experiment.take() {
            self.open_in_laboratory(LabAsked::by(LabSource::Link, link));
        }
    }

    /// The laboratory.
    pub(super) fn view_laboratory(&self) -> Html {
        let player = self.stage.player();
        let world = player.history().world();
        let props = LabProps {
            ring: RingSettings {
                cluster: *world.config(),
                own: world.own().clone(),
            },
            lang: self.prefs.lang,
            compact: self.shell.compact,
            emit: self.emit.clone(),
        };
        let asked = self.laboratory.inside.borrow().asked;
        html! { <Door room={self.laboratory.clone()} {asked} {props} /> }
    }
}

#[derive(Clone, PartialEq, Properties)]
struct DoorProps {
    room: LabRoom,
    asked: usize,
    props: LabProps,
}

/// The laboratory; before, that it is loaded, or that it did not arrive.
#[component]
fn Door(props: &DoorProps) -> Html {
    let DoorProps { room, props, .. } = props;
    let is_missing = use_state_eq(|| false);
    let is_here = use_state_eq(|| room.here().is_some());
    let load = {
        let (room, is_missing, is_here, emit) = (room.clone(), is_missing.clone(), is_here.clone(), props.emit.clone());
        Callback::from(move |()| {
            let (room, is_missing, is_here, emit) = (room.clone(), is_missing.clone(), is_here.clone(), emit.clone());
            is_missing.set(false);
            spawn_local(async move {
                let views = (room.load)().await;
                let opened = views.map(|views| (views.open)(emit));
                let arrived = opened.is_some();
                if arrived {
                    room.inside.borrow_mut().here = opened;
                }
                is_missing.set(!arrived);
                is_here.set(arrived);
            });
        })
    };
    {
        let (room, load) = (room.clone(), load.clone());
        use_effect_with((), move |()| {
            if room.here().is_none() {
                load.emit(());
            }
        });
    }
    {
        // What is opened in it says something to the page, which is drawn meanwhile.
        let (room, props) = (room.clone(), props.clone());
        use_effect(move || room.settle(&props));
    }
    let text = props.lang.lazy_text();
    match room.here() {
        Some(laboratory) => laboratory.view(props.clone()),
        None if *is_missing => html! {
            <div class="empty" role="alert">
                <p>{ text.missing }</p>
                <button type="button" onclick={load.reform(|_| ())}>{ text.try_again }</button>
            </div>
        },
        None => html! { <p class="empty" role="status">{ text.loading }</p> },
    }
}
