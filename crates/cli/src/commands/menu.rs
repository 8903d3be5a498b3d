//! The three ways in, for somebody who typed the bare name.

use serde_json::json;

use super::Desk;
use crate::{exit::Exit, texts::text};

pub(crate) fn run(desk: &mut Desk) -> Exit {
    desk.screen.say(text!("menu-head"));
    desk.screen.gap();
    desk.screen.say(text!("menu-demo"));
    desk.screen.say(text!("menu-init"));
    desk.screen.say(text!("menu-card"));
    desk.screen.gap();
    desk.screen.say(text!("menu-more"));
    let ways = ["demo healing-circle", "init", "card"];
    desk.screen.answer(&json!({ "ways_in": ways }));
    Exit::Done
}
