//! Luck has an address: a draw depends on the seed, on what it is for and on how many like it came before, and on nothing
//! else. Crashing S1 at any time changes no draw of S4.

use std::collections::{BTreeMap, BTreeSet};

use crate::runs::{Run, S1, S2, S4, S5, ms, random::Dice};
use raft_playground::{
    raft::{NodeId, NodeSet, Timer},
    sim::{
        Action, ClusterAction, Config, Event, EventId, EventKind, LostWhere, Luck, MessageAction, MessageId, Micros,
        Network, Range, ServerAction, Stream, World,
    },
};

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It was under way for this long.
    Arrived(Micros),
    /// The network lost it after this long.
    Lost(Micros),
    /// It was taken off its way: by a cut link, or by an action on it.
    Taken,
    /// The run ended before.
    Open,
}

/// How long each of a server's election timers was to run, in order.
fn election_timeouts(events: &[Event], server: NodeId) -> Vec<Micros> {
    let drawn = |event: &Event| match event.kind {
        EventKind::TimerSet {
            timer: Timer::Election,
            fires_at,
        } if event.server == Some(server) && !is_set_by_hand(events, event) => Some(fires_at - event.at),
        _ => None,
    };
    events.iter().filter_map(drawn).collect()
}

fn is_set_by_hand(events: &[Event], set: &Event) -> bool {
    let cause = &events[usize::try_from(set.cause.expect("a cause").0).expect("a short run")];
    matches!(
        cause.kind,
        EventKind::Action(
            Action::Server(.., ServerAction::SetElectionTimer(_))
                | Action::Cluster(ClusterAction::AlignTimers)
                | Action::Cluster(ClusterAction::SpreadTimers)
        )
    )
}

/// What became of each message on each link, in the order of sending. Of what arrived twice, the message that was sent.
fn fates(events: &[Event]) -> BTreeMap<(usize, usize), Vec<Fate>> {
    let mut ends = BTreeMap::new();
    for event in events {
        let sent = || event.cause.expect("a message was sent before");
        let end = match event.kind {
            EventKind::Delivered { .. } | EventKind::Held { .. } => Fate::Arrived(event.at),
            EventKind::Lost { place, .. } => match place {
                LostWhere::Network => Fate::Lost(event.at),
                LostWhere::CutLink | LostWhere::Dropped | LostWhere::FullLink | LostWhere::Sender => Fate::Taken,
                LostWhere::ServerDown | LostWhere::Buffer => Fate::Arrived(event.at),
            },
            _ => continue,
        };
        ends.entry(sent()).or_insert(end);
    }
    let mut links: BTreeMap<_, Vec<Fate>> = BTreeMap::new();
    for event in events {
        if let (EventKind::Sent { to, .. }, Some(from)) = (event.kind, event.server) {
            let fate = match ends.get(&event.id) {
                Some(Fate::Arrived(at)) => Fate::Arrived(*at - event.at),
                Some(Fate::Lost(at)) => Fate::Lost(*at - event.at),
                Some(other) => *other,
                None => Fate::Open,
            };
            links.entry((from.index(), to.index())).or_default().push(fate);
        }
    }
    links
}

fn lossy() -> Config {
    let mut config = Config::paper(5);
    config.network = Network {
        loss_permille: 200,
        ..Network::delaying(Range::millis(1, 60))
    };
    config
}

fn run(seed: u64, actions: Vec<(Micros, Action)>) -> Vec<Event> {
    let run = Run {
        config: lossy(),
        seed,
        actions,
        end: ms(5000),
    };
    run.make().1.events
}

fn common<T: PartialEq + std::fmt::Debug>(one: &[T], other: &[T], what: &str) -> usize {
    let count = one.len().min(other.len());
    assert_eq!(one[..count], other[..count], "{what}");
    count
}

