//! Which lines a log shows: an index over the trace that grows with it, so that a hundred thousand lines cost nothing.

use std::{collections::VecDeque, fmt::Write};

use crate::{
    raft::{NodeId, NodeSet},
    scenario::lablog::{self, Kind, Line, Tag},
    sim::{Event, EventId, History, Micros},
};

/// Which lines are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Of these servers.
    pub servers: NodeSet,
    /// With these tags; `tags[i]` stands for `Tag::ALL[i]`.
    pub tags: [bool; Tag::ALL.len()],
    /// Of these kinds; `kinds[i]` stands for `Kind::ALL[i]`.
    pub kinds: [bool; Kind::ALL.len()],
    /// But not the `Run Logic` lines of the servers' main loops, which are hidden unless asked for.
    pub hides_loop: bool,
    /// Containing this text, in any case.
    pub text: String,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            hides_loop: true,
            ..Self::all()
        }
    }
}

impl Filter {
    /// Lets everything through.
    #[must_use]
    pub fn all() -> Self {
        Self {
            servers: NodeSet::all(crate::raft::MAX_SERVERS),
            tags: [true; Tag::ALL.len()],
            kinds: [true; Kind::ALL.len()],
            hides_loop: false,
            text: String::new(),
        }
    }

    /// Everything that one server prints.
    #[must_use]
    pub fn server(server: NodeId) -> Self {
        Self {
            servers: NodeSet::from_iter([server]),
            ..Self::all()
        }
    }

    /// Whether it lets every line through, except the `Run Logic` lines if they are hidden.
    #[must_use]
    pub fn shows_all(&self) -> bool {
        let mut filter = self.clone();
        filter.hides_loop = false;
        filter == Self::all()
    }

    /// Whether lines of a kind are shown.
    #[must_use]
    pub fn shows(&self, kind: Kind) -> bool {
        let is_hidden = self.hides_loop && kind == Kind::Loop;
        !is_hidden && self.kinds[place(kind)]
    }

    /// Shows or hides lines of a kind.
    pub fn toggle(&mut self, kind: Kind) {
        let shows = self.shows(kind);
        if kind == Kind::Loop {
            self.hides_loop = false;
        }
        self.kinds[place(kind)] = !shows;
    }

    fn wants(&self, server: NodeId, line: Line, search: &mut TextSearch) -> bool {
        let tag = Tag::ALL.iter().position(|tag| *tag == line.tag);
        let listed = self.servers.contains(server) && tag.is_some_and(|tag| self.tags[tag]) && self.shows(line.kind);
        listed && search.finds(server, line)
    }
}

/// A kind's place among all.
fn place(kind: Kind) -> usize {
    Kind::ALL.iter().position(|each| *each == kind).unwrap_or(0)
}

/// The text of a search.
#[derive(Clone, Debug, Default)]
struct TextSearch {
    /// In lower case.
    text: String,
    scratch: String,
}

impl TextSearch {
    fn new(text: &str) -> Self {
        Self {
            text: text.to_ascii_lowercase(),
            scratch: String::new(),
        }
    }

    fn finds(&mut self, server: NodeId, line: Line) -> bool {
        if self.text.is_empty() {
            return true;
        }
        self.scratch.clear();
        let _ = write!(self.scratch, "{server} {line}");
        self.scratch.make_ascii_lowercase();
        self.scratch.contains(&self.text)
    }
}

/// One line of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The event that it belongs to.
    pub event: EventId,
    /// Which of the event's lines.
    pub line: u8,
}

/// The lines that a filter lets through, oldest first.
#[derive(Clone, Debug, Default)]
pub struct LogIndex {
    filter: Filter,
    rows: VecDeque<Row>,
    scanned: u64,
    epoch: Option<u64>,
    search: TextSearch,
}

impl LogIndex {
    /// An index for a filter.
    #[must_use]
    pub fn new(filter: Filter) -> Self {
        Self {
            search: TextSearch::new(&filter.text),
            filter,
            ..Self::default()
        }
    }

    /// The filter.
    #[must_use]
    pub const fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The lines.
    #[must_use]
    pub const fn rows(&self) -> &VecDeque<Row> {
        &self.rows
    }

