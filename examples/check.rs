//! wip
use raft_playground::checker::*;
use std::sync::Arc;
fn main() {
    let a: Vec<u8> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let bounds = Bounds {
        servers: a[0],
        elections: a[1],
        crashes: a[2],
        duplications: a[3],
        heartbeats: a[4],
        transfers: false,
    };
    let mut setup = Setup::paper(bounds);
    if std::env::args().any(|a| a == "sent") {
        setup.network = Network::Sent;
    }
    if std::env::args().any(|a| a == "counted") {
        setup.network = Network::Counted;
    }
    let t = std::time::Instant::now();
    let model = Arc::new(Model::new(setup).unwrap());
    println!("model {:?}", t.elapsed());
    let t = std::time::Instant::now();
    let mut search = Search::new(
        model,
        Options {
            symmetry: std::env::args().any(|a| a == "sym"),
            most_states: 60_000_000,
            ..Options::default()
        },
    );
    while search.verdict().is_none() {
        let p = search.run(1_000_000);
        println!(
            "{p:?} {:?} {:.2} M/s gen",
            t.elapsed(),
            p.generated as f64 / t.elapsed().as_secs_f64() / 1e6
        );
    }
    println!("{:?} {:?}", search.verdict(), search.progress());
    println!(
        "{:?} {:.2} M/s gen {:.2} unique",
        t.elapsed(),
        search.progress().generated as f64 / t.elapsed().as_secs_f64() / 1e6,
        search.progress().unique as f64 / t.elapsed().as_secs_f64() / 1e6
    );
}