#[test]
fn crashing_s1_changes_no_draw_of_the_others() {
    let mut dice = Dice::new(1);
    let (mut timeouts, mut messages) = (0, 0);
    for seed in 0..40 {
        let calm = run(seed, Vec::new());
        let crashed_at = Micros(dice.roll(4_000_000));
        let mut actions = vec![(crashed_at, Action::kill(S1))];
        if dice.one_in(2) {
            actions.push((crashed_at + ms(dice.roll(900)), Action::start(S1)));
        }
        let crashed = run(seed, actions);
        assert_ne!(calm, crashed, "the crash changes what happens");
        for server in NodeId::all(5).skip(1) {
            let (one, other) = (election_timeouts(&calm, server), election_timeouts(&crashed, server));
            timeouts += common(&one, &other, &format!("seed {seed}, {server}, {crashed_at}"));
        }
        let (calm, crashed) = (fates(&calm), fates(&crashed));
        for (link, one) in calm.iter().filter(|((from, to), _)| *from != 0 && *to != 0) {
            let Some(other) = crashed.get(link) else { continue };
            let known = |fates: &[Fate]| fates.iter().position(|fate| *fate == Fate::Open).unwrap_or(fates.len());
            let count = known(one).min(known(other));
            messages += common(&one[..count], &other[..count], &format!("seed {seed}, link {link:?}"));
        }
    }
    assert!(
        timeouts > 5000 && messages > 5000,
        "{timeouts} timeouts, {messages} messages compared"
    );
}

/// Compares the luck of two runs: each timeout that was drawn, and each message whose way was left to the network in both.
/// Answers how many of either were compared.
fn compare_luck(one: &[Event], other: &[Event], what: &str) -> (usize, usize) {
    let timeouts = NodeId::all(5).map(|server| {
        let (one, other) = (election_timeouts(one, server), election_timeouts(other, server));
        common(&one, &other, &format!("{what}, {server}"))
    });
    let timeouts = timeouts.sum();
    let mut messages = 0;
    let (one, other) = (fates(one), fates(other));
    for (link, one) in &one {
        let other = other.get(link).map_or(&[][..], Vec::as_slice);
        for (number, (one, other)) in one.iter().zip(other).enumerate() {
            if ![one, other]
                .into_iter()
                .any(|fate| matches!(fate, Fate::Taken | Fate::Open))
            {
                assert_eq!(one, other, "{what}, link {link:?}, message {number}");
                messages += 1;
            }
        }
    }
    (timeouts, messages)
}

/// A run with actions that are chosen as it goes.
fn run_with(seed: u64, at: Micros, choose: impl Fn(&World) -> Vec<Action>) -> Vec<Event> {
    let calm = Run {
        config: lossy(),
        seed,
        actions: Vec::new(),
        end: at,
    };
    let actions = choose(&calm.make().0).into_iter().map(|action| (at, action));
    run(seed, actions.collect())
}

/// A link that is cut, then mended: what is sent on it afterwards has the luck that it would have had, and so has all else.
#[test]
fn cutting_links_changes_no_draw() {
    let group: NodeSet = [S1, S2].into_iter().collect();
    for cut in [Action::cut(S1, S2), Action::isolate(S4), Action::partition(group)] {
        let mut compared = (0, 0);
        for seed in 0..20 {
            let calm = run(seed, Vec::new());
            let actions = vec![(ms(1000 + seed), cut), (ms(2000), Action::heal_all())];
            let (timeouts, messages) = compare_luck(&calm, &run(seed, actions), &format!("{cut:?}, seed {seed}"));
            compared = (compared.0 + timeouts, compared.1 + messages);
        }
        assert!(
            compared > (1000, 0) && compared.1 > 5000,
            "{cut:?}: {compared:?} compared"
        );
    }
}

#[test]
fn taking_a_message_changes_no_draw() {
    let take: [fn(MessageId) -> Action; 2] = [Action::drop_message, Action::duplicate_message];
    for take in take {
        let mut compared = (0, 0);
        for seed in 0..20 {
            let calm = run(seed, Vec::new());
            let taken = run_with(seed, ms(300), |world| {
                world.in_flight().map(|flight| take(flight.id)).collect()
            });
            let (timeouts, messages) = compare_luck(&calm, &taken, &format!("seed {seed}"));
            compared = (compared.0 + timeouts, compared.1 + messages);
        }
        assert!(compared > (1000, 0) && compared.1 > 5000, "{compared:?} compared");
    }
}

