//! From bytes to a run.

use super::{LONGEST_TEXT, LinkError, SERVERS, code, differs, rule_bit};
use crate::{
    raft::{LogPosition, NodeId, NodeSet, Quorum, Rule, Rules, Term},
    scenario::{HIGHEST_BRANCH, MOST_ACTIONS, MOST_BRANCHES, Run, ScenarioId},
    sim::{
        Action, BranchId, BranchInfo, BranchRecord, Config, History, MessageId, Micros, Network, Range, Recording,
        Timing,
    },
};

type Read<T> = Result<T, LinkError>;

/// The run that these bytes are.
pub(super) fn run(bytes: &[u8]) -> Read<Run> {
    let mut reader = Reader {
        rest: bytes,
        size: 0,
        actions: 0,
    };
    let run = reader.run()?;
    let whole = reader.rest.is_empty() && run.recording.check().is_ok();
    if whole { Ok(run) } else { Err(LinkError::Impossible) }
}

/// What is left of the bytes. A checksum has been right, so what does not fit can't be rather than has been mangled.
struct Reader<'a> {
    rest: &'a [u8],
    /// Servers in the cluster, once known.
    size: u8,
    /// Actions of all branches so far.
    actions: usize,
}

impl Reader<'_> {
    fn run(&mut self) -> Read<Run> {
        // A scenario of a later version is somebody's own to this one.
        let id = ScenarioId::from_slug(&self.text()?).unwrap_or(ScenarioId::Own);
        Ok(Run {
            id,
            title: self.text()?,
            watch: self.text()?,
            pace: Some(self.micros()?)
                .filter(|pace| (Config::SHORTEST..=Config::LONGEST).contains(pace))
                .ok_or(LinkError::Impossible)?,
            recording: self.recording()?,
        })
    }

    fn recording(&mut self) -> Read<Recording> {
        let config = self.config()?;
        let seed = self.number()?;
        let script = self.actions(Vec::new(), Micros::ZERO)?;
        let count = self.length(MOST_BRANCHES)?;
        let mut branches = Vec::new();
        for _ in 0..count {
            let branch = self.branch(&branches, script.len())?;
            branches.push(branch);
        }
        Ok(Recording {
            config,
            seed,
            script,
            branches,
            current: BranchId(self.length(HIGHEST_BRANCH)?),
            now: self.instant(Micros::ZERO)?,
        })
    }

    fn branch(&mut self, earlier: &[BranchRecord], script: usize) -> Read<BranchRecord> {
        let before = earlier.last().map_or(0, |last| last.about.id.0 + 1);
        let id = before + self.length(HIGHEST_BRANCH.saturating_sub(before))?;
        let parent = match self.length(earlier.len())? {
            0 => None,
            number => Some(&earlier[number - 1]),
        };
        let forked_at = self.instant(Micros::ZERO)?;
        let about = BranchInfo {
            id: BranchId(id),
            parent: parent.map(|parent| parent.about.id),
            forked_at,
            end: self.instant(forked_at)?,
            name: self.text()?,
        };
        // A branch holds the script as well.
        self.count(script)?;
        let left_out = self.places(script)?;
        let actions = self.actions_of_branch(parent.map_or(&[], |parent| &parent.actions))?;
        Ok(BranchRecord {
            about,
            actions,
            left_out,
        })
    }

    /// Places in a list, the lowest first.
    fn places(&mut self, length: usize) -> Read<Vec<usize>> {
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
    fn actions_of_branch(&mut self, theirs: &[(Micros, Action)]) -> Read<Vec<(Micros, Action)>> {
        let first = self.length(theirs.len())?;
        let last = self.length(theirs.len() - first)?;
        self.count(first + last)?;
        let since = first.checked_sub(1).map_or(Micros::ZERO, |index| theirs[index].0);
        let mut actions = self.actions(theirs[..first].to_vec(), since)?;
        actions.extend(&theirs[theirs.len() - last..]);
        if actions.is_sorted_by_key(|(at, _)| *at) {
            Ok(actions)
        } else {
            Err(LinkError::Impossible)
        }
    }

    fn config(&mut self) -> Read<Config> {
        self.size = u8::try_from(self.number()?)
            .ok()
            .filter(|size| (1..=SERVERS).contains(size))
            .ok_or(LinkError::Impossible)?;
        let mut config = Config::paper(self.size);
        let differing = self.number()?;
        if differing > differs::ALL {
            return Err(LinkError::Impossible);
        }
        let differs = |bit| differing & bit != 0;
        if differs(differs::RUNNING) {
            config.running = self.set()?;
        }
        if differs(differs::TIMING) {
            config.timing = self.timing()?;
        }
        if differs(differs::NETWORK) {
            config.network = self.network()?;
        }
        if differs(differs::LINKS) {
            for _ in 0..self.length(usize::from(SERVERS * SERVERS))? {
                let (from, to) = self.pair()?;
                config.links.set(from, to, false);
            }
        }
        if differs(differs::RULES) {
            config.rules = self.rules()?;
        }
        if differs(differs::LOGS) {
            for server in NodeId::all(usize::from(self.size)) {
                config.logs[server.index()] = self.position()?;
            }
        }
        config.validate().map_err(|_| LinkError::Impossible)?;
        Ok(config)
    }

    fn timing(&mut self) -> Read<Timing> {
        Ok(Timing {
            election_timeout: self.range()?,
            heartbeat_interval: self.micros()?,
        })
    }

    fn network(&mut self) -> Read<Network> {
        Ok(Network {
            delay: self.range()?,
            loss_permille: self.small()?,
            duplication_permille: self.small()?,
            reordering_permille: self.small()?,
        })
    }

    fn rules(&mut self) -> Read<Rules> {
        let changed = self.number()?;
        let mut rules = Rules::PAPER;
        for rule in Rule::ALL {
            rules.set(*rule, Rules::PAPER.get(*rule) != (changed & rule_bit(*rule) != 0));
        }
        let known: u64 = Rule::ALL.iter().map(|rule| rule_bit(*rule)).sum();
        rules.quorum = match self.number()? {
            0 => Quorum::Majority,
            votes => Quorum::Votes(u8::try_from(votes - 1).map_err(|_| LinkError::Impossible)?),
        };
        if changed & !known == 0 {
            Ok(rules)
        } else {
            Err(LinkError::Impossible)
        }
    }

    fn position(&mut self) -> Read<LogPosition> {
        Ok(LogPosition {
            last_term: Term(self.small()?),
            last_index: self.small()?,
        })
    }

    fn range(&mut self) -> Read<Range> {
        let min = self.micros()?;
        Ok(Range {
            min,
            max: min + self.micros()?,
        })
    }

    /// The actions that follow, after those that are there.
    fn actions(&mut self, mut actions: Vec<(Micros, Action)>, mut since: Micros) -> Read<Vec<(Micros, Action)>> {
        let count = self.length(self.rest.len())?;
        self.count(count)?;
        for _ in 0..count {
            since = self.instant(since)?;
            actions.push((since, self.action()?));
        }
        Ok(actions)
    }

    fn action(&mut self) -> Read<Action> {
        let code = self.byte()?;
        if code < code::OF_SERVERS * SERVERS {
            let server = self.inside(code % SERVERS)?;
            return Ok(of_server(code / SERVERS, server));
        }
        Ok(match code {
            code::SET_LOG => Action::SetLog(self.server()?, self.position()?),
            code::SET_ELECTION_TIMER => Action::SetElectionTimer(self.server()?, self.micros()?),
            code::ALIGN_TIMERS => Action::AlignTimers,
            code::SPREAD_TIMERS => Action::SpreadTimers,
            code::CUT => self.pair().map(|(from, to)| Action::Cut(from, to))?,
            code::HEAL => self.pair().map(|(from, to)| Action::Heal(from, to))?,
            code::PARTITION => Action::Partition(self.set()?),
            code::HEAL_ALL => Action::HealAll,
            code::DROP_MESSAGE => Action::DropMessage(self.message()?),
            code::DUPLICATE_MESSAGE => Action::DuplicateMessage(self.message()?),
            code::DELAY_MESSAGE => Action::DelayMessage(self.message()?, self.micros()?),
            code::DELIVER_MESSAGE => Action::DeliverMessage(self.message()?),
            code::SET_TIMING => Action::SetTiming(self.timing()?),
            code::SET_NETWORK => Action::SetNetwork(self.network()?),
            code::SET_RULES => Action::SetRules(self.rules()?),
            _ => return Err(LinkError::Impossible),
        })
    }

    fn message(&mut self) -> Read<MessageId> {
        let (from, to) = self.pair()?;
        let number = self.number()?;
        let copy = if number & 1 == 1 { self.byte()? } else { 0 };
        let number = u32::try_from(number >> 1).map_err(|_| LinkError::Impossible)?;
        Ok(MessageId { from, to, number, copy })
    }

    fn pair(&mut self) -> Read<(NodeId, NodeId)> {
        let code = self.byte()?;
        Ok((self.inside(code / SERVERS)?, self.inside(code % SERVERS)?))
    }

    fn server(&mut self) -> Read<NodeId> {
        let index = self.byte()?;
        self.inside(index)
    }

    /// The server with this index, if the cluster has it.
    fn inside(&self, index: u8) -> Read<NodeId> {
        let inside = index < self.size;
        if inside {
            Ok(NodeId::new(usize::from(index)))
        } else {
            Err(LinkError::Impossible)
        }
    }

    fn set(&mut self) -> Read<NodeSet> {
        let bits = self.number()?;
        if bits >> self.size != 0 {
            return Err(LinkError::Impossible);
        }
        Ok(NodeId::all(usize::from(self.size))
            .filter(|server| bits >> server.index() & 1 == 1)
            .collect())
    }

    /// So many more actions.
    fn count(&mut self, actions: usize) -> Read<()> {
        self.actions += actions;
        if self.actions > MOST_ACTIONS {
            Err(LinkError::Impossible)
        } else {
            Ok(())
        }
    }

    fn text(&mut self) -> Read<String> {
        let length = self.length(LONGEST_TEXT.min(self.rest.len()))?;
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        String::from_utf8(text.to_vec()).map_err(|_| LinkError::Impossible)
    }

    /// An instant that a run can come to, given by the time since another.
    fn instant(&mut self, since: Micros) -> Read<Micros> {
        let at = since + self.micros()?;
        if at <= History::LONGEST {
            Ok(at)
        } else {
            Err(LinkError::Impossible)
        }
    }

    fn micros(&mut self) -> Read<Micros> {
        self.number().map(Micros)
    }

    fn small<T: TryFrom<u64>>(&mut self) -> Read<T> {
        T::try_from(self.number()?).map_err(|_| LinkError::Impossible)
    }

    fn length(&mut self, most: usize) -> Read<usize> {
        let length = usize::try_from(self.number()?).ok().filter(|length| *length <= most);
        length.ok_or(LinkError::Impossible)
    }

    fn number(&mut self) -> Read<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 127);
            // The tenth byte has room for one bit.
            if shift == 63 && byte > 1 {
                break;
            }
            number |= bits << shift;
            if byte < 128 {
                return Ok(number);
            }
        }
        Err(LinkError::Impossible)
    }

    fn byte(&mut self) -> Read<u8> {
        let (&byte, rest) = self.rest.split_first().ok_or(LinkError::Impossible)?;
        self.rest = rest;
        Ok(byte)
    }
}

const fn of_server(code: u8, server: NodeId) -> Action {
    match code {
        code::START => Action::Start(server),
        code::KILL => Action::Kill(server),
        code::PAUSE => Action::Pause(server),
        code::RESUME => Action::Resume(server),
        code::FORCE_TIMEOUT => Action::ForceTimeout(server),
        code::WIPE_DISK => Action::WipeDisk(server),
        code::ISOLATE => Action::Isolate(server),
        _ => Action::Rejoin(server),
    }
}
