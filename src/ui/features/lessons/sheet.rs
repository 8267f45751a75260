//! A worksheet: the questions of a lesson as they are printed, each copy with its answers on a page by themselves.

use yew::prelude::*;

use super::SHEET_HEADING;
use crate::{
    lesson::{
        BuiltinLesson, LessonWalk, SheetPrediction, SheetScene, SheetServer, TIMEOUTS, Worksheet, WrittenQuestion,
    },
    raft::{NodeId, NodeSet, Timer},
    scenario::link,
    sim::{Action, Config, History, Micros, Server},
    ui::{
        intent::{Intent, LessonAsked},
        kit::{
            address::{link_address, page_address},
            emit::{maybe, value},
            icons,
            qr::CodePicture,
            root_mark::RootMark,
        },
        text::Lang,
    },
};

/// Copies that are made at one time: as many as a class has, and a browser prints.
pub(super) const MOST_COPIES: usize = 60;

/// What says so beside the field, in the document.
const MOST: &str = "most-copies";

/// Options of so many letters stand beside each other.
const SHORT: usize = 8;

/// The seed of the worksheet that an address asks for: `worksheet`, and `seed=7` or the first.
pub(super) fn wanted(search: &str) -> Option<u64> {
    let mut parts = search.strip_prefix('?').unwrap_or(search).split('&');
    parts
        .clone()
        .find(|part| matches!(*part, "worksheet" | "worksheet=1"))?;
    let seed = parts.find_map(|part| part.strip_prefix("seed=")?.parse().ok());
    Some(seed.unwrap_or(1))
}

/// All copies, one after the other.
pub(super) fn view(
    walk: &LessonWalk,
    builtin: Option<BuiltinLesson>,
    copies: &[Worksheet],
    lang: Lang,
    emit: &Callback<Intent>,
) -> Html {
    let title = walk.lesson().title.get(lang.tag());
    let sheet = |copy: &Worksheet| {
        html! {
            <>
                { questions(title, copy, lang) }
                { answers(title, builtin, copy, lang) }
            </>
        }
    };
    html! {
        <main class="worksheet" aria-labelledby={SHEET_HEADING}>
            <RootMark name="data-worksheet" />
            { tools(copies, lang, emit) }
            { for copies.iter().map(sheet) }
        </main>
    }
}

/// What is not printed: how many copies, from which seed on.
fn tools(copies: &[Worksheet], lang: Lang, emit: &Callback<Intent>) -> Html {
    let text = lang.sheet_text();
    let (seed, count) = (copies.first().map_or(1, |copy| copy.seed), copies.len());
    let on_seed = maybe(emit, move |event: Event| {
        let seed = value(&event).trim().parse().ok()?;
        Some(Intent::Lesson(LessonAsked::Sheet { seed, copies: count }))
    });
    let on_copies = maybe(emit, move |event: Event| {
        let copies = value(&event).trim().parse().ok()?;
        Some(Intent::Lesson(LessonAsked::Sheet { seed, copies }))
    });
    let on_print = Callback::from(|_: MouseEvent| {
        let _ = gloo::utils::window().print();
    });
    let on_back = emit.reform(|_: MouseEvent| Intent::Lesson(LessonAsked::SheetAway));
    html! {
        <div class="sheet-tools">
            <h1 id={SHEET_HEADING} tabindex="-1">{ text.worksheet }</h1>
            <label>{ text.first_seed }{ " " }<input class="seed" type="number" min="0" value={seed.to_string()} onchange={on_seed} /></label>
            <label>{ text.copies }{ " " }<input class="seed" type="number" min="1" max={MOST_COPIES.to_string()} value={count.to_string()} aria-describedby={MOST} onchange={on_copies} /></label>
            <span id={MOST} class="fine">{ lang.most_copies(MOST_COPIES) }</span>
            <button type="button" class="small primary" onclick={on_print}>{ icons::icon(icons::PRINT) }{ text.print }</button>
            <button type="button" class="small" onclick={on_back}>{ text.back }</button>
            <p class="fine">{ text.note }</p>
        </div>
    }
}

// --- Questions ---

