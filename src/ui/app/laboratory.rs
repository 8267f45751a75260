//! The way to the laboratory, whose code is loaded when it is wanted.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use yew::{platform::spawn_local, prelude::*};

use super::{
    App,
    lazy::{LabViews, Loading},
};
use crate::{
    scenario::file,
    ui::{
        features::{
            atlas::{self, AtlasHandle, AtlasPanel},
            laboratory::{self, LabProps, Laboratory},
        },
        intent::{Intent, LabAsked, LabSource},
        text::Lang,
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

    fn here(&self) -> Option<Rc<dyn Laboratory>> {
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
        let props = LabProps {
            cluster: *self.stage.player().history().world().config(),
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

/// The laboratory with its atlas. It is loaded when it is wanted.
struct LabRooms {
    laboratory: Rc<dyn Laboratory>,
    atlas: AtlasHandle,
    shown: Rc<LabShown>,
}

/// Which of them is shown.
#[derive(Default)]
struct LabShown {
    is_atlas: Cell<bool>,
    /// Draws what is on screen of them.
    redraw: RefCell<Callback<()>>,
}

/// An empty laboratory with an empty atlas. They ask the page by `emit`.
pub fn open(emit: Callback<Intent>) -> Rc<dyn Laboratory> {
    Rc::new(LabRooms {
        laboratory: laboratory::open(emit.clone()),
        atlas: AtlasHandle::empty(emit),
        shown: Rc::default(),
    })
}

impl LabShown {
    fn show(&self, is_atlas: bool) {
        self.is_atlas.set(is_atlas);
        let redraw = self.redraw.borrow().clone();
        redraw.emit(());
    }
}

impl Laboratory for LabRooms {
    fn ask(&self, asked: LabAsked, lang: Lang) {
        let rules = asked.text.strip_prefix(atlas::ADDRESS);
        if let Some(rules) = rules.filter(|_| asked.source == LabSource::Named) {
            self.atlas.open(rules);
            self.shown.show(true);
        } else {
            self.shown.show(false);
            self.laboratory.ask(asked, lang);
        }
    }

    fn view(&self, props: LabProps) -> Html {
        let room = self.laboratory.view(props.clone());
        html! { <Rooms {room} atlas={self.atlas.clone()} shown={ShownRef(self.shown.clone())} lang={props.lang} /> }
    }
}

/// Two are equal if they are the same.
#[derive(Clone)]
struct ShownRef(Rc<LabShown>);

impl PartialEq for ShownRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Clone, PartialEq, Properties)]
struct RoomsProps {
    room: Html,
    atlas: AtlasHandle,
    shown: ShownRef,
    lang: Lang,
}

/// The laboratory or its atlas, and the choice between them.
#[component]
fn Rooms(props: &RoomsProps) -> Html {
    let RoomsProps {
        room,
        atlas,
        shown: ShownRef(shown),
        lang,
    } = props;
    let update = use_force_update();
    {
        let shown = shown.clone();
        use_effect_with((), move |()| {
            *shown.redraw.borrow_mut() = Callback::from(move |()| update.force_update());
            move || *shown.redraw.borrow_mut() = Callback::noop()
        });
    }
    let now = shown.is_atlas.get();
    let choice = |is_atlas: bool, name: &'static str| {
        let shown = shown.clone();
        let onclick = move |_: MouseEvent| shown.show(is_atlas);
        html! { <button type="button" class="atlas-room" aria-pressed={(now == is_atlas).to_string()} {onclick}>{ name }</button> }
    };
    html! {
        <>
            <div class="atlas-rooms" role="group" aria-label={lang.lab_title().title}>
                { choice(false, lang.atlas_title().measure) }
                { choice(true, lang.atlas_title().title) }
            </div>
            if now {
                <AtlasPanel atlas={atlas.clone()} lang={*lang} />
            } else {
                { room.clone() }
            }
        </>
    }
}
