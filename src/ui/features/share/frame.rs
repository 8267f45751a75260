//! The lines that put the page into another one.

use std::fmt::Write;

use crate::ui::{
    kit::{markup::escape, panel::Panel, theme::Theme},
    text::Lang,
};

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

    fn frame(page: &str) -> Frame<'_> {
        Frame {
            page,
            run: "1abc_-9",
            panels: &[],
            height: 480,
            lang: Lang::Pt,
            theme: Theme::Dark,
        }
    }

    #[test]
    fn nothing_in_an_address_breaks_out_of_the_snippet() {
        let snippet = frame("https://example.org/a\"><script>alert('&')</script>/").snippet();
        assert_eq!(snippet.matches('<').count(), 2, "{snippet}");
        assert_eq!(snippet.matches('"').count(), 12, "{snippet}");
        assert!(snippet.contains("&quot;&gt;&lt;script&gt;alert('&amp;')"), "{snippet}");
        assert!(
            snippet.contains("?embed=1&amp;lang=pt-BR&amp;theme=dark#1abc_-9\""),
            "{snippet}"
        );
    }
}
