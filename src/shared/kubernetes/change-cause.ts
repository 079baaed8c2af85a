/**
 * The annotation that `kubectl rollout history` shows as CHANGE-CAUSE; the controller copies it to the revision
 * (pkg/controller/daemon/update.go, 1.37).
 */
export const CHANGE_CAUSE = 'kubernetes.io/change-cause';
