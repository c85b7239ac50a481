import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, test } from 'vitest'
import type { Store } from '@muster/core'
import { storeContract, type StoreSubject } from '@muster/core/testing'
import { SqliteStore } from './sqlite.ts'
import { StoreThread } from './store-thread.ts'

const folder = mkdtempSync(join(tmpdir(), 'muster store ünïcode 😀 #?%20-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Stores on real files, each with a thread that can be killed. */
function subject(): StoreSubject {
  const threads = new Map<Store, { readonly path: string; readonly thread: StoreThread }>()
  const openAt = (path: string): Store => {
    const settings = { path, busyTimeoutMs: 5000, maxBytes: Number.MAX_SAFE_INTEGER }
    const thread = new StoreThread(settings)
    const store = new SqliteStore(settings, thread)
    threads.set(store, { path, thread })
    return store
  }
  const threadOf = (store: Store): { readonly path: string; readonly thread: StoreThread } => {
    const known = threads.get(store)
    if (known === undefined) throw new Error('Expected a store of this subject.')
    return known
  }
  return {
    open: () => openAt(join(mkdtempSync(join(folder, 'case ')), 'nicht da', 'muster.db')),
    reopen: (closed) => openAt(threadOf(closed).path),
    crash: async (store) => {
      const { path, thread } = threadOf(store)
      await thread.kill()
      return openAt(path)
    },
  }
}

const able = storeContract.filter(({ needs }) => needs === undefined || needs in subject())
test.each(able)('$name', async (promise) => {
  await promise.run(subject())
})
