# What the commands answer, in English.

demo-line = DEMONSTRATION: the people of this store are invented. Nothing here is about anybody.
mark-error = error:
mark-cause = cause:
mark-help = help:
answer-yes = yes
word-yes = yes
word-no = no
language-unknown = note: that language is not here yet; this is English.

## The bare name
menu-head = Circlekeeper keeps healing circles: who sits in them, what must be done by when, and what became of it.
menu-demo =   1  See a demo            circlekeeper demo healing-circle
menu-init =   2  Start my program      circlekeeper init
menu-card =   3  Open the crisis card  circlekeeper card
menu-more = Every command and its example: circlekeeper help

## Questions
ask-passphrase = Passphrase:
ask-new-passphrase = A passphrase for this program (five plain words are good):
ask-passphrase-again = The same again:
ask-zone = In which time zone do the circles meet (such as Africa/Kigali or America/Los_Angeles)?
ask-jurisdiction = Under which law (a country such as rw, or a country and state such as us-ca)?
ask-model = Which model ({ $ids }, or a file of your own)?
ask-written-down = Write it down or print it, then press Enter. The screen is then cleared, and part of it is asked back.
ask-group = Type group { $n } of the recovery code, from the sheet:
ask-other-people = Are these really other people (yes or no)?
ask-erase = Erase { $code } for good (yes or no)?

## init
recovery-sheet =
    ----------------------------------------------------------------
    RECOVERY SHEET of program { $program }, { $date }

    If the passphrase is forgotten, this code opens the program:

    {"    "}{ $code }

    Without the passphrase and without this sheet everything about
    people is lost for good. Nobody can bring it back.

    Print it or write it down. Keep it where you keep keys and money,
    not beside the computer. Then delete any file of it.
    To use it, put the code into a file and say
        circlekeeper --recovery-code-file FILE people list
    ----------------------------------------------------------------
init-done = The program stands in { $dir }, with the model “{ $model }”.
init-sheet = The recovery sheet is in { $file }: print it, put it away, delete the file.
init-law-unknown = The law of “{ $law }” is not among the rules that come with the program: the strictest ones hold until somebody adds it.
init-next =
    What comes next:
      circlekeeper card template     the seven numbers of your place, to fill in
      circlekeeper people import     the people on your list
      circlekeeper due               what must be done, and by when
      circlekeeper backup            two files for a stick

## Tables
head-id = Id
head-name = Name
head-shape = Unit
head-state = State
head-what = What
head-value = Value
head-basis = Rests on
head-phase = Phase
head-weeks = Weeks
head-sessions = Sessions
head-stance = Staff
head-role = Role
head-fewest = Fewest
head-most = Most
head-training = Training
head-measure = Measure
head-when = When
head-minutes = Minutes
head-scored = Scored
head-rule = Rule
head-level = Level
head-fixed = Fixed
head-code = Code
head-standing = Standing
head-since = Since
head-by = By
head-duty = What
head-about = About
head-who = Who
head-count = Count
head-figure = Figure

