//! From a run to bytes.

use super::{LONGEST_TEXT, SERVERS, code, differs, rule_bit};
use crate::{
    raft::{LogPosition, NodeId, NodeSet, Quorum, Rule, Rules},
    scenario::Run,
    sim::{Action, BranchRecord, Config, MessageId, Micros, Network, Range, Recording, Timing},
};

pub(super) fn run(out: &mut Vec<u8>, run: &Run) {
    text(out, run.id.slug());
    text(out, &run.title);
    text(out, &run.watch);
    number(out, run.pace.0);
    recording(out, &run.recording);
}

fn recording(out: &mut Vec<u8>, recording: &Recording) {
    config(out, &recording.config);
    number(out, recording.seed);
    actions(out, &recording.script, Micros::ZERO);
    length(out, recording.branches.len());
    for (index, each) in recording.branches.iter().enumerate() {
        branch(out, each, &recording.branches[..index]);
    }
    number(out, recording.current.0 as u64);
    number(out, recording.now.0);
}

fn branch(out: &mut Vec<u8>, branch: &BranchRecord, earlier: &[BranchRecord]) {
    let about = &branch.about;
    let before = earlier.last().map_or(0, |last| last.about.id.0 + 1);
    number(out, (about.id.0 - before) as u64);
    let parent = earlier.iter().position(|other| Some(other.about.id) == about.parent);
    length(out, parent.map_or(0, |index| index + 1));
    number(out, about.forked_at.0);
    number(out, about.end.since(about.forked_at).0);
    text(out, &about.name);
    length(out, branch.left_out.len());
    let mut next = 0;
    for &place in &branch.left_out {
        length(out, place - next);
        next = place + 1;
    }
    let theirs = parent.map_or(&[][..], |index| &earlier[index].actions);
    actions_of_branch(out, &branch.actions, theirs);
}

/// Those that the parent has first and those that it has last are only counted.
fn actions_of_branch(out: &mut Vec<u8>, ours: &[(Micros, Action)], theirs: &[(Micros, Action)]) {
    let first = in_common(ours.iter(), theirs.iter());
    let (ours, theirs) = (ours.split_at(first), &theirs[first..]);
    let last = in_common(ours.1.iter().rev(), theirs.iter().rev());
    length(out, first);
    length(out, last);
    let since = ours.0.last().map_or(Micros::ZERO, |(at, _)| *at);
    actions(out, &ours.1[..ours.1.len() - last], since);
}

/// How many actions are the same before the first that is not.
fn in_common<'a>(
    one: impl Iterator<Item = &'a (Micros, Action)>,
    other: impl Iterator<Item = &'a (Micros, Action)>,
) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}

fn config(out: &mut Vec<u8>, config: &Config) {
    let paper = Config::paper(config.size);
    number(out, u64::from(config.size));
    let bit = |bit, differs: bool| if differs { bit } else { 0 };
    let differing = bit(differs::RUNNING, config.running != paper.running)
        | bit(differs::TIMING, config.timing != paper.timing)
        | bit(differs::NETWORK, config.network != paper.network)
        | bit(differs::LINKS, config.links != paper.links)
        | bit(differs::RULES, config.rules != paper.rules)
        | bit(differs::LOGS, config.logs != paper.logs);
    number(out, differing);
    let differs = |bit| differing & bit != 0;
    if differs(differs::RUNNING) {
        set(out, config.running);
    }
    if differs(differs::TIMING) {
        timing(out, config.timing);
    }
    if differs(differs::NETWORK) {
        network(out, config.network);
    }
    if differs(differs::LINKS) {
        length(out, config.links.cut().count());
        config.links.cut().for_each(|(from, to)| pair(out, from, to));
    }
    if differs(differs::RULES) {
        rules(out, config.rules);
    }
    if differs(differs::LOGS) {
        config
            .logs
            .iter()
            .take(usize::from(config.size))
            .for_each(|log| position(out, *log));
    }
}

fn timing(out: &mut Vec<u8>, timing: Timing) {
    range(out, timing.election_timeout);
    number(out, timing.heartbeat_interval.0);
}

fn network(out: &mut Vec<u8>, network: Network) {
    range(out, network.delay);
    number(out, u64::from(network.loss_permille));
    number(out, u64::from(network.duplication_permille));
    number(out, u64::from(network.reordering_permille));
}

/// Which rules are not as in the paper.
fn rules(out: &mut Vec<u8>, rules: Rules) {
    let changed = Rule::ALL
        .iter()
        .filter(|rule| rules.get(**rule) != Rules::PAPER.get(**rule));
    number(out, changed.map(|rule| rule_bit(*rule)).sum());
    number(
        out,
        match rules.quorum {
            Quorum::Majority => 0,
            Quorum::Votes(votes) => u64::from(votes) + 1,
        },
    );
}

