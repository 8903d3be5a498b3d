# The help of every command. A command finds its line at help-NAME, its example at help-NAME-example, and
# its options at help-NAME-OPTION, or at help-any-OPTION where several commands share one.

help-about = Keeps healing circles: who sits in them, what must be done by when, and what became of it.
help-example =
    Example:
      circlekeeper demo healing-circle      a circle of seven, played in two seconds
      circlekeeper init                     a program of your own
      circlekeeper card                     the crisis card; it needs no passphrase
help-exits =
    Exit codes:
      0  done
      1  refused by a rule, or what was given could not be used
      2  the command was not understood
      3  locked: no passphrase, or a wrong one
      4  the store is damaged
      5  the store is busy, full, read-only, or failed
      6  there is no program in this place
help-heading = Everywhere
help-any-dir = The folder of the program (else the one of this system)
help-any-passphrase-file = A file whose first line is the passphrase (else CIRCLEKEEPER_PASSPHRASE, or a question)
help-any-recovery-code-file = A file that holds the recovery code, to open without the passphrase
help-any-language = The language of the answers, such as en
help-any-json = Answer with one JSON object, for programs
help-any-help = Print help
help-any-version = Print the version
help-any-encoding = How the file is written; auto reads UTF-8 and UTF-16 and never guesses the rest
help-any-separator = What separates the cells; auto looks
help-any-columns = Which column a field is in, such as place=Sector; may be said again
help-any-instrument = The instrument, such as phq-9, gad-7 or who-5

help-demo = Play a whole program with invented people
help-demo-example =
    Examples:
      circlekeeper demo healing-circle
      circlekeeper demo --people 200 --seed 7 --dir demo-of-200
    Without --dir it goes into a new folder among the temporary files, which is named at the end.
help-demo-model = Which program is played
help-demo-people = How many people take part
help-demo-seed = The seed: the same one gives the same people

help-init = Start a program of your own
help-init-example =
    Example:
      circlekeeper init
      circlekeeper init --zone Africa/Kigali --jurisdiction rw --model social-healing-group
    It asks for what you do not say, and for part of the recovery code back.
help-init-zone = The time zone in which circles meet, such as Africa/Kigali
help-init-jurisdiction = The law it works under, such as rw or us-ca
help-init-model = The program model: an id of “models list”, or a file of your own
help-init-recovery-out = Write the recovery sheet into this file, to be printed, instead of on the screen
help-init-yes-i-wrote-it-down = Do not ask for part of the recovery code back
help-init-weak-for-tests = A passphrase that costs nothing to try, for tests alone

help-card = Show, print and edit the crisis card; it opens without a passphrase, whatever became of the store
help-card-example =
    Example:
      circlekeeper card
help-card-show = Show the crisis card
help-card-show-example =
    Example:
      circlekeeper card
help-card-print = Write the crisis card as a page to be printed
help-card-print-example =
    Example:
      circlekeeper card print --out card.html
help-card-print-out = The file (else crisis-card.html beside the store)
help-card-template = Print an empty card to be filled in
help-card-template-example =
    Example:
      circlekeeper card template > card.toml
help-card-edit = Publish a card from a file with its seven slots
help-card-edit-example =
    Example:
      circlekeeper card edit card.toml
help-card-edit-file = The card, as TOML or JSON

help-due = List what is due, the most pressing first; works locked, with codes for names
help-due-example =
    Examples:
      circlekeeper due
      circlekeeper due --ahead 14
help-due-ahead = Look so many days ahead
help-due-on = Look as if it were noon of this day
help-due-all = Show every line
help-due-names = Show names in place of codes; asks for the passphrase
help-due-hat = In which role you look: the safeguarding lead sees whom a matter is about; asks for the passphrase

help-form = Form circles: propose who sits with whom and say why, take changes by hand, convene them
help-form-example =
    Examples:
      circlekeeper form --out proposal
      circlekeeper form --accept proposal/seats.xlsx
      circlekeeper form --roster people.csv --facilitators f.csv --rules rules.toml
