/** What a child process tells the supervisor over IPC. */
export type ChildMessage =
  | { kind: 'ready' }
  | { kind: 'demo'; demo: import('../db/seed/index').DemoSummary | undefined }

/** Exit code of a process that can't have its port; the supervisor then gives up instead of trying again. */
export const portTaken = 3