## models
models-next = More of one: circlekeeper models show healing-circle. Planned ones have no file yet.
state-ready = ready
state-draft = draft
state-planned = planned
shape-closed_group = closed group
shape-open_group = open group
shape-case = case
shape-one_to_one = one to one
shape-place = place
shape-residential = house
shape-course = course
shape-event = event
shape-community_defined = as the community decides
shape-ledger = savings ledger
shape-plan = plan
shape-directory = directory
model-title = { $name } ({ $id }, version { $version })
model-terms = Figures
model-phases = Phases
model-roles = Roles
model-forbidden = Nobody is a { $role }: { $reason }
model-care = Supervision and referral
model-supervision = Supervised by { $by }, up to { $n } each; above that there is a warning.
model-contact = { $kind } every { $days } days ({ $phases }).
model-referral = Known services for: { $categories }.
model-measures = Measures
model-rules = Rules of the model
model-sources = Sources
model-source = [{ $id }] { $author }, { $title }. { $at }
model-unverified = Not verified, and therefore not in force
model-unverified-line = { $claim } Instead: { $instead }
no-limit = no limit
span = { $first } to { $last }
span-open = from { $first }
term-group-min = fewest people
term-group-target = people aimed at
term-group-max = most people
term-group-membership = how people belong
term-group-join_until_session = may join until session
term-group-refill = seats filled again
term-group-min_present = fewest present
term-cadence-sessions = sessions
term-cadence-period_days = days from session to session
term-cadence-minutes = minutes of a session
term-cadence-max_gap_days = longest gap in days
term-cadence-program_weeks = weeks of direct support
membership-closed = closed: those who began stay together
membership-rolling = rolling
membership-open = open
membership-drop_in = whoever comes
membership-event = one event
membership-one_to_one = one to one
membership-case = the parties of a case
membership-residential = guests of a house
membership-guest_then_member = guest first, then member
refill-no = no
refill-by_consent = with the consent of those present
refill-yes = yes
stance-interviewer = interviews
stance-trainer = trains
stance-facilitator = facilitates
stance-observer = observes
stance-on_call = on call
stance-consult = consulted
stance-convenor = convenes
support-supervision = Supervision
support-mentoring = Mentoring
support-peer_consultation = Peer consultation
level-MUST = must
level-SHOULD = should
check-faults = { $n ->
    [one] One fault: the model cannot be used
   *[other] { $n } faults: the model cannot be used
}
check-warnings = { $n ->
    [one] One thing to look at
   *[other] { $n } things to look at
}
check-sound = “{ $name }” holds together.
check-differences = How it departs from the model that comes with the program
check-difference = { $path }: { $from } became { $to } ({ $leeway })
check-adapted = A fixed rule was changed: its reports no longer bear the name “{ $name }” (U-16).
leeway-within = the model leaves it open
leeway-beyond = to be recorded as an adaptation
setting-absent = nothing
setting-words = other words
fault-line = { $place }: { $what } { $out }

## Files
trouble-file = { $what } { $out }
trouble-line = line { $line }: { $what } { $out }
trouble-column = line { $line }, column { $column } ({ $field }): { $what } { $out }
trouble-cell = line { $line }, column { $column }: { $what } { $out }
trouble-in = { $file }, { $told }
trouble-in-whole = { $file }: { $told }
trouble-of-column = { $file }, column { $column }: { $n ->
    [one] one thing
   *[other] { $n } things
  } in all
trouble-more = and { $n } more
field-none = header
field-id = id
field-name = name
field-birth_year = year of birth
field-sex = sex
field-phone = telephone
field-language = language
field-place = place
field-circle = circle
field-timepoint = timepoint
field-on = day
field-items = answer
field-x = map, east
field-y = map, north
field-languages = languages
field-times = times
field-topics = topics
field-needs = needs
field-company = company
field-ready = ready
field-circles = circles
field-team = team
field-facilitator = facilitator
field-time = time
field-aspect_1 = first aspect
field-aspect_2 = second aspect
field-aspect_3 = third aspect
template-column = { $name }: { $words }
column-id = the number of the person on your list; number or name must be filled
column-name = the name, in one cell
column-birth_year = 1990, 1990-12-31 or 31/12/1990; the year alone is kept
column-sex = one short word, such as f, m or x
column-phone = digits, spaces and a leading +
column-language = the code of a language, such as rw or en
column-place = where they live: a village, a sector or a town
column-circle = the circle they belong to; seats are given when circles are formed

