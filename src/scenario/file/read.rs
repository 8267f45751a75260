//! From a text to a run.

use super::{Expected, FileError, HEADER, LONGEST, Read, VERSION, line::WordReader, setting::Setting};
use crate::{
    raft::{MAX_SERVERS, NodeSet, Term},
    scenario::{
        Finding, HIGHEST_BRANCH, MOST_ACTIONS, MOST_BRANCHES, MOST_NOTES, Note, Run, Scenario, ScenarioId, one_line,
        set_in_force,
    },
    sim::{Action, ActionReader, BranchId, BranchInfo, BranchRecord, Config, Micros, Recording},
};

/// Bytes of a title, of what to watch, or of a name.
const LONGEST_TEXT: usize = 2000;
/// The branch of a file that names none.
const FIRST: BranchId = BranchId(0);
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
    // A log of a later term is told last: what is wrong below may be the reason.
    let mut later_log = None;
    for (number, line) in lines.filter(|(_, line)| says_something(line)) {
        match file.line(line) {
            Err(Expected::LogOfTerm) => later_log = later_log.or(Some((number, line))),
            read => read.map_err(|expected| fail(number, line, expected))?,
        }
    }
    match later_log {
        Some((number, line)) => Err(fail(number, line, Expected::LogOfTerm)),
        None => Ok(file.finish()),
    }
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
    /// The places at which lines of the script begin: a line can be several actions.
    lines: Vec<usize>,
    /// What changes one setting: its place in the script, and the setting. Until all is read that comes before it in time, something
    /// else is in its place.
    settings: Vec<(usize, Setting)>,
    /// The same of branches.
    settings_of_branches: Vec<(BranchId, usize, Setting)>,
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
                notes: Vec::new(),
            },
            given: Vec::new(),
            visited: false,
            lines: Vec::new(),
            settings: Vec::new(),
            settings_of_branches: Vec::new(),
            actions: 0,
        }
    }

    fn finish(mut self) -> Run {
        if self.run.recording.branches.is_empty() {
            self.run.recording.branches.push(BranchRecord {
                about: BranchInfo {
                    id: FIRST,
                    parent: None,
                    forked_at: Micros::ZERO,
                    name: String::new(),
                    end: Micros::ZERO,
                },
                actions: Vec::new(),
                left_out: Vec::new(),
            });
        }
        self.work_out_settings();
        self.run.tidy();
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
        let mut words = WordReader::new(rest, self.run.recording.config.size);
        match keyword {
            "title" | "watch" => return self.text(keyword, rest.trim()),
            "group" | "section" | "lab-time" => return self.about_builtin(keyword, rest.trim()),
            _ if is_translation(keyword) => return self.about_builtin(keyword, rest.trim()),
            "at" => {
                let Recording { script, branches, .. } = &mut self.run.recording;
                let before = script.len();
                let setting = timed(&mut words, script)?;
                self.lines.push(before);
                self.settings.extend(setting.map(|setting| (before, setting)));
                let actions = (script.len() - before) * (1 + branches.len());
                self.count(actions)?;
            }
            "server" | "link" => self.own_from_start(keyword, &mut words)?,
            "note" => return self.note(words),
            "branch" => return self.branch(words),
            "do" => {
                let branch = self.run.recording.branches.last_mut().ok_or(Expected::Branch)?;
                let before = branch.actions.len();
                let setting = timed(&mut words, &mut branch.actions)?;
                let id = branch.about.id;
                self.settings_of_branches
                    .extend(setting.map(|setting| (id, before, setting)));
                let actions = branch.actions.len() - before;
                self.count(actions)?;
            }
            "without" => self.without(&mut words)?,
            "visit" => {
                self.once(keyword)?;
                self.visit(&mut words)?;
            }
            _ => self.setting(keyword, &mut words)?,
        }
        words.end()
    }

    /// What servers or links have of their own from the start.
    fn own_from_start(&mut self, keyword: &str, words: &mut WordReader<'_>) -> Read<()> {
        let actions = words.actions_of_named(keyword)?;
        let Recording { script, branches, .. } = &mut self.run.recording;
        if !branches.is_empty() || script.last().is_some_and(|(at, _)| *at > Micros::ZERO) {
            return Err(Expected::FromStart);
        }
        self.lines.push(script.len());
        let count = actions.len();
        script.extend(actions.into_iter().map(|action| (Micros::ZERO, action)));
        self.count(count)
    }

    /// The actions of some lines of the script, which are not done in the branch above.
    fn without(&mut self, words: &mut WordReader<'_>) -> Read<()> {
        let Recording { script, branches, .. } = &mut self.run.recording;
        let left_out = &mut branches.last_mut().ok_or(Expected::Branch)?.left_out;
        while words.peek().is_some() || left_out.is_empty() {
            let line_of = |place: &usize| self.lines.partition_point(|first| first <= place) - 1;
            let line = words.place(self.lines.len(), left_out.last().map(line_of).as_ref())?;
            let next = self.lines.get(line + 1).copied();
            left_out.extend(self.lines[line]..next.unwrap_or(script.len()));
        }
        Ok(())
    }

    /// Puts the whole of what a setting belongs to in the place of what changes one setting. The others are as they are then, by the
    /// head of the file and by what comes before in time: in the script, and in a branch by both the script and the branch.
    fn work_out_settings(&mut self) {
        let Recording {
            config,
            script,
            branches,
            ..
        } = &mut self.run.recording;
        let mut settings = self.settings.iter().peekable();
        let mut in_force = *config;
        for (place, (_, action)) in script.iter_mut().enumerate() {
            if let Some((_, setting)) = settings.next_if(|asked| asked.0 == place) {
                *action = setting.action(in_force);
            }
            set_in_force(&mut in_force, *action);
        }
        let mut settings = self.settings_of_branches.iter().peekable();
        for BranchRecord {
            about,
            actions,
            left_out,
        } in branches
        {
            let of_branch = |asked: &&(BranchId, usize, Setting)| asked.0 == about.id;
            if !settings.peek().is_some_and(of_branch) {
                continue;
            }
            let mut in_force = *config;
            let mut planned = (0..)
                .zip(&*script)
                .filter(|(place, _)| left_out.binary_search(place).is_err())
                .peekable();
            for (place, (at, action)) in actions.iter_mut().enumerate() {
                while let Some((_, (_, before))) = planned.next_if(|(_, (then, _))| then <= at) {
                    set_in_force(&mut in_force, *before);
                }
                if let Some((.., setting)) = settings.next_if(|asked| of_branch(asked) && asked.1 == place) {
                    *action = setting.action(in_force);
                }
                set_in_force(&mut in_force, *action);
            }
        }
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

    /// What the page reads from the files of built-in scenarios alone: their group, their section of the paper, their time in
    /// the lab, and their texts in other languages. A run has one title.
    fn about_builtin(&mut self, keyword: &str, text: &str) -> Read<()> {
        self.once(keyword)?;
        if text.len() > LONGEST_TEXT {
            Err(Expected::ShortText)
        } else {
            Ok(())
        }
    }

    fn setting(&mut self, keyword: &str, words: &mut WordReader<'_>) -> Read<()> {
        let several = ["cut", "rule", "log"].contains(&keyword);
        if !several {
            self.once(keyword)?;
        }
        // What Find found begins with such logs, and earlier pages wrote it without a word on them.
        let is_found = Finding::of_title(&self.run.title).is_some();
        let config = &mut self.run.recording.config;
        match keyword {
            "scenario" => {
                let id = words.next().and_then(ScenarioId::from_slug);
                self.run.id = id.unwrap_or(ScenarioId::Own);
            }
            "pace" => self.run.pace = words.span()?,
            "seed" => self.run.recording.seed = words.number(0..=u64::MAX)?,
            "servers" if self.actions == 0 => *config = resized(config, words)?,
            "servers" => return Err(Expected::SizeFirst),
            "down" => {
                let down = words.group()?;
                config.running = config.running.iter().filter(|server| !down.contains(*server)).collect();
            }
            "cut" => {
                let (from, to) = words.pair()?;
                config.links.set(from, to, false);
            }
            "log" => {
                let server = words.one_server()?;
                let log = words.position()?;
                config.logs[server.index()] = log;
                if log.last_term > Term::ZERO && (words.peek().is_some() || !is_found) {
                    words.said("in term 0").map_err(|_| Expected::LogOfTerm)?;
                }
            }
            _ => match Setting::read(keyword, words)? {
                Some(setting) => setting.change(config),
                None => return Err(Expected::Keyword),
            },
        }
        Ok(())
    }

    fn branch(&mut self, mut words: WordReader<'_>) -> Read<()> {
        let branches = &self.run.recording.branches;
        let number: usize = words.number(1..=HIGHEST_BRANCH as u64 + 1)?;
        let id = BranchId(number - 1);
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
        // Earlier pages wrote a branch that had started again as one that leaves later.
        let forked_at = if end == Micros::ZERO { end } else { forked_at };
        if forked_at > end {
            return Err(Expected::LaterEnd);
        }
        let name = if words.after("named") {
            BranchInfo::name_of(words.rest)
        } else {
            words.end().map(|()| String::new())?
        };
        let about = BranchInfo {
            id,
            parent,
            forked_at,
            name,
            end,
        };
        if branches.is_empty() {
            self.run.notes.iter_mut().for_each(|note| note.branch = id);
        }
        self.run.recording.branches.push(BranchRecord {
            about,
            actions: Vec::new(),
            left_out: Vec::new(),
        });
        // A branch holds the script as well.
        self.count(self.run.recording.script.len())
    }

    /// A note in the branch above; above all branches, in the first one.
    fn note(&mut self, mut words: WordReader<'_>) -> Read<()> {
        words.word("at")?;
        let at = words.instant()?;
        let text = Note::text_of(words.rest).ok_or(Expected::NoteText)?;
        if self.run.notes.len() >= MOST_NOTES {
            return Err(Expected::FewerNotes);
        }
        let branch = self.run.recording.branches.last().map_or(FIRST, |last| last.about.id);
        self.run.notes.push(Note { branch, at, text });
        Ok(())
    }

    fn visit(&mut self, words: &mut WordReader<'_>) -> Read<()> {
        self.run.recording.current = known(words, &self.run.recording.branches)?;
        words.word("at")?;
        self.run.recording.now = words.instant()?;
        self.visited = true;
        self.run.recording.check().map_err(|_| Expected::BeforeEnd)
    }
}

