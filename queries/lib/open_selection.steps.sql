-- Steps: whether a selection may be counted, and how many known people it has.
--
-- Reads `behind`: who is behind the figures. A row is what figures count together (a session, or what was
-- done in an application of it) of a known person: session_id; app, empty where there is none; is_in where
-- the selection counts it, is_of_app where it tells how many people there are. `level` parts figures of
-- different kinds. On the one named all at least min_people people must be chosen; on others fewer are no
-- reason to refuse, for figures of so few are withheld. Where `used` is not empty, the rows are those of a
-- level again that a wider selection by this application holds, which no other column tells; such a selection
-- is looked at where it holds all that is chosen.
--
-- common: what all that is chosen has in common. rests: people outside, by what they share with it and how
-- many weeks they lie before or after; few_rests: those of few people that no other lies nearer than. guard:
-- is_open where there are none of them, and neither 1 to min_people - 1 people chosen or beside. What is
-- chosen without any known person is open.
told AS (
  SELECT b.level, b.used, b.app, b.is_in, b.is_of_app, n.person, n.cohort_number, n.os_number,
    n.source_number, n.actor_number, n.task_number, n.week
  FROM behind AS b JOIN session_numbers AS n ON n.session_id = b.session_id WHERE n.person > 0
), alike AS (
  SELECT level, count(*) AS rows_n, count(DISTINCT person) AS people_n, min(week) AS first_week,
    max(week) AS last_week, CASE WHEN min(app) = max(app) THEN min(app) END AS one_app,
    CASE WHEN min(cohort_number) = max(cohort_number) THEN min(cohort_number) END AS one_cohort,
    CASE WHEN min(os_number) = max(os_number) THEN min(os_number) END AS one_os,
    CASE WHEN min(source_number) = max(source_number) THEN min(source_number) END AS one_source,
    CASE WHEN min(actor_number) = max(actor_number) THEN min(actor_number) END AS one_actor,
    CASE WHEN min(task_number) = max(task_number) THEN min(task_number) END AS one_task
  FROM told WHERE is_in AND used = '' GROUP BY level
), held AS (
  SELECT level, used, count(*) AS rows_n FROM told WHERE is_in GROUP BY level, used
), common AS (
  SELECT h.level, h.used, a.people_n, a.first_week, a.last_week, a.one_app, a.one_cohort, a.one_os,
    a.one_source, a.one_actor, a.one_task
  FROM held AS h JOIN alike AS a ON a.level = h.level AND a.rows_n = h.rows_n
  WHERE a.level = 'all' OR a.people_n >= $min_people
), beside AS (
  SELECT t.level, t.used, t.person, CASE WHEN t.app = c.one_app THEN 1 ELSE 0 END AS by_app,
    CASE WHEN t.cohort_number = c.one_cohort THEN 1 ELSE 0 END AS by_cohort,
    CASE WHEN t.os_number = c.one_os THEN 1 ELSE 0 END AS by_os,
    CASE WHEN t.source_number = c.one_source THEN 1 ELSE 0 END AS by_source,
    CASE WHEN t.actor_number = c.one_actor THEN 1 ELSE 0 END AS by_actor,
    CASE WHEN t.task_number = c.one_task THEN 1 ELSE 0 END AS by_task,
    CASE WHEN t.week < c.first_week THEN c.first_week - t.week ELSE 0 END AS early,
    CASE WHEN t.week > c.last_week THEN t.week - c.last_week ELSE 0 END AS late
  FROM told AS t JOIN common AS c ON c.level = t.level AND c.used = t.used WHERE NOT t.is_in
), rests AS (
  SELECT level, used, by_app, by_cohort, by_os, by_source, by_actor, by_task, early, late,
    by_app + by_cohort + by_os + by_source + by_actor + by_task - early - late AS near,
    count(DISTINCT person) AS people_n
  FROM beside GROUP BY level, used, by_app, by_cohort, by_os, by_source, by_actor, by_task, early, late
), few_rests AS (
  SELECT count(*) AS few_n
  FROM rests AS r LEFT JOIN rests AS n ON n.level = r.level AND n.used = r.used AND n.near > r.near
    AND n.by_app >= r.by_app AND n.by_cohort >= r.by_cohort AND n.by_os >= r.by_os
    AND n.by_source >= r.by_source AND n.by_actor >= r.by_actor AND n.by_task >= r.by_task
    AND n.early <= r.early AND n.late <= r.late
  WHERE r.people_n < $min_people AND n.near IS NULL
), people AS (
  SELECT coalesce(max(CASE WHEN c.level = 'all' THEN c.people_n END), 0) AS chosen_n,
    count(CASE WHEN o.people_n - c.people_n BETWEEN 1 AND $min_people - 1 THEN 1 END) AS close_n
  FROM common AS c JOIN (
    SELECT level, count(DISTINCT person) AS people_n FROM told WHERE is_of_app AND used = '' GROUP BY level
  ) AS o ON o.level = c.level
), guard AS (
  SELECT p.chosen_n,
    p.chosen_n = 0 OR (p.chosen_n >= $min_people AND f.few_n = 0 AND p.close_n = 0) AS is_open
  FROM people AS p CROSS JOIN few_rests AS f
)
