//! The atlas of broken networks, against counts and predicates that are written apart from it.

use std::collections::BTreeSet;

use raft_playground::{
    lab::atlas::{self, KnownNetwork, NetworkShape, ShapeCount, Stabilities, Stability, rule_sets},
    raft::{NodeId, Role, Rule, Rules},
    sim::{Links, Micros},
};

/// Links between five servers, by number.
fn linked(drawn: &[(usize, usize)]) -> Links {
    let mut links = Links::ALL_UP;
    for from in 1..=5 {
        for to in (1..=5).filter(|to| *to != from) {
            let up = drawn.contains(&(from, to)) || drawn.contains(&(to, from));
            links.set(NodeId::new(from - 1), NodeId::new(to - 1), up);
        }
    }
    links
}

fn networks(shapes: &[ShapeCount]) -> u32 {
    shapes.iter().map(|count| count.networks).sum()
}

/// By server: with whom it has a link in both directions.
fn neighbours(shape: NetworkShape) -> Vec<BTreeSet<usize>> {
    let (links, size) = (shape.links(), usize::from(shape.size()));
    let two_way = |one: usize, other: usize| links.is_two_way(NodeId::new(one), NodeId::new(other));
    (0..size)
        .map(|one| {
            (0..size)
                .filter(|other| *other != one && two_way(one, *other))
                .collect()
        })
        .collect()
}

/// Names of servers do not matter, that of the leader does. Without a leader there are 34 graphs of five nodes (OEIS A000088); with
/// one node marked there are 90 (A000666 counts those, beginning with 1).
#[test]
fn every_network_has_one_shape() {
    for (size, rooted) in [(1, 1), (2, 2), (3, 6), (4, 20), (5, 90), (6, 544)] {
        let shapes = NetworkShape::two_way(size);
        assert_eq!(shapes.len(), rooted, "{size} servers");
        assert_eq!(networks(&shapes), 1 << (size * (size - 1) / 2), "{size} servers");
    }
    // Without the leader's mark, by the degrees of all servers and of their neighbours, which tell the graphs of five nodes apart.
    let unmarked: BTreeSet<_> = NetworkShape::two_way(5)
        .iter()
        .map(|count| {
            let near = neighbours(count.shape);
            let degree = |one: &usize| near[*one].len();
            let mut told: Vec<_> = (0..5)
                .map(|one| {
                    let mut around: Vec<_> = near[one].iter().map(degree).collect();
                    around.sort_unstable();
                    let triangles = near[one]
                        .iter()
                        .map(|other| near[*other].intersection(&near[one]).count());
                    (around, triangles.sum::<usize>())
                })
                .collect();
            told.sort();
            told
        })
        .collect();
    assert_eq!(unmarked.len(), 34);
    let renamed =
        [[(1, 2), (2, 3), (3, 4)], [(1, 5), (5, 3), (3, 2)]].map(|drawn| NetworkShape::of(5, &linked(&drawn)));
    assert_eq!(renamed[0], renamed[1]);
    assert_ne!(
        renamed[0],
        NetworkShape::of(5, &linked(&[(2, 1), (1, 3), (3, 4)])),
        "another led"
    );
}

#[test]
fn one_way_shapes_are_counted_as_well() {
    for (size, rooted) in [(2, 4), (3, 36), (4, 752)] {
        let shapes = NetworkShape::one_way(size);
        assert_eq!(shapes.len(), rooted, "{size} servers");
        assert_eq!(networks(&shapes), 1 << (size * (size - 1)), "{size} servers");
        assert_eq!(rooted, directed_shapes(usize::from(size), 1), "{size} servers");
    }
    assert_eq!(directed_shapes(5, 1), 45_960, "with the leader marked");
    assert_eq!(directed_shapes(5, 0), 9_608, "without (OEIS A000273)");
}

/// How many directed graphs there are up to renaming all nodes but the first `kept`, by Burnside's lemma: as many as a renaming
/// leaves alone on average.
fn directed_shapes(size: usize, kept: usize) -> usize {
    let renamings = renamings((0..size).collect(), kept);
    let left_alone = |renaming: &Vec<usize>| {
        let pairs = || (0..size).flat_map(|one| (0..size).map(move |other| (one, other)));
        let next = |(one, other): (usize, usize)| (renaming[one], renaming[other]);
        // A cycle of pairs is up as a whole or cut as a whole: count each at its least pair.
        let is_least = |pair: &(usize, usize)| {
            let mut cycle = std::iter::successors(Some(next(*pair)), |other| Some(next(*other)));
            cycle.find(|other| other <= pair) == Some(*pair)
        };
        1 << pairs().filter(|(one, other)| one != other).filter(is_least).count()
    };
    renamings.iter().map(left_alone).sum::<usize>() / renamings.len()
}

