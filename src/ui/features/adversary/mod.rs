//! The adversary: searches, in a worker of its own, for the shortest way to break what must hold, and plays it.

mod talk;
mod text;
mod worker;

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Element, HtmlLinkElement, MessageEvent, ScrollIntoViewOptions, ScrollLogicalPosition, Worker, WorkerOptions,
    WorkerType,
};
use yew::prelude::*;

use self::talk::{Question, Reached, Report};
pub use self::worker::serve;
use crate::ui::{
    intent::{Beginning, Intent},
    kit::emit::value,
    text::Lang,
};
use crate::{
    checker::{Bounds, Milestone, Setup},
    raft::{Conformity, LogPosition, MAX_SERVERS, Protects, Quorum, Rules, Term},
    safety::{Properties, Property},
};

/// What is sought, and how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Aim {
    property: Option<Property>,
    /// As the reader chose; else what fits the rules.
    servers: Option<u8>,
    elections: Option<u8>,
    crashes: u8,
}

impl Default for Aim {
    fn default() -> Self {
        Self {
            property: Some(Property::ElectionSafety),
            servers: None,
            elections: None,
            crashes: 1,
        }
    }
}

/// The smallest cluster, 3 to 5, in which a lack of these rules can show. Of three servers, a candidate and one more are a
/// majority: a vote that counts twice does not help it. And a quorum of so many votes is none where it is a majority.
fn smallest_cluster(rules: Rules) -> u8 {
    match rules.quorum {
        _ if !rules.count_each_vote_once => 5,
        Quorum::Votes(votes) if votes <= 2 => (2 * votes).max(3),
        _ => 3,
    }
}

impl Aim {
    const MOST_STATES: u64 = 4_000_000;

    fn servers(self, rules: Rules) -> u8 {
        self.servers.unwrap_or_else(|| smallest_cluster(rules))
    }

    /// More servers have so many more ways that fewer elections have to do.
    fn elections(self, rules: Rules) -> u8 {
        let fit = if self.servers(rules) > 3 { 1 } else { 3 };
        self.elections.unwrap_or(fit)
    }

    fn question(self, rules: Rules) -> Question {
        let bounds = Bounds {
            servers: self.servers(rules),
            elections: self.elections(rules),
            crashes: self.crashes,
            duplications: 1,
            heartbeats: 1,
            transfers: true,
        };
        let watched = match self.property {
            Some(property) => Properties::only(property),
            None => Properties::ALL,
        };
        let setup = Setup {
            rules,
            watched,
            logs: if rules.up_to_date_check {
                Default::default()
            } else {
                logs(bounds.servers)
            },
            ..Setup::paper(bounds)
        };
        Question {
            setup,
            most_states: Self::MOST_STATES,
        }
    }
}

/// Whether all that is off is about progress: how long elections take, not what comes out.
fn only_slows(rules: Rules) -> bool {
    let mut restored = rules;
    for rule in rules.changed().filter(|rule| rule.protects() == Protects::Progress) {
        restored.set(rule, Rules::PAPER.get(rule));
    }
    restored.conformity() != Conformity::Modified
}

/// A majority has an entry that the others lack: without the check, one of those can win.
fn logs(servers: u8) -> [LogPosition; MAX_SERVERS] {
    let entry = LogPosition {
        last_term: Term(1),
        last_index: 1,
    };
    let majority = usize::from(servers) / 2 + 1;
    std::array::from_fn(|index| {
        if index < majority {
            entry
        } else {
            LogPosition::default()
        }
    })
}

/// What the adversary does.
enum Activity {
    Idle,
    Searches(RunningSearch),
    Answered(Question, Report),
    /// The browser could not start the worker, or the worker stopped.
    Failed,
}

/// A search that goes on.
struct RunningSearch {
    worker: Worker,
    question: Question,
    began: f64,
    reached: Reached,
    /// How long it has gone on, in ms.
    lasted: f64,
    _hears: Closure<dyn FnMut(MessageEvent)>,
    _fails: Closure<dyn FnMut()>,
}

/// Whoever stops looking stops the work.
impl Drop for RunningSearch {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// What happens to the adversary.
pub enum Heard {
    /// The reader wants it to search, or not any more.
    Find,
    Cancel,
    /// The reader changes what is sought.
    Aim(AimField, String),
    /// The worker says something.
    Report(String),
    /// The worker stopped.
    Failed,
    /// What was found is to be played once more.
    PlayAgain,
}

/// A field of what is sought.
#[derive(Clone, Copy)]
pub enum AimField {
    /// Which property is to be broken.
    Property,
    /// Servers.
    Servers,
    /// Elections.
    Elections,
    /// Crashes.
    Crashes,
}

/// The adversary. It searches on while the reader looks at something else.
pub struct Adversary {
    aim: Aim,
    state: Activity,
    emit: Callback<Heard>,
    ask: Callback<Intent>,
}

// What it does.
impl Adversary {
    /// One that does nothing yet. It hears of itself by `emit`, and asks the page by `ask`.
    #[must_use]
    pub fn new(emit: Callback<Heard>, ask: Callback<Intent>) -> Self {
        Self {
            aim: Aim::default(),
            state: Activity::Idle,
            emit,
            ask,
        }
    }

