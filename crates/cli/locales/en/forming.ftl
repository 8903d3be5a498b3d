# Circles formed: who sits with whom, and why. Who is kept apart from whom has no words here.

form-named = { $key } { $name }
form-time = { $day } { $at }
form-stage = best so far { $cost } points, none below { $bound }
form-stopped = Stopped: the best so far is kept.
form-no-circle = No circle can be formed of these people, facilitators and rules.
form-waiting = { $n ->
    [one] One person waits
   *[other] { $n } people wait
}
form-more-wait = { $n ->
    [one] One more waits: “--out” writes the whole list.
   *[other] { $n } more wait: “--out” writes the whole list.
}
form-seated = { $circles ->
    [one] { $seated } of { $people } people sit in one circle.
   *[other] { $seated } of { $people } people sit in { $circles } circles.
}
form-cost = What is unmet weighs { $total } points: { $parts }.
form-cost-part = { $n } for { $part }
form-cost-unit = Points are the weights of the rules: somebody who waits is { $waiting }.
form-cost-nothing = Every wish is met.
form-proven = No circles of these people leave less unmet: that is proven.
form-bound = No circles of these people leave less than { $bound } points unmet; these are { $gap } above it.
form-moving = { $moved ->
    [one] Moving one person who was told already ({ $who }) would leave { $gain } points less unmet and seat { $seated } more: ask them first, then “--let-move”.
   *[other] Moving { $moved } people who were told already ({ $who }) would leave { $gain } points less unmet and seat { $seated } more: ask them first, then “--let-move”.
}
form-moved = { $moved ->
    [one] Moved, though they were told already: { $who }. It leaves { $gain } points less unmet and seats { $seated } more than moving nobody: ask them first.
   *[other] Moved, though they were told already: { $who }. It leaves { $gain } points less unmet and seats { $seated } more than moving nobody: ask them first.
}
form-latecomers = { $n ->
    [one] One person of the list is not in the table of seats: taken as somebody who came later.
   *[other] { $n } people of the list are not in the table of seats: taken as people who came later.
}
form-passed-over = { $file }: columns that were left out, by number: { $columns }. “form --template” shows which are taken in; of a program’s own people, who is kept apart or together is noted with “--keep-apart” and “--together”.
form-times-left-out = { $n ->
    [one] One time of the week was left out: there are too many different ones.
   *[other] { $n } times of the week were left out: there are too many different ones.
}
form-without-team = { $n ->
    [one] One facilitator is left without a team and leads nothing: { $who }.
   *[other] { $n } facilitators are left without a team and lead nothing: { $who }.
}
form-silent = { $n ->
    [one] One person has not said when they are free: “form --template wishes”, then “form --wishes FILE”.
   *[other] { $n } people have not said when they are free: “form --template wishes”, then “form --wishes FILE”.
}
form-silent-file = { $n ->
    [one] One person has not said when they are free: fill in the column “times”.
   *[other] { $n } people have not said when they are free: fill in the column “times”.
}
form-not-yet = { $n ->
    [one] One facilitator may not lead yet: “--with-trainees” counts on them.
   *[other] { $n } facilitators may not lead yet: “--with-trainees” counts on them.
}
form-written = Written: { $folder }, with a page to look at and a table to change.
form-next-out = To keep it: “--out FOLDER”.
form-next-accept = To convene these circles: “circlekeeper form --accept { $file }”. Change the table first where you know better.
form-ask-convene = { $circles ->
    [one] Convene this circle? { $waiting } wait. (y/n)
   *[other] Convene these { $circles } circles? { $waiting } wait. (y/n)
}
form-convened = { $circles ->
    [one] One circle is convened; { $waiting } wait.
   *[other] { $circles } circles are convened; { $waiting } wait.
}
form-unit-name = Circle { $number } ({ $time })
form-role-later = The role of { $role } begins with phase { $phase }; nobody has it yet. Who leads is named with each session: “calendar plan UNIT --lead CODE …”.
form-trainees = { $n ->
    [one] { $who } has no role yet: the circle cannot open before they are authorized to lead.
   *[other] { $who } have no role yet: their circles cannot open before they are authorized to lead.
}
form-next-open = Before sessions are planned, each circle is opened: everybody has said yes to taking part, who leads is authorized, somebody supervises and somebody is on call, and the crisis card and its services are there. No command does that yet: it goes through the library (“Keeper::open_group” refuses with the list of what is missing).
form-next-plan = Then plan their sessions: “circlekeeper calendar plan UNIT --from DATE --time HH:MM”.
form-noted-apart = { $n ->
    [one] Noted, sealed: they never sit together. It is told to nobody, and holds from now on.
   *[other] { $n } pairs are noted, sealed: they never sit together. It is told to nobody, and holds from now on.
}
form-noted-together = { $n ->
    [one] Noted, sealed: they are to sit together where that can be. Whoever forms circles is told how many of whom somebody is to sit with sit there.
   *[other] { $n } pairs are noted, sealed: they are to sit together where that can be. Whoever forms circles is told how many of whom somebody is to sit with sit there.
}
form-both = { $n ->
    [one] One pair of the lists is both to sit together and never to: they never do.
   *[other] { $n } pairs of the lists are both to sit together and never to: they never do.
}
form-too-short = { $n ->
    [one] One person names only hours that are shorter than a circle of { $minutes } minutes: they are free for none.
   *[other] { $n } people name only hours that are shorter than a circle of { $minutes } minutes: they are free for none.
}
form-bring-leaders = Bring in who leads: “people import FILE --standing staff”; then take in when they are free: “form --wishes FILE”.
form-bring-people = Bring people in: “people import FILE”. Whoever sits in a circle already is proposed no more.
form-pairs = { $n ->
    [0] No pair is noted.
    [one] One pair.
   *[other] { $n } pairs.
}
due-beside = { $n ->
    [one] Two people who are kept apart are in one circle: “form --pairs --as safeguarding-lead”.
   *[other] { $n } pairs who are kept apart are in one circle: “form --pairs --as safeguarding-lead”.
}
form-lifted = Lifted. What was noted stays in the log, sealed, and holds no more.
form-wishes-taken = { $n ->
    [one] The wishes of one person are taken in; { $free } said when they are free.
   *[other] The wishes of { $n } people are taken in; { $free } said when they are free.
}
form-sheet = Seats
form-page-title = Circles proposed
form-page-on = For { $on }
form-page-inside = For those who form circles: it is not to be hung up or sent on.
form-page-week = The week
form-page-size = { $n ->
    [one] 1 person
   *[other] { $n } people
}
form-page-led = { $n } people · { $language } · led by { $leads }
form-impasse = { $n ->
    [one] No seat for { $who }, by these rules together: { $rules }.
   *[other] No seat for { $who }, by these rules together: { $rules }.
}
form-impasse-all = These rules together leave no way to seat everybody: { $rules }.

