//! One sheet scored for a person. It needs no program and keeps nothing.

use clap::builder::styling::{AnsiColor, Style};
use commons::Code;
use outcomes::{
    Answer, Context, Evidence, Instrument, Interpretation, Known, Points, Score, Scored,
    case::Case, score_with,
};
use report::Arg;

use super::{Desk, score_cases, shelf::Shelf};
use crate::{
    args::Score as Args,
    exit::Exit,
    failure::Failure,
    texts::{self, text},
};

pub(crate) fn run(desk: &mut Desk, args: &Args) -> Result<Exit, Failure> {
    let mut shelf = Shelf::with(&args.instrument_file)?;
    if desk.globals.json && args.answers.is_empty() {
        return score_cases::run(&mut shelf, args.what.as_deref());
    }
    let Some(id) = &args.what else { return Err(Failure::new("cli.no_sheet", &[])) };
    let instrument = shelf.named(id)?;
    let answers = answers(&args.answers)?;
    let context = context(&args.context)?;
    if desk.globals.json {
        let case = Case::new(&instrument, &answers, context);
        score_cases::line(&mut std::io::stdout().lock(), &case.answer(&instrument));
        return Ok(Exit::Done);
    }
    let scored = score_with(&instrument, &answers, &context);
    let by = chosen(&instrument, &context, &args.interpretation)?;
    told(desk, &instrument, &scored, &by);
    Ok(if scored.score.reason().is_some() { Exit::Refused } else { Exit::Done })
}

/// The answers as typed: numbers, and `-` for one that was left out.
fn answers(typed: &[String]) -> Result<Vec<Answer>, Failure> {
    let words =
        typed.iter().flat_map(|word| word.split([',', ' '])).filter(|word| !word.is_empty());
    let read = |(place, word): (usize, &str)| match word {
        "-" => Ok(Answer::Missing),
        _ => word
            .parse()
            .map(Answer::Given)
            .map_err(|_| Failure::new("cli.answer", &[("place", texts::count(place + 1))])),
    };
    words.enumerate().map(read).collect()
}

/// What is known of the person, as typed: `sex=female`.
fn context(typed: &[String]) -> Result<Context, Failure> {
    let mut context = Context::default();
    for fact in typed {
        let known = fact.split_once('=').and_then(|(name, value)| {
            let name = name.trim().to_ascii_lowercase().parse::<Code>().ok()?;
            Some((name, Known::read(value)?))
        });
        let Some((name, value)) = known else { return Err(Failure::new("cli.context", &[])) };
        context = context.with(name, value);
    }
    Ok(context)
}

/// The interpretations that were asked for, else the defaults that are for this person.
fn chosen<'a>(
    instrument: &'a Instrument,
    context: &'a Context,
    asked: &[Code],
) -> Result<Vec<Interpretation<'a>>, Failure> {
    if asked.is_empty() {
        return Ok(instrument.defaults(context).filter(|found| reads_one_sheet(*found)).collect());
    }
    let find = |id: &Code| {
        let found = instrument.interpretation(id).filter(|found| reads_one_sheet(*found));
        found.ok_or_else(|| {
            let all = instrument.interpretations().filter(|found| reads_one_sheet(*found));
            let ids: Vec<String> = all.map(|found| found.provenance().id.to_string()).collect();
            Failure::new("cli.no_interpretation", &[("ids", Arg::from(ids.join(", ")))])
        })
    };
    asked.iter().map(find).collect()
}

/// Whether it reads one sheet; a threshold of change takes two.
const fn reads_one_sheet(by: Interpretation<'_>) -> bool {
    !matches!(by, Interpretation::Change(_))
}

