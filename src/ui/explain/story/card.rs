//! What the cards of a story say, as values.

use crate::{
    raft::{DeniedVote, NodeId, NodeSet, SteppedDown, Term},
    safety::Violation,
    sim::{Action, Contact, Event, EventId, Micros, Missed, Network, Range, VoteShare, votes_are_split},
    ui::{explain::chance::LostChance, run::incident::VoteSource},
};

/// One thing that is told: an election, what somebody did, or the time without a leader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its first event.
    pub first: EventId,
    /// The last event that it has heard of.
    pub last: EventId,
    /// When it began.
    pub at: Micros,
    /// What it tells of.
    pub kind: CardKind,
}

/// What a card tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardKind {
    /// The run began.
    Start {
        /// The servers that started with it.
        started: NodeSet,
        /// How long an election timer may run.
        timeouts: Range,
    },
    /// Somebody did something; several things if they did them at one instant.
    Acts(Acts),
    /// Servers stood for election in a term.
    Election(Contest),
    /// A server asked who would vote for it, and has not stood for election (thesis §9.6).
    PreVote(PreVote),
    /// A leader lost its majority.
    Loss(Loss),
    /// A majority follows a leader that could not reach one before something was done.
    Regained(Regained),
    /// A server stopped to act as leader.
    SteppedDown(Abdication),
    /// What must always hold was broken.
    Broken(Violation),
}

/// What was done at one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acts {
    /// Whether the scenario did it, not the reader.
    pub scripted: bool,
    /// What, by its event.
    pub done: Vec<(EventId, Action)>,
    /// Servers that were started and had run before.
    pub restarted: NodeSet,
    /// The network as it was when the run started.
    pub normal: Network,
}

/// An election: all that stood in one term, each while another still did and nobody had won.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contest {
    /// Its term.
    pub term: Term,
    /// Servers in the cluster.
    pub size: usize,
    /// Votes that make a leader.
    pub quorum: usize,
    /// Who stood, in the order in which they began.
    pub campaigns: Vec<Campaign>,
    /// Who else was made leader of its term, by another election before it or after, or by this one.
    pub taken: Option<NodeId>,
    /// Who acted as leader of an older term, without a majority, until it learned of this one: who, which term, when, and from whom.
    pub deposed: Vec<(NodeId, Term, Micros, NodeId)>,
    /// The newer term in which the next election began while this one ran.
    pub overtaken_by: Option<Term>,
}

/// The rounds in which one server asks who would vote for it, one after the other (thesis §9.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreVote {
    /// The term that it would stand for.
    pub term: Term,
    /// Servers in the cluster.
    pub size: usize,
    /// How many have to say that they would vote for it.
    pub quorum: usize,
    /// Rounds so far.
    pub rounds: u32,
    /// Why it began to ask.
    pub trigger: Trigger,
    /// When it began to ask.
    pub began: Micros,
    /// The last round: who would vote for the server, who would not, and how it ended.
    pub round: Campaign,
    /// While it goes on: why it can't bring enough, if it can't, as things were when the story was last told.
    pub lost: Option<LostRound>,
}

/// Why a server can't get enough pre-votes in a round. Nothing that was lost is sent again before the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostRound {
    /// These refused, and without them there are too few.
    Refused(NodeSet),
    /// Too few servers can answer it, or still can, whatever they say.
    FewAnswer,
    /// Neither is enough alone: some refused, and no promise can come from the others any more.
    RefusedAndSilent {
        /// Who refused.
        refused: NodeSet,
        /// Who neither refused nor can still promise its vote.
        silent: NodeSet,
    },
}

/// One server's candidacy, or one round of its question who would vote for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// Who stands.
    pub candidate: NodeId,
    /// When it began.
    pub at: Micros,
    /// When it began to ask who would vote for it, if it asked first (thesis §9.6).
    pub asked_first: Option<Micros>,
    /// The decision to stand.
    pub event: EventId,
    /// Why it stands.
    pub trigger: Trigger,
    /// Whether it reached enough servers to win when it began.
    pub could_win: bool,
    /// Whom its requests did not reach; some may have heard a copy.
    pub missed: Missed,
    /// What each other server answered, in the order in which the answers were given, or votes counted; those still under way at
    /// the end.
    pub ballots: Vec<Ballot>,
    /// How it ended.
    pub end: Option<Ending>,
    /// While it stands: why it can't win, if nobody that stands in its election can, as things were when the story was last told.
    pub lost: Option<LostChance>,
}

