# What the rooms beneath the command line refuse, by the code of the refusal, and (-help) how to go on.
# The figures in braces are the fields of the refusal. Never a name.

## access
error-access-only-part = This role sees only a part of this kind of data.
error-access-only-part-help = Ask somebody whose role sees it, or for the counts.
error-access-subject-of-matter = Whom a matter is about has no access to it.
error-access-subject-of-matter-help = Somebody who is not the subject handles the matter; ask the safeguarding lead about due process.
error-access-role = This role has no access to this kind of data.
error-access-role-help = Ask somebody whose role covers it, or pick the hat that does.
error-access-purpose = This role has no access to this kind of data for this purpose.
error-access-purpose-help = Name the purpose you really have, or ask somebody whose work it is.
error-access-reach = This record lies outside what this role reaches.
error-access-reach-help = Ask somebody whose role covers it, or pick the hat that does.
error-access-read-only = This role may see this kind of data, not change it.
error-access-read-only-help = Ask whoever keeps the record to correct it.
error-access-never-in-bulk = This kind of data never leaves in bulk.
error-access-never-in-bulk-help = Open one record at a time; each reading is logged.
error-access-one-at-a-time = A consented packet goes out one at a time.
error-access-one-at-a-time-help = Open one record at a time; each reading is logged.
error-access-glass-only = Only breaking the glass opens this record.
error-access-glass-only-help = In an emergency, break the glass with a reason; the safeguarding lead is told at once.
error-access-no-glass = Breaking the glass opens nothing here.
error-access-no-glass-help = Ask the safeguarding lead.
error-access-unproven = What this needs is not established yet.
error-access-unproven-help = Establish it first: ask for the consent or record the reason.
error-access-lead-decides = The safeguarding lead decides.
error-access-lead-decides-help = Ask the safeguarding lead.
error-access-due-process-only = It is shown in the due process of a complaint only.
error-access-due-process-only-help = Somebody who is not the subject handles the matter; ask the safeguarding lead about due process.

## case
error-case-not-open = The case was not opened.
error-case-not-open-help = Open the case first.
error-case-already-open = The case is open.
error-case-already-open-help = Nothing is left to do.
error-case-closed = The case was closed on { $on }.
error-case-closed-help = Open the case again, naming its closing.
error-case-closed-too-early = { $on } comes before { $last }, the day of the last item agreed.
error-case-closed-too-early-help = Give the day of the last item, or a later one.
error-case-not-a-party = This person is no party to the case.
error-case-not-a-party-help = Let the person become a party first, of their own will.
error-case-open-items = { $open ->
    [one] One item of the agreement is open.
   *[other] { $open } items of the agreement are open.
}
error-case-open-items-help = Follow up each item, or agree on other ones.
error-case-too-few-parties = { $parties } parties; a circle needs 2.
error-case-too-few-parties-help = Wait until both sides are ready.

## group
error-group-backdated = { $on } comes before { $last }, the day of the phase before.
error-group-backdated-help = Give the day of the phase before, or a later one.
error-group-not-shared = Somebody who would come along is no member of the group.
error-group-not-shared-help = Name members of the parent group only.
error-group-not-formed = The group was not formed yet.
error-group-not-formed-help = Form the group first.
error-group-ended = The group ended on { $on }.
error-group-ended-help = Form a new group, or record that the ending was a mistake.
error-group-not-open = The group has not begun to meet.
error-group-not-open-help = Open the group first.
error-group-already-open = The group meets since { $since }.
error-group-already-open-help = Nothing is left to do.
error-group-full = The group is full: { $seated } of { $most }.
error-group-full-help = Put the person on the waiting list, or form another group.
error-group-too-few = { $seated } are seated, and { $fewest } are needed.
error-group-too-few-help = Admit more people, or wait for them.
error-group-already-member = This person is a member already.
error-group-already-member-help = Choose another person.
error-group-join-cut-off = { $held } sessions were held, people join until session { $session }.
error-group-join-cut-off-help = Put the person on the waiting list for the next group.
error-group-needs-consent = The members present have not all agreed to a new member.
error-group-needs-consent-help = Ask all members present and record what they decided.
error-group-visits = { $visits } visits as a guest, { $fewest } to { $most } come before membership.
error-group-visits-help = Let the person come as a guest first.
error-group-drop-in = People drop in here, nobody becomes a member.
error-group-drop-in-help = Count heads, or write down who came.
error-group-role-forbidden = The role { $role } is forbidden here.
error-group-role-forbidden-help = Let the person come in another role, or help from outside.
error-group-role-unknown = The terms do not know the role { $role }.
error-group-role-unknown-help = Choose a role of the terms, or adapt them.
error-group-role-not-now = The role { $role } does not exist in this phase.
error-group-role-not-now-help = Wait for the phase, or record a step back in with its reason and last day.
error-group-role-taken = The role { $role } is taken: { $most } of { $most }.
error-group-role-taken-help = Let somebody give the role back first.
error-group-role-of-members = The role { $role } is held by a member of the group.
error-group-role-of-members-help = Admit the person first, or choose a member.
error-group-not-next = The phase “{ $phase }” does not follow.
error-group-not-next-help = Enter the next phase first.
error-group-unmet = The phase “{ $phase }” may not be entered: something is missing first.
error-group-unmet-help = Complete what is listed, then enter the phase.
error-group-no-step-in = Stepping back in from “{ $now }” to “{ $asked }” is no step in.
error-group-no-step-in-help = Choose a stance nearer to the group.
error-group-ends-before = { $until } comes before { $on }.
error-group-ends-before-help = Give a last day after the first.
error-group-founder-not-reviewed = The founder's review in the parent group is not recorded.
error-group-founder-not-reviewed-help = Record the founder's review in the parent group.
error-group-founder-alone = The founder would be the only member whom both groups share.
error-group-founder-alone-help = Let a second member come along, or record that the parent group agreed.
error-group-not-agreed = { $agreed } of { $members } members agreed to the ground rules.
error-group-not-agreed-help = Read the ground rules together until every member agrees.
error-group-breaks = { $breaches ->
    [one] It would break the history in one place.
   *[other] It would break the history in { $breaches } places.
}
error-group-breaks-help = Look at what is listed and mend it first.
error-group-seated-elsewhere = This person sits in another group that has not ended.
error-group-seated-elsewhere-help = Record that they left the other group first, or keep them there.
error-group-no-place-here = Somebody has no place in this group as it is: they sit elsewhere meanwhile, are to lead it themselves, or cannot sit in this company.
error-group-no-place-here-help = Offer another group, or propose the circles anew.

