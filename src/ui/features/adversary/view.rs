//! What the adversary shows: what it seeks, how far it is, and what it found.

use yew::prelude::*;

use super::{
    ANYTHING, Activity, Adversary, AdversaryMsg, AimField,
    aim::{Aim, only_slows},
    liveness::LivenessReport,
    search::RunningSearch,
    talk::{Question, Report, SearchAsked, SearchLimit},
};
use crate::{
    checker::Milestone,
    raft::{Conformity, Rules},
    safety::{Properties, Property},
    ui::{
        kit::{
            dom::{bring_near, focus, focus_node},
            emit::value,
        },
        text::Lang,
    },
};

/// The button that begins a search, in the document. While it searches, it keeps the focus.
const FIND: &str = "adversary-find";

impl Adversary {
    /// What is sought, how far it is, and what it found; `compact` where that and the ring are never both in sight.
    /// The reader's cluster has so many servers.
    pub fn view(&self, rules: Rules, size: u8, compact: bool, lang: Lang) -> Html {
        let text = lang.adversary_text();
        let plays = self.aim.servers(rules);
        let intro = match self.aim.goal {
            Some(_) => lang.liveness_text().intro,
            None => text.intro,
        };
        html! {
            <section class="adversary" aria-labelledby="adversary-title">
                <h3 id="adversary-title">{ text.title }</h3>
                <p class="fine">{ intro }</p>
                { self.view_aim(rules, lang) }
                if plays != size {
                    <p class="fine">{ lang.will_play(plays, size) }</p>
                }
                <Answer stage={self.stage()} {compact}>{ self.view_state(lang) }</Answer>
            </section>
        }
    }

    /// Searches at once, as the button does.
    pub fn find_now(&self) -> Callback<()> {
        self.on(|| AdversaryMsg::Find)
    }

    const fn stage(&self) -> SearchStage {
        match self.state {
            Activity::Idle => SearchStage::Idle,
            Activity::Searches(_) => SearchStage::Searches,
            Activity::Answered(
                _,
                Report::Violated { path: Ok(_), .. } | Report::Liveness(LivenessReport::Found { .. }),
            ) => SearchStage::Plays,
            Activity::Answered(..) | Activity::Failed => SearchStage::Answered,
        }
    }

    fn on<E>(&self, message: fn() -> AdversaryMsg) -> Callback<E> {
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
                    self.aim.goal.is_none() && self.aim.property == Some(*property),
                )
            })
            .chain([(
                ANYTHING.to_owned(),
                text.anything.to_owned(),
                self.aim.goal.is_none() && self.aim.property.is_none(),
            )])
            .collect();
        let number = |label, field, range: std::ops::RangeInclusive<u8>, now: u8| {
            let options = range.map(|each| (each.to_string(), each.to_string(), each == now));
            self.select(label, field, searches, options)
        };
        let (hint, bounds) = match self.aim.goal {
            Some(_) => (
                lang.liveness_text().bounds_hint,
                self.view_fault_bounds(rules, searches, lang),
            ),
            None => (
                text.bounds_hint,
                html! {
                    <>
                        { number(text.cluster, AimField::Servers, 2..=5, self.aim.servers(rules)) }
                        { number(text.elections, AimField::Elections, 1..=4, self.aim.elections(rules)) }
                        { number(text.crashes, AimField::Crashes, 0..=2, self.aim.crashes) }
                    </>
                },
            ),
        };
        html! {
            <div class="adversary-aim" title={hint}>
                { self.view_goals(properties, searches, lang) }
                { bounds }
                <button type="button" id={FIND} class="small primary" aria-disabled={searches.then_some("true")} onclick={self.on(|| AdversaryMsg::Find)}>{ text.find }</button>
            </div>
        }
    }

    fn view_state(&self, lang: Lang) -> Html {
        let text = lang.adversary_text();
        let cancel = self.emit.reform(|_| {
            // The button goes away.
            focus(FIND);
            AdversaryMsg::Cancel
        });
        match &self.state {
            Activity::Idle => Html::default(),
            Activity::Failed => html! { <p>{ text.failed }</p> },
            Activity::Searches(search) => html! {
                <>
                    <progress aria-label={text.progress} max="1" value={search.spent().to_string()} />
                    <p class="fine" aria-live="off">{ search.progress(lang) }</p>
                    if search.seems_too_large() {
                        <p>{ text.seems_too_large }</p>
                        { self.view_lower(search.asked.rules(), false, lang) }
                    }
                    <button type="button" class="small" onclick={cancel}>{ text.cancel }</button>
                </>
            },
            Activity::Answered(SearchAsked::Safety(question), report) => self.view_answer(lang, question, report),
            Activity::Answered(SearchAsked::Liveness(asked), Report::Liveness(report)) => {
                self.view_faults(lang, asked, report)
            }
            Activity::Answered(SearchAsked::Liveness(_), _) => Html::default(),
        }
    }

    /// What makes the search smaller: a button for each bound that can be lower, which searches at once; and, if so said, one
    /// that searches for longer.
    pub(super) fn view_lower(&self, rules: Rules, longer: bool, lang: Lang) -> Html {
        let text = lang.adversary_text();
        let button = |(field, bound): (AimField, u8)| {
            let name = match field {
                AimField::Servers | AimField::Property => lang.bound_servers(bound),
                AimField::Elections => lang.bound_elections(bound),
                AimField::Crashes => lang.bound_crashes(bound),
                AimField::Faults | AimField::Kinds => lang.bound_faults(bound),
            };
            let onclick = self.emit.reform(move |_: MouseEvent| AdversaryMsg::Lower(field, bound));
            html! { <button type="button" class="small" {onclick}>{ name }</button> }
        };
        html! {
            <div class="adversary-lower" role="group" aria-label={text.search_less}>
                <span>{ text.search_less }</span>
                { for self.aim.lower(rules).map(button) }
                if longer {
                    <button type="button" class="small" onclick={self.on(|| AdversaryMsg::Longer)}>{ lang.search_for(Aim::LONG_SECONDS / 60) }</button>
                }
            </div>
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
                    <button type="button" class="small" onclick={self.on(|| AdversaryMsg::PlayAgain)}>{ text.play_again }</button>
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
                        { self.view_why_nothing(question, lang) }
                    }
                { view_missing(lang, missing) }
                </>
            },
            Report::Truncated(reached, limit) => html! {
                <>
                    <p><strong>{ text.inconclusive }</strong>{ " " }{ lang.truncated(reached.states, reached.depth) }</p>
                    { self.view_lower(question.setup.rules, *limit == SearchLimit::Time && !self.aim.long, lang) }
                </>
            },
            Report::TooLarge => html! {
                <>
                    <p><strong>{ text.inconclusive }</strong>{ " " }{ text.too_large }</p>
                    { self.view_lower(question.setup.rules, false, lang) }
                </>
            },
            Report::Ready | Report::Progress(_) | Report::Liveness(_) => Html::default(),
        }
    }

    /// Why nothing was found although a rule is off: it may break what was not sought, and then a button seeks that.
    fn view_why_nothing(&self, question: &Question, lang: Lang) -> Html {
        let text = lang.adversary_text();
        let why = match question.setup.watched {
            _ if only_slows(question.setup.rules) => text.about_progress,
            Properties::ALL => text.may_need_more,
            _ => {
                return html! {
                    <div class="adversary-lower">
                        <span>{ text.may_break_another }</span>
                        <button type="button" class="small" onclick={self.on(|| AdversaryMsg::Anything)}>{ text.find_anything }</button>
                    </div>
                };
            }
        };
        html! { <p class="fine">{ why }</p> }
    }

    pub(super) fn on_aim(&self, field: AimField) -> Callback<Event> {
        self.emit
            .reform(move |event: Event| AdversaryMsg::Aim(field, value(&event)))
    }

    pub(super) fn select(
        &self,
        label: &'static str,
        field: AimField,
        disabled: bool,
        options: impl Iterator<Item = (String, String, bool)>,
    ) -> Html {
        let onchange = self.on_aim(field);
        html! {
            <label class="named-field">
                <span>{ label }</span>
                <select {disabled} {onchange}>
                    { for options.map(|(value, name, selected)| html! { <option {value} {selected}>{ name }</option> }) }
                </select>
            </label>
        }
    }
}

