import type { Names } from '../names/references'
import { compileRule } from '../rules/index'
import type { Rule } from '../schema'
import { compileTemplate } from '../templates/index'
import type { Problem } from '../types'

export type StepProblems = {
  add: (severity: Problem['severity'], path: string, message: string) => void
  addRule: (rule: Rule, names: Names, path: string) => void
  addTemplate: (source: string | number | boolean, names: Names, path: string) => void
}

/** Gathers problems of one document, each with its path; those of a step name the step. */
export class Problems {
  readonly found: Problem[] = []

  add(severity: Problem['severity'], path: string, message: string, stepId?: string): void {
    const isKnown = this.found.some((problem) => problem.path === path && problem.message === message)
    if (!isKnown) this.found.push({ severity, path, message, ...(stepId !== undefined && { stepId }) })
  }

  /** The same list, for what belongs to one step. */
  ofStep(stepId: string): StepProblems {
    return {
      add: (severity, path, message) => this.add(severity, path, message, stepId),
      addRule: (rule, names, path) => this.addRule(rule, names, path, stepId),
      addTemplate: (source, names, path) => this.addTemplate(source, names, path, stepId),
    }
  }

  /** What is wrong with a rule; an expression's problems say at which character, those of rows in which row. */
  addRule(rule: Rule, names: Names, path: string, stepId?: string): void {
    for (const { severity, message, start, at } of compileRule(rule, names).problems) {
      const character = start === undefined ? '' : ` (character ${start + 1})`
      this.add(severity, at === undefined ? path : `${path}.${at}`, `${message}${character}`, stepId)
    }
  }

  addTemplate(source: string | number | boolean, names: Names, path: string, stepId?: string): void {
    for (const { severity, message } of compileTemplate(source, names).problems)
      this.add(severity, path, message, stepId)
  }
}
