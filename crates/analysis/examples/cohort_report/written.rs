//! The two files of the workload.

use std::fmt::Write as _;

use analysis::Taken;
use serde_json::{Map, Value, json};

use crate::counts::{Counts, Group, Pairs, SESSIONS, Scale, Wave};

const Z: f64 = 1.959963984540054;
/// The smallest count that is shown.
const SMALLEST: i64 = 5;

#[expect(clippy::cast_precision_loss, reason = "counts of people and their points are small")]
fn real(count: i64) -> f64 {
    count as f64
}

fn mean_sd(n: i64, sum: i64, squares: i64) -> (f64, f64) {
    let mean = real(sum) / real(n);
    (mean, ((real(squares) - real(sum * sum) / real(n)) / real(n - 1)).sqrt())
}

/// Counts of bands, nothing where hidden: from 1 to 4, and where that is one alone, the smallest other.
fn suppressed(bands: [i64; 5]) -> [Option<i64>; 5] {
    let mut hidden = bands.map(|count| 0 < count && count < SMALLEST);
    if hidden.iter().filter(|hidden| **hidden).count() == 1 {
        let others = bands.iter().zip(hidden).enumerate();
        let others = others.filter(|(_, (count, hidden))| **count > 0 && !hidden);
        let smallest = others.min_by_key(|(place, (count, _))| (**count, *place));
        if let Some(slot) = smallest.and_then(|(place, _)| hidden.get_mut(place)) {
            *slot = true;
        }
    }
    let mut shown = bands.map(Some);
    for (slot, _) in shown.iter_mut().zip(hidden).filter(|(_, hidden)| *hidden) {
        *slot = None;
    }
    shown
}

impl Counts {
    pub(crate) fn report(&self, taken: &Taken) -> serde_json::Result<String> {
        let wave = |place: usize| format!("w{place}");
        let mut quality = Map::new();
        let mut waves = Map::new();
        for place in 0..3 {
            let sum = |of: fn(&outcomes::AnswerCounts) -> u64| -> u64 {
                self.scales.iter().filter_map(|scale| scale.answers.get(place)).map(of).sum()
            };
            let of_wave = |of: &dyn Fn(&Wave) -> Value| -> Map<String, Value> {
                let entry =
                    |scale: &Scale| Some((scale.id.to_string(), of(scale.waves.get(place)?)));
                self.scales.iter().filter_map(entry).collect()
            };
            quality.insert(
                wave(place),
                json!({
                    "missing": sum(|answers| answers.missing),
                    "out_of_range": sum(|answers| answers.out_of_range),
                    "unscorable": of_wave(&|wave| json!(wave.not_scorable)),
                }),
            );
            let shown = of_wave(&|wave| {
                let (mean, sd) = mean_sd(wave.n, wave.sum, wave.squares);
                json!({ "n": wave.n, "mean": mean, "sd": sd, "bands": wave.bands })
            });
            waves.insert(wave(place), Value::Object(shown));
        }
        let paired = |scale: &Scale| (scale.id.to_string(), paired(&scale.pairs, scale.sign));
        let paired: Map<String, Value> = self.scales.iter().map(paired).collect();
        let people = i64::try_from(taken.cohort.people()).unwrap_or_default();
        let district: Vec<Value> = self
            .districts
            .iter()
            .map(|((district, sex), group)| {
                let names = [district, sex].map(|code| code.as_str().to_uppercase());
                row(&names, group)
            })
            .collect();
        let hidden = |(_, _, group): &(_, _, Group)| {
            suppressed(group.bands).iter().filter(|cell| cell.is_none()).count()
        };
        serde_json::to_string_pretty(&json!({
            "quality": quality,
            "waves": waves,
            "paired": paired,
            "joint": self.joint,
            "km": self.retention(people),
            "district": district,
            "circles": self.circles.len(),
            "circle_cells_hidden": self.circles.iter().map(hidden).sum::<usize>(),
        }))
    }

    fn retention(&self, people: i64) -> Vec<Value> {
        let (mut at_risk, mut stays, mut greenwood) = (people, 1.0, 0.0);
        let mut rows = Vec::with_capacity(SESSIONS);
        for (session, (left, stayed)) in self.left.iter().zip(&self.stayed).enumerate() {
            if at_risk > 0 && *left > 0 {
                stays *= 1.0 - real(*left) / real(at_risk);
                if at_risk > *left {
                    greenwood += real(*left) / real(at_risk * (at_risk - left));
                }
            }
            let error = stays * greenwood.sqrt();
            rows.push(json!([session, at_risk, left, stayed, stays, error]));
            at_risk -= left + stayed;
        }
        rows
    }

    pub(crate) fn circles(&self, taken: &Taken) -> String {
        let mut text =
            String::from("circle,district,enrolled,marks,attended,n,mean_change,b0,b1,b2,b3,b4\n");
        let mut rows: Vec<_> = taken.units.iter().zip(&self.circles).collect();
        rows.sort_by_key(|(circle, _)| *circle);
        for (circle, (_, district, group)) in rows {
            let district = district.as_ref().map(|code| code.as_str().to_uppercase());
            let Group { enrolled, marks, came, n, first, last, .. } = group;
            let district = district.unwrap_or_default();
            // Writing to a String cannot fail.
            let _ = write!(text, "{circle},{district},{enrolled},{marks},{came},{n},");
            if *n >= SMALLEST {
                let _ = write!(text, "{:.6}", real(first - last) / real(*n));
            }
            for cell in suppressed(group.bands) {
                let _ = match cell {
                    Some(count) => write!(text, ",{count}"),
                    None => write!(text, ","),
                };
            }
            text.push('\n');
        }
        text
    }
}

fn paired(pairs: &Pairs, sign: i64) -> Value {
    let Pairs { n, first, last, first_squares, last_squares, products, improved, worse } = pairs;
    let changes = first_squares + last_squares - 2 * products;
    let (change, sd) = mean_sd(*n, sign * (first - last), changes);
    let (_, sd_first) = mean_sd(*n, *first, *first_squares);
    let (_, sd_last) = mean_sd(*n, *last, *last_squares);
    let n_real = real(*n);
    let together = (real(*products) - real(*first) * real(*last) / n_real) / real(n - 1);
    let r = together / (sd_first * sd_last);
    let smcr = (1.0 - 3.0 / (4.0 * real(n - 1) - 1.0)) * change / sd_first;
    let half = Z * (2.0 * (1.0 - r) / n_real + smcr * smcr / (2.0 * n_real)).sqrt();
    json!({
        "n": n, "mean_change": change, "sd_change": sd, "r": r, "smcr": smcr,
        "lo": smcr - half, "hi": smcr + half, "dz": change / sd,
        "improved": improved, "deteriorated": worse, "unchanged": n - improved - worse,
    })
}

fn row(names: &[String; 2], group: &Group) -> Value {
    let Group { enrolled, marks, came, n, first, last, improved, recovered, bands } = group;
    let mean = |sum: i64| (*n >= SMALLEST).then(|| real(sum) / real(*n));
    let mut cells = vec![
        json!(names[0]),
        json!(names[1]),
        json!(enrolled),
        json!(marks),
        json!(came),
        json!(n),
        json!(mean(*first)),
        json!(mean(*last)),
        json!(improved),
        json!(recovered),
    ];
    cells.extend(suppressed(*bands).iter().map(|cell| json!(cell)));
    Value::Array(cells)
}
