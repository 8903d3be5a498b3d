//! One sheet scored for a person. It needs no program and keeps nothing.

use std::collections::BTreeSet;

use clap::builder::styling::{AnsiColor, Style};
use commons::Code;
use outcomes::{
    Answer, Context, Evidence, Instrument, Interpretation, Known, NotScorable, Points, Reading,
    Score, Scored, case::Case, score_with,
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
        if !(args.context.is_empty() && args.interpretation.is_empty()) {
            return Err(Failure::new("cli.only_one_sheet", &[]));
        }
        return score_cases::run(&mut shelf, args.what.as_deref());
    }
    let Some(id) = &args.what else { return Err(Failure::new("cli.no_sheet", &[])) };
    let instrument = shelf.named(id)?;
    let answers = answers(&args.answers)?;
    let context = context(&args.context, &instrument)?;
    let by = chosen(&instrument, &context, &args.interpretation)?;
    let case = Case::new(&instrument, &answers, context.clone());
    let answer = case.reading_by(args.interpretation.clone()).answer(&instrument);
    if desk.globals.json {
        score_cases::line(&mut std::io::stdout().lock(), &answer);
    } else {
        let scored = score_with(&instrument, &answers, &context);
        told(desk, &Sheet { instrument: &instrument, answers: &answers, scored: &scored }, &by);
        needed(desk, &instrument, &instrument.not_told(&answers, &context));
    }
    Ok(if answer.is_ok() { Exit::Done } else { Exit::Refused })
}

/// A sheet, and what it came to.
struct Sheet<'a> {
    instrument: &'a Instrument,
    answers: &'a [Answer],
    scored: &'a Scored,
}

/// What a gate or a reading asks of the person and does not learn, and how to tell it.
fn needed(desk: &mut Desk, instrument: &Instrument, names: &BTreeSet<Code>) {
    let asks = instrument.asks();
    for (name, values) in asks.iter().filter(|(name, _)| names.contains(*name)) {
        desk.screen.say(text!("score-context-needed", facts = facts(name, values)));
    }
}

/// A name and the values that are known under it, as somebody types them.
pub(crate) fn facts(name: &Code, values: &[Known]) -> String {
    let each = values.iter().map(|value| match value {
        Known::Flag(true) => format!("{name}=yes"),
        Known::Flag(false) => format!("{name}=no"),
        Known::Number(_) | Known::Word(_) => format!("{name}={value}"),
    });
    each.collect::<Vec<_>>().join(", ")
}

/// Everything that an instrument asks of the person beside the answers.
pub(crate) fn all_facts(instrument: &Instrument) -> Vec<String> {
    instrument.asks().iter().map(|(name, values)| facts(name, values)).collect()
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

/// What is known of the person, as typed: `sex=female`. What the instrument does not ask is refused, so
/// that a slip of the hand is not taken for an answer.
fn context(typed: &[String], instrument: &Instrument) -> Result<Context, Failure> {
    let asks = instrument.asks();
    let mut context = Context::default();
    for fact in typed {
        let known = fact.split_once('=').and_then(|(name, value)| {
            let name = name.trim().to_ascii_lowercase().parse::<Code>().ok()?;
            Some((name, Known::read(value)?))
        });
        let Some((name, value)) = known else { return Err(Failure::new("cli.context", &[])) };
        context = context.with(name.clone(), value);
        if !asks.is_told(&name, &context) {
            let facts = all_facts(instrument);
            let args = [("n", texts::count(facts.len())), ("facts", Arg::from(facts.join(", ")))];
            return Err(Failure::new("cli.not_asked", &args));
        }
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

fn told(desk: &mut Desk, sheet: &Sheet<'_>, by: &[Interpretation<'_>]) {
    let Sheet { instrument, scored, .. } = sheet;
    let title = text!("score-title", name = instrument.name(), id = instrument.id().as_str());
    desk.screen.say(title);
    safety(desk, sheet);
    if let Some(reason) = scored.score.reason() {
        desk.screen.say(text!("score-none", reason = reason.to_string()));
    }
    let heads =
        [text!("head-figure"), text!("head-value"), text!("head-read-by"), text!("head-evidence")];
    let read = by.iter().filter_map(|by| Some((*by, instrument.read(*by, scored)?)));
    let read: Vec<_> = read.collect();
    let mut rows = figures(sheet, &read);
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
    let scoring = instrument.scoring();
    if scoring.evidence() == Evidence::Unverified {
        desk.screen.say(text!("score-scoring-unverified", source = scoring.source()));
    }
    if read.is_empty() && scored.score.reason().is_none() {
        desk.screen.say(text!("score-unread", id = instrument.id().as_str()));
    }
    desk.screen.say(text!("score-band"));
    // Once more below the table, where the eye rests last.
    safety(desk, sheet);
}

/// The total and the parts, with the points they can have.
fn figures(sheet: &Sheet<'_>, read: &[(Interpretation<'_>, Reading)]) -> Vec<Vec<String>> {
    let Sheet { instrument, scored, .. } = sheet;
    let row = |figure: String, id: Option<&Code>, score: Score| {
        let value = score.points().map_or_else(
            || none(score, scored.score),
            |points| points_said(instrument, id, points, read),
        );
        vec![figure, value, String::new(), String::new()]
    };
    let mut rows = Vec::new();
    if instrument.scoring().has_total() {
        rows.push(row(text!("score-total"), None, scored.score));
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
        let score = Score::Complete { points: found.points };
        rows.push(row(name, Some(&found.conversion), score));
    }
    for found in &scored.scales {
        let name = texts::code("figure", found.scale.as_str());
        rows.push(row(name, Some(&found.scale), found.score));
    }
    rows
}

