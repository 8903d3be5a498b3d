//! Forms circles for an instance of the benchmark's text format and writes the solution.
//!
//! `solve_instance INSTANCE OUT [--seed S] [--work N]`

#![expect(clippy::print_stdout, reason = "an example says what it found")]

use std::{error::Error, fmt::Write as _, fs, time::Instant};

use circle_formation::{
    Aspect, Company, Effort, Facilitator, FacilitatorIx, Kind, Languages, Person, PersonIx, Place,
    Roster, Rules, Sizes, Slots, Spot, Topics, Weights, check, form,
};

type Trouble = Box<dyn Error>;

fn main() -> Result<(), Trouble> {
    let mut args = std::env::args().skip(1);
    let instance = args.next().ok_or("INSTANCE is missing")?;
    let out = args.next().ok_or("OUT is missing")?;
    let (mut seed, mut work) = (1, None);
    while let Some(arg) = args.next() {
        let value = args.next().ok_or("an option lacks its value")?.parse()?;
        match arg.as_str() {
            "--seed" => seed = value,
            "--work" => work = Some(value),
            _ => return Err(format!("unknown option {arg}").into()),
        }
    }
    let roster = read(&fs::read_to_string(instance)?)?;
    let effort = Effort { seed, work: work.unwrap_or(roster.people().len() as u64 * 50_000) };
    let start = Instant::now();
    let proposal = form(&roster, effort);
    let seconds = start.elapsed().as_secs_f64();
    let breaches = check(&roster, proposal.formation()).len();
    let (cost, bound, work) = (proposal.cost().total(), proposal.bound(), proposal.work());
    let proof = if proposal.is_proven() { "proven optimal" } else { "not proven optimal" };
    println!("{:?}", proposal.cost());
    println!(
        "cost {cost} bound {bound} work {work} seconds {seconds:.2} breaches {breaches} {proof}"
    );
    fs::write(out, written(&roster, proposal.formation())?)?;
    Ok(())
}

/// The numbers and words of an instance, one after another.
struct Words<'a>(std::str::SplitAsciiWhitespace<'a>);

impl<'a> Words<'a> {
    fn word(&mut self) -> Result<&'a str, Trouble> {
        self.0.next().ok_or_else(|| "the instance ends too early".into())
    }

    fn number<T: std::str::FromStr<Err: Error + 'static>>(&mut self) -> Result<T, Trouble> {
        Ok(self.word()?.parse()?)
    }
}

fn read(text: &str) -> Result<Roster, Trouble> {
    let mut words = Words(text.split_ascii_whitespace());
    if (words.word()?, words.word()?) != ("circle-instance", "1") {
        return Err("this is no instance of version 1".into());
    }
    words.word()?;
    let sizes = (words.number()?, words.number()?, words.number()?);
    let rules = Rules::new(Sizes::new(sizes.0, sizes.2, sizes.1)?);
    let mut roster = Roster::new(rules, Weights::usual());
    words.word()?;
    let mut people: Vec<PersonIx> = Vec::new();
    for _ in 0..words.number::<usize>()? {
        words.word()?;
        let (place, x, y) = (words.number()?, words.number()?, words.number()?);
        let (languages, slots) = (words.number()?, words.number()?);
        let sex = Kind::new(u8::from(words.word()? == "F"))?;
        let company = if words.word()? == "1" { Company::OwnSexWished } else { Company::Any };
        let person =
            Person::new(Place(place), Languages::of_bits(languages), Slots::of_bits(slots))
                .living_at(Spot::new(x, y)?)
                .being(Aspect::Sex, sex)
                .in_company(company)
                .wishing(Topics::of_bits(words.number()?));
        people.push(roster.person(person)?);
    }
    words.word()?;
    let mut facilitators: Vec<FacilitatorIx> = Vec::new();
    for _ in 0..words.number::<usize>()? {
        words.word()?;
        let (place, x, y) = (words.number()?, words.number()?, words.number()?);
        let (languages, slots) = (words.number()?, words.number()?);
        let facilitator =
            Facilitator::new(Place(place), Languages::of_bits(languages), Slots::of_bits(slots))
                .meeting_at(Spot::new(x, y)?)
                .knowing(Topics::of_bits(words.number()?));
        facilitators.push(roster.facilitator(facilitator)?);
    }
    for kind in ["bonds", "apart", "bar"] {
        words.word()?;
        for _ in 0..words.number::<usize>()? {
            let (one, other) = (words.number::<usize>()?, words.number::<usize>()?);
            let person = |n: usize| people.get(n).copied().ok_or("nobody of this number");
            match kind {
                "bonds" => roster.bond(person(one)?, person(other)?)?,
                "apart" => roster.keep_apart(person(one)?, person(other)?)?,
                _ => {
                    let from = facilitators.get(other).ok_or("no facilitator of this number")?;
                    roster.bar(person(one)?, *from)?;
                }
            }
        }
    }
    Ok(roster)
}

fn written(
    roster: &Roster,
    formation: &circle_formation::Formation,
) -> Result<String, std::fmt::Error> {
    let mut text = String::from("circle-solution 1\n");
    writeln!(text, "groups {}", formation.circles().len())?;
    let mut circles: Vec<_> = formation.circles().map(|(_, circle)| circle).collect();
    circles.sort_by_key(|circle| circle.facilitator);
    for circle in circles {
        let (leader, slot) = (circle.facilitator.number(), circle.slot.number());
        writeln!(text, "{leader} {slot} {}", circle.language.number())?;
    }
    writeln!(text, "assign {}", roster.people().len())?;
    for (person, _) in roster.people() {
        let circle = formation.seat(person).and_then(|ix| formation.get(ix));
        match circle {
            Some(circle) => writeln!(text, "{}", circle.facilitator.number())?,
            None => writeln!(text, "-1")?,
        }
    }
    Ok(text)
}
