//! What the page does when a feature asks for something, or a key is pressed.

use yew::Context;

use super::{
    App,
    message::{Msg, Shortcut},
    speech::JustDone,
};
use crate::ui::{
    explain::{
        story::Story,
        why::{self, Asked, NoElection, WhyQuestion},
    },
    features::{
        adversary::FOUND_HEADING,
        diagram,
        lessons::{self, Classroom},
        log::{choice, is_figure},
        network, practice, rules,
        share::ShareMsg,
    },
    intent::{
        Beginning, ChallengeState, DutyAsked, ElectionAsked, Intent, LessonAsked, PracticeStep, Preference,
        PresentStep, Subject, UnderWay,
    },
    kit::{dom::focus, panel::Panel},
    run::{
        answer::{AnswerSide, regained_since},
        player::{BranchChange, Playback, Player},
        view::ServerView,
    },
};
use crate::{
    lab::{
        atlas,
        liveness::{self, FoundLiveness},
    },
    lesson::{self, file, predict::Guess},
    raft::{NodeId, NodeSet},
    scenario::{Finding, Scenario, ScenarioId, link},
    sim::{Action, EventId, MessageId, Micros},
};

impl App {
    /// Does what a feature asks for, once the code for it is here.
    pub(super) fn fulfil(&mut self, ctx: &Context<Self>, intent: Intent) {
        let refusal = |classroom: &dyn Classroom| classroom.refusal(&intent, self.prefs.lang);
        if let Some(why) = self.classroom.as_deref().and_then(refusal) {
            self.shell.close_menu();
            self.notices.tell(why.to_owned());
            return;
        }
        match intent {
            Intent::Press(server) => self.press_server(ctx, server),
            Intent::Act(actions) => self.act(actions),
            Intent::Play(playback) => self.play(playback),
            Intent::HoldTime(held) => {
                self.clock.held = held;
                self.stage.arcs_were_moved();
            }
            Intent::OpenMenu(server) => self.shell.menu = Some(server),
            Intent::CloseMenu => self.shell.close_menu(),
            Intent::Help(open) => self.shell.help = open,
            Intent::Prefer(preference) => self.prefer(preference),
            Intent::Notice(text) => self.notices.tell(text),
            Intent::ActAndTell(actions, text) => {
                self.notices.clear();
                self.act(actions);
                self.speech.deed = None;
                self.notices.tell_first(text);
            }
            intent => {
                if let Some((views, Msg::Intent(intent))) = self.later_for(ctx, Msg::Intent(intent)) {
                    (views.fulfil)(self, intent);
                    self.session.touched();
                }
            }
        }
    }

    /// Does what is asked for seldom.
    pub(super) fn fulfil_later(&mut self, intent: Intent) {
        match intent {
            Intent::Undo => self.undo(Player::undo),
            Intent::UndoEvents(events) => self.undo(|player| player.undo_events(&events)),
            Intent::Redo => self.redo(),
            Intent::Begin(beginning) => self.begin(beginning),
            Intent::Branches(change) => self.change_branches(&change),
            Intent::Select(event) => self.ask(event),
            Intent::GoTo(event, at) => self.go_to(event, at),
            Intent::Why(subject) => self.why(subject),
            Intent::WhyElection(election) => self.why_election(election),
            Intent::TakeMessage(id) => self.take(id),
            // What draws them is here now.
            Intent::ReadLines => {}
            Intent::ShowRules => {
                self.shell.close_why();
                self.shell.go_to_tab(rules::PANEL);
            }
            Intent::Share => self.share(ShareMsg::Dialog(true)),
            Intent::Lesson(asked) => self.lesson(asked),
            Intent::Practise(step) => self.practise(step),
            Intent::Present(step) => self.present(step),
            Intent::Lab(asked) => self.open_in_laboratory(asked),
            Intent::Note(step) => self.note(step),
            Intent::Press(_)
            | Intent::Act(_)
            | Intent::Play(_)
            | Intent::HoldTime(_)
            | Intent::OpenMenu(_)
            | Intent::CloseMenu
            | Intent::Help(_)
            | Intent::Prefer(_)
            | Intent::Notice(_)
            | Intent::ActAndTell(..) => {}
        }
    }

