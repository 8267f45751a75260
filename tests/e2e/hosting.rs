//! The page on any static host: below a sub-folder, alone, under a strict policy.

use std::fs;
use std::path::Path;
use std::time::Duration;

use headless::{Page, json, project};

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

/// Does something, and waits until the browser keeps the page for visits without a network: in use, or `waiting` until no page of
/// an older version is open.
#[track_caller]
fn kept(page: &Page, waiting: bool) {
    const STATE: &str = "const [waiting, done] = arguments;
        navigator.serviceWorker.getRegistration().then((found) => {
            done(Boolean(waiting ? found?.waiting : found?.active?.state === 'activated'));
        });";
    page.press("Space");
    page.wait_until("the page is kept", |page| {
        let answer = page.browser().execute_async(STATE, &json!([waiting]));
        answer.is_ok_and(|answer| answer == true)
    });
}

#[test]
fn after_a_first_visit_it_opens_without_a_network() {
    let page = Page::visit().keeping().open();
    kept(&page, false);
    // From now on no file is found.
    page.site().lose("");
    page.execute("location.search = '?lang=pt-BR'");
    page.wait_for("tab", "Servidores");
    page.get("tab", "Servidores").click();
    page.wait_for_text("No disco");
    page.get("tab", "Regras").click();
    page.wait_for_text("Encontrar o que quebra");
    assert!(!page.text().contains("não foi carregada"), "a part did not arrive");
}

const HAS_CHANGED_OVER: &str = "const [scope, done] = arguments;
    navigator.serviceWorker.getRegistration(scope).then((found) => {
        done(!found.waiting && found.active?.state === 'activated');
    });";

/// An address of the same host that lies outside of `folder`.
fn outside(folder: &str) -> String {
    let end = folder
        .trim_end_matches('/')
        .rfind('/')
        .expect("a folder below the host's root");
    format!("{}/beside", &folder[..end])
}

#[test]
fn a_new_version_begins_when_no_page_of_the_old_one_is_open() {
    let folder = std::env::temp_dir().join(format!("two-versions-{}", std::process::id()));
    copy(&project().join("dist"), &folder);
    let page = Page::visit().of(&folder).keeping().open();
    kept(&page, false);

    let change = |name: &str, from: &str, to: &str| {
        let path = folder.join(name);
        let text = fs::read_to_string(&path).expect("a text");
        assert!(text.contains(from), "{name} has {from}");
        fs::write(path, text.replace(from, to)).expect("a writable folder");
    };
    change("index.html", "<html ", "<html data-version=\"new\" ");
    let worker = fs::read_to_string(folder.join("offline.js")).expect("a text");
    // The version of the files is the only hexadecimal number of sixteen digits that stands by itself: names have theirs after a dash.
    let version = worker
        .split(['"', '`'])
        .find(|word| word.len() == 16 && word.chars().all(|letter| letter.is_ascii_hexdigit()))
        .expect("a version");
    change("offline.js", version, &format!("new{version}"));
    let version = "return document.documentElement.dataset.version ?? 'old'";
    page.execute("location.reload()");
    page.browser().wait_until_started().expect("the old version runs");
    assert_eq!(page.execute(version), "old");
    kept(&page, true);

    // Only a page of the same host that is none of the old version's can see when the browser has changed over.
    let scope = page.site().url();
    page.browser().open(&outside(&scope)).expect("a page beside it");
    page.browser()
        .wait_until(
            "the browser keeps the new version alone",
            Duration::from_secs(120),
            || {
                page.browser()
                    .execute_async(HAS_CHANGED_OVER, &json!([scope]))
                    .map(|answer| answer == true)
            },
        )
        .expect("no page of the old version is open");
    page.browser().open(&scope).expect("the page");
    assert_eq!(page.execute(version), "new");
    fs::remove_dir_all(folder).expect("its own folder");
}

#[test]
fn it_can_be_installed() {
    let page = Page::open();
    let manifest = page
        .browser()
        .cdp("Page.getAppManifest", &json!({}))
        .expect("an answer");
    assert_eq!(manifest["errors"], json!([]));
    assert!(
        manifest["data"]
            .as_str()
            .is_some_and(|data| data.contains("Raft Election Playground")),
        "{manifest}"
    );
    let amiss = page
        .browser()
        .cdp("Page.getInstallabilityErrors", &json!({}))
        .expect("an answer");
    assert_eq!(amiss["installabilityErrors"], json!([]));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a new folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let copied = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy(&path, &copied);
        } else {
            fs::copy(&path, copied).expect("a readable file");
        }
    }
}

/// As in a frame with `sandbox="allow-scripts"`: nothing can be stored there, and even the page's own host is another one.
const SANDBOX: &str = "Content-Security-Policy: sandbox allow-scripts";

#[test]
fn it_runs_in_a_sandbox_if_its_host_allows_that() {
    for at in ["?embed=1&panels=log", ""] {
        let page = Page::visit()
            .at(at)
            .keeping()
            .sent_with(SANDBOX)
            .sent_with("Access-Control-Allow-Origin: *")
            .open();
        assert_eq!(page.execute("return origin"), "null");
        page.wait_for_text("leads term 1");
        page.press("k");
        page.button("Pause").click();
        page.wait_for("button", "Play");
        let severe: Vec<_> = page
            .console()
            .into_iter()
            .filter(|line| line.level == "SEVERE")
            .collect();
        assert_eq!(severe, [], "{at}");
    }
}

#[test]
fn in_a_sandbox_that_keeps_it_from_loading_it_says_why() {
    for (language, said) in [("en-US", "its origin is “null”"), ("pt-BR", "sua origem é “null”")] {
        let page = Page::visit().language(language).sent_with(SANDBOX).open_unstarted();
        page.wait_for_text(said);
        page.wait_for_text("Access-Control-Allow-Origin: *");
        page.wait_for_text("allow-same-origin");
    }
}
