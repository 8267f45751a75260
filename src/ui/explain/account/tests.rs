use super::*;
use crate::{
    raft::{Rule, Rules},
    sim::{Action, Config, EventId, History, OwnSetting},
    ui::{
        explain::{fixtures::troubled, why},
        text::{has_decimal_point, pseudo},
    },
};

fn told(history: &History, event: EventId, lang: Lang) -> Vec<String> {
    let chain = Chain::of(history.trace(), event);
    let steps = account(&chain);
    steps.into_iter().map(|step| lang.account_step(step)).collect()
}

fn elected() -> History {
    let mut history = History::new(Config::paper(5), 6, &[]).unwrap();
    history.seek(Micros::from_millis(300));
    history
}

/// Sending, arrival and what followed from it at once are one step, so an election is told in six.
#[test]
fn an_election_is_explained_in_six_steps() {
    let history = elected();
    let won = why::of_status(&history).unwrap();
    let english = told(&history, won, Lang::En);
    let beginnings = [
        "S2 became leader of term 1 with 3 votes",
        "S4's vote for term 1 arrived at S2, sent at 0.157 s; that made 3.",
        "S4 voted for S2 in term 1",
        "S2's vote request for term 1 arrived at S4, sent at 0.151 s; S4 left term 0 for term 1.",
        "S2 stood for election in term 1",
        "S2's election timer expired",
    ];
    assert_eq!(english.len(), beginnings.len(), "{english:?}");
    for (said, begins) in english.iter().zip(beginnings) {
        assert!(said.starts_with(begins), "{said}");
    }
    assert!(
        english[5].ends_with(" It had been running since 0.000 s."),
        "{english:?}"
    );
    let portuguese = told(&history, won, Lang::Pt);
    assert_eq!(
        portuguese[1],
        "O voto de S4 para o term 1 saiu aos 0,157 s e chegou a S2; o total passou a 3."
    );
}

/// Also who asked waited, for the vote that it has written for itself.
#[test]
fn a_vote_that_waited_for_a_disk_says_so() {
    let slow = |takes| {
        let mut history = History::new(Config::paper(5), 6, &[]).unwrap();
        for server in NodeId::all(5) {
            let own = OwnSetting::disk_write(Micros::from_millis(takes));
            history.act(Action::set_server(server, own)).unwrap();
        }
        history.seek(Micros::from_millis(300));
        let won = why::of_status(&history).unwrap();
        [Lang::En, Lang::Pt].map(|lang| told(&history, won, lang))
    };
    let [english, portuguese] = slow(4);
    assert_eq!(
        english[1],
        "S4's vote for term 1 arrived at S2, sent at 0.165 s; that made 3. Before it left, the message waited 4 ms for S4's disk to write."
    );
    assert!(english[3].ends_with("for S2's disk to write."), "{english:?}");
    assert_eq!(
        portuguese[1],
        "O voto de S4 para o term 1 saiu aos 0,165 s e chegou a S2; o total passou a 3. Antes de sair, a mensagem esperou 4 ms até o disco de S4 gravar."
    );
    assert!(!slow(0).concat().concat().contains("4 ms"));
}

/// A timer that somebody forced to expire did not expire of silence, and one that somebody set leads back to that.
#[test]
fn an_action_that_made_a_timer_expire_is_the_cause_that_is_told() {
    let s2 = NodeId::from_number(2).unwrap();
    let rest = Micros::from_millis(30);
    for (done, last) in [
        (
            Action::force_timeout(s2),
            &["S2's election timer was forced to expire."][..],
        ),
        (
            Action::set_election_timer(s2, rest),
            &[
                "S2's election timer expired with no heartbeat received and no vote granted. It had been running since 0.010 s.",
                "S2's election timer was set to expire 30 ms later.",
            ],
        ),
    ] {
        let mut history = History::new(Config::paper(5), 6, &[]).unwrap();
        history.seek(Micros::from_millis(10));
        history.act(done).unwrap();
        history.seek(Micros::from_millis(120));
        let won = why::of_status(&history).unwrap();
        let said = told(&history, won, Lang::En);
        assert!(said[0].starts_with("S2 became leader"), "{said:?}");
        assert!(
            said.ends_with(&last.iter().map(|&last| last.to_owned()).collect::<Vec<_>>()),
            "{said:?}"
        );
        let chain = Chain::of(history.trace(), won);
        let action = account(&chain).last().and_then(AccountStep::action).unwrap();
        assert_eq!(action.kind, EventKind::Action(done), "what can be left out");
        assert!(Lang::Pt.account_step(*account(&chain).last().unwrap()).contains("S2"));
    }
}

/// What the chain tells is no evidence besides: no event is told twice.
#[test]
fn nothing_is_told_twice() {
    let history = elected();
    let chain = Chain::of(history.trace(), why::of_status(&history).unwrap());
    let mut events: Vec<_> = chain.steps.iter().map(|step| step.event.id).collect();
    let evidence: Vec<_> = account(&chain)
        .iter()
        .flat_map(|step| step.evidence(&chain))
        .map(|event| event.id)
        .collect();
    assert_eq!(evidence.len(), 1, "the other vote");
    events.extend(evidence);
    events.sort();
    assert!(events.is_sorted_by(|one, other| one < other), "{events:?}");
}

/// Whatever happens: all events of a chain are in its steps, in order, and each step is a sentence in every language.
#[test]
fn every_chain_is_told_in_whole_sentences() {
    let mut rules = Rules::PAPER;
    rules.set(Rule::PreVote, true);
    for rules in [Rules::PAPER, rules] {
        let history = troubled(rules);
        for event in history.trace().range(EventId(0), history.world().next_event()) {
            let chain = Chain::of(history.trace(), event.id);
            let steps = account(&chain);
            assert!(
                steps
                    .iter()
                    .flat_map(AccountStep::events)
                    .eq(chain.steps.iter().map(|step| &step.event))
            );
            for step in steps {
                let [en, pt, made_up] = [Lang::En, Lang::Pt, Lang::Pseudo].map(|lang| lang.account_step(step));
                assert!(
                    en.ends_with('.') && en.len() > 10 && !en.contains("  "),
                    "{event:?}: {en}"
                );
                assert!(
                    pt.ends_with('.') && pt != en && !has_decimal_point(&pt),
                    "{event:?}: {pt}"
                );
                let mut english = pseudo::english(&made_up);
                english.retain(|word| {
                    ![
                        "heartbeat",
                        "election",
                        "timeout",
                        "recent-leader",
                        "recent",
                        "leader",
                        "check-quorum",
                        "check",
                        "quorum",
                    ]
                    .contains(word)
                });
                assert_eq!(english, [""; 0], "not from the catalogue: {made_up}");
            }
        }
    }
}
