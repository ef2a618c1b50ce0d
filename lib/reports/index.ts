export { overview } from './overview'
export { stepOutcomes } from './step-outcomes'
