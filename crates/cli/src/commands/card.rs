//! The crisis card: shown without a passphrase, whatever became of the store.

use serde_json::json;

use super::Desk;
use crate::{
    args::{CardEdit, CardPrint},
    card_file::{self, Source},
    exit::Exit,
    failure::Failure,
    place::{self, Place},
    screen::{Screen, remark},
    store,
    texts::text,
    world,
};

/// The card that is nearest at hand: never a refusal.
pub(crate) fn at_hand(place: &Place, screen: &mut Screen) -> (Source, String) {
    // Whether it is a demo is asked of the store; a store that cannot be read keeps no card back.
    let mut keeper = store::look(place, screen).ok();
    if let Some(text) = card_file::kept(place) {
        return (Source::File, text);
    }
    let demo = screen.is_demo();
    let published = keeper.as_mut().and_then(|keeper| keeper.card().ok().flatten());
    match published {
        Some(card) => (Source::Store, card_file::text_of(&card, demo)),
        None => (Source::BuiltIn, card_file::built_in()),
    }
}

pub(crate) fn show(desk: &mut Desk) -> Result<Exit, Failure> {
    let (source, text) = match desk.place() {
        Ok(place) => at_hand(&place, &mut desk.screen),
        Err(_) => (Source::BuiltIn, card_file::built_in()),
    };
    let marked = text.strip_prefix(&text!("demo-line"));
    for line in marked.unwrap_or(&text).trim_start_matches('\n').lines() {
        desk.screen.say(line);
    }
    desk.screen.answer(&json!({ "source": source, "text": text }));
    Ok(Exit::Done)
}

pub(crate) fn print(desk: &mut Desk, args: &CardPrint) -> Result<Exit, Failure> {
    let place = desk.place()?;
    let (source, text) = at_hand(&place, &mut desk.screen);
    let file = args.out.clone().unwrap_or_else(|| place.card_page());
    if args.out.is_none() {
        std::fs::create_dir_all(place.dir()).map_err(|error| Failure::not_written(&error))?;
    }
    place::write(&file, card_file::page(&text).as_bytes())?;
    desk.screen.say(text!("card-printed", file = file.display().to_string()));
    desk.screen.answer(&json!({ "source": source, "file": file }));
    Ok(Exit::Done)
}

pub(crate) fn template(desk: &mut Desk) -> Result<Exit, Failure> {
    let template = include_str!("../../assets/card-template.toml");
    for line in template.lines() {
        desk.screen.say(line);
    }
    desk.screen.answer(&json!({ "text": template }));
    Ok(Exit::Done)
}

/// Publishes a card. Where there is no store, or a damaged one, the plain files are written all the
/// same: helping is never refused.
pub(crate) fn edit(desk: &mut Desk, args: &CardEdit) -> Result<Exit, Failure> {
    let place = desk.place()?;
    let card = card_file::parse(&place::read_text(&args.file)?, world::now().date_naive())?;
    let opened = store::open(&place, &mut desk.screen);
    let stored = match opened {
        Ok(mut keeper) => {
            store::unlock(&mut keeper, &desk.globals, &desk.screen)?;
            keeper.publish_card(&card)?;
            true
        }
        Err(failure) if matches!(failure.exit(), Exit::Missing | Exit::Damaged) => {
            remark(&text!("card-not-stored"));
            false
        }
        Err(failure) => return Err(failure),
    };
    card_file::write(&place, &card_file::text_of(&card, desk.screen.is_demo()))?;
    desk.screen.say(text!("card-edited", file = place.card_page().display().to_string()));
    let files = [place.card_text(), place.card_page()];
    desk.screen.answer(&json!({ "stored": stored, "files": files }));
    Ok(Exit::Done)
}
