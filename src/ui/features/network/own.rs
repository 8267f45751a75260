//! What one link has of its own, to be set: folded, as few clusters need it.

use yew::prelude::*;

use crate::{
    raft::NodeId,
    sim::{Action, Network, OwnKind, OwnSetting, OwnSettings, Range},
    ui::{
        intent::Intent,
        kit::{
            emit::{checked, maybe, value},
            millis::MillisRange,
            permille::Permille,
        },
        text::Lang,
    },
};

/// What the fields need.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct OwnLinkProps {
    /// What links have of their own.
    pub(super) own: OwnSettings,
    /// The network of the cluster.
    pub(super) network: Network,
    /// Servers in the cluster.
    pub(super) size: usize,
    /// The language.
    pub(super) lang: Lang,
    /// Receives the reader's changes.
    pub(super) emit: Callback<Intent>,
}

/// The link that is chosen, from one server to another, and whether the way back is meant as well.
#[derive(Clone, Copy, PartialEq)]
struct ChosenLink {
    from: usize,
    to: usize,
    both: bool,
}

impl ChosenLink {
    /// With another server at one end. Where it is that of the other end, they change places.
    const fn with(self, place: usize, is_sender: bool) -> Self {
        let Self { from, to, both } = self;
        let (from, to) = match (is_sender, place == from || place == to) {
            (true, false) => (place, to),
            (false, false) => (from, place),
            (true, true) if place == to => (to, from),
            (false, true) if place == from => (to, from),
            _ => (from, to),
        };
        Self { from, to, both }
    }

    /// In a cluster of two or more, which may have become smaller.
    const fn within(self, size: usize) -> Self {
        if self.from < size && self.to < size {
            self
        } else {
            Self {
                from: 0,
                to: 1,
                both: self.both,
            }
        }
    }

    /// As it can be meant while its directions have what they have: where they differ, what is shown and set is that of one.
    fn as_shown(self, own: &OwnSettings) -> Self {
        let (from, to) = (NodeId::new(self.from), NodeId::new(self.to));
        let alike = own.link(from, to).eq(own.link(to, from));
        Self {
            both: self.both && alike,
            ..self
        }
    }

    /// What makes the way back like the way there.
    fn copy_to_way_back(self, own: &OwnSettings) -> Vec<Action> {
        let (from, to) = (NodeId::new(self.from), NodeId::new(self.to));
        let settings = [OwnSetting::as_cluster()].into_iter().chain(own.link(from, to));
        settings.map(|setting| Action::set_link(to, from, setting)).collect()
    }

    /// What gives it something of its own.
    fn give(self, setting: OwnSetting) -> Vec<Action> {
        let (from, to) = (NodeId::new(self.from), NodeId::new(self.to));
        let back = self.both.then(|| Action::set_link(to, from, setting));
        [Action::set_link(from, to, setting)].into_iter().chain(back).collect()
    }
}

