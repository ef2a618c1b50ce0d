const people = [
  ['Ana', 'García', 'Sacramento', 'CA', '95814', '1988-04-12', '712'],
  ['Marcus', 'Webb', 'Austin', 'TX', '78704', '1979-11-02', '645'],
  ['Priya', 'Natarajan', 'San Diego', 'CA', '92109', '1991-07-23', '688'],
  ['Colin', 'Fraser', 'Portland', 'OR', '97201', '1984-01-30', '701'],
  ['Zoë', 'Lindqvist', 'Houston', 'TX', '77002', '2011-05-09', '590'],
  ['Theo', 'Baptiste', 'Fresno', 'CA', '93721', '1966-09-14', '765'],
  ['Hannah', 'Osei', 'Dallas', 'TX', '75201', '1995-12-01', '630'],
  ['Luis', 'Moreno', 'Oakland', 'CA', '94607', '1982-03-18', '655'],
  ['Grace', 'Kim', 'Boise', 'ID', '83702', '1990-06-27', '720'],
  ['Nadia', 'Haddad', 'Los Angeles', 'CA', '90011', '1973-08-08', '610'],
] as const

/** A handful of invented people, submitted like any lead: so that the first look at the pages shows something. */
export async function submitDemoLeads(submitUrl: string): Promise<void> {
  for (const [index, [first, last, city, state, postal, dob, score]] of people.entries()) {
    const email = `${first}.${last}@example.com`
      .normalize('NFD')
      .replace(/[^\w.@]/g, '')
      .toLowerCase()
    const lead = {
      first_name: first,
      last_name: last,
      email,
      phone_1: `916555${String(1200 + index)}`,
      city,
      state,
      postal_code: postal,
      dob,
      credit_score: score,
    }
    const answer = await fetch(submitUrl, { method: 'POST', body: new URLSearchParams(lead) })
    if (answer.status !== 201) throw new Error(`A demo lead was answered ${answer.status}: ${await answer.text()}`)
  }
}
