"""What the portable subset refuses, and the reason it gives."""

from __future__ import annotations

import pytest

from .portable import problems


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("SELECT x_px // 32 AS c FROM moves ORDER BY c", "floor(x / 32.0)"),
        ("SELECT seq % 2 AS c FROM moves ORDER BY c", "Mod is not in the subset"),
        ("SELECT x_px / 32 AS c FROM moves ORDER BY c", "write 32.0 or x::DOUBLE"),
        ("SELECT (x_px / 32.0)::INTEGER AS c FROM moves ORDER BY c", "floor(x)::BIGINT"),
        ("SELECT sum(seq) AS n FROM moves ORDER BY n", "sum(x)::BIGINT"),
        ("SELECT avg(x_px) AS n FROM moves ORDER BY n", "Avg is not in the subset"),
        ("SELECT round(scale_x) AS n FROM frames ORDER BY n", "Round is not in the subset"),
        ("SELECT median(x_px) AS n FROM moves ORDER BY n", "count in bins"),
        ("SELECT quantile_cont(x_px, 0.5) AS n FROM moves ORDER BY n", "count in bins"),
        ("SELECT mode(app) AS n FROM moves ORDER BY n", "ties differ"),
        ("SELECT arg_max(app, seq) AS n FROM moves ORDER BY n", "tie-break"),
        ("SELECT any_value(app) AS n FROM moves ORDER BY n", "min() or max()"),
        ("SELECT approx_count_distinct(app) AS n FROM moves ORDER BY n", "count(DISTINCT x)"),
        ("SELECT list(app ORDER BY seq) AS n FROM moves ORDER BY n", "return long rows"),
        ("SELECT string_agg(app, ',') AS n FROM moves ORDER BY n", "GroupConcat is not in the subset"),
        ("SELECT [1, 2] AS n FROM moves ORDER BY n", "Array is not in the subset"),
        ("SELECT {'a': 1} AS n FROM moves ORDER BY n", "Struct is not in the subset"),
        ("SELECT hash(session_id) AS n FROM moves ORDER BY n", "md5()"),
        ("SELECT random() AS n FROM moves ORDER BY n", "Rand is not in the subset"),
        ("SELECT current_date AS n FROM moves ORDER BY n", "CurrentDate is not in the subset"),
        ("SELECT epoch_ms(t_us) AS n FROM moves ORDER BY n", "not in the subset"),
        ("SELECT date_trunc('hour', t) AS n FROM moves ORDER BY n", "timestamps differ"),
        ("SELECT try_cast(app AS BIGINT) AS n FROM moves ORDER BY n", "TryCast is not in the subset"),
        ("SELECT t_us::TIMESTAMP AS n FROM moves ORDER BY n", "type TIMESTAMP"),
        ("SELECT seq::HUGEINT AS n FROM moves ORDER BY n", "is not in the subset"),
        ("SELECT read_text('/etc/passwd') AS n FROM moves ORDER BY n", "read_text is not in the subset"),
        ("SELECT content FROM read_text('/etc/passwd') ORDER BY content", "read_text is not in the subset"),
        ("SELECT * FROM moves ORDER BY seq", "name the columns"),
        ("SELECT m.* FROM moves AS m ORDER BY seq", "name the columns"),
        ("FROM moves ORDER BY seq", "name the columns"),
        ("SELECT seq FROM moves", "needs an ORDER BY"),
        ("SELECT seq FROM moves ORDER BY ALL", "names of result columns"),
        ("SELECT seq FROM moves ORDER BY 1", "names of result columns"),
        (
            "SELECT seq FROM (SELECT seq FROM moves ORDER BY seq) AS m ORDER BY seq",
            "ORDER BY inside a step is lost",
        ),
        ("SELECT seq FROM moves ORDER BY seq LIMIT 5", "number the rows and filter"),
        ("SELECT seq FROM moves ORDER BY seq LIMIT 5 OFFSET 2", "Offset is not in the subset"),
        ("SELECT app, count(*) AS n FROM moves GROUP BY ALL ORDER BY app", "GROUP BY wants columns"),
        ("SELECT app, count(*) AS n FROM moves GROUP BY 1 ORDER BY app", "GROUP BY wants columns"),
        ("SELECT app FROM moves GROUP BY ROLLUP (app) ORDER BY app", "Rollup is not in the subset"),
        ("SELECT DISTINCT ON (app) app FROM moves ORDER BY app", "DISTINCT is not in the subset"),
        (
            "SELECT seq FROM moves QUALIFY row_number() OVER (ORDER BY seq) = 1 ORDER BY seq",
            "a step of its own",
        ),
        ("SELECT seq FROM moves USING SAMPLE 5 ORDER BY seq", "md5($seed"),
        ("SELECT seq FROM moves UNION SELECT seq FROM events ORDER BY seq", "only UNION ALL"),
        ("SELECT seq FROM moves UNION ALL BY NAME SELECT seq FROM events ORDER BY seq", "by position"),
        ("SELECT seq FROM moves EXCEPT SELECT seq FROM events ORDER BY seq", "Except is not in the subset"),
        ("SELECT m.seq FROM moves AS m ASOF JOIN events AS e ON m.t_us >= e.t_us ORDER BY seq", "ASOF JOIN"),
        ("SELECT m.seq FROM moves AS m RIGHT JOIN events AS e ON m.seq = e.seq ORDER BY seq", "RIGHT JOIN"),
        ("SELECT seq FROM moves JOIN events USING (seq) ORDER BY seq", "say ON"),
        ("SELECT m.seq FROM moves AS m NATURAL JOIN events ORDER BY seq", "NATURAL JOIN"),
        ("SELECT m.seq FROM moves AS m POSITIONAL JOIN events ORDER BY seq", "POSITIONAL"),
        ("SELECT lag(app) OVER () AS a FROM moves ORDER BY a", "needs an ORDER BY"),
        (
            "SELECT sum(seq) OVER (ORDER BY seq)::BIGINT AS a FROM moves ORDER BY a",
            "needs its frame written out",
        ),
        (
            "SELECT max(seq) OVER (ORDER BY seq RANGE BETWEEN 5 PRECEDING AND CURRENT ROW) AS a FROM moves ORDER BY a",
            "frames count ROWS",
        ),
        (
            "SELECT max(seq) OVER w AS a FROM moves WINDOW w AS (ORDER BY seq) ORDER BY a",
            "WINDOWS is not in the subset",
        ),
        ("SELECT floor(seq) AS seq FROM moves WHERE seq > 1 ORDER BY seq", "write source.seq"),
        ("SELECT seq FROM moves WHERE app = $app ORDER BY seq", "$app must be cast"),
        ("SELECT seq FROM moves WHERE app = $app OR $app::VARCHAR IS NULL ORDER BY seq", "$app must be cast"),
        ("SELECT list_transform(a, lambda x: x) AS n FROM moves ORDER BY n", "Lambda is not in the subset"),
        ("SELECT regexp_matches(app, 'a') AS n FROM moves ORDER BY n", "not in the subset"),
        ("DELETE FROM moves", "one SELECT statement"),
        ("SELECT seq FROM moves ORDER BY seq; SELECT 1 AS a ORDER BY a", "one SELECT statement"),
        ("COPY moves TO 'x'", "one SELECT statement"),
    ],
)
def test_refused(sql: str, reason: str) -> None:
    assert reason in "\n".join(problems(sql))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT floor(x_px / 32.0)::BIGINT AS c, count(*) AS n FROM moves GROUP BY floor(x_px / 32.0) ORDER BY c",
        "SELECT seq FROM moves WHERE $app::VARCHAR IS NULL OR app = $app ORDER BY seq",
        "SELECT seq FROM moves WHERE app = '$app' ORDER BY seq",
        "SELECT coalesce(sum(seq) FILTER (WHERE x_px > 0), 0)::BIGINT AS n FROM moves ORDER BY n",
        "SELECT count(DISTINCT app) AS n FROM moves ORDER BY n",
        "SELECT seq, lag(app) OVER (PARTITION BY session_id ORDER BY seq) AS a FROM moves ORDER BY seq",
        "SELECT seq, md5(concat('1', ':', session_id)) AS place FROM moves ORDER BY place, seq",
        "SELECT sum(duration_us)::DOUBLE / 60 AS n FROM sessions ORDER BY n",
        "WITH a AS (SELECT seq FROM moves UNION ALL SELECT seq FROM events) SELECT seq FROM a ORDER BY seq",
    ],
)
def test_allowed(sql: str) -> None:
    assert problems(sql) == []
