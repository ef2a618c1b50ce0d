import type { Names, Reference } from '../names/references'
import { type Scope, textOf } from '../names/scope'
import { compileTemplate, type TemplateProblem } from '../templates/index'

/** An address made ready. Values of its query's templates are encoded; what stands around them stays as it is. */
export type CompiledUrl = {
  render: (scope: Scope) => string
  /** Set when it is the same for every lead. */
  fixed?: string
  problems: TemplateProblem[]
  references: Reference[]
}

const output = /(\{\{.*?\}\})/s
const marks = /\{\{|\{%|%7B%7B|%7B%25/i
const wrong = (message: string): TemplateProblem => ({ severity: 'error', message })

const queryStart = (url: string): number => {
  const at = url.indexOf('?')
  return at < 0 ? url.length : at
}

function outsideQuery(url: string): TemplateProblem[] {
  const at = queryStart(url)
  if (marks.test(url.slice(0, at))) return [wrong('Templates can stand in the query of an address only, after the ?.')]
  const rest = url.slice(at).split(output)
  const isBroken = rest.some((text, index) => index % 2 === 0 && marks.test(text))
  return isBroken ? [wrong('In an address a template is a value like {{lead.state}}, whole and without tags.')] : []
}

/** Makes an address ready: where it goes is fixed, its query may hold values of the lead and secrets. */
export function compileUrl(url: string, names: Names): CompiledUrl {
  const problems = outsideQuery(url)
  if (problems.length > 0 || !output.test(url)) return { render: () => url, fixed: url, problems, references: [] }
  const at = queryStart(url)
  const parts = url
    .slice(at)
    .split(output)
    .map((text, index) => (index % 2 === 0 ? text : compileTemplate(text, names)))
  const templates = parts.filter((part) => typeof part !== 'string')
  const before = url.slice(0, at)
  return {
    render(scope) {
      let made = before
      for (const part of parts) {
        made += typeof part === 'string' ? part : encodeURIComponent(textOf(part.render(scope)).toWellFormed())
      }
      return made
    },
    problems: templates.flatMap((template) => template.problems),
    references: templates.flatMap((template) => template.references),
  }
}
