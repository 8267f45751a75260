//! Runs that several tests ask about.

use crate::{
    raft::{NodeId, Rules},
    sim::{Action, Config, History, Micros},
};

/// Five servers on a network that loses and duplicates messages, crashed, paused, cut off and started again for eight seconds.
pub fn troubled(rules: Rules) -> History {
    let mut config = Config::paper(5);
    config.rules = rules;
    (config.network.loss_permille, config.network.duplication_permille) = (100, 100);
    let mut history = History::new(config, 3, &[]).unwrap();
    for round in 0..40_u64 {
        history.seek(Micros::from_millis(200 * (round + 1)));
        let server = NodeId::new(usize::try_from(round % 5).unwrap());
        let action = [
            Action::kill(server),
            Action::pause(server),
            Action::isolate(server),
            Action::heal_all(),
        ];
        let _ = history.act(action[usize::try_from(round % 4).unwrap()]);
        let _ = history.act(Action::start(NodeId::new(usize::try_from((round + 3) % 5).unwrap())));
    }
    history
}
