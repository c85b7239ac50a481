// The place where the test ran was not as it has to be, or was told the wrong thing: a tool, a file, a display, a service or a
// port; an option, a configuration file, a selection that finds nothing.
import type { BuiltInRule } from './failure-rule.ts'
import { rulesOf } from './rule-family.ts'

/** Rules for `environment` and `configuration`. */
export const placeRules: readonly BuiltInRule[] = rulesOf([
  {
    category: 'environment',
    code: 'port-in-use',
    strength: 65,
    transient: false,
    suggestion: 'Another process has the port. Let the test ask for a free one (port 0), or end what was left running.',
    rules: {
      used: [
        /\bhttps?:\/\/\S{1,60} is already used\b|\balready (?:listening|running) on (?:port|address)\b|\bport \d{2,5} (?:is )?(?:busy|unavailable|not available|already)\b/i,
        'Error: http://localhost:3000 is already used, make sure that nothing is running',
      ],
      errno: [
        /\bEADDRINUSE\b|\baddress already in use\b|\bport \S{1,12} (?:is )?(?:already )?(?:in use|taken|occupied|allocated)\b|\bOnly one usage of each socket address\b|\bWSAEADDRINUSE\b|\bPort already in use\b/i,
        'Error: listen EADDRINUSE: address already in use :::3000',
        'Port 5432 is already in use',
      ],
      bind: [
        /\b(?:failed|unable|cannot|could not) to bind (?:to )?(?:\S{1,64}[:/]\d|port|address|socket)|\bBindException\b|\bport is already allocated\b|\bsocket\.error: .*Address already in use\b/i,
        'java.net.BindException: Address already in use',
        'Failed to bind to /0.0.0.0:8080',
      ],
    },
  },
  {
    category: 'environment',
    code: 'workspace-dirty',
    strength: 75,
    transient: true,
    fault: 'infrastructure',
    suggestion: 'Something from before lies in the way on this worker. Clean its workspace, or run elsewhere.',
    rules: {
      busy: [
        /\b(?:EBUSY|ENOTEMPTY|ETXTBSY|DirectoryNotEmptyException)\b|\bresource busy or locked\b|\bdirectory not empty\b|\bdevice or resource busy\b|\bbeing used by another process\b|\btext file busy\b/i,
        "Error: EBUSY: resource busy or locked, rmdir 'C:\\tmp'",
        'rmdir: failed to remove a: Directory not empty',
      ],
      delete: [
        /(?:Exception|Error): (?:Unable|Failed|Could not|Cannot) (?:to )?(?:delete|clean|remove|wipe) \S/,
        'java.io.IOException: Failed to delete /var/shop/cache',
      ],
      exists: [
        /\bEEXIST\b|\bFileExistsError\b|\bFileAlreadyExistsException\b/,
        'FileExistsError: [Errno 17] File exists',
      ],
    },
  },
  {
    category: 'environment',
    code: 'workspace-dirty',
    strength: 75,
    // Whoever holds a lock, and what lies in the way, is there for the next attempt as well.
    transient: false,
    fault: 'infrastructure',
    suggestion: 'Something from before holds a lock or lies in the way on this worker. End it, or clean its workspace.',
    misses: { lock: ['the lock file is read'], git: ['the local changes are listed'] },
    rules: {
      lock: [
        /\bCould not get lock\b|\bcould not acquire (?:\S{1,20} )?lock\b|\b(?:unable|failed) to (?:acquire|obtain|get|lock) (?:\S{1,20} )?(?:workspace|lock file|lockfile|dpkg|administration)\b|\bTimeout waiting to lock\b|\bis locked by another process\b|\bWaiting for another .* to release the lock\b|\block file \S{1,100} (?:already )?exists\b/i,
        'E: Could not get lock /var/lib/dpkg/lock-frontend',
        'Timeout waiting to lock build logic queue.',
      ],
      git: [
        /\.lock['"]?: File exists\b|\bAnother git process seems to be running\b|^error: remote \S+ already exists\b|\bYour local changes to the following files would be overwritten\b|\buntracked working tree files would be\b|\bdestination path .* already exists and is not\b|\bcannot lock ref\b|\bloose object \S+ .*is corrupt\b|\bobject file \S+ is empty\b|\bbad object \w|\bfatal: pathspec\b|\bunable to (?:create|unlink|resolve reference)\b.*(?:File exists|lock|refs)/i,
        "fatal: Unable to create '/ws/.git/index.lock': File exists.",
        'error: remote upstream already exists.',
        'Another git process seems to be running in this repository',
      ],
    },
  },
  {
    category: 'environment',
    code: 'left-over',
    strength: 18,
    transient: true,
    fault: 'infrastructure',
    confidence: 0.5,
    suggestion:
      'Files were left that could not be taken away. Look for what went wrong before; clean the workspace of this worker.',
    rules: {
      delete: [
        /\b(?:unable|failed|could not|cannot|can't) (?:to )?(?:delete|clean|remove|wipe|rmdir|unlink) \S/i,
        'Cannot remove /tmp/shop',
      ],
    },
  },
  {
    category: 'environment',
    code: 'missing-tool',
    strength: 63,
    suggestion: 'A program that the test needs is not on this machine, or not on the PATH. Install it on the worker.',
    rules: {
      shell: [
        /^(?:[^\s:]{1,64}: )?(?:line \d+: )?(?:\d+: )?[\w./+@-]{1,100}: (?:command )?not found$|\bcommand not found\b|\bis not recognized as (?:an internal|the name|a cmdlet)|\bbad interpreter\b|\bexec format error\b|\bcannot execute(?: binary file)?\b|\bNo such file or directory: '[\w.+-]+'$/i,
        'bash: line 1: docker: command not found',
        "'node' is not recognized as an internal or external command",
        '/bin/sh: 1: cmake: not found',
      ],
      spawn: [
        /\bspawn \S+ ENOENT\b|\bexec: "\S+": executable file not found\b|\bCannot run program "|\bERROR: Cannot find command\b/i,
        'Error: spawn chromedriver ENOENT',
        'exec: "gcc": executable file not found in $PATH',
      ],
      exit: [/\bexit(?:ed)?(?: with)?(?: code| status)?:? ?12[67]\b/i, 'The command exited with 127.'],
      needs: [
        /\b(?:JAVA_HOME|ANDROID_HOME|ANDROID_SDK_ROOT|GOPATH|NODE_PATH|M2_HOME)\b.*\b(?:not|invalid|undefined)\b|\bSDK location not found\b|\bUnable to locate (?:a Java|tools\.jar|the Java Runtime)\b|\b(?:unable|could not|cannot|failed) (?:to )?(?:find|locate) (?:the )?(?:executable|binary|compiler|interpreter|program|browser|chrome|firefox|python|java|git|docker|Visual Studio)\b|\bxcrun: error\b|\bNo such command\b|\bNo Python at\b|\bprogram \S+ (?:is )?not found\b|\btool \S+ (?:is )?not (?:found|installed)\b|\b\S{1,40} is not installed\b/i,
        'Error: JAVA_HOME is not set and could not be found',
        'SDK location not found. Define location with sdk.dir',
      ],
    },
  },
  {
    category: 'environment',
    code: 'browser',
    strength: 63,
    suggestion:
      'The browser or its display is not there. Install the browsers of the runner, and run without a head or with Xvfb.',
    rules: {
      executable: [
        /\bExecutable doesn't exist at\b|\bplaywright install\b|\bCould not find (?:Chrome|Chromium|Firefox|expected browser|browser revision)\b|\bNo binary for \S*(?:Chrome|Firefox|Browser)\b|\bcannot find (?:Chrome|Firefox) binary\b|\bNo usable sandbox\b|\bHost system is missing dependencies to run browsers\b|\bFailed to launch (?:the )?browser(?: process)?\b|\bThis version of ChromeDriver only supports\b|\bSessionNotCreatedException\b|\bCannot start \S*(?:Chrome|Firefox|Browser)\b|\b\S{0,20}driver executable (?:must be set|needs to be in PATH)\b|\b(?:chrome|gecko)driver\S* .*PATH\b/i,
        "browserType.launch: Executable doesn't exist at /root/.cache/chromium",
        'Error: Could not find Chrome (ver. 120)',
      ],
      display: [
        /\b(?:cannot|can't|unable to|could not) open (?:X )?display\b|\bMissing X server\b|\bNo protocol specified\b|\bHeadlessException\b|\bno display (?:name|specified|environment)\b|\b\$DISPLAY\b|\bCould not initialize GLX\b|\bqt\.qpa\.xcb\b|\bcould not connect to display\b|\bXvfb\b.*\b(?:failed|not found|error)/i,
        'cannot open display: :99',
        'Missing X server or $DISPLAY',
        'java.awt.HeadlessException',
      ],
    },
  },
  {
    category: 'environment',
    code: 'container',
    strength: 73,
    transient: true,
    suggestion:
      'A container that the test needs did not start. Look at its log, its image and the container service of the worker.',
    rules: {
      daemon: [
        /\bError response from daemon: (?:failed|cannot|could not|driver|OCI|Conflict)|\bnetwork \S{1,64} (?:not found|already exists)\b|\bwebServer was not able to start\b|\bweb server (?:did not|failed to) start\b|\bserver (?:failed to|did not|could not) start\b|\bfailed to start (?:the )?(?:server|service|container|database|cluster|broker)\b/i,
        'Error response from daemon: driver failed programming external connectivity',
        'Error: Process from config.webServer: webServer was not able to start. Exit code: 1',
      ],
      start: [
        /\bContainerLaunchException\b|\bContainer (?:startup|start) failed\b|\bcontainer \S{1,64} (?:exited|is unhealthy|failed to start|is not running)\b|\bOCI runtime (?:create|exec)? ?failed\b|\bfailed to start container\b|\bfailed to create (?:shim|containerd) task\b|\bCrashLoopBackOff\b|\bCreateContainer(?:Config)?Error\b|\bunhealthy$|\bdependency failed to start\b|\bInitialize containers\b.*\bfail/i,
        'org.testcontainers.containers.ContainerLaunchException: Container startup failed',
        'OCI runtime create failed: container_linux.go',
      ],
    },
  },
  {
    category: 'environment',
    code: 'image-missing',
    strength: 74,
    suggestion: 'There is no such image, or not for this kind of machine. Look at its name and tag.',
    rules: {
      manifest: [
        /\bmanifest (?:for \S+ )?(?:not found|unknown)\b|\bno matching manifest\b|\bImagePullBackOff\b|\bErrImagePull\b|\bNo such image\b|\bimage .*(?:not found|does not exist)\b|\bContainerFetchException\b|\bDocker pull failed with exit code\b/i,
        'manifest for acme/tool:9 not found: manifest unknown',
        'Back-off pulling image: ImagePullBackOff',
      ],
    },
  },
  {
    category: 'environment',
    code: 'service',
    strength: 76,
    suggestion: 'A service of the machine does not run. Start it on the worker before the tests.',
    rules: {
      docker: [
        /\bCannot connect to the Docker daemon\b|\bIs the docker daemon running\b|\bCould not find a valid Docker environment\b|\berror during connect: .*docker|\bdocker\.sock\b.*\b(?:no such file|refused|not)\b/i,
        'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      ],
      system: [
        /\bUnable to connect to (?:Upstart|System has not been booted with systemd|the session bus|D-?Bus|systemd)\b|\bSystem has not been booted with systemd\b|\bFailed to (?:connect to (?:bus|socket \/)|get D-Bus)\b|\bUnit \S+ (?:not found|is not loaded|entered failed)\b|\binvoke-rc\.d: .*failed\b|\bservice \S+ (?:is not running|failed to start)\b|\bJob for \S+ failed\b|\bFailed to start \S+\.service\b/i,
        'Failed to connect to bus: No such file or directory',
        'System has not been booted with systemd as init system',
      ],
      database: [
        /\bCould not connect to server: .*(?:No such file|Is the server running)|\bIs the server running locally\b|\bCan't connect to local MySQL server\b|\bthe database system is (?:starting up|shutting down|in recovery)\b|\bdatabase "\S+" does not exist\b|\brelation "\S+" does not exist\b|\brole "\S+" does not exist\b|\bUnknown database\b/i,
        "Can't connect to local MySQL server through socket '/run/mysqld.sock'",
        'FATAL: database "app_test" does not exist',
      ],
    },
  },
  {
    category: 'environment',
    code: 'file-system',
    strength: 73,
    suggestion: 'The file system is not as the test needs it: read-only, not mounted, or without what it has to hold.',
    rules: {
      'read-only': [/\bEROFS\b|\bread-only file ?system\b/i, "touch: cannot touch '/x': Read-only file system"],
      mount: [
        /\bmount(?:ing)?\b.*\b(?:failed|error|denied|unable)\b|\b(?:mount|umount): .*(?:busy|wrong fs|does not exist|unknown filesystem)|\bstale (?:NFS )?file handle\b|\bESTALE\b|\btransport endpoint is not connected\b/i,
        'mount failed: no such server',
        'Stale file handle',
      ],
      'no checkout': [
        /\b(?:couldn't|could not|cannot) find remote ref\b|\b(?:reference is not a tree|unknown revision or path|bad revision|did not match any file\(s\) known to git|not our ref|Remote branch \S+ not found|unable to read tree|no such remote ref|pathspec '\S+' did not match)\b|\bCouldn't find any revision to build\b|^fatal: repository .* does not exist\b|\bdoes not appear to be a git repository\b/i,
        "fatal: couldn't find remote ref refs/pull/7/merge",
        'fatal: reference is not a tree: 0123abc',
        "fatal: repository './nowhere' does not exist",
        "fatal: 'origin' does not appear to be a git repository",
      ],
    },
  },
  {
    category: 'environment',
    code: 'missing-file',
    strength: 38,
    suggestion:
      'A file or folder that the test needs is not there. Is it made by a step before, or left out of the checkout?',
    rules: {
      errno: [
        /\bENOENT\b|\bno such file or directory\b|\bNoSuchFileException\b|\bFileNotFoundError\b|\bFileNotFoundException\b|\bcannot find the (?:file|path) specified\b|\bENOTDIR\b|\bThe system cannot find the\b|\bDirectoryNotFoundException\b/i,
        "Error: ENOENT: no such file or directory, open '/data/seed.sql'",
        "FileNotFoundError: [Errno 2] No such file or directory: 'a.csv'",
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
    rules: {
      hook: [
        /"before (?:all|each)" hook\b|^_* ?ERROR at setup of \S|\bsetUpClass\b.*\b(?:ERROR|FAILED|failed)|\b(?:globalSetup|global setup|beforeAll)\b.*\b(?:failed|threw|error)|\bFailed to run (?:global )?set-?up\b/i,
        '1) "before all" hook for "shop"',
        '____ ERROR at setup of test_basket ____',
      ],
    },
  },
  {
    category: 'environment',
    code: 'feature-missing',
    strength: 62,
    suggestion: 'This machine cannot do what the test asks for. Give the test a label, so that it runs where it can.',
    rules: {
      lacks: [
        /\bERR_\w{1,40}_NOT_(?:AVAILABLE|SUPPORTED)\b|\bERR_FEATURE_UNAVAILABLE\w*|\b(?:compiled|built|configured) without\b|\bnot compiled with\b|\bno kernel image is available\b|\bdriver version is insufficient\b|\bcould not select device driver\b|\bunsupported (?:GLIBC|kernel|Node\.js version|Python version|Java version|engine)\b|\brequires (?:Node(?:\.js)?|Python|Java|JDK|Ruby|Go|Rust|macOS|Windows|Linux|glibc|Docker|a newer) \S|\b(?:Node\.js|Python|Java|JDK) version \S{1,20} is (?:not supported|required|too old)\b|\bis not (?:supported|available) on this (?:platform|system|machine|device|OS)\b|\bonly (?:supported|available|works) on\b/i,
        'Error [ERR_TRACE_NOT_AVAILABLE]: tracing was left out of this build',
        'RuntimeError: The NVIDIA driver version is insufficient for CUDA runtime version',
      ],
      support: [
        /\b(?:ENOSYS|ENOTSUP|EOPNOTSUPP|EAFNOSUPPORT|EPROTONOSUPPORT)\b|\bfunction not implemented\b|\b(?:operation|address family|protocol|socket type) not supported\b|\b(?:KVM|hardware acceleration|virtualization|nested virtualization|AVX\d*|SSE4\S*|IPv6|WebGL|WebGPU) (?:is )?(?:not (?:available|supported|enabled|found)|unavailable|required)\b|\bno (?:WebGPU )?adapter (?:found|available)\b|\bunsupported (?:platform|architecture|OS|operating system)\b|\bInvalid locale\b|\bcannot (?:change|set) locale\b/i,
        'Function not implemented',
        '/dev/kvm: KVM is not available',
        'socket: Address family not supported by protocol',
      ],
      module: [
        /\bCould not load \/lib\/modules\b|\bmodprobe: FATAL\b/,
        'modprobe: FATAL: Module br_netfilter not found',
      ],
    },
  },
  {
    category: 'configuration',
    code: 'options',
    strength: 77,
    phase: 'discovery',
    suggestion: 'An option of the command is wrong or unknown. Its help lists what there is.',
    rules: {
      together: [
        /\bcannot be used (?:with|together)\b|\bunknown or unsupported option\b|\bmutually exclusive\b|\binvalid value .*\b(?:for|of) (?:the )?(?:option|argument|parameter|flag|setting|'?-)|\boption .*\b(?:requires (?:a|an) (?:value|argument)|is (?:required|unknown|deprecated and removed))\b|\bmissing (?:required )?(?:argument|option|parameter|flag|input)s?\b|\bInput required and not supplied\b/i,
        'error: the argument --a cannot be used with --b',
        'error: invalid value x for --test-threads <n>',
      ],
      project: [
        /\bgo\.mod file not found\b|\bcannot find main module\b|\bno Go files in\b|\bNo package\.json\b|\bcould not read package\.json\b|\bno configuration file (?:provided|found)\b|\bno such (?:profile|target|task|service|environment): |\bNo rule to make target 'test'|\bUsage: \S{1,40} \[|\bno build file\b|\bdoes not contain a pom\.xml\b|\bthere is no POM in this directory\b|\bTask .* not found\b|\bInvalid or missing\b/i,
        'go: go.mod file not found in current directory or any parent directory',
        'no configuration file provided: not found',
      ],
      unknown: [
        /\b(?:bad|unknown|unrecogni[sz]ed|invalid|unexpected|illegal) (?:command[- ]line )?(?:option|flag|argument|arguments|options|switch|parameter)s?(?:: |\s['"`-]| --?|$)|\bno such option\b|\bUnrecognized VM option\b|\bCould not create the Java Virtual Machine\b|\bflag provided but not defined\b|\bis not a valid (?:option|value|choice) for\b|\bexpected one argument\b|\bthe following arguments are required\b|\bUnknown lifecycle phase\b|\bTask '\S+' not found in (?:root )?project\b|\bunknown command\b|^Unknown (?:command|option)\b|\bMissing script: |\bmissing script: /i,
        'node: bad option: --no-such-flag',
        'error: unrecognized arguments: --nope',
        'npm error Missing script: "tset"',
        "Task 'chekc' not found in root project 'app'.",
      ],
      python: [
        /^(?:\S{1,40}\.py|\S{1,40}): error: (?:argument|unrecognized|ambiguous|invalid|the following)|^(?:ERROR: )?usage: \S/i,
        'pytest: error: argument -n: invalid int value',
        'ERROR: usage: pytest [options] [file_or_dir]',
      ],
      codes: [/\bERR_(?:PARSE_ARGS_\w+|INVALID_ARG_VALUE .*option)\b/, 'ERR_PARSE_ARGS_UNKNOWN_OPTION'],
      names: [
        /\bProject\(s\) "\S+" not found\b|\bNo projects? (?:matched|found|named)\b|\bunknown (?:project|reporter|environment|profile|preset|target|runner)\b/i,
        'Error: Project(s) "safarix" not found. Available projects: "chromium"',
      ],
    },
  },
  {
    category: 'configuration',
    code: 'no-tests',
    strength: 61,
    phase: 'discovery',
    suggestion: 'No test fits what was asked for. Look at the pattern, the filter and the folder.',
    rules: {
      missing: [
        /\bmust contain at least one test\b|^Could not find '|\bfile or directory not found: |\bno such test\b|\bTest (?:class|case|suite) not found\b|\bno (?:matching )?(?:specs?|suites?|scenarios?) (?:were )?(?:found|matched)\b|\b0 tests? (?:found|executed|ran)\b|\bDid not find any tests\b/i,
        'Your test suite must contain at least one test.',
        'ERROR: file or directory not found: tests/gone.py',
      ],
      none: [
        /\bno tests? (?:files? )?(?:were |was )?(?:found|matched|executed|to run|collected|selected|ran)\b|\bno test files found\b|\bNo tests matching\b|\bcollected 0 items$|\bno tests ran\b|\bNo tests (?:matching|were executed)\b|\bno test specified\b|\bError: No test files found\b|\bNo tests (?:found )?for given includes\b|\bnot found: .*::|\bthere (?:are|were) no tests\b/i,
        'No tests found, exiting with code 1',
        'No test files found, exiting with code 1',
        '=== no tests ran in 0.01s ===',
      ],
    },
  },
  {
    category: 'configuration',
    code: 'config-file',
    strength: 73,
    phase: 'discovery',
    suggestion: 'A configuration file cannot be read or says something that it may not. The message names the place.',
    rules: {
      absent: [
        /\b(?:could not|cannot|can't|unable to|failed to) (?:find|locate|open) (?:or parse )?.*\b(?:config|configuration|profile|settings|package\.json|pom\.xml|build\.gradle|tsconfig)\b/i,
        'ESLint could not find a configuration file',
      ],
      parse: [
        /\b(?:error|problem|failure|unable|failed|cannot|could not|occurr?ed)\b.*\b(?:pars|read|load)\w{0,4} (?:the |your |in )?(?:config|configuration|settings) ?(?:file|from|:|$|at |of )|\b(?:error|problem|failure|unable|failed|occurr?ed)\b.*\b(?:pars|read|load)\w{0,4} .*(?:\.yml|\.yaml|\.toml|\.ini|\.cfg|rc|config\.\w{2,4})\b|\b(?:config\w*|settings) (?:file )?(?:\S{1,64} )?(?:had a parse error|is (?:invalid|malformed|not valid|missing))\b|\bfailed to load config\b/i,
        'Error parsing config file: line 3',
        'failed to load config from /app/vite.config.ts',
      ],
      validation: [
        /^Validation (?:Error|Warning):|\b(?:Configuration|Config)(?:Error|Exception| Error)\b|\binvalid configuration\b|\binvalid (?:config|settings?|workflow file|project file|value for)\b|\bMusterError: OPTIONS_INVALID\b|\bUnknown (?:config|configuration) (?:key|option)\b|\bunknown key\b|\bmust be set\b|\bmissing (?:required )?(?:environment variable|config\w*|setting|env var)\b|\benvironment variable \S+ (?:is )?(?:not set|missing|required)\b|\bmisconfigur\w+\b/i,
        'Validation Error: Option "projects" is wrong',
        'Invalid workflow file: .ci/a.yml',
        'Error: environment variable DATABASE_URL is not set',
      ],
      injection: [
        /\bfixture '\S+' not found\b|\bNo runnable methods\b|\bDuplicate (?:test|plugin|module)\b|\bUnable to find (?:a )?@SpringBootConfiguration\b|\bInvalidConfigurationError\b|\bPytestConfigWarning\b|\bunknown (?:mark|hook|marker)\b|\bParameterResolutionException\b|\bAmbiguous test\b|\bNo ParameterResolver\b/i,
        "fixture 'shop' not found",
        'java.lang.Exception: No runnable methods',
      ],
      spring: [
        /\b(?:BeanCreationException|NoSuchBeanDefinitionException|UnsatisfiedDependencyException|ApplicationContextException|Failed to load ApplicationContext|PropertyNotFoundException|ConfigException)\b/,
        'java.lang.IllegalStateException: Failed to load ApplicationContext',
      ],
      merge: [
        /\bCONFLICT \(\S+|\bAutomatic merge failed\b|\bcould not apply \w{7,40}|\bResolve all conflicts manually\b|\bmerge conflict\b|\bpatch does not apply\b|\bPatch failed at\b|\bhunks? FAILED\b|\bYou have unmerged paths\b|\bnot possible to fast-forward\b|\b\[rejected\] .*(?:non-fast-forward|fetch first|stale info)/i,
        'CONFLICT (content): Merge conflict in a.txt',
        'error: could not apply 0123abc... message',
        'error: patch does not apply',
      ],
      maven: [
        /\bPluginConfigurationException\b|\bMojoExecutionException: .*(?:parameter|configuration)|\bThe goal you specified requires a project\b|\bMalformed POM\b|\bProjectBuildingException: Some problems\b|\bbuild file '\S+' line: \d/i,
        'The goal you specified requires a project to execute',
      ],
    },
  },
  {
    category: 'configuration',
    code: 'build-script',
    strength: 28,
    phase: 'set-up',
    confidence: 0.6,
    suggestion: 'A build script could not be carried out. The lines after this one name the reason.',
    rules: {
      gradle: [
        /\bA problem occurred (?:evaluating|configuring) (?:root )?(?:project|script)\b/,
        'A problem occurred evaluating root project shop.',
      ],
    },
  },
])
