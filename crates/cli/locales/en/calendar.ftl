# The calendar: what is planned, and what paper says.

# The one word that stands in a calendar of others: it may tell nothing.
calendar-entry = Appointment
calendar-empty = Nothing is planned in these days.
calendar-unit = { $code } { $name }
calendar-when = { $day } { $on } { $time }
calendar-moved = { $state }, moved
calendar-not-held = not held: { $why }
calendar-planned = { $n ->
    [one] One session is planned.
   *[other] { $n } sessions are planned.
}
calendar-skipped = On { $on } nothing is held: { $why }.
calendar-clock = { $when } does not exist on the clock of that day: it is moved forward by as much as the clock is.
calendar-trial = Nothing was written, and no rule was asked. Leave out --trial to plan it.
calendar-was = It was to be on { $when }; that stays in its history.
calendar-skipped-already = It was called off already, for that reason: nothing more is written.
calendar-out-of-order = Session { $number } comes after session { $after }: move or call off what is not meant so.
calendar-number-free = The number { $number } is free again: plan the session for another day, or move on.
calendar-feeds = { $n ->
    [one] One feed is written. Hand it to its owner alone.
   *[other] { $n } feeds are written. Hand each to its owner alone.
}
days-line = line { $line }

weekday-0 = Mon
weekday-1 = Tue
weekday-2 = Wed
weekday-3 = Thu
weekday-4 = Fri
weekday-5 = Sat
weekday-6 = Sun

session-state-to_come = to come
session-state-held = held
session-state-taken_back = taken back
session-state-trial = not planned

not-held-holiday = a holiday
not-held-commemoration = a week of commemoration
not-held-weather = the weather, or a road
not-held-no_facilitator = the facilitator could not come
not-held-too_few = too few people came
not-held-no_place = the place could not be used
not-held-unsafe = it was not safe
not-held-other = another reason

head-unit = Circle
head-session = No.
head-theme = Theme
head-leads = Leads
head-file = File

error-cli-no-unit = No circle here has that code. There are:
error-cli-no-unit-help = Take one of them; circlekeeper calendar show lists what each has planned.
error-cli-several-units = Several circles share the short code { $code }:
error-cli-several-units-help = Use the whole id instead.
error-cli-no-session = The circle has no session { $number }.
error-cli-no-session-help = Look at: circlekeeper calendar show --unit CODE
error-cli-days = The days to leave out cannot be read, and there is no file of that name.
error-cli-days-help = Write 2026-05-01, 2026-04-07..2026-04-13 or, to move a session, 2026-05-01=2026-05-02; several with commas.
error-cli-days-file = { $n ->
    [one] One line of the days to leave out cannot be read:
   *[other] { $n } lines of the days to leave out cannot be read:
}
error-cli-days-file-help = Write a day, days such as 2026-04-07..2026-04-13, or a move such as 2026-05-01=2026-05-02, then the reason, such as commemoration.
error-cli-nothing-to-plan = Every session of this phase is planned or held.
error-cli-nothing-to-plan-help = Enter the next phase first, or say how many with --sessions.
error-cli-lead = Who leads is told as CODE=ROLE.
error-cli-lead-help = For example: --lead 4T7K-2=community_healing_assistant
error-cli-way = This line is no way between two places.
error-cli-way-help = Give both places as their circles have them, and the minutes from 0 to 1440.

## Sheets of paper
sheet-title = Sheet
sheet-seat = Seat
sheet-minutes = { $n } min
sheet-heads = Count the heads
sheet-heads-how = members in the room, without those who lead
sheet-began = Began
sheet-ended = Ended
sheet-led = Led:
sheet-leads = Leads:
sheet-how = One mark in each row. To type it in: circlekeeper calendar enter { $circle } { $number } "HEADS: 3A 7X 9L" (a row without a letter was there).
sheet-worry = No names and no stories on this sheet. What worries you goes to the person on call, today: see the back.
sheet-worry-named = This sheet has names: keep it to yourself, and write no stories. What worries you goes to the person on call, today: see the back.
sheet-choices = Over all sessions: { $kinds }.
sheet-notes = For the next time: what went well, what to prepare. Nothing about a person.
sheet-measures = Questionnaires are due: { $timepoint }. Have the paper ready.
sheets-written = { $n ->
    [one] One sheet is written; print it on both sides. Its marks come back in { $file }.
   *[other] { $n } sheets are written; print them on both sides. Their marks come back in { $file }.
}
share-of-time = { $percent } %

