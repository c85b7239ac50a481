// Classes of words: whoever is refused, unreachable, not installed, not allowed or used up says so in a few ways, whatever it is
// called. These rules know the class and not the tool, so that messages nobody has seen are told as well.
import type { BuiltInRule } from './failure-rule.ts'
import { rulesOf } from './rule-family.ts'

/** Rules by classes of words. */
export const wordRules: readonly BuiltInRule[] = rulesOf([
  {
    category: 'infrastructure',
    code: 'worker-lost',
    strength: 97,
    suggestion:
      'The worker went away in the middle. Nothing is known of the test: run it again elsewhere, and look at the worker.',
    misses: {
      'gone words': ['expected host to be down', 'dialog disappeared while the node was dragged'],
      'cause words': ['the infrastructure page is shown', 'the host failed to load the page'],
      'service words': ['the incident page lists GitHub issues', 'INFO no incidents reported'],
    },
    rules: {
      'gone words': [
        /\b(?:agent|runner|executor|slave|builder|worker|node|\w{0,8}VM|build host|build machine|virtual machine)s? (?:\S{1,32} )?(?:has |have |is |was )?(?:disappeared|vanished|stalled|unschedulable|NotReady|evicted|deprovisioned|deregistered|unregistered|reclaimed|cordoned)\b|\bstatus is now: NodeNotReady\b|\b(?:grid|cluster|worker|build|compute|swarm|cassandra|remote) node (?:is |was |went )?down\b|\bnode is down\b|\bterminated (?:unexpectedly |abruptly )?by (?:the )?(?:host|hypervisor|cloud|cloud provider|provider|platform|kubelet|autoscaler|node)\b|\bevicted by (?:the )?(?:autoscaler|kubelet|scheduler|node|cluster|api)\b|\bworker is stalled\b|\bEOF (?:from|while reading from) (?:the )?(?:agent|node|runner|worker|slave)\b|\b(?:cannot|can't|could not|couldn't|unable to|failed to) (?:find|reach|contact|reconnect to|re-?connect with) (?:the )?(?:runner|agent|slot|build agent|build machine|executor|worker node|build host)\S{0,4}\b|\btaint manager\b|\bdeleting pod\b|\bNoExecute\b|\bjob disconnected\b|\breschedul(?:ed|ing) (?:the )?(?:job|task|run)\b|\b(?:job|task|run|build) (?:was )?(?:returned|put back|re-?added) to (?:the )?queue\b/i,
        "Concourse: worker 'w3' disappeared while running step",
        'Firecracker microVM terminated unexpectedly by host',
        'Job disconnected, attempting to reconnect',
      ],
      'cause words': [
        /\b(?:due to|because of|caused by|after|result of|by) (?:an? |the )?(?:\w{1,20} )?(?:infrastructure|infra|host|hypervisor|machine|provider|datacenter|data centre) (?:failure|error|problem|issue|outage|fault|reboot|crash|shutdown|maintenance|eviction|migration)\b|\bTERM_UNKNOWN: host\b|\bhost failure\b|\bhost reboot(?:ed)?\b/i,
        'Build was aborted due to an internal infrastructure failure of the VM',
        'job exited because of host reboot',
      ],
      'service words': [
        /\b(?:GitHub Actions|GitHub|GitLab CI|GitLab\.com|CircleCI|Travis CI|Buildkite|Bitbucket Pipelines|Azure Pipelines|Azure DevOps|TeamCity|AppVeyor|Semaphore|Drone|Cirrus CI|Codefresh|hosted runners?|CI service|CI system|build service|build farm|device farm)\b.*\b(?:experiencing|incident|outage|degraded|disruption|having (?:problems|issues|trouble)|service error|under maintenance)\b|\bfailed to (?:queue|enqueue|dispatch|start|schedule) (?:the |this |your )?(?:workflow|job|build|pipeline)(?: run)?\b|\bjob (?:could|can) not be (?:queued|picked up|delivered)\b/i,
        'GitHub Actions is currently experiencing an incident: please try again',
        'Failed to queue workflow run.',
      ],
    },
  },
  {
    category: 'infrastructure',
    code: 'worker-lost',
    strength: 90,
    suggestion: 'No worker could take this. Look at the labels it asks for, and at how many workers there are.',
    misses: { 'placed words': ['the label selector is shown', 'the scheduling page is open'] },
    rules: {
      'placed words': [
        /\bFailedScheduling\b|\b\d{1,5}\/\d{1,5} nodes are available\b|\bwaiting for (?:the )?next available (?:executor|agent|runner)\b|\bdoesn't have label\b|\bthere are no (?:nodes|agents|runners|workers|executors) with (?:the )?label\b|\bno (?:agent|runner|worker|node|executor)s? (?:\S{1,30} )?(?:match(?:es|ing)?|satisf(?:y|ies)) (?:the |these )?(?:labels?|tags?|requirements?|demands?|selector|query)\b/i,
        'Warning FailedScheduling 0/12 nodes are available: 12 node(s) were unschedulable',
        "Jenkins doesn't have label 'gpu-large'",
      ],
    },
  },
  {
    category: 'process-crash',
    code: 'worker',
    strength: 99,
    suggestion: 'The process died of a signal. The last test that started, or a core dump, tells where.',
    misses: { 'signalled words': ['the test host is shown', 'exited prematurely'] },
    rules: {
      'signalled words': [
        /\bexited prematurely: signal (?:4|5|6|7|8|11)\b|\btest ?host(?: process)? (?:has |was |just )?(?:crashed|exited|aborted|died|terminated|quit)\b/i,
        'WorkerLostError: Worker exited prematurely: signal 11 (SIGSEGV)',
        'The test host process crashed : Stack overflow',
      ],
    },
  },
  {
    category: 'process-crash',
    code: 'signal',
    strength: 84,
    suggestion: 'The process died of a signal. The last test that started, or a core dump, tells where.',
    misses: { 'kernel words': ['the kernel page lists bugs'] },
    rules: {
      'kernel words': [
        /\bkernel BUG at\b|\bOops: \S.* \[#\d|\bgeneral protection fault\b|\bunable to handle (?:kernel )?(?:page fault|paging request|NULL pointer)\b|\bKernel panic - not syncing\b|\btrap (?:invalid opcode|divide error)\b/i,
        'kernel BUG at mm/slub.c:1!',
        'traps: app general protection fault ip:7f',
      ],
    },
  },
  {
    category: 'process-crash',
    code: 'early-exit',
    strength: 66,
    suggestion: 'A process ended before its time. Its last words, or a core dump, tell where.',
    misses: { 'abnormal words': ['the process is shown', 'the server ended the round as expected'] },
    rules: {
      'abnormal words': [
        /\b(?:process|worker|daemon|executor|server|browser|child|subprocess|interpreter|renderer|engine|plugin|helper|test runner|JVM|fork)\b.*\b(?:exited|terminated|quit|ended|stopped|died|closed|finished|aborted) (?:abnormally|unexpectedly|abruptly|prematurely)\b|\b(?:abnormal|unexpected|premature|abrupt) (?:program |process )?(?:termination|exit|death) of (?:the )?(?:\S{1,20} )?(?:process|worker|server|child|daemon|executor|browser)\b|\bexit (?:value|status|code):? ?(?:132|133|134|135|136|139)\b/i,
        "Process 'Gradle Worker Daemon 2' exited abnormally",
        'Gradle Test Executor 3 finished with non-zero exit value 134',
      ],
    },
  },
  {
    category: 'process-crash',
    code: 'signal',
    strength: 48,
    confidence: 0.6,
    suggestion: 'Something crashed. Its last words, or a core dump, tell where.',
    misses: { 'crashed words': ['crashed orders are listed', 'never crashed before this release, says the page'] },
    rules: {
      'crashed words': [
        /\bcrash (?:dump|report|log) (?:is |was |has )?(?:being |been )?(?:written|saved|generated|created)\b|\bfound bad pointer\b|\b(?:corrupted|corrupt) (?:heap|linked list|unsorted chunks|size vs)\b|\b(?:has |have |just |was |had )?crashed(?:$|[!,:;)]|\.$|\. | with | while | during | unexpectedly| at | on | due | because | and | when )|\b(?:just |has )crashed\b/i,
        'ERROR [launcher]: ChromeHeadless crashed.',
        'the renderer crashed while painting',
      ],
    },
  },
  {
    category: 'resource',
    code: 'memory',
    strength: 91,
    suggestion: 'There was not enough memory. Reserve more for this test, run fewer at a time, or find what keeps it.',
    misses: {
      'limits words': ['the memory limit is 512 MB', 'memory usage is shown', 'INFO memory limit set to 2 GiB'],
    },
    rules: {
      'limits words': [
        /\b(?:used|using|uses|consumed|consuming|took|needs|requested) (?:too much|more) (?:memory|RAM)\b|\bmore (?:memory|RAM) than (?:is |was |it |its |the )?(?:allowed|available|permitted|limit|granted|requested|may)\b|\bexceed(?:ed|s|ing)? (?:its |the |their |your |a |an |available )?(?:\S{1,16} )?(?:memory|RAM|heap)\b|\b(?:memory|RAM|heap(?: size| space)?) (?:quota|limit|allowance|budget|cap) (?:was |is |has been )?(?:reached|hit|exceeded|exhausted|used up)\b|\bmaximum heap size (?:was |is )?(?:reached|exceeded|hit)\b|\bheap (?:space )?(?:exhausted|exceeded)\b|\b(?:due to|because of|under) (?:high |low )?memory pressure\b|\blow memory: |\b(?:not|isn't) enough (?:free |available |physical |system )?(?:memory|RAM)\b|\bResource exhausted: (?:failed to allocate|OOM|out of)\b/i,
        'The container was killed because it used more memory than allowed',
        'Process exceeded its memory quota of 4096 MB',
      ],
    },
  },
  {
    category: 'resource',
    code: 'disk',
    strength: 91,
    suggestion: 'The disk is full, or its quota is used up. Clean the worker, or give it more.',
    misses: { 'space words': ['the white space is kept', 'the disk page is shown'] },
    rules: {
      'space words': [
        /\bno (?:more |free )?(?:disk |storage )?space (?:left|available|remaining)\b|\b(?:insufficient|not enough|too little|low|lack of|ran out of|running out of) (?:free |disk |storage |available )?(?:disk |storage )?space\b|\b(?:filesystem|file system|disk|volume|partition|tmpfs|\/dev\/shm|\/tmp|storage|cache drive) (?:\S{1,30} )?(?:is |was )(?:completely |almost )?full\b|\b(?:disk|storage|volume) (?:quota|limit|space|usage) (?:was |is |has been )?(?:reached|exceeded|exhausted|used up)\b|\bexceed(?:ed|s)? (?:its |the )?(?:\S{1,20} )?(?:disk|storage|ephemeral.storage) (?:quota|limit|usage|space)\b|\b(?:insufficient|not enough|no more|out of) (?:\S{1,20} )?storage(?: resources)?\b|\bErrno 28\b|\bos error 28\b/i,
        'tempfile: cannot create: filesystem is full',
        'Insufficient free space on volume /',
      ],
    },
  },
  {
    category: 'resource',
    code: 'file-descriptors',
    strength: 91,
    suggestion:
      'Too many files, sockets, threads or processes are open. Look for what is never closed, or raise the limit.',
    misses: { 'handles words': ['the limit of open files is 1024'] },
    rules: {
      'handles words': [
        /\b(?:open files|file descriptors?|file handles?|threads?|processes|inotify watch(?:es)?|inotify instances|sockets?|semaphores?|pids|watches)\b.*\b(?:limit|maximum|quota)(?: of \d{1,9})? (?:was |is |has been )?(?:reached|exceeded|exhausted|hit)\b|\btoo many (?:open )?(?:file descriptors|file handles|sockets|threads|processes|semaphores|watches)\b|\b(?:Errno|os error|errno[ =:]) ?(?:23|24)\b|\b(?:BlockingIOError|thread|fork|clone|execute|spawn|popen|process)\b.*\bresource temporarily unavailable\b|\bBlockingIOError: \[Errno 11\]/i,
        'ulimit: open files: limit reached',
        'BlockingIOError: [Errno 11] Resource temporarily unavailable',
      ],
    },
  },
  {
    category: 'hardware-device',
    code: 'io',
    strength: 93,
    suggestion: 'A card, a port or a board of this machine does not answer. Take the worker out and look at it.',
    severity: 'critical',
    misses: { 'parts words': ['the device page is shown', 'the board was shared'] },
    rules: {
      'parts words': [
        /\b(?:could not|cannot|can't|unable to|failed to|error) open(?:ing)? (?:the )?(?:serial|COM|USB|UART) ?(?:port|device)?\b|\bcould not open port\b|\bUnrecovered read error\b|\b(?:board|FPGA|probe|dongle|sensor|camera|microphone|webcam|card reader|USB device|accelerator|GPU \d{1,2}) (?:was |is |has )?(?:not detected|not responding|disconnected|unresponsive|fell off the bus|fallen off)\b|\bCUDA error: .*\bhardware\b|\blost connection to (?:the )?(?:iPhone|iPad|phone|device|handset|tablet|board|emulator|simulator|watch)\b|\bbad flash\b|\bunstable power\b|\bfaulty (?:\S{1,20} )?(?:card|disk|drive|cable|module|memory|RAM|device|hardware|flash)\b|\bCUDA_ERROR_(?:HARDWARE_STACK_ERROR|ECC_UNCORRECTABLE|NVLINK_UNCORRECTABLE|SYSTEM_NOT_READY|DEVICE_UNAVAILABLE)\b|\bhardware stack error\b|\bdevice descriptor read\S{0,4}, error\b|\bdevice not accepting address\b|\bhardware (?:failure|fault) (?:detected|on|in|at)\b/i,
        'Could not open serial port /dev/ttyUSB0',
        'FPGA bitstream load failed: board not detected',
      ],
    },
  },
  {
    category: 'resource',
    code: 'processes',
    strength: 61,
    suggestion: 'No further process or thread could be started. Run fewer at a time, or raise the limit (ulimit -u).',
    misses: { 'again words': ['the resource is available'] },
    rules: {
      'again words': [
        /\bresource temporarily unavailable$|\b(?:os error|Errno|errno[ =:]) ?11\b/i,
        'std::system_error: Resource temporarily unavailable',
      ],
    },
  },
  {
    category: 'network',
    code: 'request',
    strength: 74,
    suggestion:
      'Look at the other side first: is the service up, and is its address right? A retry with a pause helps where it was down for a moment.',
    misses: {
      'cut words': ['EOF: the file ends here'],
      'status words': ['page 503: services of the city', 'order 502 bad debts'],
      'classes words': ['handles DisconnectException'],
    },
    rules: {
      'cut words': [
        /\b(?:Get|Post|Put|Head|Delete|Patch) "https?:.*": EOF$|\bunexpected EOF (?:while|when) reading (?:the )?(?:response|body|header|from)|\bEOF (?:while|when) reading (?:the )?(?:response|reply|from (?:the )?(?:server|socket|peer|upstream))|\bwebsocket: close 1006\b|\bmax(?:imum)? (?:number of )?retries\b.*\b(?:request|connect|connection|url|host)|\bMaxRetries\w*(?:Error|Exception)\b|\b(?:download\w{0,3}|fetch\w{0,3}|clon\w{1,3}|pull\w{0,3}|upload\w{0,3})\b.*\b(?:failed|timeout|error)\b.*\b(?:timeout|timed out|connection)\b|\bdownloading .*\bfailed\b|\bupstream timed out\b|\bupstream (?:server )?(?:is |was )?(?:currently |temporarily )?(?:unreachable|unavailable|down)\b/i,
        'Get "http://svc:8080/": EOF',
        'unexpected EOF while reading response from https://registry.example',
      ],
      'status words': [
        /\b50[234](?::| -| \(|,)? ?(?:Service (?:Temporarily )?Unavailable|Bad Gateway|Gateway Time-?out|Gateway Timed Out|Server (?:is )?(?:Temporarily )?Unavailable)\b|\b500(?::| -| \()? ?Internal Server Error\b.*\b(?:registry|api|upstream|server|https?:)/i,
        '> 503: Service Unavailable',
        '502 Bad Gateway',
      ],
      'classes words': [
        /^(?:[\w.$]{0,64}[.$])?(?:Disconnect(?:ed)?|ServiceUnavailable|ServerUnavailable|BrokerNotAvailable|NetworkUnreachable|HostUnreachable|ConnectionRefused|ConnectionReset|ConnectionAborted|ConnectionLost|ConnectionClosed|ConnectionDropped|NoRouteToHost|TransportUnavailable|Unreachable)(?:Exception|Error)\b|^(?:Uncaught )?TypeError: (?:Failed to fetch|fetch failed|NetworkError when|Load failed|network error)\b|\b(?:StatusRuntimeException|RpcError|StatusException): UNAVAILABLE\b/i,
        'org.apache.kafka.common.errors.DisconnectException',
        'TypeError: Failed to fetch',
      ],
    },
  },
  {
    category: 'network',
    code: 'dns',
    strength: 74,
    suggestion: 'The name could not be resolved. Look for a typing mistake, or for a network without name resolution.',
    misses: { 'query words': ['queryAll ETA 3 s'] },
    rules: {
      'query words': [
        /\bquery[A-Z]\w{0,8} E(?:TIMEOUT|SERVFAIL|REFUSED|NOTFOUND|NODATA|CONNREFUSED)\b|\b(?:Errno|error) -[235]\b.*\b(?:name|resolution|known)\b/,
        'Error: queryA ETIMEOUT db.example',
      ],
    },
  },
  {
    category: 'network',
    code: 'refused',
    strength: 60,
    suggestion:
      'Look at the other side first: is the service up, and is its address right? A retry with a pause helps where it was down for a moment.',
    misses: {
      'said words': [
        'the connection dialog was opened',
        'the service menu is shown',
        'server rendering was rejected as a plan',
      ],
      'asked words': ['try again is a button', 'click here to retry'],
    },
    rules: {
      'said words': [
        /\bconnection (?:to|with|from) .*\b(?:was|were|is|been|got) (?:refused|rejected|reset|declined|denied|dropped|severed)\b|\b(?:server|service|host|peer|broker|upstream|registry|proxy|gateway|endpoint|backend|database|cluster|mirror|api|site|index|repository|remote)s?\b.*\b(?:is|was|are|were|be|been|currently|temporarily) (?:unreachable|unavailable|not reachable|not responding|refusing connections|overloaded|under maintenance|down for maintenance|offline|too busy|not accepting connections)\b|\b(?:server|service|host|peer|broker|upstream|registry|proxy|gateway|endpoint|backend|mirror|api|remote) (?:unreachable|unavailable|not reachable|refused)\b|\b(?:Get|Post|Put|Head|Delete|Patch) "https?:.*": \S/i,
        'The connection to the server 10.96.0.1:6443 was refused - did you specify the right host or port?',
        'the registry is temporarily unavailable',
      ],
      'asked words': [
        /\b(?:temporarily|currently) unavailable\b|\b(?:service|server|system|site|request) (?:is )?(?:overloaded|throttled|busy)\b|\bplease (?:retry|try again)(?: your request)? (?:later|in a (?:few|moment)|shortly|after)\b|\btry again later\b|\b(?:request|rate|api|usage) (?:limit|quota) (?:was |is |has been )?(?:reached|exceeded|hit)\b|\bquota (?:was |is |has been )?exceeded\b|\bexceeded (?:your |the |its )?(?:\S{1,20} )?(?:rate|request|api|usage|secondary|abuse)[- ](?:limit|quota|rate limit)\b/i,
        'The search is temporarily unavailable',
        'Request limit exceeded',
      ],
    },
  },
  {
    category: 'timeout',
    code: 'wait',
    strength: 68,
    suggestion: 'Something took longer than it may. Look whether it can come at all before waiting longer.',
    misses: { 'spent words': ['a budget of 30 seconds is allowed', 'the limit is 20 minutes'] },
    rules: {
      'spent words': [
        /\b(?:time|runtime|walltime|budget|allowance|limit|cap|deadline|duration|maximum) of \d[\d.,]{0,8} ?(?:ms|s|secs?|seconds?|m|mins?|minutes?|h|hours?)\b.*\b(?:used up|spent|exceeded|reached|exhausted|hit|passed|elapsed|expired|over|ran out)\b|\bno (?:progress|activity|response|heartbeat|answer) (?:was (?:made|seen) )?(?:in|for|within|after) (?:the last )?\d|\b(?:killed|killing|aborted|aborting|stopped|stopping|terminated|terminating|gave up|giving up|abandoned) (?:\S{1,20} )?(?:\S{1,20} )?after (?:waiting )?(?:for )?\d[\d.,]{0,8} ?(?:ms|s|secs?|seconds?|m|mins?|minutes?|h|hours?|attempts|tries|retries)\b|\b(?:took|ran|running|waited|waiting|blocked|hung|stuck) (?:for )?(?:longer|more) than \d|\bwaited (?:for )?\d[\d.,]{0,8} ?(?:ms|s|secs?|seconds?|m|mins?|minutes?)\b.*\b(?:giving up|gave up|but|for)\b|\b(?:time|wall clock|wall-clock|runtime) (?:budget|allowance|limit|quota)\b.*\b(?:used up|spent|exceeded|exhausted|reached|ran out|over)\b|\bstill (?:not )?\w{1,24} after \d|\bexecution expired\b|\bTimeout::Error\b|\btimed out while (?:running|executing|waiting)\b|\b(?:not|never) \w{1,24} (?:within|after) \d[\d.,]{0,8} ?(?:ms|s|secs?|seconds?|m|mins?|minutes?)\b|\bran out of time\b|\btime (?:is |was |has )?(?:up|run out|expired)\b|\btook too long\b/i,
        'Test suite killed: wall clock budget of 900 s used up',
        'Watchdog: no progress in 300 s, killing the test',
      ],
    },
  },
  {
    category: 'permission-auth',
    code: 'http',
    strength: 75,
    suggestion:
      'Somebody may not do what they tried. Look at the token, the account or the right that the message names.',
    misses: {
      'allowed words': ['this menu is allowed to grow', 'shoes are not allowed to be listed twice in one cart'],
      'stale words': ['the session page is shown', 'the token list is empty'],
    },
    rules: {
      'allowed words': [
        /\b(?:not|isn't|aren't|never) (?:permitted|allowed|entitled|authori[sz]ed|granted|privileged|eligible) to (?:log ?in|sign|push|access|read|write|create|delete|use|perform|view|publish|pull|deploy|connect|execute|run|merge|download|upload|assume|list|modify|update|invoke|open)\b|\b(?:has|have|was|were|been) not (?:been )?granted (?:the )?(?:\S{1,20} )?(?:scopes?|permissions?|access|roles?|rights?)\b|\b(?:does not|do not|doesn't|don't|lacks?|without|missing|requires?|needs?)\b.*\b(?:permissions?|privileges?|access rights?|authori[sz]ation|admin rights|entitlement) (?:to|for|on|required|necessary|needed)\b/i,
        'remote: You are not allowed to push code to this project.',
        'Your token has not been granted the required scopes',
      ],
      'stale words': [
        /\b(?:invalid|bad|unknown|no|unsuccessful) authentication\b|\b(?:jwt|token|access key|api key|refresh token|credentials?|secret|signature) (?:is |has |was |are |have )?(?:been )?(?:malformed|expired|revoked|rejected|invalid|not valid|not accepted|not recogni[sz]ed|unknown)(?:$|[ .,:;!(])|\b(?:auth|authentication|authorization|login|sign-?in) (?:token |header |key |required|failure|rejected|refused|denied|expired|missing)\b/i,
        'Invalid authentication (as an unknown user)',
        'JsonWebTokenError: jwt expired',
      ],
    },
  },
  {
    category: 'environment',
    code: 'missing-tool',
    strength: 79,
    suggestion:
      'The machine lacks a tool, or has another version of it than is asked for. Install what the message names.',
    misses: {
      'versions words': ['your version is the newest', 'requires a login'],
      'driver words': ['the driver of the car is shown'],
    },
    rules: {
      'versions words': [
        /\bYour \w{1,20} version is .*, but\b|\brequires Xcode\b|\bactive developer directory\b|\bengine "\S{1,20}" is incompatible with this module\b|\bUnable to find a destination matching\b|\bSDK "\S{1,40}" cannot be located\b|\bNo simulator runtime\b|\brelease version \d{1,3} not supported\b|\binvalid (?:source|target) release: \d|\b(?:JAVA_HOME|ANDROID_HOME|ANDROID_SDK_ROOT|ANDROID_NDK_HOME|GOROOT|CUDA_HOME|QT_DIR|VCPKG_ROOT|CHROME_BIN|DISPLAY)\b(?: environment variable)? (?:is |was )?(?:not set|not defined|unset|empty|missing|invalid)\b|\bnot a git repository\b|\byour system is missing\b|\bmissing the (?:system |following )?dependenc(?:y|ies): \S|\bdpkg was interrupted\b|\b(?:file ?name|path|file path) (?:is )?too long\b|\bENAMETOOLONG\b|\bPathTooLong\w*/i,
        'Your Ruby version is 3.1.2, but your Gemfile specified 3.2.2',
        "xcode-select: error: tool 'xcodebuild' requires Xcode",
      ],
      'driver words': [
        /\bFound no (?:\S{1,20} )?driver\b|\bno (?:\S{1,20} )?(?:driver|runtime|GPU|display|compiler|toolchain|browser|emulator image|system image) (?:was |is )?(?:found|installed|available|present) (?:on|in|for) (?:your|this|the) (?:system|machine|host|image|container|platform)\b|\b(?:binary|executable|command-line tool|driver|compiler|browser) (?:\S{1,40} )?(?:is|was) (?:missing|not installed|not present)\b|\bcould not find system library\b|\bno display found\b|\bno physical device with\b|\bcannot find card\b/i,
        'RuntimeError: Found no NVIDIA driver on your system.',
        'The cypress npm package is installed, but the Cypress binary is missing.',
      ],
    },
  },
  {
    category: 'environment',
    code: 'port-in-use',
    strength: 97,
    transient: false,
    suggestion: 'The address to listen at is not one of this machine. Listen at one that it has, or at all of them.',
    misses: { 'address words': ['connect EADDRNOTAVAIL 10.0.0.1:80', 'connect: cannot assign requested address'] },
    rules: {
      'address words': [
        /\b(?:listen|bind|binding)\b.*\b(?:EADDRNOTAVAIL|address not available|cannot assign requested address)\b/i,
        'Error: listen EADDRNOTAVAIL: address not available 10.0.5.7:8080',
      ],
    },
  },
  {
    category: 'environment',
    code: 'service',
    strength: 70,
    suggestion:
      'Something that the test needs on this machine does not run or is not there. Start or install it before.',
    misses: {
      'stopped words': ['the job is not running', 'the stopwatch is not running'],
      'here words': ['this product is not available in this country'],
    },
    rules: {
      'stopped words': [
        /\b(?:Docker|minikube|dockerd|containerd|podman|colima|Xvfb|X server|adb|systemd|D-Bus|dbus|postgres\w{0,6}|mysqld?|mariadb|redis\w{0,10}|mongod?\w{0,3}|rabbitmq|kafka|zookeeper|elasticsearch|nginx|sshd|daemon|display server|language server|emulator)(?: (?:daemon|server|service|desktop|engine|process|cluster))? (?:is|was|are) (?:not|n't) (?:running|started|up|active)\b/i,
        'minikube is not running',
      ],
      'here words': [
        /\bis not (?:available|supported|possible|enabled|installed) (?:in|on|for|inside|under) (?:this|your|the current) (?:container|environment|image|sandbox|system|kernel|build|terminal|machine|platform|host|OS|operating system|architecture|version|browser|device|GPU|runtime|driver)\b|\bnot supported by (?:this|your|the) (?:kernel|platform|system|driver|hardware|browser|CPU|GPU|version|environment|terminal)\b|\bno permissions? to create (?:a )?new namespace\b/i,
        'Snap is not available in this container',
      ],
    },
  },
  {
    category: 'environment',
    code: 'missing-tool',
    strength: 39,
    confidence: 0.6,
    suggestion: 'The machine lacks something that the test needs. Install what the message names.',
    misses: { 'asked words': ['install is a button', 'the dependencies are installed'] },
    rules: {
      'asked words': [
        /\bplease (?:re-?)?install\b|\b(?:make sure|check that|ensure|verify that)\b.*\binstalled\b|\b(?:tool|program|utility|package|browser|driver|library|font|codec|plugin|extension|software|SDK|runtime|compiler) (?:\S{1,40} )?(?:is|was|are) (?:missing|not available|not installed|not found|unavailable)\b/i,
        'Please install the ffmpeg package first',
      ],
    },
  },
  {
    category: 'configuration',
    code: 'options',
    strength: 71,
    phase: 'discovery',
    suggestion: 'An option or a setting is wrong or missing. The message names it.',
    misses: {
      'refused words': ['guests are not allowed here', 'the value should be an array of shoes'],
      'named words': ['the task list has no script'],
    },
    rules: {
      'refused words': [
        /\bis not allowed in NODE_OPTIONS\b|\bcontains an invalid type\b|\b(?:additional|unknown|unexpected|unsupported|unrecogni[sz]ed) (?:propert(?:y|ies)|option|options|key|keys|setting|argument|flag|switch)\b.*\b(?:is|are|was|were) (?:not allowed|not permitted|not supported|unknown|found)|\bis not a (?:valid|known|supported|recogni[sz]ed) (?:option|flag|argument|setting|value for|configuration|command|subcommand|preset|reporter|browser|environment|profile)\b|\b(?:are|is) mutually exclusive\b|\bcannot be used (?:together )?with\b.*\b(?:option|flag|argument|--)|\boption \S{1,40} (?:is )?(?:required|missing|deprecated and removed|no longer supported|needs|requires|expects|takes)\b/i,
        'node: --expose-gcx is not allowed in NODE_OPTIONS',
        'services.web.ports contains an invalid type, it should be an array',
      ],
      'named words': [
        /^--> \S{1,64}\.(?:toml|ya?ml|json|ini|cfg|conf|xml):\d|^(?:Error: )?Key \"\w{1,30}\":|\b(?:PluginValidation|Configuration|Config|Usage|Options?|Settings|InvalidConfig|InvalidConfiguration|BadParameter|NoSuchOption|InvalidOption|UnknownOption|ArgumentParser|Argparse|Flag)(?:Error|Exception)\b|\bImproperlyConfigured\b|\b(?:is|are|was|were)? ?not found in (?:the |your )?(?:config|configuration|settings)\b|\bis not defined in (?:the |your |this )?(?:config|configuration|project|workspace|package\.json|compose|settings|manifest|pipeline|workflow)\b|\b(?:couldn't|could not|cannot|can't|unable to) (?:find|locate|load|read|open|parse|resolve) (?:a |an |any |the |your )?(?:script named|config file|configuration file|configuration|preset|profile|reporter|workflow file|settings file|project file|test environment|custom reporter)\b|\bno (?:such )?(?:script|profile|preset|scenario|suite|project|workspace|environment) (?:named|called|with (?:the )?name|exists|matches|matched)\b/i,
        'Project "foo" is not defined in the config',
        'Couldn\'t find a script named "test:e2e".',
      ],
    },
  },
  {
    category: 'data-parse',
    strength: 76,
    suggestion:
      'Data that was read is not in the form that it should have. Look at the data first: is it whole, and what it says it is?',
    misses: { 'classes words': ['handles InvalidFormatException'] },
    rules: {
      'classes words': [
        /^(?:[\w.$]{0,64}\.)?(?:UnrecognizedProperty|MismatchedInput|InvalidFormat|JsonParse|JsonMapping|JsonSyntax|JsonEOF|JsonDecoding|InvalidTypeId|MalformedJson|InvalidDefinition|SerializationException|CsvParse|CsvValidation|DateTimeParse|MalformedInput)(?:Exception|Error)\b|^(?:[\w.$]{0,64}\.)?ValidationError: \d{1,4} validation errors? for\b|^\d{1,4} validation errors? for \w|\bparser error : |\bEntity: line \d|\bDecodingError\.\w|\bDecodingError: /,
        'com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException: Unrecognized field "qty"',
        'pydantic_core._pydantic_core.ValidationError: 1 validation error for Order',
      ],
    },
  },
  {
    category: 'build-dependency',
    code: 'dependency-resolution',
    strength: 78,
    phase: 'set-up',
    suggestion:
      'What the project asks for and what there is do not fit. The message names the package or the lock file.',
    misses: {
      'solver words': ['the version page failed'],
      'lock words': ['the lock file exists', 'package.json was read'],
    },
    rules: {
      'solver words': [
        /\bversion solving failed\b|\bno such (?:target|package) ['"](?:\/\/|@)|\bcould not find a package configuration file\b|\bMissing prebuilt package\b|\bUnchecked dependencies\b|\bdigital envelope routines::unsupported\b|\bin ES module scope\b|^SyntaxError: Unexpected end of input|\berror (?:NU|NETSDK)\d{3,5}: |\bmissing and no known rule\b/i,
        'Because app depends on pandas (^2.2) which requires Python >=3.9, version solving failed.',
        "no such package '@maven//': gone",
      ],
      'lock words': [
        /\bupdates? to go\.(?:mod|sum)\b|\b(?:go\.(?:mod|sum)|lock ?file|[\w-]{1,30}\.lock|[\w-]{1,30}-lock\.\w{3,4}|package\.json|vendor directory|shrinkwrap)\b.*\b(?:out of date|outdated|not up to date|out of sync|not in sync|inconsistent|stale|needs? to be (?:updated|regenerated)|would have been modified|does not match|doesn't match|is missing|conflicts?)\b|\binconsistent vendoring\b/i,
        'go: updates to go.mod needed; to update it:',
        'poetry.lock is not up to date with pyproject.toml',
      ],
    },
  },
  {
    category: 'build-dependency',
    code: 'compile',
    strength: 47,
    phase: 'set-up',
    confidence: 0.6,
    suggestion: 'The code does not compile. The first error is the one to read; later ones often follow from it.',
    misses: {
      'located words': ['schema.graphql:12 was read'],
      'plain words': ['the module was found', 'failed to build a case'],
    },
    rules: {
      'located words': [
        /^[^\s:]{1,64}\.(?:proto|graphql|gql|thrift|sol|scss|less|sass|css|vue|svelte|avdl|fbs|capnp|elm|hs|ml|nim|zig|cu|cl|wgsl|glsl|hlsl|vhd|sv|v|l|y|rs|kt|swift|dart|scala|ts|tsx):\d.*\b(?:not defined|undefined|undeclared|unknown|unresolved|redefinition|redefined|duplicate|already defined|not found|cannot find|expected|unexpected|invalid|mismatch|missing|error|incompatible|deprecated|ambiguous)\b/i,
        'api/v1/order.proto:14:3: "Money" is not defined.',
      ],
      'plain words': [
        /^[^\s:]{1,64}\.(?:ts|tsx|js|jsx|mjs|cjs|vue|css|scss|go|rs|kt|swift|dart):\d{1,6}:\d{1,6}:$|\bI cannot find (?:a|the) .{1,40} module\b|\b(?:TypeScript|TS) diagnostics\b|^Target .* failed to build|\bcompil(?:e|ation|er|ing) (?:has |was |step )?(?:failed|aborted|stopped|terminated|error|errors)\b|\b(?:failed|unable|could not|cannot) (?:to )?(?:compile|transpile|link|bundle|transform)\b|\b(?:syntax|type|semantic|link|linker|lint|linting|formatting|format) (?:errors?|check) (?:were |was )?(?:found|failed|in)\b/i,
        'Target //a:b failed to build',
      ],
    },
  },
  {
    category: 'assertion',
    strength: 43,
    suggestion: 'Expected and actual differ: read the difference. A retry would only hide it.',
    misses: { 'differ words': ['the images are shown', 'opinions differ, says the page'] },
    rules: {
      'differ words': [
        /^Difference(?:s)? \(|\bassert\w{0,20} failed\b|\b(?:was|is|were|are|got|returned|gave)\b.*, (?:but )?(?:should be|should have been|should equal|expected|must be|wanted|want)\b|\b(?:elements?|values?|images?|lines?|files?|rows?|bytes|outputs?|results?|contents?|sizes?|lengths?|lists?|arrays?|objects?|strings?|checksums?)(?: at \S{1,12} \d{1,9})? (?:differs?|do not match|does not match|don't match|doesn't match|are different|are not (?:the same|equal|identical)|is not (?:the same|equal|identical))(?:$|[ .,:;])|\bare \d{1,3}(?:\.\d{1,4})?% different\b|\b(?:expectation|verification|invariant|postcondition|property)s? (?:failed|violated|not met|did not hold)\b|\b\d{1,6} (?:assertion|expectation|check|comparison)s? failed\b/i,
        'Difference (- actual, + expected):',
        'Elements at index 3 differ',
      ],
    },
  },
  {
    category: 'exception',
    strength: 41,
    confidence: 0.8,
    suggestion: 'The code threw an error. The first frame of its own code in the stack is where to look.',
    misses: { 'thrown words': ['the panic button is red', 'test_a.py:3: in test_a'] },
    rules: {
      'thrown words': [
        /^panic: |\bpanic: .* \[recovered|\bSystemExit(?::|$| \()|\.py:\d{1,6}: \w{1,40}(?:Error|Exception|Exit|Interrupt|Iteration|Warning)$|\bcannot set headers after\b|\b(?:unique|foreign key|check|not[ -]null) constraint (?:failed|violation|violated)\b|\bduplicate key value\b/i,
        'panic: inconsistent shard map: version 4 < 6 [recovered, repanicked]',
        'SystemExit: bad cluster state',
      ],
    },
  },
  {
    category: 'cancelled',
    code: 'requested',
    strength: 64,
    confidence: 0.7,
    suggestion: 'Somebody or something ended it on purpose. Look who did; a newer run often replaces an older one.',
    misses: { 'ended words': ['the order status: cancelled orders are listed', 'interrupt handlers are listed again'] },
    rules: {
      'ended words': [
        /\b(?:interrupt|ctrl-?\+?c|control-c) again\b|\b(?:exception|state|status|reason|result|resolved|conclusion|outcome)\b.*[:=] ?['"]?cancell?ed['"]?$|\breceived ctrl-?\+?c\b|\b(?:cancel|cancell?ation|abort|stop) (?:was )?requested by\b/i,
        'Task resolved as exception: canceled',
        'Interrupt again to force quit.',
      ],
    },
  },
  {
    category: 'environment',
    code: 'fixture',
    strength: 33,
    phase: 'set-up',
    confidence: 0.6,
    suggestion: 'What runs before the tests failed, so none of them ran. Look at the hook, not at the tests.',
    misses: { 'hook words': ['the hook is installed'] },
    rules: {
      'hook words': [
        /\bfailureType: 'hookFailed'|\bfixtures? (?:was |were |is |are )?not (?:seeded|loaded|prepared|set up|initiali[sz]ed|available)\b/,
        "failureType: 'hookFailed'",
      ],
    },
  },
])
