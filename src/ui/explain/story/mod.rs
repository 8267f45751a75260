//! The story of a run: elections, what somebody did, and the times without a leader, told as cards.
//!
//! It grows with the trace and never reads an event twice while time goes on. Each card knows the cluster as it was before it, so
//! when the reader goes back the story is told anew from the last card that the instant has not seen to its end.

mod acts;
mod card;
mod deeds;
mod lost;
mod pre_vote;
mod text;
mod told;
mod traced;
mod trigger;

use std::{collections::VecDeque, rc::Rc};

use self::{
    pre_vote::lost_round,
    traced::TracedLeadership,
    trigger::{asked_first, trigger},
};
use crate::{
    raft::{Decision, IgnoredReply, MAX_SERVERS, Message, NodeId, NodeSet, SteppedDown, Term},
    sim::{
        Action, Claim, Contact, Effect, Event, EventId, EventKind, History, InFlight, Incident, Leadership, LostWhere,
        Micros, OwnSettings, Range, ServerAction, UnheardRequest,
    },
    ui::{
        explain::chance::hopeless,
        run::{
            incident::{VoteSource, of_incident},
            view::ClusterView,
        },
    },
};

pub use self::{
    acts::DEED_WORDS,
    card::{
        Abdication, Acts, Answer, Ballot, Campaign, Card, CardKind, Contest, End, Ending, Loss, Lost, LostRound,
        NextLeader, PreVote, Regained, Trigger, VoteFate,
    },
    deeds::{DeedWords, DeedsInWords},
    told::Told,
};

/// What has to be known to go on with the story.
#[derive(Clone, Copy, Debug)]
struct Thread {
    cluster: TracedLeadership,
    /// By server: the number of the card of the election in which it stands.
    stands: [Option<usize>; MAX_SERVERS],
    /// By server: the number of the card that tells that it asks who would vote for it.
    asks: [Option<usize>; MAX_SERVERS],
    /// Who led last, as far as it was told.
    leader: Option<NodeId>,
    /// Whether the last event was that one that acts as leader learned of a newer term: if it steps down, that is the next one.
    may_step_down: bool,
    /// The number of the card of the time without a leader that goes on.
    leaderless: Option<usize>,
    /// Who leads by what was done, while a majority has not heard it yet.
    unheard: Option<Regained>,
}

/// What a server asks the others for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    Votes,
    /// Who would vote for it (thesis §9.6).
    PreVotes,
}

/// A card, and what was known before it.
#[derive(Clone, Debug)]
struct Page {
    card: Rc<Card>,
    before: Thread,
}

/// All cards of a run, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct Story {
    pages: VecDeque<Page>,
    /// The number of the first card that is kept.
    base: usize,
    thread: Option<Thread>,
    /// Events before this one have been told.
    told: u64,
    epoch: Option<u64>,
    is_cut_off: bool,
}

impl Story {
    /// Cards that are kept: some hours of a cluster that has no peace.
    const CAPACITY: usize = 5000;

    /// The cards, the oldest first.
    pub fn cards(&self) -> impl DoubleEndedIterator<Item = &Rc<Card>> + ExactSizeIterator {
        self.pages.iter().map(|page| &page.card)
    }

    /// The newest election of a run, and the event that is asked about, if nobody has won it and nobody can any more.
    #[must_use]
    pub fn lost_election(history: &History) -> Option<(Contest, EventId)> {
        let mut story = Self::default();
        story.sync(history, 0);
        let mut elections = story.cards().rev().filter_map(|card| match &card.kind {
            CardKind::Election(election) => Some((election, card.kind.asked(card.first))),
            _ => None,
        });
        let (newest, asked) = elections.next()?;
        (newest.won().is_none() && newest.is_lost()).then(|| (newest.clone(), asked))
    }

    /// Whether there was more before the first card that is no longer in memory.
    #[must_use]
    pub const fn is_cut_off(&self) -> bool {
        self.is_cut_off
    }

    /// Catches up with a history. `epoch` differs from the last call if events have become others.
    pub fn sync(&mut self, history: &History, epoch: u64) {
        let (first, end) = (history.trace().first().0, history.world().next_event().0);
        let is_same = self.epoch.replace(epoch) == Some(epoch) && self.told >= first;
        if !is_same || self.thread.is_none() || !self.go_back(first, end) {
            self.begin(history);
        }
        for event in history.trace().range(EventId(self.told), EventId(end)) {
            self.take(history, event);
        }
        self.told = end;
        self.look_ahead(history);
    }

