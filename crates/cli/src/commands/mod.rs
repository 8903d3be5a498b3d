//! One module for each command.

mod analyze;
mod backup;
mod books;
mod briefs;
mod calendar;
mod card;
mod demo;
mod demo_told;
mod doctor;
mod doors;
mod doubts;
mod due;
mod due_lines;
mod erase;
mod form;
mod init;
mod instruments;
mod measures;
mod menu;
mod merge;
mod models;
mod models_show;
mod pages;
mod people;
mod report;
mod score;
mod score_cases;
mod shelf;
mod suggest;
mod tables;
pub(crate) mod verify;

pub(crate) use people::not_future;

use crate::{
    args::{CalendarVerb, Card, Command, Globals, Instruments, Measure, Models, People, Person},
    exit::Exit,
    failure::Failure,
    place::Place,
    screen::Screen,
};

/// What every command works with.
pub(crate) struct Desk {
    pub(crate) globals: Globals,
    pub(crate) screen: Screen,
}

impl Desk {
    /// Where the files lie.
    pub(crate) fn place(&self) -> Result<Place, Failure> {
        Place::of(&self.globals)
    }
}

/// Does what was asked.
pub(crate) fn run(desk: &mut Desk, command: Option<Command>) -> Result<Exit, Failure> {
    let Some(command) = command else { return Ok(menu::run(desk)) };
    match command {
        Command::Demo(args) => demo::run(desk, &args),
        Command::Init(args) => init::run(desk, &args),
        Command::Card(args) => match args.verb {
            None | Some(Card::Show) => card::show(desk),
            Some(Card::Print(args)) => card::print(desk, &args),
            Some(Card::Template) => card::template(desk),
            Some(Card::Edit(args)) => card::edit(desk, &args),
        },
        Command::Due(args) => due::run(desk, &args),
        Command::Form(args) => form::run(desk, &args),
        Command::Calendar(CalendarVerb::Show(args)) => calendar::show(desk, &args),
        Command::Calendar(CalendarVerb::Plan(args)) => calendar::plan(desk, &args),
        Command::Calendar(CalendarVerb::Move(args)) => calendar::reschedule(desk, &args),
        Command::Calendar(CalendarVerb::Skip(args)) => calendar::skip(desk, &args),
        Command::Calendar(CalendarVerb::Export(args)) => calendar::export(desk, &args),
        Command::Calendar(CalendarVerb::Sheets(args)) => calendar::sheets(desk, &args),
        Command::Calendar(CalendarVerb::TakeIn(args)) => calendar::take_in(desk, &args),
        Command::Calendar(CalendarVerb::Enter(args)) => calendar::enter(desk, &args),
        Command::Models(Models::List) => models::list(desk),
        Command::Models(Models::Show(args)) => models_show::run(desk, &args.model),
        Command::Models(Models::Check(args)) => models::check(desk, &args.file),
        Command::People(People::Import(args)) => people::import(desk, &args),
        Command::People(People::List(args)) => people::list(desk, &args),
        Command::People(People::Template) => people::template(desk),
        Command::Measure(Measure::Import(args)) => measures::import(desk, &args),
        Command::Measure(Measure::Template(args)) => measures::template(desk, &args),
        Command::Score(args) => score::run(desk, &args),
        Command::Instruments(Instruments::List) => instruments::list(desk),
        Command::Instruments(Instruments::Show(args)) => instruments::show(desk, &args),
        Command::Instruments(Instruments::Template) => Ok(instruments::template(desk)),
        Command::Instruments(Instruments::Check(args)) => instruments::check(desk, &args),
        Command::Report(args) => match &args.verb {
            None => report::run(desk, &args),
            Some(verb) => books::run(desk, verb),
        },
        Command::Analyze(args) => analyze::run(desk, &args),
        Command::Person(Person::Erase(args)) => erase::run(desk, &args),
        Command::Verify => verify::run(desk),
        Command::Doctor => doctor::run(desk),
        Command::Merge(args) => merge::run(desk, &args),
        Command::Backup(args) => backup::run(desk, &args),
        Command::Restore(args) => backup::restore(desk, &args),
        Command::Completions(args) => pages::completions(desk, &args),
        Command::Man(args) => pages::man(desk, &args),
    }
}
