export { lastAnswer } from './last-answer'
export { testAnswer } from './test-answer'