/// Points as they were read: rounded, where a band or a cut-off reads them so.
fn points_said(
    instrument: &Instrument,
    figure: Option<&Code>,
    points: Points,
    read: &[(Interpretation<'_>, Reading)],
) -> String {
    let scoring = instrument.scoring();
    let (low, high) = scoring.figure_range(figure).unwrap_or((points, points));
    let (low, high) = (low.decimal(), high.decimal());
    let reads = |by: Interpretation<'_>| {
        matches!(by, Interpretation::Bands(_) | Interpretation::CutOff(_)) && by.on() == figure
    };
    let exact = points.decimal();
    let rounded = points.rounded(scoring.figure_places(figure)).decimal();
    if rounded != exact && read.iter().any(|(by, _)| reads(*by)) {
        let read = rounded;
        return text!("score-points-rounded", read = read, exact = exact, low = low, high = high);
    }
    text!("score-points", points = exact, low = low, high = high)
}

/// Why there is no figure, where it was not said of the whole sheet already.
fn none(score: Score, sheet: Score) -> String {
    match score.reason() {
        Some(reason) if sheet.reason() != Some(reason) => {
            text!("score-no-figure-why", reason = reason.to_string())
        }
        Some(_) | None => text!("score-no-figure"),
    }
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
fn safety(desk: &mut Desk, sheet: &Sheet<'_>) {
    let Sheet { scored, .. } = sheet;
    let answered = |item: &u8| {
        let place = usize::from(*item).checked_sub(1);
        place.and_then(|at| sheet.answers.get(at)).is_some_and(|it| it.given().is_some())
    };
    let torn = matches!(scored.score.reason(), Some(NotScorable::WrongItemCount { .. }));
    let unknown = || scored.unknown_items();
    let bold = Style::new().bold();
    let said: [(_, Vec<u8>, _); 4] = [
        ("score-raised", scored.raised_items().collect(), AnsiColor::Red.on_default().bold()),
        ("score-unknown-count", unknown().filter(|_| torn).collect(), bold),
        ("score-unknown-code", unknown().filter(|it| !torn && answered(it)).collect(), bold),
        ("score-unknown", unknown().filter(|it| !torn && !answered(it)).collect(), bold),
    ];
    for (id, items, style) in said.into_iter().filter(|(_, items, _)| !items.is_empty()) {
        let told = items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let args = [("n", texts::count(items.len())), ("items", Arg::from(told))];
        desk.screen.gap();
        for line in texts::say(id, &args).lines() {
            desk.screen.say(format!("{style}{line}{style:#}"));
        }
        desk.screen.gap();
    }
}

#[cfg(test)]
mod tests {
    use outcomes::ContextIs;

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
    fn what_is_known_of_a_person_is_told_as_the_instrument_asks_it() {
        let read = |instrument: &str, fact: &str| {
            context(&[fact.to_owned()], &Shelf::default().named(instrument).unwrap())
        };
        let says = |instrument: &str, fact: &str, name: &'static str, is: Known| {
            let fact = read(instrument, fact).unwrap();
            fact.says(&ContextIs { context: Code::of(name), is })
        };
        let female = || Known::Word(Code::of("female"));
        for fact in ["sex=female", "Sex=FEMALE", "sex=f"] {
            assert!(says("audit-c", fact, "sex", female()), "{fact}");
        }
        assert!(!says("audit-c", "sex=M", "sex", female()));
        for fact in ["trauma_exposure=no", "trauma_exposure=0", "trauma_exposure=false"] {
            assert!(says("pc-ptsd-5", fact, "trauma_exposure", Known::Flag(false)), "{fact}");
        }
        for bad in ["sex", "=x", "sex=", "sex=Female Person"] {
            assert_eq!(read("audit-c", bad).unwrap_err().code, "cli.context", "{bad}");
        }
        for bad in ["sexx=female", "sex=x", "sex=1", "age=34"] {
            let failure = read("audit-c", bad).unwrap_err();
            assert_eq!(failure.code, "cli.not_asked", "{bad}");
            assert!(failure.help.contains("sex=female, sex=male"), "{}", failure.help);
        }
        let failure = read("pc-ptsd-5", "trauma_exposure=2").unwrap_err();
        assert!(failure.help.contains("trauma_exposure=yes, trauma_exposure=no"));
        assert!(read("phq-2", "sex=f").unwrap_err().help.contains("--context"));
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
