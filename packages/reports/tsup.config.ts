import { type Build, buildOf } from '@muster/tools/tsup-base'
import { clientForEsbuild } from './bundle-client.ts'

const build: Build = { ...buildOf(import.meta.dirname), esbuildPlugins: [clientForEsbuild] }

export default build
