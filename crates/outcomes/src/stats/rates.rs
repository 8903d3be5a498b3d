//! Events over time: visits to an emergency room, calls to the police.

use serde::{Deserialize, Serialize};

use super::binomial::binomial_p;
use super::figure::{Bounds, Confidence, Sample, countable, sound, told};
use super::moments::real;
use super::proportion::exact_ends;
use super::quantile::gamma_below;
use super::tails::normal_beyond;
use super::{Interval, Method, NoFigure};

/// Events in so much time that people were watched.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Exposure {
    /// How many events.
    pub events: u64,
    /// How long, summed over people, in any unit: person-months.
    pub time: f64,
}

impl Exposure {
    fn rate(&self) -> Result<f64, NoFigure> {
        countable(&[self.events])?;
        if !(self.time > 0.0 && self.time.is_finite()) {
            return Err(NoFigure::NotANumber);
        }
        sound(real(self.events) / self.time)
    }
}

/// A rate with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// The events and the time.
    pub of: Exposure,
    /// Events in one unit of time.
    pub rate: f64,
    /// Its interval.
    pub interval: Interval,
    /// How this was reckoned.
    pub method: Method,
}

/// A rate with Garwood's exact interval (1936, Biometrika 28:437).
///
/// R's `poisson.test(events, time)` gives the same.
///
/// # Errors
///
/// [`NoFigure::NotANumber`] when the time is not above zero.
pub fn garwood(of: Exposure, confidence: Confidence) -> Result<Rate, NoFigure> {
    let rate = of.rate()?;
    let bound = |share, events| gamma_below(share, events).ok_or(NoFigure::NotANumber);
    let x = real(of.events);
    let low = if of.events == 0 { 0.0 } else { bound(confidence.tail(), x)? };
    let high = bound(1.0 - confidence.tail(), x + 1.0)?;
    let interval = Interval::told(low / of.time, high / of.time).ok_or(NoFigure::NotANumber)?;
    Ok(Rate { of, rate, interval, method: Method::Garwood })
}

/// The ratio of two rates, after over before.
///
/// People join after a crisis, and a crisis passes: without a comparison group a falling rate is what
/// would have been seen anyway (regression to the mean).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RateRatio {
    /// The rate after, or of the treated.
    pub after: f64,
    /// The rate before, or of the control.
    pub before: f64,
    /// The ratio; none when there was no event before.
    pub ratio: Option<f64>,
    /// Its exact interval given the sum of events; open above when there was none before.
    pub exact: Bounds,
    /// The exact p, two-sided.
    pub p_exact: f64,
    /// Its log-normal interval; none when a count is zero.
    pub wald: Option<Interval>,
    /// How this was reckoned.
    pub method: Method,
}

/// The ratio of two rates of different people, or of events that do not come in clusters.
///
/// Given the sum of events, those after are binomial: the interval is Clopper and Pearson's, the p
/// sums all splits no likelier, as in R's `poisson.test` of two rates. For the same people before and
/// after use [`paired_rate_ratio`](super::paired_rate_ratio).
///
/// # Errors
///
/// [`NoFigure::Nothing`] when there was no event at all, [`NoFigure::NotANumber`] when a time is not
/// above zero.
pub fn rate_ratio(
    after: Exposure,
    before: Exposure,
    confidence: Confidence,
) -> Result<RateRatio, NoFigure> {
    let (rate_after, rate_before) = (after.rate()?, before.rate()?);
    countable(&[after.events, before.events])?;
    let n = after.events + before.events;
    if n == 0 {
        return Err(NoFigure::Nothing);
    }
    let ratio = (before.events > 0).then(|| rate_after / rate_before).and_then(told);
    let [low, high] = exact_ends(after.events, n, confidence)?;
    let scale = before.time / after.time;
    let bound = |(share, rest): (f64, f64)| told(share / rest * scale);
    // The smaller chance has all its digits; one less it may have none.
    let (fewer, more) = if after.time <= before.time { (after, before) } else { (before, after) };
    let expected = fewer.time / (fewer.time + more.time);
    let z = confidence.z()?;
    let wald = ratio.filter(|_| after.events > 0).and_then(|ratio| {
        let half = z * (1.0 / real(after.events) + 1.0 / real(before.events)).sqrt();
        Interval::told(ratio * (-half).exp(), ratio * half.exp())
    });
    Ok(RateRatio {
        after: rate_after,
        before: rate_before,
        ratio,
        exact: Bounds {
            low: bound(low),
            high: if before.events == 0 { None } else { bound(high) },
        },
        p_exact: binomial_p(fewer.events, n, expected).ok_or(NoFigure::NotANumber)?,
        wald,
        method: Method::RateRatio,
    })
}

