//! Names of servers, sets of them, and terms.

use crate::common::words::{S1, S2, S3, S5};
use raft_playground::raft::{MAX_SERVERS, NodeId, NodeSet, Term};

const S9: NodeId = NodeId::new(8);

#[test]
fn servers_are_called_s1_to_s9() {
    let names: Vec<String> = NodeId::all(9).map(|id| id.to_string()).collect();
    assert_eq!(names, ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9"]);
}

#[test]
fn a_server_has_an_index_from_0_and_a_number_from_1() {
    for (index, id) in NodeId::all(MAX_SERVERS).enumerate() {
        assert_eq!((id.index(), id.number()), (index, index + 1));
        assert_eq!(NodeId::from_number(index + 1), Some(id));
    }
}

#[test]
fn there_is_no_s0_and_no_s10() {
    for number in [0, 10, usize::MAX] {
        assert_eq!(NodeId::from_number(number), None);
    }
}

#[test]
#[should_panic(expected = "at most nine servers")]
fn there_is_no_index_9() {
    let _ = NodeId::new(9);
}

#[test]
fn a_cluster_has_the_first_servers_in_order() {
    assert_eq!(NodeId::all(0).len(), 0);
    assert_eq!(NodeId::all(3).collect::<Vec<_>>(), [S1, S2, S3]);
    assert_eq!(NodeId::all(MAX_SERVERS + 1).len(), MAX_SERVERS);
}

#[test]
fn a_set_says_whether_a_server_was_new_or_in() {
    let mut set = NodeSet::EMPTY;
    assert!(set.insert(S2));
    assert!(!set.insert(S2));
    assert!(set.insert(S9));
    assert!(set.remove(S2));
    assert!(!set.remove(S2));
    assert!(!set.contains(S2) && set.contains(S9));
}

#[test]
fn a_set_has_its_members_in_order_and_once() {
    let set: NodeSet = [S9, S2, S5, S2].into_iter().collect();
    assert_eq!(set.iter().collect::<Vec<_>>(), [S2, S5, S9]);
    assert_eq!(set.len(), 3);
    assert!(!set.is_empty());
    assert!(NodeSet::EMPTY.is_empty());
    assert_eq!((NodeSet::EMPTY.len(), NodeSet::EMPTY.iter().count()), (0, 0));
}

#[test]
fn taking_out_leaves_the_others() {
    let mut set = NodeSet::all(3);
    set.remove(S2);
    assert_eq!(set, NodeSet::from_iter([S1, S3]));
}

#[test]
fn the_set_of_a_cluster_has_its_servers() {
    for size in 0..=MAX_SERVERS {
        assert_eq!(NodeSet::all(size), NodeId::all(size).collect());
        assert_eq!(NodeSet::all(size).len(), size);
    }
}

#[test]
fn terms_are_counted_and_shown_as_numbers() {
    assert_eq!(Term::ZERO.next(), Term(1));
    assert!(Term(2) < Term(10));
    assert_eq!(Term(42).to_string(), "42");
}

#[test]
#[should_panic(expected = "2^32 terms")]
fn a_term_does_not_wrap_round() {
    let _ = Term(u32::MAX).next();
}
