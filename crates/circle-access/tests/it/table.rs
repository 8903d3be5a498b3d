//! The whole table, printed; and every cell of every question, counted.

use std::{collections::BTreeMap, fmt::Write};

use circle_access::{Action, Asker, Decision, Purpose, Relation, Role, cell, may};
use commons::DataClass;

#[test]
fn the_table_is_as_it_was_read_last() {
    let mut text = String::new();
    for class in DataClass::ALL {
        let _ = write!(text, "{:>2} {:<21}", class.number(), format!("{class:?}"));
        for role in Role::ALL {
            let _ = write!(text, " {:<3}", cell(class, role));
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    insta::assert_snapshot!(text);
}

/// 21 classes, 13 roles, 10 purposes, 6 relations and 4 actions: 65,520 questions, by answer.
#[test]
fn every_question_has_the_answer_it_had() {
    let mut answers = BTreeMap::<(Role, String), u32>::new();
    let mut asked = 0;
    for role in Role::ALL {
        let asker = Asker::wearing(role);
        for class in DataClass::ALL {
            for relation in Relation::ALL {
                for purpose in Purpose::ALL {
                    for action in Action::ALL {
                        asked += 1;
                        let answer = match may(&asker, action, class, relation, purpose) {
                            Decision::Allowed(view) => format!("{action:?} {view:?}"),
                            Decision::Refused(_) => continue,
                        };
                        *answers.entry((role, answer)).or_default() += 1;
                    }
                }
            }
        }
    }
    assert_eq!(asked, 65_520);
    let mut text = String::new();
    for ((role, answer), count) in answers {
        let _ = writeln!(text, "{:<17} {answer:<20} {count:>4}", format!("{role:?}"));
    }
    insta::assert_snapshot!(text);
}
