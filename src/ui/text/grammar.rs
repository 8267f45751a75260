//! How each language puts words together.

use crate::{
    raft::NodeSet,
    ui::text::{Lang, catalogue},
};

catalogue! {
    /// What a language joins words with, and how it writes numbers.
    Grammar, grammar;

    and: "and", "e";
    decimal_mark: ".", ",";
    thousands_mark: ",", ".";
}

impl Lang {
    /// The form that a number takes, of forms for one, two, ... with `|` between them, the last for all others. Languages that
    /// count otherwise say so here.
    pub(super) fn form(self, count: usize, forms: &str) -> &str {
        let mut form = "";
        for (index, next) in forms.split('|').enumerate() {
            form = next;
            if index + 1 == count {
                break;
            }
        }
        form
    }

    /// Servers in a sentence: `S1, S2 and S3`.
    pub(crate) fn and(self, servers: NodeSet) -> String {
        let names = list(servers, ", ");
        match names.rsplit_once(", ") {
            Some((first, last)) => format!("{first} {} {last}", self.grammar().and),
            None => names,
        }
    }
}

/// Servers in a row: `S1, S2`.
pub(crate) fn list(servers: NodeSet, between: &str) -> String {
    let names: Vec<String> = servers.iter().map(|server| server.to_string()).collect();
    names.join(between)
}

/// Words with a capital, as at the start of a sentence.
pub(crate) fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