    /// Does what a key stands for.
    pub(super) fn press(&mut self, ctx: &Context<Self>, shortcut: Shortcut) {
        match shortcut {
            Shortcut::Play(playback) => self.fulfil(ctx, Intent::Play(playback)),
            Shortcut::Power(server) => self.press_server(ctx, server),
            Shortcut::Undo => self.fulfil(ctx, Intent::Undo),
            Shortcut::Redo => self.fulfil(ctx, Intent::Redo),
            Shortcut::NextPanel => self.shell.show_next(),
            Shortcut::Help => self.shell.help = true,
            Shortcut::Present => self.fulfil(ctx, Intent::Present(PresentStep::Begin)),
            Shortcut::Why => self.fulfil(ctx, Intent::Why(Subject::Status)),
            Shortcut::Overview => {
                if let Some((views, _)) = self.later_for(ctx, Msg::Key(shortcut)) {
                    (views.overview)(self);
                }
            }
        }
    }

    /// A server was pressed. Where one is asked for and the question is in sight, it is the answer.
    fn press_server(&mut self, ctx: &Context<Self>, server: NodeId) {
        if let Some(asked) = self.classroom.as_ref().and_then(|lesson| lesson.answer_of(server)) {
            self.fulfil(ctx, Intent::Lesson(asked));
        } else if self.classroom.is_none() && self.quiz.may_want_server() && self.shell.panel() == practice::PANEL {
            self.fulfil(ctx, Intent::Practise(PracticeStep::Press(server)));
        } else {
            let action = self.stage.view.servers.get(server.index()).map(ServerView::power);
            self.fulfil(ctx, Intent::Act(action.into_iter().collect()));
        }
    }

    fn switch_power(&mut self, server: NodeId) {
        let action = self.stage.view.servers.get(server.index()).map(ServerView::power);
        self.act(action);
    }

    /// Whoever practises asks, answers or begins.
    fn practise(&mut self, step: PracticeStep) {
        let leaves_run_alone = matches!(step, PracticeStep::Return | PracticeStep::Stands(_));
        // In a lesson, time and what is done are the lesson's.
        if self.classroom.is_some() && !leaves_run_alone && !matches!(step, PracticeStep::Begin(_)) {
            self.notices.tell(self.prefs.lang.lessons_text().locked.to_owned());
            return;
        }
        match step {
            PracticeStep::Ask => self.quiz.ask(&mut self.stage.player_mut()),
            PracticeStep::Answer(guess) => {
                self.answer(guess);
            }
            PracticeStep::Press(server) => {
                if !self.answer(Guess::Server(server)) {
                    self.switch_power(server);
                }
            }
            PracticeStep::Begin(challenge) => {
                self.make_room();
                self.ask(None);
                let scenario = Scenario {
                    title: self.prefs.lang.challenge_title(challenge),
                    ..challenge.scenario()
                };
                self.stage.player_mut().open(scenario);
                // What was pressed goes away: the challenge is above all others now.
                self.under_way = Some(UnderWay::Challenge(challenge, ChallengeState::Open));
                self.shell.call_ring();
                let place = if self.shell.compact {
                    "ring-panel"
                } else {
                    practice::UNDER_WAY
                };
                self.shell.focus_later(place.to_owned());
            }
            PracticeStep::Return => self.shell.go_to_tab(practice::PANEL),
            PracticeStep::Stands(under_way) => self.stands(under_way),
        }
    }

    /// What is under way has become this. What becomes of a challenge is told where its panel is not in sight.
    fn stands(&mut self, under_way: Option<UnderWay>) {
        let before = std::mem::replace(&mut self.under_way, under_way);
        if !self.shell.framed {
            practice::keep(under_way);
        }
        let is_in_sight = self.shell.panel() == practice::PANEL && !self.shell.compact;
        if is_in_sight || before.is_none() || before == under_way {
            return;
        }
        if let Some(told) = under_way.and_then(|now| self.prefs.lang.became(now)) {
            let comes_back = self.emit.reform(|_| Intent::Practise(PracticeStep::Return));
            let offer = (self.prefs.lang.challenge_text().show, comes_back);
            self.notices.offer(told, offer);
        }
    }

