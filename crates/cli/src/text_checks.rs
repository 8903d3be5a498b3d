//! Whether every text comes from a catalog, and every message of the catalogs is said somewhere.

use std::{collections::BTreeSet, fs, path::Path};

use clap::CommandFactory;
use safety_protocols::{Enforcement, Rulebook};

use crate::{args::Cli, texts};

const CATALOGS: [(&str, &str); 10] = [
    ("help", include_str!("../locales/en/help.ftl")),
    ("answers", include_str!("../locales/en/answers.ftl")),
    ("errors", include_str!("../locales/en/errors.ftl")),
    ("duties", include_str!("../locales/en/duties.ftl")),
    ("card", include_str!("../locales/en/card.ftl")),
    ("scores", include_str!("../locales/en/scores.ftl")),
    ("calendar", include_str!("../locales/en/calendar.ftl")),
    ("forming", include_str!("../locales/en/forming.ftl")),
    ("refusals", include_str!("../locales/en/refusals.ftl")),
    ("models", include_str!("../locales/en/models.ftl")),
];

/// Literals with words in them that nobody reads as prose: a time format, a command line, an attribute.
const ALLOWED: [&str; 3] =
    ["%Y-%m-%d %H:%M", "demo healing-circle", "width=device-width, initial-scale=1"];

/// A string literal of the code, and what stands before it on its line.
struct Literal {
    file: String,
    before: String,
    text: String,
}

/// The code of this crate without its tests.
fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    files.retain(|(name, _)| name != "text_checks.rs");
    assert!(files.len() > 20, "the sources are found");
    files
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
            files.push((path.file_name().unwrap().to_string_lossy().into_owned(), code));
        }
    }
}

/// The string literals of a piece of code; comments hold none.
fn literals(file: &str, code: &str) -> Vec<Literal> {
    let mut found = Vec::new();
    let mut lines_before = String::new();
    for line in code.lines() {
        let mut rest = line;
        while let Some(start) = rest.find('"') {
            if rest[..start].contains("//") {
                break;
            }
            let before = format!("{lines_before}{}", &line[..line.len() - rest.len() + start]);
            let mut text = String::new();
            let mut chars = rest[start + 1..].char_indices();
            let mut end = rest.len();
            while let Some((at, c)) = chars.next() {
                match c {
                    '\\' => text.extend(chars.next().map(|(_, c)| c)),
                    '"' => {
                        end = start + 1 + at + 1;
                        break;
                    }
                    other => text.push(other),
                }
            }
            found.push(Literal { file: file.to_owned(), before, text });
            rest = &rest[end..];
        }
        lines_before = line.trim_start().to_owned();
    }
    found
}

fn all_literals() -> Vec<Literal> {
    sources().iter().flat_map(|(file, code)| literals(file, code)).collect()
}

/// The ids of a catalog.
fn ids(catalog: &str) -> BTreeSet<String> {
    let starts = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
    let lines = catalog.lines().filter(starts);
    lines.filter_map(|line| line.split_once(" =").map(|(id, _)| id.to_owned())).collect()
}

fn all_ids() -> BTreeSet<String> {
    CATALOGS.iter().flat_map(|(_, catalog)| ids(catalog)).collect()
}

/// The messages that the help of every command asks for; those that it may leave out are not in it.
fn help_ids() -> BTreeSet<String> {
    let mut wanted = BTreeSet::from(
        ["help-about", "help-example", "help-exits", "help-heading"].map(str::to_owned),
    );
    walk(&Cli::command(), "help", &mut wanted);
    wanted
}

fn walk(command: &clap::Command, key: &str, wanted: &mut BTreeSet<String>) {
    if key != "help" {
        wanted.insert(key.to_owned());
        wanted.insert(format!("{key}-example"));
    }
    for arg in command.get_arguments() {
        let name = arg.get_id().as_str().replace('_', "-");
        let (own, shared) = (format!("{key}-{name}"), format!("help-any-{name}"));
        wanted.insert(if texts::find(&own, &[]).is_some() { own } else { shared });
    }
    for sub in command.get_subcommands() {
        walk(sub, &format!("{key}-{}", sub.get_name()), wanted);
    }
}

