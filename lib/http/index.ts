export type { Exchange } from './call'
export { allowOwnAddress, checkUrl } from './egress'
export { closeEgress } from './lanes'
export { type GuardedRequest, sendGuarded } from './send-guarded'
