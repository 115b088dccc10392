-- The whole collection in numbers.
--
-- Totals of a collection show with the number of its people, however few these are. Withdrawn people have no
-- rows in it.
--
-- returns one row
-- column sessions_n BIGINT: sessions
-- column agent_sessions_n BIGINT: sessions in which a program acted
-- column timed_sessions_n BIGINT: sessions of which the length is known
-- column region_sessions_n BIGINT: sessions of which the person's region is known
-- column week_sessions_n BIGINT: sessions of which the week is known
-- column people_n BIGINT: different people, where known
-- column unknown_people_sessions_n BIGINT: sessions of people who are not known; agents are no people
-- column duration_us BIGINT [us]: summed length of the sessions
-- column weeks_n BIGINT: different weeks with sessions
-- column first_week_day INTEGER [d]: Monday of the first of them, days since 1970-01-01 UTC; NULL without any
-- column last_week_day INTEGER [d]: Monday of the last of them
-- column apps_n BIGINT: different applications
-- column frames_n BIGINT: screenshots
-- column redacted_frames_n BIGINT: screenshots that a redaction pass covered, even if it found nothing
WITH described AS (
  SELECT s.actor, s.duration_us AS length_us, coalesce(s.region, p.region) AS region, s.participant_id,
    (floor((s.started_day + 3) / 7.0) * 7 - 3)::INTEGER AS week_day
  FROM sessions AS s
  LEFT JOIN participants AS p ON p.participant_id = s.participant_id
), sums AS (
  SELECT count(*) AS sessions_n, count(*) FILTER (WHERE actor = 'agent') AS agent_sessions_n,
    count(length_us) AS timed_sessions_n, count(region) AS region_sessions_n,
    count(week_day) AS week_sessions_n, count(DISTINCT participant_id) AS people_n,
    count(*) FILTER (WHERE participant_id IS NULL AND actor <> 'agent') AS unknown_people_sessions_n,
    coalesce(sum(length_us), 0)::BIGINT AS duration_us, count(DISTINCT week_day) AS weeks_n,
    min(week_day) AS first_week_day, max(week_day) AS last_week_day
  FROM described
), apps AS (
  SELECT count(DISTINCT app) AS apps_n FROM session_app_counts
), pictures AS (
  SELECT count(*) AS frames_n, count(*) FILTER (WHERE is_redacted) AS redacted_frames_n FROM frames_index
)
SELECT u.sessions_n, u.agent_sessions_n, u.timed_sessions_n, u.region_sessions_n, u.week_sessions_n,
  u.people_n, u.unknown_people_sessions_n, u.duration_us, u.weeks_n, u.first_week_day, u.last_week_day,
  a.apps_n, f.frames_n, f.redacted_frames_n
FROM sums AS u
CROSS JOIN apps AS a
CROSS JOIN pictures AS f
ORDER BY sessions_n
