# Errors: what was refused or failed, and (-help) how to go on. Never a name.

error-rule = (rule { $rule })
error-unmet = { $rule }: { $what } is missing. Way out: { $out }, by { $who }.

error-cli-unreadable = A file could not be read.
error-cli-unreadable-help = Look whether the name is right and the file is there.
error-cli-not-written = A file could not be written.
error-cli-not-written-help = Look whether the folder is there, may be written, and the disk has room.
error-cli-not-text = The file is not text in UTF-8.
error-cli-not-text-help = Save it as plain text in UTF-8.
error-cli-too-large = The file is larger than { $most } bytes, the most that is read.
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
error-cli-jurisdiction-help = Write two letters for the country, such as rw, and a hyphen and the state where there is one: us-ca.
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
error-cli-future = A day of consent lies in the future; today is { $today }.
error-cli-future-help = Say the day on which they said yes.
error-cli-damaged = { $n ->
    [one] One place of the store is damaged:
   *[other] { $n } places of the store are damaged:
}
error-cli-damaged-help = Merge a good copy to mend it, or restore a backup into another folder. The crisis card still opens: circlekeeper card
error-cli-nobody = Nobody here has the code { $code }.
error-cli-nobody-help = Look the code up with: circlekeeper people list
error-cli-several = Several people share the short code { $code }:
error-cli-several-help = Use the whole id instead.
error-cli-erased-already = This person was erased already.
error-cli-erased-already-help = There is nothing left to erase.
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
error-cli-no-interpretation = The instrument has no interpretation of that id that reads one sheet.
error-cli-no-interpretation-help = It has: { $ids }.
error-cli-instrument-faults = { $n ->
    [one] One fault keeps the file from being used:
   *[other] { $n } faults keep the file from being used:
}
error-cli-instrument-faults-help = Mend them in the file, then check it again with: circlekeeper instruments check FILE
error-cli-items = The columns of the answers cannot be read.
error-cli-items-help = Write them as phq9_1..phq9_9, or one by one with commas.
error-cli-item-count = { $found } columns of answers were named, and the instrument has { $wanted } items.
error-cli-item-count-help = Name one column for each item, in the order of the questionnaire.
error-cli-sheets = { $n ->
    [one] One sheet cannot be taken in. Nothing was written.
   *[other] { $n } sheets cannot be taken in. Nothing was written.
}
error-cli-sheets-help = Mend the rows, enroll the people, or record their consent first.

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
error-store-missing = There is no program in this place.
error-store-missing-help = Start one with circlekeeper init, or name its folder with --dir.
error-store-exists = There is a file in this place already. Nothing is ever written over.
error-store-exists-help = Choose another folder with --dir.
error-store-not-a-store = The file is not a store of this program, or is damaged beyond reading.
error-store-not-a-store-help = Look whether the folder is right; else restore a backup into another folder. The crisis card still opens: circlekeeper card
error-cli-demo = The play did not come to its end.
error-cli-demo-help = Nothing was kept. Please report this with its cause and its seed.
error-cli-demo-size = From { $fewest } to { $most } people can be played.
error-cli-demo-size-help = Say so with --people.
error-cli-demo-people = A healing circle is always of its own size.
error-cli-demo-people-help = Leave --people out, or play the social healing group.
