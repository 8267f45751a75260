//! What was broken, and why votes that were counted do not count.

use crate::{
    raft::{NodeId, NodeSet, Term},
    safety::{Property, Violation},
    sim::History,
    ui::{
        run::{
            incident::{Tally, VoidVote},
            view::broken_now,
        },
        text::{Lang, catalogue},
    },
};

catalogue! {
    /// What was broken.
    BrokenText, broken_text;

    both_led(server: NodeId, other: &str, term: Term): "{server} and {other} both led term {term}.",
        "{server} e {other} lideraram ambos o term {term}.";
    voted_twice(server: NodeId, term: Term, other: &str, then: &str):
        "{server} voted twice in term {term}: first for {other}, then for {then}.",
        "{server} votou duas vezes no term {term}: primeiro em {other}, depois em {then}.";
    went_back(server: NodeId, term: Term): "{server} went back to term {term}.", "{server} voltou ao term {term}.";
    leads_without_majority(server: NodeId, term: Term): "{server} leads term {term} without a majority of valid votes.",
        "{server} lidera o term {term} sem maioria de votos válidos.";
    leads_with_short_log(server: NodeId, term: Term, other: &str):
        "{server} leads term {term} without an entry that a majority held, {other} among them.",
        "{server} lidera o term {term} sem uma entrada que uma maioria tinha, entre eles {other}.";

    counted_too_few(counted: NodeSet, valid: usize, size: u8, majority: u8):
        "It counted the votes of {counted}: {valid} of {size}, where {majority} are a majority.",
        "Contou os votos de {counted}: {valid} de {size}, e a maioria são {majority}.";
    counted_void(counted: NodeSet, but: &str, valid: usize, size: u8, majority: u8):
        "It counted the votes of {counted}, but {but}: {valid} of {size} count, where {majority} are a majority.",
        "Contou os votos de {counted}, mas {but}: {valid} de {size} valem, e a maioria são {majority}.";
    vote_was_spent(voter: NodeId, first: NodeId): "{voter} had already voted for {first} in that term",
        "{voter} já tinha votado em {first} nesse term";
    vote_was_not_given(voter: NodeId): "{voter} did not vote for it in that term", "{voter} não votou nele nesse term";
    vote_was_stale(voter: NodeId, term: Term): "{voter}'s vote was of term {term}", "o voto de {voter} era do term {term}";
    vote_was_promised(voter: NodeId): "{voter} had only said that it would vote for it", "{voter} só tinha dito que votaria nele";
    and_also: ", and ", ", e ";
}

impl Lang {
    /// A broken property, in a sentence.
    #[must_use]
    pub fn violation(self, violation: Violation) -> String {
        let Violation {
            property,
            server,
            term,
            other,
            then,
        } = violation;
        let [other, then] = [other, then].map(|server| server.map(|server| server.to_string()).unwrap_or_default());
        match property {
            Property::ElectionSafety => self.both_led(server, &other, term),
            Property::OneVotePerTerm => self.voted_twice(server, term, &other, &then),
            Property::MonotonicTerms => self.went_back(server, term),
            Property::LeaderHadMajority => self.leads_without_majority(server, term),
            Property::LeaderCompleteness => self.leads_with_short_log(server, term, &other),
        }
    }

    /// What was broken at the instant that is visited, with the votes that were counted and do not count. It comes with the panels:
    /// before they are here, nothing can be broken.
    #[must_use]
    pub fn broken_in_full(self, history: &History) -> Option<String> {
        let incident = broken_now(history)?;
        let said = self.broken(incident.violation);
        Some(match Tally::of(history, incident) {
            Some(tally) => format!("{said} {}", self.tally(&tally)),
            None => said,
        })
    }

    /// Why the votes that a leader counted are no majority.
    #[must_use]
    pub fn tally(self, tally: &Tally) -> String {
        let (valid, majority) = (tally.valid(), tally.majority());
        let but = self.uncounted(tally);
        if but.is_empty() {
            self.counted_too_few(tally.counted, valid, tally.size, majority)
        } else {
            self.counted_void(tally.counted, &but, valid, tally.size, majority)
        }
    }

    /// Which votes do not count, and why.
    fn uncounted(self, tally: &Tally) -> String {
        let each = tally.void.iter().map(|&(voter, why)| match why {
            VoidVote::Stale(term) => self.vote_was_stale(voter, term),
            VoidVote::Promised => self.vote_was_promised(voter),
            VoidVote::Spent(first) => self.vote_was_spent(voter, first),
            VoidVote::Absent => self.vote_was_not_given(voter),
        });
        each.collect::<Vec<_>>().join(self.broken_text().and_also)
    }
}
