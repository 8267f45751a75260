//! The atlas of broken networks: a picture of each network of five servers with links cut, and what was seen to become of its leader.
//! It is loaded with the laboratory; its runs are tried in the laboratory's worker for as long as the reader looks.
//!
//! | file | what is in it |
//! |---|---|
//! | `networks` | the networks, and what was seen in each; knows no browser |
//! | `desk` | what is shown, and the runs that go on |
//! | `talk`, `worker` | the runs, and how the page and the worker speak of them |
//! | `picture`, `mark` | a network as SVG, and what it came to as a colour and a mark |
//! | `view`, `grid`, `table` | what the reader sees and does |

mod desk;
mod grid;
mod mark;
mod networks;
mod picture;
mod table;
mod talk;
mod text;
mod view;
mod worker;

use yew::prelude::*;

pub use self::{desk::AtlasHandle, view::AtlasPanel, worker::answer};
use crate::ui::text::Lang;

/// What the atlas needs of the page.
#[derive(Clone, PartialEq, Properties)]
pub struct AtlasProps {
    /// The networks, and what was seen in each.
    pub atlas: AtlasHandle,
    /// The language.
    pub lang: Lang,
}

/// What the page's address calls the atlas, alone or with extensions of the rules: `atlas=pre-vote,check-quorum`.
pub const ADDRESS: &str = "atlas";
