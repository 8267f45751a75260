//! From a run to bytes.

use super::{
    About, LONGEST_IN_BYTES, LONGEST_NAME, LONGEST_TEXT, Models, NOTES_SINCE, SERVER_BITS, SYMBOL_BITS, coder::Encoder,
    differing, end_of, in_force, quorum_number,
};
use crate::{
    raft::{LogPosition, NodeId, NodeSet, Rules},
    scenario::{Run, set_in_force},
    sim::{
        Action, ActionWriter, BranchRecord, Config, MessageId, Micros, Network, OwnSetting, Range, Recording, Timing,
    },
};

/// The bytes of a run, after that of the version in which it is written. Where nothing can be noted, `notes` is [`no_notes`]: the page
/// begins without what writes them.
pub(super) fn run(version: u8, run: &Run, notes: fn(&mut Writer, &Run)) -> Vec<u8> {
    let mut writer = Writer {
        coder: Encoder::new(vec![version]),
        models: Box::new(Models::new()),
        in_force: run.recording.config,
    };
    writer.text(run.id.slug(), LONGEST_TEXT);
    writer.text(&run.title, LONGEST_TEXT);
    writer.text(&run.watch, LONGEST_TEXT);
    writer.number(About::Span, run.pace.0);
    writer.recording(&run.recording);
    if version >= NOTES_SINCE {
        notes(&mut writer, run);
    }
    writer.coder.finish()
}

/// What is noted in a run: each note with the number of branches since that of the one before, and the time since that in the same
/// branch.
pub(super) fn notes(writer: &mut Writer, run: &Run) {
    writer.length(run.notes.len());
    let (mut last, mut since) = (0, Micros::ZERO);
    for note in &run.notes {
        let mut branches = run.recording.branches.iter();
        let place = branches
            .position(|branch| branch.about.id == note.branch)
            .unwrap_or(last);
        writer.length(place.saturating_sub(last));
        if place > last {
            (last, since) = (place, Micros::ZERO);
        }
        writer.number(About::Since, note.at.since(since).0);
        writer.text(&note.text, LONGEST_IN_BYTES);
        since = note.at;
    }
}

/// That nothing is noted.
pub(super) fn no_notes(writer: &mut Writer, _: &Run) {
    writer.length(0);
}

/// What is written so far.
pub(super) struct Writer {
    coder: Encoder,
    models: Box<Models>,
    /// What was set last.
    in_force: Config,
}

// Runs.
impl Writer {
    fn recording(&mut self, recording: &Recording) {
        self.config(&recording.config);
        self.number(About::Other, recording.seed);
        self.in_force = recording.config;
        self.actions(&recording.script, Micros::ZERO);
        self.length(recording.branches.len());
        for (index, each) in recording.branches.iter().enumerate() {
            self.branch(each, &recording.branches[..index], &recording.config);
        }
        self.length(recording.current.0);
        if self.differs(Some(recording.now) == end_of(&recording.branches, recording.current)) {
            self.number(About::Since, recording.now.0);
        }
    }

    fn branch(&mut self, branch: &BranchRecord, earlier: &[BranchRecord], config: &Config) {
        let about = &branch.about;
        let before = earlier.last().map_or(0, |last| last.about.id.0 + 1);
        self.length(about.id.0 - before);
        let parent = earlier.iter().position(|other| Some(other.about.id) == about.parent);
        // Most branches leave one of the last ones.
        self.length(parent.map_or(0, |index| earlier.len() - index));
        self.number(About::Since, about.forked_at.0);
        self.number(About::Since, about.end.since(about.forked_at).0);
        self.text(&about.name, LONGEST_NAME);
        self.length(branch.left_out.len());
        let mut next = 0;
        for &place in &branch.left_out {
            self.length(place - next);
            next = place + 1;
        }
        let theirs = parent.map_or(&[][..], |index| &earlier[index].actions);
        self.actions_of_branch(&branch.actions, theirs, config);
    }

    /// Those that the parent has first and those that it has last are only counted.
    fn actions_of_branch(&mut self, ours: &[(Micros, Action)], theirs: &[(Micros, Action)], config: &Config) {
        let first = in_common(ours.iter(), theirs.iter());
        let ((common, ours), theirs) = (ours.split_at(first), &theirs[first..]);
        let last = in_common(ours.iter().rev(), theirs.iter().rev());
        self.length(first);
        self.length(last);
        self.in_force = in_force(*config, common);
        let since = common.last().map_or(Micros::ZERO, |(at, _)| *at);
        self.actions(&ours[..ours.len() - last], since);
    }

    /// Each with the time since the one before.
    fn actions(&mut self, actions: &[(Micros, Action)], mut since: Micros) {
        self.length(actions.len());
        for &(at, each) in actions {
            self.number(About::Since, at.since(since).0);
            self.action(each);
            set_in_force(&mut self.in_force, each);
            since = at;
        }
    }
}

// Configurations.
impl Writer {
    /// What differs from the paper's.
    fn config(&mut self, config: &Config) {
        let paper = Config::paper(config.size);
        self.symbol(About::Server, SERVER_BITS, config.size);
        self.in_force = paper;
        if self.differs(config.running == paper.running) {
            self.servers(config.running);
        }
        self.timing(config.timing);
        self.network(config.network);
        if self.differs(config.links == paper.links) {
            self.length(config.links.cut().count());
            config.links.cut().for_each(|(from, to)| self.pair(from, to));
        }
        self.rules(config.rules);
        if self.differs(config.logs == paper.logs) {
            let logs = config.logs.iter().take(usize::from(config.size));
            logs.for_each(|log| self.position(*log));
        }
    }

