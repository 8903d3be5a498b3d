//! The commands and their options. No words stand here: `help.rs` fills them in from the catalog.

use std::path::PathBuf;

use chrono::{NaiveDate, NaiveTime};
use circle_model::Rhythm;
use clap::{Args, Parser, Subcommand, ValueEnum};
use commons::Code;

#[derive(Debug, Parser)]
#[command(name = "circlekeeper", version, subcommand_required = false)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) globals: Globals,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

// What every command knows.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Globals {
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "CIRCLEKEEPER_DIR",
        hide_env_values = true
    )]
    pub(crate) dir: Option<PathBuf>,
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "passphrase_file")]
    pub(crate) recovery_code_file: Option<PathBuf>,
    #[arg(long, global = true, value_name = "TAG")]
    pub(crate) language: Option<String>,
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Demo(Demo),
    Init(Init),
    Card(CardVerb),
    Due(Due),
    Form(Box<Form>),
    #[command(subcommand)]
    Calendar(CalendarVerb),
    #[command(subcommand)]
    Models(Models),
    #[command(subcommand)]
    People(People),
    #[command(subcommand)]
    Measure(Measure),
    Score(Score),
    #[command(subcommand)]
    Instruments(Instruments),
    Report(Report),
    Analyze(Analyze),
    #[command(subcommand)]
    Person(Person),
    Verify,
    Doctor,
    Merge(Merge),
    Backup(Backup),
    Restore(Restore),
    Completions(Completions),
    Man(Man),
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    #[arg(value_enum, default_value = "social-healing-group")]
    pub(crate) model: DemoModel,
    #[arg(long, value_name = "COUNT")]
    pub(crate) people: Option<u32>,
    #[arg(long, value_name = "NUMBER")]
    pub(crate) seed: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DemoModel {
    SocialHealingGroup,
    HealingCircle,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    #[arg(long, value_name = "ZONE")]
    pub(crate) zone: Option<String>,
    #[arg(long, value_name = "CODE")]
    pub(crate) jurisdiction: Option<String>,
    #[arg(long, value_name = "ID|FILE")]
    pub(crate) model: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) recovery_out: Option<PathBuf>,
    #[arg(long)]
    pub(crate) yes_i_wrote_it_down: bool,
    // For tests: a passphrase that costs next to nothing to try. `doctor` says so.
    #[arg(long, hide = true)]
    pub(crate) weak_for_tests: bool,
}

