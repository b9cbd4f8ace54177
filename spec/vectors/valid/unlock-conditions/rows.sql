INSERT INTO workshop VALUES ('course', 'Course', 'v1', '2026-01-15T09:30:00Z');
INSERT INTO steps VALUES ('a', 'course', 1, 'Step a', NULL, 'org/course:a', NULL);
INSERT INTO steps VALUES ('b', 'course', 2, 'Step b', NULL, 'org/course:b', NULL);
INSERT INTO steps VALUES ('c', 'course', 3, 'Step c', NULL, 'org/course:c', NULL);
INSERT INTO steps VALUES ('d', 'course', 4, 'Step d', NULL, 'org/course:d', NULL);
INSERT INTO navigation VALUES ('a', 'b', NULL, NULL);
INSERT INTO navigation VALUES ('b', 'c', 'a', '');
INSERT INTO navigation VALUES ('c', 'd', 'b', 'steps["a"].completed && state["q"] == "42"');
INSERT INTO navigation VALUES ('d', NULL, NULL, '!a && b');
