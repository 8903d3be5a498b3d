//! A book whose people stand in the files of a plan.

use std::collections::BTreeSet;

use commons::Code;
use outcomes::Nesting;
use outcomes::figures::{Figures, PlanError};

use super::book::{Definition, Groups};
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
    /// The filter names groups that nobody in the files is in.
    NoGroups {
        /// The report.
        report: Code,
        /// The groups, by grouping.
        groups: Groups,
    },
    /// The report names a grouping that the plan does not have.
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
    /// How many people have no day on which they joined, and are in no period.
    pub undated: u64,
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
    if !taken.told.absent.is_empty() {
        let (report, groups) = (definition.name.clone(), taken.told.absent);
        return Err(Unmade::NoGroups { report, groups });
    }
    let asked = plan.figure_plan(&taken.instruments).map_err(Unmade::Plan)?;
    let asked = match definition.period {
        Some(period) => asked.during(period).map_err(Unmade::Plan)?,
        None => asked,
    };
    let (unreadable, undated) = (taken.told.unreadable(), taken.told.undated);
    let (figures, nesting) = (taken.cohort.figures(&asked), taken.cohort.nesting());
    Ok(FromFiles { figures, nesting, units: taken.units, unreadable, undated })
}

/// Who is taken. A period is that of the days on which people joined: the grouping that tells them has
/// days for its groups.
fn filter(definition: &Definition, plan: &Plan) -> Result<Filter, Unmade> {
    let report = || definition.name.clone();
    let known: BTreeSet<&Code> =
        plan.people.iter().flat_map(|file| file.groupings.keys()).collect();
    let mut named = definition.filter.keys().chain(&definition.joined_on);
    if let Some(by) = named.find(|by| !known.contains(by)) {
        return Err(Unmade::NoGrouping { report: report(), grouping: by.clone() });
    }
    let joined = match (definition.period, &definition.joined_on) {
        (Some(period), Some(by)) => Some((by.clone(), period)),
        (Some(_), None) => return Err(Unmade::NoDays { report: report() }),
        (None, _) => None,
    };
    Ok(Filter { groups: definition.filter.clone(), joined })
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
        let people = |last: &str, day: fn(u32, u32) -> String| {
            let mut people = "pid,day,sex\n".to_owned();
            for n in 0..30 {
                let (year, sex) =
                    (if n % 3 == 0 { 2025 } else { 2026 }, if n % 2 == 0 { "F" } else { "M" });
                people += &format!("K{n},{},{sex}\n", day(year, 1 + n % 9));
            }
            people + last
        };
        let iso = |year, day| format!("{year}-03-{day:02}");
        let book = |more: &str| {
            let head = "[[reports]]\nname = \"a\"\ntitle = \"A\"\naudience = \"inside\"\n";
            Book::parse(&format!("{head}{more}"))
        };
        // A plan may hold the book itself.
        let reports = "[[reports]]\nname = \"a\"\ntitle = \"A\"\naudience = \"inside\"\n";
        let plan = Plan::from_toml(&format!("{plan}{reports}")).unwrap();
        let made = |people: String, more: &str| {
            let book = book(more).unwrap();
            let files = BTreeMap::from([("people.csv".to_owned(), people.into_bytes())]);
            let mut undated = 0;
            let make = |it: &Definition| {
                let made = figures_of(it, &plan, &files, Care::Strict)?;
                undated = made.undated;
                let FromFiles { figures, nesting, .. } = made;
                Ok(Drawn { figures, basis: Basis::Files, nesting })
            };
            let built = build(&book, make, &[]);
            built.map(|built| (built[0].figures.reach.people.exact(), undated))
        };
        let year = "period = { from = 2026-01-01, to = 2026-12-31 }\n";
        let joined = format!("{year}joined_on = \"joined\"\n");
        assert_eq!(made(people("", iso), &joined).unwrap(), (Some(20), 0));
        assert_eq!(made(people("K31,,F\nK32,,M\n", iso), &joined).unwrap(), (Some(20), 2));
        let time = |year, day| format!("{year}-03-{day:02} 00:00:00");
        assert_eq!(made(people("", time), &joined).unwrap(), (Some(20), 0));
        // However long a period is.
        let long = "period = { from = 1970-01-01, to = 2026-12-31 }\njoined_on = \"joined\"\n";
        assert_eq!(made(people("", iso), long).unwrap(), (Some(30), 0));
        // What is no day is refused: once for the column, with how many they are.
        let wrong = |people: String, by: &str| {
            let Err(Unmade::Files(faults)) = made(people, &format!("{year}joined_on = \"{by}\""))
            else {
                panic!("days that cannot be read are refused")
            };
            faults.iter().flatten().map(ToString::to_string).collect::<Vec<_>>()
        };
        let told = |column, by| {
            format!(
                "people.csv, line 2, column {column}: in 30 rows “{by}” is no day with its year first, and a period asks for one"
            )
        };
        let first = |year, day| format!("{day:02}/03/{year}");
        assert_eq!(wrong(people("", first), "joined"), [told(2, "joined")]);
        assert_eq!(wrong(people("", iso), "sex"), [told(3, "sex")]);
        assert!(matches!(made(people("", iso), year), Err(Unmade::NoDays { .. })));
        // With a period or without one, a grouping is one of the plan, and a group is one of the files.
        let since = "joined_on = \"since\"";
        assert!(matches!(made(people("", iso), since), Err(Unmade::NoGrouping { .. })));
        let nobody = "filter = { sex = [\"f\", \"x\"] }";
        let Err(Unmade::NoGroups { groups, .. }) = made(people("", iso), nobody) else {
            panic!("a group that nobody is in is refused")
        };
        assert_eq!(groups, Groups::from([(Code::of("sex"), BTreeSet::from([Code::of("x")]))]));
    }
}
