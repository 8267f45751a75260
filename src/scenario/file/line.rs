//! The words of a line, one value after the other.

use std::ops::RangeInclusive;

use super::{AS_CLUSTER, Expected, Read};
use crate::{
    raft::{LogPosition, NodeId, NodeSet, Quorum, Rule, Rules, Term},
    sim::{
        Action, ActionReader, ClusterAction, Config, ConfigError, History, LinkAction, MessageId, Micros, Network,
        OwnKind, OwnSetting, Range, ServerAction, Timing, Whom,
    },
};

/// What stands between the groups of a partition.
const BETWEEN_GROUPS: char = '|';

/// Somebody that something is done to: a server, or [`Action::EXAMPLE`] in the place of those who have a role.
type Named = (NodeId, Option<Whom>);

/// The words of a line that are still to be read.
pub(crate) struct WordReader<'a> {
    pub(crate) rest: &'a str,
    /// Servers in the cluster.
    size: u8,
    /// Those that an action is done to.
    named: Vec<Named>,
    /// The directions of links that an action is done to.
    ways: Vec<(NodeId, NodeId)>,
}

impl<'a> WordReader<'a> {
    pub(crate) const fn new(rest: &'a str, size: u8) -> Self {
        Self {
            rest,
            size,
            named: Vec::new(),
            ways: Vec::new(),
        }
    }

