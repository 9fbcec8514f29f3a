//! Who may ask: our own names, our own pages, and nobody else on this machine's browser.
//!
//! A page from elsewhere that makes a browser ask us sends its own Origin, or a Host that is not ours
//! (DNS rebinding); both are refused before anything is looked up.

use axum::http::{HeaderMap, header};
use std::net::IpAddr;

/// The names this server answers to.
#[derive(Debug, Clone)]
pub struct Names {
    /// Without port, in lower case; IPv6 in brackets.
    names: Vec<String>,
    port: u16,
}

impl Names {
    /// Loopback's names, the address listened on, and those that were allowed.
    pub fn new(address: IpAddr, allowed: &[String], port: u16) -> Self {
        let mut names: Vec<String> = ["127.0.0.1", "localhost", "[::1]"].map(str::to_owned).into();
        match address {
            _ if address.is_unspecified() => {}
            IpAddr::V4(v4) => names.push(v4.to_string()),
            IpAddr::V6(v6) => names.push(format!("[{v6}]")),
        }
        names.extend(allowed.iter().map(|name| name.to_ascii_lowercase()));
        Self { names, port }
    }

    /// Whether a request's Host is ours. HTTP/1.1 asks for exactly one.
    pub fn host(&self, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        host.to_str().is_ok_and(|host| self.ours(host))
    }

    /// Whether a request comes from nowhere or from our own pages.
    pub fn origin(&self, headers: &HeaderMap) -> bool {
        let own = |value: &axum::http::HeaderValue| {
            value.to_str().is_ok_and(|origin| origin.strip_prefix("http://").is_some_and(|host| self.ours(host)))
        };
        headers.get_all(header::ORIGIN).iter().all(own)
    }

    fn ours(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let with_port = format!(":{}", self.port);
        match host.strip_suffix(&with_port) {
            Some(name) => self.names.iter().any(|n| n == name),
            None => self.port == 80 && self.names.contains(&host),
        }
    }
}
