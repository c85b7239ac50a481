// The name of a group says whose it is, since nothing else tells that after its owner was killed: the run, the owner's epoch,
// the slot, and which process of which namespace the owner was.
import { readlinkSync } from 'node:fs'
import type { Belonging } from '../find-members.ts'
import { readProcess } from '../process-table.ts'
import { runKey } from '../run-key.ts'

/** Who made a group, and for what. */
export interface CgroupName {
  readonly key: string
  readonly epoch: number
  readonly slot: number
  readonly pid: number
  readonly startedAt: string
  /** Of process ids: the same number means another process elsewhere. */
  readonly namespace: string
}

const pattern = /^muster-([0-9a-f]{24})-(\d+)-(\d+)-(\d+)-(\d+)-(\d+)$/

/** The name of the group of one slot of a run that this process owns. */
export function cgroupName(of: Belonging & { readonly slot: number }): string {
  const startedAt = readProcess(process.pid)?.startedAt ?? '0'
  return ['muster', runKey(of), of.epoch, of.slot, process.pid, startedAt, namespaceOfPids()].join('-')
}

/** What a name says; nothing where it is not ours. */
export function readCgroupName(name: string): CgroupName | undefined {
  const [, key, epoch, slot, pid, startedAt, namespace] = pattern.exec(name) ?? []
  if (key === undefined || startedAt === undefined || namespace === undefined) return undefined
  return { key, epoch: Number(epoch), slot: Number(slot), pid: Number(pid), startedAt, namespace }
}

/** Whether a group is a run's, or a slot's of it, of an owner up to that epoch. */
export function isCgroupOf({ key, epoch, slot }: CgroupName, of: Belonging): boolean {
  return key === runKey(of) && epoch <= of.epoch && (of.slot === undefined || of.slot === slot)
}

/** Whether the owner is known to be dead. One of another namespace is not. */
export function isOwnerDead({ pid, startedAt, namespace }: CgroupName): boolean {
  return namespace === namespaceOfPids() && readProcess(pid)?.startedAt !== startedAt
}

function namespaceOfPids(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0'
  } catch {
    return '0'
  }
}