## people
import-read = Read as { $encoding }, separated by { $separator }.
separator-comma = commas
separator-semicolon = semicolons
separator-tab = tabs
import-enrolled = { $n ->
    [one] One person was enrolled.
   *[other] { $n } people were enrolled.
}
import-skipped = { $n ->
    [one] One row was left out: its number is here already.
   *[other] { $n } rows were left out: their numbers are here already.
}
import-circles = { $n ->
    [one] One row names a circle; seats are given when circles are formed.
   *[other] { $n } rows name a circle; seats are given when circles are formed.
}
import-passed-over = Columns that were left out, by number: { $columns }. “people template” shows which are taken in.
import-no-consent = No consent to measures was recorded: sheets are taken in once it is (--consent-mode, --measure-consent-on).
people-count = { $n ->
    [one] One enrolment.
   *[other] { $n } enrolments.
}
name-locked = (locked)
name-erased = (erased)
name-damaged = (damaged: see circlekeeper verify)
standing-participant = participant
standing-facilitator = facilitator
standing-supervisor = supervisor
standing-staff = staff
doubt-line = line { $line } may be the same person as line { $other } ({ $by })
doubt-here = line { $line } may be { $code }, who is here already ({ $by })
doubt-erased = line { $line } may be somebody who was erased
by-number = the same number
by-phone = the same telephone
by-name = the same name
by-like-name = a similar name and the same year of birth
erase-done = Erased: { $records ->
    [one] one record
   *[other] { $records } records
  } and { $enrolments ->
    [one] one enrolment
   *[other] { $enrolments } enrolments
  }; { $keys } keys were destroyed. Totals and duties stay, and lead to nobody.
erase-on-disk = NOT DONE YET: bytes of what was erased may still lie on the disk, since it is full or another program is reading. No key opens them. The next command that writes tries again, and so does this one.
erase-already = This person was erased already.
erase-finished = What was left of it on the disk is gone now.
erase-left = What is outside of this store is not erased by this: delete older backups of keys, exported lists and paper.

## measures
sheets-done = { $n ->
    [one] One sheet was taken in.
   *[other] { $n } sheets were taken in.
}
sheets-scored = { $n ->
    [one] One has a total.
   *[other] { $n } have a total.
}
sheets-prorated = { $n ->
    [one] One of these was prorated: an answer was missing.
   *[other] { $n } of these were prorated: answers were missing.
}
sheets-refused = { $n ->
    [one] One has no total: too many answers are missing.
   *[other] { $n } have no total: too many answers are missing.
}
sheets-unreadable = { $n ->
    [one] One answer could not be read and counts as missing.
   *[other] { $n } answers could not be read and count as missing.
}
sheets-raised = { $n ->
    [one] ONE ANSWER ASKS THAT SOMEBODY ACTS NOW: line { $lines }.
   *[other] { $n } ANSWERS ASK THAT SOMEBODY ACTS NOW: lines { $lines }.
  } Go to these people first. It is written down for the safeguarding lead: circlekeeper due --as safeguarding-lead
sheets-raised-nowhere = { $n ->
    [one] ONE ANSWER ASKS THAT SOMEBODY ACTS NOW: line { $lines }, which leads to nobody here.
   *[other] { $n } ANSWERS ASK THAT SOMEBODY ACTS NOW: lines { $lines }, which lead to nobody here.
  } Find out from the paper who it is, and go to them first. It could not be written down.
sheets-raised-unsaved = { $n ->
    [one] ONE ANSWER ASKS THAT SOMEBODY ACTS NOW: line { $lines }.
   *[other] { $n } ANSWERS ASK THAT SOMEBODY ACTS NOW: lines { $lines }.
  } Go to these people first. It could not be written down: tell the safeguarding lead yourself.
sheets-without-risk = { $n ->
    [one] Of one sheet the answers about danger were not stored: no yes to them is written down for its day (--risk-consent-on).
   *[other] Of { $n } sheets the answers about danger were not stored: no yes to them is written down for their days (--risk-consent-on).
}
sheets-unknown = { $n ->
    [one] On one sheet a question about danger was not answered. It is not a “no”.
   *[other] On { $n } sheets a question about danger was not answered. It is not a “no”.
}

## report
report-done = The report is in { $file }.
report-inside = It is for your own team: counts of fewer than { $floor } people are hidden.
report-outside = It may leave the house: counts of fewer than { $floor } people are hidden, and rows of single circles left out.
preview-table = Table
preview-says = Says
preview-state = What shows
preview-shows = all of it
preview-cells = { $n ->
    [one] one cell is hidden
   *[other] { $n } cells are hidden
  }
preview-kept-back = nothing: kept back
preview-empty = nothing to say

