//! The user name and password in an address, which are neither requested nor shown.

use url::Url;

/// Setting user and password fails only for addresses without a host.
pub(super) fn without_user(mut url: Url) -> Url {
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}
