//! What was done to the cluster, in words.

use crate::{
    raft::{NodeId, NodeSet, Timer},
    sim::{
        Action, ClusterAction, LinkAction, MessageAction, MessageId, Network, OwnKind, OwnSetting, Range, Refused,
        ServerAction, Timing, Whom,
    },
    ui::text::{Lang, catalogue, timer_name},
};

catalogue! {
    /// What was done, as a sentence without its full stop.
    ActionText, action_text;

    started(server: NodeId): "{server} started", "{server} iniciou";
    killed(server: NodeId): "{server} crashed", "{server} caiu";
    paused(server: NodeId): "{server} was paused", "{server} foi pausado";
    resumed(server: NodeId): "{server} was resumed", "{server} foi retomado";
    timer_forced(server: NodeId, timer: &str): "{server}'s {timer} timer was forced to expire",
        "o {timer} timer de {server} foi forçado a se esgotar";
    transfer_asked(server: NodeId, to: NodeId): "{server} was asked to hand over to {to}",
        "{server} recebeu o pedido de passar a liderança a {to}";
    disk_was_wiped(server: NodeId): "{server} crashed and its disk was wiped", "{server} caiu e seu disco foi apagado";
    log_was_set(server: NodeId, end: &str): "{server}'s log was set: it {end}", "o log de {server} foi ajustado: {end}";
    timer_was_set(server: NodeId, rest: &str): "{server}'s election timer was set to expire {rest} later",
        "o election timer de {server} foi ajustado para se esgotar {rest} depois";
    timers_aligned: "all election timers were aligned", "todos os election timers foram alinhados";
    timers_spread: "all election timers were spread", "todos os election timers foram espaçados";
    timing_was_set(what: &str): "the timing was set to: {what}", "os tempos foram ajustados: {what}";
    rules_were_changed(changes: &str): "the rules were changed to: {changes}", "as regras foram alteradas para: {changes}";
    paper_in_force: "the rules were set to the paper's", "as regras voltaram às do artigo";

    link_was_cut(from: NodeId, to: NodeId): "the link from {from} to {to} was cut",
        "a conexão de {from} para {to} foi cortada";
    link_was_restored(from: NodeId, to: NodeId): "the link from {from} to {to} was restored",
        "a conexão de {from} para {to} foi restaurada";
    isolated(server: NodeId): "{server} was cut off from all others", "{server} foi isolado de todos os outros";
    rejoined(server: NodeId): "{server}'s links were restored", "as conexões de {server} foram restauradas";
    partitioned(group: NodeSet): "{group} {group:was|were} cut off from the others",
        "{group} {group:foi separado|foram separados} dos outros";
    all_restored: "all links were restored", "todas as conexões foram restauradas";
    message_dropped(message: MessageId): "message {message} was dropped", "a mensagem {message} foi descartada";
    message_duplicated(message: MessageId): "message {message} was duplicated", "a mensagem {message} foi duplicada";
    message_delayed(message: MessageId, by: &str): "message {message} was delayed by {by}",
        "a mensagem {message} foi atrasada em {by}";
    message_delivered(message: MessageId): "message {message} was delivered at once",
        "a mensagem {message} foi entregue na hora";
    message_accepted(message: MessageId, server: NodeId): "{server} took message {message} to be of its own term",
        "{server} tomou a mensagem {message} como sendo do seu próprio term";
    message_refused(message: MessageId, server: NodeId): "{server} refused message {message} against the rules",
        "{server} recusou a mensagem {message} contra as regras";
    network_was_set(what: &str): "the network was set to: {what}", "a rede foi ajustada: {what}";

    timing_of_one_was_changed(server: NodeId, what: &str): "{server}'s timing was changed: {what}",
        "os tempos de {server} foram alterados: {what}";
    rules_of_one_were_changed(server: NodeId, what: &str): "{server}'s rules were changed: {what}",
        "as regras de {server} foram alteradas: {what}";
    settings_of_one_were_changed(server: NodeId, what: &str): "{server}'s settings were changed: {what}",
        "os ajustes de {server} foram alterados: {what}";
    link_was_changed(from: NodeId, to: NodeId, what: &str): "the link from {from} to {to} was changed: {what}",
        "a conexão de {from} para {to} foi alterada: {what}";

    /// Values that were set.
    span_between(shortest: &str, longest: &str): "{shortest} to {longest}", "{shortest} a {longest}";
    delays(span: &str): "delay {span}", "atraso {span}";
    lost_share(share: &str): ", {share} lost", ", {share} perdidas";
    duplicated_share(share: &str): ", {share} duplicated", ", {share} duplicadas";
    reordered_share(share: &str): ", {share} reordered", ", {share} fora de ordem";
    timers_of(timeouts: &str, interval: &str): "election timeout {timeouts}, heartbeat interval {interval}",
        "election timeout {timeouts}, intervalo de heartbeat {interval}";
    own_timeout(timeouts: &str): "election timeout {timeouts}", "election timeout {timeouts}";
    own_interval(interval: &str): "heartbeat interval {interval}", "intervalo de heartbeat {interval}";
    own_clock(rate: &str): "clock at {rate}× normal speed", "relógio a {rate}× da velocidade normal";
    own_disk_write(takes: &str): "disk writes take {takes}", "gravar em disco leva {takes}";
    own_priority(priority: u64): "priority {priority}", "prioridade {priority}";
    own_rule_on(rule: &str): "“{rule}” on", "“{rule}” ligada";
    own_rule_off(rule: &str): "“{rule}” off", "“{rule}” desligada";
    own_rule_given_back(rule: &str): "“{rule}” as in the cluster", "“{rule}” como no cluster";
    as_cluster: "back to the cluster's values", "de volta aos valores do cluster";

    /// Why an action of a script had no effect.
    no_effect(why: &str): "had no effect: {why}", "não teve efeito: {why}";
    down_then(server: NodeId): "{server} is down", "{server} está fora do ar";
    running_then(server: NodeId): "{server} is already running", "{server} já está em execução";
    paused_then(server: NodeId): "{server} is paused", "{server} está pausado";
    not_paused_then(server: NodeId): "{server} is not paused", "{server} não está pausado";
    leads_without_timer(server: NodeId): "{server} leads, and a leader has no election timer",
        "{server} lidera, e um leader não tem election timer";
    has_no_such_timer(server: NodeId): "{server} has no such timer then", "{server} não tem esse timer nesse instante";
    does_not_lead(server: NodeId): "{server} does not lead", "{server} não lidera";
    leads_already(server: NodeId): "{server} already leads", "{server} já lidera";
    no_such_server: "the cluster has no such server", "o cluster não tem esse servidor";
    nobody_waits: "no running server has an election timer", "nenhum servidor em execução tem um election timer";
    no_such_link: "a server has no link to itself", "um servidor não tem conexão consigo mesmo";
    one_side: "a partition needs servers on both sides", "uma partição precisa de servidores nos dois lados";
    not_in_flight: "that message is not in flight then", "essa mensagem não está em trânsito nesse instante";
    link_is_full: "the link is full", "a conexão está cheia";
    nobody_leads: "nobody leads", "ninguém lidera";
    nobody_stands: "there is no candidate", "não há candidate";
    nobody_follows: "there is no follower", "não há follower";
    no_such_value: "these values are out of range", "esses valores estão fora do intervalo";
}

