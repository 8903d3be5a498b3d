//! What is wrong with a model file, where, and what to do.

use std::fmt;

use commons::Rule;

use crate::words::{About, Membership, Shape};

/// Something wrong in a file, and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// The way to it from the top, such as `roles[member].max`.
    pub path: String,
    /// What is wrong.
    pub fault: Fault,
}

/// Everything that is wrong in a file, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    faults: Vec<Finding>,
    warnings: Vec<Finding>,
}

/// Whether a fault keeps a model from being used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// The model cannot be used.
    Fault,
    /// The model can be used; somebody should look.
    Warning,
}

/// What is wrong. Its `Display` says what, [`to_do`](Self::to_do) says how to go on, in the developers' English; frontends find their own
/// words by its [`code`](Self::code) and fill them with its [`figures`](Self::figures).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fault {
    /// The file is not TOML here.
    #[error("not TOML: {message}")]
    Syntax {
        /// What the parser says.
        message: String,
    },
    /// The file is longer than any model.
    #[error("a file of {bytes} bytes; at most {most} are read")]
    TooLarge {
        /// Its length, in bytes.
        bytes: usize,
        /// The longest that is read, in bytes.
        most: usize,
    },
    /// A key that the format does not know.
    #[error("unknown key `{key}`{}", did_you_mean(meant.as_ref()))]
    UnknownKey {
        /// The key.
        key: String,
        /// The nearest key that is known.
        meant: Option<String>,
    },
    /// A key is missing.
    #[error("`{key}` is missing")]
    Missing {
        /// The key.
        key: &'static str,
    },
    /// A value of another type.
    #[error("{wanted} is wanted here, not {found}")]
    WrongType {
        /// What is wanted.
        wanted: &'static str,
        /// The type found.
        found: &'static str,
    },
    /// A number outside its range.
    #[error("{found} is outside {fewest} to {most}")]
    OutOfRange {
        /// The number.
        found: i64,
        /// The least allowed.
        fewest: i64,
        /// The greatest allowed.
        most: i64,
    },
    /// A word outside a closed vocabulary.
    #[error("unknown word `{found}`{}", did_you_mean(meant.as_ref()))]
    UnknownWord {
        /// The word.
        found: String,
        /// The nearest word that is known.
        meant: Option<String>,
        /// All words that are known.
        known: &'static [&'static str],
    },
    /// A text that is no code.
    #[error("`{found}` is not a code")]
    NotACode {
        /// The text.
        found: String,
    },
    /// A text that is no rule's id.
    #[error("`{found}` is not the id of a rule")]
    NotARule {
        /// The text.
        found: String,
    },
    /// A text that is no day.
    #[error("`{found}` is not a day")]
    NotADay {
        /// The text.
        found: String,
    },
    /// A text that is too long, or empty.
    #[error("a text of {length} characters; 1 to {most} are wanted")]
    TextLength {
        /// Its length, in characters.
        length: usize,
        /// The most, in characters.
        most: usize,
    },
    /// A text that is no basis.
    #[error("`{found}` does not say what a figure rests on")]
    NotABasis {
        /// The text.
        found: String,
    },
    /// A parameter whose basis is not said.
    #[error("nothing says what `{field}` rests on")]
    NoBasis {
        /// The parameter.
        field: String,
    },
    /// A figure that nobody checked is in force.
    #[error("{field} rests on memory alone, and is in force")]
    UnverifiedInForce {
        /// The parameter, in backticks, or `all of it`.
        field: String,
    },
    /// The same id twice.
    #[error("`{id}` stands here twice, first on line {first}")]
    Twice {
        /// The id.
        id: String,
        /// The line of the first.
        first: u32,
    },
    /// A name of something that is not in the file.
    #[error("there is no {what} `{name}`{}", did_you_mean(meant.as_ref()))]
    NoSuch {
        /// What it should be.
        what: &'static str,
        /// The name.
        name: String,
        /// The nearest name there is.
        meant: Option<String>,
    },
    /// A source that says not where to find it.
    #[error("the source says neither page nor address")]
    SourceNowhere,
    /// A source that no basis names.
    #[error("no figure names the source `{source_id}`")]
    SourceUnused {
        /// The source.
        source_id: String,
    },
    /// The sizes of the group are not in order.
    #[error("the sizes {min}, {target} and {max} are not in order")]
    SizesOrder {
        /// Fewest.
        min: i64,
        /// Aimed at.
        target: i64,
        /// Most.
        max: i64,
    },
    /// One number must not be greater than another.
    #[error("{less} is {a} and {more} is {b}: the first may not be greater")]
    Order {
        /// The name of the one that should be less.
        less: &'static str,
        /// Its figure.
        a: i64,
        /// The name of the one that should be more.
        more: &'static str,
        /// Its figure.
        b: i64,
    },
    /// Parts that do not add up.
    #[error("{what} add up to {sum}, not {total}")]
    Sum {
        /// What was added.
        what: &'static str,
        /// Their sum.
        sum: i64,
        /// What it should be.
        total: i64,
    },
    /// A way of belonging that the shape does not have.
    #[error("a {shape} has no membership `{membership}`")]
    MembershipOfShape {
        /// The shape.
        shape: Shape,
        /// The membership.
        membership: Membership,
    },
    /// Not exactly one rhythm.
    #[error("{found} rhythms are given; one is wanted")]
    Rhythm {
        /// How many are given.
        found: usize,
    },
    /// A role both given and forbidden.
    #[error("the role `{role}` is both given and forbidden")]
    RoleForbidden {
        /// The role.
        role: String,
    },
    /// No role for those the program is for.
    #[error("no role is of kind `participant`")]
    NoParticipant,
    /// Phases that leave weeks or sessions out, or have them twice.
    #[error("the phases should go on with {unit} {wanted}, not {found}")]
    Phases {
        /// Week or session.
        unit: &'static str,
        /// The number wanted.
        wanted: i64,
        /// The number found.
        found: i64,
    },
    /// Phases that end before the sessions do.
    #[error("the phases end with session {last} of {sessions}")]
    PhasesEnd {
        /// The last session in a phase.
        last: i64,
        /// Sessions of the plan.
        sessions: i64,
    },
    /// A session in a phase that does not hold it.
    #[error("session {session} does not lie in the phase `{phase}`")]
    OutsidePhase {
        /// The session.
        session: i64,
        /// The phase.
        phase: String,
    },
    /// Numbers that do not run 1, 2, 3.
    #[error("number {wanted} should stand here, not {found}")]
    Numbering {
        /// The number wanted.
        wanted: i64,
        /// The number found.
        found: i64,
    },
    /// A module that needs a later one.
    #[error("module {module} needs module {needs}, which comes later")]
    NeedsLater {
        /// The module.
        module: i64,
        /// The one it needs.
        needs: i64,
    },
    /// Stories are shared without anything before or after.
    #[error("{}", if *before { "stories are shared before any movement or breathing" } else { "nothing settles people after stories were shared" })]
    SharingUnheld {
        /// Whether the part before is missing, else the part after.
        before: bool,
    },
    /// Personal stories before safety was taught.
    #[error("personal stories without a module on safety before them")]
    StoriesBeforeSafety,
    /// A parameter that this anchor, or that only this anchor, needs.
    #[error("the anchor `{anchor}` needs `{needs}`")]
    AnchorNeeds {
        /// The anchor.
        anchor: &'static str,
        /// What it needs.
        needs: &'static str,
    },
    /// Too much is asked of people at a timepoint.
    #[error("{minutes} minutes of measures at `{timepoint}`; at most {most} are borne")]
    Burden {
        /// The timepoint.
        timepoint: String,
        /// Minutes of all measures.
        minutes: i64,
        /// The limit.
        most: i64,
    },
    /// Measures without a limit of burden.
    #[error("measures, and no `measuring` that limits them")]
    NoBurdenLimit,
    /// An instrument said to be scored that this software does not score.
    #[error("`{instrument}` is not scored by this software yet")]
    NotScored {
        /// The instrument.
        instrument: String,
    },
    /// An instrument that may not be used freely.
    #[error("`{instrument}` may not be used before its owner is asked")]
    AskOwner {
        /// The instrument.
        instrument: String,
    },
    /// A measure and no consent to it.
    #[error("measures, and nobody is asked for `{scope}`")]
    NoConsent {
        /// The scope of consent.
        scope: &'static str,
    },
    /// A scope that nobody's place may depend on.
    #[error("attendance depends on the consent `{scope}`")]
    Bundled {
        /// The scope of consent.
        scope: &'static str,
    },
    /// An instrument that asks about danger to oneself where the charter promises not to.
    #[error("`{instrument}` asks about danger to oneself, and the charter promises no assessment")]
    PromisedNotToAsk {
        /// The instrument.
        instrument: String,
    },
    /// A unit would be paused for lacking staff that it must not have.
    #[error("the phase `{phase}` has no staff, and late supervision would pause the unit")]
    PauseWithoutStaff {
        /// The phase.
        phase: String,
    },
    /// No service for a crisis.
    #[error("no referral category `{category}`")]
    NoCrisisCategory {
        /// The category.
        category: &'static str,
    },
    /// A deferral that leads nowhere.
    #[error("nothing is offered to somebody who is asked to wait")]
    DeferralNowhere,
    /// A fee where the model allows none.
    #[error("a fee, and the rule {rule} allows none")]
    FeeForbidden {
        /// The rule.
        rule: Rule,
    },
    /// A fee that somebody may be unable to pay.
    #[error("a fee, and paying nothing is not a valid amount")]
    FeeGates,
    /// An amount without its currency.
    #[error("an amount without its currency")]
    NoCurrency,
    /// An incentive that pays for numbers only.
    #[error("the formula rewards neither quality nor safety")]
    IncentiveByHeads,
    /// A rule nobody knows.
    #[error("unknown rule `{rule}`{}", did_you_mean(meant.as_ref()))]
    UnknownRule {
        /// The id.
        rule: String,
        /// The nearest rule that is known.
        meant: Option<String>,
    },
    /// A rule about something that cannot happen here.
    #[error("the rule {rule} is about `{about}`, which a {shape} does not have")]
    RuleOfShape {
        /// The rule.
        rule: Rule,
        /// What it is about.
        about: About,
        /// The shape.
        shape: Shape,
    },
    /// A figure that the rule does not take.
    #[error("the rule {rule} takes no figure `{param}`")]
    NoSuchParam {
        /// The rule.
        rule: Rule,
        /// The figure.
        param: String,
    },
    /// A figure that the rule needs.
    #[error("the rule {rule} needs the figure `{param}`")]
    ParamMissing {
        /// The rule.
        rule: Rule,
        /// The figure.
        param: String,
    },
    /// A rule that differs from how it is published.
    #[error("the rule {rule} is published otherwise: level or `fixed` differ")]
    RuleDiffers {
        /// The rule.
        rule: Rule,
    },
    /// A path that leads nowhere.
    #[error("nothing in this file matches `{pattern}`")]
    DeadPath {
        /// The pattern.
        pattern: String,
    },
    /// A rule switched off that is not universal.
    #[error("{rule} is not a universal rule")]
    NotUniversal {
        /// The rule.
        rule: Rule,
    },
    /// A model that nobody knows.
    #[error("there is no model `{model}`{}", did_you_mean(meant.as_ref()))]
    UnknownModel {
        /// The id.
        model: String,
        /// The nearest model that is known.
        meant: Option<String>,
    },
    /// The file could not be turned into a model though nothing was found wrong with it.
    #[error("the file could not be read")]
    Unreadable,
}

fn did_you_mean(meant: Option<&String>) -> String {
    meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"))
}

impl Faults {
    pub(crate) fn new(mut findings: Vec<Finding>) -> Self {
        findings.sort_by(|a, b| {
            (a.line, a.column, &a.path, a.fault.code()).cmp(&(
                b.line,
                b.column,
                &b.path,
                b.fault.code(),
            ))
        });
        let (faults, warnings) =
            findings.into_iter().partition(|finding| finding.fault.weight() == Weight::Fault);
        Self { faults, warnings }
    }

    /// What keeps the model from being used, by line.
    #[must_use]
    pub fn faults(&self) -> &[Finding] {
        &self.faults
    }

    /// What somebody should look at, by line.
    #[must_use]
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }

    pub(crate) fn into_warnings(self) -> Vec<Finding> {
        self.warnings
    }
}

impl std::error::Error for Faults {}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "faults: {}, warnings: {}", self.faults.len(), self.warnings.len())?;
        for finding in self.faults.iter().chain(&self.warnings) {
            write!(f, "\n{finding}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, path, fault } = self;
        write!(f, "{line}:{column} [{}] ", fault.code())?;
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        write!(f, "{fault}: {}", fault.to_do())
    }
}
