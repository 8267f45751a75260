//! The events of a run, as far back as memory is set aside for.

use std::collections::VecDeque;

use super::{Event, EventId};

/// A window of a run's events, without gaps. The oldest are dropped; [`super::History`] makes them again when asked.
#[derive(Clone, Debug)]
pub struct Trace {
    capacity: usize,
    first: u64,
    events: VecDeque<Event>,
}

impl Trace {
    /// Holds so many events at most.
    pub(super) const fn new(capacity: usize) -> Self {
        Self {
            capacity,
            first: 0,
            events: VecDeque::new(),
        }
    }

    /// The number of the oldest event held.
    #[must_use]
    pub const fn first(&self) -> EventId {
        EventId(self.first)
    }

    /// The number after the newest event held.
    #[must_use]
    pub fn end(&self) -> EventId {
        EventId(self.first + self.events.len() as u64)
    }

    /// One event, if it is held.
    #[must_use]
    pub fn get(&self, id: EventId) -> Option<&Event> {
        let offset = id.0.checked_sub(self.first)?;
        self.events.get(usize::try_from(offset).ok()?)
    }

    /// The events from one number up to another, which is not included, as far as they are held.
    pub fn range(&self, from: EventId, to: EventId) -> impl DoubleEndedIterator<Item = &Event> + ExactSizeIterator {
        let clamp = |id: EventId| {
            let offset = id.0.saturating_sub(self.first);
            usize::try_from(offset).unwrap_or(usize::MAX).min(self.events.len())
        };
        let (start, end) = (clamp(from), clamp(to));
        self.events.range(start..end.max(start))
    }

    /// Holds one more event. One that it holds already, from an earlier visit to this instant, is the same and left alone.
    pub(super) fn record(&mut self, event: Event) {
        if event.id < self.end() {
            return;
        }
        debug_assert_eq!(event.id, self.end(), "a trace has no gaps");
        if self.events.len() >= self.capacity {
            self.events.pop_front();
            self.first += 1;
        }
        self.events.push_back(event);
    }

    /// Forgets everything; the next event will have this number.
    pub(super) fn restart(&mut self, next: EventId) {
        self.events.clear();
        self.first = next.0;
    }

    /// Forgets the events from this number on.
    pub(super) fn truncate(&mut self, end: EventId) {
        let keep = end.0.saturating_sub(self.first);
        self.events.truncate(usize::try_from(keep).unwrap_or(usize::MAX));
    }
}