    /// Takes an answer. Says whether it is one to what is asked.
    fn answer(&mut self, guess: Guess) -> bool {
        let taken = self.quiz.answer(guess, &self.stage.player());
        let Some(given) = taken else { return false };
        self.act(given);
        self.quiz.plays(&mut self.stage.player_mut());
        true
    }

    /// The one way by which anything is done to the run.
    fn act(&mut self, actions: impl IntoIterator<Item = Action>) {
        self.shell.close_menu();
        // What was said of the deed before, that it was undone say, is over.
        self.notices.clear();
        let (lang, mut done) = (self.prefs.lang, Vec::new());
        let mut player = self.stage.player_mut();
        for action in actions {
            match player.act(action) {
                Ok(acted) => {
                    done.push(action);
                    self.newcomer.has_done(action);
                    // In a lesson a step is tried over again: that is no other future.
                    if let Some(left) = acted
                        .forked_from
                        .filter(|_| self.classroom.is_none() && self.presentation.is_none())
                    {
                        let compare = self.emit.reform(move |_| {
                            // The button goes away with the notice.
                            focus("ring-panel");
                            Intent::Branches(BranchChange::Compare(left))
                        });
                        let compare = (lang.branches_text().compare_left, compare);
                        self.notices
                            .offer(lang.forked(player.history().branches().len()), compare);
                    }
                }
                Err(refused) => self.notices.tell(lang.refused(refused).to_owned()),
            }
        }
        player.were_one_deed(&done);
        if !done.is_empty() {
            self.speech.deed = Some(JustDone::new(&player));
        }
        drop(player);
        self.session.touched();
    }

    /// Takes back what the reader did, and says what that was.
    fn undo(&mut self, take_back: impl FnOnce(&mut Player) -> Vec<Action>) {
        self.shell.close_menu();
        let undone = take_back(&mut self.stage.player_mut());
        if !undone.is_empty() {
            let normal = self.stage.player().history().started_with().network;
            let told = self.prefs.lang.deed_of(undone, normal);
            self.notices.tell(self.prefs.lang.undone(&told));
        }
    }

    /// Goes back to the branch in which what was taken back last is done.
    fn redo(&mut self) {
        self.shell.close_menu();
        if self.stage.player_mut().redo() {
            self.notices.tell(self.prefs.lang.toolbar_text().redone.to_owned());
        }
    }

    fn play(&mut self, playback: Playback) {
        self.shell.goes_on = false;
        self.stage.player_mut().control(playback);
        self.shell.menu = None;
        self.session.goes_on();
        if self.later.is_here() {
            self.session.touched();
        }
    }

    /// Another run takes the place of the one on screen.
    fn begin(&mut self, beginning: Beginning) {
        if beginning == Beginning::FoundAgain {
            if !self.play_faults() {
                self.stage.player_mut().play_found_again();
            }
            return;
        }
        if let Beginning::Named(name) = beginning {
            return match ScenarioId::from_slug(&name) {
                Some(id) => self.begin(Beginning::Scenario(id)),
                None => self.notices.tell(self.prefs.lang.no_scenario(&name)),
            };
        }
        if matches!(beginning, Beginning::Trial { .. }) {
            // What was told of another trial.
            self.notices.clear();
        }
        self.make_room();
        if let Beginning::Scenario(id) = beginning {
            self.tell_what_to_watch(id);
        }
        self.ask(None);
        self.shell.menu = None;
        let mut player = self.stage.player_mut();
        match beginning {
            Beginning::Scenario(id) => player.open(Scenario::new(id)),
            Beginning::With(id, rules) => {
                player.open(Scenario::new(id).with_rules(rules));
                self.shell.bring_into_sight("ring-panel");
            }
            Beginning::Size(size) => player.set_size(size),
            Beginning::Seed(seed) => player.set_seed(seed),
            Beginning::NewSeed => player.set_seed(chance()),
            Beginning::Rules(rules) => player.restart_with(rules),
            Beginning::Replay => {
                // It is the run on screen with other settings: what it is made of has been run.
                let _ = player.play_under_these_settings();
            }
            Beginning::Found { link, property, steps } => {
                drop(player);
                self.play_found(&link, Finding { property, steps });
            }
            Beginning::FoundLiveness(link) => {
                drop(player);
                self.play_found_faults(&link);
            }
            Beginning::Trial { link, told } => {
                drop(player);
                self.open_trial(&link, told);
            }
            Beginning::FoundAgain | Beginning::Named(_) => {}
        }
    }

