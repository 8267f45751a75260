//! The JSON trace is JSON, and has what the README says.

use raft_playground::{
    raft::NodeId,
    scenario::{Run, Scenario, ScenarioId, json},
    sim::{Action, EventId, Micros},
};
use serde_json::Value;

fn exported(id: ScenarioId, until: Micros) -> (Value, usize) {
    let scenario = Scenario {
        title: "\"quoted\" \\ <b>\u{1}\n".to_owned(),
        ..Scenario::new(id)
    };
    let mut history = scenario.start();
    history.seek(until);
    history.act(Action::Isolate(NodeId::new(1))).unwrap();
    let events = history.trace().range(EventId(0), history.world().next_event()).len();
    let text = json::trace(&Run::of(&scenario, &history), &history);
    (text.parse().expect("it is JSON"), events)
}

#[test]
fn it_has_all_events_each_with_its_cause() {
    let (trace, count) = exported(ScenarioId::SplitVote, Micros::from_millis(900));
    let events = trace["events"].as_array().unwrap();
    assert_eq!(events.len(), count);
    for (number, event) in events.iter().enumerate() {
        assert_eq!(event["id"], number);
        assert!(event["kind"].is_string() && event["at_us"].is_u64(), "{event}");
        let earlier = event["cause"]
            .as_u64()
            .is_none_or(|cause| cause < event["id"].as_u64().unwrap());
        assert!(earlier, "{event}");
    }
    let kinds = [
        "action",
        "sent",
        "delivered",
        "lost",
        "timer_set",
        "vote_granted",
        "vote_denied",
        "election_won",
    ];
    for kind in kinds {
        assert!(events.iter().any(|event| event["kind"] == kind), "no {kind}");
    }
}

#[test]
fn it_says_what_was_run_and_by_which_rules() {
    let (trace, _) = exported(ScenarioId::Figure1, Micros::from_secs(5));
    assert_eq!(trace["format"], "raft-playground trace");
    assert_eq!(trace["version"], 1);
    assert_eq!(trace["title"], "\"quoted\" \\ <b>\u{1}\n");
    assert_eq!(trace["seed"], "409921");
    assert_eq!(trace["modified_rules"], true);
    assert_eq!(trace["complete"], true);
    assert!(trace["run"].as_str().unwrap().contains("do 5 s isolate S2"));
    assert_eq!(exported(ScenarioId::Free, Micros::ZERO).0["modified_rules"], false);
}
