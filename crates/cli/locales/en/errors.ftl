# Errors: what was refused or failed, and (-help) how to go on. Never a name.

error-rule = (rule { $rule })
error-unmet = { $rule }: { $what }. Way out: { $out } ({ $who }).
error-series-line = session { $number }, { $on }: { $what }
error-circle-line = circle { $number }: { $what } { $out }
error-unknown = It was refused, with the code { $code }.
error-unknown-help = Please report this with its code: it has no words yet.
cause-quoted = “{ $words }”

error-cli-usage = The command was not understood.
error-cli-usage-help = Add --help to it: that prints what it takes, with an example.
error-cli-column = A column is told as FIELD=COLUMN, and the fields are: { $fields }.
error-cli-column-help = Write it so, with the name of the column as the first line of the file writes it.
error-cli-card-format-at = The card cannot be read from line { $line }, column { $column }, on.
error-cli-card-format-at-help = Look at that place: texts stand in quotation marks, and the names of the slots are those of: circlekeeper card template
error-cli-card-undated = The card does not say on which day it was looked through.
error-cli-card-undated-help = Write the day after “dated”, such as dated = "2026-11-22".

error-cli-unreadable = A file could not be read.
error-cli-unreadable-help = Look whether the name is right and the file is there.
error-cli-not-written = A file could not be written.
error-cli-not-written-help = Look whether the folder is there, may be written, and the disk has room.
error-cli-unreadable-at = “{ $file }” could not be read.
error-cli-unreadable-at-help = Look whether the name is right and the file is there.
error-cli-not-written-at = “{ $file }” could not be written.
error-cli-not-written-at-help = Look whether the folder is there, may be written, and the disk has room.
error-cli-not-text = “{ $file }” is not text in UTF-8.
error-cli-not-text-help = Save it as plain text in UTF-8.
error-cli-too-large = “{ $file }” is larger than { $most } bytes, the most that is read.
error-cli-too-large-help = Look whether this is the file you meant.
error-cli-no-home = This computer does not say where your files belong.
error-cli-no-home-help = Name a folder with --dir.
error-cli-ask-at-terminal = Something has to be asked, and nobody is at a terminal:
error-cli-ask-at-terminal-help = Give the answer with an option; --help lists them.
error-cli-no-passphrase = The program is locked, and no passphrase was given.
error-cli-no-passphrase-help = Run it at a terminal, or name a file with --passphrase-file, or set CIRCLEKEEPER_PASSPHRASE.
error-cli-passphrases-differ = The two passphrases differ.
error-cli-passphrases-differ-help = Run it again and type the same twice. Nothing was made.
error-cli-recovery-code = This is not a recovery code.
error-cli-recovery-code-help = Copy the six groups of five from the recovery sheet, and nothing else, into the file.
error-cli-sheet-unconfirmed = Nobody is at a terminal to type part of the recovery code back.
error-cli-sheet-unconfirmed-help = Run it at a terminal, or say --recovery-out FILE --yes-i-wrote-it-down.
error-cli-sheet-nowhere = With --json the recovery sheet has nowhere to go.
error-cli-sheet-nowhere-help = Name a file with --recovery-out.
error-cli-sheet-wrong = The group is not the one on the sheet.
error-cli-sheet-wrong-help = Nothing was kept: run it again, and copy the new code carefully.
error-cli-zone = This is not a time zone.
error-cli-zone-help = Write it as a region and a city, such as Africa/Kigali or America/Los_Angeles.
error-cli-jurisdiction = This is not the code of a country or state.
error-cli-jurisdiction-help = Write the two letters of the country, such as rw, and a hyphen and the state where it has laws of its own: us-ca.
error-cli-no-model = There is no model of that name.
error-cli-no-model-help = Ready are: { $ids }. A file of your own is named by its path.
error-cli-model-planned = That model is planned, and has no file yet.
error-cli-model-planned-help = Ready are: { $ids }.
error-cli-model-faults = { $n ->
    [one] One fault keeps the model from being used:
   *[other] { $n } faults keep the model from being used:
}
error-cli-model-faults-help = Mend them in the file, then check it again with: circlekeeper models check FILE
error-cli-card-format = The card cannot be read.
error-cli-card-format-help = Start from: circlekeeper card template
error-cli-template = No template could be made.
error-cli-template-help = Please report this with its cause.
error-cli-faults = { $n ->
    [one] One thing is wrong with the file. Nothing was written.
   *[other] { $n } things are wrong with the file. Nothing was written.
}
error-cli-faults-help = Mend them in the file and take it in again.
error-cli-doubts = { $n ->
    [one] One row should be looked at. Nothing was written.
   *[other] { $n } rows should be looked at. Nothing was written.
}
error-cli-doubts-help = Take out the rows of people who are here already (--skip-known does so by their number), or say --accept-duplicates where they are other people.
error-cli-future = A day lies in the future; today is { $today }.
error-cli-future-help = Say the day on which it was.
error-cli-damaged = { $n ->
    [one] One place of the store is damaged:
   *[other] { $n } places of the store are damaged:
}
error-cli-damaged-help = Merge a good copy to mend it, or restore a backup into another folder. The crisis card still opens: circlekeeper card
error-cli-nobody = Nobody here has that code.
error-cli-nobody-help = Look it up with: circlekeeper people list (six characters, such as 4T7K-2)
error-cli-several = Several people share the short code { $code }:
error-cli-several-help = Use the whole id instead.
error-cli-no-link = Whose enrolment this is cannot be read: its key is not here, or it is damaged.
error-cli-no-link-help = Merge a good copy that has the key, then erase.
error-cli-backup-here = A backup in the program's own folder is lost together with it.
error-cli-backup-here-help = Name a folder on a stick or another disk.
error-cli-no-backup = There is no backup in that folder.
error-cli-no-backup-help = Name the folder that holds events.circlekeeper.
error-cli-no-keys = There is no file of keys with this backup.
error-cli-no-keys-help = Name it with --keys FILE, or restore the events alone with --without-keys.
error-cli-old-keys = The backup of keys is older than { $days } days. Whoever was erased since then could come back by it.
error-cli-old-keys-help = Use a newer file of keys (--keys FILE). If there is none, say --old-keys, and ask for every erasure since then again.
error-cli-no-copy = There is no other copy of a program in that place.
error-cli-no-copy-help = Name the folder of the other copy, or its store.
error-cli-not-erased = Nobody was erased.
error-cli-not-erased-help = Answer yes to erase for good.
error-cli-no-instrument = That instrument is not scored here.
error-cli-no-instrument-help = Known are: { $ids }.
error-cli-no-sheet = There is no sheet to score.
error-cli-no-sheet-help = Name the instrument and its answers: circlekeeper score phq-2 1 2; or read cases of other programs: circlekeeper score --json FILE
error-cli-answer = Answer { $place } is not a number.
error-cli-answer-help = Write the code that was ticked, and a - for an answer that was left out.
error-cli-context = What is known of the person cannot be read.
error-cli-context-help = Write it as NAME=VALUE in small letters, such as sex=female or trauma_exposure=no.
error-cli-not-asked = { $n ->
    [0] This instrument asks nothing of the person beside the answers.
   *[other] This instrument does not ask that of the person, or knows no such answer.
}
error-cli-not-asked-help = { $n ->
    [0] Leave --context out.
   *[other] It asks: { $facts }.
}
error-cli-only-one-sheet = --context and --interpretation are for one sheet, and no answers were given with them.
error-cli-only-one-sheet-help = Give the answers too; or write into each case what is known of its person: "context": {"{"}"sex": "female"{"}"}. The answer to a case names the reading in read_by.
error-cli-no-interpretation = The instrument has no interpretation of that id that reads one sheet.
error-cli-no-interpretation-help = It has: { $ids }.
error-cli-instrument-faults = { $n ->
    [one] One fault keeps the file from being used:
   *[other] { $n } faults keep the file from being used:
}
error-cli-instrument-faults-help = Mend them in the file, then check it again with: circlekeeper instruments check FILE
error-cli-instrument-id-taken = The id { $id } is taken: by an instrument that comes with the program, or by another file.
error-cli-instrument-id-taken-help = Give the instrument of the file an id of its own, such as { $own }.
error-cli-items = The columns of the answers cannot be read.
error-cli-items-help = Write them as phq9_1..phq9_9, or one by one with commas.
error-cli-item-count = { $found } columns of answers were named, and the instrument has { $wanted } items.
error-cli-item-count-help = Name one column for each item, in the order of the questionnaire.
error-cli-sheets = { $n ->
    [one] One thing is wrong with the file. Nothing was written.
   *[other] { $n } things are wrong with the file. Nothing was written.
}
error-cli-sheets-help = Mend the rows, enroll the people, or record their consent first.
error-cli-sheets-raised = { $n ->
    [one] One thing is wrong with the file. No sheet was taken in, but somebody must be gone to.
   *[other] { $n } things are wrong with the file. No sheet was taken in, but somebody must be gone to.
}
error-cli-sheets-raised-help = Go to the people of those lines first. Then mend the rows, enroll the people or record their consent, and take the file in again: what was written down is not written down twice.
error-sheet-nobody = Nobody here has this number.
error-sheet-nobody-help = Correct it, or enroll the person first.
error-sheet-several = Several people here have this number.
error-sheet-several-help = Give each a number of their own.
error-sheet-no-consent = { $code } had not said yes to being measured on { $on } (U-05).
error-sheet-no-consent-help = Record the consent with its day, or leave the row out.
error-sheet-twice = { $code } has a sheet of this timepoint already.
error-sheet-twice-help = Leave the row out, or correct the timepoint.
error-sheet-future = This day lies in the future; today is { $today }.
error-sheet-future-help = Correct the day on which the sheet was filled in.
error-sheet-new-timepoint = No model here has this timepoint.
error-sheet-new-timepoint-help = Write one of { $known }, or say --new-timepoint if it is meant.