    /// On a phone, what there is to watch stands below all that can be pressed: as the scenario opens it is told beside the ring.
    fn tell_what_to_watch(&mut self, id: ScenarioId) {
        if self.shell.compact && !self.shell.framed {
            self.notices.tell(self.prefs.lang.watch(id).to_owned());
        }
    }

    /// Opens a trial of the laboratory where its leader fails, or its servers start.
    fn open_trial(&mut self, trial: &str, told: String) {
        let opened = link::decode(trial).map(|run| self.stage.player_mut().open_run(&run));
        // The program wrote this link a moment ago, so it can be read.
        if matches!(opened, Ok(Ok(()))) {
            self.notices.tell_first(told);
            self.shell.bring_into_sight("ring-panel");
        }
    }

    /// Does something with a lesson, once the code for it is here.
    pub(super) fn lesson(&mut self, asked: LessonAsked) {
        if let Some(views) = self.lessons_for(&asked) {
            (views.hear)(self, asked);
        }
    }

    /// Does something with a lesson. One that opens puts its own run on screen.
    pub(super) fn hear_of_lesson(&mut self, asked: LessonAsked) {
        if !self.can_open(&asked) {
            return;
        }
        self.shell.goes_on = false;
        self.shell.menu = None;
        self.ask(None);
        let is_duty = matches!(asked, LessonAsked::Duty(DutyAsked::Begin(_)));
        let opens = is_duty
            || matches!(
                asked,
                LessonAsked::Open(_) | LessonAsked::OpenFile { .. } | LessonAsked::OpenLink(_)
            );
        if opens {
            self.newcomer.has_opened_lesson();
            self.make_room();
        }
        let is_new = opens || asked == LessonAsked::List;
        let sheet = match asked {
            LessonAsked::Sheet { .. } => Some(lessons::SHEET_HEADING),
            LessonAsked::SheetAway => Some(lessons::HEADING),
            _ => None,
        };
        // What was pressed goes away with the step.
        let turns = !is_duty
            && matches!(
                asked,
                LessonAsked::Next | LessonAsked::Back | LessonAsked::Show | LessonAsked::Again | LessonAsked::Resume
            );
        let leaves = matches!(asked, LessonAsked::Next | LessonAsked::Back | LessonAsked::Close);
        if turns {
            // What was said of the step before is over.
            self.notices.clear();
        }
        let (answers, finds) = (matches!(asked, LessonAsked::Answer(_)), asked == LessonAsked::FindRule);
        let was_hidden = self.classroom.as_deref().is_some_and(Classroom::hides_run);
        let mut player = self.stage.player_mut();
        match &mut self.classroom {
            _ if asked == LessonAsked::Close => {
                self.classroom = None;
                self.session.teaches = false;
                player.watch(None);
                self.shell.focus_later("ring-panel".to_owned());
            }
            Some(classroom) if !is_duty => classroom.hear(asked, &mut player),
            classroom => *classroom = Some(lessons::open(&asked, &mut player, self.prefs.lang)),
        }
        let place = self.classroom.as_deref().map(Classroom::place_to_act);
        let sought = self.classroom.as_deref().and_then(|lesson| sought(lesson, &player));
        let has_opened = was_hidden && !self.classroom.as_deref().is_none_or(Classroom::hides_run);
        if opens {
            // On a phone the card would lie over half of it.
            self.shell.call_ring();
        }
        // A frame leaves the focus to the page that it is in, until somebody does something in it.
        if is_new && !self.shell.framed || has_opened {
            self.shell.focus_later(lessons::HEADING.to_owned());
        } else if let Some(heading) = sheet {
            self.shell.focus_later(heading.to_owned());
        } else if let Some(place) = place.filter(|place| turns || answers && *place == lessons::GO_ON) {
            // A wrong answer to what can be answered again leaves the focus where it is.
            self.shell.focus_later(place.to_owned());
        }
        drop(player);
        if let Some((panel, field)) = sought.filter(|_| turns || finds) {
            self.show_sought(panel, field, finds);
        } else if leaves {
            self.shell.take_back();
        }
    }

