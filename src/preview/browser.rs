//! The one place that starts another program: the reader's browser, and only when it was asked for.

use std::process::{Command, Stdio};

/// Opens an address, which is our own, in the browser.
///
/// # Errors
/// Why not, in a few words.
pub fn open(address: &str) -> Result<(), String> {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let started = Command::new(program).args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    started.map(|_| ()).map_err(|e| format!("{program}: {e}"))
}
