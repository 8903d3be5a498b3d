//! A few people, days and courses that the stories share.

use chrono::NaiveDate;
use commons::{Aggregate, Code, EventId, MemberId};
use curriculum::{
    Attendance, Class, ClassError, ClassEvent, Component, Course, CourseParts, Ladder, Mark,
    Module, NeededFor, ScreenedBefore, Screening,
};

pub(crate) const STAFF: MemberId = MemberId::number(1000);
pub(crate) const KEEPER: Code = Code::of("keeper");
pub(crate) const HEALING: Code = Code::of("own_healing");

pub(crate) fn who(n: u128) -> MemberId {
    MemberId::number(n)
}

pub(crate) fn date(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).expect("a day of the calendar")
}

/// The day that lies so many days after March 2, 2026, a Monday.
pub(crate) fn day(n: u64) -> NaiveDate {
    date(2026, 3, 2) + chrono::Days::new(n)
}

/// Six modules of three hours, the third on safety; five attended and the rest made up.
pub(crate) fn healing_circle() -> CourseParts {
    let mut parts = CourseParts::new(Code::of("healing-circle"), 1);
    parts.modules = (1..=6)
        .map(|n| Module::new(n, Code::of("module"), 180))
        .map(|module| if module.n == 3 { module.about_safety() } else { module })
        .collect();
    parts.attendance = Attendance::at_least(5);
    parts.roles = [KEEPER].into();
    parts
}

/// Fifteen days of seven hours, with one's own healing, for the assistants of social healing groups.
pub(crate) fn assistants() -> CourseParts {
    let mut parts = CourseParts::new(Code::of("healing-assistant"), 1);
    parts.modules = (1..=15).map(|n| Module::new(n, Code::of("day"), 420)).collect();
    parts.components =
        vec![Component { id: HEALING, needed_for: NeededFor::Authorization, valid_months: None }];
    parts.minutes_least = 105 * 60;
    parts.screened_before = ScreenedBefore::Authorization;
    parts.ladder = Ladder::RungByRung;
    parts.roles = [KEEPER].into();
    parts
}

/// A class under way: takes decisions, counts event ids.
pub(crate) struct Story {
    pub(crate) class: Class,
    next: u128,
}

impl Story {
    pub(crate) fn of(parts: CourseParts, most: u16) -> Self {
        let mut story = Self { class: Class::default(), next: 0 };
        let course = Course::new(parts).expect("a sound course");
        story.decide(|class| class.announce(course, Code::of("spring"), most, day(0)));
        story
    }

    /// A story in which so many people were screened and enrolled on the first day.
    pub(crate) fn with(parts: CourseParts, people: u128) -> Self {
        let mut story = Self::of(parts, 30);
        for n in 1..=people {
            story.screen(n, 0);
            story.decide(|class| class.enroll(who(n), day(0)));
        }
        story
    }

    pub(crate) fn record(&mut self, event: ClassEvent) -> EventId {
        self.next += 1;
        let id = EventId::number(self.next);
        self.class.apply(id, &event);
        id
    }

    #[track_caller]
    pub(crate) fn decide(
        &mut self,
        decision: impl FnOnce(&Class) -> Result<ClassEvent, ClassError>,
    ) -> EventId {
        let event = decision(&self.class).expect("nothing stands against it");
        self.record(event)
    }

    pub(crate) fn screen(&mut self, n: u128, on: u64) -> EventId {
        let event = self.class.screen(who(n), &Screening::all_ready(day(on), STAFF));
        self.record(event)
    }

    /// Holds modules one a day, all there.
    pub(crate) fn hold(
        &mut self,
        modules: std::ops::RangeInclusive<u16>,
        minutes: u16,
        people: u128,
    ) {
        for module in modules {
            let marks = (1..=people).map(|n| (who(n), Mark::Present));
            self.record(ClassEvent::held(module, minutes, marks, day(u64::from(module))));
        }
    }
}