    /// Shows the panel with what a task wants to be switched or set; it has the focus if that is wanted.
    fn show_sought(&mut self, panel: Panel, field: &str, focuses: bool) {
        if !self.shell.has(panel) {
            return;
        }
        if focuses {
            self.shell.lend(panel);
            self.shell.call(panel);
            self.shell.focus_later(field.to_owned());
        } else {
            self.shell.lend(panel);
        }
    }

    /// Whether what is to be opened can be: else it is said why not.
    fn can_open(&mut self, asked: &LessonAsked) -> bool {
        match asked {
            LessonAsked::OpenFile { name, text } => {
                if let Err(error) = file::read(text) {
                    let why = self.prefs.lang.lesson_line_error(&error);
                    self.session.fail_lesson(name, why);
                    return false;
                }
                self.session.opened_lesson(false);
            }
            LessonAsked::OpenLink(link) => {
                if let Err(why) = lesson::link::decode(link) {
                    self.session.fail_lesson_link(why);
                    return false;
                }
                self.session.opened_lesson(true);
            }
            LessonAsked::Open(_) => self.session.opened_lesson(false),
            _ => {}
        }
        true
    }

    /// A run is about to take the place of the one on screen.
    fn make_room(&mut self) {
        if self.session.make_room() {
            self.tell_alone(self.prefs.lang.share_text().set_aside.to_owned());
        }
    }

    /// Plays the faults that a search has found, up to where it has been seen what they do, with their steps above the diagram.
    fn play_found_faults(&mut self, found: &str) {
        let (size, lang) = (self.stage.view.servers.len(), self.prefs.lang);
        let opened = link::decode(found).map(|mut run| {
            if let Some(found) = FoundLiveness::of_watch(&run.watch) {
                run.title = lang.counterexample(lang.liveness_goal(found.goal));
            }
            self.stage.player_mut().open_run(&run)
        });
        if !matches!(opened, Ok(Ok(()))) || !self.play_faults() {
            self.notices.tell(lang.adversary_text().failed.to_owned());
            return;
        }
        self.show_found(size);
    }

    /// Plays the faults of the run on screen, if it was found for them.
    fn play_faults(&mut self) -> bool {
        let mut player = self.stage.player_mut();
        let Some(told) = liveness::told(player.scenario()) else {
            return false;
        };
        player.play_as_planned(atlas::OPENS_AT, told.seen_at(), atlas::ENDS_AT);
        true
    }

    /// What was found is on screen, in another cluster than this size or in one like it.
    fn show_found(&mut self, size: usize) {
        let plays = usize::from(self.stage.player().scenario().config.size);
        if plays != size {
            self.notices.tell_also(&self.prefs.lang.other_size(plays, size));
        }
        self.ask(None);
        self.shell.show_beside_ring(diagram::PANEL, FOUND_HEADING);
    }

    /// Plays what a search has found, under a title that says what it is in every language, with its steps above the diagram.
    fn play_found(&mut self, found: &str, finding: Finding) {
        let size = self.stage.view.servers.len();
        let opened = link::decode(found).map(|mut run| {
            run.title = finding.to_string();
            self.stage.player_mut().open_found(&run)
        });
        // The program wrote this link a moment ago, so it can be read.
        if !matches!(opened, Ok(Ok(()))) {
            self.notices.tell(self.prefs.lang.adversary_text().failed.to_owned());
            return;
        }
        self.show_found(size);
    }

