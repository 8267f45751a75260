//! Running schedules, and making one that disagrees as short as possible.

use std::fmt;

use super::{
    cluster::{Cluster, Reached},
    schedule::{Schedule, Setup, Step},
};

/// Where the implementations disagree.
#[derive(Clone, Debug)]
pub struct Disagreement {
    /// What they were driven through, up to the disagreement.
    pub schedule: Schedule,
    /// What happened, a line for each step that had an effect.
    pub story: Vec<String>,
    /// How they disagree after it.
    pub what: String,
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:?}", self.schedule.setup)?;
        for (number, line) in self.story.iter().enumerate() {
            writeln!(f, "{:>4}  {line}", number + 1)?;
        }
        write!(f, "Then {}", self.what)
    }
}

/// Drives both implementations through a schedule.
///
/// # Errors
/// Where they disagree.
pub fn run(schedule: &Schedule) -> Result<Reached, Box<Disagreement>> {
    drive(schedule.setup, &schedule.steps, false)
}

/// Drives both implementations through the schedules of these seeds, each with its own setup.
///
/// # Errors
/// The first seed with which they disagree, and where.
pub fn run_all(
    seeds: impl IntoIterator<Item = u64>,
    setup: impl Fn(u64) -> Setup,
) -> Result<Reached, (u64, Box<Disagreement>)> {
    let mut all = Reached::default();
    for seed in seeds {
        all += run(&Schedule::draw(setup(seed), seed)).map_err(|found| (seed, found))?;
    }
    Ok(all)
}

fn drive(setup: Setup, steps: &[Step], tell: bool) -> Result<Reached, Box<Disagreement>> {
    let disagree = |done: usize, story: &[String], what| {
        Box::new(Disagreement {
            schedule: Schedule {
                setup,
                steps: steps[..done].to_vec(),
            },
            story: story.to_vec(),
            what,
        })
    };
    let mut cluster = Cluster::start(setup, tell).map_err(|what| disagree(0, &[], what))?;
    for (index, &step) in steps.iter().enumerate() {
        if let Err(what) = cluster.step(step) {
            return Err(disagree(index + 1, cluster.story(), what));
        }
    }
    Ok(cluster.reached())
}

/// Makes a disagreement as short as it finds, and tells it: as long as the implementations still disagree, in whatever way,
/// steps are left out, some at once and then any two, and made simpler.
pub fn shrink(found: &Disagreement) -> Disagreement {
    let setup = found.schedule.setup;
    let mut steps = found.schedule.steps.clone();
    loop {
        let before = steps.clone();
        leave_out_chunks(setup, &mut steps);
        simplify(setup, &mut steps);
        leave_out_pairs(setup, &mut steps);
        if steps == before {
            break;
        }
    }
    match drive(setup, &steps, true) {
        Err(told) => *told,
        Ok(_) => found.clone(),
    }
}

/// Takes other steps instead, up to where the implementations disagree, if they do.
fn take_if_they_disagree(setup: Setup, steps: &mut Vec<Step>, others: &[Step]) -> bool {
    match drive(setup, others, false) {
        Err(still) => {
            *steps = still.schedule.steps;
            true
        }
        Ok(_) => false,
    }
}

fn leave_out_chunks(setup: Setup, steps: &mut Vec<Step>) {
    let mut chunk = steps.len();
    while chunk > 0 {
        let mut start = 0;
        while start < steps.len() {
            let end = (start + chunk).min(steps.len());
            let fewer = [&steps[..start], &steps[end..]].concat();
            if !take_if_they_disagree(setup, steps, &fewer) {
                start += chunk;
            }
        }
        chunk /= 2;
    }
}

fn leave_out_pairs(setup: Setup, steps: &mut Vec<Step>) {
    let mut first = 0;
    while first < steps.len() {
        let shorter = (first + 1..steps.len()).any(|second| {
            let fewer = [&steps[..first], &steps[first + 1..second], &steps[second + 1..]].concat();
            take_if_they_disagree(setup, steps, &fewer)
        });
        if !shorter {
            first += 1;
        }
    }
}

/// No crash in the middle of a step, and messages picked so that other steps can be left out.
fn simplify(setup: Setup, steps: &mut Vec<Step>) {
    for index in 0..steps.len() {
        for simpler in steps
            .get(index)
            .map(|step| step.simpler(setup.size))
            .unwrap_or_default()
        {
            let mut others = steps.clone();
            others[index] = simpler;
            if take_if_they_disagree(setup, steps, &others) {
                break;
            }
        }
    }
}