pair-apart = kept apart
pair-together = together

head-circle = Circle
head-language = Language
head-place = Place
head-size = Size
head-person = Who
head-why = Why
head-would-help = What might help
head-pair = Pair
head-both-in = Both in

why-seated = { $who } sits in circle { $circle }: { $time }, { $language }, led by { $leads }.
why-waits = { $who } waits.
why-impasse = By these rules together there is no seat: { $rules }.
why-would-help = What might help:

because-only-one = The only circle at their times, in their languages and within reach.
because-together = { $of ->
    [one] With the person they are to sit with.
   *[other] With { $here } of the { $of } people they are to sit with.
}
because-nearest = { $choices ->
   *[other] The nearest of { $choices } circles at their times, in their languages and within reach.
}
because-topic = { $topics ->
    [one] Shares a topic with who leads.
   *[other] Shares { $topics } topics with who leads.
}
because-own-sex = Among their own sex, as they wish.
because-best-for-all = { $choices ->
   *[other] Of { $choices } circles at their times, in their languages and within reach, this one goes best with the seats of everybody else.
}
seat-choices = { $choices } circles meet at their times, in their languages and within reach; { $nearer ->
    [0] none is nearer.
    [one] one is nearer.
   *[other] { $nearer } are nearer.
}
seat-distance = The way is { $distance } units of the map.
seat-bonds = Of whom they are to sit with, { $here } of { $of } sit here.
seat-mixed = They wished for their own sex; this circle is mixed.

