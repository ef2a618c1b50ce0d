export { receiveFeedback } from './receive-feedback'
