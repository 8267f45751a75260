//! The plot as SVG: one text for the page, whose colours come from the style sheet, and for a file, which carries them itself.

use std::fmt::Write;

use super::plot::{Curve, Plot, PlotFrame};
use crate::{
    lab::Quantity,
    ui::{
        kit::markup::escape,
        svg::{number::fixed, point::Point},
        text::Lang,
    },
};

/// How a line is drawn. No two have the same dashes or the same mark.
pub struct Stroke {
    /// Its class on the page.
    pub class: &'static str,
    /// Its colour in a file: that of the page when it is light.
    pub colour: &'static str,
    /// Its dashes.
    pub dashes: &'static str,
    /// Its mark, around a place.
    pub mark: &'static str,
}

/// Of each line.
pub const STROKES: [Stroke; 6] = [
    Stroke {
        class: "lab-a",
        colour: "#1d2126",
        dashes: "none",
        mark: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z",
    },
    Stroke {
        class: "lab-b",
        colour: "#b86e00",
        dashes: "8 3",
        mark: "M-3.6 -3.6h7.2v7.2h-7.2Z",
    },
    Stroke {
        class: "lab-c",
        colour: "#546d8c",
        dashes: "2 2.5",
        mark: "M0 -4.6L4.4 3.4H-4.4Z",
    },
    Stroke {
        class: "lab-d",
        colour: "#0a7362",
        dashes: "10 3 2 3",
        mark: "M0 -5L5 0L0 5L-5 0Z",
    },
    Stroke {
        class: "lab-e",
        colour: "#1a5fb4",
        dashes: "5 3",
        mark: "M0 4.6L4.4 -3.4H-4.4Z",
    },
    Stroke {
        class: "lab-f",
        colour: "#5a626b",
        dashes: "12 3 2 2 2 3",
        mark: "M-1.4 -4.6h2.8v3.2h3.2v2.8h-3.2v3.2h-2.8v-3.2h-3.2v-2.8h3.2Z",
    },
];

/// How a line is drawn, by its place.
pub fn stroke(line: usize) -> &'static Stroke {
    &STROKES[line % STROKES.len()]
}

/// The mark of what the paper says.
const PUBLISHED: &str = "M0 -6.5L6.5 0L0 6.5L-6.5 0ZM0 -2.500V2.500M-2.500 0H2.500";

/// The plot for the page. What is to be read of it is said by the control that it is in.
pub fn on_page(plot: &Plot, lang: Lang) -> String {
    let PlotFrame { width, height, .. } = plot.frame;
    format!(
        r#"<svg class="lab-svg" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>"#,
        fixed(width),
        fixed(height),
        body(plot, lang)
    )
}

/// Characters for which a row above the plot of a file has room.
pub const ROW: usize = 88;

/// The plot as a file: with a title, rows that say what it shows and what was tried, and a legend.
pub fn in_file(plot: &Plot, title: &str, about: &[String], names: &[String], lang: Lang) -> String {
    const LEGEND: f64 = 20.0;
    const LINE: f64 = 15.0;
    let PlotFrame { width, height, .. } = plot.frame;
    let (mut rows, mut top) = (String::new(), 42.0);
    for row in about {
        let _ = write!(rows, r#"<text x="16" y="{}">{}</text>"#, fixed(top), escape(row));
        top += LINE;
    }
    let (mut legend, mut x, mut y) = (String::new(), 24.0, top + height + 6.0);
    for (line, name) in names.iter().enumerate() {
        let room = 44.0 + 7.0 * f64::from(u8::try_from(name.chars().count()).unwrap_or(u8::MAX));
        if x + room > width && x > 24.0 {
            (x, y) = (24.0, y + LEGEND);
        }
        let _ = write!(
            legend,
            r#"<g transform="translate({} {})">{}<text x="20" y="4">{}</text></g>"#,
            fixed(x),
            fixed(y),
            key(line),
            escape(name)
        );
        x += room;
    }
    let all = y + LEGEND;
    format!(
        concat!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" "#,
            r#"font-family="system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif" font-size="11">"#,
            "\n<title>{title}</title>\n<desc>{about}</desc>\n<style>{style}</style>\n",
            r##"<rect width="{w}" height="{h}" fill="#fffefb"/>"##,
            "\n",
            r#"<text x="16" y="24" font-size="15" font-weight="700">{title}</text>{rows}"#,
            "\n",
            r#"<g transform="translate(0 {top})">{body}</g>"#,
            "\n{legend}\n</svg>\n"
        ),
        w = fixed(width),
        h = fixed(all),
        title = escape(title),
        rows = rows,
        about = escape(&about.join("; ")),
        style = style(),
        top = fixed(top),
        body = body(plot, lang),
        legend = legend
    )
}

