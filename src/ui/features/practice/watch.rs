//! What whoever practises has begun: it is seen on every panel, and so is what becomes of it.

use yew::prelude::*;

use crate::{
    lesson::{
        challenge::{Challenge, ChallengeVerdict},
        duty::BuiltinDuty,
    },
    ui::{
        intent::{ChallengeState, Intent, PracticeStep, UnderWay},
        kit::icons,
        run::handle::RunHandle,
        text::Lang,
    },
};

#[derive(Clone, PartialEq, Properties)]
pub struct PracticeWatchProps {
    /// The run, at reading speed.
    pub run: RunHandle,
    /// Whether a lesson, or a duty, is open.
    pub teaches: bool,
    /// The run in which the reader is a server.
    pub duty: Option<BuiltinDuty>,
    /// What is known to be under way.
    pub known: Option<UnderWay>,
    pub emit: Callback<Intent>,
}

/// Shows nothing: it tells the page what is under way as soon as that is something else.
#[component]
pub fn PracticeWatch(props: &PracticeWatchProps) -> Html {
    let stuck_since = use_mut_ref(|| None);
    use_effect_with(props.clone(), move |props| {
        let under_way = match props.duty {
            Some(duty) => Some(UnderWay::Duty(duty)),
            None if props.teaches => None,
            None => challenge(&props.run, props.known, &mut stuck_since.borrow_mut()),
        };
        if under_way != props.known {
            props.emit.emit(Intent::Practise(PracticeStep::Stands(under_way)));
        }
    });
    html! {}
}

/// The challenge that a run is one of, and how it stands. To see that it is at a dead end takes a look ahead, so `stuck_since` says
/// what had been done when that was seen last.
fn challenge(run: &RunHandle, known: Option<UnderWay>, stuck_since: &mut Option<(u64, usize)>) -> Option<UnderWay> {
    let player = run.player();
    let history = player.history();
    let challenge = Challenge::of(history)?;
    let done = (run.epoch(), history.actions().count());
    let state = match challenge.judge(history) {
        ChallengeVerdict::Solved { count, .. } => ChallengeState::Solved(count),
        ChallengeVerdict::Spoiled { action, .. } => ChallengeState::Spoiled(action),
        ChallengeVerdict::Open | ChallengeVerdict::OtherRun => {
            let known = known.filter(|_| *stuck_since == Some(done));
            if let Some(UnderWay::Challenge(before, ChallengeState::Stuck(_))) = known
                && before == challenge
            {
                return known;
            }
            *stuck_since = Some(done);
            let stuck = challenge.dead_end(history).map(ChallengeState::Stuck);
            stuck.unwrap_or(ChallengeState::Open)
        }
    };
    Some(UnderWay::Challenge(challenge, state))
}

/// At the tab: whether it is solved, or can't be any more.
pub fn view_mark(under_way: Option<UnderWay>, lang: Lang) -> Html {
    let Some(UnderWay::Challenge(_, state)) = under_way else {
        return html! {};
    };
    let text = lang.challenge_text();
    let (class, icon, words) = match state {
        ChallengeState::Open => return html! {},
        ChallengeState::Solved(_) => ("solved", icons::CHECK, text.solved),
        ChallengeState::Spoiled(_) | ChallengeState::Stuck(_) => ("stuck", icons::CLOSE, text.stuck),
    };
    html! { <span class={classes!("practice-mark", class)}>{ icons::icon(icon) }<span class="unseen">{ words }</span></span> }
}
