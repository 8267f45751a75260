use super::*;
use crate::{
    raft::{Quorum, Rule},
    scenario::{Scenario, ScenarioId},
    sim::{Action, Contact},
    ui::{
        explain::{headline::Headline, news::spoken_ms},
        run::player::Player,
        text::{Lang, has_decimal_point, pseudo},
    },
};

/// What is said over a scenario, each once, from event to event.
fn told(id: ScenarioId, until: u64) -> Vec<Moment> {
    let mut player = Player::new(Scenario::new(id));
    let mut told = vec![Moment::of(&ClusterView::of(&player))];
    while player.history().now() < Micros::from_millis(until) {
        player.step();
        told.push(Moment::of(&ClusterView::of(&player)));
    }
    told.dedup();
    told
}

#[test]
fn an_election_is_told_from_the_wait_to_the_leader() {
    let told = told(ScenarioId::Free, 300);
    let kinds: Vec<_> = told.iter().map(std::mem::discriminant).collect();
    assert!(matches!(
        told[0],
        Moment::Waits {
            next: Some(Next::Timer(..)),
            lack: Lack::Waiting,
            ..
        }
    ));
    assert!(matches!(told[1], Moment::Candidacy { .. }));
    assert!(matches!(told.last(), Some(Moment::Leads { .. })), "{told:?}");
    assert!(told.iter().any(|moment| matches!(moment, Moment::Announces { .. })));
    assert!(kinds.len() < 12, "{told:?}");
}

#[test]
fn a_split_vote_and_a_leader_in_a_minority_are_told() {
    assert!(
        told(ScenarioId::SplitVote, 900)
            .iter()
            .any(|moment| matches!(moment, Moment::Rivals { split: Some(_), .. }))
    );
    let minority = told(ScenarioId::MinorityLeader, 1000);
    assert!(minority.iter().any(|moment| matches!(moment, Moment::Stale { .. })));
    assert!(
        minority.iter().any(|moment| matches!(moment, Moment::Deposed { .. })),
        "{minority:?}"
    );
}

const S1: NodeId = NodeId::new(0);
const S2: NodeId = NodeId::new(1);

/// Five servers in which a candidate's own vote is enough, and these run at once.
fn alone_is_enough(candidates: &[NodeId]) -> Player {
    let mut player = Player::default();
    let mut rules = player.rules();
    rules.quorum = Quorum::Votes(1);
    player.act(Action::set_rules(rules)).unwrap();
    for server in candidates {
        player.act(Action::force_timeout(*server)).unwrap();
    }
    player
}

#[test]
fn two_leaders_of_one_term_are_told_when_it_happens_and_as_long_as_it_lasts() {
    let mut player = alone_is_enough(&[S1, S2]);
    let moment = Moment::of(&ClusterView::of(&player));
    assert!(matches!(moment, Moment::Broken(..)), "{moment:?}");
    player.seek(Micros::from_millis(1));
    let view = ClusterView::of(&player);
    let leaders = NodeSet::from_iter([S1, S2]);
    assert_eq!(Moment::of(&view), Moment::TwoLead { leaders, term: Term(1) });
    assert_eq!(Lang::En.who_leads(&view), "S1 and S2 both lead term 1");
    assert_eq!(Lang::Pt.who_leads(&view), "S1 e S2 lideram ambos o term 1");
    let one = ClusterView::of(&alone_is_enough(&[S2]));
    assert_eq!(Lang::En.who_leads(&one), "S2 leads term 1");
}

/// Of an old leader and a new one the new one leads: that is no violation.
#[test]
fn leaders_of_different_terms_do_not_both_lead() {
    let mut player = Player::new(Scenario::new(ScenarioId::MinorityLeader));
    player.seek(Micros::from_millis(1000));
    let view = ClusterView::of(&player);
    assert!(view.stale().count() > 0);
    assert_eq!(view.leaders().count(), 1);
    assert!(Lang::En.who_leads(&view).contains(" leads term "));
}

