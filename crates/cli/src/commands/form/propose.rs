//! A proposal: looked for, told and written down.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use circle_formation::{
    Ask, Cost, Demand, Effort, Extension, Formation, Impasse, Moving, PersonIx, Progress, Proposal,
    Readiness, Reasons, check, extend_watched, form_watched,
};
use serde_json::{Value, json};

use super::{gather::Gathered, out, told::Words};
use crate::{
    args::Form,
    commands::Desk,
    exit::Exit,
    failure::Failure,
    progress,
    screen::remark,
    texts::{self, text},
};

/// The most people who wait of whom it is asked which rules leave no way: each is compared with everybody.
const ASKED: usize = 60;

/// The most people who wait that stand in the table; the page has them all.
const LISTED: usize = 60;

/// How much of what would help somebody stands in the table; "--why" tells all of it.
const SHOWN: usize = 2;

/// Circles, and what is known of them.
pub(super) struct Proposed {
    pub(super) formation: Formation,
    pub(super) cost: Cost,
    pub(super) bound: Option<u64>,
    pub(super) seed: u64,
    pub(super) work: u64,
    /// Whether it was told to stop before its work was done.
    pub(super) stopped: bool,
    /// What it would gain to move people who were told already.
    pub(super) gain: Option<Gain>,
}

pub(super) struct Gain {
    pub(super) cost: u64,
    pub(super) seated: i64,
    /// Who would be moved, or is.
    pub(super) moved: BTreeSet<PersonIx>,
    /// Whether these circles are the ones in which they are.
    pub(super) is_taken: bool,
}

impl Proposed {
    fn of(proposal: Proposal, seed: u64, stopped: bool) -> Self {
        let (cost, bound, work) = (proposal.cost(), Some(proposal.bound()), proposal.work());
        Self { formation: proposal.into_formation(), cost, bound, seed, work, stopped, gain: None }
    }

    /// Circles that somebody changed by hand.
    pub(super) fn by_hand(gathered: &Gathered, formation: Formation) -> Self {
        let cost = Cost::of(gathered.hall.roster(), &formation);
        Self { formation, cost, bound: None, seed: 0, work: 0, stopped: false, gain: None }
    }

    pub(super) fn is_proven(&self) -> bool {
        self.bound.is_some_and(|bound| self.cost.total() <= bound)
    }
}

/// The circles that the options ask for: those of a table, latecomers in circles that stand, or new ones.
pub(super) fn propose(
    desk: &Desk,
    args: &Form,
    gathered: &mut Gathered,
) -> Result<Proposed, Failure> {
    if let Some(Some(file)) = &args.accept {
        let formation = out::read_seats(gathered, file, &args.reading)?;
        return Ok(Proposed::by_hand(gathered, formation));
    }
    let usual = Effort::usual(gathered.hall.roster(), args.seed);
    let effort = Effort { work: args.work.unwrap_or(usual.work), ..usual };
    let proposed = match &args.standing {
        Some(file) => {
            let standing = out::read_standing(gathered, file, &args.reading)?;
            let watcher = Watcher::new(desk);
            let roster = gathered.hall.roster();
            let ask = Ask::WhatMovingGains;
            let asked = extend_watched(roster, &standing, effort, ask, |it| watcher.see(it));
            let stopped = watcher.end();
            let Extension { proposal, moving } = asked.map_err(|error| Failure::refused(&error))?;
            let mut chosen = proposal;
            let gain = moving.map(|moving| {
                let Moving { proposal, gain, seated, moved } = moving;
                if args.let_move {
                    chosen = proposal;
                }
                Gain { cost: gain, seated, moved, is_taken: args.let_move }
            });
            Proposed { gain, ..Proposed::of(chosen, args.seed, stopped) }
        }
        None => {
            let watcher = Watcher::new(desk);
            let proposal = form_watched(gathered.hall.roster(), effort, |it| watcher.see(it));
            Proposed::of(proposal, args.seed, watcher.end())
        }
    };
    // Whatever made it, what checks it was written apart from it.
    let broken = check(gathered.hall.roster(), &proposed.formation);
    if broken.is_empty() { Ok(proposed) } else { Err(Failure::new("cli.formation_broken", &[])) }
}

/// Shows how good the best circles are so far, and keeps them when somebody presses Ctrl-C.
struct Watcher {
    bar: progress::Progress,
    stop: Arc<AtomicBool>,
}

