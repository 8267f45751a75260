//! A running server in both implementations, and whether they agree.

use raft::{eraftpb::Message as TheirMessage, storage::MemStorage};
use raft_playground::raft::{HardState, Input, Message, NodeId, Role, Timer};

use super::{
    difference::{Difference, Uses},
    excuses,
    letter::{self, Kind, Letter},
    ours::{Effects, Ours},
    schedule::Setup,
    theirs::{self, Theirs},
    view::View,
};

/// A running server.
pub struct Both {
    /// Which.
    pub id: NodeId,
    /// The cluster it is in, as it has it.
    pub setup: Setup,
    /// That of this crate.
    pub ours: Ours,
    /// That of raft-rs.
    pub theirs: Theirs,
}

/// What happens to a running server.
#[derive(Clone, Debug)]
pub enum Cause {
    /// It has just started.
    Start,
    /// A timer fires.
    Timeout(Timer),
    /// It is asked to hand over.
    Transfer(NodeId),
    /// A client wants something written to the log.
    Propose,
    /// A message arrives.
    Arrival(Box<Letter>),
}

/// A step that both implementations have made, of which nothing is written or sent so far.
pub struct Made {
    /// What happened.
    pub cause: Cause,
    /// What was before.
    pub before: Before,
    /// What is to be done by ours.
    pub effects: Effects,
}

/// What was seen of a server before a step.
pub struct Before {
    /// Ours as a whole.
    pub ours: Ours,
    /// What both agreed on.
    pub view: View,
    /// Votes and refusals that theirs had counted.
    pub tally: (usize, usize),
    /// To whom theirs was handing over.
    pub transfers_to: Option<NodeId>,
}

/// How they disagree, for people to read.
pub type Agreement = Result<(), String>;

impl Both {
    /// Starts a server from its disks.
    ///
    /// # Errors
    /// How they disagree.
    pub fn start(id: NodeId, setup: Setup, ours: HardState, theirs: &MemStorage) -> Result<(Self, Made), String> {
        let (ours, effects) = Ours::start(id, setup.settings(id), ours);
        let theirs = Theirs::start(id, setup, theirs);
        let mut both = Self {
            id,
            setup,
            ours,
            theirs,
        };
        let made = Made {
            cause: Cause::Start,
            before: both.look(),
            effects,
        };
        both.judge(&made, None, &mut Uses::default())?;
        Ok((both, made))
    }

    /// Lets both implementations handle the same.
    ///
    /// # Errors
    /// How they disagree after it.
    pub fn handle(&mut self, cause: Cause, uses: &mut Uses) -> Result<Made, String> {
        let before = self.look();
        self.theirs.mark_election_timer();
        let effects = match &cause {
            Cause::Start => self.ours.step(Input::Start),
            Cause::Timeout(timer) => {
                self.theirs.time_out(*timer);
                self.ours.step(Input::Timeout(*timer))
            }
            Cause::Transfer(to) => {
                self.theirs.transfer_leadership(*to);
                self.ours.step(Input::TransferLeadership(*to))
            }
            // Ours has no log. What theirs writes moves its end; see `write`.
            Cause::Propose => {
                self.theirs.propose();
                Effects::default()
            }
            Cause::Arrival(letter) => {
                self.theirs.receive(letter.theirs.clone());
                let (from, message) = (letter.from, letter.ours);
                self.ours.step(Input::Receive { from, message })
            }
        };
        let mut made = Made { cause, before, effects };
        let excused = excuses::arrival(self, &mut made);
        if let Some(difference) = excused {
            uses.count(difference);
        }
        self.judge(&made, excused, uses)?;
        Ok(made)
    }

    fn look(&self) -> Before {
        Before {
            ours: self.ours.clone(),
            view: self.theirs.view(),
            tally: self.theirs.tally(),
            transfers_to: self.theirs.transfers_to(),
        }
    }

    // --- What must agree ---

    fn judge(&mut self, made: &Made, excused: Option<Difference>, uses: &mut Uses) -> Agreement {
        let (id, ours, theirs) = (self.id, self.ours.view(), self.theirs.view());
        if ours != theirs {
            return Err(format!("{id} is\n  ours:   {ours}\n  theirs: {theirs}"));
        }
        if made.effects.sent_before_persist {
            return Err(format!("{id} sends before it writes, in ours"));
        }
        self.judge_votes()?;
        self.judge_timer(made, excused, uses)?;
        if self.setup.check_quorum {
            self.judge_lease(made, uses)?;
            self.judge_heard()?;
        }
        self.theirs.mark_election_timer();
        Ok(())
    }

    /// They counted as many votes, or promises. Leaders of raft-rs have forgotten theirs.
    fn judge_votes(&self) -> Agreement {
        let volatile = self.ours.volatile();
        let (ours, theirs) = (usize::from(volatile.vote_count), self.theirs.tally().0);
        if volatile.role == Role::Leader || ours == theirs {
            return Ok(());
        }
        Err(format!(
            "{} counted {ours} votes in ours and {theirs} in theirs",
            self.id
        ))
    }

