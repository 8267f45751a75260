//! A cluster of both implementations that go in step.

use std::ops::AddAssign;

use raft::{eraftpb::Message as TheirMessage, storage::MemStorage};
use raft_playground::raft::{HardState, Input, Message, NodeId, Role, Timer};

use super::{
    difference::{Difference, Uses},
    letter::{self, Kind, Letter},
    ours::{Effects, Ours},
    schedule::{Crash, Event, Setup, Step},
    theirs::{self, Theirs},
    view::View,
};

/// More messages than this are not under way; the oldest is lost.
const UNDER_WAY: usize = 48;

/// A server in both implementations.
struct Server {
    id: NodeId,
    our_disk: HardState,
    their_disk: MemStorage,
    /// `None` while it is crashed.
    running: Option<Running>,
}

struct Running {
    ours: Ours,
    theirs: Theirs,
    /// Whether theirs gave up an election that ours is still in; see [`Difference::GivesUpWhenRefused`].
    gave_up: bool,
}

/// What happens to a running server.
enum Cause {
    Timeout(Timer),
    Arrival(Letter),
}

/// What was seen of a server before a step.
struct Before {
    ours: Ours,
    view: View,
    /// Votes and refusals that theirs counted.
    tally: (usize, usize),
}

/// What happened over all: a test that reaches nothing shows nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// Steps that had an effect.
    pub steps: u64,
    /// Leaders that were elected.
    pub leaders: u64,
    /// Crashes, in the middle of a step or between two.
    pub crashes: u64,
    /// Differences that were met.
    pub uses: Uses,
}

impl AddAssign for Reached {
    fn add_assign(&mut self, other: Self) {
        self.steps += other.steps;
        self.leaders += other.leaders;
        self.crashes += other.crashes;
        self.uses += other.uses;
    }
}

/// A cluster of both implementations.
pub struct Cluster {
    setup: Setup,
    servers: Vec<Server>,
    under_way: Vec<Letter>,
    reached: Reached,
    /// What happened, for people to read; `None` if nobody wants to.
    story: Option<Vec<String>>,
}

type Agreement = Result<(), String>;

impl Cluster {
    /// A new cluster whose servers have started.
    ///
    /// # Errors
    /// How the implementations disagree.
    pub fn start(setup: Setup, tell: bool) -> Result<Self, String> {
        let server = |id| Server {
            id,
            our_disk: HardState::default(),
            their_disk: theirs::blank_disk(setup.size),
            running: None,
        };
        let mut cluster = Self {
            setup,
            servers: NodeId::all(usize::from(setup.size)).map(server).collect(),
            under_way: Vec::new(),
            reached: Reached::default(),
            story: tell.then(Vec::new),
        };
        for id in NodeId::all(usize::from(setup.size)) {
            cluster.restart(id, None)?;
        }
        Ok(cluster)
    }

    /// What happened so far.
    pub fn reached(&self) -> Reached {
        self.reached
    }

    /// What happened so far, for people to read.
    pub fn story(&self) -> &[String] {
        self.story.as_deref().unwrap_or_default()
    }

    /// Lets one thing happen.
    ///
    /// # Errors
    /// How the implementations disagree after it.
    pub fn step(&mut self, step: Step) -> Agreement {
        match step.event {
            Event::Timeout(from, timer) => {
                let armed = |server: &Server| server.running.as_ref().is_some_and(|both| both.ours.is_armed(timer));
                match self.first_from(from, armed) {
                    Some(id) => self.act(id, Cause::Timeout(timer), step.crash),
                    None => Ok(()),
                }
            }
            Event::Deliver(pick) => match self.letter(pick) {
                Some(index) => {
                    let letter = self.under_way.remove(index);
                    self.arrive(letter, step.crash)
                }
                None => Ok(()),
            },
            Event::Duplicate(pick) => match self.letter(pick) {
                Some(index) => self.arrive(self.under_way[index].clone(), step.crash),
                None => Ok(()),
            },
            Event::Lose(pick) => {
                if let Some(index) = self.letter(pick) {
                    let letter = self.under_way.remove(index);
                    self.tell(|| format!("lost: {letter}"));
                }
                Ok(())
            }
            Event::Crash(from) => {
                if let Some(id) = self.first_from(from, |server| server.running.is_some()) {
                    self.tell(|| format!("{id} crashes"));
                    self.crash(id);
                }
                Ok(())
            }
            Event::Restart(from) => match self.first_from(from, |server| server.running.is_none()) {
                Some(id) => self.restart(id, step.crash),
                None => Ok(()),
            },
        }
    }

    fn tell(&mut self, line: impl FnOnce() -> String) {
        if let Some(story) = &mut self.story {
            story.push(line());
        }
    }

    /// The first server from this one on, and round again, that fits.
    fn first_from(&self, from: NodeId, fits: impl Fn(&Server) -> bool) -> Option<NodeId> {
        let (before, after) = self.servers.split_at(from.index());
        after
            .iter()
            .chain(before)
            .find(|server| fits(server))
            .map(|server| server.id)
    }

