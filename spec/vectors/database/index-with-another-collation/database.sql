CREATE TABLE workshop (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    version     TEXT NOT NULL DEFAULT 'v1',
    created_at  DATETIME NOT NULL
);
CREATE TABLE steps (
    id              TEXT PRIMARY KEY,
    workshop_id     TEXT NOT NULL REFERENCES workshop(id),
    position        INTEGER NOT NULL,
    title           TEXT NOT NULL,
    markdown        TEXT,
    image_tag       TEXT NOT NULL,
    goss_spec       TEXT
);
CREATE TABLE step_metadata (
    step_id  TEXT NOT NULL REFERENCES steps(id),
    key      TEXT NOT NULL,
    value    TEXT NOT NULL,
    PRIMARY KEY (step_id, key)
);
CREATE TABLE navigation (
    step_id           TEXT PRIMARY KEY REFERENCES steps(id),
    next_step_id      TEXT REFERENCES steps(id),
    prev_step_id      TEXT REFERENCES steps(id),
    unlock_condition  TEXT
);
CREATE TABLE runtime_state (
    workspace_id  TEXT NOT NULL,
    step_id       TEXT NOT NULL REFERENCES steps(id),
    status        TEXT NOT NULL,
    started_at    DATETIME,
    completed_at  DATETIME,
    PRIMARY KEY (workspace_id, step_id)
);
CREATE TABLE custom_state (
    workspace_id  TEXT NOT NULL,
    key           TEXT NOT NULL,
    value         TEXT NOT NULL,
    PRIMARY KEY (workspace_id, key)
);
INSERT INTO workshop VALUES ('course', 'Course', 'v1', '2026-01-15T09:30:00Z');
INSERT INTO steps VALUES ('a', 'course', 1, 'A', NULL, 'org/course:a', NULL);
CREATE INDEX everything ON steps (
    id COLLATE NOCASE,
    workshop_id COLLATE NOCASE,
    position COLLATE NOCASE,
    title COLLATE NOCASE,
    markdown COLLATE NOCASE,
    image_tag COLLATE NOCASE,
    goss_spec COLLATE NOCASE
);
