INSERT INTO workshop VALUES ('course', 'Course', 'v1', '2026-01-15T09:30:00Z');
INSERT INTO steps VALUES ('a', 'course', 1, 'A', 'z', 'org/course:a', NULL);
INSERT INTO step_metadata VALUES ('a', 'k', 'v');
INSERT INTO navigation VALUES ('a', NULL, NULL, 'x');
