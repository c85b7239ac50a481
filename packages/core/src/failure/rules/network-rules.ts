// Something else on the network did not answer, or answered that it cannot. Strong: where a test, an assertion or a build
// failed because of it, the network is the cause to tell.
import type { BuiltInRule } from './failure-rule.ts'
import { rulesOf } from './rule-family.ts'

const elsewhere =
  'Look at the other side first: is the service up, and is its address right? A retry with a pause helps where it was down for a moment.'

/** Rules for `network`. */
export const networkRules: readonly BuiltInRule[] = rulesOf([
  {
    category: 'network',
    code: 'refused',
    strength: 71,
    suggestion: 'Nothing listens at that address. Start the service before the test, or wait until it is ready.',
    rules: {
      errno: [/\bECONNREFUSED\b/, 'Error: connect ECONNREFUSED 127.0.0.1:5432'],
      words: [/\bconnection (?:was )?refused\b/i, 'dial tcp 10.0.0.7:6379: connect: connection refused'],
      address: [/^(?:> )?Connection to \S+ refused\b/, 'Connection to http://packages.example refused'],
      curl: [/^curl: \(7\)/, 'curl: (7) Failed to connect to localhost port 8080: Connection refused'],
      browser: [
        /\b(?:net::ERR_CONNECTION_REFUSED|NS_ERROR_CONNECTION_REFUSED)\b/,
        'page.goto: net::ERR_CONNECTION_REFUSED at http://localhost:4173/',
      ],
      java: [
        /\b(?:HttpHostConnectException|ConnectException)(?::|$| at )/,
        'java.net.ConnectException: Connection refused',
      ],
      python: [
        /\b(?:ConnectionRefusedError|NewConnectionError)\b/,
        'ConnectionRefusedError: [Errno 111] Connection refused',
      ],
      windows: [
        /\bWSAECONNREFUSED\b|\bactively refused it\b/,
        'No connection could be made because the target machine actively refused it',
      ],
      'failed to connect': [
        /^(?:fatal: )?(?:failed|unable|could not) to connect to (?:the )?\S{1,64} port \d/i,
        'Failed to connect to db.example port 5432',
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
      severed: [
        /\blink has been severed\b|\bbroken pipe$|\bconnection (?:was )?(?:closed|lost|dropped|terminated|interrupted|broken|reset)(?: unexpectedly| abruptly| by| while| before|$)|\bsession (?:was )?(?:expired|closed)\b.*\b(?:zookeeper|server)|\bKeeperException.*(?:SessionExpired|ConnectionLoss)|\bstream (?:was )?(?:reset|closed with error)\b|\bERR_STREAM_PREMATURE_CLOSE\b|\bPremature close\b|\bERR_HTTP2_\w+|\bnghttp2\b.*\berror\b|\bwebsocket\b.*\b(?:closed|1006|error|disconnected)\b/i,
        'Error reading message prefix: Link has been severed',
        'WebSocket connection closed with code 1006',
      ],
      conda: [
        /\bConda(?:HTTP|SSL|ConnectionFailed)Error\b|\bHTTP 000 CONNECTION FAILED\b|\burllib\S*\.URLError\b|\bURLError: |\bMaxRetryError\b|\bMax retries exceeded\b|\bConnectionError\b|\bSSLZeroReturnError\b|\bHTTPSConnectionPool\b/,
        'CondaHTTPError: HTTP 000 CONNECTION FAILED for url',
        'requests.exceptions.ConnectionError: Max retries exceeded with url',
      ],
      errno: [/\b(?:ECONNRESET|ECONNABORTED|ENOTCONN|ENETRESET)\b/, 'Error: read ECONNRESET'],
      pipe: [
        /\bwrite EPIPE\b|\b(?:errno 32|os error 32)\b|^BrokenPipeError\b|\bIOException: Broken pipe\b/i,
        'Error: write EPIPE',
        'BrokenPipeError: [Errno 32] Broken pipe',
      ],
      words: [
        /\bconnection (?:was )?(?:reset|aborted|closed|lost)\b(?: by (?:the )?(?:remote|peer|server|host)|$|:|\.| before| unexpectedly| while| prematurely)/i,
        'read tcp 10.0.0.3:443: read: connection reset by peer',
      ],
      hangup: [/\bsocket hang up\b|\bother side closed\b|\bUND_ERR_SOCKET\b/, 'Error: socket hang up'],
      peer: [
        /\b(?:remote end|server|peer|remote host) (?:hung up|closed the? ?connection|closed connection)\b/i,
        'fatal: The remote end hung up unexpectedly',
      ],
      eof: [
        /\b(?:unexpected EOF while reading from|early EOF|RPC failed; curl \d+|SSL_read: .*errno 104)\b/,
        'error: RPC failed; curl 56 GnuTLS recv error (-54)',
      ],
      java: [
        /\b(?:MongoNetworkError|CommunicationsException|ConnectionException|StacklessClosedChannelException|ClosedChannelException|SocketException|NoHttpResponseException|ConnectionClosedException|ConnectionLossException)\b/,
        'java.net.SocketException: Connection reset',
      ],
      disconnected: [
        /^(?:[^\s:]{1,64}: )?(?:disconnected from server|lost connection to|connection to (?:the )?(?:server|database|broker|node) (?:was )?lost)\b/i,
        'Disconnected from server at localhost/127.0.0.1:6650',
      ],
      'java disconnected': [
        /Exception: .*\b(?:disconnected from|not connected to|connection lost)\b/i,
        'com.example.ClientException: Disconnected from server at db/10.0.0.1',
      ],
      python: [
        /\b(?:ConnectionResetError|ConnectionAbortedError|RemoteDisconnected|IncompleteRead|ProtocolError\('Connection aborted)/,
        'ConnectionResetError: [Errno 104] Connection reset by peer',
      ],
      curl: [/^curl: \((?:18|52|55|56|92)\)/, 'curl: (56) Recv failure: Connection reset by peer'],
      browser: [
        /\bnet::ERR_(?:CONNECTION_(?:RESET|CLOSED|ABORTED)|EMPTY_RESPONSE|NETWORK_CHANGED|INTERNET_DISCONNECTED|SOCKET_NOT_CONNECTED|PROXY_CONNECTION_FAILED)\b|\bNS_ERROR_NET_(?:RESET|INTERRUPT)\b/,
        'net::ERR_CONNECTION_RESET at https://example.test/',
      ],
      transport: [
        /\btransport (?:is closing|error)\b|\bclient connection is closing\b|\bGOAWAY\b/,
        'rpc error: transport is closing',
      ],
      failover: [
        /\binstance state changed\b|^(?:\S{1,40} )?(?:READONLY You can't write against|LOADING Redis is loading|MASTERDOWN|CLUSTERDOWN)|\bnot master(?: and slaveOk=false| or secondary)?\b/,
        "READONLY You can't write against a read only replica.",
      ],
      closed: [
        /^(?:ReplyError|Error|\S{1,64}Exception): (?:connection (?:is )?closed|socket closed)\b/i,
        'Error: Connection is closed.',
      ],
    },
  },
  {
    category: 'network',
    code: 'dns',
    strength: 72,
    suggestion: 'The name could not be resolved. Look for a typing mistake, or for a network without name resolution.',
    rules: {
      errno: [/\b(?:ENOTFOUND|EAI_AGAIN|EAI_NONAME|EAI_FAIL)\b/, 'Error: getaddrinfo ENOTFOUND registry.example'],
      words: [
        /\b(?:could not resolve host|name or service not known|temporary failure in name resolution|nodename nor servname|no address associated with hostname|unable to resolve host|could not resolve (?:proxy|hostname)|failed to lookup address|Temporary failure resolving)\b/i,
        'ssh: Could not resolve hostname build.example: Name or service not known',
      ],
      go: [
        /\blookup .*: (?:no such host|server misbehaving|i\/o timeout)/,
        'dial tcp: lookup db.example on 127.0.0.53:53: no such host',
      ],
      java: [
        /\bUnknownHostException\b|\bUnresolvedAddressException\b|: Unknown host\b/,
        'java.net.UnknownHostException: db.example',
      ],
      curl: [/^curl: \((?:5|6)\)/, 'curl: (6) Could not resolve host: db.example'],
      python: [/\b(?:gaierror|NameResolutionError)\b/, 'socket.gaierror: [Errno -2] Name or service not known'],
      browser: [
        /\bnet::ERR_NAME_(?:NOT_RESOLVED|RESOLUTION_FAILED)\b|\bNS_ERROR_UNKNOWN_HOST\b/,
        'net::ERR_NAME_NOT_RESOLVED at https://shop.example/',
      ],
    },
  },
  {
    category: 'network',
    code: 'tls',
    strength: 72,
    suggestion:
      'The two sides do not trust one another. Look at the certificate: its date, its names and who signed it.',
    transient: false,
    rules: {
      openssl: [
        /\berror:[0-9A-Fa-f]{8,16}:(?:SSL|digital|x509|rsa) ?\w*|\bSSL routines:|\bEPROTO\b|\bERR_SSL_\w+|\bERR_TLS_\w+|\bssl3_\w+:|\bwrong version number\b/,
        'write EPROTO 00:error:0A00010B:SSL routines:ssl3_get_record:wrong version number',
      ],
      codes: [
        /\b(?:CERT_HAS_EXPIRED|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|ERR_TLS_CERT_ALTNAME_INVALID)\b/,
        "code: 'CERT_HAS_EXPIRED'",
      ],
      words: [
        /\b(?:self[- ]signed certificate|certificate has expired|certificate verify failed|unable to get local issuer certificate|certificate is not yet valid|certificate signed by unknown authority|server certificate verification failed)\b/i,
        'x509: certificate signed by unknown authority',
      ],
      handshake: [
        /\b(?:tls|ssl)\b.*\b(?:handshake|alert)\b|\bSSLHandshakeException\b|\bSSLError\b|\bSSL_ERROR_SYSCALL\b|\bgnutls_handshake\b|\bSSL_connect\b|\bPKIX path building failed\b/i,
        'javax.net.ssl.SSLHandshakeException: PKIX path building failed',
        'remote error: tls: handshake failure',
      ],
      curl: [/^curl: \((?:35|51|58|60)\)/, 'curl: (60) SSL certificate problem: certificate has expired'],
      browser: [/\bnet::ERR_(?:CERT_|SSL_)\w/, 'net::ERR_CERT_AUTHORITY_INVALID at https://localhost/'],
    },
  },
  {
    category: 'network',
    code: 'rate-limit',
    strength: 74,
    suggestion: 'The other side limits how often it may be asked. Wait as long as it says, ask less often, or sign in.',
    rules: {
      status: [
        /\b(?:HTTP(?:\/[\d.]+)?|status(?: code)?(?: of)?|error|code)[ :=]{1,3}429\b|\b429 Too Many Requests\b/i,
        'HTTP 429 Too Many Requests',
      ],
      words: [
        /\b(?:rate limit(?:ed)? (?:exceeded|reached|hit)|too many requests|secondary rate limit|toomanyrequests|pull rate limit|ThrottlingException|RequestLimitExceeded|SlowDown)\b/i,
        'toomanyrequests: You have reached your pull rate limit.',
        'API rate limit exceeded for 203.0.113.9',
      ],
      grpc: [
        /\bRESOURCE_EXHAUSTED: .*\b(?:quota|rate|requests)\b/i,
        '8 RESOURCE_EXHAUSTED: Quota exceeded for requests',
      ],
    },
  },
  {
    category: 'network',
    code: 'upstream-5xx',
    strength: 70,
    suggestion:
      'A server that the test needs answered that it is not well. Look at its state; a retry with a pause often helps.',
    rules: {
      status: [
        /\b(?:HTTP(?:\/[\d.]+)?|status(?: code)?(?: of)?:?|returned error:|response(?: code)?:?|answered|code)[ =]{1,2}5(?:0[234]|2[0-7])\b|\breturned error: 50[0-4]\b|\b(?:status code|HTTP Error) 50[234]\b/i,
        'fatal: unable to access https://git.example/: The requested URL returned error: 502',
        'Received status code 503 from server',
      ],
      reason: [
        /\b50[234] (?:server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|no responders)\b/i,
        '503 Service Unavailable',
      ],
      maven: [
        /\bReturn code is: 5\d\d\b|\bserver returned HTTP response code: 5\d\d\b/i,
        'Return code is: 503, ReasonPhrase: Service Unavailable.',
      ],
      exception: [
        /\b(?:ServiceUnavailableException|HttpServerErrorException|BadGatewayException|GatewayTimeoutException)\b|\bHTTP Error 50[0-4]\b/,
        'software.amazon.ServiceUnavailableException: try later',
      ],
      apt: [
        /^(?:E: |W: |Err:?\d* )?Failed to fetch \S+/,
        'E: Failed to fetch http://archive.example/pool/a.deb  503  Service Unavailable',
      ],
      grpc: [
        /\b(?:14 UNAVAILABLE|StatusCode\.UNAVAILABLE|code = Unavailable|status(?:Code)?: ?UNAVAILABLE)\b/,
        'rpc error: code = Unavailable desc = upstream is down',
      ],
    },
  },
  {
    category: 'network',
    code: 'unreachable',
    strength: 71,
    suggestion: elsewhere,
    rules: {
      errno: [/\b(?:EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN)\b/, 'connect EHOSTUNREACH 10.1.2.3:443'],
      words: [
        /\b(?:network is unreachable|no route to host|host is down|NoRouteToHostException|destination host unreachable)\b/i,
        'connect: Network is unreachable',
      ],
      browser: [
        /\bnet::ERR_(?:ADDRESS_UNREACHABLE|FAILED|TUNNEL_CONNECTION_FAILED)\b/,
        'net::ERR_ADDRESS_UNREACHABLE at http://10.0.0.1/',
      ],
      servers: [
        /\b(?:No servers? (?:are )?available|no available (?:servers?|brokers?|nodes)|MongoServerSelectionError|NoBrokersAvailable|NoNodeAvailableException|AllNodesFailedException|NoHostAvailableException|BKNotEnoughBookiesException)\b/i,
        'MongoServerSelectionError: connection closed',
      ],
    },
  },
  {
    category: 'network',
    code: 'timeout',
    strength: 70,
    suggestion: elsewhere,
    rules: {
      errno: [
        /\b(?:ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT|WSAETIMEDOUT)\b/,
        'Error: connect ETIMEDOUT 203.0.113.7:443',
      ],
      words: [
        /\b(?:connection|connect|operation) (?:attempt )?timed[ -]?out\b(?: after \d+|$|:|\.|,)/i,
        'ssh: connect to host build.example port 22: Connection timed out',
      ],
      java: [
        /\b(?:ConnectTimeoutException|HttpConnectTimeoutException|SocketTimeoutException)\b/,
        'java.net.SocketTimeoutException: connect timed out',
      ],
      python: [
        /\b(?:ConnectTimeout(?:Error)?|ReadTimeout(?:Error)?)\b/,
        'requests.exceptions.ReadTimeout: HTTPSConnectionPool: Read timed out.',
      ],
      curl: [/^curl: \(28\)/, 'curl: (28) Operation timed out after 30001 milliseconds'],
      browser: [
        /\bnet::ERR_(?:CONNECTION_)?TIMED_OUT\b|\bNS_ERROR_NET_TIMEOUT\b/,
        'net::ERR_CONNECTION_TIMED_OUT at https://example.test/',
      ],
      go: [
        /\bi\/o timeout\b|\bTLS handshake timeout\b|\bClient\.Timeout exceeded\b|\brequest canceled while waiting for connection\b/,
        'dial tcp 10.0.0.9:443: i/o timeout',
      ],
    },
  },
  {
    category: 'network',
    code: 'request',
    strength: 68,
    suggestion: elsewhere,
    rules: { fetch: [/^(?:TypeError: |ERROR: |Error: )?fetch failed\b/, 'TypeError: fetch failed'] },
  },
  {
    category: 'network',
    code: 'dependency-download',
    strength: 68,
    suggestion:
      'Something that the build needs could not be downloaded. Look whether its server is up and still has it; a retry with a pause often helps.',
    rules: {
      maven: [
        /\bCould not (?:transfer|download) (?:artifact|metadata)\b|^Failure to (?:transfer|find) .*was cached in the local repository\b/,
        'Could not transfer artifact org.example:lib:pom:1.0 from/to central',
      ],
      gradle: [/^(?:> )?Could not (?:GET|HEAD|download) \S/, "> Could not GET 'https://repo.example/lib.pom'."],
      missing: [
        /\bFileNotFoundException: https?:\/\//,
        'java.io.FileNotFoundException: https://downloads.example/tool.zip',
      ],
      npm: [
        /^(?:npm (?:ERR!|error) )?(?:network|code) (?:request to \S+ failed|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT)\b|^FetchError:/,
        'npm error network request to https://registry.example/left-pad failed',
      ],
      yarn: [
        /\bThere appears to be trouble with your network connection\b/,
        'info There appears to be trouble with your network connection. Retrying...',
      ],
      pip: [
        /^ERROR: Could not install packages due to an (?:OSError|EnvironmentError): HTTPS?ConnectionPool/,
        'ERROR: Could not install packages due to an OSError: HTTPSConnectionPool(host=pypi)',
      ],
      fetching: [
        /^(?:error: |warning: )?(?:failed to (?:download|fetch) (?:from|\S+ )|spurious network error|download of \S+ failed)/i,
        'warning: spurious network error (3 tries remaining)',
        'error: failed to download from `https://crates.example/a`',
      ],
      wget: [/^(?:wget|ERROR \d\d\d): (?:unable to|Not Found|server error)/i, 'wget: unable to resolve host address'],
      docker: [
        /\b(?:error pulling image|failed to (?:pull|download) (?:image|layer)|net\/http: request canceled|registry\S* .*EOF)\b/i,
        'error pulling image configuration: download failed after attempts=6',
      ],
      playwright: [/^(?:Error: )?Download fail(?:ed|ure)\b/, 'Error: Download failure, code=1'],
      downloading: [
        /^(?:Error|Exception|ERROR|FATAL|error|\S{1,40}Error):? .*\b(?:error|failed|failure|unable|could not) (?:to )?download(?:ing)?\b/i,
        'Error: failed to download browser bundle',
      ],
      gradleFetch: [
        /^Exception in thread "main" java\.(?:net|io)\..*(?:Server returned|https?:)/,
        'Exception in thread "main" java.io.IOException: Server returned HTTP response code: 504',
      ],
    },
  },
  {
    category: 'network',
    code: 'git',
    strength: 64,
    suggestion:
      'The repository could not be reached. Look whether the server is up and the address is right; a retry with a pause often helps.',
    rules: {
      read: [
        /^(?:fatal|error): (?:unable to access '|unable to access https?:|read error|the remote end|unable to look up|protocol error)/i,
        'fatal: unable to access https://git.example/a.git/: something failed',
      ],
      remote: [
        /^fatal: Could not read from remote repository\b|^fatal: fetch-pack: |^fatal: index-pack failed|^fatal: early EOF|^ERROR: Error (?:fetching|cloning) remote repo|^error: RPC failed/,
        'fatal: Could not read from remote repository.',
        'ERROR: Error fetching remote repo origin',
      ],
      ssh: [
        /^(?:ssh|kex_exchange_identification): .*(?:connection|closed|timed out)/i,
        'kex_exchange_identification: Connection closed by remote host',
      ],
    },
  },
])
