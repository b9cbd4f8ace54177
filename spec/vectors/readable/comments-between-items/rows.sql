INSERT INTO workshop VALUES ('course', 'Course', 'v1', '2026-01-15T09:30:00Z');
INSERT INTO steps VALUES ('a', 'course', 1, 'A', NULL, 'org/course:a', NULL);
INSERT INTO steps VALUES ('b', 'course', 2, 'B', NULL, 'org/course:b', NULL);
INSERT INTO navigation VALUES ('a', 'b', NULL, NULL);
INSERT INTO navigation VALUES ('b', NULL, 'a', NULL);
INSERT INTO runtime_state VALUES ('w', 'a', 'active', NULL, NULL);
INSERT INTO runtime_state VALUES ('w', 'b', 'pending', NULL, NULL);
INSERT INTO custom_state VALUES ('w', 'k', 'v');
