//! Who is at the other end, and under which id a request runs. Both doors find it as a [`cloud::Request`] among
//! the request's extensions; nobody else reads a forwarding header.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use cloud::Source;
use http::{HeaderMap, HeaderValue, header};

use crate::config::{Config, Network};

/// A user agent or a referer longer than this is cut.
const LONGEST: usize = 512;

/// What the layer needs to know of the installation.
#[derive(Clone, Debug)]
pub struct Clients {
    source: Source,
    proxies: Arc<[Network]>,
    /// Whether browsers reach us by TLS alone. Programs have an address of their own.
    secure: bool,
}

impl Clients {
    /// For one of the doors.
    pub fn new(source: Source, config: &Config) -> Self {
        let secure = source == Source::Console && config.public_url().is_https();
        Self { source, proxies: config.trusted_proxies.clone().into(), secure }
    }

    fn is_trusted(&self, address: IpAddr) -> bool {
        self.proxies.iter().any(|network| network.contains(address))
    }

    /// The client's address: the peer, or behind trusted proxies the last address that none of them is. Walking
    /// from the right, since everything left of an untrusted address was written by the client itself.
    fn address(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let mut hops: Vec<&str> = forwarded.flat_map(|value| value.split(',')).map(str::trim).collect();
        while self.is_trusted(client) {
            let Some(hop) = hops.pop().and_then(address_of_hop) else {
                break;
            };
            client = hop.to_canonical();
        }
        client
    }

    /// Whether a trusted proxy says that the client came over TLS. We speak none ourselves.
    fn is_secure(&self, peer: IpAddr, headers: &HeaderMap) -> bool {
        let proto = headers.get_all("x-forwarded-proto").iter().next_back().and_then(|value| value.to_str().ok());
        let last = proto.and_then(|proto| proto.rsplit(',').next()).map(str::trim);
        self.is_trusted(peer) && last.is_some_and(|last| last.eq_ignore_ascii_case("https"))
    }
}

/// One entry of X-Forwarded-For; some proxies add the port.
fn address_of_hop(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']')).unwrap_or(hop);
    bare.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
}

/// A header as the client wrote it, cut to what is kept of it.
fn said(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    let value = headers.get(name).map(HeaderValue::as_bytes)?;
    Some(String::from_utf8_lossy(value).chars().take(LONGEST).collect())
}

/// Gives the request its id and its [`cloud::Request`], the answer the id, and the log a line without any query.
pub async fn identify(State(clients): State<Clients>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let mut known = cloud::Request::new(clients.source);
    if let Some(peer) = peer {
        known.ip = Some(clients.address(peer, request.headers()));
        known.secure = clients.secure || clients.is_secure(peer, request.headers());
    }
    known.user_agent = said(request.headers(), &header::USER_AGENT).unwrap_or_default();
    known.referer = said(request.headers(), &header::REFERER);

    let id = known.id;
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    if let (Some(ip), Some(peer)) = (known.ip, request.extensions_mut().get_mut::<ConnectInfo<SocketAddr>>()) {
        peer.0.set_ip(ip);
    }
    request.extensions_mut().insert(known);
    let mut response = next.run(request).await;

    // The AWS protocols have a name of their own for it.
    if !response.headers().contains_key("x-amzn-requestid") {
        let text = HeaderValue::from_str(&id.to_string()).expect("a UUID is a header value");
        response.headers_mut().insert("x-request-id", text);
    }
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    let (status, ms) = (response.status().as_u16(), started.elapsed().as_millis());
    if response.status().is_server_error() {
        tracing::warn!(%id, %method, route, status, ms, "a request failed");
    } else {
        tracing::debug!(%id, %method, route, status, ms, "a request");
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clients(proxies: &[&str]) -> Clients {
        let proxies = proxies.iter().map(|network| network.parse().expect("parses")).collect();
        Clients { source: Source::Console, proxies, secure: false }
    }

    fn headers(name: &'static str, values: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name, HeaderValue::from_static(value));
        }
        headers
    }

    fn seen(proxies: &[&str], peer: &str, forwarded: &[&'static str]) -> String {
        let peer = peer.parse().expect("an address");
        clients(proxies).address(peer, &headers("x-forwarded-for", forwarded)).to_string()
    }

    #[test]
    fn nobody_is_believed_by_default() {
        assert_eq!(seen(&[], "203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(seen(&[], "127.0.0.1", &["198.51.100.1"]), "127.0.0.1");
    }

    #[test]
    fn what_the_client_wrote_itself_does_not_count() {
        let proxies = ["127.0.0.1", "10.0.0.0/8"];
        assert_eq!(seen(&proxies, "127.0.0.1", &["6.6.6.6, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(seen(&proxies, "127.0.0.1", &["6.6.6.6, 203.0.113.9, 10.1.1.1"]), "203.0.113.9");
        assert_eq!(seen(&proxies, "127.0.0.1", &["6.6.6.6", "203.0.113.9:4711"]), "203.0.113.9");
        assert_eq!(seen(&proxies, "127.0.0.1", &["[2001:db8::1]"]), "2001:db8::1");
        assert_eq!(seen(&proxies, "127.0.0.1", &["nonsense"]), "127.0.0.1");
        assert_eq!(seen(&proxies, "203.0.113.1", &["10.1.1.1"]), "203.0.113.1");
    }

    #[test]
    fn only_a_proxy_can_say_https() {
        let secure = headers("x-forwarded-proto", &["https"]);
        let proxy = "127.0.0.1".parse().expect("an address");
        let other = "203.0.113.9".parse().expect("an address");
        assert!(clients(&["127.0.0.1"]).is_secure(proxy, &secure));
        assert!(!clients(&["127.0.0.1"]).is_secure(other, &secure));
        assert!(!clients(&[]).is_secure(proxy, &secure));
        assert!(!clients(&["127.0.0.1"]).is_secure(proxy, &headers("x-forwarded-proto", &["https", "http"])));
    }
}
