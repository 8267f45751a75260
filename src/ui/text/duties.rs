//! What the runs are called in which the reader is a server.

use crate::{
    lesson::duty::BuiltinDuty,
    ui::text::{Lang, catalogue},
};

catalogue! {
    /// What the duties are called, and what they are about.
    DutiesText, duties_text;

    voter: "The voter", "O eleitor";
    voter_about: "You follow: candidates ask for your vote, in time and too late.",
        "Você é follower: candidates pedem seu voto, a tempo e tarde demais.";
    candidate: "The candidate", "O candidate";
    candidate_about: "You stand for election against another server, and again.", "Você se candidata contra outro servidor, e de novo.";
    logs: "Whose log?", "De quem é o log?";
    logs_about: "Some candidates have logs that are behind yours.", "Alguns candidates têm logs atrás do seu.";
    late_votes: "Late votes", "Votos atrasados";
    late_votes_about: "Votes come in after the election that they were given for.", "Votos chegam depois da eleição para a qual foram dados.";
    leader: "The leader who was away", "O leader que esteve fora";
    leader_about: "You lead, were cut off, and are back.", "Você lidera, ficou isolado e voltou.";
    chance: "Whatever comes", "O que vier";
    chance_about: "Another run each time: crashes, cuts and split votes.", "Uma execução diferente a cada vez: quedas, cortes e votos divididos.";

    /// The title of a run in which the reader was a server.
    duty_run(title: &str): "Be S3: {title}", "Seja S3: {title}";
}

impl Lang {
    /// What a duty is called.
    #[must_use]
    pub const fn duty_title(self, duty: BuiltinDuty) -> &'static str {
        let text = self.duties_text();
        match duty {
            BuiltinDuty::Voter => text.voter,
            BuiltinDuty::Candidate => text.candidate,
            BuiltinDuty::Logs => text.logs,
            BuiltinDuty::LateVotes => text.late_votes,
            BuiltinDuty::Leader => text.leader,
            BuiltinDuty::Chance(_) => text.chance,
        }
    }

    /// What it is about.
    #[must_use]
    pub const fn duty_about(self, duty: BuiltinDuty) -> &'static str {
        let text = self.duties_text();
        match duty {
            BuiltinDuty::Voter => text.voter_about,
            BuiltinDuty::Candidate => text.candidate_about,
            BuiltinDuty::Logs => text.logs_about,
            BuiltinDuty::LateVotes => text.late_votes_about,
            BuiltinDuty::Leader => text.leader_about,
            BuiltinDuty::Chance(_) => text.chance_about,
        }
    }
}
