//! The role of each server over a whole run, for the timeline.

use std::collections::VecDeque;

use super::{Action, Claim, Effect, Event, EventId, EventKind, Leadership, Micros, Process, World};
use crate::{
    raft::{Decision, MAX_SERVERS, NodeId, NodeSet, Role, Term},
    safety::Violation,
};

/// What a server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does not run.
    Down,
    /// It is paused.
    Paused,
    /// It runs in this role; as a leader, it leads.
    Runs(Role),
    /// It runs and believes that it leads, but no majority can follow it.
    Stale,
    /// It and another believe that they lead the same term, which must never be.
    Unsafe,
}

/// A stretch of time in which a server is the same. It ends where the server's next stretch begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// When it began.
    pub from: Micros,
    /// What it is since.
    pub standing: Standing,
    /// The term in which it became so.
    pub term: Term,
    event: EventId,
}

impl Stretch {
    const fn leads(&self) -> bool {
        matches!(self.standing, Standing::Runs(Role::Leader) | Standing::Unsafe)
    }
}

/// When the first server ran for a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermStart {
    /// When.
    pub at: Micros,
    /// Which term.
    pub term: Term,
    event: EventId,
}

/// Something worth going to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// When.
    pub at: Micros,
    /// The instant at which it is seen. Split votes are marked where a timeout ends them, and seen as soon as the last of them
    /// is given.
    pub seen_at: Micros,
    /// The event.
    pub event: EventId,
    /// What.
    pub kind: MarkKind,
}

/// What is worth going to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// The reader or a script did something.
    Acted(Action),
    /// A server started an election in this term.
    Ran(NodeId, Term),
    /// A server was elected leader of this term.
    Elected(NodeId, Term),
    /// A server that led this term, or believed so to the end, stepped down.
    Deposed(NodeId, Term),
    /// This term's votes were split: several ran, none was granted a majority, and a server gave up waiting.
    Split(Term),
    /// A safety property was broken.
    Broken(Violation),
}

/// What kinds of marks a reader looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landmark {
    /// An election starts.
    Election,
    /// There is a new leader, or one stepped down.
    LeaderChange,
    /// Votes were split.
    SplitVote,
    /// Something was done to the cluster.
    Fault,
    /// A safety property was broken.
    Violation,
}

impl Landmark {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Election,
        Self::LeaderChange,
        Self::SplitVote,
        Self::Fault,
        Self::Violation,
    ];
}

impl Mark {
    /// The kind of mark that this is.
    #[must_use]
    pub const fn landmark(&self) -> Landmark {
        match self.kind {
            MarkKind::Acted(_) => Landmark::Fault,
            MarkKind::Ran(..) => Landmark::Election,
            MarkKind::Elected(..) | MarkKind::Deposed(..) => Landmark::LeaderChange,
            MarkKind::Split(_) => Landmark::SplitVote,
            MarkKind::Broken(_) => Landmark::Violation,
        }
    }
}

/// The stretches of all servers and the starts of all terms of a branch. The oldest are dropped once there are too many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleTimeline {
    lanes: [VecDeque<Stretch>; MAX_SERVERS],
    terms: VecDeque<TermStart>,
    marks: VecDeque<Mark>,
    /// Events before this one are in it; they come again when the past is visited.
    heard: u64,
    /// The same of standings, which are taken after events.
    settled: u64,
    changes: u64,
}

impl RoleTimeline {
    /// Stretches kept for a server, and starts of terms kept.
    pub const CAPACITY: usize = 10_000;
    /// Marks kept: an hour in which the leader is killed twice a second has some thirty thousand.
    const MARKS: usize = 40_000;

    /// What a server was, the oldest first. Before the first stretch it was down, unless older ones were dropped.
    pub fn lane(&self, server: NodeId) -> impl DoubleEndedIterator<Item = &Stretch> + ExactSizeIterator {
        self.lanes[server.index()].iter()
    }

    /// When terms began, the oldest first.
    pub fn terms(&self) -> impl ExactSizeIterator<Item = &TermStart> {
        self.terms.iter()
    }

    /// What a server was from an instant on, the oldest first: the stretch that holds the instant and all later ones.
    pub fn lane_since(&self, server: NodeId, at: Micros) -> impl ExactSizeIterator<Item = &Stretch> {
        let lane = &self.lanes[server.index()];
        let later = lane.partition_point(|stretch| stretch.from <= at);
        lane.range(later.saturating_sub(1)..)
    }

