import type { Names } from '../names/references'
import type { Step } from '../schema'
import type { FlowInput, StepTarget } from '../types'
import { compileBuyer, decideBuyer } from './buyer-step'
import type { CompiledStep } from './compiled'
import { compileFilter, decideFilter } from './filter-step'
import { compileMapping, decideMapping } from './mapping-step'
import type { Decided, Moment } from './moment'

const unprepared: StepTarget = { active: true, recipient: '' }

/** Makes a step of any kind ready for leads. */
export function compileStep(step: Step, input: FlowInput, names: Names): CompiledStep {
  switch (step.type) {
    case 'buyer': {
      const target = Object.hasOwn(input.targets, step.id) ? input.targets[step.id] : undefined
      return compileBuyer(step, target ?? { ...unprepared, active: step.rules.active }, names, input)
    }
    case 'filter':
      return compileFilter(step, names)
    case 'mapping':
      return compileMapping(step, names)
  }
}

/** Lets a step of any kind decide about the lead; notes its result in the run, unless it waits for an effect. */
export function decideStep(step: CompiledStep, moment: Moment): Decided {
  switch (step.type) {
    case 'buyer':
      return decideBuyer(step, moment)
    case 'filter':
      return decideFilter(step, moment)
    case 'mapping':
      return decideMapping(step, moment)
  }
}
