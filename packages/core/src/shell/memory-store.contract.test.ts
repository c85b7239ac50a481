import { test } from 'vitest'
import { storeContract, type StoreSubject } from '../testing/store-contract.ts'
import { memoryStore } from './memory-store.ts'

/** A memory store whose time is moved by hand; a crash leaves its owner without a heartbeat. */
function subject(): StoreSubject {
  let now = 0
  return {
    open: () => memoryStore({ clock: { now: () => now } }),
    crash: (store) => store,
    elapse: (ms) => {
      now += ms
    },
  }
}

const able = storeContract.filter(({ needs }) => needs === undefined || needs in subject())
test.each(able)('$name', async (promise) => {
  await promise.run(subject())
})