    /// Catches up with a history. `epoch` differs from the last call if events have become others.
    pub fn sync(&mut self, history: &History, epoch: u64) {
        let (first, end) = (history.trace().first(), history.world().next_event());
        if self.epoch.replace(epoch) != Some(epoch) || self.scanned < first.0 {
            self.rows.clear();
            self.scanned = first.0;
        }
        while self.rows.front().is_some_and(|row| row.event < first) {
            self.rows.pop_front();
        }
        while self.rows.back().is_some_and(|row| row.event >= end) {
            self.rows.pop_back();
        }
        self.scanned = self.scanned.min(end.0);
        for event in history.trace().range(EventId(self.scanned), end) {
            self.take(event);
        }
        self.scanned = end.0;
    }

    /// The lines in the lab's own format, server by server. `began` is when the run began.
    #[must_use]
    pub fn file(&self, history: &History, began: Micros) -> String {
        let lines = self.rows.iter().filter_map(|row| resolve(history, *row));
        lablog::file(
            history,
            began,
            lines.map(|(event, server, line)| (event.at, server, line)),
        )
    }

    fn take(&mut self, event: &Event) {
        let Some(server) = event.server else { return };
        for (number, line) in (0..).zip(lablog::lines(event).iter()) {
            if self.filter.wants(server, line, &mut self.search) {
                self.rows.push_back(Row {
                    event: event.id,
                    line: number,
                });
            }
        }
    }
}

/// What a row says.
#[must_use]
pub fn resolve(history: &History, row: Row) -> Option<(Event, NodeId, Line)> {
    let event = *history.trace().get(row.event)?;
    let line = lablog::lines(&event).iter().nth(usize::from(row.line))?;
    Some((event, event.server?, line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::Rules,
        scenario::{Scenario, ScenarioId},
        sim::Action,
    };

    fn texts(index: &LogIndex, history: &History) -> Vec<String> {
        let rows = index.rows().iter().filter_map(|row| resolve(history, *row));
        rows.map(|(event, server, line)| format!("{} {server} {line}", event.at))
            .collect()
    }

    fn fresh(filter: &Filter, history: &History) -> Vec<String> {
        let mut index = LogIndex::new(filter.clone());
        index.sync(history, 0);
        texts(&index, history)
    }

    #[test]
    fn an_index_that_grew_equals_one_made_at_once() {
        let mut history = Scenario::free(5, 7).start();
        let filter = Filter {
            text: "Append".to_owned(),
            ..Filter::default()
        };
        let mut index = LogIndex::new(filter.clone());
        for millis in (0..2000).step_by(13) {
            history.seek(Micros::from_millis(millis));
            index.sync(&history, 0);
        }
        assert!(!index.rows().is_empty());
        assert_eq!(texts(&index, &history), fresh(&filter, &history));
    }

    #[test]
    fn a_file_says_by_which_rules_the_run_was() {
        let mut history = Scenario::free(3, 7).start();
        history.seek(Micros::from_millis(500));
        let mut index = LogIndex::new(Filter::server(NodeId::new(1)));
        index.sync(&history, 0);
        let file = index.file(&history, ScenarioId::Free.began());
        assert!(file.starts_with("==> server2.log <==\n2019/10/07 10:07:4"), "{file}");
        assert_eq!(file.matches("==>").count(), 1, "{file}");

        history.act(Action::set_rules(Rules::lab())).unwrap();
        history.seek(Micros::from_millis(700));
        index.sync(&history, 0);
        let modified = index.file(&history, ScenarioId::Free.began());
        let lines = modified.strip_prefix("# The rules are not those of the paper.\n\n");
        assert!(lines.is_some_and(|lines| lines.starts_with(&file)), "{modified}");
    }

    #[test]
    fn going_back_takes_lines_away_and_forward_brings_them_again() {
        let mut history = Scenario::free(5, 7).start();
        let mut index = LogIndex::new(Filter::all());
        for millis in [800, 300, 301, 900, 0, 450] {
            history.seek(Micros::from_millis(millis));
            index.sync(&history, 0);
            assert_eq!(
                texts(&index, &history),
                fresh(&Filter::all(), &history),
                "at {millis} ms"
            );
        }
    }
}