mark-of-p = there
mark-of-l = late
mark-of-e = left early
mark-of-x = excused
mark-of-a = absent

special-join_cut_off = The last session at which somebody may join.
special-storms = Storms of life: somebody who does not lead can be reached all the time. Write their number on the card.
special-optional = Nobody has to take part in this.
special-private_route = Who lives with violence is offered a private way to speak: never before a partner, never in the group.
special-election = The group elects its committee today.
special-graduation = Certificates and farewell: have them ready.

marks-seat = { $row } ({ $code })
marks-told = row { $row }, { $code }: { $mark }
marks-done = { $circle }, session { $number }, { $on }: { $came } of { $seats } came.

field-session = session
field-seat = seat
field-mark = mark
field-heads = heads
field-minutes = minutes

error-cli-no-sheets = Nothing is to come from { $from } to { $to }.
error-cli-no-sheets-help = Name another week with --week DATE, or plan the sessions first.
error-cli-entry = The marks cannot be read.
error-cli-entry-help = Write the head count, a colon, and each row that was not simply there: "14: 3a 7x 9l" (l late, e left early, x excused, a absent).
error-cli-not-entered = { $n ->
    [one] One thing is wrong, and nothing was written down:
   *[other] { $n } things are wrong, and nothing was written down:
}
error-cli-not-entered-help = Look at the sheet, and enter the line again.
error-cli-sheets-filled = Marks were typed into { $file } in that folder, and not taken in yet, or it holds something else.
error-cli-sheets-filled-help = Take them in first with “calendar take-in”, or name another folder. Nothing was written.
error-cli-marks = { $n ->
    [one] One thing is wrong, and nothing was taken in:
   *[other] { $n } things are wrong, and nothing was taken in:
}
error-cli-marks-help = Put them right in the table, with the sheets beside you, and take it in again.
error-marks-no-circle = No circle here has that code, or several do.
error-marks-no-circle-help = Look at the top of the sheet.
error-marks-no-session = The circle has no session of that number.
error-marks-no-session-help = Look at the top of the sheet, or plan the session first.
error-marks-recorded = This session is written down already.
error-marks-recorded-help = Leave it out: nothing is written twice. A single mark cannot be put right from here yet.
error-marks-not-held = This session was called off.
error-marks-not-held-help = Plan it again if it was held after all.
error-marks-future = This session is yet to come.
error-marks-future-help = Check the number; if it was held on another day, say on which.
error-marks-no-seat = Nobody who sat in that circle on that day has this seat.
error-marks-no-seat-help = Compare it with the sheet: the code of the seat, or its row.
error-marks-no-row = Nobody sits in row { $row }.
error-marks-no-row-help = Compare it with the sheet.
error-marks-twice = This seat has a mark already.
error-marks-twice-help = Keep one of the two lines.
error-marks-unclear = An earlier line of this session says otherwise.
error-marks-unclear-help = Say it on one line, or the same on all.
error-marks-missing = Session { $number } of { $circle }: no mark for { $seats }.
error-marks-missing-help = Every seat has one mark; a for absent if nobody knows.
error-marks-uncounted = Session { $number } of { $circle }: no head count.
error-marks-uncounted-help = Write it on one line of the session; if nobody counted, say --uncounted.
error-marks-heads-differ = Session { $number } of { $circle }: { $came } are marked as having come, and { $heads } heads were counted.
error-marks-heads-differ-help = Look at the sheet again: a mark or the count is wrong. People who are no members are not counted.
