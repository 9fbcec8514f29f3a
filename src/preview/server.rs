//! The door to axum: loopback only, GET and HEAD only, our own Host only.

use crate::model::prose::percent_decoded;
use crate::render::{Press, content_type};
use crate::route;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

struct Server {
    press: Press,
    port: u16,
}

/// Serves a site until it is interrupted; tells its address once it listens.
///
/// # Errors
/// A sentence that names the port that could not be had, and what to do.
pub fn serve(press: Press, port: u16, ready: impl FnOnce(&str)) -> Result<(), String> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| format!("the server cannot start: {e}"))?;
    runtime.block_on(async {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = tokio::net::TcpListener::bind(wanted).await.map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                format!("port {port} is in use: end the other program, or take another with `--port {}`", port.wrapping_add(1).max(1024))
            }
            _ => format!("port {port} cannot be had: {error}; take another with `--port`"),
        })?;
        let port = listener.local_addr().map_or(port, |a| a.port());
        ready(&format!("http://127.0.0.1:{port}/"));
        let app = axum::Router::new().fallback(answer).with_state(Arc::new(Server { press, port }));
        axum::serve(listener, app)
            .with_graceful_shutdown(async {
                let _ = tokio::signal::ctrl_c().await;
            })
            .await
            .map_err(|e| format!("the server stopped: {e}"))
    })
}

async fn answer(State(server): State<Arc<Server>>, request: Request) -> Response {
    if !server.knows_host(&request) {
        return text(StatusCode::FORBIDDEN, "This server answers only under 127.0.0.1 and localhost.");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return text(StatusCode::METHOD_NOT_ALLOWED, "This server only shows pages.");
    }
    server.page(request.uri().path())
}

impl Server {
    /// A name that leads here from elsewhere is refused, or a foreign page could read the playbook.
    fn knows_host(&self, request: &Request) -> bool {
        let host = request.headers().get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or("");
        let names = ["127.0.0.1", "localhost", "[::1]"];
        names
            .iter()
            .any(|name| host.eq_ignore_ascii_case(&format!("{name}:{}", self.port)) || (self.port == 80 && host.eq_ignore_ascii_case(name)))
    }

    fn page(&self, path: &str) -> Response {
        let address = percent_decoded(path);
        let address = address.strip_suffix("index.html").filter(|a| a.ends_with('/')).unwrap_or(&address);
        match self.press.render(address) {
            Ok(Some(bytes)) => reply(StatusCode::OK, content_type(address), bytes),
            Ok(None) if self.press.site.has(&format!("{address}/")) => moved(&format!("{address}/")),
            Ok(None) => match self.press.render(route::NOT_FOUND) {
                Ok(Some(bytes)) => reply(StatusCode::NOT_FOUND, "text/html; charset=utf-8", bytes),
                _ => text(StatusCode::NOT_FOUND, "There is no page here."),
            },
            Err(message) => text(StatusCode::INTERNAL_SERVER_ERROR, &message),
        }
    }
}

/// To an address that is known to be ours.
fn moved(address: &str) -> Response {
    let mut response = text(StatusCode::MOVED_PERMANENTLY, "This page has a slash at its end.");
    if let Ok(value) = HeaderValue::from_str(&route::encode(address)) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}

fn text(status: StatusCode, words: &str) -> Response {
    reply(status, "text/plain; charset=utf-8", format!("{words}\n").into_bytes())
}

fn reply(status: StatusCode, kind: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}