fn questions(title: &str, copy: &Worksheet, lang: Lang) -> Html {
    let text = lang.sheet_text();
    let first = copy.part(0).count();
    html! {
        <article class="sheet" aria-label={lang.copy_of_seed(copy.seed)}>
            <header class="sheet-head">
                <h2>{ title.to_owned() }</h2>
                <span>{ text.name }</span>
                <span>{ lang.copy_of_seed(copy.seed) }</span>
            </header>
            if copy.is_empty() {
                <p>{ text.nothing }</p>
            }
            <ol class="sheet-questions">{ for copy.part(0).map(|(place, _)| written_question(place, copy, lang)) }</ol>
            if let Some(asked) = copy.predicted.first() {
                <h3>{ text.own_run }</h3>
                <p>{ about_the_run(asked, lang) }</p>
                <ol class="sheet-questions" start={(first + 1).to_string()}>
                    { for copy.predicted.iter().map(|asked| predicted_question(asked, lang)) }
                </ol>
            }
            { for (1..copy.parts()).map(|part| later_part(part, copy, lang)) }
        </article>
    }
}

/// A part that tells what the answers to the one before are.
fn later_part(part: usize, copy: &Worksheet, lang: Lang) -> Html {
    let start = copy.predicted.len() + (0..part).map(|part| copy.part(part).count()).sum::<usize>() + 1;
    html! {
        <section class="sheet-part">
            <h3>{ lang.part_of(part + 1) }</h3>
            <p class="sheet-before">{ lang.sheet_text().part_note }</p>
            <ol class="sheet-questions" start={start.to_string()}>
                { for copy.part(part).map(|(place, _)| written_question(place, copy, lang)) }
            </ol>
        </section>
    }
}

fn about_the_run(asked: &SheetPrediction, lang: Lang) -> String {
    let size = usize::from(asked.run.recording.config.size);
    lang.own_run_intro(size, &lang.exact_millis(TIMEOUTS.min), &lang.exact_millis(TIMEOUTS.max))
}

fn written_question(place: usize, copy: &Worksheet, lang: Lang) -> Html {
    let question = &copy.written[place];
    let choices = question
        .choices
        .iter()
        .map(|choice| choice.text.get(lang.tag()).to_owned());
    html! {
        <li>
            if !question.before.is_empty() {
                <p class="sheet-before">{ question.before.get(lang.tag()) }</p>
            }
            if let Some(scene) = &question.scene {
                <p class="sheet-scene">{ run_of(place, copy, lang) }{ " " }{ scene_in_words(scene, lang) }</p>
            }
            <p><b>{ question.text.get(lang.tag()) }</b></p>
            { options(choices) }
        </li>
    }
}

/// About which run a question is, unless it is the first one.
fn run_of(place: usize, copy: &Worksheet, lang: Lang) -> String {
    let run = copy.written[place].run;
    let first = copy.written.iter().position(|earlier| earlier.run == run).unwrap_or(0);
    if first == place {
        let is_other = first > 0;
        return if is_other {
            lang.sheet_text().other_run.to_owned()
        } else {
            String::new()
        };
    }
    // What is asked of the copy's own runs stands after the first part.
    let is_after = copy.written[first].part > 0;
    lang.run_again(first + 1 + if is_after { copy.predicted.len() } else { 0 })
}

/// Who is what, and when; what was done before, and what is not as usual.
fn scene_in_words(scene: &SheetScene, lang: Lang) -> String {
    let alike = |&(servers, SheetServer { role, term, voted_for }): &(NodeSet, SheetServer)| match (role, voted_for) {
        (None, _) => lang.down_alike(servers, term),
        (Some(role), None) => lang.stand_alike(servers, lang.role(role), term),
        (Some(role), Some(to)) => lang.voted_alike(servers, lang.role(role), term, to),
    };
    let servers: Vec<_> = scene.servers.iter().map(alike).collect();
    let deed = |&(at, action): &(Micros, Action)| format!("{} ({})", lang.action(action), lang.seconds(at));
    let deeds: Vec<_> = scene.deeds.iter().map(deed).collect();
    let text = lang.sheet_text();
    let list = |what: &str, said: &str| match said {
        "" => String::new(),
        _ => format!("{what}: {said}. "),
    };
    let settings = list(text.settings, &settings_in_words(&scene.config, lang));
    settings + &list(text.done_so_far, &deeds.join("; ")) + &lang.scene_at(scene.at, &servers.join("; "))
}

/// How a run is set, if that is not as in the paper, or as in other runs.
fn settings_in_words(config: &Config, lang: Lang) -> String {
    let usual = Config::paper(config.size);
    let Config {
        mut timing,
        network,
        rules,
        ..
    } = *config;
    if (timing, network, rules) == (usual.timing, usual.network, usual.rules) {
        return String::new();
    }
    if !rules.randomised_timeouts {
        timing.election_timeout.max = timing.election_timeout.min;
    }
    let lost = match network.loss_permille {
        0 => lang.sheet_text().none_lost,
        _ => "",
    };
    let settings = [
        lang.rules_changes(rules, usize::MAX),
        lang.timing_in_words(timing),
        lang.network_in_words(network) + lost,
    ];
    settings.join("; ").trim_start_matches("; ").to_owned()
}