    /// The next word, unless a comment begins there.
    // Out of line, as what is read in many places: programs that are made for speed would hold it as often.
    #[inline(never)]
    pub(crate) fn peek(&self) -> Option<&'a str> {
        let word = self.rest.split_whitespace().next();
        word.filter(|word| !word.starts_with('#'))
    }

    pub(crate) fn next(&mut self) -> Option<&'a str> {
        let word = self.peek()?;
        let start = self.rest.trim_start();
        self.rest = &start[word.len()..];
        Some(word)
    }

    /// Whether a server is named next, if one of the cluster or not.
    pub(crate) fn names_server(&self) -> bool {
        self.peek().is_some_and(|word| word.starts_with(['S', 's']))
    }

    pub(crate) fn end(&self) -> Read<()> {
        if self.peek().is_some() {
            Err(Expected::End)
        } else {
            Ok(())
        }
    }

    /// Whether this word is next; then it is read.
    pub(crate) fn after(&mut self, word: &str) -> bool {
        let found = self.peek() == Some(word);
        if found {
            self.next();
        }
        found
    }

    pub(crate) fn word(&mut self, word: &'static str) -> Read<()> {
        if self.after(word) {
            Ok(())
        } else {
            Err(Expected::Word(word))
        }
    }

    /// These words, one after the other.
    pub(super) fn said(&mut self, words: &'static str) -> Read<()> {
        words.split(' ').try_for_each(|word| self.word(word))
    }

    /// A whole number in a range, which is one of its type.
    pub(crate) fn number<T: TryFrom<u64>>(&mut self, range: RangeInclusive<u64>) -> Read<T> {
        whole(self.next().unwrap_or_default(), range)
    }

    /// A number that names one of several things, counted from 1, as an index.
    pub(super) fn ordinal(&mut self, unknown: Expected) -> Read<usize> {
        let number = self.number::<usize>(1..=u64::from(u32::MAX));
        number.map(|number| number - 1).map_err(|error| match error {
            Expected::NumberBetween(..) => unknown,
            other => other,
        })
    }

    /// The place of an action in a script of so many, counted from 0; it is written counted from 1, after the one before.
    pub(super) fn place(&mut self, script: usize, before: Option<&usize>) -> Read<usize> {
        let place = self.ordinal(Expected::Place)?;
        if place >= script {
            Err(Expected::Place)
        } else if before.is_some_and(|before| place <= *before) {
            Err(Expected::LaterPlace)
        } else {
            Ok(place)
        }
    }

    /// The beginning of the next word up to a character that is not one of these, or nothing.
    #[inline(never)]
    fn part(&mut self, is_in: fn(char) -> bool) -> &'a str {
        let word = self.peek().unwrap_or_default();
        let end = word.find(|char| !is_in(char)).unwrap_or(word.len());
        self.rest = &self.rest.trim_start()[end..];
        &word[..end]
    }

    /// The digits of a number, which its unit may follow without a space.
    fn digits(&mut self) -> &'a str {
        self.part(|char| char.is_ascii_digit() || char == '.')
    }

    /// The unit of a time, which the rest of a range may follow without a space; `None` if another word is next.
    #[inline(never)]
    fn unit(&mut self) -> Option<Unit> {
        let rest = self.rest;
        let unit = match self.part(|char| !is_dash(char)) {
            "s" => Some((1_000_000, 6)),
            "ms" => Some((1000, 3)),
            "us" | "µs" => Some((1, 0)),
            _ => None,
        };
        if unit.is_none() {
            self.rest = rest;
        }
        unit
    }

    /// A time with its unit.
    #[inline(never)]
    fn any_time(&mut self) -> Read<Micros> {
        let number = self.digits();
        in_units(number, self.unit().ok_or(Expected::Time)?)
    }

    /// A time that a run can come to.
    pub(crate) fn instant(&mut self) -> Read<Micros> {
        self.any_time().and_then(|at| {
            if at <= History::LONGEST {
                Ok(at)
            } else {
                Err(Expected::EarlyEnough)
            }
        })
    }

    /// A time that a timer or a delay can take.
    pub(crate) fn span(&mut self) -> Read<Micros> {
        self.any_time().and_then(allowed_span)
    }

    /// `150 ms to 300 ms`, `150-300 ms` or `150 ms`: a unit that stands once is that of both ends.
    #[inline(never)]
    pub(super) fn range(&mut self) -> Read<Range> {
        let (shortest, unit) = (self.digits(), self.unit());
        let (min, max) = if self.after("to") || !self.part(is_dash).is_empty() {
            let (longest, last) = (self.digits(), self.unit().ok_or(Expected::Time)?);
            (in_units(shortest, unit.unwrap_or(last))?, in_units(longest, last)?)
        } else {
            let only = in_units(shortest, unit.ok_or(Expected::Time)?)?;
            (only, only)
        };
        let (min, max) = (allowed_span(min)?, allowed_span(max)?);
        if max < min {
            Err(Expected::Valid(ConfigError::Range))
        } else {
            Ok(Range { min, max })
        }
    }

    #[inline(never)]
    pub(crate) fn percent(&mut self) -> Read<u16> {
        let permille = decimal(self.digits(), 10, 1).map_err(|_| Expected::Percent)?;
        if !self.after("%") {
            return Err(Expected::Percent);
        }
        let permille = u16::try_from(permille).ok().filter(|permille| *permille <= 1000);
        permille.ok_or(Expected::Valid(ConfigError::Share))
    }

    /// How fast a clock runs, in thousandths.
    fn clock(&mut self) -> Read<u64> {
        let rate = decimal(self.next().unwrap_or_default(), 1000, 3).ok();
        rate.filter(|rate| (OwnSetting::SLOWEST..=OwnSetting::FASTEST).contains(rate))
            .ok_or(Expected::Valid(ConfigError::Clock))
    }

    /// How long a disk takes for a write.
    fn disk_write(&mut self) -> Read<Micros> {
        let takes = Some(self.any_time()?).filter(|takes| *takes <= OwnSetting::LONGEST_WRITE);
        takes.ok_or(Expected::Valid(ConfigError::DiskWrite))
    }

    /// With which priority a server stands for election.
    fn priority(&mut self) -> Read<u64> {
        let number = self.next().and_then(|word| word.parse().ok());
        let priority = number.filter(|number| *number <= OwnSetting::HIGHEST_PRIORITY);
        priority.ok_or(Expected::Valid(ConfigError::Priority))
    }

    pub(super) fn rule(&mut self) -> Read<(Rule, bool)> {
        let rule = self.rule_named()?;
        let on = on_or_off(self.next()).ok_or(Expected::OnOff)?;
        Ok((rule, on))
    }

    fn own_rule(&mut self) -> Read<OwnSetting> {
        let rule = self.rule_named()?;
        match self.next() {
            Some(AS_CLUSTER) => Ok(OwnSetting::rule_as_cluster(rule)),
            word => match on_or_off(word) {
                Some(on) => Ok(OwnSetting::rule(rule, on)),
                None => Err(Expected::OwnRule),
            },
        }
    }

    fn rule_named(&mut self) -> Read<Rule> {
        self.next().and_then(Rule::from_slug).ok_or(Expected::Rule)
    }

    pub(super) fn quorum(&mut self) -> Read<Quorum> {
        if self.after("majority") {
            Ok(Quorum::Majority)
        } else {
            self.number(0..=u64::from(u8::MAX)).map(Quorum::Votes)
        }
    }

    /// One server.
    #[inline(never)]
    pub(crate) fn one_server(&mut self) -> Read<NodeId> {
        let word = self.part(|char| char != BETWEEN_GROUPS);
        server_named(word, self.size).ok_or(Expected::Server)
    }

    /// Whether another group of servers follows; then what stands between is read.
    fn another_group(&mut self) -> bool {
        let follows = self.peek().is_some_and(|word| word.starts_with(BETWEEN_GROUPS));
        if follows {
            self.rest = &self.rest.trim_start()[BETWEEN_GROUPS.len_utf8()..];
        }
        follows
    }

    /// What is done, to one server or to no server alone, which is named.
    pub(crate) fn action(&mut self) -> Read<Action> {
        match self.actions()?[..] {
            [action] => Ok(action),
            _ => Err(Expected::End),
        }
    }

    /// What is done, to servers that are named.
    pub(crate) fn actions(&mut self) -> Read<Vec<Action>> {
        let verb = self.next().ok_or(Expected::Action)?;
        self.actions_of_named(verb)
    }

    /// The same after the word for it. No role is expected there.
    pub(super) fn actions_of_named(&mut self, verb: &str) -> Read<Vec<Action>> {
        match self.actions_of(verb) {
            Err(Expected::ServerOrRole) => Err(Expected::Server),
            Ok(actions) if actions.iter().any(|action| matches!(action, Action::Role(..))) => Err(Expected::Server),
            read => read,
        }
    }

    /// What is done, after the word for it: to several servers, one after the other, if several are named; and if there are several
    /// groups, each of them is cut off from all others.
    pub(super) fn actions_of(&mut self, verb: &str) -> Read<Vec<Action>> {
        let verb = self.word_in_files(verb);
        let action = Action::read(self, |spelling| spelling.word == verb)?.ok_or(Expected::Action)?;
        let mut actions = Vec::new();
        if let Action::Server(_, ServerAction::Set(_)) | Action::Link(.., LinkAction::Set(_)) = action {
            return self.own_settings(action);
        }
        for named in std::mem::take(&mut self.named) {
            actions.push(done_to(action, named)?);
        }
        match action {
            _ if !actions.is_empty() => Ok(actions),
            Action::Cluster(ClusterAction::Partition(first)) => self.groups(first),
            _ => Ok(vec![action]),
        }
    }

    /// The word that files are written with, for one by which the page calls the same. Links of a server and those of one direction are
    /// restored by different words in files.
    fn word_in_files<'b>(&self, verb: &'b str) -> &'b str {
        match verb {
            "crash" => "kill",
            "restart" => "start",
            "cut-off" => "isolate",
            "restore" if self.peek().is_some_and(|word| word.contains('>')) => "heal",
            "restore" => "rejoin",
            "restore-all" => "heal-all",
            other => other,
        }
    }

    /// What servers or links have of their own, of which the first is read: each of it is an action, for each of them.
    fn own_settings(&mut self, first: Action) -> Read<Vec<Action>> {
        let mut actions = Vec::new();
        let mut next = Some(first);
        while let Some(action) = next {
            for named in &self.named {
                actions.push(done_to(action, *named)?);
            }
            if let Action::Link(.., done) = action {
                actions.extend(self.ways.iter().map(|&(from, to)| Action::Link(from, to, done)));
            }
            next = match action {
                _ if self.peek().is_none() => None,
                Action::Link(from, to, _) => Some(Action::set_link(from, to, self.link_setting()?)),
                _ => Some(Action::set_server(Action::EXAMPLE, self.server_setting()?)),
            };
        }
        Ok(actions)
    }

    /// The partitions that cut groups off from each other, of which the first is read.
    fn groups(&mut self, first: NodeSet) -> Read<Vec<Action>> {
        let (mut named, mut partitions) = (first, vec![Action::partition(first)]);
        while self.another_group() {
            let group = self.group()?;
            if !named.and(group).is_empty() {
                return Err(Expected::OneGroup);
            }
            named.extend(group);
            partitions.push(Action::partition(group));
        }
        // Once all others are cut off, so is the last.
        if partitions.len() > 1 && named.len() == usize::from(self.size) {
            partitions.pop();
        }
        Ok(partitions)
    }

    /// One server or more, of one group.
    #[inline(never)]
    pub(super) fn group(&mut self) -> Read<NodeSet> {
        let mut servers = NodeSet::from_iter([self.one_server()?]);
        while self.peek().is_some_and(|word| !word.starts_with(BETWEEN_GROUPS)) {
            servers.insert(self.one_server()?);
        }
        Ok(servers)
    }

    /// Somebody that something is done to, if one is named next.
    fn somebody(&mut self) -> Read<Option<Named>> {
        for (role, word) in Whom::WORDS {
            if self.after(word) {
                return Ok(Some((Action::EXAMPLE, Some(role))));
            }
        }
        if self.names_server() {
            Ok(Some((self.one_server()?, None)))
        } else {
            Ok(None)
        }
    }
}