## formation

error-formation-circles-broken = { $breaches ->
    [one] The circles that are there break a rule.
   *[other] The circles that are there break { $breaches } rules.
}
error-formation-circles-broken-help = Check the circles first, and mend each breach or leave out whom it names.
error-formation-nobody = Somebody is named who is not among those taken in.
error-formation-nobody-help = Take in people and facilitators before what holds between them.
error-formation-one-person = One person cannot be kept apart from themselves, nor together with themselves.
error-formation-one-person-help = Name two different people.
error-formation-roster-full = More people than can be formed into circles at once.
error-formation-roster-full-help = Form circles region by region.
error-formation-sizes = A circle of { $fewest } to { $most } people, usually { $target }, cannot be.
error-formation-sizes-help = Give the fewest, the usual and the most people of a circle in rising order.
error-formation-spot = The place lies off the map.
error-formation-spot-help = Count places from the middle of the map, in one unit for all.
error-formation-stranger = Somebody in a circle is not among those taken in.
error-formation-stranger-help = Take in everybody who sits in a circle, and everybody who leads one.
error-formation-too-many-words = The number must be below { $limit }, not { $number }.
error-formation-too-many-words-help = Number the slots, languages, topics and needs from nothing up, without gaps.
error-formation-twice = Somebody sits in two circles.
error-formation-twice-help = Seat each person in one circle.
error-formation-weight = A weight is at most { $limit }, not { $weight }.
error-formation-weight-help = Divide all weights by the same number; only their proportions matter.

## convening
error-convening-not-a-time = This is not a time of the week.
error-convening-not-a-time-help = Write a day and hours, such as mon 14:00, mon 14:00-17:00, or mon for the whole day; a semicolon between two.
error-convening-not-a-company = This is not one of the words for company.
error-convening-not-a-company-help = Write any, wished or needed: whether somebody sits among their own sex.
error-convening-not-a-readiness = This is not one of the words for readiness.
error-convening-not-a-readiness-help = Write yes, with support or no.
error-convening-half-a-spot = Of a spot on the map one number is here and the other is not.
error-convening-half-a-spot-help = Write both x and y, or neither.
error-convening-off-the-map = A spot lies more than { $limit } units from the middle of the map.
error-convening-off-the-map-help = Measure the map in larger units, such as steps of 100 meters.
error-convening-key-twice = It has the same key as an earlier row.
error-convening-key-twice-help = Give each a number or a name of their own.
error-convening-unknown-key = A key is named that nobody has.
error-convening-unknown-key-help = Look at the keys that the row names: write each as its own row writes it.
error-convening-oneself = Somebody is named with themselves.
error-convening-oneself-help = Name somebody else, or take the key out.
error-convening-not-born = Nobody alive was born in that year.
error-convening-not-born-help = Correct the year of birth, or leave it empty.
error-convening-sex-unknown = The sex is not said, and somebody is to sit among their own alone.
error-convening-sex-unknown-help = Fill in a word for the sex; any word of your own is one, such as unsaid.
error-convening-nobody-to-seat = There is nobody to seat.
error-convening-nobody-to-seat-help = Write down who is to sit in a circle.
error-convening-nobody-to-lead = There is nobody to lead.
error-convening-nobody-to-lead-help = Write down who can lead a circle.
error-convening-no-times = Nobody who leads says at what time a circle could begin.
error-convening-no-times-help = Write for those who lead when a circle could begin, such as mon 14:00 or mon 14:00-17:00.
error-convening-team-size = A team has { $found } people, where { $wanted } lead a circle.
error-convening-team-size-help = Write the same team for as many as lead a circle, or leave it empty.
error-convening-team-places = A team is of several places.
error-convening-team-places-help = Give all of a team the same place, or only one of them any.
error-convening-no-teams = No { $leaders } of those who lead share a place, a time and a language.
error-convening-no-teams-help = Write down more who lead, or more times and languages of those who do.
error-convening-not-a-team = These do not lead together.
error-convening-not-a-team-help = Write the keys of one team, as the table had them.
error-convening-too-many-people = More than { $limit } people, or as many who lead.
error-convening-too-many-people-help = Form circles region by region.
error-convening-too-many-times = Circles could begin at { $found } different times; at most { $limit } can be looked at.
error-convening-too-many-times-help = Let those who lead agree on fewer times, such as full hours.
error-convening-too-many-languages = There are { $found } different languages; at most { $limit } can be told apart.
error-convening-too-many-languages-help = Use one word for one language: correct what is written in several ways.
error-convening-too-many-topics = There are { $found } different topics; at most { $limit } can be told apart.
error-convening-too-many-topics-help = Use one word for one topic: correct what is written in several ways.
error-convening-too-many-needs = There are { $found } different needs; at most { $limit } can be told apart.
error-convening-too-many-needs-help = Use one word for one need: correct what is written in several ways.
error-convening-too-many-kinds = Of “{ $aspect }” there are { $found } different words; at most { $limit } can be told apart.
error-convening-too-many-kinds-help = Use one word for one thing: correct what is written in several ways.
error-convening-column-meant = No column of this name is known here. Did you mean “{ $meant }”?
error-convening-column-meant-help = Correct the name of the column; where it tells something else, call it otherwise or take it out.
error-convening-not-led = Nobody leads this circle.
error-convening-not-led-help = Write the key of who leads it in one of its rows at least.
error-convening-disagrees = Line { $first }, of the same circle, says otherwise.
error-convening-disagrees-help = Give all rows of a circle the same facilitator, time and language. Of somebody who moves to it, these cells may be left empty.
error-convening-no-such-time = No circle can begin at that time.
error-convening-no-such-time-help = Choose one of the times at which those who lead are free.
error-convening-no-such-language = Nobody of the lists speaks that language.
error-convening-no-such-language-help = Choose one of the languages of the lists.
error-convening-not-in-table = Somebody of the list is not in the table of seats.
error-convening-not-in-table-help = Give everybody of the list a row in the table; who waits has an empty circle.
error-convening-rules-other-form = Wanted here: { $wanted }.
error-convening-rules-other-form-help = Write one of the forms that are wanted.
error-convening-rules-sizes = A circle of { $fewest } to { $most } people, usually { $usual }, cannot be.
error-convening-rules-sizes-help = Give the fewest, the usual and the most people of a circle in rising order.
error-convening-rules-one-reach = Exactly one of “within” and “own_place_within” is wanted.
error-convening-rules-one-reach-help = Write one of the two keys.
error-convening-rules-no-such-aspect = The rules have no such aspect.{ $meant ->
    [none] {""}
   *[other] {" "}Did you mean “{ $meant }”?
}
error-convening-rules-no-such-aspect-help = Write “sex”, or a word that stands in the list “aspects”.
error-convening-rules-aspect-twice = It is the same aspect as one before it.
error-convening-rules-aspect-twice-help = Take one of the two out.
error-convening-rules-aspect-is-column = Lists have a column of that name already.
error-convening-rules-aspect-is-column-help = Choose another word for the aspect.
error-convening-rules-too-many-aspects = There are more than { $most } aspects beside the sex.
error-convening-rules-too-many-aspects-help = Take out the aspects that matter least.

