//! Ten minutes of busy clicking are a link of 2,000 characters at most, which every program passes on whole.

use crate::runs::random::Dice;
use raft_playground::{
    raft::{LogPosition, NodeId, Rule, Term},
    scenario::{Run, Scenario, link},
    sim::{Action, History, MessageId, Micros, Process},
};

const CHARACTERS: usize = 2000;
/// One every two seconds.
const CLICKS: u32 = 300;

/// What a reader does who plays with everything: mostly crashes and links, now and then a message, a timer, a dial, a rule.
fn click(history: &History, dice: &mut Dice) -> Action {
    let world = history.world();
    let size = world.config().size;
    let server = dice.server(size);
    match dice.roll(100) {
        0..45 => match world.server(server).process() {
            Process::Down => Action::start(server),
            _ => Action::kill(server),
        },
        45..53 => match world.server(server).process() {
            Process::Paused => Action::resume(server),
            _ => Action::pause(server),
        },
        53..58 => Action::force_timeout(server),
        58..72 => of_links(server, history, dice),
        72..82 => of_messages(world.in_flight().last().map(|flight| flight.id), dice),
        82..88 => of_timers(server, dice),
        88..91 => Action::wipe_disk(server),
        91..93 => Action::set_log(server, log(dice)),
        _ => of_dials(history, dice),
    }
}

fn log(dice: &mut Dice) -> LogPosition {
    let mut small = || u32::try_from(dice.roll(9)).expect("small");
    LogPosition {
        last_term: Term(small()),
        last_index: small(),
    }
}

fn of_links(server: NodeId, history: &History, dice: &mut Dice) -> Action {
    let size = history.world().config().size;
    match dice.roll(8) {
        0..3 => Action::cut(server, dice.server(size)),
        3 => Action::heal(server, dice.server(size)),
        4 => Action::isolate(server),
        5 => Action::rejoin(server),
        6 => Action::partition([server, dice.server(size)].into_iter().collect()),
        _ => Action::heal_all(),
    }
}

fn of_messages(under_way: Option<MessageId>, dice: &mut Dice) -> Action {
    let Some(id) = under_way else { return Action::heal_all() };
    match dice.roll(4) {
        0 => Action::duplicate_message(id),
        1 => Action::delay_message(id, Micros(dice.roll(50_000))),
        2 => Action::deliver_message(id),
        _ => Action::drop_message(id),
    }
}

fn of_timers(server: NodeId, dice: &mut Dice) -> Action {
    match dice.roll(6) {
        0 => Action::align_timers(),
        1 => Action::spread_timers(),
        // Dragged.
        _ => Action::set_election_timer(server, Micros(dice.roll(300_000))),
    }
}

fn of_dials(history: &History, dice: &mut Dice) -> Action {
    let config = history.world().config();
    let (mut network, mut timing, mut rules) = (config.network, config.timing, config.rules);
    match dice.roll(7) {
        0 => timing.heartbeat_interval = Micros::from_millis(dice.between(10, 150)),
        1 => timing.election_timeout.max = timing.election_timeout.min + Micros::from_millis(dice.roll(300)),
        2 => network.loss_permille = u16::try_from(dice.roll(300)).expect("small"),
        3 => network.delay.max = network.delay.min + Micros::from_millis(dice.roll(100)),
        4 => network.duplication_permille = u16::try_from(dice.roll(300)).expect("small"),
        _ => {
            let rule = Rule::ALL[usize::try_from(dice.roll(6)).expect("small")];
            rules.set(rule, !rules.get(rule));
        }
    }
    if rules != config.rules {
        Action::set_rules(rules)
    } else if timing == config.timing {
        Action::set_network(network)
    } else {
        Action::set_timing(timing)
    }
}

/// Ten minutes at a pace, with some going back.
fn session(seed: u64, pace: Micros) -> Run {
    let mut dice = Dice::new(seed);
    let scenario = Scenario::free(5, seed);
    let mut history = scenario.start();
    let mut clicks = 0;
    while clicks < CLICKS {
        // Up to four seconds of the reader's.
        history.seek(history.now() + Micros(dice.roll(4 * pace.0)));
        if dice.one_in(40) {
            let back = dice.roll(20 * pace.0);
            history.seek(Micros(history.now().0.saturating_sub(back)));
            let done = history.journal(history.current()).len();
            if dice.one_in(4) && done > 0 {
                history.fork_without(done / 2);
            }
        }
        let action = click(&history, &mut dice);
        clicks += u32::from(history.act(action).is_ok());
        if dice.one_in(60) {
            history.rename(history.current(), "What if S3 had stayed?");
        }
    }
    Run::of(&scenario, &history)
}

#[test]
fn ten_minutes_of_busy_clicking_fit_in_2000_characters() {
    for pace in [40, 100, 500, 1000].map(Micros::from_millis) {
        let lengths = (0..10).map(|seed| {
            let run = session(seed, pace);
            let link = link::encode(&run);
            assert_eq!(link::decode(&link).as_ref(), Ok(&run), "seed {seed}, pace {pace}");
            link.len()
        });
        let lengths: Vec<_> = lengths.collect();
        assert!(
            lengths.iter().all(|length| *length <= CHARACTERS),
            "pace {pace}: {lengths:?}"
        );
    }
}
