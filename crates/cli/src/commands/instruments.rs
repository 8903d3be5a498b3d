//! Instruments: which there are, what one says, and what is wrong with a file of one's own.

use std::path::Path;

use commons::Code;
use outcomes::{
    Better, Condition, ContextIs, Evidence, Instrument, Interpretation, OWN_EXAMPLE, Points,
    Wording,
    definition::{Definition, Gate, GateKind, ScaleDefinition, TextRights},
    wording::{WordingDefinition, WordingError},
};
use report::Arg;
use serde_json::json;

use super::{
    Desk, score,
    shelf::{self, Shelf},
};
use crate::{
    args::{InstrumentCheck, InstrumentShow},
    exit::Exit,
    failure::Failure,
    place,
    texts::{self, text},
};

pub(crate) fn list(desk: &mut Desk) -> Result<Exit, Failure> {
    let heads = [
        text!("head-id"),
        text!("head-name"),
        text!("head-items"),
        text!("head-points"),
        text!("head-read-by"),
    ];
    let instruments = outcomes::built_ins();
    let rows = instruments.iter().map(|instrument| {
        let by = by_default(instrument);
        vec![
            instrument.id().to_string(),
            instrument.name().to_owned(),
            instrument.scoring().items().to_string(),
            range(instrument),
            if by.is_empty() { text!("instruments-no-default") } else { by },
        ]
    });
    desk.screen.table(&heads, rows);
    desk.screen.say(text!("instruments-next"));
    let told = instruments.iter().map(|instrument| {
        json!({
            "id": instrument.id(),
            "version": instrument.version(),
            "name": instrument.name(),
            "items": instrument.scoring().items(),
            "evidence": instrument.scoring().evidence(),
        })
    });
    desk.screen.answer(&json!({ "instruments": told.collect::<Vec<_>>() }));
    Ok(Exit::Done)
}

/// What reads a sheet when nobody chooses, a line each; for whom, where it is not for everybody.
fn by_default(instrument: &Instrument) -> String {
    let found = instrument.interpretations().filter(|found| found.provenance().default);
    let found = found.filter(|found| !matches!(found, Interpretation::Change(_)));
    let told = found.map(|found| match found.when() {
        Some(when) => format!("{} ({when})", found.provenance().id),
        None => found.provenance().id.to_string(),
    });
    told.collect::<Vec<_>>().join("\n")
}

fn range(instrument: &Instrument) -> String {
    if instrument.scoring().has_total() {
        let (low, high) = instrument.scoring().range();
        span(low, high)
    } else {
        text!("instruments-no-total")
    }
}

fn span(low: Points, high: Points) -> String {
    text!("span", first = low.decimal(), last = high.decimal())
}

pub(crate) fn show(desk: &mut Desk, args: &InstrumentShow) -> Result<Exit, Failure> {
    let path = Path::new(&args.instrument);
    let instrument = if path.is_file() {
        shelf::of_file(path)?
    } else {
        Shelf::default().named(&args.instrument)?
    };
    let language = desk.globals.language.as_deref().and_then(|tag| tag.parse().ok());
    let wording = match &args.wording {
        Some(file) => Some(wording_of(file, &instrument)?),
        None => Wording::built_in(&instrument, &language.unwrap_or(Code::of("en"))),
    };
    let (name, id) = (instrument.name(), instrument.id().as_str());
    desk.screen.say(text!(
        "instrument-title",
        name = name,
        id = id,
        version = instrument.version().as_str()
    ));
    scoring(desk, &instrument);
    readings(desk, &instrument);
    words(desk, &instrument, wording.as_ref());
    desk.screen
        .answer(&json!({ "instrument": Definition::from(instrument.clone()), "wording": wording }));
    Ok(Exit::Done)
}

