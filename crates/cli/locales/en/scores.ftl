# What is said of sheets and instruments. A band starts a conversation; no word here says what a person has.

score-title = { $name } ({ $id })
score-raised =
    !!!  { $n ->
        [one] Item { $items } asks
       *[other] Items { $items } ask
    } that somebody talk with this person now, before they leave, whatever the total is.
    !!!  Whom to call, here and now: circlekeeper card
score-unknown =
    !!!  { $n ->
        [one] Item { $items } must reach somebody, and was not answered. That is not a “no”:
       *[other] Items { $items } must reach somebody, and were not answered. That is not a “no”:
    } somebody asks.
    !!!  Whom to call if it is needed: circlekeeper card
score-unknown-code =
    !!!  { $n ->
        [one] Item { $items } must reach somebody, and holds a code that is not on the sheet:
       *[other] Items { $items } must reach somebody, and hold codes that are not on the sheet:
    } nobody knows what was meant, and somebody asks.
    !!!  Whom to call if it is needed: circlekeeper card
score-unknown-count =
    !!!  { $n ->
        [one] Item { $items } must reach somebody, and nobody knows which answer belongs to it:
       *[other] Items { $items } must reach somebody, and nobody knows which answers belong to them:
    } somebody looks at the sheet, or asks.
    !!!  Whom to call if it is needed: circlekeeper card
score-none = Not scorable: { $reason }. That is not zero.
score-total = Total
score-points = { $points } (of { $low } to { $high })
score-points-rounded = { $read } (rounded from { $exact }; of { $low } to { $high })
score-no-figure = none
score-no-figure-why = none: { $reason }
score-prorated = { $answered } of { $of } answered; the missing ones stand at the mean of the others
score-ended = the sheet ended early for this person, by its own rule
score-bands = Band
score-cut-off = Cut-off
score-levels = Level
score-change = Change
score-side = { $band } ({ $rule })
score-source = { $id }: { $population }. { $source }
score-scoring-unverified = How it is scored is UNVERIFIED: { $source }
score-context-needed = Not told, and asked for by a gate or a reading: --context with one of { $facts }
score-unread = No reading is used unasked for this sheet. “circlekeeper instruments show { $id }” lists what there is; --interpretation chooses.
score-band = A reading starts a conversation with someone trained. It says nothing final about anyone.

head-read-by = Read by
head-evidence = Checked
head-items = Items
head-points = Points
head-population = Studied with
head-default = Default

evidence-read = read in its source
evidence-secondary = read where it is repeated
evidence-unverified = UNVERIFIED: quoted from memory

## Readings
band-at_cut_off = reached
band-not_at_cut_off = not reached
band-none = none
band-minimal = minimal
band-low = low
band-normal = normal
band-mild = mild
band-medium = medium
band-moderate = moderate
band-moderately_severe = moderately severe
band-moderate_to_severe = moderate to severe
band-severe = severe
band-serious = serious
band-high = high
band-very_high = very high
band-healthy = healthy
band-usual = usual
band-rule_met = the counting rule is met
band-rule_not_met = the counting rule is not met
band-other = other (two to four signs)
band-major = major (five signs or more)

## Figures
figure-metric = Metric points
figure-raw = Raw sum
figure-percent = Out of 100
figure-mean = Mean of the items
figure-total_0_48 = On 0 to 48
figure-b_intrusion = B, memories that intrude
figure-c_avoidance = C, avoiding
figure-d_cognition_mood = D, thoughts and mood
figure-e_arousal = E, being on edge

## instruments
instruments-next = More of one: circlekeeper instruments show phq-9. One of your own: circlekeeper instruments template > ours.toml
instruments-no-default = none: choose one
instruments-no-total = no total
instrument-title = { $name } ({ $id }, version { $version })
instrument-items = Items
instrument-codes = Codes
instrument-points = Total
instrument-missing = Answers that may be missing
instrument-safety = Items that must reach somebody
instrument-source = Scored after
instrument-readings = Readings
instrument-no-readings = It is not read by anything here: its figures speak for themselves.
instrument-change = changed by { $points } or more
instrument-words = Words
instrument-better = Better
better-lower = fewer points
better-higher = more points
instrument-reversed = Reversed items
instrument-gate = Gate
gate-item = item { $item } is { $is }
gate-not-applicable = when { $when }: { $n ->
    [one] item { $items } does not concern the person, and is left out
   *[other] items { $items } do not concern the person, and are left out
}
gate-stop = when { $when }: the sheet ends before { $n ->
    [one] item { $items }
   *[other] items { $items }
}
gate-skip = when { $when }: the form goes past { $n ->
    [one] item { $items }
   *[other] items { $items }
}
instrument-asks = What --context tells
instrument-scale = { $range }; items { $items }; { $missing ->
    [0] none
   *[other] up to { $missing }
} may be missing
instrument-words-unverified = UNVERIFIED: nobody has compared these words with the form.
instrument-words-english = They do not come with this program in that language. In English: circlekeeper instruments show { $id }
    --language en. A translation of your own: --wording FILE
instrument-words-own = They are your own: show them with --wording FILE
instrument-words-free = They may be shown by anyone, and do not come with this program. { $credit } See: { $ask }
instrument-words-verbatim = They may be shown word for word only, and do not come with this program. See: { $ask }
instrument-words-elsewhere = They do not come with this program. Where they are, or whom to ask: { $ask }
instrument-words-forbidden = Their owner forbids showing them without a license of your own. Ask: { $ask }
instrument-words-source = Read in: { $source }
instrument-faults = { $n ->
    [one] One fault: the file cannot be used
   *[other] { $n } faults: the file cannot be used
}
instrument-id-taken = the id { $id } is that of another instrument, which comes with the program; give this one an id of its own, such as { $id }-own
instrument-sound = “{ $name }” holds together.
instrument-wording-sound = The wording fits its instrument.
instrument-unverified = { $id } is unverified: it is there for whoever asks for it, and is never the default.
