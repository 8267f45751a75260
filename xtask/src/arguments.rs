//! What follows a command's name.

use std::str::FromStr;

use crate::Result;

/// The words after the command; each command takes out what it knows and then calls
/// [`finish`](Self::finish), which objects to the rest.
pub struct Arguments {
    words: Vec<String>,
}

impl Arguments {
    /// All of `words`, none taken yet.
    pub fn new(words: impl Iterator<Item = String>) -> Self {
        Self { words: words.collect() }
    }

    /// Takes out a flag and says whether it was there.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|word| word != name);
        self.words.len() < before
    }

    /// Takes out an option with its value: `--port 8081` or `--port=8081`.
    pub fn option<T: FromStr>(&mut self, name: &str) -> Result<Option<T>> {
        let Some(value) = self.option_text(name)? else {
            return Ok(None);
        };
        match value.parse() {
            Ok(value) => Ok(Some(value)),
            Err(_) => Err(format!("`{value}` is no value for {name}").into()),
        }
    }

    /// Takes out the first word that is no option.
    pub fn word(&mut self) -> Option<String> {
        let place = self.words.iter().position(|word| !word.starts_with('-'))?;
        Some(self.words.remove(place))
    }

    /// Fails if something is left that no one has taken.
    pub fn finish(self) -> Result<()> {
        match self.words.first() {
            Some(word) => Err(format!("don't know what to do with `{word}`").into()),
            None => Ok(()),
        }
    }

    fn option_text(&mut self, name: &str) -> Result<Option<String>> {
        let joined = format!("{name}=");
        if let Some(place) = self.words.iter().position(|word| word.starts_with(&joined)) {
            return Ok(Some(self.words.remove(place)[joined.len()..].to_owned()));
        }
        let Some(place) = self.words.iter().position(|word| word == name) else {
            return Ok(None);
        };
        if place + 1 == self.words.len() {
            return Err(format!("{name} needs a value").into());
        }
        self.words.remove(place);
        Ok(Some(self.words.remove(place)))
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;

    fn arguments(line: &str) -> Arguments {
        Arguments::new(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn an_option_takes_its_value_in_both_spellings() {
        for line in ["--open --port 81", "--port=81 --open"] {
            let mut arguments = arguments(line);
            assert_eq!(arguments.option::<u16>("--port").unwrap(), Some(81));
            assert!(arguments.flag("--open"));
            assert!(!arguments.flag("--open"));
            arguments.finish().unwrap();
        }
    }

    #[test]
    fn what_is_wrong_with_an_option_is_said() {
        let error = |line| arguments(line).option::<u16>("--port").unwrap_err().to_string();
        assert_eq!(error("--port"), "--port needs a value");
        assert_eq!(error("--port many"), "`many` is no value for --port");
    }

    #[test]
    fn unknown_words_are_refused() {
        let mut arguments = arguments("e2e --fast");
        assert_eq!(arguments.word().as_deref(), Some("e2e"));
        assert!(arguments.finish().is_err());
    }
}
