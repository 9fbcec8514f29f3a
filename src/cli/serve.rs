//! `onside serve`

use super::{Arguments, Readers, colour_of, date, print, say, stderr_is_terminal};
use crate::preview::{self, Listen, Report, Said};
use crate::project::Project;
use jiff::civil::Date;
use std::net::{IpAddr, Ipv4Addr};

/// Show the site while you write: a saved file is seen at once, on this machine only
#[derive(clap::Args)]
pub struct Serve {
    /// The port
    #[arg(long, default_value_t = 4400)]
    port: u16,
    /// The address to listen on; others on your network can read the playbook if it is not this machine's own
    #[arg(long, value_name = "ADDR", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// A name under which the server may be asked, such as a name of this machine in your network; may be given several times
    #[arg(long, value_name = "NAME")]
    allowed_host: Vec<String>,
    /// Open the site in your browser
    #[arg(long)]
    open: bool,
    /// What today is, as 2026-11-02
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    #[command(flatten)]
    readers: Readers,
}

impl Serve {
    /// Runs it.
    pub fn run(&self, arguments: &Arguments) -> Result<u8, String> {
        let project = arguments.project(self.as_of, Some("http://127.0.0.1/".to_owned()))?;
        let project = Project { audience: self.readers.audience(), ..project };
        let listen = Listen { address: self.host, port: self.port, allowed: self.allowed_host.clone() };
        if !self.host.is_loopback() {
            say("warning: everybody in your network can read this playbook while it is served here");
        }
        serve(project, &listen, self.open)
    }
}

/// Serves a project until it is interrupted.
pub fn serve(project: Project, listen: &Listen, open: bool) -> Result<u8, String> {
    let colour = colour_of(stderr_is_terminal());
    let say_so = move |said: Said<'_>| match said {
        Said::Serving(report, address) => {
            tell_findings(report);
            print(&format!("Serving {address} ({}). Ctrl+C ends it.\n", report.counts));
            if open && let Err(reason) = preview::open(address) {
                say(&format!("The browser could not be opened ({reason}): open {address} yourself."));
            }
        }
        Said::Again(report) => {
            tell_findings(report);
            print(&line(report));
        }
        Said::Notice(words) => say(&format!("note: {words}")),
    };
    preview::serve(project, colour, listen, say_so)?;
    Ok(super::DONE)
}

fn tell_findings(report: &Report) {
    if !report.text.is_empty() {
        say(&report.text);
    }
}

/// "content/roles/demand-lead.md: no findings, 12 ms"
fn line(report: &Report) -> String {
    let changed = match report.changed.as_slice() {
        [] => "nothing could be read".to_owned(),
        [one] => one.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    };
    format!("{changed}: {}, {} ms\n", report.counts, report.took.as_millis())
}
