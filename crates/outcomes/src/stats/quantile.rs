//! Quantiles of the normal and of Student's distribution.

use statrs::distribution::{Continuous, ContinuousCDF, Normal, StudentsT};

use super::NoFigure;

/// The standard normal deviate of a two-sided confidence: 1.959964 for 0.95.
///
/// # Errors
///
/// [`NoFigure::NotANumber`] unless the confidence lies between 0 and 1.
pub fn z_of(confidence: f64) -> Result<f64, NoFigure> {
    let upper = upper_tail(confidence)?;
    finite(Normal::standard().inverse_cdf(upper))
}

/// Student's t of a two-sided confidence and so many degrees of freedom.
///
/// # Errors
///
/// [`NoFigure::NotANumber`] unless the confidence lies between 0 and 1 and `df` above 0.
pub fn student_t_quantile(confidence: f64, df: f64) -> Result<f64, NoFigure> {
    let upper = upper_tail(confidence)?;
    let t = StudentsT::new(0.0, 1.0, df).map_err(|_| NoFigure::NotANumber)?;
    if df > 1e4 {
        return near_normal(z_of(confidence)?, df);
    }
    // The library's inverse is good to some eight digits; three steps of Newton give the rest.
    let mut x = t.inverse_cdf(upper);
    for _ in 0..3 {
        let slope = t.pdf(x);
        if slope > 0.0 {
            x -= (t.cdf(x) - upper) / slope;
        }
    }
    finite(x)
}

/// Fisher's expansion about the normal (Abramowitz & Stegun 26.7.5): with so many degrees of
/// freedom it is good to the last digit, where the incomplete beta function is not.
fn near_normal(z: f64, df: f64) -> Result<f64, NoFigure> {
    let (z3, z5, z7) = (z.powi(3), z.powi(5), z.powi(7));
    let first = (z3 + z) / 4.0;
    let second = (5.0 * z5 + 16.0 * z3 + 3.0 * z) / 96.0;
    let third = (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / 384.0;
    finite(z + first / df + second / df.powi(2) + third / df.powi(3))
}

fn upper_tail(confidence: f64) -> Result<f64, NoFigure> {
    if 0.0 < confidence && confidence < 1.0 {
        Ok(0.5 + confidence / 2.0)
    } else {
        Err(NoFigure::NotANumber)
    }
}

fn finite(value: f64) -> Result<f64, NoFigure> {
    if value.is_finite() { Ok(value) } else { Err(NoFigure::NotANumber) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_agree_with_published_tables() {
        let close = |got: Result<f64, NoFigure>, want: f64| {
            let got = got.unwrap();
            assert!((got - want).abs() < 1e-12 * want.max(1.0), "{got} for {want}");
        };
        close(z_of(0.95), 1.959_963_984_540_054);
        close(student_t_quantile(0.95, 1.0), 12.706_204_736_174_698);
        close(student_t_quantile(0.95, 19.0), 2.093_024_054_408_263);
        close(student_t_quantile(0.95, 1e6), 1.959_966_356_814_107);
        for bad in [0.0, 1.0, -1.0, f64::NAN] {
            assert_eq!(z_of(bad), Err(NoFigure::NotANumber));
        }
        assert_eq!(student_t_quantile(0.95, 0.0), Err(NoFigure::NotANumber));
    }
}
