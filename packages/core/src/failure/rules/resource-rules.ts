// Something ran out on the machine. Strongest of the causes inside a test: a process that dies for want of memory looks like
// a crash, a time-out or an assertion to whoever waits for it.
import type { BuiltInRule } from './failure-rule.ts'
import { rulesOf } from './rule-family.ts'

/** Rules for `resource`. */
export const resourceRules: readonly BuiltInRule[] = rulesOf([
  {
    category: 'resource',
    code: 'gpu-memory',
    strength: 94,
    suggestion: 'The memory of the graphics card is full. Give the test the card for itself, or use smaller batches.',
    rules: {
      cuda: [
        /\bCUDA (?:error: )?out of memory\b|\bCUDA_ERROR_OUT_OF_MEMORY\b|\bcudaErrorMemoryAllocation\b|\btorch\.(?:cuda\.)?OutOfMemoryError\b|\bHIP out of memory\b/i,
        'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB',
      ],
      library: [
        /\b(?:CUBLAS|CUDNN|CUFFT|CUSOLVER)_STATUS_ALLOC_FAILED\b|\bVK_ERROR_OUT_OF_DEVICE_MEMORY\b|\bCL_MEM_OBJECT_ALLOCATION_FAILURE\b/,
        'RuntimeError: CUBLAS_STATUS_ALLOC_FAILED',
      ],
      tensorflow: [
        /\b(?:OOM when allocating tensor|ResourceExhaustedError: .*OOM|RESOURCE_EXHAUSTED: Out of memory)\b/,
        'OOM when allocating tensor with shape[512,512]',
      ],
    },
  },
  {
    category: 'resource',
    code: 'memory',
    strength: 92,
    suggestion: 'There was not enough memory. Reserve more for this test, run fewer at a time, or find what keeps it.',
    rules: {
      program: [
        /\bKilled signal terminated program\b|\bunable to execute command: Killed\b|\bCould not reserve enough space for\b|\brunning low on memory\b|\bfailed to (?:allocate|reserve|map) (?:\S{1,20} )?(?:bytes|memory|heap|segment)\b|\binsufficient (?:cpu|memory)\b|\bmmap failed\b|\bmalloc failed\b|\bLow memory\b.*\bkill/i,
        'c++: fatal error: Killed signal terminated program cc1plus',
        'Error: Could not reserve enough space for 2097152KB object heap',
      ],
      node: [
        /\bJavaScript heap out of memory\b|\bFatal javascript (?:OOM|out of memory)\b|\bprocess out of memory\b|\bReached heap limit\b|\bERR_WORKER_OUT_OF_MEMORY\b/i,
        'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
      ],
      gc: [/^<--- Last few GCs --->/, '<--- Last few GCs --->'],
      errno: [
        /\bENOMEM\b|\bcannot allocate memory\b|\bstd::bad_alloc\b|\bArray buffer allocation failed\b/i,
        'fork: Cannot allocate memory',
        "terminate called after throwing an instance of 'std::bad_alloc'",
      ],
      java: [
        /\bOutOfMemoryError\b|\binsufficient memory for the Java Runtime\b|\bGC overhead limit exceeded\b|\bos::commit_memory\b/,
        'java.lang.OutOfMemoryError: Java heap space',
      ],
      python: [/^[\w.]{0,40}MemoryError\b/, 'MemoryError'],
      pythonAt: [/:\d+: MemoryError$/, 'tests/test_big.py:3: MemoryError'],
      words: [
        /\b(?:ran|runs|run) out of memory\b|\bout[ -]of[ -]memory(?:[:.,!)]|$| error| exception| kill)|\bnot enough memory\b|\binsufficient memory\b|\bmemory exhausted\b|\bvirtual memory exhausted\b|\bmemory limit exceeded\b/i,
        'cc1plus: out of memory allocating 65536 bytes after a total of 1 bytes: out of memory',
        'virtual memory exhausted: Cannot allocate memory',
      ],
      killer: [
        /\bOOM[- ]?kill(?:ed|er)\b|\bOOMKilled\b|^Out of memory: Kill(?:ed)? process \d|\bmemory cgroup out of memory\b|\boom_kill \d/i,
        'Reason: OOMKilled',
        'Memory cgroup out of memory: Killed process 4711 (java)',
      ],
      killed: [
        /^Killed(?:$| {4,})|^[^\s:]{1,64}: line \d+: {1,9}\d* ?Killed\b|^make.*\*\*\* \[.*\] Killed$/,
        'Killed',
        'make: *** [test] Killed',
        'ci.sh: line 9:  4711 Killed                  ./gradlew check',
      ],
      exit137: [
        /\b(?:exit(?:ed)?(?: with)?(?: code| status)?:? ?|exit code[ :=]{1,2})137\b/i,
        'The command "npm test" exited with 137.',
        'Error: Process completed with exit code 137.',
      ],
      signal9: [
        /\bterminated with signal 9\b|\bsignal: killed\b|\(signal: 9, SIGKILL: kill\)|\bKilled: 9$/,
        'cc: fatal error: cc1 terminated with signal 9 [Killed]',
      ],
      go: [/^fatal error: runtime: (?:out of memory|cannot allocate memory)/, 'fatal error: runtime: out of memory'],
      rust: [/^memory allocation of \d+ bytes failed/, 'memory allocation of 8589934592 bytes failed'],
      sanitizer: [
        /\bAddressSanitizer: (?:allocation-size-too-big|out-of-memory|failed to allocate)/,
        'AddressSanitizer: out-of-memory: failed to allocate 0x1000 bytes',
      ],
      windows: [
        /\b(?:insufficient system resources|paging file is too small|0xC000012D|not enough (?:storage|memory resources))\b/i,
        'OSError: [WinError 1455] The paging file is too small for this operation to complete',
      ],
      zone: [
        /\bFatal process OOM\b|\bZone Allocation failed\b|\bCommitting semi space failed\b|\binvalid array length Allocation failed\b/i,
        'FATAL ERROR: Zone Allocation failed - process out of memory',
      ],
      compiler: [
        /\bC1060\b|\bcompiler is out of heap space\b|\bLNK1102\b/,
        'fatal error C1060: compiler is out of heap space',
      ],
    },
  },
  {
    category: 'resource',
    code: 'watchers',
    strength: 96,
    suggestion: 'The machine watches as many files as it may. Raise fs.inotify.max_user_watches, or watch less.',
    rules: {
      linux: [
        /\b(?:number of )?file watchers reached\b|\binotify (?:watch|instances?|watches) limit\b|\bmax_user_(?:watches|instances)\b|\binotify_(?:add_watch|init)\S* .*(?:no space|too many)/i,
        'Error: ENOSPC: System limit for number of file watchers reached, watch /app',
      ],
    },
  },
  {
    category: 'resource',
    code: 'disk',
    strength: 92,
    suggestion: 'The disk is full, or its quota is used up. Clean the worker, or give it more.',
    rules: {
      errno: [
        /\bENOSPC\b|\bEDQUOT\b|\bno space left on (?:the )?device\b|\bdisk quota exceeded\b/i,
        'OSError: [Errno 28] No space left on device',
      ],
      words: [
        /\bnot enough (?:free )?(?:disk )?space\b|\bdisk (?:is )?full\b|\b(?:out of|insufficient|low) disk space\b|\bdatabase or disk is full\b|\bno disk space\b|\bnot enough space on the disk\b/i,
        'There is not enough space on the disk.',
        'You are running out of disk space. Out of disk space',
      ],
    },
  },
  {
    category: 'resource',
    code: 'file-descriptors',
    strength: 92,
    suggestion: 'Too many files or sockets are open. Look for what is never closed, or raise the limit (ulimit -n).',
    rules: {
      errno: [/\b(?:EMFILE|ENFILE)\b|\btoo many open files\b/i, 'Error: EMFILE: too many open files, open /tmp/a'],
      ports: [
        /\bEADDRNOTAVAIL\b|\bcannot assign requested address\b|\bno buffer space available\b|\bENOBUFS\b|\btoo many (?:clients already|connections)\b/i,
        'connect: cannot assign requested address',
        'FATAL: sorry, too many clients already',
      ],
    },
  },
  {
    category: 'resource',
    code: 'processes',
    strength: 92,
    suggestion:
      'No further process or thread could be started. Run fewer at a time, or raise the limit (ulimit -u, pids.max).',
    rules: {
      fork: [
        /\b(?:fork|spawn|posix_spawn|pthread_create|clone)\S{0,20}\b.*\b(?:resource temporarily unavailable|EAGAIN)\b/i,
        'bash: fork: retry: Resource temporarily unavailable',
        'Error: spawn node EAGAIN',
      ],
      threads: [
        /\bunable to create (?:new )?native thread\b|\bcan't start new thread\b|\bpthread_create failed\b|\bprocess limit reached\b|\btoo many processes\b/i,
        "RuntimeError: can't start new thread",
      ],
    },
  },
])
