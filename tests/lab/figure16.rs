//! Our Figure 16 beside the published one (§9.3). `docs/laboratory.md` says where they part, and why.

use raft_playground::{
    lab::{Distribution, Experiment, PaperHalf, PaperLine, Published, Quantity},
    sim::{Config, Micros, Range},
};

/// Seeds over which a figure of ours is averaged, or spread.
const SEEDS: u64 = 10;

fn line(millis: (u64, u64)) -> &'static PaperLine {
    let lines = || PaperHalf::ALL.into_iter().flat_map(PaperHalf::lines);
    lines()
        .find(|line| line.millis == millis)
        .expect("a line of the figure")
}

fn times(experiment: &Experiment) -> Distribution {
    experiment.validate().expect("a valid experiment");
    let outcomes: Vec<_> = (0..experiment.trials).map(|trial| experiment.trial(trial)).collect();
    Distribution::of(Quantity::WithoutLeader, &outcomes)
}

/// A figure of a line in microseconds, for each seed.
fn over_seeds(millis: (u64, u64), delay: Range, of: fn(&Distribution) -> Option<u64>) -> Vec<u64> {
    let one = |seed| {
        let experiment = Experiment {
            seed,
            ..line(millis).experiment(delay)
        };
        of(&times(&experiment)).expect("every trial ends with a leader")
    };
    (1..=SEEDS).map(one).collect()
}

/// The same, averaged.
fn ours(millis: (u64, u64), delay: Range, of: fn(&Distribution) -> Option<u64>) -> u64 {
    over_seeds(millis, delay, of).iter().sum::<u64>() / SEEDS
}

#[track_caller]
fn assert_within(ours: u64, published_millis: u64, percent: u64) {
    let published = published_millis * 1000;
    let margin = published * percent / 100;
    assert!(
        ours.abs_diff(published) <= margin,
        "{ours} us is not within {percent} % of {published} us"
    );
}

/// "In the absence of randomness, leader election consistently took longer than 10 seconds in our tests due to many split votes."
#[test]
fn without_randomness_no_trial_has_a_leader_within_10_seconds() {
    let experiment = line((150, 150)).experiment(PaperLine::DELAY);
    assert_eq!((experiment.trials, experiment.limit), (100, Micros::from_secs(10)));
    let times = times(&experiment);
    assert_eq!((times.count(), times.beyond()), (100, 100));
    assert_eq!(times.median(), None);
}

/// "Adding just 5 ms of randomness helps significantly, resulting in a median downtime of 287 ms."
#[test]
fn five_milliseconds_of_randomness_have_the_published_median() {
    assert_within(ours((150, 155), PaperLine::DELAY, Distribution::median), 287, 5);
}

/// "With 50 ms of randomness the worst-case completion time (over 1000 trials) was 513 ms." The worst of 1000 trials differs
/// much from seed to seed; the published one is within what is seen.
#[test]
fn fifty_milliseconds_of_randomness_have_the_published_worst_case_for_some_seeds() {
    let mut worst = over_seeds((150, 200), PaperLine::DELAY, Distribution::greatest);
    worst.sort_unstable();
    let (low, high) = (worst[0], worst[worst.len() - 1]);
    assert!(low <= 513_000 && 513_000 <= high, "{worst:?}");
    assert_within(worst[worst.len() / 2], 513, 10);
}

/// "With an election timeout of 12–24 ms, it takes only 35 ms on average to elect a leader". Ours is quicker by a seventh, because
/// our delays vary little.
#[test]
fn the_shortest_timeouts_come_near_the_published_average() {
    assert_within(ours((12, 24), PaperLine::DELAY, Distribution::mean), 35, 15);
}

/// "(The longest trial took 152 ms.)"
#[test]
fn the_shortest_timeouts_come_near_the_published_worst_case() {
    let worst = over_seeds((12, 24), PaperLine::DELAY, Distribution::greatest);
    let high = worst.into_iter().max().expect("some seeds");
    assert_within(high, 152, 10);
}

