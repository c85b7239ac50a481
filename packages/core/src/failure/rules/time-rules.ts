// A budget of time ran out. Below the network, since a test that waits for a server that refuses is not slow; above what an
// assertion of a waiting loop says.
import type { BuiltInRule } from './failure-rule.ts'
import { rulesOf } from './rule-family.ts'

/** Rules for `timeout`. */
export const timeRules: readonly BuiltInRule[] = rulesOf([
  {
    category: 'timeout',
    code: 'test',
    strength: 69,
    suggestion: 'The test took longer than it may. Look what it waits for before giving it more time.',
    rules: {
      vitest: [/\b(?:Test|Hook) timed out in \d+ ?ms\b|\bTestTimeoutError\b/, 'Error: Test timed out in 5000ms.'],
      jest: [
        /\b(?:thrown: "?)?Exceeded timeout of \d+ ?ms\b|\bAsync callback was not invoked within\b|\bdid not return a (?:promise|value) within \d+/i,
        'thrown: "Exceeded timeout of 5000 ms for a test."',
      ],
      exceeded: [
        /\bTimeout of \d+ ?ms exceeded\b/i,
        'Error: Timeout of 2000ms exceeded. For async tests and hooks, ensure "done()" is called',
      ],
      playwright: [
        /\bTest timeout of \d+ms exceeded\b|"(?:before|after)(?:Each|All)" hook timeout of \d+ms exceeded|\bTimeout \d+ms exceeded\b|\bTimeoutError: /,
        'Test timeout of 30000ms exceeded.',
        'TimeoutError: locator.click: Timeout 30000ms exceeded.',
      ],
      node: [/\btest timed out after \d+ ?ms\b|\btestTimeoutFailure\b/i, "error: 'test timed out after 500ms'"],
      pytest: [
        /^(?:E {1,9})?Failed: Timeout [(>]{1,2}\d|\+{5,} Timeout \+{5,}|\bTimeout >\d+(?:\.\d+)?s\b/,
        'Failed: Timeout >2.0s',
        '+++++++++++ Timeout +++++++++++',
      ],
      go: [
        /^panic: test timed out after\b|\btest killed with quit: ran too long\b|^\*\*\* Test killed with quit/,
        'panic: test timed out after 10m0s',
      ],
      java: [
        /\bTestTimedOutException\b|\btest timed out after \d+ (?:milli)?seconds\b|\bThreadTimeoutException\b|\bMethod \S+ didn't finish within the time-?out\b|\bexecution (?:exceeded timeout|timed out) (?:of|after) \d+/i,
        'org.junit.runners.model.TestTimedOutException: test timed out after 500 milliseconds',
        'execution timed out after 100 ms',
      ],
      rust: [/^\s{0,4}TIMEOUT \[|\bhas been running for over \d+ seconds\b.*$/, 'TIMEOUT [   5.000s] app tests::slow'],
      mozilla: [
        /\bTEST-UNEXPECTED-TIMEOUT\b|\| Test timed out\b|\bTIMEOUT \| .*timed out\b|\bapplication timed out after \d+ seconds\b|\btimed out after \d+ seconds (?:with|of) no output\b/i,
        'TEST-UNEXPECTED-TIMEOUT | /a/b.html | expected PASS',
        'TEST-UNEXPECTED-FAIL | a/b.js | Test timed out. -',
      ],
      bare: [/^(?:timeout|timed out)[.!]?$/i, 'timeout'],
    },
  },
  {
    category: 'timeout',
    code: 'job',
    strength: 72,
    suggestion: 'The whole job ran out of time. Look which part became slower, or split the job.',
    rules: {
      runner: [
        /\bThe action .*has timed out\b|\btask timeout after \d+|\bforce killing container\b|\bran for longer than allowed maximum time\b|\bmaximum (?:execution|run|allowed) ?time\b|\btimeout: sending signal\b|\bBuild timed out\b|\bjob was (?:canceled|cancelled|killed) because it (?:exceeded|reached)\b|\bexceeded (?:the )?(?:maximum )?(?:time|wall) ?(?:limit|clock)\b|\bTime limit exceeded\b|\bDeadlineExceeded\b/i,
        "The action 'Run tests' has timed out after 60 minutes.",
        'Task timeout after 5400 seconds. Force killing container.',
        'application ran for longer than allowed maximum time',
      ],
      ci: [
        /\bhas exceeded the maximum execution time\b|\bmax run time exceeded\b|\bbuild timed out\b|\bno output has been received in the last \d|\bthe job exceeded the maximum (?:time|log)\b|\bexecution took longer than \d+|\bjob (?:execution )?timed? ?out\b|\btimeout has been exceeded\b|\bToo long with no output\b|\bexceeded the maximum time limit\b|\bCommand timed out\b/i,
        'The job running on runner a has exceeded the maximum execution time of 360 minutes.',
        'No output has been received in the last 10m0s, this potentially indicates a stalled build',
        'ERROR: Job failed: execution took longer than 1h0m0s seconds',
      ],
      exit: [/\bexit(?:ed)?(?: with)?(?: code| status)?:? ?124\b/i, 'The command exited with 124.'],
      mozharness: [
        /\b(?:mozharness|command|automation\.py) .*timed out after \d+/i,
        'mozharness: command timed out after 3600',
      ],
    },
  },
  {
    category: 'timeout',
    code: 'wait',
    strength: 66,
    suggestion: 'Something that was waited for did not come. Look whether it can come at all before waiting longer.',
    rules: {
      expect: [
        /\btimed out \d+ ?m?s waiting for\b|\bclose timed out after\b|\bTimeout calling "|\btimed out waiting\b|\bcollective operation timeout\b|\bwaited (?:for )?\d+ ?(?:ms|s|sec|seconds|minutes)\b.*\b(?:but|without|for)\b|\bwait(?:ing)? for .*\btimed out\b|\btimed? ?out in \d|\btimed out retrying\b/i,
        'Error: Timed out 5000ms waiting for expect(locator).toBeVisible()',
        '[vitest-worker]: Timeout calling "onTaskUpdate"',
      ],
      java: [
        /\b\w{0,64}(?:TimeoutException|TimedOutException)\b|\bConditionTimeoutException\b/,
        'java.util.concurrent.TimeoutException',
        'org.awaitility.core.ConditionTimeoutException: Condition was not fulfilled within 10 seconds.',
      ],
      error: [
        /^(?:Uncaught )?[\w.$]{0,64}(?:TimeoutError|TimeoutExpired|Timeout)(?::| \[| \(\d|$)|: Timeout \(\d/,
        'subprocess.TimeoutExpired: Command timed out',
        'asyncio.exceptions.TimeoutError',
        'Error: Timeout (3000) while waiting for the answer',
      ],
      waiting: [
        /(?:^|Error: |Exception: |error: |panic: |FAIL: |ERROR:? |\[test\] )(?:timed? ?out|timeout|gave up|time limit|deadline) (?:while |was |has been )?(?:waiting|exceeded|reached|expired|for|after|wait)\b/i,
        'Error: timed out waiting for the server',
        'Timed out waiting for the first byte',
      ],
      within: [
        /\b(?:did not|didn't|not |never|failed to|could not|cannot).*\b(?:within|in) (?:the )?(?:given |specified |allotted |allowed )?(?:time-?out|time limit|\d+(?:\.\d+)? ?(?:ms|s|sec|m|min|seconds?|minutes?|milliseconds?)\b)/i,
        'Failed to get an answer from the socket within 10s',
        'element did not appear within 5000 ms',
      ],
      request: [
        /\b(?:request|operation|call|query|command|read|write|lookup|wait|handshake|send|statement|acquire|lock|session|transaction|navigation)(?: has| was)? (?:time-?out|timed[ -]?out|timedout)\b/i,
        'Lookup request timed out',
      ],
      go: [
        /\bcontext deadline exceeded\b|\bDEADLINE_EXCEEDED\b|\bcode = DeadlineExceeded\b|\bos\.ErrDeadlineExceeded\b/,
        'rpc error: code = DeadlineExceeded desc = context deadline exceeded',
        'Error: 4 DEADLINE_EXCEEDED: Deadline exceeded',
      ],
      passed: [
        /\btimed out after (?:waiting )?\d|\btimeout(?:ed)? after \d|\btimed out\.?$|\btimeout(?: period)? (?:exceeded|expired|elapsed|reached)\b|\bexceeded (?:the )?(?:\S{1,20} )?(?:time-?out|time limit|deadline)\b/i,
        'Closing the producers timed out.',
        'sub-command timed out after 60 s',
      ],
      deadlock: [/\bLock wait timeout exceeded\b/, 'Lock wait timeout exceeded; try restarting transaction'],
    },
  },
])