## lineage

## session
error-session-role-crowded = The session has { $have } of { $role }; { $most } may be.
error-session-role-crowded-help = Let fewer people fill the role.
error-session-substitute-again = Somebody stood in without the training already.
error-session-substitute-again-help = Find somebody trained for the role, or move the session.
error-session-substitute-leads-nothing = Who stands in is not among those who lead.
error-session-substitute-leads-nothing-help = Name who stands in among those who lead.
error-session-no-such-session = There is no session { $number }; the plan has 1 to { $sessions }.
error-session-no-such-session-help = Take a number of the plan, or adapt the terms.
error-session-number-taken = Session { $number } is planned already.
error-session-number-taken-help = Take the next free number, or move the session that has it.
error-session-outside-phase = Session { $number } belongs to phase { $phase }, and the group is not in it.
error-session-outside-phase-help = Enter the phase first.
error-session-off-rhythm = { $days } days after the session before; every { $every } days is agreed.
error-session-off-rhythm-help = Choose a nearer day, or record why the weeks between did not happen.
error-session-minutes = { $minutes } minutes; { $agreed } are agreed.
error-session-minutes-help = Choose a length within the slack, or adapt the terms.
error-session-role-missing = The session needs { $fewest } of the role “{ $role }” and has { $have }.
error-session-role-missing-help = Find people for the role; a substitute may stand in once.
error-session-staff-out = Staff are not in the room in this phase; { $role } cannot lead.
error-session-staff-out-help = Let members lead, or record a step back in with its reason and last day.
error-session-not-planned = The session was not planned.
error-session-not-planned-help = Plan the session first.
error-session-over = The session is over.
error-session-over-help = Plan another session, or record that the entry was a mistake.

## place
error-place-too-small = More people stay or were promised a place than { $most }.
error-place-too-small-help = Wait until somebody leaves, or end a promise with the person.
error-place-full = The place is full: { $taken } of { $most }.
error-place-full-help = Offer another day, or another place.
error-place-not-open = The place has not opened.
error-place-not-open-help = Record what the place offers first.

## vault
error-vault-wrong-code = The recovery code does not open this vault.
error-vault-wrong-code-help = Use the newest recovery sheet of this program, or the passphrase.
error-vault-short-passphrase = A passphrase of at least { $fewest } characters is wanted.
error-vault-short-passphrase-help = Choose a longer passphrase, such as five plain words.
error-vault-cost = The cost of the passphrase is out of range: { $memory_kib } KiB, { $passes } passes, { $lanes } lanes.
error-vault-cost-help = Open it on the computer where it was made, and set the passphrase anew.
error-vault-memory = There is not enough memory to try the passphrase: { $memory_kib } KiB are wanted.
error-vault-memory-help = Close other programs and try again.
error-vault-record = The vault's own record is damaged or newer than this release.
error-vault-record-help = Put the newest backup of the keys back, or use a newer release.
error-vault-seal = Something that was sealed cannot be opened.
error-vault-seal-help = Put the newest backup back; what is not sealed stays readable.

## seal
error-seal-long = More than 4 GiB cannot be sealed at once.
error-seal-long-help = Seal it in pieces.
error-seal-short = The sealed bytes are cut short.
error-seal-short-help = Run verify: it names what was altered. A good copy can be merged to mend it.
error-seal-format = Sealed in format { $found }, which this release does not know.
error-seal-format-help = Use a newer release.
error-seal-refused = The key does not fit, or the sealed bytes were altered or moved.
error-seal-refused-help = Run verify: it names what was altered. A good copy can be merged to mend it.
error-seal-padding = What was sealed is not padded as it must be.
error-seal-padding-help = Run verify: it names what was altered. A good copy can be merged to mend it.
error-seal-not-a-key = What was sealed is not a key.
error-seal-not-a-key-help = Run verify: it names what was altered. A good copy can be merged to mend it.

## people
error-people-minors = { $minors ->
    [one] One of { $of } people may be under 18.
   *[other] { $minors } of { $of } people may be under 18.
}
error-people-minors-help = Leave them out: the models that are ready are for adults, and no guardian's consent can be kept yet.
error-people-minor = This person may be under 18.
error-people-minor-help = Leave the row out, or correct the year: the models that are ready are for adults, and no consent of a guardian can be kept yet.

## series
error-series-too-few = There are days for { $found } of { $wanted } sessions.
error-series-too-few-help = Name more days, or plan fewer sessions.
error-series-out-of-order = The session of { $day } would not come after that of { $before }.
error-series-out-of-order-help = Move it to a day between its neighbors.
error-series-onto-skipped = Nothing is held on { $day }.
error-series-onto-skipped-help = Move it to another day.

