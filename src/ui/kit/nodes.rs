//! Elements that are moved without a render, found again by what they stand for.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::JsCast;
use yew::NodeRef;

/// A reference for each of the things that a component draws, in the order of their keys: there are few, and a map would weigh
/// more than all that uses it here. What draws them asks for it, and what moves them finds them.
#[derive(Clone)]
pub struct Nodes<K>(Rc<RefCell<Vec<(K, NodeRef)>>>);

impl<K: Copy + Ord> Nodes<K> {
    /// The reference for the element of a thing, which is to be drawn with it.
    #[must_use]
    pub fn of(&self, key: K) -> NodeRef {
        let mut nodes = self.0.borrow_mut();
        let place = place(&nodes, key).unwrap_or_else(|place| {
            nodes.insert(place, (key, NodeRef::default()));
            place
        });
        nodes[place].1.clone()
    }

    /// The element of a thing, if it is drawn.
    #[must_use]
    pub fn element<E: JsCast>(&self, key: K) -> Option<E> {
        let nodes = self.0.borrow();
        let (_, node) = &nodes[place(&nodes, key).ok()?];
        node.get()?.dyn_into().ok()
    }

    /// Forgets the things that are drawn no more.
    pub fn forget_undrawn(&self) {
        self.0.borrow_mut().retain(|(_, node)| node.get().is_some());
    }
}

/// Where a key is, or would be.
fn place<K: Copy + Ord>(nodes: &[(K, NodeRef)], key: K) -> Result<usize, usize> {
    nodes.binary_search_by_key(&key, |(other, _)| *other)
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
