"""Counts the exported rows with DuckDB and says where jibu's figures differ.

Usage: check.py FOLDER, which holds complaints.csv, hops.csv, answers.jsonl and config/. What each figure means is written in
src/reports/measure.rs; nothing of how jibu counts is used here. Days and shares are compared as they are written: to the nearest of
the last digit.
"""

import json
import sys
import tomllib
import zipfile
from collections import defaultdict
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import duckdb

FOLDER = Path(sys.argv[1])
CONFIG = FOLDER / "config"
FIRST, LAST = date(2024, 1, 1), date(2028, 1, 1)
ALL, HALF_A_DIGIT = "*", 0.00005
DAY_MS = 86_400_000
STAGES = {"refer": "referred", "accept": "accepted", "act": "acted", "resolve": "resolved", "confirm": "confirmed"}
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


# ── the calendar ────────────────────────────────────────────────────────────────────────────────────
def worked_days(county):
    """Whether a day is worked in a county, by calendar.toml."""
    file = tomllib.loads((CONFIG / "calendar.toml").read_text())
    own = [one for one in file["calendar"] if one.get("county") == county]
    week = (own or [one for one in file["calendar"] if "county" not in one])[0]
    weekend = {WEEKDAYS.index(day) for day in week["weekend"]}
    yearly, single = {}, {}
    for holiday in file["holiday"]:
        if county not in holiday.get("counties", [county]):
            continue
        half = holiday.get("half", False)
        if "every" in holiday:
            yearly[tuple(map(int, holiday["every"].split("-")))] = half
        for day in holiday.get("dates", []):
            single[date.fromisoformat(day)] = half

    def holiday(day):
        half = single.get(day, yearly.get((day.month, day.day)))
        return half is False

    def instead_of_a_sunday(day):
        while holiday(day := day - timedelta(1)):
            if day.weekday() == 6:
                return True
        return False

    moves = week.get("sunday_moves", False)
    return lambda day: not (day.weekday() in weekend or holiday(day) or (moves and instead_of_a_sunday(day)))


def days_of(county, zone):
    """Each day: when it begins (UTC milliseconds), and how many were worked up to and with it."""
    is_worked, worked, day = worked_days(county), 0, FIRST
    while day < LAST:
        worked += is_worked(day)
        begins = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(timezone.utc)
        yield county, int(begins.timestamp() * 1000), day, worked
        day += timedelta(1)


# ── the rows ────────────────────────────────────────────────────────────────────────────────────────
def ms(column):
    return f"epoch_ms({column}::TIMESTAMPTZ) AS {column.removesuffix('_at')}"


def load(db):
    counties = tomllib.loads((CONFIG / "routing.toml").read_text())["county"]
    db.execute("SET TimeZone = 'UTC'")
    db.execute("CREATE TABLE day (county VARCHAR, begins BIGINT, day DATE, worked INTEGER)")
    for county in counties:
        rows = list(days_of(county["id"], ZoneInfo(county["zone"])))
        db.execute("INSERT INTO day SELECT unnest($1), unnest($2), unnest($3), unnest($4)", [list(column) for column in zip(*rows)])
    db.execute(f"CREATE TABLE place AS FROM read_csv('{CONFIG}/places.csv', all_varchar = true)")
    db.execute("""CREATE TABLE lies AS SELECT p.id AS place,
        CASE WHEN p.level = 'sub-county' THEN p.id WHEN p.level = 'ward' THEN p.parent END AS sub_county,
        CASE WHEN p.level = 'ward' THEN p.id END AS ward FROM place p""")
    times = ["opened_at", "referred_at", "accepted_at", "acted_at", "resolved_at", "closed_at"]
    due = ["accept_due", "act_due", "resolve_due", "next_due"]
    db.execute(f"""CREATE TABLE told AS SELECT * EXCLUDE ({', '.join(times + due)}), {', '.join(map(ms, times + due))}
        FROM read_csv('{FOLDER}/complaints.csv', all_varchar = true)""")
    steps = ["opened", "referred", "accepted", "acted", "resolved", "closed"]
    joins = "\n".join(f"ASOF LEFT JOIN day AS {one}_day ON {one}_day.county = t.county AND {one}_day.begins <= t.{one}" for one in steps)
    worked = ", ".join(f"{one}_day.worked AS {one}_worked, {one}_day.day AS {one}_day" for one in steps)
    db.execute(f"""CREATE TABLE complaint AS SELECT t.*, l.sub_county AS its_sub_county, l.ward AS its_ward, {worked},
        CASE WHEN outcome = 'confirmed' THEN closed END AS confirmed,
        CASE WHEN outcome = 'confirmed' THEN closed_day.worked END AS confirmed_worked,
        opened_day.day::VARCHAR AS day, strftime(opened_day.day, '%G-W%V') AS week, strftime(opened_day.day, '%Y-%m') AS month,
        year(opened_day.day) || '-Q' || quarter(opened_day.day) AS quarter
        FROM told t LEFT JOIN lies l USING (place) {joins}""")
    wrong = " OR ".join(f"{one}_on::DATE IS DISTINCT FROM {one}_day" for one in steps)
    wrong = db.execute(f"""SELECT count(*) FROM complaint WHERE {wrong}
        OR sub_county IS DISTINCT FROM its_sub_county OR ward IS DISTINCT FROM its_ward""").fetchone()[0]
    agree("rows with another day or place than their time and places.csv say", wrong, 0)
    db.execute(f"""CREATE TABLE hop AS SELECT number, organisation AS had_by, epoch_ms("from"::TIMESTAMPTZ) AS since,
        epoch_ms(until::TIMESTAMPTZ) AS until FROM read_csv('{FOLDER}/hops.csv', all_varchar = true)""")