    /// Takes note of the elections that nobody can win, by the function that the sentence below the headline asks as well, of votes
    /// that will get lost, and of rounds of pre-votes that can't bring enough.
    fn look_ahead(&mut self, history: &History) {
        let Some(thread) = self.thread else { return };
        let open = || thread.stands.into_iter().chain(thread.asks).flatten();
        if open().next().is_none() {
            return;
        }
        let view = ClusterView::new(history, Micros::ZERO);
        for number in open() {
            let place = number.wrapping_sub(self.base);
            let Some(page) = self.pages.get_mut(place) else {
                continue;
            };
            let election = match &page.card.kind {
                CardKind::Election(election) => election,
                CardKind::PreVote(asked) => {
                    let lost = lost_round(&view, &asked.round);
                    if lost != asked.lost
                        && let CardKind::PreVote(asked) = &mut Rc::make_mut(&mut page.card).kind
                    {
                        asked.lost = lost;
                    }
                    continue;
                }
                _ => continue,
            };
            let lost = hopeless(&view, election.term);
            let fading_of = |campaign: &Campaign| fading(&view, campaign.candidate, election.term);
            let is_news = |campaign: &Campaign| {
                campaign.lost != lost[campaign.candidate.index()] || !campaign.knows_fading(fading_of(campaign))
            };
            // A card that stays as it is, is not copied for whoever shows it.
            if !election.campaigns.iter().any(is_news) {
                continue;
            }
            if let CardKind::Election(election) = &mut Rc::make_mut(&mut page.card).kind {
                for campaign in &mut election.campaigns {
                    campaign.lost = lost[campaign.candidate.index()];
                    campaign.fades(fading(&view, campaign.candidate, election.term));
                }
            }
        }
    }

    fn begin(&mut self, history: &History) {
        let first = history.trace().first().0;
        self.pages.clear();
        self.base = 0;
        self.is_cut_off = first > 0;
        self.told = first;
        self.thread = Some(Thread {
            cluster: TracedLeadership::before(history),
            stands: [None; MAX_SERVERS],
            asks: [None; MAX_SERVERS],
            leader: None,
            may_step_down: false,
            leaderless: None,
            unheard: None,
        });
    }

    /// Forgets what happened from an event on. Says whether it still knows how things stood then.
    fn go_back(&mut self, first: u64, end: u64) -> bool {
        if end >= self.told {
            return true;
        }
        let heard_since = |event: u64| self.pages.iter().position(|page| page.card.last.0 >= event);
        let newest = self.pages.len().checked_sub(1);
        let mut from = heard_since(end).or(newest);
        // What is told anew must not be told twice to a card that stays.
        while let Some(page) = from.and_then(|from| self.pages.get(from)) {
            let earlier = heard_since(page.card.first.0);
            if earlier == from {
                break;
            }
            from = earlier;
        }
        let Some((from, page)) = from.and_then(|from| Some((from, self.pages.get(from)?))) else {
            return false;
        };
        if page.card.first.0 < first {
            return false;
        }
        self.told = page.card.first.0;
        self.thread = Some(page.before);
        self.pages.truncate(from);
        true
    }

    fn take(&mut self, history: &History, event: &Event) {
        let Some(before) = self.thread else { return };
        let mut now = before;
        let may_lead = now.cluster.take(event) || before.may_step_down;
        let believes = |server| before.cluster.leadership().believers.contains(server);
        now.may_step_down = matches!(event.kind, EventKind::Decided(Decision::TermAdvanced { .. }))
            && event.server.is_some_and(believes);
        self.thread = Some(now);
        match event.kind {
            EventKind::Action(action) => self.acted(history, event, action, before),
            EventKind::Decided(decision) => self.decided(history, event, decision, before),
            EventKind::Lost {
                from,
                message:
                    Message::RequestVoteReply {
                        term,
                        vote_granted: true,
                    },
                place,
            } => {
                let fate = if place == LostWhere::CutLink {
                    VoteFate::Cut
                } else {
                    VoteFate::Lost
                };
                let candidate = event.server;
                let campaign = candidate.and_then(|candidate| self.campaign(Asks::Votes, candidate, Some(term), event));
                if let Some(campaign) = campaign {
                    campaign.loses(from, fate);
                }
            }
            EventKind::Sent { .. } | EventKind::Lost { .. } => self.requested(event, now.cluster.leadership()),
            _ => {}
        }
        if may_lead && !now.may_step_down {
            self.led(history, event, before);
        }
        self.breaks(history, event, before);
    }

