//! `cargo xtask measure`: how much of the main thread playing takes, alone, while the adversary searches, and while the laboratory runs
//! trials.

use std::thread;
use std::time::{Duration, Instant};

use headless::{Browser, Options, Site, Value, json};

use crate::arguments::Arguments;
use crate::{Result, browser, dist};

/// The browser's own counters, in seconds since the page began.
const COUNTERS: [&str; 4] = [
    "TaskDuration",
    "ScriptDuration",
    "LayoutDuration",
    "RecalcStyleDuration",
];

/// What is spent before the first window: loading and the first election.
const WARM_UP: Duration = Duration::from_secs(3);

/// Counts the frames that the page can draw in so many ms. The count requests every frame, while the page itself requests only
/// those in which something moves. So nothing else may be measured meanwhile.
const COUNT_FRAMES: &str = "
    const [length, done] = arguments;
    const start = performance.now();
    let frames = -1;
    const count = (now) => {
        frames += 1;
        if (now < start + length) requestAnimationFrame(count); else done(frames * 1000 / (now - start));
    };
    requestAnimationFrame(count);";

/// What the counters count: the time that tasks take, and what of it the processor works for them. The difference is spent
/// waiting, for another thread of the browser or for a core.
const CLOCKS: [&str; 2] = ["timeTicks", "threadTicks"];

/// What the counters say, per second.
type Rates = [f64; COUNTERS.len()];

/// Opens the scenario whose elections never end, and says whether an hour of it has run.
const RUN_AN_HOUR: &str = "
    const scenarios = document.querySelector('select.scenario');
    if (scenarios.value !== arguments[0]) {
        scenarios.value = arguments[0];
        scenarios.dispatchEvent(new Event('change', { bubbles: true }));
        return false;
    }
    if (Number.parseFloat(document.querySelector('[role=timer]').textContent) >= 3600) return true;
    const time = document.getElementById('time');
    time.max = '3600000';
    time.value = '3600000';
    time.dispatchEvent(new InputEvent('input', { bubbles: true }));
    return false;";

/// Drags the play head to and fro over what was played, a move in each frame: there is room for an eighth more.
const DRAG: &str = "
    const lanes = document.getElementById('lanes');
    const box = lanes.getBoundingClientRect();
    let frame = 0;
    const move = (kind) => lanes.dispatchEvent(new PointerEvent(kind, {
        bubbles: true, buttons: 1, pointerId: 1, clientY: box.top + 4,
        clientX: box.left + box.width * (0.43 + 0.42 * Math.sin(frame / 40)),
    }));
    move('pointerdown');
    const next = () => { frame += 1; move('pointermove'); requestAnimationFrame(next); };
    requestAnimationFrame(next);";

/// A scenario in which there is always an election.
const BUSY: &str = "one-way-cut";

/// Opens the panel of the rules and lets the adversary search as much as it may; says whether it searches. Its fields are the
/// property, the cluster, the elections and the crashes.
const SEARCH: &str = "
    document.getElementById('tab-rules').click();
    const fields = document.querySelectorAll('.adversary-aim select');
    if (fields.length !== 4) return false;
    if (fields[1].value !== '5' || fields[2].value !== '4') {
        for (const [field, value] of [[1, '5'], [2, '4']]) {
            fields[field].value = value;
            fields[field].dispatchEvent(new Event('change', { bubbles: true }));
        }
        return false;
    }
    if (document.querySelector('.adversary-answer progress')) return true;
    document.querySelector('.adversary-aim button').click();
    return false;";

/// How far the search is, in the page's words.
const SEARCHED: &str = "return document.querySelector('.adversary-answer').innerText";

/// Drops an experiment on the page, with as many trials as one may have, and says whether they run.
const RUN_TRIALS: &str = "
    if (document.querySelector('.lab-run progress')) return true;
    if (!window.dropped) {
        window.dropped = true;
        const data = new DataTransfer();
        data.items.add(new File(['raft-lab 1\\nlogs as-given\\ntrials 1000000\\n'], 'trials.lab'));
        window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    }
    return false;";

/// How many have run, in the page's words.
const TRIED: &str = "return document.querySelector('.lab-run p').innerText";

