//! From a text to a run.

use super::{
    Expected, FileError, HEADER, LONGEST, VERSION,
    words::{one_line, rule_named},
};
use crate::{
    raft::{LogPosition, NodeId, NodeSet, Quorum, Rules, Term},
    scenario::{HIGHEST_BRANCH, MOST_ACTIONS, MOST_BRANCHES, Run, Scenario, ScenarioId},
    sim::{
        Action, ActionReader, BranchId, BranchInfo, BranchRecord, Config, ConfigError, History, MessageId, Micros,
        Network, Range, Recording, Timing,
    },
};

type Read<T> = Result<T, Expected>;

/// Bytes of a title, of what to watch, or of a name.
const LONGEST_TEXT: usize = 2000;
/// Characters of a line that are shown with what is wrong with it.
const SHOWN: usize = 60;

/// The run of a text.
///
/// # Errors
/// The first line that can't be understood.
pub fn read(text: &str) -> Result<Run, FileError> {
    let fail = |number: usize, line: &str, expected| FileError {
        line: number,
        expected,
        found: line.trim().chars().take(SHOWN).collect(),
    };
    // Files from some editors begin with a mark of their encoding.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = (1..).zip(text.lines());
    let (number, first) = lines.find(|(_, line)| says_something(line)).unwrap_or((1, ""));
    header(first).map_err(|expected| fail(number, first, expected))?;
    if text.len() > LONGEST {
        return Err(fail(number, first, Expected::Shorter));
    }
    let mut file = File::new();
    for (number, line) in lines.filter(|(_, line)| says_something(line)) {
        file.line(line).map_err(|expected| fail(number, line, expected))?;
    }
    Ok(file.finish())
}

fn says_something(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with('#')
}

fn header(line: &str) -> Read<()> {
    let mut words = line.split_whitespace();
    if words.next() != Some(HEADER) {
        return Err(Expected::Header);
    }
    let version: u32 = words
        .next()
        .and_then(|word| word.parse().ok())
        .ok_or(Expected::Header)?;
    match (version, words.next()) {
        (0, _) | (_, Some(_)) => Err(Expected::Header),
        (version, None) if version > VERSION => Err(Expected::OlderVersion),
        _ => Ok(()),
    }
}

/// What has been read so far.
struct File {
    run: Run,
    given: Vec<String>,
    visited: bool,
    /// Actions of all branches so far, those of the script counted for each.
    actions: usize,
}

impl File {
    fn new() -> Self {
        let scenario = Scenario::free(5, 0);
        let recording = Recording {
            config: scenario.config,
            seed: scenario.seed,
            script: Vec::new(),
            branches: Vec::new(),
            current: BranchId(0),
            now: Micros::ZERO,
        };
        Self {
            run: Run {
                id: ScenarioId::Own,
                title: String::new(),
                watch: String::new(),
                pace: scenario.pace,
                recording,
            },
            given: Vec::new(),
            visited: false,
            actions: 0,
        }
    }

    fn finish(mut self) -> Run {
        if self.run.recording.branches.is_empty() {
            self.run.recording.branches.push(BranchRecord {
                about: BranchInfo {
                    id: BranchId(0),
                    parent: None,
                    forked_at: Micros::ZERO,
                    name: String::new(),
                    end: Micros::ZERO,
                },
                actions: Vec::new(),
                left_out: Vec::new(),
            });
        }
        if !self.visited {
            let last = self.run.recording.branches.last().map(|branch| branch.about.clone());
            if let Some(last) = last {
                (self.run.recording.current, self.run.recording.now) = (last.id, last.end);
            }
        }
        self.run
    }

    fn line(&mut self, line: &str) -> Read<()> {
        let (keyword, rest) = line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
        let mut words = Words::new(rest, self.run.recording.config.size);
        match keyword {
            "title" | "watch" => return self.text(keyword, rest.trim()),
            "at" => {
                let action = timed(&mut words, self.run.recording.script.last())?;
                self.run.recording.script.push(action);
                self.count(1 + self.run.recording.branches.len())?;
            }
            "branch" => return self.branch(words),
            "do" => {
                let branch = self.run.recording.branches.last_mut().ok_or(Expected::Branch)?;
                let action = timed(&mut words, branch.actions.last())?;
                branch.actions.push(action);
                self.count(1)?;
            }
            "without" => {
                let script = self.run.recording.script.len();
                let branch = self.run.recording.branches.last_mut().ok_or(Expected::Branch)?;
                while words.peek().is_some() || branch.left_out.is_empty() {
                    branch.left_out.push(words.place(script, branch.left_out.last())?);
                }
            }
            "visit" => {
                self.once(keyword)?;
                self.visit(&mut words)?;
            }
            _ => self.setting(keyword, &mut words)?,
        }
        words.end()
    }

