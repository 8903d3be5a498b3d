//! Who is to sit and who can lead: from files, or from the program.

use std::{collections::BTreeMap, path::Path};

use chrono::{Datelike, NaiveDate};
use circle_formation::{Readiness, Sizes};
use circle_model::Terms;
use circlekeeper::{Asking, convening_role};
use commons::{Code, MemberId, Refused};
use convening::{
    Columns, FormingRules, Hall, List, ListFault, ListFaults, Lists, ProgramLists, RulesFaults,
};
use interchange::{Mapping, Table};
use program_model::Model;

use crate::{
    args::Form,
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
    let rules = rules_of(args, terms.as_ref())?;
    let people_table = tables::read_any(people, &args.reading)?;
    let leader_table = tables::read_any(leaders, &args.reading)?;
    let names: Vec<_> = Columns::of_people(rules.aspects()).names().collect();
    let columns = tables::mapping(&[], &args.reading, &names)?;
    let (of_people, of_leaders) = (Columns::of_people(rules.aspects()), Columns::of_facilitators());
    tell_passed_over(&of_people, &people_table, &columns);
    tell_passed_over(&of_leaders, &leader_table, &Mapping::default());
    let read = convening::read_entrants(&people_table, &columns, rules.aspects());
    let led = convening::read_leaders(&leader_table, &Mapping::default());
    let files = Files { people: place::label(people), leaders: place::label(leaders) };
    let mut troubles = Troubles::default();
    files.wrong(&read.faults, &mut troubles);
    files.wrong(&led.faults, &mut troubles);
    if !troubles.is_empty() {
        return Err(wrong(troubles));
    }
    let mut lists = Lists { entrants: read.found, leaders: led.found };
    super::pairs::in_lists(args, &mut lists)?;
    let on = args.on.unwrap_or_else(|| world::now().date_naive());
    let hall = lists.hall(&rules, on.year()).map_err(|faults| {
        let mut troubles = Troubles::default();
        files.wrong(&faults, &mut troubles);
        wrong(troubles)
    })?;
    Ok(Gathered { hall, on, program: None, demo: false })
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
    let mut hall = lists.hall(&rules, on.year()).map_err(|faults| {
        let mut troubles = Troubles::default();
        for fault in faults.iter() {
            let whose = fault.row().and_then(|row| match fault.list() {
                Some(List::People) => keys.get(row),
                Some(List::Facilitators) => leader_keys.get(row),
                Some(List::Seats) | None => None,
            });
            troubles.push(trouble(fault).at_path(whose.map_or("", String::as_str)));
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
    fn wrong(&self, faults: &ListFaults, into: &mut Troubles) {
        for fault in faults.iter() {
            let file = match fault.list() {
                Some(List::People) => Some(&self.people),
                Some(List::Facilitators) => Some(&self.leaders),
                Some(List::Seats) | None => None,
            };
            let trouble = trouble(fault);
            into.push(match file {
                Some(file) => trouble.in_file(file),
                None => trouble,
            });
        }
        into.add_untold(faults.total().saturating_sub(faults.iter().len()));
    }
}

/// What is wrong with a list, in words.
pub(super) fn trouble(fault: &ListFault) -> Trouble {
    Trouble::at(fault.place(), fault.code(), &texts::figures(&fault.figures()))
}

/// Everything that is wrong with lists.
pub(super) fn wrong(troubles: Troubles) -> Failure {
    let total = texts::count(troubles.total());
    Failure::new("cli.faults", &[("n", total)]).with_troubles(troubles)
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
