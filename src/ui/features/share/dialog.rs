//! The share dialogue: the run as a link, in a frame, as a file; and another run from a file.

use std::rc::Rc;

use gloo::{events::EventListener, timers::callback::Timeout};
use web_sys::{Element, File, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::{
    scenario::link,
    sim::Micros,
    ui::{
        features::share::{Export, Frame, ShareMsg, opening},
        kit::{
            address::{link_address, page_address},
            dom::set_modal,
            emit::{checked, maybe, value},
            files, icons,
            panel::Panel,
            qr::CodePicture,
            theme::Theme,
        },
        run::handle::PlayerRef,
        text::Lang,
    },
};

/// What the dialogue needs.
#[derive(Clone, PartialEq, Properties)]
pub struct ShareProps {
    /// Whether it is open.
    pub open: bool,
    /// The panels that a frame can have.
    pub panels: &'static [Panel],
    /// The run on screen.
    pub player: PlayerRef,
    /// The lesson that is open.
    pub lesson: Option<LessonLink>,
    /// Whether the reader has been in the laboratory, whose experiment is no part of the run.
    pub measures: bool,
    /// The language.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
    /// Receives the reader's choices.
    pub emit: Callback<ShareMsg>,
}

/// The address of the lesson that is open; none if it is too long for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonLink(pub Option<String>);

/// What can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyField {
    /// The link.
    Link,
    /// The HTML of a frame.
    Code,
}

/// What happens to the dialogue.
pub enum DialogMsg {
    /// The link's code is shown, or not any more.
    Code,
    /// The run is wanted although a lesson is open, or the lesson.
    Run(bool),
    /// All branches are wanted, or this one alone.
    AllBranches(bool),
    /// The link opens at the start of the run, or at the instant shown.
    FromStart(bool),
    /// A panel is wanted in the frame or not.
    Panel(Panel, bool),
    /// The frame's height.
    Height(u32),
    /// Copies the lines to the clipboard.
    Copy(CopyField),
    /// Whether the clipboard took them.
    Copied(CopyField, bool),
    /// The button says "Copy" again.
    CopyReady,
    /// Saves the lines as a file.
    Save(Export),
    /// The page is about to be printed.
    Print,
}

/// What became of copying.
enum Copying {
    Idle,
    #[expect(dead_code, reason = "dropping it cancels it")]
    Done(CopyField, Timeout),
    Refused(CopyField),
}

/// The dialogue.
pub struct ShareDialog {
    dialog: NodeRef,
    link_field: NodeRef,
    code_field: NodeRef,
    /// What stands on paper alone: the seed of the run and its link. A link holds a whole run, so it is made when it is printed.
    paper: NodeRef,
    _on_print: EventListener,
    wants_run: bool,
    /// Whether the link's code is shown.
    shows_code: bool,
    all_branches: bool,
    from_start: bool,
    panels: Vec<Panel>,
    height: u32,
    /// The run when the dialogue opened, as a fragment, its instant, and how many branches there are.
    run: Rc<str>,
    at: Micros,
    branches: usize,
    copying: Copying,
}

/// Links that are longer are cut by some programs.
const LONG_LINK: usize = 2000;
const COPIED_MS: u32 = 2500;

impl ShareDialog {
    fn take_run(&mut self, ctx: &Context<Self>) {
        let player = ctx.props().player.0.borrow();
        let mut run = player.run();
        if self.from_start {
            run.recording.now = Micros::ZERO;
        }
        (self.at, self.branches) = (run.recording.now, run.recording.branches.len());
        let run = if self.all_branches {
            run
        } else {
            opening::alone(run, &player)
        };
        self.run = link::encode(&run).into();
    }

    fn print(&self, ctx: &Context<Self>) {
        let ShareProps { player, lang, .. } = ctx.props();
        let run = player.0.borrow().run();
        if let Some(paper) = self.paper.cast::<Element>() {
            let address = link_address(&link::encode(&run));
            paper.set_text_content(Some(&lang.printed_run(run.recording.seed, &address)));
        }
    }

