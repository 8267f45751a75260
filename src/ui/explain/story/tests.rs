use super::*;
use crate::{
    raft::{Quorum, Role, Rule, Rules},
    safety::Property,
    scenario::{Scenario, ScenarioId},
    sim::{CausalStep, Config, LinkAction, OwnSetting, Process, Range, World},
    ui::{
        explain::{highlight::Highlight, narration::Moment},
        run::answer::{AnswerLead, AnswerSide, regained_since},
        text::Lang,
    },
};

fn of(history: &History) -> Story {
    let mut story = Story::default();
    story.sync(history, 0);
    story
}

/// A story as a reader would have it, the oldest card first.
fn told(story: &Story, lang: Lang) -> String {
    let mut text = String::new();
    for card in story.cards() {
        let told = lang.tell(card, HERE);
        text += &format!("{} [{}]\n", told.title, told.status);
        for sentence in told.sentences {
            text += &format!("  {} {}\n", lang.when_told(&sentence), sentence.text);
        }
    }
    text
}

fn scenario(id: ScenarioId, millis: u64) -> String {
    let mut history = Scenario::new(id).start();
    history.seek(Micros::from_millis(millis));
    told(&of(&history), Lang::En)
}

/// The words for what was done, as they are once somebody has done something.
const HERE: DeedsInWords = DeedsInWords(Some(&DEED_WORDS));

const START: &str = "\
Start []
  0.000 5 servers start as followers. Nobody leads yet.
  0.000 A server that hears from no leader for its election timeout (150 ms to 300 ms) stands for election.
";

#[test]
fn an_election_is_told_while_it_runs_and_after_it_is_won() {
    let running = "\
Election for term 1 [running]
  0.151 S2's election timer expired 151 ms after the server started. S2 voted for itself and asked the others.
  0.157–0.161 S1, S3 and S4 voted for S2, which has not received those votes yet.
  0.162 S2 received the vote of S5.
   S2 has 2 of the 3 votes that it needs.
";
    assert_eq!(scenario(ScenarioId::Free, 164), START.to_owned() + running);
    let won = "\
S2 won term 1 [14 ms of voting]
  0.151 S2's election timer expired 151 ms after the server started. S2 voted for itself and asked the others.
  0.162–0.165 S2 received the votes of S4 and S5.
  0.165 With 3 of 5 votes, S2 became leader.
  0.165 S1 and S3 had also voted for S2, which won without waiting for those votes.
";
    assert_eq!(scenario(ScenarioId::Free, 300), START.to_owned() + won);
}

/// What is done at one instant is told by what it comes to: neither the first cut nor the cuts took this leader its majority.
#[test]
fn a_leader_that_is_cut_off_and_crashes_at_one_instant_crashed() {
    let mut history = Scenario::new(ScenarioId::Free).start();
    history.seek(Micros::from_millis(300));
    let leader = NodeId::new(1);
    let others = [0, 2, 3, 4].map(NodeId::new);
    for (count, how) in [
        (
            3,
            "was heard by only 2 of 5 servers, itself included, though it heard 4 others",
        ),
        (4, "was no longer heard by any other server"),
    ] {
        history.act(Action::cut(leader, others[count - 1])).unwrap();
        if count == 3 {
            for other in &others[..2] {
                history.act(Action::cut(leader, *other)).unwrap();
            }
        }
        let text = told(&of(&history), Lang::En);
        assert!(text.ends_with(&format!("  0.300 S2, the leader, {how}.\n")), "{text}");
    }
    history.act(Action::kill(leader)).unwrap();
    let text = told(&of(&history), Lang::En);
    assert!(text.ends_with("  0.300 S2, the leader, crashed.\n"), "{text}");
}

/// Where only some links are cut one way, it is told which way, too: all hear its heartbeats, and few answers come back.
#[test]
fn a_leader_whose_answers_are_cut_hears_few_though_all_hear_it() {
    let mut history = Scenario::new(ScenarioId::Free).start();
    history.seek(Micros::from_millis(300));
    for other in [2, 3, 4].map(NodeId::new) {
        history.act(Action::cut(other, NodeId::new(1))).unwrap();
    }
    for (lang, how) in [
        (
            Lang::En,
            "S2, the leader, heard only 2 of 5 servers, itself included, though 4 others heard it.",
        ),
        (
            Lang::Pt,
            "S2, o leader, passou a ouvir só 2 de 5 servidores, incluindo ele próprio, embora 4 outros o ouvissem.",
        ),
    ] {
        let text = told(&of(&history), lang);
        assert!(text.ends_with(&format!("{how}\n")), "{text}");
    }
}

/// Cut one way only, it is told which way; and check quorum then makes it give up.
#[test]
fn a_leader_whose_links_are_cut_one_way_hears_none_or_is_heard_by_none() {
    let leader = NodeId::new(1);
    let others = [0, 2, 3, 4].map(NodeId::new);
    for (hears, how) in [
        (false, "heard no other server any more, though it was heard"),
        (true, "was no longer heard by any other server"),
    ] {
        let mut scenario = Scenario::new(ScenarioId::Free);
        scenario.config.rules.set(Rule::CheckQuorum, true);
        let mut history = scenario.start();
        history.seek(Micros::from_millis(300));
        for other in others {
            let (from, to) = if hears { (leader, other) } else { (other, leader) };
            history.act(Action::cut(from, to)).unwrap();
        }
        let text = told(&of(&history), Lang::En);
        assert!(text.ends_with(&format!("  0.300 S2, the leader, {how}.\n")), "{text}");
        history.seek(Micros::from_millis(900));
        let text = told(&of(&history), Lang::En);
        let gave_up = "No quorum answered S2's heartbeats, so it no longer leads term 1.";
        assert_eq!(text.contains(gave_up), !hears, "{text}");
    }
}

#[test]
fn a_crash_of_the_leader_is_told_with_the_time_that_it_costs() {
    let mut history = Scenario::new(ScenarioId::Free).start();
    history.seek(Micros::from_millis(300));
    history.act(Action::kill(NodeId::new(1))).unwrap();
    let mut story = of(&history);
    let crash = "\
You crashed S2 []
No leader with a majority [so far]
  0.300 S2, the leader, crashed.
";
    assert!(told(&story, Lang::En).ends_with(crash), "{}", told(&story, Lang::En));
    history.seek(Micros::from_millis(700));
    story.sync(&history, 0);
    let then = "\
S2 won term 1 [14 ms of voting]
  0.151 S2's election timer expired 151 ms after the server started. S2 voted for itself and asked the others.
  0.162–0.165 S2 received the votes of S4 and S5.
  0.165 With 3 of 5 votes, S2 became leader.
  0.165 S1 and S3 had also voted for S2, which won without waiting for those votes.
You crashed S2 []
No leader with a majority for 143 ms []
  0.300 S2, the leader, crashed.
  0.443 From then on, S4 led with a majority.
S4 won term 2 [14 ms of voting]
  0.429 S4's election timer expired 179 ms after the last heartbeat that it accepted from S2. S4 voted for itself and asked the others.
  0.442–0.443 S4 received the votes of S1 and S5.
  0.443 With 3 of 5 votes, S4 became leader.
  0.443 S3 had also voted for S4, which won without waiting for that vote.
";
    assert_eq!(told(&story, Lang::En), START.to_owned() + then);
}

#[test]
fn a_split_vote_is_told_with_who_refused_whom() {
    let then = "\
S1 won term 1 [15 ms of voting]
  0.157 S1's election timer expired 157 ms after the server started. S1 voted for itself and asked the others.
  0.170–0.172 S1 received the votes of S2 and S5.
  0.172 With 3 of 5 votes, S1 became leader.
  0.172 S3 and S4 had also voted for S1, which won without waiting for those votes.
The scenario crashed S1 []
No leader with a majority for 344 ms []
  0.320 S1, the leader, crashed.
  0.664 From then on, S5 led with a majority.
Split vote in term 2 [S2 and S3 stood, nobody won]
  0.466 S3's election timer expired 211 ms after the last heartbeat that it accepted from S1. S3 voted for itself and asked the others.
  0.467 S2's election timer expired 213 ms after the last heartbeat that it accepted from S1. S2 voted for itself and asked the others.
  0.473 S5 refused S3: it had voted for S2.
  0.474 S3 refused S2: it had voted for itself.
  0.475 S2 refused S3: it had voted for itself.
  0.476 S4 refused S2: it had voted for S3.
  0.480 S2 received the vote of S5.
  0.480 S3 received the vote of S4.
  0.657 S2 got no answer from S1. S2 stepped down: it learned of term 3.
  0.659 S3 got no answer from S1. S3 stepped down: it learned of term 3.
S5 won term 3 [14 ms of voting]
  0.650 S5's election timer expired 177 ms after it voted for S2. S5 voted for itself and asked the others.
  0.662–0.664 S5 received the votes of S2 and S4.
  0.664 With 3 of 5 votes, S5 became leader.
  0.664 S3 had also voted for S5, which won without waiting for that vote.
";
    assert_eq!(scenario(ScenarioId::SplitVote, 1000), START.to_owned() + then);
}

