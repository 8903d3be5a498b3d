//! Services of the directory: a closing stands until somebody made sure again.

use commons::{Aggregate, ServiceId};
use safety_protocols::{
    Assurance, AssuranceLimits, Rulebook, Rulebooks, Service, ServiceEvent, ServiceKind,
    ServiceStatus, schedule,
};

use crate::{code, day, id, kigali};

#[test]
fn a_closing_stands_until_an_assurance_names_it() {
    let limits = AssuranceLimits::of(Rulebook::shipped());
    let mut service = Service::default();
    service.apply(
        id(1),
        &ServiceEvent::Closed { status: ServiceStatus::TemporarilyClosed, on: day("2026-03-02") },
    );
    let mut unaware = service.clone();
    let uncited = ServiceEvent::Assured { on: day("2026-03-03"), cites: [].into() };
    unaware.apply(id(2), &uncited);
    assert_eq!(unaware.status(day("2026-03-04")), ServiceStatus::TemporarilyClosed);
    assert_eq!(unaware.assurance(day("2026-03-04"), limits), Assurance::Refused { days: None });
    let kinds: Vec<_> = unaware.breaches().into_iter().map(|breach| breach.kind).collect();
    assert_eq!(kinds, [ServiceKind::AssuredWhileClosed]);

    let again = service.assure(day("2026-03-03"));
    service.apply(id(2), &again);
    assert_eq!(service.assurance(day("2026-03-04"), limits), Assurance::Fine);
    assert!(service.breaches().is_empty());
}

#[test]
fn a_service_that_failed_somebody_is_looked_into() {
    let mut service = Service::default();
    let open = |service: &Service| {
        schedule(&service.occurrences(ServiceId::number(1), &kigali()), &Rulebooks::shipped_only())
            .into_iter()
            .filter(|duty| duty.is_open())
            .map(|duty| duty.row)
            .collect::<Vec<_>>()
    };
    service.apply(id(1), &ServiceEvent::Listed { category: code("food"), on: day("2026-03-01") });
    service.apply(id(2), &ServiceEvent::SaidToFail { on: day("2026-03-02") });
    assert_eq!(open(&service), [code("dr-06-service"), code("dr-04-assure")]);
    let assured = service.assure(day("2026-03-05"));
    service.apply(id(3), &assured);
    assert_eq!(open(&service), [code("dr-04-assure")], "checked again in half a year");
}
