//! Somebody who has the whole report, knows how it is made, and wants to know of a few.
//!
//! Random small programs are reported and written to JSON. The attacker reads it back, puts every
//! total, share, mean, bound and row into constraints over whole numbers of people, and tries
//! every solution. Where all solutions agree on a count of a few people, they know it.
//!
//! | they solve | from |
//! | --- | --- |
//! | marks | both totals, the shown cells, the share of every session and of every circle |
//! | who was measured at both ends, at one, at neither | both waves, those measured twice, the shifts |
//! | bands and reasons | the row, how many were measured, the rounded mean |
//! | leavers | who stayed, the curve, who had left by each timepoint |
//! | who left caseness, who changed by how much, who came how often | the bands of both ends, the shifts, who completed |
//! | who went from band to band, who was lost from a band | the bands of both ends, how far people changed, who crossed the cut-off |
//! | areas | who came, beside the sum of all |
//! | of whom there are no marks | who completed, of how many, and who came how often |
//! | who completed, raised answers, prorated sheets, areas | their totals |

mod moves;
mod nested;
mod solve;
mod world;

use outcomes::Figures;
use outcomes::figures::{Persons, ScaleFigures, Shown, Unmeasured, WaveFigures};
use outcomes::stats::NoFigure;
use outcomes::suppression::{Audience, Tally};
use proptest::prelude::*;

use solve::{Known, fits, hidden_row, is_small};
use world::{World, any_crowd, any_world};