fn predicted_question(asked: &SheetPrediction, lang: Lang) -> Html {
    let (prediction, message) = (&asked.question.prediction, asked.question.message);
    let choices = prediction
        .answers
        .iter()
        .map(|(guess, _)| lang.answer_text(*guess, prediction, message));
    html! {
        <li>
            <p>{ lang.stand_at(prediction.at) }</p>
            { for asked.run.open().ok().map(|history| state(&history, lang)) }
            <p><b>{ lang.question_text(prediction, message) }</b></p>
            { options(choices) }
        </li>
    }
}

fn options(choices: impl Iterator<Item = String>) -> Html {
    let choices: Vec<String> = choices.collect();
    let is_short = choices.iter().all(|choice| choice.chars().count() <= SHORT);
    html! {
        <ol class={classes!("sheet-options", is_short.then_some("short"))} type="A">
            { for choices.into_iter().map(|choice| html! { <li>{ choice }</li> }) }
        </ol>
    }
}

/// What there is to work the answer out from: the servers, and the messages in flight.
fn state(history: &History, lang: Lang) -> Html {
    let (world, text, common) = (history.world(), lang.sheet_text(), lang.text());
    let columns = [
        common.column_server,
        common.column_role,
        common.column_term,
        common.column_vote,
        text.timer,
    ];
    let name = |server: Option<NodeId>| server.map_or_else(|| "–".to_owned(), |server| server.to_string());
    let row = |(id, server): (NodeId, &Server)| {
        let (node, timer) = (server.node(), server.timer(Timer::Election));
        html! {
            <tr>
                <th scope="row">{ id.to_string() }</th>
                <td>{ lang.role(node.role()) }</td>
                <td>{ node.term().to_string() }</td>
                <td>{ name(node.voted_for()) }</td>
                <td>{ timer.map_or_else(|| "–".to_owned(), |timer| lang.seconds(timer.fires_at)) }</td>
            </tr>
        }
    };
    let mut flights: Vec<_> = world.in_flight().collect();
    flights.sort_by_key(|flight| flight.due_at);
    let flights: Vec<_> = flights
        .into_iter()
        .map(|flight| {
            let way = format!("{} → {}", flight.id.from, flight.id.to);
            lang.arrives(&way, &lang.message(flight.message), flight.due_at)
        })
        .collect();
    html! {
        <>
            <table class="sheet-servers">
                <thead><tr>{ for columns.iter().map(|column| html! { <th scope="col">{ *column }</th> }) }</tr></thead>
                <tbody>{ for world.servers().map(row) }</tbody>
            </table>
            if flights.is_empty() {
                <p class="sheet-flights">{ text.none_in_flight }</p>
            } else {
                <p class="sheet-flights">{ format!("{}: {}.", { text.in_flight }, flights.join("; ")) }</p>
            }
        </>
    }
}

// --- Answers ---

fn answers(title: &str, builtin: Option<BuiltinLesson>, copy: &Worksheet, lang: Lang) -> Html {
    let text = lang.sheet_text();
    let first = copy.part(0).count();
    let later = copy.written.iter().filter(|question| question.part > 0);
    let address = builtin.map(|id| format!("{}?lesson={}&worksheet&seed={}", page_address(), id.slug(), copy.seed));
    html! {
        <article class="sheet sheet-answers" aria-label={lang.answers_of_seed(copy.seed)}>
            <header class="sheet-head">
                <h2>{ format!("{title}: {}", { text.answers }) }</h2>
                <span>{ lang.copy_of_seed(copy.seed) }</span>
            </header>
            // In the order of the questions.
            <ol class="sheet-questions">
                { for copy.part(0).map(|(_, question)| written_answer(question, lang)) }
                { for copy.predicted.iter().map(|asked| predicted_answer(asked, lang)) }
                { for later.map(|question| written_answer(question, lang)) }
            </ol>
            if !copy.predicted.is_empty() {
                <p>{ text.see }</p>
                <div class="sheet-codes">
                    { for (first + 1..).zip(&copy.predicted).map(|(number, asked)| code(number, asked, lang)) }
                </div>
            }
            if let Some(address) = address {
                <p class="sheet-address">{ address }</p>
            }
        </article>
    }
}

/// The letter of an answer, counted from 0.
fn letter(place: usize) -> char {
    char::from(b'A' + u8::try_from(place).unwrap_or(0))
}

