export { testDatabase } from './database'
export { aBuyer, aSeller, aUser, type Someone } from './factories'
export { aLiveFlow, aManualStep } from './flows'
export { accepts, aPeer, hangsUp, type Received, refuses, says } from './peer'
