//! Program models: which there are, and what is wrong with a file of one's own.

use std::path::Path;

use program_model::{Fault, Fidelity, Finding, Leeway, Model, Setting, ready, shipped};
use report::Arg;
use serde_json::json;

use super::Desk;
use crate::{
    exit::Exit,
    failure::Failure,
    place,
    texts::{self, text},
};

/// The figures of faults that are words of the format.
const WORDED: [&str; 6] = ["wanted", "found", "what", "unit", "field", "more"];

pub(crate) fn list(desk: &mut Desk) -> Result<Exit, Failure> {
    let heads = [text!("head-id"), text!("head-name"), text!("head-shape"), text!("head-state")];
    let rows = shipped().iter().map(|model| {
        vec![
            model.id.to_string(),
            model.name.to_owned(),
            texts::code("shape", model.shape.as_str()),
            texts::code("state", model.state.as_str()),
        ]
    });
    desk.screen.table(&heads, rows);
    desk.screen.say(text!("models-next"));
    let models: Vec<_> = shipped()
        .iter()
        .map(|model| json!({ "id": model.id, "name": model.name, "state": model.state, "shape": model.shape }))
        .collect();
    desk.screen.answer(&json!({ "models": models }));
    Ok(Exit::Done)
}

/// The ids of the models that are ready.
pub(crate) fn ready_ids() -> String {
    let ready = shipped().iter().filter(|model| model.text.is_some());
    ready.map(|model| model.id.to_string()).collect::<Vec<_>>().join(", ")
}

/// A model by its id, or of a file.
pub(crate) fn named(name: &str) -> Result<Model, Failure> {
    if let Some(model) = ready(name) {
        return Ok(model);
    }
    let path = Path::new(name);
    if path.is_file() {
        let text = place::read_text(path)?;
        return Model::parse(&text).map_err(|faults| faulty(&place::label(path), faults.faults()));
    }
    let code = if shipped().iter().any(|model| model.id == *name) {
        "cli.model_planned"
    } else {
        "cli.no_model"
    };
    Err(Failure::new(code, &[("ids", ready_ids().into())]))
}

fn faulty(label: &str, faults: &[Finding]) -> Failure {
    Failure::new("cli.model_faults", &[("n", texts::count(faults.len()))])
        .listing(faults.iter().map(|fault| line(label, fault)))
}

/// Where, what, and what to do.
fn line(label: &str, finding: &Finding) -> String {
    let place = format!("{label}:{}:{}", finding.line, finding.column);
    let (what, to_do) = words(&finding.fault);
    let path = if finding.path.is_empty() { String::new() } else { format!("{}: ", finding.path) };
    let rule = finding.fault.rule();
    let rule = rule.map(|rule| text!("error-rule", rule = rule.to_string())).unwrap_or_default();
    let what = format!("{path}{what} {rule}");
    text!("fault-line", place = place, what = what.trim_end(), out = to_do)
}

/// What a fault says and what to do, in the catalog's words for its code.
fn words(fault: &Fault) -> (String, String) {
    let args: Vec<_> = texts::figures(&fault.figures())
        .into_iter()
        .map(|(name, arg)| (name, of_the_format(name, arg)))
        .collect();
    let key = format!("fault-{}", fault.code().replace('.', "-"));
    (texts::say(&key, &args), texts::say(&format!("{key}-help"), &args))
}

/// A word of the format, such as `a whole number`, in words of the catalog; anything else as it is.
fn of_the_format(name: &str, arg: Arg) -> Arg {
    match &arg {
        Arg::Text(text) if WORDED.contains(&name) => {
            let slug = text.replace(',', "").replace(' ', "-");
            texts::find(&format!("word-{slug}"), &[]).map_or(arg, Arg::Text)
        }
        Arg::Text(_) | Arg::Count(_) | Arg::Number(..) => arg,
    }
}

fn told(finding: &Finding) -> serde_json::Value {
    let (what, to_do) = words(&finding.fault);
    json!({
        "line": finding.line,
        "column": finding.column,
        "path": finding.path,
        "code": finding.fault.code(),
        "what": what,
        "to_do": to_do,
        "rule": finding.fault.rule(),
    })
}

pub(crate) fn check(desk: &mut Desk, file: &Path) -> Result<Exit, Failure> {
    let label = place::label(file);
    let parsed = Model::parse(&place::read_text(file)?);
    let (faults, warnings) = match &parsed {
        Ok(model) => (&[] as &[Finding], model.warnings()),
        Err(faults) => (faults.faults(), faults.warnings()),
    };
    for (head, list) in [
        (text!("check-faults", n = size(faults)), faults),
        (text!("check-warnings", n = size(warnings)), warnings),
    ] {
        if !list.is_empty() {
            desk.screen.head(&head);
            for finding in list {
                desk.screen.say(line(&label, finding));
            }
        }
    }
    if let Ok(model) = &parsed {
        sound(desk, model);
    }
    desk.screen.answer(&json!({
        "sound": parsed.is_ok(),
        "faults": faults.iter().map(told).collect::<Vec<_>>(),
        "warnings": warnings.iter().map(told).collect::<Vec<_>>(),
    }));
    Ok(if parsed.is_ok() { Exit::Done } else { Exit::Refused })
}

fn size(list: &[Finding]) -> u64 {
    u64::try_from(list.len()).unwrap_or(u64::MAX)
}

/// A file that holds together: how it departs from the model it is a copy of.
fn sound(desk: &mut Desk, model: &Model) {
    desk.screen.say(text!("check-sound", name = model.name()));
    let Some(shipped) = ready(model.id().as_str()) else { return };
    let differences = model.differences(&shipped);
    if differences.is_empty() {
        return;
    }
    desk.screen.head(&text!("check-differences"));
    for difference in &differences {
        let leeway = match difference.leeway {
            Leeway::Within => text!("leeway-within"),
            Leeway::Beyond => text!("leeway-beyond"),
        };
        let (from, to) = (setting(&difference.from), setting(&difference.to));
        let path = difference.path.as_str();
        desk.screen.say(text!(
            "check-difference",
            path = path,
            from = from,
            to = to,
            leeway = leeway
        ));
    }
    if let Fidelity::Adapted { .. } = model.fidelity(&shipped) {
        desk.screen.say(text!("check-adapted", name = shipped.name()));
    }
}

/// A setting as its file writes it.
fn setting(setting: &Setting) -> String {
    match setting {
        Setting::Absent => text!("setting-absent"),
        Setting::Whole(number) => number.to_string(),
        Setting::Flag(flag) => flag.to_string(),
        Setting::Code(code) => code.to_string(),
        Setting::List(list) => list.iter().map(self::setting).collect::<Vec<_>>().join(", "),
        Setting::Words => text!("setting-words"),
    }
}
