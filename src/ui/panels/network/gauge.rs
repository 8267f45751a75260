//! How the timers stand against the network (§5.6: broadcastTime much less than electionTimeout).

use yew::prelude::*;

use crate::{
    sim::{Micros, Network, Timing},
    ui::text::Lang,
};

/// What is to be expected of elections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gauge {
    /// They settle quickly.
    Good,
    /// Votes get split.
    Tight,
    /// Leaders can't hold on.
    Bad,
    /// Followers depose healthy leaders.
    HeartbeatTooRare,
    /// So much is lost that heartbeats often are.
    Lossy,
}

/// The longest that a request and its reply take: held back, where the network does that.
fn worst_round_trip(network: &Network) -> Micros {
    let held_back = if network.reordering_permille > 0 {
        network.held_back().max
    } else {
        Micros::ZERO
    };
    let one_way = network.delay.max + held_back;
    one_way + one_way
}

/// What is to be expected of these timers on this network.
#[must_use]
pub fn gauge(timing: &Timing, network: &Network) -> Gauge {
    /// From here on one in ten times two heartbeats in a row are lost.
    const LOSSY_PERMILLE: u16 = 300;
    let shortest = timing.election_timeout.min;
    let round_trip = worst_round_trip(network);
    if round_trip >= shortest {
        Gauge::Bad
    } else if timing.heartbeat_interval + network.delay.max >= shortest {
        Gauge::HeartbeatTooRare
    } else if network.loss_permille >= LOSSY_PERMILLE {
        Gauge::Lossy
    } else if round_trip.0 * 3 >= shortest.0 {
        Gauge::Tight
    } else {
        Gauge::Good
    }
}

impl Gauge {
    const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Tight | Self::Lossy => "tight",
            Self::Bad | Self::HeartbeatTooRare => "bad",
        }
    }

    const fn sentence(self, lang: Lang) -> &'static str {
        let text = lang.text();
        match self {
            Self::Good => text.timing_good,
            Self::Tight => text.timing_tight,
            Self::Bad => text.timing_bad,
            Self::HeartbeatTooRare => text.heartbeat_bad,
            Self::Lossy => text.timing_lossy,
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
    /// The language.
    pub lang: Lang,
}

/// Width of the scale.
const WIDTH: u64 = 400;

/// The round trip, the heartbeat interval and the election timeouts on one scale, and in words.
#[component]
pub fn GaugeField(props: &GaugeProps) -> Html {
    let GaugeProps { timing, network, lang } = props;
    let text = lang.faults_text();
    let gauge = gauge(timing, network);
    let round_trip = worst_round_trip(network);
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
            <ul class="scale">
                { for bars.iter().map(|&(class, name, from, to)| html! {
                    <li>
                        <span class="scale-name">{ name }</span>
                        <svg class="scale-bar" viewBox={format!("0 0 {WIDTH} 10")} preserveAspectRatio="none" aria-hidden="true">
                            <rect class="scale-track" width={WIDTH.to_string()} height="10" />
                            <rect class={class} x={x(from).to_string()} width={(x(to) - x(from)).max(3).to_string()} height="10" />
                        </svg>
                        <span class="scale-value">{ span(from, to, lang.text().milliseconds) }</span>
                    </li>
                }) }
            </ul>
            <p class={classes!("gauge", gauge.class())} role="status">{ gauge.sentence(*lang) }</p>
        </div>
    }
}

fn span(from: Micros, to: Micros, unit: &str) -> String {
    let shown = super::show_millis;
    if from == Micros::ZERO {
        format!("{} {unit}", shown(to))
    } else {
        format!("{}–{} {unit}", shown(from), shown(to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{Config, Range};

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
    }
}
