//! The catalogue of services at its address: packed and plain, kept for ever, and whatever page asks.

use crate::folder::Folder;
use crate::house::House;
use crate::raw_http::{get, send};

#[test]
fn a_service_is_served_by_itself_and_kept() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    let version = services::version();
    let path = format!("/catalogue/{version}/iam");
    let plain = get(house.console, &path);
    assert_eq!((plain.status, plain.header("content-type")), (200, Some("application/json")));
    assert_eq!(plain.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert!(plain.text().contains("\"PassRole\""), "{}", plain.text());
    let packed = send(house.console, "GET", &path, &[("accept-encoding", "gzip, br")], b"");
    assert_eq!((packed.status, packed.header("content-encoding")), (200, Some("gzip")));
    assert!(packed.body.len() * 4 < plain.body.len(), "{} of {} bytes", packed.body.len(), plain.body.len());
    let index = get(house.console, &format!("/catalogue/{version}"));
    assert_eq!(index.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert!(index.text().contains("[\"iam\",") && index.text().contains("aws:PrincipalTag/"), "{}", index.text());
    let old = get(house.console, "/catalogue/0000000000000000/iam");
    assert_eq!((old.status, old.header("cache-control")), (200, Some("no-store")), "a page from before an update");
    assert_eq!(get(house.console, &format!("/catalogue/{version}/nonsense")).status, 404);
    assert!(house.leave().success());
}
