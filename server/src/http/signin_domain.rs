//! `https://<alias>.signin.<domain>/console` leads to the account's sign-in page on the public URL, so that
//! cookies and forms know one origin only. This is the one place that reads the Host header, and nothing of it
//! is kept but a name that must look like an alias.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::header;

use crate::config::Config;

/// The domain and where it leads.
#[derive(Clone, Debug)]
pub struct SigninDomain {
    suffix: Option<Arc<str>>,
    public_url: Arc<str>,
}

impl SigninDomain {
    /// From the settings; without UNDERSTUDY_SIGNIN_DOMAIN nothing is redirected.
    pub fn new(config: &Config) -> Self {
        let suffix = config.signin_domain.as_deref();
        Self {
            suffix: suffix.map(|domain| format!(".signin.{}", domain.to_ascii_lowercase()).into()),
            public_url: config.public_url().origin().into(),
        }
    }

    /// Where a host leads, if it is an account's.
    fn target(&self, host: &str) -> Option<String> {
        let host = host.rsplit_once(':').map_or(host, |(host, _port)| host).to_ascii_lowercase();
        let name = host.strip_suffix(self.suffix.as_deref()?)?;
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let plausible = !name.is_empty() && name.len() <= 63 && name.bytes().all(is_name);
        plausible.then(|| format!("{}/signin/{name}/console", self.public_url))
    }
}

/// Redirects an account's own host to its sign-in page.
pub async fn redirect(State(domain): State<SigninDomain>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    match host.and_then(|host| domain.target(host)) {
        Some(target) => Redirect::to(&target).into_response(),
        None => next.run(request).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_leads_to_its_page_and_nothing_else_does() {
        let domain = SigninDomain {
            suffix: Some(".signin.example.com".into()),
            public_url: "https://console.example.com".into(),
        };
        let page = "https://console.example.com/signin/acme-1/console";
        assert_eq!(domain.target("acme-1.signin.example.com").as_deref(), Some(page));
        assert_eq!(domain.target("ACME-1.SIGNIN.example.com:443").as_deref(), Some(page));
        for other in ["console.example.com", ".signin.example.com", "a.b.signin.example.com", "a/b.signin.example.com"]
        {
            assert_eq!(domain.target(other), None, "{other}");
        }
        let unset = SigninDomain { suffix: None, ..domain };
        assert_eq!(unset.target("acme-1.signin.example.com"), None);
    }
}