/// The same done to somebody else.
#[inline(never)]
fn done_to(action: Action, (server, role): Named) -> Read<Action> {
    let one = action.to(server);
    match role {
        None => Ok(one),
        Some(role) => one.by_role(role).ok_or(Expected::Server),
    }
}

/// What actions are done to, in words.
impl ActionReader for WordReader<'_> {
    type Error = Expected;

    /// The first of those that are named, who are all kept.
    fn server(&mut self) -> Read<NodeId> {
        while let Some(named) = self.somebody()? {
            if !self.named.contains(&named) {
                self.named.push(named);
            }
        }
        self.named
            .first()
            .map(|(first, _)| *first)
            .ok_or(Expected::ServerOrRole)
    }

    fn pair(&mut self) -> Read<(NodeId, NodeId)> {
        self.next()
            .and_then(|word| link_named(word, self.size))
            .ok_or(Expected::Link)
    }

    /// The first of those that are named, which are all kept: `S1>S2`, or both directions between the first server and each of the
    /// others, as `S1 S2`.
    fn way(&mut self) -> Read<(NodeId, NodeId)> {
        let mut hub = None;
        while self.names_server() {
            let word = self.next().unwrap_or_default();
            match (link_named(word, self.size), server_named(word, self.size), hub) {
                (Some(way), _, None) => self.ways.push(way),
                (None, Some(server), None) if self.ways.is_empty() => hub = Some(server),
                (None, Some(server), Some(hub)) if server != hub => {
                    self.ways.extend([(hub, server), (server, hub)]);
                }
                _ => return Err(Expected::Ways),
            }
        }
        self.ways.first().copied().ok_or(Expected::Ways)
    }

    fn message(&mut self) -> Read<MessageId> {
        message_named(self.next().unwrap_or_default(), self.size)
    }

    /// One server or more, of one group, or those of a role.
    fn servers(&mut self) -> Read<NodeSet> {
        if self.names_server() {
            return self.group();
        }
        let role = self.somebody()?.ok_or(Expected::ServerOrRole)?;
        self.named.push(role);
        Ok(NodeSet::from_iter([Action::EXAMPLE]))
    }

    fn position(&mut self) -> Read<LogPosition> {
        self.word("term")?;
        let last_term = Term(self.number(0..=u64::from(u32::MAX))?);
        self.word("index")?;
        let last_index = self.number(0..=u64::from(u32::MAX))?;
        Ok(LogPosition { last_term, last_index })
    }

    /// A time that something takes.
    fn time(&mut self) -> Read<Micros> {
        let time = self.any_time()?;
        if time <= Config::LONGEST {
            Ok(time)
        } else {
            Err(Expected::Valid(ConfigError::Span))
        }
    }
    fn for_time(&mut self) -> Read<Micros> {
        self.word("for")?;
        self.time()
    }

    fn timing(&mut self) -> Read<Timing> {
        self.word("election-timeout")?;
        let election_timeout = self.range()?;
        self.word("heartbeat-interval")?;
        let heartbeat_interval = self.span()?;
        Ok(Timing {
            election_timeout,
            heartbeat_interval,
        })
    }

    fn network(&mut self) -> Read<Network> {
        self.word("delay")?;
        let mut network = Network::delaying(self.range()?);
        for (name, permille) in [
            ("loss", &mut network.loss_permille),
            ("duplication", &mut network.duplication_permille),
            ("reordering", &mut network.reordering_permille),
        ] {
            if self.after(name) {
                *permille = self.percent()?;
            }
        }
        Ok(network)
    }

    fn rules(&mut self) -> Read<Rules> {
        let mut rules = Rules::PAPER;
        if self.after("paper") {
            return Ok(rules);
        }
        while self.peek().is_some() {
            if self.after("quorum") {
                rules.quorum = self.quorum()?;
            } else {
                let (rule, on) = self.rule()?;
                rules.set(rule, on);
            }
        }
        Ok(rules)
    }

    fn server_setting(&mut self) -> Read<OwnSetting> {
        Ok(match self.next() {
            Some("election-timeout" | "timeout") => OwnSetting::election_timeout(self.range()?),
            Some("heartbeat-interval") => OwnSetting::heartbeat_interval(self.span()?),
            Some("clock") => OwnSetting::single(OwnKind::Clock, self.clock()?),
            Some("priority") => OwnSetting::priority(self.priority()?),
            Some("disk-write") => OwnSetting::disk_write(self.disk_write()?),
            Some("rule") => return self.own_rule(),
            Some(AS_CLUSTER) => OwnSetting::as_cluster(),
            _ => return Err(Expected::ServerSetting),
        })
    }

    fn link_setting(&mut self) -> Read<OwnSetting> {
        let kind = match self.next() {
            Some("delay") => return Ok(OwnSetting::delay(self.range()?)),
            Some("loss") => OwnKind::Loss,
            Some("duplication") => OwnKind::Duplication,
            Some("reordering") => OwnKind::Reordering,
            Some(AS_CLUSTER) => return Ok(OwnSetting::as_cluster()),
            _ => return Err(Expected::LinkSetting),
        };
        Ok(OwnSetting::single(kind, self.percent()?.into()))
    }
}

