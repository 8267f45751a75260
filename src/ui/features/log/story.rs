//! The story of the run as cards, the newest first. Only the newest are in the document, until the reader asks for earlier ones.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use web_sys::Element;
use yew::prelude::*;

use crate::{
    raft::NodeSet,
    sim::{EventId, History, Micros},
    ui::{
        explain::story::{Answer, Campaign, Card, CardKind, Contest, DeedsInWords, PreVote, Story, Told},
        features::log::listed::{Listed, listed},
        intent::{ElectionAsked, Intent, Subject},
        kit::{
            dom::{bring_near, focus},
            later::WhenHere,
        },
        run::{
            handle::RunHandle,
            player::{BranchChange, Player},
        },
        text::{Lang, with_units},
    },
};

/// The lines of the card whose lines are shown, in the document.
pub(super) const LINES_ID: &str = "story-lines";

/// Puts what is noted in the run among cards that stand with their times, the newest first; whether these are all that there are
/// says if it tells of earlier times, too.
pub type AddCards = fn(&Player, &mut Vec<(Micros, Html)>, bool, Lang);

/// Draws the lines that servers printed about what a card tells.
pub type ViewCardLines = fn(&History, &Card, Lang) -> Html;

/// What tells what is noted. The page begins without it.
#[derive(Clone, Copy)]
pub struct NoteCards(pub Option<AddCards>);

impl PartialEq for NoteCards {
    /// What is noted is the run's.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// What the story needs.
#[derive(Clone, PartialEq, Properties)]
pub struct StoryProps {
    /// The run, at reading speed.
    pub run: RunHandle,
    /// Whether a pointer holds the play head.
    pub held: bool,
    /// The event that is selected everywhere.
    pub selected: Option<EventId>,
    /// Whether the reader is told why something is so.
    pub asked: bool,
    /// The language.
    pub lang: Lang,
    /// What tells what is noted in the run.
    pub notes: NoteCards,
    /// What draws the lines of a card.
    pub lines: WhenHere<ViewCardLines>,
    /// The words for what was done.
    pub deeds: DeedsInWords,
    /// What stands first in the toolbar.
    pub children: Html,
    /// Receives the reader's choices.
    pub emit: Callback<Intent>,
}

/// What happens to the story.
pub enum StoryMsg {
    /// The reader asks for earlier cards.
    Earlier,
    /// The reader wants to see the elections of a row that failed, of which the oldest begins with this event.
    Unfold(EventId),
    /// Shows or hides the lines of the card with this key.
    Lines(String),
    /// The reader asks why what a card tells of is so.
    Why(Rc<Card>),
}

/// The story.
pub struct StoryView {
    story: Story,
    shown: usize,
    /// While the play head is held, most cards are others several times a second: those below what is in sight wait until it rests.
    most: Option<usize>,
    /// Where the oldest of elections begin that failed in a row and that the reader wants to see: newer ones join them.
    unfolded: Vec<EventId>,
    /// The key of the card whose lines are shown.
    open: Option<String>,
    /// Whether they are shown with the next render.
    opens: bool,
    /// Whether the next render brings the newest card into sight.
    to_newest: bool,
    /// What scrolls.
    list: NodeRef,
}

impl StoryView {
    /// Cards in the document at first, and how many more come when earlier ones are wanted.
    const CARDS: usize = 20;

    /// The height of the lowest card, in pixels.
    const LOWEST: i32 = 80;

    /// How many cards are in sight at most, where the reader is at the newest.
    fn in_sight(&self) -> Option<usize> {
        let list = self.list.cast::<Element>().filter(|list| list.scroll_top() == 0)?;
        usize::try_from(list.client_height() / Self::LOWEST + 1).ok()
    }

