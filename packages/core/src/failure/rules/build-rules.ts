// The code never got to run: it does not compile or link, something that it imports is missing, a package cannot be resolved.
// Below the network, since a download that fails is the network's doing.
import type { BuiltInRule } from './failure-rule.ts'
import { rulesOf } from './rule-family.ts'

/** Rules for `build-dependency`. */
export const buildRules: readonly BuiltInRule[] = rulesOf([
  {
    category: 'build-dependency',
    code: 'import',
    strength: 64,
    phase: 'discovery',
    suggestion: 'Something that the code imports is not there. Is it installed, built, and spelled as it is?',
    rules: {
      main: [
        /\bCould not find or load main class\b|\bUnsupported class file major version\b|\bno main manifest attribute\b|\bERR_VM_MODULE_\w+|\bCannot resolve (?:module|symbol)\b|\bModule (?:build failed|parse failed|not found)\b|\bunresolved import\b|\bunable to resolve (?:module|path to module|import)\b|\bJavaScript file .* could not be loaded\b|\brequire\(\) of ES Module\b|\bUnable to load (?:native )?(?:library|module|plugin|class)\b|\bFailed to load (?:native |dynamic )?(?:library|module|plugin|class|binding)\b|\bException in static initializer\b|\bExceptionInInitializerError\b|\bPackage \S+ is not exported\b|\bCan't locate \S+ in @INC\b/i,
        'Error: Could not find or load main class com.example.Main',
        'Module not found: Error: Can not resolve ./gone',
      ],
      node: [
        /\bCannot find (?:module|package) ['"`]|\b(?:ERR_)?MODULE_NOT_FOUND\b|\bERR_(?:PACKAGE_PATH_NOT_EXPORTED|UNSUPPORTED_DIR_IMPORT|UNKNOWN_FILE_EXTENSION|REQUIRE_ESM|PACKAGE_IMPORT_NOT_DEFINED)\b|\bdoes not provide an export named\b|\bFailed to (?:resolve (?:import|entry)|load url|parse source)\b|\bERR_UNKNOWN_BUILTIN_MODULE\b|\bCould not resolve ["'`]/i,
        "Error: Cannot find module './gone.js'",
        "SyntaxError: The requested module './a.js' does not provide an export named 'b'",
      ],
      python: [
        /\b(?:ModuleNotFoundError|ImportError)(?::|$)|\bNo module named ['"\w]|\bcannot import name ['"]/,
        "ModuleNotFoundError: No module named 'six'",
        "ImportError: cannot import name 'a' from 'b'",
      ],
      collecting: [/^(?:_+ )?ERROR collecting \S/, '____ ERROR collecting tests/test_a.py ____'],
      java: [
        /\b(?:ClassNotFoundException|NoClassDefFoundError|UnsupportedClassVersionError|NoSuchMethodError|NoSuchFieldError|IncompatibleClassChangeError|AbstractMethodError|BootstrapMethodError)\b/,
        'java.lang.NoClassDefFoundError: org/example/Tool',
      ],
      ruby: [
        /\bcannot load such file -- |\bLoadError\b|\bGem::(?:LoadError|MissingSpecError|ConflictError)\b|\bBundler::(?:GemNotFound|VersionConflict|GemfileNotFound)\b/,
        'cannot load such file -- rspec (LoadError)',
      ],
      library: [
        /\berror while loading shared libraries\b|\bcannot open shared object file\b|\bundefined symbol: |\bLibrary not loaded: |\bDLL load failed\b|\bUnsatisfiedLinkError\b|\bsymbol lookup error\b|\bERR_DLOPEN_FAILED\b|\bversion `(?:GLIBC|GLIBCXX|CXXABI)_\S+' not found/i,
        'app: error while loading shared libraries: libfoo.so.1: cannot open shared object file',
        "libc.so.6: version `GLIBC_2.34' not found",
      ],
      jest: [
        /\bJest encountered an unexpected token\b|\bMust use import to load ES Module\b|\bCannot use import statement outside a module\b|\bYou need to run with a version of node that supports ES Modules\b/,
        'Must use import to load ES Module: /app/a.test.js',
        'Jest encountered an unexpected token',
      ],
      dotnet: [
        /\bCould not load file or assembly\b|\bThe type initializer for .* threw\b|\bMissingMethodException\b/,
        "Could not load file or assembly 'Acme.Core'",
      ],
      php: [
        /\bClass ["']\S+["'] not found\b|\bCall to undefined function\b|\bFailed opening required\b/,
        "Error: Class 'Acme\\Tool' not found",
      ],
      go: [
        /\b(?:no required module provides package|cannot find (?:module|package)|missing go\.sum entry|package \S+ is not in)/,
        'main.go:4:2: no required module provides package example.com/a',
      ],
    },
  },
  {
    category: 'build-dependency',
    code: 'syntax',
    strength: 57,
    phase: 'discovery',
    suggestion:
      'The code cannot be read. The first place named is where to look; a merge that was not finished is a usual cause.',
    rules: {
      error: [
        /^(?:Uncaught |E {1,9}|[^\s:]{1,64}: )?(?:SyntaxError|IndentationError|TabError)(?::| \[|$)/,
        'SyntaxError: invalid syntax',
      ],
      vite: [
        /\b(?:Transform failed with \d+ error|Parse failed with|\[PARSE_ERROR\]|Unexpected token \(\d+:\d+\)|BABEL_PARSE_ERROR|Rollup failed to resolve|Build failed with \d+ errors?)/,
        'Transform failed with 1 error:',
      ],
      ruby: [
        /\bsyntax error, unexpected\b|\bParse error: syntax error\b/i,
        'a.rb:3: syntax error, unexpected end-of-input',
      ],
    },
  },
  {
    category: 'build-dependency',
    code: 'compile',
    strength: 63,
    phase: 'set-up',
    suggestion: 'The code does not compile. The first error is the one to read; later ones often follow from it.',
    rules: {
      gcc: [/[:(,]\d+\)?: (?:fatal )?error: \S/, 'src/a.c:12:5: error: unknown type name'],
      path: [/:\d+: (?:fatal )?error:? /, '/src/Main.java:12: error: cannot find symbol'],
      msvc: [
        /\b(?:fatal )?error (?:C|LNK|CS|RC|NETSDK|FS|BC|AL)\d{4}\b/,
        'shop.cc(7,3): error C2065: undeclared identifier',
      ],
      typescript: [/\berror TS\d{3,5}:/, "src/a.ts(3,7): error TS2322: Type 'string' is not assignable"],
      java: [
        /\bCompilation (?:failure|error)\b|^COMPILATION ERROR\b|\bCompilation failed; see the compiler\b|\bCompilationFailedException\b|\bexecution failed for task '.*compile\w*'|\bcannot find symbol$|^error: cannot find symbol|\bpackage \S+ does not exist\b|\bFailed to execute goal .*maven-compiler-plugin|\bcompileJava FAILED\b|\bcompile\w{0,20} FAILED$/i,
        '[ERROR] COMPILATION ERROR :',
        'error: cannot find symbol',
      ],
      javaBracket: [/\.(?:java|scala|kt|groovy):\[\d+,\d+\] \S/, '/src/Main.java:[12,5] cannot find symbol'],
      kotlin: [/^e: (?:file:\/\/)?\S{1,200}\.kts?\b|\bKotlin: \[/, 'e: /src/a.kt: (3, 5): Unresolved reference: foo'],
      scala: [
        /\.scala:\d+: error\b|\bCompilation failed$|^\(compile:compile\w*\) /i,
        'a.scala:12: error: not found: value x',
      ],
      rust: [
        /^error(?:\[E\d{4}\]): |\bcould not compile `|^error: aborting due to \d+ previous|^error: linking with /,
        'error[E0308]: mismatched types',
        'error: could not compile `app` (bin "app") due to 1 previous error',
      ],
      go: [
        /\[(?:build|setup) failed\]$|\.go:\d+:\d+: .*(?:declared|imported) (?:and|but) not used\b|\.go:\d+:\d+: (?:undefined: |cannot use|missing return|syntax error|not enough arguments|too many arguments|expected )/,
        'FAIL    example.com/a [build failed]',
        './a.go:3:9: undefined: foo',
      ],
      link: [
        /\bundefined reference to [`']|\bUndefined symbols for architecture\b|\bunresolved external symbol\b|\bmultiple definition of\b|\bcollect2: (?:fatal )?error: ld returned\b|\bld: (?:symbol|library|cannot find|error)|\bcannot find -l\w|\blinker command failed\b|\brust-lld: error:/i,
        "a.o: undefined reference to `foo'",
        'ld: library not found for -lfoo',
      ],
      header: [
        /\bfatal error: \S+\.h(?:pp|h)?: No such file\b|\bfatal error: '\S+' file not found\b/,
        'fatal error: zlib.h: No such file or directory',
      ],
      make: [
        /^(?:g?make(?:\[\d+\])?|ninja|gmake): .*(?:needed by)|^FAILED: (?:\S+\.o|\S+\.obj)\b/,
        "make: *** No rule to make target 'a.h', needed by 'a.o'.  Stop.",
      ],
      swift: [
        /\.(?:swift|m|mm):\d+:\d+: error: |\bThe following build commands failed\b|\*\* (?:BUILD|TEST BUILD|ARCHIVE) FAILED \*\*|\bCommandError: .*xcodebuild\b/,
        '** BUILD FAILED **',
        'a.swift:3:1: error: expected declaration',
      ],
      gyp: [
        /\bgyp ERR! (?:build|configure) error\b|\bnode-gyp\b.*\b(?:failed|error)\b|\bgyp failed with exit code\b/i,
        'gyp ERR! build error',
      ],
      python: [
        /\b(?:Failed building wheel for|Failed to build one or more wheels|subprocess-exited-with-error|metadata-generation-failed|error: command '\S+' failed|legacy-install-failure|Failed to build \w)/i,
        'ERROR: Failed building wheel for lxml',
        "error: command 'gcc' failed with exit status 1",
      ],
      docker: [
        /\bdockerfile parse error\b|\bfailed to (?:compute cache key|read dockerfile)\b|\bfailed to build: \b/i,
        'ERROR: failed to solve: failed to compute cache key: "/gone": not found',
      ],
      'sub-command': [
        /^(?:ERROR|error|Error): .*\b(?:compil|build)\w* (?:of \S+ )?failed\b|\bfailed to compile\b|^Failed to compile\b/i,
        'Failed to compile.',
      ],
    },
  },
  {
    category: 'build-dependency',
    code: 'lint',
    strength: 55,
    phase: 'set-up',
    suggestion: 'A check of the form of the code said no. Run the linter or formatter that it names.',
    rules: {
      tap: [
        /^ruleId: \S|\bLintrunner failed\b|^>>> Lint for\b|\bFailed to execute goal .*(?:checkstyle|spotless|license|pmd|findbugs|spotbugs|formatter|apache-rat|enforcer|animal-sniffer|javadoc|sortpom|revapi|japicmp|clirr|forbiddenapis|error-?prone)\S*/i,
        'ruleId: eqeqeq',
        'Failed to execute goal org.example:checkstyle-plugin:check',
      ],
      compilers: [
        /\bnvcc fatal\b|\bptxas (?:fatal|error)\b|\bstatic assertion failed\b|\bstatic_assert failed\b|\bgo vet\b.*\b(?:failed|error)|^vet: |\bstylelint\b.*\berror|\bmypy\b.*\berror|\bpylint\b.*\b(?:failed|rated)|\btslint\b.*\berror|\bphpcs\b.*\berrors?\b|\bphpstan\b.*\berror|\bpre-commit\b.*\bfailed|\bhook id: |\bfiles were modified by this hook\b|\bcommitlint\b.*\b(?:failed|problems)\b|\bshellcheck\b.*\berror|\bmarkdownlint\b.*\berrors?\b/i,
        'nvcc fatal   : Unsupported gpu architecture',
        '- files were modified by this hook',
      ],
      java: [
        /\bcheckstyle\b.*\b(?:violations?|errors?|failed)\b|\bYou have \d+ (?:Checkstyle|PMD) violations?\b|\bFindBugs\b.*\b(?:bugs|found|fail)|\bspotless\w* .*(?:violation|fail)|\bspotbugs\b.*\b(?:bugs|fail)|\bToo many files with unapproved license\b/i,
        'You have 3 Checkstyle violations.',
        'Too many files with unapproved license: 2',
      ],
      javascript: [
        /\b\d+ problems? \(\d+ errors?\b|\beslint\b.*\b(?:error|failed|found)|\bCode style issues (?:found|were)|\bRun Prettier\b|^\d+:\d+ {1,9}error {1,9}\S/i,
        '3 problems (1 error, 2 warnings)',
        '12:5  error  Missing semicolon  semi',
      ],
      python: [
        /\bwould reformat\b|\.py:\d+:\d+: [EFWCN]\d{3,4} |\bflake8\b.*\b(?:failed|error)|\bImports are incorrectly sorted\b|^Found \d+ errors? in \d+ files?\b|\bruff\b.*\bfailed\b|\.py:\d+: error: .*\[[\w-]+\]$/,
        'a.py:3:80: E501 line too long',
        'would reformat src/a.py',
        'a.py:3: error: Incompatible types [assignment]',
      ],
      other: [
        /\bgofmt\b.*\b(?:needed|differ|files)|\bgolint\b.*\bfail|\bclippy\b.*\b(?:error|failed|warnings)|\brubocop\b.*\boffenses\b|\boffenses? detected\b|\bktlint\b.*\b(?:failed|errors?)\b|\bdetekt\b.*\b(?:failed|issues)\b|\blintVital.* FAILED|\bLint found (?:fatal )?errors\b|\bclang-format\b.*\b(?:differ|violation|failed)/i,
        '12 files inspected, 3 offenses detected',
        'Lint found errors in the project; aborting build.',
      ],
    },
  },
  {
    category: 'build-dependency',
    code: 'dependency-resolution',
    strength: 62,
    phase: 'set-up',
    suggestion:
      'A package or a version of it cannot be had. Look whether it exists, and whether the demands contradict each other.',
    rules: {
      npm: [
        /\bnpm (?:ERR!|error) (?:code )?(?:ERESOLVE|ETARGET|E404|EUSAGE|EBADENGINE|EINTEGRITY|ENOVERSIONS)\b|^(?:code )?(?:ERESOLVE|ETARGET|E404|EINTEGRITY|ENOVERSIONS)\b|\bunable to resolve dependency tree\b|\bNo matching version found for\b|\b404 Not Found - GET\b|\bnpm ci\b.*\bcan only install\b|\bis not in (?:the|this) (?:npm )?registry\b|\bERR_PNPM_\w+|\bYour lockfile needs to be updated\b|\bpackage\.json and package-lock\.json .*(?:not |out of )in sync\b/,
        'npm error code ERESOLVE',
        'npm ERR! 404 Not Found - GET https://registry.example/gone',
      ],
      maven: [
        /\bCould not (?:find|resolve) (?:artifact|dependenc\w+|parent|plugin)\b|\bDependencyResolutionException\b|\bNon-resolvable (?:parent POM|import POM)\b|\bFailed to (?:collect|read) (?:dependencies|artifact descriptor)\b|\bThe following artifacts could not be resolved\b|\bUnresolvable build extension\b|\bPlugin \S+ or one of its dependencies could not be resolved\b|\bRule \d+: .*\bfailed with message\b|\bNo plugin found for prefix\b|\bUnsatisfiableDependenc\w*|\bUnable to satisfy dependency\b|\bMissing requirement: /,
        'Could not find artifact org.example:lib:jar:1.0 in central',
        'Failed to execute goal on project a: Could not resolve dependencies for project b',
      ],
      gradle: [
        /\bCould not (?:find|resolve) (?:all (?:artifacts|dependencies|files|task dependencies)|method|[^\s:]{1,64}:[^\s:]{1,64}:[^\s:]{1,64})|\bCould not resolve all\b|\bPlugin \[id: .*was not found\b|\bfailed to find (?:Build Tools|target|Platform)\b|\bFailed to install the following (?:Android )?SDK\b/i,
        '> Could not find org.example:lib:1.0.',
        "Plugin [id: 'org.example.tool'] was not found in any of the following sources",
      ],
      pip: [
        /\bNo matching distribution found for\b|\bCould not find a version that satisfies\b|\bResolutionImpossible\b|\bDistributionNotFound\b|\bVersionConflict\b|\bpkg_resources\.\w+Error\b|\bSolverProblemError\b|\bPackagesNotFoundError\b|\bUnsatisfiableError\b|\bLibMambaUnsatisfiableError\b|\bInvalid requirement\b|\bConflicting dependencies\b|\bTHESE PACKAGES DO NOT MATCH THE HASHES\b/,
        'ERROR: No matching distribution found for tool==9.9',
      ],
      os: [
        /\bE: (?:Unable to locate package|Package '\S+' has no installation candidate|Unable to correct problems|Version '\S+' for|Unmet dependencies|Couldn't find any package|Broken packages|Some index files failed)|\bhas unmet dependencies\b|\bNo package \S+ available\b|\bNothing provides\b|\bNo formulae? (?:or casks? )?found\b|\bUnable to find a match: |\bUnable to locate package\b|\bunsatisfiable constraints\b|\bE: Sub-process \S+ returned an error code\b/i,
        'E: Unable to locate package libfoo-dev',
        'No package foo available.',
      ],
      cargo: [
        /\bno matching package (?:named|found)\b|\bfailed to select a version for\b|\bfailed to (?:load source for|parse) (?:dependency|manifest)\b|\bpackage `\S+ \S+` cannot be built\b|\bthe lock file \S+ needs to be updated\b/,
        'error: no matching package named `gone` found',
      ],
      ruby: [
        /\bCould not find (?:compatible versions|gem ')|\bCould not find .* in (?:any of|locally)|\bBundler could not find\b|\bYour Ruby version is\b|\bGem::Ext::BuildError\b|\bAn error occurred while installing \S+/,
        "Could not find gem 'rake' in any of the sources",
        'An error occurred while installing nokogiri (1.8), and Bundler cannot continue.',
      ],
      cmake: [
        /\bConfiguring incomplete, errors occurred\b|^CMake Error\b|\bCould NOT find \S|\bCould not find a package configuration file\b|\bNo package '\S+' found\b|\bconfigure: error: |\bDependency lookup for \S+ with method\b|\bmeson\.build:\d+:\d+: ERROR\b/,
        '-- Configuring incomplete, errors occurred!',
        'CMake Error at CMakeLists.txt:12 (find_package):',
        'configure: error: zlib not found',
      ],
      go: [
        /\b(?:unknown revision|invalid version: |checksum mismatch$|verifying \S+: checksum mismatch|go: inconsistent vendoring|module lookup disabled)\b/,
        'go: example.com/a@v1: invalid version: unknown revision v1',
      ],
      unsatisfiable: [
        /\b(?:No solution found|problem is unsatisfiable|conflicting (?:requirements|dependencies)|version solving failed|dependency (?:conflict|cycle)|circular dependency)\b/i,
        'No solution found: the problem is unsatisfiable',
      ],
      nix: [
        /\b(?:hash mismatch in|builder for '\S+' failed|dependencies couldn't be built|Unsupported (?:engine|platform)|incompatible with this (?:version|module)|Could not resolve derivation)/,
        "builder for '/nix/a.drv' failed with exit code 1",
      ],
      haskell: [
        /\bcabal: Could not resolve dependencies\b|\bStack has not been tested\b|\bCould not find module [‘`']/,
        'cabal: Could not resolve dependencies:',
      ],
    },
  },
  {
    category: 'build-dependency',
    code: 'build',
    strength: 19,
    phase: 'set-up',
    confidence: 0.5,
    suggestion: 'A step of the build failed. Read upwards from here for the first error.',
    rules: {
      collection: [/\bInterrupted: \d+ errors? during collection\b/, 'Interrupted: 2 errors during collection'],
      step: [
        /\bFailed to execute goal\b|\bExecution failed for task\b|\bTest suite failed to run\b/,
        'Failed to execute goal org.example:some-plugin:1.0:run (default)',
      ],
      build: [
        /^(?:ERROR|Error|error|FATAL):? (?:failed to )?(?:build|install|link|compile|package)\b|^npm (?:ERR!|error) (?:code )?ELIFECYCLE\b/i,
        'FATAL: install failed',
      ],
    },
  },
])
