//! The door to axum and hyper: GET and HEAD, our own names, limits on time and size, and nothing a request says becomes a path.

use super::events::{self, STREAM};
use super::guard::Names;
use super::session::{Session, Shown};
use crate::model::prose::percent_decoded;
use crate::render::content_type;
use crate::route;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{StreamExt, once};

/// How long a request's head may take, and an idle connection may stay.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// The most connections at a time.
const CONNECTIONS: usize = 256;
/// The most bytes of a request's head.
const HEAD_AT_MOST: usize = 16 * 1024;
/// How often a quiet stream of events says that it is still there.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// Where to listen, and for whom.
#[derive(Debug, Clone)]
pub struct Listen {
    /// The address; loopback unless somebody chose otherwise.
    pub address: IpAddr,
    /// The port; 0 takes any that is free.
    pub port: u16,
    /// Names under which the server may be asked, beside its own.
    pub allowed: Vec<String>,
}

impl Listen {
    /// On this machine only.
    pub fn here(port: u16) -> Self {
        Self { address: IpAddr::V4(Ipv4Addr::LOCALHOST), port, allowed: Vec::new() }
    }
}

struct Server {
    session: Arc<Session>,
    names: Names,
    /// What a page must say to hear of changes; a page from elsewhere cannot know it.
    token: String,
    revisions: watch::Receiver<u64>,
}

/// Serves a session until it is interrupted; tells its address once it listens.
///
/// # Errors
/// A sentence that names the port that could not be had, and what to do.
pub fn serve(session: Arc<Session>, revisions: watch::Receiver<u64>, listen: &Listen, ready: impl FnOnce(&str)) -> Result<(), String> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| format!("the server cannot start: {e}"))?;
    runtime.block_on(async {
        let wanted = SocketAddr::new(listen.address, listen.port);
        let listener = TcpListener::bind(wanted).await.map_err(|error| refused(&error, listen.port))?;
        let bound = listener.local_addr().unwrap_or(wanted);
        let shown = if bound.ip().is_unspecified() { format!("127.0.0.1:{}", bound.port()) } else { bound.to_string() };
        ready(&format!("http://{shown}/"));
        let names = Names::new(listen.address, &listen.allowed, bound.port());
        let server = Arc::new(Server { session, names, token: token(), revisions });
        let app = Router::new().fallback(answer).with_state(server);
        tokio::select! {
            () = accept(listener, app) => Ok(()),
            _ = tokio::signal::ctrl_c() => Ok(()),
        }
    })
}

/// Why a port could not be had.
fn refused(error: &std::io::Error, port: u16) -> String {
    let next = port.wrapping_add(1).max(1024);
    match error.kind() {
        std::io::ErrorKind::AddrInUse => format!(
            "port {port} is in use, perhaps by another `onside serve`: end that one (`lsof -i :{port}` names it), or take another with `--port {next}`"
        ),
        std::io::ErrorKind::PermissionDenied => {
            format!("port {port} is not for everybody: take one above 1023, such as `--port {}`", next.max(4400))
        }
        _ => format!("port {port} cannot be had: {error}; take another with `--port {next}`"),
    }
}

/// A word nobody can guess, for this run.
fn token() -> String {
    let state = || std::hash::BuildHasher::hash_one(&std::collections::hash_map::RandomState::new(), 0u64);
    format!("{:016x}{:016x}", state(), state())
}

async fn accept(listener: TcpListener, app: Router) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                let app = app.clone();
                tokio::spawn(async move {
                    converse(stream, app).await;
                    drop(place);
                });
            }
            // Too many open files, or a peer that left at once: neither is a reason to stop.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn converse(stream: TcpStream, app: Router) {
    let _ = stream.set_nodelay(true);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN).max_buf_size(HEAD_AT_MOST).half_close(false);
    let _ = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(app)).await;
}

async fn answer(State(server): State<Arc<Server>>, request: Request) -> Response {
    let headers = request.headers();
    if !server.names.host(headers) {
        return text(
            StatusCode::FORBIDDEN,
            "This server answers only under its own names: 127.0.0.1, localhost, or one given with --allowed-host.",
        );
    }
    if !server.names.origin(headers) {
        return text(StatusCode::FORBIDDEN, "This server answers only its own pages.");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return text(StatusCode::METHOD_NOT_ALLOWED, "This server only shows pages.");
    }
    let path = request.uri().path();
    if path == STREAM {
        return server.stream(request.uri().query().unwrap_or(""));
    }
    match events::file(path) {
        Some((kind, words)) => reply(StatusCode::OK, kind, words.as_bytes().to_vec()),
        None => server.page(path),
    }
}

impl Server {
    fn page(&self, path: &str) -> Response {
        let shown = self.session.shown();
        let address = percent_decoded(path);
        let address = address.strip_suffix("index.html").filter(|a| a.ends_with('/')).unwrap_or(&address);
        match shown.press.render(address) {
            Ok(Some(bytes)) => self.found(StatusCode::OK, content_type(address), bytes, &shown),
            Ok(None) if shown.press.site().has(&format!("{address}/")) => moved(&format!("{address}/")),
            Ok(None) => match shown.press.render(route::NOT_FOUND) {
                Ok(Some(bytes)) => self.found(StatusCode::NOT_FOUND, "text/html; charset=utf-8", bytes, &shown),
                _ => text(StatusCode::NOT_FOUND, "There is no page here."),
            },
            Err(message) => text(StatusCode::INTERNAL_SERVER_ERROR, &message),
        }
    }

    fn found(&self, status: StatusCode, kind: &'static str, bytes: Vec<u8>, shown: &Shown) -> Response {
        let bytes = if kind.starts_with("text/html") { events::enliven(bytes, &self.token, shown.revision) } else { bytes };
        reply(status, kind, bytes)
    }

    /// What is shown now, then each change, for as long as somebody listens.
    fn stream(&self, query: &str) -> Response {
        if query.strip_prefix("token=") != Some(self.token.as_str()) {
            return text(StatusCode::FORBIDDEN, "This stream is for pages of this run: load the page again.");
        }
        let session = self.session.clone();
        let changes = WatchStream::new(self.revisions.clone()).map(move |_| format!("data: {}\n\n", events::told(&session.shown())));
        let beats = tokio_stream::wrappers::IntervalStream::new(tokio::time::interval(HEARTBEAT)).map(|_| ": still here\n\n".to_owned());
        let lines = once("retry: 500\n\n".to_owned()).chain(changes.merge(beats)).map(|line| Ok::<_, Infallible>(Bytes::from(line)));
        let mut response = reply(StatusCode::OK, "text/event-stream", Vec::new());
        *response.body_mut() = Body::from_stream(lines);
        response
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
        (header::CACHE_CONTROL, if kind == "font/woff2" { "max-age=3600" } else { "no-store" }),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}
