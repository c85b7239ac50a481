// A process died, or somebody ended it. A crash beats what its parent says about it; who asked a process to end matters more
// than how it went.
import type { BuiltInRule } from './failure-rule.ts'
import { rulesOf } from './rule-family.ts'

/** Rules for `process-crash` and `cancelled`. */
export const processRules: readonly BuiltInRule[] = rulesOf([
  {
    category: 'process-crash',
    code: 'sanitizer',
    strength: 84,
    suggestion: 'A sanitizer found a mistake in native code. Its first report names the place.',
    transient: false,
    fault: 'product',
    rules: {
      report: [
        /\b(?:Address|Thread|Memory|Leak|UndefinedBehavior|HWAddress)Sanitizer(?::|\b.*\b(?:SEGV|DEADLYSIGNAL|detected|heap|stack|data race))/,
        'ERROR: AddressSanitizer: heap-use-after-free on address 0x602',
      ],
      ubsan: [
        /\bruntime error: (?:signed integer overflow|load of|member access|shift exponent|null pointer|index \d+ out of bounds|division by zero|left shift|store to|reference binding|applying)/,
        'a.cc:3:7: runtime error: signed integer overflow: 2147483647 + 1',
      ],
      race: [/^WARNING: DATA RACE\b|\btesting\.go:\d+: race detected during execution\b/, 'WARNING: DATA RACE'],
      valgrind: [/^==\d+== (?:Invalid (?:read|write|free)|ERROR SUMMARY: [1-9])/, '==4711== Invalid read of size 4'],
    },
  },
  {
    category: 'process-crash',
    code: 'gpu-context',
    strength: 86,
    suggestion:
      'A kernel read or wrote where it must not, which breaks every later test in the same process. Restart the process; the first failure is the one to read.',
    rules: {
      access: [
        /\ban illegal (?:memory access|instruction) was encountered\b|\bCUDA_ERROR_ILLEGAL_ADDRESS\b|\bcudaErrorIllegalAddress\b|\bdevice-side assert triggered\b|\bcudaErrorAssert\b/i,
        'CUDA error: an illegal memory access was encountered',
        'RuntimeError: CUDA error: device-side assert triggered',
      ],
    },
  },
  {
    category: 'process-crash',
    code: 'early-exit',
    strength: 81,
    transient: false,
    fault: 'test',
    suggestion:
      'The test, or code that it runs, called process.exit. Let that code return or throw, or put a function of your own in its place in the test.',
    rules: {
      call: [
        /\bprocess\.exit unexpectedly called\b|\bprocess\.exit called with\b/,
        'Error: process.exit unexpectedly called with "7"',
        'Error: process.exit called with "0"',
      ],
    },
  },
  {
    category: 'process-crash',
    code: 'segmentation-fault',
    strength: 82,
    suggestion: 'Native code crashed. The native stack, a core dump or the last test that started names the place.',
    rules: {
      words: [
        /\bsegmentation fault\b|\bsegfault\b|\bSIGSEGV\b|\bSIGBUS\b|^Bus error\b|\bEXC_BAD_ACCESS\b|\b(?:memory |write |read |an |0x\w{1,16} )access violation\b|\baccess violation (?:at|reading|writing|executing|exception|in|on|while|\()|^access violation\b|\bEXCEPTION_ACCESS_VIOLATION\b|\b0xC0000005\b|\bEXCEPTION_ACCESS_VIOLATION\b/i,
        'Fatal Python error: Segmentation fault',
        '[signal SIGSEGV: segmentation violation code=0x1]',
      ],
      code: [
        /\b(?:exit(?:ed)?(?: with)?(?: code| status)?:? ?|exitcode:? ?)(?:139|-11|3221225477|-1073741819)\b/i,
        'Process finished with exit code 139',
        'exitcode: 3221225477',
      ],
    },
  },
  {
    category: 'process-crash',
    code: 'native-assert',
    strength: 83,
    suggestion:
      'Native code found itself in a state that it holds to be impossible. The line before the stack names the check.',
    rules: {
      v8: [
        /^#?\s{0,4}(?:Fatal error in |Debug check failed: |Check failed: |Debug check failed)|\bV8_Fatal\b/,
        '# Fatal error in , line 0',
        '# Check failed: limit >= 0.',
      ],
      c: [
        /\bAssertion [`'].*failed\b|^Assertion failed: \(.*(?:file|function|line) |\bassertion "[^"]*" failed: file|\bNode\.js? .*Assertion\b/,
        "app: main.c:10: main: Assertion `n > 0' failed.",
        'Assertion failed: (n > 0), function main, file main.c, line 10.',
      ],
      gecko: [
        /^Assertion failure: |###!!! (?:ABORT|ASSERTION)|\bASSERTION: .*file \S+|\bMOZ_(?:CRASH|RELEASE_ASSERT|DIAGNOSTIC_ASSERT)\b|\bHit MOZ_CRASH\b/,
        'Assertion failure: mRefCnt > 0, at a.cpp:7',
        'Hit MOZ_CRASH(unreachable)',
      ],
      cpp: [
        /^(?:libc\+\+abi: )?terminat(?:e called|ing)\b|\bpure virtual (?:method|function) called\b|\bterminating due to uncaught exception\b/,
        "terminate called after throwing an instance of 'std::runtime_error'",
        'pure virtual method called',
      ],
      glibc: [
        /\b(?:double free or corruption|corrupted (?:size|double-linked|unsorted)|free\(\): invalid|malloc\(\): |munmap_chunk\(\)|stack smashing detected|heap corruption|malloc_consolidate|malloc: \*\*\* error)/i,
        'double free or corruption (!prev)',
        '*** stack smashing detected ***: terminated',
      ],
      chromium: [/^\[.*:FATAL:|\bCheck failed: \S/, '[1:1:0101/000000.1:FATAL:a.cc(12)] Check failed: ok.'],
    },
  },
  {
    category: 'process-crash',
    code: 'signal',
    strength: 80,
    suggestion: 'The process died of a signal. The last test that started, or a core dump, tells where.',
    rules: {
      status: [
        /\b(?:3221225477|3221226505|3221225725|3221226356|2147483651|3221225501|-1073741819|-1073740791|-1073741571|-1073740940)\b/,
        'Error: child exited, code 3221226505',
      ],
      received: [
        /\bReceived signal:? (?:SIG(?:SEGV|ABRT|IOT|BUS|ILL|TRAP|FPE|SYS)|4|5|6|7|8|11)\b|\bsignal (?:11|6|4|7|8)\b|\bsignal: (?:aborted|segmentation|bus error|illegal|trace|floating)|\bCaught signal \d+|\bminidump\b|\bcrash ?dump (?:written|generated)|\bbreakpad\b/i,
        'Received signal: SIGIOT',
        'Caught signal 11 (Segmentation fault: address not mapped)',
      ],
      abort: [
        /\bSIG(?:ABRT|ILL|TRAP|FPE|SYS|IOT)\b|^(?:[^\s:]{1,64}: line \d+: {1,9}\d+ )?Aborted(?:$| \(core dumped\)| {4,})|\bAbort trap\b|\bIllegal instruction\b|\bcore dumped\b|\bTrace\/breakpoint trap\b|^Floating point exception\b/i,
        'bash: line 7:  4711 Aborted                 ./server',
        'Aborted (core dumped)',
        'Illegal instruction',
      ],
      tap: [/^severity: crashed$/, 'severity: crashed'],
      code: [
        /\bexit(?:ed)?(?: with)?(?: code| status)?:? ?(?:13[2-689]|-4|-5|-6|-7|-8|3221226505|2147483651|3221225725|3221226356|0xC0000409|0xC00000FD|0xC0000374|0x80000003)\b/i,
        'Process exited with code 134',
        'exit status 136',
      ],
      ended: [
        /\b(?:terminated|killed|died|crashed|exited|interrupted|failed) (?:by|with|due to|from|on) (?:a )?signal:? (?:[1-9]\d?|SIG[A-Z]+)\b/,
        'child killed by signal 6',
      ],
      stack: [
        /\b0xC00000FD\b|\bSTATUS_STACK_OVERFLOW\b|\bSTATUS_HEAP_CORRUPTION\b|\bfatal runtime error: stack overflow\b|\bhas overflowed its stack\b|\bFatal Python error: \S/,
        "thread 'main' has overflowed its stack",
        'Fatal Python error: Aborted',
      ],
      java: [
        /^# A fatal error has been detected by the Java Runtime Environment|\bhs_err_pid\d+\.log\b|\bThe forked VM terminated without (?:properly )?saying (?:properly )?goodbye\b|\bThe crashed tests?:|\bForked(?:Booter| VM) .*(?:crashed|terminated)\b/i,
        'The forked VM terminated without properly saying goodbye. VM crash or System.exit called?',
      ],
      mozilla: [
        /\bPROCESS-CRASH \||\| (?:Leak|Address|Thread|UndefinedBehavior)Sanitizer\b|\bapplication crashed \[@|\bhanging at shutdown\b|\bShutdownhang\b|\bmozcrash\b|\bapplication terminated with exit code\b|\bTEST-UNEXPECTED-CRASH\b|\bMissing output line for total leaks\b/i,
        'PROCESS-CRASH | application crashed [@ libxul.so + 0x1] | a/b.html',
      ],
    },
  },
  {
    category: 'process-crash',
    code: 'worker',
    strength: 78,
    suggestion:
      'The process that ran the tests died. Run its last test alone; a call of exit or too little memory are the usual causes.',
    rules: {
      xdist: [
        /\bnode down: Not properly terminated\b|\breplacing crashed worker\b|\bNode gw\d+ went down\b|\bCall retries were exceeded\b|\bworker .* crashed while running\b|\bmaximum crashed workers reached\b/i,
        '[gw0] node down: Not properly terminated',
        'replacing crashed worker gw0',
        'Error: Call retries were exceeded',
      ],
      gradle: [
        /\bdaemon disappeared unexpectedly\b|\bProcess '.*' finished with non-zero exit value (?:13[2-6]|139)\b|\bTest process encountered an unexpected problem\b|\bCould not complete execution for .*Test Executor\b|\bFailed to (?:start|terminate) (?:forks|threads|vmForks)? ?worker\b|\bExecutor.* lost\b/i,
        'Gradle build daemon disappeared unexpectedly (it may have been killed or may have crashed)',
      ],
      jest: [
        /\bA (?:jest )?worker process (?:\S{1,20} )?(?:has|was|exited|terminated)\b.*\b(?:killed|terminated|crashed)\b|\bChildProcessWorker\b.*\bexit\b|\bjest worker encountered \d+ child process exceptions\b/i,
        'A jest worker process (pid=7) was terminated by another process: signal=SIGSEGV, exitCode=null.',
        'Jest worker encountered 4 child process exceptions, exceeding retry limit',
      ],
      vitest: [
        /\bWorker (?:exited|terminated|forks emitted|threads emitted|process exited) (?:unexpectedly|error)|\bWorker unexpectedly exited\b|\btinypool\b.*\b(?:exited|crashed|terminated)\b/i,
        'Error: Worker exited unexpectedly',
      ],
      playwright: [
        /\bworker process exited unexpectedly\b|\bWorker process \d* ?(?:crashed|died|exited)\b|\bworker \S{1,20} (?:crashed|died)\b/i,
        'Error: worker process exited unexpectedly (code=1, signal=null)',
        "worker 'gw1' crashed while running 'test_a.py::test_b'",
      ],
      unexpected: [
        /\b(?:child|worker|sub|server|browser|renderer|test|utility|content|main|forked|the) ?process (?:has )?(?:unexpectedly )?(?:crashed|died|exited unexpectedly|terminated unexpectedly|exited prematurely|was killed)\b|\bBrokenProcessPool\b|\bProcessExitedException\b|\bprocess pool was terminated abruptly\b/i,
        'concurrent.futures.process.BrokenProcessPool: A process in the process pool was terminated abruptly',
        'The renderer process crashed',
      ],
      node: [
        /\btest (?:file )?(?:process )?exited (?:with code \d+ )?before (?:all )?(?:its )?tests? (?:finished|completed|ended)\b/i,
        'test file exited with code 3 before all its tests finished',
      ],
    },
  },
  {
    category: 'process-crash',
    code: 'browser',
    strength: 76,
    suggestion:
      'The browser or page was gone while the test still used it: it crashed, ran out of memory, or the test closed it too early.',
    rules: {
      closed: [
        /\bTarget (?:page, context or browser has been closed|closed|crashed)\b|\b(?:browser|page|context|frame|session) has been closed\b|\bBrowser closed\b|\bNavigation failed because (?:page|browser) (?:was|has) (?:closed|crashed|disconnected)|\bSession closed\. Most likely\b|\bbrowser has disconnected\b/i,
        'page.click: Target page, context or browser has been closed',
        'Protocol error (Runtime.evaluate): Target closed.',
      ],
      crashed: [
        /\bpage crashed\b|\bPage crash(?:ed)?!|\btab crashed\b|\bchrome (?:not reachable|failed to start|has crashed)\b|\bsession deleted because of page crash\b|\bDisconnected .*(?:Client disconnected|transport (?:close|error))|\binvalid session id\b|\bDevToolsActivePort file doesn't exist\b|\bBrowser process \S* ?(?:exited|crashed)\b|\bNoSuchSession\w*\b|\bWebDriverException: .*(?:unreachable|crashed|died)\b|\bTried to run command without establishing a connection\b/i,
        'page.goto: Page crashed',
        'unknown error: session deleted because of page crash',
      ],
    },
  },
  {
    category: 'cancelled',
    code: 'requested',
    strength: 60,
    suggestion: 'Somebody or something ended it on purpose. Look who did; a newer run often replaces an older one.',
    rules: {
      person: [
        /^Interrupted[.!]?$|\b(?:cancell?ed|aborted|stopped|interrupted|terminated) by (?:the )?(?:user|administrator|operator)\b|\breceived signal:? (?:2|15|SIGINT|SIGTERM)\b/i,
        'terminated by user',
        'received signal 15, shutting down',
      ],
      ci: [
        /^(?:Error: |Done: )?(?:The )?(?:operation|job|build|run|workflow|pipeline|task|step) (?:\S{1,40} )?(?:was|has been|is|got)? ?(?:cancell?ed|aborted by)\b|\bThe run was canceled by\b|\bAborted by \S|\bCancell?ing since a higher priority\b|\bJob Cancelled\b|^Build was aborted\b|\bCalled by user\b/i,
        'Error: The operation was canceled.',
        'Canceling since a higher priority waiting request for ci-main exists',
        'Aborted by an administrator',
      ],
      interrupt: [
        /\bKeyboardInterrupt\b|\breceived SIGINT\b|^\^C$|\bInterrupted by user\b|\bTerminate batch job\b|\bCommand failed with signal \"SIGINT\"|\bsignal: interrupt\b|\bSIGINT\b|^Exiting because of a signal|\bUser interrupted\b/i,
        'KeyboardInterrupt',
        '!!!!!!!! KeyboardInterrupt !!!!!!!!',
      ],
      go: [/\bcontext cancell?ed\b|\bcode = Cancell?ed\b|\b1 CANCELLED\b/i, 'check orders: context canceled'],
      abort: [
        /^(?:DOMException \[)?AbortError\b|\boperation was (?:user )?aborted\b|\bTaskCancell?ed\w*|\bCancelledError\b|\bCancellationException\b|\bOperationCanceledException\b/i,
        'AbortError: The operation was aborted',
        'asyncio.exceptions.CancelledError',
      ],
      term: [
        /^(?:[^\s:]{1,64}: line \d+: {1,9}\d+ )?Terminat(?:ed|ing)(?:$| {4,}|: 15$|\.)|\] Terminated$|\bSIGTERM\b|\bsignal: terminated\b|\bexit(?:ed)?(?: with)?(?: code| status)?:? ?143\b|\bjob terminated\b/i,
        'Terminated',
        'npm error signal SIGTERM',
        'The process exited with code 143',
      ],
    },
  },
])