error-keeper-locked = The program is locked.
error-keeper-locked-help = Open it with the passphrase or a recovery code.
error-keeper-demo-and-real = A demo and a real program cannot become one.
error-keeper-demo-and-real-help = Keep the demo by itself; its people are invented.
error-keeper-other-program = That store belongs to another program.
error-keeper-other-program-help = Choose a copy of this program.
error-keeper-no-program = The store holds no program.
error-keeper-no-program-help = Start one with: circlekeeper init
error-vault-wrong-passphrase = The passphrase is wrong.
error-vault-wrong-passphrase-help = Type it again (capitals matter), or open with the code of the recovery sheet: --recovery-code-file
error-keeper-people-changed = Somebody was enrolled or erased while the list was being looked at. Nothing was written.
error-keeper-people-changed-help = Take the list in again: its rows are compared anew.
error-store-strangers = The two files of the backup are of different programs.
error-store-strangers-help = Name the file of keys that was made with these events: --keys FILE
error-store-missing = There is no program in this place.
error-store-missing-help = Start one with circlekeeper init, or name its folder with --dir.
error-store-exists = There is a file in this place already. Nothing is ever written over.
error-store-exists-help = Choose another folder with --dir.
error-store-not-a-store = The file is not a store of this program, or is damaged beyond reading.
error-store-not-a-store-help = Look whether the folder is right; else restore a backup into another folder. The crisis card still opens: circlekeeper card
error-cli-demo = The play did not come to its end.
error-cli-demo-help = Nothing was kept. Please report this with its cause and its seed.
error-cli-no-plan = There is no plan.
error-cli-no-plan-help = Name one, or let one be suggested: analyze --suggest DATA.csv.
error-cli-plan-there = There is a file of that name already.
error-cli-plan-there-help = Choose another name: a plan that somebody worked on is not written over.
error-cli-unseen = No plan can be suggested: { $n ->
    [one] one thing is wrong
   *[other] { $n } things are wrong
  } in { $files ->
    [one] one file.
   *[other] { $files } files.
  }
