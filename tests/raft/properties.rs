//! What holds of a server whatever happens to it: one server of a cluster of 1 to 9 is fed with arbitrary inputs, also such
//! as no correct cluster would send, and crashes and restarts from what it wrote to its disk.
//!
//! The properties are judged from what went in and came out. The last test shows that the inputs reach the situations that
//! the properties speak about.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::server::Server;
use crate::common::words::{accepted, disk, granted, heartbeat, log, received, refused, rejected, request_vote_with};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use raft_playground::raft::{
    Decision, HardState, Input, LogPosition, Message, NodeId, NodeSet, Output, Quorum, Role, Rule, Rules, Term, Timer,
};

// --- What can happen ---

/// A server, what its disk holds at first, and what happens to it.
#[derive(Clone, Debug)]
struct Plan {
    size: u8,
    id: NodeId,
    disk: HardState,
    events: Vec<Event>,
}

#[derive(Clone, Copy, Debug)]
enum Event {
    Message {
        from: Sender,
        kind: Kind,
        term: When,
        last_log: LogPosition,
    },
    /// An earlier message, counted from the first and round again, arrives once more.
    Repeat(usize),
    Timeout(Timer),
    LogMoved(LogPosition),
    /// The process crashes and starts again from its disk.
    Restart,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    RequestVote,
    Granted,
    Refused,
    Heartbeat,
    Accepted,
    Rejected,
}

#[derive(Clone, Copy, Debug)]
enum Sender {
    /// Another server of the cluster, counted round again.
    Peer(usize),
    /// Any of S1 to S9: perhaps the server itself, perhaps none of its cluster.
    Anybody(usize),
}

/// The term of a message: one of a few, or near the server's own, where most things happen.
#[derive(Clone, Copy, Debug)]
enum When {
    At(u32),
    Near(i64),
}

impl Plan {
    fn sender(&self, from: Sender) -> NodeId {
        match from {
            Sender::Anybody(index) => NodeId::new(index),
            Sender::Peer(_) if self.size == 1 => NodeId::new(8),
            Sender::Peer(number) => self.peers()[number % self.peers().len()],
        }
    }

    fn peers(&self) -> Vec<NodeId> {
        NodeId::all(self.size.into()).filter(|&id| id != self.id).collect()
    }

    fn is_peer(&self, id: NodeId) -> bool {
        self.peers().contains(&id)
    }
}

impl When {
    fn resolve(self, own: Term) -> u32 {
        match self {
            Self::At(term) => term,
            Self::Near(offset) => u32::try_from(i64::from(own.0) + offset).unwrap_or(0),
        }
    }
}

impl Kind {
    fn message(self, term: u32, last_log: LogPosition) -> Message {
        match self {
            Self::RequestVote => request_vote_with(term, last_log),
            Self::Granted => granted(term),
            Self::Refused => refused(term),
            Self::Heartbeat => heartbeat(term),
            Self::Accepted => accepted(term),
            Self::Rejected => rejected(term),
        }
    }
}

fn any_kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        3 => Just(Kind::RequestVote),
        10 => Just(Kind::Granted),
        1 => Just(Kind::Refused),
        2 => Just(Kind::Heartbeat),
        1 => Just(Kind::Accepted),
        1 => Just(Kind::Rejected),
    ]
}

fn any_sender() -> impl Strategy<Value = Sender> {
    prop_oneof![
        20 => (0..8_usize).prop_map(Sender::Peer),
        1 => (0..9_usize).prop_map(Sender::Anybody),
    ]
}

fn any_term() -> impl Strategy<Value = When> {
    prop_oneof![
        20 => Just(When::Near(0)),
        4 => (-2..=2_i64).prop_map(When::Near),
        1 => (0..8_u32).prop_map(When::At),
    ]
}

/// Mostly the same, so that the up-to-date check refuses some votes and not most.
fn any_log() -> impl Strategy<Value = LogPosition> {
    prop_oneof![
        3 => Just(log(1, 1)),
        1 => (0..3_u32, 0..3_u32).prop_map(|(term, index)| log(term, index)),
    ]
}

fn any_event() -> impl Strategy<Value = Event> {
    let message = (any_sender(), any_kind(), any_term(), any_log());
    prop_oneof![
        30 => message.prop_map(|(from, kind, term, last_log)| Event::Message { from, kind, term, last_log }),
        3 => (0..60_usize).prop_map(Event::Repeat),
        3 => Just(Event::Timeout(Timer::Election)),
        1 => Just(Event::Timeout(Timer::Heartbeat)),
        1 => any_log().prop_map(Event::LogMoved),
        1 => Just(Event::Restart),
    ]
}

