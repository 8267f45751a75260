//! Links that were made by earlier versions open as the same runs, for ever.
//!
//! Never change a link or a run in here. [`link::VERSION`] is the newest version that a rule, an action or notes came with. For a new
//! one, write a run that needs it, and a test with `opens_as("", &run)`: it fails, and prints the link to put there.

use base64ct::{Base64UrlUnpadded as Base64, Encoding};
use raft_playground::{
    raft::{LogPosition, NodeId, NodeSet, Quorum, Rule, Rules, Term},
    scenario::{Note, Run, ScenarioId, link},
    sim::{
        Action, BranchId, BranchInfo, BranchRecord, Config, MessageId, Micros, Network, OwnSetting, Range, Recording,
        Timing, Whom,
    },
};

const S1: NodeId = NodeId::new(0);
const S2: NodeId = NodeId::new(1);
const S3: NodeId = NodeId::new(2);
const S4: NodeId = NodeId::new(3);
const S5: NodeId = NodeId::new(4);

const fn ms(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

/// A run of the free cluster.
const fn free(size: u8, seed: u64, branches: Vec<BranchRecord>, current: usize, now: Micros) -> Run {
    Run {
        id: ScenarioId::Free,
        title: String::new(),
        watch: String::new(),
        pace: ms(40),
        recording: Recording {
            config: Config::paper(size),
            seed,
            script: Vec::new(),
            branches,
            current: BranchId(current),
            now,
        },
        notes: Vec::new(),
    }
}

/// Five servers by the paper, with nothing done.
fn fresh() -> Run {
    let mut only = branch(0, None, "", Vec::new());
    only.about.end = Micros::ZERO;
    free(5, 6, vec![only], 0, Micros::ZERO)
}

/// Nine servers, the largest seed, and one crash that was taken back.
fn forked() -> Run {
    let mut first = branch(0, None, "", vec![(Micros(1_234_567), Action::kill(S4))]);
    first.about.end = ms(2000);
    let second = branch(7, Some(0), "E se S5…?", vec![(ms(700), Action::isolate(S5))]);
    free(9, u64::MAX, vec![first, second], 7, ms(1000))
}

/// A configuration in which nothing is as in the paper.
fn odd_config() -> Config {
    let mut config = Config::paper(5);
    config.running.remove(S5);
    config.timing = Timing {
        election_timeout: Range {
            min: Micros(123_456),
            max: ms(3_600_000),
        },
        heartbeat_interval: Micros(1),
    };
    config.network = Network {
        delay: Range::millis(1, 2),
        loss_permille: 25,
        duplication_permille: 1000,
        reordering_permille: 1,
    };
    config.links.set(S1, S2, false);
    config.links.set(S5, S4, false);
    config.rules = Rules::lab();
    config.rules.persist_vote = false;
    config.rules.quorum = Quorum::Votes(2);
    config.logs[2] = LogPosition {
        last_term: Term(3),
        last_index: 70_000,
    };
    config
}

/// Each kind of action once, in the order in which they are declared.
fn all_actions() -> Vec<(Micros, Action)> {
    let message = MessageId {
        from: S3,
        to: S4,
        number: 300,
        copy: 2,
    };
    let position = LogPosition {
        last_term: Term(2),
        last_index: 9,
    };
    let paper = Config::paper(5);
    let timing = Timing {
        heartbeat_interval: ms(50),
        ..paper.timing
    };
    let network = Network {
        loss_permille: 500,
        ..paper.network
    };
    let group: NodeSet = [S1, S5].into_iter().collect();
    let actions = [
        Action::start(S5),
        Action::kill(S1),
        Action::pause(S2),
        Action::resume(S2),
        Action::force_timeout(S3),
        Action::wipe_disk(S4),
        Action::set_log(S1, position),
        Action::set_election_timer(S2, ms(40)),
        Action::align_timers(),
        Action::spread_timers(),
        Action::cut(S1, S5),
        Action::heal(S5, S1),
        Action::isolate(S3),
        Action::rejoin(S3),
        Action::partition(group),
        Action::heal_all(),
        Action::drop_message(message),
        Action::duplicate_message(MessageId { copy: 0, ..message }),
        Action::delay_message(message, Micros(7)),
        Action::deliver_message(message),
        Action::set_timing(timing),
        Action::set_network(network),
        Action::set_rules(Rules::PAPER),
    ];
    (0..)
        .zip(actions)
        .map(|(index, action)| (Micros(1000 * index * index), action))
        .collect()
}

fn branch(id: usize, parent: Option<usize>, name: &str, actions: Vec<(Micros, Action)>) -> BranchRecord {
    BranchRecord {
        about: BranchInfo {
            id: BranchId(id),
            parent: parent.map(BranchId),
            forked_at: ms(100 * id as u64),
            name: name.to_owned(),
            end: ms(1000),
        },
        actions,
        left_out: Vec::new(),
    }
}

/// Everything that a link can say.
fn everything() -> Run {
    let all = all_actions();
    let mut without_one = all.clone();
    without_one.remove(4);
    let mut lacking = branch(7, Some(2), "", without_one);
    lacking.left_out = vec![0, 2];
    let script = vec![
        (Micros(1), Action::kill(S1)),
        (ms(2), Action::set_rules(Rules::PAPER)),
        (ms(2), Action::start(S1)),
    ];
    Run {
        id: ScenarioId::Own,
        title: "Título <b>".to_owned(),
        watch: "S3 & S4".to_owned(),
        pace: ms(500),
        recording: Recording {
            config: odd_config(),
            seed: 42,
            script,
            branches: vec![
                branch(0, None, "first", Vec::new()),
                branch(2, None, "all", all),
                lacking,
            ],
            current: BranchId(2),
            now: Micros(345_678),
        },
        notes: Vec::new(),
    }
}

#[track_caller]
fn opens_as(link: &str, run: &Run) {
    assert_eq!(
        link::decode(link).as_ref(),
        Ok(run),
        "now it would be {}",
        link::encode(run)
    );
    assert!(run.open().is_ok());
}

// --- Version 1 ---

#[test]
fn version_1_the_free_cluster() {
    opens_as("AfzmT_kFZrSXONNp6afjtdAESg", &fresh());
}

#[test]
fn version_1_two_branches() {
    opens_as(
        "AfzmT_kFZrSW74khMeoAAAAAAARXEU-fDkqEcjcHaSnDGq6iG-5J9m8v3NAnUULwGwynVCOvAZychH0LypA",
        &forked(),
    );
}

#[test]
fn version_1_everything() {
    let link = concat!(
        "Af1IHAS-wQYWz9N69S07HeTaOZvHOVNnIl0qVgrVtOkdVHQp8tX8ApFLp6yFYAV2TapppnyGQO79l54DKMs0D2UJrz5ayELm3kH_",
        "vcF1l4YXEnm0vxujFGG07mv1qwT-R3SN4mTCUfolLYIJwHEuo7Sx9rwWLgyXUBLE4ZmmygLIB-45PRUue3nngLWQ51h7pvnDIU-h",
        "ny_LbcKWO36LhfwXSJNtBIdp-cY9ogJjDtb0KN0Uio1ANMxUhQ1YbdnMW_yFiTRz7X5Z9HfjiIaaFRt_y9AIyA9HZA",
    );
    opens_as(link, &everything());
}

/// What came with version 2: the thesis' extensions and the actions of leaders.
fn extended() -> Run {
    let mut run = fresh();
    run.recording.config.rules = Rules {
        pre_vote: true,
        leader_stickiness: true,
        check_quorum: true,
        persist_vote: false,
        ..Rules::PAPER
    };
    run.recording.script = vec![
        (Micros::from_millis(400), Action::transfer_leadership(S1, S2)),
        (Micros::from_millis(500), Action::send_heartbeats(S2)),
    ];
    run
}

// --- Version 2 ---

#[test]
fn version_2_the_extensions() {
    opens_as("AvzmT_kFZrSXOHuMpaUuaorPCcZC3lCFP79EAcc6_w", &extended());
}

/// What came with version 3: the timers of the extensions run out when they are told to.
fn timed() -> Run {
    let mut run = extended();
    run.recording.script.extend([
        (Micros::from_millis(600), Action::expire_leader(S3)),
        (Micros::from_millis(700), Action::check_quorum(S2)),
    ]);
    run
}

// --- Version 3 ---

#[test]
fn version_3_the_timers_of_the_extensions() {
    opens_as("A_zmT_kFZrSXOHuMpaUbMvm04azHzjKhQ4fXQMRwEyt8yeLcU4E", &timed());
}

/// What came with version 4: a server does not handle a message by the rules.
fn mishandled() -> Run {
    let mut run = fresh();
    let message = |number| MessageId {
        from: S1,
        to: S3,
        number,
        copy: 0,
    };
    run.recording.script = vec![
        (Micros::from_millis(600), Action::accept_message(message(2))),
        (Micros::from_millis(700), Action::refuse_message(message(3))),
    ];
    run
}

// --- Version 4 ---

#[test]
fn version_4_messages_handled_against_the_rules() {
    opens_as("BPzmT_kFZrSXONNn3tpifb87Ktquoj2w1oaBnbnO", &mishandled());
}

/// What came with version 5: notes, in two branches, one of them at a moment to come.
fn noted() -> Run {
    let mut run = forked();
    let note = |branch, at, text: &str| Note {
        branch: BranchId(branch),
        at,
        text: text.to_owned(),
    };
    run.notes = vec![
        note(0, ms(1500), "S4 is down: who notices first?"),
        note(0, ms(1500), "<b>Três</b> de nove bastam? # não"),
        note(7, Micros(1), "é"),
        note(7, ms(3_600_000), "Later."),
    ];
    run
}

// --- Version 5 ---

#[test]
fn version_5_notes() {
    let link = concat!(
        "BfzmT_kFZrSW74khMeoAAAAAAARXEU-fDkqEcjcHaSnDGq6iG-5J9m8v3NAnUULwGwynVCOvAZycnu4Z-1hDumYCF9m4EAW27y2d3geCRZONq_2yYmjg56jD",
        "EgpYzJCVAk9FkG_DrBBEJ-bfeEoAzyPi9I26fBwK-p39QrInAmFz8Vx0qQ",
    );
    opens_as(link, &noted());
}

/// Whoever notes nothing makes links that every page can open, byte for byte as before.
#[test]
fn a_link_without_notes_is_as_old_as_ever() {
    let version = |run: &Run| Base64::decode_vec(&link::encode(run)).expect("a link")[0];
    for (mut run, since) in [(fresh(), 1), (extended(), 2), (timed(), 3), (mishandled(), 4)] {
        assert_eq!(version(&run), since);
        let without = link::encode(&run);
        run.notes = noted().notes[..1].to_vec();
        assert_eq!(version(&run), 5);
        run.notes.clear();
        assert_eq!(link::encode(&run), without);
    }
}

/// What came with version 6: rules that students get wrong, in the cluster and in an action.
fn mistaken() -> Run {
    let mut run = fresh();
    let rules = &mut run.recording.config.rules;
    for rule in Rule::ALL.iter().filter(|rule| rule.since() == 6) {
        rules.set(*rule, !rules.get(*rule));
    }
    run.recording.script = vec![(ms(600), Action::set_rules(Rules::switching(Rule::PreVoteIsNoVote)))];
    run
}

// --- Version 6 ---

#[test]
fn version_6_rules_that_students_get_wrong() {
    opens_as("BvzmT_kFZrSXOFHsRaSq6vBtIGf0b2-2I9lxLUyP", &mistaken());
}

/// Also where a link has to be of a version that has notes.
#[test]
fn a_run_in_which_nothing_is_noted_has_the_same_link_without_what_writes_notes() {
    for run in [fresh(), everything(), mishandled(), mistaken()] {
        assert_eq!(link::encode_plain(&run), link::encode(&run));
    }
}

/// What came with version 7: what is done to whoever has a role, by the script and by the reader.
fn by_role() -> Run {
    let mut run = fresh();
    let one = [S1].into_iter().collect();
    let done = |action: Action, role| action.by_role(role).expect("it can be said");
    run.recording.script = vec![
        (ms(600), done(Action::kill(S1), Whom::Leader)),
        (ms(700), done(Action::set_election_timer(S1, ms(40)), Whom::Candidates)),
        (ms(700), done(Action::pause(S1), Whom::Followers)),
        (ms(900), done(Action::partition(one), Whom::Majority)),
    ];
    let only = &mut run.recording.branches[0];
    only.about.end = ms(1000);
    only.actions = vec![(ms(1000), done(Action::isolate(S1), Whom::Leader))];
    run
}

// --- Version 7 ---

#[test]
fn version_7_whom_it_concerns_by_role() {
    opens_as(
        "B_zmT_kFZrSXONNnhb4VSENMhsGZY4ox88EbSYqk6e3e_4J1VAXolvvIqzCW-_AG",
        &by_role(),
    );
}

/// What came with version 8: what servers and links have of their own, by the script and by the reader.
fn of_their_own() -> Run {
    let mut run = fresh();
    let leader = Action::set_server(S1, OwnSetting::clock(1500)).by_role(Whom::Leader);
    run.recording.script = vec![
        (
            Micros::ZERO,
            Action::set_server(S1, OwnSetting::election_timeout(Range::millis(600, 900))),
        ),
        (
            Micros::ZERO,
            Action::set_link(S1, S3, OwnSetting::delay(Range::millis(80, 90))),
        ),
        (ms(500), Action::set_link(S3, S1, OwnSetting::loss(50))),
        (ms(500), Action::set_link(S3, S1, OwnSetting::duplication(1))),
        (ms(500), Action::set_link(S3, S1, OwnSetting::reordering(1000))),
        (ms(600), leader.expect("it can be said")),
    ];
    let only = &mut run.recording.branches[0];
    only.about.end = ms(1000);
    only.actions = vec![
        (
            ms(700),
            Action::set_server(S2, OwnSetting::heartbeat_interval(Micros(12_345))),
        ),
        (ms(1000), Action::set_server(S1, OwnSetting::as_cluster())),
        (ms(1000), Action::set_link(S3, S1, OwnSetting::as_cluster())),
    ];
    run
}

/// What came with version 9: rules of single servers.
fn with_own_rules() -> Run {
    let mut run = fresh();
    let own = |server, rule, on| Action::set_server(server, OwnSetting::rule(rule, on));
    let leader = own(S1, Rule::CheckQuorum, true).by_role(Whom::Leader);
    run.recording.script = vec![
        (Micros::ZERO, own(S1, Rule::PreVote, true)),
        (Micros::ZERO, own(S2, Rule::PersistVote, false)),
        (ms(600), leader.expect("it can be said")),
    ];
    let only = &mut run.recording.branches[0];
    only.about.end = ms(1000);
    only.actions = vec![
        (ms(700), own(S1, Rule::PreVote, false)),
        (ms(1000), own(S3, Rule::LeaderMayAsk, true)),
    ];
    run
}

/// What came with version 9 as well: disks that take time.
fn with_slow_disks() -> Run {
    let mut run = fresh();
    let own = |server, takes| Action::set_server(server, OwnSetting::disk_write(takes));
    let leader = own(S1, ms(1000)).by_role(Whom::Leader);
    run.recording.script = vec![
        (Micros::ZERO, own(S1, ms(4))),
        (Micros::ZERO, own(S2, Micros(1))),
        (ms(600), leader.expect("it can be said")),
    ];
    let only = &mut run.recording.branches[0];
    only.about.end = ms(1000);
    only.actions = vec![(ms(700), own(S1, Micros::ZERO))];
    run
}

/// What came with version 10: priorities.
fn with_priorities() -> Run {
    let mut run = fresh();
    let own = |server, priority| Action::set_server(server, OwnSetting::priority(priority));
    let leader = own(S1, 0).by_role(Whom::Leader);
    run.recording.script = vec![
        (Micros::ZERO, own(S1, 9)),
        (Micros::ZERO, own(S2, 1)),
        (ms(600), leader.expect("it can be said")),
    ];
    let only = &mut run.recording.branches[0];
    only.about.end = ms(1000);
    only.actions = vec![(ms(700), own(S3, 2))];
    run
}

// --- Version 8 ---

#[test]
fn version_8_settings_of_their_own() {
    opens_as(
        "CPzmT_kFZrSXONNmu6LkHkcF8b_FZCudy4eDnsvLIw-qCFwGQpnriPXHbqjOm9HAgdlt2gxT_Y0KGNvZQn3hQfcH85TZNePQ_wmdezg1lg",
        &of_their_own(),
    );
}

// --- Version 9 ---

#[test]
fn version_9_rules_of_their_own() {
    opens_as(
        "CfzmT_kFZrSXONNnuBJUCYdgZGT0j06wdErDeFl6WadHhxpiQEUZBBWRgZdId_pE7Hs",
        &with_own_rules(),
    );
}

#[test]
fn version_9_disks_that_take_time() {
    opens_as(
        "CfzmT_kFZrSXONNnuBJUB2yXBzXI2waddfbIympD8TcfV7BaYcgBP6BjAtGGvwod-g",
        &with_slow_disks(),
    );
}

// --- Version 10 ---

#[test]
fn version_10_priorities() {
    opens_as(
        "CvzmT_kFZrSXONNnuBJUBsVLEuHV03LiXSkTJRAV9MZUOFZjLTiEByhWOw",
        &with_priorities(),
    );
}

/// A page that does not know an action must be told that the link is newer, not that it is no link.
#[test]
fn a_link_is_of_the_version_of_its_newest_action() {
    let version = |action| {
        let mut run = fresh();
        run.recording.script = vec![(ms(600), action)];
        Base64::decode_vec(&link::encode(&run)).expect("a link")[0]
    };
    let message = MessageId {
        from: S1,
        to: S3,
        number: 0,
        copy: 0,
    };
    for (action, since) in [
        (Action::kill(S1), 1),
        (Action::send_heartbeats(S1), 2),
        (Action::transfer_leadership(S1, S2), 2),
        (Action::expire_leader(S3), 3),
        (Action::check_quorum(S2), 3),
        (Action::accept_message(message), 4),
        (Action::refuse_message(message), 4),
        (Action::kill(S1).by_role(Whom::Leader).expect("it can be said"), 7),
        (Action::set_server(S1, OwnSetting::as_cluster()), 8),
        (Action::set_link(S1, S2, OwnSetting::as_cluster()), 8),
        (Action::set_server(S1, OwnSetting::rule(Rule::PreVote, true)), 9),
        (Action::set_server(S1, OwnSetting::rule(Rule::PersistVote, false)), 9),
        (Action::set_server(S1, OwnSetting::disk_write(ms(4))), 9),
        (Action::set_server(S1, OwnSetting::priority(2)), 10),
        (
            Action::set_server(S1, OwnSetting::clock(900))
                .by_role(Whom::Leader)
                .expect("it can be said"),
            8,
        ),
        (
            Action::set_server(S1, OwnSetting::rule(Rule::PreVote, true))
                .by_role(Whom::Leader)
                .expect("it can be said"),
            9,
        ),
    ] {
        assert_eq!(version(action), since, "{action:?}");
    }
}

/// Links are written in the oldest version that will do; each version has its pins above. What is new comes with the version
/// after this one.
#[test]
fn no_version_is_without_pins() {
    assert_eq!(link::VERSION, 10);
}

/// The rules of version 1 are pinned by their bits, in the tests of the protocol.
#[test]
fn no_rule_is_without_pins() {
    let pinned = [everything(), extended(), timed(), mistaken()].map(|run| run.recording.config.rules);
    for rule in Rule::ALL.iter().filter(|rule| rule.since() > 1) {
        assert!(
            pinned
                .iter()
                .any(|rules| rules.changed().any(|changed| changed == *rule)),
            "no link above holds {}",
            rule.slug()
        );
    }
}

#[test]
fn no_action_is_without_pins() {
    let pinned = [everything(), timed(), mishandled(), of_their_own(), with_own_rules()].map(|run| run.recording);
    let branches = pinned.iter().flat_map(|recording| &recording.branches);
    let actions = branches
        .flat_map(|branch| &branch.actions)
        .chain(pinned.iter().flat_map(|recording| &recording.script));
    let words: Vec<_> = actions.map(|(_, action)| action.spelling().word).collect();
    for spelling in Action::SPELLINGS {
        assert!(words.contains(&spelling.word), "no link above holds {}", spelling.word);
        assert!(
            spelling.since <= link::VERSION,
            "no link can hold {} yet",
            spelling.word
        );
    }
}
