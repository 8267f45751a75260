//! Elements that are moved without a render, found again by what they stand for.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use wasm_bindgen::JsCast;
use yew::NodeRef;

/// A reference for each of the things that a component draws. What draws them asks for it, and what moves them finds them.
#[derive(Clone)]
pub struct Nodes<K>(Rc<RefCell<BTreeMap<K, NodeRef>>>);

impl<K: Copy + Ord> Nodes<K> {
    /// The reference for the element of a thing, which is to be drawn with it.
    #[must_use]
    pub fn of(&self, key: K) -> NodeRef {
        self.0.borrow_mut().entry(key).or_default().clone()
    }

    /// The element of a thing, if it is drawn.
    #[must_use]
    pub fn element<E: JsCast>(&self, key: K) -> Option<E> {
        self.0.borrow().get(&key)?.get()?.dyn_into().ok()
    }

    /// Forgets the things that are drawn no more.
    pub fn forget_undrawn(&self) {
        self.0.borrow_mut().retain(|_, node| node.get().is_some());
    }
}

impl<K> Default for Nodes<K> {
    fn default() -> Self {
        Self(Rc::default())
    }
}

/// The same if they are of the same drawing.
impl<K> PartialEq for Nodes<K> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
