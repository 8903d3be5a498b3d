//! Whether the plain answer of a definition names what is there.

use commons::Code;

use super::scale;
use crate::{
    Fault,
    definition::{Counted, Definition},
};

pub(super) fn faults(definition: &Definition, faults: &mut Vec<Fault>) {
    let Some(answer) = &definition.answer else { return };
    let bands = |id: &Code| definition.bands.iter().any(|bands| bands.provenance.id == *id);
    let cut = |id: &Code| definition.cut_offs.iter().any(|cut| cut.provenance.id == *id);
    let levels = |id: &Code| definition.levels.iter().any(|levels| levels.provenance.id == *id);
    let mut reading = |id: &Code, there: bool| {
        if !there {
            faults.push(Fault::NoSuchReading { id: id.clone() });
        }
    };
    answer.band.iter().for_each(|id| reading(id, bands(id)));
    answer.case.iter().for_each(|id| reading(id, cut(id)));
    answer.flags.values().for_each(|id| reading(id, cut(id) || levels(id)));
    answer.levels.values().for_each(|id| reading(id, levels(id)));
    let raw = &definition.scoring;
    let counted = answer.counts.values().flat_map(|counted| match counted {
        Counted::One(id) => std::slice::from_ref(id),
        Counted::Several(ids) => ids.as_slice(),
    });
    let no_count = counted.filter(|id| !raw.counts.iter().any(|count| count.id == **id));
    let no_scale = answer.subscales.iter().flatten().filter(|id| scale(raw, id).is_none());
    let missing = no_count.chain(no_scale).map(|id| Fault::NoSuchFigure { id: id.clone() });
    faults.extend(missing);
}
