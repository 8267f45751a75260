//! How the timers stand against the network (§5.6: broadcastTime much less than electionTimeout).

use yew::prelude::*;

use crate::{
    sim::{Micros, Network, OwnSettings, Timing},
    ui::{features::network::pairs, text::Lang},
};

/// What is to be expected of elections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gauge {
    /// They settle quickly.
    Good,
    /// Votes get split, because a round trip takes long.
    Tight,
    /// Votes get split, because timeouts hardly differ.
    Narrow,
    /// Leaders can't hold on.
    Bad,
    /// Followers depose healthy leaders.
    HeartbeatTooRare,
    /// So much is lost that followers depose healthy leaders now and then.
    Lossy,
    /// Nothing arrives.
    AllLost,
}

/// The longest that a message takes: held back, where the network does that.
const fn worst_delay(network: &Network) -> Micros {
    let held_back = if network.reordering_permille > 0 {
        network.held_back().max.0
    } else {
        0
    };
    Micros(network.delay.max.0 + held_back)
}

/// The longest that a request and its reply take where no link has a network of its own.
fn worst_round_trip(network: &Network) -> Micros {
    worst_delay(network) + worst_delay(network)
}

/// The longest that they take on any link, with what links and servers have of their own: a candidate writes its vote for itself to disk
/// before it asks, and "Raft's RPCs typically require the recipient to persist information to stable storage" (§5.6). What waits for
/// more than one write takes longer.
fn worst_of_links(network: &Network, own: &OwnSettings, size: usize) -> Micros {
    let delay = |from, to| own.disk_write(from) + worst_delay(&own.network(from, to, *network));
    let round_trips = pairs(size).map(|(one, other)| delay(one, other) + delay(other, one));
    round_trips.max().unwrap_or_else(|| worst_round_trip(network))
}

/// Of how many election timeouts one passes without a heartbeat although the leader is well, because all that it sent were lost:
/// of those that are the shortest, where it happens most. `None` if nothing is lost.
fn quiet_timeouts(timing: &Timing, network: &Network) -> Option<u64> {
    const MOST: u64 = 1_000_000;
    let lost = u64::from(network.loss_permille);
    if lost == 0 {
        return None;
    }
    let in_time = timing.election_timeout.min - worst_delay(network);
    let heartbeats = (in_time.0 / timing.heartbeat_interval.0.max(1)).max(1);
    // In millionths, so that nothing is rounded away on the way; more than this many are as good as none.
    let mut timeouts = 1_000_000;
    for _ in 0..heartbeats {
        timeouts = timeouts * 1000 / lost;
        if lost >= 1000 || timeouts > MOST * 1_000_000 {
            break;
        }
    }
    Some((timeouts / 1_000_000).min(MOST))
}

/// What is to be expected of these timers on this network.
#[must_use]
pub fn gauge(timing: &Timing, network: &Network) -> Gauge {
    /// A server that waits this many timeouts for an election without a reason does so within seconds.
    const OFTEN: u64 = 20;
    let timeout = timing.election_timeout;
    let round_trip = worst_round_trip(network);
    if network.loss_permille >= 1000 {
        Gauge::AllLost
    } else if round_trip >= timeout.min {
        Gauge::Bad
    } else if timing.heartbeat_interval + worst_delay(network) >= timeout.min {
        Gauge::HeartbeatTooRare
    } else if quiet_timeouts(timing, network).is_some_and(|timeouts| timeouts <= OFTEN) {
        Gauge::Lossy
    } else if timeout.max - timeout.min < round_trip {
        Gauge::Narrow
    } else if round_trip.0.saturating_mul(3) >= timeout.min.0 {
        Gauge::Tight
    } else {
        Gauge::Good
    }
}

impl Gauge {
    const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Tight | Self::Narrow | Self::Lossy => "tight",
            Self::Bad | Self::HeartbeatTooRare | Self::AllLost => "bad",
        }
    }

    const fn sentence(self, lang: Lang) -> &'static str {
        let (text, faults) = (lang.text(), lang.faults_text());
        match self {
            Self::Good => text.timing_good,
            Self::Tight => text.timing_tight,
            Self::Narrow => faults.timing_narrow,
            Self::Bad => text.timing_bad,
            Self::HeartbeatTooRare => text.heartbeat_bad,
            Self::Lossy => text.timing_lossy,
            Self::AllLost => faults.all_lost,
        }
    }
}

/// What the gauge needs.
#[derive(Clone, PartialEq, Properties)]
pub struct GaugeProps {
    /// The timers now.
    pub timing: Timing,
    /// The network now.
    pub network: Network,
    /// What servers and links have of their own. If they have any, it is not said what is to be expected.
    pub own: OwnSettings,
    /// Servers in the cluster.
    pub size: usize,
    /// The language.
    pub lang: Lang,
}

/// Width of the scale.
const WIDTH: u64 = 400;

