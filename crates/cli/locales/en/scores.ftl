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
        [one] Item { $items }, about danger to oneself, was not answered. That is not a “no”:
       *[other] Items { $items }, about danger to oneself, were not answered. That is not a “no”:
    } somebody asks.
    !!!  Whom to call if the answer is yes: circlekeeper card
score-none = Not scorable: { $reason }. That is not zero.
score-total = Total
score-points = { $points } (of { $low } to { $high })
score-no-figure = none: too much is missing
score-prorated = { $answered } of { $of } answered; the missing ones stand at the mean of the others
score-ended = the sheet ended early for this person, by its own rule
score-bands = Band
score-cut-off = Cut-off
score-levels = Level
score-change = Change
score-side = { $band } ({ $rule })
score-source = { $id }: { $population }. { $source }
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
instruments-next = More of one: circlekeeper instruments show phq-9. One of your own: circlekeeper instruments check FILE
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
instrument-words-elsewhere = They are not ours to show. Ask: { $ask }
instrument-words-forbidden = Their owner forbids showing them without a license of your own. Ask: { $ask }
instrument-words-source = Read in: { $source }
instrument-faults = { $n ->
    [one] One fault: the file cannot be used
   *[other] { $n } faults: the file cannot be used
}
instrument-sound = “{ $name }” holds together.
instrument-wording-sound = The wording fits its instrument.
instrument-unverified = { $id } is unverified: it is there for whoever asks for it, and is never the default.
