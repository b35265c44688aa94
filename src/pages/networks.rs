//! How often a network may try something, and all that lie near it.
//!
//! A network is what one household, one phone or one office has: an IPv4 address, or the 2^64 addresses of an IPv6 network. Who has one
//! of these may have many: a /48 of IPv6 holds 65,536 of them, an IPv4 /24 has 256 addresses. So those that lie near each other have a
//! limit together as well. It is a wide one, for a phone company has all its people in few of them.

use std::net::IpAddr;

use actix_web::HttpRequest;
use chrono::{DateTime, TimeDelta, Utc};

use super::tries::{Taken, Tries};

/// The tries of networks.
pub(crate) struct Networks {
    each: Tries<IpAddr>,
    near: Tries<IpAddr>,
}

impl Networks {
    /// How many tries come back within which time to each, and to all that lie near each other.
    pub(crate) fn new(each: (u32, TimeDelta), near: (u32, TimeDelta)) -> Self {
        Self {
            each: Tries::new(each.0, each.1),
            near: Tries::new(near.0, near.1),
        }
    }

    /// Whether the network of this request may try now; then it has one try less.
    pub(crate) fn may_try(&self, request: &HttpRequest, now: DateTime<Utc>) -> bool {
        let taken = self.take(request, now);
        taken.map(|both| both.map(Taken::counts)).is_some()
    }

    /// A try of the network of this request and of its neighbourhood, if both have one left.
    pub(crate) fn take(
        &self,
        request: &HttpRequest,
        now: DateTime<Utc>,
    ) -> Option<[Taken<'_, IpAddr>; 2]> {
        let address = address_of(request);
        let each = self.each.take(network(address), now)?;
        let near = self.near.take(neighbourhood(address), now)?;
        Some([each, near])
    }
}

/// Who has one IPv6 address has the 2^64 of its network.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        v4 => v4,
    }
}

/// What lies near: a /48 of IPv6, a /24 of IPv4.
fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            IpAddr::from([a, b, c, 0, 0, 0, 0, 0])
        }
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            IpAddr::from([a, b, c, 0])
        }
    }
}

/// Where a request comes from. The proxy in front is on this machine or in its network, and says it last in `X-Forwarded-For`;
/// anybody else's word is not taken.
fn address_of(request: &HttpRequest) -> IpAddr {
    let unknown = IpAddr::from([0, 0, 0, 0]);
    let peer = request.peer_addr().map_or(unknown, |peer| peer.ip());
    let told = request
        .headers()
        .get_all("x-forwarded-for")
        .last()
        .and_then(|list| list.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    match peer.to_canonical() {
        IpAddr::V4(near) if near.is_loopback() || near.is_private() => told.unwrap_or(peer),
        IpAddr::V6(near) if near.is_loopback() || near.is_unique_local() => told.unwrap_or(peer),
        _ => peer,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn from(peer: &str) -> HttpRequest {
        let peer = std::net::SocketAddr::new(peer.parse().unwrap(), 1);
        TestRequest::default().peer_addr(peer).to_http_request()
    }

    fn ten_and_twenty() -> (Networks, DateTime<Utc>) {
        let span = TimeDelta::hours(1);
        let networks = Networks::new((10, span), (20, span));
        (networks, DateTime::UNIX_EPOCH + TimeDelta::days(9))
    }

    #[test]
    fn an_ipv6_network_is_one_and_a_48_of_them_has_a_limit_too() {
        let (networks, now) = ten_and_twenty();
        for host in 0..10 {
            assert!(networks.may_try(&from(&format!("2001:db8::{host:x}")), now));
        }
        assert!(!networks.may_try(&from("2001:db8::ffff"), now));
        let others = (1..=100).map(|net| from(&format!("2001:db8:0:{net:x}::1")));
        let let_in = others.filter(|other| networks.may_try(other, now)).count();
        assert_eq!(let_in, 10, "what was refused has used up nothing");
        assert!(networks.may_try(&from("2001:db8:1::1"), now));
    }

    #[test]
    fn an_ipv4_address_is_one_and_a_24_of_them_has_a_limit_too() {
        let (networks, now) = ten_and_twenty();
        let others = (0..=255).map(|host| from(&format!("192.0.2.{host}")));
        let let_in = others.filter(|other| networks.may_try(other, now)).count();
        assert_eq!(let_in, 20);
        assert!(networks.may_try(&from("192.0.3.1"), now));
    }

    /// Else who shuts their own network out would take the tries of those near it along.
    #[test]
    fn what_a_network_is_refused_costs_those_near_it_nothing() {
        let (networks, now) = ten_and_twenty();
        let tries = (0..100).filter(|_| networks.may_try(&from("192.0.2.1"), now));
        assert_eq!(tries.count(), 10);
        assert!((0..10).all(|_| networks.may_try(&from("192.0.2.2"), now)));
        assert!(!networks.may_try(&from("192.0.2.3"), now));
    }

    #[test]
    fn only_a_proxy_beside_us_says_who_it_is() {
        let asked = |peer: &str, told: &str| {
            let request = TestRequest::default()
                .peer_addr(format!("{peer}:1").parse().unwrap())
                .insert_header(("X-Forwarded-For", told));
            address_of(&request.to_http_request()).to_string()
        };
        assert_eq!(asked("127.0.0.1", "192.0.2.9"), "192.0.2.9");
        assert_eq!(asked("10.1.2.3", "6.6.6.6, 192.0.2.9"), "192.0.2.9");
        assert_eq!(asked("198.51.100.7", "192.0.2.9"), "198.51.100.7");
        assert_eq!(asked("127.0.0.1", "nonsense"), "127.0.0.1");
    }
}
