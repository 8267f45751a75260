//! Runs that the tests of the timeline share.

use crate::{
    sim::{Action, History, Micros, Network},
    ui::{run::player::Player, svg::timeline::window::Window},
};

/// A cluster that loses most of its messages for so many seconds.
pub fn stormy(secs: u64) -> History {
    let mut player = Player::default();
    let mut network: Network = player.history().world().config().network;
    network.loss_permille = 600;
    player.act(Action::set_network(network)).unwrap();
    player.seek(Micros::from_secs(secs));
    player.history().clone()
}

/// All of a run.
pub fn all(history: &History) -> Window {
    Window {
        from: Micros::ZERO,
        span: history.end(),
    }
}
