/** When a buyer takes leads and who stands in for it, of the field's own guide, as JSON. */
export const seedConditionalDelivery = {
  time_restrictions: {
    timezone: 'America/Los_Angeles',
    days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
    hours: { start: '08:00', end: '18:00' },
    outside_hours: 'queue',
  },
  caps: {
    daily: 1000,
    hourly: 100,
    when_exceeded: { action: 'overflow_to_backup', backup_buyer: 'buyer_overflow' },
  },
  quality_requirements: {
    min_score: 70,
    required_fields: ['email', 'phone', 'consent'],
    when_not_met: { action: 'route_to_remediation', remediation_buyer: 'buyer_lowquality' },
  },
} as const

/** What happens when a delivery fails, of the same guide. */
export const seedFailover = {
  primary_buyer: 'buyer_main',
  failure_detection: {
    timeout_ms: 5000,
    error_codes: [500, 502, 503, 504],
    circuit_breaker: { failure_threshold: 5, time_window: '5 minutes', recovery_timeout: '30 minutes' },
  },
  failover_chain: [
    { buyer: 'buyer_backup_1', conditions: { max_attempts: 3 } },
    { buyer: 'buyer_backup_2', conditions: { business_hours_only: true } },
    { action: 'queue_for_retry', retry_after: '1 hour' },
  ],
} as const

/** The guide's `DynamicBuyerRouter`, a distribution for each of its methods; `buyer` makes the step of an id. */
export const seedRouter = <Buyer>(buyer: (id: string) => Buyer) => {
  const group = (id: string, ...ids: string[]) => ({
    id,
    type: 'distribution' as const,
    name: id,
    strategy: 'priority' as const,
    buyers: ids.map(buyer),
  })
  return {
    /** `selectBuyer`: before noon the morning's buyers, else those of the afternoon. */
    byHour: {
      id: 'by_hour',
      type: 'distribution' as const,
      name: 'By hour',
      strategy: 'rules' as const,
      buyers: [
        { ...group('morning', 'morning_1', 'morning_2'), when: 'now.hour < 12' },
        { ...group('afternoon', 'afternoon_1', 'afternoon_2'), when: 'now.hour >= 12' },
      ],
    },
    /** `routeByGeography`: the buyers of a state, or the default ones. */
    byGeography: {
      id: 'by_geography',
      type: 'distribution' as const,
      name: 'By geography',
      strategy: 'table' as const,
      table: { field: 'state', members: { CA: 'west', NY: 'east', TX: 'central' }, default: 'default_buyers' },
      buyers: [
        group('west', 'buyer_west_1', 'buyer_west_2'),
        group('east', 'buyer_east_1', 'buyer_east_2'),
        group('central', 'buyer_central_1'),
        group('default_buyers', 'buyer_default'),
      ],
    },
    /** `routeByQuality`: bands of the credit score. */
    byQuality: {
      id: 'by_quality',
      type: 'distribution' as const,
      name: 'By quality',
      strategy: 'rules' as const,
      buyers: [
        { ...group('premium', 'premium_1'), when: 'lead.credit_score > 750' },
        { ...group('standard', 'standard_1'), when: 'lead.credit_score > 650 && lead.credit_score <= 750' },
        { ...group('subprime', 'subprime_1'), when: '!(lead.credit_score > 650)' },
      ],
    },
  }
}
