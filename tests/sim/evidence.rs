//! What a decision rests on besides its cause, in clusters in which nothing happens unless a test lets it: each message takes ten
//! milliseconds, election timeouts take ten seconds.

use crate::runs::{S1, S2, S3, S4, S5, ms, recorded::quiet_config};
use raft_playground::{
    raft::{LogPosition, NodeId, Quorum, Term},
    scenario::file,
    sim::{Action, Chain, Config, Event, EventId, EventKind, History, Memory, MessageId},
};

fn quiet(change: impl Fn(&mut Config)) -> History {
    let mut config = quiet_config();
    change(&mut config);
    History::new(config, 1, &[]).expect("a valid configuration")
}

fn paper(_: &mut Config) {}

fn act(history: &mut History, at: u64, actions: impl IntoIterator<Item = Action>) {
    history.seek(ms(at));
    for action in actions {
        history.act(action).expect("it can be done");
    }
}

/// S1 is elected at 20 ms.
fn led_by_s1(change: impl Fn(&mut Config)) -> History {
    let mut history = quiet(change);
    act(&mut history, 0, [Action::force_timeout(S1)]);
    history
}

fn name(event: &Event) -> String {
    let what = match event.kind {
        EventKind::Action(action) => return file::words(action),
        EventKind::Decided(decision) => format!("{decision:?}"),
        kind => format!("{kind:?}"),
    };
    let name = what.split([' ', '(']).next().expect("a word");
    format!("{}: {name}", event.server.expect("a server's"))
}

/// The last event with this name, and what it rests on, with the times in ms.
fn evidence(history: &History, wanted: &str) -> Vec<String> {
    let mut events = history.trace().range(EventId(0), history.world().next_event());
    let event = events.rfind(|event| name(event) == wanted).expect(wanted);
    let chain = Chain::of(history.trace(), event.id);
    let evidence = chain.steps[0].evidence.iter();
    evidence
        .map(|event| format!("{} {}", event.at.as_millis(), name(event)))
        .collect()
}

#[track_caller]
fn rests_on(history: &History, wanted: &str, expected: &[&str]) {
    assert_eq!(evidence(history, wanted), expected, "{wanted}");
}

/// S2 hears from S1 at 2030 ms for the last time.
#[test]
fn a_timer_fires_because_of_what_was_done_to_the_leader_or_its_link_since_the_last_heartbeat() {
    for (action, words) in [
        (Action::kill(S1), "kill S1"),
        (Action::wipe_disk(S1), "wipe S1"),
        (Action::pause(S1), "pause S1"),
        (Action::isolate(S1), "isolate S1"),
        (Action::isolate(S2), "isolate S2"),
        (Action::cut(S1, S2), "cut S1>S2"),
    ] {
        let mut history = led_by_s1(paper);
        // None of these keeps a heartbeat from S2.
        act(
            &mut history,
            2100,
            [Action::kill(S5), Action::cut(S2, S1), Action::cut(S1, S4)],
        );
        act(&mut history, 3000, [action]);
        act(&mut history, 3100, [Action::start(S5), Action::pause(S3)]);
        history.seek(ms(12_030));
        let done = format!("3000 {words}");
        rests_on(&history, "S2: TimerFired", &["2030 S2: HeartbeatAccepted", &done]);
    }
}

#[test]
fn a_timer_fires_because_the_leaders_heartbeats_got_lost_or_it_stepped_down() {
    let mut history = led_by_s1(paper);
    let mut network = quiet_config().network;
    network.loss_permille = 1000;
    act(&mut history, 2100, [Action::set_network(network)]);
    // The reply of S2 to nobody is no heartbeat; each heartbeat since is lost half way.
    history.seek(ms(12_030));
    let lost = [4, 6, 8, 10, 12].map(|second| format!("{second}025 S2: Lost"));
    let [one, two, three, four, five] = lost.each_ref().map(String::as_str);
    let expected = ["2030 S2: HeartbeatAccepted", one, two, three, four, five];
    rests_on(&history, "S2: TimerFired", &expected);

    let mut history = led_by_s1(paper);
    // S3 is heard by S1 alone, and asks it for its vote in a newer term.
    let others = [S2, S4, S5].map(|other| Action::cut(S3, other));
    act(&mut history, 2100, others);
    act(&mut history, 2200, [Action::force_timeout(S3)]);
    history.seek(ms(12_030));
    rests_on(
        &history,
        "S2: TimerFired",
        &["2030 S2: HeartbeatAccepted", "2210 S1: SteppedDown"],
    );
}

