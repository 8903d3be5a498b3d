//! What a unit is, what can happen to it, and whether a model can be lived.

use crate::words::{Membership, words};

words! {
    /// What a program's unit is, and so what can happen to it.
    pub enum Shape {
        /// A fixed list of people who go through it together.
        ClosedGroup = "closed_group",
        /// A meeting for whoever comes.
        OpenGroup = "open_group",
        /// A case with parties and an agreement.
        Case = "case",
        /// One person and one helper, a number of sessions.
        OneToOne = "one_to_one",
        /// A site with opening hours.
        Place = "place",
        /// A house with beds.
        Residential = "residential",
        /// A course that ends in a dated certificate.
        Course = "course",
        /// A single event.
        Event = "event",
        /// Whatever the community decides.
        CommunityDefined = "community_defined",
        /// Money with invariants.
        Ledger = "ledger",
        /// A plan with a launch gate.
        Plan = "plan",
        /// A list of services.
        Directory = "directory",
    }

    /// What a rule can be about: a kind of event that some shapes produce and others cannot.
    pub enum About {
        /// The program as a whole: launch, plan, safety, adaptations.
        Program = "program",
        /// People joining, leaving, holding roles.
        Membership = "membership",
        /// Sessions planned and held, and who came.
        Session = "session",
        /// Phases entered and left.
        Phase = "phase",
        /// The parts of a session.
        Segment = "segment",
        /// Modules taught and certificates given.
        Course = "course",
        /// Ground rules adopted and affirmed.
        Agreement = "agreement",
        /// Units founded by members of other units.
        Lineage = "lineage",
        /// Money of members.
        Money = "money",
        /// Measures taken.
        Measure = "measure",
    }

    /// Whether a shipped model can be lived.
    pub enum State {
        /// Complete and checked; every rule of it is kept by the code.
        Ready = "ready",
        /// A file exists; parts of it are not kept by the code yet.
        Draft = "draft",
        /// Named so that others can point to it; no file yet.
        Planned = "planned",
    }
}

impl Shape {
    /// What can happen to a unit of this shape, and so what a rule of its model may be about.
    #[must_use]
    pub const fn produces(self) -> &'static [About] {
        use About::{
            Agreement, Course, Lineage, Measure, Membership, Money, Phase, Program, Segment,
            Session,
        };
        match self {
            Self::ClosedGroup | Self::CommunityDefined => &[
                Program, Membership, Session, Phase, Segment, Course, Agreement, Lineage, Money,
                Measure,
            ],
            Self::OpenGroup => {
                &[Program, Membership, Session, Segment, Course, Agreement, Lineage, Money, Measure]
            }
            Self::OneToOne => {
                &[Program, Membership, Session, Phase, Segment, Agreement, Money, Measure]
            }
            Self::Case => &[Program, Membership, Session, Phase, Agreement, Measure],
            Self::Place | Self::Residential => &[Program, Membership, Agreement, Money, Measure],
            Self::Course => &[Program, Membership, Session, Segment, Course, Money, Measure],
            Self::Event => &[Program, Session, Segment, Measure],
            Self::Ledger => &[Program, Membership, Session, Phase, Agreement, Money],
            Self::Plan => &[Program, Phase],
            Self::Directory => &[Program],
        }
    }

    /// The ways of belonging that a unit of this shape may have.
    #[must_use]
    pub const fn memberships(self) -> &'static [Membership] {
        use Membership::{
            Case, Closed, DropIn, Event, GuestThenMember, OneToOne, Open, Residential, Rolling,
        };
        match self {
            Self::ClosedGroup | Self::Ledger => &[Closed],
            Self::OpenGroup => &[Rolling, Open, DropIn, GuestThenMember],
            Self::Case => &[Case],
            Self::OneToOne => &[OneToOne],
            Self::Place => &[Rolling, Open, DropIn, GuestThenMember],
            Self::Residential => &[Residential],
            Self::Course => &[Closed, Event],
            Self::Event => &[Event],
            Self::CommunityDefined => Membership::ALL,
            Self::Plan | Self::Directory => &[Closed, Open],
        }
    }
}
