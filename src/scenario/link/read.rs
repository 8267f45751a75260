//! From bytes to a run.

use super::{
    About, LONGEST_IN_BYTES, LONGEST_NAME, LONGEST_TEXT, LinkError, Models, NOTES_SINCE, SERVER_BITS, SYMBOL_BITS,
    coder::Decoder, end_of, in_force,
};
use crate::{
    raft::{LogPosition, MAX_SERVERS, NodeId, NodeSet, Quorum, Rule, Rules, Term},
    scenario::{HIGHEST_BRANCH, MOST_ACTIONS, MOST_BRANCHES, MOST_NOTES, Note, Run, ScenarioId, set_in_force},
    sim::{
        Action, ActionReader, BranchId, BranchInfo, BranchRecord, Config, History, MessageId, Micros, Network, OwnKind,
        OwnSetting, Range, Recording, Timing, Whom,
    },
};

type Decoded<T> = Result<T, LinkError>;

/// The run that these bytes of a version are.
pub(super) fn run(bytes: &[u8], version: u8) -> Decoded<Run> {
    let mut reader = Reader {
        coder: Decoder::new(bytes),
        models: Box::new(Models::new()),
        in_force: Config::paper(1),
        actions: 0,
    };
    let mut run = reader.run()?;
    if version >= NOTES_SINCE {
        run.notes = reader.notes(&run.recording.branches)?;
    }
    run.tidy();
    let whole = reader.coder.is_at_end() && run.recording.check().is_ok();
    if whole { Ok(run) } else { Err(LinkError::Impossible) }
}

/// What is left of the bytes. The checksum was right, so what does not fit was written so: it is impossible, not damaged.
struct Reader<'a> {
    coder: Decoder<'a>,
    models: Box<Models>,
    /// What was set last, and how many servers there are.
    in_force: Config,
    /// Actions of all branches so far.
    actions: usize,
}

