//! Icons, drawn as paths on a 16 by 16 grid.

use yew::prelude::*;

/// A triangle: play, go on.
pub const PLAY: &str = "M4 2.5v11l9-5.5z";
/// Two bars: pause.
pub const PAUSE: &str = "M4 3h3v10H4zM9 3h3v10H9z";
/// A triangle against a bar: one step.
pub const STEP: &str = "M3 2.5v11l8-5.5zM12 3h2v10h-2z";
/// A triangle back against a bar: one step back.
pub const STEP_BACK: &str = "M13 2.5v11l-8-5.5zM2 3h2v10H2z";
/// Two triangles back: to the start.
pub const RESET: &str = "M14 3v10L8.500 8zM8.500 3v10L3 8zM2 3h1.500v10H2z";
/// A bar in a broken ring: power off.
pub const POWER: &str = "M7.2 1.5h1.6v6.3H7.2zM5.3 3.1l.9 1.4a4.3 4.3 0 1 0 3.6 0l.9-1.4a5.9 5.9 0 1 1-5.4 0z";
/// A ring with an arrow: start again.
pub const START: &str = "M8 3.6V1l4 3.3-4 3.3V5.2a3.9 3.9 0 1 0 3.9 3.9h1.6A5.5 5.5 0 1 1 8 3.6z";
/// A half-filled disc: light and dark.
pub const THEME: &str = "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm0 1.5v10A5 5 0 0 1 8 3z";
/// A question mark.
pub const HELP: &str = "M5.1 5.6C5.2 3.7 6.4 2.6 8.1 2.6c1.8 0 3 1.1 3 2.7 0 1.2-.6 1.9-1.6 2.5-.8.5-1 .8-1 1.5v.4H7v-.6c0-1.2.5-1.8 1.5-2.4.7-.5 1-.8 1-1.4 0-.7-.5-1.2-1.4-1.2-.9 0-1.4.5-1.5 1.5zM6.9 11.2h1.8V13H6.9z";
/// A die: another seed.
pub const DICE: &str = "M3.5 2h9A1.5 1.5 0 0 1 14 3.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 2 12.5v-9A1.5 1.5 0 0 1 3.5 2zm0 1.4v9.2h9V3.400zM4.7 4.700h1.900v1.900H4.700zM9.4 4.700h1.900v1.900H9.400zM7.050 7.050h1.900v1.900h-1.900zM4.7 9.400h1.900v1.900H4.700zM9.4 9.400h1.900v1.900H9.400z";
/// An arrow out of a tray: share.
pub const SHARE: &str =
    "M8 1l4 4-1.100 1.100L8.800 4v6.500H7.200V4L5.100 6.100 4 5zM2.500 8h1.500v5.500h8V8h1.500v7h-11z";
/// A printer: on paper.
pub const PRINT: &str = "M4 1.500h8V4H4zM2.500 5h11A1.500 1.500 0 0 1 15 6.500V11h-2.500V9h-9v2H1V6.500A1.500 1.500 0 0 1 2.500 5zM4.500 10.200h7v4.300h-7z";
/// A cross: close.
pub const CLOSE: &str =
    "M3.5 2.400L8 6.900l4.5-4.5 1.1 1.100L9.1 8l4.5 4.5-1.1 1.100L8 9.100l-4.5 4.5-1.1-1.100L6.9 8 2.4 3.500z";
/// An equals sign, struck through: not in the other future.
pub const DIFFERS: &str = "M9.900 2L11.300 2.600 10.300 5H13v1.600H9.700L8.600 9.400H13V11H8L6.600 14.400 5.200 13.800 6.300 11H3V9.400h3.900L8 6.600H3V5h5.700z";
/// An equals sign: the same in the other future.
pub const SAME: &str = "M3 5h10v1.600H3zM3 9.400h10V11H3z";
/// A tick.
pub const CHECK: &str = "M6.4 12.300L2.4 8.300l1.2-1.2 2.8 2.8 6-6 1.2 1.200z";
/// An angle downward: there is more.
pub const UNFOLD: &str = "M8 11.200L2.800 6 4 4.800l4 4 4-4L13.200 6z";

/// An arrow back: undo.
pub const UNDO: &str =
    "M6.500 2.500L2 6.500l4.500 4V7.800h3a2.300 2.300 0 0 1 0 4.600H5V14h4.500a3.900 3.900 0 0 0 0-7.800h-3z";
/// An arrow on: redo.
pub const REDO: &str =
    "M9.500 2.500L14 6.500l-4.500 4V7.800h-3a2.300 2.300 0 0 0 0 4.600H11V14H6.500a3.900 3.900 0 0 1 0-7.800h3z";
/// Three dots: what else can be done.
pub const MORE: &str = "M1.500 8a1.500 1.500 0 1 1 3 0 1.500 1.500 0 0 1-3 0zM6.500 8a1.500 1.500 0 1 1 3 0 1.500 1.500 0 0 1-3 0zM11.500 8a1.500 1.500 0 1 1 3 0 1.500 1.500 0 0 1-3 0z";
/// A triangle with an exclamation mark: something is broken.
pub const WARNING: &str = "M8 1.500L15.200 14.500H.8zM7.200 6v4.300h1.600V6zM7.200 11.300v1.700h1.600v-1.700z";
/// A clock with a button on top: a timer.
pub const TIMER: &str = "M6 .5h4V2H6zM8 2.500a6 6 0 1 1 0 12 6 6 0 0 1 0-12zm0 1.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9zM7.250 5.500h1.500v3.500h-1.500z";
/// A line that beats: heartbeats.
pub const PULSE: &str =
    "M.8 7.200h2.900L5.900 2l3.200 8.600 1.400-3.400h4.700v1.600h-3.600L9.100 14 5.800 5.400 4.800 8.800h-4z";
/// Two dots, struck through: links are cut.
pub const CUT: &str = "M3 5.800a2.200 2.200 0 1 1 0 4.400 2.200 2.200 0 0 1 0-4.400zM13 5.800a2.200 2.200 0 1 1 0 4.400 2.200 2.200 0 0 1 0-4.400zM9.300 2.500l1.500.500-4.100 10.500-1.500-.500z";
/// Two dots and a line: links are up.
pub const LINKED: &str =
    "M3 5.800A2.200 2.200 0 0 1 5.060 7.200h5.880a2.200 2.200 0 1 1 0 1.600H5.060A2.200 2.200 0 1 1 3 5.800z";
/// A disk with a cross: wipe.
pub const WIPE: &str = "M2.500 2h9L14 4.500V14H2.500zM4 3.500v9h8.500V5.100l-1.600-1.600zM6.150 5.300l2.050 2.050 2.050-2.050 1.050 1.050L9.250 8.400l2.050 2.050-1.050 1.050-2.050-2.050-2.050 2.050-1.050-1.050L7.150 8.400 5.100 6.350z";
/// An arrow: to another one.
pub const HAND_OVER: &str = "M2 7.200h8.200L7.400 4.400l1.100-1.100L13.200 8l-4.700 4.700-1.100-1.100 2.800-2.800H2z";

/// An icon; what it means is said by the control that it is in.
pub fn icon(path: &'static str) -> Html {
    html! { <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d={path} fill-rule="evenodd" /></svg> }
}