    fn sync(&mut self, ctx: &Context<Self>) {
        let player = ctx.props().run.player();
        self.story.sync(player.history(), ctx.props().run.trace_epoch());
    }
}

impl Component for StoryView {
    type Message = StoryMsg;
    type Properties = StoryProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mut view = Self {
            story: Story::default(),
            shown: Self::CARDS,
            most: None,
            unfolded: Vec::new(),
            open: None,
            opens: false,
            to_newest: false,
            list: NodeRef::default(),
        };
        view.sync(ctx);
        view
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &StoryProps) -> bool {
        let StoryProps { run, held, asked, .. } = ctx.props();
        if *held != before.held {
            self.most = held.then(|| self.in_sight()).flatten();
        }
        // What has become of the run is told first, wherever in another one the reader was; and so it is once a question is answered.
        self.to_newest |= run.epoch() != before.run.epoch();
        if before.asked && !asked {
            newest_after_focus(self.list.clone());
        }
        self.sync(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: StoryMsg) -> bool {
        match message {
            StoryMsg::Why(card) => {
                ctx.props().emit.emit(why(&card));
                return false;
            }
            StoryMsg::Earlier => self.shown += Self::CARDS,
            StoryMsg::Unfold(oldest) => {
                self.unfolded.push(oldest);
                self.shown += Self::CARDS;
            }
            StoryMsg::Lines(card) => {
                self.open = (self.open.as_ref() != Some(&card)).then_some(card);
                self.opens = self.open.is_some();
                if self.opens {
                    ctx.props().emit.emit(Intent::ReadLines);
                }
            }
        }
        true
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        let lines = self.opens.then(|| gloo::utils::document().get_element_by_id(LINES_ID));
        if let Some(lines) = lines.flatten() {
            self.opens = false;
            bring_near(&lines);
        }
        let list = std::mem::take(&mut self.to_newest).then(|| self.list.cast::<Element>());
        if let Some(list) = list.flatten() {
            list.set_scroll_top(0);
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let text = props.lang.log_text();
        let onopen = ctx.link().callback(StoryMsg::Lines);
        let why = ctx.link().callback(StoryMsg::Why);
        let view_card = |card: &Rc<Card>| {
            let is_open = self.open.as_ref() == Some(&key(card));
            html! {
                <CardView
                    key={key(card)} card={card.clone()} open={is_open.then(|| (props.run.clone(), props.lines))}
                    selected={props.selected == Some(card.kind.asked(card.first))}
                    lang={props.lang} deeds={props.deeds} onopen={&onopen} why={&why} emit={&props.emit}
                />
            }
        };
        let is_wanted = |card: &Card| {
            let is_selected = props.selected == Some(card.kind.asked(card.first));
            let is_open = self.open.as_ref().is_some_and(|open| *open == key(card));
            is_selected || is_open || self.unfolded.contains(&card.first)
        };
        let mut listed = listed(self.story.cards().rev(), is_wanted);
        let shown = self.most.map_or(self.shown, |most| most.min(self.shown));
        let shown = listed.by_ref().take(shown);
        let mut cards: Vec<_> = shown
            .map(|item| match item {
                Listed::Card(card) => (card.at, view_card(card)),
                Listed::Failed(row) => (
                    row[0].at,
                    view_failed(&row, props.lang, &ctx.link().callback(StoryMsg::Unfold)),
                ),
            })
            .collect();
        let has_more = listed.next().is_some();
        if let NoteCards(Some(add)) = props.notes {
            add(&props.run.player(), &mut cards, !has_more, props.lang);
        }
        html! {
            <div class="log-panel">
                <div class="log-toolbar">
                    { props.children.clone() }
                    <span class="story-order">{ text.newest_first }</span>
                </div>
                <div class="story" ref={&self.list}>
                    <ol class="story-cards" aria-label={text.story}>
                        { for cards.into_iter().map(|(_, card)| card) }
                    </ol>
                    if has_more {
                        <button type="button" class="small" onclick={ctx.link().callback(|_| StoryMsg::Earlier)}>{ text.earlier }</button>
                    } else if self.story.is_cut_off() {
                        <p class="intro">{ text.cut_off }</p>
                    }
                </div>
            </div>
        }
    }
}

/// Brings the newest card into sight once the focus is back where it was, which scrolls there; unless it is there for the keyboard.
fn newest_after_focus(list: NodeRef) {
    let look = move || {
        let list = list.cast::<Element>();
        let is_at_card = |list: &Element| {
            list.query_selector(":focus-visible")
                .is_ok_and(|focused| focused.is_some())
        };
        if let Some(list) = list.filter(|list| !is_at_card(list)) {
            list.set_scroll_top(0);
        }
    };
    Timeout::new(0, look).forget();
}

/// Elections that nobody won, from the newest to the oldest, as one line.
fn view_failed(row: &[&Rc<Card>], lang: Lang, unfold: &Callback<EventId>) -> Html {
    let oldest = row[row.len() - 1].first;
    let id = format!("story-failed-{}", oldest.0);
    let (title, status) = lang.failed_in_a_row(row);
    let onclick = unfold.reform(move |_: MouseEvent| oldest);
    html! {
        <li key={format!("failed-{}", oldest.0)}>
            <article class="story-card in-vain" aria-labelledby={id.clone()}>
                <div class="story-head">
                    <h2 {id}>{ &title }</h2>
                    <span class="story-status">{ status }</span>
                </div>
                <p class="story-buttons">
                    <button type="button" class="story-button" aria-label={lang.show_of(&title)} {onclick}>{ lang.log_text().show }</button>
                </p>
            </article>
        </li>
    }
}

/// What is asked about a card: why something happened, or of an election that nobody has won, how it went.
fn why(card: &Card) -> Intent {
    let event = card.kind.asked(card.first);
    match &card.kind {
        CardKind::Election(election) if election.won().is_none() => Intent::WhyElection(ElectionAsked {
            contest: election.clone(),
            event,
        }),
        CardKind::Loss(_) => Intent::Why(Subject::Leaderless(event)),
        CardKind::Regained(regained) => Intent::Why(Subject::Regained(regained.leader, event)),
        _ => Intent::Why(Subject::Event(event)),
    }
}

/// Two cards may begin with one event: a crash, and the time without a leader.
fn key(card: &Card) -> String {
    let kind = match card.kind {
        CardKind::Start { .. } => 's',
        CardKind::Acts(_) => 'a',
        // The question who would vote becomes the election.
        CardKind::Election(_) | CardKind::PreVote(_) => 'e',
        CardKind::Loss(_) => 'l',
        CardKind::Regained(_) => 'r',
        CardKind::SteppedDown(_) => 'd',
        // One event may break several.
        CardKind::Broken(violation) => char::from(b'0' + u8::try_from(violation.property.rank()).unwrap_or(9)),
    };
    format!("{kind}{}", card.first.0)
}

#[derive(Clone, PartialEq, Properties)]
struct CardProps {
    card: Rc<Card>,
    /// The run and what draws its lines, if the card's are shown.
    open: Option<(RunHandle, WhenHere<ViewCardLines>)>,
    selected: bool,
    lang: Lang,
    deeds: DeedsInWords,
    onopen: Callback<String>,
    why: Callback<Rc<Card>>,
    emit: Callback<Intent>,
}

#[component]
fn CardView(props: &CardProps) -> Html {
    let CardProps { card, lang, emit, .. } = props;
    let lang = *lang;
    let told = lang.tell(card, props.deeds);
    let id = format!("story-{}", key(card));
    html! {
        <li>
            <article class={classes!("story-card", class(card), props.selected.then_some("selected"))} aria-labelledby={id.clone()}>
                <div class="story-head">
                    <h2 {id}>{ with_units(&told.title) }</h2>
                    <span class="story-status">{ with_units(&told.status) }</span>
                </div>
                if let CardKind::Election(election) = &card.kind {
                    { for election.campaigns.iter().map(|campaign| view_tally(&VoteSlots::of(election, campaign), lang)) }
                }
                if let CardKind::PreVote(asked) = &card.kind {
                    { view_tally(&VoteSlots::asked(asked), lang) }
                }
                <ol class="story-sentences">
                    { for told.sentences.iter().map(|sentence| html! {
                        <li>
                            <span class="story-time">{ lang.when_told(sentence) }</span>
                            <span>{ with_units(&sentence.text) }</span>
                        </li>
                    }) }
                </ol>
                { view_buttons(props, &told, lang, emit) }
                if let Some((run, WhenHere(Some(view_lines)))) = &props.open {
                    { view_lines(run.player().history(), card, lang) }
                }
            </article>
        </li>
    }
}

fn class(card: &Card) -> &'static str {
    match &card.kind {
        CardKind::Start { .. } => "start",
        CardKind::Acts(_) => "act",
        CardKind::Regained(_) => "won",
        CardKind::Election(election) if election.won().is_some() => "won",
        CardKind::Election(election) if election.is_running() && !election.is_hopeless() => "running",
        CardKind::PreVote(asked) if asked.is_open() && asked.rounds == 1 => "running",
        CardKind::Election(_) | CardKind::PreVote(_) => "in-vain",
        CardKind::Loss(_) | CardKind::SteppedDown(_) => "loss",
        CardKind::Broken(_) => "broken",
    }
}

/// What a tally shows.
struct VoteSlots<'a> {
    campaign: &'a Campaign,
    size: usize,
    quorum: usize,
    /// Whether it counts pre-votes.
    is_question: bool,
    class: &'static str,
}

