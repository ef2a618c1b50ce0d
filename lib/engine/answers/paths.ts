import { pathParts } from '../delivery/paths'
import { isBlank } from '../names/scope'
import type { ParserType } from '../schema'
import type { AnswerBody } from './body'
import { compileDotted } from './dotted'
import { valuesAt } from './json-path'
import { compileSelector } from './selector'
import { compilePatternPath, compileTextPath } from './text-path'
import { compileXPath, type MarkupPath, type PathProblem } from './xpath'

/** Finds values in a body; blank ones are left out. */
export type AnswerPath = (body: AnswerBody) => unknown[]

const inMarkup = (path: MarkupPath | PathProblem): AnswerPath | PathProblem =>
  'problem' in path
    ? path
    : ({ markup }) => (markup ? path(markup).map((text) => text.trim()) : []).filter((text) => text !== '')

const inText = (path: ((text: string) => string[]) | PathProblem): AnswerPath | PathProblem =>
  'problem' in path
    ? path
    : ({ text }) =>
        path(text)
          .map((found) => found.trim())
          .filter((found) => found !== '')

function inJson(source: string): AnswerPath | PathProblem {
  const parts = pathParts(source)
  if (!parts) return { problem: `“${source}” is no path. Write names with dots between them, like data.status.` }
  return ({ json }) => (json === undefined ? [] : valuesAt(json, parts).filter((value) => !isBlank(value)))
}

/** XPath where it looks like it, as a name with dots can't. */
const isXPath = (source: string) =>
  /^\s*(?:[/(.]|string\(|normalize-space\()|\/|\[[^\]]*[^\]\d*]|::|\(\)|\|/.test(source)

/** Compiles a path of an answer, in the way of its kind, or says where and why it can't be used. */
export function compileAnswerPath(kind: ParserType, source: string): AnswerPath | PathProblem {
  switch (kind) {
    case 'json':
      return inJson(source)
    case 'xml':
      return inMarkup(isXPath(source) ? compileXPath(source.trim()) : compileDotted(source))
    case 'html':
      return inMarkup(compileSelector(source))
    case 'text':
      return inText(compileTextPath(source))
    case 'regex':
      return inText(compilePatternPath(source))
  }
}
