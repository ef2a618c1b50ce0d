const codes =
  'US CA GB AU NZ IE DE AT CH FR BE NL LU IT ES PT DK SE NO FI IS PL CZ SK HU RO BG GR HR SI EE LV LT MT CY MX BR AR CL CO PE ' +
  'IN JP KR CN TW SG MY PH TH ID VN ZA IL TR UA AE SA EG MA NG KE'

const names = new Intl.DisplayNames('en', { type: 'region' })

/** Countries that leads come from, the United States first, the rest by name. */
export const countries = codes
  .split(' ')
  .map((code) => ({ code, name: names.of(code) ?? code }))
  .sort((a, b) => Number(b.code === 'US') - Number(a.code === 'US') || a.name.localeCompare(b.name))
