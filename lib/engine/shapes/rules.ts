import { z } from 'zod'

export const ruleOps = [
  'equals',
  'not_equals',
  'in',
  'not_in',
  'in_list',
  'not_in_list',
  'less_than',
  'at_most',
  'greater_than',
  'at_least',
  'between',
  'not_between',
  'in_last_days',
  'not_in_last_days',
  'in_next_days',
  'not_in_next_days',
  'within_miles',
  'not_within_miles',
  'includes',
  'not_includes',
  'starts_with',
  'not_starts_with',
  'ends_with',
  'not_ends_with',
  'matches',
  'not_matches',
  'matches_any',
  'not_matches_any',
  'like',
  'not_like',
  'obscene',
  'not_obscene',
  'valid',
  'not_valid',
  'not_blank',
  'blank',
  'true',
  'not_true',
  'false',
  'not_false',
] as const
export type RuleOp = (typeof ruleOps)[number]

const RuleValue = z.union([
  z.string().max(2000),
  z.number(),
  z.boolean(),
  z.array(z.union([z.string().max(2000), z.number()])).max(1000),
])

const Op = z.enum(ruleOps, {
  error: ({ input }) => (input === undefined ? undefined : `There is no operator “${String(input).slice(0, 40)}”.`),
})

export type BuiltRule =
  | { field: string; op: RuleOp; value?: z.infer<typeof RuleValue> | undefined }
  | { all: BuiltRule[] }
  | { any: BuiltRule[] }
const BuiltRuleSchema: z.ZodType<BuiltRule> = z.lazy(() =>
  z.union([
    z.strictObject({ field: z.string().min(1), op: Op, value: RuleValue.optional() }),
    z.strictObject({ all: z.array(BuiltRuleSchema).max(100) }),
    z.strictObject({ any: z.array(BuiltRuleSchema).max(100) }),
  ]),
)

/** A rule: an expression in CEL syntax, or rows as the rule builder makes them. */
export const Rule = z.union([z.string().max(4000), BuiltRuleSchema])
export type Rule = z.infer<typeof Rule>