## books of reports
book-defined = { $name } is defined in { $file }. Its indicators can be added there.
book-name = Name
book-title = Title
book-period = Period
book-people = Only
book-report = { $name }
book-earlier = { $name } as it was released
book-withheld = { $name }: { $table } is kept back: beside { $beside } it would tell of a few people.
not-in-report = “{ $label }” is not in this report: { $why }.
not-in-report-instrument = nobody here is asked the instrument “{ $id }”
not-in-report-files = files do not tell it, only the records of a program do
not-in-report-part = it is known of a whole program only
not-in-report-reading = nothing says by what it would be read
book-undated = { $n ->
    [one] One person has no day on which they joined, and is in no period.
   *[other] { $n } people have no day on which they joined, and are in no period.
  }
release-done = Released in { $file }.
release-equal = { $name } comes out the same, to the byte.
release-altered = { $file } is no longer what it was when it was released
release-file-gone = { $file } is gone
release-file-added = { $file } was added after it was released
release-lying = Read beside the releases that lie there already: { $releases }.
release-same = { $file } is there already, the same to the byte.
release-other-input = It was made of something that has changed since, which changes none of its files:
release-changed = changed
release-gone = gone
release-new = new
release-software = the software was { $was }, and is { $is }
release-own-definition = the report is defined in another way
release-book = other reports of the book are defined in another way
release-plan = the plan has changed
release-records = the records of the program: more was recorded since
release-data = data: { $file } ({ $how })
release-beside = earlier release: { $release } ({ $how })
release-instrument = definition of an instrument: { $instrument } ({ $how })
release-interpretations = totals or changes are read by other interpretations
release-file = comes out differently: { $file } ({ $how })
changes-told = { $n ->
    [0] No figure has changed against the last release.
    [one] One figure has changed against the last release; it stands in tables/changes.csv.
   *[other] { $n } figures have changed against the last release; they stand in tables/changes.csv.
}
measure-people-reached = People who took part
measure-circles = Circles
measure-facilitators = People who facilitate
measure-sessions-held = Sessions held
measure-hours = Hours of sessions
measure-modules-taught = Modules taught
measure-stories = Stories shared
measure-attendance = Seats taken, as a share
measure-stayed = People who stayed to the end, as a share
measure-completed = People who completed
measure-completed-share = People who completed, as a share
measure-measured-twice = People measured first and last
measure-mean-change = Mean change in points
measure-improved = People better beyond the noise
measure-worse = People worse beyond the noise
measure-left-caseness = People above the cut-off at first and not at last
measure-recovered = People who left caseness and changed beyond the noise
table-reach = how many took part
table-areas = where people live
table-attendance = attendance
table-retention = how many stay
table-completion = how many completed
table-asked = how many are asked
table-waves = each timepoint
table-change = change
table-reliable = change beyond the noise
table-spread = how far people changed
table-recovery = who left caseness
table-moves = from which band to which
table-dose = change beside sessions attended
table-safety = safety and referrals
table-overdue = overdue duties
table-circles = circle by circle
table-breakdown = by groups

## analyze
stage-reading = Reading
read-file = { $file } ({ $role }): { $rows ->
    [one] one row
   *[other] { $rows } rows
  }
role-of-people = who takes part
role-of-sheets = answers
role-of-attendance = who came
read-blank = { $n ->
    [one] one row is empty
   *[other] { $n } rows are empty
  }
read-repeated = { $n ->
    [one] one row says again what another says
   *[other] { $n } rows say again what others say
  }
read-unreadable = { $n ->
    [one] one answer or mark could not be read, and counts as missing
   *[other] { $n } answers or marks could not be read, and count as missing
  }
read-dropped = { $n ->
    [one] one sheet was submitted again later, and does not count: line { $lines }
   *[other] { $n } sheets were submitted again later, and do not count: lines { $lines }
  }{ $more ->
    [0] {""}
   *[other] { " " }and { $more } more
  }
read-missing = { $n ->
    [one] one answer is missing: { $reason }
   *[other] { $n } answers are missing: { $reason }
  }
reason-empty = nothing stands there
reason-refused = refused
reason-not-asked = not asked
reason-unknown = does not know
read-left-out = { $n ->
    [one] One person is outside of the groups that were asked for.
   *[other] { $n } people are outside of the groups that were asked for.
  }
