//! How far the reader has come in each lesson. Kept in the browser only, where it lets us, and never sent.

use crate::ui::kit::key_value::KeyValue;

const KEY: &str = "raft-playground.lessons";

/// How far the reader has come, by the names of lessons: a letter for each step, as [`crate::lesson::LessonWalk::kept`] says.
pub struct LessonProgress<S>(pub S);

impl<S: KeyValue> LessonProgress<S> {
    fn all(&self) -> Vec<(String, String)> {
        let kept = self.0.get(KEY).unwrap_or_default();
        let pair = |line: &str| line.split_once(' ').map(|(name, steps)| (name.into(), steps.into()));
        kept.lines().filter_map(pair).collect()
    }

    /// What was kept of a lesson; empty if nothing was.
    pub fn kept(&self, name: &str) -> String {
        let mut all = self.all().into_iter();
        all.find(|(kept, _)| kept == name)
            .map(|(_, kept)| kept)
            .unwrap_or_default()
    }

    /// How many steps of a lesson are done, of so many: what was kept of another version of it counts as far as it goes.
    pub fn done(&self, name: &str, steps: usize) -> usize {
        self.kept(name).chars().take(steps).filter(|step| *step != '.').count()
    }

    /// The step at which the reader left a lesson of so many steps, counted from 0: the first that is not done. `None` if that is the first, or
    /// if all are done.
    pub fn place(&self, name: &str, steps: usize) -> Option<usize> {
        let kept = self.kept(name);
        let place = kept.chars().position(|step| step == '.').unwrap_or(kept.len());
        (1..steps).contains(&place).then_some(place)
    }

    /// Keeps how far the reader has come in a lesson; what was done at an earlier visit stays done.
    pub fn keep(&self, name: &str, steps: &str) {
        let mut all = self.all();
        let before = all
            .iter()
            .position(|(kept, _)| kept == name)
            .map(|place| all.remove(place).1);
        let mut before = before.unwrap_or_default().into_bytes().into_iter();
        let merged = steps.bytes().map(|step| match (before.next(), step) {
            (Some(before), b'.') => char::from(before),
            (Some(b'+'), _) => '+',
            (_, step) => char::from(step),
        });
        all.push((name.to_owned(), merged.collect()));
        let lines: Vec<_> = all.into_iter().map(|(name, steps)| format!("{name} {steps}")).collect();
        // A browser that forbids storage only forgets it.
        let _ = self.0.put(KEY, &lines.join("\n"));
    }

    /// Forgets all of it.
    pub fn erase(&self) {
        self.0.remove(KEY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::kit::key_value::OneText;

    #[test]
    fn what_was_done_stays_done_until_it_is_erased() {
        let progress = LessonProgress(OneText::default());
        assert_eq!(progress.done("terms", 3), 0);
        progress.keep("terms", "++.");
        progress.keep("luck", "-..");
        progress.keep("terms", "-.-");
        assert_eq!((progress.done("terms", 3), progress.done("luck", 3)), (3, 1));
        assert_eq!(progress.0.get(""), Some("luck -..\nterms ++-".to_owned()));
        assert_eq!(progress.done("terms", 2), 2, "it has become shorter");
        progress.keep("memory", "+-..");
        progress.keep("lab", "....");
        let place = |name, steps| progress.place(name, steps);
        assert_eq!(
            (place("memory", 4), place("luck", 3), place("none", 3)),
            (Some(2), Some(1), None)
        );
        assert_eq!(
            (place("memory", 2), place("terms", 3), place("lab", 4)),
            (None, None, None)
        );
        progress.erase();
        assert_eq!(progress.done("terms", 3), 0);
    }
}
