INSERT INTO workshop VALUES ('course', 'Course', 'v1', '2026-01-15T09:30:00Z');
INSERT INTO steps VALUES ('a', 'course', 1, 'A', '# Title' || char(10, 10) || 'text' || char(10), 'org/course:a', NULL);
INSERT INTO steps VALUES ('b', 'course', 2, 'B', 'a' || char(13, 10), 'org/course:b', NULL);
INSERT INTO navigation VALUES ('a', 'b', NULL, NULL);
INSERT INTO navigation VALUES ('b', NULL, 'a', NULL);
