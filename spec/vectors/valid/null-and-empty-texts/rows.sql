INSERT INTO workshop VALUES ('course', 'Course', 'v1', '2026-01-15T09:30:00Z');
INSERT INTO steps VALUES ('a', 'course', 1, 'Step a', NULL, 'org/course:a', NULL);
INSERT INTO steps VALUES ('b', 'course', 2, 'Step b', '', 'org/course:b', '');
INSERT INTO steps VALUES ('c', 'course', 3, 'Step c', '~', 'org/course:c', 'null');
INSERT INTO navigation VALUES ('a', 'b', NULL, NULL);
INSERT INTO navigation VALUES ('b', 'c', 'a', NULL);
INSERT INTO navigation VALUES ('c', NULL, 'b', NULL);