    /// What is shared instead of the run.
    fn lesson<'a>(&self, ctx: &'a Context<Self>) -> Option<&'a LessonLink> {
        ctx.props().lesson.as_ref().filter(|_| !self.wants_run)
    }

    fn link(&self, ctx: &Context<Self>) -> String {
        match self.lesson(ctx) {
            Some(LessonLink(address)) => address.clone().unwrap_or_default(),
            None => link_address(&self.run),
        }
    }

    fn code(&self, ctx: &Context<Self>) -> String {
        let ShareProps { lang, theme, .. } = *ctx.props();
        Frame {
            page: &page_address(),
            run: &self.run,
            panels: &self.panels,
            height: self.height,
            lang,
            theme,
        }
        .snippet()
    }

    fn copy(&self, ctx: &Context<Self>, field: CopyField) {
        let text = match field {
            CopyField::Link => self.link(ctx),
            CopyField::Code => self.code(ctx),
        };
        let done = ctx.link().callback(move |copied| DialogMsg::Copied(field, copied));
        files::copy(&text, done);
    }

    fn copied(&mut self, ctx: &Context<Self>, field: CopyField, copied: bool) {
        if copied {
            let link = ctx.link().clone();
            let ready = Timeout::new(COPIED_MS, move || link.send_message(DialogMsg::CopyReady));
            self.copying = Copying::Done(field, ready);
        } else {
            self.copying = Copying::Refused(field);
            self.select(field);
        }
    }

    /// So that one key copies it.
    fn select(&self, field: CopyField) {
        match field {
            CopyField::Link => {
                if let Some(input) = self.link_field.cast::<HtmlInputElement>() {
                    let _ = input.focus();
                    input.select();
                }
            }
            CopyField::Code => {
                if let Some(area) = self.code_field.cast::<HtmlTextAreaElement>() {
                    let _ = area.focus();
                    area.select();
                }
            }
        }
    }
}

impl Component for ShareDialog {
    type Message = DialogMsg;
    type Properties = ShareProps;

