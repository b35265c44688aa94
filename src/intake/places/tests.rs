use super::*;

const FILE: &str = "id,name,level,parent,aliases,population
wajir,Wajir,county,,,781263
wajir-south,Wajir South,sub-county,wajir,,
habasswein,Habasswein,ward,wajir-south,Habaswein|Habaswen,
eldas,Eldas,sub-county,wajir,,
eldas-ward,Eldas,ward,eldas,,
wajir-east,Wajir East,sub-county,wajir,,
khorof,Khorof/Harar,ward,wajir-east,Khorof|Harar,
burder,Burder,ward,wajir-south,=Burder|Buurdheer,
marsabit,Marsabit,county,,,
laisamis,Laisamis,sub-county,marsabit,,
";

fn found(text: &str) -> Found {
    Places::load("places.csv", FILE)
        .unwrap()
        .find(&Normalised::new(text), &CountyId::new("wajir"))
}

fn one(id: &str) -> Found {
    Found::One(PlaceId::new(id))
}

#[test]
fn the_smallest_place_is_meant() {
    assert_eq!(found("Borehole at HABASWEIN is broken"), one("habasswein"));
    assert_eq!(
        found("kisima cha Habasswein, Wajir South"),
        one("habasswein")
    );
    assert_eq!(found("Wajir South has no water"), one("wajir-south"));
    assert_eq!(found("near Harar"), one("khorof"));
    assert_eq!(found("Khorof/Harar"), one("khorof"));
    assert_eq!(
        found("no water in eldas"),
        one("eldas"),
        "ward or sub-county: the sub-county is right either way"
    );
}

#[test]
fn what_is_not_told_is_not_guessed() {
    assert_eq!(found("no water here"), Found::None);
    assert_eq!(
        found("Wajir has no water"),
        Found::None,
        "the county is known anyway"
    );
    assert_eq!(found("Laisamis"), Found::None, "another county's");
    assert_eq!(found("Habassweiner"), Found::None, "whole words");
    let both = vec![PlaceId::new("habasswein"), PlaceId::new("eldas")];
    assert_eq!(
        found("the road from Habasswein to Eldas"),
        Found::Ambiguous(both)
    );
}

#[test]
fn a_mistyped_name_is_found_unless_it_is_to_be_exact() {
    assert_eq!(found("no water in habsweyn"), Found::None, "two slips");
    assert_eq!(found("no water in HABASSWIEN"), one("habasswein"));
    assert_eq!(found("wajir suoth"), one("wajir-south"));
    assert_eq!(found("wagir east"), one("wajir-east"));
    assert_eq!(found("Burder"), one("burder"));
    assert_eq!(found("buurdher"), one("burder"));
    assert_eq!(found("the border, a murder"), Found::None);
}

#[test]
fn of_several_what_they_all_lie_in_is_known() {
    let places = Places::load("places.csv", FILE).unwrap();
    let in_what = |text: &str| -> Vec<String> {
        let line = places.ancestry_of(&found(text));
        line.iter().map(ToString::to_string).collect()
    };
    assert_eq!(in_what("Habasswein and Burder"), ["wajir-south", "wajir"]);
    assert!(in_what("Habasswein and Eldas").is_empty());
}

#[test]
fn a_place_knows_what_it_lies_in() {
    let places = Places::load("places.csv", FILE).unwrap();
    let line: Vec<String> = places
        .ancestry(&PlaceId::new("habasswein"))
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(line, ["habasswein", "wajir-south", "wajir"]);
    assert!(places.ancestry(&PlaceId::new("atlantis")).is_empty());
}

