//! Conditions in the words of lesson files.

use std::fmt::Write;

use super::{LessonExpected, LessonRead};
use crate::{
    lesson::{Condition, CountedDeed, Goal, Occurrence, OccurrenceKind, Reason, RunState},
    raft::{NodeId, Rule, Term},
    safety::Property,
    scenario::file::{Expected, WordReader, on_off, span, words},
};

/// The words of states, and of what is counted.
pub(super) const STATES: [&str; 7] = [
    "leader",
    "no-leader",
    "stale-leader",
    "two-leaders",
    "no-majority",
    "rule",
    "at-most",
];

/// Conditions with `and` between them, up to the end of the line.
pub(super) fn read_goal(words: &mut WordReader<'_>) -> LessonRead<Goal> {
    let mut goal = Vec::new();
    loop {
        goal.push(condition(words)?);
        if !words.after("and") {
            words.end()?;
            return Ok(goal);
        }
    }
}

/// Something that happens, up to the end of the line.
pub(super) fn read_occurrence(words: &mut WordReader<'_>) -> LessonRead<Occurrence> {
    let word = words.next().ok_or(LessonExpected::Happening)?;
    let occurrence = occurrence(word, words)?.ok_or(LessonExpected::Happening)?;
    words.end()?;
    Ok(occurrence)
}

fn condition(words: &mut WordReader<'_>) -> LessonRead<Condition> {
    let word = words.next().ok_or(LessonExpected::Condition)?;
    if let Some(occurrence) = occurrence(word, words)? {
        return Ok(Condition::Happened(occurrence));
    }
    if word == "at-most" {
        let most: u8 = words.number(0..=99)?;
        let counted = words.next().unwrap_or_default();
        let known = CountedDeed::WORDS.into_iter().find(|(_, known)| *known == counted);
        return Ok(Condition::AtMost(
            usize::from(most),
            known.ok_or(LessonExpected::Counted)?.0,
        ));
    }
    let state = match word {
        "leader" => RunState::Leader(server(words)?),
        "no-leader" => RunState::NoLeader,
        "stale-leader" => RunState::StaleLeader(server(words)?),
        "two-leaders" => RunState::TwoLeaders,
        "no-majority" => RunState::NoMajority,
        "rule" => {
            let rule = words.next().and_then(Rule::from_slug).ok_or(Expected::Rule)?;
            match words.next() {
                Some("on") => RunState::Rule(rule, true),
                Some("off") => RunState::Rule(rule, false),
                _ => return Err(Expected::OnOff.into()),
            }
        }
        _ => return Err(LessonExpected::Condition),
    };
    if !words.after("for") {
        return Ok(Condition::Holds(state));
    }
    if state.has_past() {
        Ok(Condition::HeldFor(state, words.instant()?))
    } else {
        Err(LessonExpected::Lasting)
    }
}

/// A server, if one is named next.
fn server(words: &mut WordReader<'_>) -> LessonRead<Option<NodeId>> {
    Ok(words.names_server().then(|| words.one_server()).transpose()?)
}

/// What follows the word for something that happens; `None` if it is no such word.
fn occurrence(word: &str, words: &mut WordReader<'_>) -> LessonRead<Option<Occurrence>> {
    match word {
        "does" => return Ok(Some(Occurrence::any(OccurrenceKind::Does(words.action()?)))),
        "breaks" => {
            let property = words.next().and_then(Property::from_slug);
            let property = property.ok_or(LessonExpected::Property)?;
            return Ok(Some(Occurrence::any(OccurrenceKind::Breaks(property))));
        }
        _ => {}
    }
    let known = OccurrenceKind::WORDS.iter().find(|(_, known, _)| *known == word);
    let Some((kind, _, preposition)) = known else {
        return Ok(None);
    };
    let mut occurrence = Occurrence {
        server: server(words)?,
        ..Occurrence::any(*kind)
    };
    if !preposition.is_empty() && words.after(preposition) {
        occurrence.other = Some(words.one_server()?);
    }
    if words.after("because") {
        let reason = words.next().unwrap_or_default();
        let known = Reason::WORDS.into_iter().find(|(_, known)| *known == reason);
        occurrence.why = Some(known.ok_or(LessonExpected::Reason)?.0);
    }
    if words.after("in") {
        words.word("term")?;
        occurrence.term = Some(Term(words.number(0..=u64::from(u32::MAX))?));
    }
    Ok(Some(occurrence))
}

/// Conditions with `and` between them.
pub(super) fn goal_words(goal: &Goal) -> String {
    goal.iter().map(condition_words).collect::<Vec<_>>().join(" and ")
}

/// A condition, in the words of files.
pub(super) fn condition_words(condition: &Condition) -> String {
    match *condition {
        Condition::Happened(occurrence) => occurrence_words(&occurrence),
        Condition::Holds(state) => state_words(state),
        Condition::AtMost(most, counted) => {
            let known = CountedDeed::WORDS.into_iter().find(|(known, _)| *known == counted);
            format!("at-most {most} {}", known.map_or("", |(_, word)| word))
        }
        Condition::HeldFor(state, time) => format!("{} for {}", state_words(state), span(time)),
    }
}

fn state_words(state: RunState) -> String {
    match state {
        RunState::Leader(server) => "leader".to_owned() + &named(server),
        RunState::NoLeader => "no-leader".to_owned(),
        RunState::StaleLeader(server) => "stale-leader".to_owned() + &named(server),
        RunState::TwoLeaders => "two-leaders".to_owned(),
        RunState::NoMajority => "no-majority".to_owned(),
        RunState::Rule(rule, on) => format!("rule {} {}", rule.slug(), on_off(on)),
    }
}

fn named(server: Option<NodeId>) -> String {
    server.map(|server| format!(" {server}")).unwrap_or_default()
}

/// Something that happens, in the words of files.
pub(super) fn occurrence_words(occurrence: &Occurrence) -> String {
    let known = match occurrence.kind {
        OccurrenceKind::Does(action) => return format!("does {}", words(action)),
        OccurrenceKind::Breaks(property) => return format!("breaks {}", property.slug()),
        kind => OccurrenceKind::WORDS.iter().find(|(known, ..)| *known == kind),
    };
    let (_, word, preposition) = known.copied().unwrap_or((occurrence.kind, "", ""));
    let mut said = word.to_owned() + &named(occurrence.server);
    if let Some(other) = occurrence.other {
        let _ = write!(said, " {preposition} {other}");
    }
    let reason = occurrence
        .why
        .and_then(|why| Reason::WORDS.into_iter().find(|(known, _)| *known == why));
    if let Some((_, reason)) = reason {
        let _ = write!(said, " because {reason}");
    }
    if let Some(term) = occurrence.term {
        let _ = write!(said, " in term {term}");
    }
    said
}
