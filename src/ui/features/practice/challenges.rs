//! The challenges: what they ask for, how the run on screen stands, and which were solved.

use yew::prelude::*;

use crate::{
    lesson::challenge::Challenge,
    ui::{
        intent::{ChallengeState, Intent, PracticeStep, UnderWay},
        kit::key_value::{BrowserStorage, KeyValue},
        text::Lang,
    },
};

/// Under which name the best solutions are kept: lines of a challenge's name and what its solution took. Never sent anywhere.
const KEPT: &str = "raft-playground:challenges";

/// The fewest actions, or steps, in which the reader has solved each challenge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Solved(Vec<(String, usize)>);

impl Solved {
    fn load(storage: &impl KeyValue) -> Self {
        let kept = storage.get(KEPT).unwrap_or_default();
        let entries = kept.lines().filter_map(|line| {
            let (slug, count) = line.split_once(' ')?;
            Some((slug.to_owned(), count.parse().ok()?))
        });
        Self(entries.collect())
    }

    fn save(&self, storage: &impl KeyValue) {
        let lines: Vec<_> = self.0.iter().map(|(slug, count)| format!("{slug} {count}")).collect();
        storage.put(KEPT, &lines.join("\n"));
    }

    fn best(&self, challenge: Challenge) -> Option<usize> {
        let slug = challenge.slug();
        self.0.iter().find(|(other, _)| *other == slug).map(|(_, count)| *count)
    }

    /// Says whether it is better than before.
    fn note(&mut self, challenge: Challenge, count: usize) -> bool {
        if self.best(challenge).is_some_and(|best| best <= count) {
            return false;
        }
        let slug = challenge.slug();
        self.0.retain(|(other, _)| *other != slug);
        self.0.push((slug, count));
        true
    }
}

/// Keeps a solution, if it is better than those before.
pub fn keep(under_way: Option<UnderWay>) {
    if let Some(UnderWay::Challenge(challenge, ChallengeState::Solved(count))) = under_way {
        let mut solved = Solved::load(&BrowserStorage);
        if solved.note(challenge, count) {
            solved.save(&BrowserStorage);
        }
    }
}

/// The solutions that are kept: none in a frame of another page.
fn kept(keeps: bool) -> Solved {
    if keeps {
        Solved::load(&BrowserStorage)
    } else {
        Solved::default()
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ChallengeListProps {
    /// What is under way, which stands above by itself.
    pub(super) under_way: Option<UnderWay>,
    /// Whether solutions are kept in the browser: not in a frame of another page.
    pub(super) keeps: bool,
    pub(super) lang: Lang,
    pub(super) emit: Callback<Intent>,
}

/// The list of those that are not under way.
#[component]
pub(super) fn ChallengeList(props: &ChallengeListProps) -> Html {
    let ChallengeListProps {
        under_way,
        keeps,
        lang,
        emit,
    } = props;
    let (lang, text, solved) = (*lang, lang.challenge_text(), kept(*keeps));
    let is_other = |challenge: &Challenge| !matches!(under_way, Some(UnderWay::Challenge(now, _)) if now == challenge);
    let row = |challenge: Challenge| view_row(challenge, None, solved.best(challenge), lang, emit);
    html! {
        <section aria-labelledby="challenges-heading">
            <h2 id="challenges-heading">{ text.challenges }</h2>
            <p class="intro">{ text.intro }</p>
            <ul>{ for Challenge::all().into_iter().filter(is_other).map(row) }</ul>
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(super) struct CurrentChallengeProps {
    pub(super) challenge: Challenge,
    pub(super) state: ChallengeState,
    /// Whether solutions are kept in the browser.
    pub(super) keeps: bool,
    pub(super) lang: Lang,
    pub(super) emit: Callback<Intent>,
}

/// The challenge that is under way.
#[component]
pub(super) fn CurrentChallenge(props: &CurrentChallengeProps) -> Html {
    let (challenge, best) = (props.challenge, kept(props.keeps).best(props.challenge));
    view_row(challenge, Some(props.state), best, props.lang, &props.emit)
}

fn view_row(
    challenge: Challenge,
    now: Option<ChallengeState>,
    best: Option<usize>,
    lang: Lang,
    emit: &Callback<Intent>,
) -> Html {
    let text = lang.challenge_text();
    let title = lang.challenge_title(challenge);
    let start = if now.is_some() { text.again } else { text.start };
    let onclick = emit.reform(move |_: MouseEvent| Intent::Practise(PracticeStep::Begin(challenge)));
    let state = match (now.is_some(), best) {
        (true, None) => text.on_screen.to_owned(),
        // That is said below.
        (_, Some(best)) if now == Some(ChallengeState::Solved(best)) => String::new(),
        (_, Some(best)) => lang.best_of(best, challenge.par().count),
        (false, None) => String::new(),
    };
    // There is nothing else left to do.
    let is_next = matches!(now, Some(ChallengeState::Stuck(_) | ChallengeState::Spoiled(_)));
    html! {
        <li key={challenge.slug()} class={classes!("challenge", now.is_some().then_some("current"))}>
            <div class="challenge-head">
                <h3>{ &title }</h3>
                <span class="challenge-state">{ state }</span>
                <button type="button" class={classes!("small", is_next.then_some("primary"))} aria-label={format!("{start}: {title}")} {onclick}>{ start }</button>
            </div>
            <p>{ lang.challenge_task(challenge) }</p>
            <p class="challenge-allowed">{ lang.challenge_allowed(challenge) }</p>
            <div role="status">
                { for now.map(|now| view_state(challenge, now, lang, emit)) }
            </div>
        </li>
    }
}

fn view_state(challenge: Challenge, state: ChallengeState, lang: Lang, emit: &Callback<Intent>) -> Html {
    let ChallengeState::Solved(count) = state else {
        let is_over = state != ChallengeState::Open;
        return html! { <p class={is_over.then_some("challenge-over")}>{ lang.unsolved(state) }</p> };
    };
    html! {
        <>
            <p class="challenge-solved">{ lang.solved_text(challenge, count) }</p>
            <button type="button" class="small" onclick={emit.reform(|_: MouseEvent| Intent::Share)}>{ lang.challenge_text().share }</button>
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::kit::key_value::OneText;

    #[test]
    fn the_best_solution_is_kept() {
        let storage = OneText::default();
        let mut solved = Solved::load(&storage);
        assert!(solved.note(Challenge::ElectS5, 3));
        assert!(!solved.note(Challenge::ElectS5, 4), "a worse one");
        assert!(solved.note(Challenge::ElectS5, 1));
        assert!(solved.note(Challenge::Leaderless, 2));
        solved.save(&storage);
        let again = Solved::load(&storage);
        assert_eq!(again, solved);
        assert_eq!(again.best(Challenge::ElectS5), Some(1));
        assert_eq!(again.best(Challenge::SplitVote), None);
    }

    #[test]
    fn what_can_not_be_read_is_left_out() {
        let storage = OneText::default();
        storage.put(KEPT, "elect-s5\nsplit-vote many\nleaderless 2");
        assert_eq!(Solved::load(&storage).0, [("leaderless".to_owned(), 2)]);
    }
}