#[test]
fn a_timer_fires_because_the_one_voted_for_did_not_win_or_its_heartbeats_were_kept_away() {
    let mut history = led_by_s1(paper);
    act(&mut history, 15, [Action::kill(S1)]);
    history.seek(ms(10_010));
    rests_on(&history, "S2: TimerFired", &["10 S2: VoteGranted"]);

    let mut history = led_by_s1(paper);
    act(&mut history, 20, [Action::isolate(S1)]);
    history.seek(ms(10_010));
    rests_on(
        &history,
        "S2: TimerFired",
        &["10 S2: VoteGranted", "20 S1: ElectionWon", "20 isolate S1"],
    );
}

#[test]
fn a_timer_that_runs_since_the_start_or_was_set_by_hand_rests_on_nothing_else() {
    let mut history = quiet(paper);
    history.seek(ms(10_000));
    rests_on(&history, "S2: TimerFired", &[]);
    let mut history = led_by_s1(paper);
    act(&mut history, 2100, [Action::kill(S1), Action::force_timeout(S2)]);
    rests_on(&history, "S2: TimerFired", &[]);
}

#[test]
fn a_vote_of_an_old_term_is_refused_because_of_when_the_newer_term_came() {
    let mut history = quiet(paper);
    // S3 comes to term 3 by running itself; S4 hears of it, S1 does not.
    act(
        &mut history,
        0,
        [
            Action::cut(S3, S1),
            Action::cut(S4, S1),
            Action::kill(S2),
            Action::kill(S5),
        ],
    );
    for at in [100, 200, 300] {
        act(&mut history, at, [Action::force_timeout(S3)]);
    }
    act(&mut history, 400, [Action::force_timeout(S1)]);
    history.seek(ms(450));
    rests_on(&history, "S3: VoteDenied", &["300 S3: ElectionStarted"]);
    rests_on(&history, "S4: VoteDenied", &["310 S4: TermAdvanced"]);
}

#[test]
fn a_heartbeat_of_an_old_term_is_refused_because_of_when_the_newer_term_came() {
    let mut history = led_by_s1(paper);
    // S1 hears nothing of the newer term, and goes on.
    act(&mut history, 1000, [S2, S3, S4, S5].map(|other| Action::cut(other, S1)));
    act(&mut history, 1100, [Action::force_timeout(S2)]);
    history.seek(ms(2030));
    rests_on(&history, "S2: HeartbeatDenied", &["1100 S2: ElectionStarted"]);
    rests_on(&history, "S3: HeartbeatDenied", &["1110 S3: TermAdvanced"]);
}

/// Where the rule is off by which it would yield.
#[test]
fn a_candidate_refuses_a_leader_of_its_term_because_it_runs_itself() {
    let mut history = led_by_s1(|config| config.rules.candidate_yields_to_leader = false);
    act(&mut history, 0, [Action::force_timeout(S2)]);
    history.seek(ms(500));
    rests_on(&history, "S2: HeartbeatDenied", &["0 S2: ElectionStarted"]);
}

#[test]
fn a_leader_refuses_another_of_its_term_because_it_was_elected() {
    let mut history = led_by_s1(|config| config.rules.quorum = Quorum::Votes(1));
    act(&mut history, 0, [Action::force_timeout(S2)]);
    history.seek(ms(10));
    rests_on(&history, "S2: HeartbeatDenied", &["0 S2: ElectionWon"]);
}

#[test]
fn a_vote_is_refused_to_a_shorter_log_because_of_when_the_log_moved() {
    let end = |last_index| LogPosition {
        last_term: Term(0),
        last_index,
    };
    let mut history = quiet(paper);
    act(&mut history, 100, [Action::set_log(S2, end(7))]);
    act(&mut history, 200, [Action::set_log(S2, end(8))]);
    act(&mut history, 300, [Action::set_log(S1, end(5))]);
    act(&mut history, 400, [Action::force_timeout(S1)]);
    // It moves on while the request is under way to S3.
    history.seek(ms(410));
    rests_on(&history, "S2: VoteDenied", &["200 S2: LogMoved"]);
}

/// A server that holds to its leader (thesis §4.2.3).
#[test]
fn a_vote_is_refused_for_a_leader_because_of_its_last_heartbeat_or_the_own_victory() {
    let mut history = led_by_s1(|config| config.rules.leader_stickiness = true);
    act(&mut history, 2100, [Action::force_timeout(S3)]);
    history.seek(ms(2110));
    rests_on(&history, "S2: VoteDenied", &["2030 S2: HeartbeatAccepted"]);
    rests_on(&history, "S1: VoteDenied", &["20 S1: ElectionWon"]);
}

