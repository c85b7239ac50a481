// What is left when no tool was recognised: a line that says of itself that something failed, and in plain words what. Weak, so
// that anything that names its cause goes before; stronger only than a bare error.
import type { BuiltInRule } from './failure-rule.ts'
import { rulesOf } from './rule-family.ts'

/** Rules for plain words, behind every other but bare errors. */
export const plainRules: readonly BuiltInRule[] = rulesOf([
  {
    category: 'exception',
    strength: 45,
    confidence: 0.8,
    suggestion: 'The code threw an error. The first frame of its own code in the stack is where to look.',
    misses: { class: ['TypeErrors are listed here', 'handles TypeError'] },
    rules: {
      class: [
        /^(?:Uncaught |Unhandled |panic: |thrown: ")?[\w.$]{0,64}\b(?:Type|Reference|Range|Key|Index|Attribute|Name|Value|ZeroDivision|UnboundLocal|NotImplemented|Lookup|Overflow|Arithmetic|Argument|NoMethod|Undefined|Frozen|Runtime|StopIteration|Recursion)Error(?::| \[|$)|^[\w.$ "]{0,64}\b(?:NullPointer|NullReference|IndexOutOfBounds|IndexOutOfRange|ArrayIndexOutOfBounds|StringIndexOutOfBounds|ClassCast|InvalidCast|IllegalState|IllegalArgument|InvalidOperation|UnsupportedOperation|ConcurrentModification|NoSuchElement|Arithmetic|DivideByZero|KeyNotFound|ArgumentOutOfRange|ArgumentNull|Argument|NegativeArraySize|ArrayStore|NumberFormat|ObjectDisposed|NotSupported|NotImplemented)(?:Exception|Error)(?::| \(| at |$)|^(?:Cannot read propert(?:y|ies) of (?:null|undefined)|Null check operator used|Can't call method ".*" on an undefined|Can't locate object method)|\bC\+\+ exception with description\b|\bthrown in the test body\b|\boriginated from your (?:application|test) code\b|\bCan't call method\b|\battempt to (?:subtract|add|multiply|divide|index|call|perform)\b|:\d+: (?:Type|Key|Index|Attribute|Name|Value|ZeroDivision|Undefined|Runtime)Error$/,
        'TypeError: x is not a function',
        'java.lang.IllegalStateException: Duplicate key a',
      ],
    },
  },
  {
    category: 'cancelled',
    code: 'requested',
    strength: 26,
    confidence: 0.6,
    suggestion: 'Somebody or something ended it on purpose. Look who did; a newer run often replaces an older one.',
    rules: {
      plain: [
        /^(?:error|fatal|failed|aborted|info|warning)?:? ?.*\b(?:build|job|run|execution|operation|request|pipeline|workflow|tests?) (?:was |has been |is )?(?:cancel?led|halted|aborted|interrupted)(?:$|[.:])/i,
        'Error: execution halted',
      ],
    },
  },
  {
    category: 'network',
    code: 'request',
    strength: 25,
    confidence: 0.6,
    suggestion:
      'Look at the other side first: is the service up, and is its address right? A retry with a pause helps where it was down for a moment.',
    misses: { plain: ['the connection dialog opens', 'connection pool size is 3'] },
    rules: {
      plain: [
        /^(?:[\w.$]{1,80}(?:Error|Exception)|error|fatal|failed|\[\S{1,30}\]|panic|E)\b.*\b(?:connection|connect|socket|network|unreachable|upstream|hostname|proxy|endpoint|registry|remote server|broker)\b.*\b(?:fail|failed|failure|error|refused|reset|closed|lost|abort|aborted|unreachable|unavailable|timed|broken|terminated|dropped|not|unable|could|cannot)\b|\b(?:unable|failed|could not|cannot|can't|couldn't) (?:to )?(?:connect|reach|contact|communicate|establish)\b/i,
        'Error: the connection to the queue failed',
        'Unable to reach the licence server',
      ],
    },
  },
  {
    category: 'permission-auth',
    code: 'http',
    strength: 27,
    confidence: 0.6,
    suggestion: 'The server did not let this in. Look at the token: is it there, still valid, and allowed to do this?',
    rules: {
      plain: [
        /^(?:[\w.$]{1,80}(?:Error|Exception)|error|fatal|failed|\[\S{1,30}\]|denied|unauthorized|forbidden)\b.*\b(?:permission|permissions|denied|forbidden|unauthori[sz]ed|not allowed|not authori[sz]ed|credential|credentials|authentication|access token|privilege|privileges)\b/i,
        'Error: this account has no permission for the bucket',
      ],
    },
  },
  {
    category: 'configuration',
    code: 'options',
    strength: 24,
    confidence: 0.6,
    suggestion: 'An option or a setting is wrong or missing. The message names it.',
    rules: {
      plain: [
        /^(?:error|fatal|failed|invalid|\[\S{1,30}\])\b.*\b(?:option|options|argument|arguments|flag|parameter|setting|settings|config|configuration|configured|undeclared|environment variable|property|attribute|not specified|must be (?:set|specified|provided|one of|an object|a string)|schema|profile|scheme)\b/i,
        'Error: the option shards takes a number',
      ],
    },
  },
  {
    category: 'data-parse',
    strength: 25,
    confidence: 0.6,
    suggestion:
      'Data that was read is not in the form that it should have. Look at the data first: is it whole, and what it says it is?',
    rules: {
      plain: [
        /^(?:[\w.$]{1,80}(?:Error|Exception|Invalid|Malformed)|error|fatal|failed|\[\S{1,30}\])\b.*\b(?:parse|parsing|decode|decoding|malformed|corrupt|corrupted|truncated|unexpected end|invalid (?:json|xml|yaml|format|encoding|syntax|header)|deserialize|deserialization|not a valid|bad format)\b|^[\w.$]{1,64}(?:Parse|Parser|Decode|Format|Encoding|Malformed|Serialization)(?:Error|Exception)\b/i,
        'Error: the header is corrupt',
      ],
    },
  },
  {
    category: 'build-dependency',
    code: 'build',
    strength: 23,
    confidence: 0.5,
    phase: 'set-up',
    suggestion: 'A step of the build failed. Read upwards from here for the first error.',
    rules: {
      plain: [
        /^(?:error|fatal|failed|\[\S{1,30}\])\b.*\b(?:compile|compiling|compilation|linker|linking|package|packages|dependency|dependencies|toolchain|module|modules|header file)\b/i,
        'error: the package shop was left out',
      ],
    },
  },
  {
    category: 'environment',
    code: 'missing-file',
    strength: 22,
    confidence: 0.5,
    suggestion:
      'Something that the test needs on the machine is not there. Is it made by a step before, or left out of the checkout?',
    rules: {
      plain: [
        /^(?:[\w.$]{1,80}(?:Error|Exception)|error|fatal|failed|\[\S{1,30}\])\b.*\b(?:file|directory|folder|path|binary|executable|program|tool|display|device file|library|driver|service|container|image)\b.*\b(?:not found|missing|does not exist|not available|not installed|unavailable|cannot be found|could not be found|no longer)\b/i,
        'Error: the seed file is missing',
      ],
    },
  },
  {
    category: 'exception',
    strength: 19,
    confidence: 0.5,
    suggestion: 'The code threw an error. The first frame of its own code in the stack is where to look.',
    misses: { dotted: ['app.models.Order: listed', 'Note: a.b.C'] },
    rules: {
      dotted: [
        /^[a-z_]\w{1,40}\.[\w.]{1,64}\.[A-Z][a-z]\w{1,40}: \S.*\S \S|^ERROR: {2}\S|^(?:PHP )?(?:Fatal|Parse|Recoverable fatal) error: |^FATAL:? {1,3}\S|^FATAL EXCEPTION\b|^Unhandled\b|^\*\*\* \(\w{1,60}(?:Error|Exception)\)|\bterminating app due to uncaught exception\b/,
        'app.models.Order.Gone: this order is not there',
        'ERROR:  something went wrong here',
      ],
    },
  },
])