#[test]
fn a_leader_without_a_majority_is_told_with_the_votes_that_it_counted() {
    let player = alone_is_enough(&[S2]);
    let moment = Moment::of(&ClusterView::of(&player));
    let broken = "A safety property is broken: S2 leads term 1 without a majority of valid votes.";
    assert_eq!(Lang::En.narrate(&moment), broken);
    let in_full = Lang::En.broken_in_full(player.history());
    let counted = "It counted the votes of S2: 1 of 5, where 3 are a majority.";
    assert_eq!(in_full, Some(format!("{broken} {counted}")));
}

/// In a run that was found, the path sets off the timers, long before they run out by themselves.
#[test]
fn a_timer_that_a_plan_may_overrule_is_not_announced() {
    let mut scenario = Scenario::new(ScenarioId::Free);
    scenario.script = vec![(Micros::from_millis(40), Action::force_timeout(S1))];
    let moment = Moment::of(&ClusterView::of(&Player::new(scenario)));
    let next = Some(Next::Planned(Micros::from_millis(40)));
    let (lack, paused) = (Lack::Waiting, NodeSet::EMPTY);
    assert_eq!(moment, Moment::Waits { next, lack, paused });
    for lang in Lang::ALL {
        let said = lang.narrate(&moment);
        assert!(
            !said.contains("S1") && (said.contains("0.040 s") ^ said.contains("0,040 s")),
            "{said}"
        );
    }
}

#[test]
fn every_moment_is_one_sentence_or_two_in_every_language() {
    for id in ScenarioId::ALL {
        for moment in told(id, 1500) {
            for lang in Lang::ALL {
                let said = lang.narrate(&moment);
                assert!(
                    said.ends_with('.') && said.len() < 200 && !said.contains("  "),
                    "{said}"
                );
                assert!(spoken_ms(&said) >= 4000.0);
                assert!(lang == Lang::En || !has_decimal_point(&said), "{said}");
            }
            let said = Lang::Pseudo.narrate(&moment);
            assert_eq!(pseudo::english(&said), [""; 0], "not from the catalogue: {said}");
        }
    }
}

// --- Reports from real clusters ---

/// A run of `tests/fixtures/field`.
fn field(file: &str) -> Player {
    Player::new(crate::scenario::file::read(file).unwrap().scenario())
}

fn servers<const N: usize>(numbers: [usize; N]) -> NodeSet {
    numbers
        .iter()
        .filter_map(|number| NodeId::from_number(*number))
        .collect()
}

/// What is said between two instants, in ms: the headline and the sentence of each event, in one language.
fn said(player: &mut Player, lang: Lang, from: u64, until: u64) -> Vec<(String, String)> {
    player.seek(Micros::from_millis(from));
    let mut all = Vec::new();
    while player.history().now() < Micros::from_millis(until) {
        let view = ClusterView::of(player);
        let (who, rest) = lang.headline(&Headline::of(&view));
        all.push((format!("{who} {rest}"), lang.narrate(&Moment::of(&view))));
        player.step();
    }
    all
}

#[test]
fn a_leader_that_keeps_one_link_reaches_two_of_five() {
    let mut player = field(include_str!("../../../../tests/fixtures/field/bridge.raft"));
    let from = 651;
    for (lang, headline, sentence, rest) in [
        (
            Lang::En,
            "No leader with a majority S4 reaches only 2 of 5 servers, itself included.",
            "S4 is still the leader of term 1, but reaches only 2 of 5 servers, itself included, and can commit nothing.",
            [" votes in vain.", " vote for it.", " vote for them."],
        ),
        (
            Lang::Pt,
            "Sem leader com maioria S4 só alcança 2 de 5 servidores, incluindo ele próprio.",
            "S4 ainda é o leader do term 1, mas só alcança 2 de 5 servidores, incluindo ele próprio, e não consegue dar commit em nada.",
            [" votos em vão.", " votaria nele.", " votaria neles."],
        ),
    ] {
        for (who, what) in said(&mut player, lang, from, 60_000) {
            assert_eq!(who, headline);
            let others = what.strip_prefix(sentence);
            assert!(
                others.is_some_and(|others| others.is_empty() || rest.iter().any(|end| others.ends_with(end))),
                "{what}"
            );
        }
    }
    let view = ClusterView::of(&player);
    let s4 = &view.servers[3];
    assert_eq!(
        (s4.reach, s4.claim),
        (servers([3, 4]), Some(Claim::Reaches(Contact::Servers(2))))
    );
    assert_eq!(Lang::En.server_name(s4), "S4, leader, term 1, reaches 2 of 5");
    assert_eq!(Lang::Pt.server_name(s4), "S4, leader, term 1, alcança 2 de 5");
    assert_eq!(Lang::En.detail(s4), "reaches 2 of 5");
}

