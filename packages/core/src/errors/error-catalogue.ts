// Every code in one place, so that the docs and a test can list them. A code is for ever; its words may improve.

/** When a code is thrown, and what to do about it. */
export interface ErrorDescription {
  readonly when: string
  readonly remedy: string
}

/** A stable name of one way to misuse us. */
export type ErrorCode =
  | 'OPTIONS_INVALID'
  | 'GRAPH_INVALID'
  | 'TASK_UNKNOWN'
  | 'SELECTION_INVALID'
  | 'EXECUTOR_UNKNOWN'
  | 'EXECUTOR_INVALID'
  | 'RUN_UNKNOWN'
  | 'RUN_EXISTS'
  | 'RUN_OWNED'
  | 'RUN_TAKEN_OVER'
  | 'RUN_CLOSED'
  | 'STORE_FAILED'
  | 'STORE_CORRUPT'
  | 'STORE_TOO_NEW'
  | 'STORE_READ_ONLY'
  | 'STORE_LOCKED'
  | 'STORE_FULL'
  | 'STORE_LOST'
  | 'STORE_CLOSED'
  | 'RUNNER_MISSING'
  | 'RUNNER_FAILED'
  | 'NO_RUNNER_FOUND'
  | 'CONFIG_UNREADABLE'
  | 'INPUT_UNREADABLE'
  | 'OUTPUT_UNWRITABLE'
  | 'ENGINE_FAILED'
  | 'POLICY_FAILED'
  | 'HOOK_FAILED'
  | 'ABORTED'

/** All codes, with when they are thrown and the remedy given by default. */
export const errorCatalogue: Readonly<Record<ErrorCode, ErrorDescription>> = {
  OPTIONS_INVALID: {
    when: 'options or a configuration do not fit their schema',
    remedy: 'Correct the named field; the docs list every option with its default.',
  },
  GRAPH_INVALID: {
    when: 'tasks, groups and dependencies do not make a graph that can run',
    remedy: 'Correct every problem listed; nothing was run.',
  },
  TASK_UNKNOWN: {
    when: 'a task id is not in the run or plan',
    remedy: 'Use one of the ids that `muster plan` prints.',
  },
  SELECTION_INVALID: {
    when: 'a selection cannot be read, or names a tag, a group or a file that no task has',
    remedy: 'Write a task, a group, a glob, tag:NAME, group:NAME or file:GLOB; + adds what it needs, ! takes away.',
  },
  EXECUTOR_UNKNOWN: {
    when: 'a task has a kind that no executor or runner serves',
    remedy: 'Register an executor or runner of that kind.',
  },
  EXECUTOR_INVALID: {
    when: 'an executor module cannot be loaded or does not export createExecutor',
    remedy: 'Export a function createExecutor(options) that returns an executor.',
  },
  RUN_UNKNOWN: { when: 'a run id is not in the store', remedy: 'Use one of the ids that `muster history` prints.' },
  RUN_EXISTS: { when: 'a run id is taken', remedy: 'Choose another id, or resume that run.' },
  RUN_OWNED: {
    when: 'a run is opened whose owner is alive',
    remedy: 'Wait for it to end, stop it, or ask for take-over if you are sure that it is dead.',
  },
  RUN_TAKEN_OVER: {
    when: 'a later owner has opened the run',
    remedy: 'Leave the run to its new owner; what this one recorded before is kept.',
  },
  RUN_CLOSED: {
    when: 'something is asked of a run that takes no more of it, or of a closed orchestrator',
    remedy: 'Ask before the run ends, or resume it first.',
  },
  STORE_FAILED: {
    when: 'the store could not keep or read something',
    remedy:
      'Mend the cause, a wrong path or a full disk say, and start or resume the run: everything acknowledged is kept.',
  },
  STORE_CORRUPT: {
    when: 'a stored database or journal does not read back as written',
    remedy: 'Run `muster history --repair`, with the same --store, to save what can be read into a new file.',
  },
  STORE_TOO_NEW: {
    when: 'a database was written by a newer version',
    remedy: 'Use a version of Muster at least as new as the one that wrote it.',
  },
  STORE_READ_ONLY: {
    when: 'a database cannot be written',
    remedy: 'Make the file and its folder writable, or choose another with --store.',
  },
  STORE_LOCKED: {
    when: 'another program holds the database for too long',
    remedy: 'End the program that holds it, or choose another file with --store.',
  },
  STORE_FULL: {
    when: 'no space is left for the database',
    remedy: 'Free some space, then resume the run, or start it anew where it had not begun.',
  },
  STORE_LOST: {
    when: 'the file of a database was deleted, moved or replaced while a run was kept in it',
    remedy: 'Find what clears away the folder, a test or `git clean` say, or keep the database elsewhere with --store.',
  },
  STORE_CLOSED: { when: 'a closed store is used', remedy: 'Open a new one.' },
  RUNNER_MISSING: {
    when: 'the test runner that a project needs is not installed',
    remedy: 'Install it as the message says.',
  },
  RUNNER_FAILED: {
    when: 'a runner could not discover its tests, or not within `discoveryTimeoutMs`',
    remedy: 'Run the runner by itself to see its own message.',
  },
  NO_RUNNER_FOUND: {
    when: 'no configuration is there and no test runner is recognised',
    remedy: 'Write a muster.config.ts with `npx muster init`.',
  },
  CONFIG_UNREADABLE: { when: 'a configuration file cannot be loaded', remedy: 'Correct the file named.' },
  INPUT_UNREADABLE: {
    when: 'a results file cannot be read as any known format',
    remedy: 'Check the file and line named.',
  },
  OUTPUT_UNWRITABLE: {
    when: 'a report file cannot be written',
    remedy: 'Make its folder writable, or choose another path.',
  },
  ENGINE_FAILED: { when: 'an engine cannot serve', remedy: 'See the cause; the run can be resumed.' },
  POLICY_FAILED: {
    when: 'a policy threw, or answered with something of a wrong shape',
    remedy: 'Mend the policy; the run can be resumed with another.',
  },
  HOOK_FAILED: {
    when: 'a function that was handed in, such as the hook `beforeRun` or `facts`, threw or did not answer within `hookTimeoutMs`',
    remedy: 'Mend that function; what waited for it was not started.',
  },
  ABORTED: { when: 'the caller aborted the call', remedy: 'Nothing to do.' },
}
