//! How each language puts words together.

use std::fmt::Write;

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
        let mut names = String::new();
        for (index, server) in servers.iter().enumerate() {
            match index {
                0 => {}
                _ if index + 1 == servers.len() => names.extend([" ", self.grammar().and, " "]),
                _ => names += ", ",
            }
            let _ = write!(names, "{server}");
        }
        names
    }
}

/// Servers in a row: `S1, S2`.
pub(crate) fn list(servers: NodeSet, between: &str) -> String {
    let names: Vec<String> = servers.iter().map(|server| server.to_string()).collect();
    names.join(between)
}

/// Words with a capital, as at the start of a sentence. Knows the letters of western Europe; with the capitals of all alphabets
/// the page would be 5 KB heavier.
pub(crate) fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| match first {
        // In Unicode's first page, a capital stands 32 places before its letter.
        'à'..='ö' | 'ø'..='þ' => char::from_u32(u32::from(first) - 32).unwrap_or(first),
        _ => first.to_ascii_uppercase(),
    });
    first.map_or_else(String::new, |first| format!("{first}{}", letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_with_a_capital() {
        for (words, sentence) in [
            ("s1 leads", "S1 leads"),
            ("é o leader", "É o leader"),
            ("os votos", "Os votos"),
            ("3 votes", "3 votes"),
            ("", ""),
        ] {
            assert_eq!(capitalised(words), sentence);
        }
        for letter in 'a'..='ÿ' {
            let capital: String = letter.to_uppercase().collect();
            // These two have their capitals elsewhere; no sentence begins with them.
            if !matches!(letter, 'ÿ' | 'µ' | 'ß') {
                assert_eq!(capitalised(&letter.to_string()), capital);
            }
        }
    }
}
