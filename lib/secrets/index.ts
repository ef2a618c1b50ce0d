export { type AccountCipher, accountCipher, openText, sealText } from './account-cipher'
export {
  createNamedSecret,
  deleteNamedSecret,
  listNamedSecrets,
  replaceNamedSecret,
  revealNamedSecret,
} from './keep-secret'
export { openNamedSecret, secretNames } from './named-secrets'
export { openSecret } from './open-secret'
export { describeSecrets, type SecretSummary } from './queries'
export { revealSecret } from './reveal-secret'
export { rewrapKeys } from './rewrap-keys'
export { withRotatingSecret } from './rotating-secret'
export { dropSecrets, sealSecrets, secretRefsIn } from './seal-secrets'
export type { Place } from './sealing'
export { deleteSecret, replaceSecret, storeSecret } from './store-secret'
