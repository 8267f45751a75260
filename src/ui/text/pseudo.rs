//! A language for tests, made of English: each vowel is accented and doubled, which makes a text about a third longer. What a
//! test finds without accents in it is not in the catalogue.

/// Accents a text, but for the names of its gaps, and says how long it has become.
pub const fn accent(text: &str, accented: &mut [u8]) -> usize {
    let text = text.as_bytes();
    let (mut at, mut length, mut in_name) = (0, 0, false);
    while at < text.len() {
        let letter = text[at];
        in_name = letter == b'{' || in_name && !matches!(letter, b'}' | b':');
        let vowel = if in_name { None } else { accented_vowel(letter) };
        match vowel {
            None => {
                accented[length] = letter;
                length += 1;
            }
            // Latin-1 letters are two bytes, of which the first is this one.
            Some(second) => {
                (accented[length], accented[length + 1]) = (0xC3, second);
                (accented[length + 2], accented[length + 3]) = (0xC3, second);
                length += 4;
            }
        }
        at += 1;
    }
    length
}

/// The second byte of a vowel with its accent, in UTF-8.
const fn accented_vowel(letter: u8) -> Option<u8> {
    Some(match letter {
        b'a' => 0xA1,
        b'e' => 0xA9,
        b'i' => 0xAD,
        b'o' => 0xB3,
        b'u' => 0xBA,
        b'A' => 0x81,
        b'E' => 0x89,
        b'I' => 0x8D,
        b'O' => 0x93,
        b'U' => 0x9A,
        _ => return None,
    })
}

/// A literal, accented while the tests are built.
macro_rules! accented {
    ($text:expr) => {{
        const TEXT: &str = $text;
        const LENGTH: usize = $crate::ui::text::pseudo::accent(TEXT, &mut [0; 4 * TEXT.len()]);
        const ACCENTED: [u8; LENGTH] = {
            let mut accented = [0; LENGTH];
            $crate::ui::text::pseudo::accent(TEXT, &mut accented);
            accented
        };
        match std::str::from_utf8(&ACCENTED) {
            Ok(accented) => accented,
            Err(_) => panic!("letters of one byte become letters of two"),
        }
    }};
}
pub(crate) use accented;

/// The words of a text that are said in English all the same.
pub fn english(text: &str) -> Vec<&str> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
    let has_vowel = |word: &&str| word.bytes().any(|letter| accented_vowel(letter).is_some());
    words.filter(has_vowel).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::Lang;

    #[test]
    fn names_in_gaps_stay_and_words_beside_them_are_accented() {
        let mut accented = [0; 99];
        let length = accent("{count} new {count:line|lines}", &mut accented);
        let accented = std::str::from_utf8(&accented[..length]).unwrap();
        assert_eq!(accented, "{count} nééw {count:líínéé|líínéés}");
    }

    #[test]
    fn a_language_is_a_column_of_every_kind_of_row() {
        let lang = Lang::Pseudo;
        assert_eq!(lang.text().play, "Plááy");
        assert_eq!(lang.new_lines(2), "2 nééw líínéés");
        assert_eq!(lang.role(crate::raft::Role::Leader), "lééáádéér");
        assert_eq!(english("S2 is lééáádéér"), ["is"]);
    }
}
