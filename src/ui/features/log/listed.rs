//! The cards of the story as they are listed, the newest first: where one election after another fails, all but the newest of them
//! are one line, so that what keeps them from being won is still in sight.

use std::{iter::Peekable, rc::Rc, vec};

use crate::{
    raft::{NodeSet, Term},
    ui::{
        explain::story::{Card, CardKind},
        text::Lang,
    },
};

/// What stands in the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Listed<'a> {
    /// A card.
    Card(&'a Rc<Card>),
    /// Elections that nobody won, the newest first. The one after them failed as well.
    Failed(Vec<&'a Rc<Card>>),
}

/// So many are folded at least: fewer are read sooner than asked for.
const LEAST: usize = 4;

/// Lists cards that come with the newest first. `is_wanted` says which of those that fail are to be seen.
pub fn listed<'a>(
    cards: impl Iterator<Item = &'a Rc<Card>>,
    is_wanted: impl Fn(&Card) -> bool,
) -> impl Iterator<Item = Listed<'a>> {
    List {
        cards: cards.peekable(),
        seen: Vec::new().into_iter(),
        has_failed: false,
        is_wanted,
    }
}

struct List<'a, I: Iterator<Item = &'a Rc<Card>>, W> {
    cards: Peekable<I>,
    /// Those of a row that is not folded.
    seen: vec::IntoIter<&'a Rc<Card>>,
    /// Whether the one before was an election that nobody won.
    has_failed: bool,
    is_wanted: W,
}

impl<'a, I: Iterator<Item = &'a Rc<Card>>, W: Fn(&Card) -> bool> Iterator for List<'a, I, W> {
    type Item = Listed<'a>;

    fn next(&mut self) -> Option<Listed<'a>> {
        if let Some(card) = self.seen.next() {
            return Some(Listed::Card(card));
        }
        let card = self.cards.next()?;
        let had_failed = std::mem::replace(&mut self.has_failed, failed(card).is_some());
        if !(had_failed && self.has_failed) {
            return Some(Listed::Card(card));
        }
        let mut row = vec![card];
        while let Some(card) = self.cards.next_if(|card| failed(card).is_some()) {
            row.push(card);
        }
        if row.len() >= LEAST && !row.iter().any(|card| (self.is_wanted)(card)) {
            return Some(Listed::Failed(row));
        }
        self.seen = row.into_iter();
        self.seen.next().map(Listed::Card)
    }
}

/// The term of an election that is over, if nobody has won that term.
pub fn failed(card: &Card) -> Option<Term> {
    match &card.kind {
        CardKind::Election(election) if election.won().is_none() && election.taken.is_none() && !election.is_open() => {
            Some(election.term)
        }
        _ => None,
    }
}

