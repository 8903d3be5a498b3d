//! Words about care and consent.

use crate::words::words;

words! {
    /// How grave a matter is, in everyday words.
    ///
    /// They stand for S4, S3, S2 and S1 of the one severity scale.
    pub enum Gravity {
        /// A note (S4).
        Note = "note",
        /// Talk about it at the next supervision (S3).
        Watch = "watch",
        /// The same day (S2).
        Urgent = "urgent",
        /// Now; the local emergency number (S1).
        Emergency = "emergency",
    }

    /// What a supervision contact is.
    pub enum Support {
        /// Supervision that those who lead owe and are owed.
        Supervision = "supervision",
        /// Mentoring of people who lead by themselves.
        Mentoring = "mentoring",
        /// Consultation among peers, offered and never required.
        PeerConsultation = "peer_consultation",
    }

    /// What follows when a supervision contact is late.
    pub enum Lateness {
        /// It is shown as overdue and, when very late, the unit pauses.
        Pause = "pause",
        /// It is shown as overdue.
        Warn = "warn",
        /// It is offered again; nothing is held against anybody.
        Offer = "offer",
    }

    /// What a supervisor's load is counted in.
    pub enum LoadOf {
        /// People supervised.
        People = "people",
        /// Units supervised.
        Units = "units",
    }

    /// How a program meets thoughts of suicide. A unit has exactly one charter.
    pub enum Charter {
        /// We ask, we act in the same session, we may call for help.
        ScreenAndAct = "screen_and_act",
        /// We do not screen; when somebody says it, we respond, plan and connect.
        NoticeAndAct = "notice_and_act",
        /// No risk assessment and no calls to authorities, under its own charter.
        MutualNoAssessment = "mutual_no_assessment",
    }

    /// What people are asked. Each is asked, and may be refused, alone.
    pub enum Asked {
        /// To take part.
        Participate = "participate",
        /// That records are kept.
        KeepRecords = "keep_records",
        /// To be reached by a channel.
        Contact = "contact",
        /// That sheets are filled in.
        MeasureOutcomes = "measure_outcomes",
        /// That questions about danger to oneself are asked.
        MeasureRiskItems = "measure_risk_items",
        /// That the supervisor hears.
        ShareWithSupervisor = "share_with_supervisor",
        /// That an observer, mentor or visitor is in the room.
        ObserverPresent = "observer_present",
        /// To be referred to a service.
        Refer = "refer",
        /// That an evaluation uses the records.
        Evaluate = "evaluate",
        /// To be counted in reports.
        AggregateReporting = "aggregate_reporting",
        /// That a story is told.
        Story = "story",
        /// That a photograph or recording is made.
        PhotoAudio = "photo_audio",
        /// That data are stored in another country.
        StoreAbroad = "store_abroad",
        /// To be reached after leaving.
        RecontactAfterExit = "recontact_after_exit",
        /// That a guardian is told of a matter.
        GuardianInformed = "guardian_informed",
    }

    /// Before what people are asked.
    pub enum Before {
        /// Before they come for the first time.
        Attendance = "attendance",
        /// Before they are measured.
        Measure = "measure",
        /// Before that use is made.
        Use = "use",
    }
}
