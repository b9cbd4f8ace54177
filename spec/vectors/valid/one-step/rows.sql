INSERT INTO workshop VALUES ('course', 'Course', 'v1', '2026-01-15T09:30:00Z');
INSERT INTO steps VALUES ('a', 'course', 1, 'A', NULL, 'org/course:a', NULL);
INSERT INTO navigation VALUES ('a', NULL, NULL, NULL);
