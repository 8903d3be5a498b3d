//! What a reader, a screen reader and a printer find in a report.
#![expect(clippy::unwrap_used, reason = "a test that fails here stops there")]

mod tables;
mod thin;

use chrono::NaiveDate;
use commons::{Code, UnitId};
use outcomes::figures::{Completion, Scale, Timepoint};
use outcomes::suppression::{Audience, Tally};
use outcomes::{Cohort, Enrolment, FigurePlan, Figures, Mark, Points, SessionState, SheetState};
use report::{About, Brief, Stamp, Wording, html};

pub(crate) fn figures(circles: u128, seats: i32, audience: Audience) -> Figures {
    let mut cohort = Cohort::default();
    let instruments =
        ["phq-9", "gad-7", "who-5"].map(|id| outcomes::built_in(&id.parse().unwrap()).unwrap());
    for id in 0..circles {
        let unit = cohort.unit(UnitId::number(id), None).unwrap();
        for week in 1..=16 {
            cohort.session(unit, week, SessionState::Held, 120).unwrap();
        }
        for n in 0..seats {
            let left = (n == 0).then_some(9);
            let person = cohort.person(Enrolment { unit, joined: 1, left }).unwrap();
            let area = if id % 3 == 0 { "gatore" } else { "kirehe" };
            let area = cohort.group(&Cohort::AREA, &area.parse().unwrap()).unwrap();
            cohort.put_into(person, area).unwrap();
            for week in 1..=left.unwrap_or(16) {
                let away = (i32::from(week) + n) % 6 == 0;
                let mark = if away { Mark::Absent } else { Mark::Present };
                cohort.mark(person, unit, week, mark).unwrap();
            }
            for instrument in &instruments {
                let (start, end) = (6 + n % 12, 2 + n % 9);
                for (when, points) in [("t0", start), ("t2", end)] {
                    let state =
                        SheetState::Scored { points: Points::whole(points), prorated: n % 7 == 0 };
                    cohort.sheet(person, instrument.id(), &when.parse().unwrap(), state).unwrap();
                }
            }
        }
    }
    cohort.work.raised = u64::try_from(seats).unwrap() / 4;
    cohort.work.incidents.insert(Code::of("s2"), 14);
    cohort.work.overdue.insert(Code::of("supervision"), 2);
    let timepoints = vec![
        Timepoint { code: Code::of("t0"), session: 0 },
        Timepoint { code: Code::of("t2"), session: 16 },
    ];
    let scales = instruments.into_iter().map(Scale::with_defaults).collect();
    let plan = FigurePlan::new(Code::of("program"), audience, timepoints, scales).unwrap();
    let plan = plan.completion(Completion { sessions: 12, model: None });
    // A team of one circle asks to see each person.
    let plan = if circles == 1 { plan.each_person() } else { plan };
    cohort.figures(&plan.by(vec![Cohort::AREA]))
}

pub(crate) fn stamp(demo: bool) -> Stamp {
    Stamp {
        made_on: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
        about: About::Program(Code::of("sample")),
        demo,
        software: "circlekeeper <1 & 2>".to_owned(),
        brief: None,
        unreadable: 0,
    }
}

fn pages() -> Vec<String> {
    let words = Wording::english().unwrap();
    let mut pages = Vec::new();
    for found in every_kind() {
        let demo = found.reach.units % 2 == 0;
        pages.push(html(&found, &words, &stamp(demo)));
    }
    pages
}

/// Figures of every kind: many people, one small circle, nobody; inside and outside.
pub(crate) fn every_kind() -> Vec<Figures> {
    let mut kinds = Vec::new();
    for (circles, seats) in [(30, 20), (6, 20), (1, 7), (1, 2), (0, 0)] {
        for audience in [Audience::Inside, Audience::Outside] {
            kinds.push(figures(circles, seats, audience));
        }
    }
    kinds
}

fn between<'a>(page: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let parts = page.split(open).skip(1);
    parts.map(|part| part.split(close).next().unwrap_or_default()).collect()
}

