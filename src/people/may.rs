//! Who may see and do what with a complaint.
//!
//! An organisation sees a complaint while it holds it and, after it referred it on, its own part of the history. The county's
//! convener sees all of its county. Whom a complaint accuses sees nothing of it: no list, no count, no address.

use super::{Person, Role, RoleKind};
use crate::complaint::{OrganisationId, Status};

/// Who sees what the line carries and costs, and what is out of order with it. One line serves all counties, so a convener sees the
/// figures of all: they hold no complaint and no person.
pub const MINDS_THE_LINE: &[RoleKind] = &[RoleKind::Administrator, RoleKind::Convener];

/// Who brings in the complaints of another system, in a file: the convener, for the counties that they convene, since all of it comes to
/// them; and the administrator, for any, since they set the installation up and could do so at the command line. Neither reads by it what
/// they could not read before: the file is theirs already. An organisation takes down one complaint after the other, with a name to each.
pub const IMPORTS: &[RoleKind] = &[RoleKind::Administrator, RoleKind::Convener];

/// What of a complaint bears on who may see it.
#[derive(Clone, Copy, Debug)]
pub struct Concern<'a> {
    /// The organisation that convenes its county.
    pub convener: &'a OrganisationId,
    /// Who has it.
    pub holder: &'a OrganisationId,
    /// Who had it before.
    pub held_before: &'a [OrganisationId],
    /// Whom it accuses.
    pub accused: &'a [OrganisationId],
    /// Where it stands.
    pub status: Status,
    /// Whether it goes the track of its own.
    pub sensitive: bool,
}

/// How much of a complaint somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Nothing: to them there is no such complaint.
    Nothing,
    /// What happened while their organisation had it.
    OwnPart,
    /// All of it.
    All,
}

/// What somebody can do with a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Say yes to it.
    Accept,
    /// Send it back, to the convener or to somebody who can mend it.
    Return,
    /// Send it on.
    Refer,
    /// Say that it is worked on.
    Start,
    /// Tell the complainant how it goes.
    Update,
    /// Ask the complainant.
    Ask,
    /// Say that it is solved.
    Resolve,
    /// Write down what only colleagues see.
    Note,
    /// Say in which language its complainant is to be texted.
    Language,
    /// Put it on the track of its own.
    MarkSensitive,
    /// Say that it is none.
    NotAComplaint,
}

impl Deed {
    /// All of them, in the order in which a page offers them.
    pub const ALL: [Self; 11] = [
        Self::Accept,
        Self::Start,
        Self::Update,
        Self::Ask,
        Self::Resolve,
        Self::Return,
        Self::Refer,
        Self::Note,
        Self::Language,
        Self::MarkSensitive,
        Self::NotAComplaint,
    ];

    /// The word in addresses and forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Return => "return",
            Self::Refer => "refer",
            Self::Start => "start",
            Self::Update => "update",
            Self::Ask => "ask",
            Self::Resolve => "resolve",
            Self::Note => "note",
            Self::Language => "language",
            Self::MarkSensitive => "sensitive",
            Self::NotAComplaint => "not-a-complaint",
        }
    }

    /// The deed with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.word() == word)
    }

    /// Whether it makes sense where the complaint stands.
    fn fits(self, status: Status) -> bool {
        let is_open = !matches!(status, Status::Resolved | Status::Closed);
        match self {
            Self::Accept => matches!(
                status,
                Status::Received | Status::Referred | Status::Returned
            ),
            Self::Start => matches!(status, Status::Accepted | Status::Reopened),
            Self::Update | Self::Ask | Self::Resolve => matches!(
                status,
                Status::Accepted | Status::InProgress | Status::Reopened
            ),
            Self::Language => status != Status::Closed,
            Self::Return | Self::Refer | Self::MarkSensitive | Self::NotAComplaint => is_open,
            Self::Note => true,
        }
    }
}

/// How much of a complaint a person sees.
pub fn sight(person: &Person, complaint: &Concern<'_>) -> Sight {
    let Some(own) = person.role.organisation() else {
        return Sight::Nothing;
    };
    let convenes = matches!(person.role, Role::Convener(_)) && own == complaint.convener;
    if complaint.accused.contains(own) {
        Sight::Nothing
    } else if own == complaint.holder || convenes {
        Sight::All
    } else if complaint.held_before.contains(own) {
        Sight::OwnPart
    } else {
        Sight::Nothing
    }
}