/// The round trip, the heartbeat interval and the election timeouts on one scale, and in words.
#[component]
pub fn GaugeField(props: &GaugeProps) -> Html {
    let GaugeProps {
        timing,
        network,
        own,
        size,
        lang,
    } = props;
    let text = lang.faults_text();
    let gauge = gauge(timing, network);
    let quiet = quiet_timeouts(timing, network).filter(|_| gauge != Gauge::AllLost);
    let round_trip = worst_of_links(network, own, *size);
    let longest = timing
        .election_timeout
        .max
        .max(round_trip)
        .max(timing.heartbeat_interval);
    let x = |span: Micros| span.0.saturating_mul(WIDTH) / longest.0.max(1);
    let timeout = timing.election_timeout;
    let bars = [
        ("round-trip", text.scale_round_trip, Micros::ZERO, round_trip),
        (
            "heartbeats",
            text.scale_heartbeat,
            Micros::ZERO,
            timing.heartbeat_interval,
        ),
        ("timeouts", text.scale_timeout, timeout.min, timeout.max),
    ];
    html! {
        <div class="gauge-field">
            <p class="intro">{ text.gauge_intro }</p>
            <ul class="scale">
                { for bars.iter().map(|&(class, name, from, to)| html! {
                    <li>
                        <span class="scale-name">{ name }</span>
                        <svg class="scale-bar" viewBox={format!("0 0 {WIDTH} 10")} preserveAspectRatio="none" aria-hidden="true">
                            <rect class="scale-track" width={WIDTH.to_string()} height="10" />
                            <rect class={class} x={x(from).to_string()} width={(x(to) - x(from)).max(3).to_string()} height="10" />
                        </svg>
                        <span class="scale-value">{ span(from, to, *lang) }</span>
                    </li>
                }) }
            </ul>
            if !own.has_times() {
                <p class={classes!("gauge", gauge.class())} role="status">
                    { gauge.sentence(*lang) }
                    if let Some(timeouts) = quiet {
                        { " " }{ lang.quiet_timeouts(timeouts) }
                    }
                </p>
            }
        </div>
    }
}

fn span(from: Micros, to: Micros, lang: Lang) -> String {
    let (unit, shown) = (lang.text().milliseconds, |span| lang.exact_millis(span));
    if from == Micros::ZERO {
        format!("{} {unit}", shown(to))
    } else {
        format!("{}–{} {unit}", shown(from), shown(to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::NodeId,
        sim::{Config, OwnSetting, Range},
    };

    #[test]
    fn the_gauge_follows_section_5_6() {
        let Config { timing, network, .. } = Config::paper(5);
        assert_eq!(gauge(&timing, &network), Gauge::Good);
        let slow = |delay| Network { delay, ..network };
        assert_eq!(gauge(&timing, &slow(Range::millis(5, 40))), Gauge::Tight);
        let quick = Timing {
            heartbeat_interval: Micros::from_millis(10),
            ..timing
        };
        assert_eq!(gauge(&quick, &slow(Range::millis(5, 80))), Gauge::Bad);
        let rare = Timing {
            heartbeat_interval: Micros::from_millis(200),
            ..timing
        };
        assert_eq!(gauge(&rare, &network), Gauge::HeartbeatTooRare);
    }

    #[test]
    fn the_gauge_counts_what_is_held_back_and_lost() {
        let Config {
            timing, mut network, ..
        } = Config::paper(5);
        network.reordering_permille = 1;
        assert_eq!(worst_round_trip(&network), Micros::from_millis(80));
        assert_eq!(gauge(&timing, &network), Gauge::Tight);
        network.reordering_permille = 0;
        network.loss_permille = 300;
        assert_eq!(gauge(&timing, &network), Gauge::Lossy);
        network.loss_permille = 1000;
        assert_eq!(gauge(&timing, &network), Gauge::AllLost);
    }

    /// A reply may come on a link that is quicker than that of the request.
    #[test]
    fn the_worst_round_trip_is_that_of_the_slowest_link() {
        let Config { network, .. } = Config::paper(5);
        let mut own = OwnSettings::default();
        let [s1, s2] = [0, 1].map(NodeId::new);
        assert_eq!(worst_of_links(&network, &own, 5), worst_round_trip(&network));
        own.set(s1, s2, OwnSetting::delay(Range::millis(80, 100)));
        let there = Micros::from_millis(100);
        assert_eq!(worst_of_links(&network, &own, 5), there + worst_delay(&network));
        own.set(s2, s1, OwnSetting::delay(Range::millis(80, 100)));
        assert_eq!(worst_of_links(&network, &own, 5), there + there);
        for (server, takes) in [(s1, 4), (s2, 7)] {
            own.set(server, server, OwnSetting::disk_write(Micros::from_millis(takes)));
        }
        assert_eq!(
            worst_of_links(&network, &own, 5),
            there + there + Micros::from_millis(11)
        );
    }

    #[test]
    fn timeouts_that_differ_by_less_than_a_round_trip_split_votes() {
        // Figure 16: 150 to 155 ms, and a broadcast time of 15 ms.
        let Config { timing, network, .. } = Config::paper(5);
        let narrow = Timing {
            election_timeout: Range::millis(150, 155),
            ..timing
        };
        assert_eq!(gauge(&narrow, &network), Gauge::Narrow);
    }

    #[test]
    fn a_timeout_is_quiet_if_all_of_its_heartbeats_are_lost() {
        let Config {
            mut timing,
            mut network,
            ..
        } = Config::paper(5);
        assert_eq!(quiet_timeouts(&timing, &network), None);
        network.loss_permille = 100;
        assert_eq!(quiet_timeouts(&timing, &network), Some(10), "one heartbeat is in time");
        timing.heartbeat_interval = Micros::from_millis(45);
        assert_eq!(quiet_timeouts(&timing, &network), Some(1000), "three are");
        network.loss_permille = 900;
        timing.heartbeat_interval = Micros::from_millis(7);
        assert_eq!(
            quiet_timeouts(&timing, &network),
            Some(8),
            "twenty are, of which 0.9^20 are lost"
        );
        network.loss_permille = 1;
        timing.heartbeat_interval = Micros(1);
        assert_eq!(quiet_timeouts(&timing, &network), Some(1_000_000));
    }
}
