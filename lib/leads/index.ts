export { getLead, listLeads } from './queries'