fn any_disk(size: u8) -> impl Strategy<Value = HardState> {
    let voted_for = proptest::option::of((0..usize::from(size)).prop_map(NodeId::new));
    let used = (1..4_u32, voted_for, any_log()).prop_map(|(term, voted_for, last_log)| HardState {
        last_log,
        ..disk(term, voted_for)
    });
    prop_oneof![Just(disk(0, None)), used]
}

fn any_plan() -> impl Strategy<Value = Plan> {
    (1..=9_u8).prop_flat_map(|size| {
        let id = (0..usize::from(size)).prop_map(NodeId::new);
        let events = proptest::collection::vec(any_event(), 1..60);
        (id, any_disk(size), events).prop_map(move |(id, disk, events)| Plan { size, id, disk, events })
    })
}

fn any_rules() -> impl Strategy<Value = Rules> {
    let quorum = prop_oneof![Just(Quorum::Majority), (0..6_u8).prop_map(Quorum::Votes)];
    (any::<u32>(), quorum).prop_map(|(switches, quorum)| {
        let mut rules = Rules { quorum, ..Rules::PAPER };
        for (place, &rule) in Rule::ALL.iter().enumerate() {
            rules.set(rule, switches >> place & 1 == 1);
        }
        rules
    })
}

// --- What happened ---

/// One event, and the server before and after it.
struct Step {
    event: Event,
    before: Server,
    /// What was fed; nothing for a repetition when nothing had arrived yet. A restart feeds `Start`.
    input: Option<Input>,
    outputs: Vec<Output>,
    after: Server,
}

impl Step {
    fn restarted(&self) -> bool {
        matches!(self.event, Event::Restart)
    }

    /// The message that arrived, from another server of the cluster.
    fn message(&self, plan: &Plan) -> Option<(NodeId, Message)> {
        match self.input {
            Some(Input::Receive { from, message }) if plan.is_peer(from) => Some((from, message)),
            _ => None,
        }
    }

    fn sent(&self) -> Vec<(NodeId, Message)> {
        crate::common::words::sent(&self.outputs)
    }
}

fn play(plan: &Plan) -> Vec<Step> {
    play_under(Rules::PAPER, plan)
}

fn play_under(rules: Rules, plan: &Plan) -> Vec<Step> {
    let mut server = Server::start(plan.id, plan.size, plan.disk).under(rules);
    let mut arrived = Vec::new();
    let mut steps = Vec::new();
    for &event in &plan.events {
        let before = server.clone();
        let input = input(plan, event, &server, &arrived);
        if let Some(message @ Input::Receive { .. }) = input {
            arrived.push(message);
        }
        let outputs = match (event, input) {
            (Event::Restart, _) => server.restart(),
            (_, Some(input)) => server.step(input),
            (_, None) => Vec::new(),
        };
        let after = server.clone();
        steps.push(Step {
            event,
            before,
            input,
            outputs,
            after,
        });
    }
    steps
}

fn input(plan: &Plan, event: Event, server: &Server, arrived: &[Input]) -> Option<Input> {
    match event {
        Event::Message {
            from,
            kind,
            term,
            last_log,
        } => {
            let message = kind.message(term.resolve(server.term()), last_log);
            Some(received(plan.sender(from), message))
        }
        Event::Repeat(_) if arrived.is_empty() => None,
        Event::Repeat(number) => Some(arrived[number % arrived.len()]),
        Event::Timeout(timer) => Some(Input::Timeout(timer)),
        Event::LogMoved(position) => Some(Input::LogMoved(position)),
        Event::Restart => Some(Input::Start),
    }
}

fn is_request(message: Message) -> bool {
    matches!(message, Message::RequestVote { .. } | Message::AppendEntries { .. })
}

fn is_grant(message: Message) -> bool {
    matches!(message, Message::RequestVoteReply { vote_granted: true, .. })
}