/// What made a server stand for election.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// Its election timer ran out, which ran since a heartbeat of this leader.
    Silence(NodeId, Micros),
    /// Its election timer ran out, which ran since it voted for this server.
    Vote(NodeId, Micros),
    /// Its election timer ran out, which ran since it stood in this term.
    Again(Term, Micros),
    /// Its election timer ran out, which ran since it started.
    Start(Micros),
    /// Its election timer ran out, which ran since it asked who would vote for it (thesis §9.6).
    AskedBefore(Micros),
    /// Its election timer ran out, which ran since it stopped to act as leader.
    SteppedDown(Micros),
    /// Its election timer ran out, which a message of this server had started anew.
    Message(NodeId, Micros),
    /// Its leader asked it to take over.
    Asked(NodeId),
    /// It refused this server its vote: with the lab's bug it stands again at once.
    Refusal(NodeId),
    /// Somebody let its timer run out, or set it.
    Act(Action),
    /// That is no longer in memory.
    Unknown,
}

/// A server's answer to a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// Who answered.
    pub voter: NodeId,
    /// When it answered, or when its vote was counted.
    pub at: Micros,
    /// Its answer.
    pub answer: Answer,
    /// Whether the candidate has heard of it.
    pub arrived: bool,
    /// What becomes of the vote on its way.
    pub fate: VoteFate,
    /// What was counted as its vote.
    pub source: VoteSource,
}

/// What becomes of a vote on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VoteFate {
    /// It has arrived, or is on its way.
    #[default]
    Arrives,
    /// It will get lost: its link was cut as it was sent. What the network loses by chance is nothing that anybody knows before.
    Fades,
    /// It was lost.
    Lost,
    /// It was lost on a link that was cut.
    Cut,
}

/// What a server answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Its vote was counted.
    Counted,
    /// It has voted, which the candidate has not counted.
    Given,
    /// It refused.
    Refused(DeniedVote),
}

/// How a candidacy ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// When.
    pub at: Micros,
    /// By what event.
    pub event: EventId,
    /// How.
    pub how: End,
}

/// How a candidacy ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It won; or enough would vote for it, and it stood for election.
    Won,
    /// It gave up.
    SteppedDown(SteppedDown, Term),
    /// It stood again, in a newer term.
    StoodAgain,
    /// Its election timer ran out, and it asked whether it may stand again (thesis §9.6).
    TimedOut,
    /// It crashed.
    Crashed,
}

impl VoteFate {
    /// Whether the vote was lost.
    #[must_use]
    pub const fn is_lost(self) -> bool {
        matches!(self, Self::Lost | Self::Cut)
    }
}

impl Ballot {
    /// What becomes of the vote, if those of these servers will get lost on their way.
    fn fate_with(&self, fading: NodeSet) -> VoteFate {
        match self.fate {
            lost @ (VoteFate::Lost | VoteFate::Cut) => lost,
            _ if self.answer == Answer::Given && !self.arrived && fading.contains(self.voter) => VoteFate::Fades,
            _ => VoteFate::Arrives,
        }
    }
}

impl Campaign {
    /// It ends with an event.
    pub(super) const fn ends(&mut self, event: &Event, how: End) {
        self.end = Some(Ending {
            at: event.at,
            event: event.id,
            how,
        });
    }

    /// One that begins with an event.
    #[must_use]
    pub const fn new(candidate: NodeId, event: &Event, trigger: Trigger) -> Self {
        Self {
            candidate,
            at: event.at,
            asked_first: None,
            event: event.id,
            trigger,
            could_win: false,
            missed: Missed::NONE,
            ballots: Vec::new(),
            end: None,
            lost: None,
        }
    }

    /// Whose votes it has counted, its own first.
    pub fn counted(&self) -> impl Iterator<Item = NodeId> {
        [self.candidate].into_iter().chain(self.who(Answer::Counted))
    }

    /// Who answered so, in order.
    pub fn who(&self, answer: Answer) -> impl Iterator<Item = NodeId> {
        let fitting = self.ballots.iter().filter(move |ballot| ballot.answer == answer);
        fitting.map(|ballot| ballot.voter)
    }

    /// Who has voted for it, itself included, whether it has counted that or not.
    #[must_use]
    pub fn voters(&self) -> NodeSet {
        self.who(Answer::Given).chain(self.counted()).collect()
    }

    /// Whose refusals have arrived, in order.
    pub fn refused(&self) -> impl Iterator<Item = NodeId> {
        let is_refusal = |ballot: &&Ballot| ballot.arrived && matches!(ballot.answer, Answer::Refused(_));
        self.ballots.iter().filter(is_refusal).map(|ballot| ballot.voter)
    }