/// S2 gives its second vote of term 1 where a rule is off.
#[test]
fn a_second_vote_rests_on_the_first_and_on_the_crash_that_made_it_forgotten() {
    let two_candidates = |change: &dyn Fn(&mut Config)| {
        let mut history = led_by_s1(change);
        act(&mut history, 12, [Action::kill(S5)]);
        history
    };
    let mut history = two_candidates(&|config| config.rules.persist_vote = false);
    act(&mut history, 15, [Action::kill(S1)]);
    act(&mut history, 100, [Action::kill(S2)]);
    act(&mut history, 200, [Action::start(S2), Action::kill(S4)]);
    act(&mut history, 300, [Action::cut(S3, S4)]);
    // S3 was asked for its vote, and forgets it as well.
    act(&mut history, 400, [Action::kill(S3), Action::start(S3)]);
    act(
        &mut history,
        500,
        [Action::wipe_disk(S3), Action::start(S3), Action::force_timeout(S3)],
    );
    history.seek(ms(510));
    rests_on(&history, "S2: VoteGranted", &["10 S2: VoteGranted", "100 kill S2"]);

    let mut history = quiet(|config| config.rules.one_vote_per_term = false);
    act(&mut history, 0, [Action::kill(S2), Action::start(S2)]);
    act(&mut history, 100, [Action::force_timeout(S1)]);
    act(&mut history, 105, [Action::force_timeout(S3)]);
    history.seek(ms(115));
    rests_on(&history, "S2: VoteGranted", &["110 S2: VoteGranted"]);
    // S1 ran itself.
    rests_on(&history, "S1: VoteGranted", &["100 S1: ElectionStarted"]);
    // A first vote rests on nothing else.
    history.seek(ms(110));
    rests_on(&history, "S2: VoteGranted", &[]);
}

#[test]
fn a_message_waits_or_is_lost_because_of_what_was_done_to_its_receiver() {
    let mut history = quiet(paper);
    act(&mut history, 1, [Action::pause(S2)]);
    act(
        &mut history,
        2,
        [Action::kill(S3), Action::wipe_disk(S4), Action::pause(S5)],
    );
    act(&mut history, 3, [Action::force_timeout(S1), Action::align_timers()]);
    history.seek(ms(13));
    rests_on(&history, "S2: Held", &["1 pause S2"]);
    rests_on(&history, "S3: Lost", &["2 kill S3"]);
    rests_on(&history, "S4: Lost", &["2 wipe S4"]);
    act(&mut history, 20, [Action::kill(S2), Action::kill(S1)]);
    rests_on(&history, "S2: Lost", &["20 kill S2"]);
}

#[test]
fn a_message_is_lost_because_of_the_last_cut_of_its_link_or_of_what_was_done_to_it() {
    let mut history = quiet(paper);
    act(&mut history, 1, [Action::cut(S1, S2)]);
    act(
        &mut history,
        2,
        [Action::heal(S1, S2), Action::cut(S2, S1), Action::cut(S1, S3)],
    );
    act(&mut history, 3, [Action::cut(S1, S2), Action::cut(S3, S2)]);
    act(&mut history, 4, [Action::heal(S3, S2)]);
    act(&mut history, 5, [Action::force_timeout(S1)]);
    let to = |to| MessageId {
        from: S1,
        to,
        number: 0,
        copy: 0,
    };
    let under_way = |history: &History, wanted: NodeId| {
        let found = history.world().in_flight().find(|flight| flight.to() == wanted);
        found.map_or(to(wanted), |flight| flight.id)
    };
    let (four, five) = (under_way(&history, S4), under_way(&history, S5));
    act(&mut history, 6, [Action::drop_message(four)]);
    act(&mut history, 7, [Action::drop_message(five)]);
    history.seek(ms(20));
    rests_on(&history, "S2: Lost", &["3 cut S1>S2"]);
    rests_on(&history, "S3: Lost", &["2 cut S1>S3"]);
    rests_on(
        &history,
        "S4: Lost",
        &[&format!("6 {}", file::words(Action::drop_message(four)))],
    );
    rests_on(
        &history,
        "S5: Lost",
        &[&format!("7 {}", file::words(Action::drop_message(five)))],
    );
    // A partition cuts what has an end in it and one outside.
    let mut history = quiet(paper);
    act(&mut history, 1, [Action::partition([S1, S2].into_iter().collect())]);
    act(&mut history, 2, [Action::force_timeout(S1)]);
    history.seek(ms(12));
    rests_on(&history, "S3: Lost", &["1 partition S1 S2"]);
}

#[test]
fn a_reply_is_ignored_because_of_the_newer_candidacy_the_victory_or_the_restart() {
    let mut history = led_by_s1(paper);
    act(&mut history, 15, [Action::force_timeout(S1)]);
    history.seek(ms(20));
    rests_on(&history, "S1: ReplyIgnored", &["15 S1: ElectionStarted"]);

    let mut history = led_by_s1(paper);
    history.seek(ms(20));
    rests_on(&history, "S1: ReplyIgnored", &["20 S1: ElectionWon"]);

    let mut history = led_by_s1(paper);
    act(&mut history, 15, [Action::kill(S1), Action::start(S1)]);
    history.seek(ms(20));
    rests_on(&history, "S1: ReplyIgnored", &["15 S1: Started"]);
}

