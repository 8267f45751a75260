//! Where each message has its bit.

use super::bits::{BITS, Bits};
use crate::{
    checker::{
        TooLarge,
        servers::{Happening, Table},
    },
    raft::NodeId,
};

/// A message in flight, as something that can happen to a server.
#[derive(Clone, Copy, Debug)]
pub struct Delivery {
    /// To which server.
    pub server: usize,
    /// As which of all that can happen to that server.
    pub arrival: Happening,
    /// Which message; of several with the same effect, the first.
    pub message: usize,
    /// The first bit of its field.
    pub bit: usize,
}

/// The messages of one sender to one receiver; within one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub to: NodeId,
    /// `None` for messages whose sender makes no difference.
    pub from: Option<NodeId>,
    pub bit: usize,
    pub length: usize,
}

/// The bits of all messages.
#[derive(Debug)]
pub struct Layout {
    /// Bits of a message: one if it is only known whether it is in flight, two if copies are counted.
    pub width: usize,
    /// By message: which delivery it is. Messages with the same effect share one.
    pub deliveries_of: Vec<usize>,
    pub deliveries: Vec<Delivery>,
    /// By bit: which delivery begins there.
    pub at: Vec<usize>,
    pub blocks: Vec<Block>,
    /// Words that are in use.
    pub words: usize,
}

impl Layout {
    /// Gives a field of `width` bits to each message that represents itself.
    pub fn new(table: &Table, width: usize, represented_by: &[usize]) -> Result<Self, TooLarge> {
        let mut layout = Self {
            width,
            deliveries_of: vec![usize::MAX; represented_by.len()],
            deliveries: Vec::new(),
            at: vec![usize::MAX; BITS],
            blocks: Vec::new(),
            words: 0,
        };
        let mut bit = 0;
        for (ends, members) in blocks(table, represented_by) {
            let length = members.len() * width;
            if bit % 64 + length > 64 {
                bit = bit.next_multiple_of(64);
            }
            if length > 64 || bit + length > BITS {
                return Err(TooLarge::Messages);
            }
            let (to, from) = ends;
            layout.blocks.push(Block { to, from, bit, length });
            for message in members {
                layout.push(table, message, bit);
                bit += width;
            }
        }
        layout.words = bit.div_ceil(64);
        for (message, &representative) in represented_by.iter().enumerate() {
            layout.deliveries_of[message] = layout.deliveries_of[representative];
        }
        Ok(layout)
    }

    fn push(&mut self, table: &Table, message: usize, bit: usize) {
        let server = table.messages.values()[message].to.index();
        let arrival = table.servers[server].arrival_of(message);
        self.at[bit] = self.deliveries.len();
        self.deliveries_of[message] = self.deliveries.len();
        self.deliveries.push(Delivery {
            server,
            arrival: arrival.expect("a message arrives where it is sent to"),
            message,
            bit,
        });
    }

    /// The bits of some messages.
    pub fn bits(&self, messages: &[usize]) -> Bits {
        let mut bits = Bits::EMPTY;
        for &message in messages {
            bits.insert(self.deliveries[self.deliveries_of[message]].bit);
        }
        bits
    }
}

type Ends = (NodeId, Option<NodeId>);

/// The messages that represent themselves, by receiver and by sender. Where a message represents one of another sender, the
/// sender makes no difference.
fn blocks(table: &Table, represented_by: &[usize]) -> Vec<(Ends, Vec<usize>)> {
    let envelopes = table.messages.values();
    let mut ends: Vec<Ends> = envelopes
        .iter()
        .map(|envelope| (envelope.to, Some(envelope.from)))
        .collect();
    for (message, &representative) in represented_by.iter().enumerate() {
        if envelopes[message].from != envelopes[representative].from {
            ends[representative].1 = None;
        }
    }
    let mut blocks: Vec<(Ends, Vec<usize>)> = Vec::new();
    for (message, &representative) in represented_by.iter().enumerate() {
        if message != representative {
            continue;
        }
        match blocks.iter_mut().find(|(key, _)| *key == ends[message]) {
            Some((_, members)) => members.push(message),
            None => blocks.push((ends[message], vec![message])),
        }
    }
    blocks
}
