//! What is said where little is known: nothing that is false.

use std::collections::BTreeMap;

use commons::Code;
use outcomes::Points;
use outcomes::figures::{ChangeFigures, ScaleFigures, Shown};
use outcomes::stats::{Interval, NoFigure};
use outcomes::suppression::{Audience, Tally};
use report::{About, Stamp, Wording, html, tables};

use crate::{figures, stamp};

fn of_files() -> Stamp {
    Stamp { about: About::Files(BTreeMap::new()), ..stamp(false) }
}

const fn change_of(scale: &mut ScaleFigures) -> Option<&mut ChangeFigures> {
    match &mut scale.change {
        Shown::Shown(change) => Some(change),
        Shown::Hidden(_) | Shown::NoFigure(_) => None,
    }
}

fn page(figures: &outcomes::Figures) -> String {
    html(figures, &Wording::english().unwrap(), &stamp(false))
}

#[test]
fn where_nothing_records_leaving_it_says_so_and_what_would() {
    let mut found = figures(6, 20, Audience::Inside);
    found.retention = Shown::NoFigure(NoFigure::NotRecorded);
    let page = page(&found);
    assert!(page.contains("leaving = { missed = 3 }"), "what to do");
    assert!(page.contains("Completed the program") && !page.contains("Still there at the end"));
}

#[test]
fn of_how_many_there_is_no_mark_stands_beside_who_completed() {
    let mut found = figures(6, 20, Audience::Inside);
    assert!(!page(&found).contains("no mark of attendance"));
    found.unmarked = Tally::Exactly { n: 80 };
    assert!(page(&found).contains("Of 80 people there is no mark of attendance"));
}

#[test]
fn an_interval_says_on_what_it_stands_and_when_it_says_nothing() {
    let mut found = figures(6, 20, Audience::Inside);
    assert!(page(&found).contains("With 6 circles the interval stands on 5 degrees of freedom"));
    assert!(page(&found).contains("With fewer than 30 circles"));
    assert!(!page(&found).contains("every change that there can be"));
    let change = change_of(&mut found.scales[0]).unwrap();
    change.interval = Interval { low: -27.0, high: 27.0 };
    assert!(page(&found).contains("covers every change that there can be: it says nothing"));
    // Rounded outward over zero.
    let change = change_of(&mut found.scales[0]).unwrap();
    (change.interval, change.step) = (Interval { low: -3.0, high: 0.4 }, 0.5);
    let page_of = page(&found);
    assert!(page_of.contains("rounded to steps of 0.5 points here"));
    assert!(page_of.contains("not rounded, it may leave zero out"));
    let one = page(&figures(1, 30, Audience::Inside));
    assert!(one.contains("There is one circle only"));
}

#[test]
fn the_last_of_two_waves_of_files_is_the_end_whatever_its_number() {
    let mut found = figures(6, 20, Audience::Inside);
    let t1: Code = "t1".parse().unwrap();
    for scale in &mut found.scales {
        let Shown::Shown(waves) = &mut scale.waves else { panic!("two waves") };
        waves[1].timepoint.code = t1.clone();
        change_of(scale).unwrap().after = t1.clone();
    }
    let words = Wording::english().unwrap();
    let page = html(&found, &words, &of_files());
    assert!(page.contains("Change from Start to End") && !page.contains("Middle"));
    let of_program = html(&found, &words, &stamp(false));
    assert!(of_program.contains("Change from Start to Middle"), "a model says what it means");
}

#[test]
fn a_questionnaire_without_sheets_is_not_said_to_have_been_filled_in_once() {
    let mut found = figures(6, 20, Audience::Inside);
    let scale = &mut found.scales[0];
    scale.waves = Shown::Shown(Vec::new());
    scale.change = Shown::NoFigure(NoFigure::Nothing);
    let page = page(&found);
    assert!(page.contains("There is no sheet of this questionnaire"));
    assert!(!page.contains("at one time only") && !page.contains("Totals were had of ."));
    let made = tables(&found, &Wording::english().unwrap(), &stamp(false));
    assert!(made.iter().all(|table| table.name() != "phq-9-bands"), "no table without figures");
}

#[test]
fn a_threshold_is_a_decimal_number() {
    let mut found = figures(6, 20, Audience::Inside);
    let Some(Shown::Shown(reliable)) = &mut found.scales[0].reliable else { panic!("changes") };
    reliable.points = Points::ratio(17, 10).unwrap();
    let page = page(&found);
    assert!(page.contains("Better by 1.7 points or more") && !page.contains("17/10"));
}

#[test]
fn a_mean_that_is_kept_back_is_hidden_and_not_lacking() {
    let mut found = figures(6, 20, Audience::Inside);
    let hidden = |found: &outcomes::Figures| {
        let made = tables(found, &Wording::english().unwrap(), &stamp(false));
        made.iter().find(|table| table.name() == "circles").unwrap().hidden_cells()
    };
    let before = hidden(&found);
    let Shown::Shown(circles) = &mut found.circles else { panic!("circles") };
    assert!(circles.rows[0].changes[0].mean.is_some());
    circles.rows[0].changes[0].mean = None;
    assert_eq!(hidden(&found), before + 1);
}

#[test]
fn of_files_without_marks_no_circle_held_nought_of_nought_sessions() {
    let mut found = figures(6, 20, Audience::Inside);
    let words = Wording::english().unwrap();
    let heads = |found: &outcomes::Figures, stamp: &Stamp| {
        let made = tables(found, &words, stamp);
        let table = made.iter().find(|table| table.name() == "circles").unwrap();
        table.heads().join(" ")
    };
    assert!(heads(&found, &stamp(false)).contains("Sessions planned"));
    assert!(!heads(&found, &of_files()).contains("Sessions planned"));
    assert!(heads(&found, &of_files()).contains("Sessions Seats taken"));
    found.attendance = Shown::NoFigure(NoFigure::Nothing);
    assert!(!heads(&found, &of_files()).contains("Sessions"));
}

#[test]
fn the_page_and_its_tables_round_alike() {
    let mut found = figures(6, 20, Audience::Inside);
    let Shown::Shown(attendance) = &mut found.attendance else { panic!("attendance") };
    attendance.overall.share = 81.0 / 400.0;
    assert!(page(&found).contains("20.3%"));
    assert_eq!(report::Cell::Share(81.0 / 400.0, 1).value(), Some(0.203));
}