/// Where links are cut one way, it is said which way.
#[test]
fn a_leader_that_all_hear_and_that_hears_few_is_said_to() {
    let said = |heals: bool, lang: Lang| {
        let mut player = Player::default();
        player.seek(Micros::from_millis(300));
        for other in [0, 2, 3].map(NodeId::new) {
            let cut = if heals {
                Action::cut(S2, other)
            } else {
                Action::cut(other, S2)
            };
            player.act(cut).unwrap();
        }
        let view = ClusterView::of(&player);
        let (who, why) = lang.headline(&Headline::of(&view));
        [
            format!("{who}: {why}"),
            lang.narrate(&Moment::of(&view)),
            lang.detail(&view.servers[1]),
        ]
    };
    let [headline, sentence, label] = said(false, Lang::En);
    let only = "hears only 2 of 5 servers, itself included, though 4 others hear it";
    assert_eq!(headline, format!("No leader with a majority: S2 {only}."));
    assert!(
        sentence.starts_with(&format!(
            "S2 is still the leader of term 1, but {only}, and can commit nothing."
        )),
        "{sentence}"
    );
    assert_eq!(label, "hears 2 of 5");
    let [_, sentence, label] = said(true, Lang::En);
    let only = "is heard by only 2 of 5 servers, itself included, though it hears 4 others";
    assert_eq!(
        sentence,
        format!("S2 is still the leader of term 1, but {only}, and can commit nothing.")
    );
    assert_eq!(label, "heard by 2 of 5");
    let [headline, _, label] = said(false, Lang::Pt);
    assert_eq!(
        headline,
        "Sem leader com maioria: S2 só ouve 2 de 5 servidores, incluindo ele próprio, embora 4 outros o ouçam."
    );
    assert_eq!(label, "ouve 2 de 5");
}

/// A leader that all hear and that hears nobody can commit nothing, and no election starts, unless it checks its quorum.
#[test]
fn a_leader_without_a_majority_that_all_hear_keeps_them_from_standing() {
    let keep = [
        " Its heartbeats keep the others from starting an election.",
        " Seus heartbeats impedem que os outros iniciem uma eleição.",
    ];
    let said = |check_quorum: bool, heard_by: &[usize]| {
        let mut player = Player::default();
        let mut rules = player.rules();
        rules.check_quorum = check_quorum;
        player.act(Action::set_rules(rules)).unwrap();
        player.seek(Micros::from_millis(300));
        for other in [0, 2, 3, 4] {
            player.act(Action::cut(NodeId::new(other), S2)).unwrap();
            if !heard_by.contains(&other) {
                player.act(Action::cut(S2, NodeId::new(other))).unwrap();
            }
        }
        player.seek(Micros::from_millis(310));
        let view = ClusterView::of(&player);
        [Lang::En, Lang::Pt].map(|lang| lang.narrate(&Moment::of(&view)))
    };
    let all = said(false, &[0, 2, 3, 4]);
    assert_eq!(
        all[0],
        "S2 is still the leader of term 1, but hears nobody, and can commit nothing. Its heartbeats keep the others from starting an election."
    );
    assert!(all[1].ends_with(keep[1]), "{}", all[1]);
    for others in [said(true, &[0, 2, 3, 4]), said(false, &[0, 2, 3]), said(false, &[])] {
        assert!(
            others.iter().zip(keep).all(|(said, keep)| !said.contains(keep)),
            "{others:?}"
        );
    }
}

