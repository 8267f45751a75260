//! Key presses in WebDriver's terms.

use serde_json::{Value, json};

/// The keys with a name, and the code points by which WebDriver knows them.
const NAMED: [(&str, char); 25] = [
    ("Backspace", '\u{E003}'),
    ("Tab", '\u{E004}'),
    ("Enter", '\u{E007}'),
    ("Shift", '\u{E008}'),
    ("Control", '\u{E009}'),
    ("Alt", '\u{E00A}'),
    ("Escape", '\u{E00C}'),
    ("Space", ' '),
    ("PageUp", '\u{E00E}'),
    ("PageDown", '\u{E00F}'),
    ("End", '\u{E010}'),
    ("Home", '\u{E011}'),
    ("ArrowLeft", '\u{E012}'),
    ("ArrowUp", '\u{E013}'),
    ("ArrowRight", '\u{E014}'),
    ("ArrowDown", '\u{E015}'),
    ("Delete", '\u{E017}'),
    ("F1", '\u{E031}'),
    ("F2", '\u{E032}'),
    ("F5", '\u{E035}'),
    ("F6", '\u{E036}'),
    ("F10", '\u{E03A}'),
    ("F11", '\u{E03B}'),
    ("F12", '\u{E03C}'),
    ("Meta", '\u{E03D}'),
];

/// Presses a chord such as `Enter`, `a`, `Shift+F10` or `Control+Shift+ArrowLeft`.
///
/// `None` if a part of it is no key.
pub fn chord(chord: &str) -> Option<Value> {
    let keys = match chord {
        "+" => vec!['+'],
        _ => chord.split('+').map(key).collect::<Option<Vec<char>>>()?,
    };
    let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
    let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
    Some(keyboard(down.chain(up)))
}

/// Types a text, one key after the other.
pub fn text(text: &str) -> Value {
    let strokes = text
        .chars()
        .flat_map(|key| ["keyDown", "keyUp"].map(|stroke| json!({ "type": stroke, "value": key })));
    keyboard(strokes)
}

fn keyboard(actions: impl Iterator<Item = Value>) -> Value {
    let actions: Vec<Value> = actions.collect();
    json!({ "type": "key", "id": "keyboard", "actions": actions })
}

fn key(name: &str) -> Option<char> {
    if let Some((_, code)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some(*code);
    }
    let mut characters = name.chars();
    characters.next().filter(|_| characters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::{chord, key};

    #[test]
    fn keys_are_characters_or_have_a_name() {
        assert_eq!(key("a"), Some('a'));
        assert_eq!(key("Enter"), Some('\u{E007}'));
        assert_eq!(key("Return"), None);
    }

    #[test]
    fn a_chord_is_released_in_reverse() {
        let chord = chord("Shift+?").expect("known keys");
        let strokes: Vec<_> = chord["actions"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|stroke| format!("{} {}", stroke["type"], stroke["value"]).replace('"', ""))
            .collect();
        assert_eq!(strokes, ["keyDown \u{E008}", "keyDown ?", "keyUp ?", "keyUp \u{E008}"]);
        assert!(super::chord("+").is_some());
        assert!(super::chord("Hyper+x").is_none());
    }
}
