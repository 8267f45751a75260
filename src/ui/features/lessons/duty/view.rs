//! The card of a duty: what S3 knows, what comes and what it may do; and in the end what came of it.

use yew::prelude::*;

use super::{super::HEADING, keys::DutyKeys};
use crate::{
    lesson::duty::{BuiltinDuty, DutyDamage, DutyMoment, DutyOutcome, DutyRecord, DutyWalk},
    ui::{
        intent::{DutyAsked, Intent, LessonAsked, Subject},
        kit::{icons, root_mark::RootMark},
        run::{
            incident::of_incident,
            player::{Playback, Player},
        },
        text::Lang,
    },
};

fn asked(asked: DutyAsked) -> Intent {
    Intent::Lesson(LessonAsked::Duty(asked))
}

fn head(id: BuiltinDuty, place: String, close: &'static str, more: Html, lang: Lang, emit: &Callback<Intent>) -> Html {
    html! {
        <div class="lesson-head">
            <h2 id={HEADING} tabindex="-1">{ lang.duty_run(lang.duty_title(id)) }</h2>
            <span class="duty-place">{ place }</span>
            { more }
            <button type="button" class="icon-button" aria-label={close} title={close} onclick={emit.reform(|_| Intent::Lesson(LessonAsked::Close))}>
                { icons::icon(icons::CLOSE) }
            </button>
        </div>
    }
}

// --- While the curtain is closed ---

/// What S3 knows, what comes, and what it may do.
pub(super) fn closed(id: BuiltinDuty, walk: &DutyWalk, lang: Lang, emit: &Callback<Intent>) -> Html {
    let Some(moment) = walk.moment() else {
        return html! {};
    };
    let text = lang.duty_text();
    let number = walk.records().len() + 1;
    let options: Vec<_> = match walk.slip() {
        None => moment.options.iter().map(|choice| DutyAsked::Decide(*choice)).collect(),
        Some(_) => vec![DutyAsked::TakeBack, DutyAsked::LetStand],
    };
    html! {
        <section class="duty duty-closed card" aria-labelledby={HEADING}>
            <RootMark name="data-duty" />
            { head(id, lang.duty_number(number), text.close, html! {}, lang, emit) }
            <div class="duty-body">
                { knowledge(moment, walk.duty().has_logs(), lang) }
                <div class="duty-now">
                    // What comes is read out as a whole, and so is what is said of a decision.
                    <div class="duty-words" aria-live="polite">
                        { verdict(walk, lang) }
                        { story(walk, moment, number, lang) }
                        { slip(walk, moment, lang) }
                    </div>
                    <div class="duty-options" role="group" aria-label={text.decisions}>
                        { for (1..).zip(&options).map(|(key, option)| button(key, *option, moment, walk.slip().is_some(), lang, emit)) }
                    </div>
                    <p class="fine">{ text.keys }</p>
                </div>
            </div>
            { so_far(walk, lang) }
            <DutyKeys choices={options} emit={emit} />
        </section>
    }
}

/// What S3 did so far, as it remembers it.
fn so_far(walk: &DutyWalk, lang: Lang) -> Html {
    let has_logs = walk.duty().has_logs();
    let row = |record: &DutyRecord| {
        html! {
            <li>
                <span class="duty-at">{ lang.seconds(record.done_at) }</span>{ " " }
                { lang.duty_event(&record.moment, has_logs) }{ " " }<b>{ lang.duty_option(record.done, &record.moment) }{ "." }</b>
            </li>
        }
    };
    if walk.records().is_empty() {
        return html! {};
    }
    html! {
        <div class="duty-so-far">
            <h3>{ lang.duty_text().so_far }</h3>
            <ol class="duty-records">{ for walk.records().iter().map(row) }</ol>
        </div>
    }
}