    /// What was sent or lost may be a request for a vote that does not reach its receiver.
    fn requested(&mut self, event: &Event, cluster: &Leadership) {
        if let Some(request) = UnheardRequest::of(event, cluster)
            && let Some(campaign) = self.campaign(Asks::Votes, request.from, Some(request.term), event)
        {
            campaign.missed.take(request);
        }
    }

    /// What an event broke that must always hold: a card for each property that was whole in that term before. Whoever votes twice once
    /// does so again and again.
    fn breaks(&mut self, history: &History, event: &Event, before: Thread) {
        let incidents = history.incidents();
        let first = incidents.partition_point(|incident| incident.at < event.at);
        for (place, incident) in incidents.iter().enumerate().skip(first) {
            let of = |incident: &Incident| (incident.violation.property, incident.violation.term);
            let is_its = incident.at == event.at && of_incident(history, incident) == event.id;
            if is_its && !incidents[..place].iter().any(|other| of(other) == of(incident)) {
                self.open(event, CardKind::Broken(incident.violation), before);
            }
        }
    }

    fn open(&mut self, event: &Event, kind: CardKind, before: Thread) -> usize {
        let card = Card {
            first: event.id,
            last: event.id,
            at: event.at,
            kind,
        };
        self.pages.push_back(Page {
            card: Rc::new(card),
            before,
        });
        if self.pages.len() > Self::CAPACITY {
            self.pages.pop_front();
            self.base += 1;
            self.is_cut_off = true;
        }
        self.base + self.pages.len() - 1
    }

    /// A card, for an event that belongs to it.
    fn edit(&mut self, number: usize, event: &Event) -> Option<&mut CardKind> {
        let page = self.pages.get_mut(number.checked_sub(self.base)?)?;
        let card = Rc::make_mut(&mut page.card);
        card.last = event.id;
        Some(&mut card.kind)
    }

    /// The card of what the scenario, or the reader, did at this instant; what followed at once may stand after it.
    fn acts_at(&self, at: Micros, scripted: bool) -> Option<usize> {
        let of_same = |page: &Page| matches!(&page.card.kind, CardKind::Acts(acts) if acts.scripted == scripted);
        let mut newest = self
            .pages
            .iter()
            .enumerate()
            .rev()
            .take_while(|(_, page)| page.card.at == at);
        newest
            .find(|(_, page)| of_same(page))
            .map(|(place, _)| self.base + place)
    }

    fn acted(&mut self, history: &History, event: &Event, action: Action, before: Thread) {
        if let Some(server) = event.server.filter(|_| action.effect().is_crash()) {
            self.campaign_ends(server, event, End::Crashed);
            self.question_ends(server, event, End::Crashed);
        }
        if event.at == Micros::ZERO && action.effect() == Effect::Start {
            self.started(history, event, before);
            return;
        }
        if event.at == Micros::ZERO && action.is_own_setting() {
            self.timeouts_from_start(history);
        }
        // A cut link that is cut once more is no news.
        if self
            .thread
            .is_some_and(|now| now.cluster.found_so(&before.cluster, action))
        {
            return;
        }
        let scripted = is_scripted(history, event.at, action);
        let done = (event.id, action);
        let restarted = NodeSet::from_iter(restarts(history, event, action));
        if let Some(number) = self.acts_at(event.at, scripted)
            && let Some(CardKind::Acts(acts)) = self.edit(number, event)
        {
            acts.done.push(done);
            acts.restarted.extend(restarted);
            return;
        }
        let acts = Acts {
            scripted,
            done: vec![done],
            restarted,
            normal: history.started_with().network,
        };
        self.open(event, CardKind::Acts(acts), before);
    }

    /// What servers have of their own from the start counts among the timeouts that the first card tells.
    fn timeouts_from_start(&mut self, history: &History) {
        let (config, mut own) = (history.started_with(), OwnSettings::default());
        for (_, action) in history.done().take_while(|(at, _)| *at == Micros::ZERO) {
            if let Action::Server(server, ServerAction::Set(setting)) = action {
                own.set(server, server, setting);
            }
        }
        let all = NodeId::all(usize::from(config.size)).map(|id| own.timing(id, config.timing).election_timeout);
        if let Some(page) = self.pages.front_mut().filter(|_| self.base == 0)
            && let CardKind::Start { timeouts, .. } = &mut Rc::make_mut(&mut page.card).kind
        {
            *timeouts = all.reduce(Range::joined).unwrap_or(*timeouts);
        }
    }

