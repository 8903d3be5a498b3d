//! What is said where little is known: nothing that is false.

use outcomes::figures::Shown;
use outcomes::stats::NoFigure;
use outcomes::suppression::{Audience, Tally};
use report::{Wording, html};

use crate::{figures, stamp};

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