#[test]
fn a_report_is_one_file_that_asks_nothing_of_the_network() {
    for page in pages() {
        assert!(page.starts_with("<!DOCTYPE html>"));
        for never in ["<script", "<link", "<img", "<iframe", "@import", "url(", "src=", "onclick"] {
            assert!(!page.contains(never), "{never}");
        }
        for target in between(&page, "href=\"", "\"") {
            assert!(target.starts_with('#'), "{target}");
            let id = format!("id=\"{}\"", target.trim_start_matches('#'));
            assert!(page.contains(&id), "{target} leads nowhere");
        }
    }
}

#[test]
fn every_message_that_is_said_is_in_the_catalog() {
    for page in pages() {
        for part in between(&page, "[", "]") {
            assert!(
                !part.bytes().all(|b| b.is_ascii_lowercase() || b"-_0123456789".contains(&b)),
                "[{part}]"
            );
        }
        assert!(!page.contains("NaN") && !page.contains("{$") && !page.contains("{ $"));
    }
}

#[test]
fn every_plot_has_words_beside_it_and_a_table_below() {
    let mut plots = 0;
    for page in pages() {
        for figure in between(&page, "<figure>", "</figure>") {
            plots += 1;
            let title = between(figure, "<title", "</title>");
            let desc = between(figure, "<desc", "</desc>");
            assert_eq!((title.len(), desc.len()), (1, 1));
            assert!(desc[0].len() > 40);
            assert!(
                desc[0].contains(|c: char| c.is_ascii_digit()),
                "a picture without its figures"
            );
            assert!(figure.contains("role=\"img\"") && figure.contains("aria-labelledby="));
        }
        let after: Vec<&str> = page.split("</figure>").skip(1).collect();
        // Two plots may stand beside each other over one table.
        let has = |rest: &&str| rest.contains("<table>") || rest.starts_with("</div><div><figure>");
        assert!(after.iter().all(has), "a plot without its table");
        let ids = between(&page, " id=\"", "\"");
        let unique: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "an id twice");
    }
    assert!(plots > 20, "{plots}");
}

#[test]
fn every_table_has_a_caption_and_heads_that_say_their_scope() {
    for page in pages() {
        for table in between(&page, "<table>", "</table>") {
            assert!(table.starts_with("<caption>"));
            assert_eq!(
                table.matches("<th").count() - table.matches("<thead").count(),
                table.matches("scope=").count()
            );
        }
    }
}

#[test]
fn headings_go_down_one_step_at_a_time() {
    for page in pages() {
        let levels: Vec<u32> = page
            .match_indices("<h")
            .filter_map(|(at, _)| page[at + 2..].chars().next()?.to_digit(10))
            .collect();
        assert_eq!(levels.first(), Some(&1));
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    }
}

#[test]
fn a_demonstration_says_so_in_its_title_at_its_top_and_on_every_page() {
    let words = Wording::english().unwrap();
    let found = figures(1, 7, Audience::Outside);
    let (demo, real) = (html(&found, &words, &stamp(true)), html(&found, &words, &stamp(false)));
    let mark = words.say("demo-mark", &[]);
    assert!(between(&demo, "<title>", "</title>")[0].starts_with(&mark));
    assert!(demo.contains(&words.say("demo-notice", &[])));
    assert!(demo.contains("@bottom-left { content:") && demo.contains("class=\"mark\""));
    assert!(!real.contains("DEMONSTRATION") && !real.contains("class=\"mark\""));
}

#[test]
fn seven_people_are_not_told_to_a_funder_and_the_page_says_what_may_be() {
    let words = Wording::english().unwrap();
    let page = html(&figures(1, 7, Audience::Outside), &words, &stamp(false));
    assert!(page.contains("Fewer than 11 people enrolled for one circle"));
    assert!(!page.contains("<figure>"));
    assert!(page.contains("What may be said instead"));
    assert!(page.contains("several circles together, once 11 people"));
}

