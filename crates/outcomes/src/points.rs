//! Points on a scale, kept as an exact fraction.

use std::{cmp::Ordering, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Points on a scale, as an exact fraction in lowest terms.
///
/// A prorated total is seldom whole (99/7 of PHQ-9), and a sum of rounded totals drifts. So the
/// fraction is kept; only bands and cut-offs read a rounded value. Written as `14` or `99/7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Points {
    // Invariant: the denominator is above zero and shares no factor with the numerator.
    num: i32,
    den: u16,
}

/// Why a text or a fraction is not a number of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not points: a whole number, a fraction such as `99/7` or a decimal such as `19.5` is wanted"
)]
pub struct PointsError;

impl Points {
    /// No points.
    pub const ZERO: Self = Self { num: 0, den: 1 };
    /// One point.
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// A whole number of points.
    #[must_use]
    pub const fn whole(points: i32) -> Self {
        Self { num: points, den: 1 }
    }

    /// A fraction of points, in lowest terms.
    ///
    /// # Errors
    ///
    /// [`PointsError`] when the denominator is zero, or when the reduced fraction does not fit.
    pub fn ratio(num: i64, den: i64) -> Result<Self, PointsError> {
        if den == 0 {
            return Err(PointsError);
        }
        let factor = common_factor(num.unsigned_abs(), den.unsigned_abs());
        let factor = i64::try_from(factor).map_err(|_| PointsError)?;
        let sign = den.signum();
        Ok(Self {
            num: i32::try_from(num / factor * sign).map_err(|_| PointsError)?,
            den: u16::try_from(den / factor * sign).map_err(|_| PointsError)?,
        })
    }

    /// The numerator of the fraction in lowest terms.
    #[must_use]
    pub const fn numerator(self) -> i32 {
        self.num
    }

    /// The denominator of the fraction in lowest terms, never zero.
    #[must_use]
    pub const fn denominator(self) -> u16 {
        self.den
    }

    /// The nearest floating-point number, for statistics.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        f64::from(self.num) / f64::from(self.den)
    }

    /// This many points more.
    ///
    /// # Errors
    ///
    /// [`PointsError`] when the result does not fit.
    pub fn plus(self, more: Self) -> Result<Self, PointsError> {
        let (left, right) = (i64::from(self.den), i64::from(more.den));
        Self::ratio(i64::from(self.num) * right + i64::from(more.num) * left, left * right)
    }

    /// So many times as much.
    ///
    /// # Errors
    ///
    /// [`PointsError`] when the result does not fit.
    pub fn times(self, factor: Self) -> Result<Self, PointsError> {
        let num = i64::from(self.num) * i64::from(factor.num);
        Self::ratio(num, i64::from(self.den) * i64::from(factor.den))
    }

    /// Whether this is a whole number of points.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.den == 1
    }

    /// As people write it: `14`, `19.5`, and `14.29` for what no decimals write out.
    #[must_use]
    pub fn decimal(self) -> String {
        if self.is_whole() {
            return self.num.to_string();
        }
        let rounded = format!("{:.2}", self.rounded(2).to_f64());
        rounded.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// Rounded half up to so many decimal places (at most 4), as bands and cut-offs read it.
    ///
    /// 14.5 gives 15 and -0.5 gives 0: a half goes towards more points.
    #[must_use]
    pub fn rounded(self, places: u8) -> Self {
        let scale = 10_i64.pow(u32::from(places.min(4)));
        let (num, den) = (i64::from(self.num) * scale, i64::from(self.den));
        let nearest = (2 * num + den).div_euclid(2 * den);
        // Rounding moves a value by half a step at most, so it fits where the value did.
        Self::ratio(nearest, scale).unwrap_or(self)
    }
}

const fn common_factor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Ord for Points {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = i64::from(self.num) * i64::from(other.den);
        let right = i64::from(other.num) * i64::from(self.den);
        left.cmp(&right)
    }
}

impl PartialOrd for Points {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.den == 1 {
            write!(f, "{}", self.num)
        } else {
            write!(f, "{}/{}", self.num, self.den)
        }
    }
}

impl FromStr for Points {
    type Err = PointsError;
    fn from_str(text: &str) -> Result<Self, PointsError> {
        if let Some((num, den)) = text.split_once('/') {
            let num = num.parse().map_err(|_| PointsError)?;
            return Self::ratio(num, den.parse().map_err(|_| PointsError)?);
        }
        let Some((whole, decimals)) = text.split_once('.') else {
            return Self::ratio(text.parse().map_err(|_| PointsError)?, 1);
        };
        let plain = !decimals.is_empty() && decimals.bytes().all(|byte| byte.is_ascii_digit());
        if !plain || decimals.len() > 4 {
            return Err(PointsError);
        }
        let scale = 10_i64.pow(u32::try_from(decimals.len()).map_err(|_| PointsError)?);
        let digits = format!("{whole}{decimals}");
        Self::ratio(digits.parse().map_err(|_| PointsError)?, scale)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Points;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number, or a text such as `99/7` or `19.5`")
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Points, E> {
                Points::ratio(value, 1).map_err(E::custom)
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Points, E> {
                let value = i64::try_from(value).map_err(|_| E::custom(PointsError))?;
                self.visit_i64(value)
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Points, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Points {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Points".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^-?[0-9]+(/[0-9]+)?$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn rounds(text: &str, places: u8, want: &str) {
        let points: Points = text.parse().unwrap();
        assert_eq!(points.rounded(places), want.parse().unwrap());
    }

    #[test]
    fn a_half_goes_up_and_less_than_a_half_goes_down() {
        rounds("99/7", 0, "14");
        rounds("117/8", 0, "15");
        rounds("29/2", 0, "15");
        rounds("14.4999", 0, "14");
        rounds("-1/2", 0, "0");
        rounds("-3/4", 0, "-1");
        rounds("2.994", 2, "2.99");
        rounds("2.995", 2, "3");
    }

    #[test]
    fn a_fraction_is_written_in_lowest_terms_and_read_back() {
        for (text, want) in [("198/14", "99/7"), ("28/2", "14"), ("19.50", "39/2"), ("-3", "-3")] {
            let points: Points = text.parse().unwrap();
            assert_eq!(points.to_string(), want);
            assert_eq!(want.parse(), Ok(points));
        }
        for bad in ["", "1/0", "a", "1.", ".", "1.x", "1/2/3", "1.23456", "99999999999"] {
            assert_eq!(bad.parse::<Points>(), Err(PointsError), "{bad}");
        }
        assert!(Points::ratio(1, 3).unwrap() < Points::ratio(1, 2).unwrap());
    }
}
