// Signals a whole process group. That it is gone already is the usual case and no error.

/** Sends `signal` to every process of the group that `leader` leads, 0 to send nothing; says whether there was one. */
export function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  return send(-leader, signal)
}

/** Sends `signal` to one process; says whether it was there. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  return send(pid, signal)
}

function send(target: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(target, signal)
  } catch {
    // ESRCH: it is gone. EPERM: it belongs to somebody else by now, or has become another user; it is not ours to end.
    return false
  }
}