#[test]
fn the_bars_and_the_table_below_them_say_the_same_of_the_same_people() {
    let words = Wording::english().unwrap();
    let found = figures(6, 20, Audience::Inside);
    let page = html(&found, &words, &stamp(false));
    let scale = found.scales.iter().find(|scale| scale.instrument == "gad-7").unwrap();
    let wave = &scale.waves.shown().unwrap()[0];
    let n = wave.bands.iter().filter_map(|cell| cell.shown()).find(|n| *n > 0).unwrap();
    // 120 people were asked: the words of the picture and the table count from there.
    let told = format!("{n} ({:.1}%)", 100.0 * f64::from(u32::try_from(n).unwrap()) / 120.0);
    let (desc, table) = (between(&page, "<desc", "</desc>"), between(&page, "<table>", "</table>"));
    assert!(desc.iter().any(|desc| desc.contains(&told)), "{told}");
    assert!(table.iter().any(|table| table.contains(&told)), "{told}");
    assert!(page.contains("120 people were to be asked"));
}

#[test]
fn words_that_do_not_belong_to_a_person_are_absent() {
    for page in pages() {
        let text = page.to_lowercase();
        for never in
            ["patient", "diagnos", "treatment", "cure", "at-risk", "p-value", "p =", "significan"]
        {
            let found =
                text.find(never).map(|at| &text[at.saturating_sub(30)..(at + 30).min(text.len())]);
            assert_eq!(found, None, "{never}");
        }
    }
}

#[test]
fn markup_in_a_name_stays_text_also_inside_plots() {
    let mut words = Wording::english().unwrap();
    words.with("band-minimal = <b>few</b> & small\ntimepoint-t0 = <i>now</i>").unwrap();
    let page = html(&figures(6, 20, Audience::Inside), &words, &stamp(false));
    assert!(!page.contains("<b>") && !page.contains("<i>"));
    assert!(page.contains("&lt;b&gt;few&lt;/b&gt; &amp; small"));
    assert!(page.contains("circlekeeper &lt;1 &amp; 2&gt;"));
}

#[test]
fn words_are_shared_between_threads() {
    fn crosses<T: Send + Sync>() {}
    crosses::<Wording>();
    crosses::<Stamp>();
}

#[test]
fn another_language_writes_its_own_numbers() {
    let mut words = Wording::english().unwrap();
    words.with("number-style = space").unwrap();
    let page = html(&figures(60, 20, Audience::Outside), &words, &stamp(false));
    assert!(page.contains("1\u{202f}200 people enrolled for 60 circles"));
}

#[test]
fn the_way_from_everybody_asked_to_those_measured_twice_is_drawn_and_told() {
    let words = Wording::english().unwrap();
    let page = html(&figures(6, 20, Audience::Inside), &words, &stamp(false));
    let desc = between(&page, "<desc", "</desc>");
    let flow = desc.iter().find(|desc| desc.contains("were to be asked")).unwrap();
    for said in ["120 people were to be asked.", "Start: 120 measured.", "End: 120 measured."] {
        assert!(flow.contains(said), "{said} {flow}");
    }
    assert!(page.contains("PHQ-9: who was measured, and why others were not"));
}

#[test]
fn a_board_gets_one_honest_sentence_or_the_reason_why_there_is_none() {
    let words = Wording::english().unwrap();
    let page = html(&figures(30, 20, Audience::Outside), &words, &stamp(false));
    let said = between(&page, "<p class=\"to-copy\">", "</p>");
    assert!(said[0].starts_with(
        "Of the 600 people asked, 600 were measured twice; their mean PHQ-9 total fell by"
    ));
    assert!(
        said[0].contains("for the better (95% interval")
            && said[0].ends_with("which says nothing of why.")
    );
    // More points of WHO-5 are better: fewer are worse.
    assert!(said[2].contains("WHO-5") && said[2].contains("for the worse"), "{}", said[2]);
    // Seven are enough for the team, and too few for a sentence that is passed on.
    let page = html(&figures(1, 7, Audience::Inside), &words, &stamp(false));
    assert!(
        page.contains("no sentence. It takes 11 people measured twice")
            || page.contains("no sentence. How many were")
    );
    let page = html(&figures(0, 0, Audience::Inside), &words, &stamp(false));
    assert!(page.contains("PHQ-9: no sentence. Nobody was measured twice yet."));
}

