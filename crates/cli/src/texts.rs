//! The words of the command line, from message catalogs.

use std::sync::OnceLock;

use commons::{Figure, Figures};
use report::{Arg, Wording};

/// A language, and its catalogs. Those that it lacks are spoken in English.
struct Language {
    tag: &'static str,
    catalogs: &'static [&'static str],
}

/// Every language that is here, English first: the one place to add another.
const LANGUAGES: &[Language] = &[Language {
    tag: "en",
    catalogs: &[
        include_str!("../locales/en/help.ftl"),
        include_str!("../locales/en/answers.ftl"),
        include_str!("../locales/en/errors.ftl"),
        include_str!("../locales/en/refusals.ftl"),
        include_str!("../locales/en/models.ftl"),
        include_str!("../locales/en/duties.ftl"),
        include_str!("../locales/en/card.ftl"),
        include_str!("../locales/en/scores.ftl"),
        include_str!("../locales/en/calendar.ftl"),
        include_str!("../locales/en/forming.ftl"),
    ],
}];

static WORDS: OnceLock<Wording> = OnceLock::new();

/// Chooses the language: what was asked for, else what the system speaks, else English. Says
/// whether what was asked for is here.
pub(crate) fn speak(asked: Option<&str>) -> bool {
    let system = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let system = system.iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    let found = asked.map(known);
    let chosen = found.flatten().or_else(|| known(system.as_deref()?)).unwrap_or_else(english);
    let _ = WORDS.set(load(chosen));
    asked.is_none() || found.flatten().is_some()
}

/// The language of a tag such as `en_US.UTF-8`, where its catalogs are here.
fn known(tag: &str) -> Option<&'static Language> {
    let stem = tag.split(['_', '-', '.', '@']).next()?;
    LANGUAGES.iter().find(|language| language.tag.eq_ignore_ascii_case(stem))
}

/// The words of a language over those of English, which stand in for what it lacks.
fn load(language: &Language) -> Wording {
    // A test reads every catalog, so nothing is lost here.
    let mut words = Wording::begun(language.tag).expect("its tag is read by a test");
    for catalog in english().catalogs.iter().chain(language.catalogs) {
        words.with(catalog).expect("its catalog is read by a test");
    }
    words
}

fn english() -> &'static Language {
    LANGUAGES.first().expect("English is the first")
}

/// The words in use.
pub(crate) fn words() -> &'static Wording {
    WORDS.get_or_init(|| load(english()))
}

/// A message by an id that is put together.
pub(crate) fn say(id: &str, args: &[(&str, Arg)]) -> String {
    words().say(id, args)
}

/// A message, where the catalog has it.
pub(crate) fn find(id: &str, args: &[(&str, Arg)]) -> Option<String> {
    words().find(id, args)
}

/// The words for a code of the domain, or the code itself with spaces in it.
pub(crate) fn code(kind: &str, code: &str) -> String {
    let key = format!("{kind}-{}", code.replace('.', "-"));
    find(&key, &[]).unwrap_or_else(|| code.replace(['_', '.'], " "))
}

/// What a refusal of this code says, and how to go on. A code without words is told as a code: what an
/// error says of itself is the developers' English, and is never shown.
pub(crate) fn refusal(code: &str, args: &[(&str, Arg)]) -> (String, String) {
    let key = format!("error-{}", code.replace(['.', '_'], "-"));
    let told = find(&key, args).unwrap_or_else(|| text!("error-unknown", code = code));
    let help = find(&format!("{key}-help"), args).unwrap_or_else(|| text!("error-unknown-help"));
    (told, help)
}

/// The figures of a refusal, for a message.
pub(crate) fn figures(figures: &Figures) -> Vec<(&'static str, Arg)> {
    let arg = |figure: &Figure| match figure {
        Figure::Number(number) => {
            u64::try_from(*number).map_or_else(|_| Arg::Text(number.to_string()), Arg::Count)
        }
        Figure::Text(text) => Arg::Text(text.clone()),
    };
    figures.iter().map(|(name, figure)| (name, arg(figure))).collect()
}

/// A count, for a message.
pub(crate) fn count(n: usize) -> Arg {
    Arg::Count(u64::try_from(n).unwrap_or(u64::MAX))
}

/// A message of the catalog: `text!("id", name = value)`.
macro_rules! text {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::texts::say($id, &[$((stringify!($name), ::report::Arg::from($value))),*])
    };
}
pub(crate) use text;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_language_lacks_is_said_in_english() {
        let words = load(&Language { tag: "fr", catalogs: &["mark-help = conseil :"] });
        assert_eq!(words.say("mark-help", &[]), "conseil :");
        assert_eq!(words.say("mark-error", &[]), "error:");
        assert_eq!(words.language(), "fr", "pages say which language they are in");
        assert_eq!(load(english()).language(), "en");
    }

    #[test]
    fn an_error_without_words_is_a_code_and_never_its_own_english() {
        let (told, help) = refusal("nowhere.known", &[]);
        assert!(told.contains("nowhere.known") && !help.is_empty());
    }
}
