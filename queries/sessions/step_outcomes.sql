-- How each step of one session was judged.
--
-- param session_id VARCHAR {session}: session to read
-- returns one row per step, in true order
-- column place BIGINT: place among the steps, from 1
-- column step BIGINT: number of the step
-- column is_correct BOOLEAN: the step was judged right; NULL where it was not judged
-- column is_redundant BOOLEAN: the step was judged needless; NULL where it was not judged
SELECT row_number() OVER (ORDER BY seq, step) AS place, step, is_correct, is_redundant
FROM steps
WHERE session_id = $session_id::VARCHAR
ORDER BY place