/// Delays that vary more bring the published average of 12–24 ms, and keep the median of 150–155 ms. They also elect leaders where
/// nothing else is random, which the paper's network did not.
#[test]
fn delays_that_vary_more_have_the_published_average_and_elect_without_randomness() {
    let varied = Range::of_micros((1600, 5500));
    let mean = ours((12, 24), varied, Distribution::mean);
    assert_within(mean, 35, 5);
    assert!(mean > ours((12, 24), PaperLine::DELAY, Distribution::mean) + 3000);
    assert_within(ours((150, 155), varied, Distribution::median), 287, 5);
    let alike = times(&line((150, 150)).experiment(varied));
    assert!((40..60).contains(&alike.beyond()), "{}", alike.beyond());
}

/// The paper's broadcast time of 15 ms, if a request takes as long as an answer: then 12 to 24 ms are too short for a vote to
/// return, and the published figures can't be had.
#[test]
fn a_round_trip_of_15_milliseconds_is_not_what_the_published_figures_show() {
    assert_eq!(PaperLine::LITERAL_DELAY, Config::paper(5).network.delay);
    let literal = |millis| times(&line(millis).experiment(PaperLine::LITERAL_DELAY));
    let mean = literal((12, 24)).mean().expect("every trial ends with a leader");
    assert!((70_000..100_000).contains(&mean), "{mean}");
    let median = literal((150, 155)).median().expect("most trials end with a leader");
    assert!(median > 600_000, "{median}");
}

/// In the paper's system a candidate writes its vote for itself before it asks, and a voter its vote before it answers. A request that
/// waits splits votes as one does that travels longer, so disks alone do not make up for what our average is short of.
#[test]
fn disks_that_take_time_do_not_bring_all_published_figures_together() {
    let with = |millis, delay, takes| {
        let experiment = line(millis).experiment(delay);
        times(&experiment.with_disk_writes(Micros(takes)))
    };
    let mean = |delay, takes| {
        with((12, 24), delay, takes)
            .mean()
            .expect("every trial ends with a leader")
    };
    let median = |delay, takes| {
        with((150, 155), delay, takes)
            .median()
            .expect("most trials end with a leader")
    };
    let slow = mean(PaperLine::DELAY, 4000);
    assert!((70_000..90_000).contains(&slow), "{slow}");
    // In a rack, where nearly all of the time is the disks'.
    let rack = Range::of_micros((100, 500));
    assert_within(mean(rack, 3500), 35, 10);
    assert!(median(rack, 3500) > 400_000);
    assert_within(median(rack, 2000), 287, 20);
    assert!(mean(rack, 2000) < 27_000);
}

/// More randomness, fewer split votes; shorter timeouts, shorter times without a leader.
#[test]
fn the_lines_stand_in_the_order_of_the_figure() {
    let splits = |line: &PaperLine| {
        let experiment = line.experiment(PaperLine::DELAY);
        (0..200).map(|trial| experiment.trial(trial).split_votes).sum::<u32>()
    };
    let randomness: Vec<_> = PaperHalf::Randomness.lines()[1..].iter().map(splits).collect();
    assert!(randomness.is_sorted_by(|one, next| one > next), "{randomness:?}");
    let median = |line: &PaperLine| times(&line.experiment(PaperLine::DELAY)).median();
    let timeouts: Vec<_> = PaperHalf::Timeout.lines().iter().map(median).collect();
    assert!(timeouts.is_sorted(), "{timeouts:?}");
}

/// "The smallest possible downtime was about half of the minimum election timeout."
#[test]
fn no_leader_is_replaced_before_half_of_the_shortest_timeout() {
    for half in PaperHalf::ALL {
        for line in half.lines().iter().filter(|line| line.trials == 1000) {
            let times = times(&line.experiment(PaperLine::DELAY));
            let least = times.least().expect("an election that ended");
            assert!(least >= line.millis.0 * 500, "{least} us on {line:?}");
        }
    }
}

#[test]
fn what_the_paper_says_of_the_lines_is_what_it_says() {
    let said: Vec<_> = PaperHalf::ALL
        .into_iter()
        .flat_map(PaperHalf::lines)
        .flat_map(|line| line.published.iter().map(|published| (line.millis, *published)))
        .collect();
    let paper = [
        ((150, 150), Published::LongerThan(10_000)),
        ((150, 155), Published::Median(287)),
        ((150, 200), Published::Worst(513)),
        ((12, 24), Published::Mean(35)),
        ((12, 24), Published::Worst(152)),
    ];
    assert_eq!(said, paper);
}
