//! Who is to sit and who can lead: from files, or from the program.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use chrono::{Datelike, NaiveDate};
use circle_formation::{Readiness, Sizes};
use circle_model::{FreeTime, Terms};
use circlekeeper::{Asking, convening_role};
use commons::{Code, MemberId, Refused};
use convening::{
    Columns, FormingRules, Hall, List, ListFault, ListFaultKind, ListFaults, Lists, ProgramLists,
    RulesFaults,
};
use interchange::{FaultKind, Mapping, Table};
use program_model::Model;

use crate::{
    args::{Form, Reading},
    commands::{Desk, models, tables},
    failure::Failure,
    place,
    screen::remark,
    store,
    store::Opened,
    texts::{self, text},
    trouble::{Trouble, Troubles},
    world,
};

/// Everybody, and where they come from.
pub(super) struct Gathered {
    pub(super) hall: Hall,
    pub(super) on: NaiveDate,
    pub(super) program: Option<Program>,
    pub(super) demo: bool,
}

/// The program whose people they are.
pub(super) struct Program {
    pub(super) keeper: Opened,
    pub(super) model: Model,
    pub(super) terms: Terms,
    /// The enrolments, by the keys of the lists.
    pub(super) members: BTreeMap<String, MemberId>,
}

/// Reads the lists that the options name, or those of the program.
pub(super) fn gather(desk: &mut Desk, args: &Form) -> Result<Gathered, Failure> {
    match (&args.source.roster, &args.source.facilitators) {
        (Some(people), Some(leaders)) => of_files(args, people, leaders),
        (Some(_), None) | (None, Some(_)) | (None, None) => of_program(desk, args),
    }
}

fn of_files(args: &Form, people: &Path, leaders: &Path) -> Result<Gathered, Failure> {
    let model = args.model.as_deref().map(models::named).transpose()?;
    let terms = model.as_ref().map(terms).transpose()?;
    // Whatever is wrong with the three files is told at once, as far as one can be read without another.
    let mut troubles = Troubles::default();
    let rules = match (rules_of(args, terms.as_ref()), &args.rules) {
        (Ok(rules), _) => Some(rules),
        (Err(failure), Some(file)) => {
            troubles.extend(failure.in_file(&place::label(file)));
            None
        }
        (Err(failure), None) => return Err(failure),
    };
    let mut read = |file: &Path| match tables::read_any(file, &args.reading) {
        Ok(table) => Some(table),
        Err(failure) => {
            troubles.extend(failure.in_file(&place::label(file)));
            None
        }
    };
    let tables = [read(people), read(leaders)];
    let aspects = rules.as_ref().map_or(&[][..], FormingRules::aspects);
    let columns = [Columns::of_people(aspects), Columns::of_facilitators()];
    let mappings = mappings(args, &columns, &tables)?;
    let files = Files { people: place::label(people), leaders: place::label(leaders) };
    let ([people_table, leader_table], [of_people, of_leaders]) = (&tables, &mappings);
    let read = people_table.as_ref().map(|it| convening::read_entrants(it, of_people, aspects));
    let led = leader_table.as_ref().map(|it| convening::read_leaders(it, of_leaders));
    read.iter().for_each(|read| files.wrong(&read.faults, &mut troubles));
    led.iter().for_each(|led| files.wrong(&led.faults, &mut troubles));
    let (Some(rules), Some(read), Some(led)) = (rules, read, led) else {
        return Err(wrong(troubles));
    };
    for ((columns, mapping), table) in columns.iter().zip(&mappings).zip(&tables) {
        table.iter().for_each(|table| tell_passed_over(columns, table, mapping));
    }
    let keys_are_read = !read.faults.iter().chain(led.faults.iter()).any(hides_a_key);
    let mut lists = Lists { entrants: read.found, leaders: led.found };
    if keys_are_read {
        super::pairs::in_lists(args, &mut lists, &mut troubles);
    }
    let says_more = said_in_vain(&lists, &rules);
    let on = args.on.unwrap_or_else(|| world::now().date_naive());
    match lists.hall(&rules, on.year()) {
        Ok(hall) if troubles.is_empty() => {
            says_more.iter().for_each(|line| remark(line));
            Ok(Gathered { hall, on, program: None, demo: false })
        }
        Ok(_) => Err(wrong(troubles)),
        Err(faults) if troubles.is_empty() => {
            files.wrong(&faults, &mut troubles);
            Err(wrong(troubles))
        }
        // Of rows that could be read in part, what they say of each other is known, and the rest may come from what could not.
        Err(faults) => {
            let of_keys = faults.iter().filter(|it| keys_are_read && names_a_key(it));
            troubles.extend(of_keys.map(|fault| files.trouble(fault)));
            Err(wrong(troubles))
        }
    }
}

