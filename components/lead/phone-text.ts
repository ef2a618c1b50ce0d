const northAmerican = /^(?:\+?1)?([2-9]\d{2})([2-9]\d{2})(\d{4})$/

/** A phone number as people write it; one of another country as it is. */
export function phoneText(phone: string): string {
  const [, area, exchange, line] = northAmerican.exec(phone) ?? []
  return area ? `(${area}) ${exchange}-${line}` : phone
}