# ── what is asked ───────────────────────────────────────────────────────────────────────────────────
def timed(statistic, value):
    return {"median": f"median({value})", "p90": f"quantile_cont({value}, 0.9)", "mean": f"avg({value})"}[statistic]


def measured(measure, now):
    """The figure in SQL, how many it rests on, and whether it is of hops."""
    is_open, unsolved = "status <> 'closed'", "status NOT IN ('closed', 'resolved')"
    counts = {
        "complaints": "true", "per_100000": "true", "open": is_open, "overdue": f"{unsolved} AND next_due < {now}",
        "returned": "returns::INTEGER > 0", "reopened": "reopens::INTEGER > 0", "confirmed": "outcome IS NOT DISTINCT FROM 'confirmed'",
        "unconfirmed": "outcome IS NOT DISTINCT FROM 'unconfirmed'",
        "not_solved": f"outcome IS NOT DISTINCT FROM 'not_solved' OR ({unsolved} AND reopens::INTEGER > 0)",
    }
    if measure in counts:
        count = f"count_if({counts[measure]})"
        return count, count, False
    if measure == "womens_share":
        return "count_if(gender = 'woman') / nullif(count(gender), 0)", "count(gender)", False
    if measure.startswith("in_time_to_"):
        stage = measure.removeprefix("in_time_to_")
        reached, late = STAGES[stage], f"{STAGES[stage]}_late"
        of = f"count_if({reached} IS NOT NULL OR ({is_open} AND {stage}_due < {now}))"
        return f"count_if({reached} IS NOT NULL AND {late} = '0') / nullif({of}, 0)", of, False
    statistic, days = measure.split("_", 1)
    is_working = days.startswith("working_days")
    if measure.endswith("_held"):
        value = "until_worked - since_worked" if is_working else f"(coalesce(until, {now}) - since)"
    else:
        reached = STAGES[measure.rsplit("_", 1)[1]]
        value = f"{reached}_worked - opened_worked" if is_working else f"({reached} - opened)"
    value = f"CASE WHEN {value} < 0 THEN 0 ELSE {value} END"
    figure = timed(statistic, value) + ("" if is_working else f" / {DAY_MS}")
    return figure, f"count({value})", measure.endswith("_held")


def hops(db, now):
    """The hops with their complaints, and who had it in place of who has it."""
    db.execute(f"""CREATE TABLE had AS SELECT c.* REPLACE (h.had_by AS organisation), h.since, h.until,
        since_day.worked AS since_worked, until_day.worked AS until_worked
        FROM complaint c JOIN hop h USING (number)
        ASOF LEFT JOIN day AS since_day ON since_day.county = c.county AND since_day.begins <= h.since
        ASOF LEFT JOIN day AS until_day ON until_day.county = c.county AND until_day.begins <= coalesce(h.until, {now})""")


def text(value):
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"


def chosen(asked):
    """Those that the question is about."""
    wanted = defaultdict(list)
    for only in asked["only"]:
        wanted[only["by"]].append(only["key"])
    conditions = [f"opened_day BETWEEN '{asked['from']}' AND '{asked['to']}'"]
    for dimension, values in wanted.items():
        conditions.append("(" + " OR ".join(f"{dimension} IS NOT DISTINCT FROM {text(value)}" for value in values) + ")")
    return " AND ".join(conditions)


def people(db):
    """How many live in each place, and what each place lies in, itself included."""
    known = dict(db.execute("SELECT id, population::INTEGER FROM place").fetchall())
    parents = dict(db.execute("SELECT id, parent FROM place").fetchall())

    def line(place):
        return {place} | (line(parents[place]) if parents[place] else set())

    return known, {place: line(place) for place in parents}


# ── the comparison ──────────────────────────────────────────────────────────────────────────────────
compared, differences = 0, 0


def agree(what, seen, expected):
    global compared, differences
    compared += 1
    if isinstance(expected, float) and seen is not None:
        same = abs(seen - expected) <= HALF_A_DIGIT + 1e-9
    else:
        same = seen == expected
    if not same:
        differences += 1
        if differences <= 20:
            print(f"not ok - {what}: {seen}, not {expected}")