    /// Whose votes it won without: they have arrived since, or are under way.
    pub fn late(&self) -> impl Iterator<Item = NodeId> {
        let is_late = |ballot: &&Ballot| self.won() && ballot.answer == Answer::Given && !ballot.fate.is_lost();
        self.ballots.iter().filter(is_late).map(|ballot| ballot.voter)
    }

    fn ballot(&mut self, voter: NodeId) -> Option<&mut Ballot> {
        self.ballots.iter_mut().find(|ballot| ballot.voter == voter)
    }

    /// The answer of a server has arrived, and counts for nothing.
    pub(super) fn hears(&mut self, voter: NodeId) {
        if let Some(ballot) = self.ballot(voter) {
            (ballot.arrived, ballot.fate) = (true, VoteFate::Arrives);
        }
    }

    /// When it began to ask who would vote for it, unless a card before the one that began at this instant tells that.
    #[must_use]
    pub fn asked_since(&self, card: Micros) -> Option<Micros> {
        self.asked_first.filter(|asked| *asked >= card)
    }

    /// Whether it won.
    #[must_use]
    pub fn won(&self) -> bool {
        self.end.is_some_and(|end| end.how == End::Won)
    }

    /// Votes that will get lost on their way, as things are: those of these servers.
    pub(super) fn fades(&mut self, voters: NodeSet) {
        for ballot in &mut self.ballots {
            ballot.fate = ballot.fate_with(voters);
        }
    }

    /// Whether that would change nothing.
    pub(super) fn knows_fading(&self, voters: NodeSet) -> bool {
        self.ballots
            .iter()
            .all(|ballot| ballot.fate == ballot.fate_with(voters))
    }

    /// The answer of a server was lost on its way, or on a link that was cut.
    pub(super) fn loses(&mut self, voter: NodeId, fate: VoteFate) {
        if let Some(ballot) = self.ballot(voter).filter(|ballot| ballot.answer == Answer::Given) {
            ballot.fate = fate;
        }
    }

    /// Takes in an answer. A vote that is counted was given before; one that was given is not taken back by what is answered to
    /// a duplicate of the request.
    pub(super) fn answer(&mut self, ballot: Ballot) {
        let voted = |before: &Ballot| before.voter == ballot.voter && !matches!(before.answer, Answer::Refused(_));
        if ballot.answer != Answer::Counted && self.ballots.iter().any(voted) {
            return;
        }
        self.ballots.retain(|before| before.voter != ballot.voter);
        let place = match ballot.answer {
            Answer::Given => self.ballots.len(),
            _ => {
                let under_way = self
                    .ballots
                    .iter()
                    .rev()
                    .take_while(|other| other.answer == Answer::Given);
                self.ballots.len() - under_way.count()
            }
        };
        self.ballots.insert(place, ballot);
    }
}

impl PreVote {
    /// Whether the server still asks.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.round.end.is_none()
    }
}

impl Contest {
    /// Who won, if anybody did.
    #[must_use]
    pub fn won(&self) -> Option<&Campaign> {
        self.campaigns.iter().find(|campaign| campaign.won())
    }

    /// All who won: one, where election safety holds.
    #[must_use]
    pub fn winners(&self) -> NodeSet {
        let won = self.campaigns.iter().filter(|campaign| campaign.won());
        won.map(|campaign| campaign.candidate).collect()
    }