waits-nobody = No facilitator within reach meets their needs.
waits-of = Facilitators within reach: { $told }.
waits-not-ready = { $n ->
    [one] one may not lead yet
   *[other] { $n } may not lead yet
}
waits-no-language = { $n ->
    [one] one speaks none of their languages
   *[other] { $n } speak none of their languages
}
waits-no-slot = { $n ->
    [one] one is never free when they are
   *[other] { $n } are never free when they are
}
waits-no-circle = { $n ->
    [one] one shares a time and a language with them and leads no circle
   *[other] { $n } share a time and a language with them and lead no circle
}
waits-otherwise = { $n ->
    [one] one leads at another time or in another language
   *[other] { $n } lead at another time or in another language
}
waits-cannot-take = { $n ->
    [one] one leads a circle that cannot take one more as it is
   *[other] { $n } lead circles that cannot take one more as they are
}
waits-could-take = { $n ->
    [one] one leads a circle that has room
   *[other] { $n } lead circles that have room
}
waits-no-better-seat = No seat was found for them that leaves everybody else as well placed.

change-tell-times = They say when they are free.
change-other-times = Somebody leads when they are free: { $times }.
change-tell-languages = They say what they speak.
change-within-reach = Somebody leads within their reach and meets their needs.
change-free-and-speaks = Somebody who speaks one of their languages leads at one of their times.
change-speaks = Somebody leads who speaks one of their languages.
change-free-at = { $circles ->
    [one] They find time on { $time }: a circle in { $language } that has room meets then.
   *[other] They find time on { $time }: { $circles } circles in { $language } that have room meet then.
}
change-opening = { $waiting ->
    [one] A circle on { $time } in { $language }: they are free and speak it, as many as a circle needs.
   *[other] A circle on { $time } in { $language }: { $waiting } who wait are free and speak it, as many as a circle needs.
}
change-opening-with-others = { $waiting ->
    [one] A circle on { $time } in { $language }: they are free and speak it, and so are { $others } in circles that can spare them; as many as a circle needs.
   *[other] A circle on { $time } in { $language }: { $waiting } who wait are free and speak it, and { $others } in circles that can spare them; as many as a circle needs.
}
change-opening-too-few = { $waiting ->
    [one] A circle on { $time } in { $language }: they are free and speak it, and are fewer than a circle needs.
   *[other] A circle on { $time } in { $language }: { $waiting } who wait are free and speak it, fewer than a circle needs.
}
change-rules = More people near them, or other rules.
change-ready = { $who } is ready to lead: they share a time and a language.
change-compose = { $circles ->
    [one] The circle they could come to, composed in another way.
   *[other] One of the { $circles } circles they could come to, composed in another way.
}

ruling-times = times
ruling-languages = languages
ruling-reach = how far people go
ruling-needs = what somebody cannot do without
ruling-readiness = who is not ready does not lead
ruling-load = how many circles one leads
ruling-fewest = the fewest people of a circle
ruling-most = the most people of a circle
ruling-age-span = the span of ages
ruling-nobody-alone = nobody alone of their kind
ruling-own-sex = who sits among their own sex alone

cost-waiting = who waits
cost-travel = long ways
cost-topics = no topic shared with who leads
cost-own-sex = mixed circles where somebody wished for their own sex
cost-bonds = people who were to sit together and do not
cost-evenness = sizes other than the usual
cost-support = who leads with support
cost-mixing = likeness and variety that were wished for

form-column-id = what your list calls the person
form-column-code = the code that “people list” shows
form-column-name = a name, where there is no number
form-column-place = village, quarter, site
form-column-x = where on your map, in its units: across
form-column-y = where on your map, in its units: up
form-column-languages = all they speak, with “;” between
form-column-times = when they are free: “mon 14:00-17:00; sat 9:00”
form-column-topics = what they wish to share, or know well
form-column-needs = what they cannot do without, or what the room has
form-column-company = any, wished or needed: among their own sex
form-column-sex = as your form words it
form-column-birth_year = the year of birth
form-column-together = with whom they are to sit
form-column-apart = with whom they never sit; it is told to nobody
form-column-barred = whose circle they never sit in; it is told to nobody
form-column-ready = yes, with support, or no
form-column-circles = how many circles they can lead at once
form-column-team = who leads together has the same word here

