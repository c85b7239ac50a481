// What CI services, schedulers of clusters and build farms say when they take a machine away, end a job or do not like how it
// is described. Each has its own words for the same few events, so they stand together by event and not by service.
import type { BuiltInRule } from './failure-rule.ts'
import { rulesOf } from './rule-family.ts'

/** Rules for what whoever lends machines says. */
export const providerRules: readonly BuiltInRule[] = rulesOf([
  {
    category: 'infrastructure',
    code: 'worker-lost',
    strength: 98,
    suggestion:
      'The worker went away in the middle. Nothing is known of the test: run it again elsewhere, and look at the worker.',
    misses: {
      named: ['tests for infrastructure errors passed', 'InfrastructureErrorPage renders'],
      preempted: ['expected preemption to be off', 'the scheduler preempts nothing here'],
      unprovisioned: ['the test agent could not find the button'],
      vanished: ['the dialog disappeared', 'connection to the agent form was shown'],
      scheduler: ['lost in translation'],
    },
    rules: {
      named: [
        /(?:^|[\s([])(?:infra(?:structure)?|runner system|worker system|system)[ _-](?:fail(?:ure)?|error|problem|outage)(?: --|:|\.|,|\)|\]|$| -| while| occurred| has)|\bdue to (?:an? )?(?:infrastructure|runner|agent|worker|node|host|hardware|VM|machine) (?:failure|error|problem|issue|loss|crash|shut ?down|outage|maintenance)\b/i,
        'Infrastructure Error -- the machines failed to start',
        'This job could not be run (infrastructure_fail)',
        'job ended due to node failure',
      ],
      preempted: [
        /\bDUE TO (?:PREEMPTION|NODE FAILURE|JOB REQUEUE)\b|\bNODE_FAIL\b|\bTERM_(?:PREEMPT|REQUEUE_\w+|ZOMBI)\b|\b(?:VM|instance|machine|node|host|job|task|worker|pod|step|container|runner|agent|allocation)\b.*\b(?:was |were |has been |is being |got |will be )?(?:pre-?empted|reclaimed|deallocated)\b|\bspot ?(?:instance)? ?interruption\b|\bSpotInterruption\b|\bHost EC2\b.*\bterminated\b|\bcompute\.instances\.preempted\b|\bPre-?empted by (?:a )?(?:higher|another)\b|\bpreemption notice\b|\bmaintenance event\b/i,
        'STEP 7.0 ON n-3 CANCELLED AT 2026-01-01T00:00:00 DUE TO PREEMPTION',
        'The VM was preempted',
        'Task stopped (SpotInterruption)',
      ],
      unprovisioned: [
        /\b(?:executor|runner|agent|machine executor|VMs|virtual machine|worker|build host|build environment|instance|sandbox|droplet)s?\b.*\b(?:could not|cannot|failed to|unable to|can't|was not able to|did not) (?:be )?(?:provision(?:ed)?|allocated?|acquired?|scheduled?|assigned?|brought up|boot(?:ed)?|connect(?:ed)? to (?:the )?(?:job|server|service|controller|master|orchestrator)|come online|check in|register(?:ed)?)\b|\bfail(?:ed|ure) (?:to |while |when |in )?(?:provision(?:ing)?|allocat(?:e|ing)|spin(?:ning)? up|set(?:ting)? up|start(?:ing)?|boot(?:ing)?|creat(?:e|ing)|launch(?:ing)?) (?:the |a |an |this |your )?(?:\S{1,24} )?(?:VM|virtual machine|runner|agent|executor|build agent|build machine|build environment|build node|sandbox|worker node|machine)s?\b|\berror occurred while (?:provisioning|allocating|acquiring)\b|\bVMs? failed to (?:start|boot|launch)\b/i,
        'a machine executor could not be provisioned',
        'The VMs failed to start the browser or device',
        'An error occurred while provisioning resources',
        'the runner did not connect to the job within the allotted time',
      ],
      vanished: [
        /\b(?:executor|runner|agent|build machine|build agent|build host|worker machine|worker node|machine|VM|virtual machine|host|node|slave|instance|kubelet|hypervisor)\b.*\b(?:(?:was |has been |were |is |got )?(?:unexpectedly |abruptly |forcibly )(?:shut ?down|terminated|stopped|disconnected|removed|deleted|rebooted|restarted|lost|gone|offline|disappeared|killed|exited)|(?:shut ?down|rebooted|restarted|disconnected|disappeared|unregistered|went away|was deleted|was removed|was destroyed) (?:unexpectedly|during|while|before|in the middle)|(?:has |have )?(?:disconnected|unregistered|disappeared|lost (?:its )?connection|lost connectivity|stopped reporting|stopped responding|stopped sending|not been heard|is no longer (?:available|connected|reachable|responding|online)|did not respond|is not responding|is unresponsive|has become unresponsive|became unresponsive|became unreachable|went missing|went dark))(?:\b|$)/i,
        'the executor machine was unexpectedly shut down',
        'Build agent disconnected during the build',
        'The host has become unresponsive',
      ],
      lostTo: [
        /\b(?:lost|losing|dropped|no) (?:communication|connection|contact|connectivity|heartbeats?|touch) (?:with|to|from) (?:the |its |a )?(?:\S{1,40} )?(?:agent|runner|worker|node|executor|slave|build machine|build agent|build host|coordinator|controller|orchestrator|master|daemonset|kubelet|VM|machine|host)\b|\bagent (?:was )?lost\b|\bagent_lost\b|\bforcibly disconnected\b|\bexit(?:ed)?(?: with)? (?:status|code) -1 \(.*(?:agent|lost)|\bis (?:currently )?offline\b.*\b(?:agent|node|runner|executor|queue)|\bjob is about to be abandoned\b|\bno (?:enabled |online |idle |eligible |suitable |active )(?:runners?|agents?|workers?|executors?|nodes?|hosts?)\b|\bno (?:runners?|agents?|executors?) (?:are |were )?(?:online|active|enabled|assigned|that match|could)\b|\bthis job is stuck\b|\bstuck_or_timeout\b/i,
        'Lost contact with the build agent',
        'exited with status -1 (agent lost)',
        'This job is stuck because the project has no runners online',
      ],
      scheduler: [
        /\bExecutorLostFailure\b|\bLost executor \d|\bSlave lost\b|\bLostWorkerError\b|\bWorkerLostError\b.*\b(?:job|exited)|\bcontainer released on a \*lost\* node\b|\balloc(?:ation)? (?:is |was )?lost\b|\bnode (?:is |was )?down\b.*\b(?:alloc|job|task|drain)|\bDetected zombie job\b|\bkilled externally\?|\bremote (?:execution )?worker\b.*\b(?:lost|disappeared|died|disconnected|gone)\b|\blost inputs no longer available remotely\b|\bKilledWorker\b|\bNodeControllerEviction\b|\bTaintManagerEviction\b|\bDeletionByTaintManager\b|\bscale[- ]?down: deleting pod\b|\bUnexpectedAdmissionError\b|\bNode(?:Shutdown|NotReady|Lost|Affinity)\b|\bnode[ -]shutdown\b|\bPod was rejected\b|\bnode .{1,64} (?:is being|has been|was) (?:drained|cordoned|deleted|scaled down|replaced|shut down)\b|\bmarked (?:as )?(?:dead|unreachable|lost)\b|\bhas been marked dead\b|\bJob (?:is )?re-?queued\b/i,
        'ExecutorLostFailure (executor 3 exited)',
        'Lost executor 4 on 10.0.0.3: remote disassociated',
        'reason: TaintManagerEviction',
      ],
      capacity: [
        /\b(?:InsufficientInstanceCapacity|ZONE_RESOURCE_POOL_EXHAUSTED\w*|SkuNotAvailable|AllocationFailed)\b|\bcapacity is (?:currently )?(?:unavailable|not available)\b|\bno capacity (?:is )?available\b|\b(?:insufficient|not enough|no) (?:\S{1,20} )?capacity\b.*\b(?:zone|region|instance|pool|runner|agent|request)|\bpool (?:provider )?is (?:currently )?unavailable\b/i,
        'InsufficientInstanceCapacity when calling RunInstances',
        'Capacity is unavailable at this time',
      ],
    },
  },
  {
    category: 'infrastructure',
    code: 'ci-service',
    strength: 96,
    suggestion: 'The CI service itself failed. Run it again; its status page may say more.',
    misses: { service: ['Actions are listed', 'the build service is mocked'] },
    rules: {
      service: [
        /\b(?:build|CI|test|grid|device|farm|pipeline|orchestrat\w+|runner|executor|launcher) (?:service|server|controller|system|backend|master)\b.*\b(?:internal (?:server )?error|is (?:shutting down|restarting|going to shut ?down|unavailable|overloaded)|was restarted|restarted|went down)\b|\bJenkins is (?:about to|going to) shut ?down\b|\bResuming build at .* after Jenkins restart\b|\bwrapper script does not seem to be touching the log\b|\bprocess apparently never started\b|\bInternal server error\. Correlation ID\b|\bwe(?:'re| are) (?:very )?sorry\b.*\b(?:job|build)\b|\bhave automatically been notified\b|\bWe couldn't respond to your request in time\b|\b(?:sauce|browserstack|lambdatest|testingbot)\b.*\b(?:VMs?|could not|internal|infrastructure|failed to start)\b/i,
        'process apparently never started in /ws@tmp/durable-7',
        'Jenkins is about to shut down',
      ],
    },
  },
  {
    category: 'cancelled',
    code: 'requested',
    strength: 65,
    suggestion: 'Somebody or something ended it on purpose. Look who did; a newer run often replaces an older one.',
    misses: {
      ended: [
        'order cancelled',
        'INFO user cancelled the subscription',
        'The operation was canceled by test design, see docs',
      ],
      signal: ['the interrupt handler is installed', 'Interrupted: 1 error during collection'],
    },
    rules: {
      ended: [
        /^(?:this |the |your |your )?(?:job|build|run|workflow|workflow run|pipeline|task|step|stage|check|deployment|execution|test run|session) ?(?:#?\d{1,9} )?(?:was |has been |is |got )?(?:automatically |manually )?(?:cancel?led|aborted|killed|interrupted)(?: |:|\.|,|$)(?:by|because|due|manually|automatically|on user|in favou?r|as |auto|since|after|at the|$|superseded|from)|\bauto[- ]?cancel?led\b|\bcancell?ed by (?:the )?(?:build|user|job|pipeline|newer|another|API|request|\w{1,20}@|@)|\bcancel(?:l?ed|l?ing)? (?:\S{1,20} )?(?:because|due to|in favou?r of|since) (?:of )?(?:a |an |the )?(?:newer|new|higher|later|more recent|another|subsequent|matrix|fail-?fast|push|commit)\b|\bsuperseded by\b|\bnewer (?:commit|build|run|push|pipeline|workflow|deployment) (?:was |has been |is )?(?:pushed|started|queued|triggered|available|on)\b|\breceived cancel(?:l?ation)? (?:request|signal)\b|\bcancel(?:l?ation)? (?:was )?requested\b|\bstrategy configuration was cancell?ed\b|\bjob_cancell?ed\b|\bscancel\b|\bTERM_(?:OWNER|ADMIN|FORCE_OWNER)\b|\b(?:state|status|result|conclusion|reason)[:=] ?['"]?(?:cancell?ed|aborted|ABORTED|CANCELL?ED)\b/i,
        'Canceled by build #7: newer commit pushed',
        'This job has been canceled: auto-cancelled',
        '# Received cancellation signal, interrupting',
      ],
      signal: [
        /^(?:\S{1,40}: )?(?:interrupt|ctrl-c|keyboard interrupt|control-c|\^C) (?:received|caught|pressed|detected)|\bcaught (?:an? )?(?:interrupt|SIGINT|ctrl-c)\b|\b(?:build|test run|run|session|testing|tests?|execution) (?:was )?interrupted(?:$|\.|:| by| at)|\bcancell?ing pending (?:invocation|request)|\bgracefully shutting down\.{0,3}$|\b(?:stopped|aborted|aborting|exiting|quit|terminated|interrupted|cancell?ed) (?:by|on|at|per|upon) (?:the )?(?:user|operator|admin\w*|request of)\b|\buser[- ](?:requested|initiated|triggered) (?:abort|cancel\w*|stop|interrupt\w*|termination)\b|^Command aborted\b|^Aborting\.{3}$|\bpress(?:ed)? ctrl[-+ ]?c\b|\buser abort(?:ed)?\b/i,
        'Interrupt received.',
        'ERROR: build interrupted',
        'Bazel caught interrupt signal; cancelling pending invocation.',
      ],
    },
  },
  {
    category: 'timeout',
    code: 'job',
    strength: 72,
    suggestion: 'The whole job ran out of time. Look which part became slower, or split the job.',
    misses: { limit: ['jobs longer than an hour are listed', 'set the maximum time to 60 minutes'] },
    rules: {
      limit: [
        /\b(?:ran|run|running|executed|took|taking) (?:for )?(?:longer|more) than (?:the )?(?:\S{1,20} )?(?:maximum|max|allowed|configured|limit|time|allotted|\d+ ?(?:m|min|minutes|h|hours|s|seconds)\b)|\bexceeded (?:its |the |a |their )?(?:\S{1,24} )?(?:timeout_in_minutes|time ?limit|run ?time|walltime|duration|time allowance)\b|\bDUE TO TIME LIMIT\b|\bTERM_(?:RUNLIMIT|CPULIMIT)\b|\bwalltime \d+ exceeded\b|\bkilled: walltime\b|\bTime ?limit (?:exhausted|reached|exceeded)\b|\bexecution time allowance\b|\b(?:job|build|step|stage|pipeline|task|workflow) (?:\S{1,40} )?(?:has )?(?:timed[ -]?out|exceeded)\b|\bactive longer than specified deadline\b|\bactiveDeadlineSeconds\b|\bTask timed out after \d|\b(?:no output|without output|no activity|inactivity|silent|idle)(?: timeout)?\b.*\b(?:\d+ ?(?:m|min|minutes|s|seconds|h)\b|timeout|timed out)|\btime budget (?:exhausted|exceeded|spent)\b|\b(?:job|build) (?:was )?(?:killed|terminated|cancell?ed|stopped) (?:after|due to) (?:the )?(?:time-?out|\d+ ?(?:m|min|h))/i,
        'The job ran longer than the maximum time of 60 minutes.',
        'Job exceeded timeout_in_minutes (45)',
        'STEP 7 CANCELLED AT 2026 DUE TO TIME LIMIT',
      ],
    },
  },
  {
    category: 'configuration',
    code: 'config-file',
    strength: 73,
    phase: 'discovery',
    suggestion: 'A configuration file cannot be read or says something that it may not. The message names the place.',
    misses: { pipeline: ["the 'e2e' job needs more time"] },
    rules: {
      pipeline: [
        /\bjob needs '\S+' job, but\b|\bis not in any previous stage\b|\b(?:pipeline|workflow|job|stage|step|task|orb|template|action|job's)s? .*\b(?:references?|depends on|needs|uses|requires) (?:a |an |the )?(?:unknown|undefined|missing|nonexistent)?\s?(?:task|job|stage|step|orb|template|action|executor)s? .*(?:called|named|which|that|but|not|does)|\bA (?:task|template|pool|resource|step) is missing\b|\(Line: \d+, Col: \d+\)|\bUnexpected (?:value|input|key)(?:\(s\))? '|\bYou have an error in your yaml\b|\bchain: (?:needs|undefined)|\b(?:jobs?|stages?|steps?|config|workflow|pipeline)(?::\S{1,60})? (?:config )?(?:should|must) (?:contain|be|have|implement|define)\b|\bNo (?:jobs|stages|steps|workflow|pipeline|job) (?:defined|configured|\/ stages|were defined|found in)\b|\bCannot find (?:a )?(?:definition|orb|job|command|executor) (?:for|named|called)\b|\bUnable to resolve action\b|\bCan't find 'action\.ya?ml'|\bUnrecognized (?:named-value|function|key|property|field|attribute)\b|\bInvalid type found in\b|\bjobs:\S+ (?:config|dependencies|needs)\b|\b(?:schema|config|configuration|manifest|template|playbook) (?:violation|validation)\b.*\b(?:fail|error|found)|\brequired property is missing\b|\bextra(?:neous)? key .* (?:is )?not permitted\b/i,
        "'e2e' job needs 'build' job, but 'build' is not in any previous stage",
        '/ci.yml (Line: 9, Col: 3): A task is missing.',
        "Unexpected value 'stepz'",
      ],
    },
  },
])