read-doubtful = { $n ->
    [one] One pair of codes may be one person:
   *[other] { $n } pairs of codes may be one person:
  }
read-pair = { $one } and { $other }: { $why }
alike-same-name = the same name
alike-like-name = names that are nearly the same, in one circle
read-decide = They count as two people. Decide in the plan, for each pair, with [[same]] or [[different]].
suggest-done = The plan is in { $file }.
suggest-check = Read it before you use it: { $guesses ->
    [one] one line is a guess
   *[other] { $guesses } lines are guesses
  }, and { $open ->
    [0] nothing is missing
    [one] one thing could not be told
   *[other] { $open } things could not be told
  }.

## card
card-printed = The card is in { $file }: open it and print it.
card-edited = The card is out. Print { $file }, and call each number once.
card-not-stored = note: there is no store here that can be written; the card is kept in its plain files alone.

## verify
verify-events = { $n ->
    [one] One event was looked at, every byte of it.
   *[other] { $n } events were looked at, every byte of them.
}
verify-head = origin { $origin } ends at number { $seq }, link { $link }
verify-whole = Nothing is damaged.
verify-harmed = { $n ->
    [one] One place is damaged. Merge a good copy to mend it, or restore a backup.
   *[other] { $n } places are damaged. Merge a good copy to mend them, or restore a backup.
}
verify-withheld = { $n ->
    [one] One event is withheld: this copy knows its place, and not what it says.
   *[other] { $n } events are withheld: this copy knows their places, and not what they say.
}
verify-no-program = The record of which program this is is gone. Restore a backup.
spot = number { $seq } of origin { $origin }
spot-event = event { $event } (number { $seq } of origin { $origin })
damage-withheld = { $at }: it is withheld
damage-lost = { $at }: its header is gone
damage-misfiled = { $at }: part { $part } is kept where the header knows none
damage-wrapped = the wrapped key { $key } was altered
damage-destroyed = the key { $key } is gone, and no erasure gave leave for it
damage-keyless = { $n ->
    [one] One key is not here: what it sealed stays locked.
   *[other] { $n } keys are not here: what they sealed stays locked.
}
damage-setting = the setting { $name } was altered
damage-header = { $at }: its header cannot be read ({ $why })
damage-body = { $at }: its header was altered
damage-part = { $at }: part { $part } was altered
damage-empty = { $at }: part { $part } is empty, and no erasure gave leave for it
damage-unblanked = { $at }: part { $part } was erased and is still there
damage-link = { $at }: it does not follow from the event before it
damage-unfound = { $at }: it is not found by all of its keys
damage-gap = origin { $origin }: numbers { $first } to { $last } are missing
damage-tip = origin { $origin }: the end of its chain is not what the store remembers
damage-fork = origin { $origin }: two events have the number { $seq }; a copy wrote on under its old name, and both are kept
damage-quarantined = event { $event }: another event came with the same id and is kept aside
damage-unreadable = origin { $origin }: number { $seq } or the next one cannot be read ({ $finding })
damage-count = the key { $key }: { $found } events are counted and { $events } are there
damage-undead = the key { $key } was erased and is still there
damage-file = the file: { $finding }

## merge
merge-done = { $new ->
    [0] Nothing was new.
    [one] One event was new.
   *[other] { $new } events were new.
  } { $known ->
    [0] None was here already.
    [one] One was here already.
   *[other] { $known } were here already.
  } Nothing was taken away.
merge-mended = { $n ->
    [one] One event that was damaged here is whole again.
   *[other] { $n } events that were damaged here are whole again.
}
merge-damaged-there = { $n ->
    [one] One place is damaged in the other copy: what is damaged there did not come. Mend it by merging the other way.
   *[other] { $n } places are damaged in the other copy: what is damaged there did not come. Mend it by merging the other way.
}
merge-damaged-here = { $n ->
    [one] One place is still damaged here: circlekeeper verify names it.
   *[other] { $n } places are still damaged here: circlekeeper verify names them.
}
merge-quarantined = { $n ->
    [one] One event is kept aside: its id is here with other content.
   *[other] { $n } events are kept aside: their ids are here with other content.
}
merge-forks = { $n ->
    [one] In one place a copy wrote on under its old name; both branches are kept.
   *[other] In { $n } places a copy wrote on under its old name; all branches are kept.
}
merge-fits = Everything fits together.
merge-conflicts = { $n ->
    [one] One thing does not fit together; somebody should decide
   *[other] { $n } things do not fit together; somebody should decide
}

