//! How often one network may try to log in. In memory: what is counted for a person is in the store.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use actix_web::HttpRequest;
use chrono::{DateTime, TimeDelta, Utc};

/// Tries that one address has in a span. An office of thirty behind one address that comes to work at once has enough.
const TRIES: u32 = 40;
const SPAN: TimeDelta = TimeDelta::minutes(10);
/// Addresses that are remembered.
const REMEMBERED: usize = 10_000;

/// The tries of each address.
#[derive(Default)]
pub(super) struct Addresses(Mutex<HashMap<IpAddr, Tries>>);

struct Tries {
    since: DateTime<Utc>,
    count: u32,
}

impl Tries {
    /// Whether they still count; not after the clock went back.
    fn lasts(&self, now: DateTime<Utc>) -> bool {
        (self.since..self.since + SPAN).contains(&now)
    }
}

impl Addresses {
    /// Whether this one may try now; it counts as a try.
    pub(super) fn may_try(&self, address: IpAddr, now: DateTime<Utc>) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let address = network(address);
        if known.len() >= REMEMBERED && !known.contains_key(&address) {
            // Who has had all their tries stays. Else one large network could use up the places, and nobody else could log in.
            known.retain(|_, tries| tries.lasts(now) && tries.count >= TRIES);
            if known.len() >= REMEMBERED {
                forget_some(&mut known, now);
            }
        }
        let tries = known.entry(address).or_insert(Tries {
            since: now,
            count: 0,
        });
        if !tries.lasts(now) {
            *tries = Tries {
                since: now,
                count: 0,
            };
        }
        tries.count = tries.count.saturating_add(1);
        tries.count <= TRIES
    }
}

/// Makes room: for what is over, or else for the one that began first. To refuse who is new would let anybody with many addresses lock
/// everybody out, and those have as many tries as addresses in any case.
fn forget_some(known: &mut HashMap<IpAddr, Tries>, now: DateTime<Utc>) {
    known.retain(|_, tries| now < tries.since + SPAN);
    if known.len() >= REMEMBERED {
        let first = known.iter().min_by_key(|(_, tries)| tries.since);
        if let Some(first) = first.map(|(address, _)| *address) {
            known.remove(&first);
        }
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

/// Where a request comes from. The proxy in front is on this machine or in its network, and says it last in `X-Forwarded-For`;
/// anybody else's word is not taken.
pub(super) fn address_of(request: &HttpRequest) -> IpAddr {
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

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn an_address_has_its_tries_and_then_waits() {
        let (addresses, now) = (Addresses::default(), DateTime::default());
        let office = address("192.0.2.1");
        assert!((0..TRIES).all(|_| addresses.may_try(office, now)));
        assert!(!addresses.may_try(office, now + TimeDelta::minutes(9)));
        assert!(addresses.may_try(address("192.0.2.2"), now));
        assert!(addresses.may_try(office, now + SPAN));
        assert!(addresses.may_try(office, now), "the clock went back");
    }

    #[test]
    fn an_ipv6_network_is_one_address() {
        let (addresses, now) = (Addresses::default(), DateTime::default());
        for host in 0..TRIES {
            assert!(addresses.may_try(address(&format!("2001:db8::{host:x}")), now));
        }
        assert!(!addresses.may_try(address("2001:db8::ffff"), now));
        assert!(addresses.may_try(address("2001:db8:0:1::1"), now));
    }

    #[test]
    fn what_is_remembered_is_bounded_and_many_addresses_lock_nobody_out() {
        let (addresses, now) = (Addresses::default(), DateTime::default());
        let many = u32::try_from(REMEMBERED).unwrap();
        let others = many..2 * many;
        for n in others {
            addresses.may_try(IpAddr::from(n.to_be_bytes()), now);
        }
        assert!(
            addresses.may_try(IpAddr::from([0; 4]), now),
            "one try of each is no reason"
        );
        for n in (0..many).flat_map(|n| [n; TRIES as usize]) {
            addresses.may_try(IpAddr::from(n.to_be_bytes()), now);
        }
        let later = now + TimeDelta::minutes(1);
        let office = address("192.0.2.1");
        assert!((0..TRIES).all(|_| addresses.may_try(office, later)));
        assert!(!addresses.may_try(office, later));
        assert_eq!(addresses.0.lock().unwrap().len(), REMEMBERED);
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