// --- What holds ---

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    /// "Each server stores a current term number, which increases monotonically over time" (§5.1), also across restarts, and
    /// also as others see it in its messages.
    #[test]
    fn the_term_never_decreases(plan in any_plan()) {
        let mut last_sent = Term::ZERO;
        for step in play(&plan) {
            prop_assert!(step.before.term() <= step.after.term());
            for (_, message) in step.sent() {
                prop_assert!(last_sent <= message.term());
                last_sent = message.term();
            }
        }
    }

    /// "Each server will vote for at most one candidate in a given term" (§5.2), also across restarts: judged from the votes
    /// that it sent and the elections in which it ran.
    #[test]
    fn at_most_one_vote_in_a_term(plan in any_plan()) {
        let mut votes = BTreeMap::new();
        let on_disk = plan.disk.voted_for.map(|candidate| (plan.disk.current_term, candidate));
        let cast = play(&plan).into_iter().flat_map(|step| votes_cast(plan.id, &step.outputs));
        for (term, candidate) in on_disk.into_iter().chain(cast) {
            prop_assert_eq!(*votes.entry(term).or_insert(candidate), candidate, "in term {}", term);
        }
    }

    /// Terms "allow servers to detect obsolete information" (§5.1): a message with an older term changes nothing, in memory
    /// or on disk, and moves no timer. A request is refused, a reply is not answered.
    #[test]
    fn a_stale_message_changes_nothing(plan in any_plan()) {
        for step in play(&plan) {
            let Some((from, message)) = step.message(&plan) else { continue };
            if message.term() < step.before.term() {
                prop_assert_eq!(&step.before, &step.after);
                let quiet = |output: &Output| matches!(output, Output::Decided(..) | Output::Send { .. });
                prop_assert!(step.outputs.iter().all(quiet));
                let refusals: Vec<_> = refusal(message, step.before.term()).map(|it| (from, it)).into_iter().collect();
                prop_assert_eq!(step.sent(), refusals);
            }
        }
    }

    /// "A candidate wins an election if it receives votes from a majority of the servers in the full cluster for the same
    /// term" (§5.2): if, and only if. Judged from the votes that arrived.
    #[test]
    fn a_leader_has_a_majority_of_its_own_term(plan in any_plan()) {
        let mut voters = NodeSet::EMPTY;
        for step in play(&plan) {
            let runs = notes_election(&step.outputs);
            if runs || step.after.role() == Role::Follower {
                voters = NodeSet::EMPTY;
            }
            let (role, term) = (step.before.role(), step.before.term());
            if let Some((from, message)) = step.message(&plan)
                && (is_grant(message) && message.term() == term && role == Role::Candidate)
            {
                voters.insert(from);
            }
            let majority = (voters.len() + 1) * 2 > usize::from(plan.size);
            prop_assert!(step.after.role() != Role::Leader || majority, "leads with {:?}", voters);
            prop_assert!(step.after.role() != Role::Candidate || !majority, "does not lead with {:?}", voters);
        }
    }

    /// A server leads from its candidacy to its next follower state; nothing leads a term that it did not run for.
    #[test]
    fn leadership_comes_from_candidacy_in_the_same_term(plan in any_plan()) {
        let mut ran_for = BTreeSet::new();
        for step in play(&plan) {
            ran_for.extend(step.outputs.iter().filter_map(started_election));
            let (before, after) = (&step.before, &step.after);
            if after.role() == Role::Leader {
                prop_assert!(ran_for.contains(&after.term()));
                prop_assert!(before.role() != Role::Follower || plan.size == 1);
                prop_assert!(before.role() != Role::Leader || before.term() == after.term());
            }
        }
    }

    /// Figure 2: "Updated on stable storage before responding to RPCs." The write is the first output, there is one at most,
    /// and afterwards the disk holds what the memory holds.
    #[test]
    fn a_step_writes_before_it_sends(plan in any_plan()) {
        for step in play(&plan) {
            prop_assert!(writes_first(&step.outputs));
            prop_assert_eq!(step.after.disk(), step.after.hard_state());
            let writes = matches!(step.outputs.first(), Some(Output::Persist(_)));
            prop_assert_eq!(writes, step.before.disk() != step.after.disk(), "a write without need, or none");
        }
    }

    /// A message that the network doubles is as if it had come once: same state, same tally.
    #[test]
    fn a_message_that_arrives_twice_in_a_row_counts_once(plan in any_plan()) {
        for step in play(&plan) {
            if let Some(message @ Input::Receive { .. }) = step.input {
                let mut again = step.after.clone();
                again.step(message);
                prop_assert_eq!(&again, &step.after);
            }
        }
    }

    /// One that arrives again much later does not change role, term or tally.
    #[test]
    fn a_message_that_arrives_again_later_changes_no_tally(plan in any_plan()) {
        for step in play(&plan).iter().filter(|step| matches!(step.event, Event::Repeat(_))) {
            let tally = |server: &Server| (server.role(), server.term(), server.votes());
            prop_assert_eq!(tally(&step.before), tally(&step.after));
        }
    }

    /// Only the servers of the cluster are listened to.
    #[test]
    fn a_message_from_outside_the_cluster_does_nothing(plan in any_plan()) {
        for step in play(&plan) {
            if matches!(step.input, Some(Input::Receive { .. })) && step.message(&plan).is_none() {
                prop_assert_eq!(&step.before, &step.after);
                prop_assert!(step.outputs.is_empty());
            }
        }
    }

    /// "Respond to RPCs from candidates and leaders" (Figure 2): a request is answered to its sender, once, with the kind of
    /// reply that fits and the current term. Replies are not answered, and nothing else is a reply.
    #[test]
    fn a_request_is_answered_once(plan in any_plan()) {
        for step in play(&plan) {
            let replies: Vec<_> = step.sent().into_iter().filter(|&(_, message)| !is_request(message)).collect();
            match step.message(&plan) {
                Some((from, message)) if is_request(message) => {
                    prop_assert_eq!(replies.len(), 1);
                    let (to, reply) = replies[0];
                    prop_assert_eq!((to, reply.term()), (from, step.after.term()));
                    let for_a_vote = matches!(message, Message::RequestVote { .. });
                    prop_assert_eq!(matches!(reply, Message::RequestVoteReply { .. }), for_a_vote);
                }
                _ => prop_assert!(replies.is_empty()),
            }
        }
    }

    /// Followers and candidates run an election timer and no other, leaders a heartbeat timer and no other.
    #[test]
    fn the_timers_fit_the_role(plan in any_plan()) {
        let mut armed = BTreeSet::from([timer_name(Timer::Election)]);
        for step in play(&plan) {
            if step.restarted() {
                armed.clear();
            }
            if let Event::Timeout(timer) = step.event {
                armed.remove(timer_name(timer));
            }
            apply_timers(&step.outputs, &mut armed);
            let due = if step.after.role() == Role::Leader { Timer::Heartbeat } else { Timer::Election };
            prop_assert_eq!(&armed, &BTreeSet::from([timer_name(due)]));
        }
    }

    /// What a role implies.
    #[test]
    fn the_state_fits_the_role(plan in any_plan()) {
        for Step { after, .. } in play(&plan) {
            match after.role() {
                Role::Follower => prop_assert!(after.votes().is_empty() && after.leader() != Some(plan.id)),
                Role::PreCandidate => prop_assert!(false, "the paper has none"),
                Role::Candidate => prop_assert!(after.votes().contains(plan.id) && after.leader().is_none()),
                Role::Leader => prop_assert!(after.votes().contains(plan.id) && after.leader() == Some(plan.id)),
            }
            prop_assert!(after.role() == Role::Follower || after.voted_for() == Some(plan.id));
            let full_cluster = NodeSet::all(plan.size.into());
            prop_assert!(after.votes().iter().all(|voter| full_cluster.contains(voter)));
        }
    }

    /// Whatever rules are in force, a step writes before it sends, and terms decrease in a restart only.
    #[test]
    fn under_any_rules_a_step_writes_first_and_keeps_its_term(plan in any_plan(), rules in any_rules()) {
        for step in play_under(rules, &plan) {
            prop_assert!(writes_first(&step.outputs));
            prop_assert!(step.restarted() || step.before.term() <= step.after.term());
            prop_assert!((step.after.role() == Role::Leader) == (step.after.leader() == Some(plan.id)));
        }
    }
}