// At night the bare word is enough: it shows the card.
#[derive(Debug, Args)]
pub(crate) struct CardVerb {
    #[command(subcommand)]
    pub(crate) verb: Option<Card>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Card {
    Show,
    Print(CardPrint),
    Template,
    Edit(CardEdit),
}

#[derive(Debug, Args)]
pub(crate) struct CardPrint {
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct CardEdit {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Due {
    #[arg(long, value_name = "DAYS")]
    pub(crate) ahead: Option<u16>,
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<NaiveDate>,
    #[arg(long)]
    pub(crate) all: bool,
    #[arg(long)]
    pub(crate) names: bool,
    #[arg(long = "as", value_enum, value_name = "ROLE")]
    pub(crate) hat: Option<HatWord>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum HatWord {
    Coordinator,
    SafeguardingLead,
}

// Who sits with whom.
#[derive(Debug, Args)]
pub(crate) struct Form {
    #[command(flatten)]
    pub(crate) source: FormSource,
    #[arg(long, value_name = "FILE")]
    pub(crate) rules: Option<PathBuf>,
    #[arg(long, value_name = "ID")]
    pub(crate) model: Option<String>,
    #[arg(long, value_name = "DIR", conflicts_with = "accept")]
    pub(crate) out: Option<PathBuf>,
    #[arg(long, conflicts_with = "roster")]
    pub(crate) with_trainees: bool,
    #[arg(long, value_name = "SEATS", num_args = 0..=1, conflicts_with_all = ["roster", "facilitators"])]
    pub(crate) accept: Option<Option<PathBuf>>,
    #[arg(long, requires = "accept")]
    pub(crate) yes: bool,
    #[arg(long, value_name = "SEATS", conflicts_with = "accept")]
    pub(crate) standing: Option<PathBuf>,
    #[arg(long, requires = "standing")]
    pub(crate) let_move: bool,
    #[arg(long, value_name = "PERSON", conflicts_with_all = ["accept", "out"])]
    pub(crate) why: Option<String>,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["roster", "accept", "out"])]
    pub(crate) wishes: Option<PathBuf>,
    #[arg(long, value_name = "ONE,OTHER")]
    pub(crate) keep_apart: Vec<String>,
    #[arg(long, value_name = "ONE,OTHER")]
    pub(crate) together: Vec<String>,
    #[arg(long, conflicts_with_all = ["roster", "keep_apart", "together", "lift"])]
    pub(crate) pairs: bool,
    #[arg(long, value_name = "CODE", conflicts_with_all = ["roster", "keep_apart", "together"])]
    pub(crate) lift: Option<String>,
    #[arg(long = "as", value_enum, value_name = "ROLE")]
    pub(crate) hat: Option<HatWord>,
    #[arg(long, value_enum, value_name = "LIST")]
    pub(crate) template: Option<FormTemplate>,
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<NaiveDate>,
    #[arg(long)]
    pub(crate) names: bool,
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) seed: u64,
    #[arg(long, value_name = "MOVES")]
    pub(crate) work: Option<u64>,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

// Two files, where it is not the program's own people.
#[derive(Debug, Args)]
pub(crate) struct FormSource {
    #[arg(long, value_name = "FILE", requires = "facilitators")]
    pub(crate) roster: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "roster")]
    pub(crate) facilitators: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormTemplate {
    People,
    Facilitators,
    Wishes,
    Rules,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CalendarVerb {
    Show(CalendarShow),
    Plan(Box<CalendarPlan>),
    Move(CalendarMove),
    Skip(CalendarSkip),
    Export(CalendarExport),
    Sheets(CalendarSheets),
    TakeIn(CalendarTakeIn),
    Enter(CalendarEnter),
}

#[derive(Debug, Args)]
pub(crate) struct CalendarShow {
    #[command(flatten)]
    pub(crate) span: CalendarSpan,
    #[arg(long)]
    pub(crate) names: bool,
}

// Which sessions of a calendar are meant.
#[derive(Debug, Clone, Args)]
pub(crate) struct CalendarSpan {
    #[arg(long, value_name = "CODE")]
    pub(crate) unit: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<NaiveDate>,
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<NaiveDate>,
}

#[derive(Debug, Args)]
pub(crate) struct CalendarPlan {
    #[arg(value_name = "UNIT")]
    pub(crate) unit: String,
    #[arg(long, value_name = "DATE", required_unless_present = "dates")]
    pub(crate) from: Option<NaiveDate>,
    #[arg(long, value_name = "HH:MM")]
    pub(crate) time: NaiveTime,
    #[arg(long, value_name = "RHYTHM")]
    pub(crate) every: Option<Rhythm>,
    #[arg(long, value_name = "DATES", value_delimiter = ',', conflicts_with = "every")]
    pub(crate) dates: Vec<NaiveDate>,
    #[arg(long, value_name = "COUNT")]
    pub(crate) sessions: Option<u16>,
    #[arg(long, value_name = "MINUTES")]
    pub(crate) minutes: Option<u16>,
    #[arg(long, value_name = "DAYS|FILE")]
    pub(crate) skip: Vec<String>,
    #[arg(long, value_enum, default_value = "holiday")]
    pub(crate) reason: ReasonWord,
    #[arg(long, value_name = "CODE=ROLE")]
    pub(crate) lead: Vec<String>,
    #[command(flatten)]
    pub(crate) beside: CalendarBeside,
    #[arg(long)]
    pub(crate) trial: bool,
}

// What stands by a session that is planned or moved.
#[derive(Debug, Clone, Args)]
pub(crate) struct CalendarBeside {
    #[arg(long, value_name = "CODE")]
    pub(crate) reachable: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) travel: Option<PathBuf>,
    #[arg(long, value_name = "MINUTES", default_value = "0")]
    pub(crate) travel_minutes: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReasonWord {
    Holiday,
    Commemoration,
    Weather,
    NoFacilitator,
    TooFew,
    NoPlace,
    Unsafe,
    Other,
}

#[derive(Debug, Args)]
pub(crate) struct CalendarMove {
    #[arg(value_name = "UNIT")]
    pub(crate) unit: String,
    #[arg(value_name = "SESSION")]
    pub(crate) number: u16,
    #[arg(long, value_name = "DATE")]
    pub(crate) to: NaiveDate,
    #[arg(long, value_name = "HH:MM")]
    pub(crate) time: Option<NaiveTime>,
    #[arg(long, value_enum)]
    pub(crate) reason: ReasonWord,
    #[command(flatten)]
    pub(crate) beside: CalendarBeside,
}

#[derive(Debug, Args)]
pub(crate) struct CalendarSkip {
    #[arg(value_name = "UNIT")]
    pub(crate) unit: String,
    #[arg(value_name = "SESSION")]
    pub(crate) number: u16,
    #[arg(long, value_enum)]
    pub(crate) reason: ReasonWord,
}

#[derive(Debug, Args)]
pub(crate) struct CalendarExport {
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<NaiveDate>,
    #[arg(long)]
    pub(crate) place: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CalendarSheets {
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
    #[arg(long, value_name = "CODE")]
    pub(crate) unit: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub(crate) week: Option<NaiveDate>,
    #[arg(long)]
    pub(crate) names: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CalendarTakeIn {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[arg(long)]
    pub(crate) uncounted: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CalendarEnter {
    #[arg(value_name = "UNIT")]
    pub(crate) unit: String,
    #[arg(value_name = "SESSION")]
    pub(crate) number: u16,
    #[arg(value_name = "MARKS", required = true)]
    pub(crate) marks: Vec<String>,
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<NaiveDate>,
    #[arg(long, value_name = "MINUTES")]
    pub(crate) minutes: Option<u16>,
    #[arg(long, value_name = "CODE=ROLE")]
    pub(crate) lead: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Models {
    List,
    Show(ModelShow),
    Check(ModelCheck),
}

#[derive(Debug, Args)]
pub(crate) struct ModelShow {
    #[arg(value_name = "ID|FILE")]
    pub(crate) model: String,
}

#[derive(Debug, Args)]
pub(crate) struct ModelCheck {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum People {
    Import(Box<PeopleImport>),
    List(PeopleList),
    Template,
}

#[derive(Debug, Args)]
pub(crate) struct PeopleList {
    #[arg(long)]
    pub(crate) codes: bool,
}

#[derive(Debug, Args)]
pub(crate) struct PeopleImport {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[arg(long, value_name = "COLUMN")]
    pub(crate) id: Option<String>,
    #[arg(long, value_name = "COLUMN")]
    pub(crate) name: Option<String>,
    #[arg(long, value_enum, default_value = "participant")]
    pub(crate) standing: StandingWord,
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<NaiveDate>,
    #[arg(long)]
    pub(crate) accept_duplicates: bool,
    #[arg(long, conflicts_with = "accept_duplicates")]
    pub(crate) skip_known: bool,
    #[arg(long, alias = "consent", value_enum)]
    pub(crate) consent_mode: Option<ConsentWord>,
    #[arg(long, value_name = "DATE", requires = "consent_mode")]
    pub(crate) consent_on: Option<NaiveDate>,
    #[arg(long, value_name = "DATE", requires = "consent_mode")]
    pub(crate) measure_consent_on: Option<NaiveDate>,
    #[arg(long, value_name = "DATE", requires = "consent_mode")]
    pub(crate) risk_consent_on: Option<NaiveDate>,
    #[arg(long, value_name = "CODE", requires = "consent_mode")]
    pub(crate) witness: Option<String>,
    #[arg(long, value_name = "CODE", default_value = "paper")]
    pub(crate) consent_text: Code,
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub(crate) consent_language: Code,
}

// How a table is read, where the file does not tell.
#[derive(Debug, Clone, Args)]
pub(crate) struct Reading {
    #[arg(long, value_enum, default_value = "auto")]
    pub(crate) encoding: EncodingWord,
    #[arg(long, value_enum, default_value = "auto")]
    pub(crate) separator: SeparatorWord,
    #[arg(long = "column", value_name = "FIELD=COLUMN")]
    pub(crate) columns: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EncodingWord {
    Auto,
    #[value(name = "windows-1252")]
    Windows1252,
    #[value(name = "latin-1")]
    Latin1,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SeparatorWord {
    Auto,
    Comma,
    Semicolon,
    Tab,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StandingWord {
    Participant,
    Facilitator,
    Supervisor,
    Staff,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ConsentWord {
    Signed,
    Spoken,
    Thumb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Measure {
    Import(MeasureImport),
    Template(MeasureTemplate),
}

#[derive(Debug, Args)]
pub(crate) struct MeasureImport {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[arg(long, value_name = "ID")]
    pub(crate) instrument: Code,
    #[arg(long, value_name = "CODE")]
    pub(crate) timepoint: Option<Code>,
    #[arg(long)]
    pub(crate) new_timepoint: bool,
    #[arg(long, value_name = "COLUMN")]
    pub(crate) id: Option<String>,
    #[arg(long, value_name = "COLUMNS")]
    pub(crate) items: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<NaiveDate>,
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub(crate) sheet_language: Code,
    #[arg(long, value_name = "TEXTS", value_delimiter = ',')]
    pub(crate) missing: Vec<String>,
    #[arg(long)]
    pub(crate) unreadable_as_missing: bool,
}

#[derive(Debug, Args)]
pub(crate) struct MeasureTemplate {
    #[arg(long, value_name = "ID")]
    pub(crate) instrument: Code,
}

// A negative number is an answer out of range, and never an option.
#[derive(Debug, Args)]
pub(crate) struct Score {
    #[arg(value_name = "INSTRUMENT|FILE")]
    pub(crate) what: Option<String>,
    #[arg(value_name = "ANSWERS", allow_negative_numbers = true)]
    pub(crate) answers: Vec<String>,
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) context: Vec<String>,
    #[arg(long, value_name = "ID")]
    pub(crate) interpretation: Vec<Code>,
    #[arg(long, value_name = "FILE")]
    pub(crate) instrument_file: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Instruments {
    List,
    Show(InstrumentShow),
    Template,
    Check(InstrumentCheck),
}

#[derive(Debug, Args)]
pub(crate) struct InstrumentShow {
    #[arg(value_name = "ID|FILE")]
    pub(crate) instrument: String,
    #[arg(long, value_name = "FILE")]
    pub(crate) wording: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct InstrumentCheck {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) instrument_file: Vec<PathBuf>,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Report {
    #[command(subcommand)]
    pub(crate) verb: Option<ReportVerb>,
    #[arg(long, value_enum, default_value = "inside")]
    pub(crate) audience: AudienceWord,
    #[arg(long)]
    pub(crate) each_person: bool,
    #[arg(long, value_name = "FILE|DIR")]
    pub(crate) out: Option<PathBuf>,
    #[arg(long, conflicts_with = "out")]
    pub(crate) preview: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReportVerb {
    Define(Define),
    List(ListReports),
    Build(BuildReports),
    Freeze(BuildReports),
    Check(CheckRelease),
}

#[derive(Debug, Args)]
pub(crate) struct Define {
    pub(crate) name: Code,
    #[arg(long, value_name = "FILE")]
    pub(crate) book: PathBuf,
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: String,
    #[arg(long, value_enum)]
    pub(crate) audience: AudienceWord,
    #[arg(long, value_name = "COUNT")]
    pub(crate) floor: Option<u64>,
    #[arg(long, value_name = "DATE", requires = "to")]
    pub(crate) from: Option<NaiveDate>,
    #[arg(long, value_name = "DATE", requires = "from")]
    pub(crate) to: Option<NaiveDate>,
    #[arg(long, value_name = "GROUPING")]
    pub(crate) joined_on: Option<Code>,
    #[arg(long, value_name = "GROUPING=GROUP")]
    pub(crate) only: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ListReports {
    #[arg(long, value_name = "FILE")]
    pub(crate) book: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct BuildReports {
    #[arg(long, value_name = "FILE")]
    pub(crate) book: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) plan: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    #[arg(long, value_name = "RELEASE", num_args = 1..)]
    pub(crate) beside: Vec<PathBuf>,
    #[arg(long)]
    pub(crate) lenient: bool,
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<NaiveDate>,
}

#[derive(Debug, Args)]
pub(crate) struct CheckRelease {
    pub(crate) release: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) book: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) plan: Option<PathBuf>,
    #[arg(long, value_name = "RELEASE", num_args = 1..)]
    pub(crate) beside: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Analyze {
    #[arg(value_name = "PLAN", required_unless_present = "suggest")]
    pub(crate) plan: Option<PathBuf>,
    #[arg(long, value_name = "DIR", required_unless_present_any = ["preview", "suggest", "json"])]
    pub(crate) out: Option<PathBuf>,
    #[arg(long)]
    pub(crate) lenient: bool,
    #[arg(long, conflicts_with = "out")]
    pub(crate) preview: bool,
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<NaiveDate>,
    #[arg(long, value_enum, default_value = "auto")]
    pub(crate) encoding: EncodingWord,
    #[arg(long, value_name = "DATA", num_args = 1.., conflicts_with_all = ["plan", "lenient", "preview", "on"])]
    pub(crate) suggest: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AudienceWord {
    Inside,
    Outside,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Person {
    Erase(Erase),
}

#[derive(Debug, Args)]
pub(crate) struct Erase {
    #[arg(value_name = "CODE")]
    pub(crate) code: String,
    #[arg(long, required = true)]
    pub(crate) now: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Merge {
    #[arg(value_name = "OTHER")]
    pub(crate) other: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Backup {
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    #[arg(long, value_name = "FOLDER")]
    pub(crate) keys_to: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Restore {
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) keys: Option<PathBuf>,
    #[arg(long)]
    pub(crate) old_keys: bool,
    #[arg(long, conflicts_with_all = ["keys", "old_keys"])]
    pub(crate) without_keys: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Man {
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
}
