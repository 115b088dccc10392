-- Screenshots of an application, one of each person: what the background of its map is made of.
--
-- A screenshot counts for the application that was in front when it was taken, and in which the next input
-- was made. Where a person is not known, each session stands for itself. Without with_bare only screenshots
-- that a redaction pass covered count, and there are none unless min_people known people have one.
--
-- param app VARCHAR {app}: application
-- param space VARCHAR = 'screen': what the map covers: screen, or the focused window
-- param with_bare BOOLEAN = FALSE: also screenshots that no redaction pass covered, of any number of people
-- param min_people BIGINT = 5: smallest group of people whose screenshots are used
-- param limit_n BIGINT = 15: most screenshots
-- returns one row per screenshot, in an order of chance that is the same each time
-- column place BIGINT: place in that order, from 1
-- column frame_id VARCHAR: screenshot
-- column left_px DOUBLE [px]: left edge of the screen or window, in pixels of the picture
-- column top_px DOUBLE [px]: top edge
-- column width_px DOUBLE [px]: width
-- column height_px DOUBLE [px]: height
WITH uses AS (
  SELECT frame_id, window_left_px, window_top_px, window_width_px, window_height_px,
    row_number() OVER (PARTITION BY frame_id ORDER BY seq) AS nth
  FROM events
  WHERE app = $app::VARCHAR AND frame_id IS NOT NULL AND NOT is_derived
), shown AS (
  SELECT f.frame_id, s.participant_id, coalesce(s.participant_id, s.session_id) AS owner_id,
    f.capture_left_px, f.capture_top_px, f.scale_x, f.scale_y, f.width_px AS picture_width_px,
    f.height_px AS picture_height_px, u.window_left_px, u.window_top_px, u.window_width_px,
    u.window_height_px, d.left_px, d.top_px, d.width_px, d.height_px
  FROM uses AS u
  JOIN frames_index AS f ON f.frame_id = u.frame_id
  JOIN sessions AS s ON s.session_id = f.session_id
  LEFT JOIN displays AS d ON d.session_id = f.session_id AND d.display_id = f.display_id
    AND coalesce(f.t_us, 0) >= d.start_us AND (d.end_us IS NULL OR coalesce(f.t_us, 0) < d.end_us)
  LEFT JOIN session_apps AS a ON a.session_id = f.session_id AND a.app = $app
    AND f.t_us >= a.start_us AND f.t_us < a.end_us
  WHERE u.nth = 1 AND (f.is_redacted OR $with_bare::BOOLEAN)
    AND (f.t_us IS NULL OR a.session_id IS NOT NULL)
), boxes AS (
  SELECT h.frame_id, h.participant_id, h.owner_id,
    CASE WHEN $space::VARCHAR = 'window' THEN (h.window_left_px - h.capture_left_px) * h.scale_x
      ELSE coalesce((h.left_px - h.capture_left_px) * h.scale_x, 0) END AS left_px,
    CASE WHEN $space = 'window' THEN (h.window_top_px - h.capture_top_px) * h.scale_y
      ELSE coalesce((h.top_px - h.capture_top_px) * h.scale_y, 0) END AS top_px,
    CASE WHEN $space = 'window' THEN h.window_width_px * h.scale_x
      ELSE coalesce(h.width_px * h.scale_x, h.picture_width_px) END AS width_px,
    CASE WHEN $space = 'window' THEN h.window_height_px * h.scale_y
      ELSE coalesce(h.height_px * h.scale_y, h.picture_height_px) END AS height_px
  FROM shown AS h
), placed AS (
  SELECT frame_id, participant_id, left_px, top_px, width_px, height_px,
    row_number() OVER (PARTITION BY owner_id ORDER BY md5(frame_id), frame_id) AS turn
  FROM boxes
  WHERE left_px IS NOT NULL AND top_px IS NOT NULL AND width_px > 0 AND height_px > 0
), drawn AS (
  SELECT frame_id, left_px, top_px, width_px, height_px,
    row_number() OVER (ORDER BY md5(concat('background:', frame_id)), frame_id) AS place
  FROM placed
  WHERE turn = 1
), guard AS (
  SELECT count(DISTINCT participant_id) AS people_n
  FROM placed
)
SELECT d.place, d.frame_id, d.left_px::DOUBLE AS left_px, d.top_px::DOUBLE AS top_px,
  d.width_px::DOUBLE AS width_px, d.height_px::DOUBLE AS height_px
FROM drawn AS d
CROSS JOIN guard AS g
WHERE d.place <= $limit_n::BIGINT AND ($with_bare OR g.people_n >= $min_people::BIGINT)
ORDER BY place
