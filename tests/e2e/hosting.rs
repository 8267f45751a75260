//! The page on any static host: below a sub-folder, alone, under a strict policy.

use headless::Page;

#[test]
fn it_runs_below_a_sub_folder_from_its_own_host_alone() {
    let page = Page::open();

    assert_eq!(page.console(), [], "the console is empty");
    let host = page.site().url();
    for address in page.requested() {
        let own = address.starts_with(&host) || address.starts_with("data:");
        assert!(own, "{address} is not below {host}");
    }
    let requests = page.requests();
    assert!(
        requests.iter().any(|request| request.path.ends_with(".wasm")),
        "{requests:?}"
    );
    assert!(requests.iter().all(|request| request.status == 200), "{requests:?}");
}

#[test]
fn its_policy_allows_nothing_inline_and_no_eval_beyond_wasm() {
    let page = Page::open();

    let policy = page.execute("return document.querySelector('meta[http-equiv=Content-Security-Policy]').content");
    let policy = policy.as_str().expect("the page carries a policy");
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    for loophole in ["'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "*", "blob:"] {
        assert!(!policy.contains(loophole), "{policy} has {loophole}");
    }
}

#[test]
fn an_injected_script_does_not_run_in_it() {
    let page = Page::open();

    page.execute(
        "const script = document.createElement('script');
         script.textContent = 'window.intruder = true';
         document.body.append(script);",
    );
    assert_eq!(page.execute("return window.intruder ?? null"), headless::Value::Null);
    let console = page.console();
    assert!(
        console
            .iter()
            .any(|line| line.message.contains("Content Security Policy"))
    );
}
