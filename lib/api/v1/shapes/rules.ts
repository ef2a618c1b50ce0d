import { z } from '@hono/zod-openapi'
import type { RuleTrial } from '../../../engine/index'
import { named } from './common'

export const RuleTrialShape = named(
  'RuleTrial',
  z.strictObject({
    passed: z.boolean(),
    /** A comparison, or `{join, passed, parts}` with more of them inside. */
    report: z.record(z.string(), z.unknown()).optional(),
    reason: z.string().optional(),
    problems: z.array(
      z.strictObject({
        severity: z.enum(['error', 'warning']),
        message: z.string(),
        start: z.number().int().optional(),
        end: z.number().int().optional(),
        at: z.string().optional(),
      }),
    ),
    fields: z.array(z.strictObject({ name: z.string(), label: z.string(), value: z.string(), masked: z.boolean() })),
  }),
)

export const writeRuleTrial = (trial: RuleTrial): z.infer<typeof RuleTrialShape> => ({
  ...trial,
  ...(trial.report && { report: { ...trial.report } }),
})
