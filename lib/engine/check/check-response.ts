import type { z } from 'zod'
import { pathParts } from '../delivery/paths'
import type { ResponseSpec } from '../schema'
import { type Place, under } from './place'
import type { Problems } from './problems'

const pathNames = ['success_path', 'id_path', 'price_path', 'reason_path'] as const

export function checkResponse(
  response: z.infer<typeof ResponseSpec>,
  to: Problems,
  { path, stepId }: Omit<Place, 'names'>,
): void {
  const { success_codes: successes, error_codes: errors, parser } = response
  if (successes.length === 0)
    to.add('error', under(path, 'success_codes'), 'Without a success code no lead is ever accepted.', stepId)
  const both = errors?.find((code) => successes.includes(code))
  if (both !== undefined)
    to.add('error', under(path, 'error_codes'), `${both} can’t be a success and an error.`, stepId)
  for (const name of pathNames) {
    const value = parser?.[name]
    if (value === undefined || value === '' || pathParts(value)) continue
    to.add(
      'error',
      under(path, `parser.${name}`),
      `“${value}” is no path. Write names with dots between them, like data.status.`,
      stepId,
    )
  }
  if (parser?.success_value !== undefined && !parser.success_path) {
    to.add(
      'warning',
      under(path, 'parser.success_path'),
      'Without a path the whole answer is compared with the value.',
      stepId,
    )
  }
}
