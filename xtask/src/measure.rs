//! `cargo xtask measure`: how much of the main thread playing takes, alone and while the adversary searches.

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

/// Counts the frames that the page gets to draw.
const COUNT_FRAMES: &str = "
    window.measuredFrames = 0;
    const count = () => { window.measuredFrames += 1; requestAnimationFrame(count); };
    requestAnimationFrame(count);";

struct Sample {
    time: Instant,
    counters: [f64; 4],
    frames: f64,
}

/// Opens the scenario whose elections never end, and says whether an hour of it has run.
const RUN_AN_HOUR: &str = "
    const scenarios = document.querySelector('select.scenario');
    if (scenarios.value !== arguments[0]) {
        scenarios.value = arguments[0];
        scenarios.dispatchEvent(new Event('change', { bubbles: true }));
        return false;
    }
    const time = document.getElementById('time');
    if (Number(time.value) >= 3600000) return true;
    time.max = '3600000';
    time.value = '3600000';
    time.dispatchEvent(new InputEvent('input', { bubbles: true }));
    return false;";

/// Drags the play head to and fro, a move in each frame.
const DRAG: &str = "
    const lanes = document.getElementById('lanes');
    const box = lanes.getBoundingClientRect();
    let frame = 0;
    const move = (kind) => lanes.dispatchEvent(new PointerEvent(kind, {
        bubbles: true, buttons: 1, pointerId: 1, clientY: box.top + 4,
        clientX: box.left + box.width * (0.5 + 0.45 * Math.sin(frame / 40)),
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

/// Lets the built page play and prints medians over several windows, then the same while the adversary searches; then drags the
/// play head over an hour of a busy run.
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
    browser.cdp("Performance.enable", &json!({}))?;
    browser.open(&site.url())?;
    browser.wait_until_started()?;
    browser.execute(COUNT_FRAMES, &json!([]))?;
    thread::sleep(WARM_UP);
    let measure = |what: &str| -> Result<()> {
        let rates = (0..windows)
            .map(|_| window(&browser, Duration::from_secs(seconds)))
            .collect::<Result<Vec<_>>>()?;
        report(what, &rates, seconds);
        Ok(())
    };
    measure("playing at the default speed")?;
    while browser.execute(SEARCH, &json!([]))? != true {
        thread::sleep(Duration::from_millis(50));
    }
    measure("playing while the adversary searches")?;
    println!(
        "{}",
        browser.execute(SEARCHED, &json!([]))?.as_str().unwrap_or_default()
    );
    while browser.execute(RUN_AN_HOUR, &json!([BUSY]))? != true {
        thread::sleep(Duration::from_millis(50));
    }
    browser.execute(DRAG, &json!([]))?;
    thread::sleep(WARM_UP);
    measure("dragging over an hour")
}

/// The rates over one window: the counters, then the frames, each per second.
fn window(browser: &Browser, length: Duration) -> Result<[f64; 5]> {
    let before = sample(browser)?;
    thread::sleep(length);
    let after = sample(browser)?;
    let seconds = (after.time - before.time).as_secs_f64();
    let mut rates = [0.0; 5];
    for (rate, (after, before)) in rates.iter_mut().zip(after.counters.iter().zip(before.counters)) {
        *rate = (after - before) / seconds;
    }
    rates[4] = (after.frames - before.frames) / seconds;
    Ok(rates)
}

fn sample(browser: &Browser) -> Result<Sample> {
    let time = Instant::now();
    let metrics = browser.cdp("Performance.getMetrics", &json!({}))?;
    let frames = browser.execute("return window.measuredFrames", &json!([]))?;
    let counters = COUNTERS.map(|name| metric(&metrics, name));
    Ok(Sample {
        time,
        counters,
        frames: frames.as_f64().unwrap_or_default(),
    })
}

fn metric(metrics: &Value, name: &str) -> f64 {
    let all = metrics["metrics"].as_array();
    all.and_then(|all| all.iter().find(|metric| metric["name"] == name))
        .and_then(|metric| metric["value"].as_f64())
        .unwrap_or(f64::NAN)
}

fn report(what: &str, rates: &[[f64; 5]], seconds: u64) {
    println!("\nmedians of {} windows of {seconds} s, {what}", rates.len());
    let names = ["main thread", "script", "layout", "style"];
    for (index, name) in names.iter().enumerate() {
        println!("{name:12}  {:.4} s per second", median(rates, index));
    }
    println!("{:12}  {:.1} per second", "frames", median(rates, 4));
    println!(
        "{:12}  {:.2} ms",
        "a frame",
        median(rates, 0) * 1000.0 / median(rates, 4)
    );
}

fn median(rates: &[[f64; 5]], index: usize) -> f64 {
    let mut values: Vec<f64> = rates.iter().map(|rates| rates[index]).collect();
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
        let windows = [4.0, 1.0, 2.0, 9.0].map(|value| [value; 5]);
        assert!((median(&windows, 0) - 3.0).abs() < 1e-9);
        assert!((median(&windows[1..], 4) - 2.0).abs() < 1e-9);
    }
}
