// The schema of what is known of a strategy, as the history keeps it. In a file of its own, since choosing needs no zod.
import { z } from 'zod'
import { failureCategorySchema } from '../schemas/word-schemas.ts'
import { type RecoveryRecord, samplesKept } from './recovery-record.ts'

const flag = z.union([z.literal(0), z.literal(1)])

/** The schema of {@link RecoveryRecord}. */
export const recoveryRecordSchema: z.ZodType<RecoveryRecord> = z.strictObject({
  version: z.literal(1),
  category: failureCategorySchema,
  strategy: z.string(),
  workerClass: z.string(),
  runner: z.string(),
  uses: z.number().int().min(1),
  helped: z.number().int().min(0),
  spentMs: z.number().min(0),
  samples: z.array(z.tuple([z.number(), flag, z.number().min(0), flag])).max(samplesKept),
})
