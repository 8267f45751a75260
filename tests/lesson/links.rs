//! A lesson is a link: whoever opens it gets the same lesson, and what is none is refused.

use raft_playground::{
    lesson::{BuiltinLesson, Lesson, file, link},
    scenario::{
        Run, Scenario,
        link::{LONGEST, LinkError, pack, seal, unseal},
    },
};

fn all() -> impl Iterator<Item = Lesson> {
    BuiltinLesson::ALL.into_iter().map(BuiltinLesson::lesson)
}

/// The lesson of the documents: what somebody writes in ten minutes.
fn small() -> Lesson {
    let documents = include_str!("../../docs/lessons.md");
    let text = documents
        .split("```")
        .nth(1)
        .and_then(|block| block.strip_prefix("text\n"));
    file::read(text.expect("a lesson")).expect("it can be read")
}

#[test]
fn every_lesson_is_opened_from_its_link_as_the_same() {
    for lesson in all().chain([small()]) {
        let link = link::encode(&lesson).expect("it fits");
        assert!(link::is_lesson(&link), "{}", lesson.name);
        assert_eq!(link::decode(&link), Ok(lesson));
    }
}

/// Some programs cut longer ones.
#[test]
fn a_small_lesson_is_a_short_link_and_a_whole_chapter_fits() {
    let link = link::encode(&small()).expect("it fits");
    assert!(link.len() < 700, "{}", link.len());
    for lesson in all() {
        let (link, text) = (link::encode(&lesson).expect("it fits"), file::write(&lesson));
        assert!(
            link.len() * 2 < text.len(),
            "{}: {} of {}",
            lesson.name,
            link.len(),
            text.len()
        );
    }
}

#[test]
fn a_link_is_of_a_lesson_or_of_a_run() {
    let scenario = Scenario::free(5, 6);
    let run = raft_playground::scenario::link::encode(&Run::of(&scenario, &scenario.start()));
    assert!(!link::is_lesson(&run));
    assert_eq!(link::decode(&run), Err(LinkError::NotARun));
    let lesson = link::encode(&small()).expect("it fits");
    // A page that knows runs only says that it is newer.
    let as_run = raft_playground::scenario::link::decode(&lesson);
    assert_eq!(as_run, Err(LinkError::NewerVersion(link::VERSION)));
}

#[test]
fn what_is_newer_too_long_or_no_lesson_is_told_apart() {
    let newer = seal(vec![link::VERSION + 1, 1, 2, 3]);
    assert!(link::is_lesson(&newer));
    assert_eq!(link::decode(&newer), Err(LinkError::NewerVersion(link::VERSION + 1)));
    assert_eq!(link::decode(""), Err(LinkError::NotARun));
    assert_eq!(link::decode("no link"), Err(LinkError::NotARun));
    assert_eq!(link::decode(&"A".repeat(LONGEST + 1)), Err(LinkError::TooLong));
    let primer = include_str!("../../src/lesson/link/primer.txt");
    let of = |text: &str| link::decode(&seal(pack(vec![link::VERSION], text, primer)));
    assert_eq!(of(&file::write(&small())), Ok(small()));
    assert_eq!(of("raft-lesson 1\ntitle A"), Err(LinkError::Impossible));
    assert_eq!(
        of("raft-lesson 9\ntitle A"),
        Err(LinkError::NewerVersion(link::VERSION))
    );
}

#[test]
fn a_lesson_that_is_too_long_for_a_link_has_none() {
    let mut lesson = small();
    let mut noise = 1_u64;
    for step in &mut lesson.scenes[0].steps {
        for _ in 0..120 {
            let word = |noise: &mut u64| {
                *noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                format!("{:x}", *noise)
            };
            let words: Vec<_> = (0..70).map(|_| word(&mut noise)).collect();
            step.text.add("en", &words.join(" "));
        }
    }
    assert_eq!(link::encode(&lesson), None);
}

/// Links carry the text that the coder knows before it begins: another one would read them otherwise.
#[test]
fn old_links_are_opened_for_ever() {
    let lesson =
        file::read("raft-lesson 1\ntitle Mine\nscene\n  servers 3\nsay\n  text Hello class").expect("a lesson");
    let old = "ga8AAACvfwQb5ZEKUO528HhpKqcnb2pSRpuraNdwTYvV49LwQ3IqtJh4ZCJYRnRP5dmJJg";
    assert_eq!(link::encode(&lesson).as_deref(), Some(old));
    assert_eq!(link::decode(old), Ok(lesson));
}

#[test]
fn a_mangled_link_is_refused() {
    let right = link::encode(&small()).expect("it fits");
    for cut in 0..right.len() {
        assert!(link::decode(&right[..cut]).is_err(), "cut after {cut}");
    }
    for place in 0..right.len() {
        for other in ["A", "z", "_", "!", "é", ""] {
            let mangled = format!("{}{other}{}", &right[..place], &right[place + 1..]);
            if mangled != right {
                assert!(link::decode(&mangled).is_err(), "{other} at {place}");
                assert!(!link::is_lesson(&mangled), "{other} at {place}");
            }
        }
    }
}

/// Bytes that nobody wrote, behind a right checksum: they are refused, or are a lesson that is written and read again.
#[test]
fn changed_bytes_are_refused_or_are_another_lesson() {
    let right = unseal(&link::encode(&small()).expect("it fits")).expect("whole");
    for place in 1..right.len() {
        for flip in [1, 0xff] {
            let mut bytes = right.clone();
            bytes[place] ^= flip;
            if let Ok(lesson) = link::decode(&seal(bytes)) {
                let again = link::encode(&lesson).expect("it fits");
                assert_eq!(link::decode(&again), Ok(lesson));
            }
        }
    }
}
