//! What can happen to one server, and its column in the server's table.

use crate::raft::{MAX_SERVERS, NodeId, Timer};

/// Something that can happen to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// Something that needs no message.
    Local(Local),
    /// A message arrives: which of all messages to this server, counted from 0.
    Arrival(usize),
}

/// Something that can happen to a server without a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Local {
    /// A timer fires.
    Timeout(Timer),
    /// It crashes.
    Crash,
    /// It starts from its disk.
    Restart,
    /// It leads, and is asked to hand over to this server.
    Transfer(NodeId),
}

const CRASH: usize = Timer::ALL.len();
const RESTART: usize = CRASH + 1;
const TRANSFER: usize = RESTART + 1;

impl Local {
    /// How many name no other server; they come first.
    pub const NAMELESS: usize = TRANSFER;

    /// How many there are.
    pub const COUNT: usize = TRANSFER + MAX_SERVERS;

    /// All of them, in the order of their columns.
    pub fn all() -> impl Iterator<Item = Self> {
        let timers = Timer::ALL.into_iter().map(Self::Timeout);
        let transfers = NodeId::all(MAX_SERVERS).map(Self::Transfer);
        timers.chain([Self::Crash, Self::Restart]).chain(transfers)
    }

    const fn column(self) -> usize {
        match self {
            Self::Timeout(timer) => TIMER_COLUMNS[timer as usize],
            Self::Crash => CRASH,
            Self::Restart => RESTART,
            Self::Transfer(to) => TRANSFER + to.index(),
        }
    }
}

impl Happening {
    /// Everything that can happen to a server, in the order of the columns. `arrivals` is how many messages can come to it.
    pub fn all(arrivals: usize) -> impl Iterator<Item = Self> {
        Local::all().map(Self::Local).chain((0..arrivals).map(Self::Arrival))
    }

    /// Its column in the table of a server.
    pub const fn column(self) -> usize {
        match self {
            Self::Local(local) => local.column(),
            Self::Arrival(arrival) => Local::COUNT + arrival,
        }
    }
}

/// By timer: its place in [`Timer::ALL`].
const TIMER_COLUMNS: [usize; Timer::ALL.len()] = {
    let mut columns = [0; Timer::ALL.len()];
    let mut column = 0;
    while column < columns.len() {
        columns[Timer::ALL[column] as usize] = column;
        column += 1;
    }
    columns
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_numbered_in_order() {
        for (column, happening) in Happening::all(5).enumerate() {
            assert_eq!(happening.column(), column, "{happening:?}");
        }
        assert_eq!(Happening::all(5).count(), Local::COUNT + 5);
    }
}
