import { z } from 'zod'

export const ruleOps = [
  'equals',
  'not_equals',
  'less_than',
  'at_most',
  'greater_than',
  'at_least',
  'in',
  'not_in',
  'includes',
  'not_includes',
  'starts_with',
  'ends_with',
  'matches',
  'not_matches',
  'blank',
  'not_blank',
  'valid',
  'not_valid',
  'true',
  'not_true',
] as const
export type RuleOp = (typeof ruleOps)[number]
const RuleValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))])

export type BuiltRule =
  | { field: string; op: RuleOp; value?: z.infer<typeof RuleValue> | undefined }
  | { all: BuiltRule[] }
  | { any: BuiltRule[] }
const BuiltRuleSchema: z.ZodType<BuiltRule> = z.lazy(() =>
  z.union([
    z.strictObject({ field: z.string().min(1), op: z.enum(ruleOps), value: RuleValue.optional() }),
    z.strictObject({ all: z.array(BuiltRuleSchema).max(100) }),
    z.strictObject({ any: z.array(BuiltRuleSchema).max(100) }),
  ]),
)

/** A rule: an expression in CEL syntax, or rows as the rule builder makes them. */
export const Rule = z.union([z.string().max(4000), BuiltRuleSchema])
export type Rule = z.infer<typeof Rule>