impl<'a> VoteSlots<'a> {
    fn of(election: &Contest, campaign: &'a Campaign) -> Self {
        let class = match campaign.end {
            _ if campaign.won() => "winner",
            None if election.is_running() => "stands",
            _ => "gave-up",
        };
        Self {
            campaign,
            size: election.size,
            quorum: election.quorum,
            is_question: false,
            class,
        }
    }

    fn asked(asked: &'a PreVote) -> Self {
        Self {
            campaign: &asked.round,
            size: asked.size,
            quorum: asked.quorum,
            is_question: true,
            class: if asked.is_open() { "stands" } else { "gave-up" },
        }
    }
}

/// A slot for each server: votes as they arrived, those that a winner needed no more in outline, refusals that arrived struck through,
/// empty ones for those not heard of yet.
fn view_tally(tally: &VoteSlots, lang: Lang) -> Html {
    let campaign = tally.campaign;
    // As in the ring: votes from the left, the candidate's own first, refusals from the right, the newest first.
    let others: NodeSet = campaign.who(Answer::Counted).collect();
    let votes = [campaign.candidate].into_iter().chain(others.iter());
    let votes = votes.map(|voter| (voter.to_string(), "counted"));
    let late = campaign.late().map(|voter| (voter.to_string(), "late"));
    let mut refusals: Vec<_> = campaign.refused().map(|voter| (voter.to_string(), "refused")).collect();
    refusals.reverse();
    let mut slots: Vec<_> = votes.chain(late).collect();
    slots.resize(tally.size.saturating_sub(refusals.len()), (String::new(), "empty"));
    slots.append(&mut refusals);
    let majority = tally.quorum;
    let votes = campaign.counted().count();
    let count = if tally.is_question {
        lang.pre_vote_tally(votes, majority)
    } else {
        lang.story_votes(votes, majority)
    };
    let name = lang.tally_of(campaign, majority, tally.is_question);
    html! {
        <div class={classes!("story-tally", tally.class)} role="img" aria-label={name.clone()} title={name}>
            { for slots.into_iter().enumerate().map(|(index, (voter, class))| html! {
                <span class={classes!("story-slot", class, (index + 1 == majority).then_some("majority"))}>{ voter }</span>
            }) }
            <span class="story-count">{ count }</span>
        </div>
    }
}

