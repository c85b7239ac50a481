// Languages and platforms in their own words: what .NET, Swift, Android, PHP, Dart, C++ test programs and the tools around them
// print for a crash, a wait, a missing tool, a wrong option or a value that differs.
import type { BuiltInRule } from './failure-rule.ts'
import { rulesOf } from './rule-family.ts'

/** Rules for what platforms and their tools say. */
export const platformRules: readonly BuiltInRule[] = rulesOf([
  {
    category: 'resource',
    code: 'memory',
    strength: 92,
    suggestion: 'There was not enough memory. Reserve more for this test, run fewer at a time, or find what keeps it.',
    misses: { 'used up': ['handles out of memory errors', 'Note: if you see "out of memory" errors, raise the limit'] },
    rules: {
      'used up': [
        /\bOutOfMemoryException\b|\bout of memory (?:allocating|trying|in|while|when|\()|\bAllowed memory size of \d+ bytes exhausted\b|\b(?:heap|JVM|java) (?:heap )?space is exhausted\b|\brunning out of (?:JVM )?memory\b|\bkilled by signal: Killed\b|\bsignal 9 \(SIGKILL\)|\bexceeding (?:physical |virtual )?memory limits?\b|\bTERM_MEMLIMIT\b|\bexceeded (?:its |the |a )?(?:\S{1,20} )?memory (?:limit|usage)\b|\bmemory (?:usage )?(?:limit|quota) (?:was |is |has been )?(?:exceeded|reached|hit|exhausted)\b|\bjetsam\b|\bhighwater\b|\bMemoryLimitExceeded\b|\bnot enough (?:free |available )?(?:memory|RAM)\b|\bNoMemoryError\b|\bfailed to allocate memory\b|\bunable to allocate\b|\bcould not allocate\b|\b(?:could not|cannot|can't) allocate\b|\blibFuzzer: out-of-memory\b|\boom[-_ ]?(?:score|reaper|kill|event)|\binvoked oom\b|\bRuntime exited with error: signal: killed\b|\bOutOfMemory\b|\bOut of memory\b(?:$|[.:!]|: Kill)|\bmax memory\b.*\bexceed|\bOOM command not allowed\b/i,
        'cc1plus: out of memory allocating 65536 bytes',
        'System.OutOfMemoryException: Insufficient memory',
        'DataLoader worker (pid 7) is killed by signal: Killed.',
      ],
    },
  },
  {
    category: 'resource',
    code: 'file-descriptors',
    strength: 93,
    suggestion: 'Too many files or sockets are open. Look for what is never closed, or raise the limit (ulimit -n).',
    rules: {
      limit: [
        /\b(?:open file descriptors?|number of (?:open )?(?:files|inotify instances|file descriptors|sockets|handles))\b.*\b(?:reached|exceeded|exhausted)\b|\bran out of (?:file descriptors|handles|ephemeral ports|sockets)\b|\bfile descriptor (?:limit|exhausted)|\btoo many open (?:sockets|handles|connections)\b|\bremaining connection slots are reserved\b|\bconnection pool (?:is )?exhausted\b|\bQueuePool limit\b|\bmax_connections\b|\bmax clients reached\b|\bmax(?:imum)? number of (?:clients|connections)\b|\binotify instances\b|\btoo many files open\b|\bOut of sockets\b/i,
        'The configured user limit (128) on the number of inotify instances has been reached',
        'FATAL: remaining connection slots are reserved for superusers',
      ],
    },
  },
  {
    category: 'resource',
    code: 'processes',
    strength: 93,
    suggestion:
      'No further process or thread could be started. Run fewer at a time, or raise the limit (ulimit -u, pids.max).',
    rules: {
      'no more': [
        /\bfailed to create new OS thread\b|\bnewosproc\b|\bunable to create (?:\S{1,20} )?thread|\bnative thread\b|\bcan't (?:create|start|spawn) (?:a |new |a new )?(?:thread|process)|\bmax user processes\b|\bfork(?:ing)?\b.*\b(?:failed|cannot|unable|error|Resource temporarily)\b|\bcannot fork\b|\bfork failed\b|\bresource temporarily unavailable\b.*\b(?:thread|process|fork)|\b(?:thread|process|pids?) limit (?:reached|exceeded|hit)\b|\berror spawning\b.*\bEAGAIN\b|\bpids\.max\b|\bfailed to spawn thread\b|\bWouldBlock\b.*\bthread|\bno more processes\b|\bfork: retry\b/i,
        'runtime: failed to create new OS thread (have 11 already; errno=11)',
        'java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory',
      ],
    },
  },
  {
    category: 'hardware-device',
    code: 'phone',
    strength: 94,
    suggestion:
      'The phone or emulator does not answer. Restart it, take it out of the pool, and run the test on another one.',
    misses: { absent: ['No devices match the filter in this list test', 'the device page is connected'] },
    rules: {
      absent: [
        /\bDeviceException: |\bNo (?:connected |Android |iOS |online |physical |usable |attached |real )(?:Android |iOS )?(?:devices?|emulators?|simulators?)\b|\bno devices? (?:detected|connected|attached|available|online|found|present)\b|\bDVTDevice\w*|\b(?:device|iPhone|iPad|phone|handset|emulator|simulator)\b.*\b(?:is |was |are )?(?:not (?:connected|attached|available|responding|paired|reachable|online|booted|ready|detected)|offline$|unauthorized$|disconnected|unreachable|unavailable|locked|has been lost|could not be found|no longer available|failed to (?:boot|prepare|launch|respond|connect|become)|lost connection|never (?:became|came|booted))\b|\boffline (?:usb|transport_id|product|device)|\bdevice offline\b|\bFailed to (?:prepare|pair|boot|mount|connect to) (?:the )?(?:device|simulator|phone)|\bcould not be found because it is not attached\b|\bTransport(?:Exception|Error)?: device\b|\bdevice '\S+' (?:not found|is gone)|\badb: (?:error: )?(?:failed to (?:get|check)|device|no devices)|\bInvalid device state\b|\bXCUITest\b.*\bdevice .*lost|\bDevice (?:was )?(?:not found|disconnected|lost|unplugged)\b/i,
        'DeviceException: No Android devices detected',
        'The device "iPhone (QA-1)" is not connected. Domain: DVTDeviceErrorDomain',
      ],
    },
  },
  {
    category: 'hardware-device',
    code: 'io',
    strength: 94,
    suggestion: 'A disk, a card or a board of this machine answers with errors. Take the worker out and look at it.',
    severity: 'critical',
    rules: {
      bus: [
        /\bPCIe Bus Error\b|\bAER: \w{1,20} error\b|\bcontroller is down; will reset\b|\bnvme\d?\S*: .*(?:down|timeout|reset|removing|failure|abort)|\bRemoving after probe failure\b|\b(?:uncorrectable|unrecoverable) (?:\S{1,20} )?(?:error|hardware error|memory error|ECC|machine check)|\bRAS: |\bhardware error\b|\bHBM\b.*\berror|\bTPU (?:device|core|chip)\b.*\b(?:error|fail|lost|halt|unhealthy|not)|\bCore halted\b|\bGPU reset (?:begin|failed|required|needed)\b|\bamdgpu\b.*\b(?:timeout|reset|error|hang|fault|lost|failed)\b|\bi915\b.*\b(?:hang|reset|error)\b|\bring \S+ timeout\b|\bata\d+(?:\.\d+)?: (?:failed|error|exception|SError|hard|link)|\bI\/O error\b|\bUncorrected (?:error|ECC)|\bcritical (?:medium|target) error\b|\bmedium error\b|\bCorrected hardware\b|\bMachine check\b|\btemperature above threshold\b|\bovertemp\w*|\bThermal shutdown\b|\bUSB disconnect\b|\bunable to enumerate USB\b|\bdevice descriptor read\b|\bdevice not accepting address\b|\busb \d\S*: .*(?:error|disconnect|reset|fail)|\bXid \(PCI|\bNVLink\b.*\berror|\bunhandled (?:cuda )?hardware\b|\bsector \d+\b.*\berror|\bMCE: |\bmce: |\bEDAC \w/i,
        'pcieport 0000:00:02.0: PCIe Bus Error: severity=Uncorrected (Fatal)',
        'nvme nvme0: controller is down; will reset: CSTS=0xffffffff',
      ],
      board: [
        /\b(?:target|VTref|supply|core|rail) voltage (?:is )?too (?:low|high)\b|\bCould not find core in\b|\b(?:cannot|can't|could not|unable to|failed to|error) connect(?:ing)? to (?:the )?(?:target|probe|board|DUT|debugger|J-?Link|ST-?LINK|chip|JTAG|SWD)\b|\bNo (?:probe|J-?Link|ST-?LINK|debugger|board|serial port|USB device|target|programmer|emulator)s? (?:was |were |is |are )?(?:found|connected|detected|attached|available)\b|\b(?:JTAG|SWD|probe|ST-?LINK|J-?Link|openocd|DUT|serial port|flash(?:ing)?|bootloader|UART)\b.*\b(?:error|failed|fail|not found|no response|not responding|timed? ?out|disconnected|lost|could not be opened|unable)\b|\bunable to open (?:ftdi|cmsis|serial)|\bcould not open port\b|\b\/dev\/tty\w+\b.*\b(?:not|error|busy|no such)|\bFailed to connect to ESP\w*|\bdevice reports readiness to read but returned no data\b/i,
        'Error: Could not find core in Coresight setup. Target voltage too low',
        'No J-Link probe found on this host: no probe was found, J-Link not found',
      ],
    },
  },
  {
    category: 'process-crash',
    code: 'signal',
    strength: 80,
    suggestion: 'The process died of a signal. The last test that started, or a core dump, tells where.',
    misses: { words: ['the crash reporter is shown', 'the signal handler was installed'] },
    rules: {
      words: [
        /\((?:Subprocess aborted|Child aborted|SEGFAULT|ILLEGAL|NUMERICAL|BUS_ERROR|OTHER_FAULT|Subprocess killed)\)|\*\*\*Exception: ?(?:SegFault|Illegal|Numerical|Bus|Other|Child)|\bSubprocess (?:aborted|killed)\b|\bunexpected (?:signal|exit)\b|\bunexpected signal (?:code )?\d|\bexited (?:with|on|due to|from) (?:an )?(?:unexpected )?signal\b|\bprocess (?:just |has |was )?crashed\b|\bprocess just crashed\b|\b(?:test ?host|host|runner|app|application|renderer|instrumentation|emulator|engine|server|service|simulator|browser|worker|JVM|VM|daemon|interpreter|compiler) (?:process )?(?:has |just |unexpectedly |was )?crash(?:ed)?(?:$|[ .:,!(])|\bBAD TERMINATION OF ONE OF YOUR\b|\bKILLED BY SIGNAL: (?:\d|Seg|Abort|Bus|Ill|Float)|\b(?:terminated|killed|exited|died) (?:by|with|on|due to|from) signal\b|\bFatal signal \d+\b|\bdeadly signal\b|\bProcess received signal\b|\bProgram received signal SIG|\bexited on signal \d|\bquit unexpectedly\b|\bstopped unexpectedly\b|\bexited prematurely\b|\bterminated abnormally\b|\babnormal(?:ly)? (?:terminat|exit|program)\w*|\bTombstone written\b|\bdumped core\b|\bcore dump(?:ed)?\b|\bFATAL:? .*crash|\bcrash(?:ed)? (?:with|in|at|while|during) \S|\bhas panicked\b|\bBun has crashed\b|\bFloating point exception|\bIllegal instruction\b|\bBus error\b|\bArithmetic exception \(core|\bsignal \d{1,2} \((?:core|SIG|Seg|Abort)|\bSIG(?:SEGV|ABRT|BUS|ILL|FPE|TRAP|SYS|QUIT)\b|\bcrashed with\b|\bEarly unexpected exit\b|\bGoodbye\.$|\bDrMemory\b|\bmini-?dump\b|\bFatal error\. (?:System|Internal|Invalid)|\bInternal CLR error\b/i,
        '3 - mesh_bool (Subprocess aborted)',
        'Exited with unexpected signal code 11',
        'BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES',
      ],
    },
  },
  {
    category: 'process-crash',
    code: 'segmentation-fault',
    strength: 85,
    suggestion: 'Native code crashed. The native stack, a core dump or the last test that started names the place.',
    rules: {
      memory: [
        /\bAccessViolationException\b|\bAttempted to read or write protected memory\b|\bunhandled exception at 0x|\bunexpected fault address\b|\bException code: ?0?x?c0000005\b|\bSEH exception with code 0x|\bKERN_(?:INVALID_ADDRESS|PROTECTION_FAILURE)\b|\bnull pointer access\b.*\bsignal\b|\bInvalid memory reference\b/i,
        'Fatal error. System.AccessViolationException: Attempted to read or write protected memory.',
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
      trap: [
        /^TRAP: |\bfailed Assert\(|\bSystem assertion\b|\bDebug Assertion Failed\b|\bASSERT FAILED\b|\bassertion (?:failure|failed) in\b|\bFatal error: .*(?:precondition|unexpectedly found nil|Index out of range)|\bprecondition failed\b|\binternal compiler error\b|\bthe compiler unexpectedly panicked\b|\bFatal glibc error\b|\bterminate called\b|\bFatal error in\b|\bruntime abort\b/i,
        'TRAP: failed Assert("TransactionIdIsValid(xid)"), File: "a.c", Line: 1204',
      ],
    },
  },
  {
    category: 'process-crash',
    code: 'browser',
    strength: 94,
    suggestion:
      'The browser or page was gone while the test still used it: it crashed, ran out of memory, or the test closed it too early.',
    rules: {
      gpu: [
        /\bGPU process isn't usable\b|\bRenderer process (?:just )?crashed\b|\bbrowser (?:has |was )?(?:closed|crashed|disconnected|exited|died|quit) unexpectedly\b|\bnot connected to DevTools\b|\bunable to (?:connect to|receive message from) renderer\b|\bChrome (?:has |was )?(?:crashed|closed|disconnected)\b|\bdisconnected: (?:not connected|unable to|received)|\btab crashed\b|\bTarget crashed\b|\bpage (?:has )?crashed\b|\bWebKit\w* .*(?:crashed|terminated)|\bweb content process (?:crashed|terminated)|\bElectron .*crashed\b/i,
        "GPU process isn't usable. Goodbye.",
        'We detected that the Chromium Renderer process just crashed.',
      ],
    },
  },
  {
    category: 'process-crash',
    code: 'sanitizer',
    strength: 86,
    suggestion: 'A sanitizer found a mistake in native code. Its first report names the place.',
    transient: false,
    fault: 'product',
    rules: {
      fuzzer: [
        /\blibFuzzer: deadly signal\b|\bDEADLYSIGNAL\b|\bthread sanitizer\b.*\brace\b/i,
        '==31== ERROR: libFuzzer: deadly signal',
      ],
    },
  },
  {
    category: 'timeout',
    code: 'test',
    strength: 71,
    suggestion: 'The test took longer than it may. Look what it waits for before giving it more time.',
    misses: { runners: ['the timeout page is shown', 'retries after a timeout are counted'] },
    rules: {
      runners: [
        /\*\*\*(?:Timeout|Not Run \(Timeout)|\(Timeout\)$|\bHang dump\b|\binactivity timeout\b|\btest ?(?:host|run|runner|case|method|suite|session)? (?:did not|didn't|has not|failed to) (?:finish|complete|end|return|terminate)\b|\btimeout or other error in the fork\b|\bspawnSync .*ETIMEDOUT\b|\bAsync function did not complete within\b|\b(?:async|asynchronous) (?:wait|operation|function|test|callback) (?:failed|did not complete|was not invoked|exceeded|timed)\b.*|\bAsynchronous wait failed\b|\bTest (?:case )?(?:exceeded|has exceeded|took too long|timed[ -]?out|timeout)\b|\btests? timed[ -]?out\b|\b(?:timed|timing) out\b.*\b(?:test|spec|scenario|suite)\b|\bexecution (?:expired|timed[ -]?out)\b|\bTimeout::Error\b|\bMaximum execution time of \d+|\blibFuzzer: timeout\b|\bPossibly infinite loop\b|\btest (?:was )?(?:killed|terminated|aborted) (?:after|because|due)\b.*\b(?:time|hang|hung|stuck)|\bhung\b.*\bseconds\b|\btest runner hung\b|\bnot finish(?:ed)? (?:in|within) \d/i,
        '1/1 Test #1: stress_io ........................***Timeout   1.02 sec',
        'Error: spawnSync /usr/bin/git ETIMEDOUT',
        'There was a timeout or other error in the fork',
      ],
    },
  },
  {
    category: 'timeout',
    code: 'wait',
    strength: 67,
    suggestion: 'Something that was waited for did not come. Look whether it can come at all before waiting longer.',
    misses: {
      words: [
        'INFO session timeout set to 30 s',
        'request timeout = 5000',
        'the time-out is 30 seconds',
        'connection timeout: 30 seconds',
      ],
    },
    rules: {
      words: [
        /\btimeout while (?:waiting|reading|writing|connecting|running|executing|polling|fetching|loading|calling)\b|\bdid not (?:fire|emit|respond|reply|answer|become|appear|load|settle|start|stop|finish|complete|terminate|exit|arrive|reach|receive|return)\b.*\b(?:within|in time|after \d|before the timeout|for \d)|\bTimed out receiving\b|\bMax attempts exceeded\b|\bmaximum (?:number of )?(?:attempts|retries|polls) (?:exceeded|reached)\b.*\b(?:wait|poll)|\bWaiter \S+ failed\b|\bno response (?:from \S{1,40} )?(?:for|after|within|in) \d|\bUnresponsiveException\b|\bElapsed\(\(\)\)|\bdeadline has elapsed\b|\b(?:HttpClient\.)?Timeout of \d{1,9} ?[a-z]{1,12} (?:elapsing|elapsed|exceeded|expired|reached)\b|\bTimeoutCancellationException\b|\bTimed out (?:waiting|after|while|in|at|running|connecting|trying)\b|\btimed out: \S|\bWaiting (?:for|until) .*\b(?:failed|exceeded|timed|timeout|too long|gave up|expired)|\b(?:gave|giving) up (?:waiting|after \d)|\bcancel(?:l?ing|l?ed) statement due to (?:statement |lock )?timeout\b|\block timeout\b|\bLock wait timeout\b|\bstatement timeout\b|\bnot (?:ready|available|healthy|reachable|visible|found|met|satisfied|fulfilled|received|completed?|finished|responding) (?:within|after|in) (?:the )?\d|\bstill not (?:ready|available|running|healthy|visible)\b.*\bafter\b|\btimeout (?:of )?\d[\d.]{0,9} ?[a-z]{1,12} (?:exceeded|expired|reached|elapsed)|\btook (?:too long|longer than)\b|\b(?:wait|waited|waiting) too long\b|\btimeout: the monitored command|\bscript timeout\b|\bpage load timeout\b|\bnavigation timeout\b|\bhook timed? ?out|\bExceeded (?:timeout|deadline|time limit|\d+ ?ms)|\bpipe read timeout\b|\bTimeoutError\b|\bRequestTimeout\b|\bASYNC_TIMEOUT\b|\b(?:ETIME|ETIMEOUT)\b|\bexceeded \d+ ?(?:ms|s|seconds|minutes)\b/i,
        'Your page did not fire its `load` event within `60000ms`.',
        "timeout while waiting for state to become 'available'",
        'Waiter StackCreateComplete failed: Max attempts exceeded',
      ],
    },
  },
  {
    category: 'environment',
    code: 'missing-tool',
    strength: 75,
    suggestion: 'A program that the test needs is not on this machine, or not on the PATH. Install it on the worker.',
    misses: { versions: ['the version picker is shown', 'Java is listed'], tools: ['the tool was found'] },
    rules: {
      versions: [
        /\bYou must install (?:or update )?\.NET\b|\bNo frameworks were found\b|\bA compatible \.NET SDK was not found\b|\bRequested SDK version\b|\bThe (?:version|framework) '\S+'.* was not found\b|\bversion '\S+' with architecture\b|\bUnable to find \S+ version '|\bNo (?:matching |compatible |suitable )?(?:toolchains?|JDK|JRE|SDK|NDK|interpreter|compiler|runtime|Java|Python|Node|Xcode)s? .*\b(?:found|available|installed|detected|present|matches)\b|\b(?:toolchain|SDK|NDK|JDK|runtime|Xcode|simulator runtime)\b.*\b(?:not (?:installed|found|available|present)|is missing)\b|\bRuntime is not available\b|\b(?:requires|needs|expected|want) (?:\S{1,20} )?(?:version|Java|JDK|Node|Python|Ruby|Go|PHP|Xcode|GCC|CMake|glibc|CUDA) ?(?:version )?[>=<~^v]?=? ?\d|\brequires (?:a |an )?(?:newer|different|higher|later|more recent|at least)\b|\bdriver (?:is )?(?:not (?:installed|loaded|found|running)|too old|outdated|missing)\b|\bcouldn't communicate with the NVIDIA driver\b|\bDriver\/library version mismatch\b|\bcould not select device driver\b|\bunsupported (?:class file )?major\.minor\b/i,
        "The version '3.6' with architecture 'x64' was not found for this system.",
        'You must install or update .NET to run this application.',
      ],
      tools: [
        /\b(?:git-lfs|docker|docker-compose|kubectl|helm|node|npm|yarn|pnpm|python3?|pip|java|mvn|gradle|cmake|make|gcc|g\+\+|cargo|go|ruby|bundle|php|composer|dotnet|terraform|aws|gcloud|az|adb|emulator|xvfb-run|chromedriver|geckodriver|ffmpeg|jq|curl|wget|psql|mysql|redis-cli|ssh|rsync|protoc|nvcc|bazel|ninja): (?:command )?not found\b|\b(?:could not|cannot|couldn't|can't|unable to|failed to) (?:find|locate|detect) (?:any |a |an |the )?(?:\S{1,16} )?(?:Python|Java|JDK|Node|Ruby|compiler|C\+\+ compiler|toolchain|installation|executable|binary|SDK|interpreter|MSBuild|Visual Studio|Xcode|browser|Chrome|Firefox|driver|shell|program|command|tool|runtime|library path|git)\b|\bexecutable (?:file )?(?:was )?not found\b|\bNo binary for \S|\b(?:binary|executable|program|tool|command|utility|interpreter|plugin|CLI) .*\b(?:was |is |could )?not (?:be )?(?:found|installed|available|executable)\b|\bset "?\w+_(?:BIN|HOME|PATH|ROOT)"? (?:env|environment)|\bis (?:it |the \S+ )?installed\?|\bmust be installed\b|\bneeds to be installed\b|\bis not installed\b|\bnot installed(?:$|[.:,]| on| or)|\bnot (?:on|in) (?:your |the )?\$?PATH\b|\bno such executable\b|\bexec: .*not found\b|\bexec \S+: (?:no such file|exec format)|\bwrong ELF class\b|\bbad CPU type\b|\bno default toolchain\b|\btoolchain .* is not installed\b/i,
        'git-lfs filter-process: git-lfs: command not found',
        'ERROR [launcher]: No binary for ChromeHeadless browser on your platform.',
      ],
    },
  },
  {
    category: 'environment',
    code: 'missing-file',
    strength: 56,
    suggestion:
      'A file or folder that the test needs is not there. Is it made by a step before, or left out of the checkout?',
    rules: {
      jar: [
        /\bUnable to access jarfile\b|\b(?:cannot|can't|could not|couldn't|unable to|failed to) (?:open|read|access|find|locate|load|stat) (?:the )?(?:\S{1,12} )?(?:file|directory|folder|path|jarfile|fixture|resource|dataset|certificate)\b|\b(?:file|directory|folder|path|artifact|fixture|dataset|resource|model|checkpoint)\b.*\b(?:does not exist|doesn't exist|was not found|could not be found|is missing|not found)(?:$|[.:,!])|\bNo such file\b|\bNo files? (?:were |was )?found (?:with|at|in|matching|for) (?:the )?(?:provided )?(?:path|pattern)|\bdo you need to run\b|\bcould not be opened because it does not exist\b|\bPath does not exist\b|\bMissing file\b|\bFile not found\b|\bENOENT\b|\bDirectory not found\b|\bCould not find a part of the path\b|\bMountVolume\.SetUp failed\b|\bMountVolume\.\w+ failed\b/i,
        'Error: Unable to access jarfile target/app.jar',
      ],
    },
  },
  {
    category: 'configuration',
    code: 'options',
    strength: 77,
    phase: 'discovery',
    suggestion: 'An option of the command is wrong or unknown. Its help lists what there is.',
    misses: {
      arguments: ['the options page is shown', 'TypeError: missing 1 required positional argument'],
    },
    rules: {
      arguments: [
        /\bmissing separator\b|\bSpecify (?:a |which )?(?:project|solution|target|workspace|scheme|file)\b|\bno (?:test|bin|example|bench|lib\w*) target (?:named|matches)\b|\bno such (?:subcommand|command|module named|workspace|member|binary|scheme|configuration|job)\b|\bcontext was not found for specified context\b|\bError in configuration: |\bNo value for required variable\b|\bReference to undeclared\b|\bUnsupported (?:argument|attribute|block type)\b|\bMissing required (?:argument|provider|variable|property|option|input|parameter|field|flag)|\bInvalid (?:expression$|reference$|block definition|function argument|for_each)|\bArgument or block definition required\b|\bDuplicate (?:variable|resource|provider|output|module|task|job|target) (?:declaration|definition|configuration|name|block)\b|\bBackend (?:initialization|configuration) required\b|\bInconsistent dependency lock file\b|\bModule not installed\b|\bCould not load plugin\b|\bProvider configuration not present\b/i,
        'Makefile:2: *** missing separator.  Stop.',
        'Error: No value for required variable',
        'error: no test target named `e2e` in default-run packages',
      ],
      commands: [
        /\bAuthor identity unknown\b|\bPlease tell me who you are\b|\bunable to auto-detect email\b|\bno email was given\b|\bnot a git repository\b|\bNo configured push destination\b|\bno upstream branch\b|\bdoes not contain a (?:project|scheme|solution|target)\b.*|\bdoes not contain a scheme named\b|\bscheme .{1,60} is not (?:currently )?configured\b|\bProtocol "\S+" not supported\b|\bunsupported protocol scheme\b|\bURL using bad\/illegal format\b|\bno URL specified\b|\boption -{1,2}\S+(?: |:).*\b(?:unknown|ambiguous|requires|is|not)\b|\billegal option\b|\binvalid option\b|\bnot a (?:valid|known|recognized|recognised) (?:option|command|argument|subcommand|target|flag|reporter|environment|choice)\b|\bunrecogni[sz]ed (?:option|argument|command|subcommand|flag|configuration|parameter)\b|\bunexpected argument\b|\bunknown (?:flag|shorthand flag|subcommand|switch|task|goal|rule|target|arg)\b|\bambiguous option\b|\binvalid choice: |\bis not a (?:\S{1,20} )?command\b|\bNo such target\b|\bno rule to make target [`'][\w.-]{1,40}'\. {1,3}Stop\b/i,
        'Author identity unknown',
        'curl: (1) Protocol "htp" not supported or disabled in libcurl',
      ],
    },
  },
  {
    category: 'configuration',
    code: 'no-tests',
    strength: 66,
    phase: 'discovery',
    suggestion: 'No test fits what was asked for. Look at the pattern, the filter and the folder.',
    rules: {
      selection: [
        /\bno (?:spec|test|feature|scenario|example|benchmark)s? ?(?:files?|cases?|suites?|classes|methods?)? (?:were |was |are |is )?(?:found|matched|match(?:es|ing)?|selected|discovered|available|collected|executed|loaded|defined|given|to run|specified|in)\b|\bNo test matches\b|\bno tests? (?:match|to run|ran|run)\b|\b\d+ deselected \/ 0 selected\b|\ball tests (?:were )?(?:filtered|skipped|deselected)\b|\bno test (?:is )?(?:available|found) in\b|\bNo tests (?:found|discovered|executed|available|selected|matched|matching|loaded|were run|ran)\b|\bNo examples found\b|\bTests? not found\b|\bcould not find any (?:tests?|specs?|files?) (?:matching|for|to)\b|\b0 (?:tests?|specs?|examples|scenarios) (?:matched|selected|discovered|collected|to run)\b|\bNothing to (?:test|run)\b|\bno targets? (?:found|matched)\b|\bcontains no tests\b|\bhas no tests\b|\bNo tests? suites?\b/i,
        "Can't run because no spec files were found.",
        'collected 210 items / 210 deselected / 0 selected',
      ],
    },
  },
  {
    category: 'configuration',
    code: 'config-file',
    strength: 69,
    phase: 'discovery',
    suggestion: 'A configuration file cannot be read or says something that it may not. The message names the place.',
    misses: { settings: ['the settings page opens', 'expect(config).toEqual(defaults)'] },
    rules: {
      settings: [
        /\bImproperlyConfigured\b|\bsettings? (?:must|should|is|are|was|were|cannot|can't|may) (?:not |be |have )|\b(?:env(?:ironment)? ?var(?:iable)?s?|variable|secret|setting|property|key|parameter|option|attribute|field|config(?:uration)?(?: value)?)s? (?:'|"|`)?[\w.$:-]{1,60}(?:'|"|`)? (?:is |are |was |were |must be |has not been |not )(?:not )?(?:set|defined|found|specified|provided|configured|declared|required|missing|empty|present|given)\b|\bEnvironment variable not found\b|\b(?:attribute|property|url|option|key|value) (?:is |was )?not specified\b|\bFailed to configure\b|\bis not configured(?:$|[.:,])|\b[\w.[\]]{1,40} must be (?:an? )?(?:object|array|string|number|boolean|function|one of|set|non-empty|absolute|specified|provided)\b|\bdid not expect (?:test|describe|it)\S{0,10} to be called here\b|\bnot found in `?markers`? configuration\b|\b(?:unknown|invalid|unrecogni[sz]ed|unexpected|unsupported|deprecated|illegal|bad) (?:\S{1,24} )?(?:configuration|config|setting|option|preset|plugin|transform)s?\b/i,
        'ImproperlyConfigured: The SECRET_KEY setting must not be empty.',
        "Failed to configure a DataSource: 'url' attribute is not specified",
      ],
      plugins: [
        /\bcannot find (?:preset|plugin|transform|config|reporter|environment|loader|extend)\b|\bCouldn't find (?:preset|plugin|config|a configuration|the config)\b|\b(?:preset|plugin|reporter|environment|transform|transformer|loader|parser|resolver)\b.*\b(?:not found|could not be found|cannot be found|is not a function|was not found|failed to load|does not exist)\b|\bno (?:config|configuration) (?:file )?(?:found|provided|specified|given|was)\b|\bNo configuration\b|\b(?:config|configuration|options|schema) (?:file )?(?:error|validation|object|is)\b.*\b(?:invalid|error|fail|not match|unknown|wrong|required)|\bdoes not match the API schema\b|\bConfigurationError\b|\bInvalidConfiguration\w*|\bConfigError\b|\bmissing (?:\S{1,24} )?(?:configuration|config|setting|environment|env|secret|key|credential file|property)\b|\bplease (?:specify|provide|set|define|configure)\b|\bCould not resolve placeholder\b|\bUnable to load (?:the )?(?:config|settings|properties)\b|\bbad configuration\b|\bmisconfigur\w+|\bconftest\b.*\bImportError\b|\bUsageError\b|\bParameterResolutionException\b/i,
        'Couldn\'t find preset "env" relative to directory',
        'Could not resolve placeholder DB_URL',
      ],
    },
  },
  {
    category: 'build-dependency',
    code: 'dependency-resolution',
    strength: 64,
    phase: 'set-up',
    suggestion:
      'A package or a version of it cannot be had. Look whether it exists, and whether the demands contradict each other.',
    rules: {
      solvers: [
        /\brequirements could not be resolved\b|\bDependencies could not be resolved\b|\bdoes not satisfy (?:that |the )?(?:requirement|constraint|version)\b|\bERESOLVE\b|\bunable to resolve dependency tree\b|\bpeer dep(?:endency)?\b.*\b(?:conflict|missing|unmet|invalid)|\bConflicting peer dependency\b|\bpg_config executable not found\b|\bis required to build\b|\b(?:package|dependency|dependencies|crate|gem|artifact|requirement)s?\b.*\b(?:could not be (?:resolved|found|satisfied|installed)|cannot be (?:resolved|found|satisfied|installed)|was not found|not found|does not exist|is not available|has been yanked|conflicts? with|are incompatible|is incompatible)\b|\b(?:failed|unable|cannot|could not|couldn't|can't) (?:to )?(?:resolve|find|satisfy|select|determine|install|locate) (?:all |a |an |the |any )?(?:\S{1,10} )?(?:package|dependency|dependencies|version|requirement|artifact|crate|gem|formula)s?\b|\bversion (?:conflict|solving failed|constraint)\b|\bNU1\d{3}\b|\bNETSDK\d{4}\b|\bfrozen lockfile\b|\block ?file\b.*\b(?:out of date|outdated|out of sync|needs|not up to date|mismatch|corrupt|missing|does not)|\b(?:integrity|checksum|hash) (?:check )?(?:failed|mismatch|verification)\b.*\b(?:package|sha|tarball|lock|wanted|expected)|\bInvalid lock file\b|\bincompatible (?:versions?|dependencies|packages|peer)\b|\bNo candidate\b|\bno versions? (?:of|for|satisf|match|meet)\w*\b|\bmissing dependenc(?:y|ies)\b|\bunmet (?:peer )?dependenc\w+|\bModule not found\b/i,
        'Your requirements could not be resolved to an installable set of packages.',
        'error: Dependencies could not be resolved because root depends on x',
      ],
    },
  },
  {
    category: 'build-dependency',
    code: 'compile',
    strength: 65,
    phase: 'set-up',
    suggestion: 'The code does not compile. The first error is the one to read; later ones often follow from it.',
    misses: { steps: ['Compiling core v1.0', 'the compile button is shown'] },
    rules: {
      steps: [
        /\b(?:Compiling|Linking|Building|Assembling|Archiving) \S{1,100} failed\b|\b(?:gcc|clang|g\+\+|clang\+\+|javac|rustc|swiftc|nvcc|kotlinc|ld|tsc|cl\.exe|link\.exe) (?:failed|returned|exited)\b|\bCompileC\b.*\bfailed\b|\bCommand (?:CompileSwift|SwiftCompile|PhaseScriptExecution|Ld|CompileC|CodeSign)\b.*\b(?:failed|nonzero)\b|\bUnresolved reference\b|\bcannot find (?:'\S+' in scope|symbol|type|name)\b|\bno member named\b|\bundeclared (?:identifier|\(first use)|\bwas not declared in this scope\b|\bexpected '?[;{}()]'? (?:before|after|at)\b|\bhas no member\b|\bundefined (?:symbol|reference)\b|\bunresolved external\b|\bcompilation (?:failed|error|terminated|aborted|unsuccessful)\b|\bcompile(?:r)? (?:error|failure|failed)\b|\bBuild (?:failed|FAILED) (?:with|because|due)\b.*\b(?:compil|error TS|errors?)|\btype mismatch\b.*\b(?:found|required|expected)|\bTypeScript (?:compilation|error)\b|\bFailed to compile\b|\bdoes not conform to protocol\b|\bvalue of type '.*' has no member\b|\bmismatched types\b|\bIncompatible types\b|\bduplicate (?:symbol|definition|class)\b|\bsymbol\(s\) not found\b|\bError: A JNI error has occurred\b|\bUnsupportedClassVersion\w*|\bAssembler messages\b|\bimplicit declaration of function\b/i,
        'ERROR: /src/BUILD:4:11: Compiling core/a.cc failed: (Exit 1): gcc failed',
        'e: file:///app/A.kt:3:5 Unresolved reference: foo',
      ],
      syntax: [
        /: line \d+: syntax error\b|^(?:PHP )?Parse error: |\bsyntax error: unexpected end of file\b|^syntax error at \S+ line \d|\bsyntax error near unexpected token\b|\bParse error: (?:syntax error|Unclosed)|\b(?:unterminated|unclosed) (?:string|quoted string|block|bracket|comment|template|regular)\b|\bunexpected EOF while looking for matching\b|\bMissing right curly\b|\bcompilation aborted at\b/i,
        'x.sh: line 3: syntax error: unexpected end of file',
      ],
    },
  },
  {
    category: 'build-dependency',
    code: 'lint',
    strength: 57,
    phase: 'set-up',
    suggestion: 'A check of the form of the code said no. Run the linter or formatter that it names.',
    rules: {
      tools: [
        /\((?:ineffassign|errcheck|govet|staticcheck|gosimple|unused|revive|gosec|typecheck|gocritic|misspell|unparam|goimports|gofmt|gofumpt|lll|dupl|goconst|stylecheck|depguard|nolintlint|SA\d{4}|ST\d{4}|S1\d{3})\)$|\bmsg="issues found"|\b(?:lint|linter|linting|style|format|formatting|static analysis|type-?check) (?:errors?|violations?|issues?|check)\b.*\b(?:found|fail|failed|errors?)\b|\bnot formatted (?:correctly|properly)\b|\b(?:files?|code) (?:is|are|would be|were) (?:not formatted|reformatted|unformatted|misformatted)\b|\bDiff in \S+ (?:at line|:)\d*|\bSwiftLint\b.*\b(?:violation|error)|\bdocumentation (?:error|warning) .*-W\b/i,
        'pool.go:31:2: ineffectual assignment to err (ineffassign)',
      ],
    },
  },
  {
    category: 'assertion',
    strength: 66,
    suggestion: 'Expected and actual differ: read the difference. A retry would only hide it.',
    rules: {
      xctestFailed: [
        /\bXCTAssert\w{0,40} failed\b|\bXCTFail\b|\bXCTUnwrap failed\b/,
        'CartTests.swift:31: error: -[CartTests testTotal] : XCTAssertEqual failed: ("3") is not equal to ("4")',
      ],
    },
  },
  {
    category: 'exception',
    code: 'deadlock',
    strength: 74,
    transient: false,
    suggestion: 'Two sides wait for one another. Look for the order in which they take what they need.',
    misses: { all: ['the deadlock detector is on'] },
    rules: {
      all: [
        /\ball goroutines are asleep - deadlock\b|^(?:ERROR: {1,3})?deadlock detected\b|\bDeadlock found when trying to get lock\b|\bDeadlockLoserDataAccessException\b|\bdeadlock victim\b/i,
        'fatal error: all goroutines are asleep - deadlock!',
        'ERROR:  deadlock detected',
      ],
    },
  },
  {
    category: 'environment',
    code: 'port-in-use',
    strength: 74,
    transient: false,
    suggestion: 'Another process has the port. Let the test ask for a free one (port 0), or end what was left running.',
    rules: {
      start: [
        /\bfailed to start\b.*\bport\b.*\balready (?:in use|allocated|taken)\b|\bBind for \S{1,64} failed: port is already allocated\b|\bport \d{2,5} was already in use\b/i,
        'Web server failed to start. Port 8080 was already in use.',
      ],
    },
  },
  {
    category: 'assertion',
    strength: 43,
    suggestion: 'Expected and actual differ: read the difference. A retry would only hide it.',
    misses: { diff: ['--- a.txt', 'expected a to be installed'], swift: ['the expectation is shown'] },
    rules: {
      diff: [
        /\bdiffer: (?:byte|char) \d+, line \d|^Only in \S.*: \S|\b[Ff]iles .* and .*\bdiffer\b|^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@|^--- (?:[Ee]xpected|[Gg]olden|[Ww]ant)\b|^\+\+\+ (?:[Aa]ctual|[Gg]ot|[Oo]utput)\b|\bgolden (?:file )?(?:mismatch|differs|does not match)\b/,
        'expected.bin actual.bin differ: byte 3, line 2',
        '@@ -1,2 +1,2 @@',
      ],
      swift: [
        /^(?:\S{1,120}: )?Expectation failed: |\bXCTAssert\w+ failed\b|\bFailed asserting that\b|^\[FAILED\] Expected$|^\[FAILED\] (?:Expected|Timed|Unexpected)|\bthresholds? on metrics? .*\bcrossed\b|\bthresholds? (?:have been |has been |was |were )?(?:crossed|exceeded|not met|violated|breached)\b|^to (?:equal|be|have|contain|match)\b|\bAssertion(?: has)? [Ff]ail\w+|\bAssert\.\w+ (?:failed|Failure)|^Assert\.\w+\(\) Failure|\bAssertion failed\b|\bTest\w* failed: (?:expected|assert)|\bShouldAssertException\b|\bXunit\.Sdk\.\w+Exception\b|\bNUnit\.Framework\.AssertionException\b|^Expected .{1,200} (?:but|to|,) ?|\bExpectationNotMet\w*|\bsnapshot (?:mismatch|differs|does not match)\b|\bScreenshots? (?:differ|do not match|mismatch)\b|\bvisual (?:difference|regression|mismatch)/,
        'Expectation failed: (parser.count → 2) == 3',
        'Failed asserting that two strings are equal.',
      ],
    },
  },
])
