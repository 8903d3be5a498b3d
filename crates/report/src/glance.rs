//! At a glance: a few sentences, honest with their numbers.

use maud::{Markup, html};
use outcomes::Better;
use outcomes::figures::ScaleFigures;
use outcomes::suppression::{Share, Tally};

use crate::change::of_few_circles;
use crate::{About, Arg, parts::Words};

pub(crate) fn section(words: &Words<'_>) -> Markup {
    let figures = words.figures;
    let changes: Vec<_> = figures.scales.iter().filter_map(|scale| change(words, scale)).collect();
    html! {
        section.glance aria-labelledby="glance" {
            h2 #glance { (words.say("glance")) }
            ul {
                li { (people(words)) }
                @if let Some(attendance) = figures.attendance.shown() {
                    li {
                        (words.with("glance-attendance", &[
                            ("share", words.wording.percent(attendance.overall.share, 1).into()),
                            ("came", attendance.overall.came.into()),
                            ("of", attendance.overall.of.into()),
                        ]))
                    }
                }
                @if let Some(text) = stayed(words) { li { (text) } }
                @if let Some(text) = completed(words) { li { (text) } }
                @for text in &changes { li { (text) } }
                @if let Some(text) = overdue(words).filter(|_| words.has().work) { li { (text) } }
            }
            @if !changes.is_empty() { p.caution { (words.say("glance-not-why")) } }
        }
    }
}

/// How many of those asked were measured at both ends, as the end of a sentence.
fn both(words: &Words<'_>, (both, asked): (Tally, Tally)) -> String {
    let is_told = |tally| tally != Tally::Hidden;
    match (is_told(both), is_told(asked)) {
        (_, true) => {
            let both = if is_told(both) { words.tally(both) } else { words.say("glance-some") };
            let asked = ("asked", words.tally(asked).into());
            words.with("glance-both", &[("both", both.into()), asked])
        }
        (_, false) => words.with_tally("glance-both-alone", ("both", both), &[]),
    }
}

fn overdue(words: &Words<'_>) -> Option<String> {
    let few = |n: u64| words.with("glance-overdue-fewer", &[("n", n.into())]);
    match words.figures.overdue_total {
        Tally::Exactly { n } => Some(words.with("glance-overdue", &[("n", n.into())])),
        Tally::FewerThan { n } => Some(few(n)),
        Tally::AtLeast { .. } | Tally::Hidden => None,
    }
}

fn people(words: &Words<'_>) -> String {
    let (reach, delivery) = (&words.figures.reach, &words.figures.delivery);
    let (exactly, fewer, hidden) = match words.stamp.about {
        About::Program(_) | About::Part(_) => {
            ("glance-people-exactly", "glance-people-fewer", "glance-people-hidden")
        }
        About::Files(_) => ("glance-files-exactly", "glance-files-fewer", "glance-files-hidden"),
    };
    let (key, n) = match reach.people {
        Tally::Exactly { n } => (exactly, n),
        Tally::FewerThan { n } | Tally::AtLeast { n } => (fewer, n),
        Tally::Hidden => (hidden, 0),
    };
    // A report by name keeps back a count of its own only for what another one tells.
    let beside = if words.stamp.brief.is_some() { "yes" } else { "no" };
    let args = [
        ("n", n.into()),
        ("units", reach.units.into()),
        ("held", delivery.sessions_held.into()),
        ("hours", Arg::Number(delivery.hours, 0)),
        ("beside", beside.into()),
    ];
    words.with(key, &args)
}

fn share(
    words: &Words<'_>,
    share: &Share,
    told: &str,
    least: &str,
    more: &[(&str, Arg)],
) -> Option<String> {
    if share.of == Tally::Hidden {
        return None;
    }
    let of = ("of", Arg::Text(words.tally(share.of)));
    let mut args = more.to_vec();
    match (share.share, share.count) {
        (Some(found), Tally::Exactly { n }) => {
            args.extend([of, ("count", n.into())]);
            args.push(("share", words.wording.percent(found, 1).into()));
            Some(words.with(told, &args))
        }
        (None, Tally::AtLeast { n }) => {
            args.extend([of, ("count", n.into())]);
            Some(words.with(least, &args))
        }
        (None | Some(_), _) => None,
    }
}

fn stayed(words: &Words<'_>) -> Option<String> {
    let retention = words.figures.retention.shown()?;
    if retention.stayed.share.is_some() && retention.stayed.count == retention.stayed.of {
        return Some(words.say("glance-stayed-all"));
    }
    share(words, &retention.stayed, "glance-stayed", "glance-stayed-least", &[])
}

fn completed(words: &Words<'_>) -> Option<String> {
    let completion = words.figures.completion.as_ref()?.shown()?;
    let sessions = words.figures.completes.as_ref()?.sessions;
    let sessions = ("sessions", u64::from(sessions).into());
    share(words, completion, "glance-completed", "glance-completed-least", &[sessions])
}

fn change(words: &Words<'_>, scale: &ScaleFigures) -> Option<String> {
    let change = scale.change.shown()?;
    // Turned so that more is better.
    let sign = match scale.better {
        Better::Lower => -1.0,
        Better::Higher => 1.0,
    };
    let (mean, ends) =
        (sign * change.mean, [sign * change.interval.low, sign * change.interval.high]);
    let (least, most) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
    let (key, mean, low, high) = if least > 0.0 {
        ("glance-better", mean, least, most)
    } else if most < 0.0 {
        ("glance-worse", -mean, -most, -least)
    } else {
        ("glance-unclear", change.mean, change.interval.low, change.interval.high)
    };
    let number = |x: f64| Arg::Text(words.number(x));
    let args = [
        ("name", scale.name.as_str().into()),
        ("both", both(words, (change.both, scale.asked)).into()),
        ("points", number(mean)),
        ("low", number(low)),
        ("high", number(high)),
        ("few", of_few_circles(words, change).into()),
    ];
    Some(words.with(key, &args))
}
