//! What a model says, in tables.

use program_model::{Content, Model, rule_of};
use serde_json::json;

use super::{Desk, models};
use crate::{
    exit::Exit,
    failure::Failure,
    texts::{self, text},
};

pub(crate) fn run(desk: &mut Desk, name: &str) -> Result<Exit, Failure> {
    let model = models::named(name)?;
    let content = model.content();
    desk.screen.say(text!(
        "model-title",
        name = model.name(),
        id = model.id().as_str(),
        version = u64::from(model.version()),
    ));
    desk.screen.say(&content.summary);
    terms(desk, &model);
    phases(desk, content);
    roles(desk, content);
    care(desk, content);
    measures(desk, content);
    rules(desk, content);
    sources(desk, content);
    desk.screen.answer(&json!({
        "id": model.id(),
        "version": model.version(),
        "name": model.name(),
        "text": model.text(),
    }));
    Ok(Exit::Done)
}

/// The figures of a group of it, each with what it rests on.
fn terms(desk: &mut Desk, model: &Model) {
    let Content { group, cadence, .. } = model.content();
    let number = |n: u16| Some(n.to_string());
    let optional = |n: Option<u16>| n.map(|n| n.to_string());
    let rows = [
        ("group.min", number(group.min)),
        ("group.target", number(group.target)),
        ("group.max", number(group.max)),
        ("group.membership", Some(texts::code("membership", group.membership.as_str()))),
        ("group.join_until_session", optional(group.join_until_session)),
        ("group.refill", group.refill.map(|refill| texts::code("refill", refill.as_str()))),
        ("group.min_present", optional(group.min_present)),
        ("cadence.sessions", number(cadence.sessions)),
        ("cadence.period_days", optional(cadence.period_days)),
        ("cadence.minutes", number(cadence.minutes)),
        ("cadence.max_gap_days", optional(cadence.max_gap_days)),
        ("cadence.program_weeks", optional(cadence.program_weeks)),
    ];
    let rows = rows.into_iter().filter_map(|(path, value)| {
        let basis = model.basis(path).map(ToString::to_string).unwrap_or_default();
        Some(vec![texts::code("term", path), value?, basis])
    });
    let rows: Vec<_> = rows.collect();
    desk.screen.head(&text!("model-terms"));
    desk.screen.table(&[text!("head-what"), text!("head-value"), text!("head-basis")], rows);
}

fn phases(desk: &mut Desk, content: &Content) {
    let span = |first: String, last: Option<String>| match last {
        Some(last) if last == first => first,
        Some(last) => text!("span", first = first, last = last),
        None => text!("span-open", first = first),
    };
    let rows = content.phases.iter().map(|phase| {
        let weeks =
            span(phase.first_week.to_string(), phase.last_week.map(|week| week.to_string()));
        let sessions = phase.first_session.map(|first| {
            span(first.to_string(), phase.last_session.map(|session| session.to_string()))
        });
        let stance = texts::code("stance", phase.stance.as_str());
        vec![phase.title.clone(), weeks, sessions.unwrap_or_default(), stance]
    });
    let rows: Vec<_> = rows.collect();
    desk.screen.head(&text!("model-phases"));
    let heads =
        [text!("head-phase"), text!("head-weeks"), text!("head-sessions"), text!("head-stance")];
    desk.screen.table(&heads, rows);
}

fn roles(desk: &mut Desk, content: &Content) {
    let rows = content.roles.iter().map(|role| {
        let fewest = role.min.unwrap_or(0).to_string();
        let most = role.max.map_or_else(|| text!("no-limit"), |most| most.to_string());
        let training: Vec<_> = role.training.iter().map(ToString::to_string).collect();
        vec![role.title.clone(), fewest, most, training.join(", ")]
    });
    let rows: Vec<_> = rows.collect();
    desk.screen.head(&text!("model-roles"));
    let heads =
        [text!("head-role"), text!("head-fewest"), text!("head-most"), text!("head-training")];
    desk.screen.table(&heads, rows);
    for role in &content.forbidden_roles {
        desk.screen.say(text!(
            "model-forbidden",
            role = role.id.as_str(),
            reason = role.reason.as_str()
        ));
    }
}

fn care(desk: &mut Desk, content: &Content) {
    desk.screen.head(&text!("model-care"));
    let supervision = &content.supervision;
    desk.screen.say(text!(
        "model-supervision",
        by = supervision.by.as_str(),
        n = u64::from(supervision.load),
    ));
    for contact in &supervision.contacts {
        let kind = texts::code("support", contact.kind.as_str());
        let phases: Vec<_> = contact.phases.iter().map(ToString::to_string).collect();
        desk.screen.say(text!(
            "model-contact",
            kind = kind,
            days = u64::from(contact.every_days),
            phases = phases.join(", "),
        ));
    }
    let categories: Vec<_> =
        content.safety.referral_categories.iter().map(ToString::to_string).collect();
    desk.screen.say(text!("model-referral", categories = categories.join(", ")));
}

fn measures(desk: &mut Desk, content: &Content) {
    let rows = content.measures.iter().map(|measure| {
        let when: Vec<_> = measure.timepoints.iter().map(ToString::to_string).collect();
        let scored = if measure.scored { text!("word-yes") } else { text!("word-no") };
        vec![measure.title.clone(), when.join(", "), measure.minutes.to_string(), scored]
    });
    let rows: Vec<_> = rows.collect();
    desk.screen.head(&text!("model-measures"));
    let heads =
        [text!("head-measure"), text!("head-when"), text!("head-minutes"), text!("head-scored")];
    desk.screen.table(&heads, rows);
}

fn rules(desk: &mut Desk, content: &Content) {
    let rows = content.rules.iter().map(|rule| {
        let fixed = if rule.fixed { text!("word-yes") } else { text!("word-no") };
        let said = rule_of(&rule.id).map(|row| row.says.clone()).unwrap_or_default();
        vec![rule.id.to_string(), said, texts::code("level", rule.level.as_str()), fixed]
    });
    let rows: Vec<_> = rows.collect();
    desk.screen.head(&text!("model-rules"));
    let heads = [text!("head-rule"), text!("head-what"), text!("head-level"), text!("head-fixed")];
    desk.screen.table(&heads, rows);
}

fn sources(desk: &mut Desk, content: &Content) {
    desk.screen.head(&text!("model-sources"));
    for source in &content.identity.sources {
        let at = source.address.as_ref().or(source.page.as_ref()).cloned().unwrap_or_default();
        let line = text!(
            "model-source",
            id = source.id.as_str(),
            author = source.author.as_str(),
            title = source.title.as_str(),
            at = at,
        );
        desk.screen.say(line);
    }
    if !content.unverified.is_empty() {
        desk.screen.head(&text!("model-unverified"));
        for item in &content.unverified {
            let (claim, instead) = (item.claim.as_str(), item.instead.as_str());
            desk.screen.say(text!("model-unverified-line", claim = claim, instead = instead));
        }
    }
}