#[test]
fn delaying_or_delivering_a_message_changes_no_other() {
    for seed in 0..20 {
        let calm = run(seed, Vec::new());
        for (at, late) in [(ms(300), true), (ms(700), false)] {
            let mut ids = Vec::new();
            let choose = |world: &World| -> Vec<MessageId> { world.in_flight().map(|flight| flight.id).collect() };
            let moved = run_with(seed, at, |world| {
                let action = |id| match late {
                    true => Action::delay_message(id, ms(40)),
                    false => Action::deliver_message(id),
                };
                choose(world).into_iter().map(action).collect()
            });
            ids.extend(moved.iter().filter_map(|event| match event.kind {
                EventKind::Action(
                    Action::Message(id, MessageAction::Delay(_)) | Action::Message(id, MessageAction::Deliver),
                ) => Some(id),
                _ => None,
            }));
            let (mut one, mut other) = (fates(&calm), fates(&moved));
            let mut compared = 0;
            for id in ids {
                let (link, number) = (
                    (id.from.index(), id.to.index()),
                    usize::try_from(id.number).expect("few"),
                );
                one.get_mut(&link).expect("it was sent")[number] = Fate::Open;
                other.get_mut(&link).expect("it was sent")[number] = Fate::Open;
            }
            for (link, one) in &one {
                for (one, other) in one.iter().zip(other.get(link).into_iter().flatten()) {
                    if *one != Fate::Open && *other != Fate::Open {
                        assert_eq!(one, other, "seed {seed}, link {link:?}");
                        compared += 1;
                    }
                }
            }
            assert!(compared > 100, "seed {seed}: {compared} compared");
        }
    }
}

#[test]
fn setting_timers_draws_nothing() {
    for action in [
        Action::set_election_timer(S2, ms(1)),
        Action::set_election_timer(S2, Micros::ZERO),
        Action::align_timers(),
        Action::spread_timers(),
    ] {
        let mut compared = (0, 0);
        for seed in 0..20 {
            let calm = run(seed, Vec::new());
            // Before anybody leads.
            let (timeouts, messages) = compare_luck(&calm, &run(seed, vec![(ms(100), action)]), &format!("{action:?}"));
            compared = (compared.0 + timeouts, compared.1 + messages);
        }
        assert!(
            compared > (1000, 0) && compared.1 > 5000,
            "{action:?}: {compared:?} compared"
        );
    }
}

