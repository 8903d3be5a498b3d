//! Chance from a seed: the same seed plays the same program.

/// A small generator (xoshiro256**, Blackman and Vigna 2018, <https://prng.di.unimi.it>), seeded by
/// splitmix64. Good enough to make people up; never a source of real keys.
#[derive(Debug, Clone)]
pub(crate) struct Chance {
    state: [u64; 4],
}

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        let mut mixed = seed;
        let state = std::array::from_fn(|_| {
            mixed = mixed.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let once = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let twice = (once ^ (once >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            twice ^ (twice >> 31)
        });
        Self { state }
    }

    pub(crate) const fn next(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.state;
        let drawn = b.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        drawn
    }

    /// A number below a bound; 0 where the bound is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % bound).unwrap_or(0)
    }

    /// Whether something happens that happens so often in a hundred.
    pub(crate) fn percent(&mut self, often: usize) -> bool {
        self.below(100) < often
    }

    pub(crate) fn pick<'a, T>(&mut self, among: &'a [T]) -> Option<&'a T> {
        among.get(self.below(among.len()))
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    pub(crate) fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            for (byte, drawn) in chunk.iter_mut().zip(self.next().to_le_bytes()) {
                *byte = drawn;
            }
        }
    }

    /// About a bell of mean 0 and deviation 1, in thousandths: the sum of twelve dice of Irwin and Hall.
    pub(crate) fn bell(&mut self) -> i32 {
        let sum: usize = (0..12).map(|_| self.below(1001)).sum();
        i32::try_from(sum).unwrap_or(6000) - 6000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_and_another_does_not() {
        let drawn = |seed| {
            let mut chance = Chance::new(seed);
            (0..50).map(|_| chance.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(drawn(7), drawn(7));
        assert_ne!(drawn(7), drawn(8));
    }

    #[test]
    fn a_bell_stands_upright() {
        let mut chance = Chance::new(1);
        let drawn: Vec<i32> = (0..20_000).map(|_| chance.bell()).collect();
        let mean = drawn.iter().sum::<i32>() / 20_000;
        assert!(mean.abs() < 30, "{mean}");
        let within = drawn.iter().filter(|value| value.abs() < 1000).count();
        assert!((13_000..14_400).contains(&within), "{within} of 20,000 within one deviation");
    }
}
