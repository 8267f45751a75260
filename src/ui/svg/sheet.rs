//! Pictures as files: SVG that stands alone, with its own colours and words.

use std::fmt::Write;

use crate::ui::{
    kit::markup::escape,
    svg::{
        caption::Caption,
        drawing::{Anchor, Look, Piece},
        number::fixed,
        point::point,
    },
};

/// A sheet of paper that is drawn on from top to bottom.
pub struct Sheet {
    width: f64,
    height: f64,
    body: String,
}

impl Sheet {
    const MARGIN: f64 = 16.0;

    /// A sheet with a caption on top.
    #[must_use]
    pub fn new(width: f64, caption: &Caption) -> Self {
        let mut sheet = Self {
            width,
            height: Self::MARGIN + 14.0,
            body: format!(
                "<title>{}</title>\n<desc>{}. {}</desc>\n",
                escape(&caption.title),
                escape(&caption.about),
                escape(&caption.seen)
            ),
        };
        sheet.line_of_text(Look::Title, caption.title.clone());
        sheet.line_of_text(Look::Small, caption.about.clone());
        if let Some(badge) = caption.lang.rules_badge(caption.rules) {
            // At most two rules are named: a picture is no wider than its drawing.
            let hint = caption.lang.rules_hint(caption.rules, 2);
            sheet.line_of_text(Look::Name, badge.to_owned());
            sheet.line_of_text(Look::Small, hint);
        }
        sheet
    }

    /// A line of words.
    pub fn line_of_text(&mut self, look: Look, words: String) {
        let at = point(Self::MARGIN, self.height);
        self.pieces([Piece::text(look, at, Anchor::Start, words)]);
        self.height += 18.0;
    }

    /// A part of a drawing, from one height of it to another, on the full width.
    pub fn drawing(&mut self, top: f64, bottom: f64, pieces: impl IntoIterator<Item = Piece>) {
        let height = (bottom - top).max(1.0);
        // A picture within the picture cuts off what is outside of it.
        let _ = writeln!(
            self.body,
            r#"<svg x="0" y="{}" width="{w}" height="{h}" viewBox="0 {} {w} {h}">"#,
            fixed(self.height - 10.0),
            fixed(top),
            w = fixed(self.width),
            h = fixed(height)
        );
        self.pieces(pieces);
        self.body += "</svg>\n";
        self.height += height + 8.0;
    }

    /// Each mark with its meaning, in rows.
    pub fn legend(&mut self, entries: impl IntoIterator<Item = (Vec<Piece>, &'static str)>) {
        const LETTER: f64 = 6.4;
        let mut x = Self::MARGIN;
        self.height += 8.0;
        for (pieces, words) in entries {
            #[expect(clippy::cast_precision_loss, reason = "a few words")]
            let width = 44.0 + words.chars().count() as f64 * LETTER;
            if x + width > self.width && x > Self::MARGIN {
                x = Self::MARGIN;
                self.height += 20.0;
            }
            let _ = writeln!(
                self.body,
                r#"<g transform="translate({} {})">"#,
                fixed(x + 10.0),
                fixed(self.height - 4.0)
            );
            self.pieces(pieces);
            let label = Piece::text(Look::Small, point(16.0, 4.0), Anchor::Start, words.to_owned());
            self.pieces([label]);
            self.body += "</g>\n";
            x += width;
        }
        self.height += 18.0;
    }

    fn pieces(&mut self, pieces: impl IntoIterator<Item = Piece>) {
        for piece in pieces {
            piece.write(&mut self.body);
        }
    }

    /// The file.
    #[must_use]
    pub fn finish(self) -> String {
        let (width, height) = (fixed(self.width), fixed(self.height));
        format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" "#,
                r#"font-family="system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif">"#,
                "\n",
                r##"<rect width="{w}" height="{h}" fill="#fffefb"/>"##,
                "\n{body}</svg>\n"
            ),
            w = width,
            h = height,
            body = self.body
        )
    }
}
