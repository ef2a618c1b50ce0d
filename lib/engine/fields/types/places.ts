import { plain } from '../value'

type State = { code: string; name: string; country: string }

const states: Record<string, string> = {
  US:
    'AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,DC District of Columbia,FL Florida,' +
    'GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,' +
    'MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,' +
    'NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,' +
    'RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,' +
    'WV West Virginia,WI Wisconsin,WY Wyoming,AS American Samoa,GU Guam,MP Northern Mariana Islands,PR Puerto Rico,' +
    'VI U.S. Virgin Islands,FM Federated States of Micronesia,MH Marshall Islands,PW Palau,AA Armed Forces Americas,' +
    'AE Armed Forces Europe,AP Armed Forces Pacific',
  CA:
    'AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,NS Nova Scotia,NT Northwest Territories,' +
    'NU Nunavut,ON Ontario,PE Prince Edward Island,QC Québec,SK Saskatchewan,YT Yukon',
}

const otherNames: Record<string, string> = {
  'washington dc': 'DC',
  'd c': 'DC',
  'virgin islands': 'VI',
  'us virgin islands': 'VI',
  newfoundland: 'NL',
  labrador: 'NL',
  'yukon territory': 'YT',
  calif: 'CA',
  penn: 'PA',
}

const australian =
  'NSW New South Wales,VIC Victoria,QLD Queensland,WA Western Australia,SA South Australia,TAS Tasmania,' +
  'ACT Australian Capital Territory,NT Northern Territory'

function note(states: Map<string, State>, country: string, list: string): void {
  for (const entry of list.split(',')) {
    const space = entry.indexOf(' ')
    const state = { code: entry.slice(0, space), name: entry.slice(space + 1), country }
    for (const key of [state.code, plain(state.code), plain(state.name)]) states.set(key, state)
  }
}

const known = new Map<string, State>()
for (const [country, list] of Object.entries(states)) note(known, country, list)
const knownInAustralia = new Map<string, State>()
note(knownInAustralia, 'AU', australian)
for (const [name, code] of Object.entries(otherNames)) {
  const state = known.get(code)
  if (state) known.set(name, state)
}

/** The state with this code in capitals, or this name as `plain` writes it. */
export const stateOf = (key: string, country: string): State | undefined =>
  (country === 'AU' ? knownInAustralia : known).get(key)

const countryCodes =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK ' +
  'CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS ' +
  'GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV ' +
  'LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM ' +
  'PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR ' +
  'TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'

const otherCountryNames: Record<string, string> = {
  usa: 'US',
  'united states of america': 'US',
  america: 'US',
  can: 'CA',
  mex: 'MX',
  uk: 'GB',
  gbr: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  aus: 'AU',
  deu: 'DE',
  fra: 'FR',
  esp: 'ES',
  ita: 'IT',
  ind: 'IN',
  pri: 'PR',
  nld: 'NL',
  holland: 'NL',
  'the netherlands': 'NL',
  bel: 'BE',
  che: 'CH',
  aut: 'AT',
  irl: 'IE',
  nzl: 'NZ',
  bra: 'BR',
  jpn: 'JP',
  prt: 'PT',
  pol: 'PL',
  swe: 'SE',
  nor: 'NO',
  dnk: 'DK',
  fin: 'FI',
  zaf: 'ZA',
  'northern ireland': 'GB',
}

type Country = { code: string; name: string }
let countries: Map<string, Country> | undefined

function allCountries(): Map<string, Country> {
  const names = new Intl.DisplayNames('en', { type: 'region' })
  const found = new Map<string, Country>()
  for (const code of countryCodes.split(' ')) {
    const country = { code, name: names.of(code) ?? code }
    found.set(plain(code), country)
    found.set(plain(country.name), country)
  }
  for (const [name, code] of Object.entries(otherCountryNames)) {
    const country = found.get(plain(code))
    if (country) found.set(name, country)
  }
  return found
}

export function countryOf(text: string): Country | undefined {
  countries ??= allCountries()
  return countries.get(plain(text))
}
