/** Area codes of the North American Numbering Plan outside the United States; every other is of the US. */
const areas: Record<string, string> = {
  CA:
    '204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 403 416 418 428 431 437 438 450 460 468 474 506 514 519 537 ' +
    '548 568 579 581 584 587 600 604 613 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942',
  AG: '268',
  AI: '264',
  AS: '684',
  BB: '246',
  BM: '441',
  BS: '242',
  DM: '767',
  DO: '809 829 849',
  GD: '473',
  GU: '671',
  JM: '658 876',
  KN: '869',
  KY: '345',
  LC: '758',
  MP: '670',
  MS: '664',
  PR: '787 939',
  SX: '721',
  TC: '649',
  TT: '868',
  VC: '784',
  VG: '284',
  VI: '340',
}

const countries = new Map(
  Object.entries(areas).flatMap(([country, codes]) => codes.split(' ').map((code) => [code, country])),
)

/** ISO 3166 code of the country that an area code belongs to. */
export const areaCountry = (area: string): string => countries.get(area) ?? 'US'

const members = new Set(['US', ...Object.keys(areas)])

/** True for countries whose numbers have an area code, an exchange and a line. */
export const isNorthAmerican = (country: string): boolean => members.has(country)