    /// Whether somebody may still win it, and nobody stands in a newer term.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.won().is_none() && self.overtaken_by.is_none() && self.is_open()
    }

    /// Whether somebody still stands, and none of those can win.
    #[must_use]
    pub fn is_hopeless(&self) -> bool {
        self.lost().next().is_some()
    }

    /// Who still stands and can't win.
    pub fn lost(&self) -> impl Iterator<Item = NodeId> {
        let lost = |campaign: &&Campaign| campaign.end.is_none() && campaign.lost.is_some();
        self.campaigns.iter().filter(lost).map(|campaign| campaign.candidate)
    }

    /// Whether somebody has not given up yet.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.campaigns.iter().any(|campaign| campaign.end.is_none())
    }

    /// Whether the votes were split, and nobody stands any more.
    #[must_use]
    pub fn is_split(&self) -> bool {
        self.won().is_none() && !self.is_open() && self.is_contested()
    }

    /// Whether contention keeps each who could have won from a majority: it is no split if one was granted one, or if requests were lost
    /// to servers by whose votes one would have won.
    #[must_use]
    pub fn is_contested(&self) -> bool {
        votes_are_split(self.shares(), self.spent(), self.quorum)
    }

    /// Whom a candidate's requests did not reach, and who has not answered it.
    #[must_use]
    pub fn missed(&self, campaign: &Campaign) -> Missed {
        campaign
            .missed
            .without(campaign.ballots.iter().map(|ballot| ballot.voter).collect())
    }

    /// Whether one who could have won would have, if no request had been lost on its way.
    #[must_use]
    pub fn needed_lost(&self) -> bool {
        self.shares().any(|share| share.would_win(self.spent(), self.quorum))
    }

    fn shares(&self) -> impl Iterator<Item = VoteShare> + Clone {
        let contenders = self.campaigns.iter().filter(|campaign| campaign.could_win);
        contenders.map(|campaign| VoteShare {
            voters: campaign.voters(),
            missed: self.missed(campaign),
        })
    }

    fn spent(&self) -> NodeSet {
        let voters = self.campaigns.iter().map(Campaign::voters);
        voters.flat_map(NodeSet::iter).collect()
    }

    /// Who was granted a majority without counting it: the votes were too late, or lost.
    #[must_use]
    pub fn granted(&self) -> Option<NodeId> {
        let is_granted = |campaign: &&Campaign| !campaign.won() && campaign.voters().len() >= self.quorum;
        self.campaigns
            .iter()
            .find(is_granted)
            .map(|campaign| campaign.candidate)
    }

    /// Who began to stand together with a candidate, by one thing that was done; alone, if nothing was.
    #[must_use]
    pub fn began_with(&self, campaign: &Campaign) -> NodeSet {
        let is_act = matches!(campaign.trigger, Trigger::Act(_));
        let same = |other: &&Campaign| is_act && (other.at, other.trigger) == (campaign.at, campaign.trigger);
        let together = self.campaigns.iter().filter(same).map(|other| other.candidate);
        together.chain([campaign.candidate]).collect()
    }

    /// Who has not answered a candidate, as far as is known.
    #[must_use]
    pub fn silent(&self, campaign: &Campaign) -> NodeSet {
        let answered: NodeSet = campaign.ballots.iter().map(|ballot| ballot.voter).collect();
        NodeSet::all(self.size)
            .without(answered)
            .without(NodeSet::only(campaign.candidate))
    }

    /// Who stood.
    #[must_use]
    pub fn candidates(&self) -> NodeSet {
        self.campaigns.iter().map(|campaign| campaign.candidate).collect()
    }
}

/// The time for which no leader had a majority, after one had lost it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Who led.
    pub leader: NodeId,
    /// What happened to it.
    pub how: Lost,
    /// Servers in the cluster.
    pub size: usize,
    /// Who led next.
    pub next: Option<NextLeader>,
}

/// Who led after a time without a leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextLeader {
    /// Who.
    pub leader: NodeId,
    /// From when on.
    pub since: Micros,
    /// Whether it was elected; else it reaches a majority by what was done.
    pub elected: bool,
}

impl Loss {
    /// More was done in the same instant: what became of the leader is what it came to, not the first step.
    pub const fn learn(&mut self, how: Lost) {
        if matches!(self.how, Lost::Crashed | Lost::Paused | Lost::Reaches(_)) {
            self.how = how;
        }
    }
}

/// What was done let a leader reach a majority without an election, and a majority has heard it since, or still followed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Regained {
    /// Who leads.
    pub leader: NodeId,
    /// Which term.
    pub term: Term,
    /// Whether nobody else has led since it did.
    pub again: bool,
    /// What was done.
    pub by: EventId,
}

/// How a server stopped to act as leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Abdication {
    /// Who.
    pub leader: NodeId,
    /// The term that it led.
    pub led: Term,
    /// The newer term that made it stop, and who told it; `None` if something else did.
    pub learned: Option<(Term, NodeId)>,
    /// Whether it gave up because no majority answered it (thesis §6.2).
    pub unanswered: bool,
}

/// How a leader lost its majority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// It crashed.
    Crashed,
    /// It was paused.
    Paused,
    /// It reaches too few.
    Reaches(Contact),
    /// It gave up: no majority answered it.
    NoQuorum,
    /// It learned of this newer term, from this server (§5.1).
    NewerTerm(Term, NodeId),
    /// These that run are in a newer term than its own, and too few of those that it reaches are left to follow it.
    Followers(NodeSet),
}

impl CardKind {
    /// The event that is asked about when somebody asks why: of an election, how it ended.
    #[must_use]
    pub fn asked(&self, first: EventId) -> EventId {
        match self {
            Self::Election(election) => {
                let end = match election.won() {
                    Some(winner) => winner.end,
                    None if election.is_running() => None,
                    None => election.campaigns.iter().find_map(|campaign| campaign.end),
                };
                end.map_or(first, |end| end.event)
            }
            Self::PreVote(asked) => asked.round.event,
            Self::Regained(regained) => regained.by,
            _ => first,
        }
    }
}