    /// Handles what happens to it, under the rules that are in force.
    pub fn handle(&mut self, message: Heard, rules: Rules) {
        match message {
            Heard::Find => self.find(rules),
            Heard::Cancel => self.state = Activity::Idle,
            Heard::Aim(field, value) => self.set(field, &value),
            Heard::Report(text) => self.hear(&text),
            Heard::Failed => self.state = Activity::Failed,
            Heard::PlayAgain => self.play(),
        }
    }

    /// Other rules are in force: an answer holds for those that were asked about.
    pub fn rules_are(&mut self, rules: Rules) {
        let about = match &self.state {
            Activity::Searches(search) => search.question.setup.rules,
            Activity::Answered(question, _) => question.setup.rules,
            Activity::Idle | Activity::Failed => return,
        };
        if about != rules {
            self.state = Activity::Idle;
        }
    }

    fn find(&mut self, rules: Rules) {
        let question = self.aim.question(rules);
        self.state = match RunningSearch::start(&self.emit, question) {
            Ok(search) => Activity::Searches(search),
            Err(_) => Activity::Failed,
        };
    }

    fn set(&mut self, field: AimField, value: &str) {
        let number = value.parse().unwrap_or(1);
        match field {
            AimField::Property => {
                self.aim.property = value.parse().ok().and_then(|at: usize| Property::ALL.get(at).copied());
            }
            AimField::Servers => self.aim.servers = Some(number),
            AimField::Elections => self.aim.elections = Some(number),
            AimField::Crashes => self.aim.crashes = number,
        }
        self.state = Activity::Idle;
    }

    fn hear(&mut self, text: &str) {
        let Activity::Searches(search) = &mut self.state else {
            return;
        };
        let Some(report) = Report::decode(text) else {
            self.state = Activity::Failed;
            return;
        };
        search.lasted = js_sys::Date::now() - search.began;
        match report {
            Report::Ready => search.ask(),
            Report::Progress(reached) => search.reached = reached,
            report => {
                self.state = Activity::Answered(search.question, report);
                self.play();
            }
        }
    }

    /// Plays what was found, if anything was.
    fn play(&self) {
        if let Activity::Answered(
            _,
            Report::Violated {
                property,
                steps,
                path: Ok(link),
                ..
            },
        ) = &self.state
        {
            self.ask.emit(Intent::Begin(Beginning::Found {
                link: link.clone(),
                property: *property,
                steps: *steps,
            }));
        }
    }
}

impl RunningSearch {
    /// Starts the worker; it is asked once it says that it is ready.
    fn start(emit: &Callback<Heard>, question: Question) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&address().ok_or(JsValue::NULL)?, &options)?;
        let hears = {
            let hear = emit.reform(Heard::Report);
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                hear.emit(event.data().as_string().unwrap_or_default());
            })
        };
        let fails = {
            let fail = emit.reform(|()| Heard::Failed);
            Closure::<dyn FnMut()>::new(move || fail.emit(()))
        };
        worker.set_onmessage(Some(hears.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fails.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            question,
            began: js_sys::Date::now(),
            reached: Reached::default(),
            lasted: 0.0,
            _hears: hears,
            _fails: fails,
        })
    }

    fn ask(&self) {
        // A text can always be sent.
        let _ = self.worker.post_message(&JsValue::from_str(&self.question.encode()));
    }
}

/// Where the worker is. Its files have no hashed names, so the hashed name of this program tells one version from the next.
fn address() -> Option<String> {
    let link = gloo::utils::document().get_element_by_id("program-js")?;
    let href = link.dyn_into::<HtmlLinkElement>().ok()?.href();
    let (_, version) = href.rsplit_once('/')?;
    Some(format!("worker.js?{version}"))
}

// What it shows.
impl Adversary {
    /// What is sought, how far it is, and what it found; `compact` where that and the ring are never both in sight.
    pub fn view(&self, rules: Rules, compact: bool, lang: Lang) -> Html {
        let text = lang.adversary_text();
        html! {
            <section class="adversary" aria-labelledby="adversary-title">
                <h3 id="adversary-title">{ text.title }</h3>
                <p class="fine">{ text.intro }</p>
                { self.view_aim(rules, lang) }
                <Answer stage={self.stage()} {compact}>{ self.view_state(lang) }</Answer>
            </section>
        }
    }