## keeper
error-keeper-gate = { $unmet ->
    [one] One condition is not met:
   *[other] { $unmet } conditions are not met:
}
error-keeper-gate-help = Complete what is listed, then try again.
error-keeper-series = { $refused ->
    [one] A session of the series is refused; none was planned:
   *[other] { $refused } refusals; no session of the series was planned:
}
error-keeper-series-help = Complete what is listed, or plan fewer sessions at a time.
error-keeper-convening = { $refused ->
    [one] A circle is refused; none was convened:
   *[other] { $refused } refusals; no circle was convened:
}
error-keeper-convening-help = Complete what is listed, or propose the circles again.
error-keeper-not-found = There is no { $what } with the id { $id }.
error-keeper-not-found-help = Look the id up in the list and try again.
error-keeper-program-there = The store holds a program already.
error-keeper-program-there-help = Choose another folder.
error-keeper-busy = Others were writing at the same time, { $tries } tries long.
error-keeper-busy-help = Wait a moment and try again.
error-keeper-newer = A newer release has written here; this one can only read it.
error-keeper-newer-help = Install the newer release on this device too.
error-keeper-damaged = { $places ->
    [one] One place of what was read is damaged.
   *[other] { $places } places of what was read are damaged.
}
error-keeper-damaged-help = Run verify, and restore what is damaged from a backup.
error-keeper-vault = The vault would not open.
error-keeper-vault-help = Check the passphrase and try again.
error-keeper-seal = Something sealed could not be opened or made.
error-keeper-seal-help = Run verify; a part may be damaged or sealed by another program.
error-keeper-json = A record could not be written or read.
error-keeper-json-help = Run verify, and report what it says.
error-keeper-store = The store could not do it.
error-keeper-store-help = Nothing was saved; look at the cause and try again.

## gate
error-gate-no-consent = Consent to take part is not recorded.
error-gate-no-consent-help = Ask the person, record what they say, and seat them then.
error-gate-plan-as-record = This is a plan, and not something that happened.
error-gate-plan-as-record-help = Plan it, so that the rules are asked.
error-gate-not-authorized = This person is not authorized as { $role }.
error-gate-not-authorized-help = Complete the training and its healing component, then authorize the person.
error-gate-supervisor-leads = The supervisor of a group does not facilitate it.
error-gate-supervisor-leads-help = Name another supervisor, or another facilitator.

## completion

## class
error-class-certificate-stands = That completion was certified already.
error-class-certificate-stands-help = Print the certificate that was issued, or take it back first if it was a mistake.
error-class-not-announced = The class is not announced.
error-class-not-announced-help = Announce the class with its course first.
error-class-already-announced = The class is announced already.
error-class-already-announced-help = Announce another class, or take back the first announcement if it was a mistake.
error-class-does-not-fit = { $breaches ->
    [one] One record does not fit this course.
   *[other] { $breaches } records do not fit this course.
}
error-class-does-not-fit-help = Take back the records that belong to another class, or announce the course they were made for.
error-class-full = All { $most } seats are taken.
error-class-full-help = Offer a place in the next cohort.
error-class-already-enrolled = The person is enrolled already.
error-class-already-enrolled-help = Nothing needs to be done.
error-class-lacks = Something is missing before that can be decided.
error-class-lacks-help = Record what is missing once it has happened, then decide again.
error-class-already-completed = The person has completed it already.
error-class-already-completed-help = Nothing needs to be done.
error-class-not-suspended = Nothing is suspended.
error-class-not-suspended-help = Nothing needs to be done.
error-class-certificate-taken = That certificate was issued already.
error-class-certificate-taken-help = Issue the certificate under a new id.
error-class-calendar-ends = The calendar ends before { $months } months are over.
error-class-calendar-ends-help = Correct the day or the months of validity.

## log
error-log-setting-taken = The setting { $name } is there already.
error-log-setting-taken-help = Open what is there instead of making it anew.
error-log-stale = Others were writing at the same time.
error-log-stale-help = Try again.
error-log-taken = The id of an event belongs to another one.
error-log-taken-help = Try again; if it comes back, report it with its code.
error-log-erased = The key it was meant for was erased.
error-log-erased-help = Enroll the person anew, if they wish to come back.
error-log-key-taken = The name of a key belongs to another one.
error-log-key-taken-help = Try again; if it comes back, report it with its code.
error-log-unread = A card was made without reading the events it stands for.
error-log-unread-help = Please report it with its code: this is a fault of the program.
error-log-unfit = An event cannot be written as it is.
error-log-unfit-help = Please report it with its code: this is a fault of the program.
error-log-store = The store would not save.
error-log-store-help = Nothing was saved. Look at the cause, then save again.

## merge
error-merge-unlinked = The other copy lacks a piece: some of its events follow nothing that is known here.
error-merge-unlinked-help = Copy the whole store again.
error-merge-store = The store would not merge.
error-merge-store-help = Nothing was merged. Look at the cause, then merge again.

## table
error-table-file-too-large = The file has { $bytes } bytes; at most { $most } are read.
error-table-file-too-large-help = Split the file.
error-table-not-read = The file could not be read to its end.
error-table-not-read-help = Check the disk or the medium on which it lies, and try again.
error-table-not-a-workbook = This is not a workbook in the format xlsx.
error-table-not-a-workbook-help = Save the file again as .xlsx, or as CSV in UTF-8.
error-table-is-a-workbook = The file is a workbook or another document, and no text.
error-table-is-a-workbook-help = Save it as .xlsx and let its name end so, or save it as CSV in UTF-8.
error-table-no-such-sheet = { $sheets ->
    [0] The workbook has no sheet.
    [one] The workbook has one sheet, and it has another name.
   *[other] The workbook has { $sheets } sheets, and none of that name.
}
error-table-no-such-sheet-help = Name one of its sheets as it is written there.
error-table-empty = The file is empty.
error-table-empty-help = Check that this is the file you meant, and that it was saved.
error-table-no-rows = The file has column names and no rows.
error-table-no-rows-help = Check that this is the file you meant, and that it was saved.
error-table-not-encoded = A byte ({ $byte }, after { $offset } others) is not { $encoding }.
error-table-not-encoded-help = Save the file as UTF-8, or say what it is with --encoding, if you know.
error-table-nul = A NUL character, which no text holds.
error-table-nul-help = Save the file again as CSV in UTF-8; it may be damaged or no text at all.
error-table-separator-unclear = It may be separated by { $first ->
    [comma] commas
    [semicolon] semicolons
   *[tab] tabs
  } or by { $second ->
    [comma] commas
    [semicolon] semicolons
   *[tab] tabs
  }.
error-table-separator-unclear-help = Say which with --separator.
error-table-unclosed-quote = A quote is opened here and never closed.
error-table-unclosed-quote-help = Close the quote, or write it twice if it belongs to the text.
error-table-text-after-quote = Text follows a closing quote.
error-table-text-after-quote-help = Put the whole cell in quotes, and write a quote inside it twice.
error-table-cell-too-large = A cell is larger than { $most } bytes.
error-table-cell-too-large-help = Check that this is the file you meant; a quote or a separator may be missing.
error-table-too-many-columns = More than { $most } columns.
error-table-too-many-columns-help = Check that this is the file you meant; a quote or a separator may be missing.
error-table-ragged = { $found ->
    [one] One cell
   *[other] { $found } cells
  } where the first line has { $columns }.
