//! Circles formed: proposed, looked at, changed by hand, convened.

mod accept;
mod gather;
mod out;
mod page;
mod pairs;
mod propose;
mod told;
mod wishes;

use super::Desk;
use crate::{
    args::{Form, FormTemplate},
    exit::Exit,
    failure::Failure,
    screen::remark,
    texts,
};
use circle_formation::Sizes;
use convening::{Columns, FormingRules};
use serde_json::json;

pub(crate) fn run(desk: &mut Desk, args: &Form) -> Result<Exit, Failure> {
    if let Some(what) = args.template {
        return template(desk, args, what);
    }
    if let Some(file) = &args.wishes {
        return wishes::take_in(desk, args, file);
    }
    if args.source.roster.is_none() && pairs::are_noted(args) {
        return pairs::run(desk, args);
    }
    let mut gathered = gather::gather(desk, args)?;
    let proposed = propose::propose(desk, args, &mut gathered)?;
    if args.accept.is_some() {
        return accept::accept(desk, args, gathered, &proposed);
    }
    propose::tell(desk, args, &gathered, &proposed)
}

/// An empty list, or rules to be filled in.
fn template(desk: &mut Desk, args: &Form, what: FormTemplate) -> Result<Exit, Failure> {
    let aspects = match &args.rules {
        Some(file) => gather::rules(file, None)?.aspects().to_vec(),
        None => Vec::new(),
    };
    let columns = match what {
        FormTemplate::People => Some(Columns::of_people(&aspects)),
        FormTemplate::Facilitators => Some(Columns::of_facilitators()),
        FormTemplate::Wishes => Some(Columns::of_wishes(&aspects)),
        FormTemplate::Rules => None,
    };
    let bytes = match &columns {
        Some(columns) => columns.template().map_err(|_| Failure::new("cli.template", &[]))?,
        None => {
            // Between the two models that can be lived today: whoever fills it in sets their own.
            let sizes = Sizes::new(5, 6, 7).map_err(|error| Failure::refused(&error))?;
            FormingRules::of_sizes(sizes).to_toml().into_bytes()
        }
    };
    let names: Vec<_> = columns.iter().flat_map(Columns::names).collect();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    desk.screen.say(text.trim_start_matches('\u{feff}').trim_end());
    if !desk.screen.json() {
        for name in &names {
            let words = texts::code("form-column", name);
            remark(&texts::text!("template-column", name = *name, words = words));
        }
    }
    let columns =
        names.iter().map(|name| ((*name).to_owned(), texts::code("form-column", name).into()));
    let columns: serde_json::Map<_, _> = columns.collect();
    desk.screen.answer(&json!({ "text": text, "columns": columns }));
    Ok(Exit::Done)
}