    fn started(&mut self, history: &History, event: &Event, before: Thread) {
        if self.pages.is_empty() {
            let started = NodeSet::EMPTY;
            let timeouts = history.started_with().timing.election_timeout;
            self.open(event, CardKind::Start { started, timeouts }, before);
        }
        if let Some(CardKind::Start { started, .. }) = self.edit(0, event)
            && let Some(server) = event.server
        {
            started.insert(server);
        }
    }

    fn decided(&mut self, history: &History, event: &Event, decision: Decision, before: Thread) {
        let Some(server) = event.server else { return };
        let ballot = |voter, answer| Ballot {
            voter,
            at: event.at,
            answer,
            arrived: answer == Answer::Counted,
            fate: VoteFate::Arrives,
            source: VoteSource::ThisTerm,
        };
        match decision {
            Decision::ElectionStarted { term } => self.stands(history, event, server, term, before),
            Decision::VoteGranted { to, term, .. } => {
                self.answered(Asks::Votes, to, Some(term), event, ballot(server, Answer::Given));
            }
            Decision::VoteDenied { to, term, why } => {
                self.answered(Asks::Votes, to, Some(term), event, ballot(server, Answer::Refused(why)));
            }
            Decision::VoteReceived { from, .. } => {
                let ballot = Ballot {
                    source: VoteSource::of(history, event),
                    ..ballot(from, Answer::Counted)
                };
                self.answered(Asks::Votes, server, None, event, ballot);
            }
            Decision::VoteRefused { from } => self.heard(Asks::Votes, server, None, event, from),
            Decision::ReplyIgnored {
                from,
                why: IgnoredReply::NotCandidate | IgnoredReply::StaleTerm,
            } if let Some(term) = answered_term(history, event) => {
                self.heard(Asks::Votes, server, Some(term), event, from);
            }
            Decision::PreVoteStarted { term } => {
                self.campaign_ends(server, event, End::TimedOut);
                self.asks(history, event, server, term, before);
            }
            Decision::PreVoteGranted { to, term } => {
                self.answered(Asks::PreVotes, to, Some(term), event, ballot(server, Answer::Given));
            }
            Decision::PreVoteDenied { to, term, why } => {
                self.answered(
                    Asks::PreVotes,
                    to,
                    Some(term),
                    event,
                    ballot(server, Answer::Refused(why)),
                );
            }
            Decision::PreVoteReceived { from, .. } => {
                self.answered(Asks::PreVotes, server, None, event, ballot(from, Answer::Counted));
            }
            Decision::PreVoteRefused { from } => self.heard(Asks::PreVotes, server, None, event, from),
            Decision::ElectionWon { .. } => {
                self.campaign_ends(server, event, End::Won);
                self.takes_term(event, server);
            }
            Decision::SteppedDown(_) if before.cluster.leadership().believers.contains(server) => {
                self.abdicates(history, event, server, before);
            }
            Decision::SteppedDown(why) => {
                let how = End::SteppedDown(why, event.term);
                self.campaign_ends(server, event, how);
                self.question_ends(server, event, how);
            }
            _ => {}
        }
    }

    /// A server no longer acts as leader. Of one that led, the card of the time without a leader tells it; of another, the election
    /// that did it, while that runs.
    fn abdicates(&mut self, history: &History, event: &Event, leader: NodeId, before: Thread) {
        if before.leader == Some(leader) {
            return;
        }
        let learned = learned(history, event);
        let led = learned.map_or(event.term, |(old, ..)| old);
        let learned = learned.map(|(_, new, from)| (new, from));
        if let Some((new, from)) = learned
            && let Some(election) = self.running_election(new, event)
        {
            election.deposed.push((leader, led, event.at, from));
            return;
        }
        self.open(
            event,
            CardKind::SteppedDown(Abdication {
                leader,
                led,
                learned,
                unanswered: event.kind == EventKind::Decided(Decision::SteppedDown(SteppedDown::NoQuorum)),
            }),
            before,
        );
    }