/// What the style sheet says of the plot, in the colours of the light page.
fn style() -> String {
    let mut style = concat!(
        "text{fill:#5a626b}.lab-grid{stroke:#dedbd1;fill:none}",
        ".lab-line{fill:none;stroke-width:2;stroke-linejoin:round}.lab-area{stroke:none;fill-opacity:.18}.lab-mark{stroke:#fffefb}",
        ".lab-published{fill:#fffefb;stroke:#1d2126;stroke-width:1.3}",
        ".lab-note{fill:#1d2126;stroke:#fffefb;stroke-width:4;paint-order:stroke}"
    )
    .to_owned();
    for Stroke { class, colour, .. } in &STROKES {
        let _ = write!(
            style,
            ".lab-line.{class}{{stroke:{colour}}}.lab-area.{class},.lab-mark.{class}{{fill:{colour}}}"
        );
    }
    style
}

/// The same beside the name of the line.
pub fn key_on_page(line: usize) -> String {
    format!(
        r#"<svg class="lab-key" viewBox="-14 -6 28 12" aria-hidden="true" focusable="false">{}</svg>"#,
        key(line)
    )
}

/// The mark of what the paper says, in a line of words.
pub fn published_on_page() -> String {
    format!(
        r#"<svg class="lab-key" viewBox="-14 -7 28 14" aria-hidden="true" focusable="false"><path class="lab-published" d="{PUBLISHED}"/></svg>"#
    )
}

/// A line as it is drawn, short: with its mark in the middle.
pub fn key(line: usize) -> String {
    let Stroke {
        class, dashes, mark, ..
    } = stroke(line);
    format!(
        r#"<path class='lab-line {class}' stroke-dasharray="{dashes}" d="M-13 0H13"/><path class='lab-mark {class}' d="{mark}"/>"#
    )
}

fn body(plot: &Plot, lang: Lang) -> String {
    let mut body = String::new();
    axes(plot, lang, &mut body);
    for (line, curve) in plot.curves.iter().enumerate() {
        draw(line, curve, plot.y.is_none(), &mut body);
        if let Some((count, limit, at)) = curve.beyond {
            let said = lang.lab_beyond(count, &lang.lab_time(limit.0));
            let (x, y) = (fixed(at.x), fixed(at.y));
            let _ = write!(
                body,
                r#"<text class="lab-note" x="{x}" y="{y}" text-anchor="end">{}</text>"#,
                escape(&said)
            );
        }
    }
    for at in plot.curves.iter().flat_map(|curve| &curve.published) {
        let _ = write!(
            body,
            r#"<path class="lab-published" transform="{}" d="{PUBLISHED}"/>"#,
            translate(*at)
        );
    }
    body
}

/// Half the width of a label at an axis, or a little more.
fn half_of(label: &str) -> f64 {
    3.3 * f64::from(u8::try_from(label.chars().count()).unwrap_or(u8::MAX))
}