fn view_buttons(props: &CardProps, told: &Told, lang: Lang, emit: &Callback<Intent>) -> Html {
    let card = &props.card;
    let text = lang.log_text();
    let key = key(card);
    let asks = {
        let card = card.clone();
        props.why.reform(move |_| card.clone())
    };
    let (by_reader, done): (bool, Vec<EventId>) = match &card.kind {
        // What was so from the start can't be left out.
        CardKind::Acts(acts) if card.at > Micros::ZERO || !acts.scripted => {
            (!acts.scripted, acts.done.iter().map(|(event, _)| *event).collect())
        }
        _ => (false, Vec::new()),
    };
    let undo = emit.reform({
        let done = done.clone();
        move |_| Intent::UndoEvents(done.clone())
    });
    let leaves_out = !done.is_empty();
    let what_if_not = emit.reform(move |_| {
        // The button goes away with its card, and the rings are the answer.
        focus("ring-panel");
        Intent::Branches(BranchChange::Undo(done.clone()))
    });
    html! {
        <p class="story-buttons">
            if told.sentences.is_empty() {
                <span class="story-time">{ lang.seconds(card.at) }</span>
            }
            if !matches!(card.kind, CardKind::Start { .. }) {
                <button type="button" class="story-button" aria-label={lang.why_of(&told.title)} onclick={asks}>
                    { lang.why_text().title }
                </button>
            }
            if by_reader {
                <button type="button" class="story-button" aria-label={lang.undo_of(&told.title)} onclick={undo}>{ text.undo }</button>
            }
            if leaves_out {
                <button type="button" class="story-button" aria-label={lang.what_if_not_of(&told.title)} onclick={what_if_not}>{ text.what_if_not }</button>
            }
            <button type="button" class="story-button" aria-label={lang.lines_of_card(&told.title)} aria-expanded={props.open.is_some().to_string()} onclick={props.onopen.reform(move |_| key.clone())}>
                { text.lines_of }
            </button>
        </p>
    }
}
