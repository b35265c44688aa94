//! How often somebody may try something within a time: a network to log in, to send a form. In memory, and bounded: what is counted for a
//! person is in the store.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use actix_web::HttpRequest;
use chrono::{DateTime, TimeDelta, Utc};

/// Of so many the tries are remembered.
const REMEMBERED: usize = 10_000;

/// The tries of each.
pub(crate) struct Tries<K> {
    most: u32,
    span: TimeDelta,
    known: Mutex<HashMap<K, Tried>>,
}

struct Tried {
    since: DateTime<Utc>,
    count: u32,
}

impl<K: Copy + Eq + Hash> Tries<K> {
    /// `most` within `span`, from the first on.
    pub(crate) fn new(most: u32, span: TimeDelta) -> Self {
        Self {
            most,
            span,
            known: Mutex::default(),
        }
    }

    /// Whether this one may try now; it counts as a try.
    pub(crate) fn may_try(&self, who: K, now: DateTime<Utc>) -> bool {
        self.count(who, now) <= self.most
    }

    /// Counts a try; how many there were.
    fn count(&self, who: K, now: DateTime<Utc>) -> u32 {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED && !known.contains_key(&who) {
            // Who has had all their tries stays. Else one who has many names could use up the places.
            known.retain(|_, tried| self.lasts(tried, now) && tried.count >= self.most);
            if known.len() >= REMEMBERED {
                self.forget_some(&mut known, now);
            }
        }
        let tried = known.entry(who).or_insert(Tried {
            since: now,
            count: 0,
        });
        if !self.lasts(tried, now) {
            *tried = Tried {
                since: now,
                count: 0,
            };
        }
        tried.count = tried.count.saturating_add(1);
        tried.count
    }

    /// Whether they still count; not after the clock went back.
    fn lasts(&self, tried: &Tried, now: DateTime<Utc>) -> bool {
        (tried.since..tried.since + self.span).contains(&now)
    }

    /// Makes room: for what is over, or else for the one that began first. To refuse who is new would let anybody with many addresses lock
    /// everybody out, and those have as many tries as addresses in any case.
    fn forget_some(&self, known: &mut HashMap<K, Tried>, now: DateTime<Utc>) {
        known.retain(|_, tried| now < tried.since + self.span);
        if known.len() >= REMEMBERED {
            let first = known.iter().min_by_key(|(_, tried)| tried.since);
            if let Some(first) = first.map(|(who, _)| *who) {
                known.remove(&first);
            }
        }
    }
}

/// The network that a request comes from: who has one IPv6 address has the 2^64 of its network.
pub(crate) fn network_of(request: &HttpRequest) -> IpAddr {
    network(address_of(request))
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

    const TRIES: u32 = 40;
    const SPAN: TimeDelta = TimeDelta::minutes(10);

    fn office_tries() -> Tries<IpAddr> {
        Tries::new(TRIES, SPAN)
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn an_address_has_its_tries_and_then_waits() {
        let (addresses, now) = (office_tries(), DateTime::default());
        let office = address("192.0.2.1");
        assert!((0..TRIES).all(|_| addresses.may_try(office, now)));
        assert!(!addresses.may_try(office, now + TimeDelta::minutes(9)));
        assert!(addresses.may_try(address("192.0.2.2"), now));
        assert!(addresses.may_try(office, now + SPAN));
        assert!(addresses.may_try(office, now), "the clock went back");
    }

    #[test]
    fn an_ipv6_network_is_one_address() {
        let (addresses, now) = (office_tries(), DateTime::default());
        for host in 0..TRIES {
            assert!(addresses.may_try(network(address(&format!("2001:db8::{host:x}"))), now));
        }
        assert!(!addresses.may_try(network(address("2001:db8::ffff")), now));
        assert!(addresses.may_try(network(address("2001:db8:0:1::1")), now));
    }

    #[test]
    fn what_is_remembered_is_bounded_and_many_addresses_lock_nobody_out() {
        let (addresses, now) = (office_tries(), DateTime::default());
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
        assert_eq!(addresses.known.lock().unwrap().len(), REMEMBERED);
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