    /// Who led at an instant: all that led the newest term of those that were led then; nobody before the first stretch.
    #[must_use]
    pub fn leaders_at(&self, at: Micros) -> Option<(NodeSet, Term)> {
        let mut leaders: Option<(NodeSet, Term)> = None;
        for server in NodeId::all(MAX_SERVERS) {
            let stretch = self.lane_since(server, at).next();
            let leads = |stretch: &&Stretch| stretch.from <= at && stretch.leads();
            let Some(stretch) = stretch.filter(leads) else { continue };
            match &mut leaders {
                Some((_, term)) if *term > stretch.term => {}
                Some((servers, term)) if *term == stretch.term => {
                    servers.insert(server);
                }
                _ => leaders = Some((NodeSet::only(server), stretch.term)),
            }
        }
        leaders
    }

    /// Who led last before an event, and the last event of the step that ended it; `None` if nobody led, or it has not ended.
    #[must_use]
    pub fn last_led(&self, before: EventId) -> Option<(NodeId, EventId)> {
        let ends = NodeId::all(MAX_SERVERS).filter_map(|server| {
            let lane = &self.lanes[server.index()];
            let past = lane.range(..lane.partition_point(|stretch| stretch.event < before));
            let mut later = past.clone().skip(past.clone().rposition(Stretch::leads)? + 1);
            later.next().map(|end| (server, end.event))
        });
        ends.max_by_key(|(_, end)| *end)
    }

    /// The last event of the step since which a server leads, as of an event; `None` if it does not lead.
    #[must_use]
    pub fn leads_since(&self, server: NodeId, before: EventId) -> Option<EventId> {
        let lane = &self.lanes[server.index()];
        let past = lane.range(..lane.partition_point(|stretch| stretch.event < before));
        past.rev()
            .take_while(|stretch| stretch.leads())
            .last()
            .map(|stretch| stretch.event)
    }

    /// When terms began, from an instant on, the oldest first.
    pub fn terms_since(&self, at: Micros) -> impl ExactSizeIterator<Item = &TermStart> {
        let first = self.terms.partition_point(|start| start.at < at);
        self.terms.range(first..)
    }

    /// What is worth going to, from an instant on, the oldest first.
    pub fn marks_since(&self, at: Micros) -> impl DoubleEndedIterator<Item = &Mark> + ExactSizeIterator {
        let first = self.marks.partition_point(|mark| mark.at < at);
        self.marks.range(first..)
    }

    /// What is worth going to, the oldest first.
    pub fn marks(&self) -> impl DoubleEndedIterator<Item = &Mark> + ExactSizeIterator {
        self.marks.iter()
    }

    /// The first of a kind that is seen after an instant.
    #[must_use]
    pub fn next(&self, wanted: Landmark, after: Micros) -> Option<&Mark> {
        self.marks
            .iter()
            .find(|mark| mark.seen_at > after && mark.landmark() == wanted)
    }

    /// The last of a kind that is seen before an instant.
    #[must_use]
    pub fn previous(&self, wanted: Landmark, before: Micros) -> Option<&Mark> {
        let mut marks = self.marks.iter().rev();
        marks.find(|mark| mark.seen_at < before && mark.landmark() == wanted)
    }

    /// Grows whenever something is added or forgotten.
    #[must_use]
    pub const fn changes(&self) -> u64 {
        self.changes
    }

    /// Takes in an event; and if it shows that its term's votes were split, when the last of them was given.
    pub(super) fn hear(&mut self, event: &Event, split_at: Option<Micros>) {
        if event.id.0 < self.heard {
            return;
        }
        self.heard = event.id.0 + 1;
        if let EventKind::Decided(Decision::ElectionStarted { term }) = event.kind {
            self.hear_of_term(event, term);
        }
        let split = split_at.map(|_| MarkKind::Split(event.term));
        if let Some(kind) = split.or_else(|| self.deposed(event)).or_else(|| mark_of(event)) {
            let (at, seen_at) = (event.at, split_at.unwrap_or(event.at));
            self.mark(Mark {
                at,
                seen_at,
                event: event.id,
                kind,
            });
        }
    }

    /// Whether a server that acts as leader steps down. News of a newer term that has reached others first made it stale.
    fn deposed(&self, event: &Event) -> Option<MarkKind> {
        let EventKind::Decided(Decision::SteppedDown(_)) = event.kind else {
            return None;
        };
        let server = event.server?;
        let led = self.lanes[server.index()]
            .back()
            .filter(|last| last.leads() || last.standing == Standing::Stale)?;
        Some(MarkKind::Deposed(server, led.term))
    }

