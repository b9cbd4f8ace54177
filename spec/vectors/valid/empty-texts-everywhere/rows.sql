INSERT INTO workshop VALUES ('', '', '', '');
INSERT INTO steps VALUES ('', '', 1, '', '', '', '');
INSERT INTO step_metadata VALUES ('', '', '');
INSERT INTO navigation VALUES ('', '', '', '');
INSERT INTO runtime_state VALUES ('', '', '', '', '');
INSERT INTO custom_state VALUES ('', '', '');
