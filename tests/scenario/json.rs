//! The JSON trace is JSON, and has what `docs/exports.md` says.

use crate::runs::{self, Digest};
use raft_playground::{
    raft::{NodeId, Rule, Rules},
    scenario::{Run, Scenario, ScenarioId, json, shiviz},
    sim::{Action, EventId, History, Micros},
};
use serde_json::Value;

fn exported(id: ScenarioId, until: Micros) -> (Value, usize) {
    let scenario = Scenario {
        title: "\"quoted\" \\ <b>\u{1}\n".to_owned(),
        ..Scenario::new(id)
    };
    let mut history = scenario.start();
    history.seek(until);
    history.act(Action::isolate(NodeId::new(1))).unwrap();
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

#[test]
fn it_has_the_cluster_as_it_was_before_it_started() {
    let mut text = exported(ScenarioId::Figure5, Micros::ZERO).0;
    let config = text["config"].take();
    assert_eq!(config["servers"], 5);
    assert_eq!(config["running"], Value::Array(Vec::new()));
    assert_eq!(config["election_timeout_us"], serde_json::json!([900_000, 4_000_000]));
    assert_eq!(config["heartbeat_interval_us"], 125_000);
    assert_eq!(config["delay_us"], serde_json::json!([40_000, 100_000]));
    assert_eq!(config["loss_permille"], 0);
    assert_eq!(
        config["logs"],
        serde_json::json!([[0, 0], [0, 0], [0, 0], [0, 0], [0, 0]])
    );
    assert_eq!(config["rules"]["rerun-after-refusal"], true);
    assert_eq!(config["rules"]["persist-vote"], true);
    assert_eq!(config["rules"]["quorum"], "majority");
}

#[test]
fn a_decision_says_why() {
    let (trace, _) = exported(ScenarioId::StaleLog, Micros::from_secs(2));
    let events = trace["events"].as_array().unwrap();
    let denied: Vec<_> = events.iter().filter(|event| event["kind"] == "vote_denied").collect();
    let behind = denied.iter().find(|event| event["why"] == "log_behind").unwrap();
    assert_eq!(
        (&behind["last_log_index"], &behind["their_last_log_index"]),
        (&1.into(), &0.into())
    );
    let (trace, _) = exported(ScenarioId::SplitVote, Micros::from_millis(900));
    let events = trace["events"].as_array().unwrap();
    let denied: Vec<_> = events.iter().filter(|event| event["kind"] == "vote_denied").collect();
    assert!(
        denied
            .iter()
            .any(|event| event["why"] == "already_voted" && event["voted_for"].is_string())
    );
}

/// Every kind of event and of action, in random runs: it stays JSON, and a kind always has the same fields.
#[test]
fn whatever_happens_is_json_and_a_kind_has_its_fields() {
    let mut fields = std::collections::BTreeMap::new();
    for seed in 0..60 {
        let run = runs::random::wild(seed);
        let mut history = run.history();
        history.seek(run.end);
        let scenario = Scenario::free(run.config.size, seed);
        let trace: Value = json::trace(&Run::of(&scenario, &history), &history)
            .parse()
            .expect("it is JSON");
        for event in trace["events"].as_array().unwrap() {
            let event = event.as_object().unwrap();
            // What a message says and why something was decided have fields of their own.
            let kind = [
                event.get("kind"),
                event.get("message"),
                event.get("why"),
                event.get("server").filter(|it| it.is_null()),
            ];
            let names: Vec<String> = event.keys().cloned().collect();
            assert_eq!(
                fields.entry(format!("{kind:?}")).or_insert_with(|| names.clone()),
                &names,
                "{event:?}"
            );
        }
    }
    assert!(fields.len() > 40, "{} kinds", fields.len());
}

/// Also where the rules were put right again.
#[test]
fn a_run_that_once_had_other_rules_says_so_from_then_on() {
    let mut history = History::new(raft_playground::sim::Config::paper(3), 1, &[]).unwrap();
    let modified = |history: &History| {
        let run = Run::of(&Scenario::free(3, 1), history);
        let trace: Value = json::trace(&run, history).parse().unwrap();
        assert_eq!(
            trace["modified_rules"],
            shiviz::log(history).contains("not those of the paper")
        );
        trace["modified_rules"] == true
    };
    history.seek(Micros::from_millis(100));
    history.act(Action::set_rules(Rules::lab())).unwrap();
    history.seek(Micros::from_millis(200));
    history.act(Action::set_rules(Rules::PAPER)).unwrap();
    history.seek(Micros::from_millis(300));
    assert!(modified(&history));
    history.seek(Micros::from_millis(50));
    assert!(!modified(&history));
}

/// A run by the thesis' extensions in which leadership is handed over and leaders lose their majority.
fn extended(seed: u64) -> (Scenario, History) {
    let run = runs::random::faulty(seed);
    let mut config = run.config;
    for rule in Rule::EXTENSIONS {
        config.rules.set(*rule, true);
    }
    let mut history = History::new(config, run.seed, &run.actions).unwrap();
    for second in 1..6 {
        history.seek(Micros::from_secs(second));
        let Some(leader) = history.world().leader() else {
            continue;
        };
        let other = NodeId::all(usize::from(config.size)).find(|other| *other != leader);
        let action = match other {
            Some(other) if second % 2 == 1 => Action::transfer_leadership(leader, other),
            _ => Action::isolate(leader),
        };
        let _ = history.act(action);
    }
    history.seek(Micros::from_secs(7));
    (Scenario::free(config.size, seed), history)
}

/// Programs that read the trace line by line find each key where it was. When the shape is changed on purpose, the documents and
/// [`json::VERSION`] change with it.
#[test]
fn each_key_has_its_place() {
    let mut digest = Digest::default();
    let mut add = |scenario: &Scenario, history: &History| {
        let text = json::trace(&Run::of(scenario, history), history);
        // The run is there as a scenario file; what its lines say of logs became clearer later, and is no key.
        digest.add_text(&text.replace(" in term 0", ""));
    };
    for seed in 0..30 {
        let run = runs::random::wild(seed);
        let mut history = run.history();
        history.seek(run.end);
        add(&Scenario::free(run.config.size, seed), &history);
        let (scenario, history) = extended(seed);
        add(&scenario, &history);
    }
    assert_eq!(format!("{:#018x}", digest.value()), "0x90edd90d5711d29a");
}