## backup and restore
backup-events = Events: { $file } (may be kept for years)
backup-keys = Keys: { $file }
backup-apart = Keep the keys apart from the events, the newest alone, and none for longer than { $days } days: an old one could bring back who was erased.
restore-done = The store is back in { $dir }, and writes on under a new origin.
restore-counts = { $events } events, { $people ->
    [one] one enrolment
   *[other] { $people } enrolments
  }. Compare with the paper:
restore-locked = It has no keys: everything about people stays locked until a backup of keys is restored with it.
restore-old-keys = note: this backup of keys is older than { $days } days. Whoever was erased since then and is not on its list may be back; ask for the erasure again.

## doctor
state-well = well
state-look = look
state-bad = BAD
doctor-software = software
doctor-zones = time zones
doctor-store = store
doctor-integrity = integrity
doctor-damage = damage
doctor-origin = origin
doctor-backup = backup
doctor-passphrase = passphrase
doctor-recovery = recovery
doctor-rules = rules
doctor-card = crisis card
doctor-card-file = card on disk
doctor-size = { $kib } KiB
doctor-says-whole = { $events } events, nothing damaged
doctor-says-notices = { $events } events, nothing damaged, { $n } to look at
doctor-says-harmed = { $events } events, { $n } places damaged: run circlekeeper verify
doctor-says-origin = { $code }, written on this device
doctor-says-origin-new = { $code }, from elsewhere: the next save takes a new origin
doctor-says-no-backup = none was made yet: circlekeeper backup FOLDER
doctor-says-backup = { $days ->
    [0] made today
    [one] one day old
   *[other] { $days } days old
}
doctor-says-passphrase = each try costs { $mib } MiB and { $passes } passes
doctor-says-no-vault = there are no keys here: everything about people stays locked
doctor-says-no-recovery = no recovery code opens this program
doctor-says-rules = { $n } rows, none past its recheck
doctor-says-rules-past = { $n } rows should have been checked again; they keep working: { $rows }
doctor-says-card = published, every number called lately
doctor-says-card-none = none is published: the built-in one is shown, without numbers
doctor-says-card-empty = { $slot }: leads nowhere
doctor-says-card-never = { $slot }: never called
doctor-says-card-long = { $slot }: last called { $days } days ago
doctor-says-card-silent = { $slot }: the last call reached nobody, or somebody else
doctor-says-no-card-file = there is none: circlekeeper card print

