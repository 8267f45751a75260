//! What was tried, in words: for files, which are read where there is no page beside them.

use super::line::PlotLine;
use crate::{lab::Experiment, sim::Range, ui::text::Lang};

/// What all series of these lines have in common.
pub fn in_common(lines: &[PlotLine], lang: Lang) -> Vec<String> {
    let mut each = lines
        .iter()
        .flat_map(|line| &line.series)
        .map(|series| lang.lab_tried(&series.experiment));
    let mut common = each.next().unwrap_or_default();
    for other in each {
        common.retain(|setting| other.contains(setting));
    }
    common
}

/// Some words in rows of at most so many characters, as long as none of them has more.
pub fn in_rows(words: &[String], most: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for word in words {
        match rows.last_mut() {
            Some(row) if row.chars().count() + 2 + word.chars().count() <= most => {
                row.push_str("; ");
                row.push_str(word);
            }
            _ => rows.push(word.clone()),
        }
    }
    rows
}

impl Lang {
    /// The settings of an experiment, each with its name.
    pub fn lab_tried(self, experiment: &Experiment) -> Vec<String> {
        let text = self.lab_text();
        let config = &experiment.config;
        let (timing, network) = (&config.timing, &config.network);
        let mut tried = vec![
            (text.servers, config.size.to_string()),
            (text.timeout, self.lab_range(timing.election_timeout)),
            (text.heartbeat, self.lab_time(timing.heartbeat_interval.0)),
            (text.delay, self.lab_range(network.delay)),
            (text.loss, self.per_cent(network.loss_permille)),
            (text.begin, self.lab_opening(experiment.opening).to_owned()),
            (text.ending, self.lab_ending(experiment.ending).to_owned()),
            (text.limit, self.lab_time(experiment.limit.0)),
            (text.logs, self.lab_logs(experiment.logs).to_owned()),
            (text.seed, experiment.seed.to_string()),
        ];
        let rules = self.rules_changes(config.rules, usize::MAX);
        if !rules.is_empty() {
            tried.push((text.rules, rules));
        }
        tried
            .into_iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect()
    }

    fn lab_range(self, range: Range) -> String {
        if range.min == range.max {
            self.lab_time(range.min.0)
        } else {
            format!("{}–{}", self.lab_time(range.min.0), self.lab_time(range.max.0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::Rule,
        ui::features::laboratory::line::{LineName, Series},
    };

    fn line(experiment: Experiment) -> PlotLine {
        PlotLine {
            name: LineName::Alone,
            published: &[],
            series: vec![Series::new(experiment, 0)],
        }
    }

    #[test]
    fn what_was_tried_is_told_with_its_rules() {
        let mut experiment = Experiment::paper();
        experiment.config.rules.set(Rule::PreVote, true);
        let tried = Lang::En.lab_tried(&experiment);
        assert_eq!(tried[0], "Servers: 5");
        assert_eq!(tried[1], "Election timeout: 150 ms–300 ms");
        assert!(
            tried.contains(&"A trial begins: the leader crashes".to_owned()),
            "{tried:?}"
        );
        assert!(
            tried.last().is_some_and(|rules| rules.contains("pre-vote")),
            "{tried:?}"
        );
    }

    #[test]
    fn of_several_lines_only_what_they_have_in_common_is_told() {
        let one = Experiment::paper();
        let other = one.clone().with_timeouts(Range::millis(12, 24));
        let common = in_common(&[line(one.clone()), line(other)], Lang::En);
        assert!(common.contains(&"Servers: 5".to_owned()), "{common:?}");
        assert!(
            !common.iter().any(|setting| setting.starts_with("Election timeout")),
            "{common:?}"
        );
        assert_eq!(in_common(&[line(one.clone())], Lang::Pt), Lang::Pt.lab_tried(&one));
        assert_eq!(in_common(&[], Lang::En), [""; 0]);
    }

    #[test]
    fn rows_are_no_longer_than_there_is_room() {
        let words = ["one", "two", "three", "four"].map(str::to_owned);
        assert_eq!(in_rows(&words, 10), ["one; two", "three", "four"]);
        assert_eq!(in_rows(&words, 11), ["one; two", "three; four"]);
        assert_eq!(in_rows(&[], 10), [""; 0]);
    }
}
