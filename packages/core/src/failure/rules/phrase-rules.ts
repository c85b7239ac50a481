// Phrases that one language, framework or tool has for itself, by what they mean. None of them needs its tool to be recognised:
// nobody else says it so.
import type { BuiltInRule } from './failure-rule.ts'
import { rulesOf } from './rule-family.ts'

/** Rules for phrases of single languages and tools. */
export const phraseRules: readonly BuiltInRule[] = rulesOf([
  {
    category: 'infrastructure',
    code: 'worker-lost',
    strength: 97,
    suggestion:
      'The worker went away in the middle. Nothing is known of the test: run it again elsewhere, and look at the worker.',
    misses: { machines: ['the runner is written in Go', 'the worker list is shown', 'the job page works'] },
    rules: {
      machines: [
        /\b(?:hosted|self-hosted|build|CI|test) (?:runner|agent|machine|worker|node|executor|host)s?\b.*\b(?:lost|offline|disconnect\w*|unreachable|unavailable|terminated|stopped|encountered|died|crashed|restarted|rebooted|removed|failed|not (?:available|responding|found|online))\b|\b(?:lost|no) (?:the )?(?:runner|agent|build machine|worker|executor|node)\b.*\b(?:job|build|task|step|connection|matching|pool|label)|\bjob (?:was )?(?:abandoned|orphaned|evicted|lost|dropped)\b|\b(?:system|internal|platform|provider|backend) (?:failure|fault)\b|\bunable to (?:schedule|place|dispatch|start) (?:the |this |your )?(?:job|build|task|pod)\b|\b(?:job|build|task|pod|container) (?:could not|couldn't|cannot) be (?:scheduled|started|placed|dispatched|assigned|run)\b|\b(?:worker|agent|runner|node|executor)(?:'s)? (?:heartbeat|lease|session|registration) (?:was |has |is )?(?:expired|lost|missed|timed out|stopped|failed)\b|\bheartbeats? (?:from|of|for) .*\b(?:missed|lost|stopped|expired|timed out|not received)\b|\b(?:no|not received|missing|missed) .{0,20}heartbeats?\b|\bhas not (?:sent|reported) .*\bheartbeat|\bgarbage[- ]collected\b.*\b(?:node|agent|pod)|\bbeing (?:scaled|drained)\b|\bpod (?:sandbox )?(?:was )?(?:killed|removed|gone)\b.*\bnode\b|\bremoting\b.*\bclosed\b|\bclosed\b.*\bremoting\b/i,
        'The hosted runner encountered an error while running your job.',
        'no heartbeat for 3 minutes',
      ],
    },
  },
  {
    category: 'exception',
    strength: 21,
    confidence: 0.6,
    suggestion: 'The code threw an error. The first frame of its own code in the stack is where to look.',
    misses: { anywhere: ['Exceptions are listed', 'an Error page is shown'] },
    rules: {
      anywhere: [
        /\b[A-Z][a-z]\w{2,60}(?:Exception|Error): \S|\buncaught (?:error|exception)\b|\bthrew (?:an? )?(?:error|exception)\b|\bunhandled (?:error|exception|rejection)\b|\bthrown at\b|^Exception\b|\bstack ?trace:$|\bException:? |\braise\w* \w{2,40}Error\b/,
        'job 7 ended: FooBarException: the basket is gone',
      ],
    },
  },
  {
    category: 'build-dependency',
    code: 'compile',
    strength: 30,
    confidence: 0.6,
    phase: 'set-up',
    suggestion: 'The code does not compile. The first error is the one to read; later ones often follow from it.',
    rules: {
      located: [
        /\.(?:ts|tsx|js|jsx|mjs|vue|svelte|scss|css|go|rs|swift|kt|kts|java|scala|c|cc|cpp|cxx|h|hpp|m|mm|cs|fs|vb|hs|ml|ex|exs|erl|zig|dart|proto|sol|f90|pas|nim|cr|clj)[:(]\d+(?:[:,]\d+)?\)?:? (?:-? ?)?(?:error|fatal error|Error|ERROR|e:)\b|\bBUILD FAILED\b.*\berror|\b\d+ errors? (?:found|generated|emitted)\b|\bFound \d+ errors?\b|\baborting due to\b|\berrors? prevented\b/,
        'lib/cart.dart:12:5: Error: nothing here is called so',
      ],
    },
  },
  {
    category: 'exception',
    code: 'nil-pointer',
    strength: 87,
    transient: false,
    suggestion:
      'The code followed a pointer that is nil. The first frame of its own code in the stack is where to look.',
    misses: { go: ['a nil pointer is printed as <nil>'] },
    rules: {
      go: [
        /\binvalid memory address or nil pointer dereference\b/,
        'panic: runtime error: invalid memory address or nil pointer dereference',
      ],
    },
  },
  {
    category: 'exception',
    code: 'unsettled',
    strength: 79,
    transient: false,
    fault: 'test',
    suggestion: 'A promise that the test waits for can never settle any more. Look for what should have settled it.',
    misses: { promise: ['the promise is still pending'] },
    rules: {
      promise: [
        /\bPromise resolution is still pending but the event loop has already resolved\b|\bDetected unsettled top-level await\b/,
        'Promise resolution is still pending but the event loop has already resolved',
      ],
    },
  },
  {
    category: 'infrastructure',
    code: 'worker-lost',
    strength: 98,
    suggestion:
      'The worker went away in the middle. Nothing is known of the test: run it again elsewhere, and look at the worker.',
    misses: { leaving: ['the terminating newline is kept'] },
    rules: {
      leaving: [
        /\b(?:agent|runner|node|host|instance|worker|VM|machine|spot|executor|slave|builder) (?:\S{1,40} )?(?:is |was |has been |got |being )(?:terminat|shutting down|shut down|drained|reclaim|deleted|removed|replaced|recycled|offline|unreachable|decommission|restarted|rebooted|lost|gone|dead)\w*|\bspot (?:instance )?(?:interruption|termination|reclaim)\w*|\baborted: terminated\b|\bnode (?:it was|the \w+ was|\S{1,30}) .*\bdied\b|\bno agents? (?:available|found|registered|online)\b|\bnode body\b.*\bcancel|\bagent .{1,40} was deleted\b|\bSlave JVM has terminated\b|\bEvicted\b.*\b(?:pod|node|memory|disk|storage)|\bcontainer found dead\b|\bbuild was orphaned\b|\bworker(?:s)? (?:that|which) was running\b.*\blost|\bwaiting for pod running\b|\bpods? .* not found\b.*\bnode\b|\bfailed to (?:start|create|run|acquire) (?:the )?(?:hosted )?(?:runner|agent|build agent)\b|\bnot (?:able|possible) to (?:reach|contact|connect to) the (?:agent|runner|worker|build machine)\b|\b(?:runner|agent) (?:process |listener |service )?(?:exited|crashed|died|was killed|stopped|failed) (?:unexpectedly|with|while|during|before)\b.*\b(?:job|build|step|listener|code)|\b(?:Node|Disk|Memory|PID)(?:Has)?Pressure\b|\bhypervisor\b.*\b(?:fail|crash|lost|error)|\bmachine went to sleep\b|\b(?:power|network) outage\b|\brebooted during\b|\bbefore the (?:agent|runner|worker) (?:died|was lost|disconnected)\b/i,
        'EC2 spot interruption notice received: agent is terminating',
        'The worker that was running this job has been lost.',
      ],
    },
  },
  {
    category: 'exception',
    strength: 46,
    confidence: 0.8,
    suggestion: 'The code threw an error. The first frame of its own code in the stack is where to look.',
    misses: {
      scripting: ['a key was found in the map', 'the argument was checked'],
      objects: ['the element list is shown'],
      frameworks: ['templates are loaded'],
    },
    rules: {
      scripting: [
        /\b(?:Undefined (?:array key|index|variable|offset|property|method)|Call to (?:undefined|a member function|private|protected)|Division by zero|divided by 0|wrong number of arguments|undefined (?:local variable|method|class constant)|uninitialized constant|key not found: |can't modify frozen|nil can't be coerced|no implicit conversion|comparison of [A-Z]\w{1,20} with|subscript out of bounds|non-numeric argument|object '[\w.]{1,30}' not found|attempt to (?:index|call|perform|compare|concatenate)|Use of uninitialized|Not (?:an? )?(?:ARRAY|HASH|CODE) reference|Can't (?:call|use|locate object) (?:method|an undefined|string)|Argument #\d|Bad state: |was called on null|LateInitializationError|setState\(\) called|Null check operator|no function clause matching|no match of right hand side|\*\* \((?:Match|Key|FunctionClause|UndefinedFunction|Argument|Runtime)Error\)|Non-exhaustive patterns|empty list|badmatch|badarg|function_clause)/i,
        'Undefined array key "price" in /srv/app/Cart.php on line 12',
        '** (MatchError) no match of right hand side value',
      ],
      systems: [
        /\b(?:index out of (?:range|bounds)|interface conversion: |assignment to entry in nil map|(?:send on|close of) closed channel|negative WaitGroup counter|concurrent map (?:writes|read and map write|iteration)|nil pointer dereference|already (?:mutably )?borrowed|BorrowMutError|PoisonError|divide by zero|slice bounds out of range|invalid memory address|unwrap\(\)` on a `None`|there is no reactor running|no such element|Unexpectedly found nil|Index out of range|_M_range_check|std::(?:out_of_range|logic_error|runtime_error|invalid_argument|bad_cast|bad_optional_access|bad_variant_access)|what\(\): )/i,
        'panic: assignment to entry in nil map',
        'thread panicked: already borrowed: BorrowMutError',
      ],
      objects: [
        /\b(?:StaleElementReference|NoSuchElement|ElementNotInteractable|ElementClickIntercepted|ElementNotVisible|InvalidElementState|NoSuchFrame|NoSuchWindow|UnexpectedAlertOpen|InvalidSelector|JavascriptException|Javascript)(?:Exception|Error)\b|\bstrict mode violation\b|\bno such element: |\bstale element reference\b|\belement (?:is )?(?:not (?:interactable|clickable|attached)|click intercepted)|\bcan only be called on a single element\b|\bUnable to locate element\b|\bNo views in hierarchy found\b|\bLazyInitialization\w*|\bDataIntegrityViolation\w*|\bConstraintViolation\w*|\bTransactionSystemException\b|\bDbUpdate\w*|\bAggregateException\b|\bDetachedInstanceError\b|\bInvalidRequestError\b|\bUndefinedError\b|\bNoReverseMatch\b|\bTemplate(?:DoesNotExist|SyntaxError|NotFound\w*)\b|\bFieldError\b|\bActionController::\w+|\bActiveRecord::(?:Record|Statement|NotNull|Deadlocked)\w+|\bActionView::\w+|\bCastError\b|\bPrismaClient\w*|\bSequelize(?:Unique|Database|Validation)\w+|\bER_(?:DUP_ENTRY|BAD_FIELD_ERROR|NO_SUCH_TABLE|PARSE_ERROR)\b|\bversion_conflict_engine_exception\b|\bRecordTooLargeException\b|\bUninitializedPropertyAccess\w*|\bUnfinishedStubbing\w*|\bUnnecessaryStubbing\w*|\bMissingMethodInvocation\w*|\bBeanCurrentlyInCreation\w*/,
        'StaleElementReferenceException: stale element reference',
        'Error: strict mode violation: locator resolved to 2 elements',
      ],
      arrays: [
        /\bshapes? (?:\S{1,40} )?(?:cannot be (?:multiplied|broadcast)|mismatch|not aligned|are not compatible|is invalid for input)|\bcould not be broadcast\b|\bsize mismatch\b|\bsizes of tensors must match\b|\bsame device\b|\bbackward through the graph\b|\bweight type\b.*\bsame\b|\bIncompatible shapes\b|\bout of bounds for (?:axis|dimension|length)\b|\bcannot reindex\b|\bduplicate labels\b|\bnot in index\b|\boutside of application context\b|\bSequence contains no\b|\bNo value present\b|\bnot iterable\b|\bis not a function\b|\bis not a constructor\b|\bis not defined$|\bCannot (?:read|set) propert(?:y|ies)\b|\bcannot access .* before initialization\b|\bAssignment to constant\b|\bobject is not (?:callable|subscriptable|iterable)\b|\bhas no attribute\b|\bunsupported operand\b|\bmissing \d+ required (?:positional|keyword)\b|\bgot an unexpected keyword\b|\breferenced before assignment\b|\blist index out of range\b|\bobject of type '\w+' has no len\b|\bObject reference not set\b|\bpop from empty\b|\bdictionary changed size\b|\bgenerator (?:already executing|raised)\b/i,
        'RuntimeError: mat1 and mat2 shapes cannot be multiplied (8x512 and 256x10)',
      ],
    },
  },
  {
    category: 'assertion',
    strength: 46,
    suggestion: 'A value, a property or a threshold is not as expected: read the difference or the counter-example.',
    misses: { limits: ['the threshold slider moves', 'coverage report written'], quick: ['the example is shown'] },
    rules: {
      quick: [
        /\bFalsified (?:after|\()|\bFalsifying example\b|\bProperty failed after\b|\bminimal failing input\b|\bCounterexample: |\bGave up after\b.*\btests\b|\b(?:Assertion with|Assertion) \S{1,4} failed\b|\bShould Be Equal\b|\bExpected objects to be\b|\bExpected to be (?:falsy|truthy)\b|^#? {0,6}Failed test\b|^\(in test file\b|^FAIL in \(|\bArchitecture Violation\b|\bNo requests exactly matched\b|\b\d+ expectations? failed\b|\bVerification failed: \b|\bhas (?:a )?mismatch\b|\b(?:was|were) not (?:called|invoked)\b|\bdid not equal\b|\bwas not equal to\b|\bqueries executed, \d+ expected\b|\bnot found in response\b|\bdoesn't match the selected view\b|\bAssert(?:ionView|ionFailed)?Exception\b|\bAssertError\b|\bexpected \S{1,40} to be called\b|\bto have been called\b|\*\*\* FAILED \*\*\*|\bshould (?:equal|be|have|contain|match|include|return)\b.*\bbut (?:was|got|found|is)\b/,
        '*** Failed! Falsified (after 4 tests)',
        'List(2, 1) did not equal List(1, 2)',
      ],
      limits: [
        /\bcoverage failure\b|\bfail[-_ ]under\b|\btest coverage of \S+ not reached\b|\bcovered ratio is\b|\bcoverage\b.*\b(?:is )?(?:below|under|less than|lower than|does not meet|not met|not reached|dropped|decreased)\b|\bexceed(?:s|ed)? (?:the )?(?:maxSize|maximum budget|size limit|budget|limit of \d+ ?k?B)|\bsize limit has exceeded\b|\bexceeded maximum budget\b|\bperformance (?:regress|degrad)\w+|\bregression detected\b|\b(?:images?|screenshots?|pixels?) (?:are |is |were )?differ\w*|\bscreenshot has changed\b|\bimage (?:to match|mismatch)|\baccessibility violations?\b|\bhas violations\b|\bminScore\b/i,
        'Coverage failure: total of 71 is less than fail-under=80',
        'FAIL Required test coverage of 80% not reached. Total coverage: 71%',
      ],
    },
  },
  {
    category: 'build-dependency',
    code: 'compile',
    strength: 65,
    phase: 'set-up',
    suggestion: 'The code does not compile. The first error is the one to read; later ones often follow from it.',
    misses: { languages: ['the module list is shown', 'value classes are nice'] },
    rules: {
      languages: [
        /\bNo such module '|\bmissing required module\b|\bTarget of URI doesn't exist\b|\bis not a member of\b|\bnot found: (?:value|type|object)\b|\(CompileError\)|\bCould not compile dependency\b|\bVariable not in scope\b|\bUnbound (?:module|value|constructor|type)\b|\buse of (?:undeclared|undefined)\b|\bthere is no package called\b|\bmodule '\S+' not found:|\bIncompatible (?:architecture|library version)\b|\bTypeLoadException\b|\bBadImageFormat\w*|\bCould not (?:load type|initialize class)\b|\bbad class file\b|\bThe (?:type or namespace name|name '\S+' does not exist|requested module)\b|\bCssSyntaxError\b|\bCan't find stylesheet\b|\bUndefined (?:variable|mixin|function)\.$|\bis not exported by\b|\bexperimental syntax '|\bMissing semicolon\b|\bUnexpected token,? (?:expected|\()|\bUnterminated (?:string|template|regular|comment)\b|\b(?:Identifier|Cannot redeclare) .*(?:already been declared|block-scoped)|\bUnexpected (?:reserved word|strict mode|identifier)\b|\bInvalid or unexpected token\b|\bwas not found or had errors\b|\bcannot infer\b.*\btype|\bexpected expression\b|\bunclosed delimiter\b|\bunresolved import\b|\bcannot find (?:value|type|function|macro|crate|trait|module|struct)\b|\bborrow of moved value\b|\bcannot borrow\b|\bdoes not live long enough\b|\bno method named\b|\bis never used\b.*\bdeny|\bis private$|\bCannot find name\b|\bis not assignable to\b|\bdoes not exist on type\b|\bMulti(?:ple)?CompilationErrors\w*|\bstartup failed:$|\bCannot open (?:include|source|input) file\b|\bCannot open include\b|\blinker command failed\b|\bcould not build module\b|\bSwift Compiler Error\b|\bSwiftCompile\b.*fail|\bUnable to find (?:type|namespace|module)\b|\bcannot be resolved to a (?:type|variable)\b|\bincompatible types\b|\bunreported exception\b|\bmight not have been initialized\b|\bclass \S+ is public, should be declared\b/i,
        "error: No such module 'Alamofire'",
        'A.scala:7:13: value total is not a member of Cart',
      ],
    },
  },
  {
    category: 'build-dependency',
    code: 'dependency-resolution',
    strength: 65,
    phase: 'set-up',
    suggestion:
      'A package or a version of it cannot be had. Look whether it exists, and whether the demands contradict each other.',
    rules: {
      managers: [
        /\bcould not find compatible versions\b|\bUnable to find a specification\b|\bHex dependency resolution failed\b|\bYN00\d\d: .*(?:forbidden|can't|No candidates|lockfile|fail)|\bexplicitly forbidden\b|\block file .*\b(?:is )?not up to date\b|\bchanged significantly since\b|\bno available formula\b|\bNo available formula\b|\bCouldn't find package\b|\bERR_PNPM_(?:OUTDATED|PEER|NO_MATCHING|UNSUPPORTED|FROZEN|LOCKFILE|BAD_PM|FETCH_404)\w*|\bnotarget\b|\bdpkg returned an error code\b|\bdpkg was interrupted\b|\bunmet dependencies\b|\bhas no installation candidate\b|\bCannot install\b.*\bconflict|\bincompatible with each other\b|\bnothing provides\b|\brequirement already\b.*\bconflict|\brequires-python\b|\brequires a different Python\b|\bRequires-Python\b|\bsubprocess-exited-with-error\b|\bGetting requirements to build wheel did not\b|\bcould not build wheels\b|\bdetected issues in your platform\b|\bno versions? match\b|\bpeer dependencies that are (?:not|missing)\b|\bUnable to find package\b|\bcould not find (?:crate|gem|module|package|a version)\b|\bversion solving failed\b|\bis not available for this configuration\b|\bdependency tree\b.*\b(?:fail|error|unable)|\bunresolvable\b|\bNo matching version\b|\bCould not GET\b.*404|\bno matching manifest\b|\b404\b.*\b(?:registry|package|tarball|npmjs|pypi)\b|\bEINTEGRITY\b|\bEBADENGINE\b|\bengine "\S+" is incompatible\b/i,
        'CocoaPods could not find compatible versions for pod "Firebase"',
        'ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile"',
      ],
    },
  },
  {
    category: 'configuration',
    code: 'options',
    strength: 78,
    phase: 'discovery',
    suggestion: 'An option, a name or a selection is wrong or unknown. The message names it; help lists what there is.',
    misses: {
      runners: ['the target page is shown', 'AssertionError: expected profile to exist'],
      tools: ['the service is listed', 'chart values are fine'],
    },
    rules: {
      runners: [
        /\bmatched no packages\b|\brequires cgo\b|\bcould not find `Cargo\.toml`|\bCould not locate Gemfile\b|\bDon't know how to build task\b|\bno such (?:target|package) '|\bNo such DSL method\b|\bMissing required section\b|\bUnknown command-line option\b|\bCould not find the selected project\b|\brequested profile\b.*\bcould not be activated\b|\bNon-parseable POM\b|\bMalformed POM\b|\bCannot find configuration for task\b|\bCould not find task\b|\bNo session named\b|\bunknown environment\b|\bNo keyword with name\b|\bUndefined steps?\b|\bNo steps directory\b|\bNo qualifying bean\b|\brequired a bean of type\b|\bFailed to bind properties\b|\bsettings are not configured\b|\bsecret_key_base\b|\bMSB10(?:01|03|08|09|11|25|50)\b|\bNo test is available\b|\bnot currently configured for the\b|\.xc(?:odeproj|workspace)' does not exist\b|\bdoes not contain a scheme\b|\bCould not find (?:lane|action)\b|\bDuplicate (?:mapping|test title|keys?) (?:key|found|in)\b|\bTS(?:5\d{3}|6053|18003|17004)\b|\bNo inputs were found in config\b|\bUnknown compiler option\b|\bno tests? (?:target|filter)\b.*\bmatch|\bprojects matched the filter\b|\bduplicate test title\b|\bunknown (?:browser|reporter|preset|runner|project|format|locale|profile|env|stage|job)\b|\bis not registered!|\bCannot determine which configuration\b|\bcapabilit(?:y|ies)\b.*\b(?:missing|required|invalid|must)\b|\bunrecognized \S{1,20} option\b|\binvalid argument: |\bInvalidArgument\w*|\bmust be one of\b|\bnot one of the allowed\b|\bExpected one of\b|\brequires that you (?:set|specify|pass)\b|\bNo value (?:specified|given|supplied) for\b|\bNo such (?:option|property|setting|project|profile)\b|\bno default value\b.*\bconfigur|\bMissing required configuration\b/i,
        "Don't know how to build task 'tset' (See the list of available tasks)",
        'MSBUILD : error MSB1009: Project file does not exist.',
      ],
      tools: [
        /\bneither an image nor a build context\b|\bAdditional propert(?:y|ies) \S+ (?:is|are) not allowed\b|\binvalid reference format\b|\bunknown instruction: |\brequired flag\(s\)|\bunknown shorthand flag\b|\bno context exists\b|\berror validating (?:data|"|')|\bno matches for kind\b|\bdon't meet the specifications\b|\bINSTALLATION FAILED\b.*\b(?:values|template|parse|execution)|\bexecution error at\b|\bNo configuration files\b|\bthe playbook: .* could not be found\b|\bis not a valid attribute\b|\bconfig profile \(\S+\) could not be found\b|\b(?:must|need to) specify a region\b|\bCould not load (?:region|plugin|credentials file|settings)\b|\bEJSONPARSE\b|\bdoes not conform to schema\b|\bdoes not match (?:the |any )?(?:schema|allowed)\b|\bunrecognized configuration parameter\b|\binvalid value for parameter\b|\bunknown variable '|\bFATAL CONFIG FILE ERROR\b|\bBad directive\b|\bunknown setting\b|\bunknown directive\b|\bconfiguration file .* test failed\b|\bBad configuration option\b|\bbad config (?:line|variable|value)\b|\bunmarshal errors\b|\bdoes not appear to contain CMakeLists\b|\bUnknown CMake command\b|\bNo tests were found!|\bNo such preset\b|\bUnrecognized flag\b|\bUnable to resolve action\b|\bhave an error in your yaml\b|\bPipeline (?:upload rejected|parsing)\b|\bat least one visible job\b|\bconfig should (?:be|contain)\b|\byaml: line \d+: (?:did not find|mapping|could not|found|block)|\berror parsing config\b|\bfailed to parse manifest\b|\bis neither a dependency nor\b|\bcould not resolve placeholder\b|\bunsupported (?:version|config|schema version)\b|\bInvalid (?:config|configuration) (?:object|file|key|value|option)s?\b/i,
        'service "web" has neither an image nor a build context specified',
        'error: required flag(s) "name" not set',
      ],
    },
  },
  {
    category: 'data-parse',
    strength: 60,
    suggestion:
      'Data that was read is not in the form that it should have. Look at the data first: is it whole, and what it says it is?',
    misses: { values: ['the date picker is shown'], media: ['an image is shown', 'the header is sticky'] },
    rules: {
      values: [
        /\bFormatException\b|\bJsonReaderException\b|\bJsonException\b|\bis an invalid start of a value\b|\bData at the root level\b|\bUnrecognized token\b|\bexpected value at line \d|\bmissing field `|\binvalid type: |\bUnexpected (?:character|end of (?:JSON|input|file|stream|data)|non-whitespace)\b|\bUnknown string format\b|\bInvalid (?:Date|time value|isoformat|numeric literal|JSON text|Record Length|Closing Quote|timestamp|datetime|UUID)\b|\bincorrect UUID length\b|\billegal base64\b|\bIncorrect padding\b|\bodd length hex\b|\bodd-length string\b|\bparsing time "|\bcannot parse\b|\bcould not parse\b|\bunparse?able\b|\bextraneous or missing "|\bUnquoted fields\b|\bNested mappings are not allowed\b|\bcontrol characters are not allowed\b|\bdid not find expected\b|\bwhile parsing a (?:block|flow)\b|\bno section headers\b|\bParsingError\b|\bno element found: line\b|\bDocument is empty\b|\btag mismatch\b|\bSyntax Error: Expected\b|\bmapper_parsing_exception\b|\bfailed to parse field\b|\bUtf8Error\b|\bFromUtf8Error\b|\binvalid utf-?8\b|\bMalformed UTF-8\b|\bInvalid LOC header\b|\binvalid (?:compressed|distance|stored block|code lengths|window size|block type)\b|\bdeserializ\w+\b.*\b(?:error|fail|key|value)|\berror deserializ|\bfailed to deserializ|\bcannot (?:deserialize|construct instance|unmarshal|decode|convert .* to)\b|\bnumber of fields\b|\bout of range: \d+ \+ \d+/i,
        'FormatException: Unexpected character (at character 1)',
        'dateutil.parser._parser.ParserError: Unknown string format: 31/31/2024',
      ],
      media: [
        /\bwire-format data\b|\bUnknown magic byte\b|\bCorruptRecord\w*|\bRecord is corrupt\b|\bnot a Parquet file\b|\bexpected magic number\b|\binvalid sync\b|\bTProtocolException\b|\bBSONError\b|\bmoov atom not found\b|\bInvalid data found when processing\b|\bdoes not start with RIFF\b|\bunsupported image format\b|\bPremature end of\b|\bCorrupt (?:JPEG|PNG|data|file|block|record|archive|index|page)\b|\bInvalid PDF\b|\bSkipping to next header\b|\bdoes not look like a tar\b|\bnot a valid zip\b|\bRan out of input\b|\bEncountered unexpected character\b|\binvalid block type\b|\bCentral directory\b.*\bnot\b|\bnot a gzip\b|\bbad (?:CRC|offset|local header|zipfile)\b|\bunsupported (?:compression|format|pickle protocol|archive|codec)\b|\bchecksum (?:error|mismatch|failed|verification)\b|\bunreadable\b.*\b(?:file|data)|\bmalformed\b|\binconsistent (?:row|record|column)/i,
        'proto: cannot parse invalid wire-format data',
        'ffmpeg: moov atom not found',
      ],
    },
  },
  {
    category: 'cancelled',
    code: 'requested',
    strength: 66,
    suggestion: 'Somebody or something ended it on purpose. Look who did; a newer run often replaces an older one.',
    misses: { tools: ['the cancelled badge is grey', 'a test that interrupts the child passed'] },
    rules: {
      tools: [
        /\bJob failed: cancell?ed\b|\bTEST INTERRUPTED\b|\bTesting (?:cancell?ed|interrupted)\b|\bCancelling test run\b|\bFinished: ABORTED\b|\bAborted by [A-Za-z]|\bSending interrupt signal to process\b|\bmanually (?:stopped|cancell?ed|aborted|terminated)\b|\b(?:build|job|run|test run|pipeline|workflow|execution|task|step) (?:was |has been |is )?(?:cancell?ed|aborted|interrupted) (?:by|from|via|on|while|after|at|when)\b|\bauto-?cancell?ation\b|\bTest Run Aborted\b|\bBuildCancelled\w*|\bBuild cancell?ed\b|\bclient cancell?ed\b|\bCall cancell?ed\b|\bJobCancellation\w*|\bwas cancelled$|\bJoinError::Cancelled\b|\btask \d* ?was cancell?ed\b|\bdue to user request\b|\bAttempting to cancel\b|\bCANCELLED AT \S+(?: |$)(?:by|$|\*)|\] Interrupt$|\bYour build has been cancell?ed\b|\bcode = Cancell?ed\b|\.{3} \^C$|\bCANCELLED: |\bUser cancell?ed\b.*\b(?:run|build|job|test)|\bInterrupted by signal\b|\bstopped by (?:the )?user\b|\bconclusion: cancelled\b/i,
        '** TEST INTERRUPTED **',
        'make: *** [Makefile:31: test] Interrupt',
      ],
    },
  },
  {
    category: 'network',
    code: 'reset',
    strength: 71,
    suggestion:
      'The connection broke while it was in use. Look whether the other side restarted or gave up; a retry often helps.',
    misses: { gone: ['the connection list is shown'] },
    rules: {
      gone: [
        /\btransfer closed with\b|\bError while reading from \S+:\d|\buse of closed network connection\b|\bGOAWAY\b|\bERR_EMPTY_RESPONSE\b|\bRemote host (?:terminated|closed)\b|\bwas not closed cleanly\b|\bFailed to open TCP connection\b|\bstream connection lost\b|\bFailed to (?:query|retrieve) available provider\b|\bcould not retrieve the list of available versions\b|\bCould not retrieve mirrorlist\b|\bpartial file\b|\bincomplete (?:read|download|response|transfer)\b|\bBroken pipe\b|\bconnection (?:was |is )?(?:broken|interrupted|severed|dropped)\b|\bend of communication channel\b|\bsession (?:was )?(?:dropped|disconnected)\b.*\b(?:server|broker|peer)|\bconnection (?:to|with) .* (?:was |has been |is )?(?:lost|closed|reset|dropped|broken|terminated)\b|\bDisconnected from\b|\bno route to host\b|\bprematurely closed\b|\bIncompleteRead\b|\bChunkedEncodingError\b|\bERR_NETWORK\b|\bNetwork Error\b|\bnetwork is (?:unreachable|down)\b|\bERR_INTERNET_DISCONNECTED\b|\bERR_PROXY\w*|\bProxyError\b|\bCannot connect to proxy\b|\bTunnel connection failed\b|\bHTTPConnectionPool\b|\bapt\b.*\bConnection failed\b|\bConnection failed \[|\bremote disconnected\b/i,
        'curl: (18) transfer closed with 734003200 bytes remaining to read',
        'Error while reading from redis:6379 : (104)',
      ],
    },
  },
  {
    category: 'hardware-device',
    code: 'io',
    strength: 95,
    suggestion: 'A disk, a card or a board of this machine answers with errors. Take the worker out and look at it.',
    severity: 'critical',
    misses: { parts: ['the link is down the page', 'a camera icon is shown'] },
    rules: {
      parts: [
        /\b(?:critical|junction|core) temperature\b.*\b(?:reached|exceed|above|shut)|\bclock throttled\b|\bHC died\b|\bxhci\S*\b.*\b(?:died|not responding|error)|\bmmc\d: error\b|\bNIC Link is Down\b|\blink is (?:not ready|down)$|\bin FAULT state\b|\bhostbyte=DID_\w+|\bmetadata I\/O error\b|\bcsum failed\b|\bFAILING_NOW\b|\bself-assessment test result: FAILED\b|\b(?:RAID|array) (?:is )?degraded\b|\bPower supply\b.*\bfail|\bunable to find a matching CMSIS\b|\btarget not examined\b|\bwaiting for any device\b|\bdisk image could not be mounted\b|\bdenied the launch request\b|\bTPU\b.*\b(?:bad health|unhealthy|initialization failed|not found)|\bhipErrorNoDevice\b|\bPCIe link (?:is )?down\b|\bCannot open video device\b|\bcannot find card\b|\bBluetooth adapter\b.*\b(?:not|no)\b|\bA fatal error occurred: Failed to connect\b|\bNo serial data received\b|\bserial\.serialutil\.SerialException\b|\bSerialException\b|\bLIBUSB_ERROR\w*|\blibusb_open\b.*fail|\bprobe(?:-rs)?\b.*\b(?:not found|failed to attach|no connected)|\bdisk failure\b|\bfailing (?:disk|drive)\b|\bdrive (?:has )?failed\b|\bGPU (?:is |was )?(?:lost|unhealthy|unresponsive|fallen|hung)\b|\binstrumentation process is not running\b|\bCould not proxy command to the remote server\b/i,
        'thermal: critical temperature reached (105 C), shutting down',
        'Error: unable to find a matching CMSIS-DAP device',
      ],
    },
  },
  {
    category: 'environment',
    code: 'feature-missing',
    strength: 72,
    suggestion: 'This machine cannot do what the test asks for. Give the test a label, so that it runs where it can.',
    misses: { machine: ['the kernel page is shown'] },
    rules: {
      machine: [
        /\bvm\.max_map_count\b|\bbootstrap checks? failed\b|\bmax virtual memory areas\b|\brequires hardware acceleration\b|\bemulation currently requires\b|\bexec format error\b|\bnot a valid Win32 application\b|\bwrong architecture\b|\bincompatible architecture\b|\bdoes not match the (?:detected host|specified) platform\b|\bno X11 DISPLAY\b|\bcannot open display\b|\bno display name\b|\bUnable to init server\b|\bFailed to connect to the bus\b|\bextension control file\b|\bcould not open extension\b|\b(?:extension|plugin|codec|locale|font|kernel module|driver|encoding) .{1,60} (?:is )?not (?:available|installed|supported|loaded|found)\b|\bunknown encoding\b.*locale|\bunsupported locale\b|\blocale\b.*\b(?:not supported|not available|not found|cannot|unsupported)|\btimezone\b.*\bnot found\b|\bNo time zone found\b|\bcgroup\w*\b.*\b(?:not mounted|not available|unsupported|missing)|\bseccomp\b.*\b(?:not|fail)|\buser namespaces?\b.*\b(?:not|disabled|fail)|\bCPU (?:does not|doesn't|lacks) support\b|\bdoes not support (?:AVX\w*|SSE\w*|virtuali[sz]ation|IPv6)\b|\bno kernel image\b|\brequires (?:compute capability|CUDA|at least \d)|\bwas compiled against\b|\bwas compiled with\b.*\bbut\b|\bABI version\b.*\bmismatch|\bwas compiled against a different\b|\bNODE_MODULE_VERSION\b|\bno acceptable C compiler\b|\blinker `\S+` not found\b|\bCMAKE_\w+_COMPILER could be found\b|\bNo CMAKE_\w+\b|\bCould not find a valid (?:Docker|Java|Python)\b|\bSession ?Not ?Created\w*|\bsession not created\b|\bonly supports Chrome version\b|\bbrowser version\b.*\bnot\b|\bBrowser: '\S+' was not found\b|\bwas not found on your system\b/i,
        'max virtual memory areas vm.max_map_count [65530] is too low',
        'error: linker `cc` not found',
      ],
    },
  },
  {
    category: 'permission-auth',
    code: 'http',
    strength: 77,
    suggestion: 'The server did not let this in. Look at the token: is it there, still valid, and allowed to do this?',
    misses: { services: ['the login page is shown'] },
    rules: {
      services: [
        /\bcould not assume role\b|\bnot authorized to\b|\bReauthenticate\b|\btoken has expired\b|\bprovided token\b.*\b(?:expired|invalid)|\bSaslAuthentication\w*|\bTopicAuthorization\w*|\b\w*AuthorizationException\b|\bFailed to deploy artifacts\b.*\b(?:40[13]|authoriz|Forbidden)|\bauthentication failed\b|\binvalid username\b|\busername-password pair\b|\bSign-?in required\b|\bpermission_denied\b|\bno permission (?:to|for)\b|\bpermission denied (?:for|to|while)\b|\b(?:must be|not) (?:a )?(?:superuser|collaborator|member of|administrator)\b|\bwrite access to repository not granted\b|\bremote: Permission\b|\bdeploy key\b.*\b(?:not|read)|\bcould not read from remote repository\b.*rights|\bNo matching provisioning profile\b|\bprovisioning profile\b.*\b(?:not|doesn't|no|expired)|\brequires a (?:provisioning profile|development team)\b|\berrSecInternalComponent\b|\bUser interaction is not allowed\b|\bkeychain\b.*\b(?:locked|not|could)|\bvault\b.*\b(?:permission denied|sealed|403)|\bx-api-key\b|\bAPI key\b.*\b(?:not|invalid|missing|expired|required)|\bRequires authentication\b|\bunable to (?:authenticate|log ?in|authorize|get (?:the )?credentials)\b|\bSSO session\b.*\bexpired|\bmfa\b.*\b(?:required|needed)|\bcredential helper\b|\bExpired(?:Token|Credentials)\w*|\baccess control\b.*\bdenied|\bRBAC\b|\bforbidden by policy\b|\bdenied by (?:policy|admission|acl)\b|\bNOPERM\b|\bNOAUTH\b|\bsecurity_exception\b|\bmissing authentication\b|\baction \[.*\] is unauthorized\b/i,
        'Error: Could not assume role with OIDC: Not authorized to perform sts:AssumeRole',
        'security_exception: missing authentication credentials for REST request',
      ],
    },
  },
  {
    category: 'timeout',
    code: 'wait',
    strength: 68,
    suggestion: 'Something that was waited for did not come. Look whether it can come at all before waiting longer.',
    misses: { clients: ['the deadline column is shown', 'timeout: 10.0s'] },
    rules: {
      clients: [
        /\bTimeout reading from socket\b|\bnot present in metadata after\b|\bteardown timeout of \d|\bpexpect\.exceptions\.TIMEOUT\b|\bWait timed out\b|\bexceeded execution timeout\b|\bunfulfilled expectations\b|\bcollective operation timeout\b|\btimeout of \d+ ?ms\b|\bnot (?:become|became) (?:ready|available|healthy|visible|active)\b|\btimed out waiting\b|\bhas not (?:completed|finished|started|terminated|responded) (?:within|after|in)\b|\bprogress deadline\b|\bexceeded its progress deadline\b|\bdid not become \w+ (?:within|in|after)\b|\bcondition was not (?:met|fulfilled|satisfied)\b|\bheartbeat timeout\b|\bactivity .*timeout\b|\bStartToClose\b|\bScheduleToStart\b|\bwatchdog\b.*\b(?:timeout|timed|fired|expired|bark)|\bTimed out\.$|\b(?:operation|request|task|command|query|process|script|step|test|wait|lease|transaction|upload|build|deployment|rollout|migration|navigation|response|call) (?:has |was )?(?:timed[ -]?out|exceeded (?:the )?(?:time|deadline)|did not (?:finish|complete|respond|return) in time)\b|\bdid not (?:complete|finish|respond|exit|stop|start|terminate) (?:in time|within|after|before)\b|\bmaxTimeMS\b|\boperation exceeded time limit\b|\bmax_execution_time\b|\bmaximum statement execution time exceeded\b|\bFunction execution took\b|\bstill running after\b|\bgave up waiting\b|\bno progress for\b|\bwas stuck (?:for|in)\b|\bhung for\b|\bANR in\b|\bnot responding\b.*\b(?:application|app|ANR)|\bdeadline (?:was |has been )?(?:exceeded|passed|missed|expired)\b|\bdeadlineexceeded\b/i,
        'Topic orders not present in metadata after 60000 ms.',
      ],
    },
  },
])