    fn change_branches(&mut self, change: &BranchChange) {
        self.shell.goes_on = false;
        if matches!(change, BranchChange::Reopen(_)) {
            self.make_room();
            self.ask(None);
        }
        let mut player = self.stage.player_mut();
        let (lang, before) = (self.prefs.lang, player.history().now());
        let told = match player.change_branches(change) {
            Ok(()) if change.may_begin_to_compare() => player
                .compared_branches()
                .map(|[there, here]| lang.comparing(&lang.branch_name(there), &lang.branch_name(here)))
                .map(|told| match player.history().now() {
                    now if now < before => lang.time_went_back(now, &told),
                    _ => told,
                }),
            Ok(()) => None,
            Err(refused) => Some(lang.refused(refused).to_owned()),
        };
        drop(player);
        if change.may_begin_to_compare() {
            // Far from it on a phone, where the story is.
            self.shell.call_ring();
        }
        if let Some(told) = told {
            self.notices.tell(told);
        }
        self.shell.menu = None;
    }

    /// Selects an event, and lights what led to it.
    pub(super) fn ask(&mut self, event: Option<EventId>) {
        if event.is_none() {
            self.shell.close_why();
        }
        self.selection.ask(self.stage.player().history(), event);
    }

    fn go_to(&mut self, event: EventId, at: Micros) {
        self.shell.goes_on = false;
        let mut player = self.stage.player_mut();
        self.selection.go_to(player.history(), event);
        player.seek(at);
    }

    fn why(&mut self, subject: Subject) {
        if matches!(subject, Subject::Server(_)) {
            self.shell.close_menu();
        }
        let question = self.question(subject);
        let player = self.stage.player();
        let history = player.history();
        let of = |server| why::of_server(history, server);
        let mut asked = Asked {
            question,
            at: history.now(),
            none: None,
        };
        let regained = self.regained(subject, question);
        let (event, beside, acting) = match (subject, question) {
            (Subject::Event(event), _) => (Some(event), None, None),
            (Subject::Leaderless(since) | Subject::Regained(_, since), _) => {
                asked.at = history.trace().get(since).map_or(asked.at, |event| event.at);
                (Some(since), None, None)
            }
            _ if let Some((_, since)) = regained => (Some(since), None, None),
            (Subject::Server(server), _) => (of(server), None, Some(server)),
            (Subject::Status, WhyQuestion::BothLead([leader, stale])) => (of(leader), of(stale), Some(stale)),
            (Subject::Status, WhyQuestion::Leads(leaders)) if leaders.is_empty() => {
                asked.none = NoElection::of(history);
                let acting = why::acting(history);
                (why::of_status(history), acting.and_then(of), acting)
            }
            (Subject::Status, _) => (why::of_status(history), None, None),
        };
        let is_leaderless = subject == Subject::Status && question == WhyQuestion::Leads(NodeSet::EMPTY);
        let lost = (is_leaderless && acting.is_none() && asked.none.is_none()).then(|| Story::lost_election(history));
        match (lost.flatten(), event, asked.none) {
            (Some((contest, event)), ..) => self.selection.ask_election(history, event, &contest),
            (None, Some(event), None) if let Some((leader, _)) = regained => {
                let side = AnswerSide::regained(history, leader, event);
                self.selection.ask_with(history, event, vec![side]);
            }
            // That says it all: whose timer runs out next is lit.
            (None, Some(event), Some(NoElection::NoTimeout)) => self.selection.ask_with(history, event, Vec::new()),
            (None, Some(event), _) => self.selection.ask_beside(history, event, beside, acting),
            (None, None, _) => return,
        }
        drop(player);
        self.open_why(asked);
    }