#[test]
fn a_leader_in_a_minority_has_lost_its_majority() {
    let then = "\
S1 won term 1 [15 ms of voting]
  0.155 S1's election timer expired 155 ms after the server started. S1 voted for itself and asked the others.
  0.170 S1 received the votes of S3 and S4.
  0.170 With 3 of 5 votes, S1 became leader.
  0.170 S2 and S5 had also voted for S1, which won without waiting for those votes.
The scenario cut S1 and S2 off from the others []
No leader with a majority for 146 ms []
  0.300 S1, the leader, reached only 2 of 5 servers, itself included.
  0.446 From then on, S3 led with a majority.
S3 won term 2 [18 ms of voting]
  0.428 S3's election timer expired 174 ms after the last heartbeat that it accepted from S1. S3 voted for itself and asked the others.
  0.438–0.446 S3 received the votes of S4 and S5.
  0.446 With 3 of 5 votes, S3 became leader.
";
    assert_eq!(scenario(ScenarioId::MinorityLeader, 600), START.to_owned() + then);
}

/// When does it learn that it no longer leads? That is told once the network is well again.
#[test]
fn a_stale_leader_that_learns_of_the_newer_term_steps_down() {
    let mut history = Scenario::new(ScenarioId::MinorityLeader).start();
    history.seek(Micros::from_millis(800));
    history.act(Action::heal_all()).unwrap();
    history.seek(Micros::from_millis(1000));
    let [en, pt] = [Lang::En, Lang::Pt].map(|lang| told(&of(&history), lang));
    let then = "\
You restored all links []
S1 stepped down [it led term 1]
  0.828 S1 learned of term 2 from S3, so it no longer leads term 1.
";
    assert!(en.ends_with(then), "{en}");
    assert!(
        pt.contains("S1 soube do term 2 por S3 e por isso não lidera mais o term 1."),
        "{pt}"
    );
}

/// What makes all stand at one instant is told once, with their names; and what is done besides is no riddle.
#[test]
fn timers_that_were_aligned_are_told_once_for_all_that_stand() {
    let mut history = Scenario::new(ScenarioId::Free).start();
    history.seek(Micros::from_millis(300));
    let lost: Vec<_> = history
        .world()
        .in_flight()
        .map(|flight| Action::drop_message(flight.id))
        .collect();
    for action in [Action::kill(NodeId::new(1))]
        .into_iter()
        .chain(lost)
        .chain([Action::align_timers()])
    {
        history.act(action).unwrap();
    }
    history.seek(Micros::from_millis(700));
    let text = told(&of(&history), Lang::En);
    assert!(
        text.contains("You crashed S2 and aligned all election timers []\n"),
        "{text}"
    );
    let once = "S1, S3, S4 and S5 stood for election: all election timers were aligned. Each voted for itself and asked the others.";
    assert!(
        text.contains(once) && text.matches("were aligned").count() == 1,
        "{text}"
    );
}

/// An election does not run for ever because one candidate, cut off, never hears that it is over.
#[test]
fn an_election_that_the_next_one_overtakes_runs_no_longer() {
    let mut history = Scenario::new(ScenarioId::Free).start();
    history.seek(Micros::from_millis(152));
    history.act(Action::isolate(NodeId::new(1))).unwrap();
    history.act(Action::pause(NodeId::new(1))).unwrap();
    let status = |history: &History, title: &str| {
        let story = of(history);
        let mut cards = story.cards().map(|card| Lang::En.tell(card, HERE));
        cards.find(|told| told.title == title).map(|told| told.status)
    };
    let election = "Election for term 1";
    assert_eq!(status(&history, election).as_deref(), Some("running"));
    // Others may stand in the same term; then one of them stands in the next.
    while status(&history, "Election for term 2").is_none() && history.now() < Micros::from_secs(5) {
        history.act(Action::force_timeout(NodeId::new(3))).unwrap();
        history.step();
    }
    assert_eq!(status(&history, election).as_deref(), Some("term 2 has begun"));
    assert_eq!(status(&history, "Election for term 2").as_deref(), Some("running"));
}

/// A tally shows what has arrived at the candidate, nothing earlier: held against what the candidate itself knows.
#[test]
fn a_tally_shows_only_what_has_arrived() {
    let mut refused = 0;
    for seed in 0..12 {
        let mut history = eventful(seed, Rules::PAPER);
        let end = history.end();
        history.seek(Micros::ZERO);
        let mut story = Story::default();
        while history.now() < end && history.step() {
            story.sync(&history, 0);
            for (id, server) in history.world().servers() {
                let number = story.thread.as_ref().and_then(|thread| thread.stands[id.index()]);
                let page = number.and_then(|number| story.pages.get(number - story.base));
                let Some(CardKind::Election(election)) = page.map(|page| &page.card.kind) else {
                    continue;
                };
                let campaign = election
                    .campaigns
                    .iter()
                    .rev()
                    .find(|campaign| campaign.candidate == id)
                    .unwrap();
                let counted: NodeSet = campaign.counted().collect();
                assert_eq!(counted, server.node().votes(), "{id} at {}, seed {seed}", history.now());
                for voter in campaign.refused() {
                    let happened = history.trace().range(campaign.event, history.world().next_event());
                    let mut heard = happened.filter(|event| event.server == Some(id));
                    let refusal = Decision::VoteRefused { from: voter };
                    assert!(
                        heard.any(|event| event.kind == EventKind::Decided(refusal)),
                        "{voter} refused {id}"
                    );
                    refused += 1;
                }
            }
        }
    }
    assert!(refused > 100, "{refused}");
}

/// A majority needs no more votes, but they are part of the story: each vote that is given in a term stands on its card, and
/// in the tally once it has arrived.
#[test]
fn votes_that_come_after_the_majority_are_told_too() {
    let mut late = 0;
    for seed in 0..6 {
        let history = eventful(seed, Rules::PAPER);
        let story = of(&history);
        for card in story.cards() {
            let CardKind::Election(election) = &card.kind else {
                continue;
            };
            for campaign in &election.campaigns {
                let granted = |event: &&Event| {
                    let vote = |decision| {
                        matches!(decision, Decision::VoteGranted { to, term, .. }
                        if (to, term) == (campaign.candidate, election.term))
                    };
                    matches!(event.kind, EventKind::Decided(decision) if vote(decision))
                };
                let all = history.trace().range(campaign.event, history.world().next_event());
                let voters: NodeSet = all.filter(granted).filter_map(|event| event.server).collect();
                let told: NodeSet = campaign
                    .who(Answer::Counted)
                    .chain(campaign.who(Answer::Given))
                    .collect();
                assert_eq!(told, voters, "term {} of seed {seed}", election.term);
                assert!(campaign.late().all(|voter| voters.contains(voter)));
                late += campaign.late().count();
            }
        }
    }
    assert!(late > 5, "{late}");
    let mut history = History::new(Config::paper(5), 6, &[]).unwrap();
    // The tally shows them as soon as it is said, not only once they have arrived.
    while history.world().leader().is_none() {
        history.step();
    }
    let story = of(&history);
    let Some(CardKind::Election(election)) = story.cards().last().map(|card| &card.kind) else {
        panic!("{}", told(&story, Lang::En))
    };
    let winner = election.won().expect("S2 has won");
    assert_eq!(winner.late().map(|voter| voter.number()).collect::<Vec<_>>(), [1, 3]);
    assert!(
        winner
            .ballots
            .iter()
            .any(|ballot| ballot.answer == Answer::Given && !ballot.arrived)
    );
    history.seek(Micros::from_millis(300));
    let text = told(&of(&history), Lang::En);
    assert!(
        text.contains("had also voted for S2, which won without waiting for those votes."),
        "{text}"
    );
}

/// A server that was paused gives its vote when it goes on, long after the majority.
#[test]
fn a_vote_that_was_given_after_the_win_is_told_as_such() {
    let mut history = Scenario::new(ScenarioId::Free).start();
    history.seek(Micros::from_millis(152));
    history.act(Action::pause(NodeId::new(0))).unwrap();
    history.seek(Micros::from_millis(365));
    history.act(Action::resume(NodeId::new(0))).unwrap();
    history.seek(Micros::from_millis(400));
    let [en, pt] = [Lang::En, Lang::Pt].map(|lang| told(&of(&history), lang));
    let then = "\
  0.165 With 3 of 5 votes, S2 became leader.
  0.165 S3 had also voted for S2, which won without waiting for that vote.
  0.365 S1 voted for S2 as well, after it had won.
";
    assert!(en.contains(then), "{en}");
    assert!(
        pt.contains("  0,365 S1 também votou em S2, que já tinha vencido.\n"),
        "{pt}"
    );
}