/// One person's events before and after, each with the time the person was watched.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PairedExposure {
    /// Before; none when it is not known.
    pub before: Option<Exposure>,
    /// After; none when it is not known.
    pub after: Option<Exposure>,
}

/// The ratio of two rates of the same people.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PairedRateRatio {
    /// How many people, and how many lack one side.
    pub sample: Sample,
    /// The rate before, all people together.
    pub before: f64,
    /// The rate after.
    pub after: f64,
    /// After over before.
    pub ratio: f64,
    /// The robust standard error of its logarithm.
    pub log_error: f64,
    /// Its log-normal interval.
    pub interval: Interval,
    /// The two-sided p of no change.
    pub p: f64,
    /// How this was reckoned.
    pub method: Method,
}

/// The ratio of pooled rates of the same people, with a variance clustered by person.
///
/// `Var log IRR = sum ((a_i - r_a t_i) / A - (b_i - r_b s_i) / B)^2`: the sandwich of a Poisson
/// regression with an offset and people as clusters, without a factor for few people (R's
/// `geepack::geeglm` with independence). Below some thirty people it is too narrow.
///
/// # Errors
///
/// [`NoFigure::TooFew`] below two people, [`NoFigure::Nothing`] when one side has no event,
/// [`NoFigure::NoSpread`] when all changed alike, [`NoFigure::NotANumber`] when a time is not a number
/// above zero on either side in sum, or is negative.
pub fn paired_rate_ratio(
    people: impl IntoIterator<Item = PairedExposure>,
    confidence: Confidence,
) -> Result<PairedRateRatio, NoFigure> {
    let (mut known, mut all) = (Vec::new(), 0);
    for person in people {
        all += 1;
        if let (Some(before), Some(after)) = (person.before, person.after) {
            known.push((before, after));
        }
    }
    super::column::at_least(&known, 2)?;
    let total = |side: fn(&(Exposure, Exposure)) -> Exposure| sum(known.iter().map(side));
    let (before, after) = (total(|pair| pair.0)?, total(|pair| pair.1)?);
    let (rate_before, rate_after) = (before.rate()?, after.rate()?);
    if before.events == 0 || after.events == 0 {
        return Err(NoFigure::Nothing);
    }
    let part = |of: &Exposure, all: &Exposure, rate: f64| {
        (real(of.events) - rate * of.time) / real(all.events)
    };
    let squares = known
        .iter()
        .map(|(b, a)| (part(a, &after, rate_after) - part(b, &before, rate_before)).powi(2));
    let log_error = sound(squares.sum::<f64>().sqrt())?;
    if log_error <= 1e-14 {
        return Err(NoFigure::NoSpread { n: known.len() as u64 });
    }
    let ratio = sound(rate_after / rate_before)?;
    let half = confidence.z()? * log_error;
    Ok(PairedRateRatio {
        sample: Sample::of(known.len() as u64, all),
        before: rate_before,
        after: rate_after,
        ratio,
        log_error,
        interval: Interval::told(ratio * (-half).exp(), ratio * half.exp())
            .ok_or(NoFigure::NotANumber)?,
        p: normal_beyond(ratio.ln() / log_error),
        method: Method::PairedRateRatio,
    })
}

fn sum(parts: impl Iterator<Item = Exposure>) -> Result<Exposure, NoFigure> {
    let mut total = Exposure { events: 0, time: 0.0 };
    for part in parts {
        if part.time.is_nan() || part.time < 0.0 {
            return Err(NoFigure::NotANumber);
        }
        total.events = total.events.checked_add(part.events).ok_or(NoFigure::NotANumber)?;
        total.time += part.time;
    }
    Ok(total)
}
