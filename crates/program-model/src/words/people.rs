//! Words about people, roles and sessions.

use crate::words::words;

words! {
    /// How people belong.
    pub enum Membership {
        /// A fixed list after the join cut-off.
        Closed = "closed",
        /// People join and leave while it runs.
        Rolling = "rolling",
        /// Whoever comes is welcome.
        Open = "open",
        /// No membership; visits are counted.
        DropIn = "drop_in",
        /// One occasion.
        Event = "event",
        /// One person and one helper.
        OneToOne = "one_to_one",
        /// The parties of a case.
        Case = "case",
        /// Guests who stay the night.
        Residential = "residential",
        /// A few visits as a guest, then a member.
        GuestThenMember = "guest_then_member",
    }

    /// Whether a seat that came free may be filled after the join cut-off.
    pub enum Refill {
        /// Never.
        No = "no",
        /// With the recorded consent of all members present.
        ByConsent = "by_consent",
        /// Always.
        Yes = "yes",
    }

    /// What a role is to the members.
    pub enum RoleKind {
        /// Somebody the program is for.
        Participant = "participant",
        /// A peer or trained community member who leads.
        Lead = "lead",
        /// Staff who may enter for a time.
        Staff = "staff",
        /// Somebody who supervises those who lead.
        Supervisor = "supervisor",
        /// A link to others: authorities, partners.
        Liaison = "liaison",
    }

    /// Where a role is held.
    pub enum Scope {
        /// For one session.
        Session = "session",
        /// For the unit.
        Unit = "unit",
        /// For a site.
        Site = "site",
        /// For the program.
        Program = "program",
    }

    /// Where staff stand in a phase, from close to far.
    pub enum Stance {
        /// Staff talk with each person.
        Interviewer = "interviewer",
        /// Staff teach.
        Trainer = "trainer",
        /// Staff, or those the model names as leads, facilitate.
        Facilitator = "facilitator",
        /// Staff watch and mentor.
        Observer = "observer",
        /// Staff stay away and can be called.
        OnCall = "on_call",
        /// Staff are asked when the circle wishes.
        Consult = "consult",
        /// Staff call the circle together again.
        Convenor = "convenor",
    }

    /// What a part of a session is for.
    pub enum SegmentKind {
        /// A welcome, a song, a ritual.
        Ritual = "ritual",
        /// Arriving, grounding, resting: settling the body.
        Settle = "settle",
        /// A round in which everybody may speak.
        Round = "round",
        /// Moving the body.
        Movement = "movement",
        /// Breathing together.
        Breathing = "breathing",
        /// The center activity.
        Activity = "activity",
        /// Sharing stories and witnessing them.
        Share = "share",
        /// Looking after each other before leaving.
        Care = "care",
        /// Closing and next steps.
        Close = "close",
    }

    /// A kind of activity.
    pub enum ActivityKind {
        /// Talking.
        Talk = "talk",
        /// Drawing, clay, music.
        Art = "art",
        /// Play.
        Play = "play",
        /// Writing.
        Writing = "writing",
        /// Exercises.
        Exercise = "exercise",
        /// Ritual.
        Ritual = "ritual",
        /// Movement.
        Movement = "movement",
        /// Breathing.
        Breathing = "breathing",
        /// Telling and hearing stories.
        Story = "story",
        /// Rest and meditation.
        Rest = "rest",
    }

    /// What is special about a session.
    pub enum Special {
        /// The last session in which somebody may join.
        JoinCutOff = "join_cut_off",
        /// Heavy stories: a second lead or a supervisor is reachable.
        Storms = "storms",
        /// Never required of anybody.
        Optional = "optional",
        /// A private route is offered to those who live with violence.
        PrivateRoute = "private_route",
        /// A committee is elected.
        Election = "election",
        /// Certificates and farewell.
        Graduation = "graduation",
    }
}