error-table-ragged-help = Give the row as many cells as the first line has; put a cell with a separator in it in quotes.
error-table-nameless-column = The column has no name.
error-table-nameless-column-help = Give every column a name in the first line, or delete the empty column.
error-table-column-twice = The column has the same name as column { $first }.
error-table-column-twice-help = Give each column a name of its own.
error-table-column-missing = There is no column for “{ $field }”.
error-table-column-missing-help = Name the column so in the first line, or say which it is: --column { $field }=ITS-NAME
error-table-item-missing = There is no column of the name that was given for item { $item }.
error-table-item-missing-help = Write the names in --items as the first line of the file writes them.
error-table-no-header = The first line names no column that is known here: it may be a row.
error-table-no-header-help = Put a line with the names of the columns above the first row; “people template” prints one.
error-table-item-twice = The column of item { $item } is that of item { $first } too.
error-table-item-twice-help = Name another column for each item in --items, in the order of the questionnaire.
error-table-item-is-field = The column of item { $item } is that of “{ $field }” too.
error-table-item-is-field-help = Name another column for the item in --items.
error-table-column-unclear = Columns { $first } and { $second } could both be “{ $field }”.
error-table-column-unclear-help = Say which of them it is: --column { $field }=ITS-NAME

## cell
error-cell-empty = The cell is empty.
error-cell-empty-help = Fill the cell, or delete the row.
error-cell-error-value = The formula of this cell came to an error.
error-cell-error-value-help = Correct the formula, or write its value.
error-cell-no-value = The formula of this cell has no value beside it.
error-cell-no-value-help = Open the workbook in a spreadsheet, save it there and try again.
error-cell-not-in-range = This is not a whole number from { $least } to { $most }.
error-cell-not-in-range-help = Correct the number, or leave the cell empty if it is not known.
error-cell-not-a-year = This is not a year from { $first } to { $last }, nor a date with one.
error-cell-not-a-year-help = Write the year of birth, such as 1990, or the date, such as 1990-12-31.
error-cell-not-a-date = This is not a date.
error-cell-not-a-date-help = Write the date as year-month-day, such as 2026-03-31.
error-cell-date-unclear = This date can be read in two ways.
error-cell-date-unclear-help = Write the date as year-month-day: nobody can tell which of the numbers is the month.
error-cell-no-such-day = The calendar does not have this day.
error-cell-no-such-day-help = Write the date as year-month-day, such as 2026-03-31.
error-cell-date-too-far = This date lies outside of { $first } to { $last }.
error-cell-date-too-far-help = Write the date as year-month-day, such as 2026-03-31.
error-cell-not-a-code = This is not one short word.
error-cell-not-a-code-help = { $cell ->
    [sex] Write one short word, such as f, m or x.
    [language] Write the code of the language, such as rw or en.
    [timepoint] Write one short word, such as t0.
   *[other] Write one short word of letters, digits and hyphens, without spaces.
}
error-cell-not-a-text = This is longer than { $most } characters, or holds tabs or line breaks.
error-cell-not-a-text-help = Shorten the text and take out tabs and line breaks.
error-cell-not-a-mark = This is not one of the five marks.
error-cell-not-a-mark-help = Write p for present, l for late, e for left early, x for excused, a for absent.
error-cell-not-a-phone = This is not a telephone number.
error-cell-not-a-phone-help = Write the number with digits, spaces and a leading + only.

## row
error-row-nobody = There is neither a number nor a name.
error-row-nobody-help = Fill in a number or a name, or delete the row.
error-row-repeated = It is the same as line { $first }.
error-row-repeated-help = Delete one of the two rows, or give them different numbers.

## cohort
error-cohort-no-seat = The person does not sit in unit { $unit }.
error-cohort-no-seat-help = Seat the person in the unit before what they did there.
error-cohort-no-such-session = Session { $number } is not one of 1 to { $longest }.
error-cohort-no-such-session-help = Count the sessions of each unit, beginning at 1.
error-cohort-no-such-unit = There is no unit { $number }; there are { $units }.
error-cohort-no-such-unit-help = Add the unit before the people in it.
error-cohort-no-such-person = There is no person { $number }; there are { $people }.
error-cohort-no-such-person-help = Add the person before what they did.
error-cohort-full = A cohort holds { $most } of these at most.
error-cohort-full-help = Report on parts of the program.
error-cohort-no-such-column = There is no column { $number } of sheets; there are { $columns }.
error-cohort-no-such-column-help = Name the instrument and the timepoint before their sheets.
error-cohort-no-such-group = There is no grouping { $number }; there are { $groupings }.
error-cohort-no-such-group-help = Name the group before the people in it.
error-cohort-too-many-totals = The sheets of one instrument at one timepoint have { $most } different totals at most.
error-cohort-too-many-totals-help = Give the total of a questionnaire, not a measurement.

## setting
error-setting-syntax = This is not TOML: “{ $message }”.
error-setting-syntax-help = Correct the text so that it is TOML.
error-setting-too-large = The file has { $bytes } bytes; at most { $most } are read.
error-setting-too-large-help = Check that this is the file that was meant.
error-setting-unknown-key = There is no key “{ $key }”.{ $meant ->
    [none] {""}
   *[other] {" "}Did you mean “{ $meant }”?
}
error-setting-unknown-key-help = Correct the spelling of the key, or take it out.
error-setting-missing = “{ $key }” is missing.
error-setting-missing-help = Add the key.
error-setting-wrong-type = Wanted here: { $wanted ->
    [text] text in quotes
    [whole] a whole number
    [decimal] a number, such as 12 or 0.85
    [true_or_false] true or false
    [day] a day without quotes, such as 2026-03-31
    [list] a list in square brackets
    [tables] a list of tables
   *[table] a table
  }; found: { $found ->
    [text] text
    [whole] a whole number
    [decimal] { $wanted ->
        [decimal] nan or inf
       *[other] a number with decimals
      }
    [true_or_false] true or false
    [day] a day or a time
    [list] a list
    [tables] a list of tables
   *[table] a table
  }.