help-form-roster = A list of people, without a program (CSV or XLSX; "--template people" shows its columns)
help-form-facilitators = Who can lead them (CSV or XLSX; "--template facilitators")
help-form-rules = Rules and wishes (TOML; "--template rules"); what it does not say is the model's
help-form-model = Whose circles (else the one model that the program adopted)
help-form-with-trainees = Count on those who may not lead yet: their circles cannot open before they are authorized
help-form-out = Write a page to look at, the seats as XLSX and CSV, and data for programs
help-form-accept = Convene circles through every rule: those of this table of seats, or else what is proposed now
help-form-yes = Convene without asking
help-form-standing = Circles that stand already, as a table of seats: others join them and nobody in it is moved
help-form-let-move = Move people of the table too
help-form-why = Explain one person's seat, or why they wait
help-form-wishes = Take in when, where and among whom people can sit ("--template wishes")
help-form-keep-apart = Two people who never sit together, sealed and told to nobody; may be said again
help-form-together = Two people who are to sit together, sealed; may be said again
help-form-pairs = List who is kept apart or together, for the safeguarding lead
help-form-lift = Lift what was noted of a pair, by its code in "--pairs"
help-form-hat = In which role you ask (else coordinator)
help-form-template = Print an empty list, or rules to fill in
help-form-on = The day on which circles are convened, or something was said (else today)
help-form-names = Show names beside codes
help-form-seed = Where chance begins; the same lists and number give the same circles
help-form-work = How many moves to look at (else 50,000 for each person)
help-calendar = The calendar: plan, move and show sessions, and take them along
help-calendar-example =
    Examples:
      circlekeeper calendar plan 4T7K-2 --from 2026-03-05 --time 14:00
      circlekeeper calendar show --from 2026-03-02 --to 2026-03-08
help-calendar-show = List what is planned, held and called off; works locked, with codes for names
help-calendar-show-example =
    Example:
      circlekeeper calendar show --unit 4T7K-2
help-calendar-show-names = Show what circles are called; asks for the passphrase
help-any-unit = The circle, by its short code
help-any-from = From this day on
help-any-to = Up to this day
help-calendar-plan = Plan the next sessions of a circle through every rule: all of them, or none
help-calendar-plan-example =
    Examples:
      circlekeeper calendar plan 4T7K-2 --from 2026-03-05 --time 14:00
      circlekeeper calendar plan 4T7K-2 --from 2026-03-05 --time 14:00 --skip 2026-04-07..2026-04-13 --reason commemoration
      circlekeeper calendar plan 4T7K-2 --from 2026-03-07 --time 09:30 --every "first sat" --sessions 6
      circlekeeper calendar plan 4T7K-2 --dates 2026-03-03,2026-04-02 --time 17:00
help-calendar-plan-from = The day from which the rhythm is counted
help-any-time = The time on the wall
help-calendar-plan-every = The rhythm, such as week, "2 weeks", "10 days", mon,thu, "2 weeks on sat" or "first sat" (else that of the circle)
help-calendar-plan-dates = The days by hand, as the moon or the season has them
help-calendar-plan-sessions = How many (else to the end of the phase)
help-calendar-plan-minutes = How long each lasts (else as agreed)
help-calendar-plan-skip = Days on which nothing is held, a move as DATE=DATE, or a file with a line for each; may be said again
help-calendar-plan-reason = Why, where a line does not say
help-calendar-plan-lead = Who leads, and in which role (else whoever has a post that leads); may be said again
help-calendar-plan-trial = Show the days and write nothing
help-any-reachable = Who can be reached meanwhile and does not lead; may be said again
help-any-travel = A table of ways: from, to, minutes
help-any-travel-minutes = Minutes between any two other places
help-calendar-move = Move a session that is to come, through every rule; what was planned stays in its history
help-calendar-move-example =
    Example:
      circlekeeper calendar move 4T7K-2 5 --to 2026-04-03 --reason weather
help-calendar-move-to = The new day
help-any-number = The number of the session
help-any-reason = Why
help-calendar-skip = Record that a session does not happen; its number is free again
help-calendar-skip-example =
    Example:
      circlekeeper calendar skip 4T7K-2 5 --reason unsafe
help-calendar-export = Write a feed for each who leads, as files for their calendars: neutral, and telling nobody whose
help-calendar-export-example =
    Example:
      circlekeeper calendar export --out feeds
help-calendar-export-out = The folder; feeds of an earlier export are written anew
help-calendar-export-from = From this day on (else four weeks back)
help-calendar-export-place = Say where each session is: ask the person first who else sees their telephone

