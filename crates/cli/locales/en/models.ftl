# What is wrong with a model file, by the code of the fault, and (-help) what to do. The words in braces are the fields of the fault.
fault-file-syntax = This is not TOML: “{ $message }”
fault-file-syntax-help = Correct the text so that it is TOML.
fault-file-size = The file has { $bytes } bytes; at most { $most } are read.
fault-file-size-help = Check that this is a model file.
fault-consent-bundled = Attendance depends on the consent “{ $scope }”.
fault-consent-bundled-help = Ask for it before its use; only taking part and keeping records come with a place.
fault-safety-promise = “{ $instrument }” asks about danger to oneself, and the charter promises no assessment.
fault-safety-promise-help = Choose another instrument, or another charter.
fault-supervision-pause = The phase “{ $phase }” has no staff, and late supervision would pause the unit.
fault-supervision-pause-help = Write “when_late = "offer"” for phases without staff.
fault-key-unknown = The key “{ $key }” is not known.{ $meant ->
    [none] {""}
   *[other] {" "}Did you mean “{ $meant }”?
}
fault-key-unknown-help = Correct the spelling of the key, or remove it.
fault-key-missing = “{ $key }” is missing.
fault-key-missing-help = Add the key; the schema says what it holds.
fault-value-type = Wanted here: { $wanted }; found: { $found }.
fault-value-type-help = Write a value of the type that is wanted.
fault-value-range = { $found } lies outside of { $fewest } to { $most }.
fault-value-range-help = Choose a number inside the range.
fault-value-word = The word “{ $found }” is not known.{ $meant ->
    [none] {""}
   *[other] {" "}Did you mean “{ $meant }”?
}
fault-value-word-help = Choose one of the words that the schema lists.
fault-value-code = “{ $found }” is not a code.
fault-value-code-help = Use 1 to 40 characters of a-z, 0-9, “_”, “-” and “.”, starting with a letter or a digit.
fault-value-rule = “{ $found }” is not the id of a rule.
fault-value-rule-help = Write capital letters, a hyphen and digits, as in “HC-01”.
fault-value-day = “{ $found }” is not a day.
fault-value-day-help = Write year, month and day, as in “2027-03-01”.
fault-value-length = The text has { $length } characters; 1 to { $most } are wanted.
fault-value-length-help = Shorten the text, or write one.
fault-basis-form = “{ $found }” does not say what a figure rests on.
fault-basis-form-help = Write “seed:SOURCE”, “read:SOURCE”, “recalled” or “default”, with the id of a source.
fault-basis-missing = Nothing says what “{ $field }” rests on.
fault-basis-missing-help = Name the field in “basis”, or add “rest” for all others.
fault-basis-unverified = { $field } rests on memory alone, and is in force.
fault-basis-unverified-help = Check it in a source, or choose your own figure and write “default”; move the claim to “unverified”.
fault-id-twice = “{ $id }” stands here twice, first on line { $first }.
fault-id-twice-help = Rename one of the two, or remove it.
fault-name-unknown = There is no { $what } “{ $name }”.{ $meant ->
    [none] {""}
   *[other] {" "}Did you mean “{ $meant }”?
}
fault-name-unknown-help = Correct the name, or add what it names.
fault-source-nowhere = The source says neither page nor address.
fault-source-nowhere-help = Add the page or the web address where it can be read.
fault-source-unused = No figure names the source “{ $source_id }”.
fault-source-unused-help = Name it in a “basis”, or remove the source.
fault-group-sizes = The sizes { $min }, { $target } and { $max } are not in order.
fault-group-sizes-help = Make min <= target <= max.
fault-value-order = “{ $less }” is { $a } and “{ $more }” is { $b }: the first may not be greater.
fault-value-order-help = Exchange the two figures, or correct one.
fault-sum-differs = { $what }: the sum is { $sum }, not { $total }.
fault-sum-differs-help = Correct a part or the total so that they agree.
fault-group-membership = This shape ({ $shape }) has no membership “{ $membership }”.
fault-group-membership-help = Choose a membership that this shape has, or another shape.
fault-cadence-rhythm = { $found ->
    [0] No rhythm is given; one is wanted.
   *[other] { $found } rhythms are given; one is wanted.
}
fault-cadence-rhythm-help = Give exactly one of “period_days”, “rrule” and “community_decides”.
fault-role-forbidden = The role “{ $role }” is both given and forbidden.
fault-role-forbidden-help = Remove the role from “roles” or from “forbidden_roles”.
fault-role-participant = No role is of kind “participant”.
fault-role-participant-help = Add a role of kind “participant” for those the program is for.
fault-phases-gap = The phases should go on with { $unit } { $wanted }, not { $found }.
fault-phases-gap-help = Let each phase begin where the one before ended.
fault-phases-end = The phases end with session { $last } of { $sessions }.
fault-phases-end-help = Let the last phase with sessions reach the last session of the cadence.
fault-phases-outside = Session { $session } does not lie in the phase “{ $phase }”.
fault-phases-outside-help = Name the phase whose sessions include this one.
fault-number-order = Number { $wanted } should stand here, not { $found }.
fault-number-order-help = Number them 1, 2, 3 without a gap.
fault-module-later = Module { $module } needs module { $needs }, which comes later.
fault-module-later-help = Put the needed module first, or remove the need.
fault-agenda-sharing = { $before ->
    [true] Stories are shared before any movement or breathing.
   *[other] Nothing settles people after stories were shared.
}
fault-agenda-sharing-help = Put movement or breathing before the sharing and a settling part after it.
fault-activity-safety = Personal stories come without a module on safety before them.
fault-activity-safety-help = Let “needs_module” name a module with “safety = true”.
fault-timepoint-anchor = The anchor “{ $anchor }” needs “{ $needs }”.
fault-timepoint-anchor-help = Add what the anchor is counted from.
fault-measures-burden = { $minutes } minutes of measures at “{ $timepoint }”; at most { $most } are borne.
fault-measures-burden-help = Take a measure away from this timepoint; people came to heal, not to be measured.
fault-measures-limit = There are measures, and no “measuring” that limits them.
fault-measures-limit-help = Add “measuring” with “minutes_max”.
fault-measures-scoring = “{ $instrument }” is not scored by this software yet.
fault-measures-scoring-help = Write “scored = false”; totals can still be recorded by hand.
fault-measures-rights = “{ $instrument }” may not be used before its owner is asked.
fault-measures-rights-help = Ask the owner of the instrument before using it.
fault-consent-missing = There are measures, and nobody is asked for “{ $scope }”.
fault-consent-missing-help = Add the scope to “consent”.
fault-safety-crisis = There is no referral category “{ $category }”.
fault-safety-crisis-help = Add the category to “referral_categories”.
fault-screening-nowhere = Nothing is offered to somebody who is asked to wait.
fault-screening-nowhere-help = Name a category to refer to, or when to talk again.
fault-fees-forbidden = There is a fee, and the rule { $rule } allows none.
fault-fees-forbidden-help = Write “to_member = "none"”.
fault-fees-gate = There is a fee, and paying nothing is not a valid amount.
fault-fees-gate-help = Add “nothing_is_valid = true”.
fault-fees-currency = An amount stands here without its currency.
fault-fees-currency-help = Add “currency”, three letters of ISO 4217.
fault-incentive-heads = The formula rewards neither quality nor safety.
fault-incentive-heads-help = Add a term that rewards quality or safety.
fault-rule-unknown = The rule “{ $rule }” is not known.{ $meant ->
    [none] {""}
   *[other] {" "}Did you mean “{ $meant }”?
}
fault-rule-unknown-help = Use the id of a rule from the table of rules.
fault-rule-shape = The rule { $rule } is about “{ $about }”, which this shape ({ $shape }) does not have.
fault-rule-shape-help = Remove the rule, or choose a shape that has what it is about.
fault-rule-param = The rule { $rule } takes no figure “{ $param }”.
fault-rule-param-help = Remove the figure, or correct its name.
fault-rule-param-missing = The rule { $rule } needs the figure “{ $param }”.
fault-rule-param-missing-help = Add the figure to “params”.
fault-rule-differs = The rule { $rule } is published otherwise: level or “fixed” differ.
fault-rule-differs-help = If that is meant, record it as an adaptation; a changed fixed rule drops the model's name.
fault-rule-path = Nothing in this file matches “{ $pattern }”.
fault-rule-path-help = Name a path that is in this file.
fault-rule-universal = The rule { $rule } is not a universal one.
fault-rule-universal-help = Only the rules U-01 to U-20 can be switched off by name.
fault-model-unknown = There is no model “{ $model }”.{ $meant ->
    [none] {""}
   *[other] {" "}Did you mean “{ $meant }”?
}
fault-model-unknown-help = Name a model from the list of models.
fault-file-unreadable = The file could not be read.
fault-file-unreadable-help = Report this file to the makers of the software.

# What the format wants, and what was found.
word-text-in-quotes = text in quotes
word-a-whole-number = a whole number
word-true-or-false = true or false
word-a-list-in-square-brackets = a list in square brackets
word-a-table = a table
word-a-list-of-tables = a list of tables
word-text-in-quotes-or-a-table-of-field-names-and-texts = text in quotes, or a table of field names and texts
word-string = a text
word-integer = a whole number
word-float = a number with a fraction
word-boolean = true or false
word-datetime = a day or a time
word-array = a list
word-table = a table

# What a name should name, and what was added up.
word-phase = phase
word-role = role
word-scope-of-consent = scope of consent
word-timepoint = timepoint
word-training = training
word-source = source
word-the-minutes-of-the-parts = The minutes of the parts
word-the-minutes-of-the-training = The minutes of the training
word-the-parts = The parts
word-the-shares-of-the-activities = The shares of the activities
word-the-weights = The weights
word-the-sessions-of-the-syllabus = The sessions of the syllabus
word-week = week
word-session = session
word-all-of-it = All of it
word-period_days-less-1 = one less than period_days
