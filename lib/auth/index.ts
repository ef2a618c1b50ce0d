import 'server-only'

export { type ActionResult, buyerAction, sellerAction, userAction, visitorAction } from './actions'
export { type CurrentUser, currentUser, requireActor, requireBuyer, requireSeller } from './current-user'
export { authHandler } from './options'
export { switchAccount } from './own-session'
export { visitor } from './visitor'
