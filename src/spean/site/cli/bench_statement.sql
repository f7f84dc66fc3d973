-- The twenty figures of the benchmark, written by hand: as known on the day, corrections and
-- joined persons honoured, each in the period and in the one before. Runs on SQLite and DuckDB.
WITH RECURSIVE
later AS (
    SELECT DISTINCT supersedes_id AS id FROM {entry} AS e
    WHERE supersedes_id IS NOT NULL AND recorded < '{cut}'
),
pair AS (
    SELECT person AS one, other AS two, counts_as,
           row_number() OVER (
               PARTITION BY CASE WHEN person < other THEN person ELSE other END,
                            CASE WHEN person < other THEN other ELSE person END
               ORDER BY recorded DESC, id DESC
           ) AS place
    FROM {entry} AS e
    WHERE counts_as IN ('persons_joined', 'persons_parted') AND recorded < '{cut}'
      AND id NOT IN (SELECT id FROM later)
),
link AS (
    SELECT one, two FROM pair WHERE place = 1 AND counts_as = 'persons_joined'
    UNION
    SELECT two, one FROM pair WHERE place = 1 AND counts_as = 'persons_joined'
),
reach (one, two) AS (
    SELECT one, one FROM link
    UNION
    SELECT reach.one, link.two FROM reach JOIN link ON link.one = reach.two
),
same AS (SELECT one, min(two) AS root FROM reach GROUP BY one),
counted AS (
    SELECT counts_as, role,
           coalesce(same.root, CASE WHEN CAST(person AS TEXT) <> '' THEN person END) AS person_key,
           CASE WHEN "case" <> '' THEN "case" END AS case_key,
           occurred_first >= '{first}' AND occurred_last <= '{last}' AS in_period,
           occurred_first >= '{before_first}' AND occurred_last <= '{before_last}' AS in_previous
    FROM {entry} AS e LEFT JOIN same ON same.one = e.person
    WHERE counts_as IN ('request_received', 'contacted', 'rescued', 'presumed', 'identified',
                        'repatriated', 'returned_migrant', 'departure_stopped',
                        'suspect_detained', 'convicted')
      AND occurred_first >= '{before_first}' AND occurred_first <= '{last}'
      AND recorded < '{cut}'
      AND id NOT IN (SELECT id FROM later)
)
SELECT
    -- victims_reported
    count(DISTINCT CASE WHEN in_period AND counts_as = 'request_received' AND coalesce(role, '') IN ('victim', '')
          THEN person_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'request_received' AND coalesce(role, '') IN ('victim', '')
          THEN person_key END),
    count(DISTINCT CASE WHEN in_period AND counts_as = 'request_received' AND coalesce(role, '') IN ('victim', '')
          THEN case_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'request_received' AND coalesce(role, '') IN ('victim', '')
          THEN case_key END),
    -- persons_contacted
    count(DISTINCT CASE WHEN in_period AND counts_as = 'contacted'
          THEN person_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'contacted'
          THEN person_key END),
    count(DISTINCT CASE WHEN in_period AND counts_as = 'contacted'
          THEN case_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'contacted'
          THEN case_key END),
    -- victims_rescued
    count(DISTINCT CASE WHEN in_period AND counts_as = 'rescued'
          THEN person_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'rescued'
          THEN person_key END),
    count(DISTINCT CASE WHEN in_period AND counts_as = 'rescued'
          THEN case_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'rescued'
          THEN case_key END),
    -- persons_presumed
    count(DISTINCT CASE WHEN in_period AND counts_as = 'presumed'
          THEN person_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'presumed'
          THEN person_key END),
    count(DISTINCT CASE WHEN in_period AND counts_as = 'presumed'
          THEN case_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'presumed'
          THEN case_key END),
    -- victims_identified
    count(DISTINCT CASE WHEN in_period AND counts_as = 'identified'
          THEN person_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'identified'
          THEN person_key END),
    count(DISTINCT CASE WHEN in_period AND counts_as = 'identified'
          THEN case_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'identified'
          THEN case_key END),
    -- victims_repatriated
    count(DISTINCT CASE WHEN in_period AND counts_as = 'repatriated' AND role = 'victim'
          THEN person_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'repatriated' AND role = 'victim'
          THEN person_key END),
    count(DISTINCT CASE WHEN in_period AND counts_as = 'repatriated' AND role = 'victim'
          THEN case_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'repatriated' AND role = 'victim'
          THEN case_key END),
    -- persons_repatriated
    count(DISTINCT CASE WHEN in_period AND counts_as IN ('repatriated', 'returned_migrant')
          THEN person_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as IN ('repatriated', 'returned_migrant')
          THEN person_key END),
    count(DISTINCT CASE WHEN in_period AND counts_as IN ('repatriated', 'returned_migrant')
          THEN case_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as IN ('repatriated', 'returned_migrant')
          THEN case_key END),
    -- departures_stopped
    count(DISTINCT CASE WHEN in_period AND counts_as = 'departure_stopped'
          THEN person_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'departure_stopped'
          THEN person_key END),
    count(DISTINCT CASE WHEN in_period AND counts_as = 'departure_stopped'
          THEN case_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'departure_stopped'
          THEN case_key END),
    -- suspects_detained
    count(DISTINCT CASE WHEN in_period AND counts_as = 'suspect_detained'
          THEN person_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'suspect_detained'
          THEN person_key END),
    count(DISTINCT CASE WHEN in_period AND counts_as = 'suspect_detained'
          THEN case_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'suspect_detained'
          THEN case_key END),
    -- persons_convicted
    count(DISTINCT CASE WHEN in_period AND counts_as = 'convicted'
          THEN person_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'convicted'
          THEN person_key END),
    count(DISTINCT CASE WHEN in_period AND counts_as = 'convicted'
          THEN case_key END),
    count(DISTINCT CASE WHEN in_previous AND counts_as = 'convicted'
          THEN case_key END)
FROM counted