/// Lets the built page play and measures that, then the same while the adversary searches, and while trials run; then drags the play
/// head over an hour of a busy run.
pub fn run(mut arguments: Arguments) -> Result<()> {
    let seconds: u64 = arguments.option("--seconds")?.unwrap_or(5);
    let windows: usize = arguments.option("--windows")?.unwrap_or(5);
    arguments.finish()?;
    if seconds == 0 || windows == 0 {
        return Err("a measurement needs at least one window of a second".into());
    }
    browser::ensure()?;
    dist::build()?;
    let site = Site::serve(dist::folder(), "/")?;
    let browser = Browser::start(&Options::default())?;
    browser.open(&site.url())?;
    browser.wait_until_started()?;
    thread::sleep(WARM_UP);
    let length = Duration::from_secs(seconds);
    let measure = |what: &str| measure(&browser, what, windows, length);
    measure("playing at the default speed")?;
    while browser.execute(SEARCH, &json!([]))? != true {
        thread::sleep(Duration::from_millis(50));
    }
    measure("playing while the adversary searches")?;
    println!(
        "{}",
        browser.execute(SEARCHED, &json!([]))?.as_str().unwrap_or_default()
    );
    browser.open(&site.url())?;
    browser.wait_until_started()?;
    thread::sleep(WARM_UP);
    while browser.execute(RUN_TRIALS, &json!([]))? != true {
        thread::sleep(Duration::from_millis(50));
    }
    measure("playing while a million trials run")?;
    println!("{}", browser.execute(TRIED, &json!([]))?.as_str().unwrap_or_default());
    browser.open(&site.url())?;
    browser.wait_until_started()?;
    while browser.execute(RUN_AN_HOUR, &json!([BUSY]))? != true {
        thread::sleep(Duration::from_millis(50));
    }
    browser.execute(DRAG, &json!([]))?;
    thread::sleep(WARM_UP);
    measure("dragging over an hour")
}

/// Measures what the page does now over several windows on each clock, then counts its frames, and prints it all.
fn measure(browser: &Browser, what: &str, windows: usize, length: Duration) -> Result<()> {
    let [taken, worked] = CLOCKS.map(|clock| -> Result<Rates> {
        browser.cdp("Performance.disable", &json!({}))?;
        browser.cdp("Performance.enable", &json!({ "timeDomain": clock }))?;
        let rates = (0..windows).map(|_| window(browser, length));
        Ok(medians(&rates.collect::<Result<Vec<_>>>()?))
    });
    let (taken, worked) = (taken?, worked?);
    let counted = browser.execute_async(COUNT_FRAMES, &json!([length.as_millis()]))?;
    let seconds = length.as_secs();
    println!("\n{what}: medians of {windows} windows of {seconds} s, in s per second");
    println!("{:12}  {:>6}  {:>15}", "", "taken", "of it computing");
    for (name, (taken, worked)) in ["main thread", "script", "layout", "style"]
        .iter()
        .zip(taken.iter().zip(worked))
    {
        println!("{name:12}  {taken:.4}  {worked:>15.4}");
    }
    println!(
        "{:12}  {:.1} per second",
        "frames",
        counted.as_f64().unwrap_or_default()
    );
    Ok(())
}

/// The counters over one window.
fn window(browser: &Browser, length: Duration) -> Result<Rates> {
    let (start, before) = (Instant::now(), counters(browser)?);
    thread::sleep(length);
    let (end, after) = (Instant::now(), counters(browser)?);
    let seconds = (end - start).as_secs_f64();
    Ok(std::array::from_fn(|index| (after[index] - before[index]) / seconds))
}

fn counters(browser: &Browser) -> Result<Rates> {
    let metrics = browser.cdp("Performance.getMetrics", &json!({}))?;
    Ok(COUNTERS.map(|name| metric(&metrics, name)))
}

fn metric(metrics: &Value, name: &str) -> f64 {
    let all = metrics["metrics"].as_array();
    all.and_then(|all| all.iter().find(|metric| metric["name"] == name))
        .and_then(|metric| metric["value"].as_f64())
        .unwrap_or(f64::NAN)
}

fn medians(windows: &[Rates]) -> Rates {
    std::array::from_fn(|index| median(windows.iter().map(|rates| rates[index]).collect()))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values[middle]
    } else {
        f64::midpoint(values[middle - 1], values[middle])
    }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_middle_or_the_mean_of_the_two_beside_it() {
        assert!((median(vec![4.0, 1.0, 2.0, 9.0]) - 3.0).abs() < 1e-9);
        assert!((median(vec![1.0, 9.0, 2.0]) - 2.0).abs() < 1e-9);
    }
}
