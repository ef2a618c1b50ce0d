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
export {
  assumedBids,
  carryTried,
  isLookup,
  percentOf,
  simulate,
  type TriedAnswer,
  type TriedQuestion,
} from './simulate'
