// What adapters are proven by: `@muster/core/testing`. Free of any test framework.
export { faultyStore, type StoreCall, type StoreFault } from './faulty-store.ts'
export { ManualClock } from './manual-clock.ts'
export { storeContract, type StoreContractCase, type StoreSubject } from './store-contract.ts'
