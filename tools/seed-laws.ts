// Laws are tried on the same random examples every time, so that a red run can be repeated and a green one means something.
// `MUSTER_SEED=N npm test -- --filter law` tries others.
import fc from 'fast-check'

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['MUSTER_SEED'] ?? 20_261_121) })