#[test]
fn a_tile_may_be_said_and_no_two_lie_on_each_other() {
    let file = |lines: &str| {
        let file = format!(
            "id,name,level,parent,aliases,population,tile
wajir,Wajir,county,,,,\"1,1\"
marsabit,Marsabit,county,,,,
eldas,Eldas,sub-county,wajir,,,\"1,1\"
{lines}"
        );
        Places::load("places.csv", &file)
    };
    let places = file("laisamis,Laisamis,sub-county,marsabit,,,\" 1 , 1 \"\n").unwrap();
    let tiles: Vec<Option<(u8, u8)>> = places
        .iter()
        .map(|place| place.tile.map(|tile| (tile.column, tile.row)))
        .collect();
    assert_eq!(tiles, [Some((1, 1)), None, Some((1, 1)), Some((1, 1))]);
    for (line, told) in [
        (
            "tarbaj,Tarbaj,sub-county,wajir,,,\"1,1\"",
            "`tarbaj` has the tile of `eldas`",
        ),
        (
            "tarbaj,Tarbaj,sub-county,wajir,,,\"0,1\"",
            "`0,1` is no tile",
        ),
        ("tarbaj,Tarbaj,sub-county,wajir,,,3", "`3` is no tile"),
        (
            "tarbaj,Tarbaj,sub-county,wajir,,,2,1",
            "this line has 8 fields where the first line has 7",
        ),
    ] {
        assert_eq!(file(line).unwrap_err()[0].message, told);
    }
}

#[test]
fn it_may_be_said_how_many_of_the_people_are_women() {
    for (heading, line) in [
        ("women", "wajir,Wajir,county,,,900,400"),
        ("tile,women", "wajir,Wajir,county,,,900,,400"),
    ] {
        let heading = format!("id,name,level,parent,aliases,population,{heading}\n");
        let load = |line: &str| Places::load("places.csv", &format!("{heading}{line}\n"));
        let women: Vec<Option<u32>> = load(line).unwrap().iter().map(|one| one.women).collect();
        assert_eq!(women, [Some(400)]);
        for (written, told) in [
            ("901", "more women live in `wajir` than people"),
            ("half", "the number of women is no whole number"),
        ] {
            let wrong = load(&line.replace("400", written)).unwrap_err();
            assert_eq!(wrong[0].message, told);
        }
    }
}

#[test]
fn everything_wrong_is_told_at_once_with_its_line() {
    let wrong = "id,name,level,parent,aliases,population
wajir,Wajir,county,,,many
wajir,Wajir again,county,,,
bute,Bute,ward,wajr,,
tarbaj,Tarbaj,village,wajir,,
,Nameless,ward,wajir,,
eldas,Eldas,ward
della,Della,sub-county,della,,
benane,Benane,county,wajir,,
Wajir East,Wajir East,sub-county,wajir,,
lafey,\"Lafey,ward,eldas,,
bute,Bute,ward,eldas,,
";
    let told: Vec<String> = Places::load("places.csv", wrong)
        .unwrap_err()
        .into_iter()
        .map(|finding| {
            let before = wrong.get(..finding.span.unwrap().start).unwrap();
            let line = 1 + before.matches('\n').count();
            format!(
                "{line}: {}{}",
                finding.message,
                finding
                    .help
                    .map(|help| format!(" ({help})"))
                    .unwrap_or_default()
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "2: the population is no whole number (digits only, or leave it empty)",
            "3: `wajir` is there already (an id names one place only)",
            "4: there is no place `wajr` (did you mean `wajir`?)",
            "5: `village` is no level (county, sub-county or ward)",
            "6: this place has no id (a short name in lower-case letters, `wajir-south`)",
            "7: this line has 3 fields where the first line has 6 (a comma is missing, or one too many)",
            "8: `della` does not lie in a county (a sub-county's parent is a county)",
            "9: `benane` is a county and lies in none (leave its parent empty)",
            "10: `Wajir East` is no id (an id is made of letters a to z, digits and hyphens: wajir-south)",
            "11: this line has 2 fields where the first line has 6 (a quote is opened in its first line and not closed there)",
        ]
    );
    assert!(Places::load("places.csv", "id , name,level,parent,aliases,population \n").is_ok());
    assert!(
        Places::load("places.csv", "name,id\n").unwrap_err()[0]
            .message
            .contains("first line")
    );
    assert!(Places::load("places.csv", "").is_err());
}