/// All orders of what stands from a place on.
fn renamings(names: Vec<usize>, from: usize) -> Vec<Vec<usize>> {
    if from >= names.len() {
        return vec![names];
    }
    let swapped = |place| {
        let mut names = names.clone();
        names.swap(from, place);
        renamings(names, from + 1)
    };
    (from..names.len()).flat_map(swapped).collect()
}

/// Of the 1,024 networks of five, 26 have no server that reaches two others.
#[test]
fn without_a_majority_no_rules_help() {
    let shapes = NetworkShape::two_way(5);
    let reaches = |count: &&ShapeCount| neighbours(count.shape).iter().any(|near| near.len() >= 2);
    let some: Vec<_> = shapes.iter().filter(reaches).copied().collect();
    assert_eq!(networks(&some), 998);
    for count in &shapes {
        let is_none = atlas::stability(count.shape, Rules::PAPER, 1) == Stability::NoMajority;
        assert_eq!(!is_none, some.contains(count));
    }
}

fn with(rules: &[Rule]) -> Rules {
    let mut all = Rules::PAPER;
    for rule in rules {
        all.set(*rule, true);
    }
    all
}

/// With pre-vote, a leader stays that reaches no majority, if each server that could win is kept from it: it hears the leader, or
/// too many that it would need do (thesis §9.6).
fn is_kept_from_electing(shape: NetworkShape) -> bool {
    let near = neighbours(shape);
    let follows = |server: usize| near[0].contains(&server);
    let can_win = |server: usize| {
        let free = near[server]
            .iter()
            .filter(|other| **other != 0 && !follows(**other))
            .count();
        server != 0 && !follows(server) && 1 + free >= 3
    };
    near[0].len() < 2 && !(0..5).any(can_win)
}

#[test]
fn pre_vote_alone_keeps_a_leader_without_a_majority() {
    let mut stuck = 0;
    for count in NetworkShape::two_way(5)
        .iter()
        .filter(|count| count.shape.has_majority())
    {
        let expected = if is_kept_from_electing(count.shape) {
            stuck += count.networks;
            Stability::Stuck
        } else {
            Stability::Settles
        };
        let seen = Stabilities::of(count.shape, with(&[Rule::PreVote]), 1..4);
        assert_eq!(seen.always(), Some(expected), "{:?}", count.shape);
    }
    assert_eq!(stuck, 112);
}

/// A leader that steps down because no quorum answers it, and followers that no longer defend a leader: with either pre-vote or
/// stickiness every network in which a majority can be reached settles.
#[test]
fn check_quorum_cures_what_pre_vote_and_stickiness_leave() {
    for rules in [
        with(&[Rule::PreVote, Rule::CheckQuorum]),
        with(&[Rule::LeaderStickiness, Rule::CheckQuorum]),
        with(&[Rule::PreVote, Rule::LeaderStickiness, Rule::CheckQuorum]),
    ] {
        for count in NetworkShape::two_way(5)
            .iter()
            .filter(|count| count.shape.has_majority())
        {
            let seen = Stabilities::of(count.shape, rules, 1..3);
            assert_eq!(seen.always(), Some(Stability::Settles), "{:?}", count.shape);
        }
    }
}

/// How many networks do not settle with the paper's rules is luck; that more than half do not is none.
#[test]
fn the_papers_rules_leave_more_than_half_unsettled() {
    for seed in 1..4 {
        let unsettled: u32 = NetworkShape::two_way(5)
            .iter()
            .filter(|count| atlas::stability(count.shape, Rules::PAPER, seed) == Stability::NeverSettles)
            .map(|count| count.networks)
            .sum();
        assert!((560..660).contains(&unsettled), "{unsettled}");
    }
}

#[test]
fn networks_with_a_name_are_what_the_literature_says_of_them() {
    let seen = |known: KnownNetwork, rules: &[Rule]| Stabilities::of(known.shape(), with(rules), 1..6).always();
    assert_eq!(seen(KnownNetwork::QuorumLoss, &[Rule::PreVote]), Some(Stability::Stuck));
    assert_eq!(
        seen(KnownNetwork::QuorumLoss, &[Rule::PreVote, Rule::CheckQuorum]),
        Some(Stability::Settles)
    );
    assert_eq!(seen(KnownNetwork::Cloudflare, &[]), Some(Stability::NeverSettles));
    assert_eq!(
        seen(KnownNetwork::Cloudflare, &[Rule::PreVote]),
        Some(Stability::Settles)
    );
    assert_eq!(seen(KnownNetwork::Chain, &[]), Some(Stability::NeverSettles));
    assert_eq!(seen(KnownNetwork::ConstrainedElection, &[]), Some(Stability::Settles));
}

