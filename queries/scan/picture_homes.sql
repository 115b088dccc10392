-- How many distinct pictures each session is the first to show.
--
-- Pictures are equal when their decoded pixels are, as far as that is known, else when their bytes are.
-- The first session is the one with the lowest id.
--
-- returns one row per session that is the first to show a picture, by session
-- column session_id VARCHAR: session
-- column pictures_n BIGINT: distinct pictures of which it is the first to show them
WITH shown AS (
  SELECT coalesce(pixels_sha256, sha256, frame_id) AS picture, min(session_id) AS home_session_id
  FROM frames_index
  GROUP BY coalesce(pixels_sha256, sha256, frame_id)
)
SELECT home_session_id AS session_id, count(*) AS pictures_n
FROM shown
GROUP BY home_session_id
ORDER BY session_id
