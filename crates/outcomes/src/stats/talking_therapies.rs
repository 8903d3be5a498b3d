//! Recovery and reliable improvement on two measures at once, as NHS Talking Therapies counts them.

use serde::{Deserialize, Serialize};

use super::figure::Sample;
use super::{Method, NoFigure};

/// The thresholds of one measure on which higher is worse, in points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MeasureRule {
    /// From this total up somebody is a case.
    pub caseness: f64,
    /// A change of so much or more is reliable.
    pub reliable: f64,
}

/// The thresholds of both measures. They are a program's choice and come in as data.
///
/// The service itself takes PHQ-9 at 10 with a reliable change of 6 and GAD-7 at 8 with 4 (NHS
/// England, Fingertips glossary; BMC Psychiatry 2018, doi 10.1186/s12888-018-1987-1, table 1).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TalkingTherapiesRule {
    /// The measure of depression.
    pub depression: MeasureRule,
    /// The measure of anxiety.
    pub anxiety: MeasureRule,
}

/// The first and the last totals of one person.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct TwoMeasures {
    /// Depression at first and at last.
    pub depression: (Option<f64>, Option<f64>),
    /// Anxiety at first and at last.
    pub anxiety: (Option<f64>, Option<f64>),
}

/// What became of people who finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TalkingTherapies {
    /// How many have all four totals, and how many lack one.
    pub sample: Sample,
    /// A case at first on either measure.
    pub cases: u64,
    /// A case at first, and below on both at last.
    pub recovered: u64,
    /// Reliably better on one measure, and reliably worse on neither.
    pub improved: u64,
    /// Reliably worse on one measure, and reliably better on neither.
    pub deteriorated: u64,
    /// Neither; also who is reliably better on one and worse on the other.
    pub unchanged: u64,
    /// Both recovered and reliably improved.
    pub reliably_recovered: u64,
    /// How this was reckoned.
    pub method: Method,
}

impl TalkingTherapies {
    /// Recovered, of the cases at first.
    #[must_use]
    pub fn recovery(&self) -> Option<f64> {
        share(self.recovered, self.cases)
    }

    /// Reliably improved, of all who finished.
    #[must_use]
    pub fn improvement(&self) -> Option<f64> {
        share(self.improved, self.sample.used)
    }

    /// Reliably recovered, of the cases at first.
    #[must_use]
    pub fn reliable_recovery(&self) -> Option<f64> {
        share(self.reliably_recovered, self.cases)
    }
}

fn share(count: u64, of: u64) -> Option<f64> {
    super::wilson(count, of).ok().map(|found| found.share)
}

/// Counts people by the published definitions of NHS Talking Therapies.
///
/// Thresholds are whole points tested with "at least" (an index in the way of Jacobson and Truax
/// is tested with "more than": use [`clinical_change`](super::clinical_change) for that).
/// Whether somebody finished (two attended contacts at least) is for the caller to say; here it is
/// who has all four totals.
///
/// # Errors
///
/// [`NoFigure::Nothing`] when nobody has all four totals, [`NoFigure::NotANumber`] when a total or
/// a threshold is no number, or a reliable change is not above zero.
pub fn talking_therapies(
    people: impl IntoIterator<Item = TwoMeasures>,
    rule: &TalkingTherapiesRule,
) -> Result<TalkingTherapies, NoFigure> {
    for measure in [rule.depression, rule.anxiety] {
        if !(measure.caseness.is_finite() && measure.reliable.is_finite() && measure.reliable > 0.0)
        {
            return Err(NoFigure::NotANumber);
        }
    }
    let mut found = TalkingTherapies {
        sample: Sample::default(),
        cases: 0,
        recovered: 0,
        improved: 0,
        deteriorated: 0,
        unchanged: 0,
        reliably_recovered: 0,
        method: Method::TalkingTherapies,
    };
    for person in people {
        found.count(person, rule)?;
    }
    if found.sample.used == 0 { Err(NoFigure::Nothing) } else { Ok(found) }
}

impl TalkingTherapies {
    fn count(&mut self, person: TwoMeasures, rule: &TalkingTherapiesRule) -> Result<(), NoFigure> {
        let (depression, anxiety) = (person.depression, person.anxiety);
        let totals = [depression.0, depression.1, anxiety.0, anxiety.1];
        if totals.iter().flatten().any(|total| !total.is_finite()) {
            return Err(NoFigure::NotANumber);
        }
        let [Some(d_first), Some(d_last), Some(a_first), Some(a_last)] = totals else {
            self.sample.missing += 1;
            return Ok(());
        };
        self.sample.used += 1;
        let fell = |first: f64, last: f64, rule: MeasureRule| first - last >= rule.reliable;
        let better = fell(d_first, d_last, rule.depression) || fell(a_first, a_last, rule.anxiety);
        let worse = fell(d_last, d_first, rule.depression) || fell(a_last, a_first, rule.anxiety);
        let case = |d: f64, a: f64| d >= rule.depression.caseness || a >= rule.anxiety.caseness;
        let recovered = case(d_first, a_first) && !case(d_last, a_last);
        self.cases += u64::from(case(d_first, a_first));
        self.recovered += u64::from(recovered);
        self.improved += u64::from(better && !worse);
        self.deteriorated += u64::from(worse && !better);
        self.unchanged += u64::from(better == worse);
        self.reliably_recovered += u64::from(recovered && better && !worse);
        Ok(())
    }
}
