export { intakeApp, isMachinePath } from './intake/app'
export { mounted } from './mounted'
export { apiApp, apiDocument } from './v1/app'
