//! A QR code as SVG, drawn black on white whatever the page's colours are: cameras want it so.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around the code (ISO/IEC 18004).
const MARGIN: i32 = 4;

/// The picture; `None`: the text is too long for one. `label` is what it is to who does not see it.
pub(super) fn svg(text: &str, label: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size() + 2 * MARGIN;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            // Writing to a string does not fail.
            let _ = write!(path, "M{} {}h1v1h-1z", x + MARGIN, y + MARGIN);
        }
    }
    let label = label.replace('&', "&amp;").replace('"', "&quot;");
    Some(format!(
        r##"<svg viewBox="0 0 {side} {side}" width="240" height="240" role="img" aria-label="{label}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{path}"/></svg>"##
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_its_margin() {
        let drawn = svg("otpauth://totp/jibu:asha", "a \"code\"").unwrap();
        assert!(drawn.contains("aria-label=\"a &quot;code&quot;\""));
        // Version 2 is 25 modules wide.
        assert!(drawn.contains("viewBox=\"0 0 33 33\""), "{drawn}");
        for corner in ["M4 4h", "M28 4h", "M4 28h"] {
            assert!(drawn.contains(corner), "{corner}");
        }
        assert!(!drawn.contains(" style="), "the policy allows none");
        assert!(svg(&"x".repeat(4000), "").is_none());
    }
}
