-- Sequences of two to four commands in every session.
--
-- Each command follows the one before within 10 s, whatever is typed between them. A chord without a name
-- stands for itself; one that is not known, or types text, ends a sequence.
--
-- returns one row per session and sequence, by session, commands_n and sequence
-- column session_id VARCHAR: session
-- column sequence VARCHAR: its commands, parted by an arrow
-- column commands_n BIGINT: how many commands it has: 2, 3 or 4
-- column times_n BIGINT: how often it came
WITH steps AS (
  SELECT session_id, seq, t_us, coalesce(command, chord) AS step FROM command_rows
), chained AS (
  SELECT session_id, step AS a,
    lead(step, 1) OVER (PARTITION BY session_id ORDER BY seq) AS b,
    lead(step, 2) OVER (PARTITION BY session_id ORDER BY seq) AS c,
    lead(step, 3) OVER (PARTITION BY session_id ORDER BY seq) AS d,
    lead(t_us, 1) OVER (PARTITION BY session_id ORDER BY seq) - t_us AS to_b_us,
    lead(t_us, 2) OVER (PARTITION BY session_id ORDER BY seq)
      - lead(t_us, 1) OVER (PARTITION BY session_id ORDER BY seq) AS to_c_us,
    lead(t_us, 3) OVER (PARTITION BY session_id ORDER BY seq)
      - lead(t_us, 2) OVER (PARTITION BY session_id ORDER BY seq) AS to_d_us
  FROM steps
), linked AS (
  SELECT session_id, a, b, c, d, a IS NOT NULL AND b IS NOT NULL AND to_b_us BETWEEN 0 AND 10000000 AS has_2,
    c IS NOT NULL AND to_c_us BETWEEN 0 AND 10000000 AS has_3,
    d IS NOT NULL AND to_d_us BETWEEN 0 AND 10000000 AS has_4
  FROM chained
), sequences AS (
  SELECT session_id, concat(a, ' → ', b) AS sequence, 2 AS commands_n FROM linked WHERE has_2
  UNION ALL
  SELECT session_id, concat(a, ' → ', b, ' → ', c) AS sequence, 3 AS commands_n
  FROM linked WHERE has_2 AND has_3
  UNION ALL
  SELECT session_id, concat(a, ' → ', b, ' → ', c, ' → ', d) AS sequence, 4 AS commands_n
  FROM linked WHERE has_2 AND has_3 AND has_4
)
SELECT session_id, sequence, s.commands_n::BIGINT AS commands_n, count(*) AS times_n
FROM sequences AS s
GROUP BY session_id, sequence, s.commands_n
ORDER BY session_id, commands_n, sequence
