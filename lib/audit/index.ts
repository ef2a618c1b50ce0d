export { type AuditEntry, listAudit } from './queries'
export { type AuditChange, recordAudit } from './record-audit'