/// What lists say that nothing comes of: pairs both together and apart, and times that are all too short for a circle. Whoever
/// wrote the lists knows the pairs; they are not named even so.
fn said_in_vain(lists: &Lists, rules: &FormingRules) -> Vec<String> {
    let pair = |one: &str, other: &str| {
        let (one, other) = if one < other { (one, other) } else { (other, one) };
        (one.to_owned(), other.to_owned())
    };
    let (mut together, mut apart) = (BTreeSet::new(), BTreeSet::new());
    for entrant in &lists.entrants {
        together.extend(entrant.together.iter().map(|other| pair(&entrant.key, other)));
        apart.extend(entrant.apart.iter().map(|other| pair(&entrant.key, other)));
    }
    let both = together.intersection(&apart).count();
    let minutes = rules.minutes();
    let people = lists.entrants.iter().map(|it| &it.wishes.times);
    let times = people.chain(lists.leaders.iter().map(|it| &it.wishes.times));
    let is_short = |times: &&Vec<FreeTime>| {
        !times.is_empty() && times.iter().all(|time| time.is_shorter_than(minutes))
    };
    let short = times.filter(is_short).count();
    let mut lines = Vec::new();
    if both > 0 {
        lines.push(texts::say("form-both", &[("n", texts::count(both))]));
    }
    if short > 0 {
        let args = [("n", texts::count(short)), ("minutes", u64::from(minutes).into())];
        lines.push(texts::say("form-too-short", &args));
    }
    lines
}

/// Whether, for a fault, the key of a row may not be known.
fn hides_a_key(fault: &ListFault) -> bool {
    let is_known = matches!(fault.kind(), ListFaultKind::Table(FaultKind::Repeated { .. }));
    !is_known && matches!(fault.place().field, None | Some("id" | "name"))
}

/// Whether a fault is about whom a row names.
fn names_a_key(fault: &ListFault) -> bool {
    matches!(fault.kind(), ListFaultKind::UnknownKey | ListFaultKind::Oneself)
}

/// Which columns of two lists `--column` names: those of each list that has one of that name. Where neither has, both miss it.
fn mappings(
    args: &Form,
    columns: &[Columns; 2],
    tables: &[Option<Table>; 2],
) -> Result<[Mapping; 2], Failure> {
    let mut known: Vec<_> = columns.iter().flat_map(Columns::names).collect();
    known.sort_unstable();
    known.dedup();
    let mut mappings = [Mapping::default(), Mapping::default()];
    for (field, column) in tables::named_columns(&args.reading, &known)? {
        let has = |table: &Table| table.names().iter().any(|name| name == column);
        let in_neither = !tables.iter().flatten().any(has);
        for ((mapping, columns), table) in mappings.iter_mut().zip(columns).zip(tables) {
            let here = in_neither || table.as_ref().is_some_and(has);
            if here && columns.names().any(|name| name == field) {
                *mapping = std::mem::take(mapping).with(field, column);
            }
        }
    }
    Ok(mappings)
}

