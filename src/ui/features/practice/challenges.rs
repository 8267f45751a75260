//! The challenges: what they ask for, how the run on screen stands, and which were solved.

use yew::prelude::*;

use crate::{
    lesson::challenge::{Challenge, ChallengeVerdict},
    ui::{
        intent::{Intent, PracticeStep},
        kit::key_value::{BrowserStorage, KeyValue},
        run::handle::RunHandle,
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

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ChallengeListProps {
    /// The run, at reading speed.
    pub(super) run: RunHandle,
    /// Whether solutions are kept in the browser: not in a frame of another page.
    pub(super) keeps: bool,
    pub(super) lang: Lang,
    pub(super) emit: Callback<Intent>,
}

/// The list.
#[component]
pub(super) fn ChallengeList(props: &ChallengeListProps) -> Html {
    let ChallengeListProps { run, keeps, lang, emit } = props;
    let (lang, text, keeps) = (*lang, lang.challenge_text(), *keeps);
    let solved = use_state(|| {
        if keeps {
            Solved::load(&BrowserStorage)
        } else {
            Solved::default()
        }
    });
    let player = run.player();
    let current = Challenge::of(player.history());
    let verdict = current.map(|challenge| challenge.judge(player.history()));
    drop(player);
    {
        let solved = solved.clone();
        use_effect_with((current, verdict), move |(current, verdict)| {
            if let (Some(challenge), Some(ChallengeVerdict::Solved { count, .. })) = (*current, *verdict) {
                let mut all = (*solved).clone();
                if all.note(challenge, count) {
                    if keeps {
                        all.save(&BrowserStorage);
                    }
                    solved.set(all);
                }
            }
        });
    }
    let row = |challenge: Challenge| {
        let now = verdict.filter(|_| current == Some(challenge));
        view_row(challenge, now, solved.best(challenge), lang, emit)
    };
    html! {
        <section aria-labelledby="challenges-heading">
            <h2 id="challenges-heading">{ text.challenges }</h2>
            <p class="intro">{ text.intro }</p>
            <ul>{ for current.map(row) }{ for Challenge::all().into_iter().filter(|other| Some(*other) != current).map(row) }</ul>
        </section>
    }
}

fn view_row(
    challenge: Challenge,
    now: Option<ChallengeVerdict>,
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
        (_, Some(best)) => lang.best_of(best, challenge.par().count),
        (false, None) => String::new(),
    };
    html! {
        <li key={challenge.slug()} class={classes!("challenge", now.is_some().then_some("current"))}>
            <div class="challenge-head">
                <h3>{ &title }</h3>
                <span class="challenge-state">{ state }</span>
                <button type="button" class="small" aria-label={format!("{start}: {title}")} {onclick}>{ start }</button>
            </div>
            <p>{ lang.challenge_task(challenge) }</p>
            <div role="status">
                if let Some(now) = now {
                    { view_verdict(challenge, now, lang, emit) }
                }
            </div>
        </li>
    }
}

fn view_verdict(challenge: Challenge, verdict: ChallengeVerdict, lang: Lang, emit: &Callback<Intent>) -> Html {
    let text = lang.challenge_text();
    match verdict {
        ChallengeVerdict::Solved { count, .. } => html! {
            <>
                <p class="challenge-solved">{ lang.solved_text(challenge, count) }</p>
                <button type="button" class="small" onclick={emit.reform(|_: MouseEvent| Intent::Share)}>{ text.share }</button>
            </>
        },
        ChallengeVerdict::Spoiled { action, .. } => html! { <p>{ lang.spoiled(&lang.deed(action)) }</p> },
        ChallengeVerdict::Open | ChallengeVerdict::OtherRun => html! { <p>{ text.open }</p> },
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