// Runs.
impl Reader<'_> {
    fn run(&mut self) -> Decoded<Run> {
        // A scenario of a later version is somebody's own to this one.
        let id = ScenarioId::from_slug(&self.text(LONGEST_TEXT)?).unwrap_or(ScenarioId::Own);
        Ok(Run {
            id,
            title: self.text(LONGEST_TEXT)?,
            watch: self.text(LONGEST_TEXT)?,
            pace: Some(Micros(self.number(About::Span)?))
                .filter(|pace| (Config::SHORTEST..=Config::LONGEST).contains(pace))
                .ok_or(LinkError::Impossible)?,
            recording: self.recording()?,
            notes: Vec::new(),
        })
    }

    fn recording(&mut self) -> Decoded<Recording> {
        let config = self.config()?;
        let seed = self.number(About::Other)?;
        self.in_force = config;
        let script = self.actions(Vec::new(), Micros::ZERO)?;
        let count = self.length(MOST_BRANCHES)?;
        let mut branches = Vec::new();
        for _ in 0..count {
            let branch = self.branch(&branches, script.len(), &config)?;
            branches.push(branch);
        }
        let current = BranchId(self.length(HIGHEST_BRANCH)?);
        let now = if self.differs()? {
            self.instant(Micros::ZERO)?
        } else {
            end_of(&branches, current).ok_or(LinkError::Impossible)?
        };
        Ok(Recording {
            config,
            seed,
            script,
            branches,
            current,
            now,
        })
    }

    fn notes(&mut self, branches: &[BranchRecord]) -> Decoded<Vec<Note>> {
        let count = self.length(MOST_NOTES)?;
        let mut notes = Vec::new();
        let (mut place, mut since) = (0, Micros::ZERO);
        for _ in 0..count {
            let further = self.length(branches.len())?;
            if further > 0 {
                (place, since) = (place + further, Micros::ZERO);
            }
            let branch = branches.get(place).ok_or(LinkError::Impossible)?.about.id;
            since = self.instant(since)?;
            let text = Note::text_of(&self.text(LONGEST_IN_BYTES)?).ok_or(LinkError::Impossible)?;
            notes.push(Note {
                branch,
                at: since,
                text,
            });
        }
        Ok(notes)
    }

    fn branch(&mut self, earlier: &[BranchRecord], script: usize, config: &Config) -> Decoded<BranchRecord> {
        let before = earlier.last().map_or(0, |last| last.about.id.0 + 1);
        let id = before + self.length(HIGHEST_BRANCH.saturating_sub(before))?;
        let parent = match self.length(earlier.len())? {
            0 => None,
            number => Some(&earlier[earlier.len() - number]),
        };
        let forked_at = self.instant(Micros::ZERO)?;
        let about = BranchInfo {
            id: BranchId(id),
            parent: parent.map(|parent| parent.about.id),
            forked_at,
            end: self.instant(forked_at)?,
            // Earlier pages wrote what was typed.
            name: BranchInfo::name_of(&self.text(LONGEST_NAME)?),
        };
        // A branch holds the script as well.
        self.count(script)?;
        let left_out = self.places(script)?;
        let actions = self.actions_of_branch(parent.map_or(&[], |parent| &parent.actions), config)?;
        Ok(BranchRecord {
            about,
            actions,
            left_out,
        })
    }

    /// Places in a list, the lowest first.
    fn places(&mut self, length: usize) -> Decoded<Vec<usize>> {
        let count = self.length(length)?;
        let mut places = Vec::new();
        let mut next = 0;
        for _ in 0..count {
            let place = next + self.length(length)?;
            if place >= length {
                return Err(LinkError::Impossible);
            }
            places.push(place);
            next = place + 1;
        }
        Ok(places)
    }

    /// Some that the parent has first, some of the branch's own, some that the parent has last.
    fn actions_of_branch(&mut self, theirs: &[(Micros, Action)], config: &Config) -> Decoded<Vec<(Micros, Action)>> {
        let first = self.length(theirs.len())?;
        let (common, rest) = theirs.split_at(first);
        let last = self.length(rest.len())?;
        self.count(first + last)?;
        self.in_force = in_force(*config, common);
        let since = common.last().map_or(Micros::ZERO, |(at, _)| *at);
        let mut actions = self.actions(common.to_vec(), since)?;
        actions.extend(&rest[rest.len() - last..]);
        if actions.is_sorted_by_key(|(at, _)| *at) {
            Ok(actions)
        } else {
            Err(LinkError::Impossible)
        }
    }

    /// The actions that follow, after those that are there.
    fn actions(&mut self, mut actions: Vec<(Micros, Action)>, mut since: Micros) -> Decoded<Vec<(Micros, Action)>> {
        let count = self.length(MOST_ACTIONS)?;
        self.count(count)?;
        for _ in 0..count {
            since = self.instant(since)?;
            let action = self.action()?;
            set_in_force(&mut self.in_force, action);
            actions.push((since, action));
        }
        Ok(actions)
    }

    /// So many more actions.
    const fn count(&mut self, actions: usize) -> Decoded<()> {
        self.actions += actions;
        if self.actions > MOST_ACTIONS {
            Err(LinkError::Impossible)
        } else {
            Ok(())
        }
    }
}

// Configurations.
impl Reader<'_> {
    fn config(&mut self) -> Decoded<Config> {
        let size = self.symbol(About::Server, SERVER_BITS)?;
        if !(1..=MAX_SERVERS).contains(&usize::from(size)) {
            return Err(LinkError::Impossible);
        }
        let mut config = Config::paper(size);
        self.in_force = config;
        if self.differs()? {
            config.running = self.any_servers()?;
        }
        config.timing = self.timing()?;
        config.network = self.network()?;
        if self.differs()? {
            for _ in 0..self.length(MAX_SERVERS * MAX_SERVERS)? {
                let (from, to) = self.pair()?;
                config.links.set(from, to, false);
            }
        }
        config.rules = self.rules()?;
        if self.differs()? {
            for server in NodeId::all(usize::from(size)) {
                config.logs[server.index()] = self.position()?;
            }
        }
        config.validate().map_err(|_| LinkError::Impossible)?;
        Ok(config)
    }

    fn range(&mut self, before: Range) -> Decoded<Range> {
        Ok(Range {
            min: self.span(before.min)?,
            max: self.span(before.max)?,
        })
    }

    fn span(&mut self, before: Micros) -> Decoded<Micros> {
        if self.differs()? {
            self.number(About::Span).map(Micros)
        } else {
            Ok(before)
        }
    }

    fn permille(&mut self, before: u16) -> Decoded<u16> {
        if self.differs()? { self.small() } else { Ok(before) }
    }
}