error-cli-unseen-help = Correct what is wrong, or name the other files alone. Nothing was written.
error-cli-plan-faults = The plan cannot be followed: { $n ->
    [one] one thing is wrong.
   *[other] { $n } things are wrong.
  }
error-cli-plan-faults-help = Correct the plan and try again. Nothing was read. Its keys stand in docs/plans-and-books.md.
error-cli-file-faults = The files cannot be taken as they are: { $n ->
    [one] one thing is wrong
   *[other] { $n } things are wrong
  } in { $files ->
    [one] one file.
   *[other] { $files } files.
  }
error-cli-file-faults-help = Correct the files or the plan and try again{ $lenient ->
    [0] {"."}
   *[other] {"; --lenient counts answers that cannot be read as missing."}
  } Nothing was written.
error-cli-not-made = The report could not be put into files.
error-cli-not-made-help = Please report this with its cause.
error-cli-not-a-folder = “{ $file }” is not the name of a folder.
error-cli-not-a-folder-help = Name a folder that is made for the report, such as report-2026.
error-cli-not-a-report = There is something else in “{ $file }”.
error-cli-not-a-report-help = Name a new folder, an empty one, or one that holds an earlier report and nothing else.
error-cli-book-faults = { $n ->
    [one] One thing is wrong with the book of reports “{ $file }”.
   *[other] { $n } things are wrong with the book of reports “{ $file }”.
}
error-cli-book-faults-help = Correct the file and try again. Nothing was written. Its keys stand in docs/plans-and-books.md.
error-cli-empty-book = There is no report in “{ $file }”.
error-cli-empty-book-help = Write one with “report define”: each begins with [[reports]]. Nothing was written.
error-cli-report-there = There is a report “{ $name }” in “{ $file }” already.
error-cli-report-there-help = Choose another name, or change the one that is there in the file.
error-cli-period-backwards = --to lies before --from.
error-cli-period-backwards-help = Let the period end on the day it begins, or later.
error-cli-floor-below = --floor { $found } is below { $least }, the least for this audience.
error-cli-floor-below-help = Raise it, or leave it out.
error-cli-not-a-group = That is not a grouping and a group.
error-cli-not-a-group-help = Write both as codes with an equals sign between them, such as district=huye.
error-cli-no-days = The report “{ $report }” has a period, and nothing says when people joined.
error-cli-no-days-help = Let a grouping of the plan hold the days on which people joined, and name it with joined_on; or take the period out.
error-cli-no-grouping = The report “{ $report }” asks for the grouping “{ $grouping }”, which the plan does not have.
error-cli-no-grouping-help = Name the column of it among the groupings of the people in the plan.
error-cli-no-groups = The report “{ $report }” names groups that nobody is in: { $groups }.
error-cli-no-groups-help = Write each group as the data have it, in small letters, or take it out of the filter.
error-cli-no-grouping-here = The report “{ $report }” asks for the grouping “{ $grouping }”, which the records of a program do not tell openly.
error-cli-no-grouping-here-help = Choose one of: { $known }. Where people live and who they are is sealed, and no report opens it.
error-cli-each-person = Single people are shown to the program’s own team only.
error-cli-each-person-help = Leave --each-person out, or make the report for the audience inside.
error-cli-no-report = The book has no report “{ $name }”.
error-cli-no-report-help = Give the book from which it was released.
error-cli-not-a-release = “{ $file }” is no release, or its figures were altered.
error-cli-not-a-release-help = Name a folder that “report freeze” has written, with all that it wrote.
error-cli-release-there = “{ $file }” is there already, and is not the same.
error-cli-release-there-help = Releases are never replaced: choose another folder or day. Nothing was written.
error-cli-release-differs = “{ $name }” does not come out the same.
error-cli-release-differs-help = What was changed is named first, then what came of it. A new release says so by itself.
error-cli-demo-size = From { $fewest } to { $most } people can be played.
error-cli-demo-size-help = Say so with --people.
error-cli-demo-people = A healing circle is always of its own size.
error-cli-demo-people-help = Leave --people out, or play the social healing group.

