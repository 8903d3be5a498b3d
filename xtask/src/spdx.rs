//! License expressions, as crates state them, judged by a list of licenses we accept.
//!
//! The grammar is annex D of SPDX 2.3 (<https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/>)
//! and the `/` that older crates write for `OR`. `WITH` binds closest, then `AND`, then `OR`.

use std::{collections::BTreeSet, fmt};

/// A license expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expression {
    /// One license, with its exception where it has one: `Apache-2.0 WITH LLVM-exception`.
    License(String),
    /// Any of them will do.
    Or(Vec<Self>),
    /// All of them bind.
    And(Vec<Self>),
}

/// Why a text is no license expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoExpression {
    /// A license or a parenthesis was wanted here.
    #[error("a license is missing at its end or before an operator")]
    LicenseWanted,
    /// A parenthesis stays open.
    #[error("a parenthesis stays open")]
    Open,
    /// Something follows after the end.
    #[error("`{0}` follows where it should have ended")]
    Trailing(String),
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    ///
    /// [`NoExpression`] where the grammar is not kept.
    pub(crate) fn parse(text: &str) -> Result<Self, NoExpression> {
        let spaced = text.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let mut reader = Reader { rest: &words };
        let expression = reader.alternatives()?;
        match reader.rest {
            [] => Ok(expression),
            [next, ..] => Err(NoExpression::Trailing((*next).to_owned())),
        }
    }

    /// Whether it can be met by licenses of this list.
    pub(crate) fn is_met_by(&self, accepted: &BTreeSet<String>) -> bool {
        match self {
            Self::License(license) => accepted.contains(license),
            Self::Or(choices) => choices.iter().any(|choice| choice.is_met_by(accepted)),
            Self::And(parts) => parts.iter().all(|part| part.is_met_by(accepted)),
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (parts, word) = match self {
            Self::License(license) => return f.write_str(license),
            Self::Or(parts) => (parts, " OR "),
            Self::And(parts) => (parts, " AND "),
        };
        let texts: Vec<_> = parts.iter().map(ToString::to_string).collect();
        write!(f, "({})", texts.join(word))
    }
}

struct Reader<'a> {
    rest: &'a [&'a str],
}

impl<'a> Reader<'a> {
    fn alternatives(&mut self) -> Result<Expression, NoExpression> {
        self.joined("OR", Expression::Or, |reader| {
            reader.joined("AND", Expression::And, Self::license)
        })
    }

    fn joined(
        &mut self,
        operator: &str,
        join: impl FnOnce(Vec<Expression>) -> Expression,
        part: impl Fn(&mut Self) -> Result<Expression, NoExpression>,
    ) -> Result<Expression, NoExpression> {
        let first = part(self)?;
        let mut others = Vec::new();
        while self.takes(operator) {
            others.push(part(self)?);
        }
        if others.is_empty() {
            return Ok(first);
        }
        others.insert(0, first);
        Ok(join(others))
    }

    fn license(&mut self) -> Result<Expression, NoExpression> {
        if self.takes("(") {
            let inside = self.alternatives()?;
            return if self.takes(")") { Ok(inside) } else { Err(NoExpression::Open) };
        }
        let license = self.name()?;
        if self.takes("WITH") {
            let exception = self.name()?;
            return Ok(Expression::License(format!("{license} WITH {exception}")));
        }
        Ok(Expression::License(license.to_owned()))
    }

    fn name(&mut self) -> Result<&'a str, NoExpression> {
        match self.rest {
            [name, rest @ ..] if !["OR", "AND", "WITH", "(", ")"].contains(name) => {
                self.rest = rest;
                Ok(name)
            }
            _ => Err(NoExpression::LicenseWanted),
        }
    }

    fn takes(&mut self, word: &str) -> bool {
        match self.rest {
            [next, rest @ ..] if *next == word => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted() -> BTreeSet<String> {
        ["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"]
            .map(str::to_owned)
            .into()
    }

    #[track_caller]
    fn check(text: &str, want: bool) {
        assert_eq!(Expression::parse(text).unwrap().is_met_by(&accepted()), want, "{text}");
    }

    #[test]
    fn one_acceptable_choice_is_enough_and_every_part_binds() {
        check("MIT", true);
        check("GPL-3.0-only", false);
        check("MIT OR GPL-3.0-only", true);
        check("GPL-2.0-only/MIT", true);
        check("MIT AND GPL-3.0-only", false);
        check("(MIT OR GPL-3.0-only) AND Unicode-3.0", true);
        check("MIT OR GPL-3.0-only AND Unicode-3.0", true);
        check("(MIT AND GPL-3.0-only) OR MPL-2.0", false);
        check("Apache-2.0 WITH LLVM-exception", true);
        check("MIT WITH LLVM-exception", false);
        check("MIT OR Apache-2.0 OR LGPL-2.1-or-later", true);
        check("LGPL-2.1+", false);
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for (text, why) in [
            ("", NoExpression::LicenseWanted),
            ("MIT OR", NoExpression::LicenseWanted),
            ("(MIT", NoExpression::Open),
            ("MIT Apache-2.0", NoExpression::Trailing("Apache-2.0".into())),
            ("MIT)", NoExpression::Trailing(")".into())),
        ] {
            assert_eq!(Expression::parse(text), Err(why), "{text}");
        }
    }

    #[test]
    fn an_expression_is_shown_as_it_binds() {
        let shown = |text| Expression::parse(text).unwrap().to_string();
        assert_eq!(shown("MIT OR A AND B"), "(MIT OR (A AND B))");
    }
}
