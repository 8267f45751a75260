//! The rooms of the laboratory: that of the measurements, and the atlas. They are loaded when they are wanted.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use yew::prelude::*;

use crate::ui::{
    features::{
        atlas::{self, AtlasHandle, AtlasPanel},
        laboratory::{self, LabProps, Laboratory},
    },
    intent::{Intent, LabAsked, LabSource},
    text::Lang,
};

/// The laboratory with its atlas.
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
            self.atlas.open(rules, lang);
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