fn scoring(desk: &mut Desk, instrument: &Instrument) {
    let scoring = instrument.scoring();
    let heads = [text!("head-what"), text!("head-value")];
    let (low, high) = scoring.codes();
    let mut rows = vec![
        vec![text!("instrument-items"), scoring.items().to_string()],
        vec![
            text!("instrument-codes"),
            text!("span", first = low.to_string(), last = high.to_string()),
        ],
        vec![text!("instrument-points"), range(instrument)],
        vec![text!("instrument-better"), better(scoring.better())],
    ];
    if !scoring.reversed().is_empty() {
        rows.push(vec![text!("instrument-reversed"), joined(scoring.reversed())]);
    }
    if let Some(missing) = scoring.missing_up_to() {
        rows.push(vec![text!("instrument-missing"), missing.to_string()]);
    }
    let safety: Vec<u8> = scoring.safety().iter().map(|safety| safety.item).collect();
    if !safety.is_empty() {
        rows.push(vec![text!("instrument-safety"), joined(&safety)]);
    }
    rows.extend(scoring.gates().iter().map(|gate| vec![text!("instrument-gate"), closes(gate)]));
    let facts = score::all_facts(instrument);
    if !facts.is_empty() {
        rows.push(vec![text!("instrument-asks"), facts.join(", ")]);
    }
    for scale in scoring.scales() {
        let range = scoring.figure_range(Some(&scale.id)).unwrap_or((Points::ZERO, Points::ZERO));
        let name = texts::code("figure", scale.id.as_str());
        rows.push(vec![name, scale_said(scale, span(range.0, range.1))]);
    }
    for id in scoring.conversions().iter().map(|conversion| &conversion.id) {
        if let Some((low, high)) = scoring.figure_range(Some(id)) {
            rows.push(vec![texts::code("figure", id.as_str()), span(low, high)]);
        }
    }
    rows.push(vec![text!("instrument-source"), scoring.source().to_owned()]);
    rows.push(vec![text!("head-evidence"), score::evidence(scoring.evidence())]);
    if let Some(codes) = instrument.codes() {
        let panel = codes.panel.clone().unwrap_or_default();
        rows.push(vec![codes.system.clone(), panel]);
    }
    desk.screen.table(&heads, rows);
}