/// Whoever reads a card downwards reads what happened in the order in which it began.
#[test]
fn the_lines_of_a_card_are_in_the_order_in_which_they_begin() {
    let mut asking_first = Rules::PAPER;
    asking_first.set(Rule::PreVote, true);
    let mut spans = 0;
    for (seed, rules) in (0..6).flat_map(|seed| [(seed, Rules::PAPER), (seed, asking_first)]) {
        let mut history = eventful(seed, rules);
        let end = history.end().as_millis();
        for at in (0..end).step_by(97) {
            history.seek(Micros::from_millis(at));
            for card in of(&history).cards() {
                let told = Lang::En.tell(card, HERE);
                let began: Vec<_> = told
                    .sentences
                    .iter()
                    .map(|said| said.when.map(|(since, _)| since))
                    .collect();
                let is_later = |pair: &[Option<Micros>]| pair[1].is_none() || pair[0].is_some() && pair[0] <= pair[1];
                assert!(began.windows(2).all(is_later), "{:?}", told.sentences);
                spans += told
                    .sentences
                    .iter()
                    .filter(|said| said.when.is_some_and(|(since, at)| since < at))
                    .count();
            }
        }
    }
    assert!(spans > 100, "{spans}");
}

/// Whoever subtracts the times that stand in a card gets the time that stands beside them.
#[test]
fn a_time_between_two_instants_is_the_difference_of_what_is_shown() {
    let text = told(&of(&eventful(3, Rules::PAPER)), Lang::En);
    let millis = |shown: &str| (shown.parse::<f64>().unwrap() * 1000.0).round();
    let (mut winner, mut began, mut said, mut held) = ("", 0.0, None, 0);
    for line in text.lines() {
        if let Some((_, span)) = line.split_once(" [").filter(|_| line.contains(" of voting]")) {
            said = span
                .strip_suffix(" ms of voting]")
                .map(|span| span.parse::<f64>().unwrap());
            winner = line.split(' ').next().unwrap_or_default();
            began = f64::NAN;
            continue;
        }
        let Some(at) = line.split_whitespace().next().filter(|_| line.starts_with(' ')) else {
            continue;
        };
        let stands = line.contains(winner) && line.contains("asked the others");
        began = if began.is_nan() && stands { millis(at) } else { began };
        if line.contains(" became leader.") {
            assert_eq!(said, Some(millis(at) - began), "{text}");
            held += 1;
        }
    }
    assert!(held > 2, "{text}");
}

/// Two servers that can reach nobody split no votes, however often they stand.
#[test]
fn a_split_vote_needs_contention() {
    let mut history = Scenario::new(ScenarioId::Free).start();
    history.seek(Micros::from_millis(10));
    for server in NodeId::all(5) {
        history.act(Action::isolate(server)).unwrap();
    }
    history.seek(Micros::from_secs(20));
    let text = told(&of(&history), Lang::En);
    assert!(
        text.contains("did not win term 20") && !text.contains("Split"),
        "{text}"
    );
}

/// Two stand, and three would have votes for them: but all that they ask is lost on links that are cut meanwhile.
#[test]
fn requests_that_are_lost_split_no_votes() {
    let mut history = Scenario::new(ScenarioId::Free).start();
    history.seek(Micros::from_millis(10));
    for server in NodeId::all(2) {
        history.act(Action::force_timeout(server)).unwrap();
    }
    history.seek(Micros::from_millis(11));
    let cut = NodeId::all(2).flat_map(|one| NodeId::all(5).skip(2).map(move |other| Action::cut(one, other)));
    for cut in cut {
        history.act(cut).unwrap();
    }
    history.seek(Micros::from_millis(40));
    history.act(Action::heal_all()).unwrap();
    history.act(Action::force_timeout(NodeId::new(0))).unwrap();
    history.seek(Micros::from_millis(120));
    assert_eq!(history.measures().split_votes, 0);
    let [en, pt] = [Lang::En, Lang::Pt].map(|lang| told(&of(&history), lang));
    for said in [
        "S1 and S2 did not win term 1 [requests were lost]",
        "S1's requests to S3, S4 and S5 did not arrive.",
    ] {
        assert!(en.contains(said), "{en}");
    }
    assert!(
        !en.contains("Split") && pt.contains("Os pedidos de S1 a S3, S4 e S5 não chegaram."),
        "{en}{pt}"
    );
}

/// Where two have won one term each card says so, whether they stood in one election or one after the other.
#[test]
fn two_winners_of_a_term_are_told_as_two() {
    let mut config = Config::paper(3);
    config.rules.set(Rule::OneVotePerTerm, false);
    let mut history = History::new(config, 6, &[]).unwrap();
    history.act(Action::align_timers()).unwrap();
    history.seek(Micros::from_millis(600));
    let [en, pt] = [Lang::En, Lang::Pt].map(|lang| told(&of(&history), lang));
    assert!(en.contains(" won term 1: two leaders in one term ["), "{en}");
    assert!(pt.contains(" venceram o term 1: dois leaders em um term ["), "{pt}");
    let mut config = Config::paper(3);
    config.rules.set(Rule::PersistVote, false);
    config.rules.set(Rule::PersistTerm, false);
    let mut history = History::new(config, 6, &[]).unwrap();
    history.act(Action::force_timeout(NodeId::new(0))).unwrap();
    history.seek(Micros::from_millis(25));
    history.act(Action::isolate(NodeId::new(0))).unwrap();
    for server in NodeId::all(3).skip(1) {
        history.act(Action::kill(server)).unwrap();
        history.act(Action::start(server)).unwrap();
    }
    history.act(Action::force_timeout(NodeId::new(1))).unwrap();
    history.seek(Micros::from_millis(60));
    let [en, pt] = [Lang::En, Lang::Pt].map(|lang| told(&of(&history), lang));
    for winner in ["S1", "S2"] {
        let said = format!("{winner} won term 1 as well: two leaders in one term");
        assert!(en.contains(&said), "{en}");
    }
    assert!(
        pt.contains("S2 também venceu o term 1: dois leaders em um term"),
        "{pt}"
    );
}

/// All kinds of faults, one every 60 ms or so.
fn eventful(seed: u64, rules: Rules) -> History {
    let mut config = Config::paper(5);
    config.rules = rules;
    config.network.loss_permille = 50;
    let mut history = History::new(config, seed, &[]).unwrap();
    for round in 0..60_u64 {
        history.seek(Micros::from_millis(60 * (round + 3)));
        let [one, other] = [round * 7 + seed, round * 3 + seed + 1].map(|number| NodeId::new((number % 5) as usize));
        let actions = [
            Action::kill(one),
            Action::pause(one),
            Action::partition(NodeSet::from_iter([one, other])),
            Action::heal_all(),
            Action::start(one),
            Action::resume(other),
            Action::cut(one, other),
            Action::force_timeout(other),
        ];
        let _ = history.act(actions[((round * 5 + seed) % 8) as usize]);
        let _ = history.act(Action::start(other));
        if round % 3 == 0 {
            let _ = history.act(Action::heal_all());
        }
    }
    history
}

#[test]
fn a_story_that_grew_and_went_back_equals_one_told_at_once() {
    let mut asking_first = Rules::PAPER;
    asking_first.set(Rule::PreVote, true);
    for (seed, rules) in (0..6).flat_map(|seed| [(seed, Rules::PAPER), (seed, asking_first)]) {
        let mut history = eventful(seed, rules);
        let end = history.end().as_millis();
        let mut story = Story::default();
        let mut at = 0;
        for step in 0..120_u64 {
            // Forth, and now and then back.
            at = if step % 7 == 6 {
                at * (step % 5) / 5
            } else {
                (at + 97).min(end)
            };
            history.seek(Micros::from_millis(at));
            story.sync(&history, 0);
            assert_eq!(
                told(&story, Lang::En),
                told(&of(&history), Lang::En),
                "seed {seed}, {at} ms"
            );
        }
        let text = told(&story, Lang::Pt);
        assert!(text.contains("venceu o term"), "{text}");
    }
}

/// Written apart from the story: whether there is a leader that a majority can follow.
fn has_leader(world: &World) -> bool {
    let servers: Vec<_> = world.servers().collect();
    let links = world.config().links;
    let runs = |id: NodeId| world.server(id).process() == Process::Running;
    servers.iter().any(|(leader, server)| {
        let follows = |other: &NodeId| {
            let linked = links.is_up(*leader, *other) && links.is_up(*other, *leader);
            runs(*other) && (leader == other || linked) && world.server(*other).node().term() <= server.node().term()
        };
        let followers = servers.iter().filter(|(other, _)| follows(other)).count();
        runs(*leader) && server.node().role() == Role::Leader && followers > servers.len() / 2
    })
}