fn of_program(desk: &mut Desk, args: &Form) -> Result<Gathered, Failure> {
    let place = desk.place()?;
    let mut keeper = if args.accept.is_some() {
        store::unlocked(&place, &desk.globals, &mut desk.screen)?
    } else {
        store::looked_into(&place, &desk.globals, &mut desk.screen)?
    };
    let model = model(&mut keeper, args.model.as_deref())?;
    let terms = terms(&model)?;
    let rules = rules_of(args, Some(&terms))?;
    let on = match args.on {
        Some(on) => on,
        None => keeper.today()?,
    };
    let mut seating = keeper.seating(&Asking::coordinator(), &terms, on)?;
    if args.with_trainees {
        let trainees = seating.leaders.iter_mut().filter(|it| it.readiness == Readiness::NotYet);
        trainees.for_each(|it| it.readiness = Readiness::WithSupport);
    }
    let ProgramLists { lists, entrants, leaders } = ProgramLists::of(&seating);
    let keys: Vec<String> = lists.entrants.iter().map(|it| it.key.clone()).collect();
    let leader_keys: Vec<String> = lists.leaders.iter().map(|it| it.key.clone()).collect();
    said_in_vain(&lists, &rules).iter().for_each(|line| remark(line));
    let mut hall = lists.hall(&rules, on.year()).map_err(|faults| {
        let mut troubles = Troubles::default();
        for fault in faults.iter() {
            let whose = fault.row().and_then(|row| match fault.list() {
                Some(List::People) => keys.get(row),
                Some(List::Facilitators) => leader_keys.get(row),
                Some(List::Seats) | None => None,
            });
            // Of a program's own people it is not a row that is missing.
            let mut trouble = trouble(fault);
            if *fault.kind() == ListFaultKind::NobodyToLead {
                trouble.to_do = text!("form-bring-leaders");
            } else if *fault.kind() == ListFaultKind::NobodyToSeat {
                trouble.to_do = text!("form-bring-people");
            }
            troubles.push(trouble.at_path(whose.map_or("", String::as_str)));
        }
        let total = texts::count(troubles.total());
        Failure::new("cli.not_formed", &[("n", total)]).with_troubles(troubles)
    })?;
    let (mut people_ix, mut leader_ix) = (BTreeMap::new(), BTreeMap::new());
    for (key, member) in keys.iter().zip(&entrants) {
        people_ix.extend(hall.person_of(key).map(|ix| (*member, ix)));
    }
    for (key, member) in leader_keys.iter().zip(&leaders) {
        leader_ix.extend(hall.facilitator_of(key).map(|ix| (*member, ix)));
    }
    keeper.company_in(hall.roster_mut(), &people_ix, &leader_ix)?;
    let of_people = keys.into_iter().zip(entrants);
    let members = of_people.chain(leader_keys.into_iter().zip(leaders)).collect();
    let demo = desk.screen.is_demo();
    Ok(Gathered { hall, on, program: Some(Program { keeper, model, terms, members }), demo })
}

/// The model whose circles are formed: the one that was named, or the only one that the program adopted.
fn model(keeper: &mut Opened, named: Option<&str>) -> Result<Model, Failure> {
    let adopted = keeper.models()?;
    let ids = || adopted.iter().map(|model| model.id().to_string()).collect::<Vec<_>>();
    match (named, adopted.as_slice()) {
        (Some(id), models) => {
            let found = models.iter().find(|model| model.id().as_str() == id);
            found.cloned().ok_or_else(|| Failure::new("cli.model_not_adopted", &[]).listing(ids()))
        }
        (None, [one]) => Ok(one.clone()),
        (None, _) => Err(Failure::new("cli.which_model", &[]).listing(ids())),
    }
}

fn terms(model: &Model) -> Result<Terms, Failure> {
    model.terms().map_err(|error| Failure::refused(&error))
}