#[test]
fn the_methods_can_be_copied_into_a_paper_with_how_many_and_where_from() {
    let words = Wording::english().unwrap();
    let page = html(&figures(30, 20, Audience::Outside), &words, &stamp(false));
    let paragraph = between(&page, "<p class=\"to-copy\">", "</p>").pop().unwrap();
    for said in [
        "600 people took part in 30 circles or groups.",
        "PHQ-9 (version",
        "was to be asked of 600 people.",
        "600 at “Start”; 600 at “End”.",
        "phq-9.bands.kroenke-2001",
        "A missing answer was never counted as zero",
        "Counts of 1 to 10 people were hidden",
        "Made on 22 November 2026 with circlekeeper",
    ] {
        assert!(paragraph.contains(said), "{said}: {paragraph}");
    }
}

#[test]
fn what_a_careful_reader_keeps_in_mind_stands_before_the_change() {
    let words = Wording::english().unwrap();
    let page = html(&figures(30, 20, Audience::Outside), &words, &stamp(false));
    let at = |said: &str| page.find(said).unwrap_or_else(|| panic!("{said}"));
    assert!(at("Read beside these figures:") < at("PHQ-9: mean change in points"));
    assert!(
        at("Nobody was compared with people who did not take part")
            < at("PHQ-9: mean change in points")
    );
    assert!(page.contains("Agreement within circles, ICC(1)") && page.contains("Eldridge, Ashby"));
}

#[test]
fn who_crossed_the_cut_off_is_told_of_everybody_measured_twice() {
    let words = Wording::english().unwrap();
    let found = figures(30, 20, Audience::Outside);
    let page = html(&found, &words, &stamp(false));
    let scale = &found.scales[0];
    let crossing = scale.recovery.as_ref().unwrap().shown().unwrap();
    let ways = [
        crossing.stayed_case,
        crossing.left_caseness,
        crossing.entered_caseness,
        crossing.stayed_below,
    ];
    assert_eq!(scale.change.shown().unwrap().both.exact(), Some(ways.iter().sum()));
    let desc = between(&page, "<desc", "</desc>");
    let desc = desc.iter().find(|desc| desc.contains("Two pillars")).unwrap();
    let left = format!("Start 10 points or more, End below 10 points: {}", crossing.left_caseness);
    assert!(desc.contains(&left), "{desc}");
}

#[test]
fn change_beside_sessions_is_called_an_association() {
    let words = Wording::english().unwrap();
    let found = figures(30, 20, Audience::Inside);
    assert!(found.scales[0].dose.shown().is_some());
    let page = html(&found, &words, &stamp(false));
    assert!(page.contains("This is an association and no effect"));
    assert!(page.contains("PHQ-9: mean change by sessions attended"));
}

#[test]
fn groups_stand_beside_each_other_with_a_word_of_care() {
    let words = Wording::english().unwrap();
    let page = html(&figures(30, 20, Audience::Outside), &words, &stamp(false));
    assert!(page.contains("People, seats taken and change (Area)"));
    assert!(page.contains("a difference between them has no single reason"));
    assert!(page.contains("PHQ-9: mean change (Area)"));
    let tables = report::tables(&figures(30, 20, Audience::Outside), &words, &stamp(false));
    let by_area = tables.iter().find(|table| table.name() == "by-area").unwrap();
    assert_eq!(by_area.rows().len(), 2);
}

#[test]
fn parts_that_are_kept_back_for_one_reason_share_one_note() {
    let words = Wording::english().unwrap();
    let page = html(&figures(1, 7, Audience::Inside), &words, &stamp(false));
    let notes = between(&page, "<div class=\"kept-back\">", "</div>");
    let named = notes.iter().filter(|note| note.contains("Not shown here:")).count();
    assert!((3..=9).contains(&named), "{named}");
    assert!(notes.iter().any(|note| note.contains("how far people changed; ")), "{notes:?}");
}