fn position(out: &mut Vec<u8>, position: LogPosition) {
    number(out, u64::from(position.last_term.0));
    number(out, u64::from(position.last_index));
}

fn range(out: &mut Vec<u8>, range: Range) {
    number(out, range.min.0);
    number(out, range.max.since(range.min).0);
}

/// Each with the time since the one before.
fn actions(out: &mut Vec<u8>, actions: &[(Micros, Action)], mut since: Micros) {
    length(out, actions.len());
    for &(at, each) in actions {
        number(out, at.since(since).0);
        action(out, each);
        since = at;
    }
}

fn action(out: &mut Vec<u8>, action: Action) {
    let mut code = |code| out.push(code);
    let of_server = |code: u8, server| code * SERVERS + index(server);
    match action {
        Action::Start(server) => code(of_server(code::START, server)),
        Action::Kill(server) => code(of_server(code::KILL, server)),
        Action::Pause(server) => code(of_server(code::PAUSE, server)),
        Action::Resume(server) => code(of_server(code::RESUME, server)),
        Action::ForceTimeout(server) => code(of_server(code::FORCE_TIMEOUT, server)),
        Action::WipeDisk(server) => code(of_server(code::WIPE_DISK, server)),
        Action::Isolate(server) => code(of_server(code::ISOLATE, server)),
        Action::Rejoin(server) => code(of_server(code::REJOIN, server)),
        Action::AlignTimers => code(code::ALIGN_TIMERS),
        Action::SpreadTimers => code(code::SPREAD_TIMERS),
        Action::HealAll => code(code::HEAL_ALL),
        Action::SetLog(server, log) => {
            out.extend([code::SET_LOG, index(server)]);
            position(out, log);
        }
        Action::SetElectionTimer(server, rest) => {
            out.extend([code::SET_ELECTION_TIMER, index(server)]);
            number(out, rest.0);
        }
        Action::Cut(from, to) => {
            code(code::CUT);
            pair(out, from, to);
        }
        Action::Heal(from, to) => {
            code(code::HEAL);
            pair(out, from, to);
        }
        Action::Partition(group) => {
            code(code::PARTITION);
            set(out, group);
        }
        _ => long_action(out, action),
    }
}

fn long_action(out: &mut Vec<u8>, action: Action) {
    match action {
        Action::DropMessage(id) => message(out, code::DROP_MESSAGE, id),
        Action::DuplicateMessage(id) => message(out, code::DUPLICATE_MESSAGE, id),
        Action::DeliverMessage(id) => message(out, code::DELIVER_MESSAGE, id),
        Action::DelayMessage(id, by) => {
            message(out, code::DELAY_MESSAGE, id);
            number(out, by.0);
        }
        Action::SetTiming(new) => {
            out.push(code::SET_TIMING);
            timing(out, new);
        }
        Action::SetNetwork(new) => {
            out.push(code::SET_NETWORK);
            network(out, new);
        }
        Action::SetRules(new) => {
            out.push(code::SET_RULES);
            rules(out, new);
        }
        _ => unreachable!("the short ones are written above"),
    }
}

fn message(out: &mut Vec<u8>, code: u8, id: MessageId) {
    out.push(code);
    pair(out, id.from, id.to);
    // Nearly all are no copies.
    number(out, u64::from(id.number) << 1 | u64::from(id.copy > 0));
    if id.copy > 0 {
        out.push(id.copy);
    }
}

fn pair(out: &mut Vec<u8>, from: NodeId, to: NodeId) {
    out.push(index(from) * SERVERS + index(to));
}

fn set(out: &mut Vec<u8>, set: NodeSet) {
    number(out, set.iter().map(|server| 1 << server.index()).sum());
}

#[expect(clippy::cast_possible_truncation, reason = "at most nine")]
const fn index(server: NodeId) -> u8 {
    server.index() as u8
}

/// As much of a text as a link has room for.
fn text(out: &mut Vec<u8>, text: &str) {
    let fits = (0..=LONGEST_TEXT.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    let text = &text[..fits.unwrap_or(0)];
    length(out, text.len());
    out.extend(text.bytes());
}

fn length(out: &mut Vec<u8>, length: usize) {
    number(out, length as u64);
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
fn number(out: &mut Vec<u8>, mut number: u64) {
    while number > 127 {
        #[expect(clippy::cast_possible_truncation, reason = "the rest comes in the next byte")]
        out.push(number as u8 | 128);
        number >>= 7;
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most 127")]
    out.push(number as u8);
}
