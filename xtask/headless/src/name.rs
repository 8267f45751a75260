//! Accessible names to look for.

use std::fmt;

/// What an accessible name has to look like. A plain `&str` is the whole name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name<'a> {
    /// The name is exactly this.
    Exactly(&'a str),
    /// The name begins so.
    Starting(&'a str),
    /// The name has this in it.
    Containing(&'a str),
    /// Every name, even none.
    Any,
}

/// A name that begins so: `starting("S2, ")`.
#[must_use]
pub fn starting(text: &str) -> Name<'_> {
    Name::Starting(text)
}

/// A name that has this in it: `containing("leader")`.
#[must_use]
pub fn containing(text: &str) -> Name<'_> {
    Name::Containing(text)
}

/// Any name at all.
#[must_use]
pub fn any() -> Name<'static> {
    Name::Any
}

impl Name<'_> {
    /// Whether `name` looks so.
    #[must_use]
    pub fn fits(&self, name: &str) -> bool {
        match self {
            Self::Exactly(whole) => name == *whole,
            Self::Starting(start) => name.starts_with(start),
            Self::Containing(part) => name.contains(part),
            Self::Any => true,
        }
    }
}

impl<'a> From<&'a str> for Name<'a> {
    fn from(whole: &'a str) -> Self {
        Self::Exactly(whole)
    }
}

impl<'a> From<&'a String> for Name<'a> {
    fn from(whole: &'a String) -> Self {
        Self::Exactly(whole)
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(whole) => write!(formatter, "“{whole}”"),
            Self::Starting(start) => write!(formatter, "“{start}…”"),
            Self::Containing(part) => write!(formatter, "“…{part}…”"),
            Self::Any => formatter.write_str("of any name"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Name, any, containing, starting};

    #[test]
    fn names_fit_as_wholes_starts_and_parts() {
        let name = "S2, leader, term 4";
        assert!(Name::from(name).fits(name));
        assert!(!Name::from("S2").fits(name));
        assert!(starting("S2, ").fits(name));
        assert!(!starting("leader").fits(name));
        assert!(containing("leader").fits(name));
        assert!(any().fits(""));
    }
}