def inhabitants(by, keys, only, known, lies_in):
    """How many live in the smallest places that bound a figure, be it by its row, its column or a filter; a row's where both do."""
    for level in ("ward", "sub_county", "county"):
        if level in by and keys[by.index(level)] != ALL:
            return known.get(keys[by.index(level)])
        asked_for = {one["key"] for one in only if one["by"] == level}
        if asked_for:
            rows = [key for key, one in zip(keys, by) if one in ("sub_county", "county") and key != ALL]
            there = [place for place in asked_for if all(row in lies_in.get(place, ()) for row in rows)]
            people = [known.get(place) for place in there]
            return None if None in people or None in rows else sum(people)
    return sum(known[place] for place, line in lies_in.items() if len(line) == 1)


def alike(answer):
    """Answers that are alike in this are counted together."""
    asked = {key: value for key, value in answer["asked"].items() if key != "measure"}
    return json.dumps([asked, answer["sensitive_apart"], answer["asked"]["measure"].endswith("_held")])


def check(db, answers, known, lies_in):
    asked, by = answers[0]["asked"], answers[0]["asked"]["by"]
    now = int(datetime.fromisoformat(answers[0]["counted_at"]).timestamp() * 1000)
    apart = "sensitive = '1'" if answers[0]["sensitive_apart"] else "false"
    no_complaint, merged = (f"(outcome IS NOT DISTINCT FROM '{one}')" for one in ("not_a_complaint", "merged"))
    figures = [measured(answer["asked"]["measure"], now) for answer in answers]
    source = f"FROM {'had' if figures[0][2] else 'complaint'} WHERE {chosen(asked)}"
    keys = "".join(f"{one}, grouping({one}), " for one in by)
    sets = {0: "()", 1: "({0}), ()", 2: "({0}, {1}), ({0}), ({1}), ()"}[len(by)].format(*by)
    columns = ", ".join(f"{figure}, {rests_on}" for figure, rests_on, _ in figures)
    counted = db.execute(f"""SELECT {keys} {columns} {source} AND NOT ({no_complaint} OR {merged} OR {apart})
        GROUP BY GROUPING SETS ({sets})""").fetchall()
    # Complaints, also where hops are asked for: each once.
    left = db.execute(f"""SELECT count(DISTINCT number) FILTER ({no_complaint}), count(DISTINCT number) FILTER ({merged}),
        count(DISTINCT number) FILTER ({apart} AND NOT ({no_complaint} OR {merged})) {source}""").fetchone()
    for at, answer in enumerate(answers):
        name = f"{answer['asked']['measure']} by {by} of {asked['only']} in {asked['from']} to {asked['to']}"
        expected = {}
        for row in counted:
            key = tuple(ALL if row[2 * nth + 1] else row[2 * nth] for nth in range(len(by)))
            expected[key] = row[2 * (len(by) + at):][:2]
        is_count = isinstance(expected[(ALL,) * len(by)][0], int)
        for line in answer["figures"]:
            key = tuple(line[one] for one in by)
            value, of = expected.pop(key, (0 if is_count else None, 0))
            if answer["asked"]["measure"] == "per_100000":
                there = inhabitants(by, key, asked["only"], known, lies_in)
                value = of * 100_000 / there if there else None
            agree(f"{name}, {key}", line["value"], value)
            agree(f"{name}, {key}: rests on", line["rests_on"], of)
        agree(f"{name}: rows that are missing", sorted(map(str, expected)), [])
        left_out = [answer["left_out"][one] for one in ("not_complaints", "merged", "sensitive")]
        agree(f"{name}: left out", left_out, list(left))


def check_workbook():
    """The numbers of a workbook, read without anything that knows workbooks, and its chart."""
    answer = json.loads((FOLDER / "book.json").read_text())
    with zipfile.ZipFile(FOLDER / "book.xlsx") as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        chart = ElementTree.fromstring(book.read("xl/charts/chart1.xml"))
    cells = [cell.find("{*}v").text for cell in sheet.iterfind(".//{*}c") if cell.get("t", "n") == "n"]
    agree("the workbook's numbers", list(map(float, cells)), [line["value"] for line in answer["figures"]])
    genders = {line["gender"] for line in answer["figures"]} - {ALL}
    agree("the chart's series", len(chart.findall(".//{*}ser")), len(genders))


def main():
    db = duckdb.connect()
    load(db)
    answers = [json.loads(line) for line in (FOLDER / "answers.jsonl").read_text().splitlines()]
    hops(db, int(datetime.fromisoformat(answers[0]["counted_at"]).timestamp() * 1000))
    known, lies_in = people(db)
    together = defaultdict(list)
    for answer in answers:
        together[alike(answer)].append(answer)
    for some in together.values():
        check(db, some, known, lies_in)
    check_workbook()
    complaints, of_hops = (db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("complaint", "hop"))
    print(f"{complaints} complaints with {of_hops} hops; {len(answers)} answers, {compared} figures compared, {differences} differ")
    sys.exit(1 if differences or not answers else 0)


main()