help-calendar-sheets = Write a sheet of paper for each session of a week: who came on its front, how it goes on its back
help-calendar-sheets-example =
    Example:
      circlekeeper calendar sheets --out paper --week 2026-03-09
help-calendar-sheets-out = The folder; a table for the marks is written beside the sheets
help-calendar-sheets-week = A day of the week (else today)
help-calendar-sheets-names = Print names beside the codes: only where the paper is safe
help-calendar-take-in = Take in the marks of many sheets from one table: all of them, or none
help-calendar-take-in-example =
    Example:
      circlekeeper calendar take-in paper/sheets.csv
help-calendar-take-in-file = The table: circle, session, seat, mark (p, l, e, x, a), heads
help-calendar-take-in-uncounted = Take sessions in whose heads nobody counted
help-calendar-enter = Write one sheet down in a line: the head count, then each row that was not simply there
help-calendar-enter-example =
    Example:
      circlekeeper calendar enter 4T7K-2 5 "14: 3a 7x 9l"
help-calendar-enter-marks = The marks: l late, e left early, x excused, a absent; rows without one were there
help-calendar-enter-on = The day it was held (else as planned)
help-calendar-enter-minutes = How long it took (else as planned)
help-calendar-enter-lead = Who led, and in which role (else as planned); may be said again

help-models = Program models: what there is, what they say, what is wrong with a file
help-models-example =
    Example:
      circlekeeper models list
help-models-list = List the models: ready, draft or planned
help-models-list-example =
    Example:
      circlekeeper models list
help-models-show = Show what a model says, and what its figures rest on
help-models-show-example =
    Example:
      circlekeeper models show healing-circle
help-models-show-model = The id of a model, or a file of your own
help-models-check = Check a model file: every fault with its line and what to do
help-models-check-example =
    Example:
      circlekeeper models check our-circle.toml
help-models-check-file = The model file

help-people = Take in and list people
help-people-example =
    Example:
      circlekeeper people list
help-people-import = Take in a list of people from a CSV file: all of it, or nothing and every fault
help-people-import-example =
    Examples:
      circlekeeper people import list.csv
      circlekeeper people import list.csv --column place=Sector --column birth_year="Born in"
      circlekeeper people import list.csv --consent-mode spoken --witness 7F3K-Q --measure-consent-on 2026-11-20
help-people-import-file = The list; “people template” prints an empty one
help-people-import-id = The column with the number of each person, where its name does not tell
help-people-import-name = The column with the names, where its name does not tell
help-people-import-standing = In which standing they are enrolled
help-people-import-on = The day of enrolment (else today)
help-people-import-accept-duplicates = Take in rows too that look like somebody who is here already, or was erased
help-people-import-skip-known = Leave out rows whose number is here already
help-people-import-consent-mode = How everybody on the list gave consent
help-people-import-consent-on = The day of consent to take part and to be recorded
help-people-import-measure-consent-on = The day of consent to measures
help-people-import-risk-consent-on = The day of consent to questions about danger to oneself
help-people-import-witness = The code of who saw it, or interpreted; spoken consent needs one
help-people-import-consent-text = Which text was read, as a code
help-people-import-consent-language = The language in which it was read
help-people-list = List everybody who is enrolled
help-people-list-example =
    Example:
      circlekeeper people list
help-people-list-codes = Codes without names; needs no passphrase
help-people-template = Print an empty list to be filled in
help-people-template-example =
    Example:
      circlekeeper people template > list.csv

help-measure = Take in answer sheets
help-measure-example =
    Example:
      circlekeeper measure template --instrument phq-9
help-measure-import = Take in answer sheets from a CSV file, one in a row: scored on the spot, all of them or none
help-measure-import-example =
    Example:
      circlekeeper measure import phq.csv --instrument phq-9 --timepoint t0 --id number --items phq9_1..phq9_9
help-measure-import-file = The sheets
help-measure-import-timepoint = The timepoint of all sheets, such as t0, where no column tells it
help-measure-import-new-timepoint = Take in a timepoint that no model of the program has
help-measure-import-id = The column with the number of each person
help-measure-import-items = The columns of the answers, in the order of the questionnaire
help-measure-import-on = The day of all sheets, where no column tells it (else today)
help-measure-import-sheet-language = The language in which the sheets were read
help-measure-import-missing = Texts that say an answer was not given, such as 7,9,n/a
help-measure-import-unreadable-as-missing = Count answers that cannot be read as missing, and say how many
help-measure-template = Print an empty table for an instrument
help-measure-template-example =
    Example:
      circlekeeper measure template --instrument phq-9 > phq.csv

