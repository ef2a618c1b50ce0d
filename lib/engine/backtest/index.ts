export { type Assumption, assumedVerdict } from './assumed'
export {
  addLead,
  type BacktestTotals,
  type ChangeKind,
  changeKinds,
  changeOf,
  emptyTotals,
  endingOfRun,
  type LeadEnding,
} from './compare'
export { percentOf, simulate } from './simulate'
