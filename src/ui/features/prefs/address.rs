//! What the page's address asks for, and the lines that put the page into another one.

use std::fmt::Write;

use crate::ui::{
    kit::{markup::escape, panel::Panel, theme::Theme},
    text::Lang,
};

/// What the part of the address after `?` asks for. What it does not know, it ignores.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UrlOptions {
    /// `embed=1`: ring, transport and these panels only (`panels=log,why`), for a frame in another page.
    pub embed: Option<Vec<Panel>>,
    /// `lang=pt-BR`: the language.
    pub lang: Option<Lang>,
    /// `theme=dark`: light or dark.
    pub theme: Option<Theme>,
}

impl UrlOptions {
    /// Those of this page, if there are these panels.
    #[must_use]
    pub fn of_this_page(panels: &[Panel]) -> Self {
        let search = gloo::utils::window().location().search();
        Self::from_query(&search.unwrap_or_default(), panels)
    }

    /// Lets the document show whether it is in a frame.
    pub fn apply(&self) {
        if let (Some(_), Some(root)) = (&self.embed, gloo::utils::document().document_element()) {
            let _ = root.set_attribute("data-embed", "");
        }
    }

    /// Those of a query, with or without its `?`, if there are these panels.
    #[must_use]
    pub fn from_query(query: &str, all: &[Panel]) -> Self {
        let query = query.strip_prefix('?').unwrap_or(query);
        let mut options = Self::default();
        let mut panels = Vec::new();
        for (key, value) in query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, ""))) {
            match key {
                "embed" if matches!(value, "" | "1") => options.embed = Some(Vec::new()),
                "panels" => panels = panels_of(value, all),
                "lang" => options.lang = Some(Lang::from_tag(value)),
                "theme" => options.theme = Theme::from_name(value),
                _ => {}
            }
        }
        if options.embed.is_some() {
            options.embed = Some(panels);
        }
        options
    }
}

/// The panels of a list with commas, as written or as programs that build addresses write them.
fn panels_of(list: &str, all: &[Panel]) -> Vec<Panel> {
    let list = list.replace("%2C", ",").replace("%2c", ",");
    let mut panels = Vec::new();
    for slug in list.split(',') {
        let panel = all.iter().find(|panel| panel.slug == slug);
        if let Some(panel) = panel.filter(|panel| !panels.contains(*panel)) {
            panels.push(*panel);
        }
    }
    panels
}

/// The page in a frame of another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// The page's own address, without `?` and `#`.
    pub page: &'a str,
    /// The run, as a link's fragment.
    pub run: &'a str,
    /// Panels beside the ring.
    pub panels: &'a [Panel],
    /// Its height in CSS pixels; it is as wide as there is room.
    pub height: u32,
    /// The language.
    pub lang: Lang,
    /// Light or dark, or as the reader's system has it.
    pub theme: Theme,
}

impl Frame<'_> {
    /// Heights that a frame can have, in CSS pixels.
    pub const HEIGHTS: std::ops::RangeInclusive<u32> = 320..=1600;
    /// The height that shows all without panels.
    pub const USUAL_HEIGHT: u32 = 480;

    /// Where the frame leads.
    #[must_use]
    pub fn address(&self) -> String {
        let mut address = format!("{}?embed=1", self.page);
        let panels: Vec<_> = self.panels.iter().map(|panel| panel.slug).collect();
        if !panels.is_empty() {
            let _ = write!(address, "&panels={}", panels.join(","));
        }
        let _ = write!(address, "&lang={}", self.lang.tag());
        if self.theme != Theme::System {
            let _ = write!(address, "&theme={}", self.theme.name());
        }
        let _ = write!(address, "#{}", self.run);
        address
    }

    /// The HTML that makes it.
    #[must_use]
    pub fn snippet(&self) -> String {
        format!(
            r#"<iframe src="{}" title="{}" width="100%" height="{}" style="border: 0" loading="lazy"></iframe>"#,
            escape(&self.address()),
            escape(self.lang.text().title),
            self.height
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: Panel = panel("log");
    const WHY: Panel = panel("why");
    const DIAGRAM: Panel = panel("diagram");
    const ALL: [Panel; 3] = [LOG, WHY, DIAGRAM];

    const fn panel(slug: &'static str) -> Panel {
        Panel {
            slug,
            title: |_| "",
            about: |_| "",
            is_wide: false,
        }
    }

    fn asked_for(query: &str) -> UrlOptions {
        UrlOptions::from_query(query, &ALL)
    }

    #[test]
    fn a_plain_address_asks_for_nothing() {
        for query in [
            "",
            "?",
            "?panic",
            "?panels=log",
            "?utm_source=mail&embedded=1",
            "?embed=0",
        ] {
            assert_eq!(asked_for(query), UrlOptions::default(), "{query}");
        }
    }

    #[test]
    fn an_embedded_page_has_the_panels_that_were_asked_for_in_that_order() {
        let embedded = |query| asked_for(query).embed;
        assert_eq!(embedded("?embed=1"), Some(vec![]));
        assert_eq!(embedded("?embed"), Some(vec![]));
        assert_eq!(embedded("?embed=1&panels=why,log"), Some(vec![WHY, LOG]));
        assert_eq!(embedded("?panels=log%2Cwhy&embed=1"), Some(vec![LOG, WHY]));
        assert_eq!(embedded("?embed=1&panels=,Log,nothing,log,log,<b>"), Some(vec![LOG]));
    }

    #[test]
    fn language_and_theme_can_be_asked_for() {
        let options = asked_for("?embed=1&lang=pt-BR&theme=dark");
        assert_eq!((options.lang, options.theme), (Some(Lang::Pt), Some(Theme::Dark)));
        assert_eq!(asked_for("?theme=loud").theme, None);
    }

    fn frame<'a>(page: &'a str, panels: &'a [Panel]) -> Frame<'a> {
        Frame {
            page,
            run: "1abc_-9",
            panels,
            height: 480,
            lang: Lang::Pt,
            theme: Theme::Dark,
        }
    }

    #[test]
    fn what_a_frame_asks_for_is_what_the_page_in_it_understands() {
        let address = frame("https://example.org/raft/", &[LOG, DIAGRAM]).address();
        let (before, run) = address.split_once('#').unwrap();
        let (page, query) = before.split_once('?').unwrap();
        assert_eq!((page, run), ("https://example.org/raft/", "1abc_-9"));
        let asked = UrlOptions {
            embed: Some(vec![LOG, DIAGRAM]),
            lang: Some(Lang::Pt),
            theme: Some(Theme::Dark),
        };
        assert_eq!(asked_for(query), asked);
    }

    #[test]
    fn nothing_in_an_address_breaks_out_of_the_snippet() {
        let snippet = frame("https://example.org/a\"><script>alert('&')</script>/", &[]).snippet();
        assert_eq!(snippet.matches('<').count(), 2, "{snippet}");
        assert_eq!(snippet.matches('"').count(), 12, "{snippet}");
        assert!(snippet.contains("&quot;&gt;&lt;script&gt;alert('&amp;')"), "{snippet}");
        assert!(
            snippet.contains("?embed=1&amp;lang=pt-BR&amp;theme=dark#1abc_-9\""),
            "{snippet}"
        );
    }
}