    const fn stage(&self) -> SearchStage {
        match self.state {
            Activity::Idle => SearchStage::Idle,
            Activity::Searches(_) => SearchStage::Searches,
            Activity::Answered(_, Report::Violated { path: Ok(_), .. }) => SearchStage::Plays,
            Activity::Answered(..) | Activity::Failed => SearchStage::Answered,
        }
    }

    fn on<E>(&self, message: fn() -> Heard) -> Callback<E> {
        self.emit.reform(move |_| message())
    }

    fn view_aim(&self, rules: Rules, lang: Lang) -> Html {
        let text = lang.adversary_text();
        let searches = matches!(self.state, Activity::Searches(_));
        let properties = Property::ALL
            .iter()
            .enumerate()
            .map(|(at, property)| {
                (
                    at.to_string(),
                    lang.sought(*property).to_owned(),
                    self.aim.property == Some(*property),
                )
            })
            .chain([("any".to_owned(), text.anything.to_owned(), self.aim.property.is_none())]);
        let number = |label, field, range: std::ops::RangeInclusive<u8>, now: u8| {
            let options = range.map(|each| (each.to_string(), each.to_string(), each == now));
            self.select(label, field, searches, options)
        };
        html! {
            <div class="adversary-aim" title={text.bounds_hint}>
                { self.select(text.look_for, AimField::Property, searches, properties) }
                { number(text.cluster, AimField::Servers, 2..=5, self.aim.servers(rules)) }
                { number(text.elections, AimField::Elections, 1..=4, self.aim.elections(rules)) }
                { number(text.crashes, AimField::Crashes, 0..=2, self.aim.crashes) }
                <button type="button" class="small primary" disabled={searches} onclick={self.on(|| Heard::Find)}>{ text.find }</button>
            </div>
        }
    }

    fn view_state(&self, lang: Lang) -> Html {
        let text = lang.adversary_text();
        match &self.state {
            Activity::Idle => Html::default(),
            Activity::Failed => html! { <p>{ text.failed }</p> },
            Activity::Searches(search) => html! {
                <>
                    <progress
                        aria-label={text.progress} max={Aim::MOST_STATES.to_string()}
                        value={search.reached.states.to_string()} />
                    <p class="fine" aria-live="off">{ lang.search_progress(search.reached.states, search.reached.depth, search.lasted) }</p>
                    <button type="button" class="small" onclick={self.on(|| Heard::Cancel)}>{ text.cancel }</button>
                </>
            },
            Activity::Answered(question, report) => self.view_answer(lang, question, report),
        }
    }

    fn view_answer(&self, lang: Lang, question: &Question, report: &Report) -> Html {
        let text = lang.adversary_text();
        let bounds = question.setup.bounds;
        match report {
            Report::Violated {
                property,
                steps,
                path: Ok(_),
                ..
            } => html! {
                <>
                    <p><strong class="broken-text">{ lang.found(*property, *steps) }</strong></p>
                    <button type="button" class="small" onclick={self.on(|| Heard::PlayAgain)}>{ text.play_again }</button>
                </>
            },
            Report::Violated {
                property,
                steps,
                path: Err(path),
                ..
            } => html! {
                <>
                    <p><strong class="broken-text">{ lang.found(*property, *steps) }</strong>{ " " }{ text.unplayable }</p>
                    <ol class="adversary-path">{ for path.iter().map(|words| html! { <li>{ lang.of_all(words) }</li> }) }</ol>
                </>
            },
            Report::Exhausted(reached, missing) => html! {
                <>
                    <p><strong>{ text.holds }</strong>{ " " }{ lang.exhausted(bounds, reached.states, reached.depth) }</p>
                    if question.setup.rules.conformity() == Conformity::Modified {
                    <p class="fine">{ if only_slows(question.setup.rules) { text.about_progress } else { text.may_need_more } }</p>
                }
                { view_missing(lang, missing) }
                </>
            },
            Report::Truncated(reached) => html! {
                <p><strong>{ text.nothing_yet }</strong>{ " " }{ lang.truncated(reached.states, reached.depth) }</p>
            },
            Report::TooLarge => html! { <p>{ text.too_large }</p> },
            Report::Ready | Report::Progress(_) => Html::default(),
        }
    }

    fn select(
        &self,
        label: &'static str,
        field: AimField,
        disabled: bool,
        options: impl Iterator<Item = (String, String, bool)>,
    ) -> Html {
        let onchange = self.emit.reform(move |event: Event| Heard::Aim(field, value(&event)));
        html! {
            <label class="adversary-field">
                <span>{ label }</span>
                <select {disabled} {onchange}>
                    { for options.map(|(value, name, selected)| html! { <option {value} {selected}>{ name }</option> }) }
                </select>
            </label>
        }
    }
}