    fn letter(&self, pick: usize) -> Option<usize> {
        pick.checked_rem(self.under_way.len())
    }

    fn crash(&mut self, id: NodeId) {
        self.servers[id.index()].running = None;
        self.reached.crashes += 1;
        self.reached.steps += 1;
    }

    fn restart(&mut self, id: NodeId, crash: Option<Crash>) -> Agreement {
        let server = &mut self.servers[id.index()];
        let (ours, effects) = Ours::start(id, self.setup.settings(), server.our_disk);
        let theirs = Theirs::start(id, self.setup, &server.their_disk);
        server.running = Some(Running {
            ours,
            theirs,
            gave_up: false,
        });
        self.reached.steps += 1;
        self.tell(|| format!("{id} starts"));
        self.judge_view(id)?;
        self.finish(id, effects, crash, None)
    }

    fn arrive(&mut self, letter: Letter, crash: Option<Crash>) -> Agreement {
        if self.servers[letter.to.index()].running.is_none() {
            self.tell(|| format!("lost, as its receiver is down: {letter}"));
            return Ok(());
        }
        self.act(letter.to, Cause::Arrival(letter), crash)
    }

    fn running(&mut self, id: NodeId) -> &mut Running {
        self.servers[id.index()].running.as_mut().expect("it runs")
    }

    /// Lets both implementations of a running server handle the same.
    fn act(&mut self, id: NodeId, cause: Cause, crash: Option<Crash>) -> Agreement {
        self.reached.steps += 1;
        self.tell(|| match &cause {
            Cause::Timeout(timer) => format!("{id}: {timer:?} timeout"),
            Cause::Arrival(letter) => format!("arrives: {letter}"),
        });
        let both = self.running(id);
        let before = Before {
            ours: both.ours.clone(),
            view: both.theirs.view(),
            tally: both.theirs.tally(),
        };
        both.theirs.mark_election_timer();
        let mut effects = match &cause {
            Cause::Timeout(timer) => {
                both.theirs.time_out(*timer);
                both.ours.step(Input::Timeout(*timer))
            }
            Cause::Arrival(letter) => {
                both.theirs.receive(letter.theirs.clone());
                both.ours.step(Input::Receive {
                    from: letter.from,
                    message: letter.ours,
                })
            }
        };
        if let Cause::Arrival(letter) = &cause {
            self.excuse_leader_of_term(id, &before, letter, &mut effects);
            self.excuse_giving_up(id, &before, letter);
        }
        self.judge_view(id)?;
        self.judge_timer(id, &before, &cause, &effects)?;
        self.count_leader(id, &before);
        let request = match &cause {
            Cause::Arrival(letter) => Some((letter, before.view)),
            Cause::Timeout(_) => None,
        };
        self.finish(id, effects, crash, request)
    }

    fn count_leader(&mut self, id: NodeId, before: &Before) {
        let view = self.running(id).ours.view();
        if view.role == Role::Leader && before.view.role != Role::Leader {
            self.reached.leaders += 1;
        }
    }

    /// [`Difference::HoldsToLeaderOfTerm`].
    fn excuse_leader_of_term(&mut self, id: NodeId, before: &Before, letter: &Letter, effects: &mut Effects) {
        let view = before.view;
        let both = self.running(id);
        let ours_granted = both.ours.view().vote == Some(letter.from);
        let theirs_refused = both.theirs.view() == view;
        if letter.asks_for_vote_in(view.term)
            && view.vote.is_none()
            && view.leader.is_some()
            && ours_granted
            && theirs_refused
        {
            both.ours = before.ours.clone();
            let message = Message::RequestVoteReply {
                term: view.term,
                vote_granted: false,
            };
            *effects = Effects {
                sent: vec![(letter.from, message)],
                ..Effects::default()
            };
            self.reached.uses.count(Difference::HoldsToLeaderOfTerm);
        }
    }

    /// [`Difference::GivesUpWhenRefused`]: this refusal was the last that it took.
    fn excuse_giving_up(&mut self, id: NodeId, before: &Before, letter: &Letter) {
        let size = usize::from(self.setup.size);
        let both = self.running(id);
        let view = both.theirs.view();
        let refused = letter.ours
            == Message::RequestVoteReply {
                term: before.view.term,
                vote_granted: false,
            };
        let cannot_win = before.tally.1 + 1 > size - (size / 2 + 1);
        if refused
            && cannot_win
            && before.view.role == Role::Candidate
            && (view.role, view.term) == (Role::Follower, before.view.term)
        {
            both.gave_up = true;
            self.reached.uses.count(Difference::GivesUpWhenRefused);
        }
    }

    /// Role, term, vote and leader agree.
    fn judge_view(&mut self, id: NodeId) -> Agreement {
        let both = self.running(id);
        let (ours, theirs) = (both.ours.view(), both.theirs.view());
        if ours == theirs {
            both.gave_up = false;
            return Ok(());
        }
        let still_a_candidate = View {
            role: Role::Candidate,
            ..theirs
        };
        if both.gave_up && theirs.role == Role::Follower && ours == still_a_candidate {
            return Ok(());
        }
        Err(format!("{id} is\n  ours:   {ours}\n  theirs: {theirs}"))
    }