    /// Who leads by what was done, not by its election, and since which event, if that is asked.
    fn regained(&self, subject: Subject, question: WhyQuestion) -> Option<(NodeId, EventId)> {
        let leader = match (subject, question) {
            (Subject::Regained(leader, since), _) => return Some((leader, since)),
            (Subject::Status, WhyQuestion::Leads(leaders)) => leaders.iter().next()?,
            (Subject::Server(server), _) => server,
            _ => return None,
        };
        Some((leader, regained_since(self.stage.player().history(), leader)?))
    }

    fn why_election(&mut self, election: ElectionAsked) {
        let ElectionAsked { contest, event } = election;
        let player = self.stage.player();
        let history = player.history();
        let asked = Asked {
            question: WhyQuestion::Election {
                candidates: contest.candidates(),
                term: contest.term,
                is_lost: contest.is_lost(),
            },
            at: history.now(),
            none: None,
        };
        self.selection.ask_election(history, event, &contest);
        drop(player);
        self.open_why(asked);
    }

    /// Opens the drawer. Time stands until it is closed: what is told lies in the past, and what passes meanwhile would be missed.
    fn open_why(&mut self, asked: Asked) {
        self.shell.open_why(asked);
        let mut player = self.stage.player_mut();
        if player.playing() {
            player.set_playing(false);
            self.shell.goes_on = true;
        }
    }

    /// What is asked.
    fn question(&self, subject: Subject) -> WhyQuestion {
        let both = || why::both_leaders(self.stage.player().history());
        match subject {
            Subject::Event(_) => WhyQuestion::Event,
            Subject::Server(server) => WhyQuestion::Server(server),
            Subject::Leaderless(_) => WhyQuestion::Leads(NodeSet::EMPTY),
            Subject::Regained(leader, _) => WhyQuestion::Leads(NodeSet::only(leader)),
            Subject::Status if why::worst(self.stage.player().history()).is_some() => WhyQuestion::Broken,
            Subject::Status if let Some(both) = both() => WhyQuestion::BothLead(both),
            Subject::Status => WhyQuestion::Leads(self.stage.view.leaders().map(|leader| leader.id).collect()),
        }
    }

    /// Takes hold of a message: time stops for it. Not where there is no panel to show it in.
    fn take(&mut self, id: Option<MessageId>) {
        if !self.shell.has(network::PANEL) {
            return;
        }
        let mut player = self.stage.player_mut();
        if self.selection.take(player.history(), id) {
            player.set_playing(false);
            self.shell.show(network::PANEL);
        }
    }

    fn prefer(&mut self, preference: Preference) {
        match preference {
            Preference::Lang(lang) => self.prefs.lang = lang,
            Preference::NextTheme => self.prefs.theme = self.prefs.theme.next(),
            Preference::Shortcuts(on) => self.prefs.shortcuts = on,
            Preference::Talk(talk) => self.prefs.talk = talk,
            Preference::Sound(on) => {
                let player = self.stage.player();
                let begin = |views: &super::LazyViews| (views.sound)(player.history());
                self.sound = self.later.here().filter(|_| on).and_then(begin);
                return;
            }
            Preference::EveryLine(on) => {
                if is_figure(self.stage.player().scenario()) {
                    self.wanted.show_figures_as(on);
                } else {
                    self.prefs.every_line = on;
                }
                // One panel takes the place of the other, once it is here.
                self.shell.focus_later(choice(on).to_owned());
            }
        }
        self.prefs.apply();
        if !self.shell.framed {
            self.prefs.save();
        }
    }
}

/// Where the reader finds what a task wants to be switched or set: the panel, and the place in it.
fn sought(lesson: &dyn Classroom, player: &Player) -> Option<(Panel, &'static str)> {
    let rule = lesson.sought_rule(player).map(|_| (rules::PANEL, rules::SOUGHT));
    let dial = || lesson.sought_dial(player);
    rule.or_else(|| dial().map(|dial| (network::PANEL, network::field_of(dial))))
}

/// A seed that nobody chose.
fn chance() -> u64 {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).expect("browsers have a source of randomness");
    u64::from(u32::from_le_bytes(bytes))
}
