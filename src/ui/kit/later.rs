//! What a part of the program does that is loaded when it is wanted.

/// What a later part does, once it is here. There is one of each, so as a property it changes only by coming.
#[derive(Clone, Copy)]
pub struct WhenHere<T>(pub Option<T>);

impl<T> Default for WhenHere<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> PartialEq for WhenHere<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_some() == other.0.is_some()
    }
}