/// Whether a person may do that with a complaint now.
///
/// What is told to the complainant is told by who has the complaint. The convener may besides take any complaint of the county
/// away from where it lies, and mark it. Nobody returns to the convener what the convener has: that is to refer it.
pub fn may(person: &Person, deed: Deed, complaint: &Concern<'_>) -> bool {
    if sight(person, complaint) != Sight::All || !deed.fits(complaint.status) {
        return false;
    }
    let holds = person.role.organisation() == Some(complaint.holder);
    let convenes = matches!(&person.role, Role::Convener(own) if own == complaint.convener);
    match deed {
        Deed::Accept | Deed::Start | Deed::Update | Deed::Ask | Deed::Resolve => holds,
        Deed::Return => holds && complaint.holder != complaint.convener,
        Deed::Refer | Deed::Note | Deed::Language | Deed::MarkSensitive => holds || convenes,
        // What is sensitive ends in silence only by who convenes, or by who stands in for a convener that it accuses.
        Deed::NotAComplaint => {
            let stands_in = complaint.accused.contains(complaint.convener);
            convenes || (holds && (!complaint.sensitive || stands_in))
        }
    }
}

/// Whether a person may be shown the number of who complained: the convener of its county alone, who can call. Organisations see one
/// with the complainant's consent only, which nobody has been asked for.
pub fn may_reveal(person: &Person, complaint: &Concern<'_>) -> bool {
    let convenes = matches!(&person.role, Role::Convener(own) if own == complaint.convener);
    convenes && sight(person, complaint) == Sight::All
}