#[test]
fn single_people_are_drawn_for_a_team_that_asked_and_the_page_says_so_at_its_top() {
    let words = Wording::english().unwrap();
    let page = |audience| html(&figures(1, 7, audience), &words, &stamp(false));
    let inside = page(Audience::Inside);
    assert!(inside.contains("It shows the totals of single people, without names"));
    for said in ["each person from first to last", "last total against first", "Better by 6 points"]
    {
        assert!(inside.contains(said), "{said}");
    }
    let outside = page(Audience::Outside);
    assert!(!outside.contains("single people, without") && !outside.contains("Each person"));
    let asked_by_nobody = html(&figures(6, 20, Audience::Inside), &words, &stamp(false));
    assert!(!asked_by_nobody.contains("Each person"));
}

#[test]
fn bands_stand_beside_each_other_and_joined_ones_are_called_so() {
    let words = Wording::english().unwrap();
    let found = figures(30, 20, Audience::Inside);
    let table = report::tables(&found, &words, &stamp(false));
    let table = table.iter().find(|table| table.name() == "phq-9-moves").unwrap();
    assert_eq!(table.heads().len(), table.rows().len() + 1, "as many across as down");
    assert!(table.heads().iter().skip(1).all(|head| head.starts_with("End: ")));
    let page = html(&found, &words, &stamp(false));
    assert!(page.contains("From band to band"));
}

#[test]
fn files_that_know_of_no_incident_do_not_say_that_there_was_none() {
    let words = Wording::english().unwrap();
    let files = Stamp {
        about: About::Files([(UnitId::number(0), "Kamonyi 1".to_owned())].into()),
        ..stamp(false)
    };
    let found = figures(6, 20, Audience::Inside);
    let page = html(&found, &words, &files);
    assert!(page.contains("120 people took part in 6 circles."));
    assert!(page.contains("Kamonyi 1"), "circles are called as the files call them");
    for never in ["Safety", "overdue", "Duties", "facilitate", "Modules", "Report on program"] {
        assert!(!page.contains(never), "{never}");
    }
    let names: Vec<_> = report::tables(&found, &words, &files);
    assert!(!names.iter().any(|table| ["safety", "overdue"].contains(&table.name())));
    // Without attendance nobody is said to have stayed.
    let nobody = html(&figures(0, 0, Audience::Inside), &words, &files);
    assert!(!nobody.contains("Who stays") && !nobody.contains("id=\"attendance\""));
    assert!(!nobody.contains("<li>Staying: Kaplan"));
}

#[test]
fn a_total_that_is_kept_back_is_said_to_be_so_in_whole_sentences() {
    let words = Wording::english().unwrap();
    let mut found = figures(6, 20, Audience::Inside);
    found.reach.people = Tally::Hidden;
    for scale in &mut found.scales {
        scale.asked = Tally::Hidden;
    }
    let brief = Brief {
        name: Code::of("fund"),
        title: "For a fund".to_owned(),
        groups: [].into(),
        indicators: vec![],
        since: None,
    };
    let files = Stamp { about: About::Files([].into()), brief: Some(brief), ..stamp(false) };
    let page = html(&found, &words, &files);
    for said in [
        "How many people took part is kept back: another report, or an earlier one, would tell a few people from it.",
        "How many people took part is kept back.",
        "How many people were to be asked is kept back; everything below is of them.",
        "people have both measurements, and how many were asked is kept back.",
    ] {
        assert!(page.contains(said), "{said}");
    }
    for never in ["Fewer than 5 people", "hidden people", "hidden of", "of hidden"] {
        assert!(!page.contains(never), "{never}");
    }
    let program = html(&found, &words, &stamp(false));
    assert!(program.contains("How many people enrolled is kept back. 96 sessions were held"));
}