    fn create(ctx: &Context<Self>) -> Self {
        let print = ctx.link().callback(|()| DialogMsg::Print);
        let mut dialog = Self {
            paper: NodeRef::default(),
            _on_print: EventListener::new(&gloo::utils::window(), "beforeprint", move |_| print.emit(())),
            dialog: NodeRef::default(),
            link_field: NodeRef::default(),
            code_field: NodeRef::default(),
            wants_run: false,
            shows_code: false,
            all_branches: true,
            from_start: false,
            panels: Vec::new(),
            height: Frame::USUAL_HEIGHT,
            run: "".into(),
            at: Micros::ZERO,
            branches: 1,
            copying: Copying::Idle,
        };
        // The first time, what it is made of comes when it is open already.
        if ctx.props().open {
            dialog.take_run(ctx);
        }
        dialog
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &ShareProps) -> bool {
        if ctx.props().open && !before.open {
            self.copying = Copying::Idle;
            self.take_run(ctx);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: DialogMsg) -> bool {
        match message {
            DialogMsg::Code => self.shows_code = !self.shows_code,
            DialogMsg::Run(wanted) => {
                self.wants_run = wanted;
                self.copying = Copying::Idle;
            }
            DialogMsg::AllBranches(all) => {
                self.all_branches = all;
                self.take_run(ctx);
            }
            DialogMsg::FromStart(start) => {
                self.from_start = start;
                self.take_run(ctx);
            }
            DialogMsg::Panel(panel, wanted) => {
                let is_wanted = |each: &Panel| {
                    if *each == panel {
                        wanted
                    } else {
                        self.panels.contains(each)
                    }
                };
                self.panels = ctx.props().panels.iter().copied().filter(is_wanted).collect();
            }
            DialogMsg::Height(height) => {
                self.height = height.clamp(*Frame::HEIGHTS.start(), *Frame::HEIGHTS.end());
            }
            DialogMsg::Copy(field) => {
                self.copy(ctx, field);
                return false;
            }
            DialogMsg::Copied(field, copied) => self.copied(ctx, field, copied),
            DialogMsg::CopyReady => self.copying = Copying::Idle,
            DialogMsg::Save(export) => {
                let (name, media_type) = export.about();
                let ShareProps { player, lang, .. } = ctx.props();
                files::download(name, media_type, &export.text(&player.0.borrow(), *lang));
                return false;
            }
            DialogMsg::Print => {
                self.print(ctx);
                return false;
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let ShareProps { open, lang, emit, .. } = ctx.props();
        let (text, common) = (lang.share_text(), lang.text());
        let close = emit.reform(|_: MouseEvent| ShareMsg::Dialog(false));
        html! {
            <>
            <p ref={&self.paper} class="on-paper"></p>
            <dialog ref={&self.dialog} class="help share" aria-labelledby="share-title" onclose={emit.reform(|_| ShareMsg::Dialog(false))}>
                if *open {
                    <div class="help-head">
                        <h2 id="share-title">{ text.title }</h2>
                        <button type="button" class="icon-button" aria-label={common.close} title={common.close} onclick={close}>
                            { icons::icon(icons::CLOSE) }
                        </button>
                    </div>
                    { self.view_link(ctx) }
                    { view_files(ctx) }
                    if self.lesson(ctx).is_none() {
                        { self.view_embed(ctx) }
                    }
                }
            </dialog>
            </>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        if set_modal(&self.dialog, ctx.props().open) {
            self.select(CopyField::Link);
        }
    }
}

// What is shown.
impl ShareDialog {
    fn view_link(&self, ctx: &Context<Self>) -> Html {
        let (lang, lesson) = (ctx.props().lang, self.lesson(ctx));
        let text = lang.share_text();
        let address = self.link(ctx);
        let warning = match (lesson, address.len()) {
            (Some(LessonLink(None)), _) => Some(text.lesson_impossible),
            (None, _) if self.run.len() > link::LONGEST => Some(text.link_impossible),
            (_, length) if length > LONG_LINK => Some(text.link_long),
            _ => None,
        };
        html! {
            <>
                if ctx.props().lesson.is_some() {
                    { self.view_what(ctx) }
                }
                <label class="share-label" for="share-link">{ if lesson.is_some() { text.lesson_link } else { text.link } }</label>
                <div class="share-row">
                    <input ref={&self.link_field} id="share-link" class="share-field" readonly=true value={address.clone()} aria-describedby="share-link-note" spellcheck="false" />
                    { self.copy_button(ctx, CopyField::Link) }
                </div>
                { self.view_copying(ctx, CopyField::Link) }
                if lesson.is_some() {
                    <p id="share-link-note" class="fine">{ format!("{}. {}", lang.characters(address.len()), { text.lesson_note }) }</p>
                } else {
                    { self.view_of_run(ctx, address.len()) }
                }
                if let Some(warning) = warning {
                    <p class="share-warning">{ warning }</p>
                }
                if ctx.props().measures {
                    <p class="fine">{ text.experiment_note }</p>
                }
                { self.view_class(ctx, &address) }
            </>
        }
    }

    /// What helps in front of a class: the link's code, and the way to present.
    fn view_class(&self, ctx: &Context<Self>, address: &str) -> Html {
        let ShareProps { lang, emit, .. } = ctx.props();
        let text = lang.share_text();
        let on_code = ctx.link().callback(|_: MouseEvent| DialogMsg::Code);
        let on_present = emit.reform(|_: MouseEvent| ShareMsg::Present);
        html! {
            <>
                <div class="share-buttons">
                    <button type="button" class="small" aria-expanded={self.shows_code.to_string()} onclick={on_code}>{ text.code }</button>
                    <button type="button" class="small" onclick={on_present}>{ text.present }</button>
                </div>
                if self.shows_code {
                    { view_code(address, *lang) }
                }
                <p class="fine">{ text.present_note }</p>
            </>
        }
    }

    /// While a lesson is open: that, or the run on screen.
    fn view_what(&self, ctx: &Context<Self>) -> Html {
        let text = ctx.props().lang.share_text();
        let choice = |wants_run: bool, name: &'static str| {
            let onchange = ctx.link().callback(move |_: Event| DialogMsg::Run(wants_run));
            html! {
                <label class="check">
                    <input type="radio" name="share-what" checked={self.wants_run == wants_run} {onchange} />
                    <span>{ name }</span>
                </label>
            }
        };
        html! {
            <fieldset class="share-panels">
                <legend>{ text.what }</legend>
                { choice(false, text.this_lesson) }
                { choice(true, text.this_run) }
            </fieldset>
        }
    }

    /// What of the run is in its link.
    fn view_of_run(&self, ctx: &Context<Self>, length: usize) -> Html {
        let lang = ctx.props().lang;
        let text = lang.share_text();
        html! {
            <>
                <label class="check">
                    <input type="checkbox" checked={self.from_start} onchange={ctx.link().callback(|event: Event| DialogMsg::FromStart(checked(&event)))} />
                    <span>{ text.from_start }</span>
                </label>
                if self.branches > 1 {
                    <label class="check">
                        <input type="checkbox" checked={self.all_branches} onchange={ctx.link().callback(|event: Event| DialogMsg::AllBranches(checked(&event)))} />
                        <span>{ format!("{} ({})", { text.all_branches }, self.branches) }</span>
                    </label>
                }
                <p id="share-link-note" class="fine">
                    { format!("{}. {}. {}", lang.shared_instant(self.at), lang.characters(length), { text.link_note }) }
                </p>
            </>
        }
    }

    fn view_embed(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().lang;
        let text = lang.share_text();
        let on_height = maybe_height(ctx);
        html! {
            <>
                <h3>{ text.embed }</h3>
                <fieldset class="share-panels">
                    <legend>{ text.embed_panels }</legend>
                    { for ctx.props().panels.iter().map(|panel| self.view_choice(ctx, *panel)) }
                </fieldset>
                <label class="share-height">
                    <span>{ text.embed_height }</span>
                    <input class="seed" type="number" min={Frame::HEIGHTS.start().to_string()} max={Frame::HEIGHTS.end().to_string()} step="20" value={self.height.to_string()} onchange={on_height} />
                </label>
                <div class="share-row">
                    <textarea ref={&self.code_field} class="share-field" aria-label={text.embed_code} rows="4" readonly=true spellcheck="false" value={self.code(ctx)} />
                    { self.copy_button(ctx, CopyField::Code) }
                </div>
                { self.view_copying(ctx, CopyField::Code) }
                <p class="fine">{ text.embed_sandbox }</p>
            </>
        }
    }

    fn view_choice(&self, ctx: &Context<Self>, panel: Panel) -> Html {
        let onchange = ctx
            .link()
            .callback(move |event: Event| DialogMsg::Panel(panel, checked(&event)));
        html! {
            <label class="check">
                <input type="checkbox" checked={self.panels.contains(&panel)} {onchange} />
                <span>{ (panel.title)(ctx.props().lang) }</span>
            </label>
        }
    }

    fn copy_button(&self, ctx: &Context<Self>, field: CopyField) -> Html {
        let text = ctx.props().lang.text();
        let done = matches!(self.copying, Copying::Done(copied, _) if copied == field);
        html! {
            <button type="button" class="small share-copy" onclick={ctx.link().callback(move |_| DialogMsg::Copy(field))}>
                if done {
                    { icons::icon(icons::CHECK) }
                }
                { if done { text.copied } else { text.copy } }
            </button>
        }
    }

    /// What is read out, and shown only where it needs something to be done.
    fn view_copying(&self, ctx: &Context<Self>, field: CopyField) -> Html {
        let lang = ctx.props().lang;
        let (said, class) = match self.copying {
            Copying::Done(copied, _) if copied == field => (lang.text().copied, "unseen"),
            Copying::Refused(refused) if refused == field => (lang.share_text().select_failed, "share-warning"),
            _ => ("", "unseen"),
        };
        html! { <p role="status" {class}>{ said }</p> }
    }
}

/// A link's code with the link beneath, or why there is none.
fn view_code(address: &str, lang: Lang) -> Html {
    let (text, common) = (lang.share_text(), lang.text());
    let picture = (!address.is_empty()).then(|| CodePicture::of(address)).flatten();
    let Some(picture) = picture else {
        return html! { <p class="share-warning" role="status">{ common.code_impossible }</p> };
    };
    html! {
        <figure class="share-code">
            { picture.view(text.code_of_link) }
            <figcaption>{ address.to_owned() }</figcaption>
            if picture.is_dense() {
                <p class="share-warning" role="status">{ common.code_dense }</p>
            }
        </figure>
    }
}

fn view_files(ctx: &Context<ShareDialog>) -> Html {
    let ShareProps { lang, emit, .. } = ctx.props();
    let text = lang.share_text();
    let pick = maybe(emit, |event: Event| {
        let file: File = files::chosen(&event)?;
        Some(ShareMsg::Picked(file, 0))
    });
    let save = |export: Export| {
        let onclick = ctx.link().callback(move |_| DialogMsg::Save(export));
        html! { <button type="button" class="small" {onclick}>{ lang.export(export) }</button> }
    };
    html! {
        <>
            <h3>{ text.save }</h3>
            <p class="fine">{ text.save_note }</p>
            <div class="share-buttons">{ for Export::ALL.into_iter().map(save) }</div>
            <h3>{ text.open }</h3>
            <div class="share-buttons">
                <label class="small share-file">
                    <input type="file" accept=".raft,.lesson,.lab,.txt,text/plain" onchange={pick} />
                    <span>{ text.open_file }</span>
                </label>
            </div>
            <p class="fine">{ text.drop_note }</p>
        </>
    }
}

fn maybe_height(ctx: &Context<ShareDialog>) -> Callback<Event> {
    ctx.link()
        .batch_callback(|event: Event| value(&event).parse().ok().map(DialogMsg::Height))
}
