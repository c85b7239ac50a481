// Somebody may not do what they tried. A retry never helps, and the reader wants to know whose key or right it was.
import type { BuiltInRule } from './failure-rule.ts'
import { rulesOf } from './rule-family.ts'

/** Rules for `permission-auth`. */
export const accessRules: readonly BuiltInRule[] = rulesOf([
  {
    category: 'permission-auth',
    code: 'git',
    strength: 78,
    suggestion: 'Git was not let in. Look at the key or token of this job, and at the known hosts.',
    rules: {
      auth: [
        /^(?:fatal|remote): .*\b(?:Authentication failed|Invalid username or (?:password|token)|could not read (?:Username|Password)|Permission (?:to \S+ )?denied|Repository not found|access denied|not authorized|HTTP Basic: Access denied|support for password authentication was removed)\b/i,
        "fatal: Authentication failed for 'https://git.example/a.git/'",
        "fatal: could not read Username for 'https://git.example': terminal prompts disabled",
      ],
      ssh: [
        /\bPermission denied \((?:publickey|password|keyboard)|\bHost key verification failed\b|\bNo \S+ host key is known\b|\bREMOTE HOST IDENTIFICATION HAS CHANGED\b|\bToo many authentication failures\b|\bLoad key .*(?:invalid format|error in libcrypto)/i,
        'git@git.example: Permission denied (publickey).',
        'Host key verification failed.',
      ],
      owner: [
        /\bdetected dubious ownership\b|\brefusing to (?:merge|allow)\b|\bprotected branch hook declined\b/i,
        'fatal: detected dubious ownership in repository at /ws',
      ],
    },
  },
  {
    category: 'permission-auth',
    code: 'http',
    strength: 76,
    suggestion: 'The server did not let this in. Look at the token: is it there, still valid, and allowed to do this?',
    rules: {
      keys: [
        /\bgpg: .*\bNo secret key\b|\bsecurity token .*\b(?:invalid|expired)\b|\b(?:api key|access key|access token|licen[cs]e key) (?:is |has |was )?(?:invalid|expired|missing|revoked|rejected|not valid)\b|\brequires? authentication\b|\bnot logged in\b|\bplease (?:log ?in|sign ?in|authenticate)\b/i,
        'gpg: signing failed: No secret key',
        'The security token included in the request is invalid',
      ],
      unauthorized: [
        /\b(?:HTTP(?:\/[\d.]+)?|status|status code|status code of|returned error|response|response code|code|error)[ :=]{1,3}40[13]\b|\b40[13] (?:unauthorized|forbidden|client error)\b|\b40[13]:? (?:access|permission)/i,
        'Response status: 401 Unauthorized',
        'curl: (22) The requested URL returned error: 403',
      ],
      npm: [/^(?:npm (?:ERR!|error) )?(?:code )?(?:E401|E403|ENEEDAUTH|EOTP)\b/, 'npm error code E401'],
      credentials: [
        /\bbad credentials\b|\b(?:invalid|expired|missing|wrong|incorrect|no valid|revoked) (?:\S{1,20} )?(?:credentials?|(?:api|access|auth|bearer|security|session) ?-?(?:key|token)|password|token|secret|api key)\b|\bcredentials? (?:could not|cannot|are|is|have|has) (?:be )?(?:not )?(?:loaded|missing|expired|invalid|found|required)\b|\bUnable to locate credentials\b|\bNoCredentialsError\b|\bNoCredentialProviders\b|\bToken (?:has )?expired\b/i,
        'Unable to locate credentials',
        'Error: Bad credentials',
        'Credentials could not be loaded from any provider',
      ],
      docker: [
        /\bunauthorized: |\bdenied: (?:requested access|permission|installation|token)|\bpull access denied\b|\bno basic auth credentials\b|\bauthentication required\b/i,
        'pull access denied for acme/tool, repository does not exist or may require docker login',
        'unauthorized: authentication required',
      ],
      cloud: [
        /\b(?:AccessDenied(?:Exception)?|ForbiddenException|UnauthorizedException|UnauthorizedOperation|AuthorizationException|NotAuthorizedException|InvalidClientTokenId|SignatureDoesNotMatch|ExpiredToken(?:Exception)?|UnrecognizedClientException|AuthorizationFailed|PERMISSION_DENIED|UNAUTHENTICATED|code = (?:PermissionDenied|Unauthenticated))\b/,
        'An error occurred (AccessDenied) when calling the PutObject operation: Access Denied',
      ],
      exception: [
        /(?:Authentication|Authorization|NotAuthorized|AccessControl|Unauthorized|Forbidden)(?:Exception|Error)\b/,
        'org.apache.kafka.common.errors.AuthorizationException: not allowed',
      ],
      words: [
        /\b(?:not authori[sz]ed (?:to|for)|you (?:do not|don't) have (?:the )?(?:permission|access|sufficient)|authentication (?:failed|failure|is required|error)|login (?:failed|incorrect)|insufficient (?:permission|privilege|scope)s?|resource not accessible by integration|missing (?:the )?(?:required )?(?:permission|scope)s?|must have admin rights|access (?:is )?denied)\b/i,
        'Resource not accessible by integration',
        'FATAL: password authentication failed for user "ci"',
        'Access is denied.',
      ],
      database: [
        /\bpassword authentication failed\b|\bAccess denied for user\b|\bNOAUTH Authentication required\b|\bWRONGPASS\b|\bno pg_hba\.conf entry\b/i,
        "Access denied for user 'ci'@'localhost'",
      ],
    },
  },
  {
    category: 'permission-auth',
    code: 'files',
    strength: 74,
    suggestion: 'This account may not touch that file. Look at its owner and mode.',
    rules: {
      errno: [
        /\b(?:EACCES|EPERM)\b|\berrno 13\b|\boperation not permitted\b|\bos error 13\b/i,
        "Error: EACCES: permission denied, open '/root/a'",
        'chown: changing ownership of a: Operation not permitted',
      ],
      words: [
        /\bpermission denied\b|\bAccessDeniedException\b|\bPermissionError\b|\bUnauthorizedAccessException\b|\bmust be (?:run as )?root\b|\b(?:are you|requires) root\b|\bsudo: .*(?:password|required|terminal)/i,
        'bash: ./run.sh: Permission denied',
        "PermissionError: [Errno 13] Permission denied: '/data'",
      ],
      node: [
        /\bERR_ACCESS_DENIED\b|\bAccess to this API has been restricted\b/,
        'Error: Access to this API has been restricted. Use --allow-fs-read',
      ],
    },
  },
])
