//! What is due, the most pressing first, and what no longer fits together. Works locked.

use std::collections::BTreeMap;

use circle_access::{Action, Purpose, Role, View, may};
use circlekeeper::{Asking, Pair};
use commons::DataClass;
use safety_protocols::{Due as Pressing, Urgency, ahead, due, noon};
use serde_json::json;

use super::{
    Desk,
    due_lines::{self, Namer, Sight},
};
use crate::{
    args::{Due, HatWord},
    exit::Exit,
    failure::Failure,
    store::{self, Opened},
    texts::{self, text},
    world,
};

/// How many lines of one urgency are shown before they are counted together.
const SHOWN: usize = 12;

pub(crate) fn run(desk: &mut Desk, args: &Due) -> Result<Exit, Failure> {
    let place = desk.place()?;
    let sight = sight(args)?;
    let mut keeper = if sight.names.is_some() || sight.matters.is_some() {
        store::looked_into(&place, &desk.globals, &mut desk.screen)?
    } else {
        store::look(&place, &mut desk.screen)?
    };
    let zone = keeper.founded()?.zone;
    let now = args.on.map_or_else(world::now, |day| noon(day, zone));
    let duties = keeper.duties().map_err(|error| store::blame(&keeper, error))?;
    let list = match args.ahead {
        Some(days) => ahead(&duties, now, days),
        None => due(&duties, now),
    };
    let mut namer = Namer::new(&mut keeper, zone, sight);
    for urgency in URGENCIES {
        let here: Vec<_> = list.iter().filter(|one| one.urgency == urgency).collect();
        group(desk, &mut namer, urgency, &here, args.all)?;
    }
    if list.is_empty() {
        desk.screen.say(text!("due-none"));
    }
    let cautions: std::collections::BTreeSet<_> =
        list.iter().flat_map(|one| one.cautions.iter().copied()).collect();
    for caution in cautions {
        desk.screen.say(due_lines::caution(caution));
    }
    let mut told = Vec::new();
    for one in &list {
        told.push(namer.told(one)?);
    }
    let findings = keeper.findings()?;
    let harm = store::harm(keeper.log())?.len();
    let beside = beside(&mut keeper, args)?;
    if beside > 0 {
        desk.screen.gap();
        desk.screen.say(texts::say("due-beside", &[("n", texts::count(beside))]));
    }
    if !findings.is_empty() {
        desk.screen.head(&texts::say("findings-head", &[("n", texts::count(findings.len()))]));
        let shown = if args.all { findings.len() } else { SHOWN };
        for finding in findings.iter().take(shown) {
            desk.screen.say(due_lines::finding(finding));
        }
        if findings.len() > shown {
            desk.screen.say(texts::say("due-more", &[("n", texts::count(findings.len() - shown))]));
        }
    }
    if harm > 0 {
        desk.screen.say(texts::say("due-damaged", &[("n", texts::count(harm))]));
    }
    let mut answer =
        json!({ "at": now, "due": told, "findings": findings, "damaged_places": harm });
    // Nobody else's answer shows that there could be one.
    if let Some(answer) = answer.as_object_mut().filter(|_| beside > 0) {
        answer.insert("kept_apart_and_together".to_owned(), beside.into());
    }
    desk.screen.answer(&answer);
    Ok(Exit::Done)
}

/// How many pairs that are kept apart are in one group all the same (PG-09): for the safeguarding lead alone.
fn beside(keeper: &mut Opened, args: &Due) -> Result<usize, Failure> {
    if args.hat != Some(HatWord::SafeguardingLead) {
        return Ok(0);
    }
    let lines = keeper.company(&Asking::safeguarding())?;
    Ok(lines.iter().filter(|it| it.pair == Pair::Apart && !it.both_in.is_empty()).count())
}

/// What may be seen beside codes, in the role in which somebody looks.
fn sight(args: &Due) -> Result<Sight, Failure> {
    let hat = match args.hat {
        Some(HatWord::SafeguardingLead) => Role::SafeguardingLead,
        Some(HatWord::Coordinator) | None => Role::Coordinator,
    };
    let may = |asking: &Asking, class| {
        may(&asking.asker, Action::Read, class, asking.relation, asking.purpose).view()
    };
    let purpose = if hat == Role::Coordinator { Purpose::Coordinate } else { Purpose::Safety };
    let names = args.names.then(|| Asking::of(hat, purpose));
    // Asked before the passphrase is.
    if let Some(asking) = &names {
        may(asking, DataClass::Identity).map_err(|refusal| Failure::refused(&refusal))?;
    }
    let safety = args.hat.is_some().then(|| Asking::of(hat, Purpose::Safety));
    let matters = safety.filter(|asking| may(asking, DataClass::Incident) == Ok(View::Plain));
    Ok(Sight { names, matters })
}

const URGENCIES: [Urgency; 5] =
    [Urgency::Now, Urgency::Today, Urgency::Late, Urgency::Passed, Urgency::Ahead];

fn group(
    desk: &mut Desk,
    namer: &mut Namer<'_>,
    urgency: Urgency,
    here: &[&Pressing<'_>],
    all: bool,
) -> Result<(), Failure> {
    if here.is_empty() || desk.screen.json() {
        return Ok(());
    }
    desk.screen.head(&due_lines::urgency(urgency, here.len()));
    let shown = if all { here.len() } else { SHOWN };
    let mut rows = Vec::new();
    for one in here.iter().take(shown) {
        rows.push(namer.row(one)?);
    }
    let heads = [
        text!("head-by"),
        text!("head-duty"),
        text!("head-about"),
        text!("head-who"),
        text!("head-rule"),
    ];
    desk.screen.table(&heads, rows);
    let mut rest: BTreeMap<&str, usize> = BTreeMap::new();
    for one in here.iter().skip(shown) {
        *rest.entry(one.obligation.what.as_str()).or_default() += 1;
    }
    if !rest.is_empty() {
        desk.screen.say(texts::say("due-more", &[("n", texts::count(here.len() - shown))]));
        for (what, n) in rest {
            let duty = texts::code("duty", what);
            desk.screen
                .say(texts::say("due-more-of", &[("n", texts::count(n)), ("duty", duty.into())]));
        }
    }
    Ok(())
}
