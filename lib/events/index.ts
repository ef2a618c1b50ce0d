export { getPing, hasPing, wasPinged } from './get-ping'
export { listenForEvents } from './live'
export { eventsOfLead, getEvent, listEvents } from './queries'
export { findLeadIds } from './search'
