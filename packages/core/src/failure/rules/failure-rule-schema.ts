// The schema of rules that users bring. It checks their form; that patterns are linear-time and examples hold is checked when
// they are compiled.
import { z } from 'zod'
import { failureCategorySchema } from '../../schemas/word-schemas.ts'
import type { FailureRule } from './failure-rule.ts'

const pattern = z.union([
  z.string().min(1),
  z.custom<RegExp>((value) => value instanceof RegExp, 'expected a regular expression'),
])

/** The schema of {@link FailureRule}. */
export const failureRuleSchema: z.ZodType<FailureRule, FailureRule> = z
  .strictObject({
    id: z.string().min(1).max(100),
    category: failureCategorySchema,
    code: z.string().min(1).max(100).optional(),
    pattern: z.union([pattern, z.array(pattern).min(1)]).optional(),
    exitCodes: z.array(z.number().int()).min(1).optional(),
    errorCodes: z.array(z.string().min(1)).min(1).optional(),
    transient: z.boolean().optional(),
    fault: z.enum(['test', 'product', 'environment', 'infrastructure', 'us', 'unknown']).optional(),
    phase: z.enum(['discovery', 'set-up', 'execution', 'teardown', 'reporting']).optional(),
    severity: z.enum(['info', 'low', 'medium', 'high', 'critical']).optional(),
    confidence: z.number().min(0).max(1).optional(),
    suggestion: z.string().min(1).optional(),
    matches: z.array(z.string()).optional(),
    misses: z.array(z.string()).optional(),
  })
  .refine(
    (rule) => rule.pattern !== undefined || rule.exitCodes !== undefined || rule.errorCodes !== undefined,
    'expected a pattern, exit codes or error codes',
  )