#[test]
fn duplication_changes_no_draw_and_reordering_only_how_long_messages_take() {
    let calm = run(3, Vec::new());
    let twice = Network {
        duplication_permille: 500,
        ..lossy().network
    };
    let (timeouts, messages) = compare_luck(&calm, &run(3, vec![(ms(1), Action::set_network(twice))]), "duplication");
    assert!(timeouts > 100 && messages > 300, "{timeouts}, {messages}");
    let late = Network {
        reordering_permille: 500,
        ..lossy().network
    };
    let other = run(3, vec![(ms(1), Action::set_network(late))]);
    let (one, other) = (fates(&calm), fates(&other));
    let mut compared = 0;
    for (link, one) in &one {
        for (one, other) in one.iter().zip(other.get(link).into_iter().flatten()) {
            match (one, other) {
                (Fate::Open, _) | (_, Fate::Open) => {}
                (Fate::Arrived(one), Fate::Arrived(other)) => {
                    let held_back = other.since(*one);
                    let is_late = (ms(60)..=ms(180)).contains(&held_back);
                    assert!(one == other || is_late, "{one}, {other}");
                    compared += 1;
                }
                (one, other) => assert!(
                    matches!((one, other), (Fate::Lost(_), Fate::Lost(_))),
                    "{one:?}, {other:?}"
                ),
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn changing_the_delays_changes_no_loss_and_no_timeout() {
    let slow = Network {
        loss_permille: 200,
        ..Network::delaying(Range::millis(30, 31))
    };
    let is_lost = |fate: &Fate| matches!(fate, Fate::Lost(_));
    let (one, other) = (run(3, Vec::new()), run(3, vec![(ms(1), Action::set_network(slow))]));
    for server in NodeId::all(5) {
        common(
            &election_timeouts(&one, server),
            &election_timeouts(&other, server),
            "timeouts",
        );
    }
    let (one, other) = (fates(&one), fates(&other));
    let mut compared = 0;
    for (link, one) in &one {
        let lost = |fates: &[Fate]| -> Vec<bool> {
            let known = fates.iter().take_while(|fate| **fate != Fate::Open);
            known.map(is_lost).collect()
        };
        compared += common(&lost(one), &lost(&other[link]), "losses");
    }
    assert!(compared > 100);
}

/// Links and files carry seeds, so these values may never change.
#[test]
fn draws_have_the_values_that_they_always_had() {
    let luck = Luck::new(42);
    let draws = [
        luck.draw(Stream::ElectionTimer(S1), 0),
        luck.draw(Stream::ElectionTimer(S1), 1),
        luck.draw(Stream::ElectionTimer(S5), 1),
        luck.draw(Stream::Delay(S1, S2), 0),
        luck.draw(Stream::Delay(S2, S1), 0),
        luck.draw(Stream::Loss(S1, S2), u32::MAX),
        Luck::new(u64::MAX).draw(Stream::Loss(S5, S4), 7),
        luck.draw(Stream::Duplication(S1, S2), 0),
        luck.draw(Stream::DuplicateDelay(S1, S2), 1),
        luck.draw(Stream::Reordering(S2, S1), 2),
        luck.draw(Stream::HoldBack(S5, S4), 3),
    ];
    let known = [
        7_753_779_381_277_867_893,
        14_241_928_491_073_317_330,
        16_580_052_793_183_752_757,
        15_909_091_583_972_626_401,
        14_812_960_374_809_685_191,
        2_569_800_573_282_226_378,
        10_211_399_657_054_676_067,
        9_045_040_087_692_621_494,
        13_076_692_590_246_625_062,
        9_666_881_375_568_879_198,
        16_523_207_226_894_994_887,
    ];
    assert_eq!(draws, known);
    let spans = (0..6).map(|number| luck.span(Stream::ElectionTimer(S4), number, Range::millis(150, 300)).0);
    assert_eq!(
        spans.collect::<Vec<_>>(),
        [284_928, 173_633, 228_043, 233_464, 236_005, 164_658]
    );
    let losses = (0..64).map(|number| luck.chance(Stream::Loss(S1, S2), number, 300));
    let bits = losses.fold(0_u64, |bits, lost| (bits << 1) | u64::from(lost));
    assert_eq!(bits, 0x2c0a_a29e_5104_5830);
}

/// The mixing function, written down once more: SplitMix64's (Steele, Lea, Flood 2014), with test values from its authors.
#[test]
fn draws_are_made_as_documented() {
    const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |state: u64| {
        let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    // The first outputs of SplitMix64 from state 1234567.
    assert_eq!(mix(1_234_567_u64.wrapping_add(GAMMA)), 6_457_827_717_110_365_317);
    let address = |kind: u64, from: NodeId, to: NodeId| (kind * 9 + from.index() as u64) * 9 + to.index() as u64;
    for (stream, address) in [
        (Stream::ElectionTimer(S4), address(0, S4, S4)),
        (Stream::Delay(S1, S5), address(1, S1, S5)),
        (Stream::Loss(S5, S1), address(2, S5, S1)),
        (Stream::Duplication(S5, S1), address(3, S5, S1)),
        (Stream::DuplicateDelay(S2, S1), address(4, S2, S1)),
        (Stream::Reordering(S2, S4), address(5, S2, S4)),
        (Stream::HoldBack(S4, S5), address(6, S4, S5)),
    ] {
        for (seed, counter) in [(0, 0), (1, 0), (77, 3), (u64::MAX, u32::MAX)] {
            let stream_state = mix(mix(u64::wrapping_add(seed, GAMMA)) ^ address.wrapping_mul(GAMMA));
            let expected = mix(stream_state.wrapping_add(u64::from(counter).wrapping_mul(GAMMA)));
            assert_eq!(Luck::new(seed).draw(stream, counter), expected);
        }
    }
}

#[test]
fn both_ends_of_a_range_are_reached_and_nothing_beyond() {
    let luck = Luck::new(5);
    let span = |number, min, max| {
        let range = Range {
            min: Micros(min),
            max: Micros(max),
        };
        luck.span(Stream::Delay(S1, S2), number, range).0
    };
    let seen: BTreeSet<u64> = (0..1000).map(|number| span(number, 7, 11)).collect();
    assert_eq!(seen, (7..=11).collect());
    assert!((0..1000).all(|number| span(number, 3, 3) == 3), "a range of one value");
    let longest = (0..100_000).map(|number| span(number, 1, Config::LONGEST.0));
    let (low, high) = longest.fold((u64::MAX, 0), |(low, high), span| (low.min(span), high.max(span)));
    let thousandth = Config::LONGEST.0 / 1000;
    assert!((1..thousandth).contains(&low), "{low}");
    assert!(
        (Config::LONGEST.0 - thousandth..=Config::LONGEST.0).contains(&high),
        "{high}"
    );
}

#[test]
fn no_loss_and_total_loss_are_exact() {
    let luck = Luck::new(6);
    let lost = |permille| {
        (0..10_000)
            .filter(move |&number| luck.chance(Stream::Loss(S1, S2), number, permille))
            .count()
    };
    assert_eq!((lost(0), lost(1000)), (0, 10_000));
}

/// How far the counts of 16 equally likely cases are from being equal (Pearson's chi square, 15 degrees of freedom). Even
/// draws stay below 45 but once in ten thousand times.
fn unevenness(draws: impl Iterator<Item = u64>) -> u64 {
    let mut counts = [0_u64; 16];
    let mut total = 0;
    for case in draws {
        counts[usize::try_from(case).expect("one of 16")] += 1;
        total += 1;
    }
    let expected = total / 16;
    counts.iter().map(|count| count.abs_diff(expected).pow(2)).sum::<u64>() / expected
}

#[test]
fn draws_are_even() {
    const DRAWS: u32 = 160_000;
    let sixteen = Range {
        min: Micros(1),
        max: Micros(16),
    };
    let case = |luck: Luck, stream, number| luck.span(stream, number, sixteen).0 - 1;
    let timer = Stream::ElectionTimer(S1);
    let one_stream = unevenness((0..DRAWS).map(|number| case(Luck::new(1), timer, number)));
    let many_seeds = unevenness((0..DRAWS).map(|seed| case(Luck::new(seed.into()), timer, 0)));
    let many_streams = unevenness((0..DRAWS / 81).flat_map(|seed| {
        let links = NodeId::all(9).flat_map(|from| NodeId::all(9).map(move |to| Stream::Delay(from, to)));
        links.map(move |stream| case(Luck::new(seed.into()), stream, 3))
    }));
    for unevenness in [one_stream, many_seeds, many_streams] {
        assert!(unevenness < 45, "{one_stream}, {many_seeds}, {many_streams}");
    }
}

/// Draws that stand next to each other in any direction say nothing about each other.
#[test]
fn neighbouring_draws_are_independent() {
    const DRAWS: u32 = 160_000;
    let four = Range {
        min: Micros(0),
        max: Micros(3),
    };
    let quarter = |seed: u32, stream, number| Luck::new(seed.into()).span(stream, number, four).0;
    let pair = |one: u64, other: u64| one * 4 + other;
    let timer = Stream::ElectionTimer;
    let next_number = (0..DRAWS).map(|n| pair(quarter(1, timer(S1), n), quarter(1, timer(S1), n + 1)));
    let next_server = (0..DRAWS).map(|n| pair(quarter(1, timer(S1), n), quarter(1, timer(S2), n)));
    let next_seed = (0..DRAWS).map(|n| pair(quarter(n, timer(S1), 0), quarter(n + 1, timer(S1), 0)));
    let delay_and_loss = (0..DRAWS).map(|n| {
        pair(
            quarter(1, Stream::Delay(S1, S2), n),
            quarter(1, Stream::Loss(S1, S2), n),
        )
    });
    let there_and_back = (0..DRAWS).map(|n| {
        pair(
            quarter(1, Stream::Delay(S1, S2), n),
            quarter(1, Stream::Delay(S2, S1), n),
        )
    });
    for unevenness in [
        unevenness(next_number),
        unevenness(next_server),
        unevenness(next_seed),
        unevenness(delay_and_loss),
        unevenness(there_and_back),
    ] {
        assert!(unevenness < 45, "{unevenness}");
    }
}

#[test]
fn a_chance_comes_true_as_often_as_it_says() {
    let luck = Luck::new(9);
    for permille in [1, 50, 333, 500, 999] {
        let hits = (0..1_000_000)
            .filter(|&number| luck.chance(Stream::Loss(S2, S1), number, permille))
            .count();
        let (hits, expected) = (hits as u64, u64::from(permille) * 1000);
        // Five standard deviations of a million coins.
        assert!(
            hits.abs_diff(expected) < 2500,
            "{permille} of a thousand: {hits} of a million"
        );
    }
}

#[test]
fn an_event_id_is_not_part_of_any_address() {
    // Two events more at the start, the same luck: an action that changes nothing.
    let same = Config::paper(5).timing;
    let (one, other) = (
        run(8, Vec::new()),
        run(8, vec![(Micros::ZERO, Action::set_timing(same))]),
    );
    assert_eq!(one[40].id, EventId(40));
    assert_eq!(election_timeouts(&one, S4), election_timeouts(&other, S4));
}
