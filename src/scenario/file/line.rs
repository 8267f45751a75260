//! The words of a line, one value after the other.

use super::{Expected, Read};
use crate::{
    raft::{LogPosition, NodeId, NodeSet, Quorum, Rule, Rules, Term},
    sim::{Action, ActionReader, Config, ConfigError, History, MessageId, Micros, Network, Range, Timing},
};

/// The words of a line that are still to be read.
pub(super) struct WordReader<'a> {
    pub(super) rest: &'a str,
    /// Servers in the cluster.
    size: u8,
}

impl<'a> WordReader<'a> {
    pub(super) const fn new(rest: &'a str, size: u8) -> Self {
        Self { rest, size }
    }

    /// The next word, unless a comment begins there.
    pub(super) fn peek(&self) -> Option<&'a str> {
        let word = self.rest.split_whitespace().next();
        word.filter(|word| !word.starts_with('#'))
    }

    pub(super) fn next(&mut self) -> Option<&'a str> {
        let word = self.peek()?;
        let start = self.rest.trim_start();
        self.rest = &start[word.len()..];
        Some(word)
    }

    pub(super) fn end(&self) -> Read<()> {
        if self.peek().is_some() {
            Err(Expected::End)
        } else {
            Ok(())
        }
    }

    /// Whether this word is next; then it is read.
    pub(super) fn after(&mut self, word: &str) -> bool {
        let found = self.peek() == Some(word);
        if found {
            self.next();
        }
        found
    }

    pub(super) fn word(&mut self, word: &'static str) -> Read<()> {
        if self.after(word) {
            Ok(())
        } else {
            Err(Expected::Word(word))
        }
    }

    pub(super) fn number<T: std::str::FromStr>(&mut self) -> Read<T> {
        let word = self
            .next()
            .filter(|word| word.starts_with(|first: char| first.is_ascii_digit()));
        word.and_then(|word| word.parse().ok()).ok_or(Expected::Number)
    }

    /// The place of an action in a script of so many, counted from 0; it is written counted from 1, after the one before.
    pub(super) fn place(&mut self, script: usize, before: Option<&usize>) -> Read<usize> {
        let number: usize = self.number()?;
        let place = number.checked_sub(1).filter(|place| *place < script);
        place
            .filter(|place| before.is_none_or(|before| place > before))
            .ok_or(Expected::Place)
    }

    /// A time that a run can come to.
    pub(super) fn instant(&mut self) -> Read<Micros> {
        self.time().and_then(|at| {
            if at <= History::LONGEST {
                Ok(at)
            } else {
                Err(Expected::EarlyEnough)
            }
        })
    }

    /// A time that a timer or a delay can take.
    pub(super) fn span(&mut self) -> Read<Micros> {
        let span = self.time()?;
        if (Config::SHORTEST..=Config::LONGEST).contains(&span) {
            Ok(span)
        } else {
            Err(Expected::Valid(ConfigError::Span))
        }
    }

    pub(super) fn range(&mut self) -> Read<Range> {
        let min = self.span()?;
        let max = if self.after("to") { self.span()? } else { min };
        if max < min {
            Err(Expected::Valid(ConfigError::Range))
        } else {
            Ok(Range { min, max })
        }
    }

    pub(super) fn percent(&mut self) -> Read<u16> {
        let permille = self.next().and_then(|word| decimal(word, 10, 1));
        let permille = permille
            .filter(|permille| *permille <= 1000)
            .and_then(|permille| u16::try_from(permille).ok());
        if self.after("%") {
            permille.ok_or(Expected::Percent)
        } else {
            Err(Expected::Percent)
        }
    }

    pub(super) fn rule(&mut self, rules: &mut Rules) -> Read<()> {
        let rule = self.next().and_then(Rule::from_slug).ok_or(Expected::Rule)?;
        let on = match self.next() {
            Some("on") => true,
            Some("off") => false,
            _ => return Err(Expected::OnOff),
        };
        rules.set(rule, on);
        Ok(())
    }

    pub(super) fn quorum(&mut self) -> Read<Quorum> {
        if self.after("majority") {
            Ok(Quorum::Majority)
        } else {
            self.number().map(Quorum::Votes)
        }
    }

    pub(super) fn action(&mut self) -> Read<Action> {
        let verb = self.next().ok_or(Expected::Action)?;
        Action::read(self, |spelling| spelling.word == verb)?.ok_or(Expected::Action)
    }
}

/// What actions are done to, in words.
impl ActionReader for WordReader<'_> {
    type Error = Expected;

    fn server(&mut self) -> Read<NodeId> {
        self.next()
            .and_then(|word| server_named(word, self.size))
            .ok_or(Expected::Server)
    }

    fn pair(&mut self) -> Read<(NodeId, NodeId)> {
        self.next()
            .and_then(|word| link_named(word, self.size))
            .ok_or(Expected::Link)
    }

    fn message(&mut self) -> Read<MessageId> {
        self.next()
            .and_then(|word| message_named(word, self.size))
            .ok_or(Expected::Message)
    }

    /// One server or more.
    fn servers(&mut self) -> Read<NodeSet> {
        let mut servers = NodeSet::from_iter([self.server()?]);
        while self.peek().is_some() {
            servers.insert(self.server()?);
        }
        Ok(servers)
    }

    fn position(&mut self) -> Read<LogPosition> {
        self.word("term")?;
        let last_term = Term(self.number()?);
        self.word("index")?;
        let last_index = self.number()?;
        Ok(LogPosition { last_term, last_index })
    }

    fn time(&mut self) -> Read<Micros> {
        let (number, unit) = (self.next().ok_or(Expected::Time)?, self.next());
        let (unit, places) = match unit {
            Some("s") => (1_000_000, 6),
            Some("ms") => (1000, 3),
            Some("us" | "µs") => (1, 0),
            _ => return Err(Expected::Time),
        };
        decimal(number, unit, places).map(Micros).ok_or(Expected::Time)
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
                self.rule(&mut rules)?;
            }
        }
        Ok(rules)
    }
}

fn server_named(word: &str, size: u8) -> Option<NodeId> {
    let number = word.strip_prefix('S').filter(|number| number.len() == 1)?;
    NodeId::from_number(number.parse().ok()?).filter(|server| server.index() < usize::from(size))
}

fn link_named(word: &str, size: u8) -> Option<(NodeId, NodeId)> {
    let (from, to) = word.split_once('>')?;
    let (from, to) = (server_named(from, size)?, server_named(to, size)?);
    (from != to).then_some((from, to))
}

fn message_named(word: &str, size: u8) -> Option<MessageId> {
    let (link, number) = word.split_once('#')?;
    let (from, to) = link_named(link, size)?;
    let (number, copy) = match number.split_once('+') {
        Some((number, copy)) => (number, copy.parse().ok()?),
        None => (number, 0),
    };
    Some(MessageId {
        from,
        to,
        number: number.parse().ok()?,
        copy,
    })
}

/// A decimal number in units of `1 / unit`, with so many places at most.
fn decimal(word: &str, unit: u64, places: usize) -> Option<u64> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, decimals) = word.split_once('.').unwrap_or((word, ""));
    if whole.is_empty() || !digits(whole) || !digits(decimals) || decimals.len() > places {
        return None;
    }
    let decimals: u64 = format!("{decimals:0<places$}")
        .parse()
        .or_else(|error| if places == 0 { Ok(0) } else { Err(error) })
        .ok()?;
    whole.parse::<u64>().ok()?.checked_mul(unit)?.checked_add(decimals)
}
