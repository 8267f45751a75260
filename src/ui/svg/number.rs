//! Numbers as attributes of SVG. By way of integers: formatting floats would add 13 KB to the page.

/// A coordinate with one decimal, as an attribute.
pub fn fixed(value: f64) -> String {
    decimal(value * 10.0, 10)
}

/// A share with two decimals, as an attribute.
pub fn hundredths(value: f64) -> String {
    decimal(value * 100.0, 100)
}

#[expect(clippy::cast_possible_truncation, reason = "coordinates are small")]
fn decimal(scaled: f64, scale: i32) -> String {
    let rounded = (scaled + if scaled < 0.0 { -0.5 } else { 0.5 }) as i32;
    let sign = if rounded < 0 { "-" } else { "" };
    let (whole, rest) = (rounded.abs() / scale, rounded.abs() % scale);
    let digits = if scale == 10 { 1 } else { 2 };
    format!("{sign}{whole}.{rest:0digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_rounded_and_signed() {
        assert_eq!(fixed(12.34), "12.3");
        assert_eq!(fixed(-0.06), "-0.1");
        assert_eq!(fixed(-0.04), "0.0");
        assert_eq!(hundredths(0.307), "0.31");
        assert_eq!(hundredths(-1.0), "-1.00");
    }
}