#[test]
fn every_command_and_option_has_its_words_and_every_command_its_example() {
    let wanted = help_ids();
    let written: BTreeSet<String> = ids(CATALOGS[0].1);
    let given_by_clap = ["help-any-help", "help-any-version"].map(str::to_owned);
    let missing: Vec<_> = wanted.difference(&written).collect();
    assert!(missing.is_empty(), "without words: {missing:?}");
    let unused: Vec<_> =
        written.iter().filter(|id| !wanted.contains(*id) && !given_by_clap.contains(id)).collect();
    assert!(unused.is_empty(), "said nowhere: {unused:?}");
}

#[test]
fn no_text_that_people_read_stands_in_code() {
    let prose = |text: &str| {
        let mut depth = 0_i32;
        let outside: String = text
            .chars()
            .filter(|c| {
                depth += i32::from(*c == '{') - i32::from(*c == '}');
                depth == 0 && *c != '}'
            })
            .collect();
        let words = outside.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
        words.count() > 1
    };
    let for_developers = |literal: &Literal| {
        ["reason = ", ".expect(", "#[expect"].iter().any(|mark| literal.before.contains(mark))
    };
    let found: Vec<_> = all_literals()
        .into_iter()
        .filter(|literal| prose(&literal.text) && !for_developers(literal))
        .filter(|literal| !ALLOWED.contains(&literal.text.as_str()))
        .map(|literal| format!("{}: {}", literal.file, literal.text))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn prose_in_code_would_be_found() {
    let code = "let a = \"Nothing was found\"; // \"not this one\"\nlet b = \"fine\";";
    let texts: Vec<_> = literals("a.rs", code).into_iter().map(|literal| literal.text).collect();
    assert_eq!(texts, ["Nothing was found", "fine"]);
}

#[test]
fn every_message_that_is_said_is_there_with_its_arguments() {
    let there = all_ids();
    let mut said = 0;
    for (file, code) in sources() {
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code = lines.collect::<Vec<_>>().join("\n");
        let calls = code.split("text!(").skip(1);
        for call in calls.filter(|call| call.trim_start().starts_with('"')) {
            let id = call.split('"').nth(1).unwrap();
            assert!(there.contains(id), "{file}: no message {id}");
            let given = arguments(call);
            let wanted = variables(id);
            assert_eq!(given, wanted, "{file}: the arguments of {id}");
            said += 1;
        }
    }
    assert!(said > 80, "{said} messages were found in the code");
    for literal in all_literals() {
        let before = literal.before.trim_end();
        if before.ends_with("Failure::new(") || literal.text.starts_with("cli.") {
            let key = format!("error-{}", literal.text.replace(['.', '_'], "-"));
            assert!(there.contains(&key), "{}: no message {key}", literal.file);
            assert!(there.contains(&format!("{key}-help")), "{}: no {key}-help", literal.file);
        }
    }
}

/// The names of the arguments of a call of `text!`.
fn arguments(call: &str) -> BTreeSet<String> {
    let mut depth = 1_i32;
    let mut quoted = false;
    let mut flat = String::new();
    for c in call.chars() {
        match c {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && !quoted {
            flat.push(c);
        }
    }
    let named = flat.split(',').filter_map(|part| part.split_once(" = ").map(|(name, _)| name));
    named.map(|name| name.trim().to_owned()).collect()
}

/// The variables of a message.
fn variables(id: &str) -> BTreeSet<String> {
    let text = CATALOGS.map(|(_, catalog)| catalog).join("\n");
    let message = text.split(&format!("\n{id} =")).nth(1).unwrap_or_default();
    let own: Vec<_> = message
        .lines()
        .enumerate()
        .take_while(|(n, line)| *n == 0 || line.is_empty() || line.starts_with([' ', '}']))
        .map(|(_, line)| line)
        .collect();
    let own = own.join("\n");
    let names = own.split('$').skip(1);
    names
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

#[test]
fn every_message_is_said_somewhere() {
    let literals = all_literals();
    let whole: BTreeSet<&str> = literals.iter().map(|literal| literal.text.as_str()).collect();
    let families: BTreeSet<&str> = literals
        .iter()
        .filter(|literal| literal.before.trim_end().ends_with("code("))
        .map(|literal| literal.text.as_str())
        .collect();
    let codes = codes_of_other_rooms();
    let mut unsaid = Vec::new();
    for id in CATALOGS[1..].iter().flat_map(|(_, catalog)| ids(catalog)) {
        let of_family = families.iter().any(|family| id.starts_with(&format!("{family}-")));
        let error = id.strip_prefix("error-").map(|id| id.strip_suffix("-help").unwrap_or(id));
        let of_error = error.is_some_and(|key| {
            let is = |code: &str| code.replace(['.', '_'], "-") == key;
            whole.iter().any(|literal| is(literal)) || codes.iter().any(|code| is(code))
        });
        // Another test holds the words of model files to their codes.
        let of_models = id.starts_with("fault-") || id.starts_with("word-");
        if !whole.contains(id.as_str()) && !of_family && !of_error && !of_models {
            unsaid.push(id);
        }
    }
    assert!(unsaid.is_empty(), "{unsaid:?}");
}

/// Every stable code of a refusal of the rooms beneath: what `fn code` answers with.
fn codes_of_other_rooms() -> BTreeSet<String> {
    let rooms = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned();
    let mut files = Vec::new();
    for room in fs::read_dir(rooms).unwrap() {
        let source = room.unwrap().path().join("src");
        if source.is_dir() && !source.ends_with("cli/src") {
            collect(&source, &mut files);
        }
    }
    let bodies = files.iter().flat_map(|(_, text)| {
        text.split("fn code(&self) -> &'static str {").skip(1).map(|body| {
            let end = body.find("\n    }\n").unwrap_or(body.len());
            body[..end].to_owned()
        })
    });
    let words = bodies.flat_map(|body| literals("", &body)).map(|literal| literal.text);
    // No command adopts a rulebook of one's own yet, so nobody is told what is wrong with one.
    words.filter(|text| text.contains('.') && !text.starts_with("rules.")).collect()
}

#[test]
fn every_refusal_of_every_room_has_its_words_and_its_way_out() {
    let codes = codes_of_other_rooms();
    assert!(codes.len() > 190, "{} codes were found", codes.len());
    let there = all_ids();
    let without: Vec<_> = codes
        .iter()
        .flat_map(|code| {
            let key = format!("error-{}", code.replace(['.', '_'], "-"));
            [key.clone(), format!("{key}-help")]
        })
        .filter(|key| !there.contains(key))
        .collect();
    assert!(without.is_empty(), "without words: {without:#?}");
}

#[test]
fn every_fault_of_a_model_file_has_its_words_and_what_to_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("program-model/src");
    let advice = fs::read_to_string(folder.join("advice.rs")).unwrap();
    let card = advice.split("const fn card").nth(1).unwrap();
    let is_code = |text: &String| {
        let word = |c: char| c.is_ascii_lowercase() || c == '-';
        text.split_once('.').is_some_and(|(room, kind)| {
            !kind.is_empty() && room.chars().chain(kind.chars()).all(word)
        })
    };
    let codes: BTreeSet<String> =
        literals("", card).into_iter().map(|literal| literal.text).filter(is_code).collect();
    assert!(codes.len() > 50, "{} codes were found", codes.len());
    let wanted: BTreeSet<String> = codes
        .iter()
        .map(|code| format!("fault-{}", code.replace('.', "-")))
        .flat_map(|key| [format!("{key}-help"), key])
        .collect();
    let there = ids(include_str!("../locales/en/models.ftl"));
    let written: BTreeSet<String> =
        there.iter().filter(|id| id.starts_with("fault-")).cloned().collect();
    assert_eq!(wanted, written);
    // The words that the format itself has for what is wanted.
    let grammar = fs::read_to_string(folder.join("grammar.rs")).unwrap();
    let body = grammar.split("fn wanted(&self)").nth(1).unwrap();
    let end = body.find("\n    }\n").unwrap();
    for literal in literals("", &body[..end]) {
        let slug = literal.text.replace(',', "").replace(' ', "-");
        assert!(there.contains(&format!("word-{slug}")), "without words: {}", literal.text);
    }
}

/// What no longer fits together is told by a room and a kind of breach.
#[test]
fn every_finding_has_its_words() {
    let rooms = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    collect(rooms, &mut files);
    let there = all_ids();
    let mut without = Vec::new();
    for (room, kinds) in [
        ("group", "GroupBreach"),
        ("session", "SessionBreach"),
        ("measures", "MeasuresBreach"),
        ("consent", "ConsentKind"),
        ("matter", "MatterKind"),
        ("referral", "ReferralKind"),
        ("supervision", "SupervisionKind"),
    ] {
        let opening = format!("pub enum {kinds} {{");
        let body = files.iter().find_map(|(_, text)| text.split(&opening).nth(1)).unwrap();
        let body = &body[..body.find("\n}").unwrap()];
        let variants = body.lines().map(str::trim).filter_map(|line| line.strip_suffix(','));
        let variants: Vec<_> =
            variants.filter(|word| word.chars().all(char::is_alphabetic)).collect();
        assert!(!variants.is_empty(), "{kinds}");
        for variant in variants {
            without.push(format!("finding-{room}-{}", in_snake_case(variant)));
        }
    }
    without.retain(|key| !there.contains(key));
    assert!(without.is_empty(), "without words: {without:?}");
}

fn in_snake_case(name: &str) -> String {
    let mut snake = String::new();
    for (place, c) in name.char_indices() {
        if c.is_ascii_uppercase() && place > 0 {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

/// What the gates ask for and the ways out that they name have words; a role or a kind of help of
/// somebody's own model is called by its own code.
#[test]
fn every_gate_and_every_way_out_has_its_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned();
    let gates = fs::read_dir(folder.join("circlekeeper/src/gates")).unwrap();
    let gates: String =
        gates.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    let there = all_ids();
    let own: BTreeSet<String> = literals("", &gates)
        .into_iter()
        .map(|literal| literal.text)
        .filter(|text| text.chars().all(|c| c.is_ascii_lowercase() || c == '_') && text.len() > 3)
        .collect();
    let has = |kind: &str, word: &str| there.contains(&format!("{kind}-{word}"));
    for (kind, count) in [("gate", 14), ("way", 14), ("who", 2)] {
        let here = own.iter().filter(|word| has(kind, word)).count();
        assert!(here >= count, "{here} of {kind}");
    }
    let wordless: Vec<_> = own
        .iter()
        .filter(|word| !["gate", "way", "who"].iter().any(|kind| has(kind, word)))
        // A document that a group has, what the kind of help is put in the place of, and no phase.
        .filter(|word| !["ground_rules", "category", "none"].contains(&word.as_str()))
        .collect();
    assert!(wordless.is_empty(), "without words: {wordless:?}");
}

#[test]
fn every_duty_of_the_rules_has_its_words_and_no_word_is_of_no_duty() {
    let duties: BTreeSet<String> = Rulebook::shipped()
        .rows()
        .iter()
        .filter(|row| row.enforcement == Enforcement::Oblige)
        .map(|row| format!("duty-{}", row.what))
        .collect();
    let written: BTreeSet<String> =
        ids(CATALOGS[3].1).into_iter().filter(|id| id.starts_with("duty-")).collect();
    assert_eq!(duties, written);
}

#[test]
fn everything_that_can_be_wrong_has_its_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let folder = root.join("schemas/events");
    let there = ids(CATALOGS[1].1);
    let mut asked = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let room =
            path.file_name().unwrap().to_string_lossy().split('-').next().unwrap().to_owned();
        let schema: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let kind = &schema["$defs"]["Breach"]["properties"]["kind"]["$ref"];
        let Some(kind) = kind.as_str().and_then(|kind| kind.strip_prefix("#/$defs/")) else {
            continue;
        };
        let kinds = &schema["$defs"][kind];
        let words = kinds["enum"].as_array().or_else(|| kinds["oneOf"].as_array());
        for word in words.into_iter().flatten() {
            let word = word.as_str().or_else(|| word["const"].as_str()).unwrap();
            let id = format!("finding-{room}-{word}");
            assert!(there.contains(&id), "no message {id}");
            asked += 1;
        }
    }
    assert!(asked > 50, "{asked} kinds of breach were found");
}

#[test]
fn no_message_lacks_what_it_is_given() {
    // Fluent writes the name of a variable that it was not given in braces.
    let words = texts::words();
    for id in all_ids() {
        let names = variables(&id);
        let args: Vec<_> =
            names.iter().map(|name| (name.as_str(), report::Arg::Count(2))).collect();
        let text = words.say(&id, &args);
        assert!(!text.contains("{$") && text != format!("[{id}]"), "{id}: {text}");
    }
}