impl RunningSearch {
    /// How much of what the search may use is used, of 1.
    #[expect(clippy::cast_precision_loss, reason = "a share to be seen")]
    fn spent(&self) -> f64 {
        let room = match &self.asked {
            SearchAsked::Safety(question) => self.reached.states as f64 / question.most_states as f64,
            // The bar is how far it is among the sets of a size, which are known.
            SearchAsked::Liveness(_) => return self.tried.share(),
        };
        room.max(self.time_spent()).min(1.0)
    }

    fn time_spent(&self) -> f64 {
        self.lasted / 1000.0 / f64::from(self.asked.most_seconds())
    }

    /// How far it is, in words.
    fn progress(&self, lang: Lang) -> String {
        match self.asked {
            SearchAsked::Safety(_) => lang.search_progress(self.reached.states, self.reached.depth, self.lasted),
            SearchAsked::Liveness(_) => lang.faults_tried(&self.tried),
        }
    }

    /// Half of it is used, and each step takes longer than all before.
    fn seems_too_large(&self) -> bool {
        match self.asked {
            SearchAsked::Safety(_) => self.spent() > 0.5,
            SearchAsked::Liveness(_) => self.time_spent() > 0.5,
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
    /// Where the focus of somebody is who waits for the answer.
    const WAITS: &str = "body, .adversary-aim .primary, .adversary-answer *";
    let node = use_node_ref();
    // A reader who comes back to the panel finds it scrolled as it was.
    let seen = use_mut_ref(|| props.stage);
    {
        let node = node.clone();
        let elsewhere = props.stage == SearchStage::Idle || props.stage == SearchStage::Plays && props.compact;
        use_effect_with(props.stage, move |stage| {
            let news = std::mem::replace(&mut *seen.borrow_mut(), *stage) != *stage;
            if let Some(answer) = node.cast().filter(|_| news && !elsewhere) {
                bring_near(&answer);
                let focused = gloo::utils::document().active_element();
                let waits = focused.is_none_or(|element| element.matches(WAITS).unwrap_or(false));
                if waits && *stage == SearchStage::Answered {
                    focus_node(&node);
                }
            }
        });
    }
    html! { <div ref={node} class="adversary-answer" role="status" tabindex="-1">{ props.children.clone() }</div> }
}

/// What never happened in the search: a property may hold only because of that.
fn view_missing(lang: Lang, missing: &[Milestone]) -> Html {
    if missing.is_empty() {
        return Html::default();
    }
    let text = lang.adversary_text();
    html! {
        <p class="fine">{ text.never }{ " " }{ missing.iter().map(|milestone| lang.milestone(*milestone)).collect::<Vec<_>>().join("; ") }{ "." }</p>
    }
}