impl Watcher {
    fn new(desk: &Desk) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let pressed = Arc::clone(&stop);
        // Where no handler can be set, Ctrl-C ends the program as it always did: nothing is written yet.
        let _ = ctrlc::set_handler(move || {
            if pressed.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
        });
        Self { bar: progress::Progress::new(desk.screen.json()), stop }
    }

    fn see(&self, so_far: &Progress) -> ControlFlow<()> {
        self.bar.at(so_far.work, so_far.of);
        self.bar.stage(text!("form-stage", cost = so_far.cost, bound = so_far.bound));
        if self.stop.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Whether it was told to stop.
    fn end(self) -> bool {
        self.bar.end();
        let stopped = self.stop.load(Ordering::Relaxed);
        if stopped {
            remark(&text!("form-stopped"));
        }
        stopped
    }
}

/// Shows a proposal, and writes it where that was asked for.
pub(super) fn tell(
    desk: &mut Desk,
    args: &Form,
    gathered: &Gathered,
    proposed: &Proposed,
) -> Result<Exit, Failure> {
    let words = Words { hall: &gathered.hall, names: args.names };
    let reasons = Reasons::of(gathered.hall.roster(), &proposed.formation);
    if let Some(key) = &args.why {
        return why(desk, &words, &reasons, proposed, key);
    }
    let circles: Vec<_> = proposed.formation.circles().collect();
    if circles.is_empty() {
        desk.screen.say(text!("form-no-circle"));
    } else {
        desk.screen
            .table(&words.circle_heads(), circles.iter().map(|(ix, it)| words.circle_row(*ix, it)));
    }
    let waiting: Vec<_> = proposed.formation.waiting().collect();
    if !waiting.is_empty() {
        desk.screen.head(&texts::say("form-waiting", &[("n", texts::count(waiting.len()))]));
        let heads = [text!("head-person"), text!("head-why"), text!("head-would-help")];
        let rows = waiting.iter().take(LISTED).map(|who| {
            let changes = words.changes(&reasons, *who);
            let first: Vec<_> = changes.into_iter().take(SHOWN).collect();
            vec![words.who(*who), words.waits(&reasons, *who).unwrap_or_default(), first.join(" ")]
        });
        desk.screen.table(&heads, rows.collect::<Vec<_>>());
        if waiting.len() > LISTED {
            let n = texts::count(waiting.len() - LISTED);
            desk.screen.say(texts::say("form-more-wait", &[("n", n)]));
        }
        for line in impasses(gathered, &words, &waiting) {
            desk.screen.tell(line);
        }
    }
    desk.screen.gap();
    for line in figures(gathered, proposed, &words) {
        desk.screen.tell(line);
    }
    if let Some(folder) = &args.out {
        out::write(folder, gathered, proposed, &words, &reasons)?;
        desk.screen.say(text!("form-written", folder = folder.display().to_string()));
    }
    for line in next_steps(gathered, args) {
        desk.screen.tell(line);
    }
    if desk.screen.json() {
        desk.screen.answer(&json(gathered, proposed, &words, &reasons));
    }
    Ok(Exit::Done)
}

/// Why one person sits where they sit, or waits.
fn why(
    desk: &mut Desk,
    words: &Words<'_>,
    reasons: &Reasons<'_>,
    proposed: &Proposed,
    key: &str,
) -> Result<Exit, Failure> {
    let person = words.find(key).ok_or_else(|| Failure::new("cli.nobody_in_list", &[]))?;
    for line in words.whole_why(reasons, &proposed.formation, person) {
        desk.screen.tell(line);
    }
    if proposed.formation.seat(person).is_none()
        && let Impasse::Rules(rules) = words.hall.roster().impasse(Demand::Seat(person))
    {
        desk.screen.tell(text!("why-impasse", rules = Words::rulings(&rules)));
    }
    desk.screen.answer(&words.person_json(reasons, &proposed.formation, person));
    Ok(Exit::Done)
}

/// Which rules together leave no way, for those who wait.
pub(super) fn impasses(
    gathered: &Gathered,
    words: &Words<'_>,
    waiting: &[circle_formation::PersonIx],
) -> Vec<String> {
    let roster = gathered.hall.roster();
    let mut lines = Vec::new();
    if let Impasse::Rules(rules) = roster.impasse(Demand::SeatsForAll) {
        lines.push(text!("form-impasse-all", rules = Words::rulings(&rules)));
    }
    let mut alike: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for person in waiting.iter().take(ASKED) {
        if let Impasse::Rules(rules) = roster.impasse(Demand::Seat(*person)) {
            alike.entry(rules).or_default().push(words.who(*person));
        }
    }
    for (rules, people) in alike {
        let (who, rules) = (people.join(", "), Words::rulings(&rules));
        let args =
            [("who", who.into()), ("rules", rules.into()), ("n", texts::count(people.len()))];
        lines.push(texts::say("form-impasse", &args));
    }
    lines
}

