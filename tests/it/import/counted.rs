//! What another city's hotline wrote down, in its own shape, is brought in and reported on.

use super::Desk;
use crate::process::{jibu, said, shipped};

const MAP: &str = r#"
name = "city-hotline"
county = "wajir"
[words]
columns = ["Complaint Type", "Descriptor"]
between = ": "
[id]
column = "Unique Key"
[received]
column = "Created Date"
format = "%m/%d/%Y %I:%M:%S %p"
[closed]
column = "Closed Date"
format = "%m/%d/%Y %I:%M:%S %p"
[place]
column = "Borough"
others = "leave_out"
"#;

/// Medicine after two, four and nine days, a road after one; the last of each is still open.
const HOTLINE: &str = "\
Unique Key,Created Date,Closed Date,Agency,Complaint Type,Descriptor,Borough
60000001,03/03/2025 08:00:00 AM,03/05/2025 08:00:00 AM,DOH,No medicine,Clinic has no drugs,Eldas
60000002,03/03/2025 09:30:00 AM,03/07/2025 09:30:00 AM,DOH,No medicine,Dispensary has no drugs,Bute
60000003,03/10/2025 01:15:00 PM,03/19/2025 01:15:00 PM,DOH,No medicine,No drugs in the dispensary,Unspecified
60000004,04/01/2025 12:00:00 PM,,DOH,No medicine,No drugs again,Eldas
60000005,04/07/2025 11:00:00 PM,04/08/2025 11:00:00 PM,DOT,Road damaged,The road is full of holes,Habasswein
60000006,04/08/2025 12:30:00 AM,,DOT,Road damaged,The road is cut,Habasswein
";

#[test]
fn what_another_hotline_knew_is_counted_by_kind_and_by_how_long_it_took() {
    let desk = Desk::new();
    desk.write("map.toml", MAP);
    let file = desk.write("hotline.csv", HOTLINE);
    said(&desk.import(&file, &["--go", "--no-texts"]));
    let report = |measure: &str| {
        let config = shipped().display().to_string();
        let figure = ["--by", "kind", "--measure", measure, "--period", "2025"];
        let written = ["--format", "csv", "--config", &config];
        let arguments = [["report"].as_slice(), &figure, &written].concat();
        let told = said(&jibu(&arguments, desk.folder()));
        told.replace('\u{feff}', "").replace("\r\n", "\n")
    };
    assert_eq!(
        report("complaints"),
        "kind,kind_name,measure,value,rests_on,note
supplies,supplies,complaints,4,4,
service,service,complaints,2,2,
,not given,complaints,0,0,
*,all,complaints,6,6,
"
    );
    assert_eq!(
        report("median_days_to_resolve"),
        "kind,kind_name,measure,value,rests_on,note
supplies,supplies,median_days_to_resolve,4,3,
service,service,median_days_to_resolve,1,1,
,not given,median_days_to_resolve,,0,nothing
*,all,median_days_to_resolve,3,4,
"
    );
}