#[test]
fn a_time_without_a_leader_begins_when_nobody_leads_and_ends_when_somebody_does() {
    let (mut open, mut closed) = (0, 0);
    for seed in 0..12 {
        let mut history = eventful(seed, Rules::PAPER);
        let end = history.end();
        history.seek(Micros::ZERO);
        let mut story = Story::default();
        let mut has_led = false;
        while history.now() < end && history.step() {
            story.sync(&history, 0);
            let is_led = has_leader(history.world());
            let cluster = story.thread.as_ref().expect("a thread").cluster;
            assert_eq!(
                cluster.leadership(),
                &Leadership::of(history.world()),
                "seed {seed} at {}",
                history.now()
            );
            assert_eq!(
                !cluster.leadership().leaders().is_empty(),
                is_led,
                "seed {seed} at {}",
                history.now()
            );
            let mut losses = story.cards().rev().filter_map(|card| match &card.kind {
                CardKind::Loss(loss) => Some(loss.next.is_none()),
                _ => None,
            });
            let goes_on = losses.next();
            has_led |= is_led;
            assert_eq!(
                goes_on == Some(true),
                has_led && !is_led,
                "seed {seed} at {}",
                history.now()
            );
            open += usize::from(goes_on == Some(true));
            closed += usize::from(goes_on == Some(false));
        }
    }
    assert!(open > 100 && closed > 100, "{open}, {closed}");
}

/// Also one that a newer term began, whoever stands in it.
#[test]
fn each_time_without_a_leader_has_a_card_from_its_first_instant_to_its_last() {
    let mut gaps = 0;
    for id in [ScenarioId::OneWayCut, ScenarioId::PartialPartition] {
        let mut history = Scenario::new(id).start();
        history.seek(Micros::from_secs(5));
        let story = of(&history);
        let text = told(&story, Lang::En);
        for card in story.cards() {
            let CardKind::Loss(loss) = &card.kind else { continue };
            gaps += 1;
            let mut led_at = |at: Micros| {
                history.seek(at);
                has_leader(history.world())
            };
            assert!(led_at(Micros(card.at.0 - 1)) && !led_at(card.at), "{}: {text}", card.at);
            if let Some(NextLeader { since: until, .. }) = loss.next {
                assert!(!led_at(Micros(until.0 - 1)) && led_at(until), "{until}: {text}");
            }
        }
    }
    assert!(gaps > 5, "{gaps}");
}

/// The oldest events are forgotten in a long run; what is told of the rest is still so.
#[test]
fn a_story_from_the_middle_of_a_run_says_that_it_is_one() {
    let config = Config::paper(5);
    let memory = crate::sim::Memory {
        events: 2000,
        ..crate::sim::Memory::default()
    };
    let mut history = History::with_memory(config, 6, &[], memory).unwrap();
    history.seek(Micros::from_millis(300));
    history.act(Action::isolate(NodeId::new(0))).unwrap();
    history.seek(Micros::from_secs(20));
    let mut story = of(&history);
    assert!(story.is_cut_off());
    let leader = history.world().leader().unwrap();
    history.act(Action::kill(leader)).unwrap();
    history.act(Action::pause(NodeId::new(4))).unwrap();
    story.sync(&history, 0);
    let text = told(&story, Lang::En);
    assert!(text.contains(&format!("{leader}, the leader, crashed.")), "{text}");
}

/// The sides that explain the election of a term, each by its first event and the answers before it, in sentences.
fn explained(history: &History, term: u32) -> Vec<(String, Vec<String>)> {
    let story = of(history);
    let is_it = |card: &&Rc<Card>| matches!(&card.kind, CardKind::Election(election) if election.term == Term(term));
    let Some(CardKind::Election(election)) = story.cards().find(is_it).map(|card| &card.kind) else {
        panic!("nobody stood in term {term}");
    };
    let told = |event: &Event| {
        Lang::En.explain(&CausalStep {
            event: *event,
            evidence: Vec::new(),
        })
    };
    let tell = |side: &AnswerSide| {
        let answers = match &side.lead {
            Some(AnswerLead::Answers { events, .. }) => events.iter().map(told).collect(),
            _ => Vec::new(),
        };
        (told(&side.chain.steps[0].event), answers)
    };
    election.sides(history).iter().map(tell).collect()
}

/// Who asks why an election was lost is told how it ended and on which answers, of all that stood; and then why they stood.
#[test]
fn why_an_election_was_lost_is_how_it_ended() {
    let mut history = Scenario::new(ScenarioId::SplitVote).start();
    history.seek(Micros::from_millis(1000));
    let told = explained(&history, 2);
    let heads: Vec<_> = told.iter().map(|(head, _)| head.split(':').next().unwrap()).collect();
    let ended = ["S2 stepped down", "S3 stepped down"];
    let began = ["S2 stood for election in term 2", "S3 stood for election in term 2"];
    assert_eq!(heads, [ended, began].concat());
    let why_s3 = [
        "S5 refused S3 in term 2: it had voted for S2.",
        "S1 never received a vote request for term 2 from S3: S1 was not running.",
        "S2 refused S3 in term 2: it had voted for itself.",
        "S3 counted S4's vote: 2 so far.",
    ];
    assert_eq!(told[1].1, why_s3);
    // While it runs, nothing has been lost.
    history.seek(Micros::from_millis(480));
    assert_eq!(explained(&history, 2).len(), 2);
}

/// Votes that come after the next candidacy has begun, that a cut loses, and that come in time are told apart.
#[test]
fn votes_that_were_late_or_lost_are_told_as_such() {
    let mut history = Scenario::new(ScenarioId::TightTimeout).start();
    history.seek(Micros::from_millis(700));
    let s3_late = "S3 did not count S5's reply: it belongs to a term before 2.";
    assert!(
        explained(&history, 1)
            .iter()
            .any(|(_, answers)| answers.iter().any(|said| said == s3_late)),
        "{:#?}",
        explained(&history, 1)
    );
    let mut history = Scenario::new(ScenarioId::OneWayCut).start();
    history.seek(Micros::from_millis(700));
    let told = explained(&history, 2);
    assert!(told[0].0.starts_with("S5 stood for election in term 3:"), "{told:#?}");
    let lost = |said: &String| said.starts_with("S5 never received a vote for term 2 from S") && said.contains("cut");
    assert_eq!(told[0].1.iter().filter(|said| lost(said)).count(), 4, "{told:#?}");
}

/// A one-way cut: whose requests depose a leader is told in their election, although that is lost.
#[test]
fn a_lost_election_that_deposes_a_leader_tells_so() {
    let text = scenario(ScenarioId::OneWayCut, 500);
    let deposed = "  0.418 S3, which had led term 1, stepped down: it learned of term 2 from S5.\n";
    let (_, election) = text.split_once("Election for term 2").expect("S5 stands");
    assert!(election.contains(deposed), "{text}");
    assert!(!text.contains("S3 stepped down"), "told once: {text}");
}

#[test]
fn with_pre_votes_a_timer_expired_when_it_did_and_not_when_the_server_stood() {
    let mut config = Config::paper(5);
    config.rules.set(Rule::PreVote, true);
    let mut history = History::new(config, 6, &[]).unwrap();
    history.seek(Micros::from_millis(200));
    let text = told(&of(&history), Lang::En);
    let asked =
        "  0.151 S2's election timer expired 151 ms after the server started. S2 asked who would vote for it.\n";
    let stood = "  0.165 Enough would vote for S2: it voted for itself and asked for their votes.\n";
    assert!(text.contains(asked) && text.contains(stood), "{text}");
}

/// The elections of a story, the oldest first: the term of each, and who stood.
fn elections(story: &Story) -> Vec<(u32, NodeSet)> {
    let of = |card: &Rc<Card>| match &card.kind {
        CardKind::Election(election) => Some((election.term.0, election.candidates())),
        _ => None,
    };
    story.cards().filter_map(of).collect()
}

/// S4 hears nothing of the leader and stands in a term that is won: that is no part of the election that made the leader.
#[test]
fn who_stands_in_a_term_that_is_won_stands_in_an_election_of_its_own() {
    let mut history = Scenario::new(ScenarioId::PartialPartition).start();
    history.seek(Micros::from_secs(3));
    let story = of(&history);
    let stood = elections(&story);
    let late = [2, 3].map(|server| (5, NodeSet::only(NodeId::new(server))));
    assert!(stood.windows(2).any(|pair| pair == late), "{stood:?}");
    // Two cards, of which one tells of a victory, also once nobody stands any more.
    for (lang, won, lost) in [
        (Lang::En, "\nS3 won term 5 [", "\nS4 did not win term 5 [S3 won it]\n"),
        (
            Lang::Pt,
            "\nS3 venceu o term 5 [",
            "\nS4 não venceu o term 5 [S3 venceu]\n",
        ),
    ] {
        let text = told(&story, lang);
        assert!(text.contains(won) && text.contains(lost), "{text}");
    }
}

