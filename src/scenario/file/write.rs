//! From a run to a text.

use std::fmt::Write;

use super::{
    HEADER, LONGEST, VERSION,
    words::{instant, list, on_off, percent, position, range, span, words},
};
use crate::{
    raft::{LogPosition, NodeId, NodeSet, Quorum, Term},
    scenario::{Note, Run, ScenarioId, one_line},
    sim::{BranchId, BranchRecord, Config, Micros, Recording},
};

/// The run as a text.
#[must_use]
pub fn write(run: &Run) -> String {
    write_with(run, |_, _, _| None)
}

/// The same, with a comment after actions that have one: by the branch, whether the script plans the action, and how many of the
/// same kind come before it there. Of the script, those in the branch that is visited are asked for. A comment is one line.
#[must_use]
pub fn write_with(run: &Run, comment: impl Fn(BranchId, bool, usize) -> Option<String>) -> String {
    let commented = written(run, &comment);
    // What can't be read again is no use.
    if commented.len() <= LONGEST {
        commented
    } else {
        written(run, &|_, _, _| None)
    }
}

type Comment<'a> = &'a dyn Fn(BranchId, bool, usize) -> Option<String>;

fn written(run: &Run, comment: Comment<'_>) -> String {
    let mut text = format!("{HEADER} {VERSION}\n");
    let mut line = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    if run.id != ScenarioId::Own {
        line(format!("scenario {}", run.id.slug()));
    }
    for (name, value) in [("title", &run.title), ("watch", &run.watch)] {
        if !value.trim().is_empty() {
            line(format!("{name} {}", one_line(value)));
        }
    }
    line(format!("pace {}", span(run.pace)));
    settings(&run.recording.config, &mut line);
    line(format!("seed {}", run.recording.seed));
    let remarks = script_remarks(&run.recording, comment);
    let mut from_start = true;
    for (place, &(at, action)) in run.recording.script.iter().enumerate() {
        let remark = remarks.get(place).map_or("", String::as_str);
        from_start &= at == Micros::ZERO && action.is_own_setting();
        let when = if from_start {
            String::new()
        } else {
            format!("at {} ", instant(at))
        };
        line(format!("{when}{}{remark}", words(action)));
    }
    branches(run, comment, &mut line);
    text
}

/// What follows each line of the script: what is to be said of it in the branch that is visited.
fn script_remarks(recording: &Recording, comment: Comment<'_>) -> Vec<String> {
    let current = recording
        .branches
        .iter()
        .find(|branch| branch.about.id == recording.current);
    let Some(branch) = current else { return Vec::new() };
    let mut planned = 0;
    let remarks = (0..recording.script.len()).map(|place| {
        if branch.left_out.contains(&place) {
            return String::new();
        }
        planned += 1;
        let said = comment(recording.current, true, planned - 1);
        let which = if recording.branches.len() > 1 {
            format!("branch {}: ", recording.current.0 + 1)
        } else {
            String::new()
        };
        said.map(|said| format!(" # {which}{said}")).unwrap_or_default()
    });
    remarks.collect()
}

fn settings(config: &Config, line: &mut impl FnMut(String)) {
    line(format!("servers {}", config.size));
    let down: NodeSet = NodeId::all(usize::from(config.size))
        .filter(|server| !config.running.contains(*server))
        .collect();
    if !down.is_empty() {
        line(format!("down{}", list(down)));
    }
    line(format!("election-timeout {}", range(config.timing.election_timeout)));
    line(format!("heartbeat-interval {}", span(config.timing.heartbeat_interval)));
    line(format!("delay {}", range(config.network.delay)));
    for (name, permille) in [
        ("loss", config.network.loss_permille),
        ("duplication", config.network.duplication_permille),
        ("reordering", config.network.reordering_permille),
    ] {
        if permille > 0 {
            line(format!("{name} {}", percent(permille)));
        }
    }
    for (from, to) in config.links.cut() {
        line(format!("cut {from}>{to}"));
    }
    for rule in config.rules.changed() {
        line(format!("rule {} {}", rule.slug(), on_off(config.rules.get(rule))));
    }
    if let Quorum::Votes(votes) = config.rules.quorum {
        line(format!("quorum {votes}"));
    }
    for (server, log) in NodeId::all(usize::from(config.size)).zip(config.logs) {
        if log != LogPosition::default() {
            // No server that starts by the paper has such a log, so the file says that it is meant.
            let meant = if log.last_term > Term::ZERO { " in term 0" } else { "" };
            line(format!("log {server} {}{meant}", position(log)));
        }
    }
}

fn branches(run: &Run, comment: Comment<'_>, line: &mut impl FnMut(String)) {
    let recording = &run.recording;
    if is_fresh(recording) {
        run.notes.iter().for_each(|each| line(note(each)));
        return;
    }
    for each in &recording.branches {
        line(branch(each));
        if !each.left_out.is_empty() {
            let places: Vec<String> = each.left_out.iter().map(|place| (place + 1).to_string()).collect();
            line(format!("  without {}", places.join(" ")));
        }
        for (place, &(at, action)) in each.actions.iter().enumerate() {
            let said = comment(each.about.id, false, place);
            let remark = said.map(|said| format!(" # {said}")).unwrap_or_default();
            line(format!("  do {} {}{remark}", instant(at), words(action)));
        }
        for noted in run.notes.iter().filter(|note| note.branch == each.about.id) {
            line(format!("  {}", note(noted)));
        }
    }
    line(format!(
        "visit {} at {}",
        recording.current.0 + 1,
        instant(recording.now)
    ));
}

fn note(note: &Note) -> String {
    format!("note at {} {}", instant(note.at), note.text)
}

/// Whether the reader has not even let time pass.
fn is_fresh(recording: &Recording) -> bool {
    let untouched = |branch: &BranchRecord| {
        branch.actions.is_empty()
            && branch.left_out.is_empty()
            && branch.about.name.is_empty()
            && branch.about.id.0 == 0
            && branch.about.end == Micros::ZERO
    };
    recording.branches.len() == 1 && recording.branches.iter().all(untouched)
}

fn branch(branch: &BranchRecord) -> String {
    let about = &branch.about;
    let mut line = format!("branch {}", about.id.0 + 1);
    if let Some(parent) = about.parent {
        let _ = write!(line, " from {}", parent.0 + 1);
    }
    if about.forked_at != Micros::ZERO {
        let _ = write!(line, " at {}", instant(about.forked_at));
    }
    let _ = write!(line, " until {}", instant(about.end));
    if !about.name.is_empty() {
        let _ = write!(line, " named {}", about.name);
    }
    line
}