fn told(desk: &mut Desk, instrument: &Instrument, scored: &Scored, by: &[Interpretation<'_>]) {
    let title = text!("score-title", name = instrument.name(), id = instrument.id().as_str());
    desk.screen.say(title);
    safety(desk, scored);
    if let Some(reason) = scored.score.reason() {
        desk.screen.say(text!("score-none", reason = reason.to_string()));
    }
    let heads =
        [text!("head-figure"), text!("head-value"), text!("head-read-by"), text!("head-evidence")];
    let mut rows = figures(instrument, scored);
    let read = by.iter().filter_map(|by| Some((*by, instrument.read(*by, scored)?)));
    let read: Vec<_> = read.collect();
    for (by, reading) in &read {
        let provenance = by.provenance();
        let evidence = evidence(provenance.evidence);
        let what = by.on().map_or_else(|| kind(*by), |on| texts::code("figure", on.as_str()));
        let band = texts::code("band", reading.band.as_str());
        rows.push(vec![what, said(*by, band), provenance.id.to_string(), evidence]);
    }
    if !rows.is_empty() {
        desk.screen.table(&heads, rows);
    }
    for (by, _) in &read {
        let provenance = by.provenance();
        let (id, source) = (provenance.id.as_str(), provenance.source.as_str());
        let population = provenance.population.as_str();
        desk.screen.say(text!("score-source", id = id, population = population, source = source));
    }
    if read.is_empty() && scored.score.reason().is_none() {
        desk.screen.say(text!("score-unread", id = instrument.id().as_str()));
    }
    desk.screen.say(text!("score-band"));
    // Once more below the table, where the eye rests last.
    safety(desk, scored);
}

/// The total and the parts, with the points they can have.
fn figures(instrument: &Instrument, scored: &Scored) -> Vec<Vec<String>> {
    let scoring = instrument.scoring();
    let row = |figure: String, id: Option<&Code>, points: Option<Points>| {
        let value = points.map_or_else(
            || text!("score-no-figure"),
            |points| {
                let (low, high) = scoring.figure_range(id).unwrap_or((points, points));
                let (low, high) = (low.decimal(), high.decimal());
                text!("score-points", points = points.decimal(), low = low, high = high)
            },
        );
        vec![figure, value, String::new(), String::new()]
    };
    let mut rows = Vec::new();
    if scoring.has_total() {
        rows.push(row(text!("score-total"), None, scored.score.points()));
    }
    if let Score::Prorated { answered, of, .. } = scored.score {
        let value = text!("score-prorated", answered = u64::from(answered), of = u64::from(of));
        rows.push(vec![String::new(), value, String::new(), String::new()]);
    }
    if scored.ended_early {
        rows.push(vec![String::new(), text!("score-ended"), String::new(), String::new()]);
    }
    for found in &scored.conversions {
        let name = texts::code("figure", found.conversion.as_str());
        rows.push(row(name, Some(&found.conversion), Some(found.points)));
    }
    for found in &scored.scales {
        let name = texts::code("figure", found.scale.as_str());
        rows.push(row(name, Some(&found.scale), found.score.points()));
    }
    rows
}

/// What an interpretation is called where it reads the whole sheet.
fn kind(by: Interpretation<'_>) -> String {
    match by {
        Interpretation::Bands(_) => text!("score-bands"),
        Interpretation::CutOff(_) => text!("score-cut-off"),
        Interpretation::Levels(_) => text!("score-levels"),
        Interpretation::Change(_) => text!("score-change"),
        _ => String::new(),
    }
}

/// A reading in words: the band, or on which side of the line.
fn said(by: Interpretation<'_>, band: String) -> String {
    if let Interpretation::CutOff(cut) = by {
        return text!("score-side", band = band, rule = cut.rule());
    }
    band
}

pub(crate) fn evidence(evidence: Evidence) -> String {
    match evidence {
        Evidence::Read => text!("evidence-read"),
        Evidence::Secondary => text!("evidence-secondary"),
        Evidence::Unverified => text!("evidence-unverified"),
    }
}

/// The safety items, before anything else and after everything else.
fn safety(desk: &mut Desk, scored: &Scored) {
    let list = |items: Vec<u8>| {
        let told = items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        (items.len(), told)
    };
    let raised = list(scored.raised_items().collect());
    let unknown = list(scored.unknown_items().collect());
    let red = AnsiColor::Red.on_default().bold();
    for (id, (n, items), style) in
        [("score-raised", raised, red), ("score-unknown", unknown, Style::new().bold())]
    {
        if n == 0 {
            continue;
        }
        let args = [("n", texts::count(n)), ("items", Arg::from(items))];
        desk.screen.gap();
        for line in texts::say(id, &args).lines() {
            desk.screen.say(format!("{style}{line}{style:#}"));
        }
        desk.screen.gap();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_numbers_and_a_dash_for_none() {
        let read =
            |words: &[&str]| answers(&words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>());
        let want = [Answer::Given(2), Answer::Missing, Answer::Given(-1)];
        assert_eq!(read(&["2", "-", "-1"]).unwrap(), want);
        assert_eq!(read(&["2,-,-1"]).unwrap(), want);
        let failure = read(&["2", "two"]).unwrap_err();
        assert!(failure.code == "cli.answer" && failure.message.contains('2'));
        assert!(!failure.message.contains("two"), "what somebody typed is not repeated");
    }

    #[test]
    fn what_is_known_of_a_person_is_a_flag_a_number_or_a_word() {
        let read = |fact: &str| context(&[fact.to_owned()]);
        let known =
            |fact: &str, name: &'static str| read(fact).unwrap().get(&Code::of(name)).cloned();
        assert_eq!(known("sex=female", "sex"), Some(Known::Word(Code::of("female"))));
        assert_eq!(known("Sex=FEMALE", "sex"), known("sex=female", "sex"));
        assert_eq!(known("trauma_exposure=no", "trauma_exposure"), Some(Known::Flag(false)));
        assert_eq!(known("age=34", "age"), Some(Known::Number(34)));
        for bad in ["sex", "=x", "sex=", "sex=Female Person"] {
            assert_eq!(read(bad).unwrap_err().code, "cli.context", "{bad}");
        }
    }

    #[test]
    fn a_sheet_is_read_by_its_defaults_or_by_what_was_asked_for() {
        let phq9 = Shelf::default().named("phq-9").unwrap();
        let none = Context::default();
        let ids = |asked: &[Code]| -> Vec<String> {
            let by = chosen(&phq9, &none, asked).unwrap();
            by.iter().map(|by| by.provenance().id.to_string()).collect()
        };
        assert_eq!(ids(&[]), ["phq-9.bands.kroenke-2001", "phq-9.cut.kroenke-2001"]);
        assert_eq!(ids(&[Code::of("phq-9.cut.harare-2016")]), ["phq-9.cut.harare-2016"]);
        let change = [Code::of("phq-9.change.nhs-tt")];
        assert_eq!(chosen(&phq9, &none, &change).unwrap_err().code, "cli.no_interpretation");
    }
}
