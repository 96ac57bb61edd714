-- How long each brand was on screen in the last month. Pictures have no length: they count as appearances.
-- The columns are text, as the table's reader of CSV files has no empty numbers. Appearances of one brand never
-- overlap, so their sum is the time on screen.
SELECT
  project,
  label AS brand,
  count(*) AS appearances,
  sum(try_cast(on_screen_seconds AS double)) AS seconds_on_screen
FROM exposures
WHERE day >= current_date - INTERVAL '1' MONTH
GROUP BY project, label
ORDER BY seconds_on_screen DESC NULLS LAST, brand
