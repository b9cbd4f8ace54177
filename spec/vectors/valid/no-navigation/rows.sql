INSERT INTO workshop VALUES ('course', 'Course', 'v1', '2026-01-15T09:30:00Z');
INSERT INTO steps VALUES ('a', 'course', 1, 'Step a', NULL, 'org/course:a', NULL);
INSERT INTO steps VALUES ('b', 'course', 2, 'Step b', NULL, 'org/course:b', NULL);