/// The branch with this number, which has to be above.
fn known(words: &mut WordReader<'_>, branches: &[BranchRecord]) -> Read<BranchId> {
    let index = words.ordinal(Expected::KnownBranch)?;
    let place = branches.binary_search_by_key(&BranchId(index), |branch| branch.about.id);
    place.map(|_| BranchId(index)).map_err(|_| Expected::KnownBranch)
}

/// The cluster with another number of servers, all of them running.
fn resized(config: &Config, words: &mut WordReader<'_>) -> Read<Config> {
    let size: u8 = words.number(1..=MAX_SERVERS as u64).map_err(|_| Expected::Size)?;
    let mut resized = *config;
    resized.size = size;
    resized.running = NodeSet::EMPTY;
    // Servers that lines above have named would no longer mean the same.
    let named = !config.links.all_up()
        || config.running != Config::paper(config.size).running
        || config.logs != Config::paper(1).logs;
    if named {
        return Err(Expected::SizeFirst);
    }
    resized.running = NodeSet::all(usize::from(size));
    Ok(resized)
}

/// A time, not before that of the last action, and what is done then, which is added. If one setting changes, answers which: what is
/// done is not known yet, and something else is added.
#[inline(never)]
fn timed(words: &mut WordReader<'_>, actions: &mut Vec<(Micros, Action)>) -> Read<Option<Setting>> {
    let at = words.instant()?;
    if actions.last().is_some_and(|(last, _)| at < *last) {
        return Err(Expected::Later);
    }
    let word = words.next().ok_or(Expected::Action)?;
    let name = if word == "timeout" { "election-timeout" } else { word };
    if let Some(setting) = Setting::read(name, words)? {
        actions.push((at, Action::heal_all()));
        return Ok(Some(setting));
    }
    actions.extend(words.actions_of(word)?.into_iter().map(|action| (at, action)));
    Ok(None)
}

/// Whether a line holds a title or what to watch in a certain language, as `title[pt-BR]`.
fn is_translation(keyword: &str) -> bool {
    let language = keyword.strip_prefix("title").or_else(|| keyword.strip_prefix("watch"));
    let language = language.and_then(|rest| rest.strip_prefix('[')?.strip_suffix(']'));
    language.is_some_and(|tag| !tag.is_empty() && tag.chars().all(|char| char.is_ascii_alphanumeric() || char == '-'))
}