/// What is said of them beside their pictures, by the paper's rules and with each extension: pre-vote, stickiness, check quorum, and
/// check quorum with one of the others.
#[test]
fn links_in_one_direction_come_to_what_is_said_of_them() {
    use KnownNetwork as Known;
    use Stability::{NeverSettles as Never, NoMajority, Settles, Stuck};
    let expected = [
        (Known::DeafLeader, [Stuck, Stuck, Stuck, Never, Settles]),
        (Known::HalfDeafLeader, [Stuck, Stuck, Stuck, Settles, Settles]),
        (Known::MuteLeader, [Settles; 5]),
        (Known::DeafFollower, [Never, Settles, Settles, Never, Settles]),
        (Known::MuteFollower, [Settles; 5]),
        (Known::OneDirection, [Settles; 5]),
        (Known::Simplex, [Stuck, Stuck, Stuck, Never, Settles]),
        (Known::QuorumLossOneWay, [Settles, Stuck, Never, Never, Settles]),
        (Known::Ring, [NoMajority; 5]),
        (Known::Tournament, [NoMajority; 5]),
    ];
    let sets: [&[Rule]; 6] = [
        &[],
        &[Rule::PreVote],
        &[Rule::LeaderStickiness],
        &[Rule::CheckQuorum],
        &[Rule::CheckQuorum, Rule::PreVote],
        &[Rule::CheckQuorum, Rule::LeaderStickiness],
    ];
    for (known, expected) in expected {
        for (rules, expected) in sets.into_iter().zip(expected.into_iter().chain([expected[4]])) {
            let seen = Stabilities::of(known.shape(), with(rules), 1..6).always();
            assert_eq!(seen, Some(expected), "{known:?}, {rules:?}");
        }
    }
    assert_eq!(expected.map(|(known, _)| known), KnownNetwork::ALL[4..]);
}

/// Who leads at an instant, by the states of the servers alone.
fn leads(history: &raft_playground::sim::History) -> Option<(usize, u32)> {
    let servers: Vec<_> = history.world().servers().collect();
    let links = history.world().config().links;
    let mut able: Vec<_> = servers
        .iter()
        .filter(|(leader, server)| {
            let follows = |other: &NodeId| {
                let linked = other == leader || links.is_two_way(*leader, *other);
                linked && history.world().server(*other).node().term() <= server.node().term()
            };
            let followers = servers.iter().filter(|(other, _)| follows(other)).count();
            server.node().role() == Role::Leader && 2 * followers > servers.len()
        })
        .map(|(leader, server)| (server.node().term().0, leader.index()))
        .collect();
    able.sort_unstable();
    able.pop().map(|(term, leader)| (leader, term))
}

/// What is said of a point is what its run shows: 200 of them, one run each; and one of each network with a name by all rules.
#[test]
fn a_run_shows_what_the_atlas_says() {
    let (shapes, sets) = (NetworkShape::two_way(5), rule_sets());
    let some = (0..200_usize).map(|point| {
        let shape = shapes[point * 7 % shapes.len()].shape;
        (shape, sets[point % sets.len()], point as u64)
    });
    let named = KnownNetwork::ALL.into_iter();
    let named = named.flat_map(|known| sets.map(|rules| (known.shape(), rules, 1)));
    for (shape, rules, point) in some.chain(named) {
        let said = atlas::stability(shape, rules, point);
        if said == Stability::NoMajority {
            continue;
        }
        let mut history = atlas::scenario(shape, rules, point).start();
        let mut seen = BTreeSet::new();
        for second in 0..=20 {
            history.seek(Micros::from_secs(50) + Micros::from_millis(second * 500));
            let terms = history.world().servers().map(|(_, server)| server.node().term().0);
            seen.insert((leads(&history), (said == Stability::Stuck).then(|| terms.max())));
        }
        let shown = match seen.first() {
            Some((None, _)) if seen.len() == 1 && said != Stability::NeverSettles => Stability::Stuck,
            Some((Some(_), _)) if seen.len() == 1 => Stability::Settles,
            _ => Stability::NeverSettles,
        };
        assert_eq!(shown, said, "{shape:?}, {rules:?}, seed {point}");
    }
}

/// Links carry what there is to watch.
#[test]
fn a_run_of_the_atlas_says_what_it_comes_to() {
    let known = [
        "atlas: settles",
        "atlas: never-settles",
        "atlas: stuck",
        "atlas: no-majority",
    ];
    assert_eq!(Stability::ALL.map(Stability::watch), known);
    let rules = with(&[Rule::PreVote]);
    let shape = KnownNetwork::QuorumLoss.shape();
    let seen = atlas::stability(shape, rules, 1);
    let run = atlas::run("mine".to_owned(), shape, rules, 1, Some(seen));
    assert_eq!(Stability::of_watch(&run.watch), Some(Stability::Stuck));
    assert_eq!(Stability::of_watch("atlas: Stuck"), None);
    let opened = run.scenario();
    assert_eq!(opened.script, atlas::scenario(shape, rules, 1).script);
    assert_eq!((opened.config.rules, opened.seed), (rules, 1));
    let history = run.open().expect("it can be run");
    assert_eq!(
        leads(&history).map(|(leader, _)| leader),
        Some(0),
        "the links are about to be cut"
    );
}