/// The rules of a file, of a model, or of a file that leaves to a model what it does not say.
fn rules_of(args: &Form, terms: Option<&Terms>) -> Result<FormingRules, Failure> {
    let seats = terms.map(|terms| terms.get().seats);
    let sizes = seats.map(|seats| Sizes::new(seats.fewest(), seats.target(), seats.most()));
    let sizes = sizes.transpose().map_err(|error| Failure::refused(&error))?;
    let rules = match (&args.rules, sizes) {
        (Some(file), sizes) => rules(file, sizes)?,
        (None, Some(sizes)) => FormingRules::of_sizes(sizes),
        (None, None) => return Err(Failure::new("cli.no_forming_rules", &[])),
    };
    // What the rules do not say is the model's.
    Ok(match terms {
        Some(terms) => {
            let leaders = convening_role(terms).map_or(1, |role| role.fewest.max(1));
            let leaders = u8::try_from(leaders).unwrap_or(u8::MAX);
            rules.or_leaders(leaders).or_minutes(terms.get().cadence.minutes())
        }
        None => rules,
    })
}

/// Says which columns of a list tell nothing here: one whose name was mistyped would be missed in silence.
pub(super) fn tell_passed_over(columns: &Columns, table: &Table, mapping: &Mapping) {
    let passed_over = columns.passed_over(table, mapping);
    if !passed_over.is_empty() {
        let numbers: Vec<_> = passed_over.iter().map(ToString::to_string).collect();
        let (file, columns) = (table.label(), numbers.join(", "));
        remark(&text!("form-passed-over", file = file, columns = columns));
    }
}

/// The rules of a file.
pub(super) fn rules(file: &Path, sizes: Option<Sizes>) -> Result<FormingRules, Failure> {
    let text = place::read_text(file)?;
    FormingRules::parse(&text, sizes).map_err(|faults| wrong_rules(&place::label(file), &faults))
}

fn wrong_rules(label: &str, faults: &RulesFaults) -> Failure {
    let mut troubles = Troubles::default();
    for fault in faults.iter() {
        let args = texts::figures(&fault.figures());
        let told = Trouble::at(&fault.place(), fault.code(), &args).at_path(&fault.path);
        troubles.push(told.in_file(label));
    }
    let total = texts::count(troubles.total());
    Failure::new("cli.forming_rules_faults", &[("n", total)]).with_troubles(troubles)
}

/// The names of the files that lists come from.
struct Files {
    people: String,
    leaders: String,
}

impl Files {
    fn trouble(&self, fault: &ListFault) -> Trouble {
        let file = match fault.list() {
            Some(List::People) => Some(&self.people),
            Some(List::Facilitators) => Some(&self.leaders),
            Some(List::Seats) | None => None,
        };
        let trouble = trouble(fault);
        match file {
            Some(file) => trouble.in_file(file),
            None => trouble,
        }
    }

    fn wrong(&self, faults: &ListFaults, into: &mut Troubles) {
        into.extend(faults.iter().map(|fault| self.trouble(fault)));
        into.add_untold(faults.total().saturating_sub(faults.iter().len()));
    }
}

/// What is wrong with a list, in words.
pub(super) fn trouble(fault: &ListFault) -> Trouble {
    let mut trouble = Trouble::at(fault.place(), fault.code(), &texts::figures(&fault.figures()));
    if *fault.kind() == ListFaultKind::Table(FaultKind::NoHeader) {
        trouble.to_do = text!("form-no-header-help");
    }
    trouble
}

/// A table by itself; what is wrong with it is told with its name.
pub(super) fn table(file: &Path, reading: &Reading) -> Result<Table, Failure> {
    tables::read_any(file, reading).map_err(|failure| {
        let mut troubles = Troubles::default();
        troubles.extend(failure.in_file(&place::label(file)));
        wrong(troubles)
    })
}

/// Everything that is wrong with lists.
pub(super) fn wrong(troubles: Troubles) -> Failure {
    let total = texts::count(troubles.total());
    Failure::new("cli.list_faults", &[("n", total)]).with_troubles(troubles)
}

impl Gathered {
    /// How many people have not said when they are free.
    pub(super) fn silent(&self) -> usize {
        self.hall.entrants().iter().filter(|it| it.wishes.times.is_empty()).count()
    }

    /// The id of the model, where there is one.
    pub(super) fn model(&self) -> Option<&Code> {
        self.program.as_ref().map(|program| program.model.id())
    }
}
