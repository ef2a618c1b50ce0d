export { type AnswerExplanation, explainAnswer } from './answers/explain'
export { readAnswer, readsBody } from './answers/read-answer'
export { type BatchVerdict, readBatchAnswer } from './answers/read-batch'
export {
  type Assumption,
  addLead,
  assumedBids,
  assumedVerdict,
  type BacktestTotals,
  type ChangeKind,
  carryTried,
  changeKinds,
  changeOf,
  emptyTotals,
  endingOfRun,
  isLookup,
  type LeadEnding,
  percentOf,
  simulate,
  type TriedAnswer,
  type TriedQuestion,
} from './backtest/index'
export { checkDestination } from './check/check-destination'
export { checkMailDefaults, checkMailDestination, checkMailOf } from './check/check-email'
export { checkFlow, checkSourceSettings } from './check/check-flow'
export { checkAnswerSettings } from './check/check-response'
export { withSecurity } from './delivery/soap-body'
export {
  type CatalogueField,
  type ContactKey,
  catalogue,
  contactKeys,
  displayValue,
  leadKeyOf,
  maskedTypes,
  namesNobody,
  packLead,
  parseField,
  pingFields,
  resolveAlias,
  sampleLead,
  standardField,
  typeOfField,
  unpackLead,
} from './fields/index'
export { advance, type RunStart, startRun } from './flow/advance'
export { longestWaitMs, waitsSince } from './flow/close-selling'
export { isMailStep } from './flow/compile-buyer'
export { compileFlow, compileSource, typeLead } from './flow/compile-flow'
export type { CompiledFlow, CompiledSource } from './flow/compiled'
export { type AttemptEnd, decideAttempt, undecided } from './flow/decide'
export {
  defaultDocument,
  fieldChoices,
  type StandingVariable,
  standingVariables,
  type VariableChoice,
  variables,
} from './flow/document'
export { answerOf } from './flow/finish'
export { openAttempts } from './flow/open-attempts'
export { isPinged } from './flow/pinged'
export { previewSubmission, type SubmissionPreview } from './flow/preview-submission'
export { type MailSubject, renderMails, renderTestMail } from './flow/render-mail'
export { renderBatch, renderDestinationTest, renderPing, renderRequest, renderSample } from './flow/render-request'
export { failedSteps, replayable } from './flow/replay'
export { bidForSource, type SourceBid } from './flow/source-bid'
export { questionOf } from './flow/steps'
export { undeclaredFields } from './flow/undeclared'
export { leadLabel, leadPlace, leadText, visibleData } from './lead-label'
export { builtInMail } from './mail/built-in'
export { stepKey } from './names/appended'
export { hidden } from './names/scope'
export { bodyKey } from './names/secret-names'
export { describeRule } from './rules/index'
export { type Lookups, lookupsOf } from './rules/lookups'
export { type RuleTrial, tryRule } from './rules/try-rule'
export * from './schema'
export {
  type Breaker,
  type BreakerEvent,
  type BreakerSettings,
  breakerWords,
  destinationTarget,
  isPassable,
  moveBreaker,
  type Standing,
  standingOf,
  stepTarget,
  untouched,
} from './selling/breaker'
export { capOwner, capsOf, isOfMoment, type Need, needsOf, usageWords } from './selling/caps'
export { momentOf, momentWords, zoneWords } from './selling/hours'
export { MemoryCounters } from './selling/memory-counters'
export {
  type Ask,
  claimsOf,
  givenBack,
  keysOf,
  type Reserved,
  reserve,
  type Taken,
} from './selling/reserve'
export { retryAfterMs } from './selling/retries'
export { type PlacedBuyer, placedBuyers, withBuyers } from './shapes/buyers'
export type * from './types'
export { type Told, tellHeld, tellRun, type Waiting, type WhyRow, whyOf } from './why/index'
export { readWsdl, wsdlImports } from './wsdl/read-wsdl'
