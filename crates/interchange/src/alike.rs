//! Whether two names may be those of one person.

/// How alike two names must be to be asked about: our own figure, from 0 to 1.
const ALIKE: f64 = 0.94;

/// A name by which it is compared, in any script: small letters, its words in the order of the alphabet,
/// since lists turn names around.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let lower = name.to_lowercase();
    let mut words: Vec<_> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.concat()
}

/// Whether two [plain names](plain_name) are nearly the same.
#[must_use]
pub fn are_alike(one: &str, other: &str) -> bool {
    strsim::jaro_winkler(one, other) >= ALIKE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_order_and_case() {
        let same = |one: &str, other: &str| plain_name(one) == plain_name(other);
        assert!(same("Uwase Marie", "MARIE  uwase"));
        assert!(same("ኪዳን ሰላም", "ሰላም ኪዳን"));
        assert!(!same("Uwase", "Uwasse"));
        assert!(are_alike(&plain_name("Marie Uwase"), &plain_name("Uwasse Marie")));
        assert!(!are_alike(&plain_name("Marie Uwase"), &plain_name("Grace Mutoni")));
    }
}
