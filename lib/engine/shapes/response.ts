import { z } from 'zod'

/** How the body of an answer is read; paths are written accordingly. */
export const parserTypes = ['json', 'xml', 'html', 'text', 'regex'] as const
export type ParserType = (typeof parserTypes)[number]

/** What a condition may make of an answer. `duplicate` is a rejection with the reason `Duplicate`. */
export const answerOutcomes = ['accepted', 'rejected', 'duplicate', 'error'] as const

/** Dots and indexes in JSON, dots or XPath in XML, a CSS selector in HTML, a piece or pattern in text. */
const AnswerPath = z.string().max(500)
const Expected = z.union([z.string().max(200), z.number(), z.boolean()])
const Codes = z.array(z.int().min(100).max(599)).max(50)

export const Parser = z.strictObject({
  type: z.enum(parserTypes).default('json'),
  success_path: AnswerPath.optional(),
  success_value: Expected.optional(),
  duplicate_path: AnswerPath.optional(),
  duplicate_value: Expected.optional(),
  reason_path: AnswerPath.optional(),
  price_path: AnswerPath.optional(),
  id_path: AnswerPath.optional(),
  /** Of a batch: the list in the answer that says of each lead what became of it. The other paths begin at its items. */
  items_path: AnswerPath.optional(),
  /** Where an item has the event id of its lead. Without it the items stand in the order of the leads. */
  item_event_path: AnswerPath.optional(),
})

/** Decides when the status is one of `codes` and the path, or the whole body without one, meets the one test given. */
export const AnswerCondition = z
  .strictObject({
    codes: Codes.optional(),
    path: AnswerPath.optional(),
    equals: Expected.optional(),
    contains: z.string().max(200).optional(),
    matches: z.string().max(500).optional(),
    outcome: z.enum(answerOutcomes),
    /** A template: it sees the answer (`{{reason}}`, `{{status_code}}`, captured values), nothing of the lead. */
    reason: z.string().max(500).optional(),
  })
  .refine(
    ({ equals, contains, matches }) => [equals, contains, matches].filter((test) => test !== undefined).length < 2,
    'Give one of equals, contains and matches; write another condition for the other.',
  )

export const CaptureName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/i, 'Use letters, digits and _, starting with a letter.')

export const ResponseSpec = z.strictObject({
  success_codes: Codes.default([200, 201, 202, 204]),
  error_codes: Codes.optional(),
  /** Holds instead of the answer's own Content-Type, for the charset too. */
  content_type: z.string().max(200).optional(),
  parser: Parser.optional(),
  /** In order: the first that fits decides. */
  conditions: z.array(AnswerCondition).max(50).optional(),
  /** Further values of the answer by name, for later steps: `appended.<step>.<name>`. */
  capture: z.record(CaptureName, AnswerPath).optional(),
  /** Why a lead was refused when the answer does not say. */
  default_reason: z.string().max(500).optional(),
  /** What an accepted lead costs when the answer names no price; it wins over the step's. */
  fallback_price: z.number().min(0).max(1_000_000).optional(),
})
export type ResponseSpec = z.infer<typeof ResponseSpec>

type Scalar = string | number | boolean
/** A value taken from an answer: scalar, or a list of them where the path has several. */
export type Captured = Scalar | Scalar[]

/** How long a bid may take. */
export const PingSeconds = z.number().min(0.1).max(60)