/// Where those in a newer term are no majority, the others that a leader lacks are named as well.
#[test]
fn who_is_down_is_named_where_it_takes_a_leader_its_majority() {
    let mut player = Player::default();
    player.seek(Micros::from_millis(300));
    for action in [
        Action::kill(S1),
        Action::force_timeout(NodeId::new(2)),
        Action::force_timeout(NodeId::new(3)),
    ] {
        player.act(action).unwrap();
    }
    let view = ClusterView::of(&player);
    let [en, pt] = [Lang::En, Lang::Pt].map(|lang| lang.headline(&Headline::of(&view)).1);
    assert_eq!(en, "S3 and S4 are in a newer term. S2 does not reach S1.");
    assert_eq!(pt, "S3 e S4 estão em terms mais novos. S2 não alcança S1.");
}

#[test]
fn a_follower_that_is_cut_off_is_not_about_to_hear() {
    let mut player = field(include_str!("../../../../tests/fixtures/field/follower-cut-off.raft"));
    for (lang, sentence) in [
        (Lang::En, "S5 has no link with S2"),
        (Lang::Pt, "S5 não tem conexão com S2"),
    ] {
        for (_, what) in said(&mut player, lang, 1001, 20_000) {
            assert!(
                what.contains(sentence) && !what.contains("not heard") && !what.contains("ainda não"),
                "{what}"
            );
        }
    }
}

#[test]
fn who_has_a_majority_is_named_before_who_stands_in_vain() {
    let mut player = field(include_str!("../../../../tests/fixtures/field/one-runs-in-vain.raft"));
    for (lang, headline, sentence) in [
        (
            Lang::En,
            "S2 leads term 1 with the votes of ",
            "S2 leads term 1. S5 has no link with S2 and seeks votes in vain.",
        ),
        (
            Lang::Pt,
            "S2 lidera o term 1 com os votos de ",
            "S2 lidera o term 1. S5 não tem conexão com S2 e busca votos em vão.",
        ),
    ] {
        for (who, what) in said(&mut player, lang, 2000, 20_000) {
            assert!(who.starts_with(headline), "{who}");
            assert_eq!(what, sentence);
        }
    }
}

/// A split is one as things are: a server that is paused may come back and decide it, and one that is down has no request to answer.
#[test]
fn a_split_vote_names_those_with_whose_votes_it_could_be_won() {
    let said = |fault: fn(NodeId) -> Action| {
        let mut history = Scenario::new(ScenarioId::SplitVote).start();
        history.seek(Micros::from_millis(470));
        history.act(fault(NodeId::new(3))).unwrap();
        history.seek(Micros::from_millis(482));
        Lang::En.narrate(&Moment::of(&ClusterView::new(&history, Micros::ZERO)))
    };
    let paused = said(Action::pause);
    assert!(
        paused.contains("between S2 and S3: only that of S4 could decide it, else"),
        "{paused}"
    );
    let down = said(Action::kill);
    assert!(down.contains("between S2 and S3: nobody can win it."), "{down}");
}

#[test]
fn timers_that_expire_together_are_told_together() {
    let mut player = Player::default();
    player.act(Action::align_timers()).unwrap();
    let said = Lang::En.narrate(&Moment::of(&ClusterView::of(&player)));
    assert!(
        said.contains("The election timers of S1, S2, S3, S4 and S5 are set to expire together, at "),
        "{said}"
    );
}

#[test]
fn two_that_reach_nobody_split_no_votes() {
    let mut player = field(include_str!("../../../../tests/fixtures/field/two-isolated.raft"));
    for (who, what) in said(&mut player, Lang::En, 1001, 20_000) {
        assert!(who.starts_with("S2 leads term 1 "), "{who}");
        assert!(
            what.starts_with("S2 leads term 1. S") && what.contains("no link with S2"),
            "{what}"
        );
    }
}