/// How many sit, what it costs, and what none could cost less than.
pub(super) fn figures(gathered: &Gathered, proposed: &Proposed, words: &Words<'_>) -> Vec<String> {
    let people = gathered.hall.entrants().len();
    let waits = proposed.formation.waiting().count();
    let counts = [
        ("seated", texts::count(people - waits)),
        ("people", texts::count(people)),
        ("circles", texts::count(proposed.formation.circles().len())),
    ];
    let mut lines = vec![texts::say("form-seated", &counts)];
    lines.push(words.cost(&proposed.cost));
    let total = proposed.cost.total();
    if total > 0 {
        let waiting = u64::from(gathered.hall.roster().weights().waiting.get());
        lines.push(text!("form-cost-unit", waiting = waiting));
    }
    match proposed.bound {
        Some(_) if proposed.is_proven() => lines.push(text!("form-proven")),
        Some(bound) => lines.push(text!("form-bound", bound = bound, gap = total - bound)),
        None => {}
    }
    if let Some(gain) = &proposed.gain {
        let args = [
            ("moved", texts::count(gain.moved.len())),
            (
                "who",
                gain.moved.iter().map(|it| words.who(*it)).collect::<Vec<_>>().join(", ").into(),
            ),
            ("gain", gain.cost.into()),
            ("seated", gain.seated.max(0).unsigned_abs().into()),
        ];
        lines.push(texts::say(if gain.is_taken { "form-moved" } else { "form-moving" }, &args));
    }
    if gathered.hall.times_left_out() > 0 {
        let n = texts::count(gathered.hall.times_left_out());
        lines.push(texts::say("form-times-left-out", &[("n", n)]));
    }
    let alone = gathered.hall.without_team();
    if !alone.is_empty() {
        let n = texts::count(alone.len());
        let who = alone.iter().map(|it| it.key.as_str()).collect::<Vec<_>>().join(", ");
        lines.push(texts::say("form-without-team", &[("n", n), ("who", who.into())]));
    }
    lines
}

fn next_steps(gathered: &Gathered, args: &Form) -> Vec<String> {
    let mut lines = Vec::new();
    let silent = gathered.silent();
    if silent > 0 {
        let id = if gathered.program.is_some() { "form-silent" } else { "form-silent-file" };
        lines.push(texts::say(id, &[("n", texts::count(silent))]));
    }
    let leaders = gathered.hall.roster().facilitators();
    let not_yet = leaders.filter(|(_, it)| it.readiness() == Readiness::NotYet).count();
    if gathered.program.is_some() && not_yet > 0 {
        lines.push(texts::say("form-not-yet", &[("n", texts::count(not_yet))]));
    }
    match (&args.out, gathered.program.is_some()) {
        (None, _) => lines.push(text!("form-next-out")),
        (Some(folder), true) => {
            let file = folder.join(out::SEATS).display().to_string();
            lines.push(text!("form-next-accept", file = file));
        }
        (Some(_), false) => {}
    }
    lines
}

/// The whole proposal, for programs.
pub(super) fn json(
    gathered: &Gathered,
    proposed: &Proposed,
    words: &Words<'_>,
    reasons: &Reasons<'_>,
) -> Value {
    let people = gathered.hall.roster().people();
    let formation = &proposed.formation;
    let gain = proposed.gain.as_ref();
    json!({
        "model": gathered.model(),
        "on": gathered.on,
        "seed": proposed.seed,
        "work": proposed.work,
        "stopped": proposed.stopped,
        "cost": { "total": proposed.cost.total(), "parts": proposed.cost },
        "bound": proposed.bound,
        "proven": proposed.is_proven(),
        "circles": formation.circles().map(|(ix, it)| words.circle_json(ix, it)).collect::<Vec<_>>(),
        "people": people
            .map(|(person, _)| words.person_json(reasons, formation, person))
            .collect::<Vec<_>>(),
        "moving": gain.map(|gain| json!({
            "gain": gain.cost,
            "seated": gain.seated,
            "moved": gain.moved.len(),
            "people": gain.moved.iter().map(|it| words.key(*it)).collect::<Vec<_>>(),
            "taken": gain.is_taken,
        })),
    })
}
