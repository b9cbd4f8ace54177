INSERT INTO workshop VALUES ('course', 'Course', 'v1', '2026-01-15T09:30:00Z');
INSERT INTO steps VALUES ('a', 'course', 10, 'Step a', NULL, 'org/course:a', NULL);
INSERT INTO steps VALUES ('b', 'course', 20, 'Step b', NULL, 'org/course:b', NULL);
INSERT INTO steps VALUES ('c', 'course', 21, 'Step c', NULL, 'org/course:c', NULL);
INSERT INTO steps VALUES ('d', 'course', 30, 'Step d', NULL, 'org/course:d', NULL);
INSERT INTO navigation VALUES ('a', 'b', NULL, NULL);
INSERT INTO navigation VALUES ('b', 'c', 'a', NULL);
INSERT INTO navigation VALUES ('c', 'd', 'b', NULL);
INSERT INTO navigation VALUES ('d', NULL, 'c', NULL);