#[test]
fn a_vote_that_comes_twice_is_ignored_because_of_the_first_time() {
    let mut history = led_by_s1(|config| config.size = 7);
    act(&mut history, 5, [S4, S5].map(Action::kill));
    act(&mut history, 10, []);
    let reply = |from: NodeId| {
        let mut messages = history.world().in_flight();
        messages.find(|flight| flight.from() == from).expect("a reply").id
    };
    let (first, later) = (reply(S2), reply(S3));
    act(
        &mut history,
        11,
        [Action::delay_message(later, ms(1)), Action::duplicate_message(first)],
    );
    let copy = MessageId { copy: 1, ..first };
    act(&mut history, 12, [Action::delay_message(copy, ms(3))]);
    history.seek(ms(30));
    rests_on(&history, "S1: ReplyIgnored", &["20 S1: VoteReceived"]);
}

#[test]
fn a_chain_ends_at_the_start_of_the_timer_that_fired() {
    let history = {
        let mut history = led_by_s1(paper);
        history.seek(ms(2030));
        history
    };
    let events = history.trace().range(EventId(0), history.world().next_event());
    let last = events.last().expect("much happened");
    let chain = Chain::of(history.trace(), last.id);
    let names: Vec<_> = chain.steps.iter().map(|step| name(&step.event)).collect();
    assert_eq!(names.last().map(String::as_str), Some("S1: TimerSet"), "{names:?}");
    assert!(!chain.cut_off);
}

#[test]
fn a_chain_says_that_its_beginning_is_no_longer_in_memory() {
    let memory = Memory {
        events: 20,
        spacing: 5,
        ..Memory::default()
    };
    let mut history = History::with_memory(quiet_config(), 1, &[], memory).expect("a valid configuration");
    history.act(Action::force_timeout(S1)).expect("possible");
    history.seek(ms(30));
    let trace = history.trace();
    let chains = |id: u64| Chain::of(trace, EventId(id));
    let last = chains(history.world().next_event().0 - 1);
    assert!(last.cut_off && !last.steps.is_empty());
    // Of an event that is not there itself, nothing is known.
    assert_eq!(chains(0), Chain::default());
}

/// Where candidates run again as soon as they refuse, one event leads to the next without end.
#[test]
fn a_chain_has_two_hundred_steps_at_most() {
    let mut history = quiet(|config| {
        config.size = 2;
        config.running = [S1, S2].into_iter().collect();
        config.rules.rerun_after_refusal = true;
    });
    act(&mut history, 0, [Action::force_timeout(S1), Action::force_timeout(S2)]);
    history.seek(ms(2000));
    let events = history.trace().range(EventId(0), history.world().next_event());
    let longest = events
        .map(|event| Chain::of(history.trace(), event.id).steps.len())
        .max();
    assert_eq!(longest, Some(200));
}

#[test]
fn a_candidate_refuses_another_of_its_term_because_it_voted_for_itself() {
    let mut history = quiet(paper);
    act(&mut history, 0, [Action::force_timeout(S3)]);
    act(&mut history, 5, [Action::force_timeout(S1)]);
    history.seek(ms(12));
    let reply = history
        .world()
        .in_flight()
        .find(|flight| flight.from() == S2)
        .expect("a vote")
        .id;
    act(&mut history, 12, [Action::deliver_message(reply)]);
    history.seek(ms(15));
    rests_on(&history, "S3: VoteDenied", &["0 S3: ElectionStarted"]);
}

#[test]
fn a_message_finds_a_full_buffer_because_its_receiver_is_paused() {
    let mut history = led_by_s1(paper);
    act(&mut history, 1000, [Action::pause(S2)]);
    act(&mut history, 1100, [Action::kill(S5), Action::rejoin(S2)]);
    for round in 0..200 {
        act(&mut history, 1200 + 20 * round, [Action::send_heartbeats(S1)]);
    }
    history.seek(ms(6000));
    rests_on(&history, "S2: Lost", &["1000 pause S2"]);
}

#[test]
fn a_chain_goes_on_to_the_action_that_set_the_timer() {
    let mut history = quiet(paper);
    act(&mut history, 0, [Action::align_timers()]);
    history.seek(ms(10_000));
    let mut events = history.trace().range(EventId(0), history.world().next_event());
    let fired = events.rfind(|event| name(event) == "S2: TimerFired").expect("it fires");
    let chain = Chain::of(history.trace(), fired.id);
    let names: Vec<_> = chain.steps.iter().map(|step| name(&step.event)).collect();
    assert_eq!(names, ["S2: TimerFired", "S2: TimerSet", "align-timers"]);
}
