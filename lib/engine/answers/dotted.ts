import { pathParts } from '../delivery/paths'
import type { Markup } from './markup'
import { isElement, isText, type Step, valuesOnWay } from './steps'
import type { MarkupPath, PathProblem } from './xpath'

const localOf = (name: string) => name.slice(name.indexOf(':') + 1)
const place = /^\d{1,6}$/

function stepOf(part: string): Step {
  if (part === '*') return { axis: 'child', test: isElement }
  if (part === '#text' || part === '#cdata') return { axis: 'child', test: isText }
  const local = localOf(part)
  return { axis: 'child', test: (node) => node.name === local && isElement(node) }
}

function stepsOf(parts: readonly string[]): Step[] | undefined {
  const steps: Step[] = []
  for (const part of parts) {
    const before = steps.at(-1)
    if (before && 'take' in before) return undefined
    if (part.startsWith('@')) steps.push({ take: 'attribute', name: localOf(part.slice(1)) })
    else if (place.test(part) && before) {
      const wanted = Number(part) + 1
      steps[steps.length - 1] = { ...before, predicates: [(_, __, position) => position === wanted] }
    } else steps.push(stepOf(part))
  }
  return steps
}

/** The root's name may be left out: `status` and `response.status` both find it in `<response><status>`. */
function inRoot(markup: Markup, steps: readonly Step[]): string[] {
  const withRoot = valuesOnWay(markup, [0], steps)
  if (withRoot.length > 0) return withRoot
  const root = markup.findIndex((node) => isElement(node))
  return root < 0 ? [] : valuesOnWay(markup, [root], steps)
}

/** Compiles `response.errors.error.0`, `lead.@id` and the like for XML. */
export function compileDotted(source: string): MarkupPath | PathProblem {
  const parts = pathParts(source)
  const steps = parts && stepsOf(parts)
  if (!steps) return { problem: 'Write names with dots between them, like response.status, or XPath, like //status.' }
  return (markup) => inRoot(markup, steps)
}