help-score = Score a sheet, or cases of other programs; needs no program and keeps nothing
help-score-example =
    Examples:
      circlekeeper score phq-9 2 1 0 3 0 1 - 0 0
      circlekeeper score audit-c 2 1 1 --context sex=female
      circlekeeper score phq-9 2 1 0 3 0 1 1 0 0 --interpretation phq-9.cut.harare-2016
      circlekeeper score --json cases.ndjson
    A - is an answer that was left out. With --json and no answers it reads cases from FILE, or from
    what is piped in, one JSON object in a line, and answers each in a line. It ends with 1 where any
    sheet came to nothing, alone or in a stream: no such instrument, a code that is not on the sheet,
    too much missing, a line that is no case.
help-score-what = The instrument, such as phq-9; with --json and no answers, a file of cases
help-score-answers = The answers in the order of the sheet, as the codes that are printed on it
help-score-context = What the instrument asks of the person beside the answers, such as sex=female (or f) or menstrual_item_applies=no (or 0); “instruments show” says what it asks
help-score-interpretation = Read it by this interpretation in place of the defaults; may be said again. With --json the answer holds them in “readings”
help-score-instrument-file = An instrument of your own, to be scored beside those that come with the program

help-instruments = Instruments: which there are, what they say, what is wrong with a file
help-instruments-example =
    Example:
      circlekeeper instruments list
help-instruments-list = List the instruments that are scored here
help-instruments-list-example =
    Example:
      circlekeeper instruments list
help-instruments-show = Show how an instrument is scored and read, whose its words are, and the words where we may
help-instruments-show-example =
    Examples:
      circlekeeper instruments show phq-9
      circlekeeper instruments show phq-9 --wording phq-9.rw.toml
help-instruments-show-instrument = The id of an instrument, or a file of your own
help-instruments-show-wording = Show it in these words: a translation of your own
help-instruments-template = Print an instrument of one's own, made up, to copy and change
help-instruments-template-example =
    Example:
      circlekeeper instruments template > ours.toml
    Change it, with an id of its own, then: circlekeeper instruments check ours.toml, and score a sheet:
      circlekeeper score ubuntu-scale 1 2 3 4 5 1 --instrument-file ours.toml
help-instruments-check = Check a file of your own, an instrument or its wording: every fault
help-instruments-check-example =
    Examples:
      circlekeeper instruments check ubuntu-scale.toml
      circlekeeper instruments check ubuntu-scale.rw.toml --instrument-file ubuntu-scale.toml
    A file to begin with: circlekeeper instruments template
help-instruments-check-file = The file
help-instruments-check-instrument-file = The instrument of your own whose wording is checked

help-report = Write the report: a page to be read and printed, or a workbook, suppressed for whom it is made
help-report-example =
    Examples:
      circlekeeper report
      circlekeeper report --audience outside --preview
      circlekeeper report --audience outside --out report.html
      circlekeeper report --audience outside --out for-the-funder
help-report-audience = For whom: your own team, or anybody else
help-report-each-person = Draw each person from first to last, where few were measured; for your own team only
help-report-out = A page (.html), a workbook (.xlsx), or a folder for both, all tables as CSV, and the figures as JSON (else a page under a name that tells nothing, in this folder)
help-report-define = Define a report for somebody: its title, for whom, which period, which people; its table of indicators is added to the file by hand, as docs/plans-and-books.md says
help-report-define-example =
    Example:
      circlekeeper report define fund-a --book reports.toml --title "Annual report" --audience outside --only district=huye
help-report-define-name = A short code; its folder is called so
help-report-define-title = The title, in the words of whoever asked for it
help-report-define-audience = For whom: your own team, or anybody else
help-report-define-floor = Hide counts of fewer people than this, where it is more than the audience's own
help-report-define-from = The first day of its period: it is of those who joined from then on
help-report-define-to = The last day on which they joined
help-report-define-joined-on = The grouping of the plan that says on which day people joined: a period of files needs it, a program knows the day
help-report-define-only = Only people in this group, such as sex=f, or of a program circle=7f3k-q or model=healing-circle; may be said again
help-report-list = List the reports of a book
help-report-list-example =
    Example:
      circlekeeper report list --book reports.toml