/// A server that was down while others elected one in the next term stands in that term once it has started again.
#[test]
fn an_election_after_a_term_was_won_is_the_newest_card() {
    let [s1, s2] = [0, 1].map(NodeId::new);
    let mut history = Scenario::new(ScenarioId::Free).start();
    history.seek(Micros::from_millis(300));
    history.act(Action::kill(s2)).unwrap();
    history.act(Action::kill(s1)).unwrap();
    history.seek(Micros::from_millis(800));
    assert!(told(&of(&history), Lang::En).contains("won term 2"));
    for server in [2, 3, 4] {
        history.act(Action::kill(NodeId::new(server))).unwrap();
    }
    history.seek(Micros::from_millis(900));
    history.act(Action::start(s1)).unwrap();
    history.seek(Micros::from_millis(1250));
    let mut story = of(&history);
    let newest = story.cards().last().map(|card| Lang::En.tell(card, HERE));
    assert_eq!(
        newest.map(|told| (told.title, told.status)),
        Some(("S1 did not win term 2".to_owned(), "S4 won it".to_owned())),
        "{}",
        told(&story, Lang::En)
    );
    assert_eq!(elections(&story).last(), Some(&(2, NodeSet::only(s1))));
    let lost = Story::lost_election(&history).map(|(contest, _)| contest.candidates());
    assert_eq!(lost, Some(NodeSet::only(s1)));
    // Back and forth, it is told alike.
    history.seek(Micros::from_millis(1000));
    story.sync(&history, 0);
    history.seek(Micros::from_millis(1250));
    story.sync(&history, 0);
    assert_eq!(told(&story, Lang::En), told(&of(&history), Lang::En));
}

/// The voting that made a leader began when somebody stood who still did, not with a candidacy that a crash had ended.
#[test]
fn an_election_whose_candidates_have_crashed_is_over() {
    let mut history = Scenario::new(ScenarioId::Free).start();
    history.seek(Micros::from_millis(300));
    let [s1, s5] = [0, 4].map(NodeId::new);
    history.act(Action::force_timeout(s5)).unwrap();
    history.seek(Micros::from_millis(301));
    for server in NodeId::all(5) {
        history.act(Action::kill(server)).unwrap();
    }
    history.seek(Micros::from_millis(1000));
    for server in NodeId::all(3) {
        history.act(Action::start(server)).unwrap();
    }
    history.act(Action::force_timeout(s1)).unwrap();
    history.seek(Micros::from_millis(1100));
    let story = of(&history);
    assert_eq!(elections(&story)[1..], [(2, NodeSet::only(s5)), (2, NodeSet::only(s1))]);
    let text = told(&story, Lang::En);
    let (_, voting) = text.split_once("S1 won term 2 [").expect("S1 wins");
    let millis = voting.split(' ').next().and_then(|millis| millis.parse::<u32>().ok());
    assert!(millis.is_some_and(|millis| millis < 50), "{text}");
}

/// A leader, and S5 cut off from it at 0.3 s, with pre-votes.
fn cut_off_with_pre_votes() -> History {
    let mut config = Config::paper(5);
    config.rules.set(Rule::PreVote, true);
    let mut history = History::new(config, 6, &[]).unwrap();
    history.seek(Micros::from_millis(300));
    history.act(Action::isolate(NodeId::new(4))).unwrap();
    history
}

#[test]
fn rounds_of_pre_votes_are_one_card_until_the_leader_is_heard_again() {
    let mut history = cut_off_with_pre_votes();
    history.seek(Micros::from_millis(1000));
    let mut story = of(&history);
    let rounds = "\
S5 asks who would vote for it [3 rounds]
  0.522 S5's election timer expired 262 ms after the last heartbeat that it accepted from S2. Before S5 starts term 2, it asks who would vote for it (pre-vote). Meanwhile no term changes, so no leader has to step down.
  0.980 Not enough would, and S5 asked again each time its timer expired. Round 3:
   S5 can't get the 3 pre-votes that it needs: too few servers can answer it.
";
    let text = told(&story, Lang::En);
    assert!(text.ends_with(rounds), "{text}");
    history.act(Action::heal_all()).unwrap();
    history.seek(Micros::from_millis(1200));
    story.sync(&history, 0);
    let text = told(&story, Lang::En);
    let heard = "  1.012 S5 stopped asking: it heard from S2, which leads this term.\n";
    assert!(
        text.contains("S5 asked who would vote for it [3 rounds]") && text.contains(heard),
        "{text}"
    );
}

#[test]
fn rounds_of_pre_votes_end_with_an_election_told_on_its_own_card() {
    let mut history = cut_off_with_pre_votes();
    history.seek(Micros::from_millis(1000));
    history.act(Action::kill(NodeId::new(1))).unwrap();
    history.act(Action::heal_all()).unwrap();
    // By then nobody has heard of a leader for the shortest election timeout.
    history.seek(Micros::from_millis(1160));
    history.act(Action::force_timeout(NodeId::new(4))).unwrap();
    history.seek(Micros::from_millis(1300));
    let text = told(&of(&history), Lang::En);
    assert!(text.contains("S5 asked who would vote for it [4 rounds]\n"), "{text}");
    assert!(text.contains("Enough would, and S5 stood for election.\n"), "{text}");
    assert!(text.contains("S5 won term 2"), "{text}");
}

/// A link that is cut both ways is one link, and a server's are told together.
#[test]
fn links_that_were_cut_at_once_are_counted_as_a_reader_sees_them() {
    let mut history = History::new(Config::paper(5), 6, &[]).unwrap();
    history.seek(Micros::from_millis(300));
    let mut act = |pairs: &[(u8, u8)], link: LinkAction| {
        for (from, to) in pairs {
            let [from, to] = [from, to].map(|number| NodeId::new(usize::from(*number) - 1));
            history.act(Action::Link(from, to, link)).unwrap();
        }
        history.seek(history.now() + Micros::from_millis(1));
    };
    let both = [(1, 4), (4, 1), (1, 5), (5, 1), (2, 5), (5, 2)];
    act(&both, LinkAction::Cut);
    act(&both[..4], LinkAction::Heal);
    act(&[(1, 4), (4, 1), (3, 1)], LinkAction::Cut);
    let text = told(&of(&history), Lang::En);
    let then = "\
You cut 3 links []
  0.300 S1's links with S4 and S5 were cut.
  0.300 S2's link with S5 was cut.
You restored S1's links with S4 and S5 []
You cut 2 links []
  0.302 The link from S3 to S1 was cut.
  0.302 S1's link with S4 was cut.
";
    assert!(text.ends_with(then), "{text}");
}

/// Why there is no leader while an election is lost: that is the answer, and it is there as soon as nobody can win any more.
#[test]
fn an_election_that_is_lost_answers_why_nobody_leads() {
    let lost = |id, millis| {
        let mut history = Scenario::new(id).start();
        history.seek(Micros::from_millis(millis));
        Story::lost_election(&history).map(|(contest, _)| contest.term.0)
    };
    assert_eq!(lost(ScenarioId::SplitVote, 470), None, "it runs");
    assert_eq!(lost(ScenarioId::SplitVote, 500), Some(2));
    assert_eq!(lost(ScenarioId::SplitVote, 652), None, "S5 stands");
    assert_eq!(lost(ScenarioId::SplitVote, 700), None, "S5 won");
    assert_eq!(lost(ScenarioId::StaleLog, 450), Some(2), "a log that is behind");
}