impl Lang {
    /// What is said of elections that nobody won, and what beside it. Where none of those that stood reached enough to win, these
    /// were no contests: each candidacy counts.
    pub(super) fn failed_in_a_row(self, row: &[&Rc<Card>]) -> (String, String) {
        let (mut stood, mut candidacies, mut is_contest) = (NodeSet::EMPTY, 0, false);
        let [mut first, mut last] = [None, None];
        for card in row {
            if let CardKind::Election(election) = &card.kind {
                // Who is alone may stand in terms that others have left behind.
                first = Some(first.map_or(election.term, |first: Term| first.min(election.term)));
                last = last.max(Some(election.term));
                candidacies += election.campaigns.len();
                for campaign in &election.campaigns {
                    stood.insert(campaign.candidate);
                    is_contest |= campaign.could_win;
                }
            }
        }
        let [first, last] = [first, last].map(Option::unwrap_or_default);
        if is_contest {
            (
                self.nobody_won_terms(stood, first, last),
                self.elections_counted(row.len()),
            )
        } else {
            (self.stood_in_vain(stood, last), self.candidacies_counted(candidacies))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::NodeId,
        scenario::{Scenario, ScenarioId},
        sim::{Action, Config, History, Micros},
        ui::explain::story::Story,
    };

    /// What is listed of a run, each election by its term, and how many elections are folded in a row.
    fn told(history: &History, is_wanted: impl Fn(&Card) -> bool) -> Vec<Result<Option<Term>, usize>> {
        let mut story = Story::default();
        story.sync(history, 0);
        let listed = listed(story.cards().rev(), is_wanted);
        let told = listed.map(|item| match item {
            Listed::Card(card) => Ok(failed(card)),
            Listed::Failed(row) => Err(row.len()),
        });
        told.collect()
    }

    #[test]
    fn elections_that_fail_in_a_row_are_one_line_after_the_newest() {
        let mut history = Scenario::new(ScenarioId::TightTimeout).start();
        history.seek(Micros::from_secs(9));
        let folded = told(&history, |_| false);
        let rows: Vec<usize> = folded.iter().filter_map(|item| item.err()).collect();
        assert!(rows.iter().all(|row| *row >= LEAST) && rows.len() == 1, "{rows:?}");
        let newest = folded.iter().position(Result::is_err).unwrap() - 1;
        assert!(folded[newest].unwrap().is_some(), "the newest that failed stays");
        // Whoever asks for one sees all.
        let all = told(&history, |card| failed(card).is_some());
        assert_eq!(all.iter().filter(|item| item.is_err()).count(), 0);
        assert_eq!(all.len(), folded.len() - rows.len() + rows[0]);
    }

    /// What is said of what is folded in a run.
    fn folded(history: &History, lang: Lang) -> Vec<(String, String)> {
        let mut story = Story::default();
        story.sync(history, 0);
        let rows = listed(story.cards().rev(), |_| false).filter_map(|item| match item {
            Listed::Failed(row) => Some(lang.failed_in_a_row(&row)),
            Listed::Card(_) => None,
        });
        rows.collect()
    }

    /// Servers that reach nobody hold no elections: they stand again and again.
    #[test]
    fn of_those_that_reach_nobody_candidacies_are_counted_not_elections() {
        let file = include_str!("../../../../tests/fixtures/field/two-isolated.raft");
        let mut history = crate::scenario::file::read(file).unwrap().scenario().start();
        history.seek(Micros::from_secs(60));
        let en = folded(&history, Lang::En);
        assert_eq!(en.len(), 1, "{en:?}");
        let stood = "S4 and S5 stood up to term 266 and reached no majority";
        assert_eq!(en[0], (stood.to_owned(), "518 candidacies".to_owned()));
        let pt = folded(&history, Lang::Pt);
        assert_eq!(pt[0].1, "518 candidaturas");
        let mut history = Scenario::new(ScenarioId::TightTimeout).start();
        history.seek(Micros::from_secs(9));
        let (title, status) = &folded(&history, Lang::En)[0];
        assert!(
            title.contains(" stood in terms ") && status.ends_with(" elections"),
            "{title}, {status}"
        );
    }

    #[test]
    fn a_few_that_fail_are_told_one_by_one() {
        let mut history = Scenario::new(ScenarioId::SplitVoteThrice).start();
        history.seek(Micros::from_secs(3));
        let folded = told(&history, |_| false);
        assert!(folded.iter().filter(|item| matches!(item, Ok(Some(_)))).count() >= 3);
        assert!(folded.iter().all(Result::is_ok));
    }

    /// Two that are alone stand one after the other, each in terms of its own: what runs is in sight.
    #[test]
    fn what_still_runs_is_not_folded() {
        let mut history = History::new(Config::paper(5), 6, &[]).unwrap();
        for server in [0, 1, 2] {
            history.act(Action::kill(NodeId::new(server))).unwrap();
        }
        history.act(Action::isolate(NodeId::new(3))).unwrap();
        for second in 1..40 {
            history.seek(Micros::from_secs(second));
            let mut story = Story::default();
            story.sync(&history, 0);
            let folded = listed(story.cards().rev(), |_| false).filter_map(|item| match item {
                Listed::Failed(row) => Some(row),
                Listed::Card(_) => None,
            });
            for card in folded.flatten() {
                let CardKind::Election(election) = &card.kind else {
                    continue;
                };
                assert!(!election.is_open(), "term {} runs at {second} s", election.term);
            }
        }
    }

    /// Of a term that was won before it is not said that nobody won it.
    #[test]
    fn who_stands_late_in_a_term_that_was_won_did_not_fail_like_the_others() {
        let mut history = History::new(Config::paper(5), 6, &[]).unwrap();
        history.seek(Micros::from_millis(300));
        let alone = NodeId::new(4);
        history.act(Action::isolate(alone)).unwrap();
        history.seek(Micros::from_millis(500));
        for _ in 0..2 {
            let leader = history.world().leader().unwrap();
            history.act(Action::kill(leader)).unwrap();
            history.act(Action::start(leader)).unwrap();
            history.seek(history.now() + Micros::from_millis(450));
        }
        history.seek(Micros::from_secs(9));
        let mut story = Story::default();
        story.sync(&history, 0);
        let won = |term| {
            story.cards().any(|card| match &card.kind {
                CardKind::Election(election) => election.term == term && election.won().is_some(),
                _ => false,
            })
        };
        let failed: Vec<_> = story.cards().filter_map(|card| failed(card)).collect();
        assert!(failed.len() > 10 && failed.iter().all(|term| !won(*term)), "{failed:?}");
    }
}
