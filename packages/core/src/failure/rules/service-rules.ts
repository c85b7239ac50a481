// Servers, stores, brokers and clouds in their own words: databases, queues, cluster and infrastructure tools. They name the same
// causes as everybody, but in phrases that only they have.
import type { BuiltInRule } from './failure-rule.ts'
import { rulesOf } from './rule-family.ts'

const elsewhere =
  'Look at the other side first: is the service up, and is its address right? A retry with a pause helps where it was down for a moment.'

/** Rules for what servers and the tools around them say. */
export const serviceRules: readonly BuiltInRule[] = rulesOf([
  {
    category: 'network',
    code: 'refused',
    strength: 75,
    suggestion: 'Nothing listens at that address. Start the service before the test, or wait until it is ready.',
    misses: {
      'server running': ['Is the server running locally and accepting connections on Unix domain socket "/s"?'],
    },
    rules: {
      'server running': [
        /\bconnection to server (?:at|on) .*failed|\bcould not connect to server: (?:Connection|Network|Host|No route)\b|\bError \d{2,3} connecting to \S+:\d|\bIs the server running on (?:that )?host .*(?:TCP\/IP|accepting)/i,
        'connection to server at "127.0.0.1", port 5432 failed: Connection refused',
        'Error 111 connecting to localhost:6379. Connection refused.',
      ],
      establish: [
        /\b(?:connection|session|channel|link) (?:to|with) .*\b(?:could not be|cannot be|can't be|couldn't be|was not) (?:established|opened|made)\b|\b(?:error|failure) (?:occurred )?while establishing a connection\b|\b(?:could not|cannot|can't|unable to|failed to|couldn't) (?:open|establish|create|obtain|make|get) (?:a |an |the |any )?(?:new |jdbc |initial |tcp |database |network |ssh |\S{1,20} )?connections?\b|\bBroker may not be available\b|\bnetwork-related or instance-specific error\b|\bserver was not found or was not accessible\b|\bCommunications link failure\b/i,
        'Connection to node -1 (localhost/127.0.0.1:9092) could not be established. Broker may not be available.',
        'A network-related or instance-specific error occurred while establishing a connection',
      ],
      connect: [
        /\b(?:could not|cannot|can't|can not|unable to|failed to|couldn't|not able to|error) connect(?:ing)? (?:to|with) .*\b(?:endpoint|url|server|broker|database|db|redis|mongo\w*|postgres\w*|mysql|mariadb|rabbitmq|amqp|kafka|elasticsearch|zookeeper|etcd|cluster|host|node|peer|proxy|registry|service|api|backend|upstream|localhost|https?:|tcp:|wss?:|\d{1,3}\.\d{1,3}\.\d)|\bEndpointConnectionError\b|\bConnection error: .*refused|\bserver at \S+ .*(?:is not reachable|cannot be reached)|\bNo connection could be made\b|\btarget machine actively refused\b|\bConnectError\b|\bNo alive nodes\b|\bNone of the configured nodes\b/i,
        'Could not connect to the endpoint URL: "http://localhost:4566/queue"',
        'Failed to connect to localhost:9092',
      ],
    },
  },
  {
    category: 'network',
    code: 'reset',
    strength: 70,
    suggestion:
      'The connection broke while it was in use. Look whether the other side restarted or gave up; a retry often helps.',
    rules: {
      dropped: [
        /\bforcibly closed by the remote host\b|\bserver (?:has )?(?:unexpectedly )?(?:disconnected|closed the connection|has gone away|terminated abnormally|closed the stream)\b|\bServerDisconnectedError\b|\blost connection to (?:MySQL|the|database|server|broker|backend|redis)\b|\bterminating connection due to\b|\bsoftware caused connection abort\b|\bunderlying connection was closed\b|\bresponse ended prematurely\b|\bconnection (?:has been |is |was )?(?:unexpectedly |abruptly |prematurely )(?:closed|dropped|terminated|lost|reset|aborted)\b|\bunable to (?:read|write) data (?:from|to) the transport connection\b|\bEmpty reply from server\b|\bConnectionDoneError\b|\bupstream (?:prematurely closed|connect error)\b|\bdisconnect\/reset before headers\b|\bstream error\b.*\b(?:INTERNAL_ERROR|CANCEL|REFUSED_STREAM|received from peer)\b|\bclient_loop: send disconnect\b|\bUnexpected (?:server )?(?:disconnect|disconnection)\b|\bRecv failure\b|\bSend failure\b|\bpeer closed connection\b|\bRemoteProtocolError\b|\bAMQPConnectionError\b|\bStreamLostError\b|\bchannel (?:was )?closed (?:by|unexpectedly)\b|\bMongoNetworkError\b|\bconnection reset$/i,
        'An existing connection was forcibly closed by the remote host.',
        'Server disconnected',
        'SSL error: server closed the connection unexpectedly',
      ],
      'no leader': [
        /\bno leader\b|\bleadership election\b|\b(?:LEADER|COORDINATOR|BROKER)_NOT_AVAILABLE\b|\bNOT_(?:LEADER|COORDINATOR)_?\w*|\bNotLeader\w*|\bNotCoordinator\w*|\bLeaderNotAvailable\w*|\bnot (?:the )?(?:leader|primary|master)\b|\bNotWritablePrimary\b|\bNotPrimary\w*|\bPrimarySteppedDown\b|\bInterruptedAtShutdown\b|\bmaster_not_discovered\w*|\bcluster is (?:down|not available|unhealthy|red)\b|\bcoordinator is not available\b|\bis (?:starting|loading|initiali[sz]ing|recovering|rebalancing)\b.*\b(?:retry|try again|later|wait)|\bOldest replica\b|\bgroup is rebalancing\b|\bREBALANCE_IN_PROGRESS\b|\betcdserver: (?:leader changed|no leader|request timed out)/i,
        'There is no leader for this topic-partition as we are in the middle of a leadership election',
        'LEADER_NOT_AVAILABLE',
      ],
    },
  },
  {
    category: 'network',
    code: 'dns',
    strength: 72,
    suggestion: 'The name could not be resolved. Look for a typing mistake, or for a network without name resolution.',
    rules: {
      names: [
        /\bNo such host is known\b|\bremote name could not be resolved\b|\bname does not resolve\b|\b(?:SERVFAIL|NXDOMAIN|EAI_NODATA)\b|\bbad address '|\bcould not translate host name\b|\bunknown (?:mysql server )?host '|\bnot known: |\bDNS (?:lookup|resolution|name|query|server)\b.*\b(?:fail|error|timed? ?out|could not|not)|\bdns error\b|\bhost(?:name)? (?:\S{1,64} )?(?:could not be|cannot be|not) (?:resolved|found)\b|\bnot resolve host\b|\bno such host$|\bgetaddrinfo\b.*\bfail|\bServer selection timed out\b.*ENOTFOUND|\bno addresses? (?:found )?for host\b|\bresolv\w+ host(?:name)?\b.*\bfail/i,
        'No such host is known. (db.example:443)',
        'could not translate host name "db" to address: Name does not resolve',
      ],
      mirror: [
        /\btemporary error \(try again later\)|\bTemporary failure (?:in|resolving)\b|\bDNS: transient error\b/i,
        'WARNING: Ignoring https://cdn.example/main: temporary error (try again later)',
      ],
    },
  },
  {
    category: 'network',
    code: 'tls',
    strength: 72,
    transient: false,
    suggestion:
      'The two sides do not trust one another. Look at the certificate: its date, its names and who signed it.',
    rules: {
      trust: [
        /\b(?:remote |server |peer |ssl |tls |client )?certificate (?:is |was |has |chain )?(?:invalid|expired|not trusted|untrusted|revoked|rejected|not valid|issued|unknown|name mismatch|not yet valid|verification failed|cannot be verified|does not match|doesn't match)\b|\bSSL connection could not be established\b|\bunable to verify the first certificate\b|\bno alternative certificate subject name matches\b|\bhostname mismatch\b|\bSSLCertVerificationError\b|\bCERTIFICATE_VERIFY_FAILED\b|\bSSLPeerUnverifiedException\b|\bCertificate(?:Expired|NotYetValid|Unknown)\w*|\bx509: |\bSEC_ERROR_\w+|\bSSL certificate problem\b|\bunsupported protocol\b.*\bssl|\bWRONG_VERSION_NUMBER\b|\bunknown ca\b|\binvalid peer certificate\b|\bTLSV1_ALERT\w*|\bsslv3 alert\b|\bHostname\/IP does not match\b|\btls: (?:failed to verify|first record|bad certificate|unknown)/i,
        'The remote certificate is invalid according to the validation procedure',
        'tls: failed to verify certificate',
      ],
    },
  },
  {
    category: 'network',
    code: 'rate-limit',
    strength: 74,
    suggestion: 'The other side limits how often it may be asked. Wait as long as it says, ask less often, or sign in.',
    rules: {
      throttled: [
        /\b(?:Throttl(?:ing|ed)(?:Exception|Error)?|RateLimit(?:ed|Error|Exceeded\w*)|TooManyRequests\w*|ProvisionedThroughputExceeded\w*|RequestThrottled\w*|LimitExceededException|QuotaExceeded\w*)\b|\bRate (?:limit )?exceeded\b|\brate[- ]limit(?:ed|ing)?(?:$|[.:,]| by| for| error| on| hit| reached| exceeded)|\byou (?:have |are )?(?:exceeded|being|hit) .*\b(?:rate|quota|limit|throttled)|\bhas exceeded (?:its|the|your|a) (?:\S{1,20} )?(?:rate|quota|request)|\bquota (?:has been |was |is )?(?:exceeded|exhausted|reached)\b|\babuse detection\b|\bover (?:its|the) (?:data |request |rate )?quota\b/i,
        'An error occurred (ThrottlingException) when calling the Invoke operation: Rate exceeded',
        'openai.RateLimitError: You exceeded your current quota',
      ],
    },
  },
  {
    category: 'network',
    code: 'upstream-5xx',
    strength: 71,
    suggestion:
      'A server that the test needs answered that it is not well. Look at its state; a retry with a pause often helps.',
    misses: { unavailable: ['the unavailable banner is hidden'] },
    rules: {
      unavailable: [
        /\((?:50[234]|52\d)\)|\bStatus Code: 5\d\d, Request ID\b|\bStatusCode: 50[234]\b|\bstatus(?: code)?(?: of)? 50[234]\b|\b50[234] \(|\(ServiceUnavailable\)|\(InternalError\)|\bServiceUnavailable(?:Exception|Error)?\b|\bcurrently unable to handle the request\b|\bencountered an internal error\. Please try again\b|\bservice (?:is )?(?:temporarily |currently )unavailable\b|\bno healthy upstream\b|\bbad gateway\b|\bgateway time-?out\b|\bSlow ?Down\b.*\breduce\b|\bplease (?:try|retry) (?:again )?(?:later|in a (?:few|moment))|\btry again later\b|\b(?:server|service) (?:is )?(?:overloaded|too busy|temporarily)\b|\boverloaded_error\b|\bHTTP\S{0,8} 5(?:0[234]|2\d)\b|\bunexpected (?:http )?(?:response|status)(?: code)?:? ?50[234]\b|\breturned (?:a |an )?(?:http )?(?:status )?50[234]\b|\b50[0234] (?:Internal )?Server Error\b.*\b(?:url|GET|POST|from)\b/i,
        'Error from server (ServiceUnavailable): the server is currently unable to handle the request',
        'Failed request: (503) Service Unavailable',
      ],
    },
  },
  {
    category: 'network',
    code: 'timeout',
    strength: 73,
    suggestion: elsewhere,
    rules: {
      connecting: [
        /\bconnected party did not properly respond\b|\bconnected host has failed to respond\b|\bconnection attempt (?:has )?failed\b|\bNet::(?:Open|Read|Write)Timeout\b|\b(?:Faraday::|HTTP::)?(?:Connection)?TimeoutError \(?Net\b|\bMongoNetworkTimeoutError\b|\bserver selection (?:timed out|timeout)\b|\bConnectionTimeout(?:Error)?\b|\bReadTimeoutError\b|\bread timed out\b|\bconnect(?:ion)? time(?:d )?out\b.*\b(?:connecting|to|host|port)\b|\btimed out (?:while )?(?:trying to )?connect(?:ing)?\b|\btime-?out (?:while |when |during )?(?:trying to )?(?:connect|reading from|writing to)\b|\bhttpx?(?:core)?\.\w*Timeout\b|\bpool timed out while waiting for an open connection\b|\bCurl error \(28\)|\boperation too slow\b|\bThe read operation timed out\b|\bTLS handshake timeout\b/i,
        'A connection attempt failed because the connected party did not properly respond',
        'Net::ReadTimeout with #<TCPSocket:(closed)>',
      ],
    },
  },
  {
    category: 'network',
    code: 'dependency-download',
    strength: 68,
    suggestion:
      'Something that the build needs could not be downloaded. Look whether its server is up and still has it; a retry with a pause often helps.',
    misses: { fetch: ['failed to fetch the row from the table mock', 'download button is shown'] },
    rules: {
      fetch: [
        /\b(?:failed|unable|error|cannot|could not|couldn't|can't) (?:to )?(?:download|downloading|retrieve|fetch|fetching|get|pull|pulling|mirror|sync) .*\b(?:https?|git|ssh|ftp):\/\/|\b(?:failed|unable|error|cannot|could not|couldn't) (?:to )?(?:download|downloading) (?:the |a |all )?(?:\S{1,30} )?(?:metadata|resource|package|packages|file|files|archive|artifact|artifacts|bottle|dependency|dependencies|toolchain|index|repository|browser|binary|image|sdk|blob|layer|tarball|wheel|plugin|module|crate|gem|action)\b|\bfailed to query replaced source registry\b|\bspurious network error\b|\bFailed to (?:download metadata|synchronize cache) for repo\b|\bCannot download repomd\b|\bunable to load the service index\b|\bNU1301\b|\bUnable to load package list\b|\bTrouble with your network\b|\bnetwork (?:connectivity|request) (?:problem|issue|error|failed)\b|\bnetwork (?:error|failure|problem|issue)\b|\bHash Sum mismatch\b|\bfailed to fetch (?:remote|some objects|oauth|anonymous|metadata|manifest)\b|\bHTTPError: HTTP Error 5\d\d\b/i,
        'error: failed to query replaced source registry `crates-io`',
        "Error: Failed to download metadata for repo 'appstream'",
      ],
    },
  },
  {
    category: 'permission-auth',
    code: 'http',
    strength: 76,
    suggestion: 'The server did not let this in. Look at the token: is it there, still valid, and allowed to do this?',
    misses: { refused: ['the forbidden page is shown', 'permissions are listed'] },
    rules: {
      refused: [
        /\((?:Forbidden|Unauthorized|AccessDenied|Unauthenticated)\)|\((?:401|403)\)|\b(?:status|code|status code)(?: of)?:? ?40[13]\b|\b40[13] \(|\bis forbidden: (?:User|attempt|pods|unable)|\bcannot (?:list|get|create|update|delete|watch|patch) resource\b|\bis not authorized to perform\b|\bdoes not have (?:the )?(?:\S{1,40} )?(?:permission|access|privilege|authori[sz]ation|role|rights?)\b|\b(?:permission|access|privilege)s? (?:was |were |is |are |has been )?(?:denied|refused|rejected|not granted|revoked|insufficient)\b|\bmust be owner of\b|\brequires? (?:the )?(?:\S{1,40} )?(?:permission|privilege|role|authentication|login|scope)s?\b|\binsufficient (?:\S{1,20} )?(?:permission|privilege|scope|credential|access|right)s?\b|\bSASL authentication\b|\bSASL .*fail|\b(?:AUTH|LOGIN) failed\b|\bauthenticat\w+ (?:has )?(?:failed|failure|error|rejected|exception|unsuccessful|required)\b|\bfailed to (?:authenticate|authori[sz]e|log ?in|sign in|obtain (?:an? )?(?:access )?token|refresh (?:the )?token)\b|\b(?:access token|auth token|bearer token|security token|refresh token|credentials?|api key|password|licen[cs]e|jwt)\b.*\b(?:is |are |was |were |has |have )(?:been )?(?:expired|revoked|rejected|invalid|incorrect|wrong|disabled|locked|malformed|unauthori[sz]ed|not valid|no longer valid)\b|\bno (?:valid |usable |default )?(?:credential|identity|provisioning profile|signing certificate|signing identity|api key|token|license|licence)s? (?:\S{1,30} )?(?:found|available|provided|configured|supplied|present|could)\b|\bunauthori[sz]ed_?client\b|\binvalid_(?:grant|client|token|scope)\b|\bcode signing\b.*\b(?:fail|error|required|not)|\bNo signing\b|\bInvalidAuthenticationToken\b|\bInvalidAccessKeyId\b|\bAADSTS\d+\b|\bNot ?Authorized\b|\bUNAUTHORI[SZ]ED\b|\baccess[ _]denied\b|\bBadCredentials\w*|\bInvalidCredentials?\w*|\bauth(?:entication|orization)? (?:token|header|key) (?:is )?(?:missing|required|invalid|expired)\b/i,
        'Error from server (Forbidden): pods is forbidden: User "ci" cannot list resource "pods"',
        'Failed to load resource: the server responded with a status of 401 (Unauthorized)',
      ],
    },
  },
  {
    category: 'permission-auth',
    code: 'files',
    strength: 77,
    suggestion: 'This account may not touch that file. Look at its owner and mode.',
    rules: {
      modes: [
        /\bUNPROTECTED PRIVATE KEY FILE\b|\bbad permissions$|^Permissions 0\d{3} for .*too open|\bare too open\b|\bbad ownership or modes\b|\bEPERM\b|\bnot permitted$|\b(?:not|isn't|is not|are not) writable(?:$|[.:,]| by)|\bno write (?:access|permission)\b|\bcannot open .*: Permission denied|\bAccess to the path .*is denied\b|\bSQLITE_READONLY\b|\breadonly database\b|\brequires (?:root|superuser|administrator|elevated|elevation)\b|\brun (?:it |this )?(?:as|with) (?:root|sudo|administrator)\b|\boperation requires elevation\b|\bPermissionDenied\b|\bEACCES\b|\bsandbox: .*deny\b|\bOperation not permitted\b/i,
        'Load key "k": bad permissions',
        "Access to the path '/root/a' is denied.",
      ],
    },
  },
  {
    category: 'resource',
    code: 'disk',
    strength: 95,
    suggestion: 'The disk is full, or its quota is used up. Clean the worker, or give it more.',
    rules: {
      stores: [
        /\bflood-stage watermark\b|\bdisk usage exceeded\b|INSUFFICIENT_STORAGE|\b(?:insufficient|not enough|low|no|out of) (?:\S{1,20} )?(?:storage|disk|disk space|free space|space)(?:$|[.:,])|\bcould not (?:extend|write)\b.*\bspace\b|\bSQLITE_FULL\b|\bdisk (?:is )?(?:almost |nearly )?full\b|\bquota exceeded\b.*\b(?:disk|storage|write|file)\b|\bThe volume .* full\b|\bcannot write: (?:no|disk)|\bephemeral[- ]storage\b.*\b(?:exceed|limit|low|usage)|\bnot enough (?:\S{1,20} )?space\b|\bstorage (?:is )?full\b|\bno inodes?\b|\bout of inodes\b|\bERROR_DISK_FULL\b|\bdoesn't have enough (?:free )?space\b/i,
        'index [t-1] blocked by: [disk usage exceeded flood-stage watermark]',
        'Failure [INSTALL_FAILED_INSUFFICIENT_STORAGE]',
      ],
    },
  },
  {
    category: 'environment',
    code: 'service',
    strength: 74,
    suggestion: 'A service of the machine does not run. Start it on the worker before the tests.',
    rules: {
      objects: [
        /\bNoSuchBucket\b|\bThe specified bucket does not exist\b|\bindex_not_found_exception\b|\bno such index\b|\bUNKNOWN_TOPIC_OR_PARTITION\b|\bUnknownTopicOrPartition\w*|\bunknown database\b|\bcontainer .{1,64} is not running\b|\bNo such container\b|\bservice "\S+" (?:not found|is not running)\b|\bsystemctl\b.*\b(?:fail|not)|\b(?:daemon|dockerd|containerd|emulator|adb server|dbus|postgres|mysql|redis) (?:is |was )?not (?:running|started)\b|\b(?:relation|table|schema|collection) \S{1,64} (?:does not exist|doesn't exist|not found)\b|\bno such (?:table|collection|queue|topic|schema)\b/i,
        'no such table: orders',
        'container db is not running',
      ],
    },
  },
  {
    category: 'environment',
    code: 'workspace-dirty',
    strength: 76,
    transient: false,
    fault: 'infrastructure',
    suggestion:
      'Somebody else holds a lock, or died while holding it. Look who still runs; if nobody does, take the lock away.',
    misses: { held: ['the lock icon is shown', 'lock screen test passed'] },
    rules: {
      held: [
        /\bblocking waiting for file lock\b|\berror acquiring the (?:state )?lock\b|\bfailed to obtain (?:node |a )?locks?\b|\b(?:holds|hold|holding|has|owns) (?:the |a )?(?:exclusive )?lock\b|\bis (?:already )?locked(?:$|[.:,]| by)|\b(?:could not|cannot|can't|unable to|failed to|couldn't|not able to) (?:acquire|obtain|get|take|create|open|grab) (?:the |a |an )?(?:\S{1,30} )?(?:lock|lockfile|lock file|mutex)\b|\block ?file .*\b(?:exists|present|held)\b|\bpostmaster\.pid\b|\balready (?:being )?(?:held|locked)\b|\bdatabase is locked\b|\bdatabase table is locked\b|\bSQLITE_BUSY\b|\banother (?:process|instance|server|run|copy|apt|build|session) (?:is |might be |may be |already |holds |has )|\bServer is already active for display\b|\/\.X\d+-lock\b|\bis already running(?:$|[.:,]| on| in| with| under)|\b\.lock\b.*\b(?:exists|busy|held|failed|Resource)|\bresource busy\b|\bprofile (?:appears to be )?(?:in use|locked)\b|\bSingletonLock\b|\bprocess cannot access the file\b|\buser data directory is already in use\b/i,
        'another run holds the lock on /var/lock/e2e.lock',
        'Error: Error acquiring the state lock',
      ],
    },
  },
  {
    category: 'environment',
    code: 'left-over',
    strength: 60,
    transient: true,
    fault: 'infrastructure',
    suggestion:
      'Files were left that could not be taken away. Look for what went wrong before; clean the workspace of this worker.',
    rules: {
      exists: [
        /: File exists$|\b(?:cannot|can't|could not|unable to|failed to) (?:create|make|mkdir|move|rename|write) .*\b(?:already exists|file exists)\b|\b(?:directory|file|path|folder|branch|worktree|tag|container|volume|network|stack|namespace|workspace) .{1,100} already exists\b|\b(?:working (?:tree|copy|directory)|workspace|checkout|index) (?:is |has |contains )?(?:dirty|not clean|unclean|uncommitted|modified|unstaged|unmerged)\b|\bcontains (?:modified or untracked|uncommitted|unstaged)\b|\bstale (?:lock|pid|file|build|cache)\b|\bis not an empty directory\b|\bis not empty$|\buncommitted changes\b|\bwould be overwritten\b|\balready checked out\b|\balready in use by container\b/i,
        'mkdir: cannot create directory ‘build’: File exists',
        'The working tree is dirty',
      ],
    },
  },
  {
    category: 'data-parse',
    strength: 58,
    suggestion:
      'Data that was read is not in the form that it should have. Look at the data first: is it whole, and what it says it is?',
    misses: { syntax: ['the syntax page is shown', 'parsed 3 files'], magic: ['a file format is chosen'] },
    rules: {
      syntax: [
        /\binvalid input syntax for (?:type )?|\bparse error (?:at|on|near|in) (?:line|offset|position|column)\b|\bjson\.exception\b|\bInvalid\w{0,20}Encoding\b|\b(?:Read|expected) \d+ bytes, (?:expected|got|read)\b|\bIncorrect (?:\S{1,20} )?(?:value|string value|datetime value|format)\b|\bTruncated incorrect\b|\bmalformed (?:array|record|range|input|json|xml|line|number|string|url|uuid|data|header)\b|\b(?:date\/time|date|timestamp|time) (?:field )?(?:value )?(?:out of range|is invalid|could not be parsed|cannot be parsed)\b|\binvalid (?:date|time|datetime|timestamp|number|integer|uuid|guid|base64|hex|utf|unicode|escape|encoding|checksum|json|yaml|xml|csv|literal|format|timezone|IPv[46])\b|\bInput string was not in a correct format\b|\bwas not in a correct format\b|\bnot recogni[sz]ed as a valid (?:DateTime|\w{1,20})\b|\bcould not be converted to \S|\bThe JSON value\b|\b(?:could not|cannot|can't|unable to|failed to) (?:be )?(?:pars|decod|deserializ|deserialis|unmarshal|decompress|unpack|inflat|unzip|extract)(?:e|ing|ed|is|se|s|ze|zed)?\b|\berror (?:while |when |in )?(?:parsing|decoding|deserializing|unmarshall?ing|decompressing|unpacking|reading)\b|\b(?:parse|parsing|decode|decoding|deserialization) (?:error|failed|failure|exception)\b/i,
        'ERROR:  invalid input syntax for type json',
        '[json.exception.parse_error.101] parse error at line 1, column 2',
      ],
      magic: [
        /\b(?:file|data|image|archive|stream|input) format (?:is )?(?:not recogni[sz]ed|unknown|invalid|unsupported|error)\b|\bmagic (?:bytes|number|value)s? (?:not|is|are|was|mismatch|bad|invalid|do)|\b(?:is |are |may be |either the file is |appears? (?:to be )?|was )(?:corrupt(?:ed)?|truncated|malformed|damaged|garbled)\b|\b(?:cannot|could not|can't|unable to) identify image file\b|\bnot a valid (?:\S{1,20} )?(?:file|archive|image|zip|json|xml|yaml|csv|pdf|png|jpeg|wav|database|document|bundle|parquet|object|format)\b|\bnot an? (?:PNG|JPEG|GIF|HDF5|ELF|PDF|XML|JSON|ZIP|SQLite|parquet)\b|\bbad (?:magic|header|signature|checksum|crc|zip|gzip|data|block|image)\b|\b(?:CRC|checksum|digest|size|hash) (?:mismatch|error|check failed|verification failed|does not match)\b|\bArrowInvalid\b|\bunexpected (?:end|eof|EOF) (?:of|while|in|at|when)\b|\bpremature (?:end|eof)\b|\btruncated\b.*\b(?:file|header|data|stream|input|read|image|archive|record)\b|\bunrecogni[sz]ed (?:archive|image|file|data) format\b|\bfile signature not found\b|\bUnpicklingError\b|\bpickle data was truncated\b|\bInvalid (?:header|signature|magic|archive|data|frame|block|image)\b|\bfailed to decode\b|\bunknown (?:compression|encoding|file type|image format)\b|\bEncoding::\w+Error\b|\binvalid byte\b|\bnot properly (?:encoded|formed|formatted)\b/i,
        'xz: cache.tar.xz: File format not recognized',
        'Parquet magic bytes not found in footer. Either the file is corrupted or this is not a parquet file.',
      ],
    },
  },
  {
    category: 'exception',
    code: 'database',
    strength: 35,
    suggestion:
      'The database refused what it was asked for. Read the statement and the name or constraint that it speaks of.',
    rules: {
      query: [
        /\b(?:column|function|operator|constraint|trigger|type|sequence|view) \S{1,80} (?:does not exist|doesn't exist|already exists|is ambiguous)\b|\bUnknown column\b|\bno such (?:column|function)\b|\bviolates (?:\S{1,20} )?(?:unique|foreign key|check|not-null|exclusion)? ?constraint\b|\bduplicate (?:key|entry)\b|\b(?:UNIQUE|FOREIGN KEY|NOT NULL|CHECK) constraint failed\b|\bIntegrityError\b|\b(?:syntax error at or near|You have an error in your SQL syntax)\b|\bdeadlock (?:detected|found)\b|\bcould not serialize access\b|\bE11000\b|\bORA-0\d{4}\b|\bSQLSTATE\b|\bnull value in column\b|\bvalue too long for type\b|\bDoesNotExist\b|\bRecordNotFound\b|\bRecordInvalid\b|\bMultipleObjectsReturned\b|\bWRONGTYPE\b/i,
        'ERROR:  column "totl" does not exist',
        'duplicate key value violates unique constraint "users_pkey"',
      ],
    },
  },
])
