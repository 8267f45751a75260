//! Lines of a scenario file that name servers by their role: whom each concerned is told, and the file keeps the role.

use headless::{Page, starting};

use crate::{
    notes::drop_file,
    sharing::{SAVED, link, saved},
    steps::{now, panel, server, servers, stopped, story, wait_for_notice, wait_for_server},
};

const HEAD: &str = "raft-playground 1
title Whoever leads
seed 6
delay 5-10ms
";

const LINES: &str = "at 1 s kill leader
at 1.5 s pause followers
at 1.55 s kill leader # had no effect: nobody leads
at 2.2 s resume followers
at 2.3 s loss 5%
branch 1 until 3 s
  do 2.4 s isolate leader
visit 1 at 2.6 s
";

/// The page with the file open.
#[track_caller]
fn opened(language: &str) -> Page {
    let page = stopped(Page::visit().language(language).prelude(SAVED));
    drop_file(&page, &format!("{HEAD}{LINES}"));
    page.wait_until("it is open", |page| now(page) == 2600);
    page
}

/// What the list of what is done around now says, line by line.
fn done(page: &Page) -> String {
    let said = page.execute(
        "return [...document.querySelectorAll('.journal-did')].map((did) => did.innerText.replace(/\\s+/g, ' ')).join('\\n')",
    );
    said.as_str().unwrap_or_default().to_owned()
}

#[test]
fn whom_a_line_by_role_concerned_is_told() {
    let page = opened("en");
    // S2 led when it was crashed, S1 after it.
    wait_for_server(&page, 2, "crashed");
    let told = story(&page);
    for card in [
        "The scenario crashed S2",
        "The scenario took 3 actions at once",
        "You cut S1 off from all others",
    ] {
        assert!(told.iter().any(|name| name == card), "{card}: {told:?}");
    }
    panel(&page, "Branches");
    assert_eq!(
        done(&page),
        "The scenario crashed S2\n\
         The scenario paused S3, paused S4, paused S5\n\
         The scenario asked for: kill leader had no effect: nobody leads\n\
         The scenario resumed S3, resumed S4, resumed S5\n\
         The scenario set the network to: delay 5 ms to 10 ms, 5.0 % lost\n\
         You cut S1 off from all others"
    );
    assert_eq!(page.accessibility_problems(), [""; 0]);
    // Undone, it is undone for the server that it concerned.
    page.button("Undo").click();
    wait_for_notice(&page, "You undid: “cut S1 off from all others”.");
    wait_for_server(&page, 1, "leader");
    // Without the first crash, S2 leads on, and it is S2 whom all the other lines concern.
    page.button(starting("Remove: The scenario crashed S2")).click();
    page.wait_for_text("Two branches with the same random choices");
}

#[test]
fn whom_a_line_by_role_concerned_is_told_in_portuguese() {
    let page = opened("pt-BR");
    wait_for_server(&page, 2, "caído");
    let told = story(&page);
    for card in [
        "O cenário derrubou S2",
        "O cenário fez 3 ações de uma vez",
        "Você isolou S1 de todos os outros",
    ] {
        assert!(told.iter().any(|name| name == card), "{card}: {told:?}");
    }
    panel(&page, "Ramos");
    assert_eq!(
        done(&page),
        "O cenário derrubou S2\n\
         O cenário pausou S3, pausou S4, pausou S5\n\
         O cenário pediu: kill leader não teve efeito: ninguém lidera\n\
         O cenário retomou S3, retomou S4, retomou S5\n\
         O cenário ajustou a rede: atraso 5 ms a 10 ms, 5,0 % perdidas\n\
         Você isolou S1 de todos os outros"
    );
    assert_eq!(page.accessibility_problems(), [""; 0]);
}

#[test]
fn file_and_link_keep_the_role() {
    let page = opened("en");
    let file = saved(&page, "Scenario file");
    for line in LINES
        .lines()
        .filter(|line| line.contains("leader") || line.contains("followers"))
    {
        assert!(file.lines().any(|written| written == line), "{line}: {file}");
    }
    let shared = Page::visit().at(&link(&page)).open();
    shared.wait_until("it is that instant", |shared| now(shared) == 2600);
    assert_eq!(servers(&shared), servers(&page));
    assert!(server(&shared, 2).name().contains("crashed"));
}

#[test]
fn a_file_that_names_nobody_says_what_may_be_named() {
    let page = stopped(Page::visit());
    drop_file(&page, &format!("{HEAD}at 1s kill everybody\n"));
    page.wait_for_text(
        "Line 5, “at 1s kill everybody”: expected a server of the cluster, as “S3”, or “leader”, “candidates”, “followers” or “majority”.",
    );
}