/// The microseconds of a unit of time, and how many decimal places a number of it can have.
type Unit = (u64, usize);

#[inline(never)]
fn in_units(number: &str, (unit, places): Unit) -> Read<Micros> {
    decimal(number, unit, places).map(Micros).map_err(|fault| match fault {
        Unreadable::NoNumber => Expected::Time,
        Unreadable::TooFine => Expected::WholeMicros,
    })
}

/// A time that a timer or a delay can take.
fn allowed_span(span: Micros) -> Read<Micros> {
    if (Config::SHORTEST..=Config::LONGEST).contains(&span) {
        Ok(span)
    } else {
        Err(Expected::Valid(ConfigError::Span))
    }
}

/// Between the ends of a range; whoever writes with a word processor has the longer one.
const fn is_dash(char: char) -> bool {
    matches!(char, '-' | '–')
}

fn on_or_off(word: Option<&str>) -> Option<bool> {
    match word {
        Some("on") => Some(true),
        Some("off") => Some(false),
        _ => None,
    }
}

fn server_named(word: &str, size: u8) -> Option<NodeId> {
    let number = word.strip_prefix(['S', 's']).filter(|number| number.len() == 1)?;
    NodeId::from_number(number.parse().ok()?).filter(|server| server.index() < usize::from(size))
}