    /// Takes in what each server is after the last event, and whether since the one before who leads can have changed.
    pub(super) fn hear_of_standings(&mut self, leadership: &Leadership, has_changed: bool, world: &World) {
        let next = world.next_event().0;
        if next < self.settled {
            return;
        }
        self.settled = next;
        let event = EventId(next.saturating_sub(1));
        let rivals = if has_changed {
            leadership.rivals()
        } else {
            NodeSet::EMPTY
        };
        // Most steps leave a leader what it is.
        let all = world
            .servers()
            .filter(|(id, _)| has_changed || !leadership.believers.contains(*id));
        for (id, server) in all {
            let standing = match (server.process(), server.node().role()) {
                (Process::Down, _) => Standing::Down,
                _ if rivals.contains(id) => Standing::Unsafe,
                (Process::Paused, _) => Standing::Paused,
                (_, Role::Leader) if leadership.claim(id) != Some(Claim::Leads) => Standing::Stale,
                (_, role) => Standing::Runs(role),
            };
            let lane = &mut self.lanes[id.index()];
            if lane.back().map_or(Standing::Down, |last| last.standing) != standing {
                let stretch = Stretch {
                    from: world.now(),
                    standing,
                    term: server.node().term(),
                    event,
                };
                keep(lane, stretch, Self::CAPACITY);
                self.changes += 1;
            }
        }
    }

    pub(super) fn hear_of_violation(&mut self, event: EventId, at: Micros, violation: Violation) {
        let kind = MarkKind::Broken(violation);
        let known = self.marks.iter().rev().take_while(|mark| mark.at >= at);
        if !known.clone().any(|mark| mark.event == event && mark.kind == kind) {
            self.mark(Mark {
                at,
                seen_at: at,
                event,
                kind,
            });
        }
    }

    fn mark(&mut self, mark: Mark) {
        keep(&mut self.marks, mark, Self::MARKS);
        self.changes += 1;
    }

    /// The event is marked as well, so this is no change of its own.
    fn hear_of_term(&mut self, event: &Event, term: Term) {
        if self.terms.back().is_none_or(|last| last.term < term) {
            let start = TermStart {
                at: event.at,
                term,
                event: event.id,
            };
            keep(&mut self.terms, start, Self::CAPACITY);
        }
    }

    /// Forgets what happened from this event on.
    pub(super) fn truncate(&mut self, end: EventId) {
        for lane in &mut self.lanes {
            while lane.back().is_some_and(|stretch| stretch.event >= end) {
                lane.pop_back();
            }
        }
        while self.terms.back().is_some_and(|start| start.event >= end) {
            self.terms.pop_back();
        }
        // A violation stands under the event whose step broke the property, not quite in order.
        self.marks.retain(|mark| mark.event < end);
        self.heard = self.heard.min(end.0);
        self.settled = self.settled.min(end.0);
        self.changes += 1;
    }
}

fn keep<T>(list: &mut VecDeque<T>, item: T, most: usize) {
    if list.len() >= most {
        list.pop_front();
    }
    list.push_back(item);
}

