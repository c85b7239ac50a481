import { type Build, buildOf } from '@muster/tools/tsup-base'

const build: Build = buildOf(import.meta.dirname)

export default build