/// What holds from the start is one card, links with the same in one sentence; timeouts of one's own count among those of all.
#[test]
fn what_servers_and_links_have_of_their_own_is_told_together() {
    let file = concat!(
        "raft-playground 1\n",
        "seed 6\n",
        "server S1 election-timeout 100 ms to 120 ms\n",
        "server S2 clock 0.5\n",
        "server S3 S4 rule pre-vote on\n",
        "link S5 S3 S4 delay 80 ms to 90 ms\n",
        "link S1>S4 loss 5 %\n",
        "at 0.05 s link S1>S4 as-cluster\n",
        "at 0.05 s server S2 as-cluster\n",
        "at 0.06 s link S1 S2 reordering 1 %\n",
        "at 0.07 s server S4 S5 rule persist-vote off\n",
    );
    let run = crate::scenario::file::read(file).expect("a file");
    let mut history = run.scenario().start();
    history.seek(Micros::from_millis(110));
    let story = of(&history);
    let en = "\
Start []
  0.000 5 servers start as followers. Nobody leads yet.
  0.000 A server that hears from no leader for its election timeout (100 ms to 600 ms) stands for election.
The scenario changed settings of some servers or links []
  0.000 S1's timing was changed: election timeout 100 ms to 120 ms.
  0.000 S2's timing was changed: clock at 0.5× normal speed.
  0.000 The rules of S3 and S4 were changed: “Pre-vote” on.
  0.000 The links S3–S5, S4–S5 were changed: delay 80 ms to 90 ms.
  0.000 The link from S1 to S4 was changed: 5.0 % lost.
The scenario changed settings of some servers or links []
  0.050 The link from S1 to S4 was changed: back to the cluster's values.
  0.050 S2's settings were changed: back to the cluster's values.
The scenario changed the link S1–S2: 1.0 % reordered []
The scenario changed the rules of S4 and S5: “The vote is persisted” off []
Election for term 1 [running]
  0.107 S1's election timer expired 107 ms after the server started. S1 voted for itself and asked the others.
   S1 has 1 of the 3 votes that it needs.
";
    assert_eq!(told(&story, Lang::En), en);
    let pt = told(&story, Lang::Pt);
    for sentence in [
        "O cenário alterou ajustes de alguns servidores ou conexões",
        "Os tempos de S2 foram alterados: relógio a 0,5× da velocidade normal.",
        "As conexões S3–S5, S4–S5 foram alteradas: atraso 80 ms a 90 ms.",
        "A conexão de S1 para S4 foi alterada: de volta aos valores do cluster.",
        "O cenário alterou a conexão S1–S2: 1,0 % fora de ordem",
        "As regras de S3 e S4 foram alteradas: “Pre-vote” ligada.",
        "Os ajustes de S2 foram alterados: de volta aos valores do cluster.",
        "O cenário alterou as regras de S4 e S5: “O voto é persistido” desligada",
    ] {
        assert!(pt.contains(sentence), "{sentence}\n{pt}");
    }
}

#[test]
fn before_the_words_for_what_was_done_are_here_something_stands_for_them() {
    let crash = Action::kill(NodeId::new(1));
    let [before, after] = [None, Some(&DEED_WORDS)].map(DeedsInWords);
    assert_eq!(before.action(Lang::En, crash), "…");
    assert_eq!(after.action(Lang::En, crash), "S2 crashed");
}

/// In the word of the button, and not as the values that it sets.
#[test]
fn what_was_healed_with_one_press_is_told_in_its_word() {
    let mut history = Scenario::free(5, 6).start();
    let normal = history.started_with().network;
    let [s1, s3, s4] = [0, 2, 3].map(NodeId::new);
    let mut slow = normal;
    slow.delay.max = Micros::from_millis(80);
    let mut told = |at: u64, done: &[Action], lang: Lang| {
        history.seek(Micros::from_millis(at));
        for action in done {
            history.act(*action).unwrap();
        }
        let mut story = Story::default();
        story.sync(&history, 0);
        let card = story.cards().rev().find(|card| matches!(card.kind, CardKind::Acts(_)));
        lang.tell(card.unwrap(), HERE).title
    };
    told(300, &[Action::set_network(slow)], Lang::En);
    assert_eq!(
        told(310, &[Action::set_network(normal)], Lang::En),
        "You reset the network"
    );
    let faults = [
        Action::set_network(slow),
        Action::cut(s1, s3),
        Action::kill(s3),
        Action::kill(s4),
        Action::pause(s1),
    ];
    told(320, &faults, Lang::En);
    let heals = [
        Action::heal_all(),
        Action::resume(s1),
        Action::start(s3),
        Action::start(s4),
        Action::set_network(normal),
    ];
    assert_eq!(told(330, &heals, Lang::En), "You healed the cluster");
    told(340, &[Action::kill(s3), Action::cut(s1, s4)], Lang::En);
    assert_eq!(
        told(350, &[Action::heal_all(), Action::start(s3)], Lang::Pt),
        "Você restaurou o cluster"
    );
    told(360, &[Action::kill(s3), Action::kill(s4)], Lang::En);
    assert_eq!(
        told(370, &[Action::start(s3), Action::start(s4)], Lang::En),
        "You restarted S3 and restarted S4"
    );
    assert_eq!(
        Lang::En.deed_of(heals.to_vec(), normal),
        "restored all links, resumed S1, started S3, started S4, reset the network"
    );
    assert_eq!(Lang::En.deed_of(vec![Action::kill(s3)], normal), "crashed S3");
}

/// Five lines that say the same of one candidate each would hide what else there is.
#[test]
fn that_none_of_several_can_win_is_said_once() {
    let mut history = Scenario::new(ScenarioId::SplitVote).start();
    let mut folded = 0;
    while history.now() < Micros::from_millis(1000) {
        history.step();
        let mut story = Story::default();
        story.sync(&history, 0);
        for card in story.cards() {
            let CardKind::Election(election) = &card.kind else {
                continue;
            };
            let lost: NodeSet = election.lost().collect();
            for lang in Lang::ALL {
                let sentences = lang.tell(card, HERE).sentences;
                let cannot = |told: &&told::TimedSentence| {
                    ["can't win", "não pode vencer", "não podem vencer"]
                        .iter()
                        .any(|words| told.text.contains(words))
                };
                let said: Vec<_> = sentences.iter().filter(cannot).collect();
                assert_eq!(said.len(), usize::from(!lost.is_empty()), "{said:?}");
                if lost.len() > 1 && lang == Lang::En {
                    let text = &said[0].text;
                    let none = if lost.len() == 2 { "neither" } else { "none" };
                    let none = format!("{none} of them can get the {} votes it needs.", election.quorum);
                    assert!(text.ends_with(&none), "{text}");
                    folded += 1;
                    assert!(lost.iter().all(|server| text.contains(&server.to_string())), "{text}");
                }
            }
        }
    }
    assert!(folded > 0);
}

/// A leader that leads again needs no election, so a card of its own tells it above all that happened meanwhile, and *Why?* names
/// what let a majority follow it.
#[test]
fn a_leader_that_leads_again_is_the_newest_card_and_names_what_was_done() {
    let mut history = Scenario::new(ScenarioId::Free).start();
    history.seek(Micros::from_millis(300));
    let leader = NodeId::new(1);
    let cut = [0, 2, 3].map(NodeId::new);
    for server in cut {
        history.act(Action::isolate(server)).unwrap();
    }
    while !cut
        .iter()
        .any(|server| history.world().server(*server).node().role() == Role::Candidate)
    {
        history.step();
    }
    assert_eq!(regained_since(&history, leader), None);
    let mut story = of(&history);
    history.seek(history.now() + Micros::from_millis(10));
    history.act(Action::heal_all()).unwrap();
    story.sync(&history, 0);
    let text = told(&story, Lang::En);
    let newest = "\
You restored all links []
S2 leads term 1 again []
  0.439 From then on, a majority followed S2 again. It took no election.
";
    assert!(text.ends_with(newest), "{text}");
    let newest = story.cards().last().unwrap();
    assert_eq!(regained_since(&history, leader), Some(newest.first));
    let side = AnswerSide::regained(&history, leader, newest.first);
    let Some(AnswerLead::Regained { leader: told, by }) = side.lead else {
        panic!("{side:?}")
    };
    let by: Vec<_> = by.iter().map(|event| event.kind).collect();
    assert_eq!((told, by), (leader, vec![EventKind::Action(Action::heal_all())]));
    let won = side.chain.steps[0].event;
    assert!(matches!(won.kind, EventKind::Decided(Decision::ElectionWon { .. })) && won.server == Some(leader));
    // Who is elected later leads by that.
    history.seek(Micros::from_secs(1));
    let leader = Leadership::of(history.world()).leaders().iter().next().unwrap();
    assert_eq!(regained_since(&history, leader), None);
}

/// The leader of before that wins a new election has not got its old leadership back.
#[test]
fn who_led_before_and_wins_again_leads_by_its_election() {
    let mut history = Scenario::new(ScenarioId::Free).start();
    history.seek(Micros::from_millis(400));
    let leader = history.world().leader().expect("S2 leads");
    for action in [
        Action::kill(leader),
        Action::start(leader),
        Action::force_timeout(leader),
    ] {
        history.act(action).unwrap();
    }
    history.seek(history.now() + Micros::from_millis(40));
    assert_eq!(history.world().leader(), Some(leader));
    let text = told(&of(&history), Lang::En);
    assert!(text.contains("From then on, S2 led with a majority."), "{text}");
    assert!(!text.contains("leads term 1 again"), "{text}");
}

