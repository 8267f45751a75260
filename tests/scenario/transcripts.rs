//! The transcripts that the page shows beside the figures: each is printed to its end, at the place that is said of it.

use crate::support::Run;
use raft_playground::scenario::{ScenarioId, lablog, transcripts::transcripts};

const FIGURES: [ScenarioId; 3] = [ScenarioId::Figure1, ScenarioId::Figure3, ScenarioId::Figure5];

#[test]
fn every_line_of_every_transcript_is_reached_at_its_place() {
    for id in FIGURES {
        let run = Run::of(id);
        assert!(!transcripts(id).is_empty(), "{id:?}");
        for transcript in transcripts(id) {
            let mine = run
                .events
                .iter()
                .filter(|event| event.server == Some(transcript.server));
            let printed: Vec<String> = lablog::printed(mine).map(|(_, _, line)| line.to_string()).collect();
            let lines: Vec<&str> = transcript.lines().map(|(_, text)| text).collect();
            let places = printed
                .windows(lines.len())
                .enumerate()
                .filter(|(_, window)| *window == lines);
            let places: Vec<usize> = places.map(|(place, _)| place).collect();
            assert_eq!(places, [transcript.first()], "{id:?} {}", transcript.server);
            assert_eq!(transcript.reached(printed.iter().cloned()), lines.len());
            let half = transcript.first() + lines.len() / 2;
            assert_eq!(transcript.reached(printed[..half].iter().cloned()), lines.len() / 2);
            assert_eq!(transcript.reached(std::iter::empty()), 0);
        }
    }
}

#[test]
fn a_line_has_the_time_that_it_had_in_the_lab() {
    let first = transcripts(ScenarioId::Figure1)[1].lines().next();
    assert_eq!(first, Some(("10:07:42", "[SERVER] Listening on 'localhost:3002'")));
    let last = transcripts(ScenarioId::Figure1)[1].lines().last();
    assert_eq!(last, Some(("", "^C")));
    assert!(transcripts(ScenarioId::Figure2).is_empty());
}
