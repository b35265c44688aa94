use super::*;

fn rows(bytes: &[u8], written: Written) -> Vec<Vec<String>> {
    let mut source = Source::open(Cursor::new(bytes.to_vec()), written).unwrap();
    let columns = source.header().len();
    let mut rows = vec![source.header().to_vec()];
    while let Some(row) = source.next_row().unwrap() {
        assert_eq!(row.damage(columns), None);
        rows.push(
            (0..columns)
                .map(|at| row.text(at).unwrap().to_owned())
                .collect(),
        );
    }
    rows
}

#[test]
fn a_file_is_read_in_the_encoding_and_with_the_separator_that_it_has() {
    let whole = [["a", "b"], ["é;", "x\ny"]];
    let text = "a,b\r\n\"é;\",\"x\ny\"";
    let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let marked = format!("\u{feff}{text}");
        marked.encode_utf16().flat_map(bytes).collect()
    };
    let latin: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let said = Written {
        encoding: encoding("Windows-1252"),
        separator: None,
    };
    for (bytes, written) in [
        (text.as_bytes().to_vec(), Written::default()),
        (format!("\u{feff}{text}\n").into_bytes(), Written::default()),
        (text.replace(',', "|").into_bytes(), Written::default()),
        (text.replace(',', "\t").into_bytes(), Written::default()),
        (utf16(u16::to_le_bytes), Written::default()),
        (utf16(u16::to_be_bytes), said),
        (latin, said),
    ] {
        assert_eq!(rows(&bytes, written), whole);
    }
    let unusual = Written {
        separator: Some(b'^'),
        encoding: None,
    };
    assert_eq!(rows(b"a^b\n1,2^3\n", unusual), [["a", "b"], ["1,2", "3"]]);
}

fn damages(bytes: &[u8]) -> Vec<Option<Why>> {
    let mut source = Source::open(Cursor::new(bytes.to_vec()), Written::default()).unwrap();
    let mut damages = Vec::new();
    while let Some(row) = source.next_row().unwrap() {
        damages.push(row.damage(2));
    }
    damages
}

#[test]
fn half_a_row_is_told_also_where_the_file_ends_in_it() {
    assert_eq!(damages(b"a,b\n1,2\n3,4"), [None, None]);
    let cut = damages(b"a,b\n1\n1,2,3\n5,6\n");
    let short = Why::Cells {
        cells: 1,
        columns: 2,
    };
    assert_eq!(cut[0], Some(short));
    assert!(cut[1].is_some() && cut[2].is_none());
    for open in [
        "a,b\n1,\"two",
        "a,b\n1,\"two\n",
        "a,b\n1,2\n3,\"four\n5,6\n",
    ] {
        assert_eq!(damages(open.as_bytes()).pop(), Some(Some(Why::OpenQuote)));
    }
}

#[test]
fn what_has_no_end_is_given_up_before_it_fills_the_memory() {
    let endless = format!("a,b\n1,2\n3,\"{}", "x".repeat(3 * LONGEST_ROW));
    let mut source = Source::open(Cursor::new(endless), Written::default()).unwrap();
    source.next_row().unwrap();
    let told = source.next_row().unwrap_err().to_string();
    assert!(
        told.starts_with("row 2, on line 3, is longer than 1 MB"),
        "{told}"
    );

    let wide = ",".repeat(1_000_000);
    let told = Source::open(Cursor::new(wide), Written::default())
        .err()
        .unwrap();
    assert!(matches!(told, Unreadable::Columns), "{told}");
    let empty = Source::open(Cursor::new("\u{feff}"), Written::default())
        .err()
        .unwrap();
    assert!(matches!(empty, Unreadable::Empty), "{empty}");
}

#[test]
fn bytes_of_another_encoding_are_told_by_column() {
    let mut source = Source::open(Cursor::new(b"a,b\n\xe9,2\x000\n"), Written::default()).unwrap();
    let row = source.next_row().unwrap().unwrap();
    assert_eq!(row.text(0), Err(Why::NotUtf8));
    assert_eq!(row.text(1), Err(Why::Nul));
}
