//! What a legend of messages explains.

use crate::{
    raft::{LogPosition, Message, Term},
    ui::{
        run::view::Extras,
        svg::{
            drawing::{LOST, Look, Piece, mark},
            point::point,
        },
        text::Lang,
    },
};

/// The messages that a legend explains: the paper's, and of others those that the run may have.
pub fn in_legend(extras: Extras, lang: Lang) -> Vec<(Message, &'static str)> {
    let (text, term, last_log) = (lang.text(), Term::ZERO, LogPosition::default());
    let reply = |vote_granted| Message::RequestVoteReply { term, vote_granted };
    let request = Message::RequestVote {
        term,
        last_log,
        leadership_transfer: false,
    };
    let granted = Message::PreVoteReply {
        term,
        vote_granted: true,
    };
    let pre_votes = [
        (Message::PreVote { term, last_log }, text.legend_pre_vote),
        (granted, text.legend_pre_granted),
    ];
    let paper = [
        (request, text.legend_request),
        (reply(true), text.legend_granted),
        (reply(false), text.legend_refused),
        (Message::AppendEntries { term }, text.legend_heartbeat),
        (Message::AppendEntriesReply { term, success: true }, text.legend_reply),
    ];
    let transfer = (Message::TimeoutNow { term }, text.legend_timeout_now);
    paper
        .into_iter()
        .chain(pre_votes.into_iter().filter(|_| extras.pre_votes))
        .chain(extras.transfers.then_some(transfer))
        .collect()
}

/// The marks of messages with their meanings.
#[must_use]
pub fn message_legend(extras: Extras, lang: Lang) -> Vec<(Vec<Piece>, &'static str)> {
    let mut entries: Vec<_> = in_legend(extras, lang)
        .into_iter()
        .map(|(message, words)| {
            let mut pieces = Vec::new();
            mark(message, point(0.0, 0.0), 1.0, point(1.0, 0.0), &mut pieces);
            (pieces, words)
        })
        .collect();
    entries.push((
        vec![Piece::path(Look::Lost, point(0.0, 0.0), 1.0, LOST)],
        lang.text().legend_lost,
    ));
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::NodeId,
        sim::{Action, Micros},
        ui::run::player::Player,
    };

    fn with_pre_vote() -> Player {
        let mut player = Player::default();
        let mut rules = player.rules();
        rules.pre_vote = true;
        player.act(Action::set_rules(rules)).unwrap();
        player
    }

    #[test]
    fn the_legend_explains_what_the_run_may_have_and_no_more() {
        let words = |player: &Player| -> Vec<&str> {
            let extras = Extras::of(player.history());
            in_legend(extras, Lang::En)
                .into_iter()
                .map(|(_, words)| words)
                .collect()
        };
        let mut player = Player::default();
        let paper = words(&player);
        assert!(
            !paper
                .iter()
                .any(|words| words.contains("pre-vote") || words.contains("TimeoutNow"))
        );
        assert!(words(&with_pre_vote()).contains(&"asks for a pre-vote"));
        player.seek(Micros::from_millis(500));
        let leader = player.history().world().leader().unwrap();
        let other = NodeId::new((leader.index() + 1) % 5);
        player.act(Action::transfer_leadership(leader, other)).unwrap();
        assert!(words(&player).contains(&"TimeoutNow: stand at once"));
        player.seek(Micros::from_millis(400));
        assert_eq!(words(&player), paper, "not yet");
    }
}
