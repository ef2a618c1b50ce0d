import type { Request } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import type { VariableChoice } from '../flow/variable-picker'

/** What every part of a request's form takes. */
export type RequestPartProps = {
  request: Request
  onChange: (part: Partial<Request>) => void
  variables: readonly VariableChoice[]
  /** Where the request stands in its document, and what is wrong there. */
  path: string
  problems: readonly Problem[]
}