impl Lang {
    /// An action as a sentence without its full stop: `S2 crashed`.
    #[must_use]
    pub fn action(self, action: Action) -> String {
        let text = self.action_text();
        match action {
            Action::Server(server, action) => self.action_on_server(server, action),
            Action::Link(from, to, LinkAction::Cut) => self.link_was_cut(from, to),
            Action::Link(from, to, LinkAction::Heal) => self.link_was_restored(from, to),
            Action::Link(from, to, LinkAction::Set(setting)) => {
                self.link_was_changed(from, to, &self.own_setting(setting))
            }
            Action::Message(id, action) => match action {
                MessageAction::Drop => self.message_dropped(id),
                MessageAction::Duplicate => self.message_duplicated(id),
                MessageAction::Delay(by) => self.message_delayed(id, &self.millis(by)),
                MessageAction::Deliver => self.message_delivered(id),
                MessageAction::Accept => self.message_accepted(id, id.to),
                MessageAction::Refuse => self.message_refused(id, id.to),
            },
            Action::Cluster(action) => match action {
                ClusterAction::AlignTimers => text.timers_aligned.to_owned(),
                ClusterAction::SpreadTimers => text.timers_spread.to_owned(),
                ClusterAction::Partition(group) => self.partitioned(group),
                ClusterAction::HealAll => text.all_restored.to_owned(),
                ClusterAction::SetTiming(timing) => self.timing_was_set(&self.timing_in_words(timing)),
                ClusterAction::SetNetwork(network) => self.network_was_set(&self.network_in_words(network)),
                ClusterAction::SetRules(rules) if rules.modified() => {
                    self.rules_were_changed(&self.rules_changes(rules, 3))
                }
                ClusterAction::SetRules(_) => text.paper_in_force.to_owned(),
            },
            // As the script says it.
            Action::Role(role, ..) => [action.example().spelling().word, role.word()].join(" "),
        }
    }

