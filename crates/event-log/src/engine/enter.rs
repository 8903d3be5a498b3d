//! Opening a store: under its own name, or under a new one.

use commons::OriginId;

use super::append;
use crate::{AppendError, Clock, Course, DeviceId, Digest, Mark, Own, Rows, Visit, Why, course};

/// Lets a store write on under its origin, or opens a new one whose first event says why.
///
/// `mark` says what the device remembers of an origin. It is asked within the transaction: marks
/// are written after commits, so none that is read here is ahead of the store. `restored` says
/// that the caller has just put the store back from a backup.
///
/// # Errors
///
/// [`AppendError::Store`], and [`AppendError::Taken`] where the ids of the visit were used before.
pub fn enter<R: Rows>(
    rows: &mut R,
    device: DeviceId,
    visit: &Visit,
    mark: impl FnOnce(OriginId) -> Option<Mark>,
    restored: bool,
) -> Result<Course, AppendError<R::Error>> {
    let own = rows.own().map_err(AppendError::Store)?;
    let mark = own.and_then(|own| mark(own.origin));
    let held = link_at(rows, own, mark).map_err(AppendError::Store)?;
    let decided = if restored {
        Course::Mint(Why::Restored)
    } else {
        course(device, own.as_ref(), mark, held)
    };
    if let Course::Mint(why) = decided {
        let after = own.and_then(|own| own.head());
        let clock = own.map_or_else(Clock::default, |own| own.clock);
        let fresh = Own::fresh(visit.origin, device, clock);
        append(rows, fresh, &visit.opening(device, after, why), visit.wall_ms)?;
        if let Some(tip) = after {
            // From now on it is the tip of another origin, like any that came from elsewhere.
            rows.move_tip(tip.link, tip).map_err(AppendError::Store)?;
        }
    }
    Ok(decided)
}

/// The link that the store holds where its device left it, if it is the same.
fn link_at<R: Rows>(
    rows: &R,
    own: Option<Own>,
    mark: Option<Mark>,
) -> Result<Option<Digest>, R::Error> {
    let (Some(own), Some(mark)) = (own, mark) else {
        return Ok(None);
    };
    let places = rows.places(own.origin, mark.seq)?;
    let mut links = places.iter().map(|place| place.link);
    Ok(links.find(|link| *link == mark.link))
}