#[test]
fn half_a_cluster_has_no_leader_with_a_majority() {
    let mut player = field(include_str!("../../../../tests/fixtures/field/half-is-none.raft"));
    for (lang, headline) in [
        (
            Lang::En,
            "No leader with a majority S1 reaches only 2 of 4 servers, itself included.",
        ),
        (
            Lang::Pt,
            "Sem leader com maioria S1 só alcança 2 de 4 servidores, incluindo ele próprio.",
        ),
    ] {
        for (who, _) in said(&mut player, lang, 501, 20_000) {
            assert_eq!(who, headline);
        }
    }
}

/// Once links are restored, others hear for the first time of a leader that won long ago.
#[test]
fn a_leader_that_won_long_ago_is_not_announcing_it() {
    let mut player = Player::new(Scenario::new(ScenarioId::MinorityLeader));
    player.seek(Micros::from_millis(1500));
    player.act(Action::heal_all()).unwrap();
    let view = ClusterView::of(&player);
    let moment = Moment::of(&view);
    let told = [Lang::En, Lang::Pt].map(|lang| {
        let until = player.history().now() + Micros::from_millis(200);
        said(&mut player.clone(), lang, 1500, until.as_millis())
    });
    assert!(
        told[0].iter().any(|(_, what)| what.contains("not heard from it yet")),
        "{moment:?}"
    );
    for (_, what) in told.iter().flatten() {
        assert!(!what.contains("announcing") && !what.contains("avisando"), "{what}");
    }
}

/// Who crashed and runs again has not turned away from its leader.
#[test]
fn a_follower_that_restarted_is_not_one_that_follows_no_longer() {
    let mut player = Player::default();
    player.seek(Micros::from_millis(300));
    for action in [Action::kill(NodeId::new(3)), Action::start(NodeId::new(3))] {
        player.act(action).unwrap();
    }
    let said = |player: &Player, lang: Lang| lang.narrate(&Moment::of(&ClusterView::of(player)));
    let steady = "S2 leads term 1; its heartbeats keep the others from starting an election.";
    // It keeps nobody from standing who has not heard it.
    assert_eq!(
        said(&player, Lang::En),
        "S2 leads term 1. S4 restarted and has not heard from S2 yet."
    );
    let pt = said(&player, Lang::Pt);
    assert!(pt.ends_with(" S4 reiniciou e ainda não ouviu S2."), "{pt}");
    player.seek(Micros::from_millis(400));
    assert_eq!(said(&player, Lang::En), steady);
}

/// What is said in a built-in scenario at an instant, in both languages.
fn said_at(id: ScenarioId, millis: u64) -> [String; 2] {
    let mut player = Player::new(Scenario::new(id));
    player.seek(Micros::from_millis(millis));
    let moment = Moment::of(&ClusterView::of(&player));
    [Lang::En, Lang::Pt].map(|lang| lang.narrate(&moment))
}

/// A candidate that hears nobody wins nothing, but it is heard.
#[test]
fn a_one_way_cut_is_told_by_what_it_does_to_the_leader() {
    let [en, pt] = said_at(ScenarioId::OneWayCut, 413);
    assert_eq!(
        en,
        "S3 leads term 1. S5 cannot hear S3 and seeks votes in a newer term: S3 steps down as soon as it hears of it."
    );
    assert_eq!(
        pt,
        "S3 lidera o term 1. S5 não ouve S3 e busca votos em um term mais novo: S3 renunciará ao saber dele."
    );
    let [en, pt] = said_at(ScenarioId::OneWayCut, 500);
    assert_eq!(
        en,
        "S5 stands for election in term 2 and can get 1 of the 3 votes needed. But others hear it: each newer term deposes their leader."
    );
    assert_eq!(
        pt,
        "S5 se candidata no term 2 e só pode ter 1 dos 3 votos. Mas outros o ouvem: cada term mais novo depõe o leader deles."
    );
}

