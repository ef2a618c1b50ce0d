import { amountOf } from '../../money'
import { isoTime } from '../fields/calendar'
import { markedId, type Read } from './scope'
import { zoneNow } from './zone'

/** Kinds a reference may have beyond the types of fields. */
export type VariableKind = 'string' | 'number' | 'boolean' | 'date' | 'time' | 'weekday' | 'clock' | 'ip'

export type Variable = {
  kind: VariableKind
  label: string
  group: 'Event' | 'Lead' | 'Submission' | 'Source and flow' | 'Time'
  read: Read
  /** Rules run before there is an attempt, so they can't see its id or price. */
  inRules: boolean
  /** An invited buyer may read it only when this field is shared with it. */
  needsShared?: string
}

const table: Record<string, Variable> = {
  event_id: {
    kind: 'string',
    label: 'Event ID',
    group: 'Event',
    inRules: false,
    read: (s) => (s.eventId === undefined ? undefined : markedId(s.eventId, s.run.isTest)),
  },
  event_timestamp: {
    kind: 'time',
    label: 'Time of delivery',
    group: 'Event',
    inRules: false,
    read: (s) => isoTime(s.now),
  },
  price: {
    kind: 'number',
    label: 'Price of the step',
    group: 'Event',
    inRules: false,
    read: (s) => (s.priceCents === undefined ? undefined : amountOf(s.priceCents)),
  },
  'lead.id': {
    kind: 'string',
    label: 'Lead ID',
    group: 'Lead',
    inRules: true,
    read: (s) => markedId(s.run.leadId, s.run.isTest),
  },
  test_mode: { kind: 'boolean', label: 'Test mode', group: 'Lead', inRules: true, read: (s) => s.run.isTest },
  is_test: { kind: 'boolean', label: 'Is a test lead', group: 'Lead', inRules: true, read: (s) => s.run.isTest },
  random: { kind: 'number', label: 'Random number, 1 to 100', group: 'Lead', inRules: true, read: (s) => s.run.random },
  'submission.ip': {
    kind: 'ip',
    label: 'IP address of the submission',
    group: 'Submission',
    inRules: true,
    needsShared: 'ip_address',
    read: (s) => s.run.submission.ip,
  },
  'submission.user_agent': {
    kind: 'string',
    label: 'User agent of the submission',
    group: 'Submission',
    inRules: true,
    needsShared: 'user_agent',
    read: (s) => s.run.submission.userAgent,
  },
  'submission.timestamp': {
    kind: 'time',
    label: 'Time of the submission',
    group: 'Submission',
    inRules: true,
    read: (s) => isoTime(s.run.receivedAt),
  },
  'source.name': {
    kind: 'string',
    label: 'Source name',
    group: 'Source and flow',
    inRules: true,
    needsShared: 'source',
    read: (s) => s.run.source.name,
  },
  'source.id': {
    kind: 'string',
    label: 'Source ID',
    group: 'Source and flow',
    inRules: true,
    needsShared: 'source',
    read: (s) => s.run.source.id,
  },
  'flow.name': {
    kind: 'string',
    label: 'Flow name',
    group: 'Source and flow',
    inRules: true,
    read: (s) => s.flow.name,
  },
  'flow.id': { kind: 'string', label: 'Flow ID', group: 'Source and flow', inRules: true, read: (s) => s.flow.id },
  'now.hour': {
    kind: 'number',
    label: 'Hour of the day, 0 to 23',
    group: 'Time',
    inRules: true,
    read: (s) => zoneNow(s.now, s.flow.timeZone).hour,
  },
  'now.time': {
    kind: 'clock',
    label: 'Time of day',
    group: 'Time',
    inRules: true,
    read: (s) => zoneNow(s.now, s.flow.timeZone).time,
  },
  'now.weekday': {
    kind: 'weekday',
    label: 'Weekday',
    group: 'Time',
    inRules: true,
    read: (s) => zoneNow(s.now, s.flow.timeZone).weekday,
  },
  'now.date': {
    kind: 'date',
    label: 'Date',
    group: 'Time',
    inRules: true,
    read: (s) => zoneNow(s.now, s.flow.timeZone).date,
  },
}

/** Everything but the lead's fields that rules and templates may refer to, by path. */
export const variableTable: ReadonlyMap<string, Variable> = new Map(Object.entries(table))
