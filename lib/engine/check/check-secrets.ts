import type { z } from 'zod'
import { findReference } from '../names/references'
import { nameOfSecret, type Secret, secretsIn } from '../schema'
import { type Place, under } from './place'
import type { Problems } from './problems'

const isMissing = (secret: Secret): boolean => (typeof secret === 'string' ? secret.trim() : secret.secret) === ''

const inSentence = (name: string): string => name.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())

/** Tells which secrets of a part are still to be given, and which name one that the account does not keep. */
export function checkSecrets(schema: z.ZodType, part: unknown, to: Problems, { path, names, stepId }: Place): void {
  for (const { path: place, name, value } of secretsIn(schema, part)) {
    const at = under(path, place.join('.'))
    if (isMissing(value)) to.add('error', at, `Give the ${inSentence(name)}.`, stepId)
    const byName = nameOfSecret(value)
    const found = byName === undefined ? undefined : findReference(['secret', byName], names, 'template')
    if (found && 'problem' in found) to.add('error', at, found.problem, stepId)
  }
}