/// A choice of a link, and fields for its delay and its losses.
#[component]
pub(super) fn OwnLinkField(props: &OwnLinkProps) -> Html {
    let chosen = use_state_eq(|| ChosenLink {
        from: 0,
        to: 1,
        both: true,
    });
    if props.size < 2 {
        return Html::default();
    }
    let link = chosen.within(props.size).as_shown(&props.own);
    let set = Callback::from(move |link| chosen.set(link));
    let (lang, text) = (props.lang, props.lang.faults_text());
    let (from, to) = (NodeId::new(link.from), NodeId::new(link.to));
    let own = |kind| props.own.link(from, to).find(|own| own.kind == kind);
    let delay = own(OwnKind::Delay).map_or(props.network.delay, |own| own.value);
    let loss = own(OwnKind::Loss).map_or(props.network.loss_permille, OwnSetting::permille);
    let is_own = props
        .own
        .link(from, to)
        .chain(props.own.link(to, from))
        .next()
        .is_some();
    let on_delay = props
        .emit
        .reform(move |ends| Intent::Act(link.give(OwnSetting::delay(Range::of_micros(ends)))));
    let on_loss = props
        .emit
        .reform(move |loss| Intent::Act(link.give(OwnSetting::loss(loss))));
    let on_all = props.emit.reform(move |_: MouseEvent| {
        let back = is_own.then(|| link.give(OwnSetting::as_cluster()));
        Intent::Act(back.unwrap_or_default())
    });
    let on_both = on_both(props, link, set.clone());
    let between = if link.both { "–" } else { "→" };
    // The same dials stand above for all links.
    let named = |dial: &str| format!("{dial}, {from}{between}{to}");
    html! {
        <details class="own">
            <summary>{ text.one_link }</summary>
            <p class="intro">{ text.one_link_intro }</p>
            <div class="own-field">
                { view_end(props, text.field_from, link.from, maybe(&set, move |event| Some(link.with(value(&event).parse().ok()?, true)))) }
                { view_end(props, text.field_to, link.to, maybe(&set, move |event| Some(link.with(value(&event).parse().ok()?, false)))) }
                <label class="own-end">
                    <input type="checkbox" checked={link.both} onchange={on_both} />
                    <span>{ text.both_directions }</span>
                </label>
            </div>
            <MillisRange label={named(lang.text().delay)} range={delay.in_micros()} {lang} onchange={on_delay} />
            <Permille label={named(lang.text().loss)} value={loss} {lang} onchange={on_loss} />
            <div class="own-field">
                <button type="button" class="small" aria-disabled={(!is_own).then_some("true")} onclick={on_all}>{ lang.servers_text().as_all }</button>
                if is_own {
                    <span>{ lang.own_links(&props.own, from, to).join(", ") }</span>
                }
            </div>
        </details>
    }
}

/// Hears whether both directions are meant. If they differ, they are made alike first.
fn on_both(props: &OwnLinkProps, link: ChosenLink, set: Callback<ChosenLink>) -> Callback<Event> {
    let (own, emit) = (props.own.clone(), props.emit.clone());
    Callback::from(move |event: Event| {
        let link = ChosenLink {
            both: checked(&event),
            ..link
        };
        if link.both && link.as_shown(&own) != link {
            emit.emit(Intent::Act(link.copy_to_way_back(&own)));
        }
        set.emit(link);
    })
}

/// A choice of one end.
fn view_end(props: &OwnLinkProps, label: &'static str, place: usize, onchange: Callback<Event>) -> Html {
    html! {
        <label class="own-end">
            <span class="field-label">{ label }</span>
            <select class="select" {onchange}>
                { for NodeId::all(props.size).map(|server| html! {
                    <option value={server.index().to_string()} selected={server.index() == place}>{ server.to_string() }</option>
                }) }
            </select>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_that_differ_are_set_one_by_one_until_they_are_made_alike() {
        let (s1, s2) = (NodeId::new(0), NodeId::new(1));
        let link = ChosenLink {
            from: 0,
            to: 1,
            both: true,
        };
        let mut own = OwnSettings::default();
        assert!(link.as_shown(&own).both);
        own.set(s1, s2, OwnSetting::loss(5));
        own.set(s2, s1, OwnSetting::delay(Range::millis(1, 2)));
        assert!(!link.as_shown(&own).both);
        assert_eq!(
            link.copy_to_way_back(&own),
            [OwnSetting::as_cluster(), OwnSetting::loss(5)].map(|setting| Action::set_link(s2, s1, setting))
        );
    }

    #[test]
    fn a_link_leads_from_one_server_to_another() {
        let link = ChosenLink {
            from: 0,
            to: 1,
            both: false,
        };
        let ends = |link: ChosenLink| (link.from, link.to);
        assert_eq!(
            [2, 0, 1].map(|place| ends(link.with(place, true))),
            [(2, 1), (0, 1), (1, 0)]
        );
        assert_eq!(
            [2, 0, 1].map(|place| ends(link.with(place, false))),
            [(0, 2), (1, 0), (0, 1)]
        );
        assert_eq!(ends(link.with(4, true).within(3)), (0, 1));
        let both = ChosenLink { both: true, ..link };
        let setting = OwnSetting::loss(5);
        let (s1, s2) = (NodeId::new(0), NodeId::new(1));
        assert_eq!(link.give(setting), [Action::set_link(s1, s2, setting)]);
        assert_eq!(
            both.give(setting),
            [Action::set_link(s1, s2, setting), Action::set_link(s2, s1, setting)]
        );
    }
}
