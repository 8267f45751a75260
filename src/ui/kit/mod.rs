//! What the page needs of the browser and of Yew. Knows no Raft.

pub mod address;
pub mod choice;
pub mod copy_link;
pub mod desk;
pub mod dom;
pub mod emit;
pub mod field;
pub mod files;
pub mod focus;
pub mod icons;
pub mod key_value;
pub mod later;
pub mod markup;
pub mod menu;
pub mod millis;
pub mod nodes;
pub mod panel;
pub mod permille;
pub mod qr;
pub mod root_mark;
pub mod theme;
pub mod worker;