    /// That an action had no effect when its time came, and why: `had no effect: S1 does not lead`.
    #[must_use]
    pub fn had_no_effect(self, action: Action, why: Refused) -> String {
        match action.server() {
            Some(server) => self.no_effect(&self.not_done_to(server, why)),
            None => self.no_effect(self.not_done(why)),
        }
    }

    fn not_done_to(self, server: NodeId, why: Refused) -> String {
        match why {
            Refused::Down => self.down_then(server),
            Refused::Running => self.running_then(server),
            Refused::Paused => self.paused_then(server),
            Refused::NotPaused => self.not_paused_then(server),
            Refused::NoElectionTimer => self.leads_without_timer(server),
            Refused::NoSuchTimer => self.has_no_such_timer(server),
            Refused::NotLeader => self.does_not_lead(server),
            Refused::LeadsAlready => self.leads_already(server),
            other => self.not_done(other).to_owned(),
        }
    }

    /// Why something could not be done that is not done to one server.
    const fn not_done(self, why: Refused) -> &'static str {
        let text = self.action_text();
        match why {
            Refused::NoElectionTimers => text.nobody_waits,
            Refused::NoSuchLink => text.no_such_link,
            Refused::NoPartition => text.one_side,
            Refused::NoSuchMessage => text.not_in_flight,
            Refused::LinkFull => text.link_is_full,
            Refused::Nobody(Whom::Candidates) => text.nobody_stands,
            Refused::Nobody(Whom::Followers) => text.nobody_follows,
            // A majority there always is.
            Refused::Nobody(Whom::Leader | Whom::Majority) => text.nobody_leads,
            Refused::Config(_) => text.no_such_value,
            Refused::NoSuchServer
            | Refused::Down
            | Refused::Running
            | Refused::Paused
            | Refused::NotPaused
            | Refused::NoElectionTimer
            | Refused::NoSuchTimer
            | Refused::NotLeader
            | Refused::LeadsAlready => text.no_such_server,
        }
    }

    /// `150 ms to 300 ms`.
    pub(crate) fn span(self, range: Range) -> String {
        let (min, max) = (self.millis(range.min), self.millis(range.max));
        if min == max { min } else { self.span_between(&min, &max) }
    }

    /// The values of timers: `election timeout 150 ms to 300 ms, heartbeat interval 75 ms`.
    pub(crate) fn timing_in_words(self, timing: Timing) -> String {
        self.timers_of(
            &self.span(timing.election_timeout),
            &self.millis(timing.heartbeat_interval),
        )
    }

    /// The values of a network; of what it does to messages, all that it does: `delay 5 ms to 10 ms, 2.5 % lost`.
    pub(crate) fn network_in_words(self, network: Network) -> String {
        let share = |permille: u16, say: fn(Self, &str) -> String| match permille {
            0 => String::new(),
            _ => say(self, &self.per_cent(permille)),
        };
        let delay = self.delays(&self.span(network.delay));
        let lost = share(network.loss_permille, Self::lost_share);
        let duplicated = share(network.duplication_permille, Self::duplicated_share);
        delay + &lost + &duplicated + &share(network.reordering_permille, Self::reordered_share)
    }

    /// What a server or a link has of its own: `election timeout 600 ms to 900 ms`, `5 % lost`.
    pub(crate) fn own_setting(self, setting: OwnSetting) -> String {
        let share = |say: fn(Self, &str) -> String| {
            // They follow a delay elsewhere.
            say(self, &self.per_cent(setting.permille()))
                .trim_start_matches(", ")
                .to_owned()
        };
        match setting.kind {
            OwnKind::ElectionTimeout => self.own_timeout(&self.span(setting.value)),
            OwnKind::HeartbeatInterval => self.own_interval(&self.millis(setting.value.min)),
            OwnKind::Clock => self.own_clock(&self.thousandths(setting.permille())),
            OwnKind::DiskWrite => self.own_disk_write(&self.millis(setting.value.min)),
            OwnKind::Priority => self.own_priority(setting.value.min.0),
            OwnKind::Delay => self.delays(&self.span(setting.value)),
            OwnKind::Loss => share(Self::lost_share),
            OwnKind::Duplication => share(Self::duplicated_share),
            OwnKind::Reordering => share(Self::reordered_share),
            OwnKind::AsCluster => self.action_text().as_cluster.to_owned(),
            OwnKind::RuleOn | OwnKind::RuleOff | OwnKind::RuleAsCluster => self.own_rule(setting),
        }
    }

    /// A rule that a server has of its own, or no longer has: `“Pre-vote” on`.
    fn own_rule(self, setting: OwnSetting) -> String {
        let rule = setting.about_rule().map_or("", |rule| self.rule(rule));
        match setting.of_rule() {
            Some((_, true)) => self.own_rule_on(rule),
            Some((_, false)) => self.own_rule_off(rule),
            None => self.own_rule_given_back(rule),
        }
    }

    /// All that a server or a link has of its own, if it has anything.
    #[must_use]
    pub fn own_settings(self, settings: impl Iterator<Item = OwnSetting>) -> Option<String> {
        let texts: Vec<_> = settings.map(|own| self.own_setting(own)).collect();
        (!texts.is_empty()).then(|| texts.join(", "))
    }

    fn action_on_server(self, server: NodeId, action: ServerAction) -> String {
        match action {
            ServerAction::Start => self.started(server),
            ServerAction::Kill => self.killed(server),
            ServerAction::Pause => self.paused(server),
            ServerAction::Resume => self.resumed(server),
            ServerAction::ForceTimeout => self.timer_forced(server, timer_name(Timer::Election)),
            ServerAction::SendHeartbeats => self.timer_forced(server, timer_name(Timer::Heartbeat)),
            ServerAction::ExpireLeader => self.timer_forced(server, timer_name(Timer::RecentLeader)),
            ServerAction::CheckQuorum => self.timer_forced(server, timer_name(Timer::CheckQuorum)),
            ServerAction::TransferLeadership(to) => self.transfer_asked(server, to),
            ServerAction::WipeDisk => self.disk_was_wiped(server),
            ServerAction::SetLog(log) => self.log_was_set(server, &self.log_end(log)),
            ServerAction::SetElectionTimer(rest) => self.timer_was_set(server, &self.millis(rest)),
            ServerAction::Isolate => self.isolated(server),
            ServerAction::Rejoin => self.rejoined(server),
            ServerAction::Set(setting) => {
                let what = &self.own_setting(setting);
                match setting.kind {
                    OwnKind::RuleOn | OwnKind::RuleOff | OwnKind::RuleAsCluster => {
                        self.rules_of_one_were_changed(server, what)
                    }
                    OwnKind::AsCluster | OwnKind::Priority => self.settings_of_one_were_changed(server, what),
                    _ => self.timing_of_one_was_changed(server, what),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Micros;

    /// A role is told as the script says it until it is known whom it concerns.
    #[test]
    fn what_is_planned_by_role_is_told_as_the_script_says_it() {
        let kill = Action::kill(Action::EXAMPLE)
            .by_role(Whom::Leader)
            .expect("it can be said");
        for (lang, deed, refused) in [
            (
                Lang::En,
                "The scenario asked for: kill leader",
                "had no effect: nobody leads",
            ),
            (
                Lang::Pt,
                "O cenário pediu: kill leader",
                "não teve efeito: ninguém lidera",
            ),
        ] {
            assert_eq!(lang.action(kill), "kill leader");
            assert_eq!(lang.done_by(true, &[kill]), deed);
            assert_eq!(lang.had_no_effect(kill, Refused::Nobody(Whom::Leader)), refused);
        }
        let (one, other) = (Action::pause(NodeId::new(1)), Action::pause(NodeId::new(2)));
        assert_eq!(
            Lang::En.done_by(true, &[one, other]),
            "The scenario paused S2, paused S3"
        );
    }

    #[test]
    fn what_had_no_effect_says_why_and_who() {
        let (one, other) = (NodeId::new(0), NodeId::new(1));
        let transfer = Action::transfer_leadership(one, other);
        let why = |lang: Lang, action, why| lang.had_no_effect(action, why);
        assert_eq!(
            why(Lang::En, transfer, Refused::NotLeader),
            "had no effect: S1 does not lead"
        );
        assert_eq!(
            why(Lang::Pt, transfer, Refused::NotLeader),
            "não teve efeito: S1 não lidera"
        );
        assert_eq!(
            why(Lang::En, Action::align_timers(), Refused::NoElectionTimers),
            "had no effect: no running server has an election timer"
        );
        assert_eq!(
            why(
                Lang::En,
                Action::set_election_timer(one, Micros::ZERO),
                Refused::NoElectionTimer
            ),
            "had no effect: S1 leads, and a leader has no election timer"
        );
    }
}
