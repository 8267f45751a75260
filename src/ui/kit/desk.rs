//! What a panel works on, also while it is not on screen: a desk, and the handle by which all who look at it share it.

use std::{
    cell::{Ref, RefCell},
    rc::{Rc, Weak},
};

use wasm_bindgen::JsValue;
use yew::Callback;

use super::worker::RunningWorker;

/// What a panel works on.
pub trait PanelDesk: Sized + 'static {
    /// What happens on it.
    type Message: 'static;

    /// Something happens.
    fn handle(&mut self, message: Self::Message, handle: &DeskHandle<Self>);
}

/// A desk, for all that look at it. Two are equal if they are the same.
pub struct DeskHandle<D>(Rc<SharedDesk<D>>);

struct SharedDesk<D> {
    desk: RefCell<D>,
    /// Draws what is on screen of it.
    redraw: RefCell<Callback<()>>,
}

impl<D> Clone for DeskHandle<D> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<D> PartialEq for DeskHandle<D> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<D: PanelDesk> DeskHandle<D> {
    /// A desk that nobody looks at yet.
    pub fn new(desk: D) -> Self {
        Self(Rc::new(SharedDesk {
            desk: RefCell::new(desk),
            redraw: RefCell::default(),
        }))
    }

    /// The desk as it is now.
    #[must_use]
    pub fn desk(&self) -> Ref<'_, D> {
        self.0.desk.borrow()
    }

    /// Puts something on the desk that nobody need see before the next thing happens.
    pub fn put<T>(&self, put: impl FnOnce(&mut D) -> T) -> T {
        put(&mut self.0.desk.borrow_mut())
    }

    /// From now on this draws what is on screen of it.
    pub fn drawn_by(&self, redraw: Callback<()>) {
        *self.0.redraw.borrow_mut() = redraw;
    }

    /// Something happens.
    pub fn hear(&self, message: D::Message) {
        self.0.desk.borrow_mut().handle(message, self);
        let redraw = self.0.redraw.borrow().clone();
        redraw.emit(());
    }

    /// Something happens when the reader does something.
    pub fn on<E: 'static>(&self, message: impl Fn(E) -> D::Message + 'static) -> Callback<E> {
        let handle = self.clone();
        Callback::from(move |event| handle.hear(message(event)))
    }

    /// Starts a program beside the page, which the desk is to keep. What it says, and that it has stopped, happens on the desk.
    ///
    /// # Errors
    /// If the browser has no such workers.
    pub fn start_worker(
        &self,
        program: &str,
        said: impl Fn(JsValue) -> D::Message + 'static,
        failed: fn() -> D::Message,
    ) -> Result<RunningWorker, JsValue> {
        // The desk holds the worker.
        fn tell<D: PanelDesk>(desk: &Weak<SharedDesk<D>>, message: D::Message) {
            if let Some(shared) = desk.upgrade() {
                DeskHandle(shared).hear(message);
            }
        }
        let (hears, fails) = (Rc::downgrade(&self.0), Rc::downgrade(&self.0));
        RunningWorker::start(
            program,
            Callback::from(move |words| tell(&hears, said(words))),
            Callback::from(move |()| tell(&fails, failed())),
        )
    }
}