    /// So many more actions.
    const fn count(&mut self, actions: usize) -> Read<()> {
        self.actions += actions;
        if self.actions > MOST_ACTIONS {
            Err(Expected::FewerActions)
        } else {
            Ok(())
        }
    }

    fn once(&mut self, keyword: &str) -> Read<()> {
        if self.given.iter().any(|given| given == keyword) {
            return Err(Expected::Once);
        }
        self.given.push(keyword.to_owned());
        Ok(())
    }

    /// Lines of what to watch follow one another as in one text.
    fn text(&mut self, keyword: &str, text: &str) -> Read<()> {
        let place = if keyword == "title" {
            self.once(keyword)?;
            &mut self.run.title
        } else {
            &mut self.run.watch
        };
        *place = one_line(&format!("{place} {text}"));
        if place.len() > LONGEST_TEXT {
            Err(Expected::ShortText)
        } else {
            Ok(())
        }
    }

    fn setting(&mut self, keyword: &str, words: &mut Words<'_>) -> Read<()> {
        let several = ["cut", "rule", "log"].contains(&keyword);
        if !several {
            self.once(keyword)?;
        }
        let config = &mut self.run.recording.config;
        match keyword {
            "scenario" => {
                let id = words.next().and_then(ScenarioId::from_slug);
                self.run.id = id.unwrap_or(ScenarioId::Own);
            }
            "pace" => self.run.pace = words.span()?,
            "seed" => self.run.recording.seed = words.number()?,
            "servers" if self.actions == 0 => *config = resized(config, words)?,
            "servers" => return Err(Expected::Size),
            "down" => {
                let down = words.servers()?;
                config.running = config.running.iter().filter(|server| !down.contains(*server)).collect();
            }
            "election-timeout" => config.timing.election_timeout = words.range()?,
            "heartbeat-interval" => config.timing.heartbeat_interval = words.span()?,
            "delay" => config.network.delay = words.range()?,
            "loss" => config.network.loss_permille = words.percent()?,
            "duplication" => config.network.duplication_permille = words.percent()?,
            "reordering" => config.network.reordering_permille = words.percent()?,
            "cut" => {
                let (from, to) = words.pair()?;
                config.links.set(from, to, false);
            }
            "rule" => words.rule(&mut config.rules)?,
            "quorum" => config.rules.quorum = words.quorum()?,
            "log" => {
                let server = words.server()?;
                config.logs[server.index()] = words.position()?;
            }
            _ => return Err(Expected::Keyword),
        }
        Ok(())
    }

    fn branch(&mut self, mut words: Words<'_>) -> Read<()> {
        let branches = &self.run.recording.branches;
        let number: usize = words.number()?;
        let index = number.checked_sub(1).filter(|index| *index <= HIGHEST_BRANCH);
        let id = index.map(BranchId).ok_or(Expected::Number)?;
        if branches.last().is_some_and(|last| last.about.id >= id) {
            return Err(Expected::HigherBranch);
        }
        if branches.len() >= MOST_BRANCHES {
            return Err(Expected::FewerBranches);
        }
        let parent = words.after("from").then(|| known(&mut words, branches)).transpose()?;
        let forked_at = if words.after("at") {
            words.instant()?
        } else {
            Micros::ZERO
        };
        words.word("until")?;
        let end = words.instant()?;
        let name = if words.after("named") {
            one_line(words.rest)
        } else {
            words.end().map(|()| String::new())?
        };
        if name.len() > LONGEST_TEXT {
            return Err(Expected::ShortText);
        }
        let about = BranchInfo {
            id,
            parent,
            forked_at,
            name,
            end,
        };
        self.run.recording.branches.push(BranchRecord {
            about,
            actions: Vec::new(),
            left_out: Vec::new(),
        });
        // A branch holds the script as well.
        self.count(self.run.recording.script.len())
    }

    fn visit(&mut self, words: &mut Words<'_>) -> Read<()> {
        self.run.recording.current = known(words, &self.run.recording.branches)?;
        words.word("at")?;
        self.run.recording.now = words.instant()?;
        self.visited = true;
        Ok(())
    }
}

/// The branch with this number, which has to be above.
fn known(words: &mut Words<'_>, branches: &[BranchRecord]) -> Read<BranchId> {
    let number: usize = words.number()?;
    let index = number.checked_sub(1).ok_or(Expected::KnownBranch)?;
    let place = branches.binary_search_by_key(&BranchId(index), |branch| branch.about.id);
    place.map(|_| BranchId(index)).map_err(|_| Expected::KnownBranch)
}

