//! A text as a QR code, to be scanned from a screen.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};
use yew::prelude::*;

/// A text as a QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodePicture {
    /// Squares from side to side, without the room around.
    size: i32,
    /// The dark ones, as a path.
    path: AttrValue,
}

impl CodePicture {
    /// With more squares from side to side, a telephone has to come close: from the back row, each is too small for its camera.
    const CLEAR: i32 = 73;
    /// Room around it without which it is not found: so many squares, as the standard asks for.
    const ROOM: i32 = 4;

    /// The code of a text; `None` if it is too long for one.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
        Some(Self {
            size: code.size(),
            path: dark(&code).into(),
        })
    }

    /// Whether it can't be scanned from far away.
    #[must_use]
    pub const fn is_dense(&self) -> bool {
        self.size > Self::CLEAR
    }

    /// The picture: black on white, whatever the page's colours are.
    pub fn view(&self, name: impl Into<AttrValue>) -> Html {
        let name = name.into();
        let whole = self.size + 2 * Self::ROOM;
        html! {
            <svg class="code" role="img" aria-label={name} viewBox={format!("0 0 {whole} {whole}")} shape-rendering="crispEdges">
                <rect width="100%" height="100%" fill="white" />
                <path d={&self.path} fill="black" />
            </svg>
        }
    }
}

/// The dark squares, row by row: those beside each other in one.
fn dark(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            if run > 0 {
                let (left, top) = (x + CodePicture::ROOM, y + CodePicture::ROOM);
                let _ = write!(path, "M{left} {top}h{run}v1h-{run}z");
            }
            x += i32::try_from(run).unwrap_or(0).max(1);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that a code holds at most.
    const LONGEST: usize = 2953;

    /// Whether a square is dark, read from the path.
    fn is_dark(code: &CodePicture, x: i32, y: i32) -> bool {
        code.path.split('M').skip(1).any(|run| {
            let numbers: Vec<i32> = run
                .split([' ', 'h', 'v', 'z', '-'])
                .filter_map(|number| number.parse().ok())
                .collect();
            numbers[1] == y && (numbers[0]..numbers[0] + numbers[2]).contains(&x)
        })
    }

    #[test]
    fn the_picture_is_the_code_with_room_around_it() {
        let text = "https://example.org/#BQAAAA";
        let (code, picture) = (
            QrCode::encode_text(text, QrCodeEcc::Low).unwrap(),
            CodePicture::of(text).unwrap(),
        );
        let room = CodePicture::ROOM;
        for y in 0..picture.size + 2 * room {
            for x in 0..picture.size + 2 * room {
                // Outside, a code has no dark square.
                assert_eq!(is_dark(&picture, x, y), code.get_module(x - room, y - room), "{x} {y}");
            }
        }
    }

    #[test]
    fn what_is_too_long_or_too_dense_is_known() {
        let of = |length: usize| CodePicture::of(&"a".repeat(length));
        assert!(of(LONGEST).is_some_and(|code| code.is_dense()));
        assert_eq!(of(LONGEST + 1), None);
        assert!(of(458).is_some_and(|code| !code.is_dense()));
        assert!(of(459).is_some_and(|code| code.is_dense()));
    }
}
