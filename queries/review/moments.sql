-- Moments of some sessions: what a reviewer looks at once.
--
-- A moment is one screenshot with every text row up to the next one; rows before the first belong to it. In
-- a session without screenshots it is a run of text rows, which ends at a pause of pause_us, at each full
-- run_us unless typing goes on, and at each full longest_us; without times it is one step, of rows_n rows
-- at most. A session that has nothing but its task is one moment without rows.
--
-- param first_session_id VARCHAR: first session to read
-- param last_session_id VARCHAR: last session to read
-- param pause_us BIGINT [us] = 5000000: shortest pause that ends a run
-- param run_us BIGINT [us] = 30000000: length of a run, unless typing goes on
-- param longest_us BIGINT [us] = 300000000: length of a run of typing
-- param rows_n BIGINT = 200: most rows of a run where there are no times
-- returns one row per moment, by session and number
-- column session_id VARCHAR: session
-- column moment_n BIGINT: number within the session, from 0
-- column frame_id VARCHAR: screenshot; NULL in a session without
-- column seq BIGINT: first row; NULL where there is only a task
-- column seq_end BIGINT: last row, screenshot included
-- column t_us BIGINT [us]: time of the screenshot, else of the first row
-- column pixels_sha256 VARCHAR: sha256 of the decoded RGB pixels
-- column sha256 VARCHAR: sha256 of the stored bytes
-- column width_px INTEGER [px]: picture's width
-- column height_px INTEGER [px]: picture's height
WITH rows_in AS (
  SELECT session_id, seq, 0 AS place, 1 AS frame, frame_id, t_us, step, 0 AS typed
  FROM frames_index
  WHERE session_id >= $first_session_id::VARCHAR AND session_id <= $last_session_id::VARCHAR
  UNION ALL
  SELECT session_id, seq, 1, 0, NULL, t_us, step,
    CASE WHEN kind IN ('key_down', 'key_up', 'text_input') THEN 1 ELSE 0 END
  FROM events
  WHERE session_id >= $first_session_id AND session_id <= $last_session_id
    AND coalesce(window_title, url, element_name, text, key, code) IS NOT NULL
  UNION ALL
  SELECT session_id, seq, 2, 0, NULL, t_us, step, 0
  FROM steps
  WHERE session_id >= $first_session_id AND session_id <= $last_session_id
    AND coalesce(instruction, observation, thought, reflection, action_args, action_code) IS NOT NULL
), beside AS (
  SELECT session_id, seq, place, frame, frame_id, t_us, step, typed,
    row_number() OVER (PARTITION BY session_id ORDER BY seq, place, step, frame_id) AS row_n,
    lag(seq) OVER (PARTITION BY session_id ORDER BY seq, place, step, frame_id) AS seq_1,
    lag(t_us) OVER (PARTITION BY session_id ORDER BY seq, place, step, frame_id) AS t_1_us,
    lag(step) OVER (PARTITION BY session_id ORDER BY seq, place, step, frame_id) AS step_1,
    lag(typed) OVER (PARTITION BY session_id ORDER BY seq, place, step, frame_id) AS typed_1,
    sum(frame) OVER (PARTITION BY session_id)::BIGINT AS frames_n
  FROM rows_in
), cut AS (
  SELECT session_id, seq, row_n, frame, frame_id, t_us, CASE
      WHEN frames_n > 0 THEN frame WHEN row_n = 1 THEN 1 WHEN seq = seq_1 THEN 0
      WHEN t_us IS NULL OR t_1_us IS NULL THEN CASE WHEN coalesce(step, -1) <> coalesce(step_1, -1)
        OR floor((row_n - 1) / $rows_n::BIGINT::DOUBLE) > floor((row_n - 2) / $rows_n::DOUBLE)
        THEN 1 ELSE 0 END
      WHEN t_us - t_1_us >= $pause_us::BIGINT THEN 1
      WHEN floor(t_us / $longest_us::BIGINT::DOUBLE) <> floor(t_1_us / $longest_us::DOUBLE) THEN 1
      WHEN typed * typed_1 = 1 THEN 0
      WHEN floor(t_us / $run_us::BIGINT::DOUBLE) <> floor(t_1_us / $run_us::DOUBLE) THEN 1
      ELSE 0 END AS begins
  FROM beside
), numbered AS (
  SELECT session_id, seq, frame_id, t_us, frame, sum(begins) OVER (PARTITION BY session_id
      ORDER BY row_n ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)::BIGINT AS begun_n
  FROM cut
), moments AS (
  SELECT n.session_id, CASE WHEN n.begun_n > 0 THEN n.begun_n - 1 ELSE 0 END AS moment_n,
    max(n.frame_id) AS frame_id, min(n.seq) AS seq, max(n.seq) AS seq_end,
    coalesce(min(CASE WHEN n.frame = 1 THEN n.t_us END), min(n.t_us)) AS t_us
  FROM numbered AS n
  GROUP BY n.session_id, CASE WHEN n.begun_n > 0 THEN n.begun_n - 1 ELSE 0 END
  UNION ALL
  SELECT s.session_id, 0, NULL, NULL, NULL, NULL
  FROM sessions AS s
  WHERE s.session_id >= $first_session_id AND s.session_id <= $last_session_id AND s.task IS NOT NULL
    AND s.session_id NOT IN (SELECT r.session_id FROM rows_in AS r)
)
SELECT m.session_id, m.moment_n, m.frame_id, m.seq, m.seq_end, m.t_us, f.pixels_sha256, f.sha256, f.width_px,
  f.height_px
FROM moments AS m LEFT JOIN frames_index AS f ON f.session_id = m.session_id AND f.frame_id = m.frame_id
ORDER BY session_id, moment_n
