//! Names of columns that differ in a number alone.

/// The most columns that one pattern stands for.
const MOST: u32 = 1_000;

/// The names that a pattern stands for: `q_{1..3}` for `q_1`, `q_2` and `q_3`, `q{01..10}` with leading
/// zeros; a name without braces for itself. Nothing where the braces do not hold a run of numbers.
pub(crate) fn expand(pattern: &str) -> Option<Vec<String>> {
    let Some((before, rest)) = pattern.split_once('{') else {
        return (!pattern.trim().is_empty()).then(|| vec![pattern.to_owned()]);
    };
    let (run, after) = rest.split_once('}')?;
    let (from, to) = run.split_once("..")?;
    let number = |digits: &str| digits.parse::<u32>().ok();
    let (first, last) = (number(from)?, number(to)?);
    if last < first || last - first >= MOST || after.contains('{') {
        return None;
    }
    let width = if from.starts_with('0') { from.len() } else { 0 };
    Some((first..=last).map(|n| format!("{before}{n:0width$}{after}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_numbers_stands_for_columns() {
        let check = |pattern, want: Option<&[&str]>| {
            let found = expand(pattern);
            let found =
                found.as_ref().map(|all| all.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(found.as_deref(), want, "{pattern}");
        };
        check("phq/phq_{1..3}", Some(&["phq/phq_1", "phq/phq_2", "phq/phq_3"]));
        check("q{08..10}x", Some(&["q08x", "q09x", "q10x"]));
        check("q{0..1}", Some(&["q0", "q1"]));
        check("q", Some(&["q"]));
        for bad in ["", " ", "q{1..", "q{2..1}", "q{a..b}", "q{1}", "q{1..9999}", "{1..2}{1..2}"] {
            check(bad, None);
        }
    }
}
