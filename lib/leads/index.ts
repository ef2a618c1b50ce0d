export { getLead, hasLead, listLeads } from './queries'
