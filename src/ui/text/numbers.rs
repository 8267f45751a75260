//! Numbers as readers of each language write them: half a second is 0.500 s in English and 0,500 s in Portuguese.
//!
//! Whatever a reader sees goes through here. Links, scenario files, exports and the lab's log are formats: they have a point in
//! every language.

use std::fmt::Write;

use crate::sim::{Config, Micros, Range};
use crate::ui::text::Lang;

/// From where to where the entries of a field go.
pub type EntryRange = Range;

/// Every span that a cluster can have.
pub const ANY_SPAN: &EntryRange = &Config::SPANS;

impl Lang {
    /// A number that is written with a decimal point, as this language writes it.
    #[must_use]
    pub fn decimal(self, number: &str) -> String {
        number.replace('.', self.grammar().decimal_mark)
    }

    /// A number with its thousands apart.
    #[must_use]
    pub fn grouped(self, number: usize) -> String {
        let digits = number.to_string();
        let mut grouped = String::new();
        for (index, digit) in digits.char_indices() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push_str(self.grammar().thousands_mark);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// An instant or a span in seconds with three decimals, without its unit: `1.438`.
    #[must_use]
    pub fn instant(self, at: Micros) -> String {
        self.decimal(&at.to_string())
    }

    /// The same with its unit: `1.438 s`.
    #[must_use]
    pub fn seconds(self, at: Micros) -> String {
        format!("{} s", self.instant(at))
    }

    /// An instant that is a multiple of a step, with as many decimals as the step needs: `0.05 s`, `20 s`.
    #[must_use]
    pub fn round_seconds(self, at: Micros, step: Micros) -> String {
        let (mut decimals, mut unit) = (0, 1_000_000);
        while unit > 1 && !step.0.is_multiple_of(unit) {
            (decimals, unit) = (decimals + 1, unit / 10);
        }
        let whole = at.0 / 1_000_000;
        if decimals == 0 {
            return format!("{whole} s");
        }
        self.decimal(&format!("{whole}.{:0decimals$} s", at.0 % 1_000_000 / unit))
    }

    /// A span as a number of milliseconds, with as many decimals as there are: `7.5`. [`parse_millis`] reads it.
    #[must_use]
    pub fn exact_millis(self, span: Micros) -> String {
        let mut shown = span.as_millis().to_string();
        let rest = span.0 % 1000;
        if rest > 0 {
            let _ = write!(shown, ".{rest:03}");
            shown.truncate(shown.trim_end_matches('0').len());
        }
        self.decimal(&shown)
    }

    /// The same of microseconds, for fields.
    #[must_use]
    pub fn exact_micros(self, micros: u64) -> String {
        self.exact_millis(Micros(micros))
    }

    /// What a field of milliseconds takes.
    #[must_use]
    pub fn millis_range(self, allowed: &EntryRange) -> String {
        let most = usize::try_from(allowed.max.as_millis()).unwrap_or(usize::MAX);
        self.millis_between(&self.exact_millis(allowed.min), &self.grouped(most))
    }

    /// A span in milliseconds with its unit, to a tenth where it is short: `7.5 ms`.
    #[must_use]
    pub fn millis(self, span: Micros) -> String {
        let tenths = span.0 / 100 % 10;
        if tenths == 0 || span.0 >= 100_000 {
            format!("{} ms", span.as_millis())
        } else {
            self.decimal(&format!("{}.{tenths} ms", span.as_millis()))
        }
    }

    /// The time from one instant to another as the difference of both as they are shown, in whole ms: `14 ms`.
    #[must_use]
    pub fn elapsed(self, from: Micros, to: Micros) -> String {
        self.millis(Micros::from_millis(to.as_millis() - from.as_millis()))
    }

    /// A number of thousandths: `0.5`.
    #[must_use]
    pub fn thousandths(self, number: u16) -> String {
        let number = format!("{}.{:03}", number / 1000, number % 1000);
        self.decimal(number.trim_end_matches('0').trim_end_matches('.'))
    }

    /// A share of a thousand in per cent: `2.5 %`.
    #[must_use]
    pub fn per_cent(self, permille: u16) -> String {
        self.decimal(&format!("{}.{} %", permille / 10, permille % 10))
    }
}

/// A sentence whose lines do not break between a number and its unit.
#[must_use]
pub fn with_units(sentence: &str) -> String {
    let bytes = sentence.as_bytes();
    let mut kept = String::with_capacity(sentence.len());
    for (at, character) in sentence.char_indices() {
        let is_between = character == ' ' && at > 0 && bytes[at - 1].is_ascii_digit() && is_unit(&bytes[at + 1..]);
        kept.push(if is_between { '\u{a0}' } else { character });
    }
    kept
}

/// Whether a text begins with a unit as a word.
fn is_unit(text: &[u8]) -> bool {
    let units: [&[u8]; 3] = [b"s", b"ms", b"%"];
    units.iter().any(|unit| {
        let rest = text.strip_prefix(*unit);
        rest.is_some_and(|rest| {
            rest.first()
                .is_none_or(|next| *next == b' ' || next.is_ascii_punctuation())
        })
    })
}

/// A number of ms with up to three decimals after a point or a comma, whatever the language; nothing else.
#[must_use]
fn parse_millis(text: &str) -> Option<Micros> {
    let (whole, decimals) = text.trim().split_once(['.', ',']).unwrap_or((text.trim(), ""));
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let decimals: u64 = format!("{decimals:0<3}").get(..3)?.parse().ok()?;
    Some(Micros(whole.checked_mul(1000)?.checked_add(decimals)?))
}

/// The microseconds of what is typed into a field of milliseconds, if a cluster can have such a span.
#[must_use]
pub fn entered_millis(text: &str, allowed: &EntryRange) -> Option<u64> {
    let span = parse_millis(text).filter(|span| (allowed.min..=allowed.max).contains(span))?;
    Some(span.0)
}

/// What an arrow key makes of what is typed into such a field: a millisecond more or less.
#[must_use]
pub fn stepped_millis(key: &str, text: &str, allowed: &EntryRange) -> Option<u64> {
    const STEP: Micros = Micros::from_millis(1);
    let span = parse_millis(text)?;
    let next = match key {
        "ArrowUp" => span + STEP,
        "ArrowDown" => span - STEP,
        _ => return None,
    };
    Some(next.clamp(allowed.min, allowed.max).0)
}

/// Whether a number in a text has a decimal point; those of sections (`§5.2`) have one in every language.
#[cfg(test)]
pub(crate) fn has_decimal_point(text: &str) -> bool {
    let is_section = |word: &&str| word.trim_start_matches('(').starts_with('§');
    let words = text.split_whitespace().filter(|word| !is_section(word));
    let digits = |part: &str, end: bool| {
        let edge = if end { part.chars().last() } else { part.chars().next() };
        edge.is_some_and(|character| character.is_ascii_digit())
    };
    words
        .filter_map(|word| word.split_once('.'))
        .any(|(whole, decimals)| digits(whole, true) && digits(decimals, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_point_is_found_and_a_section_is_none() {
        for (text, expected) in [
            ("0.5 s", true),
            ("em 0,500 s.", false),
            ("ver §5.4.1 (§5.2)", false),
            ("S2 lidera o term 1.", false),
        ] {
            assert_eq!(has_decimal_point(text), expected, "{text}");
        }
    }

    #[test]
    fn a_unit_stays_with_its_number() {
        for (said, kept) in [
            ("sent at 0.151 s.", "sent at 0.151~s."),
            ("(150 ms to 300 ms), 5 % lost", "(150~ms to 300~ms), 5~% lost"),
            (
                "S4 so far; 3 servers, terms 2 so on",
                "S4 so far; 3 servers, terms 2 so on",
            ),
            ("", ""),
        ] {
            assert_eq!(with_units(said), kept.replace('~', "\u{a0}"));
        }
    }

    #[test]
    fn milliseconds_are_read_as_they_are_shown_in_every_language() {
        for span in [1, 10, 999, 1000, 1500, 150_000, 12_345_678].map(Micros) {
            for lang in Lang::ALL {
                assert_eq!(parse_millis(&lang.exact_millis(span)), Some(span));
            }
        }
        assert_eq!(parse_millis("-1"), None);
        assert_eq!(parse_millis("1e3"), None);
    }

    #[test]
    fn only_spans_that_a_cluster_can_have_are_entered() {
        assert_eq!(entered_millis("7,5", ANY_SPAN), Some(7500));
        assert_eq!(entered_millis("3600000", ANY_SPAN), Some(Config::LONGEST.0));
        for wrong in ["", "0", "-5", "1e3", "abc", "3600001"] {
            assert_eq!(entered_millis(wrong, ANY_SPAN), None, "{wrong:?}");
        }
        assert_eq!(Lang::En.millis_range(ANY_SPAN), "Enter 0.001 to 3,600,000 ms.");
        assert_eq!(Lang::Pt.millis_range(ANY_SPAN), "Digite de 0,001 a 3.600.000 ms.");
        // Some things can take no time.
        let up_to_a_second = Range::millis(0, 1000);
        assert_eq!(entered_millis("0", &up_to_a_second), Some(0));
        assert_eq!(entered_millis("1001", &up_to_a_second), None);
        assert_eq!(stepped_millis("ArrowDown", "0.5", &up_to_a_second), Some(0));
        assert_eq!(Lang::En.millis_range(&up_to_a_second), "Enter 0 to 1,000 ms.");
    }

    #[test]
    fn arrow_keys_go_a_millisecond_up_and_down_within_what_can_be() {
        assert_eq!(stepped_millis("ArrowUp", "7,5", ANY_SPAN), Some(8500));
        assert_eq!(stepped_millis("ArrowDown", "7.5", ANY_SPAN), Some(6500));
        assert_eq!(stepped_millis("ArrowDown", "0,5", ANY_SPAN), Some(Config::SHORTEST.0));
        assert_eq!(stepped_millis("ArrowUp", "3600000", ANY_SPAN), Some(Config::LONGEST.0));
        assert_eq!(stepped_millis("ArrowUp", "?", ANY_SPAN), None);
        assert_eq!(stepped_millis("5", "7", ANY_SPAN), None);
    }

    #[test]
    fn sentences_with_instants_have_their_comma() {
        let (from, to) = (Micros::ZERO, Micros(1_500_000));
        for said in [
            Lang::Pt.diagram_summary(5, from, to),
            Lang::Pt.up_to(to),
            Lang::Pt.extent(to, 2),
            Lang::Pt.go_to(to),
            Lang::Pt.will_part(to),
            Lang::Pt.shared_instant(to),
            Lang::Pt.sent_at(to),
        ] {
            assert!(said.contains("1,500") && !has_decimal_point(&said), "{said}");
        }
    }

    #[test]
    fn portuguese_has_a_comma_where_english_has_a_point() {
        let said = |lang: Lang| {
            [
                lang.instant(Micros(1_438_999)),
                lang.seconds(Micros(40_000)),
                lang.exact_millis(Micros(7500)),
                lang.millis(Micros(7550)),
                lang.millis(Micros(150_500)),
                lang.per_cent(25),
                lang.round_seconds(Micros(1_050_000), Micros(10_000)),
                lang.round_seconds(Micros(20_000_000), Micros(5_000_000)),
                lang.grouped(37_000),
            ]
        };
        assert_eq!(
            said(Lang::En),
            [
                "1.438", "0.040 s", "7.5", "7.5 ms", "150 ms", "2.5 %", "1.05 s", "20 s", "37,000"
            ]
        );
        assert_eq!(
            said(Lang::Pt),
            [
                "1,438", "0,040 s", "7,5", "7,5 ms", "150 ms", "2,5 %", "1,05 s", "20 s", "37.000"
            ]
        );
    }
}
