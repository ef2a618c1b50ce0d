import { parseField } from '../fields/index'
import type { Names } from '../names/references'
import { type Scope, textOf } from '../names/scope'
import type { RuleList } from '../types'
import { anyText } from './comparisons'
import { type Condition, constant } from './conditions'
import { make, type Noting, type Operand } from './operands'

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A list that is not there: what is said of it depends on why. */
function refusalOf(named: string, { lists, shared }: Names): string {
  if (shared || !lists) return 'Lists can’t be used in this rule.'
  if (named === '') return 'Choose a list.'
  return uuid.test(named) ? 'The list of this condition does not exist any more.' : `There is no list “${named}”.`
}

function testOf(subject: Operand, list: RuleList): (scope: Scope) => boolean {
  const has = (text: string) => list.has(text.trim().toLowerCase())
  if (list.type === 'string' || list.type === subject.kind) return (scope) => anyText(subject.read(scope), has)
  // A phone in a field of text is looked for as phones are kept.
  return (scope) =>
    anyText(subject.read(scope), (text) => {
      const { valid, normal } = parseField(list.type, text)
      return has(valid ? textOf(normal) : text)
    })
}

const never = () => false

/** A value of one of the account's lists, which is named by its id or its name. */
export function inList(
  subject: Operand,
  object: Operand | undefined,
  negated: boolean,
  { note, names }: { note: Noting; names: Names },
): Condition {
  const named = object?.literal?.value
  if (typeof named !== 'string') {
    note('Name the list in quotes.', 'error', 0)
    return constant(false)
  }
  const list = names.lists?.get(named.trim().toLowerCase())
  // Where nothing is known of the flow, a rule is only put in words.
  const isUnknown = names.open === true && !names.lists
  if (!list && !isUnknown) note(refusalOf(named.trim(), names), 'error', 0)
  if (list?.refused !== undefined) note(list.refused, 'error', 0)
  const words = list || !uuid.test(named) ? `“${list?.name ?? named}”` : 'of the seller'
  return make({ op: 'in_list', left: subject, right: { words }, negated, test: list ? testOf(subject, list) : never })
}