proptest! {
    #![proptest_config(ProptestConfig { cases: 384, ..ProptestConfig::default() })]
    #[test]
    fn nobody_works_a_few_people_out_of_a_report(world in any_world()) {
        let cohort = world.cohort();
        for audience in [Audience::Inside, Audience::Outside] {
            let json = serde_json::to_string(&cohort.figures(&world.plan(audience))).unwrap();
            let figures: Figures = serde_json::from_str(&json).unwrap();
            let mut known = Known::new(figures.floor);
            marks(&world, &figures, &mut known);
            leavers(&world, &figures, &mut known);
            for scale in &figures.scales {
                measured(scale, &mut known);
                ways(&world, scale, &mut known);
                moves::moves(scale, &mut known);
            }
            counts(&world, &figures, &mut known);
            circles(&world, &figures, &mut known);
            breakdowns(&world, &figures, &mut known);
            prop_assert!(known.found.is_empty(), "{audience:?} {:?}", known.found);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    #[test]
    fn nobody_works_a_few_people_out_of_the_bands_of_a_crowd(world in any_crowd()) {
        let cohort = world.cohort();
        for audience in [Audience::Inside, Audience::Outside] {
            let figures = cohort.figures(&world.plan(audience));
            let mut known = Known::new(figures.floor);
            for scale in &figures.scales {
                ways(&world, scale, &mut known);
                moves::moves(scale, &mut known);
            }
            prop_assert!(known.found.is_empty(), "{audience:?} {:?}", known.found);
        }
    }

    #[test]
    fn single_people_are_shown_to_nobody_outside(world in any_world()) {
        let cohort = world.cohort();
        let outside = cohort.figures(&world.plan(Audience::Outside).each_person());
        prop_assert_eq!(outside, cohort.figures(&world.plan(Audience::Outside)));
        let inside = cohort.figures(&world.plan(Audience::Inside));
        prop_assert!(inside.scales.iter().all(|scale| scale.persons.is_none()), "unless asked for");
        let asked = cohort.figures(&world.plan(Audience::Inside).each_person());
        for scale in &asked.scales {
            let people = scale.persons.as_ref().map(|it| it.totals.iter().map(|it| it.people).sum::<u64>());
            prop_assert!(people.is_none_or(|n| (asked.floor..=Persons::MOST).contains(&n)));
        }
    }
}

fn marks(world: &World, figures: &Figures, known: &mut Known) {
    let Some(found) = figures.attendance.shown() else { return };
    let (came, of) = (found.overall.came, found.overall.of);
    known.solved("came", [came]);
    known.solved("away", [of - came]);
    let cells: Vec<_> = found.marks.iter().map(|cell| cell.shown()).collect();
    hidden_row("mark", &cells[..3], &[came], known);
    hidden_row("mark", &cells[3..], &[of - came], known);
    let Some(rows) = found.sessions.shown() else { return };
    // The attacker knows how many seats there were on each evening.
    let rows = rows.iter().map(|row| {
        let of = world.marks_between(row.from, row.to).1;
        (of, (0..=of).filter(|came| per_cent(*came, of) == percent(row.share)).collect::<Vec<_>>())
    });
    parts("session", came, &rows.collect::<Vec<_>>(), known);
}

/// Parts of a known sum, each of which may be one of several: what each can be, and its rest.
fn parts(what: &'static str, sum: u64, rows: &[(u64, Vec<u64>)], known: &mut Known) {
    let end = |pick: fn(&Vec<u64>) -> Option<&u64>| -> u64 {
        rows.iter().filter_map(|(_, can)| pick(can)).sum()
    };
    let (least, most) = (end(|can| can.iter().min()), end(|can| can.iter().max()));
    for (of, can) in rows {
        let (low, high) = (can.iter().min().unwrap(), can.iter().max().unwrap());
        let others = least - low..=most - high;
        let can: Vec<u64> =
            can.iter().copied().filter(|n| *n <= sum && others.contains(&(sum - n))).collect();
        // That all did, or nobody, is harmless and may be told.
        if can != [0] && can != [*of] {
            known.solved(what, can.iter().copied());
            known.solved(what, can.iter().map(|n| of - n));
        }
    }
}

fn per_cent(part: u64, of: u64) -> u64 {
    if of == 0 { 0 } else { (200 * part + of) / (2 * of) }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
fn percent(share: f64) -> u64 {
    (share * 100.0).round() as u64
}

fn leavers(world: &World, figures: &Figures, known: &mut Known) {
    let all = world.people.len() as u64;
    let Some(found) = figures.retention.shown() else { return };
    let can = known.tally("stayed", found.stayed.count, &[all]);
    // As if the curve gave away how many left up to each of its steps.
    let mut before = 0;
    for point in &found.curve {
        let gone = world.left_by(point.session);
        known.solved("left since the step before", [gone - before]);
        known.solved("stay after the step", [all - gone]);
        if let [stayed] = can.as_slice() {
            known.solved("leave after the step", [all - stayed - gone]);
        }
        before = gone;
    }
    let waves = figures.scales.iter().filter_map(|scale| scale.waves.shown()).flatten();
    for wave in waves {
        let had_left = wave.unmeasured[Unmeasured::HadLeft as usize].shown();
        if let (Some(had_left), [stayed]) = (had_left.filter(|n| *n > 0), can.as_slice()) {
            known.solved("left and measured, or left later", [all - stayed - had_left]);
        }
    }
}

/// Who was measured at both ends, at one of them and at neither; then each row of cells.
fn measured(scale: &ScaleFigures, known: &mut Known) {
    let Some(waves) = scale.waves.shown() else { return };
    assert!(!matches!(scale.change, Shown::NoFigure(NoFigure::NoSpread { .. })), "all alike");
    let Tally::Exactly { n: people } = scale.asked else { panic!("a table of how many?") };
    let first = can_be_measured(scale, &waves[0], people, known.floor);
    let last = can_be_measured(scale, &waves[waves.len() - 1], people, known.floor);
    let (mut firsts, mut lasts) = (Vec::new(), Vec::new());
    let mut cells: [Vec<u64>; 4] = Default::default();
    for (first, last) in first.iter().flat_map(|one| last.iter().map(move |other| (*one, *other))) {
        for both in (first + last).saturating_sub(people)..=first.min(last) {
            if !twice(scale, both, people, known.floor) {
                continue;
            }
            firsts.push(first);
            lasts.push(last);
            let found = [both, first - both, last - both, people + both - first - last];
            for (can, n) in cells.iter_mut().zip(found) {
                can.push(n);
            }
        }
    }
    for (what, can) in ["both", "first only", "last only", "neither"].into_iter().zip(&cells) {
        known.solved(what, can.iter().copied());
    }
    known.solved("not at the first", firsts.iter().map(|n| people - n));
    known.solved("not at the last", lasts.iter().map(|n| people - n));
    if let Some(found) = scale.reliable.as_ref().and_then(|found| found.shown()) {
        let shifts = [found.improved, found.unchanged, found.worse];
        for (place, tally) in shifts.into_iter().enumerate() {
            let others = |rest: u64| {
                let mut others = shifts.iter().enumerate().filter(|(other, _)| *other != place);
                let (one, two) = (others.next().unwrap().1, others.next().unwrap().1);
                (0..=rest).any(|n| fits(*one, n) && fits(*two, rest - n))
            };
            let can = (0..=people).filter(|n| fits(tally, *n));
            let can = can.filter(|n| cells[0].iter().any(|both| n <= both && others(both - n)));
            known.solved("shift", can);
        }
    }
    for (place, wave) in waves.iter().enumerate() {
        let can = match place {
            0 => firsts.clone(),
            last if last + 1 == waves.len() => lasts.clone(),
            _ => can_be_measured(scale, wave, people, known.floor),
        };
        rows(scale, wave, people, &can, known);
    }
}

/// How many may have been measured, from this wave alone.
fn can_be_measured(scale: &ScaleFigures, wave: &WaveFigures, people: u64, floor: u64) -> Vec<u64> {
    let shown = |cells: &[outcomes::suppression::Cell]| -> (u64, bool) {
        let shown = cells.iter().filter_map(|cell| cell.shown()).sum();
        (shown, cells.iter().all(|cell| cell.shown().is_some()))
    };
    let ((bands, bands_told), (reasons, reasons_told)) =
        (shown(&wave.bands), shown(&wave.unmeasured));
    let can = (bands..=people - reasons).filter(|n| fits(wave.measured, *n));
    let can = can.filter(|n| !bands_told || *n == bands);
    let can = can.filter(|n| !reasons_told || people - n == reasons);
    can.filter(|n| wave.mean.is_none_or(|mean| has_mean(scale, wave.measured, *n, mean, floor)))
        .collect()
}

/// Whether so many totals can have such a mean.
fn has_mean(scale: &ScaleFigures, told: Tally, n: u64, mean: f64, floor: u64) -> bool {
    let (low, high) = solve::window(scale, told, n, mean, floor);
    (low / solve::grain(scale)).ceil() <= (high / solve::grain(scale) + 1e-9).floor()
}

fn twice(scale: &ScaleFigures, both: u64, people: u64, floor: u64) -> bool {
    let change = scale.change.shown().is_none_or(|found| {
        fits(found.both, both)
            && floor <= both
            && has_mean(scale, found.both, both, found.mean.abs(), floor)
    });
    let shifts = scale.reliable.as_ref().and_then(|found| found.shown()).is_none_or(|found| {
        let all = [found.improved, found.unchanged, found.worse];
        let exact: Option<Vec<u64>> = all.iter().map(|tally| tally.exact()).collect();
        let least: u64 = all.iter().filter_map(|tally| tally.exact()).sum();
        fits(found.not_measured_twice, people - both)
            && least <= both
            && exact.is_none_or(|all| all.iter().sum::<u64>() == both)
    });
    change && shifts
}

fn rows(scale: &ScaleFigures, wave: &WaveFigures, people: u64, can: &[u64], known: &mut Known) {
    let reasons: Vec<_> = wave.unmeasured.iter().map(|cell| cell.shown()).collect();
    let rest: Vec<u64> = can.iter().map(|n| people - n).collect();
    hidden_row("reason", &reasons, &rest, known);
    let bands: Vec<_> = wave.bands.iter().map(|cell| cell.shown()).collect();
    match wave.mean {
        None => hidden_row("band", &bands, can, known),
        Some(mean) => solve::hidden_bands(scale, wave, &bands, can, mean, known),
    }
    let mut both = [Vec::new(), Vec::new()];
    for n in can {
        for prorated in (0..=*n).filter(|prorated| fits(wave.prorated, *prorated)) {
            both[0].push(prorated);
            both[1].push(n - prorated);
        }
    }
    let [prorated, complete] = both;
    known.solved("prorated", prorated);
    known.solved("complete sheets", complete.iter().copied());
    let nobody = can.iter().all(|n| *n == 0);
    assert!(nobody || complete != [0], "everybody's sheet was short of an answer");
}

fn counts(world: &World, figures: &Figures, known: &mut Known) {
    let all = world.people.len() as u64;
    let sheets = world.sheets();
    let raised = known.tally("raised", figures.safety.raised, &[sheets]);
    assert!(raised != [sheets] || sheets == 0, "everybody raised it");
    let unmarked = known.tally("unmarked", figures.unmarked, &[all]);
    if let Some(completed) = figures.completion.as_ref().and_then(|found| found.shown()) {
        known.tally("completed", completed.count, &[all]);
        let mut cells: [Vec<u64>; 4] = Default::default();
        for lack in unmarked.into_iter().filter(|lack| fits(completed.of, all - lack)) {
            for n in (0..=all - lack).filter(|n| fits(completed.count, *n)) {
                let found = [lack, all - lack, n, all - lack - n];
                cells.iter_mut().zip(found).for_each(|(can, n)| can.push(n));
            }
        }
        let what = ["unmarked", "marked", "completed", "marked and did not complete"];
        for (what, can) in what.into_iter().zip(cells) {
            known.solved(what, can);
        }
    }
    if let Tally::Exactly { n } = figures.reach.people {
        // Those of no known area are a cell that is not shown.
        let areas = figures.reach.areas.iter().map(|(_, cell)| cell.shown());
        hidden_row("area", &areas.chain([None]).collect::<Vec<_>>(), &[n], known);
    }
    let safety = &figures.safety;
    for tally in [safety.referrals_closed, safety.referrals_ended, safety.referrals_open] {
        known.tally("referrals", tally, &[]);
    }
}

/// Each circle beside the sum of all: who completed, who was measured twice, who came.
fn circles(world: &World, figures: &Figures, known: &mut Known) {
    let (Some(found), Some(whole)) = (figures.circles.shown(), figures.attendance.shown()) else {
        return;
    };
    let row = |unit: usize| found.rows.iter().find(|row| row.unit == world::unit_id(unit));
    // Somebody without any seat of a circle makes no row.
    let sizes: Vec<u64> = (0..world::UNITS).map(|unit| world.seats_of(unit)).collect();
    let told = (0..world::UNITS).map(|unit| match (row(unit), sizes[unit]) {
        (Some(row), _) => Some(row.people),
        (None, 0) => Some(0),
        (None, _) => None,
    });
    hidden_row("sit in a circle", &told.collect::<Vec<_>>(), &[sizes.iter().sum()], known);
    let completed = figures.completion.as_ref().and_then(|found| found.shown());
    // Where everybody completed, everybody in each circle did.
    let sum = completed.filter(|found| found.count != found.of).and_then(|it| it.count.exact());
    if let Some(sum) = sum {
        let rows: Vec<(u64, Vec<u64>)> = (0..world::UNITS)
            .map(|unit| {
                let of = world.seats_of(unit);
                let tally = row(unit).map_or(Tally::Hidden, |row| row.completed);
                (of, (0..=of).filter(|n| fits(tally, *n)).collect())
            })
            .collect();
        parts("completed in a circle", sum, &rows, known);
    }
    // As if the attacker knew the seats of every circle.
    let rows: Vec<(u64, Vec<u64>)> = (0..world::UNITS)
        .map(|unit| {
            let of = world.marks_of(unit).1;
            let told = row(unit).and_then(|row| row.attendance).map(percent);
            let fits = |n: &u64| told.is_none_or(|share| per_cent(*n, of) == share);
            (of, (0..=of).filter(fits).collect())
        })
        .collect();
    parts("came to a circle", whole.overall.came, &rows, known);
}

/// The ways from first to last: each count, and its rest of whatever is told beside it.
fn ways(world: &World, scale: &ScaleFigures, known: &mut Known) {
    let waves = scale.waves.shown();
    if let (Some(waves), Some(found)) = (waves, scale.recovery.as_ref().and_then(Shown::shown)) {
        let at = found.at.to_f64();
        let counts = |total: f64| match found.side {
            outcomes::Side::AtOrAbove => at <= total,
            outcomes::Side::AtOrBelow => total <= at,
        };
        // Where a side has hidden bands, it is what the other leaves of the measured.
        let side = |wave: &WaveFigures, is_case: bool| -> u64 {
            let side = |is_case| -> Option<u64> {
                let bands = wave.bands.iter().zip(solve::totals(scale));
                let of_side = bands.filter(|(_, (low, _))| counts(*low) == is_case);
                of_side.map(|(cell, _)| cell.shown()).sum()
            };
            let all = wave.measured.exact().unwrap();
            side(is_case).unwrap_or_else(|| all - side(!is_case).unwrap())
        };
        let (first, last) = (&waves[0], &waves[waves.len() - 1]);
        let [cc, cb, bc, bb] =
            [found.stayed_case, found.left_caseness, found.entered_caseness, found.stayed_below];
        known.solved("way", [cc]);
        known.solved("way", [cb]);
        known.solved("way", [bc]);
        known.solved("way", [bb]);
        known.solved("lost of the cases", [side(first, true) - cc - cb]);
        known.solved("lost of those below", [side(first, false) - bc - bb]);
        known.solved("new cases", [side(last, true) - cc - bc]);
        known.solved("new ones below", [side(last, false) - cb - bb]);
        assert!(cb > 0 || cc == 0, "no case got better");
        if let Some(reliably) = found.reliably_recovered {
            known.solved("reliably recovered", [reliably]);
            known.solved("recovered within the noise", [cb - reliably]);
        }
    }
    // Downwards from the greatest fall: how many fell by the threshold, and how many did not rise by it.
    let shifts = scale.reliable.as_ref().and_then(Shown::shown).and_then(|found| {
        let (better, worse) = (found.improved.exact()?, found.worse.exact()?);
        let fell = if scale.better == outcomes::Better::Lower { better } else { worse };
        Some([fell, fell + found.unchanged.exact()?])
    });
    if let Some(bins) = scale.spread.shown() {
        let mut before = 0;
        for bin in bins {
            known.solved("changed by so much", [bin.people]);
            before += bin.people;
            for told in shifts.into_iter().flatten() {
                known.solved("between a row and the threshold", [before.abs_diff(told)]);
            }
        }
    }
    if let Some(dose) = scale.dose.shown() {
        let both = scale.change.shown().and_then(|found| found.both.exact()).unwrap();
        let counted: u64 = dose.steps.iter().map(|step| step.people).sum();
        known.solved("measured twice and unmarked", [both - counted]);
        for step in &dose.steps {
            known.solved("came so often", [step.people]);
            if step.from == Some(world::COMPLETES) {
                let lack = world.completers(&scale.instrument).0;
                known.solved("completed and not measured twice", [lack]);
            }
        }
    }
}

/// Areas beside the sum of all.
fn breakdowns(world: &World, figures: &Figures, known: &mut Known) {
    let [found] = figures.breakdowns.as_slice() else { panic!("by area") };
    let row = |area: Option<bool>| {
        let code = area.map(world::area);
        found.rows.iter().find(|row| row.group == code)
    };
    let areas = [Some(true), Some(false), None];
    if let Tally::Exactly { n } = figures.reach.people {
        let cells = areas.map(|area| row(area).map_or(Some(0), |row| row.people.shown()));
        hidden_row("area", &cells, &[n], known);
    }
    let Some(whole) = figures.attendance.shown() else { return };
    let rows = areas.map(|area| {
        let of = world.marks_of_area(area).1;
        let told = row(area).and_then(|row| row.attendance).map(percent);
        let fits = |n: &u64| told.is_none_or(|share| per_cent(*n, of) == share);
        (of, (0..=of).filter(fits).collect())
    });
    parts("came from an area", whole.overall.came, &rows, known);
    for (place, scale) in figures.scales.iter().enumerate() {
        let Some(sum) = scale.change.shown().and_then(|found| found.both.exact()) else { continue };
        let rows = areas.map(|area| {
            let of = world.people_of_area(area);
            let told = row(area).and_then(|row| row.changes.get(place));
            let told = told.map_or(Tally::Hidden, |change| change.both);
            (of, (0..=of).filter(|n| fits(told, *n)).collect())
        });
        parts("measured twice in an area", sum, &rows, known);
    }
}

#[test]
fn the_attacker_finds_what_is_left_open() {
    let mut known = Known::new(5);
    hidden_row("mark", &[Some(113), Some(9), None], &[126], &mut known);
    assert_eq!(known.found, [("mark", 4)]);
    assert!(is_small(4, 5) && !is_small(0, 5) && !is_small(5, 5));
}
