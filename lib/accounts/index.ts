export {
  type ApiKeyView,
  actorOfApiKey,
  createApiKey,
  listApiKeys,
  revokeApiKey,
} from './api-keys'
export { createAccount } from './create-account'
export {
  listMembers,
  listMemberships,
  loadActor,
  type Member,
  type Membership,
  whatAccountMayDo,
} from './memberships'
export { ownAccount } from './own-account'
export { rateKey, sweepRates, takeRate } from './rates'
export {
  closeSession,
  endSession,
  listSessions,
  type SessionView,
  sessionLifeMs,
  startSession,
  sweepSessions,
  switchSessionAccount,
  touchSession,
} from './sessions'
export { checkPassword, type SignedIn, signIn } from './sign-in'
export { type SignedUp, type SignUpOptions, signUp } from './sign-up'
export { touchConfig } from './touch-config'
export { updateAccount } from './update-account'
