//! Messages under way, and the one that the reader has taken hold of.

use yew::prelude::*;

use crate::ui::kit::millis::Millis;
use crate::{
    raft::{LogPosition, Message},
    sim::{Action, InFlight, Micros, Refused},
    ui::{
        explain::taken::Fate,
        intent::Intent,
        kit::dom::{focus_node, focus_on},
        text::Lang,
    },
};

/// What the messages need.
#[derive(Clone, PartialEq, Properties)]
pub struct MessagesProps {
    /// Those under way, the next to arrive first.
    pub flights: Vec<InFlight>,
    /// The one that the reader has taken hold of, and what has become of it.
    pub taken: Option<(InFlight, Fate)>,
    /// The language.
    pub lang: Lang,
    /// Receives the reader's changes.
    pub emit: Callback<Intent>,
}

/// The inspector, and the list below it.
#[component]
pub fn MessagesField(props: &MessagesProps) -> Html {
    let text = props.lang.faults_text();
    html! {
        <section class="fault-section" aria-label={text.messages}>
            <h2>{ text.messages }</h2>
            if let Some((taken, fate)) = &props.taken {
                <Inspector taken={*taken} fate={*fate} lang={props.lang} emit={&props.emit} />
            }
            if props.flights.is_empty() {
                <p class="intro">{ text.none_under_way }</p>
            } else {
                <ul class="flights">{ for props.flights.iter().map(|flight| view_flight(props, flight)) }</ul>
            }
        </section>
    }
}

fn view_flight(props: &MessagesProps, flight: &InFlight) -> Html {
    let (lang, id) = (props.lang, flight.id);
    let text = lang.faults_text();
    let taken = props.taken.as_ref().is_some_and(|(taken, _)| taken.id == id);
    let end = if flight.lost.is_some() {
        text.will_be_lost.to_owned()
    } else {
        format!("{} {}", { text.due }, lang.seconds(flight.due_at))
    };
    html! {
        <li key={flight.sent.0.to_string()}>
            <button
                type="button" class="flight-row" title={text.take} aria-pressed={taken.to_string()}
                onclick={props.emit.reform(move |_| Intent::TakeMessage((!taken).then_some(id)))}
            >
                <span class="flight-id">{ id.to_string() }</span>
                <span>{ lang.message_in_full(flight.message) }</span>
                <span class="flight-due">{ end }</span>
            </button>
        </li>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct InspectorProps {
    taken: InFlight,
    fate: Fate,
    lang: Lang,
    emit: Callback<Intent>,
}

/// All that there is to know of a message, and what can be done to it.
#[component]
fn Inspector(props: &InspectorProps) -> Html {
    const DELAY: Micros = Micros::from_millis(100);
    let (lang, emit) = (props.lang, &props.emit);
    let text = lang.faults_text();
    let by = use_state_eq(|| DELAY);
    let id = props.taken.id;
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(id, move |_| focus_node(&node));
    }
    let under_way = matches!(props.fate, Fate::UnderWay(_));
    // Whoever presses one although the message is gone is told so, as by every action that can't be done.
    let button = |name: &'static str, action: Action| {
        let title = (!under_way).then(|| lang.refused(Refused::NoSuchMessage));
        html! { <button type="button" class="small" aria-disabled={(!under_way).then_some("true")} {title} onclick={emit.reform(move |_| Intent::act(action))}>{ name }</button> }
    };
    let let_go = |emit: &Callback<Intent>| {
        give_focus_back();
        emit.emit(Intent::TakeMessage(None));
    };
    let onkeydown = {
        let emit = emit.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                let_go(&emit);
            }
        })
    };
    let on_close = {
        let emit = emit.clone();
        Callback::from(move |_: MouseEvent| let_go(&emit))
    };
    let onchange = {
        let by = by.clone();
        Callback::from(move |span| by.set(Micros(span)))
    };
    html! {
        <div ref={node.clone()} class="inspector" role="group" tabindex="-1" aria-label={format!("{} {id}", { text.inspector })} {onkeydown}>
            <dl>
                { for fields(&props.taken, lang).into_iter().map(|(name, value)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }) }
                <div><dt>{ text.field_fate }</dt><dd><span role="status">{ lang.fate(props.fate) }</span></dd></div>
            </dl>
            <div class="fault-buttons">
                { button(text.drop_it, Action::drop_message(id)) }
                { button(text.duplicate_it, Action::duplicate_message(id)) }
                { button(text.deliver_it, Action::deliver_message(id)) }
                { button(text.delay_it, Action::delay_message(id, *by)) }
                <Millis label={format!("{}: ms", { text.delay_it })} value={by.0} {lang} {onchange} />
                <button type="button" class="small" onclick={on_close}>{ text.close }</button>
            </div>
        </div>
    }
}

/// Gives the focus to the message in the list, or to the panel's tab if it is under way no more.
fn give_focus_back() {
    let document = gloo::utils::document();
    let row = document.query_selector(".flight-row[aria-pressed=true]").ok().flatten();
    let place = row.or_else(|| document.get_element_by_id("tab-network"));
    if let Some(place) = place {
        focus_on(place);
    }
}

/// What a message carries, by the paper's names.
fn fields(flight: &InFlight, lang: Lang) -> Vec<(&'static str, String)> {
    let text = lang.faults_text();
    let mut fields = vec![
        (text.field_name, flight.id.to_string()),
        (text.field_from, flight.from().to_string()),
        (text.field_to, flight.to().to_string()),
        (text.field_says, kind(flight.message).to_owned()),
        (text.field_term, flight.message.term().to_string()),
    ];
    match flight.message {
        Message::RequestVote { last_log, .. } | Message::PreVote { last_log, .. } => {
            fields.push((text.field_log, position(last_log, lang)));
        }
        Message::RequestVoteReply { vote_granted, .. } | Message::PreVoteReply { vote_granted, .. } => {
            fields.push((text.field_granted, vote_granted.to_string()));
        }
        Message::AppendEntriesReply { success, .. } => fields.push((text.field_success, success.to_string())),
        Message::AppendEntries { .. } | Message::TimeoutNow { .. } => {}
    }
    fields.push((text.field_sent, lang.seconds(flight.sent_at)));
    if flight.leaves_at > flight.sent_at {
        let waits = lang.millis(flight.leaves_at - flight.sent_at);
        fields.push((
            text.field_leaves,
            format!("{} ({waits})", lang.seconds(flight.leaves_at)),
        ));
    }
    let travels = lang.elapsed(flight.leaves_at, flight.due_at);
    fields.push((text.field_due, format!("{} ({travels})", lang.seconds(flight.due_at))));
    fields
}

/// What kind of message it is, by the paper's name.
const fn kind(message: Message) -> &'static str {
    match message {
        Message::RequestVote { .. } => "RequestVote",
        Message::RequestVoteReply { .. } => "RequestVote, reply",
        Message::AppendEntries { .. } => "AppendEntries (heartbeat)",
        Message::AppendEntriesReply { .. } => "AppendEntries, reply",
        Message::PreVote { .. } => "PreVote",
        Message::PreVoteReply { .. } => "PreVote, reply",
        Message::TimeoutNow { .. } => "TimeoutNow",
    }
}

fn position(log: LogPosition, lang: Lang) -> String {
    let is_empty = log == LogPosition::default();
    let empty = is_empty.then(|| format!(" ({})", lang.log_in_short(log)));
    format!("{}, {}{}", log.last_index, log.last_term, empty.unwrap_or_default())
}