error-cli-no-forming-rules = Nothing says how many people a circle holds.
error-cli-no-forming-rules-help = Name a model with “--model healing-circle”, or write rules: “circlekeeper form --template rules”.
form-no-header-help = Put a line with the names of the columns above the first row: “form --template” prints one of each list. Where they have names of their own, say “--column FIELD=COLUMN”.
error-cli-list-faults = { $n ->
    [one] One thing is wrong with what was given. Nothing was written.
   *[other] { $n } things are wrong with what was given. Nothing was written.
}
error-cli-list-faults-help = Mend it, and give it again.
error-cli-forming-rules-faults = The rules cannot be followed: { $n ->
    [one] one thing is wrong.
   *[other] { $n } things are wrong.
}
error-cli-forming-rules-faults-help = Correct the rules and try again. Nothing was written.
error-cli-which-model = Several models are in use here, or none:
error-cli-which-model-help = Say whose circles are formed, with “--model ID”.
error-cli-model-not-adopted = This program works by no such model. It has adopted:
error-cli-model-not-adopted-help = Choose one of those; another is adopted when a program is founded.
error-cli-formation-broken = The circles that were found break a rule; none is shown.
error-cli-formation-broken-help = This is a fault of the program: report it, with the rules and without the lists of people.
error-cli-not-formed = { $n ->
    [one] Something is missing before circles can be formed:
   *[other] { $n } things are missing before circles can be formed:
}
error-cli-not-formed-help = Take in what people say: “form --template wishes”, then “form --wishes FILE”.
error-cli-nobody-in-list = Nobody in the list is called that.
error-cli-nobody-in-list-help = Look it up in the first column of the list.
error-cli-form-without-program = Circles of files cannot be convened: they are nobody’s program.
error-cli-form-without-program-help = Found a program with “init” and bring the people in with “people import”.
error-cli-no-circle = There is no circle to convene.
error-cli-no-circle-help = Look at who waits, and at what would help them: “circlekeeper form”.
error-cli-form-left = Nothing was convened.
error-cli-form-left-help = Change the table of seats, and accept it.
error-cli-not-a-pair = A pair is two codes with a comma between.
error-cli-not-a-pair-help = Write it like this: “--keep-apart 7K3M-2,9QXA-B”.
error-cli-no-pair = No pair has that code.
error-cli-no-pair-help = Look it up: “form --pairs --as safeguarding-lead”.
error-cli-not-a-proposal = The folder holds something else, or a table that was changed since.
error-cli-not-a-proposal-help = Choose another folder, or move away what lies there.
error-cli-seats-break-rules = { $n ->
    [one] Circles as they stand in the table break a rule; nothing was done:
   *[other] Circles as they stand in the table break { $n } rules; nothing was done:
}
error-cli-seats-break-rules-help = Change those lines, and give the table again.

error-seats-leader-not-free = Who leads is not free then.
error-seats-leader-not-free-help = Choose one of their times.
error-seats-leader-language = Who leads does not speak the circle’s language.
error-seats-leader-language-help = Choose a language that they share with everybody.
error-seats-leader-load = Who leads has more circles than they can lead, or may not lead yet.
error-seats-leader-load-help = Give the circle to somebody else.
error-seats-leader-twice = Who leads has two circles at one time.
error-seats-leader-twice-help = Move one of them.
error-seats-too-few = The circle has too few people.
error-seats-too-few-help = Add some, or let them wait.
error-seats-too-many = The circle has too many people.
error-seats-too-many-help = Move somebody, or let them wait.
error-seats-not-free = This person is not free at the circle’s time.
error-seats-not-free-help = Choose another circle, or ask them.
error-seats-not-spoken = This person does not speak the circle’s language.
error-seats-not-spoken-help = Choose another circle.
error-seats-too-far = It is too far for this person.
error-seats-too-far-help = Choose a nearer circle.
error-seats-need-unmet = The room lacks what this person cannot do without.
error-seats-need-unmet-help = Choose another circle.
error-seats-age-span = The ages in the circle lie too far apart.
error-seats-age-span-help = Move the youngest or the oldest.
error-seats-alone = Somebody would be the only one of their kind in the circle.
error-seats-alone-help = Give them company, or another circle.
error-seats-mixed = The circle holds people of two sexes.
error-seats-mixed-help = Keep circles of one sex, as the rules ask.
error-seats-own-sex = This person comes only among their own sex.
error-seats-own-sex-help = Choose another circle.
error-seats-company = These people cannot be the company of one circle.
error-seats-company-help = Look at their ages and sexes, at who would be alone of their kind and at whom the lists part, and move somebody.

error-wishes-nobody = Nobody here has that code or number.
error-wishes-nobody-help = Look it up in “people list”, or bring the person in first.
error-wishes-several = Several people have that code or number.
error-wishes-several-help = Write the whole id, as “people list --json” shows it.
error-wishes-twice = The same person stands in line { $first } already.
error-wishes-twice-help = Keep one of the two lines.
