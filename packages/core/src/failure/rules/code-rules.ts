// What the code under test or the test itself did: values that differ, data that cannot be read, anything else that was
// thrown. Weakest: where the text names a cause outside of the code as well, that is the one to tell.
import type { BuiltInRule } from './failure-rule.ts'
import { rulesOf } from './rule-family.ts'

/** Rules for `data-parse`, `assertion`, `exception` and `unknown`. */
export const codeRules: readonly BuiltInRule[] = rulesOf([
  {
    category: 'data-parse',
    strength: 59,
    suggestion:
      'Data that was read is not in the form that it should have. Look at the data first: is it whole, and what it says it is?',
    rules: {
      formats: [
        /\b(?:invalid|unsupported|corrupt|malformed) (?:or unsupported )?(?:zip|gzip|tar|jar|csv|xml|yaml|json|toml|image|pdf|protobuf|avro|parquet)\b|\binvalid type: .*, expected .* at line \d+ column\b|\bCBORDecode\w*|\bpremature end of (?:file|stream|input|data|document)\b|\b(?:struct|zlib)\.error\b|\bbinascii\.Error\b|\bMessagePackError\b|\bmsgpack\b.*\b(?:error|invalid)\b|\b(?:JSON|YAML|XML|TOML|CSV) ?(?:parse|parsing|decode|syntax) ?(?:error|failure|exception)\b/i,
        'Error: Invalid or unsupported zip format',
        'struct.error: unpack requires a buffer of 4 bytes',
      ],
      json: [
        /\bis not valid JSON\b|\bUnexpected (?:end of JSON input|token .{1,12} in JSON|non-whitespace character after JSON|string in JSON|number in JSON)\b|\bJSONDecodeError\b|\bJson(?:Parse|Processing|Syntax|Mapping|EOF)Exception\b|\bJSONException\b|\bExpecting (?:value|property name|',' delimiter|':' delimiter)|^parse error: |^jq: .*parse error|\bMalformedJsonException\b|\bJSON::ParserError\b|\bjson: cannot unmarshal\b|\bunexpected end of JSON\b|\bjson\.(?:Syntax|UnmarshalType)Error\b|\binvalid character .{1,12} (?:looking for|after|in) |\bUnrecognizedPropertyException\b|\bMismatchedInputException\b|\bInvalidFormatException\b|\bin JSON at position \d|\bserde_json\b/,
        'SyntaxError: Unexpected token < in JSON at position 0',
        'json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
        "invalid character '<' looking for beginning of value",
      ],
      xml: [
        /\bSAXParseException\b|\bXMLSyntaxError\b|\bxml\.etree\.\S*ParseError\b|\bExpatError\b|\b(?:XMLStream|JDOMParse|Document|Unmarshal)Exception\b|\bnot well-formed\b|\bContent is not allowed in prolog\b|\bPremature end of file\b|\bXML (?:parsing|parse|syntax) error\b|\bparser error : |\bmismatched tag\b|\bXmlException\b/i,
        'org.xml.sax.SAXParseException: Content is not allowed in prolog.',
        'xml.etree.ElementTree.ParseError: not well-formed (invalid token)',
      ],
      yaml: [
        /\bYAML(?:Exception|ParseError|SemanticError|SyntaxError|Error)\b|\byaml\.(?:scanner|parser|reader|constructor|composer)\.\w+|\b(?:Scanner|Parser)Error: (?:while|mapping|could not)|\bbad indentation of a mapping\b|\bmapping values are not allowed\b|\bPsych::SyntaxError\b|\berror converting YAML\b|\byaml: (?:line \d+|unmarshal)|\bfound character .{1,12} that cannot start any token\b|\bcould not find expected ':'/,
        'yaml.scanner.ScannerError: mapping values are not allowed here',
        'YAMLException: bad indentation of a mapping entry',
      ],
      toml: [
        /\bTOML(?:Decode|Parse)?Error\b|\btoml(?:lib)?\.\w+Error\b|\bTOML parse error\b|\bTomlDecodeError\b/i,
        'tomllib.TOMLDecodeError: Expected an equals sign after a key (at line 3, column 1)',
      ],
      archive: [
        /\bBadZipFile\b|\bZipException\b|\bnot (?:a|in) (?:zip|gzip|tar|bzip2|xz|7z)(?: file| archive| format)?\b|\b(?:gzip|tar|unzip|bzip2|xz|7z|zip): .*(?:not in|unexpected end|corrupt|invalid|invalid header|end-of-central|error is not recoverable|data error|cannot find|does not look like)|\bEnd-of-central-directory signature not found\b|\bincorrect header check\b|\binvalid (?:tar|zip|gzip|distance|block|stored block) \w+|\bunexpected end of (?:file|archive|stream|data|input)\b|\bUnexpected EOF in archive\b|\bBadGzipFile\b|\bReadError: (?:not a|file could not|unexpected|invalid)|\bEOFError: (?:Compressed|Ran out)|\bZ_DATA_ERROR\b|\bZ_BUF_ERROR\b|\bcorrupt(?:ed)? (?:archive|zip|jar|tar|download|file)\b|\binvalid CEN header\b|\bchecksum (?:mismatch|error|failed|does not match)\b|\bCRC (?:error|check failed|mismatch)\b/i,
        'zipfile.BadZipFile: File is not a zip file',
        'gzip: stdin: not in gzip format',
        'Error: incorrect header check',
      ],
      encoding: [
        /\bUnicode(?:Decode|Encode|Translate)?Error\b|\bMalformedInputException\b|\bUnmappableCharacterException\b|\binvalid (?:byte sequence|UTF-8|utf8|multibyte|utf-8 sequence|continuation byte|start byte)\b|\bERR_ENCODING_INVALID_ENCODED_DATA\b|\bstream did not contain valid UTF-8\b|\bInvalidByteSequence\b|\bcodec can't (?:de|en)code\b|\bURI malformed\b|\bmalformed (?:input|URI|UTF-8)\b/i,
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0",
        'stream did not contain valid UTF-8',
      ],
      csv: [
        /\b_?csv\.Error\b|\bParserError: Error tokenizing\b|\bCSV::MalformedCSVError\b|\bCsv\w*Exception\b|\bError tokenizing data\b|\bEmptyDataError\b|\bwrong number of (?:fields|columns)\b|\bbare " in non-quoted\b|\bExpected \d+ fields in line \d+, saw\b|\bRecord has \d+ fields\b/,
        '_csv.Error: line contains NUL',
        'pandas.errors.ParserError: Error tokenizing data. C error: Expected 2 fields in line 3, saw 4',
      ],
      number: [
        /\bNumberFormatException\b|\binvalid literal for (?:int|float)\b|\bcould not convert string to float\b|\bstrconv\.\w+: parsing\b|\bDateTimeParseException\b|\bParseException\b|\bdoes not match format\b|\bInvalid (?:isoformat string|date format|ISO 8601)|\bunparseable date\b|\btime data .*does not match\b|\bParseIntError\b|\bParseFloatError\b|\binvalid digit found in string\b/i,
        'java.lang.NumberFormatException: For input string: "x"',
        "ValueError: invalid literal for int() with base 10: 'a'",
      ],
      binary: [
        /\bInvalidProtocolBufferException\b|\bDecodeError\b|\bUnpicklingError\b|\bStreamCorruptedException\b|\binvalid (?:wire type|magic(?: number)?|header|signature)\b|\bbad magic number\b|\bcorrupt(?:ed)? (?:data|input|index|block|header|record|message|page|image|stream)\b|\b(?:malformed|truncated) (?:\S{1,20} )?(?:data|input|file|header|message|record|packet|packet|JSON|XML|response|body|document|archive)\b|\bdatabase disk image is malformed\b|\bfile is not a database\b|\bUnidentifiedImageError\b|\bdeserializ\w+ (?:error|failed|failure)\b|\bSerializationException\b|\bInvalidClassException\b/i,
        'InvalidProtocolBufferException: Protocol message contained an invalid tag',
        'database disk image is malformed',
        'truncated input file',
      ],
    },
  },
  {
    category: 'assertion',
    code: 'snapshot',
    strength: 44,
    suggestion: 'What came out differs from what was kept. If the new one is right, update the snapshot.',
    rules: {
      text: [
        /\bsnapshots? .*(?:mismatch(?:ed)?|failed|does not match|didn't match|is obsolete|differs?)\b|\btoMatch(?:Inline)?Snapshot\b|\btoHaveScreenshot\b|\bScreenshot comparison failed\b|\d+ pixels \(ratio \S+ of all image pixels\) are different\b|\bsnapshot assertion\b|^- Snapshot {1,9}- \d/i,
        'Error: Snapshot `renders 1` mismatched',
        'expect(received).toMatchSnapshot()',
      ],
    },
  },
  {
    category: 'assertion',
    strength: 42,
    suggestion: 'Expected and actual differ: read the difference. A retry would only hide it.',
    rules: {
      error: [
        /\b(?:JestAssertion|AssertionFailed)(?:Error|Exception)\b|\bERR_ASSERTION\b|AssertionFailedError\b|MultipleFailuresError\b|\bComparisonFailure\b|\bAssertionError\b|\bExpectationFailedException\b|\bAssertionViolatedException\b/,
        'AssertionError: expected 1 to be 2',
        'org.opentest4j.AssertionFailedError: expected: <1> but was: <2>',
      ],
      expected: [
        /\bexpected:? ?(?:<|\[|"|'|`|\(|\S{1,64},? |an? )?.*\b(?:but (?:was|got|found|received|found)|to (?:be|equal|have|match|contain|throw|include|deep|strictly|eql|exist|satisfy|not|become|emit|return|start|end|resolve|reject|finish|succeed|fail)|was:?|actual:?|received:?|got:?|found:?)(?: |:|$|<|\[)/i,
        'expected:<1> but was:<2>',
        'expected [true] but found [false]',
        'expected foo to equal bar',
      ],
      got: [
        /\bgot:? .*[,;]? (?:want(?:ed)?|expected):? |\bwant(?:ed)?:? .*[,;]? (?:got|have):? |\b(?:want|wanted) \S{1,40}[,;]? got\b/i,
        'sum_test.go:41: got 7, want 8',
      ],
      matcher: [
        /\bexpect\(.*\)\.|^(?:Expected|Received|Actual)[ \w]{0,60}:|^Expected .{1,64} (?:but|to|not to)\b|\bNot Expected\b/,
        'expect(received).toBe(expected) // Object.is equality',
        'Expected: 2',
        'Expected value to be truthy but it was not',
      ],
      pytest: [
        /^(?:E {1,9})?assert \S|^(?:FAILED|ERROR) .* - assert\b|\bFailed: DID NOT (?:RAISE|WARN)\b|^E {1,9}assert\b|\bFAILED \S+ - AssertionError\b/,
        'assert 1 == 2',
        'FAILED tests/test_a.py::test_b - assert 1 == 2',
        'Failed: DID NOT RAISE <class ValueError>',
      ],
      rust: [
        /\bassertion (?:`.{1,64}` |failed|`)?.*(?:failed|left == right|left != right)|^assertion failed: /,
        'assertion `left == right` failed',
        'assertion failed: x > 3',
      ],
      mozilla: [
        /\bTEST-UNEXPECTED-(?:FAIL|PASS)\b|\bREFTEST TEST-UNEXPECTED\b/,
        'TEST-UNEXPECTED-FAIL | a/b.html | value was 1',
      ],
      values: [
        /^(?:Expected (?:values|inputs|actual|"actual"|no)|The (?:input|expression) (?:did not match|evaluated to)|Missing expected (?:rejection|exception)|Got unwanted)\b|[^\s\]] (?:===|!==) \S|^\S{1,30} (?:==|!=) \S{1,30}$|\boperator: '|\bValues have same structure\b/,
        'Expected values to be strictly equal:',
        'Missing expected rejection.',
      ],
      mockito: [
        /\borg\.mockito\.exceptions\.verification\.|\b(?:WantedButNotInvoked|TooManyActualInvocations|TooFewActualInvocations|TooLittleActualInvocations|NeverWantedButInvoked|ArgumentsAreDifferent|NoInteractionsWanted|VerificationInOrderFailure)\b|\bWanted but not invoked\b|\bNever wanted here\b|\bArgument\(s\) are different\b|\bexpected (?:mock|call|spy|function)\b|\bto (?:have been|be) called\b|\bMismatched (?:arguments|call)\b|\bmissing call\(s\)|\bmock: I don't know what to return\b/i,
        'org.mockito.exceptions.verification.TooManyActualInvocations:',
        'expected "spy" to be called 1 times',
      ],
      testify: [
        /^Error Trace:|^Error: {1,9}(?:Not equal|Should (?:be|not|have)|Expected (?:nil|value)|Received unexpected|An error is expected|Condition (?:never|not)|".*" does not (?:contain|match)|Elements differ|Max difference|Not same)/,
        'Error:      Not equal:',
        'Error Trace: a_test.go:12',
      ],
      hamcrest: [
        /^Expected: .*|^(?:but|     but): was\b|\bexpecting\b.*\b(?:not to|to be|to have|actual|but|to contain|to equal)|\bExpecting (?:actual|value|empty|code|message)\b|\bbut (?:was|were) not\b|\bbut had (?:size|not)\b|\bcondition not (?:met|satisfied)\b|\bshould (?:have|be|not|equal|contain|throw)\b.*\bbut\b|\bdid not (?:fail|throw|raise)\b|\bshould have thrown\b|\bno exception (?:was )?thrown\b|\bexpected .* to be thrown\b/i,
        'expecting list not to be empty',
        'Expecting value to be true but was false',
      ],
      ruby: [
        /^(?:Failure\/Error: |expected(?: \S|:)|\(compared using|MiniTest::Assertion|Minitest::Assertion|RSpec::Expectations)/,
        'Failure/Error: expect(page).to have_content',
        'Minitest::Assertion: Expected true',
      ],
      threshold: [
        /\b(?:exceeded expected|exceeds? (?:the )?(?:threshold|budget|limit)|coverage .*(?:below|does not meet|less than)|below (?:the )?(?:minimum|threshold)|do not meet the threshold|does not meet (?:global )?threshold|performance regression)\b/i,
        'Coverage for lines (80%) does not meet global threshold (90%)',
        'latency of 80 ms exceeded expected 50 ms',
      ],
      gtest: [
        /^(?:Expected equality of these values|Value of: |Which is: |Actual: |\[  FAILED  \]|(?:\S{1,200}): Failure$)/,
        'Value of: ok',
        '[  FAILED  ] Suite.Test (3 ms)',
      ],
      xctest: [
        /\bXCTAssert\w*(?: failed)?|\bXCTFail\b|\bXCTUnwrap failed\b/,
        'XCTAssertEqual failed: ("1") is not equal to ("2")',
      ],
      conditions: [
        /\bCondition not satisfied\b|\bSpockComparisonFailure\b|\bTest (?:case )?failed: \S|\bassert(?:ion)? (?:failed|failure|violated)\b|\bAssertion violated\b|\bassertEqual\b|\bFAILED ASSERTION\b|^\(FAIL\)|\bmismatch(?:ed)? (?:elements|shape|at index|values)\b|\bNot equal to tolerance\b|\bTensor-likes are not (?:close|equal)\b|\bScalars are not (?:close|equal)\b|\bMismatched elements\b|\barrays are not (?:almost )?equal\b|\bDifferences? (?:found|detected)\b|\boutput (?:differs|mismatch|does not match)\b|\bnot (?:almost )?equal\b/i,
        'Condition not satisfied:',
        'Tensor-likes are not close!',
        'Arrays are not equal',
      ],
    },
  },
  {
    category: 'assertion',
    code: 'summary',
    strength: 31,
    confidence: 0.6,
    suggestion: 'Only the count of failed tests is in the text. Read the report of the run for what differed.',
    rules: {
      maven: [/\bTests run: \d+, Failures: [1-9]\d*\b/, 'Tests run: 41, Failures: 2, Errors: 0, Skipped: 1'],
      maven3: [
        /^Failed tests: {1,9}\S|^FAILURES!!!|^Failures: [1-9]\d{0,4}\b|\bThere (?:was|were) [1-9]\d{0,4} failures?\b/,
        'Failed tests:   addsUp(com.example.SumTest): (..)',
        'There were 2 failures:',
      ],
      unittest: [/^FAILED \(.*failures=[1-9]/, 'FAILED (failures=1)'],
      gotest: [/^--- FAIL: \S/, '--- FAIL: TestSum (0.00s)'],
      counts: [
        /^(?:=+ )?(?:Tests?: {1,12})?[1-9]\d{0,5} (?:tests? )?fail(?:ed|ing|ures?)\b|\b\d+ tests? completed, [1-9]\d* failed\b|\b\d+ examples?, [1-9]\d* failures?\b|^# fail(?:ed)? [1-9]|\btest result: FAILED\b|\b[1-9]\d* (?:tests?|specs?|examples?|scenarios?) (?:have )?failed\b|\bfailures="[1-9]|\bThere were failing tests\b|^Test failed\. {1,3}See above|\btest failed, to rerun pass\b|\bERR! Test failed\b|\bFAILED CONSISTENTLY\b|^FAIL(?:ED)? \[|^ERROR \[\d|\bThere are test failures\b|\bLooks like you failed [1-9]|\bResult: FAIL$|^Failed: [1-9]/i,
        '7 tests completed, 2 failed',
        '12 examples, 1 failure',
        'test result: FAILED. 3 passed; 1 failed',
      ],
      gradle: [/^\S{1,200} > \S.* FAILED$/, 'com.example.SumTest > addsUp FAILED'],
    },
  },
  {
    category: 'exception',
    code: 'stack-overflow',
    strength: 34,
    suggestion: 'A function calls itself without an end, or too deeply. The repeated lines of the stack name it.',
    rules: {
      all: [
        /\bMaximum call stack size exceeded\b|\bStackOverflowError\b|\bRecursionError\b|\bmaximum recursion depth exceeded\b|\bgoroutine stack exceeds\b|\bstack level too deep\b|\btoo much recursion\b/,
        'RangeError: Maximum call stack size exceeded',
        'java.lang.StackOverflowError',
      ],
    },
  },
  {
    category: 'exception',
    code: 'unhandled',
    strength: 32,
    suggestion:
      'A rejection or an error was handled by nobody. Await what can fail, and look which test it belongs to.',
    rules: {
      rejection: [
        /\bUnhandled (?:promise )?rejection\b|\bUnhandledPromiseRejection|\bunhandledRejection\b|\bERR_UNHANDLED_(?:REJECTION|ERROR)\b|\bpromise chain failed to handle\b|\bVitest caught \d+ unhandled errors?\b|\bUnhandled (?:error|exception|errors)\b|\buncaught exception\b|\buncaughtException\b/i,
        'UnhandledPromiseRejection: This error originated by throwing',
        'Vitest caught 1 unhandled error during the test run.',
      ],
    },
  },
  {
    category: 'exception',
    strength: 20,
    confidence: 0.8,
    suggestion: 'The code threw an error. The first frame of its own code in the stack is where to look.',
    rules: {
      javascript: [
        /^(?:Uncaught |Unhandled |\(node:\d+\) |\[\w{1,20}\] )?(?:Type|Reference|Range|URI|Eval|Internal|Aggregate|Reply|Prisma\w*|Sequelize\w*|Mongo\w*|Axios|System)Error(?::| \[|$)/,
        'TypeError: x is not a function',
      ],
      named: [
        /^(?:Uncaught |Unhandled |Caused by: |cause: |error: '|Unexpected |thrown: ")?[\w$.]{1,100}(?:Error|Exception|Failure|Fault)(?::| \[| \(|$| at | thrown)/,
        'ValueError: no such colour: mauve',
        'java.lang.NullPointerException: Cannot invoke "String.length()"',
      ],
      plain: [
        /^(?:Uncaught |Unhandled |\d+\) )?(?:Error|Exception|error)(?::| \[\w{1,40}\]:) \S/,
        'Error: the basket is empty',
      ],
      java: [
        /\borg\.mockito\.exceptions\.misusing\b|\bException in thread "|\bNullPointerException\b|\bIllegal(?:State|Argument)Exception\b|\bIndexOutOfBounds\w*Exception\b|\bClassCastException\b|\bUnsupportedOperationException\b|\bConcurrentModificationException\b|\bNoSuchElementException\b|\bRuntimeException\b|\bArithmeticException\b|\bExecutionException\b|\b[A-Z]\w{2,60}Exception(?::|$| at )/,
        'Exception in thread "main" java.lang.IllegalStateException',
        'java.lang.ClassCastException: class A cannot be cast to class B',
      ],
      python: [
        /^Traceback \(most recent call last\):|^[\w.]{2,80}(?:Error|Exception|Warning|Exit|Iteration|Interrupt)(?::|$)|:\d+: [A-Z]\w{2,40}(?:Error|Exception)$/,
        'Traceback (most recent call last):',
        "KeyError: 'shop'",
      ],
      go: [
        /^panic: |^goroutine \d+ \[running\]|\bruntime error: (?:invalid memory address|index out of range|slice bounds|integer divide|makeslice)/,
        'panic: runtime error: index out of range [3] with length 3',
      ],
      rust: [
        /\bthread '.*' .*panicked at\b|\bthread '.*panicked at\b|\bcalled `(?:Option|Result)::(?:unwrap|expect)/,
        "thread 'main' panicked at src/main.rs:3:5:",
      ],
      other: [
        /^(?:PHP )?Fatal error: |^(?:terminate|Unhandled exception)\b|^(?:undefined method|NoMethodError|NameError|ArgumentError|RuntimeError)\b|\(NoMethodError\)|\bUnhandled Exception: |\bSystem\.\w{1,40}Exception\b/,
        "NoMethodError: undefined method 'a' for nil",
        'Unhandled exception. System.InvalidOperationException: no',
      ],
      summary: [
        /\bTests run: \d+, Failures: 0, Errors: [1-9]\d*\b|^FAILED \(.*errors=[1-9]|^Tests in error:/,
        'Tests run: 12, Failures: 0, Errors: 2, Skipped: 0',
        'FAILED (errors=2)',
      ],
      shell: [
        /\bline \d+: .*(?:unbound variable|syntax error|bad substitution)/,
        'run.sh: line 3: NAME: unbound variable',
      ],
    },
  },
])
