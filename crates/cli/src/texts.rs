//! The words of the command line, from message catalogs.

use std::sync::OnceLock;

use report::{Arg, Wording};

/// The catalogs of each language that is here.
const CATALOGS: &[(&str, &[&str])] = &[(
    "en",
    &[
        include_str!("../locales/en/help.ftl"),
        include_str!("../locales/en/answers.ftl"),
        include_str!("../locales/en/errors.ftl"),
        include_str!("../locales/en/duties.ftl"),
        include_str!("../locales/en/card.ftl"),
        include_str!("../locales/en/scores.ftl"),
    ],
)];

static WORDS: OnceLock<Wording> = OnceLock::new();

/// Chooses the language: what was asked for, else what the system speaks, else English. Says
/// whether what was asked for is here.
pub(crate) fn speak(asked: Option<&str>) -> bool {
    let system = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let system = system.iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    let found = asked.map(known);
    let chosen = found.flatten().or_else(|| known(system.as_deref()?)).unwrap_or("en");
    let _ = WORDS.set(load(chosen));
    found != Some(None)
}

/// The language of a tag such as `en_US.UTF-8`, where its catalogs are here.
fn known(tag: &str) -> Option<&'static str> {
    let stem = tag.split(['_', '-', '.', '@']).next()?;
    CATALOGS.iter().map(|(name, _)| *name).find(|name| name.eq_ignore_ascii_case(stem))
}

fn load(language: &str) -> Wording {
    // A test reads every catalog, so nothing is lost here.
    let mut words = Wording::english().expect("its catalog is read by a test");
    for (name, catalogs) in CATALOGS {
        if *name == language || *name == "en" {
            for catalog in *catalogs {
                words.with(catalog).expect("its catalog is read by a test");
            }
        }
    }
    words
}

/// The words in use.
pub(crate) fn words() -> &'static Wording {
    WORDS.get_or_init(|| load("en"))
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
