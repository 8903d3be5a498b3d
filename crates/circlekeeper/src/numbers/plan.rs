//! What a report over the program shows.

use std::collections::{BTreeMap, BTreeSet};

use commons::Code;
use event_log::EventLog;
use outcomes::{
    Cohort, FigurePlan, MeasuresEvent,
    figures::{Completion, Period, Scale, Timepoint},
    suppression::Audience,
};
use program_model::{Anchor, Content, Measure, Model};

use crate::{Fact, Keeper, KeeperError, Surroundings};

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// What a report over the program shows: every scale that was used, at the timepoints at which
    /// its model asks it, and what completes the program.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::Store`].
    pub fn figure_plan(&mut self, audience: Audience) -> Result<FigurePlan, KeeperError> {
        let models = self.models()?;
        let mut scales = Vec::new();
        for (id, seen) in self.asked()? {
            let Some(instrument) = outcomes::built_in(&id) else { continue };
            // What makes no total, such as a check-out, has no figure of many people.
            if !instrument.scoring().has_total() {
                continue;
            }
            let scale = Scale::with_defaults(instrument);
            let asked = asked_by(&models, &id, seen);
            scales.extend(
                asked.into_iter().map(|(model, points)| scale.clone().asked(model, points)),
            );
        }
        let title = models.first().map_or(Code::of("program"), |model| model.id().clone());
        let plan = FigurePlan::new(title, audience, Vec::new(), scales);
        let mut plan = plan.map_err(KeeperError::refused)?;
        if let Some(completion) = completion(&models) {
            plan = plan.completion(completion);
        }
        match self.period()? {
            Some(period) => plan.during(period).map_err(KeeperError::refused),
            None => Ok(plan),
        }
    }

    /// At which timepoints each instrument was asked.
    fn asked(&mut self) -> Result<BTreeMap<Code, BTreeSet<Code>>, KeeperError> {
        let used = self.log.read_kind("measures.recorded").map_err(KeeperError::store)?;
        let mut asked: BTreeMap<Code, BTreeSet<Code>> = BTreeMap::new();
        for event in &used.events {
            let header = event.header();
            let fact = event.open().map(|open| Fact::decode(&header.kind, header.version, open));
            if let Some(Ok(Fact::Measures(MeasuresEvent::Recorded { sheet }))) = fact {
                asked.entry(sheet.instrument).or_default().insert(sheet.timepoint);
            }
        }
        Ok(asked)
    }

    /// From the first session held to the last.
    fn period(&mut self) -> Result<Option<Period>, KeeperError> {
        let mut days = Vec::new();
        for unit in self.units()? {
            let file = self.unit(unit)?;
            let held = file.meetings().held();
            days.extend(held.first().map(|session| session.on));
            days.extend(held.last().map(|session| session.on));
        }
        let ends = days.iter().min().zip(days.iter().max());
        Ok(ends.map(|(from, to)| Period { from: *from, to: *to }))
    }
}

/// What completes the program, where one of its models says so and no other says otherwise.
fn completion(models: &[Model]) -> Option<Completion> {
    let mut wanted = models.iter().filter_map(|model| {
        let sessions = model.content().completion.as_ref()?.attended_at_least;
        Some(Completion { sessions, model: Some(model.id().clone()) })
    });
    wanted.next().filter(|_| wanted.next().is_none())
}

/// The models that ask an instrument, each with its own timepoints up to the last one at which
/// anybody was measured: a wave whose time has not come is nobody's fault. What no model asks was
/// asked of everybody.
fn asked_by(
    models: &[Model],
    instrument: &Code,
    mut seen: BTreeSet<Code>,
) -> Vec<(Option<Code>, Vec<Timepoint>)> {
    let mut asked = Vec::new();
    for model in models {
        let content = model.content();
        let asks = |measure: &&Measure| measure.instrument == *instrument;
        let Some(measure) = content.measures.iter().find(asks) else { continue };
        let mut points = timepoints(content, |id| measure.timepoints.contains(id));
        let last =
            points.iter().filter(|point| seen.contains(&point.code)).map(|point| point.session);
        let Some(last) = last.max() else { continue };
        points.retain(|point| point.session <= last);
        seen.retain(|code| points.iter().all(|point| point.code != *code));
        asked.push((Some(model.id().clone()), points));
    }
    if !seen.is_empty() {
        asked.push((None, unasked(models, &seen)));
    }
    asked
}

/// Timepoints at which no model asks: as the models know them, else before all others, since
/// nothing is known of their time.
fn unasked(models: &[Model], seen: &BTreeSet<Code>) -> Vec<Timepoint> {
    let known = models.iter().flat_map(|model| timepoints(model.content(), |id| seen.contains(id)));
    let mut sessions: BTreeMap<Code, u16> = seen.iter().map(|id| (id.clone(), 0)).collect();
    sessions.extend(known.map(|point| (point.code, point.session)));
    let points = sessions.into_iter().map(|(code, session)| Timepoint { code, session });
    in_order(points.collect())
}

fn timepoints(content: &Content, wanted: impl Fn(&Code) -> bool) -> Vec<Timepoint> {
    let points = content.timepoints.iter().filter(|point| wanted(&point.id));
    let point = |point: &program_model::Timepoint| Timepoint {
        code: point.id.clone(),
        session: session_of(content, point),
    };
    in_order(points.map(point).collect())
}

fn in_order(mut points: Vec<Timepoint>) -> Vec<Timepoint> {
    points.sort_by(|one, other| (one.session, &one.code).cmp(&(other.session, &other.code)));
    points
}

/// The session at which a timepoint falls: sessions are the one axis on which people join, come,
/// leave and are measured. What lies between phases comes after the last session before it.
fn session_of(content: &Content, point: &program_model::Timepoint) -> u16 {
    let sessions = content.cadence.sessions;
    let phase = content.phases.iter().find(|phase| point.phase.as_ref() == Some(&phase.id));
    let met_before = |week: i16| {
        let before = content.phases.iter().filter(|phase| phase.first_week < week);
        before.filter_map(|phase| phase.last_session).max().unwrap_or(0)
    };
    let session = match (point.anchor, phase) {
        (Anchor::Session, _) => point.session.unwrap_or(1),
        (Anchor::LastSession, _) => sessions.saturating_add(1),
        (Anchor::PhaseStart, Some(phase)) => {
            phase.first_session.unwrap_or_else(|| met_before(phase.first_week) + 1)
        }
        (Anchor::PhaseEnd, Some(phase)) => {
            phase.last_session.unwrap_or_else(|| met_before(phase.first_week) + 1)
        }
        (Anchor::PhaseStart | Anchor::PhaseEnd, None) => 1,
    };
    session.min(Cohort::LONGEST)
}