    /// The election for a term, if one of its candidates still stands, for an event that belongs to it.
    fn running_election(&mut self, term: Term, event: &Event) -> Option<&mut Contest> {
        let is_it = |page: &Page| matches!(&page.card.kind, CardKind::Election(election) if election.term == term && election.is_open() && election.taken.is_none());
        let place = self.pages.iter().rposition(is_it)?;
        match self.edit(self.base + place, event)? {
            CardKind::Election(election) => Some(election),
            _ => None,
        }
    }

    /// Elections of older terms that run are overtaken by one of this term.
    fn overtake(&mut self, event: &Event, term: Term) {
        let Some(thread) = self.thread else { return };
        for number in thread.stands.into_iter().flatten() {
            let page = self.pages.get(number.wrapping_sub(self.base));
            let is_older = page.is_some_and(|page| {
                matches!(&page.card.kind, CardKind::Election(election) if election.term < term && election.overtaken_by.is_none())
            });
            if is_older && let Some(CardKind::Election(election)) = self.edit(number, event) {
                election.overtaken_by = Some(term);
            }
        }
    }

    /// A server stands for election: in one that runs, or in one of its own.
    fn stands(&mut self, history: &History, event: &Event, candidate: NodeId, term: Term, before: Thread) {
        let (known, taken) = self.election_of(term);
        let known = known.filter(|number| self.is_contest(*number) || !self.is_told_since(*number));
        self.campaign_ends(candidate, event, End::StoodAgain);
        let asked = self.question_ends(candidate, event, End::Won);
        self.overtake(event, term);
        let leadership = *before.cluster.leadership();
        let campaign = Campaign {
            could_win: leadership.can_win(candidate, term),
            asked_first: asked_first(history.trace(), event),
            ..Campaign::new(candidate, event, trigger(history.trace(), event))
        };
        // Who was told to stand did not stand because enough would vote for it.
        let asked = asked.filter(|number| campaign.asked_first.is_some() && !self.is_told_since(*number));
        let number = match known {
            Some(number) => {
                if let Some(CardKind::Election(election)) = self.edit(number, event) {
                    election.campaigns.push(campaign);
                }
                number
            }
            None => {
                let election = Contest {
                    term,
                    size: leadership.size,
                    quorum: leadership.quorum,
                    campaigns: vec![campaign],
                    taken,
                    deposed: Vec::new(),
                    overtaken_by: None,
                };
                self.tell_election_at(asked, event, election, before)
            }
        };
        if let Some(thread) = &mut self.thread {
            thread.stands[candidate.index()] = Some(number);
        }
    }

    /// A term is won: other elections for it are not those of a term that nobody won, and who won it before is not alone.
    fn takes_term(&mut self, event: &Event, winner: NodeId) {
        let is_taken = |other: &Contest| {
            let is_his = other.won().is_some_and(|first| first.candidate == winner);
            other.term == event.term && !is_his && other.taken.is_none()
        };
        for number in self.base..self.base + self.pages.len() {
            let is_other = |page: &Page| matches!(&page.card.kind, CardKind::Election(other) if is_taken(other));
            if self.pages.get(number - self.base).is_some_and(is_other)
                && let Some(CardKind::Election(other)) = self.edit(number, event)
            {
                other.taken = Some(winner);
            }
        }
    }

    /// The number of the card of the election for a term that runs, and who won that term before. Who stands in a term that
    /// is won, or in which nobody stands any more, stands in an election of its own.
    fn election_of(&self, term: Term) -> (Option<usize>, Option<NodeId>) {
        let (mut runs, mut taken) = (None, None);
        for (place, page) in self.pages.iter().enumerate() {
            if let CardKind::Election(election) = &page.card.kind
                && election.term == term
            {
                taken = taken.or(election.won().map(|winner| winner.candidate));
                runs = election.is_running().then_some(self.base + place);
            }
        }
        (runs, taken)
    }

    /// Whether somebody stands in the election of a card who reached enough to win it: whoever stands in its term contends with that one.
    fn is_contest(&self, number: usize) -> bool {
        let page = self.pages.get(number.wrapping_sub(self.base));
        page.is_some_and(|page| {
            matches!(&page.card.kind, CardKind::Election(election) if election.campaigns.iter().any(|campaign| campaign.could_win))
        })
    }

    /// Whether something was told after a card, but that servers ask who would vote for them. What follows has a card of its own then:
    /// cards stand in the order of what they tell.
    fn is_told_since(&self, number: usize) -> bool {
        let mut later = self.pages.iter().skip((number + 1).saturating_sub(self.base));
        later.any(|page| !matches!(page.card.kind, CardKind::PreVote(_)))
    }

