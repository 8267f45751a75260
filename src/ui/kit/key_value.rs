//! What the browser keeps for this page: texts under names.
//!
//! Not gloo-storage: it panics where a browser forbids storage, as in a frame whose cookies are blocked, and there the page must
//! run. Values are links and single words, so they are kept as they are, without JSON around them.

use web_sys::Storage;

/// Where texts are kept under names.
pub trait KeyValue {
    /// What is kept under a name, if anything is and can be read.
    fn get(&self, key: &str) -> Option<String>;
    /// Keeps a text under a name. Says whether it could.
    fn put(&self, key: &str, text: &str) -> bool;
    /// Keeps nothing under a name any more.
    fn remove(&self, key: &str);
}

/// What the browser keeps for this site. Where it forbids that, nothing is kept.
#[derive(Clone, Copy, Debug)]
pub struct BrowserStorage;

impl BrowserStorage {
    fn storage() -> Option<Storage> {
        web_sys::window()?.local_storage().ok().flatten()
    }
}

impl KeyValue for BrowserStorage {
    fn get(&self, key: &str) -> Option<String> {
        Self::storage()?.get_item(key).ok().flatten()
    }

    fn put(&self, key: &str, text: &str) -> bool {
        Self::storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
    }

    fn remove(&self, key: &str) {
        if let Some(storage) = Self::storage() {
            let _ = storage.remove_item(key);
        }
    }
}

/// A store for the tests of what keeps one text.
#[cfg(test)]
#[derive(Default)]
pub struct OneText(std::cell::RefCell<Option<String>>);

#[cfg(test)]
impl KeyValue for OneText {
    fn get(&self, _: &str) -> Option<String> {
        self.0.borrow().clone()
    }

    fn put(&self, _: &str, text: &str) -> bool {
        *self.0.borrow_mut() = Some(text.to_owned());
        true
    }

    fn remove(&self, _: &str) {
        *self.0.borrow_mut() = None;
    }
}
