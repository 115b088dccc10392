-- Steps: whether a selection may be counted, and how many known people it has.
--
-- Reads `behind`: who is behind the figures. A row is what figures count together (a session, or what was
-- done in an application of it): its participant_id, app, cohort, os, source_format, actor, task_id and week,
-- all without NULL; is_in where the selection counts it, is_of_app where it tells how many people there are.
-- `level` parts figures of different kinds. On the one named all at least min_people people must be chosen;
-- on others fewer are no reason to refuse, for figures of so few are withheld. `scope` parts selections by
-- what no column tells; one that does not hold all rows of what is chosen is not looked at.
--
-- common: what all rows of the selection have in common, for each scope. rests: people outside of it, by what
-- they share with it and how many weeks they lie before or after; few_rests: those of few people that no
-- other lies nearer than. guard: is_open where there are none of them, and neither 1 to min_people - 1 people
-- chosen or beside. What is chosen without any known person is open.
alike AS (
  SELECT level, scope, count(*) AS rows_n, count(DISTINCT participant_id) AS people_n,
    min(week) AS first_week, max(week) AS last_week,
    CASE WHEN min(app) = max(app) THEN min(app) END AS one_app,
    CASE WHEN min(cohort) = max(cohort) THEN min(cohort) END AS one_cohort,
    CASE WHEN min(os) = max(os) THEN min(os) END AS one_os,
    CASE WHEN min(source_format) = max(source_format) THEN min(source_format) END AS one_source,
    CASE WHEN min(actor) = max(actor) THEN min(actor) END AS one_actor,
    CASE WHEN min(task_id) = max(task_id) THEN min(task_id) END AS one_task
  FROM behind WHERE is_in GROUP BY level, scope
), common AS (
  SELECT a.level, a.scope, a.people_n, first_week, last_week, one_app, one_cohort, one_os, one_source,
    one_actor, one_task
  FROM alike AS a JOIN (SELECT level, max(rows_n) AS most_n FROM alike GROUP BY level) AS w
    ON w.level = a.level AND w.most_n = a.rows_n
  WHERE a.level = 'all' OR a.people_n >= $min_people
), beside AS (
  SELECT b.scope, b.participant_id, CASE WHEN b.app = c.one_app THEN 1 ELSE 0 END AS by_app,
    CASE WHEN b.cohort = c.one_cohort THEN 1 ELSE 0 END AS by_cohort,
    CASE WHEN b.os = c.one_os THEN 1 ELSE 0 END AS by_os,
    CASE WHEN b.source_format = c.one_source THEN 1 ELSE 0 END AS by_source,
    CASE WHEN b.actor = c.one_actor THEN 1 ELSE 0 END AS by_actor,
    CASE WHEN b.task_id = c.one_task THEN 1 ELSE 0 END AS by_task,
    CASE WHEN b.week < c.first_week THEN c.first_week - b.week ELSE 0 END AS early,
    CASE WHEN b.week > c.last_week THEN b.week - c.last_week ELSE 0 END AS late
  FROM behind AS b JOIN common AS c ON c.scope = b.scope WHERE NOT b.is_in
), rests AS (
  SELECT scope, by_app, by_cohort, by_os, by_source, by_actor, by_task, early, late,
    by_app + by_cohort + by_os + by_source + by_actor + by_task - early - late AS near,
    count(DISTINCT participant_id) AS people_n
  FROM beside GROUP BY scope, by_app, by_cohort, by_os, by_source, by_actor, by_task, early, late
), few_rests AS (
  SELECT count(*) AS few_n
  FROM rests AS r LEFT JOIN rests AS n ON n.scope = r.scope AND n.near > r.near AND n.by_app >= r.by_app
    AND n.by_cohort >= r.by_cohort AND n.by_os >= r.by_os AND n.by_source >= r.by_source
    AND n.by_actor >= r.by_actor AND n.by_task >= r.by_task AND n.early <= r.early AND n.late <= r.late
  WHERE r.people_n < $min_people AND n.near IS NULL
), all_people AS (
  SELECT scope, count(DISTINCT participant_id) AS people_n FROM behind WHERE is_of_app GROUP BY scope
), counts_of_people AS (
  SELECT coalesce(max(CASE WHEN c.level = 'all' THEN c.people_n END), 0) AS chosen_n,
    count(CASE WHEN p.people_n - c.people_n BETWEEN 1 AND $min_people - 1 THEN 1 END) AS close_n
  FROM common AS c LEFT JOIN all_people AS p ON p.scope = c.scope
), guard AS (
  SELECT n.chosen_n,
    n.chosen_n = 0 OR (n.chosen_n >= $min_people AND f.few_n = 0 AND n.close_n = 0) AS is_open
  FROM counts_of_people AS n CROSS JOIN few_rests AS f
)