    /// Opens the card of an election: that of the question who would vote, if that was just answered.
    fn tell_election_at(&mut self, asked: Option<usize>, event: &Event, election: Contest, before: Thread) -> usize {
        match asked.and_then(|number| Some((number, self.edit(number, event)?))) {
            Some((number, kind)) => {
                *kind = CardKind::Election(election);
                number
            }
            None => self.open(event, CardKind::Election(election), before),
        }
    }

    /// The campaign of a server in a term, also one that has ended, or without a term that in which it stands now, for an event
    /// that belongs to it; or the question that it asks now, if that is about this term.
    fn campaign(&mut self, asks: Asks, candidate: NodeId, term: Option<Term>, event: &Event) -> Option<&mut Campaign> {
        let thread = self.thread.as_ref()?;
        let number = match (asks, term) {
            (Asks::PreVotes, _) => thread.asks[candidate.index()]?,
            (Asks::Votes, None) => thread.stands[candidate.index()]?,
            (Asks::Votes, Some(term)) => self.stood(candidate, term)?,
        };
        match self.edit(number, event)? {
            CardKind::Election(election) => {
                let mut campaigns = election.campaigns.iter_mut().rev();
                campaigns.find(|campaign| campaign.candidate == candidate)
            }
            CardKind::PreVote(asked) if term.is_none_or(|term| term == asked.term) => Some(&mut asked.round),
            _ => None,
        }
    }

    /// The number of the card that tells of a server's candidacy in a term. A paused server may answer long after.
    fn stood(&self, candidate: NodeId, term: Term) -> Option<usize> {
        let is_it = |page: &Page| {
            matches!(&page.card.kind, CardKind::Election(election)
            if election.term == term && election.candidates().contains(candidate))
        };
        self.pages.iter().rposition(is_it).map(|place| self.base + place)
    }

    fn answered(&mut self, asks: Asks, candidate: NodeId, term: Option<Term>, event: &Event, ballot: Ballot) {
        if let Some(campaign) = self.campaign(asks, candidate, term, event) {
            campaign.answer(ballot);
        }
    }

    /// An answer has arrived that counts for nothing.
    fn heard(&mut self, asks: Asks, candidate: NodeId, term: Option<Term>, event: &Event, voter: NodeId) {
        if let Some(campaign) = self.campaign(asks, candidate, term, event) {
            campaign.hears(voter);
        }
    }

    fn campaign_ends(&mut self, candidate: NodeId, event: &Event, how: End) {
        if let Some(campaign) = self.campaign(Asks::Votes, candidate, None, event) {
            campaign.ends(event, how);
        }
        if let Some(thread) = &mut self.thread {
            thread.stands[candidate.index()] = None;
        }
    }

    /// Another may lead now, or nobody.
    fn led(&mut self, history: &History, event: &Event, before: Thread) {
        let Some(thread) = self.thread else { return };
        let leadership = thread.cluster.leadership();
        let leader = leadership.leaders().iter().next();
        match (thread.leader, leader, thread.leaderless) {
            (Some(lost), None, _) => {
                let loss = Loss {
                    leader: lost,
                    how: how_lost(history, event, leadership, lost),
                    size: leadership.size,
                    next: None,
                };
                let number = self.open(event, CardKind::Loss(loss), before);
                self.leads(None, Some(number));
            }
            (_, Some(leader), Some(number)) => {
                let mut again = false;
                if let Some(CardKind::Loss(loss)) = self.edit(number, event) {
                    again = loss.leader == leader;
                    loss.next = Some(NextLeader {
                        leader,
                        since: event.at,
                        elected: matches!(event.kind, EventKind::Decided(Decision::ElectionWon { .. })),
                    });
                }
                self.leads(Some(leader), None);
                if matches!(event.kind, EventKind::Action(_)) {
                    let term = leadership.terms[leader.index()];
                    self.regains(Regained {
                        leader,
                        term,
                        again,
                        by: event.id,
                    });
                }
            }
            (None, None, Some(number)) => {
                let more_was_done =
                    matches!(event.kind, EventKind::Action(_)) && self.began_at(number) == Some(event.at);
                if more_was_done && let Some(CardKind::Loss(loss)) = self.edit(number, event) {
                    loss.learn(how_lost(history, event, leadership, loss.leader));
                }
            }
            (led, leader, leaderless) if led != leader => self.leads(leader, leaderless),
            _ => {}
        }
        self.heard_again(event, before);
    }

