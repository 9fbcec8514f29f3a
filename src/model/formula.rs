//! How a metric follows from others: ids, numbers, + - × ÷ and brackets.

use crate::model::value::Decimal;

/// What a formula gives; none where it does not parse, divides by nothing or names what has no value.
pub fn worked_out(formula: &str, value: impl Fn(&str) -> Option<f64>) -> Option<f64> {
    let mut values: Vec<f64> = Vec::new();
    let mut signs: Vec<char> = Vec::new();
    let mut rest = formula.trim_start();
    let mut operand_next = true;
    while let Some(c) = rest.chars().next() {
        let word = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(rest.len());
        let length = match (c, operand_next) {
            ('(', true) => {
                signs.push(c);
                1
            }
            (c, true) if c.is_ascii_alphanumeric() => {
                let word = rest.get(..word)?;
                values.push(Decimal::parse(word).map(Decimal::as_f64).or_else(|| value(word))?);
                operand_next = false;
                word.len()
            }
            (')', false) => loop {
                match signs.pop()? {
                    '(' => break 1,
                    sign => apply(sign, &mut values)?,
                }
            },
            (c, false) => {
                let sign = sign(c)?;
                while let Some(before) = signs.last().copied().filter(|s| binds(*s) >= binds(sign)) {
                    signs.pop();
                    apply(before, &mut values)?;
                }
                signs.push(sign);
                operand_next = true;
                c.len_utf8()
            }
            _ => return None,
        };
        rest = rest.get(length..)?.trim_start();
    }
    while let Some(sign) = signs.pop() {
        apply(sign, &mut values)?;
    }
    let result = values.pop().filter(|v| v.is_finite() && !operand_next)?;
    values.is_empty().then_some(result)
}

/// One sign for each operation, however it is written.
fn sign(c: char) -> Option<char> {
    match c {
        '+' => Some('+'),
        '-' | '\u{2212}' | '\u{2013}' => Some('-'),
        '*' | '×' | '·' => Some('*'),
        '/' | '÷' | ':' => Some('/'),
        _ => None,
    }
}

fn binds(sign: char) -> u8 {
    match sign {
        '+' | '-' => 1,
        '*' | '/' => 2,
        _ => 0,
    }
}

fn apply(sign: char, values: &mut Vec<f64>) -> Option<()> {
    let (b, a) = (values.pop()?, values.pop()?);
    values.push(match sign {
        '+' => a + b,
        '-' => a - b,
        '*' => a * b,
        '/' if b != 0.0 => a / b,
        _ => return None,
    });
    Some(())
}

#[cfg(test)]
mod tests {
    use super::worked_out;

    fn value(id: &str) -> Option<f64> {
        [("new-clients", 40.0), ("share", 50.0), ("nothing", 0.0)].into_iter().find(|(name, _)| *name == id).map(|(_, v)| v)
    }

    #[test]
    fn formulas() {
        let cases = [
            ("new-clients × share ÷ 100", Some(20.0)),
            ("new-clients + share * 2", Some(140.0)),
            ("(new-clients + share) * 2", Some(180.0)),
            ("((new-clients)) - share - 1", Some(-11.0)),
            ("2 × (share − (new-clients − 30.5))", Some(81.0)),
            ("share / nothing", None),
            ("share / unknown", None),
            ("share share", None),
            ("share +", None),
            ("(share", None),
            ("share)", None),
            ("()", None),
            ("", None),
            ("- share", None),
        ];
        for (formula, result) in cases {
            assert_eq!(worked_out(formula, value), result, "{formula}");
        }
    }

    #[test]
    fn many_brackets_are_no_danger() {
        assert_eq!(worked_out(&"(".repeat(100_000), value), None);
        assert_eq!(worked_out(&format!("{}share{}", "(".repeat(50_000), ")".repeat(50_000)), value), Some(50.0));
    }
}
