//! A sort for short lists.
//!
//! The sorts of the standard library are made for long lists, and each kind of list that is sorted by one adds about a kilobyte
//! to the page. The lists here have a handful of entries, or are in order but for a few.

/// The items in ascending order of their keys. Of items with equal keys, what comes first stays first.
pub(crate) fn sorted_by_key<T, K: Ord>(items: impl IntoIterator<Item = T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut sorted: Vec<T> = Vec::new();
    for item in items {
        let place = sorted.partition_point(|other| key(other) <= key(&item));
        sorted.insert(place, item);
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::sorted_by_key;

    #[test]
    fn what_is_equal_stays_in_its_order() {
        let items = [(3, 'a'), (1, 'b'), (3, 'c'), (2, 'd'), (1, 'e')];
        let sorted = sorted_by_key(items, |(number, _)| *number);
        assert_eq!(sorted, [(1, 'b'), (1, 'e'), (2, 'd'), (3, 'a'), (3, 'c')]);
    }
}
