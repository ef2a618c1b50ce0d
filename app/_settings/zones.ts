const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** All time zones by their IANA names; the one that is set is among them even if this runtime calls it otherwise. */
export const zonesWith = (present: string) =>
  (zones.includes(present) ? zones : [present, ...zones]).map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
  }))
