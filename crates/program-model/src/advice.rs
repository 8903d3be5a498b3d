//! What to do about a fault, and which rule asks for it.

use commons::{Figures, Rule};

use crate::fault::{Fault, Weight};

impl Fault {
    /// Its stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.card().0
    }

    /// The figures and words that a message of another language may name, by the names of the fields. Words of the
    /// format, such as `a whole number`, are among them: each is one of a few.
    #[must_use]
    pub fn figures(&self) -> Figures {
        Figures::of(self)
    }

    /// What to do, in one plain English sentence.
    #[must_use]
    pub const fn to_do(&self) -> &'static str {
        self.card().1
    }

    /// Whether it keeps the model from being used.
    #[must_use]
    pub const fn weight(&self) -> Weight {
        if matches!(
            self,
            Self::SourceUnused { .. }
                | Self::IncentiveByHeads
                | Self::AskOwner { .. }
                | Self::RuleDiffers { .. }
        ) {
            Weight::Warning
        } else {
            Weight::Fault
        }
    }

    /// The rule that asks for it, where one does.
    #[must_use]
    pub fn rule(&self) -> Option<Rule> {
        let id = match self {
            Self::SizesOrder { .. } => "U-01",
            Self::RoleForbidden { .. } => "U-03",
            Self::NoConsent { .. } | Self::Bundled { .. } => "U-05",
            Self::NoCrisisCategory { .. } => "U-07",
            Self::Phases { .. } | Self::PhasesEnd { .. } => "U-09",
            Self::OutsidePhase { .. } => "U-10",
            Self::FeeGates => "U-14",
            Self::Sum { .. } => "U-20",
            Self::StoriesBeforeSafety => "HC-05",
            Self::SharingUnheld { .. } => "SH-05",
            Self::IncentiveByHeads => "SH-11",
            Self::FeeForbidden { rule }
            | Self::RuleOfShape { rule, .. }
            | Self::NoSuchParam { rule, .. }
            | Self::ParamMissing { rule, .. }
            | Self::RuleDiffers { rule }
            | Self::NotUniversal { rule } => return Some(rule.clone()),
            Self::Syntax { .. }
            | Self::TooLarge { .. }
            | Self::PromisedNotToAsk { .. }
            | Self::PauseWithoutStaff { .. }
            | Self::UnknownKey { .. }
            | Self::Missing { .. }
            | Self::WrongType { .. }
            | Self::OutOfRange { .. }
            | Self::UnknownWord { .. }
            | Self::NotACode { .. }
            | Self::NotARule { .. }
            | Self::NotADay { .. }
            | Self::TextLength { .. }
            | Self::NotABasis { .. }
            | Self::NoBasis { .. }
            | Self::UnverifiedInForce { .. }
            | Self::Twice { .. }
            | Self::NoSuch { .. }
            | Self::SourceNowhere
            | Self::SourceUnused { .. }
            | Self::Order { .. }
            | Self::MembershipOfShape { .. }
            | Self::Rhythm { .. }
            | Self::NoParticipant
            | Self::Numbering { .. }
            | Self::NeedsLater { .. }
            | Self::AnchorNeeds { .. }
            | Self::Burden { .. }
            | Self::NoBurdenLimit
            | Self::NotScored { .. }
            | Self::AskOwner { .. }
            | Self::DeferralNowhere
            | Self::NoCurrency
            | Self::UnknownRule { .. }
            | Self::DeadPath { .. }
            | Self::UnknownModel { .. }
            | Self::Unreadable => return None,
        };
        Some(Rule::of(id))
    }

    /// The stable code and the way out.
    const fn card(&self) -> (&'static str, &'static str) {
        match self {
            Self::Syntax { .. } => ("file.syntax", "correct the text so that it is TOML"),
            Self::TooLarge { .. } => ("file.size", "check that this is a model file"),
            Self::Bundled { .. } => (
                "consent.bundled",
                "ask for it before its use; only taking part and keeping records come with a place",
            ),
            Self::PromisedNotToAsk { .. } => {
                ("safety.promise", "choose another instrument, or another charter")
            }
            Self::PauseWithoutStaff { .. } => {
                ("supervision.pause", "write `when_late = \"offer\"` for phases without staff")
            }
            Self::UnknownKey { .. } => {
                ("key.unknown", "correct the spelling of the key, or remove it")
            }
            Self::Missing { .. } => ("key.missing", "add the key; the schema says what it holds"),
            Self::WrongType { .. } => ("value.type", "write a value of the type that is wanted"),
            Self::OutOfRange { .. } => ("value.range", "choose a number inside the range"),
            Self::UnknownWord { .. } => {
                ("value.word", "choose one of the words that the schema lists")
            }
            Self::NotACode { .. } => (
                "value.code",
                "use 1 to 40 characters of a-z, 0-9, `_`, `-` and `.`, starting with a letter or a digit",
            ),
            Self::NotARule { .. } => {
                ("value.rule", "write capital letters, a hyphen and digits, as in `HC-01`")
            }
            Self::NotADay { .. } => ("value.day", "write year, month and day, as in `2027-03-01`"),
            Self::TextLength { .. } => ("value.length", "shorten the text, or write one"),
            Self::NotABasis { .. } => (
                "basis.form",
                "write `seed:SOURCE`, `read:SOURCE`, `recalled` or `default`, with the id of a source",
            ),
            Self::NoBasis { .. } => {
                ("basis.missing", "name the field in `basis`, or add `rest` for all others")
            }
            Self::UnverifiedInForce { .. } => (
                "basis.unverified",
                "check it in a source, or choose your own figure and write `default`; move the claim to `unverified`",
            ),
            Self::Twice { .. } => ("id.twice", "rename one of the two, or remove it"),
            Self::NoSuch { .. } => ("name.unknown", "correct the name, or add what it names"),
            Self::SourceNowhere => {
                ("source.nowhere", "add the page or the web address where it can be read")
            }
            Self::SourceUnused { .. } => {
                ("source.unused", "name it in a `basis`, or remove the source")
            }
            Self::SizesOrder { .. } => ("group.sizes", "make min <= target <= max"),
            Self::Order { .. } => ("value.order", "exchange the two figures, or correct one"),
            Self::Sum { .. } => ("sum.differs", "correct a part or the total so that they agree"),
            Self::MembershipOfShape { .. } => {
                ("group.membership", "choose a membership that this shape has, or another shape")
            }
            Self::Rhythm { .. } => (
                "cadence.rhythm",
                "give exactly one of `period_days`, `rrule` and `community_decides`",
            ),
            Self::RoleForbidden { .. } => {
                ("role.forbidden", "remove the role from `roles` or from `forbidden_roles`")
            }
            Self::NoParticipant => (
                "role.participant",
                "add a role of kind `participant` for those the program is for",
            ),
            Self::Phases { .. } => {
                ("phases.gap", "let each phase begin where the one before ended")
            }
            Self::PhasesEnd { .. } => (
                "phases.end",
                "let the last phase with sessions reach the last session of the cadence",
            ),
            Self::OutsidePhase { .. } => {
                ("phases.outside", "name the phase whose sessions include this one")
            }
            Self::Numbering { .. } => ("number.order", "number them 1, 2, 3 without a gap"),
            Self::NeedsLater { .. } => {
                ("module.later", "put the needed module first, or remove the need")
            }
            Self::SharingUnheld { .. } => (
                "agenda.sharing",
                "put movement or breathing before the sharing and a settling part after it",
            ),
            Self::StoriesBeforeSafety => {
                ("activity.safety", "let `needs_module` name a module with `safety = true`")
            }
            Self::AnchorNeeds { .. } => ("timepoint.anchor", "add what the anchor is counted from"),
            Self::Burden { .. } => (
                "measures.burden",
                "take a measure away from this timepoint; people came to heal, not to be measured",
            ),
            Self::NoBurdenLimit => ("measures.limit", "add `measuring` with `minutes_max`"),
            Self::NotScored { .. } => {
                ("measures.scoring", "write `scored = false`; totals can still be recorded by hand")
            }
            Self::AskOwner { .. } => {
                ("measures.rights", "ask the owner of the instrument before using it")
            }
            Self::NoConsent { .. } => ("consent.missing", "add the scope to `consent`"),
            Self::NoCrisisCategory { .. } => {
                ("safety.crisis", "add the category to `referral_categories`")
            }
            Self::DeferralNowhere => {
                ("screening.nowhere", "name a category to refer to, or when to talk again")
            }
            Self::FeeForbidden { .. } => ("fees.forbidden", "write `to_member = \"none\"`"),
            Self::FeeGates => ("fees.gate", "add `nothing_is_valid = true`"),
            Self::NoCurrency => ("fees.currency", "add `currency`, three letters of ISO 4217"),
            Self::IncentiveByHeads => {
                ("incentive.heads", "add a term that rewards quality or safety")
            }
            Self::UnknownRule { .. } => {
                ("rule.unknown", "use the id of a rule from the table of rules")
            }
            Self::RuleOfShape { .. } => {
                ("rule.shape", "remove the rule, or choose a shape that has what it is about")
            }
            Self::NoSuchParam { .. } => ("rule.param", "remove the figure, or correct its name"),
            Self::ParamMissing { .. } => ("rule.param-missing", "add the figure to `params`"),
            Self::RuleDiffers { .. } => (
                "rule.differs",
                "if that is meant, record it as an adaptation; a changed fixed rule drops the model's name",
            ),
            Self::DeadPath { .. } => ("rule.path", "name a path that is in this file"),
            Self::NotUniversal { .. } => {
                ("rule.universal", "only the rules U-01 to U-20 can be switched off by name")
            }
            Self::UnknownModel { .. } => ("model.unknown", "name a model from the list of models"),
            Self::Unreadable => {
                ("file.unreadable", "report this file to the makers of the software")
            }
        }
    }
}