fn axes(plot: &Plot, lang: Lang, body: &mut String) {
    let PlotFrame {
        origin,
        corner,
        width,
        height,
        ..
    } = plot.frame;
    let value = |value| match plot.quantity {
        Quantity::WithoutLeader => lang.lab_tick(value),
        _ => lang.grouped(usize::try_from(value).unwrap_or(usize::MAX)),
    };
    for tick in plot.x.ticks(plot.frame.labels) {
        let across = origin.x + (corner.x - origin.x) * plot.x.place(tick);
        let label = match plot.vary {
            Some(vary) => lang.lab_setting_at_axis(vary.variable, tick),
            None => value(tick),
        };
        let (x, middle) = (fixed(across), fixed(across.min(width - half_of(&label))));
        let _ = write!(
            body,
            r#"<path class="lab-grid" d="M{x} {}V{}"/><text x="{middle}" y="{}" text-anchor="middle">{}</text>"#,
            fixed(origin.y),
            fixed(corner.y),
            fixed(origin.y + 15.0),
            escape(&label)
        );
    }
    let text = lang.lab_text();
    let (ticks, upward) = match plot.y {
        Some(scale) if plot.vary.is_some() => (scale.ticks(plot.frame.labels), lang.quantity(plot.quantity)),
        Some(_) => (vec![0, 250, 500, 750, 1000], text.share_of_trials),
        None => (Vec::new(), text.per_bar),
    };
    for tick in ticks {
        let share = plot.y.map_or(0.0, |scale| scale.place(tick));
        let y = origin.y + (corner.y - origin.y) * share;
        let label = if plot.vary.is_some() {
            value(tick)
        } else {
            format!("{} %", tick / 10)
        };
        let _ = write!(
            body,
            r#"<path class="lab-grid" d="M{} {y}H{}"/><text x="{}" y="{}" text-anchor="end">{}</text>"#,
            fixed(origin.x),
            fixed(corner.x),
            fixed(origin.x - 5.0),
            fixed(y + 4.0),
            escape(&label),
            y = fixed(y)
        );
    }
    let across = plot
        .vary
        .map_or(lang.quantity(plot.quantity), |vary| lang.lab_variable(vary.variable));
    let _ = write!(
        body,
        r#"<text x="{}" y="{}" text-anchor="end">{}</text><text x="{}" y="{}">{}</text>"#,
        fixed(corner.x),
        fixed(height - 8.0),
        escape(across),
        fixed(4.0),
        fixed(height - 8.0),
        escape(&format!("↑ {upward}"))
    );
}

fn draw(line: usize, curve: &Curve, has_own_row: bool, body: &mut String) {
    let Stroke {
        class, dashes, mark, ..
    } = stroke(line);
    // Bars of dashes are hard to read, and their row and its mark tell them from others.
    let dashes = if has_own_row { "none" } else { dashes };
    if !curve.area.is_empty() {
        let _ = write!(body, r#"<path class='lab-area {class}' d="{}Z"/>"#, path(&curve.area));
    }
    let _ = write!(
        body,
        r#"<path class='lab-line {class}' stroke-dasharray="{dashes}" d="{}"/>"#,
        path(&curve.path)
    );
    for at in &curve.marks {
        let _ = write!(
            body,
            r#"<path class='lab-mark {class}' transform="{}" d="{mark}"/>"#,
            translate(*at)
        );
    }
}

fn translate(at: Point) -> String {
    format!("translate({} {})", fixed(at.x), fixed(at.y))
}

fn path(corners: &[Point]) -> String {
    let mut path = String::new();
    for corner in corners {
        path.push(if path.is_empty() { 'M' } else { 'L' });
        let _ = write!(path, "{} {}", fixed(corner.x), fixed(corner.y));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `--ink: light-dark(#1d2126, ...)`.
    fn light(token: &str) -> &'static str {
        const TOKENS: &str = include_str!("../../../../static/styles/tokens.css");
        let value = TOKENS
            .split(&format!("--{token}: light-dark("))
            .nth(1)
            .expect("a token");
        value.split(',').next().unwrap_or_default()
    }

    #[test]
    fn a_file_has_the_colours_of_the_page() {
        const SHEET: &str = include_str!("../../../../static/styles/laboratory.css");
        for Stroke { class, colour, .. } in &STROKES {
            let rule = SHEET.split(&format!(".{class} {{")).nth(1).expect("a rule");
            let token = rule.split("var(--").nth(1).and_then(|rest| rest.split(')').next());
            assert_eq!(token.map(light), Some(*colour), "{class}");
        }
    }

    #[test]
    fn a_label_at_the_end_of_the_axis_has_room() {
        assert!(
            580.0 - half_of("500 ms") < 564.0,
            "the axis ends 16 units before the drawing"
        );
        assert!(580.0 - half_of("1 s") > 564.0, "a short label stands below its tick");
    }

    #[test]
    fn lines_are_told_apart_without_colours() {
        for (index, one) in STROKES.iter().enumerate() {
            for other in &STROKES[..index] {
                assert!(one.dashes != other.dashes && one.mark != other.mark);
            }
        }
    }
}
