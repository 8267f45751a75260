//! What a search has found, as the title of the run that shows it.
//!
//! No author wrote that run, so its title is in no language: the page shows it in the reader's own. Links and files need nothing
//! new for that. The title is a fixed text for each finding, and an older page, which does not know findings, shows that text.

use std::fmt;

use crate::safety::Property;

/// What a search has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is broken at the end.
    pub property: Property,
    /// In how many steps, one after the other; there is no shorter way.
    pub steps: usize,
}

impl Finding {
    /// What a title says that was made of a finding; `None` for one that somebody wrote.
    #[must_use]
    pub fn of_title(title: &str) -> Option<Self> {
        let found = title.strip_prefix(HEAD)?;
        let broken = |property: Property| Some((property, found.strip_prefix(property.slug())?.strip_prefix(BETWEEN)?));
        let (property, steps) = Property::ALL.into_iter().find_map(broken)?;
        let finding = Self {
            property,
            steps: steps.strip_suffix(TAIL)?.parse().ok()?,
        };
        (finding.to_string() == title).then_some(finding)
    }
}

const HEAD: &str = "counterexample: ";
const BETWEEN: &str = " broken in ";
const TAIL: &str = " steps";

/// As a title: `counterexample: election-safety broken in 8 steps`. Links carry it: it never changes.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{HEAD}{}{BETWEEN}{}{TAIL}", self.property.slug(), self.steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_read_as_it_was_made() {
        for property in Property::ALL {
            let finding = Finding { property, steps: 8 };
            assert_eq!(Finding::of_title(&finding.to_string()), Some(finding));
        }
    }

    /// Links carry them.
    #[test]
    fn titles_never_change() {
        let titles = Property::ALL.map(|property| Finding { property, steps: 10 }.to_string());
        let known = [
            "counterexample: election-safety broken in 10 steps",
            "counterexample: leader-completeness broken in 10 steps",
            "counterexample: one-vote-per-term broken in 10 steps",
            "counterexample: monotonic-terms broken in 10 steps",
            "counterexample: leader-had-majority broken in 10 steps",
        ];
        assert_eq!(titles, known);
    }

    #[test]
    fn what_somebody_wrote_is_no_finding() {
        for title in [
            "",
            "Found: two leaders in one term, in 8 steps.",
            "counterexample: luck broken in 8 steps",
            "counterexample: election-safety broken in +8 steps",
            "counterexample: election-safety broken in 8 steps!",
            "counterexample: election-safety",
        ] {
            assert_eq!(Finding::of_title(title), None, "{title}");
        }
    }
}