fn knowledge(moment: &DutyMoment, has_logs: bool, lang: Lang) -> Html {
    let row = |(name, value): (&'static str, String)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> };
    html! {
        <div class="duty-knows">
            <h3>{ lang.duty_text().you_are }</h3>
            <dl aria-label={lang.duty_text().knows}>{ for lang.duty_knowledge(moment, has_logs).into_iter().map(row) }</dl>
        </div>
    }
}

/// What is said of the decision before.
fn verdict(walk: &DutyWalk, lang: Lang) -> Html {
    let Some(last) = walk.records().last().filter(|_| walk.is_first_try()) else {
        return html! {};
    };
    let text = lang.duty_text();
    let number = walk.records().len();
    if !last.is_right() {
        return html! { <p key={format!("last-{number}")} class="duty-last">{ text.let_stood }</p> };
    }
    html! {
        <p key={format!("last-{number}")} class="duty-last duty-right">
            { icons::icon(icons::CHECK) }<b>{ text.right }</b>{ " " }{ lang.duty_reason(&last.moment) }
        </p>
    }
}

/// What S3 did by itself, and what comes.
fn story(walk: &DutyWalk, moment: &DutyMoment, number: usize, lang: Lang) -> Html {
    let meanwhile = lang.duty_meanwhile(walk.notes());
    html! {
        <>
            if !meanwhile.is_empty() {
                <p key={format!("meanwhile-{number}")} class="duty-meanwhile">{ meanwhile }</p>
            }
            <p key={format!("event-{number}")} class="duty-event">
                <span class="duty-at">{ lang.seconds(moment.at) }</span>{ " " }{ lang.duty_event(moment, walk.duty().has_logs()) }
            </p>
        </>
    }
}

/// What is said of a wrong decision.
fn slip(walk: &DutyWalk, moment: &DutyMoment, lang: Lang) -> Html {
    let Some(choice) = walk.slip() else {
        return html! {};
    };
    let text = lang.duty_text();
    html! {
        <div key="slip" class="duty-slip">
            <p>
                { icons::icon(icons::CLOSE) }<b>{ lang.duty_option(choice, moment) }{ "?" }</b>{ " " }{ text.wrong }
            </p>
            <p>{ lang.duty_reason(moment) }{ " " }{ lang.duty_slip(choice, moment) }</p>
            <p>{ text.asked_to_stand }</p>
        </div>
    }
}

fn button(
    key: usize,
    option: DutyAsked,
    moment: &DutyMoment,
    is_slip: bool,
    lang: Lang,
    emit: &Callback<Intent>,
) -> Html {
    let text = lang.duty_text();
    let name = match option {
        DutyAsked::Decide(choice) => lang.duty_option(choice, moment),
        DutyAsked::TakeBack => text.decide_again.to_owned(),
        DutyAsked::LetStand => text.let_stand.to_owned(),
        DutyAsked::Begin(id) => lang.duty_title(id).to_owned(),
    };
    let onclick = emit.reform(move |_: MouseEvent| asked(option));
    // Another button where another question is: whoever presses twice has answered once.
    let id = format!("{}{key}", if is_slip { "slip-" } else { "" });
    html! {
        <button key={id} type="button" class="duty-option" aria-keyshortcuts={key.to_string()} {onclick}>
            <kbd aria-hidden="true">{ key }</kbd><span>{ name }</span>
        </button>
    }
}

// --- Once it is open ---

/// What came of it.
pub(super) fn opened(
    id: BuiltinDuty,
    walk: &DutyWalk,
    outcome: &DutyOutcome,
    player: &Player,
    lang: Lang,
    emit: &Callback<Intent>,
) -> Html {
    let text = lang.duty_text();
    let records = walk.records();
    let again = emit.reform(move |_: MouseEvent| asked(DutyAsked::Begin(id)));
    let again = html! { <button type="button" class="small" onclick={again}>{ text.again }</button> };
    let has_logs = walk.duty().has_logs();
    html! {
        <section class="duty duty-opened card" aria-labelledby={HEADING}>
            { head(id, text.opened.to_owned(), text.finish, again, lang, emit) }
            <div class="duty-words" aria-live="polite">
                <p><b>{ lang.duty_result(outcome, records.len()) }</b></p>
                { for outcome.damage.iter().map(|damage| broken(damage, player, lang, emit)) }
                { for lang.duty_consequences(outcome).into_iter().map(|told| html! { <p>{ told }</p> }) }
            </div>
            <ol class="duty-records">
                { for records.iter().map(|record| view_record(record, has_logs, lang, emit)) }
            </ol>
            <DutyKeys choices={Vec::new()} emit={emit} />
        </section>
    }
}

fn seek(at: crate::sim::Micros, emit: &Callback<Intent>) -> Callback<MouseEvent> {
    emit.reform(move |_: MouseEvent| Intent::Play(Playback::Seek(at)))
}

fn broken(damage: &DutyDamage, player: &Player, lang: Lang, emit: &Callback<Intent>) -> Html {
    let text = lang.duty_text();
    let (incident, history) = (damage.incident, player.history());
    let by = damage.record.map(|record| lang.duty_by(record + 1));
    let event = of_incident(history, &incident);
    let why = emit.reform(move |_: MouseEvent| Intent::Why(Subject::Event(event)));
    let told = lang.violation(incident.violation);
    html! {
        <p class="duty-broken">
            { icons::icon(icons::WARNING) }<b>{ &told }</b>{ " " }
            if let Some(by) = by {
                { format!("({by}, {})", lang.seconds(incident.at)) }
            }
            { " " }<button type="button" class="small" aria-label={format!("{}: {told}", { text.show })} onclick={seek(incident.at, emit)}>{ text.show }</button>
            if event < history.world().next_event() {
                { " " }<button type="button" class="small" aria-label={format!("{} {told}", { text.why })} onclick={why}>{ text.why }</button>
            }
        </p>
    }
}

fn view_record(record: &DutyRecord, has_logs: bool, lang: Lang, emit: &Callback<Intent>) -> Html {
    let text = lang.duty_text();
    let moment = &record.moment;
    let (class, icon) = match (record.is_right(), record.is_right_at_once()) {
        (false, _) => ("duty-wrong", icons::CLOSE),
        (true, false) => ("duty-late", icons::CHECK),
        (true, true) => ("duty-right", icons::CHECK),
    };
    let done = lang.duty_option(record.done, moment);
    let at = lang.seconds(record.done_at);
    html! {
        <li {class}>
            { icons::icon(icon) }<span class="duty-at">{ &at }</span>{ " " }
            { lang.duty_event(moment, has_logs) }{ " " }<b>{ done }{ "." }</b>{ " " }
            if record.first != record.done {
                { lang.duty_first(&lang.duty_option(record.first, moment)) }{ " " }
            }
            if !record.is_right() {
                { text.wrong }{ " " }{ lang.duty_reason(moment) }{ " " }
            }
            <button type="button" class="small" aria-label={format!("{} {at}", { text.show })} onclick={seek(record.done_at, emit)}>{ text.show }</button>
        </li>
    }
}
