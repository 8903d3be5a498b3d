//! Duties and findings in words.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use circlekeeper::{Asking, Finding};
use commons::Private;
use safety_protocols::{CardEvent, Caution, Due, Obligation, Slot, Subject, Urgency};
use serde_json::json;

use crate::{
    card_file,
    failure::Failure,
    store::Opened,
    texts::{self, text},
};

/// Puts duties into rows, with codes for people, or with their names where that was asked for.
pub(crate) struct Namer<'a> {
    keeper: &'a mut Opened,
    zone: Tz,
    sight: Sight,
}

/// What is shown beside codes.
#[derive(Debug, Clone)]
pub(crate) struct Sight {
    /// The names of members, and who asks for them.
    pub(crate) names: Option<Asking>,
    /// Whom matters are about, and who asks.
    pub(crate) matters: Option<Asking>,
}

impl<'a> Namer<'a> {
    pub(crate) const fn new(keeper: &'a mut Opened, zone: Tz, sight: Sight) -> Self {
        Self { keeper, zone, sight }
    }

    /// By when, what, about whom, who, and by which rule.
    pub(crate) fn row(&mut self, one: &Due<'_>) -> Result<Vec<String>, Failure> {
        let duty = one.obligation;
        let by = match (duty.binds_at.or(duty.due_at), one.late_by) {
            (Some(by), None) => self.local(by),
            (Some(by), Some(late)) => text!("due-late", by = self.local(by), late = span(late)),
            (None, _) if duty.at_once => text!("due-at-once"),
            (None, _) => text!("due-no-day"),
        };
        let mut what = texts::code("duty", duty.what.as_str());
        if one.known_after > TimeDelta::days(1) {
            what = text!("due-known-later", duty = what, days = span(one.known_after));
        }
        let who = texts::code("who", one.held_by.as_str());
        Ok(vec![by, what, self.about(duty)?, who, duty.rule.to_string()])
    }

    /// The same for programs.
    pub(crate) fn told(&mut self, one: &Due<'_>) -> Result<serde_json::Value, Failure> {
        let duty = one.obligation;
        Ok(json!({
            "urgency": one.urgency,
            "rule": duty.rule,
            "row": duty.row,
            "what": duty.what,
            "words": texts::code("duty", duty.what.as_str()),
            "subject": duty.subject,
            "about": self.about(duty)?,
            "slot": self.slot(duty)?,
            "due_at": duty.binds_at.or(duty.due_at),
            "late_by_seconds": one.late_by.map(|late| late.num_seconds()),
            "known_after_seconds": one.known_after.num_seconds(),
            "held_by": one.held_by,
            "cautions": one.cautions,
        }))
    }

    fn local(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).format("%Y-%m-%d %H:%M").to_string()
    }

    /// The contact of the crisis card that a duty is about, where it is about one.
    fn slot(&mut self, duty: &Obligation) -> Result<Option<Slot>, Failure> {
        let program = self.keeper.program()?;
        let opened = program.card.facts().get(duty.opened_by);
        Ok(if let Some(CardEvent::Called { slot, .. }) = opened { Some(*slot) } else { None })
    }

    fn about(&mut self, duty: &Obligation) -> Result<String, Failure> {
        let subject = duty.subject;
        if let Some(slot) = self.slot(duty)? {
            return Ok(text!("about-slot", slot = card_file::label(slot)));
        }
        if let Some(asking) = &self.sight.names
            && let Subject::Member(member) = subject
            && let Some(name) = self.keeper.name_of(asking, member)?
        {
            return Ok(name);
        }
        if let Some(asking) = &self.sight.matters
            && let Subject::Matter(matter) = subject
            && let Private::Known(content) = self.keeper.matter_content(asking, matter)?
        {
            let members: Vec<_> = content.concerns.iter().map(|member| member.short()).collect();
            return Ok(text!("about-matter", code = matter.short(), members = members.join(", ")));
        }
        let short = match subject {
            Subject::Program(_) => return Ok(text!("about-program")),
            Subject::Unit(id) => id.short(),
            Subject::Member(id) => id.short(),
            Subject::Matter(id) => id.short(),
            Subject::Referral(id) => id.short(),
            Subject::Service(id) => id.short(),
            Subject::Session(id) => id.short(),
            Subject::Class(id) => id.short(),
            Subject::Certificate(id) => id.short(),
            Subject::Document(id) => id.short(),
            _ => String::new(),
        };
        let value = serde_json::to_value(subject).unwrap_or_default();
        let kind = value.get("kind").and_then(|kind| kind.as_str()).unwrap_or_default().to_owned();
        let kind = texts::code("subject", &kind);
        Ok(text!("about", kind = kind, code = short))
    }
}

/// A time span in the largest unit that tells enough.
fn span(span: TimeDelta) -> String {
    let amount = |n: i64| u64::try_from(n).unwrap_or(0);
    if span.num_days() > 0 {
        text!("span-days", n = amount(span.num_days()))
    } else if span.num_hours() > 0 {
        text!("span-hours", n = amount(span.num_hours()))
    } else if span.num_minutes() > 0 {
        text!("span-minutes", n = amount(span.num_minutes()))
    } else {
        text!("span-moment")
    }
}

pub(crate) fn urgency(urgency: Urgency, count: usize) -> String {
    let id = match urgency {
        Urgency::Now => "urgency-now",
        Urgency::Today => "urgency-today",
        Urgency::Late => "urgency-late",
        Urgency::Passed => "urgency-passed",
        Urgency::Ahead => "urgency-ahead",
    };
    texts::say(id, &[("n", texts::count(count))])
}

pub(crate) fn caution(caution: Caution) -> String {
    let value = serde_json::to_value(caution).unwrap_or_default();
    texts::code("caution", value.as_str().unwrap_or_default())
}

/// What no longer fits together, in one line: what, where, by which rule and which entries.
pub(crate) fn finding(finding: &Finding) -> String {
    let what = texts::code("finding", &format!("{}-{}", finding.room, finding.kind));
    let unit = finding.unit.map_or_else(|| text!("about-program"), |unit| unit.short());
    let rule = finding.rule.as_ref().map_or_else(|| text!("finding-no-rule"), ToString::to_string);
    let events: Vec<_> = finding.events.iter().map(|event| event.short()).collect();
    text!("finding-line", what = what, unit = unit, rule = rule, events = events.join(", "))
}
