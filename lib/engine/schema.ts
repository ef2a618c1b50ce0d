/*
 * The shapes of `api.md` §4 and of what stands around a flow document. Safe in the browser; each part has its own file.
 */
export { hoursWords, momentWords, zoneWords } from './selling/hours'
export { plannedTries } from './selling/retries'
export { Auth, ClientCertificate, HeaderName, Signing } from './shapes/auth'
export {
  type Check,
  DestinationConfig,
  DestinationPing,
  type DestinationTest,
  type PingedConfig,
  type PingTest,
  pingAsDelivery,
  pingPartsOf,
  pings,
  type RecordedMail,
  type RecordedRequest,
  type RecordedResponse,
} from './shapes/destination'
export { msOfWords } from './shapes/duration'
export { EmailSpec, MailTemplate } from './shapes/email'
export { Endpoint } from './shapes/endpoint'
export { Field, type FieldType, fieldTypes, maskedTypes } from './shapes/fields'
export { type FilterEntry, type FilterName, filterTable } from './shapes/filter-table'
export { FlowDocument, type FlowDocumentInput } from './shapes/flow'
export {
  Batch,
  type MappingParts,
  type Mappings,
  type MappingValue,
  mappingParts,
  Request,
  type RequestFormat,
  type RequestMethod,
} from './shapes/request'
export {
  AnswerCondition,
  type Captured,
  Parser,
  type ParserType,
  parserTypes,
  ResponseSpec,
} from './shapes/response'
export { opsFitting, phraseOf } from './shapes/rule-fit'
export { type RuleFunction, ruleFunctions } from './shapes/rule-functions'
export { ruleOfText } from './shapes/rule-reading'
export { type RuleTakes, ruleTable } from './shapes/rule-table'
export { expressionOf, type ListName } from './shapes/rule-text'
export { type BuiltRule, Rule, type RuleOp, ruleOps } from './shapes/rules'
export {
  nameOfSecret,
  type Secret,
  type SecretPlace,
  type SecretRef,
  secretsIn,
  withSecretAt,
} from './shapes/secrets'
export {
  AccountCaps,
  BusinessHours,
  type CapPeriod,
  Caps,
  CircuitBreaker,
  type ConditionalDelivery,
  capPeriods,
  Failover,
  type QualityRequirements,
  Retry,
  type StepCaps,
  TimeRestrictions,
  type Weekday,
  weekdays,
} from './shapes/selling'
export { SourceSettings, usualBidSeconds } from './shapes/source'
export {
  type BuyerStep,
  DistributionStep,
  type DuplicateCheckStep,
  type FilterStep,
  type LookupStep,
  type MappingStep,
  type Ping,
  Step,
  type Strategy,
  type SuppressionStep,
  strategies,
} from './shapes/steps'
export { hashAlgorithms, phoneFormats, Transform } from './shapes/transform'
export { clockOf, painted, type Stretch, shownOn, type Week, weekOf, withWeek } from './shapes/week'
