//! A path that a reader can follow and a simulator can take.

use crate::checker::{
    Envelope, Model, NetworkModel, State, Step,
    model::Choice,
    servers::{Happening, Local},
};

/// The steps from the initial state through states with these fingerprints.
///
/// The search met states under changed names and messages that stand for others; here everything gets its own name again.
pub(super) fn rebuild(model: &Model, symmetry: bool, chain: &[u64]) -> Vec<Step> {
    let mut state = model.initial();
    let mut choices = Vec::new();
    for &wanted in &chain[1..] {
        let Some((choice, next)) = towards(model, symmetry, &state, wanted) else {
            unreachable!("each state was found from the one before it");
        };
        choices.push(choice);
        state = next;
    }
    let steps: Vec<Step> = choices.iter().map(|&choice| model.step(choice)).collect();
    match model.setup().network {
        NetworkModel::Counted => steps,
        NetworkModel::Sent | NetworkModel::Reduced => spelled_out(model, &choices),
    }
}

fn towards(model: &Model, symmetry: bool, state: &State, wanted: u64) -> Option<(Choice, State)> {
    let mut towards = None;
    model.expand(state, |choice, next, _| {
        let canonical = if symmetry { model.canonical(next).0 } else { *next };
        if towards.is_none() && model.fingerprint(&canonical) == wanted {
            towards = Some((choice, *next));
        }
    });
    towards
}

/// The cluster as a simulator has it, message by message.
struct CountedCluster<'a> {
    model: &'a Model,
    /// By server: the number of its state.
    servers: Vec<usize>,
    /// By message: whether it was ever sent, and how many copies are in flight.
    sent: Vec<bool>,
    copies: Vec<u32>,
    steps: Vec<Step>,
}

/// The same path with every message by its own name, every second delivery of a message after a duplication, and a restart
/// after each crash where the two are one.
fn spelled_out(model: &Model, choices: &[Choice]) -> Vec<Step> {
    let messages = model.table.messages.values().len();
    let mut spelling = CountedCluster {
        model,
        servers: vec![0; model.table.servers.len()],
        sent: vec![false; messages],
        copies: vec![0; messages],
        steps: Vec::new(),
    };
    for &choice in choices {
        spelling.take(choice);
    }
    spelling.steps
}

impl CountedCluster<'_> {
    fn take(&mut self, choice: Choice) {
        match choice {
            Choice::Local(server, local) => {
                self.steps.push(self.model.step(choice));
                if local == Local::Crash && self.model.setup().network == NetworkModel::Reduced {
                    self.steps.push(Step::Restart(server));
                }
                self.happen(server.index(), Happening::Local(local));
            }
            Choice::Deliver(delivery) => self.deliver(delivery),
            // Only where messages are counted, and there nothing needs to be spelled out.
            Choice::Lose(_) | Choice::Duplicate(_) => {}
        }
    }

    fn deliver(&mut self, delivery: usize) {
        let layout = &self.model.layout;
        let alike = |&message: &usize| layout.deliveries_of[message] == delivery && self.sent[message];
        // A copy that is in flight is better than a second one of what has arrived.
        let best = (0..self.sent.len())
            .filter(alike)
            .max_by_key(|&message| self.copies[message].min(1));
        let Some(message) = best else {
            unreachable!("what is delivered was sent")
        };
        let envelope = self.model.table.messages.values()[message];
        if self.copies[message] == 0 {
            self.duplicate(envelope);
        } else {
            self.copies[message] -= 1;
        }
        self.steps.push(Step::Deliver(envelope));
        let server = layout.deliveries[delivery].server;
        if let Some(arrival) = self.model.table.servers[server].arrival_of(message) {
            self.happen(server, arrival);
        }
    }

    /// Has a copy made while there was one: just before it was delivered the last time.
    fn duplicate(&mut self, envelope: Envelope) {
        let delivered = self.steps.iter().rposition(|&step| step == Step::Deliver(envelope));
        let at = delivered.unwrap_or(self.steps.len());
        self.steps.insert(at, Step::Duplicate(envelope));
    }

    fn happen(&mut self, server: usize, happening: Happening) {
        let Some(happened) = self.model.table.servers[server].get(self.servers[server], happening) else {
            return;
        };
        self.servers[server] = happened.next.into();
        for &message in &self.model.table.sends[usize::from(happened.sends)] {
            self.sent[message] = true;
            self.copies[message] += 1;
        }
    }
}