/// A vote that cannot arrive is not one that is still to come, and restoring its link does not bring it back.
#[test]
fn a_vote_on_a_cut_link_gets_lost_and_is_told_so_from_the_start() {
    let mut history = Scenario::new(ScenarioId::Free).start();
    history.seek(Micros::from_millis(155));
    let (s1, s2) = (NodeId::new(0), NodeId::new(1));
    history.act(Action::cut(s1, s2)).unwrap();
    while history.world().server(s1).node().voted_for().is_none() {
        history.step();
    }
    let text = [Lang::En, Lang::Pt].map(|lang| told(&of(&history), lang));
    assert!(
        text[0].contains("S1 voted for S2; the vote gets lost on the way."),
        "{}",
        text[0]
    );
    assert!(
        text[1].contains("S1 votou em S2; o voto se perde no caminho."),
        "{}",
        text[1]
    );
    history.act(Action::heal_all()).unwrap();
    let mut story = of(&history);
    assert!(told(&story, Lang::En).contains("the vote gets lost"));
    history.advance(history.now() + Micros::from_millis(5), 100);
    story.sync(&history, 0);
    let text = told(&story, Lang::En);
    assert!(
        text.contains("S1 voted for S2; the vote did not arrive: cut link."),
        "{text}"
    );
    history.seek(Micros::from_millis(200));
    let text = told(&of(&history), Lang::En);
    assert!(
        text.contains("S2 became leader") && text.contains("the vote did not arrive: cut link."),
        "{text}"
    );
    assert!(
        !text.contains("S1 and S3 had also voted"),
        "it waited for no vote that was lost: {text}"
    );
}

/// A run of `tests/fixtures/field`.
fn field(file: &str) -> History {
    crate::scenario::file::read(file).unwrap().scenario().start()
}

/// Whose followers ask for pre-votes meanwhile may not get its majority back at all.
#[test]
fn who_leads_again_is_told_so_once_a_majority_has_heard_it() {
    let leader = NodeId::new(3);
    let [mut led, mut waited] = [0; 2];
    for millis in (700..1300).step_by(13) {
        let mut history = field(include_str!("../../../../tests/fixtures/field/bridge.raft"));
        history.seek(Micros::from_millis(millis));
        history.act(Action::heal_all()).unwrap();
        while history.now() < Micros::from_millis(millis + 200) {
            let story = of(&history);
            let newest = story
                .cards()
                .rev()
                .find(|card| matches!(card.kind, CardKind::Regained(_)));
            let follows = |(_, server): &(NodeId, &crate::sim::Server)| server.node().leader() == Some(leader);
            let followers = history.world().servers().filter(follows).count();
            match newest {
                Some(card) => {
                    let heard = history.trace().get(card.first).unwrap();
                    assert!(followers >= 3, "{heard:?}, {followers}");
                    led += usize::from(matches!(
                        heard.kind,
                        EventKind::Decided(Decision::HeartbeatAccepted { .. })
                    ));
                    break;
                }
                None => waited += usize::from(followers < 3),
            }
            history.step();
        }
    }
    assert!(led > 5 && waited > 10, "{led} {waited}");
}

#[test]
fn a_round_of_pre_votes_that_is_lost_is_told_so_and_why() {
    let mut config = Config::paper(5);
    config.rules.set(Rule::PreVote, true);
    let mut history = History::new(config, 6, &[]).unwrap();
    history.seek(Micros::from_millis(300));
    let told_of = |history: &History, lang| told(&of(history), lang);
    // Those that follow S2 refuse.
    history.act(Action::force_timeout(NodeId::new(4))).unwrap();
    let open = "S5 has 1 of the 3 pre-votes that it needs, its own included.";
    assert!(told_of(&history, Lang::En).contains(open));
    while !told_of(&history, Lang::En).contains("S5 can't get") && history.now() < Micros::from_millis(400) {
        history.step();
    }
    let text = told_of(&history, Lang::En);
    assert!(
        text.contains("S5 can't get the 3 pre-votes that it needs: S1, S"),
        "{text}"
    );
    let text = told_of(&history, Lang::Pt);
    assert!(
        text.contains("S5 não pode obter os 3 pre-votes de que precisa: S1, S"),
        "{text}"
    );
    // What is cut is not sent again in this round once it is whole.
    let mut history = cut_off_with_pre_votes();
    history.seek(Micros::from_millis(600));
    let none = "S5 can't get the 3 pre-votes that it needs: too few servers can answer it.";
    assert!(told_of(&history, Lang::En).contains(none));
    history.act(Action::heal_all()).unwrap();
    assert!(told_of(&history, Lang::En).contains(none));
}

/// Two could answer S1, and S3 did: what keeps it from its majority is that S3 refused and that the others are out of reach.
#[test]
fn a_round_that_is_lost_to_a_refusal_and_to_silence_says_both() {
    let mut history = field(include_str!("../../../../tests/fixtures/field/bridge.raft"));
    history.seek(Micros::from_secs(60));
    let story = of(&history);
    for (lang, both) in [
        (Lang::En, "S3 refused, and no answer can come from S4 and S5."),
        (Lang::Pt, "S3 recusou, e nenhuma resposta pode vir de S4 e S5."),
    ] {
        let text = told(&story, lang);
        assert!(text.contains(both), "{text}");
    }
}

/// Who stood alone behind a cut, in vain, is no part of an election that came after what was done; nor does its time count from there.
#[test]
fn an_election_after_a_cut_was_healed_is_told_after_that_and_from_its_own_start() {
    let s5 = NodeId::new(4);
    let mut held = 0;
    for seed in 0..40 {
        let mut history = History::new(Config::paper(5), seed, &[]).unwrap();
        history.seek(Micros::from_millis(300));
        let Some(leader) = history.world().leader().filter(|leader| *leader != s5) else {
            continue;
        };
        let term = history.world().server(leader).node().term();
        history.act(Action::isolate(s5)).unwrap();
        while history.world().server(s5).node().role() != Role::Candidate {
            history.step();
        }
        history.seek(history.now() + Micros::from_millis(5));
        let healed = history.now();
        for action in [Action::kill(leader), Action::heal_all()] {
            history.act(action).unwrap();
        }
        history.seek(healed + Micros::from_millis(400));
        let story = of(&history);
        let place = |wanted: &dyn Fn(&CardKind) -> bool| story.cards().rposition(|card| wanted(&card.kind));
        let won = |kind: &CardKind| {
            matches!(kind, CardKind::Election(election)
                if election.term == term.next() && election.won().is_some_and(|winner| winner.candidate != s5))
        };
        let Some(won) = place(&won) else { continue };
        let healing = place(&|kind| matches!(kind, CardKind::Acts(_))).unwrap();
        let card = story.cards().nth(won).unwrap();
        assert!(won > healing && card.at > healed, "{}", told(&story, Lang::En));
        let status = Lang::En.tell(card, HERE).status;
        let span: u64 = status.split(' ').next().unwrap().parse().unwrap();
        assert!(span < 40, "{status}");
        assert!(
            told(&story, Lang::En).contains("S5 did not win term 2"),
            "{}",
            told(&story, Lang::En)
        );
        held += 1;
    }
    assert!(held > 2, "{held}");
}

/// Who starts again follows nobody until it has heard a heartbeat.
#[test]
fn a_leader_whose_follower_restarts_is_followed_once_that_has_heard_it() {
    let mut history = History::new(Config::paper(3), 6, &[]).unwrap();
    history.seek(Micros::from_millis(300));
    let leader = history.world().leader().unwrap();
    let others: Vec<_> = NodeId::all(3).filter(|server| *server != leader).collect();
    for server in &others {
        history.act(Action::kill(*server)).unwrap();
    }
    history.act(Action::start(others[0])).unwrap();
    let title = format!("{leader} leads term 1 again");
    assert!(!told(&of(&history), Lang::En).contains(&title));
    history.seek(Micros::from_millis(400));
    assert!(told(&of(&history), Lang::En).contains(&title));
}

/// Where half is enough it is said that this is the rules' doing.
#[test]
fn who_wins_with_half_of_the_votes_is_said_to_by_these_rules() {
    let mut config = Config::paper(4);
    config.rules.quorum = Quorum::Votes(2);
    let mut history = History::new(config, 6, &[]).unwrap();
    history.act(Action::force_timeout(NodeId::new(0))).unwrap();
    let view = ClusterView::new(&history, Micros::ZERO);
    let enough = [
        "These rules take 2 as enough, though it is no majority.",
        "Estas regras aceitam 2 como suficiente, embora não seja maioria.",
    ];
    for (lang, enough) in Lang::ALL.into_iter().zip(enough) {
        assert!(
            lang.narrate(&Moment::of(&view)).ends_with(enough),
            "{}",
            lang.narrate(&Moment::of(&view))
        );
    }
    history.seek(Micros::from_millis(60));
    for (lang, enough) in Lang::ALL.into_iter().zip(enough) {
        let text = told(&of(&history), lang);
        assert!(text.contains(&format!(" {enough}\n")), "{text}");
    }
}