// Actions.
impl Reader<'_> {
    fn code(&mut self) -> Decoded<u8> {
        self.symbol(About::Code, SYMBOL_BITS)
    }

    fn action(&mut self) -> Decoded<Action> {
        let mut code = self.code()?;
        let mut role = None;
        if code == Action::ROLE_CODE {
            let number = self.symbol(About::Server, SERVER_BITS)?;
            role = Some(Whom::WORDS.get(usize::from(number)).ok_or(LinkError::Impossible)?.0);
            code = self.code()?;
        }
        let action = Action::read(self, move |spelling| spelling.code == code)?.ok_or(LinkError::Impossible)?;
        match role {
            Some(role) => action.by_role(role).ok_or(LinkError::Impossible),
            None => Ok(action),
        }
    }

    /// A server that the cluster has.
    fn server_as(&mut self, about: About) -> Decoded<NodeId> {
        let index = self.symbol(about, SERVER_BITS)?;
        if index < self.in_force.size {
            Ok(NodeId::new(usize::from(index)))
        } else {
            Err(LinkError::Impossible)
        }
    }

    /// Any of the cluster's servers, or none.
    fn any_servers(&mut self) -> Decoded<NodeSet> {
        let (bits, size) = (self.number(About::Other)?, self.in_force.size);
        if bits >> size != 0 {
            return Err(LinkError::Impossible);
        }
        let inside = NodeId::all(usize::from(size)).filter(|server| bits >> server.index() & 1 == 1);
        Ok(inside.collect())
    }

    /// What a server or a link has of its own.
    fn own_setting(&mut self, link: bool) -> Decoded<OwnSetting> {
        let kind = OwnKind::ALL.get(self.small::<usize>()?).ok_or(LinkError::Impossible)?;
        let value = Range {
            min: Micros(self.number(About::Span)?),
            max: Micros(self.number(About::Span)?),
        };
        let setting = OwnSetting::new(*kind, value);
        setting.validate(link).map_err(|_| LinkError::Impossible)?;
        Ok(setting)
    }

    /// An instant that a run can come to, given by the time since another.
    fn instant(&mut self, since: Micros) -> Decoded<Micros> {
        let at = since + self.number(About::Since).map(Micros)?;
        if at <= History::LONGEST {
            Ok(at)
        } else {
            Err(LinkError::Impossible)
        }
    }
}