fn link_named(word: &str, size: u8) -> Option<(NodeId, NodeId)> {
    let (from, to) = word.split_once('>')?;
    let (from, to) = (server_named(from, size)?, server_named(to, size)?);
    (from != to).then_some((from, to))
}

fn message_named(word: &str, size: u8) -> Read<MessageId> {
    let (link, number) = word.split_once('#').ok_or(Expected::Message)?;
    let (from, to) = link_named(link, size).ok_or(Expected::Message)?;
    let (number, copy) = number.split_once('+').unwrap_or((number, "0"));
    Ok(MessageId {
        from,
        to,
        number: part(number, u64::from(u32::MAX))?,
        copy: part(copy, u64::from(u8::MAX))?,
    })
}

/// A number in the name of a message. What is no number at all is no message either.
fn part<T: TryFrom<u64>>(text: &str, most: u64) -> Read<T> {
    whole(text, 0..=most).map_err(|error| match error {
        Expected::Number => Expected::Message,
        other => other,
    })
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A whole number in a range, which is one of its type.
fn whole<T: TryFrom<u64>>(word: &str, range: RangeInclusive<u64>) -> Read<T> {
    if word.is_empty() || !is_digits(word) {
        return Err(Expected::Number);
    }
    // Digits that are no number are too many.
    let number = word.parse().ok().filter(|number| range.contains(number));
    let number = number.and_then(|number| T::try_from(number).ok());
    number.ok_or(Expected::NumberBetween(*range.start(), *range.end()))
}

/// Why a decimal number can't be read.
enum Unreadable {
    NoNumber,
    /// It has more places than there may be.
    TooFine,
}

/// A decimal number in units of `1 / unit`, with so many places at most; the largest of all if it is too large.
fn decimal(word: &str, unit: u64, places: usize) -> Result<u64, Unreadable> {
    let (whole, decimals) = word.split_once('.').unwrap_or((word, ""));
    if whole.is_empty() || !is_digits(whole) || !is_digits(decimals) {
        return Err(Unreadable::NoNumber);
    }
    if decimals.len() > places {
        return Err(Unreadable::TooFine);
    }
    let decimals: u64 = format!("{decimals:0<places$}").parse().unwrap_or(0);
    // Digits that are no number are too many.
    let whole: u64 = whole.parse().unwrap_or(u64::MAX);
    Ok(whole.saturating_mul(unit).saturating_add(decimals))
}