/// How far a question is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SearchStage {
    Idle,
    Searches,
    /// The answer plays on the ring.
    Plays,
    Answered,
}

#[derive(PartialEq, Properties)]
struct AnswerProps {
    stage: SearchStage,
    compact: bool,
    children: Html,
}

/// Where it is said how far the search is and what it found. It comes in sight when there is something new to read there, unless
/// what there is to see is on the ring.
#[component]
fn Answer(props: &AnswerProps) -> Html {
    let node = use_node_ref();
    // Whoever comes back to the panel is where they were.
    let seen = use_mut_ref(|| props.stage);
    {
        let node = node.clone();
        let elsewhere = props.stage == SearchStage::Idle || props.stage == SearchStage::Plays && props.compact;
        use_effect_with(props.stage, move |stage| {
            let news = std::mem::replace(&mut *seen.borrow_mut(), *stage) != *stage;
            if let Some(answer) = node.cast::<Element>().filter(|_| news && !elsewhere) {
                let options = ScrollIntoViewOptions::new();
                options.set_block(ScrollLogicalPosition::Nearest);
                answer.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
    html! { <div ref={node} class="adversary-answer" role="status">{ props.children.clone() }</div> }
}

/// What never happened, lest something holds because nothing happens.
fn view_missing(lang: Lang, missing: &[Milestone]) -> Html {
    if missing.is_empty() {
        return Html::default();
    }
    let text = lang.adversary_text();
    html! {
        <p class="fine">{ text.never }{ " " }{ missing.iter().map(|milestone| lang.milestone(*milestone)).collect::<Vec<_>>().join("; ") }{ "." }</p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::Rule;

    #[test]
    fn a_question_comes_back_as_it_was() {
        let mut rules = Rules::PAPER;
        for rule in [
            None,
            Some(Rule::PersistVote),
            Some(Rule::UpToDateCheck),
            Some(Rule::PreVote),
        ] {
            if let Some(rule) = rule {
                rules.set(rule, !rules.get(rule));
            }
            for property in [None, Some(Property::MonotonicTerms)] {
                let question = Aim {
                    property,
                    servers: Some(5),
                    ..Aim::default()
                }
                .question(rules);
                assert_eq!(Question::decode(&question.encode()), Some(question));
            }
        }
    }

    /// Each bug that the page offers is broken in the cluster that is searched unless the reader chooses another, if it can be.
    #[test]
    fn the_cluster_is_large_enough_for_the_rules() {
        let with = |change: fn(&mut Rules)| {
            let mut rules = Rules::PAPER;
            change(&mut rules);
            let bounds = Aim::default().question(rules).setup.bounds;
            (bounds.servers, bounds.elections)
        };
        assert_eq!(with(|_| {}), (3, 3));
        assert_eq!(with(|rules| rules.persist_vote = false), (3, 3));
        assert_eq!(with(|rules| rules.count_each_vote_once = false), (5, 1));
        assert_eq!(with(|rules| rules.quorum = Quorum::Votes(1)), (3, 3));
        assert_eq!(with(|rules| rules.quorum = Quorum::Votes(2)), (4, 1));
        assert_eq!(with(|rules| rules.quorum = Quorum::Votes(3)), (3, 3));
    }

    #[test]
    fn a_report_comes_back_as_it_was() {
        let reached = Reached {
            states: 123_456,
            depth: 17,
        };
        let violated = |path| Report::Violated {
            reached,
            property: Property::ElectionSafety,
            steps: 9,
            path,
        };
        for report in [
            Report::Ready,
            Report::TooLarge,
            Report::Progress(reached),
            Report::Truncated(reached),
            Report::Exhausted(reached, Vec::new()),
            Report::Exhausted(reached, Milestone::ALL.to_vec()),
            violated(Ok("AbC_-".to_owned())),
            violated(Err(vec![
                Lang::ALL.map(|lang| format!("S1 crashes, {lang:?}.")),
                Lang::ALL.map(|lang| format!("It restarts, {lang:?}.")),
            ])),
        ] {
            assert_eq!(Report::decode(&report.encode()), Some(report));
        }
    }

    #[test]
    fn what_is_no_report_is_none() {
        for text in [
            "",
            "progress",
            "progress 1",
            "progress a b",
            "violated 1 2 9 3 run x",
            "violated 1 2 0 3 words in one language only",
            "exhausted 1 2 7",
            "?",
        ] {
            assert_eq!(Report::decode(text), None, "{text}");
        }
        for text in ["", "1 2 3", "1 1 1 1 100 0 notalink", "1 1 1 1 100 99 x"] {
            assert_eq!(Question::decode(text), None, "{text}");
        }
    }
}
