//! Sentences with gaps: `{server} leads term {term}`. A gap is named like the parameter that fills it, so that a translator
//! can put it where the language wants it. Words that agree with a number stand in a gap of their own, form after form:
//! `{count} new {count:line|lines}` ([`Lang::form`] says which form a number takes).
//!
//! The compiler reads the names: it replaces each by the parameter's place and refuses a name that is no parameter, or a
//! language that says nothing of one. What is left for the page is [`fill`], one small function for all sentences.

use std::fmt::Write;

use crate::{
    raft::{NodeId, NodeSet, Term},
    sim::{MessageId, Micros},
    ui::text::Lang,
};

/// In a read template, the gap of the first parameter is this character, that of the second the next one, ...
const VALUE: u8 = 1;
/// The same for words that agree with a parameter; its forms follow, up to [`END`].
const FORMS: u8 = 16;
const END: char = '}';

/// What fills a gap, in the reader's language.
pub trait Phrase {
    /// Adds it to a sentence.
    fn say(&self, lang: Lang, sentence: &mut String);

    /// The number with which other words agree.
    fn count(&self) -> usize {
        0
    }
}

macro_rules! as_written {
    ($($kind:ty),*) => {
        $(impl Phrase for $kind {
            fn say(&self, _: Lang, sentence: &mut String) {
                let _ = write!(sentence, "{self}");
            }
        })*
    };
}
as_written!(NodeId, Term, MessageId);

macro_rules! numbers {
    ($($kind:ty),*) => {
        $(impl Phrase for $kind {
            fn say(&self, _: Lang, sentence: &mut String) {
                let _ = write!(sentence, "{self}");
            }

            fn count(&self) -> usize {
                usize::try_from(*self).unwrap_or(usize::MAX)
            }
        })*
    };
}
numbers!(u8, u32, u64, usize);

impl Phrase for &str {
    fn say(&self, _: Lang, sentence: &mut String) {
        sentence.push_str(self);
    }
}

/// `S1, S2 and S3`.
impl Phrase for NodeSet {
    fn say(&self, lang: Lang, sentence: &mut String) {
        sentence.push_str(&lang.and(*self));
    }

    fn count(&self) -> usize {
        self.len()
    }
}

/// `1.204 s`.
impl Phrase for Micros {
    fn say(&self, lang: Lang, sentence: &mut String) {
        sentence.push_str(&lang.seconds(*self));
    }
}

/// A template that the compiler has read, with its gaps filled.
pub fn fill(lang: Lang, template: &str, values: &[&dyn Phrase]) -> String {
    let mut sentence = String::new();
    let mut rest = template.chars();
    while let Some(next) = rest.next() {
        let code = next as usize;
        if next >= ' ' {
            sentence.push(next);
        } else if let Some(value) = values.get(code.wrapping_sub(usize::from(FORMS))) {
            let (forms, after) = rest.as_str().split_once(END).unwrap_or_default();
            sentence.push_str(lang.form(value.count(), forms));
            rest = after.chars();
        } else if let Some(value) = values.get(code - usize::from(VALUE)) {
            value.say(lang, &mut sentence);
        }
    }
    sentence
}

/// Reads a template: writes it to `read` with each name replaced by its parameter's place, and says how long it is.
/// `fault` is what the compiler says if the names are not those of the parameters.
pub const fn read(template: &str, names: &[&str], read: &mut [u8], fault: &'static str) -> usize {
    let text = template.as_bytes();
    let (mut at, mut length, mut seen) = (0, 0, 0_u32);
    while at < text.len() {
        if text[at] != b'{' {
            (read[length], at) = (text[at], at + 1);
            length += 1;
            continue;
        }
        let end = end_of_name(text, at + 1, fault);
        let place = place_of(text, at + 1, end, names, fault);
        seen |= 1 << place;
        read[length] = place + if text[end] == b':' { FORMS } else { VALUE };
        (length, at) = (length + 1, end + 1);
    }
    assert!(seen == (1 << names.len()) - 1, "{}", fault);
    length
}

/// Where the name that begins here ends: at `}`, or at `:` before forms.
const fn end_of_name(text: &[u8], start: usize, fault: &'static str) -> usize {
    let mut end = start;
    while end < text.len() && text[end] != b'}' && text[end] != b':' {
        end += 1;
    }
    assert!(end < text.len(), "{}", fault);
    end
}

const fn place_of(text: &[u8], start: usize, end: usize, names: &[&str], fault: &'static str) -> u8 {
    let mut place = 0;
    while place < names.len() {
        let name = names[place].as_bytes();
        let mut same = 0;
        while start + same < end && same < name.len() && text[start + same] == name[same] {
            same += 1;
        }
        if start + same == end && same == name.len() {
            #[expect(clippy::cast_possible_truncation, reason = "a sentence has a few parameters")]
            return place as u8;
        }
        place += 1;
    }
    panic!("{}", fault)
}

/// A template, read while the page is built.
macro_rules! template {
    ($text:expr, $names:ident, $fault:expr) => {{
        const TEXT: &str = $text;
        const LENGTH: usize = $crate::ui::text::template::read(TEXT, $names, &mut [0; TEXT.len()], $fault);
        const READ: [u8; LENGTH] = {
            let mut read = [0; LENGTH];
            $crate::ui::text::template::read(TEXT, $names, &mut read, $fault);
            read
        };
        match std::str::from_utf8(&READ) {
            Ok(read) => read,
            Err(_) => panic!($fault),
        }
    }};
}
pub(crate) use template;

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, names: &[&str], values: &[&dyn Phrase]) -> String {
        let mut bytes = vec![0; text.len()];
        let length = read(text, names, &mut bytes, "names");
        fill(Lang::En, std::str::from_utf8(&bytes[..length]).unwrap(), values)
    }

    #[test]
    fn gaps_are_filled_by_name_in_any_order_and_as_often_as_they_stand() {
        let said = filled(
            "{at}: {server} and “{words}”, {server}",
            &["server", "words", "at"],
            &[&NodeId::new(1), &"{at}", &Micros(1_204_000)],
        );
        assert_eq!(said, "1.204 s: S2 and “{at}”, S2");
    }

    #[test]
    fn words_agree_with_their_number() {
        let lines = |count: usize| filled("{count} new {count:line|lines}", &["count"], &[&count]);
        assert_eq!([0, 1, 2].map(lines), ["0 new lines", "1 new line", "2 new lines"]);
        let lead = |servers: &[usize]| {
            let servers: NodeSet = servers.iter().map(|server| NodeId::new(*server)).collect();
            filled("{s} {s:leads|both lead|all lead}", &["s"], &[&servers])
        };
        assert_eq!(lead(&[0]), "S1 leads");
        assert_eq!(lead(&[0, 1]), "S1 and S2 both lead");
        assert_eq!(lead(&[0, 1, 2]), "S1, S2 and S3 all lead");
    }

    #[test]
    #[should_panic(expected = "names")]
    fn a_name_that_is_no_parameter_is_refused() {
        read("{sever} leads", &["server"], &mut [0; 20], "names");
    }

    #[test]
    #[should_panic(expected = "names")]
    fn a_parameter_that_is_not_said_is_refused() {
        read("{server} leads", &["server", "term"], &mut [0; 20], "names");
    }
}
