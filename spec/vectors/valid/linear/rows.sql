INSERT INTO workshop VALUES ('kubernetes-101', 'Kubernetes 101', 'v1', '2026-01-15T09:30:00Z');
INSERT INTO steps VALUES ('step-1-intro', 'kubernetes-101', 1, 'Introduction', '# Introduction' || char(10, 10) || 'Welcome.' || char(10), 'myorg/kubernetes-101:step-1-intro', NULL);
INSERT INTO steps VALUES ('step-2-deploy', 'kubernetes-101', 2, 'Deploy the app', '# Deploy the app' || char(10, 10) || 'Run `kubectl apply -f web.yaml`.' || char(10), 'myorg/kubernetes-101:step-2-deploy', 'command:' || char(10) || '  kubectl get deploy web:' || char(10) || '    exit-status: 0' || char(10));
INSERT INTO steps VALUES ('step-3-clean-up', 'kubernetes-101', 3, 'Clean up', NULL, 'myorg/kubernetes-101:step-3-clean-up', NULL);
INSERT INTO step_metadata VALUES ('step-2-deploy', 'difficulty', 'easy');
INSERT INTO step_metadata VALUES ('step-2-deploy', 'hint.1', 'Which command lists the pods of a namespace?');
INSERT INTO navigation VALUES ('step-1-intro', 'step-2-deploy', NULL, NULL);
INSERT INTO navigation VALUES ('step-2-deploy', 'step-3-clean-up', 'step-1-intro', 'steps["step-1-intro"].completed');
INSERT INTO navigation VALUES ('step-3-clean-up', NULL, 'step-2-deploy', NULL);