    /// The election timer began anew in both or in none. Leaders have none.
    fn judge_timer(&mut self, id: NodeId, before: &Before, cause: &Cause, effects: &Effects) -> Agreement {
        let both = self.running(id);
        let (view, ours) = (both.theirs.view(), effects.election_timer_restarted);
        let theirs = both.theirs.election_timer_restarted();
        let gave_up = both.gave_up && before.view.role == Role::Candidate;
        both.theirs.mark_election_timer();
        if view.role == Role::Leader || ours == theirs {
            return Ok(());
        }
        let learned_term = matches!(cause, Cause::Arrival(_)) && view.term > before.view.term;
        if theirs && learned_term {
            self.reached.uses.count(Difference::RestartsTimerInNewerTerm);
            return Ok(());
        }
        if theirs && gave_up {
            return Ok(());
        }
        let say = |anew| if anew { "begins anew" } else { "runs on" };
        Err(format!(
            "the election timer of {id} {} in ours and {} in theirs",
            say(ours),
            say(theirs)
        ))
    }

    /// Writes and sends what a step brought about, unless the server crashes over it.
    fn finish(
        &mut self,
        id: NodeId,
        mut effects: Effects,
        crash: Option<Crash>,
        request: Option<(&Letter, View)>,
    ) -> Agreement {
        if crash == Some(Crash::BeforePersist) {
            self.tell(|| format!("{id} crashes before it writes"));
            self.crash(id);
            return Ok(());
        }
        let server = &mut self.servers[id.index()];
        let both = server.running.as_mut().expect("it runs");
        let their_sent = both.theirs.persist();
        both.ours.move_log(both.theirs.last_log(), &mut effects);
        server.our_disk = effects.persist.unwrap_or(server.our_disk);
        let letters = self.pair(id, effects.sent, their_sent, request)?;
        if crash == Some(Crash::BeforeSend) {
            self.tell(|| format!("{id} crashes before it sends"));
            self.crash(id);
            return Ok(());
        }
        self.under_way.extend(letters);
        let too_many = self.under_way.len().saturating_sub(UNDER_WAY);
        self.under_way.drain(..too_many);
        Ok(())
    }

    /// Pairs the messages that a server sent: each of theirs with the first of ours of its kind to the same server.
    fn pair(
        &mut self,
        from: NodeId,
        mut ours: Vec<(NodeId, Message)>,
        theirs: Vec<TheirMessage>,
        request: Option<(&Letter, View)>,
    ) -> Result<Vec<Letter>, String> {
        let mut letters = Vec::new();
        for theirs in theirs {
            let to = theirs::node(theirs.to);
            let kind = letter::kind_of_theirs(&theirs)
                .ok_or_else(|| format!("{from} sends {} in theirs", letter::describe(&theirs)))?;
            let found = ours
                .iter()
                .position(|&(peer, message)| peer == to && letter::kind_of_ours(message) == kind);
            let message = match found {
                Some(index) => ours.remove(index).1,
                None => self.replicate(from, to, kind, &theirs)?,
            };
            if !letter::say_the_same(message, &theirs) {
                let theirs = letter::describe(&theirs);
                return Err(format!(
                    "{from} sends\n  ours:   {message:?} to {to}\n  theirs: {theirs}"
                ));
            }
            letters.push(Letter {
                from,
                to,
                ours: message,
                theirs,
            });
        }
        for (to, message) in ours {
            self.excuse_silence(from, to, message, request)?;
        }
        Ok(letters)
    }

    /// [`Difference::Replicates`]: our counterpart of a MsgAppend that ours has none for.
    fn replicate(&mut self, from: NodeId, to: NodeId, kind: Kind, theirs: &TheirMessage) -> Result<Message, String> {
        let only_theirs = || format!("{from} sends {} in theirs only", letter::describe(theirs));
        if kind != Kind::AppendEntries {
            return Err(only_theirs());
        }
        let heartbeats = self.running(from).ours.step(Input::Timeout(Timer::Heartbeat));
        let (_, heartbeat) = heartbeats
            .sent
            .into_iter()
            .find(|&(peer, _)| peer == to)
            .ok_or_else(only_theirs)?;
        self.reached.uses.count(Difference::Replicates);
        Ok(heartbeat)
    }

    /// [`Difference::LeavesStaleRequestUnanswered`].
    fn excuse_silence(
        &mut self,
        from: NodeId,
        to: NodeId,
        message: Message,
        request: Option<(&Letter, View)>,
    ) -> Agreement {
        let stale = request.is_some_and(|(letter, before)| letter.ours.term() < before.term);
        let refusal = matches!(
            message,
            Message::RequestVoteReply {
                vote_granted: false,
                ..
            } | Message::AppendEntriesReply { success: false, .. }
        );
        if stale && refusal {
            self.reached.uses.count(Difference::LeavesStaleRequestUnanswered);
            return Ok(());
        }
        Err(format!("{from} sends {message:?} to {to} in ours only"))
    }
}
