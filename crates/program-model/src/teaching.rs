//! A model as a curriculum reads it: courses, the syllabus, the mix of activities.

use curriculum::{Course, CourseError, Mix, MixError, SessionPlan, Syllabus, SyllabusError};

use crate::{
    content::{Component, Content, Lesson, Module, Training},
    model::Model,
    words::{ActivityKind, Special},
};

impl Model {
    /// The courses that prepare people for roles of this model.
    ///
    /// # Errors
    ///
    /// [`CourseError`] when a training is no course.
    pub fn courses(&self) -> Result<Vec<Course>, CourseError> {
        let content = self.content();
        content.training.iter().map(|training| course(content, training)).collect()
    }

    /// The sessions of a unit, one by one; nothing where they have no themes.
    ///
    /// # Errors
    ///
    /// [`SyllabusError`] when the sessions are no syllabus.
    pub fn syllabus(&self) -> Result<Option<Syllabus>, SyllabusError> {
        let lessons = &self.content().syllabus;
        if lessons.is_empty() {
            return Ok(None);
        }
        Syllabus::new(lessons.iter().map(session_plan).collect()).map(Some)
    }

    /// The mix of activities that the model intends; nothing where it names none.
    ///
    /// # Errors
    ///
    /// [`MixError`] when the shares are no mix.
    pub fn mix(&self) -> Result<Option<Mix>, MixError> {
        let activities = &self.content().activities;
        if activities.is_empty() {
            return Ok(None);
        }
        let share = |percent: u16| percent.saturating_mul(Mix::WHOLE / 100);
        Mix::new(activities.iter().map(|it| (activity(it.kind), share(it.share_percent)))).map(Some)
    }
}

fn course(
    content: &Content,
    training: &Training,
) -> Result<curriculum::Course, curriculum::CourseError> {
    use curriculum::{Attendance, CourseParts, ScreenedBefore};
    let prepares = || content.roles.iter().filter(|role| role.training.contains(&training.id));
    let mut parts = CourseParts::new(training.id.clone(), content.version);
    parts.modules = training.modules.iter().map(module).collect();
    parts.components = training.components.iter().map(component).collect();
    parts.attendance = training.attend_at_least.map_or_else(Attendance::all, Attendance::at_least);
    parts.screened_before = if prepares().any(|role| role.screening) {
        ScreenedBefore::Enrollment
    } else {
        ScreenedBefore::Authorization
    };
    parts.roles = prepares().map(|role| role.id.clone()).collect();
    parts.valid_months = training.valid_months;
    curriculum::Course::new(parts)
}

fn module(module: &Module) -> curriculum::Module {
    let course = curriculum::Module::new(module.n, module.id.clone(), module.minutes);
    let course = course.after(module.needs.iter().copied());
    if module.safety { course.about_safety() } else { course }
}

fn component(component: &Component) -> curriculum::Component {
    use curriculum::NeededFor;
    let needed_for =
        if component.before_leading { NeededFor::Authorization } else { NeededFor::Completion };
    curriculum::Component { id: component.id.clone(), needed_for, valid_months: None }
}

fn session_plan(lesson: &Lesson) -> SessionPlan {
    use curriculum::{Need, Special as Marked};
    let mut plan = SessionPlan::new(lesson.n, lesson.theme.clone());
    if let Some(least) = lesson.needs_sessions_held {
        plan = plan.needing(Need::SessionsHeld { least });
    }
    if let Some(days) = lesson.needs_supervision_days {
        plan = plan.needing(Need::SupervisionWithin { days });
    }
    if let Some(timepoint) = &lesson.timepoint {
        plan = plan.special(Marked::MeasureDue { timepoint: timepoint.clone() });
    }
    for special in &lesson.special {
        plan = match special {
            Special::JoinCutOff => plan.special(Marked::LastToJoin),
            Special::Storms => plan.special(Marked::Storms).special(Marked::PersonalStory),
            Special::Optional => plan.special(Marked::NeverRequired),
            Special::PrivateRoute => plan.special(Marked::PrivateWay),
            Special::Graduation => plan.special(Marked::Graduation),
            Special::Election => plan,
        };
    }
    plan
}

const fn activity(kind: ActivityKind) -> curriculum::ActivityKind {
    use curriculum::ActivityKind as Kind;
    match kind {
        ActivityKind::Talk => Kind::Talk,
        ActivityKind::Art => Kind::Art,
        ActivityKind::Play => Kind::Play,
        ActivityKind::Writing => Kind::Writing,
        ActivityKind::Exercise => Kind::Exercise,
        ActivityKind::Ritual => Kind::Ritual,
        ActivityKind::Movement => Kind::Movement,
        ActivityKind::Breathing => Kind::Breathing,
        ActivityKind::Story => Kind::Story,
        ActivityKind::Rest => Kind::Rest,
    }
}