fn written_answer(question: &WrittenQuestion, lang: Lang) -> Html {
    let right = question.choices.iter().enumerate().filter(|(_, choice)| choice.right);
    html! {
        <li>
            { for right.map(|(place, choice)| html! {
                <p><b>{ letter(place) }</b>{ ". " }{ choice.text.get(lang.tag()) }{ " – " }{ choice.because.get(lang.tag()) }</p>
            }) }
        </li>
    }
}

fn predicted_answer(asked: &SheetPrediction, lang: Lang) -> Html {
    let prediction = &asked.question.prediction;
    let place = prediction.answers.iter().position(|(_, mistake)| mistake.is_none());
    let outcome = lang.outcome_text(&prediction.outcome);
    html! { <li><p><b>{ place.map(letter) }</b>{ ". " }{ outcome }</p></li> }
}

/// The way to the run of a question, for whoever wants to see it.
fn code(number: usize, asked: &SheetPrediction, lang: Lang) -> Html {
    let run = link_address(&link::encode(&asked.run));
    html! {
        if let Some(picture) = CodePicture::of(&run) {
            <figure class="sheet-code">
                { picture.view(lang.code(number)) }
                <figcaption>{ number }</figcaption>
            </figure>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::{Role, Rule, Term};

    #[test]
    fn words_agree_with_how_many_servers_stand_alike() {
        let [one, two, three, four] = [0, 1, 2, 3].map(NodeId::new);
        let stand = |servers: &[NodeId], role, voted_for| {
            let server = SheetServer {
                role,
                term: Term(2),
                voted_for,
            };
            (servers.iter().copied().collect::<NodeSet>(), server)
        };
        let follower = Some(Role::Follower);
        let scene = |servers| SheetScene {
            at: Micros::ZERO,
            servers,
            deeds: Vec::new(),
            config: Config::paper(5),
        };
        let many = scene(vec![
            stand(&[one, two], follower, Some(three)),
            stand(&[three, four], None, None),
        ]);
        assert_eq!(
            scene_in_words(&many, Lang::En),
            "At 0.000 s: S1 and S2: followers, term 2, voted for S3; S3 and S4: crashed, term 2."
        );
        assert_eq!(
            scene_in_words(&many, Lang::Pt),
            "Aos 0,000 s: S1 e S2: followers, term 2, votaram em S3; S3 e S4: caídos, term 2."
        );
        let single = scene(vec![
            stand(&[one], follower, Some(three)),
            stand(&[two], None, None),
            stand(&[three], Some(Role::Candidate), None),
        ]);
        assert_eq!(
            scene_in_words(&single, Lang::Pt),
            "Aos 0,000 s: S1: follower, term 2, votou em S3; S2: caído, term 2; S3: candidate, term 2."
        );
    }

    /// Nobody can read off the paper what was on the screen: which rule is off, how long everybody waits, and what was done.
    #[test]
    fn a_scene_tells_how_it_is_set_and_what_was_done() {
        let mut config = Config::paper(5);
        config.rules.set(Rule::RandomisedTimeouts, false);
        let mut scene = SheetScene {
            at: Micros::ZERO,
            servers: Vec::new(),
            deeds: Vec::new(),
            config,
        };
        let words = scene_in_words(&scene, Lang::En);
        assert!(words.contains("election timeout 150 ms"), "{words}");
        scene.config = Config::paper(5);
        scene.config.network.delay.max = Micros::from_millis(200);
        scene.deeds = vec![(Micros::from_millis(300), Action::isolate(NodeId::new(4)))];
        let words = scene_in_words(&scene, Lang::En);
        assert!(words.contains("to 200 ms, no message lost"), "{words}");
        assert!(words.contains("S5 was cut off from all others (0.300 s)"), "{words}");
    }

    /// A question that is about another run than the one above it says so.
    #[test]
    fn a_question_tells_about_which_run_it_is() {
        let copy = Worksheet::of(&BuiltinLesson::Terms.lesson(), 1);
        let places = 0..copy.written.len();
        let told: Vec<_> = places.map(|place| run_of(place, &copy, Lang::En)).collect();
        assert_eq!(
            told,
            ["", "Another run.", "The run of question 1, later.", "Another run."]
        );
    }

    #[test]
    fn the_address_of_a_lesson_asks_for_its_worksheet() {
        assert_eq!(wanted("?lesson=terms"), None);
        assert_eq!(wanted("?lesson=terms&seed=7"), None);
        assert_eq!(wanted("?lesson=terms&worksheet"), Some(1));
        assert_eq!(wanted("?lesson=terms&worksheet&seed=7"), Some(7));
        assert_eq!(wanted("?seed=7&worksheet=1&lesson=terms"), Some(7));
        assert_eq!(wanted("?worksheet&seed=luck"), Some(1));
    }
}