    fn range(&mut self, range: Range, before: Range) {
        if self.differs(range.min == before.min) {
            self.number(About::Span, range.min.0);
        }
        if self.differs(range.max == before.max) {
            self.number(About::Span, range.max.0);
        }
    }
}

// Actions.
impl Writer {
    fn action(&mut self, action: Action) {
        if let Action::Role(role, ..) = action {
            self.symbol(About::Code, SYMBOL_BITS, Action::ROLE_CODE);
            self.symbol(About::Server, SERVER_BITS, role as u8);
        }
        let example = action.example();
        self.symbol(About::Code, SYMBOL_BITS, example.spelling().code);
        example.write(self);
    }

    fn server_as(&mut self, about: About, server: NodeId) {
        #[expect(clippy::cast_possible_truncation, reason = "at most nine")]
        self.symbol(about, SERVER_BITS, server.index() as u8);
    }
}

/// What actions are done to, in bits.
impl ActionWriter for Writer {
    fn server(&mut self, server: NodeId) {
        self.server_as(About::Server, server);
    }

    fn pair(&mut self, from: NodeId, to: NodeId) {
        self.server_as(About::Server, from);
        self.server_as(About::Receiver, to);
    }

    fn way(&mut self, from: NodeId, to: NodeId) {
        self.pair(from, to);
    }

    fn message(&mut self, id: MessageId) {
        self.pair(id.from, id.to);
        self.number(About::Message, u64::from(id.number));
        if self.differs(id.copy == 0) {
            self.number(About::Other, u64::from(id.copy));
        }
    }

    fn servers(&mut self, servers: NodeSet) {
        self.number(About::Other, servers.iter().map(|server| 1 << server.index()).sum());
    }

    fn position(&mut self, position: LogPosition) {
        self.number(About::Other, u64::from(position.last_term.0));
        self.number(About::Other, u64::from(position.last_index));
    }

    fn time(&mut self, time: Micros) {
        self.number(About::Span, time.0);
    }

    fn for_time(&mut self, time: Micros) {
        self.time(time);
    }

    fn timing(&mut self, timing: Timing) {
        let before = self.in_force.timing;
        self.range(timing.election_timeout, before.election_timeout);
        if self.differs(timing.heartbeat_interval == before.heartbeat_interval) {
            self.number(About::Span, timing.heartbeat_interval.0);
        }
    }

    fn network(&mut self, network: Network) {
        let before = self.in_force.network;
        self.range(network.delay, before.delay);
        for (permille, before) in [
            (network.loss_permille, before.loss_permille),
            (network.duplication_permille, before.duplication_permille),
            (network.reordering_permille, before.reordering_permille),
        ] {
            if self.differs(permille == before) {
                self.number(About::Other, u64::from(permille));
            }
        }
    }

    fn rules(&mut self, rules: Rules) {
        let before = self.in_force.rules;
        self.number(About::Other, differing(rules, before));
        if self.differs(rules.quorum == before.quorum) {
            self.number(About::Other, quorum_number(rules.quorum));
        }
    }

    /// What it is, and both ends of its value.
    fn server_setting(&mut self, setting: OwnSetting) {
        self.number(About::Other, setting.kind as u64);
        self.number(About::Span, setting.value.min.0);
        self.number(About::Span, setting.value.max.0);
    }

    fn link_setting(&mut self, setting: OwnSetting) {
        self.server_setting(setting);
    }
}

// Numbers, bits and texts, of which everything else is made.
impl Writer {
    /// As much of a text as there is room for.
    fn text(&mut self, text: &str, longest: usize) {
        let fits = (0..=longest.min(text.len()))
            .rev()
            .find(|end| text.is_char_boundary(*end));
        let text = &text[..fits.unwrap_or(0)];
        self.length(text.len());
        for byte in text.bytes() {
            self.symbol(About::Text, SYMBOL_BITS, byte);
        }
    }

    fn length(&mut self, length: usize) {
        self.number(About::Length, length as u64);
    }

    /// Says whether something is as expected; answers whether it is not, so that it has to be written.
    fn differs(&mut self, as_expected: bool) -> bool {
        self.symbol(About::Expected, 1, u8::from(as_expected));
        !as_expected
    }

    /// How many bits it has, and the bits below its highest.
    fn number(&mut self, about: About, number: u64) {
        let bits = u64::BITS - number.leading_zeros();
        #[expect(clippy::cast_possible_truncation, reason = "at most 64")]
        self.symbol(about, SYMBOL_BITS, bits as u8);
        for place in (0..bits.saturating_sub(1)).rev() {
            self.coder.even_bit(number >> place & 1 == 1);
        }
    }

    /// A symbol of so many bits, the highest first.
    #[inline(never)]
    fn symbol(&mut self, about: About, bits: u32, symbol: u8) {
        let mut begun = 1;
        for place in (0..bits).rev() {
            let bit = symbol >> place & 1 == 1;
            self.coder.bit(self.models.of(about, begun), bit);
            begun = begun << 1 | usize::from(bit);
        }
    }
}

/// How many actions are the same before the first that is not.
fn in_common<'a>(
    one: impl Iterator<Item = &'a (Micros, Action)>,
    other: impl Iterator<Item = &'a (Micros, Action)>,
) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}