/// Whether a person may read who complained, who brought it and who took it down. A name is given for the file: who works on the
/// complaint reads it. Not where it is sensitive: there the convener alone does, or who stands in for a convener that it accuses.
pub fn may_read_names(person: &Person, complaint: &Concern<'_>) -> bool {
    let convenes = matches!(&person.role, Role::Convener(own) if own == complaint.convener);
    let stands_in = complaint.accused.contains(complaint.convener);
    sight(person, complaint) == Sight::All && (convenes || !complaint.sensitive || stands_in)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::PersonId;

    fn person(role: Role) -> Person {
        Person {
            id: PersonId(1),
            name: "Asha".to_owned(),
            email: "asha@example.org".to_owned(),
            role,
            language: None,
        }
    }

    fn organisation(id: &str) -> OrganisationId {
        OrganisationId::new(id)
    }

    /// Each person beside a complaint that the water department has, came to it from health, and accuses the roads department.
    fn seen_by(role: Role) -> (Sight, Vec<Deed>) {
        let (convener, water) = (organisation("ti"), organisation("water"));
        let before = [organisation("health"), organisation("roads")];
        let concern = Concern {
            convener: &convener,
            holder: &water,
            held_before: &before,
            accused: &[organisation("roads")],
            status: Status::Accepted,
            sensitive: false,
        };
        let person = person(role);
        let deeds = Deed::ALL
            .into_iter()
            .filter(|deed| may(&person, *deed, &concern));
        (sight(&person, &concern), deeds.collect())
    }

    #[test]
    fn who_has_it_does_all_with_it() {
        let (sight, deeds) = seen_by(Role::Officer(organisation("water")));
        assert_eq!(sight, Sight::All);
        assert_eq!(deeds, Deed::ALL[1..], "but for accepting it again");
    }

    #[test]
    fn the_convener_sees_all_and_takes_it_away_but_does_not_speak_for_the_holder() {
        let (sight, deeds) = seen_by(Role::Convener(organisation("ti")));
        assert_eq!(sight, Sight::All);
        assert_eq!(
            deeds,
            [
                Deed::Refer,
                Deed::Note,
                Deed::Language,
                Deed::MarkSensitive,
                Deed::NotAComplaint
            ]
        );
        assert_eq!(
            seen_by(Role::Convener(organisation("ti-garissa"))),
            (Sight::Nothing, vec![])
        );
        assert_eq!(
            seen_by(Role::Officer(organisation("ti"))),
            (Sight::Nothing, vec![]),
            "not everybody there"
        );
    }

    #[test]
    fn who_had_it_sees_their_part_and_the_accused_nothing() {
        assert_eq!(
            seen_by(Role::Officer(organisation("health"))),
            (Sight::OwnPart, vec![])
        );
        assert_eq!(
            seen_by(Role::Officer(organisation("roads"))),
            (Sight::Nothing, vec![])
        );
        assert_eq!(
            seen_by(Role::Convener(organisation("roads"))),
            (Sight::Nothing, vec![])
        );
    }

    #[test]
    fn the_number_is_for_the_convener_of_the_county_who_is_not_accused() {
        let (ti, water) = (organisation("ti"), organisation("water"));
        let shows = |role, accused: &[OrganisationId]| {
            let concern = Concern {
                convener: &ti,
                holder: &water,
                held_before: std::slice::from_ref(&ti),
                accused,
                status: Status::Accepted,
                sensitive: false,
            };
            may_reveal(&person(role), &concern)
        };
        assert!(shows(Role::Convener(ti.clone()), &[]));
        assert!(!shows(
            Role::Convener(ti.clone()),
            std::slice::from_ref(&ti)
        ));
        for other in [
            Role::Officer(ti.clone()),
            Role::Officer(water.clone()),
            Role::Convener(water.clone()),
            Role::Administrator,
        ] {
            assert!(!shows(other.clone(), &[]), "{other:?}");
        }
    }

    #[test]
    fn names_are_for_who_works_on_it_and_where_it_is_sensitive_for_the_convener_alone() {
        let (ti, water) = (organisation("ti"), organisation("water"));
        let read_by = |role, sensitive, accused: &[OrganisationId]| {
            let concern = Concern {
                convener: &ti,
                holder: &water,
                held_before: &[organisation("health")],
                accused,
                status: Status::Accepted,
                sensitive,
            };
            may_read_names(&person(role), &concern)
        };
        let convener = || Role::Convener(organisation("ti"));
        let holder = || Role::Officer(organisation("water"));
        assert!(read_by(convener(), false, &[]) && read_by(holder(), false, &[]));
        assert!(read_by(convener(), true, &[]) && !read_by(holder(), true, &[]));
        let against_the_convener = [organisation("ti")];
        assert!(!read_by(convener(), true, &against_the_convener));
        assert!(read_by(holder(), true, &against_the_convener), "stands in");
        let passed_it_on = Role::Officer(organisation("health"));
        assert!(!read_by(passed_it_on, false, &[]));
    }

    #[test]
    fn figures_and_access_are_no_complaints() {
        assert_eq!(seen_by(Role::Administrator), (Sight::Nothing, vec![]));
        assert_eq!(
            seen_by(Role::Committee(crate::complaint::CountyId::new("wajir"))),
            (Sight::Nothing, vec![])
        );
    }

    #[test]
    fn even_the_convener_and_the_holder_see_nothing_that_accuses_them() {
        let ti = organisation("ti");
        let accused = [organisation("ti")];
        let concern = Concern {
            convener: &ti,
            holder: &ti,
            held_before: &[],
            accused: &accused,
            status: Status::Referred,
            sensitive: true,
        };
        assert_eq!(
            sight(&person(Role::Convener(ti.clone())), &concern),
            Sight::Nothing
        );
    }

    #[test]
    fn what_is_sensitive_ends_in_silence_only_by_who_convenes_or_stands_in() {
        let (ti, health) = (organisation("ti"), organisation("health"));
        let by = |role: Role, accused: &[OrganisationId]| {
            let concern = Concern {
                convener: &ti,
                holder: &health,
                held_before: &[],
                accused,
                status: Status::Accepted,
                sensitive: true,
            };
            may(&person(role), Deed::NotAComplaint, &concern)
        };
        let officer = || Role::Officer(organisation("health"));
        assert!(!by(officer(), &[]));
        assert!(by(Role::Convener(organisation("ti")), &[]));
        assert!(by(officer(), &[organisation("ti")]), "the convener cannot");
    }
}
