//! What a run can be saved as.

use crate::{
    scenario::{file, json, lablog, shiviz},
    sim::EventId,
    ui::{
        run::player::Player,
        svg::{diagram, ring, timeline},
        text::Lang,
    },
};

/// A kind of file that is made of the run.
///
/// A new kind is a variant, its line in [`Self::about`], its text in [`Self::text`] and its name in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// For this page, and for people to read and write.
    Scenario,
    /// What the servers of the lab would have printed.
    LabLog,
    /// All events, to compute with.
    Json,
    /// All communication with vector clocks, for ShiViz.
    ShiViz,
    /// A picture of the ring at the instant shown.
    Ring,
    /// A picture of who was what when.
    Timeline,
    /// A picture of all messages up to it.
    Diagram,
}

impl Export {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::Scenario,
        Self::LabLog,
        Self::Json,
        Self::ShiViz,
        Self::Ring,
        Self::Timeline,
        Self::Diagram,
    ];

    /// The file's name and its media type.
    #[must_use]
    pub const fn about(self) -> (&'static str, &'static str) {
        match self {
            Self::Scenario => ("raft-election.raft", "text/plain"),
            Self::LabLog => ("raft-election.log", "text/plain"),
            Self::Json => ("raft-trace.json", "application/json"),
            Self::ShiViz => ("raft-shiviz.log", "text/plain"),
            Self::Ring => ("raft-ring.svg", "image/svg+xml"),
            Self::Timeline => ("raft-timeline.svg", "image/svg+xml"),
            Self::Diagram => ("raft-space-time.svg", "image/svg+xml"),
        }
    }

    /// What is in the file.
    #[must_use]
    pub fn text(self, player: &Player, lang: Lang) -> String {
        match self {
            Self::Scenario => scenario_file(player, lang),
            Self::LabLog => lab_log(player),
            Self::Json => json::trace(&player.run(), player.history()),
            Self::ShiViz => shiviz::log(player.history()),
            Self::Ring => ring::picture(player, lang),
            Self::Timeline => timeline::picture(player, lang),
            Self::Diagram => diagram::picture(player, lang),
        }
    }
}

/// The run as a file. What had no effect says so in a comment.
fn scenario_file(player: &Player, lang: Lang) -> String {
    let history = player.history();
    file::write_with(&player.run(), |branch, scripted, nth| {
        let mut same = history.journal(branch).iter().enumerate();
        let (place, _) = same.by_ref().filter(|(_, entry)| entry.scripted == scripted).nth(nth)?;
        let why = history.refusal(branch, place)?;
        Some(lang.had_no_effect(history.meant_as_one(branch, place), why))
    })
}

/// What every server printed up to the instant shown, one server after the other.
fn lab_log(player: &Player) -> String {
    let history = player.history();
    let events = history.trace().range(EventId(0), history.world().next_event());
    lablog::file(history, player.scenario().id.began(), lablog::printed(events))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::NodeId,
        scenario::{Scenario, ScenarioId},
        sim::{Action, Micros},
        ui::run::player::BranchChange,
    };

    #[test]
    fn files_have_names_of_their_own() {
        let mut names = Export::ALL.map(|export| export.about().0);
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    }

    /// For whoever cannot look at them.
    #[test]
    fn pictures_say_in_words_what_is_to_be_seen() {
        let mut player = Player::default();
        player.seek(Micros::from_millis(300));
        player.act(Action::kill(NodeId::new(1))).unwrap();
        let led = "Term 1: S2 led from 0.165 s to 0.300 s, then crashed.";
        for (export, words) in [
            (Export::Ring, "S2, crashed, term 1; S3, follower, term 1"),
            (Export::Timeline, led),
            (Export::Diagram, led),
        ] {
            let svg = export.text(&player, Lang::En);
            let document = roxmltree::Document::parse(&svg).unwrap();
            let root = document.root_element();
            assert_eq!(root.attribute("role"), Some("img"));
            let child = |name| {
                root.children()
                    .find(|node| node.has_tag_name(name))
                    .and_then(|node| node.text())
            };
            assert_eq!(child("title"), Some("Free cluster"));
            assert!(
                child("desc").is_some_and(|desc| desc.contains(words)),
                "{:?}",
                child("desc")
            );
        }
    }

    /// In the file it says so, and the file is read as the same run all the same.
    #[test]
    fn what_had_no_effect_has_a_comment() {
        let s1 = NodeId::from_number(1).unwrap();
        let mut scenario = Scenario::new(ScenarioId::Free);
        scenario.id = ScenarioId::Own;
        scenario.script = [Action::kill(s1), Action::kill(s1), Action::start(s1)]
            .map(|action| (Micros::from_millis(100), action))
            .to_vec();
        let mut player = Player::new(scenario);
        player.seek(Micros::from_millis(200));
        let one = scenario_file(&player, Lang::En);
        assert!(
            one.contains("\nat 0.1 s kill S1\nat 0.1 s kill S1 # had no effect: S1 is down\n"),
            "{one}"
        );
        assert_eq!(one.matches('#').count(), 1, "{one}");
        // A crash, then without the crash that came before it: what the reader did has no effect in a branch.
        player.act(Action::kill(s1)).unwrap();
        player.seek(Micros::from_millis(300));
        player.act(Action::start(s1)).unwrap();
        player.change_branches(&BranchChange::LeaveOut(3)).unwrap();
        player.seek(Micros::from_millis(400));
        let two = scenario_file(&player, Lang::Pt);
        assert!(two.contains("kill S1 # branch 2: não teve efeito: S1 "), "{two}");
        assert!(
            two.contains("start S1 # não teve efeito: S1 já está em execução\n"),
            "{two}"
        );
        assert_eq!(two.matches('#').count(), 2, "{two}");
        assert_eq!(file::read(&two), Ok(player.run()));
    }

    #[test]
    fn the_log_is_that_of_the_lab_up_to_the_instant_shown() {
        let mut player = Player::new(Scenario::new(ScenarioId::Figure3));
        player.seek(Micros::from_secs(30));
        player.seek(Micros::from_secs(20));
        let log = lab_log(&player);
        let history = player.history();
        let events = history.trace().range(EventId(0), history.world().next_event());
        let s3 = lablog::transcript(NodeId::from_number(3).unwrap(), ScenarioId::Figure3.began(), events);
        assert!(!s3.is_empty());
        assert!(log.contains(&format!("\n\n==> server3.log <==\n{s3}")), "{log}");
        let heads = log.lines().filter(|line| line.starts_with("==> "));
        assert_eq!(heads.count(), 5);
        assert!(
            log.starts_with("# The rules are not those of the paper.\n"),
            "the lab's bug"
        );
    }
}
