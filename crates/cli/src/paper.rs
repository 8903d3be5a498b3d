//! Pages that stand alone: they load nothing from anywhere, run nothing, and tell nobody where they were opened from.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::texts;

/// A page of a title, a style and a body.
pub(crate) fn page(title: &str, style: &str, body: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang=(texts::words().language()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(style)) }
            }
            body { (body) }
        }
    }
    .into_string()
}
