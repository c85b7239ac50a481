// The worker, a device of it or the service that lends it was lost. Told before anything else that the text says: what breaks
// off with the machine is not the test's fault.
import type { BuiltInRule } from './failure-rule.ts'
import { rulesOf } from './rule-family.ts'

/** Rules for `infrastructure` and `hardware-device`. */
export const machineRules: readonly BuiltInRule[] = rulesOf([
  {
    category: 'infrastructure',
    code: 'worker-lost',
    strength: 98,
    suggestion:
      'The worker went away in the middle. Nothing is known of the test: run it again elsewhere, and look at the worker.',
    rules: {
      answers: [
        /\bdid not respond to a cancell?ation request\b|\brequest to deprovision\b|\b(?:worker|agent|node|runner|executor) lost\b|\bno available (?:hosts|nodes|agents|runners|machines)\b|\blost (?:communication|connection|contact) (?:with|to) the (?:server|agent|runner|node|worker|executor|coordinator)\b|\bfailed to (?:provision|allocate|acquire|launch|start) (?:a |an |the )?(?:node|agent|runner|worker|machine|vm|instance|executor)\b/i,
        'We lost communication with the agent',
        'ERROR: Preparation failed: no available hosts',
      ],
      offline: [
        /\b(?:agent|slave|node|executor|builder|runner|worker)\b.*\b(?:went|is|was|has gone|gone|seems to be) (?:offline|disconnected|unreachable)\b|\bremote file operation failed\b/i,
        'slave-4 is offline; cannot locate it',
        'java.io.IOException: remote file operation failed: /ws',
      ],
      workspace: [
        /\bno workspace for \S|\bthis node is offline\b|\bwas marked offline\b|\bConnection was broken\b|\bIssue with creating launcher for agent\b|\b(?:agent|node|computer|machine) (?:is )?(?:going|being taken) offline\b|\bno longer a configured node\b/i,
        'ERROR: no workspace for shop-tests',
        'builder-2 was marked offline: Connection was broken',
      ],
      lease: [
        /\b(?:could not|unable to|failed to) renew (?:the )?(?:lock|lease)\b|\bMissing lock for job\b|\bjob stalled more than allowable limit\b|\bdue to lack of heartbeat\b|\b(?:worker|node|agent|executor)\b.*\bdeclared (?:as )?(?:dead|lost)\b|\bRaylet (?:died|is dead)\b|\blost (?:worker|executor|agent|node|runner)\b/i,
        'could not renew lock for job 7',
        'job stalled more than allowable limit',
      ],
      kubelet: [
        /\bContainerStatusUnknown\b|\bTerminationByKubelet\b|\bpreempt(?:ed|ing) (?:by|pod|job|node|worker)\b|\bnode(?:s)? (?:is|are|was|became|not) (?:un(?:reachable|available|healthy)|ready|lost|gone)\b|\bInstance (?:was )?(?:reclaimed|interrupted|terminated)\b|\bNo space left on runner\b/i,
        'Pod status: ContainerStatusUnknown',
        'node was lost',
      ],
      github: [
        /\blost communication with the server\b|\bThe hosted runner encountered an error\b|\bself-hosted runner(?:: \S+)? lost\b|\bThe runner has received a shutdown signal\b/,
        'The self-hosted runner: builder-3 lost communication with the server.',
        'The runner has received a shutdown signal.',
      ],
      jenkins: [
        /\bhudson\.remoting\.(?:Channel|Remote|RequestAborted|Connection|Proxy)|\bRemote call on .* failed\b|\b(?:agent|slave|node|executor) .*\b(?:went|is|was|seems to be) (?:offline|removed|disconnected)\b|\bCannot contact \S+: |\bchannel is (?:already )?clos(?:ed|ing)\b|\bUnexpected termination of the channel\b|\bBacking channel\b/i,
        'java.io.IOException: Backing channel is disconnected.',
        'Cannot contact builder-2: java.lang.InterruptedException',
        'Agent went offline during the build',
      ],
      gone: [
        /\b(?:node|agent|runner|worker node|executor|host|instance|vm) (?:\S{1,40} )?(?:was lost|has been lost|died|disappeared|(?:was|has been|is being) (?:terminated|preempted|reclaimed|evicted|shut ?down)|stopped responding|lost contact|lost connection)\b/i,
        'Executor lost: the node builder-9 was lost',
        'The agent builder-1 stopped responding',
      ],
      kubernetes: [
        /\bpod (?:\S{1,64} )?(?:was |has been |got )?(?:evicted|deleted|preempted|terminated)\b|\bThe node was low on resource\b|\bNodeLost\b|\bNodeNotReady\b|\bDisruptionTarget\b|\bpods? "\S+" not found\b|^Evicted\b|\bWarning {1,6}Evicted\b|\breason: Evicted\b/i,
        'Pod ci-123 was evicted',
        'The node was low on resource: ephemeral-storage.',
      ],
      ray: [
        /\b(?:NodeDiedError|ActorDiedError|RayActorError|OwnerDiedError|WorkerCrashedError|ObjectLostError|raylet\b.*\b(?:died|crashed|dead))\b|\bThe actor died\b|\bnode .*marked (?:as )?dead\b/i,
        'ray.exceptions.NodeDiedError: Task failed because the node it was running on is dead.',
      ],
      heartbeat: [
        /\b(?:missed|no|lost) heartbeats? (?:from|for|of) (?:the )?(?:worker|agent|node|runner|executor)\b|\b(?:worker|agent|runner|attempt|job|task)\b.*\b(?:heartbeat (?:was )?(?:lost|timed out|missed)|lease (?:has )?expired)\b/i,
        'missed heartbeat from worker w-3',
        'worker w-3: its lease expired',
      ],
      taskcluster: [
        /\bclaim-expired\b|\bworker[- ]shutdown\b|\bintermittent-task\b|\bspot (?:instance )?(?:terminat|interrupt)\w+|\bpreemptible\b.*\bterminated\b/i,
        'Task resolved exception: claim-expired',
        'spot instance termination notice',
      ],
      gitlab: [
        /\b(?:runner system failure|stuck_or_timeout_failure|runner_system_failure|ERROR: Job failed \(system failure\))/i,
        'ERROR: Job failed (system failure): prepare environment',
      ],
      azure: [
        /\bWe stopped hearing from agent\b|\bThe agent did not connect\b|\bThe job was abandoned\b|\bagent request is not running\b/i,
        'We stopped hearing from agent Hosted 7. Verify the agent machine is running.',
      ],
      travis: [
        /\bAn error occurred while generating the build script\b|\bVM (?:has )?(?:crashed|stalled)\b|\bserver error.*(?:travis|worker)\b/i,
        'An error occurred while generating the build script.',
      ],
      shutdown: [
        /\b(?:system is going down|going to power off|shutting down the machine|machine is (?:being )?shut down|host is shutting down)\b/i,
        'The system is going down for reboot NOW!',
      ],
    },
  },
  {
    category: 'infrastructure',
    code: 'ci-service',
    strength: 96,
    suggestion: 'The CI service itself failed. Run it again; its status page may say more.',
    rules: {
      internal: [
        /\b(?:GitHub Actions|CI service|Actions service|CircleCI|Buildkite|Azure Pipelines|TeamCity|Travis)\b.*\b(?:internal (?:server )?error|is unavailable|outage|degraded)\b|\bGitHub Actions has encountered an internal error\b/i,
        'GitHub Actions has encountered an internal error when running your job.',
      ],
      noRunner: [
        /\bNo (?:hosted parallelism|runners? (?:matching|available|online|found)|agents? (?:available|found|could be found))\b|\bjob was not (?:acquired by|started because)\b|\bwaiting for a runner to pick up\b.*\btimed out\b|\bThe job was not started\b/i,
        'The job was not acquired by Runner of type hosted even after multiple attempts',
      ],
      jenkins: [
        /^FATAL: (?:Unable to (?:produce a script file|delete script)|null$|command execution failed|remote file operation failed|Could not (?:apply tag|checkout))|\b[Mm]issing workspace\b|\bstatus code -1\b|\bjava\.io\.IOException: (?:remote file operation failed|Failed to (?:mkdirs|create temp))/,
        'FATAL: command execution failed',
        'java.io.IOException: remote file operation failed: /ws',
      ],
      upload: [
        /\b(?:failed|unable) to (?:create|finalize|upload) (?:the )?artifact\b|\bartifact (?:storage|service) .*(?:quota|unavailable)\b/i,
        'Failed to CreateArtifact: unable to create artifact',
      ],
    },
  },
  {
    category: 'hardware-device',
    code: 'gpu',
    strength: 93,
    suggestion:
      'The graphics card gave up. Take this worker out, look at the card (ECC, temperature), and run the test elsewhere.',
    severity: 'critical',
    rules: {
      driverLog: [
        /\bnvidia-container-cli: |\bNVRM: |\bcudaErrorSystemNotReady\b|\bGPU requires reset\b|\brocm.*\b(?:hang|reset)\b|\bnvidia.* no devices were found\b/i,
        'nvidia-container-cli: initialization error: nvml error',
        'NVRM: GPU requires reset',
      ],
      ecc: [
        /\buncorrectable (?:NVLink|ECC)\b|\bECC error\b|\bcudaErrorECCUncorrectable\b|\bdouble bit ecc\b|\bXid\b.*\b(?:48|63|64|74|79|94|95)\b|\b(?:ECC|memory) error .*(?:DIMM|corrected|uncorrected)\b/i,
        'RuntimeError: CUDA error: uncorrectable ECC error encountered',
        'NVRM: Xid (PCI:0000:3b:00): 79, GPU has fallen off the bus.',
      ],
      lost: [
        /\bGPU (?:has fallen off the bus|is lost|hang|hung)\b|\bdevice (?:was |has been )?lost\b|\bDXGI_ERROR_DEVICE_(?:REMOVED|HUNG|RESET)\b|\bVK_ERROR_DEVICE_LOST\b|\bGPUDeviceLostInfo\b|\bWebGL context (?:was )?lost\b|\bCONTEXT_LOST_WEBGL\b/i,
        'VK_ERROR_DEVICE_LOST',
        'Unable to determine the device handle: GPU is lost. Reboot the system',
        'WebGPU Device Lost: unknown',
      ],
      none: [
        /\bNo CUDA GPUs are available\b|\bno CUDA-capable device\b|\bcudaErrorNoDevice\b|\bCUDA_ERROR_NO_DEVICE\b|\bcudaErrorDevicesUnavailable\b|\bCUDA-capable device\(s\) is\/are busy\b|\bUnable to determine the device handle\b|\bno ROCm-capable device\b/i,
        'RuntimeError: No CUDA GPUs are available',
      ],
      launch: [
        /\bCUDA error: (?:unspecified launch failure|unknown error|hardware (?:stack|exception)|misaligned|the launch timed out)|\bcudaErrorLaunchFailure\b|\bCUDA_ERROR_LAUNCH_FAILED\b|\bCUDA_ERROR_UNKNOWN\b|\bHSA_STATUS_ERROR\b|\bMemory access fault by GPU\b/i,
        'RuntimeError: CUDA error: unspecified launch failure',
      ],
      driver: [
        /\bNVML: .*(?:Unknown Error|Not Found)|\bgpu process exited unexpectedly\b/i,
        'Failed to initialize NVML: Unknown Error',
      ],
    },
  },
  {
    category: 'hardware-device',
    code: 'phone',
    strength: 93,
    suggestion:
      'The phone or emulator does not answer. Restart it, take it out of the pool, and run the test on another one.',
    rules: {
      waits: [
        /\b(?:timed? ?out|timeout) (?:while )?waiting for (?:the )?(?:emulator|device|simulator|phone)\b|\bdevice .*\b(?:has gone|went|is|was) offline\b/i,
        'Timed out waiting for device emulator-5554 to boot',
        'Device 3 has gone offline',
      ],
      offline: [
        /\bdevice \S{1,40} (?:is|went|was) (?:offline|disconnected|unauthorized|not (?:connected|responding|found))\b|\b(?:failed|unable) to (?:get|query|find|reach|connect to) (?:the )?(?:\S{1,20} )?(?:device|emulator|simulator|phone|adb)\b|\bno (?:connected )?(?:devices?|emulators?)(?: or emulators?)? (?:found|connected|available|attached)\b|\bADB(?:Timeout|Device|Host|Process)?Error\b|\bdevice not (?:found|ready|connected|responding)\b|\bdaemon not running; starting\b/i,
        'Device 0A1B is offline; trying again',
        'Unable to reach the device',
      ],
      adb: [
        /\badb(?:\.exe)?: .*(?:device|offline|unauthorized|no devices|not found)|\berror: (?:device (?:offline|unauthorized|'\S+' not found|not found|still authorizing)|no devices(?:\/emulators found)?)|\bINSTALL_FAILED_\w+|\bdevice offline\b/i,
        'adb: device offline',
        "error: device 'emulator-5554' not found",
        'error: no devices/emulators found',
      ],
      emulator: [
        /\bemulator\b.*\b(?:unable to connect to adb|not respond|did not boot|failed to (?:boot|start)|terminated|exited|KVM)\b|\bTimeout waiting for (?:the )?(?:emulator|device)\b|\bAdbHostServer\b|\bThe Android emulator exited\b/i,
        'Timeout waiting for emulator to boot.',
        'emulator: ERROR: the emulator did not boot',
      ],
      ios: [
        /\bUnable to (?:boot|find|contact|lookup)\b.*\b(?:simulator|device)\b|\bFBSOpenApplication\w*Error|\bCoreSimulator\S*\b.*\b(?:error|crashed|invalid|failed)\b|\bfailed to (?:boot|launch) (?:the )?(?:simulator|test runner)\b|\bdevice (?:is )?(?:locked|not available because it is unpaired|disconnected)\b|\bLost connection to (?:the )?(?:device|testmanagerd|simulator)\b/i,
        'Unable to boot device in current state: Booted simulator',
        'Lost connection to the device.',
      ],
      usb: [
        /\b(?:usb|serial|hid) (?:device|port)\b.*\b(?:not found|disconnected|error|removed)\b|\bLIBUSB_ERROR_\w+/i,
        'USB device not found',
        'LIBUSB_ERROR_NO_DEVICE',
      ],
    },
  },
  {
    category: 'hardware-device',
    code: 'io',
    strength: 90,
    suggestion: 'A disk or a card of this machine answers with errors. Take the worker out and look at it.',
    severity: 'critical',
    rules: {
      bluegene: [
        /\brts panic\b|\bkernel terminated for reason\b|\b(?:data storage|machine check|program|instruction address|data address) interrupt\b|\bis not fully functional\b|\bpower (?:module|supply|deactivated)\b.*\b(?:fail|error|fault|deactivat)|\bfan (?:module|speed)\b.*\b(?:fail|error|fault)|\b(?:EXT\d|XFS|BTRFS|NTFS)\S{0,4} ?(?:-fs )?error\b|\bmedia error\b|\bSMART (?:error|failure)\b|\bbad (?:sector|block)s?\b|\bclock (?:source )?unstable\b/i,
        'rts panic! - stopping execution',
        'EXT4-fs error (device sda1): ext4_find_entry',
      ],
      errno: [
        /\bEIO\b|\binput\/output error\b|\bI\/O error, dev \w|\bbuffer I\/O error\b|\bENODEV\b|\bENXIO\b|\bno such device$/i,
        'chdir(/data) failed: Input/output error',
        'blk_update_request: I/O error, dev sda, sector 2048',
      ],
      machine: [
        /\bmachine check(?: |$|:)|\b(?:MCE|hardware error)\b.*\b(?:cpu|bank|memory|dimm)\b|\bparity error\b|\b(?:EDAC|DIMM|DDR)\b.*\berrors?\b|\bthermal (?:shutdown|throttl)\w*|\btorus .*(?:error|failure)|\b(?:link|node) card .*(?:fail|error|not)\b|\bdata TLB error\b/i,
        'CPU 3: Machine Check Exception: 5 Bank 4',
        'data TLB error interrupt',
        'instruction cache parity error corrected',
      ],
    },
  },
])