// --- How it is judged ---

/// The votes that these outputs give, its own as a candidate included.
fn votes_cast(id: NodeId, outputs: &[Output]) -> Vec<(Term, NodeId)> {
    let vote = |output: &Output| match *output {
        Output::Send {
            message: Message::RequestVote { term, .. },
            ..
        } => Some((term, id)),
        Output::Send { to, message } if is_grant(message) => Some((message.term(), to)),
        ref output => started_election(output).map(|term| (term, id)),
    };
    outputs.iter().filter_map(vote).collect()
}

fn started_election(output: &Output) -> Option<Term> {
    match *output {
        Output::Decided(_, Decision::ElectionStarted { term }) => Some(term),
        _ => None,
    }
}

fn notes_election(outputs: &[Output]) -> bool {
    outputs.iter().any(|output| started_election(output).is_some())
}

/// The answer to a request that is too old; none to a reply.
fn refusal(message: Message, term: Term) -> Option<Message> {
    match message {
        Message::RequestVote { .. } => Some(refused(term.0)),
        Message::AppendEntries { .. } => Some(rejected(term.0)),
        _ => None,
    }
}

fn writes_first(outputs: &[Output]) -> bool {
    let after_the_first = outputs.iter().skip(1);
    !after_the_first
        .into_iter()
        .any(|output| matches!(output, Output::Persist(_)))
}