help-report-build = Build all reports of a book together, so that none tells what another keeps back
help-report-build-example =
    Examples:
      circlekeeper report build --book reports.toml --plan plan.toml --out reports
      circlekeeper report build --book reports.toml --out reports
      circlekeeper report build --book plan.toml --out reports --beside released/fund-a-2026-01-31
help-report-build-out = The folder in which each report gets a folder of its name
help-report-freeze = Build all reports of a book and release them: each folder says what it was made of, and is never replaced
help-report-freeze-example =
    Example:
      circlekeeper report freeze --book reports.toml --plan plan.toml --out released --on 2026-11-26
help-report-freeze-out = The folder in which each release gets a folder of its name and day
help-report-check = Build a release again, and say in what it differs
help-report-check-example =
    Example:
      circlekeeper report check released/fund-a-2026-11-26 --book reports.toml --plan plan.toml
help-report-check-release = The folder of the release
help-any-book = The file of the reports; a plan may hold them. Its keys stand in docs/plans-and-books.md
help-any-plan = The plan; its files lie beside it (else the book is the plan, and where it is none, the reports are of this program's own records)
help-any-beside = The folders of releases that somebody has: what would tell beside them is kept back
help-any-preview = Show which tables keep something back, why, and which coarser cut would show; write nothing

help-analyze = Make a report of an evaluation's own files, along a plan that says what stands where
help-analyze-example =
    Examples:
      circlekeeper analyze --suggest baseline.csv endline.csv --out plan.toml
      circlekeeper analyze plan.toml --preview
      circlekeeper analyze plan.toml --out report
help-analyze-plan = The plan; its files lie beside it, and its keys stand in docs/plans-and-books.md
help-analyze-out = The folder that is written: page, workbook, all tables as CSV, figures as JSON. With --suggest, the file of the plan
help-any-lenient = Count answers that cannot be read as missing, and say how many, instead of refusing them
help-any-on = The day that stands on it (else today)
help-analyze-encoding = How files are written that are neither UTF-8 nor UTF-16, unless the plan says it; auto never guesses
help-analyze-suggest = Write a plan by looking at these files; every guess in it says so

help-person = What concerns one person
help-person-example =
    Example:
      circlekeeper person erase 7F3K-Q --now
help-person-erase = Erase a person: keys destroyed, words blanked, links gone; totals and duties stay
help-person-erase-example =
    Example:
      circlekeeper person erase 7F3K-Q --now
help-person-erase-code = The code of “people list”, or the whole id
help-person-erase-now = At once and for good; there is no way back

help-verify = Look at every byte of every event, and name what is damaged; works locked
help-verify-example =
    Example:
      circlekeeper verify
help-doctor = Show how the program, its store, its backups and its card are; works locked
help-doctor-example =
    Example:
      circlekeeper doctor
help-merge = Take in what another copy of this program has; nothing is ever taken away
help-merge-example =
    Example:
      circlekeeper merge /media/stick/circlekeeper.store
help-merge-other = The other copy: its store, or the folder it lies in
help-backup = Write a backup: events in one file, keys in another; needs no passphrase
help-backup-example =
    Example:
      circlekeeper backup /media/stick/2026-11-22
help-backup-folder = A new or empty folder, and not the program's own
help-backup-keys-to = Write the file of keys into this folder instead, so that the two never lie together
help-restore = Put a store back from a backup, under a new origin
help-restore-example =
    Example:
      circlekeeper restore /media/stick/2026-11-22 --dir my-program
help-restore-folder = The folder of the backup
help-restore-keys = The file of keys, where it does not lie in that folder
help-restore-old-keys = Take keys older than 35 days, by which people who were erased since then could come back
help-restore-without-keys = Put the events back alone; everything about people stays locked
help-completions = Print what completes commands in a shell
help-completions-example =
    Example:
      circlekeeper completions bash > circlekeeper.bash
help-completions-shell = The shell
help-man = Print the manual page, or write one for each command
help-man-example =
    Example:
      circlekeeper man --out man
help-man-out = The folder for one page for each command