    const fn regains(&mut self, regained: Regained) {
        if let Some(thread) = &mut self.thread {
            thread.unheard = Some(regained);
        }
    }

    /// Who leads by what was done may be followed by a majority now: until then it can be, and may not come to that.
    fn heard_again(&mut self, event: &Event, before: Thread) {
        let Some(thread) = &mut self.thread else { return };
        if let Some(regained) = thread.unheard
            && thread.cluster.is_followed(regained.leader)
        {
            thread.unheard = None;
            self.open(event, CardKind::Regained(regained), before);
        }
    }

    /// When a card began.
    fn began_at(&self, number: usize) -> Option<Micros> {
        let page = self.pages.get(number.checked_sub(self.base)?)?;
        Some(page.card.at)
    }

    const fn leads(&mut self, leader: Option<NodeId>, leaderless: Option<usize>) {
        if let Some(thread) = &mut self.thread {
            thread.leader = leader;
            thread.leaderless = leaderless;
            thread.unheard = None;
        }
    }
}

/// Whose votes for a candidate are under way on links that are cut, and will get lost.
fn fading(view: &ClusterView, candidate: NodeId, term: Term) -> NodeSet {
    let vote = Message::RequestVoteReply {
        term,
        vote_granted: true,
    };
    let votes = |is_lost: bool| {
        let own = view
            .flights
            .iter()
            .filter(|flight| flight.to() == candidate && flight.message == vote);
        own.filter(|flight| (flight.lost == Some(LostWhere::CutLink)) == is_lost)
            .map(InFlight::from)
            .collect::<NodeSet>()
    };
    // One of two copies may arrive.
    votes(true).without(votes(false))
}

/// The term of a reply that was ignored, if it answers a request for a vote, not for a pre-vote.
fn answered_term(history: &History, ignored: &Event) -> Option<Term> {
    match history.trace().get(ignored.cause?)?.kind {
        EventKind::Delivered {
            message: Message::RequestVoteReply { term, .. },
            ..
        } => Some(term),
        _ => None,
    }
}

/// What took a leader its majority.
fn how_lost(history: &History, event: &Event, cluster: &Leadership, leader: NodeId) -> Lost {
    match event.kind {
        EventKind::Action(_) if !cluster.believers.contains(leader) => Lost::Crashed,
        EventKind::Action(_) if !cluster.running.contains(leader) => Lost::Paused,
        EventKind::Action(_) => Lost::Reaches(match cluster.claim(leader) {
            Some(Claim::Reaches(contact)) => contact,
            _ => Contact::Servers(cluster.reach(leader).len()),
        }),
        EventKind::Decided(Decision::SteppedDown(SteppedDown::NoQuorum)) => Lost::NoQuorum,
        _ => learned(history, event).map_or_else(
            || {
                let newer = |other: &NodeId| cluster.terms[other.index()] > cluster.terms[leader.index()];
                Lost::Followers(cluster.running.iter().filter(newer).collect())
            },
            |(_, new, from)| Lost::NewerTerm(new, from),
        ),
    }
}

/// Of a server that stepped down for a newer term: in which term it was, which it learned of, and from whom.
fn learned(history: &History, event: &Event) -> Option<(Term, Term, NodeId)> {
    let cause = history.trace().get(event.cause?)?;
    match cause.kind {
        EventKind::Decided(Decision::TermAdvanced { old, new, from }) => Some((old, new, from)),
        _ => None,
    }
}

/// Whom an action starts that had run before.
fn restarts(history: &History, event: &Event, action: Action) -> Option<NodeId> {
    let server = event.server.filter(|_| action.effect() == Effect::Start)?;
    let mut before = history.actions().take_while(|(at, _)| *at < event.at);
    let has_run = history.started_with().running.contains(server) || before.any(|(_, before)| before == action);
    has_run.then_some(server)
}

/// Whether the scenario did something, not the reader.
fn is_scripted(history: &History, at: Micros, action: Action) -> bool {
    let branch = history.current();
    let journal = history.journal(branch);
    let first = journal.partition_point(|entry| entry.at < at);
    let mut then = (first..journal.len()).take_while(|place| journal[*place].at == at);
    then.any(|place| journal[place].scripted && history.was(branch, place, at, action))
}

#[cfg(test)]
mod tests;