fn mark_of(event: &Event) -> Option<MarkKind> {
    let server = event.server;
    match event.kind {
        // The servers that the configuration starts are no event in the life of the cluster.
        EventKind::Action(action) if action.effect() == Effect::Start && event.at == Micros::ZERO => None,
        EventKind::Action(action) => Some(MarkKind::Acted(action)),
        EventKind::Decided(Decision::ElectionStarted { term }) => Some(MarkKind::Ran(server?, term)),
        EventKind::Decided(Decision::ElectionWon { .. }) => Some(MarkKind::Elected(server?, event.term)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{Config, History};

    const S1: NodeId = NodeId::new(0);

    /// What the role timeline should say now, by the world itself.
    fn now(history: &History, server: NodeId) -> Standing {
        let claim = Leadership::of(history.world()).claim(server);
        let server = history.world().server(server);
        match server.process() {
            Process::Down => Standing::Down,
            Process::Paused => Standing::Paused,
            Process::Running if claim.is_some_and(|claim| claim != Claim::Leads) => Standing::Stale,
            Process::Running => Standing::Runs(server.node().role()),
        }
    }

    /// Starts what is down; answers the action that resumes what is paused.
    fn all_up(history: &mut History) -> Action {
        for server in NodeId::all(5) {
            let _ = history.act(Action::start(server));
        }
        let paused = NodeId::all(5).find(|server| now(history, *server) == Standing::Paused);
        Action::resume(paused.unwrap_or(S1))
    }

    fn agrees(history: &History) {
        for (server, _) in history.world().servers() {
            let last = history.roles().lane(server).last().map(|stretch| stretch.standing);
            assert_eq!(last, Some(now(history, server)), "{server} at {}", history.now());
        }
    }

    #[test]
    fn it_says_of_each_server_what_the_world_says() {
        let mut history = History::new(Config::paper(5), 3, &[]).unwrap();
        for step in 0..1000 {
            history.step();
            let leader = history.world().leader().unwrap_or(S1);
            let action = match step % 200 {
                20 => Action::kill(leader),
                120 => Action::pause(leader),
                25 | 125 => all_up(&mut history),
                _ => continue,
            };
            let _ = history.act(action);
            agrees(&history);
        }
        assert!(history.roles().terms().len() > 1);
    }

    /// What S1 was from when on, in ms.
    fn stretches(history: &History) -> Vec<(u64, Standing)> {
        let lane = history.roles().lane(S1);
        lane.map(|stretch| (stretch.from.as_millis(), stretch.standing))
            .collect()
    }

    #[test]
    fn a_leader_is_stale_while_it_reaches_too_few_and_unsafe_while_another_leads_its_term() {
        let mut history = History::new(Config::paper(3), 3, &[]).unwrap();
        let mut rules = history.world().config().rules;
        rules.quorum = crate::raft::Quorum::Votes(1);
        history.act(Action::set_rules(rules)).unwrap();
        for (at, action) in [
            (10, Action::force_timeout(S1)),
            (20, Action::isolate(S1)),
            (30, Action::rejoin(S1)),
            (40, Action::force_timeout(NodeId::new(1))),
        ] {
            history.seek(Micros::from_millis(at));
            history.act(action).unwrap();
        }
        history.seek(Micros::from_millis(41));
        let at_first = [
            (0, Standing::Runs(Role::Follower)),
            (10, Standing::Runs(Role::Leader)),
            (20, Standing::Stale),
            (30, Standing::Runs(Role::Leader)),
        ];
        assert_eq!(stretches(&history)[..4], at_first);
        // S2 leads a newer term, until S1 stands in the same.
        assert!(
            !stretches(&history)
                .iter()
                .any(|(_, standing)| *standing == Standing::Unsafe)
        );
        rules.new_election_new_term = false;
        history.act(Action::set_rules(rules)).unwrap();
        history.seek(Micros::from_millis(50));
        history.act(Action::kill(S1)).unwrap();
        history.act(Action::start(S1)).unwrap();
        history.act(Action::force_timeout(S1)).unwrap();
        assert_eq!(
            stretches(&history).last(),
            Some(&(50, Standing::Unsafe)),
            "{:?}",
            stretches(&history)
        );
    }

    #[test]
    fn from_an_instant_on_is_what_is_left_of_all() {
        let mut history = History::new(Config::paper(5), 3, &[]).unwrap();
        history.seek(Micros::from_millis(400));
        history.act(Action::kill(history.world().leader().unwrap())).unwrap();
        history.seek(Micros::from_secs(2));
        let roles = history.roles();
        let instants = roles.marks().flat_map(|mark| [mark.at, mark.at + Micros(1)]);
        for at in instants.chain([Micros::ZERO, Micros::NEVER]) {
            let marks = roles.marks().filter(|mark| mark.at >= at);
            assert!(roles.marks_since(at).eq(marks));
            assert!(roles.terms_since(at).eq(roles.terms().filter(|start| start.at >= at)));
            for server in NodeId::all(5) {
                let mut lane = roles.lane_since(server, at);
                let holds = roles.lane(server).rfind(|stretch| stretch.from <= at);
                assert_eq!(lane.next(), holds.or_else(|| roles.lane(server).next()));
                assert!(lane.all(|stretch| stretch.from > at));
            }
        }
    }

    #[test]
    fn visiting_the_past_changes_nothing_and_forking_forgets_the_future() {
        let mut history = History::new(Config::paper(5), 3, &[]).unwrap();
        history.seek(Micros::from_millis(400));
        let before = history.roles().clone();
        history.seek(Micros::from_millis(100));
        assert_eq!(history.roles(), &before);
        history.act(Action::kill(S1)).unwrap();
        agrees(&history);
        history.switch_to(crate::sim::BranchId(0));
        assert_eq!(history.roles(), &before);
    }
}
