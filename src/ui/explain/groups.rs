//! Who can talk with whom, where links are cut.

use crate::{
    raft::{NodeId, NodeSet},
    sim::{Action, Links},
};

/// The sides of a partition, that of S1 first: within a side all can talk with all, and between two sides nobody can, not even
/// one way. Empty unless the links that are cut make a partition.
#[must_use]
pub fn partition(links: &Links, size: usize) -> Vec<NodeSet> {
    let side = |server: NodeId| -> NodeSet {
        let linked = |other: &NodeId| *other == server || links.is_two_way(server, *other);
        NodeId::all(size).filter(linked).collect()
    };
    let mut sides: Vec<NodeSet> = Vec::new();
    for server in NodeId::all(size) {
        let same = |other: NodeId| side(other) == side(server);
        let is_open = |other: NodeId| links.is_up(server, other) || links.is_up(other, server);
        let splits = NodeId::all(size).all(|other| same(other) || !is_open(other));
        if !splits {
            return Vec::new();
        }
        if !sides.contains(&side(server)) {
            sides.push(side(server));
        }
    }
    if sides.len() > 1 { sides } else { Vec::new() }
}

/// A group in rows of servers that are neighbours on the ring, each in the ring's order. None for a group of all.
#[must_use]
pub fn rows(group: NodeSet, size: usize) -> Vec<Vec<NodeId>> {
    let at = |index: usize| NodeId::new(index % size);
    let starts = group
        .iter()
        .filter(|server| !group.contains(at(server.index() + size - 1)));
    starts
        .map(|start| {
            (start.index()..)
                .map(at)
                .take_while(|server| group.contains(*server))
                .collect()
        })
        .collect()
}

/// What a press on the line between two servers does: both ways, one way, the other way, cut, and round again.
#[must_use]
pub fn cycle(links: &Links, a: NodeId, b: NodeId) -> Vec<Action> {
    match (links.is_up(a, b), links.is_up(b, a)) {
        (true, true) => vec![Action::cut(b, a)],
        (true, false) => vec![Action::cut(a, b), Action::heal(b, a)],
        (false, true) => vec![Action::cut(b, a)],
        (false, false) => vec![Action::heal(a, b), Action::heal(b, a)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::LinkAction;

    const S1: NodeId = NodeId::new(0);
    const S2: NodeId = NodeId::new(1);

    fn set(numbers: &[usize]) -> NodeSet {
        numbers
            .iter()
            .filter_map(|number| NodeId::from_number(*number))
            .collect()
    }

    fn cut_between(links: &mut Links, one: &[usize], other: &[usize]) {
        for a in set(one).iter() {
            for b in set(other).iter() {
                links.set(a, b, false);
                links.set(b, a, false);
            }
        }
    }

    #[test]
    fn a_partition_has_sides_and_any_other_cut_has_none() {
        let mut links = Links::ALL_UP;
        assert_eq!(partition(&links, 5), []);
        cut_between(&mut links, &[1, 2], &[3, 4, 5]);
        assert_eq!(partition(&links, 5), [set(&[1, 2]), set(&[3, 4, 5])]);
        links.set(S1, NodeId::new(4), true);
        assert_eq!(partition(&links, 5), [], "one way is open between the sides");
        links.set(S1, NodeId::new(4), false);
        links.set(S1, S2, false);
        assert_eq!(partition(&links, 5), [], "one way is cut within a side");
    }

    #[test]
    fn who_can_only_send_and_who_has_one_neighbour_make_no_partition() {
        let mut links = Links::ALL_UP;
        for other in set(&[1, 2, 3, 4]).iter() {
            links.set(other, NodeId::new(4), false);
        }
        assert_eq!(partition(&links, 5), []);
        links.set(S2, NodeId::new(4), true);
        assert_eq!(partition(&links, 5), []);
    }

    /// All networks of five whose links are cut both ways or not at all, against sides that are counted apart: a server is
    /// labelled with the lowest number that it is linked to.
    #[test]
    fn of_all_symmetric_networks_of_five_those_of_disjoint_cliques_are_partitions() {
        let pairs: Vec<(usize, usize)> = (0..5).flat_map(|a| (a + 1..5).map(move |b| (a, b))).collect();
        let mut partitions = 0;
        for network in 0..1 << pairs.len() {
            let mut links = Links::ALL_UP;
            let mut linked = [[true; 5]; 5];
            for (bit, &(a, b)) in pairs.iter().enumerate().filter(|(bit, _)| network >> bit & 1 == 1) {
                let _ = bit;
                for (from, to) in [(a, b), (b, a)] {
                    linked[from][to] = false;
                    links.set(NodeId::new(from), NodeId::new(to), false);
                }
            }
            let label: Vec<usize> = (0..5).map(|a| (0..5).find(|b| linked[a][*b]).unwrap_or(a)).collect();
            let cliques = (0..5).all(|a| (0..5).all(|b| linked[a][b] == (label[a] == label[b])));
            let mut labels = label.clone();
            labels.sort_unstable();
            labels.dedup();
            let sides: Vec<Vec<usize>> = partition(&links, 5)
                .iter()
                .map(|side| side.iter().map(NodeId::index).collect())
                .collect();
            let members = |wanted: usize| (0..5).filter(|a| label[*a] == wanted).collect::<Vec<_>>();
            let expected: Vec<Vec<usize>> = labels.iter().map(|wanted| members(*wanted)).collect();
            let is_partition = cliques && expected.len() > 1;
            assert_eq!(sides, if is_partition { expected } else { Vec::new() }, "{network:b}");
            partitions += usize::from(is_partition);
        }
        assert_eq!(
            partitions, 51,
            "the ways to part five, without that of leaving them together"
        );
    }

    #[test]
    fn neighbours_on_the_ring_are_in_one_row_also_across_its_start() {
        let numbers = |group: &[usize], size| -> Vec<Vec<usize>> {
            let rows = rows(set(group), size);
            rows.iter()
                .map(|row| row.iter().map(|server| server.number()).collect())
                .collect()
        };
        assert_eq!(numbers(&[3], 5), [[3]]);
        assert_eq!(numbers(&[1, 2, 5], 5), [[5, 1, 2]]);
        assert_eq!(numbers(&[1, 3, 4], 5), [vec![1], vec![3, 4]]);
        assert_eq!(numbers(&[1, 2, 3], 3), [[0; 0]; 0], "all have no start");
    }

    #[test]
    fn a_line_goes_round_its_four_states() {
        let mut links = Links::ALL_UP;
        let mut states = Vec::new();
        for _ in 0..4 {
            for action in cycle(&links, S1, S2) {
                match action {
                    Action::Link(from, to, done) => links.set(from, to, done == LinkAction::Heal),
                    other => unreachable!("{other:?}"),
                };
            }
            states.push((links.is_up(S1, S2), links.is_up(S2, S1)));
        }
        assert_eq!(states, [(true, false), (false, true), (false, false), (true, true)]);
    }
}
