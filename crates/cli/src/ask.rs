//! Asking the person at the terminal.

use std::io::{BufRead, Write};

use zeroize::Zeroizing;

use crate::{failure::Failure, screen::is_attended, texts::text};

/// One line of an answer, without the spaces around it.
pub(crate) fn line(question: &str) -> Result<String, Failure> {
    if !is_attended() {
        return Err(Failure::new("cli.ask_at_terminal", &[]).listing([question.to_owned()]));
    }
    let mut to = anstream::stderr();
    let _ = write!(to, "{question} ");
    let _ = to.flush();
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).map_err(|error| Failure::unreadable(&error))?;
    Ok(answer.trim().to_owned())
}

/// A yes; anything else is a no.
pub(crate) fn yes(question: &str) -> Result<bool, Failure> {
    let answer = line(question)?.to_lowercase();
    let yes = text!("answer-yes");
    Ok(!answer.is_empty() && (yes.starts_with(&answer) || yes == answer))
}

/// A secret, which is not shown while it is typed.
pub(crate) fn secret(question: &str) -> Result<Zeroizing<String>, Failure> {
    let typed = rpassword::prompt_password(format!("{question} "));
    typed
        .map(Zeroizing::new)
        .map_err(|error| Failure::new("cli.no_passphrase", &[]).because(&error))
}
