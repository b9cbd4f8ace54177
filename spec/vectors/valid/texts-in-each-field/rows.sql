INSERT INTO workshop VALUES ('two' || char(10) || 'lines', 'a' || char(13, 10), '1', '2026-01-15' || char(10));
INSERT INTO steps VALUES ('a' || char(10) || 'b', 'two' || char(10) || 'lines', 1, 'T' || char(10), char(9) || 'code' || char(10), ' i' || char(10), '  file:' || char(10) || 'x');
INSERT INTO steps VALUES ('c' || char(13, 10) || 'd', 'two' || char(10) || 'lines', 2, ' ', NULL, char(9), NULL);
INSERT INTO steps VALUES ('"', 'two' || char(10) || 'lines', 3, '"', NULL, '"', NULL);
INSERT INTO navigation VALUES ('a' || char(10) || 'b', 'c' || char(13, 10) || 'd', NULL, 'a &&' || char(10) || 'b' || char(10));
INSERT INTO navigation VALUES ('c' || char(13, 10) || 'd', 'a' || char(10) || 'b', '"', NULL);
INSERT INTO navigation VALUES ('"', NULL, 'c' || char(13, 10) || 'd', NULL);
INSERT INTO runtime_state VALUES (char(10), 'a' || char(10) || 'b', char(13, 10), 'a' || char(10) || 'b', NULL);
INSERT INTO custom_state VALUES (char(10), 'k' || char(10), ' v' || char(10));