/// What actions are done to, in bits.
impl ActionReader for Reader<'_> {
    type Error = LinkError;

    fn server(&mut self) -> Decoded<NodeId> {
        self.server_as(About::Server)
    }

    /// The ends of a link.
    fn pair(&mut self) -> Decoded<(NodeId, NodeId)> {
        let (from, to) = (self.server_as(About::Server)?, self.server_as(About::Receiver)?);
        if from == to {
            Err(LinkError::Impossible)
        } else {
            Ok((from, to))
        }
    }

    fn way(&mut self) -> Decoded<(NodeId, NodeId)> {
        self.pair()
    }

    fn message(&mut self) -> Decoded<MessageId> {
        let (from, to) = self.pair()?;
        let number = u32::try_from(self.number(About::Message)?).map_err(|_| LinkError::Impossible)?;
        let copy = if self.differs()? { self.small()? } else { 0 };
        Ok(MessageId { from, to, number, copy })
    }

    /// One server or more.
    fn servers(&mut self) -> Decoded<NodeSet> {
        let servers = self.any_servers()?;
        if servers.is_empty() {
            Err(LinkError::Impossible)
        } else {
            Ok(servers)
        }
    }

    fn position(&mut self) -> Decoded<LogPosition> {
        Ok(LogPosition {
            last_term: Term(self.small()?),
            last_index: self.small()?,
        })
    }

    /// A time that something takes.
    fn time(&mut self) -> Decoded<Micros> {
        let time = self.number(About::Span).map(Micros)?;
        if time <= Config::LONGEST {
            Ok(time)
        } else {
            Err(LinkError::Impossible)
        }
    }

    fn for_time(&mut self) -> Decoded<Micros> {
        self.time()
    }

    fn timing(&mut self) -> Decoded<Timing> {
        let before = self.in_force.timing;
        let timing = Timing {
            election_timeout: self.range(before.election_timeout)?,
            heartbeat_interval: self.span(before.heartbeat_interval)?,
        };
        timing.validate().map_err(|_| LinkError::Impossible)?;
        Ok(timing)
    }

    fn network(&mut self) -> Decoded<Network> {
        let before = self.in_force.network;
        let network = Network {
            delay: self.range(before.delay)?,
            loss_permille: self.permille(before.loss_permille)?,
            duplication_permille: self.permille(before.duplication_permille)?,
            reordering_permille: self.permille(before.reordering_permille)?,
        };
        network.validate().map_err(|_| LinkError::Impossible)?;
        Ok(network)
    }

    fn rules(&mut self) -> Decoded<Rules> {
        let mut rules = self.in_force.rules;
        let mut changed = self.number(About::Other)?;
        for rule in Rule::ALL {
            let bit = 1 << rule.bit();
            if changed & bit != 0 {
                rules.set(*rule, !rules.get(*rule));
                changed &= !bit;
            }
        }
        if self.differs()? {
            rules.quorum = match self.number(About::Other)? {
                0 => Quorum::Majority,
                votes => Quorum::Votes(u8::try_from(votes - 1).map_err(|_| LinkError::Impossible)?),
            };
        }
        // Rules that this version does not know.
        if changed == 0 {
            Ok(rules)
        } else {
            Err(LinkError::Impossible)
        }
    }

    fn server_setting(&mut self) -> Decoded<OwnSetting> {
        self.own_setting(false)
    }

    fn link_setting(&mut self) -> Decoded<OwnSetting> {
        self.own_setting(true)
    }
}

// Numbers, bits and texts, of which everything else is made.
impl Reader<'_> {
    fn text(&mut self, longest: usize) -> Decoded<String> {
        let length = self.length(longest)?;
        let bytes: Decoded<Vec<u8>> = (0..length).map(|_| self.symbol(About::Text, SYMBOL_BITS)).collect();
        String::from_utf8(bytes?).map_err(|_| LinkError::Impossible)
    }

    fn length(&mut self, most: usize) -> Decoded<usize> {
        let length = self.number(About::Length)?;
        let length = usize::try_from(length).ok().filter(|length| *length <= most);
        length.ok_or(LinkError::Impossible)
    }

    fn small<T: TryFrom<u64>>(&mut self) -> Decoded<T> {
        T::try_from(self.number(About::Other)?).map_err(|_| LinkError::Impossible)
    }

    /// Whether something is not as it was to be expected.
    fn differs(&mut self) -> Decoded<bool> {
        self.symbol(About::Expected, 1).map(|as_expected| as_expected == 0)
    }

    fn number(&mut self, about: About) -> Decoded<u64> {
        let bits = u32::from(self.symbol(about, SYMBOL_BITS)?);
        if bits > u64::BITS {
            return Err(LinkError::Impossible);
        }
        let mut number = u64::from(bits > 0);
        for _ in 1..bits {
            number = number << 1 | u64::from(self.coder.even_bit());
        }
        Ok(number)
    }

    #[inline(never)]
    fn symbol(&mut self, about: About, bits: u32) -> Decoded<u8> {
        let mut begun = 1;
        for _ in 0..bits {
            let bit = self.coder.bit(self.models.of(about, begun));
            begun = begun << 1 | usize::from(bit);
        }
        if self.coder.is_beyond_end() {
            return Err(LinkError::Impossible);
        }
        // Without the leading 1.
        u8::try_from(begun - (1 << bits)).map_err(|_| LinkError::Impossible)
    }
}