#[test]
fn a_candidate_that_is_refused_is_told_with_who_refused_it() {
    let [en, pt] = said_at(ScenarioId::StaleLog, 440);
    assert_eq!(
        en,
        "S5 stands for election in term 2 and can't win: the logs of S2, S3 and S4 are more up-to-date than its own."
    );
    assert_eq!(
        pt,
        "S5 se candidata no term 2 e não pode vencer: os logs de S2, S3 e S4 estão mais atualizados que o seu."
    );
}

#[test]
fn of_whom_nobody_heard_it_is_said_that_nothing_is_sent_again() {
    let mut history = Scenario::new(ScenarioId::Free).start();
    history.seek(Micros::from_millis(300));
    history.act(Action::isolate(NodeId::new(3))).unwrap();
    history.seek(Micros::from_millis(1220));
    for action in [Action::kill(S2), Action::heal_all()] {
        history.act(action).unwrap();
    }
    let view = ClusterView::new(&history, Micros::ZERO);
    let moment = Moment::of(&view);
    assert!(
        matches!(
            moment,
            Moment::Candidacy {
                lost: Some(LostChance::Unheard { restored: true }),
                ..
            }
        ),
        "{moment:?}"
    );
    let said = Lang::En.narrate(&moment);
    assert!(
        said.ends_with("requests sent before the links were restored are lost; it sends no more in this term."),
        "{said}"
    );
    let by_chance = Lang::En.lost_chance(LostChance::Unheard { restored: false }, 1, 3);
    assert_eq!(
        by_chance,
        "it has 1 of the 3 votes it needs, and what was lost is not sent again in this term"
    );
}

/// Four voted for S4, and each of these votes was lost.
#[test]
fn whose_votes_were_lost_is_not_told_that_too_few_can_vote() {
    let mut scenario = Scenario::free(5, 6);
    scenario.config.network.loss_permille = 330;
    let mut history = scenario.start();
    history.seek(Micros::from_millis(600));
    let view = ClusterView::new(&history, Micros::ZERO);
    assert_eq!(view.those(|server| server.voted_for == Some(NodeId::new(3))).len(), 5);
    assert_eq!(
        Lang::En.narrate(&Moment::of(&view)),
        "S4 stands for election in term 3 and can't win: it has 1 of the 3 votes it needs, and what was lost is not sent again in this term."
    );
}

/// A leader that one server hears and cannot answer is not known to that one from the start.
#[test]
fn who_cannot_answer_a_new_leader_may_not_have_heard_of_it_either() {
    let mut history = Scenario::new(ScenarioId::Free).start();
    history.seek(Micros::from_millis(150));
    history.act(Action::cut(NodeId::new(0), S2)).unwrap();
    history.seek(Micros::from_millis(166));
    let moment = Moment::of(&ClusterView::new(&history, Micros::ZERO));
    assert_eq!(
        Lang::En.narrate(&moment),
        "S2 won term 1 and is announcing it; S1, S3, S4 and S5 have not heard yet."
    );
}

/// A majority in a newer term is named, and not said to be when that term began.
#[test]
fn who_is_in_a_newer_term_is_named() {
    let [s1, s2, s3] = [0, 1, 2].map(NodeId::new);
    let belief = |newer: &[NodeId], claim| Belief {
        leader: s3,
        term: Term(1),
        claim,
        size: 5,
        newer: newer.iter().copied().collect(),
        away: NodeSet::EMPTY,
    };
    let said = |belief: Belief| Lang::En.headline(&Headline::Stale(vec![belief])).1;
    assert_eq!(
        said(belief(&[s1, s2, NodeId::new(4)], Claim::Outdated)),
        "A majority (S1, S2 and S5) is in a newer term."
    );
    assert_eq!(said(belief(&[s1], Claim::Outdated)), "S1 is in a newer term.");
    let stale = |belief: Belief| {
        Lang::En.narrate(&Moment::Stale {
            belief,
            vain: NodeSet::EMPTY,
            asking: NodeSet::EMPTY,
            asking_in_vain: NodeSet::EMPTY,
            keeps: false,
        })
    };
    assert_eq!(
        stale(belief(&[s1, s2], Claim::Outdated)),
        "S3 still believes that it leads term 1, but S1 and S2 are in a newer term."
    );
    assert_eq!(
        stale(belief(&[s1], Claim::Reaches(Contact::Servers(2)))),
        "S3 still believes that it leads term 1, but it reaches only 2 of 5 servers, itself included."
    );
}