# What a gate finds missing, the way out, and who can go it.
gate-agreement = the ground rules are not agreed
gate-authorized = who would lead is not authorized
gate-card_calls = numbers of the crisis card were not called lately
gate-crisis-emergency = no service for an emergency was checked lately
gate-intimate-partner-violence = no service for violence at home was checked lately
gate-mental-health-care = no service for mental health was checked lately
gate-peer-led-group = no peer-led group was checked lately
gate-physical-care = no service for the body was checked lately
gate-spiritual-cultural = no spiritual or cultural help was checked lately
gate-committee = no committee is elected
gate-consent = somebody has not said yes to taking part
gate-constitution = no constitution is adopted
gate-crisis_card = no crisis card is published
gate-open_matters = a grave matter is open
gate-role = a role is not filled
gate-sessions_held = too few sessions were held
gate-supervision = supervision is late
gate-supervision_within = the last supervision is too long ago
gate-supervisor = nobody supervises
gate-syllabus = the syllabus asks for more first
gate-volunteers = too few volunteers
gate-hours_a_week = somebody who leads would work more hours in a week than agreed
gate-model = the model of this program cannot be read
gate-on_call = nobody is named who can be called
gate-pause = somebody who leads would have too little time between two sessions
gate-reachable = nobody who does not lead can be reached while it lasts
gate-rest = somebody who leads would have too little rest
gate-sessions_a_day = somebody who leads would have too many sessions in a day
gate-substitute = somebody without the training stands in
gate-supervisees = one supervisor would see many assistants
gate-leader_elsewhere = somebody who leads would lead elsewhere at that time, or be on the way
gate-room_taken = another group meets in that place at that time
gate-week_off = somebody who leads had no week off for long
gate-withdrawn = somebody took back their yes to taking part
gate-work = somebody who leads would work too much
way-adopt_agreement = agree on the ground rules
way-adopt_constitution = adopt a constitution
way-ask_consent = ask for consent
way-assign_trained = name somebody trained
way-authorize = complete the training, then authorize the person
way-call_numbers = call each number once
way-change_time_or_leader = choose another time, or somebody else to lead
way-change_time_or_room = choose another time or place
way-close_matters = do what is open in the matter, then close it
way-directory-add_or_check = add a service to the directory, or check it again
way-elect_committee = elect a committee
way-follow_syllabus = follow the syllabus
way-hold_sessions = hold the sessions before
way-hold_supervision = hold a supervision
way-list_service = list a service and check it
way-name_supervisor = name a supervisor
way-offer_merge = offer to join another group
way-publish_card = publish the card
way-adopt_model = adopt the model again
way-look_back_on_it = look back on it at the next supervision
way-name_on_call = name who can be called, and call the number once
way-name_who_is_reachable = name a supervisor or one more assistant who can be reached
way-record_leaving = record that the person left, or ask them again
way-share_supervision = share the assistants among supervisors, or record a plan
way-share_work = let somebody else lead, or choose another day