## due
due-none = Nothing is due.
due-damaged = { $n ->
    [one] Note: one place of the store is damaged, so this list may lack something. See: circlekeeper verify
   *[other] Note: { $n } places of the store are damaged, so this list may lack something. See: circlekeeper verify
}
due-late = { $by }, late { $late }
due-at-once = at once
due-no-day = no day set
due-known-later = { $duty } (known { $days } later)
due-more = and { $n } more (--all shows them):
due-more-of =   { $n } × { $duty }
urgency-now = Now ({ $n })
urgency-today = Within a day ({ $n })
urgency-late = Late, and still worth doing ({ $n })
urgency-passed = Its moment has passed: write down what was done instead ({ $n })
urgency-ahead = Ahead ({ $n })
span-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
span-hours = { $n } h
span-moment = by moments
span-minutes = { $n } min
about = { $kind } { $code }
about-program = the program
about-slot = crisis card: { $slot }
about-matter = matter { $code } (member { $members })
subject-unit = circle
subject-member = member
subject-matter = matter
subject-referral = referral
subject-service = service
subject-session = session
subject-class = class
subject-certificate = certificate
subject-document = document
caution-unknown_jurisdiction = Note: the law of this place is not known here; the strictest rule that comes with the program holds.
caution-broken_rulebook = Note: your rule file could not be read; the strictest rules that come with the program hold.
caution-unknown_rulebook = Note: the rulebook in force is not here; the strictest rules that come with the program hold.
caution-past_recheck = Note: some of these rules should have been checked again by now. They keep working.
findings-head = { $n ->
    [one] One thing does not fit together; somebody should decide
   *[other] { $n } things do not fit together; somebody should decide
}
finding-line = { $what } ({ $unit }, { $rule }; entries { $events })
finding-no-rule = no rule named
finding-group-formed_twice = the circle was formed twice
finding-group-terms_diverge = its terms were changed twice, neither change naming the other
finding-group-over_full = more people are seated than it has seats
finding-group-joined_twice = somebody is seated twice at a time
finding-group-joined_without_consent = somebody joined an open circle without the consent of those present
finding-group-forbidden_role = somebody holds a role that nobody may hold
finding-group-opened_too_small = it began to meet with fewer people than it may
finding-group-phase_out_of_order = a phase was entered that does not follow the one before
finding-group-phases_diverge = two phases were entered, neither entry naming the other
finding-group-stepped_out = staff stepped back in to where they stood already
finding-group-own_parent = the circle grew out of itself
finding-group-role_overfilled = more people hold a role than may
finding-group-agreements_diverge = two agreements stand, neither naming the other
finding-group-votes_diverge = two votes on one question stand and say otherwise; the group is asked again
finding-group-strangers_decided = somebody voted who was no member that day; the vote does not count
finding-group-staff_led = somebody led a session who does not lead in that phase
finding-group-role_crowded = more people filled a role in a session than may
finding-group-substituted = somebody without the training stood in, as may happen once
finding-group-substituted_twice = somebody without the training was to stand in a second time
finding-group-no_ground_rules = the first session was held before ground rules were agreed
finding-group-not_planned = a session was held that nobody had planned
finding-group-not_a_member = somebody is marked who did not belong that day
finding-group-forbidden_role_present = somebody came in a role that nobody may hold
finding-group-staff_in_the_room = staff sat in a session of a phase without them
finding-group-outside_phase = a session was held outside its phase
finding-group-off_rhythm = a session was held too soon or too late after the one before
finding-group-order_changed = the parts of a session were held in another order
finding-group-same_number = two sessions have the same number
finding-group-joined_late = somebody joined after the last session for joining
finding-group-role_missing = a session was held without a role that it needs
finding-calendar-leader_elsewhere = somebody is to lead two sessions at once
finding-calendar-room_taken = two groups are to meet in one place at once
finding-session-planned_twice = a session was planned twice
finding-session-moves_diverge = a session was moved to two times
finding-session-records_differ = a session was written down twice, and not the same
finding-session-held_and_not_held = a session is written down as held and as not held
finding-session-corrections_differ = a mark was put right twice, and not the same
finding-session-counts_differ = heads were counted twice, and not the same
finding-session-attended_without_consent = somebody came who had not said yes to taking part
finding-session-led_unauthorized = somebody led who was not authorized for it
finding-measures-wave_twice = two sheets stand for one timepoint
finding-measures-corrected_twice = a sheet was corrected twice, neither knowing of the other
finding-consent-given_over_restriction = consent was given while a no stood; the no holds
finding-consent-release_too_long = a release is longer than any may be; it does not hold
finding-matter-lowered_alone = an urgent matter was lowered by one person alone
finding-matter-closed_unknowing = a matter was closed by somebody who did not know all of it; it is open
finding-matter-closed_unanswered = a matter was closed while something was unanswered
finding-referral-sent_without_release = a service was asked without a release
finding-referral-sent_after_no = a service was asked although the member had said no
finding-referral-completed_without_word = a referral was completed without the service’s word or the member’s
finding-referral-two_ends = a referral was completed and stopped
finding-supervision-no_deputy = nobody stands in for the supervisor
finding-supervision-two_arrangements = two arrangements of supervision stand; the stricter holds
finding-class-announced_twice = a class was announced twice
finding-class-overfull = more people are enrolled in a class than it seats
finding-class-enrolled_twice = somebody is enrolled in a class twice over the same days
finding-class-enrolled_unscreened = somebody was enrolled in a class without a screening that says ready
finding-class-marked_outside = somebody is marked in a class on a day on which they did not belong to it
finding-class-held_twice = one module of a class was held twice on one day
finding-class-out_of_order = a module was held before one that it needs
finding-class-unknown_part = something was held that the course does not have
finding-class-story_before_safety = personal stories were told before the module on safety
finding-class-completed_unearned = somebody completed a class without what completing takes
finding-class-authorized_unearned = somebody was authorized without what leading takes
finding-class-certified_unearned = somebody has a certificate who had not completed
finding-class-certificate_twice = one certificate was issued twice
finding-case-item_of_stranger = something was agreed about somebody who is no party of the case
finding-case-same_item = one thing was agreed twice in a case
finding-case-closed_with_open_items = a case was closed with something open
finding-case-agreed_after_closing = something was agreed in a case after it was closed
finding-case-opened_twice = a case was opened twice
finding-place-over_full = more people were at a place than it holds
finding-place-arrived_twice = somebody arrived at a place twice
finding-place-offers_diverge = a place was offered twice, and not the same
finding-card-published_incomplete = a crisis card was published with an empty line
finding-service-assured_while_closed = a service was called good while it was closed
finding-people-half_erased = an enrolment still leads to somebody who was erased: person erase with its code finishes it
finding-groups-seated_twice = somebody sits in two circles at a time
finding-lineage-own_ancestor = a circle grew out of itself

