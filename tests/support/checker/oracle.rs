//! The checker's model, as stateright wants it.

use raft_playground::checker::{Model, State, Step};
use stateright::Property;

pub struct Oracle(pub Model);

impl stateright::Model for Oracle {
    type State = State;
    type Action = Step;

    fn init_states(&self) -> Vec<State> {
        vec![self.0.initial()]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Step>) {
        actions.extend(self.0.steps(state));
    }

    fn next_state(&self, state: &State, step: Step) -> Option<State> {
        self.0.apply(state, step)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("holds", |oracle: &Self, state| {
            oracle.0.broken(state).is_empty()
        })]
    }
}
