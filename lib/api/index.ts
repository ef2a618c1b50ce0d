export { intakeApp, isMachinePath } from './intake/app'
export { mounted } from './mounted'