error-setting-wrong-type-help = Write a value of the type that is wanted.
error-setting-out-of-range = { $found } lies outside of { $least } to { $most }.
error-setting-out-of-range-help = Choose a number inside the range.
error-setting-unknown-word = The word “{ $found }” is not known here.{ $meant ->
    [none] {""}
   *[other] {" "}Did you mean “{ $meant }”?
}
error-setting-unknown-word-help = Choose one of these: { $known }.
error-setting-not-a-code = “{ $found }” is not one short word of small letters, digits, “_”, “-” and “.”.
error-setting-not-a-code-help = Write one short word without capital letters and spaces.

## plan
error-plan-twice = “{ $name }” stands here twice, first on line { $first }.
error-plan-twice-help = Take one of the two out, or give it another name.
error-plan-no-such = { $what ->
    [grouping] The plan has no grouping
    [timepoint] The plan has no timepoint
    [values] The plan has no map of values
    [instrument] The plan has no instrument
   *[built_in] With the program comes no instrument
  } “{ $name }”.{ $meant ->
    [none] {""}
   *[other] {" "}Did you mean “{ $meant }”?
}
error-plan-no-such-help = Correct the name, or add what it names.
error-plan-one-of = Exactly one of “{ $one }” and “{ $other }” is wanted.
error-plan-one-of-help = Write one of the two keys.
error-plan-not-a-pattern = “{ $found }” is no name of a column, nor a run of them.
error-plan-not-a-pattern-help = Write the name of a column as the file writes it, or a run of them with two numbers in braces: “q_” and behind it 1..9 in braces.
error-plan-item-count = { $found } columns for the { $wanted } items of “{ $instrument }”.
error-plan-item-count-help = Name one column for each item, in the order of the questionnaire.
error-plan-two-meanings = The text “{ $text }” is given two meanings.
error-plan-two-meanings-help = Give the text one meaning; capital letters make no difference.
error-plan-not-for-outside = Single people are shown to the program’s own team only.
error-plan-not-for-outside-help = Take each_person out, or make the report for the audience inside.
error-plan-floor-too-low = A floor of { $found } is under the audience's of { $least }.
error-plan-floor-too-low-help = Raise the floor, or take it out.
error-reading-no-file = The file cannot be opened.
error-reading-no-file-help = Put the file beside the plan, or correct its name in the plan.
error-reading-not-a-definition = A definition of an instrument has nothing like this.
error-reading-not-a-definition-help = Name the file of the definition in the plan, or correct it: “circlekeeper instruments check” says more of it.
error-reading-no-instrument = It defines no instrument that can be scored: “{ $message }”
error-reading-no-instrument-help = Correct the definition of the instrument.
error-reading-other-instrument = It defines “{ $found }”, and the plan says “{ $wanted }”.
error-reading-other-instrument-help = Let the plan and the definition say the same id.
error-reading-item-count = { $found } columns for the { $wanted } items of “{ $instrument }”.
error-reading-item-count-help = Name one column for each item in the plan, in the order of the questionnaire.
error-reading-no-column = There is no column “{ $name }”, which the plan gives for “{ $key }”.{ $like ->
    [0] {""}
   *[other] {" "}Column { $like } is called nearly so.
  }
error-reading-no-column-help = Write the name of the column in the plan as the first line of the file writes it.
error-reading-column-unclear = Columns { $first } and { $second } could both be “{ $key }”.
error-reading-column-unclear-help = Write the whole path of the column in the plan, or give each column a name of its own.
error-reading-no-item = There is no column “{ $name }”, which the plan gives for item { $item } of “{ $instrument }”.{ $like ->
    [0] {""}
   *[other] {" "}Column { $like } is called nearly so.
  }
error-reading-no-item-help = Write the name of the column in the plan as the first line of the file writes it.
error-reading-no-items = There is no column for any of the { $items } items of “{ $instrument }”: the first one would be “{ $name }”.{ $like ->
    [0] {""}
   *[other] {" "}Column { $like } is called nearly so.
  }
error-reading-no-items-help = Write the names of the columns in the plan as the first line of the file writes them.
error-reading-item-unclear = Columns { $first } and { $second } could both be item { $item } of “{ $instrument }”.
error-reading-item-unclear-help = Write the whole path of the column in the plan, or give each column a name of its own.
error-reading-item-twice = The column of item { $item } of “{ $instrument }” is that of item { $first } too.
error-reading-item-twice-help = Name another column for each item in the plan.
error-reading-unknown-person = Nobody in the files of people has this code.
error-reading-unknown-person-help = Correct the code, add the person to a file of people, or say in the plan whose other code it is.
error-reading-two-units = The person stands in another circle on line { $first } of { $file }.
error-reading-two-units-help = Leave each person in one circle.
error-reading-says-otherwise = Line { $first } of { $file } says something else of the person.
error-reading-says-otherwise-help = Let both rows say the same, or delete one of them.
error-reading-no-unit = A mark of somebody who sits in no circle.
error-reading-no-unit-help = Say in a file of people in which circle the person sits.
error-reading-sheet-twice = A second sheet of “{ $instrument }” at “{ $timepoint }” of one person.
error-reading-sheet-twice-help = Delete one of the two, or say in the plan by which column the newest is known: “newest_by”.
error-reading-mark-twice = A second mark of one person for session { $session }.
error-reading-mark-twice-help = Delete one of the two marks.
error-reading-unknown-timepoint = This is not one of the timepoints that the plan names for this column.
error-reading-unknown-timepoint-help = Correct the cell, or add what it says to “timepoints” in the plan.
error-reading-not-an-answer = This is not a whole number from { $least } to { $most }.
error-reading-not-an-answer-help = Correct the answer. If the cell says that there is none (99, n/a), add what it says to “missing” in the plan.
error-reading-not-a-value = This stands neither in the map of values nor among the reasons why an answer is missing.
error-reading-not-a-value-help = Correct the cell, or add what it says to the map of values, or to “missing”, in the plan.
error-reading-not-a-mark = This is not one of the marks that the plan names.
error-reading-not-a-mark-help = Correct the cell, or add what it says to “marks”, or to “missing”, in the plan.
error-reading-not-a-total = This is not a total from { $least } to { $most }, with a point before its decimals.
error-reading-not-a-total-help = Correct the total. If the cell says that there is none (99, n/a), add what it says to “missing” in the plan.
error-reading-not-encoded = A byte ({ $byte }, after { $offset } others) is not { $encoding }.
error-reading-not-encoded-help = Save the file as UTF-8. Or say what it is, if you know: in the plan beside the name of this file, encoding = "windows-1252" or "latin-1". “analyze” takes --encoding too, for every file that is not UTF-8.
error-reading-no-parent = No row of the joined file has this index.
error-reading-no-parent-help = Export both files together, so that they have the same rows.
error-reading-parent-twice = Line { $first } has the same index.
error-reading-parent-twice-help = Name a column in the plan in which each row has its own index.
error-reading-not-a-time = This is neither a time such as 2026-03-31T08:30:00 nor a number.
error-reading-not-a-time-help = Name a column of times, or of numbers that grow, in the plan.
error-reading-not-newer = Line { $first } of { $file } has another sheet of this person with other answers, and no time says which of them is newer.
error-reading-not-newer-help = Delete one of the two, or correct the times.
error-reading-no-days = { $rows ->
    [one] One text in this column is no day that can be read, and the period of a report asks for the day on which people joined (“{ $grouping }”).
   *[other] { $rows } texts in this column are no days that can be read, and the period of a report asks for the day on which people joined (“{ $grouping }”).
  }
