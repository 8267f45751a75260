//! Who can talk with whom, where links are cut.

use crate::{
    raft::{NodeId, NodeSet},
    sim::{Action, Links},
};

/// The servers in groups within which messages get both ways, by way of others if need be; the group of S1 first.
#[must_use]
pub fn groups(links: &Links, size: usize) -> Vec<NodeSet> {
    let mut left = NodeSet::all(size);
    let mut groups = Vec::new();
    while let Some(first) = left.iter().next() {
        let group = reach(links, left, first);
        left = left.iter().filter(|server| !group.contains(*server)).collect();
        groups.push(group);
    }
    groups
}

/// All that can talk with a server.
fn reach(links: &Links, among: NodeSet, first: NodeId) -> NodeSet {
    let mut group = NodeSet::from_iter([first]);
    let mut edge = vec![first];
    while let Some(one) = edge.pop() {
        for other in among.iter() {
            if links.is_up(one, other) && links.is_up(other, one) && group.insert(other) {
                edge.push(other);
            }
        }
    }
    group
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
    fn a_partition_makes_two_groups() {
        let mut links = Links::ALL_UP;
        assert_eq!(groups(&links, 5), [set(&[1, 2, 3, 4, 5])]);
        cut_between(&mut links, &[1, 2], &[3, 4, 5]);
        assert_eq!(groups(&links, 5), [set(&[1, 2]), set(&[3, 4, 5])]);
    }

    #[test]
    fn who_can_only_send_is_alone_and_who_has_one_neighbour_is_not() {
        let mut links = Links::ALL_UP;
        for other in set(&[1, 2, 3, 4]).iter() {
            links.set(other, NodeId::new(4), false);
        }
        assert_eq!(groups(&links, 5), [set(&[1, 2, 3, 4]), set(&[5])]);
        links.set(S2, NodeId::new(4), true);
        assert_eq!(groups(&links, 5).len(), 1);
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