    /// The election timer began anew in both or in none. Leaders have none.
    fn judge_timer(&self, made: &Made, excused: Option<Difference>, uses: &mut Uses) -> Agreement {
        let ours = made.effects.election_timer_restarted;
        let theirs = self.theirs.election_timer_restarted();
        if self.theirs.view().role == Role::Leader || ours == theirs {
            return Ok(());
        }
        if theirs && excused == Some(Difference::GivesUpWhenRefused) {
            return Ok(());
        }
        if theirs && excuses::newer_term(self, made) {
            uses.count(Difference::RestartsTimerInNewerTerm);
            return Ok(());
        }
        let say = |anew| if anew { "begins anew" } else { "runs on" };
        let (id, ours, theirs) = (self.id, say(ours), say(theirs));
        Err(format!(
            "the election timer of {id} {ours} in ours and {theirs} in theirs"
        ))
    }

    /// They hold to their leader, or both do not.
    fn judge_lease(&mut self, made: &Made, uses: &mut Uses) -> Agreement {
        let ours = self.ours.is_armed(Timer::RecentLeader);
        let theirs = self.theirs.in_lease();
        if ours == theirs {
            return Ok(());
        }
        if theirs && excuses::repeated_vote(self, made) {
            uses.count(Difference::RepeatedVoteBeginsLease);
            self.theirs.end_lease();
            return Ok(());
        }
        let say = |holds| if holds { "holds" } else { "does not hold" };
        let (id, ours, theirs) = (self.id, say(ours), say(theirs));
        Err(format!("{id} {ours} to its leader in ours and {theirs} in theirs"))
    }

    /// A leader heard the same servers since it last looked.
    fn judge_heard(&self) -> Agreement {
        if self.theirs.view().role != Role::Leader {
            return Ok(());
        }
        let (ours, theirs) = (self.ours.volatile().heard, self.theirs.heard());
        if ours == Some(theirs) {
            return Ok(());
        }
        Err(format!("{} heard {ours:?} in ours and {theirs:?} in theirs", self.id))
    }

    // --- Writing and sending ---

    /// Writes what a step brought about, and gives the messages that go out then.
    ///
    /// # Errors
    /// How they disagree.
    pub fn write(&mut self, mut made: Made, disk: &mut HardState, uses: &mut Uses) -> Result<Vec<Letter>, String> {
        let theirs = self.theirs.persist();
        self.ours.move_log(self.theirs.last_log(), &mut made.effects);
        *disk = made.effects.persist.unwrap_or(*disk);
        let mut ours = std::mem::take(&mut made.effects.sent);
        let mut letters = Vec::new();
        for theirs in theirs {
            letters.push(self.pair(&made, &mut ours, theirs, uses)?);
        }
        for (to, message) in ours {
            let difference = excuses::only_ours(self, &made, message)
                .ok_or_else(|| format!("{} sends {to} {} in ours only", self.id, letter::describe_ours(message)))?;
            uses.count(difference);
        }
        Ok(letters)
    }

    /// Finds the counterpart of one of their messages: the first of ours of its kind to the same server.
    fn pair(
        &mut self,
        made: &Made,
        ours: &mut Vec<(NodeId, Message)>,
        theirs: TheirMessage,
        uses: &mut Uses,
    ) -> Result<Letter, String> {
        let (from, to) = (self.id, theirs::node(theirs.to));
        let only_theirs = || format!("{from} sends {to} {} in theirs only", letter::describe_theirs(&theirs));
        let kind = letter::kind_of_theirs(&theirs).ok_or_else(only_theirs)?;
        let fits = |&(peer, message): &(NodeId, Message)| peer == to && letter::kind_of_ours(message) == kind;
        let mut message = match ours.iter().position(fits) {
            Some(index) => ours.remove(index).1,
            None => {
                let (difference, message) = self.catch_up(made, to, kind).ok_or_else(only_theirs)?;
                uses.count(difference);
                message
            }
        };
        if !letter::say_the_same(message, &theirs)
            && let Some((difference, other)) = excuses::other_answer(self, made, message)
        {
            uses.count(difference);
            message = other;
        }
        if !letter::say_the_same(message, &theirs) {
            let (ours, theirs) = (letter::describe_ours(message), letter::describe_theirs(&theirs));
            return Err(format!("{from} sends {to}\n  ours:   {ours}\n  theirs: {theirs}"));
        }
        Ok(Letter {
            from,
            to,
            ours: message,
            theirs,
        })
    }

    /// Has ours send what theirs sends by itself.
    fn catch_up(&mut self, made: &Made, to: NodeId, kind: Kind) -> Option<(Difference, Message)> {
        let (difference, input) = excuses::only_theirs(made, to, kind)?;
        let sent = self.ours.step(input).sent;
        let (_, message) = sent.into_iter().find(|&(peer, _)| peer == to)?;
        Some((difference, message))
    }
}
