//! The order in which functions compress best: many are made of one generic function and differ little, and gzip finds what
//! repeats only where it was not long ago.

use std::collections::{HashMap, VecDeque};

/// So many bytes are looked at together.
const PIECE: usize = 7;

/// Gzip looks so many bytes back, nearly.
const REACH: usize = 30_000;

/// What a function has that hardly compresses, its length for one, in bytes.
const OWN: usize = 16;

/// The functions, each as its place among these, in such an order: the next is always that of which most has been seen not long ago.
pub fn by_likeness(functions: &[&[u8]]) -> Vec<usize> {
    let pieces = common_pieces(functions);
    let mut having: Vec<Vec<usize>> = vec![Vec::new(); pieces.iter().flatten().max().map_or(0, |last| last + 1)];
    for (function, pieces) in pieces.iter().enumerate() {
        pieces.iter().for_each(|piece| having[*piece].push(function));
    }
    // How often a piece is within reach, and how many of a function's pieces are.
    let mut near = vec![0_usize; having.len()];
    let mut seen = vec![0_usize; functions.len()];
    let (mut within, mut length) = (VecDeque::new(), 0);
    let mut left: Vec<usize> = (0..functions.len()).collect();
    let mut order = Vec::with_capacity(functions.len());
    // Nothing has been seen of the first.
    let mut chosen = left.iter().copied().max_by_key(|function| functions[*function].len());
    while let Some(next) = chosen {
        left.retain(|function| *function != next);
        order.push(next);
        within.push_back(next);
        length += functions[next].len();
        for piece in &pieces[next] {
            near[*piece] += 1;
            if near[*piece] == 1 {
                having[*piece].iter().for_each(|function| seen[*function] += 1);
            }
        }
        while length > REACH && within.len() > 1 {
            let Some(gone) = within.pop_front() else { break };
            length -= functions[gone].len();
            for piece in &pieces[gone] {
                near[*piece] -= 1;
                if near[*piece] == 0 {
                    having[*piece].iter().for_each(|function| seen[*function] -= 1);
                }
            }
        }
        let likeness = |function: usize| seen[function] * 10_000 / (functions[function].len() + OWN);
        chosen = left.iter().copied().max_by_key(|function| likeness(*function));
    }
    order
}

/// By function, what it has in common with others: a number for each piece, once.
fn common_pieces(functions: &[&[u8]]) -> Vec<Vec<usize>> {
    let mut numbers = HashMap::new();
    let mut count = Vec::new();
    let mut pieces: Vec<Vec<usize>> = Vec::with_capacity(functions.len());
    for function in functions {
        let mut own: Vec<usize> = function
            .windows(PIECE)
            .map(|piece| {
                let next = numbers.len();
                *numbers.entry(piece).or_insert(next)
            })
            .collect();
        own.sort_unstable();
        own.dedup();
        count.resize(numbers.len(), 0_usize);
        own.iter().for_each(|piece| count[*piece] += 1);
        pieces.push(own);
    }
    for own in &mut pieces {
        own.retain(|piece| count[*piece] > 1);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_function_stands_beside_what_it_resembles() {
        let functions: [&[u8]; 5] = [b"abcdefgh", b"12345678901", b"abcdefgx", b"zzz", b"x12345678"];
        assert_eq!(by_likeness(&functions)[..2], [1, 4]);
        let mut order = by_likeness(&functions);
        let places = [0, 2].map(|function| order.iter().position(|other| *other == function));
        assert_eq!(places[0].unwrap().abs_diff(places[1].unwrap()), 1);
        order.sort_unstable();
        assert_eq!(order, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn without_functions_there_is_no_order() {
        assert!(by_likeness(&[]).is_empty());
    }
}
