-- Every screenshot that shows a picture of which one session is the first to show it.
--
-- Pictures are equal when their decoded pixels are, as far as that is known, else when their bytes are.
-- The screenshots may be of later sessions as well.
--
-- param home_session_id VARCHAR: session that is the first to show the pictures
-- returns one row per screenshot, by picture, then in true order
-- column picture VARCHAR: what equal pictures share
-- column frame_id VARCHAR: screenshot
-- column session_id VARCHAR: session of the screenshot
-- column seq BIGINT: place in that session's true order
-- column t_us BIGINT [us]: time since that session's earliest row
WITH shown AS (
  SELECT coalesce(pixels_sha256, sha256, frame_id) AS picture, frame_id, session_id, seq, t_us
  FROM frames_index
), homes AS (
  SELECT picture, min(session_id) AS home_session_id
  FROM shown
  GROUP BY picture
)
SELECT s.picture, s.frame_id, s.session_id, s.seq, s.t_us
FROM shown AS s JOIN homes AS h ON h.picture = s.picture
WHERE h.home_session_id = $home_session_id::VARCHAR
ORDER BY s.picture, s.session_id, s.seq, s.frame_id
