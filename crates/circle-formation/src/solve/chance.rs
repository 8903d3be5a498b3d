//! Chance from a seed, and the tables of annealing, in whole numbers: the same on every machine.

/// A stream of numbers from a seed (SplitMix64 seeding, wyrand steps).
#[derive(Debug, Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    /// The stream of a seed and a further number, such as that of a board.
    pub(crate) const fn new(seed: u64, further: u64) -> Self {
        Self(mix(seed ^ mix(further.wrapping_add(0x9E37_79B9_7F4A_7C15))))
    }

    /// The next 64 bits.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "both halves are wanted")]
    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0xA076_1D64_78BD_642F);
        let wide = (self.0 as u128) * ((self.0 ^ 0xE703_7ED1_A0B4_28DB) as u128);
        (wide >> 64) as u64 ^ wide as u64
    }

    /// A number below `n`.
    #[inline]
    pub(crate) const fn below(&mut self, n: usize) -> usize {
        scale(self.next() >> 32, n)
    }
}

/// 32 random bits made a number below `n`.
#[inline]
pub(crate) const fn scale(bits: u64, n: usize) -> usize {
    ((bits & 0xFFFF_FFFF).wrapping_mul(n as u64) >> 32) as usize
}

const fn mix(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Fractions of a whole in temperatures and logarithms, in bits.
pub(crate) const FRACTION: u32 = 16;

/// The binary logarithm of a number above nothing, in 2^-FRACTION.
pub(crate) const fn log2(number: u64) -> u32 {
    let whole = number.ilog2();
    // The mantissa as a number from 1 to 2, in 2^-62.
    let mut mantissa = (number as u128) << (62 - whole);
    let mut log = whole << FRACTION;
    let mut bit = FRACTION;
    while bit > 0 {
        bit -= 1;
        mantissa = (mantissa * mantissa) >> 62;
        if mantissa >> 63 == 1 {
            mantissa >>= 1;
            log |= 1 << bit;
        }
    }
    log
}

/// `value` divided by two to the power of `log` in 2^-FRACTION.
#[expect(clippy::cast_possible_truncation, reason = "the quotient is no larger than the value")]
pub(crate) const fn shrink(value: u64, log: u32) -> u64 {
    // 2^-(1/2), 2^-(1/4), … in 2^-63.
    const ROOTS: [u64; FRACTION as usize] = roots();
    let mut scaled = value as u128;
    let mut bit = 0;
    while bit < FRACTION {
        if log >> (FRACTION - 1 - bit) & 1 == 1 {
            #[expect(clippy::indexing_slicing, reason = "bit is below FRACTION")]
            let root = ROOTS[bit as usize];
            scaled = (scaled * root as u128) >> 63;
        }
        bit += 1;
    }
    let whole = log >> FRACTION;
    if whole >= 64 { 0 } else { (scaled >> whole) as u64 }
}

#[expect(clippy::cast_possible_truncation, reason = "square roots of 126 bits have 63")]
#[expect(clippy::indexing_slicing, reason = "n is below FRACTION")]
const fn roots() -> [u64; FRACTION as usize] {
    let mut roots = [0; FRACTION as usize];
    let mut square = 1_u128 << 125;
    let mut n = 0;
    while n < FRACTION as usize {
        let root = square.isqrt();
        roots[n] = root as u64;
        square = root << 63;
        n += 1;
    }
    roots
}

/// How many steps the table of thresholds has, in bits.
pub(crate) const STEPS: u32 = 11;

/// `-ln` of a number between 0 and 1, in 2^-FRACTION, by its first `STEPS` bits: times the temperature it is the most that
/// a move may cost which is to be taken with that number's chance.
pub(crate) static THRESHOLDS: [u32; 1 << STEPS] = thresholds();

#[expect(clippy::indexing_slicing, reason = "n is below the length")]
const fn thresholds() -> [u32; 1 << STEPS] {
    // ln 2 in 2^-32.
    const LN_2: u64 = 2_977_044_472;
    let mut table = [0; 1 << STEPS];
    let mut n = 0;
    while n < 1 << STEPS {
        // (2n + 1) / 2^(STEPS + 1)
        let log = ((STEPS + 1) << FRACTION) - log2(2 * n as u64 + 1);
        table[n] = ((log as u64 * LN_2) >> 32) as u32;
        n += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_and_powers_are_those_of_the_books() {
        let one = f64::from(1 << FRACTION);
        for number in [1_u64, 2, 3, 10, 1_000, 1 << 40] {
            #[expect(clippy::cast_precision_loss, reason = "small enough")]
            let want = (number as f64).log2();
            assert!((f64::from(log2(number)) / one - want).abs() < 1e-4, "{number}");
        }
        assert_eq!(shrink(1 << 40, 1 << FRACTION), 1 << 39);
        assert!(shrink(1_000_000, 3 << (FRACTION - 1)).abs_diff(353_553) < 20);
        assert!(shrink(1_000_000, log2(1_000)).abs_diff(1_000) < 3);
        let [first, .., last] = THRESHOLDS;
        assert!((f64::from(first) / one - 8.3178).abs() < 1e-3);
        assert!((f64::from(last) / one - 0.000_244).abs() < 1e-4);
    }

    #[test]
    fn one_seed_gives_one_stream() {
        let stream = |seed, further| {
            let mut chance = Chance::new(seed, further);
            [chance.next(), chance.next()]
        };
        assert_eq!(stream(1, 2), stream(1, 2));
        assert_ne!(stream(1, 2), stream(2, 1));
        let mut chance = Chance::new(7, 7);
        assert!((0..1_000).all(|_| chance.below(3) < 3));
    }
}