fn joined(items: &[u8]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn better(better: Better) -> String {
    match better {
        Better::Lower => text!("better-lower"),
        Better::Higher => text!("better-higher"),
    }
}

/// A scale in short: its points, its items, how many answers may be missing, which way is better where
/// that is not the way of the total.
fn scale_said(scale: &ScaleDefinition, range: String) -> String {
    let missing = u64::from(scale.missing_up_to);
    let mut said =
        text!("instrument-scale", range = range, items = joined(&scale.items), missing = missing);
    if let Some(way) = scale.better {
        said = format!("{said}; {}", better(way));
    }
    said
}

/// When a gate closes, and what that means for the items behind it.
fn closes(gate: &Gate) -> String {
    let when = match &gate.when {
        Condition::Item { item, is } => {
            text!("gate-item", item = u64::from(*item), is = is.to_string())
        }
        Condition::Context(ContextIs { context, is }) => {
            score::facts(context, std::slice::from_ref(is))
        }
    };
    let n = texts::count(gate.closes.len());
    let args = [("when", Arg::from(when)), ("items", Arg::from(joined(&gate.closes))), ("n", n)];
    let id = match gate.kind {
        GateKind::NotApplicable => "gate-not-applicable",
        GateKind::Stop => "gate-stop",
        GateKind::Skip => "gate-skip",
    };
    texts::say(id, &args)
}

fn readings(desk: &mut Desk, instrument: &Instrument) {
    desk.screen.head(&text!("instrument-readings"));
    let heads = [
        text!("head-id"),
        text!("head-value"),
        text!("head-population"),
        text!("head-evidence"),
        text!("head-default"),
    ];
    let rows: Vec<_> = instrument
        .interpretations()
        .map(|found| {
            let provenance = found.provenance();
            let population = found.when().map_or_else(
                || provenance.population.clone(),
                |when| format!("{} ({when})", provenance.population),
            );
            let default = if provenance.default { text!("word-yes") } else { String::new() };
            vec![
                provenance.id.to_string(),
                says(found),
                population,
                score::evidence(provenance.evidence),
                default,
            ]
        })
        .collect();
    if rows.is_empty() {
        desk.screen.say(text!("instrument-no-readings"));
    } else {
        desk.screen.table(&heads, rows);
    }
}

/// An interpretation in short: its edges, its rule or its levels.
fn says(found: Interpretation<'_>) -> String {
    let short = match found {
        Interpretation::Bands(bands) => {
            let edge = |edge: &outcomes::Edge| {
                format!("{} {}", edge.from.decimal(), texts::code("band", edge.band.as_str()))
            };
            bands.edges.iter().map(edge).collect::<Vec<_>>().join(", ")
        }
        Interpretation::CutOff(cut) => cut.rule(),
        Interpretation::Change(change) => {
            text!("instrument-change", points = change.points.decimal())
        }
        Interpretation::Levels(levels) => {
            let level = |step: &outcomes::Step| texts::code("band", step.level.as_str());
            levels.steps.iter().map(level).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    };
    match found.on() {
        Some(on) => format!("{}: {short}", texts::code("figure", on.as_str())),
        None => short,
    }
}

fn words(desk: &mut Desk, instrument: &Instrument, wording: Option<&Wording>) {
    desk.screen.head(&text!("instrument-words"));
    let rights = instrument.rights();
    let Some(wording) = wording else {
        desk.screen.say(no_words(instrument));
        return;
    };
    if wording.evidence() == Evidence::Unverified {
        desk.screen.say(text!("instrument-words-unverified"));
    }
    desk.screen.say(wording.stem());
    for (words, item) in wording.items().zip(1_u8..) {
        let labels =
            wording.labels(item).iter().map(|label| format!("{} {}", label.code, label.label));
        desk.screen.say(format!("{item:>4}  {words}"));
        desk.screen.say(format!("      [{}]", labels.collect::<Vec<_>>().join(" | ")));
    }
    desk.screen.say(wording.credit());
    // A translation names its translator; the owner is named beside.
    if !wording.credit().contains(&rights.credit) {
        desk.screen.say(&rights.credit);
    }
    desk.screen.say(text!("instrument-words-source", source = wording.source()));
}

/// Why no words are shown, and where they are.
fn no_words(instrument: &Instrument) -> String {
    let rights = instrument.rights();
    let ask = rights.ask.as_str();
    if Wording::built_in(instrument, &Code::of("en")).is_some() {
        return text!("instrument-words-english", id = instrument.id().as_str());
    }
    match rights.text {
        TextRights::Own => text!("instrument-words-own"),
        TextRights::Forbidden => text!("instrument-words-forbidden", ask = ask),
        TextRights::Verbatim => text!("instrument-words-verbatim", ask = ask),
        TextRights::PublicDomain | TextRights::WithCredit => {
            text!("instrument-words-free", ask = ask, credit = rights.credit.as_str())
        }
        TextRights::Elsewhere | _ => text!("instrument-words-elsewhere", ask = ask),
    }
}

/// The wording of a file, for an instrument.
fn wording_of(file: &Path, instrument: &Instrument) -> Result<Wording, Failure> {
    let text = place::read_text(file)?;
    Wording::from_toml(&text, instrument).map_err(|error| {
        let faults = wording_faults(&place::label(file), &text, &error);
        Failure::new("cli.instrument_faults", &[("n", texts::count(faults.len()))]).listing(faults)
    })
}

fn wording_faults(label: &str, text: &str, error: &WordingError) -> Vec<String> {
    match error {
        WordingError::Shape(shape) => vec![shelf::shape_line(label, text, shape)],
        WordingError::Faults(faults) => {
            faults.iter().map(|fault| format!("{label}: {fault}")).collect()
        }
        other => vec![format!("{label}: {other}")],
    }
}

/// Prints an instrument to copy and change.
pub(crate) fn template(desk: &mut Desk) -> Exit {
    for line in OWN_EXAMPLE.lines() {
        desk.screen.say(line);
    }
    desk.screen.answer(&json!({ "text": OWN_EXAMPLE }));
    Exit::Done
}

/// Checks an instrument, or a wording of one.
pub(crate) fn check(desk: &mut Desk, args: &InstrumentCheck) -> Result<Exit, Failure> {
    let label = place::label(&args.file);
    let text = place::read_text(&args.file)?;
    let table: Option<toml::Table> = toml::from_str(&text).ok();
    let is_wording = table.is_some_and(|table| table.contains_key("instrument"));
    let faults = if is_wording {
        check_wording(args, &label, &text)?
    } else {
        match Instrument::from_toml(&text) {
            Ok(instrument) if shelf::is_taken(&instrument) => {
                let id = instrument.id().as_str();
                vec![format!("{label}: {}", text!("instrument-id-taken", id = id))]
            }
            Ok(instrument) => {
                sound(desk, &instrument);
                Vec::new()
            }
            Err(error) => shelf::faults(&label, &text, &error),
        }
    };
    if !faults.is_empty() {
        desk.screen.head(&texts::say("instrument-faults", &[("n", texts::count(faults.len()))]));
        faults.iter().for_each(|fault| desk.screen.say(fault));
    } else if is_wording {
        desk.screen.say(text!("instrument-wording-sound"));
    }
    desk.screen.answer(&json!({ "sound": faults.is_empty(), "faults": faults }));
    Ok(if faults.is_empty() { Exit::Done } else { Exit::Refused })
}

fn check_wording(args: &InstrumentCheck, label: &str, text: &str) -> Result<Vec<String>, Failure> {
    let read: WordingDefinition = match toml::from_str(text) {
        Ok(read) => read,
        Err(shape) => return Ok(vec![shelf::shape_line(label, text, &shape)]),
    };
    let instrument = Shelf::with(&args.instrument_file)?.named(read.instrument.as_str())?;
    Ok(match Wording::new(read, &instrument) {
        Ok(_) => Vec::new(),
        Err(error) => wording_faults(label, text, &error),
    })
}

/// A file that holds together, and what nobody verified in it.
fn sound(desk: &mut Desk, instrument: &Instrument) {
    desk.screen.say(text!("instrument-sound", name = instrument.name()));
    let unverified = instrument
        .interpretations()
        .filter(|found| found.provenance().evidence == outcomes::Evidence::Unverified);
    for found in unverified {
        desk.screen.say(text!("instrument-unverified", id = found.provenance().id.as_str()));
    }
}
