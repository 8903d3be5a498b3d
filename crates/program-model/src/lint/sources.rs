//! Sources that nobody can open, and figures that name none.

use std::collections::BTreeSet;

use toml::de::DeValue;

use crate::{
    basis::Basis,
    fault::Fault,
    lint::among,
    tree::{Node, Row, Spot},
    walk::Findings,
};

pub(super) fn lint(root: &Row<'_>, findings: &mut Findings<'_>) {
    let Some(identity) = root.row("identity") else { return };
    let sources = identity.rows("sources");
    let known: Vec<&str> = sources.iter().filter_map(|source| source.text("id")).collect();
    let mut used = BTreeSet::new();
    for (key, node) in root.table() {
        bases(node, key.get_ref(), false, &mut |basis, spot| {
            if let Some(source) = basis.source() {
                among("source", source.as_str(), &known, spot, findings);
                used.insert(source.as_str().to_owned());
            }
        });
    }
    for source in &sources {
        if !source.has("page") && !source.has("address") {
            findings.add(source.spot.clone(), Fault::SourceNowhere);
        }
        if let Some(id) = source.text("id").filter(|id| !used.contains(*id)) {
            findings.add(source.spot_of("id"), Fault::SourceUnused { source_id: id.to_owned() });
        }
    }
}

/// Visits every basis of a value, with its place.
fn bases(node: &Node<'_>, path: &str, is_basis: bool, visit: &mut impl FnMut(Basis, Spot)) {
    let value: &DeValue<'_> = node.get_ref();
    if let Some(table) = value.as_table() {
        for (key, node) in table {
            let path = format!("{path}.{}", key.get_ref());
            bases(node, &path, is_basis || key.get_ref() == "basis", visit);
        }
    } else if let Some(list) = value.as_array() {
        for node in list.iter() {
            bases(node, path, is_basis, visit);
        }
    } else if let Some(basis) =
        value.as_str().filter(|_| is_basis).and_then(|text| text.parse().ok())
    {
        visit(basis, Spot { path: path.to_owned(), span: node.span() });
    }
}