/// With a rule off, a candidate counts votes of its last term, or a pre-vote: what it counted is told as what it was.
#[test]
fn what_is_no_vote_of_this_term_is_told_as_what_it_was() {
    let [s1, s2, s3, s4, s5] = [0, 1, 2, 3, 4].map(NodeId::new);
    let mut config = Config::paper(5);
    config.rules.set(Rule::ReplyTermMustMatch, false);
    let mut history = History::new(config, 6, &[]).unwrap();
    let slow = OwnSetting::delay(Range::millis(100, 100));
    history.seek(Micros::from_millis(1));
    for action in [
        Action::set_link(s2, s1, slow),
        Action::set_link(s3, s1, slow),
        Action::isolate(s4),
        Action::isolate(s5),
        Action::force_timeout(s1),
    ] {
        history.act(action).unwrap();
    }
    history.seek(Micros::from_millis(50));
    history.act(Action::force_timeout(s1)).unwrap();
    history.seek(Micros::from_millis(130));
    let text = [Lang::En, Lang::Pt].map(|lang| told(&of(&history), lang));
    assert!(
        text[0].contains(" S1 counted votes that S2 and S3 gave in term 1.\n"),
        "{}",
        text[0]
    );
    assert!(
        text[1].contains(" S1 contou votos que S2 e S3 deram no term 1.\n"),
        "{}",
        text[1]
    );
    assert!(!text[0].contains("S1 received the votes"), "{}", text[0]);
    let mut campaign = Campaign::new(s1, &history.happened().next().copied().unwrap(), Trigger::Unknown);
    campaign.answer(Ballot {
        voter: s2,
        at: Micros::ZERO,
        answer: Answer::Counted,
        arrived: true,
        fate: VoteFate::Arrives,
        source: VoteSource::PreVote,
    });
    let mut told = Told::default();
    Lang::En.tell_counted(&campaign, &mut told);
    assert_eq!(told.sentences[0].text, "S2 would vote for S1.");
}

/// What is broken has a card, at its instant, and is told whenever the reader comes by.
/// Five servers vote twice, and two lead: one card for each property.
#[test]
fn a_property_is_told_to_be_broken_once() {
    let mut config = Config::paper(5);
    config.rules.set(Rule::OneVotePerTerm, false);
    let mut history = History::new(config, 6, &[]).unwrap();
    for server in [0, 1].map(NodeId::new) {
        history.act(Action::force_timeout(server)).unwrap();
    }
    history.seek(Micros::from_millis(80));
    let twice = history
        .incidents()
        .iter()
        .filter(|incident| incident.violation.property == Property::OneVotePerTerm);
    assert!(twice.count() > 1);
    let text = told(&of(&history), Lang::En);
    for property in ["One vote per term", "Election safety"] {
        assert_eq!(
            text.matches(&format!("A safety property is broken: “{property}”."))
                .count(),
            1,
            "{text}"
        );
    }
}

#[test]
fn a_broken_property_is_told_where_it_was_broken() {
    let [s1, s2, s3] = [0, 1, 2].map(NodeId::new);
    let mut config = Config::paper(3);
    config.rules.set(Rule::PersistVote, false);
    let mut history = History::new(config, 6, &[]).unwrap();
    let mut act = |at: u64, actions: &[Action]| {
        history.seek(Micros::from_millis(at));
        for action in actions {
            history.act(*action).unwrap();
        }
    };
    act(1, &[Action::isolate(s2), Action::force_timeout(s1)]);
    act(40, &[Action::kill(s3), Action::isolate(s1), Action::start(s3)]);
    act(
        41,
        &[Action::heal(s2, s3), Action::heal(s3, s2), Action::force_timeout(s2)],
    );
    history.seek(Micros::from_millis(80));
    let mut story = of(&history);
    let text = told(&story, Lang::En);
    let twice = "S3 voted twice in term 1: first for S1, then for S2 []\n";
    let both = "S2 and S1 both led term 1 []\n";
    let (before, after) = text.split_once(twice).expect(&text);
    assert!(before.contains("S1 won term 1"), "{text}");
    assert!(
        after.contains("A safety property is broken: “One vote per term”."),
        "{text}"
    );
    let (_, both) = after.split_once(both).expect(&text);
    assert!(
        both.contains("A safety property is broken: “Election safety”."),
        "{text}"
    );
    assert!(
        text.contains("S2 leads term 1 without a majority of valid votes []\n"),
        "{text}"
    );
    assert!(
        text.contains("A safety property is broken: “Leaders have a majority”."),
        "{text}"
    );
    for millis in [60, 45, 80] {
        history.seek(Micros::from_millis(millis));
        story.sync(&history, 0);
        assert_eq!(told(&story, Lang::En), told(&of(&history), Lang::En), "{millis}");
    }
}

/// Two of five are no majority: whoever stands in the newer term is in it as well, whether the leader reaches it or not.
#[test]
fn all_who_are_in_a_newer_term_are_named_where_a_leader_loses_its_followers() {
    let mut found = 0;
    for id in ScenarioId::ALL {
        let mut history = Scenario::new(id).start();
        history.seek(Micros::from_secs(3));
        let losses: Vec<_> = of(&history)
            .cards()
            .filter_map(|card| match card.kind {
                CardKind::Loss(Loss {
                    leader,
                    how: Lost::Followers(newer),
                    ..
                }) => Some((card.last, card.at, leader, newer)),
                _ => None,
            })
            .collect();
        for (_, at, leader, newer) in losses {
            history.seek(at);
            let world = history.world();
            let term = |server: NodeId| world.server(server).node().term();
            let runs = |server: &NodeId| world.server(*server).process() == Process::Running;
            // At that instant more may have heard of it.
            let ahead: NodeSet = NodeId::all(world.servers().len())
                .filter(|server| runs(server) && term(*server) > term(leader))
                .collect();
            let stand: NodeSet = ahead
                .iter()
                .filter(|server| world.server(*server).node().role() == Role::Candidate)
                .collect();
            assert_eq!(newer.and(ahead), newer);
            assert_eq!(newer.and(stand), stand, "{id:?}: {newer:?}");
            found += stand.len();
        }
    }
    assert!(found > 0);
}

/// Why? of a split vote opens with who voted for whom, and names a vote that is on its way.
#[test]
fn how_the_votes_are_split_is_told() {
    let mut history = Scenario::new(ScenarioId::SplitVote).start();
    let split = |history: &History| {
        let (contest, _) = Story::lost_election(history)?;
        Highlight::of_election(history, &contest).split
    };
    history.seek(Micros::from_millis(470));
    assert_eq!(split(&history), None, "votes are left");
    history.seek(Micros::from_millis(478));
    let now = split(&history).expect("both can't win");
    assert_eq!(
        [Lang::En, Lang::Pt].map(|lang| lang.how_split(&now)),
        [
            "Split votes in term 2: S3 and S4 for S3; S2 and S5 for S2.",
            "Votos divididos no term 2: S3 e S4 em S3; S2 e S5 em S2."
        ]
    );
    let (contest, _) = Story::lost_election(&history).unwrap();
    let lead = contest.sides(&history)[0].lead.clone();
    let Some(AnswerLead::Answers {
        candidate,
        votes,
        quorum,
        coming,
        ..
    }) = lead
    else {
        panic!("{lead:?}");
    };
    assert_eq!(
        Lang::En.has_so_far(candidate, votes, quorum, coming),
        "S2 has 1 of the 3 votes that it needs; the vote of S5 is still on its way"
    );
    history.seek(Micros::from_millis(600));
    let (contest, _) = Story::lost_election(&history).unwrap();
    assert!(matches!(
        contest.sides(&history)[0].lead,
        Some(AnswerLead::Answers { coming, .. }) if coming.is_empty()
    ));
}

/// What was so already is no news: neither a cut of a cut link, nor that whole ones are restored.
#[test]
fn what_is_done_to_links_is_told_where_it_changes_them() {
    let [s1, s2] = [0, 1].map(NodeId::new);
    let mut history = Scenario::new(ScenarioId::Free).start();
    let mut at = 0;
    let mut titles = |history: &mut History, action| {
        at += 5;
        history.seek(Micros::from_millis(at));
        history.act(action).unwrap();
        let story = of(history);
        story
            .cards()
            .map(|card| Lang::En.tell(card, HERE).title)
            .collect::<Vec<_>>()
    };
    assert_eq!(titles(&mut history, Action::heal_all()), ["Start"]);
    let cut = titles(&mut history, Action::cut(s1, s2));
    assert_eq!(cut.len(), 2, "{cut:?}");
    assert_eq!(titles(&mut history, Action::cut(s1, s2)), cut);
    assert_eq!(titles(&mut history, Action::isolate(s1)).len(), 3, "others are cut now");
    assert_eq!(titles(&mut history, Action::isolate(s1)).len(), 3);
    assert_eq!(titles(&mut history, Action::rejoin(s1)).len(), 4);
    assert_eq!(titles(&mut history, Action::heal_all()).len(), 4);
    assert_eq!(titles(&mut history, Action::cut(s1, s2)).len(), 5);
}
