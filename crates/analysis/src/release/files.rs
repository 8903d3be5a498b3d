//! A book whose people stand in the files of a plan.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use commons::Code;
use outcomes::Nesting;
use outcomes::figures::{Figures, Period, PlanError};

use super::book::Definition;
use crate::{Care, Faults, Files, Filter, Plan, read};

/// Why a report cannot be made of files.
#[derive(Debug)]
#[non_exhaustive]
pub enum Unmade {
    /// Everything that is wrong with the files.
    Files(Vec<Faults>),
    /// The plan asks for figures that cannot be.
    Plan(PlanError),
    /// The report has a period, and does not say which grouping of people has the day on which they joined.
    NoDays {
        /// The report.
        report: Code,
    },
    /// The filter names a grouping that the plan does not have.
    NoGrouping {
        /// The report.
        report: Code,
        /// The grouping.
        grouping: Code,
    },
}

/// The names of the files that a plan reads.
#[must_use]
pub fn files_of(plan: &Plan) -> BTreeSet<String> {
    let people = plan.people.iter().map(|it| &it.file.file);
    let sheets = plan.sheets.iter().map(|it| &it.file.file);
    let joined = plan.sheets.iter().filter_map(|it| it.join.as_ref()).map(|it| &it.file.file);
    let attendance = plan.attendance.iter().map(|it| &it.file.file);
    let own = plan.instruments.iter().filter_map(|it| it.own.as_ref());
    people.chain(sheets).chain(joined).chain(attendance).chain(own).cloned().collect()
}

/// The figures of one report, from the files of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct FromFiles {
    /// The figures.
    pub figures: Figures,
    /// Which groups of its people lie in which.
    pub nesting: Nesting,
    /// What the files call each circle, in the order of their numbers from 1.
    pub units: Vec<String>,
    /// How many answers, totals and marks of these people could not be read and count as missing.
    pub unreadable: u64,
}

/// The figures of one report of a book, from the files of a plan: of the people whom its filter names
/// and who joined in its period, for its audience.
///
/// # Errors
///
/// [`Unmade`].
pub fn figures_of(
    definition: &Definition,
    plan: &Plan,
    files: &impl Files,
    care: Care,
) -> Result<FromFiles, Unmade> {
    let filter = filter(definition, plan)?;
    let mut plan = plan.clone();
    plan.title = definition.name.clone();
    plan.audience = definition.audience;
    // Reports by name are read beside each other: none shows single people.
    plan.each_person = false;
    plan.floor =
        definition.floor.or(plan.floor).map(|floor| floor.max(definition.audience.floor()));
    let taken = read(&plan, files, care, &filter).map_err(Unmade::Files)?;
    let asked = plan.figure_plan(&taken.instruments).map_err(Unmade::Plan)?;
    let asked = match definition.period {
        Some(period) => asked.during(period).map_err(Unmade::Plan)?,
        None => asked,
    };
    let unreadable = taken.told.unreadable();
    let (figures, nesting) = (taken.cohort.figures(&asked), taken.cohort.nesting());
    Ok(FromFiles { figures, nesting, units: taken.units, unreadable })
}

/// Who is taken. A period is that of the days on which people joined: the grouping that tells them has
/// days for its groups.
fn filter(definition: &Definition, plan: &Plan) -> Result<Filter, Unmade> {
    let report = || definition.name.clone();
    let mut groups = definition.filter.clone();
    if let Some(period) = definition.period {
        let by = definition.joined_on.clone().ok_or_else(|| Unmade::NoDays { report: report() })?;
        groups.insert(by, days(period));
    }
    let known: BTreeSet<&Code> =
        plan.people.iter().flat_map(|file| file.groupings.keys()).collect();
    match groups.keys().find(|by| !known.contains(by)) {
        Some(by) => Err(Unmade::NoGrouping { report: report(), grouping: by.clone() }),
        None => Ok(Filter { groups }),
    }
}

fn days(period: Period) -> BTreeSet<Code> {
    // Longer than any program: a slip of the pen does not fill the memory.
    const MOST: usize = 40 * 366;
    let next = |day: &NaiveDate| day.checked_add_days(Days::new(1));
    let days = std::iter::successors(Some(period.from), next).take_while(|day| *day <= period.to);
    days.take(MOST).filter_map(|day| day.to_string().parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::{Basis, Book, Drawn, build};
    use super::*;

    #[test]
    fn a_report_is_of_those_who_joined_in_its_period() {
        let plan = "schema = 1\ntitle = \"all\"\naudience = \"inside\"\n\
                    [[people]]\nfile = \"people.csv\"\nperson = \"pid\"\n\
                    groupings = { joined = \"day\", sex = \"sex\" }\n";
        let mut people = "pid,day,sex\n".to_owned();
        for n in 0..30 {
            let (year, sex) =
                (if n % 3 == 0 { 2025 } else { 2026 }, if n % 2 == 0 { "F" } else { "M" });
            people += &format!("K{n},{year}-03-{:02},{sex}\n", 1 + n % 9);
        }
        let book = |more: &str| {
            let head = "[[reports]]\nname = \"a\"\ntitle = \"A\"\naudience = \"inside\"\n";
            Book::parse(&format!("{head}period = {{ from = 2026-01-01, to = 2026-12-31 }}\n{more}"))
        };
        // A plan may hold the book itself.
        let reports = "[[reports]]\nname = \"a\"\ntitle = \"A\"\naudience = \"inside\"\n";
        let plan = Plan::from_toml(&format!("{plan}{reports}")).unwrap();
        let files = BTreeMap::from([("people.csv".to_owned(), people.into_bytes())]);
        let made = |more: &str| {
            let book = book(more).unwrap();
            let make = |it: &Definition| {
                let FromFiles { figures, nesting, .. } =
                    figures_of(it, &plan, &files, Care::Strict)?;
                Ok(Drawn { figures, basis: Basis::Files, nesting })
            };
            build(&book, make, &[])
        };
        let built = made("joined_on = \"joined\"").unwrap();
        assert_eq!(built[0].figures.reach.people.exact(), Some(20));
        assert!(matches!(made(""), Err(Unmade::NoDays { .. })));
        assert!(matches!(made("joined_on = \"since\""), Err(Unmade::NoGrouping { .. })));
    }
}
