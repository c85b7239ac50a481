// Every kind of verdict, as the core lists them.
export { verdictKinds } from '@muster/core/model'