## demo
stage-found = Founding
stage-train = Training
stage-form = Forming groups
stage-meet = Meeting
stage-end = Ending
stage-count = Counting
demo-counts = What was played
demo-scenario = The scenario of the model, read back from the store
demo-due = What is due on the last day of the play
demo-where = The store is in { $dir } (seed { $seed }).
demo-report = Report: { $file }
demo-passphrase = Its passphrase is { $passphrase }: it guards nothing, and every command opens it by itself.
demo-next =
    Try next:
      circlekeeper --dir "{ $dir }" due
      circlekeeper --dir "{ $dir }" people list
      circlekeeper --dir "{ $dir }" report --audience outside
      circlekeeper --dir "{ $dir }" verify
plain-count = { $n }
mib = { $n } MiB
figure-people = people
figure-facilitators = facilitators
figure-supervisors = supervisors
figure-most_seen = most facilitators that one supervisor sees
figure-circles = circles
figure-sessions = sessions held
figure-marks = marks of attendance
figure-attended = places filled
figure-measures = sheets of measures
figure-incidents = incidents
figure-incidents_open = incidents still open
figure-referrals = referrals
figure-referrals_open = referrals whose loop is open
figure-completed = completed
figure-going_on = groups that go on as another kind
figure-waiting = on the waiting list
figure-events = events in the log
figure-seconds = seconds
figure-store = store
figure-groups = groups
figure-assistants = assistants who led
figure-measured_before = measured before
figure-declined_before = declined to be measured before
figure-measured_after = measured after
figure-possible = places that could have been filled
figure-not_completed = came to the end and did not complete
figure-dropped_out = dropped out
figure-refused_late = came too late, and were put on the list
figure-emergencies = emergencies
figure-emergencies_closed = emergencies closed
figure-referrals_attended = referrals attended, loop closed
figure-savings = volunteers of each savings group
figure-merges_offered = groups that were offered another one
figure-phq9-people = PHQ-9: people measured twice
figure-phq9-before = PHQ-9: mean before
figure-phq9-before_sd = PHQ-9: standard deviation before
figure-phq9-after = PHQ-9: mean after
figure-phq9-after_sd = PHQ-9: standard deviation after
figure-forms = forms filled in
figure-ready = ready to begin
figure-deferred = later, and referred
figure-workshops_attended = workshop places filled
figure-workshops_possible = workshop places
figure-made_up = workshops made up
figure-healers = completed the six workshops
figure-meetings = meetings held
figure-reviews = reviews
figure-reconvened_after_days = days until they came back together
figure-matters = matters
figure-matters_closed = matters closed
figure-child_sizes = people in each new circle
figure-new_people = people in the new circles
figure-generations = generations of circles
figure-cycles = circles among their own ancestors
figure-usd_per_healer = US dollars for each who completed