fn timer_name(timer: Timer) -> &'static str {
    match timer {
        Timer::Election => "election",
        Timer::Heartbeat => "heartbeat",
        Timer::RecentLeader => "recent leader",
        Timer::CheckQuorum => "check quorum",
    }
}

fn apply_timers(outputs: &[Output], armed: &mut BTreeSet<&'static str>) {
    for output in outputs {
        match *output {
            Output::SetTimer(timer) => armed.insert(timer_name(timer)),
            Output::CancelTimer(timer) => armed.remove(timer_name(timer)),
            _ => continue,
        };
    }
}

// --- Whether it is about anything ---

/// What a plan makes happen, by name.
fn situations(plan: &Plan) -> BTreeSet<&'static str> {
    let steps = play(plan);
    let mut seen: BTreeSet<&'static str> = steps.iter().flat_map(|step| situation(plan, step)).collect();
    if plan.size == 9 && steps.iter().any(|step| step.after.role() == Role::Leader) {
        seen.insert("a leader of nine");
    }
    seen
}

fn situation(plan: &Plan, step: &Step) -> Vec<&'static str> {
    let (before, after) = (&step.before, &step.after);
    let message = step.message(plan).map(|(_, message)| message);
    let stale = message.is_some_and(|message| message.term() < before.term());
    let repeated = matches!(step.event, Event::Repeat(_));
    let counted = |decision: &Decision| matches!(decision, Decision::VoteReceived { .. });
    let decisions = crate::common::words::decisions(&step.outputs);
    let all = [
        ("a leader of many", after.role() == Role::Leader && plan.size > 2),
        (
            "a leader steps down",
            before.role() == Role::Leader && after.role() == Role::Follower && !step.restarted(),
        ),
        (
            "a stale message to a candidate with votes",
            stale && before.role() == Role::Candidate && before.votes().len() > 1,
        ),
        (
            "a stale message to a leader",
            stale && before.role() == Role::Leader && plan.size > 1,
        ),
        (
            "a restart after a vote for another",
            step.restarted() && before.voted_for().is_some_and(|it| it != plan.id),
        ),
        (
            "a restart of a candidate",
            step.restarted() && before.role() == Role::Candidate,
        ),
        (
            "a vote that arrives again",
            repeated && message.is_some_and(is_grant) && before.role() == Role::Candidate,
        ),
        (
            "a request for a vote that arrives again",
            repeated && matches!(message, Some(Message::RequestVote { .. })),
        ),
        ("a candidate asked in its own term", {
            let asked = matches!(message, Some(Message::RequestVote { term, .. }) if term == before.term());
            asked && before.role() == Role::Candidate
        }),
        ("a vote that counts", decisions.iter().any(counted)),
        (
            "a message from outside",
            matches!(step.input, Some(Input::Receive { .. })) && message.is_none(),
        ),
    ];
    all.into_iter()
        .filter(|&(_, happens)| happens)
        .map(|(name, _)| name)
        .collect()
}

/// A property that holds because nothing happens is worth nothing: in 1000 plans each situation comes up many times.
#[test]
fn the_inputs_reach_what_the_properties_speak_about() {
    let mut runner = TestRunner::deterministic();
    let mut plans_with = BTreeMap::new();
    for _ in 0..1000 {
        let plan = any_plan().new_tree(&mut runner).expect("a plan").current();
        for name in situations(&plan) {
            *plans_with.entry(name).or_insert(0) += 1;
        }
    }
    assert_eq!(plans_with.len(), 12, "{plans_with:#?}");
    assert!(plans_with.values().all(|&plans| plans >= 10), "{plans_with:#?}");
}