/// Who leads again is told before a candidate that can't win, and that one beside it.
#[test]
fn a_leader_that_leads_again_outranks_a_candidate_that_cannot_win() {
    let mut player = Player::default();
    player.seek(Micros::from_millis(300));
    for server in [0, 2, 3] {
        player.act(Action::isolate(NodeId::new(server))).unwrap();
    }
    while ClusterView::of(&player)
        .those(|server| server.role == Role::Candidate)
        .is_empty()
    {
        player.step();
    }
    assert!(ClusterView::of(&player).leader().is_none());
    player.seek(player.history().now() + Micros::from_millis(10));
    player.act(Action::heal_all()).unwrap();
    let view = ClusterView::of(&player);
    assert_eq!(view.leader().map(|leader| leader.id), Some(S2));
    let [en, pt] = [Lang::En, Lang::Pt].map(|lang| lang.narrate(&Moment::of(&view)));
    assert_eq!(
        en,
        "S2 leads term 1. S4 is in a newer term: S2 steps down as soon as it hears of it. S4 seeks votes in vain."
    );
    assert_eq!(
        pt,
        "S2 lidera o term 1. S4 está em um term mais novo: S2 renunciará ao saber disso. S4 busca votos em vão."
    );
}

/// A leader keeps from standing only whom its heartbeats have reached.
#[test]
fn who_asks_for_pre_votes_after_a_cut_is_not_kept_from_it() {
    let mut player = field(include_str!("../../../../tests/fixtures/field/bridge.raft"));
    player.seek(Micros::from_millis(1200));
    player.act(Action::heal_all()).unwrap();
    let [mut asking, mut steady] = [0; 2];
    for (_, what) in said(&mut player, Lang::En, 1200, 1300) {
        let keeps = what.contains("its heartbeats keep the others");
        asking += usize::from(what.contains(" who would vote for ") && what.starts_with("S4 leads term 1. "));
        assert!(!(keeps && what.contains("who would vote")), "{what}");
        steady += usize::from(keeps);
    }
    assert!(asking > 0 && steady > 0, "{asking} {steady}");
}

/// What a cut has cost may be too much for the next heartbeat to make up for.
#[test]
fn whose_timer_runs_out_before_the_next_heartbeat_is_not_kept_from_standing() {
    let mut player = Player::default();
    player.seek(Micros::from_millis(300));
    player
        .act(Action::set_election_timer(S1, Micros::from_millis(3)))
        .unwrap();
    let said = |player: &Player| Lang::En.narrate(&Moment::of(&ClusterView::of(player)));
    assert_eq!(said(&player), "S2 leads term 1, and all others follow it.");
}

/// A network that loses every message is as good as one without links: nobody can follow a leader over it, or split votes.
#[test]
fn over_a_network_that_loses_everything_nobody_leads_and_no_votes_split() {
    for pre_vote in [true, false] {
        let mut player = Player::default();
        let (mut rules, mut network) = (player.rules(), player.history().world().config().network);
        rules.set(Rule::PreVote, pre_vote);
        player.act(Action::set_rules(rules)).unwrap();
        player.seek(Micros::from_millis(500));
        network.loss_permille = 1000;
        player.act(Action::set_network(network)).unwrap();
        for (who, what) in said(&mut player, Lang::En, 600, 6000) {
            assert_eq!(who, "No leader with a majority S2 can talk with no other server.");
            assert!(
                what.contains("talk with no other server") && !what.contains("split"),
                "{what}"
            );
        }
        assert_eq!(player.history().measures().split_votes, 0);
        assert!(player.history().measures().available < Micros::from_millis(500));
    }
}
