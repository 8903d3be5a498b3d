# The words of the report, in English. One message for each thing that is said; no text stands in code.
# Codes that a catalog does not know are shown as they are.

language = en
# How numbers are written: comma (1,234.5), point (1.234,5) or space (1 234,5).
number-style = comma
percent = { $value }%
interval = { $low } to { $high }
date = { $day } { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
period = { $from } to { $to }
period-joined = People who joined from { $from } to { $to }

## Title and notices
title-program = How the program went
title-evaluation = How people fared
model-healing-circle = Healing circle
model-social-healing-group = Social healing group
title-healing-circle = How the healing circles went
title-social-healing-group = How the social healing groups went
subtitle = Report on program { $program }
subtitle-part = From the records of program { $program }
subtitle-files = Figures of an evaluation, from its files
made-on = Made on { $date } with { $software }
audience-inside = For the program’s own team. Counts of fewer than { $floor } people are hidden. Please do not pass it on.
audience-inside-persons = For the program’s own team. It shows the totals of single people, without names: whoever knows one total of somebody finds the other. Please do not pass it on. Other counts of fewer than { $floor } people are hidden.
audience-outside = May be shared outside the program. Counts of fewer than { $floor } people are hidden, and whatever they could be worked out from.
unreadable = { $n } answers, totals or marks in the files could not be read. They count as missing.
demo-notice = DEMONSTRATION: these people are invented. No figure here is about anybody.
demo-mark = DEMONSTRATION: invented people
contents = In this report

## Counts
tally-exactly = { $n }
tally-fewer = fewer than { $n }
tally-least = at least { $n }
tally-hidden = hidden
cell-hidden = hidden
cell-share = { $n } ({ $share })
cell-none = –
yes-of = { $part } of { $whole }

## What is kept back
hidden-title = Not shown here.
hidden-named = Not shown here: { $list }.
hidden-too_few_people = Fewer than { $floor } people stand behind this, so single people could be recognized.
hidden-could_be_solved = Single people could be worked out from this, by taking the shown figures from the totals.
hidden-not_for_outside = Rows of single circles stay inside the program.
hidden-instead = What may be said instead: { $list }.
hidden-coarser = What would show: { $list }.
hidden-again = What may be said instead stands above.
list-separator = {"; "}
instead-fewer_than_floor = “fewer than { $floor } people took part”
instead-sessions_and_hours = how many sessions were held, and for how many hours
instead-sessions = how many sessions were held
instead-modules = how many modules of trainings were taught
instead-stories = stories that their tellers agreed to share
instead-whole_program = the same figure for the whole program
coarser-several_circles = several circles together, once { $floor } people or more stand behind the figure
coarser-longer_period = a longer period, once enough people were measured at both ends
coarser-whole_program = one figure for everybody and the whole time, instead of one for each part
coarser-two_bands = two groups, below the cut-off and from it on
coarser-inside_report = the report for the program’s own team, which shows counts from 5 people on
none-title = No figure.
none-nothing = There is nothing to count yet.
none-too_few = { $n } of at least { $wanted } were measured.
none-no_spread = All { $n } changed by the same, so no interval can be given.
none-not_recorded = Nothing is recorded that it could be made of.
none-not_a_number = The data held something that is no number.
rows-more = The first { $shown } of { $all } rows. All of them stand in the table { $file }, in the folder of the report.
rows-more-sheet = The first { $shown } of { $all } rows. All of them stand in the table { $file } beside this workbook.
note-hidden-cells = “{ $hidden }” stands for a small number, or for one from which a small number could be worked out.

## At a glance
glance = At a glance
glance-people-exactly = { $n } people enrolled { $units ->
    [0] and none sits in a circle yet
    [one] for one circle
   *[other] for { $units } circles
  }. { $held ->
    [one] One session was
   *[other] { $held } sessions were
  } held, { $hours } hours in all.
glance-people-fewer = Fewer than { $n } people enrolled { $units ->
    [0] and none sits in a circle yet
    [one] for one circle
   *[other] for { $units } circles
  }. { $held ->
    [one] One session was
   *[other] { $held } sessions were
  } held, { $hours } hours in all.
glance-files-exactly = { $units ->
    [0] { $n } people took part.
    [one] { $n } people took part in one circle.
   *[other] { $n } people took part in { $units } circles.
  }
glance-files-fewer = Fewer than { $n } people took part.
glance-people-hidden = How many people enrolled is kept back{ $beside ->
    [yes] {":"} another report, or an earlier one, would tell a few people from it.
   *[other] {"."}
  } { $held ->
    [one] One session was
   *[other] { $held } sessions were
  } held, { $hours } hours in all.
glance-files-hidden = How many people took part is kept back{ $beside ->
    [yes] {":"} another report, or an earlier one, would tell a few people from it.
   *[other] {"."}
  }
glance-attendance = { $share } of all seats were taken: { $came } of { $of } (one seat is one person at one session).
glance-stayed = { $share } were still there at the end ({ $count } of { $of }).
glance-stayed-all = Everybody of whom it is recorded was still there at the end.
glance-stayed-least = At least { $count } of { $of } people were still there at the end.
glance-completed = { $share } came to { $sessions } sessions or more ({ $count } of the { $of } whose attendance is recorded).
glance-completed-least = At least { $count } of { $of } people came to { $sessions } sessions or more.
glance-some = some
glance-both = { $both } of { $asked } people asked have both measurements
glance-both-alone = { $both } people have both measurements, and how many were asked is kept back
glance-both-alone-hidden = how many have both measurements is kept back
glance-better = { $name }: people measured at both ends were better by { $points } points on average (95% interval { $low } to { $high }); { $both }.
glance-worse = { $name }: people measured at both ends were worse by { $points } points on average (95% interval { $low } to { $high }); { $both }.
glance-unclear = { $name }: people measured at both ends changed by { $points } points on average (95% interval { $low } to { $high }), which may be no change at all{ $few }; { $both }.
of-few-circles = , and with { $units } circles the interval could hardly be narrower
glance-not-why = These figures say how people changed who took part and were measured. They do not say why: nobody was compared with people who did not take part.
glance-overdue-fewer = Fewer than { $n } duties are overdue.
glance-overdue = { $n ->
    [0] Nothing is overdue.
    [one] One duty is overdue.
   *[other] { $n } duties are overdue.
  }

## What was asked for by name
only = Only people in { $list }
only-groups = { $by }: { $groups }
indicators = What was asked for
indicators-text = Each row is called as whoever asked calls it. The bar is the figure, the upright line its target.
indicators-caption = Indicators, with their targets
indicators-what = Indicator
indicators-baseline = Before
indicators-target = Target
indicators-actual = Actual
indicators-interval = 95% interval
indicators-low = From
indicators-high = To
indicators-source = Source
indicators-none = no figure
indicators-not-in-report = not in this report
indicators-bar = Against target
indicators-bar-desc = Actual { $actual }, target { $target }
since = What changed since the last release
since-text = { $n ->
    [0] No figure of this report is another than in the release of { $date }.
    [one] One figure of this report is not what it was in the release of { $date }.
   *[other] { $n } figures of this report are not what they were in the release of { $date }.
  }
since-caption = Figures that are not what they were
since-was = Was
since-is = Is
since-causes = What may have changed them:

## Reach and delivery
reach = Reach and delivery
reach-files = Who took part
reach-caption-files = Who took part
reach-caption = Who took part and what was delivered
reach-what = What
reach-count = Count
reach-of = Of
reach-people = People who enrolled
reach-units = Circles or groups
reach-facilitators = People who facilitate
reach-supervisors = People who supervise them
reach-sessions = Sessions held, of those planned
reach-hours = Hours of sessions
reach-modules = Modules of trainings taught, of those announced
reach-stories = Stories shared with their tellers’ consent
areas-caption = People by area
areas-area = Area
areas-people = People

## Attendance
attendance = Attendance
attendance-text = A seat is one person at one session. Whoever came late or left early came. Sessions are counted in each circle from its first.
attendance-plot = Share of seats taken, session by session
attendance-plot-desc = Bars from session { $first } to session { $last } of the circles. The fullest stands at { $most }, the emptiest at { $least }. The table below holds the same figures.
attendance-axis-session = Session
attendance-axis-share = Seats taken, %
attendance-caption = Seats taken, session by session
attendance-session = Session
attendance-sessions = { $from }–{ $to }
attendance-share = Seats taken
attendance-joined = Sessions are joined where too few people were away, or came, to stand alone.
marks-caption = All seats, by how they were taken
marks-mark = Mark
marks-count = Seats
mark-present = – there the whole time
mark-late = – came late
mark-left_early = – left early
mark-excused = – said so beforehand
mark-absent = – reason known
mark-unexplained = – reason not known
mark-in-files-present = – present
mark-in-files-late = – came late
mark-in-files-left_early = – left early
mark-in-files-excused = – excused
mark-in-files-absent = – absent
mark-in-files-unexplained = – absent, not explained
marks-came = Came
marks-away = Away
marks-total = All seats

## Staying
retention = Who stays
retention-text = The line falls when people leave the program. A circle that ends has lost nobody, and whoever goes on in another circle has not left.
retention-plot = Share of people who stay, after each session
retention-plot-desc = The line starts at { $start } and ends at { $end } after session { $last }. The shaded band is the 95% interval. The table below holds the same figures.
retention-axis-session = Session
retention-axis-share = Still there, %
retention-caption = Share of people who stay
retention-session = After session
retention-share = Still there
retention-interval = 95% interval
staying-low = 95% interval, from
staying-high = 95% interval, to
retention-coarsened = Sessions are joined until at least { $floor } more people had left, and only as long as at least { $floor } stay or nobody does: fewer could be recognized. Whoever left in between counts from the end.
retention-none-left = Nobody left up to session { $last }.
retention-few-left = Up to session { $last } so few people left, or so few stayed, that a curve would show fewer than { $floor } of them.
retention-not-recorded = Nothing says who left, so that it is not known who was still there at the end. A column of the last session of those who left says it (`left`), or a rule does, such as `leaving = {"{"} missed = 3 {"}"}`: whoever missed the last three sessions of their circle has left.
leaving-recorded = Somebody counts as having left when their leaving was recorded, after the last session of their circle before it.
leaving-missed = { $sessions ->
    [one] Somebody counts as having left after the last session they came to, where they missed the last session of their circle.
   *[other] Somebody counts as having left after the last session they came to, where they missed the last { $sessions } sessions of their circle or more.
  }

## Completers beside leavers
completers = Completers beside leavers
completers-text = How people began who have both measurements, beside those who have the first and not the last. Where the two began far apart, the change of those who stayed says little about everybody.
completers-caption = First totals of those measured at both ends, and of those not measured at the end
completers-what = Questionnaire
completers-asked = Asked
completers-both = Measured at both ends
completers-both-mean = – their first mean
completers-lost-mean = First mean of those not measured at the end
completers-further = { $name }: those not measured at the end began { $points } points { $way } than those who were.
completers-alike = { $name }: those not measured at the end began within half a point of those who were.
completers-better = better off
completers-worse = worse off
completers-none-lost = { $name }: of those measured at first, nobody was lost.
completers-hidden = { $name }: how those began who were not measured at the end is kept back, since too few of them stand behind it or it could be worked out.

## Completion
completion-text = { $sessions } sessions or more complete the program.
completion-caption = Staying and completing
completion-what = What
completion-count = People
completion-of = Of
completion-share = Share
completion-interval = 95% interval
unmarked = Of { $n } people there is no mark of attendance: whether they came is not known, and they are left out.
unmarked-some = some
completion-stayed = Still there at the end
completion-completed = Completed the program

## One instrument
scale-asked = { $asked } people were to be asked; everything below is of them.
scale-asked-in = { $asked } people were to be asked, those in circles of the model “{ $model }”; everything below is of them.
scale-asked-hidden = How many people were to be asked is kept back; everything below is of them.
scale-asked-in-hidden = How many people were to be asked, those in circles of the model “{ $model }”, is kept back; everything below is of them.
scale-better-lower = Totals run from { $low } to { $high } points. Fewer points are better.
scale-better-higher = Totals run from { $low } to { $high } points. More points are better.
scale-read-by = Read by { $id }, studied with: { $population }. A band starts a conversation; it says nothing about what a person has.
scale-unverified = This reading could not be verified: take it as unconfirmed.
timepoint-t0 = Start
timepoint-t1 = Middle
timepoint-t2 = End
timepoint-t3 = Follow-up
timepoint-start = Start
timepoint-end = End
timepoint-reconvene = Met again
timepoint-before = Before
timepoint-pre = Before
timepoint-baseline = Before
timepoint-mid = Middle
timepoint-midline = Middle
timepoint-post = After
timepoint-endline = After
timepoint-followup = Follow-up
timepoint-months = { $n ->
    [one] 1 month
   *[other] { $n } months
  }
timepoint-weeks = { $n ->
    [one] 1 week
   *[other] { $n } weeks
  }
timepoint-after = After
bands-part = some of the bands
bands-plot = { $name }: how totals spread, at each time
bands-plot-desc = One bar for each time, of all people asked, parted from the fewest points at the left to the most. { $bars }
bands-desc-bar = { $time }: { $list }.
bands-desc-part = { $label } { $n } ({ $share })
bands-axis = People asked, %
bands-caption = { $name }: everybody who was asked, by band
bands-band = Band
bands-measured = Measured
bands-not-measured = Not measured
bands-hidden = Hidden
bands-mean = Mean total, points
bands-sd = Standard deviation
bands-share = { $time }, share of people asked
bands-prorated = – with a few answers stood in for
bands-share-note = Percentages are of all people asked, here and in the plot: whoever was not measured is no better and no worse.
bands-safety-note = Which answer is missing on a sheet is sealed with the answers, so this page does not count unanswered safety items; they are named when sheets are taken in. An unanswered item is not a “no”.
band-minimal = Minimal
band-mild = Mild
band-moderate = Moderate
band-moderately_severe = Moderately severe
band-severe = Severe
cut-below = Below { $at } points
cut-at_or_above = { $at } points or more
cut-at_or_below = { $at } points or fewer
cut-above = Above { $at } points
change = Change from { $before } to { $after }
change-plot = { $name }: mean change in points, with its 95% interval
change-plot-desc = The dot stands at { $mean } points; the interval runs from { $low } to { $high }. Zero means no change.
change-axis = Points, after minus before
change-less = fewer points
change-more = more points
change-better = better
change-worse = worse
change-caption = { $name }: change in people measured at both ends
change-enrolled = People asked
change-both = Measured at both ends
change-mean = Mean change, points (after minus before)
change-interval = 95% interval
change-sd = Standard deviation of changes
change-baseline-both = Mean at the start, of those measured at both ends
change-baseline-lost = Mean at the start, of those not measured at the end
change-what = What
change-figure = Figure
change-up-to = Upper end of an interval
change-part = change from the start to the end
change-clusters = People of one circle change alike, so that each tells less than a person alone would: the interval counts that, by the design effect.
change-clusters-none = People of one circle did not change more alike than others, so that the design effect is 1.
change-circles = With { $units } circles the interval stands on { $df ->
    [one] one degree of freedom
   *[other] { $df } degrees of freedom
  }, one less than there are circles.
change-circles-few = With fewer than 30 circles it is the wider for that, and how alike people of one circle change is hardly known: of few circles no interval says much.
change-one-circle = There is one circle only. How alike its people change could not be counted: the interval takes each person for one alone, and is too narrow where they change alike.
change-clipped = Where an end of the interval is as far as the range of the questionnaire allows, it stands for no more than that.
change-says-nothing = The interval covers every change that there can be: it says nothing.
change-rounded = Means are rounded to steps of { $step } points here, and intervals outward, so that no single person’s total can be worked out.
change-rounded-zero = The interval ends so near zero that, not rounded, it may leave zero out.
change-units = Circles they sat in
change-icc = Agreement within circles, ICC(1)
change-design-effect = Design effect
cautions = Read beside these figures:
caution-many_not_measured_twice = Fewer than four in five of those asked were measured at both ends. How the others fared could turn this around.
caution-regression_to_the_mean = On average people began on the side of the cut-off that calls for a conversation. Of people who begin there, some come closer to the middle by themselves (regression to the mean).
caution-few_people = Fewer than 30 people were measured at both ends. A mean of so few moves with each of them.
caution-no_comparison = Nobody was compared with people who did not take part: this is how people changed, and not what the program did.
change-once = People were measured at one time only so far, so there is no change to tell.
scale-none = There is no sheet of this questionnaire, so there is nothing to tell.
ends-plot = { $name }: how people began who were measured at both ends, beside those not measured at the end
ends-plot-desc = Two dots on the range of the questionnaire: those measured at both ends began at a mean of { $both } points, those not measured at the end at { $lost } points.
ends-both = Measured at both ends
ends-lost = Not measured at the end
ends-axis = Mean at the start, points
change-attrition = Whoever was not measured at the end is not in the mean. Where the two means at the start are told, compare them before you rely on it.
reliable-part = change larger than the noise of the questionnaire
reliable-caption = { $name }: change larger than the noise of the questionnaire ({ $points } points or more)
reliable-kept-back = { $name }: change larger than the noise of the questionnaire
reliable-what = Change
reliable-people = People
reliable-improved = Better by { $points } points or more
reliable-unchanged = Changed by less
reliable-worse = Worse by { $points } points or more
reliable-not = Not measured at both ends
unmeasured-not_scorable = Sheet could not be scored
unmeasured-declined = Declined, and stayed
unmeasured-had_left = Had left
unmeasured-joined_later = Joined later
unmeasured-not_reached = Their circle has not come to that point
unmeasured-undecided = Two sheets, not yet decided between
unmeasured-no_sheet = No sheet, reason not known
flow-plot = { $name }: from everybody asked to those measured at both ends
flow-asked = { $n } people were to be asked
flow-asked-hidden = How many people were to be asked is kept back
flow-measured-hidden = how many is kept back
flow-measured = { $n } measured
flow-not-measured = Not measured: { $n }
flow-reason = { $reason }: { $n }
flow-reason-row = – { $reason }
flow-ends = Both ends
flow-caption = { $name }: who was measured, and why others were not
flow-who = Who

## How far people changed
spread = How far people changed
spread-part = how far people changed
spread-plot = { $name }: how many people changed by how many points
spread-desc = Bars, one for each row of the table below. { $list }.
spread-desc-part = { $label }: { $n }
spread-caption = { $name }: people measured at both ends, by points of change (after minus before)
spread-change = Points of change
spread-people = People
spread-to = { $to } or less
spread-from = { $from } or more
spread-between = { $from } to { $to }
spread-lower = Less than zero is better. Rows are joined until enough people stand behind each.
spread-higher = More than zero is better. Rows are joined until enough people stand behind each.

## Each person
persons = Each person
persons-caution = This shows single people.
persons-read = A line, or a dot, is one person measured at both ends; a thicker one is several with the same totals. The dashed lines mark the cut-off; beyond those beside the line of no change a change is larger than the noise.
persons-lines = { $name }: each person from first to last
persons-lines-desc = A line for each person from the first total on the left to the last on the right. { $list }.
persons-quadrant = { $name }: last total against first
persons-quadrant-desc = A dot for each person, the first total across and the last one up, with the line of no change, those of the noise, and the cut-off. { $list }.
persons-caption = { $name }: each person, by how they fared
persons-what = From first to last
persons-people = People
persons-total = Total, points
persons-better = Better
persons-same = The same
persons-worse = Worse
persons-better-far = Better by { $points } points or more
persons-better-near = Better by less
persons-worse-near = Worse by less
persons-worse-far = Worse by { $points } points or more
persons-line-same = no change
persons-line-noise = noise
persons-cut-by = Cut-off: { $id }, studied with: { $population }. It starts a conversation; it says nothing about what a person has.
persons-noise-by = Noise: { $id }, studied with: { $population }.

## From band to band
moves = From band to band
moves-part = who went from which band to which
moves-caption = { $name }: people measured at both ends, by their band at first and at last
moves-row = { $time }
moves-column = { $time }: { $band }
moves-bands = { $from } to { $to }
moves-note = Each row is a band at first, each column one at last. A band starts a conversation; it says nothing about what a person has.
moves-joined = Neighboring bands are joined until nobody stands among a few.

## Across the cut-off
crossing = Across the cut-off
crossing-part = who crossed the cut-off
side-at_or_above = { $at } points or more
side-below = below { $at } points
side-at_or_below = { $at } points or fewer
side-above = above { $at } points
crossing-plot = { $name }: on which side of the cut-off people stood, first and last
crossing-desc = Two pillars, the first time and the last, each parted by the cut-off; the ribbons between them are people measured at both ends. { $list }.
crossing-desc-part = { $first } { $from }, { $last } { $to }: { $n }
crossing-caption = { $name }: people measured at both ends, by the cut-off
crossing-people = People
crossing-first = First
crossing-last = Last
crossing-reliably = – changed by more than the noise
crossing-note = By { $id }, studied with: { $population }. A cut-off starts a conversation; it says nothing about what a person has.

## Change beside sessions
dose = Change beside sessions attended
dose-part = change beside sessions attended
dose-plot = { $name }: mean change by sessions attended, with 95% intervals
dose-desc = Dots with intervals, from few sessions to many. { $list }.
dose-desc-part = { $label }: { $mean } points ({ $n } people)
dose-caption = { $name }: mean change by sessions attended
dose-came = Sessions attended
dose-people = Measured at both ends
dose-mean = Mean change, points
dose-sessions = { $from } to { $to } sessions
dose-sessions-one = { $from ->
    [one] 1 session
   *[other] { $from } sessions
  }
dose-sessions-to = { $to ->
    [0] No session
    [one] 1 session or none
   *[other] { $to } sessions or fewer
  }
dose-sessions-from = { $from ->
    [one] 1 session or more
   *[other] { $from } sessions or more
  }
dose-sessions-any = Any number of sessions
dose-each = Each session more
dose-slope = With each session more, the change differs by { $slope } points (95% interval { $low } to { $high }).
dose-association = This is an association and no effect: who comes often chose to, or was well enough to.

## Groups
groups = By group
groups-text = Groups of people beside each other. They differ in more than in what names them, so that a difference between them has no single reason. A group of too few people is hidden, and another with it.
groups-unknown = Not known
groups-plot = { $name }: mean change ({ $by })
groups-desc = A dot for each group of which the mean is told. { $list }.
groups-desc-part = { $label }: { $mean } points
groups-caption = People, seats taken and change ({ $by })
grouping-area = Area
grouping-sex = Sex
grouping-arm = Arm
grouping-district = District

## Safety
safety = Safety and referrals
safety-caption = Answers that were raised, other incidents, and referrals
safety-what = What
safety-count = Count
incident-s0 = S0, near miss
incident-s1 = S1, emergency
incident-s2 = S2, urgent: same day
incident-s3 = S3, watch
incident-s4 = S4, note
safety-raised = Safety item raised: somebody was to talk with the person before they left
referrals-closed = Referrals closed: the service and the person both said what came of it
referrals-ended = Referrals that ended without help
referrals-open = Referrals still open, or lacking somebody’s word
safety-none = No other incident was recorded.

## Overdue
overdue = What is overdue
overdue-caption = Duties past their day
overdue-kind = Duty
overdue-count = How many
overdue-none = Nothing is overdue.

## Circles
circles = Circle by circle
circles-caption = Circles of { $floor } people or more
circles-circle = Circle
circles-people = People
circles-sessions = Sessions
circles-planned = Sessions planned
circles-attendance = Seats taken
circles-completed = Completed
circles-both = { $name }: measured twice
circles-change = { $name }: mean change
circles-without-row = { $n ->
    [one] One circle has no row of its
   *[other] { $n } circles have no row of their
  } own: circles of fewer than { $floor } people, and one more where the sum of all would tell of these.

## Words to copy
copy = Words to copy
board = One sentence for a board
board-fell = Of the { $asked } people asked, { $both } were measured twice; their mean { $name } total fell by { $points } points, { $way } (95% interval { $low } to { $high }), which says nothing of why.
board-rose = Of the { $asked } people asked, { $both } were measured twice; their mean { $name } total rose by { $points } points, { $way } (95% interval { $low } to { $high }), which says nothing of why.
board-unclear = Of the { $asked } people asked, { $both } were measured twice; their mean { $name } total changed by { $points } points (95% interval { $low } to { $high }), which may be no change at all{ $few } and says nothing of why.
board-for-better = for the better
board-for-worse = for the worse
board-refused-few = { $name }: no sentence. It takes { $floor } people measured twice; with fewer, one person moves the mean, and the sentence would be about them.
board-refused-kept-back = { $name }: no sentence. How many were asked or measured twice, or how they changed, is kept back to protect them.
board-refused-nobody = { $name }: no sentence. Nobody was measured twice yet.
paragraph = Methods, as a paragraph for a paper
paragraph-people = { $units ->
    [0] { $people } people took part.
    [one] { $people } people took part in one circle or group.
   *[other] { $people } people took part in { $units } circles or groups.
  }
paragraph-people-hidden = How many people took part is kept back.
paragraph-scale-hidden = { $name } (version { $version }, scored after: { $source }) was to be asked; of how many people is kept back.
paragraph-at-hidden = people, how many is kept back, at “{ $time }”
paragraph-both-hidden = Change is of those who had totals at both ends; how many they are is kept back.
paragraph-scale = { $name } (version { $version }, scored after: { $source }) was to be asked of { $asked } people.
paragraph-measured = Totals were had of { $list }.
paragraph-at = { $n } at “{ $time }”
paragraph-both = Change is of the { $both } who had totals at both ends.
paragraph-read = Totals were read by { $id } ({ $source }; studied with: { $population }; { $evidence }).
paragraph-beyond = A change of { $points } points or more was taken as larger than the noise of the questionnaire, by { $id } ({ $source }; studied with: { $population }; { $evidence }).
paragraph-scoring = A missing answer was never counted as zero; where the rule of the questionnaire allows, missing answers stood at the mean of the others, totals stayed exact fractions, and bands read them rounded half up.
paragraph-mean_t = Means have Student’s t intervals.
paragraph-paired_t = Change is after minus before, in people who had both totals, with Student’s t interval on n − 1 degrees of freedom or, where circles were counted, on one less than there are circles.
paragraph-wilson = Shares have Wilson’s interval without correction for continuity (Wilson 1927, J Am Stat Assoc 22:209).
paragraph-kaplan_meier = Staying was estimated by session with Kaplan and Meier’s product (1958, J Am Stat Assoc 53:457), Greenwood’s variance and the log-log interval; whoever was still there when the watch ended was not counted as gone, and whoever joined later was counted from the session at which they joined (late entry).
paragraph-reliable_change = A change was called larger than noise by a published threshold in points, which counts itself (Jacobson & Truax 1991, J Consult Clin Psychol 59:12).
paragraph-icc_anova = Agreement within circles is ICC(1) from one-way analysis of variance (Shrout & Fleiss 1979, Psychol Bull 86:420).
paragraph-design_effect = Intervals of mean change were widened by the root of the design effect, 1 + ((1 + CV²) × m − 1) × ICC, with m the mean number of people in a circle, CV the coefficient of variation of these numbers, and a negative ICC taken as none (Eldridge, Ashby & Kerry 2006, Int J Epidemiol 35:1292), on one degree of freedom less than there are circles; below some 30 circles such intervals are uncertain themselves (Pustejovsky & Tipton 2018, J Bus Econ Stat 36:672).
paragraph-linear_trend = Change beside sessions attended is a straight line by least squares, with Student’s t interval; no interval of it takes account of circles, and it is an association and no effect.
paragraph-suppression = Counts of 1 to { $most } people were hidden, and as many others as it took so that none could be worked out from the totals; percentages and means followed their counts. Means were rounded to steps of 0.1 points or more, the coarser the fewer people stood behind them, and their intervals outward, so that no single person’s total can be worked out.

## The workbook
workbook-about = About
workbook-tables = Tables
workbook-empty = Nothing stands in it.
workbook-notes = Notes

## Methods
methods = Methods and sources
method-scoring = Scoring. A missing answer is never a zero. Where the questionnaire’s rule allows, missing answers stand at the mean of the others; totals stay exact fractions and bands read them rounded half up.
method-mean_t = Means with Student’s t interval.
method-paired_t = Change is after minus before, in people who have both totals, with Student’s t interval on n − 1 degrees of freedom or, where circles are counted, on one less than there are circles.
method-wilson = Shares with Wilson’s interval without correction for continuity (Wilson 1927, J Am Stat Assoc 22:209).
method-kaplan_meier = Staying: Kaplan and Meier’s product by session (1958, J Am Stat Assoc 53:457), Greenwood’s variance, log-log interval. Whoever is still there when the watch ends is not counted as gone; whoever joined later is counted from the session at which they joined (late entry).
method-reliable_change = Change larger than noise: a published threshold in points, which counts itself (Jacobson & Truax 1991, J Consult Clin Psychol 59:12).
method-icc_anova = Agreement within circles: ICC(1) from one-way analysis of variance (Shrout & Fleiss 1979, Psychol Bull 86:420).
method-design_effect = Clustering: the interval of a mean change is widened by the root of the design effect, 1 + ((1 + CV²) × m − 1) × ICC, with m the mean number of people in a circle, CV the coefficient of variation of these numbers, and a negative ICC taken as none (Eldridge, Ashby & Kerry 2006, Int J Epidemiol 35:1292), on one degree of freedom less than there are circles. Below some 30 circles such intervals are uncertain themselves (Pustejovsky & Tipton 2018, J Bus Econ Stat 36:672).
method-linear_trend = Change beside sessions attended: a straight line by least squares with Student’s t interval. No interval of it takes account of circles. An association, no effect.
method-suppression = Small numbers: counts of 1 to { $most } people are hidden, and as many others as it takes so that none can be worked out from the totals. Percentages and means follow their counts. Means are rounded to steps of 0.1 points or more, the coarser the fewer people stand behind them, and their intervals outward, so that no single person’s total can be worked out.
methods-instruments = Questionnaires
methods-instrument = { $name }, version { $version }. Scored after: { $source }.
methods-reading = { $id } ({ $population }). { $source }
methods-evidence-read = read in the source
methods-evidence-secondary = read where the source is quoted
methods-evidence-unverified = not verified
methods-caution = People often join when things are at their worst, and then things often ease by themselves. Without a comparison group, change is not the work of the program alone.
