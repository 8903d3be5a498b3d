//! Many sheets scored quickly say what one sheet scored slowly says.

use outcomes::{Answer, SheetScorer, SheetState, Totals, built_ins, score};
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_scorer_says_of_any_sheet_what_the_rules_say(
        which in any::<prop::sample::Index>(),
        sheets in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.9, -1_i16..=5), 0..40), 1..20),
    ) {
        let instruments: Vec<_> = built_ins();
        let instrument = which.get(&instruments);
        let (mut exact, mut rounded) = (
            SheetScorer::new(instrument, Totals::Exact),
            SheetScorer::new(instrument, Totals::Rounded),
        );
        // Twice: what is remembered is what was reckoned.
        for sheet in sheets.iter().chain(&sheets) {
            let mut sheet = sheet.clone();
            if sheet.len() > 3 {
                sheet.resize(usize::from(instrument.scoring().items()), Some(1));
            }
            let answers: Vec<Answer> = sheet.iter().map(|code| Answer::from(*code)).collect();
            let state = SheetState::from(&score(instrument, &answers));
            prop_assert_eq!(exact.state(&sheet), state);
            let points = state.points().map(|points| points.rounded(0));
            prop_assert_eq!(rounded.state(&sheet).points(), points);
        }
    }
}