/// The cluster with another number of servers, all of them running.
fn resized(config: &Config, words: &mut Words<'_>) -> Read<Config> {
    let size: u8 = words.number().map_err(|_| Expected::Size)?;
    let mut resized = *config;
    resized.size = size;
    resized.running = NodeSet::EMPTY;
    // Servers that lines above have named would no longer mean the same.
    let named = !config.links.all_up()
        || config.running != Config::paper(config.size).running
        || config.logs != Config::paper(1).logs;
    if resized.validate() == Err(ConfigError::Size) || named {
        return Err(Expected::Size);
    }
    resized.running = NodeSet::all(usize::from(size));
    Ok(resized)
}

/// A time and an action, not before the last one.
fn timed(words: &mut Words<'_>, last: Option<&(Micros, Action)>) -> Read<(Micros, Action)> {
    let at = words.instant()?;
    if last.is_some_and(|(last, _)| at < *last) {
        return Err(Expected::Later);
    }
    Ok((at, words.action()?))
}

/// The words of a line that are still to be read.
struct Words<'a> {
    rest: &'a str,
    /// Servers in the cluster.
    size: u8,
}

impl<'a> Words<'a> {
    const fn new(rest: &'a str, size: u8) -> Self {
        Self { rest, size }
    }

    /// The next word, unless a comment begins there.
    fn peek(&self) -> Option<&'a str> {
        let word = self.rest.split_whitespace().next();
        word.filter(|word| !word.starts_with('#'))
    }

    fn next(&mut self) -> Option<&'a str> {
        let word = self.peek()?;
        let start = self.rest.trim_start();
        self.rest = &start[word.len()..];
        Some(word)
    }

    fn end(&self) -> Read<()> {
        if self.peek().is_some() {
            Err(Expected::End)
        } else {
            Ok(())
        }
    }

    /// Whether this word is next; then it is read.
    fn after(&mut self, word: &str) -> bool {
        let found = self.peek() == Some(word);
        if found {
            self.next();
        }
        found
    }

    fn word(&mut self, word: &'static str) -> Read<()> {
        if self.after(word) {
            Ok(())
        } else {
            Err(Expected::Word(word))
        }
    }

    fn number<T: std::str::FromStr>(&mut self) -> Read<T> {
        let word = self
            .next()
            .filter(|word| word.starts_with(|first: char| first.is_ascii_digit()));
        word.and_then(|word| word.parse().ok()).ok_or(Expected::Number)
    }

    /// The place of an action in a script of so many, counted from 0; it is written counted from 1, after the one before.
    fn place(&mut self, script: usize, before: Option<&usize>) -> Read<usize> {
        let number: usize = self.number()?;
        let place = number.checked_sub(1).filter(|place| *place < script);
        place
            .filter(|place| before.is_none_or(|before| place > before))
            .ok_or(Expected::Place)
    }

    /// A time that a run can come to.
    fn instant(&mut self) -> Read<Micros> {
        self.time().and_then(|at| {
            if at <= History::LONGEST {
                Ok(at)
            } else {
                Err(Expected::EarlyEnough)
            }
        })
    }

    /// A time that a timer or a delay can take.
    fn span(&mut self) -> Read<Micros> {
        let span = self.time()?;
        if (Config::SHORTEST..=Config::LONGEST).contains(&span) {
            Ok(span)
        } else {
            Err(Expected::Valid(ConfigError::Span))
        }
    }

    fn range(&mut self) -> Read<Range> {
        let min = self.span()?;
        let max = if self.after("to") { self.span()? } else { min };
        if max < min {
            Err(Expected::Valid(ConfigError::Range))
        } else {
            Ok(Range { min, max })
        }
    }

    fn percent(&mut self) -> Read<u16> {
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

    fn rule(&mut self, rules: &mut Rules) -> Read<()> {
        let rule = self.next().and_then(rule_named).ok_or(Expected::Rule)?;
        let on = match self.next() {
            Some("on") => true,
            Some("off") => false,
            _ => return Err(Expected::OnOff),
        };
        rules.set(rule, on);
        Ok(())
    }

    fn quorum(&mut self) -> Read<Quorum> {
        if self.after("majority") {
            Ok(Quorum::Majority)
        } else {
            self.number().map(Quorum::Votes)
        }
    }

    fn action(&mut self) -> Read<Action> {
        let verb = self.next().ok_or(Expected::Action)?;
        Action::read(self, |spelling| spelling.word == verb)?.ok_or(Expected::Action)
    }
}

/// What actions are done to, in words.
impl ActionReader for Words<'_> {
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
