-- Models that decided the steps of every session.
--
-- Steps of which the model is not known are left out.
--
-- returns one row per session and model, by session and model
-- column session_id VARCHAR: session
-- column model VARCHAR: model as recorded
-- column steps_n BIGINT: steps that it decided
SELECT session_id, model, count(*) AS steps_n
FROM steps
WHERE model IS NOT NULL
GROUP BY session_id, model
ORDER BY session_id, model
