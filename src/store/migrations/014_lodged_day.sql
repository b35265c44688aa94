-- How often complaints changed, by the county and the day in which they were lodged: what was counted of them before holds until then.

CREATE TABLE lodged_day (
    county  TEXT    NOT NULL,
    day     INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    PRIMARY KEY (county, day)
) STRICT, WITHOUT ROWID;