error-reading-no-days-help = Write the days as 2025-12-31, with or without a time after it; or name with “joined_on” another grouping of the plan; or take the period out of the report.
error-reading-not-a-group = No short word can be made of this, by which a report could call the group.
error-reading-not-a-group-help = Write one short word of Latin letters and digits, or take the grouping out of “groupings” and “breakdowns” in the plan.
error-reading-decision-of-nobody = Decision { $number } of “same” begins with a code that nobody has.
error-reading-decision-of-nobody-help = Begin the decision with the code that is to stay.
error-reading-too-many = More than { $most } cannot be counted.
error-reading-too-many-help = Report on parts of the program.
error-plan-no-such-interpretation = “{ $instrument }” has no interpretation “{ $id }” of that kind.
error-plan-no-such-interpretation-help = Choose one of the instrument's own, or none.
error-plan-timepoint-twice = The timepoint “{ $code }” is named twice.
error-plan-timepoint-twice-help = Give each timepoint its own code.
error-plan-timepoints-out-of-order = The timepoint “{ $code }” comes before the one named before it.
error-plan-timepoints-out-of-order-help = Name timepoints in the order of their weeks.
error-plan-instrument-twice = The instrument “{ $instrument }” is shown twice.
error-plan-instrument-twice-help = Show each instrument once, by one interpretation.
error-plan-empty-period = The period ends before it begins.
error-plan-empty-period-help = Let the period end on the day it begins, or later.

## reading
error-reading-different-interpretations = Readings by “{ $left }” and by “{ $right }” are not compared.
error-reading-different-interpretations-help = Read both totals by the same interpretation, then compare.

## measures
error-measures-no-such-sheet = No standing sheet { $entry }.
error-measures-no-such-sheet-help = Look the sheet up again: it may have been taken back.
error-measures-cites-nothing = A correction cites at least one sheet.
error-measures-cites-nothing-help = Name the sheet that is wrong, or record a new one.
error-measures-no-such-entry = No entry { $entry }.
error-measures-no-such-entry-help = Look the entry up again.
error-measures-not-open = Nothing is open that could be settled in this way.
error-measures-not-open-help = Nothing needs to be done: ask again for what is open.

## model
error-model-no-visits = The model does not say how many visits come before membership.
error-model-no-visits-help = Give guest_visits_min and guest_visits_max in the group part of the model.
error-model-not-a-group = The units of this model are no groups.
error-model-not-a-group-help = Choose a model of a group, or write the terms yourself.
error-model-membership = Groups cannot be belonged to in the way this model says yet.
error-model-membership-help = Choose a model of a group, or write the terms yourself.
error-model-no-period = The model names no days from one session to the next.
error-model-no-period-help = Let the community decide, and give “period_days” in its own copy.
error-model-seats = The sizes of the model are not those of a group.
error-model-seats-help = Correct the model file so that its group holds together.
error-model-cadence = The rhythm of the model is not that of a group.
error-model-cadence-help = Correct the model file so that its group holds together.
error-model-plan = The phases of the model are not those of a group.
error-model-plan-help = Correct the model file so that its group holds together.
error-model-terms = The terms of the model do not hold together.
error-model-terms-help = Correct the model file so that its group holds together.

## card
error-card-empty-slots = Some slots of the card lead nowhere:
error-card-empty-slots-help = Fill each slot, or say which other one to use instead.

## charter
error-charter-promised-not-to-ask = The charter of this circle promises no assessment.
error-charter-promised-not-to-ask-help = Use an instrument that does not ask (PHQ-8, with a written reason: SU-15), or ask in another circle.
error-charter-nobody-to-act = No trained responder present or reachable within { $minutes_most } minutes.
error-charter-nobody-to-act-help = Name a trained responder who is there or on call, or ask another day.

## consent
error-consent-bundled = A seat may not depend on “{ $scope }”.
error-consent-bundled-help = Make the question refusable by itself.
error-consent-asked-twice = “{ $scope }” is asked for twice.
error-consent-asked-twice-help = Ask for each use once.
error-consent-restricted = { $standing } withdrawals or refusals stand that are not cited.
error-consent-restricted-help = Ask again, show what was said before, and cite it in the new consent.
error-consent-no-witness = A consent by thumb or by word needs a witness.
error-consent-no-witness-help = Name a witness or an interpreter who was there.
error-consent-release-too-long = A release lasts 1 to { $most_days } days.
error-consent-release-too-long-help = Choose a nearer end; it can be renewed.
error-consent-nothing-released = A release names what is released.
error-consent-nothing-released-help = List the items that the member agrees to release.
error-consent-no-referral = No consent to refer to this service.
error-consent-no-referral-help = Ask the member for consent to this referral first.

