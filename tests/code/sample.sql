-- 주석
CREATE TABLE pods (id BIGINT PRIMARY KEY, name VARCHAR(64) NOT NULL);
SELECT p.name, count(*) AS n
FROM pods p LEFT JOIN nodes USING (id)
WHERE p.name LIKE 'it''s%' AND n > 10 /* 여러
줄 */
GROUP BY 1;