## matter
error-matter-not-alone = Somebody else is there.
error-matter-not-alone-help = Talk with the person alone, by the private route.
error-matter-not-an-act = “{ $action }” is not something that was done.
error-matter-not-an-act-help = Say what was done; or have a role above set the duty aside, lower the matter, or take the entry back.
error-matter-never-opened = The matter was never opened.
error-matter-never-opened-help = Record the matter first.
error-matter-not-lower = The matter is “{ $now }”, not graver than “{ $to }”.
error-matter-not-lower-help = Raise it instead, which is never refused.
error-matter-second-person = Lowering “{ $now }” needs a second person.
error-matter-second-person-help = Ask a second person to agree, and name their role.
error-matter-involved = Who tells a matter, or is its subject, does not decide about it.
error-matter-involved-help = Hand it to somebody who is not involved.
error-matter-role = A matter that is “{ $now }” is closed by a “{ $role }”.
error-matter-role-help = Hand it to the role that may close it.
error-matter-duties-open = { $open ->
    [one] One duty is open.
   *[other] { $open } duties are open.
}
error-matter-duties-open-help = Do what is open, or have a role above set it aside.
error-matter-unanswered = { $open ->
    [one] One entry is unanswered.
   *[other] { $open } entries are unanswered.
}
error-matter-unanswered-help = Say for each entry what was done.
error-matter-closed = The matter is closed.
error-matter-closed-help = Open a new matter and link it.

## referral
error-referral-never-drafted = The referral was never drafted.
error-referral-never-drafted-help = Draft it with the member first, and say how soon help is needed.
error-referral-no-release = No release to this service, and it is no emergency.
error-referral-no-release-help = Ask the member for a release to this service.
error-referral-member-said-no = The member said no; { $standing } entries stand.
error-referral-member-said-no-help = Ask the member again, and resume it citing what they said.
error-referral-stale-service = { $days ->
    [none] The service was never checked.
   *[other] The service was last checked { $days } days ago.
}
error-referral-stale-service-help = Call the service, record the check, or choose another.
error-referral-loop-open = The loop is open: the word of the service or of the member is missing.
error-referral-loop-open-help = Ask the service what came of it, and the member whether it helped.
error-referral-progress = The referral does not stand where that can be done.
error-referral-progress-help = Look at where the referral stands first.

## duty
error-duty-not-above = A “{ $role }” does not stand above a “{ $owner }”.
error-duty-not-above-help = Do it, or ask a role above that is not involved.
error-duty-subject = Nobody sets aside a duty in a matter about themselves.
error-duty-subject-help = Do it, or ask a role above that is not involved.

## supervision
error-supervision-too-loose = “{ $arranged }” is looser than “{ $asked }”, which this phase asks for.
error-supervision-too-loose-help = Arrange what the phase asks for; it loosens by itself when the phase does.
error-supervision-no-plan = { $supervisees } supervisees and no plan of peer supervision: { $most } is the most.
error-supervision-no-plan-help = Record a plan in which senior assistants lead peer supervision, or name another supervisor.
error-supervision-plan-too-thin = { $leads } leads do not reach { $supervisees } supervisees.
error-supervision-plan-too-thin-help = Name more leads, or another supervisor.
error-supervision-no-deputy = The supervisor cannot stand in for themselves.
error-supervision-no-deputy-help = Name somebody else to stand in.

## work
error-work-too-little-rest = { $rest_minutes } minutes of rest before { $on }, { $fewest } are the fewest.
error-work-too-little-rest-help = Start later, or ask a trained substitute.
error-work-too-little-pause = { $pause_minutes } minutes between sessions on { $on }, { $fewest } are the fewest.
error-work-too-little-pause-help = Leave more time between the two.
error-work-too-many-sessions = { $sessions } sessions on { $on }, { $most } are the most.
error-work-too-many-sessions-help = Move one to another day, or share the day.
error-work-too-many-hours = { $minutes } minutes in the week of { $monday }, { $most_hours } hours are the most.
error-work-too-many-hours-help = Share the week with somebody.
error-work-no-week-off = No week off in the { $weeks } weeks up to that of { $monday }.
error-work-no-week-off-help = Name who covers, and take the week.

## store
error-store-altered = The setting { $name } of the store was altered.
error-store-altered-help = Restore the newest backup with its keys, or use a good copy.
error-store-newer = The store was written by a newer release.
error-store-newer-help = Use the newer release that wrote it. It was left as it is.
error-store-full = The disk is full.
error-store-full-help = Nothing was saved. Make room on the disk and save again.
error-store-read-only = The store can only be read.
error-store-read-only-help = Copy the store to a place where you may write, or ask who may.
error-store-busy = The store is in use by another program.
error-store-busy-help = Wait until the other program is done, and try again.
error-store-reused = The ids for a new origin were used before.
error-store-reused-help = Try again; if it comes back, report it with its code.
error-store-disk = The disk failed.
error-store-disk-help = Nothing was saved. Copy the store to another disk before you go on.
error-store-damaged = The file of the store is damaged.
error-store-damaged-help = Run verify: it names what is damaged. Merge a good copy, or restore.
error-store-engine = The storage engine refused.
error-store-engine-help = Run verify, and report this with its code.
error-store-io = A file or folder could not be used.
error-store-io-help = Look whether the path is right and the disk is there.

## times of the week
error-calendar-weekly-time = A day and hours are wanted, such as “mon 14:00” or “sat 9:00-12:00”.
error-calendar-weekly-time-help = Write “mon 14:00” for a circle that begins then, “mon 14:00-17:00” for hours, “mon” for the whole day.

## void
error-void-stands = The entry takes back another and stands.
error-void-stands-help = Enter again what was right.

# A book of reports.
error-book-name-twice = The report “{ $name }” is defined twice.
error-book-name-twice-help = Give each report a name of its own.
error-book-too-many = There are { $found } reports; { $most } at most are built together.
error-book-too-many-help = Take out the reports that nobody asks for anymore.
error-book-floor-too-low = A floor of { $found } is below { $least }, that of the audience.
error-book-floor-too-low-help = Raise the floor, or leave it out.
error-book-period-twice = There are both a period and a fiscal year.
error-book-period-twice-help = Keep one of the two.
error-book-not-days = A fiscal year is told by the month with which it begins.
error-book-not-days-help = Write it in quotes, such as fiscal_year = "2025-10".
error-book-empty-period = The period ends before it begins.
error-book-empty-period-help = Let it end on the day it begins, or later.
error-book-empty-filter = The filter names no group.
error-book-empty-filter-help = Name the groups that the report is about, or take the filter out.
error-book-no-instrument = The indicator “{ $what }” is a figure of one instrument, and none is named.
error-book-no-instrument-help = Name one of the plan, such as instrument = "phq-9".
error-book-not-of-instrument = The indicator “{ $what }” is no figure of an instrument.
error-book-not-of-instrument-help = Take the instrument out.
error-book-not-a-share = The indicator “{ $what }” is a share, and a share lies between 0 and 1.
error-book-not-a-share-help = Write 85% as 0.85.
